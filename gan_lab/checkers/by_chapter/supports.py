"""What is asked in *When supports do not meet*."""

from __future__ import annotations

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

SHIFTS = (0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2)


def jsd_of_two_boxes() -> Written:
    """The JSD of U(-1/2, 1/2) and the same box moved by theta."""
    from gan_lab.theory import js, uniform

    box = uniform(-0.5, 0.5)
    return Written([js(box, uniform(t - 0.5, t + 0.5)).value for t in SHIFTS])


def critics_of_the_wrong_sign() -> Written:
    """Of ten recorded critics with a penalty of 10 on one bump: those that say less than 0."""
    from gan_lab.sweeps.critics import critics_of

    return Written([float((critics_of("one bump", "penalty 10").value < 0).sum())])


PREDICTIONS = (
    Prediction(
        name="JSD of two boxes",
        title="Draw the JSD",
        setting="p is uniform on a box of the width 1 around 0. q is the same box, moved by θ.",
        question="Draw the JSD of p and q in nats, at these θ.",
        number="JSD",
        places=("0", "¼", "½", "¾", "1", "1¼", "1½", "1¾", "2"),
        ends=(0.0, 2.0),
        within=0.1,
        answers=(
            Answer("", *near_curve([0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1], 0.09),
                   "that the JSD is in bits. In nats it is at most log 2"),
            Answer("", *near_curve(SHIFTS, 0.15),
                   "that the JSD is how far the boxes are apart. That is W₁"),
            Answer("", *near_curve([0, 0.35, 0.69, 1.04, 1.39, 1.39, 1.39, 1.39, 1.39], 0.15),
                   "that the JSD is at most log 4. That is 2 JSD, which the minimax game has"),
            Answer("", *near_curve([0] + [0.69] * 8, 0.09),
                   "that D is sure as soon as the boxes differ. Where both are, it cannot tell"),
            Answer("", *near_curve([0, 0.13, 0.25, 0.35, 0.43, 0.5, 0.56, 0.62, 0.67], 0.08),
                   "that the JSD goes on rising when the boxes have parted. D is sure then, and "
                   "cannot be surer"),
        ),
        asks_why="Why is the curve flat from θ = 1 on?",
        why="Where both boxes are, D* is ½, and nothing is gained there. Where one stands alone D* "
        "is sure. So the JSD is θ log 2 until the boxes part. From then on D* is sure everywhere, "
        "however far away q is: the JSD is log 2, its slope is 0, and G is told nothing.",
        compute=jsd_of_two_boxes,
    ),
    Prediction(
        name="critics under a penalty",
        title="Do they turn round?",
        setting="The data are a narrow bump at 1, and G makes the point 0: W₁ is 1. Ten critics "
        "learn under a gradient penalty with λ = 10. By the chance of their first weights eight "
        "begin a little below 0.",
        question="How many of the ten say less than 0 after 1500 steps?",
        number="critics below 0",
        ends=(0.0, 10.0),
        within=1.0,
        digits=0,
        answers=(
            Answer("", 0, 2,
                   "that all find the right sign. To turn round a critic has to pass the slope 0, "
                   "and there it pays all of λ"),
            Answer("", 3, 6, "that some turn round. The slope 0 is as dear for each of them"),
        ),
        asks_why="Why does a critic that points the wrong way not turn round?",
        why="A critic f(x) = sx is worth s − 10 (|s| − 1)² here: two hills, one near s = 1 and a "
        "lower one near s = −1. Between them lies s = 0, where the penalty takes 10. Each step "
        "climbs, so no critic goes through that valley: the sign with which a critic begins stays.",
        compute=critics_of_the_wrong_sign,
        recorded="ten seeds, recorded",
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="W1 of three points",
        question="p has the points 0, 1 and 9, q the points 2, 4 and 6, a third of the mass at "
        "each. What is W₁? (Two decimals.)",
        right="8/3",
        within=0.006,
        mistakes=(
            Mistake("8", "This is the sum of three ways. A third of the mass goes each."),
            Mistake("2/3", "This is the difference of the means, what f(x) = −x earns. A critic "
                    "may bend."),
            Mistake("4", "This is the mean over all pairs, as if x and y were independent. Choose "
                    "the cheapest pairing."),
            Mistake("3", "This is the longest way. W₁ is the mean of all."),
            Mistake("sqrt(22/3)", "This is the root of the mean square: W₂."),
            Mistake("log(2)", "This is the JSD: no point is in both. It does not see how far they "
                    "are apart."),
        ),
        why="On the line the cheapest pairing keeps the order: 0 to 2, 1 to 4, 9 to 6. The ways "
        "are 2, 3 and 3, and each carries a third. A critic with the slope −1 up to 4, 0 up to 6 "
        "and 1 beyond earns just that.",
    ),
    Exercise(
        name="slope under a penalty",
        question="p is the point d > 0 and q the point 0. The critic is f(x) = s x, and pays "
        "c (|s| − 1)². Which s > 0 is best?",
        variables=(
            Variable("d", "where p is", (0.7, 1.3, 3.1)),
            Variable("c", "the strength λ of the penalty", (1.7, 0.6, 9.0)),
        ),
        right="1+d/(2*c)",
        mistakes=(
            Mistake("1", "This is the best 1-Lipschitz critic. A penalty is flat at 1: a little "
                    "more costs almost nothing, and earns."),
            Mistake("1+d/c", "A ½ is missing: the slope of c (s − 1)² is 2c (s − 1)."),
            Mistake("1-d/(2*c)", "The sign is wrong: s d grows with s, so the best s is above 1."),
            Mistake("d/(2*c)", "This is by how much it is too steep."),
            Mistake("-1+d/(2*c)", "This is the trap, the best s on the wrong side of 0."),
            Mistake("d*(1+d/(2*c))", "This is what the best one earns, s d. Asked is s."),
            Mistake("d+d^2/(4*c)", "This is the largest value, s d less the penalty. Asked is s."),
        ),
        why="For s > 0 the objective is s d − c (s − 1)². Its slope d − 2c (s − 1) vanishes at "
        "s = 1 + d/(2c). So such a critic is too steep, and more so the weaker the penalty is.",
    ),
)  # fmt: skip
