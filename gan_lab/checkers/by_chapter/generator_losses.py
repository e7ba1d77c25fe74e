"""What is asked in *Three games for the generator*."""

from __future__ import annotations

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

DISTANCES = (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4)


def pull_of_minimax() -> Written:
    """The slope of the minimax loss in d, between N(0, 1) and N(d, 1), where D* stands still."""
    from gan_lab.theory.generator_losses import GENERATOR_LOSSES
    from gan_lab.theory.proofs.moving import GaussianSum, frozen_slope, smooth_motion

    def bell(mean):
        return GaussianSum((1.0,), (float(mean),), (1.0,))

    moved = (smooth_motion(bell(d), stretched=False) for d in DISTANCES)
    loss = GENERATOR_LOSSES["minimax"]
    return Written([frozen_slope(loss, bell(0), q).value for q in moved])


def starved_by_minimax(loss: str = "minimax") -> Written:
    """The mean of G(z) after 100 iterations with five steps of D in each; the data are at 4."""
    from gan_lab.datasets import gaussian
    from gan_lab.recording.frames import equally_probable
    from gan_lab.training import Recipe, Training, one_thread

    recipe = Recipe(
        G=(8,), D=(16,), m=32, k=5, data=gaussian(4.0, 0.5), loss=loss, standardise=False,
        members=10, optimizer="sgd", lr_D=0.3, lr_G=0.1, r1=0.0, r2=0.0, schedule="constant",
        dtype="float64",
    )  # fmt: skip
    game = Training(recipe, "cpu")
    with one_thread():
        for _ in game.play(100):
            pass
    z = equally_probable(gaussian(0.0, 1.0), 200)[:, None]
    return Written([float(game.map(i)(z).mean()) for i in range(recipe.members)])


PREDICTIONS = (
    Prediction(
        name="pull of minimax",
        title="How hard does it pull?",
        setting="The data are N(0, 1), the samples N(d, 1). D is the best for this pair and is "
        "held still; G lowers the mean of log(1 − D).",
        question="Draw the size of the slope of this loss in d, at these d.",
        number="slope in d",
        places=("0", "½", "1", "1½", "2", "2½", "3", "3½", "4"),
        ends=(0.0, 1.0),
        within=0.12,
        answers=(
            Answer("", *near_curve([0, 0.26, 0.6, 1, 1, 1, 1, 1, 1], 0.1),
                   "that G lowers −log D. With that loss the pull goes on rising"),
            Answer("", *near_curve([0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1], 0.1),
                   "that G raises the odds of D: with maximum likelihood the slope is ½ d"),
            Answer("", *near_curve([0.5, 0.47, 0.4, 0.31, 0.22, 0.15, 0.1, 0.06, 0.03], 0.1),
                   "that only D counts. The slope of its logit counts too, and at d = 0 D is flat"),
            Answer("", *near_curve([0, 0.12, 0.2, 0.23, 0.22, 0.19, 0.15, 0.11, 0.07], 0.04),
                   "that the loss falls like the JSD. It falls like 2 JSD"),
        ),
        asks_why="Why does the pull rise first, and fall then?",
        why="The slope is d times the mean of D over samples. For small d there is little to be "
        "seen, and D is almost flat. For large d D is sure, and the mean of D falls faster than d "
        "grows. For −log D the mean of 1 − D stands in its place; the two slopes add to d.",
        compute=pull_of_minimax,
    ),
    Prediction(
        name="minimax far away",
        title="Where is G?",
        setting="The data are N(4, ½²), and G(z) starts around 0. D makes five steps for each "
        "step of G, which lowers log(1 − D(G(z))). All steps are plain gradient steps.",
        question="Where is the mean of G(z) after 100 iterations?",
        number="mean of G(z)",
        ends=(-2.0, 6.0),
        within=1.0,
        answers=(
            Answer("", 3, 6, "that G hears where the data are. With −log D it does"),
            Answer("", -2, -0.75,
                   "that G is pushed away. The minimax slope points to the data; there is only too "
                   "little of it"),
            Answer("", 1.75, 3,
                   "that G is half-way there, at an even pace. It is slow from the first steps on"),
        ),
        asks_why="Why has G hardly moved?",
        why="After a few steps D is right and sure: at a sample D is near 0. The slope of "
        "log(1 − D) in the logit is −D, so next to nothing arrives at G. With −log D the slope is "
        "−(1 − D), near −1: in the same game G is at the data after 100 iterations.",
        compute=starved_by_minimax,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="both losses at once",
        question="G lowers the sum `log(1 − D) − log D`, with D* held still. r are the odds of D*. "
        "Write F″(r).",
        variables=(Variable("r", "the odds p/q", (0.3, 0.8, 1.9, 4.0)),),
        right="1/r^2",
        mistakes=(
            Mistake("1/r", "This is minus the slope of the cost in r. F″ divides by r once more."),
            Mistake("1/(r*(1+r))", "This is for log(1 − D) alone. Add what −log D brings."),
            Mistake("1/(r^2*(1+r))", "This is for −log D alone. Add what log(1 − D) brings."),
            Mistake("1/(2*r^2)", "This is for the mean of the two. G lowers their sum."),
            Mistake("1", "This is the size of the slope in the logit. Take the slope in the odds."),
            Mistake("-log(r)", "This is the cost itself, in the odds. F″ comes from its slope."),
        ),
        why="In the odds the sum is −log(1 + r) + log(1 + r) − log r = −log r, with the slope "
        "−1/r. Divided by −r that is 1/r², so F = −log r: G descends KL(q ‖ p), the reverse "
        "divergence.",
    ),
    Exercise(
        name="what two samples cost",
        question="A minibatch has two samples. D says 0.1 of one and 0.4 of the other. What does G "
        "pay by the non-saturating loss, in nats?",
        right="-(log(0.1)+log(0.4))/2",
        within=0.006,
        mistakes=(
            Mistake("-log(0.25)", "This is the logarithm of the mean of D. G pays the mean of the "
                    "logarithms, in which the worse sample weighs more."),
            Mistake("-log(0.1)-log(0.4)", "This is the sum. The loss is a mean over the "
                                          "minibatch."),
            Mistake("(log(0.9)+log(0.6))/2", "This is log(1 − D), the minimax loss."),
            Mistake("-(log(0.9)+log(0.6))/2", "These are fake labels: −log(1 − D) is low where G "
                    "is caught."),
            Mistake("-(log(sigmoid(0.1))+log(sigmoid(0.4)))/2", "A sigmoid too many: 0.1 and 0.4 "
                    "are what D says, and not its logits."),
            Mistake("-(0.1/0.9+0.4/0.6)/4", "This is −½ of the odds, the loss of maximum "
                    "likelihood."),
        ),
        why="−½ (log 0.1 + log 0.4) = −½ log 0.04 = log 5. The sample with 0.1 pays about 2.3 "
        "nats, the other about 0.9: G hears most of the sample that D rejects.",
    ),
)  # fmt: skip
