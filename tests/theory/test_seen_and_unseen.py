"""What the best D on a training set gets there is too good, and too bad elsewhere."""

import numpy as np
from says import says
from scipy.special import log_expit

from gan_lab.theory import V, gaussian

REAL, FAKE = gaussian(0, 1), gaussian(0.5, 1)
SETS = 4000
SLOPES = np.linspace(-3, 3, 41)


def logit(x, a):
    """The D that is best against N(a, 1)."""
    return a * a / 2 - a * x


def trained(n, seed=0):
    """V_n and V of the D that is best on each of many training sets, and the largest V."""
    x = np.random.default_rng(seed).normal(size=(SETS, n))
    V_of = np.array([V(lambda x, a=a: logit(x, a), REAL, FAKE).value for a in SLOPES])
    fake = V_of - np.array([log_expit(logit(QUANTILES, a)).mean() for a in SLOPES])
    V_n = np.stack([log_expit(logit(x, a)).mean(1) for a in SLOPES], 1) + fake
    best = V_n.argmax(1)
    return V_n[np.arange(SETS), best], V_of[best], V_of.max()


QUANTILES = REAL.ppf((np.arange(2**14) + 0.5) / 2**14)


@says(
    r"Let $G$ stand still, let $x_1, \dots, x_n$ be independent draws from $p_{data}$, and let "
    r"$V_n(D)$ be $V(G, D)$ with the mean over these in the place of the expectation over the "
    r"data.",
    r"Of finitely many $D$ whose $V(G, D)$ is finite let $D_n$ be one with the largest $V_n(D)$.",
    r"Then $$ \begin{aligned} E[V(G, D_n)] & \le \max_D V(G, D) \\ & \le E[V_n(D_n)] . "
    r"\end{aligned} $$",
)
def test_of_all_sizes_what_is_seen_is_above_and_what_is_not_below():
    apart = []
    for n in (2, 8, 32):
        seen, unseen, best = trained(n)
        assert (unseen <= best).all()
        assert seen.mean() - 4 * seen.std() / np.sqrt(SETS) > best > unseen.mean()
        apart.append(seen.mean() - unseen.mean())
    assert apart == sorted(apart, reverse=True) and apart[-1] < 0.1 * apart[0]


def test_the_same_D_on_other_data_gets_what_it_gets_everywhere():
    """On a second training set the mean is V(G, D_n), below the largest V."""
    rng = np.random.default_rng(3)
    x, other = rng.normal(size=(2, SETS, 4))
    V_of = np.array([V(lambda x, a=a: logit(x, a), REAL, FAKE).value for a in SLOPES])
    fake = V_of - np.array([log_expit(logit(QUANTILES, a)).mean() for a in SLOPES])
    one, two = (
        np.stack([log_expit(logit(points, a)).mean(1) for a in SLOPES], 1) + fake
        for points in (x, other)
    )
    again = two[np.arange(SETS), one.argmax(1)]
    assert abs(again.mean() - V_of[one.argmax(1)].mean()) < 4 * again.std() / np.sqrt(SETS)
    assert again.mean() < V_of.max() - 0.02


def test_nothing_is_gained_where_there_is_one_D():
    x = np.random.default_rng(1).normal(size=(SETS, 4))
    of_data = log_expit(logit(x, 0.5)).mean(1)
    exact = log_expit(logit(QUANTILES, 0.5)).mean()
    assert abs(of_data.mean() - exact) < 4 * of_data.std() / np.sqrt(SETS)
