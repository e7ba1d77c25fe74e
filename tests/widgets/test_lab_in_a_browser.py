"""The lab in a real browser, from `file://` with the network blocked: trained by mouse and keys."""

import re

import pytest
from lab_page import LINE, PLANE

from gan_lab.datasets import drawn
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


def test_undo_takes_back_one_act_after_another_and_the_controls_with_it(open_labs):
    labs = open_labs(lab(LINE))
    undo = labs.lab().get_by_role("button", name="Undo", exact=True)
    assert undo.is_disabled()
    seen = []

    def shown():
        return labs.says(), *(labs.field(name).input_value() for name in ("lr_G", "seed"))

    def then(act):
        seen.append(shown())
        act()

    then(lambda: labs.train(20))
    then(lambda: (labs.set("lr_G", 0.02), labs.until_paused()))
    then(lambda: (labs.press("Both"), labs.until_paused()))
    then(lambda: (labs.set("seed", 7), labs.until("iteration 0, before training")))
    then(lambda: (labs.press("D step"), labs.until("iteration 0, after D’s step")))
    for before in reversed(seen):
        undo.click()
        labs.until(before[0].split(":")[0])
        labs.until_paused()
        assert shown() == before
    assert undo.is_disabled()


def test_a_slider_that_is_dragged_is_one_act(open_labs):
    labs = open_labs(lab(LINE))
    slider = labs.lab().locator("[data-field=lr_G] [type=range]")
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    labs.page.mouse.move(box["x"] + box["width"] * 0.4, y)
    labs.page.mouse.down()
    labs.page.mouse.move(box["x"] + box["width"] * 0.7, y, steps=8)
    labs.page.mouse.up()
    labs.until_paused()
    assert float(labs.field("lr_G").input_value()) > 0.01
    slider.press("ArrowRight")
    labs.until_paused()
    labs.press("Undo")
    labs.press("Undo")
    labs.until_paused()
    assert labs.field("lr_G").input_value() == "0.003"
    assert labs.lab().get_by_role("button", name="Undo", exact=True).is_disabled()


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
      const box = (name) => document.querySelector(`[data-field=${name}] input`);
      for (const [name, value] of [["seed", "4"], ["m", "24"]]) {
        box(name).value = value;
        box(name).dispatchEvent(new Event("change", { bubbles: true }));
      }
      return [box("seed").value, box("m").value];
    }"""
    assert labs.page.evaluate(both) == ["4", "24"]
    labs.until_paused()
    assert [labs.field(name).input_value() for name in ("seed", "m")] == ["4", "24"]
    assert labs.field("lr_G").input_value() == "0.02"  # a new game keeps the reader's settings


WRONG = {
    "k": ("0", "k must be a whole number from 1 to 1000, not 0."),
    "latent_dim": ("0.5", "Latent dimension must be a whole number from 1 to 1024, not 0.5."),
    "lr_G": ("-1", "Learning rate of G must be a number, 0 or more, not -1."),
    "r1": ("", "Penalty R1 must be a number, 0 or more, and this is none."),
    "r2": ("1.000,5", 'Penalty R2 must be a number, 0 or more, not "1.000,5".'),
    "gain": ("½", 'Initial gain of G must be a number, from 0 to 100, not "½".'),
    "seed": (
        "9007199254740993",
        'Seed must be a whole number from 0 to 9007199254740992, not "9007199254740993".',
    ),
}


@pytest.mark.parametrize("games", [1, 2])
def test_train_pressed_at_once_after_a_choice_is_not_lost(open_labs, games):
    page = open_labs(lab(PLANE))
    page.until("iteration 0")
    if games == 2:
        page.press("Two at once")
        page.page.locator(".gan-lab-picture canvas").nth(1).wait_for()
    page.open_groups()
    for index in (2, 3):
        page.field("data").select_option(index=index)
        page.page.evaluate("document.querySelector('.gan-lab-train').click()")
        page.until_pause_is_offered()
        page.press("Pause")
        page.until_paused()


def test_what_cannot_be_set_is_refused_at_its_field_in_the_words_of_the_label(open_labs):
    labs = open_labs(lab(LINE))
    labs.open_groups()
    before = {name: labs.field(name).input_value() for name in WRONG}
    for name, (typed, sentence) in WRONG.items():
        field = labs.field(name)
        labs.set(name, typed)
        refusal = labs.lab().locator(f"[data-field={name}] .gan-lab-refusal")
        assert refusal.text_content() == sentence and refusal.get_attribute("role") == "alert"
        assert field.get_attribute("aria-invalid") == "true"
        assert refusal.get_attribute("id") in field.get_attribute("aria-describedby").split()
    for name, (typed, _) in WRONG.items():  # what was typed stays
        assert labs.field(name).input_value() == typed
    assert labs.ills() == [] and labs.t() == 0
    for name in WRONG.keys() - {"lr_G", "r1"}:
        labs.field(name).press("Escape")
        assert labs.field(name).input_value() == before[name]
    labs.set("lr_G", 0.5)
    labs.set("r1", 0)
    visible = labs.lab().locator(".gan-lab-refusal:visible")
    visible.first.wait_for(state="hidden")
    assert visible.count() == 0 and labs.lab().locator("[aria-invalid]").count() == 0
    labs.lab().locator("[data-field=smoothing] input").fill("0.1")
    labs.field("smoothing").press("Enter")
    labs.field("loss").select_option("hinge")  # has no labels that could be smoothed
    refusal = labs.lab().locator("[data-field=loss] .gan-lab-refusal")
    refusal.wait_for()
    assert refusal.text_content().startswith("Label smoothing softens D's label of the data")
    assert labs.field("loss").input_value() == "non-saturating"


SHOWS = "([field, words]) => field.value === words"


def test_a_number_is_read_as_it_was_typed_with_a_comma_too(open_labs):
    labs = open_labs(lab(LINE))
    labs.open_groups()
    for name, typed, shown in [
        ("r1", "1,5", "1.5"),
        ("r1", " 0.5 ", "0.5"),
        ("lr_G", "1e-3", "0.001"),
        ("k", "7", "7"),
    ]:
        field = labs.field(name)
        field.click()
        labs.page.keyboard.press("ControlOrMeta+a")
        labs.page.keyboard.type(typed)
        labs.page.keyboard.press("Tab")
        labs.page.wait_for_function(SHOWS, arg=[field.element_handle(), shown])
    labs.field("r1").press("ArrowUp")
    assert labs.field("r1").input_value() == "0.505"
    assert labs.lab().locator(".gan-lab-refusal:visible").count() == 0


@pytest.mark.parametrize("way", ["button", "key"])
def test_what_was_refused_goes_with_the_act_that_is_taken_back(open_labs, way):
    labs = open_labs(lab(LINE))
    labs.set("lr_G", 0.02)
    labs.set("lr_G", -2)
    refusal = labs.lab().locator("[data-field=lr_G] .gan-lab-refusal")
    refusal.wait_for()
    if way == "button":
        labs.press("Undo")
    else:
        labs.lab().locator(".gan-lab-picture").press("u")
    refusal.wait_for(state="hidden")
    labs.page.wait_for_function(SHOWS, arg=[labs.field("lr_G").element_handle(), "0.003"])


def test_a_hint_of_every_control_opens_by_a_tap_and_by_keys(open_labs):
    phone = {"width": 390, "height": 844}
    labs = open_labs(lab(LINE), viewport=phone, has_touch=True)
    labs.open_groups()
    rows = labs.lab().locator(".gan-lab-field:visible")
    assert rows.count() >= 23
    for row in rows.all():
        label = row.locator("label").text_content()
        hint = row.locator(".gan-lab-hint")
        assert hint.is_hidden()
        row.get_by_role("button", name=f"About: {label}", exact=True).tap()
        assert hint.is_visible() and len(hint.text_content()) > 40
        assert row.locator(f"[aria-describedby~={hint.get_attribute('id')}]").count() == 1
    labs.field("seed").focus()
    labs.page.keyboard.press("Shift+Tab")
    assert labs.lab().locator("[data-field=seed] [aria-expanded=true]").count() == 1
    labs.page.keyboard.press("Escape")
    assert labs.lab().locator("[data-field=seed] .gan-lab-hint").is_hidden()
    labs.page.keyboard.press("Enter")
    assert labs.lab().locator("[data-field=seed] .gan-lab-hint").is_visible()


FIRST = ("lr_D", "lr_G", "k", "loss")
IN_SIGHT = """(el) => {
  const { top, bottom, left, width } = el.getBoundingClientRect();
  const there = document.elementFromPoint(left + width / 2, (top + bottom) / 2);
  return top >= -1 && bottom <= innerHeight + 1 && (el === there || el.contains(there));
}"""


def in_sight(labs, which):
    fields = {name: labs.field(name, which) for name in FIRST}
    others = {name: labs.lab(which).locator(f".gan-lab-{name}") for name in ("picture", "train")}
    return {name: where.evaluate(IN_SIGHT) for name, where in {**others, **fields}.items()}


def test_rates_k_and_loss_stand_beside_the_picture_and_all_is_seen_at_once(open_labs):
    room = {"width": 960, "height": 800}  # what 1280 pixels leave beside the contents
    labs = open_labs(lab(LINE), lab(PLANE), viewport=room)
    for which in (0, 1):
        labs.come_to(which)
        labs.lab(which).evaluate("lab => scrollBy(0, lab.getBoundingClientRect().top)")
        assert all(in_sight(labs, which).values()), in_sight(labs, which)
    labs.open_groups()
    last = labs.field("iterations")
    last.evaluate("el => el.scrollIntoView({ block: 'end' })")
    assert last.evaluate(IN_SIGHT)
    seen = in_sight(labs, 0)
    assert seen["picture"] and not seen["k"]


def test_on_a_phone_the_picture_and_train_stay_in_sight_of_the_controls(open_labs):
    phone = {"width": 390, "height": 844}
    labs = open_labs(lab(LINE), lab(PLANE), viewport=phone, has_touch=True)
    for which in (0, 1):
        labs.come_to(which)
        for name in FIRST:
            field = labs.field(name, which)
            field.evaluate("el => el.scrollIntoView({ block: 'end' })")
            labs.page.wait_for_timeout(50)
            seen = in_sight(labs, which)
            assert seen["picture"] and seen["train"] and seen[name], (which, name, seen)


PLACES = """(lab) => [...lab.querySelectorAll("button, input, select, summary")]
  .filter((each) => each.offsetParent && !each.closest(".gan-lab-health, .gan-lab-noted"))
  .map((each) => each.getBoundingClientRect())
  .map(({ left, top, width }) => [left, top - lab.getBoundingClientRect().top, width])"""


def test_who_looks_back_while_it_trains_has_stopped_it(open_labs):
    labs = open_labs(lab(LINE))
    labs.train(5)
    labs.press("Train")
    labs.lab().get_by_role("button", name="Pause", exact=True).wait_for()
    labs.lab().get_by_label("Moment of the training").fill("0")
    labs.until("iteration 0")
    labs.lab().get_by_role("button", name="Go on from here").wait_for()
    labs.until_paused()
    assert labs.t() == 0


@pytest.mark.parametrize("width", [390, 600, 960])
def test_who_looks_back_finds_the_buttons_where_they_were(open_labs, width):
    labs = open_labs(lab(LINE), viewport={"width": width, "height": 800})
    labs.train(5)
    labs.page.evaluate("scrollTo(0, 0)")
    places = labs.lab().evaluate(PLACES)
    labs.press("One picture back")
    labs.press("One picture back")
    go_on = labs.lab().get_by_role("button", name="Go on from here")
    go_on.wait_for()
    labs.page.evaluate("scrollTo(0, 0)")
    seen = labs.lab().evaluate(PLACES)
    assert len(seen) == len(places) + 1
    assert sum(place not in places for place in seen) == 1 and in_sight(labs, 0)["train"]
    go_on.click()
    go_on.wait_for(state="hidden")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_note_that_comes_moves_nothing_that_is_pressed_and_is_found(open_labs, width):
    labs = open_labs(lab(LINE), viewport={"width": width, "height": 800})
    labs.lab().get_by_label("Iterations for each picture").select_option("1")
    labs.train(2)
    labs.open_groups()
    noted = labs.lab().get_by_role("button", name="1 note", exact=True)
    assert noted.count() == 0
    labs.page.evaluate("scrollTo(0, 0)")
    before = labs.lab().evaluate(PLACES)
    assert len(before) > 30
    labs.set("lr_G", 10)
    labs.train(20)
    labs.page.evaluate("scrollTo(0, 0)")
    assert labs.ills() == ["diverged"] and labs.lab().evaluate(PLACES) == before
    noted.click()
    sentence = labs.lab().locator(".gan-lab-health li")
    labs.page.wait_for_function(IN_SIGHT, arg=sentence.element_handle())
    labs.press("Undo")
    labs.press("Undo")
    noted.wait_for(state="detached")


def test_a_rate_of_ten_is_said_and_the_last_good_state_is_there(open_labs):
    labs = open_labs(lab(LINE, t=60), ready="iteration 60,")
    good = labs.says()
    labs.lab().get_by_label("Iterations for each picture").select_option("1")
    labs.set("lr_G", 10)
    labs.train(20)
    assert labs.ills() == ["diverged"]
    item = labs.lab().locator(".gan-lab-health li")
    criterion = r"blown up: .*\((100|30) or more.*Seen first at iteration"
    assert re.search(criterion, item.text_content())
    place = item.get_by_role("link").get_attribute("href")
    assert place == "convergence.html#how-long-a-step-may-be"
    item.get_by_role("button", name="Back to iteration 60, the last good state").click()
    labs.until("iteration 60, after G’s step")
    item.wait_for(state="detached")  # the picture is there before the game has gone back
    assert labs.says() == good and labs.ills() == []
    assert labs.field("lr_G").input_value() == "0.003"
    labs.train(20)
    assert labs.ills() == []


def test_a_link_is_opened_once_however_many_labs_there_are(open_labs):
    labs = open_labs(lab(LINE), lab(PLANE), link="#lab=gaussian&rev=2&t=5", ready="iteration 5,")
    labs.until_paused()
    assert labs.lab().get_by_role("button", name="Undo", exact=True).is_disabled()


def test_a_link_plays_the_same_run_again_with_its_changes(open_labs):
    first = open_labs(lab(LINE))
    first.lab().get_by_label("Iterations for each picture").select_option("1")
    first.train(30)
    first.set("lr_G", 0.02)
    first.train(30)
    first.lab().get_by_label("Losses").check()
    first.press("Share")
    first.press("Copy link")
    link = first.lab().locator(".gan-lab-tray:not([hidden]) textarea").input_value()
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


HEAVY = "#lab=gaussian&rev=2&k=1000&m=10000&G=60-60-60-60&D=60-60-60-60&t=1000"


def test_a_heavy_link_is_asked_about_and_what_runs_is_stopped_at_once(open_labs):
    labs = open_labs(lab(LINE), link=HEAVY)
    question = labs.lab().get_by_role("alertdialog")
    question.wait_for()
    assert re.match(
        r"One iteration of this game, with its picture, would take about \d+ (second|minute|hour)s",
        question.text_content(),
    )
    labs.until("iteration 0, before training")  # something lighter is there meanwhile
    assert labs.field("k").input_value() == "2"
    question.get_by_role("button", name="Play it anyway").click()
    stop = labs.lab().get_by_role("button", name="Stop", exact=True)
    stop.wait_for()
    labs.page.wait_for_timeout(500)  # the worker is busy for minutes now
    stop.click()
    labs.until_paused()
    assert labs.t() == 0 and labs.field("k").input_value() == "1000"
    labs.press("Train")
    labs.page.wait_for_timeout(300)
    labs.lab().get_by_label("Game to begin with").select_option("two")
    labs.until("iteration 600,")
    assert labs.field("k").input_value() == "8"
    labs.press("Undo")
    labs.until("iteration 0, before training")
    assert labs.field("k").input_value() == "1000"


def test_a_heavy_setting_is_made_lighter_or_left(open_labs):
    labs = open_labs(lab(LINE))
    labs.train(10)
    before = labs.says()
    labs.open_groups()
    labs.set("k", 1000)
    labs.set("m", 80_000)  # either of them alone would do
    question = labs.lab().get_by_role("alertdialog")
    question.wait_for()
    question.get_by_role("button", name="Leave it").click()
    assert labs.says() == before and labs.field("m").input_value() == "16"
    labs.set("m", 80_000)
    question.get_by_role("button", name="Make it lighter").click()
    labs.until_paused()
    assert question.is_hidden()
    assert 1 <= int(labs.field("m").input_value()) < 80_000
    assert labs.says() == before  # a setting of the running game
    labs.train(1)


def test_copy_as_python_is_the_recipe(open_labs):
    recipe = LINE.but(loss="hinge", lr_G=1e-5, data=drawn([0, 1, 3], [0, 1, 0]), seed=7)
    labs = open_labs(lab(recipe))
    labs.press("Copy as Python")
    labs.lab().locator(".gan-lab-tray:not([hidden]) textarea").wait_for()
    code = labs.lab().locator(".gan-lab-tray:not([hidden]) textarea").input_value()
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
    labs.press("Undo the last act")
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
    keeps = "event => event.key === 'Escape' && event.preventDefault()"  # as pages of Sphinx do
    labs.page.evaluate(f"document.addEventListener('keydown', {keeps})")
    labs.press("Draw your own target")
    labs.page.keyboard.press("Escape")
    labs.page.locator("dialog").wait_for(state="detached")
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


def test_a_target_in_the_plane_is_drawn_by_keys_and_by_a_tap_and_taken_back(open_labs):
    labs = open_labs(lab(PLANE))
    labs.press("Draw your own target")
    dialog = labs.page.get_by_role("dialog")
    says, done = dialog.get_by_role("status"), dialog.get_by_role("button", name="Train on this")
    assert says.text_content() == "at (0, 0), 0 dots" and done.is_disabled()
    for key in ("Space", *["ArrowRight"] * 3, "Space", "ArrowUp", "Space", "Backspace"):
        labs.page.keyboard.press(key)
    assert says.text_content() == "at (0.3, 0.1), 2 dots" and done.is_enabled()
    pad = labs.page.locator(".gan-lab-pad").bounding_box()
    labs.page.mouse.click(pad["x"] + pad["width"] / 4, pad["y"] + pad["height"] / 2)
    assert says.text_content().startswith("at (-0.") and says.text_content().endswith(", 3 dots")
    done.click()
    labs.until_paused()
    assert labs.field("data").input_value() == "own"
    labs.press("Draw your own target")  # with the dots of now
    assert says.text_content() == "at (0, 0), 3 dots"
    dialog.get_by_role("button", name="Clear").click()
    assert says.text_content() == "at (0, 0), 0 dots" and done.is_disabled()
    dialog.get_by_role("button", name="Cancel").click()
    assert labs.field("data").input_value() == "own"


def test_a_phone_in_the_dark_and_less_motion(open_labs):
    phone = {"width": 390, "height": 844}
    labs = open_labs(lab(PLANE), lab(LINE), viewport=phone, has_touch=True, reduced_motion="reduce")
    labs.come_to(1)
    for summary in labs.page.locator("summary").all():
        summary.tap()
    labs.lab(1).get_by_role("button", name="Two at once").tap()
    labs.page.wait_for_timeout(200)
    assert labs.page.evaluate("document.documentElement.scrollWidth") == 390
    labs.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    labs.page.wait_for_selector('.gan-lab-lab[data-dark="true"]')
    labs.train(5)
