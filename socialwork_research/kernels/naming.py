"""Names in a text: of persons, places, agencies, schools and courts, for redaction.

Rules over capitalised words, with lists of names (`naming_data/SOURCES.md` has their makers and licences) and a
vocabulary of the words around them. No list says alone that "Will", "May" or "Grace" is a person: an everyday word is
taken for a name only where a title, a role, a verb of persons, a greeting or a signature says so. What must stay stays:
months, nations and states (as 45 CFR 164.514(b)(2)(i)(B) lets them), bodies of the whole profession, eponyms such as
"Gillick competence" and "Clare's Law", cited authors, products. `naming_data/examples.txt` holds examples and
counter-examples of every rule, and the tests hold the rules to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from . import _naming_colleges, _naming_greeted, _naming_initials, _naming_small
from ._naming_bodies import bodies
from ._naming_called import called
from ._naming_colleges import colleges
from ._naming_greeted import greeted
from ._naming_initials import initials
from ._naming_peoples import peoples
from ._naming_persons import companions, other_persons, sure_persons
from ._naming_places import long_places, places, stays
from ._naming_small import small
from ._naming_strangers import strangers
from ._naming_tags import tags
from ._naming_words import Text

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["KINDS", "found"]

KINDS = ("PERSON", "PLACE", "AGENCY", "SCHOOL", "COURT")


_INITIALS, _COLLEGES, _PRESENTS, _GREETS = range(4)


def found(texts: Sequence[str | None]) -> pa.Table:
    """Find names of persons, places, agencies, schools and courts in English texts.

    Parameters
    ----------
    texts
        Texts of posts; missing ones hold nothing.

    Returns
    -------
    A table with a row a name, in the order of the texts and of the places in them; no two overlap. Columns: `text`
    (number of the text, from 0), `start` and `end` (characters; the end is the first one after the name, and a
    possessive ending stands outside), `kind` (one of `KINDS`). Titles such as "Mrs" stand outside.

    References
    ----------
    45 CFR 164.514(b)(2)(i): what makes health records identifiable in the United States; among others names and all
    geographic subdivisions smaller than a state.

    Examples
    --------
    >>> found(["My client Dana moved to Hackney in May.", "Will you get a grace period?"]).to_pylist()
    [{'text': 0, 'start': 10, 'end': 14, 'kind': 'PERSON'}, {'text': 0, 'start': 24, 'end': 31, 'kind': 'PLACE'}]
    """
    import pyarrow as pa

    numbers: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    kinds: list[str] = []
    for number, text in enumerate(texts):
        if text:
            for start, end, kind in _spans(text):
                numbers.append(number)
                starts.append(start)
                ends.append(end)
                kinds.append(kind)
    return pa.table(
        {
            "text": pa.array(numbers, pa.int64()),
            "start": pa.array(starts, pa.int64()),
            "end": pa.array(ends, pa.int64()),
            "kind": pa.array(kinds, pa.string()),
        }
    )


def _spans(text: str) -> list[tuple[int, int, str]]:
    """Return the names of a text, in order, none overlapping another."""
    words = Text(text)
    if words.telling:
        bodies(words)
        stays(words)
        peoples(words)
        long_places(words)
        sure_persons(words)
        places(words)
        other_persons(words)
        strangers(words)
        called(words)
        companions(words)
    tags(text, words.spans)
    hints = _hints().Match(text) or ()
    if _INITIALS in hints:
        initials(text, words.spans)
    if _COLLEGES in hints:
        colleges(text, words.spans)
    in_small: list[tuple[int, int, str]] = []
    small(text, in_small, capitals=words.capitals, presents=_PRESENTS in hints)
    words.spans += [span for span in in_small if not words.foreign(span[0])]
    if _GREETS in hints:
        words.spans += greeted(text)
    kept: list[tuple[int, int, str]] = []
    for span in sorted(words.spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


@cache
def _hints() -> Any:
    """Return what tells from a text which of the rules for initials, colleges and presented names it needs."""
    import re2

    together = re2.Set.SearchSet()
    for hint in (_naming_initials.HINT, _naming_colleges.HINT, _naming_small.HINT, _naming_greeted.HINT):
        together.Add(hint)
    together.Compile()
    return together
