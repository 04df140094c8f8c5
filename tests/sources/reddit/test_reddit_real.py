"""Real answers of Reddit's interface, and real descriptions of dumps, read from beside the checkout and never copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
ANSWERS = SHARED / "fx_reddit_api"
DESCRIPTIONS = SHARED / "fx_arctic_shift_schemas"
LARGE, LIMITED, USER = (
    "CommentForest_replace__all_large",
    "CommentForest_replace__all_with_comment_limit",
    "ListingGenerator_exhaust_items",
)
COUNTS = {  # comments, posts, authors with a name, comments whose author is deleted
    f"{LARGE}_first_response.json": (485, 1, 341, 60),
    f"{LARGE}_things.ndjson": (1428, 1, 934, 172),
    f"{LIMITED}_first_response.json": (10, 1, 10, 1),
    f"{LIMITED}_things.ndjson": (536, 1, 410, 23),
    f"{USER}_first_response.json": (93, 7, 1, 0),
    f"{USER}_things.ndjson": (990, 11, 1, 0),
}
GAPS = {  # comments that the page counts and leaves out; branches that go on elsewhere; pages that another follows
    f"{LARGE}_first_response.json": (1060, 1, 0),
    f"{LIMITED}_first_response.json": (559, 0, 0),
    f"{USER}_first_response.json": (0, 0, 1),
}
LINES = (
    "comments not in the export", "branches not in the export, their size unknown", "listings with a next page",
)  # fmt: skip

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


def real(path):
    """Read a real export in memory with a key."""
    if not path.exists():
        pytest.skip(f"{path.name} is not in ../shared/data")
    return sources.read(path, key=Key(bytes(range(32))))


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_every_file_is_read_whole(name):
    """Comments, posts and authors are those published: 1,428, 536 and 1,001, and "[deleted]" is not one of 935 names."""
    corpus = real(ANSWERS / name)
    comments, posts, authors, deleted = COUNTS[name]
    lines = told(corpus)
    assert lines["rows read"] == lines["kept"] == len(corpus) == comments + posts
    assert corpus.posts["kind"].value_counts().to_dict() == {"comment": comments, "post": posts}
    assert corpus.posts["author_id"].nunique() == authors
    assert (corpus.posts["author_state"] == "deleted").sum() == deleted
    assert corpus.posts["author_id"].isna().sum() == deleted


@pytest.mark.parametrize("name", sorted(GAPS))
def test_what_pages_leave_out_is_told(name):
    """The ledger has the counts of all notes of the page that comments are left out, and that a listing goes on."""
    lines = told(real(ANSWERS / name))
    assert tuple(lines.get(what, 0) for what in LINES) == GAPS[name]


@pytest.mark.parametrize(
    ("stem", "again", "changed", "left"), [(LARGE, 485, 1, 103), (LIMITED, 10, 1, 20), (USER, 100, 0, 0)]
)
def test_a_first_answer_and_all_things_are_one_export(tmp_path, stem, again, changed, left):
    """What both files hold is kept once; only the posts differ, by a score that moved, and fewer comments are left out."""
    for name in (f"{stem}_first_response.json", f"{stem}_things.ndjson"):
        if not (ANSWERS / name).exists():
            pytest.skip(f"{name} is not in ../shared/data")
        shutil.copy(ANSWERS / name, tmp_path / name)
    corpus = real(tmp_path)
    lines = told(corpus)
    comments, posts, authors, _ = COUNTS[f"{stem}_things.ndjson"]
    assert len(corpus) == comments + posts
    assert corpus.posts["author_id"].nunique() == authors
    assert lines["refused: same id, same content"] == again
    assert lines.get("refused: same id, other content", 0) == changed
    assert lines.get("comments not in the export", 0) == left
    assert "branches not in the export, their size unknown" not in lines


def test_threads_hang_together():
    """In both threads every parent is there, each comment is in the thread of its post, and none is before its parent."""
    for stem in (LARGE, LIMITED):
        corpus = real(ANSWERS / f"{stem}_things.ndjson")
        assert corpus.posts["thread_id"].nunique() == 1
        assert corpus.posts.loc[corpus.posts["kind"] == "comment", "reply_to"].isin(corpus.posts["post_id"]).all()
        assert "replies before their parent" not in told(corpus)


@pytest.mark.parametrize("year", ["2012", "2016", "2020", "2024"])
@pytest.mark.parametrize("kind", ["RC", "RS"])
@pytest.mark.parametrize("month", ["01", "12"])
def test_descriptions_of_dumps_are_refused_as_such(kind, year, month):
    """A description of the fields of a month is refused with the words that it is one, and holds no posts."""
    with pytest.raises(SchemaError, match="this is a description of the fields of a dump, no posts"):
        real(DESCRIPTIONS / kind / year / f"{kind}_{year}-{month}.json")


def test_a_folder_of_descriptions_is_refused_as_such():
    """A folder that holds nothing else is refused with the same words."""
    with pytest.raises(SchemaError, match="a description of the fields"):
        real(DESCRIPTIONS / "RC" / "2012")
