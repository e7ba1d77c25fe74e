"""Algorithm 1 of Goodfellow et al. 2014: k steps of D, one of G, again and again.

A training moves only when it is asked to, and all that changes lies in it: a deep copy is a
snapshot, which goes on bit for bit like the original. It knows nothing of pictures, files
or who is watching. Both players descend (see `losses`); both work in D's own units, which
are those of the data unless the recipe standardises; everything handed out is in data units.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from gan_lab import theory
from gan_lab.ambient import undisturbed
from gan_lab.data import Minibatches
from gan_lab.losses import CONSTRAINTS, LOSSES, PENALTIES, softened
from gan_lab.memory import POINTS, kept_for_change, kept_for_move, within_memory
from gan_lab.networks import MLP, PIECEWISE_LINEAR
from gan_lab.optimizers import OPTIMIZERS, Optimizer, blend, on, with_axes
from gan_lab.paths import path
from gan_lab.recipe import Recipe
from gan_lab.refusals import array, quoted, whole_from
from gan_lab.streams import Purpose, Stream

BUILT_IN = (
    "data", "latent_dim", "G", "D", "gain", "standardise", "members", "seed", "dtype",
    "packing",
)
"""The fields of a recipe that a running game cannot change."""

BLUR_FOR_D = (Purpose.BLUR_DATA_FOR_D, Purpose.BLUR_FAKE_FOR_D)
BLUR_FOR_G = (Purpose.BLUR_DATA_FOR_G, Purpose.BLUR_FAKE_FOR_G)

# glibc returns large freed blocks to the system, and the next iteration pays a page fault for
# every 4 KiB of them. It stops doing so once a block of nearly 32 MiB has been freed.
torch.empty(31 * 2**20, dtype=torch.uint8, device="cpu")

LATENTS = {
    "gaussian": theory.gaussian(0.0, 1.0),
    "uniform": theory.uniform(-1.0, 1.0),
    "bernoulli": theory.pmf([0.0, 1.0], [0.5, 0.5]),
}


CUDA_FROM = 10**7
"""The `multiplications` of a game from which the device "auto" is a card: below them its time goes
into starting kernels. An estimate: no card has been measured yet. `make gpu` measures it and
writes benchmarks/gpu/crossover.json, whose number this is; a test holds one against the other."""


def place(device: str | torch.device, recipe: Recipe | None = None) -> torch.device:
    """The device of that name; "auto" is CUDA where there is one and the game is large enough."""
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


def shapes(recipe: Recipe) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The widths of G and of D, from input to output."""
    dim = recipe.data.dim
    return (recipe.latent_dim, *recipe.G, dim), (recipe.packing * dim, *recipe.D, 1)


class Line(NamedTuple):
    """A line of Algorithm 1 and what it made.

    `z` (members, m, latent_dim) was drawn, `x` (members, m, dim) is G(z) or data, in data units;
    `loss` (members,) was the mover's, before its move. None where a line makes no such thing.
    """

    name: str
    z: Tensor | None = None
    x: Tensor | None = None
    loss: Tensor | None = None


class Moved(NamedTuple):
    """What a move leaves behind: the weights before it, and the mover's loss and cost there.

    `total` is finite where every weight and cost is.
    """

    before: Tensor
    loss: Tensor
    cost: Tensor
    total: Tensor


class Curve:
    """A player as a float64 function of one number, in data units, with what is known of it.

    `kinks` are the inputs where its slope may jump; `linear` promises that it is linear
    between them and beyond. A smooth network has no kinks and is not linear.
    """

    def __init__(self, function: Callable, kinks: np.ndarray, linear: bool):
        self.function, self.kinks, self.linear = function, kinks, linear

    def __call__(self, x):
        return self.function(array(x, "the input of a curve"))

    def pushed(self, p_z: theory.Density) -> theory.Density:
        """The law of this function of z, for z from p_z."""
        return theory.pushforward(
            self, p_z, kinks=self.kinks, linear=self.linear, rough=True
        )


class Training:
    """A game of `recipe.members` pairs (G, D), each playing only within its pair.

    `t` counts the iterations completed, `turn` says who moved last ("start", "D" or "G") and
    `steps` how often D has moved in the iteration under way. `loss_D` and `loss_G` (members,)
    are the costs at each player's last move, before it and without penalties (in nats where D's
    output is a logit); nan before the first. `average` is None, or G with the averaged weights.
    `stopped` is None, or says in words which members diverged: their last good weights are kept,
    and the others play on. With `compiled` its moves are compiled (a wait of half a minute at the
    start, and after a change of more than numbers) or, on a CUDA card, captured; `path` says what
    computes this run, from beginning to end unless other rules cannot be had that way, and
    `path.note` why, where that is not what was asked for.

    A game, a move or a change that does not fit into memory is a ValueError in one sentence. On a
    card the game then stands as it was, and can go on.
    """

    @undisturbed
    def __init__(
        self, recipe: Recipe, device: str | torch.device = "auto", compiled: bool = False
    ):
        if not isinstance(recipe, Recipe):
            raise ValueError(f"a training needs a Recipe, not {quoted(recipe)}")
        self.recipe, self.t = recipe, 0
        self.device, self.members = place(device, recipe), recipe.members
        self.dtype = getattr(torch, recipe.dtype)
        self.begin(recipe, compiled)

    @within_memory()
    def begin(self, recipe: Recipe, compiled: bool) -> None:
        """Everything that has a size: weights, optimizers, minibatches."""
        self.center, self.scale = self.units(recipe)
        if isinstance(self.center, tuple):
            self.center = torch.tensor(self.center, dtype=self.dtype, device=self.device)
        self.stream = Stream(recipe.seeds, self.device)
        act, (of_G, of_D) = recipe.activation, shapes(recipe)
        gain = self.number("gain", 3)
        self.G = MLP(of_G, act, self.stream, Purpose.G_WEIGHTS, self.dtype, gain)
        self.D = MLP(of_D, act, self.stream, Purpose.D_WEIGHTS, self.dtype)
        self.optimizer_G = self.optimizer_D = self.average = None
        self.p_data = recipe.data.density()
        self.steps, self.turn, self.stopped = 0, "start", None
        self.obey(recipe)
        self.loss_D = torch.full((self.members,), math.nan, dtype=self.dtype, device=self.device)
        self.loss_G = self.loss_D.clone()
        self.lost: dict[int, int] = {}  # member -> the iteration in which it diverged
        self.before = None
        self.path = path(self, compiled)

    @staticmethod
    def units(recipe: Recipe) -> tuple[float | tuple[float, ...], float]:
        """What stands for 0 and for 1 in D's units, in those of the data."""
        return (recipe.data.mean, recipe.data.sd) if recipe.standardise else (0.0, 1.0)

    def obey(self, recipe: Recipe) -> None:
        """Play by this recipe from now on: all that it says and that is not in `BUILT_IN`."""
        self.recipe = recipe
        G_sees_data = LOSSES[recipe.loss].G_sees_data or recipe.unrolled > 0
        self.minibatches = Minibatches(recipe, self.stream, *self.units(recipe), G_sees_data)
        self.p_z = LATENTS[recipe.latent]  # of each coordinate of z
        self.optimizer_G = self.optimizer(self.G, self.optimizer_G)
        self.optimizer_D = self.optimizer(self.D, self.optimizer_D)
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
        an average that is newly asked for, begin here. D obeys a new constraint at once. Raises
        ValueError, and changes nothing, for what is no recipe and for what is in `BUILT_IN`.
        """
        recipe = self.recipe.but(**changes)
        for name in BUILT_IN:
            if getattr(recipe, name) != getattr(self.recipe, name):
                raise ValueError(
                    f"{name} is built into a running game: start a new one to change it"
                )
        self.obey(recipe)

    def optimizer(self, player: MLP, now: Optimizer | None) -> Optimizer:
        """The recipe's optimizer for one player: the present one, if it is of that kind."""
        make = OPTIMIZERS[self.recipe.optimizer]
        settings = {name: self.number(name) for name in make.SETTINGS}
        if type(now) is not make:
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
            return value * 0.5 * (1.0 + math.cos(math.pi * self.share_done))
        return value

    @property
    def share_done(self) -> float:
        """How much of the recipe's length lies behind, from 0 to 1."""
        return min(1.0, self.t / self.recipe.iterations)

    def play(self, iterations: int) -> Iterator[Training]:
        """Run Algorithm 1, handing back the game after each iteration."""
        for _ in self.turns(iterations):
            if self.turn == "G":
                yield self

    def turns(self, iterations: int) -> Iterator[Training]:
        """Run Algorithm 1, handing back the game after D's k steps and again after G's.

        An iteration that D has begun is finished first, and counts.
        """
        for _ in range(whole_from(0, iterations, "iterations")):
            while self.steps < self.recipe.k and not self.over:
                self.update_discriminator()
            if self.over:
                return
            yield self
            self.update_generator()
            if self.over:
                return
            yield self

    def lines(self, iterations: int = 1) -> Iterator[Line]:
        """Run Algorithm 1 a line at a time, handing back each line after it was done.

        The minibatches of a line that samples are the very ones that the next move uses (without
        its instance noise).
        """
        for _ in range(whole_from(0, iterations, "iterations")):
            while self.steps < self.recipe.k and not self.over:
                real, z = self.sampled("D")
                yield Line("sample noise for D", z=z, x=self.generate(z))
                yield Line("sample data for D", x=self.center + self.scale * real)
                self.update_discriminator()
                yield Line("move D", loss=self.loss_D)
            if self.over:
                return
            _, z = self.sampled("G")
            yield Line("sample noise for G", z=z, x=self.generate(z))
            self.update_generator()
            yield Line("move G", loss=self.loss_G)

    @within_memory()
    def sampled(self, player: str) -> tuple[Tensor | None, Tensor]:
        """The data and the noise that this player's next move uses."""
        if player == "G":
            return self.minibatches.for_G(self.t)
        return self.minibatches.for_D(self.t, self.steps)

    @property
    def over(self) -> bool:
        """Whether every member has diverged."""
        return len(self.lost) == self.members

    @undisturbed
    @within_memory(kept=kept_for_move("D"))
    def update_discriminator(self) -> None:
        """One step of D: up the gradient of V, less the penalties'."""
        if self.over:
            return
        real, z = self.minibatches.for_D(self.t, self.steps)
        moved = self.path.move(self, "D", real, z)
        self.loss_D = self.settled(self.D, moved, self.loss_D)
        self.constrain()
        self.steps, self.turn = self.steps + 1, "D"

    def move_D(self, real: Tensor, z: Tensor) -> Moved:
        """D's step on one minibatch: arithmetic of tensors, and no decision that they make."""
        with torch.no_grad():
            fake = self.G(z)
        real, fake = self.given_to_D(real, fake, BLUR_FOR_D, self.steps)
        loss, penalty = self.cost_of_D(self.D, real, fake, (Purpose.BETWEEN_FOR_D, self.steps))
        return self.descend(self.D, self.optimizer_D, "lr_D", loss, loss + penalty)

    def cost_of_D(self, D: MLP, real: Tensor, fake: Tensor, between) -> tuple:
        """D's loss and its penalties, each (members,), from one pass over all points.

        `between` (purpose, step) counts the draws that a penalty between the minibatches needs.
        """
        strengths = {n: g for n in PENALTIES if on(g := self.number(n, 1))}
        points, m = {"real": real, "fake": fake}, real.shape[1]
        if any(PENALTIES[n].at == "between" for n in strengths):
            points["between"] = self.between(real, fake, *between)
        x = torch.cat(list(points.values()), dim=1)
        logit, slope = D.with_slope(x) if strengths else (D(x).squeeze(-1), None)
        loss = LOSSES[self.recipe.loss].D(logit[:, :m], logit[:, m : 2 * m])
        if on(smoothing := self.number("smoothing", 1)):
            loss = loss + softened(logit[:, :m], smoothing)
        if not strengths:
            return loss, 0.0
        at = dict(zip(points, slope.split(m, dim=1), strict=True))
        costs = (g * PENALTIES[n].of(at[PENALTIES[n].at]) for n, g in strengths.items())
        return loss, sum(costs)

    def given_to_D(self, real: Tensor | None, fake: Tensor, purposes, step=0) -> tuple:
        """Both minibatches as D is given them in a step: with instance noise, and in packs."""
        pairs = zip((real, fake), purposes, strict=True)
        return tuple(x if x is None else self.packed(self.blurred(x, p, step)) for x, p in pairs)

    def blurred(self, x: Tensor, purpose: Purpose, step: int) -> Tensor:
        """A minibatch with the instance noise of the present iteration."""
        if not on(sd := self.number("instance_noise", 3)):
            return x
        return x + sd * self.minibatches.drawn("normal", purpose, self.t, step, x.shape[1:])

    def packed(self, x: Tensor) -> Tensor:
        """Samples (members, m, n) side by side in packs: (members, m / packing, packing * n)."""
        n = self.recipe.packing
        return x if n == 1 else x.unflatten(1, (-1, n)).flatten(2)

    def between(self, real: Tensor, fake: Tensor, purpose: Purpose, step: int) -> Tensor:
        """u x + (1 - u) G(z), u uniform for each pair: where WGAN-GP looks at D's slope."""
        u = self.minibatches.drawn("uniform", purpose, self.t, step, (real.shape[1], 1))
        return u * real + (1.0 - u) * fake

    @torch.no_grad()
    def constrain(self) -> None:
        """Hold D's weights where the recipe's constraint wants them: from the start on."""
        for name, hold in CONSTRAINTS.items():
            if on(strength := self.number(name, 3)):
                hold(self.D.weights, self.D.biases, strength)

    @undisturbed
    @within_memory(kept=kept_for_move("G"))
    def update_generator(self) -> None:
        """One step of G, which ends the iteration."""
        if self.over:
            return
        real, z = self.minibatches.for_G(self.t)
        self.loss_G = self.settled(self.G, self.path.move(self, "G", real, z), self.loss_G)
        if self.average is not None:
            with torch.no_grad():
                blend(self.average.flat, self.G.flat, 1.0 - self.number("ema"))
        self.t, self.steps, self.turn = self.t + 1, 0, "G"

    def move_G(self, real: Tensor | None, z: Tensor) -> Moved:
        """G's step on one minibatch, in the same way."""
        loss = self.cost_of_G(real, z)
        return self.descend(self.G, self.optimizer_G, "lr_G", loss, loss)

    def cost_of_G(self, real: Tensor | None, z: Tensor) -> Tensor:
        """G's loss (members,) under the D that it faces, some steps ahead if the recipe unrolls."""
        real, fake = self.given_to_D(real, self.G(z), BLUR_FOR_G)
        D = self.unrolled(real, fake) if self.recipe.unrolled else self.D
        fake = D(fake).squeeze(-1)
        real = real if real is None else D(real).squeeze(-1)
        return LOSSES[self.recipe.loss].G(real, fake)

    def unrolled(self, real: Tensor, fake: Tensor) -> MLP:
        """D some gradient steps ahead, as a function of the G that it would answer to.

        Metz et al. 2017: G minimises its cost under the D that follows, not the D that is.
        """
        D, rate = self.D, self.number("lr_D", 3)
        for step in range(self.recipe.unrolled):
            loss, penalty = self.cost_of_D(D, real, fake, (Purpose.BETWEEN_FOR_G, step))
            cost = (loss + penalty).sum()
            gradient = torch.autograd.grad(cost, D.parameters, create_graph=True)
            D = D.moved([rate * g for g in gradient])
        return D

    def descend(self, player, optimizer, rate: str, loss: Tensor, cost: Tensor) -> Moved:
        """Move a player down the gradient of its cost.

        Member i's cost ignores member j's weights, so the gradient of the sum holds every
        member's own gradient and nothing else.
        """
        gradient = torch.autograd.grad(cost.sum(), player.parameters)
        gradient = torch.cat([g.flatten(1) for g in gradient], dim=1)
        with torch.no_grad():
            before = player.flat.clone()
            player.flat.sub_(optimizer.step(gradient, self.number(rate)))
            loss, cost = loss.detach(), cost.detach()
            return Moved(before, loss, cost, player.flat.sum() + cost.sum())

    def settled(self, player: MLP, moved: Moved, old_loss: Tensor) -> Tensor:
        """The mover's loss, after a look at whether its move ended well."""
        before, loss, cost, total = moved
        if self.lost or not math.isfinite(total.item()):
            loss = self.keep_the_good(player, before, loss, cost, old_loss)
        self.before = player, before
        return loss

    def keep_the_good(self, player, before, loss, cost, old_loss) -> Tensor:
        """Give members that have diverged their last good weights, and say so.

        Weights are good when the cost was finite there. A cost that is not finite condemns
        the last move before it, of either player; weights that are not, the present one.
        """
        wrong = ~cost.isfinite()
        bad = wrong | ~player.flat.isfinite().all(dim=1)
        new = {i: self.t for i in bad.nonzero().flatten().tolist() if i not in self.lost}
        if self.before is not None:
            mover, weights = self.before
            undo = [i for i in new if wrong[i]]
            (before if mover is player else mover.flat)[undo] = weights[undo]
        self.lost |= new
        gone = list(self.lost)
        player.flat[gone] = before[gone]
        self.stopped = self.words() if self.lost else None
        # nobody, where only the sum of finite numbers was too large
        which = torch.tensor(gone, dtype=torch.int64, device=loss.device)
        return loss.index_copy(0, which, old_loss[which])

    def words(self) -> str:
        """What became of the members that diverged, and what may help."""
        which = ", ".join(f"member {i} in iteration {t + 1}" for i, t in sorted(self.lost.items()))
        return (
            f"diverged (a loss or a weight was no longer finite): {which}; the last good "
            "weights are kept. Try smaller lr_D and lr_G, or another r1."
        )

    @undisturbed
    @within_memory(POINTS)
    @torch.no_grad()
    def generate(self, z, averaged: bool = False) -> Tensor:
        """G(z) in data units, (members, n, data.dim), of z (n, latent_dim), one for all or each.

        `averaged` asks for the generator of the averaged weights; ValueError where there is none.
        """
        z = self.tensor(z, self.recipe.latent_dim, "z")
        G = self.kept_average() if averaged else self.G
        return self.center + self.scale * G(z)

    def kept_average(self) -> MLP:
        if self.average is None:
            raise ValueError("this game keeps no average of G: its recipe needs an ema, say 0.99")
        return self.average

    @undisturbed
    def __deepcopy__(self, memo) -> Training:
        other = copy.copy(self)
        memo[id(self)] = other
        vars(other).update(copy.deepcopy(vars(self), memo))
        return other

    def averaged(self) -> Training:
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
    def logit(self, x) -> Tensor:
        """D's output, (members, n), at x in data units: (n, data.dim) or of each member.

        It is log D/(1 - D) in the games of Goodfellow, and what `Loss.best` says in others.
        Where the recipe packs, the last axis of x is a pack: its points one after another.
        """
        n, dim = self.recipe.packing, self.recipe.data.dim
        x = self.tensor(x, n * dim, "x").unflatten(-1, (n, dim))
        return self.D(((x - self.center) / self.scale).flatten(-2)).squeeze(-1)

    def tensor(self, points, dim: int, name: str) -> Tensor:
        if not isinstance(points, Tensor):
            points = array(points, name)
        elif points.is_complex():
            raise ValueError(f"{name} must be real numbers, not complex ones")
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
        """G of one member as it is now, float64: z (n, latent_dim) -> x (n, data.dim)."""
        net, scale, dim = self.G.at(member), self.scale, self.recipe.data.dim
        latent_dim = self.recipe.latent_dim
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
        net, center, scale = self.G.at(member), self.center, self.scale
        return self.curve(self.G, member, lambda z: center + scale * net(z))

    def p_g(self, member: int = 0) -> theory.Density:
        """The law of one member's G(z) as it is now, for z from p_z. Both must be one number."""
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
        net, center, scale = self.D.at(member), self.center, self.scale
        curve = self.curve(self.D, member, lambda x: net((x - center) / scale))
        curve.kinks = center + scale * curve.kinks
        return curve

    def on_the_line(self) -> None:
        if self.recipe.data.dim != 1:
            raise ValueError("a curve needs data on the line, and this recipe's are in the plane")

    def curve(self, player: MLP, member: int, function: Callable) -> Curve:
        linear = player.activation in PIECEWISE_LINEAR
        return Curve(function, player.kinks(member) if linear else np.empty(0), linear)
