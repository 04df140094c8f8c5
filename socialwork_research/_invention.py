"""Whether a corpus that says it is invented can show it: what made it is called again, and must hold all its posts."""

from __future__ import annotations

import functools
import importlib
import json
from typing import Any

import pandas as pd

_PACKAGE = __name__.partition(".")[0]
_MAKERS = (f"{_PACKAGE}.sources.", f"{_PACKAGE}.simulation.")
_SAME_POST = ["post_id", "thread_id", "author_id", "created_at", "title", "text"]


def shown_invented(posts: pd.DataFrame, invented: dict[str, Any]) -> bool:
    """Call again what `invented` names (a shipped export, or a generator) and see that every post is among what it gives.

    A claim alone counts for nothing: a real post is in no shipped export and comes out of no generator.
    """
    module, _, name = str(invented.get("by", "")).rpartition(".")
    if not f"{module}.".startswith(_MAKERS):
        return False
    return _rows(posts) <= _made(module, name, json.dumps(invented["options"], sort_keys=True))


@functools.lru_cache(maxsize=4)
def _made(module: str, name: str, options: str) -> frozenset[int]:
    """Return the rows that a maker gives; kept, since each selection of one corpus asks again."""
    return _rows(getattr(importlib.import_module(module), name)(**json.loads(options)).posts)


def _rows(posts: pd.DataFrame) -> frozenset[int]:
    return frozenset(pd.util.hash_pandas_object(posts[_SAME_POST], index=False).tolist())
