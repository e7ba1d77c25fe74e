"""Scores of digits against torch-fidelity 0.4.0: live where it is installed, else what it said.

It was given float64 rows of 400 training digits and of 300 held-out ones; it takes the second as
data. Its precision and recall are of float32.
"""

from importlib import import_module

import numpy as np
import pytest
import torch

from gan_lab.datasets import digits
from gan_lab.metrics import digit_features, frechet, precision, recall

SAID = {
    "pixels": (0.6702117474306561, 0.9024999737739563, 0.8966666460037231),
    "features": (0.24132681147923307, 0.8899999856948853, 0.9266666769981384),
}


def said_by_torch_fidelity(fake, real):
    fid, prc = (import_module(f"torch_fidelity.metric_{name}") for name in ("fid", "prc"))
    x, y = (torch.tensor(np.array(rows)) for rows in (fake, real))
    moments = fid.fid_features_to_statistics(x), fid.fid_features_to_statistics(y)
    near = fid.fid_statistics_to_metric(*moments, verbose=False)
    asked = {"prc_neighborhood": 3, "prc_batch_size": 10_000, "save_cpu_ram": False}
    shares = prc.prc_features_to_metric(x, y, **asked, verbose=False)
    return near["frechet_inception_distance"], shares["precision"], shares["recall"]


@pytest.mark.parametrize("space", SAID)
def test_frechet_precision_and_recall_are_torch_fidelitys(space):
    fake, real = digits().pixels[:400], digits("held out").pixels[:300]
    if space == "features":
        fake, real = digit_features(fake), digit_features(real)
    try:
        wanted = said_by_torch_fidelity(fake, real)
    except ModuleNotFoundError:
        wanted = SAID[space]
    found = frechet(real, fake), precision(real, fake, 3), recall(real, fake, 3)
    assert [score.value for score in found] == pytest.approx(wanted, abs=1e-6)
