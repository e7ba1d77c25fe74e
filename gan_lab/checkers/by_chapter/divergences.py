"""What is asked in *Which mistakes a divergence forgives*."""

from __future__ import annotations

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

HALF_DISTANCES = (1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5)


def mean_by_reverse_kl() -> Written:
    """How far from 0 the Gaussian lies that is nearest to bumps at -a and a by KL(q || p)."""
    from gan_lab.theory.fits import best_fits

    return Written([best_fits("reverse-kl", a).best.mean for a in HALF_DISTANCES])


def lost_a_spot() -> Written:
    """Of a hundred recorded games with a loss of KL(p || q) and a fast G: those that lose one."""
    from gan_lab.sweeps.collapse import modes_at_the_end

    return Written([float((modes_at_the_end("maximum-likelihood", "fast") < 8).sum())])


PREDICTIONS = (
    Prediction(
        name="fit by reverse KL",
        title="Where does the bell sit?",
        setting="The data p are halves of N(−a, 1) and N(a, 1). q is one Gaussian, the nearest to "
        "p by KL(q ‖ p).",
        question="Draw how far from 0 the mean of q is, at these a.",
        number="|μ|",
        places=("1", "1½", "2", "2½", "3", "3½", "4", "4½", "5"),
        ends=(0.0, 5.0),
        within=0.5,
        digits=1,
        answers=(
            Answer("", *near_curve([0] * 9, 0.4),
                   "that q stays in the middle at any a. By KL(p ‖ q) it does"),
            Answer("", *near_curve(HALF_DISTANCES, 0.4),
                   "that KL(q ‖ p) picks a bump at any a. Between near bumps it averages too"),
            Answer("", *near_curve([0, 0, 0, 0, 0, 0, 0, 4.5, 5], 0.4),
                   "that q leaves the middle after a = 4. By the JSD it does"),
            Answer("", *near_curve([0, 0, 0, 2.4, 3, 3.5, 4, 4.5, 5], 0.4),
                   "that q leaves the middle before a = 2½. By 2 KL(m ‖ p) it does"),
        ),
        asks_why="Why does q lie over two near bumps, and over one of two far ones?",
        why="KL(q ‖ p) makes samples dear where there are no data. Between near bumps there are "
        "data everywhere, and one wide bell costs less than to give up half of the data. Between "
        "far ones the middle is empty, and a bell on one bump costs about log 2, which is less. "
        "Both are minima, so the best one jumps from the first to the second.",
        compute=mean_by_reverse_kl,
    ),
    Prediction(
        name="spots at an infinite price",
        title="Does the price decide?",
        setting="Eight spots on a ring, a G with long steps, and the loss that descends KL(p ‖ q) "
        "where D is at its best: by it a missed spot costs infinitely much. A hundred seeds.",
        question="How many of the hundred games lose a spot?",
        number="games that lose a spot",
        ends=(0.0, 100.0),
        within=10.0,
        digits=0,
        answers=(
            Answer("", 0, 10,
                   "that the price decides. But it is that of a perfect D, and this D lags behind"),
            Answer("", 70, 100,
                   "that the price counts for nothing. With the non-saturating loss more games "
                   "lose a spot than with this one"),
        ),
        asks_why="Why can a game lose a spot whose price is infinite?",
        why="The price is what G pays at a perfect D. G with long steps follows a D that answers "
        "late: all points run to where D was highest, D learns that they are there, and they run "
        "on. With a slow G and the same loss none of a hundred games loses a spot.",
        compute=lost_a_spot,
        recorded="a hundred seeds, recorded",
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="never an invention",
        question="p are the data and q the samples, on a few points. One of KL(p ‖ q) and "
        "KL(q ‖ p) is infinite as soon as q has a point that p lacks. Write it out.",
        variables=(
            Variable("p", "the data", ((0.5, 0.3, 0.2), (0.2, 0.2, 0.6), (0.1, 0.6, 0.3))),
            Variable("q", "the samples", ((0.2, 0.2, 0.6), (0.3, 0.4, 0.3), (0.5, 0.25, 0.25))),
        ),
        right="sum(q*log(q/p))",
        mistakes=(
            Mistake("sum(p*log(p/q))", "This is KL the wrong way round. It is infinite where q "
                    "lacks a point that p has: a miss."),
            Mistake("sum(p*log(q/p))", "The mean is over the wrong distribution: samples are what "
                    "is to be weighed here."),
            Mistake("mean(q*log(q/p))", "A mean stands for the sum: q is the weight already."),
            Mistake("sum(log(q/p))", "The weights are missing: a point counts as often as it is "
                    "drawn."),
            Mistake("sum(p*log(p/q)+q*log(q/p))", "This is the sum of both. It is infinite for a "
                    "miss as well."),
            Mistake("sum((p+q)*log((p+q)/(2*p)))", "This is 2 KL(m ‖ p). It does not forgive an "
                    "invention either, but it is neither of the two."),
        ),
        why="KL(q ‖ p) is the mean of log(q/p) over samples. Where p = 0 and q > 0 it is infinite. "
        "Where q = 0 nothing is drawn, and nothing is paid: a miss has a finite price.",
    ),
    Exercise(
        name="three modes of nine",
        question="The data have nine separate modes, equally likely. G makes three of them "
        "perfectly, equally often. What is KL(q ‖ p), in nats?",
        right="log(3)",
        within=0.006,
        mistakes=(
            Mistake("log(3/2)", "This is the price of missing three modes. G misses six."),
            Mistake("∞", "This is KL(p ‖ q), the wrong way round: it is p that has points which q "
                    "lacks."),
            Mistake("log(3)/3", "This is a mean under the wrong distribution: of the data a third "
                    "lies there, but all of the samples."),
            Mistake("2*log(2)/3", "This is 2 KL(m ‖ p), the price by the non-saturating loss."),
            Mistake("log(9)", "This is the price of making one mode alone."),
            Mistake("(2/3*log(2)+log(3/2)+log(1/2)/3)/2", "This is the JSD."),
        ),
        why="Wherever there are samples, q/p is ⅓ over 1/9, which is 3. So each sample pays log 3. "
        "The theorem says the same: −log(1 − s), and the missed share s is ⅔.",
    ),
)  # fmt: skip
