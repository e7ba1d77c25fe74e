"""What a user of torch, numpy or pandas holds is taken by every metric, or refused by name."""

import math

import numpy as np
import pandas as pd
import pytest
import torch
from samplers import normal
from scipy import stats

from gan_lab import checkers
from gan_lab.core.validation import array, whole_between
from gan_lab.datasets import gaussian, gaussian_mixture, ring
from gan_lab.metrics import (
    held_out,
    intervals,
    manifolds,
    memorisation,
    modes,
    pictures,
    scores,
    two_sample,
)
from gan_lab.metrics.digit_classifier import digit_features
from gan_lab.metrics.gaussian_fits import frechet, frechet_limit
from gan_lab.recording.plane import right_window

RING, LINE = ring(sd=0.5), gaussian_mixture([0.0, 2.0], [1.0, 0.5])
PLANE, REAL = (normal(40, 2, seed).astype(np.float32) for seed in (0, 1))

OF_TWO = {
    "precision": manifolds.precision, "recall": manifolds.recall, "frechet": frechet,
    "frechet_limit": frechet_limit,
    "memorised": lambda real, fake: memorisation.memorised(fake, real, real),
    "mmd": two_sample.mmd, "c2st": two_sample.c2st, "sliced_w1": two_sample.sliced_w1,
    "held_out_js": lambda real, fake: held_out.held_out_js(real, fake, RING),
    "high_quality": lambda real, fake: modes.high_quality(fake, RING),
    "captured": lambda real, fake: modes.captured(fake, RING),
    "reverse_kl": lambda real, fake: modes.reverse_kl(fake, RING),
    "held_out_kl": lambda real, fake: held_out.held_out_kl(fake, RING),
}
ON_THE_LINE = {
    "w1": two_sample.w1, "frechet": frechet, "mmd": two_sample.mmd,
    "precision": manifolds.precision, "captured": lambda real, fake: modes.captured(fake, LINE),
    "held_out_js": lambda real, fake: held_out.held_out_js(real, fake, gaussian()),
    "c2st": two_sample.c2st,
}

HELD = {
    "a tensor": torch.tensor,
    "a tensor with a gradient": lambda x: torch.tensor(x, requires_grad=True) * 1,
    "a parameter": lambda x: torch.nn.Parameter(torch.tensor(x)),
    "a view of a tensor": lambda x: torch.tensor(np.repeat(x, 2, axis=0))[::2],
    "a negated view": lambda x: torch.imag(torch.complex(torch.zeros(()), torch.tensor(-x)).conj()),
    "long floats": lambda x: x.astype(np.longdouble),
    "a list": lambda x: x.tolist(),
    "a tuple of arrays": tuple,
    "a list of tensors": lambda x: [torch.tensor(row, requires_grad=True) for row in x],
    "another order": np.asfortranarray,
    "a read-only array": lambda x: np.frombuffer(x.tobytes(), x.dtype).reshape(x.shape),
    "a table": pd.DataFrame,
    "a table of numbers that may lack": lambda x: pd.DataFrame(x).astype("Float32"),
    "a table of two kinds": lambda x: pd.DataFrame(x).astype({0: "Float64"}),
}


@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("name", OF_TWO)
def test_what_a_user_holds_scores_as_its_numbers_do(name, held):
    given = OF_TWO[name](HELD[held](REAL), HELD[held](PLANE))
    assert repr(given) == repr(OF_TWO[name](REAL.astype(float), PLANE.astype(float)))


@pytest.mark.parametrize("name", ON_THE_LINE)
def test_on_the_line_a_row_a_column_and_a_series_are_one(name):
    x, y = REAL[:, 0].astype(float), PLANE[:, 0].astype(float)
    wanted = repr(ON_THE_LINE[name](x, y))
    for held in (torch.tensor, pd.Series, list, lambda x: x[:, None], lambda x: pd.DataFrame(
        {"x": x}), lambda x: torch.tensor(x[:, None], requires_grad=True), pd.Index):
        assert repr(ON_THE_LINE[name](held(x), held(y))) == wanted


@pytest.mark.parametrize("kind", [torch.bfloat16, torch.float16, torch.float32, torch.int8])
def test_a_tensor_of_few_bits_is_the_numbers_it_holds(kind):
    x, y = (torch.tensor(3 * s).to(kind) for s in (REAL, PLANE))
    for score in OF_TWO.values():
        assert repr(score(x, y)) == repr(score(x.double().numpy(), y.double().numpy()))


@pytest.mark.parametrize("name", ["precision", "mmd", "frechet_limit", "sliced_w1", "memorised"])
def test_a_picture_is_a_point_of_as_many_coordinates_as_pixels(name):
    x, y = normal(60, 9, 0), normal(70, 9, 1)
    wanted = repr(OF_TWO[name](x, y))
    for shape in ((3, 3), (1, 3, 3)):
        pictures_of = [torch.tensor(v.reshape(-1, *shape)) for v in (x, y)]
        assert repr(OF_TWO[name](*pictures_of)) == wanted


class Elsewhere:
    """A tensor on another device, of which a machine without one has none: it must be moved."""

    def __init__(self, x, here=False):
        self.x, self.here = x, here

    def detach(self):
        return self

    def cpu(self):
        return torch.tensor(self.x)

    def __array__(self, *_, **__):
        raise TypeError("can't convert cuda:0 device type tensor to numpy")


def test_a_tensor_elsewhere_is_moved():
    assert two_sample.w1(Elsewhere(REAL[:, 0]), PLANE[:, 0]).value > 0
    with pytest.raises(ValueError, match="array of numbers"):
        two_sample.w1(torch.zeros(5, device="meta"), PLANE[:, 0])  # no numbers anywhere


REFUSED = {
    "masked": (np.ma.masked_less(PLANE, -1), "masked"),
    "masked, with nothing behind it": (np.ma.array(PLANE), "masked"),
    "a list of masked rows": (list(np.ma.masked_less(PLANE, -1)), "masked"),
    "a list with a masked number": ([[0.0, np.ma.masked], [1.0, 2.0]], "masked"),
    "complex": (PLANE + 1j, "complex"), "a complex tensor": (torch.tensor(PLANE + 1j), "complex"),
    "objects": (PLANE.astype(object), "array of numbers"),
    "words": (PLANE.astype(str), "array of numbers"),
    "a table with words": (pd.DataFrame({"x": [1.0, 2.0], "y": ["a", "b"]}), "array of numbers"),
    "a table that lacks a number": (pd.DataFrame({"x": [1.0, None], "y": [1, 2]}), "finite"),
    "one that may lack": (pd.DataFrame({"x": pd.array([1, None]), "y": [1, 2]}), "finite"),
    "true and false": (PLANE > 0, "array of numbers"), "dates": (
        np.zeros((9, 2), "datetime64[s]"), "array of numbers"),
    "nan": (np.where(PLANE > 2, np.nan, PLANE) + [[math.nan, 0]], "finite"),
    "infinite": (PLANE + [[math.inf, 0]], "finite"),
    "an infinite tensor": (torch.tensor(PLANE) / 0, "finite"),
    "a rounded tensor": (torch.full((9, 2), 1e9).half(), "finite"),
    "too large": (PLANE.astype(float) * 1e200, "1e\\+150"),
    "rows of two lengths": ([[1.0], [1.0, 2.0]], "array of numbers"),
    "nothing": (np.zeros((0, 2)), "two or more"), "one point": (PLANE[:1], "two or more"),
    "three axes": (np.zeros((3, 4, 2)), "two or more"), "a number": (3.0, "two or more"),
    "none": (None, "array of numbers"), "a mapping": ({"x": [1.0]}, "array of numbers"),
}
MASKED = torch.masked.masked_tensor


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("name", OF_TWO)
def test_what_is_no_sample_is_refused_by_name(name, what):
    value, word = REFUSED[what]
    with pytest.raises(ValueError, match=word) as refusal:
        OF_TWO[name](REAL, value)
    assert "\n" not in str(refusal.value) and len(str(refusal.value)) < 330


@pytest.mark.filterwarnings("ignore:The PyTorch API of MaskedTensors")
def test_torchs_masked_tensors_are_refused_by_name():
    with pytest.raises(ValueError, match="masked"):
        two_sample.w1(MASKED(torch.ones(3), torch.tensor([True, False, True])), [1.0, 2.0])


def test_a_metric_leaves_its_samples_as_they_were():
    real, fake = REAL.astype(float), PLANE.astype(float)
    before = real.copy(), fake.copy()
    for score in OF_TWO.values():
        score(real, fake)
    assert np.array_equal(real, before[0]) and np.array_equal(fake, before[1])


@pytest.mark.parametrize("name", OF_TWO)
def test_numpys_own_error_settings_change_nothing(name):
    real, fake = 1e3 * REAL, 1e3 * np.vstack([PLANE, 0 * PLANE])
    wanted = repr(OF_TWO[name](real, fake))
    with np.errstate(all="raise"):
        assert repr(OF_TWO[name](real, fake)) == wanted


SAME = [np.ones((50, 2)), np.zeros((8, 2)), np.zeros((500, 2)), np.repeat([[0.1, 0.7]], 9, axis=0),
        np.vstack([np.zeros((600, 2)), PLANE[:9]])]


@pytest.mark.parametrize("name", OF_TWO)
@pytest.mark.parametrize("fake", SAME, ids=lambda x: f"{len(x)}")
@pytest.mark.parametrize("real", [REAL, PLANE[:9], SAME[0]], ids=["many", "few", "equal"])
def test_of_mode_collapse_no_metric_raises_or_says_nan(name, real, fake):
    if name == "frechet_limit" and min(len(real), len(fake)) < 16:
        with pytest.raises(ValueError, match="16 points"):
            OF_TWO[name](real, fake)
        return
    for score in (OF_TWO[name](real, fake), OF_TWO[name](fake, real)):
        assert not math.isnan(score.value) and not math.isnan(score.error) and score.error >= 0
        if name != "reverse_kl":  # of which no sample may be of high quality
            assert math.isfinite(score.value) and math.isfinite(score.error)


@pytest.mark.parametrize("name", OF_TWO)
@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_of_few_points_a_metric_scores_or_says_how_many_it_needs(name, n):
    try:
        score = OF_TWO[name](REAL[:n], PLANE[:n])
    except ValueError as refusal:
        assert "points" in str(refusal) and f"not {n}" in str(refusal) or "three points" in str(
            refusal)
    else:
        assert not math.isnan(score.value) and score.error >= 0


NUMBERS = [np.int64, np.int8, np.uint16, np.array, torch.tensor, lambda v: pd.Series([v])[0]]


@pytest.mark.parametrize("kind", NUMBERS)
def test_a_count_may_be_numpys_or_torchs(kind):
    assert manifolds.precision(REAL, PLANE, kind(3)) == manifolds.precision(REAL, PLANE, 3)
    assert two_sample.c2st(REAL, PLANE, seed=kind(5)) == two_sample.c2st(REAL, PLANE, seed=5)
    assert frechet(REAL, PLANE, groups=kind(5)) == frechet(REAL, PLANE, groups=5)
    assert whole_between(0, 9, kind(3), "n") == 3 and type(whole_between(0, 9, kind(3), "n")) is int


@pytest.mark.parametrize(
    "kind", [np.float32, np.float16, np.float64, np.longdouble, np.array, torch.tensor, np.int32]
)
def test_a_number_may_be_numpys_or_torchs(kind):
    assert modes.high_quality(PLANE, RING, kind(2)) == modes.high_quality(PLANE, RING, 2)
    assert two_sample.mmd(REAL, PLANE, kind(2)) == two_sample.mmd(REAL, PLANE, 2.0)
    if kind is not np.int32:
        assert intervals.level(kind(0.5)) == 0.5
        assert checkers.check_optimal_discriminator(lambda a, b: a / (a + b), kind(0.5)).right


@pytest.mark.parametrize("value", [
    True, np.True_, np.float64(3.0), 3.0, "3", None, np.array([3]), torch.tensor([3, 3]),
    np.ma.masked, np.ma.array(3), 1j, torch.tensor(3, device="meta"),
])
def test_what_is_no_count_is_refused(value):
    with pytest.raises(ValueError, match="k must be a whole number"):
        manifolds.precision(REAL, PLANE, value)


@pytest.mark.parametrize("value", [
    True, np.True_, 0, -1.0, math.nan, np.float32("inf"), 10**400, "3", np.ma.masked,
    np.array([1.0]), torch.tensor(math.nan), 1j, np.longdouble("1e400"),
])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="sds must be a number above 0"):
        modes.high_quality(PLANE, RING, value)
    with pytest.raises(ValueError, match="bandwidth must be a number"):
        two_sample.mmd(REAL, PLANE, value)


def test_windows_and_grids_are_arrays_too():
    assert right_window(torch.tensor([0.0, 1, 0, 1], requires_grad=True)) == (0, 1, 0, 1)
    x = torch.linspace(0, 1, 201, dtype=torch.float64, requires_grad=True)
    assert "one number" in checkers.check_jsd(lambda p, q: p, x).words
    with pytest.raises(ValueError, match="grid must not be a masked"):
        checkers.check_jsd(lambda p, q: p, np.ma.array(np.linspace(0, 1, 201)))


def test_a_baseline_wants_a_score_and_has_a_spread():
    with pytest.raises(ValueError, match="Score"):
        scores.baseline(lambda real, fake: 0.5, RING, 9, 2)
    away = scores.baseline(lambda real, fake: modes.reverse_kl(fake + 99, RING), RING, 9, 3)
    assert away.mean == away.sd == math.inf


def test_the_error_of_a_baseline_is_that_of_its_mean():
    base = scores.baseline(lambda real, fake: modes.high_quality(fake, RING), RING, 50, 9)
    assert base.error == pytest.approx(stats.sem(base.values))


def test_the_interval_of_the_median_is_scipys():
    for n in (6, 10, 25, 200):
        x = np.sort(np.random.default_rng(n).exponential(size=n))
        theirs = stats.quantile_test(x).confidence_interval(0.95)
        ours = intervals.order_interval(x, 0.95)
        assert ours[1:3] == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_an_array_is_not_copied_without_need():
    x = REAL.astype(float)
    assert np.shares_memory(array(x, "x"), x)
    assert np.shares_memory(array(torch.from_numpy(x), "x"), x)


def test_a_score_prints_its_error():
    assert repr(scores.Score(0.51234, 0.01, "why", 0.25)) == "0.51234 ± 0.01, p = 0.25 (why)"


GOOD = np.arange(20.0).reshape(10, 2)


@pytest.mark.parametrize(
    ("do", "word"),
    [
        (lambda: two_sample.mmd(GOOD, GOOD[:, :1]), "as many coordinates"),
        (lambda: two_sample.mmd(GOOD[:2], GOOD), "three points"),
        (lambda: two_sample.w1(GOOD, GOOD), "line"),
        (lambda: two_sample.w1([1, 2], [1, 2], 1), "bootstraps"),
        (lambda: two_sample.sliced_w1(GOOD, GOOD, 1), "directions"),
        (lambda: two_sample.sliced_w1(GOOD, GOOD, 2, 1), "bootstraps"),
        (lambda: two_sample.c2st(GOOD, GOOD, "svm"), "classifier"),
        (lambda: two_sample.c2st(GOOD[:5], GOOD), "8 points"),
        (lambda: two_sample.c2st(GOOD, GOOD, lambda x, y: lambda z: [1.0]), "one logit"),
        (lambda: two_sample.c2st(GOOD, GOOD, lambda x, y: lambda z: z + 1j), "logits"),
        (lambda: manifolds.precision(GOOD, GOOD, 9), "11 points or more"),
        (lambda: manifolds.precision(GOOD, GOOD, 0), "k must"),
        (lambda: frechet(GOOD, GOOD, groups=6), "groups"),
        (lambda: frechet_limit(GOOD, GOOD), "16 points of each kind or more in 2 dim"),
        (lambda: frechet_limit(np.ones((40, 10)), np.ones((40, 10))), "44 points"),
        (lambda: frechet(GOOD, GOOD, "pixels"), "features must be a function"),
        (lambda: manifolds.recall(GOOD, GOOD, 3, 5), "features must be a function"),
        (lambda: scores.compared(0.5, GOOD, GOOD), "metric must be a function"),
        (lambda: scores.compared(lambda fake: 0.5, GOOD, GOOD), "must give a Score"),
        (lambda: scores.compared(len, GOOD, GOOD[:, :1]), "as many coordinates"),
        (lambda: digit_features(np.ones((3, 8, 9))), "8 x 8 pixels"),
        (lambda: digit_features(np.ones((0, 64))), "8 x 8 pixels"),
        (lambda: digit_features(np.full((3, 64), 16)), "from -1 to 1"),
        (lambda: digit_features(np.full((3, 64), np.nan)), "from -1 to 1"),
        (lambda: pictures.read_surely(np.ones((3, 64)), 1), "above must be a number between"),
        (lambda: modes.high_quality(GOOD, gaussian()), "1 coordinate"),
        (lambda: held_out.held_out_js(GOOD, GOOD, gaussian()), "coordinate"),
        (lambda: held_out.held_out_kl(GOOD[:5], ring()), "8 fake"),
        (lambda: scores.baseline(two_sample.w1, gaussian(), 1), "n must"),
        (lambda: scores.baseline(two_sample.w1, gaussian(), 10, 1), "repeats"),
        (lambda: scores.baseline(two_sample.w1, gaussian(), 10, seed=-1), "seed"),
    ],
)
def test_a_bad_question_gets_one_sentence(do, word):
    with pytest.raises(ValueError, match=word) as refusal:
        do()
    assert "\n" not in str(refusal.value)
