"""Selecting posts: criteria as Narwhals expressions that mean the same on every engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from . import _parts, frames
from .errors import OptionError

_FEW = 10


@dataclass(frozen=True)
class ByMachine:
    """Posts of accounts that post by machine: wanted alone, or left out."""

    is_wanted: bool
    accounts: tuple[str, ...]


_LETTERS = "0-9a-z_\u00c0-\u024f"  # what belongs to a word, spelt out: \w means other things to other engines


def criteria(wanted: dict[str, Any]) -> list[tuple[str, nw.Expr]]:
    """Turn the options of ``Corpus.select`` into named Narwhals expressions, in the order of the options."""
    found: list[tuple[str, nw.Expr]] = []
    for name, value in wanted.items():
        if value is None:
            continue
        if name == "since":
            found.append((name, nw.col("created_at") >= moment(value, name)))
        elif name == "until":
            found.append((name, nw.col("created_at") < moment(value, name, end_of_day=True)))
        elif name == "words":
            found.append((name, _any_word(_several(value, name))))
        elif name == "automated":
            is_theirs = nw.col("author_id").is_in(list(value.accounts)).fill_null(False)
            found.append((name, is_theirs if value.is_wanted else ~is_theirs))
        else:
            column = "post_id" if name == "ids" else name
            found.append((name, nw.col(column).is_in(_several(value, name)).fill_null(False)))
    return found


def moment(value: str | datetime, name: str, *, end_of_day: bool = False) -> datetime:
    """Read a date or a time as UTC; with `end_of_day`, a bare date means the whole of that day."""
    try:
        stamp = pd.Timestamp(value)
    except ValueError as error:
        raise OptionError(f"{name}={value!r} is no date. Mend: write it as '2019-12-02'.") from error
    stamp = stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")
    whole_day = end_of_day and isinstance(value, str) and len(value.strip()) <= len("2019-12-02")
    return (stamp + timedelta(days=1) if whole_day else stamp + timedelta(microseconds=end_of_day)).to_pydatetime()


def _several(value: str | Sequence[str], name: str) -> list[str]:
    several = [value] if isinstance(value, str) else [str(each) for each in value]
    if not several:
        raise OptionError(f"{name} is an empty list: nothing could ever be selected. Mend: leave it out.")
    if any(not each.strip() for each in several):
        raise OptionError(f"{name} holds an empty text, which no post can be selected by. Mend: leave it out.")
    return several


def _any_word(several: list[str]) -> nw.Expr:
    phrases = "|".join(r"\s+".join(re.escape(part) for part in word.lower().split()) for word in several)
    pattern = f"(?:^|[^{_LETTERS}])(?:{phrases})(?:$|[^{_LETTERS}])"
    in_text = nw.col("text").str.to_lowercase().str.contains(pattern).fill_null(False)
    return in_text | nw.col("title").str.to_lowercase().str.contains(pattern).fill_null(False)


def selected_part(waiting: tuple[dict[str, Any], ...], part: Path) -> pd.DataFrame:
    """Read a part and keep the posts that all waiting selections keep (runs on workers)."""
    posts = _parts.read_part(part)
    for wanted in waiting:
        for _, test in criteria(wanted):
            posts = nw.from_native(posts).filter(test).to_native()
    return posts.reset_index(drop=True)


def counts_after(posts: nw.LazyFrame[Any], tests: list[tuple[str, nw.Expr]]) -> list[int]:
    """Count in one pass how many posts are left after each test, one test after the other."""
    together = tests[0][1]
    columns = {"after_0": together}
    for number, (_, test) in enumerate(tests[1:], start=1):
        together = together & test
        columns[f"after_{number}"] = together
    flags = posts.select(**columns)
    counted = frames.collect(flags.select(*(nw.col(name).cast(nw.Int64).sum() for name in columns)), by=[])
    return [int(counted[name].fillna(0).iloc[0]) for name in columns]


def by_machine(accounts: pd.DataFrame | None, *, is_wanted: bool | None) -> ByMachine | None:
    """Return the criterion ``automated`` of a corpus with these accounts; who is not known counts as a person.

    Raises
    ------
    OptionError
        If it is neither True, False nor None.
    """
    if is_wanted is None:
        return None
    if not isinstance(is_wanted, bool):
        raise OptionError(f"automated={is_wanted!r}: it is True, False, or left out.")
    if accounts is None or "is_automated" not in accounts:
        return ByMachine(is_wanted, ())
    machines = accounts.loc[accounts["is_automated"].astype("boolean").fillna(False), "author_id"]
    return ByMachine(is_wanted, tuple(sorted(machines.dropna().unique())))


def told(value: Any) -> Any:
    """Tell a criterion in a step: a few values as they are, many (ids) by their number."""
    if isinstance(value, ByMachine):
        return value.is_wanted
    if isinstance(value, str):
        return value
    several = [str(each) for each in value] if isinstance(value, Sequence) else [str(value)]
    return several if len(several) <= _FEW else f"{len(several)} values"
