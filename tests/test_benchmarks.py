"""The benchmarks: a table says where it was made; scores of modes are those of the samples."""

import importlib.util
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from gan_lab.core.random_streams import Stream
from gan_lab.datasets import grid, ring
from gan_lab.datasets.minibatches import FOR_D, draw
from gan_lab.metrics.modes import captured
from gan_lab.training.recipe import PRESETS

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
TINY = {"iterations": 2, "m": 8, "G": (4,), "D": (4,)}
SHARED = (
    "data",
    "latent",
    "latent_dim",
    "G",
    "D",
    "activation",
    "gain",
    "m",
    "optimizer",
    "lr_D",
    "lr_G",
    "beta1",
    "beta2",
    "schedule",
    "ema",
    "iterations",
    "standardise",
    "seed",
)


def loaded(name: str):
    """A script of benchmarks/, with that folder on the path as when it is run."""
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", BENCHMARKS / f"{name}.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def benchmark():
    return loaded("modes")


@pytest.mark.parametrize("name, data", [("ring", ring()), ("grid", grid())])
def test_every_method_plays_the_preset_s_game_on_pacgan_s_data(benchmark, name, data):
    preset = PRESETS[f"pacgan-{name}"]
    assert preset.data == data and preset.seed == 0
    for own in benchmark.METHODS.values():
        recipe = preset.but(**own)
        assert all(getattr(recipe, field) == getattr(preset, field) for field in SHARED)


def test_no_two_methods_are_the_same_game(benchmark):
    assert len({repr(PRESETS["pacgan-grid"].but(**own)) for own in benchmark.METHODS.values()}) == 6


@pytest.mark.parametrize("name", ["ring", "grid"])
def test_a_short_run_writes_a_row_for_every_method(benchmark, name, tmp_path):
    text = benchmark.run(name, tmp_path, **TINY).read_text()
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    own = {line.split("|")[1].strip() for line in rows}
    assert set(benchmark.METHODS) | {"samples of the data", "ALI", "PacGAN4"} <= own
    data = PRESETS[f"pacgan-{name}"].data
    assert "seeds are 0 to 9" in text and f"data={data!r}" in text
    one = next(line for line in text.splitlines() if line.startswith("- WGAN-GP: ") and "/" in line)
    assert one.count("/") == benchmark.SEEDS


def test_the_seeds_of_a_result_are_those_of_single_games(benchmark):
    recipe = PRESETS["pacgan-ring"].but(**TINY, dtype="float64")
    together = benchmark.trained(recipe.but(members=2)).rows
    alone = np.concatenate([benchmark.trained(recipe.but(seed=i)).rows for i in range(2)])
    assert np.array_equal(together, alone)


def test_scores_of_the_data_are_those_of_a_perfect_generator(benchmark):
    data = grid()
    x = draw(data, Stream([3]), FOR_D, 0, 2500)[0].numpy()
    modes, good, kl = benchmark.scores(x, data)
    assert modes == 25 == captured(x, data).value
    expected = 1 - np.exp(-4.5)
    assert abs(good - expected) < 4 * np.sqrt(expected * (1 - expected) / 2500)
    assert 0 < kl < 4 * 24 / (2 * 2500)


def test_a_mean_comes_with_its_standard_error(benchmark):
    assert benchmark.mean(np.array([1.0, 2.0, 3.0, 4.0]), 2) == "2.50 ± 0.65"
    assert benchmark.mean(np.array([1.0, np.inf, 1.0]), 2) == "1.00 (median)"


def test_the_verdict_counts_seeds_and_names_what_is_missing(benchmark):
    rows = np.array([[25, 0.96, 0.0], [25, 0.94, 0.0], [24, 0.97, 0.0], [25, 0.95, 0.0]])
    result = benchmark.Result(PRESETS["pacgan-grid"].but(members=4), rows, 1.0, 1.0, None)
    text = benchmark.verdict({"GAN": result})
    assert "high quality: GAN 2." in text
    assert text.endswith("Not run yet: the preset, PacGAN4, R1, R3GAN, WGAN-GP.")
    assert "Not run" not in benchmark.verdict(dict.fromkeys(benchmark.METHODS, result))


def test_an_unknown_data_set_is_refused(benchmark):
    with pytest.raises(SystemExit, match="no data set 'rings': the names are ring, grid"):
        benchmark.main(["rings"])


def test_a_machine_is_named_with_its_processor_cores_and_versions():
    words = loaded("machine").machine("scipy")
    assert re.fullmatch(
        r"Processor: \S.*, \d+ cores\. Python [\d.]+\S*, torch \S+ \(\w+ kernels\), numpy \S+, "
        r"scipy \S+\.",
        words,
    )
    assert np.__version__ in words and "unknown" not in words.lower()


def test_a_processor_is_found_where_one_way_to_ask_fails(monkeypatch):
    machine = loaded("machine")
    monkeypatch.setattr(machine, "from_cpuinfo", lambda: "")
    monkeypatch.setattr(machine, "from_sysctl", missing)
    monkeypatch.setattr(machine.platform, "processor", lambda: " Some  processor ")
    assert machine.processor() == "Some processor"
    monkeypatch.setattr(machine.platform, "processor", lambda: "")
    assert machine.processor() == machine.platform.machine()


def missing():
    raise FileNotFoundError("sysctl")


def test_a_fresh_table_names_the_machine(benchmark, tmp_path):
    text = benchmark.run("ring", tmp_path, **TINY).read_text()
    assert loaded("machine").machine() in text


def test_digits_are_scored_for_every_seed(monkeypatch):
    digits = loaded("digits")
    monkeypatch.setattr(digits, "SEEDS", 2)
    found = digits.ten("digits", **TINY)
    rows = np.array(found["rows"])
    assert rows.shape == (2, 3) and np.all(rows[:, 0] <= 1) and found["seconds"] > 0
    kept = [*found["scores"].values(), found["pictures"]]
    assert all(len(of_seeds) == 2 for of_seeds in kept)
    text = digits.table("digits", found)
    assert text.count("\n| ") == 4 and "Mean " in text
    good = np.array([[0.81, 0.04, 1.0], [0.71, 0.02, 1.0]])
    assert "Mean 76.0% (goal: 80%); 1 of 2 seeds at 72% or more" in digits.verdict(good)
    assert digits.verdict(good).endswith("every digit at 3% or more in 1.")


TABLES = sorted(path for path in BENCHMARKS.glob("*.md") if path.name != "README.md")


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.name)
def test_every_committed_table_says_on_which_processor_it_was_made(table):
    head = table.read_text(encoding="utf-8").split("\n| ")[0]
    (processor,) = re.findall(r"Processor: ([^.]+)\.", head)
    assert "not recorded" in processor or re.search(r"\d cores. Python [\d.]+, torch \d", head)


def test_the_panels_of_figure_1_are_looked_for_in_every_member(monkeypatch):
    optimum = loaded("optimum")
    monkeypatch.setattr(optimum, "SEEDS", 2)
    monkeypatch.setitem(optimum.PRESETS, "figure-1", PRESETS["figure-1"].but(**TINY, k=1))
    text = optimum.table("figure-1", *optimum.ten("figure-1"))
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert rows[0].endswith("| panels found |") and len({row.count("|") for row in rows}) == 1
    assert [row.split("|")[-2].strip()[:8] for row in rows[2:4]] == ["no panel"] * 2
    assert "All four panels are found in 0 of 2." in text


def test_the_seconds_of_a_lesson_s_step_come_as_a_range_that_holds_them():
    lessons = loaded("lessons")
    assert lessons.in_words([0.2, 0.9]) == "at once"
    assert lessons.in_words([0.2, 1.9]) == "up to 2 s"
    assert lessons.in_words([4.0, 16.0]) == "about 3 to 20 s"
    assert lessons.row("lesson-45", 0, [(1, 0.3), (2, 0.4)]) == (
        "| lesson-45 | 1 | 1.0 to 2.0 | 0.3 to 0.4 | at once |"
    )
