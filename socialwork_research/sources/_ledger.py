"""The loss ledger: what an import read, kept, refused, guessed or found missing, and where.

Losses are values: readers yield them beside their rows and `merged` adds them up. The law of the ledger is ``kept +
refused = read``; lines whose `what` starts with ``refused:`` are the refusals, all other lines tell about rows that
were kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

READ = "rows read"
KEPT = "kept"
REFUSED = "refused: "

_PLACES = 5


@dataclass(frozen=True)
class Loss:
    """One line of the ledger: `n` rows of `file`, the first five of them at `rows`."""

    what: str
    n: int
    rows: tuple[int, ...] = ()
    mend: str = ""
    file: str = ""


@dataclass(frozen=True)
class Chunk:
    """Some rows of an export, and what was lost on the way to them."""

    rows: pd.DataFrame
    losses: tuple[Loss, ...] = ()
    pairs: pd.DataFrame | None = None  # accounts (author_id) and their handles (author_handle), listed apart from posts
    beside: Mapping[str, pd.DataFrame] = field(default_factory=dict)  # accounts, follows: see `_beside.COLUMNS`


def refused(why: str, rows: Iterable[int], *, mend: str, file: str) -> Loss:
    """Make the line for rows that are refused for one reason."""
    numbers = list(rows)
    return Loss(REFUSED + why, len(numbers), tuple(numbers[:_PLACES]), mend, file)


def counted(table: pd.DataFrame, what: str, *, mend: str) -> Iterator[Loss]:
    """Give a line a file for the rows of `table`, which has the columns `file` and `row`."""
    for file, rows in table.groupby("file", sort=True)["row"]:
        yield Loss(what, len(rows), tuple(int(row) for row in rows.iloc[:_PLACES]), mend, str(file))


def merged(losses: Iterable[Loss], more: Iterable[Loss]) -> tuple[Loss, ...]:
    """Add up lines of one matter and file, keeping the first five places in their order."""
    sums = {(loss.what, loss.file): loss for loss in losses}
    for loss in more:
        if loss.n == 0 and loss.what not in (READ, KEPT):
            continue
        known = sums.get((loss.what, loss.file))
        if known is None:
            sums[loss.what, loss.file] = loss
        else:
            rows = tuple((known.rows + loss.rows)[:_PLACES])
            sums[loss.what, loss.file] = replace(known, n=known.n + loss.n, rows=rows)
    return tuple(sums.values())


def table(losses: Iterable[Loss], *, unit: str) -> pd.DataFrame:
    """Lay the ledger out.

    First the sums over all files (rows read, kept, refusals, then the rest by name), then, where there are several
    files, the rows read and kept of each. Columns: ``what``, ``n``, ``where`` (up to five places, no ids), ``mend``.
    """
    lines = list(losses)
    files = sorted({loss.file for loss in lines if loss.what == READ})
    rows = []
    for what in sorted({loss.what for loss in lines}, key=_rank):
        same = sorted((loss for loss in lines if loss.what == what), key=lambda loss: loss.file)
        mend = next((loss.mend for loss in same if loss.mend), "")
        rows.append((what, sum(loss.n for loss in same), _where(same, unit=unit, several=len(files) > 1), mend))
    if len(files) > 1:
        for file in files:
            for what in (READ, KEPT):
                n = sum(loss.n for loss in lines if loss.what == what and loss.file == file)
                rows.append((f"{file}: {what}", n, "", ""))
    result = pd.DataFrame(rows, columns=["what", "n", "where", "mend"])
    result = result.astype({"what": "str", "n": "int64", "where": "str", "mend": "str"})
    for name in ("what", "where"):  # names of fields and files may hold line ends
        result[name] = result[name].str.replace(r"[\x00-\x1f\x7f]+", " ", regex=True)
    return result


def _rank(what: str) -> tuple[int, str]:
    if what in (READ, KEPT):
        return (READ, KEPT).index(what), ""
    return (2 if what.startswith(REFUSED) else 3), what


def _where(same: list[Loss], *, unit: str, several: bool) -> str:
    left, parts = _PLACES, []
    for loss in same:
        rows = loss.rows[:left]
        if rows:
            left -= len(rows)
            numbers = f"{unit} {', '.join(map(str, rows))}"
            parts.append(f"{loss.file}: {numbers}" if several else numbers)
    return "; ".join(parts)
