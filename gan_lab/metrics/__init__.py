"""Samples in, numbers with their errors out: how near G's points are to the data."""

from gan_lab.core.lazy import public

__getattr__, __dir__, __all__ = public(__name__, {
    "scores": ["Score", "Baseline", "baseline", "precision", "recall", "frechet"],
    "modes": ["captured", "high_quality", "reverse_kl"],
    "two_sample": ["w1", "sliced_w1", "mmd", "c2st"],
    "held_out": ["held_out_js", "held_out_kl"],
    "intervals": ["Interval", "order_interval", "student", "wilson"],
    "standard_errors": ["binomial_variance", "jackknife_variance"],
})
