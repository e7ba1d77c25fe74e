"""Two games under one clock, in a browser: any field of the recipe can be what they differ in."""

import pytest
from lab_page import LINE, PLANE

from gan_lab.widgets import lab

PICK = "The field in which the second game differs"
BESIDE = {
    "target": "two",
    "n": "30",
    "latent": "uniform",
    "latent_dim": "2",
    "G": "4-4",
    "D": "none",
    "activation": "tanh",
    "gain": "1",
    "loss": "hinge",
    "r1": "0.1",
    "r2": "0.1",
    "gp": "1",
    "clip": "0.1",
    "spectral": "true",
    "smoothing": "0.1",
    "instance_noise": "0.1",
    "k": "3",
    "k_G": "2",
    "m": "8",
    "optimizer": "sgd",
    "optimizer_G": "sgd",
    "lr_D": "0.1",
    "lr_G": "0.1",
    "beta1": "0.5",
    "beta2": "0.9",
    "momentum": "0.5",
    "schedule": "constant",
    "ema": "0.9",
    "iterations": "50",
    "standardise": "false",
    "seed": "1",
    "dtype": "float64",
}

SET_UP = """([label, field, t]) => {
  const boards = [...document.querySelectorAll(".gan-lab-board")];
  const says = (board) => board.querySelector(".gan-lab-says").textContent;
  const at = (board) => says(board).startsWith(`iteration ${t},`);
  return document.querySelector(`[aria-label="${label}"]`).value === field
    && boards.length === 2 && boards.every((board) => board.ariaBusy === "false" && at(board));
}"""
DIFFERENT = """(which) => {
  const lab = document.querySelectorAll(".gan-lab-lab")[which];
  const all = [...lab.querySelectorAll(".gan-lab-which")].map((each) => each.textContent);
  return all.length === 2 && all[0] !== all[1];
}"""


def test_a_link_sets_any_field_beside_another_value(open_labs):
    labs = open_labs(lab(LINE))
    captions = labs.lab().locator(".gan-lab-which")
    for t, (name, value) in enumerate(BESIDE.items(), start=1):
        link = f"#lab=two&t={t}&beside={name}%3D{value}"
        labs.page.evaluate("hash => location.hash = hash", link)
        field = "data" if name == "target" else name
        labs.page.wait_for_function(SET_UP, arg=[PICK, field, t])
        both = captions.all_text_contents()
        same = name == "target"  # the preset's own
        assert (both[0] == both[1] == "the same") == same, (name, both)
        assert labs.ills() == [], name


def test_each_field_that_the_lab_offers_begins_with_another_value(open_labs):
    labs = open_labs(lab(LINE), lab(PLANE))
    for which in (0, 1):
        labs.come_to(which)
        labs.press("Two at once", which)
        pick = labs.lab(which).get_by_label(PICK)
        names = pick.locator("option").evaluate_all("all => all.map((each) => each.value)")
        assert {"data", "seed", "latent_dim", "G"} < set(names)
        for name in names:
            if pick.locator(f"option[value={name}]").evaluate("each => each.hidden"):
                assert name == "momentum"  # Adam has none
                continue
            pick.select_option(name)
            labs.page.wait_for_function(DIFFERENT, arg=which)
            assert labs.ills(which) == [], name
            assert pick.input_value() == name


def test_two_seeds_and_two_targets_are_told_by_their_names_and_trained(open_labs):
    labs = open_labs(lab(LINE))
    labs.press("Two at once")
    pick = labs.lab().get_by_label(PICK)
    pick.select_option("seed")
    captions = labs.lab().locator(".gan-lab-which")
    captions.filter(has_text="Seed 1").wait_for()
    assert captions.all_text_contents() == ["Seed 0", "Seed 1"]
    labs.lab().get_by_label("Seed of the second game").fill("7")
    labs.lab().get_by_label("Seed of the second game").press("Enter")
    captions.filter(has_text="Seed 7").wait_for()
    labs.train(5)
    assert labs.says(board=0) != labs.says(board=1)
    pick.select_option("data")
    captions.filter(has_text="Two bumps").wait_for()
    other = labs.lab().get_by_label("Data p_data of the second game")
    other.select_option("three")
    captions.filter(has_text="Three bumps").wait_for()
    labs.set("seed", 4)  # of both games, whose targets stay
    labs.page.wait_for_url("**seed=4**")
    assert captions.all_text_contents() == [
        "Data p_data One bump: N(3, 0.5²)",
        "Data p_data Three bumps",
    ]
    labs.train(5)
    then = labs.says()
    labs.press("Two at once")
    assert labs.lab().locator(".gan-lab-says").count() == 1
    assert labs.says() == then  # the first game goes on alone


def test_two_games_say_that_both_begin_anew_where_one_had_been_trained(open_labs):
    labs = open_labs(lab(LINE))
    labs.press("Two at once")
    labs.lab().locator(".gan-lab-says").nth(1).wait_for()
    assert labs.ills() == []
    labs.press("Two at once")
    labs.train(5)
    labs.press("Two at once")
    labs.until("iteration 0")
    assert labs.ills() == ["note"]
    note = labs.lab().locator("[data-health=note]")
    assert "Undo brings back what you had trained" in note.text_content()
    labs.press("Two at once")
    assert labs.ills() == []  # there is one again
    labs.train(5)
    labs.press("Two at once")
    note.wait_for()
    labs.train(5)
    assert labs.ills() == []  # both have begun


def games(labs, count):
    """What each of so many games says, once there are so many and they stand."""
    labs.page.wait_for_function(STAND, arg=count)
    return labs.lab().locator(".gan-lab-says").all_text_contents()


STAND = """(count) => {
  const boards = [...document.querySelectorAll(".gan-lab-board")];
  return boards.length === count && boards.every((board) => board.ariaBusy === "false");
}"""


def test_undo_brings_back_the_game_that_was_trained_before_there_were_two(open_labs):
    labs = open_labs(lab(LINE))
    labs.train(5)
    labs.press("D step")
    then, length = games(labs, 1), labs.page.locator(".gan-lab-scrub input").get_attribute("max")
    for _ in range(2):
        labs.press("Two at once")
        labs.until("iteration 0")
        games(labs, 2)
        labs.train(5)
        labs.press("Undo")
        labs.until("iteration 0")
        labs.press("Undo")
        assert games(labs, 1) == then and labs.ills() == []
        assert labs.page.locator(".gan-lab-scrub input").get_attribute("max") == length
        pressed = labs.lab().get_by_role("button", name="Two at once").get_attribute("aria-pressed")
        assert pressed == "false"
    labs.press("Undo")
    labs.press("Undo")
    labs.until("iteration 0")
    assert labs.lab().get_by_role("button", name="Undo", exact=True).is_disabled()


def test_undo_brings_back_two_games_that_were_left_or_were_others(open_labs):
    labs = open_labs(lab(LINE))
    labs.press("Two at once")
    games(labs, 2)
    labs.train(5)
    then = games(labs, 2)
    labs.press("Two at once")
    assert games(labs, 1) == then[:1]
    labs.train(5)
    labs.press("Undo")
    labs.until(then[0])
    labs.lab().locator(".gan-lab-picture").press("u")
    assert games(labs, 2) == then
    labs.lab().get_by_label(PICK).select_option("k")  # two others
    labs.lab().locator(".gan-lab-which", has_text="k, steps of D 3").wait_for()
    labs.until("iteration 0")
    labs.train(5)
    labs.lab().get_by_label("Game to begin with").select_option("two")  # and then one
    games(labs, 1)
    for _ in range(2):
        labs.press("Undo")
        games(labs, 2)
    labs.press("Undo")
    labs.lab().locator(".gan-lab-which", has_text="Learning rate of G").first.wait_for()
    labs.until(then[0])
    assert games(labs, 2) == then
    assert labs.lab().get_by_label(PICK).input_value() == "lr_G"
    assert labs.train(5) == labs.t(board=1)  # and they go on together


def test_undo_held_down_keeps_two_games_together(open_labs):
    labs = open_labs(lab(LINE))
    labs.press("Two at once")
    games(labs, 2)
    for _ in range(3):
        labs.press("Both")
    labs.until("iteration 3")
    labs.press("Two at once")
    games(labs, 1)
    for _ in range(4):
        labs.lab().locator(".gan-lab-picture").first.press("u")
    labs.until("iteration 0")
    assert len(games(labs, 2)) == 2
    assert labs.t(board=0) == labs.t(board=1) == 0


@pytest.mark.parametrize(
    "link, words",
    [
        ("#lab=two&beside=target%3Dring", "a game on the line and one in the plane cannot stand"),
        ("#lab=two&beside=members%3D2", "members must be 1 here"),
        ("#lab=two&beside=k%3D0", "k must be a whole number"),
        ("#lab=two&loss=wasserstein&beside=smoothing%3D0.1", "D has no labels"),
    ],
)
def test_what_cannot_stand_side_by_side_is_said_and_nothing_is_lost(open_labs, link, words):
    labs = open_labs(lab(LINE))
    labs.train(5)
    then = labs.says()
    labs.page.evaluate("hash => location.hash = hash", link)
    said = labs.lab().locator(".gan-lab-health li", has_text=words)
    said.wait_for()
    assert said.text_content().count("This link cannot be followed") == 1
    assert labs.says() == then
    assert labs.train(5) > 5
