"""What all chapters ask, gathered from the modules of `by_chapter`."""

import importlib
import pkgutil

from gan_lab.checkers import by_chapter

MODULES = [
    importlib.import_module(f"{by_chapter.__name__}.{one.name}")
    for one in pkgutil.iter_modules(by_chapter.__path__)
]

PREDICTIONS = {one.name: one for module in MODULES for one in module.PREDICTIONS}
"""The chapters' predictions, by their names."""

EXERCISES = {one.name: one for module in MODULES for one in module.EXERCISES}
"""The chapters' exercises, by their names."""
