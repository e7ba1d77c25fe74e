"""A claim of the chapter on convergence: the game of two numbers."""

from __future__ import annotations

import sympy as sp

from gan_lab.distributions.base import EPS, Estimate
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance

STEP = r"0 < h < 2"
Q, NEW_Q = r"Q(\theta, \psi)", r"Q(\theta', \psi')"

_h, _theta, _psi = sp.symbols("h theta psi", real=True)


def _moved(theta, psi, h, alternating: bool):
    """(theta', psi') after one step of both players."""
    new_psi = psi + h * theta
    return theta - h * (new_psi if alternating else psi), new_psi


def quantities(theta, psi, h, alternating: bool) -> Instance:
    """What the claim speaks of, in numbers or in sympy."""
    new_theta, new_psi = _moved(theta, psi, h, alternating)
    return {
        "h": h,
        r"\theta": theta,
        r"\psi": psi,
        r"\theta'": new_theta,
        r"\psi'": new_psi,
        Q: theta**2 + h * theta * psi + psi**2,
        NEW_Q: new_theta**2 + h * new_theta * new_psi + new_psi**2,
    }


def _steps(rng: draws.Rng, alternating: bool) -> Drawn:
    """From many places at many scales."""
    h = draws.within_hypothesis(STEP, "h", rng, 200)
    theta, psi = rng.normal(size=(2, 200)) * 10.0 ** rng.uniform(-3, 3, 200)
    found = quantities(theta, psi, h, alternating)
    size = theta**2 + psi**2
    yield {
        name: Estimate(v, 64 * EPS * size) if name in (Q, NEW_Q) else v for name, v in found.items()
    }


def _at_once(rng: draws.Rng) -> Drawn:
    return _steps(rng, alternating=False)


def in_turns(rng: draws.Rng) -> Drawn:
    return _steps(rng, alternating=True)


def diagonals(rng: draws.Rng) -> Drawn:
    """The ends of the ellipse's axes."""
    for psi in (1.0, -1.0):
        for h in draws.within_hypothesis(STEP, "h", rng, 5):
            yield quantities(1.0, psi, h, alternating=True)


_together = quantities(_theta, _psi, _h, alternating=False)
_in_turns = quantities(_theta, _psi, _h, alternating=True)

SPIRAL_OR_ORBIT = Claim(
    name="spiral-or-orbit",
    title="Out, or around",
    chapter="convergence",
    source="derived here; Gidel et al. 2019 for games of several numbers",
    sentences=(
        r"*Simultaneous* steps, $$ \begin{aligned} \theta' & = \theta - h\psi , \\ "
        r"\psi' & = \psi + h\theta , \end{aligned} $$ multiply the squared distance from the "
        r"saddle by the same number at every step: "
        r"$$ \theta'^2 + \psi'^2 = (1 + h^2)(\theta^2 + \psi^2) . $$",
        r"*Alternating* ones, $D$ first, $$ \begin{aligned} \psi' & = \psi + h\theta , \\ "
        r"\theta' & = \theta - h\psi' , \end{aligned} $$ never change $Q$: "
        rf"$$ \begin{{aligned}} {NEW_Q} & = {Q} \\ & = \theta^2 + h\,\theta\psi + \psi^2 . "
        r"\end{aligned} $$",
        rf"For ${STEP}$ the points with the same positive $Q$ are an ellipse: "
        rf"$$ \begin{{aligned}} & (1 - h/2)(\theta^2 + \psi^2) \\ & \quad \le {Q} \\ "
        r"& \quad \le (1 + h/2)(\theta^2 + \psi^2) . \end{aligned} $$",
    ),
    checks=(
        Check(_at_once),
        Check(_at_once),
        Check(_at_once, algebra=_together),
        Check(in_turns),
        Check(in_turns),
        Check(in_turns, algebra=_in_turns),
        Check(in_turns, reached=draws.end("h", 2.0)),
        Check(in_turns, reached=diagonals),
    ),
    rivals=(
        Rival("the players answer each other", in_turns, of=(2,)),
        Rival("both move at once", _at_once, of=(5,)),
    ),
)
