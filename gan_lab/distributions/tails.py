"""How a density behaves at the ends of its panels, and what that decides.

Near an end, let y grow without bound: y = |x| at infinity, and y = 1 / distance at a finite
end. A `Tail` is log p up to a bounded term, as a sum of terms c * exp(r y) * y^k * (log y)^j.
Such sums decide whether an integral of powers and logarithms of densities converges there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Key = tuple[float, float, float]
SQUARE: Key = (0.0, 2.0, 0.0)
LINE: Key = (0.0, 1.0, 0.0)
LOG_SQUARE: Key = (0.0, 0.0, 2.0)
LOG: Key = (0.0, 0.0, 1.0)
CONSTANT: Key = (0.0, 0.0, 0.0)
TINY, HUGE = 1e-298, 1e298


@dataclass(frozen=True)
class Tail:
    """log p as y grows: the sum of c * exp(r y) * y^k * (log y)^j over `terms` {(r, k, j): c}.

    `vague` is the order of what was left out (bounded, unless said otherwise). A `nothing`
    tail belongs to a density that is 0 on that side.
    """

    terms: dict[Key, float] = field(default_factory=dict)
    vague: Key = CONSTANT
    nothing: bool = False

    def leading(self) -> tuple[Key, float] | None:
        """The largest term that does not vanish, or None when log p stays bounded."""
        keys = [key for key, c in self.terms.items() if c != 0 and key > self.vague]
        return (max(keys), self.terms[max(keys)]) if keys else None


REGULAR = Tail()
NOTHING = Tail(nothing=True)


def power(c: float) -> Tail:
    """p ~ y^c."""
    return Tail({LOG: c})


def combine(a: float, first: Tail, b: float, second: Tail) -> Tail:
    """The tail of p^a q^b. Cancellation that rounding could have made is called vague, and so is
    that of two coefficients which were cut to what floats hold."""
    terms: dict[Key, float] = {}
    vague = max(first.vague, second.vague)
    for key in first.terms.keys() | second.terms.keys():
        left, right = a * first.terms.get(key, 0.0), b * second.terms.get(key, 0.0)
        c = left + right
        both = left != 0 and right != 0
        clipped = both and (min(abs(left), abs(right)) > HUGE or max(abs(left), abs(right)) < TINY)
        if clipped or c != 0 and abs(c) <= 1e-13 * (abs(left) + abs(right)):
            vague = max(vague, key)
        terms[key] = c
    return Tail(terms, vague)


def heavier(first: Tail | None, second: Tail | None) -> Tail | None:
    """The tail of a sum of two densities: that of the larger one. None: not known."""
    if first is None or second is None:
        return None
    if first.nothing or second.nothing:
        return second if first.nothing else first
    difference = combine(1.0, first, -1.0, second)
    lead = difference.leading()
    if lead is None:
        return first if first.vague >= second.vague else second
    return first if lead[1] > 0 else second


def converges(tail: Tail, finite_end: bool, factor: Tail | None = None) -> bool | None:
    """Whether the integral of exp(tail), times |log| growth `factor`, converges at this end.

    Returns None where the terms do not decide. At a finite end dx = dy / y^2.
    """
    terms, loglog, vague = dict(tail.terms), 0.0, tail.vague
    if finite_end:
        terms[LOG] = terms.get(LOG, 0.0) - 2.0
    if factor is not None:
        lead = factor.leading()
        # what was left out of the factor matters where nothing larger stands: it grows no faster
        guess = lead is None and factor.vague > CONSTANT
        growth = lead[0] if lead is not None else factor.vague
        if guess and converges(tail, finite_end, Tail({growth: 1.0})) is not True:
            return None
        if lead is not None or guess:
            r, k, j = growth
            terms[LINE] = terms.get(LINE, 0.0) + r
            terms[LOG] = terms.get(LOG, 0.0) + k
            loglog = j
    for key in sorted(terms, reverse=True):
        if key <= LOG or terms[key] == 0:
            continue
        return None if key <= vague else bool(terms[key] < 0)
    if vague >= LOG:
        return None
    slope = terms.get(LOG, 0.0) + 1.0
    if abs(slope) > 1e-12:
        return bool(slope < 0)
    return None if slope != 0 else loglog < -1
