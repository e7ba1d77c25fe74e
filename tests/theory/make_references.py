"""Makes references.json: divergences by mpmath at 25 digits, for every pair of the families.

Run as `python tests/theory/make_references.py` (some minutes). It shares no quadrature with the
package: tanh-sinh and exp-sinh rules with steps 1/8 and 1/16, in distances from both ends of
each panel. Halving the step doubles the digits, so a number is kept when the two steps agree to
1e-9 of it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import mpmath as mp
import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from families import KINKS, LAWS, MP_LOGS  # noqa: E402

from gan_lab.theory.divergences import crossings, panels_of  # noqa: E402

mp.mp.dps = 25
REFERENCES = Path(__file__).with_name("references.json")
STEP, SPAN = 16, 6.1
DYADIC = [x for k in range(-2, 6) for x in (-(2.0**k), 2.0**k)]


def rules():
    """Nodes shared by all panels: (near share, far share, weight) and (factor, weight)."""
    finite, infinite = [], []
    for i in range(int(-SPAN * STEP), int(SPAN * STEP) + 1):
        w = mp.mpf(i) / STEP
        g, slope = mp.pi / 2 * mp.sinh(w), mp.pi / 2 * mp.cosh(w)
        e = mp.exp(2 * g)
        left, right = e / (1 + e), 1 / (1 + e)
        finite.append((left, right, 2 * slope * left * right, i % 2 == 0))
        infinite.append((mp.exp(g), slope * mp.exp(g), i % 2 == 0))
    return finite, infinite


FINITE, INFINITE = rules()


def parts(lp, lq):
    """The integrands of kl(p, q), kl(q, p), js, tv, hellinger2, chi2(p, q), chi2(q, p)."""
    none = lp is None, lq is None
    p, q = (mp.mpf(0) if n else mp.exp(l) for n, l in zip(none, (lp, lq), strict=True))
    m = (p + q) / 2
    half = mp.mpf(1) / 2
    js = half * ((p * (lp - mp.log(m)) if p else 0) + (q * (lq - mp.log(m)) if q else 0))
    kl = (p * (lp - lq) - p + q) if p and q else q
    lk = (q * (lq - lp) - q + p) if p and q else p
    chi = mp.exp(2 * lp - lq) - 2 * p + q if p and q else q
    ihc = mp.exp(2 * lq - lp) - 2 * q + p if p and q else p
    root = mp.sqrt(p) - mp.sqrt(q)
    return kl, lk, js, half * abs(p - q), half * root**2, chi, ihc


def integrals(one, two):
    """[(value at step 1/16, at step 1/8)] of each of `parts`, over the whole line."""
    fp, fq = MP_LOGS[one], MP_LOGS[two]
    panels = panels_of(LAWS[one], LAWS[two])
    low, high = panels[0], panels[-1]
    special = [*crossings(LAWS[one], LAWS[two]), *KINKS[one], *KINKS[two], *DYADIC]
    special += [x for name in (one, two) for x in LAWS[name].support[0]]
    panels = np.unique([x for x in special if low <= x <= high])
    ends = [mp.mpf(float(x)) for x in panels if np.isfinite(x)]
    ends = [x for i, x in enumerate(ends) if i == 0 or x - ends[i - 1] > mp.mpf(10) ** -14]
    fine, coarse = [mp.mpf(0)] * 7, [mp.mpf(0)] * 7

    def add(anchor, s, weight, even):
        values = parts(fp(anchor, s), fq(anchor, s))
        for i, v in enumerate(values):
            fine[i] += weight * v / STEP
            if even:
                coarse[i] += 2 * weight * v / STEP

    for a, b in zip(ends[:-1], ends[1:], strict=True):
        for left, right, weight, even in FINITE:
            near = (a, (b - a) * left) if left < right else (b, -(b - a) * right)
            add(*near, weight * (b - a), even)
    for anchor, way, here in ((ends[0], -1, panels[0]), (ends[-1], 1, panels[-1])):
        if not np.isfinite(here):
            for factor, weight, even in INFINITE:
                add(anchor, way * factor, weight, even)
    return list(zip(fine, coarse, strict=True))


def settled(fine, coarse) -> bool:
    return abs(fine - coarse) <= mp.mpf(10) ** -9 * abs(fine)


def main():
    table, names = {}, list(LAWS)
    for i, one in enumerate(names):
        for two in names[i + 1 :]:
            kl, lk, js, tv, h2, chi, ihc = integrals(one, two)
            rows = {
                f"kl {one} {two}": kl,
                f"kl {two} {one}": lk,
                f"chi2 {one} {two}": chi,
                f"chi2 {two} {one}": ihc,
            }
            for name, pair in (("js", js), ("tv", tv), ("hellinger2", h2)):
                rows[f"{name} {one} {two}"] = rows[f"{name} {two} {one}"] = pair
            good = {k: float(v[0]) for k, v in rows.items() if settled(*v)}
            table |= good
            print(one, two, "left out:", [k for k in rows if k not in good], flush=True)
    REFERENCES.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
