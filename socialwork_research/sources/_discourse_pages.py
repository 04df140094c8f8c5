"""Pages of Discourse: which of them hold posts, and what they tell of topics and people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import _json_pages
from ._ledger import Loss

_NOT_HELD = "posts of topics not in the export"
_FETCH = "fetch each topic as /t/<id>.json, and /t/<id>/posts.json for what follows its first twenty posts"


@dataclass
class Survey:
    """What all files tell together, before a post of them is laid out."""

    topics: dict[str, dict[str, Any]] = field(default_factory=dict)  # by id: category, archetype
    streams: dict[str, set[Any]] = field(default_factory=dict)  # by file: the ids that topics list as their posts
    held: set[Any] = field(default_factory=set)
    n_pages: int = 0  # pages that hold posts, be it none of them
    others: list[str] = field(default_factory=list)  # what the other pages are

    @classmethod
    def of(cls, files: list[Path]) -> Survey:
        """Look through `files` once."""
        survey = cls()
        for file in files:
            for values, _ in _json_pages.pages(file, is_alone=len(files) == 1):
                for page in values:
                    survey._see(page, file=file.name)
        return survey

    def _see(self, page: Any, *, file: str) -> None:
        posts, why = posts_in(page)
        for topic in _topics_in(page):
            known = self.topics.setdefault(str(topic["id"]), {})
            for name in ("category_id", "archetype"):
                known.setdefault(name, topic.get(name))
        if posts is None:
            self.others.append(why)
            return
        self.n_pages += 1
        self.held.update(number for post in posts if type(post) is dict and _is_id(number := post.get("id")))
        stream = _inside(page, "post_stream").get("stream")
        if type(stream) is list:
            self.streams.setdefault(file, set()).update(number for number in stream if _is_id(number))

    def not_held(self) -> Iterator[Loss]:
        """Give a line a file for posts that its topics list and no file holds."""
        for file, stream in self.streams.items():
            yield Loss(_NOT_HELD, len(stream - self.held), mend=_FETCH, file=file)


def posts_in(page: Any) -> tuple[list[Any] | None, str]:
    """Return the posts of a page; or None, and what the page is."""
    if type(page) is not dict:
        return None, "not an object"
    for posts in (_inside(page, "post_stream").get("posts"), page.get("latest_posts")):
        if type(posts) is list:
            return posts, ""
    if "post_number" in page and ("cooked" in page or "raw" in page):
        return [page], ""
    if "topic_list" in page:
        return None, "a list of topics, which holds no posts"
    if "avatar_template" in page and "username" in page:
        return None, "an account, not a post"
    return None, "a page without posts"


def people_in(page: Any) -> list[tuple[str, str]]:
    """Return the account ids and names that a page lists apart from its posts."""
    if type(page) is not dict:
        return []
    details = _inside(page, "details")
    listed = [*_objects(page.get("users")), *_objects(details.get("participants")), page]
    listed += [_inside(details, "created_by"), _inside(details, "last_poster")]
    return [
        (str(each["id"]), each["username"])
        for each in listed
        if "avatar_template" in each and "post_number" not in each and _is_id(each.get("id")) and _is_name(each)
    ]


def _is_name(each: dict[str, Any]) -> bool:
    name = each.get("username")
    return type(name) is str and bool(name.strip())


def _topics_in(page: Any) -> Iterator[dict[str, Any]]:
    if type(page) is dict:
        listed = _objects(_inside(page, "topic_list").get("topics"))
        if "post_stream" in page:
            listed.append(page)
        for post in _objects(page.get("latest_posts")):
            listed.append({"id": post.get("topic_id"), "category_id": post.get("category_id")})
        yield from (topic for topic in listed if _is_id(topic.get("id")))


def _inside(page: Any, name: str) -> dict[str, Any]:
    value = page.get(name) if type(page) is dict else None
    return value if type(value) is dict else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if type(each) is dict] if type(value) is list else []


def _is_id(value: Any) -> bool:
    return type(value) is int or (type(value) is str and value.strip() != "")
