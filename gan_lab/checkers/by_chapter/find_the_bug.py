"""What is asked in *Find the bug*, beside its bugs."""

from gan_lab.checkers.exercise import Exercise, Mistake, Variable

PREDICTIONS = ()

EXERCISES = (
    Exercise(
        name="a KL below 0",
        question="Somebody wants a KL divergence. p is N(0, 1), q is N(0, `s`²), and `x` holds "
        "very many draws of q. What does `mean(log(p(x)) - log(q(x)))` come to, in nats?",
        variables=(Variable("s", "standard deviation of q", (0.5, 1.5, 3.0)),),
        right="log(s)-(s^2-1)/2",
        mistakes=(
            Mistake("log(s)+1/(2*s^2)-1/2", "This is KL(p ‖ q), a mean over draws of p. The "
                    "expectation is under the wrong distribution: x is drawn from q."),
            Mistake("(s^2-1)/2-log(s)", "This is KL(q ‖ p), never below 0. What stands in the "
                    "mean is log p − log q."),
            Mistake("log(s)-(s^2-1)", "A ½ is missing in the exponent of a Gaussian."),
            Mistake("log(s)-s^2/2", "The square in log q counts as well: it is ½ on average."),
            Mistake("2*log(s)-(s^2-1)/2", "A Gaussian's density is divided by s, not by s²."),
        ),
        why="It is −KL(q ‖ p). The integrand is that of KL(p ‖ q), the draws are those of the "
        "other. The result is below 0 for every s but 1, and a KL never is: the second row of "
        "the table finds this bug. To mend it draw x from p.",
    ),
    Exercise(
        name="fooled twice",
        question="In “A sure D” the loss of G is `bce_with_logits(D(G(z)), 1)`. D is fooled, and "
        "its own sigmoid says 1 to every sample. How large is G's loss?",
        right="log(1+exp(-1))",
        within=0.0025,
        mistakes=(
            Mistake("0", "So it would be with one sigmoid. There is another in the loss."),
            Mistake("log(2)", "This is for a D that says 0, of which the second sigmoid makes ½."),
            Mistake("log(1+e)", "This is with the label 0, of fakes. G's samples are labelled 1 in "
                    "its own step."),
            Mistake("sigmoid(1)", "This is what the second sigmoid makes of 1. The loss is minus "
                    "its logarithm."),
            Mistake("1-sigmoid(1)", "Cross-entropy has a logarithm."),
        ),
        why="The second sigmoid takes 1 for a logit: σ(1) = 0.731, and −log of that is log(1 + "
        "1/e) = 0.313. G's loss never falls below this, and never rises above log 2. A loss that "
        "keeps to so narrow a range is the sign of two sigmoids.",
    ),
)  # fmt: skip
