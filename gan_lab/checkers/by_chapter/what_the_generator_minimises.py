"""What is asked in *What the generator minimises*."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve
from gan_lab.core.random_streams import Domain, Stream

DISTANCES = (0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0)
MOMENTS = (0, 4, 10, 20, 30, 60, 120)
GAMES, DRAWS = 10, 64
RATE_D, RATE_G, GAMMA = 0.1, 0.8, 2.0


def divergence_of_bells() -> Written:
    """JSD(N(0, 1), N(mu, 1)), in nats, at each distance mu."""
    from gan_lab.theory import gaussian, js

    return Written([js(gaussian(0, 1), gaussian(mu, 1)).value for mu in DISTANCES])


def value_on_the_way() -> Written:
    """V(G, D) while G walks from N(2, 1) to the data N(0, 1): the median over ten games."""
    from gan_lab.theory import V, gaussian

    theta, a, found = np.full(GAMES, 2.0), np.zeros(GAMES), []
    for t in range(MOMENTS[-1] + 1):
        if t in MOMENTS:
            values = [
                V(lambda x, s=s: logit(x, s), gaussian(0, 1), gaussian(mean, 1)).value
                for mean, s in zip(theta, a, strict=True)
            ]
            found.append(float(np.median(values)))
        a = a + RATE_D * (slope_of_D(theta, a, t) - GAMMA * a)
        theta = theta - RATE_G * slope_of_G(theta, a, t)
    return Written(found)


def logit(x, a):
    """The best D between N(0, 1) and N(a, 1)."""
    return a * a / 2 - a * x


def slope_of_D(theta, a, t: int) -> np.ndarray:
    """How fast V on a minibatch rises with a, in each game."""
    data = draws(Domain.DATA_FOR_D, t)
    fake = theta[:, None] + draws(Domain.NOISE_FOR_D, t)
    a = a[:, None]
    right, wrong = expit(-logit(data, a)) * (a - data), expit(logit(fake, a)) * (a - fake)
    return right.mean(1) - wrong.mean(1)


def slope_of_G(theta, a, t: int) -> np.ndarray:
    """How fast V on a minibatch rises with theta, in each game."""
    fake = theta[:, None] + draws(Domain.NOISE_FOR_G, t)
    return a * expit(logit(fake, a[:, None])).mean(1)


def draws(purpose: Domain, t: int) -> np.ndarray:
    return Stream(range(GAMES)).normal(purpose, t, (DRAWS,)).numpy()


JSD = [0.03, 0.111, 0.337, 0.527, 0.633, 0.689, 0.693]  # of DISTANCES, for the mistakes

PREDICTIONS = (
    Prediction(
        name="JSD against distance",
        title="Two bells move apart",
        setting="The data are N(0, 1), the samples N(μ, 1). G moves away from the data: μ grows.",
        question="Draw JSD(p_data, p_G), in nats, at these μ.",
        number="JSD, nats",
        places=("½", "1", "2", "3", "4", "6", "8"),
        ends=(0.0, 1.4),
        within=0.1,
        answers=(
            Answer("", *near_curve([y / np.log(2) for y in JSD], 0.06),
                   "that it is counted in bits, where the largest JSD is 1. In nats it is less"),
            Answer("", *near_curve([2 * y for y in JSD], 0.1),
                   "that the two factors ½ of JSD are missing. With them you are at 2 JSD"),
            Answer("", [-1.0] * 6 + [0.85], [2.0] * 7,
                   "that JSD grows with the distance, as KL does. But the mixture m has half of "
                   "each, so that p/m is never more than 2"),
            Answer("", [-1.0] * 7, [2.0] * 4 + [0.5] + [2.0] * 2,
                   "that JSD can still tell a distance of 4 from one of 8. At 4 the bells hardly "
                   "overlap"),
        ),
        asks_why="Why does the curve become flat, and what does that do to G?",
        why="JSD compares each distribution with the mixture m, and where only one of them lives "
        "the quotient p/m is 2: log 2 is all that a point can count. Once the bells hardly "
        "overlap nearly every point counts log 2, at any distance. So the slope in μ is nearly 0 "
        "there: a G that descends C = 2 JSD − log 4 is told almost nothing about where the data "
        "are.",
        compute=divergence_of_bells,
    ),
    Prediction(
        name="V on the way",
        title="V during a game that goes well",
        setting="The data are N(0, 1). G makes N(θ, 1) and begins at θ = 2; D begins at ½ "
        "everywhere. Both make small steps in turns, with a penalty on D's slope. After 120 "
        "iterations G is at the data, in each of ten games.",
        question="Draw V(G, D) at these iterations. (−log 4 is −1.386.)",
        number="V(G, D)",
        places=tuple(map(str, MOMENTS)),
        ends=(-2.0, 0.0),
        within=0.1,
        answers=(
            Answer("", *near_curve([-1.386] * 7, 0.1),
                   "that D never sees a difference. It begins blind, and learns: G begins two "
                   "standard deviations away from the data"),
            Answer("", [-1.25] + [-2.0] * 6, [0.0] * 7,
                   "that V begins with a D that knows the difference. This one says ½ everywhere, "
                   "and then V does not depend on G at all"),
            Answer("", [-2.0] * 7, [0.0] * 6 + [-1.5],
                   "that D ends sure of something that is not so. G is at the data, and D has time "
                   "to come back to ½"),
            Answer("", [-2.0] * 6 + [-1.25], [0.0] * 7,
                   "that D is still ahead at the end. G has come to the data, where nothing can "
                   "be told apart"),
        ),
        asks_why="G lowers V, and has won. Why has V not fallen?",
        why="V begins at −log 4, because D = ½ gives that for every G, and it ends there, because "
        "G is at the data and D is flat again. In between D has learned something, and V is "
        "higher. G did lower V, in its own steps; D raised it in its own. −log 4 is the least "
        "value of C(G), the maximum over D. It is not the least value of V.",
        compute=value_on_the_way,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="C from a library",
        question="`d = jensenshannon(p, q, base=2)` is SciPy's: the square root of the JSD in "
        "bits. p are the data, q the samples. Write C(G) in nats.",
        variables=(Variable("d", "what SciPy returns", (0.3, 0.55, 0.8)),),
        right="2*d^2*log(2) - log(4)",
        mistakes=(
            Mistake("2*d^2 - log(4)", "Bits for nats: d² is in bits, and the constant is in nats. "
                    "For p and q that share nothing this would be more than 0, which is more than "
                    "any D can have."),
            Mistake("2*d*log(2) - log(4)", "d is a square root: it is not yet a JSD."),
            Mistake("2*d - log(4)", "d is a square root, and in bits."),
            Mistake("d^2*log(2) - log(4)", "The two factors ½ of the JSD are still there: C has "
                    "two divergences, and JSD is their mean."),
            Mistake("2*d^2*log(2) - log(2)", "One log 2 is dropped: both expectations pay one."),
            Mistake("2*d^2*log(2)", "This is 0 for a perfect G. But p + q has the mass 2, and "
                    "the constant for that is missing."),
            Mistake("2*d^2*log(2) + log(4)", "The constant has the wrong sign: no D earns more "
                    "than 0."),
            Mistake("2*d^2 - 2", "All of this is in bits. Nats were asked for."),
            Mistake("d^2*log(2)", "This is the JSD alone, in nats."),
        ),
        why="Squared, d is the JSD in bits; times log 2 it is in nats. Theorem 1 doubles it, and "
        "takes log 4 away, one log 2 for each of its two expectations. The test: d = 1, nothing "
        "in common, must give C = 0, and d = 0 must give −log 4.",
    ),
    Exercise(
        name="C on four points",
        question="Data and samples have four possible values. `p` has the four probabilities "
        "p_data, `q` the four of p_G. Write C(G), the V of the best D, with `sum(…)`.",
        variables=(
            Variable("p", "p_data", ((0.4, 0.3, 0.2, 0.1), (0.25, 0.05, 0.6, 0.1),
                                     (0.1, 0.2, 0.3, 0.4))),
            Variable("q", "p_G", ((0.1, 0.2, 0.1, 0.6), (0.5, 0.2, 0.1, 0.2),
                                  (0.3, 0.3, 0.15, 0.25))),
        ),
        right="sum(p*log(p/(p+q)) + q*log(q/(p+q)))",
        mistakes=(
            Mistake("sum(p*log(p/(p+q)) + p*log(q/(p+q)))", "The second expectation is under the "
                    "wrong distribution: log(1 − D) is asked of samples, and these come from p_G."),
            Mistake("sum(q*log(p/(p+q)) + q*log(q/(p+q)))", "The first expectation is under the "
                    "wrong distribution: log D is asked of data."),
            Mistake("sum(p*log(q/(p+q)) + q*log(p/(p+q)))", "p_G for p_data: this D is high where "
                    "samples are. It is the worst answer, not the best."),
            Mistake("sum(p*log(2*p/(p+q)) + q*log(2*q/(p+q)))", "This is 2 JSD: p + q was halved, "
                    "to be a distribution, and nothing was paid for it."),
            Mistake("sum(p*log(2*p/(p+q)) + q*log(2*q/(p+q)))/2", "This is the JSD. V has no ½, "
                    "and D* has no 2."),
            Mistake("sum(log(p/(p+q)) + log(q/(p+q)))", "The weights are missing: an expectation "
                    "counts each point by its probability."),
            Mistake("mean(p*log(p/(p+q)) + q*log(q/(p+q)))", "A mean for a sum: the probabilities "
                    "are the weights already, and they sum to 1."),
            Mistake("sum(p*log(p/q))", "This is KL(p ‖ q). The best D is not p/q."),
            Mistake("sum(p*log(p/(p+q)))", "Only the data's half. Samples count too."),
        ),
        why="V is the mean of log D over data plus the mean of log(1 − D) over samples. The best D "
        "is p/(p + q), and 1 − D is q/(p + q). Each mean has the weights of its own "
        "distribution. For p = q it gives −log 4.",
    ),
)  # fmt: skip
