"""The checkers of exercises: the right answer is right, and each mistake is called by its name."""

import numpy as np
import pandas as pd
import pytest
import torch
from scipy.integrate import trapezoid
from scipy.spatial.distance import jensenshannon
from scipy.special import expit
from scipy.stats import entropy

from gan_lab.checkers import Verdict, check_jsd, check_optimal_discriminator


def kl(p, q):
    return float(np.sum(p * np.log(p / q)))


def right_jsd(p, q):
    """By scipy's independent code."""
    return jensenshannon(p, q) ** 2


def right_D(a, b):
    return a / (a + b)


def one_by_one(a, b):
    """An answer in plain Python, that takes numbers and not arrays."""
    if a > 0:
        return 1 / (1 + b / a)
    return 0.0


def test_a_verdict_shows_its_words_and_is_true_when_right():
    assert repr(Verdict(False, "No.")) == "No."
    assert Verdict(False, "a < b")._repr_html_() == "<p>a &lt; b</p>"
    assert Verdict(True, "Yes.")
    assert not Verdict(False, "No.")


RIGHT_D = [
    right_D,
    one_by_one,
    lambda a, b: 1 - b / (a + b),
    lambda a, b: expit(np.log(a) - np.log(b)),  # warns of log 0 in a reader's hands, not in ours
    lambda a, b: list(a / (a + b)),
    lambda a, b: torch.sigmoid(torch.tensor(a, requires_grad=True).log() - torch.tensor(b).log()),
    lambda a, b: pd.Series(a) / (pd.Series(a) + pd.Series(b)),
]


@pytest.mark.parametrize("answer", RIGHT_D)
def test_the_right_discriminator_is_right(answer):
    verdict = check_optimal_discriminator(answer)
    assert verdict.right, verdict.words


def test_the_right_discriminator_with_a_prior_is_right():
    for prior in (0.1, 0.5, 0.9):
        verdict = check_optimal_discriminator(
            lambda a, b, w=prior: w * a / (w * a + (1 - w) * b), prior=prior
        )
        assert verdict.right, verdict.words


WRONG_D = [
    (lambda a, b: b / (a + b), "swapped"),
    (lambda a, b: a, "p_data alone"),
    (lambda a, b: b, "p_g alone"),
    (lambda a, b: a / b, "odds of D"),
    (lambda a, b: b / a, "upside down"),
    (lambda a, b: np.log(a / b), "logit"),
    (lambda a, b: np.log(a / (a + b)), "log D"),
    (lambda a, b: a / ((a + b) / 2), "twice"),
    (lambda a, b: a / (2 * (a + b)), "half"),
    (lambda a, b: 0.5, "1/2 everywhere"),
    (lambda a, b: a > b, "accuracy"),
    (lambda a, b: a >= b, "accuracy"),
    (lambda a, b: expit(a - b), "sigmoid of the difference"),
    (lambda a, b: (a - b) / (a + b), "between -1 and 1"),
    (lambda a, b: np.minimum(a, 1) / (np.minimum(a, 1) + np.minimum(b, 1)), "clipped"),
    (lambda a, b: a / (a + b + 1e-8), "tails"),
    (lambda a, b: np.where((a > 0) & (b > 0), a / (a + b), np.nan), "edges|one is 0"),
    (lambda a, b: np.full(np.shape(a), np.nan), "not finite"),
    (lambda a, b: 1.7 * a / (a + b), "not probabilities"),
    (lambda a, b: np.sqrt(a) / (np.sqrt(a) + np.sqrt(b)), "Not the best"),
    (lambda a, b: expit(a / (a + b)), "double sigmoid"),
    (lambda a, b: expit(expit(np.log(a / b))), "double sigmoid"),
    (lambda a, b: expit(b / (a + b)), "roles are swapped, and a sigmoid is too many"),
    (lambda a, b: expit(a / b), "sigmoid of the odds"),
    (lambda a, b: expit(np.log(a / (a + b))), "sigmoid of log D"),
    (lambda a, b: 0.9 * a / (a + b), "0.9 times D*"),
    (lambda a, b: 0.75 * a / (a + b), "smoothed to 0.75"),
    (lambda a, b: (0.9 * a + 0.1 * b) / (a + b), "0.9 on the data and 0.1 on the samples"),
    (lambda a, b: (a + 0.2 * b) / (a + b), "1 on the data and 0.2 on the samples"),
    (lambda a, b: np.zeros((2, 3)), "shape"),
    (lambda a, b: None, "return"),
    (lambda a, b: a / (a + b) + 0j, "complex"),
    (lambda a, b: np.ma.masked_less(a / (a + b), 0.1), "masked"),
    (lambda a, b: np.full(np.shape(a), "much"), "numbers"),
    (lambda a: a, "could not be run"),
    (lambda a, b: [a, b] if a > 1 else a / (a + b), "could not be run"),
    (0.5, "An answer is a function"),
]


@pytest.mark.parametrize(("answer", "words"), WRONG_D)
def test_each_mistake_about_D_is_named(answer, words):
    verdict = check_optimal_discriminator(answer)
    assert not verdict.right
    assert any(part in verdict.words for part in words.split("|")), verdict.words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (right_D, "forgotten"),
        (lambda a, b: 0.8 * a / (0.8 * a + 0.2 * b), "wrong density"),
        (lambda a, b: 0.2 * a / (a + b), "multiplies"),
        (lambda a, b: 0.8 * b / (0.2 * a + 0.8 * b), "swapped"),
        (lambda a, b: expit(0.2 * a / (0.2 * a + 0.8 * b)), "double sigmoid"),
        (lambda a, b: 0.9 * 0.2 * a / (0.2 * a + 0.8 * b), "0.9 times D*"),
    ],
)
def test_each_mistake_about_the_prior_is_named(answer, words):
    verdict = check_optimal_discriminator(answer, prior=0.2)
    assert not verdict.right
    assert words in verdict.words


@pytest.mark.parametrize("prior", [0.0, 1.0, -1.0, float("nan"), None, "half", [0.5], True])
def test_a_prior_is_a_share(prior):
    with pytest.raises(ValueError, match="between 0 and 1"):
        check_optimal_discriminator(right_D, prior=prior)


def test_an_answer_that_changes_its_arguments_is_judged_by_its_value():
    def answer(a, b):
        b += a
        a /= b
        return a

    assert check_optimal_discriminator(answer).right


def by_loop(p, q):
    total = 0.0
    for a, b in zip(p, q, strict=True):
        m = (a + b) / 2
        total += (a * np.log(a / m) if a > 0 else 0.0) + (b * np.log(b / m) if b > 0 else 0.0)
    return total / 2


def by_entropies(p, q):
    return entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2


@pytest.mark.parametrize("answer", [right_jsd, by_loop, by_entropies])
def test_the_right_jsd_is_right(answer):
    verdict = check_jsd(answer)
    assert verdict.right, verdict.words


def mixture(p, q):
    return (p + q) / 2


WRONG_JSD = [
    (lambda p, q: right_jsd(p, q) / np.log(2), "in bits"),
    (lambda p, q: right_jsd(p, q) / np.log(10), "base 10"),
    (jensenshannon, "square root"),
    (lambda p, q: jensenshannon(p, q, base=2), "square root of the JSD, and in bits"),
    (lambda p, q: kl(p, mixture(p, q)) + kl(q, mixture(p, q)), "2 JSD"),
    (lambda p, q: 2 * jensenshannon(p, q, base=2) ** 2, "2 JSD, and in bits"),
    (lambda p, q: right_jsd(p, q) / 2, "half of the JSD"),
    (lambda p, q: -right_jsd(p, q), "sign"),
    (kl, "KL(p || q)"),
    (lambda p, q: kl(q, p), "KL(q || p)"),
    (lambda p, q: np.sum(p * np.log(q / p)), "-KL(p || q)"),
    (lambda p, q: np.sum(q * np.log(p / q)), "-KL(q || p)"),
    (lambda p, q: 2 * right_jsd(p, q) - np.log(2), "log 2 dropped"),
    (lambda p, q: right_jsd(p, q) - np.log(2) / 2, "one log 2 is dropped"),
    (lambda p, q: np.sum(p * np.log(p * q / mixture(p, q) ** 2)) / 2, "under p"),
    (lambda p, q: np.sum(q * np.log(p * q / mixture(p, q) ** 2)) / 2, "under q"),
    (lambda p, q: kl(p, q) + kl(q, p), "Jeffreys"),
    (lambda p, q: (kl(p, q) + kl(q, p)) / 2, "mean of KL"),
    (lambda p, q: kl(p, mixture(p, q)), "KL(p || m)"),
    (lambda p, q: kl(q, mixture(p, q)), "KL(q || m)"),
    (lambda p, q: kl(p, mixture(p, q)) / 2, "half KL(p || m)"),
    (lambda p, q: kl(q, mixture(p, q)) / 2, "half KL(q || m)"),
    (lambda p, q: (kl(mixture(p, q), p) + kl(mixture(p, q), q)) / 2, "the wrong way"),
    (lambda p, q: kl(p, p + q) + kl(q, p + q), "C(G)"),
    (lambda p, q: -kl(p, p + q) - kl(q, p + q), "-C(G)"),
    (lambda p, q: (kl(p, p + q) + kl(q, p + q)) / 2, "JSD - log 2"),
    (lambda p, q: -(kl(p, p + q) + kl(q, p + q)) / 2, "log 2 - JSD"),
    (lambda p, q: np.sum(p * p / mixture(p, q) + q * q / mixture(p, q)) / 2, "logarithm"),
    (lambda p, q: np.sum(np.log(p / mixture(p, q)) + np.log(q / mixture(p, q))) / 2, "weights"),
    (lambda p, q: entropy(mixture(p, q)), "entropy of the mixture"),
    (lambda p, q: np.abs(p - q).sum() / 2, "total variation"),
    (lambda p, q: np.mean(p * np.log(2 * p / (p + q)) + q * np.log(2 * q / (p + q))) / 2, "points"),
    (lambda p, q: (kl(p, mixture(p, q)) + kl(q, mixture(p, q))) / 2, "0 log 0"),
    (lambda p, q: p - q, "one number"),
    (lambda p, q: np.inf, "not finite"),
    (lambda p, q: -0.1, "negative"),
    (lambda p, q: 0.7, "exceed log 2"),
    (lambda p, q: 0.1, "Not the JSD"),
    (lambda p: 0.0, "could not be run"),
    (None, "An answer is a function"),
]


@pytest.mark.parametrize(("answer", "words"), WRONG_JSD)
def test_each_mistake_about_the_jsd_is_named(answer, words):
    verdict = check_jsd(answer)
    assert not verdict.right
    assert words in verdict.words


def by_trapezoids(x):
    def integrand(p, q):
        m = (p + q) / 2
        floor = np.finfo(float).tiny  # densities underflow in the tails
        p, q, m = (np.maximum(v, floor) for v in (p, q, m))
        return (p * np.log(p / m) + q * np.log(q / m)) / 2

    return integrand


@pytest.mark.parametrize("x", [np.linspace(0, 1, 401), np.linspace(-40.0, 10.0, 1001)])
def test_on_a_grid_the_answer_integrates(x):
    integrand = by_trapezoids(x)
    assert check_jsd(lambda p, q: trapezoid(integrand(p, q), x), x).right
    for factor, words in [(2, "2 JSD"), (1 / np.log(2), "in bits"), (-1, "sign")]:
        verdict = check_jsd(lambda p, q, c=factor: c * trapezoid(integrand(p, q), x), x)
        assert not verdict.right
        assert words in verdict.words
    verdict = check_jsd(lambda p, q: integrand(p, q).sum(), x)
    assert not verdict.right
    assert "step" in verdict.words
    assert "one number" in check_jsd(integrand, x).words


def test_a_jsd_in_torch_is_right():
    def answer(p, q):
        p, q = (torch.tensor(v, requires_grad=True) for v in (p, q))
        m = (p + q) / 2
        return (torch.xlogy(p, p / m) + torch.xlogy(q, q / m)).sum() / 2

    assert check_jsd(answer).right


@pytest.mark.parametrize("x", [np.linspace(1, 0, 200), np.zeros((200, 2)), np.arange(10.0)])
def test_a_grid_increases_and_is_fine(x):
    with pytest.raises(ValueError, match="increasing"):
        check_jsd(right_jsd, x)
