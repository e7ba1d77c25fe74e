"""With D* put in, the loss of maximum likelihood is a constant: only its slope teaches."""

import numpy as np
import pytest
import torch
from says import says
from scipy import stats

from gan_lab.theory import gaussian, kl, optimal_logit
from gan_lab.theory.generator_losses import GENERATOR_LOSSES
from gan_lab.theory.proofs import moving
from gan_lab.training.losses import maximum_likelihood

P = gaussian(0, 1)


def mean_loss(p, q, n=200_000, seed=0):
    """The loss that is trained, of D* at equally probable samples of q."""
    x = q.ppf((np.arange(n) + 0.5) / n)
    return maximum_likelihood(None, torch.from_numpy(optimal_logit(p, q)(x))).item()


@says(
    r"Put $D^*$ into the maximum-likelihood loss, and let $J^*$ be what comes out and $S$ the set "
    r"where $q$ is positive."
)
def test_what_comes_out_for_the_data_themselves_is_a_half():
    assert mean_loss(P, P) == -0.5


@says(r"Then $J^* = -½\, P_p(S)$.")
@pytest.mark.parametrize("ends", [(-1.0, 1.0), (0.0, 2.5), (-6.0, 6.0)])
def test_samples_in_a_box_see_half_the_data_that_the_box_holds(ends):
    from gan_lab.theory import uniform

    share = stats.norm.cdf(ends[1]) - stats.norm.cdf(ends[0])
    assert mean_loss(P, uniform(*ends)) == pytest.approx(-0.5 * share, abs=1e-9)


@says(r"For every $q$ that is positive wherever $p$ is, this is $J^* = -½$.")
def test_good_and_bad_generators_that_cover_the_data_have_the_same_value_and_other_slopes():
    for mean, sd in ((0, 1.5), (1.0, 2.0), (-3.0, 4.0)):
        assert mean_loss(P, gaussian(mean, sd)) == pytest.approx(-0.5, abs=1e-3)
    q = moving.smooth_motion(moving.GaussianSum((1.0,), (1.0,), (2.0,)), stretched=False)
    p = moving.GaussianSum((1.0,), (0.0,), (1.0,))
    slope = moving.frozen_slope(GENERATOR_LOSSES["maximum-likelihood"], p, q)
    h = 1e-4
    rise = kl(P, gaussian(1 + h, 2)).value - kl(P, gaussian(1 - h, 2)).value
    assert slope.value == pytest.approx(0.5 * rise / (2 * h), rel=1e-7)
    assert slope.value == pytest.approx(1 / 8, rel=1e-9)
