"""Stills of the two games that a reader plays, and what these are played on."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from gan_lab.plots import style
from gan_lab.theory import V, js, optimal_logit
from gan_lab.theory.by_hand import (
    PLACES,
    drawn_logit,
    noisy,
    noisy_samples,
    of_bells,
    steps_up,
)
from gan_lab.theory.game import LOG_4

PAIRS = {
    "apart": ([(-1.4, 0.9)], [(1.6, 1.1)]),
    "overlapping": ([(0.4, 1.3)], [(-0.5, 0.8)]),
    "a mode missed": ([(-2.5, 0.8), (1.5, 1)], [(1.1, 0.9)]),
    "disjoint": ([(-2.5, 0.6)], [(2.6, 0.5)]),
}
"""Data and generator, as bells (mean, sd) of equal weight."""

SAMPLE_TARGETS = {"two modes": [(-2.2, 0.7), (2.2, 0.7)], "one mode": [(0, 1.5)]}
"""Data for samples to be moved to."""


def drawn_values(pair: str, heights) -> tuple[float, float]:
    """V of the D that is drawn, and of the best one, in nats."""
    p_data, p_g = map(of_bells, PAIRS[pair])
    drawn = V(drawn_logit(heights), p_data, p_g, panels=PLACES)
    return drawn.value, V(optimal_logit(p_data, p_g), p_data, p_g).value


def picture_of_you_are_d(ax, pair, committed, **heights):
    """Both densities and D; once it is committed D* too, and the title says what D is worth."""
    p_data, p_g = map(of_bells, PAIRS[pair])
    x, D = np.linspace(-6, 6, 481), list(heights.values())
    two_densities(ax, x, p_data, p_g)
    ax.plot(x, np.interp(x, PLACES, D), label="D", **style("D"))
    if committed == "yes":
        ax.plot(x, expit(optimal_logit(p_data, p_g)(x)), label="D*", **style("D_star"))
        mine, best = drawn_values(pair, D)
        share = (mine + LOG_4) / (best + LOG_4)
        ax.set_title(f"{share:.0%} of the way from an even bet to D*")
    else:
        ax.plot(PLACES, D, "o", color=style("D")["color"])
        ax.set_title("You are D: draw it")
    ax.legend(frameon=False, ncols=4, loc="upper center")


def picture_of_you_are_g(ax, data, **samples):
    """Both densities with the noise, D between them, and an arrow at each sample."""
    at = np.array(list(samples.values()))
    p_data, p_g = of_bells(noisy(SAMPLE_TARGETS[data])), of_bells(noisy_samples(at))
    x = np.linspace(-6, 6, 481)
    two_densities(ax, x, p_data, p_g)
    ax.plot(x, expit(optimal_logit(p_data, p_g)(x)), label="D", **style("D"))
    y = -0.06 * (1 + np.arange(len(at)) % 4)
    ax.plot(at, y, "o", color=style("p_g")["color"])
    ax.quiver(
        at, y, steps_up(SAMPLE_TARGETS[data], at), 0 * at, angles="xy", scale_units="xy", scale=1
    )
    ax.set(ylim=(-0.3, 1.2), title=f"JSD {js(p_data, p_g).value:.3f} nats")
    ax.legend(frameon=False, ncols=3, loc="upper center")


def two_densities(ax, x, p_data, p_g):
    ax.plot(x, p_data.pdf(x), label="p_data", **style("p_data"))
    ax.plot(x, p_g.pdf(x), label="p_G", **style("p_g"))
    ax.set(xlim=(x[0], x[-1]), ylim=(0, 1.2), xlabel="x")
