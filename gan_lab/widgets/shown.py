"""What every figure of the front end has in common: how it shows itself at the end of a cell.

In Jupyter that is an anywidget, with a still picture for where no widget can be shown. In the
book's build, where the environment variable `GAN_LAB_STATIC` is 1, it is plain HTML for the page's
own script to find.
"""

import base64
import io
import os

FIND_ME = "<script>window.GanLab && GanLab.mountAll();</script>"


class Shown:
    """A figure that a cell can return.

    Subclasses say what its `html` is, what a `new_widget` is, and how to `draw` a still picture on
    an empty matplotlib figure of `size` inches.
    """

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
        """The anywidget of this figure, made when first asked for."""
        if self._widget is None:
            self._widget = self.new_widget()
        return self._widget

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
        if os.environ.get("GAN_LAB_STATIC") == "1":
            return {"text/html": self.html()}
        view = bundle(self.widget())
        data, metadata = view if isinstance(view, tuple) else (view, {})
        return {**data, "text/plain": repr(self), "image/png": self.still()}, metadata


def bundle(widget):
    """How a widget shows itself; those of ipywidgets 7 do not say so themselves."""
    if hasattr(widget, "_repr_mimebundle_"):
        return widget._repr_mimebundle_()
    view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
    return {"application/vnd.jupyter.widget-view+json": view}
