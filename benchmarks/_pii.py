"""Sentences with labelled identifiers: reading them, and holding what a recogniser finds against the labels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

Span = tuple[int, int, int, str]  # text, start, end, kind
LABELS = {  # the file's label: the kinds of ours that count as the same
    "EMAIL_ADDRESS": ("EMAIL",),
    "IP_ADDRESS": ("IP",),
    "IBAN_CODE": ("IBAN",),
    "CREDIT_CARD": ("CARD",),
    "DOMAIN_NAME": ("URL",),
    "US_SSN": ("SSN",),
    "PHONE_NUMBER": ("PHONE",),
    "STREET_ADDRESS": ("ADDRESS", "POSTCODE"),
    "ZIP_CODE": ("POSTCODE",),
    "AGE": ("AGE",),
    "DATE_TIME": ("DATE", "DATE_OF_BIRTH"),
    "US_DRIVER_LICENSE": ("LICENCE",),
}


@dataclass(frozen=True)
class Half:
    """Texts and their labelled spans."""

    texts: list[str]
    spans: list[Span]


def read(file: Path, *, half: int) -> Half:
    """Read the first (1) or second (2) half of the sentences."""
    rows = json.loads(file.read_text("utf-8"))
    middle = len(rows) // 2
    kept = rows[:middle] if half == 1 else rows[middle:]
    spans = [
        (number, span["start_position"], span["end_position"], span["entity_type"])
        for number, row in enumerate(kept)
        for span in row["spans"]
    ]
    return Half([row["full_text"] for row in kept], spans)


def by_text(spans: Sequence[Span]) -> dict[int, list[Span]]:
    """Put spans together by their text."""
    grouped: dict[int, list[Span]] = {}
    for span in spans:
        grouped.setdefault(span[0], []).append(span)
    return grouped


def covered(span: Span, found: Sequence[Span], text: str) -> float:
    """Give the share of a span's letters and digits that lie in any of the found spans."""
    places = [place for place in range(span[1], span[2]) if text[place].isalnum()]
    inside = sum(any(start <= place < end for _, start, end, _ in found) for place in places)
    return inside / len(places) if places else 1.0


def scored(half: Half, found: Sequence[Span], *, kinds: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """Give recall and precision by label.

    ``recall``: labelled spans whose letters and digits are all within spans of the same kind; ``any kind``: within spans of
    whichever kind; ``touched``: at least half of them. ``precision``: found spans of the kind that overlap a span with that
    label; ``any label``: that overlap a span with any label.
    """
    theirs, ours = by_text(half.spans), by_text(found)
    rows = {}
    for label, same in kinds.items():
        wanted = [span for span in half.spans if span[3] == label]
        mine = [span for span in found if span[3] in same]
        of_kind = [covered(s, [f for f in ours.get(s[0], []) if f[3] in same], half.texts[s[0]]) for s in wanted]
        of_any = [covered(span, ours.get(span[0], []), half.texts[span[0]]) for span in wanted]
        right = [any(_meet(f, s) for s in theirs.get(f[0], []) if s[3] == label) for f in mine]
        some = [any(_meet(f, s) for s in theirs.get(f[0], [])) for f in mine]
        rows[label] = {
            "n": len(wanted),
            "recall": _share([share == 1 for share in of_kind]),
            "any kind": _share([share == 1 for share in of_any]),
            "touched": _share([share >= 0.5 for share in of_any]),
            "found": len(mine),
            "precision": _share(right),
            "any label": _share(some),
        }
    return pd.DataFrame(rows).T


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else float("nan")


def _meet(one: Span, other: Span) -> bool:
    return one[1] < other[2] and other[1] < one[2]
