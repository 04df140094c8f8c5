"""JSON that is not one object a line."""

from __future__ import annotations

import json

import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.sources import _json_stream, _json_text

POSTS = [{"id": n, "said": 'ä [b] {c} \\ "d"' * n} for n in range(40)]


def written(tmp_path, text):
    """Write a file of JSON."""
    file = tmp_path / "posts.json"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("block", [1, 7, 1 << 16])
def test_elements_of_a_list_come_one_by_one(tmp_path, monkeypatch, indent, block):
    """A list gives its elements with their numbers, however it is laid out and wherever a block ends."""
    monkeypatch.setattr(_json_text, "_BLOCK", block)
    file = written(tmp_path, "\ufeff" + json.dumps(POSTS, indent=indent, ensure_ascii=False))
    assert list(_json_stream.elements(file)) == list(enumerate(POSTS, start=1))


def test_lists_and_objects_one_after_the_other_are_one_sequence(tmp_path):
    """Several lists, or objects laid out over lines, follow each other."""
    file = written(tmp_path, '[{"a": 1},\n{"a": 2}]\n[{"a": 3}]\n{\n "a": 4\n}\n')
    assert [value["a"] for _, value in _json_stream.elements(file)] == [1, 2, 3, 4]


def test_a_script_is_read_as_data(tmp_path):
    """What assigns a list in a script is cut off, what follows the list is not looked at."""
    file = written(tmp_path, 'window.YTD.x.part0 = [ {"a": 1}, {"a": 2} ];\nalert(1)')
    assert [value["a"] for _, value in _json_stream.elements(file, after="=")] == [1, 2]


@pytest.mark.parametrize("text", ['[{"a": 1}, {"a"', '[{"a": 1},', '[{"a": 1}', '[{"a": 1} oops', '[{"a": 1}, "\\'])
def test_a_list_that_is_cut_short_is_told_with_its_last_element(tmp_path, text):
    """JSON that ends too early or is broken is an error which names the last whole element."""
    with pytest.raises(SchemaError, match="after element 1"):
        list(_json_stream.elements(written(tmp_path, text)))


def test_odd_bytes_and_odd_values(tmp_path):
    """Bytes that are no UTF-8 are an error; a letter that cannot be is no value."""
    file = written(tmp_path, '["\\ud800", 1]')
    assert list(_json_stream.elements(file)) == [(1, None), (2, 1)]
    file.write_bytes(b'[{"a": "\xff"}]')
    with pytest.raises(SchemaError, match="not UTF-8"):
        list(_json_stream.elements(file))
    with pytest.raises(SchemaError, match="does not begin as it should"):
        list(_json_stream.elements(written(tmp_path, "[1]"), after="="))


@pytest.mark.parametrize(
    ("text", "is_document"),
    [("[1]", True), ("{\n", True), ('{"data": [\n', True), ('{"a": 1}\n{"a": 2}', False), ("", False), ("a,b", False)],
)
def test_what_a_document_is(tmp_path, text, is_document):
    """A list or an object over several lines is a document; one object a line is not."""
    assert _json_stream.is_document(written(tmp_path, text)) is is_document


def test_the_first_element_of_a_beginning():
    """The first element is known if it ends within the beginning."""
    assert _json_stream.first(b' [ {"a": 1}, {"b"') == [{"a": 1}]
    assert _json_stream.first(b'[{"a": ') == []
