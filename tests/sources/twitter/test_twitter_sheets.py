"""Sheets of Twitter's posts: twarc-csv, TAGS, rtweet."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from socialwork_research.sources import twitter

TAGS = {"id_str": "11", "from_user": "Aa_1", "text": "words", "created_at": "Wed Feb 05 18:21:36 +0000 2020",
        "entities_str": "{}", "status_url": "http://twitter.com/Aa_1/statuses/11"}  # fmt: skip
TWARC = {"id": "1", "conversation_id": "1", "author_id": "2", "created_at": "2022-03-01T10:00:00.000Z",
         "text": "one\\ntwo", "public_metrics.like_count": "3.0", "author.username": "Aa_1"}  # fmt: skip
RTWEET = {"user_id": "x2", "status_id": "x1", "created_at": "1566152562.0", "screen_name": "Aa_1", "text": "words",
          "is_retweet": "FALSE", "favorite_count": "3"}  # fmt: skip
AT = pd.Timestamp("2022-03-01 10:00", tz="UTC")


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def sheet(tmp_path, *rows, **options):
    """Write rows as CSV and read them."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with (tmp_path / "sheet.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return twitter.read(tmp_path / "sheet.csv", **options)


def test_twarc_csv_of_today(tmp_path):
    """A row of twarc-csv is the post it was made of: line ends, tags, mentions, media and numbers."""
    row = {**TWARC, "entities.hashtags": '["#one", "#two"]', "entities.mentions": '["@Bb_2"]',
           "entities.urls": '["https://example.org/a", "pic.twitter.com/zz"]', "in_reply_to_user_id": "3",
           "attachments.media": '[{"type": "photo", "media_key": "3_1"}]', "attachments.media_keys": '["3_1"]',
           "referenced_tweets.replied_to.id": "9", "in_reply_to_username": "Bb_2", "edit_history_tweet_ids": '["1"]',
           "__twarc.retrieved_at": "2022-03-05T00:00:00+00:00", "author.description": "a\\nb"}  # fmt: skip
    corpus = sheet(tmp_path, row)
    post = corpus.posts.iloc[0]
    assert post[["kind", "reply_to", "text", "author_profile"]].tolist() == ["comment", "9", "one\ntwo", "a\nb"]
    assert post[["tags", "mentions", "links", "media"]].tolist() == [
        ["one", "two"], ["3"], ["https://example.org/a"], ["photo"]]  # fmt: skip
    assert post[["n_likes", "n_edits"]].tolist() == [3, 0]
    assert pd.isna(post["n_shares"])
    assert post["created_at"] == AT
    assert told(corpus)["twarc-csv: from documentation, untested on real exports"] == 1


def test_twarc_csv_of_2021(tmp_path):
    """Old sheets list entities as objects, references in one column, and referenced posts among the others."""
    rows = [
        {**TWARC, "entities.hashtags": '[{"start": 0, "end": 3, "tag": "one"}]', "type": "",
         "entities.mentions": "[{'username': 'Bb_2', 'id': '3'}]", "referenced_tweets": '[{"type": "quoted", "id": "9"}]'},
        {**TWARC, "id": "9", "type": "quoted", "author_id": "3"},
    ]  # fmt: skip
    corpus = sheet(tmp_path, *rows)
    assert corpus.posts[["post_id", "quote_of"]].values.tolist() == [["1", "9"]]
    assert corpus.posts["tags"].item() == ["one"]
    assert corpus.posts["mentions"].item() == ["3"]
    assert told(corpus)["rows read"] == told(corpus)["referenced posts left out"] == 1
    assert len(sheet(tmp_path, *rows, referenced=True)) == 2


def test_a_merged_repost_of_twarc_csv_says_whose_it_is(tmp_path):
    """The original's words and numbers that twarc-csv gives a repost are left out; its author is mentioned first."""
    corpus = sheet(tmp_path, {**TWARC, "referenced_tweets.retweeted.id": "9", "retweeted_user_id": "3",
                              "retweeted_username": "Bb_2", "entities.mentions": '["@Cc_3"]'})  # fmt: skip
    post = corpus.posts.iloc[0]
    assert post[["kind", "repost_of"]].tolist() == ["repost", "9"]
    assert post[["text", "n_likes"]].isna().all()
    assert post["mentions"] == ["3", "cc_3"]


def test_a_sheet_of_rtweet(tmp_path):
    """Ids lose the x that rtweet puts before them; lists come as JSON, as one word or between blanks."""
    rows = [
        {**RTWEET, "hashtags": '["one", "two"]', "mentions_user_id": '"x3"', "mentions_screen_name": '"Bb_2"',
         "urls_expanded_url": "https://example.org/a https://example.org/b", "media_type": "photo",
         "quoted_status_id": "x9", "quoted_text": "old words", "quoted_created_at": "2019-08-01 10:00:00",
         "quoted_user_id": "x3", "quoted_screen_name": "Bb_2"},
        {**RTWEET, "status_id": "x5", "is_retweet": "TRUE", "retweet_status_id": "x9", "created_at": "2019-08-18 18:22:42"},
    ]  # fmt: skip
    posts = sheet(tmp_path, *rows).posts.set_index("post_id")
    assert posts.loc["1", ["author_id", "quote_of", "n_likes"]].tolist() == ["2", "9", 3]
    assert posts.loc["1", "created_at"] == posts.loc["5", "created_at"] == pd.Timestamp("2019-08-18 18:22:42", tz="UTC")
    assert posts.loc["1", ["tags", "mentions", "media"]].tolist() == [["one", "two"], ["3"], ["photo"]]
    assert posts.loc["1", "links"] == ["https://example.org/a", "https://example.org/b"]
    assert posts.loc["5", ["kind", "repost_of"]].tolist() == ["repost", "9"]
    quoted = sheet(tmp_path, *rows, referenced=True).posts.set_index("post_id").loc["9"]
    assert quoted[["text", "author_id"]].tolist() == ["old words", "3"]
    assert quoted["created_at"] == pd.Timestamp("2019-08-01 10:00", tz="UTC")


def test_a_rounded_id_without_an_address_is_refused(tmp_path):
    """An id whose digits are gone is no id: the row is refused, and the ledger says why."""
    corpus = sheet(tmp_path, TAGS, {**TAGS, "id_str": "9.9E+18", "status_url": "", "text": "other"})
    lines = told(corpus)
    assert lines["refused: no id"] == lines["ids rounded by a sheet program"] == 1
    assert lines["kept"] == 1


def test_names_that_look_missing_are_names(tmp_path):
    """In a TAGS sheet NA is missing for ids, but an account may be called so."""
    corpus = sheet(tmp_path, {**TAGS, "from_user": "NA", "from_user_id_str": "NA", "in_reply_to_status_id_str": "NA"})
    assert corpus.posts["author_id"].item() == "na"
    assert pd.isna(corpus.posts["reply_to"].item())


@pytest.mark.parametrize("row", [TAGS, TWARC, RTWEET])
def test_odd_cells_do_no_harm(tmp_path, row):
    """Cells with anything in them are read as missing or refused, never an error of a library."""
    whole = [
        *row,
        *{id(TAGS): ["entities_str"], id(TWARC): ["entities.mentions", "attachments.media"]}.get(id(row), ["hashtags"]),
    ]
    odd = ("", "NA", "[", "{}", "[1]", '[{"a": 1}]', "null", '"', "x" * 50, "-1", "[[]]", "1e5")
    rows = [{**row, name: cell} for name in whole for cell in odd]
    lines = told(sheet(tmp_path, row, *rows))
    assert lines["rows read"] == lines["kept"] + sum(n for what, n in lines.items() if what.startswith("refused: "))


def test_a_lone_return_in_a_header_is_no_sheet(tmp_path):
    """A carriage return amid what should be a header ends it; the file is simply none of ours."""
    file = tmp_path / "odd.csv"
    file.write_bytes(b"\x00\r\x00")
    assert not twitter.detect(file)
