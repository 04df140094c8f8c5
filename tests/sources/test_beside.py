"""Accounts and follows that lie beside a table of posts: read along, hashed by the same key, and counted."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from socialwork_research import Corpus, load, papers, save, sources
from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key

POSTS = (
    "post_id,author_id,platform,created_at,text\n"
    "1,ann,forum,2021-05-04T09:00:00Z,Morning\n2,bo,forum,2021-05-04T10:00:00Z,Hello\n"
)
ACCOUNTS = (
    "author_id,platform,profile,mood\nann,forum,Likes tea,fine\nbo,forum,,\n,forum,nobody,\nann,forum,Likes tea,fine\n"
)
FOLLOWS = "source,target,platform\nbo,ann,forum\nann,,forum\n"
KEY = Key(bytes(range(32)))


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder with posts, accounts and follows."""
    folder = tmp_path / "export"
    folder.mkdir()
    for name, text in (("posts", POSTS), ("accounts", ACCOUNTS), ("follows", FOLLOWS)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder / "posts.csv"


def test_they_are_read_along_and_the_ledger_tells(export: Path) -> None:
    """Rows stand once, those without an id are refused with their line, and unknown columns are left out."""
    corpus = sources.read(export)
    assert corpus.accounts[["author_id", "platform", "profile"]].to_numpy(na_value=None).tolist() == [
        ["ann", "forum", "Likes tea"],
        ["bo", "forum", None],
    ]
    assert corpus.accounts["is_automated"].isna().all()
    assert corpus.follows.to_numpy().tolist() == [["bo", "ann", "forum"]]
    told = corpus.losses.set_index("what")
    assert told.loc["accounts read", "n"] == 3
    assert told.loc["accounts refused: a value is missing", ["n", "where"]].tolist() == [1, "row 4"]
    assert told.loc["follows refused: a value is missing", "n"] == 1
    assert told.loc["kept", "n"].sum() == 2


def test_the_folder_is_the_export(export: Path) -> None:
    """Who hands in the folder gets what the table of posts alone gives: tables beside it are no exports of their own."""
    whole, alone = sources.read(export.parent), sources.read(export)
    pd.testing.assert_frame_equal(whole.posts, alone.posts)
    pd.testing.assert_frame_equal(whole.accounts, alone.accounts)
    pd.testing.assert_frame_equal(whole.follows, alone.follows)
    pd.testing.assert_frame_equal(whole.losses, alone.losses)


@pytest.mark.parametrize("on_disk", [False, True])
def test_they_are_hashed_as_the_posts_are(export: Path, tmp_path: Path, on_disk: bool) -> None:
    """With a key, an account's pseudonym is the author's in the posts, and no raw id is left anywhere."""
    corpus = sources.read(export, key=KEY, folder=tmp_path / "corpus" if on_disk else None)
    authors = set(corpus.posts["author_id"])
    assert set(corpus.accounts["author_id"]) == authors
    assert set(corpus.follows["source"]) | set(corpus.follows["target"]) == authors
    assert not {"ann", "bo"} & authors
    if on_disk:
        again = Corpus.open(tmp_path / "corpus")
        pd.testing.assert_frame_equal(again.accounts, corpus.accounts)
        pd.testing.assert_frame_equal(again.follows, corpus.follows)
        assert papers(again)["function"] == "corpus.Corpus.open"
    else:
        assert load(save(corpus, tmp_path / "saved")).follows.equals(corpus.follows)


def test_only_beside_a_table_called_posts(export: Path) -> None:
    """Beside a table of another name such files are somebody else's."""
    other = export.rename(export.with_name("other.csv"))
    assert sources.read(other).accounts is None


def test_a_table_that_lacks_a_column_is_refused_by_name(export: Path) -> None:
    """What lies there and cannot be read along is told, with how to mend it."""
    export.with_name("follows.csv").write_text("from,to,platform\na,b,forum\n", "utf-8")
    with pytest.raises(SchemaError, match=r"follows\.csv lies beside the posts and lacks the column source and target"):
        sources.read(export)
