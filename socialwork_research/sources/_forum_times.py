"""Times as boards write them: by the layouts of a map, with "Today" and "Yesterday" told by the day of saving."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import SchemaError
from ._forum_map import ForumMap

IN_NO_LAYOUT = "time in no layout of the map"
NEEDS_SAVED = "time told by the day of saving"
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)|\d{9,13}")
_CLOCKS = ("%I:%M %p", "%H:%M", "%I:%M:%S %p", "%H:%M:%S")


@dataclass
class Survey:
    """What the times of all pages show: how often each layout fits, and which pairs of layouts disagree."""

    n: int = 0
    fits: dict[str, int] = field(default_factory=dict)
    at_odds: set[tuple[str, str]] = field(default_factory=set)

    def look(self, words: Iterable[str], board: ForumMap) -> None:
        """Try every layout of a map on these times."""
        for word in words:
            if _ISO.fullmatch(word) or _day(word, board) is not None:
                continue
            read = {layout: found for layout in board.layouts if (found := _parsed(word, layout)) is not None}
            self.n += bool(read)
            for layout in read:
                self.fits[layout] = self.fits.get(layout, 0) + 1
            first = next(iter(read.items()), None)
            self.at_odds |= {(first[0], name) for name, found in read.items() if first and found != first[1]}


def chosen(survey: Survey, board: ForumMap) -> tuple[str, ...]:
    """Return the layouts by which the times of all pages are read.

    Raises
    ------
    SchemaError
        If two layouts fit and give different times: the pages do not show whether day or month stands first.
    """
    whole = [layout for layout in board.layouts if survey.n and survey.fits.get(layout) == survey.n]
    some = whole or [layout for layout in board.layouts if survey.fits.get(layout)]
    for first, second in sorted(survey.at_odds):
        if first in some and second in some:
            raise SchemaError(
                f"map {board.name!r}: the times fit {first!r} and {second!r} alike, which differ. Mend: a map of your "
                f'own that says like = "{board.name}" and, under [times], layouts with the one that holds; map= takes it.'
            )
    return tuple(some)


def read(
    word: str, board: ForumMap, *, layouts: Sequence[str], saved: datetime | None, zone: str | None
) -> tuple[str | None, str | None]:
    """Return a time as ISO 8601, in `zone` where that is given; or why it cannot be read."""
    if not word or _ISO.fullmatch(word):
        return word or None, None
    day = _day(word, board)
    if day is None:
        found = next((each for layout in layouts if (each := _parsed(word, layout)) is not None), None)
        return (None, IN_NO_LAYOUT) if found is None else (iso(found, zone), None)
    if saved is None:
        return None, NEEDS_SAVED
    days, rest = day
    clock = next((each for layout in _CLOCKS if (each := _parsed(rest, layout)) is not None), None)
    if clock is None:
        return None, IN_NO_LAYOUT
    return iso(datetime.combine((saved - timedelta(days=days)).date(), clock.time()), zone), None


def zone_of(word: str | None) -> str | None:
    """Return the zone that a page names, if the time zone database has it."""
    try:
        return ZoneInfo(word).key if word else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _day(word: str, board: ForumMap) -> tuple[int, str] | None:
    folded = word.casefold()
    for name, days in board.days.items():
        if folded.startswith(name):
            return days, word[len(name) :].lstrip(" ,").removeprefix("at ").strip()
    return None


def _parsed(word: str, layout: str) -> datetime | None:
    for said in dict.fromkeys((word, word.replace(" at ", ", "))):  # edits are told as "… at …", posts as "…, …"
        with contextlib.suppress(ValueError):
            return datetime.strptime(said, layout)  # noqa: DTZ007 - the zone is added where it is known
    return None


def iso(found: datetime, zone: str | None) -> str:
    """Write a time as ISO 8601, in `zone` where that is given and the time has none."""
    return (found.replace(tzinfo=ZoneInfo(zone)) if zone and found.tzinfo is None else found).isoformat()
