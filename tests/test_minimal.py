"""The smallest true GAN plays the engine's game, is what the chapter shows, and learns."""

import inspect
import math
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest
import torch

import gan_lab as gl
from gan_lab import minimal
from gan_lab.core import Domain, Stream

ROOT = Path(gl.__file__).parents[1]
CHAPTER = ROOT / "book" / "figure_1.md"
THE_LINES = [minimal.network, minimal.V_hat, minimal.steepness, minimal.algorithm_1]


def with_weights_of(player):
    """A network of the file with the first member's weights of one of the engine."""
    net = minimal.network()
    for layer, (w, b) in zip(net[::2], player.layers(0), strict=True):
        layer.weight.data, layer.bias.data = torch.from_numpy(w.T), torch.from_numpy(b)
    return net


def the_engines_draws(recipe):
    stream = Stream([recipe.seed])

    def draw(what, t, step):
        domain = Domain[what.replace(" ", "_").upper()]
        return stream.normal(domain, t, (recipe.m, 1), step)[0]

    return draw


def output(net, x):
    with torch.no_grad():
        return net(x).squeeze()


def test_it_plays_the_engines_numbers():
    recipe = gl.PRESETS["figure-1"].but(dtype="float64")
    game = gl.Training(recipe, device="cpu")
    G, D = with_weights_of(game.G), with_weights_of(game.D)
    z = torch.linspace(-3, 3, 101, dtype=torch.float64)[:, None]
    first = output(G, z)
    plain = minimal.algorithm_1(G, D, the_engines_draws(recipe), recipe, 60)
    for t, _ in zip(plain, game.play(60), strict=True):
        assert t == game.t
    assert (output(G, z) - game.G(z[None]).squeeze()).abs().max() < 1e-9
    assert (output(D, z) - game.D(z[None]).squeeze()).abs().max() < 1e-9
    assert (output(G, z) - first).abs().max() > 0.1  # and it did move


def test_its_settings_are_those_of_a_preset():
    recipe = gl.PRESETS["gaussian"]
    assert vars(minimal.RECIPE) == {name: getattr(recipe, name) for name in vars(minimal.RECIPE)}
    assert (minimal.MEAN, minimal.SD) == (recipe.data.mean, recipe.data.sd)


@pytest.mark.parametrize("line", THE_LINES, ids=lambda line: line.__name__)
def test_the_chapter_shows_these_very_lines(line):
    cells = jupytext.read(CHAPTER).cells
    shown = [c.source for c in cells if c.cell_type == "code" and not c.metadata.get("tags")]
    assert sum(inspect.getsource(line).strip() in source for source in shown) == 1


def test_the_chapter_calls_them_forty():
    lines = [line for f in THE_LINES for line in inspect.getsource(f).splitlines()]
    assert "forty plain lines" in CHAPTER.read_text(encoding="utf-8")
    assert abs(len(lines) - 40) <= 2


def test_it_needs_nothing_of_the_package():
    loaded = "import sys; import gan_lab.minimal; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True)
    ours = {name for name in ran.stdout.split() if name.split(".")[0] == "gan_lab"}
    assert ours == {"gan_lab", "gan_lab.core", "gan_lab.core.lazy", "gan_lab.minimal"}


def test_what_it_prints_comes_nearer_to_the_goal(capsys):
    with torch.random.fork_rng(devices=[]):
        minimal.main(iterations=10)
    head, goal, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["iteration", "mean", "sd", "W1", "V(G,", "D)"]
    assert goal.split() == ["the", "goal", "3.000", "0.500", "0.0000", f"{-math.log(4):.4f}"]
    assert [int(row.split()[0]) for row in rows] == [0, 1, 2, 3, 5, 10]
    distances = [float(row.split()[3]) for row in rows]
    assert distances[-1] < 0.1 < 0.3 < distances[0]


def test_how_far_knows_a_finished_game():
    mean, sd, distance, V = minimal.how_far(G=lambda z: z, D=lambda x: 0 * x)
    assert (mean, distance) == (pytest.approx(3.0), 0.0)
    assert sd == pytest.approx(0.5, rel=1e-3) and V == pytest.approx(-math.log(4))
