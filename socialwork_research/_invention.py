"""Whether a corpus that says it is invented can show it: what made it is called again, and must hold all its posts."""

from __future__ import annotations

import functools
import importlib
import json
from typing import Any, NamedTuple

import pandas as pd

from . import _fingerprints
from .errors import SocialworkResearchError

_PACKAGE = __name__.partition(".")[0]
_SHIPPED = (f"{_PACKAGE}.sources._invented", "shipped_corpus", {"sha256"})
_GENERATORS = f"{_PACKAGE}.simulation"


class _Rows(NamedTuple):
    posts: frozenset[int]
    accounts: frozenset[int]
    follows: frozenset[int]


def shown_invented(
    posts: pd.DataFrame,
    invented: dict[str, Any],
    *,
    accounts: pd.DataFrame | None = None,
    follows: pd.DataFrame | None = None,
) -> bool:
    """Call again what `invented` names (a shipped export, or a generator) and see that every row is among what it gives.

    A claim alone counts for nothing: a real post, account or follow is in no shipped export and comes out of no generator.
    All columns count, since a profile, a mention or a link can lay somebody open as well as a text.
    """
    module, _, name = str(invented.get("by", "")).rpartition(".")
    options = dict(invented.get("options", {}))
    if (module, name, set(options)) != _SHIPPED and not _is_generator(module, name):
        return False
    try:
        made = _made(module, name, json.dumps(options, sort_keys=True))
    except (SocialworkResearchError, TypeError):  # what cannot be made again shows nothing
        return False
    return all(mine <= theirs for mine, theirs in zip(_rows(posts, accounts, follows), made, strict=True))


def _is_generator(module: str, name: str) -> bool:
    """Tell whether this is a public function of the simulation chapter; any other function could be made to read a file."""
    return module == _GENERATORS and name in importlib.import_module(module).__all__


@functools.lru_cache(maxsize=4)
def _made(module: str, name: str, options: str) -> _Rows:
    """Return the rows that a maker gives; kept, since each selection of one corpus asks again."""
    corpus = getattr(importlib.import_module(module), name)(**json.loads(options))
    return _rows(corpus.posts, corpus.accounts, corpus.follows)


def _rows(*tables: pd.DataFrame | None) -> _Rows:
    return _Rows(
        *(frozenset() if table is None else frozenset(_fingerprints.hashes(table).tolist()) for table in tables)
    )
