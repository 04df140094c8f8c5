"""Posts and comments of Reddit as Arctic Shift's dumps of three times have them.

Dumps: fields and their types are those of Arctic Shift's schemas of the months nearest to a post's year
(https://github.com/ArthurHeitmann/arctic_shift, schemas/, commit c66cbbe071a801cf8dfc5f9b7620f8639a880af2): those of
2016 for 2018 and 2019, when many objects have no account id yet, those of January 2020 up to 2023, those of December
2024 with ``_meta``. A comment that its author deleted has the words ``[deleted]`` and the author ``[deleted]``, one
that a moderator removed ``[removed]``; every object has a score.
"""

from __future__ import annotations

import json

from ._form import Row, base36, epoch, number
from ._reddit_fields import RC_2016, RC_2020, RC_2024, RS_2016, RS_2020, RS_2024

_MONTH = 30 * 24 * 3600


def t1(post: str) -> str:
    """Return a comment's letters."""
    return base36(number(f"t1 {post}", low=36**6, high=2 * 36**6))


def t3(thread: str) -> str:
    """Return a post's letters."""
    return base36(number(f"t3 {thread}", low=36**5, high=36**6))


def t2(author: str) -> str:
    """Return an account's full name."""
    return f"t2_{base36(number(f't2 {author}', low=36**6, high=36**7))}"


def _t5(community: str) -> str:
    return f"t5_{base36(number(f't5 {community}', low=36**4, high=36**5))}"


def _name(post_id: str, thread: str) -> str:
    return f"t3_{t3(thread)}" if post_id == f"{thread}-01" else f"t1_{t1(post_id)}"


_COMMENTS = {"2018": RC_2016, "2019": RC_2016, "2024": RC_2024}
_POSTS = {"2018": RS_2016, "2019": RS_2016, "2024": RS_2024}


def _filled(fields: dict[str, str]) -> Row:
    """Give each field its usual value, which the table has as JSON."""
    return {name: json.loads(value) for value, names in fields.items() for name in names.split()}


def _author(post: Row, year: str) -> Row:
    """Tell of the author as a dump of a year does: a deleted one has no account, old dumps name no account at all."""
    gone = post["author_state"] == "deleted"
    told: Row = {
        "author": "[deleted]" if gone else post["author_id"],
        "author_flair_text": None if gone else post["author_profile"],
    }
    if not gone and year not in ("2018", "2019"):
        told["author_fullname"] = t2(post["author_id"])
    return told


def _text(post: Row) -> str:
    if not post["is_deleted"]:
        return str(post["text"])
    return "[removed]" if post["author_id"] else "[deleted]"


def _shared(post: Row, year: str) -> Row:
    """Tell what posts and comments have in common."""
    subreddit = post["community"].removeprefix("r/")
    made = epoch(post["created_at"])
    told = {
        "created_utc": made,
        "edited": epoch(post["edited_at"]) if post["edited_at"] else False,
        "retrieved_on": made + _MONTH if year != "2024" else made + 20,
        "score": 1 if post["n_likes"] is None else post["n_likes"],
        "subreddit": subreddit,
        "subreddit_id": _t5(subreddit),
        **_author(post, year),
    }
    if year not in ("2018", "2019"):
        told["subreddit_name_prefixed"] = f"r/{subreddit}"
    if year in ("2018", "2019", "2024"):
        told["ups"] = told["score"]
    if year == "2024":
        told |= {"created": made, "_meta": {"retrieved_2nd_on": made + 36 * 3600}}
        if post["edited_at"]:
            told["_meta"] |= {"is_edited": True}
        if post["is_deleted"]:
            told["_meta"] |= {
                "was_initially_deleted": True,
                "removal_type": "removed" if post["author_id"] else "deleted",
            }
    return told


def comment(post: Row, title: str, year: str) -> Row:
    """Return a comment as a dump of a year has it."""
    thread, own = post["thread_id"], t1(post["post_id"])
    subreddit = post["community"].removeprefix("r/")
    told = {
        **_filled(_COMMENTS.get(year, RC_2020)),
        **_shared(post, year),
        "body": _text(post),
        "id": own,
        "link_id": f"t3_{t3(thread)}",
        "parent_id": _name(post["reply_to"], thread),
    }
    if year not in ("2018", "2019"):
        told["permalink"] = f"/r/{subreddit}/comments/{t3(thread)}/{_slug(title)}/{own}/"
    return told | ({"name": f"t1_{own}"} if year == "2024" else {})


def submission(post: Row, n_comments: int, year: str) -> Row:
    """Return a post as a dump of a year has it."""
    own, subreddit = t3(post["thread_id"]), post["community"].removeprefix("r/")
    permalink = f"/r/{subreddit}/comments/{own}/{_slug(post['title'])}/"
    told = {
        **_filled(_POSTS.get(year, RS_2020)),
        **_shared(post, year),
        "domain": f"self.{subreddit}",
        "id": own,
        "is_self": True,
        "num_comments": n_comments,
        "permalink": permalink,
        "selftext": _text(post),
        "title": post["title"],
        "url": f"https://www.reddit.com{permalink}",
    }
    if year not in ("2018", "2019"):
        told["subreddit_subscribers"] = 1000 + len(subreddit)
    return (
        told
        | ({"name": f"t3_{own}"} if year in ("2018", "2019", "2024") else {})
        | ({"upvote_ratio": 0.9} if year == "2024" else {})
    )


def _slug(title: str) -> str:
    kept = "".join(sign if sign.isalnum() else "_" for sign in title.casefold())
    return "_".join(part for part in kept.split("_") if part)[:50].strip("_")
