"""What the gate found: places and mends, never what stands there."""

from __future__ import annotations

import dataclasses
import html
import re
from typing import Any

import pandas as pd

from ..errors import PrivacyError
from ._gate_exceptions import GateException
from ._gate_kinds import KINDS

__all__ = ["GateResult", "shape"]

_TOLD = 5  # findings in an error
_COLUMNS = ("file", "place", "kind", "n", "length", "shape", "status", "mend")


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class GateResult:
    """What a folder would lay open.

    Parameters
    ----------
    name
        The folder's name.
    findings
        One row a place and kind: ``file``, ``place`` (line, cell, key), ``kind``, ``n`` (how often), ``length`` (letters of the
        longest), ``shape`` (letters as a, digits as 0, never the letters themselves), ``status`` (``open``, ``excused``,
        ``invented``: of a corpus that is shown to be invented), ``mend``.
    checks
        What was looked for: ``check``, ``is_done``, ``why`` (why not).
    exceptions
        The study's exceptions: ``file``, ``place``, ``kind``, ``reason``, ``by``, ``date``, ``is_used``.
    threshold
        The fewest people on whom a figure may rest.
    n_files
        How many files were read.
    """

    name: str
    findings: pd.DataFrame
    checks: pd.DataFrame
    exceptions: pd.DataFrame
    threshold: int
    n_files: int

    @property
    def passed(self) -> bool:
        """Whether nothing stands open."""
        return not (self.findings["status"] == "open").any()

    def raise_if_failed(self) -> None:
        """Raise PrivacyError with the first places and their mends where something stands open.

        Raises
        ------
        PrivacyError
            If something stands open; the message holds nothing of what was found.
        """
        if self.passed:
            return
        left = self.findings[self.findings["status"] == "open"]
        told = "; ".join(f"{row.kind} in {row.file} ({row.place}): {row.mend}" for row in left.head(_TOLD).itertuples())
        more = f"; and {len(left) - _TOLD} more" if len(left) > _TOLD else ""
        raise PrivacyError(
            f"{self.name}: the publication gate found {len(left)} places that could lay somebody open. Mend: {told}{more}."
        )

    def record(self) -> dict[str, Any]:
        """Return what the run record says of the gate: counts by kind, checks, and every exception with its reason."""
        counts = self.findings.groupby(["status", "kind"])["n"].agg(["size"])["size"] if len(self.findings) else {}
        exceptions = self.exceptions.astype(object).where(self.exceptions.notna(), None).to_dict("records")
        return {
            "passed": self.passed,
            "threshold": self.threshold,
            "findings": {f"{status} {kind}": int(n) for (status, kind), n in dict(counts).items()},
            "not_checked": sorted(self.checks.loc[~self.checks["is_done"], "check"]),
            "exceptions": [{name: _simple(value) for name, value in each.items()} for each in exceptions],
        }

    def __str__(self) -> str:
        lines = [f"{self.name}: {self._verdict()}"]
        for row in self.findings.itertuples():
            if row.status != "invented":
                lines.append(
                    f"  {row.status}: {row.kind} in {row.file}, {row.place} ({row.shape}, {row.length} letters). {row.mend}"
                )
        for (kind,), rows in self.findings[self.findings["status"] == "invented"].groupby(["kind"]):
            lines.append(f"  invented: {kind} in {len(rows)} places; nobody real is meant")
        lines += [
            f"  not checked: {row.check} ({row.why})" for row in self.checks[~self.checks["is_done"]].itertuples()
        ]
        lines += [
            f"  exception not used: {row.kind} in {row.file}. Take it out of the file."
            for row in self.exceptions[~self.exceptions["is_used"].astype(bool)].itertuples()
        ]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"GateResult of {self.name!r}: {self._verdict()}"

    def _repr_html_(self) -> str:
        parts = [f"<p>{html.escape(self.name)}: {html.escape(self._verdict())}</p>"]
        for title, table in (("Findings", self.findings), ("Checks", self.checks), ("Exceptions", self.exceptions)):
            if len(table):
                parts.append(
                    f"<details><summary>{title} ({len(table)})</summary>{table.to_html(index=False, border=0)}</details>"
                )
        return "".join(parts)

    def _verdict(self) -> str:
        n = int((self.findings["status"] == "open").sum())
        if n:
            return f"not to be published: {n} places in {self.n_files} files."
        left = int((~self.checks["is_done"]).sum())
        kept = f", {left} checks not done" if left else ""
        return f"nothing found that would lay somebody open ({self.n_files} files{kept})."


def shape(found: str) -> str:
    """Return what a text looks like: each run of letters as ``a``, of digits as ``0``; other signs as they are.

    Parameters
    ----------
    found
        What was found.

    Returns
    -------
    The shape, cut after 24 signs.

    Examples
    --------
    >>> shape("zz.quill@post.example")
    'a.a@a.a'
    """
    masked = re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "a", found))
    return re.sub(r"[^\x20-\x7e]", "?", re.sub(r"\s+", " ", masked))[:24]


def table_of(rows: list[dict[str, Any]], exceptions: tuple[GateException, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the findings with their status, and the exceptions with whether they were used."""
    used = [False] * len(exceptions)
    for row in rows:
        row["mend"] = KINDS[row["kind"]]
        for number, each in enumerate(exceptions):
            if each.excuses(row["file"], row["place"], row["kind"]):
                used[number] = True
                row["status"] = "excused" if row["status"] == "open" else row["status"]
    listed = [{**dataclasses.asdict(each), "is_used": is_used} for each, is_used in zip(exceptions, used, strict=True)]
    names = ("file", "place", "kind", "reason", "by", "date", "is_used")
    findings = pd.DataFrame(rows, columns=list(_COLUMNS)).astype({"n": "int64", "length": "int64"})
    return findings, pd.DataFrame(listed, columns=list(names))


def _simple(value: Any) -> Any:
    return bool(value) if isinstance(value, bool) or type(value).__name__ == "bool" else value
