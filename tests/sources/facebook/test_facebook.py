"""Facebook: three tables, answers in JSON, saved pages."""

from __future__ import annotations

import json
from datetime import datetime

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.sources import _facebook_times, facebook

SAVED = {"zone": "UTC", "saved": "2024-05-31T14:00"}


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def write(tmp_path, name: str, text: str | bytes):
    """Write a file."""
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path / name


def story(*, body: str = "<p>Hello</p>", when: str = "May 30 at 4:50 PM", after: str = "", number: int = 501) -> str:
    """A post as a page of mbasic shows it, by the owner 601."""
    noted = json.dumps({"top_level_post_id": str(number), "content_owner_id_new": "601"}).replace('"', "&quot;")
    return (
        f'<div data-ft="{noted}" id="u_0_{number}"><div><header><table><tr><td><header><h3><strong>'
        '<a href="/zzheather?refid=52">Zzheather Lane</a></strong></h3></header></td></tr></table></header>'
        f"<div>{body}</div><div>{after}</div></div><footer><div><abbr>{when}</abbr></div>"
        f'<div><a href="/story.php?story_fbid={number}&amp;id=601">Full Story</a></div></footer></div>'
    )


def comment(number: int, *, body: str = "Me too", when: str = "May 31", name: str = "zzlinnet", likes: str = "") -> str:
    """A comment under such a post."""
    return (
        f'<div id="{number}"><div><h3><a href="/{name}?refid=52">Name</a></h3><div>{body}</div><div></div>'
        f"<div>{likes}<abbr>{when}</abbr></div></div></div>"
    )


def page(inside: str, *comments: str) -> str:
    """The page of one post."""
    return (
        f'<html><body><div id="root"><div id="m_story_permalink_view"><div>{inside}</div><div id="ufi_501">'
        '<div id="sentence_501"><a href="#"><div aria-label="1,213 left reactions including Like">1,213</div></a></div>'
        f"<div>{''.join(comments)}</div></div></div></div></body></html>"
    )


def test_crowdtangle_by_hand(place_of_name):
    """Zones behind times are offsets, counts lose their commas, and what is not told is missing and not zero."""
    _, path = place_of_name("facebook")
    corpus = facebook.read(path / "crowdtangle.csv")
    first, second = corpus.posts.set_index("post_id").loc[["7700201", "7700202"]].itertuples()
    assert first.created_at == pd.Timestamp("2021-01-05T14:00:00Z")
    assert second.created_at == pd.Timestamp("2021-07-05T13:00:00Z")
    assert (first.n_likes, first.n_shares, second.n_likes) == (1204, 31, 0)
    assert pd.isna(second.n_shares) and pd.isna(second.text)
    assert (first.text, first.tags) == ("Open late today.\nBring papers #HarbourDay", ["HarbourDay"])
    assert (first.media, second.media) == (["photo"], [])
    assert (first.links, second.links) == (["www.facebook.com"], ["https://example.org/b"])
    assert (first.author_id, first.author_profile, first.community) == (
        "7700101", "Advice by the harbour", "Harbour Advice")  # fmt: skip
    assert (first.kind, first.thread_id, first.platform) == ("post", "7700201", "facebook")
    lines = told(corpus)
    assert lines["refused: time unreadable"] == 1
    assert lines["CrowdTangle CSV: from documentation, untested on real exports"] == 1
    assert any(line.startswith("fields ignored: Page Category, Page Admin") for line in lines)


def test_crowdtangle_of_groups(tmp_path):
    """A post in a group has no author, as the number beside it is the group's."""
    header = "Group Name,Facebook Id,Post Created,Total Interactions,Likes,URL,Message"
    file = write(tmp_path, "g.csv", f"{header}\nKin,9,2021-03-04 09:00:00 UTC,1,1,x/permalink/5/,hi\n")
    posts = facebook.read(file).posts
    assert posts[["post_id", "community", "author_state", "text"]].values.tolist() == [["5", "Kin", "unknown", "hi"]]
    assert posts["author_id"].isna().all()


def test_crowdtangle_without_zone_asks_for_it(tmp_path):
    """Times without a zone are refused until it is named."""
    text = "Page Name,Facebook Id,Post Created,Total Interactions,Likes,URL,Message\nKin,9,2021-03-04 09:00:00,1,1,x/5,hi\n"
    file = write(tmp_path, "g.csv", text)
    with pytest.raises(SchemaError, match="no time names its zone"):
        facebook.read(file)
    assert len(facebook.read(file, zone="America/New_York")) == 1
    with pytest.raises(OptionError, match="time zone database"):
        facebook.read(file, zone="Mars")


def test_the_content_library_by_hand(place_of_name):
    """Edits, shares with and without a word of their own, groups and profiles."""
    _, path = place_of_name("facebook")
    posts = facebook.read(path / "library.csv").posts.set_index("post_id")
    edited, bare, quoting = (
        posts.loc["77004010000000001"],
        posts.loc["77004010000000002"],
        posts.loc["77004010000000003"],
    )
    assert edited[["kind", "author_id", "community", "lang", "n_edits", "n_likes", "n_shares"]].tolist() == [
        "post", "7700301", "Carers by the sea", "en", 1, 12, 0]  # fmt: skip
    assert edited["edited_at"] == pd.Timestamp("2023-09-01T08:30:00Z")
    assert (
        edited["tags"] == ["rota"] and edited["media"] == ["photo"] and edited["links"] == ["https://example.org/rota"]
    )
    assert bare[["kind", "repost_of", "n_edits"]].tolist() == ["repost", "77004010000000001", 0]
    assert bare[["community", "n_likes", "n_shares", "text", "edited_at"]].isna().all()
    assert quoting[["kind", "quote_of"]].tolist() == ["post", "77004010000000009"]
    assert quoting["media"] == ["video"]


def test_facepager_by_hand(place_of_name):
    """The tree of nodes is that of posts and comments; seeds and offcuts are refused by type."""
    _, path = place_of_name("facebook")
    corpus = facebook.read(path / "pager.csv")
    posts = corpus.posts.set_index("post_id")
    assert posts["kind"].tolist() == ["post", "comment", "comment"]
    assert posts.loc["7700601_7700702", ["reply_to", "reply_to_author", "thread_id", "author_state"]].tolist() == [
        "7700601_7700701", "7700502", "7700501_7700601", "unknown"]  # fmt: skip
    assert pd.isna(posts.loc["7700501_7700601", "reply_to"])
    assert posts["n_likes"].fillna(-1).tolist() == [5, 1, -1]
    lines = told(corpus)
    assert lines["rows read"] == 5 and lines["kept"] == 3
    assert lines["refused: node of type seed"] == lines["refused: node of type offcut"] == 1


def test_an_answer_of_crowdtangle(tmp_path):
    """Posts in JSON have the numbers of the table's, times in UTC and the links behind short ones."""
    post = {
        "platformId": "77_901",
        "platform": "Facebook",
        "date": "2020-10-29 17:00:00",
        "type": "native_video",
        "message": "Come in #today",
        "languageCode": "en",
        "expandedLinks": [{"original": "https://bit.example/x", "expanded": "https://example.org/x"}],
        "postUrl": "https://www.facebook.com/77/posts/901",
        "statistics": {"actual": {"likeCount": 5, "shareCount": 0}, "expected": {"likeCount": 50}},
        "account": {"platformId": "77", "handle": "zzkin", "name": "Kin", "accountType": "facebook_page"},
        "score": 2.5,
    }
    other = {**post, "platform": "Instagram", "platformId": "1_2"}
    group = {**post, "platformId": 902, "account": {**post["account"], "accountType": "facebook_group"}, "message": 3}
    file = write(tmp_path, "a.json", json.dumps({"status": 200, "result": {"posts": [post, other, group, None]}}))
    assert facebook.detect(file)
    corpus = sources.read(file)
    first, second = corpus.posts.itertuples()
    assert (first.post_id, first.author_id, first.community, first.lang) == ("901", "77", "Kin", "en")
    assert first.created_at == pd.Timestamp("2020-10-29T17:00:00Z")
    assert (first.links, first.media, first.tags) == (["https://example.org/x"], ["video"], ["today"])
    assert (first.n_likes, first.n_shares) == (5, 0)
    assert second.author_state == "unknown" and pd.isna(second.text)
    lines = told(corpus)
    assert lines["refused: not of Facebook"] == lines["refused: not an object"] == 1
    assert lines["fields ignored: score"] == 1


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ('{"result": {"posts": [{"postUrl": "x", "account": {', "line 1: the JSON is damaged or cut short"),
        ('{"postUrl": 1, "account": 2}', "no list of posts lies under result.posts"),
        (b'[{"postUrl": "\xff", "account": 2}]', "bytes that are not UTF-8"),
        ("[" * 90_000 + '"postUrl" "account"', "damaged|nested|no export"),
    ],
)
def test_damaged_json_is_named(tmp_path, text, match):
    """JSON that is cut short, of another shape or of odd bytes is refused with its place."""
    with pytest.raises(SchemaError, match=match):
        facebook.read(write(tmp_path, "a.json", text))


def test_a_saved_post_by_hand(tmp_path):
    """A post and its comments: authors by the name in their address, text without what Facebook puts into it."""
    said = "exa<wbr><span class='word_break'></span>mple"
    link = f"<a href='https://lm.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa&h=1'>{said}</a>"
    film = "<a href='/video_redirect/?src=x' aria-label='Watch video'><span>Play Video</span></a>"
    photo = "<a href='/photo.php?fbid=1&id=601'><img src='x' alt='a wall'></a>"
    inside = story(body=f"<p>Look #here {link} <a href='/zzrook?refid=5'>Rook</a></p>{film}", after=photo)
    likes = "<a href='#' aria-label='2 reactions, including Like'>2</a>"
    file = write(
        tmp_path,
        "p.html",
        page(inside, comment(71, likes=likes), comment(72, name="profile.php", when="Yesterday at 9:05 AM")),
    )
    assert facebook.detect(file)
    corpus = facebook.read(file, **SAVED)
    posts = corpus.posts.set_index("post_id")
    first = posts.loc["501"]
    assert first["text"] == "Look #here example Rook"
    assert first["links"] == ["https://example.org/a"]
    assert first["media"] == ["photo", "video"] and first["tags"] == ["here"]
    assert first[["kind", "author_id", "n_likes"]].tolist() == ["post", "601", 1213]
    assert first["created_at"] == pd.Timestamp("2024-05-30T16:50:00Z")
    assert first["fetched_at"] == pd.Timestamp("2024-05-31T14:00:00Z")
    assert posts.loc["501_71", ["kind", "reply_to", "thread_id", "reply_to_author", "author_id", "n_likes"]].tolist() == [
        "comment", "501", "501", "601", "zzlinnet", 2]  # fmt: skip
    assert posts.loc["501_71", "created_at"] == pd.Timestamp("2024-05-31T00:00:00Z")
    assert posts.loc["501_72", "author_state"] == "unknown" and pd.isna(posts.loc["501_72", "n_likes"])
    assert posts.loc["501_72", "created_at"] == pd.Timestamp("2024-05-30T09:05:00Z")
    assert told(corpus)["times guessed"] == 1


def test_the_day_of_saving_is_asked_for(tmp_path):
    """Without the day of saving, times without a year are refused with the way to say it, and the others are read."""
    inside = story(when="May 30, 2019 at 4:50 PM")
    corpus = facebook.read(write(tmp_path, "p.html", page(inside, comment(71))), zone="UTC")
    line = corpus.losses.set_index("what").loc["refused: time told by the day of saving"]
    assert line["n"] == 1 and "saved=" in line["mend"]
    assert corpus.posts["created_at"].tolist() == [pd.Timestamp("2019-05-30T16:50:00Z")]
    with pytest.raises(OptionError, match="no date or time"):
        facebook.read(tmp_path / "p.html", saved="in May")


def test_a_feed_by_hand(tmp_path):
    """Each story of a feed is a thread; suggestions and stories without a time are refused, a noted second is taken."""
    noted = json.dumps({"page_insights": {"1": {"post_context": {"publish_time": 1_700_000_000}}}})
    second = story(number=502, when="odd").replace("<footer>", f"<footer data-ft='{noted}'>")
    suggestion = story(number=503).replace("/story.php?", "/groups/?")
    late = story(number=504, when="12 мая")
    empty = story(number=505, when="")
    feed = f"<html><body>{story()}{second}{suggestion}{late}{empty}</body></html>"
    corpus = facebook.read(write(tmp_path, "f.html", feed), **SAVED)
    assert corpus.posts["post_id"].tolist() == corpus.posts["thread_id"].tolist() == ["501", "502"]
    assert corpus.posts["created_at"].tolist()[1] == pd.Timestamp(1_700_000_000, unit="s", tz="UTC")
    lines = told(corpus)
    assert lines["rows read"] == 5
    assert lines["refused: no link to the post itself"] == lines["refused: time in no known form"] == 1
    assert lines["refused: no time"] == 1


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Just now", ("2024-05-31 14:00", True)),
        ("22 hrs", ("2024-05-30 16:00", True)),
        ("5 mins ago", ("2024-05-31 13:55", True)),
        ("3d", ("2024-05-28 14:00", True)),
        ("Yesterday at 6:59 PM", ("2024-05-30 18:59", False)),
        ("Today at 12:01 AM", ("2024-05-31 00:01", False)),
        ("June 13 at 4:50 PM", ("2023-06-13 16:50", False)),
        ("13 May at 16:50", ("2024-05-13 16:50", False)),
        ("Feb 29", ("2024-02-29 00:00", True)),
        ("Jun 14, 2020", ("2020-06-14 00:00", True)),
        ("December 22, 1999 at 8:41 PM", ("1999-12-22 20:41", False)),
        ("Foo 3", None),
        ("May 3 at 25:00", None),
        ("May 3 at 13:00 PM", None),
        ("Feb 30, 2020", None),
        ("99999999999 weeks", None),
        ("tomorrow", None),
    ],
)
def test_times_of_pages(word, expected):
    """Times are counted back from the day of saving, and a part that is not told is marked as guessed."""
    found, is_guessed, why = _facebook_times.read(word, saved=datetime.fromisoformat("2024-05-31T14:00"))
    if expected is None:
        assert found is None and why == "time in no known form"
    else:
        assert (found, is_guessed, why) == (datetime.fromisoformat(expected[0]), expected[1], None)


def test_unknown_tables_are_left_to_the_reader_of_tables(tmp_path):
    """A table with other columns is not taken, and the message names the way to read it."""
    file = write(tmp_path, "x.csv", "author,created_at,text\na,2020-01-01T00:00:00Z,hi\n")
    assert not facebook.detect(file)
    with pytest.raises(SchemaError, match=r"x\.csv: no export of Facebook.*sources\.table\.read\(path, columns="):
        facebook.read(file)
    assert len(sources.read(file)) == 1


def test_files_that_hold_no_posts_are_counted(tmp_path, place_of_name):
    """In a folder, pages without posts and other tables are counted and not read."""
    _, path = place_of_name("facebook")
    write(tmp_path, "a.csv", (path / "pager.csv").read_bytes())
    write(tmp_path, "likes.html", "<html><body>likes</body></html>")
    write(tmp_path, "other.csv", "a,b\n1,2\n")
    assert told(sources.read(tmp_path))["files that were not read"] == 2


def test_ragged_and_repeated_rows(tmp_path, place_of_name):
    """Rows of another width are refused, rows that stand twice are kept once, and a table cut in a cell is named."""
    _, path = place_of_name("facebook")
    lines = (path / "pager.csv").read_text("utf-8-sig").splitlines()
    again = lines[2]
    file = write(tmp_path, "a.csv", "\n".join([*lines, again, '"one";"two"']) + "\n")
    found = told(facebook.read(file))
    assert found["refused: same id, same content"] == found["refused: wrong number of cells"] == 1
    cut = write(tmp_path, "b.csv", "\n".join(lines) + '\n"6";"2";"7')
    short = told(facebook.read(cut))
    assert short["kept"] == 3 and short["refused: wrong number of cells"] == 1


def test_a_table_with_a_header_only_is_empty(tmp_path, place_of_name):
    """A header without rows gives an empty corpus and says so."""
    _, path = place_of_name("facebook")
    for name in ("crowdtangle.csv", "library.csv", "pager.csv"):
        header = (path / name).read_bytes().splitlines(keepends=True)[0]
        corpus = facebook.read(write(tmp_path, name, header))
        assert len(corpus) == told(corpus)["rows read"] == 0


def test_no_message_shows_a_word_of_a_post(tmp_path):
    """What a page says, and who says it, is in no error."""
    file = write(tmp_path, "p.html", page(story(body="<p>zzsecretzz</p>", when="May 3, 2020 at 1:00 PM")))
    with pytest.raises(SchemaError) as caught:
        facebook.read(file)
    assert "zz" not in str(caught.value)
