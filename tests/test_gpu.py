"""What `make gpu` does on a card, done on the CPU: every stage, its failures, and its end."""

import copy
import itertools
import json
import math
import os
import shutil
import subprocess
import sys
import threading
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
import torch
from small_games import CHANGES, SMALL, after, close, same
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from benchmarks.gpu import __main__ as gpu
from benchmarks.gpu import crossover, graphs, memory, parity, pictures
from benchmarks.gpu.compare import SINGLE, deviation
from benchmarks.gpu.rehearsal import RunsOut, rehearsed
from gan_lab import datasets
from gan_lab.core.random_streams import Stream
from gan_lab.training import backends, device, state
from gan_lab.training import memory as room
from gan_lab.training.loop import Training
from gan_lab.training.losses import LOSSES
from gan_lab.training.optimizers import OPTIMIZERS
from gan_lab.training.recipe import PRESETS
from gan_lab.training.rewind import Rewindable

ROOT = Path(__file__).parents[1]
TINY = SMALL.but(m=4, G=(3,), D=(3,), k=1)


def staged(name, folder, seconds=600.0, **options):
    """A stage rehearsed in this process: its exit status, and its figures."""
    status = gpu.stage(name, "cpu", folder, time.monotonic() + seconds, **options)
    return status, (folder / f"{name}.md").read_text()


def rows(text):
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


# -- the stages -------------------------------------------------------------------------------


def test_every_loss_meets_every_penalty_and_every_optimizer():
    assert len(parity.rows()) == len(LOSSES) * 6
    assert set(parity.WAYS) == set(OPTIMIZERS) and len(parity.COLUMNS) == 2 + 3 + 1


def test_parity_says_that_the_card_s_games_are_those_of_the_cpu(tmp_path):
    status, text = staged("parity", tmp_path, these=[("relativistic", "gp")])
    assert status == 0 and rows(text)[0][:2] == ["relativistic", "gp"]
    assert "are those of the CPU" in text and "rehearsal on the CPU" in text


@pytest.mark.parametrize("wrong", [{"lr_D": 4.0001e-3}, {"r1": 1e-5}, {"seed": 6}])
def test_parity_notices_another_game(wrong, tmp_path, monkeypatch):
    calls = itertools.count()

    def played(recipe, device, iterations):
        recipe = recipe.but(**wrong) if next(calls) % 2 == 0 else recipe
        return after(Training(recipe, device), iterations)

    monkeypatch.setattr(parity, "played", played)
    status, text = staged("parity", tmp_path, these=[("minimax", "none")])
    assert status == gpu.FAILED and "too far" in rows(text)[0][2]


class TenBits(TorchDispatchMode):
    """Matrix products of factors that were rounded to ten bits, as TensorFloat-32 has them."""

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        if function in (torch.ops.aten.bmm.default, torch.ops.aten.baddbmm.default):
            args = [*args[:-2], *map(self.rounded, args[-2:])]
        return function(*args, **(kwargs or {}))

    def rounded(self, x):
        return (x.view(torch.int32) + 2**12 & -(2**13)).view(torch.float32)


@pytest.mark.parametrize("loss, held", [("minimax", "none"), ("hinge", "r1"), ("f-js", "gp")])
def test_products_of_ten_bits_are_not_taken_for_float32(loss, held):
    recipe = parity.BASE.but(loss=loss, **parity.HELD[held]).but(**parity.PLAIN)
    full = after(Training(recipe, "cpu"), parity.ITERATIONS)
    with TenBits():
        short = after(Training(recipe, "cpu"), parity.ITERATIONS)
    assert deviation(short, full)[0] > 3 * SINGLE


def test_parity_notices_other_random_numbers(tmp_path, monkeypatch):
    other = itertools.count()
    monkeypatch.setattr(parity, "Stream", lambda seeds, device: Stream([next(other)] * 3, "cpu"))
    status, text = staged("parity", tmp_path, these=[])
    assert status == gpu.FAILED and "are NOT those of the CPU: uniform, normal" in text


def test_an_infinite_weight_is_infinitely_far_from_a_finite_one():
    one, other = after(Training(TINY, "cpu"), 1), after(Training(TINY, "cpu"), 1)
    assert deviation(one, other)[0] == 0.0
    one.optimizer_D.first[0, 0] = math.nan
    assert deviation(one, other) == (math.inf, "first of D")
    assert deviation(after(other, 1), one)[0] == math.inf


def test_graphs_are_held_against_eager_moves(tmp_path):
    these = [row for row in graphs.rows() if row[0] in ("spectral", "changed midway: the loss")]
    status, text = staged("graphs", tmp_path, these=these)
    assert status == 0 and [row[1] for row in rows(text)] == ["CUDA graph, rehearsed"] * 2


def test_the_graphs_of_the_issue_are_all_asked_for():
    asked = {name for _, more, change in graphs.rows() for name in (*more, *change)}
    assert asked >= {
        "k",
        "r1",
        "r2",
        "gp",
        "instance_noise",
        "spectral",
        "members",
        "unrolled",
        "ema",
        "packing",
        "smoothing",
        "clip",
    }


def nothing(act, device):
    made = act()
    return (lambda: None), made


def baked(act, device):
    made = act()
    return (lambda: [held.add_(1e-5) for held in made]), made


@pytest.mark.parametrize("record", [nothing, baked])
def test_a_graph_that_does_something_else_fails_the_stage(record, tmp_path, monkeypatch):
    monkeypatch.setattr(backends, "rehearsed", record)
    status, text = staged("graphs", tmp_path, these=graphs.rows()[:1])
    assert status == gpu.FAILED and rows(text)[0][1] == "eager" and "is off by" in rows(text)[0][3]


def test_what_does_not_fit_is_said_in_a_sentence_and_nothing_is_lost(tmp_path, monkeypatch):
    assert len(memory.cases("cpu")) == 4 + 2 * len(memory.MOVES)
    moves = {name: memory.MOVES[name] for name in ("eager, spectral", "as a graph")}
    monkeypatch.setattr(memory, "MOVES", moves)
    status, text = staged("memory", tmp_path)
    assert status == 0 and len(rows(text)) == 4 + 2 * 2
    assert all(row[-1] == "as it must be" for row in rows(text))


def test_a_foreign_error_of_memory_fails_the_stage(tmp_path, monkeypatch):
    first = memory.cases("cpu")[:2]
    monkeypatch.setattr(memory, "cases", lambda device: first)
    monkeypatch.setattr(room, "out_of_memory", lambda error: False)
    status, text = staged("memory", tmp_path)
    assert status == gpu.FAILED and text.count("A FOREIGN ERROR") == 2


def test_times_are_written_for_every_number_of_members(tmp_path, monkeypatch):
    from benchmarks.gpu import speed

    monkeypatch.setattr(speed, "ROUNDS", 1)
    monkeypatch.setattr(speed, "SECONDS", 1e-3)
    status, text = staged("speed", tmp_path, these=(1, 3))
    assert status == 0 and [row[0] for row in rows(text)] == ["1", "3"]
    assert all(float(cell) > 0 for row in rows(text) for cell in row)
    assert speed.MEMBERS == (1, 64, 1024, 4096)


def test_games_of_pictures_play_a_stated_number_of_iterations(tmp_path, monkeypatch):
    small = {name: PRESETS[name].but(G=(4, 4), D=(4, 4), m=4) for name in pictures.GAMES}
    monkeypatch.setattr(pictures, "PRESETS", small)
    monkeypatch.setattr(pictures, "ITERATIONS", 2)
    asked = [(3, "digits", "graph"), (2, "digits dcgan", "eager")]
    status, text = staged("pictures", tmp_path, these=asked)
    assert status == 0
    assert [row[:2] for row in rows(text)] == [["digits", "3"], ["digits dcgan", "2"]]
    for _, members, _, played, seconds, steps, all_steps, lost in rows(text):
        assert played == "2" and lost == "0" and float(seconds) >= 0 and float(steps) > 0
        assert float(all_steps) == pytest.approx(int(members) * float(steps), rel=0.05, abs=2)


def test_a_game_of_pictures_ends_with_its_time():
    game = Training(PRESETS["digits"].but(G=(4,), D=(4,), m=4), "cpu")
    played, seconds = pictures.timed(game, 1000, 0.0)
    assert played == 1 and seconds > 0 and game.t == pictures.BEFORE + 1


def test_a_member_that_is_lost_fails_the_stage_of_pictures(tmp_path, monkeypatch):
    wild = PRESETS["digits"].but(optimizer="sgd", lr_D=1e30, norm="none", G=(4,), D=(4,), m=4)
    monkeypatch.setattr(pictures, "PRESETS", {"digits": wild})
    status, text = staged("pictures", tmp_path, these=[(2, "digits", "eager")])
    assert status == gpu.FAILED and int(rows(text)[0][-1]) > 0


def test_without_scikit_learn_there_are_no_games_of_pictures(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)
    status, text = staged("pictures", tmp_path)
    assert status == 0 and rows(text) == [] and "scikit-learn, which has the digits" in text


@pytest.mark.parametrize("there", [True, False] if find_spec("jax") else [False])
def test_jax_is_put_beside_where_it_can_be_imported(there, tmp_path, monkeypatch):
    from benchmarks import speed
    from benchmarks.gpu import beside_jax

    if not there:
        monkeypatch.setattr(speed, "jax", None)
    monkeypatch.setattr(beside_jax, "ROUNDS", 1)
    monkeypatch.setattr(beside_jax, "SECONDS", 1e-3)
    status, text = staged("beside_jax", tmp_path, these=(2,))
    assert status == 0 and len(rows(text)) == there
    assert there or "JAX cannot be imported here" in text


def test_the_size_from_which_the_card_wins_is_written(tmp_path, monkeypatch):
    gains = iter([0.5, 2.0, 0.25, 0.5, 4.0, 4.0])
    monkeypatch.setattr(crossover, "best", lambda pair, *how: {"card": 1.0, "CPU": next(gains)})
    games = [TINY.but(members=n) for n in (1, 4, 16)]
    families = {"a": games[:2], "b": games[:1] + games[2:] + games[2:], "c": games[1:2]}
    status, text = staged("crossover", tmp_path, families=families)
    found = json.loads((tmp_path / "crossover.json").read_text())
    one = device.multiplications(games[0])
    assert one == 4 * (2 * 3 + 2 * 3)
    assert found["families"]["a"]["from"] == pytest.approx(2 * one)
    assert found["card"] is None and not found["measured"]  # a rehearsal sets no number
    assert found["cuda_from"] == device.CUDA_FROM
    assert status == 0 and "multiplications on" in text


def test_the_card_wins_from_where_it_loses_no_more():
    assert crossover.crossing([1, 10, 100], [0.1, 10.0, 20.0]) == pytest.approx(10**0.5)
    assert crossover.crossing([1, 10, 100, 1000], [2.0, 0.5, 0.5, 2.0]) == pytest.approx(10**2.5)
    assert crossover.crossing([1, 10], [1.0, 3.0]) == 1
    assert crossover.crossing([1, 10], [3.0, 0.9]) is None and crossover.crossing([], []) is None
    assert crossover.decided({"a": 1.2e6, "b": 3.1e7}) == 4 * 10**7
    assert crossover.decided({"a": 3e7}) == 3 * 10**7
    assert crossover.decided({"a": 1.0, "b": None}) is crossover.decided({}) is None


def test_auto_goes_by_the_number_that_was_written():
    written = json.loads((ROOT / "benchmarks/gpu/crossover.json").read_text())
    assert device.CUDA_FROM == written["cuda_from"]
    source = (ROOT / "gan_lab/training/device.py").read_text()
    assert ("An estimate: no card has been measured" in source) != written["measured"]


# -- how the stages are run -------------------------------------------------------------------


def test_a_stage_stops_itself_and_says_what_it_did_not_get_to(tmp_path):
    status, text = staged("parity", tmp_path, seconds=0.0)
    assert status == 0 and f"Not reached in the time of this stage ({len(parity.rows())})" in text
    assert "f-kl with gp" in text and rows(text) == []


def test_figures_are_whole_after_every_row(tmp_path, monkeypatch):
    seen = []

    def run(found, clock, device):
        for i in range(2):
            found.row(i, "a | b")
            seen.append((tmp_path / "parity.md").read_text())
        raise RuntimeError("the card\nfell off")

    monkeypatch.setattr(parity, "run", run)
    status, text = staged("parity", tmp_path)
    assert [len(rows(s)) for s in seen] == [1, 2] and rows(seen[1])[1][1] == "a / b"
    assert status == gpu.FAILED and text.startswith(seen[1].rstrip())
    assert "This stage broke off: RuntimeError: the card fell off" in text
    assert [path.name for path in tmp_path.iterdir()] == ["parity.md"]


def test_a_stage_that_does_not_end_is_ended_and_the_next_one_runs(tmp_path, monkeypatch):
    text = gpu.apart("parity", "cpu", tmp_path, 50.0, limit=0.01)
    assert text == "it was ended after 0.01 s"
    assert "This stage is not whole" in (tmp_path / "parity.md").read_text()
    ends = iter(["it broke off", ""])
    monkeypatch.setattr(gpu, "apart", lambda *how: next(ends))
    assert gpu.main(["--device", "cpu", "--out", str(tmp_path), "parity", "graphs"]) == 1
    assert next(ends, None) is None


def test_a_process_that_breaks_off_is_told_in_its_figures(tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    broken = tmp_path / "bin" / "python"
    broken.write_text("#!/bin/sh\necho 'ModuleNotFoundError: torch' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    words = gpu.apart("graphs", "cpu", tmp_path, 50.0, limit=600)
    assert words == "its process broke off (exit status 1): ModuleNotFoundError: torch"
    assert words in (tmp_path / "graphs.md").read_text()
    broken.write_text("#!/bin/sh\nkill -SEGV $$\n")
    assert "ended by SIGSEGV" in gpu.apart("graphs", "cpu", tmp_path, 50.0, limit=600)


def test_a_stage_in_its_own_process_ends_as_its_figures_say(tmp_path):
    assert gpu.apart("parity", "cpu", tmp_path, 0.0, limit=600) == ""
    assert "are those of the CPU" in (tmp_path / "parity.md").read_text()


def test_without_a_card_there_is_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert gpu.main([]) == 2
    said = capsys.readouterr().out
    assert said.startswith("There is no CUDA card here") and said.count("\n") == 1


def test_options_come_from_the_environment_too(monkeypatch, tmp_path):
    monkeypatch.setenv("GPU_DEVICE", "cpu")
    assert gpu.read([]).out == ROOT / "_build" / "gpu" and gpu.read([]).device == "cpu"
    monkeypatch.setenv("OUT", str(tmp_path))
    assert gpu.read([]).out == tmp_path and gpu.read([]).stages == list(gpu.STAGES)
    monkeypatch.setenv("GPU_DEVICE", "")
    monkeypatch.delenv("OUT")
    assert gpu.read([]).device == "cuda" and gpu.read([]).out == ROOT / "benchmarks" / "gpu"


@pytest.mark.parametrize("words", [["--device", "tpu"], ["parities"]])
def test_what_is_no_option_is_refused(words, capsys):
    with pytest.raises(SystemExit):
        gpu.read(words)
    assert "not 'tpu'" in (said := capsys.readouterr().err) or "no stage 'parities'" in said


def test_all_figures_come_back_from_a_machine_that_hands_back_eight_files():
    assert len(gpu.STAGES) + 1 <= 8  # a table for each stage, and crossover.json
    assert gpu.LIMIT * len(gpu.STAGES) <= 8 * 60


BLOCKED = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"anywidget", "ipywidgets", "IPython", "tqdm", "playwright",
                                  "traitlets", "jupyter_book", "jax"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Blocked())
import benchmarks.gpu, gan_lab
for room in (gan_lab, benchmarks.gpu):
    for found in pkgutil.walk_packages(room.__path__, room.__name__ + ".", onerror=print):
        if not found.name.startswith("gan_lab.widgets") and "__main__" not in found.name:
            importlib.import_module(found.name)
            print(found.name)
import gan_lab.__main__, benchmarks.gpu.__main__
"""


def test_a_machine_without_widgets_can_import_everything_else():
    here = dict(os.environ, PYTHONPATH=str(ROOT))
    ended = subprocess.run(
        [sys.executable, "-c", BLOCKED], cwd=ROOT, env=here, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr
    names = set(ended.stdout.split())
    assert {"gan_lab.training", "gan_lab.sweeps.grid", "gan_lab.theory.folds"} <= names
    assert {f"benchmarks.gpu.{stage}" for stage in gpu.STAGES} <= names


def test_make_gpu_asks_for_no_environment(tmp_path):
    """It takes the one that is there, and where none is, python3 as it is."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    said = subprocess.run(
        ["make", "-n", "gpu"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    assert said.strip().endswith("'python3' -m benchmarks.gpu") and len(said.splitlines()) == 1


# -- what a card will ask of the engine -------------------------------------------------------


class OffTheCard(TorchDispatchMode):
    """Which operations touch memory that is not the card's, here the device meta."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        made = function(*args, **(kwargs or {}))
        tensors = (t for t in tree_leaves((args, kwargs, made)) if isinstance(t, torch.Tensor))
        if any(t.device.type != "meta" for t in tensors):
            self.seen.append(str(function))
        return made


SETS = [
    datasets.bimodal(),
    datasets.ring(),
    datasets.moons(),
    datasets.spiral(),
    datasets.swiss_roll(),
    datasets.two_rings(),
]
KINDS = [
    *graphs.GAMES.values(),
    *({"loss": loss} for loss in LOSSES),
    *({"data": source, "latent": "uniform"} for source in SETS),
]


@pytest.mark.parametrize("more", KINDS, ids=str)
def test_a_move_stays_on_the_card_and_asks_the_host_for_nothing(more, monkeypatch):
    monkeypatch.setattr(state, "resolve_device", lambda device, recipe: torch.device("meta"))
    game = Training(SMALL.but(members=2).but(**more), "cuda")
    for player in "DG":
        real, z = game.sampled(player)
        with OffTheCard() as off:
            move = backends.TracedMove(game, player, real, z)
            arguments = move.arguments(game, real, z)
            move(*arguments)  # on the device meta, a number that the host reads is an error
        assert off.seen == []
        assert all(a.device.type == "meta" for a in arguments)


def test_what_the_host_reads_would_be_noticed(monkeypatch):
    monkeypatch.setattr(state, "resolve_device", lambda device, recipe: torch.device("meta"))
    game = Training(SMALL, "cuda")
    with pytest.raises((RuntimeError, NotImplementedError), match="meta"):
        game.update_discriminator()  # its last line asks whether the sum is finite


@pytest.fixture
def on_graphs(monkeypatch):
    with rehearsed("cpu"):
        yield


def test_two_games_that_are_played_at_once_share_a_graph_and_no_number(on_graphs):
    games = [Training(TINY.but(seed=i), "cpu", compiled=True) for i in range(3)]
    assert len(backends.Traced.READY) == 2
    threads = [threading.Thread(target=after, args=(game, 20)) for game in games]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for game in games:
        close(game, after(Training(game.recipe, "cpu"), 20))


def test_a_graph_is_replayed_for_one_game_at_a_time():
    class Sum:
        states = 1

        def __call__(self, weights, number):
            return ((weights + number).sum(),)

    def record(act, device):
        (made,) = act()

        def replay():
            (new,) = act()
            time.sleep(0.005)  # in which another game would copy its own numbers in
            made.copy_(new)

        return replay, (made,)

    run = backends.captured_move(Sum(), [torch.zeros(2), torch.zeros(1)], record)
    found = {}

    def asked(i):
        for _ in range(5):
            weights = torch.full((2,), float(i))
            found.setdefault(i, []).extend([run(weights, torch.ones(1))[0].item(), *weights])

    threads = [threading.Thread(target=asked, args=(i,)) for i in range(4)]
    for act in (threading.Thread.start, threading.Thread.join):
        for thread in threads:
            act(thread)
    assert found == {i: [2.0 * i + 2.0, i, i] * 5 for i in range(4)}


@pytest.mark.parametrize("changes", [{"loss": "hinge"}, {"optimizer": "rmsprop"}, {"m": 8}])
def test_rules_that_cannot_be_captured_are_played_eagerly_from_there(changes, monkeypatch):
    with rehearsed("cpu"):
        fast, slow = (after(Training(SMALL, "cpu", compiled=c), 2) for c in (True, False))
        assert fast.backend.name.startswith("CUDA graph")

        def broken(act, device):
            raise RuntimeError("CUDA error: operation not permitted\nand more")

        monkeypatch.setattr(backends, "rehearsed", broken)
        fast.backend.translate = partial(backends.captured_move, record=broken)
        for game in (fast, slow):
            game.change(**changes)
            after(game, 2)
    assert fast.backend.name == "eager" and "operation not permitted" in fast.backend.note
    assert "\n" not in fast.backend.note
    close(fast, slow)


# -- memory that runs out ---------------------------------------------------------------------


ERRORS = [
    torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
    RuntimeError("CUDA error: out of memory\nCUDA kernel errors might be reported later"),
    RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    RuntimeError("cusolver error: CUSOLVER_STATUS_ALLOC_FAILED, when calling `cusolverDnCreate`"),
    RuntimeError(
        "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't "
        "allocate memory: you tried to allocate 17592186044416 bytes."
    ),
    MemoryError("Unable to allocate 8.00 TiB for an array"),
    MemoryError(),
]


def raising(error):
    def act(*given, **named):
        raise error

    return act


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_whoever_says_that_memory_ran_out_is_given_in_a_sentence(error, monkeypatch):
    game = after(Training(SMALL, "cpu"), 2)
    held = copy.deepcopy(game)
    monkeypatch.setattr(
        game.G, "__class__", type("Broken", (type(game.G),), {"__call__": raising(error)})
    )
    for act in (
        game.update_discriminator,
        game.update_generator,
        lambda: game.generate([[0.5]]),
        lambda: next(game.play(1)),
        lambda: list(game.lines(1)),
    ):
        with pytest.raises(ValueError, match="not fit into the memory of cpu") as refusal:
            act()
        assert "\n" not in str(refusal.value)
        assert refusal.value.__context__ is refusal.value.__cause__ is None
    assert same(game, held) and (game.t, game.steps) == (held.t, held.steps)


def test_another_error_stays_what_it_is(monkeypatch):
    game = Training(SMALL, "cpu")
    monkeypatch.setattr(game.backend, "move", raising(RuntimeError("shapes do not match")))
    with pytest.raises(RuntimeError, match="shapes do not match"):
        game.update_discriminator()


@pytest.mark.parametrize("operations", [0, 5, 60])
def test_a_game_that_is_too_large_from_the_start_is_refused(operations):
    words = "2 members, hidden layers .*: make members, m, k, unrolled or the widths"
    with RunsOut(operations), pytest.raises(ValueError, match=words):
        Training(SMALL.but(members=2), "cpu")


@pytest.mark.parametrize(
    "changes",
    [
        {**c}
        for c in CHANGES
        if set(c) & {"optimizer", "ema", "spectral", "lr_G", "activation", "latent", "loss"}
    ],
    ids=str,
)
def test_a_change_that_finds_no_memory_changes_nothing(changes):
    game = after(Training(SMALL.but(members=2), "cpu"), 2)
    held = copy.deepcopy(game)
    for count in itertools.count():
        with RunsOut(count) as out:
            words = memory.refused(lambda: game.change(**changes))
        if not out.ran_out:
            break
        assert "the game stands as it was" in words
        assert game.recipe == held.recipe and deviation(game, held)[0] == 0.0
        assert game.G.activation == held.recipe.activation
    assert game.recipe == held.recipe.but(**changes)
    with RunsOut(10**9):
        held.change(**changes)
    assert same(after(game, 2), after(held, 2))


def test_what_other_games_left_behind_is_let_go_before_a_game_is_refused(on_graphs):
    old = after(Training(SMALL, "cpu", compiled=True), 1)
    game, attempts = Training(TINY, "cpu"), []

    def move(*given):
        attempts.append(len(backends.Traced.READY))
        if len(attempts) == 1:
            raise ERRORS[0]
        return backends.Eager().move(*given)

    game.backend = type("Path", (backends.Eager,), {"move": lambda self, *given: move(*given)})()
    game.update_discriminator()
    assert attempts == [2, 0] and same(game, after_D(Training(TINY, "cpu")))
    close(after(old, 2), after(Training(SMALL, "cpu"), 3))


def after_D(game):
    game.update_discriminator()
    return game


def test_a_game_that_can_be_taken_back_can_be_after_a_refusal(monkeypatch):
    monkeypatch.setattr(room, "KEEPS", ("cpu",))
    game = Rewindable(SMALL, "cpu")
    after(game, 2)
    held = copy.deepcopy(game)
    with RunsOut(30):
        assert memory.refused(game.update_discriminator).endswith("the game stands as it was")
    assert game.moves == held.moves and same(game, held)
    game.back(2)
    assert same(after(game, 1), held)
