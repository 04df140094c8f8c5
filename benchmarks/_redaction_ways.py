"""Pseudonyms, or redaction, of a dump, timed in a process of its own: ``_redaction_ways.py WAY SOURCE OUT``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import _dump
import _import_ways

from socialwork_research.kernels.hashing import Key

KEY = Key(_import_ways.SECRET)
TOLD = (  # every third post tells something of somebody, with figures and capitals that are no identifiers in others
    "My client Dana rang 020 7946 0018 on 14/05/2019. ",
    "Mail jo.example@example.org or see https://example.org/a/b for it. ",
    "He is 14 and lives at 12 Acacia Avenue, Hackney. ",
    "Thanks u/Invented_00017, the case number 19/00123 was wrong. ",
    "She was born on 3 May 1998 and goes to Elm Road Primary School. ",
)
PLAIN = (
    "I have 30 cases and 12 of them are section 47. ",
    "We are open 24/7, the Children Act 1989 says so. ",
    "Will you ask in May? Grace periods are 5 days. ",
    "It cost £120 in 2019-20. ",
)


def write(path: Path, n: int) -> None:
    """Write `n` comments in sentences, with identifiers in a third of them."""
    with path.open("wb") as stream:
        for some in _dump.lines(n):
            stream.write(b"".join(_told(some)))


def _told(lines: bytes) -> Iterator[bytes]:
    for number, line in enumerate(lines.splitlines(keepends=True)):
        given = TOLD[number % len(TOLD)] if number % 3 == 0 else PLAIN[number % len(PLAIN)]
        head, begin, body = line.partition(b'"body":"')
        is_gone = body.startswith(b"[removed]")
        yield head + begin + (b"" if is_gone else given.encode()) + body.replace(b" the ", b". The ")


def pseudonyms(source: Path, out: Path) -> None:
    """Read by `sources.reddit`."""
    _import_ways.ours(source, out)


def redaction(source: Path, out: Path) -> None:
    """Redact a saved corpus to a folder, names of its accounts looked up."""
    from socialwork_research import Corpus, privacy

    privacy.redact(Corpus.open(source), key=KEY, folder=out)


_import_ways.WAYS |= {way.__name__: way for way in (pseudonyms, redaction)}
_import_ways.IMPORTS |= {"redaction": ("socialwork_research.privacy", "pyarrow.parquet")}

if __name__ == "__main__":
    _import_ways.main(*sys.argv[1:])
