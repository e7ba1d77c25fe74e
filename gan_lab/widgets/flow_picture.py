"""The still of the paths from z to x, and what they are paths to."""

from __future__ import annotations

import numpy as np

from gan_lab.plots import MUTED, RULE, style
from gan_lab.theory import gaussian
from gan_lab.theory.by_hand import of_bells
from gan_lab.theory.flows import euler_jsd, euler_map, euler_path, straight_velocity

EULER_TARGETS = {"two bumps": [(-1.3, 0.5), (1.3, 0.5)], "one bump": [(1, 0.6)]}
"""Data, as bells (mean, sd) of equal weight."""
LINES = 24


def picture_of_euler(ax, data, steps, z):
    """Paths of equally probable z, that of z, and on the right the density of the data."""
    target = of_bells(EULER_TARGETS[data])
    velocity, t = straight_velocity(target), np.linspace(0, 1, steps + 1)
    zs = gaussian(0, 1).ppf((np.arange(LINES) + 0.5) / LINES)
    ax.plot(t, euler_path(velocity, steps, zs), color=RULE, lw=0.8)
    ax.plot(np.linspace(0, 1, 257), euler_path(velocity, 256, z), ":", color=MUTED)
    ax.plot(t, euler_path(velocity, steps, z), "o-", color=style("p_g")["color"], ms=4)
    x = np.linspace(-3.4, 3.4, 401)
    ax.plot(1 + 0.4 * target.pdf(x), x, **style("p_data"))
    end = float(euler_map(velocity, steps)(z))
    ax.set(xlim=(0, 1.4), ylim=(-3.4, 3.4), xlabel="t", ylabel="z at 0, x at 1")
    ax.set_title(f"{steps} steps: {z:.2f} to {end:.2f}; JSD {euler_jsd(target, steps):.4f} nats")
