"""Saved pages of forums, read by selector maps."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.sources import forum_html


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def xenforo(*posts: str, thread: str = "thread-3", more: str = "") -> str:
    """A small page of XenForo."""
    title = '<h1 class="p-title-value">T</h1>'
    return f'<html id="XF" data-content-key="{thread}"><head>{more}</head><body>{title}{"".join(posts)}</body></html>'


def post(number: int, *, body: str = "hello", when: str = "2024-05-01T09:00:00+0200", author: str = "Fern") -> str:
    """A post of such a page."""
    return (
        f'<article class="message message--post" data-author="{author}" data-content="post-{number}">'
        f'<header class="message-attribution"><time datetime="{when}"></time></header>'
        f'<div class="message-body"><div class="bbWrapper">{body}</div></div></article>'
    )


def vbulletin(*posts: str, page: int = 1) -> str:
    """A small page of vBulletin 4, thread 45."""
    return (
        '<html><head><link rel="canonical" href="http://vb.example.org/showthread.php?45-Rota"></head><body>'
        '<div id="breadcrumb"><ul><li class="navbithome"><a href="index.php">Home</a></li><li class="navbit"><a href='
        '"forumdisplay.php?2">Shifts</a></li><li class="navbit lastnavbit"><span>Rota</span></li></ul></div>'
        f'<div class="pagination"><span class="selected"><a>{page}</a></span></div><h1><span class="threadtitle">'
        '<a href="showthread.php?45-Rota">Rota</a></span></h1><div id="postlist"><ol id="posts">'
        f"{''.join(posts)}</ol></div></body></html>"
    )


def vb_post(
    number: int, *, date: str = "01-13-2024", time: str = "03:04 PM", body: str = "hello", after: str = ""
) -> str:
    """A post of such a page, by member 55."""
    return (
        f'<li class="postbitlegacy postbitim postcontainer old" id="post_{number}"><div class="posthead">'
        f'<span class="postdate old"><span class="date">{date},&nbsp;<span class="time">{time}</span></span></span></div>'
        '<div class="username_container">'
        '<a class="username offline popupctrl" href="member.php?55-Moss"><strong>Moss</strong></a></div>'
        f'<div id="post_message_{number}"><blockquote class="postcontent restore">{body}</blockquote></div>'
        f'<div class="after_content">{after}</div></li>'
    )


QUOTE = (
    '<div class="bbcode_container"><div class="bbcode_quote"><div class="quote_container"><div class="bbcode_postedby">'
    'Originally Posted by <strong>Moss</strong>{link}</div><div class="message">who is in?</div></div></div></div>'
)


def write(tmp_path, name: str, text: str | bytes):
    """Write a page."""
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path / name


def test_xenforo_by_hand(place_of_name):
    """Seven posts on two pages: threads, parents, authors, edits and texts are where they belong."""
    _, path = place_of_name("forum_html")
    posts = forum_html.read(path).posts.set_index("post_id")
    first, second = posts.loc["post-8300001"], posts.loc["post-8300002"]
    assert first["text"] == "How do you sleep after nights?\n\nI tried this guide and an older thread."
    assert first[["kind", "title", "community", "platform"]].tolist() == ["post", "Night shifts", "Staff room", "forum"]
    assert first["author_profile"] == "Nights since 2009"
    assert first["links"] == ["https://example.org/sleep", "board.example.org"]
    assert first["media"] == ["photo"]
    assert first["created_at"] == pd.Timestamp("2024-02-01T07:00:00Z")
    assert pd.isna(first["n_likes"]) and pd.isna(first["n_edits"])
    assert second["text"] == "> How do you sleep after nights?\n\nDark curtains, and no phone."
    assert second[["kind", "reply_to", "quote_of", "reply_to_author", "author_id"]].tolist() == [
        "comment", "post-8300001", "post-8300001", "8200551", "8200552"]  # fmt: skip
    assert second[["n_likes", "n_edits"]].tolist() == [2, 1]
    assert second["edited_at"] == pd.Timestamp("2024-02-01T08:45:00Z")
    assert posts.loc["post-8300006", "mentions"] == ["8200552"]
    assert set(posts.loc[posts.index < "post-84", "thread_id"]) == {"post-8300001"}


def test_authors_who_are_nobody(place_of_name):
    """Guests without a name of their own, deleted members and named guests stay three things."""
    _, path = place_of_name("forum_html")
    posts = forum_html.read(path).posts.set_index("post_id")
    assert posts.loc["post-8300003", ["author_id", "author_state"]].fillna("").tolist() == ["", "unknown"]
    assert posts.loc["post-8300004", ["author_id", "author_state"]].fillna("").tolist() == ["", "deleted"]
    assert posts.loc["post-8300005", ["author_id", "author_state"]].tolist() == ["zzbriony wall", "present"]
    assert posts.loc["post-8300005", "reply_to"] == "post-8300990"
    gone = posts.loc["post-8300007"]
    assert gone["is_deleted"] and pd.isna(gone["text"]) and gone["author_id"] == "8200552"


def test_phpbb_by_hand(place_of_name):
    """Two posts of phpBB: quote, guest, edits told in words in the zone that the page names, signature."""
    _, path = place_of_name("forum_html")
    posts = forum_html.read(path / "viewtopic.html").posts.set_index("post_id")
    first, second = posts.loc["post-8500001"], posts.loc["post-8500002"]
    assert first[["kind", "title", "community", "author_profile", "author_id"]].tolist() == [
        "post", "Forms", "Paperwork", "Team lead", "8600001"]  # fmt: skip
    assert second["text"] == "> Which form is it?\n\nForm nine."
    assert second[["reply_to", "reply_to_author", "n_edits"]].tolist() == ["post-8500001", "8600001", 2]
    assert second["edited_at"] == pd.Timestamp("2024-03-01T15:10:00Z")


def test_phpbb_without_machine_times(tmp_path, place_of_name):
    """Older phpBB writes its times in words: read in the zone of the page, or in that of the user, who has the last word."""
    _, path = place_of_name("forum_html")
    text = re.sub(r"<time [^>]*>(.*?)</time>", r"\1", (path / "viewtopic.html").read_text("utf-8"))
    old = write(tmp_path, "old.html", text.replace('title="UTC"', 'title="Europe/London"'))
    assert forum_html.read(old).posts["created_at"][0] == pd.Timestamp("2024-03-01T14:04:00Z")
    assert forum_html.read(old, zone="Europe/Helsinki").posts["created_at"][0] == pd.Timestamp("2024-03-01T12:04:00Z")
    unzoned = write(tmp_path, "unzoned.html", text.replace('title="UTC"', ""))
    with pytest.raises(SchemaError, match="no time names its zone"):
        forum_html.read(unzoned)


def test_the_ledger_by_hand(place_of_name):
    """Posts are read and kept by page; the one that two pages show is refused once; maps and guests are told."""
    _, path = place_of_name("forum_html")
    lines = told(forum_html.read(path))
    assert (lines["rows read"], lines["kept"]) == (10, 9)
    assert lines["refused: same id, same content"] == 1
    assert lines["authors known by name only"] == 2
    assert lines["authors deleted"] == lines["authors unknown"] == lines["posts deleted or removed"] == 1
    assert lines["parents missing"] == 1
    assert lines["pages read by the map 'xenforo'"] == 2
    assert lines["map 'phpbb': from documentation, untested on real exports"] == 1
    assert not [line for line in lines if line.startswith("map 'xenforo'")]


def test_a_later_page_alone_keeps_its_thread(place_of_name):
    """Without the first page a thread is named by its number, nobody opens it and nobody is made its opener."""
    _, path = place_of_name("forum_html")
    posts = forum_html.read(path / "thread-2.html").posts
    assert set(posts["thread_id"]) == {"thread-8100123"}
    assert set(posts["kind"]) == {"comment"}
    assert posts["title"].isna().all()


def test_vbulletin_by_hand(tmp_path):
    """A page of vBulletin 4: quote by link, quote by name, edit, signature, thread and board."""
    linked = QUOTE.format(link=' <a href="showthread.php?p=901#post901"><img class="inlineimg" src="x.png"></a>')
    edited = 'Last edited by Moss; 01-13-2024 at <span class="time">03:10 PM</span>.'
    after = f'<blockquote class="postcontent lastedited">{edited}</blockquote>'
    page = vbulletin(
        vb_post(901, body="who is in?", after='<blockquote class="signature restore">Unit 4</blockquote>'),
        vb_post(902, body=linked + "me", after=after),
        vb_post(903, body=QUOTE.format(link="") + "and me"),
    )
    corpus = forum_html.read(write(tmp_path, "vb.html", page), zone="UTC")
    posts = corpus.posts.set_index("post_id")
    assert posts["text"].tolist() == ["who is in?", "> who is in?\n\nme", "> who is in?\n\nand me"]
    assert posts.loc["post-901", ["kind", "title", "community", "author_profile", "author_id"]].tolist() == [
        "post", "Rota", "Shifts", "Unit 4", "55"]  # fmt: skip
    assert posts.loc["post-902", ["reply_to", "quote_of", "reply_to_author"]].tolist() == ["post-901", "post-901", "55"]
    assert pd.isna(posts.loc["post-903", "reply_to"]) and posts.loc["post-903", "reply_to_author"] == "55"
    assert posts["created_at"].unique().tolist() == [pd.Timestamp("2024-01-13T15:04:00Z")]
    assert posts.loc["post-902", "n_edits"] == 1
    assert posts.loc["post-902", "edited_at"] == pd.Timestamp("2024-01-13T15:10:00Z")
    assert set(posts["thread_id"]) == {"post-901"}
    assert told(corpus)["quotes of a person that name no post"] == 1
    assert told(corpus)["map 'vbulletin': from documentation, untested on real exports"] == 1


def test_day_and_month_are_not_guessed(tmp_path):
    """Where all dates may be read either way, the pages are refused with the way to say which; one clear date decides."""
    unclear = write(tmp_path, "a.html", vbulletin(vb_post(1, date="01-02-2024"), vb_post(2, date="03-04-2024")))
    with pytest.raises(SchemaError, match=r"which differ.*map="):
        forum_html.read(unclear, zone="UTC")
    own = write(tmp_path, "own.toml", 'like = "vbulletin"\n[times]\nlayouts = ["%d-%m-%Y, %I:%M %p"]\n')
    posts = forum_html.read(unclear, map=own, zone="UTC").posts
    assert posts["created_at"].dt.month.tolist() == [2, 4]
    write(tmp_path, "b.html", vbulletin(vb_post(3, date="31-01-2024"), page=2))
    assert forum_html.read(tmp_path, zone="UTC").posts["created_at"].dt.month.tolist() == [1, 2, 4]


def test_today_needs_the_day_of_saving(tmp_path):
    """Today and Yesterday are refused until it is said when the page was saved, which is then when it was fetched."""
    page = vbulletin(vb_post(1), vb_post(2, date="Today", time="08:00 AM"), vb_post(3, date="Yesterday"))
    file = write(tmp_path, "vb.html", page)
    corpus = forum_html.read(file, zone="UTC")
    assert told(corpus)["refused: time told by the day of saving"] == 2
    corpus = forum_html.read(file, zone="Europe/Helsinki", saved="2024-03-01T10:00")
    assert corpus.posts["created_at"].tolist()[1:] == [
        pd.Timestamp("2024-02-29T13:04:00Z"), pd.Timestamp("2024-03-01T06:00:00Z")]  # fmt: skip
    assert set(corpus.posts["fetched_at"]) == {pd.Timestamp("2024-03-01T08:00:00Z")}
    with pytest.raises(OptionError, match="saved='last week' is no date"):
        forum_html.read(file, zone="UTC", saved="last week")


def test_times_in_no_layout_are_refused(tmp_path):
    """A time that no layout of the map fits is refused, with the way to add one."""
    corpus = forum_html.read(write(tmp_path, "vb.html", vbulletin(vb_post(1), vb_post(2, date="gestern"))), zone="UTC")
    line = corpus.losses.set_index("what").loc["refused: time in no layout of the map"]
    assert line["n"] == 1 and "[times]" in line["mend"]


def test_a_map_of_ones_own(tmp_path):
    """A board that is not known is read by a map in TOML; without it the page is refused with the way to write one."""
    page = "<html><body>" + "".join(
        f'<div class="say" id="m{n}"><b>Ivy</b><i>1.2.24 0{n}:00</i><p>word {n}</p></div>' for n in (1, 2)
    )
    file = write(tmp_path, "x.html", page + "</body></html>")
    assert not forum_html.detect(file)
    with pytest.raises(SchemaError, match=r"x\.html: no page with a post is found by the maps phpbb.*map='board.toml'"):
        forum_html.read(file)
    own = write(
        tmp_path,
        "own.toml",
        '[post]\neach = "//div[@class=\'say\']"\nid = "string(@id)"\nauthor = "b"\ntime = "i"\ntext = "p"\n'
        '[times]\nlayouts = ["%d.%m.%y %H:%M"]\n',
    )
    corpus = forum_html.read(file, map=own, zone="UTC")
    assert corpus.posts["text"].tolist() == ["word 1", "word 2"]
    assert corpus.posts["kind"].tolist() == ["post", "comment"]
    assert corpus.posts["author_id"].tolist() == ["ivy", "ivy"]
    assert told(corpus)["pages without a thread's number"] == 1


def test_maps_by_name(tmp_path):
    """A shipped map can be named; a name that is not shipped lists those that are."""
    file = write(tmp_path, "x.html", xenforo(post(1)))
    assert len(forum_html.read(file, map="xenforo")) == 1
    with pytest.raises(SchemaError, match="Shipped: phpbb, vbulletin, xenforo"):
        forum_html.read(file, map="xenfor")
    with pytest.raises(SchemaError, match="by the map 'phpbb'"):
        forum_html.read(file, map="phpbb")


def test_edges_of_posts(tmp_path):
    """Posts without id, time or text: the first two are refused for it, the third is kept without a text."""
    page = xenforo(post(1), post(2, when=""), post(3).replace("post-3", "x"), post(4).replace("bbWrapper", "x"))
    corpus = forum_html.read(write(tmp_path, "x.html", page))
    assert told(corpus)["refused: no time"] == told(corpus)["refused: no id"] == 1
    assert corpus.posts["text"].isna().tolist() == [False, True]


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_page_that_is_cut_short_is_read_as_far_as_it_goes(tmp_path, place_of_name, cut):
    """Half a page gives the posts that it holds, or is refused as a page without one; it never breaks."""
    _, path = place_of_name("forum_html")
    whole = (path / "thread-1.html").read_bytes()
    file = write(tmp_path, "x.html", whole[: int(len(whole) * cut)])
    if forum_html.detect(file):
        assert len(forum_html.read(file)) <= 4
    else:
        with pytest.raises(SchemaError, match="no page with a post"):
            forum_html.read(file)


def test_odd_bytes_and_encodings(tmp_path):
    """Pages in an older encoding, with a byte order mark or with a zero byte are read."""
    body = xenforo(post(1, body="café"), more='<meta charset="iso-8859-1">')
    assert forum_html.read(write(tmp_path, "a.html", body.encode("cp1252"))).posts["text"].item() == "café"
    assert forum_html.read(write(tmp_path, "b.html", b"\xef\xbb\xbf" + body.encode())).posts["text"].item() == "café"
    assert forum_html.read(write(tmp_path, "c.html", xenforo(post(1, body="a\0b")))).posts["text"].item() == "ab"


def test_other_pages_of_a_folder_are_counted(tmp_path):
    """Lists of threads and other files beside the pages are counted, not read."""
    write(tmp_path, "a.html", xenforo(post(1)))
    write(tmp_path, "b.html", xenforo())
    write(tmp_path, "c.html", "<html><body>no</body></html>")
    write(tmp_path, "d.html", "")
    corpus = sources.read(tmp_path)
    assert len(corpus) == 1
    assert told(corpus)["files that are no page with a post"] == 3


def test_quotes_within_quotes(tmp_path):
    """The answer is to the outer quote; the quote within it stays quoted twice."""
    inner = (
        '<blockquote class="bbCodeBlock bbCodeBlock--quote" data-quote="Elm" data-source="post: 7">first</blockquote>'
    )
    outer = inner.replace("Elm", "Oak").replace("post: 7", "post: 8").replace("first", f"{inner}second") + "third"
    posts = forum_html.read(write(tmp_path, "x.html", xenforo(post(9, body=outer)))).posts
    assert posts["reply_to"].item() == "post-8"
    assert posts["text"].item() == "> > first\n\n> second\n\nthird"


def test_no_message_shows_a_word_of_a_post(tmp_path):
    """What a page says is in no error."""
    file = write(tmp_path, "x.html", vbulletin(vb_post(1, date="01-02-2024", body="zzsecretzz")))
    with pytest.raises(SchemaError) as caught:
        forum_html.read(file, zone="UTC")
    assert "zzsecretzz" not in str(caught.value) and "01-02-2024" not in str(caught.value)


def test_order_of_pages_does_not_matter(tmp_path, place_of_name):
    """The same pages under other names give the same posts."""
    _, path = place_of_name("forum_html")
    for old, new in (("thread-1.html", "z.html"), ("thread-2.html", "a.html")):
        write(tmp_path, new, (path / old).read_bytes())
    write(tmp_path, "viewtopic.html", (path / "viewtopic.html").read_bytes())
    one, two = forum_html.read(path).posts, forum_html.read(tmp_path).posts
    pd.testing.assert_frame_equal(one, two)
