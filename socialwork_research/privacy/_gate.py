"""The publication gate: nothing leaves the house before every file of it was looked through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import frames
from .._checks import count
from .._invention import shipped_fingerprint
from ..corpus import Corpus
from ..errors import PrivacyError
from ._gate_cells import cell_hits
from ._gate_corpus import corpus_hits
from ._gate_exceptions import FILE, read_exceptions
from ._gate_kinds import OF_CORPUS
from ._gate_machine import key_hits, machine_hits
from ._gate_names import name_words
from ._gate_numbers import number_hits
from ._gate_patterns import Hit, pattern_hits
from ._gate_pieces import Gathered, Piece
from ._gate_prose import own_texts
from ._gate_reading import FILE_NAME, gathered
from ._gate_result import GateResult, shape, table_of

if TYPE_CHECKING:
    from ..kernels.hashing import Key

__all__ = ["gate"]

_WITH_CORPUS = ("ids of posts and people", "names in the corpus", "words of posts", "links of posts")
_WITH_KEY = "names of accounts"


def gate(
    folder: str | Path,
    *,
    corpus: Corpus | None = None,
    key: Key | None = None,
    threshold: int = 10,
    declared: Sequence[str] = (),
    exceptions: str | Path | None = None,
) -> GateResult:
    """Look through every file of a folder for what could lay somebody open.

    Notebooks, pages, drawings, pictures' metadata, tables, networks, Word and Excel files, PDF, run records, logs, and
    whatever is packed within them. What is drawn as pixels, or as the letters of an unusual font, it cannot read.

    Parameters
    ----------
    folder
        What is to be published.
    corpus
        The corpus that it was made of; without it only what needs no corpus is looked for, and the result says so.
    key
        The key of the project: with it, each published word is tested for being the name of an account.
    threshold
        The fewest authors on whom a figure may rest, and who must share a phrase, a name or a link for it to be common.
    declared
        Texts that the study itself says: title, question, authors. Their words and phrases are no findings.
    exceptions
        A ``gate-exceptions.toml``: ``[[exception]]`` with file, kind, reason (20 letters or more), by, date; perhaps place.

    Returns
    -------
    The result: findings by file and place, never with what stands there. Findings that rest on a corpus which is shown
    to be invented are told as such, and do not fail it.

    Raises
    ------
    PrivacyError
        If the folder is not there, or the exceptions are not in order.
    OptionError
        If `threshold` is not a whole number from 1 up.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     _ = Path(place, "log.txt").write_text("Asked zz.quill@post.example for the list.")
    ...     gate(place).findings["kind"].tolist()
    ['email']
    """
    count(threshold, "threshold")
    place = Path(folder)
    if not place.is_dir():
        raise PrivacyError(f"{place.name}: there is no such folder. Mend: name the folder that is to be published.")
    excused = read_exceptions(exceptions) if exceptions is not None else ()
    found = gathered(place)
    found.pieces += [Piece(FILE, f"exception {number}", each.reason) for number, each in enumerate(excused, start=1)]
    is_ours = key is not None and corpus is not None and corpus.pseudonyms == key.id
    hits = [*_hits(found, corpus, key=key, threshold=threshold, declared=declared)]
    is_invented = _is_invented(corpus, found)
    rows = _rows(hits, _said([*declared, *(each.by for each in excused)]), is_invented=is_invented)
    rows += [_unread(file, where, why) for file, where, why in found.unread]
    hidden = _hidden_names(rows)
    rows = [{**row, "file": hidden.get(row["file"], row["file"])} for row in rows]
    findings, listed = table_of(sorted(rows, key=lambda row: (row["file"], row["place"], row["kind"])), excused)
    return GateResult(
        name=place.resolve().name,
        findings=findings,
        checks=_checks(corpus, key, is_ours=is_ours),
        exceptions=listed,
        threshold=int(threshold),
        n_files=found.n_files,
    )


def _hits(
    found: Gathered, corpus: Corpus | None, *, key: Key | None, threshold: int, declared: Sequence[str]
) -> Iterable[Hit]:
    yield from pattern_hits(found.pieces)
    yield from number_hits(found.pieces)
    yield from machine_hits(found.pieces)
    ids = {str(corpus.pseudonyms)} if corpus is not None and corpus.pseudonyms else set()
    yield from key_hits(found, found.pieces, ids | ({key.id} if key is not None else set()))
    yield from cell_hits(found.sheets, threshold=threshold, sizes=_sizes(corpus))
    if corpus is not None:
        yield from corpus_hits(
            found.pieces, corpus, key=key, threshold=threshold, declared=declared, is_name=name_words(found.pieces)
        )


def _sizes(corpus: Corpus | None) -> frozenset[int]:
    """Return how many posts and authors there are."""
    if corpus is None:
        return frozenset()
    authors = frames.collect(corpus.scan().select("author_id").unique(), by=[])
    return frozenset({len(corpus), int(authors["author_id"].notna().sum())})


def _is_invented(corpus: Corpus | None, found: Gathered) -> bool:
    """Tell whether nobody real can be meant: what a corpus or a record says of itself is held against what ships."""
    if corpus is not None:
        return corpus.pseudonyms is None and not corpus.is_open
    if len(found.records) != 1:
        return False
    record = found.records[0]
    about, inputs = record.get("corpus"), record.get("inputs")
    if not isinstance(about, dict) or not isinstance(inputs, list) or about.get("identities") != "invented":
        return False
    sums = [str(each.get("sha256")) for each in inputs if isinstance(each, dict) and each.get("kind") == "posts"]
    return len(sums) == 1 and shipped_fingerprint(sums[0]) == about.get("fingerprint")


def _said(declared: Sequence[str]) -> str:
    return "\n".join((*own_texts(), *declared)).casefold()


def _rows(hits: Iterable[Hit], said: str, *, is_invented: bool) -> list[dict[str, Any]]:
    """Return one row a file, place and kind; what the package or the study says itself is none."""
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    seen: dict[str, bool] = {}
    for hit in hits:
        text = hit.found
        if hit.kind in (
            "email",
            "handle",
            "telephone",
            "post_url",
            "profile_url",
            "path",
            "platform_id",
            "post_link",
            "exact_time",
        ):
            folded = text.casefold()
            if folded not in seen:
                whole = rf"(?<!\w){re.escape(folded)}(?!\w)"
                seen[folded] = folded in said and re.search(whole, said) is not None
            if seen[folded]:
                continue
        file, place = hit.piece.file, hit.piece.at(hit.start) or "whole file"
        row = rows.setdefault(
            (file, place, hit.kind), {"file": file, "place": place, "kind": hit.kind, "n": 0, "length": 0}
        )
        row["n"] += 1
        if len(text) > row["length"]:
            row["length"], row["shape"] = len(text), shape(text)
        row["status"] = "invented" if is_invented and hit.kind in OF_CORPUS else "open"
    return list(rows.values())


def _hidden_names(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Return what to call the files whose very names lay somebody open."""
    names = sorted({row["file"] for row in rows if row["place"] == FILE_NAME})
    return {name: f"a file whose name has {len(name)} letters (no. {at})" for at, name in enumerate(names, start=1)}


def _unread(file: str, where: str, why: str) -> dict[str, Any]:
    return {"file": file, "place": where, "kind": "unreadable", "n": 1, "length": 0, "shape": why, "status": "open"}


def _checks(corpus: Corpus | None, key: Key | None, *, is_ours: bool) -> pd.DataFrame:
    """Tell which checks were done, and why others were not."""
    without = "" if corpus is not None else "no corpus was given"
    rows = [
        ("addresses, numbers, ids, secrets, paths, exact times", ""),
        ("names of this machine, keys", ""),
        ("small cells", ""),
    ]
    rows += [(check, without) for check in _WITH_CORPUS]
    is_plain = corpus is not None and corpus.pseudonyms is None
    keyless = "" if is_ours or is_plain else "no key was given" if key is None else "the key is not that of the corpus"
    rows.append((_WITH_KEY, without or keyless))
    return pd.DataFrame([{"check": check, "is_done": not why, "why": why} for check, why in rows])
