"""Labels that stand for what was redacted: ``[PERSON_1]``, numbered within a thread."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from ..kernels.redacting import LABEL

__all__ = ["KINDS", "LABEL", "Kind", "Labels", "folded", "kept_free", "written"]

Kind = Literal[
    "EMAIL", "IBAN", "CARD", "NHS", "NI", "SSN", "PPS", "SIN", "TFN", "MEDICARE", "BANK_ACCOUNT", "LICENCE", "REGISTRATION",
    "PLATE", "URL", "IP", "HANDLE", "DATE_OF_BIRTH", "CASE", "POSTCODE", "PHONE", "ADDRESS", "DATE", "AGE", "PERSON", "PLACE",
    "AGENCY", "SCHOOL", "COURT",
]  # fmt: skip
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
_BY_SIGNS = {
    "EMAIL",
    "URL",
    "HANDLE",
    "PERSON",
    "PLACE",
    "AGENCY",
    "SCHOOL",
    "COURT",
    "ADDRESS",
    "DATE",
    "DATE_OF_BIRTH",
    "AGE",
}


def folded(kind: str, said: str) -> str:
    """Return the spelling under which two ways to write one thing are the same."""
    plain = " ".join(said.casefold().split())
    if kind == "HANDLE":
        return re.sub(r"^(?:@|/?u(?:ser)?/)", "", plain)
    if kind == "URL":
        return re.sub(r"^[a-z]+://(?:www\.)?|^www\.", "", plain).rstrip("/")
    return plain if kind in _BY_SIGNS else re.sub(r"[\W_]", "", plain)


class Labels:
    """Numbers what is redacted, thread after thread; threads come one after the other."""

    def __init__(self) -> None:
        self._thread: object = None
        self._numbers: dict[tuple[str, str], int] = {}
        self._last: dict[str, int] = {}
        self._taken: dict[object, dict[str, int]] = {}

    def keep_free(self, taken: Iterable[tuple[object, str, int]]) -> None:
        """Number above the labels (thread, kind, number) that stand in the posts to come."""
        self._taken = {}
        for thread, kind, number in taken:
            of_thread = self._taken.setdefault(thread, {})
            of_thread[kind] = max(of_thread.get(kind, 0), number)
        for kind, number in self._taken.get(self._thread, {}).items():
            self._last[kind] = max(self._last.get(kind, 0), number)

    def number(self, thread: object, kind: str, said: str) -> int:
        """Return the number of what was said: that which it bore before in this thread, else the next."""
        if thread != self._thread:
            self._thread, self._numbers, self._last = thread, {}, dict(self._taken.get(thread, {}))
        spelling = (kind, folded(kind, said))
        if spelling not in self._numbers:
            self._last[kind] = self._last.get(kind, 0) + 1
            self._numbers[spelling] = self._last[kind]
        return self._numbers[spelling]


def kept_free(text: str) -> list[tuple[str, int]]:
    """Return kind and number of each label that stands in a text."""
    labels = (match.group()[1:-1].rpartition("_") for match in LABEL.finditer(text))
    return [(kind, int(number)) for kind, _, number in labels]


def written(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Write labels in the place of spans (start, end, label), which are in order and do not overlap."""
    pieces, at = [], 0
    for start, end, label in spans:
        pieces += [text[at:start], label]
        at = end
    return "".join([*pieces, text[at:]])
