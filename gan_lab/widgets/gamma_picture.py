"""What `explore.which_gamma` shows of the recorded games, and its still picture."""

from __future__ import annotations

import numpy as np

from gan_lab import plots
from gan_lab.metrics.intervals import wilson
from gan_lab.sweeps import which_gamma as games
from gan_lab.training.resting import longest_step_of_dirac
from gan_lab.widgets.shown import in_the_book


def record_of_which_gamma() -> dict:
    """The numbers of all cells, as JSON can hold them; on the book's page also where the lab is."""
    hits = np.arange(games.SEEDS + 1)
    every = wilson(hits, np.full_like(hits, games.SEEDS), 0.95)
    return {
        "gammas": list(games.GAMMAS),
        "rates": {optimizer: list(rates) for optimizer, rates in games.RATES.items()},
        "seeds": games.SEEDS,
        "settling": games.SETTLING,
        "intervals": np.round(np.column_stack([every.low, every.high]), 2).tolist(),
        "games": {game: numbers_of(game) for game in games.GAMES},
        "dirac": np.round(longest_step_of_dirac(np.array(games.GAMMAS)), 3).tolist(),
        "lab": "lab.html" if in_the_book() else "",
    }


def numbers_of(game: str) -> dict:
    """One game: its recipe, how many seeds hold, where seed 0 ends (None: it diverged), and the
    median of the borders that were foretold."""
    ends = {optimizer: games.recorded_ends(game, optimizer) for optimizer in games.RATES}
    return {
        "recipe": games.settling_recipe(game).as_dict(),
        "penalty": list(games.GAMES[game][1:]),
        "hits": {name: (of < games.NEAR).sum(-1).tolist() for name, of in ends.items()},
        "first": {name: rows_of_numbers(of[..., 0]) for name, of in ends.items()},
        "foretold": np.round(np.median(games.recorded_borders(game), -1), 2).tolist(),
    }


def rows_of_numbers(table: np.ndarray) -> list[list[float | None]]:
    """As JSON can hold it: None for nan."""
    return [[None if np.isnan(x) else float(x) for x in row] for row in table]


def picture_of_which_gamma(ax, game, optimizer, row, column):
    """The cells with the numbers of games that hold, and what the eigenvalues allow."""
    hits = (games.recorded_ends(game, optimizer) < games.NEAR).sum(-1)
    x, y = ("learning rate of both", games.RATES[optimizer]), ("γ", games.GAMMAS)
    title = f"{game}, {optimizer}: games that hold, of {games.SEEDS}"
    plots.phase_diagram(ax, x, y, (title, hits), np.zeros(hits.shape))
    if optimizer == "sgd":
        foretold = np.median(games.recorded_borders(game), -1)
        at = np.interp(np.log(foretold), np.log(x[1]), range(len(x[1])))
        ax.plot(at, range(len(at)), color=plots.PALETTE["D"]["color"], label="eigenvalues")
        ax.legend(loc="lower right", bbox_to_anchor=(1, 1), frameon=False, fontsize="small")
        lifted(ax, hits)
    ax.plot([column], [row], "s", ms=18, mfc="none", mec=plots.PALETTE["p_data"]["color"])


def lifted(ax, hits):
    """The numbers of the cells stand before the line, each on a patch of its cell's colour."""
    colors = ax.images[0].to_rgba(hits).reshape(-1, 4)
    for number, color in zip(ax.texts, colors, strict=True):
        number.set_bbox({"facecolor": color, "edgecolor": "none", "pad": 1})
