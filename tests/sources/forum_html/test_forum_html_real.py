"""Real pages of several boards, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import forum_html

PAGES = Path(__file__).resolve().parents[4] / "shared" / "data" / "fx_forum_html"
KNOWN = {"kaksplus_mock_thread.html": 25, "kauppalehti_mock_thread.html": 20}

# Maps of boards that are not shipped, as a user would write them.
PHORUM = r"""
[post]
each = "//table[@class='PhorumListTable'][.//td[@class='postbody']]"
id = { select = "string(.//a[contains(@class, 'PhorumNav')]/@href)", pattern = '(\d+)$' }
author = { select = "string(.//p[@class='PhorumMessage']/b)", pattern = ':\s*(.*)$' }
time = { select = ".//p[@class='PhorumMessage']", pattern = '(\d{1,2}\.\d{1,2}\.\d\d \d\d:\d\d:\d\d)' }
text = ".//p[@class='PhorumMessage']"
[text]
without = ["./b"]
[times]
layouts = ["%d.%m.%y %H:%M:%S"]
"""
DRUPAL = r"""
[page]
thread = { select = "string(//*[@data-voting-uri][1]/@data-voting-uri)", pattern = '/node/\w+/\w+/(\d+)' }
title = "//h1"
[post]
each = "//article[contains(@class, 'user--compact')]/ancestor::div[3]"
id = { select = "concat(@id, ' ', .//*[@data-voting-uri]/@data-voting-uri)", pattern = '(\d+)$' }
author = ".//article[contains(@class, 'user--compact')]//span"
time = "string(.//time/@datetime)"
text = "./div[contains(concat(' ', @class, ' '), ' content ')]"
guests = ["Vierailija"]
"""

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not PAGES.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def files() -> list[Path]:
    """Every file of the set."""
    return sorted(file for file in PAGES.rglob("*") if file.suffix in (".html", ".xml")) if PAGES.is_dir() else []


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_every_page_is_read_or_refused_for_a_named_reason(file):
    """Threads of XenForo are read whole; every other page is refused with what to do."""
    assert forum_html.detect(file) == (file.name in KNOWN)
    if file.name not in KNOWN:
        with pytest.raises(SchemaError, match="no page with a post is found"):
            forum_html.read(file)
        return
    corpus = forum_html.read(file, key=Key(bytes(range(32))))
    assert told(corpus)["rows read"] == told(corpus)["kept"] == len(corpus) == KNOWN[file.name]
    assert corpus.posts["text"].notna().all() and corpus.posts["author_id"].notna().all()
    assert corpus.posts["thread_id"].nunique() == 1
    assert corpus.posts["kind"].value_counts().to_dict() == {"comment": len(corpus) - 1, "post": 1}


def test_guests_and_likes():
    """On one board 19 of 25 posts are by guests; on the other all are by members and 19 of 20 posts tell their likes."""
    guests = forum_html.read(PAGES / "kaksplus_mock_thread.html", key=Key(bytes(range(32))))
    assert told(guests)["authors known by name only"] == 19
    assert guests.posts["author_id"].nunique() == 21
    members = forum_html.read(PAGES / "kauppalehti_mock_thread.html", key=Key(bytes(range(32)))).posts
    assert members["author_id"].nunique() == 13
    assert members["n_likes"].notna().sum() == 19


@pytest.mark.parametrize(
    ("name", "text", "n"),
    [("hevostalli_mock_thread.html", PHORUM, 101), ("vauva_mock_thread.html", DRUPAL, 21)],
)
def test_other_boards_by_maps_of_ones_own(tmp_path, name, text, n):
    """Boards that are not known are read by a map of a dozen lines, every post of the page."""
    (tmp_path / "own.toml").write_text(text)
    corpus = forum_html.read(PAGES / name, map=tmp_path / "own.toml", zone="Europe/Helsinki", key=Key(bytes(range(32))))
    lines = told(corpus)
    assert lines["rows read"] == n
    assert lines["kept"] + sum(count for what, count in lines.items() if what.startswith("refused: ")) == n
    assert lines["kept"] >= n - 2
    assert corpus.posts["text"].notna().all()
