"""Read public social-work discussions: support networks, themes, boundary-related risk language.

The nouns (`Corpus`, `Codebook`, `Coding`) and `save`, `load`, `papers` stand here; each chapter
(`sources`, `privacy`, `coders`, `networks`, `conversations`, `themes`, `reliability`, `estimates`, `simulation`, `plots`,
`reports`, `studies`) opens when it is first named, so that importing the package stays quick and does nothing else.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_NAMES = {
    "Corpus": "corpus",
    "Codebook": "codebook",
    "Coding": "coding",
    "save": "storage",
    "load": "storage",
    "papers": "provenance",
}
_CHAPTERS = (
    "coders",
    "conversations",
    "errors",
    "estimates",
    "networks",
    "plots",
    "privacy",
    "reliability",
    "reports",
    "simulation",
    "sources",
    "studies",
    "themes",
)

__all__ = [*_NAMES, *_CHAPTERS]  # noqa: PLE0604 (names made from the two tables above)

if TYPE_CHECKING:
    from . import (
        coders,
        conversations,
        errors,
        estimates,
        networks,
        plots,
        privacy,
        reliability,
        reports,
        simulation,
        sources,
        studies,
        themes,
    )
    from .codebook import Codebook
    from .coding import Coding
    from .corpus import Corpus
    from .provenance import papers
    from .storage import load, save


def __getattr__(name: str) -> Any:
    if name in _NAMES:
        return getattr(importlib.import_module(f".{_NAMES[name]}", __name__), name)
    if name in _CHAPTERS:
        return importlib.import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
