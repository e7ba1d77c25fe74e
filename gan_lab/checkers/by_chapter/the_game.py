"""What is asked in *The game*."""

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

STRETCHED_AT = (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0, 3.0, 4.0)


def stretched_to_the_right() -> Written:
    """The density of G(z) = z to the left of 0 and 2 z to the right, z standard normal."""
    import numpy as np

    from gan_lab.theory import gaussian, pushforward

    p_g = pushforward(lambda z: z + np.maximum(z, 0), gaussian(0, 1), kinks=[0.0], linear=True)
    return Written(p_g.pdf(np.array(STRETCHED_AT)).tolist())


def G_alone() -> Written:
    """V after thirty steps of G, while D stands as it is after ten iterations, of ten seeds."""
    from gan_lab.theory import value_terms
    from gan_lab.training import PRESETS, Training, one_thread

    recipe = PRESETS["bump"].but(members=10, lr_G=0.01, dtype="float64")
    game = Training(recipe, device="cpu")
    with one_thread():
        for _ in game.play(10):
            pass
        for _ in range(30):
            game.update_generator()
    return Written([
        value_terms(game.discriminator(i), game.generator(i), game.p_data, game.p_z).V.value
        for i in range(game.members)
    ])  # fmt: skip


PREDICTIONS = (
    Prediction(
        name="stretched noise",
        title="Where does the density go?",
        setting="z is standard normal. G leaves it as it is where z < 0, and doubles it where "
        "z > 0. The density of z at 0 is 0.40.",
        question="Draw p_G, the density of G(z), at these x.",
        number="p_G(x)",
        places=("−2", "−1", "−½", "½", "1", "2", "3", "4"),
        ends=(0.0, 0.5),
        within=0.05,
        answers=(
            Answer("", *near_curve([0.054, 0.242, 0.352, 0.387, 0.352, 0.242, 0.13, 0.054], 0.05),
                   "that what is stretched keeps its height. Then the right half would hold a "
                   "probability of 1, and all together 1½"),
            Answer("", *near_curve([0.054, 0.242, 0.352, 0.352, 0.242, 0.054, 0.004, 0], 0.05),
                   "that G leaves the density as it is. Of the z above 0, each goes twice as far"),
            Answer("", [0, 0, 0, 0.41, 0.41, 0.12, 0, 0], [0.15, 0.35, 0.45, *[0.5] * 5],
                   "that it is higher where G is steeper. What is spread out gets thin"),
        ),
        asks_why="Why is p_G only about half as high just to the right of 0 as just to the left?",
        why="Half of all z are above 0, and half of all samples stay above 0. G spreads them over "
        "twice the length, so the density is halved: it is p_z(x/2)/2 there. In general it is "
        "divided by the slope |G′(z)|.",
        compute=stretched_to_the_right,
    ),
    Prediction(
        name="G alone",
        title="How far down does G get alone?",
        setting="Both play ten iterations; V is then about −1.1. From there D stands still, and G "
        "takes thirty steps alone. The least that V can be at the best D is −log 4, about −1.4.",
        question="What is V after these thirty steps? (The median of ten seeds.)",
        number="V, in nats",
        ends=(-12.0, 0.0),
        within=3.0,
        digits=1,
        answers=(
            Answer("", -2.2, -1.2,
                   "that V stops near −log 4. That is the least of V(G, D*), and this D is not "
                   "the best one any more"),
            Answer("", -1.2, 0,
                   "that G gains nothing. There is no D that answers"),
        ),
        asks_why="What could stop V near −log 4, and why does nothing do so here?",
        why="Only D could: for every G a constant ½ earns −log 4. This D stands still, and in "
        "some places it is nearly sure that what it sees is data. G sends its samples there, "
        "whether data are there or not, and each costs D log(1 − D), which has no floor.",
        compute=G_alone,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="V on a minibatch",
        question="The list `r` has D(x) for each of the `m` data of a minibatch, the list `f` has "
        "D(G(z)) for each of its `m` samples. Write V̂, with `mean(…)` or `sum(…)`.",
        variables=(
            Variable("r", "D(x) of the data",
                     ((0.9, 0.6, 0.7), (0.3, 0.8, 0.55), (0.45, 0.65, 0.95))),
            Variable("f", "D(G(z)) of the samples",
                     ((0.2, 0.4, 0.1), (0.7, 0.5, 0.35), (0.15, 0.85, 0.3))),
            Variable("m", "size of the minibatch", (3.0, 3.0, 3.0)),
        ),
        right="mean(log(r)) + mean(log(1 - f))",
        mistakes=(
            Mistake("mean(log(r)) + mean(log(f))",
                    "The samples have the label of data: D is paid for taking them for data."),
            Mistake("sum(log(r)) + sum(log(1 - f))",
                    "A sum where a mean should be: this grows with m."),
            Mistake("(mean(log(r)) + mean(log(1 - f)))/2",
                    "This is the mean over all 2m answers. V is the sum of two means."),
            Mistake("-(mean(log(r)) + mean(log(1 - f)))/2",
                    "This is the cross-entropy of D. V has the other sign, and no ½."),
            Mistake("-mean(log(r)) - mean(log(1 - f))",
                    "This is the loss that a program lowers. V is what D raises."),
            Mistake("log(mean(r)) + log(mean(1 - f))",
                    "The logarithm of a mean is not the mean of the logarithms. D is paid for "
                    "each answer."),
            Mistake("mean(log(1 - r)) + mean(log(f))",
                    "Both labels are exchanged: here D is paid for being wrong."),
            Mistake("mean(log(sigmoid(r))) + mean(log(1 - sigmoid(f)))",
                    "A double sigmoid: `r` and `f` are probabilities already, and no logits."),
            Mistake("mean(log(r))", "Only the half that D alone moves: samples are missing."),
            Mistake("mean(log(1 - f))", "Only the half that G can move: data are missing."),
            Mistake("mean(log(r)) - mean(log(1 - f))", "D earns both terms: they are added."),
            Mistake("mean(r) + mean(1 - f)", "The logarithms are missing."),
        ),
        why="A mean over the data of log D(x), and a mean over the samples of log(1 − D(G(z))). "
        "Each estimates its term of V without bias.",
    ),
    Exercise(
        name="density of two branches",
        question="G takes the value x at two z and nowhere else. There p_z is `a` and `b`, and G "
        "has the slopes `s` and `t`, of which one is negative. Write p_G(x).",
        variables=(
            Variable("a", "p_z at the first z", (0.35, 0.1, 0.24)),
            Variable("b", "p_z at the second z", (0.2, 0.3, 0.05)),
            Variable("s", "the slope at the first z", (0.8, 3.0, -1.7)),
            Variable("t", "the slope at the second z", (-1.5, -0.6, 2.5)),
        ),
        right="a/abs(s) + b/abs(t)",
        mistakes=(
            Mistake("a/s + b/t",
                    "With the sign of a slope a branch would take samples away. Only the "
                    "steepness counts."),
            Mistake("a/s - b/t", "So it is where `t` is negative. Here it may be `s`."),
            Mistake("a + b", "Nothing is divided: what G stretches keeps its height."),
            Mistake("a*abs(s) + b*abs(t)",
                    "Multiplied where one should divide: where G is steep, samples are thin."),
            Mistake("(a/abs(s) + b/abs(t))/2",
                    "This is the mean of both branches. Samples of both come to x."),
            Mistake("a/abs(s)", "The second branch is forgotten."),
            Mistake("b/abs(t)", "The first branch is forgotten."),
            Mistake("(a + b)/(abs(s) + abs(t))", "Each branch has a slope of its own."),
            Mistake("a/abs(s)*b/abs(t)",
                    "Multiplied where one should add: a sample comes by one branch or by the "
                    "other."),
        ),
        why="A short interval about x is reached from two short ones, each shorter by the factor "
        "|G′(z)|. Their probabilities add.",
    ),
    Exercise(
        name="V behind a loss",
        question="A program prints the cross-entropy of D, 0.52: the mean over as many data as "
        "samples, in nats. What is V̂? (Two decimals.)",
        right="-1.04",
        within=0.003,
        mistakes=(
            Mistake("-0.52", "The mean over both halves is printed. V is the sum of two means."),
            Mistake("1.04", "D lowers what is printed, and raises V: a sign is missing."),
            Mistake("0.52", "This is what is printed. D lowers it, and raises V."),
            Mistake("-0.26", "Halved, where it should be doubled."),
            Mistake("log(4) - 1.04", "This is how far V̂ is above −log 4. V̂ itself is asked for."),
            Mistake("-0.52*log(2)", "It is in nats already: no factor log 2."),
            Mistake("-1.04*log(2)", "It is in nats already: no factor log 2."),
            Mistake("0.52 - log(2)", "This is how far D is from a coin. V is asked for."),
        ),
        why="V = −2 H: each half is the mean of minus a logarithm, and V adds both. −1.04 is above "
        "−log 4, about −1.39, so on this minibatch D did better than a coin.",
    ),
)  # fmt: skip
