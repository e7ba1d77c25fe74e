"""Answers to "what is the best discriminator?", by its values at pairs of densities."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from gan_lab.checkers.verdict import Verdict, call, equal_within, first_mistake, wrong
from gan_lab.core.validation import number_between

A = np.array([0.4, 0.1, 2.5, 0.001, 3.0, 0.7])  # a density may exceed 1
B = np.array([0.1, 0.4, 0.7, 0.2, 1.5, 0.9])
ON_ONE_SUPPORT = (np.array([0.3, 0.0]), np.array([0.0, 0.3]))
TINY = 1e-30  # far out in the tails


def best(a, b, prior):
    """Proposition 1 for data that make up the share `prior` of what D is shown."""
    return prior * a / (prior * a + (1 - prior) * b)


def mistakes_about_D(a, b, prior) -> dict[str, np.ndarray]:
    """Wrong answers to "what is D*?" by their words: the values at the densities a and b."""
    right, even = best(a, b, prior), best(a, b, 0.5)
    odds = right / (1 - right)
    return {
        "That is 1/2 everywhere: right for p_g = p_data only. D* depends on x.": 0.5 + 0 * a,
        "This is p_data alone: a density, which may exceed 1. Nothing is compared with p_g.": a,
        "This is p_g alone: a density, which may exceed 1, and high where samples are.": b,
        "The roles are swapped: this is the probability that x came from the generator.": 1 - right,
        "These are the odds of D*, not the probability: they are not bounded by 1. "
        "From odds r to a probability: r / (1 + r).": odds,
        "These are the odds, upside down: of the generator against the data.": 1 / odds,
        "This is the logit of D*, the logarithm of its odds; a sigmoid is missing.": np.log(odds),
        "This is log D*: what D* earns on a data point, not the probability itself.": np.log(right),
        "This is twice D*: you divided by the mixture (p_data + p_g)/2 instead of by the sum.":
            2 * right,
        "This is half of D*: a factor 1/2 too many.": right / 2,
        # For as many data as samples, the first two of these are right, and the third is half.
        "The prior is forgotten: this is the best D for as many data as samples.": even,
        "The prior is on the wrong density: it is the share of the data, so it weighs p_data.":
            best(a, b, 1 - prior),
        "The prior multiplies the result; it has to weigh the two densities, each by its "
        "own share.": prior * even,
        "This is the sigmoid of D*, a double sigmoid: D* is a probability already. The sigmoid is "
        "applied once, to the logit.": expit(right),
        "This is the sigmoid of 1 - D*: the roles are swapped, and a sigmoid is too many.":
            expit(1 - right),
        "This is the sigmoid of the odds; a sigmoid wants their logarithm, the logit.": expit(odds),
        "This is the sigmoid of log D*; a sigmoid wants the logit, the logarithm of the odds.":
            expit(np.log(right)),
        "This says which density is larger. It is best for accuracy; the game pays in "
        "logarithms, and there a certainty that fails costs infinitely much.": odds > 1,
        "This is the sigmoid of the difference of the densities; the logit of D* is the "
        "difference of their logarithms.": expit(a - b),
        "This lies between -1 and 1: it is 2 D* - 1. A probability lies between 0 and 1.":
            2 * right - 1,
        "You clipped the densities at 1. A density may exceed 1; D* is a probability all the "
        "same, because it is a share.": best(np.minimum(a, 1), np.minimum(b, 1), prior),
    }


def check_optimal_discriminator(answer, prior: float = 0.5) -> Verdict:
    """Check your own optimal discriminator: judge a function of densities, (p_data, p_g) -> D*.

    It is called with two arrays of one shape (or with two numbers, when arrays make it raise)
    and should give probabilities. Where both densities are 0 anything goes, and nothing is
    asked there.

    Parameters
    ----------
    answer : callable
        Of the two densities' values at the same points.
    prior : float
        The share of data among what D is shown.

    Returns
    -------
    Verdict
        Whether it is right, and what is wrong.

    Raises
    ------
    ValueError
        For a prior that is not between 0 and 1.

    References
    ----------
    Goodfellow et al. 2014, Proposition 1.

    Examples
    --------
    >>> from gan_lab.checkers import check_optimal_discriminator
    >>> bool(check_optimal_discriminator(lambda p_data, p_g: p_data / (p_data + p_g)))
    True
    >>> bool(check_optimal_discriminator(lambda p_data, p_g: p_data))
    False
    """
    prior = number_between(0.0, 1.0, prior, "the prior")
    if not callable(answer):
        return wrong("An answer is a function of two arrays, the values of p_data and of p_g.")
    values = answers_at(answer, A, B)
    if isinstance(values, Verdict):
        return values
    if not equal_within(values, best(A, B, prior)):
        found = first_mistake(values, mistakes_about_D(A, B, prior).items()) or named_smoothing(
            values, best(A, B, prior)
        )
        return wrong(found or unexplained_D(values))
    tails = answers_at(answer, A * TINY, B * TINY)
    if isinstance(tails, Verdict) or not equal_within(tails, best(A, B, prior)):
        return wrong(
            "Right where the densities are large, wrong where both are tiny. D* depends on "
            "their ratio alone; a small constant added to the denominator takes over in the tails."
        )
    ends = answers_at(answer, *ON_ONE_SUPPORT)
    if isinstance(ends, Verdict) or not equal_within(ends, (1.0, 0.0)):
        return wrong(
            "Right where both densities are positive, wrong where one is 0: there D* must be "
            "exactly 1 (only data come here) or 0 (only samples)."
        )
    return Verdict(True, "Right, in the tails and at the edges of the supports too.")


def named_smoothing(values, right) -> str:
    """Words for the D that is best for smoothed labels, a on data and b on samples, or "".

    It is b + (a - b) D*: Salimans et al. 2016, section 3.4.
    """
    if not np.isfinite(values).all():
        return ""
    slope, low = np.polyfit(right, values, 1)
    high = low + slope
    if not equal_within(values, low + slope * right) or not -1e-9 < low < high < 1 + 1e-9:
        return ""
    if abs(low) < 1e-6:
        return (
            f"This is {high:.3g} times D*: a factor too many. It is the best D for labels smoothed "
            f"to {high:.3g} on the data; here the labels are 1 and 0."
        )
    return (
        f"This is {low:.3g} + {slope:.3g} D*: the best D for smoothed labels, {high:.3g} on the "
        f"data and {low:.3g} on the samples; here they are 1 and 0."
    )


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


def answers_at(answer, a, b) -> np.ndarray | Verdict:
    """The answer at each pair (a, b): given as arrays, and one by one if it wants numbers."""
    values = call(answer, a.copy(), b.copy())
    if isinstance(values, Verdict):
        one_by_one = [call(answer, float(u), float(v)) for u, v in zip(a, b, strict=True)]
        failed = [v for v in one_by_one if isinstance(v, Verdict)]
        given = [v for v in one_by_one if not isinstance(v, Verdict)]
        if failed or any(v.shape != () for v in given):
            return failed[0] if failed else values
        return np.array(one_by_one)
    if values.shape not in ((), a.shape):
        return wrong(
            f"For {a.size} points your function gave an array of shape {values.shape}; "
            "it should give one probability for each point."
        )
    return np.broadcast_to(values, a.shape)
