"""Bluesky: threads, feeds, searches, records and events."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from socialwork_research._posts import COLUMNS
from socialwork_research.errors import SchemaError
from socialwork_research.sources import bluesky

A, B, C = "did:plc:zzsallowmereaaaaaaaaaaa", "did:plc:zztealwickbbbbbbbbbbbbb", "did:plc:zzhollycombccccccccccccc"
POSTS = "app.bsky.feed.post"
RECORD = {"$type": POSTS, "text": "words", "createdAt": "2024-04-01T08:00:00.000Z"}
VIEW = {"uri": f"at://{A}/{POSTS}/1", "author": {"did": A, "handle": "zza.example"}, "record": RECORD}
DEFS = "app.bsky.feed.defs"


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def refused(corpus) -> dict[str, int]:
    """The refusals of the ledger by their reason."""
    return {what.removeprefix("refused: "): n for what, n in told(corpus).items() if what.startswith("refused: ")}


def read(tmp_path, value, *, name="page.json", **options):
    """Write a value as JSON, or a text as it is, and read it."""
    (tmp_path / name).write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return bluesky.read(tmp_path / name, **options)


def one(tmp_path, view=None, **record):
    """Read one post whose view and record differ in some fields."""
    return read(tmp_path, {"posts": [{**VIEW, **(view or {}), "record": {**RECORD, **record}}]}).posts.iloc[0]


def test_every_column_of_one_post_by_hand(place_of_name):
    """The root of a thread, with facets, tags and two images, gives each column its value."""
    _, path = place_of_name("bluesky")
    own = f"at://{A}/{POSTS}/3zzaaaa1"
    post = bluesky.read(path / "thread.json").posts.set_index("post_id", drop=False).loc[own]
    expected = {
        "post_id": own, "kind": "post", "thread_id": own, "author_id": A, "platform": "bluesky", "lang": "en",
        "created_at": pd.Timestamp("2024-04-01T08:00:00Z"), "is_deleted": False, "author_state": "present",
        "text": "What helps a new worker most? example.org/hel… #practice", "tags": ["practice", "induction"],
        "mentions": [B], "links": ["https://example.org/help-for-new-workers"], "media": ["photo", "photo"],
        "n_likes": 6, "n_shares": 1,
    }  # fmt: skip
    for name in COLUMNS:
        if name in expected:
            assert post[name] == expected[name], name
        else:
            assert pd.isna(post[name]), name


def test_a_thread_by_hand(place_of_name):
    """Replies hang below their parents in one thread; what is gone is refused; replies not shown are counted."""
    _, path = place_of_name("bluesky")
    corpus = bluesky.read(path / "thread.json")
    posts = corpus.posts.set_index(corpus.posts["post_id"].str.rpartition("/")[2])
    assert len(posts) == 4
    assert posts["thread_id"].nunique() == 1
    assert posts.loc["3zzaaaa2", ["reply_to", "reply_to_author"]].tolist() == [f"at://{B}/{POSTS}/3zzbbbb1", B]
    assert posts.loc["3zzcccc1", "created_at"] == pd.Timestamp("2024-04-01T08:30:00Z")
    assert posts.loc["3zzcccc1", "author_id"] == C
    assert refused(corpus) == {"not found: deleted, or never there": 1}
    assert told(corpus)["times claimed later than seen"] == 1
    assert told(corpus)["replies counted but not shown"] == 1


def test_a_feed_by_hand(place_of_name):
    """A feed gives posts, quotes, reposts with their posts, and recipients that are not there."""
    _, path = place_of_name("bluesky")
    corpus = bluesky.read(path / "feed.json")
    posts = corpus.posts
    assert len(posts) == 4
    repost = posts[posts["kind"] == "repost"].iloc[0]
    assert repost[["author_id", "repost_of"]].tolist() == [B, f"at://{C}/{POSTS}/3zzcccc2"]
    assert repost["created_at"] == pd.Timestamp("2024-04-02T12:00:00Z")
    assert repost[["text", "n_likes", "n_shares", "reply_to"]].isna().all()
    by_id = posts.set_index("post_id")
    assert by_id.loc[f"at://{C}/{POSTS}/3zzcccc2", "n_likes"] == 5
    assert by_id.loc[f"at://{B}/{POSTS}/3zzbbbb2", "quote_of"] == f"at://{C}/{POSTS}/3zzcccc0"
    far = by_id.loc[f"at://{A}/{POSTS}/3zzaaaa3"]
    assert far[["reply_to_author", "thread_id"]].tolist() == [C, f"at://{C}/{POSTS}/3zzcccc7"]
    assert told(corpus)["posts shown inside others, left out"] == 2
    assert told(corpus)["reposted posts shown beside reposts"] == 1


def test_posts_shown_inside_others_are_kept_if_asked_for(place_of_name):
    """With with_shown=True the quoted and the answered post are posts, too."""
    _, path = place_of_name("bluesky")
    corpus = bluesky.read(path / "feed.json", with_shown=True)
    shown = corpus.posts.set_index("post_id")
    assert shown.loc[f"at://{C}/{POSTS}/3zzcccc0", ["text", "n_likes"]].tolist() == ["Keep your lunch break.", 3]
    assert f"at://{C}/{POSTS}/3zzcccc8" in shown.index
    assert told(corpus)["posts shown inside others"] == 2
    assert refused(corpus) == {"not found: deleted, or never there": 1}


def test_lines_with_words_in_snake_case_by_hand(place_of_name):
    """A table of views, a line each, is read with its counts; a time without zone gives way to the server's."""
    _, path = place_of_name("bluesky")
    corpus = bluesky.read(path / "search.jsonl")
    posts = corpus.posts.set_index(corpus.posts["post_id"].str.rpartition("/")[2])
    assert posts.loc["3zzbbbb3", ["lang", "n_likes", "n_shares"]].tolist() == ["de", 2, 1]
    assert posts.loc["3zzaaaa4", "created_at"] == pd.Timestamp("2024-04-03T09:31:00Z")
    assert refused(corpus) == {"not JSON": 1, "same id, same content": 1}
    assert told(corpus)["times claimed of no use"] == 1


def test_records_of_a_repository_by_hand(place_of_name):
    """Records have no counts; reposts, follows and profiles among them are read, likes refused."""
    _, path = place_of_name("bluesky")
    corpus = bluesky.read(path / "records.json")
    posts = corpus.posts.set_index(corpus.posts["post_id"].str.rpartition("/")[2])
    assert posts.loc["3zzbbbb4", ["kind", "author_id", "author_state"]].tolist() == ["post", B, "present"]
    assert pd.isna(posts.loc["3zzbbbb4", "n_likes"])
    assert posts.loc["3zzbbbb5", ["kind", "repost_of"]].tolist() == ["repost", f"at://{A}/{POSTS}/3zzaaaa1"]
    assert refused(corpus) == {"record of type app.bsky.feed.like": 1}
    assert told(corpus)["records and events read from documentation, untested on real exports"] == 2
    assert corpus.follows[["source", "target"]].values.tolist() == [[B, A]]
    assert corpus.accounts[["author_id", "profile"]].values.tolist() == [[B, "Duty desk, mornings."]]


def test_events_of_the_stream_of_changes(tmp_path):
    """A created post is a post of its account; deletions and changes of accounts are refused."""
    made = {"operation": "create", "collection": POSTS, "rkey": "7", "record": RECORD}
    gone = {"operation": "delete", "collection": POSTS, "rkey": "6"}
    lines = [{"did": A, "time_us": 1711958400500000, "kind": "commit", "commit": each} for each in (made, gone)]
    lines.append({"did": A, "time_us": 1711958400500000, "kind": "identity", "identity": {}})
    corpus = read(tmp_path, "\n".join(map(json.dumps, lines)))
    assert corpus.posts[["post_id", "author_id"]].values.tolist() == [[f"at://{A}/{POSTS}/7", A]]
    assert corpus.posts["created_at"].item() == pd.Timestamp("2024-04-01T08:00:00Z")
    assert refused(corpus) == {"event of type delete": 1, "event of type identity": 1}
    assert told(corpus)["records and events read from documentation, untested on real exports"] == 1


def test_threads_of_the_second_version(tmp_path):
    """A flat thread of items gives its posts, and items without one are refused for their reason."""
    kind = "app.bsky.unspecced.defs#threadItem"
    items = [{"uri": VIEW["uri"], "depth": 0, "value": {"$type": f"{kind}Post", "post": VIEW}},
             {"uri": f"at://{B}/{POSTS}/2", "depth": 1, "value": {"$type": f"{kind}NotFound"}},
             {"uri": f"at://{B}/{POSTS}/3", "depth": 1, "value": {"$type": f"{kind}NoUnauthenticated"}}]  # fmt: skip
    corpus = read(tmp_path, {"thread": items, "hasOtherReplies": False})
    assert corpus.posts["post_id"].tolist() == [VIEW["uri"]]
    assert refused(corpus) == {"not found: deleted, or never there": 1, "open to accounts only": 1}


def test_one_post_in_all_its_wrappings(tmp_path):
    """A view by itself, in a list, a search, a feed, a thread or among records of lines is the same post."""
    node = {"$type": f"{DEFS}#threadViewPost", "post": VIEW}
    whole = [VIEW, [VIEW], {"posts": [VIEW]}, {"feed": [{"post": VIEW}]}, {"thread": node}, node, [{"posts": [VIEW]}]]
    posts = [read(tmp_path, value).posts for value in whole]
    posts.append(read(tmp_path, "\n".join([json.dumps({"posts": [VIEW]}), json.dumps(node)])).posts)
    for each in posts[1:]:
        pd.testing.assert_frame_equal(each, posts[0])


@pytest.mark.parametrize(
    ("claimed", "seen", "taken"),
    [
        ("2024-04-01T08:00:00.123456Z", "2024-04-01T08:00:05Z", "2024-04-01T08:00:00.123456Z"),
        ("2012-12-05T00:58:26+00:00", "2024-04-01T08:00:05Z", "2012-12-05T00:58:26Z"),
        ("2031-04-01T08:00:00Z", "2024-04-01T08:00:05Z", "2024-04-01T08:00:05Z"),
        ("2024-04-01T08:00:00", "2024-04-01T08:00:05Z", "2024-04-01T08:00:05Z"),
        ("", "2024-04-01T08:00:05Z", "2024-04-01T08:00:05Z"),
        ("soon", "2024-04-01T08:00:05Z", "2024-04-01T08:00:05Z"),
        ("2024-04-01T08:00:00Z", None, "2024-04-01T08:00:00Z"),
        (None, 1711958405, "2024-04-01T08:00:05Z"),
    ],
)
def test_the_earlier_of_two_times_is_taken(tmp_path, claimed, seen, taken):
    """The claimed time holds unless the server saw the post before, or it is of no use."""
    assert one(tmp_path, {"indexedAt": seen}, createdAt=claimed)["created_at"] == pd.Timestamp(taken)


def test_only_posts_are_quoted(tmp_path):
    """A quoted post is one, with images or without; an embedded feed is none; images with it are counted."""
    quoted = {"uri": f"at://{B}/{POSTS}/9", "cid": "c"}
    plain = {"$type": "app.bsky.embed.record", "record": quoted}
    media = {"$type": "app.bsky.embed.images", "images": [{"alt": ""}, {"alt": ""}]}
    both = {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": quoted}, "media": media}
    feed = {"$type": "app.bsky.embed.record", "record": {"uri": f"at://{B}/app.bsky.feed.generator/x"}}
    assert one(tmp_path, embed=plain)["quote_of"] == quoted["uri"]
    assert one(tmp_path, embed=both)["quote_of"] == quoted["uri"]
    assert one(tmp_path, embed=both)["media"] == ["photo", "photo"]
    assert pd.isna(one(tmp_path, embed=feed)["quote_of"])


def test_links_to_bluesky_are_cut_to_their_host(tmp_path):
    """A card's address is a link; one to Bluesky itself names people, so its host alone is kept."""
    card = {"$type": "app.bsky.embed.external", "external": {"uri": "https://example.org/report"}}
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://bsky.app/profile/zzsecret"}
    post = one(tmp_path, embed=card, facets=[{"features": [link]}])
    assert post["links"] == ["bsky.app", "https://example.org/report"]


def test_authors_by_address_and_unknown(tmp_path):
    """A post without author is its address' account; where that names none, the author is unknown."""
    assert one(tmp_path, {"author": None})["author_id"] == A
    post = one(tmp_path, {"author": None, "uri": "https://example.org/1", "$type": f"{DEFS}#postView"})
    assert post["author_state"] == "unknown"
    assert pd.isna(post["author_id"])


def test_missing_is_not_zero(tmp_path):
    """A count that is absent or odd is missing; one that is zero is zero."""
    assert one(tmp_path, {"likeCount": 0})["n_likes"] == 0
    assert pd.isna(one(tmp_path, {"likeCount": [1]})["n_likes"])
    assert pd.isna(one(tmp_path)["n_shares"])


def test_odd_entries_and_bare_records_are_counted(tmp_path):
    """Each entry that is no post is refused for its reason, and fields that are not read are counted by name."""
    blocked = {"$type": f"{DEFS}#blockedPost", "uri": f"at://{B}/{POSTS}/4", "blocked": True}
    follow = {"$type": "app.bsky.graph.follow", "subject": B, "createdAt": "2024-04-01T08:00:00Z"}
    corpus = read(tmp_path, [{**VIEW, "score": 3}, 5, {"x": 1}, blocked, follow, RECORD])
    assert refused(corpus) == {
        "not an object": 1,
        "not a post": 1,
        "blocked by or for whoever asked": 1,
        "record of type app.bsky.graph.follow without its address": 1,
        "no id": 1,
    }
    assert told(corpus)["rows read"] == 6
    assert told(corpus)["kept"] == 1
    assert told(corpus)["fields ignored: score"] == 1


def test_fields_of_wrong_types_are_missing(tmp_path):
    """Whatever stands in a field, the post is read and the field is missing."""
    odd = dict.fromkeys(("facets", "embed", "reply", "langs", "tags", "text"), 5)
    post = one(tmp_path, {"author": [], "embed": 5, "indexedAt": {}}, **odd)
    assert post[["text", "lang", "quote_of", "reply_to"]].isna().all()


def test_a_deep_thread_is_read(tmp_path):
    """A thread of three hundred steps is read whole."""
    node = None
    for n in reversed(range(300)):
        view = {**VIEW, "uri": f"at://{A}/{POSTS}/{n}"}
        node = {"$type": f"{DEFS}#threadViewPost", "post": view, "replies": [node] if node else []}
    assert len(read(tmp_path, {"thread": node})) == 300


def test_a_cut_document_is_named_with_its_line(tmp_path):
    """A document that ends too early is refused with file and line, and nothing of its text."""
    (tmp_path / "page.json").write_text(json.dumps({"posts": [VIEW, VIEW]}, indent=1)[:-60])
    with pytest.raises(SchemaError, match=r"page\.json, line \d+: the JSON is damaged or cut short") as caught:
        bluesky.read(tmp_path / "page.json")
    assert "words" not in str(caught.value)


@pytest.mark.parametrize("text", ["{}", "[]", "nothing", "\x00\xff", '{"posts": []}', '{"feed": 5}', "[[[[" * 900])
def test_what_holds_no_post_is_refused(tmp_path, text):
    """Whatever else lies in the file, there is one kind of error and it names the file."""
    with pytest.raises(SchemaError, match=r"page\.json"):
        read(tmp_path, text)
    assert not bluesky.detect(tmp_path / "page.json")
