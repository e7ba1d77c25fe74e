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

from gan_lab.widgets.session import QUIET

CELL = (
    "import torch; torch.set_num_threads(1)\n"
    "from gan_lab.recipe import Recipe\n"
    "from gan_lab.widgets import lab\n"
    "shown = lab(Recipe(G=(8,), D=(8,), m=16)); shown"
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
        return next(m["content"]["data"] for m in heard if m["msg_type"] == "execute_result")

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
    data = kernel.show()
    assert {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"} <= set(data)
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
