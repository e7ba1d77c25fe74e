"""What a function is, as a digest that another process makes again: kept numbers are keyed by it.

Of a function of the reader's own it holds the code (not where it stands), the defaults, the values
that it closes over, its attributes and, over and over, every global name and every attribute of a
module that the code reads; of an object, its class and all that pickle would take; of an array, its
numbers. What is installed is told by name and version, a module of the reader's by its text
(`provenance`).

What a function reads from files, the environment, a clock or the network, and what it looks up by
a name that it makes as it runs, cannot be seen in it. What cannot be written down at all, such as
an open file, a lock or a generator, is refused with a ValueError that names it.
"""

from __future__ import annotations

import builtins
import copyreg
import dataclasses
import dis
import hashlib
import importlib
import types
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, cast

import numpy as np
import torch

from gan_lab.core.validation import quoted
from gan_lab.sweeps.provenance import (
    UnknownError,
    digest,
    installed,
    module,
    ours,
    resolved,
    version_of,
)

PLAIN = (type(None), bool, int, float, complex, str, bytes, type(Ellipsis), type(NotImplemented))
BUILT_IN = (
    types.BuiltinFunctionType,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.MethodWrapperType,
    types.GetSetDescriptorType,
    types.MemberDescriptorType,
    types.ClassMethodDescriptorType,
    np.ufunc,
)
OF_NO_WEIGHT = {"__dict__", "__weakref__", "__doc__", "__module__", "_abc_impl", "__firstlineno__"}
"""Entries of a class that say nothing of what it does."""


def fingerprint(value, name: str) -> str:
    """The digest of a function with all that it refers to, or of any value.

    Parameters
    ----------
    value : object
        A function, or what can be written down.
    name : str
        What the sentence that refuses it begins with.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    ValueError
        In one sentence that begins with `name`, for what cannot be written down.

    Examples
    --------
    >>> from gan_lab.sweeps import fingerprint
    >>> len(fingerprint({"lr": 0.1}, "the settings"))
    64
    >>> fingerprint([1, 2], "a") == fingerprint([1, 2], "b")
    True
    """
    try:
        return Digest().of(value)
    except UnknownError as what:
        raise ValueError(f"{name} cannot be told from others: it refers to {what}") from None
    except RecursionError:
        raise ValueError(f"{name} cannot be told from others: it is nested too deeply") from None


class Digest:
    """The digests of values that may refer to one another, and to themselves."""

    def __init__(self):
        self.met: dict[int, int] = {}  # id -> the how manyth it was
        self.alive = []  # an id is one value's only while that lives

    def of(self, value) -> str:
        """The digest of anything."""
        return digest("\0".join(self.parts(value)).encode("utf-8", "surrogatepass"))

    def each(self, values: Iterable) -> Iterator[str]:
        return map(self.of, values)

    def parts(self, value) -> Iterator[str]:
        """What a value is, in words: its kind, and what it is made of."""
        kind = type(value)
        if kind in PLAIN:  # numbers in all their digits
            yield kind.__name__
            yield value.hex() if kind is float else hex(value) if kind is int else repr(value)
        elif id(value) in self.met:
            yield f"number {self.met[id(value)]} again"
        else:
            self.met[id(value)] = len(self.met)
            self.alive.append(value)
            yield kind.__name__
            yield from self.made_of(value)

    def made_of(self, value) -> Iterator[str]:
        """The parts of what is code; of everything else, its values."""
        if isinstance(value, types.FunctionType):
            yield from self.function(value)
        elif isinstance(value, types.CodeType):
            yield from self.code(value)
        elif isinstance(value, types.ModuleType):
            yield from module(value.__name__)
        elif isinstance(value, type):
            yield from self.kind(value)
        elif isinstance(value, BUILT_IN):
            yield from self.built_in(value)
        elif isinstance(value, (staticmethod, classmethod)):
            yield self.of(value.__func__)
        elif isinstance(value, types.MethodType):
            yield from self.each((value.__func__, value.__self__))
        elif isinstance(value, property):
            yield from self.each((value.fget, value.fset, value.fdel))
        elif isinstance(value, cached_property):  # which holds a lock
            yield self.of(value.func)
        else:
            yield from self.values(value)

    def values(self, value) -> Iterator[str]:
        """What containers and arrays hold, and other objects as pickle would take them apart."""
        kind = type(value)
        if kind in (tuple, list):
            yield from self.each(value)
        elif kind in (dict, types.MappingProxyType):
            yield from self.each(part for pair in value.items() for part in pair)
        elif kind in (set, frozenset):
            yield from sorted(Digest().of(part) for part in value)
        elif kind is types.CellType:
            yield self.of(contents(value))
        elif kind is np.ndarray and not value.dtype.hasobject:
            yield from (str(value.dtype), str(value.shape))
            yield hashlib.sha256(cast(Any, np.ascontiguousarray(value))).hexdigest()  # a buffer
        elif isinstance(value, torch.Tensor) and value.layout == torch.strided:
            yield from (str(value.dtype), str(tuple(value.shape)), str(value.requires_grad))
            flat = value.detach().cpu().resolve_conj().resolve_neg().reshape(-1)
            yield digest(flat.view(torch.uint8).numpy().tobytes() if value.numel() else b"")
        elif ours(kind.__module__) and dataclasses.is_dataclass(value):  # without what it caches
            yield self.of(kind)
            yield from self.each(getattr(value, f.name) for f in dataclasses.fields(value))
        else:
            yield from self.taken_apart(value)

    def function(self, f: types.FunctionType) -> Iterator[str]:
        """A function's code, and all that it refers to; of an installed one, its name."""
        yield from self.each((f.__defaults__, f.__kwdefaults__, vars(f)))
        yield from self.each(contents(cell) for cell in f.__closure__ or ())
        known = installed(f.__module__)
        if known:
            yield from (*version_of(f.__module__), f.__qualname__)
        else:
            yield self.of(f.__code__)
        for name, value in referred(f.__code__, f.__globals__):
            if not known or (ours(f.__module__) and (type(value) in PLAIN or near(value))):
                yield from (name, self.of(value))

    def code(self, code: types.CodeType) -> Iterator[str]:
        """The instructions and their constants, but not the places in a file."""
        yield code.co_code.hex()
        yield from self.each((code.co_consts, code.co_names, code.co_varnames, code.co_freevars))
        yield from self.each((code.co_cellvars, code.co_argcount, code.co_kwonlyargcount))
        yield from self.each((code.co_posonlyargcount, code.co_flags, code.co_exceptiontable))

    def kind(self, kind: type) -> Iterator[str]:
        """A class: of an installed one the name, of the reader's own all that stands in it."""
        yield kind.__qualname__
        if installed(kind.__module__):
            yield from version_of(kind.__module__)
            return
        yield from self.each(kind.__bases__)
        for name, value in vars(kind).items():
            if name not in OF_NO_WEIGHT:
                yield from (name, self.of(value))

    def built_in(self, value) -> Iterator[str]:
        """A function of machine code: its name, its module, and the object that it is bound to."""
        owner = getattr(value, "__self__", None)
        where = getattr(value, "__module__", None)
        if isinstance(owner, types.ModuleType):
            where = owner.__name__
        elif owner is not None:
            yield self.of(owner)
        yield from (*module(where or "builtins"), getattr(value, "__qualname__", value.__name__))

    def taken_apart(self, value) -> Iterator[str]:
        """Class and state of any other object, by what pickle asks it for."""
        if hasattr(value, "__wrapped__"):  # a cache around a function, which pickle takes by name
            yield self.of(value.__wrapped__)
        reduce = copyreg.dispatch_table.get(type(value))
        try:
            taken = reduce(value) if reduce else value.__reduce_ex__(4)
        except Exception:
            raise UnknownError(f"{quoted(value)}, which cannot be written down") from None
        yield self.of(type(value))
        if isinstance(taken, str):  # the name under which it lies in a module
            yield taken
        else:
            yield from self.each(list(p) if isinstance(p, Iterator) else p for p in taken)


def near(value) -> bool:
    """Whether it is a function of this package, whose own numbers a reader may have set."""
    return isinstance(value, types.FunctionType) and ours(value.__module__)


def contents(cell: types.CellType):
    """What a closure holds in one place, if anything yet."""
    try:
        return cell.cell_contents
    except ValueError:
        return "nothing yet"


def referred(code: types.CodeType, names: Mapping) -> Iterator[tuple[str, object]]:
    """Every global that code reads, as (name, value), and what it reads of a module.

    Of `helper.lib.score` that is helper, helper.lib and helper.lib.score; so too for a module
    that is imported as the code runs. Of an installed module only plain values are looked at,
    and a name that is not there yet has the value None.
    """
    at, name, constants = None, "", []
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            name, at = step.argval, names.get(step.argval, getattr(builtins, step.argval, None))
            yield name, at
        elif step.opname == "IMPORT_NAME":
            dots = constants[-2] if len(constants) > 1 else 0
            name, at = step.argval, imported(step.argval, dots, names.get("__package__"))
            yield name, at
        elif "LOAD_CONST" in step.opname or step.opname == "LOAD_SMALL_INT":
            constants.append(step.argval)
        elif step.opname in ("LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM") and isinstance(
            at, types.ModuleType
        ):
            found = part_of(at, step.argval)
            if not installed(at.__name__) or type(found) in PLAIN:
                yield f"{name}.{step.argval}", found
            if step.opname != "IMPORT_FROM":
                name, at = f"{name}.{step.argval}", found
        elif step.opname not in ("PUSH_NULL", "STORE_FAST"):
            at = None
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from referred(inner, names)


def imported(name: str, dots: int, package: str | None):
    """A module that code imports as it runs, or a word for one that is not there."""
    try:
        return importlib.import_module(resolved(name, dots, package))
    except Exception:
        return f"no module {name!r}"


def part_of(module: types.ModuleType, name: str):
    """An attribute of a module, or the module of that name in it."""
    found = getattr(module, name, None)
    return imported(f"{module.__name__}.{name}", 0, None) if found is None else found
