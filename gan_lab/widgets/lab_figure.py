"""The lab: a figure in which a reader trains a game with their own hands.

On a page the training is the front end's own (`ui/lab/lab.js` over `training/loop.js`, in a Web
Worker). In a notebook the kernel trains (`kernel/session.py`), and every field of the recipe has
its control. Where the canvas cannot load, `lab(view="matplotlib")` shows the same game.
"""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

from gan_lab.core.validation import quoted, whole_between
from gan_lab.datasets import Images
from gan_lab.recording.frames import frame_of, jsd_of, unknown
from gan_lab.recording.images import ImageRecording, image_frame
from gan_lab.recording.plane import quick_frame
from gan_lab.recording.recording import Recording
from gan_lab.training.backends import one_thread
from gan_lab.training.device import resolve_device
from gan_lab.training.loop import Training
from gan_lab.training.recipe import SMOOTH, Recipe
from gan_lab.training.rewind import check_is_plain
from gan_lab.widgets.box import Moving, VBox
from gan_lab.widgets.kernel.follower import Follower
from gan_lab.widgets.kernel.session import Session, check_can_be_stopped
from gan_lab.widgets.shown import FIND_ME, Shown

if TYPE_CHECKING:
    import numpy as np

    from gan_lab.widgets.kernel.samples import NearestPicture

NO_SCRIPT = "Where JavaScript is allowed, a GAN can be trained here, without a kernel or a network."
MOST_ITERATIONS = 100_000
"""That a lab plays before it is seen."""
MOST_WORK = 10**9
"""Weights times samples that are gone through for a still: a few seconds at most."""

NO_PICTURES = (
    "This page trains no games of pictures: look at a recording of one, "
    "gl.play(gl.record(training)), or open this chapter as a notebook, where the kernel trains it."
)

VIEWS = ("canvas", "matplotlib")


def lab(
    recipe: Recipe | Training | None = None,
    t: int = 0,
    *,
    device: str = "auto",
    controls: bool = True,
    autoplay: bool = False,
    view: str = "canvas",
) -> Lab:
    """Train a GAN by hand in a notebook: a lab that begins with this recipe, or this training.

    Of a training it takes a copy, weights, moments and all, and goes on from there; its past cannot
    be gone back to.

    It returns at once. The front end asks for a few iterations at a time, so training goes on only
    while the lab is in sight: in a notebook in the kernel, on `device`; a built page trains one
    member, and some of what a recipe can say (packing, unrolled) it refuses in a sentence. So it
    does a game of pictures, which a notebook trains.

    Parameters
    ----------
    recipe : Recipe, optional
        Or a Training. By default the game of the defaults on the line with a smooth generator.
    t : int
        The iteration to which it is played before the reader moves it.
    device : str
        "auto", "cpu" or "cuda".
    controls : bool
        Whether the recipe can be changed.
    autoplay : bool
        Whether it plays when it comes into sight.
    view : {"canvas", "matplotlib"}
        What draws it.

    Returns
    -------
    Lab
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For what is no recipe, for a t that is no whole number from 0 to 100000, for a device that
        is not there, for a training with a t or on another device than its own, and for a game so
        large that no interrupt of the kernel could stop it.

    Examples
    --------
    >>> from gan_lab import Recipe, lab
    >>> shown = lab(Recipe(G=(4,), D=(4,), m=8), device="cpu")
    >>> "gan-lab" in shown.html()
    True
    """
    return Lab(SMOOTH if recipe is None else recipe, t, device, controls, autoplay, view)


class Lab(Shown, Moving):
    """A GAN to be trained by hand in a notebook; displayed at the end of a cell. See `lab`.

    It is a widget of ipywidgets: it lies in boxes, and `iteration`, `jsd` (nats; None where p_G is
    not known exactly, as in the plane) and `playing` can be observed and linked. While it plays, a
    tenth of the kernel's time at most goes into the JSD, so that it may be some iterations old;
    `iteration` never is. `play()` trains where a page shows the lab; `step(n)`, `seek(iteration)`
    and `reset()` pause it and move the game themselves, and have done so when they return. An
    interrupt of the cell ends them after a whole move.

    `training` is the game as it is now, with all that a `Training` has; look at it while nobody
    plays. `recording` is what was seen of it so far. Of a game of pictures `walk(first, last)` are
    the pictures on the way from one z to another, and `nearest(sample)` is the training picture
    that is nearest to one of G; samples are counted from 1.

    Parameters
    ----------
    game : Recipe or Training
        What it begins with.
    t : int
        The iteration to which it is played first.
    device : str
        Where the kernel trains.
    controls : bool
        Whether the recipe can be changed.
    autoplay : bool
        Whether it plays when it comes into sight.
    view : {"canvas", "matplotlib"}
        What draws it.

    Examples
    --------
    >>> from gan_lab import Recipe, lab
    >>> shown = lab(Recipe(G=(4,), D=(4,), m=8), device="cpu")
    >>> shown.training.t
    0
    """

    mounted = ("ui/lab/mount", "mountLabs")

    size = (7.0, 4.4)

    def __init__(self, game, t=0, device="auto", controls=True, autoplay=False, view="canvas"):
        begun = isinstance(game, Training)
        if not begun and not isinstance(game, Recipe):
            raise ValueError(f"a lab begins with a Recipe or a Training, and got {quoted(game)}")
        t = whole_between(0, MOST_ITERATIONS, t, "t")
        if view not in VIEWS:
            raise ValueError(f"view must be one of {', '.join(VIEWS)}, not {view!r}")
        if begun:
            check_begins_where_it_stands(game, t, device)
            t, device = game.t, str(game.device)
        self.recipe, self.t, self.view = (game.recipe if begun else game), t, view
        self.recipe.as_dict()  # refuses what no page and no menu can carry
        check_can_be_stopped(self.recipe, resolve_device(device, self.recipe))
        self.device, self.controls, self.autoplay = device, bool(controls), bool(autoplay)
        self._session: Session | None = None
        self._follower: Follower | None = None
        self._begun = begun
        super().__init__()
        if VBox is not None:
            self.observe(self._rest, "playing")
        if begun:
            self._follow(Session(game, device))

    def __repr__(self) -> str:
        return f"lab({self.recipe!r}, t={self.t})"

    @property
    def session(self) -> Session:
        """Who answers in the kernel; made when first asked for."""
        if self._session is None:
            return self._follow(Session(self.recipe, self.device))
        return self._session

    def _follow(self, session: Session) -> Session:
        """This session's game from now on, of which the traits are told."""
        self._session = session
        self._follower = Follower(session, self._tell, lambda: bool(self.playing))
        return session

    def _rest(self, change) -> None:
        if not change["new"] and self._follower is not None:
            self._follower.rest()

    def _jsd_default(self) -> float | None:
        """That of the start, computed when it is first asked for."""
        return jsd_of(self.training)

    @property
    def training(self):
        """The game as it is now."""
        return self.session.game

    @property
    def recording(self) -> Recording | ImageRecording:
        """What was seen of this game so far, a frame now and then, with its present moment.

        The frames are computed now, which takes some hundredths of a second each, in the plane some
        tenths. ValueError where a frame cannot be had, as `recording.record` has it.
        """
        _ = self.session  # it follows from now on
        assert self._follower is not None
        return self._follower.recording()

    def walk(self, first: int, last: int, steps: int = 9) -> np.ndarray:
        """Pictures (steps, rows, columns) of G on the straight line from one z to another.

        Those of samples `first` and `last`, as the picture counts them from 1. What lies between is
        a picture too where G has learned more than samples. ValueError for a game of no pictures,
        and for a sample that is not there.
        """
        from gan_lab.widgets.kernel.samples import walk_between

        with self.session.lock, one_thread():
            return walk_between(self.training, first, last, steps)

    def nearest(self, sample: int) -> NearestPicture:
        """The training picture that is nearest to a sample of G, as the picture counts from 1.

        With it how far away it is, and how far held-out pictures are in the middle: a sample much
        nearer than these may be a copy. ValueError as of `walk`.
        """
        from gan_lab.widgets.kernel.samples import nearest_picture

        with self.session.lock, one_thread():
            return nearest_picture(self.training, sample)

    def _go_on(self, n: int) -> None:
        if not self.training.moves and self.training.t < self.t:
            self.session.go_on(self.t - self.training.t)
        self.session.go_on(n)

    def _go_to(self, iteration: int) -> None:
        self.session.go_to(iteration)

    def _start(self) -> int:
        return self.training.start

    def html(self) -> str:
        """A figure that holds the recipe as JSON, and a still of the game that it begins with.

        The page's script puts the lab in the place of the still; of a game of pictures, which it
        cannot train, the still stays, with a sentence.
        """
        if of_images(self.recipe):
            return (
                f'<figure class="gan-lab">\n{self.still_of_page()}<p>{NO_PICTURES}</p>\n</figure>'
            )
        recipe = html.escape(json.dumps(self.recipe.as_dict()))
        return (
            f'<figure class="gan-lab" data-gan-lab="lab" data-recipe="{recipe}" '
            f'data-t="{self.t}">\n{self.still_of_page()}'
            f"<noscript><p>{NO_SCRIPT}</p></noscript>\n</figure>\n{FIND_ME}"
        )

    def still_of_page(self) -> str:
        """The game near iteration t, as SVG; "" where it has no such picture.

        Played here as far as `MOST_WORK` allows, the same for the same recipe; of a training, as it
        is.
        """
        from gan_lab.widgets import stills
        from gan_lab.widgets.kernel.picture import PICTURES

        with one_thread():
            game = self.training if self._begun else self.played()
            if of_images(self.recipe):
                return stills.of_image_frame(image_frame(game, pictures=PICTURES))
            if self.recipe.data.dim == 2:
                return stills.of_quick_frame(quick_frame(game), game.t)
            return "" if unknown(self.recipe) else stills.of_frame(frame_of(game))

    def played(self) -> Training:
        """The game of the recipe, near iteration t."""
        game = Training(self.recipe, "cpu")
        weights = game.G.flat.numel() + game.D.flat.numel()
        affordable = MOST_WORK // ((self.recipe.k + 1) * self.recipe.m * weights)
        for _ in game.play(min(self.t, affordable)):
            pass
        return game

    def new_widget(self):
        from traitlets import link

        from gan_lab.widgets.kernel.comm import board, stage

        if self.view == "matplotlib" or of_images(self.recipe):
            made = self.plain_class()(
                self.session, self.controls, bool(self.autoplay or self.playing)
            )
            link((made.play, made.going), (self, "playing"))
            return made
        made = stage(self.session, t=self.t, autoplay=self.autoplay)
        link((self, "playing"), (made, "playing"))
        return board(made, self.session, self.controls)

    def plain_class(self):
        """What moves the game by plain controls: around a picture of matplotlib, or of samples."""
        from gan_lab.widgets.kernel.by_matplotlib import ByMatplotlib
        from gan_lab.widgets.kernel.of_pictures import LabOfPictures

        return ByMatplotlib if self.view == "matplotlib" else LabOfPictures

    def still(self) -> str:
        """The game as it is, by matplotlib, as base64 PNG."""
        import base64

        from gan_lab.widgets.kernel.picture import picture

        return base64.b64encode(picture(self.training, self.size)).decode("ascii")


def of_images(recipe: Recipe) -> bool:
    """Whether the data are pictures, which the kernel alone trains."""
    return isinstance(recipe.data, Images)


def check_begins_where_it_stands(training: Training, t: int, device: str) -> None:
    """Refuse to begin a training elsewhere than where it stands, or one that a lab cannot play."""
    check_is_plain(training)
    if t:
        raise ValueError(f"a training begins where it stands, in iteration {training.t}: no t")
    if device != "auto" and resolve_device(device) != training.device:
        raise ValueError(f"this training is on {training.device}, and stays there")
