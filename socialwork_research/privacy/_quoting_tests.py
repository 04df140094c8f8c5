"""The tests that words must pass before they are published, as rows of a table."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .._checks import count, share
from ..errors import OptionError, SchemaError
from ..kernels import naming, redacting
from ..kernels.quoting import resemblance
from ..text import strip_quotes, words

if TYPE_CHECKING:
    from ..corpus import Corpus

__all__ = ["Limits", "Row", "about_sources", "failed", "named", "rows", "table", "texts_of", "words_apart"]

Row = tuple[str, float, float, bool, str]

COLUMNS = ("value", "limit", "passes", "mend")
_GONE = ("deleted", "suspended")
_CHANCE = 0.5  # of the limit: a post that shares less is the nearest by chance
_FULL = 1e-9
_LONG_WORD = 4  # letters: shorter words are in every text
_REWORD = "Put the stretches that are the post's own into other words, and turn sentences round."
_RARE = "Replace rare words and odd phrases: several of them together lead to one post."
_NEAR = "Tell it anew from memory, in another order, with the post out of sight."
_LEAVE = "Leave it out: who deleted a post, or an account, has said that it is not to be found."
_NAMES = "Take names, places, handles, links, dates and numbers out, or put a label such as [PERSON_1] there."
_EXACT = "Quote one stretch of the post as it stands there, without what it quotes from others."
_EVEN = "Take less from that post and more from the others."


@dataclasses.dataclass(frozen=True)
class Limits:
    """How near words may come to a post.

    Parameters
    ----------
    run
        The most words in a row that they may share with any post.
    phrases
        The most rare phrases (three words in a row) that they may share with one and the same post.
    rare
        A phrase is rare if no more posts hold it.
    similarity
        The share of their stretches of eight letters, 0–1, which no post may reach.
    dominance
        Of the longer words that a composite took from its sources, the share that may come from one of them alone.
    """

    run: int = 4
    phrases: int = 2
    rare: int = 2
    similarity: float = 0.4
    dominance: float = 0.5

    def __post_init__(self) -> None:
        count(self.run, "run")
        count(self.phrases, "phrases", least=0)
        count(self.rare, "rare")
        share(self.similarity, "similarity")
        share(self.dominance, "dominance")


def rows(texts: Sequence[str], corpus: Corpus, limits: Limits) -> list[list[Row]]:
    """Return the tests of each text against all posts, which are read once."""
    for text in texts:
        if not isinstance(text, str) or not words(text):
            raise OptionError("The text holds no words. Mend: give what is to be published.")
    found = resemblance(texts, _passing(corpus), run=limits.run, rare=limits.rare).to_pylist()
    return [[*_rows_of(one, limits), named(text)] for one, text in zip(found, texts, strict=True)]


def about_sources(text: str, posts: pd.DataFrame, limits: Limits) -> list[Row]:
    """Return the tests of a text against each of the posts that it was made from, in their order."""
    result: list[Row] = []
    for number, post in enumerate(posts["words"], start=1):
        one = resemblance([text], [([post], np.zeros(1, dtype=bool))], run=limits.run, rare=1).to_pylist()[0]
        run = one["longest_run"]
        result.append((f"words shared with source {number}", run, limits.run, run <= limits.run, _REWORD))
        near = np.nan if one["similarity"] is None else one["similarity"]
        result.append((f"likeness to source {number}", near, limits.similarity, not near >= limits.similarity, _NEAR))
    if len(posts) > 1:
        result.append(_dominance(text, posts["words"].tolist(), limits))
    return [*result, gone_sources(posts)]


def gone_sources(posts: pd.DataFrame) -> Row:
    """Return the test that no source, nor its author's account, was deleted."""
    n_gone = int(posts["is_gone"].sum())
    return ("sources deleted", n_gone, 0.0, not n_gone, _LEAVE)


def words_apart(text: str, post: str) -> Row:
    """Return the test that a text is a stretch of a post's own words, as they stand there."""
    one = resemblance([text], [([post], np.zeros(1, dtype=bool))], run=1, rare=1).to_pylist()[0]
    n_apart = one["n_words"] - one["longest_run"]
    return ("words that are not the source's", n_apart, 0.0, not n_apart, _EXACT)


def named(text: str) -> Row:
    """Return the test that a text holds no identifier."""
    n_named = _identifiers([text])[0]
    return ("identifiers", n_named, 0.0, not n_named, _NAMES)


def failed(found: Sequence[Row]) -> list[str]:
    """Return the names of the tests that were not passed."""
    return [row[0] for row in found if not row[3]]


def table(found: Sequence[Row]) -> pd.DataFrame:
    """Return rows as the table that users see."""
    told = pd.DataFrame([row[1:] for row in found], columns=list(COLUMNS), index=[row[0] for row in found])
    told.index.name = "test"
    return told.astype({"value": "float64", "limit": "float64", "passes": "bool", "mend": "str"})


def texts_of(corpus: Corpus, ids: Sequence[str]) -> pd.DataFrame:
    """Return the posts of these ids in the order of the ids: ``words`` (without what they quote) and ``is_gone``."""
    if isinstance(ids, str) or not len(ids) or len(set(ids)) != len(ids):
        raise OptionError("The source posts are a list of different ids, at least one.")
    posts = corpus.select(ids=list(ids)).posts
    if len(posts) != len(ids):
        raise SchemaError(
            f"{len(ids) - len(posts)} of {len(ids)} source posts are not in the corpus. Mend: give ids of this corpus."
        )
    posts = posts.set_index("post_id").loc[list(ids)]
    return pd.DataFrame({"words": [strip_quotes(text) for text in _whole(posts)], "is_gone": _gone(posts)})


def _passing(corpus: Corpus) -> Iterator[tuple[list[str], np.ndarray]]:
    """Give the words of all posts, part by part, and which posts are gone."""
    for posts in corpus._chunks():
        yield _whole(posts), _gone(posts)


def _whole(posts: pd.DataFrame) -> list[str]:
    whole = posts["title"].fillna("").astype("str") + "\n" + posts["text"].fillna("").astype("str")
    return list(whole)


def _gone(posts: pd.DataFrame) -> np.ndarray:
    """Tell which posts, or whose accounts, were deleted."""
    gone = posts["is_deleted"] | posts["removed_at"].notna() | posts["author_state"].isin(_GONE)
    return gone.to_numpy(dtype=bool)


def _rows_of(one: dict[str, Any], limits: Limits) -> list[Row]:
    near = np.nan if one["similarity"] is None else one["similarity"]
    is_near = bool(near >= _CHANCE * limits.similarity)  # NaN is not
    gone = float(one["is_gone"] and is_near)
    run, phrases = one["longest_run"], one["rare_phrases"]
    return [
        ("words shared in a row", run, limits.run, run <= limits.run, _REWORD),
        ("rare phrases of one post", phrases, limits.phrases, phrases <= limits.phrases, _RARE),
        ("likeness to the nearest post", near, limits.similarity, not near >= limits.similarity, _NEAR),
        ("nearest post deleted", gone, 0.0, not gone, _LEAVE),
    ]


def _identifiers(texts: Sequence[str]) -> list[int]:
    """Count what names or reaches somebody in each text: identifiers of any form, and names of any kind."""
    places = [table["text"].to_pylist() for table in (redacting.found(texts), naming.found(texts))]
    return [sum(found.count(number) for found in places) for number in range(len(texts))]


def _dominance(text: str, posts: Sequence[str], limits: Limits) -> Row:
    """Tell what share of the longer words taken from all sources came from the one that gave most alone."""
    ours = {word for word in words(text) if len(word) >= _LONG_WORD}
    theirs = [ours.intersection(words(post)) for post in posts]
    taken = set().union(*theirs)
    alone = [found.difference(*theirs[:n], *theirs[n + 1 :]) for n, found in enumerate(theirs)]
    largest = max(map(len, alone)) / len(taken) if taken else 0.0
    return ("share of one source", largest, limits.dominance, largest <= limits.dominance + _FULL, _EVEN)
