"""Data sets as values: a distribution on the line or in the plane, for a recipe to be trained on.

A data set is a frozen value that prints as the code which remakes it and goes to JSON and back. It
has `dim` coordinates, a `mean` and one `sd` for all of them, and a `pdf`. What a recipe takes, a
divergence of `gan_lab.theory` and a plot take too.
"""

from gan_lab.datasets.forms import KINDS, Data, data_of, from_dict
from gan_lab.datasets.in_the_plane import (
    InThePlane,
    dots,
    grid,
    moons,
    ring,
    spiral,
    spots,
    swiss_roll,
    two_rings,
)
from gan_lab.distributions import bimodal, distribution, drawn, gaussian, gaussian_mixture, mixture

__all__ = [
    "KINDS", "Data", "InThePlane", "bimodal", "data_of", "distribution", "dots", "drawn",
    "from_dict", "gaussian", "gaussian_mixture", "grid", "mixture", "moons", "ring", "spiral",
    "spots", "swiss_roll", "two_rings",
]
