"""Data in the plane as values: mixtures that know their modes, and curves that are blurred.

Every data set has an exact density, since each is a mixture of round Gaussians: of finitely many
(ring, grid, spots, dots) or of a continuum of them along a curve (moons, spiral, swiss roll, two
rings). `mean` is the centre of mass and `sd` one number for both coordinates, the root of the mean
of their variances: standardised by it, a circle stays a circle and one standard deviation of a
mode means the same in every direction.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, cast

import numpy as np

from gan_lab.core import torch
from gan_lab.core.validation import listed, whole_between
from gan_lab.datasets.bounds import MOST, SMALLEST, bounded_real, reals
from gan_lab.distributions.gaussians_2d import (
    Distribution2D,
    Gaussians2D,
    blurred_path,
    equal_mixture,
)
from gan_lab.distributions.mixtures import same_length, shares

if TYPE_CHECKING:
    from torch import Tensor

THINNEST = 1e-3
"""The smallest sd of a curve of size 1: its density is a sum over about 4 length / sd centres."""


class InThePlane(Distribution2D):
    """A 2D toy data set with a known density: what data in the plane have in common.

    Made by `ring`, `grid`, `spots`, `dots`, `moons`, `spiral`, `swiss_roll` and `two_rings`.

    Examples
    --------
    >>> from gan_lab.datasets import ring
    >>> data = ring(modes=8, sd=0.05)
    >>> data.dim, len(data.means)
    (2, 8)
    >>> data.pdf([[1.0, 0.0], [0.0, 0.0]]).shape
    (2,)
    """

    kind: ClassVar[str]

    def as_dict(self) -> dict:
        """The kind and its numbers, for JSON."""
        return {"kind": self.kind} | self.numbers()

    def numbers(self) -> dict:
        """What the function of this kind is called with: `width` is its `sd`."""
        values = {f.name: as_lists(getattr(self, f.name)) for f in fields(cast(Any, self))}
        return {"sd" if name == "width" else name: value for name, value in values.items()}

    def __repr__(self) -> str:
        words = (f"{name}={value!r}" for name, value in self.numbers().items())
        return f"{self.kind}({', '.join(words)})"


def as_lists(value):
    """Tuples as lists, all the way down."""
    return [as_lists(v) for v in value] if isinstance(value, tuple) else value


class Modes(InThePlane):
    """A mixture of round Gaussians: `means` ((x, y), ...), `sds` and `weights` of its modes."""

    means: tuple[tuple[float, float], ...]
    sds: tuple[float, ...]
    weights: tuple[float, ...]

    @cached_property
    def bells(self) -> Gaussians2D:
        return Gaussians2D(np.array(self.means), np.array(self.sds), np.array(self.weights))


def checked_pairs(values, name: str) -> tuple[tuple[float, float], ...]:
    """Points of the plane, or a sentence."""
    values = listed(values, f"{name} must be a list of points (x, y)")
    found = tuple(reals(value, f"each of {name}") for value in values)
    if not 1 <= len(found) <= MOST or any(len(point) != 2 for point in found):
        raise ValueError(f"{name} must be from 1 to {MOST} points (x, y)")
    return cast("tuple[tuple[float, float], ...]", found)


def settle(data, **values) -> None:
    """Give a frozen value its fields as they were read."""
    for name, value in values.items():
        object.__setattr__(data, name, value)


@dataclass(frozen=True, repr=False)
class Ring(Modes):
    """`modes` Gaussians with means radius (cos 2 pi i / modes, sin 2 pi i / modes).

    The defaults are the 2D ring of PacGAN (Lin, Khetan, Fanti, Oh 2018): eight modes, radius 1,
    standard deviation 0.01 (variance 1e-4).
    """

    modes: int = 8
    radius: float = 1.0
    width: float = 0.01
    kind = "ring"

    def __post_init__(self):
        settle(
            self,
            modes=whole_between(1, 1000, self.modes, "modes"),
            radius=bounded_real(self.radius, "radius", 0.0),
            width=bounded_real(self.width, "sd", SMALLEST),
        )

    @property
    def means(self):
        angles = [2 * math.pi * i / self.modes for i in range(self.modes)]
        return tuple((self.radius * math.cos(a), self.radius * math.sin(a)) for a in angles)

    @property
    def sds(self):
        return (self.width,) * self.modes

    @property
    def weights(self):
        return (1 / self.modes,) * self.modes


@dataclass(frozen=True, repr=False)
class Grid(Modes):
    """side x side Gaussians, `spacing` apart, around the origin.

    The defaults are the 2D grid of VEEGAN and PacGAN: means {-4, -2, 0, 2, 4}^2, standard
    deviation 0.05.
    """

    side: int = 5
    spacing: float = 2.0
    width: float = 0.05
    kind = "grid"

    def __post_init__(self):
        settle(
            self,
            side=whole_between(1, 32, self.side, "side"),
            spacing=bounded_real(self.spacing, "spacing", 0.0),
            width=bounded_real(self.width, "sd", SMALLEST),
        )

    @property
    def means(self):
        steps = [self.spacing * (i - (self.side - 1) / 2) for i in range(self.side)]
        return tuple((x, y) for x in steps for y in steps)

    @property
    def sds(self):
        return (self.width,) * self.side**2

    @property
    def weights(self):
        return (1 / self.side**2,) * self.side**2


@dataclass(frozen=True, repr=False)
class Spots(Modes):
    """Any mixture of round Gaussians: means ((x, y), ...), sds and weights, made to sum to 1."""

    means: tuple[tuple[float, float], ...]
    sds: tuple[float, ...]
    weights: tuple[float, ...]
    kind = "spots"

    def __post_init__(self):
        means = checked_pairs(self.means, "the means")
        sds = reals(self.sds, "the standard deviations", SMALLEST)
        weights = listed(self.weights, "the weights must be a list of numbers")
        same_length(means, sds, weights, "a set of spots")
        settle(self, means=means, sds=sds, weights=shares(weights, "a set of spots"))


@dataclass(frozen=True, repr=False)
class Dots(Modes):
    """Points drawn by hand, equally likely, each blurred by a Gaussian of sd `jitter`."""

    points: tuple[tuple[float, float], ...]
    jitter: float = 0.05
    kind = "dots"

    def __post_init__(self):
        settle(
            self,
            points=checked_pairs(self.points, "the points"),
            jitter=bounded_real(self.jitter, "jitter", SMALLEST),
        )

    @property
    def means(self):
        return self.points

    @property
    def sds(self):
        return (self.jitter,) * len(self.points)

    @property
    def weights(self):
        return (1 / len(self.points),) * len(self.points)


class Curves(InThePlane):
    """Curves, one as likely as the other, run through evenly in u and blurred by a Gaussian.

    A subclass says where `path(which, u)` is, in float64 tensors, how many `pieces` there are
    and the largest |d path / du| as `length`.
    """

    path: Callable[[Tensor, Tensor], Tensor]
    pieces = 1
    width: float
    length: float

    @cached_property
    def bells(self) -> Gaussians2D:
        def piece(i):
            def path(u):
                u = torch.from_numpy(u)
                return self.path(torch.full_like(u, i), u).numpy()

            return blurred_path(path, self.width, self.length)

        return equal_mixture(piece(i) for i in range(self.pieces))

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """n independent draws (n, 2)."""
        which = rng.integers(self.pieces, size=n).astype(float)
        path = self.path(torch.from_numpy(which), torch.from_numpy(rng.random(n)))
        return path.numpy() + self.width * rng.normal(size=(n, 2))


def point(x: Tensor, y: Tensor) -> Tensor:
    return torch.stack([x, y], dim=-1)


@dataclass(frozen=True, repr=False)
class Moons(Curves):
    """Two half circles: (cos t, sin t) and (1 - cos t, 1/2 - sin t), t from 0 to pi.

    As sklearn.datasets.make_moons, with a Gaussian of sd `width` added.
    """

    width: float = 0.05
    kind, pieces, length = "moons", 2, math.pi

    def __post_init__(self):
        settle(self, width=bounded_real(self.width, "sd", THINNEST))

    def path(self, which, u):
        t = math.pi * u
        upper = which == 0
        x, y = torch.cos(t), torch.sin(t)
        return point(torch.where(upper, x, 1 - x), torch.where(upper, y, 0.5 - y))


@dataclass(frozen=True, repr=False)
class Spiral(Curves):
    """`arms` spirals that make `turns` turns while the radius grows evenly from 0.1 to 1."""

    turns: float = 1.0
    arms: int = 2
    width: float = 0.02
    kind = "spiral"

    def __post_init__(self):
        settle(
            self,
            turns=bounded_real(self.turns, "turns", 0.0, 10.0),
            arms=whole_between(1, 20, self.arms, "arms"),
            width=bounded_real(self.width, "sd", THINNEST),
        )

    @property
    def pieces(self):
        return self.arms

    @property
    def length(self):
        return math.hypot(0.9, 2 * math.pi * self.turns)

    def path(self, which, u):
        r, angle = 0.1 + 0.9 * u, 2 * math.pi * (self.turns * u + which / self.arms)
        return point(r * torch.cos(angle), r * torch.sin(angle))


@dataclass(frozen=True, repr=False)
class SwissRoll(Curves):
    """(t cos t, t sin t) / 7.5 for t evenly from 1.5 pi to 4.5 pi.

    As Gulrajani et al. 2017 trained on: coordinates 0 and 2 of sklearn.datasets.make_swiss_roll
    with noise 0.25, all divided by 7.5, whence the sd `width` of 1/30.
    """

    width: float = 1 / 30
    kind, length = "swiss_roll", 3 * math.pi * math.hypot(1, 4.5 * math.pi) / 7.5

    def __post_init__(self):
        settle(self, width=bounded_real(self.width, "sd", THINNEST))

    def path(self, which, u):
        t = 1.5 * math.pi * (1 + 2 * u)
        return point(t * torch.cos(t), t * torch.sin(t)) / 7.5


@dataclass(frozen=True, repr=False)
class TwoRings(Curves):
    """Two circles around the origin, equally likely, blurred by a Gaussian of sd `width`."""

    inner: float = 0.5
    outer: float = 1.0
    width: float = 0.02
    kind, pieces = "two_rings", 2

    def __post_init__(self):
        outer = bounded_real(self.outer, "the outer radius", SMALLEST, 1e3)
        inner = bounded_real(self.inner, "the inner radius", 0.0, outer)
        settle(
            self, inner=inner, outer=outer, width=bounded_real(self.width, "sd", THINNEST * outer)
        )

    @property
    def length(self):
        return 2 * math.pi * self.outer

    def path(self, which, u):
        r = self.inner + (self.outer - self.inner) * which
        return point(r * torch.cos(2 * math.pi * u), r * torch.sin(2 * math.pi * u))


def ring(modes: int = 8, radius: float = 1.0, sd: float = 0.01) -> Ring:
    """2D ring of Gaussians, a benchmark for mode collapse; by default PacGAN's, of 8 modes.

    Parameters
    ----------
    modes : int
        How many Gaussians.
    radius : float
        The radius of the circle of their means.
    sd : float
        The standard deviation of each.

    Returns
    -------
    InThePlane
        Data in the plane.

    Raises
    ------
    ValueError
        In one sentence, for numbers that make no such data.

    References
    ----------
    Lin, Khetan, Fanti and Oh 2018, "PacGAN".

    Examples
    --------
    >>> from gan_lab.datasets import ring
    >>> len(ring(modes=5).means)
    5
    """
    return Ring(modes, radius, sd)


def grid(side: int = 5, spacing: float = 2.0, sd: float = 0.05) -> Grid:
    """2D grid of Gaussians, a benchmark for mode collapse; by default PacGAN's, of 25 modes.

    Parameters
    ----------
    side : int
        The modes along each side.
    spacing : float
        The distance of neighbours.
    sd : float
        The standard deviation of each mode.

    Returns
    -------
    InThePlane
        Data in the plane.

    Raises
    ------
    ValueError
        In one sentence, for numbers that make no such data.

    References
    ----------
    Lin, Khetan, Fanti and Oh 2018, "PacGAN".

    Examples
    --------
    >>> from gan_lab.datasets import grid
    >>> len(grid().means)
    25
    """
    return Grid(side, spacing, sd)


def spots(means, sds, weights=None) -> Spots:
    """Mixture of round Gaussians in the plane, where you want them.

    Parameters
    ----------
    means : array of shape (n, 2)
        Their means.
    sds : float or sequence of float
        Their standard deviations.
    weights : sequence of float, optional
        Their weights, which are made to sum to one; equal by default.

    Returns
    -------
    InThePlane
        Data in the plane.

    Raises
    ------
    ValueError
        In one sentence, for numbers that make no such data.

    Examples
    --------
    >>> from gan_lab.datasets import spots
    >>> spots([[-1, 0], [1, 0]], [0.1, 0.1], weights=[1, 3]).mean
    (0.5, 0.0)
    """
    means = checked_pairs(means, "the means")
    return Spots(means, sds, (1.0,) * len(means) if weights is None else weights)


def dots(points, jitter: float = 0.05) -> Dots:
    """Points in the plane drawn by hand, each blurred by a Gaussian.

    Parameters
    ----------
    points : array of shape (n, 2)
        The points.
    jitter : float
        The standard deviation of the blur.

    Returns
    -------
    InThePlane
        Data in the plane.

    Raises
    ------
    ValueError
        In one sentence, for what are no points, and for a jitter that is not above 0.

    Examples
    --------
    >>> from gan_lab.datasets import dots
    >>> dots([[0, 0], [1, 1]]).mean
    (0.5, 0.5)
    """
    return Dots(points, jitter)


def moons(sd: float = 0.05) -> Moons:
    """Two moons: half circles that interlock.

    Parameters
    ----------
    sd : float
        The standard deviation of the blur.

    Returns
    -------
    InThePlane
        Data in the plane.

    Raises
    ------
    ValueError
        In one sentence, for an sd that is out of its bounds.

    Examples
    --------
    >>> from gan_lab.datasets import moons
    >>> moons().as_dict()
    {'kind': 'moons', 'sd': 0.05}
    """
    return Moons(sd)


def spiral(turns: float = 1.0, arms: int = 2, sd: float = 0.02) -> Spiral:
    """Spiral arms that wind outwards, from radius 0.1 to 1.

    Parameters
    ----------
    turns : float
        How often an arm goes round.
    arms : int
        How many arms.
    sd : float
        The standard deviation of the blur.

    Returns
    -------
    InThePlane
        Data in the plane.

    Raises
    ------
    ValueError
        In one sentence, for numbers that make no such data.

    Examples
    --------
    >>> from gan_lab.datasets import spiral
    >>> spiral(turns=1.5).as_dict()
    {'kind': 'spiral', 'turns': 1.5, 'arms': 2, 'sd': 0.02}
    """
    return Spiral(turns, arms, sd)


def swiss_roll(sd: float = 1 / 30) -> SwissRoll:
    """The swiss roll in the plane.

    Parameters
    ----------
    sd : float
        The standard deviation of the blur.

    Returns
    -------
    InThePlane
        Data in the plane.

    Raises
    ------
    ValueError
        In one sentence, for an sd that is out of its bounds.

    References
    ----------
    Gulrajani et al. 2017, "Improved training of Wasserstein GANs".

    Examples
    --------
    >>> from gan_lab.datasets import swiss_roll
    >>> swiss_roll().dim
    2
    """
    return SwissRoll(sd)


def two_rings(inner: float = 0.5, outer: float = 1.0, sd: float = 0.02) -> TwoRings:
    """Two concentric circles: data on a circle within a circle.

    Parameters
    ----------
    inner, outer : float
        Their radii.
    sd : float
        The standard deviation of the blur.

    Returns
    -------
    InThePlane
        Data in the plane.

    Raises
    ------
    ValueError
        In one sentence, for numbers that make no such data.

    Examples
    --------
    >>> from gan_lab.datasets import two_rings
    >>> two_rings(inner=0.3).as_dict()
    {'kind': 'two_rings', 'inner': 0.3, 'outer': 1.0, 'sd': 0.02}
    """
    return TwoRings(inner, outer, sd)


KINDS = {
    "ring": ring,
    "grid": grid,
    "spots": spots,
    "dots": dots,
    "moons": moons,
    "spiral": spiral,
    "swiss_roll": swiss_roll,
    "two_rings": two_rings,
}
