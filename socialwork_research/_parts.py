"""A corpus on disk: Parquet parts, `corpus.json` and `datasheet.md` in one folder."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from . import _files, _fingerprints, _withdrawn, frames
from ._posts import COLUMNS, ORDER, arrow_schema, checked, typed
from .errors import SchemaError

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA = 1
DESCRIPTION = "corpus.json"
_WRITERS = 2  # parts that are packed while the next is made; packing frees the interpreter
_LEDGER = ("what", "n", "where", "mend")


def ledger(rows: Iterable[dict[str, Any]] = ()) -> pd.DataFrame:
    """Return a loss ledger: columns what, n, where (line or row numbers, never ids), mend."""
    table = pd.DataFrame(list(rows), columns=list(_LEDGER))
    return table.astype({"what": "str", "n": "int64", "where": "str", "mend": "str"})


def write(
    folder: Path, chunks: Iterable[pd.DataFrame | pa.Table], description: dict[str, Any], **beside: pd.DataFrame | None
) -> dict[str, Any]:
    """Write chunks of posts as parts, the tables beside them and the description; return the finished description.

    A chunk in pandas is typed and sorted; one in Arrow has the schema of a corpus and is in the order of its posts.
    What the project's list of withdrawals names is emptied on the way, so that no later import brings it back.
    """
    (folder / "parts").mkdir()
    lists, emptied = _withdrawn.above(folder), [0]
    parts = list(_parts(folder / "parts", _withdrawn.stream(chunks, lists, emptied)))
    parts = parts or list(_parts(folder / "parts", [pd.DataFrame(columns=list(COLUMNS))]))
    for name, table in beside.items():
        kept = _withdrawn.without_authors(table, lists)
        if kept is not None:
            kept.to_parquet(folder / f"{name}.parquet", index=False)
    sums = [(part["n"], int(part["sums"][0]), int(part["sums"][1])) for part in parts]
    finished = {
        **description,
        "schema": SCHEMA,
        "columns": list(COLUMNS),
        "n_posts": sum(part["n"] for part in parts),
        "fingerprint": _fingerprints.of_sums(sums, list(COLUMNS)),
        "parts": parts,
    }
    if sum(emptied):
        finished["steps"] = [*finished.get("steps", []), _withdrawn.step(sum(emptied))]
    _files.write_json(folder / DESCRIPTION, finished)
    _files.write_text(folder / "datasheet.md", datasheet(finished))
    return finished


def _parts(folder: Path, chunks: Iterable[pd.DataFrame | pa.Table]) -> Iterator[dict[str, Any]]:
    """Write each chunk while the next one is made; give what the description says of each part."""
    waiting: deque[Future[dict[str, Any]]] = deque()
    with ThreadPoolExecutor(max_workers=_WRITERS) as pool:
        for number, chunk in enumerate(chunks):
            if len(waiting) == _WRITERS:
                yield waiting.popleft().result()
            waiting.append(pool.submit(_written, folder / f"part-{number:05d}.parquet", chunk))
        while waiting:
            yield waiting.popleft().result()


def _written(path: Path, chunk: pd.DataFrame | pa.Table) -> dict[str, Any]:
    """Write one part; return what the description says of it."""
    from pyarrow import parquet

    table, (n, first, second) = _as_arrow(chunk)
    parquet.write_table(table, path, compression="zstd")
    return {"name": path.name, "n": n, "sha256": _files.sha256(path), "sums": [str(first), str(second)]}


def _as_arrow(chunk: pd.DataFrame | pa.Table) -> tuple[pa.Table, tuple[int, int, int]]:
    import pyarrow as pa

    if isinstance(chunk, pa.Table):
        return checked(chunk), _fingerprints.sum_of_arrow(chunk)
    posts = typed(chunk).sort_values(ORDER, kind="stable", ignore_index=True)
    arrow = pa.Table.from_pandas(posts, schema=arrow_schema(), preserve_index=False)
    return arrow.replace_schema_metadata(None), _fingerprints.sum_of_rows(posts)


def read_part(path: Path) -> pd.DataFrame:
    """Read one part as pandas, with the types of a corpus."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return typed(frames.to_pandas(parquet.read_table(path)))
    except pa.ArrowInvalid as error:
        raise SchemaError(f"{path.name}: this part of the corpus is damaged. Mend: import the export again.") from error


def read_description(folder: Path) -> dict[str, Any]:
    """Read `corpus.json`; raise SchemaError where the folder is no corpus, or a part is gone."""
    path = folder / DESCRIPTION
    if not path.exists():
        raise SchemaError(
            f"{folder.name}: no corpus lies here ({DESCRIPTION} is missing). Mend: read an export with sources.read(), "
            "save the corpus with save(), then open that folder."
        )
    try:
        description = dict(json.loads(path.read_text("utf-8")))
    except json.JSONDecodeError as error:
        raise SchemaError(f"{folder.name}/{DESCRIPTION}, line {error.lineno}: not JSON. Mend: import again.") from error
    if description.get("schema") != SCHEMA:
        raise SchemaError(
            f"{folder.name}: written by another version (schema {description.get('schema')}, not {SCHEMA}). "
            "Mend: import the export again."
        )
    gone = [part["name"] for part in description["parts"] if not (folder / "parts" / part["name"]).exists()]
    if gone:
        raise SchemaError(f"{folder.name}: {len(gone)} parts are gone ({', '.join(gone[:5])}). Mend: import again.")
    return description


def datasheet(description: dict[str, Any]) -> str:
    """Return a datasheet (the headings of Gebru et al. 2021, 10.1145/3458723) with what the import knows filled in."""
    invented = description.get("invented")
    identity = "invented" if invented else f"keyed pseudonyms (key {description.get('pseudonyms') or 'none'})"
    losses = "\n".join(f"- {row['what']}: {row['n']}" for row in description.get("losses", [])) or "- none recorded"
    steps = "\n".join(f"- {json.dumps(step, sort_keys=True)}" for step in description.get("steps", [])) or "- none"
    return (
        f"# Datasheet: {description['name']}\n\n## Motivation\n\nTo be written by the researcher.\n\n"
        f"## Composition\n\n{description['n_posts']} posts; identities: {identity}.\n\n"
        f"## Collection process\n\nRead from an export that the researcher lawfully holds. Losses of the import:\n\n{losses}\n\n"
        f"## Preprocessing\n\n{steps}\n\n## Uses\n\nTo be written by the researcher.\n\n"
        "## Distribution\n\nThe posts are not to be passed on; aggregates pass the publication gate.\n\n"
        "## Maintenance\n\nTo be written by the researcher: retention, deletion requests, contact.\n"
    )
