"""Algorithm 1 of Goodfellow et al. 2014: k steps of D, one of G, again and again.

A training moves only when it is asked to, and all that changes lies in it: a deep copy is a
snapshot, which goes on bit for bit like the original. It knows nothing of pictures or of who
is watching; what a file of it holds is `saved`. Both players descend (see `losses`); both work in
D's own units, which are those of the data unless the recipe standardises; everything handed out
is in data units.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from gan_lab.core.ambient import undisturbed
from gan_lab.core.random_streams import Domain
from gan_lab.core.validation import whole_from
from gan_lab.training import saved
from gan_lab.training.divergence_guard import DivergenceGuard, Moved
from gan_lab.training.memory import kept_for_move, within_memory
from gan_lab.training.objective import BLUR_FOR_D, Objective
from gan_lab.training.optimizers import blend, flat_gradient
from gan_lab.training.stopping import breakable, must_end
from gan_lab.training.views import Views


class Line(NamedTuple):
    """A line of Algorithm 1 and what it made. None where a line makes no such thing.

    Parameters
    ----------
    name : str
        Which line.
    z : Tensor of shape (members, m, latent_dim), optional
        The noise that was drawn.
    x : Tensor of shape (members, m, dim), optional
        G(z) or data, in data units.
    loss : Tensor of shape (members,), optional
        The mover's, before its move.

    References
    ----------
    Goodfellow et al. 2014, Algorithm 1.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> game = Training(Recipe(G=(4,), D=(4,), m=8, k=1), device="cpu")
    >>> [line.name for line in game.lines()]
    ['sample noise for D', 'sample data for D', 'move D', 'sample noise for G', 'move G']
    """

    name: str
    z: Tensor | None = None
    x: Tensor | None = None
    loss: Tensor | None = None


class Training(Objective, DivergenceGuard, Views):
    """Train a GAN by Algorithm 1: a game of pairs (G, D), each playing only within its pair.

    Its moves are here; what else it does is of `State` (its rules, `change`), `Objective` (what a
    move costs), `DivergenceGuard` and `Views` (`generate`, `logit`, `p_g`, ...).

    A game, a move or a change that does not fit into memory is a ValueError in one sentence. On a
    card the game then stands as it was, and can go on.

    Parameters
    ----------
    recipe : Recipe
        All that decides the game; `recipe.members` pairs play.
    device : str or torch.device
        "auto" is CUDA where there is one and the game is large enough; see `resolve_device`.
    compiled : bool
        Whether moves are compiled (a wait of half a minute at the start, and after a change of more
        than numbers) or, on a CUDA card, captured.

    Attributes
    ----------
    t : int
        The iterations completed.
    turn : {"start", "D", "G"}
        Who moved last.
    steps : int
        How often D has moved in the iteration under way.
    loss_D, loss_G : Tensor of shape (members,)
        The costs at each player's last move, before it and without penalties (in nats where D's
        output is a logit); nan before the first.
    average : MLP or None
        G with the averaged weights.
    whole : bool
        False after a move that broke off in the middle of changing the game.
    stopped : str or None
        Which members diverged, in words: their last good weights are kept, and the others play on.
    backend : object
        What computes this run, from beginning to end unless other rules cannot be had that way;
        `backend.note` says why, where that is not what was asked for.

    Raises
    ------
    ValueError
        In one sentence, for what is no recipe, for a device that is not there, and for a game that
        does not fit into memory.

    References
    ----------
    Goodfellow et al. 2014, Algorithm 1.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> game = Training(Recipe(G=(4,), D=(4,), m=8), device="cpu")
    >>> for game in game.play(2):
    ...     game.loss_D.shape
    torch.Size([1])
    torch.Size([1])
    >>> game.generate([[0.0], [1.0]]).shape
    torch.Size([1, 2, 1])
    """

    def play(self, iterations: int) -> Iterator[Training]:
        """Run Algorithm 1, handing back the game after each iteration.

        Parameters
        ----------
        iterations : int
            How many.

        Yields
        ------
        Training
            This game.

        Examples
        --------
        >>> from gan_lab import Recipe, Training
        >>> game = Training(Recipe(G=(4,), D=(4,), m=8, k=1), device="cpu")
        >>> [now.t for now in game.play(3)]
        [1, 2, 3]
        """
        for _ in self.half_steps(iterations):
            if self.turn == "G":
                yield self

    @property
    def D_is_due(self) -> bool:
        """Whether D has steps left in this iteration, k of them in every k_G-th."""
        k, k_G = self.recipe.k, self.recipe.k_G
        return self.steps < k and self.t % k_G == 0 and not self.over

    def half_steps(self, iterations: int) -> Iterator[Training]:
        """Run Algorithm 1, handing back the game after D's k steps and again after G's.

        With k_G more than 1 some iterations are G's alone. One that D has begun is finished
        first, and counts.
        """
        for _ in range(whole_from(0, iterations, "iterations")):
            while self.D_is_due:
                self.update_discriminator()
            if self.over:
                return
            if self.turn == "D":
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
            while self.D_is_due:
                real, z = self.sampled("D")
                yield Line("sample noise for D", z=z, x=self.generate(z))
                yield Line("sample data for D", x=self.in_data_units(real))
                self.update_discriminator()
                yield Line("move D", loss=self.loss_D)
            if self.over:
                return
            _, z = self.sampled("G")
            yield Line("sample noise for G", z=z, x=self.generate(z))
            self.update_generator()
            yield Line("move G", loss=self.loss_G)

    @within_memory()
    @breakable
    def sampled(self, player: str) -> tuple[Tensor | None, Tensor]:
        """The data and the noise that this player's next move uses."""
        if player == "G":
            return self.minibatches.for_G(self.t)
        return self.minibatches.for_D(self.t, self.steps)

    @undisturbed
    @within_memory(kept=kept_for_move("D"))
    @breakable
    def update_discriminator(self) -> None:
        """One step of D: down the gradient of its loss and penalties; of minimax, up that of V."""
        if self.over:
            return
        real, z = self.minibatches.for_D(self.t, self.steps)
        moved = self.backend.move(self, "D", real, z)
        self.loss_D = self.check_finite(self.D, moved, self.loss_D)
        self.constrain()
        self.steps, self.turn, self.whole = self.steps + 1, "D", True

    def move_D(self, real: Tensor, z: Tensor) -> Moved:
        """D's step on one minibatch. No branch hangs on a tensor: a backend may capture it."""
        with torch.no_grad():
            fake = self.made(z)
        real, fake = self.augment(real, fake, BLUR_FOR_D, self.steps)
        loss, penalty = self.objective_D(self.D, real, fake, (Domain.BETWEEN_FOR_D, self.steps))
        return self.descend(self.D, self.optimizer_D, "lr_D", loss, loss + penalty)

    @undisturbed
    @within_memory(kept=kept_for_move("G"))
    @breakable
    def update_generator(self) -> None:
        """One step of G, which ends the iteration."""
        if self.over:
            return
        real, z = self.minibatches.for_G(self.t)
        self.loss_G = self.check_finite(self.G, self.backend.move(self, "G", real, z), self.loss_G)
        if self.average is not None:
            with torch.no_grad():
                blend(self.average.flat, self.G.flat, 1.0 - self.number("ema"))
        self.t, self.steps, self.turn, self.whole = self.t + 1, 0, "G", True

    def move_G(self, real: Tensor | None, z: Tensor) -> Moved:
        """G's step on one minibatch, as `move_D`."""
        loss = self.objective_G(real, z)
        return self.descend(self.G, self.optimizer_G, "lr_G", loss, loss)

    def descend(self, player, optimizer, rate: str, loss: Tensor, cost: Tensor) -> Moved:
        """Move a player down the gradient of its cost.

        Member i's cost ignores member j's weights, so the gradient of the sum holds every
        member's own gradient and nothing else.
        """
        gradient = flat_gradient(cost.sum(), player)
        must_end()
        with torch.no_grad():
            before, self.whole = player.flat.clone(), False
            player.flat.sub_(optimizer.step(gradient, self.number(rate)))
            loss, cost = loss.detach(), cost.detach()
            return Moved(before, loss, cost, player.flat.sum() + cost.sum())

    def save(self, path) -> None:
        """Write this game to a file, with which `load` goes on; see `training.saved`.

        Parameters
        ----------
        path : str or path
            The file.

        Raises
        ------
        ValueError
            For a game that broke off in the middle of a move.
        """
        saved.write(self, path)

    @staticmethod
    def load(path, device: str | torch.device = "auto", compiled: bool = False) -> Training:
        """The game in a file that `save` wrote, which goes on bit for bit on the same device.

        Parameters
        ----------
        path : str or path
            The file.
        device : str or torch.device
            As for a new `Training`.
        compiled : bool
            As for a new `Training`.

        Returns
        -------
        Training
            As it was saved.

        Raises
        ------
        ValueError
            In one sentence, for a file that is anything else.
        """
        return saved.training_from(Training, path, device, compiled)
