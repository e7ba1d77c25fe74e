"""A schedule that has come to its end is said to have, and what helps is offered and helps."""

from lab_page import LINE

from gan_lab.widgets import lab

ENDS = LINE.but(iterations=30)
WORDS = "The rates have fallen to 0, as the schedule has it after 30 iterations"


def numbers(labs, board=0):
    """What the sentence says without the iteration."""
    return labs.says(board=board).split(": ", 1)[1]


def at_the_end(open_labs, **beside):
    labs = open_labs(lab(ENDS))
    if beside:
        ((name, value),) = beside.items()
        labs.page.evaluate(f"location.hash = '#lab=two&iterations=30&beside={name}%3D{value}'")
        labs.lab().locator(".gan-lab-which").nth(1).wait_for()
        labs.until("iteration 0, before")
    labs.press("Train")
    labs.lab().locator("[data-health=still]", has_text=WORDS).first.wait_for()
    labs.until_paused()  # by itself
    assert labs.t() >= 30
    return labs


def test_a_game_whose_rates_have_fallen_to_0_says_so_and_stops(open_labs):
    labs = at_the_end(open_labs)
    assert labs.ills() == ["still"]
    link = labs.lab().locator("[data-health=still]").get_by_role("link", name="Read on")
    assert link.get_attribute("href") == "is_my_curve_normal.html#seven-ill-ones"
    then = numbers(labs)
    t = labs.t()
    labs.press("Both")
    labs.until(f"iteration {t + 1},")
    assert numbers(labs) == then  # it was true
    labs.press("Train on at constant rates")
    labs.page.wait_for_function(
        "t => document.querySelector('.gan-lab-says').textContent.match(/\\d+/)[0] > t + 30", arg=t
    )
    labs.press("Pause")
    labs.until_paused()
    assert numbers(labs) != then
    assert labs.ills() == [] and labs.field("schedule").input_value() == "constant"


def test_a_rate_that_is_set_after_the_end_acts(open_labs):
    labs = at_the_end(open_labs)
    then = numbers(labs)
    labs.set("lr_G", 0.05)
    labs.lab().locator("[data-health=still]").wait_for(state="detached")
    assert labs.field("schedule").input_value() == "constant"
    labs.train(20)
    assert numbers(labs) != then


def test_a_schedule_that_is_made_longer_after_the_end_acts(open_labs):
    labs = at_the_end(open_labs)
    then = numbers(labs)
    labs.set("iterations", 5000)
    labs.lab().locator("[data-health=still]").wait_for(state="detached")
    labs.train(20)
    assert numbers(labs) != then


def test_a_new_start_from_the_end_is_alive(open_labs):
    labs = at_the_end(open_labs)
    labs.lab().locator("[data-health=still]").get_by_role("button", name="Reset").click()
    labs.until("iteration 0, before training")
    assert labs.ills() == []
    labs.press("Both")
    labs.until("iteration 1,")


def test_of_two_games_the_one_that_can_still_move_goes_on(open_labs):
    labs = at_the_end(open_labs, seed=3)  # both end
    assert labs.lab().locator("[data-health=still]").count() == 2
    then = numbers(labs, 0), numbers(labs, 1)
    labs.lab().get_by_role("button", name="Train on at constant rates").first.click()
    labs.page.wait_for_function("document.querySelectorAll('[data-health=still]').length === 0")
    labs.press("Pause")
    labs.until_paused()
    assert then[0] != numbers(labs, 0) and then[1] != numbers(labs, 1)


def test_rates_of_0_are_said(open_labs):
    labs = open_labs(lab(LINE))
    labs.set("lr_G", 0)
    still = labs.lab().locator("[data-health=still]")
    still.filter(has_text="The rate of G is 0: G stands still").wait_for()
    labs.train(5)  # D moves
    labs.set("lr_D", 0)
    still.filter(has_text="Both rates are 0").wait_for()
    labs.set("lr_G", 0.01)
    labs.set("lr_D", 0.01)
    still.wait_for(state="detached")
    labs.train(5)
