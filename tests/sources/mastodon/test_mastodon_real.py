"""Real answers of Mastodon servers, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import mastodon

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "fx_mastodon_api"
READ_AND_KEPT = {
    "get_account_statuses_default.0.json": (20, 20),
    "get_account_statuses_limit.0.json": (20, 20),
    "get_account_statuses_limit.1.json": (20, 20),
    "get_account_statuses_limit.2.json": (21, 21),
    "get_account_statuses_limit.3.json": (20, 20),
    "get_account_statuses_limit.4.json": (20, 20),
    "get_context_default.0.json": (59, 59),
    "get_timeline_public_default.0.json": (20, 20),
    "test_entity_context.0.json": (2, 0),
    "test_entity_conversation.0.json": (20, 0),
    "test_entity_status.0.json": (1, 1),
    "test_entity_status.1.json": (1, 1),
    "test_entity_statusmention.0.json": (1, 1),
    "testdata/malformed.json": (50, 48),
    "testdata/mastodonsocial.json": (48, 48),
}
NO_STATUS = (
    "get_reblogged_by_default.0.json",
    "test_entity_statusedit.0.json",
    "test_entity_statusedit.1.json",
    "test_entity_statussource.0.json",
)

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


def real(name):
    """Read a real file in memory with a key."""
    return mastodon.read(SHARED / name, key=Key(bytes(range(32))))


def test_every_file_is_listed():
    """No real file is left out of these tests."""
    files = {str(file.relative_to(SHARED)) for file in SHARED.rglob("*.json")}
    assert files == {*READ_AND_KEPT, *NO_STATUS}


@pytest.mark.parametrize("name", sorted(READ_AND_KEPT))
def test_read_kept_and_refused(name):
    """Each file gives the number of posts that it holds, and the ledger adds up with a reason for each refusal."""
    corpus = real(name)
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    assert (lines["rows read"], lines["kept"]) == READ_AND_KEPT[name]
    assert lines["rows read"] == lines["kept"] + sum(n for what, n in lines.items() if what.startswith("refused: "))
    assert len(corpus) == lines["kept"]
    assert "ids of an unknown server" not in lines


@pytest.mark.parametrize("name", NO_STATUS)
def test_files_without_statuses_are_refused(name):
    """Lists of accounts, versions and sources of a status are refused by name, and nobody's for `detect`."""
    assert not mastodon.detect(SHARED / name)
    with pytest.raises(SchemaError, match="no status of Mastodon lies here"):
        real(name)


def test_the_context_is_one_thread():
    """Of 59 replies 43 answer the post that was asked for, which is not there, and 16 answer one another."""
    posts = real("get_context_default.0.json").posts
    assert posts["thread_id"].nunique() == 1
    is_there = posts["reply_to"].isin(posts["post_id"])
    assert ((~is_there).sum(), is_there.sum()) == (43, 16)
    known = posts[is_there]
    author = posts.set_index("post_id")["author_id"]
    assert (known["reply_to"].map(author) == known["reply_to_author"]).all()


def test_the_folder_is_read_as_one():
    """The folder's pages together: repeated statuses are kept once."""
    corpus = real(".")
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    assert (lines["rows read"], lines["kept"]) == (225, 182)
    assert lines["refused: same id, same content"] == 21
