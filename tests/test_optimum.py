"""The games of the book reach their optimum, or miss it as the book says."""

import numpy as np
from says import says
from scipy.signal import find_peaks
from small_games import after

from gan_lab.recording.frames import frame_of
from gan_lab.sweeps.scorers import gap, jsd
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS, Recipe


def optimum(game, member):
    """JSD(p_data, p_g) and V(G, D*) - V(G, D) of one member, both in nats and exact."""
    return jsd(game, member), gap(game, member)


def bumps(density: np.ndarray) -> int:
    """The local maxima that stand out of their surroundings by 1 % of the highest or more."""
    return len(find_peaks(density, prominence=0.01 * density.max())[0])


def is_as_smooth_as_drawn(game, member) -> bool:
    """As many bumps as the data have, and no jump: on an axis of 2561 points, ten times as many as
    a picture has, neighbours differ by 2 % of the maximum at most."""
    ends = frame_of(game, member).x[[0, -1]]
    frame = frame_of(game, member, x=np.linspace(*ends, 2561))
    jump = np.abs(np.diff(frame.p_g)).max() / frame.p_g.max()
    return bumps(frame.p_g) == bumps(frame.p_data) and jump <= 0.02


@says(
    r"All 20 runs of the preset `gaussian` that the benchmark played, each with another seed, end "
    r"with $\mathrm{JSD}(p_{data}, p_G) \le 0.0005$, and so do all 20 of `figure-1`."
)
def test_the_default_game_reaches_its_optimum():
    game = Training(PRESETS["gaussian"])
    after(game, game.recipe.iterations)
    jsd, gap = optimum(game, 0)
    assert 0 <= jsd <= 0.0005 and 0 <= gap <= 0.02
    assert is_as_smooth_as_drawn(game, 0)


@says(r"All 20 of `bimodal` end with $\mathrm{JSD}(p_{data}, p_G) \le 0.005$.")
def test_the_bimodal_game_reaches_its_optimum():
    game = Training(PRESETS["bimodal"])
    after(game, game.recipe.iterations)
    jsd, gap = optimum(game, 0)
    assert 0 <= jsd <= 0.005 and 0 <= gap <= 0.02
    assert is_as_smooth_as_drawn(game, 0)


def test_the_game_of_figure_1_reaches_its_optimum():
    game = Training(PRESETS["figure-1"])
    after(game, game.recipe.iterations)
    jsd, gap = optimum(game, 0)
    assert 0 <= jsd <= 0.001 and 0 <= gap <= 0.02  # its large steps make it hang on rounding


@says("So another run of a preset does so with a probability above 86 % (at 95 % confidence).")
def test_twenty_successes_of_twenty_leave_so_many_failures_possible():
    assert 0.86**20 < 0.05 < 0.87**20


def test_a_generator_with_kinks_is_not_smooth():
    game = Training(Recipe())
    after(game, 40)
    assert not is_as_smooth_as_drawn(game, 0)


def test_a_tutorials_defaults_leave_the_discriminator_flat_and_blind():
    game = Training(PRESETS["tutorial"].but(members=5))
    after(game, game.recipe.iterations)
    x = np.linspace(*game.p_data.ppf(np.array([0.005, 0.995])), 101)
    D = [1 / (1 + np.exp(-game.discriminator(i)(x))) for i in range(5)]
    jsd, gap = np.median([optimum(game, i) for i in range(5)], axis=0)
    assert np.median([np.abs(d - 0.5).max() for d in D]) < 0.05  # as if the game were won
    assert jsd > 0.05  # and it is not
    assert gap > 0.1  # D* would have told: at the optimum both numbers are 0
