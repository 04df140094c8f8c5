"""Who speaks, told from the account's profile and from what the post says of its writer."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .. import text
from ..errors import CodebookError
from . import _language
from ._matching import joined, texts_with

if TYPE_CHECKING:
    from re2 import _Regexp as Expression

    from ..codebook import Codebook

__all__ = ["speakers_of"]

UNCLEAR = ("unclear", "unclear", "unclear")
_CERTAINTY = {"profile": "known", "text": "probable"}  # how sure each place makes us


@dataclass(frozen=True)
class _Key:
    fingerprint: str
    book: Codebook = field(compare=False)


@dataclass(frozen=True)
class _Cues:
    """What tells a role in one place: an expression that each such text matches, and (role, profession, expression)."""

    needed: Expression
    roles: tuple[tuple[str, str, Expression], ...]


@functools.lru_cache(maxsize=4)
def _cues(key: _Key) -> dict[str, _Cues]:
    """Compile a book of roles, for each place that tells."""
    book = key.book
    found: dict[str, list[tuple[str, str, Expression]]] = {place: [] for place in _CERTAINTY}
    needed: dict[str, list[str]] = {place: [] for place in _CERTAINTY}
    known: dict[str, _language.Phrase] = {}
    for code in book.codes:
        where = f"codebook {book.name!r}, code {code.name!r}"
        role, _, profession = str(code.id).partition("/")
        profession, _, place = profession.partition("/")
        if place not in found:
            raise CodebookError(f"{where}: the id of a role is role/profession/profile or role/profession/text.")
        phrase = _language.union(code.patterns, signals=book.signals, where=where, known=known)
        found[place].append((role, profession, _language.compiled(phrase.source, where=where)))
        needed[place].append(phrase.needed)
    return {
        place: _Cues(_language.compiled("|".join(needed[place]), where=f"codebook {book.name!r}"), tuple(found[place]))
        for place in _CERTAINTY
    }


def speakers_of(posts: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Return role, profession and certainty of the writer of each post, in the order of `posts`.

    The profile speaks first (certainty known), then the post itself (probable); else all is unclear. Within either,
    the first code of the book that matches decides.
    """
    cues = _cues(_Key(book.fingerprint, book))
    said = text.strip_quotes_of(posts["text"]).fillna("") + "\n\n" + posts["title"].fillna("")
    numbers, profiles = pd.factorize(posts["author_profile"])
    table = np.tile(np.array(UNCLEAR, dtype=object), (len(posts), 1))
    by_profile = _first(list(profiles), cues["profile"], "known")
    has_profile = numbers >= 0
    table[has_profile] = by_profile[numbers[has_profile]]
    open_still = table[:, 2] == "unclear"
    table[open_still] = _first(said[open_still].tolist(), cues["text"], "probable")
    return pd.DataFrame(table, columns=["role", "profession", "certainty"], index=posts.index).astype("str")


def _first(texts: list[str], cues: _Cues, certainty: str) -> np.ndarray:
    """Return role, profession and certainty for each text; the first cue of the book that matches decides."""
    result = np.tile(np.array(UNCLEAR, dtype=object), (len(texts), 1))
    possible = texts_with(joined(texts), cues.needed)
    fewer = joined([texts[number] for number in possible])
    for role, profession, expression in reversed(cues.roles):
        result[possible[texts_with(fewer, expression)]] = (role, profession, certainty)
    return result
