"""Whether a corpus that says it is invented can show it: what made it is called again, and must hold all its posts."""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from . import _fingerprints
from .errors import SocialworkResearchError

_PACKAGE = __name__.partition(".")[0]
_SHIPPED = (f"{_PACKAGE}.sources._invented", "shipped_corpus", {"sha256"})
_GENERATORS = f"{_PACKAGE}.simulation"
_REDACTION = f"{_PACKAGE}.privacy._redaction"
_MADE_KINDS = ("Corpus", "Simulated")
_witnessed: dict[tuple[str, str], str] = {}


def witness(invented: dict[str, Any], fingerprint: str) -> None:
    """Note what a maker has just given in this process, so that it need not be called again to show it."""
    _witnessed[(str(invented["by"]), json.dumps(invented["options"], sort_keys=True))] = fingerprint


def shown_invented(corpus: Any) -> bool:
    """Call again what made a corpus (a shipped export, or a generator) and see that every row is among what it gives.

    A claim alone counts for nothing: a real post, account or follow is in no shipped export and comes out of no generator.
    All columns count, since a profile, a mention or a link can lay somebody open as well as a text. A corpus whose
    fingerprint is that of what was made is the same whole; of another one, each row is looked up.
    """
    invented = corpus.invented
    module, _, name = str(invented.get("by", "")).rpartition(".")
    options = dict(invented.get("options", {}))
    if (module, name, set(options)) != _SHIPPED and not _is_generator(module, name):
        return False
    try:
        leaves = [step.get("leave", []) for step in corpus.steps if step.get("what") == "redacted"]
        made = _made(module, name, json.dumps(options, sort_keys=True), json.dumps(leaves))
        is_whole = corpus.fingerprint == made.fingerprint
        rows = {beside: getattr(corpus, beside) for beside in ("accounts", "follows")}
        if not all(table is None or made.holds(_hashes(table), beside) for beside, table in rows.items()):
            return False
        return is_whole or made.holds(corpus.map(_hashed)["hash"].to_numpy(), "posts")
    except (SocialworkResearchError, TypeError):  # what cannot be made again shows nothing
        return False


def _is_generator(module: str, name: str) -> bool:
    """Tell whether this is a function of the simulation chapter that makes a corpus; any other could be made to read a file."""
    chapter = importlib.import_module(module) if module == _GENERATORS else None
    if chapter is None or name not in chapter.__all__ or not inspect.isfunction(getattr(chapter, name)):
        return False
    return inspect.signature(getattr(chapter, name)).return_annotation in _MADE_KINDS


class _Made:
    """What a maker gives, redacted as the corpus was; called when its fingerprint or rows are needed; only sums are kept."""

    def __init__(self, module: str, name: str, options: str, leaves: str) -> None:
        self.module, self.name, self.options, self.leaves = module, name, options, json.loads(leaves)

    @functools.cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the corpus, as witnessed in this process or made anew."""
        witnessed = None if self.leaves else _witnessed.get((f"{self.module}.{self.name}", self.options))
        return witnessed or self._again[0]

    def holds(self, hashes: np.ndarray, name: str) -> bool:
        """Tell whether all these rows are among those that were made."""
        made = self._again[1].get(name, np.zeros(0, dtype=np.uint64))
        return bool(np.isin(hashes, made).all())

    @functools.cached_property
    def _again(self) -> tuple[str, dict[str, np.ndarray]]:
        """Make the corpus again, on disk where its maker can write it there, as it may be larger than the memory."""
        maker = getattr(importlib.import_module(self.module), self.name)
        with tempfile.TemporaryDirectory() as place:
            on_disk = {"folder": f"{place}/made"} if "folder" in inspect.signature(maker).parameters else {}
            result = maker(**json.loads(self.options), **on_disk)
            corpus = getattr(result, "corpus", result)
            for number, leave in enumerate(self.leaves):
                on_disk = {"folder": f"{place}/redacted-{number}"} if isinstance(corpus.source, Path) else {}
                corpus = importlib.import_module(_REDACTION).redact(corpus, leave=leave, **on_disk)
            beside = {name: getattr(corpus, name) for name in ("accounts", "follows")}
            rows = {name: _hashes(table) for name, table in beside.items() if table is not None}
            rows["posts"] = corpus.map(_hashed)["hash"].to_numpy()
            return str(corpus.fingerprint), rows


@functools.lru_cache(maxsize=4)
def _made(module: str, name: str, options: str, leaves: str) -> _Made:
    """Return what a maker gives; kept, since each selection of one corpus asks again."""
    return _Made(module, name, options, leaves)


def _hashes(table: pd.DataFrame) -> np.ndarray:
    return np.asarray(_fingerprints.hashes(table))


def _hashed(posts: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"hash": _hashes(posts)})


def shipped_fingerprint(sha256: str) -> str | None:
    """Return the fingerprint of the shipped invented corpus with this sum; None where no such corpus ships."""
    try:
        return _made(_SHIPPED[0], _SHIPPED[1], json.dumps({"sha256": sha256}), "[]").fingerprint
    except SocialworkResearchError:
        return None
