"""Archives that people download of their own account of Twitter."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import twitter_archive

P, A = 9920000000000000000, 9930000000000000000
POST = {"id_str": "1", "created_at": "Sat Feb 18 12:33:11 +0000 2023", "full_text": "words", "favorite_count": "3"}


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def write(tmp_path, *posts, name="tweets.js"):
    """Write posts as the archive does."""
    content = json.dumps([{"tweet": post} for post in posts], indent=1)
    (tmp_path / name).write_text(f"window.YTD.tweets.part0 = {content}")
    return tmp_path / name


def test_every_column_of_a_post_by_hand(place_of_name):
    """The first post of the archive has each of its columns as its scripts say."""
    posts = twitter_archive.read(place_of_name("twitter_archive")[1]).posts.set_index("post_id")
    expected = {
        "kind": "post",
        "thread_id": str(P + 1),
        "author_id": str(A + 1),
        "created_at": pd.Timestamp("2023-02-18 12:33:11", tz="UTC"),
        "n_edits": 0,
        "platform": "x",
        "text": "What the kettle & the waiting room have in common #invented",
        "lang": "en",
        "is_deleted": False,
        "author_state": "present",
        "author_profile": "tea, visits, notes",
        "tags": ["invented"],
        "mentions": [],
        "links": [],
        "media": [],
        "n_likes": 4,
        "n_shares": 1,
    }
    post = posts.loc[str(P + 1)]
    assert {name: post[name] for name in expected} == expected
    assert post.drop(list(expected)).isna().all()


def test_replies_reposts_quotes_edits_and_long_texts_by_hand(place_of_name):
    """What the archive tells only by text, link or another file is found, and counted as such."""
    corpus = twitter_archive.read(place_of_name("twitter_archive")[1])
    posts = corpus.posts.set_index("post_id")
    assert posts.loc[str(P + 2), ["kind", "thread_id", "reply_to_author"]].tolist() == [
        "comment", str(P + 1), str(A + 1)]  # fmt: skip
    assert posts.loc[str(P + 2), "text"].endswith("much longer than it should.")
    assert posts.loc[str(P + 3), ["reply_to", "reply_to_author"]].tolist() == [str(P + 90), str(A + 7)]
    assert posts.loc[str(P + 4), "kind"] == "repost"
    assert posts.loc[str(P + 4), ["text", "repost_of", "n_likes"]].isna().all()
    assert posts.loc[str(P + 4), "mentions"] == [str(A + 7)]
    assert posts.loc[str(P + 5), "quote_of"] == str(P + 91)
    assert posts.loc[str(P + 5), "links"] == ["https://example.org/kettle", "twitter.com"]
    assert posts.loc[str(P + 6), "n_edits"] == 1
    assert posts.loc[str(P + 6), "edited_at"] == pd.Timestamp("2023-02-20 10:00", tz="UTC")
    lines = told(corpus)
    assert lines["reposts told by their text only"] == lines["quotes told by their last link"] == 1
    assert lines["long texts not joined to a post"] == lines["parents missing"] == 1
    assert lines["from documentation, untested on real exports"] == lines["rows read"] == lines["kept"] == 6


def test_accounts_and_follows_stand_beside(place_of_name):
    """Who follows and is followed is told beside the posts, with the account's own words about itself."""
    corpus = twitter_archive.read(place_of_name("twitter_archive")[1])
    assert corpus.accounts.values[:, :3].tolist() == [[str(A + 1), "x", "tea, visits, notes"]]
    assert sorted(corpus.follows[["source", "target"]].values.tolist()) == [
        [str(A + 1), str(A + 7)], [str(A + 8), str(A + 1)]]  # fmt: skip


def test_the_unpacked_archive_its_data_folder_and_its_file_are_the_same(tmp_path):
    """The archive is known by its folder, its ``data`` folder and its ``tweets.js``."""
    (tmp_path / "data").mkdir()
    (tmp_path / "Your archive.html").write_text("<html></html>")
    file = write(tmp_path / "data", POST)
    read = [sources.read(path).posts for path in (tmp_path, tmp_path / "data", file)]
    pd.testing.assert_frame_equal(read[0], read[1])
    pd.testing.assert_frame_equal(read[0], read[2])


def test_without_the_account_authors_are_unknown(tmp_path):
    """A ``tweets.js`` alone does not say whose it is."""
    corpus = twitter_archive.read(write(tmp_path, POST))
    assert corpus.posts[["author_state"]].values.tolist() == [["unknown"]]
    assert told(corpus)["account.js missing or empty"] == 1


def test_private_files_are_never_opened(tmp_path):
    """Direct messages, deleted posts and likes are not read, even where they cannot be."""
    write(tmp_path, POST)
    for name in ("direct-messages.js", "deleted-tweets.js", "like.js", "tweet-headers.js"):
        (tmp_path / name).write_bytes(b"window.YTD.x.part0 = \xff")
    assert len(sources.read(tmp_path)) == 1


def test_repeated_posts_are_dropped_and_what_is_no_post_is_refused(tmp_path):
    """Posts in two parts are kept once; elements without a text, id or time are refused."""
    write(tmp_path, POST, {"id_str": "2"}, {**POST, "id_str": None}, {**POST, "id_str": "3", "created_at": "soon"})
    write(tmp_path, POST, name="tweets-part1.js")
    lines = told(sources.read(tmp_path))
    reasons = {what.removeprefix("refused: "): n for what, n in lines.items() if what.startswith("refused: ")}
    assert reasons == {"same id, same content": 1, "not a post": 1, "no id": 1, "time unreadable": 1}
    assert lines["kept"] == 1


@pytest.mark.parametrize("content", ["window.YTD.tweets.part0 = [ {", "window.YTD.tweets.part0", "window.YTD.x = [1"])
def test_a_damaged_script_is_an_error(tmp_path, content):
    """A script that is cut short is refused with the way to mend it."""
    (tmp_path / "tweets.js").write_text(content)
    with pytest.raises(SchemaError, match=r"tweets\.js.*Mend"):
        sources.read(tmp_path / "tweets.js")


def test_values_of_odd_types_do_no_harm(tmp_path):
    """Fields whose values are of no expected type are missing or refused, never an error of a library."""
    odd = ({}, [], [1], [None], True, 1.5, -1, "", 10**30, None, {"a": []})
    names = [*POST, "entities", "edit_info", "extended_entities", "in_reply_to_status_id", "lang"]
    posts = [{**POST, "id_str": f"{name}{n}", name: value} for name in names for n, value in enumerate(odd)]
    write(tmp_path, POST, *posts)
    for name in ("account", "profile", "note-tweet", "following"):
        content = json.dumps([*odd, *({name.replace("-t", "T"): value} for value in odd)])
        (tmp_path / f"{name}.js").write_text(f"window.YTD.x.part0 = {content}")
    lines = told(sources.read(tmp_path))
    assert lines["rows read"] == lines["kept"] + sum(n for what, n in lines.items() if what.startswith("refused: "))


def test_other_scripts_are_no_archive(tmp_path):
    """A script of the same name that is none of an archive is left alone."""
    (tmp_path / "tweets.js").write_text("console.log('hello')")
    assert not twitter_archive.detect(tmp_path)
    with pytest.raises(SchemaError, match=r"no tweets\.js"):
        twitter_archive.read(tmp_path)
