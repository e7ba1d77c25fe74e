"""What is asked in *Where GANs are now*."""

import numpy as np

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

STARTS = (-2, -1, 0, 1, 2)


def one_step_between_bumps() -> Written:
    """Where one Euler step along the exact velocity takes each z."""
    from gan_lab.distributions import gaussian, mixture
    from gan_lab.theory.flows import euler_map, straight_velocity

    bumps = mixture([gaussian(-2, 0.5), gaussian(2, 0.5)])
    return Written(euler_map(straight_velocity(bumps), 1)(np.array(STARTS, float)).tolist())


def maps_that_increase() -> Written:
    """How many of the recorded G of one bump increase, without the transport term."""
    from gan_lab.sweeps.today import recorded_maps, ways_of_maps

    return Written([float((ways_of_maps(recorded_maps("one bump", 0.0)[0]) == 1).sum())])


PREDICTIONS = (
    Prediction(
        name="a single step",
        title="One step",
        setting="The noise z is N(0, 1). The data are two bumps, one half N(−2, ½²) and one half "
        "N(2, ½²). v is learned perfectly: v(y, t) is the mean of x − z over all pairs for which "
        "x_t is y.",
        question="One step of the length 1 from time 0: draw where it takes these z.",
        number="where z ends",
        places=tuple(f"z = {z}".replace("-", "−") for z in STARTS),
        ends=(-3.0, 3.0),
        within=0.35,
        digits=2,
        answers=(
            Answer("", *near_curve([-2, -1, 0, 1, 2], 0.3), "that v is 0, and nothing moves"),
            Answer("", *near_curve([-2.5, -2.2, 0, 2.2, 2.5], 0.6),
                   "that one step knows to which bump to go. So end very many small ones"),
            Answer("", *near_curve([2.5, 2.2, 0, -2.2, -2.5], 0.6),
                   "that the step carries z to the other side. No step along v turns the order "
                   "of two points round"),
        ),
        asks_why="Why does it not matter where z was?",
        why="At time 0 the point x_t is z itself, and x was drawn without regard to z. So all "
        "of the data are still possible, and the mean of x − z is the mean of the data less z. "
        "The step takes every z to that mean: 0, where there are hardly any data.",
        compute=one_step_between_bumps,
    ),
    Prediction(
        name="maps that increase",
        title="Up or down?",
        setting="The data are one bump, N(3, ½²), and z is N(0, 1). Both G(z) = 3 + z/2 and "
        "G(z) = 3 − z/2 are perfect. GANs of 32 seeds are trained.",
        question="How many of the 32 find a G that increases?",
        number="maps that increase",
        ends=(0.0, 32.0),
        within=7.0,
        digits=0,
        answers=(
            Answer("", 27.0, 32.0,
                   "that a game prefers order. V knows only p_G, which is the same for both"),
            Answer("", 0.0, 5.0, "that a game prefers to turn z round. V knows only p_G"),
        ),
        asks_why="What decides which one a game finds?",
        why="V depends on p_G alone, and both maps have the same. Nothing in the game prefers "
        "one, so chance decides: the weights that G begins with, and the first draws. It is like "
        "a toss of a coin. A fair one gives 11 to 21 of 32 in about 95 of 100 times.",
        compute=maps_that_increase,
        recorded="recorded over 32 seeds",
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="two steps",
        question="The data are N(0, `s`²), and z is N(0, 1). Samples are made with two Euler "
        "steps along the exact velocity. What is their standard deviation?",
        variables=(Variable("s", "standard deviation of the data", (0.5, 2.0, 3.0)),),
        right="s^2/(1+s^2)",
        mistakes=(
            Mistake("s", "So very many steps end. Two are fewer."),
            Mistake("2*s^2/(1+s^2)", "This takes z to the end at once. The first step has halved "
                    "it already."),
            Mistake("s/(1+s)", "Given x_t, the mean of x goes by variances, not by standard "
                    "deviations."),
            Mistake("(s^2/(1+s^2))^2", "This is the variance."),
            Mistake("1/2", "So it is for s = 1, where the second step does not move."),
        ),
        why="The first step ends half-way to the mean of the data, at z/2. The second lands on "
        "the mean of x given x_½ = y, which is y · (s²/2) / ((1 + s²)/4) = 2 s² y / (1 + s²). "
        "With y = z/2 this is z s²/(1 + s²), narrower than the data for every s.",
    ),
    Exercise(
        name="the way that moves more",
        question="z is N(0, 1), the data are N(`a`, `s`²), and G is perfect and decreases. "
        "What is the mean of |G(z) − z|²?",
        variables=(
            Variable("a", "mean of the data", (3.0, 0.5, -1.0)),
            Variable("s", "standard deviation of the data", (0.5, 2.0, 1.5)),
        ),
        right="a^2+(1+s)^2",
        mistakes=(
            Mistake("a^2+(1-s)^2", "This is for the G that increases."),
            Mistake("(1+s)^2", "All points are shifted by a as well."),
            Mistake("a^2+1+s^2", "So it would be if G(z) and z were independent. They hang "
                    "together as closely as can be."),
            Mistake("a^2+s^2", "This is the mean of |G(z)|²: how far samples are from 0, not "
                    "from their z."),
            Mistake("4*s", "By so much it is above that of the G that increases."),
            Mistake("abs(a)+1+s", "It is a mean of squares."),
        ),
        why="G(z) = a − s z, so G(z) − z = a − (1 + s) z, whose mean square is a² + (1 + s)². "
        "The increasing one costs a² + (1 − s)², which is less by 4 s. So a transport term, "
        "however small, tells the two apart; V cannot.",
    ),
)  # fmt: skip
