"""Posts in which identifiers are marked, and how many of them redaction finds."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyarrow as pa

from socialwork_research.privacy._redaction_find import Finder

HERE = Path(__file__).parent / "data"
MARK = re.compile(r"\{([A-Z_]+) ([^}]*)\}")
NEITHER = "MAY"  # counts as neither right nor wrong

Mark = tuple[int, int, str]


def posts(name: str) -> list[tuple[str, list[Mark]]]:
    """Return the texts of a file with the marks in each."""
    read = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            read.append(unmarked(line.replace("\\n", "\n")))
    return read


def unmarked(line: str) -> tuple[str, list[Mark]]:
    """Return a text without its marks, and where they stood."""
    text, marks, at = "", [], 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        marks.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + line[at:], marks


def found(texts: list[str]) -> list[list[Mark]]:
    """Return what redaction takes out of each text, account names apart."""
    spans: list[list[Mark]] = [[] for _ in texts]
    for number, start, end, kind in Finder((), None)(pa.array(texts, pa.large_string()), None):
        spans[number].append((start, end, kind))
    return spans


def overlaps(mark: Mark, others: list[Mark]) -> bool:
    """Say whether a mark shares a letter with any of the others."""
    return any(start < mark[1] and mark[0] < end for start, end, _ in others)


def covered(text: str, mark: Mark, others: list[Mark]) -> bool:
    """Say whether every letter and figure of a mark is taken, blanks and punctuation apart."""
    return all(
        not text[at].isalnum() or any(start <= at < end for start, end, _ in others) for at in range(mark[0], mark[1])
    )


def measured(read: list[tuple[str, list[Mark]]]) -> dict[str, dict[str, float]]:
    """Return for each kind, and for all, how many were marked, hit, wholly covered, given and right."""
    counts: dict[str, Counter[str]] = {}
    for (text, marks), given in zip(read, found([text for text, _ in read]), strict=True):
        for mark in marks:
            if mark[2] != NEITHER:
                for kind in (mark[2], "all"):
                    row = counts.setdefault(kind, Counter())
                    row["marked"] += 1
                    row["hit"] += overlaps(mark, given)
                    row["covered"] += covered(text, mark, given)
        for span in given:
            if overlaps(span, [mark for mark in marks if mark[2] == NEITHER]):
                continue
            for kind in (span[2], "all"):
                row = counts.setdefault(kind, Counter())
                row["given"] += 1
                row["right"] += overlaps(span, marks)
    return {
        kind: {
            "marked": row["marked"],
            "recall": row["hit"] / max(row["marked"], 1),
            "covered": row["covered"] / max(row["marked"], 1),
            "given": row["given"],
            "precision": row["right"] / max(row["given"], 1),
        }
        for kind, row in sorted(counts.items(), key=lambda item: (item[0] == "all", item[0]))
    }


def told(figures: dict[str, dict[str, float]]) -> str:
    """Return the figures as a table."""
    lines = [f"{'kind':<14}{'marked':>7}{'recall':>8}{'whole':>7}{'given':>7}{'precision':>10}"]
    for kind, row in figures.items():
        lines.append(
            f"{kind:<14}{row['marked']:>7}{row['recall']:>8.3f}{row['covered']:>7.3f}{row['given']:>7}{row['precision']:>10.3f}"
        )
    return "\n".join(lines)
