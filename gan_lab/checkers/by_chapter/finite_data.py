"""What is asked in *Finite data*."""

import numpy as np

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve


def values_of_a_learning_D() -> Written:
    """V on all data while D learns from ten: the median over ten seeds after so many steps."""
    from gan_lab.sweeps.finite_data import values_while_D_learns

    return Written(np.median(values_while_D_learns(), axis=1).tolist())


def divergences_with_ten_samples() -> Written:
    """The JSD at each recorded moment: the median over the seeds."""
    from gan_lab.sweeps.finite_data import recorded_games

    return Written(np.median(recorded_games("nothing", 10).jsd, axis=1).tolist())


PREDICTIONS = (
    Prediction(
        name="V while D learns ten by heart",
        title="Ten points, again and again",
        setting="G is perfect and stands still: data and samples are N(0, 1). D learns from ten "
        "data, which it sees again and again, and from fresh samples. V on all data is −1.39 "
        "where D says ½.",
        question="Draw V on all data after so many steps of D. (Median of ten seeds.)",
        number="V on all data",
        places=("0", "25", "50", "100", "200", "400"),
        ends=(-2.4, -1.0),
        within=0.2,
        digits=2,
        answers=(
            Answer("", *near_curve([-1.39, -1.33, -1.3, -1.3, -1.21, -1.19], 0.09),
                   "that D finds something. So it does, on its ten points: this is about V "
                   "there. On all data V cannot rise, since G is perfect"),
            Answer("", -1.5, -1.28,
                   "that D, which can find no difference, learns nothing. Between these ten "
                   "and the samples there is one"),
        ),
        asks_why="Why does V fall although D does nothing but raise it?",
        why="D raises V on its ten points, where V does rise. Data and samples have one "
        "distribution, so whatever D says apart from ½ is about these ten points. No D has more "
        "than −log 4 on all data (Theorem 1), and each that is not ½ everywhere has less.",
        compute=values_of_a_learning_D,
    ),
    Prediction(
        name="JSD with ten samples",
        title="How long should it go on?",
        setting="The game of this chapter, with n = 10. With fresh samples its JSD is near 0.07 "
        "at iteration 100, and below 0.03 from iteration 200 on.",
        question="Draw the JSD with ten samples at these iterations. (Median of twelve seeds.)",
        number="JSD",
        places=("100", "200", "300", "500", "800", "1200", "2000"),
        ends=(0.0, 0.4),
        within=0.06,
        digits=3,
        answers=(
            Answer("", *near_curve([0.07, 0.01, 0, 0, 0, 0, 0], 0.05),
                   "that ten samples are as good as fresh ones"),
            Answer("", *near_curve([0.09, 0.03, 0.03, 0.02, 0.03, 0.04, 0.05], 0.04),
                   "that ten samples are as good as thirty: those fall first, and rise later"),
            Answer("", 0.05, 0.15,
                   "that G comes as near as ten samples let it, and stays. D goes on learning"),
        ),
        asks_why="Why does the JSD grow the longer they play?",
        why="D first finds what is common to all data, roughly where they are, and G has that "
        "by iteration 100. What is left between the ten samples and p_G is accident: gaps and "
        "crowds. D learns these too, and G follows D there, away from the data.",
        compute=divergences_with_ten_samples,
        recorded="recorded over twelve seeds",
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="seen less unseen",
        question="G is perfect. D says 1 − `u` at each of the training samples, which G never "
        "makes exactly, and ½ everywhere else. Write V on the training set less V on held-out "
        "data, in nats.",
        variables=(Variable("u", "the doubt that D has left", (0.02, 0.1, 0.3)),),
        right="log(1-u)+log(2)",
        mistakes=(
            Mistake("log(1-u)", "A log 2 is dropped. On held-out data D says ½, and that costs."),
            Mistake("log(1-u)-log(2)", "This is V on the training set. The other is still to be "
                    "taken away."),
            Mistake("2*(log(1-u)+log(2))", "Here both terms have changed. The samples are the "
                    "same in both V, and so is their term."),
            Mistake("1/2-u", "This is how much surer D is. V has the logarithms."),
            Mistake("log(u)+log(2)", "D takes a training sample for data with the probability "
                    "1 − u, not u."),
        ),
        why="V on the training set is log(1 − u) − log 2, and on held-out data −2 log 2. The "
        "difference goes to log 2 with u to 0, while D has learned nothing of the data: G is "
        "perfect, and both V should be −log 4. A real D is also wrong with certainty at other "
        "points; so the distance on this page can be larger.",
    ),
    Exercise(
        name="share nearer",
        question="A G copies a training sample with the probability `c`, and else makes a fresh "
        "sample of the data. How often is what it makes nearer to the training set than "
        "held-out data are?",
        variables=(Variable("c", "share of copies", (0.1, 0.4, 0.7)),),
        right="(1+c)/2",
        mistakes=(
            Mistake("c", "Here what is fresh is never nearer. It is as held-out data are: nearer "
                    "half of the time."),
            Mistake("1/2+c", "Here ½ is given to the copies as well. Only what is fresh has ½."),
            Mistake("1-c/2", "Turned round: a copy is always nearer, what is fresh half of the "
                    "time."),
            Mistake("(1-c)/2", "The copies are forgotten: a copy is always nearer."),
            Mistake("1/2", "So it is for c = 0. A copy lies at the distance 0."),
        ),
        why="c · 1 + (1 − c) · ½. So the number of the table, less ½ and doubled, would be the "
        "share of copies, if a G made copies and perfect samples only. It makes neither: that "
        "is why one looks at the pairs.",
    ),
)  # fmt: skip
