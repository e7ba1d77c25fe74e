"""Every page for everyone: axe-core finds nothing serious, and the lab needs no mouse.

Between light and dark only colours differ, so in the dark only the rules on colours are asked.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_pages import MATHS_SETTLED, NAMES

SERIOUS = ("serious", "critical")
QUIET = {"resultTypes": ["violations"], "preload": False}
COLOURS = {**QUIET, "runOnly": ["color-contrast", "link-in-text-block"]}
LAB = ".gan-lab-lab"
CONTROLS = "button, select, input, textarea, summary, a[href], [tabindex='0']"

# A formula is there twice: as glyphs that are hidden from a screen reader and have the colour of
# the text around, and as MathML, which stays. The glyphs are three quarters of a page's nodes. All
# entries of the reference are made by one directive: forty stand for the hundreds.
SMALLER = """() => {
    for (const glyphs of document.querySelectorAll('mjx-container > [aria-hidden=true]'))
      glyphs.remove();
    [...document.querySelectorAll('dl.py')].slice(40).forEach(entry => entry.remove());
  }"""
STILL = "* { animation: none !important; transition: none !important; }"  # no half-faded colours
OPEN_ALL = "document.querySelectorAll('details').forEach(node => node.open = true)"
DRAWN = """() => [...document.querySelectorAll('[data-gan-lab]')].every(figure =>
    figure.querySelector('.gan-lab-says')?.textContent.trim() && figure.querySelector('canvas'))"""


def drawn(page):
    """Until each figure, which waits for being in sight, has its picture and its words."""
    for figure in page.locator("[data-gan-lab]").all():
        figure.scroll_into_view_if_needed()
        figure.locator(".gan-lab-says", has_text=" ").first.wait_for()
    page.wait_for_function(DRAWN)
    page.add_style_tag(content=STILL)
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    return page


def serious(page, options=QUIET, context=None) -> list[str]:
    """What axe-core finds serious or worse, a line for each node: page, rule, impact, target."""
    found = Axe().run(page, context, options).response["violations"]
    where = page.evaluate("location.pathname.split('/').at(-1)")
    return [
        f"{where}: {rule['id']} ({node['impact']}): {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
        if node["impact"] in SERIOUS
    ]


def in_both_modes(page, context=None) -> list[str]:
    light = serious(page, context=context)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.gan-lab')].every(el => el.dataset.dark === 'true')"
    )
    return light + [f"dark: {line}" for line in serious(page, COLOURS, context)]


def assert_none(found):
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_serious(visit, name):
    page = drawn(visit(name, reduced_motion="reduce"))
    page.evaluate(MATHS_SETTLED)
    page.evaluate(SMALLER)
    page.evaluate(OPEN_ALL)
    assert_none(in_both_modes(page))


def test_axe_would_find_it(visit):
    page = visit("glossary")
    page.evaluate("document.querySelector('article').innerHTML += '<button id=x></button>'")
    (line,) = serious(page, context="#x")
    assert line.startswith("glossary.html: button-name (critical): ['#x']")


@pytest.fixture
def phone(visit):
    """The lab's page on a phone, with all that can be opened open, and two games at once."""
    page = drawn(visit("lab", width=390, has_touch=True, reduced_motion="reduce"))
    page.evaluate(OPEN_ALL)
    lab = page.locator(LAB).first
    lab.get_by_role("button", name="Share").tap()
    lab.get_by_role("button", name="Copy embed code").tap()
    page.get_by_role("button", name="Two at once").first.tap()
    page.locator(LAB).first.locator(".gan-lab-board").nth(1).wait_for()
    page.locator(LAB).first.locator(".gan-lab-says", has_text="iteration 0,").nth(1).wait_for()
    return page


def test_axe_finds_nothing_serious_in_a_lab_on_a_phone(phone):
    assert_none(in_both_modes(phone))
    phone.get_by_role("button", name="Draw your own target").first.tap()
    phone.locator("dialog[open]").wait_for()
    assert_none(serious(phone, context="dialog[open]"))


# The label around a box is its target too.
TOO_SMALL = """els => els.filter(el => el.checkVisibility()).map(el => {
    const target = el.matches('[type=checkbox], [type=radio]') ? el.labels[0] : el;
    const { width, height } = target.getBoundingClientRect();
    return [el.ariaLabel ?? el.textContent, Math.round(width), Math.round(height)];
  }).filter(([, width, height]) => width < 24 || height < 24)"""


def test_a_finger_hits_every_control(phone):
    controls = phone.locator(LAB).locator("button, select, input, summary")
    assert controls.count() > 100
    assert controls.evaluate_all(TOO_SMALL) == []


HERE = """() => {
    const el = document.activeElement;
    const name = el.ariaLabel ?? el.labels?.[0]?.textContent ?? el.textContent;
    const ring = getComputedStyle(el).outlineStyle;
    const index = [...document.querySelectorAll('[data-reached]')].indexOf(el);
    return { name: name.trim(), ring, index };
  }"""


def tab_to(page, name):
    """Press Tab until a control of that name has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(HERE)["name"].startswith(name):
            return
    pytest.fail(f"Tab never came to {name}")


@pytest.fixture
def desk(visit):
    page = visit("lab", reduced_motion="reduce")
    page.locator(f"{LAB} .gan-lab-says", has_text="iteration 600,").first.wait_for()
    return page


def test_tab_comes_to_every_control_in_order_and_shows_where_it_is(desk):
    lab = desk.locator(LAB).first
    lab.evaluate("lab => lab.querySelectorAll('details').forEach(node => node.open = true)")
    there = lab.locator(CONTROLS)
    there.evaluate_all(
        "els => els.filter(el => el.checkVisibility() && !el.disabled)"
        ".forEach(el => el.dataset.reached = '')"
    )
    wanted = desk.locator("[data-reached]").count()
    desk.locator("[data-reached]").first.focus()
    seen = []
    for _ in range(wanted):
        seen.append(desk.evaluate(HERE))
        desk.keyboard.press("Tab")
    assert wanted > 40
    assert [one["index"] for one in seen] == list(range(wanted))
    assert [one for one in seen if not one["name"] or one["ring"] == "none"] == []


def test_the_lab_is_played_without_a_mouse(desk):
    lab = desk.locator(LAB).first
    press = desk.keyboard.press

    def says(words):
        lab.locator(".gan-lab-says", has_text=words).wait_for()

    tab_to(desk, "Game to begin with")
    press("ArrowDown")
    desk.wait_for_function("() => location.hash.startsWith('#lab=')")
    assert lab.get_by_label("Game to begin with").input_value() == "two"
    tab_to(desk, "Reset")
    press("Enter")
    says("iteration 0, before training")
    tab_to(desk, "Train")
    press("Space")
    lab.get_by_role("button", name="Pause", exact=True).wait_for()
    desk.wait_for_timeout(300)
    press("Space")
    lab.get_by_role("button", name="Train", exact=True).wait_for()
    tab_to(desk, "D step")
    press("Enter")
    says("after D’s step")
    tab_to(desk, "Moment of the training")
    press("Home")
    says("iteration 0, before training")
    press("ArrowRight")
    slider = lab.get_by_label("Moment of the training")
    assert slider.input_value() == "1"
    assert slider.get_attribute("aria-valuetext") in lab.locator(".gan-lab-says").text_content()
    tab_to(desk, "k, steps of D")
    press("ArrowUp")
    assert lab.get_by_label("k, steps of D").input_value() == "9"  # two bumps have 8


def test_nothing_moves_by_itself_and_words_are_read_out_when_asked_for(desk):
    lab = desk.locator(LAB).first
    says, heard = lab.locator(".gan-lab-says"), lab.locator("[aria-live=polite]").first
    before = says.text_content()
    desk.wait_for_timeout(600)
    assert says.text_content() == before and heard.text_content().split() == before.split()
    tab_to(desk, "Space trains and pauses")  # the picture: its name says its keys
    heard.evaluate("node => node.replaceChildren()")
    desk.keyboard.press("s")
    assert heard.text_content().split() == before.split()


# Every picture of a canvas from now on, taken as often as the browser draws.
WATCHED = """canvas => {
  window.pictures = new Set();
  const look = () => { window.pictures.add(canvas.toDataURL()); requestAnimationFrame(look); };
  look();
}"""


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_the_square_bends_in_steps_only_where_motion_is_welcome(visit, motion, moves):
    page = visit("lab", reduced_motion=motion)
    lab = page.locator("[data-gan-lab=lab]").nth(1)
    lab.scroll_into_view_if_needed()
    lab.locator(".gan-lab-says", has_text="iteration 1000,").wait_for()
    lab.locator("canvas").first.evaluate(WATCHED)
    lab.get_by_role("button", name="Watch G bend the square").click()
    page.wait_for_timeout(2500)
    seen = page.evaluate("window.pictures.size")
    assert seen > 1 and (seen > 3) == moves  # before, half of the way and the image are three


def test_tab_goes_past_formulas(visit):
    page = visit("best_discriminator")
    page.evaluate(MATHS_SETTLED)
    assert page.locator("mjx-container").count() > 50
    page.wait_for_timeout(100)
    assert page.locator("mjx-container[tabindex='0']").count() == 0
