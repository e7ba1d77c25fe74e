"""What is asked in *What a GAN does*."""

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written

TWO_HILLS = ((-2.2, 0.7), (2.2, 0.7))
TURNS, SEEDS, LOOKED_AT = 40, 11, 200


def samples_that_cross() -> Written:
    """How many of twelve samples are on the left after a hundred steps along the arrows."""
    import numpy as np

    from gan_lab.theory.by_hand import steps_up

    x = np.linspace(2.4, 4.6, 12)
    for _ in range(100):
        x = x + steps_up(TWO_HILLS, x)
    return Written([float((x < 0).sum())])


def turns_that_help() -> Written:
    """After how many of G's turns its samples lie nearer to the data, for each of eleven seeds."""
    import numpy as np

    from gan_lab.recording.frames import equally_probable
    from gan_lab.theory import gaussian
    from gan_lab.training import PRESETS, Training, one_thread

    recipe = PRESETS["turns"].but(k=10, members=SEEDS, dtype="float64")
    game = Training(recipe, device="cpu")
    z = equally_probable(gaussian(0, 1), LOOKED_AT)

    def away():
        """How far, on average, a sample would have to go for all to lie as the data do."""
        x = np.stack([game.generator(i)(z) for i in range(SEEDS)])
        return np.abs(np.sort(x, axis=1) - (3 + 0.5 * z)).mean(axis=1)

    with one_thread():
        found = [away(), *(away() for _ in game.play(TURNS))]
    return Written((np.diff(found, axis=0) < 0).sum(axis=0).astype(float).tolist())


PREDICTIONS = (
    Prediction(
        name="samples that cross",
        title="Will they find the other hill?",
        setting="The data have two hills of the same weight, about −2.2 and about 2.2. Twelve "
        "samples begin on the right, between 2.4 and 4.6. D answers each move as well as anybody "
        "can, and each sample goes where D rises.",
        question="After a hundred such steps, how many of the twelve are on the left?",
        number="samples on the left",
        ends=(0.0, 12.0),
        within=0.5,
        digits=0,
        answers=(
            Answer("", 4.5, 7.5,
                   "that D shares them out. An arrow says only where D rises next to a sample, "
                   "and not how many are wanted elsewhere"),
            Answer("", 0.6, 4.4,
                   "that a few find the way over. For that D would have to rise all along it, "
                   "from where they are"),
            Answer("", 7.6, 12,
                   "that they run to where D says nearly 1. For that they would have to feel a "
                   "slope that leads there"),
        ),
        asks_why="Why does none of them go to the left, where D says nearly 1?",
        why="On the right there are soon twice as many samples as there should be, at each place "
        "alike. So D says about ⅓ to nearly all of them: too many here. But an arrow is a slope, "
        "and D is flat there. On the left D is nearly 1, but no sample is there to hear it.",
        compute=samples_that_cross,
    ),
    Prediction(
        name="turns that help",
        title="Is every turn a step forward?",
        setting="A game like the one below: G has 40 turns, and D ten steps before each. Before "
        "and after a turn we ask how far, on average, a sample would have to be moved for all "
        "of them to lie as the data do. In the end it is less than a third of what it was.",
        question="After how many of its 40 turns was G nearer to the data than before? "
        "(The median of eleven games.)",
        number="turns that help",
        ends=(0.0, 40.0),
        within=3.0,
        digits=0,
        answers=(
            Answer("", 32, 40,
                   "that nearly every turn helps. But G never sees how far it is from the data"),
            Answer("", 0, 16,
                   "that most turns do harm. While G is far off most of them help"),
        ),
        asks_why="Why do so many turns of G make it worse, although it gets there?",
        why="G does not go down the distance to the data, which nobody tells it. It follows the "
        "slope of a D that has seen a few samples and data, and its step has a length of its own. "
        "Far off, the direction is right most of the time. Once G is near, a step goes too far "
        "about as often as not, and D calls it back.",
        compute=turns_that_help,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="score of a D",
        question="D says ¾ to every data point and 0.2 to every sample. What is its score? "
        "(You may type logarithms: `log(0.5)`.)",
        right="log(0.75) + log(0.8)",
        within=0.006,
        mistakes=(
            Mistake("log(0.75) + log(0.2)",
                    "0.2 is what D gave to “data”. The true answer for a sample is “made”."),
            Mistake("(log(0.75) + log(0.8))/2",
                    "You took the mean of the two averages. The score is their sum."),
            Mistake("log2(0.75) + log2(0.8)",
                    "This is in bits. The book's logarithms are natural ones."),
            Mistake("log(0.25) + log(0.2)",
                    "These are the probabilities that D gave to the wrong answers."),
            Mistake("log(0.75) - log(0.8)", "The two averages are added: D earns both."),
            Mistake("log(0.75)", "Only the data are counted: samples are missing."),
            Mistake("log(0.8)", "Only the samples are counted: data are missing."),
            Mistake("0.75*0.8", "The logarithm is missing. A score is never above 0."),
            Mistake("0.75 + 0.8", "These are probabilities: D is paid their logarithms."),
        ),
        why="To the true answer D gave ¾ on data, and 1 − 0.2 = 0.8 on samples. The score is "
        "log 0.75 + log 0.8, about −0.51. An even bet has −log 4, about −1.39.",
    ),
    Exercise(
        name="G of a bell",
        question="The noise z is normal, with mean 0 and standard deviation 1. Write the G(z) that "
        "grows with z and makes a normal x, with mean 3 and standard deviation ½.",
        variables=(Variable("z", "the noise", (-1.3, 0.4, 2.1)),),
        right="3 + z/2",
        mistakes=(
            Mistake("3 + z/4",
                    "Here the variance does the work: ¼. The standard deviation is its root."),
            Mistake("3 + 2*z", "This stretches the noise. A standard deviation of ½ is narrower."),
            Mistake("2*(z - 3)", "This is the way back: it makes noise of an x."),
            Mistake("(z + 3)/2", "You moved first and halved then, so the mean is halved too."),
            Mistake("3*z + 1/2", "Mean and standard deviation have changed places."),
            Mistake("3 - z/2", "It has the right distribution, but it falls where z grows."),
            Mistake("3 + z", "The mean is right. The standard deviation is still 1."),
            Mistake("z/2", "The standard deviation is right. The mean is still 0."),
            Mistake("sqrt(2/pi)*exp(-2*(z - 3)^2)",
                    "This is the density of x. G has to give an x."),
        ),
        why="Half of z has the standard deviation ½; adding 3 moves the mean and leaves the rest. "
        "This G knows all about the data. A network has to find it from what D says.",
    ),
    Exercise(
        name="what reaches G",
        choose=True,
        question="What tells G in its training which way to change?",
        right="a slope that comes back through `D`",
        mistakes=(
            Mistake("a data point, now and then",
                    "Data are shown to D alone. G would not know what to do with one."),
            Mistake("what `D` says of data",
                    "There is no G in that: whatever G changes, it stays as it is."),
            Mistake("how far `p_G` is from `p_data`",
                    "Nobody measures that in a training; here it is only shown to you."),
        ),
        why="G makes x = G(z), D answers, and the gradient says how each weight of G would have to "
        "change for D to believe more. What data look like G learns only as far as D has learned.",
    ),
)  # fmt: skip
