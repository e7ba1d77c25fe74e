"""A figure taken along: the page that Python or *Share* makes of it, also in a frame."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab_page import LINE, PLANE, LabPage

import gan_lab as gl
from gan_lab.__main__ import main
from gan_lab.recording.images import MOST, ROOM
from gan_lab.training.loop import Training
from gan_lab.widgets import explore, lab, one_file, play

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
FRAME = """<!doctype html><html lang="en"><title>a page of mine</title>
<iframe src="{}" title="lab" sandbox="allow-scripts" style="width: 100%; height: 99em"></iframe>"""


def axe(page):
    found = Axe().run(page).response["violations"]
    return [rule for rule in found if rule["impact"] in ("serious", "critical")]


def opened(open_file, folder, text, **options):
    (folder / "figure.html").write_text(text, encoding="utf-8")
    return open_file(folder / "figure.html", **options)


@pytest.mark.parametrize("recipe", [LINE, PLANE], ids=["line", "plane"])
def test_a_lab_as_one_file_trains_on_a_phone(open_file, tmp_path, recipe):
    page = opened(open_file, tmp_path, one_file(lab(recipe)), viewport=PHONE)
    labs = LabPage(page)
    labs.come_to(0)
    labs.train(20)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert not axe(page)
    assert not page.locator("a[href$='.html']").count()  # there is no book around


def test_a_lab_in_a_frame_that_may_only_run_scripts_trains(open_file, tmp_path):
    (tmp_path / "lab.html").write_text(one_file(lab(LINE)), encoding="utf-8")
    page = opened(open_file, tmp_path, FRAME.format("lab.html"))
    frame = page.frame_locator("iframe")
    frame.locator(".gan-lab-says", has_text="iteration 0,").wait_for()
    frame.get_by_role("button", name="Train", exact=True).click()
    frame.locator(".gan-lab-says", has_text="iteration 1").first.wait_for()
    frame.get_by_role("button", name="Pause", exact=True).click()
    frame.get_by_role("button", name="Train", exact=True).wait_for()


DIGITS = gl.PRESETS["digits conditional"].but(G=(16,), D=(16,))


def test_digits_as_one_file_are_small_and_play_on_a_phone_and_in_a_frame(open_file, tmp_path):
    frames = ROOM // (MOST * 72)  # as many as have room with the most pictures: the largest file
    recording = gl.record(Training(DIGITS, device="cpu"), frames, frames=2 * frames)
    assert recording.G_z.shape[:2] == (frames, MOST)
    text = one_file(play(recording, caption="Digits"))
    assert len(text.encode()) < 700_000
    page = opened(open_file, tmp_path, text, viewport=PHONE)
    page.locator(".gan-lab-says", has_text="before training").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 390 and not axe(page)
    page = opened(open_file, tmp_path / "..", FRAME.format(f"{tmp_path.name}/figure.html"))
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="One frame on").click()
    frame.locator(".gan-lab-says", has_text="iteration 1,").wait_for()


def test_a_frame_that_can_save_nothing_says_so_and_gives_the_text(open_file, tmp_path):
    (tmp_path / "pair.html").write_text(one_file(explore.pair(), "A pair"), encoding="utf-8")
    page = opened(open_file, tmp_path, FRAME.format("pair.html"))
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Share").click()
    frame.get_by_role("button", name="Save as one file").click()
    said = frame.get_by_role("status").text_content()
    assert said == "This frame can save no file: copy the text of a-pair.html from here."
    text = frame.get_by_role("textbox", name="To copy").input_value()
    assert text.startswith("<!doctype html>") and text.rstrip().endswith("</html>")


def test_a_recording_and_an_explorable_as_one_file(open_file, tmp_path):
    recording = gl.record(Training(LINE), 40, frames=5)
    page = opened(open_file, tmp_path, one_file(play(recording, caption="Ten & <five>")))
    page.locator("figcaption", has_text="Ten & <five>").wait_for()
    page.get_by_role("button", name="Play", exact=True).click()
    page.locator(".gan-lab-says", has_text="iteration 40").wait_for()
    page = opened(open_file, tmp_path, one_file(explore.pair(mu=1.5), "A pair"), viewport=PHONE)
    page.locator("input[type=range]").first.press("ArrowRight")
    assert page.title() == "A pair" and not axe(page)


def test_the_button_says_whether_its_tray_is_open(open_figures):
    page = open_figures(explore.pair())
    share = page.get_by_role("button", name="Share")
    for closes in (share, page.get_by_role("button", name="Close")):
        share.click()
        assert share.get_attribute("aria-expanded") == "true"
        closes.click()
        assert share.get_attribute("aria-expanded") == "false"
        assert page.locator(".gan-lab-tray").is_hidden()


def saved(page, folder, figure):
    """The file that *Share* saves of a figure of the page."""
    figure.get_by_role("button", name="Share").click()
    with page.expect_download() as waiting:
        figure.get_by_role("button", name="Save as one file").click()
    waiting.value.save_as(folder / waiting.value.suggested_filename)
    return folder / waiting.value.suggested_filename


def test_what_a_page_saves_of_a_lab_is_its_game_at_this_moment_and_can_be_saved_again(
    open_labs, open_file, tmp_path
):
    labs = open_labs(lab(LINE))
    labs.train(20)
    labs.set("lr_G", 0.02)
    labs.train(20)
    first = saved(labs.page, tmp_path, labs.lab())
    assert first.name == "a-gan-to-train-by-hand.html" and first.stat().st_size < 700_000
    page = open_file(first)
    again = LabPage(page)
    again.until(f"iteration {labs.t()},")
    assert again.says() == labs.says() and again.field("lr_G").input_value() == "0.02"
    second = saved(page, tmp_path, again.lab())
    assert len(second.read_text()) == len(first.read_text())


def test_an_explorable_is_saved_as_it_stands_and_embedded_by_the_lines_that_it_gives(
    open_figures, open_file, tmp_path
):
    page = open_figures(explore.pair(mu=1.0))
    board = page.locator("figure").first
    board.locator("input[type=range]").first.press("End")
    words = board.locator(".gan-lab-says").text_content()
    file = saved(page, tmp_path, board)
    board.get_by_role("button", name="Copy embed code").click()
    lines = board.locator("textarea").input_value()
    page = opened(open_file, tmp_path, f'<!doctype html><html lang="en"><title>x</title>{lines}')
    assert f'src="{file.name}"' in lines
    page.frame_locator("iframe").locator(".gan-lab-says", has_text=words).wait_for()


def test_the_command_makes_a_page_of_a_preset_a_recipe_and_a_recording(tmp_path, capsys):
    to = tmp_path / "lab.html"
    assert main(["embed", "two", "-o", str(to)]) == 0
    assert to.stat().st_size < 500_000 and 'data-gan-lab="lab"' in to.read_text()
    (tmp_path / "mine.json").write_text(json.dumps(LINE.as_dict()))
    assert main(["embed", str(tmp_path / "mine.json"), "-o", str(to)]) == 0
    gl.record(Training(LINE), 40, frames=5).save(tmp_path / "run.gan")
    assert main(["embed", str(tmp_path / "run.gan"), "-o", str(to)]) == 0
    assert 'data-gan-lab="recording"' in to.read_text()
    with pytest.raises(TypeError, match="what lab, play or explore returns, and got dict"):
        one_file({})


BAD = {
    "nothing": "nothing is neither a file nor a preset, which are bump, ",
    "": "nothing is neither a file nor a preset, which are bump, ",
    "digits": "A page trains no games of pictures: embed a saved recording of one.",
    "broken.json": "broken.json: a recipe must be written in JSON, and this is none: ",
    "bytes.json": "bytes.json: a recipe must be written in JSON, and this is none: ",
    "list.json": "list.json: a recipe must be a table of fields, not [1]",
    "field.json": "field.json: lr_G must be a number, 0 or more, not -1",
    "pictures.json": "pictures.json: A page trains no games of pictures",
    "words.txt": "words.txt: these bytes are not a recording of gan_lab",
}


def test_the_command_says_in_one_sentence_what_it_cannot_take(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "bytes.json").write_bytes(b"\xff")
    (tmp_path / "list.json").write_text("[1]")
    (tmp_path / "field.json").write_text('{"lr_G": -1}')
    (tmp_path / "pictures.json").write_text(json.dumps(gl.PRESETS["digits"].as_dict()))
    (tmp_path / "words.txt").write_text("words")
    for words, said in BAD.items():
        assert main(["embed", words]) == 2
        told = capsys.readouterr().err
        assert told.startswith(said) and told.count("\n") == 1
    assert not (tmp_path / "lab.html").exists()


def test_the_command_keeps_what_it_was_given_and_says_where_it_cannot_write(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    recipe = json.dumps(LINE.as_dict())
    (tmp_path / "mine.json").write_text(recipe)
    for to, said in (
        ("./mine.json", "./mine.json is what the page is made of: give the page another name."),
        (".", ".: Is a directory."),
        ("nowhere/lab.html", "nowhere/lab.html: No such file or directory."),
    ):
        assert main(["embed", "mine.json", "-o", to]) == 2
        assert capsys.readouterr().err == f"{said}\n"
    assert (tmp_path / "mine.json").read_text() == recipe
    assert main(["embed", "--help"]) == 0
    assert "embed RECIPE [-o FILE]" in capsys.readouterr().out
