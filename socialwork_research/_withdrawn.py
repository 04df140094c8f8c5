"""What was withdrawn stays withdrawn: the list beside a project's corpora, and posts emptied by it.

`withdrawals.json` holds no id: each is hashed again under a random salt of the project and a name of its own for posts
and for authors. To whom it tells what: without the pseudonyms, nothing but how many there are, since a pseudonym cannot
be guessed; whoever has an older copy of the corpus can tell which of its posts were withdrawn, as comparing the two would
tell them anyway; and so can the key-holder of an account that is put before them. Where ids are no pseudonyms (a corpus
read without a key) they can be guessed and tried, as with any plain hash.

The hash of a post's id is also the new id of its empty place: so the same export, imported again, gives the same corpus.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np
import pandas as pd

from . import _files, frames
from .errors import SchemaError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["BLANK", "NAME", "PARENTS", "Withdrawn", "above", "emptied_corpus", "read", "stream", "without_authors"]

C = TypeVar("C")

NAME = "withdrawals.json"
BLANK = "[withdrawn]"
SCHEMA = 1
PARENTS = ("thread_id", "reply_to", "quote_of", "repost_of")  # columns of posts that name another post
_EMPTIED = {  # what a tombstone no longer says
    "text": "reply_to_author author_id title text lang author_profile".split(),
    "list": "tags mentions links media".split(),
    "int": "n_edits n_likes n_shares".split(),
}
_UP = 6  # folders above a corpus in which the list is looked for
_END = ".git"  # a project ends where this lies
_BYTES, _LENGTH = 16, 26  # of a pseudonym: 128 bits at five a letter
_SALT_BYTES = 32


class Withdrawn:
    """The list of one project: hashed posts, authors and quotations, and the records of what was done."""

    def __init__(self, content: dict[str, Any] | None = None) -> None:
        given = content or {}
        self.salt = bytes.fromhex(given["salt"]) if given else secrets.token_bytes(_SALT_BYTES)
        self.posts: dict[str, dict[str, str]] = dict(given.get("posts", {}))
        self.authors: set[str] = set(given.get("authors", ()))
        self.quotes: dict[str, list[dict[str, Any]]] = dict(given.get("quotes", {}))
        self.records: list[dict[str, Any]] = list(given.get("records", ()))
        self.pending: dict[str, Any] | None = given.get("pending")

    def of(self, kind: Literal["post", "author", "text"], word: str) -> str:
        """Hash an id (or a text) for this list: 26 letters."""
        digest = hmac.digest(self.salt, f"withdrawn\x1f{kind}\x1f{word}".encode("utf-8", "replace"), "sha256")
        return base64.b32encode(digest[:_BYTES]).decode("ascii").lower()[:_LENGTH]

    def content(self) -> dict[str, Any]:
        """Return what the file holds."""
        held = {"schema": SCHEMA, "salt": self.salt.hex(), "posts": self.posts, "authors": sorted(self.authors)}
        return {**held, "quotes": self.quotes, "records": self.records, "pending": self.pending}

    def write(self, path: Path) -> None:
        """Write the list in one step."""
        _files.write_json(path, self.content())

    def places(self, ids: pd.Series) -> dict[str, str]:
        """Return the withdrawn posts among `ids`, each with the id of its empty place."""
        found = ((each, self.place_of(each)) for each in ids.dropna().unique())
        return {each: place for each, place in found if place is not None}

    def place_of(self, post: str) -> str | None:
        """Return the id of the empty place of a withdrawn post, which is its own; None for posts that stay."""
        place = post if post in self.posts else self.of("post", post)
        return place if place in self.posts else None

    def gone_authors(self, ids: Iterable[str]) -> set[str]:
        """Return the withdrawn authors among `ids`."""
        return {each for each in ids if each in self.authors or self.of("author", each) in self.authors}

    def emptied(self, posts: pd.DataFrame) -> tuple[pd.DataFrame, int]:
        """Return posts with the withdrawn ones as empty places, and how many those are.

        A later post of a withdrawn author is emptied, too; it keeps its id, as the list cannot know who answered it.
        """
        ids = pd.concat([posts["post_id"], *(posts[name] for name in PARENTS)], ignore_index=True)
        places = self.places(ids)
        people = pd.concat([posts["author_id"], posts["reply_to_author"]]).dropna().unique()
        named = {each for several in posts["mentions"] if several is not None for each in several}
        authors = self.gone_authors({*people, *named}) if self.authors else set()
        quoted = posts["post_id"].map(self._quoted) if self.quotes else pd.Series(None, posts.index, dtype=object)
        if not (places or authors or quoted.notna().any()):
            return posts, 0
        result = posts.copy()
        self._blank(result, quoted)
        is_gone = (posts["post_id"].isin(list(places)) | posts["author_id"].isin(list(authors))).to_numpy(dtype=bool)
        self._empty(result, posts["post_id"].map(places), is_gone)
        for name in ("post_id", *PARENTS):
            result[name] = result[name].map(lambda each: places.get(each, each)).astype("str")
        is_known = result["reply_to_author"].isin(list(authors)) | posts["reply_to"].isin(list(places))
        result["reply_to_author"] = result["reply_to_author"].mask(is_known)
        if authors:
            result["mentions"] = [_without(several, authors) for several in result["mentions"]]
        was_there = is_gone & posts[["author_id", "text", "title"]].notna().any(axis=1).to_numpy()
        return result, int(was_there.sum())

    def _empty(self, posts: pd.DataFrame, place: pd.Series, is_gone: np.ndarray) -> None:
        known = place[is_gone].map(lambda each: self.posts.get(each, {}) if isinstance(each, str) else {})
        newest = max((each["day"] for each in self.posts.values()), default=None)
        days = pd.Series([each.get("day", newest) for each in known], index=known.index, dtype="str")
        for name in (*_EMPTIED["text"], *_EMPTIED["list"], *_EMPTIED["int"]):
            posts[name] = posts[name].mask(is_gone, None if posts[name].dtype == object else pd.NA)
        posts["edited_at"] = posts["edited_at"].mask(is_gone)
        posts.loc[is_gone, "removed_at"] = pd.to_datetime(days, utc=True).dt.as_unit("us")
        posts.loc[is_gone, "is_deleted"] = True
        posts.loc[is_gone, "author_state"] = [each.get("state", "deleted") for each in known]

    def _quoted(self, post_id: str) -> list[dict[str, Any]] | None:
        return self.quotes.get(self.of("post", post_id))

    def _blank(self, posts: pd.DataFrame, quoted: pd.Series) -> None:
        """Blank what others quoted of withdrawn posts, where their text is still the one in which it was found."""
        for row in np.flatnonzero(quoted.notna()):
            for each in quoted.iloc[row]:
                column = posts.columns.get_loc(each["column"])
                text = posts.iat[row, column]
                if isinstance(text, str) and self.of("text", text) == each["text"]:
                    posts.iat[row, column] = blanked(text, each["spans"])

    def people(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return accounts or follows without the rows that name a withdrawn author."""
        present = [name for name in ("author_id", "source", "target") if name in table]
        if not self.authors or not present:
            return table
        gone = self.gone_authors({each for name in present for each in table[name].dropna().unique()})
        return table[~table[present].isin(list(gone)).any(axis=1)].reset_index(drop=True)


def blanked(text: str, spans: Iterable[Sequence[int]]) -> str:
    """Put `BLANK` in the place of each span of a text."""
    for start, end in sorted(map(tuple, spans), reverse=True):
        text = text[:start] + BLANK + text[end:]
    return text


def _without(several: Any, gone: set[str]) -> Any:
    return several if several is None else [each for each in several if each not in gone]


def read(path: Path) -> Withdrawn:
    """Read a list.

    Raises
    ------
    SchemaError
        If it is damaged: without it withdrawn posts would come back, so nothing goes on.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["schema"] != SCHEMA:
            raise SchemaError(f"{path.name}: written by another version. Mend: take that version of the package.")
        return Withdrawn(content)
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, SchemaError):
            raise
        raise SchemaError(
            f"{path.name}: damaged, so it cannot be told which posts were withdrawn. Mend: bring it back from a backup."
        ) from None


def above(place: Path) -> list[Withdrawn]:
    """Return the lists that lie in the folder of `place` or above it, as far as the project reaches."""
    found = []
    parents = place.absolute().parents
    for folder in parents[:_UP]:
        if (folder / NAME).is_file():
            found.append(read(folder / NAME))
        if (folder / _END).exists():
            break
    return found


def emptied_corpus(corpus: C, *places: Path) -> C:
    """Return a corpus in memory as the lists above these places want it; one on disk has been so since it was written."""
    import dataclasses

    held: Any = corpus
    lists = list({each.salt: each for place in places for each in above(place)}.values())
    if not lists or not isinstance(held.source, pd.DataFrame):
        return corpus
    counted: list[int] = []
    (posts,) = stream([held.source], lists, counted)
    beside = {name: without_authors(getattr(held, name), lists) for name in ("accounts", "follows")}
    steps = (*held.steps, step(sum(counted))) if sum(counted) else held.steps
    changed: C = dataclasses.replace(held, source=posts, steps=steps, **beside)
    return changed


def without_authors(table: pd.DataFrame | None, lists: Iterable[Withdrawn]) -> pd.DataFrame | None:
    """Return accounts or follows, if there are any, without those whom the lists name."""
    for each in lists:
        table = None if table is None else each.people(table)
    return table


def step(n: int) -> dict[str, Any]:
    """Tell in a corpus' steps that posts were emptied."""
    return {"what": "posts emptied that were withdrawn or deleted", "n": n}


def stream(
    chunks: Iterable[pd.DataFrame | pa.Table], lists: Sequence[Withdrawn], counted: list[int]
) -> Iterator[pd.DataFrame | pa.Table]:
    """Give chunks of posts as the lists want them; `counted` is told how many were emptied."""
    for chunk in chunks:
        if not lists:
            yield chunk
            continue
        posts = chunk if isinstance(chunk, pd.DataFrame) else frames.to_pandas(chunk)
        n_emptied = 0
        changed = posts
        for each in lists:
            changed, n = each.emptied(changed)
            n_emptied += n
        counted.append(n_emptied)
        yield chunk if changed is posts else changed
