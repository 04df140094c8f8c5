"""Spans that overlap become one: it reaches as far as they do together and bears the name of the longest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["Span", "settled"]

Span = tuple[int, int, int, str]  # text, start, end, kind


def settled(spans: Iterable[Span], *, ranks: Mapping[str, int]) -> list[Span]:
    """Return the spans sorted, none overlapping another.

    The remainder of a shorter span is not given back to the text, as it would be half of an identifier. Of two equally
    long spans the kind that comes first in `ranks` gives the name; kinds that are not ranked come last, by name.

    >>> settled([(0, 3, 9, "PHONE"), (0, 0, 5, "CASE"), (1, 0, 2, "AGE")], ranks={})
    [(0, 0, 9, 'PHONE'), (1, 0, 2, 'AGE')]
    """
    found: list[Span] = []
    best = (0, 0, "")
    for text, start, end, kind in sorted(spans):
        strength = (end - start, -ranks.get(kind, len(ranks)), kind)
        if found and found[-1][0] == text and start < found[-1][2]:
            best = max(best, strength)
            found[-1] = (text, found[-1][1], max(end, found[-1][2]), best[2])
        else:
            best = strength
            found.append((text, start, end, kind))
    return found
