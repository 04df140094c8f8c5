"""The reading room: who may read, what is shown, what is noted, and that posts are text whatever they hold."""

from __future__ import annotations

import html
import re
from types import SimpleNamespace

import pandas as pd
import pytest

import socialwork_research as sw
from socialwork_research import Coding, privacy
from socialwork_research.errors import OptionError, PrivacyError, SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.privacy import _room_page

from ._rooms import KEPT_APART, Browser, Elements, headings

KEY, OTHER = Key(bytes(range(32))), Key(bytes(32))
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)><!-- </div> --></textarea>&lt;b&gt; \"'> "
    "<meta http-equiv=refresh content=0> javascript:alert(1) \x00\x1b\u202eright to left"
)


@pytest.fixture
def attended(monkeypatch):
    """A person sits at the notebook."""
    monkeypatch.setattr("socialwork_research.privacy._reading_room._is_attended", lambda: True)


@pytest.fixture
def corpus(corpus_of):
    """Two threads under keyed ids: one of three posts, one of a hostile post and a deleted one."""
    return corpus_of(
        {
            "post_id": list("abcde"),
            "thread_id": ["t1", "t1", "t1", "t2", "t2"],
            "reply_to": [None, "a", "b", None, "d"],
            "author_id": ["zz_one", "zz_two", "zz_one", "zz_three", None],
            "author_state": ["present", "present", "present", "present", "deleted"],
            "platform": ["forum", "forum", "forum", "mastodon", "mastodon"],
            "title": ["Duty desks", None, None, HOSTILE, None],
            "text": ["Who sits there?", "I do.", "שלום לכולם", HOSTILE, "gone but kept by the export"],
            "is_deleted": [False, False, False, False, True],
        },
        pseudonyms=KEY.id,
    )


@pytest.fixture
def opened(request, corpus):
    """A maker of rooms for a person who sits there; they are closed in the end."""
    request.getfixturevalue("attended")
    rooms = []

    def make(instead=None, **options):
        rooms.append(privacy.reading_room(instead if instead is not None else corpus, **{"key": KEY, **options}))
        return rooms[-1], Browser(rooms[-1].address())

    yield make
    for room in rooms:
        room.close()


@pytest.mark.usefixtures("attended")
@pytest.mark.parametrize("key", [None, OTHER])
def test_who_has_not_the_key(corpus, key):
    """Another key, or none, is refused, and the error names ids of keys and nothing else."""
    with pytest.raises(PrivacyError, match=f"Only the holder of the key {KEY.id} reads this corpus"):
        privacy.reading_room(corpus, key=key)


@pytest.mark.usefixtures("attended")
def test_a_corpus_that_no_key_guards(corpus_of):
    """Posts of real people that are not pseudonymised are not shown, with whatever key."""
    with pytest.raises(PrivacyError, match="not pseudonymised"):
        privacy.reading_room(corpus_of({"text": ["Morning"]}), key=KEY)


def test_an_invented_corpus_needs_no_key(opened, sample):
    """The shipped sample is read without a key."""
    _, browser = opened(sample, key=None)
    assert "Thread 1 of 198" in browser.page()


def test_where_nobody_sits(corpus):
    """A program that runs the cell is refused before anything is served."""
    with pytest.raises(PrivacyError, match="Nobody sits at this notebook"):
        privacy.reading_room(corpus, key=KEY)


@pytest.mark.usefixtures("attended")
def test_options_that_make_no_sense(corpus):
    """A reader without a name, and themes that are none, are refused."""
    with pytest.raises(OptionError, match="reader is empty"):
        privacy.reading_room(corpus, key=KEY, reader=" ")
    for themes in ("themes", pd.DataFrame({"theme": [1]}), SimpleNamespace(assigned=pd.DataFrame())):
        with pytest.raises(SchemaError, match="themes"):
            privacy.reading_room(corpus, key=KEY, themes=themes)


def test_a_thread_is_read_whole(opened):
    """All posts of a thread stand in order, each with who speaks and what it answers; no id and no account is shown."""
    _, browser = opened()
    page = browser.page()
    assert "Thread 1 of 2" in page and ">Duty desks</h2>" in page
    assert headings(page) == ["1. Person 1", "2. Person 2, answers 1", "3. Person 1, answers 2"]
    for words in ("Who sits there?", "I do.", "שלום לכולם"):
        assert f'<div class="words" dir="auto">{words}</div>' in page
    assert "zz_" not in page and KEY.id not in page


def test_to_the_next_and_back(opened):
    """Links lead to the next thread and back; beyond the last there is none, and any number is brought within bounds."""
    _, browser = opened()
    first, last = browser.page(), browser.page(n=2)
    assert "n=2&amp;part=1" in first and "Previous thread" not in first
    assert "n=1&amp;part=1" in last and "Next thread" not in last
    assert browser.page(n=99) == last and browser.page(n=0) == first


def test_a_thread_of_many_posts(opened, corpus_of):
    """A thread of 250 posts is read in three parts, and each post stands in one of them."""
    names = [f"p{number:03d}" for number in range(250)]
    corpus = corpus_of({"post_id": names, "text": names}, pseudonyms=KEY.id)
    room, browser = opened(corpus)
    parts = [browser.page(part=part) for part in (1, 2, 3)]
    assert [len(headings(page)) for page in parts] == [100, 100, 50]
    assert "part 3 of 3" in parts[2] and "Later posts" not in parts[2] and "Earlier posts" in parts[2]
    assert sorted(re.findall(r">(p\d{3})</div>", "".join(parts))) == names
    assert len(room.memos().looked_at) == 250


def test_a_post_of_any_length(opened, corpus_of):
    """A post of a million letters is shown whole."""
    corpus = corpus_of({"text": ["Wort " * 200_000]}, pseudonyms=KEY.id)
    _, browser = opened(corpus)
    assert browser.page().count("Wort ") == 200_000


def test_an_empty_corpus(opened, corpus):
    """A corpus without posts has a room without threads."""
    _, browser = opened(corpus.select(platform="nowhere"))
    assert "No thread has a post that meets all of this." in browser.page()


def test_what_was_deleted_is_not_shown(opened):
    """The words of a deleted post are not shown, even where the export kept them."""
    _, browser = opened()
    page = browser.page(n=2)
    assert "This post was deleted or removed" in page and "gone but kept" not in page
    assert headings(page)[1] == "2. an account not known (deleted), answers 1"


def test_posts_are_text_whatever_they_hold(opened):
    """Mark-up in a post is shown as letters: it makes no element, ends none, and control signs are replaced."""
    _, browser = opened()
    plain, hostile = Elements(browser.page()), Elements(browser.page(n=2))
    assert not hostile.all(*KEPT_APART[:-1])
    assert all("http-equiv" not in meta for meta in hostile.all("meta"))
    assert not any(name.startswith("on") for _, given in hostile.found for name in given)
    assert {tag for tag, _ in hostile.found} - {"p"} <= {tag for tag, _ in plain.found}
    page = browser.page(n=2)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert html.unescape(page).count(HOSTILE.replace("\x00", "\ufffd").replace("\x1b", "\ufffd")) == 2


def test_a_hostile_memo_and_filter(opened):
    """What a reader types, and what stands in an address, is text as well."""
    _, browser = opened()
    browser.note(HOSTILE, n=1, post=1)
    page = browser.page()
    assert "&lt;/textarea&gt;" in page and not Elements(page).all("script", "img")
    assert not Elements(browser.page(since='"><script>')).all("script")


def test_filters_of_the_page(opened):
    """Marks, stances and themes are offered, filter, stay chosen, and stand beneath the posts."""
    seen = pd.DataFrame({"post_id": list("abcde"), "coder": "one", "codebook": "x", "version": "1"})
    marks = pd.DataFrame({"post_id": ["d"], "coder": ["one"], "code": ["client_connection"], "stance": ["enacted"]})
    assigned = pd.DataFrame(
        {"theme": pd.array([0, 0, None, 1, 1], dtype="Int64")}, index=pd.Index(list("abcde"), name="post_id")
    )
    sizes = pd.DataFrame({"label": ["duty, desk", "<b>"]}, index=pd.Index([0, 1], name="theme"))
    themes = SimpleNamespace(assigned=assigned, sizes=sizes)
    _, browser = opened(coding=Coding.of(seen, marks), themes=themes)
    page = browser.page(code="client_connection")
    assert "Thread 1 of 1" in page and "<li>client connection, enacted (one)</li><li>theme 1: &lt;b&gt;</li>" in page
    assert '<option value="client_connection" selected>client connection</option>' in page
    assert "Thread 1 of 1" in browser.page(theme="0") and "Thread 1 of 1" in browser.page(stance="enacted")
    assert "No thread has a post" in browser.page(theme="0", platform="mastodon")
    assert "This is no day." in browser.page(since="someday")


def test_addresses_hold_no_id(opened):
    """Links and forms name threads and posts by numbers: a browser's history holds no id."""
    _, browser = opened()
    for page in (browser.page(n=1), browser.page(n=2)):
        shown = Elements(page)
        assert all(re.fullmatch(r"(\./\?n=\d&part=\d|#posts)", link["href"]) for link in shown.all("a"))
        assert {given["name"] for given in shown.all("input")} == {"since", "until", "n", "part", "post"}


def test_memos_are_a_coding(opened, tmp_path):
    """Memos are marks with a note, on posts that were looked at; saved with words and taken up again another day."""
    room, browser = opened(reader="ann")
    browser.page()
    assert browser.note("One line\r\nand another ", n=1, post=2).endswith("?n=1&part=1#p2")
    browser.note("to be taken back", n=1, post=1)
    browser.note("", n=1, post=1)
    told = room.memos()
    assert told.marks[["post_id", "coder", "code", "note"]].values.tolist() == [
        ["b", "ann", "memo", "One line\nand another"]
    ]
    assert told.looked_at["post_id"].tolist() == ["a", "b", "c"]
    assert set(told.looked_at["codebook"]) == {"reading_room"} and told.looked_at["thread_id"].tolist() == ["t1"] * 3
    assert "Memos on 2 posts are not saved yet." in browser.page()
    written = room.save(tmp_path / "memos")
    assert "not saved yet" not in browser.page()
    again, later = opened(memos=sw.load(written), reader="ann")
    assert "One line\nand another</textarea>" in later.page()
    pd.testing.assert_frame_equal(again.memos().marks, told.marks)


def test_memos_are_not_saved_among_results(opened, tmp_path):
    """A folder within the results of a run is refused, since memos may hold words of posts."""
    (tmp_path / "results" / "deep").mkdir(parents=True)
    (tmp_path / "results" / "run.json").write_text("{}")
    room, _ = opened()
    for place in (tmp_path / "results", tmp_path / "results" / "deep" / "memos"):
        with pytest.raises(PrivacyError, match="lies in the results of a run"):
            room.save(place)


@pytest.mark.parametrize(
    "fields", [{"n": 1}, {"n": 9, "post": 1}, {"n": 1, "post": 4}, {"n": "x", "post": 1}, {"n": 0, "post": 1}]
)
def test_a_memo_on_nothing(opened, fields):
    """A memo on a post or thread that is not there is refused and kept nowhere."""
    room, browser = opened()
    body = "&".join(f"{name}={value}" for name, value in fields.items())
    assert browser.ask("POST", f"{browser.place}memo", body=f"{body}&memo=x")[0] == 404
    assert room.memos().marks.empty and room.memos().looked_at.empty


def test_what_the_notebook_keeps(opened):
    """The output that a notebook keeps is an address and a count, and after closing the count alone."""
    room, browser = opened()
    browser.page()
    shown = room._repr_html_()
    assert re.fullmatch(
        r'<iframe src="http://127\.0\.0\.1:\d+/[\w-]{43}" title="Reading room" [^>]*sandbox="allow-forms"[^>]*></iframe>',
        shown,
    )
    assert repr(room) == "Reading room (open): 2 platforms, 3 posts shown, 0 memos, 0 not saved"
    room.close()
    assert room._repr_html_() == "<p>Reading room (shut): 2 platforms, 3 posts shown, 0 memos, 0 not saved</p>"


def test_it_can_be_read_without_a_mouse(opened):
    """Every field has a label, every landmark a name, and a first link leads past the filters to the posts."""
    _, browser = opened()
    page = browser.page()
    shown = Elements(page)
    labelled = {given["for"] for given in shown.all("label")}
    fields = [given for given in shown.all("input", "select", "textarea") if given.get("type") != "hidden"]
    assert fields and {given["id"] for given in fields} == labelled
    assert all(given.get("aria-label") for given in shown.all("nav"))
    assert shown.all("a")[0]["href"] == "#posts" and shown.all("main")[0]["id"] == "posts"
    assert shown.all("html")[0]["lang"] == "en-GB"
    keys = [given["accesskey"] for given in shown.all("a", "button") if "accesskey" in given]
    assert keys[0] == "f" and "n" in keys


def test_contrast():
    """Every colour of letters has a contrast of at least 4.5 to the white ground (WCAG 2.1, AA)."""
    colours = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{3,6})", _room_page._STYLE))
    assert len(colours) >= 3
    assert all(1.05 / (brightness(colour) + 0.05) >= 4.5 for colour in colours)


def brightness(colour: str) -> float:
    """The relative luminance of a colour."""
    letters = colour[1:] if len(colour) == 7 else "".join(2 * letter for letter in colour[1:])
    parts = [int(letters[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
