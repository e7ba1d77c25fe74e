"""A lab in a kernel without any page: messages in, replies out, and interrupts, as Colab has them.

Colab's kernel is an old one, which answers all messages on its main thread. These tests use what
is installed, the new or, in an environment made for it, the old (see CONTRIBUTING.md).
"""

import queue
import sys
import time

import pytest
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec

from gan_lab.widgets.kernel.session import QUIET

VIEW = "application/vnd.jupyter.widget-view+json"
CELL = (
    "import sys, torch; torch.set_num_threads(1)\n"
    "from types import ModuleType, SimpleNamespace\n"
    "output = ModuleType('google.colab.output')\n"  # as on Colab, where there is one
    "output._widgets = SimpleNamespace(_installed_url='the manager')\n"
    "output.enable_custom_widget_manager = lambda: None\n"
    "sys.modules['google.colab.output'] = output\n"
    "from gan_lab.training.recipe import Recipe\n"
    "from gan_lab.widgets import lab\n"
    "shown = lab(Recipe(G=(8,), D=(8,), m=16, schedule='constant')); shown"
)

PICTURES = (
    "import gan_lab as gl\n"
    "tiny = gl.PRESETS['digits'].but(G=(8,), D=(8,), m=8)\n"
    "shown = gl.lab(tiny, device='cpu'); shown"
)


class Kernel:
    """A kernel and the widget of a lab in it."""

    def __init__(self):
        self.manager = KernelManager()
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        self.manager._kernel_spec = KernelSpec(argv=command, interrupt_mode="signal")
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(60)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code) -> list[dict]:
        """What a cell publishes until it has ended."""
        asked, heard = self.client.execute(code), []
        while True:
            said = self.client.get_iopub_msg(timeout=60)
            if said["parent_header"].get("msg_id") == asked:
                heard.append(said)
                if said["content"].get("execution_state") == "idle":
                    return heard

    def show(self):
        heard = self.run(CELL)
        opened = [m["content"] for m in heard if m["msg_type"] == "comm_open"]
        self.comm = next(c["comm_id"] for c in opened if "recipe" in c["data"]["state"])
        return next(m["content"] for m in heard if m["msg_type"] == "execute_result")

    def ask(self, **request):
        data = {"method": "custom", "content": request}
        said = self.client.session.msg("comm_msg", {"comm_id": self.comm, "data": data})
        self.client.shell_channel.send(said)

    def replies(self, count) -> list[dict]:
        """So many replies, or those of ten seconds."""
        found, end = [], time.monotonic() + 10
        while len(found) < count and time.monotonic() < end:
            try:
                said = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            content = said["content"]
            if said["msg_type"] == "comm_msg" and content["comm_id"] == self.comm:
                if content["data"].get("method") == "custom":
                    found.append(content["data"]["content"] | {"arrays": len(said["buffers"])})
        return found

    def reply(self, **request) -> dict:
        self.ask(**request)
        return self.replies(1)[0]


@pytest.fixture(scope="module")
def kernel():
    kernel = Kernel()
    yield kernel
    kernel.close()


@pytest.fixture
def game(kernel):
    """A new game in that kernel, some iterations old."""
    result = kernel.show()
    assert {VIEW, "image/png", "text/plain"} <= set(result["data"])
    assert result["metadata"][VIEW]["colab"]["custom_widget_manager"]["url"] == "the manager"
    assert [kernel.reply(id="v:0", do="move", what="both")["t"] for _ in range(3)] == [1, 2, 3]
    return kernel


def test_asks_are_answered_in_their_order_with_the_weights(game):
    for i in range(2):
        game.ask(id=f"v:{i}", do="train", budget=40, most=1)
    replies = game.replies(2)
    assert [(r["id"], r["t"], r["arrays"]) for r in replies] == [("v:0", 4, 3), ("v:1", 5, 3)]
    assert game.reply(id="v:2", do="change", changes={"lr_D": 1e-3})["recipe"]["lr_D"] == 1e-3


def test_an_interrupt_between_two_messages_is_heard(game):
    time.sleep(0.3)
    game.manager.interrupt_kernel()
    time.sleep(0.1)
    reply = game.reply(id="v:1", do="train", budget=40)
    assert reply["interrupted"] and reply["t"] == 3
    time.sleep(QUIET + 0.2)
    assert game.reply(id="v:2", do="train", budget=40, most=1)["t"] == 4


def test_an_interrupt_while_it_trains_leaves_a_game_that_goes_on(game):
    for i in range(30):
        game.ask(id=f"v:{i}", do="train", budget=40)
    time.sleep(0.3)
    game.manager.interrupt_kernel()
    replies = game.replies(30)
    assert any(reply.get("interrupted") for reply in replies)
    assert all(a["t"] <= b["t"] for a, b in zip(replies, replies[1:], strict=False))
    time.sleep(QUIET + 0.2)
    assert game.reply(id="v:99", do="train", budget=40, most=1)["t"] == replies[-1]["t"] + 1


def test_an_interrupt_of_a_cell_is_one_of_the_game(game):
    game.client.execute("import time; time.sleep(30)")
    time.sleep(0.5)
    game.manager.interrupt_kernel()
    time.sleep(0.1)
    assert game.reply(id="v:1", do="train", budget=40)["interrupted"]


def test_an_interrupt_is_obeyed_within_a_heavy_iteration(game):
    for change in ({"k": 100}, {"m": 40_000}):
        assert "error" not in game.reply(id="v:1", do="change", changes=change)
    before = game.reply(id="v:2", do="see")
    game.ask(id="v:3", do="train", budget=40)
    time.sleep(0.5)
    game.manager.interrupt_kernel()
    (reply,) = game.replies(1)
    assert reply["interrupted"] and reply["t"] == before["t"] and reply["steps"] < 100


def test_a_cell_that_moves_the_game_is_followed_by_a_call_to_look_again(game):
    def calls(code):
        heard = [m["content"]["data"] for m in game.run(code) if m["msg_type"] == "comm_msg"]
        return [data["content"] for data in heard if data.get("method") == "custom"]

    assert calls("shown.training.t") == []
    assert calls("for _ in shown.training.play(4): pass") == [{"news": True}]
    assert game.reply(id="v:1", do="see")["t"] == 7


def test_traits_follow_a_game_that_plays_and_a_wish_to_play_reaches_the_page(game):
    """In the kernel `playing` is a wish; of the messages of a page one says that it does."""

    def said(code) -> str:
        heard = game.run(code)
        assert not [m["content"]["evalue"] for m in heard if m["msg_type"] == "error"]
        return "".join(m["content"]["text"] for m in heard if m["msg_type"] == "stream")

    assert said("print(shown.iteration, shown.playing)") == "3 False\n"
    hear = "seen = []; shown.observe(lambda c: seen.append(c.new), 'iteration')"
    heard = game.run(f"{hear}; shown.play()")
    updates = [m["content"] for m in heard if m["msg_type"] == "comm_msg"]
    wishes = [c["data"]["state"] for c in updates if c["comm_id"] == game.comm]
    assert {"playing": True} in wishes
    for i in range(20):
        game.ask(id=f"v:{i}", do="train", budget=40, most=1)
    assert [reply["t"] for reply in game.replies(20)] == list(range(4, 24))
    assert said("print(seen == list(range(4, 24)), shown.iteration)") == "True 23\n"
    data = {"method": "update", "state": {"playing": False}, "buffer_paths": []}
    game.client.shell_channel.send(
        game.client.session.msg("comm_msg", {"comm_id": game.comm, "data": data})
    )
    assert said("print(shown.playing); shown.step(2)") == "False\n"
    assert game.reply(id="v:99", do="see")["t"] == 25
    now = "from gan_lab.recording.frames import frame_of; now = frame_of(shown.training)"
    assert said(f"{now}; print(shown.jsd == now.jsd)") == "True\n"
    seen = "t = shown.recording.t.tolist()"
    assert said(f"{seen}; print(t[:24] == list(range(24)), t[-1])") == "True 25\n"


def test_a_game_of_pictures_goes_on_by_a_step_of_its_picture(kernel):
    heard = kernel.run(PICTURES)
    opened = [m["content"] for m in heard if m["msg_type"] == "comm_open"]
    kernel.comm = next(c["comm_id"] for c in opened if "_esm" in c["data"]["state"])
    kernel.ask(press="on")
    heard = kernel.run("print(shown.iteration, shown.nearest(1).distance > 0)")
    assert "1 True" in str([m["content"] for m in heard if m["msg_type"] == "stream"])
    kernel.manager.interrupt_kernel()
    time.sleep(QUIET + 0.2)
    kernel.ask(press="on")
    heard = kernel.run("print(shown.iteration, len(shown.widget().kept))")
    assert "2 3" in str([m["content"] for m in heard if m["msg_type"] == "stream"])
