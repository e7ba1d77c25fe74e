"""What a loss is, and whether one that a reader wrote is one: it is tried on a few outputs of D."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from gan_lab.core import torch
from gan_lab.core.ambient import undisturbed
from gan_lab.core.validation import quoted

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, repr=False)
class Loss:
    """A loss of a GAN: the costs of D and of G, as functions of D's outputs.

    A row of `LOSSES`, or one of your own, which a recipe takes as it takes a name. Outputs are
    tensors (members, m), costs (members,): means over the last axis, each of its own member alone.
    The costs are pure functions of the outputs, nothing random and nothing that changes. Both
    players descend.

    It prints as code where its functions have names. It can be played, recorded and swept; JSON,
    links and the page carry names of `LOSSES` alone, and refuse it in a sentence.

    Parameters
    ----------
    D, G : callable
        `D(real, fake)` and `G(real, fake)`: D's outputs on the data and on G(z) in, costs out.
    best : callable, optional
        D's best output where log(p_data/p_g) is l, and so what an output is: the logit itself for
        the games of Goodfellow, something else in others; None where D has no best output without
        a constraint. (A relativistic D is determined only up to a constant that is added.)
    labels : bool
        Whether D is a classifier by cross entropy: its output is the logit of a probability, which
        Figure 1 can draw, and its label of the data can be softened.
    G_sees_data : bool
        Where it is False the generator's cost ignores `real`, which is None.
    name : str
        How sentences and tables call it.
    words : str
        How a menu does, where that is not the name.

    Raises
    ------
    ValueError
        For parts that are no functions, truths or text. What its functions give is tried when a
        recipe takes it.

    Examples
    --------
    >>> from gan_lab import Recipe
    >>> from gan_lab.training import Loss
    >>> def to_labels(real, fake):
    ...     return 0.5 * ((real - 1).square().mean(-1) + fake.square().mean(-1))
    >>> def to_one(real, fake):
    ...     return 0.5 * (fake - 1).square().mean(-1)
    >>> Recipe(loss=Loss(to_labels, to_one, name="least squares to 0 and 1"))
    Recipe(loss=Loss(D=to_labels, G=to_one, name='least squares to 0 and 1'))
    """

    D: Callable[[Tensor, Tensor], Tensor]
    G: Callable[[Any, Tensor], Tensor]  # None, or a Tensor where `G_sees_data`
    best: Callable[[Tensor], Tensor] | None = None
    labels: bool = False
    G_sees_data: bool = False
    name: str = ""
    words: str = ""

    def __post_init__(self):
        check_words(self)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        said = ((f.name, getattr(self, f.name), f.default) for f in fields(self))
        parts = (f"{name}={as_code(value)}" for name, value, usual in said if value != usual)
        return f"Loss({', '.join(parts)})"


def as_code(value) -> str:
    """A part of a loss as code, as far as that is possible: a function by its name, else `...`."""
    if not callable(value):
        return repr(value)
    name = getattr(value, "__name__", "...")
    return name if name.isidentifier() else "..."


def gone(real, fake):
    """Stands for the costs of a loss of which a file holds the name alone."""
    raise ValueError(
        "the code of this game's loss is not in the file that its recipe comes from: give it "
        "anew, as in recipe.but(loss=mine)"
    )


MEMBERS, M = 2, 4
WANTED = f"the mean over the last axis: ({MEMBERS},) of outputs ({MEMBERS}, {M})"


def check_words(loss) -> None:
    """Refuse a loss whose parts are of the wrong kind. ValueError, in one sentence."""
    for part in ("D", "G", "best"):
        value = getattr(loss, part)
        if not callable(value) and (part != "best" or value is not None):
            raise ValueError(f"{part} of a loss must be a function, not {quoted(value)}")
    for part in ("labels", "G_sees_data"):
        if not isinstance(getattr(loss, part), bool):
            raise ValueError(
                f"{part} of a loss must be True or False, not {quoted(getattr(loss, part))}"
            )
    for part in ("name", "words"):
        if not isinstance(getattr(loss, part), str):
            raise ValueError(f"{part} of a loss must be text, not {quoted(getattr(loss, part))}")


@undisturbed
def check_costs(loss) -> None:
    """Refuse a loss whose functions are no costs of two members. ValueError, in one sentence."""
    outputs = torch.linspace(-1.0, 1.0, MEMBERS * M, dtype=torch.float32, device="cpu")
    fake = outputs.view(MEMBERS, M).clone().requires_grad_()
    real = fake.detach().flip(1).requires_grad_()
    check_cost(loss, "D", loss.D, real, fake)
    check_cost(loss, "G", loss.G, real if loss.G_sees_data else None, fake)


def check_cost(loss, player: str, cost: Callable, real, fake) -> None:
    name = f"{player}'s cost in the loss {quoted(loss.name)}"
    try:
        value = cost(real, fake)
    except Exception as error:
        unseen = " (real is None unless G_sees_data is True)" if real is None else ""
        said = f"{type(error).__name__}: {error}"
        raise ValueError(f"{name} raised {quoted_words(said)}{unseen}") from None
    if not isinstance(value, torch.Tensor):
        raise ValueError(f"{name} must be a tensor, {WANTED}, not {quoted(value)}")
    if value.shape != (MEMBERS,):
        raise ValueError(f"{name} must be {WANTED}, and its shape is {tuple(value.shape)}")
    if value.dtype != fake.dtype:
        raise ValueError(f"{name} must have the dtype of D's outputs, and not {value.dtype}")
    if not value.isfinite().all():
        raise ValueError(f"{name} must be finite, and at outputs from -1 to 1 it is not")
    check_slope(name, value, fake)


def check_slope(name: str, value, fake) -> None:
    """Refuse a cost without a gradient, and one in which a member's depends on another's."""
    if not value.requires_grad:
        raise ValueError(f"{name} must have a gradient, and it does not depend on D's outputs")
    (slope,) = torch.autograd.grad(value[0], fake, allow_unused=True)
    if slope is None:
        raise ValueError(f"{name} must depend on D's outputs at G's points, which it does not")
    if not slope.isfinite().all():
        raise ValueError(f"{name} must have a finite slope, and at outputs from -1 to 1 it has not")
    if slope[1:].any():
        raise ValueError(f"{name} must be of each member alone, and one's depends on another's")


def quoted_words(text: str) -> str:
    """What an error said, on one line and without a stop of its own."""
    return " ".join(text.split()).rstrip(".")
