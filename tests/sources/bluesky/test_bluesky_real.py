"""Real answers of Bluesky, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import bluesky

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
ANSWERS = {
    "fx_bluesky/app.bsky.feed.getAuthorFeed_925c2.json": 35,
    "fx_bluesky/app.bsky.feed.getFeed_0bf27.json": 25,
    "fx_bluesky/app.bsky.feed.getPostThread_72827.json": 4,
    "fx_bluesky/app.bsky.feed.getPostThread_aa665.json": 4,
    "fx_bluesky/app.bsky.feed.searchPosts_0e3ec.json": 100,
    "fx_bluesky/app.bsky.feed.searchPosts_b1263.json": 1,
    "fx_bluesky/app.bsky.feed.searchPosts_bb16d.json": 100,
    "fx_bluesky/comment_inreplyto_id.bsky.json": 1,
    "fx_bluesky/note.bsky.json": 1,
    "fx_bluesky/note_with_custom_feed.bsky.json": 1,
    "fx_bluesky/quote.bsky.json": 1,
    "fx_bluesky/quote_with_image.bsky.json": 1,
    "fx_bluesky/repost.bsky.json": 2,
    "fx_dataedu_bluesky_twitter/bluesky_posts.jsonl": 575,
}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


def real(name):
    """Read a real file in memory with a key."""
    if not (SHARED / name).exists():
        pytest.skip(f"{name} is not in ../shared/data")
    return bluesky.read(SHARED / name, key=Key(bytes(range(32))))


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_every_post_of_an_answer_is_kept(name):
    """Each answer gives all the posts that it holds, reposts as posts of their own, and none is refused."""
    lines = told(real(name))
    assert lines["rows read"] == lines["kept"] == ANSWERS[name]


def test_a_feed_tells_reposts_apart():
    """Of 25 entries of an author's feed ten are reposts, whose posts stand beside them."""
    corpus = real("fx_bluesky/app.bsky.feed.getAuthorFeed_925c2.json")
    reposts = corpus.posts[corpus.posts["kind"] == "repost"]
    assert len(reposts) == 10
    assert reposts["author_id"].nunique() == 1
    assert reposts["repost_of"].isin(corpus.posts["post_id"]).all()
    assert told(corpus)["reposted posts shown beside reposts"] == 10


@pytest.mark.parametrize("name", [name for name in sorted(ANSWERS) if "getPostThread" in name])
def test_threads_hang_together(name):
    """A thread's posts have one root, and each reply's parent is there."""
    posts = real(name).posts
    assert posts["thread_id"].nunique() == 1
    assert posts["reply_to"].dropna().isin(posts["post_id"]).all()


def test_575_posts_of_a_community():
    """The lines of a community's posts: 43 replies, 38 quotes, every author known."""
    posts = real("fx_dataedu_bluesky_twitter/bluesky_posts.jsonl").posts
    assert posts["reply_to"].notna().sum() == posts["reply_to_author"].notna().sum() == 43
    assert posts["author_state"].eq("present").all()
    assert posts["n_likes"].notna().all()
    assert posts["quote_of"].notna().sum() == 38


def test_what_is_no_answer_is_refused_with_a_reason():
    """Bare records without address are refused and counted, other formats by an error; no other error comes up."""
    for file in sorted((SHARED / "fx_bluesky").glob("*.json")):
        name = f"fx_bluesky/{file.name}"
        if name in ANSWERS:
            continue
        if ".as-from-bsky." in file.name:
            assert not bluesky.detect(file)
            with pytest.raises(SchemaError, match="no post or record of Bluesky lies here"):
                real(name)
        else:
            lines = told(real(name))
            assert (lines["rows read"], lines["kept"]) == (1, 0)
            assert sum(n for what, n in lines.items() if what.startswith("refused: ")) == 1
