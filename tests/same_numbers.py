"""Whether a change to the code has changed a number: every preset's game, bit for bit.

`python -m tests.same_numbers keep` before it writes a digest of first weights, minibatches, 20
iterations, recordings and figures of every preset, and of the page's parity games, to
`.same_numbers.json`; `python -m tests.same_numbers` afterwards names each that differs.
Machines differ in last bits, so digests are of one machine and not kept in the repository.
"""

import hashlib
import io
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".same_numbers.json"
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "widgets")]

import matplotlib  # noqa: E402
from in_node import play  # noqa: E402
from matplotlib import pyplot as plt  # noqa: E402
from small_games import after  # noqa: E402
from test_trainer import GRID, OTHERS  # noqa: E402

from gan_lab import plots  # noqa: E402
from gan_lab.recording.frames import frame_of  # noqa: E402
from gan_lab.recording.plane import frame_in_plane  # noqa: E402
from gan_lab.recording.recording import record  # noqa: E402
from gan_lab.training.loop import Training  # noqa: E402
from gan_lab.training.recipe import PRESETS, Recipe  # noqa: E402

ITERATIONS = 20


def digest(*parts) -> str:
    """A digest of arrays, numbers and bytes."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part if isinstance(part, bytes) else np.ascontiguousarray(part).tobytes())
    return found.hexdigest()[:16]


def weights(game: Training) -> list[np.ndarray]:
    return [player.flat.detach().cpu().numpy() for player in (game.G, game.D)]


def minibatches(game: Training) -> list[np.ndarray]:
    drawn = [
        x
        for t in (0, 1, 63, 64)
        for step in (0, game.recipe.k - 1)
        for x in game.minibatches.for_D(t, step)
    ]
    drawn += [x for t in (0, 64) for x in game.minibatches.for_G(t) if x is not None]
    return [x.cpu().numpy() for x in drawn]


def frame(game: Training) -> Iterator[tuple[str, str]]:
    """What is seen of a game: on the line its exact distributions, in the plane its cells."""
    seen = frame_of(game) if game.recipe.data.dim == 1 else frame_in_plane(game, cells=40, mesh=100)
    for name, value in vars(seen).items():
        if isinstance(value, (int, float, np.ndarray)):
            yield f"frame's {name}", digest(np.asarray(value, dtype=float))


def preset(recipe: Recipe) -> Iterator[tuple[str, str]]:
    game = Training(recipe, device="cpu")
    yield (
        "data",
        digest(
            np.float64(recipe.data.mean),
            np.float64(recipe.data.sd),
            json.dumps(recipe.as_dict()).encode(),
        ),
    )
    yield "first weights", digest(*weights(game))
    yield "minibatches", digest(*minibatches(game))
    losses = [(float(g.loss_D), float(g.loss_G)) for g in game.play(ITERATIONS)]
    yield f"{ITERATIONS} iterations", digest(*weights(game), losses)
    if recipe.data.dim <= 2:
        yield from frame(game)


def recording(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """A recording's numbers, and the picture that is drawn of its last frame."""
    run = record(Training(recipe, device="cpu"), ITERATIONS, frames=3)
    for name, values in run.arrays().items():
        yield f"recording's {name}", digest(values)
    yield "figure", digest(picture(run[len(run) - 1]))


def picture(shown) -> bytes:
    fig, ax = plt.subplots()
    plots.figure_1(ax, shown)
    file = io.BytesIO()
    fig.savefig(file, format="svg", metadata={"Date": None})
    plt.close(fig)
    return file.getvalue()


def in_node(games: dict) -> Iterator[tuple[str, str]]:
    """The games by which the page's trainer is held against Python, as the page plays them."""
    with tempfile.TemporaryDirectory() as folder:
        jobs = [(recipe, [["play", ITERATIONS]]) for recipe in games.values()]
        for name, job in zip(games, play(shutil.which("node"), Path(folder), jobs), strict=True):
            yield str(name), digest(*(job[key] for key in ("G", "D", "loss_D", "loss_G")))


def digests() -> Iterator[tuple[str, str]]:
    matplotlib.rcParams["svg.hashsalt"] = "same numbers"
    for name, recipe in PRESETS.items():
        for what, found in preset(recipe):
            yield f"{name}: {what}", found
        if recipe.data.dim == 1 and recipe.loss == "non-saturating":
            for what, found in recording(recipe):
                yield f"{name}: {what}", found
    games = GRID | OTHERS
    for name, recipe in games.items():
        game = after(Training(recipe, device="cpu"), ITERATIONS)
        yield f"parity game {name}", digest(*weights(game))
    for name, found in in_node(games):
        yield f"parity game {name} in the page", found


def main(arguments: list[str]) -> int:
    found = dict(digests())
    if arguments == ["keep"]:
        KEPT.write_text(json.dumps(found, indent=0))
        print(f"{len(found)} digests kept")
        return 0
    before = json.loads(KEPT.read_text())
    changed = [name for name in before if found.get(name) != before[name]]
    print("\n".join(changed + [f"{len(before) - len(changed)} of {len(before)} are the same"]))
    return int(bool(changed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
