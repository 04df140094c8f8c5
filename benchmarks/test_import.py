"""A million Reddit comments to typed, pseudonymised Parquet, beside other ways to do less with them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from socialwork_research.corpus import Corpus

N = int(os.environ.get("BENCH_IMPORT_POSTS", "1000000"))
N_CONVOKIT = 200_000
ROUNDS = 3
HERE = Path(__file__).parent
CONVOKIT = HERE.parent / ".venv-convokit" / "bin" / "python"

pytestmark = pytest.mark.bench


@pytest.fixture(scope="module")
def dump():
    """The module that makes the dump."""
    sys.path.insert(0, str(HERE))
    import _dump

    yield _dump
    sys.path.remove(str(HERE))


def gone(way: str, file: Path, out: Path, *, python: str = sys.executable) -> tuple[float, float, float]:
    """Give the medians of seconds and of processor seconds, and the highest peak of memory, each round in a fresh process."""
    found = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [python, str(HERE / "_import_ways.py"), way, str(file), str(out)],
            capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(HERE.parent)},
        )  # fmt: skip
        found.append(json.loads(done.stdout.splitlines()[-1]))
        if way != "ours" or len(found) < ROUNDS:
            shutil.rmtree(out) if out.is_dir() else out.unlink(missing_ok=True)
    seconds, busy = (float(np.median([each[name] for each in found])) for name in ("seconds", "busy"))
    return seconds, busy, max(each["peak"] for each in found)


def in_convokit_form(file: Path, folder: Path, n: int) -> None:
    """Write the first `n` whole comments as ConvoKit's folder."""
    folder.mkdir()
    names, beside = set(), {"speakers": {}, "conversations": {}, "corpus": {}}
    with file.open(encoding="utf-8") as source, (folder / "utterances.jsonl").open("w", encoding="utf-8") as target:
        for line in source:
            if len(names) == n:
                break
            post = json.loads(line) if line.endswith("}\n") else {"id": ""}
            if post["id"] in names or not post["id"]:
                continue
            names.add(post["id"])
            beside["speakers"][post["author"]] = {"meta": {}, "vectors": []}
            beside["conversations"][post["link_id"]] = {"meta": {}, "vectors": []}
            made = {
                "id": post["id"],
                "conversation_id": post["link_id"],
                "text": post["body"],
                "speaker": post["author"],
                "meta": {"score": post["score"]},
                "reply-to": None,
                "timestamp": post["created_utc"],
                "vectors": [],
            }
            target.write(json.dumps(made) + "\n")
    for name, table in beside.items():
        (folder / f"{name}.json").write_text(json.dumps(table))
    index = {"utterances-index": {}, "speakers-index": {}, "conversations-index": {}, "overall-index": {},
             "version": 1, "vectors": []}  # fmt: skip
    (folder / "index.json").write_text(json.dumps(index))


def test_an_import_beside_other_ways(dump, tmp_path: Path) -> None:
    """Print seconds, ratios and peaks; what was written holds every comment once, no time is asserted."""
    file, packed, out = tmp_path / "RC_2012-01.ndjson", tmp_path / "RC_2012-02.zst", tmp_path / "out"
    dump.write(file, N)
    dump.write(packed, N)
    told = {
        "bytes copied": (*gone("copy", file, out), N),
        "DuckDB read_ndjson, HMAC in SQL": (*gone("duckdb_sql", file, out), N),
        "pandas chunks, HMAC": (*gone("pandas_chunks", file, out), N),
        "sources.reddit, plain": (*gone("ours", file, out), N),
    }
    corpus = Corpus.open(out)
    lines = corpus.losses.set_index("what")["n"]
    assert lines["rows read"] == N + N // 15_013
    assert lines["kept"] == len(corpus) == N - N // 20_011
    fingerprint = corpus.fingerprint
    shutil.rmtree(out)
    file_of_convokit = tmp_path / "convokit"
    if CONVOKIT.exists():
        n = min(N, N_CONVOKIT)
        in_convokit_form(file, file_of_convokit, n)
        told["ConvoKit loads, writes nothing"] = (*gone("convokit", file_of_convokit, out, python=str(CONVOKIT)), n)
    size = file.stat().st_size
    file.unlink()
    told["sources.reddit, .zst"] = (*gone("ours", packed, out), N)
    assert Corpus.open(out).fingerprint == fingerprint
    table = pd.DataFrame(told.values(), columns=["s", "processor s", "peak MB", "posts"], index=list(told))
    for name in ("s", "processor s"):
        a_post = table[name] / table["posts"]
        table[f"ours / its {name}"] = a_post["sources.reddit, plain"] / a_post
    print(f"\n{N:,} comments, {size / 1e6:.0f} MB (targets: 1.5 × DuckDB, a quarter of pandas, a tenth of ConvoKit)")
    print(table.round(2).to_string())
