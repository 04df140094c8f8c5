"""What becomes of each tie that could be: a tie, or lost for a stated reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from ..coding import Coding
from ..errors import CodingError

__all__ = ["NO_LOSS", "TIE", "Rules", "fates", "supports"]

TIE, NO_LOSS = "tie", "answers without such a mark"
_SELF = "self-ties"
_POST, _OTHER = "author of the post", "author of the answered, mentioned or quoted post"
_ABSENT = "answered or quoted post not in the corpus"
_GONE = ("deleted", "suspended")
_HARM = "unsupportive"


@dataclass(frozen=True)
class Rules:
    """Which of the ties that could be are wanted."""

    self_ties: bool
    since: datetime | None
    until: datetime | None
    within: float | None
    """Days between two posts."""
    machines: tuple[bool, tuple[str, ...]] | None
    """Whether ties with machines are wanted alone, and which accounts these are."""
    support: tuple[pd.Index, pd.Index] | None
    """Posts that were looked at, and those among them that give support."""


def fates(found: pd.DataFrame, rules: Rules) -> pd.Series:
    """Say of each tie that could be what becomes of it: the first rule that leaves it out is named.

    Parameters
    ----------
    found
        Columns ``source, target, post_id, at``; where known also
        ``is_met, state, met_state`` (the post answered is in the corpus;
        what became of the authors) and ``before`` (its time).
    rules
        Which are wanted.
    """
    tests: list[tuple[pd.Series | np.ndarray, str]] = []
    if rules.since is not None:
        tests.append((found["at"] < pd.Timestamp(rules.since), "outside the window"))
    if rules.until is not None:
        tests.append((found["at"] >= pd.Timestamp(rules.until), "outside the window"))
    unsigned, unknown = found["source"].isna(), found["target"].isna()
    tests += _missing(unsigned, found.get("state"), _POST)
    if "is_met" in found:
        tests.append((unknown & ~found["is_met"].astype(bool), _ABSENT))
    tests += _missing(unknown, found.get("met_state"), _OTHER)
    if not rules.self_ties:
        tests.append((found["source"].eq(found["target"]), _SELF))
    if rules.within is not None:
        delay = found["at"] - found["before"]
        tests.append((delay.isna(), "time between the posts unknown"))
        tests.append((delay > pd.Timedelta(days=rules.within), f"more than {rules.within:g} days between the posts"))
    if rules.machines is not None:
        is_wanted, accounts = rules.machines
        is_theirs = found["source"].isin(accounts) | found["target"].isin(accounts)
        named = "neither end is a machine" if is_wanted else "an end is a machine"
        tests.append((~is_theirs if is_wanted else is_theirs, named))
    if rules.support is not None:
        looked_at, given = rules.support
        tests.append((~found["post_id"].isin(looked_at), "answers that nobody looked at"))
        tests.append((~found["post_id"].isin(given), NO_LOSS))
    reasons = list(dict.fromkeys([TIE, *(reason for _, reason in tests)]))
    fate = np.zeros(len(found), dtype=np.int64)
    for is_out, reason in reversed(tests):
        fate[np.asarray(is_out, dtype=bool)] = reasons.index(reason)
    return pd.Series(pd.Categorical.from_codes(fate, categories=reasons), index=found.index)


def _missing(is_missing: pd.Series, state: pd.Series | None, whose: str) -> list[tuple[pd.Series | np.ndarray, str]]:
    """Tell authors apart who are gone from those of whom nothing is known."""
    known = [] if state is None else [(is_missing & state.eq(each).fillna(False), f"{whose} {each}") for each in _GONE]
    return [*known, (is_missing, f"{whose} unknown")]


def supports(coding: Coding) -> tuple[pd.Index, pd.Index]:
    """Return the posts that were looked at, and those that give support.

    Raises
    ------
    CodingError
        If several coders looked at one post, or no mark has a direction.
    """
    seen = coding.looked_at.drop_duplicates(["post_id", "coder"])["post_id"]
    twice = int(seen.duplicated().sum())
    if twice:
        raise CodingError(
            f"{twice} posts were looked at by several coders, who may disagree. Mend: coding.select(coder=...), or settle "
            "the posts and read the settled sheet."
        )
    marks = coding.marks
    if len(marks) and marks["direction"].isna().all():
        raise CodingError(
            "No mark has a direction. Mend: code support with a codebook whose codes are given or sought."
        )
    is_done = marks["stance"].isna() | marks["stance"].eq("enacted")
    given = marks[marks["direction"].eq("give") & is_done & marks["code"].ne(_HARM)]
    return pd.Index(seen.unique()), pd.Index(given["post_id"].unique())
