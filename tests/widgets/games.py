"""A small recording made without a training: what the front end is shown in these tests."""

import numpy as np
from scipy.stats import norm

from gan_lab.recording import recording
from gan_lab.recording.frames import Frame
from gan_lab.training.recipe import Recipe


def small_recording(**words) -> recording.Recording:
    """Seven frames on 19 points: p_g comes to p_data = N(0, 1), D follows half of the way."""
    x, u = np.linspace(-4, 4, 19), (np.arange(5) + 0.5) / 5
    z, p_data = norm.ppf(u), norm.pdf(x)
    frames = []
    for i in range(7):
        mean = 2 - i / 3
        p_g = norm.pdf(x, mean)
        D_star = p_data / (p_data + p_g)
        D_star[-1] = np.nan
        D = 0.25 + D_star / 2
        D[-1] = 0.5
        jsd = 0.3 - i / 30
        line = np.stack([np.append(x, 4), np.append(p_g, 0)])
        numbers = {"V": 2 * jsd - np.log(4) - 0.1, "C": 2 * jsd - np.log(4), "jsd": jsd}
        rest = numbers | {"outline": line}
        turn = ("start", "D", "G")[0 if i == 0 else 2 - i % 2]
        frames.append(Frame((i + 1) // 2, turn, x, p_data, p_g, D, D_star, z, z + mean, **rest))
    return recording.Recording.of(Recipe(), frames, **words)
