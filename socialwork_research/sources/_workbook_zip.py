"""The members of a workbook that is a zip: unfolded once in flat memory, before the library that reads sheets does so."""

from __future__ import annotations

import copy
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import SchemaError
from . import _workbook_bounds
from ._workbook_bounds import Bounds

DAMAGES = (zipfile.BadZipFile, OSError, ValueError, EOFError, zlib.error, RuntimeError)

_BLOCK = 1 << 20
_LARGEST = 1 << 32  # bytes: more than a full sheet of posts
_RATIO = 400  # sheets are packed to a tenth or a fiftieth; zip itself ends at a thousandth
_HARMLESS = 1 << 28  # small results are never refused, however well they were packed
_SMALL = 1 << 24
_LOCKED = "the workbook is locked by a password. Mend: save a copy without one, or save the table as CSV"
_DAMAGED = "the workbook is damaged or cut short. Mend: save or fetch the file again"
_LARGE = f"the workbook unfolds to more than {_RATIO} times its size, or to more than 4 GB, as no table of posts does"


def bounds(path: Path, what: str) -> dict[str, Bounds]:
    """Unfold everything once and return how far each sheet reaches, by its name where the workbook tells it.

    Raises
    ------
    SchemaError
        If it is damaged or locked, says less than it unfolds to, or unfolds to too much.
    """
    found: dict[str, Bounds] = {}
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
            total = sum(each.file_size for each in members)
            if total > _LARGEST or (total > _HARMLESS and total > _RATIO * path.stat().st_size):
                raise SchemaError(f"{_LARGE}. Mend: save the table as CSV")
            if any(each.flag_bits & 1 for each in members) or _is_locked_ods(packed):
                raise SchemaError(_LOCKED)
            readers = _readers(packed, what)
            for each in members:
                blocks = _blocks(packed, each)
                if each.filename in readers:
                    found[each.filename] = readers[each.filename](blocks)
                for _ in blocks:
                    pass  # what is no sheet is unfolded too, to know that it is as large as it says
            return {name: found[place] for name, place in _places(packed, what).items() if place in found}
    except SchemaError:
        raise
    except DAMAGES:
        raise SchemaError(_DAMAGED) from None


def _blocks(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Give what a member unfolds to; raise if that is not as much as it says."""
    asked = copy.copy(member)
    asked.file_size += 1  # else the standard library would stop where the member says that it ends
    n = 0
    with packed.open(asked) as stream:
        while block := stream.read(_BLOCK):
            n += len(block)
            if n > member.file_size:
                raise SchemaError(_DAMAGED)
            yield block
    if n != member.file_size:
        raise SchemaError(_DAMAGED)


def _readers(packed: zipfile.ZipFile, what: str) -> dict[str, Callable[[Iterable[bytes]], Bounds]]:
    """Return, by member, what finds out how far a sheet reaches: any member of an .xlsx may be called a sheet."""
    if what == "ods":
        return {"content.xml": _workbook_bounds.of_ods}
    if what == "xlsx":
        return dict.fromkeys(packed.namelist(), _workbook_bounds.of_xlsx)
    return dict.fromkeys(_targets(packed, "xl/workbook.bin").values(), _workbook_bounds.of_xlsb)


def _is_locked_ods(packed: zipfile.ZipFile) -> bool:
    if "META-INF/manifest.xml" not in packed.namelist():
        return False
    with packed.open("META-INF/manifest.xml") as stream:
        return b"encryption-data" in stream.read(_SMALL)


def _places(packed: zipfile.ZipFile, what: str) -> dict[str, str]:
    """Return the name of each sheet of an .xlsx and the member that holds it; nothing for other kinds."""
    workbook = _tree(packed, "xl/workbook.xml") if what == "xlsx" else None
    if workbook is None:
        return {}
    targets = _targets(packed, "xl/workbook.xml")
    found = {}
    for each in workbook.iter("{*}sheet"):
        number = next((value for key, value in each.attrib.items() if key.endswith("}id")), "")
        found[str(each.get("name"))] = targets.get(str(number), "")
    return found


def _targets(packed: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return the members that a workbook calls its sheets, by the names it has for them."""
    links = _tree(packed, name.replace("xl/", "xl/_rels/") + ".rels")
    if links is None:
        return {}
    targets = {
        str(each.get("Id")): str(each.get("Target", ""))
        for each in links.iter("{*}Relationship")
        if str(each.get("Type", "")).endswith("sheet")
    }
    return {
        number: target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
        for number, target in targets.items()
    }


def _tree(packed: zipfile.ZipFile, name: str) -> Any | None:
    from lxml import etree

    if name not in packed.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    with packed.open(name) as stream:
        content = stream.read(_SMALL)
    try:
        return etree.fromstring(content, parser=parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
