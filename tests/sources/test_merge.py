"""Several exports as one corpus: waves and places are put together, and each post stands once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from socialwork_research import Corpus, sources
from socialwork_research.errors import OptionError, PrivacyError, SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import _merge

HERE = Path(__file__).parent
KEY = Key(bytes(range(32)))
REDDIT = '{"id": "a1", "subreddit": "demo", "author": "ann", "created_utc": 1700000000, "title": "Hello", "selftext": "old"%s}\n'
COMMENT = (
    '{"id": "c1", "link_id": "t3_a1", "parent_id": "t3_a1", "subreddit": "demo", "author": "bo", "created_utc": 1700000100, '
    '"body": "Morning"}\n'
)
TABLE = "post_id,author_id,platform,created_at,text\n1,ann,forum,2021-05-04T09:00:00Z,Here\n"


@pytest.fixture
def waves(tmp_path: Path) -> Path:
    """A folder with two waves of one Reddit thread and a table of a forum."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "RS_first.ndjson").write_text(REDDIT % "")
    (folder / "RS_second.ndjson").write_text(REDDIT.replace("old", "new and longer") % ', "retrieved_on": 1700900000')
    (folder / "RC_second.ndjson").write_text(COMMENT)
    (folder / "table.csv").write_text(TABLE)
    return folder


def several(folder: Path) -> list[Path]:
    """The files one by one."""
    return [folder / name for name in ("RS_first.ndjson", "RS_second.ndjson", "RC_second.ndjson", "table.csv")]


@pytest.mark.parametrize("on_disk", [False, True])
def test_waves_and_places_become_one_corpus(waves: Path, tmp_path: Path, on_disk: bool) -> None:
    """A post of two waves is kept once, as fetched last; replies join across files; the ledger names each export."""
    corpus = sources.read(several(waves), key=KEY, name="mine", folder=tmp_path / "made" if on_disk else None)
    posts = corpus.posts
    assert len(posts) == 3
    assert posts["platform"].value_counts().to_dict() == {"reddit": 2, "forum": 1}
    reddit = posts[posts["platform"] == "reddit"].set_index("kind")
    assert reddit.loc["post", "text"] == "new and longer"
    assert reddit.loc["comment", "reply_to"] == reddit.loc["post", "post_id"] == reddit.loc["comment", "thread_id"]
    assert reddit.loc["comment", "reply_to_author"] == reddit.loc["post", "author_id"]
    told = corpus.losses.set_index("what")["n"]
    assert told["posts of several exports, kept once"] == 1
    assert told["kept"] == 3
    assert told["export 4 (table): kept"] == 1
    assert corpus.name == "mine"
    assert corpus.pseudonyms == KEY.id
    if on_disk:
        assert Corpus.open(tmp_path / "made").fingerprint == corpus.fingerprint
        assert {entry.name for entry in tmp_path.iterdir()} == {"exports", "made"}


def test_on_disk_and_in_memory_are_the_same(waves: Path, tmp_path: Path) -> None:
    """The choice between copies does not depend on where it is made, nor on the order of the files."""
    memory = sources.read(several(waves), key=KEY)
    disk = sources.read(several(waves)[::-1], key=KEY, folder=tmp_path / "made")
    assert memory.fingerprint == disk.fingerprint
    pd.testing.assert_frame_equal(memory.posts, disk.posts)


def test_the_order_among_copies_by_hand(corpus_of) -> None:
    """Fetched last goes before edited last, that before the longer text, and that before the order given."""

    def wave(name: str, text: str, **more: str) -> Corpus:
        return corpus_of(
            {"post_id": ["1"], "text": [text], **{what: [value] for what, value in more.items()}}, name=name
        )

    plain, long = wave("plain", "short"), wave("long", "a longer text")
    edited = wave("edited", "x", edited_at="2021-01-02T00:00:00Z")
    fetched = wave("fetched", "y", fetched_at="2021-01-03T00:00:00Z")
    for given, kept in (
        ((plain, long), "a longer text"),
        ((long, edited), "x"),
        ((edited, fetched), "y"),
        ((plain, plain), "short"),
    ):
        assert _merge.merged(given, name="w", folder=None).posts["text"].item() == kept
        assert _merge.merged(given[::-1], name="w", folder=None).posts["text"].item() == kept


def test_keys_must_be_one(corpus_of) -> None:
    """Corpora hashed with different keys are not put together."""
    one, two = (corpus_of({"post_id": ["1"]}, pseudonyms=key) for key in ("a", "b"))
    with pytest.raises(PrivacyError, match="different keys"):
        _merge.merged([one, two], name="w", folder=None)


def test_a_folder_of_mixed_exports_is_read_file_by_file(waves: Path) -> None:
    """Where no single place knows the folder, each file is read as what it is."""
    (waves / "RS_first.ndjson").unlink()
    assert len(sources.read(waves, key=KEY)) == 3
    with pytest.raises(SchemaError, match="no export"):
        sources.read([], key=KEY)
    (waves.parent / "made").mkdir()
    with pytest.raises(OptionError, match="there already"):
        sources.read(several(waves)[1:], key=KEY, folder=waves.parent / "made")


def test_files_that_no_place_knows_are_counted(waves: Path) -> None:
    """An unknown file does not keep the others from being read, and the ledger counts it, on disk and in memory."""
    mixed = waves.parent / "mixed"
    (mixed / "deeper").mkdir(parents=True)
    (waves / "table.csv").rename(mixed / "table.csv")
    (waves / "RS_first.ndjson").rename(mixed / "deeper" / "RS_first.ndjson")
    (mixed / "notes.bin").write_bytes(b"\x00\x01")
    (mixed / "contacts.csv").write_text("First Name,Company\nAnn,Elsewhere\n")
    corpus = sources.read(mixed, key=KEY)
    assert set(corpus.posts["platform"]) == {"reddit", "forum"}
    assert corpus.losses.set_index("what").loc["files of no known format, not read", "n"] == 2
    disk = sources.read(mixed, key=KEY, folder=waves.parent / "made")
    pd.testing.assert_frame_equal(disk.losses, corpus.losses)
    pd.testing.assert_frame_equal(disk.posts, corpus.posts)


def test_a_place_that_knows_the_folder_does_not_hide_the_files_of_others(tmp_path: Path) -> None:
    """A folder of Reddit files holds others too: a table of posts and a saved answer are read."""
    (tmp_path / "RS_1.ndjson").write_text(REDDIT % "")
    (tmp_path / "board.csv").write_text(TABLE)
    shutil.copy(next((HERE / "youtube" / "data").iterdir()), tmp_path / "videos.json")
    corpus = sources.read(tmp_path, key=KEY)
    assert set(corpus.posts["platform"]) == {"reddit", "forum", "youtube"}


def test_options_of_a_place_go_where_they_have_a_use(waves: Path) -> None:
    """An option that none of the readers takes is refused with the nearest name; one that some take reaches them."""
    with pytest.raises(OptionError, match="Did you mean 'allow_truncated'"):
        sources.read(waves / "RS_first.ndjson", key=KEY, allow_trunc=True)
    corpus = sources.read(several(waves), key=KEY, allow_truncated=True)
    assert corpus.fingerprint == sources.read(several(waves), key=KEY).fingerprint


def test_no_file_is_named_and_a_zone_goes_where_it_has_a_use(waves: Path) -> None:
    """A file's name can be a person's, so the ledger numbers the exports; a zone is no error for those that need none."""
    naive = waves / "by-jo-smith.csv"
    naive.write_text(TABLE.replace("1,ann,forum,2021-05-04T09:00:00Z", "2,ann,forum,2021-05-04 09:00:00"))
    corpus = sources.read([waves / "RS_first.ndjson", naive], key=KEY, zone="Europe/London")
    assert len(corpus) == 2
    assert not corpus.losses.map(lambda cell: "jo-smith" in str(cell)).any(axis=None)
    assert corpus.posts.set_index("platform").loc["forum", "created_at"].hour == 8


def test_exports_of_which_no_post_is_kept_are_an_empty_corpus(tmp_path: Path) -> None:
    """Two exports whose rows are all refused give a corpus of no posts, and a ledger that says so."""
    for number in (1, 2):
        (tmp_path / f"{number}.csv").write_text("post_id,author_id,created_at,text\n,ann,2021-05-04T09:00:00Z,Here\n")
    corpus = sources.read([tmp_path / "1.csv", tmp_path / "2.csv"], key=KEY)
    assert len(corpus) == 0
    assert corpus.losses.set_index("what")["n"]["kept"] == 0
