"""What every figure of the front end has in common: how it shows itself at the end of a cell.

In Jupyter that is an anywidget, with a still picture for where no widget can be shown; without
anywidget it is HTML that brings its own script, and a lab trains in that script then. In the book's
build, where the environment variable `GAN_LAB_STATIC` is 1, it is plain HTML for the page's own
script to find.
"""

import base64
import io
import os
import sys

from gan_lab.widgets.box import WIDGETS, LateBox
from gan_lab.widgets.bundle import classic

VIEW = "application/vnd.jupyter.widget-view+json"
FIND_ME = "<script>window.GanLab && GanLab.mountAll();</script>"


def in_the_book() -> bool:
    """Whether this is the book's build, whose pages have the lab beside them."""
    return os.environ.get("GAN_LAB_STATIC") == "1"


class Shown(LateBox):
    """A figure that a cell can return, and that lies in a box as it is: `HBox([figure, other])`.

    Subclasses say what its `html` is, by which module of the front end and which of its functions
    it is `mounted`, what a `new_widget` is, and how to `draw` a still picture on an empty
    matplotlib figure of `size` inches.
    """

    mounted: tuple[str, str]
    size = (7.0, 5.4)
    _widget = None

    def html(self) -> str:
        """The figure in a page; the page's script puts what moves into it."""
        raise NotImplementedError

    def new_widget(self):
        raise NotImplementedError

    def draw(self, figure) -> None:
        raise NotImplementedError

    def widget(self):
        """What lies in this figure's box, made when first asked for: an anywidget, or several."""
        if self._widget is None:
            self._widget = self.new_widget()
        return self._widget

    def parts(self) -> tuple:
        return (self.widget(),)

    def mime(self) -> dict:
        """The widget, as it shows itself; without anywidget the figure, and the script it needs."""
        try:
            self.widget()
        except ModuleNotFoundError as error:
            if error.name not in WIDGETS:
                raise
            return {"text/html": f"<script>window.GanLab || {classic()}</script>\n{self.html()}"}
        return {VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.model_id}}

    def still(self) -> str:
        """A picture as base64 PNG, for where no widget can be shown; pyplot is not touched."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=self.size, layout="constrained")
        FigureCanvasAgg(figure)
        self.draw(figure)
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=100)
        return base64.b64encode(file.getvalue()).decode("ascii")

    def _repr_mimebundle_(self, include=None, exclude=None):
        if in_the_book():
            return {"text/html": self.html()}
        data = self.mime()
        shown = {**data, "text/plain": repr(self), "image/png": self.still()}
        return shown, on_colab() if VIEW in data else {}


def on_colab() -> dict:
    """What Colab wants to be told beside a widget, so that it loads the front end of others.

    An anywidget says it of itself; a box with one inside does not, and then Colab shows nothing.
    Elsewhere nothing is said.
    """
    output = sys.modules.get("google.colab.output")
    url = getattr(getattr(output, "_widgets", None), "_installed_url", None)
    return {VIEW: {"colab": {"custom_widget_manager": {"url": url}}}} if url else {}
