"""What is asked in *The lab*."""

from __future__ import annotations

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written

SEEDS, ITERATIONS = 10, 100


def noise_of_two_values() -> Written:
    """The JSD after 100 iterations of the lab's two bumps with z = 0 or 1, of each seed."""
    from gan_lab.sweeps.scorers import jsd
    from gan_lab.training.backends import one_thread
    from gan_lab.training.loop import Training
    from gan_lab.training.recipe import PRESETS

    game = Training(PRESETS["two"].but(latent="bernoulli", members=SEEDS), "cpu")
    with one_thread():
        for _ in game.play(ITERATIONS):
            pass
        return Written([float(jsd(game, i)) for i in range(SEEDS)])


PREDICTIONS = (
    Prediction(
        name="noise of two values",
        title="Two points for two bumps",
        setting="The game of this link: the data have two bumps, z is 0 or 1 and nothing else, so "
        "G makes two points. Train it for 100 iterations.",
        question="What is JSD(p_data, p_G) then, in nats?",
        number="JSD, nats",
        ends=(0.0, 1.0),
        within=0.03,
        digits=3,
        answers=(
            Answer("", 0.0, 0.05,
                   "that two points are two bumps. A bump has a width, and a point has none"),
            Answer("", 0.05, 0.62,
                   "that p_G comes nearer to the data as the points move. The data give two "
                   "points no probability, wherever they lie"),
            Answer("", 0.75, 1.0, "that it is counted in bits. In nats the largest JSD is log 2"),
        ),
        asks_why="Both points move. Why does the JSD not?",
        why="p_G is two points, and the data have a density: they give any two points the "
        "probability 0. So the two share nothing, and JSD is log 2 for every such G, however near "
        "the points lie to the bumps. The best D would be 0 at these two points and 1 "
        "everywhere else. No network is that, and so the points still move.",
        compute=noise_of_two_values,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="JSD from the lab's numbers",
        question="The lab says V(G, D) = −1.17 and V(G, D*) = −1.12. What is the JSD, in nats? "
        "(Two digits are enough.)",
        right="(log(4) - 1.12)/2",
        within=0.004,
        mistakes=(
            Mistake("(log(4) - 1.17)/2", "This takes V of the D that plays. The JSD belongs to the "
                    "best D; a worse one gives less."),
            Mistake("log(4) - 1.12", "The ½ is missing: this is 2 JSD."),
            Mistake("(log(2) - 1.12)/2", "One log 2 is dropped. A JSD is never negative."),
            Mistake("0.05", "This is what D could still gain, V(G, D*) − V(G, D)."),
            Mistake("-1.12/2", "The constant is missing. A JSD is never negative."),
            Mistake("(log(4) + 1.12)/2", "The sign of V is lost. A JSD is at most log 2 = 0.69."),
        ),
        why="V(G, D*) = 2 JSD − log 4, so JSD = (V(G, D*) + log 4)/2, which is 0.13. V(G, D) says "
        "only that the JSD is more than 0.1.",
    ),
    Exercise(
        name="data that D has seen",
        question="A game has made `t` iterations with `k` steps of D each and minibatches of `m`. "
        "How many data has D been shown?",
        variables=(
            Variable("t", "iterations", (100.0, 250.0, 30.0)),
            Variable("k", "steps of D in each", (3.0, 5.0, 20.0)),
            Variable("m", "minibatch", (16.0, 64.0, 128.0)),
        ),
        right="t*k*m",
        mistakes=(
            Mistake("t*m", "One minibatch for all k steps: each step of D fetches its own."),
            Mistake("2*t*k*m", "Half of these are samples of G. Data were asked for."),
            Mistake("t*(k+1)*m", "G's step needs noise, and no data."),
            Mistake("t*(2*k+1)*m", "This counts all points: data, samples in D's steps, and those "
                    "of G's step."),
            Mistake("t*k", "These are the steps of D. Each sees m data."),
            Mistake("t*k/m", "A larger minibatch shows more data, not fewer."),
        ),
        why="Line 3 of Algorithm 1 stands inside the inner loop: each of the t·k steps of D draws "
        "m new data. (And m new samples, which are none.)",
    ),
)  # fmt: skip
