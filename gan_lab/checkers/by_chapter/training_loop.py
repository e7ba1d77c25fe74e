"""What is asked in *The training loop, step by step*."""

from __future__ import annotations

from math import inf

import numpy as np

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

MOMENTS = (1, 5, 10, 15, 20, 30, 60)
SEEDS, AROUND = 10, 2  # a loss is the mean of this many iterations before, and after
STEPS = 100  # of D on sixteen points


def loss_over_time() -> Written:
    """The loss of D at each moment: its median over ten games."""
    from gan_lab.training.backends import one_thread
    from gan_lab.training.loop import Training
    from gan_lab.training.recipe import Recipe

    recipe = Recipe(
        G=(16, 16), D=(16, 16), m=128, k=5, lr_G=4e-3, iterations=250, members=SEEDS,
        dtype="float64",
    )  # fmt: skip
    game = Training(recipe, "cpu")
    with one_thread():
        losses = [game.loss_D.numpy().copy() for _ in game.play(MOMENTS[-1] + AROUND)]
    shown = [losses[max(0, t - 1 - AROUND) : t + AROUND] for t in MOMENTS]
    return Written([float(np.median(np.mean(some, 0))) for some in shown])


def value_on_all_data() -> Written:
    """V on all data of a D that has seen the same minibatch 100 times, of each seed."""
    from gan_lab.datasets import gaussian
    from gan_lab.recording import frame_of
    from gan_lab.training.backends import one_thread
    from gan_lab.training.loop import Training
    from gan_lab.training.recipe import Recipe

    recipe = Recipe(
        data=gaussian(0.0, 1.0), standardise=False, G=(), D=(16, 16), m=16, k=STEPS,
        members=SEEDS, lr_D=0.02, r1=0.0, r2=0.0, schedule="constant", dtype="float64",
    )  # fmt: skip
    game = Training(recipe, "cpu")
    game.G.flat.data.copy_(game.G.flat.new_tensor([1.0, 0.5]))  # G(z) = z + 1/2
    with one_thread():
        for _ in range(STEPS):
            game.update_discriminator()
            game.steps = 0  # the draws of the first step again
    return Written([float(frame_of(game, i).V) for i in range(SEEDS)])


PREDICTIONS = (
    Prediction(
        name="loss of D over time",
        title="The loss of D",
        setting="The data are N(3, ½²), G begins somewhere else, and D begins with random "
        "weights. Each iteration has five steps of D and one of G. The game goes well: after 60 "
        "iterations p_G lies nearly on the data.",
        question="Draw the loss of D, −V(G, D), at these iterations. (log 4 is 1.386.)",
        number="loss of D, nats",
        places=tuple(map(str, MOMENTS)),
        ends=(0.0, 2.0),
        within=0.2,
        answers=(
            Answer("", [0.0] * 5 + [0.0, 0.0], [2.0] * 5 + [1.2, 1.1],
                   "that D wins. Its loss can stay low only where it can tell the two apart, and "
                   "here G comes to the data"),
            Answer("", *near_curve([1.386] * 7, 0.12),
                   "that D never learns anything. In the first iterations it finds out where the "
                   "data are and where the samples"),
            Answer("", [0.0] * 7, [0.9] + [2.0] * 6,
                   "that D knows the difference at once. Its weights are random, and it begins "
                   "with a coin's loss"),
            Answer("", [0.0] * 5 + [1.5] * 2, [2.0] * 7,
                   "that D ends worse than a coin. It need not: ½ everywhere gives log 4"),
        ),
        asks_why="The loss falls, and then it rises. Why is that no bad sign?",
        why="D begins with a coin's loss, learns what tells data from samples, and its loss falls. "
        "Then G moves to the data, so that less and less is left to tell, and the loss of even "
        "the best D rises: it is log 4 − 2 JSD. At a perfect G it is log 4. So the same rise that "
        "looks like failure in one curve is the success of the other player.",
        compute=loss_over_time,
    ),
    Prediction(
        name="V on all data",
        title="By heart",
        setting="The data are N(0, 1), and G stands still and makes N(½, 1). Sixteen data and "
        "sixteen samples are fetched once, and D makes 100 steps on them. On these points V(G, D) "
        "ends above −1.33 in most games.",
        question="And over all data and samples? What is V(G, D) there? (The best D has −1.33, a "
        "coin −1.39.)",
        number="V on all data",
        ends=(-4.0, 0.0),
        within=0.25,
        answers=(
            Answer("", -1.3, inf,
                   "that D has on all data what it has on its sixteen. That is more than the best "
                   "D there is"),
            Answer("", -1.45, -1.3,
                   "that old points teach as well as new ones. With new ones in each step D comes "
                   "to about −1.33"),
        ),
        asks_why="Why does D do worse than a coin on points it has not seen?",
        why="Sixteen points and sixteen others can be told apart, more or less, by a D that winds "
        "between them, and 100 steps on the same ones teach it to. Where its bends have no reason "
        "but these points it is as sure as elsewhere, and often wrong. A sure D that is wrong "
        "pays far more than log 2. With new points in each step there is nothing to learn by "
        "heart.",
        compute=value_on_all_data,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="a detach forgotten",
        choose=True,
        question="The step of D uses `D(G(z))`, without `detach()`. Each optimiser, `move_D` and "
        "`move_G`, holds the weights of its own player. Which line makes this a mere waste of "
        "time?",
        right="`move_G.zero_grad()` before G's `backward()`",
        mistakes=(
            Mistake("`G.eval()` in D's step", "This changes how some layers work, and stops "
                    "no gradient."),
            Mistake("`move_D.zero_grad()` before D's `backward()`", "It clears the gradients of D. "
                    "What D's loss has left at the weights of G stays there, and is added to G's "
                    "own."),
            Mistake("`x = x.detach()`", "The data have no weights behind them. It is G(z) that "
                    "has."),
            Mistake("none: G is always trained wrongly", "Nobody moves G in D's step, since G's "
                    "weights are in the other optimiser. The harm could come only later."),
        ),
        why="D's backward pass goes through G and leaves gradients at G's weights: towards samples "
        "that are easier to catch. No optimiser that holds these weights moves in D's step. If "
        "they are cleared before G's own backward pass, nothing is left of them but the time.",
    ),
    Exercise(
        name="label of a fake in G's step",
        question="In G's step a program gives samples the label 0: its cost is −log(1 − D), where "
        "D = sigmoid(s). What is the slope of this cost in the logit s?",
        variables=(Variable("s", "the logit of a sample", (-1.2, 0.4, 2.0)),),
        right="sigmoid(s)",
        mistakes=(
            Mistake("-sigmoid(s)", "This is the slope of log(1 − D): Algorithm 1 goes down that, "
                    "and the sign is what makes G want to pass for data."),
            Mistake("sigmoid(s) - 1", "This is the slope of −log D, of the label 1: fake labels "
                    "are not at work there."),
            Mistake("1 - sigmoid(s)", "This is the slope of log D."),
            Mistake("sigmoid(s)*(1 - sigmoid(s))", "This is the slope of D. The logarithm's own "
                    "slope is missing."),
            Mistake("1/(1 - sigmoid(s))", "This is the slope in D. The slope of D in s is "
                    "missing."),
            Mistake("-log(1 - sigmoid(s))", "This is the cost itself."),
        ),
        why="With s the cost is log(1 + e^s), and its slope is sigmoid(s) = D, which is positive: "
        "going down makes s smaller, so G learns to be caught. It learns most where D still "
        "believes it, and stops where D is 0. Both losses are nearly 0 then.",
    ),
    Exercise(
        name="loss of a double sigmoid",
        question="D ends in a sigmoid, and its output goes into `bce_with_logits`, which has a "
        "sigmoid inside. D says ½ of every point. What does it print as the sum of its two "
        "losses? (Three digits.)",
        right="log(1+exp(-0.5)) + log(1+exp(0.5))",
        within=0.001,
        mistakes=(
            Mistake("log(4)", "This is the loss at the logit 0. Here ½ is taken for a logit."),
            Mistake("2*log(1+exp(-0.5))", "The second term has the label 0: there the logit counts "
                    "with the other sign."),
            Mistake("2*log(1+exp(0.5))", "The first term has the label 1: there the logit counts "
                    "with the other sign."),
            Mistake("log(1+exp(-0.5))", "Only data are counted. The samples' term is missing."),
            Mistake("log(1+exp(0.5))", "Only samples are counted. The data's term is missing."),
            Mistake("log(2)", "One term, at the logit 0. There are two terms, and the logit is ½."),
            Mistake("(log(1+exp(-0.5)) + log(1+exp(0.5)))/2", "A mean for a sum: both losses are "
                    "added here."),
        ),
        why="The outer sigmoid turns ½ into 0.622. Data cost −log 0.622 and samples −log 0.378, "
        "together 1.448, which is more than log 4 = 1.386 although D says ½. A D that tosses a "
        "coin and prints 1.448 has two sigmoids.",
    ),
    Exercise(
        name="how much by heart",
        question="G is perfect. One minibatch of real data and one of noise serve for all k steps, "
        "and D can learn every point by heart. As k grows, V on this minibatch goes to a number. "
        "How many nats is that above the V of the best D on all data?",
        right="log(4)",
        within=0.011,
        mistakes=(
            Mistake("log(2)", "One of the two terms. D learns the data by heart, and the samples "
                    "too."),
            Mistake("0", "So it would be with new points in each step. On the same points D needs "
                    "no rule that holds for others."),
            Mistake("-log(4)", "This is V of the best D on all data. The question is how far above "
                    "it D seems to come."),
            Mistake("2", "This is in bits."),
        ),
        why="On points that it knows D can be as sure as it likes, so both logarithms go to 0 and "
        "V on the minibatch goes to 0. On all data a perfect G leaves −log 4 at most. The "
        "difference, log 4, is nothing but memory.",
    ),
)  # fmt: skip
