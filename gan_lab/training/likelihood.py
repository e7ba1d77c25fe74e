"""Models that are trained to make data likely, in plain torch: a masked network and a VAE; and an
autoencoder, which is not.

A picture is a row of levels, whole numbers from 0 (paper) to 16 (ink), as scikit-learn's digits are
counted; its log-probability is in nats. Each model has a `loss`, which `trained_model` descends.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, linear

from gan_lab.core.ambient import undisturbed

LEVELS = 17
"""So many shades a pixel of the digits has."""


def as_levels(pixels) -> Tensor:
    """Pixels from -1 to 1 as levels (n, dims)."""
    return torch.tensor(np.rint((np.asarray(pixels) + 1) * (LEVELS - 1) / 2), dtype=torch.long)


def as_pixels(levels: Tensor) -> Tensor:
    """Levels, or means of levels, as pixels from -1 to 1."""
    return levels.float() * (2 / (LEVELS - 1)) - 1


def log_of_levels(outputs: Tensor, x: Tensor) -> Tensor:
    """The log-probability of levels x (n, dims): outputs (n, dims, levels) are logits, (n,)."""
    return -cross_entropy(outputs.transpose(1, 2), x, reduction="none").sum(1)


def drawn_levels(outputs: Tensor, rng: torch.Generator) -> Tensor:
    """Levels that are drawn from logits (n, dims, levels), each pixel apart, (n, dims)."""
    flat = outputs.softmax(-1).flatten(0, 1)
    return torch.multinomial(flat, 1, generator=rng).view(outputs.shape[:2])


class Trainable(nn.Module):
    """A network with a loss of its own, the mean over a minibatch x."""

    def loss(self, x: Tensor) -> Tensor:
        raise NotImplementedError


Model = TypeVar("Model", bound=Trainable)


@undisturbed
def trained_model(
    make: Callable[[], Model], x: Tensor, steps: int, seed: int = 0, lr: float = 2e-3, m: int = 64
) -> Model:
    """The model that `make` makes, after so many steps of Adam down its loss on minibatches of m.

    The rate falls to 0 along a line. What was drawn before and is drawn after is left alone.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = make()
        adam = torch.optim.Adam(model.parameters(), lr)
        fall = torch.optim.lr_scheduler.LinearLR(adam, 1.0, 1e-3, steps)
        for _ in range(steps):
            loss = model.loss(x[torch.randint(len(x), (m,))])
            adam.zero_grad()
            loss.backward()
            adam.step()
            fall.step()
    return model.eval()


# Autoregressive


def everything(a: Tensor, b: Tensor) -> Tensor:
    """Who sees all."""
    return torch.ones(torch.broadcast_shapes(a.shape, b.shape), dtype=torch.bool)


SEES = {
    "before": (torch.gt, torch.ge),
    "others": (torch.ne, torch.eq),
    "all": (everything, everything),
}
"""Which pixels a unit sees, by its own number and theirs; and which units are seen further on."""


def masks(dims: int, hidden: int, levels: int, sees: str) -> list[Tensor]:
    """Which weights of three layers there are: every hidden unit and output belongs to a pixel."""
    first, then = SEES[sees]
    pixel, unit = torch.arange(dims), torch.arange(hidden) % dims
    output = pixel.repeat_interleave(levels)
    return [
        first(unit[:, None], pixel),
        then(unit[:, None], unit),
        then(output[:, None], unit),
    ]


class MaskedLinear(nn.Linear):
    """A linear layer, of whose weights a mask (out, in) leaves some."""

    mask: Tensor

    def __init__(self, mask: Tensor):
        super().__init__(mask.shape[1], mask.shape[0])
        self.register_buffer("mask", mask)

    def forward(self, x: Tensor) -> Tensor:
        return linear(x, self.weight * self.mask, self.bias)


class MaskedNetwork(Trainable):
    """All conditional distributions of the pixels in one pass (MADE, Germain et al. 2015).

    `sees` says what the one of pixel i depends on: the pixels "before" it, so that their product is
    a probability by the chain rule; or all "others", or "all", and then it is none.
    """

    def __init__(self, dims: int, hidden: int, levels: int = LEVELS, sees: str = "before"):
        super().__init__()
        a, b, c = (MaskedLinear(mask) for mask in masks(dims, hidden, levels, sees))
        self.layers = nn.Sequential(a, nn.ReLU(), nn.Dropout(0.2), b, nn.ReLU(), nn.Dropout(0.2), c)
        self.dims, self.levels = dims, levels

    def forward(self, x: Tensor) -> Tensor:
        """Logits (n, dims, levels) for levels x (n, dims)."""
        scaled = 2 * x.float() / (self.levels - 1) - 1
        return self.layers(scaled).view(len(x), self.dims, self.levels)

    def log_product(self, x: Tensor) -> Tensor:
        """The log of the product of all conditionals, (n,)."""
        return log_of_levels(self(x), x)

    def loss(self, x: Tensor) -> Tensor:
        return -self.log_product(x).mean()

    @torch.no_grad()
    def sample(self, n: int, seed: int = 0) -> Tensor:
        """Levels (n, dims), drawn pixel by pixel: a pass for each."""
        x, rng = torch.zeros(n, self.dims, dtype=torch.long), torch.Generator().manual_seed(seed)
        for i in range(self.dims):
            x[:, i] = drawn_levels(self(x)[:, i : i + 1], rng)[:, 0]
        return x


# With a latent variable


def perceptron(*widths: int) -> nn.Sequential:
    """Layers of these widths with ReLU between them."""
    pairs = zip(widths, widths[1:], strict=False)
    layers = [layer for pair in pairs for layer in (nn.Linear(*pair), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


class VAE(Trainable):
    """A variational autoencoder of pictures (Kingma and Welling 2014): z is N(0, 1) in each latent.

    The decoder gives the probabilities of every pixel's levels, the encoder the mean and the sd of
    each latent given a picture, q(z | x). `beta` is the weight of KL(q || p(z)): 1 for the ELBO.
    """

    def __init__(self, dims: int, latent: int, hidden: int, levels=LEVELS, beta: float = 1.0):
        super().__init__()
        self.encoder = perceptron(dims, hidden, hidden, 2 * latent)
        self.decoder = perceptron(latent, hidden, hidden, dims * levels)
        self.latent, self.beta = latent, beta

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and sd of q(z | x), each (n, latent)."""
        mean, log_sd = self.encoder(self.scaled(x)).chunk(2, dim=1)
        return mean, log_sd.exp()

    def scaled(self, x: Tensor) -> Tensor:
        return as_pixels(x)

    def outputs(self, z: Tensor) -> Tensor:
        """Logits (n, dims, levels)."""
        return self.decoder(z).view(len(z), -1, LEVELS)

    def log_given(self, z: Tensor, x: Tensor) -> Tensor:
        """log p(x | z), (n,)."""
        return log_of_levels(self.outputs(z), x)

    def terms(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The terms of the ELBO: log p(x | z) for one z of q each, (n,), and KL(q || p(z)) of each
        latent, (n, latent). z is a function of mean, sd and noise, so that slopes pass through."""
        mean, sd = self.encode(x)
        z = mean + sd * torch.randn_like(mean)
        return self.log_given(z, x), (mean**2 + sd**2 - 1) / 2 - sd.log()

    def loss(self, x: Tensor) -> Tensor:
        fit, cost = self.terms(x)
        return (self.beta * cost.sum(1) - fit).mean()

    @torch.no_grad()
    def means(self, z: Tensor) -> Tensor:
        """The mean picture for each z, in levels: what is shown of a VAE, and no draw of it."""
        return self.outputs(z).softmax(-1) @ torch.arange(float(LEVELS))

    @torch.no_grad()
    def log_weights(self, x: Tensor) -> Tensor:
        """log p(x, z) - log q(z | x) for one z of q for each x, (n,): its mean is the ELBO."""
        mean, sd = self.encode(x)
        noise = torch.randn_like(mean)
        ratio = (noise**2 - (mean + sd * noise) ** 2) / 2 + sd.log()
        return self.log_given(mean + sd * noise, x) + ratio.sum(1)


class LineVAE(VAE):
    """A VAE of numbers x (n, 1) with one latent: p(x | z) = N(g(z), s^2) with a learned s."""

    def __init__(self, hidden: int = 32):
        super().__init__(1, 1, hidden, levels=1)
        self.log_s = nn.Parameter(torch.zeros(()))

    def scaled(self, x: Tensor) -> Tensor:
        return x

    def log_given(self, z: Tensor, x: Tensor) -> Tensor:
        off = (x - self.decoder(z)) / self.log_s.exp()
        return (-(off**2) / 2 - self.log_s - math.log(2 * math.pi) / 2).sum(-1)


class LinearAutoencoder(Trainable):
    """A code of a few numbers and back, without bends: squared error, for data of mean 0."""

    def __init__(self, dims: int, code: int):
        super().__init__()
        self.encoder = nn.Linear(dims, code, bias=False)
        self.decoder = nn.Linear(code, dims, bias=False)

    def loss(self, x: Tensor) -> Tensor:
        return (self.decoder(self.encoder(x)) - x).square().sum(1).mean()
