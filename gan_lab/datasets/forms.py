"""Data as JSON holds them: what a recipe and a link may carry, with the bounds that are taken.

The kinds are those that every recording and link has had: a mixture of Gaussians is its `means`,
`sds` and `weights`; everything else has a `kind`.
"""

from __future__ import annotations

from typing import cast

from gan_lab import distributions
from gan_lab.core.validation import listed, quoted
from gan_lab.datasets import images, in_the_plane
from gan_lab.datasets.bounds import LARGEST, MOST, SMALLEST, bounded_real, reals
from gan_lab.datasets.images import Images
from gan_lab.datasets.in_the_plane import InThePlane
from gan_lab.distributions import (
    Distribution,
    Distribution2D,
    distribution,
    gaussian_mixture,
    mixture,
)
from gan_lab.distributions.drawn import Drawn
from gan_lab.distributions.named import CONTINUOUS

Data = Distribution | InThePlane | Images
"""Any data set, as a recipe's `data` may be."""


def gaussians(means, sds, weights) -> Distribution:
    means = reals(means, "the means of a mixture")
    sds = reals(sds, "the standard deviations of a mixture", SMALLEST)
    return gaussian_mixture(means, sds, weights)


def named_distribution(name, shapes=(), loc=0.0, scale=1.0) -> Distribution:
    if not isinstance(name, str):
        raise ValueError(f"the name of a distribution must be a word, not {quoted(name)}")
    shapes = reals(shapes, f"the shapes of {name}")
    return distribution(
        name, *shapes, loc=bounded_real(loc, "loc"), scale=bounded_real(scale, "scale", SMALLEST)
    )


def drawn_from_points(points, heights) -> Drawn:
    """At most `MOST` points, none beyond 1e6, wider than 1e-6 and no higher than 1e6."""
    points = reals(points, "the points of a drawn density")
    heights = reals(heights, "the heights of a drawn density", 0.0)
    if len(points) > MOST:
        raise ValueError(f"a drawn density has at most {MOST} points, not {len(points)}")
    made = distributions.drawn(points, heights)
    if not made.sd >= SMALLEST:
        raise ValueError("a drawn density must be wider than 1e-6")
    if max(made.heights) > LARGEST:
        raise ValueError(
            f"a drawn density must be at most {LARGEST:g} high once it integrates to 1, and "
            f"this is {max(made.heights):.3g} high"
        )
    return made


def mixed(components, weights) -> Distribution:
    """A mixture of what else is on the line."""
    components = listed(components, "the components of a mixture must be a list of data")
    if len(components) > MOST:
        raise ValueError(f"a mixture has at most {MOST} components, not {len(components)}")
    if any(isinstance(c, dict) and c.get("kind") == "mixture" for c in components):
        raise ValueError(
            "a component of a mixture must not be a mixture of several kinds itself: list its "
            "components, with their weights, beside the others"
        )
    parts = [from_dict(c) for c in components]
    if any(part.dim != 1 for part in parts):
        raise ValueError("the components of a mixture must be on the line")
    on_the_line = cast("list[Distribution]", parts)
    return mixture(on_the_line, reals(weights, "the weights of a mixture", 0.0))


KINDS = {
    "law": named_distribution,
    "drawn": drawn_from_points,
    "mixture": mixed,
    **in_the_plane.KINDS,
    **images.KINDS,
}
"""What makes each kind of data from its numbers, by the name that JSON gives it."""


def from_dict(parts) -> Data:
    """A data set from its dict of names and numbers, as JSON holds it.

    Parameters
    ----------
    parts : dict
        What `as_dict` wrote.

    Returns
    -------
    Data
        The same data.

    Raises
    ------
    ValueError
        In one sentence, when it is none.

    Examples
    --------
    >>> from gan_lab.datasets import from_dict, ring
    >>> from_dict(ring().as_dict()) == ring()
    True
    """
    if not isinstance(parts, dict) or "kind" not in parts:
        if not isinstance(parts, dict) or set(parts) != {"means", "sds", "weights"}:
            raise ValueError(
                f"data must be a mixture with means, sds and weights, not {quoted(parts)}"
            )
        return gaussians(**parts)
    kind, rest = parts["kind"], {k: v for k, v in parts.items() if k != "kind"}
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"data must be of a kind among {', '.join(KINDS)}, not {quoted(kind)}")
    try:
        return KINDS[kind](**rest)
    except TypeError:  # a number that is missing, or one too many
        raise ValueError(f"data must be numbers of a {kind}, not {quoted(rest)}") from None


def where_they_are(data: Data) -> str:
    """What data are, in a sentence that begins with "they are": on the line, in the plane, ..."""
    if isinstance(data, Images):
        return "pictures"
    return "on the line" if data.dim == 1 else "in the plane"


def data_of(value) -> Data:
    """Read training data: a data set, its dict, a sample, or a scipy distribution.

    Parameters
    ----------
    value : Data, dict, array of shape (n,), or scipy distribution
        What a recipe's `data` may be given as; a dict is one that `as_dict` wrote.

    Returns
    -------
    Data
        A distribution on the line, data in the plane, or pictures.

    Raises
    ------
    ValueError
        In one sentence, for what no recipe can carry.

    Examples
    --------
    >>> import scipy.stats
    >>> from gan_lab.datasets import data_of
    >>> data_of(scipy.stats.beta(2, 3))
    distribution('beta', 2.0, 3.0)
    """
    if isinstance(value, dict):
        return from_dict(value)
    if isinstance(value, (InThePlane, Images)):
        return value
    if isinstance(value, Distribution2D):  # of no kind: by its bells
        bells = value.bells
        return in_the_plane.spots(bells.centres, bells.sds, bells.weights)
    if isinstance(value, str) and value not in CONTINUOUS:
        raise ValueError(
            "a data set must be made by gan_lab.datasets, as digits() or ring(8), or named as a "
            "continuous distribution of scipy.stats without shapes (norm, cauchy ...), "
            f"not {quoted(value)}"
        )
    return from_dict(distribution(value).as_dict())
