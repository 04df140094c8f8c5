"""Lines and JSON objects of plain and packed files."""

from __future__ import annotations

import contextlib
import json

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwork_research.errors import SchemaError
from socialwork_research.sources import _lines, _packed
from socialwork_research.sources._ledger import READ, REFUSED

quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


def read(path, **options):
    """All objects of a file, and all its losses."""
    good, losses = [], []
    for some, lost in _lines.objects(path, **options):
        good += some
        losses += lost
    return good, losses


def reasons(losses):
    """The places of refused lines by their reason."""
    return {loss.what.removeprefix(REFUSED): loss.rows for loss in losses if loss.what.startswith(REFUSED)}


def test_each_kind_of_bad_line_has_its_reason(tmp_path):
    """A bad line is refused for its own reason, at its own number; empty lines are no rows."""
    lines = [
        b'{"a": 1}',
        b"",
        b"not json",
        b"[1]",
        b'{"a": 1}{"b": 2}',
        b'{"a": "\xff"}',
        b'"word"',
        b'{"a": 2}',
        b"  ",
    ]
    (tmp_path / "x.ndjson").write_bytes(b"\n".join(lines))
    good, losses = read(tmp_path / "x.ndjson")
    assert good == [(1, {"a": 1}), (8, {"a": 2})]
    assert reasons(losses) == {
        "not JSON": (3,),
        "not an object": (4, 7),
        "several objects in a line": (5,),
        "not UTF-8": (6,),
    }
    assert sum(loss.n for loss in losses if loss.what == READ) == 7


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path):
    """A mark at the beginning and CRLF line ends change nothing."""
    (tmp_path / "x.ndjson").write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n{"a": 2}\r\n')
    assert [value["a"] for _, value in read(tmp_path / "x.ndjson")[0]] == [1, 2]


@quiet
@given(
    st.lists(st.one_of(st.binary(max_size=30), st.just(b'{"a": 1}'), st.just(b'{"a": [1, {"b": null}]}')), max_size=12)
)
def test_a_line_is_an_object_or_a_refusal(tmp_path, lines):
    """Whatever bytes are in a file, each line that is not blank is one object or one refusal."""
    (tmp_path / "x.ndjson").write_bytes(b"\n".join(lines))
    good, losses = read(tmp_path / "x.ndjson")
    refused = sum(loss.n for loss in losses if loss.what.startswith(REFUSED))
    assert len(good) + refused == sum(loss.n for loss in losses if loss.what == READ)


@quiet
@given(
    st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=20), max_size=3), max_size=30), st.integers(1, 40)
)
def test_blocks_do_not_change_what_is_read(tmp_path, values, size):
    """However the file falls into blocks, plain or packed, the same objects come out with the same numbers."""
    content = "\n".join(json.dumps(value) for value in values).encode()
    (tmp_path / "x.ndjson").write_bytes(content)
    (tmp_path / "x.zst").write_bytes(zstandard.compress(content))
    before = _packed._BLOCK, _packed._BITE, _packed._HELD
    _packed._BLOCK = _packed._BITE = _packed._HELD = size
    try:
        plain, packed = read(tmp_path / "x.ndjson")[0], read(tmp_path / "x.zst")[0]
    finally:
        _packed._BLOCK, _packed._BITE, _packed._HELD = before
    assert plain == packed == list(enumerate(values, start=1))


def packed(n: int = 4000) -> tuple[bytes, list[dict[str, object]]]:
    """A packed file of `n` objects, and the objects."""
    values = [{"n": number, "word": f"{number * 7919 % 10007:x}" * 9} for number in range(n)]
    return zstandard.compress("\n".join(json.dumps(value) for value in values).encode()), values


def test_several_frames_are_one_file(tmp_path):
    """A file that was packed in pieces is read to its end."""
    pieces = [zstandard.compress(f'{{"a": {number}}}\n'.encode()) for number in range(3)]
    (tmp_path / "x.zst").write_bytes(b"".join(pieces))
    assert [value["a"] for _, value in read(tmp_path / "x.zst")[0]] == [0, 1, 2]


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.9999])
def test_a_truncated_file_is_an_error_that_names_the_last_whole_line(tmp_path, share):
    """A file that was cut short is refused, wherever it was cut."""
    content, _ = packed()
    (tmp_path / "x.zst").write_bytes(content[: int(len(content) * share)])
    with pytest.raises(SchemaError, match=r"x\.zst: the file is cut short; its last whole line is [\d,]+"):
        read(tmp_path / "x.zst")


def test_a_truncated_file_is_taken_if_asked_and_told(tmp_path):
    """If asked, the whole lines are taken; the piece of a line is refused and the ledger says so."""
    content, values = packed()
    (tmp_path / "x.zst").write_bytes(content[: len(content) * 9 // 10])
    good, losses = read(tmp_path / "x.zst", allow_truncated=True)
    assert 0 < len(good) < len(values)
    assert [value for _, value in good] == values[: len(good)]
    assert any(loss.what == "file cut short" for loss in losses)


@pytest.mark.parametrize("content", [b"this is no zstandard file at all", b"\x28\xb5\x2f\xfd" + b"\xff" * 40])
def test_a_damaged_file_is_a_named_error(tmp_path, content):
    """What is no zstandard file, or no longer one, is named as that."""
    (tmp_path / "x.zst").write_bytes(content)
    with pytest.raises(SchemaError, match=r"x\.zst"):
        read(tmp_path / "x.zst")


@quiet
@given(st.integers(0, 2000), st.integers(1, 255))
def test_a_flipped_byte_never_gives_a_foreign_error(tmp_path, place, flip):
    """Whatever byte of a packed file is wrong, the answer is rows, refusals or a SchemaError."""
    content = bytearray(packed(50)[0])
    content[place % len(content)] ^= flip
    (tmp_path / "x.zst").write_bytes(bytes(content))
    with contextlib.suppress(SchemaError):
        read(tmp_path / "x.zst")
