"""A rule that finds one kind of identifier, with the examples that it is held to; and how rules pass over texts."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["LABEL", "Rule", "passed"]

LABEL = re.compile(r"\[[A-Z][A-Z_]*_\d+\]")  # what redaction writes; no rule may find anything in it
_DIGIT = "[0-9]"
_REACH = 160  # characters around a cue in which what it belongs to begins and, as a rule, ends
_MARGIN = 80
_WIDE = re.compile(r"\{\d*,\d\d\}")
_MEMORY = 64 << 20  # bytes for the states of a set of cues

Where = Callable[[re.Match[str]], tuple[int, int] | None]


def _it(match: re.Match[str]) -> tuple[int, int] | None:
    """Take the group ``it`` where the pattern has one, else the whole."""
    return match.span("it") if "it" in match.re.groupindex else match.span()


@dataclass(frozen=True)
class Rule:
    """One way in which one kind of identifier is written.

    Parameters
    ----------
    kind
        What it finds.
    cue
        A pattern in RE2's syntax, without which a text cannot hold it: most texts are passed over by it in compiled code.
    pattern
        What is searched for in texts with the cue.
    finds
        Invented examples; what has to be found stands between « and ».
    leaves
        Invented counter-examples: nothing of this kind is found in them.
    where
        Tells from a match what to redact (start, end), or None where a check digit, a range or a word says no.
    has_digit
        Whether it always holds a digit: texts without one are then not even held against the cue.
    """

    kind: str
    cue: str
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    leaves: tuple[str, ...]
    where: Where = field(default=_it)
    has_digit: bool = True

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where `text` holds it; after a match that is refused the search goes on inside it."""
        found, at = [], 0
        for begin, end in self._windows(text):
            at = max(at, begin)
            while (match := self.pattern.search(text, at, end)) is not None:
                at = match.start() + 1
                if match.end() > end - _MARGIN:  # what stands behind the window may change it
                    match = self.pattern.match(text, match.start())
                span = self.where(match) if match else None
                if span is not None:
                    found.append(span)
                    at = max(span[1], at)
        return found

    def _windows(self, text: str) -> Iterator[tuple[int, int]]:
        """Give the stretches around the cues, those that meet as one."""
        begin, end = 0, -1
        for match in _compiled(self.cue).finditer(text):
            first, last = match.span()
            if end < 0:
                begin, end = max(0, first - _REACH), last + _REACH
            elif first - _REACH <= end:
                end = last + _REACH
            else:
                yield begin, min(end, len(text))
                begin, end = first - _REACH, last + _REACH
        if end >= 0:
            yield begin, min(end, len(text))


@functools.cache
def _compiled(cue: str) -> Any:
    import re2

    return re2.compile(cue)


def passed(rules: Sequence[Rule], texts: pa.Array) -> list[tuple[int, int, int, str]]:
    """Return (text, start, end, kind) of all that `rules` find in an array of strings; nothing within a label."""
    import pyarrow.compute as pc

    with_digit = pc.match_substring_regex(texts, _DIGIT).fill_null(False).to_pylist()
    of_words, of_digits = _Cues.of(rules, has_digit=False), _Cues.of(rules, has_digit=True)
    found: list[tuple[int, int, int, str]] = []
    for number, text in enumerate(texts.to_pylist()):
        if not text:
            continue
        hits = of_words(text)
        for place in hits + of_digits(text) if with_digit[number] else hits:
            rule = rules[place]
            spans = rule.spans(text)
            if spans:
                found += [(number, start, end, rule.kind) for start, end in _outside_labels(spans, text)]
    return found


class _Cues:
    """The cues of several rules, which a text is held against all at once in compiled code."""

    def __init__(self, cues: Sequence[tuple[int, str]]) -> None:
        import re2

        self._sets = []
        wide = [cue for cue in cues if _WIDE.search(cue[1])]  # a counted gap multiplies the states of all others
        for several in ([cue for cue in cues if cue not in wide], wide):
            if several:
                options = re2.Options()
                options.max_mem = _MEMORY
                together = re2.Set.SearchSet(options)
                for _, cue in several:
                    together.Add(cue)
                together.Compile()
                self._sets.append((together, [place for place, _ in several]))

    @classmethod
    def of(cls, rules: Sequence[Rule], *, has_digit: bool) -> _Cues:
        """Return the cues of those of the rules that always hold a digit, or of those that need not."""
        return _cues(tuple((place, rule.cue) for place, rule in enumerate(rules) if rule.has_digit == has_digit))

    def __call__(self, text: str) -> list[int]:
        """Return the numbers of the rules whose cue a text holds."""
        return [places[hit] for together, places in self._sets for hit in together.Match(text) or ()]


@functools.lru_cache(maxsize=8)
def _cues(cues: tuple[tuple[int, str], ...]) -> _Cues:
    return _Cues(cues)


def _outside_labels(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Drop what touches a label that an earlier redaction wrote."""
    if not spans or "[" not in text:
        return spans
    labels = [match.span() for match in LABEL.finditer(text)]
    return [(start, end) for start, end in spans if not any(start < stop and end > begin for begin, stop in labels)]
