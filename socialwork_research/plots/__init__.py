"""Plots: one file a chapter, functions named as the tables they draw. They draw finished tables and compute nothing.

``plots.<chapter>`` opens when it is first named; the folder's listing says which there are.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

_CHAPTERS = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


def __getattr__(name: str) -> ModuleType:
    if name in _CHAPTERS:
        return importlib.import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(_CHAPTERS)
