"""How fast the trainer in the page is, beside PyTorch and TensorFlow.js, in one run.

    python benchmarks/in_page.py [rounds]

The three take turns, a short stretch each, so that whatever else the machine does falls on all of
them; ratios are taken within a round, and their median is what counts. Writes `in_page.md`.
TensorFlow.js comes from npm, into a folder that is thrown away afterwards.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import torch
from machine import machine
from torch import nn
from torch.nn.functional import softplus

from gan_lab import datasets
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

HERE = Path(__file__).resolve().parent
TFJS = "4.22.0"
GOALS = (1.7, 3)
STRETCH = 0.4  # seconds of each in a round

# The default of GAN Lab (Kahng et al. 2018), whose data here are eight Gaussians on a circle.
GAN_LAB_2018 = Recipe(
    data=datasets.ring(),
    latent="uniform",
    latent_dim=2,
    G=(8, 8),
    D=(8, 8),
    activation="relu",
    gain=1.0,
    r1=0.0,
    r2=0.0,
    k=2,
    m=150,
    optimizer="sgd",
    lr_D=0.1,
    lr_G=0.1,
    schedule="constant",
)
GAMES = {"gan_lab_2018": GAN_LAB_2018, "default": Recipe()}
WORDS = {
    "gan_lab_2018": "GAN Lab's default: G 2-8-8-2, D 2-8-8-1, relu, SGD, m 150, k 2",
    "default": "the default recipe: G and D 1-48-48-1, R1 and R2, Adam, m 256, k 4",
}


def eager(recipe: Recipe):
    """The plain loop of a tutorial, for a game without penalties: n iterations at a call."""

    def net(widths):
        layers = []
        for i, (n, w) in enumerate(zip(widths[:-1], widths[1:], strict=True)):
            layers += [nn.ReLU()] * (i > 0) + [nn.Linear(n, w)]
        return nn.Sequential(*layers)

    G, D = net((recipe.latent_dim, *recipe.G, 2)), net((2, *recipe.D, 1))
    descent_G = torch.optim.SGD(G.parameters(), recipe.lr_G)
    descent_D = torch.optim.SGD(D.parameters(), recipe.lr_D)
    means = torch.tensor(recipe.data.means)

    def noise():
        return 2.0 * torch.rand(recipe.m, recipe.latent_dim) - 1.0

    def play(n):
        for _ in range(n):
            for _ in range(recipe.k):
                picks = torch.randint(len(means), (recipe.m,))
                x = means[picks] + recipe.data.width * torch.randn(recipe.m, 2)
                with torch.no_grad():
                    fake = G(noise())
                descent_D.zero_grad()
                (softplus(-D(x)).mean() + softplus(D(fake)).mean()).backward()
                descent_D.step()
            descent_G.zero_grad()
            softplus(-D(G(noise()))).mean().backward()
            descent_G.step()

    return play


def in_python(recipe: Recipe):
    """The book's own training in Python: n iterations at a call."""
    game = Training(recipe, device="cpu")

    def play(n):
        for _ in game.play(n):
            pass

    return play


def timed(play):
    def measure(n: int) -> float:
        start = time.perf_counter()
        play(n)
        return (time.perf_counter() - start) / n * 1e3

    return measure


class Node:
    """A Node process that plays games on demand and says how long an iteration took."""

    def __init__(self, executable: str, games: Path, tfjs: Path | None):
        command = [executable, str(HERE / "in_page.mjs"), str(games), *([str(tfjs)] * bool(tfjs))]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.version = self.answer("ready ")

    def answer(self, start: str = "") -> str:
        """The next line of that start: a library may say something too."""
        for line in self.process.stdout:
            if line.startswith(start) and (start or line[0].isdigit()):
                return line[len(start) :].strip()
        raise SystemExit("Node stopped before it answered.")

    def ask(self, who: str, game: str):
        def measure(n: int) -> float:
            self.process.stdin.write(f"{who} {game} {n}\n")
            self.process.stdin.flush()
            return float(self.answer())

        return measure

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


def install(folder: Path) -> str:
    """TensorFlow.js into a folder; why not, where it cannot be had."""
    npm = shutil.which("npm")
    if not npm:
        return "npm is not there"
    (folder / "package.json").write_text('{"private": true}')
    packages = [f"@tensorflow/{name}@{TFJS}" for name in ("tfjs", "tfjs-backend-wasm")]
    command = [npm, "install", "--no-save", "--ignore-scripts", "--silent", *packages]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return "" if ran.returncode == 0 else "npm could not install it"


def rounds_of(rivals: dict, rounds: int) -> dict[str, list[float]]:
    """Milliseconds an iteration of each rival, in every round; warmed up first."""
    counts = {}
    for name, measure in rivals.items():
        measure(20)
        counts[name] = max(3, round(STRETCH * 1e3 / measure(20)))
    found = {name: [] for name in rivals}
    for _ in range(rounds):
        for name, measure in rivals.items():
            found[name].append(measure(counts[name]))
    return found


def table(game: str, found: dict[str, list[float]], missing: dict[str, str]) -> list[str]:
    lines = [
        f"## {WORDS[game]}",
        "",
        "| who | best ms an iteration | median | the page is faster by (median of rounds) |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, times in found.items():
        ratios = [a / b for a, b in zip(times, found["the page"], strict=True)]
        ratio = "" if name == "the page" else f"{median(ratios):.2f} x"
        lines.append(f"| {name} | {min(times):.3f} | {median(times):.3f} | {ratio} |")
    lines += [f"| {name} | not measured: {why} | | |" for name, why in missing.items()]
    return [*lines, ""]


def main(rounds: int = 9) -> None:
    torch.set_num_threads(1)
    executable = shutil.which("node")
    if not executable:
        raise SystemExit("This benchmark needs Node 20 or newer on the PATH.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        why = install(folder)
        games = folder / "games.json"
        games.write_text(json.dumps({name: r.as_dict() for name, r in GAMES.items()}))
        node = Node(executable, games, None if why else folder)
        lines = report(node, rounds, why)
        node.close()
    text = "\n".join(lines)
    (HERE / "in_page.md").write_text(text)
    print(text)


def report(node: Node, rounds: int, no_tfjs: str) -> list[str]:
    small = {"the page": node.ask("page", "gan_lab_2018"), "eager PyTorch": None}
    small["eager PyTorch"] = timed(eager(GAN_LAB_2018))
    tfjs = f"TensorFlow.js {TFJS}, WASM"
    if not no_tfjs:
        small[tfjs] = node.ask("tfjs", "gan_lab_2018")
    default = {
        "the page": node.ask("page", "default"),
        "gan_lab in Python": timed(in_python(Recipe())),
    }
    return [
        "# The trainer in the page",
        "",
        f"`python benchmarks/in_page.py`, {rounds} rounds: Node {node.version}, PyTorch on one "
        f"thread. {machine()}",
        "",
        f"The goals for GAN Lab's game: {GOALS[0]} x eager PyTorch and {GOALS[1]} x TensorFlow.js.",
        "",
        *table("gan_lab_2018", rounds_of(small, rounds), {tfjs: no_tfjs} if no_tfjs else {}),
        *table("default", rounds_of(default, rounds), {}),
    ]


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
