"""Tables and NDJSON of 4CAT."""

from __future__ import annotations

import csv
import json

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import PrivacyError, SchemaError
from socialwork_research.sources import _fourcat_families, fourcat


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def written(place, *rows: dict[str, str], name: str = "export.csv"):
    """Write a table whose header is that of its first row."""
    file = place / name
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]), restval="")
        table.writeheader()
        table.writerows(rows)
    return file


def row(family: str, **cells: str) -> dict[str, str]:
    """A row of a family: every column of its header, empty but for an id, a time and what is given."""
    known = next(each for each in _fourcat_families.FAMILIES if each.name == family)
    return {**dict.fromkeys(sorted(known.has), ""), "id": "1", "unix_timestamp": "1700000000", **cells}


def posts_of(place_of_name, name: str):
    """The posts of one file of the export that stands for 4CAT, by id."""
    _, path = place_of_name("fourcat")
    return fourcat.read(path / name).posts.set_index("post_id")


def test_an_imageboard_by_hand(place_of_name):
    """Ids bear their board, >> is a reply, nobody is called Anonymous, and what was deleted has no text."""
    posts = posts_of(place_of_name, "board.csv")
    assert posts["kind"].tolist() == ["post", "comment", "comment", "comment"]
    assert posts["reply_to"].tolist()[1:] == ["zzq/77010001", "zzq/77010002", "zzq/77010001"]
    assert set(posts["thread_id"]) == {"zzq/77010001"}
    assert posts["author_state"].tolist() == ["unknown", "present", "unknown", "unknown"]
    gone = posts.loc["zzq/77010003"]
    assert gone["is_deleted"]
    assert pd.isna(gone["text"])
    assert gone["removed_at"] == pd.Timestamp("2021-03-01T12:00:00Z")
    assert posts.loc["zzq/77010001", "media"] == ["photo"]
    assert posts.loc["zzq/77010001", ["title", "community"]].tolist() == ["Diaries", "zzq"]
    assert posts["is_deleted"].sum() == 1


def test_reddit_by_hand(place_of_name):
    """Ids are full names, deleted authors are missing, and a link to Reddit names no post."""
    posts = posts_of(place_of_name, "subreddit.csv")
    assert posts.index.tolist() == ["t3_zq4001", "t1_zq4002", "t1_zq4003"]
    asked, said, gone = (posts.iloc[place] for place in range(3))
    assert asked[["kind", "title", "n_likes", "tags", "links", "author_profile"]].tolist() == [
        "post", "Rooms", -2, ["Question"], ["www.reddit.com"], "placement"]  # fmt: skip
    assert said[["kind", "thread_id", "reply_to", "reply_to_author"]].tolist() == [
        "comment", "t3_zq4001", "t3_zq4001", "fennimore_t"]  # fmt: skip
    assert gone[["author_state", "is_deleted"]].tolist() == ["deleted", True]
    assert pd.isna(gone["text"])
    assert gone["created_at"] == pd.Timestamp("2020-06-01T08:20:00Z")


def test_x_by_hand(place_of_name):
    """A repost has no text, a missing count is no zero, a reply knows its recipient, a quote what it quotes."""
    posts = posts_of(place_of_name, "tweets.csv")
    first, reply, repost, quote = (posts.loc[f"150000000000009000{number}"] for number in range(1, 5))
    assert first[["kind", "n_likes", "n_shares", "lang", "tags", "links", "media"]].tolist() == [
        "post", 5, 1, "en", ["caseload"], ["https://example.org/talk", "x.com"], ["photo"]]  # fmt: skip
    assert first["mentions"] == ["7788990022"]
    assert reply[["kind", "thread_id", "reply_to_author"]].tolist() == ["comment", "1500000000000090001", "7788990011"]
    assert pd.isna(reply["n_likes"])
    assert reply["n_shares"] == 0
    assert repost["kind"] == "repost"
    assert pd.isna(repost["text"])
    assert pd.isna(repost["n_likes"])
    assert quote["quote_of"] == "1500000000000090001"
    assert set(posts["platform"]) == {"x"}


def test_telegram_by_hand(place_of_name):
    """The chat is the community, replies tell threads, edits and forwards are told."""
    posts = posts_of(place_of_name, "channel.csv")
    first, reply, forward = (posts.loc[f"zzparish-8810{number}"] for number in range(1, 4))
    assert reply[["kind", "reply_to", "reply_to_author", "thread_id"]].tolist() == [
        "message", "zzparish-88101", "5566700101", "zzparish-88101"]  # fmt: skip
    assert reply["mentions"] == ["5566700101"]
    assert first[["community", "n_edits", "media", "links"]].tolist() == [
        "zzparish", 1, ["photo"], ["https://example.org/map"]]  # fmt: skip
    assert first["edited_at"] == pd.Timestamp("2023-01-01T10:01:40Z")
    assert forward["kind"] == "repost"
    assert forward["media"] == []


def test_bluesky_by_hand(place_of_name):
    """The root's address is found from its web address; several languages are none; a deleted quote is none."""
    posts = posts_of(place_of_name, "skies.csv")
    reply = posts.loc["at://did:plc:zznettle002/app.bsky.feed.post/3kzzrepl02"]
    assert reply["reply_to"] == reply["thread_id"] == "at://did:plc:zzmarten001/app.bsky.feed.post/3kzzroot01"
    assert reply[["kind", "reply_to_author", "mentions"]].tolist() == [
        "comment", "did:plc:zzmarten001", ["did:plc:zzmarten001"]]  # fmt: skip
    assert reply[["lang", "quote_of"]].isna().all()
    assert posts["lang"].tolist()[0] == "en"


def test_comments_on_tiktok_by_hand(place_of_name):
    """A comment is under its video, or under the comment it answers; the video itself is not in the table."""
    _, path = place_of_name("fourcat")
    corpus = fourcat.read(path / "clips.csv")
    posts = corpus.posts
    assert posts["reply_to"].tolist() == ["7300000000000080001", "7300000000000080011"]
    assert set(posts["thread_id"]) == {"7300000000000080001"}
    assert posts["reply_to_author"].tolist()[1] == "osierbank"
    assert told(corpus)["parents missing"] == 1


def test_the_ledger_by_hand(place_of_name):
    """The ledger names each family, that it is untested, what was ignored, and what 4CAT does not tell."""
    _, path = place_of_name("fourcat")
    lines = told(fourcat.read(path))
    assert lines["rows read"] == lines["kept"] == 18
    for name in ("Reddit", "X (Twitter)", "Bluesky", "Telegram", "TikTok comments"):
        assert lines[f"read as 4CAT's table of {name}: from documentation, untested on real exports"] == 1
    assert lines["defaults of 4CAT left empty"] == 1
    assert lines["replies to several posts"] == lines["messages forwarded"] == 1
    assert lines["replies to posts that are not told"] == lines["reposts of posts that are not told"] == 1
    assert lines["scores that may be missing"] == 1
    assert any(line.startswith("fields ignored: ") and "author_avatar_url" in line for line in lines)


@pytest.mark.parametrize("family", [each.name for each in _fourcat_families.FAMILIES])
def test_every_family_is_known_by_its_header(family, tmp_path):
    """The columns that 4CAT's source writes for a family are that family's, and are read."""
    file = written(tmp_path, row(family, author="zoe", account_username="zoe", author_username="zoe", body="Hello"))
    known = next(each for each in _fourcat_families.FAMILIES if each.name == family)
    corpus = sources.read(file)
    assert told(corpus)["kept"] == 1
    assert corpus.posts["platform"].item() == known.platform
    assert corpus.posts["text"].item() == "Hello"
    assert corpus.posts["created_at"].item() == pd.Timestamp(1_700_000_000, unit="s", tz="UTC")


@pytest.mark.parametrize("family", [each.name for each in _fourcat_families.FAMILIES])
def test_a_row_that_tells_nothing_is_refused(family, tmp_path):
    """A row of empty cells has no id and no time; beside a whole one it is refused."""
    empty = dict.fromkeys(row(family), "")
    lines = told(fourcat.read(written(tmp_path, row(family), empty)))
    assert lines["kept"] == 1
    assert sum(n for what, n in lines.items() if what.startswith("refused: ")) == 1


def test_a_family_needs_all_its_columns():
    """A header that lacks one column of every family is of none."""
    for family in _fourcat_families.FAMILIES:
        for name in family.has:
            assert _fourcat_families.recognised(sorted(family.has - {name})) is not family


def test_a_table_uploaded_to_4cat_is_told_by_the_order_of_its_columns(tmp_path):
    """id, thread_id, author, body, timestamp, then unix_timestamp: 4CAT's order for tables of its users."""
    cells = {"id": "1", "thread_id": "1", "author": "a", "body": "Hi", "timestamp": "", "unix_timestamp": "1700000000"}
    corpus = sources.read(written(tmp_path, cells))
    assert "times of custom upload are not exact" in told(corpus)
    turned = {name: cells[name] for name in ("unix_timestamp", *list(cells)[:5])}
    assert not fourcat.detect(written(tmp_path, turned, name="turned.csv"))


def test_an_unknown_header_is_refused_with_a_hint(tmp_path):
    """A header that 4CAT does not write is refused, and the way to read any table is shown."""
    file = written(tmp_path, {"who": "a", "when": "2020-01-01", "words": "x"})
    assert not fourcat.detect(file)
    with pytest.raises(SchemaError, match=r"no header here .* sources\.table\.read\(path, columns="):
        fourcat.read(file)


def test_times_without_zone_need_one_unless_4cat_writes_utc(tmp_path):
    """Where 4CAT writes the time of its server, the zone must be said; where it writes UTC, it need not."""
    naive = {"unix_timestamp": "", "timestamp": "2024-01-01 12:00:00", "author": "zoe"}
    threads = written(tmp_path, row("Threads", **naive), name="threads.csv")
    with pytest.raises(SchemaError, match="no time names its zone"):
        fourcat.read(threads)
    assert fourcat.read(threads, zone="Europe/Paris").posts["created_at"].item() == pd.Timestamp("2024-01-01T11:00Z")
    tiktok = written(tmp_path, row("TikTok", **naive), name="tiktok.csv")
    assert sources.read(tiktok).posts["created_at"].item() == pd.Timestamp("2024-01-01T12:00Z")


def test_a_time_that_4cat_was_not_told_is_no_time(tmp_path):
    """A partial post of Instagram bears a time of zero that missing_fields takes back: it is refused."""
    whole = row("Instagram", author="zoe", missing_fields="")
    partial = {
        **whole,
        "id": "2",
        "unix_timestamp": "0",
        "timestamp": "0",
        "missing_fields": "timestamp, unix_timestamp",
    }
    lines = told(fourcat.read(written(tmp_path, whole, partial)))
    assert lines["kept"] == lines["refused: no time"] == 1


def test_counts_that_are_none_are_missing(tmp_path):
    """Hidden likes, -1 and words are no counts."""
    rows = [
        row("Instagram", id=number, author="zoe", num_likes=likes, likes_hidden=hidden)
        for number, likes, hidden in (("1", "0", "yes"), ("2", "-1", "no"), ("3", "many", "no"), ("4", "1,204", "no"))
    ]
    corpus = fourcat.read(written(tmp_path, *rows))
    likes = corpus.posts.set_index("post_id")["n_likes"]
    assert likes.isna().tolist() == [True, True, True, False]
    assert likes["4"] == 1204
    assert told(corpus)["n_likes left empty"] == 2


def test_redacted_and_pseudonymous_authors(tmp_path):
    """REDACTED is nobody, a pseudonym of 4CAT is somebody."""
    rows = [row("Threads", id="1", author="REDACTED"), row("Threads", id="2", author="0a" * 24)]
    corpus = fourcat.read(written(tmp_path, *rows))
    assert corpus.posts["author_state"].tolist() == ["unknown", "present"]
    assert told(corpus)["authors redacted by 4CAT"] == 1


def test_a_reblog_with_words_quotes_and_one_without_reposts(tmp_path):
    """On Tumblr, words of one's own make a reblog a post."""
    parent = "https://demo.tumblr.com/post/700000000001/words"
    rows = [
        row("Tumblr", id="1", author="zoe", is_reblog="True", body="Yes, this", parent_post_url=parent),
        row("Tumblr", id="2", author="zoe", is_reblog="True", parent_post_url=parent),
    ]
    said, repeated = (fourcat.read(written(tmp_path, *rows)).posts.iloc[place] for place in range(2))
    assert said[["kind", "quote_of"]].tolist() == ["post", "700000000001"]
    assert repeated[["kind", "repost_of"]].tolist() == ["repost", "700000000001"]


def test_comments_of_vk_are_under_their_wall(tmp_path):
    """VK counts anew on every wall: ids bear its owner, and a comment answers a comment or the post."""
    link = "https://vk.com/wall-44_{}"
    cells = {"author_id": "9", "thread_id": "1", "item_type": "comment"}
    rows = [
        row("VK", **{**cells, "item_type": "post"}, link=link.format(1)),
        row("VK", **cells, id="2", link=link.format(2)),
        row("VK", **cells, id="3", link=link.format(3), in_reply_to_comment_id="2"),
    ]
    posts = fourcat.read(written(tmp_path, *rows)).posts.set_index("post_id")
    assert posts.loc["-44_2", "reply_to"] == "-44_1"
    assert posts.loc["-44_3", ["reply_to", "thread_id"]].tolist() == ["-44_2", "-44_1"]


def test_topics_of_douban_have_no_likes(tmp_path):
    """4CAT writes zero likes for every topic, which tells nothing; a reply to a comment has an unknown parent."""
    rows = [
        row("Douban", id="1", thread_id="1", author_id="a", likes="0", is_reply="no", body="<p>One</p><p>Two</p>"),
        row("Douban", id="2", thread_id="1", author_id="b", likes="3", is_reply="no", body="x"),
        row("Douban", id="3", thread_id="1", author_id="c", likes="Unknown", is_reply="yes", body="y"),
    ]
    corpus = fourcat.read(written(tmp_path, *rows))
    posts = corpus.posts.set_index("post_id")
    assert posts.loc["1", "text"] == "One\n\nTwo"
    assert posts["n_likes"].isna().tolist() == [True, False, True]
    assert posts["reply_to"].isna().tolist() == [True, False, True]
    assert posts["kind"].tolist() == ["post", "comment", "comment"]


def test_duplicates_and_odd_rows_are_counted(tmp_path):
    """A row that comes twice is kept once; one with too few cells is refused."""
    cells = row("Threads", author="zoe")
    file = written(tmp_path, cells, cells)
    file.write_text(file.read_text() + "1,2\n")
    lines = told(fourcat.read(file))
    assert lines["rows read"] == 3
    assert lines["refused: same id, same content"] == lines["refused: wrong number of cells"] == lines["kept"] == 1


@pytest.mark.parametrize("family", [each.name for each in _fourcat_families.FAMILIES])
def test_a_table_without_rows_is_an_empty_corpus(family, tmp_path):
    """A header alone is a corpus of no posts."""
    file = written(tmp_path, row(family))
    file.write_text(file.read_text().split("\n")[0] + "\n")
    corpus = fourcat.read(file)
    assert len(corpus) == told(corpus)["rows read"] == 0


@pytest.mark.parametrize(
    "content", [b"id,thread_id\n\x00\xff", b"\xff\xfe\x00", b'id,"body\n', b"{", b"[1]\n", b"{}\n"]
)
def test_what_is_no_table_of_4cat_is_refused(content, tmp_path):
    """Odd bytes and other shapes are no 4CAT's, and say so."""
    (tmp_path / "x.csv").write_bytes(content)
    assert not fourcat.detect(tmp_path / "x.csv")
    with pytest.raises(SchemaError):
        fourcat.read(tmp_path / "x.csv")


def test_an_open_quotation_mark_is_named(tmp_path):
    """A field that does not end is an error with its row, or its rows are refused: never a silent loss."""
    file = written(tmp_path, row("Threads", author="zoe"))
    whole = file.read_text()
    file.write_text(whole + '"open,' + "x" * (1 << 24) + "\n")
    with pytest.raises(SchemaError, match=r"export\.csv, row 3: a field does not end"):
        fourcat.read(file)


def test_a_column_that_comes_twice_is_named(tmp_path):
    """Two columns of one name cannot be told apart, so the table is refused."""
    file = written(tmp_path, row("Threads", author="zoe"))
    file.write_text("".join(f"{line},body\n" for line in file.read_text().splitlines()))
    with pytest.raises(SchemaError, match="two columns are called 'body'"):
        fourcat.read(file)


def test_a_table_saved_again_by_another_program_is_read(tmp_path):
    """UTF-16, semicolons and a byte order mark do no harm."""
    file = written(tmp_path, row("Threads", author="zoe", body="Ça va"))
    text = file.read_text("utf-8").replace(",", ";")
    for encoding in ("utf-16", "utf-8-sig", "cp1252"):
        file.write_text(text, encoding=encoding)
        assert sources.read(file).posts["text"].item() == "Ça va"


def test_ndjson_of_4cat_is_read_as_zeeschuimers(tmp_path):
    """The platform's object with __import_meta within it is read by the same mappers."""
    post = {"id": "5", "desc": "Hello #demo", "createTime": 1700000000, "author": {"id": "7", "uniqueId": "zoe"}}
    meta = {"source_platform": "tiktok.com", "item_id": "5", "timestamp_collected": 1700000100000}
    file = tmp_path / "tiktok.ndjson"
    file.write_text(json.dumps({**post, "__import_meta": meta}) + "\n")
    corpus = sources.read(file)
    assert told(corpus)["read as 4CAT's NDJSON: from documentation, untested on real exports"] == 1
    assert corpus.posts[["author_id", "text", "platform"]].iloc[0].tolist() == ["7", "Hello #demo", "tiktok"]
    assert corpus.posts["fetched_at"].item() == pd.Timestamp("2023-11-14T22:15:00Z")


def test_a_zone_is_taken_by_the_reader_of_all(tmp_path):
    """The zone reaches the reader through sources.read, and the cap on corpora without a key holds."""
    file = written(tmp_path, row("Threads", unix_timestamp="", timestamp="2024-07-01 12:00:00", author="zoe"))
    assert sources.read(file, zone="Europe/London").posts["created_at"].item() == pd.Timestamp("2024-07-01T11:00Z")
    with pytest.raises(PrivacyError, match="new_key"):
        sources.read(file, folder=tmp_path / "corpus")
