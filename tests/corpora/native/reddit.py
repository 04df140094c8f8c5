"""Reddit as Arctic Shift's dumps and as the API have it: see `_reddit_objects` and `_reddit_api`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import zstandard

from . import _reddit_api
from ._form import Form, Row, lines, put, root
from ._reddit_objects import comment, submission

_PACKED = ("RC_2019", "RC_2020", "RC_2021")


def write_dumps(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write posts (RS) and comments (RC) year by year; the largest packed, as the months of a dump are."""
    del accounts, follows
    files: dict[str, list[Row]] = defaultdict(list)
    roots = root(posts)
    n_comments: dict[str, int] = defaultdict(int)
    for post in posts:
        n_comments[post["thread_id"]] += post["reply_to"] is not None
    for post in posts:
        year, title = post["created_at"][:4], roots[post["thread_id"]]["title"]
        if post["reply_to"] is None:
            files[f"RS_{year}"].append(submission(post, n_comments[post["thread_id"]], year))
        else:
            files[f"RC_{year}"].append(comment(post, title, year))
    for name, objects in files.items():
        text = lines(dict(sorted(each.items())) for each in sorted(objects, key=lambda each: each["created_utc"]))
        if name in _PACKED:
            (folder / f"{name}.zst").write_bytes(zstandard.ZstdCompressor(level=19).compress(text.encode()))
        else:
            put(folder / f"{name}.ndjson", text)


_SHOWN: dict[str, Callable[[Row], Any]] = {"n_likes": lambda _: 1}
FORMS = {
    "arctic_shift": Form(write_dumps, platforms=("reddit",), shown=_SHOWN),
    "api": Form(_reddit_api.write, platforms=("reddit",), threads=("T24", "T57", "T77"), shown=_SHOWN),
}
