"""Whatever stands in the fields of a row: tables of lines and of Parquet, and rows on their way from a reader."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from socialwork_research._posts import COLUMNS
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import table

from ._odd import any_value, odd_text, spelled
from ._outcome import ends_well
from .test_any_input import EXAMPLES

KEY = Key(bytes(range(32)))
looked_at = settings(max_examples=2 * EXAMPLES, suppress_health_check=list(HealthCheck))
FIELDS = [*COLUMNS, "author_handle", "reply_to_handle", "id", "url", "views"]
SOUND = {"post_id": "a1", "author_id": "x", "created_at": "2021-05-04T09:00:00Z", "text": "Morning all"}


def odd_rows() -> st.SearchStrategy[list[dict[str, object]]]:
    """Rows that are sound but for up to three fields each."""
    odd = st.dictionaries(st.sampled_from(FIELDS), any_value(), max_size=3)
    return st.lists(odd, min_size=1, max_size=4).map(
        lambda rows: [{**SOUND, "post_id": f"a{number}", **row} for number, row in enumerate(rows)]
    )


@given(rows=odd_rows())
@example(rows=[SOUND, {**SOUND, "post_id": "a2", "removed_at": {"a": 1}}])
@looked_at
def test_lines_with_any_values_are_read_or_refused(rows):
    """A table of JSON lines ends in a corpus or a named error, whatever stands in its fields."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made, "rows.jsonl")
        lines = [spelled(row, indent=None) for row in rows]
        path.write_text("\n".join(lines), "utf-8", "surrogatepass")
        ends_well(table.read, path, key=KEY)


@given(
    data=st.data(),
    kind=st.sampled_from(
        [pa.int64(), pa.float64(), pa.bool_(), pa.binary(), pa.date32(), pa.timestamp("ns"), pa.timestamp("s", "UTC"),
         pa.list_(pa.string()), pa.list_(pa.int32()), pa.struct([("a", pa.int8())]), pa.null(), pa.decimal128(38, 3),
         pa.dictionary(pa.int8(), pa.string()), pa.time64("ns"), pa.duration("s"), pa.large_string(), pa.uint64()]
    ),
)  # fmt: skip
@looked_at
def test_parquet_of_any_type_is_read_or_refused(data, kind):
    """A table of Parquet ends in a corpus or a named error, whatever the type of a column."""
    name = data.draw(st.sampled_from(FIELDS))
    values = data.draw(st.lists(st.integers(0, 100), min_size=2, max_size=2))
    made = {field: pa.array([f"{value}{number}" for number in (0, 1)]) for field, value in SOUND.items()}
    made["created_at"] = pa.array([SOUND["created_at"]] * 2)
    try:
        made[name] = pa.array(values).cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        made[name] = pa.nulls(2, kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.parquet")
        parquet.write_table(pa.table(made), path)
        ends_well(table.read, path, key=KEY)


@pytest.mark.parametrize("column", ["text", "title", "author_id", "post_id", "community", "tags"])
@given(text=odd_text())
@looked_at
def test_any_text_comes_back_from_the_disk(column, text):
    """Any text that UTF-8 can hold is read from a table and comes back from the disk as it was given."""
    row = {**SOUND, column: [text] if column == "tags" else text}
    with tempfile.TemporaryDirectory() as made:
        path = Path(made, "rows.jsonl")
        path.write_text(json.dumps(row), "utf-8")
        memory = ends_well(table.read, path, key=KEY)
        disk = ends_well(table.read, path, key=KEY, folder=Path(made, "corpus"))
        assert (memory is None) == (disk is None)
        if memory is not None and disk is not None:
            pd.testing.assert_frame_equal(memory.posts, disk.posts)
            if column == "text" and len(memory) and text.strip():
                assert memory.posts["text"].item() == text
