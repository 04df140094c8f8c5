"""Lines of Zeeschuimer."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import zeeschuimer
from socialwork_research.sources._zeeschuimer_modules import MODULES, row
from socialwork_research.sources._zeeschuimer_values import count, time

ODD = (None, True, 0, -1, 2.5, "", "x", [], [1], [None], {}, {"x": 1}, [{"x": []}], [[]])


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def written(place, *lines: object, name: str = "export.ndjson"):
    """Write lines as JSON."""
    file = place / name
    file.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    return file


def line(module: str, *, at: int = 1_700_000_100_000, **data: object) -> dict[str, object]:
    """One showing of an object."""
    about = {"nav_index": "s:1:0", "item_id": "1", "timestamp_collected": at, "source_platform": module}
    return {**about, "data": data}


def one(place, module: str, **data: object) -> pd.Series:
    """The post that an object of a module becomes."""
    return zeeschuimer.read(written(place, line(module, **data))).posts.iloc[0]


def test_x_by_hand(place_of_name):
    """Threads, replies, reposts, texts, counts and links of X are where they belong."""
    _, path = place_of_name("zeeschuimer")
    posts = zeeschuimer.read(path).posts.set_index("post_id")
    first, reply, repost = (posts.loc[f"160000000000007000{number}"] for number in range(1, 4))
    assert first[["kind", "text", "tags", "links", "media", "lang", "author_profile"]].tolist() == [
        "post", "Forms & more forms", ["forms"], ["https://example.org/form", "x.com"], ["photo"], "en",
        "Notes on placements"]  # fmt: skip
    assert first["created_at"] == pd.Timestamp("2022-12-05T08:00:00Z")
    assert reply[["kind", "reply_to", "reply_to_author", "thread_id"]].tolist() == [
        "comment", "1600000000000070001", "6655440011", "1600000000000070001"]  # fmt: skip
    assert reply["mentions"] == ["6655440011"]
    assert repost[["kind", "repost_of"]].tolist() == ["repost", "1600000000000070001"]
    assert repost[["text", "n_likes"]].isna().all()


def test_of_each_post_the_latest_showing_is_kept(place_of_name):
    """A post that the page showed again has the counts and the time of its last showing."""
    _, path = place_of_name("zeeschuimer")
    corpus = zeeschuimer.read(path)
    first = corpus.posts.set_index("post_id").loc["1600000000000070001"]
    assert first["n_likes"] == 9
    assert first["fetched_at"] == pd.Timestamp(1_670_240_000_000, unit="ms", tz="UTC")
    lines = told(corpus)
    assert lines["refused: shown again later"] == lines["refused: an advertisement"] == 1
    assert (lines["rows read"], lines["kept"]) == (7, 5)
    assert lines["read as Zeeschuimer's lines: from documentation, untested on real exports"] == 2


def test_the_latest_is_the_latest_in_time_not_in_the_file(tmp_path):
    """An older showing further down does not replace a later one."""
    post = {"id": "1", "createTime": 1700000000, "author": {"id": "7", "uniqueId": "zoe"}}
    new = line("tiktok.com", at=1_700_000_900_000, **post, desc="new")
    old = line("tiktok.com", at=1_700_000_100_000, **post, desc="old")
    for order in ((new, old), (old, new)):
        assert zeeschuimer.read(written(tmp_path, *order)).posts["text"].tolist() == ["new"]


def test_comments_on_tiktok_by_hand(place_of_name):
    """A comment is under its video, or under the comment it answers."""
    _, path = place_of_name("zeeschuimer")
    posts = zeeschuimer.read(path).posts.set_index("post_id")
    assert posts.loc["7400000000000060011", "reply_to"] == "7400000000000060001"
    answer = posts.loc["7400000000000060012"]
    assert answer[["kind", "reply_to", "reply_to_author", "thread_id", "n_likes", "platform"]].tolist() == [
        "comment", "7400000000000060011", "6900000000000050011", "7400000000000060001", 0, "tiktok"]  # fmt: skip


def test_tiktok(tmp_path):
    """Tags, mentions, counts and duets of TikTok."""
    extra = [{"hashtagName": "demo"}, {"userUniqueId": "max"}, {}]
    stats = {"diggCount": "12", "shareCount": 3}
    found = one(
        tmp_path, "tiktok.com", id="1", desc="Hi #demo", createTime="1700000000", textExtra=extra, stats=stats,
        author={"id": "7", "uniqueId": "zoe", "signature": "Teacher"}, duetInfo={"duetFromId": "99"},
    )  # fmt: skip
    assert found[["author_id", "author_profile", "tags", "mentions", "n_likes", "n_shares", "quote_of"]].tolist() == [
        "7", "Teacher", ["demo"], ["max"], 12, 3, "99"]  # fmt: skip
    assert found["media"] == ["video"]


def test_instagram_in_its_three_forms(tmp_path):
    """Item lists and graphs are read; a partial object, which has no time, and an advertisement are refused."""
    listed = {"code": "Ca", "taken_at": 1700000000, "caption": {"text": "Hi #demo"}, "like_count": 4, "media_type": 8,
              "carousel_media": [{"media_type": 1}, {"media_type": 2}], "user": {"id": "7", "username": "zoe"},
              "usertags": {"in": [{"user": {"username": "max"}}]}}  # fmt: skip
    graph = {"shortcode": "Cb", "taken_at_timestamp": 1700000001, "__typename": "GraphImage", "owner": {"id": "8"},
             "edge_media_to_caption": {"edges": [{"node": {"text": "Hello"}}]},
             "edge_media_preview_like": {"count": 2}, "like_and_view_counts_disabled": True}  # fmt: skip
    partial = {"code": "Cc", "__typename": "XIGPolarisVideoMedia", "user": {"username": "zoe"}}
    lines = [line("instagram.com", **data) for data in (listed, graph, partial, {"code": "Cd", "product_type": "ad"})]
    corpus = zeeschuimer.read(written(tmp_path, *lines))
    first, second = (corpus.posts.iloc[place] for place in range(2))
    assert first[["text", "tags", "mentions", "media", "n_likes", "author_id"]].tolist() == [
        "Hi #demo", ["demo"], ["max"], ["photo", "video"], 4, "7"]  # fmt: skip
    assert second[["text", "media", "author_id"]].tolist() == ["Hello", ["photo"], "8"]
    assert pd.isna(second["n_likes"])
    assert told(corpus)["refused: no time"] == told(corpus)["refused: an advertisement"] == 1


def test_threads(tmp_path):
    """Counts, pictures and outside links of Threads."""
    info = {"repost_count": 2, "link_preview_attachment": {"url": "https://example.org/a"}}
    found = one(
        tmp_path, "threads.net", code="T1", pk="1", taken_at=1700000000, caption={"text": "Hi #demo"}, like_count=5,
        user={"pk": "7", "username": "zoe"}, text_post_app_info=info, carousel_media=None,
        image_versions2={"candidates": [{"url": "https://example.org/p"}]}, video_versions=None,
    )  # fmt: skip
    assert found[["text", "tags", "links", "media", "n_likes", "n_shares"]].tolist() == [
        "Hi #demo", ["demo"], ["https://example.org/a"], ["photo"], 5, 2]  # fmt: skip


def test_truth_social(tmp_path):
    """Parents are followed to the root, and HTML becomes text."""
    found = one(
        tmp_path, "truthsocial.com", id="3", created_at="2024-01-01T10:00:00.000Z", content="<p>Yes &amp; no</p>",
        in_reply_to_id="2", in_reply_to={"id": "2", "in_reply_to": {"id": "1"}}, in_reply_to_account_id="9",
        account={"id": "7", "username": "zoe", "note": "<p>Nurse</p>"}, favourites_count=0, reblogs_count=1,
        tags=[{"name": "demo"}], mentions=[{"username": "max"}], media_attachments=[{"type": "image"}],
        group={"display_name": "Readers"},
    )  # fmt: skip
    assert found[["kind", "thread_id", "reply_to", "reply_to_author", "text", "author_profile"]].tolist() == [
        "comment", "1", "2", "9", "Yes & no", "Nurse"]  # fmt: skip
    assert found[["community", "tags", "mentions", "media", "n_likes", "n_shares"]].tolist() == [
        "Readers", ["demo"], ["max"], ["photo"], 0, 1]  # fmt: skip


def test_gab_in_its_two_forms(tmp_path):
    """Timelines have short keys, searches long ones."""
    short = {"i": "1", "id": "1", "ca": "2024-01-01T10:00:00.000Z", "c": "One", "fbc": 3, "rbc": 1,
             "author_info": {"i": "7", "un": "zoe", "nt": "Bio"}, "tg": [{"name": "demo"}]}  # fmt: skip
    long = {"id": "2", "created_at": "2024-01-01T11:00:00.000Z", "content": "Two", "favourites_count": 4,
            "account": {"id": "8", "username": "max"}, "conversation_id": "1", "in_reply_to_id": "1"}  # fmt: skip
    posts = zeeschuimer.read(written(tmp_path, line("gab.com", **short), line("gab.com", **long))).posts
    assert posts["text"].tolist() == ["One", "Two"]
    assert posts["n_likes"].tolist() == [3, 4]
    assert posts["reply_to_author"].tolist()[1] == "7"
    assert set(posts["thread_id"]) == {"1"}


def test_9gag_imgur_and_rednote(tmp_path):
    """A post by nobody has no author; masked votes are missing; a comment is under its note."""
    joke = one(tmp_path, "9gag.com", id="g", title="A &amp; B", creationTs=1700000000, creator=None, type="Photo",
               isVoteMasked=1, upVoteCount=0, tags=[{"key": "demo"}])  # fmt: skip
    assert joke[["title", "author_state", "media", "tags"]].tolist() == ["A & B", "unknown", ["photo"], ["demo"]]
    assert pd.isna(joke["n_likes"])
    album = one(tmp_path, "imgur.com", id="m", title="T", created_at="2024-01-01T10:00:00Z", account_id=7,
                cover={"type": "image"}, upvote_count=2)  # fmt: skip
    assert album[["author_id", "media", "n_likes"]].tolist() == ["7", ["photo"], 2]
    note = one(tmp_path, "xiaohongshu-comments", id="c", note_id="n", content="Hi", create_time=1700000000000,
               like_count="3", user_info={"user_id": "7", "nickname": "zoe"})  # fmt: skip
    assert note[["kind", "thread_id", "reply_to", "n_likes"]].tolist() == ["comment", "n", "n", 3]


def test_the_collector_is_not_kept(place_of_name):
    """No page, request or browser of the person who collected is in the corpus."""
    _, path = place_of_name("zeeschuimer")
    corpus = zeeschuimer.read(path)
    assert "zzagent" not in (corpus.posts.to_csv() + corpus.losses.to_csv()).casefold()


def test_an_unknown_module_is_named(tmp_path):
    """A file of a module without reader is detected, and refused by the module's name with a way out."""
    file = written(tmp_path, line("example.net", id="1"))
    assert zeeschuimer.detect(file)
    with pytest.raises(SchemaError, match=r"module 'example\.net' .* sources\.fourcat\.read"):
        sources.read(file)
    mixed = written(tmp_path, line("example.net", id="1"), line("gab.com", i="1", ca="2024-01-01T10:00:00Z"))
    assert told(zeeschuimer.read(mixed))["refused: no reader for module example.net"] == 1


def test_bad_lines_are_counted(tmp_path):
    """Lines that are cut, no objects or without data are refused for their reasons."""
    good = json.dumps(line("gab.com", i="1", ca="2024-01-01T10:00:00Z"))
    empty = json.dumps({**line("gab.com"), "data": None})
    (tmp_path / "x.ndjson").write_bytes("\n".join([good, empty, "[1]", good[:40]]).encode() + b"\n\xff\xfe\n")
    lines = told(zeeschuimer.read(tmp_path / "x.ndjson"))
    assert lines["rows read"] == 5
    assert lines["kept"] == lines["refused: no object under data"] == lines["refused: not an object"] == 1
    assert lines["refused: not JSON"] == lines["refused: not UTF-8"] == 1


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("name", sorted(MODULES))
def test_odd_shapes_are_missing_values(name, odd):
    """Whatever stands where a value should, an object becomes a row or is refused, never another error."""
    keys = (
        "id i author user caption stats legacy core account content c tags tg m mentions textExtra desc in_reply_to "
        "media_attachments carousel_media image_info usertags text_post_app_info creator cover user_info g card "
        "quoted_status_result duetInfo code cid create_time createTime taken_at created_at ca creationTs"
    ).split()
    row(MODULES[name], dict.fromkeys(keys, odd))
    row(MODULES[name], {"legacy": dict.fromkeys(("entities", "created_at", "retweeted_status_result"), odd)})


def test_odd_objects_in_a_file_are_refused(tmp_path):
    """A file of odd objects is a corpus of none, with its ledger."""
    lines = [line(name, id=odd, created_at=odd, c=odd) for name in sorted(MODULES) for odd in ODD]
    corpus = zeeschuimer.read(written(tmp_path, line("gab.com", i="ok", ca="2024-01-01T10:00:00Z"), *lines))
    assert told(corpus)["rows read"] == len(lines) + 1


def test_counts_and_times():
    """Counts may be text, and never below zero; times of X become ISO 8601, an impossible one stays as it is."""
    assert [count(value) for value in (3, "3", 0, "-1", -1, True, 2.5, None, "x")] == [3, 3, 0, *[None] * 6]
    assert time("Wed Oct 10 20:19:24 +0000 2018") == "2018-10-10T20:19:24+00:00"
    assert time("Wed Oct 10 20:19:24 -0230 2018") == "2018-10-10T20:19:24-02:30"
    assert time("Wed Oct 40 20:19:24 +0000 2018") == "Wed Oct 40 20:19:24 +0000 2018"
    assert [time(value) for value in (0, None, "", 1700000000)] == [None, None, None, "1700000000"]


def test_another_file_is_not_zeeschuimers(tmp_path):
    """JSON lines of another kind, an empty file and a folder without any are refused."""
    other = written(tmp_path, {"source_platform": "x", "id": 1})
    assert not zeeschuimer.detect(other)
    for path in (other, tmp_path):
        with pytest.raises(SchemaError, match="no line here is one of Zeeschuimer"):
            zeeschuimer.read(path)
    (tmp_path / "none.ndjson").touch()
    with pytest.raises(SchemaError, match="the file is empty"):
        zeeschuimer.read(tmp_path / "none.ndjson")


def test_a_mark_at_the_beginning_does_no_harm(tmp_path):
    """A byte order mark before the first line is not part of it."""
    file = tmp_path / "x.ndjson"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(line("gab.com", i="1", ca="2024-01-01T10:00:00Z")).encode())
    assert len(sources.read(file)) == 1
