"""The classifier of digits: trained on the training images, judged on those that were held out.

Run as `python benchmarks/digit_classifier.py`. It fits a network with each of several weight decays
to scikit-learn's digits, writes what each reads of held-out images and of noise into
`digit_classifier.md` beside itself, and the weights of the chosen one where `gan_lab.metrics` finds
them.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from machine import machine
from scipy.optimize import minimize
from sklearn.datasets import load_digits

from gan_lab.metrics.digit_classifier import (
    SHAPES,
    WEIGHTS,
    classifier_bytes,
    hidden,
    layers,
    log_probabilities,
    weights_of,
)

DECAYS = (3e-4, 1e-3, 3e-3, 1e-2)
CHOSEN = 3e-3
HELD_OUT = 500
HEAD = """# The classifier of digits

{machine}

A network of 64, 32 and 10 units, fitted by L-BFGS to the 1297 training images of scikit-learn's
digits with the mean log-loss and weight decay; the weights are kept with 16 bits. *Sure* is read
with a probability above 0.9. Noise has pixels that are uniform from -1 to 1; shuffled images have
at each pixel that of another training image, so that only the dependence between pixels is gone.
Log-loss in nats. A larger decay is less sure of images, and much less of what is none. The book's
is that of {chosen:g}, which is right more often than its mean probability says.

| decay | accuracy, held out | log-loss, held out | mean probability | sure, held out \
| sure, training | sure, noise | sure, shuffled |
| --- | --- | --- | --- | --- | --- | --- | --- |
"""


def split() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Training images (1297, 64) from -1 to 1 and their classes, then those that are held out."""
    x, y = load_digits(return_X_y=True)
    order = np.random.default_rng(0).permutation(len(x))
    train, rest = order[:-HELD_OUT], order[-HELD_OUT:]
    return x[train] / 8 - 1, y[train], x[rest] / 8 - 1, y[rest]


def cost(weights, pixels, classes, decay) -> tuple[float, np.ndarray]:
    """Mean log-loss with decay / 2 |W|² of both layers' weights, and its gradient."""
    A, _, B, _ = layers(weights)
    f, log_p = hidden(weights, pixels), log_probabilities(weights, pixels)
    rows = np.arange(len(pixels))
    loss = -log_p[rows, classes].mean() + decay / 2 * float((A**2).sum() + (B**2).sum())
    g = np.exp(log_p)
    g[rows, classes] -= 1
    g /= len(pixels)
    back = (g @ B.T) * (1 - f**2)
    parts = pixels.T @ back + decay * A, back.sum(axis=0), f.T @ g + decay * B, g.sum(axis=0)
    return loss, np.concatenate([part.ravel() for part in parts])


def start_of(seed: int) -> np.ndarray:
    """Weights of sd 1/sqrt(inputs), and biases of 0."""
    rng = np.random.default_rng(seed)
    parts = [rng.normal(size=s) / s[0] ** 0.5 if len(s) == 2 else np.zeros(s) for s in SHAPES]
    return np.concatenate([part.ravel() for part in parts])


def fitted(pixels, classes, decay: float, start: np.ndarray, iterations: int = 3000) -> np.ndarray:
    """The weights at a minimum of the cost."""
    return minimize(
        partial(cost, pixels=pixels, classes=classes, decay=decay),
        start,
        jac=True,
        method="L-BFGS-B",
        options={
            "maxiter": iterations,
            "maxfun": 2 * iterations,
            "gtol": 1e-6,
            "ftol": 1e-12,
            "maxcor": 20,
        },
    ).x


def sure(weights, pixels) -> float:
    """The share of pictures that are read with a probability above 0.9."""
    return float((np.exp(log_probabilities(weights, pixels)).max(axis=1) > 0.9).mean())


def row(weights, decay: float, x, held_out, classes) -> str:
    """What a classifier makes of held-out images, of training images and of noise."""
    rng = np.random.default_rng(1)
    noise = rng.uniform(-1, 1, (2000, 64))
    shuffled = np.stack([rng.choice(column, 2000) for column in x.T], axis=1)
    log_p = log_probabilities(weights, held_out)
    right = (log_p.argmax(axis=1) == classes).mean()
    loss = -log_p[np.arange(len(classes)), classes].mean()
    shares = " | ".join(f"{sure(weights, p):.1%}" for p in (held_out, x, noise, shuffled))
    mean = np.exp(log_p.max(axis=1)).mean()
    return f"| {decay:g} | {right:.1%} | {loss:.4f} | {mean:.1%} | {shares} |\n"


def main() -> None:
    """Fit a classifier with each decay, write the table, and the weights of the chosen one."""
    x, y, held_out, classes = split()
    text = HEAD.format(machine=machine("scipy", "scikit-learn"), chosen=CHOSEN)
    for decay in DECAYS:
        kept = classifier_bytes(fitted(x, y, decay, start_of(0)))
        weights = weights_of(kept)
        text += row(weights, decay, x, held_out, classes)
        print(text.splitlines()[-1], flush=True)
        if decay == CHOSEN:
            WEIGHTS.write_bytes(kept)
    Path(__file__).with_suffix(".md").write_text(text)


if __name__ == "__main__":
    main()
