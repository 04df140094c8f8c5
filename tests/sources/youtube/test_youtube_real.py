"""Real answers of the YouTube Data API, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research import sources

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "fx_youtube_comments"
FILES = {  # threads and replies
    "scrape/youtube/data/comment_threads_response.json": (12, 1),
    "tag/data_pull/data/youtube/comment_threads/comment_threads-20000101T010000.000000Z.json": (4, 1),
    "tag/data_pull/data/youtube/comment_threads/comment_threads-20000101T010000.000001Z.json": (3, 3),
}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="no real answers beside this checkout (../shared/data)"),
]


@pytest.fixture
def key():
    """A key that everybody knows."""
    from socialwork_research.kernels.hashing import Key

    return Key(bytes(range(32)))


def test_every_file_is_known():
    """No file of the set is left without an answer."""
    assert {str(file.relative_to(SHARED)) for file in SHARED.rglob("*.json")} == set(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_comments_and_replies(name, key):
    """Every comment is kept; replies have their top-level comment as parent and all of them are there."""
    corpus = sources.read(SHARED / name, key=key)
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    threads, replies = FILES[name]
    assert lines["rows read"] == lines["kept"] == threads + replies
    assert lines["parents missing"] == threads
    assert "replies not in the export" not in lines
    posts = corpus.posts
    assert posts["reply_to"].isin(posts["post_id"]).sum() == replies
    assert posts["reply_to_author"].notna().all()


def test_two_answers_of_one_collector_repeat_comments(key):
    """A folder of answers that repeat comments keeps each of them once."""
    folder = (SHARED / sorted(FILES)[1]).parent
    corpus = sources.read(folder, key=key)
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    refused = sum(n for what, n in lines.items() if what.startswith("refused: same id"))
    assert (lines["rows read"], lines["kept"], refused) == (11, 8, 3)
    assert corpus.posts["post_id"].is_unique
