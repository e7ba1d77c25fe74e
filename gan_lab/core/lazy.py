"""A room's public names, each imported when it is first asked for (PEP 562).

So importing the package is quick, and nothing imports torch or matplotlib but what uses it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module


def public(
    room: str, names: Mapping[str, Iterable[str]], modules: Iterable[str] = ()
) -> tuple[Callable, Callable, list[str]]:
    """`__getattr__`, `__dir__` and `__all__` of a package.

    `names` says what it shows of which module in it (`{"loop": ["Training"]}`), `modules` which
    modules in it can be had by their own names. Raises ValueError where a name is also that of a
    module that holds names: Python would put the module in its place.
    """
    home = {name: module for module, held in names.items() for name in held}
    modules = list(modules)
    if twice := sorted(home.keys() & {*modules, *(m.partition(".")[0] for m in names)}):
        raise ValueError(f"{room} has a module and something else of the name {twice[0]}")

    def __getattr__(name: str):  # noqa: N807
        if name in home:
            value = getattr(import_module(f"{room}.{home[name]}"), name)
        elif name in modules:
            return import_module(f"{room}.{name}")
        else:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        setattr(sys.modules[room], name, value)  # the next time Python finds it by itself
        return value

    shown = sorted([*home, *modules])
    return __getattr__, lambda: sorted({*vars(sys.modules[room]), *shown}), shown
