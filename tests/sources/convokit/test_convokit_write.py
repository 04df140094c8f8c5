"""Corpora written as folders of ConvoKit."""

from __future__ import annotations

import dataclasses
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.errors import OptionError, PrivacyError, SchemaError
from socialwork_research.sources import convokit


def test_what_is_written_by_hand(corpus_of, tmp_path):
    """The five files have exactly ConvoKit's fields, in its order and spelling."""
    posts = {"post_id": ["t", "p"], "author_id": ["u", None], "author_state": ["present", "deleted"], "reply_to": [None, "t"],
             "title": ["Ünder", None], "text": ["naïve", None], "n_likes": [3, None], "tags": [["a"], None]}  # fmt: skip
    place = convokit.write(corpus_of(posts), tmp_path / "talk", raw=True)
    lines = (place / "utterances.jsonl").read_text("ascii").splitlines()
    assert lines[0] == (
        '{"id": "t", "conversation_id": "t", "text": "na\\u00efve", "speaker": "u", "meta": {"kind": "post", '
        '"platform": "forum", "tags": ["a"], "n_likes": 3, "community": null}, "reply-to": null, '
        '"timestamp": 1714554000, "vectors": []}'
    )
    assert json.loads(lines[1]) == {
        "id": "p", "conversation_id": "t", "text": "", "speaker": "[deleted]",
        "meta": {"kind": "post", "platform": "forum", "community": None, "no_text": True},
        "reply-to": "t", "timestamp": 1714554060, "vectors": [],
    }  # fmt: skip
    beside = {
        name: json.loads((place / f"{name}.json").read_text("ascii")) for name in ("speakers", "conversations", "index")
    }
    assert beside["speakers"] == {
        "[deleted]": {"meta": {"author_state": "deleted"}, "vectors": []},
        "u": {"meta": {"platform": "forum"}, "vectors": []},
    }
    assert beside["conversations"] == {
        "t": {"meta": {"title": "Ünder", "community": None, "platform": "forum"}, "vectors": []}
    }
    assert beside["index"]["conversations-index"] == {
        "title": ["<class 'str'>"], "community": [], "platform": ["<class 'str'>"]}  # fmt: skip
    assert beside["index"]["utterances-index"]["n_likes"] == ["<class 'int'>"]
    assert list(beside["index"]) == [
        "utterances-index", "speakers-index", "conversations-index", "overall-index", "version", "vectors"]  # fmt: skip


def test_the_sample_comes_back_whole(sample, tmp_path):
    """Written and read again, the invented sample has the same posts, accounts and follows."""
    again = convokit.read(convokit.write(sample, tmp_path / "talk"))
    pd.testing.assert_frame_equal(again.posts, sample.posts)
    for name in ("accounts", "follows"):
        before, after = getattr(sample, name), getattr(again, name)
        order = list(before.columns)
        pd.testing.assert_frame_equal(
            after[order].sort_values(order, ignore_index=True), before.sort_values(order, ignore_index=True)
        )


@pytest.mark.parametrize("place", ["convokit", "reddit", "stackexchange", "table"])
def test_every_export_comes_back_whole(place, place_of_name, key, tmp_path):
    """Whatever was read with a key is written without raw=True, and comes back the same."""
    _, path = place_of_name(place)
    corpus = sources.read(path, key=key)
    written = convokit.write(corpus, tmp_path / "talk")
    pd.testing.assert_frame_equal(convokit.read(written).posts, corpus.posts)
    overall = json.loads((written / "corpus.json").read_text())
    assert overall["n_posts"] == len(corpus)
    assert overall["pseudonyms"] == key.id
    lost = corpus.posts["reply_to"].notna() & ~corpus.posts["reply_to"].isin(corpus.posts["post_id"])
    assert overall["n_replies_without_parent"] == lost.sum()


def test_neither_engine_nor_order_of_rows_matters(sample, sample_folder, tmp_path):
    """From the parts of a saved corpus, after a selection, or from rows in another order, the same bytes come."""
    opened = type(sample).open(sample_folder)
    shuffled = dataclasses.replace(sample, source=sample.posts.sample(frac=1, random_state=7))
    chosen = {"platform": "mastodon"}
    alike = {
        "whole": [sample, opened, shuffled],
        "chosen": [each.select(**chosen) for each in (sample, opened, shuffled)],
    }
    for name, corpora in alike.items():
        written = [convokit.write(each, tmp_path / f"{name}{n}") for n, each in enumerate(corpora)]
        for file in ("utterances.jsonl", "speakers.json", "conversations.json", "corpus.json", "index.json"):
            assert len({(place / file).read_bytes() for place in written}) == 1, (name, file)


def test_all_that_is_written_is_ascii(sample, tmp_path):
    """Every file is ASCII, so that it reads alike on any system."""
    for file in convokit.write(sample, tmp_path / "talk").iterdir():
        assert file.read_bytes().isascii(), file.name


def test_an_open_corpus_is_refused(place_of_name, tmp_path):
    """A corpus that is not pseudonymised is written only where raw=True says so; nothing is left of the refusal."""
    _, path = place_of_name("convokit")
    corpus = convokit.read(path)
    with pytest.raises(PrivacyError, match="raw=True"):
        convokit.write(corpus, tmp_path / "talk")
    assert list(tmp_path.iterdir()) == []
    assert convokit.detect(convokit.write(corpus, tmp_path / "talk", raw=True))


def test_no_raw_id_is_in_what_is_written_with_a_key(place_of_name, everything_in, key, tmp_path):
    """No raw id or name of the export stands in a folder written from a pseudonymised corpus."""
    for place in ("convokit", "reddit", "stackexchange", "table"):
        _, path = place_of_name(place)
        convokit.write(sources.read(path, key=key), tmp_path / place)
        words = (
            next(above for above in path.parents if above.name == place)
            .joinpath("raw.txt")
            .read_text("utf-8")
            .split("\n")
        )
        written = everything_in(tmp_path / place).casefold()
        assert [word for word in words if word and word.casefold() in written] == []


def test_a_folder_that_is_there_is_not_replaced(sample, tmp_path):
    """Writing takes a new folder only."""
    with pytest.raises(OptionError, match="is there already"):
        convokit.write(sample, tmp_path)


def test_one_id_on_two_platforms_is_refused(corpus_of, tmp_path):
    """Two accounts of one id on two platforms would be one speaker, so nothing is written."""
    corpus = corpus_of(
        {"post_id": ["a", "b"], "author_id": ["5", "5"], "platform": ["forum", "blog"], "text": ["x", "y"]}
    )
    with pytest.raises(SchemaError, match="several platforms"):
        convokit.write(corpus, tmp_path / "talk", raw=True)
    assert list(tmp_path.iterdir()) == []


def test_tables_without_platform_are_written(corpus_of, tmp_path):
    """Accounts and follows that name no platform, or lack an id, become speakers as far as they go."""
    accounts = pd.DataFrame({"author_id": ["u", "v", None], "profile": ["nurse", None, "nobody"]})
    follows = pd.DataFrame({"source": ["v", "w", None], "target": ["u", "u", "u"]})
    corpus = corpus_of({"post_id": ["p"], "author_id": ["u"], "text": ["x"]}, accounts=accounts, follows=follows)
    place = convokit.write(corpus, tmp_path / "talk", raw=True)
    speakers = json.loads((place / "speakers.json").read_text())
    assert {name: each["meta"] for name, each in speakers.items()} == {
        "u": {"platform": "forum", "profile": "nurse"},
        "v": {"platform": None, "follows": ["u"]},
        "w": {"platform": None, "follows": ["u"]},
    }


def test_an_empty_selection_is_written(sample, tmp_path):
    """A corpus without posts is written as a folder without utterances."""
    place = convokit.write(sample.select(words="no such word at all"), tmp_path / "talk")
    assert (place / "utterances.jsonl").read_bytes() == b""
    assert json.loads((place / "conversations.json").read_text()) == {}


_WORDS = st.text(st.characters(exclude_categories=("Cs", "Z", "C")), min_size=1, max_size=6).filter(
    lambda word: word.strip() == word
)
_TIMES = st.datetimes(pd.Timestamp("1980-01-01"), pd.Timestamp("2040-01-01")).map(lambda at: pd.Timestamp(at, tz="UTC"))
_POSTS = st.fixed_dictionaries({
    "text": st.none() | st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
    "title": st.none() | _WORDS,
    "community": st.none() | _WORDS,
    "author_id": st.none() | st.sampled_from(["u1", "u2", "ü3"]),
    "author_state": st.sampled_from(["present", "deleted", "suspended", "unknown"]),
    "kind": st.sampled_from(["post", "comment", "question", "answer", "message", "repost"]),
    "reply_to": st.none() | st.sampled_from(["p0", "elsewhere"]),
    "thread_id": st.sampled_from(["p0", "p1", "t"]),
    "is_deleted": st.booleans(),
    "edited_at": st.none() | _TIMES,
    "created_at": _TIMES,
    "n_likes": st.none() | st.integers(-5, 2**40),
    "tags": st.none() | st.lists(_WORDS, max_size=2),
    "links": st.none() | st.lists(st.sampled_from(["reddit.com", "https://example.org/a?b=ü"]), max_size=2),
})  # fmt: skip


@settings(max_examples=25)
@given(st.lists(_POSTS, min_size=1, max_size=5))
def test_law_any_posts_come_back_whole(corpus_of, tmp_path_factory, posts):
    """Whatever the posts, with gaps anywhere, writing and reading gives them back (parents in rings aside)."""
    table = {name: [post[name] for post in posts] for name in posts[0]}
    table["reply_to"][0] = None
    gone = ("[deleted]", "[removed]")
    table["text"] = [None if text in gone else text for text in table["text"]]
    table["post_id"] = [f"p{number}" for number in range(len(posts))]
    authors = dict(zip(table["post_id"], table["author_id"], strict=True))
    table["reply_to_author"] = [authors.get(parent) for parent in table["reply_to"]]
    corpus = corpus_of(table)
    again = convokit.read(convokit.write(corpus, tmp_path_factory.mktemp("law") / "talk", raw=True))
    pd.testing.assert_frame_equal(again.posts, corpus.posts)
