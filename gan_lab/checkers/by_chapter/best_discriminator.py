"""What is asked in *The best discriminator*."""

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve


def optimal_where_samples_are_narrow() -> Written:
    """D* of N(0, 1) and N(0, 1/4) at x = -2, -3/2, ..., 2."""
    import numpy as np
    from scipy.special import expit

    from gan_lab.theory import gaussian, optimal_logit

    logit = optimal_logit(gaussian(0, 1), gaussian(0, 0.5))
    return Written(expit(logit(np.arange(-2, 2.1, 0.5))).tolist())


def power_of_the_test() -> Written:
    """How often a hundred verdicts of the best D reject, for N(0, 1) against N(0.2, 1)."""
    from scipy.stats import binom, norm

    k_min = binom.isf(0.05, 100, 0.5) + 1
    return Written([float(binom.sf(k_min - 1, 100, norm.cdf(0.1)))])


PREDICTIONS = (
    Prediction(
        name="D* of narrow samples",
        title="Draw the best D",
        setting="The data are N(0, 1). The samples are N(0, ½²): in the right place, and too "
        "narrow. At 0 they are twice as dense as the data.",
        question="Draw the best D: how probable is it that what falls at x is data?",
        number="D*(x)",
        places=("−2", "−1½", "−1", "−½", "0", "½", "1", "1½", "2"),
        ends=(0.0, 1.0),
        within=0.1,
        answers=(
            Answer("", *near_curve([0.005, 0.064, 0.309, 0.579, 0.667, 0.579, 0.309, 0.064, 0.005],
                               0.1),
                   "that D says how probable a sample is: the roles are exchanged"),
            Answer("", *near_curve([0.054, 0.13, 0.24, 0.35, 0.4, 0.35, 0.24, 0.13, 0.054], 0.1),
                   "that D is the density of the data. D compares two densities"),
            Answer("", *near_curve([0.5] * 9, 0.1),
                   "that nobody can tell the two apart. Their means agree, and their widths do "
                   "not"),
            Answer("", [0, 0, 0, 0, 0.5, 0, 0, 0, 0], [0.6, 0.8, 1, 1, 1, 1, 1, 0.8, 0.6],
                   "that D is high where there are many data. There are even more samples there"),
        ),
        asks_why="Why is D* lowest at 0, where the data are densest?",
        why="D* is the share of data in all that falls at x. At 0 data are at their densest, but "
        "samples are twice as dense, so a third is data. Two standard deviations out there are "
        "few data, but next to no samples. How many fall at x does not matter, only the ratio.",
        compute=optimal_where_samples_are_narrow,
    ),
    Prediction(
        name="power of a test",
        title="Will it be noticed?",
        setting="The data are N(0, 1), the samples N(0.2, 1). The best D judges 100 fresh points, "
        "each data or sample by a fair coin. “Not the same” is said if so many verdicts are right "
        "that a coin would get there in at most 5 % of all tests.",
        question="In what share of such tests is it said?",
        number="the share of tests",
        ends=(0.0, 1.0),
        within=0.08,
        answers=(
            Answer("", 0.7, 1,
                   "that the best D finds what is there. Nothing finds a small shift in a "
                   "hundred points with any certainty"),
            Answer("", 0.45, 0.65,
                   "that the test succeeds as often as a verdict is right. A verdict need only "
                   "be right; the test has to tell that share from ½"),
            Answer("", 0, 0.07,
                   "that the test says no more than a coin would. It has a little to go by"),
        ),
        asks_why="The best D is at work. Why does the test mostly notice nothing?",
        why="The two densities overlap so much that even the best D is right about 54 times in a "
        "hundred. A coin is right 50 ± 5 times. To be above what chance allows in 5 % of all "
        "tests, D needs 59 right verdicts, and that takes luck. Over more points the share of "
        "right verdicts varies less, and 54 % can be told from 50 %.",
        compute=power_of_the_test,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="best D from counts",
        question="Of 1000 data `a` fall into a small cell about x, and of 500 samples `b` do. "
        "Estimate D*(x) from that.",
        variables=(
            Variable("a", "data in the cell", (30.0, 8.0, 120.0)),
            Variable("b", "samples in the cell", (10.0, 40.0, 25.0)),
        ),
        right="a/(a + 2*b)",
        mistakes=(
            Mistake("a/(a + b)",
                    "Counts stand for densities. Twice as many data were drawn as samples, so "
                    "their counts are not alike."),
            Mistake("2*b/(a + 2*b)", "p_G stands where p_data should: this is high for samples."),
            Mistake("b/(a + b)",
                    "p_G stands where p_data should, and counts stand for densities."),
            Mistake("2*a/(2*a + b)",
                    "The wrong way round: it is the samples of which too few were drawn."),
            Mistake("a/(2*b)", "This is the ratio of the densities: the odds of D*, not D*."),
            Mistake("a/b", "This is a ratio of counts; D* is a share, between 0 and 1."),
            Mistake("a/1000", "This is the share of data that fall here. Nothing is compared."),
            Mistake("a/1500", "This is a share of all points, wherever they fell."),
        ),
        why="The densities are about a/1000 and b/500, over the width of the cell. In "
        "p_data/(p_data + p_G) the width cancels, and a/(a + 2b) is left.",
    ),
    Exercise(
        name="a ratio of three",
        question="At x the data are three times as dense as the samples. What is D*(x)?",
        right="3/4",
        within=0.004,
        mistakes=(
            Mistake("3", "This is the ratio, the odds of D*. D* itself is a probability."),
            Mistake("1/4", "This is the probability that x is a sample."),
            Mistake("1/3", "These are the odds of a sample. D* is a probability, and of data."),
            Mistake("log(3)", "This is the logit of D*."),
            Mistake("sigmoid(3)", "A sigmoid wants the logit, the logarithm of the ratio."),
            Mistake("sigmoid(3/4)", "A sigmoid too many: D* is a probability already."),
            Mistake("1/2", "So it would be if both were as dense."),
        ),
        why="Of four points near x three are data. From the odds r to the probability: r/(1 + r).",
    ),
    Exercise(
        name="the price of an answer",
        question="At x the best answer is `d`, and D says `y`. What does it lose there, in nats, "
        "divided by p_data(x) + p_G(x)?",
        variables=(
            Variable("d", "D*(x)", (0.8, 0.35, 0.6)),
            Variable("y", "D(x)", (0.55, 0.9, 0.25)),
        ),
        right="d*log(d/y) + (1 - d)*log((1 - d)/(1 - y))",
        mistakes=(
            Mistake("y*log(y/d) + (1 - y)*log((1 - y)/(1 - d))",
                    "The KL divergence the wrong way round: this is a mean over what D believes. "
                    "What falls at x is data with probability `d`."),
            Mistake("y*log(d/y) + (1 - y)*log((1 - d)/(1 - y))",
                    "The mean is under the wrong coin: what falls at x is data with probability "
                    "`d`."),
            Mistake("d*log(d/y)",
                    "Half of it is missing: D loses on the samples that fall at x, too."),
            Mistake("d*log(y/d) + (1 - d)*log((1 - y)/(1 - d))",
                    "The sign: this is what D gains on D*, which is never above 0."),
            Mistake("-d*log(y) - (1 - d)*log(1 - y)",
                    "This is all that D pays at x. Even the best answer pays some of it."),
            Mistake("log(d/y)", "This is lost on a data point. Samples fall at x, too."),
            Mistake("(d - y)^2", "D is paid in logarithms, not in squares."),
            Mistake("abs(d - y)", "D is paid in logarithms."),
        ),
        why="It is v(y*) − v(y) over a + b: KL between two coins, the one that decides at x what "
        "is data, and the one that D believes in. The mean is over the first.",
    ),
)  # fmt: skip
