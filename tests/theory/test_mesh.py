"""p_G in the plane from meshes of z: against laws that are known, with the error that is stated."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from gan_lab import theory
from gan_lab.distributions import Gaussians2D
from gan_lab.theory.mesh import HARD, SOFT, PlaneCells, deposit, js_of, merged, on_cells

NORMAL, BOX = theory.gaussian(0.0, 1.0), theory.uniform(-1.0, 1.0)
ROUND = Gaussians2D(np.zeros((1, 2)), np.ones(1), np.ones(1))
EDGES = np.linspace(-4, 4, 41)


def line_js(a, b):
    """JSD of N(0, I) and N((d, 0), I) is that of two laws on the line."""
    return theory.js(theory.gaussian(0, 1), theory.gaussian(math.hypot(a, b), 1)).value


def test_mass_is_conserved_and_goes_where_it_is_sent():
    def linear(z):
        return z @ np.array([[1.0, 0.5], [0.0, 2.0]]) + [0.1, -0.2]

    mass = deposit(linear, NORMAL, 300, EDGES, EDGES)
    wide = deposit(linear, NORMAL, 300, np.linspace(-60, 60, 31), np.linspace(-60, 60, 31))
    assert wide.sum() == pytest.approx(1.0, abs=1e-12)
    # the law of the first coordinate, N(0.1, 1), and the second, N(-0.2, 0.25 + 4)
    inside = norm.cdf(EDGES, 0.1, 1)
    full = deposit(linear, NORMAL, 300, EDGES, np.array([-60.0, 0.0, 60.0])).sum(axis=1)
    assert np.allclose(full, np.diff(inside), atol=1 / 300)
    assert 0.9 < mass.sum() < 1


def test_the_identity_gives_the_law_of_z_within_the_stated_error():
    seen = on_cells(lambda z: z, NORMAL, ROUND, EDGES, EDGES, 600)
    truth = ROUND.cells(EDGES, EDGES)
    assert np.allclose(seen.p_data, truth)
    tv = 0.5 * np.abs(seen.p_g - truth).sum()
    assert tv < 1.5 * seen.tv_error and seen.tv_error < 0.02
    assert seen.jsd.value < 5e-4 and seen.jsd.value <= seen.jsd.error
    big = truth > 1e-4
    assert np.all(np.abs(seen.D_star - 0.5)[big] < 0.1)


@pytest.mark.parametrize("shift", [(0.5, 0.0), (1.0, 1.0), (2.0, -1.5)])
def test_the_jsd_of_shifted_gaussians_is_known_on_the_line(shift):
    seen = on_cells(
        lambda z: z + shift, NORMAL, ROUND, np.linspace(-7, 7, 71), np.linspace(-7, 7, 71), 600
    )
    assert abs(seen.jsd.value - line_js(*shift)) <= seen.jsd.error < SOFT
    # D* is the sigmoid of (d^2 / 2 - d . x), which a cell averages
    middle = 0.5 * (seen.x[1:] + seen.x[:-1])
    at = np.stack(np.meshgrid(middle, middle, indexing="ij"), axis=-1)
    exact = 1 / (1 + np.exp(-(np.dot(shift, shift) / 2 - at @ shift)))
    big = seen.p_data + seen.p_g > 2e-3
    assert np.all(np.abs(seen.D_star - exact)[big] < 0.03 + seen.D_star_error[big])


def test_the_error_shrinks_with_the_mesh():
    coarse, fine = (on_cells(lambda z: 0.7 * z, BOX, ROUND, EDGES, EDGES, n) for n in (101, 1601))
    assert fine.tv_error < coarse.tv_error / 4
    truth = theory.uniform(-0.7, 0.7).cdf(EDGES)
    exact = np.outer(np.diff(truth), np.diff(truth))
    for seen in (coarse, fine):
        assert 0.5 * np.abs(seen.p_g - exact).sum() < 2 * seen.tv_error


def test_a_generator_that_collapses_gets_words_and_no_number():
    seen = on_cells(lambda z: 1e-3 * z, NORMAL, ROUND, EDGES, EDGES, 200)
    assert seen.jsd is None and "JSD is not given" in seen.words
    # a curve: all mass on a line, where p_g has no density
    curve = on_cells(lambda z: z[:, :1] * np.array([1.0, 1.0]), NORMAL, ROUND, EDGES, EDGES, 200)
    assert curve.jsd is None and curve.estimate.error > SOFT
    rough = on_cells(lambda z: z, NORMAL, ROUND, EDGES, EDGES, 40)
    unknown = np.isnan(rough.D_star) & (rough.p_data > 1e-6)
    assert unknown.any() and "D* is not given" in rough.words
    assert np.all(rough.D_star_error[unknown] > HARD)


def test_collapse_onto_modes_scores_log_odds_of_the_formula():
    # q on one of eight separated modes: theory.md, F-8, with cells that hold a mode each
    angles = 2 * np.pi * np.arange(8) / 8
    centres = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    law = Gaussians2D(centres, np.full(8, 0.01), np.full(8, 1 / 8))
    edges = np.linspace(-1.5, 1.5, 8)
    seen = on_cells(lambda z: centres[2] + 0.01 * z, NORMAL, law, edges, edges, 300)
    assert seen.estimate.value == pytest.approx(0.49692912665, abs=1e-6)
    # right by luck: one point would score the same there, and its JSD is log 2
    assert seen.jsd is None and "cells of side 0.43 cannot tell" in seen.words
    fine = np.linspace(-1.1, 1.1, 221)
    seen = on_cells(lambda z: centres[2] + 0.01 * z, NORMAL, law, fine, fine, 600)
    assert abs(seen.jsd.value - 0.49692912665) <= seen.jsd.error < 0.01
    point = on_cells(lambda z: centres[2] + 0 * z, NORMAL, law, fine, fine, 50)
    assert point.jsd is None and point.estimate.error > SOFT


def test_the_errors_of_a_cell_by_hand():
    edges = np.arange(6.0)
    p_g, coarse, p_data = (np.zeros((5, 5)) for _ in range(3))
    p_g[1, 1], coarse[1, 1], p_data[1, 1], p_data[4, 4] = 0.5, 0.3, 0.2, 0.1
    seen = PlaneCells(edges, edges, p_g, p_data, coarse, 1.0, (5, 10))
    # the cell itself and the eight around it may be wrong by 0.2
    around = np.zeros((5, 5))
    around[:3, :3] = 0.2
    assert np.allclose(seen.p_g_error, around, atol=1e-15)
    # total variation: 0.2 in the cell, and 0.2 less outside
    assert seen.tv_error == pytest.approx(0.2)
    # D* is 2/7 there, 2/9 for 0.7 and 2/5 for 0.3, which is farther
    assert seen.D_star_error[1, 1] == pytest.approx(2 / 5 - 2 / 7)
    assert np.isnan(seen.D_star[1, 1]) and seen.D_star[4, 4] == 1.0
    assert np.isinf(seen.D_star_error[0, 4])  # both vanish: D* is not defined
    assert "where 35.0% of the probability lies" in seen.words


def test_all_mass_outside_is_one_more_cell():
    seen = on_cells(lambda z: z + 100, NORMAL, ROUND, EDGES, EDGES, 50)
    assert seen.p_g.sum() == 0
    assert seen.estimate.value == pytest.approx(math.log(2), abs=1e-3)


def test_rounding_does_not_take_the_js_of_cells_out_of_its_bounds():
    rng = np.random.default_rng(0)
    for _ in range(300):
        p, halves = rng.dirichlet(np.ones(50)), rng.dirichlet(np.ones(25), size=2)
        near = p * (1 + 1e-9 * rng.normal(size=50))
        assert 0 <= js_of(p, near / near.sum()) < 1e-15
        one, other = np.append(halves[0], np.zeros(25)), np.append(np.zeros(25), halves[1])
        assert 0.69314718 < js_of(one, other) <= np.log(2)


def test_js_of_cells_is_the_sum_of_its_definition_and_falls_when_cells_merge():
    rng = np.random.default_rng(0)
    p, q = rng.dirichlet(np.ones(35), 2).reshape(2, 5, 7)
    m = (p + q) / 2
    brute = 0.5 * np.sum(p * np.log(p / m) + q * np.log(q / m))
    assert js_of(p, q) == pytest.approx(brute)
    assert js_of(p, p) == pytest.approx(0.0, abs=1e-15)
    assert merged(p).shape == (3, 4) and merged(p).sum() == pytest.approx(1)
    assert merged(p)[0, 0] == pytest.approx(p[:2, :2].sum())
    assert js_of(merged(p), merged(q)) < js_of(p, q)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"x": [0, 1]}, "edges x"),
        ({"y": [0, 0, 1]}, "increase"),
        ({"mesh": 4}, "mesh"),
        ({"mesh": 99.0}, "mesh"),
        ({"G": lambda z: z[:, :1]}, "G must map"),
        ({"x": [0, math.inf, 2]}, "finite"),
    ],
)
def test_what_is_no_grid_is_refused(change, word):
    parts = {"G": lambda z: z, "p_z": NORMAL, "p_data": ROUND, "x": EDGES, "y": EDGES, "mesh": 20}
    with pytest.raises(ValueError, match=word):
        on_cells(**(parts | change))
