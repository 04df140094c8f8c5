"""Which threads of a corpus a reader wants, and the posts of one thread in the order in which they answer each other."""

from __future__ import annotations

import dataclasses
from typing import Any

import narwhals as nw
import pandas as pd

from .. import frames
from .._selection import criteria
from ..coding import Coding
from ..corpus import Corpus

__all__ = ["Seen", "Wanted", "in_order", "posts_of", "threads"]

_READ = ["post_id", "thread_id", "reply_to", "author_id", "author_state", "created_at", "platform", "community", "kind"]
_WORDS = ["title", "text", "is_deleted"]


@dataclasses.dataclass(frozen=True)
class Wanted:
    """What a reader filters by; an empty word filters by nothing."""

    platform: str = ""
    since: str = ""
    until: str = ""
    theme: str = ""
    code: str = ""
    stance: str = ""


@dataclasses.dataclass(frozen=True)
class Seen:
    """A post in its thread: its number there, what it answers, how deep it lies, who speaks."""

    number: int
    depth: int
    parent: int | None  # the number of the post that it answers
    is_adrift: bool  # it answers a post that is not in the thread, or the answers go round in a circle
    speaker: str
    row: dict[str, Any] = dataclasses.field(repr=False)


def threads(corpus: Corpus, wanted: Wanted, *, coding: Coding | None, themes: pd.Series | None) -> list[str]:
    """Return the threads that have a post which meets all that is wanted, by the time of their first such post.

    Raises
    ------
    OptionError
        If a day cannot be read.
    """
    ids = _ids(wanted, coding, themes)
    if ids is not None and not ids:
        return []
    given = {"since": wanted.since, "until": wanted.until, "platform": wanted.platform, "ids": ids}
    lazy = corpus.scan()
    for _, test in criteria({name: value for name, value in given.items() if value}):
        lazy = lazy.filter(test)
    firsts = lazy.group_by("thread_id").agg(first=nw.col("created_at").min())
    return frames.collect(firsts, by=["first", "thread_id"])["thread_id"].tolist()


def _ids(wanted: Wanted, coding: Coding | None, themes: pd.Series | None) -> list[str] | None:
    """Return the posts that have the mark and the theme that are wanted; None where neither is."""
    found: set[str] | None = None
    if wanted.code or wanted.stance:
        marks = coding.marks if coding is not None else pd.DataFrame({"post_id": [], "code": [], "stance": []})
        for name, value in (("code", wanted.code), ("stance", wanted.stance)):
            marks = marks[marks[name] == value] if value else marks
        found = set(marks["post_id"])
    if wanted.theme:
        within = set(themes.index[themes.astype("str") == wanted.theme]) if themes is not None else set()
        found = within if found is None else found & within
    return None if found is None else sorted(found)


def posts_of(corpus: Corpus, thread: str) -> pd.DataFrame:
    """Return the posts of one thread by time and id."""
    lazy = corpus.scan().filter(nw.col("thread_id") == thread).select(*_READ, *_WORDS)
    return frames.collect(lazy, by=["created_at", "post_id"])


def in_order(posts: pd.DataFrame) -> list[Seen]:
    """Put the posts of a thread into the order of reading: each answer beneath what it answers, earlier ones first.

    A post whose parent is not in the thread stands at the edge; where answers go round in a circle, the earliest does.
    """
    rows = posts.to_dict("records")
    places = {row["post_id"]: place for place, row in enumerate(rows)}
    above = [_above(row, place, places) for place, row in enumerate(rows)]
    beneath: dict[int, list[int]] = {}
    for place, parent in enumerate(above):
        if parent is not None:
            beneath.setdefault(parent, []).append(place)
    speakers = _speakers(posts)
    seen: list[Seen] = []
    numbers: dict[int, int] = {}
    tops = [place for place, parent in enumerate(above) if parent is None]
    for top in [*tops, *range(len(rows))]:  # what no top leads to lies in a circle, and is entered at its earliest post
        waiting = [(top, 0)]
        while waiting:
            place, depth = waiting.pop()
            if place in numbers:
                continue
            numbers[place] = len(seen) + 1
            parent = above[place] if depth else None
            row = rows[place]
            seen.append(
                Seen(
                    number=numbers[place],
                    depth=depth,
                    parent=None if parent is None else numbers[parent],
                    is_adrift=not depth and isinstance(row["reply_to"], str),
                    speaker=speakers[place],
                    row=row,
                )
            )
            waiting += [(each, depth + 1) for each in reversed(beneath.get(place, []))]
    return seen


def _above(row: dict[str, Any], place: int, places: dict[str, int]) -> int | None:
    parent = places.get(row["reply_to"]) if isinstance(row["reply_to"], str) else None
    return None if parent == place else parent


def _speakers(posts: pd.DataFrame) -> list[str]:
    """Number the accounts of a thread by their first post: a reader needs to tell them apart, not to know them."""
    codes, _ = pd.factorize(posts["author_id"])
    states = posts["author_state"].tolist()
    return [
        f"Person {code + 1}" if code >= 0 else f"an account not known ({state})"
        for code, state in zip(codes, states, strict=True)
    ]
