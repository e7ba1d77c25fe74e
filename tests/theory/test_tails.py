"""Tails: what is declared of a law far out, or next to an end, is what its density does there."""

import numpy as np
import pytest
from scipy import stats

from gan_lab.distributions.families import FAMILIES
from gan_lab.distributions.tails import CONSTANT, Tail
from gan_lab.theory import chi2, distribution, drawn, gaussian, kl, mixture, pushforward, uniform

SHAPES = {
    "t": (2.6,),
    "skewcauchy": (0.4,),
    "gamma": (2.6,),
    "chi2": (3.3,),
    "erlang": (3.0,),
    "weibull_min": (1.7,),
    "gennorm": (1.7,),
    "lognorm": (0.8,),
    "invgauss": (1.4,),
    "pareto": (1.3,),
    "lomax": (1.3,),
    "genpareto": (0.6,),
    "invgamma": (2.6,),
    "f": (3.5, 6.2),
    "betaprime": (0.6, 2.2),
    "fisk": (1.7,),
    "beta": (2.3, 0.7),
    "powerlaw": (1.7,),
    "triang": (0.3,),
    "loguniform": (0.5, 3.0),
    "truncnorm": (-1.0, np.inf),
}
MORE = [
    stats.genpareto(-0.4, 1, 2),
    stats.genpareto(0, 1, 2),
    stats.weibull_min(0.6, 2, 3),
    stats.gennorm(0.6, 2, 3),
    stats.triang(0),
    stats.triang(1),
    stats.truncnorm(-np.inf, 2, 1, 3),
]


def grown(tail: Tail, y):
    return sum(c * np.exp(r * y) * y**k * np.log(y) ** j for (r, k, j), c in tail.terms.items())


def follows(law, x: float, side: int) -> bool:
    """Whether log p less its declared tail stays within what the tail leaves vague."""
    tail, y = law.tail(x, side), np.exp(np.arange(2.0, 345.0, 0.1))
    y = y[1 / y > law.reach(x, side)] if np.isfinite(x) else y
    with np.errstate(all="ignore"):
        log = law.log_near(x, side / y) if np.isfinite(x) else law.log_near(0.0, -side * y)
        rest = log - grown(tail, y)
    # where rounding of log p itself is not seen
    kept = np.flatnonzero(np.abs(log) < 1e12)
    half = kept[len(kept) // 2 :]
    r, k, j = tail.vague
    slack = 0.1 if tail.vague == CONSTANT else np.inf
    assert len(half) >= 5 and (r, j) == (0, 0)
    if slack < np.inf:
        return bool(np.ptp(rest[half]) < slack)
    # what is vague grows as it is said to, and no faster
    ratio = np.abs(rest[half] - rest[half[0]])[1:] / y[half[1:]] ** k
    return bool(np.all(ratio < 1e3))


def frozen():
    for name in FAMILIES:
        shapes = SHAPES.get(name, ())
        # where they multiply, a place of 0 and a scale of 1 hide what they enter
        yield getattr(stats, name)(*shapes, loc=-0.4, scale=1.6)
        yield getattr(stats, name)(*shapes, loc=0.0, scale=0.7)
    yield from MORE


@pytest.mark.parametrize("dist", list(frozen()), ids=lambda d: f"{d.dist.name}{d.args}{d.kwds}")
def test_a_law_of_a_family_follows_its_tails(dist):
    law = distribution(dist)
    for x, side in law.ends():
        assert follows(law, x, side), (x, side)


def test_the_distance_from_an_upper_end_tells_the_same_as_the_place():
    for dist in frozen():
        law, t = distribution(dist), np.array([0.05, 0.2, 0.4]) * dist.kwds.get("scale", 1.0)
        _, high = law.support[0]
        if FAMILIES[dist.dist.name].upper and np.isfinite(high):
            np.testing.assert_allclose(law.log_near(high, -t), law.logpdf(high - t), atol=1e-12)


@pytest.mark.parametrize("name", ["weibull_min", "gennorm"])
def test_a_tail_is_vague_only_where_a_shift_makes_it_so(name):
    for k, loc in ((1.7, 0.0), (0.7, 0.0), (0.7, 2.0)):
        law = distribution(getattr(stats, name)(k, loc=loc, scale=3))
        assert law.tail(np.inf, -1).vague == CONSTANT


def test_beyond_an_end_that_is_a_kink_there_is_nothing():
    # q vanishes there as a cube does, and has what p has below
    for c, loc, flip in ((1.0, 1.0, 1), (0.0, -1.0, -1)):
        p = distribution(stats.triang(c))
        assert p.tail(float(c), flip).nothing
        q = mixture([uniform(0, 1), distribution(stats.beta(*(4, 1)[::flip], loc=loc))])
        assert abs(chi2(p, q).value - 5 / 3) <= chi2(p, q).error < 1e-10


HEAVY, LIGHT = distribution(stats.cauchy(1, 2)), gaussian(-1, 0.5)
COMBINED = {
    "mixture, light first": mixture([LIGHT, HEAVY], [0.9, 0.1]),
    "mixture, heavy first": mixture([HEAVY, LIGHT], [0.1, 0.9]),
    "mixture of two bells": mixture([gaussian(0, 2), gaussian(3, 1)]),
    "mixture of two horns": mixture(
        [distribution(stats.beta(0.4, 2)), distribution(stats.beta(0.2, 3))]
    ),
    "mixture with a smooth part": mixture([distribution(stats.expon()), gaussian(0, 1)]),
    "line of a bell": pushforward(lambda z: 3 - 2 * z, gaussian(0.5, 0.7), linear=True),
    "line of a logistic": pushforward(
        lambda z: 3 - 2 * z, distribution(stats.logistic(1, 2)), linear=True
    ),
    "line of a heavy tail": pushforward(lambda z: 0.2 * z - 7, HEAVY, linear=True),
    "line of a horn": pushforward(
        lambda z: 0.2 * z - 7, distribution(stats.beta(0.4, 2)), linear=True
    ),
    "two lines": pushforward(
        lambda z: np.abs(z) + 3 * np.maximum(z, 0), gaussian(1, 1), kinks=[0], linear=True
    ),
    "smooth line of a horn": pushforward(lambda z: 0.2 * z - 7, distribution(stats.beta(0.4, 2))),
    "a fold": pushforward(lambda z: z**2, uniform(-1, 2)),
    "a tent": drawn([0, 1, 3], [0, 1, 0]),
}


@pytest.mark.parametrize("name", COMBINED)
def test_a_law_made_of_others_follows_its_tails(name):
    law = COMBINED[name]
    assert law.ends()
    for x, side in law.ends():
        assert follows(law, x, side), (x, side)


def test_the_tail_of_a_mixture_is_its_heaviest_in_any_order():
    for parts in ([LIGHT, HEAVY], [HEAVY, LIGHT]):
        both = mixture(parts)
        assert kl(HEAVY, both).error < 1e-9 and kl(LIGHT, both).error < 1e-9
        assert kl(both, LIGHT) == (np.inf, 0) and kl(both, HEAVY).error < 1e-9


def test_where_z_dies_out_a_generator_without_other_preimages_does_too():
    tent, flat = drawn([0, 1, 3], [0, 1, 0]), uniform(0, 1)
    for linear in (True, False):
        p_g = pushforward(lambda z: z / 3, tent, linear=linear)
        assert chi2(flat, p_g) == (np.inf, 0)
        assert abs(kl(flat, p_g).value - (1 - np.log(2))) < 1e-9
        # here the lower half of z lies over the end of the upper half
        p_g = pushforward(lambda z: np.abs(z - 1), tent, kinks=[1], linear=linear)
        assert p_g.tail(1.0, -1).leading() is None
