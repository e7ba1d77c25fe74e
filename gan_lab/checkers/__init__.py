"""What is wrong with an exercise's answer, and why: a module for each subject."""

from gan_lab.checkers.discriminator import check_optimal_discriminator
from gan_lab.checkers.divergence import check_jsd
from gan_lab.checkers.verdict import Verdict

__all__ = ["Verdict", "check_jsd", "check_optimal_discriminator"]
