"""Executors: a run's own error arrives with its traceback, and a death ends in a sentence."""

import pickle
import sys
import threading
import time
import traceback
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import distributed  # noqa: F401  (teaches pickle the exceptions that exist by then: not ours)
import numpy as np
import pytest
import torch

from gan_lab.sweeps import executors
from gan_lab.sweeps.executors import Failure, SchedulerWatch, bundled, run_in_worker
from gan_lab.sweeps.grid import sweep
from gan_lab.sweeps.runs import processes
from gan_lab.training.recipe import Recipe

SMALL = Recipe(G=(4,), D=(4,), m=8, k=1, iterations=3)
GRID = {"k": [1, 2]}
eagerly = partial(sweep, compiled=False, device="cpu", progress=False)


class OddError(Exception):
    """Pickles, and does not come back: two arguments, of which only one is handed on."""

    def __init__(self, first, second):
        super().__init__(first)
        self.second = second


class LockedError(Exception):
    def __init__(self, said):
        super().__init__(said)
        self.lock = threading.Lock()


class MuteError(Exception):
    def __str__(self):
        raise ValueError("an error in the error")


def divides(training, member):
    return 1 / (training.recipe.k - 2)


def odd(training, member):
    raise OddError("this measure went wrong", 2)


def locked(training, member):
    raise LockedError("this measure holds a lock")


def mute(training, member):
    raise MuteError


def leaves(training, member):
    raise SystemExit(3)


def nothing(training, member):
    return None


def in_threads():
    return ThreadPoolExecutor(1)


class Shared:
    """One pool for several sweeps, as a process takes seconds to begin."""

    def __init__(self):
        self.pool = processes(1)()

    def __enter__(self):
        return self.pool

    def __exit__(self, *error):
        return False


@pytest.fixture(scope="module")
def executor_of():
    pool = Shared()
    yield {"here": None, "threads": in_threads, "processes": lambda: pool}
    pool.pool.shutdown()


def told(error) -> str:
    return "".join(traceback.format_exception(error))


@pytest.mark.parametrize("name", ["here", "threads", "processes"])
def test_a_measure_s_error_arrives_with_its_traceback_and_the_game_it_was_of(name, executor_of):
    with pytest.raises(ZeroDivisionError) as raised:
        eagerly(SMALL, GRID, [7], {"x": divides}, executor=executor_of[name])
    words = told(raised.value)
    assert "return 1 / (training.recipe.k - 2)" in words and "in divides" in words
    assert "in the measure 'x', of the game with the seed 7 of Recipe(" in words and "k=2" in words


@pytest.mark.parametrize(
    ("measure", "words"),
    [(odd, "OddError"), (locked, "LockedError"), (mute, "MuteError"), (leaves, "SystemExit")],
)
def test_what_cannot_be_carried_arrives_in_words(measure, words):
    with pytest.raises(RuntimeError, match=f"a run raised {words}") as raised:
        eagerly(SMALL, seeds=1, measure={"x": measure}, executor=in_threads)
    assert f"in {measure.__name__}" in told(raised.value) and "\n" not in str(raised.value)
    if measure is not leaves:
        assert "in the measure 'x', of the game with the seed 0" in str(raised.value)


def test_an_error_that_does_not_come_back_breaks_no_pool(executor_of):
    pool = executor_of["processes"]
    with pytest.raises(RuntimeError, match="a run raised OddError, in the measure 'x', .* wrong"):
        eagerly(SMALL, seeds=1, measure={"x": odd}, executor=pool)
    assert np.isfinite(eagerly(SMALL, seeds=1, executor=pool).of("jsd")).all()


def test_an_error_that_can_be_read_there_and_not_here_arrives_in_words():
    failure = Failure("LibraryError", "it went wrong", ["in the measure 'x'"], "there", b"\x80no")
    error = failure.error()
    assert type(error) is RuntimeError
    assert "LibraryError, in the measure 'x': it went wrong" in str(error)
    assert "there" in told(error)


def test_what_is_no_number_is_said_by_every_executor(executor_of):
    for executor in executor_of.values():
        with pytest.raises(ValueError, match="the measure 'x' must give one number, not None"):
            eagerly(SMALL, seeds=1, measure={"x": nothing}, executor=executor)


def test_an_error_of_the_game_tells_its_recipe(monkeypatch):
    def too_large(*words):
        raise MemoryError("no room for the weights")

    monkeypatch.setattr("gan_lab.training.loop.Training.update_generator", too_large)
    with pytest.raises(MemoryError) as raised:
        eagerly(SMALL, seeds=1)
    assert "while Recipe(G=(4,), D=(4,), k=1, m=8, iterations=3, seed=" in told(raised.value)


def test_runs_that_others_finish_before_an_error_is_raised_are_kept(tmp_path):
    def waits_or_fails(training, member):
        if training.recipe.k == 1:
            raise ZeroDivisionError
        time.sleep(0.5)
        return 1.0

    with pytest.raises(ZeroDivisionError):
        eagerly(
            SMALL,
            GRID,
            1,
            {"x": waits_or_fails},
            executor=lambda: ThreadPoolExecutor(2),
            path=tmp_path,
        )
    assert len(list(tmp_path.glob("run-*.json"))) == 1


def test_a_measure_that_is_no_function_of_a_module_can_be_sent_where_cloudpickle_is(executor_of):
    measure = {"x": lambda t, i: 3.0}
    found = eagerly(SMALL, seeds=1, measure=measure, executor=executor_of["processes"])
    assert found.of("x") == [3.0]


def test_what_no_pickle_can_write_goes_to_threads_as_it_is_and_is_named_elsewhere(executor_of):
    lock = threading.Lock()
    measure = {"x": lambda t, i: float(lock.locked())}
    assert eagerly(SMALL, seeds=1, measure=measure, executor=in_threads).of("x") == [0.0]
    with pytest.raises(RuntimeError, match="3 executors in a row broke .* pickle"):
        eagerly(SMALL, seeds=1, measure=measure, executor=executor_of["processes"])


def test_a_worker_plays_on_one_thread_and_leaves_the_number_as_it_was():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        seen = run_in_worker(bundled(threads, 3), "a name")
        assert seen == (3, 1) and torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def threads(recipe):
    return recipe, torch.get_num_threads()


def test_every_failure_can_be_carried():
    kinds = OddError(1, 2), LockedError("x"), MuteError(), SystemExit(3), ValueError("\ud800")
    for error in kinds:
        try:
            raise error
        except BaseException as caught:
            failure = pickle.loads(pickle.dumps(Failure.of(caught)))
        assert type(error).__name__ in failure.kind and isinstance(failure.error(), Exception)


# Those who would never say that they are gone.


class Client:
    """A Dask client, as far as a sweep looks at it."""

    def __init__(self, *states):
        self.states = list(states)

    @property
    def status(self):
        return self.states.pop(0) if len(self.states) > 1 else self.states[0]

    def scheduler_info(self):
        return {"workers": self.workers}


class Silent:
    """An executor whose futures never come, and which waits for them when it is closed."""

    def __init__(self, client):
        self._client, self.tried = client, []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        raise AssertionError("this would wait for ever")

    def submit(self, task, *words):
        self.tried.append(words)
        return Future()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(executors, "LOOK", 0.01)
    monkeypatch.setattr(executors, "SILENCE", 0.05)


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (["running", "connecting", "closed"], "the Dask client is closed, as its scheduler is"),
        (["running", "connecting"], "without its scheduler for 0.05 seconds"),
    ],
)
def test_a_scheduler_that_is_gone_ends_in_a_sentence(states, words, impatient):
    client = Client(*states)
    client.workers = {"one": 1}
    pools = []

    def executor():
        pools.append(Silent(client))
        return pools[-1]

    with pytest.raises(RuntimeError, match=f"3 executors in a row broke .*{words}"):
        eagerly(SMALL, seeds=1, executor=executor)
    names = [name for pool in pools for _, name in pool.tried]
    assert len(set(names)) == len(names) == 3  # no try can be taken for another


def test_workers_that_are_all_gone_end_in_a_sentence_and_those_to_come_are_waited_for(impatient):
    client = Client("running")
    client.workers = {}
    watch = SchedulerWatch(Silent(client))
    time.sleep(0.1)
    assert watch.gone() is None  # a queue may let us wait for the first
    client.workers = {"one": 1}
    assert watch.gone() is None
    client.workers = {}
    assert watch.gone() is None
    time.sleep(0.1)
    assert "without workers for" in watch.gone()
    assert SchedulerWatch(object()).gone() is None


def test_an_executor_that_cannot_be_made_or_used_ends_in_a_sentence():
    for executor in (lambda: 1 / 0, lambda: 3, lambda: ProcessPoolExecutor(0)):
        with pytest.raises(RuntimeError, match="3 executors in a row broke before one of the 1"):
            eagerly(SMALL, seeds=1, executor=executor)


# Dask itself.


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        yield cluster


def test_errors_arrive_from_dask(cluster):
    from distributed import Client as DaskClient

    with DaskClient(cluster) as client:
        with pytest.raises(ZeroDivisionError) as raised:
            eagerly(SMALL, GRID, [7], {"x": divides}, executor=client.get_executor)
        assert "seed 7" in told(raised.value) and "in divides" in told(raised.value)
        with pytest.raises((OddError, RuntimeError), match="this measure went wrong") as raised:
            eagerly(SMALL, seeds=1, measure={"x": odd}, executor=client.get_executor)
        assert "in the measure 'x', of the game with the seed 0" in told(raised.value)
        np.testing.assert_array_equal(
            eagerly(SMALL, GRID, 1, executor=client.get_executor).of("jsd"),
            eagerly(SMALL, GRID, 1).of("jsd"),
        )


def test_a_dask_client_that_is_closed_ends_in_a_sentence(cluster):
    from distributed import Client as DaskClient

    with DaskClient(cluster) as client:
        executor = client.get_executor
    with pytest.raises(RuntimeError, match="3 executors in a row broke before one of the 1 runs"):
        eagerly(SMALL, seeds=1, executor=executor)


def test_the_package_s_own_errors_have_names_that_pickle_finds():
    for error in (executors.BrokenError("x"), executors.ElsewhereError("x")):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert sys.modules["gan_lab.sweeps.executors"] is executors
