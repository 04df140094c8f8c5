"""Which marks count when a stance is asked for: codes without gates (protective codes, say) carry no stance."""

from __future__ import annotations

import pandas as pd


def bare_codes(marks: pd.DataFrame) -> set[str]:
    """Return the codes to which some coder never gave a stance: for these a missing stance is none, not a gap."""
    has_stance = marks["stance"].notna().groupby([marks["coder"], marks["code"]]).any()
    return set(has_stance.index[~has_stance].get_level_values("code"))


def of_stance(marks: pd.DataFrame, stance: str | None, *, bare: set[str]) -> pd.DataFrame:
    """Keep the marks of this stance, and those without any of the `bare` codes; all of them if `stance` is None."""
    if stance is None:
        return marks
    return marks[marks["stance"].eq(stance) | (marks["stance"].isna() & marks["code"].isin(bare))]
