"""The still picture of `explore.game`: both densities with D, and the terms of V in the title."""

import numpy as np
from scipy.special import expit

from gan_lab.plots import style
from gan_lab.theory import gaussian, pushforward, value_terms


def picture_of_game(ax, m, mu, sigma, beta, alpha, c, seed):
    """p_data, p_G and D on one axis; nothing here is drawn at random."""
    noise = gaussian(0, 1)
    x = np.linspace(-6, 6, 480)  # round numbers, where G may turn, are missed

    def G(z):
        return mu + sigma * z + beta * z**2

    def logit(x):
        return alpha * (x - c)

    p_g = pushforward(G, noise, linear=beta == 0)
    curves = {"p_data": noise.pdf(x), "p_g": p_g.pdf(x), "D": expit(logit(x))}
    names = {"p_data": "p_data", "p_g": "p_G", "D": "D"}
    for role, values in curves.items():
        ax.plot(x, values, label=names[role], **style(role))
    ax.set(xlim=(-6, 6), ylim=(0, 1.02), xlabel="x")
    ax.legend(frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, 1.02))
    now = value_terms(logit, G, noise, noise)
    sums = f"{now.data.value:.3f} - {-now.noise.value:.3f} = {now.V.value:.3f}"
    sums = sums.replace("-", "\N{MINUS SIGN}")
    ax.set_title(f"V = {sums} nats; cross-entropy {-now.V.value / 2:.3f}")
