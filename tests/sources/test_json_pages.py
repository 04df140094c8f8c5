"""Pages of an API in the ways collectors store them."""

from __future__ import annotations

import json

import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.sources import _json_pages, _ledger

PAGES = [{"n": 1}, {"n": 2}, {"n": 3}]


def read(tmp_path, content, *, name="page.json", is_alone=True):
    """Write bytes and read the pages of the file."""
    (tmp_path / name).write_bytes(content)
    found = list(_json_pages.pages(tmp_path / name, is_alone=is_alone))
    return [page for values, _ in found for page in values], [loss for _, losses in found for loss in losses]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.json", json.dumps(PAGES)),
        ("page.json", "\ufeff" + json.dumps(PAGES, indent=2)),
        ("page.json", "\n".join(map(json.dumps, PAGES))),
        ("page.jsonl", "\n".join(map(json.dumps, PAGES)) + "\n"),
        ("page.ndjson", "\r\n".join(map(json.dumps, PAGES))),
    ],
)
def test_a_list_and_lines_are_the_same_pages(tmp_path, name, content):
    """A list in one document and one page a line give the same pages, whatever the suffix."""
    pages, losses = read(tmp_path, content.encode(), name=name)
    assert pages == PAGES
    assert sum(loss.n for loss in losses) == 0


def test_one_object_is_one_page(tmp_path):
    """A document that is one object is one page, also when it goes over many lines."""
    assert read(tmp_path, json.dumps(PAGES[0], indent=1).encode())[0] == PAGES[:1]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'[{"n": 1},\n{"n": ', "line 2: the JSON is cut short"),
        (b'[{"n": 1}\n{"n": 2}]', "line 2: the JSON is damaged"),
        (b'{"n":\n\n"\xff"}', "line 3: the JSON is not in UTF-8"),
        (b"{", "line 1: the JSON is cut short"),
        (b"[" * 5000, "the JSON is"),
    ],
)
def test_a_damaged_document_is_an_error_or_a_line_of_the_ledger(tmp_path, content, why):
    """A document that is damaged is named with its line; among other files it is counted, and they are read."""
    with pytest.raises(SchemaError, match=why):
        read(tmp_path, content)
    pages, losses = read(tmp_path, content, is_alone=False)
    assert pages == []
    assert [loss.n for loss in losses] == [1, 1]
    assert losses[1].what.startswith("refused: JSON ")


def test_bad_lines_are_counted(tmp_path):
    """Lines that hold no object are refused with their number, and only these count as read here."""
    pages, losses = read(tmp_path, b'{"n": 1}\noops\n{"n": 2}\n{"n"', name="page.jsonl")
    assert [page["n"] for page in pages] == [1, 2]
    assert {loss.what: (loss.n, loss.rows) for loss in _ledger.merged((), losses)} == {
        "rows read": (2, ()),
        "refused: not JSON": (2, (2, 4)),
    }


def test_names_of_fields_that_are_no_names_are_not_told():
    """The line about ignored fields tells names of fields only, not what an odd export uses as one."""
    line = _json_pages.ignored({"score", "reads", "jane@example.org", "7", "a b"})
    assert line.what == "fields ignored: reads, score"
    assert line.n == 2


def test_files_of_a_folder_are_sorted_and_of_json(tmp_path):
    """Of a folder the files of JSON are taken, by name, without hidden ones."""
    for name in ("b.json", "a.JSONL", "c.csv", ".d.json"):
        (tmp_path / name).write_text("{}")
    assert [file.name for file in _json_pages.files(tmp_path)] == ["a.JSONL", "b.json"]
    assert _json_pages.files(tmp_path / "c.csv") == []
    assert _json_pages.files(tmp_path / "none") == []
