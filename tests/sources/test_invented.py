"""Which files are known to be invented."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest

import socialwork_research as sw
from socialwork_research import sources
from socialwork_research.errors import PrivacyError, SchemaError
from socialwork_research.sources import _invented

ROW = {
    "post_id": "a",
    "author_id": "u1",
    "created_at": "2021-05-04T09:00:00Z",
    "text": "Morning all",
    "platform": "forum",
}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of shipped corpora with one file and its sum."""
    folder = tmp_path / "corpora" / "sample"
    folder.mkdir(parents=True)
    content = "\n".join(json.dumps({**ROW, "post_id": f"p{number}"}) for number in range(3)).encode()
    (folder / "posts.jsonl").write_bytes(content)
    listing = tmp_path / "invented.json"
    listing.write_text(json.dumps({"sample/posts.jsonl": hashlib.sha256(content).hexdigest()}))
    monkeypatch.setattr(_invented, "PLACES", (tmp_path / "corpora",))
    monkeypatch.setattr(_invented, "LISTING", listing)
    return folder


@pytest.mark.usefixtures("place")
def test_sums_beside_the_posts_are_not_believed(tmp_path):
    """A list of sums that lies beside the posts could be written by anybody, and counts for nothing."""
    mine = tmp_path / "corpora" / "mine"
    mine.mkdir()
    (mine / "posts.jsonl").write_text(json.dumps({**ROW, "text": "Evening all"}))
    digest = hashlib.sha256((mine / "posts.jsonl").read_bytes()).hexdigest()
    (mine / "SHA256SUMS").write_text(f"{digest}  posts.jsonl\n")
    assert sources.read(mine / "posts.jsonl").invented is None


def test_a_shipped_file_needs_no_key(place, tmp_path):
    """A shipped file is read with its ids as they are, marked invented, and may be written without a key."""
    digest = hashlib.sha256((place / "posts.jsonl").read_bytes()).hexdigest()
    corpus = sources.read(place / "posts.jsonl", folder=tmp_path / "out")
    assert corpus.invented["name"] == "sample"
    assert corpus.invented["sha256"] == digest
    assert corpus.pseudonyms is None
    assert corpus.posts["post_id"].tolist() == ["p0", "p1", "p2"]


def test_a_shipped_file_may_lie_anywhere(place, tmp_path):
    """What counts is the content, not the place or the name."""
    (tmp_path / "mine.jsonl").write_bytes((place / "posts.jsonl").read_bytes())
    assert sources.read(tmp_path / "mine.jsonl").invented is not None


def test_what_a_file_says_of_itself_counts_for_nothing(place, tmp_path):
    """A file that declares itself invented, or differs by one letter from a shipped one, is not believed."""
    (tmp_path / "posts.jsonl").write_text(json.dumps({**ROW, "invented": True}))
    assert sources.read(tmp_path / "posts.jsonl").invented is None
    changed = (place / "posts.jsonl").read_bytes().replace(b"Morning", b"Evening")
    (tmp_path / "sample.jsonl").write_bytes(changed)
    corpus = sources.read(tmp_path / "sample.jsonl")
    assert corpus.invented is None
    with pytest.raises(PrivacyError, match="new_key"):
        sources.read(tmp_path / "sample.jsonl", folder=tmp_path / "out")


def test_shipped_posts_can_be_derived_again(place):
    """From the sum alone the shipped posts come back, so that a claim can be checked."""
    corpus = sources.read(place / "posts.jsonl")
    texts = _invented.shipped_corpus(sha256=corpus.invented["sha256"]).posts
    assert texts.equals(corpus.posts)


@pytest.mark.parametrize("sha256", ["", "00", "00+11"])
@pytest.mark.usefixtures("place")
def test_an_unknown_sum_derives_nothing(sha256):
    """A sum that is not listed gives no posts."""
    with pytest.raises(SchemaError, match="sha256"):
        _invented.shipped_corpus(sha256=sha256)


def test_a_changed_shipped_file_derives_nothing(place):
    """If the file beside the sums was changed, it is not taken for the shipped one."""
    digest = hashlib.sha256((place / "posts.jsonl").read_bytes()).hexdigest()
    (place / "posts.jsonl").write_text(json.dumps(ROW))
    with pytest.raises(SchemaError):
        _invented.shipped_corpus(sha256=digest)


def test_a_key_hashes_an_invented_file_too(place, key):
    """With a key ids are hashed, invented or not."""
    corpus = sources.read(place / "posts.jsonl", key=key)
    assert corpus.pseudonyms == key.id
    assert corpus.posts["post_id"].str.fullmatch("[a-z2-7]{26}").all()
    assert corpus.invented is not None


def test_an_invented_corpus_is_saved_without_a_key_and_a_liar_is_not(place, tmp_path):
    """Saving derives the shipped posts again: the real sample passes, another corpus that claims its sum does not."""
    corpus = sources.read(place / "posts.jsonl")
    assert sw.save(corpus, tmp_path / "out") == tmp_path / "out"
    (tmp_path / "real.jsonl").write_text(json.dumps({**ROW, "text": "Somebody real"}))
    liar = dataclasses.replace(sources.read(tmp_path / "real.jsonl"), invented=corpus.invented)
    with pytest.raises(PrivacyError):
        sw.save(liar, tmp_path / "liar")
    assert not (tmp_path / "liar").exists()
