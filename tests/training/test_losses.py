"""What each player minimises: against the definitions, written with probabilities."""

import math

import numpy as np
import pytest
import torch

from gan_lab import theory
from gan_lab.training.losses import CONSTRAINTS, DIVERGENCES, LOSSES, PENALTIES, softened_labels


def logits(*shape, seed=0):
    return 3 * torch.randn(shape, generator=torch.Generator().manual_seed(seed)).double()


REAL, FAKE = logits(4, 50), logits(4, 50, seed=1)


CLASSIFIERS = [name for name, loss in LOSSES.items() if loss.labels]


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_the_discriminator_minimises_minus_V(name):
    D = torch.sigmoid
    V = torch.log(D(REAL)).mean(-1) + torch.log(1 - D(FAKE)).mean(-1)
    torch.testing.assert_close(LOSSES[name].D(REAL, FAKE), -V)


def test_a_softened_label_is_cross_entropy_with_that_label():
    D, a = torch.sigmoid, 0.1
    by_hand = -(1 - a) * torch.log(D(REAL)).mean(-1) - a * torch.log(1 - D(REAL)).mean(-1)
    by_hand = by_hand - torch.log(1 - D(FAKE)).mean(-1)
    torch.testing.assert_close(LOSSES["minimax"].D(REAL, FAKE) + softened_labels(REAL, a), by_hand)


@pytest.mark.parametrize("a", [0.1, 0.3])
def test_one_sided_smoothing_bounds_the_odds_of_the_best_D(a):
    # On three atoms with p = (6, 3, 1)/10 and q = (1, 4, 5)/10 the odds are (1-a) p / (q + a p).
    p, q = torch.tensor(P).double(), torch.tensor(Q).double()
    logit = torch.log((1 - a) * p / (q + a * p)).requires_grad_()
    real, fake = (logit.repeat_interleave(torch.tensor(law)) for law in (P, Q))
    (slope,) = torch.autograd.grad(
        LOSSES["minimax"].D(real, fake) + softened_labels(real, a), logit
    )
    torch.testing.assert_close(slope, torch.zeros(3).double(), rtol=0, atol=1e-15)
    assert logit.exp().max() < (1 - a) / a


def test_the_minimax_generator_minimises_its_half_of_V():
    half = torch.log(1 - torch.sigmoid(FAKE)).mean(-1)
    torch.testing.assert_close(LOSSES["minimax"].G(None, FAKE), half)


def test_the_non_saturating_generator_maximises_log_D():
    half = torch.log(torch.sigmoid(FAKE)).mean(-1)
    torch.testing.assert_close(LOSSES["non-saturating"].G(None, FAKE), -half)


def test_where_D_is_half_the_losses_are_those_of_theorem_1():
    zero = torch.zeros(1, 7, dtype=torch.float64)
    for name in CLASSIFIERS:
        assert LOSSES[name].D(zero, zero).item() == pytest.approx(math.log(4))
    assert LOSSES["minimax"].G(None, zero).item() == pytest.approx(-math.log(2))
    assert LOSSES["non-saturating"].G(None, zero).item() == pytest.approx(math.log(2))


def test_early_in_learning_the_non_saturating_gradient_is_the_stronger():
    # Section 3: where D rejects with confidence, log(1 - D(G(z))) saturates. The slopes in
    # the logit l are -D and D - 1, so that they sum to -1 wherever D is.
    sure = torch.full((1, 1), -10.0, dtype=torch.float64, requires_grad=True)
    slopes = {
        name: torch.autograd.grad(loss.G(None, sure).sum(), sure)[0].item()
        for name, loss in LOSSES.items()
        if name in ("minimax", "non-saturating")
    }
    assert slopes["minimax"] == pytest.approx(-1 / (1 + math.exp(10)))
    assert slopes["minimax"] + slopes["non-saturating"] == pytest.approx(-1.0)


# These grow like exp on one side, by their definition.
STEEP = {
    ("maximum-likelihood", 1),
    ("f-kl", 1),
    ("f-hellinger", 1),
    ("f-hellinger", -1),
    ("f-reverse-kl", -1),
}


@pytest.mark.parametrize("far", [-1e4, 1e4])
@pytest.mark.parametrize("name", LOSSES)
def test_logits_far_away_give_finite_losses_and_slopes(name, far):
    far = math.copysign(50.0, far) if (name, math.copysign(1, far)) in STEEP else far
    logit = torch.full((1, 3), far, dtype=torch.float32, requires_grad=True)
    real = logit if LOSSES[name].G_sees_data else None
    total = LOSSES[name].D(logit, logit).sum() + LOSSES[name].G(real, logit).sum()
    (slope,) = torch.autograd.grad(total, logit)
    assert total.isfinite() and slope.isfinite().all()


@pytest.mark.parametrize("name", ["r1", "r2"])
def test_r1_and_r2_are_half_the_mean_squared_slope(name):
    slope = logits(3, 5, 2)
    by_hand = [
        sum(sum(float(s) ** 2 for s in point) for point in member) / 5 / 2 for member in slope
    ]
    torch.testing.assert_close(PENALTIES[name].of(slope), torch.tensor(by_hand).double())


def test_r1_acts_at_the_data_and_r2_at_the_generator():
    assert (PENALTIES["r1"].at, PENALTIES["r2"].at) == ("real", "fake")


def test_the_gradient_penalty_is_the_mean_squared_distance_of_the_norm_from_one():
    slope = logits(3, 5, 2)
    by_hand = [mean((math.hypot(*point) - 1) ** 2 for point in member) for member in slope.tolist()]
    torch.testing.assert_close(PENALTIES["gp"].of(slope), torch.tensor(by_hand).double())
    assert PENALTIES["gp"].at == "between"
    # and where D is flat its own slope is no nan
    flat = torch.zeros(1, 4, 2, requires_grad=True)
    (own,) = torch.autograd.grad(PENALTIES["gp"].of(flat).sum(), flat, create_graph=True)
    (again,) = torch.autograd.grad(own.sum(), flat)
    assert own.isfinite().all() and again.isfinite().all()
    assert PENALTIES["gp"].of(flat).item() == 1.0


def test_clipping_moves_every_parameter_to_the_nearest_point_of_its_box():
    weights, biases = [logits(2, 3, 4), logits(2, 4, 1, seed=1)], [logits(2, 1, 4), logits(2, 1, 1)]
    before = [p.clone() for p in (*weights, *biases)]
    CONSTRAINTS["clip"](weights, biases, 0.7)
    for p, old in zip((*weights, *biases), before, strict=True):
        assert torch.equal(p, torch.where(old.abs() <= 0.7, old, 0.7 * old.sign()))


def test_spectral_normalisation_divides_by_the_largest_singular_value():
    weights, biases = [logits(2, 3, 4), torch.zeros(2, 4, 1)], [logits(2, 1, 4), logits(2, 1, 1)]
    before, bias = weights[0].clone(), biases[0].clone()
    CONSTRAINTS["spectral"](weights, biases, True)
    for i in range(2):
        # the root of the largest eigenvalue of w'w
        largest = np.sqrt(np.linalg.eigvalsh((before[i].T @ before[i]).numpy())[-1])
        torch.testing.assert_close(weights[0][i], before[i] / largest)
    assert torch.equal(biases[0], bias) and torch.equal(weights[1], torch.zeros(2, 4, 1))


# The games of the zoo, written with numbers and not with tensors.
def mean(values):
    values = list(values)
    return sum(values) / len(values)


def sigmoid(v):
    return 1 / (1 + math.exp(-v))


BY_HAND = {
    "maximum-likelihood": (
        lambda r, f: (
            -mean(math.log(sigmoid(v)) for v in r) - mean(math.log(sigmoid(-v)) for v in f)
        ),
        lambda r, f: -mean(math.exp(v) for v in f) / 2,
    ),
    "least-squares": (
        lambda r, f: mean((v - 1) ** 2 for v in r) / 2 + mean((v + 1) ** 2 for v in f) / 2,
        lambda r, f: mean(v**2 for v in f) / 2,
    ),
    "hinge": (
        lambda r, f: mean(max(0, 1 - v) for v in r) + mean(max(0, 1 + v) for v in f),
        lambda r, f: -mean(f),
    ),
    "wasserstein": (lambda r, f: mean(f) - mean(r), lambda r, f: -mean(f)),
    "relativistic": (
        lambda r, f: -mean(math.log(sigmoid(a - b)) for a, b in zip(r, f, strict=True)),
        lambda r, f: -mean(math.log(sigmoid(b - a)) for a, b in zip(r, f, strict=True)),
    ),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_loss_is_its_papers_formula(name):
    for ours, theirs in zip((LOSSES[name].D, LOSSES[name].G), BY_HAND[name], strict=True):
        by_hand = [theirs(r, f) for r, f in zip(REAL.tolist(), FAKE.tolist(), strict=True)]
        torch.testing.assert_close(ours(REAL, FAKE), torch.tensor(by_hand, dtype=torch.float64))


# f* as the theory notes print it, in the critic's own units; at which critics; and f'(1).
CONJUGATES = {
    "kl": (lambda t: math.exp(t - 1), 1.0),
    "reverse-kl": (lambda t: -1 - math.log(-t), -1.0),
    "pearson": (lambda t: t * t / 4 + t, 0.0),
    "hellinger": (lambda t: t / (1 - t), 0.0),
    "js": (lambda t: -math.log(2 - math.exp(t)), 0.0),
    "gan": (lambda t: -math.log(1 - math.exp(t)), -math.log(2)),
}


@pytest.mark.parametrize("name", DIVERGENCES)
@pytest.mark.parametrize("v", [-1.3, -0.2, 0.0, 0.7, 2.1])
def test_the_conjugate_is_the_supremum_of_u_t_minus_f(name, v):
    # For Pearson the supremum over all real u: f*(t) = t^2/4 + t, as the paper has it.
    row, v = DIVERGENCES[name], torch.tensor(v, dtype=torch.float64)
    t, written = row.activation(v).item(), row.conjugate(v).item()
    assert written == pytest.approx(CONJUGATES[name][0](t), rel=1e-12, abs=1e-12)
    u = torch.linspace(-12, 12, 2_000_001, dtype=torch.float64).exp()
    sup = (u * t - row.f(u)).max().item()
    assert written == pytest.approx(sup, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("name", DIVERGENCES)
def test_the_best_critic_is_the_slope_of_f_at_the_ratio(name):
    row = DIVERGENCES[name]
    u = torch.tensor([0.2, 0.9, 1.0, 1.7, 6.0], dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(row.f(u).sum(), u)
    torch.testing.assert_close(row.activation(row.best(u.detach().log())), slope)
    assert slope[2].item() == pytest.approx(CONJUGATES[name][1])


@pytest.mark.parametrize("name", DIVERGENCES)
def test_the_variational_game_is_zero_sum(name):
    loss, row = LOSSES[f"f-{name}"], DIVERGENCES[name]
    total = loss.D(REAL, FAKE) + loss.G(None, FAKE)
    torch.testing.assert_close(total, -row.activation(REAL).mean(-1))


# p and q on three atoms, so that a minibatch can hold them exactly.
P, Q = [6, 3, 1], [1, 4, 5]
RATIO = torch.tensor(P).double() / torch.tensor(Q)


def at_best(name, shift=None):
    """D's cost where its outputs on the three atoms are the best ones, moved by `shift`."""
    output = LOSSES[name].best(RATIO.log())
    output = output if shift is None else output + shift
    real, fake = (output.repeat_interleave(torch.tensor(law)) for law in (P, Q))
    if LOSSES[name].G_sees_data:  # every pair once
        real, fake = (v.flatten() for v in torch.meshgrid(real, fake, indexing="ij"))
    return LOSSES[name].D(real, fake)


def over_atoms(f):
    """The sum of q f(p/q) over the atoms."""
    return sum(q / 10 * f(p / q) for p, q in zip(P, Q, strict=True))


def jsd(p, q):
    """The definition, of two lists."""
    halves = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return sum(
        x / 2 * math.log(x / m) for law in (p, q) for x, m in zip(law, halves, strict=True) if x
    )


JSD = jsd([p / 10 for p in P], [q / 10 for q in Q])
PAIRS = [p * q / 100 for p in P for q in Q], [p * q / 100 for q in Q for p in P]
AT_BEST = {
    "minimax": math.log(4) - 2 * JSD,
    "non-saturating": math.log(4) - 2 * JSD,
    "maximum-likelihood": math.log(4) - 2 * JSD,
    # 1 - chi, where chi = the sum of (p - q)^2 / (p + q), halved
    "least-squares": 1 - over_atoms(lambda u: (u - 1) ** 2 / (u + 1)) / 2,
    "hinge": 2 - over_atoms(lambda u: abs(u - 1)),  # 2 - 2 TV
    "relativistic": math.log(2) - jsd(*PAIRS),  # of (x, G(z)) and of (G(z), x)
    "f-kl": -over_atoms(lambda u: u * math.log(u)),
    "f-reverse-kl": over_atoms(math.log),
    "f-pearson": -over_atoms(lambda u: (u - 1) ** 2),
    "f-hellinger": -over_atoms(lambda u: (math.sqrt(u) - 1) ** 2),
    "f-js": -2 * JSD,
    "f-gan": math.log(4) - 2 * JSD,
}


@pytest.mark.parametrize("name", AT_BEST)
def test_at_the_best_D_the_game_is_worth_its_divergence(name):
    assert at_best(name).item() == pytest.approx(AT_BEST[name], rel=1e-12)


@pytest.mark.parametrize("name", AT_BEST)
def test_no_other_D_is_better(name):
    generator = torch.Generator().manual_seed(0)
    best = at_best(name).item()
    for size in (1e-3, 0.1, 1.0):
        for _ in range(20):
            shift = size * torch.randn(3, generator=generator, dtype=torch.float64)
            assert at_best(name, shift).item() > best - 1e-12


def test_every_game_but_the_unbounded_one_was_solved():
    assert set(AT_BEST) == set(LOSSES) - {"wasserstein"} and LOSSES["wasserstein"].best is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("minimax", lambda p, q: -theory.C(p, q).value),
        ("hinge", lambda p, q: 2 - 2 * theory.tv(p, q).value),
        ("f-kl", lambda p, q: -theory.kl(p, q).value),
        ("f-reverse-kl", lambda p, q: -theory.kl(q, p).value),
        ("f-pearson", lambda p, q: -theory.chi2(p, q).value),
        ("f-hellinger", lambda p, q: -2 * theory.hellinger2(p, q).value),
        ("f-js", lambda p, q: -2 * theory.js(p, q).value),
        ("f-gan", lambda p, q: -theory.C(p, q).value),
    ],
)
def test_between_two_bells_the_values_are_those_of_the_theory(name, value):
    # Equally probable points stand for the laws: the error of their mean falls with their number.
    p, q = theory.gaussian(0.0, 1.0), theory.gaussian(0.5, 1.1)
    u = (np.arange(200_000) + 0.5) / 200_000
    real, fake = (
        LOSSES[name].best(torch.from_numpy(theory.optimal_logit(p, q)(law.ppf(u))))
        for law in (p, q)
    )
    assert LOSSES[name].D(real, fake).item() == pytest.approx(value(p, q), abs=2e-4)


def test_a_linear_critic_between_shifted_bells_finds_the_wasserstein_distance():
    p, q = theory.gaussian(0.0, 1.0), theory.gaussian(0.7, 1.0)
    u = (np.arange(20_000) + 0.5) / 20_000
    real, fake = (torch.from_numpy(-law.ppf(u)) for law in (p, q))  # D(x) = -x, of slope 1
    cost = LOSSES["wasserstein"].D(real, fake).item()
    assert cost == pytest.approx(-theory.w1(p, q).value, abs=1e-6)


# At the optimal D, frozen, E_q[phi(D*)] has the gradient of a divergence (theory notes, F-1 and
# section 5): p = N(-2, 1/2)/2 + N(2, 1/2)/2, q = N(0.7, 1.1^2), slopes in (mean, sd).
FROZEN = {
    "minimax": (-0.092440993015, -0.503998638809),
    "non-saturating": (-0.893794420764, -1.201775374860),
    "maximum-likelihood": (0.578512396694 / 2, -2.652141247183 / 2),
}


@pytest.mark.parametrize("name", FROZEN)
def test_the_generators_gradient_at_the_frozen_optimum(name):
    z = torch.linspace(-12, 12, 4001, dtype=torch.float64)
    weights = torch.exp(-z * z / 2) / math.sqrt(2 * math.pi) * (z[1] - z[0])
    mean = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    sd = torch.tensor(1.1, dtype=torch.float64, requires_grad=True)
    x = mean + sd * z

    def log_normal(mu, s):
        return -0.5 * ((x - mu) / s) ** 2 - math.log(s * math.sqrt(2 * math.pi))

    log_p = torch.logaddexp(log_normal(-2, 0.5), log_normal(2, 0.5)) - math.log(2)
    logit = log_p - log_normal(0.7, 1.1)  # of x alone: D is frozen
    cost = (weights * LOSSES[name].G(None, logit[:, None])).sum()
    slopes = torch.autograd.grad(cost, (mean, sd))
    torch.testing.assert_close(
        torch.stack(slopes), torch.tensor(FROZEN[name], dtype=z.dtype), rtol=0, atol=1e-10
    )
