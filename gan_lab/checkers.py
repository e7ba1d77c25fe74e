"""What is wrong with an exercise's answer, and why.

An answer is a function. It is run on a few cases; when its values are not the right ones, they
are compared with those of the mistakes that are easy to make, and the first mistake that gives
the same values in every case is named. A checker never shows the right formula, and an answer
that raises is a wrong answer, not an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
from scipy.integrate import trapezoid
from scipy.special import entr, expit, rel_entr

TOLERANCE = 1e-6


@dataclass(frozen=True, repr=False)
class Verdict:
    """Whether an answer is right, and words for the reader; true when it is right."""

    right: bool
    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.words)}</p>"  # a paragraph, which wraps

    def __bool__(self) -> bool:
        return self.right


def wrong(words: str) -> Verdict:
    """A verdict that is not right."""
    return Verdict(False, words)


def same(values, others, tolerance=TOLERANCE) -> bool:
    """Equal within the tolerance, relative to 1 or to the value, whichever is larger."""
    values, others = np.asarray(values, float), np.asarray(others, float)
    return bool(np.allclose(values, others, rtol=tolerance, atol=tolerance))


def named(values, mistakes) -> str:
    """The words of the first mistake (words, values) that explains these values, or ""."""
    return next((words for words, others in mistakes if same(values, others)), "")


def call(answer, *arguments) -> np.ndarray | Verdict:
    """The answer's value as floats, or the verdict on an answer that cannot be run."""
    try:
        with np.errstate(all="ignore"):
            value = np.asarray(answer(*arguments), dtype=float)
    except Exception as error:  # a reader's code may raise anything
        return wrong(f"Your function could not be run: {type(error).__name__}: {error}")
    return value


def pointwise(answer, a, b) -> np.ndarray | Verdict:
    """The answer at each pair (a, b): given as arrays, and one by one if it wants numbers."""
    values = call(answer, a.copy(), b.copy())
    if isinstance(values, Verdict):
        one_by_one = [call(answer, float(u), float(v)) for u, v in zip(a, b, strict=True)]
        failed = [v for v in one_by_one if isinstance(v, Verdict)]
        if failed or any(v.shape != () for v in one_by_one):
            return failed[0] if failed else values
        return np.array(one_by_one)
    if values.shape not in ((), a.shape):
        return wrong(
            f"For {a.size} points your function gave an array of shape {values.shape}; "
            "it should give one probability for each point."
        )
    return np.broadcast_to(values, a.shape)


# -- the best discriminator -------------------------------------------------------------------

A = np.array([0.4, 0.1, 2.5, 0.001, 3.0, 0.7])  # a density may exceed 1
B = np.array([0.1, 0.4, 0.7, 0.2, 1.5, 0.9])
ON_ONE_SUPPORT = (np.array([0.3, 0.0]), np.array([0.0, 0.3]))
TINY = 1e-30  # far out in the tails


def best(a, b, prior):
    """Proposition 1 for data that make up the share `prior` of what D is shown."""
    return prior * a / (prior * a + (1 - prior) * b)


def mistakes_about_D(a, b, prior):
    """Wrong answers to "what is D*?", each with its values at the densities a and b."""
    right = best(a, b, prior)
    odds = right / (1 - right)
    yield "That is 1/2 everywhere: right for p_g = p_data only. D* depends on x.", 0.5 + 0 * a
    if prior != 0.5:
        yield (
            "The prior is forgotten: this is the best D for as many data as samples.",
            best(a, b, 0.5),
        )
        yield (
            "The prior is on the wrong density: it is the share of the data, so it weighs p_data.",
            best(a, b, 1 - prior),
        )
        yield (
            "The prior multiplies the result; it has to weigh the two densities, each by its "
            "own share.",
            prior * best(a, b, 0.5),
        )
    yield (
        "The roles are swapped: this is the probability that x came from the generator.",
        1 - right,
    )
    yield (
        "These are the odds of D*, not the probability: they are not bounded by 1. "
        "From odds r to a probability: r / (1 + r).",
        odds,
    )
    yield "These are the odds, upside down: of the generator against the data.", 1 / odds
    yield "This is the logit of D*, the logarithm of its odds; a sigmoid is missing.", np.log(odds)
    yield (
        "This is log D*: what D* earns on a data point, not the probability itself.",
        np.log(right),
    )
    yield (
        "This is twice D*: you divided by the mixture (p_data + p_g)/2 instead of by the sum.",
        2 * right,
    )
    yield "This is half of D*: a factor 1/2 too many.", right / 2
    yield (
        "This says which density is larger. It is best for accuracy; the game pays in "
        "logarithms, and there a certainty that fails costs infinitely much.",
        odds > 1,
    )
    yield (
        "This is the sigmoid of the difference of the densities; the logit of D* is the "
        "difference of their logarithms.",
        expit(a - b),
    )
    yield (
        "This lies between -1 and 1: it is 2 D* - 1. A probability lies between 0 and 1.",
        2 * right - 1,
    )
    yield (
        "You clipped the densities at 1. A density may exceed 1; D* is a probability all the "
        "same, because it is a share.",
        best(np.minimum(a, 1), np.minimum(b, 1), prior),
    )


def check_optimal_discriminator(answer, prior: float = 0.5) -> Verdict:
    """Judge a function of the two densities' values at the same points, (p_data, p_g) -> D*.

    It is called with two arrays of one shape (or with two numbers, when arrays make it raise)
    and should give probabilities. Where both densities are 0 anything goes, and nothing is
    asked there. `prior` is the share of data among what D is shown. Raises ValueError for a
    prior that is not between 0 and 1. Source: Goodfellow et al. (2014), Proposition 1.
    """
    if not 0 < prior < 1:
        raise ValueError(f"the prior must be a number between 0 and 1, not {prior!r}")
    if not callable(answer):
        return wrong("An answer is a function of two arrays, the values of p_data and of p_g.")
    values = pointwise(answer, A, B)
    if isinstance(values, Verdict):
        return values
    if not same(values, best(A, B, prior)):
        return wrong(named(values, mistakes_about_D(A, B, prior)) or unexplained_D(values))
    tails = pointwise(answer, A * TINY, B * TINY)
    if isinstance(tails, Verdict) or not same(tails, best(A, B, prior)):
        return wrong(
            "Right where the densities are large, wrong where both are tiny. D* depends on "
            "their ratio alone; a small constant added to the denominator takes over in the tails."
        )
    ends = pointwise(answer, *ON_ONE_SUPPORT)
    if isinstance(ends, Verdict) or not same(ends, (1.0, 0.0)):
        return wrong(
            "Right where both densities are positive, wrong where one is 0: there D* must be "
            "exactly 1 (only data come here) or 0 (only samples)."
        )
    return Verdict(True, "Right, in the tails and at the edges of the supports too.")


def unexplained_D(values) -> str:
    """Words for a wrong D that is none of the known mistakes."""
    if not np.isfinite(values).all():
        return "Some values are not finite although both densities are positive."
    if values.min() < 0 or values.max() > 1:
        return (
            f"Some values are not probabilities: they go from {values.min():.3g} to "
            f"{values.max():.3g}."
        )
    return (
        "Not the best D. Take one point with p_data = 0.4 and p_g = 0.1 and look for the y "
        "that maximises 0.4 log y + 0.1 log(1 - y)."
    )


# -- the Jensen-Shannon divergence ------------------------------------------------------------

VECTORS = (
    (np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])),
    (np.array([0.7, 0.3]), np.array([0.05, 0.95])),
    (np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.25, 0.35, 0.3, 0.1])),
)
WITH_ZEROS = (np.array([0.5, 0.5, 0.0]), np.array([0.0, 0.25, 0.75]))
LAWS = (((0.5, 0.08), (0.62, 0.08)), ((0.45, 0.1), (0.55, 0.06)))  # means and sds, of the grid


def halves(p, q, term):
    """The integrand of (term(p, m) + term(q, m)) / 2 with m the mixture."""
    m = (p + q) / 2
    return (term(p, m) + term(q, m)) / 2


def jsd_of(p, q, total):
    """JSD(p, q) in nats; `total` sums or integrates."""
    return total(halves(p, q, rel_entr))


def mistakes_about_jsd(p, q, total):
    """Wrong answers to "what is JSD(p, q)?", each with its value in nats."""
    m = (p + q) / 2
    jsd, kl, lk = (total(f) for f in (halves(p, q, rel_entr), rel_entr(p, q), rel_entr(q, p)))
    log2, log4 = np.log(2), np.log(4)
    yield "This is the JSD in bits: use natural logarithms, or multiply by log 2.", jsd / log2
    yield "This is the JSD in base 10: use natural logarithms.", jsd / np.log(10)
    yield (
        "This is the square root of the JSD, the Jensen-Shannon distance, which is what "
        "scipy.spatial.distance.jensenshannon returns. Square it.",
        np.sqrt(jsd),
    )
    yield (
        "This is the square root of the JSD, and in bits: square it and multiply by log 2.",
        np.sqrt(jsd / log2),
    )
    yield "This is 2 JSD: each of the two KL terms carries a factor 1/2.", 2 * jsd
    yield "This is 2 JSD, and in bits.", 2 * jsd / log2
    yield "This is half of the JSD: a factor 1/2 too many.", jsd / 2
    yield "The sign is wrong: a divergence is never negative.", -jsd
    yield "This is KL(p || q): both KL terms of the JSD have the mixture on the right.", kl
    yield "This is KL(q || p): both KL terms of the JSD have the mixture on the right.", lk
    yield (
        "This is KL(p || q) + KL(q || p), another symmetric divergence (Jeffreys'), which can "
        "be infinite. In the JSD both are compared with the mixture.",
        kl + lk,
    )
    yield (
        "This is the mean of KL(p || q) and KL(q || p), which can be infinite. In the JSD both "
        "are compared with the mixture.",
        (kl + lk) / 2,
    )
    yield "This is KL(p || m), one of the two terms.", total(rel_entr(p, m))
    yield "This is KL(q || m), one of the two terms.", total(rel_entr(q, m))
    yield "This is half KL(p || m), one of the two terms.", total(rel_entr(p, m)) / 2
    yield "This is half KL(q || m), one of the two terms.", total(rel_entr(q, m)) / 2
    yield (
        "The KL terms point the wrong way: this is (KL(m || p) + KL(m || q))/2. The mixture "
        "goes on the right.",
        total(rel_entr(m, p) + rel_entr(m, q)) / 2,
    )
    yield (
        "This is C(G) = 2 JSD - log 4, the value of the game, not yet the divergence.",
        2 * jsd - log4,
    )
    yield "This is -C(G) = log 4 - 2 JSD: add log 4 to C(G), then halve.", log4 - 2 * jsd
    yield (
        "This is JSD - log 2: the mixture is (p + q)/2, with its own factor 1/2; p + q sums to 2.",
        jsd - log2,
    )
    yield "This is log 2 - JSD: the sign is wrong, and the mixture lacks its 1/2.", log2 - jsd
    yield "The logarithm is missing: this is the mean of p/m and q/m.", total(
        halves(p, q, lambda u, v: u * u / v)
    )
    yield "The weights are missing: each logarithm is to be weighed by its own law.", total(
        halves(p, q, lambda u, v: np.log(u / v))
    )
    yield "This is the entropy of the mixture; the entropies of p and q are missing.", total(
        entr(m)
    )
    yield "This is the total variation distance, half the integral of |p - q|.", (
        total(np.abs(p - q)) / 2
    )


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


def grid(x) -> np.ndarray | None:
    """The grid as an array; ValueError unless it increases and is fine enough to integrate on."""
    if x is None:
        return None
    x = np.asarray(x, dtype=float)
    if x.ndim != 1 or x.size < 101 or not np.isfinite(x).all() or not (np.diff(x) > 0).all():
        raise ValueError("the grid must be at least 101 finite numbers in increasing order")
    return x


def check_jsd(answer, x=None) -> Verdict:
    """Judge a function of two laws, (p, q) -> JSD(p, q) in nats.

    Without `x` it is called with two probability vectors. With a grid `x` it is called with two
    densities on that grid, each integrating to 1, and has to integrate by itself. Raises
    ValueError for a grid that does not increase or has fewer than 101 points.
    """
    x = grid(x)
    if not callable(answer):
        return wrong("An answer is a function of two arrays, the two laws.")
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
    if not same(values, [jsd_of(*case) for case in cases]):
        return explained_jsd(values, cases, x)
    zeros = call(answer, *(v.copy() for v in WITH_ZEROS)) if x is None else None
    if zeros is not None and not (
        isinstance(zeros, np.ndarray) and same(zeros, jsd_of(*WITH_ZEROS, np.sum))
    ):
        return wrong(
            "Right for positive probabilities, wrong where one is 0: there 0 log 0 counts as 0. "
            "scipy.special.rel_entr takes care of it."
        )
    return Verdict(True, "Right.")


def explained_jsd(values, cases, x) -> Verdict:
    """The verdict on values that are not the JSD."""
    rows = [list(mistakes_about_jsd(*case)) for case in cases]
    mistakes = [(row[0][0], [value for _, value in row]) for row in zip(*rows, strict=True)]
    found = named(values, mistakes)
    if found:
        return wrong(found)
    unsummed = [jsd_of(p, q, np.sum) for p, q, _ in cases]
    if x is not None and same(values, unsummed):
        return wrong("The step of the grid is missing: a sum of densities is not an integral.")
    if x is None and same(values, [jsd_of(p, q, np.mean) for p, q, _ in cases]):
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
