"""Still pictures of the losses of G, for where their explorables cannot be shown."""

from __future__ import annotations

import numpy as np
from scipy import special, stats

from gan_lab.plots import DASHED, DOTTED, PALETTE, SOLID, style
from gan_lab.theory import optimal_logit
from gan_lab.theory.generator_losses import GENERATOR_LOSSES

LOOKS = {
    "minimax": {"color": PALETTE["D"]["color"], "ls": DASHED},
    "non-saturating": {"color": PALETTE["p_g"]["color"], "ls": SOLID},
    "maximum-likelihood": {"color": PALETTE["p_data"]["color"], "ls": DOTTED},
}
"""How the three are told apart, here and in the page's `draw/loss_styles.js`."""


def picture_of_losses(ax, against, s):
    """Each loss with a mark at the logit s; the legend has the slope there."""
    logits = np.linspace(-6, 6, 481)
    shown = (lambda l: l) if against == "logit" else special.expit
    for name, look in LOOKS.items():
        row = GENERATOR_LOSSES[name]
        slope = -np.exp(row.log_steepness(float(s)))
        if against == "D":
            slope = slope / (special.expit(s) * special.expit(-s))
        ax.plot(shown(logits), row.cost(logits), label=f"{name}: slope {slope:.3g}", **look)
        ax.plot([shown(s)], [row.cost(float(s))], "o", color=look["color"])
    ax.set(ylim=(-4, 4), xlabel="logit s" if against == "logit" else "D", ylabel="nats")
    ax.legend(frameon=False)


def picture_of_pulls(ax, data, mu, sigma):
    """Both densities, and under them the pull of each loss at nine equally probable samples."""
    from gan_lab.widgets.explorable_pictures import pair_of_distributions

    p_data, p_g = pair_of_distributions(data, mu, sigma)
    x = np.linspace(-6, 6, 481)
    ax.plot(x, p_data.pdf(x), label="p_data", **style("p_data"))
    ax.plot(x, p_g.pdf(x), label="p_G", **style("p_g"))
    samples = mu + sigma * stats.norm.ppf((np.arange(9) + 0.5) / 9)
    logit, h = optimal_logit(p_data, p_g), 1e-5
    rise = (logit(samples + h) - logit(samples - h)) / (2 * h)
    for i, (name, look) in enumerate(LOOKS.items()):
        pull = np.clip(0.15 * GENERATOR_LOSSES[name].pull(logit(samples), rise), -1, 1)
        y = np.full(9, -0.12 * (i + 1))
        ax.quiver(samples, y, pull, 0 * pull, angles="xy", scale_units="xy", scale=1,
                  width=0.004, color=look["color"])  # fmt: skip
        ax.text(-5.9, y[0], name, color=look["color"], fontsize="small", va="center")
    ax.set(xlim=(-6, 6), ylim=(-0.45, 0.85), xlabel="x")
    ax.legend(frameon=False, ncols=2, loc="upper center")


def picture_of_critic(ax, loss, mu, sigma, scale, shift):
    """The best critic and the bent one; the title says what they earn."""
    from gan_lab.theory import gaussian
    from gan_lab.theory.critics import CRITICS, RELATIVISTIC, bent_bound

    p, q = gaussian(0, 1), gaussian(mu, sigma)
    x = np.linspace(-6, 6, 961)
    ratio = p.logpdf(x) - q.logpdf(x)
    best = ratio if loss == RELATIVISTIC else CRITICS[loss].best(ratio)
    ax.plot(x, best, color=PALETTE["D_star"]["color"], label="best T*")
    ax.plot(x, scale * best + shift, label=f"{scale:g} T* + {shift:g}", **style("D"))
    ax.plot(x, 3 * p.pdf(x) - 3.2, label="p", **style("p_data"))
    ax.plot(x, 3 * q.pdf(x) - 3.2, label="q", **style("p_g"))
    ax.set(xlim=(-6, 6), ylim=(-3.2, 3.2), xlabel="x", ylabel="T")
    ax.legend(frameon=False, ncols=4, loc="lower center", bbox_to_anchor=(0.5, 1.08))
    found = (bent_bound(loss, p, q, *of) for of in ((scale, shift), (1.0, 0.0)))
    now, most = ("∞" if np.isinf(e) and v > 0 else f"{v:.3f}" for v, e in found)
    ax.set_title(f"{loss}: T earns {now} of {most}".replace("-inf", "minus infinity"))
