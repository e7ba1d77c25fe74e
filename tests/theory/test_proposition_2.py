"""Under one rule for all of its probabilities at once the generator comes to the data."""

from itertools import product

import numpy as np
import pytest
from says import says
from scipy import optimize, special

from gan_lab.theory import C, js, pmf

LOG_4 = np.log(4)
DATA = {
    "even": [0.25, 0.25, 0.25, 0.25],
    "steep": [0.9, 0.09, 0.009, 0.001],
    "with zeros": [0.5, 0.0, 0.5, 0.0],
    "a point": [0.0, 0.0, 0.0, 1.0],
}
STARTS = {
    "even": [0.25, 0.25, 0.25, 0.25],
    "far": [1e-9, 1e-3, 0.1, 1 - 1e-9 - 1e-3 - 0.1],
    "near a point": [1 - 3e-12, 1e-12, 1e-12, 1e-12],
}
RATES = (1e-2, 0.3, 1.0)
CASES = [(np.array(p), np.array(q)) for p, q in product(DATA.values(), STARTS.values())]


def step(p, q, eta):
    g = np.log(2 * q / (p + q))
    new = q * np.exp(-eta * g)
    return new / new.sum(axis=-1, keepdims=True)


def path(p, q, eta, times):
    laws = [q]
    for _ in range(times):
        laws.append(step(p, laws[-1], eta))
    return laws


def game(p, q) -> float:
    return C(*(pmf(range(len(p)), w) for w in (p, q))).value


@says(
    "Let $p$, the distribution of the data, and $q_0$ be distributions on finitely many "
    r"points, $q_0$ positive at each of them, and $0 < \eta \le 1$."
)
@pytest.mark.parametrize("eta", RATES)
def test_from_a_positive_law_the_rule_makes_positive_laws(eta):
    for p, q in CASES:
        assert abs(p.sum() - 1) < 1e-15 and np.all(p >= 0) and np.all(q > 0)
        for law in path(p, q, eta, 20):
            assert np.all(law > 0) and abs(law.sum() - 1) < 1e-14
    barely = np.array([1.0, 1e-300])
    assert np.all(np.diff([law[1] for law in path(np.array([0.5, 0.5]), barely, eta, 20)]) > 0)


@says(
    r"Under the rule $$ \begin{aligned} q_{t+1} & = \frac{1}{Z_t}\; q_t \exp(-\eta\, g_t) , \\ "
    r"g_t & = \log \frac{2 q_t}{p + q_t} , \end{aligned} $$ where $Z_t$ makes the sum 1, $C$ "
    r"never rises: $C(q_{t+1}) \le C(q_t)$."
)
@pytest.mark.parametrize("eta", RATES)
def test_no_step_raises_c_and_each_goes_down_its_gradient_in_the_logarithms(eta):
    for p, q in CASES:
        values = [game(p, law) for law in path(p, q, eta, 8)]
        assert np.all(np.diff(values) <= 1e-13)
        if not np.allclose(p, q):
            assert values[1] < values[0]
    p, q, small = np.array([0.2, 0.3, 0.5]), np.array([0.6, 0.3, 0.1]), 1e-6

    def C_of(q):
        return (special.rel_entr(p, p + q) + special.rel_entr(q, p + q)).sum()

    slope = [(C_of(q + d) - C_of(q - d)) / (2 * small) for d in small * np.eye(3)]
    g = np.log(2 * q / (p + q))
    np.testing.assert_allclose(np.array(slope), g - np.log(2), atol=1e-8)
    np.testing.assert_allclose(
        np.diff(np.log(step(p, q, eta) / q)), -eta * np.diff(slope), atol=1e-8
    )

    def tilted(s):
        new = special.softmax(s)
        return new @ g + special.rel_entr(new, q).sum() / eta

    nearest = special.softmax(optimize.minimize(tilted, np.log(q), options={"gtol": 1e-8}).x)
    np.testing.assert_allclose(nearest, step(p, q, eta), atol=1e-5)


@says(
    r"For every $T \ge 1$ $$ \begin{aligned} C(q_T) + \log 4 & = 2\, \mathrm{JSD}(p, q_T) \\ & "
    r"\le \frac{\mathrm{KL}(p \,\|\, q_0)}{\eta\, T} . \end{aligned} $$"
)
@pytest.mark.parametrize("eta", RATES)
def test_what_c_exceeds_its_least_value_by_falls_as_1_over_the_steps(eta):
    for p, q in CASES:
        far = special.rel_entr(p, q).sum()
        for T, law in enumerate(path(p, q, eta, 8)[1:], 1):
            excess = game(p, law) + LOG_4
            jsd = js(*(pmf(range(4), w) for w in (p, law))).value
            assert abs(excess - 2 * jsd) < 1e-13
            assert excess <= far / (eta * T) + 1e-13


@says(r"So $q_T \to p$.")
@pytest.mark.parametrize("eta", RATES)
def test_the_generator_comes_to_the_data(eta):
    p, q = (np.array(laws) for laws in zip(*CASES, strict=True))
    for _ in range(int(40 / eta)):
        q = step(p, q, eta)
    assert np.abs(q - p).max() < 1e-8


def test_a_whole_step_goes_half_of_the_way_to_the_data():
    for p, q in CASES:
        for T, law in enumerate(path(p, q, 1.0, 30)):
            np.testing.assert_allclose(law, p + (q - p) / 2**T, atol=1e-15)


def test_a_step_that_is_far_too_long_raises_c():
    p, q = np.array([0.6, 0.4]), np.array([0.5, 0.5])
    assert game(p, step(p, q, 10.0)) > game(p, q)


def test_a_point_that_the_generator_never_makes_is_never_found():
    p, q = np.array([0.5, 0.25, 0.25]), np.array([0.0, 0.5, 0.5])
    here = q > 0
    for _ in range(100):
        q[here] = step(p[here], q[here], 1.0)
    assert game(p, q) > -LOG_4 + 0.3
