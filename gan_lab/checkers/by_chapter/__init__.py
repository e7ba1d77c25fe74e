"""What each chapter asks, a module for each: predictions to commit and exercises to answer."""

import importlib
import pkgutil

MODULES = [
    importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)
]

PREDICTIONS = {one.name: one for module in MODULES for one in module.PREDICTIONS}
"""The chapters' predictions, by their names."""

EXERCISES = {one.name: one for module in MODULES for one in module.EXERCISES}
"""The chapters' exercises, by their names."""
