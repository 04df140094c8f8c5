"""ConvoKit's folder, as its subreddit corpora have it.

Files, their nesting and the types in ``index.json`` are those of ConvoKit's ``docs/source/data_format.rst`` and of what
``convokit/model/corpus_helpers.py`` dumps (https://github.com/CornellNLP/ConvoKit, commit 5dabba5a); the metadata of
utterances, conversations and the corpus those of its subreddit corpora. There ``[deleted]`` is a speaker like any
other, as is what stands in place of a text that is gone; a comment whose parent is lost keeps its ``reply-to``.
ConvoKit 5.0.0 loads this folder: 99 utterances, 40 speakers, 6 conversations, 4 of them whole trees.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from . import _reddit_objects
from ._form import Form, Row, epoch, lines, put, root

_NOBODY = "[deleted]"


def _written(value: Any) -> str:
    return json.dumps(value)  # ConvoKit writes ASCII


def _types(metas: list[Row]) -> Row:
    """Return the types of metadata as ConvoKit's index lists them: none where only nothing was seen."""
    seen: dict[str, list[str]] = defaultdict(list)
    for meta in metas:
        for name, value in meta.items():
            told = [] if value is None else [str(type(value))]
            seen[name] += [each for each in told if each not in seen[name]]
    return dict(seen)


def _utterance(post: Row, titles: dict[str, str], tops: dict[str, str | None]) -> Row:
    year, thread = post["created_at"][:4], post["thread_id"]
    is_post = post["reply_to"] is None
    made = _reddit_objects.submission(post, 0, year) if is_post else _reddit_objects.comment(post, titles[thread], year)
    kept = ("retrieved_on", "gilded", "stickied", "author_flair_text")
    meta = {"score": made["score"], "top_level_comment": tops[post["post_id"]]}
    meta |= {name: made.get(name) for name in kept} | {"gildings": None, "permalink": made.get("permalink", "")}
    return {
        "id": made["id"],
        "conversation_id": _reddit_objects.t3(thread),
        "text": made["selftext"] if is_post else made["body"],
        "speaker": post["author_id"] or _NOBODY,
        "meta": meta,
        "reply-to": None if is_post else made["parent_id"].partition("_")[2],
        "timestamp": epoch(post["created_at"]),
        "vectors": [],
    }


def _tops(posts: list[Row]) -> dict[str, str | None]:
    """Return for each post the comment at the top of its branch; of the first post there is none."""
    tops: dict[str, str | None] = {}
    for post in sorted(posts, key=lambda post: post["created_at"]):
        parent, own = post["reply_to"], _reddit_objects.t1(post["post_id"])
        tops[post["post_id"]] = None if parent is None else tops.get(parent) or own
    return tops


def write(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write the five files of a subreddit's corpus."""
    del follows
    roots, tops = root(posts), _tops(posts)
    titles = {thread: post["title"] for thread, post in roots.items()}
    utterances = [_utterance(post, titles, tops) for post in posts]
    subreddit = posts[0]["community"].removeprefix("r/")
    names = [account["author_id"] for account in accounts]
    speakers: Row = {name: {"meta": {}, "vectors": []} for name in [*names, _NOBODY]}
    conversations: dict[str, Row] = {
        _reddit_objects.t3(thread): {
            "meta": {
                "title": post["title"],
                "num_comments": sum(each["thread_id"] == thread for each in posts) - 1,
                "domain": f"self.{subreddit}",
                "timestamp": epoch(post["created_at"]),
                "subreddit": subreddit,
                "gilded": 0,
                "gildings": None,
                "stickied": False,
                "author_flair_text": post["author_profile"] or "",
            },
            "vectors": [],
        }
        for thread, post in roots.items()
    }
    overall = {
        "subreddit": subreddit,
        "num_posts": len(roots),
        "num_comments": len(posts) - len(roots),
        "num_speakers": len(speakers),
    }
    index = {
        "utterances-index": _types([each["meta"] for each in utterances]),
        "speakers-index": {},
        "conversations-index": _types([each["meta"] for each in conversations.values()]),
        "overall-index": _types([overall]),
        "version": 1,
        "vectors": [],
    }
    put(folder / "utterances.jsonl", lines(utterances, ascii_only=True))
    for name, value in (
        ("speakers", speakers),
        ("conversations", conversations),
        ("corpus", overall),
        ("index", index),
    ):
        put(folder / f"{name}.json", _written(value))


FORMS = {
    "subreddit": Form(
        write,
        platforms=("reddit",),
        threads=("T24", "T56", "T57", "T64", "T66", "T67"),
    ),
}
