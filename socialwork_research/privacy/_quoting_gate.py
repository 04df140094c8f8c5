"""The gate: words become a quotation if they were consented to, or passed every test; else they stay out."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .._checks import option
from ..errors import OptionError, PrivacyError
from ..kernels.quotations import BASES, Basis, Quote, made
from ..provenance import note, traced
from . import _quoting_consent as consents_of
from . import _quoting_tests as tests_of
from ._quoting_tests import Limits, Row

if TYPE_CHECKING:
    import pandas as pd

    from ..corpus import Corpus

__all__ = ["quote"]

_INITIALS = re.compile(r"[^\W\d_]{2,4}")
_USUAL = Limits()
_WIDEST = Limits(run=7, phrases=6, rare=1, similarity=0.6, dominance=0.75)
_SOURCES = {"verbatim": (1, 1), "reworded": (1, 1), "composite": (2, None), "invented": (0, 0)}
_LOOK = (
    "Search for its phrases on the live web and on the platform; give the day as searched= and your initials as by=."
)
_ASK = "Ask the author, and record the signed form with consent(); or put it in other words."
_RESPECT = "Leave it out: its author withdrew consent."


@traced
def quote(
    text: str,
    corpus: Corpus,
    *,
    basis: Basis,
    source_posts: Sequence[str] = (),
    consents: str | Path | None = None,
    searched: str | None = None,
    by: str | None = None,
    limits: Limits = _USUAL,
) -> Quote:
    """Make words a quotation that reports take, or say which tests they fail.

    Words of a post need their author's written consent. Words in their place, words made of several posts, and invented
    ones have to pass every test of `paraphrase`, `composite` or `risk`, and a person has to have searched for them on the
    live web in vain: no corpus is as large as what a search engine holds.

    Parameters
    ----------
    text
        What is to be published.
    corpus
        All posts that were collected.
    basis
        ``"verbatim"``, ``"reworded"``, ``"composite"`` or ``"invented"``.
    source_posts
        The ids of the posts that the words are of, or were made from: one; for a composite at least two; for invented
        words none. Papers do not tell them.
    consents
        The key-holder's file of consents: needed for verbatim words; where it is given, no post is used in any form whose
        author withdrew consent.
    searched
        The day of the search on the live web, as ``2026-11-02``.
    by
        Two to four letters: the initials of who searched.
    limits
        How near the words may come to a post. Wider ones than the usual are told in the papers, and have a bound: beyond
        it a post's own words would pass for other words.

    Returns
    -------
    The quotation. Its papers tell the tests and their figures, not the words. One with consent holds words of a post, so
    the publication gate will point at it: name the consent there as the reason.

    Raises
    ------
    PrivacyError
        If a test is failed; it names the tests, never the words.
    OptionError
        If the basis is unknown, the posts do not fit it, a day is none or yet to come, `by` is not initials, or the limits
        are too wide.
    SchemaError
        If the corpus lacks one of the posts.

    Examples
    --------
    >>> from socialwork_research import sources
    >>> corpus = sources.read("corpora/sample/posts.jsonl")
    >>> quote("Zebras queue quietly", corpus, basis="invented", searched="2026-11-02", by="AB")
    Quote (invented, 6 of 6 tests passed)
    >>> quote("Zebras queue quietly", corpus, basis="invented")
    Traceback (most recent call last):
    ...
    socialwork_research.errors.PrivacyError: The words are not quoted; failed: searched on the live web. Mend: ...
    """
    option(basis, BASES, "basis")
    posts = _sources(corpus, basis, source_posts)
    day = None if searched is None else consents_of.day(searched, "searched")
    if by is not None and not _INITIALS.fullmatch(by):
        raise OptionError("by= takes two to four letters: the initials of who searched, not a name.")
    widened = _widened(limits)
    records = [] if consents is None else consents_of.read(Path(consents).expanduser())
    found = [] if consents is None else [_withdrawn(records, source_posts)]
    consented = None
    if basis == "verbatim":
        record = consents_of.standing(records, source_posts[0], "verbatim")
        consented = None if record is None else record.date
        found += _of_verbatim(text, posts, is_consented=record is not None)
    else:
        found += tests_of.rows([text], corpus, limits)[0]
        found += tests_of.about_sources(text, posts, limits) if len(posts) else []
        found.append(("searched on the live web", float(not (day and by)), 0.0, bool(day and by), _LOOK))
    failed = [row for row in found if not row[3]]
    if failed:
        mends = " ".join(dict.fromkeys(row[4] for row in failed))
        raise PrivacyError(f"The words are not quoted; failed: {', '.join(row[0] for row in failed)}. Mend: {mends}")
    tests = tuple(
        (name, None if math.isnan(value) else float(value), float(limit), True) for name, value, limit, *_ in found
    )
    result = made(text, basis=basis, tests=tests, searched=day, by=by, consented=consented)
    told = {name: {"value": value, "limit": limit} for name, value, limit, _ in tests}
    return note(result, basis=basis, tests=told, widened=widened, n_posts=len(corpus))


def _widened(limits: Limits) -> list[str]:
    """Name the limits that are wider than the usual; refuse such as would let a post's own words pass."""
    given, usual, widest = (dataclasses.asdict(each) for each in (limits, _USUAL, _WIDEST))
    bounded = [name for name in given if name != "rare"]  # which says what a phrase is, not how many may be shared
    beyond = [f"{name}={given[name]} (at most {widest[name]})" for name in bounded if given[name] > widest[name]]
    if beyond:
        raise OptionError(
            f"These limits are too wide for a quotation: {', '.join(beyond)}. Mend: put it in other words."
        )
    return [name for name in bounded if given[name] > usual[name]] + ["rare"] * (limits.rare < _USUAL.rare)


def _sources(corpus: Corpus, basis: Basis, ids: Sequence[str]) -> pd.DataFrame | tuple[()]:
    least, most = _SOURCES[basis]
    if isinstance(ids, str) or len(ids) < least or (most is not None and len(ids) > most):
        wanted = "none" if most == 0 else "one, in a list" if most == 1 else f"at least {least}"
        raise OptionError(f"source_posts does not fit {basis!r} words: the number of posts is {wanted}.")
    return tests_of.texts_of(corpus, ids) if len(ids) else ()


def _of_verbatim(text: str, posts: pd.DataFrame | tuple[()], *, is_consented: bool) -> list[Row]:
    """Return the tests of a post's own words: consented to, unchanged, still there, and naming nobody."""
    if isinstance(posts, tuple):
        return []
    return [
        ("consent to the very words", float(not is_consented), 0.0, is_consented, _ASK),
        tests_of.words_apart(text, posts["words"].iloc[0]),
        tests_of.gone_sources(posts),
        tests_of.named(text),
    ]


def _withdrawn(records: Sequence[consents_of.Consent], posts: Sequence[str]) -> Row:
    n_withdrawn = len({each.post for each in records if each.withdrawn is not None and each.post in posts})
    return ("consent withdrawn", n_withdrawn, 0.0, not n_withdrawn, _RESPECT)
