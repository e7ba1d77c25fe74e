"""What is asked in *Questions people ask*."""

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

DISTANCES = (0, 1, 2, 3, 4)


def loss_before_best_D(d: float) -> float:
    """The mean of -log D* over samples of N(d, 1), with data of N(0, 1)."""
    from gan_lab.theory import gaussian, optimal_logit
    from gan_lab.theory.generator_losses import softplus
    from gan_lab.theory.value_terms import expectation

    logit = optimal_logit(gaussian(0, 1), gaussian(d, 1))
    return expectation(lambda x: softplus(-logit(x)), gaussian(d, 1)).value


def losses_over_distance() -> Written:
    return Written([loss_before_best_D(d) for d in DISTANCES])


PREDICTIONS = (
    Prediction(
        name="how far G's loss can rise",
        title="How far can it rise?",
        setting="The data are N(0, 1), the samples N(d, 1), and D is the best one for them. G's "
        "loss is the non-saturating one, the mean of −log D over samples.",
        question="Draw G's loss for these d.",
        number="loss of G",
        places=tuple(f"d = {d}" if d == 0 else str(d) for d in DISTANCES),
        ends=(0.0, 9.0),
        within=0.5,
        digits=2,
        answers=(
            Answer("", 0.4, 1.0, "that it is log 2 all the time. So it is where D says ½"),
            Answer("", *near_curve([0.69, 1, 1.2, 1.35, 1.4], 0.25),
                   "that it has an upper bound. The JSD has one, log 2, and D's best loss is "
                   "never above log 4; this loss has none"),
            Answer("", *near_curve([0.69, 0.4, 0.2, 0.1, 0], 0.25),
                   "that it falls as D becomes surer. So does D's loss"),
        ),
        asks_why="Why is there no bound, although D is between 0 and 1?",
        why="G pays −log D, and D may be as near to 0 as it likes. At samples the logit of the "
        "best D is −d²/2 on average, and −log D is about minus the logit where that is far below "
        "0. So the loss grows like d²/2, while D's own loss only goes to 0.",
        compute=losses_over_distance,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="what is cleared",
        choose=True,
        question="D's step calls `bce(D(G(z)), 0)` without `detach`. Each optimizer has the "
        "weights of one player. In each iteration D's step comes first, then G's. Which line "
        "keeps what D wants out of G's step?",
        right="`opt_G.zero_grad()` before G's `backward`",
        mistakes=(
            Mistake("`opt_D.zero_grad()` before D's `backward`",
                    "It clears the slopes of D's weights. What D's loss has left at G's weights "
                    "stays there, and G's `backward` adds to it."),
            Mistake("`opt_D.step()` before G's `backward`",
                    "It moves D's weights, and clears nothing: the slopes that are left at G's "
                    "weights are added to."),
            Mistake("`opt_G.step()` after D's `backward`",
                    "Then G makes the step that D wants, and becomes easier to catch."),
        ),
        why="A forgotten `detach` leaves slopes of D's loss at G's weights. If they are cleared "
        "before G's own `backward`, no weight differs by a bit, and only time is lost. If they "
        "are not, G follows the sum of what it wants and of what D wants.",
    ),
    Exercise(
        name="gamma at another size",
        question="R1 with the weight `g` is right for some pictures. Now they are enlarged, `r` "
        "times in each direction, and D reads each old pixel as the mean of its new ones. Which "
        "weight gives the same penalty?",
        variables=(
            Variable("g", "the old weight, γ", (0.1, 1.5, 10.0)),
            Variable("r", "how many times larger", (2.0, 3.0, 4.0)),
        ),
        right="g*r^2",
        mistakes=(
            Mistake("g", "D's slope in a new pixel is smaller, so the penalty is."),
            Mistake("g*r", "An old pixel is r² new ones, not r."),
            Mistake("g*r^4", "This is for a single new pixel. The squares of all of them are "
                    "added up."),
            Mistake("g/r^2", "The penalty has become smaller, and has to be raised."),
        ),
        why="A mean of r² pixels has the slope 1/r² in each, so the square is 1/r⁴ of the old one. "
        "There are r² of them: together 1/r². That is the 4γ of StyleGAN at twice the resolution.",
    ),
)  # fmt: skip
