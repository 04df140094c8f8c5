"""`gate-exceptions.toml`: what is published all the same, and who answers for it with which reason."""

from __future__ import annotations

import dataclasses
import datetime
import fnmatch
import tomllib
from pathlib import Path

from .._checks import nearest
from ..errors import PrivacyError
from ._gate_kinds import KINDS, NEVER_EXCUSED

__all__ = ["GateException", "read_exceptions"]

FILE = "gate-exceptions.toml"
_NEEDED = ("file", "kind", "reason", "by", "date")
_KNOWN = (*_NEEDED, "place")
_SHORTEST_REASON = 20


@dataclasses.dataclass(frozen=True)
class GateException:
    """One exception: a file of the results (``*`` stands for any letters), a kind, perhaps a place; why, by whom, when."""

    file: str
    kind: str
    reason: str
    by: str
    date: str
    place: str | None = None

    def excuses(self, file: str, place: str, kind: str) -> bool:
        """Tell whether this is what the exception speaks of."""
        return self.kind == kind and fnmatch.fnmatchcase(file, self.file) and self.place in (None, place)


def read_exceptions(path: str | Path) -> tuple[GateException, ...]:
    """Read the exceptions of a study; none where the file is not there.

    Raises
    ------
    PrivacyError
        If the file is not TOML, or an exception lacks a reason, a name or a day, or speaks of what is never excused.
    """
    file = Path(path)
    if not file.is_file():
        return ()
    try:
        content = tomllib.loads(file.read_text("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PrivacyError(f"{file.name}: not TOML: {error}. Mend: correct that line.") from None
    listed = content.pop("exception", [])
    if content or not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise PrivacyError(f"{file.name}: write each exception as [[exception]] with {', '.join(_NEEDED)}.")
    return tuple(_made(each, number, file.name) for number, each in enumerate(listed, start=1))


def _made(given: dict[str, object], number: int, name: str) -> GateException:
    where = f"{name}, exception {number}"
    for word in given:
        if word not in _KNOWN:
            raise PrivacyError(f"{where}: {word!r} is not known.{nearest(word, _KNOWN)}")
    day = given.get("date")
    if isinstance(day, datetime.date):
        given = {**given, "date": day.isoformat()[: len("2026-01-31")]}
    for word in _NEEDED:
        value = given.get(word)
        if not isinstance(value, str) or not value.strip():
            raise PrivacyError(f"{where}: {word} is missing. Mend: say file, kind, reason, by whom, and the day.")
    made = GateException(**{word: str(value) for word, value in given.items()})
    if made.kind not in KINDS:
        raise PrivacyError(f"{where}: the kind {made.kind!r} is not known.{nearest(made.kind, KINDS)}")
    if made.kind in NEVER_EXCUSED:
        raise PrivacyError(f"{where}: a {made.kind} is never published. Mend: take it out of the results.")
    if len(made.reason.strip()) < _SHORTEST_REASON:
        raise PrivacyError(
            f"{where}: the reason has fewer than {_SHORTEST_REASON} letters. Mend: say why it may be read by all."
        )
    try:
        datetime.date.fromisoformat(made.date)
    except ValueError:
        raise PrivacyError(f"{where}: the date is no day. Mend: write it as 2026-01-31.") from None
    return made
