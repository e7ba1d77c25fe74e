"""A figure that a reader moves, as an object that a cell can return.

It names what the page's script is to show (`ui/explore/explorables.js`) and where that begins.
"""

import functools
import html
import json
import numbers

from gan_lab.core.validation import is_real
from gan_lab.widgets.bundle import esm
from gan_lab.widgets.shown import FIND_ME, Shown

NO_SCRIPT = "Where JavaScript is allowed, this figure can be moved."
STILL = "This figure as it begins."


class Explorable(Shown):
    """A figure that a reader moves; displayed at the end of a cell. See `pointwise` and `pair`.

    What was recorded for it goes with it as JSON."""

    mounted = ("ui/explore/explorables", "mountExplorables")

    size = (7.0, 3.4)

    def __init__(self, name: str, controls: dict, start: dict, draw, record: dict | None = None):
        super().__init__()
        self.name, self.record = name, record
        self.start = {
            key: checked_control(key, value, controls[key]) for key, value in start.items()
        }
        self._draw = draw

    def __repr__(self) -> str:
        said = ", ".join(f"{key}={value!r}" for key, value in self.start.items())
        return f"explore.{self.name}({said})"

    def html(self) -> str:
        """A figure that names itself and its start; the page's script puts the board into it."""
        start = html.escape(json.dumps(self.start))
        record = html.escape(json.dumps(self.record, separators=(",", ":")))
        brought = f' data-record="{record}"' if self.record else ""
        return (
            f'<figure class="gan-lab" data-gan-lab-explore="{self.name}" data-start="{start}"'
            f"{brought}>\n"
            f"<noscript>{self.still_image()}<p>{NO_SCRIPT}</p></noscript>\n</figure>\n{FIND_ME}"
        )

    def still_image(self) -> str:
        """What is seen where no script runs: the figure as it begins."""
        source = f"data:image/png;base64,{self.still()}"
        return f'<img src="{source}" alt="{STILL}" style="max-width:100%">'

    def new_widget(self):
        return board_class()(name=self.name, start=self.start, record=self.record)

    def draw(self, figure):
        self._draw(figure.subplots(), **self.start)


def checked_control(key: str, value, control: tuple):
    """The value where it is possible for this control; else a ValueError that says what is."""
    if isinstance(control[0], str):
        if not isinstance(value, str) or value not in control:
            allowed = " or ".join(f'"{one}"' for one in control)
            raise ValueError(f"{key} is {allowed}, and got {value!r}")
        return value
    _, low, high = control
    if not is_real(value) or not low <= value <= high:
        raise ValueError(f"{key} is a number from {low} to {high}, and got {value!r}")
    return int(value) if isinstance(value, numbers.Integral) else float(value)


@functools.cache
def board_class():
    """The anywidget class; made late, so that importing the package starts no comms."""
    import anywidget
    import traitlets

    class Board(anywidget.AnyWidget):
        _esm = esm("ui/explore/explorables", "renderExplorable")
        name = traitlets.Unicode().tag(sync=True)
        start = traitlets.Dict().tag(sync=True)
        record = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)

    return Board
