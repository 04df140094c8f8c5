"""A machine coder: the phrases of a codebook, with the stance that their context gives them."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .. import text
from ..codebook import Code, Codebook
from ..coding import STANCES, Coding
from ..provenance import note, traced
from . import _gates, _language
from ._matching import Buffer, characters, first_words, hits, joined, leftmost, texts_with
from ._speakers import speakers_of
from ._tables import coding_of, looked_at

if TYPE_CHECKING:
    from re2 import _Regexp as Expression

    from ..corpus import Corpus

__all__ = ["mark", "stances"]

_TOGETHER = 4  # patterns in one automaton
_FOUND = ["row", "code", "stance", "severity", "in_title", "span_start", "span_end", "rule"]


@dataclass(frozen=True)
class _Lines:
    """Patterns of one code; compiled when first looked for, the single ones when first needed to name a rule.

    They are looked for a few together: an automaton of many long patterns outgrows its memory, and is slow.
    """

    lines: tuple[str, ...]
    sources: tuple[str, ...]
    where: str

    @functools.cached_property
    def together(self) -> tuple[Expression, ...]:
        several = ["|".join(self.sources[at : at + _TOGETHER]) for at in range(0, len(self.sources), _TOGETHER)]
        return tuple(_language.compiled(source, where=self.where) for source in several)

    def at(self, data: bytes, start: int, end: int) -> str:
        """Return the first pattern that matches at a hit."""
        both = zip(self.lines, self.sources, strict=True)
        return next(line for line, source in both if _single(source, self.where).match(data, start, end))


@dataclass(frozen=True)
class _Compiled:
    """A codebook made ready: an expression that each text with a hit matches, and the patterns of each code."""

    needed: Expression | None
    acts: tuple[_Lines, ...]
    talk: tuple[_Lines, ...]
    gates: _gates.Gates


@dataclass(frozen=True)
class _Key:
    fingerprint: str
    book: Codebook = field(compare=False)


@traced
def mark(corpus: Corpus, book: Codebook, *, coder: str = "patterns") -> Coding:
    """Mark posts by the phrases of a codebook, with stance and speaker.

    Texts are matched without what they quote from other posts; title and text are matched apart. A hit of a code's
    ``patterns`` is `enacted` only if no gate of its code fires. In posts without one, its ``talk_patterns`` are tried:
    they tell that the matter is spoken of, and without a gate are `advice_sought` in a question and `reported`
    elsewhere. Codes without gates (protective codes, for instance) carry no stance. Each mark tells its rule: the
    pattern, the gate that set the stance, and whether the hit stands in the title. One mark is kept for each post,
    code and stance: the first in the text.

    Parameters
    ----------
    corpus
        Posts, on any engine; they are worked part by part.
    book
        The codebook. Codes without patterns of either kind are never marked, and codes with talk patterns only never
        as enacted by their own hits; the papers name both.
    coder
        Under which name the marks stand.

    Returns
    -------
    A coding. ``looked_at`` has every post with a text or title that was not deleted; ``marks`` has code, stance,
    severity, span (characters of the text; missing for a hit in the title) and rule; ``speakers`` has role,
    profession and certainty of each post's writer.

    Raises
    ------
    CodebookError
        If a pattern or cue is not of the pattern language (codebook, code, pattern and column are named).

    References
    ----------
    Harkema et al. (2009), ConText, 10.1016/j.jbi.2009.05.002.

    Examples
    --------
    >>> import socialwork_research as sw
    >>> posts = pd.DataFrame(
    ...     {
    ...         "post_id": ["a", "b"],
    ...         "thread_id": "a",
    ...         "platform": "forum",
    ...         "created_at": pd.Timestamp("2021-03-01", tz="UTC"),
    ...         "text": ["I accepted my client's friend request.", "Should I accept my client's friend request?"],
    ...     }
    ... )
    >>> book = sw.Codebook.open("boundary_risk")
    >>> mark(sw.Corpus.of(posts, name="two"), book).marks["stance"].tolist()
    ['enacted', 'advice_sought']
    """
    _compiled(_Key(book.fingerprint, book))
    roles = Codebook.open("actor_roles")
    rows = corpus.map(functools.partial(_part, book=book, roles=roles))
    coding = coding_of(rows, coder=coder, book=book)
    return note(
        coding,
        n_posts_not_looked_at=len(corpus) - len(coding.looked_at),
        codes_without_patterns=sorted(code.name for code in book.codes if not (code.patterns or code.talk_patterns)),
        codes_with_talk_patterns_only=sorted(
            code.name for code in book.codes if code.talk_patterns and not code.patterns
        ),
        roles=f"{roles.name} {roles.version}",
    )


@traced
def stances(coding: Coding, *, book: Codebook | None = None) -> pd.DataFrame:
    """Count marks by code and stance; a naive count, uncorrected for the coder's errors.

    Parameters
    ----------
    coding
        One coder's marks, or several coders' stacked.
    book
        The codebook: then there is a row for each code and stance that its patterns could give, met or not, so that no
        row's being there tells that somebody said so.

    Returns
    -------
    One row for each coder, code and stance that occurs, or with `book` could occur (index ``code``): ``coder``,
    ``stance`` (missing for codes without stance), ``n_posts`` (posts marked), ``n_authors`` (authors of those posts;
    deleted authors are not counted), ``n`` (posts that this coder looked at), ``share`` (n_posts / n, 0–1), ``method``
    (``naive``).

    Examples
    --------
    >>> import socialwork_research as sw
    >>> posts = pd.DataFrame(
    ...     {
    ...         "post_id": ["a"],
    ...         "thread_id": "a",
    ...         "platform": "forum",
    ...         "author_id": "x",
    ...         "created_at": pd.Timestamp("2021-03-01", tz="UTC"),
    ...         "text": ["I googled one of my clients last night."],
    ...     }
    ... )
    >>> coding = mark(sw.Corpus.of(posts, name="one"), sw.Codebook.open("boundary_risk"))
    >>> stances(coding)[["stance", "n_posts"]].to_dict("index")
    {'client_online_search': {'stance': 'enacted', 'n_posts': 1}}
    """
    units = coding.looked_at[["post_id", "coder", "author_id"]]
    marked = coding.marks.merge(units, on=["post_id", "coder"], how="left", validate="many_to_one")
    by = ["coder", "code", "stance"]
    counts = marked.groupby(by, dropna=False, sort=True).agg(
        n_posts=("post_id", "nunique"), n_authors=("author_id", "nunique")
    )
    table = counts.reset_index() if book is None else _every(counts, coding, book)
    table["n"] = table["coder"].map(coding.looked_at.groupby("coder")["post_id"].nunique()).astype("int64")
    table["share"] = table["n_posts"] / table["n"]
    table["method"] = "naive"
    return table.set_index("code")


def _every(counts: pd.DataFrame, coding: Coding, book: Codebook) -> pd.DataFrame:
    """Give each coder a row for each code with patterns and each stance that it can have; what was not met counts 0."""
    could = {
        (coder, code.name, stance)
        for coder in coding.looked_at["coder"].unique()
        for code in book.codes
        if code.patterns or code.talk_patterns
        for stance in (STANCES if code.gates else (None,))
    }
    met = counts.reset_index()
    rows = pd.DataFrame(sorted(could, key=str), columns=met.columns[:3]).astype(met.dtypes.iloc[:3])
    whole = rows.merge(met, on=list(rows.columns), how="outer")
    whole[["n_posts", "n_authors"]] = whole[["n_posts", "n_authors"]].fillna(0).astype("int64")
    return whole.sort_values(list(rows.columns), ignore_index=True)


@functools.lru_cache(maxsize=1024)
def _single(source: str, where: str) -> Expression:
    return _language.compiled(source, where=where)


@functools.lru_cache(maxsize=8)
def _compiled(key: _Key) -> _Compiled:
    """Translate a codebook, once a process: a fault in any line shows here; codes are compiled when looked for."""
    book = key.book
    known: dict[str, _language.Phrase] = {}
    needed: dict[str, None] = {}

    def ready(code: Code, lines: tuple[str, ...]) -> _Lines:
        where = f"codebook {book.name!r}, code {code.name!r}"
        phrases = [_language.phrase(line, signals=book.signals, where=where, known=known) for line in lines]
        needed.update(dict.fromkeys(each.needed for each in phrases))
        return _Lines(lines, tuple(each.source for each in phrases), where)

    acts = tuple(ready(code, code.patterns) for code in book.codes)
    talk = tuple(ready(code, code.talk_patterns) for code in book.codes)
    return _Compiled(
        needed=_language.compiled("|".join(needed), where=f"codebook {book.name!r}") if needed else None,
        acts=acts,
        talk=talk,
        gates=_gates.gates_of(book),
    )


def _part(posts: pd.DataFrame, *, book: Codebook, roles: Codebook) -> pd.DataFrame:
    """Code one part: a row for each mark, and one for each post looked at without a mark."""
    seen = looked_at(posts)
    about = pd.concat(
        [seen[["post_id", "thread_id", "author_id", "platform", "community"]], speakers_of(seen, roles)], axis=1
    )
    found = _found(seen, book, (about["role"] == "service_user").to_numpy())
    return about.merge(found, left_index=True, right_on="row", how="left").drop(columns="row")


def _found(posts: pd.DataFrame, book: Codebook, by_service_user: np.ndarray) -> pd.DataFrame:
    """Find the marks in posts (index 0 … n - 1)."""
    ready = _compiled(_Key(book.fingerprint, book))
    n = len(posts)
    texts = [*text.strip_quotes_of(posts["text"]).fillna(""), *posts["title"].fillna("")]
    rows = _candidates(texts, ready, n)
    small = joined([texts[row + shift] for shift in (0, n) for row in rows])
    surroundings = _gates.context(small, ready.gates, post_of_text=np.tile(rows, 2))
    here = _Here(small, rows, surroundings, ready.gates, by_service_user)
    tables = []
    for code, acts, talk in zip(book.codes, ready.acts, ready.talk, strict=True):
        acted = _marks_of(code, acts, here=here, talk=False)
        spoken = _marks_of(code, talk, here=here, talk=True)
        tables.extend([acted, spoken[~spoken["row"].isin(acted["row"])]])
    filled = [table for table in tables if len(table)]
    found = pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=_FOUND)
    found = found.sort_values(["row", "code", "in_title", "span_start"], kind="stable")
    kept = found.drop_duplicates(["row", "code", "stance"], ignore_index=True)
    return kept.astype({"row": "int64", "code": "str", "stance": "str", "rule": "str"})


def _candidates(texts: list[str], ready: _Compiled, n: int) -> np.ndarray:
    """Return the posts with a hit in text or title: a quick look for what is needed, then for each code in what is left."""
    if ready.needed is None:
        return np.empty(0, np.int64)
    possible = texts_with(joined(texts), ready.needed)
    if not len(possible):
        return possible
    fewer = joined([texts[number] for number in possible])
    found = [texts_with(fewer, several) for lines in (*ready.acts, *ready.talk) for several in lines.together]
    return np.unique(possible[np.concatenate(found)] % n)


@dataclass(frozen=True)
class _Here:
    """A buffer of candidate posts (their texts, then their titles), and what is known of it."""

    buffer: Buffer
    rows: np.ndarray
    surroundings: _gates.Context
    gates: _gates.Gates
    by_service_user: np.ndarray


def _marks_of(code: Code, lines: _Lines, *, here: _Here, talk: bool) -> pd.DataFrame:
    """Return the marks that the acting or the talk patterns of one code give."""
    if not lines.lines or not len(here.rows):
        return pd.DataFrame(columns=_FOUND)
    buffer, rows = here.buffer, here.rows
    found, end = leftmost([hits(buffer, several) for several in lines.together])
    start = first_words(buffer, found, end)
    texts = buffer.text_at(start)
    in_title = texts >= len(rows)
    row = rows[texts % len(rows)]
    stance, fired = _gates.stances(
        (start, end),
        posts=row,
        surroundings=here.surroundings,
        gates=here.gates,
        applying=code.gates,
        talk=talk,
        by_service_user=here.by_service_user[row],
    )
    patterns = [lines.at(buffer.data, int(begin), int(until)) for begin, until in zip(found, end, strict=True)]
    kind = "talk pattern" if talk else "pattern"
    gates = [f"; gate: {gate}" if gate else "" for gate in fired]
    titles = ["; in the title" if title else "" for title in in_title]
    spans = [pd.Series(characters(buffer, places), dtype="Int64").mask(in_title) for places in (start, end)]
    return pd.DataFrame(
        {
            "row": row,
            "code": code.name,
            "stance": stance,
            "severity": pd.array([code.severity] * len(start), dtype="Int64"),
            "in_title": in_title,
            "span_start": spans[0],
            "span_end": spans[1],
            "rule": [f"{kind}: {line}{gate}{title}" for line, gate, title in zip(patterns, gates, titles, strict=True)],
        }
    )
