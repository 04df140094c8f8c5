"""What holds of every place whose exports can be read; new ones are found by themselves."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research._posts import COLUMNS
from socialwork_research.errors import OptionError, PrivacyError
from socialwork_research.kernels.hashing import LENGTH
from socialwork_research.sources import _assemble, _relations, _staging
from socialwork_research.sources._exports import opened, places

PLACES = places()
IDS = ["post_id", "thread_id", "reply_to", "reply_to_author", "quote_of", "repost_of", "author_id"]


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


@pytest.mark.parametrize("name", PLACES)
def test_every_place_has_data_and_raw_words(name):
    """Every place brings an invented export and the list of its raw ids and names."""
    folder = Path(__file__).parent / name
    assert any((folder / "data").iterdir())
    assert len((folder / "raw.txt").read_text("utf-8").split("\n")) > 10


@pytest.mark.parametrize("name", PLACES)
def test_detects_its_own_data(name, place_of_name):
    """A place knows its own export, and no other place takes it."""
    module, path = place_of_name(name)
    assert module.detect(path)
    with opened(path) as (exports, _):
        assert [export.place for export in exports] == [name]


@pytest.mark.parametrize("name", PLACES)
def test_posts_have_all_columns_typed_and_in_utc(name, place_of_name, key):
    """What is read has every column of a corpus, each of its type, times in UTC."""
    _, path = place_of_name(name)
    posts = sources.read(path, key=key).posts
    assert list(posts.columns) == list(COLUMNS)
    assert len(posts) > 3
    dtypes = {"text": "str", "time": "datetime64[us, UTC]", "int": "Int64", "bool": "bool", "list": "object"}
    assert {column: str(posts[column].dtype) for column in posts} == {c: dtypes[kind] for c, kind in COLUMNS.items()}
    assert posts["created_at"].notna().all()


@pytest.mark.parametrize("name", PLACES)
def test_kept_and_refused_are_read(name, place_of_name, key):
    """The ledger adds up, in all and for each file, and kept is what the corpus holds."""
    _, path = place_of_name(name)
    corpus = sources.read(path, key=key)
    lines = told(corpus)
    refused = sum(n for what, n in lines.items() if what.startswith("refused: "))
    assert lines["rows read"] == lines["kept"] + refused
    assert lines["kept"] == len(corpus)
    for what in ("rows read", "kept"):
        by_file = [n for line, n in lines.items() if line.endswith(f": {what}")]
        assert not by_file or sum(by_file) == lines[what]


@pytest.mark.parametrize("name", PLACES)
def test_ids_are_pseudonyms_in_memory_and_equal_on_disk(name, place_of_name, key, tmp_path):
    """With a key every id is a pseudonym, and the corpus in memory and on disk is the same."""
    _, path = place_of_name(name)
    memory = sources.read(path, key=key)
    disk = sources.read(path, key=key, folder=tmp_path / "corpus")
    for column in IDS:
        assert memory.posts[column].dropna().str.fullmatch(f"[a-z2-7]{{{LENGTH}}}").all()
    pd.testing.assert_frame_equal(memory.posts, disk.posts)
    pd.testing.assert_frame_equal(memory.losses, disk.losses)
    assert memory.fingerprint == disk.fingerprint
    assert memory.pseudonyms == disk.pseudonyms == key.id


@pytest.mark.parametrize("name", PLACES)
def test_no_raw_id_or_name_is_in_a_saved_folder(name, place_of_name, everything_in, key, tmp_path):
    """No raw id and no name of the export is anywhere in what is written."""
    _, path = place_of_name(name)
    sources.read(path, key=key, folder=tmp_path / "corpus")
    words = (Path(__file__).parent / name / "raw.txt").read_text("utf-8").split("\n")
    written = everything_in(tmp_path).casefold()
    assert [word for word in words if word and word.casefold() in written] == []


@pytest.mark.parametrize("name", PLACES)
def test_no_raw_id_or_name_is_staged(name, place_of_name, everything_in, key, tmp_path, monkeypatch):
    """What lies on the disk while an import runs holds no raw id and no name either."""
    _, path = place_of_name(name)
    seen = []
    resolve = _relations.resolve

    def spy(connection):
        seen.append(everything_in(tmp_path).casefold())
        return resolve(connection)

    monkeypatch.setattr(_relations, "resolve", spy)
    sources.read(path, key=key, folder=tmp_path / "corpus")
    words = (Path(__file__).parent / name / "raw.txt").read_text("utf-8").split("\n")
    assert "chunk-" in seen[0]
    assert [word for word in words if word and word.casefold() in seen[0]] == []


@pytest.mark.parametrize("name", PLACES)
def test_the_key_is_nowhere(name, place_of_name, everything_in, key, tmp_path):
    """The secret is in no file that is written."""
    _, path = place_of_name(name)
    sources.read(path, key=key, folder=tmp_path / "corpus")
    written = everything_in(tmp_path)
    assert bytes(range(32)).hex() not in written
    assert bytes(range(32)).decode("latin-1") not in written


@pytest.mark.parametrize("name", PLACES)
def test_two_imports_are_alike_byte_for_byte(name, place_of_name, key, tmp_path):
    """Importing twice writes the same bytes."""
    _, path = place_of_name(name)
    for number in ("one", "two"):
        sources.read(path, key=key, name="same", folder=tmp_path / number)
    files = [sorted(file.relative_to(tmp_path / n) for file in (tmp_path / n).rglob("*")) for n in ("one", "two")]
    assert files[0] == files[1]
    for file in files[0]:
        if (tmp_path / "one" / file).is_file():
            assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


@pytest.mark.parametrize("name", PLACES)
def test_another_key_gives_other_ids(name, place_of_name, key):
    """Two keys share no pseudonym, so that nobody can be followed from one study into another."""
    _, path = place_of_name(name)
    other = type(key)(bytes(32))
    first, second = sources.read(path, key=key).posts, sources.read(path, key=other).posts
    for column in IDS:
        assert not set(first[column].dropna()) & set(second[column].dropna())


@pytest.mark.parametrize("where", ["staging", "writing"])
@pytest.mark.parametrize("name", PLACES)
def test_an_interrupted_import_leaves_nothing(name, where, place_of_name, key, tmp_path, monkeypatch):
    """Whoever stops an import finds neither a folder nor a piece of one."""
    _, path = place_of_name(name)

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(*((_staging, "write", stop) if where == "staging" else (_relations, "posts", stop)))
    with pytest.raises(KeyboardInterrupt):
        sources.read(path, key=key, folder=tmp_path / "corpus")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", PLACES)
def test_an_error_while_parts_are_written_leaves_nothing(name, place_of_name, key, tmp_path, monkeypatch):
    """An error after the first part has been written leaves no folder either."""
    _, path = place_of_name(name)
    posts = _relations.posts

    def broken(connection, *, size, scratch):
        yield from posts(connection, size=size, scratch=scratch)
        raise OSError("no space left")

    monkeypatch.setattr(_relations, "posts", broken)
    with pytest.raises(OSError, match="no space"):
        sources.read(path, key=key, folder=tmp_path / "corpus")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", PLACES)
def test_without_a_key_nothing_is_written(name, place_of_name, tmp_path):
    """Without a key a corpus lives in memory, and a folder is refused before a byte is read."""
    _, path = place_of_name(name)
    corpus = sources.read(path)
    assert corpus.pseudonyms is None
    assert corpus.invented is None
    assert corpus.is_open
    with pytest.raises(PrivacyError, match="new_key"):
        sources.read(path, folder=tmp_path / "corpus")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", PLACES)
def test_without_a_key_a_corpus_is_capped(name, place_of_name, monkeypatch):
    """One post too many without a key is refused, with the way to make one."""
    _, path = place_of_name(name)
    monkeypatch.setattr(_assemble, "CAP", 3)
    with pytest.raises(PrivacyError, match="new_key"):
        sources.read(path)


@pytest.mark.parametrize("name", PLACES)
def test_a_folder_that_is_there_is_not_replaced(name, place_of_name, key, tmp_path):
    """An import writes over nothing."""
    _, path = place_of_name(name)
    (tmp_path / "kept.txt").write_text("mine")
    with pytest.raises(OptionError, match="is there already"):
        sources.read(path, key=key, folder=tmp_path)
    assert (tmp_path / "kept.txt").read_text() == "mine"


@pytest.mark.parametrize("name", PLACES)
def test_a_key_must_be_a_key(name, place_of_name):
    """A key given as text is refused without being shown."""
    _, path = place_of_name(name)
    with pytest.raises(OptionError) as caught:
        sources.read(path, key="07" * 32)
    assert "0707" not in str(caught.value)


@pytest.mark.parametrize("name", PLACES)
def test_replies_and_authors_join(name, place_of_name, key):
    """A reply's recipient is the author of the post replied to, wherever that post is in the export."""
    _, path = place_of_name(name)
    posts = sources.read(path, key=key).posts
    author = posts.set_index("post_id")["author_id"]
    replies = posts[posts["reply_to"].isin(posts["post_id"])]
    known = replies[replies["reply_to"].map(author).notna()]
    assert len(known) > 0
    assert (known["reply_to"].map(author) == known["reply_to_author"]).all()


@pytest.mark.parametrize("name", PLACES)
def test_order_of_posts_is_that_of_thread_time_and_id(name, place_of_name, key):
    """Posts come sorted by thread, time and id."""
    _, path = place_of_name(name)
    posts = sources.read(path, key=key).posts
    order = posts[["thread_id", "created_at", "post_id"]]
    assert order.equals(order.sort_values(list(order.columns), ignore_index=True))


def test_a_corpus_without_a_key_has_the_same_shape(place_of_name, key):
    """The key changes ids and nothing else: who replies to whom is the same with it and without."""
    for name in PLACES:
        _, path = place_of_name(name)
        hashed, plain = sources.read(path, key=key).posts, sources.read(path).posts
        both = [frame.sort_values(["created_at", "n_likes", "text"], ignore_index=True) for frame in (hashed, plain)]
        for column in IDS:
            codes = [pd.factorize(frame[column])[0].tolist() for frame in both]
            assert codes[0] == codes[1], (name, column)


def test_a_corpus_is_frozen(place_of_name):
    """A corpus that was read cannot be changed by assignment."""
    _, path = place_of_name(PLACES[0])
    corpus = sources.read(path)
    with pytest.raises(dataclasses.FrozenInstanceError):
        corpus.invented = {"by": "me"}
