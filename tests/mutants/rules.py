"""Every breakage of a module that the rules make, and a fixed choice of some of them.

A mutant is named by module, function, rule and its number among those of that rule in that
function, so that an edit elsewhere does not rename it. The module's text is changed at the node's
own place. Left alone: annotations, decorators, what a `raise` says, strings but for what a claim or
a derivation says, and numbers that have a name of their own (NAME = 3): these say how hard to try.
"""

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parents[2] / "gan_lab"

RULES = {
    "sign": "+ and -, * and / change places; a minus goes",
    "constant": "a number becomes 1, and 1 becomes 2; True and False change places",
    "turn": "a comparison is turned round: < to >=, == to !=",
    "shift": "a comparison with a whole number takes it in, or leaves it out: < to <=",
    "drop": "a term of a sum, a factor of a product or a part of a condition goes",
    "logic": "and and or, & and |, change places",
    "swap": "two arguments next to each other, or two returned values, change places",
    "extreme": "max and min, any and all, floor and ceil change places",
    "negate": "a condition is negated",
    "guard": "an if that only returns, raises or goes on never does",
    "skip": "a call for its effect, or an assignment like +=, is left out",
    "word": "a quantifier, a hypothesis, a direction or a sign of what a claim says is another",
}

Place = tuple[int, int]
SIGNS = {ast.Add: "+-", ast.Sub: "-+", ast.Mult: "*/", ast.Div: "/*"}
MASKS = {ast.BitAnd: "&|", ast.BitOr: "|&"}
TURNED = {
    ast.Lt: ("<", ">="), ast.GtE: (">=", "<"), ast.Gt: (">", "<="), ast.LtE: ("<=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"), ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"),
}
SHIFTED = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
}
EXTREMES = {"max": "min", "maximum": "minimum", "fmax": "fmin", "any": "all", "floor": "ceil",
            "argmax": "argmin", "amax": "amin"}
WORDS = {
    "every": "some", "only": "one", "never": "always", "positive": "negative", "same": "other",
    "best": "worst", "strictly": "nearly", "without": "with", "sorted": "shuffled",
    "finite": "infinite", "disjoint": "alike", "if and only if": "if", "not both": "both",
    "bounded": "unbounded", "independent": "equal", "linear": "smooth", "up": "down",
    "maximum": "minimum", "at least": "at most", "above": "below", "largest": "least",
    r"\le": r"\ge", r"\ge": r"\le", " + ": " - ", " - ": " + ", " = ": " < ", "log 4": "log 2",
}
SAID = re.compile("|".join(
    rf"{re.escape(w)}(?![a-z])" if w.startswith("\\") else rf"\b{w}\b" if w[0].isalpha()
    else re.escape(w) for w in sorted(WORDS, key=len, reverse=True)
))
EXTREMES |= {b: a for a, b in EXTREMES.items()}
NOT_SWAPPED = {*EXTREMES, "isinstance", "issubclass", "getattr", "hasattr", "setattr", "hypot",
               "union1d", "broadcast_arrays", "broadcast_shapes", "zip", "print", "logaddexp"}
"""Calls that take their arguments in any order, or none in another."""


class Mutant(NamedTuple):
    module: str
    function: str
    rule: str
    ordinal: int
    entered: int
    """The first line of the innermost function or lambda it is in, 0 for none."""
    start: int
    end: int
    was: str
    broken: str

    @property
    def name(self) -> str:
        return f"{self.module}:{self.function}:{self.rule}:{self.ordinal}"

    def __str__(self) -> str:
        was, broken = (" ".join(text.split()) for text in (self.was, self.broken))
        return f"{self.name}  {was} -> {broken}"


def source(module: str) -> bytes:
    return (PACKAGE / f"{module}.py").read_bytes()


def applied(text: bytes, mutant: Mutant) -> bytes:
    """A module's text with one mutant in it."""
    return text[: mutant.start] + mutant.broken.encode() + text[mutant.end :]


class Text:
    """The places of nodes in a text, in bytes, which is how ast counts columns."""

    def __init__(self, text: bytes):
        self.text = text
        self.starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]

    def place(self, node) -> Place:
        return (self.starts[node.lineno - 1] + node.col_offset,
                self.starts[node.end_lineno - 1] + node.end_col_offset)

    def of(self, place: Place) -> str:
        return self.text[slice(*place)].decode()

    def alone(self, node) -> str:
        return f"({self.of(self.place(node))})"

    def between(self, left, right) -> Place:
        return self.place(left)[1], self.place(right)[0]

    def replaced(self, place: Place, was: str, new: str) -> tuple[Place, str]:
        return place, self.of(place).replace(was, new, 1)


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def bound(node) -> bool:
    """Whether a side of a comparison is a number that can be met: a whole one, or a count."""
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    number = isinstance(node, ast.Constant) and type(node.value) is int
    return number or isinstance(node, ast.Call) and called(node) == "len"


def of_operators(node, text: Text) -> Iterator[tuple[str, Place, str]]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            for rule, table in (("sign", SIGNS), ("logic", MASKS)):
                if type(op) in table:
                    yield rule, *text.replaced(text.between(left, right), *table[type(op)])
            if type(op) in SIGNS:
                yield "drop", text.place(node), text.alone(left)
            if isinstance(op, ast.Add | ast.Mult):
                yield "drop", text.place(node), text.alone(right)
        case ast.AugAssign(target=left, op=op, value=right):
            for rule, table in (("sign", SIGNS), ("logic", MASKS)):
                if type(op) in table:
                    yield rule, *text.replaced(text.between(left, right), *table[type(op)])
            yield "skip", text.place(node), "pass"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield "sign", text.place(node), text.alone(operand)
        case ast.UnaryOp(op=ast.Not() | ast.Invert(), operand=operand):
            yield "negate", text.place(node), text.alone(operand)
        case ast.Compare(left=left, ops=ops, comparators=others):
            for before, op, after in zip([left, *others], ops, others, strict=False):
                at = text.between(before, after)
                yield "turn", *text.replaced(at, *TURNED[type(op)])
                if type(op) in SHIFTED and (bound(before) or bound(after)):
                    yield "shift", *text.replaced(at, *SHIFTED[type(op)])
        case ast.BoolOp(op=op, values=values):
            words = [" and ", " or "] if isinstance(op, ast.And) else [" or ", " and "]
            parts = [text.alone(v) for v in values]
            for i in range(len(parts)):
                yield "drop", text.place(node), f"({words[0].join(parts[:i] + parts[i + 1 :])})"
            yield "logic", text.place(node), f"({words[1].join(parts)})"


def of_statements(node, text: Text) -> Iterator[tuple[str, Place, str]]:
    match node:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield "negate", text.place(test), f"(not {text.alone(test)})"
            alone = isinstance(node, ast.If) and len(node.body) == 1 and not node.orelse
            leaves = ast.Return | ast.Raise | ast.Continue | ast.Break
            if alone and isinstance(node.body[0], leaves):
                yield "guard", text.place(test), "False"
        case ast.comprehension(ifs=tests):
            for test in tests:
                yield "negate", text.place(test), f"(not {text.alone(test)})"
        case ast.Expr(value=ast.Call()):
            yield "skip", text.place(node), "pass"
        case ast.Return(value=ast.Tuple(elts=[a, b])) | ast.Lambda(body=ast.Tuple(elts=[a, b])):
            yield "swap", *exchanged(text, a, b)


def of_words(node, text: Text) -> Iterator[tuple[str, Place, str]]:
    """What the sentences of a claim say, or the words of a step."""
    match node:
        case ast.keyword(arg="sentences", value=said) | ast.Call(
            func=ast.Name(id="Step"), args=[said, *_]
        ):
            start, _ = place = text.place(said)
            whole = text.of(place)
            for found in SAID.finditer(whole):
                at = start + len(whole[: found.start()].encode())
                yield "word", (at, at + len(found[0].encode())), WORDS[found[0]]


def of_values(node, text: Text) -> Iterator[tuple[str, Place, str]]:
    match node:
        case ast.Constant(value=bool(value)):
            yield "constant", text.place(node), str(not value)
        case ast.Constant(value=int(value) | float(value)):
            number = type(value)(2 if value == 1 else 1)
            yield "constant", text.place(node), repr(number)
        case ast.Call(args=args):
            name = called(node)
            if name in EXTREMES:
                _, end = text.place(node.func)
                yield "extreme", (end - len(name), end), EXTREMES[name]
            if name not in NOT_SWAPPED:
                for a, b in zip(args, args[1:], strict=False):
                    if not isinstance(a, ast.Starred) and not isinstance(b, ast.Starred):
                        yield "swap", *exchanged(text, a, b)


def exchanged(text: Text, a, b) -> tuple[Place, str]:
    (start, _), (_, end) = text.place(a), text.place(b)
    first, second = text.of(text.place(a)), text.of(text.place(b))
    return (start, end), second + text.of(text.between(a, b)) + first


def walk(node, scope: tuple[str, ...], entered: int):
    """(node, qualified name, first line of its function) of what may be broken, in order."""
    match node:
        case ast.FunctionDef(name=name, body=body, args=args):
            entered = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            scope, inner = (*scope, name), [*args.defaults, *filter(None, args.kw_defaults), *body]
        case ast.ClassDef(name=name, body=inner):
            scope = (*scope, name)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if not entered:
            named = isinstance(value, ast.Constant | ast.UnaryOp)
            scope, inner = (*scope, name), [] if named else [value]
        case ast.AnnAssign(target=target, value=value):
            if not entered and isinstance(target, ast.Name):
                scope = (*scope, target.id)
            inner = [value] if value else []
        case ast.Dict(keys=keys, values=values) if not entered:
            for key, value in zip(keys, values, strict=True):
                word = isinstance(key, ast.Constant) and isinstance(key.value, str)
                yield from walk(value, (*scope, key.value) if word else scope, entered)
            return
        case ast.Raise() | ast.JoinedStr() | ast.Import() | ast.ImportFrom() | ast.arguments():
            if not isinstance(node, ast.arguments):
                return
            inner = [*node.defaults, *filter(None, node.kw_defaults)]
        case ast.keyword(arg="strict"):
            return
        case ast.Lambda():
            entered, inner = node.lineno, ast.iter_child_nodes(node)
        case _:
            inner = ast.iter_child_nodes(node)
    yield node, ".".join(scope), entered
    for child in inner:
        yield from walk(child, scope, entered)


@cache
def mutants(module: str, text: bytes | None = None) -> list[Mutant]:
    """All that the rules make of a module."""
    text = source(module) if text is None else text
    where, counts, found = Text(text), Counter(), []
    for node, function, entered in walk(ast.parse(text), (), 0):
        for of in (of_operators, of_statements, of_words, of_values):
            for rule, place, broken in of(node, where):
                if broken != (was := where.of(place)):
                    counts[function, rule] += 1
                    number = counts[function, rule]
                    found.append(
                        Mutant(module, function, rule, number, entered, *place, was, broken)
                    )
    return found


def by_hash(some: list[Mutant]) -> list[Mutant]:
    """Mutants in an order that nobody chose, and that an edit elsewhere leaves as it is."""
    return sorted(some, key=lambda m: hashlib.sha256(m.name.encode()).digest())


def chosen(some: list[Mutant], count: int) -> list[Mutant]:
    """So many of a module's mutants: of each rule in turn, by a hash of their names."""
    turn: Counter = Counter()
    ranked = []
    for mutant in by_hash(some):
        turn[mutant.rule] += 1
        ranked.append((turn[mutant.rule], len(ranked), mutant))
    return [mutant for *_, mutant in sorted(ranked)[:count]]
