"""What a figure is in a notebook: a widget, so that it lies in boxes, is linked and observed.

It opens its channel to the page when it is shown or put into a box, and not before: in the build of
a page, where it is plain HTML, nothing else of it is kept. Where there is no ipywidgets, it is a
plain object of the same names, which nobody can observe.
"""

from __future__ import annotations

import contextlib

from gan_lab.core.validation import whole_from

WIDGETS = {"anywidget", "psygnal", "ipywidgets", "traitlets"}
"""What a widget is made of, and a notebook may be without."""

try:
    import traitlets
    from ipywidgets import VBox
except ModuleNotFoundError as error:
    if error.name not in WIDGETS:
        raise
    VBox = None


class Plain:
    """A figure where nothing can observe it."""

    def set_trait(self, name: str, value) -> None:
        setattr(self, name, value)

    hold_trait_notifications = contextlib.nullcontext


class LateBox(VBox or Plain):  # pyright: ignore[reportGeneralTypeIssues]: known at the import
    """A VBox whose channel is opened when somebody asks for its `model_id`.

    Subclasses say in `parts` what lies in it.
    """

    _ipython_display_ = None  # that of ipywidgets 7 would come before what a figure says of itself
    _shown = False

    def parts(self) -> tuple:
        raise NotImplementedError

    def open(self) -> None:
        """Nothing yet: the constructor of a widget calls this."""
        if self._shown:
            super().open()

    @property
    def model_id(self) -> str:
        if self.comm is None:
            self.children = self.parts()
            if self.layout.width is None:
                self.layout.width = "100%"  # of a box; the picture has no width of its own
            self._shown = True
            self.open()
        assert self.comm is not None  # opened now, or before
        return self.comm.comm_id


class Moving(LateBox):
    """A figure that plays: `iteration`, `jsd` and `playing` can be observed and linked.

    `iteration` is that of what is shown; set, it is sought. `jsd` (nats) is of the same moment, and
    None where it is not known; it cannot be set. `playing` may be set: what plays is shown by a
    page, so that without one nothing moves, and begins when one shows it.
    """

    _telling = False

    if VBox is None:
        iteration, jsd, playing = 0, None, False
    else:
        iteration = traitlets.Int(0).tag(sync=True)
        jsd = traitlets.Float(None, allow_none=True, read_only=True).tag(sync=True)
        playing = traitlets.Bool(False).tag(sync=True)

    def __init__(self):
        super().__init__()
        if VBox is not None:
            self.observe(self._sought, "iteration")

    def play(self) -> None:
        """Play, where a page shows it."""
        self.playing = True

    def pause(self) -> None:
        """Stand still."""
        self.playing = False

    def step(self, n: int = 1) -> None:
        """Pause, and go on by n steps. Raises ValueError for less than one."""
        self.pause()
        self._go_on(whole_from(1, n, "n"))

    def seek(self, iteration: int) -> None:
        """Pause, and show this iteration. Raises ValueError for one that cannot be shown."""
        self.pause()
        self._go_to(whole_from(0, iteration, "iteration"))

    def reset(self) -> None:
        """Pause, and go back to the start."""
        self.seek(self._start())

    def _sought(self, change) -> None:
        """Go to an iteration that was set, or stay."""
        if self._telling:
            return
        try:
            self._go_to(change["new"])
        except ValueError:
            self._tell(change["old"], self.jsd)
            raise

    def _go_on(self, n: int) -> None:
        raise NotImplementedError

    def _go_to(self, iteration: int) -> None:
        raise NotImplementedError

    def _start(self) -> int:
        raise NotImplementedError

    def _tell(self, iteration: int, jsd: float | None) -> None:
        """What is shown now, both at once for who observes them."""
        self._telling = True
        try:
            with self.hold_trait_notifications():
                self.iteration = iteration
                self.set_trait("jsd", jsd)
        finally:
            self._telling = False
