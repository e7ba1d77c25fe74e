"""Where code comes from: a module's version where it was installed, or the text of its files.

An installed module, Python's own or one of this package, is told by its name and a version. One of
the reader's is told by the text of its file and of those that it imports, as far as they are the
reader's too.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import sys
import sysconfig
from functools import cache
from importlib import metadata
from pathlib import Path

import numpy as np
import scipy
import torch

from gan_lab import __version__

PACKAGE = Path(__file__).resolve().parents[1]
PACKAGES = {"site-packages", "dist-packages"}
STANDARD = Path(sysconfig.get_path("stdlib")).resolve()


class UnknownError(Exception):
    """Something that cannot be written down."""


def versions() -> dict[str, str]:
    """What decides the numbers of a run beside its recipe: this package's code, torch, numpy."""
    return {
        "gan_lab": __version__,
        "code": own_code(),
        "python": sys.version,
        "torch": str(torch.__version__),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }


@cache
def own_code() -> str:
    """One digest of all the Python of this package, whose version may stand while it changes."""
    files = (f"{f.relative_to(PACKAGE)} {digest(f.read_bytes())}" for f in PACKAGE.rglob("*.py"))
    return digest("\n".join(sorted(files)).encode())


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def module(name: str) -> tuple[str, ...]:
    """What stands for a module. Raises `UnknownError` for one that has no file to be told by."""
    return version_of(name) if installed(name) else texts(name)


def installed(name) -> bool:
    """Whether a module comes with Python, with an installed package or with this one."""
    if not isinstance(name, str) or name == "__main__":
        return False
    if name.partition(".")[0] in {*sys.builtin_module_names, *sys.stdlib_module_names}:
        return True
    file = file_of(name)
    if file is None and "." in name:  # a part of machine code, such as torch._C._nn
        return installed(name.rpartition(".")[0])
    return file is not None and (
        PACKAGE in file.parents or STANDARD in file.parents or bool(PACKAGES & set(file.parts))
    )


def ours(name) -> bool:
    """Whether a module is one of this package."""
    return isinstance(name, str) and name.partition(".")[0] == __name__.partition(".")[0]


def file_of(name: str) -> Path | None:
    """Where a module lies: None where it is part of Python itself, or is nowhere."""
    there = sys.modules.get(name)
    file = getattr(there, "__file__", None)
    if there is None:
        try:
            file = getattr(importlib.util.find_spec(name), "origin", None)
        except (ImportError, ValueError, AttributeError):
            return None
    return Path(file).resolve() if file and file not in ("built-in", "frozen") else None


@cache
def version_of(name: str) -> tuple[str, ...]:
    """The name of an installed module, and the version of what it came with."""
    top = name.partition(".")[0]
    if ours(name):
        return name, __version__, own_code()
    if top in sys.stdlib_module_names:
        return name, sys.version
    found = getattr(sys.modules.get(top), "__version__", None)
    if isinstance(found, str):
        return name, found
    try:
        return name, metadata.version(top)
    except metadata.PackageNotFoundError:
        file = file_of(name)
        return name, digest(file.read_bytes()) if file and file.is_file() else ""


def texts(name: str) -> tuple[str, ...]:
    """The digests of a module's file, and of all files of the reader's that it imports."""
    found, left = {}, [name]
    while left:
        name = left.pop()
        if name in found or name == "__main__":
            continue
        file = file_of(name)
        if file is None or not file.is_file():
            raise UnknownError(f"the module {name}, which has no file")
        text = file.read_bytes()
        found[name] = digest(text)
        left += [other for other in mentioned(text, name) if of_the_reader(other)]
    return tuple(f"{name} {text}" for name, text in sorted(found.items()))


def of_the_reader(name: str) -> bool:
    return not installed(name) and (file := file_of(name)) is not None and file.is_file()


def mentioned(text: bytes, name: str) -> set[str]:
    """The modules that a file of Python imports, anywhere in it."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):  # a module of machine code
        return set()
    found, package = set(), package_of(name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = resolved(node.module or "", node.level, package)
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)} - {""}
    return found


def package_of(name: str) -> str:
    """The package that a module's dots start from."""
    there = sys.modules.get(name)
    return getattr(there, "__package__", None) or name.rpartition(".")[0]


def resolved(name: str, dots: int, package: str | None) -> str:
    """A module's full name from one that may begin with dots; empty where there is none."""
    try:
        return importlib.util.resolve_name("." * dots + name, package or "") if dots else name
    except ImportError:
        return ""
