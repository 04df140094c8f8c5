"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) opened with care: what they unfold to is known before a cell is read.

Nothing in them is ever executed: formulas give the values that were saved with them, and macros are not looked at.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..errors import SchemaError
from . import _workbook_zip
from ._workbook_bounds import Bounds

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Kind = Literal["xlsx", "xlsb", "xls", "ods"]

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BLOCK = 1 << 20
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_AGAIN = "Mend: save or fetch the file again"
_LOCKED = "the workbook is locked by a password. Mend: save a copy without one, or save the table as CSV"


@dataclass(frozen=True)
class Book:
    """An open workbook: the names of its sheets, which are hidden, and how far each reaches where that is told."""

    workbook: CalamineWorkbook
    names: tuple[str, ...]
    hidden: frozenset[str]
    bounds: dict[str, Bounds]

    def sheet(self, name: str, *, file: str) -> CalamineSheet:
        """Return a sheet with all its cells."""
        with _damage_named(file):
            return self.workbook.get_sheet_by_name(name)


def kind(path: Path) -> Kind | None:
    """Return what kind of workbook a file is; None where it is none.

    Raises
    ------
    SchemaError
        If it is called a workbook and is a damaged one.
    """
    with path.open("rb") as stream:
        start = stream.read(8)
    if start == _OLE:
        return "xls" if path.suffix.casefold() in SUFFIXES else None
    if not start.startswith(_ZIP):
        return None
    try:
        with zipfile.ZipFile(path) as packed:
            inside = {name.casefold() for name in packed.namelist()}
    except _workbook_zip.DAMAGES:
        if path.suffix.casefold() not in SUFFIXES:
            return None
        raise SchemaError(f"{path.name}: the workbook is damaged or cut short. {_AGAIN}.") from None
    if "xl/workbook.xml" in inside:
        return "xlsx"
    if "xl/workbook.bin" in inside:
        return "xlsb"
    return "ods" if "content.xml" in inside and path.suffix.casefold() == ".ods" else None


@contextlib.contextmanager
def opened(path: Path, what: Kind) -> Iterator[Book]:
    """Open a workbook after its sizes have been looked at.

    Raises
    ------
    SchemaError
        If it is damaged, locked by a password, or unfolds to more than any table of posts.
    """
    from python_calamine import CalamineWorkbook

    bounds = {}
    try:
        if what == "xls":
            _check_lock(path)
        else:
            bounds = _workbook_zip.bounds(path, what)
    except SchemaError as error:
        raise SchemaError(f"{path.name}: {error}.") from None
    with path.open("rb") as stream:
        with _damage_named(path.name):
            workbook = CalamineWorkbook.from_filelike(stream)
            metadata = workbook.sheets_metadata
        names = tuple(each.name for each in metadata if str(each.typ).endswith("WorkSheet"))
        hidden = frozenset(each.name for each in metadata if not str(each.visible).endswith(".Visible"))
        yield Book(workbook, names, hidden, bounds)


def _check_lock(path: Path) -> None:
    """Raise SchemaError if an .xlsx lies locked inside what looks like an .xls."""
    rest = b""
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if _ENCRYPTED in rest + block:
                raise SchemaError(_LOCKED)
            rest = block[-len(_ENCRYPTED) :]


@contextlib.contextmanager
def _damage_named(file: str) -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise SchemaError(f"{file}: {_LOCKED}.") from None
    except (CalamineError, OSError, ValueError):
        raise SchemaError(f"{file}: the workbook is damaged, or of a kind that is not known. {_AGAIN}.") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a broken file can end the library that reads sheets
            raise
        raise SchemaError(f"{file}: the workbook is damaged. {_AGAIN}.") from None
