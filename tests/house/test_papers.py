"""Papers: pinned on every result, true, without secrets or places; and what is handed in stays as it was."""

from __future__ import annotations

import base64
import inspect
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from socialwork_research import papers, provenance
from socialwork_research.provenance import fingerprint

from ._digests import digest
from ._face import TRACED, Public
from ._given import ROOT, SECRET
from ._stock import Stock, supply

FORUM_MAP = ROOT / "socialwork_research" / "sources" / "forum_maps" / "xenforo.toml"
SECRETIVE = re.compile("key|token|password|secret", re.IGNORECASE)
SPELLINGS = (
    SECRET.hex(),
    base64.b64encode(SECRET).decode(),
    base64.urlsafe_b64encode(SECRET).decode(),
    base64.b32encode(SECRET).decode().rstrip("="),
    repr(SECRET)[2:20],
    str(list(SECRET))[:20],
)


def _places(public: Public) -> list[str]:
    return [name for name in public.asks_for("Path") if name in public.parameters]


def _with_places(public: Public, stock: Stock) -> dict[str, Any]:
    """Give a place, as plain text, wherever a function takes one."""
    given: dict[str, Any] = {}
    for name in _places(public):
        if public.parameters[name].default is inspect.Parameter.empty:
            positional, named = stock.arguments(public)
            value = {**dict(zip(public.parameters, positional, strict=False)), **named}[name]
            given[name] = str(value)
        elif name == "map":  # a map must be there; a user's own lies anywhere
            given[name] = str(shutil.copy(FORUM_MAP, stock.fresh("own.toml")))
        else:
            given[name] = str(stock.fresh("somewhere"))
    return {**given, **(_secrets(public, stock) if "folder" in given else {})}  # nothing is written without a key


def _secrets(public: Public, stock: Stock) -> dict[str, Any]:
    return {name: supply(stock, public, name) for name in public.parameters if SECRETIVE.search(name)}


def test_papers_are_pinned_and_true(traced: Public, stock: Stock):
    """What is returned carries papers with the function's name, its options, versions and its own fingerprint."""
    result = stock.call(traced)
    told = papers(result)
    assert told["function"].endswith(traced.label.replace("Corpus", "corpus.Corpus").rpartition(".")[2])
    assert told["function"].partition(".")[0] == traced.chapter.lower()
    assert told["result"] == fingerprint(result)
    assert {"python", "pandas", "numpy"} <= set(told["versions"])
    kinds = {name: parameter.kind for name, parameter in traced.parameters.items()}
    named = {name for name, kind in kinds.items() if kind is not kind.VAR_KEYWORD} - set(provenance._NO_MATTER)
    assert set(told["options"]) | set(told["inputs"]) >= named
    json.dumps(told)


def test_papers_name_their_inputs(traced: Public, stock: Stock):
    """Each table and noun that was handed in stands in the papers with its fingerprint and its own papers."""
    positional, named = stock.arguments(traced)
    result = stock.bound(traced)(*positional, **named)
    given = {**dict(zip(traced.parameters, positional, strict=False)), **named}
    inputs = papers(result)["inputs"]
    for name, value in given.items():
        if isinstance(value, pd.DataFrame) or hasattr(value, "fingerprint"):
            assert inputs[name]["fingerprint"] == fingerprint(value), name
            assert inputs[name].get("papers", {}) == papers(value), name


def test_secrets_are_withheld(traced: Public, stock: Stock):
    """Whatever is called key, token, password or secret is withheld, and no spelling of it stands in the papers."""
    secrets = _secrets(traced, stock)
    result = stock.call(traced, **secrets)
    told = papers(result)
    for name in secrets:
        assert told["options"][name] == "withheld"
    text = json.dumps(told)
    for spelling in SPELLINGS:
        assert spelling not in text


def test_no_place_on_the_disk_is_told(traced: Public, stock: Stock):
    """Files stand in the papers by base name and sha256; no path, given as text or not, gets in."""
    places = _with_places(traced, stock)
    if traced.label == "Codebook.open":
        places = {}
    result = stock.call(traced, **places)
    text = json.dumps(papers(result))
    for place in [
        str(ROOT),
        str(Path.home()),
        str(stock.folder),
        *[str(Path(places[name]).parent) for name in places if name in _places(traced)],
    ]:
        if len(place) > 1:
            assert place not in text, f"{traced} tells where something lies"
    assert not re.search(r'"(?:/|[A-Za-z]:\\\\)[^"]+', text)


def test_what_is_handed_in_stays_as_it_was(traced: Public, stock: Stock):
    """No argument is changed by the call: values, order, types, labels and papers are what they were."""
    noun = getattr(stock.bound(traced), "__self__", None)
    positional, named = stock.arguments(traced)
    before = [digest(each) for each in [noun, *positional, *named.values()]]
    result = stock.bound(traced)(*positional, **named)
    after = [digest(each) for each in [noun, *positional, *named.values()]]
    assert before == after, (
        f"{traced} changes {[name for name, a, b in zip(['self', *traced.parameters], before, after, strict=False) if a != b]}"
    )
    assert not any(result is each for each in [noun, *positional, *named.values()])


def test_changing_a_result_changes_no_input(traced: Public, stock: Stock):
    """A table that is written over after it was returned leaves what it was made of untouched."""
    noun = getattr(stock.bound(traced), "__self__", None)
    positional, named = stock.arguments(traced)
    given = [noun, *positional, *named.values()]
    result = stock.bound(traced)(*positional, **named)
    if not isinstance(result, pd.DataFrame) or result.empty:
        return
    before = [digest(each) for each in given]
    for name in result.columns:
        result[name] = result[name].iloc[::-1].to_numpy()
    result.attrs["papers"] = "written over"
    assert before == [digest(each) for each in given]


def test_the_decorator_leaves_no_trace_on_the_function(traced: Public):
    """Name, module, docstring, signature and types of a traced function are those it was written with."""
    call = getattr(traced.call, "__func__", traced.call)
    assert call.__name__ == traced.plain.__name__ == traced.name
    assert call.__doc__ == traced.plain.__doc__
    assert call.__module__ == traced.plain.__module__
    assert inspect.signature(call) == inspect.signature(traced.plain)
    assert call.__annotations__ == traced.plain.__annotations__


@pytest.mark.parametrize("name", ["key", "api_key", "token", "password", "client_secret"])
def test_the_decorator_withholds_by_name(name: str):
    """A traced function with any parameter named like a secret, or a dict that holds one, withholds it."""
    namespace: dict[str, Any] = {"__name__": "made"}
    exec(f"def made(table, *, {name}=None, options=None): return table.copy()", namespace)  # noqa: S102
    result = provenance.traced(namespace["made"])(pd.DataFrame({"n": [1]}), **{name: "hush", "options": {name: "hush"}})
    assert papers(result)["options"] == {name: "withheld", "options": {name: "withheld"}}
    assert "hush" not in json.dumps(papers(result))


def test_the_walk_meets_secrets_and_places():
    """Functions that take a key and such that take a place are among those walked."""
    assert [public for public in TRACED if any(SECRETIVE.search(name) for name in public.parameters)]
    assert [public for public in TRACED if _places(public)]
