"""The coding: who marked what, with which stance. A machine is just one more coder."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from . import _files, _fingerprints
from ._checks import columns, nearest
from ._vocabulary import CERTAINTIES, CONFIDENCES, DIRECTIONS, PROFESSIONS, ROLES, STANCES, Role, Stance
from .errors import CodingError
from .provenance import traced

__all__ = ["CERTAINTIES", "DIRECTIONS", "PROFESSIONS", "ROLES", "STANCES", "Coding", "Role", "Stance"]

_LOOKED_AT = {
    "post_id": "str",
    "coder": "str",
    "codebook": "str",
    "version": "str",
    "stratum": "str",
    "probability": "float64",
    "batch": "str",
    "thread_id": "str",
    "author_id": "str",
    "platform": "str",
    "community": "str",
}
_MARKS = {
    "mark_id": "str",
    "post_id": "str",
    "coder": "str",
    "code": "str",
    "stance": "str",
    "direction": "str",
    "severity": "Int64",
    "identifiability": "Int64",
    "confidence": "str",
    "span_start": "Int64",
    "span_end": "Int64",
    "rule": "str",
    "note": "str",
}
_SPEAKERS = {"post_id": "str", "coder": "str", "role": "str", "profession": "str", "certainty": "str"}
_UNITS = ("thread_id", "author_id", "platform", "community")
_TABLES = {"looked_at": _LOOKED_AT, "marks": _MARKS, "speakers": _SPEAKERS}
_CLOSED: dict[str, dict[str, tuple[str, ...]]] = {
    "marks": {"stance": STANCES, "direction": DIRECTIONS, "confidence": CONFIDENCES},
    "speakers": {"role": ROLES, "profession": PROFESSIONS, "certainty": CERTAINTIES},
}
_NEEDED = {"looked_at": ("post_id", "coder"), "marks": ("post_id", "coder", "code"), "speakers": ("post_id", "coder")}
_ORDERS = {
    "looked_at": ["coder", "codebook", "post_id"],
    "marks": ["coder", "post_id", "code", "stance", "direction", "span_start", "mark_id"],
    "speakers": ["coder", "post_id"],
}


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Coding:
    """Which posts each coder looked at, what they marked, and whom they took the speaker to be.

    Make one with a coder (``coders.patterns.mark``, ``coders.sheets.read``) or with ``Coding.of``.

    Parameters
    ----------
    looked_at
        One row a post, coder and codebook: ``post_id, coder, codebook, version``; with ``stratum, probability, batch``
        where a frame drew the post; and ``thread_id, author_id, platform, community`` of the post where known. No row
        means: not looked at.
    marks
        Positive marks only: ``mark_id, post_id, coder, code, stance, direction, severity (0–3), identifiability (0–3),
        confidence, span_start, span_end, rule, note``.
    speakers
        ``post_id, coder, role, profession, certainty``.
    """

    looked_at: pd.DataFrame
    marks: pd.DataFrame
    speakers: pd.DataFrame
    kind: ClassVar[str] = "coding"

    @classmethod
    def of(
        cls, looked_at: pd.DataFrame, marks: pd.DataFrame | None = None, speakers: pd.DataFrame | None = None
    ) -> Coding:
        """Make a coding from tables; columns left out are missing, and what contradicts itself is refused.

        Parameters
        ----------
        looked_at, marks, speakers
            As above; `mark_id` is made where it is left out.

        Returns
        -------
        The coding, each table typed and in a fixed order.

        Raises
        ------
        CodingError
            If a column or value is unknown, a post was coded twice by one coder, or a mark lies on a post not looked at.

        Examples
        --------
        >>> import pandas as pd
        >>> seen = pd.DataFrame({"post_id": ["a", "b"], "coder": "first", "codebook": "boundary_risk", "version": "1"})
        >>> marks = pd.DataFrame({"post_id": ["b"], "coder": "first", "code": "client_connection", "stance": "enacted"})
        >>> Coding.of(seen, marks)
        Coding: 2 posts looked at by 1 coder, 1 mark
        """
        given = {"looked_at": looked_at, "marks": marks, "speakers": speakers}
        tables = {name: _typed(given[name], name) for name in _TABLES}
        _check(tables)
        if tables["marks"]["mark_id"].isna().any():
            tables["marks"]["mark_id"] = _mark_ids(tables["marks"])
        return cls(**tables)

    @classmethod
    @traced
    def stack(cls, codings: Sequence[Coding]) -> Coding:
        """Put several codings together, e.g. two people's, or a person's and a machine's.

        Parameters
        ----------
        codings
            At least one.

        Returns
        -------
        One coding with all their rows.

        Raises
        ------
        CodingError
            If there is none, or two hold the same post by the same coder and codebook.

        Examples
        --------
        >>> import pandas as pd
        >>> seen = pd.DataFrame({"post_id": ["a"], "coder": ["one"], "codebook": ["b"], "version": ["1"]})
        >>> Coding.stack([Coding.of(seen), Coding.of(seen.assign(coder="two"))]).coders
        ('one', 'two')
        """
        if not codings:
            raise CodingError("There is no coding to stack. Mend: give at least one.")
        tables = {name: [getattr(coding, name) for coding in codings] for name in _TABLES}
        return cls.of(**{name: pd.concat(several, ignore_index=True) for name, several in tables.items()})

    @traced
    def select(self, *, coder: str | Iterable[str] | None = None, codes: Iterable[str] | None = None) -> Coding:
        """Keep some coders, or some codes.

        Parameters
        ----------
        coder
            One coder, or several.
        codes
            The codes whose marks stay; what was looked at stays as it was.

        Returns
        -------
        A smaller coding.

        Raises
        ------
        CodingError
            If nobody of that name coded here.

        Examples
        --------
        >>> import pandas as pd
        >>> seen = pd.DataFrame({"post_id": ["a", "a"], "coder": ["one", "two"], "codebook": "b", "version": "1"})
        >>> Coding.of(seen).select(coder="one").coders
        ('one',)
        """
        tables = {name: getattr(self, name) for name in _TABLES}
        if coder is not None:
            wanted = [coder] if isinstance(coder, str) else [str(each) for each in coder]
            for name in wanted:
                if name not in self.coders:
                    raise CodingError(f"No coder {name!r} is in this coding.{nearest(name, self.coders)}")
            tables = {name: table[table["coder"].isin(wanted)] for name, table in tables.items()}
        if codes is not None:
            tables["marks"] = tables["marks"][tables["marks"]["code"].isin(list(codes))]
        return Coding(**{name: table.reset_index(drop=True) for name, table in tables.items()})

    @traced
    def within(self, frame: pd.DataFrame) -> Coding:
        """Keep the posts that a frame drew, and note with each its stratum, probability and batch.

        Where a sheet does not tell whose a post is, in which thread and place, the frame does.

        Parameters
        ----------
        frame
            What ``reliability.draw`` returned (index ``post_id``; columns stratum, probability, batch).

        Returns
        -------
        A coding of the drawn posts only.

        Raises
        ------
        CodingError
            If none of the drawn posts was looked at.

        Examples
        --------
        >>> import pandas as pd
        >>> seen = pd.DataFrame({"post_id": ["a", "b"], "coder": "one", "codebook": "b", "version": "1"})
        >>> frame = pd.DataFrame({"post_id": ["b"], "stratum": ["rest"], "probability": [0.5], "batch": ["1"]})
        >>> Coding.of(seen).within(frame.set_index("post_id")).looked_at["probability"].tolist()
        [0.5]
        """
        drawn = frame[["stratum", "probability", "batch"]]
        tables = {name: getattr(self, name) for name in _TABLES}
        kept = {name: table[table["post_id"].isin(drawn.index)] for name, table in tables.items()}
        if kept["looked_at"].empty:
            raise CodingError(
                "None of the posts that the frame drew was looked at. Mend: code the posts of this frame."
            )
        bare = kept["looked_at"].drop(columns=list(drawn.columns))
        whole = bare.merge(drawn, left_on="post_id", right_index=True, how="left")
        for unit in [name for name in _UNITS if name in frame]:  # sheets are blind to who wrote; the frame is not
            whole[unit] = whole[unit].fillna(whole["post_id"].map(frame[unit]))
        kept["looked_at"] = whole
        return Coding.of(**kept)

    @property
    def coders(self) -> tuple[str, ...]:
        """The coders, sorted."""
        return tuple(sorted(self.looked_at["coder"].unique()))

    @cached_property
    def fingerprint(self) -> str:
        """The content's fingerprint; the order of rows does not matter (they have a fixed one)."""
        return _fingerprints.of_value([_fingerprints.of_table(getattr(self, name)) for name in _TABLES])

    def __repr__(self) -> str:
        people, marks = len(self.coders), len(self.marks)
        posts = self.looked_at["post_id"].nunique()
        return (
            f"Coding: {posts:,} post{'s' * (posts != 1)} looked at by {people} coder{'s' * (people != 1)}, "
            f"{marks:,} mark{'s' * (marks != 1)}"
        )

    def _repr_html_(self) -> str:
        counts = self.marks.groupby(["coder", "code"], observed=True)["post_id"].nunique().unstack("coder")
        table = counts.astype("Int64").to_html(border=0, na_rep="0") if len(counts) else ""
        return f"<p>{html.escape(repr(self))}</p>{table}"

    def _save(self, folder: Path, *, raw: bool) -> None:
        about: dict[str, Any] = {"kind": self.kind, "tables": {}}
        for name in _TABLES:
            table = getattr(self, name)
            if name == "marks" and not raw:
                table = table.assign(note=pd.Series(np.nan, table.index, dtype="str"))  # notes may quote a post
            table.to_parquet(folder / f"{name}.parquet", index=False)
            about["tables"][name] = {"n": len(table), "sha256": _files.sha256(folder / f"{name}.parquet")}
        _files.write_json(folder / "coding.json", about)

    @classmethod
    def _load(cls, folder: Path) -> Coding:
        return cls.of(**{name: pd.read_parquet(folder / f"{name}.parquet") for name in _TABLES})


def _typed(given: pd.DataFrame | None, name: str) -> pd.DataFrame:
    types = _TABLES[name]
    table = pd.DataFrame(columns=list(types)) if given is None else given.reset_index(drop=True)
    for column in table.columns:
        if column not in types:
            raise CodingError(f"{name}: the column {str(column)!r} is not known.{nearest(str(column), types)}")
    columns(table, _NEEDED[name], name)
    typed = pd.DataFrame(
        {column: _column(table, column, dtype, name) for column, dtype in types.items()}, index=table.index
    )
    for column in _NEEDED[name]:
        rows = np.flatnonzero(typed[column].isna())
        if len(rows):
            raise CodingError(
                f"{name}: {column} is missing in {len(rows)} rows ({', '.join(map(str, rows[:5]))}). Mend: fill it in."
            )
    return typed.sort_values(_ORDERS[name], kind="stable", ignore_index=True)


def _column(table: pd.DataFrame, column: str, dtype: str, name: str) -> pd.Series:
    if column not in table.columns or table[column].isna().all():
        return pd.Series([None] * len(table), index=table.index, dtype=dtype)
    try:
        return table[column].astype(dtype)
    except (TypeError, ValueError) as error:
        kind = "numbers" if dtype == "float64" else "whole numbers"
        raise CodingError(f"{name}: {column} holds something else than {kind}. Mend: correct those rows.") from error


def _check(tables: dict[str, pd.DataFrame]) -> None:
    for name, closed in _CLOSED.items():
        for column, valid in closed.items():
            odd = sorted(set(tables[name][column].dropna().unique()) - set(valid))
            if odd:
                raise CodingError(
                    f"{name}: the {column} {odd[0]!r} is not known.{nearest(odd[0], valid)} It can be {', '.join(valid)}."
                )
    seen = tables["looked_at"]
    twice = int(seen.duplicated(["post_id", "coder", "codebook"]).sum())
    if twice:
        raise CodingError(
            f"looked_at: {twice} posts stand twice for one coder and codebook. Mend: keep one row of each."
        )
    told_twice = int(tables["speakers"].duplicated(["post_id", "coder"]).sum())
    if told_twice:
        raise CodingError(f"speakers: {told_twice} posts stand twice for one coder. Mend: keep one row of each.")
    pairs = pd.MultiIndex.from_frame(seen[["post_id", "coder"]])
    for name in ("marks", "speakers"):
        strays = int((~pd.MultiIndex.from_frame(tables[name][["post_id", "coder"]]).isin(pairs)).sum())
        if strays:
            raise CodingError(
                f"{name}: {strays} rows lie on posts that their coder did not look at. Mend: add those posts to looked_at."
            )
    for column in ("severity", "identifiability"):
        levels = tables["marks"][column].dropna()
        if not levels.between(0, 3).all():
            raise CodingError(f"marks: {column} goes from 0 to 3.")
    drawn = seen["probability"].dropna()
    if not (drawn.gt(0) & drawn.le(1)).all():
        raise CodingError(
            "looked_at: a probability of being drawn is above 0 and at most 1. Mend: take it from the frame."
        )


def _mark_ids(marks: pd.DataFrame) -> pd.Series:
    """Number the marks of each coder; the fixed order of the table makes the numbers stable."""
    number = marks.groupby("coder").cumcount() + 1
    made = marks["coder"] + "-" + number.astype("str").str.zfill(5)
    return marks["mark_id"].fillna(made).astype("str")
