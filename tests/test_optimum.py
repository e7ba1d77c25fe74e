"""The games of the book reach their optimum, or miss it as the book says."""

import numpy as np
from scipy.signal import find_peaks
from small_games import after

from gan_lab.frames import see
from gan_lab.measures import gap, jsd
from gan_lab.recipe import PRESETS, Recipe
from gan_lab.training import Training


def optimum(game, member):
    """JSD(p_data, p_g) and V(G, D*) - V(G, D) of one member, both in nats and exact."""
    return jsd(game, member), gap(game, member)


def bumps(density: np.ndarray) -> int:
    """The local maxima that stand out of their surroundings by 1 % of the highest or more."""
    return len(find_peaks(density, prominence=0.01 * density.max())[0])


def is_as_smooth_as_drawn(game, member) -> bool:
    """As many bumps as the data have, and no jump: on an axis of 2561 points, ten times as many as
    a picture has, neighbours differ by 2 % of the maximum at most."""
    ends = see(game, member).x[[0, -1]]
    frame = see(game, member, x=np.linspace(*ends, 2561))
    jump = np.abs(np.diff(frame.p_g)).max() / frame.p_g.max()
    return bumps(frame.p_g) == bumps(frame.p_data) and jump <= 0.02


def test_the_default_game_reaches_its_optimum():
    game = Training(PRESETS["gaussian"].but(members=2))
    after(game, game.recipe.iterations)
    for i in range(2):
        jsd, gap = optimum(game, i)
        assert 0 <= jsd <= 0.0005
        assert 0 <= gap <= 0.02
        assert is_as_smooth_as_drawn(game, i)


def test_the_bimodal_game_reaches_its_optimum():
    game = Training(PRESETS["bimodal"])
    after(game, game.recipe.iterations)
    jsd, gap = optimum(game, 0)
    assert 0 <= jsd <= 0.005 and 0 <= gap <= 0.02
    assert is_as_smooth_as_drawn(game, 0)


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
