"""Data as values: the samples have the law that the density says."""

import json
import math

import numpy as np
import pytest
import torch
from scipy import integrate, stats

from gan_lab.core.random_streams import Stream
from gan_lab.datasets import bimodal, from_dict, gaussian, gaussian_mixture
from gan_lab.datasets.minibatches import FOR_D, FOR_G, draw

UNEQUAL = gaussian_mixture([-2.0, 0.0, 5.0], [0.1, 1.0, 0.5], [1, 3, 4])
ALL = [gaussian(), gaussian(3.0, 0.5), bimodal(), bimodal(1.0, 4.0, 0.2), UNEQUAL]


@pytest.mark.parametrize("data", ALL, ids=repr)
def test_samples_have_the_law_of_the_density(data):
    n = 2**15
    x = draw(data, Stream([5]), FOR_D, 0, n)[0, :, 0].numpy()
    # Kolmogorov: sqrt(n) times the largest distance exceeds 1.95 once in a thousand samples.
    assert math.sqrt(n) * stats.kstest(x, data.cdf).statistic < 1.95
    assert abs(x.mean() - data.mean) < 5 * data.sd / math.sqrt(n)


@pytest.mark.parametrize("data", ALL, ids=repr)
def test_mean_and_sd_are_those_of_the_density(data):
    p = data.pdf
    low, high = data.mean - 20 * data.sd, data.mean + 20 * data.sd
    means = data.as_dict()["means"]

    def moment(f):
        return integrate.quad(lambda x: f(x) * p(x), low, high, points=means, limit=500)[0]

    assert moment(lambda x: 1.0) == pytest.approx(1.0, abs=1e-8)
    assert moment(lambda x: x) == pytest.approx(data.mean, abs=1e-7)
    assert math.sqrt(moment(lambda x: (x - data.mean) ** 2)) == pytest.approx(data.sd, rel=1e-7)


def test_each_component_gets_its_share_of_the_sample():
    n = 2**14
    x = draw(UNEQUAL, Stream([1]), FOR_D, 0, n)[0].numpy()
    share = np.mean(x > 3.0)  # the third component is alone there
    p = 0.5 * stats.norm.sf(3.0, 5.0, 0.5) + 0.375 * stats.norm.sf(3.0)
    assert abs(share - p) < 5 * math.sqrt(p * (1 - p) / n)


def test_a_sample_belongs_to_its_member_iteration_step_and_player():
    data, stream = bimodal(), Stream([4, 9])
    x = draw(data, stream, FOR_D, range(3), 10, range(2))
    assert x.shape == (3, 2, 2, 10, 1)
    assert torch.equal(x[2, 1], draw(data, stream, FOR_D, 2, 10, 1))
    assert torch.equal(x[2, 1, 1:], draw(data, Stream([9]), FOR_D, 2, 10, 1))
    assert not torch.isin(draw(data, stream, FOR_G, 2, 10, 1), x).any()
    assert draw(data, stream, FOR_D, 0, 3, dtype=torch.float32).dtype == torch.float32


@pytest.mark.parametrize("data", ALL, ids=repr)
def test_data_print_as_code_and_go_to_json_and_back(data):
    assert eval(repr(data), {"gaussian": gaussian, "gaussian_mixture": gaussian_mixture}) == data
    assert from_dict(json.loads(json.dumps(data.as_dict()))) == data


def test_weights_are_made_to_sum_to_one():
    assert UNEQUAL.weights == (0.125, 0.375, 0.5)
    assert gaussian_mixture([0, 1], [1, 1]) == gaussian_mixture([0, 1], [1, 1], [7, 7])


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: gaussian(0.0, 0.0), "standard deviation"),
        (lambda: gaussian(0.0, -1.0), "standard deviation"),
        (lambda: gaussian(math.nan, 1.0), "mean"),
        (lambda: gaussian(math.inf, 1.0), "mean"),
        (lambda: gaussian("3", 1.0), "mean"),
        (lambda: gaussian(True, 1.0), "mean"),
        (lambda: bimodal(0.0, None), "distance"),
        (lambda: gaussian_mixture([], []), "at least one"),
        (lambda: gaussian_mixture([0, 1], [1]), "as many means"),
        (lambda: gaussian_mixture([0, 1], [1, 1], [1]), "as many means"),
        (lambda: gaussian_mixture([0, 1], [1, 1], [0, 1]), "weights"),
        (lambda: gaussian_mixture("01", [1, 1]), "means"),
        (lambda: gaussian_mixture(3.0, [1]), "means"),
        (lambda: from_dict([1, 2]), "means, sds and weights"),
        (lambda: from_dict({"means": [0]}), "means, sds and weights"),
    ],
)
def test_impossible_data_are_refused_in_one_sentence(make, word):
    with pytest.raises(ValueError, match=word) as refusal:
        make()
    assert "\n" not in str(refusal.value)
