"""How long does an iteration take, beside what a reader would use instead? As ratios.

The game: G and D are 1-32-32-1 leaky-ReLU MLPs, minibatch 256, Adam, k = 1, the non-saturating
loss, samples drawn anew in every iteration. Everything runs in one process on one thread, in turns,
and the best round of each counts: others may be using the machine. Run as
`python benchmarks/speed.py`; it writes `speed.md` beside itself. With `steps` it prints what each
step of the way to the compiled engine gains.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import torch
from machine import machine
from torch import nn

from gan_lab.training import backends
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

try:
    import jax
except ImportError:
    jax = None

GAME = Recipe(
    G=(32, 32),
    D=(32, 32),
    gain=1.0,
    r1=0.0,
    r2=0.0,
    k=1,
    m=256,
    lr_D=1e-3,
    lr_G=1e-3,
    beta1=0.5,
    beta2=0.999,
    schedule="constant",
    standardise=False,
)
MEMBERS = (1, 4, 16, 64)
ROUNDS, SECONDS = 60, 0.03
FLOP = 7.4e6
"""Multiplications and additions of one iteration: the layers forwards, backwards, and twice."""


def tutorial() -> Callable:
    """The loop that a tutorial writes, an iteration a call."""

    def network():
        return nn.Sequential(
            nn.Linear(1, 32),
            nn.LeakyReLU(0.2),
            nn.Linear(32, 32),
            nn.LeakyReLU(0.2),
            nn.Linear(32, 1),
        )

    G, D = network(), network()
    adam_G, adam_D = (torch.optim.Adam(n.parameters(), 1e-3, betas=(0.5, 0.999)) for n in (G, D))
    criterion, ones, zeros = nn.BCEWithLogitsLoss(), torch.ones(256, 1), torch.zeros(256, 1)

    def iteration():
        real, fake = 3.0 + 0.5 * torch.randn(256, 1), G(torch.randn(256, 1))
        adam_D.zero_grad()
        loss_D = criterion(D(real), ones) + criterion(D(fake.detach()), zeros)
        loss_D.backward()
        adam_D.step()
        adam_G.zero_grad()
        loss_G = criterion(D(G(torch.randn(256, 1))), ones)
        loss_G.backward()
        adam_G.step()
        return loss_D.item(), loss_G.item()

    return iteration


def ours(members: int, compiled: bool, device: str = "cpu") -> Callable:
    """An iteration of the engine, for all members at once."""
    game = Training(GAME.but(members=members), device, compiled=compiled)
    if compiled and game.backend.name == "eager":
        raise SystemExit(game.backend.note)
    plays = game.play(10**9)
    return lambda: next(plays)


def in_jax(members: int, iterations: int) -> Callable:
    """So many iterations of the same game by `jit` and `scan`, with `vmap` over the members."""
    import jax.numpy as jnp
    from jax import random

    def network(parameters, x):
        for i, (w, b) in enumerate(parameters):
            x = (jnp.where(x > 0, x, 0.2 * x) if i else x) @ w + b
        return x

    def start(key):
        sizes, parts = ((1, 32), (32, 32), (32, 1)), []
        for own, (n, w) in zip(random.split(key, 3), sizes, strict=True):
            bound = n**-0.5
            parts.append((random.uniform(own, (n, w), minval=-bound, maxval=bound), jnp.zeros(w)))
        return parts

    def objective_D(D, real, fake):
        logit = network(D, jnp.concatenate([real, fake]))
        return jax.nn.softplus(-logit[:256]).mean() + jax.nn.softplus(logit[256:]).mean()

    def objective_G(G, D, z):
        return jax.nn.softplus(-network(D, network(G, z))).mean()

    def adam(state, slope, t):
        each = jax.tree.map
        p, first, second = state
        first = each(lambda a, g: a + 0.5 * (g - a), first, slope)
        second = each(lambda a, g: a + 0.001 * (g * g - a), second, slope)

        def moved(p, a, b):
            return p - 1e-3 * (a / (1 - 0.5**t)) / (jnp.sqrt(b / (1 - 0.999**t)) + 1e-8)

        return each(moved, p, first, second), first, second

    def iteration(state, key):
        G, D, t = state
        t, keys = t + 1, random.split(key, 3)
        real = 3.0 + 0.5 * random.normal(keys[0], (256, 1))
        z, other = (random.normal(key, (256, 1)) for key in keys[1:])
        loss_D, slope = jax.value_and_grad(objective_D)(D[0], real, network(G[0], z))
        D = adam(D, slope, t)
        loss_G, slope = jax.value_and_grad(objective_G)(G[0], D[0], other)
        return (adam(G, slope, t), D, t), (loss_D, loss_G)

    def run(key):
        def player(key):
            parts = start(key)
            return parts, jax.tree.map(jnp.zeros_like, parts), jax.tree.map(jnp.zeros_like, parts)

        at_start, *keys = random.split(key, iterations + 1)
        return jax.lax.scan(iteration, (player(at_start), player(keys[0]), 0.0), jnp.stack(keys))

    keys = random.split(random.key(0), members)
    play = jax.jit(jax.vmap(run) if members > 1 else lambda keys: run(keys[0]))
    return lambda: jax.block_until_ready(play(keys))


def best(
    contestants: dict[str, tuple[Callable, float]], rounds: int = ROUNDS, seconds: float = SECONDS
) -> dict[str, float]:
    """Seconds of one unit of each, the best of several rounds taken in turns.

    A contestant is a function and how many units one call of it makes. In a round each has about
    so many seconds, and one call at least.
    """
    counts = {}
    for name, (call, _) in contestants.items():
        call()
        started = time.perf_counter()
        call()
        counts[name] = max(1, round(seconds / (time.perf_counter() - started)))
    found = dict.fromkeys(contestants, float("inf"))
    for _ in range(rounds):
        for name, (call, units) in contestants.items():
            started = time.perf_counter()
            for _ in range(counts[name]):
                call()
            spent = (time.perf_counter() - started) / counts[name] / units
            found[name] = min(found[name], spent)
    return found


def all_of_them() -> dict[str, float]:
    """Seconds of one iteration of one member, by contestant; "product" is a second per FLOP."""
    matrix = torch.randn(512, 512)
    entrants = {"tutorial": (tutorial(), 1), "product": (lambda: matrix @ matrix, 2 * 512**3)}
    for members in MEMBERS:
        for compiled in (False, True):
            entrants[f"{'compiled' if compiled else 'eager'} {members}"] = (
                ours(members, compiled),
                members,
            )
        if jax is not None:
            iterations = max(8, 256 // members)
            entrants[f"jax {members}"] = in_jax(members, iterations), members * iterations
    return best(entrants)


def report(found: dict[str, float]) -> str:
    """The table, in Markdown."""
    loop, floor = found["tutorial"], FLOP * found["product"]
    rivals = () if jax is None else ("jax",)
    lines = [
        "# Speed",
        "",
        "Made by `python benchmarks/speed.py` on one thread; other work may have shared the cores "
        f"(load {os.getloadavg()[0]:.1f} at the end). {machine(*rivals)}",
        "",
        "Times are of one iteration of one member, the best of "
        f"{ROUNDS} rounds; ratios say more than times.",
        "",
        f"The loop of a tutorial takes {1e6 * loop:.0f} µs. The arithmetic alone would take "
        f"{1e6 * floor:.0f} µs, at the {1e-9 / found['product']:.0f} GFLOP/s of one thread's "
        "matrix product.",
        "",
        "| members | path | µs | times faster than the tutorial's loop | of JAX's time |"
        " of the floor |",
        "| ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    for members in MEMBERS:
        rival = found.get(f"jax {members}")
        for name in ("eager", "compiled", "jax"):
            spent = found.get(f"{name} {members}")
            if spent is not None:
                beside = f"{spent / rival:.2f}" if rival else "-"
                lines.append(
                    f"| {members} | {'JAX' if name == 'jax' else name} | {1e6 * spent:.0f} "
                    f"| {loop / spent:.1f} | {beside} | {spent / floor:.1f} |"
                )
    if jax is None:
        lines += ["", "JAX is not installed here: `pip install 'gan-lab-book[bench]'` adds it."]
    return "\n".join([*lines, ""])


def guarded(function, arguments) -> Callable:
    """The function by `torch.compile`, guards and all."""
    return torch.compile(backends.traced(function, arguments), fullgraph=True, dynamic=False)


def steps() -> None:
    """Print what each step gains, the steps taken one after another."""
    opened, law, options = backends.OPEN, backends.CompiledSampler, backends.OPTIONS

    def plain(name, law):
        return law

    taken = {
        "torch.compile": ({}, plain, {}, guarded),
        "no guards": ({}, plain, {}, backends.compiled),
        "layers opened": (opened, plain, {}, backends.compiled),
        "draws compiled": (opened, law, {}, backends.compiled),
        "called from C++": (opened, law, options, backends.compiled),
    }
    entrants = {}
    for members in (1, 16):
        entrants[f"eager {members}"] = ours(members, False), members
        for name, (opened, sampler, options, translate) in taken.items():
            backends.OPEN, backends.CompiledSampler, backends.OPTIONS = opened, sampler, options
            backends.Traced.READY.clear()
            backends.BACKENDS["cpu"] = partial(backends.Traced, "compiled", translate, 64)
            entrants[f"{name} {members}"] = ours(members, True), members
    for name, spent in best(entrants).items():
        print(f"{name}: {1e6 * spent:.0f} µs")


def main() -> None:
    """Measure, print the table and write it down."""
    torch.set_num_threads(1)
    if sys.argv[1:] == ["steps"]:
        steps()
        return
    table = report(all_of_them())
    print(table)
    Path(__file__).with_suffix(".md").write_text(table)


if __name__ == "__main__":
    main()
