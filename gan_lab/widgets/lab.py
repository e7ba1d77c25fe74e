"""The lab: a figure in which a reader trains a game with their own hands.

On a page the training is the front end's own (`static/lab.js` over `static/training.js`, in a Web
Worker). In a notebook the kernel trains (`session`), and every field of the recipe has its control.
Where the canvas cannot load, `lab(view="matplotlib")` shows the same game.
"""

from __future__ import annotations

import html
import json
import numbers

from gan_lab.recipe import SMOOTH, Recipe
from gan_lab.training import place
from gan_lab.widgets.shown import FIND_ME, Shown

NO_SCRIPT = "Where JavaScript is allowed, a GAN can be trained here, without a kernel or a network."
LONGEST = 100_000
VIEWS = ("canvas", "matplotlib")


def lab(
    recipe: Recipe | None = None,
    t: int = 0,
    *,
    device: str = "auto",
    controls: bool = True,
    autoplay: bool = False,
    view: str = "canvas",
) -> Lab:
    """A lab that begins with this recipe, played to iteration `t` before the reader moves it.

    Without a recipe, the game of the defaults on the line with a smooth generator. It returns at
    once: training goes on while the lab is watched, an ask at a time, and not otherwise. In a
    notebook it happens in the kernel on `device`; a built page trains one member, and some of what
    a recipe can say (packing, unrolled) it refuses in a sentence.

    Raises ValueError for what is no recipe, for a t that is no whole number from 0 to 100000, and
    for a device that is not there.
    """
    return Lab(SMOOTH if recipe is None else recipe, t, device, controls, autoplay, view)


class Lab(Shown):
    """A game to be trained by hand; displayed at the end of a cell. See `lab`.

    `training` is the game as it is now, with all that a `Training` has; look at it while nobody
    plays.
    """

    size = (7.0, 4.4)

    def __init__(self, recipe, t=0, device="auto", controls=True, autoplay=False, view="canvas"):
        if not isinstance(recipe, Recipe):
            raise ValueError(f"a lab begins with a Recipe, and got {recipe!r}")
        whole = isinstance(t, numbers.Integral) and not isinstance(t, bool)
        if not whole or not 0 <= t <= LONGEST:
            raise ValueError(f"t must be a whole number from 0 to {LONGEST}, not {t!r}")
        if view not in VIEWS:
            raise ValueError(f"view must be one of {', '.join(VIEWS)}, not {view!r}")
        place(device, recipe)
        self.recipe, self.t, self.view = recipe, int(t), view
        self.device, self.controls, self.autoplay = device, bool(controls), bool(autoplay)
        self._session = None

    def __repr__(self) -> str:
        return f"lab({self.recipe!r}, t={self.t})"

    @property
    def session(self):
        """Who answers in the kernel; made when first asked for."""
        if self._session is None:
            from gan_lab.widgets.session import Session

            self._session = Session(self.recipe, self.device)
        return self._session

    @property
    def training(self):
        """The game as it is now."""
        return self.session.game

    def html(self) -> str:
        """A figure that holds the recipe as JSON; the page's script puts the lab into it."""
        recipe = html.escape(json.dumps(self.recipe.as_dict()))
        return (
            f'<figure class="gan-lab" data-gan-lab="lab" data-recipe="{recipe}" '
            f'data-t="{self.t}">\n<noscript><p>{NO_SCRIPT}</p></noscript>\n</figure>\n{FIND_ME}'
        )

    def new_widget(self):
        from gan_lab.widgets.live import board

        if self.view == "matplotlib":
            from gan_lab.widgets.by_matplotlib import ByMatplotlib

            return ByMatplotlib(self.session)
        return board(self.session, self.t, self.controls, self.autoplay)

    def still(self) -> str:
        """The game as it is, by matplotlib, as base64 PNG."""
        import base64

        from gan_lab.widgets.by_matplotlib import picture

        return base64.b64encode(picture(self.training, self.size)).decode("ascii")
