"""What each player minimises, as functions of the discriminator's outputs alone.

The last axis of an output is the minibatch and is averaged away; the axes before it (members
of an ensemble, points of a grid) pass through. Both players descend: where a paper says
"ascend", the sign here is the opposite. Losses, penalties and constraints are three
orthogonal tables: a penalty is a function of D's slope at stated points, a constraint changes
D's weights after its step. All in nats where an output is a logit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from gan_lab.core import torch
from gan_lab.training.loss import Loss, check_costs, gone

if TYPE_CHECKING:
    from torch import Tensor


def log_one_plus_exp(x: Tensor) -> Tensor:
    """log(1 + exp(x)) = -log sigmoid(-x)."""
    return torch.nn.functional.softplus(x)


def logsigmoid(x: Tensor) -> Tensor:
    """log sigmoid(x)."""
    return torch.nn.functional.logsigmoid(x)


def cross_entropy_loss(real: Tensor, fake: Tensor) -> Tensor:
    """-V(G, D): -E[log D(x)] - E[log(1 - D(G(z)))], Goodfellow et al. 2014, Equation 1."""
    return log_one_plus_exp(-real).mean(-1) + log_one_plus_exp(fake).mean(-1)


def softened_labels(real: Tensor, smoothing: float | Tensor) -> Tensor:
    """What the cross entropy costs more when the label of the data is 1 - smoothing, not 1.

    One-sided, Goodfellow 2016, section 4.2: D*/(1 - D*) is (1 - a) p_data / (p_g + a p_data).
    """
    return smoothing * real.mean(-1)


def minimax(real: Tensor | None, fake: Tensor) -> Tensor:
    """E[log(1 - D(G(z)))], the generator's half of Equation 1 and of Algorithm 1."""
    return -log_one_plus_exp(fake).mean(-1)


def non_saturating(real: Tensor | None, fake: Tensor) -> Tensor:
    """-E[log D(G(z))], the end of section 3: the same fixed point, stronger gradients early."""
    return log_one_plus_exp(-fake).mean(-1)


def maximum_likelihood(real: Tensor | None, fake: Tensor) -> Tensor:
    """-E[exp(logit)] / 2, Goodfellow 2016, section 3.2.4.

    With D held at the optimum while G moves, its gradient is that of KL(p_data || p_g) / 2. Its
    value there says nothing: it is -1/2 wherever p_g covers the data.
    """
    return -0.5 * fake.exp().mean(-1)


def least_squares_D(real: Tensor, fake: Tensor) -> Tensor:
    """E[(D(x) - b)^2] / 2 + E[(D(G(z)) - a)^2] / 2 with a = -1, b = 1; Mao et al. 2017."""
    return 0.5 * (real - 1.0).square().mean(-1) + 0.5 * (fake + 1.0).square().mean(-1)


def least_squares_G(real: Tensor | None, fake: Tensor) -> Tensor:
    """E[(D(G(z)) - c)^2] / 2 with c = 0.

    So that b - c = 1 and b - a = 2, the condition under which Mao et al. find a chi-squared
    divergence. The usual a = 0, b = c = 1 does not meet it.
    """
    return 0.5 * fake.square().mean(-1)


def hinge(real: Tensor, fake: Tensor) -> Tensor:
    """E[max(0, 1 - D(x))] + E[max(0, 1 + D(G(z)))]: Lim and Ye 2017; at best 2 - 2 TV."""
    return torch.relu(1.0 - real).mean(-1) + torch.relu(1.0 + fake).mean(-1)


def critic_loss(real: Tensor, fake: Tensor) -> Tensor:
    """E[D(G(z))] - E[D(x)], Arjovsky et al. 2017: unbounded unless D is held back."""
    return fake.mean(-1) - real.mean(-1)


def raise_the_score(real: Tensor | None, fake: Tensor) -> Tensor:
    """-E[D(G(z))], the generator's half of the hinge and the Wasserstein game."""
    return -fake.mean(-1)


def relativistic(real: Tensor, fake: Tensor) -> Tensor:
    """-E[log sigmoid(D(x) - D(G(z)))] over pairs, Jolicoeur-Martineau 2019."""
    return log_one_plus_exp(fake - real).mean(-1)


def relativistic_G(real: Tensor, fake: Tensor) -> Tensor:
    """-E[log sigmoid(D(G(z)) - D(x))]: the non-saturating form, that of R3GAN's code."""
    return log_one_plus_exp(real - fake).mean(-1)


@dataclass(frozen=True)
class Divergence:
    """A divergence of the f-GAN family: a row of `DIVERGENCES`.

    D_f(p_data || p_g) = E_g[f(p_data/p_g)].

    Parameters
    ----------
    f : callable
        The convex f, f(1) = 0.
    activation : callable
        D's critic is `activation(v)` of its output v.
    conjugate : callable
        f*(activation(v)), written out so that it does not round.
    best : callable
        The v at which the critic is f'(p_data/p_g) and the bound is tight, of l = log(p_data/p_g).
    words : str
        How a menu calls the loss that is made of it.

    References
    ----------
    Nowozin, Cseke and Tomioka 2016, "f-GAN", Tables 1 and 2.

    Examples
    --------
    >>> import torch
    >>> from gan_lab.training import DIVERGENCES
    >>> DIVERGENCES["kl"].best(torch.tensor(0.5)).item()
    1.5
    """

    f: Callable[[Tensor], Tensor]
    activation: Callable[[Tensor], Tensor]
    conjugate: Callable[[Tensor], Tensor]
    best: Callable[[Tensor], Tensor]
    words: str


def logit_as_it_is(l: Tensor) -> Tensor:
    return l


LOG2 = math.log(2.0)

DIVERGENCES = {
    "kl": Divergence(
        f=lambda u: u * u.log(),
        activation=logit_as_it_is,
        conjugate=lambda v: (v - 1.0).exp(),
        best=lambda l: 1.0 + l,
        words="KL",
    ),
    "reverse-kl": Divergence(
        f=lambda u: -u.log(),
        activation=lambda v: -(-v).exp(),
        conjugate=lambda v: v - 1.0,
        best=logit_as_it_is,
        words="reverse KL",
    ),
    "pearson": Divergence(  # E_g[(p_data/p_g - 1)^2]
        f=lambda u: (u - 1.0).square(),
        activation=logit_as_it_is,
        conjugate=lambda v: 0.25 * v.square() + v,
        best=lambda l: 2.0 * l.expm1(),
        words="Pearson χ²",
    ),
    "hellinger": Divergence(  # squared
        f=lambda u: (u.sqrt() - 1.0).square(),
        activation=lambda v: -(-v).expm1(),
        conjugate=lambda v: v.expm1(),
        best=lambda l: 0.5 * l,
        words="squared Hellinger",
    ),
    "js": Divergence(  # this f, the paper's own, gives twice the JSD
        f=lambda u: u * u.log() - (u + 1.0) * ((u + 1.0) / 2.0).log(),
        activation=lambda v: LOG2 + logsigmoid(v),
        conjugate=lambda v: log_one_plus_exp(v) - LOG2,
        best=logit_as_it_is,
        words="Jensen-Shannon",
    ),
    "gan": Divergence(  # 2 JSD - log 4
        f=lambda u: u * u.log() - (u + 1.0) * (u + 1.0).log(),
        activation=logsigmoid,
        conjugate=log_one_plus_exp,
        best=logit_as_it_is,
        words="the original GAN",
    ),
}
"""The divergences of the f-GAN family, each a `Divergence`; the loss `f-kl` lowers `kl`."""


def variational(row: Divergence, real: Tensor, fake: Tensor) -> Tensor:
    """E[f*(T(G(z)))] - E[T(x)] for the critic T: at best -D_f(p_data || p_g), Equation 4."""
    return row.conjugate(fake).mean(-1) - row.activation(real).mean(-1)


def variational_G(row: Divergence, real: Tensor | None, fake: Tensor) -> Tensor:
    """-E[f*(T(G(z)))], the generator's half of the same value."""
    return -row.conjugate(fake).mean(-1)


GOODFELLOW = {"best": logit_as_it_is, "labels": True}

ROWS = [
    Loss(
        cross_entropy_loss,
        minimax,
        **GOODFELLOW,
        name="minimax",
        words="minimax, as in Algorithm 1",
    ),
    Loss(cross_entropy_loss, non_saturating, **GOODFELLOW, name="non-saturating"),
    Loss(
        cross_entropy_loss,
        maximum_likelihood,
        **GOODFELLOW,
        name="maximum-likelihood",
        words="maximum likelihood",
    ),
    Loss(
        least_squares_D,
        least_squares_G,
        best=lambda l: torch.tanh(l / 2),
        name="least-squares",
        words="least squares",
    ),
    Loss(hinge, raise_the_score, best=lambda l: l.sign(), name="hinge"),
    Loss(critic_loss, raise_the_score, name="wasserstein", words="Wasserstein critic"),
    Loss(
        relativistic,
        relativistic_G,
        best=logit_as_it_is,
        G_sees_data=True,
        name="relativistic",
        words="relativistic pairs",
    ),
    *(
        Loss(
            partial(variational, row),
            partial(variational_G, row),
            best=row.best,
            name=f"f-{name}",
            words=f"f-GAN: {row.words}",
        )
        for name, row in DIVERGENCES.items()
    ),
]

LOSSES = {loss.name: loss for loss in ROWS}
"""The losses that a recipe names, in the order of the menus."""


def loss_of(value: str | Loss) -> Loss:
    """The loss that a recipe names, or is given."""
    return LOSSES[value] if isinstance(value, str) else value


def read_loss(value: Loss) -> str | Loss:
    """A loss as a recipe keeps it: a row of `LOSSES` by its name, one of the reader's as it is.

    Raises ValueError, in one sentence, for one without a name of its own and for functions that
    are no costs.
    """
    if value.name in LOSSES and LOSSES[value.name] == value:
        return value.name
    if not value.name.strip():
        raise ValueError("a loss of your own needs a name, as in Loss(D, G, name='mine')")
    if value.name in LOSSES:
        raise ValueError(f"{value.name!r} is the name of another loss: call yours something else")
    if value.D is not gone:
        check_costs(value)
    return value


@dataclass(frozen=True)
class Penalty:
    """A gradient penalty, a cost on D's slope: a row of `PENALTIES`.

    A recipe multiplies it by its strength, the papers' gamma or lambda.

    Parameters
    ----------
    at : {"real", "fake", "between"}
        Where D's slope is taken; "between" is anywhere from a point of the one minibatch to its
        partner in the other.
    of : callable
        The cost (members,) of the slope of D's output, (members, m, n).

    References
    ----------
    Mescheder, Geiger and Nowozin 2018 (R1, R2); Gulrajani et al. 2017, Equation 3 (WGAN-GP).

    Examples
    --------
    >>> import torch
    >>> from gan_lab.training import PENALTIES
    >>> PENALTIES["r1"].of(torch.full((1, 4, 1), 2.0)).tolist()
    [2.0]
    """

    at: str
    of: Callable[[Tensor], Tensor]


def half_square(slope: Tensor) -> Tensor:
    """E|grad_x logit|^2 / 2, Mescheder, Geiger and Nowozin 2018, Equations 9 and 10."""
    return 0.5 * slope.square().sum(-1).mean(-1)


def away_from_one(slope: Tensor) -> Tensor:
    """E[(|grad_x D| - 1)^2], two-sided, Gulrajani et al. 2017, Equation 3.

    Where D is flat the norm has a corner; its own slope is taken as 0 there.
    """
    square = slope.square().sum(-1)
    steep = square > 0.0  # the root of the others would have nan for a second derivative
    norm = torch.where(steep, torch.where(steep, square, 1.0).sqrt(), 0.0)
    return (norm - 1.0).square().mean(-1)


PENALTIES = {
    "r1": Penalty(at="real", of=half_square),
    "r2": Penalty(at="fake", of=half_square),
    "gp": Penalty(at="between", of=away_from_one),
}
"""The gradient penalties, by the field of a recipe that is the strength of each."""


def clip(weights: Sequence[Tensor], biases: Sequence[Tensor], c: float) -> None:
    """Every parameter into [-c, c], Arjovsky et al. 2017, Algorithm 1."""
    if not isinstance(c, torch.Tensor):  # torch clamps to no number that the dtype cannot hold
        c = min(c, torch.finfo(weights[0].dtype).max)
    for parameter in (*weights, *biases):
        parameter.clamp_(-c, c)


def spectral(weights: Sequence[Tensor], biases: Sequence[Tensor], on: bool) -> None:
    """Each weight matrix divided by its largest singular value.

    That of Miyato et al. 2018, made exact: they run one round of the power method and divide
    in the forward pass; these matrices are small enough for a singular value decomposition,
    and dividing after the step leaves weights that are the ones played. With an activation
    of slope at most 1 (all but silu, 1.1) |D(x) - D(y)| <= |x - y|.
    """
    for w in weights:
        largest = torch.linalg.matrix_norm(w, ord=2, keepdim=True)
        w.div_(largest.clamp_min(torch.finfo(w.dtype).tiny))  # all zeros stay zeros


CONSTRAINTS = {"clip": clip, "spectral": spectral}
"""What is done to D's weights (members, in, out) and biases, in place, after each of its steps."""
