"""Digests of whatever is handed in or comes back: to see that nothing was changed, and that two results are one."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from socialwork_research import Corpus, _files, _fingerprints, provenance


def digest(thing: Any) -> str:
    """Sum up a thing deeply: values, types, order, labels, and the papers pinned on it."""
    return hashlib.sha256(repr(_parts(thing)).encode()).hexdigest()


def _parts(thing: Any) -> Any:
    if isinstance(thing, pd.DataFrame):
        types = [str(dtype) for dtype in thing.dtypes]
        labels = [
            list(thing.columns),
            list(thing.index.names),
            _fingerprints.of_table(pd.DataFrame(index=thing.index).reset_index()),
        ]
        return "table", _fingerprints.of_table(thing), types, labels, sorted(thing.attrs.items())
    if isinstance(thing, pd.Series):
        return _parts(thing.to_frame())
    if isinstance(thing, np.ndarray):
        return "array", _fingerprints.of_array(thing)
    if isinstance(thing, Corpus):
        return "corpus", _fields(thing), _parts(thing.posts), getattr(thing, "_papers", None)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return type(thing).__name__, _fields(thing), getattr(thing, "_papers", None)
    if hasattr(thing, "edges") and hasattr(thing, "graph"):
        return "graph", provenance.fingerprint(thing), sorted(thing.graph.items())
    if isinstance(thing, Path):
        return "path", str(thing), _files.sha256(thing) if thing.exists() else "absent"
    if isinstance(thing, dict):
        return [(repr(name), _parts(value)) for name, value in thing.items()]
    if isinstance(thing, list | tuple):
        return [_parts(each) for each in thing]
    return repr(thing) if isinstance(thing, str | bytes | int | float | bool | None) else type(thing).__name__


def _fields(noun: Any) -> list[Any]:
    return [(field.name, _parts(getattr(noun, field.name))) for field in dataclasses.fields(noun)]


def assert_same(found: Any, wanted: Any, what: str) -> None:
    """Hold two results against each other: every value, type, label and their order; papers apart."""
    assert type(found) is type(wanted), f"{what}: a {type(found).__name__} instead of a {type(wanted).__name__}"
    if isinstance(found, pd.DataFrame):
        pd.testing.assert_frame_equal(found, wanted, check_exact=True, obj=what)
    elif isinstance(found, Corpus):
        pd.testing.assert_frame_equal(found.posts, wanted.posts, check_exact=True, obj=what)
        assert found.steps == wanted.steps, f"{what}: other steps"
        assert found.fingerprint == wanted.fingerprint, f"{what}: another fingerprint"
    elif dataclasses.is_dataclass(found):
        for field in dataclasses.fields(found):
            mine, other = getattr(found, field.name), getattr(wanted, field.name)
            if isinstance(mine, pd.DataFrame):
                pd.testing.assert_frame_equal(mine, other, check_exact=True, obj=f"{what}.{field.name}")
            else:
                assert digest(mine) == digest(other), f"{what}.{field.name} differs"
    else:
        assert provenance.fingerprint(found) == provenance.fingerprint(wanted), f"{what} differs"
