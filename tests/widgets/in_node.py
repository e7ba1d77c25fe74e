"""Games of the in-page trainer, played in Node for tests that hold them against Python."""

import json
import subprocess
from pathlib import Path

import numpy as np

JS = Path(__file__).resolve().parents[1] / "js"


def numbers(value):
    """Lists of numbers as arrays; what JSON cannot say came as a word."""
    if isinstance(value, list) and all(isinstance(v, (int, float, str)) for v in value):
        return np.array([float(v) for v in value])
    if isinstance(value, list):
        return [numbers(v) for v in value]
    if isinstance(value, dict):
        return {name: numbers(v) for name, v in value.items()}
    return float(value) if value in ("NaN", "Infinity", "-Infinity") else value


def play(node, folder, jobs):
    """What `play_games.mjs` says of each (recipe, moves): one run of Node for all of them."""
    file = folder / "jobs.json"
    words = [{"recipe": recipe.as_dict(), "moves": moves} for recipe, moves in jobs]
    file.write_text(json.dumps(words))
    ran = subprocess.run(
        [node, str(JS / "play_games.mjs"), str(file)], capture_output=True, text=True, timeout=300
    )
    assert ran.returncode == 0, ran.stderr
    return numbers(json.loads(ran.stdout))
