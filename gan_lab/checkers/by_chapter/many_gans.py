"""What is asked in *A hundred GANs at once*."""

from __future__ import annotations

import numpy as np
from scipy.stats import binom

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written

COUNTS = (1, 3, 5, 9, 15, 25)  # odd, so that a median is one of the draws
PENALTIES = ("r1 = r2 = 0.005", "r1 = r2 = 0.02")


def ratio_of_ends() -> Written:
    """How many times the smallest of a hundred recorded JSDs the largest is."""
    from gan_lab.sweeps.many_seeds import recorded_seeds

    ends = recorded_seeds(PENALTIES[0])
    return Written([float(ends.max() / ends.min())])


def wrong_orders() -> Written:
    """How often the medians of n draws are in the wrong order, for each n of `COUNTS`."""
    from gan_lab.sweeps.many_seeds import recorded_seeds

    low, high = sorted(map(recorded_seeds, PENALTIES), key=np.median)
    return Written([wrong_order(low, high, n) for n in COUNTS])


def wrong_order(low: np.ndarray, high: np.ndarray, n: int) -> float:
    """How often the median of n draws from `low` is no less than that of n draws from `high`."""
    where = np.unique(np.concatenate([low, high]))
    of_low, of_high = (at_most(values, where, n) for values in (low, high))
    before = np.concatenate([[0.0], of_low[:-1]])
    return float(np.sum((of_high - np.concatenate([[0.0], of_high[:-1]])) * (1 - before)))


def at_most(values: np.ndarray, where: np.ndarray, n: int) -> np.ndarray:
    """The probability that the median of n draws is at most each of `where`."""
    share = np.searchsorted(np.sort(values), where, side="right") / len(values)
    return binom.sf(n // 2, n, share)


PREDICTIONS = (
    Prediction(
        name="the worst of a hundred",
        title="The best and the worst",
        setting="One recipe, a hundred seeds: two bumps, small networks, 800 iterations. Data, "
        "networks, rates are the same for all.",
        question="The JSD of the worst seed is how many times that of the best?",
        number="worst JSD / best JSD",
        ends=(1.0, 20.0),
        within=1.5,
        digits=1,
        answers=(
            Answer("", 1.0, 2.0,
                   "that a seed matters little. It decides the first weights and every minibatch, "
                   "and the players answer each other"),
            Answer("", 10.0, 20.0,
                   "that some of these games end nowhere. But a G that makes one bump and misses "
                   "the other has 0.22 nats: five times as much as the best of these"),
        ),
        asks_why="The recipe is one. What makes the ends differ so much?",
        why="A seed draws the first weights and all minibatches. Two games that begin a little "
        "apart do not stay so: each player answers what the other has done, and small "
        "differences grow. So a recipe has a distribution of ends and not an end, and one run is "
        "one draw from it.",
        compute=ratio_of_ends,
        recorded="recorded over a hundred seeds",
    ),
    Prediction(
        name="the wrong order",
        title="Which recipe is better?",
        setting="Two recipes, whose medians over a hundred seeds are 0.075 and 0.060 nats. You "
        "play n seeds of each, and compare the two medians of n.",
        question="How often do they come out in the wrong order? Draw the share for each n.",
        number="share in the wrong order",
        places=tuple(map(str, COUNTS)),
        ends=(0.0, 0.6),
        within=0.08,
        answers=(
            Answer("", [0.4, 0.3] + [0.25] * 4, [0.6] * 6,
                   "that n seeds tell no more than a coin. One seed of each tells a little more, "
                   "and the medians of many tell nearly for certain"),
            Answer("", [0.0] * 6, [0.1, 0.1] + [0.6] * 4,
                   "that one seed of each is enough. But the two sets of a hundred dots overlap "
                   "over most of their ranges"),
            Answer("", [0.0, 0.0, 0.2, 0.15, 0.12, 0.09], [0.6] * 6,
                   "that more seeds hardly help. The medians come closer to their own places, "
                   "with the root of n"),
        ),
        asks_why="Why is it wrong so often with one seed, and so seldom with fifteen?",
        why="With one seed of each a draw from one set of a hundred meets a draw from the other, "
        "and these sets overlap. The median of n draws spreads less, about like 1/√n, while the "
        "distance of the two medians stays what it is. When the spread has become smaller than "
        "that distance, the order is rarely wrong.",
        compute=wrong_orders,
        recorded="from a hundred recorded seeds of each",
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="what n good runs exclude",
        question="All of `n` runs succeeded. Which share of failures `q` would have let that "
        "happen in exactly one case of twenty? (Not the rule of thumb.)",
        variables=(Variable("n", "number of runs", (5.0, 10.0, 40.0)),),
        right="1 - 0.05^(1/n)",
        mistakes=(
            Mistake("3/n", "This is the rule of thumb, which is too large: for it (1 − q)^n "
                    "is replaced by its bound e^(−qn)."),
            Mistake("-log(0.05)/n", "This is the rule of thumb before it is rounded, and too large "
                    "as well: (1 − q)^n is less than e^(−qn)."),
            Mistake("0.05^(1/n)", "This is the share of successes."),
            Mistake("1 - 0.95^(1/n)", "The other way round: a recipe that shows no failure in 95 "
                    "of 100 cases is hardly excluded by showing none."),
            Mistake("1/n", "One failure in n runs is what such a recipe shows on average. It still "
                    "shows none in a third of all cases or so."),
            Mistake("0.05/n", "This shares 5 % out among the runs. The question is how likely it "
                    "is that all of them succeed."),
            Mistake("0", "n successes of n do not mean that there are no failures."),
            Mistake("1 - 0.05*n", "Probabilities of runs that all succeed are multiplied."),
        ),
        why="All n runs succeed with probability (1 − q)^n. Set it to 0.05 and solve for q. For "
        "ten runs that is 0.26: ten good runs do not exclude that one in four fails.",
    ),
    Exercise(
        name="second of seven",
        question="You have seven seeds. With which probability does the true median lie between "
        "the second best and the second worst of them?",
        right="1 - 2*(1 + 7)/128",
        within=0.006,
        mistakes=(
            Mistake("1 - 2/128", "This is for the whole range, from the best to the worst."),
            Mistake("1 - 8/128", "Only one of the two sides is counted on which the median can "
                    "lie."),
            Mistake("1 - 2*7/128", "That exactly one seed lies on a side is counted, and that none "
                    "does is forgotten."),
            Mistake("1 - 2*29/128", "This is between the third best and the third worst."),
            Mistake("5/7", "This is the share of the ranks. Each seed lies below the median with "
                    "probability ½, like a coin."),
            Mistake("0.95", "It need not be 95 %: the seeds are few, and so are the intervals."),
        ),
        why="The number B of seeds below the median is that of heads in seven tosses. The median "
        "is outside when B is 0 or 1, which has the probability (1 + 7)/128, or when B is 6 or "
        "7, which has the same. So 1 − 16/128 = 0.875, less than 95 %: with seven seeds one has "
        "to take the whole range.",
    ),
)  # fmt: skip
