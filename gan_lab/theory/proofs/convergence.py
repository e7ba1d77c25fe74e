"""The claims of the chapter on convergence: momentum, eigenvalues, steps with R1, silence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import sympy as sp
from scipy.optimize import brentq

from gan_lab.distributions.base import EPS, Estimate
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance, at_places
from gan_lab.theory.two_numbers import jacobian_of_map, radius, sigmoid, velocity

CHAPTER = "convergence"
RHO, BETA = r"\rho", r"|\beta|"
ROUNDED = 1e-7  # of the modulus of an eigenvalue that may be double


# Momentum


def with_momentum(beta: float, h: float, alternating: bool) -> Instance:
    rho = radius("bilinear", h=h, beta=beta, alternating=alternating)
    return {RHO: Estimate(rho, 1e-12), r"\beta": beta, BETA: abs(beta), "h": h}


def _together(rng: draws.Rng, alternating: bool = False) -> Drawn:
    for beta in (*rng.uniform(-1, 1, 40), 0.0):
        yield with_momentum(beta, 10.0 ** rng.uniform(-1, 1), alternating)


def negative(rng: draws.Rng, alternating: bool = True, sign: float = -1.0) -> Drawn:
    """Steps shorter than 2 (1 + beta)."""
    for beta in sign * rng.uniform(0.05, 0.95, 40):
        yield with_momentum(beta, 2 * (1 + beta) * rng.uniform(0.2, 0.999), alternating)


def positive(rng: draws.Rng) -> Drawn:
    for beta in rng.uniform(0.05, 0.95, 40):
        yield with_momentum(beta, 10.0 ** rng.uniform(-0.5, 1), True)


def orbits(rng: draws.Rng) -> Drawn:
    for h in rng.uniform(0.1, 1.9, 5):
        yield with_momentum(0.0, h, True)


def longest(rng: draws.Rng) -> Drawn:
    for beta in rng.uniform(-0.9, -0.1, 5):
        yield {r"\beta": beta, "h": 2 * (1 + beta)}


MOMENTUM = Claim(
    name="momentum",
    title="Momentum brings in only if it is negative",
    chapter=CHAPTER,
    source="after Gidel et al. 2019; derived here",
    sentences=(
        r"Let $h > 0$ and $|\beta| < 1$, let both players of the game of two numbers have the "
        r"momentum $\beta$, and let $\rho$ be the largest modulus of the eigenvalues of a step.",
        r"With *simultaneous* steps $\rho > 1$.",
        r"With *alternating* ones $\rho < 1$ if $\beta < 0$ and $h < 2(1 + \beta)$.",
        r"With *alternating* ones $\rho > 1$ if $\beta > 0$.",
    ),
    checks=(
        Check(_together),
        Check(_together, reached=draws.end(BETA, 1.0)),
        Check(_together),
        Check(negative, reached=orbits),
        Check(negative, reached=draws.end(r"\beta", 0.0)),
        Check(negative, reached=longest),
        Check(positive),
        Check(positive),
    ),
    rivals=(
        Rival("the players take turns", negative, of=(2,)),
        Rival("the momentum is positive", lambda rng: negative(rng, sign=1.0), of=(3, 4)),
        Rival("the players move at once", lambda rng: negative(rng, alternating=False), of=(3,)),
    ),
)


# The eigenvalues of the Dirac-GAN, method by method

PLAIN, R1 = r"\lambda^2", r"(\lambda + \gamma/2)^2"
NOISE, CONSENSUS = r"(\lambda + \tau/4)^2", r"(\lambda + \gamma/4)^2"
AT, WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
WEIGHTS = WEIGHTS / WEIGHTS.sum()

_theta, _psi = sp.symbols("theta psi", real=True)
_gamma, _tau = sp.symbols(r"\gamma \tau", positive=True)


def squared(field: Callable, centre: float) -> Estimate:
    """(lambda - centre)^2, which is real, for both eigenvalues of a field's Jacobian at (0, 0)."""
    found = np.linalg.eigvals(jacobian_of_map(field, (0.0, 0.0))) - centre
    return at_places((found**2).real + np.abs((found**2).imag), 1e-11 * (1 + centre**2))


def directions(game: str, gamma: float, theta, psi) -> tuple:
    """`velocity`, with the place last."""
    return velocity(game, theta, psi, gamma)


def _critic(theta, psi, penalty=0.0) -> tuple:
    """The Wasserstein game: D(x) = psi x."""
    return psi, -theta - penalty * psi


def _blurred(theta, psi, sd_data: float, sd_fake: float) -> tuple:
    """The minimax game where data and samples have Gaussian noise: averages by quadrature."""
    x, y = sd_data * AT, theta + sd_fake * AT
    push = WEIGHTS @ (x * sigmoid(-psi * x)) - WEIGHTS @ (y * sigmoid(psi * y))
    return WEIGHTS @ (psi * sigmoid(psi * y)), push


def agreed(theta, psi, gamma_G: float, gamma_D: float) -> tuple:
    """v - gamma times half the gradient of |v|^2, for v of the minimax game linearised at (0, 0):
    terms of higher order do not reach the Jacobian there."""
    J = jacobian_of_map(lambda a, b: velocity("minimax", a, b), (0.0, 0.0))
    v = J @ np.array([theta, psi])
    return tuple(v - np.array([gamma_G, gamma_D]) * (J.T @ v))


def _plain(rng: draws.Rng, sd: float = 0.0) -> Drawn:
    for game in ("minimax", "non-saturating"):
        yield {PLAIN: squared(partial(directions, game, 0.0), 0.0)}
    if sd:
        yield {PLAIN: squared(lambda a, b: _blurred(a, b, sd, sd), 0.0)}


def wasserstein(rng: draws.Rng, penalty: float = 0.0) -> Drawn:
    yield {PLAIN: squared(lambda a, b: _critic(a, b, penalty), 0.0)}


def _penalised(rng: draws.Rng, game: str = "") -> Drawn:
    for gamma in (0.3, 1.0, 2.5, *rng.uniform(0, 5, 6)):
        for name in (game,) if game else ("minimax", "non-saturating"):
            field = partial(directions, name, gamma)
            yield {R1: squared(field, -gamma / 2), r"\gamma": gamma}


def _noisy(rng: draws.Rng, of_data: float = 1.0) -> Drawn:
    for sd in (0.5, 2**0.5, *rng.uniform(0.1, 2.5, 6)):
        field = partial(_blurred, sd_data=of_data * sd, sd_fake=sd)
        yield {NOISE: squared(field, -(sd**2) / 4), r"\tau": sd**2}


def consensus(rng: draws.Rng, of_G: float = 1.0) -> Drawn:
    for gamma in (0.3, *rng.uniform(0.1, 5, 6)):
        field = partial(agreed, gamma_G=of_G * gamma, gamma_D=gamma)
        yield {CONSENSUS: squared(field, -gamma / 4), r"\gamma": gamma}


def by_sympy(G: sp.Expr, D: sp.Expr, centre: sp.Expr) -> sp.Expr:
    """(lambda - centre)^2, from sympy's eigenvalues of the Jacobian of (G, D)."""
    J = sp.Matrix([G, D]).jacobian([_theta, _psi]).subs({_theta: 0, _psi: 0})
    squares = {sp.simplify(sp.expand((one - centre) ** 2)) for one in J.eigenvals()}
    assert len(squares) == 1, "both eigenvalues are equally far from the centre"
    return squares.pop()


_s = _theta * _psi
_D = 1 / (1 + sp.exp(-_s))
# noise: E[y sigma(psi y)] is y/2 + psi y^2/4 on average, up to terms that vanish to third order
_blur = -_theta / 2 - _psi * (_tau + _theta**2 + _tau) / 4
_pull = sp.Matrix([_psi / 2, -_theta / 2])
_gradient = sp.Matrix([(_pull.dot(_pull) / 2).diff(one) for one in (_theta, _psi)])
_agreed = _pull - _gamma * _gradient

DIRAC_EIGENVALUES = Claim(
    name="dirac-eigenvalues",
    title="The eigenvalues of the Dirac-GAN",
    chapter=CHAPTER,
    source="Mescheder et al. 2018, section 2 and Lemma 3.2; the others derived here",
    sentences=(
        r"Let the data be the number 0, let $G$ make the number $\theta$, and let $D$ have the "
        r"logit $\psi x$, or the output $\psi x$ for the loss of WGAN. With R1 or R2 $D$ "
        r"pays $\frac{\gamma}{2} \psi^2$; noise is Gaussian, of the variance $\tau$, on data and "
        r"samples; for consensus both players pay $\frac{\gamma}{2} |v|^2$, where $v$ "
        r"is the field along which both move.",
        r"At $(0, 0)$ the eigenvalues $\lambda$ of its Jacobian are given by $$ \begin{aligned} "
        rf"\text{{no penalty: }} & {PLAIN} = -1/4 , \\ "
        rf"\text{{WGAN: }} & {PLAIN} = -1 , \\ "
        rf"\text{{R1 or R2: }} & {R1} = (\gamma^2 - 1)/4 , \\ "
        rf"\text{{noise: }} & {NOISE} = (\tau^2 - 4)/16 , \\ "
        rf"\text{{consensus: }} & {CONSENSUS} = -1/4 \end{{aligned}} $$ "
        r"for the minimax loss and, without noise and consensus, for the non-saturating one.",
    ),
    checks=(
        Check(_plain, algebra={PLAIN: by_sympy(_psi * _D, -_theta * _D, sp.S.Zero)}),
        Check(wasserstein, algebra={PLAIN: by_sympy(_psi, -_theta, sp.S.Zero)}),
        Check(
            _penalised,
            algebra={
                R1: by_sympy(_psi * _D, -_theta * _D - _gamma * _psi, -_gamma / 2),
                r"\gamma": _gamma,
            },
        ),
        Check(
            _noisy,
            algebra={NOISE: by_sympy(_psi / 2, _blur, -_tau / 4), r"\tau": _tau},
        ),
        Check(
            consensus,
            algebra={CONSENSUS: by_sympy(_agreed[0], _agreed[1], -_gamma / 4), r"\gamma": _gamma},
        ),
    ),
    rivals=(
        Rival("the data are no single point", lambda rng: _plain(rng, sd=1.0)),
        Rival("the critic pays for its slope", lambda rng: wasserstein(rng, 1.0), of=(1,)),
        Rival("the game is V = theta psi", lambda rng: _penalised(rng, "bilinear"), of=(2,)),
        Rival("the data have no noise", lambda rng: _noisy(rng, 0.0), of=(3,)),
        Rival("G does not pay for consensus", lambda rng: consensus(rng, 0.0), of=(4,)),
    ),
)


# How long a step may be with R1

TOGETHER, IN_TURNS = r"\rho_s", r"\rho_a"
NARROW = 4.0  # for longer steps no gamma brings the players in


def bounds(h: float, alternating: bool) -> tuple[float, float]:
    """Between which strengths the modulus is below 1, found by a search for where it is 1."""

    def over(gamma):
        return radius("minimax", h=h, gamma=gamma, alternating=alternating) - 1

    inside = min((over(g), g) for g in np.linspace(1e-3, 4 / h, 400))[1]
    low: Any = 0.0 if alternating else brentq(over, 0.0, inside, xtol=1e-14)
    high: Any = brentq(over, inside, 8 / h + h, xtol=1e-14)
    return float(low), float(high)


def r1_step(h: float, gamma: float, alternating: bool, game: str = "minimax") -> Instance:
    rho = radius(game, h=h, gamma=gamma, alternating=alternating)
    name = IN_TURNS if alternating else TOGETHER
    return {"h": h, r"\gamma": gamma, name: Estimate(rho, 64 * EPS)}


def _allowed(rng: draws.Rng, alternating: bool) -> tuple[float, float, float]:
    """A step, and the interval of the formula."""
    h = float(rng.uniform(0.1, 0.95 * NARROW))
    return (h, 0.0, 2 / h - h / 8) if alternating else (h, h / 4, 2 / h + h / 8)


def _within(rng: draws.Rng, alternating: bool, beyond: float = 0.0, game: str = "minimax") -> Drawn:
    """gamma in the interval or, with `beyond`, above it."""
    for _ in range(40):
        h, low, high = _allowed(rng, alternating)
        share = rng.uniform(0.05, 0.95) + beyond
        yield r1_step(h, low + share * (high - low), alternating, game)


def coming_in(rng: draws.Rng, alternating: bool, game: str = "minimax") -> Drawn:
    """Any step and strength, kept if the modulus is below 1."""
    name = IN_TURNS if alternating else TOGETHER
    for h, gamma in zip(rng.uniform(0.05, 4, 400), 10.0 ** rng.uniform(-2, 1.5, 400), strict=True):
        found = r1_step(h, gamma, alternating, game)
        if found[name].value < 1 - 1e-9:
            yield found


def borders(rng: draws.Rng, alternating: bool) -> Drawn:
    for h in (0.2, 1.0, 2.5):
        for gamma in bounds(h, alternating):
            yield {"h": h, r"\gamma": Estimate(gamma, 1e-11 / h)}


def at_border(rng: draws.Rng, alternating: bool) -> Drawn:
    name = IN_TURNS if alternating else TOGETHER
    for h in (0.2, 1.0):
        high = 2 / h + (-h / 8 if alternating else h / 8)
        yield {name: Estimate(radius("minimax", h=h, gamma=high, alternating=alternating), ROUNDED)}


def both_ways(draw: Callable, alternating: bool, **more) -> Callable:
    return lambda rng: draw(rng, alternating, **more)


R1_STEPS = Claim(
    name="r1-steps",
    title="How long a step may be with R1",
    chapter=CHAPTER,
    source="the Jury conditions; derived here",
    sentences=(
        r"Let both players of the Dirac-GAN make plain steps of the length $h > 0$, let $D$ pay R1 "
        r"of the strength $\gamma$, and let $\rho_s$ and $\rho_a$ be the largest moduli of the "
        r"eigenvalues at $(0, 0)$ of a simultaneous and of an alternating step.",
        r"Then $\rho_s < 1$ if and only if "
        r"$$ \frac{h}{4} < \gamma < \frac{2}{h} + \frac{h}{8} . $$",
        r"And $\rho_a < 1$ if and only if $$ 0 < \gamma < \frac{2}{h} - \frac{h}{8} . $$",
    ),
    checks=(
        Check(both_ways(_within, False)),
        Check(both_ways(_within, False), reached=both_ways(at_border, False)),
        Check(both_ways(coming_in, False), reached=both_ways(borders, False)),
        Check(both_ways(_within, True), reached=both_ways(at_border, True)),
        Check(both_ways(coming_in, True), reached=both_ways(borders, True)),
    ),
    rivals=(
        Rival("gamma is above the interval", both_ways(_within, False, beyond=1.0), of=(1,)),
        Rival("gamma is above the interval", both_ways(_within, True, beyond=1.0), of=(3,)),
        Rival("V = theta psi", both_ways(coming_in, False, game="bilinear"), of=(2,)),
        Rival("V = theta psi", both_ways(_within, True, game="bilinear"), of=(3,)),
        Rival("both move at once", both_ways(coming_in, False), of=(4,)),
    ),
)


# Where the eigenvalues are silent

GROWTH = r"(r^2)'"


def turning(theta, psi, game: str) -> Instance:
    """The squared distance's slope along the field, by the chain rule."""
    a, b = velocity(game, theta, psi)
    found = 2 * (theta * a + psi * b)
    size = EPS * (np.abs(theta * a) + np.abs(psi * b))
    return {
        GROWTH: Estimate(found, 16 * size),
        "s": theta * psi,
        "D": Estimate(sigmoid(theta * psi), 4 * EPS),
    }


def anywhere(rng: draws.Rng, game: str) -> Drawn:
    theta, psi = rng.normal(size=(2, 200)) * 10.0 ** rng.uniform(-2, 1, 200)
    yield turning(theta, psi, game)


def on_an_axis(rng: draws.Rng) -> Drawn:
    yield turning(0.0, 1.3, "non-saturating")


_r_squared = {
    kind: 2 * (_theta * G + _psi * -_theta * _D)
    for kind, G in (("minimax", _psi * _D), ("non-saturating", _psi * (1 - _D)))
}

SILENT = Claim(
    name="silent-eigenvalues",
    title="Where the eigenvalues are silent",
    chapter=CHAPTER,
    source="Mescheder et al. 2018, section 2; derived here",
    sentences=(
        r"Let both players of the Dirac-GAN move along the field, without a penalty; let $s$ be "
        r"the logit at the sample, $D$ the output there, and $r$ the distance from $(0, 0)$.",
        rf"With the minimax loss $$ {GROWTH} = 0 . $$",
        rf"With the non-saturating loss $$ {GROWTH} = 2 s\, (1 - 2 D) \le 0 , $$ with equality "
        r"only where $s$ is 0.",
    ),
    checks=(
        Check(lambda rng: anywhere(rng, "minimax"), algebra={GROWTH: _r_squared["minimax"]}),
        Check(
            lambda rng: anywhere(rng, "non-saturating"),
            reached=on_an_axis,
            algebra={GROWTH: _r_squared["non-saturating"], "s": _s, "D": _D},
        ),
    ),
    rivals=(
        Rival("the loss is the non-saturating one", lambda rng: anywhere(rng, "non-saturating")),
        Rival("the loss is the minimax one", lambda rng: anywhere(rng, "minimax"), of=(1,)),
    ),
)
