"""What is asked in *What is a generative model?*."""

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

WIDTHS = (0.4, 0.5, 0.7, 1.0, 1.5, 2.0, 2.5)


def price_of_a_width() -> Written:
    """KL(p || q) of p = N(0, 1) and a model q of another standard deviation."""
    from gan_lab.theory import gaussian, kl

    return Written([kl(gaussian(0, 1), gaussian(0, sd)).value for sd in WIDTHS])


def rejected_of_another_pen() -> Written:
    """The share of digits by another pen whose p(x) is below the bar, for each split."""
    from gan_lab.sweeps.rejection import SPLITS, rejected_by_density

    return Written([rejected_by_density(i, "digits by another pen") for i in range(SPLITS)])


PREDICTIONS = (
    Prediction(
        name="another pen",
        title="A digit is a digit",
        setting="p(x) was fitted to 897 digits. Its bar is so low that only 5 % of other digits "
        "of the same data fall below it. Now it sees digits that another pen drew.",
        question="What share of them does p(x) reject?",
        number="the share rejected",
        ends=(0.0, 1.0),
        within=0.1,
        answers=(
            Answer("", 0, 0.15,
                   "that p(x) knows what a digit is. It knows only where its own data lay"),
            Answer("", 0.85, 1,
                   "that p(x) rejects whatever is not its own. Many of these digits do look like "
                   "the data"),
        ),
        asks_why="Why does p(x) reject so many digits, of which each is plainly a digit?",
        why="p(x) says how dense the data were near x. Another pen has other strokes and other "
        "greys, so its digits lie beside the others, where the data were thin. That a picture is "
        "rare does not mean that it is no digit; p(x) cannot tell the two apart.",
        compute=rejected_of_another_pen,
        recorded="twelve splits, in Python",
    ),
    Prediction(
        name="price of a width",
        title="Too narrow or too wide?",
        setting="The data are N(0, 1). A model q = N(0, σ²) has the right middle. It pays "
        "−log q(x) for each data point x.",
        question="Draw how much more than the best model it pays, on average, for these σ.",
        number="what it pays more, in nats",
        places=tuple(f"{sd:g}" for sd in WIDTHS),
        ends=(0.0, 2.0),
        within=0.15,
        answers=(
            Answer("", *near_curve([0.496, 0.318, 0.102, 0, 0.22, 0.807, 1.709], 0.15),
                   "that too wide is the worse mistake. So it is if the mean is over the "
                   "model's x; here the data are what is paid for"),
            Answer("", *near_curve([2, 2, 1.583, 1.419, 1.547, 1.737, 1.915], 0.15),
                   "that even the best model pays more than the best model. You drew all that is "
                   "paid, and not the difference"),
            Answer("", [0.7, 0.4, 0, 0, 0, 0.55, 0.8], [2, 1.2, 0.5, 0.15, 0.6, 1.6, 2],
                   "that it costs as much to be too wide as to be too narrow"),
        ),
        asks_why="Why does too narrow a model pay so much more than one that is too wide?",
        why="The mean is over the data. A narrow q gives the data on both sides almost no "
        "probability, and −log of almost nothing is large. A wide q gives every x a little less "
        "than it might, and that costs little. The difference is KL(p ‖ q), and with the data and "
        "the model exchanged it would be the other way round.",
        compute=price_of_a_width,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="an eight from its ink",
        question="Of the pictures a share `s` are eights, the others are threes. At this ink x the "
        "density of the threes, p(x|3), is `a`, and that of the eights, p(x|8), is `b`. "
        "Write p(8|x).",
        variables=(
            Variable("s", "the share of eights, p(8)", (0.3, 0.6, 0.45)),
            Variable("a", "p(x|3)", (1.5, 0.4, 3.1)),
            Variable("b", "p(x|8)", (0.7, 2.2, 0.9)),
        ),
        right="s*b/(s*b + (1 - s)*a)",
        mistakes=(
            Mistake("b/(a + b)",
                    "The shares are forgotten. This is right for as many threes as eights."),
            Mistake("(1 - s)*b/((1 - s)*b + s*a)", "The shares have changed places."),
            Mistake("s*a/(s*a + (1 - s)*b)", "The densities have changed places."),
            Mistake("(1 - s)*a/(s*b + (1 - s)*a)", "This is for the threes."),
            Mistake("s*b", "This is p(x|8) p(8): it is still to be divided by p(x)."),
            Mistake("s*b/(a + b)",
                    "What you divide by is not p(x): there, too, each digit comes by its share."),
            Mistake("s*b/((1 - s)*a)", "These are the odds, eights against threes."),
            Mistake("b", "This says how the ink of eights is distributed: the other way round."),
            Mistake("s", "This is p(8), before anybody looked at the ink."),
        ),
        why="p(8|x) = p(x|8) p(8) / p(x), and p(x) is the sum over both digits, "
        "p(x|8) p(8) + p(x|3) p(3).",
    ),
    Exercise(
        name="what a model pays",
        question="A die is thrown n times. The list `p` has the frequency of each face, the list "
        "`q` what a model gives to each. Write what the model pays for a throw on average, in "
        "nats. (`sum(…)` and `mean(…)` go over the faces.)",
        variables=(
            Variable("p", "frequencies of the faces",
                     ((0.5, 0.3, 0.2), (0.1, 0.1, 0.8), (0.25, 0.3, 0.45))),
            Variable("q", "the model's probabilities",
                     ((0.2, 0.2, 0.6), (0.3, 0.4, 0.3), (0.6, 0.3, 0.1))),
        ),
        right="-sum(p*log(q))",
        mistakes=(
            Mistake("-mean(log(q))",
                    "A mean over the faces counts each once. The mean over the throws counts each "
                    "as often as it came."),
            Mistake("-sum(log(q))", "Each face is counted once, however often it came."),
            Mistake("-mean(p*log(q))",
                    "A mean where the sum should be: the frequencies are the weights already."),
            Mistake("-sum(q*log(p))", "The wrong way round: the model pays −log of its own q."),
            Mistake("-sum(q*log(q))",
                    "The mean is over the model's distribution: that is the entropy of q. It is "
                    "the throws that are paid for."),
            Mistake("-sum(p*log(p))", "That is the entropy: what the best model pays."),
            Mistake("sum(p*log(p/q))",
                    "That is KL(p ‖ q): what it pays more than the best model. The entropy is "
                    "missing."),
            Mistake("-log(sum(p*q))", "The logarithm comes first, and the mean then."),
            Mistake("sum(p*log(q))", "This is the log-likelihood. What is paid is minus that."),
            Mistake("-sum(p*log2(q))", "This is in bits."),
        ),
        why="A mean over the throws is a mean over their frequencies: each face i pays −log qᵢ, in "
        "a share pᵢ of the throws. This is the cross-entropy, entropy plus KL(p ‖ q).",
    ),
    Exercise(
        name="of a trained GAN",
        choose=True,
        question="A GAN is trained. Which of these does its G give at once?",
        right="a new `x`",
        mistakes=(
            Mistake("the density `p_G(x)` of an `x` of yours",
                    "The density is implicit: it would take every z that leads to this x."),
            Mistake("the `z` behind an `x` of yours",
                    "G goes from z to x. The way back is no part of it; there may be many such z, "
                    "or none."),
            Mistake("a bar that rejects letters",
                    "A bar is put on p(x), and G has no formula for that."),
        ),
        why="To draw from an implicit model is easy: draw z and compute G(z). What it cannot say "
        "is how probable a given picture is.",
    ),
)  # fmt: skip
