"""Real pages of Discourse forums, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
PAGES = {"topic.json": (4, 3), "posts_latest.json": (4, 4), "posts_before.json": (3, 3)}
OTHERS = {"latest.json": "a list of topics", "top.json": "a list of topics", "hot.json": "a list of topics",
          "user_list.json": "an account, not a post"}  # fmt: skip

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not (SHARED / "fx_discourse").is_dir(), reason="no real pages beside this checkout"),
]


@pytest.fixture
def key():
    """A key that everybody knows."""
    from socialwork_research.kernels.hashing import Key

    return Key(bytes(range(32)))


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def test_every_file_is_read_or_refused_for_a_named_reason():
    """No file of the set is left without an answer."""
    files = {file.name for file in (SHARED / "fx_discourse").glob("*.json")}
    assert files == {*PAGES, *OTHERS}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages_of_posts(name, key):
    """The posts of a page are read and kept but for those of moderators' type."""
    lines = told(sources.read(SHARED / "fx_discourse" / name, key=key))
    n, kept = PAGES[name]
    assert (lines["rows read"], lines["kept"]) == (n, kept)
    assert lines.get("refused: type 2, moderator action", 0) == n - kept


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_pages_without_posts(name, key):
    """Lists of topics and accounts are refused for what they are."""
    with pytest.raises(SchemaError, match=OTHERS[name]):
        sources.read(SHARED / "fx_discourse" / name, key=key)


def test_the_topic(key):
    """The topic of four posts: one thread, the reply joined to its parent's author, edits and likes as counted."""
    posts = sources.read(SHARED / "fx_discourse" / "topic.json", key=key).posts
    assert posts["thread_id"].nunique() == 1
    assert posts["kind"].tolist() == ["post", "comment", "comment"]
    assert posts["reply_to_author"].iloc[2] == posts["author_id"].iloc[0]
    assert posts["n_edits"].tolist() == [4, 0, 0]
    assert posts["n_likes"].tolist() == [0, 5, 5]


def test_the_folder(key):
    """All files together: seven posts of four topics, those on two pages once."""
    corpus = sources.read(SHARED / "fx_discourse", key=key)
    lines = told(corpus)
    assert lines["kept"] == len(corpus) == 7
    assert lines["refused: same id, same content"] == 3
    refused = sum(n for what, n in lines.items() if what.startswith("refused: "))
    assert lines["rows read"] == lines["kept"] + refused
    assert corpus.posts["thread_id"].nunique() == 4
