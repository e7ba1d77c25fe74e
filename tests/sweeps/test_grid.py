"""Sweeps: every game is the one that would be played alone, wherever it is, and is counted."""

import math
import os
from concurrent.futures import BrokenExecutor, Future
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from scipy import stats

from gan_lab.datasets import moons, ring
from gan_lab.metrics.intervals import order_interval, wilson
from gan_lab.recording.frames import frame_of
from gan_lab.sweeps.grid import Sweep, merge_members, sweep
from gan_lab.sweeps.runs import processes
from gan_lab.sweeps.scorers import SCORERS
from gan_lab.training.backends import Eager
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

SMALL = Recipe(G=(6,), D=(6,), m=8, k=1, iterations=12, dtype="float64")
eagerly = partial(sweep, compiled=False, device="cpu", progress=False)


def played(recipe) -> Training:
    game = Training(recipe, "cpu")
    list(game.play(recipe.iterations))
    return game


def size_of_G(training, member):
    return float(training.G.flat[member].square().sum())


def dies_once(training, member):
    """A measure whose first call, in any process, ends the process as a kill would."""
    flag = Path(os.environ["SWEEP_FLAG"])
    if not flag.exists():
        flag.touch()
        os._exit(9)
    return size_of_G(training, member)


def wrong(training, member):
    raise ZeroDivisionError("a measure that cannot be taken")


def test_every_game_is_the_one_that_would_be_played_alone():
    found = eagerly(SMALL, {"lr_D": [1e-3, 1e-2], "k": [1, 2], "r1": [0.0, 0.1]}, seeds=2)
    assert found.diverged.shape == (2, 2, 2, 2) and not found.diverged.any()
    for (a, b, c, d), value in np.ndenumerate(found.of("jsd")):
        alone = SMALL.but(lr_D=(1e-3, 1e-2)[a], k=(1, 2)[b], r1=(0.0, 0.1)[c], seed=d)
        assert value == pytest.approx(frame_of(played(alone)).jsd, rel=1e-9)


def test_how_the_games_are_shared_out_changes_no_number():
    grid = {"lr_G": [1e-3, 3e-3], "k": [1, 2]}
    whole, parts = (eagerly(SMALL, grid, 3, together_at_most=n) for n in (64, 2))
    np.testing.assert_allclose(whole.of("jsd"), parts.of("jsd"), rtol=1e-9)


def test_the_gap_is_what_D_leaves_on_the_table():
    found = eagerly(SMALL, seeds=1, measure=["gap", "jsd"])
    seen = frame_of(played(SMALL))
    assert found.of("gap")[0] == pytest.approx(seen.C - seen.V, abs=1e-9)


def test_in_the_plane_modes_and_quality_are_counted():
    recipe = SMALL.but(data=ring(sd=0.3), latent_dim=2)
    found = eagerly(recipe, seeds=2)
    assert set(found.values) == {"modes", "quality"}
    assert np.all((found.of("modes") >= 1) & (found.of("modes") <= 8))
    assert np.all((found.of("quality") > 0) & (found.of("quality") <= 1))


def test_in_the_plane_a_game_scores_the_same_in_any_company():
    recipe = SMALL.but(data=ring(sd=0.3), latent_dim=2)
    whole, alone = (eagerly(recipe, seeds=3, together_at_most=n) for n in (64, 1))
    for name in ("modes", "quality"):
        np.testing.assert_allclose(whole.of(name), alone.of(name), atol=1.5 / 2500)


def test_games_that_diverge_are_reported_and_disturb_nobody():
    wild = eagerly(SMALL.but(optimizer="sgd"), {"lr_D": [0.01, 1e200]}, seeds=3)
    calm = eagerly(SMALL.but(optimizer="sgd"), {"lr_D": [0.01]}, seeds=3)
    assert np.all(wild.diverged[1] >= 1) and not wild.diverged[0].any()
    assert np.all(np.isnan(wild.of("jsd")[1]))
    np.testing.assert_array_equal(wild.of("jsd")[0], calm.of("jsd")[0])
    table = str(wild.table("jsd"))
    assert "3 of 3" in table and "0 of 3" in table
    share = wild.share()
    assert share.value.tolist() == [0.0, 1.0] and share.low[1] > 0.4


# What is said about many games.


def by_hand(values, diverged=None) -> Sweep:
    values = np.asarray(values, dtype=float)
    diverged = np.zeros(values.shape, dtype=int) if diverged is None else np.asarray(diverged)
    grid = {"k": tuple(range(1, len(values) + 1))}
    return Sweep(SMALL, grid, tuple(range(values.shape[1])), {"jsd": values}, diverged)


def test_the_mean_has_students_interval():
    values = np.random.default_rng(0).normal(3, 1, (2, 7))
    found = by_hand(values).mean("jsd")
    for i, row in enumerate(values):
        low, high = stats.t.interval(0.95, 6, row.mean(), stats.sem(row))
        assert (found.low[i], found.high[i]) == pytest.approx((low, high))


def test_the_median_lies_between_order_statistics_as_often_as_promised():
    rng = np.random.default_rng(1)
    for n in (6, 10, 25):
        x = np.sort(rng.exponential(size=(4000, n)), axis=1)
        _, low, high, _ = np.array([order_interval(row, 0.95) for row in x]).T
        held = np.mean((low <= math.log(2)) & (math.log(2) <= high))
        assert held > 0.95 - 4 * math.sqrt(0.05 * 0.95 / 4000)
    assert order_interval(np.arange(5.0), 0.95)[1:3] == (-math.inf, math.inf)
    assert order_interval(np.arange(10.0), 0.95)[:3] == (4.5, 1.0, 8.0)


def test_the_share_has_wilsons_interval():
    for hits, n in ((0, 10), (3, 10), (10, 10), (40, 100)):
        ours = wilson(np.array(hits), np.array(n), 0.95)
        theirs = stats.binomtest(hits, n).proportion_ci(0.95, method="wilson")
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_games_that_broke_off_or_were_not_played_are_left_out():
    found = by_hand([[1.0, 2.0, 3.0, 99.0]], [[0, 0, 0, 5]])
    assert found.mean("jsd").value[0] == 2.0 and found.mean("jsd").n[0] == 3
    assert found.share().value[0] == 0.25
    found = by_hand([[1.0, 2.0, 3.0, np.nan]], [[0, 0, 0, -1]])
    assert found.share().n[0] == 3
    assert by_hand([[1.0, 2.0]]).share([[True, False]]).value[0] == 0.5


def test_a_phase_diagram_shows_the_medians_and_the_losses():
    values = np.arange(12.0).reshape(2, 3, 2) + 1
    diverged = np.zeros((2, 3, 2), dtype=int)
    diverged[1, 2] = 4, 7
    found = Sweep(SMALL, {"k": (1, 2), "lr_D": (0.1, 0.2, 0.3)}, (0, 1), {"jsd": values}, diverged)
    ax = Figure().subplots()
    found.draw(ax, "jsd", "lr_D", "k")
    words = {(t.get_position()): t.get_text() for t in ax.texts}
    assert words[(0, 0)] == "1.5" and words[(2, 0)] == "5.5"
    assert words[(1, 1)] == "9.5" and words[(2, 1)] == "\u00d7"
    assert "lost" in ax.get_title()
    assert list(ax.images[0].get_array().mask.ravel()) == [False] * 5 + [True]
    assert [len(ax.get_xticks()), len(ax.get_yticks())] == [3, 2]
    other = Figure().subplots()
    found.draw(other, "jsd", "k", "lr_D")
    assert {(t.get_position()): t.get_text() for t in other.texts}[(0, 2)] == "5.5"
    with pytest.raises(ValueError, match="two must be drawn and the others held"):
        found.draw(ax, "jsd", "lr_D", "lr_D")


# Elsewhere, interrupted, and again.

GRID = {"k": [1, 2, 3]}


def test_a_worker_that_is_killed_costs_nothing_that_was_finished(tmp_path, monkeypatch):
    monkeypatch.setenv("SWEEP_FLAG", str(tmp_path / "died"))
    pools = []

    def executor():
        pools.append(1)
        return processes(1)()

    found = eagerly(SMALL, GRID, 2, {"size": dies_once}, executor=executor)
    here = eagerly(SMALL, GRID, 2, {"size": size_of_G})
    assert len(pools) == 2
    np.testing.assert_array_equal(found.of("size"), here.of("size"))


def test_a_dask_cluster_plays_the_same_games():
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        found = eagerly(SMALL, GRID, 2, executor=client.get_executor)
    np.testing.assert_array_equal(found.of("jsd"), eagerly(SMALL, GRID, 2).of("jsd"))


class Breaking:
    """An executor that plays `good` runs here, and then is broken."""

    def __init__(self, good):
        self.good = good

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def submit(self, task, *words):
        future = Future()
        if self.good:
            self.good -= 1
            future.set_result(task(*words))
        else:
            future.set_exception(BrokenExecutor("a worker was killed"))
        return future


def test_three_executors_that_finish_nothing_are_enough():
    made = []

    def executor():
        made.append(1)
        return Breaking(1 if len(made) == 1 else 0)

    with pytest.warns(UserWarning, match="3 executors in a row broke before one of the 2 runs"):
        found = eagerly(SMALL, GRID, 1, executor=executor)
    assert len(made) == 4 and found.note.endswith("1 of 3 runs are finished")
    assert (found.diverged[:, 0] == [0, -1, -1]).all() and np.isfinite(found.of("jsd")[0, 0])
    with pytest.raises(RuntimeError, match="3 executors in a row broke before one of the 3 runs"):
        eagerly(SMALL, GRID, 1, executor=lambda: Breaking(0))


def test_an_error_of_the_game_itself_is_no_death_of_a_worker():
    with pytest.raises(ZeroDivisionError, match="cannot be taken"):
        eagerly(SMALL, GRID, 1, {"x": wrong}, executor=lambda: Breaking(9))


def test_after_an_interrupt_no_run_is_begun_elsewhere():
    begun = []

    class Waiting(Breaking):
        def submit(self, task, *words):
            begun.append(Future())
            if len(begun) == 3:
                raise KeyboardInterrupt
            return begun[-1]

    found = eagerly(SMALL, GRID, 1, executor=lambda: Waiting(0))
    assert found.note == "interrupted: 0 of 3 runs are finished"
    assert [future.cancelled() for future in begun] == [True, True, False]


def test_it_is_compiled_where_there_is_enough_to_play(monkeypatch):
    asked = []

    def not_played(recipes, task, *words):
        asked.append(task)
        return {}, ""

    monkeypatch.setattr("gan_lab.sweeps.grid.run", not_played)
    few = {"grid": GRID, "seeds": 2}
    for recipe, words in (
        (SMALL, few),
        (SMALL.but(iterations=10**6), few),
        (Recipe(iterations=4000), {"seeds": 64}),
        (Recipe(), {"seeds": 10}),
        (Recipe(), {"grid": {"m": [32, 64, 128, 256]}, "seeds": 20}),
    ):
        sweep(recipe, device="cpu", progress=False, **words)
    assert [task.keywords["compiled"] for task in asked] == [False, True, True, False, False]


def test_a_measure_may_give_anything_that_is_one_number():
    tensor = torch.tensor(3.0, requires_grad=True)
    for one in (3, 3.0, np.float32(3), np.array(3), tensor, np.int64(3)):
        found = eagerly(SMALL, seeds=1, measure={"three": lambda t, i, one=one: one})
        assert found.of("three").tolist() == [3.0]
    with pytest.raises(ValueError, match="measure must be names with functions, not {}"):
        eagerly(SMALL, seeds=1, measure={})
    for none in ("3", None, [3], np.zeros(2), 3j, np.array(3j), np.zeros(1)):
        with pytest.raises(ValueError, match="the measure 'three' must give one number, not"):
            eagerly(SMALL, seeds=1, measure={"three": lambda t, i, none=none: none})


def test_a_bar_counts_the_iterations_of_all_games(capsys):
    eagerly(SMALL, GRID, 2, progress=True)
    assert "72.0/72.0" in capsys.readouterr().err


def test_the_bar_says_what_there_is_to_wait_for(monkeypatch, capsys):
    monkeypatch.setattr("gan_lab.training.state.backend", lambda game, compiled: Eager())
    sweep(SMALL, seeds=2, device="cpu", compiled=True, progress=True)
    assert "compiling: " in (said := capsys.readouterr().err)
    assert "compiling: " not in said.rstrip().splitlines()[-1].rpartition("\r")[2]


SOON = [(0, "", True), (900, "", False), (0, "1", False)]


@pytest.mark.parametrize(("soon", "book", "seen"), SOON)
def test_who_waits_is_told_how_far_it_is_without_asking(soon, book, seen, monkeypatch, capsys):
    monkeypatch.setenv("GAN_LAB_STATIC", book)
    monkeypatch.setattr("gan_lab.sweeps.runs.SOON", soon)
    sweep(SMALL, GRID, 2, compiled=False, device="cpu")
    assert ("72.0/72.0" in capsys.readouterr().err) == seen


def test_who_waits_for_a_compiler_is_told_at_once(monkeypatch, capsys):
    monkeypatch.setattr("gan_lab.sweeps.runs.SOON", 900)
    monkeypatch.setattr("gan_lab.training.state.backend", lambda game, compiled: Eager())
    sweep(SMALL, seeds=2, device="cpu", compiled=True)
    said = capsys.readouterr().err
    assert "compiling: " in said and said.endswith("\n")
    sweep(SMALL, seeds=2, device="cpu", compiled=False)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"grid": {"speed": [1]}}, "a recipe has no field 'speed'"),
        ({"grid": {"k": [0]}}, "k must be a whole number from 1 to 1000, not 0"),
        ({"grid": {"k": 3}}, "the axis k must be a list of values, not 3"),
        ({"grid": {"k": []}}, "the axis k must have at least one value"),
        ({"grid": {"seed": [1]}}, "seed cannot be an axis"),
        ({"grid": [1]}, "a grid must be a table"),
        ({"seeds": 0}, "seeds must be a whole number from 1"),
        ({"seeds": [1, 1]}, "seeds must be different"),
        ({"seeds": "ten"}, "seeds must be how many, or a list"),
        ({"measure": "speed"}, f"measure must be among {', '.join(SCORERS)}"),
        ({"measure": {"x": 3}}, "measure must be names with functions"),
        ({"together_at_most": 0}, "together_at_most must be a whole number"),
        ({"grid": {3: [1]}}, "an axis must be the name of a field of a recipe, not 3"),
        ({"measure": 3}, f"measure must be among {', '.join(SCORERS)}, not 3"),
        ({"executor": 3}, "executor must be a function that makes an executor, not 3"),
        ({"compiled": 1}, "compiled must be True, False or None, not 1"),
        ({"progress": 1}, "progress must be True, False or None, not 1"),
        ({"grid": {"latent_dim": [1, 2]}}, "jsd cannot be measured here: a curve needs a z of one"),
        ({"grid": {"data": [moons()]}}, "jsd cannot be measured here: a curve needs data on the"),
        ({"measure": "modes", "grid": {"data": [moons()]}}, "only a mixture of Gaussians has"),
        ({"measure": "gap", "grid": {"loss": ["minimax", "hinge"]}}, "D is no probability"),
    ],
)
def test_what_is_no_sweep_is_refused_before_anything_is_played(words, sentence, monkeypatch):
    monkeypatch.delattr(Training, "play")
    with pytest.raises(ValueError, match=sentence):
        eagerly(SMALL, **words)
    with pytest.raises(ValueError, match="a sweep needs a Recipe"):
        eagerly("a recipe")


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["jsd", "modes", "k", "lr_D"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
AXIS = st.sampled_from(["k", "lr_D", "G", "loss", "seed", "speed"]) | ANYTHING.map(str)


@settings(max_examples=150)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "grid": ANYTHING | st.dictionaries(AXIS, ANYTHING, max_size=2),
            "seeds": ANYTHING.filter(lambda n: not isinstance(n, int) or n < 100),
            "measure": ANYTHING,
            "together_at_most": ANYTHING,
            "executor": ANYTHING,
        },
    )
)
def test_anything_at_all_is_a_sweep_or_a_sentence(words):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gan_lab.sweeps.grid.run", lambda *words: ({}, "not played"))
        try:
            found = eagerly(SMALL, **words)
        except ValueError as refusal:
            assert str(refusal) and "\n" not in str(refusal)
        else:
            assert np.all(found.diverged == -1) and found.note == "not played"


@settings(max_examples=60)
@given(st.data())
def test_games_are_merged_into_one_recipe_and_come_apart_again(data):
    number = st.floats(0.001, 0.9)
    fields = {name: number for name in ("lr_D", "lr_G", "r1", "beta1", "ema")}
    games = data.draw(st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=4))
    recipes = [SMALL.but(seed=i, **game) for i, game in enumerate(games)]
    merged = merge_members(recipes)
    assert [merged.alone(i) for i in range(len(recipes))] == recipes


def test_games_that_differ_in_more_do_not_go_together():
    with pytest.raises(ValueError, match="may differ only in"):
        merge_members([SMALL, SMALL.but(k=2)])
