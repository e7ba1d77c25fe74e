"""What the lab copies as Python plays the very run again, to 1e-9, and ends in a picture."""

import json
import subprocess

import matplotlib.pyplot as plt
import numpy as np
import pytest
from in_node import JS
from lab_page import LINE, PLANE

from gan_lab.datasets import bimodal, drawn
from gan_lab.recording.frames import frame_of
from gan_lab.training.recipe import Recipe
from gan_lab.training.rewind import Rewindable
from gan_lab.widgets import lab
from gan_lab.widgets.kernel.session import Session

EXACT = LINE.but(dtype="float64")
TRAIN, D, G = {"do": "train", "most": 7}, {"do": "move", "what": "D"}, {"do": "move", "what": "G"}
BOTH, BACK = {"do": "move", "what": "both"}, {"do": "undo"}


def change(**changes):
    return {"do": "change", "changes": changes}


RUNS = {
    "played": [TRAIN, TRAIN],
    "changed on the way": [
        TRAIN,
        change(lr_G=0.02),
        change(lr_D=0.02),
        TRAIN,
        change(loss="hinge"),
        change(loss="minimax", optimizer="rmsprop"),
        TRAIN,
    ],
    "by hand": [TRAIN, D, D, D, G, G, TRAIN, G, D],
    "changed within an iteration": [
        TRAIN,
        D,
        change(k=4, m=8),
        TRAIN,
        D,
        BOTH,
        change(k=1),
        G,
        TRAIN,
    ],
    "taken back": [TRAIN, change(k=3), D, BACK, BACK, G, BACK, TRAIN, {"do": "rewind", "t": 4}, D],
    "line by line": [{"do": "move", "what": "line"}] * 5,
    "nothing": [],
}


def copied(node, folder, *jobs):
    """The text and the ends of each job, a list of (recipe, requests)."""
    file = folder / "jobs.json"
    words = [[{"recipe": r.as_dict(), "requests": moves} for r, moves in job] for job in jobs]
    file.write_text(json.dumps(words))
    ran = subprocess.run(
        [node, str(JS / "copy_games.mjs"), str(file)], capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def run(text):
    """What a text makes; it has to have drawn something."""
    plt.close("all")
    names = {}
    exec(text, names)
    assert plt.get_fignums() and all(ax.has_data() or ax.child_axes for ax in plt.gcf().axes)
    plt.close("all")
    return names


@pytest.fixture(autouse=True)
def no_window(monkeypatch):
    monkeypatch.setattr(plt, "show", lambda: None)


def near(ours, theirs):
    assert np.allclose(ours, theirs, rtol=1e-9, atol=1e-9), (ours, theirs)


def test_every_run_on_the_line_is_played_again(node, tmp_path, capsys):
    answers = copied(node, tmp_path, *([(EXACT, moves)] for moves in RUNS.values()))
    for name, said in zip(RUNS, answers, strict=True):
        names, (end,) = run(said["text"]), said["ends"]
        frame = names["frame"]
        assert (frame.t, frame.turn) == (end["t"], end["turn"]), name
        for number in ("V", "C", "jsd"):
            near(getattr(frame, number), end[number])
        near(frame.G_z, end["G_z"])
        if frame.t:
            near([frame.loss_D, frame.loss_G], [end["loss_D"], end["loss_G"]])
        assert f"iteration {end['t']}: JSD {end['jsd']:.4f} nats" in capsys.readouterr().out


OTHERS = {
    "the plane": PLANE.but(dtype="float64"),
    "smooth": EXACT.but(activation="tanh"),
    "a score": EXACT.but(loss="wasserstein", clip=0.1),
    "a z of two": EXACT.but(latent_dim=2, latent="uniform", data=bimodal(0.0, 2.0, 0.3)),
    "drawn": EXACT.but(data=drawn([0, 1, 3], [0, 1, 0]), ema=0.9, spectral=True),
    "coin": EXACT.but(latent="bernoulli", activation="leaky_relu"),
}


def test_games_of_every_kind_end_in_a_picture(node, tmp_path):
    answers = copied(node, tmp_path, *([(r, [TRAIN, D, G])] for r in OTHERS.values()))
    for (name, recipe), said in zip(OTHERS.items(), answers, strict=True):
        names = run(said["text"])
        (end,) = said["ends"]
        assert names["recipe"] == recipe, name
        game = names["game"]
        assert (game.t, game.turn) == (8, "G")
        near([float(game.loss_D[0]), float(game.loss_G[0])], [end["loss_D"], end["loss_G"]])


def test_two_games_are_copied_side_by_side(node, tmp_path):
    jobs = [(EXACT, [TRAIN, D]), (EXACT.but(seed=5, k=3), [TRAIN, change(lr_G=0.1), TRAIN])]
    (said,) = copied(node, tmp_path, jobs)
    names = run(said["text"])
    assert "second = Training(recipe.but(k=3, seed=5))" in said["text"]
    for game, end in zip((names["game"], names["second"]), said["ends"], strict=True):
        near(frame_of(game).jsd, end["jsd"])


@pytest.mark.parametrize("moves", RUNS.values(), ids=RUNS)
def test_a_kernel_tells_the_same_moves(node, tmp_path, moves):
    (said,) = copied(node, tmp_path, [(EXACT, moves)])
    session = Session(EXACT, "cpu")
    for request in moves:
        for one in [BOTH] * 7 if request == TRAIN else [request]:  # how far time allows is open
            assert "error" not in session.answer(one)
    told = session.answer({"do": "tell", "count": len(session.game.moves)})["told"]
    assert told == said["told"][0]
    assert Recipe.from_dict(told["recipe"]) == EXACT


def test_the_first_moves_alone_can_be_told():
    game = Rewindable(EXACT, "cpu")
    for _ in game.play(3):
        pass
    game.change(k=5)
    assert game.told() == (EXACT, [["play", 3], ["change", {"k": 5}]])
    assert game.told(8)[1] == [["play", 2], ["D", 2]]  # k is 2: a third iteration without G's step
    with pytest.raises(ValueError, match="count must be a whole number from 0 to 10, not 11"):
        game.told(11)


def test_the_button_copies_the_run_that_was_clicked(open_labs, capsys):
    labs = open_labs(lab(EXACT))
    labs.lab().get_by_label("Iterations for each picture").select_option("5")
    labs.train(20)
    labs.set("lr_G", 0.02)
    labs.train(20)
    t = labs.t()
    for _ in range(3):
        labs.press("D step")
    labs.press("G step")
    labs.until(f"iteration {t + 1}, after G’s step")
    labs.until_paused()
    says = labs.says()
    labs.press("Copy as Python")
    tray = labs.lab().locator(".gan-lab-tray:not([hidden]) textarea")
    tray.wait_for()
    text = tray.input_value()
    assert "game.change(lr_G=0.02)" in text and "range(3)" in text
    frame = run(text)["frame"]
    assert f"iteration {frame.t}, after G’s step" in says
    assert f"V(G,D) {frame.V:.2f} ≤ {frame.C:.2f}".replace("-", "−") in says
    labs.lab().get_by_label("Moment of the training").fill("2")  # what is shown is copied
    says = labs.says()
    labs.press("Copy as Python")
    labs.page.wait_for_function(
        "text => document.querySelector('.gan-lab-tray:not([hidden]) textarea').value !== text",
        arg=text,
    )
    frame = run(tray.input_value())["frame"]
    assert says.startswith(f"iteration {frame.t}, ")
    assert f"V(G,D) {frame.V:.2f} ≤ {frame.C:.2f}".replace("-", "−") in says
