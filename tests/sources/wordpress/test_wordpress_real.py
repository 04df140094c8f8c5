"""Real WordPress exports, whole and damaged, read from beside the checkout and never copied."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import wordpress

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "fx_wordpress_wxr"
FILES = sorted(SHARED.glob("*.xml")) if SHARED.is_dir() else []
KEPT = {
    "a11y-unit-test-data.xml": 84,
    "crazy-cdata-escaped.xml": 1,
    "crazy-cdata.xml": 1,
    "post-content-blank-lines.xml": 1,
    "slashes.xml": 2,
    "small-export.xml": 10,
    "theme-preview.xml": 9,
    "theme-unit-test-data.xml": 101,
    "themeunittestdata.wordpress.xml": 93,
    "valid-wxr-1.0.xml": 7,
    "valid-wxr-1.1.xml": 3,
    "wxr-flat-attachment-different-site.xml": 1,
    "wxr-flat-attachment-same-site.xml": 1,
    "wxr-simple.xml": 1,
    "wxr-utf-8-challenges.xml": 1,
}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_every_item_and_comment_is_kept_or_refused(file):
    """Each file, damaged or not, gives all items and comments that stand in it, each kept or refused."""
    corpus = wordpress.read(file, key=Key(bytes(range(32))), zone="UTC")
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    whole = file.read_text("utf-8")
    assert lines["rows read"] == len(re.findall(r"<item[ >]", whole)) + len(re.findall(r"<wp:comment>", whole))
    refused = sum(n for what, n in lines.items() if what.startswith("refused: "))
    assert lines["rows read"] == lines["kept"] + refused
    assert lines["kept"] == len(corpus) == KEPT.get(file.name, 0)


def test_nested_comments():
    """Ten comments of the theme test answer another comment, as far as they are approved."""
    posts = wordpress.read(SHARED / "theme-unit-test-data.xml").posts
    comments = posts[posts["kind"] == "comment"]
    nested = comments["reply_to"].isin(comments["post_id"]).sum()
    waiting = 1  # its parent is kept, but it waits for approval
    assert nested + waiting == 10
    assert comments["thread_id"].isin(posts["post_id"]).all()


def test_all_files_are_here():
    """The set has thirty-six files, and each is an export."""
    assert len(FILES) == 36
    assert all(wordpress.detect(file) for file in FILES)
