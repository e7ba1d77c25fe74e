"""What the page sees of a game is what `gan_lab` sees: the same weights, the same numbers."""

import math

import numpy as np
import pytest
import torch
from scipy.special import expit, ndtr, ndtri

from gan_lab.datasets import (
    bimodal,
    distribution,
    drawn,
    gaussian_mixture,
    grid,
    moons,
    ring,
    spots,
)
from gan_lab.metrics import modes
from gan_lab.recording.frames import frame_of
from gan_lab.recording.plane import frame_in_plane
from gan_lab.training.loop import Training
from gan_lab.training.losses import DIVERGENCES, LOSSES
from gan_lab.training.recipe import Recipe

LINE = Recipe(G=(16, 16), D=(16, 16), k=1, m=32)
ON_THE_LINE = {
    "start": (Recipe(), 0),
    "gaussian": (Recipe(k=1), 40),
    "two bumps": (LINE.but(data=bimodal(), r1=0.02, dtype="float64"), 60),
    "a law by name": (
        LINE.but(data=distribution("laplace", loc=1.0, scale=0.5), dtype="float64"),
        60,
    ),
    "a law with an edge": (LINE.but(data=distribution("expon"), dtype="float64"), 60),
    "three bumps": (LINE.but(data=gaussian_mixture([-4, 0, 3], [0.1, 1, 0.3], [1, 2, 3])), 30),
    "drawn": (LINE.but(data=drawn([0, 1, 2, 4], [0, 2, 0.5, 0])), 30),
    "uniform z": (LINE.but(latent="uniform"), 40),
    "two z": (LINE.but(latent="bernoulli"), 40),
    "relu": (LINE.but(activation="relu", latent="uniform", G=(12,)), 40),
    "no hidden layers": (LINE.but(G=(), D=(), optimizer="sgd", lr_G=0.05, lr_D=0.05), 30),
    "far away": (LINE.but(standardise=False, data=gaussian_mixture([40], [0.5])), 3),
}
BROAD = spots([(0, 0), (2, 1)], [0.6, 0.8])
PLANE = Recipe(data=BROAD, latent_dim=2, G=(16, 16), D=(16,), k=1, m=32, gain=1.0)
IN_THE_PLANE = {
    "spots": (PLANE, 80),
    "ring": (PLANE.but(data=ring(8, 2, 0.2), dtype="float64"), 60),
    "moons": (PLANE.but(data=moons(0.1)), 40),
    "thin ring": (PLANE.but(data=ring()), 30),
    "uniform z": (PLANE.but(latent="uniform", data=grid(3, 2, 0.3)), 40),
}
CURVES = ("x", "p_data", "p_g", "D", "D_star", "z", "G_z")


def played(recipe, iterations):
    game = Training(recipe, device="cpu")
    for _ in game.play(iterations):
        pass
    return game


def network(mlp):
    layers = [[w.ravel().tolist(), b.tolist()] for w, b in mlp.layers(0)]
    return {"widths": list(mlp.widths), "activation": mlp.activation, "layers": layers}


def told(game):
    """A game as the page has it: plain numbers."""
    center = game.center.double().tolist() if torch.is_tensor(game.center) else [game.center]
    return {
        "recipe": game.recipe.as_dict(),
        "G": network(game.G),
        "D": network(game.D),
        "center": center,
        "scale": float(game.scale),
        "t": game.t,
        "turn": game.turn,
    }


def seen(ask, games, **options):
    return ask([{"what": "see", "game": told(game), "options": options} for game in games])


def near(one, other, name, at_most):
    one, other = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    np.testing.assert_array_equal(np.isnan(one), np.isnan(other), err_msg=name)
    gap = np.abs(one - other) / np.maximum(1, np.abs(other))
    assert np.all(np.nan_to_num(gap) <= at_most), (name, np.nanmax(gap))


def test_a_frame_on_the_line_is_that_of_frames_see(ask):
    games = [played(*game) for game in ON_THE_LINE.values()]
    for name, game, page in zip(ON_THE_LINE, games, seen(ask, games), strict=True):
        frame = frame_of(game)
        assert (page["t"], page["turn"], page["dim"]) == (frame.t, frame.turn, 1)
        for curve in CURVES:
            near(page[curve], getattr(frame, curve), f"{name}: {curve}", 1e-9)
        for value in ("V", "C", "jsd"):
            gap = abs(page[value] - getattr(frame, value))
            error = page[f"{value}_error"] + getattr(frame, f"{value}_error")
            assert gap <= error < 1e-6, (name, value, gap, error)
        atoms = [[atom["x"], atom["mass"]] for atom in page["atoms"]]
        near(atoms, np.reshape(frame.atoms, (-1, 2)) if frame.atoms else [], name, 1e-12)


def test_a_flat_piece_of_G_is_an_atom_of_its_mass(ask):
    game = played(LINE.but(activation="relu", D=(8,)), 0)
    with torch.no_grad():  # G is 1 below z = 1/2 and rises from there
        for w, b in zip(game.G.weights, game.G.biases, strict=True):
            w.zero_(), b.zero_()
        game.G.weights[0][0, 0, 0] = 1.0
        game.G.biases[0][0, 0, 0] = -0.5
        game.G.weights[1][0, 0, 0] = game.G.weights[2][0, 0, 0] = 1.0
        game.G.biases[2][...] = 1.0
    (page,) = seen(ask, [game])
    (atom,) = frame_of(game).atoms
    assert atom[1] == pytest.approx(ndtr(0.5), rel=1e-12)
    near([page["atoms"][0]["x"], page["atoms"][0]["mass"]], atom, "atom", 1e-12)
    assert abs(page["jsd"] - frame_of(game).jsd) <= page["jsd_error"] + 1e-12


def test_for_a_z_of_several_numbers_p_g_is_a_histogram_and_says_so(ask):
    game = played(LINE.but(latent_dim=3), 60)
    (page,) = seen(ask, [game])
    assert "histogram of 4096" in page["p_g_note"]
    z = np.random.default_rng(0).normal(size=(200_000, 3))
    x = game.generate(z)[0, :, 0].double().numpy()
    edges, height = np.asarray(page["x"])[::4], np.asarray(page["p_g"])[1::4]
    share = np.histogram(x, edges)[0] / len(x)
    spread = np.sqrt(share * (1 - share) / 4096) + 1 / 4096
    assert np.all(np.abs(height * np.diff(edges) - share) < 4 * spread)
    p = np.diff(game.p_data.cdf(edges))
    m = 0.5 * (p + share)
    with np.errstate(divide="ignore", invalid="ignore"):
        js = 0.5 * (np.nansum(p * np.log(p / m)) + np.nansum(share * np.log(share / m)))
    assert abs(page["jsd"] - js) <= page["jsd_error"] + 0.01


def test_the_plane_is_that_of_see_plane(ask):
    games = [played(*game) for game in IN_THE_PLANE.values()]
    for name, game, page in zip(IN_THE_PLANE, games, seen(ask, games, mesh=80), strict=True):
        n = page["cells"]
        cells = frame_in_plane(game, cells=n, mesh=80)
        low_x, high_x, low_y, high_y = page["box"]
        near([low_x, high_x], cells.x[[0, -1]], name, 1e-12)
        near([low_y, high_y], cells.y[[0, -1]], name, 1e-12)
        mass = 0.5 * (cells.p_data + cells.p_g).T.ravel()
        there = mass > 1e-200  # where no law underflows
        here = np.asarray(page["D_star"])[there]
        near(here, cells.D_star.T.ravel()[there], f"{name}: D*", 1e-9)
        known = ~np.isnan(cells.D_star.T.ravel())
        assert page["D_star_known"] == pytest.approx(mass[known & there].sum(), abs=1e-12)
        error = cells.D_star_error.T.ravel()[known & there]
        mean = (mass[known & there] * error).sum() / mass[known & there].sum()
        assert page["D_star_error"] == pytest.approx(mean, abs=1e-9)
        x, y = (0.5 * (v[1:] + v[:-1]) for v in (cells.x, cells.y))
        at = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
        D = game.D.at(0)((at - game.center.numpy()) / game.scale)
        near(page["D"], expit(D), f"{name}: D", 1e-9)


@pytest.mark.parametrize(
    "data", [ring(8, 2, 0.2), ring(), moons(0.1)], ids=["ring", "thin", "moons"]
)
def test_the_jsd_in_the_plane_is_that_of_the_best_of_its_grids_with_its_error(ask, data):
    game = played(PLANE.but(data=data), 50)
    (page,) = seen(ask, [game], mesh=160)
    box, thinnest = page["box"], game.p_data.thinnest
    fits = [n for n in (64, 96, 128, 192, 256, 384) if (box[1] - box[0]) / n <= 1.5 * thinnest]
    found = [frame_in_plane(game, cells=n, mesh=160, window=box).estimate for n in fits[:4]]
    value, error = min(found, key=lambda jsd: jsd.error)
    assert error < 0.1 * math.log(2)
    assert page["jsd"] == pytest.approx(value, abs=1e-9)
    assert page["jsd_error"] == pytest.approx(error, abs=1e-9)
    fine = frame_in_plane(game, cells=fits[:4][-1], mesh=600, window=box).estimate
    assert abs(page["jsd"] - fine.value) <= page["jsd_error"] + fine.error
    assert page["C"] == pytest.approx(2 * page["jsd"] - math.log(4), abs=1e-12)
    assert 0 < page["jsd_perfect"] < 0.05


def test_V_in_the_plane_lies_within_its_error(ask):
    game = played(PLANE, 60)
    (page,) = seen(ask, [game], mesh=40)
    rng, n = np.random.default_rng(1), 200_000
    fake = game.generate(rng.normal(size=(n, 2)))[0].double().numpy()
    which = rng.integers(2, size=n)
    real = np.array(BROAD.means)[which] + np.array(BROAD.sds)[which, None] * rng.normal(size=(n, 2))
    logit = game.logit(torch.tensor(np.concatenate([real, fake])))[0].double().numpy()
    V = -np.logaddexp(0, -logit[:n]).mean() - np.logaddexp(0, logit[n:]).mean()
    assert abs(page["V"] - V) <= 1.5 * page["V_error"] and page["V_error"] < 0.1


@pytest.mark.parametrize("loss", LOSSES)
def test_the_pull_is_minus_the_gradient_of_the_generators_cost_at_each_sample(ask, loss):
    game = played(PLANE.but(loss=loss, r1=0.1, activation="tanh", dtype="float64"), 5)
    (page,) = seen(ask, [game], mesh=8, cells=8)
    fake, real = (
        torch.tensor(np.reshape(page[name], (-1, 2)), requires_grad=True)
        for name in ("fake", "real")
    )
    outputs = [game.D(((x - game.center) / game.scale)[None]).squeeze(-1) for x in (real, fake)]
    cost = LOSSES[loss].G(*outputs).sum() * len(fake)
    pull = -torch.autograd.grad(cost, fake)[0].numpy()
    near(page["pull"], pull.ravel(), loss, 1e-9)


def test_the_square_of_z_goes_where_G_sends_it(ask):
    plane, curve = played(PLANE, 10), played(PLANE.but(latent_dim=1), 10)
    square, line = (page["warp"] for page in seen(ask, [plane, curve], mesh=8, cells=8))
    side = square["side"]
    level = ndtri((np.arange(side + 1) + 0.5) / (side + 1))
    z = np.stack(np.meshgrid(level, level), axis=-1).reshape(-1, 2)
    near(square["points"], plane.map()(z).ravel(), "square", 1e-9)
    level = ndtri((np.arange(line["side"] + 1) + 0.5) / (line["side"] + 1))
    near(line["points"], curve.map()(level).ravel(), "line", 1e-9)
    assert line["curve"] is True


def test_a_p_g_on_a_curve_shares_nothing_with_the_data(ask):
    (page,) = seen(ask, [played(PLANE.but(latent_dim=1), 10)], mesh=16)
    assert (page["jsd"], page["C"]) == (math.log(2), 0) and "curve" in page["p_g_note"]
    assert np.isnan(page["D_star"]).all() and page["D_star_known"] == 0


def test_modes_are_counted_as_gan_lab_counts_them(ask):
    rng = np.random.default_rng(3)
    unequal = spots([[0, 0], [1, 0], [2, 2]], [0.1, 1, 0.4], [1, 2, 3])
    for data in (ring(8, 2, 0.2), grid(4, 1, 0.2), BROAD, unequal):
        points = rng.normal(0.3, 1.2, (2500, 2))
        (page,) = ask([{"what": "hits", "points": points.ravel().tolist(), "data": data.as_dict()}])
        which, good = modes.nearest(points, data)
        hits = np.bincount(which[good], minlength=len(data.sds))
        np.testing.assert_array_equal(page["hits"], hits)
        assert page["good"] / 2500 == modes.high_quality(points, data).value
        assert np.count_nonzero(page["hits"]) == modes.captured(points, data).value


def test_a_frame_says_which_modes_are_missing_and_what_perfect_samples_score(ask):
    data = ring(8, 2, 0.2)
    game, other = played(PLANE.but(data=data), 60), played(PLANE.but(data=BROAD), 60)
    page, close = seen(ask, [game, other], mesh=16)
    assert page["modes_of"] == 8 == len(page["modes"])
    assert page["modes_found"] == 8 - len(page["missing"])
    assert page["quality_perfect"] == pytest.approx(1 - math.exp(-4.5), abs=1e-12)
    z = np.random.default_rng(2).normal(size=(100_000, 2))
    share = modes.high_quality(game.generate(z)[0].double().numpy(), data)
    spread = math.sqrt(share.value * (1 - share.value) / 2500)
    assert abs(page["quality"] - share.value) < 4 * spread + 1e-3
    rng, n = np.random.default_rng(1), 100_000
    which = rng.integers(2, size=n)
    real = np.array(BROAD.means)[which] + np.array(BROAD.sds)[which, None] * rng.normal(size=(n, 2))
    perfect = modes.high_quality(real, BROAD).value
    assert abs(close["quality_perfect"] - perfect) < 5 * math.sqrt(perfect * (1 - perfect) / 20_000)


def test_the_best_output_of_every_loss_is_read_back_as_D_star(ask):
    l = torch.linspace(-6, 6, 49, dtype=torch.float64)
    known = [name for name, loss in LOSSES.items() if loss.best]
    shown = ask(
        [{"what": "shown", "loss": n, "outputs": LOSSES[n].best(l).tolist()} for n in known]
    )
    best = ask([{"what": "best", "loss": n, "logits": l.tolist()} for n in known])
    for name, one, other in zip(known, shown, best, strict=True):
        near(one, other, name, 1e-9)
        near(one, (1 + np.sign(l.numpy())) / 2 if name == "hinge" else expit(l.numpy()), name, 1e-9)


def test_a_critic_of_the_f_gan_family_is_read_in_its_own_units(ask):
    l = torch.linspace(-6, 6, 49, dtype=torch.float64)
    rows = {name: row for name, row in DIVERGENCES.items() if name != "gan"}  # its D is shown
    shares = expit(l.numpy()).tolist()
    pages = ask([{"what": "own", "loss": f"f-{name}", "shares": shares} for name in rows])
    for (name, row), page in zip(rows.items(), pages, strict=True):
        near(page, row.activation(row.best(l)), name, 1e-9)


def test_a_critic_has_a_score_and_no_best_output(ask):
    critic = {"loss": "wasserstein", "clip": 0.1, "r1": 0.0, "r2": 0.0}
    games = [played(recipe.but(**critic), 30) for recipe in (LINE, PLANE)]
    line, plane = seen(ask, games, mesh=40)
    for page in (line, plane):
        assert page["D_kind"] == "score" and np.isnan(page["D_star"]).all()
        assert np.nanmin(page["D"]) == 0 and np.nanmax(page["D"]) == 1
        assert math.isnan(page["V"]) and math.isnan(page["C"])
    assert 0 < line["jsd"] < math.log(2)


def test_a_relativistic_D_is_shown_with_the_sum_that_makes_it_a_classifier(ask):
    games = [played(LINE.but(loss=loss), 0) for loss in ("relativistic", "minimax")]
    with torch.no_grad():
        games[0].D.biases[-1] += 7.0  # which no cost of a relativistic D can see
    one, other = seen(ask, games)
    assert np.abs(one["D"] - np.asarray(other["D"])).max() < 0.2
    assert one["V"] <= one["C"] + one["C_error"] and one["V"] > -1.5


@pytest.mark.parametrize(
    "recipe",
    [
        LINE.but(k=2, dtype="float64"),
        LINE.but(k=2, members=2, seed=5, latent="uniform", loss="relativistic", standardise=True),
        PLANE.but(k=2, dtype="float64"),
    ],
    ids=["line", "two members", "plane"],
)
def test_the_minibatch_of_each_line_of_algorithm_1_is_found_again(ask, recipe):
    game, drawn_by_line, questions = played(recipe, 3), [], []
    for line in game.lines(2):
        if line.x is not None:
            drawn_by_line.append(line)
            now = told(game) | {"steps": game.steps}
            questions.append({"what": "minibatch", "game": now, "line": {"name": line.name}})
    pages = ask(questions)
    assert len(pages) == 2 * (2 * 2 + 1)
    for line, page in zip(drawn_by_line, pages, strict=True):
        near(page["real" if "data" in line.name else "fake"], line.x[0].ravel(), line.name, 1e-6)
        if line.z is not None:
            near(page["z"], line.z[0].ravel(), line.name, 1e-9)


def test_the_normal_law_is_that_of_scipy(ask):
    x = np.concatenate([np.linspace(-37, 8, 400), [0.0, 1e-9, -1e-9]])
    u = np.concatenate([10.0 ** -np.arange(1, 300, 7), np.linspace(0.001, 0.999, 200)])
    cdf, quantile = ask([{"what": "cdf", "x": x.tolist()}, {"what": "quantile", "u": u.tolist()}])
    np.testing.assert_allclose(cdf, ndtr(x), rtol=1e-12, atol=0)
    np.testing.assert_allclose(quantile, ndtri(u), rtol=1e-12, atol=1e-13)
