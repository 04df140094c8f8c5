"""Real pages and answers of Facebook, read from beside the checkout and never copied."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import facebook

FILES = Path(__file__).resolve().parents[4] / "shared" / "data" / "fx_facebook_html"
READ = {  # file: posts and comments read, kept
    "facebook.m.post.html": (3, 3),
    "facebook.m.timeline.html": (2, 2),
    "facebook.mbasic.feed.html": (4, 3),
    "facebook.mbasic.life_event.html": (2, 2),
    "facebook.mbasic.photo_post.html": (2, 2),
    "facebook.mbasic.post.html": (3, 3),
    "facebook.mbasic.profile.html": (2, 1),
    "crowdtangle_mock_data.json": (2, 2),
    "output.json": (1, 1),
}

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FILES.is_dir(), reason="real corpora are not beside this checkout (../shared/data)"),
]


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def files() -> list[Path]:
    """Every file of the set."""
    return sorted(file for file in FILES.rglob("*") if file.suffix in (".html", ".json")) if FILES.is_dir() else []


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_every_file_is_read_or_refused_for_a_named_reason(file):
    """Posts, feeds and answers are read; mails, profiles, reactions and a parser's own tables hold no post."""
    key = Key(bytes(range(32)))
    assert facebook.detect(file) == (file.name in READ)
    if file.name not in READ:
        with pytest.raises(SchemaError, match="no export of Facebook in a form that is known"):
            facebook.read(file, key=key)
        return
    corpus = facebook.read(file, key=key, zone="America/Los_Angeles", saved="2021-06-30T12:00")
    lines = told(corpus)
    assert (lines["rows read"], lines["kept"]) == READ[file.name]
    assert lines["kept"] + sum(n for what, n in lines.items() if what.startswith("refused: ")) == lines["rows read"]
    assert len(corpus) == lines["kept"]
    comments = corpus.posts[corpus.posts["kind"] == "comment"]
    assert comments["reply_to"].isin(corpus.posts["post_id"]).all()
    assert corpus.posts["platform"].eq("facebook").all()
