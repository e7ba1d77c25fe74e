"""What the bugs of `bugs` compute, as they were written and as they were mended.

The page computes each of them again in JavaScript (`front_end/checkers/bugs.js`), in its own way.
"""

from __future__ import annotations

import numpy as np
from scipy.integrate import quad
from scipy.spatial.distance import jensenshannon
from scipy.special import expit, log_expit
from scipy.stats import norm

from gan_lab.checkers.prediction import Written
from gan_lab.core.random_streams import Domain, Stream
from gan_lab.theory.game import LOG_4

POINTS, DATA = 450, 12_000  # that a histogram asks for, of so many


def of_mistake(name: str) -> Written:
    from gan_lab.training import mistakes  # which asks for torch

    return Written(*getattr(mistakes, name)())


def noise_for_samples() -> Written:
    """The largest V where D is given z, and where it is given G(z) = z + 3."""
    from gan_lab.theory import C, gaussian

    data = gaussian(0, 1)
    return Written([C(data, gaussian(0, 1)).value], [C(data, gaussian(3, 1)).value])


def line_of_V() -> Written:
    """The best D between N(-1, 1) and N(1, 1) at x = -2, ..., 2: of log y + (1 - y), and of V."""
    x = np.arange(-2.0, 3.0)
    return Written(np.minimum(1, np.exp(-2 * x)).tolist(), expit(-2 * x).tolist())


def two_sigmoids() -> Written:
    """The loss of a D that is as sure as can be, with a sigmoid before it and without."""
    sure = np.array([40.0, -40.0])
    losses = [-(log_expit(s[0]) + log_expit(-s[1])) for s in (expit(sure), sure)]
    return Written([float(losses[0])], [float(losses[1])])


def softened() -> Written:
    """The best D where p_data = p_G: 0.95 log y + log(1 - y), and with 0.05 log(1 - y) more."""
    return Written([0.95 / 1.95], [0.95 / 2])


def uphill() -> Written:
    """A hundred steps of y down the slope of log y + log(1 - y), and up."""
    return Written([walked(-1)], [walked(1)])


def walked(way: int) -> float:
    y = 0.4
    for _ in range(100):
        y += way * 0.02 * (1 / y - 1 / (1 - y))
        y = min(max(y, 0.01), 0.99)
    return y


def clipped() -> Written:
    """D at 0 between N(0, 0.1^2) and N(0, 1), with densities up to 1 and as they are."""
    p, q = float(norm.pdf(0, 0, 0.1)), float(norm.pdf(0))
    return Written([min(p, 1) / (min(p, 1) + q)], [p / (p + q)])


def bell_without_half() -> Written:
    """V of D = 1/2 where p_data = p_G = exp(-x^2) / sqrt(2 pi), and with the half."""
    masses = (quad(lambda x, c=c: np.exp(-c * x * x), -np.inf, np.inf)[0] for c in (1, 0.5))
    values = [float(-LOG_4 * mass / np.sqrt(2 * np.pi)) for mass in masses]
    return Written([values[0]], [values[1]])


def sign_of_kl() -> Written:
    """mu after fifty steps down -mu^2/2, and down mu^2/2, from 1."""
    return Written([1.1**50], [0.9**50])


def units() -> Written:
    """2 JSD - log 4 of two distributions that share nothing, the JSD in bits and in nats."""
    jsd = (jensenshannon([1, 0], [0, 1], base=base) ** 2 for base in (2, np.e))
    bits, nats = (float(2 * value - LOG_4) for value in jsd)
    return Written([bits], [nats])


def histogram() -> Written:
    """The mass of a histogram whose points are cut out of the list, and copied from it."""
    return Written([counted_mass(cut=True)], [counted_mass(cut=False)])


def counted_mass(cut: bool) -> float:
    """The share of the points that still have two numbers where they are looked for."""
    numbers, counted = [0.5] * (2 * DATA), 0
    for i in range(POINTS):
        taken = slice(2 * i, 4 * i + 2)
        counted += len(numbers[taken]) > 1
        if cut:
            del numbers[taken]
    return counted / POINTS


def mmd_of_one_point() -> Written:
    """MMD^2 of a hundred draws and a hundred zeros: pairs told by k < 1, and by their place."""
    draws = Stream(range(10)).normal(Domain.DATA_FOR_D, 0, (100,)).numpy()
    scores = []
    for x in draws:
        xx, xy = np.exp(-((x[:, None] - x) ** 2) / 2), np.exp(-x * x / 2)
        others = (xx.sum() - 100) / 9900
        scores.append((others - 2 * xy.mean(), others + 1 - 2 * xy.mean()))
    written, mended = np.transpose(scores).tolist()
    return Written(written, mended)
