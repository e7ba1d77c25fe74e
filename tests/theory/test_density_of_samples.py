"""The density of G(z) on the line: a sum over the z of each x, each divided by the slope there."""

import numpy as np
import pytest
from says import says
from scipy import stats

from gan_lab.theory import gaussian, pushforward

Z = gaussian(0, 1)
CUBIC = np.poly1d([1, 0, -3, 0])


def branches(G, x, p_z=stats.norm):
    """The z with G(z) = x, and what each adds to the density."""
    z = np.real([r for r in (G - x).roots if abs(np.imag(r)) < 1e-9])
    return z, p_z.pdf(z) / np.abs(G.deriv()(z))


@says(
    r"Let $z$ have a continuous density $p_z$ on the line, let $G$ be continuously differentiable "
    r"with $|G(z)| \to \infty$ at both ends of the line, and let $x$ be a number that $G$ takes at "
    r"$z_1, \dots, z_n$ and nowhere else, with slopes $G'(z_i)$ that are not 0."
)
@pytest.mark.parametrize(("x", "count"), [(-2.5, 1), (-1.0, 3), (0.5, 3), (4.0, 1)])
def test_an_x_has_as_many_branches_as_z_and_where_g_turns_the_density_is_infinite(x, count):
    z, each = branches(CUBIC, x)
    assert len(z) == count == len(each)
    assert np.allclose(CUBIC(z), x) and np.all(np.abs(CUBIC.deriv()(z)) > 0.1)
    near = [branches(CUBIC, 2 - s)[1].sum() for s in (1e-2, 1e-4, 1e-6)]  # it turns at 2
    assert near[1] > 5 * near[0] and near[2] > 5 * near[1]


@says(r"Then $p_G$ has at $x$ the density $$ p_G(x) = \sum_i \frac{p_z(z_i)}{|G'(z_i)|} . $$")
@pytest.mark.parametrize("x", [-2.5, -1.0, 0.5, 1.5, 4.0])
def test_the_sum_is_the_slope_of_the_cdf_and_the_density_of_the_push_forward(x):
    each = branches(CUBIC, x)[1]
    law = pushforward(CUBIC, Z)
    h = 1e-4
    assert each.sum() == pytest.approx((law.cdf(x + h) - law.cdf(x - h)) / (2 * h), rel=1e-5)
    assert each.sum() == pytest.approx(float(law.pdf(np.array([x]))[0]), rel=1e-9)


def test_a_square_has_the_chi_squared_density_with_both_branches_and_with_one_the_half():
    square = np.poly1d([1, 0, 0])
    for x in (0.1, 1.0, 6.0):
        each = branches(square, x)[1]
        assert each.sum() == pytest.approx(stats.chi2(1).pdf(x), rel=1e-12)
        assert each[0] == pytest.approx(each.sum() / 2)


def test_the_density_without_the_slope_has_not_the_mass_one():
    x = np.linspace(-60, 60, 200_001)
    undivided = stats.norm.pdf(x / 5)
    assert np.sum(undivided) * (x[1] - x[0]) == pytest.approx(5)
