"""Which networks a recipe asks for: the widths of two MLPs, or the layers of other players."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

import numpy as np

from gan_lab.datasets import Images
from gan_lab.training.layers import Affine, Conv, Layer, TransposedConv
from gan_lab.training.stacks import NetworkPlan


def is_plain(recipe) -> bool:
    """Whether both players are MLPs as they are on the line and in the plane."""
    return (recipe.network, recipe.norm, recipe.z_in) == ("mlp", "none", "input")


def labels_in(recipe) -> int:
    """How many numbers of a player's input are the label that it is told."""
    return cast(Images, recipe.data).classes if recipe.conditional else 0


def with_labels_in_turn(recipe, z: np.ndarray) -> np.ndarray:
    """z (n, latent_dim), in a conditional game with a label after each: 0, 1, ... and again 0."""
    if not (classes := labels_in(recipe)):
        return z
    return np.concatenate([z, np.eye(classes)[np.arange(len(z)) % classes]], axis=1)


def shapes(recipe) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The widths of G and of D, from input to output, where they are MLPs."""
    dim, told = recipe.data.dim, labels_in(recipe)
    return ((recipe.latent_dim + told, *recipe.G, dim), (recipe.packing * dim + told, *recipe.D, 1))


def plans(recipe) -> tuple[NetworkPlan, NetworkPlan]:
    """What G and D are made of, for a recipe of pictures."""
    layers = convolutions if recipe.network == "dcgan" else perceptrons
    of_G, of_D = layers(recipe)
    maps = (recipe.packing, *recipe.data.shape) if recipe.network == "dcgan" else None
    # not on what D is given, as Radford, Metz and Chintala 2016 have it
    return (
        NetworkPlan(of_G, recipe.norm, z=recipe.latent_dim, z_in=recipe.z_in),
        NetworkPlan(of_D, recipe.norm, first_norm=1, maps=maps),
    )


def perceptrons(recipe) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """The layers of two MLPs."""
    of_G, of_D = (tuple(Affine(n, w) for n, w in pairwise(widths)) for widths in shapes(recipe))
    return of_G, of_D


def convolutions(recipe) -> tuple[tuple[Layer, ...], tuple[Layer, ...]]:
    """DCGAN's pair: G doubles the picture with each layer, D halves it."""
    told, sides = labels_in(recipe), halved(recipe.data.shape, max(len(recipe.G), len(recipe.D)))
    start, *G = recipe.G
    up = [*G, 1]
    of_G: list[Layer] = [Affine(recipe.latent_dim + told, start, sides[len(recipe.G)])]
    for i, (n, w) in enumerate(pairwise([start, *up])):
        of_G.append(TransposedConv(n, w, sides[len(recipe.G) - 1 - i]))
    down = pairwise([recipe.packing + told, *recipe.D])
    of_D: list[Layer] = [Conv(n, w, sides[i + 1]) for i, (n, w) in enumerate(down)]
    rows, columns = sides[len(recipe.D)]
    return tuple(of_G), (*of_D, Affine(recipe.D[-1] * rows * columns, 1))


def matrices_of_D(recipe) -> list[tuple[int, int]]:
    """The rows and columns of D's weight matrices."""
    if is_plain(recipe):
        return list(pairwise(shapes(recipe)[1]))
    return [layer.matrix for layer in plans(recipe)[1].layers]


def halved(shape: tuple[int, int], times: int) -> list[tuple[int, int]]:
    """Rows and columns of a picture, halved so often."""
    return [(shape[0] >> i, shape[1] >> i) for i in range(times + 1)]


def deepest(shape: tuple[int, int]) -> int:
    """How often rows and columns of a picture can be halved."""
    return min((n & -n).bit_length() - 1 for n in shape)


def multiplications_of(recipe) -> list[int]:
    """How many there are in each layer of G and of D for one sample."""
    if is_plain(recipe):
        return [n * w for widths in shapes(recipe) for n, w in pairwise(widths)]
    return [layer.multiplications for plan in plans(recipe) for layer in plan.layers]
