"""Discourse forums: topics and pages of posts as the forum's own addresses give them with ``.json``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..errors import SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from . import _assemble, _discourse_cooked, _invented, _json_pages, _lines, _paths
from ._about import About
from ._archive import unfolded
from ._discourse_pages import Survey, people_in, posts_in
from ._gathered import gathered
from ._ledger import READ, Chunk, Loss, refused

__all__ = ["detect", "read"]

ABOUT = About(
    how="The JSON of a forum's own pages: topic.json, posts.json, latest.json.",
    terms="each forum's own: not read here",
    lacks=(
        "A topic's file holds its first chunk of posts: compare with its stream. Gaps in the numbers are deleted or "
        "hidden posts. A reply may quote without naming what it answers."
    ),
    tested_on="real files of discourse_api",
)
CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "topic": {
        "accounts": "people are listed without what they say of themselves",
        "lang": "no language is told",
        "links": "what a deleted post linked to is gone",
        "mentions": "whom a deleted post named is gone",
        "n_likes": "an empty list of actions tells of no likes, so that none was told is not",
        "tags": "hashtags are words like others; tags are a topic's",
    }
}

PLATFORM = "discourse"
_MARKS = re.compile(rb'"(?:post_stream|latest_posts|topic_list)"\s*:\s*[{\[]')
_PAIRS = ((b'"post_number":', b'"topic_id":'), (b'"avatar_template":', b'"trust_level":'))
_TYPES = {2: "type 2, moderator action", 3: "type 3, small action", 4: "type 4, whisper"}
_LIKE = 2
_FETCH = "fetch each topic as /t/<id>.json"
_USED = frozenset(
    "id topic_id post_number post_type reply_to_post_number reply_to_user user_id username created_at updated_at version "
    "deleted_at user_deleted hidden category_id topic_title cooked raw user_title tags link_counts "
    "actions_summary".split()
)


def detect(path: str | Path) -> bool:
    """Tell whether a file, or a folder with such files, holds JSON pages of a Discourse forum.

    Parameters
    ----------
    path
        The file or folder.

    Returns
    -------
    Whether it does. Lists of topics or accounts are known too, so that reading them can say what is missing.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return bool(_files(Path(path)))


@traced
@unfolded
def read(
    path: str | Path, *, key: Key | None = None, name: str | None = None, folder: str | Path | None = None
) -> Corpus:
    """Read posts of a Discourse forum from its JSON pages.

    Parameters
    ----------
    path
        A topic (``/t/<id>.json``, ``/t/<id>/posts.json``), a page of posts (``/posts.json``) or single posts
        (``/posts/<id>.json``); such pages one a line or in a list; or a folder of such files. Lists of topics
        (``/latest.json``, ``/top.json``) and of accounts are used for what they tell about the posts beside them.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the name of the folder or file.
    folder
        A new folder to write the corpus to; None keeps it in memory.

    Returns
    -------
    The corpus. A post is known by its topic and its number there, as Discourse refers to posts: a thread is a topic,
    its root is number 1. A post that answers the topic as a whole has its first post as parent, and the ledger counts
    these. ``quote_of`` is the first post quoted. Only regular posts are kept: moderators' notes, small actions and
    whispers are refused by type. Posts deleted or hidden are ``is_deleted`` and have no text. Authors whose account
    is gone are missing with ``author_state`` "deleted". ``n_edits`` is the version less one; ``edited_at`` the last
    update of an edited post. ``n_likes`` is zero where the forum lists a post's actions and no like among them, and
    missing where it lists none. ``community`` is the category's number, ``author_profile`` the title beside the name,
    ``tags`` stand on the first post. Private messages are of kind "message". Links to the forum are cut to their
    host. Account ids and topics count within one forum: corpora of two must not be joined. Tags, whispers, private
    messages, previews and quotes are read from documentation, untested on real pages.

    Raises
    ------
    SchemaError
        If there is no page of posts, or the only file is damaged or cut short.
    PrivacyError
        If there are too many posts to go without a key.

    References
    ----------
    Discourse (2025). Discourse API documentation. https://docs.discourse.org. Fields as in
    ``spec/fixtures`` of https://github.com/discourse/discourse_api, commit 6e5e71b, 2025-12-09, and in
    ``app/serializers/post_serializer.rb`` of https://github.com/discourse/discourse, commit e4e79dd.

    Examples
    --------
    >>> import tempfile
    >>> post = '{"id": 7, "topic_id": 3, "post_number": 1, "created_at": "2024-05-01T09:00:00Z", "cooked": "<p>Hi</p>"}'
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "posts.json")
    ...     _ = file.write_text(f'{{"latest_posts": [{post}]}}')
    ...     read(file).posts["text"].item()
    'Hi'
    """
    files = _files(_paths.existing(path))
    if not files:
        raise SchemaError(
            f"{Path(path).name}: no page of a Discourse forum lies here. Mend: {_FETCH}; a table of posts is read by "
            "sources.table.read(path, columns={...})."
        )
    survey = Survey.of(files)
    if not survey.n_pages:
        why = ", ".join(sorted(set(survey.others))) or "what is here is damaged"
        raise SchemaError(f"{Path(path).name}: no page of posts lies here: {why}. Mend: {_FETCH}.")
    return _assemble.assemble(
        gathered(_chunks(files, survey)),
        platform=PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=None,
        invented=_invented.recognised(files),
    )


def _files(path: Path) -> list[Path]:
    return [file for file in _json_pages.files(path) if _is_discourse(file)]


def _is_discourse(file: Path) -> bool:
    head = _lines.head(file)
    together = re.sub(rb'"\s+:', b'":', head)
    return bool(_MARKS.search(head)) or any(all(mark in together for mark in pair) for pair in _PAIRS)


def _chunks(files: list[Path], survey: Survey) -> Iterator[Chunk]:
    fields: set[str] = set()
    for file in files:
        laid = _File(file.name, survey)
        for values, losses in _json_pages.pages(file, is_alone=len(files) == 1):
            for page in values:
                laid.take(page)
            yield laid.chunk(tuple(losses))
        fields |= laid.fields
    yield Chunk(pd.DataFrame(), (*survey.not_held(), _json_pages.ignored(fields - _USED)))


class _File:
    """The posts of one file, numbered from 1, and what is to be said about them."""

    def __init__(self, name: str, survey: Survey) -> None:
        self.name, self.survey, self.fields, self.n = name, survey, set[str](), 0
        self._begin()

    def _begin(self) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self.people: list[tuple[str, str]] = []
        self.refused: dict[str, list[int]] = defaultdict(list)
        self.told: Counter[str] = Counter()
        self.start = self.n

    def take(self, page: Any) -> None:
        """Lay out the posts of one page."""
        self.people += people_in(page)
        posts, why = posts_in(page)
        for post in [None] if posts is None else posts:
            self.n += 1
            if type(post) is not dict:
                self.refused[why or "not an object"].append(self.n)
            elif (kind := post.get("post_type", 1)) != 1:
                self.refused[_TYPES.get(kind, "of another type") if type(kind) is int else "of another type"].append(
                    self.n
                )
            else:
                self.fields.update(post)
                self.rows.append(_row(self.n, post, page, survey=self.survey, told=self.told))

    def chunk(self, losses: tuple[Loss, ...]) -> Chunk:
        """Give what was taken since the last chunk."""
        rows = pd.DataFrame(self.rows, columns=_COLUMNS).assign(file=self.name)
        people = pd.DataFrame(sorted(set(self.people)), columns=["author_id", "author_handle"], dtype="str")
        lines = [Loss(READ, self.n - self.start, file=self.name), *losses]
        mend = f"only regular posts are read; {_FETCH}"
        lines += [refused(why, numbers, mend=mend, file=self.name) for why, numbers in self.refused.items()]
        lines += [Loss(what, n, mend=_MENDS[what], file=self.name) for what, n in self.told.items()]
        self._begin()
        return Chunk(rows, tuple(lines), people)


_WHOLE = "answers to a topic as a whole"
_MORE = "further posts quoted"
_PRIVATE = "private messages"
_MENDS = {
    _WHOLE: "the topic's first post is taken as their parent: select by it to leave them out",
    _MORE: "the first post quoted is kept in quote_of",
    _PRIVATE: "kept as kind 'message': make sure that you may read them",
}
_COLUMNS = [
    "row", "post_id", "kind", "thread_id", "reply_to", "reply_to_handle", "quote_of", "author_id", "author_handle",
    "author_state", "created_at", "edited_at", "n_edits", "removed_at", "community", "title", "text", "is_deleted",
    "author_profile", "tags", "mentions", "links", "media", "n_likes",
]  # fmt: skip


def _row(
    number: int, post: dict[str, Any], page: dict[str, Any], *, survey: Survey, told: Counter[str]
) -> tuple[Any, ...]:
    """Lay one post out in the order of `_COLUMNS`."""
    topic, place = _id(post.get("topic_id")), _id(post.get("post_number"))
    about = survey.topics.get(topic or "", {})
    is_first, is_private = place == "1", about.get("archetype") == "private_message"
    parent = _id(post.get("reply_to_post_number"))
    if parent is None and not is_first and topic and place:
        told[_WHOLE] += 1
    told[_PRIVATE] += is_private
    is_gone = bool(post.get("deleted_at")) or post.get("user_deleted") is True or post.get("hidden") is True
    said = _said(post) if not is_gone else None
    told[_MORE] += max(0, len(said.quotes) - 1) if said else 0
    version = _number(post.get("version"))
    own_page = page if "post_stream" in page else post
    handle, account = _word(post.get("username")), _id(post.get("user_id"))
    is_left = "user_id" in post and account is None and handle is None
    to = post.get("reply_to_user")
    return (
        number,
        _post(topic, place),
        "message" if is_private else "post" if is_first else "comment",
        _post(topic, "1"),
        None if is_first else _post(topic, parent or "1"),
        _word(to.get("username")) if parent and type(to) is dict else None,
        _post(said.quotes[0][0] or topic, said.quotes[0][1]) if said and said.quotes else None,
        account,
        handle,
        "deleted" if is_left else None,
        post.get("created_at"),
        post.get("updated_at") if version is not None and version > 1 else None,
        version - 1 if version is not None and version > 0 else None,
        post.get("deleted_at"),
        _id(post.get("category_id")) or _id(about.get("category_id")),
        _word(own_page.get("title" if own_page is page else "topic_title")) if is_first and not is_gone else None,
        said.text if said else None,
        is_gone,
        _word(post.get("user_title")),
        _tags(own_page.get("tags")) if is_first else None,
        said.mentions if said else None,
        said.links if said else None,
        said.media if said else None,
        _likes(post.get("actions_summary")),
    )


def _said(post: dict[str, Any]) -> _discourse_cooked.Said | None:
    cooked = post.get("cooked")
    if type(cooked) is not str:
        raw = post.get("raw")
        return _discourse_cooked.Said(raw.strip(), [], [], [], []) if type(raw) is str else None
    counts = post.get("link_counts")
    inner = (
        [each.get("url") for each in counts if type(each) is dict and each.get("internal")]
        if counts and type(counts) is list
        else []
    )
    return _discourse_cooked.said(cooked, own=_discourse_cooked.hosts(inner))


def _post(topic: str | None, place: str | None) -> str | None:
    """Return a post's id: its topic, and its number there, by which Discourse tells a post's parent."""
    return f"{topic}-{place}" if topic and place else None


def _tags(value: Any) -> list[str] | None:
    if type(value) is not list:
        return None
    names = [each.get("name") if type(each) is dict else each for each in value]
    return [name for name in names if type(name) is str and name]


def _likes(actions: Any) -> int | None:
    """Return the likes of a post: newer forums leave out what nobody did, so a list without likes tells of none."""
    if type(actions) is not list:
        return None
    counts = [each.get("count", 0) for each in actions if type(each) is dict and each.get("id") == _LIKE]
    return _number(counts[0]) if counts else 0


def _id(value: Any) -> str | None:
    if type(value) is int:
        return str(value)
    return (value.strip() or None) if type(value) is str else None


def _word(value: Any) -> str | None:
    return (value.strip() or None) if type(value) is str else None


def _number(value: Any) -> int | None:
    return value if type(value) is int and abs(value) < 2**53 else None
