"""Every real export beside the checkout is read, or refused for a named reason; `make exports` prints the table."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from socialwork_research import Corpus, sources
from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import _exports

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
KEY = Key(bytes(range(32)))
FILES = sorted(
    file for file in SHARED.glob("fx_*/**/*") if file.is_file() and file.name != "PROVENANCE.md"
)  # fmt: skip
DUMPS = sorted(folder for folder in SHARED.glob("stackexchange_*") if folder.is_dir())
TOLD = {"zone": "UTC", "saved": "2024-05-31"}

# What the notes beside the files state of them: posts, comments, or replies that were kept.
STATED = {
    "fx_reddit_api/CommentForest_replace__all_large_things.ndjson": ("comment", 1428),
    "fx_reddit_api/CommentForest_replace__all_with_comment_limit_things.ndjson": ("comment", 536),
    "fx_reddit_api/ListingGenerator_exhaust_items_things.ndjson": ("all", 1001),
    "fx_dataedu_bluesky_twitter/bluesky_posts.jsonl": ("all", 575),
    "fx_dataedu_bluesky_twitter/tt_tweets.csv": ("all", 4418),
    "fx_mailing_lists/bigbang-dev-test.txt": ("all", 6),
    "fx_mastodon_api/get_context_default.0.json": ("all", 59),
    "fx_twitter_tags_education/sample-data.csv": ("all", 10),
    "fx_twitter_v2_twarc/tweets.jsonl": ("all", 500),
    "stackexchange_history_meta": ("answer", 1095),
    "stackexchange_matheducators": ("answer", 1507),
}

pytestmark = [
    pytest.mark.real,
    pytest.mark.long,
    pytest.mark.skipif(not FILES, reason="no real exports beside this checkout"),
]


@pytest.fixture(scope="module")
def rows():
    """What became of each export, printed as a table when all have been tried."""
    found: dict[str, dict[str, object]] = {}
    yield found
    print(f"\n{'file':<84} {'place':<14} {'read':>6} {'kept':>6}  why refused")
    for label, told in found.items():
        print(f"{label:<84} {told['place']:<14} {told['read']:>6} {told['kept']:>6}  {told['why']}")


def _tried(path: Path) -> tuple[Corpus | None, str, str]:
    """Return the corpus, the place, and why there is none."""
    try:
        with _exports.opened(path) as ((export, *_), _):
            pass
        takes = inspect.signature(_exports.module(export.place).read).parameters
        return (
            sources.read(path, key=KEY, **{name: told for name, told in TOLD.items() if name in takes}),
            export.place,
            "",
        )
    except SchemaError as error:
        return None, "", str(error)


@pytest.mark.parametrize("path", [*FILES, *DUMPS], ids=lambda path: str(path.relative_to(SHARED)))
def test_every_export_is_read_or_refused_for_a_named_reason(path: Path, rows) -> None:
    """The ledger adds up, counts are those that the notes beside the file state, and a refusal says how to mend it."""
    label = str(path.relative_to(SHARED))
    corpus, place, why = _tried(path)
    if corpus is None:
        assert label not in STATED
        assert why.startswith(path.name)
        assert "Mend:" in why
        reason = why.removeprefix(f"{path.name}: ").partition(" Mend:")[0].partition(". What can be read")[0]
        rows[label] = {"place": place, "read": "", "kept": "", "why": reason}
        return
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    refused = {what.removeprefix("refused: "): n for what, n in lines.items() if what.startswith("refused: ")}
    assert lines["rows read"] == lines["kept"] + sum(refused.values())
    assert lines["kept"] == len(corpus)
    if label in STATED:
        kind, n = STATED[label]
        assert (len(corpus) if kind == "all" else int((corpus.posts["kind"] == kind).sum())) == n
    told = "; ".join(f"{n} {what}" for what, n in sorted(refused.items()))
    rows[label] = {"place": place, "read": lines["rows read"], "kept": lines["kept"], "why": told}
