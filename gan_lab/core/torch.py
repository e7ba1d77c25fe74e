"""torch, imported when something of it is first asked for.

For the modules that a recipe needs: so a recipe can be written down and read, and a recording
opened and played, where torch is not installed.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import *  # noqa: F403  # pyright: ignore[reportWildcardImportFromLibrary]


def __getattr__(name: str):
    import torch

    value = globals()[name] = getattr(torch, name)
    return value
