"""A few threads of the sample's Facebook as Google+ had them in a Takeout archive: a JSON file a post, with its comments.

Fields and nesting are those of activity_data_structure.md of https://github.com/FiXato/Plexodus-Tools, commit
15352d846530f3b3c3d0c0364bc0f2e6f399dc3e, made from archives of 2011 to 2019. Files are named after the day and the first
39 characters of a post. Comments are flat. Who liked a post is listed one by one; of comments nobody is told.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from ._form import Form, Row, number, put, root, rows, time
from ._markup import inline

_HOST = "https://plus.google.com"


def _user(author: str) -> str:
    return str(number(f"google {author}", low=10**20, high=2 * 10**20))


def _letters(word: str) -> str:
    return f"z{number(word, low=10**20, high=10**21):x}"


def _person(author: str) -> Row:
    own = _user(author)
    return {
        "displayName": author.replace(".", " "),
        "profilePageUrl": f"{_HOST}/{own}",
        "avatarImageUrl": f"https://files.example.org/{own}/photo.jpg",
        "resourceName": f"users/{own}",
    }


def _clock(stamp: str) -> str:
    return f"{time(stamp):%Y-%m-%d %H:%M:%S+0000}"


def _link(url: str) -> str:
    return f'<a rel="nofollow" target="_blank" href="{url}" class="ot-anchor">{url}</a>'


def _said(row: Row) -> Row:
    """Return what posts and comments tell alike."""
    return {
        "creationTime": _clock(row["created_at"]),
        "updateTime": _clock(row["edited_at"] or row["created_at"]),
        "author": _person(row["author_id"]),
        "content": inline(row["text"], link=_link).replace("\n", "<br>"),
    }


def _name(first: Row) -> str:
    return f"users/{_user(first['author_id'])}/posts/{_letters(first['thread_id'])}"


def _post(first: Row, comments: list[Row]) -> Row:
    url = f"{_HOST}/{_user(first['author_id'])}/posts/{_letters(first['thread_id'])}"
    place = {
        "resourceName": f"communities/{_user(first['community'])}",
        "displayName": first["community"],
    }
    circle = {"resourceName": f"{place['resourceName']}/streams/general", "displayName": "General"}
    below = [
        {**_said(each), "postUrl": url, "resourceName": f"{_name(first)}/comments/{_letters(each['post_id'])}"}
        for each in comments
    ]
    likes = [{"plusOner": _person(f"liker {n}")} for n in range(first["n_likes"])]
    linked = {"link": {"title": "A page", "url": first["links"][0], "imageUrl": ""}} if first["links"] else {}
    return {
        "url": url,
        **_said(first),
        **linked,
        **({"comments": below} if below else {}),
        "resourceName": _name(first),
        "activityId": _letters(f"activity {first['thread_id']}"),
        **({"plusOnes": likes} if likes else {}),
        "postAcl": {"communityAcl": {"community": place, "users": []}, "isPublic": True},
        "communityAttachment": {**place, "coverPhotoUrl": "https://files.example.org/cover.jpg", "stream": circle},
        "postKind": "ACTIVITY",
    }


def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a file for each post."""
    del accounts, follows
    for thread, first in root(posts).items():
        comments = [post for post in posts if post["thread_id"] == thread and post is not first]
        words = re.sub(r"[^\w ,.'!-]", "_", first["text"][:39])
        text = json.dumps(_post(first, comments), ensure_ascii=False, indent=1)
        put(folder / "Posts" / f"{time(first['created_at']):%Y%m%d} - {words.strip()}.json", text)


def _root(row: Row) -> Row:
    return root(rows("posts"))[row["thread_id"]]


def _of_comments(row: Row) -> int | None:
    return None if row["kind"] == "comment" else -1


FORMS = {
    "takeout": Form(
        write,
        platforms=("facebook",),
        threads=("T35", "T183", "T188"),
        platform="google_plus",
        by=("created_at",),
        shown={
            "reply_to": lambda row: _name(_root(row)),
            "reply_to_author": lambda row: _user(_root(row)["author_id"]),
            "n_likes": _of_comments,
        },
    )
}
