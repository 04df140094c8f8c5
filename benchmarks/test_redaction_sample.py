"""Redaction of all kinds on posts of the invented sample that no writer of rules had read, marked by hand beforehand.

`redaction_marks.csv` holds two draws, each of posts that no earlier draw had used, a row a mark and a row without one for
a post that has none. The fourth draw (300 posts) was measured once (recall .897, precision .929), and its classes of miss
were told in words to who then mended the rules; the fifth (the last 223) was measured once after that (recall .937,
precision .902; 95 % .86–.98 and .82–.96), and its misses were then told in the same way. What is printed here is how the
rules as they stand do on both: no longer a test of unseen posts, of which the sample has none left.
Overlap counts. What a reader held for doubtful (NEUTRAL) is neither a miss nor a false alarm.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from socialwork_research import privacy, sources

HERE = Path(__file__).parent
POSTS, MARKS = HERE.parent / "corpora" / "sample" / "posts.jsonl", HERE / "redaction_marks.csv"
ASKED_RECALL, ASKED_PRECISION = 0.97, 0.95

pytestmark = pytest.mark.bench


def met(spans: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """Say of each span whether it shares a character with one of the others."""
    place = ["post_id", "field"]
    pairs = spans.reset_index().merge(others, on=place, suffixes=("", "_other"))
    shared = pairs[(pairs["start"] < pairs["end_other"]) & (pairs["end"] > pairs["start_other"])]
    return pd.Series(spans.index.isin(shared["index"]), index=spans.index)


@pytest.fixture(scope="module")
def redacted(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Where the whole sample was redacted."""
    file = tmp_path_factory.mktemp("spans") / "spans.parquet"
    privacy.redact(sources.read(POSTS), spans=file)
    return pd.read_parquet(file).rename(columns={"column": "field"})


def test_identifiers_of_all_kinds_are_found(redacted: pd.DataFrame):
    """Recall and precision of redaction are printed by draw and kind, and both draws together reach what is asked."""
    marks = pd.read_csv(MARKS, dtype={"post_id": "str", "field": "str", "kind": "str"}, keep_default_na=True)
    rows: list[tuple[object, str, int, float, float | None]] = []
    sums: list[tuple[int, int, int, int]] = []
    for draw, part in marks.groupby("draw"):
        held = part.dropna(subset="kind").astype({"start": "int64", "end": "int64"}).reset_index(drop=True)
        truth, doubtful = held[held["kind"] != "NEUTRAL"], held[held["kind"] == "NEUTRAL"]
        found = redacted[redacted["post_id"].isin(part["post_id"]) & redacted["field"].isin(["text", "title"])]
        found = found.reset_index(drop=True)
        hit, right = met(truth, found), met(found, truth)
        counted = right | ~met(found, doubtful)
        for kind, each in hit.groupby(truth["kind"]):
            rows.append((draw, kind, len(each), each.mean(), None))
        rows.append((draw, "all", len(hit), hit.mean(), right[counted].mean()))
        sums.append((hit.sum(), len(hit), right.sum(), counted.sum()))
    n_hit, n_marked, n_right, n_given = (sum(each) for each in zip(*sums, strict=True))
    recall, precision = n_hit / n_marked, n_right / n_given
    rows.append(("both", "all", n_marked, recall, precision))
    table = pd.DataFrame(rows, columns=["draw", "kind", "marked", "recall", "precision"])
    print(f"\nRedaction of the sample; asked: recall {ASKED_RECALL}, precision {ASKED_PRECISION}")
    print(table.round(3).to_string(index=False))
    assert recall >= ASKED_RECALL
    assert precision >= ASKED_PRECISION
