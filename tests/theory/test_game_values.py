"""V, C and the JSD over shared nodes: what each of them is alone, and Theorem 1 between them."""

import numpy as np
import pytest
from scipy import stats

from gan_lab.distributions import distribution
from gan_lab.theory import (
    C,
    V,
    game_values,
    gaussian,
    js,
    mixture,
    optimal_logit,
    pmf,
    pushforward,
    uniform,
)
from gan_lab.theory.game import LOG_4
from gan_lab.theory.smooth import Branches

HALF_AN_ATOM = pushforward(lambda z: np.maximum(z, 0), gaussian(0, 1), kinks=[0], linear=True)
PAIRS = {
    "gaussians": (gaussian(0, 1), gaussian(1, 2)),
    "bumps": (mixture([gaussian(-2, 0.5), gaussian(2, 0.5)]), gaussian(0, 1)),
    "heavy": (distribution(stats.cauchy()), gaussian(0, 1)),
    "apart": (uniform(0, 1), uniform(2, 3)),
    "atoms": (HALF_AN_ATOM, pmf([0.0, 1.0], [0.25, 0.75])),
    "discrete": (pmf([0.0, 1.0], [0.5, 0.5]), pmf([0.0, 2.0], [0.5, 0.5])),
    "folded": (gaussian(0, 1), pushforward(lambda z: z * z, gaussian(0, 1))),
    "thin": (gaussian(0, 1), pushforward(lambda z: z**3 / 3 + 1e-3 * z, gaussian(0, 1))),
}
KINKED = (lambda x: np.abs(x) - 1.0), [0.0]


@pytest.mark.parametrize("name", PAIRS)
def test_each_is_what_it_is_alone(name):
    p, q = PAIRS[name]
    D, kinks = KINKED
    together, alone = game_values(D, p, q, kinks), (V(D, p, q, kinks), C(p, q), js(p, q))
    for one, other in zip(together, alone, strict=True):
        assert one.value == pytest.approx(other.value, abs=one.error + other.error + 1e-15)
        assert one.error <= 10 * other.error + 1e-13


@pytest.mark.parametrize("name", PAIRS)
def test_theorem_1_holds_between_them_and_V_is_C_at_the_best_logit(name):
    p, q = PAIRS[name]
    of_best = game_values(optimal_logit(p, q), p, q)
    right = 2 * of_best.js.value - LOG_4
    for e in of_best[:2]:
        assert abs(e.value - right) <= e.error + 2 * of_best.js.error + 1e-15
    V_of_another = game_values(*(KINKED[0], p, q, KINKED[1])).V
    assert V_of_another.value < of_best.C.value


def test_C_does_not_hang_on_the_integrand_of_the_jsd(monkeypatch):
    p, q = PAIRS["gaussians"]
    before = game_values(KINKED[0], p, q, KINKED[1])
    wrong = lambda lp, lq: (np.exp(lp), np.exp(lp), 0 * lq)  # noqa: E731
    monkeypatch.setattr("gan_lab.theory.divergences._js", wrong)
    after = game_values(KINKED[0], p, q, KINKED[1])
    assert after.js.value != pytest.approx(before.js.value, abs=1e-3)
    assert after.C.value == pytest.approx(before.C.value, abs=1e-13)


def test_the_densities_are_asked_once_for_all_three():
    class Counted(type(gaussian(0, 1))):
        points = 0

        def log_near(self, anchor, s):
            Counted.points += np.size(s)
            return super().log_near(anchor, s)

    p, q = Counted(0.0, 1.0), gaussian(1, 2)
    game_values(KINKED[0], p, q, KINKED[1])
    together, Counted.points = Counted.points, 0
    V(*(KINKED[0], p, q, KINKED[1])), C(p, q), js(p, q)
    assert together < 0.5 * Counted.points


@pytest.mark.parametrize("e", [1e-1, 1e-2, 1e-4])
def test_a_thin_peak_is_marked_with_its_width(e):
    # the slope e + z^2 vanishes at z = i sqrt(e), whose image is 2/3 e^(3/2) i
    law = pushforward(lambda z: z**3 / 3 + e * z + 0.1, gaussian(0, 1))
    x, width, hard = law.marks()
    at = np.argmin(np.abs(x - 0.1) + hard)
    assert abs(x[at] - 0.1) < 1e-12 and not hard[at]
    assert width[at] == pytest.approx(2 / 3 * e**1.5, rel=1e-6)


def test_an_inverse_keeps_its_digits_next_to_a_thin_peak():
    e = 1e-2
    law = pushforward(lambda z: z**3 / 3 + e * z, gaussian(0, 1))
    z = np.concatenate([np.linspace(-4, 4, 801), np.geomspace(1e-6, 1, 200)])
    right = stats.norm.logpdf(z) - np.log(z * z + e)
    # the polynomials follow G, which moves by 1, to 1e-13, and its slope is 1e-2
    assert np.all(np.abs(law.logpdf(z**3 / 3 + e * z) - right) <= 1e-11)


def test_an_inverse_needs_few_steps(monkeypatch):
    law = pushforward(lambda z: np.tanh(2 * z) + 0.1 * z, gaussian(0, 1))
    law.logpdf(np.zeros(1))  # its table is made once
    asked, root = [], Branches.inverse.__globals__["_root"]
    counted = lambda *args: (asked.append(1), root(*args))[1]  # noqa: E731
    monkeypatch.setattr("gan_lab.theory.smooth._root", counted)
    law.logpdf(np.linspace(-1.3, 1.3, 999))
    assert len(asked) <= 3
