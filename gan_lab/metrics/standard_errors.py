"""Standard errors of what is computed from samples: the binomial law's, and the jackknife's."""

from __future__ import annotations

import numpy as np


def binomial_variance(hits, n):
    """The binomial variance of a share hits / n, for a share moved two hits towards 1/2.

    So it is not 0 where all are hits, or none.

    Parameters
    ----------
    hits : float or ndarray
        How many hits.
    n : int or ndarray
        Among how many.

    Returns
    -------
    float or ndarray
        The square of the standard error of the share.

    References
    ----------
    Agresti and Coull 1998, "Approximate is better than 'exact' for interval estimation of binomial
    proportions".

    Examples
    --------
    >>> from gan_lab.metrics import binomial_variance
    >>> binomial_variance(0, 10) > 0
    True
    """
    moved = (hits + 2) / (n + 4)
    return moved * (1 - moved) / (n + 4)


def jackknife_variance(left) -> float:
    """The jackknife estimate of variance.

    On average it is at least the variance. Of two independent samples the variances add.

    Parameters
    ----------
    left : array of shape (n,)
        What a number is with one point, or one group, left out.

    Returns
    -------
    float
        The variance of the number.

    References
    ----------
    Efron and Stein 1981, "The jackknife estimate of variance".

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import jackknife_variance
    >>> x = np.array([1.0, 2.0, 4.0])
    >>> left = (x.sum() - x) / 2
    >>> bool(np.isclose(jackknife_variance(left), x.var(ddof=1) / 3))
    True
    """
    left = np.asarray(left)
    return (len(left) - 1) / len(left) * float(np.sum((left - left.mean()) ** 2))
