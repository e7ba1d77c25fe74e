"""Where the losses end: the chart's reference lines against `gan_lab.training.losses` itself."""

import json
import math
import subprocess

import pytest
import torch

from gan_lab.training.losses import LOSSES, softened_labels
from gan_lab.widgets.bundle import joined, modules

SMOOTHED = [name for name, loss in LOSSES.items() if loss.labels]


@pytest.fixture(scope="module")
def end_of(node):
    """`equilibriumOf` of frame/equilibrium.js, for a list of recipes at once."""
    needed = ("numeric/format", "numeric/game_value", "training/losses", "frame/readout")
    script = joined({name: modules()[name] for name in (*needed, "frame/equilibrium")})

    def asked(recipes):
        found = f"{json.dumps(recipes)}.map($frame$equilibrium.equilibriumOf)"
        said = f"console.log(JSON.stringify({found}));"
        command = [node, "-e", script + said]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return asked


def at_the_end(loss, smoothing=0.0):
    """Both losses where p_g = p_data and D is the best answer to that."""
    a = torch.tensor(smoothing, dtype=torch.float64)
    l = torch.log((1 - a) / (1 + a)).expand(8)
    output = LOSSES[loss].best(l)
    D = LOSSES[loss].D(output, output) + (softened_labels(output, smoothing) if smoothing else 0.0)
    return float(D), float(LOSSES[loss].G(output, output))


def test_every_loss_ends_where_the_chart_says(end_of):
    ends = end_of([{"loss": name, "smoothing": 0} for name in LOSSES])
    for name, end in zip(LOSSES, ends, strict=True):
        if LOSSES[name].best is None:
            continue
        D, G = at_the_end(name)
        assert end["D"]["value"] == pytest.approx(D, abs=1e-12), name
        assert end["G"]["value"] == pytest.approx(G, abs=1e-12), name


def test_what_a_critic_loses_at_the_end_is_0_whatever_it_says_and_the_generator_anything(end_of):
    (end,) = end_of([{"loss": "wasserstein"}])
    for constant in (-3.0, 0.0, 5.0):
        output = torch.full((8,), constant)
        assert float(LOSSES["wasserstein"].D(output, output)) == end["D"]["value"] == 0.0
    assert end["G"] is None


def test_softened_labels_move_the_end(end_of):
    ends = end_of([{"loss": name, "smoothing": a} for name in SMOOTHED for a in (0.1, 0.4)])
    wanted = [at_the_end(name, a) for name in SMOOTHED for a in (0.1, 0.4)]
    for end, (D, G) in zip(ends, wanted, strict=True):
        assert (end["D"]["value"], end["G"]["value"]) == pytest.approx((D, G), abs=1e-12)


def test_the_words_of_an_end_are_its_value(end_of):
    """The number after the sign of near equality, or the only one there is."""
    for end in end_of([{"loss": name} for name in LOSSES]):
        for who in filter(None, (end["D"], end["G"])):
            text = who["words"].split("≈")[-1].strip().replace("−", "-").replace("½", "0.5")
            assert float(text) == pytest.approx(who["value"], abs=5e-4)
            log2 = {"2 log 2": 2 * math.log(2), "log 2": math.log(2), "−log 2": -math.log(2)}
            if "≈" in who["words"]:
                assert log2[who["words"].split(" ≈")[0]] == pytest.approx(who["value"])
