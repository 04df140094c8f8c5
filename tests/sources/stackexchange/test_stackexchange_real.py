"""Two real dumps, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research import sources

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
EXPORTS = {
    "stackexchange_matheducators/Posts.xml": {
        "read": 2061,
        "kept": 1904,
        "others": 157,
        "pairs": 1159,
        "no_self": 1149,
    },
    "stackexchange_history_meta": {"read": 1657, "kept": 1651, "others": 6, "pairs": 804, "no_self": 779},
}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


@pytest.fixture(scope="module", params=sorted(EXPORTS))
def real(request):
    """A real dump, read in memory with a key, and what it must give."""
    from socialwork_research.kernels.hashing import Key

    if not (SHARED / request.param).exists():
        pytest.skip(f"{request.param} is not in ../shared/data")
    return sources.read(SHARED / request.param, key=Key(bytes(range(32)))), EXPORTS[request.param]


def test_rows_read_kept_and_refused_by_type(real):
    """The ledger tells the rows of Posts.xml, the questions and answers kept, and the others refused by type."""
    corpus, expected = real
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    prefix = "Posts.xml: " if "Posts.xml: kept" in lines else ""
    assert lines[f"{prefix}rows read"] == expected["read"]
    assert lines[f"{prefix}kept"] == expected["kept"]
    assert sum(n for what, n in lines.items() if what.startswith("refused: type ")) == expected["others"]
    refused = sum(n for what, n in lines.items() if what.startswith("refused: "))
    assert lines["rows read"] == lines["kept"] + refused
    assert corpus.posts["kind"].isin(["question", "answer"]).sum() == expected["kept"]


def test_answerer_asker_pairs(real):
    """Distinct pairs of answerer and asker, with and without those who answer themselves."""
    corpus, expected = real
    answers = corpus.posts[corpus.posts["kind"] == "answer"].dropna(subset=["author_id", "reply_to_author"])
    pairs = answers[["author_id", "reply_to_author"]].drop_duplicates()
    assert len(pairs) == expected["pairs"]
    assert (pairs["author_id"] != pairs["reply_to_author"]).sum() == expected["no_self"]


def test_comments_have_their_own_lines(real):
    """Where the dump has comments, the ledger tells them apart and each is in its question's thread."""
    corpus, _ = real
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    comments = corpus.posts[corpus.posts["kind"] == "comment"]
    assert lines.get("Comments.xml: kept", 0) == len(comments)
    asked = set(corpus.posts.loc[corpus.posts["kind"] == "question", "post_id"])
    assert comments["thread_id"].isin(asked).mean() > 0.95 or comments.empty
