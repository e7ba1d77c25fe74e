"""An ipywidgets control for each field of a recipe.

The controls hold a recipe at every moment: what a hand sets becomes part of it at once, or is
refused in one sentence below them, and then the recipe stays what it was.
"""

from __future__ import annotations

import ast
import html
from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as ipy

from gan_lab import data, laws, plane
from gan_lab.losses import LOSSES
from gan_lab.networks import ACTIVATIONS
from gan_lab.optimizers import OPTIMIZERS
from gan_lab.recipe import PRESETS, Recipe

DATA = {
    make.__name__: make
    for make in (
        data.gaussian, data.bimodal, data.mixture, laws.law, laws.drawn, plane.ring, plane.grid,
        plane.spots, plane.dots, plane.moons, plane.spiral, plane.swiss_roll, plane.two_rings,
    )
}
"""What may stand in the box of the data, called with numbers."""

EXAMPLES = (
    "gaussian(3.0, 0.5)", "bimodal(0.0, 2.0, 0.3)", "mixture([-2, 0, 2], [0.2, 0.4, 0.2])",
    "ring(8, 2.0, 0.1)", "grid(3, 1.0, 0.1)", "moons()", "spiral()", "swiss_roll()", "two_rings()",
)


def data_of(code: str):
    """The data that a line of code like "ring(8, sd=0.1)" makes; nothing else is run.

    Raises ValueError, in one sentence, for a line that is not one call of a maker of data with
    numbers, lists or text.
    """
    wanted = f"data must be one call like {EXAMPLES[0]}, of one of {', '.join(DATA)}, not {code!r}"
    try:
        call = ast.parse(code.strip(), mode="eval").body
        make = DATA[call.func.id]
        values = [ast.literal_eval(value) for value in call.args]
        named = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    except (SyntaxError, AttributeError, KeyError, ValueError, MemoryError, RecursionError):
        raise ValueError(wanted) from None
    try:
        return make(*values, **named)
    except TypeError:  # a number that is missing, or one too many
        raise ValueError(wanted) from None


def widths_of(text: str) -> tuple[int, ...]:
    """The layer widths in "48, 48"; none in an empty line."""
    try:
        return tuple(int(word) for word in text.replace(",", " ").split())
    except ValueError:
        raise ValueError(f"widths must be whole numbers, as in 48, 48, not {text!r}") from None


def listed(values) -> str:
    return ", ".join(str(value) for value in values)


@dataclass(frozen=True)
class Control:
    """How a field is set: the widget, and the way from its value to the field's and back."""

    make: Callable[..., ipy.Widget]
    read: Callable = staticmethod(lambda value: value)
    show: Callable = staticmethod(lambda value: value)


def choice(options) -> Control:
    return Control(lambda **words: ipy.Dropdown(options=tuple(options), **words))


def number_of(text: str) -> float | tuple[float, ...]:
    """A number, or as many as there are members."""
    try:
        numbers = tuple(float(word) for word in text.replace(",", " ").split())
    except ValueError:
        numbers = ()
    if not numbers:
        raise ValueError(f"this must be a number, as in 0.004, not {text!r}")
    return numbers if len(numbers) > 1 else numbers[0]


def number_text(value) -> str:
    return listed(value) if isinstance(value, tuple) else f"{value:g}"


def text(**words) -> ipy.Text:
    return ipy.Text(continuous_update=False, **words)


def code(**words) -> ipy.Combobox:
    return ipy.Combobox(options=EXAMPLES, continuous_update=False, **words)


NUMBER = Control(text, number_of, number_text)
WHOLE = Control(lambda **words: ipy.BoundedIntText(min=0, max=2**31 - 1, **words))
TRUTH = Control(lambda **words: ipy.Checkbox(indent=False, **words))
WIDTHS = Control(text, widths_of, listed)

GROUPS = {
    "Target and noise": {
        "data": Control(code, data_of, repr),
        "latent": choice(("gaussian", "uniform", "bernoulli")),
        "latent_dim": WHOLE,
        "standardise": TRUTH,
    },
    "Networks": {
        "G": WIDTHS,
        "D": WIDTHS,
        "activation": choice(ACTIVATIONS),
        "gain": NUMBER,
        "dtype": choice(("float32", "float64")),
    },
    "Game": {
        "loss": choice(LOSSES),
        "k": WHOLE,
        "m": WHOLE,
        "r1": NUMBER,
        "r2": NUMBER,
        "gp": NUMBER,
        "clip": NUMBER,
        "spectral": TRUTH,
        "smoothing": NUMBER,
        "instance_noise": NUMBER,
        "packing": WHOLE,
        "unrolled": WHOLE,
    },
    "Optimizer": {
        "optimizer": choice(OPTIMIZERS),
        "lr_D": NUMBER,
        "lr_G": NUMBER,
        "beta1": NUMBER,
        "beta2": NUMBER,
        "momentum": NUMBER,
        "schedule": choice(("constant", "cosine")),
        "iterations": WHOLE,
        "ema": NUMBER,
        "seed": WHOLE,
        "members": WHOLE,
    },
}
"""Every field of a recipe, where a reader looks for it."""


class Controls(ipy.VBox):
    """All of a recipe under a hand; `recipe` is what the controls say, and always a valid one.

    `heard(recipe)` is called after each change. Setting `recipe` moves the controls.
    """

    def __init__(self, recipe: Recipe, heard: Callable[[Recipe], None] = lambda recipe: None):
        self._recipe, self.heard, self.silent = recipe, heard, False
        self.fields = {}
        pages = [
            ipy.VBox([self.field(name, control) for name, control in group.items()])
            for group in GROUPS.values()
        ]
        self.preset = ipy.Dropdown(
            options=[("choose one", None), *((name, name) for name in PRESETS)],
            description="preset", style={"description_width": "9em"},
        )
        self.preset.observe(self.take_preset, names="value")
        accordion = ipy.Accordion(pages, selected_index=None)
        for i, title in enumerate(GROUPS):
            accordion.set_title(i, title)
        self.refusal = ipy.HTML()
        super().__init__([self.preset, accordion, self.refusal])

    def field(self, name: str, control: Control) -> ipy.Widget:
        made = control.make(
            description=name,
            value=control.show(getattr(self._recipe, name)),
            style={"description_width": "9em"},
        )
        made.observe(lambda change: self.set(name, control, change["new"]), names="value")
        self.fields[name] = made, control
        return made

    @property
    def recipe(self) -> Recipe:
        return self._recipe

    @recipe.setter
    def recipe(self, recipe: Recipe) -> None:
        self._recipe, self.silent = recipe, True
        try:
            for name, (made, control) in self.fields.items():
                made.value = control.show(getattr(recipe, name))
        finally:
            self.silent = False

    def set(self, name: str, control: Control, value) -> None:
        """What a hand has set: into the recipe, or a sentence why not."""
        if self.silent:
            return
        try:
            recipe = self._recipe.but(**{name: control.read(value)})
        except ValueError as error:
            said = str(error)
            self.refuse(said if said.startswith(name) else f"{name}: {said}")
            return
        self.refuse("")
        if recipe != self._recipe:
            self._recipe = recipe
            self.heard(recipe)

    def refuse(self, sentence: str) -> None:
        """Show why something was not taken; nothing when all is well."""
        alert = f'<p role="alert">{html.escape(sentence)}</p>'
        self.refusal.value = alert if sentence else ""

    def take_preset(self, change) -> None:
        if change["new"] is not None:
            self.recipe = PRESETS[change["new"]]
            self.refuse("")
            self.heard(self._recipe)
