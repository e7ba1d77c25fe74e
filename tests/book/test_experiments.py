"""Every experiment of the lab's page as a reader does it: its links are clicked, the games trained
and moved by hand, and the numbers that the page states are read off the page."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPERIMENTS = json.loads((ROOT / "tests" / "js" / "experiments.json").read_text())
PLANE = {"Some modes and not others", "A curve for a distribution"}
HAND = {"D": "D step", "G": "G step"}


class Lab:
    """The lab of the page that an experiment speaks of."""

    def __init__(self, page, which):
        self.page, self.which = page, which
        self.all = page.locator(".gan-lab-lab").nth(which)
        self.slider = self.all.get_by_label("Moment of the training")

    def says(self):
        """The sentence of each game."""
        found = self.all.locator(".gan-lab-says").all_text_contents()
        return [" ".join(one.split()) for one in found]

    def t(self):
        return int(re.match(r"iteration (\d+)", self.says()[0])[1])

    def press(self, name):
        self.all.get_by_role("button", name=name, exact=True).click()

    def at_rest(self, t=None, who="G"):
        """Wait until nothing is under way, and all is of iteration t."""
        self.page.wait_for_function(
            """([which, wanted, turn]) => {
              const lab = document.querySelectorAll(".gan-lab-lab")[which];
              const boards = [...(lab?.querySelectorAll(".gan-lab-board") ?? [])];
              const says = (board) => board.querySelector(".gan-lab-says").textContent;
              return boards.length && boards.every((board) => board.ariaBusy === "false"
                && (wanted === null || says(board).startsWith(`iteration ${wanted}, ${turn}`)));
            }""",
            arg=[self.which, t, "before" if t == 0 else f"after {who}"],
            timeout=120_000,
        )

    def train_past(self, t):
        self.press("Train")
        self.page.wait_for_function(
            """([which, wanted]) => {
              const lab = document.querySelectorAll(".gan-lab-lab")[which];
              return lab.querySelector(".gan-lab-says").textContent.match(/\\d+/)[0] >= wanted;
            }""",
            arg=[self.which, t],
            timeout=120_000,
        )
        pause = self.all.get_by_role("button", name="Pause", exact=True)
        if pause.count():  # a game that has come to its end has paused by itself
            pause.click()
        self.at_rest()

    def back_to(self, t):
        """To the picture of iteration t, or from the last before it there by hand."""
        low, high = 0, int(self.slider.get_attribute("max"))
        while low < high:
            middle = (low + high + 1) // 2
            self.slider.fill(str(middle))
            low, high = (middle, high) if self.t() <= t else (low, middle - 1)
        self.slider.fill(str(low))
        if self.t() < t:
            self.press("Go on from here")
            self.at_rest()
        while self.t() < t:
            now = self.t()
            self.press("Both")
            self.at_rest(now + 1)
        self.at_rest(t)

    def ills(self):
        found = self.all.locator(".gan-lab-health").first.locator("li").all()
        return [one.get_attribute("data-health") for one in found]


def follow(page, section, link=0):
    """Click a link of an experiment, which may lie under what there is to see."""
    here = page.locator("section").filter(has=page.get_by_role("heading", name=section)).last
    wanted = here.locator("a[href^='#lab=']").nth(link)
    if not wanted.is_visible():
        here.locator("summary").first.click()
    wanted.click()
    return Lab(page, 1 if section in PLANE else 0)


def told(sentences, *all_words):
    for sentence, words in zip(sentences, all_words, strict=True):
        assert [each for each in words if each not in sentence] == [], sentence


def names(experiment):
    return experiment["section"] + (", its cure" if experiment.get("link") else "")


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=names)
def test_what_an_experiment_says_is_there_to_be_read(visit, experiment):
    page = visit("lab")
    section, link = experiment["section"], experiment.get("link", 0)
    begins = experiment.get("begins", 0)
    lab = follow(page, section, link)
    lab.at_rest(begins)
    for moment in experiment["moments"]:
        if moment["t"] > begins:
            lab.train_past(moment["t"])
            lab.back_to(moment["t"])
        beside = [moment["beside"]] if "beside" in moment else []
        told(lab.says(), moment["says"], *beside)
        if "losses" in moment:
            words = lab.all.locator("[data-chart=losses]").get_attribute("aria-label")
            assert all(loss[:4] in words for loss in moment["losses"]), words
    if experiment["health"] is not None:
        assert lab.ills() == experiment["health"]
    for alone in experiment.get("alone", []):
        follow(page, section, link)  # the same address sets it up once more
        lab.at_rest(begins)
        for i in range(1, 31):
            lab.press(HAND[alone["player"]])
            lab.at_rest(begins if alone["player"] == "D" else begins + i, alone["player"])
        told(lab.says(), alone["says"])
