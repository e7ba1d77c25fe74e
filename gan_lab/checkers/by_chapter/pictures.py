"""What is asked in *Pictures*."""

from math import gamma

import numpy as np

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

SAMPLE_SIZES = (3, 5, 10, 20, 40, 80)


def seeds_helped_by_small_rates() -> Written:
    """In how many of ten seeds rates of 0.0002 beat the bare game in both scores."""
    from gan_lab.sweeps.advice import BARE, advice_scores

    read, apart = (
        advice_scores("rates of 0.0002", score) - advice_scores(BARE, score)
        for score in ("digits_read", "pixel_frechet")
    )
    return Written([float(min((read > 0).sum(), (apart < 0).sum()))])


def distance_of_refined_digits() -> Written:
    """The Fréchet distance of pixels for each weight: the median over the seeds."""
    from gan_lab.sweeps.refiner import WEIGHTS, refiner_scores

    return Written([float(np.median(refiner_scores(w, "frechet"))) for w in WEIGHTS])


def distance_of_two_samples(n: int) -> float:
    """The mean Fréchet distance of two samples of n of N(0, 1).

    The means differ by 2/n in the mean square. A sample's variance is 1 on average, with n - 1, and
    the mean of its root is c; so the roots differ by 2 (1 - c^2).
    """
    c = np.sqrt(2 / (n - 1)) * gamma(n / 2) / gamma((n - 1) / 2)
    return float(2 / n + 2 * (1 - c * c))


def distances_of_two_samples() -> Written:
    return Written([distance_of_two_samples(n) for n in SAMPLE_SIZES])


PREDICTIONS = (
    Prediction(
        name="rates of 0.0002",
        title="A piece of advice",
        setting="The bare game has Adam's rate of 0.001. DCGAN advises 0.0002. Ten seeds of "
        "each are played for 1000 iterations, and have two scores: how many digits are read, and "
        "how near samples are to the data, by a distance that is explained below.",
        question="In how many of the ten seeds do the small rates help, by the score in which "
        "they help fewer?",
        number="seeds that gain",
        ends=(0.0, 10.0),
        within=1.0,
        digits=0,
        answers=(
            Answer("", 8.0, 10.0,
                   "that what helped DCGAN helps alone, here and in this time"),
            Answer("", 4.0, 6.0, "that the rates do not matter, and a coin decides"),
        ),
        asks_why="Why can good advice fail here?",
        why="With Adam a step is about as long as the rate, so small rates come less far in 1000 "
        "iterations. What breaks the bare game is its momentum, which they leave as it is. The "
        "advice was given with three other pieces and for longer games: alone, it is another one.",
        compute=seeds_helped_by_small_rates,
        recorded="recorded over ten seeds",
    ),
    Prediction(
        name="a little of D",
        title="How much of D?",
        setting="G takes the noise out of digits. Its loss is the squared error plus λ times the "
        "adversarial loss. Measured is the Fréchet distance of its pictures to the digits.",
        question="Draw the distance for these λ. (Median of ten seeds.)",
        number="Fréchet distance",
        places=("λ = 0", "0.01", "0.03", "0.1", "1"),
        ends=(0.0, 3.0),
        within=0.3,
        digits=2,
        answers=(
            Answer("", *near_curve([2.1, 1.5, 1, 0.7, 0.2], 0.3),
                   "that more of D is always better. At λ = 1 it is no longer"),
            Answer("", 1.8, 2.4,
                   "that the squared error alone gives pictures as near to digits as any"),
            Answer("", *near_curve([0.5, 0.8, 1.2, 1.6, 2.2], 0.5),
                   "that D only disturbs. The squared error wants means, which are blurred"),
        ),
        asks_why="Why is the distance large at λ = 0, where the error is smallest?",
        why="The squared error asks for the mean of all digits that y may have been. Means are "
        "blurred and vary less than digits do, so their covariance is another one. D tells "
        "blurred pictures from digits, and a little of it is enough for G to answer with "
        "something sharper.",
        compute=distance_of_refined_digits,
        recorded="recorded over ten seeds of each",
    ),
    Prediction(
        name="distance of one distribution",
        title="Twice the same",
        setting="Two samples of n numbers, both of N(0, 1). Their means and standard deviations "
        "give a Fréchet distance, (m − m′)² + (s − s′)².",
        question="Draw its average for these n.",
        number="mean distance",
        places=tuple(f"n = {n}" if n == SAMPLE_SIZES[0] else str(n) for n in SAMPLE_SIZES),
        ends=(0.0, 1.5),
        within=0.08,
        digits=3,
        answers=(
            Answer("", 0.0, 0.02,
                   "that the same has the distance 0. So have the distributions; two samples "
                   "of one distribution are never the same"),
            Answer("", *near_curve([0.67, 0.4, 0.2, 0.1, 0.05, 0.025], 0.03),
                   "that the means alone differ. The standard deviations differ too"),
        ),
        asks_why="Why is it never 0, and how fast does it fall?",
        why="A square is never negative, so chance always adds and never takes away. The means "
        "add 2/n, the standard deviations about 1/n: together about 3/n. Twice the numbers "
        "about halve this bias. With 64 pixels there is much more that can be off.",
        compute=distances_of_two_samples,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="Fréchet distance of a pixel",
        question="Pictures of one pixel. It has the mean and the standard deviation `m` and `s` "
        "in the data, and `n` and `r` in samples. Write the Fréchet distance.",
        variables=(
            Variable("m", "mean of the data", (0.0, 1.0, -0.5)),
            Variable("s", "sd of the data", (1.0, 2.0, 0.4)),
            Variable("n", "mean of samples", (0.7, -0.4, 1.1)),
            Variable("r", "sd of samples", (0.5, 0.6, 1.3)),
        ),
        right="(m-n)^2+(s-r)^2",
        mistakes=(
            Mistake("(m-n)^2+(s^2-r^2)^2", "Here variances are compared. The last term has a "
                    "root."),
            Mistake("(m-n)^2", "Only the means are compared. Samples that are all alike would be "
                    "as good."),
            Mistake("(m-n)^2+s^2+r^2", "The last term is missing, minus twice the root: this "
                    "would not be 0 where all is the same."),
            Mistake("(m-n)^2+s+r-2*sqrt(s*r)", "S is a variance, so s², and not s."),
            Mistake("sqrt((m-n)^2+(s-r)^2)", "This is its root. The Fréchet distance, as it is "
                    "used, is a square, as W is."),
            Mistake("abs(m-n)+abs(s-r)", "It is a sum of squares."),
        ),
        why="S = s² and S′ = r², so the last term is −2 (s² r²)^½ = −2 s r, and s² + r² − 2 s r "
        "is a square. For two Gaussians it is the least mean of |x − y|² itself. Of other "
        "distributions it sees these four numbers and no more.",
    ),
    Exercise(
        name="a draw in place of a mean",
        question="A pixel, given y, is ink (1) with the probability `p` and paper (−1) else. G "
        "answers with a draw of its own from the same. Write its mean squared error.",
        variables=(Variable("p", "probability of ink", (0.1, 0.4, 0.75)),),
        right="8*p*(1-p)",
        mistakes=(
            Mistake("4*p*(1-p)", "This is the error of the mean, 2p − 1: the best answer by "
                    "squares. A draw of its own costs more."),
            Mistake("2*p*(1-p)", "So often G is wrong. Who takes ink for paper is off by 2."),
            Mistake("4*p", "This is the error of a G that always answers paper."),
            Mistake("4*(1-p)", "This is the mean over the wrong distribution: of pixels that are "
                    "ink."),
        ),
        why="They differ with the probability 2p(1 − p), and then by 2, which counts 4. The best "
        "answer by squares has half of that error, and is a grey that no digit has. So it is "
        "with every draw from the distribution of x given y.",
    ),
)  # fmt: skip
