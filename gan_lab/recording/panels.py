"""The panels of the paper's Figure 1: which frames of a recording its caption describes.

The caption's words are made into a criterion, and the numbers of that criterion stand here. The
buttons under a player state them, so a change here is a change there (`front_end/ui/transport.js`).
"""

from __future__ import annotations

import numpy as np

from gan_lab.recording.frames import TURNS

NEAR, DISPLACED, CLOSED, MOVED = (0.02, 0.12), 0.25, 0.5, 0.6
DONE, FLAT, CENTRAL = 0.003, 0.1, 0.99


def figure_1_panels(recording) -> dict[str, int]:
    """The four panels of Figure 1 of the GAN paper: the frames that its caption describes.

    (a) "an adversarial pair near convergence", D "a partially accurate classifier": of all
    frames before D's turn (not the start) with JSD from 0.02 to 0.12 nats and p_g displaced,
    its mean at least 0.25 sd of the data away from theirs, after which D's turn at least
    halves V(G, D*) - V(G, D), the one where it gains most;

    (b) "D is trained ... converging to D*": the next frame, after D's turn, G as in (a);

    (c) "after an update to G, ... G(z) to flow to regions that are more likely to be classified
    as data": the first later frame after G's turn with JSD at most 0.6 of that in (a);

    (d) "p_g = p_data ... D(x) = 1/2": the first later frame with JSD at most 0.003 nats and
    abs(D - 1/2) at most 0.1 over the central 99 % of p_data.

    Parameters
    ----------
    recording : Recording
        A game on the line.

    Returns
    -------
    dict of str to int
        The numbers of the frames a, b, c and d.

    Raises
    ------
    ValueError
        In a sentence that names the panel, when a recording has no such frame, or is of the plane.

    References
    ----------
    Goodfellow et al. 2014, Figure 1.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, record
    >>> from gan_lab.recording import figure_1_panels
    >>> short = record(Training(Recipe(G=(4,), D=(4,), iterations=1), device="cpu"))
    >>> figure_1_panels(short)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: no panel (a): ...
    """
    if recording.dim == 2:
        raise ValueError("Figure 1 is of a game on the line, and this one is in the plane")
    r, gap = recording, recording.C - recording.V
    after_G, after_D = r.turn == TURNS.index("G"), r.turn == TURNS.index("D")
    near = (r.jsd >= NEAR[0]) & (r.jsd <= NEAR[1]) & (displacement(r) >= DISPLACED)
    pairs = np.flatnonzero(after_G[:-1] & near[:-1] & after_D[1:] & (r.t[:-1] == r.t[1:]))
    if not pairs.size:
        raise ValueError(
            f"no panel (a): no frame before D's turn has a JSD from {NEAR[0]} to {NEAR[1]} nats "
            f"and a p_g whose mean is {DISPLACED} sd of the data or more from theirs"
        )
    closing = pairs[gap[pairs + 1] <= CLOSED * gap[pairs]]
    if not closing.size:
        best = np.min(gap[pairs + 1] / np.maximum(gap[pairs], 1e-300))
        raise ValueError(
            "no panel (b): no turn of D near convergence halves V(G, D*) - V(G, D), "
            f"the best leaves {best:.0%}; try a larger k"
        )
    a = int(closing[np.argmax(gap[closing] - gap[closing + 1])])
    c = first(after_G & (r.jsd <= MOVED * r.jsd[a]), a + 2)
    if c is None:
        raise ValueError(f"no panel (c): the JSD never falls to {MOVED} of that in panel (a)")
    flat = np.abs(r.D[:, central(r)] - 0.5).max(axis=1) <= FLAT
    d = first((r.jsd <= DONE) & flat, c + 1)
    if d is None:
        raise ValueError(
            f"no panel (d): no later frame has a JSD of at most {DONE} nats and D within {FLAT} "
            f"of 1/2 over the central {CENTRAL:.0%} of the data"
        )
    return {"a": a, "b": a + 1, "c": c, "d": d}


def first(there: np.ndarray, start: int) -> int | None:
    """The first index from `start` at which a truth value holds."""
    found = np.flatnonzero(there[start:])
    return start + int(found[0]) if found.size else None


def displacement(recording) -> np.ndarray:
    """How far the mean of G(z) is from that of the data in each frame, in sd of the data."""
    data = recording.recipe.data
    return np.abs(recording.G_z.mean(axis=1) - data.mean) / data.sd


def central(recording) -> np.ndarray:
    """Which points of x lie in the central 99 % of p_data."""
    ends = recording.recipe.data.ppf(np.array([1 - CENTRAL, 1 + CENTRAL]) / 2)
    return (recording.x >= ends[0]) & (recording.x <= ends[1])
