"""Flow matching on the line: a network learns the velocity that carries noise to data.

There is one network and no game. A minibatch is pairs of a z and an x, drawn independently, and a
time t for each; at x_t = (1 - t) z + t x the network is to answer x - z, by least squares. What it
can answer best is the mean of x - z given x_t (Lipman et al. 2023, Liu et al. 2023, Albergo and
Vanden-Eijnden 2023). It takes its data, sizes and seeds from the recipe of a game.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import cast

import numpy as np
import torch
from torch import Tensor

from gan_lab.core.ambient import undisturbed
from gan_lab.core.random_streams import Domain, Stream
from gan_lab.core.validation import number_between, quoted, whole_from
from gan_lab.datasets.minibatches import FOR_G, draw
from gan_lab.distributions import Distribution
from gan_lab.theory.flows import euler_map
from gan_lab.training.networks import MLP
from gan_lab.training.optimizers import Adam, cosine, flat_gradient
from gan_lab.training.recipe import Recipe

AHEAD = 50
"""Minibatches that are drawn at once."""


class FlowMatching:
    """Train a flow on straight paths by conditional flow matching (Lipman et al. 2023).

    The velocity is a perceptron of (x, t) with the hidden layers that the recipe gives to G, and it
    works in the units of the data: mean 0 and standard deviation 1.

    Parameters
    ----------
    recipe : Recipe
        Data on the line, hidden layers and activation of G, m, and the seeds; the rest is of games.
    steps : int
        How many minibatches it is to learn from, over which the learning rate falls to 0.
    rate : float
        The learning rate at first.

    Attributes
    ----------
    t : int
        The minibatches that it has learned from.

    Raises
    ------
    ValueError
        In one sentence, for data that are not on the line and for what is no number.

    References
    ----------
    Lipman et al. 2023, Equation 9; Liu et al. 2023.

    Examples
    --------
    >>> from gan_lab import Recipe
    >>> from gan_lab.training import FlowMatching
    >>> flow = FlowMatching(Recipe(G=(4,), D=(4,), m=8, members=2), steps=10)
    >>> for flow in flow.learn(10):
    ...     pass
    >>> flow.map(member=1, steps=4)([-1.0, 0.0, 1.0]).shape
    (3,)
    """

    @undisturbed
    def __init__(self, recipe: Recipe, steps: int, rate: float = 3e-3):
        if not isinstance(recipe, Recipe) or not isinstance(recipe.data, Distribution):
            raise ValueError(f"flow matching needs a recipe on the line, not {quoted(recipe)}")
        self.recipe, self.t = recipe, 0
        self.steps = whole_from(1, steps, "steps")
        self.rate = number_between(0, math.inf, rate, "rate")
        self.stream = Stream(recipe.seeds)
        self.dtype = getattr(torch, recipe.dtype)
        widths = [2, *recipe.G, 1]
        self.velocity = MLP(widths, recipe.activation, self.stream, Domain.G_WEIGHTS, self.dtype)
        self.optimizer = Adam(self.velocity.flat)

    def learn(self, steps: int) -> Iterator[FlowMatching]:
        """Learn from so many minibatches, handing back the flow after each.

        Parameters
        ----------
        steps : int
            How many.

        Yields
        ------
        FlowMatching
            This flow.
        """
        end = self.t + whole_from(0, steps, "steps")
        while self.t < end:
            for x, z, t in zip(*self.drawn(range(self.t, min(end, self.t + AHEAD))), strict=True):
                self.descend_squares(x, z, t)
                self.t += 1
                yield self

    def drawn(self, times: range) -> tuple[Tensor, Tensor, Tensor]:
        """x, z and t of several minibatches, each (times, members, m, 1); no game draws these."""
        data, shape = cast(Distribution, self.recipe.data), (self.recipe.m, 1)
        x = (draw(data, self.stream, FOR_G, times, self.recipe.m) - data.mean) / data.sd
        z = self.stream.normal(Domain.NOISE_FOR_G, times, shape)
        t = self.stream.uniform(Domain.BETWEEN_FOR_G, times, shape)
        return x.to(self.dtype), z.to(self.dtype), t.to(self.dtype)

    @undisturbed
    def descend_squares(self, x: Tensor, z: Tensor, t: Tensor) -> None:
        """One step down the mean square of what the velocity lacks to x - z, at x_t."""
        at = torch.cat([(1 - t) * z + t * x, t], -1)
        cost = (self.velocity(at) - (x - z)).square().mean((1, 2)).sum()
        gradient = flat_gradient(cost, self.velocity)
        rate = self.rate * cosine(min(1.0, self.t / self.steps))
        with torch.no_grad():
            self.velocity.flat.sub_(self.optimizer.step(gradient, rate))

    def map(self, member: int = 0, steps: int = 64) -> Callable[[np.ndarray], np.ndarray]:
        """z to x of one member, in data units, by so many Euler steps, float64.

        Parameters
        ----------
        member : int
            Which member.
        steps : int
            A sample costs as many evaluations of the network.

        Returns
        -------
        callable
            Of an array of z; the same shape.
        """
        net, data = self.velocity.at(member), cast(Distribution, self.recipe.data)
        G = euler_map(lambda x, t: net(np.stack([x, np.full(x.shape, t)], -1)), steps)
        return lambda z: data.mean + data.sd * G(z)
