"""Real archives of mailing lists, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import mailbox

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "fx_mailing_lists"
ARCHIVES = {
    "2001-November.txt": {"read": 164, "kept": 82, "double": 82, "no time": 0},
    "bigbang-dev-test.txt": {"read": 6, "kept": 6, "double": 0, "no time": 0},
    "3GPP_mbox/3GPP_TSG_RAN_WG4_NR-MIMO-OTA.mbox": {"read": 59, "kept": 55, "double": 3, "no time": 1},
    "3GPP_mbox/3GPP_TSG_SA_WG4_EVS.mbox": {"read": 50, "kept": 49, "double": 1, "no time": 0},
    "3GPP/3GPP_TSG_SA_ITUT_AHG": {"read": 25, "kept": 24, "double": 0, "no time": 1},
}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SHARED.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


@pytest.mark.parametrize("name", sorted(ARCHIVES))
def test_archives(name):
    """Each archive gives the messages that it has, every one kept or refused for its reason, with writer and text."""
    zone = "UTC" if name.startswith("2001") else None
    corpus = mailbox.read(SHARED / name, key=Key(bytes(range(32))), zone=zone)
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    expected = ARCHIVES[name]
    assert lines["rows read"] == expected["read"]
    assert lines["kept"] == len(corpus) == expected["kept"]
    assert lines.get("refused: same id, same content", 0) == expected["double"]
    assert lines.get("refused: no time", 0) == expected["no time"]
    assert expected["read"] == expected["kept"] + expected["double"] + expected["no time"]
    assert corpus.posts[["author_id", "text", "title"]].notna().all(axis=None)


def test_published_threads():
    """The published threads of one list have three, one and two messages."""
    posts = mailbox.read(SHARED / "bigbang-dev-test.txt").posts
    assert posts.groupby("thread_id")["created_at"].agg(["size", "min"]).sort_values("min")["size"].tolist() == [
        3,
        1,
        2,
    ]


def test_an_archive_without_zones_asks_for_one():
    """The old text archive names no zone, and says so."""
    with pytest.raises(SchemaError, match="zone="):
        mailbox.read(SHARED / "2001-November.txt")


def test_every_file_is_read_or_no_mail():
    """Every file is read, or is a web page or a note that is no archive of mail."""
    for file in sorted(each for each in SHARED.rglob("*") if each.is_file()):
        if mailbox.detect(file):
            assert mailbox.read(file, zone="UTC").posts["created_at"].notna().all()
        else:
            assert file.suffix in (".html", ".md", "")
            with pytest.raises(SchemaError):
                mailbox.read(file)
    assert len(sources.read(SHARED, zone="UTC")) == 88
