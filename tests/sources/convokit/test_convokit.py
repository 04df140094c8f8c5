"""Corpora of ConvoKit, read in all their forms."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import convokit

SAID = {"id": "a", "conversation_id": "a", "text": "words", "speaker": "s", "meta": {}, "reply-to": None,
        "timestamp": 1600000000, "vectors": []}  # fmt: skip


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def folder(tmp_path, *utterances, is_list=False, **beside):
    """Write a folder of utterances (lines as they are, or objects) and of what lies beside them."""
    place = tmp_path / "talk"
    place.mkdir()
    if is_list:
        (place / "utterances.json").write_text(json.dumps(utterances))
    else:
        lines = [each if isinstance(each, str) else json.dumps(each) for each in utterances]
        (place / "utterances.jsonl").write_text("".join(f"{line}\n" for line in lines), newline="\n")
    whole = {"speakers": {}, "conversations": {}, "corpus": {}, "index": {}, **beside}
    for name, content in whole.items():
        if content is not None:
            (place / f"{name}.json").write_text(content if isinstance(content, str) else json.dumps(content))
    return place


def one(tmp_path, *, beside=None, **changes):
    """Read one utterance that differs in some fields."""
    return convokit.read(folder(tmp_path, {**SAID, **changes}, **(beside or {}))).posts.iloc[0]


def test_the_folder_by_hand(place_of_name):
    """Each column of eight utterances of a subreddit's corpus is as it was written."""
    _, path = place_of_name("convokit")
    posts = convokit.read(path).posts.set_index("post_id")
    assert len(posts) == 8
    root, reply, removed, gone = (posts.loc[each] for each in ("zzk100", "zzk102", "zzk103", "zzk104"))
    assert root[["kind", "thread_id", "author_id", "platform", "community", "n_likes"]].tolist() == [
        "post", "zzk100", "zz_larkspur", "reddit", "invented", 14]  # fmt: skip
    assert root["title"] == "Saying no without losing the job"
    assert root["text"] == "My caseload doubled and supervision was cut. How do you say no? 🙂"
    assert root["author_profile"] == "child welfare"
    assert root["created_at"] == pd.Timestamp(1700000000, unit="s", tz="UTC")
    assert root["fetched_at"] == pd.Timestamp(1700900000, unit="s", tz="UTC")
    assert reply[["kind", "reply_to", "reply_to_author", "thread_id", "author_state"]].tolist() == [
        "comment", "zzk101", "zz_betony", "zzk100", "present"]  # fmt: skip
    assert reply[["title", "author_profile"]].isna().all()
    assert removed["is_deleted"] and pd.isna(removed["text"]) and pd.isna(removed["n_likes"])
    assert pd.isna(gone["author_id"]) and gone["author_state"] == "deleted"
    assert posts.loc["zzk105", "reply_to"] == "zzkgone"
    assert posts.loc["zzk201", "created_at"] == pd.Timestamp("2023-11-16T02:05:00.5Z")
    empty = [
        "quote_of",
        "repost_of",
        "edited_at",
        "n_edits",
        "removed_at",
        "n_shares",
        "tags",
        "mentions",
        "links",
        "media",
    ]
    assert posts[empty].isna().all(axis=None)


def test_the_ledger_by_hand(place_of_name):
    """Refusals, nobodies, orphans and fields that have no place are counted."""
    _, path = place_of_name("convokit")
    corpus = convokit.read(path)
    lines = told(corpus)
    expected = {
        "rows read": 10, "kept": 8, "refused: same id, same content": 1,
        "refused: timestamp is an order, not a date": 1, "accounts listed": 3, "authors deleted": 1,
        "parents missing": 1, "posts deleted or removed": 1, "fields ignored: utterance 'gilded'": 10,
        "fields ignored: conversation 'domain'": 2, "fields ignored: corpus 'num_posts'": 1,
        "fields ignored: speaker 'num_posts'": 3, "form untested on published corpora": 1,
    }  # fmt: skip
    assert {name: lines[name] for name in expected} == expected
    assert not any("pickle" in name for name in lines)
    assert corpus.losses.set_index("what").loc["refused: same id, same content", "where"] == "line 7"


def test_speakers_are_accounts(place_of_name):
    """Listed speakers are accounts on the platform of the corpus; the speaker [deleted] is none."""
    _, path = place_of_name("convokit")
    accounts = convokit.read(path).accounts
    assert accounts["author_id"].tolist() == ["zz_betony", "zz_larkspur", "zz_melilot"]
    assert set(accounts["platform"]) == {"reddit"}
    assert accounts["profile"].isna().all()


def test_accounts_have_the_pseudonyms_of_their_posts(tmp_path, key):
    """With a key, a speaker's account and posts bear one pseudonym, also where only conversations name the platform."""
    place = folder(
        tmp_path,
        SAID,
        {**SAID, "id": "b", "conversation_id": "b", "speaker": "t"},
        speakers={
            "s": {"meta": {"profile": "ward 4", "follows": ["t"]}, "vectors": []},
            "t": {"meta": {}, "vectors": []},
        },
        conversations={"a": {"meta": {"platform": "forum"}, "vectors": []}},
    )
    corpus = convokit.read(place, key=key)
    assert set(corpus.accounts["author_id"]) == set(corpus.posts["author_id"])
    assert set(corpus.accounts["platform"]) == {"forum", "convokit"}
    assert corpus.accounts["profile"].dropna().tolist() == ["ward 4"]
    assert len(corpus.follows) == 1
    assert corpus.follows["source"].isin(corpus.posts["author_id"]).all()


def test_the_old_form_reads_as_the_new(tmp_path, place_of_name, key):
    """One list with user and root, bare metadata and users.json give the same posts and accounts as the present form."""
    _, path = place_of_name("convokit")
    renamed = {"speaker": "user", "conversation_id": "root", "reply-to": "reply_to"}
    lines = [json.loads(line) for line in (path / "utterances.jsonl").read_text().splitlines()]
    old = [{renamed.get(name, name): value for name, value in line.items() if name != "vectors"} for line in lines]
    bare = {
        name: {each: value["meta"] for each, value in json.loads((path / f"{name}.json").read_text()).items()}
        for name in ("speakers", "conversations")
    }
    overall = json.loads((path / "corpus.json").read_text())
    place = folder(
        tmp_path,
        *old,
        is_list=True,
        speakers=None,
        users=bare["speakers"],
        conversations=bare["conversations"],
        corpus=overall,
    )
    new, read = convokit.read(path, key=key), sources.read(place, key=key)
    pd.testing.assert_frame_equal(read.posts, new.posts)
    pd.testing.assert_frame_equal(read.accounts, new.accounts)
    assert told(read) == told(new)
    assert "row 7" in read.losses["where"].tolist()


def test_a_file_is_read_alone(place_of_name):
    """A file of utterances is read without what lies beside it, and the ledger says so."""
    _, path = place_of_name("convokit")
    corpus = sources.read(path / "utterances.jsonl")
    assert corpus.accounts is None
    assert corpus.posts["title"].isna().all()
    assert set(corpus.posts["platform"]) == {"convokit"}
    assert told(corpus)["utterances read alone"] == 1


@pytest.mark.parametrize(
    ("meta", "conversation", "overall", "platform", "community"),
    [
        ({}, {}, {}, "convokit", None),
        ({}, {}, {"platform": "forum", "community": "night shift"}, "forum", "night shift"),
        ({}, {"platform": "blog", "community": "day shift"}, {"platform": "forum"}, "blog", "day shift"),
        ({"platform": "x", "community": None}, {"platform": "blog", "community": "day shift"}, {}, "x", None),
        ({"subreddit": "s"}, {"platform": "blog"}, {}, "reddit", "s"),
        ({}, {}, {"subreddit": "s"}, "reddit", "s"),
        ({"platform": "<##bin{0}&&@**>"}, {}, {}, "convokit", None),
    ],
)
def test_the_nearest_metadata_name_the_platform(tmp_path, meta, conversation, overall, platform, community):
    """Platform and community are the utterance's own, else the conversation's, else the corpus', else ConvoKit's and none."""
    beside = {"conversations": {"a": {"meta": conversation, "vectors": []}}, "corpus": overall}
    post = one(tmp_path, meta=meta, beside=beside)
    assert post["platform"] == platform
    assert (None if pd.isna(post["community"]) else post["community"]) == community


@pytest.mark.parametrize(
    ("timestamp", "expected"),
    [
        (1600000000, "2020-09-13T12:26:40Z"),
        (1600000000.25, "2020-09-13T12:26:40.25Z"),
        (1600000000000, "2020-09-13T12:26:40Z"),
        ("1600000000", "2020-09-13T12:26:40Z"),
        ("2020-09-13T14:26:40+02:00", "2020-09-13T12:26:40Z"),
    ],
)
def test_dates_in_their_spellings(tmp_path, timestamp, expected):
    """Seconds or milliseconds since 1970, as number or text, and ISO 8601 are one moment."""
    assert one(tmp_path, timestamp=timestamp)["created_at"] == pd.Timestamp(expected)


@pytest.mark.parametrize(
    ("timestamp", "why"),
    [
        (None, "no time"),
        (float("nan"), "no time"),
        (0, "timestamp is an order, not a date"),
        ("17", "timestamp is an order, not a date"),
        (20200913, "timestamp is an order, not a date"),
        (True, "time unreadable"),
        (10**30, "time unreadable"),
        (["2020"], "time unreadable"),
        ("soon", "time unreadable"),
    ],
)
def test_what_is_no_date_is_refused(tmp_path, timestamp, why):
    """An utterance without a date is refused for what its timestamp is, and the others are kept."""
    place = folder(tmp_path, SAID, {**SAID, "id": "b", "timestamp": timestamp})
    lines = told(convokit.read(place))
    assert lines[f"refused: {why}"] == 1
    assert (lines["rows read"], lines["kept"]) == (2, 1)


def test_times_that_are_all_text_are_read_one_by_one(tmp_path):
    """Among times that are all text, numbers, dates, orders and words are told apart."""
    stamps = ["1600000000", "2020-09-13T12:26:41Z", "17", "soon", "1600000002.5", None]
    said = [{**SAID, "id": str(number), "timestamp": stamp} for number, stamp in enumerate(stamps)]
    corpus = convokit.read(folder(tmp_path, *said))
    assert corpus.posts["post_id"].tolist() == ["0", "1", "4"]
    refused = {what: n for what, n in told(corpus).items() if what.startswith("refused")}
    assert refused == {
        "refused: timestamp is an order, not a date": 1, "refused: time unreadable": 1, "refused: no time": 1}  # fmt: skip


@pytest.mark.parametrize("timestamp", [None, 3, 0.5])
def test_a_corpus_without_dates_is_refused_with_the_way_out(tmp_path, timestamp):
    """Where no utterance has a date, the corpus is refused and the error says how to give it dates."""
    place = folder(tmp_path, {**SAID, "timestamp": timestamp})
    with pytest.raises(SchemaError, match=r"no utterance has a date.*seconds since 1970.*columns="):
        convokit.read(place)


def test_times_that_name_no_zone_need_one(tmp_path):
    """A written time without a zone is read in the zone given, and refused without."""
    place = folder(tmp_path, {**SAID, "timestamp": "2020-07-01 12:00:00"})
    with pytest.raises(SchemaError, match="zone="):
        convokit.read(place)
    read = sources.read(place, zone="Europe/London").posts
    assert read["created_at"].item() == pd.Timestamp("2020-07-01T11:00:00Z")


def test_reply_to_wins_over_its_other_spelling(tmp_path):
    """Where an utterance has both spellings of its parent, reply_to is taken, as ConvoKit does."""
    place = folder(tmp_path, {**SAID, "reply_to": "p", "reply-to": "q"})
    assert convokit.read(place).posts["reply_to"].item() == "p"


def test_numbers_as_ids_are_cast_as_convokit_casts_them(tmp_path):
    """Whole numbers as ids are the same ids as their digits."""
    first = {**SAID, "id": 7, "conversation_id": 7, "speaker": 5}
    posts = convokit.read(folder(tmp_path, first, {**first, "id": 8, "reply-to": "7", "timestamp": 1600000001})).posts
    assert posts[["post_id", "thread_id", "author_id"]].iloc[1].tolist() == ["8", "7", "5"]
    assert posts["reply_to_author"].iloc[1] == "5"


def test_conversations_that_begin_below_a_post_are_kept_and_told(tmp_path):
    """A conversation whose first utterance replies to another stays a thread of its own, and is counted."""
    below = {**SAID, "id": "b", "conversation_id": "b", "reply-to": "a", "timestamp": 1600000001}
    corpus = convokit.read(folder(tmp_path, SAID, below))
    assert corpus.posts["thread_id"].tolist() == ["a", "b"]
    assert told(corpus)["conversations begun at a reply"] == 1


def test_a_top_level_comment_is_no_post_and_has_no_title(tmp_path):
    """Where conversations begin at the top-level comment, it is a comment and the post's title is not its own."""
    beside = {"conversations": {"a": {"meta": {"title": "Of the post"}, "vectors": []}}}
    post = one(tmp_path, meta={"top_level_comment": "a"}, beside=beside)
    assert post["kind"] == "comment"
    assert pd.isna(post["title"])


def test_conversations_without_id_are_found_by_their_parents(tmp_path):
    """Without a conversation id, which ConvoKit refuses for orphans, threads come from parents."""
    reply = {**SAID, "id": "b", "conversation_id": None, "reply-to": "a", "timestamp": 1600000001}
    orphan = {**SAID, "id": "c", "conversation_id": None, "reply-to": "gone", "timestamp": 1600000002}
    corpus = convokit.read(folder(tmp_path, {**SAID, "conversation_id": None}, reply, orphan))
    assert corpus.posts.set_index("post_id")["thread_id"].to_dict() == {"a": "a", "b": "a", "c": "gone"}
    assert told(corpus)["parents missing"] == 1


@pytest.mark.parametrize("state", ["deleted", "suspended", "unknown"])
def test_nobody_stays_distinct(tmp_path, state):
    """The speakers that stand for nobody are missing authors, each with its state."""
    post = one(tmp_path, speaker=f"[{state}]")
    assert pd.isna(post["author_id"]) and post["author_state"] == state


@pytest.mark.parametrize("speaker", [None, {"name": "x"}, True, "  "])
def test_a_speaker_that_is_none_is_unknown(tmp_path, speaker):
    """An utterance whose speaker is no id is kept without an author."""
    post = one(tmp_path, speaker=speaker)
    assert pd.isna(post["author_id"]) and post["author_state"] == "unknown"
