"""Comments of a Reddit dump laid out column by column: the rows that `_reddit_cells.row` gives, several times as fast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ._reddit_cells import COLUMNS, GONE, NAMED, full_name, is_told_gone, links_in, parent_of, row, score_of

if TYPE_CHECKING:
    import pyarrow as pa


class Comment(NamedTuple):
    """What a comment says in the fields that become columns, as the dump has it."""

    own: Any
    link: Any
    parent: Any
    author: Any
    account: Any
    created: Any
    edited: Any
    fetched: Any
    community: Any
    body: Any
    flair: Any
    score: Any
    is_told_gone: Any


def picked(post: dict[str, Any]) -> Comment | dict[str, Any]:
    """Take from a comment what becomes a column; leave a post as it is."""
    if "body" not in post or "title" in post:
        return post
    get = post.get
    return Comment(
        get("id"),
        get("link_id"),
        get("parent_id"),
        get("author"),
        get("author_fullname"),
        post["created_utc"] if "created_utc" in post else get("created"),
        get("edited"),
        post["retrieved_on"] if "retrieved_on" in post else get("retrieved_utc"),
        get("subreddit"),
        post["body"],
        get("author_flair_text"),
        score_of(post),
        "_meta" in post and is_told_gone(post),
    )


def rows(good: Sequence[tuple[int, Comment | dict[str, Any]]]) -> pd.DataFrame:
    """Return the rows of some posts and comments in their order; columns that comments lack are there if a post is."""
    laid = [(number, value if isinstance(value, Comment) else picked(value)) for number, value in good]
    posts = [row(number, value) for number, value in laid if isinstance(value, dict)]
    if len(posts) == len(laid):
        return pd.DataFrame(posts, columns=COLUMNS)
    comments = _of_comments([(number, value) for number, value in laid if isinstance(value, Comment)])
    if not posts:
        return comments
    return pd.concat([comments, pd.DataFrame(posts, columns=COLUMNS)]).sort_values(
        "row", kind="stable", ignore_index=True
    )


def _of_comments(good: list[tuple[int, Comment]]) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.compute as pc

    told = Comment(*(list(values) for values in zip(*(comment for _, comment in good), strict=True)))
    n = len(good)
    none = pa.scalar(None, pa.string())
    thread = _ids(told.link, "t3")
    handle = _words(told.author)
    is_deleted = pc.fill_null(pc.equal(_folded(handle, "[deleted]"), "[deleted]"), False)
    text, named, linked, is_gone = _texts(told)
    columns: dict[str, Any] = {
        "row": np.fromiter((number for number, _ in good), dtype=np.int64, count=n),
        "post_id": _ids(told.own, "t1"),
        "kind": pa.repeat("comment", n),
        "thread_id": thread,
        "reply_to": _parents(told.parent, thread),
        "author_id": pc.if_else(is_deleted, none, _words(told.account)),
        "author_handle": pc.if_else(is_deleted, none, handle),
        "author_state": pc.if_else(is_deleted, pa.scalar("deleted"), none),
        "created_at": told.created,
        "edited_at": [value if value and value is not True else None for value in told.edited],
        "n_edits": pa.array([None if value is None else int(bool(value)) for value in told.edited], type=pa.int64()),
        "fetched_at": told.fetched,
        "community": _words(told.community),
        "text": text,
        "is_deleted": is_gone,
        "author_profile": _words(told.flair),
        "mentions": pd.Series(named, dtype=object),
        "links": pd.Series(linked, dtype=object),
        "n_likes": pa.array(told.score, type=pa.int64()),
    }
    return pd.DataFrame({name: _series(values) for name, values in columns.items()})


def _series(values: Any) -> Any:
    import pyarrow as pa

    if isinstance(values, pa.Array):
        return pd.Series(pd.array(values, dtype="str" if pa.types.is_string(values.type) else "Int64"))
    return pd.Series(values)


def _strings(values: list[Any]) -> pa.Array:
    """Return strings as they are; whatever else is missing."""
    import pyarrow as pa

    try:
        return pa.array(values, type=pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return pa.array([value if type(value) is str else None for value in values], type=pa.string())


def _words(values: list[Any]) -> pa.Array:
    """Do what `_reddit_cells.word` does, with all values at once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(_strings(values))
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _ids(values: list[Any], kind: str) -> pa.Array:
    """Do what `_reddit_cells.full_name` does, with all values at once where they are strings."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        given = pa.array(values, type=pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return pa.array([full_name(value, kind) for value in values], type=pa.string())
    is_full = pc.match_substring_regex(given, r"\At(?s:.)_")
    if pc.all(is_full, min_count=0).as_py():
        return given
    trimmed = pc.utf8_trim_whitespace(given)
    made = pc.binary_join_element_wise(f"{kind}_", trimmed, "")
    return pc.if_else(is_full, given, pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), made))


def _parents(given: list[Any], thread: pa.Array) -> pa.Array:
    """Do what `_reddit_cells.parent_of` does, with all values at once where they are strings."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if any(type(value) is int for value in given):
        made = [parent_of(value, above) for value, above in zip(given, thread.to_pylist(), strict=True)]
        return pa.array(made, type=pa.string())
    return pc.coalesce(_ids(given, "t1"), thread)


def _folded(words: pa.Array, like: str) -> pa.Array:
    """Return those words without case that are as long as `like`; the others are missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pc.equal(pc.utf8_length(words), len(like)), pc.utf8_lower(words), pa.scalar(None, pa.string()))


def _texts(told: Comment) -> tuple[pa.Array, list[list[str]], list[list[str] | None], np.ndarray]:
    """Return the texts, whom they name, what they link, and which are gone: removed, deleted, or found so by a second look."""
    import pyarrow as pa
    import pyarrow.compute as pc

    bodies = told.body
    text = _strings(bodies)
    is_gone = np.array(told.is_told_gone, dtype=bool)
    for place in np.flatnonzero(_may_be_gone(text)).tolist():
        is_gone[place] |= bodies[place].strip().casefold() in GONE
    named: list[list[str]] = [NAMED.findall(body) if type(body) is str and "u/" in body else [] for body in bodies]
    linked = [links_in(body) if type(body) is str else None for body in bodies]
    for place in np.flatnonzero(is_gone).tolist():
        named[place], linked[place] = [], None
    return pc.if_else(is_gone, pa.scalar(None, pa.string()), text), named, linked, is_gone


def _may_be_gone(text: pa.Array) -> np.ndarray:
    """Tell which texts end like one of `GONE`, or in a blank or a letter beyond ASCII, which may be a blank."""
    ends = np.frombuffer(text.buffers()[1], dtype=np.int32)[text.offset : text.offset + len(text) + 1]
    letters = np.frombuffer(text.buffers()[2] or b"", dtype=np.uint8)
    is_filled = ends[1:] > ends[:-1]
    last = np.zeros(len(text), dtype=np.uint8)
    last[is_filled] = letters[ends[1:][is_filled] - 1]
    return is_filled & ((last == ord("]")) | (last <= ord(" ")) | (last >= 127))
