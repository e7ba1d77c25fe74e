"""Two classifiers that know only digits: each against scikit-learn, and what neither can say."""

from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import LogisticRegression

from gan_lab.datasets import digits
from gan_lab.sweeps.glyphs import (
    DIGITS,
    LETTERS,
    LIKE_DIGITS,
    STROKES,
    distance_to_segment,
    drawn_glyphs,
)
from gan_lab.sweeps.rejection import (
    EACH,
    FOR_THE_BAR,
    LOSS,
    SHOWN,
    SPLITS,
    TRAINED,
    GaussianClasses,
    Softmax,
    rejected_by_density,
    split_of,
)  # fmt: skip

DATA = digits()
CHAPTER = Path(__file__).parents[2] / "book" / "what_is_a_generative_model.md"


@pytest.fixture(scope="module")
def splits():
    return [split_of(seed) for seed in range(3)]


def test_p_of_x_alone_rejects_what_it_rejects_beside_the_softmax(splits):
    for seed, split in enumerate(splits):
        for name in SHOWN:
            assert rejected_by_density(seed, name) == split.rejected(name)[1]


def test_the_softmax_is_the_logistic_regression_of_scikit_learn():
    x, y, new = DATA.pixels[:400], DATA.classes_of[:400], DATA.pixels[400:]
    other = LogisticRegression(C=1.0, tol=1e-8, max_iter=2000).fit(x, y)
    found = np.exp(Softmax(x, y).log_probabilities(new))
    np.testing.assert_allclose(found, other.predict_proba(new), atol=0.01)
    np.testing.assert_allclose(found.sum(1), 1)


def test_the_gaussians_are_those_of_scipy_and_their_rule_is_that_of_bayes():
    model = GaussianClasses(DATA.pixels, DATA.classes_of, width=0.3)
    few = DATA.pixels[:5]
    for k in (0, 7):
        own = DATA.pixels[DATA.classes_of == k]
        law = stats.multivariate_normal(own.mean(0), np.cov(own.T) + 0.09 * np.eye(64))
        wanted = law.logpdf(few) + np.log(len(own) / len(DATA.pixels))
        np.testing.assert_allclose(model.log_joint(few)[:, k], wanted, rtol=1e-9)
    joint = model.log_joint(few) - model.log_joint(few).max()
    total = np.exp(joint).sum(1)
    np.testing.assert_allclose(np.exp(joint) / total[:, None],
                               np.exp(model.log_probabilities(few)), atol=1e-12)  # fmt: skip


def test_p_of_x_is_a_density():
    """Draws from a wide Gaussian, each with its weight: the integral of p(x) is 1."""
    rng = np.random.default_rng(1)
    y = np.arange(1000) % 10
    model = GaussianClasses(rng.normal(size=(1000, 2)) + y[:, None] / 3, y)
    wide = stats.multivariate_normal([1.5, 1.5], 9 * np.eye(2))
    draws = wide.rvs(40_000, random_state=2)
    weights = np.exp(model.score(draws) - wide.logpdf(draws))
    assert abs(weights.mean() - 1) < 4 * weights.std() / np.sqrt(len(weights))


def test_the_bar_costs_about_what_it_may(splits):
    for split in splits:
        spread = np.sqrt(LOSS * (1 - LOSS) * (1 / 400 + 1 / 500))
        for lost in split.rejected("test digits"):
            assert abs(lost - LOSS) < 4 * spread
        assert min(split.right()) > 0.93 and tuple(split.shown) == SHOWN


def test_letters_are_rejected_by_the_density_and_not_by_the_certainty(splits):
    for split in splits:
        by_certainty, by_density = split.rejected("letters")
        assert by_certainty < 0.6 and by_density > 0.95
        surely = split.softmax.score(split.shown["letters"]) > 0.9
        assert surely.mean() > 0.2


def test_the_density_accepts_some_letters_that_look_like_digits(splits):
    for split in splits:
        by_certainty, by_density = split.rejected("letters like digits")
        assert by_certainty < by_density < 0.95


def test_the_density_rejects_another_pen_too_and_not_the_mean_of_a_class(splits):
    for split in splits:
        assert split.rejected("digits by another pen")[1] > 0.25
        assert (split.gaussians.score(split.gaussians.means) > split.bars[1]).all()


@pytest.mark.parametrize("width", [0.15, 0.6])
def test_neither_hangs_on_how_wide_the_gaussians_are(splits, width):
    learned = digits()
    model = GaussianClasses(learned.pixels, learned.classes_of, width)
    bar = np.quantile(model.score(digits("held out").pixels), LOSS)
    shown = splits[0].shown
    assert (model.score(shown["letters"]) < bar).mean() > 0.95
    assert 0.2 < (model.score(shown["digits by another pen"]) < bar).mean() < 0.9


def test_the_chapter_says_how_many_there_are():
    chapter = " ".join(CHAPTER.read_text(encoding="utf-8").split())
    numbers = {name: len(shown) for name, shown in split_of(0).shown.items()}
    assert f"fitted to {TRAINED} digits" in chapter and f"of {FOR_THE_BAR} other" in chapter
    assert f"{numbers['test digits']} new digits" in chapter and f"{LOSS:.0%}"[0] == "5"
    assert f"{numbers['letters']} letters" in chapter
    assert f"{numbers['digits by another pen']} digits by the pen" in chapter and SPLITS == 12
    assert f"{numbers['letters like digits']} letters that look like" in chapter


def test_glyphs_are_pictures_like_the_digits():
    made = drawn_glyphs(LETTERS + DIGITS, 3, np.random.default_rng(0))
    assert made.shape == (66, 64) and made.min() == -1 and made.max() == 1
    assert set(STROKES) == set(LETTERS + LIKE_DIGITS + DIGITS)
    levels = (made + 1) * 8
    np.testing.assert_allclose(levels, levels.round(), atol=1e-12)  # counts of 16, as in the data
    assert abs(made.mean() - DATA.mean) < 0.15
    again = drawn_glyphs("A", 2, np.random.default_rng(5))
    assert (again[0] != again[1]).any()
    np.testing.assert_array_equal(again, drawn_glyphs("A", 2, np.random.default_rng(5)))
    assert len(split_of(0).shown["letters"]) == EACH * len(LETTERS)


def test_the_distance_to_a_segment_by_brute_force():
    a, b = np.array([0.1, 0.2]), np.array([0.7, 0.5])
    points = np.random.default_rng(0).uniform(size=(40, 2))
    along = a + np.linspace(0, 1, 4001)[:, None] * (b - a)
    wanted = np.linalg.norm(points[:, None] - along[None], axis=2).min(1)
    np.testing.assert_allclose(distance_to_segment(points, a, b), wanted, atol=1e-4)
