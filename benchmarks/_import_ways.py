"""One way to bring a dump of Reddit comments into Parquet, timed in a process of its own: ``_import_ways.py WAY FILE OUT``.

Prints seconds, those in which a processor worked, and the peak of the process' memory in MB, as JSON. The ways of others do
less than we do: none of them tells lines apart that are no JSON for a reason, finds doubles, parents or threads, sorts, or
sums up what it wrote.
"""

from __future__ import annotations

import hmac
import importlib
import importlib.util
import io
import itertools
import json
import shutil
import sys
import time
import types
from pathlib import Path
from typing import Any

SECRET = bytes(range(32))
COLUMNS = {
    "id": "VARCHAR",
    "link_id": "VARCHAR",
    "parent_id": "VARCHAR",
    "subreddit": "VARCHAR",
    "author": "VARCHAR",
    "body": "VARCHAR",
    "created_utc": "BIGINT",
    "edited": "VARCHAR",
    "score": "BIGINT",
    "retrieved_on": "BIGINT",
    "author_fullname": "VARCHAR",
    "author_flair_text": "VARCHAR",
}
IDS = {"id": "t1_", "link_id": "", "parent_id": "", "author": "", "author_fullname": ""}


def ours(file: Path, out: Path) -> None:
    """Read by `sources.reddit`."""
    from socialwork_research.kernels.hashing import Key
    from socialwork_research.sources import reddit

    reddit.read(file, key=Key(SECRET), folder=out)


def pandas_chunks(file: Path, out: Path) -> None:
    """Read by pandas, 50,000 lines at a time; each different id of a chunk is hashed once. Broken lines are left out."""
    import pandas as pd

    out.mkdir()
    with file.open(encoding="utf-8") as stream:
        sound = (line for line in stream if line.endswith("}\n"))
        for number, some in enumerate(iter(lambda: _up_to(sound, 50_000), "")):
            chunk = pd.read_json(io.StringIO(some), lines=True, dtype=False)
            chunk = chunk.reindex(columns=list(COLUMNS))
            for name, kind in IDS.items():
                known = {word: _digest(kind + word) for word in chunk[name].dropna().unique()}
                chunk[name] = chunk[name].map(known)
            chunk["created_utc"] = pd.to_datetime(chunk["created_utc"].astype("int64"), unit="s", utc=True)
            chunk["edited"] = chunk["edited"].astype("str")
            chunk.to_parquet(out / f"{number}.parquet", compression="zstd", index=False)


def _up_to(lines: Any, n: int) -> str:
    return "".join(itertools.islice(lines, n))


def _digest(word: str) -> str:
    return hmac.digest(SECRET, word.encode(), "sha256")[:16].hex()


def duckdb_sql(file: Path, out: Path) -> None:
    """Read by DuckDB, HMAC in SQL over the ids of each row; broken lines become rows of nothing. In no order."""
    import duckdb

    inner, outer = (bytes(byte ^ pad for byte in SECRET.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    made = ", ".join(
        f"left(sha256($outer || unhex(sha256($inner || encode('{kind}' || {name})))), 32) AS {name}"
        for name, kind in IDS.items()
    )
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(
            f"COPY (SELECT * REPLACE ({made}, to_timestamp(created_utc) AS created_utc) FROM read_ndjson('{file}', "
            f"columns={{{columns}}}, ignore_errors=true)) TO '{out}' (FORMAT parquet, COMPRESSION zstd)",
            {"outer": outer, "inner": inner},
        )


def convokit(file: Path, _out: Path) -> None:
    """Load what is a ConvoKit folder already; it hashes and writes nothing."""
    found = importlib.util.find_spec("convokit")
    package = types.ModuleType("convokit")  # past its __init__, which would ask for scikit-learn and spaCy
    package.__path__ = list(found.submodule_search_locations or []) if found else []
    sys.modules["convokit"] = package
    from convokit.model import Corpus

    Corpus(filename=str(file))


def copy(file: Path, out: Path) -> None:
    """Copy the file's bytes."""
    shutil.copyfile(file, out)


IMPORTS = {
    "ours": ("socialwork_research.sources.reddit", "pyarrow.parquet", "duckdb"),
    "pandas_chunks": ("pandas", "pyarrow.parquet"),
    "duckdb_sql": ("duckdb",),
}
WAYS = {way.__name__: way for way in (ours, pandas_chunks, duckdb_sql, convokit, copy)}


def main(way: str, file: str, out: str) -> None:
    """Go one way, its libraries imported, and tell how long it took."""
    for name in IMPORTS.get(way, ()):
        importlib.import_module(name)
    begin, busy = time.perf_counter(), time.process_time()
    WAYS[way](Path(file), Path(out))
    told = {"seconds": time.perf_counter() - begin, "busy": time.process_time() - busy, "peak": _peak()}
    print(json.dumps(told))


def _peak() -> float:
    """Give the most memory that this process held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage tells begins with the memory of the process that started this one
        return int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


if __name__ == "__main__":
    main(*sys.argv[1:])
