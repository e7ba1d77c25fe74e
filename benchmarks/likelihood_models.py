"""Digits by models with a likelihood: a masked network and VAEs of five betas, ten seeds of each.

Run as `python benchmarks/likelihood_models.py`; it writes `gan_lab/sweeps/likelihood_models.json`,
which the chapter on likelihood models shows. Six minutes of one core.
"""

from __future__ import annotations

from functools import partial

import torch
from machine import record

from gan_lab.sweeps.likelihood_models import (
    BETAS,
    RECORD,
    SEEDS,
    of_autoregressive,
    of_variational,
)

OF_BETA = ("fit", "cost", "used", "read at p > 0.9")
"""What is kept of a beta that is not 1."""
MODELS = {
    "autoregressive": of_autoregressive,
    **{f"VAE {beta:g}": partial(of_variational, beta=beta) for beta in BETAS},
}


def main() -> None:
    """Train all models and write down what was measured of them."""
    torch.set_num_threads(1)  # the matrices are small
    models = {}
    for name, of_seed in MODELS.items():
        found = [of_seed(seed) for seed in range(SEEDS)]
        keys = OF_BETA if name.startswith("VAE") and name != "VAE 1" else found[0]
        models[name] = {key: [float(f"{one[key]:.4g}") for one in found] for key in keys}
        print(name, models[name], flush=True)
        record(RECORD, models=models)


if __name__ == "__main__":
    main()
