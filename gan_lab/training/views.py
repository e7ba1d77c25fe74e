"""What can be asked of a game at one moment, in data units: G(z), D(x), curves and p_g."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Self, cast

import numpy as np
import torch
from torch import Tensor

from gan_lab import theory
from gan_lab.core.ambient import undisturbed
from gan_lab.core.random_streams import Domain
from gan_lab.core.validation import array, quoted
from gan_lab.datasets.forms import where_they_are
from gan_lab.training.architectures import labels_in
from gan_lab.training.losses import loss_of
from gan_lab.training.memory import POINTS, within_memory
from gan_lab.training.networks import MLP, PIECEWISE_LINEAR
from gan_lab.training.stacks import Stack
from gan_lab.training.state import Network, State


class Curve:
    """G or D as a function of one number, in data units, float64, with its kinks.

    Parameters
    ----------
    function : callable
        Maps a float64 array to one of the same shape.
    kinks : ndarray of shape (n,)
        The inputs where its slope may jump; a smooth network has none.
    linear : bool
        A promise that it is linear between them and beyond.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab import Recipe, Training
    >>> G = Training(Recipe(G=(4,), D=(4,)), device="cpu").generator()
    >>> G(np.linspace(-1, 1, 5)).shape, G.linear
    ((5,), True)
    """

    def __init__(self, function: Callable, kinks: np.ndarray, linear: bool):
        self.function, self.kinks, self.linear = function, kinks, linear

    def __call__(self, x):
        return self.function(array(x, "the input of a curve"))

    def pushed(self, p_z: theory.Distribution) -> theory.Distribution:
        """The distribution of this function of z, for z from p_z."""
        return theory.pushforward(self, p_z, kinks=self.kinks, linear=self.linear, rough=True)


class Views(State):
    """A game as functions of z and of x, which change nothing of it."""

    @undisturbed
    @within_memory(POINTS)
    @torch.no_grad()
    def generate(self, z, averaged: bool = False, labels=None) -> Tensor:
        """Samples G(z) in data units.

        Where the recipe has batch norm, with its moments on a minibatch of iteration 0's noise.

        Parameters
        ----------
        z : Tensor or array of shape (n, latent_dim) or (members, n, latent_dim)
            The noise, one for all members or each.
        averaged : bool
            Whether to ask the generator of the averaged weights.
        labels : int, or array of int of shape (n,), optional
            In a conditional game what G is to make, for all z or each; else they are the last
            numbers of z, 0s and a 1.

        Returns
        -------
        Tensor of shape (members, n, data.dim)
            The samples.

        Raises
        ------
        ValueError
            For another shape, for labels that are none, and where there are no averaged weights.

        Examples
        --------
        >>> from gan_lab import Recipe, Training
        >>> game = Training(Recipe(G=(4,), D=(4,), members=2), device="cpu")
        >>> game.generate([[0.0], [0.5], [1.0]]).shape
        torch.Size([2, 3, 1])
        """
        z = self.labelled(z, self.recipe.latent_dim, "z", labels)
        G = self.steady(self.kept_average() if averaged else self.G)
        return self.center + self.scale * G(z)

    def steady(self, G: Network) -> Network:
        """G as a function of one z at a time."""
        if self.recipe.norm != "batch":
            return G
        return cast(Stack, G).settled(self.minibatches.noise(Domain.NOISE_FOR_G, 0))

    def labelled(self, values, dim: int, name: str, labels) -> Tensor:
        """Points with the labels that a conditional game tells its players after them."""
        classes = labels_in(self.recipe)
        if labels is None:
            try:
                return self.tensor(values, dim + classes, name)
            except ValueError as error:
                if not classes:
                    raise
                more = f"{classes} of these numbers are the label, where labels does not say it"
                raise ValueError(f"{error}; {more}") from None
        if not classes:
            raise ValueError("labels are for a conditional game, and this recipe's is none")
        points = self.tensor(values, dim, name)
        wanted = array(labels, "labels")
        if (
            wanted.shape not in ((), (points.shape[1],))
            or not np.isin(wanted, np.arange(classes)).all()
        ):
            raise ValueError(
                f"labels must be a whole number from 0 to {classes - 1}, or one for each of the "
                f"{points.shape[1]} points, not {quoted(labels)}"
            )
        told = np.broadcast_to(np.eye(classes)[wanted.astype(int)], (points.shape[1], classes))
        told = torch.tensor(told, dtype=self.dtype, device=self.device)
        return torch.cat([points, told.expand(self.members, -1, -1)], -1)

    def in_data_units(self, x: Tensor) -> Tensor:
        """Data of a minibatch as they are, without their labels."""
        return self.center + self.scale * x[..., : self.recipe.data.dim]

    def kept_average(self) -> Network:
        if self.average is None:
            raise ValueError("this game keeps no average of G: its recipe needs an ema, say 0.99")
        return self.average

    def averaged(self) -> Self:
        """A copy of this game with the averaged generator in G's place: to look at, or to record.

        Raises ValueError where the recipe's ema is 0.
        """
        self.kept_average()
        other = copy.deepcopy(self)
        other.G = other.average
        return other

    @undisturbed
    @within_memory(POINTS)
    @torch.no_grad()
    def logit(self, x, labels=None) -> Tensor:
        """D's output at x in data units.

        Where the recipe has batch norm x is one minibatch.

        It is log D/(1 - D) in the games of Goodfellow, and what `Loss.best` says in others.

        Parameters
        ----------
        x : Tensor or array of shape (n, data.dim) or (members, n, data.dim)
            Points. Where the recipe packs, the last axis is a pack: its points one after another.
        labels : int, or array of int of shape (n,), optional
            In a conditional game what D is told, as for `generate`.

        Returns
        -------
        Tensor of shape (members, n)
            D's output.

        Raises
        ------
        ValueError
            For another shape, and for labels that are none.

        Examples
        --------
        >>> from gan_lab import Recipe, Training
        >>> game = Training(Recipe(G=(4,), D=(4,)), device="cpu")
        >>> game.logit([[2.0], [3.0]]).sigmoid().shape
        torch.Size([1, 2])
        """
        n, dim = self.recipe.packing, self.recipe.data.dim
        x = self.labelled(x, n * dim, "x", labels)
        points, told = x[..., : n * dim].unflatten(-1, (n, dim)), x[..., n * dim :]
        points = ((points - self.center) / self.scale).flatten(-2)
        if self.recipe.conditional:
            points = torch.cat([points, told], -1)
        return self.D(points).squeeze(-1)

    @undisturbed
    @within_memory(POINTS)
    def pull(self, fake, real) -> Tensor:
        """Where G's loss wants points of G to go: minus its slope there, times their number.

        The loss is that of a minibatch of these points, of G and of the data, in data units.

        Parameters
        ----------
        fake, real : Tensor or array of shape (n, data.dim) or (members, n, data.dim)
            Points of G and of the data, as many of either.

        Returns
        -------
        Tensor of shape (members, n, data.dim)
            In nats per unit of x.

        Raises
        ------
        ValueError
            For another shape, and where the recipe packs.

        Examples
        --------
        >>> from gan_lab import Recipe, Training
        >>> game = Training(Recipe(G=(4,), D=(4,)), device="cpu")
        >>> game.pull([[0.0], [1.0]], [[2.0], [3.0]]).shape
        torch.Size([1, 2, 1])
        """
        if self.recipe.packing > 1:
            raise ValueError("a pull is on single points, and this recipe's D judges packs")
        fake, real = (self.tensor(x, self.recipe.data.dim, "points") for x in (fake, real))
        fake = fake.detach().clone().requires_grad_()
        outputs = (self.D((x - self.center) / self.scale).squeeze(-1) for x in (real, fake))
        cost = loss_of(self.recipe.loss).G(*outputs).sum()
        (slope,) = torch.autograd.grad(cost, fake)
        return -slope * fake.shape[1]

    def tensor(self, points, dim: int, name: str) -> Tensor:
        if not isinstance(points, Tensor):
            points = torch.tensor(array(points, name), device="cpu")  # a copy: it may be read-only
        elif points.is_complex():
            raise ValueError(f"{name} must be real numbers, not complex ones")
        elif points.is_meta:
            raise ValueError(f"{name} must have numbers in it, and a tensor on meta has none")
        points = torch.as_tensor(points, dtype=self.dtype, device=self.device)
        points = points[:, None] if points.ndim == 1 else points
        if points.ndim not in (2, 3) or points.shape[-1] != dim:
            raise ValueError(
                f"{name} must have the shape (n, {dim}) or ({self.members}, n, {dim}), "
                f"not {tuple(points.shape)}"
            )
        if points.ndim == 3 and points.shape[0] != self.members:
            raise ValueError(f"{name} must be of {self.members} members, not {points.shape[0]}")
        return points.expand(self.members, -1, -1)

    def map(self, member: int = 0) -> Callable[[np.ndarray], np.ndarray]:
        """G of one member as it is now, float64: z (n, latent_dim) -> x (n, data.dim).

        In a conditional game z has a label after it, 0s and a 1.
        """
        net, scale, dim = self.steady(self.G).at(member), self.scale, self.recipe.data.dim
        latent_dim = self.recipe.latent_dim + labels_in(self.recipe)
        center = self.center
        center = center.cpu().double().numpy() if isinstance(center, Tensor) else center

        def G(z):
            z = array(z, "z")
            if z.size % latent_dim:
                raise ValueError(f"z must have the shape (n, {latent_dim}), not {z.shape}")
            z = z.reshape(-1, latent_dim)
            return center + scale * net(z[:, 0] if z.shape[1] == 1 else z).reshape(-1, dim)

        return G

    def generator(self, member: int = 0) -> Curve:
        """G of one member as it is now: z -> x in data units. Both must be one number."""
        self.on_the_line()
        if self.recipe.latent_dim != 1:
            raise ValueError(
                f"a curve needs a z of one number, and latent_dim is {self.recipe.latent_dim}"
            )
        G = cast(MLP, self.G)  # on the line there are no others
        net, center, scale = G.at(member), self.center, self.scale
        return self.curve(G, member, lambda z: center + scale * net(z))

    def p_g(self, member: int = 0) -> theory.Distribution:
        """The exact distribution of one member's G(z) as it is now, for z from p_z.

        Parameters
        ----------
        member : int
            Which member.

        Returns
        -------
        Distribution
            p_g.

        Raises
        ------
        ValueError
            Unless x and z are each one number, and the member is there.

        Examples
        --------
        >>> from gan_lab import Recipe, Training
        >>> p_g = Training(Recipe(G=(4,), D=(4,)), device="cpu").p_g()
        >>> round(float(p_g.cdf(1e6)), 6)
        1.0
        """
        return self.generator(member).pushed(self.p_z)

    def discriminator(self, member: int = 0) -> Curve:
        """D's output (see `logit`) of one member as it is now, of x in data units.

        Raises ValueError where the recipe packs, and for data in the plane.
        """
        self.on_the_line()
        if (n := self.recipe.packing) > 1:
            raise ValueError(
                f"D judges packs of {n} points, and D(x) of one point is not defined: packing "
                "must be 1 for that"
            )
        D = cast(MLP, self.D)
        net, center, scale = D.at(member), self.center, self.scale
        curve = self.curve(D, member, lambda x: net((x - center) / scale))
        curve.kinks = center + scale * curve.kinks
        return curve

    def on_the_line(self) -> None:
        if self.recipe.data.dim != 1:
            raise ValueError(
                "a curve needs data on the line, and this recipe's are "
                + where_they_are(self.recipe.data)
            )

    def curve(self, player: MLP, member: int, function: Callable) -> Curve:
        linear = player.activation in PIECEWISE_LINEAR
        return Curve(function, player.kinks(member) if linear else np.empty(0), linear)
