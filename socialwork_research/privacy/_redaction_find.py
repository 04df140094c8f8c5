"""What is to be redacted in texts: all recognisers together, until they find nothing more."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from ..kernels import naming, redacting
from ..kernels._redacting_accounts import named
from ..kernels.redacting import LABEL, Span, settled

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Finder"]

Known = Callable[[str], Callable[[list[str]], Collection[str]]]  # of a platform: which of these words are names there
_RECOGNISERS: tuple[Callable[..., pa.Table], ...] = (redacting.found, naming.found)
_RANKS = {kind: place for place, kind in enumerate((*redacting.KINDS, *naming.KINDS))}
_ROUNDS = 6  # a label that takes the place of a word can free another reading beside it, hardly ever a second time


class Finder:
    """Finds identifiers in texts.

    Parameters
    ----------
    leave
        Kinds that stay in the text.
    known
        Gives for a platform what tells which of some words are names of accounts there; None if nobody can tell.
    """

    def __init__(self, leave: Collection[str], known: Known | None) -> None:
        self._leave, self._known = frozenset(leave), known

    def __call__(self, texts: pa.Array, platforms: Sequence[str] | None) -> list[Span]:
        """Return the spans in `texts`, none overlapping another; with labels in their place nothing more is found."""
        import pyarrow as pa

        if texts.null_count == len(texts):
            return []
        spans = settled(self._once(texts, platforms), ranks=_RANKS)
        open_texts = sorted({span[0] for span in spans})
        for _ in range(_ROUNDS):
            if not open_texts:
                break
            masks = _masks(texts, spans, open_texts)
            masked = pa.array([mask.text for mask in masks], texts.type)
            on = None if platforms is None else [platforms[number] for number in open_texts]
            more = [
                (open_texts[number], *masks[number].place(start, end), kind)
                for number, start, end, kind in settled(self._once(masked, on), ranks=_RANKS)
            ]
            spans = settled([*spans, *more], ranks=_RANKS)
            open_texts = sorted({span[0] for span in more})
        return spans

    def _once(self, texts: pa.Array, platforms: Sequence[str] | None) -> list[Span]:
        found: list[Span] = []
        for recogniser in _RECOGNISERS:
            table = recogniser(texts.to_pylist() if recogniser is naming.found else texts)
            columns = (table[name].to_pylist() for name in ("text", "start", "end", "kind"))
            found += [span for span in zip(*columns, strict=True) if span[3] not in self._leave]
        if self._known is not None and platforms is not None and "HANDLE" not in self._leave:
            found += _accounts(texts, platforms, self._known)
        return _outside_labels(found, texts)


class _Mask:
    """A text with labels in the place of spans, and where its letters stood."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        pieces: list[str] = []
        self._begins, self._shifts, at, length = [0], [0], 0, 0
        for _, start, end, kind in spans:
            label = f"[{kind}_1]"
            pieces += [text[at:start], label]
            length += start - at + len(label)
            at = end
            self._begins.append(length)
            self._shifts.append(at - length)
        self.text = "".join([*pieces, text[at:]])

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the masked text stands in the text."""
        shift = self._shifts[bisect.bisect_right(self._begins, start) - 1]
        return start + shift, end + shift


def _masks(texts: pa.Array, spans: Sequence[Span], numbers: Sequence[int]) -> list[_Mask]:
    by_text: dict[int, list[Span]] = {number: [] for number in numbers}
    for span in spans:
        if span[0] in by_text:
            by_text[span[0]].append(span)
    return [_Mask(texts[number].as_py(), by_text[number]) for number in numbers]


def _outside_labels(spans: list[Span], texts: pa.Array) -> list[Span]:
    """Drop what touches a label."""
    labels: dict[int, list[tuple[int, int]]] = {}
    kept = []
    for span in spans:
        if span[0] not in labels:
            text = texts[span[0]].as_py()
            labels[span[0]] = [match.span() for match in LABEL.finditer(text)] if "[" in text else []
        if not any(span[1] < end and start < span[2] for start, end in labels[span[0]]):
            kept.append(span)
    return kept


def _accounts(texts: pa.Array, platforms: Sequence[str], known: Known) -> list[Span]:
    """Find names of accounts, each on its platform."""
    import numpy as np

    on = np.asarray(platforms, dtype=object)
    found: list[Span] = []
    for platform in sorted(set(platforms)):
        rows = np.flatnonzero(on == platform)
        spans = named(texts.take(rows), known=known(platform))
        found += [(int(rows[number]), start, end, kind) for number, start, end, kind in spans]
    return found
