"""Whether a corpus that says it is invented can show it: what made it is called again, and must hold all its posts."""

from __future__ import annotations

import importlib
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
    made = getattr(importlib.import_module(module), name)(**invented["options"])
    return _rows(posts) <= _rows(made.posts)


def _rows(posts: pd.DataFrame) -> set[int]:
    return set(pd.util.hash_pandas_object(posts[_SAME_POST], index=False).tolist())
