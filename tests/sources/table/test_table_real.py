"""Edge lists of two real online courses, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research import sources
from socialwork_research.kernels.hashing import Key

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "mooced_dlt_networks"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


@pytest.mark.parametrize(
    ("file", "recipient", "comments", "arcs"),
    [("dlt1-edges.csv", "Receiver", 2529, 1936), ("dlt2-edges.csv", "Reciever", 2584, 2062)],
)
def test_all_comments_of_a_course_are_read(file, recipient, comments, arcs):
    """Mac line ends, latin-1 and a misspelt column: each comment is read, and the distinct pairs are those published."""
    # Kellogg and Edelmann (2015), Table 2: arcs are twice the mutual dyads (212, 285) and once the asymmetric (1512, 1492).
    said = {"author_id": "Sender", "reply_to_author": recipient, "created_at": "Timestamp"}
    corpus = sources.table.read(SHARED / file, columns=said, zone="America/New_York", key=Key(bytes(range(32))))
    posts = corpus.posts
    assert len(posts) == comments
    pairs = posts.loc[
        posts["author_id"] != posts["reply_to_author"], ["author_id", "reply_to_author"]
    ].drop_duplicates()
    assert len(pairs) == arcs
