"""All that a game is at one moment: its players, their optimizers, minibatches and rules."""

from __future__ import annotations

import copy
import math
from typing import Any, Self, cast

import torch
from torch import Tensor

from gan_lab import distributions
from gan_lab.core.ambient import undisturbed
from gan_lab.core.random_streams import Domain, Stream
from gan_lab.core.validation import quoted
from gan_lab.datasets.minibatches import Minibatches
from gan_lab.training.architectures import is_plain, plans, shapes
from gan_lab.training.backends import backend
from gan_lab.training.device import may_take_long, resolve_device
from gan_lab.training.losses import CONSTRAINTS, loss_of
from gan_lab.training.memory import kept_for_change, within_memory
from gan_lab.training.networks import MLP
from gan_lab.training.optimizers import (
    AS_D,
    OPTIMIZERS,
    Optimizer,
    cosine,
    is_enabled,
    with_axes,
)
from gan_lab.training.recipe import Recipe
from gan_lab.training.schema import BUILT_IN
from gan_lab.training.stacks import Stack
from gan_lab.training.stopping import breakable, must_end

# glibc returns large freed blocks to the system, and the next iteration pays a page fault for
# every 4 KiB of them. It stops doing so once a block of nearly 32 MiB has been freed.
torch.empty(31 * 2**20, dtype=torch.uint8, device="cpu")

Network = MLP | Stack
"""What plays: numbers in, numbers out, and all weights in one flat tensor."""

LATENTS = {
    "gaussian": distributions.gaussian(0.0, 1.0),
    "uniform": distributions.uniform(-1.0, 1.0),
    "bernoulli": distributions.pmf([0.0, 1.0], [0.5, 0.5]),
}


class State:
    """A game as it stands, between moves; a deep copy is a snapshot."""

    @undisturbed
    def __init__(self, recipe: Recipe, device: str | torch.device = "auto", compiled: bool = False):
        if not isinstance(recipe, Recipe):
            raise ValueError(f"a training needs a Recipe, not {quoted(recipe)}")
        self.recipe, self.t = recipe, 0
        self.device, self.members = resolve_device(device, recipe), recipe.members
        self.dtype = getattr(torch, recipe.dtype)
        self.begin(recipe, compiled)

    @within_memory()
    @breakable
    def begin(self, recipe: Recipe, compiled: bool) -> None:
        """Everything that has a size: weights, optimizers, minibatches."""
        center, self.scale = self.units(recipe)
        if isinstance(center, tuple):
            center = torch.tensor(center, dtype=self.dtype, device=self.device)
        self.center: float | Tensor = center
        self.stream = Stream(recipe.seeds, self.device)
        self.G, self.D = self.players(recipe)
        self.optimizer_G = self.optimizer_D = self.average = None
        self.p_data = recipe.data
        self.steps, self.turn, self.stopped = 0, "start", None
        self.apply_recipe(recipe)
        self.loss_D = torch.full((self.members,), math.nan, dtype=self.dtype, device=self.device)
        self.loss_G = self.loss_D.clone()
        self.diverged_at: dict[int, int] = {}  # member -> the iteration in which it diverged
        self.before, self.whole = None, True
        self.backend = backend(self, compiled)

    def players(self, recipe: Recipe) -> tuple[Network, Network]:
        """Both players with their first weights."""
        act, gain = recipe.activation, self.number("gain", 3)
        make, of_both = (MLP, shapes) if is_plain(recipe) else (Stack, plans)
        of_G, of_D = of_both(recipe)
        return (
            make(cast(Any, of_G), act, self.stream, Domain.G_WEIGHTS, self.dtype, gain),
            make(cast(Any, of_D), act, self.stream, Domain.D_WEIGHTS, self.dtype),
        )

    @staticmethod
    def units(recipe: Recipe) -> tuple[float | tuple[float, ...], float]:
        """What stands for 0 and for 1 in D's units, in those of the data."""
        return (recipe.data.mean, recipe.data.sd) if recipe.standardise else (0.0, 1.0)

    def apply_recipe(self, recipe: Recipe) -> None:
        """Play by this recipe from now on: all that it says and that is not in `BUILT_IN`."""
        self.recipe = recipe
        G_sees_data = loss_of(recipe.loss).G_sees_data or recipe.unrolled > 0
        self.minibatches = Minibatches(recipe, self.stream, *self.units(recipe), G_sees_data)
        self.p_z = LATENTS[recipe.latent]  # of each coordinate of z
        kind, kind_of_G = recipe.optimizer, recipe.optimizer_G
        self.optimizer_D = self.optimizer(kind, self.D, self.optimizer_D)
        self.optimizer_G = self.optimizer(
            kind if kind_of_G == AS_D else kind_of_G, self.G, self.optimizer_G
        )
        if not recipe.ema:
            self.average = None
        elif self.average is None:
            self.average = copy.deepcopy(self.G)
        for player in filter(None, (self.G, self.D, self.average)):
            player.activation = recipe.activation
        self.constrain()

    @undisturbed
    @within_memory(kept=kept_for_change)
    def change(self, **changes) -> None:
        """Go on by other rules: `change(lr_D=1e-3, loss="hinge")`.

        Weights and t stay, and so do the moments of the same optimizer; another optimizer, and
        an average that is newly asked for, begin here. D obeys a new constraint at once.

        Parameters
        ----------
        **changes
            Fields of the recipe with their new values.

        Raises
        ------
        ValueError
            For what is no recipe and for what is in `BUILT_IN`; then nothing is changed.

        Examples
        --------
        >>> from gan_lab import Recipe, Training
        >>> game = Training(Recipe(G=(4,), D=(4,)), device="cpu")
        >>> game.change(loss="hinge")
        >>> game.recipe.loss
        'hinge'
        """
        recipe = self.recipe.but(**changes)
        for name in BUILT_IN:
            if getattr(recipe, name) != getattr(self.recipe, name):
                raise ValueError(
                    f"{name} is built into a running game: start a new one to change it"
                )
        self.apply_recipe(recipe)

    def optimizer(self, kind: str, player: Network, now: Optimizer | None) -> Optimizer:
        """An optimizer for one player by the recipe: the present one, if it is of that kind."""
        make = OPTIMIZERS[kind]
        settings = {name: self.number(name) for name in make.SETTINGS}
        if now is None or type(now) is not make:
            return make(player.flat, **settings)
        vars(now).update(settings)
        return now

    def number(self, name: str, axes: int = 2) -> float | Tensor:
        """A number of the recipe as it stands in iteration t.

        A list of one for each member becomes a tensor (members, 1, ...) of so many axes.
        """
        value = getattr(self.recipe, name)
        if isinstance(value, tuple):
            value = torch.tensor(value, dtype=self.dtype, device=self.device)
        return with_axes(self.scheduled(name, value), axes)

    def scheduled(self, name: str, value: float | Tensor) -> float | Tensor:
        """The value that a number of the recipe has come to in iteration t."""
        if name == "instance_noise":
            return value * (1.0 - self.share_done)
        if name in ("lr_D", "lr_G") and self.recipe.schedule == "cosine":
            return value * cosine(self.share_done)
        return value

    @property
    def share_done(self) -> float:
        """How much of the recipe's length lies behind, from 0 to 1."""
        return min(1.0, self.t / self.recipe.iterations)

    @torch.no_grad()
    def constrain(self) -> None:
        """Hold D's weights where the recipe's constraint wants them: from the start on."""
        must_end()
        for name, hold in CONSTRAINTS.items():
            if is_enabled(strength := self.number(name, 3)):
                hold(self.D.weights, self.D.biases, strength)

    @property
    def heavy(self) -> bool:
        """Whether one move may take long, and so must be able to stop in its middle."""
        return may_take_long(self.recipe)

    @undisturbed
    def __deepcopy__(self, memo) -> Self:
        other = copy.copy(self)
        memo[id(self)] = other
        vars(other).update(copy.deepcopy(vars(self), memo))
        return other
