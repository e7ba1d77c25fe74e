"""The claims of the chapter on the best discriminator."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import sympy as sp
from scipy import optimize, special, stats

from gan_lab.distributions.base import EPS, Distribution, Estimate, without_float_warnings
from gan_lab.distributions.continuous import gaussian, uniform
from gan_lab.distributions.discrete import pmf
from gan_lab.distributions.drawn import drawn
from gan_lab.distributions.mixtures import mixture
from gan_lab.distributions.named import distribution
from gan_lab.theory.divergences import f_divergence, kl
from gan_lab.theory.game import C, Logit, V, log_sigmoid, optimal_logit, weighted
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import PAPER, Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.derivations import a, b, for_each_unit, optimal_discriminator, y
from gan_lab.theory.proofs.formulas import at_places
from gan_lab.theory.proofs.witnesses import climbed, integral
from gan_lab.theory.value_terms import expectation

CHAPTER = "best_discriminator"

_share, _alpha = sp.Symbol("pi", positive=True), sp.Symbol("alpha", positive=True)
_other = sp.Symbol("other", positive=True)  # 1 - pi or 1 - alpha
_coin = 1 / (1 + sp.Symbol("t", positive=True))  # any number between 0 and 1


def kl_of_coins(heads, others):
    """KL(heads || others) of two coins, in sympy."""
    tails = (1 - heads) * sp.log((1 - heads) / (1 - others))
    return heads * sp.log(heads / others) + tails


# One point


@without_float_warnings
def one_point(rng: draws.Rng, count: int = 60) -> Drawn:
    """a and b over six decades, some of them 0, and y on all of (0, 1)."""
    a, b = 10.0 ** rng.uniform(-3, 3, (2, count))
    a[:5], b[5:10] = 0, 0
    y, best = rng.uniform(0.01, 0.99, count), climbed(a, b).D
    coins = special.rel_entr(best.value, y) + special.rel_entr(1 - best.value, 1 - y)
    values = [special.xlogy(a, D) + special.xlog1py(b, -D) for D in (y, best.value)]
    yield {
        "a": a,
        "b": b,
        "y": y,
        "y^*": best,
        r"\mathrm{KL}(y^* \| y)": Estimate(coins, 64 * EPS),
        "v(y)": Estimate(values[0], 64 * EPS * (a + b)),
        "v(y^*)": Estimate(values[1], 64 * EPS * (a + b)),
    }


def _inside(rng: draws.Rng) -> Drawn:
    """The same where no logarithm is taken of 0."""
    (found,) = one_point(rng)
    yield {name: found[name][10:] for name in ("a", "b", "y")} | {
        "v(y)": Estimate(*(part[10:] for part in found["v(y)"]))
    }


@without_float_warnings
def coins_exchanged(rng: draws.Rng) -> Drawn:
    """The divergence of the coins taken the other way round."""
    (found,) = one_point(rng)
    y, best = found["y"], found["y^*"].value
    coins = special.rel_entr(y, best) + special.rel_entr(1 - y, 1 - best)
    yield {**found, r"\mathrm{KL}(y^* \| y)": np.where(np.isfinite(coins), coins, 0.0)}


def one_negative(rng: draws.Rng) -> Drawn:
    weight, b = rng.uniform(0.5, 1, (2, 9))
    yield {"a": -weight, "b": b, "y^*": climbed(weight, b).D}


_best = a / (a + b)
_v = a * sp.log(y) + b * sp.log(1 - y)

CONCAVITY = Claim(
    name="concavity",
    title="One point",
    chapter=CHAPTER,
    source=PAPER + "proof of Proposition 1",
    sentences=(
        r"Let $a \ge 0$ and $b \ge 0$, not both 0, and take $0 \cdot \log 0$ as 0.",
        r"On $[0, 1]$ the function $$ v(y) = a \log y + b \log(1 - y) $$ "
        r"is strictly concave where it is finite, and $y^* = a/(a + b)$ is its only maximiser.",
        r"For every $y$ $$ v(y^*) - v(y) = (a + b)\, \mathrm{KL}(y^* \| y) , $$ "
        r"where $\mathrm{KL}(y^* \| y)$ is the Kullback-Leibler divergence between two coins, "
        r"which show heads with the probabilities $y^*$ and $y$.",
    ),
    checks=(
        Check(one_point),
        Check(one_point),
        Check(_inside, algebra={"v(y)": _v, "a": a, "b": b, "y": y}),
        Check(one_point, algebra={"y^*": sp.solve(sp.diff(_v, y), y)[0], "a": a, "b": b}),
        Check(
            one_point,
            algebra={
                "v(y^*)": _v.subs(y, _best),
                "v(y)": _v.subs(y, _coin),
                "a": a,
                "b": b,
                r"\mathrm{KL}(y^* \| y)": kl_of_coins(_best, _coin),
            },
        ),
    ),
    rivals=(
        Rival("a is negative", one_negative, of=(3,)),
        Rival("the coins of the KL are exchanged", coins_exchanged, of=(4,)),
    ),
)


# Proposition 1 and what follows from it

LOGITS: tuple[Logit, ...] = (
    np.zeros_like,
    lambda x: 1 - np.tanh(x),
    lambda x: 3 * np.tanh(2 * x - 1),
)


def _values(rng: draws.Rng) -> Drawn:
    """V at some D and at D*, by integration."""
    for p, q in draws.pairs(rng, times=1):
        best = V(optimal_logit(p, q), p, q)
        for D in LOGITS:
            yield {"V(G, D)": V(D, p, q), "V(G, D^*)": best}


def values_at_the_best(rng: draws.Rng) -> Drawn:
    for p, q in draws.pairs(rng, draws.SMOOTH):
        yield {"V(G, D)": V(optimal_logit(p, q), p, q), "V(G, D^*)": C(p, q)}


def best_at_points(rng: draws.Rng, share: float = 0.5) -> Drawn:
    for p, q in draws.pairs(rng):
        real, fake = draws.finite_weights(rng, p, q)
        yield {
            "D^*(x)": climbed(share * real, (1 - share) * fake).D,
            "p_{data}(x)": real,
            "p_G(x)": fake,
        }


PROPOSITION_1 = Claim(
    name="proposition-1",
    title="The best discriminator",
    chapter=CHAPTER,
    source=PAPER + "Proposition 1, Equation 2",
    sentences=(
        r"For a fixed generator $G$, $V(G, D) \le V(G, D^*)$ for every $D$, where "
        r"$$ D^*(x) = \frac{p_{data}(x)}{p_{data}(x) + p_G(x)} $$ "
        r"wherever the denominator is positive.",
        r"There $D^*$ is the only best discriminator, up to a set that has probability 0 under "
        r"both distributions; elsewhere $D^*$ may take any value.",
    ),
    checks=(
        Check(_values, reached=values_at_the_best),
        Check(best_at_points, algebra={"D^*(x)": _best, "p_{data}(x)": a, "p_G(x)": b}),
    ),
    rivals=(
        Rival("D is shown more data than samples", lambda rng: best_at_points(rng, 0.6), of=(1,)),
    ),
    derivation=optimal_discriminator,
)


ODDS = r"\frac{D^*}{1 - D^*}"


def ratio_at_points(rng: draws.Rng, share: float = 0.5) -> Drawn:
    for _, _, real, fake in draws.overlapping(rng):
        best = climbed(share * real, (1 - share) * fake)
        yield {
            "D^*": best.D,
            ODDS: best.odds,
            "p_{data}": real,
            "p_G": fake,
            "s^*": best.logit,
        }


DENSITY_RATIO = Claim(
    name="density-ratio",
    title="Density ratio",
    chapter=CHAPTER,
    source=PAPER + "Equation 2",
    sentences=(
        r"Where both densities are positive, the odds of $D^*$ are their ratio, and its logit the "
        r"logarithm of it: $$ \begin{aligned} \frac{D^*}{1 - D^*} & = \frac{p_{data}}{p_G} , \\ "
        r"s^* & = \log p_{data} - \log p_G . \end{aligned} $$",
    ),
    checks=(
        Check(ratio_at_points, algebra={ODDS: _best / (1 - _best), "p_{data}": a, "p_G": b}),
        Check(
            ratio_at_points, algebra={"s^*": sp.log(_best / (1 - _best)), "p_{data}": a, "p_G": b}
        ),
    ),
    rivals=(Rival("D is shown more data than samples", lambda rng: ratio_at_points(rng, 0.6)),),
)


GAP = r"\int (p_{data} + p_G)\, \mathrm{KL}(D^* \| D)\, dx"


def mean_of_coins(D: Logit, p: Distribution, q: Distribution, backwards: bool = False) -> Estimate:
    """The integral of p + q times the KL divergence of the coins D* and D, or of D and D*."""

    def coins(a, b, x):
        best, heads = a / np.where(a + b > 0, a + b, 1), special.expit(D(x))
        if backwards:
            best, heads = heads, best
        tails = special.rel_entr(1 - best, 1 - heads)
        return weighted(a + b, special.rel_entr(best, heads)), weighted(a + b, tails)

    return integral(coins, p, q)


def gaps(rng: draws.Rng, backwards: bool = False) -> Drawn:
    alike = uniform(0, 1), drawn((0, 1), (0.5, 1.5))  # so much that both divergences are finite
    for p, q in [alike] if backwards else draws.pairs(rng, draws.TAME, times=1):
        for D in LOGITS:
            yield {
                "V(G, D^*)": C(p, q),
                "V(G, D)": V(D, p, q),
                GAP: mean_of_coins(D, p, q, backwards),
            }


def no_gaps(rng: draws.Rng) -> Drawn:
    for p, q in draws.pairs(rng, (draws.box, draws.point_masses)):
        best = optimal_logit(p, q)
        yield {
            "V(G, D^*)": C(p, q),
            "V(G, D)": V(best, p, q),
            GAP: mean_of_coins(best, p, q),
        }


BOUND = Claim(
    name="bound",
    title="The bound and its gap",
    chapter=CHAPTER,
    source="derived here from " + PAPER + "Equation 3",
    sentences=(
        rf"For every $D$ $$ \begin{{aligned}} & V(G, D^*) - V(G, D) \\ & = {GAP} \\ & \ge 0 , "
        r"\end{aligned} $$ with the divergence of two coins, $\mathrm{KL}(D^*(x) \| D(x))$, "
        r"at each $x$.",
    ),
    checks=(
        Check(
            gaps,
            reached=no_gaps,
            algebra={
                "V(G, D^*)": _v.subs(y, _best),
                "V(G, D)": _v.subs(y, _coin),
                GAP: (a + b) * kl_of_coins(_best, _coin),
            },
        ),
    ),
    rivals=(
        Rival(
            "the divergence of the coins is taken the other way round",
            lambda rng: gaps(rng, backwards=True),
        ),
    ),
)


# Other shares and other labels


def shared_jsd(pi: float, p: Distribution, q: Distribution) -> Estimate:
    """JSD_pi in one integral."""

    def game(lp, lq):
        log_m = np.logaddexp(np.log(pi) + lp, np.log(1 - pi) + lq)
        first = weighted(pi * np.exp(lp), lp - log_m)
        second = weighted((1 - pi) * np.exp(lq), lq - log_m)
        return first + second, np.abs(first), np.abs(second)

    return f_divergence(without_float_warnings(game), p, q)


def shared_game(pi: float, D: Callable, p: Distribution, q: Distribution) -> Estimate:
    """The game with a share pi of data, at the discriminator D(a, b, x) given as a logit."""

    def game(a, b, x):
        l = D(a, b, x)
        return weighted(pi * a, log_sigmoid(l)), weighted((1 - pi) * b, log_sigmoid(-l))

    return integral(game, p, q)


def _shares(rng: draws.Rng, blind: bool = False) -> Drawn:
    """`blind`: D answers as if it were shown equal shares."""
    for p, q, real, fake in draws.overlapping(rng, draws.TAME):
        (pi,) = draws.within_hypothesis(r"0 < \pi < 1", r"\pi", rng, 1)
        shown, m = 0.5 if blind else pi, mixture([p, q], [pi, 1 - pi])
        found = climbed(shown * real, (1 - shown) * fake)

        def best(a, b, x, shown=shown):
            return np.log(shown * a) - np.log((1 - shown) * b)

        yield {
            r"\pi": pi,
            "p_{data}": real,
            "p_G": fake,
            "s^*": np.log(real) - np.log(fake),
            r"D^*_\pi": found.D,
            r"s^*_\pi": found.logit,
            r"V_\pi": shared_game(pi, lambda a, b, x: np.tanh(x), p, q),
            r"E_{p_{data}}[\log D]": expectation(lambda x: log_sigmoid(np.tanh(x)), p),
            r"E_{p_G}[\log(1 - D)]": expectation(lambda x: log_sigmoid(-np.tanh(x)), q),
            r"\max_D V_\pi": shared_game(pi, best, p, q),
            r"\mathrm{JSD}_\pi": shared_jsd(pi, p, q),
            r"H(\pi)": float(stats.entropy([pi, 1 - pi])),
            r"\mathrm{KL}(p_{data} \| m_\pi)": kl(p, m),
            r"\mathrm{KL}(p_G \| m_\pi)": kl(q, m),
        }


def shared_densities(rng: draws.Rng) -> Drawn:
    for p, q in draws.pairs(rng, draws.TAME, times=1):
        (pi,) = draws.within_hypothesis(r"0 < \pi < 1", r"\pi", rng, 1)
        x = draws.places(rng, p, q)
        m = mixture([p, q], [pi, 1 - pi])
        atom = m.mass(x) > 0
        real, fake = draws.weights(p, q, x)
        at = at_places(np.where(atom, m.mass(x), m.pdf(x)), 1e-13 * (real + fake))
        yield {r"\pi": pi, r"m_\pi": at, "p_{data}": real, "p_G": fake}


_m = _share * a + _other * b
_at_best = _share * a * sp.log(_share * a / _m) + _other * b * sp.log(_other * b / _m)
_jsd_share = _share * a * sp.log(a / _m) + _other * b * sp.log(b / _m)
_entropy = -_share * a * sp.log(_share) - _other * b * sp.log(_other)

UNEQUAL_PRIORS = Claim(
    name="unequal-priors",
    title="Unequal shares",
    chapter=CHAPTER,
    source="Lin 1991 for JSD_pi; derived here",
    sentences=(
        r"Let a share $0 < \pi < 1$ of what $D$ is shown be data, and "
        r"$$ \begin{aligned} V_\pi = {} & \pi\, E_{p_{data}}[\log D] \\ "
        r"& + (1 - \pi)\, E_{p_G}[\log(1 - D)] . \end{aligned} $$",
        r"The best discriminator is "
        r"$$ D^*_\pi = \frac{\pi p_{data}}{\pi p_{data} + (1 - \pi) p_G} . $$",
        r"Its logit is $s^*_\pi = s^* + \log(\pi/(1 - \pi))$, where $s^*$ is that of $D^*$, and "
        r"$$ \max_D V_\pi = \mathrm{JSD}_\pi - H(\pi) , $$ with "
        r"$m_\pi = \pi p_{data} + (1 - \pi) p_G$ and "
        r"$$ \begin{aligned} \mathrm{JSD}_\pi = {} & \pi\, \mathrm{KL}(p_{data} \| m_\pi) \\ "
        r"& + (1 - \pi)\, \mathrm{KL}(p_G \| m_\pi) , \\ "
        r"H(\pi) = {} & -\pi \log \pi \\ & - (1 - \pi) \log(1 - \pi) . \end{aligned} $$",
    ),
    checks=(
        Check(_shares, reached=draws.end(r"\pi", 1.0)),
        Check(_shares),
        Check(_shares),
        Check(_shares),
        Check(
            _shares,
            algebra={
                r"\max_D V_\pi": _at_best,
                r"\mathrm{JSD}_\pi": _jsd_share,
                r"H(\pi)": _entropy,
            },
        ),
        Check(shared_densities),
        Check(_shares),
        Check(_shares),
    ),
    rivals=(
        Rival(
            "D answers as if it were shown equal shares",
            lambda rng: _shares(rng, blind=True),
            of=(2, 4),
        ),
    ),
)


SMOOTHED_ODDS = r"\frac{D^*_\alpha}{1 - D^*_\alpha}"


def _smoothed(rng: draws.Rng, fake_label: float = 0.0) -> Drawn:
    for p, q in draws.pairs(rng):
        (alpha,) = draws.within_hypothesis(r"0 < \alpha < 1", r"\alpha", rng, 1)
        real, fake = draws.finite_weights(rng, p, q)
        best = climbed(
            (1 - alpha) * real + fake_label * fake, alpha * real + (1 - fake_label) * fake
        )
        yield {
            r"\alpha": alpha,
            "p_{data}": real,
            "p_G": fake,
            r"D^*_\alpha": best.D,
            SMOOTHED_ODDS: best.odds,
        }


def without_samples(rng: draws.Rng) -> Drawn:
    for alpha in draws.within_hypothesis(r"0 < \alpha < 1", r"\alpha", rng, 5):
        real = rng.exponential(size=3)
        yield {
            r"\alpha": alpha,
            "p_{data}": real,
            "p_G": 0 * real,
            SMOOTHED_ODDS: climbed((1 - alpha) * real, alpha * real).odds,
        }


_smooth_v = a * ((1 - _alpha) * sp.log(y) + _alpha * sp.log(1 - y)) + b * sp.log(1 - y)
_smooth_best = sp.solve(sp.diff(_smooth_v, y), y)[0]

LABEL_SMOOTHING = Claim(
    name="label-smoothing",
    title="One-sided label smoothing",
    chapter=CHAPTER,
    source="Goodfellow 2016, section 4.2, with beta = 0",
    sentences=(
        r"Let data have the label $1 - \alpha$ instead of 1, with $0 < \alpha < 1$, and samples "
        r"the label 0, so that $D$ maximises "
        r"$$ \begin{aligned} & E_{p_{data}}[(1 - \alpha) \log D + \alpha \log(1 - D)] \\ "
        r"& + E_{p_G}[\log(1 - D)] . \end{aligned} $$",
        r"The best discriminator and its odds are $$ \begin{aligned} "
        r"D^*_\alpha & = \frac{(1 - \alpha)\, p_{data}}{p_{data} + p_G} , \\ "
        r"\frac{D^*_\alpha}{1 - D^*_\alpha} "
        r"& = \frac{(1 - \alpha)\, p_{data}}{p_G + \alpha\, p_{data}} "
        r"\;\le\; \frac{1 - \alpha}{\alpha} . \end{aligned} $$",
    ),
    checks=(
        Check(_smoothed, reached=draws.end(r"\alpha", 1.0)),
        Check(
            _smoothed,
            algebra={
                r"D^*_\alpha": _smooth_best,
                "p_{data}": a,
                "p_G": b,
                r"\alpha": _alpha,
            },
        ),
        Check(_smoothed, reached=without_samples),
    ),
    rivals=(Rival("samples have a label of 0.1", lambda rng: _smoothed(rng, 0.1), of=(1, 2)),),
)


# What a linear discriminator cannot see

LINEAR = r"\max_{w, c} V(G, D)"


def with_mean(rng: draws.Rng, mean: float) -> Distribution:
    """A distribution of some kind with this mean."""
    size = rng.uniform(0.5, 2)
    return (
        lambda: gaussian(mean, size),
        lambda: uniform(mean - size, mean + size),
        lambda: distribution(stats.expon(mean - size, size)),
        lambda: distribution(stats.laplace(mean, size)),
        lambda: pmf([mean - size, mean + 3 * size], [0.75, 0.25]),
        lambda: mixture(
            [gaussian(mean - 2 * size, 0.5), gaussian(mean + size, 0.5)], [1 / 3, 2 / 3]
        ),
    )[rng.integers(6)]()


def _best_line(p: Distribution, q: Distribution) -> tuple[np.ndarray, Estimate]:
    """(w, c) and V of the best linear logit, climbed to from a line that is not flat."""

    def lost(line):
        return -V(lambda x: line[0] * x + line[1], p, q).value

    line = optimize.minimize(lost, [0.3, -0.2], method="BFGS", options={"gtol": 1e-7}).x
    value, error = V(lambda x: line[0] * x + line[1], p, q)
    return line, Estimate(value, error + 1e-12)


def _lines(rng: draws.Rng, apart: float = 0.0) -> Drawn:
    """`apart`: how far the two means are from each other."""
    others = [(with_mean(rng, mean), with_mean(rng, mean + apart)) for mean in rng.normal(size=9)]
    for p, q in [(gaussian(0, 1), gaussian(apart, 2)), *others]:
        (w, c), best = _best_line(p, q)
        x = draws.places(rng, p, q)
        yield {
            LINEAR: best,
            "D": Estimate(special.expit(w * x + c), 1e-4),
            "w": w,
            "c": c,
            "x": x,
            "s(x)": np.polyval([w, c], x),
            "E_{p_{data}}[x]": integral(lambda a, b, x: (a * x, 0 * x), p, q),
            "E_{p_G}[x]": integral(lambda a, b, x: (b * x, 0 * x), p, q),
        }


LINEAR_DISCRIMINATOR = Claim(
    name="linear-discriminator",
    title="What a linear discriminator cannot see",
    chapter=CHAPTER,
    source="derived here",
    sentences=(
        r"If $E_{p_{data}}[x] = E_{p_G}[x]$, both finite, the best discriminator with a linear "
        r"logit $s(x) = w \cdot x + c$ is $D = ½$, and it earns "
        r"$$ \max_{w, c} V(G, D) = -\log 4 . $$",
        r"In particular it is blind to a change of variance: for $N(0, 1)$ against $N(0, 2^2)$ it "
        r"earns no more than a constant does.",
    ),
    checks=(
        Check(_lines),
        Check(_lines),
        Check(_lines),
        Check(
            _lines,
            algebra={
                LINEAR: for_each_unit(_v).subs(y, sp.Rational(1, 2)),
            },
        ),
    ),
    rivals=(Rival("the means are apart", lambda rng: _lines(rng, 0.5), of=(2, 3)),),
)
