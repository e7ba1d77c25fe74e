"""A lab over other sources, and a stage over a lab's source, in a real browser."""

import base64
import re

from games import small_recording
from lab_page import LINE

from gan_lab.widgets import lab


def test_the_lab_cannot_tell_a_recording_from_a_game(open_labs):
    labs = open_labs(lab(LINE))
    bytes_ = base64.b64encode(small_recording().to_bytes(quantised=True)).decode()
    labs.page.evaluate(
        """(text) => {
          const figure = document.createElement("figure");
          document.body.append(figure);
          const recording = GanLab.recordingOf(GanLab.bytesOf(text));
          const start = { recipe: GanLab.recipeOf({}), t: 0 };
          const source = GanLab.recordingSource(recording);
          GanLab.mountLab(figure, { source, start });
        }""",
        bytes_,
    )
    labs.until("iteration 0", 1)
    labs.lab(1).get_by_role("button", name="One picture on").click()
    labs.until("iteration 1", 1)
    assert labs.lab(1).get_by_role("button", name="D step").count() == 0
    assert "Recorded" in labs.lab(1).locator(".gan-lab-foot").text_content()


def test_one_who_answers_is_enough_and_then_there_is_one_game(open_labs):
    labs = open_labs(lab(LINE))
    labs.page.evaluate(
        """() => {
          const figure = document.createElement("figure");
          document.body.append(figure);
          const recipe = GanLab.recipeOf({ G: [4], D: [4], m: 8, iterations: 1e6 });
          const start = { recipe, t: 0 };
          window.made = GanLab.mountLab(figure, { client: GanLab.workerClient(), start });
        }"""
    )
    labs.until("iteration 0", 1)
    assert labs.lab(1).get_by_role("button", name="Two at once").count() == 0
    assert labs.train(5, 1) >= 5
    labs.page.evaluate("made.waits('It is busy.')")
    note = labs.lab(1).locator("[data-health=note]", has_text="It is busy.")
    note.wait_for()
    assert labs.train(5, 1) >= 5 and note.count() == 1
    labs.page.evaluate("made.waits(null)")
    note.wait_for(state="detached")
    address = labs.page.url
    labs.set("k", 2, 1)
    labs.page.wait_for_timeout(600)
    assert labs.page.url == address  # it was not given the page's address
    labs.page.evaluate("made.unmount()")
    assert labs.page.locator(".gan-lab-whole").count() == 1


def test_the_figure_of_figure_1_plays_a_live_game(open_labs):
    labs = open_labs(lab(LINE))
    labs.page.evaluate(
        """async () => {
          const figure = document.createElement("figure");
          document.body.prepend(figure);
          const recipe = GanLab.recipeOf({ G: [4], D: [4], iterations: 1e6 });
          const source = GanLab.liveSource(GanLab.workerClient(), recipe);
          await source.ready;
          GanLab.mountStage(figure, source);
        }"""
    )
    stage = labs.page.locator(".gan-lab-stage")
    stage.get_by_role("button", name="Play", exact=True).click()
    stage.locator(".gan-lab-says", has_text=re.compile(r"iteration [1-9]\d")).wait_for()
    stage.get_by_role("button", name="Pause").click()
