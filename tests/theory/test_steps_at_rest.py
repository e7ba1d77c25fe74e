"""How long alternating steps may be where a game rests: the proof's quadratic, and both cases."""

import numpy as np
import pytest
from says import says

from gan_lab.theory.proofs.at_rest import both_steps, game_at_rest, largest_of_sum
from gan_lab.theory.two_numbers import radius


def modulus(B, C, h):
    return np.abs(np.linalg.eigvals(both_steps(B, C, h))).max()


@pytest.fixture
def games():
    rng = np.random.default_rng(5)
    return [game_at_rest(rng, 0.0) for _ in range(60)]


@says(
    r"Let the weights $a$ of $D$ move along $-C^T \theta - B a$ and those of $G$, $\theta$, "
    r"along $C a$, in turns, by steps of the length $h > 0$, $D$ first, where $B$ is symmetric and "
    r"has no negative eigenvalue; let $\rho$ be the largest modulus of the eigenvalues of both "
    r"steps together, and $\mu$ the largest eigenvalue of $2 h B + h^2 C^T C$."
)
def test_each_eigenvalue_solves_the_quadratic_of_its_eigenvector(games):
    for B, C in games:
        n, h = len(C), 0.7
        theta, a = np.random.default_rng(1).normal(size=n), np.ones(len(B))
        new = a - h * (C.T @ theta + B @ a)
        both = both_steps(B, C, h) @ np.concatenate([theta, a])
        assert np.allclose(both, np.concatenate([theta + h * C @ new, new]))
        values, vectors = np.linalg.eig(both_steps(B, C, h))
        for value, vector in zip(values, vectors.T, strict=True):
            x = vector[n:]
            if (size := np.linalg.norm(x)) < 1e-6:
                continue
            b = (x.conj() @ B @ x).real / size**2
            c = np.linalg.norm(C @ x) ** 2 / size**2
            left = value**2 - (2 - h * b - h**2 * c) * value + 1 - h * b
            assert abs(left) < 1e-6 * (1 + abs(value) ** 2)


@says(r"If $\mu \le 4$, then $\rho \le 1$.")
def test_short_steps_do_not_lead_out(games):
    for B, C in games:
        for h in np.geomspace(1e-3, 10, 40):
            if largest_of_sum(B, C, h) <= 4:
                assert modulus(B, C, h) <= 1 + 2e-6


@says(r"If $\mu > 4$, then $\rho > 1$.")
def test_long_steps_lead_out_along_a_real_eigenvalue(games):
    for B, C in games:
        for h in np.geomspace(1e-3, 10, 40):
            if largest_of_sum(B, C, h) > 4 + 1e-6:
                values = np.linalg.eigvals(both_steps(B, C, h))
                assert min(values[np.abs(values.imag) < 1e-9].real) < -1


def test_of_two_numbers_it_is_the_border_of_r1():
    for h in (0.3, 1.0, 2.0):
        for gamma in (0.1, 2 / h - h / 8 - 0.01, 2 / h - h / 8 + 0.01):
            B, C = np.array([[gamma]]), np.array([[0.5]])
            assert modulus(B, C, h) == pytest.approx(radius("minimax", h=h, gamma=gamma))
            assert (largest_of_sum(B, C, h) <= 4) == (gamma <= 2 / h - h / 8)
