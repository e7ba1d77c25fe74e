"""The Wasserstein-1 distance of finite distributions as a linear programme, and as its dual.

The programme moves probability from the points of p to those of q, at the price of the distance.
Its dual looks for a function that no two points tell apart by more than their distance, and whose
averages differ most: the Kantorovich-Rubinstein form, and what a Wasserstein critic is trained to.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, eye_array, kron, vstack
from scipy.spatial.distance import cdist

from gan_lab.core.validation import array

__all__ = ["Plan", "Potential", "plan", "potential"]

MOST = 200
"""Points of each distribution: the dual has a row for every two of all of them."""


class Plan(NamedTuple):
    """What carrying costs at least, in the units of x, and how much goes from i to j (n, k)."""

    cost: float
    mass: np.ndarray


class Potential(NamedTuple):
    """E_p f - E_q f for the best 1-Lipschitz f, and f at the points of p (n,) and of q (k,)."""

    value: float
    at_x: np.ndarray
    at_y: np.ndarray


def plan(x, a, y, b) -> Plan:
    """Optimal transport between two finite distributions: the cheapest plan, by linear programming.

    Parameters
    ----------
    x, y : array_like
        The points of p, (n,) on the line or (n, d), and those of q.
    a, b : array_like
        Their probabilities, (n,) and (k,).

    Returns
    -------
    Plan
        Its cost is the Wasserstein-1 distance, with Euclidean distances between points.

    Raises
    ------
    ValueError
        For weights that are no probabilities, for numbers of points and weights that do not agree,
        and for more than 200 points.

    Examples
    --------
    >>> from gan_lab.theory.couplings import plan
    >>> round(plan([-1, 1], [0.5, 0.5], [0], [1.0]).cost, 6)
    1.0
    """
    x, a, y, b = checked_pair(x, a, y, b)
    n, k = len(a), len(b)
    rows = kron(eye_array(n), np.ones((1, k)))
    columns = kron(np.ones((1, n)), eye_array(k))
    scale, x, y = at_scale(x, y)
    found = solved(cdist(x, y).ravel(), A_eq=vstack([rows, columns]), b_eq=np.append(a, b))
    return Plan(scale * float(found.fun), found.x.reshape(n, k))


def potential(x, a, y, b) -> Potential:
    """Kantorovich-Rubinstein duality: the best 1-Lipschitz function on the points of two finite
    distributions, by linear programming.

    It is unique up to a constant at most: where it does not matter, it is one of many.

    Parameters
    ----------
    x, y : array_like
        The points of p, (n,) on the line or (n, d), and those of q.
    a, b : array_like
        Their probabilities, (n,) and (k,).

    Returns
    -------
    Potential
        Its value is the Wasserstein-1 distance; f is 0 at the first point of p.

    Raises
    ------
    ValueError
        As `plan`.

    References
    ----------
    Arjovsky, Chintala and Bottou 2017, Equation 2.

    Examples
    --------
    >>> from gan_lab.theory.couplings import potential
    >>> best = potential([-1, 1], [0.5, 0.5], [0], [1.0])
    >>> round(best.value, 6), best.at_y.round(6).tolist()
    (1.0, [-1.0])
    """
    x, a, y, b = checked_pair(x, a, y, b)
    scale, x, y = at_scale(x, y)
    points, weights = np.concatenate([x, y]), np.append(a, -b)
    i, j = np.nonzero(~np.eye(len(points), dtype=bool))
    pairs, ones = np.arange(len(i)), np.ones(len(i))
    shape = (len(i), len(points))
    apart = csr_matrix((ones, (pairs, i)), shape) - csr_matrix((ones, (pairs, j)), shape)
    free = [(0, 0)] + [(None, None)] * (len(points) - 1)
    found = solved(-weights, A_ub=apart, b_ub=cdist(points, points)[i, j], bounds=free)
    f = scale * found.x
    return Potential(scale * float(-found.fun), f[: len(a)], f[len(a) :])


def at_scale(x: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """The largest coordinate, and the points in its units: the solver's tolerances are absolute."""
    scale = max(float(np.abs(x).max()), float(np.abs(y).max())) or 1.0
    return scale, x / scale, y / scale


def solved(cost: np.ndarray, **constraints):
    """The solution of a linear programme."""
    found = linprog(cost, **constraints)
    if not found.success:
        raise ValueError(f"the linear programme was not solved: {found.message}")
    return found


def checked_pair(x, a, y, b) -> tuple[np.ndarray, ...]:
    """Points (n, d) with weights, of both; ValueError in a sentence for what is no such thing."""
    (x, a), (y, b) = (weighted_points(*pair) for pair in ((x, a), (y, b)))
    if x.shape[1] != y.shape[1]:
        raise ValueError(
            f"the points of both have to lie in one space, not in {x.shape[1]} and {y.shape[1]} "
            "dimensions"
        )
    return x, a, y, b


def weighted_points(x, weights) -> tuple[np.ndarray, np.ndarray]:
    """The points (n, d) and the probabilities (n,) of one distribution."""
    x, w = array(x, "the points"), array(weights, "the probabilities")
    x = x[:, None] if x.ndim == 1 else x
    if x.ndim != 2 or w.shape != (len(x),) or not 0 < len(x) <= MOST:
        raise ValueError(
            f"points (n,) or (n, d) need n probabilities, n from 1 to {MOST}, not the shapes "
            f"{x.shape} and {w.shape}"
        )
    if not (x.size and np.isfinite(x).all()):
        raise ValueError("the points must be finite numbers, one or more each")
    if not (np.isfinite(w).all() and (w >= 0).all() and abs(w.sum() - 1) < 1e-9):
        raise ValueError("the probabilities must be 0 or more, and their sum 1")
    return x, w
