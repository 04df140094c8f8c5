"""Tables of people: cells that rest on too few of them, and rows that are one person each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ._gate_patterns import Hit
from ._gate_pieces import Piece, Sheet, label

__all__ = ["cell_hits"]

_PEOPLE = (
    "authors?|people|persons?|users?|accounts?|participants?|speakers?|individuals?|members?|respondents?|posters?"
)
_COUNT = re.compile(
    rf"(?:n|num|number|count|no|total|distinct|unique)_(?:of_)?(?:distinct_|unique_)?(?:{_PEOPLE})(?:_\w+)?"
    rf"|(?:authors|people|persons|users|accounts|participants|speakers|individuals|respondents)(?:_n|_count)?"
)
_PERSON = set(
    "post_id author_id thread_id comment_id message_id reply_to reply_to_author quote_of repost_of author_profile author "
    "author_name author_fullname user user_id username user_name screen_name display_name handle account account_id account_name "
    "acct mentions in_reply_to nickname profile_url".split()
)
_FLAG = ("is_suppressed", "suppressed")
_YES = {"true", "yes", "1"}
_BLANK = {"", "–", "-", "—", "na", "n/a", "nan", "<na>", "none", "null", "nat", "*", "suppressed"}
_NUMBER = re.compile(r"([-+]?\d[\d,]*(?:\.\d+)?)\s*[†*‡%]?")
_FEW = 30  # rows, below which a table's length may be that of the posts by chance
_VALUES = ("value", "n", "estimate", "count")


def cell_hits(sheets: Sequence[Sheet], *, threshold: int, sizes: frozenset[int]) -> Iterator[Hit]:
    """Look through all tables for small cells that are not blanked, and for rows of one person or post."""
    for sheet in sheets:
        heads = [re.sub(r"[^a-z0-9]+", "_", head.casefold()).strip("_") for head in sheet.columns]
        yield from _small(sheet, heads, threshold)
        yield from _small_measures(sheet, heads, threshold)
        for at, head in enumerate(heads):
            filled = [row[at] for row in sheet.rows if at < len(row) and not _is_blank(row[at])]
            if head in _PERSON and any(_number(value) is None or head.endswith("id") for value in filled):
                yield _hit(sheet, f"column {label(sheet.columns[at], at + 1)}", "person_row", str(len(filled)))
        if len(sheet.rows) in sizes and len(sheet.rows) >= _FEW:
            yield _hit(sheet, "as many rows as there are posts or authors", "person_row", str(len(sheet.rows)))


def _small(sheet: Sheet, heads: list[str], threshold: int) -> Iterator[Hit]:
    flag = next((heads.index(name) for name in _FLAG if name in heads), None)
    for at, head in enumerate(heads):
        if not _COUNT.fullmatch(head):
            continue
        for number, row in enumerate(sheet.rows, start=1):
            value = _number(row[at]) if at < len(row) else None
            is_flagged = flag is not None and flag < len(row) and str(row[flag]).casefold() in _YES
            if value is not None and (0 <= value < threshold or is_flagged):
                yield _hit(
                    sheet, f"row {number}, column {label(sheet.columns[at], at + 1)}", "small_cell", str(row[at])
                )


def _small_measures(sheet: Sheet, heads: list[str], threshold: int) -> Iterator[Hit]:
    """Look at tables that have their measures below each other: a name, then its value."""
    at = next((heads.index(name) for name in _VALUES if name in heads), None)
    if at is None or not heads or _COUNT.fullmatch(heads[at]):
        return
    for number, row in enumerate(sheet.rows, start=1):
        name = re.sub(r"[^a-z0-9]+", "_", str(row[0]).casefold()).strip("_") if row and at else ""
        value = _number(row[at]) if at < len(row) else None
        if value is not None and 0 <= value < threshold and _COUNT.fullmatch(name):
            yield _hit(sheet, f"row {number}, column {label(sheet.columns[at], at + 1)}", "small_cell", str(row[at]))


def _is_blank(value: str | None) -> bool:
    return value is None or value.strip().casefold() in _BLANK


def _number(value: str | None) -> float | None:
    if value is None or _is_blank(value):
        return None
    found = _NUMBER.fullmatch(value.strip())
    return float(found[1].replace(",", "")) if found else None


def _hit(sheet: Sheet, place: str, kind: str, value: str) -> Hit:
    joint = "" if not sheet.place or sheet.place.endswith(", ") else ", "
    return Hit(Piece(sheet.file, f"{sheet.place}{joint}{place}", value), kind, 0, len(value))
