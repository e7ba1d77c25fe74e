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

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid, softplus


@dataclass(frozen=True)
class Loss:
    """A pair of costs: `D(real, fake)` and `G(real, fake)`, D's outputs in, numbers out.

    `best` is D's best output where log(p_data/p_g) is l, and so says what an output is: the
    logit itself for the games of Goodfellow, something else in others; None where D has no
    best output without a constraint. (A relativistic D is determined only up to a constant that
    is added.) With `labels`, D is a classifier by cross entropy, and its label of the data can be
    softened. Where `G_sees_data` is False the generator's cost ignores `real`, which may be None.
    """

    D: Callable[[Tensor, Tensor], Tensor]
    G: Callable[[Tensor | None, Tensor], Tensor]
    best: Callable[[Tensor], Tensor] | None = None
    labels: bool = False
    G_sees_data: bool = False


def cross_entropy(real: Tensor, fake: Tensor) -> Tensor:
    """-V(G, D): -E[log D(x)] - E[log(1 - D(G(z)))], Goodfellow et al. 2014, Equation 1."""
    return softplus(-real).mean(-1) + softplus(fake).mean(-1)


def softened(real: Tensor, smoothing: float) -> Tensor:
    """What the cross entropy costs more when the label of the data is 1 - smoothing, not 1.

    One-sided, Goodfellow 2016, section 4.2: D*/(1 - D*) is (1 - a) p_data / (p_g + a p_data).
    """
    return smoothing * real.mean(-1)


def minimax(real: Tensor | None, fake: Tensor) -> Tensor:
    """E[log(1 - D(G(z)))], the generator's half of Equation 1 and of Algorithm 1."""
    return -softplus(fake).mean(-1)


def non_saturating(real: Tensor | None, fake: Tensor) -> Tensor:
    """-E[log D(G(z))], the end of section 3: the same fixed point, stronger gradients early."""
    return softplus(-fake).mean(-1)


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


def critic(real: Tensor, fake: Tensor) -> Tensor:
    """E[D(G(z))] - E[D(x)], Arjovsky et al. 2017: unbounded unless D is held back."""
    return fake.mean(-1) - real.mean(-1)


def raise_the_score(real: Tensor | None, fake: Tensor) -> Tensor:
    """-E[D(G(z))], the generator's half of the hinge and the Wasserstein game."""
    return -fake.mean(-1)


def relativistic(real: Tensor, fake: Tensor) -> Tensor:
    """-E[log sigmoid(D(x) - D(G(z)))] over pairs, Jolicoeur-Martineau 2019."""
    return softplus(fake - real).mean(-1)


def relativistic_G(real: Tensor, fake: Tensor) -> Tensor:
    """-E[log sigmoid(D(G(z)) - D(x))]: the non-saturating form, that of R3GAN's code."""
    return softplus(real - fake).mean(-1)


@dataclass(frozen=True)
class Divergence:
    """A row of the f-GAN family, Nowozin et al. 2016.

    D_f(p_data || p_g) = E_g[f(p_data/p_g)]. D's critic is `activation`(v) of its output v, and
    `conjugate` is f*(activation(v)), written out so that it does not round. `best` is the v
    at which the critic is f'(p_data/p_g) and the bound is tight, of l = log(p_data/p_g).
    """

    f: Callable[[Tensor], Tensor]
    activation: Callable[[Tensor], Tensor]
    conjugate: Callable[[Tensor], Tensor]
    best: Callable[[Tensor], Tensor]


def itself(l: Tensor) -> Tensor:
    return l


LOG2 = math.log(2.0)

DIVERGENCES = {
    "kl": Divergence(
        f=lambda u: u * u.log(),
        activation=itself,
        conjugate=lambda v: (v - 1.0).exp(),
        best=lambda l: 1.0 + l,
    ),
    "reverse-kl": Divergence(
        f=lambda u: -u.log(),
        activation=lambda v: -(-v).exp(),
        conjugate=lambda v: v - 1.0,
        best=itself,
    ),
    "pearson": Divergence(  # E_g[(p_data/p_g - 1)^2]
        f=lambda u: (u - 1.0).square(),
        activation=itself,
        conjugate=lambda v: 0.25 * v.square() + v,
        best=lambda l: 2.0 * l.expm1(),
    ),
    "hellinger": Divergence(  # squared
        f=lambda u: (u.sqrt() - 1.0).square(),
        activation=lambda v: -(-v).expm1(),
        conjugate=torch.expm1,
        best=lambda l: 0.5 * l,
    ),
    "js": Divergence(  # this f, the paper's own, gives twice the JSD
        f=lambda u: u * u.log() - (u + 1.0) * ((u + 1.0) / 2.0).log(),
        activation=lambda v: LOG2 + logsigmoid(v),
        conjugate=lambda v: softplus(v) - LOG2,
        best=itself,
    ),
    "gan": Divergence(  # 2 JSD - log 4
        f=lambda u: u * u.log() - (u + 1.0) * (u + 1.0).log(),
        activation=logsigmoid,
        conjugate=softplus,
        best=itself,
    ),
}


def variational(row: Divergence, real: Tensor, fake: Tensor) -> Tensor:
    """E[f*(T(G(z)))] - E[T(x)] for the critic T: at best -D_f(p_data || p_g), Equation 4."""
    return row.conjugate(fake).mean(-1) - row.activation(real).mean(-1)


def variational_G(row: Divergence, real: Tensor | None, fake: Tensor) -> Tensor:
    """-E[f*(T(G(z)))], the generator's half of the same value."""
    return -row.conjugate(fake).mean(-1)


LOSSES = {
    "minimax": Loss(cross_entropy, minimax, best=itself, labels=True),
    "non-saturating": Loss(cross_entropy, non_saturating, best=itself, labels=True),
    "maximum-likelihood": Loss(cross_entropy, maximum_likelihood, best=itself, labels=True),
    "least-squares": Loss(least_squares_D, least_squares_G, best=lambda l: torch.tanh(l / 2)),
    "hinge": Loss(hinge, raise_the_score, best=torch.sign),
    "wasserstein": Loss(critic, raise_the_score),
    "relativistic": Loss(relativistic, relativistic_G, best=itself, G_sees_data=True),
} | {
    f"f-{name}": Loss(partial(variational, row), partial(variational_G, row), best=row.best)
    for name, row in DIVERGENCES.items()
}


@dataclass(frozen=True)
class Penalty:
    """A cost on D's slope: `of(slope)`, with the slope of the logit at `at` points.

    `at` is "real", "fake" or "between", which is anywhere from a point of the one minibatch to
    its partner in the other; the slope is (members, m, n), the cost (members,). A recipe
    multiplies it by its strength, the papers' gamma or lambda.
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


def clip(weights: Sequence[Tensor], biases: Sequence[Tensor], c: float) -> None:
    """Every parameter into [-c, c], Arjovsky et al. 2017, Algorithm 1."""
    if not isinstance(c, Tensor):  # torch does not clamp to a number that the dtype cannot hold
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
