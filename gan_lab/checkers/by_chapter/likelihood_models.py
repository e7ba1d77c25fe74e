"""What is asked in *Likelihood models that one can hold in the hand*."""

import numpy as np

from gan_lab.checkers.exercise import Exercise, Mistake, Variable
from gan_lab.checkers.prediction import Answer, Prediction, Written, near_curve

WIDTHS = (0.2, 0.4, 0.7, 1.0, 1.3, 1.6)


def what_the_bound_lacks() -> Written:
    """log p(x) less the ELBO at x = 0 for each width of q."""
    from gan_lab.theory.elbo import linear_gaussian_elbo

    found = [linear_gaussian_elbo(0, 1, 1, 0, t) for t in WIDTHS]
    return Written([one.log_p - one.elbo for one in found])


def latents_used() -> Written:
    """How many of eight latents are used at each beta: the median over the seeds."""
    from gan_lab.sweeps.likelihood_models import BETAS, model_scores

    return Written([float(np.median(model_scores(f"VAE {b:g}", "used"))) for b in BETAS])


PREDICTIONS = (
    Prediction(
        name="what the ELBO lacks",
        title="How wide a guess?",
        setting="z is N(0, 1), and x is z with noise of the standard deviation 1. You see x = 0, "
        "and guess that z was drawn from q = N(0, t²). A VAE then says: log p(x) is at least "
        "the ELBO, the mean of log p(x, z) − log q(z) over z from q.",
        question="By how much does the ELBO fall short of log p(x)? Draw it for these t.",
        number="log p(x) − ELBO",
        places=tuple(f"t = {t:g}" if t == WIDTHS[0] else f"{t:g}" for t in WIDTHS),
        ends=(0.0, 1.5),
        within=0.12,
        digits=3,
        answers=(
            Answer("", 0.0, 0.05, "that every guess gives log p(x) exactly"),
            Answer("", *near_curve([1.13, 0.5, 0.1, 0, 0.08, 0.31], 0.1),
                   "that the best guess is the prior, which does not know x. Having seen x, one "
                   "knows more of z"),
            Answer("", *near_curve([0.05, 0.1, 0.25, 0.45, 0.7, 1], 0.12),
                   "that the surest guess is the best one. A q that is too narrow misses other z "
                   "that may have made x"),
        ),
        asks_why="Why is it smallest near t = 0.7?",
        why="What is lacking is KL(q ‖ p(z | x)), 0 only where q is the posterior. That is "
        "N(0, ½) here: the noise of the prior and that of the observation are equal, so seeing "
        "x halves the variance. Its standard deviation is 1/√2, near 0.7.",
        compute=what_the_bound_lacks,
    ),
    Prediction(
        name="latents in use",
        title="How many stay awake?",
        setting="VAEs of the digits, of eight latents. The cost, KL(q ‖ p(z)), is taken β times. "
        "A latent is used if its part of the cost is more than a tenth of a nat.",
        question="Draw how many of the eight are used. (Median of ten seeds.)",
        number="latents used",
        places=("β = ¼", "½", "1", "2", "4"),
        ends=(0.0, 8.0),
        within=1.2,
        digits=0,
        answers=(
            Answer("", 6.5, 8.0, "that a latent once given is used. Each has to earn its cost"),
            Answer("", *near_curve([1, 3, 4, 5, 7], 1.2),
                   "that a larger β asks for more of the latents. It makes them dearer"),
            Answer("", *near_curve([8, 8, 8, 4, 0], 1.2),
                   "that at β = 1, the ELBO itself, all are used"),
        ),
        asks_why="Why do they fall asleep one after the other, and not all at once?",
        why="A latent is worth its cost if the copy gains more by it. The latents take different "
        "directions of the digits, and in some of these digits vary more than in others. As β "
        "grows, the direction of least variation stops paying first.",
        compute=latents_used,
        recorded="recorded over ten seeds of each β",
    ),
)  # fmt: skip

EXERCISES = (
    Exercise(
        name="cost of a code",
        question="An encoder gives each latent a Gaussian, apart from the others: latent i has the "
        "mean mᵢ and the standard deviation tᵢ. The prior has N(0, 1) for each. Write the cost, "
        "KL(q ‖ p(z)), in nats. `m` and `t` are lists; `sum(m^2)` adds up a list.",
        variables=(
            Variable("m", "a list: the means",
                     ((0.5, -1.0, 0.2), (0.0, 0.3, 1.5), (-0.7, 0.1, 0.4))),
            Variable("t", "a list: the standard deviations",
                     ((0.3, 0.8, 1.2), (0.5, 0.9, 0.4), (1.4, 0.6, 0.2))),
        ),
        right="sum((m^2+t^2-1)/2-log(t))",
        mistakes=(
            Mistake("mean((m^2+t^2-1)/2-log(t))", "A mean stands where the sum over latents "
                    "should. It makes the cost too cheap, as a small β does."),
            Mistake("sum((m^2+1)/(2*t^2)-1/2+log(t))", "This is KL(p(z) ‖ q), the wrong way "
                    "round. The mean is over z from q."),
            Mistake("sum(m^2+t^2-1-2*log(t))", "A ½ is missing. A Gaussian's exponent has it."),
            Mistake("sum((m^2+t^2-1)/2-2*log(t))", "log t² is 2 log t, and the ½ is before that "
                    "too."),
            Mistake("sum((m^2+t^2-1-log(t))/2)", "Under the logarithm, too, stands the variance: "
                    "a square is lost."),
            Mistake("sum((m^2+t-1-log(t))/2)", "Here t is taken for the variance. It is the "
                    "standard deviation."),
            Mistake("sum((1-m^2-t^2)/2+log(t))", "This is minus the cost, and never above 0. A "
                    "divergence is never below 0."),
        ),
        why="For one latent the mean of log q(z) − log p(z) over q is −½ − log t + ½(m² + t²). "
        "Of independent parts logarithms add, and so do their divergences.",
    ),
    Exercise(
        name="what two coins say of each other",
        question="x₁ is a fair coin. x₂ is x₁, turned round with the probability `f`. A network "
        "with the mask “others” knows both conditionals exactly. By how much is its mean log "
        "product, in nats, above the true mean of log p(x₁, x₂)?",
        variables=(Variable("f", "how often x₂ is turned", (0.05, 0.2, 0.35)),),
        right="log(2)+(1-f)*log(1-f)+f*log(f)",
        mistakes=(
            Mistake("log(2)", "So it is where the two always agree, f = 0."),
            Mistake("(1-f)*log(1-f)+f*log(f)", "A log 2 is dropped. By the chain rule the first "
                    "coin is not known yet, and pays it."),
            Mistake("2*((1-f)*log(1-f)+f*log(f))", "This is the mean log product. The truth is "
                    "still to be taken away."),
            Mistake("(1-f)*log(1-f)+f*log(f)-log(2)", "This is the true mean of log p."),
            Mistake("1+(1-f)*log2(1-f)+f*log2(f)", "This is in bits."),
        ),
        why="The product has p(x₁ | x₂) where the chain rule has p(x₁) = ½. The mean of the log "
        "of their ratio is what one coin tells of the other, their mutual information. It is "
        "never below 0: a mask that lets too much through looks better than the truth.",
    ),
)  # fmt: skip
