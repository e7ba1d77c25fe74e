"""Formulas that a reader types: read, and evaluated on numbers or vectors.

front_end/checkers/formula.js reads the same formulas with the same words for what cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

import numpy as np

Value = float | np.ndarray
Reading = Callable[[Mapping[str, Value]], Value]

LONGEST = 300  # characters
DEEPEST = 140  # brackets in one another
CONSTANTS = {"e": np.e, "pi": np.pi}
FUNCTIONS: dict[str, Callable] = {
    "log": np.log, "log2": np.log2, "exp": np.exp, "sqrt": np.sqrt, "abs": np.abs,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "sum": np.sum, "mean": np.mean,
    "max": np.maximum, "min": np.minimum,
}  # fmt: skip
JOINS: dict[str, Callable] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide,
}  # fmt: skip
TAKES_TWO = ("max", "min")
OTHER_NAMES = {"ln": "log", "p_data": "p", "p_g": "q", "p_G": "q"}
OTHER_SIGNS = str.maketrans({
    "−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "[": "(", "]": ")", "{": "(", "}": ")",
    "½": "(1/2)", "¼": "(1/4)", "¾": "(3/4)", "⅓": "(1/3)", "⅔": "(2/3)", "²": "^2", "³": "^3",
    "σ": "sigmoid", "π": "pi", "√": " sqrt ", "∑": " sum ", "Σ": " sum ",
})  # fmt: skip
COMMA = "A comma stands only in max and min: write decimals with a point."
EQUALS = "Write only what stands to the right of `=`."
LATEX = "LaTeX is not read here: write `a/b`, `a^2`, `sqrt(a)`, `log(a)`."
TOKEN = re.compile(
    r"\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z_0-9]*)|(\S))", re.ASCII
)


def needs_brackets(name: str) -> str:
    told = f"`{name}` needs brackets: `{name}(…)`."
    return f"{told} The logarithm of 2 is `log(2)`." if name == "log2" else told


class FormulaError(ValueError):
    """A formula that cannot be read; its words are for the reader."""


def read_formula(text: str, variables: Collection[str] = ()) -> Reading:
    """A function from the variables' values, numbers or vectors, to the formula's value.

    Raises
    ------
    FormulaError
        In words for who typed it.

    Examples
    --------
    >>> from gan_lab.checkers.formula import read_formula
    >>> float(read_formula("p/(p + q)", "pq")({"p": 3.0, "q": 1.0}))
    0.75
    """
    written = text.translate(OTHER_SIGNS).replace("**", "^")
    if len(written) > LONGEST:
        raise FormulaError(f"A formula may have {LONGEST} characters.")
    if not written.strip():
        raise FormulaError("Nothing is written yet.")
    if "=" in written:
        raise FormulaError(EQUALS)
    return Reader(written, tuple(variables)).whole()


class Reader:
    """A reader of one formula, from left to right; each method reads one kind of part."""

    def __init__(self, text: str, variables: tuple[str, ...]):
        self.variables = variables
        if not {"x", "z"} & {*variables}:
            text = re.sub(r"(?<=\w)\s*\(\s*[xz]\s*\)", "", text)  # p(x)
        self.tokens = [match.groups() for match in TOKEN.finditer(text)]
        self.at = self.depth = 0

    @property
    def sign(self) -> str:
        """The sign that comes next, or ""."""
        return (self.tokens[self.at][2] or "") if self.at < len(self.tokens) else ""

    def whole(self) -> Reading:
        reading = self.sum_of_terms()
        if self.at < len(self.tokens):
            raise FormulaError(self.unreadable())
        return reading

    def unreadable(self) -> str:
        if self.sign == ")":
            return "A bracket is closed that was not opened."
        if self.sign == ",":
            return COMMA
        if self.sign in ("\\", "$"):
            return LATEX
        return f"`{''.join(part or '' for part in self.tokens[self.at])}` cannot be read here."

    def sum_of_terms(self) -> Reading:
        reading = self.product()
        while self.sign in ("+", "-"):
            reading = self.joined(reading, self.product)
        return reading

    def product(self) -> Reading:
        reading = self.factor()
        while self.sign in ("*", "/", "(") or (self.at < len(self.tokens) and not self.sign):
            reading = self.joined(reading, self.factor)
        return reading

    def joined(self, left: Reading, next_part: Callable[[], Reading]) -> Reading:
        sign = self.sign if self.sign in ("+", "-", "*", "/") else ""
        self.at += bool(sign)
        right = next_part()
        join = JOINS[sign or "*"]
        return lambda values: join(left(values), right(values))

    def factor(self) -> Reading:
        if self.sign in ("+", "-"):
            minus = self.sign == "-"
            self.at += 1
            inner = self.factor()
            return (lambda values: -inner(values)) if minus else inner
        base = self.atom()
        if self.sign == "%":
            self.at += 1
            return lambda values: base(values) / 100
        if self.sign != "^":
            return base
        self.at += 1
        power = self.factor()
        return lambda values: np.power(base(values), power(values))

    def atom(self) -> Reading:
        if self.at == len(self.tokens):
            raise FormulaError("Something is missing at the end.")
        number, name, _ = self.tokens[self.at]
        if self.sign == "(":
            return self.alone(self.in_brackets())
        if self.sign == "|":
            inner = self.alone(self.in_brackets("|"))
            return lambda values: np.abs(inner(values))
        if not number and not name:
            raise FormulaError(self.unreadable())
        self.at += 1
        if number:
            value = np.float64(number)
            return lambda values: value
        return self.named(name)

    def alone(self, parts: list[Reading]) -> Reading:
        if len(parts) > 1:
            raise FormulaError(COMMA)
        return parts[0]

    def in_brackets(self, closing: str = ")") -> list[Reading]:
        """What stands between brackets or bars, separated by commas."""
        self.at, self.depth = self.at + 1, self.depth + 1
        if self.depth > DEEPEST:
            raise FormulaError(f"Brackets may stand {DEEPEST} deep.")
        parts = [self.sum_of_terms()]
        while self.sign == ",":
            self.at += 1
            parts.append(self.sum_of_terms())
        if self.sign != closing:
            raise FormulaError("A bracket is not closed.")
        self.at, self.depth = self.at + 1, self.depth - 1
        return parts

    def named(self, written: str) -> Reading:
        name = written if written in self.variables else OTHER_NAMES.get(written, written)
        if name in self.variables:
            return lambda values: values[name]
        if name in CONSTANTS:
            value = np.float64(CONSTANTS[name])
            return lambda values: value
        if name not in FUNCTIONS:
            raise FormulaError(self.unknown(written))
        takes, function = 1 + (name in TAKES_TWO), FUNCTIONS[name]
        if takes == 1 and self.at < len(self.tokens) and self.tokens[self.at][0]:  # log 4
            argument = self.atom()
            return lambda values: function(argument(values))
        if self.sign != "(":
            raise FormulaError(needs_brackets(name))
        parts = self.in_brackets()
        if len(parts) != takes:
            raise FormulaError(f"`{name}` takes {('one value', 'two values')[takes - 1]}.")
        return lambda values: function(*(part(values) for part in parts))

    def unknown(self, written: str) -> str:
        function = OTHER_NAMES.get(letters := written.rstrip("0123456789"), letters)
        if function in FUNCTIONS and self.sign != "(":
            return needs_brackets(function)  # log3
        if all(letter in self.variables for letter in written):
            return f"`{written}` is not known here. Write `{'*'.join(written)}`."
        known = ", ".join(f"`{name}`" for name in self.variables) or "numbers"
        return f"`{written}` is not known here. Known are {known}, and log, exp, sqrt and others."
