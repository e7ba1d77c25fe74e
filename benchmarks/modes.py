"""How many modes does each game find? The 2D ring and the 2D grid of PacGAN, ten seeds each.

The data and the measures are those of Lin et al. 2018; networks, optimizer and length are ours,
one setting for all methods of a data set: that of the preset of its name. Run as
`python benchmarks/modes.py`, or with `ring` or `grid` for one of them; it writes `modes-ring.md`
and `modes-grid.md` beside itself, after each method anew.
"""

from __future__ import annotations

import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from machine import machine

from gan_lab.core.random_streams import Domain
from gan_lab.metrics.modes import captured, high_quality, reverse_kl
from gan_lab.metrics.scores import baseline
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS, Recipe

HERE = Path(__file__).parent
SEEDS = 10
THREADS = 2
SAMPLES = 2500
GOAL = 0.95  # of high quality, with every mode found, in every seed
PLAIN = {"loss": "non-saturating", "r1": 0.0, "r2": 0.0, "instance_noise": 0.0}

METHODS = {
    "the preset": {},
    "GAN": PLAIN,
    "PacGAN4": PLAIN | {"packing": 4},
    "R1": PLAIN | {"r1": 0.01},
    "R3GAN": PLAIN | {"loss": "relativistic", "r1": 0.01, "r2": 0.01},
    "WGAN-GP": PLAIN | {"loss": "wasserstein", "gp": 0.1},
}
"""What each method changes in the preset of the data: k is 1 for all. WGAN-GP's strength is that of
the code of Gulrajani et al. 2017 for data in the plane, whose k is 5."""

PUBLISHED = {
    "ring": [
        ("GAN", "6.3 ± 0.5", "98.2 ± 0.2", "0.45 ± 0.09"),
        ("ALI", "6.6 ± 0.3", "97.6 ± 0.4", "0.36 ± 0.04"),
        ("PacGAN2", "7.9 ± 0.1", "95.6 ± 2.0", "0.07 ± 0.03"),
        ("PacGAN3", "7.8 ± 0.1", "97.7 ± 0.3", "0.10 ± 0.02"),
        ("PacGAN4", "7.8 ± 0.1", "95.9 ± 1.4", "0.07 ± 0.02"),
    ],
    "grid": [
        ("GAN", "17.3 ± 0.8", "94.8 ± 0.7", "0.70 ± 0.07"),
        ("ALI", "24.1 ± 0.4", "95.7 ± 0.6", "0.14 ± 0.03"),
        ("PacGAN2", "23.8 ± 0.7", "91.3 ± 0.8", "0.13 ± 0.04"),
        ("PacGAN3", "24.6 ± 0.4", "94.2 ± 0.4", "0.06 ± 0.02"),
        ("PacGAN4", "24.8 ± 0.2", "93.6 ± 0.6", "0.04 ± 0.01"),
    ],
}
"""Lin et al. 2018, Table 1: mean ± standard error of ten trials (modes, high quality in per cent,
reverse KL)."""


@dataclass(frozen=True)
class Result:
    """Of one method: a row (modes, share of high quality, reverse KL in nats) for each seed."""

    recipe: Recipe
    rows: np.ndarray
    waited: float
    worked: float
    stopped: str | None


def scores(fake, data) -> tuple[float, float, float]:
    """Modes captured, share of high quality, reverse KL of samples (n, 2)."""
    return tuple(of(fake, data).value for of in (captured, high_quality, reverse_kl))


def trained(recipe: Recipe) -> Result:
    """Train all members at once, and measure the averaged generator of each."""
    waited, worked = time.perf_counter(), time.process_time()
    game = Training(recipe, "cpu")
    for _ in game.play(recipe.iterations):
        pass
    waited, worked = time.perf_counter() - waited, time.process_time() - worked
    # Noise of an iteration that was never played is noise that G has not learned from.
    z = game.stream.normal(
        Domain.NOISE_FOR_G, recipe.iterations, (SAMPLES, recipe.latent_dim), 0, game.dtype
    )
    x = game.generate(z, averaged=recipe.ema > 0.0).double().numpy()
    rows = np.array([scores(fake, recipe.data) for fake in x])
    return Result(recipe, rows, waited, worked, game.stopped)


def mean(values: np.ndarray, digits: int) -> str:
    """mean ± standard error."""
    if not np.isfinite(values).all():
        return f"{np.median(values):.{digits}f} (median)"
    error = values.std(ddof=1) / math.sqrt(len(values))
    return f"{values.mean():.{digits}f} ± {error:.{digits}f}"


def row(name: str, result: Result) -> str:
    """One method in Markdown."""
    modes, good, kl = result.rows.T
    every = int((modes == len(result.recipe.data.sds)).sum())
    return (
        f"| {name} | {mean(modes, 1)} | {every} of {len(modes)} | {mean(100 * good, 1)} | "
        f"{100 * good.min():.1f} | {mean(kl, 3)} | {result.waited:.0f} | {result.worked:.0f} |"
    )


def perfect(data, samples: int = SAMPLES) -> str:
    """What samples of the data themselves score, as a row of the table."""
    found = [
        baseline(lambda _, fake, of=of: of(fake, data), data, samples)
        for of in (captured, high_quality, reverse_kl)
    ]
    modes, good, kl = (b.mean for b in found)
    return f"| samples of the data | {modes:.1f} | | {100 * good:.1f} | | {kl:.3f} | | |"


def verdict(results: dict[str, Result]) -> str:
    """Which seeds of each method reached the goal, and what has not been run."""
    counts = []
    for name, result in results.items():
        modes, good, _ = result.rows.T
        reached = (modes == len(result.recipe.data.sds)) & (good >= GOAL)
        counts.append(f"{name} {reached.sum()}")
    missing = [name for name in METHODS if name not in results]
    rest = f" Not run yet: {', '.join(missing)}." if missing else ""
    return (
        f"Seeds of {SEEDS} with all modes and at least {100 * GOAL:.0f} % of high quality: "
        f"{', '.join(counts)}.{rest}"
    )


def words(changes: dict) -> str:
    """What a method changes, as a recipe takes it."""
    return ", ".join(f"{name}={value!r}" for name, value in changes.items()) or "nothing"


def by_seed(name: str, result: Result) -> str:
    """Every seed of one method, in a line."""
    each = (f"{modes:.0f}/{100 * good:.1f}" for modes, good, _ in result.rows)
    return f"- {name}: {', '.join(each)}" + (f" ({result.stopped})" if result.stopped else "")


def report(name: str, results: dict[str, Result]) -> str:
    """All that was measured of one data set, in Markdown."""
    recipe = next(iter(results.values())).recipe
    changes = [f"- {method}: {words(METHODS[method])}" for method in results]
    return "\n".join(
        [
            f"# Modes found on the 2D {name}",
            "",
            f"Made by `python benchmarks/modes.py {name}` on {THREADS} threads, which other work "
            f"shared. {machine()}",
            "",
            "The seeds are "
            f"{recipe.seed} to {recipe.seed + recipe.members - 1}, trained as members of one run; "
            f"± is a standard error over them. {SAMPLES} samples of each, of the averaged "
            "generator; high quality: within 3 sd of the nearest mode.",
            "",
            f"The preset: `{recipe!r}`",
            "",
            "What each method changes in it (networks, optimizer, minibatch and length stay):",
            "",
            *changes,
            "",
            "| method | modes | seeds with all | high quality, % | least of a seed "
            "| reverse KL, nats | seconds | of processor time |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
            *(row(method, result) for method, result in results.items()),
            perfect(recipe.data),
            "",
            verdict(results),
            "",
            "Modes and per cent of high quality, seed by seed:",
            "",
            *(by_seed(method, result) for method, result in results.items()),
            "",
            "## What was published",
            "",
            "Lin et al. 2018 (PacGAN), Table 1: the same data and measures, ten trials, mean ± "
            "standard error. Other networks (G four layers of 400 with batch norm, D three maxout "
            "layers of 200), a much longer training (400 000 steps of 100 examples) and 100 000 "
            "fixed examples, where ours are always new: context, and no like-for-like comparison.",
            "",
            "| published | modes | high quality, % | reverse KL |",
            "| --- | ---: | ---: | ---: |",
            *(f"| {' | '.join(line)} |" for line in PUBLISHED[name]),
            "",
        ]
    )


def run(name: str, folder: Path = HERE, **changes) -> Path:
    """Train every method on one data set, and write the table after each."""
    results: dict[str, Result] = {}
    target = folder / f"modes-{name}.md"
    for method, own in METHODS.items():
        results[method] = trained(PRESETS[f"pacgan-{name}"].but(members=SEEDS, **(own | changes)))
        print(row(f"{name}: {method}", results[method]), flush=True)
        target.write_text(report(name, results))
    return target


def main(names: list[str]) -> None:
    """Run the named data sets, or all of them."""
    unknown = [name for name in names if name not in PUBLISHED]
    if unknown:
        sys.exit(f"there is no data set {unknown[0]!r}: the names are {', '.join(PUBLISHED)}")
    torch.set_num_threads(THREADS)
    for name in names or PUBLISHED:
        print(run(name).read_text(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
