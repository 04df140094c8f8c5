"""Exports in every encoding that programs write: the same corpus, or a named error."""

from __future__ import annotations

import codecs
import gzip
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import _encodings, forum_html, mailbox, reddit, table
from socialwork_research.sources._exports import places

MARKED = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
HEADER = "author_id,created_at,text\n"
WHEN = "2021-05-04T09:00:00Z"
quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def encoded(given: Path, to: Path, encoding: str) -> Path:
    """Copy an export with all its text in another encoding."""
    if given.is_file():
        shutil.copy(given, to / given.name)
        copy = to / given.name
    else:
        copy = Path(shutil.copytree(given, to / given.name))
    for file in [copy] if copy.is_file() else [each for each in copy.rglob("*") if each.is_file()]:
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            continue  # an old encoding or something packed stays as it is
        file.write_bytes(text.encode(encoding))
    return copy


def csv(tmp_path: Path, content: bytes):
    """Read these rows under the header."""
    (tmp_path / "x.csv").write_bytes(content)
    return table.read(tmp_path / "x.csv")


@pytest.mark.parametrize("encoding", MARKED)
@pytest.mark.parametrize("name", places())
def test_the_same_content_in_another_encoding_is_the_same_corpus(name, encoding, place_of_name, key, tmp_path):
    """Every place reads its export in UTF-8 with a mark, UTF-16 and UTF-32 as the same posts, and says what it took it for."""
    module, path = place_of_name(name)
    copy = encoded(path, tmp_path, encoding)
    if name == "stackexchange" and encoding != "utf-8-sig":
        with pytest.raises(SchemaError, match="the XML is damaged"):  # its XML says that it is UTF-8, and is not
            module.read(copy, key=key)
        return
    there, here = module.read(copy, key=key), module.read(path, key=key)
    pd.testing.assert_frame_equal(there.posts, here.posts)
    assert (f"encoding taken as {encoding}" in told(there)) == (encoding != "utf-8-sig")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_packed_lines_in_another_encoding(tmp_path, encoding):
    """Lines are read whatever they are packed in, and one that is cut within a letter is named."""
    line = '{"id": "a1", "subreddit": "demo", "author": "x", "created_utc": 1700000000, "title": "Café"}\n'
    path = tmp_path / "RS_2023-11.ndjson.gz"
    path.write_bytes(gzip.compress(line.encode(encoding)))
    assert reddit.read(path).posts["title"].item() == "Café"
    path.write_bytes(gzip.compress(line.encode(encoding) + b"\x00"))
    with pytest.raises(SchemaError, match="begins as utf-16"):
        reddit.read(path)


def test_lines_in_windows_encoding_are_refused_by_name(tmp_path):
    """A line of JSON that is no UTF-8 is refused as such: JSON is UTF-8."""
    lines = [f'{{"author_id": "u", "created_at": "{WHEN}", "text": "{text}"}}'.encode("cp1252") for text in ("a", "é")]
    (tmp_path / "x.jsonl").write_bytes(b"\n".join(lines))
    assert told(table.read(tmp_path / "x.jsonl"))["refused: not UTF-8"] == 1


def test_windows_letters_among_bytes_that_windows_does_not_have(tmp_path):
    """One byte without a letter does not turn all others of the file into control characters."""
    corpus = csv(tmp_path, f"{HEADER}u1,{WHEN},".encode() + b"\x93caf\x81\xe9\x94\n")
    assert corpus.posts["text"].item() == "“caf\x81é”"
    assert told(corpus)["encoding taken as latin-1"] == told(corpus)["bytes of no letter in cp1252"] == 1


def test_one_broken_byte_does_not_turn_a_file_into_another_encoding(tmp_path):
    """UTF-8 with a broken byte stays UTF-8: the mark is counted, and all other letters are right."""
    good = f"{HEADER}u1,{WHEN},ŵŷ tŷ bach éèêë\n".encode()
    corpus = csv(tmp_path, good + f"u2,{WHEN},caf".encode() + b"\xe9\n")
    assert sorted(corpus.posts["text"]) == ["caf\ufffd", "ŵŷ tŷ bach éèêë"]
    assert told(corpus)["bytes that are no letters"] == told(corpus)["texts with letters lost"] == 1


def test_nul_characters_are_left_out_and_counted(tmp_path):
    """A few NULs, as damaged disks leave them, are left out; a file full of them is no table."""
    rows = "".join(f"u{n},{WHEN},plain words\n" for n in range(50))
    corpus = csv(tmp_path, f"{HEADER}{rows}u,{WHEN},a\0b\0\n".encode())
    assert told(corpus)["NUL characters left out"] == 2
    assert "ab" in set(corpus.posts["text"])
    with pytest.raises(SchemaError):
        csv(tmp_path, HEADER.encode() + bytes(5000))


@pytest.mark.parametrize(
    ("declared", "encoding", "taken"),
    [
        ('<meta charset="iso-8859-1">', "cp1252", "cp1252"),
        ('<meta charset="windows-1251">', "cp1251", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030", "gb18030"),
        ("", "cp1252", "cp1252"),
        ('<meta charset="no-such">', "cp1252", "cp1252"),
        ('<meta charset="undefined">', "cp1252", "cp1252"),
        ('<meta charset="iso-8859-1">', "utf-8", None),
        ('<meta charset="utf-16">', "utf-8", None),
        ('<meta charset="iso-2022-jp">', "iso2022_jp", "iso2022_jp"),
    ],
)
def test_saved_pages_in_declared_and_undeclared_charsets(tmp_path, declared, encoding, taken):
    """A page is read as what its bytes show or as what it declares, and the ledger names it."""
    said = {"cp1251": "Привет", "gb18030": "你好", "iso2022_jp": "日本"}.get(encoding, "café “x”")
    post = (
        '<article class="message message--post" data-author="Fern" data-content="post-7">'
        '<header class="message-attribution"><time datetime="2024-05-01T09:00:00+0200"></time></header>'
        f'<div class="message-body"><div class="bbWrapper">{said}</div></div></article>'
    )
    page = f'<html id="XF" data-content-key="thread-3"><head>{declared}</head><body>{post}</body></html>'
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    corpus = forum_html.read(tmp_path / "a.html")
    assert corpus.posts["text"].item() == said
    assert [what for what in told(corpus) if "encoding" in what] == ([f"encoding taken as {taken}"] if taken else [])


def test_letters_that_a_page_has_lost_are_counted(tmp_path):
    """Bytes of a page that are letters in no encoding leave marks, which are counted."""
    page = (
        '<html id="XF" data-content-key="t-3"><body><article class="message message--post" data-author="F" '
        'data-content="post-7"><header class="message-attribution"><time datetime="2024-05-01T09:00:00Z"></time>'
        '</header><div class="message-body"><div class="bbWrapper">caf~</div></div></article></body></html>'
    )
    (tmp_path / "a.html").write_bytes(page.encode().replace(b"~", b"\x81\x93"))
    lines = told(forum_html.read(tmp_path / "a.html"))
    assert lines["bytes that are no letters"] == lines["texts with letters lost"] == 1


@pytest.mark.parametrize(
    ("charset", "encoding", "guessed"),
    [
        ("utf-8", "utf-8", 0), ("iso-8859-1", "cp1252", 0), ("us-ascii", "utf-8", 0), ("us-ascii", "cp1252", 1),
        ("iso-8859-1", "utf-8", 1), ("utf-8", "cp1252", 1), ("no-such", "utf-8", 1), ("gb2312", "gb18030", 0),
        ("koi8-r", "koi8-r", 0), ("iso-2022-jp", "iso2022_jp", 0),
    ],
)  # fmt: skip
def test_each_part_of_a_mail_is_read_in_its_charset(tmp_path, charset, encoding, guessed):
    """A part is read in its charset, or as what its bytes show where that is wrong, which is counted."""
    said = {"gb18030": "你好", "koi8-r": "Привет", "iso2022_jp": "日本"}.get(encoding, "it’s café")
    head = (
        "From d@example.org  Mon May  3 09:00:00 2021\nFrom: d@example.org\nDate: Mon, 3 May 2021 09:00:00 +0100\n"
        f"Message-ID: <m1@example.org>\nContent-Type: text/plain; charset={charset}\n\n"
    )
    (tmp_path / "a.mbox").write_bytes(head.encode() + said.encode(encoding) + b"\n")
    corpus = mailbox.read(tmp_path / "a.mbox")
    assert corpus.posts["text"].item() == said
    assert told(corpus).get("charset guessed", 0) == guessed


@given(
    content=st.binary(max_size=300), start=st.sampled_from(["", *MARKED]), suffix=st.sampled_from([".csv", ".jsonl"])
)
@quiet
def test_any_bytes_are_posts_or_a_named_error(tmp_path, content, start, suffix):
    """Any bytes, also after a proper beginning in any encoding, give a corpus or a named error."""
    file = tmp_path / f"x{suffix}"
    file.write_bytes((HEADER.encode(start) if start else b"") + content)
    found = file.name
    try:
        sources.table.read(file)
    except SchemaError as error:
        found = str(error)
    assert file.name in found


@given(st.binary(max_size=200), st.one_of(st.none(), st.sampled_from(["utf-7", "cp932", "undefined", "hex", "", "\0"])))
@quiet
def test_any_bytes_become_text(raw, declared):
    """Whatever is declared of any bytes, they become text, and the letters lost are those marked."""
    text, codec, n_lost = _encodings.guessed(raw, declared=declared)
    assert codecs.lookup(codec)
    assert n_lost <= text.count("\ufffd")
