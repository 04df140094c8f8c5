"""Questions of the sample's forum as the data dump of a Stack Exchange site: Posts.xml, Comments.xml, Users.xml.

Attributes and their order are those of the dump of Mathematics Educators (archive.org, 2024) and of the documentation of
the dump (https://meta.stackexchange.com/questions/2677). What answers the question is an answer; what answers an answer is
a comment on it, and so is what answers a comment. Deleted posts are not dumped; an account that is gone leaves a name of
letters and a number.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path

from ._form import Form, Row, always, by_id, number, put, rows
from ._markup import inline, paragraphs

_TAGS = ("practice", "advice")
_QUESTION, _ANSWER, _COMMENT = "question", "answer", "comment"


@cache
def _every() -> dict[str, Row]:
    return by_id(rows("posts"))


def _user(author: str) -> int:
    return number(f"stackexchange user {author}", low=10, high=10**5)


def _id(post_id: str) -> int:
    return number(f"stackexchange {post_id}", low=1000, high=10**6)


def _kind(row: Row) -> str:
    if row["reply_to"] is None:
        return _QUESTION
    return _ANSWER if row["reply_to"] == f"{row['thread_id']}-01" else _COMMENT


def _answer_above(row: Row) -> Row:
    """Return the answer that a comment stands under."""
    while _kind(row) == _COMMENT:
        row = _every()[row["reply_to"]]
    return row


def _clock(stamp: str) -> str:
    return stamp.replace("Z", ".000")


def _row(**told: object) -> str:
    """Write a row; attributes without a value are left out."""
    attributes = (
        f'{name}="{escape(str(value)).replace(chr(10), "&#xA;")}"' for name, value in told.items() if value is not None
    )
    return f"  <row {' '.join(attributes)} />\n"


def _link(url: str) -> str:
    return f'<a href="{url}" rel="nofollow noreferrer">{url}</a>'


def _owner(post: Row, *, id_name: str, name: str) -> Row:
    author = post["author_id"]
    return {id_name: _user(author)} if author else {name: f"user{_id(post['post_id'])}"}


def _post(post: Row, posts: list[Row]) -> str:
    is_question = _kind(post) == _QUESTION
    body = paragraphs(inline(post["text"], link=_link), between="\n\n", line="<br>\n")
    answers = [each for each in posts if each["thread_id"] == post["thread_id"] and _kind(each) == _ANSWER]
    below = [each for each in posts if _kind(each) == _COMMENT and _answer_above(each)["post_id"] == post["post_id"]]
    owner = _owner(post, id_name="OwnerUserId", name="OwnerDisplayName")
    edited = post["edited_at"] and _clock(post["edited_at"])
    return _row(
        Id=_id(post["post_id"]),
        PostTypeId=1 if is_question else 2,
        ParentId=None if is_question else _id(post["reply_to"]),
        CreationDate=_clock(post["created_at"]),
        Score=0,
        ViewCount=531 if is_question else None,
        Body=body + "\n",
        **owner,
        LastEditorUserId=owner.get("OwnerUserId") if edited else None,
        LastEditDate=edited,
        LastActivityDate=edited or _clock(post["created_at"]),
        Title=post["title"] if is_question else None,
        Tags="".join(f"<{tag}>" for tag in _TAGS) if is_question else None,
        AnswerCount=len(answers) if is_question else None,
        CommentCount=len(below),
        ContentLicense="CC BY-SA 4.0",
    )


def _comment(post: Row) -> str:
    return _row(
        Id=_id(post["post_id"]),
        PostId=_id(_answer_above(post)["post_id"]),
        Score=0,
        Text=post["text"],
        CreationDate=_clock(post["created_at"]),
        **_owner(post, id_name="UserId", name="UserDisplayName"),
        ContentLicense="CC BY-SA 4.0",
    )


def _account(account: Row) -> str:
    about, author = account["profile"], account["author_id"]
    return _row(
        Id=_user(author),
        Reputation=101,
        CreationDate="2017-11-02T09:30:00.000",
        DisplayName=author,
        LastAccessDate="2024-11-30T09:30:00.000",
        AboutMe=f"<p>{escape(about, quote=False)}</p>\n" if about else None,
        Views=3,
        UpVotes=12,
        DownVotes=0,
        AccountId=number(f"network {author}", low=10**5, high=10**7),
    )


def _file(name: str, lines: list[str]) -> str:
    return f'\ufeff<?xml version="1.0" encoding="utf-8"?>\n<{name}>\n{"".join(lines)}</{name}>'


def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the three files."""
    del follows
    there = sorted((post for post in posts if not post["is_deleted"]), key=lambda post: post["created_at"])
    put(folder / "Posts.xml", _file("posts", [_post(each, there) for each in there if _kind(each) != _COMMENT]))
    put(folder / "Comments.xml", _file("comments", [_comment(each) for each in there if _kind(each) == _COMMENT]))
    bot = _row(
        Id=-1, Reputation=1, CreationDate="2017-01-02T00:00:00.000", DisplayName="Community", Views=0, AccountId=-1
    )
    put(folder / "Users.xml", _file("users", [bot, *map(_account, accounts)]))


def _of(make: Callable[[Row], object]) -> Callable[[Row], object]:
    return lambda row: make(_every()[row["post_id"]])


def _tags(post: Row) -> list[str] | None:
    return list(_TAGS) if _kind(post) == _QUESTION else None


def _mentions(post: Row) -> list[str] | None:
    return None if _kind(post) != _COMMENT else ["nobody"]


def _author_above(post: Row) -> str:
    return str(_user(_answer_above(post)["author_id"]))


FORMS = {
    "dump": Form(
        write,
        platforms=("forum",),
        threads=("T29", "T32", "T38", "T140", "T145", "T159", "T160", "T162"),
        platform="stackexchange",
        by=("created_at",),
        shown={
            "kind": _of(_kind),
            "reply_to": _of(lambda post: f"post-{_id(_answer_above(post)['post_id'])}"),
            "reply_to_author": _of(_author_above),
            "n_likes": always(0),
            "tags": _of(_tags),
            "mentions": _of(_mentions),
        },
    )
}
