r"""The law of x = G(z) for z in the plane and x in the plane, on a grid of cells of x.

A mesh is n x n equally probable z, a golden lattice: as even as a square grid, without its lines,
which would cross the borders of cells all at once. Each brings 1 / n^2 to the cell of x in which it
lands. Nothing is random and no density is smoothed: what is not exact is how the mass near the
borders of the cells is shared out, and two meshes, which disagree there, say how much that is.
Laws that are known only cell by cell have a Jensen-Shannon divergence that is at most the true one
(data processing), the less the coarser the cells; cells of twice the side say how much.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.ndimage import maximum_filter
from scipy.special import xlogy

from gan_lab.distributions.base import Distribution, Estimate
from gan_lab.distributions.gaussians_2d import Distribution2D
from gan_lab.theory.divergences import LOG_2

__all__ = ["PlaneCells", "on_cells"]

SOFT, HARD = 0.02, 0.1
"""The largest errors, of the JSD in nats and of D*, with which a number is given."""

GOLDEN = (np.sqrt(5) - 1) / 2
AT_ONCE = 250_000


@dataclass(frozen=True, eq=False)
class PlaneCells:
    """p_g and p_data on a grid of cells of the plane.

    Parameters
    ----------
    x : ndarray of shape (a + 1,)
        The edges of the cells.
    y : ndarray of shape (b + 1,)
        The edges of the cells.
    p_g, p_data : ndarray of shape (a, b)
        The probability of each cell; what lies outside is 1 - their sums.
    coarse : ndarray of shape (a, b)
        p_g from a mesh of a quarter of the points.
    thinnest : float
        The smallest sd of p_data.
    meshes : tuple of (int, int)
        The sides n of the two meshes, coarse and fine.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.datasets import ring
    >>> from gan_lab.theory import gaussian
    >>> from gan_lab.theory.mesh import on_cells
    >>> edges = np.linspace(-2, 2, 21)
    >>> seen = on_cells(lambda z: z, gaussian(0, 1), ring(sd=0.2), edges, edges, mesh=100)
    >>> seen.p_data.shape, bool(0.99 < seen.p_data.sum() <= 1.000001)
    ((20, 20), True)
    """

    x: np.ndarray
    y: np.ndarray
    p_g: np.ndarray
    p_data: np.ndarray
    coarse: np.ndarray
    thinnest: float
    meshes: tuple[int, int]

    @cached_property
    def p_g_error(self) -> np.ndarray:
        """How far apart the meshes are in a cell or, if that is more, in one next to it (a, b)."""
        return maximum_filter(np.abs(self.p_g - self.coarse), size=3, mode="nearest")

    @cached_property
    def tv_error(self) -> float:
        """The total variation distance between the two meshes' p_g."""
        outside = abs(self.p_g.sum() - self.coarse.sum())
        return 0.5 * float(np.abs(self.p_g - self.coarse).sum() + outside)

    @cached_property
    def D_star(self) -> np.ndarray:
        """D* = p_data / (p_data + p_g) of each cell (a, b), nan where both vanish.

        Nan too where its error is above 0.1: `words` says for how much of the probability.
        """
        return np.where(self.D_star_error <= HARD, ratio(self.p_data, self.p_g), np.nan)

    @cached_property
    def D_star_error(self) -> np.ndarray:
        """How far D* moves when p_g moves by its error in either direction, (a, b)."""
        here = ratio(self.p_data, self.p_g)
        ends = [ratio(self.p_data, np.maximum(self.p_g + s * self.p_g_error, 0)) for s in (1, -1)]
        with np.errstate(invalid="ignore"):
            gap = np.fmax(*(np.abs(end - here) for end in ends))
        return np.where(np.isnan(here), np.inf, gap)

    @cached_property
    def estimate(self) -> Estimate:
        """JSD of the laws of the cells, in nats, and how far from that of the laws it may be.

        The error is the change from the coarse mesh to the fine one plus that from cells of twice
        the side to these: both are what the last doubling still moved, and no bound.
        """
        value = js_of(self.p_data, self.p_g)
        mesh = abs(value - js_of(self.p_data, self.coarse))
        cells = value - js_of(merged(self.p_data), merged(self.p_g))
        return Estimate(value, mesh + max(cells, 0.0))

    @property
    def jsd(self) -> Estimate | None:
        """`estimate`, or None: where its error is above 0.02 nats, or the cells are so wide that
        two laws that share them may still differ. Then `words` says so."""
        return None if self.too_wide or self.estimate.error > SOFT else self.estimate

    def in_blocks(self, side: int) -> PlaneCells:
        """The same distributions on cells of `side` x `side` of these, of which it has whole ones.

        What a picture shows: cells as fine as the JSD asks for are more than the eye does.
        """
        a, b = (n // side for n in self.p_g.shape)
        if (a * side, b * side) != self.p_g.shape:
            raise ValueError(f"cells {self.p_g.shape} are no blocks of {side} x {side}")
        p_g, p_data, coarse = (
            mass.reshape(a, side, b, side).sum(axis=(1, 3))
            for mass in (self.p_g, self.p_data, self.coarse)
        )
        edges = self.x[::side], self.y[::side]
        return PlaneCells(*edges, p_g, p_data, coarse, self.thinnest, self.meshes)

    @property
    def side(self) -> float:
        """The longest side of a cell."""
        return float(max(np.diff(self.x).max(), np.diff(self.y).max()))

    @property
    def too_wide(self) -> bool:
        """Whether cells are wider than two sds of p_data's thinnest part.

        Else p_data is smooth on the scale of a cell, and a p_g that is not so shows in the change
        from cells of twice the side.
        """
        return self.side > 2.0001 * self.thinnest

    @property
    def words(self) -> str:
        """What the numbers are, and which of them are not given, and why."""
        said = [
            f"p_g from meshes of {self.meshes[0]}^2 and {self.meshes[1]}^2 points, which differ by "
            f"{self.tv_error:.2g} in total variation."
        ]
        if self.too_wide:
            said.append(
                f"The JSD is not given: cells of side {self.side:.2g} cannot tell two "
                f"distributions apart within modes of standard deviation {self.thinnest:.2g}; "
                "use more of them."
            )
        elif self.jsd is None:
            said.append(
                f"The JSD is not given: its error, {self.estimate.error:.2g} nats, is above "
                f"{SOFT}; p_g is too thin for these cells, or for this mesh."
            )
        else:
            said.append(f"The JSD is known to about {self.estimate.error:.1g} nats.")
        unknown = (self.D_star_error > HARD) & (self.p_data + self.p_g > 0)
        share = float(0.5 * (self.p_data + self.p_g)[unknown].sum())
        if share > 5e-4:
            said.append(
                f"D* is not given where {share:.1%} of the probability lies: its error there is "
                f"above {HARD}."
            )
        return " ".join(said)


def ratio(a, b) -> np.ndarray:
    """a / (a + b), nan where both vanish."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return a / (a + b)


def js_of(p, q) -> float:
    """JSD in nats of two laws given by cells, what is outside being one more cell."""
    p, q = (np.append(v.ravel(), max(1 - v.sum(), 0.0)) for v in (p, q))
    m = 0.5 * (p + q)
    found = 0.5 * np.sum(xlogy(p, p) + xlogy(q, q) - 2 * xlogy(m, m))
    return float(np.clip(found, 0.0, LOG_2))  # what rounding takes out of its bounds


def merged(mass: np.ndarray) -> np.ndarray:
    """The probabilities of blocks of 2 x 2 cells; an odd row or column stands alone."""
    for axis in (0, 1):
        mass = np.add.reduceat(mass, np.arange(0, mass.shape[axis], 2), axis=axis)
    return mass


def deposit(G: Callable, p_z: Distribution, n: int, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The mass (a, b) that n^2 equally probable z bring to the cells between edges x and y.

    G maps (m, 2) to (m, 2); both coordinates of z have the law p_z, independently.
    """
    mass, points = np.zeros((len(x) - 1, len(y) - 1)), n * n
    for start in range(0, points, AT_ONCE):
        i = np.arange(start, min(start + AT_ONCE, points))
        u = np.stack([(i + 0.5) / points, (0.5 + GOLDEN * i) % 1.0], axis=1)
        at = np.asarray(G(p_z.ppf(u)), dtype=float)
        if at.shape != u.shape:
            raise ValueError(f"G must map (n, 2) to (n, 2), and gave {at.shape}.")
        mass += np.histogram2d(at[:, 0], at[:, 1], [x, y])[0]
    return mass / n**2


def on_cells(
    G: Callable, p_z: Distribution, p_data: Distribution2D, x, y, mesh: int = 1000
) -> PlaneCells:
    """Push-forward in the plane: p_g and p_data on the cells between edges x and y.

    Parameters
    ----------
    G : callable
        Maps (m, 2) to (m, 2).
    p_z : Distribution
        The distribution of each coordinate of z; they are independent.
    p_data : Distribution2D
        The distribution of the data.
    x, y : array of shape (a + 1,), (b + 1,)
        The edges of the cells, increasing.
    mesh : int
        The side of the fine mesh of z, from 8 to 10000; the coarse one's is half of it.

    Returns
    -------
    PlaneCells
        The probabilities of the cells.

    Raises
    ------
    ValueError
        For edges that do not increase and for another mesh.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.datasets import ring
    >>> from gan_lab.theory import gaussian
    >>> from gan_lab.theory.mesh import on_cells
    >>> edges = np.linspace(-4, 4, 11)
    >>> seen = on_cells(lambda z: z, gaussian(0, 1), ring(), edges, edges, mesh=200)
    >>> round(float(seen.p_g.sum()), 2)
    1.0
    """
    x, y = (edges(v, name) for v, name in ((x, "x"), (y, "y")))
    if isinstance(mesh, bool) or not isinstance(mesh, int) or not 8 <= mesh <= 10_000:
        raise ValueError(f"The mesh must be a whole number from 8 to 10000, not {mesh!r}.")
    meshes = (mesh // 2, mesh)
    coarse, fine = (deposit(G, p_z, n, x, y) for n in meshes)
    return PlaneCells(x, y, fine, p_data.cells(x, y), coarse, p_data.thinnest, meshes)


def edges(values, name: str) -> np.ndarray:
    values = np.asarray(values, dtype=float)
    if (
        values.ndim != 1
        or len(values) < 3
        or not np.all(np.isfinite(values))
        or (np.any(np.diff(values) <= 0))
    ):
        raise ValueError(f"The edges {name} must be three or more finite numbers that increase.")
    return values
