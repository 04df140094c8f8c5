"""Mastodon: statuses of the API and the outbox of an archive."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from socialwork_research._posts import COLUMNS
from socialwork_research.errors import SchemaError
from socialwork_research.sources import mastodon

ASKED = "quillfen.example"
AUTHOR = {"id": "31", "acct": "zzwort", "url": f"https://{ASKED}/@zzwort"}
STATUS = {"id": "500", "created_at": "2024-03-01T09:00:00.000Z", "in_reply_to_id": None, "visibility": "public",
          "content": "<p>words</p>", "account": AUTHOR}  # fmt: skip
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ACTOR = "https://fernhollow.example/users/sedgewren"


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def refused(corpus) -> dict[str, int]:
    """The refusals of the ledger by their reason."""
    return {what.removeprefix("refused: "): n for what, n in told(corpus).items() if what.startswith("refused: ")}


def read(tmp_path, value, *, name="page.json", **options):
    """Write a value as JSON, or a text as it is, and read it."""
    (tmp_path / name).write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return mastodon.read(tmp_path / name, **options)


def one(tmp_path, **changes):
    """Read one status that differs in some fields."""
    return read(tmp_path, [{**STATUS, **changes}]).posts.iloc[0]


def test_every_column_of_one_status_by_hand(place_of_name):
    """A status with a warning, an edit, a link and a tag gives each column its value."""
    _, path = place_of_name("mastodon")
    corpus = mastodon.read(path / "timeline.json")
    post = corpus.posts.set_index("post_id", drop=False).loc[f"{ASKED}/81700001"]
    own = f"{ASKED}/81700001"
    expected = {
        "post_id": own, "kind": "post", "thread_id": own, "author_id": f"{ASKED}/90551",
        "created_at": pd.Timestamp("2024-03-01T09:00:00Z"), "edited_at": pd.Timestamp("2024-03-01T09:05:00Z"),
        "n_edits": 1, "platform": "mastodon", "title": "work talk", "lang": "en", "is_deleted": False,
        "text": "How do you close a long case well?\n\nI use https://example.org/endings #Endings",
        "author_state": "present", "author_profile": "Caseworker, two towns over.\nViews are mine.",
        "tags": ["Endings"], "mentions": [], "links": ["https://example.org/endings"], "media": [], "n_likes": 4,
        "n_shares": 1,
    }  # fmt: skip
    for name in COLUMNS:
        if name in expected:
            assert post[name] == expected[name], name
        else:
            assert pd.isna(post[name]), name


def test_a_context_is_one_thread(place_of_name):
    """Replies follow their parents, by id and account; who follows only is refused; kinds of media are told."""
    _, path = place_of_name("mastodon")
    corpus = mastodon.read(path / "context.json")
    posts = corpus.posts.set_index("post_id")
    assert set(posts["thread_id"]) == {f"{ASKED}/81700001"}
    assert posts["kind"].eq("comment").all()
    assert posts.loc[f"{ASKED}/81700003", "reply_to"] == f"{ASKED}/81700002"
    assert posts.loc[f"{ASKED}/81700003", "reply_to_author"] == f"{ASKED}/90552"
    assert posts.loc[f"{ASKED}/81700003", "mentions"] == [f"{ASKED}/90552"]
    assert posts.loc[f"{ASKED}/81700004", "media"] == ["photo", "gifv"]
    assert posts.loc[f"{ASKED}/81700003", "text"] == "Tea helps. Thank you & good night"
    assert refused(corpus) == {"visibility private": 1}
    assert told(corpus)["parents missing"] == 2


def test_a_context_joins_what_answers_a_post_that_it_lacks(tmp_path):
    """A reply to a post that may not be seen, and what answers the reply, stay in the thread of the context."""
    below = [{**STATUS, "id": n, "in_reply_to_id": parent} for n, parent in (("2", "1"), ("4", "3"), ("5", "4"))]
    posts = read(tmp_path, {"ancestors": [], "descendants": below}).posts
    assert posts["thread_id"].tolist() == [f"{ASKED}/1"] * 3
    assert posts["reply_to"].tolist() == [f"{ASKED}/1", f"{ASKED}/3", f"{ASKED}/4"]


def test_mentions_tell_the_accounts_of_those_who_wrote_nothing(tmp_path):
    """A mention is an account's id where the status says whose handle it is, as are recipients of replies."""
    person = {"id": "77", "username": "zzfern", "acct": "zzfern@other.example", "url": "https://other.example/@zzfern"}
    row = one(tmp_path, in_reply_to_id="9", in_reply_to_account_id="77", mentions=[person])
    assert row["mentions"] == [row["reply_to_author"]] == [f"{ASKED}/77"]


def test_boosts_quotes_and_orphans(place_of_name):
    """A boost has no text and its post stands beside it; a quote names what it quotes; an orphan stays a comment."""
    _, path = place_of_name("mastodon")
    corpus = mastodon.read(path / "timeline.json")
    posts = corpus.posts.set_index("post_id")
    boost = posts.loc[f"{ASKED}/81700007"]
    assert boost[["kind", "repost_of", "author_id"]].tolist() == ["repost", f"{ASKED}/81700001", f"{ASKED}/90553"]
    assert boost[["text", "n_likes", "n_shares", "n_edits", "reply_to"]].isna().all()
    assert posts.loc[f"{ASKED}/81700008", "quote_of"] == f"{ASKED}/81700009"
    orphan = posts.loc[f"{ASKED}/81700006"]
    assert orphan[["kind", "reply_to_author"]].tolist() == ["comment", f"{ASKED}/90559"]
    assert pd.isna(orphan["reply_to"])
    assert posts.loc[f"{ASKED}/81700010", "thread_id"] == f"{ASKED}/81699999"
    assert refused(corpus) == {"same id, same content": 1}
    assert told(corpus)["quoted posts shown inside others, left out"] == 1
    assert told(corpus)["boosted posts shown inside boosts"] == 1


def test_quoted_posts_are_kept_if_asked_for(place_of_name):
    """With with_quoted=True the quoted post is a post, and nothing is left out."""
    _, path = place_of_name("mastodon")
    corpus = mastodon.read(path / "timeline.json", with_quoted=True)
    assert corpus.posts.set_index("post_id").loc[f"{ASKED}/81700009", "n_likes"] == 9
    assert told(corpus)["quoted posts shown inside others"] == 1
    assert "quoted posts shown inside others, left out" not in told(corpus)


def test_an_archive_by_hand(place_of_name):
    """An outbox gives posts, replies in their conversations, boosts and the account's own words about itself."""
    _, path = place_of_name("mastodon")
    corpus = mastodon.read(path / "outbox.json")
    posts = corpus.posts.set_index("post_id")
    first, second, third = (f"{ACTOR}/statuses/550{n}" for n in (1, 2, 3))
    assert posts.loc[first, ["kind", "n_likes", "n_shares", "n_edits", "lang"]].tolist() == ["post", 3, 1, 0, "en"]
    assert posts.loc[first, "tags"] == ["groupwork"]
    assert posts.loc[first, "media"] == ["photo"]
    assert posts.loc[first, "links"] == []
    assert posts.loc[second, ["thread_id", "reply_to", "reply_to_author"]].tolist() == [first, first, ACTOR]
    assert posts.loc[second, "edited_at"] == pd.Timestamp("2024-03-05T18:12:00Z")
    assert posts.loc[third, "thread_id"].startswith("tag:mossgate.example")
    assert posts.loc[third, "reply_to_author"] == "https://mossgate.example/users/brambletoe"
    assert posts.loc[third, "mentions"] == ["https://mossgate.example/users/brambletoe"]
    assert posts.loc[third, "title"] == "scheduling"
    boost = posts[posts["kind"] == "repost"].iloc[0]
    assert boost["repost_of"] == "https://mossgate.example/users/brambletoe/statuses/62"
    assert pd.isna(boost["text"])
    assert posts["author_profile"].eq("Groups on Thursdays.").all()
    assert corpus.accounts["profile"].tolist() == ["Groups on Thursdays."]
    assert refused(corpus) == {"activity of type Update": 1, "visibility private or direct": 1}
    assert told(corpus)["archive read from documentation, untested on real exports"] == 6


@pytest.mark.parametrize("visibility", ["private", "direct", "limited", "local", "odd", None])
def test_what_is_not_public_is_refused(tmp_path, visibility):
    """Whatever is not said to be public or unlisted is not read, and counted."""
    corpus = read(tmp_path, [{**STATUS, "visibility": visibility}])
    assert len(corpus) == 0
    known = visibility in ("private", "direct", "limited", "local")
    assert refused(corpus) == {f"visibility {visibility}" if known else "visibility not told": 1}


def test_the_server_is_found_or_said(tmp_path):
    """Ids get the server asked in front: found by an account without a host, by a tag, or said."""
    far = {"id": "9", "acct": "zzfar@mossgate.example", "url": "https://mossgate.example/@zzfar"}
    assert one(tmp_path)["post_id"] == f"{ASKED}/500"
    assert one(tmp_path, account=far)["post_id"] == "500"
    tag = {"name": "x", "url": "https://asked.example/tags/x"}
    assert one(tmp_path, account=far, tags=[tag])["author_id"] == "asked.example/9"
    said = read(tmp_path, [{**STATUS, "account": far}], server="Asked.example")
    assert said.posts["post_id"].item() == "asked.example/500"
    assert told(read(tmp_path, [{**STATUS, "account": far}]))["ids of an unknown server"] == 1


def test_a_file_takes_the_server_of_the_others(tmp_path):
    """Where a file does not tell its server and all others agree on one, it is that one."""
    far = {"id": "9", "acct": "zzfar@mossgate.example", "url": "https://mossgate.example/@zzfar"}
    (tmp_path / "a.json").write_text(json.dumps({**STATUS, "id": "501", "account": far}))
    (tmp_path / "b.json").write_text(json.dumps([{**STATUS, "in_reply_to_id": "501"}]))
    posts = mastodon.read(tmp_path).posts.set_index("post_id")
    assert posts.loc[f"{ASKED}/500", "reply_to_author"] == f"{ASKED}/9"


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ('<a href="https://example.org/a?b=1">x</a>', ["https://example.org/a?b=1"]),
        ('<a href="https://mossgate.example/@zzfar/12">x</a>', ["mossgate.example"]),
        ('<a href="https://mossgate.example/users/zzfar">x</a>', ["mossgate.example"]),
        (f'<a href="https://{ASKED}/about/zzsecret">x</a>', [ASKED]),
        ('<a class="u-url mention" href="https://mossgate.example/@zzfar">@<span>x</span></a>', []),
        ('<a href="https://mossgate.example/tags/x" rel="tag">#x</a>', []),
        ('<a href="https://[x/">x</a>', []),
    ],
)
def test_links_name_nobody(tmp_path, link, kept):
    """Links of mentions and tags are none; those to people or to the server are cut to their host."""
    assert one(tmp_path, content=f"<p>{link}</p>")["links"] == kept


def test_edits_are_told_apart(tmp_path):
    """Never edited, edited and unknown are three different things."""
    assert one(tmp_path, edited_at=None)["n_edits"] == 0
    assert one(tmp_path, edited_at="2024-03-01T09:05:00.000Z")["n_edits"] == 1
    assert pd.isna(one(tmp_path)["n_edits"])


def test_missing_is_not_zero(tmp_path):
    """A count that is absent or odd is missing; one that is zero is zero."""
    assert one(tmp_path, favourites_count=0)["n_likes"] == 0
    assert pd.isna(one(tmp_path, favourites_count="many")["n_likes"])
    assert pd.isna(one(tmp_path)["n_shares"])


def test_suspended_and_unknown_authors(tmp_path):
    """A suspended account and a post without one are two states, both without an author."""
    assert one(tmp_path, account={**AUTHOR, "suspended": True})["author_state"] == "suspended"
    assert one(tmp_path, account={"acct": None})["author_state"] == "unknown"
    assert pd.isna(one(tmp_path, account={**AUTHOR, "suspended": True})["author_id"])


def test_one_entry_in_all_its_wrappings(tmp_path):
    """A status by itself, in a list, a search, a context, a conversation or a line is the same post."""
    whole = [STATUS, [STATUS], {"statuses": [STATUS], "accounts": [], "hashtags": []},
             {"ancestors": [STATUS], "descendants": []},
             [{"id": "1", "unread": False, "accounts": [], "last_status": STATUS}]]  # fmt: skip
    posts = [read(tmp_path, value).posts for value in whole]
    posts.append(read(tmp_path, json.dumps(STATUS) + "\n\n" + json.dumps(STATUS) + "\n").posts)
    for each in posts[1:]:
        pd.testing.assert_frame_equal(each, posts[0])


def test_odd_entries_are_counted(tmp_path):
    """What is no object, no status or an empty conversation is refused, each for its reason."""
    corpus = read(tmp_path, [STATUS, 7, {"x": 1}, {"last_status": None}, {**STATUS, "id": "501", "created_at": "soon"},
                             {**STATUS, "id": None}, {**STATUS, "id": "502", "poll": {"options": []}}])  # fmt: skip
    reasons = {"not an object": 1, "not a status": 1, "conversation without a status": 1, "time unreadable": 1}
    assert refused(corpus) == {**reasons, "no id": 1}
    assert told(corpus)["rows read"] == 7
    assert told(corpus)["kept"] == 2
    assert told(corpus)["fields ignored: poll"] == 1
    assert corpus.losses.set_index("what").loc["refused: not a status", "where"] == "entry 3"


def test_fields_of_wrong_types_are_missing(tmp_path):
    """Whatever stands in a field, the status is read and the field is missing."""
    odd = dict.fromkeys(("tags", "mentions", "media_attachments", "reblog", "quote", "language", "spoiler_text"), 5)
    post = one(tmp_path, **odd, account={**AUTHOR, "note": 5, "url": "https://[x/"}, content=5)
    assert post[["lang", "title", "text", "author_profile", "repost_of", "quote_of"]].isna().all()


def test_a_context_as_long_as_a_server_gives_is_marked(tmp_path):
    """Sixty replies may be all that were shown, not all that there are."""
    below = [{**STATUS, "id": str(n)} for n in range(60)]
    assert told(read(tmp_path, {"ancestors": [], "descendants": below}))["contexts that may be cut by the server"] == 1
    assert "contexts that may be cut by the server" not in told(
        read(tmp_path, {"ancestors": [], "descendants": below[1:]})
    )


@pytest.mark.parametrize("cut", [30, 150])
def test_a_cut_document_is_named_with_its_line(tmp_path, cut):
    """A document that ends too early is refused with file and line, and nothing of its text."""
    text = json.dumps([STATUS, STATUS], indent=1)
    (tmp_path / "page.json").write_text(text[:-cut])
    with pytest.raises(SchemaError, match=r"page\.json, line \d+: the JSON is damaged or cut short") as caught:
        mastodon.read(tmp_path / "page.json")
    assert "words" not in str(caught.value)


@pytest.mark.parametrize("text", ["{}", "[]", "nothing", "\x00\xff", "[1, 2]", '[{"id": 1}]', '{"a":' * 2000, '"'])
def test_what_holds_no_status_is_refused(tmp_path, text):
    """Whatever else lies in the file, there is one kind of error and it names the file."""
    assert not mastodon.detect(tmp_path)
    with pytest.raises(SchemaError, match=r"page\.json"):
        read(tmp_path, text)
    assert not mastodon.detect(tmp_path / "page.json")


def test_lines_of_bad_bytes_are_counted(tmp_path):
    """A line of odd bytes is refused and the rest is read, with or without a byte order mark."""
    line = json.dumps(STATUS).encode()
    (tmp_path / "page.json").write_bytes(b"\xef\xbb\xbf" + line + b"\n\xff\xfe\xff\n" + line)
    assert refused(mastodon.read(tmp_path / "page.json")) == {"not UTF-8": 1, "same id, same content": 1}


def test_lines_whose_first_is_broken_are_read(tmp_path):
    """A first line that was cut does not hide the lines below it."""
    corpus = read(tmp_path, '{"id": "5\n' + json.dumps(STATUS) + "\n")
    assert refused(corpus) == {"not JSON": 1}
    assert len(corpus) == 1


def test_an_empty_context_is_an_empty_corpus(tmp_path):
    """A context without posts is read: none read, none kept."""
    corpus = read(tmp_path, {"ancestors": [], "descendants": []})
    assert len(corpus) == 0
    assert told(corpus) == {"rows read": 0, "kept": 0}


def test_a_reader_of_an_archive_meets_odd_activities(tmp_path):
    """Activities without type, object or address are refused, each for its reason; odd types are not repeated."""
    good = {"id": f"{ACTOR}/1", "type": "Announce", "actor": ACTOR, "published": "2024-03-06T09:00:00Z",
            "to": PUBLIC, "object": {"id": "https://x.example/1"}}  # fmt: skip
    items = [good, {**good, "type": None}, 5, {**good, "type": "zz wort"}, {**good, "type": "Create", "object": 5},
             {**good, "to": None}]  # fmt: skip
    corpus = read(tmp_path, {"type": "OrderedCollection", "orderedItems": items}, name="outbox.json")
    assert corpus.posts["repost_of"].tolist() == ["https://x.example/1"]
    assert refused(corpus) == {
        "activity of type none": 1,
        "not an object": 1,
        "activity of type odd": 1,
        "object of type none": 1,
        "visibility private or direct": 1,
    }
