"""Posts of a Google+ Takeout archive."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.sources import google_plus

POST = {"resourceName": "users/1/posts/a", "creationTime": "2018-12-01 10:00:00+0000", "content": "words",
        "author": {"resourceName": "users/1"}, "postAcl": {"isPublic": True}}  # fmt: skip


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def read(tmp_path, *posts, **options):
    """Write posts, each to a file, and read their folder."""
    for number, post in enumerate(posts):
        content = post if isinstance(post, bytes) else json.dumps(post).encode()
        (tmp_path / f"2018120{number} - x.json").write_bytes(content)
    return google_plus.read(tmp_path, **options)


def one(tmp_path, **changes):
    """Read one public post that differs in some fields."""
    return read(tmp_path, {**POST, **changes}).posts.iloc[0]


def test_a_post_by_hand(place_of_name):
    """Every column of a public post with a link, a mention, a tag and three comments."""
    _, path = place_of_name("google_plus")
    post = google_plus.read(path).posts.set_index("post_id").loc["users/100000000000000007701/posts/UgzzAlder1"]
    assert post["kind"] == "post"
    assert post["thread_id"] == post.name
    assert post["author_id"] == "100000000000000007701"
    assert post["author_state"] == "present"
    assert post["created_at"] == pd.Timestamp("2018-03-05T09:00:00Z")
    assert post["edited_at"] == pd.Timestamp("2018-03-05T09:30:00Z")
    assert post["n_edits"] == 1
    assert post["platform"] == "google_plus"
    assert post["text"].split("\n")[1] == "Who else does? +Teasel Underhill #practice & more"
    assert post["tags"] == ["practice"]
    assert post["mentions"] == ["100000000000000007702"]
    assert post["links"] == ["https://example.org/rooms"]
    assert post["media"] == []
    assert (post["n_likes"], post["n_shares"]) == (2, 1)
    missing = ["reply_to", "reply_to_author", "quote_of", "repost_of", "removed_at", "fetched_at", "community", "title",
               "author_profile"]  # fmt: skip
    assert post[missing].isna().all()
    assert not post["is_deleted"]


def test_comments_by_hand(place_of_name):
    """Comments answer the post; an author who is not told is unknown; an offset is reckoned in; pictures are photos."""
    _, path = place_of_name("google_plus")
    posts = google_plus.read(path).posts
    comments = posts[posts["kind"] == "comment"].reset_index(drop=True)
    assert comments["reply_to"].eq("users/100000000000000007701/posts/UgzzAlder1").all()
    assert comments["thread_id"].eq(comments["reply_to"]).all()
    assert comments["reply_to_author"].eq("100000000000000007701").all()
    assert comments["author_state"].tolist() == ["present", "present", "unknown"]
    assert comments.loc[0, "created_at"] == pd.Timestamp("2018-03-05T10:00:00Z")
    assert comments.loc[0, "text"] == "We do, and it's used daily."
    assert comments["n_edits"].astype(object).where(comments["n_edits"].notna(), None).tolist() == [0, 1, None]
    assert comments.loc[1, "media"] == ["photo"]
    assert comments[["n_likes", "n_shares"]].isna().all(axis=None)


def test_shared_posts_by_hand(place_of_name):
    """Sharing without a word is a repost; with words it is a post that quotes, even of one that is gone."""
    _, path = place_of_name("google_plus")
    posts = google_plus.read(path).posts.set_index("kind")
    repost = posts.loc["repost"]
    assert repost["repost_of"] == "users/100000000000000007701/posts/UgzzAlder1"
    assert pd.isna(repost["text"])
    assert pd.isna(repost["quote_of"])
    quoting = posts[posts["quote_of"].notna()].iloc[0]
    assert quoting["quote_of"] == "users/100000000000000007709/posts/UgzzGone9"
    assert quoting["community"] == "Invented practice circle"
    assert quoting["media"] == ["photo", "video"]
    assert quoting["n_likes"] == 0
    assert pd.isna(quoting["n_shares"])


def test_the_ledger_by_hand(place_of_name):
    """Nine records in five files: one is cut short, and one post with its comment was not public."""
    _, path = place_of_name("google_plus")
    corpus = google_plus.read(path)
    lines = told(corpus)
    assert (lines["rows read"], lines["kept"]) == (9, 6)
    assert lines["refused: not JSON, or cut short"] == 1
    assert lines["refused: not public"] == 2
    assert lines["authors unknown"] == 1
    assert lines["reshared posts not taken: they have no time"] == 2
    assert lines["from documentation, untested on real exports"] == 1
    assert corpus.losses.set_index("what").loc["refused: not JSON, or cut short", "where"] == "file 5"


def test_names_of_files_are_nowhere(place_of_name):
    """A file is named after the beginning of its post, so the ledger and the corpus bear no name of a file."""
    _, path = place_of_name("google_plus")
    file = next(path.glob("20180305*"))
    corpus = google_plus.read(file)
    assert corpus.name == "google_plus"
    assert "quiet rooms" not in corpus.losses.to_string()


def test_what_was_not_public_comes_in_when_asked_for(place_of_name):
    """Without the rule the post and its comment are kept, and counted."""
    _, path = place_of_name("google_plus")
    lines = told(google_plus.read(path, only_public=False))
    assert lines["kept"] == 8
    assert lines["posts not public"] == 1


@pytest.mark.parametrize(
    ("acl", "is_kept"),
    [
        ({"isPublic": True}, True),
        ({"visibleToStandardAcl": {"circles": [{"type": "CIRCLE_TYPE_PUBLIC"}]}}, True),
        ({"visibleToStandardAcl": {"circles": [{"type": "CIRCLE_TYPE_EXTENDED_CIRCLES"}]}}, False),
        ({"isPublic": False, "communityAcl": {}}, False),
        ({"isPublic": "true"}, False),
        ({}, False),
        (None, False),
        ([], False),
    ],
)
def test_public_is_what_the_archive_calls_public(tmp_path, acl, is_kept):
    """Whatever is not said to be public is taken as not public."""
    assert len(read(tmp_path, {**POST, "postAcl": acl})) == int(is_kept)


def test_the_folder_above_is_found(place_of_name, tmp_path):
    """The folder of the posts, the one above it and the archive's are read alike."""
    _, path = place_of_name("google_plus")
    shutil.copytree(path, tmp_path / "Takeout" / "Google+ Stream" / "Posts")
    for place in (tmp_path / "Takeout", tmp_path / "Takeout" / "Google+ Stream"):
        assert google_plus.detect(place)
        pd.testing.assert_frame_equal(google_plus.read(place).posts, google_plus.read(path).posts)


def test_the_folder_above_is_known_for_what_it_is(place_of_name, tmp_path):
    """An export whose files lie in a folder below is found out, though the folder itself holds no file."""
    _, path = place_of_name("google_plus")
    shutil.copytree(path, tmp_path / "archive" / "Posts")
    found = sources.read(tmp_path / "archive").posts
    assert found["post_id"].tolist() == google_plus.read(path).posts["post_id"].tolist()


def test_comments_stand_in_the_community_of_their_post(tmp_path):
    """A comment is in the community in which its post is."""
    comment = {"resourceName": "users/1/posts/a/comments/b", "creationTime": "2018-12-01 11:00:00+0000", "content": "x"}
    posts = read(tmp_path, {**POST, "comments": [comment], "communityAttachment": {"displayName": "Zzquay"}}).posts
    assert posts["community"].tolist() == ["Zzquay", "Zzquay"]


def test_an_alias_joins_the_account(tmp_path):
    """A page's alias stands for the account it was met with; where it was met with none, it is itself the author."""
    author = {"resourceName": "users/1", "profilePageUrl": "https://plus.google.com/+Zz"}
    posts = [
        {**POST, "author": author},
        {**POST, "resourceName": "users/1/posts/b", "author": {"profilePageUrl": "https://plus.google.com/+zz"}},
        {**POST, "resourceName": "users/9/posts/c", "author": {"profilePageUrl": "https://plus.google.com/9"}},
        {**POST, "resourceName": "users/8/posts/d", "author": {"profilePageUrl": "https://plus.google.com/+Qq"}},
    ]
    found = read(tmp_path, *posts).posts.set_index("post_id")["author_id"]
    assert found.tolist() == ["1", "1", "qq", "9"]


def test_links_to_google_plus_are_cut_to_their_host(tmp_path):
    """A link to a post of Google+ would name its author: only the host is kept, and it is no mention."""
    post = one(tmp_path, content='<a href="https://plus.google.com/77/posts/zz">here</a>')
    assert post["links"] == ["plus.google.com"]
    assert post["mentions"] == []


def test_duplicates_and_records_without_id_or_time_are_refused(tmp_path):
    """The same post in two files is kept once; a comment without id or with a time that is none is refused."""
    time = POST["creationTime"]
    comments = [
        {"creationTime": time},
        {"resourceName": "c1", "creationTime": "yesterday"},
        "x",
        {"resourceName": "c2"},
    ]
    lines = told(read(tmp_path, POST, POST, {**POST, "resourceName": "users/1/posts/z", "comments": comments}))
    reasons = {what.removeprefix("refused: "): n for what, n in lines.items() if what.startswith("refused: ")}
    assert reasons == {
        "same id, same content": 1, "no id": 1, "no time": 1, "time unreadable": 1, "comment is not an object": 1
    }  # fmt: skip
    assert lines["rows read"] == 7
    assert lines["kept"] == 2


def test_values_of_odd_types_do_no_harm(tmp_path):
    """Fields whose values are of no expected type are missing, never an error of a library."""
    fields = ("author", "content", "comments", "plusOnes", "reshares", "resharedPost", "link", "media", "album", "poll",
              "updateTime", "communityAttachment", "url")  # fmt: skip
    odd = ({}, [], [1], True, 1.5, "", 10**18, {"media": [1, {}]}, {"resourceName": 5, "url": []}, None)
    posts = [
        {**POST, "resourceName": f"users/1/posts/{field}{n}", field: value}
        for field in fields
        for n, value in enumerate(odd)
    ]
    (tmp_path / "odd").mkdir()
    for number, post in enumerate(posts):
        (tmp_path / "odd" / f"{number:03}.json").write_text(json.dumps(post))
    lines = told(google_plus.read(tmp_path / "odd"))
    refused = sum(n for what, n in lines.items() if what.startswith("refused: "))
    assert lines["rows read"] == lines["kept"] + refused
    assert lines["kept"] == len(posts)


def test_other_files_of_the_folder_are_refused_and_unknown_fields_named(tmp_path):
    """Odd bytes and other objects are refused by file; a field that is not documented is told by its name."""
    corpus = read(tmp_path, {**POST, "mood": 1}, {"name": "x"}, b"\xff\xfe{", b"", [POST])
    lines = told(corpus)
    assert lines["refused: not a post"] == 2
    assert lines["refused: not JSON, or cut short"] == 2
    assert lines["field ignored: 'mood'"] == 1
    assert lines["kept"] == 1


def test_media_and_polls_are_kinds(tmp_path):
    """A picture is a photo, a film a video, a poll a poll; what is not told is media."""
    post = one(tmp_path, media={"contentType": "video/*"}, album={"media": [{"url": "x"}]}, poll={"choices": []})
    assert post["media"] == ["video", "media", "poll"]


def test_no_post_at_all_is_named(tmp_path):
    """A folder or file without a post of Google+ is an error that says where posts lie."""
    with pytest.raises(SchemaError, match="Google\\+ Stream/Posts"):
        read(tmp_path, {"name": "x"})
    (tmp_path / "posts.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SchemaError, match=r"sources\.table\.read"):
        google_plus.read(tmp_path / "posts.csv")
    assert not google_plus.detect(tmp_path)
    assert not google_plus.detect(tmp_path / "posts.csv")


def test_a_zone_has_no_use(place_of_name):
    """The archive's times name their offset; a zone is refused rather than ignored."""
    _, path = place_of_name("google_plus")
    with pytest.raises(OptionError, match="no use"):
        sources.read(path, zone="UTC")
