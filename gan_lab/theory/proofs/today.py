"""Claims of the chapter on where GANs are now: what flows on the line do with z."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.integrate import solve_ivp

from gan_lab.distributions.base import Estimate
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance

CHAPTER = "today"


# Paths on a line do not cross

ENDS, STARTS = ("x_1", "y_1"), ("x_0", "y_0")


def two_starts(rng: draws.Rng) -> np.ndarray:
    """Two points, the second above the first."""
    return np.sort(rng.normal(scale=2, size=2))


def two_paths(starts: np.ndarray, ends: np.ndarray, L: float, error: float = 1e-12) -> Instance:
    """Where two paths start and end, with the Lipschitz constant of their velocity."""
    found = dict(zip(STARTS, starts, strict=True)) | {"L": L}
    return found | {
        name: Estimate(float(at), error * (1 + abs(at)))
        for name, at in zip(ENDS, ends, strict=True)
    }


def paths_followed(velocity: Callable, starts: np.ndarray) -> np.ndarray:
    """Both ends, by a Runge-Kutta method of order 8."""
    path = solve_ivp(lambda t, x: velocity(x, t), (0, 1), starts, "DOP853", rtol=1e-12, atol=1e-12)
    return path.y[:, -1]


def paths_of_waves(rng: draws.Rng) -> Drawn:
    """Velocities that are sums of waves, which move."""
    for _ in range(12):
        size, wave, speed, shift = rng.normal(scale=2, size=(4, 3))
        starts = two_starts(rng)

        def velocity(x, t, size=size, wave=wave, speed=speed, shift=shift):
            return (size * np.sin(np.multiply.outer(x, wave) + speed * t + shift)).sum(-1)

        ends = paths_followed(velocity, starts)
        yield two_paths(starts, ends, float(np.abs(size * wave).sum()), 1e-9)


def paths_of_a_pendulum(rng: draws.Rng) -> Drawn:
    """The velocity sin x, whose paths are known: tan(x_t / 2) grows like e^t."""
    for _ in range(12):
        starts = np.sort(rng.uniform(-3, 3, size=2))
        yield two_paths(starts, 2 * np.arctan(np.e * np.tan(starts / 2)), 1.0)


def drawn_paths(rng: draws.Rng) -> Drawn:
    yield from paths_of_waves(rng)
    yield from paths_of_a_pendulum(rng)


def drawn_together(rng: draws.Rng) -> Drawn:
    """The velocity c - L x draws all paths together as fast as L allows."""
    for L in (0.1, 1.0, 3.0):
        c, starts = rng.normal(), two_starts(rng)
        yield two_paths(starts, c / L + (starts - c / L) * np.exp(-L), L)


def paths_that_meet(rng: draws.Rng) -> Drawn:
    """Under -2 sign(x) sqrt|x| every path that starts within 1 of 0 is there at time 1."""
    for _ in range(4):
        starts = np.sort(rng.uniform(-1, 1, size=2))
        slope = np.abs(2 * np.diff(np.sign(starts) * np.abs(starts) ** 0.5) / np.diff(starts))
        yield two_paths(starts, np.zeros(2), slope[0])


def bounded_at_first(rng: draws.Rng) -> Drawn:
    """The velocity -(1 + 6 t) x, with the L of time 0."""
    for _ in range(4):
        starts = two_starts(rng)
        yield two_paths(starts, starts * np.exp(-4), 1.0)


NO_CROSSING = Claim(
    name="no-crossing",
    title="Paths on a line do not cross",
    chapter=CHAPTER,
    source="Grönwall's inequality; derived here",
    sentences=(
        r"Let $v(x, t)$ be a velocity on the line, continuous in $t$ and Lipschitz in $x$ with the "
        r"constant $L$ for all $t$ from 0 to 1.",
        r"Let $x_t$ and $y_t$ follow it, and let $y_0$ lie above $x_0$.",
        r"Then $$ y_1 - x_1 \ge \exp(-L) (y_0 - x_0) , $$ so the map from start to end increases.",
    ),
    checks=(Check(drawn_paths, reached=drawn_together),),
    rivals=(
        Rival("the velocity has no Lipschitz constant at 0", paths_that_meet),
        Rival("L is the constant at time 0 only", bounded_at_first),
    ),
)


# A step along the exact velocity

V_AT, M_AT, SLOPE, VAR = "v(y, t)", "m(y, t)", "S", r"\mathrm{Var}"
TINY = 1e-30  # a step into the imaginary, whose slope has no rounding

Shape = Callable[[np.ndarray], np.ndarray]


def normal_shape(z: np.ndarray) -> np.ndarray:
    """The log density of N(0, 1), up to a constant."""
    return -0.5 * z * z


def logistic_shape(z: np.ndarray) -> np.ndarray:
    """That of the logistic distribution."""
    return -z - 2 * np.log1p(np.exp(-z))


def posterior(y, t: float, x: np.ndarray, p: np.ndarray, shape: Shape):
    """(z, probability) for each value x of the data, given that x_t is y."""
    z = (y - t * x) / (1 - t)
    logs = np.log(p) + shape(z)
    share = np.exp(logs - np.real(logs).max())
    return z, share / share.sum()


def velocity_at(y, t: float, x: np.ndarray, p: np.ndarray, shape: Shape = normal_shape):
    """The mean of x - z given that x_t is y."""
    z, share = posterior(y, t, x, p, shape)
    return np.sum(share * (x - z))


def mean_by_score(y: float, t: float, x: np.ndarray, p: np.ndarray) -> float:
    """The mean of x given that x_t is y, by the slope of the log density of x_t."""
    away = (y + 1j * TINY - t * x) / (1 - t)
    logs = np.log(p) + normal_shape(away)
    top = np.real(logs).max()
    score = np.imag(np.log(np.exp(logs - top).sum())) / TINY
    return (y + (1 - t) ** 2 * score) / t


def drawn_step(rng: draws.Rng, shape: Shape = normal_shape, late: float = 1.0) -> Instance:
    """A step of some data with a few values; `late` is what the time of m is multiplied by."""
    n, t = rng.integers(2, 6), rng.uniform(0.05, 0.9)
    x, p = rng.normal(scale=1.5, size=n), rng.dirichlet(np.ones(n))
    y, h = rng.normal(scale=1.5), rng.uniform(0, 1 - t)
    share = posterior(y, t, x, p, shape)[1]
    mean = np.sum(share * x)
    moved = y + 1j * TINY + h * velocity_at(y + 1j * TINY, t, x, p, shape)
    near = 1e-9 / (1 - t) ** 3
    return {
        "y": y, "t": t, "h": h,
        V_AT: Estimate(float(velocity_at(y, t, x, p, shape)), near),
        M_AT: Estimate(mean_by_score(y, late * t, x, p), near / t),
        SLOPE: Estimate(float(np.imag(moved) / TINY), near),
        VAR: Estimate(float(np.sum(share * (x - mean) ** 2)), near),
    }  # fmt: skip


def drawn_steps(rng: draws.Rng) -> Drawn:
    for _ in range(40):
        yield drawn_step(rng)


def steps_from_other_noise(rng: draws.Rng) -> Drawn:
    for _ in range(5):
        yield drawn_step(rng, logistic_shape)


def steps_too_late(rng: draws.Rng) -> Drawn:
    for _ in range(5):
        yield drawn_step(rng, late=0.8)


FLOW_STEP = Claim(
    name="flow-step",
    title="A step along the exact velocity",
    chapter=CHAPTER,
    source="Tweedie's formula; derived here",
    sentences=(
        r"Let $z$ be drawn from $N(0, 1)$ and $x$, independent of it, from data with a finite mean "
        r"square; let $x_t$ be $(1 - t) z + t x$ and $v(y, t)$ the mean of $x - z$ given that "
        r"$x_t$ is $y$.",
        r"With $m(y, t)$ and $\mathrm{Var}$ the mean and the variance of $x$ given that $x_t$ is "
        r"$y$, and $S$ the slope in $y$ of a step of the length $h$ from $y$ at the time $t$, $$ "
        r"\begin{aligned} y + (1 - t) v(y, t) & = m(y, t) , \\ S & = 1 - \frac{h}{1 - t} + "
        r"\frac{h t}{(1 - t)^3} \mathrm{Var} . \end{aligned} $$",
        r"So no step that ends by time 1 turns the order of two points round, and a single one "
        r"from time 0 takes every $z$ to the mean of the data.",
    ),
    checks=(Check(drawn_steps), Check(drawn_steps)),
    rivals=(
        Rival("the mean is that of another time", steps_too_late, of=(0,)),
        Rival("z is drawn from another distribution", steps_from_other_noise, of=(1,)),
    ),
)
