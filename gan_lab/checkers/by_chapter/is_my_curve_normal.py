"""What is asked in *Is my curve normal?*"""

import numpy as np

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

LOOKED_AT = (1, 10, 20, 30, 40, 60)


def order_by_loss() -> Written:
    """Spearman's rank correlation of G's loss and the JSD, over the recorded games."""
    from gan_lab.sweeps.curves import rank_agreement

    return Written([rank_agreement("loss_G").value])


def rising_losses() -> Written:
    """The loss of G in the healthy game in which it rises: the median over ten seeds."""
    from gan_lab.sweeps.curves import RUNS
    from gan_lab.training.backends import one_thread
    from gan_lab.training.loop import Training

    recipe = RUNS["the loss of G rises"].recipe.but(members=10, dtype="float64")
    game, found = Training(recipe, device="cpu"), []
    with one_thread():
        for t in LOOKED_AT:
            for _ in game.play(t - game.t):
                pass
            found.append(float(np.median(game.loss_G.numpy())))
    return Written(found)


PREDICTIONS = (
    Prediction(
        name="order by loss",
        title="Order them by their loss",
        setting="Eight trainings, healthy and ill, ten seeds each, four moments of each: 320 "
        "pairs of G's loss and the exact JSD. Ordered by the one and by the other they have a "
        "rank correlation: 1 if both orders are the same, 0 if they have nothing to do with each "
        "other, −1 if one is the other backwards.",
        question="How large is it?",
        number="rank correlation",
        ends=(-1.0, 1.0),
        within=0.15,
        digits=2,
        answers=(
            Answer("", 0.8, 1.0, "that G's loss is a measure of quality. It is taken with "
                   "this D, and each game has its own"),
            Answer("", -0.2, 0.2, "that G's loss says nothing at all. Where D tells samples "
                   "from data with ease, it is rather high, and G rather far"),
            Answer("", -1.0, -0.5, "that a high loss of G is a good sign"),
        ),
        asks_why="Why is it neither 1 nor 0?",
        why="G's loss is measured with the D of its own game. If that D sees well, a high loss "
        "means that samples and data are apart, and so the order is not by chance. But a D that "
        "is blind, or behind, gives the same loss log 2 to good and bad samples alike.",
        compute=order_by_loss,
        recorded="recorded at 320 moments of 80 games",
    ),
    Prediction(
        name="a healthy loss of G",
        title="A healthy game, from its start",
        setting="Two bumps, N(−1, 0.3²) and N(1, 0.3²), and the non-saturating loss. In this "
        "game nothing is wrong: from the first iteration to the 60th the JSD falls. Eight steps "
        "of D for each of G.",
        question="Draw the loss of G at these iterations. (Median of ten seeds.)",
        number="loss of G",
        places=tuple(f"t = {t}" if t == 1 else str(t) for t in LOOKED_AT),
        ends=(0.0, 2.0),
        within=0.25,
        digits=2,
        answers=(
            Answer("", *near_curve([1.8, 1.6, 1.4, 1.2, 1, 0.8], 0.3),
                   "that G's loss falls as its samples become better. That would be so before "
                   "a D that stands still"),
            Answer("", 0.55, 0.85, "that G's loss is log 2 all the time, and D blind"),
            Answer("", *near_curve([0.6, 0.5, 0.4, 0.3, 0.2, 0.1], 0.3),
                   "that G fools D more and more"),
        ),
        asks_why="Why does the loss rise while the samples become better?",
        why="At first D says about ½ to everything, and G's loss is near log 2, however bad its "
        "samples are. Then D learns to tell them from data, faster than G improves. The loss "
        "rises since D has become better, not since G has become worse. Later it falls again.",
        compute=rising_losses,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="what a loss of D proves",
        question="A new D has the loss `L` on data and samples that it has not learned from: the "
        "sum of both means, in nats. How large is the JSD at least?",
        variables=(Variable("L", "loss of D, both terms together", (0.3, 0.9, 1.2)),),
        right="(log(4)-L)/2",
        mistakes=(
            Mistake("log(4)-L", "A ½ is missing: V + log 4 is at most 2 JSD."),
            Mistake("log(2)-L", "So it would be if L were the mean of the two terms. It is their "
                    "sum."),
            Mistake("(log(2)-L)/2", "A log 2 is dropped. A D that says ½ has it in both terms."),
            Mistake("(log(4)+L)/2", "V is −L: the smaller the loss, the farther apart are samples "
                    "and data."),
            Mistake("log(4)-L/2", "The ½ belongs to the whole of log 4 − L."),
        ),
        why="V(G, D) = −L is at most 2 JSD − log 4, whatever D is. So a small loss of D proves "
        "that G is bad. A large one proves nothing: D may be the one that is bad.",
    ),
    Exercise(
        name="the other loss",
        question="The loss of G is non-saturating, and you read `g`. D says the same to every "
        "sample. How large is the samples' term in the loss of D?",
        variables=(Variable("g", "loss of G", (0.1, 0.4, 0.8)),),
        right="-log(1-exp(-g))",
        mistakes=(
            Mistake("g", "The two are equal only where D says ½."),
            Mistake("log(1-exp(-g))", "This is the term of V. D's loss is minus that."),
            Mistake("1-exp(-g)", "This is what is left to 1 of D(G(z)). Its logarithm is "
                    "missing."),
            Mistake("-log(1-g)", "Here g stands for D(G(z)). It is minus the logarithm of that."),
            Mistake("exp(-g)", "This is D(G(z)) itself."),
        ),
        why="g = −log D(G(z)), so D(G(z)) = exp(−g), and D pays −log(1 − exp(−g)). If g is 0.1, "
        "this is above 2: of one D both cannot be near 0. If you see that both are, one of them "
        "has a wrong label. (If D varies over the samples, D's term is larger still.)",
    ),
)  # fmt: skip
