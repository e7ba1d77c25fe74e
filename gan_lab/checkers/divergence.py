"""Answers to "what is the Jensen-Shannon divergence?", of vectors or of densities on a grid."""

from __future__ import annotations

import numpy as np
from scipy.integrate import trapezoid
from scipy.special import entr, rel_entr

from gan_lab.checkers.verdict import Verdict, call, equal_within, first_mistake, wrong
from gan_lab.core.validation import array

VECTORS = (
    (np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])),
    (np.array([0.7, 0.3]), np.array([0.05, 0.95])),
    (np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.25, 0.35, 0.3, 0.1])),
)
WITH_ZEROS = (np.array([0.5, 0.5, 0.0]), np.array([0.0, 0.25, 0.75]))
LAWS = (((0.5, 0.08), (0.62, 0.08)), ((0.45, 0.1), (0.55, 0.06)))  # means and sds, of the grid


def jsd_integrand(p, q, term):
    """The integrand of (term(p, m) + term(q, m)) / 2 with m the mixture."""
    m = (p + q) / 2
    return (term(p, m) + term(q, m)) / 2


def jsd_by(p, q, total):
    """JSD(p, q) in nats; `total` sums or integrates."""
    return total(jsd_integrand(p, q, rel_entr))


def mistakes_about_jsd(p, q, total) -> dict[str, float]:
    """Wrong answers to "what is JSD(p, q)?" by their words: the value in nats."""
    m = (p + q) / 2
    jsd, kl, lk = (
        total(f) for f in (jsd_integrand(p, q, rel_entr), rel_entr(p, q), rel_entr(q, p))
    )
    km, lm = total(rel_entr(p, m)), total(rel_entr(q, m))
    log2, log4 = np.log(2), np.log(4)
    return {
        "This is the JSD in bits: use natural logarithms, or multiply by log 2.": jsd / log2,
        "This is the JSD in base 10: use natural logarithms.": jsd / np.log(10),
        "This is the square root of the JSD, the Jensen-Shannon distance, which is what "
        "scipy.spatial.distance.jensenshannon returns. Square it.": np.sqrt(jsd),
        "This is the square root of the JSD, and in bits: square it and multiply by log 2.":
            np.sqrt(jsd / log2),
        "This is 2 JSD: each of the two KL terms carries a factor 1/2.": 2 * jsd,
        "This is 2 JSD, and in bits.": 2 * jsd / log2,
        "This is half of the JSD: a factor 1/2 too many.": jsd / 2,
        "The sign is wrong: a divergence is never negative.": -jsd,
        "This is KL(p || q): both KL terms of the JSD have the mixture on the right.": kl,
        "This is KL(q || p): both KL terms of the JSD have the mixture on the right.": lk,
        "This is -KL(p || q): the ratio is upside down, and both KL terms of the JSD have the "
        "mixture on the right.": -kl,
        "This is -KL(q || p): the ratio is upside down, and both KL terms of the JSD have the "
        "mixture on the right.": -lk,
        "This is KL(p || q) + KL(q || p), another symmetric divergence (Jeffreys'), which can "
        "be infinite. In the JSD both are compared with the mixture.": kl + lk,
        "This is the mean of KL(p || q) and KL(q || p), which can be infinite. In the JSD both "
        "are compared with the mixture.": (kl + lk) / 2,
        "This is KL(p || m), one of the two terms.": km,
        "This is KL(q || m), one of the two terms.": lm,
        "This is half KL(p || m), one of the two terms.": km / 2,
        "This is half KL(q || m), one of the two terms.": lm / 2,
        "The KL terms point the wrong way: this is (KL(m || p) + KL(m || q))/2. The mixture "
        "goes on the right.": total(rel_entr(m, p) + rel_entr(m, q)) / 2,
        "This is C(G) = 2 JSD - log 4, the value of the game, not yet the divergence.":
            2 * jsd - log4,
        "This is -C(G) = log 4 - 2 JSD: add log 4 to C(G), then halve.": log4 - 2 * jsd,
        "This is 2 JSD - log 2: it is C(G) with a log 2 dropped, and not yet halved.":
            2 * jsd - log2,
        "This is JSD - (log 2)/2: one log 2 is dropped. C(G) has two of them.": jsd - log2 / 2,
        "Both expectations are under p: the second one, of log(q/m), is under q.":
            (km + total(p * np.log(q / m))) / 2,
        "Both expectations are under q: the first one, of log(p/m), is under p.":
            (lm + total(q * np.log(p / m))) / 2,
        "This is JSD - log 2: the mixture is (p + q)/2, with its own factor 1/2; p + q sums to 2.":
            jsd - log2,
        "This is log 2 - JSD: the sign is wrong, and the mixture lacks its 1/2.": log2 - jsd,
        "The logarithm is missing: this is the mean of p/m and q/m.":
            total(jsd_integrand(p, q, lambda u, v: u * u / v)),
        "The weights are missing: each logarithm is to be weighed by its own distribution.":
            total(jsd_integrand(p, q, lambda u, v: np.log(u / v))),
        "This is the entropy of the mixture; the entropies of p and q are missing.": total(entr(m)),
        "This is the total variation distance, half the integral of |p - q|.":
            total(np.abs(p - q)) / 2,
    }


def cases_of_jsd(x):
    """The pairs (p, q) to try and how to sum over them: vectors, or densities on a grid."""
    if x is None:
        return [(p, q, np.sum) for p, q in VECTORS]

    def integral(values):
        return trapezoid(values, x)

    low, width = x[0], x[-1] - x[0]
    pairs = []
    for laws in LAWS:
        p, q = (np.exp(-(((x - low) / width - mean) ** 2) / (2 * sd**2)) for mean, sd in laws)
        pairs.append((p / integral(p), q / integral(q), integral))
    return pairs


def checked_grid(x) -> np.ndarray | None:
    """The grid as an array; ValueError unless it increases and is fine enough to integrate on."""
    if x is None:
        return None
    x = array(x, "the grid")
    if x.ndim != 1 or x.size < 101 or not np.isfinite(x).all() or not (np.diff(x) > 0).all():
        raise ValueError("the grid must be at least 101 finite numbers in increasing order")
    return x


def check_jsd(answer, x=None) -> Verdict:
    """Check your own JSD: judge a function of two distributions, (p, q) -> JSD(p, q) in nats.

    Parameters
    ----------
    answer : callable
        Without `x` it is called with two probability vectors. With a grid `x` it is called with two
        densities on that grid, each integrating to 1, and has to integrate by itself.
    x : array of shape (n,), optional
        The grid.

    Returns
    -------
    Verdict
        Whether it is right, and what is wrong.

    Raises
    ------
    ValueError
        For a grid that does not increase or has fewer than 101 points.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.checkers import check_jsd
    >>> verdict = check_jsd(lambda p, q: 0.5 * np.sum(np.abs(p - q)))
    >>> bool(verdict)
    False
    """
    x = checked_grid(x)
    if not callable(answer):
        return wrong("An answer is a function of two arrays, the two distributions.")
    cases = cases_of_jsd(x)
    values = [call(answer, p.copy(), q.copy()) for p, q, _ in cases]
    for value in values:
        if isinstance(value, Verdict):
            return value
        if value.shape != ():
            return wrong(
                f"Your function gave an array of shape {value.shape}; it should give one number. "
                "A sum or an integral is missing."
            )
    if not equal_within(values, [jsd_by(*case) for case in cases]):
        return explained_jsd(values, cases, x)
    zeros = call(answer, *(v.copy() for v in WITH_ZEROS)) if x is None else None
    if zeros is not None and not (
        isinstance(zeros, np.ndarray) and equal_within(zeros, jsd_by(*WITH_ZEROS, np.sum))
    ):
        return wrong(
            "Right for positive probabilities, wrong where one is 0: there 0 log 0 counts as 0. "
            "scipy.special.rel_entr takes care of it."
        )
    return Verdict(True, "Right.")


def explained_jsd(values, cases, x) -> Verdict:
    """The verdict on values that are not the JSD."""
    tables = [mistakes_about_jsd(*case) for case in cases]
    mistakes = {words: [table[words] for table in tables] for words in tables[0]}
    if found := first_mistake(values, mistakes.items()):
        return wrong(found)
    unsummed = [jsd_by(p, q, np.sum) for p, q, _ in cases]
    if x is not None and equal_within(values, unsummed):
        return wrong("The step of the grid is missing: a sum of densities is not an integral.")
    if x is None and equal_within(values, [jsd_by(p, q, np.mean) for p, q, _ in cases]):
        return wrong("This is a mean over the points; probabilities are summed.")
    if not np.isfinite(values).all():
        return wrong("Some values are not finite; the JSD is never more than log 2.")
    if min(values) < 0:
        return wrong("Some values are negative; the JSD never is.")
    if max(values) > np.log(2):
        return wrong("Some values exceed log 2; in nats the JSD never does.")
    return wrong(
        "Not the JSD: the mean of two KL divergences, of p and of q from their mixture (p + q)/2."
    )
