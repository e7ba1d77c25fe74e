"""Digits by models with a likelihood: a masked network, and VAEs of five betas; ten seeds of each.

`python benchmarks/likelihood_models.py` trains them and writes the record beside this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import torch

from gan_lab.datasets import digits
from gan_lab.sweeps.digit_games import digit_scores
from gan_lab.training.likelihood import (
    VAE,
    MaskedNetwork,
    as_levels,
    as_pixels,
    drawn_levels,
    trained_model,
)

RECORD = Path(__file__).with_suffix(".json")
SEEDS = 10
BETAS = (0.25, 0.5, 1.0, 2.0, 4.0)
LATENTS = 8
"""As many as the numbers of noise that G of the preset "digits" is given."""
ASKED = 500
"""So many pictures are scored, as of the games."""
ASIDE = ("rarest digit", "Fréchet, pixels")
"""Measures of the games that are left out here."""
USED = 0.1
"""A latent that has less of KL(q || p(z)), in nats, says next to nothing of the picture."""


def digit_autoregressive(seed: int = 0, steps: int = 1600) -> MaskedNetwork:
    """The masked network of the digits."""
    data = as_levels(digits().pixels)
    return trained_model(lambda: MaskedNetwork(64, 256), data, steps, seed, lr=4e-3)


def digit_vae(seed: int = 0, beta: float = 1.0, steps: int = 2000) -> VAE:
    """The VAE of the digits, of 8 latents."""
    data = as_levels(digits().pixels)
    return trained_model(lambda: VAE(64, LATENTS, 128, beta=beta), data, steps, seed)


def neighbours_apart(pixels: np.ndarray) -> float:
    """The mean |difference| of pixels side by side or one above the other: small in a blur."""
    x = pixels.reshape(-1, 8, 8)
    both = [np.abs(np.diff(x, axis=axis)).ravel() for axis in (1, 2)]
    return float(np.concatenate(both).mean())


def pixel_scores(pixels: np.ndarray) -> dict[str, float]:
    """The measures of the games of digits, and how far neighbours are apart."""
    found = digit_scores(pixels) | {"neighbours apart": neighbours_apart(pixels)}
    return {name: score for name, score in found.items() if name not in ASIDE}


def vae_pictures(model: VAE, n: int = ASKED, seed: int = 0, drawn: bool = False) -> np.ndarray:
    """Pixels (n, 64) for as many z of N(0, 1): the mean picture of each, or a draw of p(x | z)."""
    rng = torch.Generator().manual_seed(seed)
    z = torch.randn(n, model.latent, generator=rng)
    with torch.no_grad():
        levels = drawn_levels(model.outputs(z), rng) if drawn else model.means(z)
    return as_pixels(levels).numpy().clip(-1, 1)


def importance_bound(model: VAE, x: torch.Tensor, draws: int = 100) -> float:
    """The mean of the log of the mean of p(x, z) / q(z | x) over so many z of q, in nats: above the
    ELBO and below log p(x) on average, and nearer to it the more are drawn (Burda et al. 2016)."""
    logs = torch.stack([model.log_weights(x) for _ in range(draws)])
    return float((logs.logsumexp(0) - np.log(draws)).mean())


def slopes(model: VAE, x: torch.Tensor, draws: int = 400) -> dict[str, np.ndarray]:
    """The slope of E_q[log p(x | z)] in the means of q, from one z each, (draws, n, latents).

    Three ways: through z = mean + sd * noise; by the score of q; by the score, of what log p(x | z)
    is above its mean.
    """
    mean, sd = (part.detach() for part in model.encode(x))
    noise = torch.randn(draws, *mean.shape)
    z = (mean + sd * noise).requires_grad_()
    logs = model.log_given(z.flatten(0, 1), x.repeat(draws, 1))
    (through,) = torch.autograd.grad(logs.sum(), z)
    logs = logs.detach().view(draws, len(x), 1)
    return {
        "through z": through.numpy(),
        "score": (logs * noise / sd).numpy(),
        "score less mean": ((logs - logs.mean(0)) * noise / sd).numpy(),
    }


def of_autoregressive(seed: int) -> dict[str, float]:
    """What is recorded of a masked network."""
    model, unseen = digit_autoregressive(seed), as_levels(digits("held out").pixels)
    with torch.no_grad():
        found = float(model.log_product(unseen).mean())
    return {"log p": found} | pixel_scores(as_pixels(model.sample(ASKED, seed)).numpy())


def of_variational(seed: int, beta: float) -> dict[str, float]:
    """What is recorded of a VAE; the terms of its ELBO are of held-out digits, in nats."""
    model, unseen = digit_vae(seed, beta), as_levels(digits("held out").pixels)
    torch.manual_seed(seed)
    with torch.no_grad():
        fit, cost = model.terms(unseen)
    spreads = {name: float(of.std(0).mean()) for name, of in slopes(model, unseen[:20]).items()}
    of_draws = pixel_scores(vae_pictures(model, seed=seed, drawn=True))
    return {
        "fit": float(fit.mean()),
        "cost": float(cost.sum(1).mean()),
        "used": int((cost.mean(0) > USED).sum()),
        "bound": importance_bound(model, unseen),
        **spreads,
        **pixel_scores(vae_pictures(model, seed=seed)),
        **{f"{name}, drawn": score for name, score in of_draws.items()},
    }


@cache
def recorded_models() -> dict[str, dict[str, list[float]]]:
    """By model ("autoregressive", "VAE 1", ...) and measure the numbers of all seeds."""
    return json.loads(RECORD.read_text())["models"]


def model_scores(model: str, measure: str) -> np.ndarray:
    """One measure of the recorded models of one kind, (10,)."""
    return np.array(recorded_models()[model][measure])
