"""Things to move without a kernel: what a chapter gives into its readers' hands.

Their mathematics and pictures are the front end's (`ui/explore/`, `numeric/game_value.js` there),
checked against `gan_lab.theory` by the tests; here is what carries their first state to a page or
a notebook, and a still picture for where no widget can be shown.
"""

from gan_lab.core.validation import quoted, whole_between
from gan_lab.widgets.explorable import Explorable
from gan_lab.widgets.explorable_pictures import (
    picture_of_elbo,
    picture_of_fits,
    picture_of_in_or_out,
    picture_of_likelihood,
    picture_of_pair,
    picture_of_pointwise,
    picture_of_supports,
    picture_of_two_numbers,
)

__all__ = [
    "critic", "elbo", "euler", "fits", "game", "in_or_out", "likelihood", "losses", "pair",
    "pointwise", "pulls", "supports", "two_numbers", "what_ails_it", "which_gamma", "you_are_d",
    "you_are_g",
]  # fmt: skip

# What moves, its first value, and the range of its slider; or the choices that there are.
POINTWISE = {"a": (0.6, 0, 1), "b": (0.2, 0, 1), "y": (0.4, 0, 1)}
PAIR = {
    "data": ("gaussian", "bimodal"),
    "mu": (2, -4, 4),
    "sigma": (1, 0.2, 3),
    "D": ("best", "own"),
    "alpha": (-1, -6, 6),
    "c": (0, -5, 5),
}
LOSSES = {"against": ("logit", "D"), "s": (-3, -6, 6)}
PULLS = {"data": ("gaussian", "bimodal"), "mu": (0.7, -4, 4), "sigma": (1.1, 0.2, 3)}
GAME = {
    "m": ("16", "256", "4096"),
    "mu": (1.5, -4, 4),
    "sigma": (0.8, 0.1, 2),
    "beta": (0.1, -1, 1),
    "alpha": (-1, -4, 4),
    "c": (0.5, -4, 4),
    "seed": (0, 0, 20),
}
FITS = {"divergence": ("kl", "js", "non-saturating", "reverse-kl"), "a": (2, 0, 5)}
LIKELIHOOD = {
    "data": ("gaussian", "bimodal"), "n": ("10", "100", "1000"),
    "mu": (1, -4, 4), "sigma": (1, 0.2, 3), "seed": (0, 0, 20),
}  # fmt: skip
SUPPORTS = {"theta": (2, -5, 5), "sigma": (0, 0, 2)}
CRITIC = {
    "loss": (
        "minimax",
        "f-kl",
        "f-reverse-kl",
        "f-pearson",
        "f-hellinger",
        "least-squares",
        "hinge",
        "relativistic",
    ),
    "mu": (1, -3, 3),
    "sigma": (1.2, 0.5, 2),
    "scale": (0.6, 0, 2),
    "shift": (0, -1, 1),
}
TWO_NUMBERS = {
    "game": ("bilinear", "minimax", "non-saturating"), "order": ("simultaneous", "alternating"),
    "theta": (1, -3, 3), "psi": (0, -3, 3), "h": (0.2, 0.05, 2.5), "beta": (0, -0.9, 0.9),
    "gamma": (0, 0, 5),
}  # fmt: skip
WHICH_GAMMA = {
    "game": ("R1", "R2", "pairs"), "optimizer": ("sgd", "adam"),
    "row": (4, 0, 7), "column": (4, 0, 7),
}  # fmt: skip
ELBO = {"m": (-0.5, -3, 3), "t": (0.8, 0.4, 2), "x": (1, -3, 3), "s": (0.6, 0.4, 2)}
YOU_ARE_D = {
    "pair": ("apart", "overlapping", "a mode missed", "disjoint"), "committed": ("no", "yes"),
    **{f"D{i}": (0.5, 0.01, 0.99) for i in range(11)},
}  # fmt: skip
YOU_ARE_G = {
    "data": ("two modes", "one mode"),
    **{f"x{i + 1}": (round(2.4 + 0.2 * i, 2), -5, 5) for i in range(12)},
}
ANSWERS = ("hidden", "in", "around", "out")
IN_OR_OUT = {"question": tuple("1234"), **{f"answer{q}": ANSWERS for q in "1234"}}

AILS = (
    "hidden", "nothing", "D is blind", "G has no gradient", "modes are lost", "it goes round",
    "D learns by heart", "the steps are too long", "the rates are 0",
)  # fmt: skip
WHAT_AILS_IT = {
    "curve": tuple(str(i + 1) for i in range(11)), **{f"answer{i + 1}": AILS for i in range(11)},
}  # fmt: skip
EULER = {"data": ("two bumps", "one bump"), "steps": (4, 1, 32), "z": (0.5, -2.5, 2.5)}


def pointwise(*, a: float = 0.6, b: float = 0.2, y: float = 0.4) -> Explorable:
    """Interactive Proposition 1 at one x: v(y) = a log y + b log(1 - y), with its top.

    The reader moves all three, each in [0, 1], and sees the top at a / (a + b) and what y loses
    against it in nats. The arguments are where they start.

    Parameters
    ----------
    a : float
        p_data(x).
    b : float
        p_G(x).
    y : float
        D(x).

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        Outside the ranges.

    References
    ----------
    Goodfellow et al. 2014, Proposition 1.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> "gan-lab" in explore.pointwise(a=0.3, b=0.6).html()
    True
    """
    return Explorable("pointwise", POINTWISE, {"a": a, "b": b, "y": y}, picture_of_pointwise)


def pair(
    *,
    data: str = "gaussian",
    mu: float = 2,
    sigma: float = 1,
    D: str = "best",
    alpha: float = -1,
    c: float = 0,
) -> Explorable:
    """Interactive Theorem 1 for p_data and p_G = N(mu, sigma^2): C(G) = 2 JSD - log 4, in nats.

    The arguments are where they start.

    Parameters
    ----------
    data : {"gaussian", "bimodal"}
        p_data: N(0, 1), or halves of N(-2, 0.5^2) and N(2, 0.5^2).
    mu : float
        In [-4, 4].
    sigma : float
        In [0.2, 3].
    D : {"best", "own"}
        With "own" the reader moves D(x) = 1 / (1 + exp(-alpha (x - c))) and sees V(G, D) stay below
        C(G).
    alpha : float
        In [-6, 6].
    c : float
        In [-5, 5].

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    References
    ----------
    Goodfellow et al. 2014, Theorem 1.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> "gan-lab" in explore.pair(mu=1, sigma=0.5).html()
    True
    """
    start = {"data": data, "mu": mu, "sigma": sigma, "D": D, "alpha": alpha, "c": c}
    return Explorable("pair", PAIR, start, picture_of_pair)


def losses(*, against: str = "logit", s: float = -3) -> Explorable:
    """The three losses of G at one sample, in nats, and their slopes, for the reader to move.

    Parameters
    ----------
    against : {"logit", "D"}
        What they are drawn against.
    s : float
        The logit of D at the sample, in [-6, 6], where the reader starts.

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    References
    ----------
    Goodfellow 2016, section 3.2.6.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.losses(s=-2.0).start["s"]
    -2.0
    """
    from gan_lab.widgets.loss_pictures import picture_of_losses

    return Explorable("losses", LOSSES, {"against": against, "s": s}, picture_of_losses)


def pulls(*, data: str = "bimodal", mu: float = 0.7, sigma: float = 1.1) -> Explorable:
    """How three losses pull at the samples of p_G = N(mu, sigma^2) while D* stands still.

    An arrow is minus the slope of a loss at a sample, in nats per unit of x.

    Parameters
    ----------
    data : {"gaussian", "bimodal"}
        The data.
    mu, sigma : float
        p_G, in [-4, 4] and [0.2, 3], where the reader starts.

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For what is not possible.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.pulls(data="gaussian").start["data"]
    'gaussian'
    """
    from gan_lab.widgets.loss_pictures import picture_of_pulls

    start = {"data": data, "mu": mu, "sigma": sigma}
    return Explorable("pulls", PULLS, start, picture_of_pulls)


def euler(*, data: str = "two bumps", steps: int = 4, z: float = 0.5) -> Explorable:
    """Interactive flow matching: paths from z to x by Euler steps along the exact velocity.

    With the density of their ends, p_G, beside that of the data, and the JSD of both in nats. The
    reader moves the number of steps and z. The arguments are where they start.

    Parameters
    ----------
    data : {"two bumps", "one bump"}
        Halves of N(-1.3, 0.5^2) and N(1.3, 0.5^2), or N(1, 0.6^2); the noise is N(0, 1).
    steps : int
        From 1 to 32.
    z : float
        Where the thick path begins, in [-2.5, 2.5].

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    References
    ----------
    Lipman et al. 2023, Equation 8; Liu et al. 2023.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.euler(steps=1).start["steps"]
    1
    """
    from gan_lab.widgets.flow_picture import picture_of_euler

    steps = whole_between(1, 32, steps, "steps")
    return Explorable("euler", EULER, {"data": data, "steps": steps, "z": z}, picture_of_euler)


def fits(*, divergence: str = "reverse-kl", a: float = 2) -> Explorable:
    """The Gaussian q nearest to p, halves of N(-a, 1) and N(a, 1), and what it costs in nats.

    Parameters
    ----------
    divergence : {"kl", "js", "non-saturating", "reverse-kl"}
        KL(p || q); JSD(p, q); 2 KL(m || p) with m the mean of p and q; KL(q || p).
    a : float
        Half of the distance of the bumps, in [0, 5], where the reader starts.

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.fits(divergence="kl", a=3.0).start["divergence"]
    'kl'
    """
    return Explorable("fits", FITS, {"divergence": divergence, "a": a}, picture_of_fits)


def critic(
    *, loss: str = "f-kl", mu: float = 1, sigma: float = 1.2, scale: float = 0.6, shift: float = 0
) -> Explorable:
    """The best critic of a loss for p = N(0, 1) and q = N(mu, sigma^2), for the reader to bend.

    The best critic, times `scale` and moved by `shift`, never earns more than the divergence of the
    loss, which the best one earns: in nats for logarithms. The arguments are where the reader
    starts.

    Parameters
    ----------
    loss : str
        "minimax", "f-kl", "f-reverse-kl", "f-pearson", "f-hellinger", "least-squares", "hinge" or
        "relativistic".
    mu, sigma : float
        Mean and standard deviation of q, in [-3, 3] and [0.5, 2].
    scale, shift : float
        What the best critic is multiplied by and moved by, in [0, 2] and [-1, 1].

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    References
    ----------
    Nowozin, Cseke and Tomioka 2016, Equation 4.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.critic(loss="hinge", scale=0.5).start["loss"]
    'hinge'
    """
    from gan_lab.widgets.loss_pictures import picture_of_critic

    start = {"loss": loss, "mu": mu, "sigma": sigma, "scale": scale, "shift": shift}
    return Explorable("critic", CRITIC, start, picture_of_critic)


def two_numbers(
    *,
    game: str = "bilinear",
    order: str = "simultaneous",
    theta: float = 1,
    psi: float = 0,
    h: float = 0.2,
    beta: float = 0,
    gamma: float = 0,
) -> Explorable:
    """A game of two numbers as a vector field: does it converge? Path and eigenvalues of a step.

    The reader drags the start. The arguments are where everything starts.

    Parameters
    ----------
    game : {"bilinear", "minimax", "non-saturating"}
        V = theta psi, or the Dirac-GAN with one of two losses of G.
    order : {"simultaneous", "alternating"}
        Whether G answers D's old number or the new one.
    theta, psi : float
        The numbers of G and D, in [-3, 3].
    h : float
        The learning rate of both, in [0.05, 2.5].
    beta : float
        The momentum of both, in [-0.9, 0.9].
    gamma : float
        The strength of R1, in [0, 5].

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    References
    ----------
    Mescheder et al. 2018, section 2; Gidel et al. 2019.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.two_numbers(game="minimax", gamma=1).start["gamma"]
    1
    """
    start = {"game": game, "order": order, "theta": theta, "psi": psi, "h": h, "beta": beta,
             "gamma": gamma}  # fmt: skip
    return Explorable("two_numbers", TWO_NUMBERS, start, picture_of_two_numbers)


def in_or_out(
    *,
    question: str = "1",
    answer1: str = "hidden",
    answer2: str = "hidden",
    answer3: str = "hidden",
    answer4: str = "hidden",
) -> Explorable:
    """Four games of two numbers to predict: the reader says what each does, then it is run.

    Parameters
    ----------
    question : {"1", "2", "3", "4"}
        The game at first.
    answer1, answer2, answer3, answer4 : {"hidden", "in", "around", "out"}
        What has been said of each game; the path of one is hidden until then.

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.in_or_out(question="3").start["answer3"]
    'hidden'
    """
    start = {"question": question, "answer1": answer1, "answer2": answer2, "answer3": answer3,
             "answer4": answer4}  # fmt: skip
    return Explorable("in_or_out", IN_OR_OUT, start, picture_of_in_or_out)


def game(
    *,
    m: str = "16",
    mu: float = 1.5,
    sigma: float = 0.8,
    beta: float = 0.1,
    alpha: float = -1,
    c: float = 0.5,
    seed: int = 0,
) -> Explorable:
    """The two terms of V and the cross-entropy, in nats, for a G and a D that the reader sets.

    Data and noise are N(0, 1), G(z) = mu + sigma z + beta z^2, and alpha (x - c) is the logit of D.
    The arguments are where the reader starts.

    Parameters
    ----------
    m : {"16", "256", "4096"}
        The size of the minibatch whose terms stand beside the exact ones.
    mu, sigma, beta : float
        G, in [-4, 4], [0.1, 2] and [-1, 1].
    alpha, c : float
        D, in [-4, 4].
    seed : int
        Which minibatch is drawn, 0 to 20.

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    References
    ----------
    Goodfellow et al. 2014, Equation 1.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.game(alpha=0).start["alpha"]
    0
    """
    from gan_lab.widgets.game_picture import picture_of_game

    start = {"m": m, "mu": mu, "sigma": sigma, "beta": beta, "alpha": alpha, "c": c, "seed": seed}
    return Explorable("game", GAME, start, picture_of_game)


def likelihood(
    *, data: str = "bimodal", n: str = "10", mu: float = 1, sigma: float = 1, seed: int = 0
) -> Explorable:
    """Maximum likelihood by hand: cross-entropy = entropy + KL(p || q) for a Gaussian q, in nats.

    The reader moves the mean and the width of q. Bars show the cross-entropy, its two parts, and
    the mean of -log q over draws. The arguments are where the reader starts.

    Parameters
    ----------
    data : {"gaussian", "bimodal"}
        p: N(0, 1), or halves of N(-2, 0.5^2) and N(2, 0.5^2).
    n : {"10", "100", "1000"}
        How many draws there are.
    mu, sigma : float
        Mean and standard deviation of q, in [-4, 4] and [0.2, 3].
    seed : int
        Which draws there are, 0 to 20.

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    References
    ----------
    Goodfellow 2016, section 2.1.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.likelihood(mu=0, n="100").start["n"]
    '100'
    """
    start = {"data": data, "n": n, "mu": mu, "sigma": sigma, "seed": seed}
    return Explorable("likelihood", LIKELIHOOD, start, picture_of_likelihood)


def supports(*, theta: float = 2, sigma: float = 0) -> Explorable:
    """Disjoint supports: two boxes that are moved apart, JSD in nats beside the distance W1.

    With the best discriminator and the best 1-Lipschitz critic, and noise that makes the supports
    meet.

    Parameters
    ----------
    theta : float
        Where the generator's box has its middle, in [-5, 5]; that of the data is at 0.
    sigma : float
        The standard deviation of the Gaussian noise on both, in [0, 2].

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        Outside the ranges.

    References
    ----------
    Arjovsky and Bottou 2017; Arjovsky et al. 2017, Example 1.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.supports(sigma=0.5).start["sigma"]
    0.5
    """
    return Explorable("supports", SUPPORTS, {"theta": theta, "sigma": sigma}, picture_of_supports)


def what_ails_it(*, curve: str = "1", **answers: str) -> Explorable:
    """A quiz: curves of losses and of D(x) and D(G(z)) of recorded trainings, to be diagnosed.

    The reader says what ails a training, then sees the truth, and how many were named rightly. On
    the book's page each can be played again in the lab. The arguments are where the reader starts.

    Parameters
    ----------
    curve : {"1", "2", ..., "11"}
        The training at first.
    **answers : str
        answer1 to answer11: what has been said of each, "hidden" for nothing yet.

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.what_ails_it(curve="3").start["answer3"]
    'hidden'
    """
    from gan_lab.widgets.curve_pictures import picture_of_what_ails_it, record_of_what_ails_it

    for name in answers:
        if name not in WHAT_AILS_IT:
            raise ValueError(f"there is no {quoted(name)}: answers are answer1 to answer11")
    start = dict.fromkeys(WHAT_AILS_IT, "hidden") | {"curve": curve, **answers}
    return Explorable(
        "what_ails_it", WHAT_AILS_IT, start, picture_of_what_ails_it, record_of_what_ails_it()
    )


def which_gamma(
    *, game: str = "R1", optimizer: str = "sgd", row: int = 4, column: int = 4
) -> Explorable:
    """Which gamma? The border of stability of R1, R2 and relativistic pairs over the learning rate.

    How many recorded games hold, a cell for each of eight strengths and eight rates, and the
    longest step that eigenvalues allow. On the book's page a cell leads into the lab, where its
    first seed is played again. The arguments are where the reader starts.

    Parameters
    ----------
    game : {"R1", "R2", "pairs"}
        The penalty, with the non-saturating loss, or relativistic pairs with both penalties.
    optimizer : {"sgd", "adam"}
        How a gradient becomes a step.
    row, column : int
        Which strength and which rate, from 0 to 7, the smallest first.

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    References
    ----------
    Mescheder et al. 2018, Theorem 4.1; Huang et al. 2024.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.which_gamma(game="pairs", row=6).start["row"]
    6
    """
    from gan_lab.widgets.gamma_picture import picture_of_which_gamma, record_of_which_gamma

    row, column = whole_between(0, 7, row, "row"), whole_between(0, 7, column, "column")
    start = {"game": game, "optimizer": optimizer, "row": row, "column": column}
    return Explorable(
        "which_gamma", WHICH_GAMMA, start, picture_of_which_gamma, record_of_which_gamma()
    )


def elbo(*, m: float = -0.5, t: float = 0.8, x: float = 1, s: float = 0.6) -> Explorable:
    """The ELBO under log p(x), in nats, and the KL between them, for a q that the reader moves.

    The prior of z is N(0, 1), x given z is N(z, s^2), and q = N(m, t^2) stands for the posterior.
    The arguments are where the reader starts.

    Parameters
    ----------
    m, t : float
        Mean and standard deviation of q, in [-3, 3] and [0.4, 2].
    x : float
        What was seen, in [-3, 3].
    s : float
        The standard deviation of x given z, in [0.4, 2].

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        Outside the ranges.

    References
    ----------
    Kingma and Welling 2014, Equations 1 to 3.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.elbo(m=0.7).start["m"]
    0.7
    """
    return Explorable("elbo", ELBO, {"m": m, "t": t, "x": x, "s": s}, picture_of_elbo)


def you_are_d(*, pair: str = "apart", committed: str = "no", **D: float) -> Explorable:
    """A game: you are the discriminator of a frozen pair, draw D and compare V(G, D) with V(G, D*).

    The reader drags D(x), commits it, and sees D*, both values in nats, where the difference lies,
    and how much of the way from D = 1/2 to D* is gone. The arguments are where the reader starts.

    Parameters
    ----------
    pair : {"apart", "overlapping", "a mode missed", "disjoint"}
        p_data and p_G, which stand still.
    committed : {"no", "yes"}
        Whether D* is shown.
    **D : float
        D0 to D10: D at x = -5, -4, ..., 5, from 0.01 to 0.99, by default 1/2; straight between.

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    References
    ----------
    Goodfellow et al. 2014, Proposition 1.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.you_are_d(pair="disjoint", D0=0.99).start["D0"]
    0.99
    """
    from gan_lab.widgets.by_hand_pictures import picture_of_you_are_d

    start = {"pair": pair, "committed": committed, **placed(YOU_ARE_D, D)}
    return Explorable("you_are_d", YOU_ARE_D, start, picture_of_you_are_d)


def you_are_g(*, data: str = "two modes", **x: float) -> Explorable:
    """A game: you are the generator, and move twelve samples against a D that answers each move.

    D is no network: it is the best one between data and samples, both with a Gaussian noise of
    standard deviation 0.4. Arrows are steps along the slope of log D; the score is the JSD of both,
    in nats. The arguments are where the reader starts.

    Parameters
    ----------
    data : {"two modes", "one mode"}
        Halves of N(-2.2, 0.7^2) and N(2.2, 0.7^2), or N(0, 1.5^2).
    **x : float
        x1 to x12: the samples, in [-5, 5], by default 2.4, 2.6, ..., 4.6.

    Returns
    -------
    Explorable
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For anything else.

    References
    ----------
    Goodfellow et al. 2014, section 3.

    Examples
    --------
    >>> from gan_lab.widgets import explore
    >>> explore.you_are_g(data="one mode", x1=-1.5).start["x1"]
    -1.5
    """
    from gan_lab.widgets.by_hand_pictures import picture_of_you_are_g

    return Explorable(
        "you_are_g", YOU_ARE_G, {"data": data, **placed(YOU_ARE_G, x)}, picture_of_you_are_g
    )


def placed(table: dict, given: dict) -> dict:
    """Where the handles of a table start, those that are given at what is given."""
    first = {key: row[0] for key, row in table.items() if not isinstance(row[0], str)}
    for name in given:
        if name not in first:
            raise ValueError(f"there is no {quoted(name)}: handles are {', '.join(first)}")
    return first | given
