"""Standard errors of what is computed from samples: the binomial law's, and the jackknife's."""

from __future__ import annotations

import numpy as np


def binomial_variance(hits, n):
    """The variance of the share hits / n, for a share moved two hits towards 1/2.

    Agresti and Coull 1998: so it is not 0 where all are hits, or none.
    """
    moved = (hits + 2) / (n + 4)
    return moved * (1 - moved) / (n + 4)


def jackknife_variance(left) -> float:
    """The variance of a number, from what it is with one point, or one group, left out: (n,).

    On average it is at least the variance (Efron and Stein 1981). Of two independent samples the
    variances add.
    """
    left = np.asarray(left)
    return (len(left) - 1) / len(left) * float(np.sum((left - left.mean()) ** 2))
