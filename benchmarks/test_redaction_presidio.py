"""Structured identifiers in labelled sentences: recall and precision by kind beside Presidio's patterns, in one run.

The sentences lie beside the checkout. Rules were written with the first half in sight; the second was read when they stood.
Sentences of both halves were made from the same templates, so the second half is a test of values, less so of wordings.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from socialwork_research.kernels import redacting

HERE = Path(__file__).parent
FILE = HERE.parents[1] / "shared" / "data" / "presidio_pii_synthetic" / "synth_dataset_v2.json"
HALF = int(os.environ.get("BENCH_REDACTION_HALF", "2"))
PRESIDIO = Path(os.environ.get("BENCH_PRESIDIO_PYTHON", HERE.parent / ".venv-presidio" / "bin" / "python"))
PROMISED = ("EMAIL_ADDRESS", "IP_ADDRESS", "IBAN_CODE", "CREDIT_CARD", "DOMAIN_NAME", "US_SSN")
STREET = re.compile(r"\b(?:street|str|st|road|rd|avenue|ave|lane|drive|dr|court|place|way|close|terrace|box)\b", re.I)

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not FILE.exists(), reason="no labelled sentences beside the checkout"),
]


@pytest.fixture(scope="module")
def pii():
    """The module that reads and scores."""
    sys.path.insert(0, str(HERE))
    import _pii

    yield _pii
    sys.path.remove(str(HERE))


def ours(texts: list[str]) -> tuple[list, float]:
    """Give our spans and the seconds."""
    redacting.found(["once before the clock starts"])
    start = time.perf_counter()
    table = redacting.found(texts)
    seconds = time.perf_counter() - start
    return list(zip(*(table[name].to_pylist() for name in ("text", "start", "end", "kind")), strict=True)), seconds


def presidio(texts: list[str]) -> tuple[list, float]:
    """Give Presidio's spans and seconds; of spans within another that is as sure, the outer one stays."""
    done = subprocess.run(
        [str(PRESIDIO), str(HERE / "_presidio_ways.py")],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    by_text: dict[int, list] = {}
    for span in told["spans"]:
        by_text.setdefault(span[0], []).append(span)
    kept = [
        tuple(one[:4])
        for spans in by_text.values()
        for one in spans
        if not any(
            other[1] <= one[1] and one[2] <= other[2] and other[4] >= one[4] and other[2] - other[1] > one[2] - one[1]
            for other in spans
        )
    ]
    return kept, told["seconds"]


def why(label: str, value: str, share: float) -> str:
    """Name the class of a miss."""
    if label == "DATE_TIME":
        if re.fullmatch(r"(?:19|20)\d\d", value):
            return "a year alone: stays by rule"
        if re.fullmatch(r"(?i)(?:mon|tues|wednes|thurs|fri|satur|sun)day", value):
            return "a weekday alone: stays by rule"
    if label in ("STREET_ADDRESS", "ZIP_CODE"):
        if re.fullmatch(r"[\d -]+", value):
            return "a bare number: house or post code without a word that says so"
        if share > 0:
            return "part of a block is redacted, its town, country or first number stays"
        if not STREET.search(value):
            return "no kind of street that English knows"
        return "a street without its number, or a crossing"
    return "other"


def misses(pii, half, spans) -> pd.DataFrame:
    """Count what is not wholly redacted under any kind, by label and class of miss."""
    by_text = pii.by_text(spans)
    counted: Counter[tuple[str, str]] = Counter()
    for span in half.spans:
        if span[3] in pii.LABELS:
            share = pii.covered(span, by_text.get(span[0], []), half.texts[span[0]])
            if share < 1:
                counted[span[3], why(span[3], half.texts[span[0]][span[1] : span[2]], share)] += 1
    return pd.DataFrame([(*key, n) for key, n in sorted(counted.items())], columns=["label", "class of miss", "n"])


def test_redaction_beside_presidio(pii) -> None:
    """Print both tables and the classes of miss; what is promised of six kinds is asserted."""
    half = pii.read(FILE, half=HALF)
    spans, seconds = ours(half.texts)
    table = pii.scored(half, spans, kinds=pii.LABELS)
    size = sum(map(len, half.texts)) / 1e6
    print(f"\nhalf {HALF}: {len(half.texts)} sentences; ours, {size / seconds:.2f} MB/s\n{table.round(3).to_string()}")
    n_beside = sum(not any(s[0] == f[0] and s[1] < f[2] and f[1] < s[2] for s in half.spans) for f in spans)
    print(f"found where nothing at all is labelled: {n_beside} of {len(spans)}")
    if PRESIDIO.exists():
        theirs, seconds = presidio(half.texts)
        beside = pii.scored(half, theirs, kinds=pii.LABELS)
        print(f"Presidio's patterns, {size / seconds:.2f} MB/s\n{beside.round(3).to_string()}")
    else:
        print("Presidio is not installed (BENCH_PRESIDIO_PYTHON names an interpreter that has it)")
    print(misses(pii, half, spans).to_string(index=False))
    for label in PROMISED:
        assert table.loc[label, "recall"] >= 0.98, label
        assert table.loc[label, "precision"] >= 0.95, label
