"""An ipywidgets control for each field of a recipe.

The controls hold a recipe at every moment: what a hand sets becomes part of it at once, or is
refused in one sentence below them, and then the recipe stays what it was.
"""

from __future__ import annotations

import ast
import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import ipywidgets as ipy

from gan_lab import datasets
from gan_lab.core.chapters import CHAPTERS
from gan_lab.core.validation import quoted
from gan_lab.datasets import in_the_plane
from gan_lab.training.field import Field
from gan_lab.training.recipe import PRESET_ROWS, PRESETS, Recipe
from gan_lab.training.schema import FIELDS, GROUPS, fields_by_group
from gan_lab.widgets.kernel.labels import LABELS, in_words_of_labels
from gan_lab.widgets.kernel.typed_number import number_of, whole_of

DATA = {
    make.__name__: make
    for make in (
        datasets.gaussian,
        datasets.bimodal,
        datasets.gaussian_mixture,
        datasets.distribution,
        datasets.drawn,
    )
} | in_the_plane.KINDS
"""What may stand in the box of the data, called with numbers."""

OF_IMAGES = {make.__name__: make for make in (datasets.digits, datasets.mnist)}
"""The same in a lab of pictures, which shows no others."""

EXAMPLES = (
    "gaussian(3.0, 0.5)",
    "bimodal(0.0, 2.0, 0.3)",
    "gaussian_mixture([-2, 0, 2], [0.2, 0.4, 0.2])",
    "ring(8, 2.0, 0.1)",
    "grid(3, 1.0, 0.1)",
    "moons()",
    "spiral()",
    "swiss_roll()",
    "two_rings()",
)


def data_of_code(code: str, makers: dict = DATA, example: str = EXAMPLES[0]):
    """The data that a line of code like "ring(8, sd=0.1)" makes; nothing else is run.

    Raises ValueError, in one sentence, for a line that is not one call of a maker of data with
    numbers, lists or text.
    """
    known = ", ".join(makers)
    wanted = f"data must be one call like {example}, of one of {known}, not {quoted(code)}"
    try:
        call: Any = cast(Any, ast.parse(code.strip(), mode="eval")).body
        make = makers[call.func.id]
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
        raise ValueError(f"must be whole numbers, as in 48, 48, not {quoted(text)}") from None


def comma_list(values) -> str:
    return ", ".join(str(value) for value in values)


@dataclass(frozen=True)
class Control:
    """How a field is set: the widget, and the way from its value to the field's and back."""

    make: Callable[..., ipy.Widget]
    read: Callable = staticmethod(lambda value: value)
    show: Callable = staticmethod(lambda value: value)


def number_text(value) -> str:
    if isinstance(value, tuple):
        return comma_list(value)
    short = f"{value:g}"
    return short if float(short) == value else repr(value)


def whole_text(value) -> str:
    return comma_list(value) if isinstance(value, tuple) else str(value)


def text_field(**words) -> ipy.Text:
    return ipy.Text(continuous_update=False, **words)


def code(**words) -> ipy.Combobox:
    return ipy.Combobox(options=EXAMPLES, continuous_update=False, **words)


NUMBER = Control(text_field, number_of, number_text)

IMAGES = Control(
    lambda **words: ipy.Combobox(
        options=("digits()", "digits(labels=[0, 1])", "mnist()"), continuous_update=False, **words
    ),
    lambda text: data_of_code(text, OF_IMAGES, "digits()"),
    repr,
)

KINDS = {
    "data": Control(code, data_of_code, repr),
    "widths": Control(text_field, widths_of, comma_list),
    "truth": Control(lambda **words: ipy.Checkbox(indent=False, **words)),
    "whole": Control(text_field, whole_of, whole_text),
    "real": NUMBER,
    "rate": NUMBER,
}
"""How a field of each kind is set, but for a choice."""


def control_of(field: Field) -> Control:
    """How a field of a recipe is set."""
    if field.kind == "choice":
        return Control(lambda **words: ipy.Dropdown(options=field.choices, **words))
    return KINDS[field.kind]


def shows(preset, of_images: bool) -> bool:
    """Whether a lab of pictures, or another one, can show a preset."""
    return isinstance(preset.recipe.data, datasets.Images) if of_images else preset.in_page


STYLE, LAYOUT = {"description_width": "14em"}, {"width": "min(100%, 27em)"}


def refusal_of(name: str, said: str) -> str:
    """Why this field was not set, in the words of its label."""
    if said.startswith("must "):
        return f"{LABELS[name]} {said}"
    words = in_words_of_labels(said)
    return words if re.search(rf"\b{name}\b", said) else f"{LABELS[name]}: {words}"


def hint_of(name: str) -> str:
    """What a field does, and which chapter says more."""
    page = FIELDS[name].chapter.split("#")[0]
    return FIELDS[name].hint + (f" More in the book: {CHAPTERS[page]}." if page else "")


def explain(widget: ipy.Widget, hint: str) -> None:
    """Under a resting pointer a widget says what its field does; ipywidgets 8 renamed how."""
    setattr(widget, "tooltip" if widget.has_trait("tooltip") else "description_tooltip", hint)


class Controls(ipy.VBox):
    """All of a recipe under a hand; `recipe` is what the controls say, and always a valid one.

    `heard(recipe)` is called after each change. Setting `recipe` moves the controls.
    """

    def __init__(self, recipe: Recipe, heard: Callable[[Recipe], None] = lambda recipe: None):
        self._recipe, self.heard, self.silent = recipe, heard, False
        self.fields = {}
        of_images = isinstance(recipe.data, datasets.Images)
        controls = {n: control_of(f) for n, f in FIELDS.items()}
        controls |= {"data": IMAGES} if of_images else {}
        self.refusals = {}  # of each field: where it is told why it was not set, below its group
        pages = [self.page(names, controls) for names in fields_by_group().values()]
        self.presets = [n for n, row in PRESET_ROWS.items() if shows(row, of_images)]
        self.preset = ipy.Dropdown(
            options=[("choose one", ""), *((n, n) for n in self.presets)],
            value=self.preset_now(),
            description="Begin with",
            style=STYLE,
            layout=LAYOUT,
        )
        self.preset.observe(self.take_preset, names="value")
        self.groups = ipy.Accordion(pages, selected_index=None)
        for i, title in enumerate(GROUPS.values()):
            self.groups.set_title(i, title)
        super().__init__([self.preset, self.groups])

    def page(self, names, controls: dict[str, Control]) -> ipy.VBox:
        """The fields of a group."""
        refusal = ipy.HTML()
        self.refusals |= dict.fromkeys(names, refusal)
        return ipy.VBox([*(self.field(name, controls[name]) for name in names), refusal])

    def field(self, name: str, control: Control) -> ipy.Widget:
        made = control.make(
            description=LABELS[name],
            value=control.show(getattr(self._recipe, name)),
            style=STYLE,
            layout=LAYOUT,
        )
        explain(made, hint_of(name))
        made.observe(lambda change: self.set(name, control, change["new"]), names="value")
        self.fields[name] = made, control
        return made

    @property
    def recipe(self) -> Recipe:
        return self._recipe

    @recipe.setter
    def recipe(self, recipe: Recipe) -> None:
        self._recipe = recipe
        for name in self.fields:
            self.show(name, recipe)
        self.preset.value = self.preset_now()

    def preset_now(self) -> str:
        """The name of the preset that the controls say, or ""."""
        return next((n for n in self.presets if PRESETS[n] == self._recipe), "")

    def show(self, name: str, recipe: Recipe) -> None:
        """A control says what a recipe has."""
        made, control = self.fields[name]
        self.silent = True
        try:
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
            self.refuse(name, refusal_of(name, str(error)))
            return
        self.refuse_nothing()
        self.show(name, recipe)
        if recipe != self._recipe:
            self._recipe = recipe
            self.preset.value = self.preset_now()
            self.heard(recipe)

    def refuse(self, name: str, sentence: str) -> None:
        """Say below its group, which opens, why a field was not set."""
        told = self.refusals[name]
        told.value = f'<p role="alert">{html.escape(sentence)}</p>'
        pages = enumerate(self.groups.children)
        self.groups.selected_index = next(i for i, page in pages if told in page.children)

    def refuse_nothing(self) -> None:
        """All is well: what was told of an earlier hand is over."""
        for refusal in self.refusals.values():
            refusal.value = ""

    def take_preset(self, change) -> None:
        chosen = PRESETS[change["new"]] if change["new"] else self._recipe
        if chosen != self._recipe:
            self.recipe = chosen
            self.refuse_nothing()
            self.heard(chosen)
