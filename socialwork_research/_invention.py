"""Whether a corpus that says it is invented can show it: what made it is called again, and must hold all its posts."""

from __future__ import annotations

import functools
import importlib
import json
from typing import Any

import pandas as pd

_PACKAGE = __name__.partition(".")[0]
_SHIPPED = (f"{_PACKAGE}.sources._invented", "shipped_corpus", {"sha256"})
_GENERATORS = f"{_PACKAGE}.simulation"
_SAME_POST = ["post_id", "thread_id", "author_id", "created_at", "title", "text"]


def shown_invented(posts: pd.DataFrame, invented: dict[str, Any]) -> bool:
    """Call again what `invented` names (a shipped export, or a generator) and see that every post is among what it gives.

    A claim alone counts for nothing: a real post is in no shipped export and comes out of no generator.
    """
    module, _, name = str(invented.get("by", "")).rpartition(".")
    options = dict(invented.get("options", {}))
    if (module, name, set(options)) != _SHIPPED and not _is_generator(module, name):
        return False
    return _rows(posts) <= _made(module, name, json.dumps(options, sort_keys=True))


def _is_generator(module: str, name: str) -> bool:
    """Tell whether this is a public function of the simulation chapter; any other function could be made to read a file."""
    return module == _GENERATORS and name in importlib.import_module(module).__all__


@functools.lru_cache(maxsize=4)
def _made(module: str, name: str, options: str) -> frozenset[int]:
    """Return the rows that a maker gives; kept, since each selection of one corpus asks again."""
    return _rows(getattr(importlib.import_module(module), name)(**json.loads(options)).posts)


def _rows(posts: pd.DataFrame) -> frozenset[int]:
    return frozenset(pd.util.hash_pandas_object(posts[_SAME_POST], index=False).tolist())
