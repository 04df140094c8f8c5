"""Reddit's API: for each thread the tree of comments that is given first, and what is given when asked for more.

Answers: fields and nesting of a comment tree are those of praw's cassettes (https://github.com/praw-dev/praw,
tests/integration/cassettes/TestCommentForest.*, commit 7b69758126d5a105ab7083ee49a3f6f400963ca9): a list of two
listings, ``replies`` inside comments and ``""`` where there are none, ``more`` where the answer was cut; what ``more``
names stands in an answer of ``api/morechildren``, a flat list.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from ._form import Row, put, root
from ._reddit_objects import comment, submission, t3

_PAGE = 4  # replies to one post that the first answer holds: the rest is `more`


def _of_the_api(thing: Row) -> Row:
    """Return an object as the API gives it: with what it tells the one who asks."""
    told = {name: value for name, value in thing.items() if name not in ("_meta", "retrieved_on")}
    told["created"] = told["created_utc"] = float(told["created_utc"])
    if told["edited"]:
        told["edited"] = float(told["edited"])
    html = told.get("body", told.get("selftext", ""))
    html = html.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    inside = "".join(f"<p>{part}</p>\n\n" for part in html.split("\n\n"))
    name = "body_html" if "body" in told else "selftext_html"
    return {**told, name: f'<!-- SC_OFF --><div class="md">{inside}</div><!-- SC_ON -->', "likes": None, "saved": False}


def _listing(children: list[Row]) -> Row:
    return {"kind": "Listing", "data": {"after": None, "before": None, "modhash": "", "children": children}}


def _tree(parent: str, below: dict[str, list[Row]], depth: int, held_back: list[Row]) -> Any:
    """Return the replies to an object as a listing: the first few with theirs, the others as ``more``."""
    own = below.get(parent, [])
    if not own:
        return ""
    shown, rest = own[:_PAGE], own[_PAGE:]
    children: list[Row] = [
        {"kind": "t1", "data": {**each, "depth": depth, "replies": _tree(each["name"], below, depth + 1, held_back)}}
        for each in shown
    ]
    if rest:
        ids = [each["id"] for each in rest]
        more = {"children": ids, "count": sum(_n(each, below) for each in rest), "depth": depth}
        children.append({"kind": "more", "data": {**more, "id": ids[0], "name": f"t1_{ids[0]}", "parent_id": parent}})
        held_back += [thing for each in rest for thing in _flat(each, below, depth)]
    return _listing(children)


def _n(thing: Row, below: dict[str, list[Row]]) -> int:
    return 1 + sum(_n(each, below) for each in below.get(thing["name"], []))


def _flat(thing: Row, below: dict[str, list[Row]], depth: int) -> list[Row]:
    first = {"kind": "t1", "data": {**thing, "depth": depth, "replies": ""}}
    return [first, *(each for reply in below.get(thing["name"], []) for each in _flat(reply, below, depth + 1))]


def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write for each thread the tree that the API gives first, and what it gives when asked for ``more``."""
    del accounts, follows
    for thread, first in root(posts).items():
        comments = [post for post in posts if post["thread_id"] == thread and post["reply_to"] is not None]
        year = "2024"
        below: dict[str, list[Row]] = defaultdict(list)
        made = [_of_the_api(comment(post, first["title"], year)) for post in comments]
        there = {each["name"] for each in made}
        for each in made:  # the API hangs what answers a lost comment on nothing: it is asked for by itself
            below[each["parent_id"]].append(each)
        held_back: list[Row] = []
        top: Row = {"kind": "t3", "data": _of_the_api(submission(first, len(comments), year))}
        tree = _tree(top["data"]["name"], below, 0, held_back) or _listing([])
        lost = [name for name in below if name not in there and name != top["data"]["name"]]
        held_back += [thing for name in lost for each in below[name] for thing in _flat(each, below, 0)]
        put(folder / f"{t3(thread)}.json", json.dumps([_listing([top]), tree], ensure_ascii=False) + "\n")
        if held_back:
            answer = {"json": {"errors": [], "data": {"things": held_back}}}
            put(folder / f"{t3(thread)}_morechildren.json", json.dumps(answer, ensure_ascii=False) + "\n")
