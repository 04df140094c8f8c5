"""Times as Facebook's pages write them in English: most without a year, many counted back from the day of saving."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

IN_NO_FORM = "time in no known form"
NEEDS_SAVED = "time told by the day of saving"
_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_LONGEST = 3_000_000_000  # seconds: no post is older than Facebook
_AGO = re.compile(r"(\d{1,8})\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)(?: ago)?")
_CLOCK = r"(?:,? (?:at )?(\d{1,2}):(\d\d)(?: ?([ap])m)?)?"
_DAY = re.compile(r"(today|yesterday)" + _CLOCK)
_DATE = re.compile(r"(?:([a-z]{3,9})\.? (\d{1,2})|(\d{1,2}) ([a-z]{3,9})\.?)(?:,? (\d{4}))?" + _CLOCK)


def read(word: str, *, saved: datetime | None) -> tuple[datetime | None, bool, str | None]:
    """Return a time, whether a part of it is guessed, and why it cannot be read."""
    said = " ".join(word.casefold().replace("·", " ").split())
    ago, day, dated = _AGO.fullmatch(said), _DAY.fullmatch(said), _DATE.fullmatch(said)
    if dated is not None and not ago and (dated[5] or saved is not None):
        return _dated(dated, saved=saved)
    if not said:
        return None, False, None
    if said != "just now" and not (ago or day or dated):
        return None, False, IN_NO_FORM
    if saved is None:
        return None, False, NEEDS_SAVED
    if day:
        return _at((saved - timedelta(days=day[1] == "yesterday")).date(), day.group(2, 3, 4))
    seconds = int(ago[1]) * _UNITS[ago[2][0]] if ago else 0
    return (saved - timedelta(seconds=seconds), True, None) if seconds < _LONGEST else (None, False, IN_NO_FORM)


def _dated(found: re.Match[str], *, saved: datetime | None) -> tuple[datetime | None, bool, str | None]:
    """Return a date's time; without a year, the last such day before that of saving."""
    month = _MONTHS.get((found[1] or found[4])[:3])
    years = [int(found[5])] if found[5] else [saved.year - back for back in range(5)] if saved else []
    for year in years if month else []:
        try:
            day = date(year, month or 1, int(found[2] or found[3]))
        except ValueError:
            continue  # the 29th of February of another year
        if found[5] or saved is None or day <= saved.date():
            return _at(day, found.group(6, 7, 8))
    return None, False, IN_NO_FORM


def _at(day: date, clock: tuple[str | None, ...]) -> tuple[datetime | None, bool, str | None]:
    """Return a time on a day; midnight, guessed, where no clock is told."""
    hour, minute, half = clock
    if hour is None or minute is None:
        return datetime.combine(day, time()), True, None
    number = int(hour) % 12 + 12 * (half == "p") if half else int(hour)
    if number > 23 or int(minute) > 59 or (half and not 1 <= int(hour) <= 12):
        return None, False, IN_NO_FORM
    return datetime.combine(day, time(number, int(minute))), False, None
