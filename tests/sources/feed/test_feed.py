"""Feeds: every column by hand, what damage does, and which XML is none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import feed

DATA = Path(__file__).parent / "data"
RSS = "<rss version='2.0'><channel><title>Duty</title>{}</channel></rss>"
ITEM = "<item><guid>{}</guid><author>Ash</author><pubDate>{}</pubDate><description>Who is in?</description></item>"


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


@pytest.fixture
def posts() -> pd.DataFrame:
    """The posts of both invented feeds, by their first words."""
    found = sources.read(DATA).posts
    return found.set_index(found["text"].str.split().str[:2].str.join(" "))


def test_a_post_of_rss_by_hand(posts) -> None:
    """The whole text is taken before the short one; own links lose their path; the channel is the community."""
    post = posts.loc["Ours is"]
    assert post["text"] == "Ours is a raffle, and the same three of us win it.\n\nSee this guide and last year."
    assert post["title"] == "Who covers bank holidays where you are?"
    assert post["created_at"] == pd.Timestamp("2021-05-03T08:00:00Z")
    assert (post["kind"], post["community"], post["platform"]) == ("post", "Larkhill Duty Room", "feed")
    assert post["tags"] == ["Rotas", "Leave"]
    assert post["links"] == ["https://rota.example.com/guide", "larkhill.example.org"]
    assert post["media"] == ["photo"]
    assert post["author_id"] == posts.loc["It has"]["author_id"]
    assert pd.isna(post["n_likes"])
    assert post["lang"] == "en"


def test_times_of_rss(posts) -> None:
    """A day without its weekday and an offset of -0000 are read."""
    assert posts.loc["Typed, and"]["created_at"] == pd.Timestamp("2021-05-04T07:30:00Z")
    assert posts.loc["It has"]["created_at"] == pd.Timestamp("2021-05-04T08:00:00Z")


def test_an_author_in_brackets_is_the_name_and_not_the_address(posts) -> None:
    """RSS gives an address with the name behind it; only the name stands for the author."""
    assert posts.loc["Typed, and"]["author_id"] == "marrowbone_pete"
    assert posts.loc["Typed, and"]["text"] == "Typed, and nobody can find them.\nBy hand, and nobody can read them."


def test_a_thread_of_atom_by_hand(posts) -> None:
    """Who answers whom is what the feed names; the last change of an entry is an edit, where it was published before."""
    first, answer, thanks = posts.loc["Write as"], posts.loc["I read"], posts.loc["Thank you"]
    assert (first["kind"], answer["kind"], thanks["kind"]) == ("post", "comment", "comment")
    assert answer["reply_to"] == first["post_id"]
    assert thanks["reply_to"] == answer["post_id"]
    assert thanks["thread_id"] == answer["thread_id"] == first["post_id"]
    assert thanks["reply_to_author"] == answer["author_id"]
    assert thanks["author_id"] == first["author_id"]
    assert first["edited_at"] == pd.Timestamp("2021-06-02T11:15:00Z")
    assert pd.isna(thanks["edited_at"])
    assert thanks["created_at"] == pd.Timestamp("2021-06-01T20:00:00Z")
    assert first["text"] == "Write as if the family will read it.\n\nThey may."
    assert answer["text"] == "I read mine at nineteen. Somebody had been kind in it."
    assert first["tags"] == ["recording"]


def test_the_ledger() -> None:
    """The item without a day is refused, the fields that are not read are counted."""
    lines = told(sources.read(DATA))
    assert lines["rows read"] == 7
    assert lines["kept"] == 6
    assert lines["refused: no time"] == 1


def test_the_same_feed_saved_twice_is_one(tmp_path) -> None:
    """Posts that stand in two savings of a feed are kept once."""
    (tmp_path / "one.rss").write_text(RSS.format(ITEM.format(1, "Mon, 03 May 2021 09:00:00 GMT")))
    later = ITEM.format(1, "Mon, 03 May 2021 09:00:00 GMT") + ITEM.format(2, "Tue, 04 May 2021 09:00:00 GMT")
    (tmp_path / "two.rss").write_text(RSS.format(later))
    corpus = feed.read(tmp_path)
    assert len(corpus) == 2
    assert told(corpus)["refused: same id, same content"] == 1


def test_a_time_without_zone_needs_one(tmp_path) -> None:
    """A day that names no zone is refused without one and read with it."""
    file = tmp_path / "x.rss"
    file.write_text(
        RSS.format(ITEM.format(1, "Mon, 03 May 2021 09:00:00") + ITEM.format(2, "Mon, 03 May 2021 09:00:00 GMT"))
    )
    assert told(feed.read(file))["refused: time without zone"] == 1
    assert str(feed.read(file, zone="Europe/London").posts["created_at"].min()) == "2021-05-03 08:00:00+00:00"


@pytest.mark.parametrize("keep", [40, 90, 150])
def test_a_feed_cut_short_is_named(tmp_path, keep) -> None:
    """Half a feed is no feed: the error names the file and the line."""
    file = tmp_path / "x.rss"
    file.write_text(RSS.format(ITEM.format(1, "Mon, 03 May 2021 09:00:00 GMT") * 3)[:keep])
    with pytest.raises(SchemaError, match=r"x\.rss, line \d: the XML is damaged or cut short after item"):
        feed.read(file)


@pytest.mark.parametrize(
    "text",
    [
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel></channel></rss>',
        "<posts></posts>",
        "<feed></feed>",
        "rss",
    ],
)
def test_other_xml_is_no_feed(tmp_path, text) -> None:
    """The export of a site, a dump and a feed of no known kind are left to others."""
    file = tmp_path / "x.xml"
    file.write_text(text)
    assert not feed.detect(file)
    with pytest.raises(SchemaError, match="no RSS"):
        feed.read(file)


def test_no_entity_is_opened(tmp_path) -> None:
    """A feed cannot make the reader open a file of the reader's machine."""
    (tmp_path / "secret.txt").write_text("hush")
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    item = ITEM.format(1, "Mon, 03 May 2021 09:00:00 GMT").replace("Who is in?", "Who &x; is in?")
    (tmp_path / "x.rss").write_text(head + RSS.format(item))
    assert "hush" not in str(feed.read(tmp_path / "x.rss").posts["text"].item())


@given(words=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60))
def test_any_words_anywhere(tmp_path_factory, words) -> None:
    """Whatever stands in the fields, an item is kept or refused for a named reason."""
    said = words.replace("&", "&amp;").replace("<", "&lt;")
    body = f"<item><guid>1</guid><title>{said}</title><author>{said}</author><pubDate>{said}</pubDate><link>{said}</link></item>"
    file = tmp_path_factory.mktemp("feed") / "x.rss"
    sound = ITEM.format(2, "Mon, 03 May 2021 09:00:00 GMT")
    file.write_text(RSS.format(sound + body), encoding="utf-8")
    lines = told(feed.read(file))
    refused = sum(n for what, n in lines.items() if what.startswith("refused: "))
    assert lines["rows read"] == lines["kept"] + refused == 2
