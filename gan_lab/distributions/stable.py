"""Log densities of standard families without cancellation, however thin they are.

A gamma distribution with shape 1e8 is the exponential of the difference of numbers near 1e9.
Written as Loader does, by the deviance a (log r - r + 1) of the ratio r = y / a and by Stirling's
remainder (Loader, Fast and accurate computation of binomial probabilities, 2000), nothing large is
left.
"""

from __future__ import annotations

import numpy as np
from scipy import special

LOG_2PI = float(np.log(2 * np.pi))
NEAR = 0.3
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)


def log1p_less(e):
    """log(1 + e) - e, for any e > -1: by 2 artanh(e / (2 + e)) next to 0."""
    r = e / (2 + e)
    y = np.where(np.abs(e) < NEAR, r * r, 0.0)
    series = np.zeros_like(y)
    for k in range(25, 1, -2):
        series = series * y + 1 / k
    return np.where(np.abs(e) < NEAR, r * (2 * y * series - e), np.log1p(e) - e)


def stirling(a: float) -> float:
    """log Gamma(a) - (a - 1/2) log a + a - log(2 pi) / 2, for a > 0."""
    if a < 12:
        return float(special.gammaln(a) - (a - 0.5) * np.log(a) + a - 0.5 * LOG_2PI)
    total = 0.0
    for c in reversed(STIRLING):
        total = total / (a * a) + c
    return total / a


def power_factor(a: float, ratio, e):
    """(a - 1) log(ratio) - a e, where e = ratio - 1 is given too, to its own digits."""
    near = np.abs(e) < NEAR
    small = np.where(near, e, 0.0)
    return np.where(near, a * log1p_less(small) - np.log1p(small), (a - 1) * np.log(ratio) - a * e)


def gamma(y, a):
    """log of y^(a - 1) e^-y / Gamma(a)."""
    constant = -0.5 * (LOG_2PI + np.log(a)) - stirling(a)
    return power_factor(a, y / a, (y - a) / a) + constant


def inverse_gamma(y, a):
    """log density of 1 / y for a gamma y, whose distance from its mean is 1 / a - y."""
    constant = -0.5 * (LOG_2PI + np.log(a)) - stirling(a)
    return power_factor(a, 1 / (y * a), (1 / a - y) / y) - 2 * np.log(y) + constant


def _beta_constant(a: float, b: float) -> float:
    n = a + b
    logs = 1.5 * np.log(n) - 0.5 * (np.log(a) + np.log(b) + LOG_2PI)
    return float(logs + stirling(n) - stirling(a) - stirling(b))


def beta(y, a, b):
    """log of y^(a - 1) (1 - y)^(b - 1) / B(a, b)."""
    n = a + b
    gap = y - a / n
    first = power_factor(a, y * n / a, gap * n / a)
    second = power_factor(b, (1 - y) * n / b, -gap * n / b)
    return first + second + _beta_constant(a, b)


def beta_prime(y, a, b):
    """log of y^(a - 1) (1 + y)^(-a - b) / B(a, b): y / (1 + y) has a beta distribution."""
    n = a + b
    gap = b * ((y - a / b) / (1 + y))
    ratio = np.where(y > 1, n / (a * (1 + 1 / y)), y / (1 + y) * (n / a))
    first = power_factor(a, ratio, np.where(np.isfinite(y), gap / a, b / a))
    second = power_factor(b, n / (b * (1 + y)), np.where(np.isfinite(y), -gap / b, -1.0))
    return first + second - 2 * np.log1p(y) + _beta_constant(a, b)


def student_logpdf(y, df):
    """log density of Student's t, which is the normal one to the last digit for a large df."""
    h = 0.5 * df
    constant = h * np.log1p(0.5 / h) - 0.5 + stirling(h + 0.5) - stirling(h) - 0.5 * LOG_2PI
    w = np.abs(y) / np.sqrt(df)
    near = w < 1e3
    kernel = np.where(near, 0.5 * np.log1p(np.where(near, w * w, 0.0)), np.log(np.hypot(1.0, w)))
    return constant - (df + 1) * kernel


def fisher(y, d1, d2):
    """log density of the F distribution: d1 / d2 times it is beta prime."""
    return beta_prime(y * (d1 / d2), 0.5 * d1, 0.5 * d2) + np.log(d1 / d2)


def weibull(y, k):
    """log of k y^(k - 1) exp(-y^k)."""
    log = k * np.log(y)
    return np.log(k) + log - np.exp(log) - np.log(y)


def fisk(y, c):
    """log of c y^(c - 1) / (1 + y^c)^2."""
    log = c * np.log(y)
    return np.log(c) - np.abs(log) - 2 * np.log1p(np.exp(-np.abs(log))) - np.log(y)


def lognormal_logpdf(y, s):
    """log density of exp(s z) for a normal z."""
    log = np.log(y)
    return -0.5 * (log / s) ** 2 - log - np.log(s) - 0.5 * LOG_2PI


def inverse_gaussian_logpdf(y, mu):
    """log density of the inverse Gaussian of mean mu and shape 1."""
    z = np.where(np.isfinite(y), (y - mu) / (mu * np.sqrt(y)), np.inf)
    return -0.5 * z * z - 1.5 * np.log(y) - 0.5 * LOG_2PI


def inverse_gaussian_cdf(y, mu, above: bool = False):
    """The probability up to y, or above it, for the same; scipy's loses its digits for a small mu.

    Shuster's exp(2 / mu) ndtr(-b) is erfcx(b / sqrt 2) exp(-a^2 / 2) / 2, as b^2 - a^2 = 4 / mu.
    """
    y = np.maximum(y, 0.0)
    root = np.sqrt(y)
    a = np.where(y > 0, np.where(np.isfinite(y), (y - mu) / (mu * root), np.inf), -np.inf)
    b = np.where(np.isfinite(y), np.where(y > 0, (y + mu) / (mu * root), np.inf), np.inf)
    bell, far = 0.5 * np.exp(-0.5 * a * a), special.erfcx(b / np.sqrt(2))
    if not above:
        return np.clip(special.ndtr(a) + bell * far, 0.0, 1.0)
    right = bell * (special.erfcx(np.maximum(a, 0) / np.sqrt(2)) - far)
    return np.clip(np.where(a > 0, right, special.ndtr(-a) - bell * far), 0.0, 1.0)


def general_normal(y, b):
    """log of b / (2 Gamma(1 / b)) exp(-|y|^b)."""
    return np.log(0.5 * b) - special.gammaln(1 / b) - np.exp(b * np.log(np.abs(y)))


def general_pareto(y, c):
    """log of (1 + c y)^(-1 - 1 / c)."""
    if c == 0:
        return -y
    log = np.log1p(c * y)
    return -log - log / c


def general_pareto_top(t, c):
    """The same at a distance t below the upper end -1 / c of the support, if c < 0."""
    return -(1 + 1 / c) * np.log(-c * t) if c < 0 else np.full_like(t, -np.inf)


def truncated_normal(y, a, b):
    """log density of a normal y kept between a and b; measured from the end nearer to 0."""
    if b < -a:
        return truncated_normal(-y, -b, -a)
    near = max(a, 0.0)
    t = y - near
    return -t * (near + 0.5 * t) - _log_mass(a, b, near)


def _log_mass(a: float, b: float, near: float) -> float:
    """log of the integral of exp(near^2 / 2 - y^2 / 2) from a to b, by Gauss's rule."""
    low = max(a - near, -40.0)
    high = min(b - near, 40.0 / (1.0 + near))
    nodes, weights = np.polynomial.legendre.leggauss(32)
    edges = np.linspace(low, high, 33)
    half = 0.5 * np.diff(edges)
    t = (edges[:-1] + half)[:, None] + half[:, None] * nodes
    return float(np.log(half @ (np.exp(-t * (near + 0.5 * t)) @ weights)))
