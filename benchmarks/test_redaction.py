"""Pseudonyms and redaction of a million posts: megabytes a second and the peak of memory, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from socialwork_research import privacy
from socialwork_research.corpus import Corpus

N = int(os.environ.get("BENCH_REDACTION_POSTS", "1000000"))
MOST = 1500  # MB
HERE = Path(__file__).parent

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def ways():
    """The module that writes the posts."""
    sys.path.insert(0, str(HERE))
    import _redaction_ways

    yield _redaction_ways
    sys.path.remove(str(HERE))


def gone(way: str, source: Path, out: Path) -> dict[str, float]:
    """Give seconds, processor seconds and the peak of memory of one round."""
    done = subprocess.run(
        [sys.executable, str(HERE / "_redaction_ways.py"), way, str(source), str(out)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"},
    )  # fmt: skip
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_pseudonyms_and_redaction(ways, tmp_path: Path) -> None:
    """Print both; every post stays, a third of them is redacted, and memory stays within what is promised."""
    file, read, out = tmp_path / "RC_2012-01.ndjson", tmp_path / "read", tmp_path / "redacted"
    ways.write(file, N)
    told = {"pseudonyms (sources.reddit)": gone("pseudonyms", file, read)}
    size = file.stat().st_size / 1e6
    file.unlink()
    told["redaction (privacy.redact)"] = gone("redaction", read, out)
    table = pd.DataFrame(told).T
    table["MB/s"] = size / table["seconds"]
    table["MB/processor s"] = size / table["busy"]
    corpus = Corpus.open(out)
    print(f"\n{N:,} posts, {size:.0f} MB (limit {MOST} MB of memory)\n{table.round(2).to_string()}")
    print(privacy.redactions(corpus).to_string())
    assert len(corpus) == len(Corpus.open(read))
    assert corpus.steps[-1]["n_posts"] > 0.25 * len(corpus)
    assert table["peak"].max() < MOST
