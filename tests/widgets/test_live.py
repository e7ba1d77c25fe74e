"""The kernel's replies, read by the front end: its frame is the one that Python sees."""

import base64
import json
import signal
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gan_lab import datasets
from gan_lab.datasets import bimodal
from gan_lab.recording.frames import frame_of
from gan_lab.training.recipe import Recipe
from gan_lab.widgets.kernel.comm import message, stage
from gan_lab.widgets.kernel.session import Session

FRONT_END = Path(__file__).resolve().parents[2] / "gan_lab" / "front_end"
READ = """
import { gamesAtRest } from "KERNEL";
import { frameOf } from "SEE";
const { reply, arrays } = JSON.parse(process.argv[1]);
const floats = (text) => new Float64Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);
const [G, D, numbers] = arrays.map(floats);
const frame = frameOf(gamesAtRest()(reply, { G, D, numbers }));
const plain = (name, v) => (ArrayBuffer.isView(v) ? Array.from(v) : v);
process.stdout.write(JSON.stringify(frame, plain));
"""


def page_frame(node, reply) -> dict:
    """What the front end sees in a reply of the kernel."""
    words, arrays = message(reply)
    job = {"reply": words, "arrays": [base64.b64encode(a).decode() for a in arrays]}
    script = READ.replace("KERNEL", (FRONT_END / "source" / "kernel.js").as_uri())
    script = script.replace("SEE", (FRONT_END / "frame" / "frame_of.js").as_uri())
    command = [node, "--input-type=module", "-e", script, json.dumps(job)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(G=(12,), D=(12,), m=32),
        Recipe(data=bimodal(), G=(8, 8), D=(8,), m=16, latent="uniform", members=2, seed=3),
    ],
    ids=["gaussian", "bimodal"],
)
def test_the_front_end_sees_what_python_sees(node, recipe):
    session = Session(recipe, "cpu", clock=lambda: 0.0)  # no budget ever ends
    seen = page_frame(node, session.answer({"do": "train", "budget": 40, "most": 5}))
    ours = frame_of(session.game)
    for name in ("x", "p_data", "p_g", "D", "D_star", "G_z"):
        np.testing.assert_allclose(seen[name], getattr(ours, name), rtol=1e-7, atol=1e-9)
    for name in ("V", "C", "jsd"):
        assert seen[name] == pytest.approx(getattr(ours, name), abs=1e-6)
    assert (seen["t"], seen["turn"]) == (5, "G")


def test_a_game_in_the_plane_that_the_page_could_not_train_is_shown(node):
    recipe = Recipe(data=datasets.ring(sd=0.1), latent_dim=2, G=(8,), D=(8,), m=16, packing=2)
    session = Session(recipe.but(spectral=True), "cpu", clock=lambda: 0.0)
    seen = page_frame(node, session.answer({"do": "train", "budget": 40, "most": 3}))
    assert seen["dim"] == 2 and seen["t"] == 3 and np.isfinite(seen["D"]).all()


def test_a_stage_answers_messages_with_the_reply_and_its_bytes(monkeypatch):
    session = Session(Recipe(G=(4,), D=(4,), m=8), "cpu", clock=lambda: 0.0)
    made, sent = stage(session), []
    monkeypatch.setattr(made, "send", lambda words, buffers: sent.append((words, buffers)))
    made._handle_custom_msg({"id": "v:1", "do": "train", "budget": 40, "most": 2}, [])
    ((words, buffers),) = sent
    assert words["id"] == "v:1" and words["t"] == 2
    assert json.loads(json.dumps(words, allow_nan=False)) == words
    weights = np.frombuffer(buffers[0], "<f8")
    assert np.array_equal(weights, session.game.G.flat[0].detach().double().numpy())


def test_an_interrupt_while_an_ask_is_answered_loses_no_answer(monkeypatch):
    session = Session(Recipe(G=(4,), D=(4,), m=8), "cpu")
    made, sent, seen = stage(session), [], session.seen

    def interrupted():
        monkeypatch.setattr(session, "seen", seen)
        signal.raise_signal(signal.SIGINT)
        return seen()

    monkeypatch.setattr(made, "send", lambda words, buffers: sent.append(words))
    monkeypatch.setattr(session, "seen", interrupted)
    before = signal.getsignal(signal.SIGINT)
    for i in range(2):
        made._handle_custom_msg({"id": f"v:{i}", "do": "train", "budget": 40, "most": 1}, [])
    assert [(words["id"], words["t"], words.get("interrupted")) for words in sent] == [
        ("v:0", 1, None),
        ("v:1", 1, True),
    ]
    assert signal.getsignal(signal.SIGINT) is before
