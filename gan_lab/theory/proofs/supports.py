"""The claims of the chapter on supports that do not meet, and on the Wasserstein distance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import optimize, special

from gan_lab.distributions.base import EPS, Distribution, Estimate
from gan_lab.distributions.continuous import gaussian, uniform
from gan_lab.distributions.discrete import pmf
from gan_lab.distributions.mixtures import mixture
from gan_lab.theory.couplings import plan
from gan_lab.theory.divergences import js, tv
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance, at_places
from gan_lab.theory.proofs.witnesses import FIRST, by_differences
from gan_lab.theory.value_terms import expectation

CHAPTER = "supports"
ARJOVSKY, WGAN = "Arjovsky and Bottou 2017", "Arjovsky et al. 2017"
VALUE, FLAT, STEEP, JSD = "V(G, D)", "E_p |D'| + E_q |D'|", r"\max |D'|", r"\mathrm{JSD}(p, q)"


# A discriminator that is right everywhere and flat at every sample


def on(ends: np.ndarray, rng: draws.Rng) -> Distribution:
    """A distribution on the intervals (k, 2), uniform on each."""
    shares = rng.dirichlet(np.full(len(ends), 2.0)).tolist()
    return mixture([uniform(*pair) for pair in ends], shares)


def perfect(rng: draws.Rng, ends: np.ndarray, in_A: np.ndarray, delta: float) -> Instance:
    """What D has that goes from 1 to 0 as 3 t^2 - 2 t^3 wherever an interval of the one set follows
    one of the other; (k, 2) and (k,)."""
    order = np.argsort(ends.ravel())
    at, is_A = ends.ravel()[order], np.repeat(in_A, 2)[order]
    p, q = on(ends[in_A], rng), on(ends[~in_A], rng)
    h = 1e-5 * delta

    def D(x):
        t = np.interp(x, at, is_A)
        return t * t * (3 - 2 * t)

    def slope(x):
        return np.abs(D(x + h) - D(x - h)) / (2 * h)

    def log(y):
        return np.log(np.maximum(y, 1e-300))

    right = expectation(lambda x: log(D(x)), p, at), expectation(lambda x: log(1 - D(x)), q, at)
    flat = [expectation(slope, law, at) for law in (p, q)]
    middles = (at[1:] + at[:-1]) / 2
    return {
        r"\delta": delta,
        VALUE: Estimate(sum(e.value for e in right), sum(e.error for e in right)),
        FLAT: Estimate(sum(e.value for e in flat), sum(e.error for e in flat) + 1e-4),
        STEEP: Estimate(slope(middles).max(), 1e-8 / delta),
        JSD: js(p, q),
    }


def sets_apart(rng: draws.Rng) -> Drawn:
    """Five intervals, of which the nearest two of different sets are delta apart."""
    for in_A in ([1, 0, 1, 0, 1], [1, 1, 0, 0, 1], [0, 1, 1, 1, 0], [1, 1, 0, 0, 0]):
        in_A, delta = np.array(in_A, dtype=bool), rng.uniform(0.1, 0.9)
        gaps = delta * rng.uniform(1.1, 2, 4)
        changes = np.flatnonzero(in_A[1:] != in_A[:-1])
        gaps[changes[0]] = delta
        steps = np.stack([rng.uniform(0.3, 1, 5), np.append(gaps, 0)], axis=1).ravel()[:-1]
        ends = np.append(0.0, np.cumsum(steps)).reshape(5, 2) + rng.normal()
        yield perfect(rng, ends, in_A, float(delta))


def sets_that_meet(rng: draws.Rng) -> Drawn:
    for over in rng.uniform(0.2, 0.8, 3):
        ends = np.array([[0.0, 1.0], [1.0 - over, 2.0 - over]])
        yield perfect(rng, ends, np.array([True, False]), 0.5)


PERFECT_DISCRIMINATOR = Claim(
    name="perfect-discriminator",
    title="A perfect discriminator that is flat",
    chapter=CHAPTER,
    source=f"{ARJOVSKY}, Theorem 2.1; this D is made here",
    sentences=(
        r"Let $p$ have all of its probability on a bounded closed set $A$ of the line and $q$ on "
        r"another, $B$, which is at the distance $\delta > 0$ from $A$.",
        r"Then there is a continuously differentiable $D$ from the line to $[0, 1]$, 1 on $A$ and "
        r"0 on $B$, with $$ \begin{aligned} V(G, D) & = 0 , \\ E_p |D'| + E_q |D'| & = 0 , \\ "
        r"\max |D'| & = \frac{3}{2 \delta} , \\ \mathrm{JSD}(p, q) & = \log 2 . \end{aligned} $$",
    ),
    checks=(
        Check(sets_apart, reached=draws.end(r"\delta", 0.0)),
        *(Check(sets_apart),) * 4,
    ),
    rivals=(Rival("the sets overlap", sets_that_meet, of=(1, 4)),),
)


# How little of it reaches the generator

GRADIENT = r"|\partial_\theta E[\log(1 - D(G_\theta(z)))]|"
Z, WEIGHTS = np.polynomial.hermite_e.hermegauss(60)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def size_of_slope(f: Callable[[float], float]) -> Estimate:
    """|f'(0)|."""
    value, error = by_differences(f, FIRST, 1, step=1e-3)
    return Estimate(abs(value), error)


def of_a_generator(
    epsilon: float, noise: float, wave: float, start: float, loss=np.log1p, height: float = 1.0
) -> Instance:
    """The slope in theta of the loss for G(z) = theta (1 + noise z) at theta = 1, and its bound."""

    def cost(move: float) -> float:
        x = (1 + move) * (1 + noise * Z)
        D = height * epsilon * 0.5 * (1 + np.sin(wave * x + start))
        return float(WEIGHTS @ loss(-D))

    size = float(np.sqrt(WEIGHTS @ (1 + noise * Z) ** 2))
    return {GRADIENT: size_of_slope(cost), "M": size, r"\varepsilon": epsilon}


def small_D(rng: draws.Rng, waves=(0.1, 2), **other) -> Drawn:
    for epsilon in rng.uniform(0.05, 0.9, 8):
        wave, start, noise = rng.uniform(*waves), rng.uniform(0, 6), rng.uniform(0, 0.5)
        yield of_a_generator(float(epsilon), noise, wave, start, **other)


def steepest_D(rng: draws.Rng) -> Drawn:
    """A generator of one point, where D is epsilon exp(x - 1) and x is 1."""
    for epsilon in rng.uniform(0.1, 0.8, 4):
        slope = size_of_slope(lambda t, e=epsilon: float(np.log1p(-e * np.exp(t))))
        yield {GRADIENT: slope, "M": 1.0, r"\varepsilon": float(epsilon)}


VANISHING_GRADIENT = Claim(
    name="vanishing-gradient",
    title="The gradient of the minimax loss at a nearly perfect discriminator",
    chapter=CHAPTER,
    source=f"{ARJOVSKY}, Theorem 2.4",
    sentences=(
        r"Let $0 < \varepsilon < 1$, let $D$ be differentiable, and let $D$ and the length of its "
        r"slope be at most $\varepsilon$ at every sample of $G_\theta$.",
        r"Let $M$ be the root of the mean square of $\partial_\theta G_\theta(z)$.",
        rf"Then $$ \begin{{aligned}} & {GRADIENT} \\ & \quad \le \frac{{M \varepsilon}}"
        r"{1 - \varepsilon} . \end{aligned} $$",
    ),
    checks=(
        Check(small_D, reached=draws.end(r"\varepsilon", 1.0)),
        Check(small_D, reached=steepest_D),
    ),
    rivals=(
        Rival("D is small and steep", lambda rng: small_D(rng, (60, 90)), of=(1,)),
        Rival(
            "the loss is -log D",
            lambda rng: small_D(rng, (1, 2), loss=lambda D: -np.log(-D + 1e-3), height=0.1),
            of=(1,),
        ),
    ),
)


# And how noisy it is

MEDIAN = r"\mathrm{median}\, |r / e|"
NODES = np.polynomial.legendre.leggauss(96)


def median_of_ratio(below: Callable[[float], float], around: float) -> Estimate:
    """The t below which |r/e| is with probability 1/2."""
    low, high = (np.log(around) + h for h in (-9.0, 9.0))
    root: Any = optimize.brentq(lambda t: below(float(np.exp(t))) - 0.5, low, high, xtol=1e-13)
    return Estimate(float(np.exp(root)), 1e-7 * around)


def _noisy(s: float, u: float, mean: float = 0.0, follows: float = 0.0) -> Instance:
    """e of sd s around `mean`; r of sd u, and with the multiple `follows` of e in it."""

    def below(t: float) -> float:
        e, at = mean + s * v, follows * s * v
        side = t * np.abs(e)
        return float(weight @ (special.ndtr((side - at) / u) - special.ndtr((-side - at) / u)))

    kink = -mean / s
    low, high = np.array([[-12.0, kink], [kink, 12.0]]).T[..., None]
    v = ((low + high + (high - low) * NODES[0]) / 2).ravel()
    weight = ((high - low) / 2 * NODES[1]).ravel() * np.exp(-0.5 * v**2) / np.sqrt(2 * np.pi)
    return {MEDIAN: median_of_ratio(below, u / s), "s": s, "u": u}


def noises(rng: draws.Rng, **other) -> Drawn:
    for s, u in np.exp(rng.normal(size=(3, 2))):
        yield _noisy(float(s), float(u), **other)


NOISY_DISCRIMINATOR = Claim(
    name="noisy-discriminator",
    title="The slope of log D at a noisy discriminator has no mean",
    chapter=CHAPTER,
    source=f"{ARJOVSKY}, Theorem 2.6",
    sentences=(
        r"Let $e$ and $r$ be independent Gaussians with mean 0, the errors of $D$ and of its slope "
        r"at a sample where both should be 0, with the standard deviations $s$ and $u$.",
        rf"Then the slope $-r/e$ of $-\log D$ has a Cauchy distribution with $$ {MEDIAN} = "
        r"\frac{u}{s} , $$ and no mean.",
    ),
    checks=(Check(noises),),
    rivals=(
        Rival("D should be something else than 0", lambda rng: noises(rng, mean=4.0)),
        Rival("the two errors go together", lambda rng: noises(rng, follows=3.0)),
    ),
)


# Noise makes supports meet

W1, TV_NOISY, JSD_NOISY = (
    "W_1(p, q)",
    r"\mathrm{TV}(p_\sigma, q_\sigma)",
    (r"\mathrm{JSD}(p_\sigma, q_\sigma)"),
)


def _on_points(rng: draws.Rng, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Points between -3 and 3, and their probabilities."""
    return np.sort(rng.uniform(-3, 3, count)), rng.dirichlet(np.ones(count))


def gaussian_noise(x: np.ndarray, a: np.ndarray, sigma: float) -> Distribution:
    return mixture([gaussian(float(at), sigma) for at in x], a.tolist())


def two_valued_noise(x: np.ndarray, a: np.ndarray, sigma: float) -> Distribution:
    return pmf(np.concatenate([x - sigma, x + sigma]), np.tile(a / 2, 2))


def under_noise(x, a, y, b, sigma: float, noise: Callable = gaussian_noise) -> Instance:
    p, q = noise(np.array(x), np.array(a), sigma), noise(np.array(y), np.array(b), sigma)
    return {W1: Estimate(plan(x, a, y, b).cost, 1e-12), TV_NOISY: tv(p, q), JSD_NOISY: js(p, q),
            r"\sigma": sigma, r"\pi": np.pi}  # fmt: skip


def _blurred(rng: draws.Rng, noise: Callable = gaussian_noise) -> Drawn:
    for sigma in (0.5, 1.0, 4.0):
        yield under_noise(*_on_points(rng, 3), *_on_points(rng, 2), sigma, noise)


def one_step_apart(rng: draws.Rng) -> Drawn:
    """Two points so near that the bound is reached to rounding."""
    yield under_noise([0.0], [1.0], [1e-5], [1.0], 1.0)


def far_apart(rng: draws.Rng) -> Drawn:
    yield under_noise([0.0], [1.0], [90.0], [1.0], 1.0)


INSTANCE_NOISE = Claim(
    name="instance-noise",
    title="With noise the divergence sees the distance",
    chapter=CHAPTER,
    source="derived here; the remedy is that of Arjovsky and Bottou 2017, section 3",
    sentences=(
        r"Let $p$ and $q$ be distributions on the line with means, and $p_\sigma$ and $q_\sigma$ "
        r"what becomes of them with an independent noise $N(0, \sigma^2)$.",
        rf"Then $$ \begin{{aligned}} {TV_NOISY} & \le \frac{{{W1}}}{{\sigma \sqrt{{2 \pi}}}} , \\ "
        rf"{JSD_NOISY} & \le {TV_NOISY} \log 2 , \end{{aligned}} $$ "
        r"and, however far apart $p$ and $q$ are, the second of these is below $\log 2$.",
    ),
    checks=(
        Check(_blurred, reached=one_step_apart),
        Check(_blurred, reached=far_apart),
    ),
    rivals=(
        Rival("the noise has two values", lambda rng: _blurred(rng, two_valued_noise), of=(0,)),
    ),
)


# Two ways to the same number

BY_CDF = r"\int |F_p - F_q|\, dx"
BY_QUANTILE = r"\int_0^1 |F_p^{-1}(u) - F_q^{-1}(u)|\, du"
GAP = "E_p f - E_q f"


class Steps:
    """Two distributions on points of the line, cell by cell between their points."""

    def __init__(self, x, a, y, b):
        self.points = np.union1d(x, y)
        self.p, self.q = (
            np.array([w[at == z].sum() for z in self.points])
            for at, w in ((np.asarray(x), np.asarray(a)), (np.asarray(y), np.asarray(b)))
        )
        self.width = np.diff(self.points)
        self.gap = np.cumsum(self.p - self.q)[:-1]  # F_p - F_q in each cell

    @property
    def w1(self) -> float:
        return float(np.abs(self.gap) @ self.width)

    def difference(self, slopes: np.ndarray) -> float:
        """E_p f - E_q f of the f with these slopes in the cells."""
        return float((self.p - self.q) @ np.append(0.0, np.cumsum(slopes * self.width)))


def by_quantiles(x, a, y, b) -> float:
    """The integral of the difference of the quantiles, over the cells of u where both stand."""
    up_to = [np.cumsum(w)[:-1] for w in (a, b)]
    u = np.concatenate([[0.0], np.sort(np.concatenate(up_to)), [1.0]])
    middle = (u[1:] + u[:-1]) / 2
    at = [np.asarray(z)[np.searchsorted(c, middle)] for z, c in zip((x, y), up_to, strict=True)]
    return float(np.abs(at[0] - at[1]) @ np.diff(u))


def independently(x, a, y, b) -> float:
    return float(np.asarray(a) @ np.abs(np.subtract.outer(x, y)) @ np.asarray(b))


def dual(
    rng: draws.Rng, steepest: float = 1.0, best: bool = False, cost: Callable | None = None
) -> Drawn:
    """Pairs on points, and an f with slopes up to `steepest`, or the best one."""
    for n, k in ((1, 1), (2, 3), (5, 4), (3, 6)):
        pair = (*_on_points(rng, n), *_on_points(rng, k))
        steps = Steps(*pair)
        slopes = rng.uniform(-1, 1, len(steps.gap))
        slopes = -steepest * np.sign(steps.gap) if best else slopes
        yield {
            W1: Estimate((cost or (lambda *pair: plan(*pair).cost))(*pair), 1e-9),
            BY_CDF: steps.w1,
            BY_QUANTILE: by_quantiles(*pair),
            GAP: steps.difference(slopes),
        }


KANTOROVICH_RUBINSTEIN = Claim(
    name="kantorovich-rubinstein",
    title="The Wasserstein distance on the line, and its dual",
    chapter=CHAPTER,
    source=f"{WGAN}, Equation 2 (Kantorovich and Rubinstein); on the line derived here",
    sentences=(
        r"Let $p$ and $q$ be distributions on the line with means, $F_p$ and $F_q$ their "
        r"distribution functions, and $W_1(p, q)$ the least mean of $|x - y|$ over all pairs with "
        r"$x \sim p$ and $y \sim q$.",
        rf"Then $$ \begin{{aligned}} {W1} & = {BY_CDF} \\ & = {BY_QUANTILE} , \end{{aligned}} $$ "
        rf"and every 1-Lipschitz $f$ has $$ {GAP} \le {W1} , $$ with equality if "
        r"and only if $f'$ is the sign of $F_q - F_p$ at almost every $x$ where the two differ.",
    ),
    checks=(Check(dual), Check(dual, reached=lambda rng: dual(rng, best=True))),
    rivals=(
        Rival("x and y are independent", lambda rng: dual(rng, cost=independently), of=(0,)),
        Rival("f has slopes of 2", lambda rng: dual(rng, steepest=2.0, best=True), of=(1,)),
    ),
)


# What a penalty on the slope allows

SLOPE, APART = "|f'|", "|F_p - F_q|"


def density_between(steps: Steps, x, a, y, b) -> np.ndarray:
    """In each cell, the density of u x + (1 - u) y for independent x, y and a uniform u."""
    middle = (steps.points[1:] + steps.points[:-1]) / 2
    low, high = np.minimum.outer(x, y), np.maximum.outer(x, y)
    inside = (low[..., None] < middle) & (middle < high[..., None])
    return np.einsum("i,j,ijc->c", a, b, inside / (high - low)[..., None])


def best_slope(gap: float, weight: float) -> float:
    """The t that maximises gap t - weight (t - 1)^2, searched for."""
    found: Any = optimize.minimize_scalar(
        lambda t: weight * (t - 1) ** 2 - gap * t, bracket=(0, 1), tol=1e-12
    )
    return float(found.x)


def _penalised(x, a, y, b, strength: float, held: bool = False) -> Instance:
    """The best f under a penalty, cell by cell; `held`: the best whose slopes are 1."""
    steps = Steps(x, a, y, b)
    rho = density_between(steps, x, a, y, b)
    there = np.abs(steps.gap) > 1e-9
    gap, rho = np.abs(steps.gap[there]), rho[there]
    slope = np.ones_like(gap)
    if not held:
        slope = np.array([best_slope(*pair) for pair in zip(gap, strength * rho, strict=True)])
    value = float((gap * slope) @ steps.width[there])
    return {SLOPE: at_places(slope, 1e-6 * slope), APART: gap, r"\rho": rho, r"\lambda": strength,
            GAP: Estimate(value, 1e-6 * value), "W_1": steps.w1}  # fmt: skip


def penalties(rng: draws.Rng, held: bool = False) -> Drawn:
    for n, k in ((1, 1), (2, 3), (5, 4), (3, 6)):
        yield _penalised(*_on_points(rng, n), *_on_points(rng, k), rng.uniform(0.3, 12), held)


def two_points(rng: draws.Rng) -> Drawn:
    one = np.ones(1)
    for x, y, strength in rng.uniform((0, 2, 0.5), (1, 4, 12), (4, 3)):
        yield _penalised(np.array([x]), one, np.array([y]), one, strength)


GRADIENT_PENALTY = Claim(
    name="gradient-penalty",
    title="The best critic under a gradient penalty is too steep",
    chapter=CHAPTER,
    source="derived here, for the penalty of Gulrajani et al. 2017, Equation 3",
    sentences=(
        r"Let $p$ and $q$ be distributions on the line with finite variances and no atom in "
        r"common, $\lambda$ positive, and $\rho$ the density of $ux + (1 - u)y$ with $x \sim p$, "
        r"$y \sim q$ and $u$ uniform on $[0, 1]$, all independent.",
        rf"Among all $f$, $E_p f - E_q f - \lambda E_\rho[(|f'| - 1)^2]$ is largest where $f'$ has "
        rf"the sign of $F_q - F_p$ and $$ {SLOPE} = 1 + \frac{{{APART}}}{{2 \lambda \rho}} , $$ "
        rf"and that $f$ has $$ {GAP} \ge W_1 + \frac{{W_1^2}}{{2 \lambda}} , $$ "
        rf"with equality if and only if ${APART}$ is a multiple of $\rho$.",
    ),
    checks=(Check(penalties), Check(penalties, reached=two_points)),
    rivals=(Rival("the slopes are held at 1", lambda rng: penalties(rng, held=True), of=(0, 1)),),
)


# What the two constraints on weights allow

STEEPNESS, OF_D = "|D'|", "E_p D - E_q D"


def relu(h: np.ndarray) -> np.ndarray:
    return np.maximum(h, 0.0)


def clipped_slope(weights: list[np.ndarray], n: int, c: float, open_gates: list) -> Instance:
    """|D'| of two hidden layers whose units pass on the shares `open_gates` of their slope."""
    first, second, third = weights
    slope = (first * open_gates[0]) @ second * open_gates[1] @ third
    return {STEEPNESS: float(abs(slope[0, 0])), "n": n, "c": c}


def clipped_nets(rng: draws.Rng, most: float = 1.0, least: float = -1.0) -> Drawn:
    for n, c in ((2, 0.5), (3, 0.1), (5, 0.3), (8, 1.3)):
        shapes = ((1, n), (n, n), (n, 1))
        weights = [c * rng.uniform(least, most, shape) for shape in shapes]
        gates = [rng.uniform(0, 1, n) if least < most else np.ones(n) for _ in range(2)]
        yield clipped_slope(weights, n, c, gates)


def tent(activation: Callable, w: np.ndarray, b: np.ndarray, v: np.ndarray) -> Instance:
    """E_p D - E_q D of one hidden layer, p halves of -1 and 1, q at 0."""
    at = [float(activation(x * w + b) @ v) for x in (-1.0, 1.0, 0.0)]
    return {OF_D: Estimate((at[0] + at[1]) / 2 - at[2], 4 * EPS * np.abs(at).max())}


def spectral_nets(rng: draws.Rng, activation: Callable = relu) -> Drawn:
    for n in (1, 2, 4, 16):
        w, v = (g / np.linalg.norm(g) for g in rng.normal(size=(2, n)))
        yield tent(activation, w, 0.3 * rng.normal(size=n), v)
    yield tent(activation, np.ones(1), np.zeros(1), np.ones(1))


def one_unit(rng: draws.Rng) -> Drawn:
    yield tent(relu, np.ones(1), np.zeros(1), np.ones(1))


WEIGHT_CONSTRAINTS = Claim(
    name="weight-constraints",
    title="What clipping and spectral normalisation allow",
    chapter=CHAPTER,
    source="derived here, for the constraints of Arjovsky et al. 2017 and Miyato et al. 2018",
    sentences=(
        r"Let $D$ be a network on the line with two hidden layers of $n$ units, activations with "
        r"slopes from 0 to 1, and weights in $[-c, c]$.",
        rf"Then $$ {STEEPNESS} \le n^2 c^3 . $$",
        r"Let $D$ instead have one hidden layer of ReLUs and weight matrices with largest singular "
        r"values of at most 1, let $p$ be halves of the points $-1$ and $1$, and $q$ the point 0, "
        r"which are at the distance 1.",
        rf"Then $$ {OF_D} \le ½ . $$",
    ),
    checks=(
        Check(clipped_nets, reached=lambda rng: clipped_nets(rng, 1.0, 1.0)),
        Check(spectral_nets, reached=one_unit),
    ),
    rivals=(
        Rival("weights up to 2c", lambda rng: clipped_nets(rng, 2.0, 2.0), of=(0,)),
        Rival("the activation is |h|", lambda rng: spectral_nets(rng, np.abs), of=(1,)),
    ),
)
