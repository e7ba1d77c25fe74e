"""What is wrong with an exercise's answer, and why: a module for each subject."""

from gan_lab.checkers.all_chapters import EXERCISES, PREDICTIONS
from gan_lab.checkers.bugs import BUGS
from gan_lab.checkers.discriminator import check_optimal_discriminator
from gan_lab.checkers.divergence import check_jsd
from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written
from gan_lab.checkers.verdict import Verdict

__all__ = [
    "BUGS",
    "EXERCISES",
    "PREDICTIONS",
    "Answer",
    "Exercise",
    "Mistake",
    "Prediction",
    "Variable",
    "Verdict",
    "Written",
    "check_jsd",
    "check_optimal_discriminator",
]
