"""Kept runs: never stale, never a stranger's, never torn; nothing lost and nothing done twice."""

import json
import multiprocessing
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from gan_lab.sweeps import kept_runs, runs
from gan_lab.sweeps.grid import sweep
from gan_lab.sweeps.kept_runs import Claims, Folder, Outcome
from gan_lab.training.recipe import Recipe

SMALL = Recipe(G=(4,), D=(4,), m=8, k=1, iterations=3)
GRID = {"k": [1, 2, 3]}
eagerly = partial(sweep, compiled=False, device="cpu", progress=False)
OFFSET = 0.0


def size_of_G(training, member):
    return float(training.G.flat[member].square().sum()) + OFFSET


def written(path) -> list[Path]:
    return sorted(Path(path).glob("run-*.json"))


@contextmanager
def no_play(monkeypatch, but=0):
    """Within this, more than so many runs played are a failure."""
    played, outcome = [], sys.modules["gan_lab.sweeps.grid"].outcome

    def counted(recipe, *rest, **words):
        played.append(recipe)
        assert len(played) <= but, "this run is kept"
        return outcome(recipe, *rest, **words)

    with monkeypatch.context() as patch:
        patch.setattr("gan_lab.sweeps.grid.outcome", counted)
        yield played


# What is kept is what would be played.


def test_a_sweep_that_is_kept_is_not_played_again(tmp_path, monkeypatch):
    first = eagerly(SMALL, GRID, 2, path=tmp_path)
    with no_play(monkeypatch):
        again = eagerly(SMALL, GRID, 2, path=tmp_path)
    np.testing.assert_array_equal(first.of("jsd"), again.of("jsd"))
    assert again.note == "" and not list(tmp_path.glob("*.claim")) + list(tmp_path.glob("*.owner"))


def test_games_that_diverged_are_kept_as_such(tmp_path, monkeypatch):
    wild = SMALL.but(optimizer="sgd", lr_D=1e200, dtype="float64")
    first = eagerly(wild, seeds=2, path=tmp_path)
    with no_play(monkeypatch):
        again = eagerly(wild, seeds=2, path=tmp_path)
    assert first.diverged.all() and np.array_equal(first.diverged, again.diverged)
    assert np.isnan(again.values["jsd"]).all()


def test_a_corrected_measure_gives_its_own_numbers(tmp_path):
    def go(measure):
        return eagerly(SMALL, seeds=2, measure={"score": measure}, path=tmp_path).of("score")[0]

    def made(number):
        return lambda t, i: number

    def with_default(t, i, number=6.0):
        return number

    class Scorer:
        def __init__(self, number):
            self.number = number

        def __call__(self, t, i):
            return self.number

        def of(self, t, i):
            return -self.number

    def constant(t, i):
        return OFFSET + 1

    assert go(lambda t, i: 1.0) == 1.0 and go(lambda t, i: 2.0) == 2.0
    assert go(made(3.0)) == 3.0 and go(made(4.0)) == 4.0
    assert go(with_default) == 6.0 and go(partial(with_default, number=7.0)) == 7.0
    assert go(Scorer(8.0)) == 8.0 and go(Scorer(9.0)) == 9.0 and go(Scorer(9.0).of) == -9.0
    assert go(constant) == 1.0
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(globals(), "OFFSET", 41.0)
        assert go(constant) == 42.0


@pytest.mark.parametrize(
    "change",
    [
        {"recipe": SMALL.but(lr_G=0.5)},
        {"seeds": [5, 6]},
        {"together_at_most": 1},
        {"grid": {"k": [4]}},
        {"measure": {"jsd": size_of_G}},
        {"measure": "gap"},
    ],
)
def test_another_sweep_takes_nothing_of_it_and_both_are_kept(change, tmp_path, monkeypatch):
    usual = {"recipe": SMALL, "seeds": 2, "path": tmp_path}
    first = eagerly(**usual)
    other = eagerly(**usual | change)
    alone = eagerly(**usual | change | {"path": None})
    for name, values in other.values.items():
        np.testing.assert_array_equal(values, alone.values[name])
    with no_play(monkeypatch):
        np.testing.assert_array_equal(eagerly(**usual).of("jsd"), first.of("jsd"))
        eagerly(**usual | change)


@pytest.mark.parametrize("what", ["gan_lab", "code", "torch", "numpy", "scipy", "python"])
def test_another_version_takes_nothing(what, tmp_path, monkeypatch):
    eagerly(SMALL, seeds=1, path=tmp_path)
    newer = sys.modules["gan_lab.sweeps.grid"].versions() | {what: "99.0"}
    monkeypatch.setattr("gan_lab.sweeps.grid.versions", lambda: newer)
    with no_play(monkeypatch, but=1) as played:
        eagerly(SMALL, seeds=1, path=tmp_path)
    assert len(played) == 1


def test_a_stranger_s_file_is_not_taken_under_any_name(tmp_path):
    right = eagerly(SMALL, seeds=2, together_at_most=1, path=tmp_path / "a").of("jsd")
    eagerly(SMALL.but(lr_G=0.5), seeds=2, together_at_most=1, path=tmp_path / "b")
    for ours, theirs in zip(written(tmp_path / "a"), written(tmp_path / "b"), strict=True):
        shutil.copy(theirs, ours)
    again = eagerly(SMALL, seeds=2, together_at_most=1, path=tmp_path / "a").of("jsd")
    np.testing.assert_array_equal(again, right)


def a_run(tmp_path) -> tuple[Folder, dict, Outcome]:
    key = {"recipe": {"members": 2}, "measures": {"jsd": "1"}}
    return Folder(tmp_path), key, Outcome({"jsd": np.array([0.1, np.nan])}, np.array([0, 7]))


def test_every_bit_of_a_file_counts(tmp_path):
    folder, key, out = a_run(tmp_path)
    folder.keep(key, out)
    file, whole = folder.file(key), folder.file(key).read_bytes()
    found = folder.kept(key)
    np.testing.assert_array_equal(found.values["jsd"], out.values["jsd"])
    assert found.diverged.tolist() == [0, 7]
    for i in range(8 * len(whole)):
        wrong = bytearray(whole)
        wrong[i // 8] ^= 1 << i % 8
        file.write_bytes(wrong)
        assert folder.kept(key) is None, f"bit {i}"
    for end in range(0, len(whole), 7):
        file.write_bytes(whole[:end])
        assert folder.kept(key) is None


@pytest.mark.parametrize(
    "table",
    [
        3,
        [],
        None,
        {},
        {"values": 3},
        {"values": {}, "diverged": []},
        "[" * 10**5,
        {"values": {"jsd": [1, "x"]}, "diverged": [0, 0]},
        {"values": {"gap": [1, 2]}},
        {"values": {"jsd": [1]}, "diverged": [0]},
        {"values": {"jsd": [1, 2]}, "diverged": [10**30, 0]},
    ],
)
def test_a_file_that_somebody_else_has_sealed_is_read_or_left(table, tmp_path):
    folder, key, _ = a_run(tmp_path)
    table = table | {"key": key} if isinstance(table, dict) else table
    text = (table if isinstance(table, str) else json.dumps(table)).encode()
    folder.file(key).write_bytes(kept_runs.digest(text).encode() + b"\n" + text)
    assert folder.kept(key) is None


def test_a_damaged_file_is_played_again_and_mended(tmp_path, monkeypatch):
    first = eagerly(SMALL, GRID, 1, path=tmp_path)
    file = written(tmp_path)[1]
    whole = file.read_bytes()
    for damaged in (b"half of a file", b"", whole[:70], whole[:-3], whole.replace(b"0.", b"1.", 1)):
        file.write_bytes(damaged)
        with no_play(monkeypatch, but=1):
            again = eagerly(SMALL, GRID, 1, path=tmp_path)
        np.testing.assert_array_equal(first.of("jsd"), again.of("jsd"))
        assert file.read_bytes() == whole
    assert not list(tmp_path.glob("*.unfinished"))


def test_a_measure_that_cannot_be_told_from_others_is_refused_at_first(tmp_path):
    lock = threading.Lock()
    with pytest.raises(ValueError, match="measure 'x' cannot be told from others: .*lock object"):
        eagerly(SMALL, seeds=1, measure={"x": lambda t, i: lock.locked()}, path=tmp_path)
    assert eagerly(SMALL, seeds=1, measure={"x": lambda t, i: lock.locked()}).of("x") == [0.0]


@pytest.mark.parametrize("path", [3, "\0", __file__, __file__ + "/x"])
def test_a_folder_that_cannot_be_is_refused_before_anything_is_played(path):
    with pytest.raises(ValueError, match="a sweep cannot be kept in"):
        eagerly(SMALL, seeds=1, path=path)


# What is finished is not lost.


def test_an_interrupted_sweep_keeps_what_is_finished_and_goes_on_where_it_was(
    tmp_path, monkeypatch
):
    outcome = sys.modules["gan_lab.sweeps.grid"].outcome

    def interrupted(recipe, *rest, **words):
        if recipe.k == 2:
            raise KeyboardInterrupt
        return outcome(recipe, *rest, **words)

    with monkeypatch.context() as patch:
        patch.setattr("gan_lab.sweeps.grid.outcome", interrupted)
        found = eagerly(SMALL, GRID, 2, path=tmp_path)
    assert found.note == "interrupted: 1 of 3 runs are finished"
    assert (found.diverged == -1).sum() == 4 and np.isfinite(found.of("jsd")).sum() == 2
    with no_play(monkeypatch, but=2):
        again = eagerly(SMALL, GRID, 2, path=tmp_path)
    np.testing.assert_array_equal(again.of("jsd"), eagerly(SMALL, GRID, 2).of("jsd"))
    assert again.note == ""


def test_what_is_finished_before_a_measure_fails_is_kept(tmp_path, monkeypatch):
    def fails(training, member):
        return 1.0 if training.recipe.k < 3 else 1 / 0

    with pytest.raises(ZeroDivisionError):
        eagerly(SMALL, GRID, 1, {"x": fails}, path=tmp_path)
    assert len(written(tmp_path)) == 2
    assert not list(tmp_path.glob("*.claim")) + list(tmp_path.glob("*.owner"))


@contextmanager
def small_disk(limit: int):
    """No file may be longer: the system then refuses to write, as where a disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("limit", [0, 100])
def test_on_a_full_disk_the_sweep_ends_with_all_its_numbers_and_says_so(limit, tmp_path):
    with pytest.warns(UserWarning, match="3 of 3 runs could not be kept in .* in this sweep alone"):
        with small_disk(limit):
            found = eagerly(SMALL, GRID, 1, path=tmp_path)
    np.testing.assert_array_equal(found.of("jsd"), eagerly(SMALL, GRID, 1).of("jsd"))
    assert "3 of 3 runs could not be kept" in found.note
    assert not written(tmp_path) and not list(tmp_path.glob("*.unfinished"))


def test_where_nothing_can_be_written_the_numbers_outlive_warnings_that_are_errors(
    tmp_path, monkeypatch
):
    def refused(*words, **more):
        raise PermissionError(13, "Read-only file system")

    monkeypatch.setattr(Path, "write_bytes", refused)
    monkeypatch.setattr(Path, "write_text", refused)
    monkeypatch.setattr("builtins.open", refused)
    found = eagerly(SMALL, seeds=1, path=tmp_path)  # pytest makes an error of every warning
    monkeypatch.undo()
    assert np.isfinite(found.of("jsd")).all() and "Read-only file system" in found.note


# Several processes on one folder.

PLAY = """
import sys, time
from pathlib import Path
from gan_lab.training.recipe import Recipe
from gan_lab.sweeps.grid import sweep
def slow(training, member):
    with open(Path(sys.argv[1]) / "played.txt", "a") as file:
        file.write(f"{training.recipe.k}\\n")
    time.sleep(float(sys.argv[2]))
    return training.G.flat[member].square().sum()
go = dict(seeds=1, measure={"x": slow}, device="cpu", compiled=False, progress=False)
recipe = Recipe(G=(4,), D=(4,), m=8, k=1, iterations=3)
path = Path(sys.argv[1]) / "kept"
print(sweep(recipe, {"k": [1, 2, 3, 4, 5, 6]}, path=path, **go).of("x").tolist())
"""


def another(tmp_path, seconds: float) -> subprocess.Popen:
    words = [sys.executable, "-c", PLAY, str(tmp_path), str(seconds)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def test_two_processes_on_one_folder_share_the_runs_and_have_them_all(tmp_path):
    first, second = another(tmp_path, 0.4), another(tmp_path, 0.4)
    told = [process.communicate(timeout=120)[0] for process in (first, second)]
    assert told[0] == told[1] and told[0].count(",") == 5 and "nan" not in told[0]
    assert sorted((tmp_path / "played.txt").read_text().split()) == list("123456")
    left = {file.suffix for file in (tmp_path / "kept").iterdir()}
    assert left == {".json", ".lock"}


def test_what_a_killed_process_had_claimed_is_played_by_another(tmp_path):
    first = another(tmp_path, 600)
    while not (tmp_path / "played.txt").exists():
        assert first.poll() is None
        time.sleep(0.05)
    first.kill()
    first.communicate()
    assert list((tmp_path / "kept").glob("*.claim"))
    told, _ = another(tmp_path, 0).communicate(timeout=120)
    assert told.count(",") == 5 and "nan" not in told
    assert {file.suffix for file in (tmp_path / "kept").iterdir()} == {".json", ".lock"}


def test_a_claim_is_one_owner_s_until_it_is_left(tmp_path):
    one, other = Claims(tmp_path), Claims(tmp_path)
    assert one.take("run") and one.take("run") and not other.take("run")
    one.leave("run")
    assert other.take("run") and not one.take("run")
    other.close()
    assert one.take("run")
    one.close()
    assert [file.name for file in tmp_path.iterdir()] == ["claims.lock"]


def test_a_claim_that_cannot_be_read_is_nobody_s(tmp_path):
    for words in (b"", b"\xff" * 32, b"../../../../../../../../etc/pass", b"x" * 99):
        (tmp_path / "run.claim").write_bytes(words)
        assert (claims := Claims(tmp_path)).take("run")
        claims.close()


def test_a_child_that_outlives_its_parent_holds_no_claim(tmp_path):
    one, other = Claims(tmp_path), Claims(tmp_path)
    assert one.take("run")
    child = os.fork()
    if child == 0:
        time.sleep(30)
        os._exit(0)
    try:
        one.lock.close()  # as when the parent is killed
        one.lock, deadline = None, time.monotonic() + 20
        while not other.take("run"):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        other.close()


def test_a_run_that_another_finishes_meanwhile_is_taken_from_the_folder(tmp_path, monkeypatch):
    right = eagerly(SMALL, GRID, 1, path=tmp_path / "theirs")
    Folder(tmp_path / "ours")
    other = Claims(tmp_path / "ours")
    for file in written(tmp_path / "theirs"):
        assert other.take(file.stem)

    def finish():
        time.sleep(0.3)
        for file in written(tmp_path / "theirs"):
            shutil.copy(file, tmp_path / "ours" / file.name)
            other.leave(file.stem)

    monkeypatch.setattr(runs, "WAIT", 0.05)
    thread = threading.Thread(target=finish)
    thread.start()
    with no_play(monkeypatch):
        found = eagerly(SMALL, GRID, 1, path=tmp_path / "ours")
    thread.join()
    other.close()
    np.testing.assert_array_equal(found.of("jsd"), right.of("jsd"))


def test_without_locks_of_the_system_runs_are_kept_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_runs, "fcntl", None)
    first = eagerly(SMALL, GRID, 1, path=tmp_path)
    with no_play(monkeypatch):
        again = eagerly(SMALL, GRID, 1, path=tmp_path)
    np.testing.assert_array_equal(first.of("jsd"), again.of("jsd"))
    assert multiprocessing.active_children() == []
