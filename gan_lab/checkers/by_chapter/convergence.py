"""What is asked in *Does it converge?*."""

from __future__ import annotations

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve


def distances_at_once() -> Written:
    """From the saddle of V = theta psi after 0, 50, ..., 400 simultaneous steps of length 0.1."""
    import numpy as np

    from gan_lab.theory.two_numbers import trajectory

    path = trajectory("bilinear", (1, 0), 400, h=0.1, alternating=False)
    return Written(np.hypot(*path[::50].T).tolist())


def spots_without_a_penalty() -> Written:
    """How many of the 25 spots of the grid each of twenty recorded games holds at its end."""
    from gan_lab.sweeps.penalties import found

    return Written(found("no penalty", "grid", "modes").tolist())


PREDICTIONS = (
    Prediction(
        name="both move at once",
        title="In, around or out?",
        setting="G chooses the number θ, D the number ψ, and V = θψ. D climbs along its slope and "
        "G descends along its own, both at the same moment, by steps of the length 0.1. They start "
        "at the distance 1 from the saddle (0, 0).",
        question="Draw their distance from the saddle after so many steps.",
        number="distance",
        places=("0", "50", "100", "150", "200", "250", "300", "350", "400"),
        ends=(0.0, 8.0),
        within=0.8,
        digits=1,
        answers=(
            Answer("", *near_curve([1] * 9, 0.3),
                   "that they circle. A step goes along the tangent, and so a little outwards"),
            Answer("", *near_curve([1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.2, 0.1], 0.25),
                   "that they come in. Neither slope has a part towards the saddle"),
            Answer("", *near_curve([1, 1.8, 2.6, 3.4, 4.2, 4.9, 5.7, 6.5, 7.3], 0.5),
                   "that every step adds the same. It multiplies by the same number"),
            Answer("", *near_curve([1, 1.6, 2.7, 4.4, 7.3, 8, 8, 8, 8], 0.7),
                   "that a step multiplies the distance by 1 + h². That is for its square"),
        ),
        asks_why="Why do they leave, although both do the best for themselves?",
        why="Their step (−ψ, θ) is at a right angle to the line from the saddle. By Pythagoras the "
        "distance grows by the factor √(1 + h²), about 1.005 here. That is little, but it "
        "multiplies, and no step is so short that the factor is 1.",
        compute=distances_at_once,
    ),
    Prediction(
        name="grid without a penalty",
        title="How many of 25?",
        setting="The data are 25 spots on a grid. G is twice as fast as D, the loss is the "
        "non-saturating one, and there is no penalty. Twenty seeds.",
        question="How many spots does the middle one of the twenty games hold at its end?",
        number="spots held",
        ends=(0.0, 25.0),
        within=3.0,
        digits=1,
        answers=(
            Answer("", 17, 25, "that most spots are held. So it is with R1 or R2"),
            Answer("", 0, 0.9, "that nothing is held. Most games end with a few spots"),
        ),
        asks_why="Why does a penalty on D's slope keep spots?",
        why="G's points run to where D is high, D learns that they are there, and they run on: the "
        "game goes round, as that of two numbers does. A penalty on the slope of D damps the "
        "turning, as γ does in the Dirac-GAN. With R1, R2 or both each of the games recorded on "
        "the grid holds 13 spots or more.",
        compute=spots_without_a_penalty,
        recorded="recorded over twenty seeds",
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="growth of the Dirac-GAN",
        question="In the Dirac-GAN with the minimax loss, without a penalty, both players move at "
        "once by plain steps of the length h. By which factor does a step change their distance "
        "from the saddle, close to it?",
        variables=(Variable("h", "the length of a step", (0.3, 0.9, 1.7)),),
        right="sqrt(1+h^2/4)",
        mistakes=(
            Mistake("sqrt(1+h^2)", "A ½ is missing: close to the saddle D says ½, so both players "
                    "are pushed half as hard as in V = θψ."),
            Mistake("1+h^2/4", "This is the factor of the squared distance."),
            Mistake("1+h^2", "This is the factor of the squared distance in the game V = θψ."),
            Mistake("1", "So it is along the field. A step has a length, and leaves the circle."),
            Mistake("1+h/2", "The step is not along the line from the saddle, but at a right angle "
                    "to it."),
            Mistake("sqrt(1+h^2/2)", "The ½ has to be squared too."),
            Mistake("sqrt(1-h^2/4)", "The sign: by Pythagoras the squares add."),
        ),
        why="Close to the saddle D is ½, so the field is ½ (ψ, −θ), with the eigenvalues ± i/2. A "
        "step multiplies by 1 ± ih/2, whose modulus is √(1 + h²/4).",
    ),
    Exercise(
        name="strongest penalty",
        question="A linear D takes plain steps with the rate h = 0.05, under R1. Beyond which γ "
        "does the penalty throw a steep D from side to side, further each time, whatever G does?",
        right="40",
        within=0.01,
        mistakes=(
            Mistake("20", "At h γ = 1 the penalty takes the slope to 0 in one step. That is not "
                    "too far yet."),
            Mistake("80", "A ½ too many: R1 costs ½ γ ψ², and the slope of that is γ ψ."),
            Mistake("0.1", "This is 2 h. The product h γ decides."),
            Mistake("2", "This is the product h γ. Divide by h."),
        ),
        why="A step of the penalty alone takes ψ to (1 − h γ) ψ. That grows in size if h γ > 2, "
        "which is γ > 40. What data and samples add is bounded, and does not count for a steep D.",
    ),
)  # fmt: skip
