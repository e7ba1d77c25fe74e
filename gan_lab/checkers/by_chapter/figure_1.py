"""What is asked in *Figure 1, from a real run*."""

from __future__ import annotations

import numpy as np

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

SLOPE = 3.0  # of G, right of its kink at 0
AT = (-2.0, -1.0, -0.2, 0.2, 1.0, 2.0, 4.0)


def density_beside_a_kink() -> Written:
    """p_G at each x, where G(z) = z for z < 0 and 3 z for z > 0, and z is N(0, 1)."""
    from gan_lab.theory import gaussian, pushforward

    p_G = pushforward(
        lambda z: np.where(z < 0, z, SLOPE * z), gaussian(0, 1), kinks=[0.0], linear=True
    )
    return Written(p_G.pdf(np.array(AT)).tolist())


def blind_ends() -> Written:
    """The recorded JSD at the end of each game with a tutorial's settings."""
    from gan_lab.sweeps.many_seeds import recorded_seeds

    return Written(recorded_seeds("a tutorial's").tolist())


NOISE = [0.054, 0.242, 0.391, 0.391, 0.242, 0.054, 0.0]  # p_z at AT, for a mistake
AS_HIGH = [0.054, 0.242, 0.391, 0.398, 0.377, 0.319, 0.164]  # p_z(z) at G(z) = x

PREDICTIONS = (
    Prediction(
        name="density beside a kink",
        title="A G with one kink",
        setting="z is N(0, 1). G(z) = z for z < 0, and G(z) = 3z for z > 0: two straight pieces.",
        question="Draw p_G(x) at these x. (p_z is 0.39 at ±0.2, 0.24 at ±1, 0.05 at ±2.)",
        number="p_G(x)",
        places=("−2", "−1", "−0.2", "0.2", "1", "2", "4"),
        ends=(0.0, 0.6),
        within=0.06,
        answers=(
            Answer("", *near_curve(NOISE, 0.05),
                   "that p_G is p_z. Green is the density of G(z), not of z"),
            Answer("", *near_curve(AS_HIGH, 0.06),
                   "that stretching leaves the heights as they are. The area right of 0 would be "
                   "3/2, and it is ½"),
            Answer("", [0.0, 0.15, 0.3, 0.25] + [0.0] * 3, [0.15, 0.35, 0.5, 0.5] + [0.6] * 3,
                   "that p_G goes on smoothly at 0. At the kink the slope of G jumps from 1 to 3"),
        ),
        asks_why="Why does p_G jump at 0, although G does not?",
        why="Both halves of the noise have the probability ½, and each keeps it. On the left G "
        "leaves lengths as they are, and the density with them. On the right each piece of z "
        "becomes three times as long, so its density is a third: p_z(x/3)/3. G itself goes "
        "through 0 without a jump; its slope jumps, and the density is p_z divided by the slope.",
        compute=density_beside_a_kink,
    ),
    Prediction(
        name="JSD behind a flat D",
        title="Everything looks finished",
        setting="A tutorial's settings, 4000 iterations, the data N(3, ½²). At the end D says ½ "
        "everywhere, up to a few hundredths, and the losses stand as near to log 4 and log 2.",
        question="Where is JSD(p_data, p_G) then, in nats? (0 is a perfect G, 0.69 is the most.)",
        number="JSD, nats",
        ends=(0.0, 0.7),
        within=0.06,
        answers=(
            Answer("", 0.0, 0.04,
                   "that only a perfect G makes D flat. A D that has learned nothing is flat too, "
                   "and the losses cannot tell the two apart"),
            Answer("", 0.5, 0.7,
                   "that G has learned nothing at all. It did come nearer to the data; then D went "
                   "flat, and G was told hardly anything more"),
        ),
        asks_why="Why do the losses not show it?",
        why="With D = ½ everywhere V(G, D) is −log 4 for every G, and the loss of G is log 2. The "
        "losses are numbers of D's answer as much as of G. What D could still see is V(G, D*), "
        "which is 2 JSD − log 4, and nobody prints that. One has to look at samples.",
        compute=blind_ends,
        recorded="recorded over twelve seeds",
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="D* over a stretched z",
        question="Near z the graph of G is a line with the slope `a` > 0, and p_z(z) = `g`. No "
        "other z goes to x = G(z). The data have the density `p` at x. Write D*(x).",
        variables=(
            Variable("a", "slope of G at z", (0.5, 2.0, 3.0)),
            Variable("g", "p_z(z)", (0.3, 0.25, 0.1)),
            Variable("p", "p_data(x)", (0.4, 0.7, 0.2)),
        ),
        right="p/(p + g/a)",
        mistakes=(
            Mistake("p/(p+g)", "This takes p_z for p_G. The arrows spread out where G is steep, "
                    "and the density of G(z) falls."),
            Mistake("p/(p+a*g)", "A steep G spreads its points: the density is divided by the "
                    "slope, not multiplied."),
            Mistake("g/(a*p+g)", "p_G for p_data: this is 1 − D*, high where samples are."),
            Mistake("g/(p+g)", "This is p_z's share, and of the wrong one of the two."),
            Mistake("p*a/g", "This is p_data/p_G, which may be any number. D* is a share."),
            Mistake("(p+g/a)/2", "This is the mixture of both densities, not the share of one."),
            Mistake("p/(2*(p+g/a))", "Half of it: with p_G = p_data this D would say ¼."),
        ),
        why="A short piece of z of the length dz has the probability g dz and becomes a piece of "
        "the length a dz. So p_G(x) = g/a there, and D* = p_data/(p_data + p_G).",
    ),
    Exercise(
        name="printed loss of D",
        question="A program prints `loss_D = (bce(D(x), 1) + bce(D(G(z)), 0)) / 2`, in nats. G is "
        "perfect and D = ½ everywhere. What does it print?",
        right="log(2)",
        within=0.002,
        mistakes=(
            Mistake("log(4)", "A sum for a mean: log 4 is the two terms together, and the program "
                    "halves them."),
            Mistake("-log(4)", "This is V. The loss is its negative, and this program halves it."),
            Mistake("-log(2)", "The sign: a cross-entropy is not negative."),
            Mistake("0.5", "This is D itself. The loss is a logarithm of it."),
            Mistake("0", "A loss of 0 would need a D that is always sure and right. This one "
                    "tosses a coin."),
            Mistake("1", "This is in bits; a log in Python or torch is natural."),
            Mistake("2", "This is the sum of both terms, and in bits."),
            Mistake("log(2)/2", "One of the two terms is forgotten, and the half is not."),
        ),
        why="Each of the two cross-entropies is −log ½ = log 2, and so is their mean. Before you "
        "wait for log 4 look whether the program adds or averages: the loss of a D that tosses a "
        "coin is log 4 in the one and log 2 in the other.",
    ),
    Exercise(
        name="what settles it",
        choose=True,
        question="Both losses have stood at log 4 and log 2 for a thousand iterations, and D says "
        "½ everywhere. Which look tells whether G has arrived?",
        right="a histogram of new samples beside one of the data",
        mistakes=(
            Mistake("D at more points x", "A flat D is flat for a perfect G, and for a blind D."),
            Mistake("the loss of D to more digits", "It tells how near D is to ½, and not how "
                    "near G is to the data."),
            Mistake("the size of the gradient that reaches G", "Where D is flat it is 0, whatever "
                    "G makes."),
            Mistake("the loss of G on a larger minibatch", "With D = ½ it is log 2 on every "
                    "minibatch, of any G."),
        ),
        why="Four of the five ask D, which has nothing to say. Only the samples are evidence of "
        "their own. (A second D, trained from new weights on the same two sets, is another.)",
    ),
)  # fmt: skip
