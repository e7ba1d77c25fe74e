"""Data sets as values: a distribution on the line or in the plane, or pictures, to train on.

A data set is a frozen value that prints as the code which remakes it and goes to JSON and back. It
has `dim` coordinates, a `mean` and one `sd` for all of them, and on the line and in the plane a
`pdf`: what a recipe takes, a divergence of `gan_lab.theory` and a plot take there too.
"""

from gan_lab.datasets.forms import KINDS, Data, data_of, from_dict
from gan_lab.datasets.images import Images, digits, mnist
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
from gan_lab.datasets.mnist_files import download_mnist
from gan_lab.distributions import bimodal, distribution, drawn, gaussian, gaussian_mixture, mixture

__all__ = [
    "KINDS",
    "Data",
    "Images",
    "InThePlane",
    "bimodal",
    "data_of",
    "digits",
    "distribution",
    "dots",
    "download_mnist",
    "drawn",
    "from_dict",
    "gaussian",
    "gaussian_mixture",
    "grid",
    "mixture",
    "mnist",
    "moons",
    "ring",
    "spiral",
    "spots",
    "swiss_roll",
    "two_rings",
]
