"""The lab in a real browser, from `file://` with the network blocked: trained by mouse and keys."""

import re

from lab_page import LINE, PLANE

from gan_lab.data import drawn
from gan_lab.widgets import lab


def test_a_lab_on_the_line_trains_pauses_and_is_moved_by_hand(open_labs):
    labs = open_labs(lab(LINE))
    assert labs.t() == 0
    then = labs.train(50)
    labs.page.wait_for_timeout(200)
    assert labs.t() == then
    before = labs.says()
    labs.press("D step")
    labs.until(f"iteration {then}, after D’s step")
    labs.press("Undo")
    labs.until(f"iteration {then}, after G’s step")
    assert labs.says() == before
    labs.press("G step")
    labs.until(f"iteration {then + 1}, after G’s step")
    labs.press("One picture back")
    assert labs.says() == before
    labs.press("Go on from here")
    labs.lab().locator(".gan-lab-go-on").wait_for(state="hidden")
    assert labs.says() == before


def test_a_lab_in_the_plane_trains_and_shows_its_layers(open_labs):
    labs = open_labs(lab(PLANE))
    assert "modes found" in labs.says()
    labs.train(20)
    ink = "canvas => canvas.toDataURL()"
    canvas = labs.lab().locator(".gan-lab-picture canvas")
    seen = {canvas.evaluate(ink)}
    for layer in ("data", "G’s points", "where G’s loss pulls them", "the grid of z under G"):
        box = labs.lab().get_by_label(layer, exact=True)
        box.set_checked(not box.is_checked())
        labs.page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        seen.add(canvas.evaluate(ink))
    assert len(seen) == 5
    labs.lab().get_by_label("Map", exact=True).select_option("both")
    labs.page.locator(".gan-lab-picture canvas[aria-label*='maps of D and of D*']").wait_for()


def test_a_link_in_the_plane_brings_back_every_number(open_labs):
    labs = open_labs(lab(PLANE))
    labs.train(20)
    labs.page.wait_for_timeout(900)  # at rest all is seen anew, and the address follows
    words = labs.says()
    labs.page.reload()
    labs.until(words.split(";")[0])
    assert labs.says() == words


WATCH = r"""() => {
  const all = (what) => [...document.querySelectorAll(what)];
  const found = (words, pattern) => words.map((each) => each.match(pattern)?.[1] ?? "");
  window.read = () => {
    const said = all(".gan-lab-says").map((each) => each.textContent);
    const labels = all("canvas[role=img]").map((each) => each.getAttribute("aria-label"));
    const slow = labels.filter((each) => /JSD|modes/.test(each));
    return {
      t: found(labels.slice(0, 1).concat(said), /iteration (\d+), (?:after|before tr)/).map(Number),
      earlier: found([...said, ...slow], /at (iteration \d+)(?!\d|, after|, before tr)/),
      button: all(".gan-lab-train")[0].textContent.trim(),
    };
  };
  window.seen = [];
  const watch = new MutationObserver(() => seen.push(read()));
  watch.observe(all(".gan-lab-says")[0], { childList: true });
}"""


def test_what_a_page_shows_is_of_one_moment_or_says_of_which(open_labs):
    labs = open_labs(lab(PLANE.but(G=(32, 32), D=(32, 32))))  # whose mesh takes its time
    labs.lab().get_by_label("Divergence", exact=True).check()
    labs.page.evaluate(WATCH)
    labs.train(20)
    ends = [labs.page.evaluate("read()")]
    for button in ("One picture back", "Both", "To the first picture"):
        labs.press(button)
        labs.until_paused()
        ends.append(labs.page.evaluate("read()"))
    for end in ends:
        assert len(set(end["t"])) == 1 and not any(end["earlier"]), end
    times = [end["t"][0] for end in ends]
    assert times[1] < times[0] < times[2] and times[3] == 0
    seen = labs.page.evaluate("seen")
    assert sum(any(each["earlier"]) for each in seen) > 5  # while it played
    for each in seen:  # the sentence, the picture's name, and each chart with slow numbers
        assert len(set(each["t"])) == len(set(each["earlier"])) == 1, each
        assert each["button"] != "Train" or not any(each["earlier"]), each


def test_settings_change_a_running_game_and_what_is_built_in_begins_a_new_one(open_labs):
    labs = open_labs(lab(LINE))
    labs.press("Train")
    labs.page.wait_for_timeout(300)
    labs.set("lr_G", 0.02)
    labs.page.wait_for_timeout(200)
    labs.press("Pause")
    labs.until_paused()
    foot = labs.lab().locator(".gan-lab-foot").text_content()
    assert labs.t() > 0 and "changed on the way once" in foot
    labs.set("seed", 3)
    labs.until("iteration 0, before training")
    both = """() => { // one after the other, before the first has been answered
      for (const [name, value] of [["seed", "4"], ["m", "24"]]) {
        const box = document.querySelector(`[data-field=${name}] input`);
        box.value = value;
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }"""
    labs.page.evaluate(both)
    assert [labs.field(name).input_value() for name in ("seed", "m")] == ["4", "24"]
    labs.until_paused()
    assert [labs.field(name).input_value() for name in ("seed", "m")] == ["4", "24"]
    assert labs.field("lr_G").input_value() == "0.02"  # a new game keeps the reader's settings
    labs.set("k", 0)
    note = labs.lab().locator(".gan-lab-health li")
    assert "k must be a whole number from 1 to 1000, not 0." in note.text_content()
    labs.set("k", 3)
    note.wait_for(state="detached")


def test_a_rate_of_ten_is_said_and_the_last_good_state_is_there(open_labs):
    labs = open_labs(lab(LINE, t=60), ready="iteration 60,")
    good = labs.says()
    labs.set("lr_G", 10)
    labs.train(20)
    assert labs.ills() == ["diverged"]
    item = labs.lab().locator(".gan-lab-health li")
    criterion = r"blown up: .*\((100|30) or more.*Seen first at iteration"
    assert re.search(criterion, item.text_content())
    assert item.get_by_role("link").get_attribute("href") == "lab.html#rates-of-ten"
    item.get_by_role("button", name="Back to iteration 60, the last good state").click()
    labs.until("iteration 60, after G’s step")
    assert labs.says() == good and labs.ills() == []
    assert labs.field("lr_G").input_value() == "0.003"
    labs.train(20)
    assert labs.ills() == []


def test_a_link_plays_the_same_run_again_with_its_changes(open_labs):
    first = open_labs(lab(LINE))
    first.lab().get_by_label("Iterations for each picture").select_option("1")
    first.train(30)
    first.set("lr_G", 0.02)
    first.train(30)
    first.lab().get_by_label("Losses").check()
    first.press("Copy link")
    link = first.lab().locator(".gan-lab-tray textarea").input_value()
    assert "then=" in link
    first.page.wait_for_url(link)
    again = open_labs(lab(LINE), link=link[link.index("#") :], ready=f"iteration {first.t()},")
    assert again.says() == first.says()
    assert again.field("lr_G").input_value() == "0.02"
    assert again.lab().get_by_label("Losses").is_checked()
    again.page.evaluate("location.hash = '#lab=two&lr_G=frog'")
    said = again.lab().locator(".gan-lab-health li", has_text='"frog" is no number.')
    said.wait_for()
    again.page.evaluate("location.hash = '#lab=gaussian&t=5'")
    again.until("iteration 5,")
    overwritten = "location.hash = '#lab=gaussian&t=7'; history.replaceState(null, '', link)"
    again.page.evaluate("(link) => { " + overwritten + "; }", link[link.index("#") :])
    again.until("iteration 7,")  # a link that is followed is not lost to an address that is written


def test_copy_as_python_is_the_recipe(open_labs):
    recipe = LINE.but(loss="hinge", lr_G=1e-5, data=drawn([0, 1, 3], [0, 1, 0]), seed=7)
    labs = open_labs(lab(recipe))
    labs.press("Copy as Python")
    code = labs.lab().locator(".gan-lab-tray textarea").input_value()
    assert f"\nrecipe = {recipe!r}\n" in code
    names = {}
    exec(code.split("game =")[0], names)
    assert names["recipe"] == recipe


def test_two_at_once_have_one_clock(open_labs):
    labs = open_labs(lab(LINE))
    labs.press("Two at once")
    labs.lab().get_by_label("The field in which the second game differs").select_option("k")
    value = labs.lab().get_by_label("k, steps of D of the second game")
    value.fill("5")
    value.press("Enter")
    labs.lab().locator(".gan-lab-which", has_text="k, steps of D 5").wait_for()
    labs.train(20)
    assert labs.t(board=0) == labs.t(board=1) > 0
    assert labs.says(board=0) != labs.says(board=1)
    labs.lab().get_by_label("Moment of the training").fill("1")
    assert labs.t(board=0) == labs.t(board=1)
    labs.press("Two at once")
    assert labs.lab().locator(".gan-lab-says").count() == 1


def test_slow_motion_lights_one_line_after_another(open_labs):
    labs = open_labs(lab(LINE))
    labs.page.get_by_text("Slow motion").click()
    lit, said = [], []
    for _ in range(8):
        before = labs.lab().locator(".gan-lab-line-says").text_content()
        labs.press("Next line")
        labs.page.wait_for_function(
            "before => document.querySelector('.gan-lab-line-says').textContent !== before",
            arg=before,
        )
        here = labs.lab().locator("[aria-current=step]")
        lit.append(here.get_attribute("data-line"))
        said.append(labs.lab().locator(".gan-lab-line-says").text_content())
    D = ["sample noise for D", "sample data for D", "move D"]
    assert lit == [*D, *D, "sample noise for G", "move G"]
    assert re.match(r"D’s loss on this minibatch was 1\.\d+\. V\(G,D\) −1", said[2])
    labs.press("Undo the last move")
    labs.until("iteration 0, after D’s step")


def test_all_by_keyboard(open_labs):
    labs = open_labs(lab(LINE))
    labs.page.locator(".gan-lab-picture").focus()
    key = labs.page.keyboard.press
    key("d")
    labs.until("iteration 0, after D’s step")
    key("u")
    labs.until("iteration 0, before training")
    key("b")
    labs.until("iteration 1, after G’s step")
    key("Home")
    labs.until("iteration 0, before training")
    key("End")
    labs.until("iteration 1, after G’s step")
    key(" ")
    labs.lab().get_by_role("button", name="Pause", exact=True).wait_for()
    key(" ")
    labs.lab().get_by_role("button", name="Train", exact=True).wait_for()
    key("l")
    labs.lab().locator("[aria-current=step]").wait_for()
    key("s")
    heard = labs.lab().locator(".gan-lab-board [aria-live]").text_content()
    assert heard.split() == labs.says().split()
    labs.field("k").focus()
    key("ArrowUp")
    assert labs.field("k").input_value() == "3"
    names = "els => els.filter(e => !e.labels?.length && !e.ariaLabel && !e.textContent.trim())"
    assert labs.lab().locator("button, select, input").evaluate_all(names) == []


def test_a_target_is_drawn_by_mouse_and_by_keys(open_labs):
    labs = open_labs(lab(LINE))
    labs.press("Draw your own target")
    pad = labs.page.locator(".gan-lab-pad").bounding_box()
    x = lambda share: pad["x"] + share * pad["width"]  # noqa: E731
    labs.page.mouse.move(x(0.3), pad["y"] + pad["height"] - 30)
    labs.page.mouse.down()
    labs.page.mouse.move(x(0.5), pad["y"] + 40, steps=6)
    labs.page.mouse.move(x(0.7), pad["y"] + pad["height"] - 30, steps=6)
    labs.page.mouse.up()
    labs.page.keyboard.press("ArrowUp")
    labs.press("Train on this")
    labs.until("iteration 0, before training")
    assert labs.field("data").input_value() == "own"
    assert labs.train(5) >= 5


def test_a_phone_in_the_dark_and_less_motion(open_labs):
    phone = {"width": 390, "height": 844}
    labs = open_labs(lab(PLANE), lab(LINE), viewport=phone, has_touch=True, reduced_motion="reduce")
    labs.lab(1).scroll_into_view_if_needed()
    labs.until("iteration", 1)
    for summary in labs.page.locator("summary").all():
        summary.tap()
    labs.lab(1).get_by_role("button", name="Two at once").tap()
    labs.page.wait_for_timeout(200)
    assert labs.page.evaluate("document.documentElement.scrollWidth") == 390
    labs.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    labs.page.wait_for_selector('.gan-lab-lab[data-dark="true"]')
    labs.train(5)
