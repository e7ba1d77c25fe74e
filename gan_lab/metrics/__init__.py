"""Samples in, numbers with their errors out: how near G's points are to the data."""

from gan_lab.core.lazy import public

__getattr__, __dir__, __all__ = public(
    __name__,
    {
        "scores": ["Score", "Baseline", "baseline", "Compared", "compared"],
        "manifolds": ["precision", "recall"],
        "gaussian_fits": ["frechet", "frechet_limit"],
        "digit_classifier": ["digit_features", "digit_probabilities"],
        "pictures": ["read_surely", "class_entropy", "smallest_class"],
        "memorisation": ["nearest_training", "memorised"],
        "modes": ["captured", "high_quality", "reverse_kl"],
        "two_sample": ["w1", "sliced_w1", "mmd", "c2st"],
        "held_out": ["held_out_js", "held_out_kl"],
        "intervals": ["Interval", "order_interval", "student", "wilson"],
        "standard_errors": ["binomial_variance", "jackknife_variance"],
    },
)
