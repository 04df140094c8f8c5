"""Papers: what they hold, where they are pinned, and what they never tell."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from socialwork_research import papers, provenance
from socialwork_research.errors import SchemaError
from socialwork_research.provenance import fingerprint, note, traced

TABLE = pd.DataFrame({"n": [1, 2]})


@dataclasses.dataclass(frozen=True)
class Noun:
    """A noun with a fingerprint."""

    name: str

    @property
    def fingerprint(self) -> str:
        """The content's fingerprint."""
        return self.name * 4


@traced
def halved(table: pd.DataFrame, *, by: float = 2.0, key: str | None = None, path: str | None = None) -> pd.DataFrame:
    """Halve."""
    del key, path
    return note(table / by, definition="halved", dropped={"rows": 0})


@traced
def handed_back(thing: object) -> object:
    """Hand back what was handed in."""
    return thing


@traced
def with_many(table: pd.DataFrame, ids: object = None, **further: object) -> pd.DataFrame:
    """Take whatever there is."""
    del ids, further
    return table.copy()


def test_papers_hold_what_was_done():
    """Function, options with their defaults, inputs with fingerprints, versions, notes and the result's fingerprint."""
    result = halved(TABLE, by=4)
    told = papers(result)
    assert told["function"].endswith("halved")
    assert told["options"] == {"by": 4, "key": None, "path": None}
    assert told["inputs"] == {"table": {"kind": "DataFrame", "fingerprint": fingerprint(TABLE)}}
    assert told["notes"] == {"definition": "halved", "dropped": {"rows": 0}}
    assert told["result"] == fingerprint(result)
    assert set(told["versions"]) >= {"python", "socialwork_research", "pandas"}


def test_papers_of_inputs_come_along():
    """A result of a result carries the papers of both."""
    told = papers(halved(halved(TABLE)))
    assert told["inputs"]["table"]["papers"]["function"] == told["function"]


def test_the_input_gets_no_papers():
    """What was handed in has none afterwards, not even where it was handed straight back."""
    table, noun = TABLE.copy(), Noun("a")
    for thing in (table, noun):
        result = handed_back(thing)
        assert result is not thing
        assert papers(result)
        assert papers(thing) == {}
        assert fingerprint(result) == fingerprint(thing)


def test_tables_nouns_and_graphs_carry_papers():
    """Papers are pinned on a table, a frozen noun and a graph, and are equal to what JSON holds."""
    graph = nx.DiGraph([("a", "b")])
    for thing in (TABLE, Noun("a"), graph):
        told = papers(handed_back(thing))
        assert told == json.loads(json.dumps(told))
        assert told["result"] == fingerprint(thing)


def test_papers_live_through_what_pandas_does():
    """Papers stay on a table that is copied, filtered or sorted, so that a later edit can be noticed."""
    result = halved(TABLE)
    for changed in (result.copy(), result.head(1), result.sort_values("n"), result.assign(m=1)):
        assert papers(changed)["function"] == papers(result)["function"]


def test_nothing_pinned_is_nothing_told():
    """What this package did not make has no papers."""
    assert papers(TABLE) == {}
    assert papers(3) == {}
    assert papers(nx.Graph()) == {}


def test_secrets_are_withheld_and_places_are_not_told(tmp_path: Path):
    """A key is withheld, a missing key is told to be missing, and a file stands there by base name and sum."""
    file = tmp_path / "export.csv"
    file.write_text("a")
    told = papers(halved(TABLE, key="hush", path=str(file)))
    assert told["options"]["key"] == "withheld"
    assert told["inputs"]["path"] == {
        "kind": "file",
        "name": "export.csv",
        "sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
    }
    assert "hush" not in json.dumps(told)
    assert str(tmp_path) not in json.dumps(told)


def test_many_values_are_told_by_number_and_sum():
    """A long list of ids is told by its number and fingerprint; a short one stands there; a set is sorted."""
    ids = [f"person-{number}" for number in range(100)]
    told = papers(with_many(TABLE, ids))
    assert told["options"]["ids"]["n"] == 100
    assert "person-7" not in json.dumps(told)
    assert papers(with_many(TABLE, {"b", "a"}))["options"]["ids"] == ["a", "b"]


def test_whatever_is_handed_in_can_be_told():
    """Numbers of NumPy, dates, functions, types and objects of any kind are told in JSON, without addresses."""
    day, rows = pd.Timestamp("2024-05-01", tz="UTC"), np.array([1, 2])
    options = {
        "n": np.int64(3),
        "at": day,
        "call": len,
        "kind": Noun,
        "thing": object(),
        "more": {"x": np.float64(0.5)},
    }
    told = papers(with_many(TABLE, rows, **options))
    text = json.dumps(told)
    assert "0x" not in text
    assert told["inputs"]["ids"]["kind"] == "ndarray"
    assert told["options"]["n"] == 3
    assert told["options"]["at"] == "2024-05-01T00:00:00+00:00"


def test_the_order_of_options_does_not_matter():
    """The same call has the same papers, however it is written."""
    assert papers(halved(TABLE, by=2.0, key=None)) == papers(halved(table=TABLE)) == papers(halved(TABLE))


def test_errors_pass_through():
    """A traced function raises what it raises, wrong arguments too."""
    with pytest.raises(ZeroDivisionError):
        traced(lambda table: table / (1 // 0))(TABLE)
    with pytest.raises(TypeError, match="nonsense"):
        halved(TABLE, nonsense=1)


def test_notes_add_up():
    """Facts noted one after the other stand side by side; the later one wins."""
    table = note(note(TABLE.copy(), a=1, b=1), b=2)
    assert papers(handed_back(table))["notes"] == {"a": 1, "b": 2}


def test_a_graph_has_one_fingerprint_in_any_order():
    """The order in which nodes and edges were added does not count; a weight does."""
    one, other = nx.DiGraph(), nx.DiGraph()
    one.add_edges_from([("a", "b", {"weight": 1}), ("b", "c", {"weight": 2})])
    other.add_edges_from([("b", "c", {"weight": 2}), ("a", "b", {"weight": 1})])
    assert fingerprint(one) == fingerprint(other)
    other["a"]["b"]["weight"] = 3
    assert fingerprint(one) != fingerprint(other)


def test_a_series_is_a_table_of_one_column():
    """A column has the fingerprint of the table that it would be."""
    assert fingerprint(TABLE["n"]) == fingerprint(TABLE)


def test_what_has_no_content_has_no_fingerprint():
    """A number, a text or nothing raises SchemaError by its kind."""
    for thing in (3, "text", None):
        with pytest.raises(SchemaError, match=type(thing).__name__):
            fingerprint(thing)


def test_versions_are_those_installed():
    """Versions are told of Python, this package and each library that it declares and that is there."""
    import platform

    told = provenance.versions()
    assert told["python"] == platform.python_version()
    assert told["pandas"] == pd.__version__
    assert "torch" not in told
