"""How posts come in: `read` finds out which place an export is from; ``sources.<place>`` is each place by itself.

`howto` tells how an export of a place is come by and what it will lack.

The folder listing is the registry: a new place is one file with ``detect(path)`` and ``read(path, *, key, name,
folder, ...)``, and ``ABOUT``.
"""

from __future__ import annotations

from typing import Any

from ._exports import module as _module
from ._exports import places as _places
from ._howto import howto
from ._read import read

__all__ = ["howto", "read"]


def __getattr__(name: str) -> Any:
    if name in _places():
        return _module(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *_places()])
