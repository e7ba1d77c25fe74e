"""A game in a worker of a page from `file://`: the numbers of Node, with a worker and without."""

import json
import subprocess

import numpy as np
import pytest

from gan_lab.widgets import bundle

LINE = {"data": {"means": [3], "sds": [0.5], "weights": [1]}, "G": [8], "D": [8], "k": 1, "m": 16}
PLANE = {
    "data": {"kind": "ring", "modes": 8, "radius": 2, "sd": 0.2},
    "latent_dim": 2,
    "G": [12],
    "D": [12],
    "k": 1,
    "m": 16,
}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>a game</title>
<script src="gan_lab.js"></script><body></body></html>"""

# A start and two hundred iterations in several requests, two of which are under way at a time.
GAME = """
async (recipe) => {
  const client = GanLab.workerClient();
  const first = client.ask({ id: "start", do: "start", recipe });
  const more = [50, 70, 80].map((most) => client.ask({ do: "train", budget: 1e9, most }));
  const replies = [await first, ...(await Promise.all(more))];
  const refused = await client.ask({ do: "change", changes: { lr_D: -1 } });
  const line = await client.ask({ do: "move", what: "line" });
  let left = 200 - replies.at(-1).frame.t;
  while (left > 0) {
    const reply = await client.ask({ do: "train", budget: 1e9, most: left });
    replies.push(reply);
    left = 200 - reply.frame.t;
  }
  const seen = await client.ask({ do: "see" });
  const note = client.note;
  client.close();
  const after = await client.ask({ do: "see" });
  const plain = (_, v) => ArrayBuffer.isView(v) ? Array.from(v, String) : v;
  return JSON.stringify({
    id: replies[0].id, times: replies.map((r) => r.frame.t), frame: seen.frame, note,
    refused: refused.error, closed: after.error, line: line.line.name,
  }, plain);
}
"""
IN_NODE = """
const { session } = await import(process.argv[2]);
const { answer } = session();
answer({ do: "start", recipe: JSON.parse(process.argv[3]) });
answer({ do: "train", budget: 1e9, most: 200 });
const plain = (_, v) => ArrayBuffer.isView(v) ? Array.from(v, String) : v;
console.log(JSON.stringify(answer({ do: "see" }).frame, plain));
"""


@pytest.fixture
def open_game(open_file, tmp_path):
    def opened():
        (tmp_path / "gan_lab.js").write_text(bundle.classic())
        (tmp_path / "page.html").write_text(PAGE)
        return open_file(tmp_path / "page.html")

    return opened


@pytest.fixture
def in_node(node, tmp_path):
    """The frame of a game after 200 iterations, as Node plays it."""

    def frame(recipe):
        script, module = tmp_path / "play.mjs", tmp_path / "front.mjs"
        script.write_text(IN_NODE)
        module.write_text(bundle.joined() + "\nexport const { session } = $source$session;")
        ran = subprocess.run(
            [node, str(script), str(module), json.dumps(recipe)],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return frame


def with_outline(frame: dict) -> dict:
    """A frame whose outline is two lists beside the others."""
    lists = {f"outline's {name}": values for name, values in frame.get("outline", {}).items()}
    return {name: value for name, value in frame.items() if name != "outline"} | lists


def agree(here, there):
    """What is made of the weights alone bit for bit; the rest but for the last bits of exp and log,
    which an engine is free to choose."""
    here, there = with_outline(here), with_outline(there)
    assert set(here) == set(there)
    for name in {"t", "turn", "loss", "x", "G_z", "fake", "warp"} & set(here):
        assert here[name] == there[name], name
    for name in set(here) - {"turn", "loss", "warp", "D_kind", "atoms", "missing", "modes"}:
        one, other = (np.array(f[name], dtype=float) for f in (here, there))
        size = 1e-9 if name.endswith("_error") else 1e-12
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=size, err_msg=name)


@pytest.mark.parametrize("recipe", [LINE, PLANE], ids=["line", "plane"])
def test_a_worker_plays_the_game_that_node_plays(open_game, in_node, recipe):
    told = json.loads(open_game().evaluate(GAME, recipe))
    assert told["times"] == [0, 50, 120, 200] and told["id"] == "start"
    assert told["note"] is None and told["line"] == "sample noise for D"
    assert "lr_D" in told["refused"] and told["closed"] == "This game was closed."
    agree(told["frame"], in_node(recipe))


def test_a_page_that_may_start_no_worker_plays_the_same_game_itself(open_game, in_node):
    page = open_game()
    page.evaluate("() => { window.Worker = function () { throw new Error('not here'); }; }")
    told = json.loads(page.evaluate(GAME, LINE))
    assert "trained between its pictures" in told["note"]
    assert told["times"][0] == 0 and told["times"][-1] == 200
    agree(told["frame"], in_node(LINE))
