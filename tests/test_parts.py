"""A corpus on disk: parts, description, datasheet."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from socialwork_research import _files, _parts
from socialwork_research._posts import COLUMNS, ORDER, arrow_schema, typed
from socialwork_research.errors import SchemaError

POSTS = pd.DataFrame(
    {
        "post_id": ["b", "a", "c"],
        "thread_id": ["t", "t", "s"],
        "platform": "forum",
        "created_at": pd.to_datetime(["2024-05-02", "2024-05-01", "2024-05-03"], utc=True),
        "tags": [["x"], [], None],
        "text": ["second", "first", None],
    }
)
ABOUT = {"name": "three posts", "steps": [{"what": "selected"}], "losses": [], "pseudonyms": None, "invented": None}


def _write(folder: Path, *chunks: pd.DataFrame) -> dict:
    with _files.folder_in_one_step(folder) as beside:
        return _parts.write(beside, chunks, ABOUT)


def test_what_is_written_is_read(tmp_path: Path):
    """Each chunk becomes a part, sorted by thread, time and id, with every column of a corpus in its type."""
    told = _write(tmp_path / "corpus", POSTS.iloc[:2], POSTS.iloc[2:])
    assert sorted(path.name for path in (tmp_path / "corpus").rglob("*")) == [
        "corpus.json",
        "datasheet.md",
        "part-00000.parquet",
        "part-00001.parquet",
        "parts",
    ]
    first = _parts.read_part(tmp_path / "corpus" / "parts" / "part-00000.parquet")
    assert first["post_id"].tolist() == ["a", "b"]
    assert first["tags"].tolist() == [[], ["x"]]
    assert list(first.columns) == list(COLUMNS)
    assert told["n_posts"] == 3
    assert (
        _parts.read_description(tmp_path / "corpus")
        == told
        == json.loads((tmp_path / "corpus" / "corpus.json").read_text())
    )


def test_the_fingerprint_does_not_hang_on_parts(tmp_path: Path):
    """However posts are cut into parts and whatever their order, the corpus has one fingerprint."""
    cuts = {"one": [POSTS], "two": [POSTS.iloc[2:], POSTS.iloc[:2]], "three": [POSTS.iloc[[at]] for at in (1, 2, 0)]}
    found = {name: _write(tmp_path / name, *chunks)["fingerprint"] for name, chunks in cuts.items()}
    assert len(set(found.values())) == 1
    assert _write(tmp_path / "less", POSTS.head(2))["fingerprint"] != found["one"]


def test_posts_in_arrow_are_written_as_those_in_pandas(tmp_path: Path):
    """A chunk in Arrow, in its order and types, becomes the same bytes as the chunk in pandas."""
    arrow = pa.Table.from_pandas(typed(POSTS).sort_values(ORDER), schema=arrow_schema(), preserve_index=False)
    for name, rows in (("pandas", POSTS), ("arrow", arrow.replace_schema_metadata(None))):
        _write(tmp_path / name, rows)
    assert _files.sha256(tmp_path / "pandas") == _files.sha256(tmp_path / "arrow")


@pytest.mark.parametrize("name", ["kind", "created_at"])
def test_posts_in_arrow_are_checked(name: str, tmp_path: Path):
    """A chunk in Arrow that lacks what no post can do without, or a column, is refused as one in pandas is."""
    arrow = pa.Table.from_pandas(typed(POSTS), schema=arrow_schema(), preserve_index=False)
    empty = arrow.set_column(
        arrow.schema.get_field_index(name), arrow.schema.field(name), pa.nulls(3, arrow.schema.field(name).type)
    )
    for spoilt in (empty, arrow.drop_columns(name)):
        with pytest.raises(SchemaError):
            _write(tmp_path / "corpus", spoilt)


def test_equal_posts_are_equal_bytes(tmp_path: Path):
    """Writing twice gives the same bytes in every file, whatever the order of rows in a chunk."""
    sums = []
    for name, rows in (("one", POSTS), ("two", POSTS.iloc[::-1])):
        _write(tmp_path / name, rows)
        sums.append(_files.sha256(tmp_path / name))
    assert sums[0] == sums[1]


def test_a_part_holds_nothing_but_its_columns(tmp_path: Path):
    """Parquet parts have the schema of a corpus and carry no metadata of pandas, of a machine or of a user."""
    from pyarrow import parquet

    _write(tmp_path / "corpus", POSTS)
    schema = parquet.read_schema(tmp_path / "corpus" / "parts" / "part-00000.parquet")
    assert schema.equals(arrow_schema())
    assert schema.metadata is None


def test_no_posts_make_a_corpus_too(tmp_path: Path):
    """A corpus without posts has one empty part and can be read."""
    told = _write(tmp_path / "corpus")
    assert told["n_posts"] == 0
    assert _parts.read_part(tmp_path / "corpus" / "parts" / told["parts"][0]["name"]).empty
    assert {"name", "n", "sha256", "sums"} == set(told["parts"][0])


def test_a_part_that_was_cut_off_is_refused_by_name(tmp_path: Path):
    """A part that is no Parquet any more raises SchemaError with its name, not a library's error."""
    _write(tmp_path / "corpus", POSTS)
    part = tmp_path / "corpus" / "parts" / "part-00000.parquet"
    part.write_bytes(part.read_bytes()[:-10])
    with pytest.raises(SchemaError, match=r"part-00000\.parquet.*Mend"):
        _parts.read_part(part)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: (folder / "corpus.json").unlink(), "no corpus lies here"),
        (lambda folder: (folder / "corpus.json").write_text("{\n"), r"corpus\.json, line 2: not JSON"),
        (lambda folder: (folder / "corpus.json").write_text("[]"), "Mend"),
        (lambda folder: (folder / "parts" / "part-00000.parquet").unlink(), r"1 parts are gone \(part-00000.parquet\)"),
        (lambda folder: (folder / "corpus.json").write_text('{"schema": 99}'), "written by another version"),
    ],
)
def test_a_folder_that_was_tampered_with_is_refused(spoil, told: str, tmp_path: Path):
    """A description or a part that is gone, broken or of another version is named in a SchemaError."""
    _write(tmp_path / "corpus", POSTS)
    spoil(tmp_path / "corpus")
    with pytest.raises(SchemaError, match=told):
        _parts.read_description(tmp_path / "corpus")


def test_a_ledger_has_its_four_columns():
    """A ledger says what, how many, where and how to mend; an empty one has the same types."""
    row = {"what": "refused: not JSON", "n": 2, "where": "line 3, 17", "mend": ""}
    for rows in ([row], []):
        assert _parts.ledger(rows).dtypes.astype(str).to_dict() == {
            "what": "str",
            "n": "int64",
            "where": "str",
            "mend": "str",
        }
    assert _parts.ledger([row]).to_dict("records") == [row]


def test_the_datasheet_tells_what_the_import_knows(tmp_path: Path):
    """The datasheet has the seven headings and states posts, identities, losses and steps."""
    _write(tmp_path / "corpus", POSTS)
    text = (tmp_path / "corpus" / "datasheet.md").read_text()
    heads = ["Motivation", "Composition", "Collection process", "Preprocessing", "Uses", "Distribution", "Maintenance"]
    assert [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")] == heads
    assert "3 posts" in text
    assert "first" not in text
