"""Many games at once: a grid of settings, each over several seeds, and what became of them.

Settings that differ only in what a member may have of its own (`schema.PER_MEMBER`) play side by
side on the members axis; the others in runs of their own. A run can be computed elsewhere, and
is kept when it is finished (`runs`). One run says how it went once; a sweep says
how often.
"""

from __future__ import annotations

import itertools
import json
import math
import warnings
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from numbers import Integral, Real
from typing import cast

import numpy as np

from gan_lab.core.tables import Table
from gan_lab.core.validation import quoted, whole_between
from gan_lab.datasets.forms import where_they_are
from gan_lab.metrics.intervals import Interval, level, order_interval, student, wilson
from gan_lab.plots import Axes, phase_diagram
from gan_lab.sweeps.compiling import worth_compiling
from gan_lab.sweeps.fingerprints import fingerprint
from gan_lab.sweeps.provenance import versions
from gan_lab.sweeps.runs import Executor, Folder, Outcome, run
from gan_lab.sweeps.scorers import NAMES, SCORERS, Scorer
from gan_lab.training.device import resolve_device
from gan_lab.training.loop import Training
from gan_lab.training.loss import Loss
from gan_lab.training.recipe import Recipe, parts_of
from gan_lab.training.schema import PER_MEMBER


@dataclass(frozen=True, eq=False)
class Sweep:
    """The results of a hyperparameter sweep: what became of every game, with confidence intervals.

    Parameters
    ----------
    recipe : Recipe
        What all games have in common.
    grid : dict of str to tuple
        The axes: name -> values, in the order of the arrays' axes.
    seeds : tuple of int
        The last axis.
    values : dict of str to ndarray of shape (`*grid`, seeds)
        By measure, at the end of each game; nan where it did not finish.
    diverged : ndarray of int of shape (`*grid`, seeds)
        The iteration (from 1) in which a game broke off, 0 where none did, -1 where the game was
        not played.
    note : str
        Empty, or why some games were not played, or could not be kept.

    Examples
    --------
    >>> from gan_lab import Recipe, sweep
    >>> tiny = Recipe(G=(4,), D=(4,), m=8, k=1, iterations=2)
    >>> games = sweep(tiny, {"loss": ["minimax", "hinge"]}, seeds=3, device="cpu")
    >>> games.of("jsd").shape, games.diverged.tolist()
    ((2, 3), [[0, 0, 0], [0, 0, 0]])
    >>> games.median("jsd").value.shape
    (2,)
    """

    recipe: Recipe
    grid: dict[str, tuple]
    seeds: tuple[int, ...]
    values: dict[str, np.ndarray]
    diverged: np.ndarray
    note: str = ""

    def of(self, measure: str) -> np.ndarray:
        """The values of one measure; nan for games that diverged or were not played."""
        if measure not in self.values:
            known = ", ".join(self.values)
            raise ValueError(f"this sweep measured {known}, and not {quoted(measure)}")
        return np.where(self.diverged == 0, self.values[measure], np.nan)

    def mean(self, measure: str, confidence: float = 0.95) -> Interval:
        """The mean over the seeds that did not diverge, with Student's t interval.

        It wants numbers that are spread like a bell; for skewed ones, as divergences are, prefer
        `median`.

        Parameters
        ----------
        measure : str
            A name of `values`.
        confidence : float
            That of the interval.

        Returns
        -------
        Interval
            Arrays of the grid's shape.
        """
        return student(self.of(measure), level(confidence))

    def median(self, measure: str, confidence: float = 0.95) -> Interval:
        """The median over the seeds that did not diverge, between two order statistics.

        The interval asks nothing of the distribution: the number of values below the true median is
        binomial.

        Parameters
        ----------
        measure : str
            A name of `values`.
        confidence : float
            The interval holds the median with at least this confidence; it is infinite where there
            are too few seeds for that.

        Returns
        -------
        Interval
            Arrays of the grid's shape.
        """
        x = np.sort(self.of(measure), axis=-1)  # nan last
        shape = x.shape[:-1]
        rows = [
            order_interval(row[np.isfinite(row)], level(confidence))
            for row in x.reshape(-1, x.shape[-1])
        ]
        return Interval(*(np.array(column).reshape(shape) for column in zip(*rows, strict=True)))

    def share(self, condition: np.ndarray | None = None, confidence: float = 0.95) -> Interval:
        """The share of games of which a condition holds, with Wilson's interval.

        Parameters
        ----------
        condition : ndarray of bool of shape (`*grid`, seeds), optional
            By default that a game diverged; games that were not played do not count.
        confidence : float
            That of the interval.

        Returns
        -------
        Interval
            Arrays of the grid's shape.

        Raises
        ------
        ValueError
            For another shape.
        """
        played = self.diverged >= 0
        holds = self.diverged > 0 if condition is None else np.asarray(condition, dtype=bool)
        if holds.shape != played.shape:
            raise ValueError(
                f"a condition must have the shape {played.shape} of the games, not {holds.shape}"
            )
        n, hits = played.sum(axis=-1), (holds & played).sum(axis=-1)
        return wilson(hits, n, level(confidence))

    def table(self, measure: str) -> Table:
        """The medians with their intervals and the shares diverged, a line for each setting."""
        median, share = self.median(measure), self.share()
        rows = []
        for at, setting in zip(np.ndindex(self.diverged.shape[:-1]), self.settings(), strict=True):
            n = int(share.n[at])
            rows.append(
                [
                    *setting.values(),
                    f"{median.value[at]:.4g}",
                    f"{median.low[at]:.4g} to {median.high[at]:.4g}",
                    f"{round(float(share.value[at]) * n) if n else 0} of {n}",
                ]
            )
        return Table([*self.grid, f"median {measure}", "95 % interval", "diverged"], rows)

    def draw(self, ax: Axes, measure: str, x: str, y: str, **at) -> Axes:
        """A phase diagram over two axes of the grid: medians of a measure, and shares diverged.

        Parameters
        ----------
        ax : Axes
            Where it is drawn.
        measure : str
            A name of `values`.
        x, y : str
            The axes of the grid.
        **at
            At which value every other axis is held.

        Returns
        -------
        Axes
            `ax`.

        Raises
        ------
        ValueError
            For axes that are not the grid's, and for one that is left open.
        """
        order, held = [*self.grid], {}
        for name, value in at.items():
            if name not in order or value not in self.grid[name]:
                raise ValueError(f"{name}={value!r} is not a point of this sweep's grid")
            held[name] = self.grid[name].index(value)
        if x == y or {x, y, *held} != set(order) or {x, y} & set(held):
            raise ValueError(
                f"of the axes {', '.join(order)} two must be drawn and the others held, as in "
                "draw(ax, measure, x, y, other=value)"
            )
        index = tuple(held.get(name, slice(None)) for name in order)
        median, share = self.median(measure).value[index], self.share().value[index]
        if order.index(x) < order.index(y):
            median, share = median.T, share.T
        shown = f"median {NAMES.get(measure, measure)}", median
        return phase_diagram(ax, (x, self.grid[x]), (y, self.grid[y]), shown, share)

    def settings(self) -> list[dict]:
        """Every point of the grid as a table of fields, in the order of the arrays."""
        return settings(self.grid)

    def __repr__(self) -> str:
        axes = " x ".join(f"{len(v)} {name}" for name, v in self.grid.items()) or "one setting"
        return f"<Sweep: {axes} x {len(self.seeds)} seeds of {self.recipe!r}>"


USUAL_MEASURES = {
    "on the line": ("jsd",),
    "in the plane": ("modes", "quality"),
    "pictures": ("pixel_frechet",),
}
"""What a sweep measures unless it is told, by where the data are."""


def settings(grid: Mapping[str, tuple]) -> list[dict]:
    return [dict(zip(grid, point, strict=True)) for point in itertools.product(*grid.values())]


def merge_members(recipes: list[Recipe]) -> Recipe:
    """One recipe for games that differ only in what a member may have of its own.

    Raises ValueError for games that differ in more.
    """
    first, own = recipes[0], {}
    for name in PER_MEMBER:
        values = tuple(getattr(r, name) for r in recipes)
        own[name] = values[0] if len(set(values)) == 1 and name != "seed" else values
    merged = first.but(members=len(recipes), **own)
    if any(run_key(r) != run_key(first) for r in recipes):
        raise ValueError("games on one members axis may differ only in " + ", ".join(PER_MEMBER))
    return merged


def run_key(recipe: Recipe) -> tuple:
    """What must be the same for games to share the members axis; penalties must share being on."""
    table = parts_of(recipe)
    rest = {name: v for name, v in table.items() if name not in (*PER_MEMBER, "loss")}
    enabled = tuple(bool(table[name]) for name in PER_MEMBER if name != "seed")
    return recipe.loss, json.dumps(rest), enabled


def sweep(
    recipe: Recipe,
    grid: Mapping[str, Iterable] | None = None,
    seeds: int | Iterable[int] = 10,
    measure: Iterable[str] | Mapping[str, Scorer] | None = None,
    *,
    device: str = "auto",
    compiled: bool | None = None,
    together_at_most: int = 64,
    executor: Executor | None = None,
    path=None,
    progress: bool | None = None,
) -> Sweep:
    """Hyperparameter sweep: play a recipe at every point of a grid with every seed, to the end.

    When a worker dies, the rest goes to a new executor; when three executors in a row finish
    nothing, or Dask's scheduler stays away, the sweep ends with what is finished. So does an
    interrupt. What is missing is said in `note`, and as a warning.

    A run that is kept is known by its recipe and seeds, the versions of this package's code, of
    Python, torch, numpy and scipy, and by the code of the measures with all that `fingerprints`
    sees it refer to (a measure that reads files, or the clock, must not be kept). Files that are
    damaged are played again. Several processes may share a folder and so the runs. Where the disk
    is full the sweep ends all the same and `note` says what is not kept.

    What a measure raises arrives as it is, with a note of the game at which it happened; where it
    cannot be carried from a worker, as a RuntimeError that says what it was.

    Parameters
    ----------
    recipe : Recipe
        What all games have in common; a game lasts its `iterations`.
    grid : mapping of str to iterable, optional
        Names of fields, with their values.
    seeds : int or iterable of int
        A number of seeds from the recipe's on, or the seeds.
    measure : iterable of str, or mapping of str to callable, optional
        Names of `SCORERS`, or functions (training, member) -> number by names: by default the JSD
        on the line, modes and quality in the plane, and the Fréchet distance of pictures.
    device : str
        That of a `Training`.
    compiled : bool, optional
        That of a `Training`: compiling takes half a minute for every size of game, and is done by
        default where there is so much to play that it pays.
    together_at_most : int
        How many games may share a run.
    executor : callable, optional
        Makes a `concurrent.futures`-style executor, as `executors.processes(4)` or a Dask client's
        `get_executor` does; measures of your own must then be functions of a module, unless
        cloudpickle is there.
    path : str or path, optional
        Every finished run is kept in that folder, which may hold other sweeps' too, and only what
        is missing is played.
    progress : bool, optional
        Whether to show a bar with the time that is left, by default when it takes longer than a few
        seconds.

    Returns
    -------
    Sweep
        What became of every game.

    Raises
    ------
    ValueError
        Before anything is played: for a grid that is none, for a measure of `SCORERS` that does not
        fit the recipe (a JSD in the plane) and, with a `path`, for a measure that cannot be told
        from others.
    RuntimeError
        When executors broke before anything was finished.

    Examples
    --------
    >>> from gan_lab import Recipe, sweep
    >>> tiny = Recipe(G=(4,), D=(4,), m=8, k=1, iterations=2)
    >>> games = sweep(tiny, {"lr_D": [0.001, 0.01]}, seeds=2, device="cpu")
    >>> games.of("jsd").shape
    (2, 2)
    """
    if not isinstance(recipe, Recipe):
        raise ValueError(f"a sweep needs a Recipe, not {quoted(recipe)}")
    if executor is not None and not callable(executor):
        raise ValueError(
            f"executor must be a function that makes an executor, not {quoted(executor)}"
        )
    grid, seeds = checked_axes(grid or {}), seeds_of(seeds, recipe)
    measures = resolve_scorers(measure, recipe)
    points = [recipe.but(members=1, **setting) for setting in settings(grid)]
    games = [point.but(seed=seed) for point in points for seed in seeds]
    groups = games_by_run(games, whole_between(1, 10**6, together_at_most, "together_at_most"))
    recipes = [merge_members([games[i] for i in group]) for group in groups]
    check_measures(recipes, measures)
    compiled = compile_or_not(compiled, recipes, device)
    task = partial(outcome, measures=measures, device=device, compiled=compiled)
    folder, keys = None, []
    if path is not None:
        keys = identities(recipes, measures, {"device": str(device), "compiled": compiled})
        folder = Folder(path)
    if progress is not None and not isinstance(progress, bool):
        raise ValueError(f"progress must be True, False or None, not {quoted(progress)}")
    done, note = run(recipes, task, executor, folder, keys, progress)
    found = collected(recipe, grid, seeds, measures, groups, done, note)
    if note and not note.startswith("interrupted"):
        with suppress(UserWarning):  # where warnings are errors, the games are worth more
            warnings.warn(note, UserWarning, stacklevel=2)
    return found


def checked_axes(grid) -> dict[str, tuple]:
    """The grid as names and values, or a sentence."""
    if not isinstance(grid, Mapping):
        raise ValueError(f"a grid must be a table of field names to values, not {quoted(grid)}")
    found = {}
    for name, values in grid.items():
        if not isinstance(name, str):
            raise ValueError(f"an axis must be the name of a field of a recipe, not {quoted(name)}")
        if name in ("members", "seed"):
            raise ValueError(f"{name} cannot be an axis: seeds are an axis of every sweep")
        if isinstance(values, str) or not isinstance(values, Iterable):
            raise ValueError(f"the axis {name} must be a list of values, not {quoted(values)}")
        found[name] = tuple(values)
        if not found[name]:
            raise ValueError(f"the axis {name} must have at least one value")
    return found


def seeds_of(seeds, recipe: Recipe) -> tuple[int, ...]:
    if isinstance(seeds, Integral) and not isinstance(seeds, bool):
        first = recipe.seed
        if isinstance(first, tuple):
            raise ValueError("name the seeds of a sweep whose recipe has a list of them")
        return tuple(range(first, first + whole_between(1, 10**6, seeds, "seeds")))
    if isinstance(seeds, str) or not isinstance(seeds, Iterable):
        raise ValueError(f"seeds must be how many, or a list of them, not {quoted(seeds)}")
    found = cast("tuple[int, ...]", tuple(recipe.but(seed=seed).seed for seed in seeds))
    if not found or len(set(found)) < len(found):
        raise ValueError(f"seeds must be different from each other, and at least one: {found}")
    return found


def resolve_scorers(measure, recipe: Recipe) -> dict[str, Scorer]:
    """Names to functions, or a sentence."""
    if measure is None:
        measure = USUAL_MEASURES[where_they_are(recipe.data)]
    if isinstance(measure, Mapping):
        found = dict(measure)
        if not found or not all(map(callable, found.values())):
            raise ValueError(f"measure must be names with functions, not {quoted(measure)}")
        return found
    listed = isinstance(measure, Iterable) and not isinstance(measure, str)
    names = tuple(measure) if listed else (measure,)
    if not names or not all(isinstance(name, str) and name in SCORERS for name in names):
        raise ValueError(f"measure must be among {', '.join(SCORERS)}, not {quoted(measure)}")
    return {name: SCORERS[name] for name in cast("tuple[str, ...]", names)}


def games_by_run(games: list[Recipe], at_most: int) -> list[list[int]]:
    """The numbers of the games run by run: of one `run_key`, at most `at_most` together."""
    shelves: dict[tuple, list[int]] = {}
    for i, game in enumerate(games):
        shelves.setdefault(run_key(game), []).append(i)
    return [
        shelf[i : i + at_most] for shelf in shelves.values() for i in range(0, len(shelf), at_most)
    ]


def check_measures(recipes: list[Recipe], measures: dict[str, Scorer]) -> None:
    """Refuse a measure of ours that does not fit these games, while nothing has been played."""
    ours = {name: m for name, m in measures.items() if SCORERS.get(name) is m}
    kinds = {run_key(recipe.alone(0)): recipe.alone(0) for recipe in recipes}
    for recipe in kinds.values():
        game = Training(recipe, "cpu")
        for name, of in ours.items():
            try:
                of(game, 0)
            except ValueError as error:
                raise ValueError(f"{name} cannot be measured here: {error}") from None


def compile_or_not(compiled, recipes: list[Recipe], device) -> bool:
    """Whether to compile: as was asked, or where it pays. A graph on a card always does."""
    if compiled is None:
        on_cards = all(resolve_device(device, recipe).type == "cuda" for recipe in recipes)
        return on_cards or worth_compiling(recipes)
    if not isinstance(compiled, bool):
        raise ValueError(f"compiled must be True, False or None, not {quoted(compiled)}")
    return compiled


def identities(recipes: list[Recipe], measures: dict[str, Scorer], ways: dict) -> list[dict]:
    """The key of each run in a folder: all that its scores depend on."""
    told = {name: fingerprint(m, f"the measure {name!r}") for name, m in measures.items()}
    shared = {"measures": told, "versions": versions(), **ways}
    return [{"recipe": recipe_as_json(recipe), **shared} for recipe in recipes]


def recipe_as_json(recipe: Recipe) -> dict:
    """A recipe as JSON; a loss of the reader's own is told by what code it is."""
    parts = parts_of(recipe)
    if isinstance(recipe.loss, Loss):
        parts["loss"] = fingerprint(recipe.loss, f"the loss {quoted(recipe.loss.name)}")
    return parts


def outcome(
    recipe: Recipe,
    progress: Callable[[int], None] = lambda members: None,
    *,
    measures: dict[str, Scorer],
    device: str,
    compiled: bool,
) -> Outcome:
    """Play one run to its end and measure every member.

    `progress(members)` is called after each iteration.
    """
    try:
        training = Training(recipe, device, compiled)
        for _ in training.play(recipe.iterations):
            progress(recipe.members)
    except Exception as error:
        error.add_note(f"while {recipe!r} was played")
        raise
    members = range(training.members)
    lost = np.array([training.diverged_at.get(i, -1) + 1 for i in members])
    values = {
        name: np.array([math.nan if lost[i] else scored(name, of, training, i) for i in members])
        for name, of in measures.items()
    }
    return Outcome(values, lost)


def scored(name: str, of: Scorer, training: Training, member: int) -> float:
    """One number; what goes wrong is told with the game at which it did."""
    try:
        return score_as_number(of(training, member), name)
    except Exception as error:
        recipe = training.recipe.alone(member)
        error.add_note(
            f"in the measure {name!r}, of the game with the seed {recipe.seed} of "
            f"{recipe.but(seed=0)!r}"
        )
        raise


def score_as_number(value, name: str) -> float:
    """What a measure gave as a float, or a sentence."""
    value = value.detach() if hasattr(value, "detach") else value
    right = isinstance(value, Real) or getattr(value, "ndim", None) == 0
    try:
        if right:
            return float(value)
    except (TypeError, ValueError):  # a complex number
        pass
    raise ValueError(f"the measure {name!r} must give one number, not {quoted(value)}")


def collected(recipe, grid, seeds, measures, groups, done: dict[int, Outcome], note: str) -> Sweep:
    """The outcomes where they belong: (*grid, seeds)."""
    shape = (*(len(v) for v in grid.values()), len(seeds))
    values = {name: np.full(math.prod(shape), np.nan) for name in measures}
    diverged = np.full(math.prod(shape), -1)
    for number, out in done.items():
        diverged[groups[number]] = out.diverged
        for name, of in out.values.items():
            values[name][groups[number]] = of
    reshaped = {name: v.reshape(shape) for name, v in values.items()}
    return Sweep(recipe, grid, seeds, reshaped, diverged.reshape(shape), note)
