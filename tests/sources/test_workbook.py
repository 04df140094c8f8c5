"""Workbooks that are damaged, locked, or made to fill the memory."""

from __future__ import annotations

import struct
import time
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import _workbook, _workbook_zip, table

from . import _workbooks

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["author_id", "created_at", "text"], ["u1", "2021-05-04T09:00:00Z", "x"], ["u2", "2021-05-04T10:00:00Z", "y"]]
quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)


def written(path: Path) -> Path:
    """A small workbook in the form that the suffix names."""
    if path.suffix != ".xlsx":
        return _workbooks.write(path, [list(row) for row in ROWS])
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(path)
    return path


def outcome(path: Path) -> int | str:
    """The number of posts, or the named error."""
    try:
        return len(table.read(path))
    except SchemaError as error:
        return str(error)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".xlsb", ".ods"])
def test_a_damaged_workbook_is_named(tmp_path, suffix):
    """A workbook that is cut off anywhere is a named error, or is read as far as it stands."""
    path = written(tmp_path / f"x{suffix}")
    whole = path.read_bytes()
    assert outcome(path) == 2
    for part in (1, 8, 100, len(whole) // 3, len(whole) - 30):
        path.write_bytes(whole[:part])
        found = outcome(path)
        assert found == 2 or str(found).startswith(path.name)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".xlsb", ".ods"])
@given(seed=st.integers(0, 2**32))
@quiet
def test_any_bytes_changed_give_posts_or_a_named_error(tmp_path, suffix, seed):
    """Whatever bytes of a workbook are changed, it is read or refused by name."""
    path = written(tmp_path / f"x{suffix}")
    content = bytearray(path.read_bytes())
    chosen = np.random.default_rng(seed)
    for _ in range(chosen.integers(1, 30)):
        content[chosen.integers(len(content))] = chosen.integers(256)
    path.write_bytes(content)
    assert outcome(path) is not None


@pytest.mark.parametrize(
    ("suffix", "member"), [(".xlsx", SHEET), (".xlsb", "xl/worksheets/sheet1.bin"), (".ods", "content.xml")]
)
@given(seed=st.integers(0, 2**32))
@quiet
def test_any_bytes_changed_inside_the_zip(tmp_path, suffix, member, seed):
    """A sheet whose own bytes are changed, under a zip that is in order, is read or refused by name."""
    path = written(tmp_path / f"x{suffix}")
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    content = bytearray(members[member])
    chosen = np.random.default_rng(seed)
    for _ in range(chosen.integers(1, 12)):
        content[chosen.integers(len(content))] = chosen.integers(256)
    _workbooks.packed(path, {**members, member: bytes(content)})
    assert outcome(path) is not None


@given(
    content=st.binary(max_size=400), magic=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
)
@quiet
def test_any_bytes_called_a_workbook(tmp_path, content, magic):
    """Any bytes under the name of a workbook are read or refused by name."""
    for suffix in (".xlsx", ".xls", ".ods"):
        path = tmp_path / f"any{suffix}"
        path.write_bytes(magic + content)
        assert outcome(path) is not None


def test_a_locked_workbook_is_named(tmp_path):
    """A workbook under a password says so, in the old container and in that of OpenDocument."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(_workbooks.compound("EncryptedPackage", bytes(5000)))
    with pytest.raises(SchemaError, match="locked by a password"):
        table.read(path)
    path = written(tmp_path / "y.ods")
    manifest = {"META-INF/manifest.xml": (b"<manifest/>", b"<manifest><encryption-data/></manifest>")}
    with pytest.raises(SchemaError, match="locked by a password"):
        table.read(_workbooks.edited(path, tmp_path / "z.ods", manifest))


def test_one_cell_far_out_does_not_fill_the_memory(tmp_path):
    """A cell in the last row and column, which would make the sheet half a terabyte, is refused before it is opened."""
    path = written(tmp_path / "x.xlsx")
    far = _workbooks.edited(path, tmp_path / "far.xlsx", {SHEET: (b'r="B3"', b'r="XFD1048576"')})
    with pytest.raises(SchemaError, match=r"1,048,576 rows and 16,384 columns"):
        table.read(far)
    with pytest.raises(SchemaError, match=r"1,048,576 rows and 16,384 columns"):
        sources.read(far)
    untold = _workbooks.edited(path, tmp_path / "untold.xlsx", {SHEET: (b'<row r="3">', b'<row r="1048570">')})
    nameless = {SHEET: (b'<c r="B3"', b"<c/>" * 200 + b"<c")}
    with pytest.raises(SchemaError, match="reaches over"):
        table.read(_workbooks.edited(untold, tmp_path / "nameless.xlsx", nameless))


def test_cells_that_stand_for_many_do_not_fill_the_memory(tmp_path):
    """Rows and cells of an .ods that repeat without end, and blanks that do, are refused before it is opened."""
    cell = '<table:table-cell{} office:value-type="float" office:value="1"><text:p>{}</text:p></table:table-cell>'
    wide = cell.format(' table:number-columns-repeated="16384"', "")
    _workbooks.ods(
        tmp_path / "x.ods", f'<table:table-row table:number-rows-repeated="1048576">{wide}</table:table-row>'
    )
    with pytest.raises(SchemaError, match="reaches over"):
        table.read(tmp_path / "x.ods")
    blanks = cell.format("", '<text:s text:c="99999999999"/>')
    _workbooks.ods(tmp_path / "y.ods", f"<table:table-row>{blanks}</table:table-row>")
    with pytest.raises(SchemaError, match="blanks"):
        table.read(tmp_path / "y.ods")


def test_a_far_cell_of_an_xlsb_does_not_fill_the_memory(tmp_path):
    """An .xlsb is walked, record by record, before it is opened."""
    record = _workbooks.xlsb_record
    rows = b"".join(
        record(0, struct.pack("<I", row) + bytes(13)) + record(5, struct.pack("<IId", column, 0, 1.0))
        for row, column in ((0, 0), (1_000_000, 16_000))
    )
    start = record(129, b"") + record(148, struct.pack("<IIII", 0, 1, 0, 1)) + record(145, b"")
    _workbooks.xlsb(tmp_path / "x.xlsb", start + rows + record(146, b"") + record(130, b""))
    with pytest.raises(SchemaError, match=r"1,000,001 rows and 16,001 columns"):
        table.read(tmp_path / "x.xlsb")


def test_a_zip_that_unfolds_without_end_is_refused(tmp_path, monkeypatch):
    """What is told to unfold beyond any table is refused before a byte is unfolded."""
    path = written(tmp_path / "x.xlsx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/media/image1.png", bytes(1 << 22))
    assert outcome(path) == 2
    monkeypatch.setattr(_workbook_zip, "_HARMLESS", 1 << 20)
    assert "unfolds to more than" in str(outcome(path))
    monkeypatch.setattr(_workbook_zip, "_HARMLESS", 1 << 28)
    monkeypatch.setattr(_workbook_zip, "_LARGEST", 1 << 21)
    assert "unfolds to more than" in str(outcome(path))


def test_a_zip_that_lies_about_its_sizes_is_damaged(tmp_path):
    """A member that unfolds to more than it says is refused."""
    path = tmp_path / "x.xlsx"
    written(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/more.xml", bytes(1 << 20))
        size = struct.pack("<I", 1 << 20)
    path.write_bytes(path.read_bytes().replace(size, struct.pack("<I", 10)))
    assert "damaged or cut short" in str(outcome(path))


def test_what_is_no_workbook_is_none(tmp_path):
    """A zip without a workbook and an old document under another name are not taken for one."""
    _workbooks.packed(tmp_path / "x.zip", {"a.txt": b"x"})
    (tmp_path / "x.doc").write_bytes(_workbooks.compound("WordDocument", b"x"))
    assert _workbook.kind(tmp_path / "x.zip") is _workbook.kind(tmp_path / "x.doc") is None


def test_bounds_are_found_fast(tmp_path):
    """Looking at a sheet before it is opened takes no longer than reading it."""
    path = tmp_path / "x.xlsx"
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Posts")
    page.append(ROWS[0])
    for n in range(4000):
        page.append([f"u{n}", "2021-05-04T09:00:00Z", f"post {n}"])
    book.save(path)
    start = time.perf_counter()
    bounds = _workbook_zip.bounds(path, "xlsx")["Posts"]
    took = time.perf_counter() - start
    assert (bounds.rows, bounds.columns) == (4001, 3)
    start = time.perf_counter()
    assert len(table.read(path)) == 4000
    assert took < time.perf_counter() - start
