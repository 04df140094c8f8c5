"""Comments as the YouTube Data API gives them."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.sources import _youtube_text, youtube

SNIPPET = {"channelId": "UCowner", "videoId": "v1", "textDisplay": "words", "textOriginal": "words",
           "authorDisplayName": "@reed", "authorChannelUrl": "http://www.youtube.com/@reed",
           "authorChannelId": {"value": "UCreed"}, "likeCount": 2, "publishedAt": "2024-05-01T09:00:00Z",
           "updatedAt": "2024-05-01T09:00:00Z"}  # fmt: skip


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def comment(name="c1", **changes):
    """A comment that differs in some fields of its snippet."""
    return {"kind": "youtube#comment", "id": name, "snippet": {**SNIPPET, **changes}}


def thread(top, *replies, n=None):
    """A thread of a comment and its replies."""
    about = {"channelId": "UCowner", "videoId": "v1", "topLevelComment": top, "totalReplyCount": n or len(replies)}
    whole = {"kind": "youtube#commentThread", "id": "t1", "snippet": about}
    return {**whole, "replies": {"comments": list(replies)}} if replies else whole


def read(tmp_path, *items, **options):
    """Write a page of items and read it."""
    page = {"kind": "youtube#commentThreadListResponse", "pageInfo": {"totalResults": 1}, "items": items}
    (tmp_path / "page.json").write_text(json.dumps(page))
    return youtube.read(tmp_path / "page.json", **options)


def one(tmp_path, **changes):
    """Read one comment that differs in some fields."""
    return read(tmp_path, comment(**changes)).posts.iloc[0]


def test_the_folder_by_hand(place_of_name):
    """Seven comments of three pages: every column is what the pages say."""
    _, path = place_of_name("youtube")
    posts = youtube.read(path).posts.sort_values("created_at").set_index("post_id")
    tops = ["UgzzAlder001", "UgzzBirch002", "UgzzCedar003"]
    replies = [f"UgzzAlder001.r000{n}" for n in (1, 2, 3)]
    assert posts.index.tolist() == [tops[0], *replies, tops[1], tops[2], "UgzzGone0009.r0004"]
    assert set(posts["kind"]) == {"comment"}
    assert set(posts["platform"]) == {"youtube"}
    assert posts["thread_id"].tolist() == ["video-zzVideoHeron"] * 6 + ["UgzzGone0009"]
    assert posts.loc[tops, "reply_to"].tolist() == ["video-zzVideoHeron"] * 3
    assert posts.loc[tops, "reply_to_author"].tolist() == ["UCzzHeron0000003"] * 3
    assert posts.loc[replies, "reply_to"].tolist() == [tops[0]] * 3
    assert posts.loc[replies, "reply_to_author"].tolist() == ["UCzzTansy0000001"] * 3
    assert posts.loc[tops, "author_id"].tolist() == ["UCzzTansy0000001", "UCzzSorrel000004", "UCzzMarigold0002"]
    assert set(posts["author_state"]) == {"present"}
    assert posts["created_at"].iloc[0] == pd.Timestamp("2024-03-01T10:00:00Z")
    assert posts["n_edits"].tolist() == [0, 0, 1, 0, 0, 0, 0]
    assert posts["edited_at"].iloc[2] == pd.Timestamp("2024-03-01T12:45:00Z")
    assert posts["edited_at"].notna().sum() == 1
    assert posts["text"].iloc[0] == "Who pays for the visits after the first year? #aftercare"
    assert posts.loc[tops[1], "text"] == 'My daughter is "fine" they said.\nShe was not: 1:23'
    assert posts["tags"].tolist() == [["aftercare"], [], [], [], [], [], []]
    assert posts.loc[replies[0], "links"] == ["https://example.org/aftercare"]
    assert posts.loc[tops[1], "links"] == ["www.youtube.com"]
    assert posts["mentions"].tolist() == [[]] * 7
    assert posts["n_likes"].tolist() == [7, 3, 0, 0, 12, 0, 0]
    assert not posts["is_deleted"].any()
    others = "quote_of repost_of removed_at fetched_at community title author_profile media n_shares"
    for column in others.split():
        assert posts[column].isna().all()


def test_the_ledger_of_the_folder(place_of_name):
    """The ledger counts what is read, the parents that no answer holds, and the replies that were not fetched."""
    _, path = place_of_name("youtube")
    lines = told(youtube.read(path))
    assert lines["rows read"] == lines["kept"] == 7
    assert lines["parents missing"] == 4
    assert lines["replies not in the export"] == 1
    assert lines["pages of comments.list: from documentation, untested on real exports"] == 1
    assert lines["fields ignored: authorProfileImageUrl, canRate, viewerRating"] == 3


def test_pages_items_and_lines_are_the_same_comments(tmp_path):
    """A page, a list of pages, the items alone and one a line give the same comments."""
    items = [thread(comment("a"), comment("a.b", parentId="a")), thread(comment("c"))]
    first = read(tmp_path, *items).posts
    page = json.loads((tmp_path / "page.json").read_text())
    for name, content in {
        "pages.json": json.dumps([page, {**page, "items": []}]),
        "items.json": json.dumps(items),
        "lines.jsonl": "\n".join(map(json.dumps, items)),
        "pages.ndjson": json.dumps(page),
    }.items():
        (tmp_path / name).write_text(content)
        pd.testing.assert_frame_equal(sources.read(tmp_path / name).posts, first)


def test_a_reply_of_a_thread_needs_no_parent_id(tmp_path):
    """A reply that lies in a thread answers its top-level comment, though it does not say so."""
    bare = comment("b")
    del bare["snippet"]["videoId"], bare["snippet"]["channelId"]
    posts = read(tmp_path, thread(comment("a"), bare)).posts.set_index("post_id")
    assert posts.loc["b", ["reply_to", "thread_id", "reply_to_author"]].tolist() == ["a", "video-v1", "UCreed"]


def test_a_comment_on_a_channel_begins_its_own_thread(tmp_path):
    """Without a video a top-level comment answers no post, but still the channel."""
    post = one(tmp_path, videoId=None)
    assert post["thread_id"] == post["post_id"]
    assert pd.isna(post["reply_to"])
    assert post["reply_to_author"] == "UCowner"


def test_an_author_is_a_channel_else_a_handle_else_unknown(tmp_path):
    """The channel's id stands for the author; a handle where there is none; a free name for nobody."""
    assert one(tmp_path)["author_id"] == "UCreed"
    assert one(tmp_path, authorChannelId=None)["author_id"] == "reed"
    nobody = {"authorChannelId": {}, "authorDisplayName": "Reed Lane", "authorChannelUrl": ""}
    assert one(tmp_path, **nobody)["author_state"] == "unknown"
    assert pd.isna(one(tmp_path, **nobody)["author_id"])


def test_mentions_join_accounts_by_handle(tmp_path):
    """An @name is the account that bears it, where that was met."""
    said = comment("b", textOriginal="@Reed, and @sedge-wick. Not mail@example.org", authorChannelId={"value": "UCb"},
                   authorDisplayName="@b", authorChannelUrl="http://www.youtube.com/@b")  # fmt: skip
    posts = read(tmp_path, comment("a"), said).posts.set_index("post_id")
    assert posts.loc["b", "mentions"] == ["UCreed", "sedge-wick"]


@pytest.mark.parametrize("state", ["heldForReview", "likelySpam", "rejected"])
def test_what_is_not_published_is_refused(tmp_path, state):
    """What only the owner can see was never public."""
    corpus = read(tmp_path, comment("a", moderationStatus="published"), comment("b", moderationStatus=state))
    assert told(corpus)[f"refused: not published, {state}"] == 1
    assert len(corpus) == 1


def test_other_kinds_and_errors_are_refused_by_name(tmp_path):
    """Videos, errors, and comments without their part snippet are refused, each for its reason."""
    bare = {"kind": "youtube#comment", "id": "z"}
    corpus = read(
        tmp_path, comment(), {"kind": "youtube#video", "id": "v"}, {"error": {"code": 403}}, bare, 3, {"kind": 1}
    )
    reasons = {what.removeprefix("refused: "): n for what, n in told(corpus).items() if what.startswith("refused: ")}
    assert reasons == {
        "of kind youtube#video, not a comment": 1,
        "the API answered with an error": 1,
        "a comment without its snippet": 1,
        "not an object": 1,
        "not a comment": 1,
    }


def test_missing_likes_and_edits_are_not_zero(tmp_path):
    """What the answer does not tell is missing."""
    assert pd.isna(one(tmp_path, likeCount=None)["n_likes"])
    assert one(tmp_path, likeCount=0)["n_likes"] == 0
    assert pd.isna(one(tmp_path, updatedAt=None)["n_edits"])
    assert one(tmp_path, imageUrl="https://example.org/x.jpg")["media"] == ["photo"]


def test_a_comment_met_twice_is_kept_once(tmp_path):
    """The same comment on two pages is one, whether it is the same or has changed meanwhile."""
    corpus = read(tmp_path, comment(), comment(), comment(likeCount=9))
    assert told(corpus)["refused: same id, same content"] == 1
    assert told(corpus)["refused: same id, other content"] == 1
    assert corpus.posts["n_likes"].item() == 2


def test_replies_counted_are_held_against_all_files(tmp_path):
    """Replies that another file holds are not missing, and one met twice counts once."""
    top, reply = thread(comment("a"), comment("a.b", parentId="a"), n=3), comment("a.c", parentId="a")
    (tmp_path / "one.json").write_text(json.dumps([top]))
    (tmp_path / "two.json").write_text(json.dumps([reply, reply]))
    assert told(youtube.read(tmp_path))["replies not in the export"] == 1
    assert told(youtube.read(tmp_path / "one.json"))["replies not in the export"] == 2


def test_an_empty_page_is_an_empty_corpus(tmp_path):
    """A page without items gives none."""
    corpus = read(tmp_path)
    assert len(corpus) == told(corpus)["rows read"] == 0


def test_a_page_cut_short_is_named_alone_and_counted_among_others(tmp_path, place_of_name):
    """A damaged page is an error with its line; in a folder the ledger tells it and the others are read."""
    _, path = place_of_name("youtube")
    whole = (path / "threads.json").read_text("utf-8")
    (tmp_path / "a.json").write_text(whole[:2000])
    with pytest.raises(SchemaError, match=r"a\.json, line \d+: the JSON is cut short"):
        sources.read(tmp_path / "a.json")
    (tmp_path / "b.json").write_text(whole)
    corpus = sources.read(tmp_path)
    assert len(corpus) == 5
    assert told(corpus)["refused: JSON cut short"] == 1


def test_other_files_are_no_comments(tmp_path, place_of_name):
    """Files without the marks of comments are not taken, and the error tells another way; a zone has no use."""
    (tmp_path / "x.json").write_text('{"kind": "youtube#videoListResponse", "items": [{"text": "youtube#comment"}]}')
    assert not youtube.detect(tmp_path / "x.json")
    with pytest.raises(SchemaError, match=r"sources\.table\.read"):
        youtube.read(tmp_path / "x.json")
    with pytest.raises(OptionError, match="no use"):
        sources.read(place_of_name("youtube")[1], zone="UTC")


@pytest.mark.parametrize(
    ("original", "display", "text"),
    [
        ("a <b> & c\nd", "a &lt;b&gt; &amp; c<br>d", "a <b> & c\nd"),
        (None, "a &lt;b&gt; &amp; c<br>d", "a <b> & c\nd"),
        (None, "2 < 3 & so on\nI <3 it ", "2 < 3 & so on\nI <3 it"),
        (None, "it&#39;s", "it's"),
        ("", "", ""),
        (None, None, None),
    ],
)
def test_texts_as_typed_as_html_and_as_plain_display(original, display, text):
    """The original is taken as it is; a display is HTML only where it has tags or entities."""
    assert _youtube_text.said(original, display).text == text


def test_links_tags_and_names_are_found_in_the_text():
    """Addresses lose what ends the sentence and those of YouTube their path; parts of an address are no tags."""
    said = _youtube_text.said("See (https://example.org/a#part), https://youtu.be/x1 #Care #2024 @wren! a#b", None)
    assert said.links == ["https://example.org/a#part", "youtu.be"]
    assert said.tags == ["Care"]
    assert said.mentions == ["wren"]
    shown = (
        '<a href="https://www.youtube.com/results?search_query=%23care">#care</a> <a href="https://example.org/">x</a>'
    )
    assert _youtube_text.said(None, shown).links == ["https://example.org/"]


ODD = st.one_of(st.none(), st.booleans(), st.integers(-1, 3), st.text(max_size=5), st.just([]), st.just({}),
                st.just({"value": 3}), st.just(10**30), st.just("<![x[ &amp; http://[ @ #"))  # fmt: skip
FIELDS = [*SNIPPET, "parentId", "moderationStatus", "totalReplyCount", "topLevelComment"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(snippets=st.lists(st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=4), max_size=4))
def test_every_comment_read_is_kept_or_refused(tmp_path, snippets):
    """Whatever stands in the fields, comments are kept or refused, and no library's error comes out."""
    items = [comment(f"c{n}", **snippet) for n, snippet in enumerate(snippets)]
    lines = told(read(tmp_path, comment("first"), *items, *(thread(item, item) for item in items)))
    refused = sum(n for what, n in lines.items() if what.startswith("refused: "))
    assert lines["rows read"] == lines["kept"] + refused == 3 * len(snippets) + 1
