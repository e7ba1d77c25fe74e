"""Formulas that a reader types: read, and evaluated on numbers or vectors.

front_end/checkers/formula.js reads the same formulas with the same words for what cannot be read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping

import numpy as np

Value = float | np.ndarray
Reading = Callable[[Mapping[str, Value]], Value]

LONGEST = 300  # characters
DEEPEST = 140  # brackets in one another
CONSTANTS = {"e": np.e, "pi": np.pi, "inf": np.inf}
FUNCTIONS: dict[str, Callable] = {
    "log": np.log, "log2": np.log2, "exp": np.exp, "sqrt": np.sqrt, "abs": np.abs,
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)), "sum": np.sum, "mean": np.mean,
    "max": np.maximum, "min": np.minimum,
}  # fmt: skip
JOINS: dict[str, Callable] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide,
}  # fmt: skip
TAKES_TWO = ("max", "min")
OTHER_NAMES = {"ln": "log", "sigma": "sigmoid", "p_data": "p", "p_g": "q", "p_G": "q"}
UNITS = ("nat", "nats")
OTHER_SIGNS = str.maketrans({
    "−": "-", "–": "-", "‐": "-", "·": "*", "⋅": "*", "∗": "*", "×": "*", "÷": "/", "⁄": "/",
    "∕": "/", "[": "(", "]": ")", "{": "(", "}": ")", "²": "^2", "³": "^3",
    "σ": " sigmoid ", "π": " pi ", "√": " sqrt ", "∑": " sum ", "Σ": " sum ", "∞": " inf ",
})  # fmt: skip
COMMA = "A comma stands only in max and min: write decimals with a point."
LOG2 = "`log2(…)` is the logarithm to the base 2. The natural one of 2 is `log(2)`."
LATEX = "LaTeX is not read here: write `a/b`, `a^2`, `sqrt(a)`, `log(a)`."
UNREAD = {"=": "Write only what stands to the right of `=`.", "\\": LATEX, "$": LATEX}
NO_SIGN = "Between two numbers a sign is missing."
TWO_WAYS = "What is divided by can be read in two ways: put it in brackets."
TOKEN = re.compile(
    r"((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z_0-9]*)|([^\t-\r ])", re.ASCII
)
MIXED = re.compile(r"([0-9]*)([¼-¾⅐-⅞])")  # 2½
LOG_OF_NUMBER = re.compile(r"(ln|log(?!10))(\d+)", re.ASCII)
Token = tuple[str, str, str]  # number, name or sign; the others are empty


def to_the(base: Value, exponent: Value) -> Value:
    """The power; no value for an exponent without end."""
    return np.where(np.isfinite(exponent), np.power(base, exponent), np.nan)[()]


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
    apart = MIXED.sub(r"(0\1+\2)", text).translate(OTHER_SIGNS)
    plain = unicodedata.normalize("NFKC", apart)
    written = plain.translate(OTHER_SIGNS).replace("**", "^")
    if len(written) > LONGEST:
        raise FormulaError(f"A formula may have {LONGEST} characters.")
    for sign, told in UNREAD.items():
        if sign in written:
            raise FormulaError(told)
    return Reader(written, tuple(variables)).whole()


def factors(name: str, variables: tuple[str, ...]) -> list[Token]:
    """The name; or its factors, where they are written together, as in 2pq, ln2 and plog(q)."""
    if name in (*variables, *OTHER_NAMES, *CONSTANTS, *FUNCTIONS):
        return [("", name, "")]
    if of_number := LOG_OF_NUMBER.fullmatch(name):
        return [("", of_number[1], ""), (of_number[2], "", "")]
    others = factors(name[1:], variables) if name[0] in variables and name[1:] else []
    return [("", name[0], ""), *others] if others else []


class Reader:
    """A reader of one formula, from left to right; each method reads one kind of part."""

    def __init__(self, text: str, variables: tuple[str, ...]):
        self.variables = variables
        tokens: list[Token] = TOKEN.findall(text)
        if len(tokens) > 1 and tokens[-1][1] in UNITS:
            tokens.pop()
        self.tokens = [
            part
            for token in tokens
            for part in (token[1] and factors(token[1], variables)) or [token]
        ]
        self.at = self.depth = 0
        self.in_bars = False

    @property
    def sign(self) -> str:
        """The sign that comes next, or ""."""
        return self.tokens[self.at][2] if self.at < len(self.tokens) else ""

    @property
    def begins_factor(self) -> bool:
        """Whether what comes next is a factor, without a sign before it."""
        return (
            self.sign == "("
            or (self.sign == "|" and not self.in_bars)
            or (self.at < len(self.tokens) and not self.sign)
        )

    def whole(self) -> Reading:
        if not self.tokens:
            raise FormulaError("Nothing is written yet.")
        reading = self.sum_of_terms()
        if self.at < len(self.tokens):
            raise FormulaError(self.unreadable())
        return reading

    def unreadable(self) -> str:
        if self.sign == ")":
            return "A bracket is closed that was not opened."
        if self.sign == ",":
            return COMMA
        return f"`{''.join(self.tokens[self.at])}` cannot be read here."

    def sum_of_terms(self) -> Reading:
        reading = self.product()
        while self.sign in ("+", "-"):
            reading = self.joined(reading, self.product)
        return reading

    def product(self) -> Reading:
        reading, slash = self.factor(), 0
        while self.sign in ("*", "/") or self.begins_factor:
            if self.between_numbers:
                raise FormulaError(NO_SIGN)
            if slash and self.begins_factor and self.unclear(slash):
                raise FormulaError(TWO_WAYS)
            slash = self.at if self.sign == "/" else 0
            reading = self.joined(reading, self.factor)
        return reading

    @property
    def between_numbers(self) -> bool:
        """Whether one number has just been read and another comes, as in 2 1/2."""
        return all(number for number, *_ in self.tokens[self.at - 1 : self.at + 1])

    def unclear(self, slash: int) -> bool:
        """Whether what comes may stand below the line: not in 1/2 p, nor in 1/m sum(p)."""
        above, below = (self.tokens[slash + side][0] for side in (-1, 1))
        name = self.tokens[self.at][1]
        return not (above and (below or OTHER_NAMES.get(name, name) in FUNCTIONS))

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
        exponent = self.factor()
        return lambda values: to_the(base(values), exponent(values))

    def atom(self) -> Reading:
        if self.at == len(self.tokens):
            raise FormulaError("Something is missing at the end.")
        number, name, _ = self.tokens[self.at]
        if self.sign == "(":
            return self.alone(self.in_brackets())
        if self.sign == "|" and not self.in_bars:
            return self.between_bars()
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

    def between_bars(self) -> Reading:
        self.open()
        self.in_bars = True
        inner = self.sum_of_terms()
        if self.sign != "|":
            raise FormulaError("A bar `|` is not closed.")
        self.at, self.depth, self.in_bars = self.at + 1, self.depth - 1, False
        return lambda values: np.abs(inner(values))

    def open(self) -> None:
        self.at, self.depth = self.at + 1, self.depth + 1
        if self.depth > DEEPEST:
            raise FormulaError(f"Brackets may stand {DEEPEST} deep.")

    def in_brackets(self) -> list[Reading]:
        """What stands between brackets, separated by commas."""
        self.open()
        outside, self.in_bars = self.in_bars, False
        parts = [self.sum_of_terms()]
        while self.sign == ",":
            self.at += 1
            parts.append(self.sum_of_terms())
        if self.sign != ")":
            raise FormulaError("A bracket is not closed.")
        self.at, self.depth, self.in_bars = self.at + 1, self.depth - 1, outside
        return parts

    def named(self, written: str) -> Reading:
        name = written if written in self.variables else OTHER_NAMES.get(written, written)
        if name in self.variables:
            self.skip_argument()
            return lambda values: values[name]
        if name in CONSTANTS:
            value = np.float64(CONSTANTS[name])
            return lambda values: value
        if name not in FUNCTIONS:
            raise FormulaError(self.unknown(written))
        takes, function = 1 + (name in TAKES_TWO), FUNCTIONS[name]
        needs_brackets = FormulaError(
            f"`{name}` needs brackets: `{name}(…)`." if name != "log2" else LOG2
        )
        if takes == 1 and self.at < len(self.tokens) and self.tokens[self.at][0]:  # log 4
            argument = self.atom()
            if self.sign == "^" or self.begins_factor:
                raise needs_brackets
            return lambda values: function(argument(values))
        if self.sign != "(":
            raise needs_brackets
        parts = self.in_brackets()
        if len(parts) != takes:
            raise FormulaError(f"`{name}` takes {('one value', 'two values')[takes - 1]}.")
        return lambda values: function(*(part(values) for part in parts))

    def skip_argument(self) -> None:
        """Goes past the (x) of p(x), where x is no variable."""
        comes = "".join(map("".join, self.tokens[self.at : self.at + 3]))
        if comes in ("(x)", "(z)") and not {"x", "z"} & {*self.variables}:
            self.at += 3

    def unknown(self, written: str) -> str:
        known = ", ".join(f"`{name}`" for name in self.variables) or "numbers"
        return f"`{written}` is not known here. Known are {known}, and log, exp, sqrt and others."
