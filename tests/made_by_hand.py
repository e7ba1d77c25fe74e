"""Frames and recordings made by hand, and a game small enough to be recorded in no time."""

import math

import numpy as np
from scipy.special import expit, log_expit
from scipy.stats import norm

from gan_lab.datasets import digits, spots
from gan_lab.recording.frames import Frame
from gan_lab.recording.images import ImageRecording
from gan_lab.recording.plane_frames import PlaneFrame
from gan_lab.recording.recording import Recording
from gan_lab.training.recipe import Recipe

SMALL = Recipe(G=(8,), D=(8,), k=2, m=16, iterations=6)
OF_PICTURES = SMALL.but(data=digits(), latent_dim=3, loss="non-saturating", iterations=40)
SMALL_IN_PLANE = SMALL.but(data=spots([(0, 0), (2, 1)], [0.3, 0.4]), latent_dim=2, k=1)


def frame(t=0, turn="start", mean=2.0, sd=0.8, trust=0.5, n=33, a=9) -> Frame:
    """A frame by hand: two Gaussians, and a D whose logit is `trust` times the best one."""
    x, z = np.linspace(0.0, 6.0, n), norm.ppf((np.arange(a) + 0.5) / a)
    log_p, log_q = norm(3, 0.5).logpdf(x), norm(mean, sd).logpdf(x)
    p, q, logit = np.exp(log_p), np.exp(log_q), log_p - log_q
    V, C = (
        float(np.sum(p * log_expit(l) + q * log_expit(-l)) * (x[1] - x[0]))
        for l in (trust * logit, logit)
    )
    jsd, D, best = (C + math.log(4)) / 2, expit(trust * logit), expit(logit)
    return Frame(t, turn, x, p, q, D, best, z, mean + sd * z, V, C, jsd, 1e-9, 1e-9, 1e-9, 1.2, 0.7)


def by_hand(frames=9, **words) -> Recording:
    turns = ["start"] + ["D", "G"] * frames
    rows = [
        frame((i + 1) // 2 - (turns[i] == "D"), turns[i], 3 - 1.2**-i, 0.5 + 0.5**i, i % 2)
        for i in range(frames)
    ]
    return Recording.of(SMALL, rows, **words)


def game_of(*moments) -> Recording:
    """A recording of (turn, mean and sd of p_g, how D's logit compares to the best)."""
    rows, t = [], 0
    for turn, mean, sd, trust in moments:
        t += turn == "G"
        rows.append(frame(t, turn, mean, sd, trust, n=129))
    return Recording.of(SMALL, rows)


STORY = [
    ("start", 3.0, 2.5, 0.0), ("D", 3.0, 2.5, 0.9), ("G", 3.2, 1.1, 3.0), ("D", 3.2, 1.1, 1.3),
    ("G", 3.2, 1.0, 2.5), ("D", 3.2, 1.0, 1.1), ("G", 3.1, 0.7, 1.5), ("D", 3.1, 0.7, 1.2),
    ("G", 3.0, 0.502, 0.5), ("D", 3.0, 0.502, 1.0),
]  # fmt: skip


def plane_frame(i: int, cells=5, points=6) -> PlaneFrame:
    """Frame i by hand: G pushes the square of z to the right, D says that the data are there."""
    window, level = np.array([-1.5, 3.5, -2.0, 3.0]), np.linspace(-1, 1, 3)
    z = norm.ppf((np.arange(2 * points).reshape(points, 2) % 7 + 0.5) / 7)
    square = np.stack(np.meshgrid(level, level), axis=-1).reshape(-1, 2)
    x = window[0] + (np.arange(cells) + 0.5) * (window[1] - window[0]) / cells
    logit, right = np.tile(x - 1 + 0.1 * i, (cells, 1)), (i + 1) // 2 * np.array([0.25, 0.125])
    D_star = expit(np.outer(x, x) + right.sum())
    D_star[0, 0] = np.nan
    turn = ("start", "D", "G")[0 if i == 0 else 2 - i % 2]
    return PlaneFrame(
        i // 2,
        turn,
        window,
        np.array([[0, 0, 0.3], [2, 1, 0.4]]),
        z[::-1] + 1,
        z,
        z + right,
        0.1 * i - z,
        square + right,
        logit,
        D_star,
        np.array([True, i > 2]),
        0.5 + 0.05 * right[0],
        -1.5 + 0.01 * i,
        -1.2,
        0.09 + right[1] / 9,
        0.02,
        0.002,
        0.001,
        0.01,
        1.2,
        0.7,
    )


def plane_by_hand(frames=7, **words) -> Recording:
    return Recording.of(SMALL_IN_PLANE, [plane_frame(i) for i in range(frames)], **words)


def pictures_by_hand(frames=5, n=6, recipe=OF_PICTURES, **words) -> ImageRecording:
    """G's pictures darken, and D's outputs on them rise to those on the data."""
    rng, time, each = np.random.default_rng(0), np.arange(frames)[:, None], np.arange(n)
    shade = rng.integers(0, 256, (n, 64)) / 255
    told = np.eye(10)[each % 10] if recipe.conditional else np.empty((n, 0))
    return ImageRecording(
        recipe,
        t=10 * np.arange(frames),
        turn=np.array([0] + [2] * (frames - 1)),
        z=np.concatenate([rng.normal(size=(n, recipe.latent_dim)), told], axis=1),
        G_z=np.rint(255 * shade * (time[:, None] + 1) / frames).astype(np.uint8),
        real=rng.integers(0, 256, (n, 64), dtype=np.uint8),
        D_fake=0.5 * time - 2 + each / n,
        D_real=2 - 0.25 * time + each / n,
        loss_D=np.append(np.nan, 0.5 + 0.1 * np.arange(1, frames)),
        loss_G=np.append(np.nan, 2 - 0.2 * np.arange(1, frames)),
        **words,
    )
