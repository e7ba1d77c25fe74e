"""The losses of the menu side by side, and what may be added to D's game, as tables with links.

Each row has an id to which the lab links, `loss-hinge` or `penalty-r1`: the `chapter` of a field.
What the cells say is held by `tests/training/test_family.py` to the losses as they are trained and
to `gan_lab.theory`. p is p_data, q is p_G, m their mean, r = p/q, l = log r; E_p and E_q are means
over data and samples, D stands for what D puts out, T for the critic of the f-GAN family.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from gan_lab.core.tables import Table
from gan_lab.training.losses import LOSSES

LOG_2 = math.log(2)


@dataclass(frozen=True)
class LossRow:
    """A loss in words: what each player lowers, and what comes of it where D is at its best.

    `bend` is F'' by r, of what G descends while that D stands still; `miss` and `invention` are
    F'(inf) and F(0) for F(1) = F'(1) = 0: what a share of the data costs that q does not have, and
    a share of samples where there are no data. None where no F says it.
    """

    D: str
    best: str
    value: str
    G: str
    descends: str
    needs: str
    proved: str
    bend: Callable[[float], float] | None = None
    miss: float | None = None
    invention: float | None = None


TWO_JSD = {"bend": lambda r: 1 / (r * (1 + r)), "miss": LOG_2, "invention": LOG_2}
CROSS_ENTROPY = {
    "D": "−E_p log σ(D) − E_q log(1 − σ(D))",
    "best": "l",
    "value": "log 4 − 2 JSD(p, q)",
}
F_GAN = {"proved": "variational-bound"}
DOMAIN = "T in its domain; data and samples that overlap"


def f_row(
    critic: str, conjugate: str, best: str, value: str, needs: str = DOMAIN, descends="", **parts
) -> LossRow:
    """A row of the f-GAN family, whose G descends what D measures."""
    return LossRow(
        D=f"E_q[{conjugate}] − E_p[{critic}]", best=best, value=f"−{value}",
        G=f"−E_q[{conjugate}]", descends=descends or value, needs=needs, **F_GAN, **parts,
    )  # fmt: skip


ROWS = {
    "minimax": LossRow(
        **CROSS_ENTROPY, G="E_q log(1 − σ(D))", descends="2 JSD(p, q)",
        needs="a D that is not sure of the samples", proved="theorem-1, three-divergences",
        **TWO_JSD,
    ),
    "non-saturating": LossRow(
        **CROSS_ENTROPY, G="−E_q log σ(D)", descends="2 KL(m ‖ p)",
        needs="data where there are samples", proved="three-divergences, no-contradiction",
        bend=lambda r: 1 / (r * r * (1 + r)), miss=1 - LOG_2, invention=math.inf,
    ),
    "maximum-likelihood": LossRow(
        **CROSS_ENTROPY, G="−½ E_q exp(D)", descends="½ KL(p ‖ q)",
        needs="samples where there are data", proved="three-divergences, likelihood-value",
        bend=lambda r: 0.5 / r, miss=math.inf, invention=0.5,
    ),
    "least-squares": LossRow(
        D="½ E_p (D − 1)² + ½ E_q (D + 1)²", best="tanh(l/2)", value="1 − χ²(p ‖ m)",
        G="½ E_q D²", descends="no divergence: F″ < 0 for r > 1",
        needs="a D that follows; with G's target at 1, a divergence", proved="least-squares-value",
        bend=lambda r: 2 * (1 - r) / (r * (1 + r) ** 3), miss=2 * LOG_2 - 1.5, invention=0.5,
    ),
    "hinge": LossRow(
        D="E_p max(0, 1 − D) + E_q max(0, 1 + D)", best="sign(l)", value="2 − 2 TV(p, q)",
        G="−E_q D", descends="nothing: D is flat", needs="a D short of its best",
        proved="hinge-value", bend=lambda r: 0.0, miss=0.0, invention=0.0,
    ),
    "wasserstein": LossRow(
        D="E_q D − E_p D", best="none by the ratio", value="−W₁(p, q)", G="−E_q D",
        descends="W₁(p, q)", needs="slopes of D up to 1: clipping, a penalty, spectral norm",
        proved="kantorovich-rubinstein",
    ),
    "relativistic": LossRow(
        D="−E log σ(D(x) − D(y)), pairs", best="l + any constant",
        value="log 2 − JSD(pq, qp)", G="−E log σ(D(y) − D(x))", descends="depends on p and q",
        needs="pairs of data and samples; penalties, to converge", proved="relativistic-value",
    ),
    "f-kl": f_row("D", "exp(D − 1)", "1 + l", "KL(p ‖ q)", "samples where there are data",
                  bend=lambda r: 1 / r, miss=math.inf, invention=1.0),
    "f-reverse-kl": f_row("−exp(−D)", "D − 1", "l", "KL(q ‖ p)", bend=lambda r: 1 / r**2,
                          miss=1.0, invention=math.inf),
    "f-pearson": f_row("D", "D²/4 + D", "2(r − 1)", "χ²(p ‖ q)", "samples where there are data",
                       bend=lambda r: 2.0, miss=math.inf, invention=1.0),
    "f-hellinger": f_row("1 − exp(−D)", "exp(D) − 1", "l/2", "2 H²(p, q)",
                         bend=lambda r: 0.5 * r**-1.5, miss=1.0, invention=1.0),
    "f-js": f_row("log 2σ(D)", "−log(2 − 2σ(D))", "l", "2 JSD(p, q)", **TWO_JSD),
    "f-gan": f_row("log σ(D)", "−log(1 − σ(D))", "l", "(2 JSD(p, q) − log 4)",
                   descends="2 JSD(p, q)", **TWO_JSD),
}  # fmt: skip
"""The rows by the names of `LOSSES`."""

ADDED = {
    "r1": ("D's slope at data", "½ E_p |D′|²", "the game comes to rest, and D stays soft"),
    "r2": ("D's slope at samples", "½ E_q |D′|²", "as R1, at G's points"),
    "gp": ("D's slope between them", "E(|D′| − 1)²", "W₁ nearly: a soft bound on the slope"),
    "clip": ("D's weights", "each within a bound", "W₁ times a constant that is not known"),
    "spectral": (
        "D's weights",
        "largest singular value 1",
        "slopes up to 1 (with SiLU 1.1 a layer): at most W₁",
    ),
    "smoothing": ("D's label of data", "1 − a, not 1", "odds (1 − a) p/(q + a p), at most 1/a − 1"),
    "instance_noise": ("all that D sees", "noise that falls to 0", "p and q overlap at first"),
    "packing": ("D's input", "several points at once", "a lost mode is seen"),
    "unrolled": ("G's view of D", "steps of D ahead", "G sees how D will answer"),
}
"""What a recipe may add to any loss, by the names of its fields: where it acts, how, what for."""


def price(value: float | None) -> str:
    """A price as a cell."""
    return "" if value is None else f"{value:.2f}".replace("inf", "∞")


def loss_table() -> Table:
    """The losses side by side: a row for each loss that a recipe names, with an id for links.

    Returns
    -------
    Table
        What each player lowers, the best output of D and what it then costs D, what G descends
        at that D, what a missed and an invented share cost, what it needs, and which claim of the
        ledger says so.

    Examples
    --------
    >>> from gan_lab.training.family import loss_table
    >>> loss_table().head[:3]
    ('loss', 'D lowers', 'best D')
    """
    head = ("loss", "D lowers", "best D", "D's least cost", "G lowers", "G then descends",
            "a miss", "an invention", "needs", "claim")  # fmt: skip
    rows = [
        (LOSSES[name].words or name, row.D, row.best, row.value, row.G, row.descends,
         price(row.miss), price(row.invention), row.needs, row.proved)
        for name, row in ROWS.items()
    ]  # fmt: skip
    return Table(head, rows, ids=[f"loss-{name}" for name in ROWS])


def added() -> Table:
    """What may be added to each loss: penalties and constraints, with an id for links.

    Returns
    -------
    Table
        Where each acts, how, and what for.

    Examples
    --------
    >>> from gan_lab.training.family import added
    >>> added().rows[0][:2]
    ('Penalty R1', "D's slope at data")
    """
    from gan_lab.training.schema import FIELDS

    rows = [(FIELDS[name].label, *words) for name, words in ADDED.items()]
    head = ("field", "acts on", "how", "what for")
    return Table(head, rows, ids=[f"penalty-{name}" for name in ADDED])
