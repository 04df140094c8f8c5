"""Posts of Twitter in all their forms."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.sources import twitter

POST = {"id": "1", "author_id": "2", "conversation_id": "1", "created_at": "2022-03-01T10:00:00.000Z", "text": "words",
        "public_metrics": {"like_count": 3, "retweet_count": 1}}  # fmt: skip
STATUS = {"id_str": "1", "id": 1, "created_at": "Wed Feb 05 18:21:36 +0000 2020", "full_text": "words",
          "user": {"id_str": "2", "screen_name": "Aa_1"}, "favorite_count": 3}  # fmt: skip
AT = pd.Timestamp("2022-03-01 10:00", tz="UTC")


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def read(tmp_path, *objects, name="tweets.jsonl", **options):
    """Write objects, or lines as they are, and read them."""
    (tmp_path / name).write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in objects))
    return twitter.read(tmp_path / name, **options)


def page(*posts, **more):
    """An answer of the API as twarc writes it."""
    return {"data": list(posts), "__twarc": {"retrieved_at": "2022-03-05T00:00:00+00:00"}, **more}


def one(tmp_path, **changes):
    """Read one post of API v2 that differs in some fields."""
    return read(tmp_path, page({**POST, **changes})).posts.iloc[0]


@pytest.fixture
def posts(place_of_name):
    """The export of the tests, read without what is only referenced to."""
    return twitter.read(place_of_name("twitter")[1]).posts.set_index("post_id")


P, A = 9900000000000000000, 9910000000000000000


def test_every_column_of_a_post_by_hand(posts):
    """The first post of a page has each of its columns as the page says."""
    expected = {
        "kind": "post",
        "thread_id": str(P + 1),
        "author_id": str(A + 1),
        "created_at": AT,
        "n_edits": 0,
        "fetched_at": pd.Timestamp("2022-03-05", tz="UTC"),
        "platform": "x",
        "text": "Who plans the last visit together? <3 tea & notes #invented #practice https://t.co/zzqshort0 "
        "https://t.co/zzqshort1",
        "lang": "en",
        "is_deleted": False,
        "author_state": "present",
        "author_profile": "Case notes and tea. Views mine & mine alone",
        "tags": ["invented", "practice"],
        "mentions": [],
        "links": ["https://example.org/leaflet?page=1"],
        "media": ["photo"],
        "n_likes": 12,
        "n_shares": 3,
    }
    post = posts.loc[str(P + 1)]
    assert {name: post[name] for name in expected} == expected
    assert post.drop(list(expected)).isna().all()


def test_replies_quotes_edits_and_reposts_by_hand(posts):
    """References are told apart: a reply has a parent, a quote keeps its text, a repost is an event without text."""
    assert posts.loc[str(P + 2), ["kind", "reply_to", "reply_to_author"]].tolist() == [
        "comment",
        str(P + 1),
        str(A + 1),
    ]
    assert posts.loc[str(P + 4), ["kind", "quote_of", "text"]].tolist() == [
        "post", str(P + 50), "This again https://t.co/zzqshort0"]  # fmt: skip
    assert posts.loc[str(P + 4), "links"] == ["twitter.com"]
    repost = posts.loc[str(P + 3)]
    assert repost[["kind", "repost_of", "thread_id"]].tolist() == ["repost", str(P + 1), str(P + 3)]
    assert repost["mentions"] == [str(A + 1)]
    assert repost[["text", "tags", "links", "media", "n_likes", "n_shares", "reply_to", "quote_of"]].isna().all()
    edited = posts.loc[str(P + 6)]
    assert edited["n_edits"] == 1
    assert edited["edited_at"] == edited["created_at"]
    assert edited["thread_id"] == str(P + 1)
    assert edited["mentions"] == [str(A + 2), str(A + 4)]
    lost = posts.loc[str(P + 7)]
    assert lost[["reply_to", "reply_to_author", "thread_id", "lang"]].tolist() == [
        str(P + 71), str(A + 5), str(P + 70), "en"]  # fmt: skip


def test_statuses_of_v1_by_hand(posts):
    """A list of statuses has threads by its parents, quotes and reposts by what is inside."""
    first = posts.loc[str(P + 20)]
    assert first["created_at"] == pd.Timestamp("2020-02-05 18:21:36", tz="UTC")
    assert first[["text", "tags", "links", "media"]].tolist() == [
        "A walk & a talk", ["walk"], ["https://example.org/walk"], ["animated_gif"]]  # fmt: skip
    assert first[["n_likes", "n_shares"]].tolist() == [9, 2]
    assert posts.loc[str(P + 21), ["kind", "thread_id", "reply_to_author"]].tolist() == [
        "comment", str(P + 20), str(A + 3)]  # fmt: skip
    assert posts.loc[str(P + 22), ["kind", "repost_of"]].tolist() == ["repost", str(P + 20)]
    assert posts.loc[str(P + 23), ["kind", "quote_of"]].tolist() == ["post", str(P + 25)]


def test_a_tags_sheet_by_hand(posts):
    """Rows of a sheet have their ids from the address where the sheet program rounded them, and no numbers."""
    first = posts.loc[str(P + 30)]
    assert first["created_at"] == pd.Timestamp("2019-04-01 09:00", tz="UTC")
    assert first["tags"] == ["invented"]
    assert first[["n_likes", "n_shares"]].isna().all()
    assert posts.loc[str(P + 31), ["kind", "reply_to", "reply_to_author"]].tolist() == [
        "comment", str(P + 30), str(A + 1)]  # fmt: skip
    repost = posts.loc[str(P + 32)]
    assert repost["kind"] == "repost"
    assert pd.isna(repost["repost_of"])
    assert repost["mentions"] == [str(A + 1)]


def test_the_ledger_by_hand(place_of_name):
    """What was left out, cut, rounded or not delivered is counted, and each file has its lines."""
    _, path = place_of_name("twitter")
    lines = told(twitter.read(path))
    assert lines["rows read"] == lines["kept"] == 14
    assert lines["referenced posts left out"] == 5
    assert lines["reposts told by their text only"] == 1
    assert lines["entities cut by the sheet"] == 1
    assert lines["ids rounded by a sheet program"] == 1
    assert lines["the platform says: Not Found Error (tweet)"] == 1
    assert lines["field ignored: 'source'"] == 7
    assert lines["parents missing"] == 1
    assert lines["search-2.jsonl: rows read"] == 3


def test_referenced_posts_are_kept_on_demand_each_once(place_of_name):
    """On demand what is quoted or repeated is a post, too; what was asked for itself stays as it was."""
    _, path = place_of_name("twitter")
    without, with_them = twitter.read(path), twitter.read(path, referenced=True)
    more = with_them.posts[~with_them.posts["post_id"].isin(without.posts["post_id"])]
    assert sorted(more["post_id"]) == [str(P + 25), str(P + 50)]
    lines = told(with_them)
    assert lines["referenced posts kept"] == 2
    assert lines["rows read"] == lines["kept"] == 16
    same = with_them.posts[with_them.posts["post_id"].isin(without.posts["post_id"])]
    pd.testing.assert_frame_equal(same.reset_index(drop=True), without.posts)


def test_pages_and_flattened_posts_are_the_same(tmp_path, key):
    """Flattening a page changes nothing: accounts, media and referenced posts are found inside."""
    author = {"id": "2", "username": "Aa_1", "description": "bio"}
    other = {"id": "3", "username": "Bb_2", "description": ""}
    quoted = {**POST, "id": "9", "author_id": "3", "conversation_id": "9"}
    post = {**POST, "attachments": {"media_keys": ["3_1"]}, "referenced_tweets": [{"type": "quoted", "id": "9"}],
            "entities": {"mentions": [{"username": "bB_2"}]}}  # fmt: skip
    includes = {"users": [author, other], "tweets": [quoted], "media": [{"media_key": "3_1", "type": "photo"}]}
    as_page = read(tmp_path, page(post, includes=includes), key=key, referenced=True)
    flat = {
        **post,
        "author": author,
        "attachments": {"media_keys": ["3_1"], "media": [{"media_key": "3_1", "type": "photo"}]},
        "referenced_tweets": [{"type": "quoted", **quoted, "author": other}],
        "__twarc": page()["__twarc"],
    }
    as_flat = read(tmp_path, flat, key=key, referenced=True)
    pd.testing.assert_frame_equal(as_page.posts, as_flat.posts)
    quoting, quoted_one = (as_page.posts[as_page.posts["quote_of"].notna() == is_it].iloc[0] for is_it in (True, False))
    assert quoting["mentions"] == [quoted_one["author_id"]]


def test_a_stream_delivers_single_posts_and_ends_in_a_cut_line(tmp_path):
    """In a stream ``data`` is one post; the line at which it broke off is refused."""
    corpus = read(tmp_path, {"data": POST, "matching_rules": []}, {"data": {**POST, "id": "5"}}, '{"data": {"id": "6')
    lines = told(corpus)
    assert lines["rows read"] == 3
    assert lines["refused: not JSON"] == 1
    assert len(corpus) == 2


def test_an_answer_over_several_lines_is_read(tmp_path):
    """A page that was saved pretty-printed is the same page."""
    pretty = read(tmp_path, json.dumps(page(POST), indent=2), name="answer.json")
    assert pretty.posts["post_id"].tolist() == ["1"]


def test_search_answers_and_streams_of_v1_are_read(tmp_path):
    """Statuses come in answers to a search, too; notices of deletion are no posts."""
    corpus = read(tmp_path, {"statuses": [STATUS, {**STATUS, "id_str": "5"}]}, {"delete": {"status": {"id_str": "7"}}})
    assert len(corpus) == 2
    assert told(corpus)["refused: a notice that a post was deleted"] == 1


@pytest.mark.parametrize(
    ("fields", "text", "is_cut"),
    [
        ({"full_text": None, "text": "cut…", "truncated": True, "extended_tweet": {"full_text": "whole"}}, "whole", 0),
        ({"full_text": None, "text": "short"}, "short", 0),
        ({"full_text": None, "text": "cut…", "truncated": True}, "cut…", 1),
    ],
)
def test_texts_of_all_years_of_v1(tmp_path, fields, text, is_cut):
    """The whole text is taken wherever it is; where it is nowhere, the ledger says that it is cut."""
    status = {name: value for name, value in {**STATUS, **fields}.items() if value is not None}
    corpus = read(tmp_path, status)
    assert corpus.posts["text"].item() == text
    assert told(corpus).get("texts cut by the export", 0) == is_cut


def test_a_reply_without_its_parent_still_has_a_recipient(tmp_path):
    """Where only the account answered is known, there is a recipient and no parent."""
    post = one(tmp_path, in_reply_to_user_id="7")
    assert post[["kind", "reply_to_author"]].tolist() == ["post", "7"]
    assert pd.isna(post["reply_to"])


@pytest.mark.parametrize("metrics", [None, {}, {"like_count": None}, {"like_count": -1}, {"like_count": 10**30}])
def test_absent_numbers_are_missing(tmp_path, metrics):
    """A number that is absent, or cannot be, is missing and not zero."""
    assert pd.isna(one(tmp_path, public_metrics=metrics)["n_likes"])


def test_accounts_that_were_asked_for_stand_beside(tmp_path, key):
    """Accounts on pages of their own are listed beside the posts, and their names join mentions."""
    user = {"id": "8", "username": "Cc_3", "description": "a bio"}
    post = {**POST, "entities": {"mentions": [{"username": "Cc_3"}]}}
    corpus = read(tmp_path, page(post), page(user), key=key)
    assert corpus.accounts["profile"].tolist() == ["a bio"]
    assert corpus.accounts["author_id"].tolist() == corpus.posts["mentions"].item()
    assert told(corpus)["accounts listed"] == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (page({"id": "8", "username": "Cc_3"}), "accounts, not posts"),
        (page({"start": "2020", "end": "2021", "tweet_count": 3}), "a count of posts"),
        (page({"id": "8", "name": "a list", "owner_id": "3"}), "a list of accounts"),
        ({"id": "8", "action": "delete", "created_at": "2020-01-01T00:00:00Z", "reason": "deleted"}, "compliance"),
        ({"errors": [{"title": "Not Found Error"}], "__twarc": {}}, "only answers without posts"),
    ],
)
def test_files_without_posts_are_refused_by_name(tmp_path, content, why):
    """Other files of twarc are known and refused with what they hold."""
    with pytest.raises(SchemaError, match=why):
        read(tmp_path, content)
    with pytest.raises(SchemaError, match=why):
        sources.read(tmp_path / "tweets.jsonl")


def test_repeated_posts_are_dropped_and_counted(tmp_path):
    """Pages that overlap repeat posts: the first is kept, the others are refused as same or other."""
    corpus = read(tmp_path, page(POST), page(POST, {**POST, "id": "4"}, {**POST, "text": "edited"}))
    lines = told(corpus)
    assert lines["refused: same id, same content"] == lines["refused: same id, other content"] == 1
    assert lines["kept"] == 2


def test_values_of_odd_types_do_no_harm(tmp_path):
    """Fields whose values are of no expected type are missing or refused, never an error of a library."""
    odd = ({}, [], [1], [{}], [None], True, 1.5, -1, "", 10**15, "\u2028", None, {"a": []}, [[]])
    names = [
        *POST,
        "entities",
        "attachments",
        "referenced_tweets",
        "edit_history_tweet_ids",
        "author",
        "__twarc",
        "lang",
    ]
    posts = [{**POST, "id": f"{name}{n}", name: value} for name in names for n, value in enumerate(odd)]
    pages = [page(POST), page(*posts), *[{**page(POST), name: value} for name in ("includes", "data", "errors", "__twarc")
                                         for value in odd]]  # fmt: skip
    lines = told(read(tmp_path, *pages, referenced=True))
    assert lines["rows read"] == lines["kept"] + sum(n for what, n in lines.items() if what.startswith("refused: "))
    names = [*STATUS, "entities", "extended_tweet", "extended_entities", "retweeted_status", "quoted_status"]
    statuses = [{**STATUS, "id_str": f"{name}{n}", name: value} for name in names for n, value in enumerate(odd)]
    lines = told(read(tmp_path, STATUS, *statuses, referenced=True))
    assert lines["rows read"] == lines["kept"] + sum(n for what, n in lines.items() if what.startswith("refused: "))


def test_a_list_that_is_cut_short_is_an_error(tmp_path):
    """A list of statuses that ends too early is refused with the last whole element."""
    with pytest.raises(SchemaError, match="after element 1"):
        read(tmp_path, json.dumps([STATUS, STATUS])[:-20], name="statuses.json")


def test_no_name_or_id_is_in_the_ledger(place_of_name):
    """Lines of the ledger name fields, files and places, and nobody."""
    module, path = place_of_name("twitter")
    words = path.with_name("raw.txt").read_text("utf-8").split()
    shown = module.read(path).losses.to_csv()
    assert [word for word in words if word in shown] == []


def test_an_oddly_named_field_is_not_shown(tmp_path):
    """The name of an unknown field is shown only if it looks like one."""
    lines = told(read(tmp_path, page({**POST, "new_field": 1, "said by someone!": 2})))
    assert lines["field ignored: 'new_field'"] == 1
    assert lines["fields ignored, oddly named"] == 1


@pytest.mark.parametrize(
    "other",
    [
        {"data": [{"id": "1", "text": "a thread", "timestamp": "2024-01-01"}], "paging": {}},
        {"id": "1", "text": "x", "user": {"screen_name": "a"}, "idstr": "1", "created_at": "now"},
        {"id": "1", "content": "<p>toot</p>", "account": {"username": "a"}, "created_at": "2020-01-01"},
        {"post_id": "1", "text": "x", "author_id": "2", "created_at": "2020-01-01T00:00:00Z"},
        {"id": "1", "action": "x", "created_at": "now", "reason": "y", "text": "z"},
    ],
)
def test_similar_files_of_other_places_are_left_alone(tmp_path, other):
    """Objects of other platforms that share some names are no posts of Twitter."""
    (tmp_path / "x.json").write_text(json.dumps(other))
    assert not twitter.detect(tmp_path / "x.json")


def test_a_page_of_megabytes_is_known(tmp_path):
    """A page that is one long line is known though it does not end within the first look."""
    posts = [{**POST, "id": str(n), "text": "w" * 200} for n in range(1000)]
    (tmp_path / "x.jsonl").write_text(json.dumps(page(*posts)))
    assert twitter.detect(tmp_path / "x.jsonl")
    assert len(twitter.read(tmp_path / "x.jsonl")) == 1000


def test_a_zone_has_no_use_and_a_folder_without_posts_is_named(tmp_path, place_of_name):
    """Times are in UTC; a folder that holds other files is no export of Twitter."""
    with pytest.raises(OptionError, match="no use"):
        sources.read(place_of_name("twitter")[1], zone="UTC")
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SchemaError, match="no posts of Twitter"):
        twitter.read(tmp_path)
