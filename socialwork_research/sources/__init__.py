"""How posts come in: `read` finds out which place an export is from; ``sources.<place>`` is each place by itself.

`howto` tells how an export of a place is come by and what it will lack. Wherever a folder or file is read, a zip or tar
that holds it is, too; `unpacking` sets how much one may unfold to.

The folder listing is the registry: a new place is one file with ``detect(path)`` and ``read(path, *, key, name,
folder, ...)``, and ``ABOUT``.
"""

from __future__ import annotations

from typing import Any

from ._exports import module as _module
from ._exports import places as _places
from ._howto import howto
from ._read import read
from ._unpacking import unpacking

__all__ = ["howto", "read", "unpacking"]


def __getattr__(name: str) -> Any:
    if name in _places():
        return _module(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *_places()])
