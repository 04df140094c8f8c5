"""A real forum's feed, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research import sources
from socialwork_research.kernels.hashing import Key

FEED = Path(__file__).resolve().parents[4] / "shared" / "data" / "fx_forum_html" / "darpa.xml"

pytestmark = [pytest.mark.real, pytest.mark.skipif(not FEED.is_file(), reason="no real feed beside this checkout")]


def test_all_posts_of_a_forum() -> None:
    """731 posts by 135 authors, as the notes beside the file say."""
    corpus = sources.read(FEED, key=Key(bytes(range(32))))
    assert len(corpus) == 731
    assert corpus.posts["author_id"].nunique() == 135
    assert set(corpus.posts["created_at"].dt.year) == {2006, 2007}
    assert corpus.posts["text"].notna().all()
