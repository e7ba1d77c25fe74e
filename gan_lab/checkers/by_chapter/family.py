"""What is asked in *A family of games*."""

from __future__ import annotations

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

CONSTANTS = (-2, -1.5, -1, -0.5, 0, 0.5, 1)


def raised_critics() -> Written:
    """What T* + s earns between N(0, 1) and N(1, 1) by the f-GAN of KL(p || q)."""
    from gan_lab.theory import gaussian
    from gan_lab.theory.critics import bent_bound

    p, q = gaussian(0, 1), gaussian(1, 1)
    return Written([bent_bound("f-kl", p, q, 1.0, s).value for s in CONSTANTS])


PREDICTIONS = (
    Prediction(
        name="a raised critic",
        title="Raise the best critic",
        setting="By the loss `f-kl` a critic T earns the mean of T over data less the mean of "
        "exp(T − 1) over samples. Between N(0, 1) and N(1, 1) the best T* earns KL(p ‖ q) = ½.",
        question="A constant s is added to T*. Draw what T* + s earns, at these s.",
        number="T* + s earns",
        places=("−2", "−1½", "−1", "−½", "0", "½", "1"),
        ends=(-1.0, 1.0),
        within=0.15,
        answers=(
            Answer("", *near_curve([-1, -1, -0.5, 0, 0.5, 1, 1], 0.14),
                   "that only the mean over data counts. What samples cost rises too, and faster"),
            Answer("", *near_curve([0.5] * 7, 0.14),
                   "that a constant cancels. With Wasserstein it does, where T itself is paid for "
                   "samples"),
            Answer("", *near_curve([-1, -0.62, 0, 0.38, 0.5, 0.38, 0], 0.1),
                   "that to say too much costs as much as to say too little. exp rises faster than "
                   "it falls"),
        ),
        asks_why="Why is T* + s worse than T* on both sides?",
        why="Data earn s more. The mean of exp(T* − 1) over samples is 1, and becomes eˢ. So T* + "
        "s earns ½ + s + 1 − eˢ, which is at most ½, since eˢ ≥ 1 + s. No critic earns more than "
        "the divergence. And to add s > 0 costs more than to take it away.",
        compute=raised_critics,
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="another conjugate",
        question="f(u) = u log u − u + 1. Write its conjugate f*(t), the largest value of "
        "u t − f(u) over u > 0.",
        variables=(Variable("t", "what the critic says", (0.3, 1.1, 1.9)),),
        right="exp(t)-1",
        mistakes=(
            Mistake("exp(t)", "This is the u at which the largest value is reached. Put it in."),
            Mistake("exp(t-1)", "This is the conjugate of u log u. Here f has −u + 1 besides."),
            Mistake("exp(t)+1", "The sign of the constant: f is taken off, and so is its 1."),
            Mistake("t*exp(t)", "This is u t at the best u. f(u) has to be taken off."),
            Mistake("log(t)", "The slope of f is log u. Solve log u = t for u, and put it in."),
            Mistake("t*log(t)-t+1", "This is f itself."),
        ),
        why="The slope of u t − f(u) is t − log u, so the largest value is at u = exp(t). There it "
        "is t exp(t) − t exp(t) + exp(t) − 1. This f and u log u give the same divergence: they "
        "differ by u − 1, and p/q − 1 has the mean 0 over samples.",
    ),
    Exercise(
        name="pairs that are alike",
        question="G is perfect. The relativistic D pays the mean of `−log σ(D(x) − D(y))` over "
        "data x and samples y, and is at its best. What does it pay, in nats?",
        right="log(2)",
        within=0.006,
        mistakes=(
            Mistake("log(4)", "This is for the D of Equation 1, which pays two logarithms. A pair "
                    "has one."),
            Mistake("0", "This D would be sure of each pair. Data and samples are alike: it cannot "
                    "be."),
            Mistake("1/2", "This is σ of the best difference. What is paid is −log of it."),
            Mistake("-log(2)", "This is what D raises, the mean of log σ. It pays minus that."),
        ),
        why="R(D) is at most JSD(pq, qp) − log 2, and pq = qp here. So D pays log 2 at least, and "
        "a constant D does: each difference is 0, and σ(0) = ½. The original D pays −2 log ½ = log "
        "4 at that moment.",
    ),
)  # fmt: skip
