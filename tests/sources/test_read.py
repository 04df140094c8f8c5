"""Finding out which place an export is from."""

from __future__ import annotations

import subprocess
import sys

import pytest

import socialwork_research as sw
from socialwork_research import sources
from socialwork_research.errors import SchemaError


def test_an_absent_file_is_named(tmp_path):
    """A path that leads nowhere is said so."""
    with pytest.raises(SchemaError, match=r"none\.csv: there is no such file"):
        sources.read(tmp_path / "none.csv")


@pytest.mark.parametrize("name", ["x.csv", "x.zst", "x.xml", "x.ndjson", "x.parquet", "x"])
def test_an_empty_file_is_named(tmp_path, name):
    """An empty file is said to be empty, whatever it should have been."""
    (tmp_path / name).touch()
    with pytest.raises(SchemaError, match="the file is empty"):
        sources.read(tmp_path / name)


def test_an_empty_folder_is_named(tmp_path):
    """A folder without files is said to hold none."""
    with pytest.raises(SchemaError, match="holds no file"):
        sources.read(tmp_path)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + bytes(50), b"once upon a time", b"%PDF-1.4 x", bytes(100)])
def test_an_unknown_format_lists_what_can_be_read(tmp_path, content):
    """A file that no place knows is refused with the list of places and the way to read a table."""
    (tmp_path / "x.bin").write_bytes(content)
    with pytest.raises(SchemaError, match="no known format") as caught:
        sources.read(tmp_path / "x.bin")
    for word in ("reddit", "stackexchange", "table", "columns="):
        assert word in str(caught.value)


def test_papers_tell_the_file_by_name_and_sum_and_withhold_the_key(place_of_name, key):
    """Papers hold base name and sum of the export, never its path, and the key is withheld."""
    _, path = place_of_name("table")
    told = sw.papers(sources.read(path, key=key))
    assert told["function"] == "sources.read"
    assert told["options"]["key"] == "withheld"
    assert told["inputs"]["path"]["name"] == path.name
    assert str(path.parent) not in str(told)
    assert key.id not in str(told["options"])


def test_places_open_when_they_are_named():
    """Importing the chapter opens no place and no engine; naming a place does."""
    code = (
        "import sys; from socialwork_research import sources; "
        "loaded = [m for m in ('socialwork_research.sources.reddit', 'duckdb', 'zstandard') if m in sys.modules]; "
        "assert not loaded, loaded; assert sources.reddit.detect('nowhere') is False; "
        "assert 'socialwork_research.sources.reddit' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_place_is_no_attribute():
    """A place that does not exist is no attribute of the chapter, and its files are listed."""
    assert {"read", "reddit", "stackexchange", "table"} <= set(dir(sources))
    with pytest.raises(AttributeError, match="myspace"):
        _ = sources.myspace
