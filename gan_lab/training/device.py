"""Where a game is computed, and how much there is to compute."""

from __future__ import annotations

from itertools import pairwise

import torch

from gan_lab.core.validation import quoted
from gan_lab.training.recipe import Recipe

CUDA_FROM = 10**7
"""The `multiplications` of a game from which the device "auto" is a card: below them its time goes
into starting kernels. An estimate: no card has been measured yet. `make gpu` measures it and
writes benchmarks/gpu/crossover.json, whose number this is; a test holds one against the other."""

HEAVY = 10**8
"""The operations on numbers from which a move may take a tenth of a second or more on one core."""


def resolve_device(device: str | torch.device, recipe: Recipe | None = None) -> torch.device:
    """The torch device of a name; "auto" is CUDA where there is one and the game is large enough.

    Parameters
    ----------
    device : str or torch.device
        "auto", "cpu", "cuda" or "cuda:1".
    recipe : Recipe, optional
        The game, for "auto".

    Returns
    -------
    torch.device
        The device.

    Raises
    ------
    ValueError
        For a device that is not there.

    Examples
    --------
    >>> from gan_lab.training import resolve_device
    >>> resolve_device("cpu")
    device(type='cpu')
    """
    count = cards()
    if isinstance(device, str) and device == "auto":
        return torch.device("cuda" if count and large(recipe) else "cpu")
    try:
        device = torch.device(device)
    except (RuntimeError, TypeError):
        raise ValueError(f"device must be auto, cpu or cuda, not {quoted(device)}") from None
    if device.type not in ("cpu", "cuda") or (
        device.type == "cuda" and (device.index or 0) >= count
    ):
        raise ValueError(
            f"there is no device {str(device)!r} here: use cpu"
            + (f" or cuda:0 to cuda:{count - 1}" if count else ", or auto")
        )
    return device


def cards() -> int:
    """How many CUDA devices there are."""
    return torch.cuda.device_count() if torch.cuda.is_available() else 0


def large(recipe: Recipe | None) -> bool:
    """Whether a game, where one is named, gives a card enough to do."""
    return recipe is None or multiplications(recipe) >= CUDA_FROM


def multiplications(recipe: Recipe) -> int:
    """How many there are in one pass of all members' minibatches through G and through D."""
    weights = sum(n * w for widths in shapes(recipe) for n, w in pairwise(widths))
    return recipe.members * recipe.m * weights


def largest_product(recipe: Recipe) -> int:
    """How many multiplications the largest single operation of a move makes, about.

    It is a layer over all points that D sees at once, or the singular values of one.
    """
    of_all = recipe.members * 3 * recipe.m
    layers = [of_all * n * w for widths in shapes(recipe) for n, w in pairwise(widths)]
    if recipe.spectral:
        layers += [20 * recipe.members * n * w * min(n, w) for n, w in pairwise(shapes(recipe)[1])]
    return max(layers)


def may_take_long(recipe: Recipe) -> bool:
    """Whether one move of its game may take long."""
    drawn = recipe.members * recipe.m * recipe.k * (recipe.latent_dim + recipe.data.dim)
    return multiplications(recipe) * (1 + recipe.unrolled) + 300 * drawn >= HEAVY


def shapes(recipe: Recipe) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The widths of G and of D, from input to output."""
    dim = recipe.data.dim
    return (recipe.latent_dim, *recipe.G, dim), (recipe.packing * dim, *recipe.D, 1)
