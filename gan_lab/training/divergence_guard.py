"""The guard against divergence: a member whose numbers are no longer finite stops by itself.

It keeps its last good weights, and the others play on.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor

from gan_lab.training.state import Network, State


class Moved(NamedTuple):
    """What a move leaves behind: the weights before it, and the mover's loss and cost there.

    `total` is finite where every weight and cost is.
    """

    before: Tensor
    loss: Tensor
    cost: Tensor
    total: Tensor


class DivergenceGuard(State):
    """What a game does where a move ended badly.

    `diverged_at` {member: iteration} are those that diverged, `stopped` says so in words, and
    `before` (player, weights) is what the last move started from.
    """

    @property
    def over(self) -> bool:
        """Whether every member has diverged."""
        return len(self.diverged_at) == self.members

    def check_finite(self, player: Network, moved: tuple[Tensor, ...], old_loss: Tensor) -> Tensor:
        """The mover's loss, after a look at whether its move, as in `Moved`, ended well."""
        before, loss, cost, total = moved
        if self.diverged_at or not math.isfinite(total.item()):
            loss = self.restore_diverged(player, before, loss, cost, old_loss)
        self.before = player, before
        return loss

    def restore_diverged(self, player, before, loss, cost, old_loss) -> Tensor:
        """Give members that have diverged their last good weights, and say so.

        Weights are good when the cost was finite there. A cost that is not finite condemns
        the last move before it, of either player; weights that are not, the present one.
        """
        wrong = ~cost.isfinite()
        bad = wrong | ~player.flat.isfinite().all(dim=1)
        new = {i: self.t for i in bad.nonzero().flatten().tolist() if i not in self.diverged_at}
        if self.before is not None:
            mover, weights = self.before
            undo = [i for i in new if wrong[i]]
            (before if mover is player else mover.flat)[undo] = weights[undo]
        self.diverged_at |= new
        gone = list(self.diverged_at)
        player.flat[gone] = before[gone]
        self.stopped = self.divergence_message() if self.diverged_at else None
        # nobody, where only the sum of finite numbers was too large
        which = torch.tensor(gone, dtype=torch.int64, device=loss.device)
        return loss.index_copy(0, which, old_loss[which])

    def divergence_message(self) -> str:
        """What became of the members that diverged, and what may help."""
        when = sorted(self.diverged_at.items())
        which = ", ".join(f"member {i} in iteration {t + 1}" for i, t in when)
        return (
            f"diverged (a loss or a weight was no longer finite): {which}; the last good "
            "weights are kept. Try smaller lr_D and lr_G, or another r1."
        )
