"""A page with labs as a reader has it: what is read and what is pressed."""

import re

from gan_lab.datasets import ring
from gan_lab.training.recipe import Recipe

# A quick machine plays thousands of iterations between two looks: rates must not end at 0 there.
LONG = Recipe(iterations=10**6)
LINE = LONG.but(G=(8,), D=(8,), m=16, k=2, lr_D=0.01, lr_G=0.003)
PLANE = LONG.but(data=ring(sd=0.1), latent_dim=2, G=(8,), D=(8,), m=16, k=1)
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>labs</title>
<script src="gan_lab.js"></script><body style="margin: 0; background: white">{}</body></html>"""


class LabPage:
    """A page with labs; what a reader reads and presses, in the lab number `which`."""

    def __init__(self, page):
        self.page = page

    def lab(self, which=0):
        return self.page.locator(".gan-lab-lab").nth(which)

    def come_to(self, which):
        """Scroll to a lab: one far below is not there until its place is near."""
        self.page.locator("figure.gan-lab").nth(which).scroll_into_view_if_needed()
        self.until("iteration", which)

    def press(self, name, which=0, **options):
        self.lab(which).get_by_role("button", name=name, exact=True, **options).click()

    def says(self, which=0, board=0):
        return " ".join(self.lab(which).locator(".gan-lab-says").nth(board).text_content().split())

    def t(self, which=0, board=0):
        return int(re.match(r"iteration (\d+)", self.says(which, board))[1])

    def until(self, words, which=0):
        self.lab(which).locator(".gan-lab-says", has_text=words).first.wait_for()

    def field(self, name, which=0):
        return self.lab(which).locator(f"[data-field={name}]").locator("input, select").last

    def set(self, name, value, which=0):
        if not self.field(name, which).is_visible():
            self.open_groups(which)
        self.field(name, which).fill(str(value))
        self.field(name, which).press("Enter")

    def open_groups(self, which=0):
        """All groups of controls are opened."""
        for group in self.lab(which).locator("details.gan-lab-fields").all():
            if group.get_attribute("open") is None:
                group.locator("summary").click()

    def ills(self, which=0):
        found = self.lab(which).locator(".gan-lab-health li")
        return [item.get_attribute("data-health") for item in found.all()]

    def train(self, iterations, which=0):
        """Train until so many iterations are done or more, and pause; where it then stands."""
        wanted = self.t(which) + iterations
        self.press("Train", which)
        self.page.wait_for_function(
            "([which, t]) => parseInt(document.querySelectorAll('.gan-lab-lab')[which]"
            ".querySelector('.gan-lab-says').textContent.match(/\\d+/)[0]) >= t",
            arg=[which, wanted],
        )
        self.press("Pause", which)
        self.until_paused(which)
        return self.t(which)

    def until_pause_is_offered(self, which=0):
        self.lab(which).get_by_role("button", name="Pause", exact=True).wait_for()

    def until_paused(self, which=0):
        """Wait until the page says that nothing is under way, and so of one moment."""
        self.lab(which).get_by_role("button", name="Train", exact=True).wait_for()
        self.lab(which).locator('.gan-lab-board[aria-busy="false"]').first.wait_for()
