"""Errors of published notes and teaching code about GANs, as short code to predict and run.

`BUGS` has each by its name, in the order of the chapter. Words between backticks are code.
"""

from __future__ import annotations

from functools import partial
from math import inf

from gan_lab.checkers import bug_numbers as numbers
from gan_lab.checkers.prediction import Answer, Prediction

NOTES = "Notes in Chinese, 《基本原理及数学推导》"
IN_BROWSER = "A GAN that trains in the browser, from 2025"
DEMO = "A demo that trains in the browser, much used in courses"

ROWS = (
    Prediction(
        "labels", "Whose label?",
        "The data are N(2, ½²), and G(z) starts near 0. `bce(D(x), y)` is the cross-entropy, "
        "`y` the label.",
        """\
# a step of D
fake = G(z)
loss = bce(D(x), 1) + bce(D(fake), 0)
move(D, loss)

# a step of G
fake = G(z)
loss = bce(D(fake), 0)
move(G, loss)""",
        "Where is the mean of G(z) after 400 iterations?",
        (
            Answer("near 2, with the data", 1.5, inf,
                   "that G is paid for being taken for data. Look at the label in its step"),
            Answer("near 0, where it began", -0.5, 1.5,
                   "that nothing pushes G. D pushes it, wherever D has a slope"),
            Answer("far on the other side of 0", -inf, -0.5,
                   "that what pushes G has the wrong sign"),
        ),
        "mean of G(z)",
        "In its step G lowers −log(1 − D(G(z))): it is paid for being caught, and walks away "
        "from the data, until D is so sure that its slope is gone. Both losses are near 0 "
        "then, which looks like success. A sample is a fake in D's step, and in G's step what "
        "G wants it to be: data.",
        "loss = bce(D(fake), 1)    # G's step",
        f"{NOTES}: its training loop, in which the rest is right.",
        partial(numbers.of_mistake, "labels"),
    ),
    Prediction(
        "both players", "Who moves?",
        "The data are N(2, ½²) again. G's step has the right label now.",
        """\
def move(loss):
    for w in all_weights:
        w -= 0.1 * slope(loss, w)

move_only(D, bce(D(x), 1)
             + bce(D(G(z)), 0))
move(bce(D(G(z)), 1))     # G's step""",
        "What does D say of G's samples in the end, on average?",
        (
            Answer("near 0: fake", -inf, 0.25,
                   "that D wins, although it is pushed to believe in G"),
            Answer("near ½: cannot tell", 0.4, 0.6,
                   "that D is as it should be at the end. But G's step has moved it as well"),
            Answer("near ⅔: rather data", 0.6, 0.75,
                   "that D is pushed half-way by what G wishes"),
            Answer("near 1: data", 0.75, inf,
                   "that only G's wish moves D. Its own step pushes back as hard"),
        ),
        "mean of D(G(z))",
        "`all_weights` has those of D too. So D raises log D on data, log(1 − D) on samples "
        "and then log D on samples: where p_data = p_G, its best answer is the top of 2 log y "
        "+ log(1 − y), which is ⅔. G still comes to the data; it is the loss that settles in "
        "the wrong place, and who waits for log 4 waits for ever.",
        "for w in weights_of(G):  # in G's step",
        f"{IN_BROWSER}; there a second sigmoid made it worse.",
        partial(numbers.of_mistake, "both_players"), digits=3,
    ),
    Prediction(
        "one minibatch", "One or many?",
        "Both are N(0, 1): G is perfect, and stands still. D learns for k = 100 steps, and "
        "prints V.",
        """\
x, z = draw(8), noise(8)
for _ in range(k):
    V = mean(log(D(x))
             + log(1 - D(G(z))))
    move_up(D, V)
print(V)         # -log 4 is -1.386""",
        "On all data V can be at most −log 4 = −1.386. What is printed?",
        (
            Answer("less than −1.386", -inf, -1.387, "that D is shown new points each time"),
            Answer("−1.386", -1.387, -1.385,
                   "that D finds no difference, since there is none. Between these eight "
                   "points and those eight there is one"),
            Answer("more than −1.386", -1.385, inf,
                   "that D has learned these sixteen points by heart"),
        ),
        "V as printed",
        "The data are drawn before the loop, so D sees the same eight and eight, a hundred "
        "times. It learns which is which, by heart. The best V bounds the mean over all data; "
        "on the points that D learned from there is no such bound.",
        """\
for _ in range(k):
    x, z = draw(8), noise(8)""",
        f"{NOTES}: there the real images alone are the same for all k steps.",
        partial(numbers.of_mistake, "one_minibatch"),
    ),
    Prediction(
        "noise", "What D is given",
        "Data and noise are N(0, 1), and this G is bad: G(z) = z + 3. D is as good as can be.",
        "V = (mean(log(D(x)))\n     + mean(log(1 - D(z))))",
        "What does V come to?",
        (
            Answer("−1.39, as if G were perfect", -1.4, -1.37,
                   "that V has nothing to do with G"),
            Answer("about −0.3, for G is easily told apart", -1.37, -0.05,
                   "that D is given G's samples. Look at what it is given"),
            Answer("0, for D is never wrong", -0.05, inf,
                   "that data and what D compares them with share nothing"),
        ),
        "largest V",
        "There is no G in this line. D compares data with noise, which here have one "
        "distribution: V says that the game is over. The slope for G is 0. With `D(G(z))` the "
        "best V is 2 JSD − log 4 of data and samples.",
        "V = (mean(log(D(x)))\n     + mean(log(1 - D(G(z)))))",
        "Notes in Chinese, 《生成模型读书笔记七》, in several formulas; easily done, and D(z) even "
        "runs where z has the shape of x.",
        numbers.noise_for_samples,
    ),
    Prediction(
        "a line of V",
        "A line of V",
        "The data are N(−1, 1), the samples N(1, 1). D raises what this line says as far as it "
        "goes.",
        "V = (mean(log(D(x)))\n     + mean(1 - D(G(z))))",
        "Draw this D: how large is D(x) at these x?",
        (
            Answer("", 2, 2, "that the line is V. Compare it, letter by letter"),
            Answer("", 0.4, 0.6, "that D cannot tell. On the left data are far more frequent"),
            Answer("", 0.88, 1, "that calling a sample data costs nothing. It costs 1"),
        ),
        "best D",
        "The second log is missing. At x = 0, where both are as frequent, the line is log y + "
        "(1 − y), which rises up to y = 1: a certain D that is wrong loses 1, and not without "
        "bound. Its best D is p_data/p_G, cut off at 1; V's is p_data/(p_data + p_G).",
        "V = (mean(log(D(x)))\n     + mean(log(1 - D(G(z)))))",
        "《生成模型读书笔记七》 drops this log in three lines; the result under them is right.",
        numbers.line_of_V,
        within=0.12, ends=(0.0, 1.0),
        places=("D(−2)", "D(−1)", "D(0)", "D(1)", "D(2)"),
    ),
    Prediction(
        "two sigmoids", "A sure D",
        "Data and samples are far apart, and D may be as sure as it likes.",
        """\
def D(x):
    return sigmoid(network(x))

loss = (bce_with_logits(D(x), 1)
        + bce_with_logits(D(G(z)), 0))""",
        "What is the least loss that it can print?",
        (
            Answer("", -0.05, 0.05,
                   "that D's certainty counts. But `bce_with_logits` has a sigmoid inside, to "
                   "which D's output, from 0 to 1, is a small logit"),
            Answer("", 0.68, 0.71, "that one of the two terms is 0"),
            Answer("", 1.37, 1.4, "that D is blind"),
            Answer("", 0.30, 0.33,
                   "that the term of the samples is 0: it is log 2, at the logit 0"),
        ),
        "least loss",
        "D's 1 is taken for a logit, and σ(1) = 0.731 is the surest that it can say; its 0 "
        "becomes ½. The loss stays above log(1 + 1/e) + log 2. Nothing is wrong with the "
        "shapes, and both losses look healthy.",
        """\
def D(x):
    return network(x)    # the logit""",
        f"{IN_BROWSER}.",
        numbers.two_sigmoids, within=0.02, digits=3,
    ),
    Prediction(
        "0.95", "A factor",
        "G is perfect, and D at its best for this loss, in which somebody has softened a label.",
        "loss = -mean(0.95 * log(D(x))\n             + log(1 - D(G(z))))",
        "What does D say? Three decimals.",
        (
            Answer("", 0.498, 0.502,
                   "that the factor changes nothing. It pays data less than samples"),
            Answer("", 0.4735, 0.4765, "that the label is softened as it should be, with the "
                   "other 0.05 for log(1 − D(x)). That term is not there"),
            Answer("", 0.945, 0.955, "that D copies its label. It sees samples at the same x"),
        ),
        "best D",
        "At one x the loss is −0.95 log y − log(1 − y), lowest at 0.95/1.95. Softening the "
        "label is something else: 0.95 log y + 0.05 log(1 − y) for data, and then D ends at "
        "0.475. Here the factor acts as if there were fewer data than samples.",
        "loss = -mean(0.95 * log(D(x))\n             + 0.05 * log(1 - D(x))\n             + log(1 "
        "- D(G(z))))",
        f"{DEMO}: its D ends a little below ½, and the page does not say why.",
        numbers.softened, within=0.0015, digits=4,
    ),
    Prediction(
        "uphill", "Up or down",
        "At one x with p_data = p_G, V is log y + log(1 − y), and y = D(x).",
        """\
# convex in y: its flat point is the
# lowest, so go down the slope
y = 0.4
for _ in range(100):
    y -= 0.02 * (1 / y - 1 / (1 - y))
    y = clip(y, 0.01, 0.99)""",
        "Where is y in the end?",
        (
            Answer("at ½, the best D", 0.45, 0.55, "that the flat point is a minimum"),
            Answer("at an end", -inf, 0.1, "that the flat point is a maximum"),
            Answer("still near 0.4", 0.3, 0.45,
                   "that there is no slope at 0.4. It is 1/0.4 − 1/0.6"),
        ),
        "y at the end",
        "The second derivative is −1/y² − 1/(1 − y)²: never positive. V is concave in D(x), "
        "the flat point is a maximum, and going down leaves it for good.",
        "    y += 0.02 * (1 / y - 1 / (1 - y))",
        f"{NOTES}, call it convex, and then maximise it all the same.",
        numbers.uphill,
    ),
    Prediction(
        "clipped", "A tall density",
        "The data are N(0, 0.1²) and the samples N(0, 1). At 0 the densities are 3.99 and 0.40.",
        """\
# a probability is at most 1
p = min(p_data(x), 1)
q = min(p_G(x), 1)
D = p / (p + q)""",
        "What is D at x = 0, by this code?",
        (
            Answer("", 0.89, 0.93, "that nothing is cut off. The code cuts 3.99 down to 1"),
            Answer("", 0.49, 0.51, "that both are cut to 1. The second is 0.40"),
            Answer("", 0.97, 1, "that D is a density itself"),
        ),
        "D(0)",
        "A density is probability per unit of x, and may be as large as it likes; only its "
        "integral is 1. D* lies between 0 and 1 because it is a share, p/(p + q).",
        "D = p_data(x) / (p_data(x) + p_G(x))",
        f"{NOTES}: “a probability lies in [0, 1]”, of p_data(x).",
        numbers.clipped, within=0.012, digits=3,
    ),
    Prediction(
        "bell", "A bell",
        "p_G and p_data are this one, and D is ½ everywhere. V is an integral over x.",
        """\
def p(x):                 # N(0, 1)
    return exp(-x**2) / sqrt(2 * pi)

V = integral(p * log(1/2)
             + p * log(1 - 1/2))""",
        "What does V come to?",
        (
            Answer("", -1.4, -1.37, "that p integrates to 1. Does it?"),
            Answer("", -0.72, -0.67, "that one term is there, or that p integrates to ½"),
            Answer("", -0.01, 0.01,
                   "that there is nothing left to win. That is a distance of 0, and V is −log 4 "
                   "then"),
        ),
        "V",
        "In the exponent a ½ is missing. This p integrates to 1/√2 = 0.707, so V is 0.707 "
        "times −log 4. The curve looks like a bell all the same; that its area is 1 has to be "
        "asked.",
        "    return exp(-x**2/2) / sqrt(2 * pi)",
        "A lecture's notebook with sliders, from 2022, and a fine one: its text says −log 4, "
        "its plot another number.",
        numbers.bell_without_half, within=0.03, digits=3,
    ),
    Prediction(
        "KL of a VAE", "A sign",
        "The encoder of a VAE should keep its N(μ, σ²) near N(0, 1). Here σ = 1, and μ starts "
        "at 1.",
        """\
kl = 0.5 * (1 + log(sigma**2)
            - mu**2 - sigma**2)
loss = kl
for _ in range(50):
    mu -= 0.1 * slope(loss, mu)""",
        "Where is μ after these fifty steps down the loss?",
        (
            Answer("near 0", -0.5, 0.5,
                   "that the loss is smallest there. Put in μ = 0, and then μ = 3"),
            Answer("at 1, where it began", 0.5, 1.5, "that the loss is flat in μ"),
            Answer("far away", 1.5, inf, "that the loss has no least value"),
        ),
        "μ at the end",
        "KL(N(μ, σ²) ‖ N(0, 1)) is ½(μ² + σ² − 1 − log σ²). What stands here is minus that: "
        "−4.5 at μ = 3, where a divergence cannot be negative. Each step multiplies μ by 1.1. "
        "A number that cannot be negative and is: the cheapest test there is.",
        "kl = -0.5 * (1 + log(sigma**2)\n             - mu**2 - sigma**2)",
        "Notes, 《Generative Models》. The paper writes −KL, which is added there and not "
        "subtracted.",
        numbers.sign_of_kl,
    ),
    Prediction(
        "units", "Two tools",
        "p and q have nothing in common. `jensenshannon` is SciPy's, which gives the root of "
        "the JSD.",
        "jsd = jensenshannon(p, q, base=2)**2\nC = 2 * jsd - log(4)",
        "What is C?",
        (
            Answer("", -0.02, 0.02,
                   "that both terms have one unit: 2 log 2 − log 4. Look at `base`"),
            Answer("", 1.98, 2.02, "that log 4 is 0"),
            Answer("", -1.4, -1.37, "that JSD is 0. That is so where p = q"),
            Answer("", -0.4, -0.37,
                   "that the JSD of what has nothing in common is ½ bit. It is one bit"),
        ),
        "C",
        "The JSD is 1 bit, and log 4 is in nats: 2 − 1.386 = 0.614. C is a mean of logarithms "
        "of probabilities and is never above 0.",
        "jsd = jensenshannon(p, q)**2    # nats",
        "Many tools print a JSD in bits, and one demo in the browser does; the game is written "
        "in nats.",
        numbers.units, within=0.02, digits=3,
    ),
    Prediction(
        "histogram", "Bars",
        "`data` is a list x1, y1, x2, y2, … of 12000 points, of which 450 are counted. This is "
        "JavaScript: `splice(i, n)` takes n elements from position i on.",
        """\
for (let i = 0; i < 450; i++) {
  const [x, y] =
    data.splice(2 * i, 2 * i + 2);
  add_to_bar(x, y, 1 / 450);
}""",
        "The bars should sum to 1. To what do they sum?",
        (
            Answer("1", 0.99, 1.01, "that the list stays as it is"),
            Answer("more than 1: points are counted twice", 1.01, inf, "that points come back"),
            Answer("about a third", 0.2, 0.5, "that the list is eaten up long before 450"),
            Answer("0", -inf, 0.01, "that nothing is counted"),
        ),
        "sum of the bars",
        "`splice` removes what it takes, 2, then 4, then 6 numbers; `slice` copies. The list "
        "is empty after some 150 points; from then on x is `undefined`, and no bar grows. A KL "
        "divergence from such a “distribution” can be negative, even for a perfect G.",
        "    data.slice(2 * i, 2 * i + 2);",
        f"{DEMO}: measured there, its bars summed to 0.336.",
        numbers.histogram, digits=3,
    ),
    Prediction(
        "MMD of one point", "Pairs",
        "MMD² compares pairs: 0 on average if both samples have one distribution. The data are "
        "a hundred draws of N(0, 1); G has collapsed, and makes 0 a hundred times.",
        """\
def others(k):   # not with itself
    k = k[k < 1]   # k(x, x) is 1
    return sum(k) / max(len(k), 1)

mmd2 = (others(kernel(x, x))
        + others(kernel(fake, fake))
        - 2 * mean(kernel(x, fake)))""",
        "What does this G score?",
        (
            Answer("clearly above 0: bad", 0.05, inf,
                   "that pairs of fakes count as 1, as they should"),
            Answer("about 0: good", -0.05, 0.05,
                   "that a collapsed G looks like the data to a kernel"),
            Answer("far below 0: better than perfect", -inf, -0.05,
                   "that a term has gone which should be 1"),
        ),
        "MMD²",
        "A point shall not be paired with itself. But `k < 1` throws out every pair at the "
        "distance 0, and of a collapsed G these are all: its middle term is 0 and not 1. On "
        "samples that are all different the code is right, and a test with such samples passes.",
        "k = k[~eye(len(k), dtype=bool)]",
        "Made for this page. Our own estimator failed on such a G in another way: its "
        "bandwidth, a median distance, was 0.",
        numbers.mmd_of_one_point,
    ),
)  # fmt: skip

BUGS = {row.name: row for row in ROWS}
"""The bugs of the chapter, by their names."""
