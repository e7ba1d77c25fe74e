r"""What a reader of the first page does by hand: a D that is drawn, and samples that are moved.

D goes straight from one handle to the next, at the whole numbers from -5 to 5, and stays as it is
beyond the last ones. Samples have no density; with a little Gaussian noise on each they have one,
and the data get the same noise. Bells are pairs (mean, sd) of equal weight. Values are in nats.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from gan_lab.distributions.base import Distribution
from gan_lab.distributions.continuous import gaussian
from gan_lab.distributions.mixtures import mixture
from gan_lab.theory.game import Logit

Bells = Sequence[tuple[float, float]]

PLACES = np.arange(-5.0, 6.0)
"""Where D has its handles, which are the corners of its logit."""

BLUR = 0.4
"""The standard deviation of the noise on samples and data."""

RATE, LONGEST = 0.6, 0.5
"""Of a step: units of x for a slope of one nat per unit, and how long it is at most."""


def drawn_logit(heights) -> Logit:
    """The logit of the D that goes straight between these heights, each between 0 and 1."""

    def logit(x):
        D = np.interp(x, PLACES, heights)
        return np.log(D) - np.log1p(-D)

    return logit


def of_bells(bells: Bells) -> Distribution:
    """Gaussians of the same mass."""
    return mixture([gaussian(mean, sd) for mean, sd in bells])


def noisy(bells: Bells) -> list[tuple[float, float]]:
    """The data with the noise."""
    return [(mean, float(np.hypot(sd, BLUR))) for mean, sd in bells]


def noisy_samples(samples) -> list[tuple[float, float]]:
    """A few samples with the noise."""
    return [(float(x), BLUR) for x in samples]


def rise_of_log(bells: Bells, x: np.ndarray) -> np.ndarray:
    """The slope of the log density of bells at x."""
    means, sds = np.array(bells).T[:, :, np.newaxis]
    logs = -np.log(sds) - 0.5 * ((x - means) / sds) ** 2
    weights = np.exp(logs - logs.max(axis=0))
    return (weights * (means - x) / sds**2).sum(axis=0) / weights.sum(axis=0)


def steps_up(bells: Bells, samples) -> np.ndarray:
    """How far a step takes each sample: along the slope of log D, while the best D stands still.

    D is that of the noisy data and the noisy samples. No step is longer than `LONGEST`.
    """
    x = np.asarray(samples, dtype=float)
    data, made = noisy(bells), noisy_samples(x)
    logit = of_bells(data).logpdf(x) - of_bells(made).logpdf(x)
    slope = expit(-logit) * (rise_of_log(data, x) - rise_of_log(made, x))
    return np.clip(RATE * slope, -LONGEST, LONGEST)
