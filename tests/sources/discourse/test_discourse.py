"""Topics and pages of posts of Discourse forums."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.sources import _discourse_cooked, discourse

POST = {"id": 501, "topic_id": 30, "post_number": 2, "post_type": 1, "user_id": 9, "username": "Reed",
        "created_at": "2024-05-01T09:00:00.000Z", "updated_at": "2024-05-01T09:00:00.000Z", "version": 1,
        "cooked": "<p>words</p>", "reply_to_post_number": None, "actions_summary": []}  # fmt: skip


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def read(tmp_path, *posts, **options):
    """Write a page of posts and read it."""
    (tmp_path / "posts.json").write_text(json.dumps({"latest_posts": posts}))
    return discourse.read(tmp_path / "posts.json", **options)


def one(tmp_path, **changes):
    """Read one post that differs in some fields."""
    return read(tmp_path, {**POST, **changes}).posts.iloc[0]


def test_the_folder_by_hand(place_of_name):
    """Five posts of a topic in two files beside a list of topics: every column is what the pages say."""
    _, path = place_of_name("discourse")
    corpus = discourse.read(path)
    posts = corpus.posts.set_index("post_id")
    assert posts.index.tolist() == ["880457-1", "880457-2", "880457-4", "880457-7", "880457-9"]
    assert posts["kind"].tolist() == ["post", "comment", "comment", "comment", "comment"]
    assert set(posts["thread_id"]) == {"880457-1"}
    assert posts["reply_to"].tolist()[1:] == ["880457-1", "880457-2", "880457-6", "880457-4"]
    assert posts["reply_to_author"].fillna("").tolist() == ["", "770015", "770023", "", "770050"]
    assert posts["author_id"].fillna("").tolist() == ["770015", "770023", "770050", "", "770023"]
    assert posts["author_state"].tolist() == ["present", "present", "present", "deleted", "present"]
    assert posts["created_at"].iloc[0] == pd.Timestamp("2024-02-04T20:26:26.278Z")
    assert posts["edited_at"].iloc[0] == pd.Timestamp("2024-02-05T15:00:00Z")
    assert posts["edited_at"].notna().tolist() == [True, False, False, False, True]
    assert posts["n_edits"].tolist() == [2, 0, 0, 0, 1]
    assert set(posts["platform"]) == {"discourse"}
    assert set(posts["community"]) == {"13"}
    assert posts["title"].iloc[0] == "Leaving care, and then?"
    assert posts["title"].iloc[1:].isna().all()
    assert posts["text"].tolist()[:2] == [
        "How do you plan for young people who leave care?\n\nhousing\nmoney",
        "We start a year before.",
    ]
    assert posts.loc["880457-4", "text"] == (
        "> We start a year before.\n\nA year is late in our town :slight_frown:, see this and the report."
    )
    assert posts["is_deleted"].tolist() == [False, False, False, False, True]
    assert pd.isna(posts.loc["880457-9", "text"])
    assert posts["author_profile"].iloc[0] == "team lead"
    assert posts["tags"].iloc[0] == ["leaving-care", "housing"]
    assert posts["tags"].iloc[1] is None
    assert posts.loc["880457-4", "quote_of"] == "880457-2"
    assert posts.loc["880457-4", "links"] == ["forum.example.org", "https://example.org/report"]
    assert posts.loc["880457-4", ["mentions", "media"]].tolist() == [[], []]
    assert posts["n_likes"].tolist() == [5, 2, 0, 0, 0]
    for column in ("fetched_at", "removed_at", "repost_of", "n_shares"):
        assert posts[column].isna().all()


def test_the_ledger_of_the_folder(place_of_name):
    """The ledger tells what was refused, what a topic lists and the export lacks, and what was taken how."""
    _, path = place_of_name("discourse")
    lines = told(discourse.read(path))
    assert lines["rows read"] == 7
    assert lines["refused: a list of topics, which holds no posts"] == 1
    assert lines["refused: type 2, moderator action"] == 1
    assert lines["answers to a topic as a whole"] == 1
    assert lines["posts of topics not in the export"] == 1
    assert lines["authors deleted"] == lines["parents missing"] == lines["posts deleted or removed"] == 1
    assert any(what.startswith("fields ignored: avatar_template, ") for what in lines)


def test_a_list_of_topics_alone_is_refused_with_its_reason(place_of_name):
    """A list of topics is known for what it is, and the error says how to come to posts."""
    _, path = place_of_name("discourse")
    with pytest.raises(SchemaError, match=r"a list of topics, which holds no posts.*Mend: fetch each topic"):
        sources.read(path / "latest.json")


def test_accounts_alone_are_refused_and_beside_posts_join_names(tmp_path):
    """A list of accounts is no posts; beside posts it tells whose name a mention is."""
    users = [{"id": 77, "username": "Willow", "avatar_template": "/x.png", "trust_level": 1}]
    (tmp_path / "users.json").write_text(json.dumps(users))
    with pytest.raises(SchemaError, match="an account, not a post"):
        sources.read(tmp_path / "users.json")
    cooked = '<p>Ask <a class="mention" href="/u/willow">@willow</a></p>'
    (tmp_path / "posts.json").write_text(json.dumps({"latest_posts": [{**POST, "cooked": cooked}]}))
    assert discourse.read(tmp_path).posts["mentions"].item() == ["77"]


def test_single_posts_in_a_list_and_one_a_line_are_posts(tmp_path):
    """Posts fetched one by one are read from a list, from lines, and alone."""
    for name, content in {
        "a.json": json.dumps([POST, {**POST, "id": 502, "post_number": 3}]),
        "a.jsonl": json.dumps(POST) + "\n" + json.dumps({**POST, "id": 502, "post_number": 3}),
    }.items():
        (tmp_path / name).write_text(content)
        assert sources.read(tmp_path / name).posts["post_id"].tolist() == ["30-2", "30-3"]
    (tmp_path / "b.json").write_text(json.dumps(POST, indent=2))
    assert len(sources.read(tmp_path / "b.json")) == 1


@pytest.mark.parametrize(
    ("changes", "is_gone"),
    [
        ({"deleted_at": "2024-05-02T09:00:00Z"}, True),
        ({"user_deleted": True}, True),
        ({"hidden": True}, True),
        ({"hidden": False, "deleted_at": None}, False),
    ],
)
def test_deleted_and_hidden_posts_lose_their_text(tmp_path, changes, is_gone):
    """A post that is deleted, withdrawn or hidden keeps its place and loses what it says."""
    post = one(tmp_path, **changes)
    assert post["is_deleted"] == is_gone
    assert pd.isna(post["text"]) == is_gone
    assert pd.notna(post["removed_at"]) == bool(changes.get("deleted_at"))


@pytest.mark.parametrize(("kind", "name"), [(2, "moderator action"), (3, "small action"), (4, "whisper")])
def test_other_types_are_refused_by_name(tmp_path, kind, name):
    """What is no regular post is refused and named."""
    corpus = read(tmp_path, POST, {**POST, "id": 502, "post_number": 3, "post_type": kind})
    assert told(corpus)[f"refused: type {kind}, {name}"] == 1


@pytest.mark.parametrize(
    ("actions", "likes"),
    [
        ([{"id": 2, "count": 4}], 4),
        ([{"id": 2, "can_act": True}], 0),
        ([{"id": 3, "count": 4}], 0),
        ([], 0),
        (None, None),
        ([{"id": 2, "count": "x"}], None),
    ],
)
def test_likes_zero_and_missing(tmp_path, actions, likes):
    """A list without likes tells of none; no list tells nothing."""
    found = one(tmp_path, actions_summary=actions)["n_likes"]
    assert pd.isna(found) if likes is None else found == likes


def test_the_version_tells_edits(tmp_path):
    """Without a second version an update is none of the writer; without a version nothing is known."""
    later = "2024-06-01T09:00:00Z"
    assert one(tmp_path, updated_at=later)[["n_edits", "edited_at"]].isna().tolist() == [False, True]
    assert one(tmp_path, updated_at=later, version=2)["edited_at"] == pd.Timestamp(later)
    assert pd.isna(one(tmp_path, version=None)["n_edits"])


def test_authors_gone_and_unknown_are_two_things(tmp_path):
    """An account that is null is gone; one that the page does not tell is unknown."""
    assert one(tmp_path, user_id=None, username=None)["author_state"] == "deleted"
    bare = {name: value for name, value in POST.items() if name not in ("user_id", "username")}
    assert read(tmp_path, bare).posts["author_state"].item() == "unknown"


def test_private_messages_are_messages(tmp_path):
    """Posts of a private topic are of kind message, and the ledger says so."""
    topic = {"id": 30, "archetype": "private_message", "title": "t", "post_stream": {"posts": [POST], "stream": [501]}}
    (tmp_path / "topic.json").write_text(json.dumps(topic))
    corpus = discourse.read(tmp_path / "topic.json")
    assert corpus.posts["kind"].item() == "message"
    assert told(corpus)["private messages"] == 1


def test_a_post_met_twice_is_kept_once(tmp_path):
    """The same post in two places is one post, whether it is the same or has changed meanwhile."""
    corpus = read(tmp_path, POST, POST, {**POST, "cooked": "<p>.</p>"})
    assert told(corpus)["refused: same id, same content"] == 1
    assert told(corpus)["refused: same id, other content"] == 1
    assert corpus.posts["text"].item() == "words"


def test_odd_posts_are_refused_with_their_reason(tmp_path):
    """What has no number, no time or is no object is refused, and the rest is read."""
    corpus = read(tmp_path, POST, "oops", {**POST, "post_number": None}, {**POST, "post_number": 5, "created_at": ""})
    reasons = {what.removeprefix("refused: "): n for what, n in told(corpus).items() if what.startswith("refused: ")}
    assert reasons == {"not an object": 1, "no id": 1, "no time": 1}


def test_an_empty_page_is_an_empty_corpus(tmp_path):
    """A page without posts gives none."""
    corpus = read(tmp_path)
    assert len(corpus) == told(corpus)["rows read"] == told(corpus)["kept"] == 0


def test_a_file_cut_short_is_named_alone_and_counted_among_others(tmp_path, place_of_name):
    """A damaged page is an error with its line; in a folder the ledger tells it and the others are read."""
    _, path = place_of_name("discourse")
    whole = (path / "topic.json").read_text("utf-8")
    (tmp_path / "a.json").write_text(whole[:3000])
    with pytest.raises(SchemaError, match=r"a\.json, line \d+: the JSON is cut short"):
        discourse.read(tmp_path / "a.json")
    (tmp_path / "b.json").write_text(whole)
    corpus = discourse.read(tmp_path)
    assert len(corpus) == 3
    assert told(corpus)["refused: JSON cut short"] == 1


def test_other_files_are_not_of_discourse(tmp_path):
    """Files without the marks of a forum's pages are no pages, and the error tells another way."""
    (tmp_path / "x.json").write_text('{"posts": [{"title": "post_stream"}]}')
    assert not discourse.detect(tmp_path / "x.json")
    with pytest.raises(SchemaError, match=r"sources\.table\.read"):
        discourse.read(tmp_path / "x.json")


def test_a_zone_has_no_use(place_of_name):
    """Times name their zone; one that is given is refused rather than ignored."""
    _, path = place_of_name("discourse")
    with pytest.raises(OptionError, match="no use"):
        sources.read(path, zone="UTC")


def test_what_is_no_word_of_the_writer_is_left_out():
    """Heads of quotes, previews and captions fall away; previews leave their address, images their kind."""
    cooked = (
        '<aside class="onebox allowlistedgeneric" data-onebox-src="https://example.org/x"><article><h3><a '
        'href="https://example.org/x">A page</a></h3><p>about</p><img src="/t.png" class="thumbnail"></article></aside>'
        '<p>Hello <a class="mention" href="/u/wren">@wren</a> and <a class="mention-group" href="/groups/all">@all</a></p>'
        '<div class="lightbox-wrapper"><a class="lightbox" href="https://f.example.org/uploads/a.jpeg"><img src="/a.jpeg">'
        '<div class="meta"><span class="filename">IMG_1</span></div></a></div><video src="/v.mp4"></video>'
    )
    said = _discourse_cooked.said(cooked)
    assert said.text == "Hello @wren and @all"
    assert said.links == ["https://example.org/x"]
    assert said.mentions == ["wren"]
    assert said.media == ["photo", "video"]


def test_a_quote_within_a_quote_is_not_the_writers():
    """Of quotes within each other the outer one is the writer's; what they name and link is not."""
    inner = '<aside class="quote" data-post="1" data-topic="30"><div class="title">A:</div><blockquote>x</blockquote></aside>'
    cooked = (
        '<aside class="quote" data-username="B" data-post="4" data-topic="31"><div class="title">B:</div><blockquote>'
        f'{inner}<p><a class="mention">@wren</a> <a href="https://example.org">y</a></p></blockquote></aside><p>z</p>'
        '<aside class="quote" data-post="6"><blockquote>w</blockquote></aside>'
    )
    said = _discourse_cooked.said(cooked)
    assert said.quotes == [("31", "4"), ("", "6")]
    assert said.mentions == said.links == []
    assert said.text == "> > x\n\n> @wren y\n\nz\n\n> w"


def test_links_into_the_forum_are_cut_to_their_host(tmp_path):
    """A link that the page marks as internal, or that has the form of a topic or person, names its host only."""
    cooked = (
        '<p><a href="https://own.example.org/about">a</a> <a href="https://two.example.org/u/wren">b</a> '
        '<a href="/u/wren">c</a> <a href="https://example.org/tea/30">d</a> <a href="https://[bad">e</a></p>'
    )
    counts = [{"url": "https://own.example.org/about", "internal": True}, {"url": 3, "internal": True}, None]
    links = one(tmp_path, cooked=cooked, link_counts=counts)["links"]
    assert links == ["own.example.org", "two.example.org", "https://example.org/tea/30"]


def test_markdown_stands_in_where_there_is_no_html(tmp_path):
    """A page that holds only the Markdown gives that as text."""
    bare = {name: value for name, value in POST.items() if name != "cooked"}
    assert read(tmp_path, {**bare, "raw": " words *here* "}).posts["text"].item() == "words *here*"


ODD = st.one_of(st.none(), st.booleans(), st.integers(-1, 3), st.text(max_size=5), st.just([]), st.just([1]),
                st.just({}), st.just([{"id": 2, "count": {}}]), st.just(10**30), st.just("<![x[ <aside class=quote>"))  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posts=st.lists(st.dictionaries(st.sampled_from(sorted(POST)), ODD, max_size=4), max_size=4))
def test_every_post_read_is_kept_or_refused(tmp_path, posts):
    """Whatever stands in the fields, posts are kept or refused, and no library's error comes out."""
    lines = told(read(tmp_path, POST, *({**POST, "post_number": 9, **post} for post in posts)))
    refused = sum(n for what, n in lines.items() if what.startswith("refused: "))
    assert lines["rows read"] == lines["kept"] + refused == len(posts) + 1
