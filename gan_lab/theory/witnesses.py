"""Numbers that would betray a false claim: both sides of each, computed in different ways.

Every function returns (residual, tolerance). Where the two sides are Estimates, the tolerance
is the sum of their errors and a few roundings.
"""

from __future__ import annotations

import numpy as np

from gan_lab.theory.densities import Density, Estimate, gaussian, pmf, uniform
from gan_lab.theory.divergences import cells_of, f_divergence, js, kl
from gan_lab.theory.game import C, V, log_sigmoid, optimal_logit, weighted
from gan_lab.theory.mixtures import mixture
from gan_lab.theory.pushforward import pushforward
from gan_lab.theory.quadrature import integrate

EPS = np.finfo(float).eps
Witness = tuple[float, float]


def pairs() -> list[tuple[Density, Density]]:
    """Pairs of laws that differ in place, in width, in shape and in support."""
    two_humps = mixture([gaussian(-2, 0.5), gaussian(2, 0.5)])
    return [
        (gaussian(0, 1), gaussian(0.5, 1)),
        (gaussian(0, 1), gaussian(0, 2)),
        (two_humps, gaussian(0.7, 1.1)),
        (uniform(0, 1), uniform(0.25, 1.5)),
        (two_humps, uniform(-1, 3)),
    ]


def worst(residuals: list[Witness]) -> Witness:
    """The pair with the largest residual for its tolerance; one that is unknown is worse still."""

    def badness(pair):
        residual, tolerance = pair
        known = np.isfinite(residual) and 0 < tolerance < np.inf
        return residual / tolerance if known else np.inf

    return max(residuals, key=badness)


def apart(left: Estimate, right: Estimate) -> Witness:
    """How far two estimates of one number are apart, and how far they may be."""
    slack = 4 * EPS * (abs(left.value) + abs(right.value))
    return abs(left.value - right.value), left.error + right.error + slack


def expectation(h, p: Density, kinks=()) -> Estimate:
    """E_p h for |h| of order 1, over the part of p with a density plus the atoms."""

    def integrand(anchor, s):
        y = np.exp(p.log_near(anchor, s))
        here = y > 0
        noise = 8 * EPS * y
        y[here] *= h((anchor + s)[here])
        return y, noise

    value, error = integrate(integrand, cells_of(p, extra=kinks))
    value += sum(mass * float(h(np.array([x]))[0]) for x, mass in p.atoms)
    return Estimate(value, error + p.error)


def pushforward_expectation() -> Witness:
    p_z = gaussian(0, 1)
    found = []
    for G in (lambda z: z**3 - 3 * z, lambda z: z**2 + z / 2, np.arctan):
        left = expectation(lambda z, G=G: np.cos(G(z)), p_z)
        right = expectation(np.cos, pushforward(G, p_z))
        found.append(apart(left, right))

    def bent(z):
        return np.maximum(z, -0.5) + 0.5 * np.maximum(z - 1, 0)

    law = pushforward(bent, p_z, kinks=(-0.5, 1), linear=True)
    whole = expectation(lambda z: np.cos(bent(z)), p_z, (-0.5, 1))
    return worst([*found, apart(whole, expectation(np.cos, law))])


def game_value() -> Witness:
    """V with a discriminator that always answers 1/2."""
    truth = Estimate(-np.log(4), 0.0)
    return worst([apart(V(np.zeros_like, p, q), truth) for p, q in pairs()])


def climbed_logit(share_real, share_fake):
    """The logit that maximises share_real log D + share_fake log(1 - D), by bisection."""
    low, high = np.full(share_real.shape, -800.0), np.full(share_real.shape, 800.0)
    for _ in range(80):
        l = 0.5 * (low + high)
        rises = share_real * np.exp(log_sigmoid(-l)) > share_fake * np.exp(log_sigmoid(l))
        low, high = np.where(rises, l, low), np.where(rises, high, l)
    return 0.5 * (low + high)


def best_discriminator() -> Witness:
    """Climbing V in a free logit at each x, against log p_data - log p_g."""
    x = np.linspace(-3.9, 3.9, 79)
    found = []
    for p, q in pairs()[:3]:
        climbed = climbed_logit(p.pdf(x), q.pdf(x))
        best = optimal_logit(p, q)(x)
        found.append((float(np.abs(climbed - best).max()), 64 * EPS * np.abs(best).max()))
    return worst(found)


def concavity() -> Witness:
    """Chords of a log y + b log(1 - y) must lie below it."""
    rng = np.random.default_rng(0)
    a, b = rng.exponential(size=(2, 2000))
    low, high = np.sort(rng.uniform(0.001, 0.999, (2, 2000)), axis=0)
    share = rng.uniform(size=2000)

    def v(y):
        return a * np.log(y) + b * np.log1p(-y)

    above = share * v(low) + (1 - share) * v(high) - v(share * low + (1 - share) * high)
    return float(max(above.max(), 0.0)), 1e-12


def unequal_priors() -> Witness:
    """The integral of the weighted game at its best D, against two KL divergences."""
    found = []
    for pi in (0.1, 0.5, 0.8):
        for p, q in pairs():
            m = mixture([p, q], [pi, 1 - pi])
            first, second = kl(p, m), kl(q, m)
            entropy = -pi * np.log(pi) - (1 - pi) * np.log(1 - pi)
            value = pi * first.value + (1 - pi) * second.value - entropy
            right = Estimate(value, first.error + second.error + 4 * EPS)

            def game(lp, lq, pi=pi):
                l = lp - lq + np.log(pi / (1 - pi))
                u = np.where(np.isfinite(lp), pi * np.exp(lp) * log_sigmoid(l), 0)
                v = np.where(np.isfinite(lq), (1 - pi) * np.exp(lq) * log_sigmoid(-l), 0)
                return u + v, np.abs(u), np.abs(v)

            found.append(apart(f_divergence(game, p, q), right))
    return worst(found)


def label_smoothing() -> Witness:
    """Climbing with smoothed labels, against the odds (1 - alpha) p / (q + alpha p)."""
    x, found = np.linspace(-3.9, 3.9, 79), []
    for alpha in (0.1, 0.3):
        for p, q in pairs()[:3]:
            real, fake = p.pdf(x), q.pdf(x)
            climbed = climbed_logit((1 - alpha) * real, alpha * real + fake)
            odds = np.log((1 - alpha) * real / (fake + alpha * real))
            found.append((float(np.abs(climbed - odds).max()), 64 * EPS * np.abs(odds).max()))
    return worst(found)


def density_ratio() -> Witness:
    """The odds of a D that has climbed V at each x, times p_g, against p_data."""
    x, found = np.linspace(-3.9, 3.9, 79), []
    for p, q in pairs()[:3]:
        logit = climbed_logit(p.pdf(x), q.pdf(x))
        gap = np.exp(logit) * q.pdf(x) / p.pdf(x) - 1
        found.append((float(np.abs(gap).max()), 64 * EPS * np.abs(logit).max()))
    return worst(found)


def bound() -> Witness:
    """V(G, D*) - V(G, D) against the integral of (p + q) KL(D* || D), for three D."""
    found = []
    for D in (np.zeros_like, lambda x: 1 - x, np.sin):
        for p, q in pairs()[:3]:
            best, here = C(p, q), V(D, p, q)
            gap = Estimate(best.value - here.value, best.error + here.error)

            def coins(anchor, s, D=D, p=p, q=q):
                lp, lq, l = p.log_near(anchor, s), q.log_near(anchor, s), D(anchor + s)
                a, b = np.exp(lp), np.exp(lq)
                up = weighted(a, log_sigmoid(lp - lq) - log_sigmoid(l))
                down = weighted(b, log_sigmoid(lq - lp) - log_sigmoid(-l))
                wide = 8 * EPS * weighted(a + b, 1 + np.abs(l))
                return up + down, wide + 8 * EPS * (np.abs(up) + np.abs(down))

            found.append(apart(gap, integrate(coins, cells_of(p, q))))
            found.append((max(0.0, -gap.value), gap.error + EPS))
    return worst(found)


def theorem_1() -> Witness:
    """C, as the integral of V at D*, against 2 JSD - log 4; and at p_g = p_data."""
    found = []
    for p, q in pairs():
        d = js(p, q)
        right = Estimate(2 * d.value - np.log(4), 2 * d.error)
        found += [apart(C(p, q), right), apart(C(p, p), Estimate(-np.log(4), 0.0))]
    return worst(found)


def jsd_bounds() -> Witness:
    """No pair leaves [0, log 2]; disjoint laws reach log 2 and the others do not."""
    apart_laws = js(uniform(0, 1), uniform(1, 2))
    found = [apart(apart_laws, Estimate(np.log(2), 0.0))]
    for p, q in pairs():
        d = js(p, q)
        found.append((max(0.0, -d.value), d.error))
        found.append((0.0 if d.value + d.error < np.log(2) else np.inf, EPS))
    return worst(found)


def jsd_metric() -> Witness:
    """The largest failure of the triangle inequality by the root, over random triples."""
    rng = np.random.default_rng(1)
    failure = 0.0
    for weights in rng.dirichlet([0.5] * 4, size=(60, 3)):
        laws = [pmf(range(4), w / w.sum()) for w in weights]
        pq, pr, rq = (
            np.sqrt(max(js(laws[i], laws[j]).value, 0.0)) for i, j in ((0, 1), (0, 2), (2, 1))
        )
        failure = max(failure, pq - pr - rq)
    return failure, 1e-12


def mirror_descent() -> Witness:
    """The update of p_g on 401 points: the largest rise of C, or excess over its bound, or what
    of C + log 4 is left at the end."""
    x = np.linspace(-6, 6, 401)
    p = mixture([gaussian(-2, 0.5), gaussian(2, 0.5)]).pdf(x)
    p, q, eta = p / p.sum(), np.full(401, 1 / 401), 0.5
    most, values = np.sum(p * np.log(p / q)) / eta, []
    for _ in range(101):
        m = 0.5 * (p + q)
        values.append(np.sum(p * np.log(p / m)) + np.sum(q * np.log(q / m)))
        q = q * np.exp(-eta * np.log(q / m))
        q = q / q.sum()
    excess = np.array(values[1:]) - most / np.arange(1, 101)
    return float(max(abs(values[-1]), np.diff(values).max(), excess.max())), 401 * EPS


def linear_discriminator() -> Witness:
    """The best V over lines of a grid, for N(0, 1) against N(0, 2^2), above -log 4."""
    p, q = gaussian(0, 1), gaussian(0, 2)
    excess, error = 0.0, 0.0
    for slope in (-1.0, -0.1, 0.0, 0.1, 1.0):
        for start in (-0.5, 0.0, 0.5):
            value = V(lambda x, w=slope, c=start: w * x + c, p, q)
            excess = max(excess, value.value + np.log(4))
            error = max(error, value.error)
    return excess, error + EPS
