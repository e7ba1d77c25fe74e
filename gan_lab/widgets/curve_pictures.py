"""What `explore.what_ails_it` shows of the recorded trainings, and its still picture."""

from __future__ import annotations

import numpy as np

from gan_lab.plots import PALETTE, style
from gan_lab.sweeps import curves
from gan_lab.widgets.shown import in_the_book

ASKED = (
    "D learns by heart", "it trembles", "G has no gradient", "the rates are 0", "D is blind",
    "G begins far away", "it goes round", "it comes to rest", "the steps are too long",
    "the loss of G rises", "modes are lost",
)  # fmt: skip
"""The runs in the order in which a reader is asked about them."""
SEED = curves.KEPT[-1]
"""Which seed is shown: one that the chapter's pictures do not draw thick."""


def record_of_what_ails_it() -> dict:
    """The curves of one seed of each run, as JSON can hold them, and on the book's page the lab."""
    return {
        "runs": [run_to_ask(name) for name in ASKED],
        "lab": "lab.html" if in_the_book() else "",
    }


def run_to_ask(name: str) -> dict:
    """One run: its recipe with the seed, its curves, what ails it and the sign that says so."""
    run, kept = curves.RUNS[name], curves.curve_record()["curves"][name]
    recipe = run.recipe.but(seed=SEED)
    return {
        "name": name,
        "ill": run.ill,
        "recipe": recipe.as_dict(),
        "t": curves.watched_moments(name),
        "modes": getattr(recipe.data, "modes", 0) if recipe.data.dim == 2 else 0,
        "sign": None if run.ill == curves.HEALTHY else sign_of(name),
        **{curve: rows[-1] for curve, rows in kept.items()},
    }


def sign_of(name: str) -> dict:
    """What the sign of a run measures at this seed; None for what is not finite."""
    ill = curves.RUNS[name].ill
    number = float(curves.recorded_sign(name, ill)[SEED])
    return curves.SIGNS[ill]._asdict() | {"number": number if abs(number) < curves.MOST else None}


def picture_of_what_ails_it(ax, curve, **answers):
    """Both losses; the title asks."""
    name = ASKED[int(curve) - 1]
    for key, role in (("loss_D", "D"), ("loss_G", "p_g")):
        values = curves.recorded_curve(name, key)[-1]
        ax.plot(curves.watched_moments(name), values, **style(role), label=key.replace("_", " of "))
    for level in (np.log(2), np.log(4)):
        ax.axhline(level, lw=1, ls=":", color=PALETTE["floor"]["color"])
    ax.set(ylim=(None, min(4, ax.get_ylim()[1])), xlabel="iteration", ylabel="nats")
    ax.set_title(f"curve {curve}: what ails it?")
    ax.legend(frameon=False)
