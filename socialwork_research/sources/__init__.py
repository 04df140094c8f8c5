"""How posts come in: `read` finds out which place an export is from; ``sources.<place>`` is each place by itself.

`howto` tells how an export of a place is come by and what it will lack.

The folder listing is the registry: a new place is one file with ``detect(path)`` and ``read(path, *, key, name,
folder, ...)``.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from ._howto import howto
from ._read import places as _places
from ._read import read

__all__ = ["howto", "read"]

if TYPE_CHECKING:
    from . import (
        bluesky,
        convokit,
        discourse,
        google_plus,
        linkedin,
        mailbox,
        mastodon,
        reddit,
        stackexchange,
        table,
        wordpress,
        youtube,
    )


def __getattr__(name: str) -> Any:
    if name in _places():
        return importlib.import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *_places()])
