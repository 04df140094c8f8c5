"""Papers: what a result was made of, pinned on the result itself.

`traced` stands on each public function that returns a table, a noun or a graph. It calls the function unchanged and
pins a small JSON note on what comes back. `storage` writes the note beside what it saves.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.metadata
import inspect
import json
import platform
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from . import _files, _fingerprints
from .errors import SchemaError

__all__ = ["fingerprint", "note", "papers", "pin", "traced", "versions"]

P = ParamSpec("P")
R = TypeVar("R")

_PAPERS, _NOTES = "papers", "notes"
_PACKAGE = __name__.partition(".")[0]
_SECRET = re.compile(
    r"key|token|password|secret|^(?:owner|author|listed)$", re.IGNORECASE
)  # an export's owner and whoever withdraws are persons
_PLACE = ("path", "folder", "file", "map", "spans")
_NO_MATTER = ("cache", "progress")  # options that change how long it takes, and nothing else
_LONG = 20  # a longer list is told by its number and fingerprint
_WORDS = ("text", "texts", "source_post", "source_posts", "consents")  # the quote gate's: what is said, and by whom


def traced(function: Callable[P, R]) -> Callable[P, R]:
    """Pin papers on what `function` returns, and on each member of a pair; name, docstring and types stay as they are."""
    signature = inspect.signature(function)
    module = function.__module__.removeprefix(f"{_PACKAGE}.").rpartition("._")[0] or function.__module__
    label = f"{module.removeprefix(f'{_PACKAGE}.')}.{function.__qualname__}"

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        result = function(*args, **kwargs)
        given = _flat(signature, dict(bound.arguments))
        result = _apart(result, given.values())
        options, inputs = _sorted_out(given)
        content = {"function": label, "options": options, "inputs": inputs, "versions": versions()}
        for member in (result, *(result if isinstance(result, tuple) else ())):
            told = {**content, "result": fingerprint(member)}
            if notes := _notes_of(member):
                told["notes"] = notes
            pin(member, told)
        return result

    call.__traced__ = True  # type: ignore[attr-defined]
    return call


def note(result: R, **facts: Any) -> R:
    """Add facts (what JSON can hold) to the papers of `result`; called inside a traced function."""
    merged = {**_notes_of(result), **facts}
    text = json.dumps(merged, sort_keys=True, default=_plain)
    if isinstance(result, pd.DataFrame | pd.Series):
        result.attrs[_NOTES] = text
    elif hasattr(result, "graph") and isinstance(result.graph, dict):
        result.graph[_NOTES] = text
    else:
        object.__setattr__(result, "_notes", text)
    return result


def papers(result: Any) -> dict[str, Any]:
    """Tell how a result was made.

    Parameters
    ----------
    result
        A table, noun or graph that a function of this package returned.

    Returns
    -------
    A dict with ``function``, ``options``, ``inputs`` (kind, fingerprint and papers of each), ``versions``, ``result``
    (fingerprint at birth) and, where the function had something to tell, ``notes``. Empty if there are no papers.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> sw.papers(sw.Codebook.open("boundary_risk").table())["function"]
    'codebook.Codebook.table'
    """
    if isinstance(result, pd.DataFrame | pd.Series):
        text = result.attrs.get(_PAPERS)
    elif hasattr(result, "graph") and isinstance(result.graph, dict):
        text = result.graph.get(_PAPERS)
    else:
        text = getattr(result, "_papers", None)
    return dict(json.loads(text)) if text else {}


def fingerprint(result: Any) -> str:
    """Return the sha256 of a table's, array's, graph's or noun's content.

    Parameters
    ----------
    result
        What to sum up. The same content gives the same fingerprint on any system.

    Returns
    -------
    64 hexadecimal digits.

    Raises
    ------
    SchemaError
        If `result` is none of these kinds.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"n": [1, 2]})
    >>> fingerprint(table) == fingerprint(table.copy())
    True
    """
    if isinstance(result, pd.Series):
        result = result.to_frame(name=result.name if result.name is not None else "value")
    if isinstance(result, pd.DataFrame):
        return _fingerprints.of_table(result)
    if isinstance(result, np.ndarray):
        return _fingerprints.of_array(result)
    if hasattr(result, "edges") and hasattr(result, "graph"):
        edges = sorted((str(a), str(b), sorted(map(str, d.items()))) for a, b, d in result.edges(data=True))
        return _fingerprints.of_value({"nodes": sorted(map(str, result.nodes)), "edges": edges})
    if hasattr(result, "fingerprint"):
        return str(result.fingerprint)
    raise SchemaError(f"A {type(result).__name__} has no fingerprint: only tables, arrays, graphs and nouns have one.")


def _flat(signature: inspect.Signature, given: dict[str, Any]) -> dict[str, Any]:
    """Put options that were given through ``**options`` beside the others, each by its own name."""
    for name, parameter in signature.parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            given.update(given.pop(name, {}))
    return given


def _sorted_out(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    options: dict[str, Any] = {}
    inputs: dict[str, Any] = {}
    for name, value in given.items():
        if name in _NO_MATTER:
            continue
        if name in _WORDS or _SECRET.search(name):
            options[name] = None if value is None else "withheld"
        elif isinstance(value, Path) or (isinstance(value, str) and name in _PLACE):
            inputs[name] = _files.described(Path(value))
        elif _has_fingerprint(value):
            inputs[name] = _input(value)
        else:
            options[name] = _plain(value)
    return options, inputs


def _has_fingerprint(value: Any) -> bool:
    if isinstance(value, type):
        return False
    table = isinstance(value, pd.DataFrame | pd.Series | np.ndarray)
    return table or hasattr(value, "fingerprint") or (hasattr(value, "edges") and hasattr(value, "graph"))


def _input(value: Any) -> dict[str, Any]:
    content: dict[str, Any] = {"kind": type(value).__name__, "fingerprint": fingerprint(value)}
    if told := papers(value):
        content["papers"] = told
    if getattr(value, "is_open", False):
        content["open"] = True
    return content


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {
            str(name): "withheld" if _SECRET.search(str(name)) else _plain(content) for name, content in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        several = sorted(value, key=str) if isinstance(value, set | frozenset) else list(value)
        if len(several) > _LONG:
            return {"n": len(several), "fingerprint": _fingerprints.of_value([str(each) for each in several])}
        return [_plain(each) for each in several]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _plain(dataclasses.asdict(value))
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if callable(value) or isinstance(value, type):
        return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__name__)}"
    return type(value).__name__


def _apart(result: R, inputs: Any) -> R:
    """Give a shallow copy where a function handed back what it was given, so that no input gets new papers."""
    if not any(result is value for value in inputs):
        return result
    return result.copy() if hasattr(result, "copy") else _copied(result)


def _copied(noun: R) -> R:
    twin = object.__new__(type(noun))
    twin.__dict__.update(noun.__dict__)
    return twin


def _notes_of(result: Any) -> dict[str, Any]:
    if isinstance(result, pd.DataFrame | pd.Series):
        text = result.attrs.get(_NOTES)
    elif hasattr(result, "graph") and isinstance(result.graph, dict):
        text = result.graph.get(_NOTES)
    else:
        text = getattr(result, "_notes", None)
    return dict(json.loads(text)) if text else {}


def pin(result: R, content: dict[str, Any]) -> R:
    """Put these papers on a result (for `traced`, and for whoever reads a saved result back)."""
    text = json.dumps(content, sort_keys=True)
    if isinstance(result, pd.DataFrame | pd.Series):
        result.attrs = {_PAPERS: text}
    elif hasattr(result, "graph") and isinstance(result.graph, dict):
        result.graph.pop(_NOTES, None)
        result.graph[_PAPERS] = text
    else:
        object.__setattr__(result, "_papers", text)
    return result


@functools.cache
def versions() -> dict[str, str]:
    """Return the installed versions of Python, of this package and of what it declares to need."""
    found = {"python": platform.python_version()}
    try:
        needed = importlib.metadata.requires(_PACKAGE) or []
        found[_PACKAGE] = importlib.metadata.version(_PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        return found
    for line in needed:
        name = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
