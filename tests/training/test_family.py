"""The table of losses says what the losses do: each cell against torch and against theory."""

import math

import numpy as np
import pytest
import torch
from scipy import integrate

from gan_lab.core import Table
from gan_lab.theory import chi2, gaussian, js, kl, mixture, tv
from gan_lab.theory.critics import F_DIVERGENCES, half_chi2
from gan_lab.theory.divergences import hellinger2
from gan_lab.theory.proofs import LEDGER
from gan_lab.training.family import ADDED, ROWS, added, loss_table
from gan_lab.training.loss import Loss
from gan_lab.training.losses import CONSTRAINTS, LOSSES, PENALTIES
from gan_lab.training.networks import ACTIVATIONS
from gan_lab.training.schema import FIELDS

P, Q = gaussian(0, 1), gaussian(0.6, 1.2)
X = np.linspace(-10, 11, 20_001)
RATIO = P.logpdf(X) - Q.logpdf(X)
by_ratio = pytest.mark.parametrize("name", [name for name in ROWS if LOSSES[name].best])


def mean(values, law) -> float:
    return float(np.trapezoid(law.pdf(X) * values, X))


def sigma(D):
    return 1 / (1 + np.exp(-D))


E_p, E_q = (lambda values: mean(values, P)), (lambda values: mean(values, Q))
PAYS = {
    "−E_p log σ(D) − E_q log(1 − σ(D))":
        lambda D: -E_p(np.log(sigma(D))) - E_q(np.log(1 - sigma(D))),
    "E_q log(1 − σ(D))": lambda D: E_q(np.log(1 - sigma(D))),
    "−E_q log σ(D)": lambda D: -E_q(np.log(sigma(D))),
    "−½ E_q exp(D)": lambda D: -0.5 * E_q(np.exp(D)),
    "½ E_p (D − 1)² + ½ E_q (D + 1)²":
        lambda D: 0.5 * E_p((D - 1) ** 2) + 0.5 * E_q((D + 1) ** 2),
    "½ E_q D²": lambda D: 0.5 * E_q(D**2),
    "E_p max(0, 1 − D) + E_q max(0, 1 + D)":
        lambda D: E_p(np.maximum(0, 1 - D)) + E_q(np.maximum(0, 1 + D)),
    "E_q D − E_p D": lambda D: E_q(D) - E_p(D),
    "−E_q D": lambda D: -E_q(D),
    "E_q[exp(D − 1)] − E_p[D]": lambda D: E_q(np.exp(D - 1)) - E_p(D),
    "−E_q[exp(D − 1)]": lambda D: -E_q(np.exp(D - 1)),
    "E_q[D − 1] − E_p[−exp(−D)]": lambda D: E_q(D - 1) + E_p(np.exp(-D)),
    "−E_q[D − 1]": lambda D: -E_q(D - 1),
    "E_q[D²/4 + D] − E_p[D]": lambda D: E_q(D**2 / 4 + D) - E_p(D),
    "−E_q[D²/4 + D]": lambda D: -E_q(D**2 / 4 + D),
    "E_q[exp(D) − 1] − E_p[1 − exp(−D)]": lambda D: E_q(np.exp(D) - 1) - E_p(1 - np.exp(-D)),
    "−E_q[exp(D) − 1]": lambda D: -E_q(np.exp(D) - 1),
    "E_q[−log(2 − 2σ(D))] − E_p[log 2σ(D)]":
        lambda D: -E_q(np.log(2 - 2 * sigma(D))) - E_p(np.log(2 * sigma(D))),
    "−E_q[−log(2 − 2σ(D))]": lambda D: E_q(np.log(2 - 2 * sigma(D))),
    "E_q[−log(1 − σ(D))] − E_p[log σ(D)]":
        lambda D: -E_q(np.log(1 - sigma(D))) - E_p(np.log(sigma(D))),
    "−E_q[−log(1 − σ(D))]": lambda D: E_q(np.log(1 - sigma(D))),
}  # fmt: skip
"""The cells, as a reader reads them."""


def trained(side: str, name: str, D) -> float:
    """The same by the loss that is trained, on every point alone, and then averaged."""
    rows = torch.tensor(D, dtype=torch.float64)[:, None]
    zero = torch.zeros_like(rows)
    cost = getattr(LOSSES[name], side)
    if side == "G":
        return mean(cost(None, rows).numpy(), Q)
    base = cost(zero, zero).numpy()
    of_real, of_fake = (c.numpy() - base for c in (cost(rows, zero), cost(zero, rows)))
    return mean(of_real, P) + mean(of_fake, Q) + float(base[0])


@pytest.mark.parametrize("name", ROWS)
def test_what_each_player_lowers_is_what_is_trained(name):
    if name == "relativistic":  # of pairs, and no sum of two means
        return
    for D in (0.3 * np.sin(X), 0.5 * np.cos(2 * X) - 0.1):
        assert PAYS[ROWS[name].D](D) == pytest.approx(trained("D", name, D), abs=1e-9)
        assert PAYS[ROWS[name].G](D) == pytest.approx(trained("G", name, D), abs=1e-9)


BEST = {
    "l": lambda l: l,
    "l + any constant": lambda l: l,
    "tanh(l/2)": lambda l: np.tanh(l / 2),
    "sign(l)": np.sign,
    "1 + l": lambda l: 1 + l,
    "2(r − 1)": lambda l: 2 * (np.exp(l) - 1),
    "l/2": lambda l: l / 2,
}


@by_ratio
def test_the_best_output_is_that_of_the_loss(name):
    l = np.linspace(-2, 2, 9)
    said = BEST[ROWS[name].best](l)
    assert LOSSES[name].best(torch.tensor(l)).numpy() == pytest.approx(said, abs=1e-12)


M = mixture([P, Q])
VALUES = {
    "log 4 − 2 JSD(p, q)": math.log(4) - 2 * js(P, Q).value,
    "1 − χ²(p ‖ m)": 1 - half_chi2(P, Q).value,
    "2 − 2 TV(p, q)": 2 - 2 * tv(P, Q).value,
    "−KL(p ‖ q)": -kl(P, Q).value,
    "−KL(q ‖ p)": -kl(Q, P).value,
    "−χ²(p ‖ q)": -chi2(P, Q).value,
    "−2 H²(p, q)": -2 * hellinger2(P, Q).value,
    "−2 JSD(p, q)": -2 * js(P, Q).value,
    "−(2 JSD(p, q) − log 4)": -2 * js(P, Q).value + math.log(4),
}


@by_ratio
def test_what_the_best_d_costs_is_the_divergence(name):
    if name == "relativistic":  # theory/test_relativistic_value.py
        return
    best = LOSSES[name].best(torch.tensor(RATIO)).numpy()
    assert trained("D", name, best) == pytest.approx(VALUES[ROWS[name].value], abs=1e-4)


DESCENDS = {
    "2 JSD(p, q)": 2 * js(P, Q).value,
    "2 KL(m ‖ p)": 2 * kl(M, P).value,
    "½ KL(p ‖ q)": 0.5 * kl(P, Q).value,
    "KL(p ‖ q)": kl(P, Q).value,
    "KL(q ‖ p)": kl(Q, P).value,
    "χ²(p ‖ q)": chi2(P, Q).value,
    "2 H²(p, q)": 2 * hellinger2(P, Q).value,
}


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.bend])
def test_what_g_descends_at_the_best_d(name):
    """F'' = -phi'/r of the loss that is trained; F integrated twice, and its two ends."""
    row = ROWS[name]
    bend, miss, invention = row.bend, row.miss, row.invention
    r = torch.tensor([0.3, 0.8, 1.9, 4.0], dtype=torch.float64, requires_grad=True)
    cost = LOSSES[name].G(None, LOSSES[name].best(torch.log(r))[:, None]).sum()
    (slope,) = torch.autograd.grad(cost, r, allow_unused=True)
    said = [bend(one) for one in r.tolist()]
    assert (-slope / r).detach().numpy() == pytest.approx(said, abs=1e-12)

    def F(l):
        turned = lambda u: (np.exp(l) - np.exp(u)) * bend(np.exp(u)) * np.exp(u)  # noqa: E731
        return integrate.quad(turned, 0, l)[0]

    if row.descends in DESCENDS:
        points = X[::100]
        whole = np.trapezoid(Q.pdf(points) * [F(l) for l in RATIO[::100]], points)
        assert whole == pytest.approx(DESCENDS[row.descends], abs=1e-6)
    else:
        assert min(said) <= 0  # no divergence, or nothing
    far = integrate.quad(lambda u: bend(np.exp(u)) * np.exp(u), 0, 25)[0]
    near = integrate.quad(lambda u: bend(np.exp(u)) * np.exp(2 * u), -25, 0)[0]
    for found, said in ((far, miss), (near, invention)):
        assert found > 9 if math.isinf(said) else found == pytest.approx(said, rel=1e-3, abs=1e-3)


def test_there_is_a_row_for_each_loss_and_for_each_penalty_and_constraint():
    assert list(ROWS) == list(LOSSES)
    assert {*PENALTIES, *CONSTRAINTS} <= set(ADDED) <= set(FIELDS)
    assert {f"f-{name}" for name in F_DIVERGENCES} <= set(ROWS)
    for row in ROWS.values():
        assert set(row.proved.split(", ")) <= set(LEDGER)


def test_each_row_can_be_linked_to():
    mine = Loss(LOSSES["hinge"].D, LOSSES["hinge"].G, name="my own")
    html = loss_table()._repr_html_() + added()._repr_html_()
    for field, value in [("loss", name) for name in ROWS] + [(name, None) for name in ADDED]:
        page, place = FIELDS[field].read_on(value).split("#")
        assert page == "family" and html.count(f'<tr id="{place}">') == 1
    assert FIELDS["loss"].read_on(mine) == FIELDS["k"].read_on(4) == ""
    led = {name for name, field in FIELDS.items() if field.chapter.startswith("family#")}
    assert led == {"loss", *ADDED}


def test_of_the_activations_silu_alone_has_slopes_above_1():
    at = torch.linspace(-8, 8, 16_001, dtype=torch.float64, requires_grad=True)
    steepest = {}
    for name, activation in ACTIVATIONS.items():
        (slope,) = torch.autograd.grad(activation.value(at).sum(), at)
        steepest[name] = slope.abs().max().item()
    assert {name for name, slope in steepest.items() if slope > 1} == {"silu"}
    assert f"SiLU {steepest['silu']:.1f} a layer" in ADDED["spectral"][2]


def test_ids_are_one_for_each_row():
    with pytest.raises(ValueError, match="a table of 1 rows has an id for each of them, not 2"):
        Table(("a",), [("1",)], ids=["x", "y"])
