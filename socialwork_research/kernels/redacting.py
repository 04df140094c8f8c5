"""Structured identifiers in texts: what a pattern, a check digit or a word beside it gives away.

Each rule stands in a file of its subject with the examples that it is held to. Most texts are passed over by patterns in
compiled code; only what has a cue is looked at more closely. Names of persons and places are found elsewhere
(`kernels.naming`), as they take lists and not patterns.

Everything here is written from the issuers' own descriptions and needs nothing that changes with time: the same text gives
the same spans under any version of any library.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from . import (
    _redacting_ages,
    _redacting_ages_lived,
    _redacting_ages_told,
    _redacting_cases,
    _redacting_money,
    _redacting_numbers,
    _redacting_online,
    _redacting_phones,
    _redacting_places,
    _redacting_times,
)
from ._redacting_overlaps import Span, settled
from ._redacting_rule import LABEL, Rule, passed

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["KINDS", "LABEL", "RULES", "Span", "as_table", "found", "settled"]

KINDS = (  # of two equally long spans the kind that stands first gives the name: checked numbers before bare patterns
    "EMAIL IBAN CARD NHS NI SSN PPS SIN TFN MEDICARE BANK_ACCOUNT LICENCE REGISTRATION PLATE URL IP HANDLE DATE_OF_BIRTH CASE "
    "POSTCODE PHONE ADDRESS DATE AGE"
).split()
RANKS = {kind: place for place, kind in enumerate(KINDS)}
RULES: tuple[Rule, ...] = (
    *_redacting_online.RULES,
    *_redacting_money.RULES,
    *_redacting_numbers.RULES,
    *_redacting_phones.RULES,
    *_redacting_places.RULES,
    *_redacting_times.RULES,
    *_redacting_ages.RULES,
    *_redacting_ages_told.RULES,
    *_redacting_ages_lived.RULES,
    *_redacting_cases.RULES,
)


def found(texts: Sequence[str | None] | pd.Series | pa.Array | pa.ChunkedArray) -> pa.Table:
    """Find the structured identifiers in texts.

    Parameters
    ----------
    texts
        Any number of texts; in missing ones nothing is found.

    Returns
    -------
    One row an identifier, in the order of texts and places; none overlaps another, and none touches a label that an earlier
    redaction wrote.

    ``text``
        Number of the text, from 0 (int64).
    ``start``, ``end``
        Where it stands, in characters; the end is the first that does not belong to it (int64).
    ``kind``
        One of `KINDS` (str).

    Examples
    --------
    >>> found(["ring 020 7946 0018", None, "or jo@example.org"]).to_pylist()[0]
    {'text': 0, 'start': 5, 'end': 18, 'kind': 'PHONE'}
    """
    import pyarrow as pa

    plain: Any = texts if isinstance(texts, pa.Array | pa.ChunkedArray) else pa.array(texts, from_pandas=True)
    plain = plain.cast(pa.large_string())
    whole = pa.concat_arrays(plain.chunks) if isinstance(plain, pa.ChunkedArray) else plain
    return as_table(settled(passed(RULES, whole), ranks=RANKS))


def as_table(spans: Sequence[Span]) -> pa.Table:
    """Return spans as a table with the columns of `found`."""
    import pyarrow as pa

    columns = list(zip(*spans, strict=True)) or [(), (), (), ()]
    types = {"text": pa.int64(), "start": pa.int64(), "end": pa.int64(), "kind": pa.string()}
    return pa.table({name: pa.array(column, kind) for (name, kind), column in zip(types.items(), columns, strict=True)})
