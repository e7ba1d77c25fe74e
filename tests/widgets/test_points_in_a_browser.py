"""The points of a lab's picture, and the two networks that are its key, as a reader uses them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab_page import LINE, PLANE

from gan_lab.widgets import lab

PICTURE = "document.querySelector('.gan-lab-picture canvas').toDataURL()"
DRAWN = "() => new Promise(go => requestAnimationFrame(() => setTimeout(go)))"
SAMPLE = re.compile(r"^sample: z = .+, G\(z\) = .+; D = \d\.\d+")


def shown(labs):
    labs.page.evaluate(DRAWN)
    return labs.page.evaluate(PICTURE)


def tip(labs):
    return labs.lab().locator(".gan-lab-tip")


def look_at(labs, sign):
    """Point along the picture until a point says something that begins so; what it says."""
    box = labs.lab().locator(".gan-lab-picture").bounding_box()
    for y in range(10, int(box["height"]), 8):
        for x in range(50, int(box["width"]) - 40, 9):
            labs.page.mouse.move(box["x"] + x, box["y"] + y)
            if tip(labs).is_visible() and tip(labs).text_content().startswith(sign):
                return tip(labs).text_content()
    raise AssertionError(sign)


@pytest.mark.parametrize("recipe", [LINE, PLANE], ids=["line", "plane"])
def test_a_point_says_what_it_is(open_labs, recipe):
    labs = open_labs(lab(recipe, t=3))
    labs.until_paused()
    assert SAMPLE.match(look_at(labs, "sample"))
    labs.page.mouse.move(1, 1)
    assert tip(labs).is_hidden()


def test_keys_go_through_the_points_of_a_minibatch(open_labs):
    """Each says what it pays, and their mean is the one in the formula."""
    labs = open_labs(lab(LINE.but(m=8, k=1, loss="minimax")))
    labs.page.get_by_text("Slow motion").click()
    labs.until_paused()
    for line in ("sample m noise z; x = G(z)", "sample m data x"):
        labs.press("Next line")
        labs.page.locator("[aria-current=step]", has_text=line).wait_for()
    labs.page.locator(".gan-lab-picture").focus()
    told = set()
    for _ in range(16):
        labs.page.keyboard.press("n")
        told.add(tip(labs).text_content())
    data = [words for words in told if words.startswith("data")]
    paid = [float(re.search(r"pays −(.*) into V", words)[1]) for words in data]
    mean = labs.lab().locator("[data-term='D data'] .gan-lab-term-is").text_content()
    if len(data) == 8:  # all lie within the picture, and no two say the same
        assert sum(paid) / 8 == pytest.approx(-float(mean.replace("−", "-")), abs=1e-3)
    assert len(data) > 4 and any(SAMPLE.match(words) for words in told)
    labs.page.keyboard.press("Escape")
    assert tip(labs).is_hidden()


def test_a_finger_asks_a_point(open_labs):
    options = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}
    labs = open_labs(lab(PLANE, t=3), **options)
    labs.until_paused()
    labs.page.locator(".gan-lab-picture").focus()
    labs.page.keyboard.press("n")
    ring = labs.lab().locator(".gan-lab-ring").bounding_box()
    labs.page.keyboard.press("Escape")
    labs.page.touchscreen.tap(ring["x"] + 8, ring["y"] + 8)
    tip(labs).wait_for()
    box, picture = tip(labs).bounding_box(), labs.lab().locator(".gan-lab-picture").bounding_box()
    assert box["x"] >= picture["x"] and box["x"] + box["width"] <= 390


PARTS = {
    "line": ["p_G", "p_data", "D and", "samples coloured", "the samples", "where G’s"],
    "plane": ["G’s points", "the data", "the map", "points coloured", "the grid", "where G’s"],
}


@pytest.mark.parametrize("name", PARTS)
def test_the_two_networks_are_toggles_of_the_layers(open_labs, name):
    labs = open_labs(lab({"line": LINE, "plane": PLANE}[name], t=3))
    labs.until_paused()
    labs.page.get_by_text("The two networks").click()
    key = labs.lab().locator(".gan-lab-key")
    before = shown(labs)
    for words in PARTS[name]:
        part = key.get_by_role("button", name=re.compile(f"^show {words}"))
        was = part.get_attribute("aria-pressed")
        part.focus()
        labs.page.keyboard.press("Enter")
        assert part.get_attribute("aria-pressed") != was
        assert shown(labs) != before, words
        labs.page.keyboard.press("Space")
        assert part.get_attribute("aria-pressed") == was
        assert shown(labs) == before
    found = Axe().run(labs.page, ".gan-lab-lab").response["violations"]
    assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []


def test_a_part_and_its_box_are_one_layer(open_labs):
    labs = open_labs(lab(LINE, t=3))
    labs.page.get_by_text("The two networks").click()
    box = labs.lab().get_by_label("samples, z to G(z)", exact=True)
    part = labs.lab().locator(".gan-lab-key [data-part=z]")
    assert box.is_checked() and part.get_attribute("aria-pressed") == "true"
    part.click()
    assert not box.is_checked()
    labs.page.wait_for_url("**show=p_data,p_g,D*")
    box.check()
    assert part.get_attribute("aria-pressed") == "true"
    labs.page.wait_for_function("!location.hash.includes('show')")


def test_a_link_keeps_the_layers(open_labs):
    link = "#lab=two&rev=3&t=20&show=p_g,judged"
    labs = open_labs(lab(LINE), link=link, ready="iteration 20")
    labs.until_paused()
    boxes = labs.lab().get_by_role("group", name="Layers of the picture").get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [False, True, False, False, True, False]


GLOWS = {
    "sample m noise z; x = G(z)": {"z", "G", "fake", "z-G", "G-fake"},
    "sample m data x": {"data"},
    "move D down its loss": {"fake", "data", "D", "out", "fake-D", "data-D", "D-out", "back-D"},
    "sample m new noise z": {"z", "G", "fake", "z-G", "G-fake"},
    "move G down its loss, through D": {
        *("z", "G", "fake", "D", "out", "fake-D", "D-out", "back-G", "gradients")
    },
}


def test_the_networks_light_up_with_the_line(open_labs):
    labs = open_labs(lab(LINE.but(k=1, G=(3,), D=(4, 4))))
    labs.page.get_by_text("Slow motion").click()
    labs.until_paused()
    key = labs.lab().locator(".gan-lab-key")
    assert key.get_attribute("open") is not None and "G 3" in key.text_content()
    assert key.locator("[data-part=G] circle").count() == 1 + 3 + 1
    assert key.locator("[data-part=D] circle").count() == 1 + 4 + 4 + 1
    for line, glowing in GLOWS.items():
        labs.press("Next line")
        labs.page.locator("[aria-current=step]", has_text=line).wait_for()
        labs.page.evaluate(DRAWN)
        parts = key.locator(".gan-lab-glows").all()
        assert {part.get_attribute("data-part") for part in parts} == glowing
