"""Times no finer than the day, and no exact likes: what a table may tell of when, and of how much liked."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
import pandas as pd

from .._checks import option
from ..provenance import note, traced

__all__ = ["coarsened", "too_fine"]

_EXACT = re.compile(
    r"(^|_)(likes?|shares|views|retweets|reposts|reactions|favou?rites|upvotes|score|followers)(_count)?$"
)
_BANDS = ("0 to 9", "10 to 99", "100 to 999", "1,000 and more")


@traced
def coarsened(table: pd.DataFrame, *, to: Literal["day", "month"] = "day") -> pd.DataFrame:
    """Floor times to the day or month, and put exact likes and shares into bands.

    A second is as good as a name: whoever can see the post can see when it was written and how many liked it.

    Parameters
    ----------
    table
        Any table; it stays as it is.
    to
        ``day``; ``month`` for edges of a network.

    Returns
    -------
    The table with its columns: times (UTC) are those of the day's or month's beginning, and numbers of likes, shares, views
    and followers are one of ``0 to 9``, ``10 to 99``, ``100 to 999``, ``1,000 and more``. The papers note which columns
    were changed.

    Raises
    ------
    OptionError
        If `to` is neither.

    Examples
    --------
    >>> at = pd.to_datetime(["2021-05-04T09:13:55Z"])
    >>> coarsened(pd.DataFrame({"at": at, "n_likes": [41]})).astype(str).iloc[0].tolist()
    ['2021-05-04 00:00:00+00:00', '10 to 99']
    """
    option(to, ("day", "month"), "to")
    result = table.copy()
    for name in result.columns:
        column = result[name]
        if pd.api.types.is_datetime64_any_dtype(column):
            days = column.dt.floor("D")
            result[name] = days if to == "day" else days - pd.to_timedelta(days.dt.day - 1, unit="D")
        elif _is_exact(column, str(name)):
            result[name] = _banded(column)
    return note(result, to=to, made_coarse=sorted(too_fine(table)))


def too_fine(table: pd.DataFrame) -> list[str]:
    """Name the columns that are too fine to be published: times with an hour, exact numbers of likes and shares.

    Parameters
    ----------
    table
        Any table.

    Returns
    -------
    Names of columns and index levels; none where the table may be published in this respect.

    Examples
    --------
    >>> too_fine(pd.DataFrame({"at": pd.to_datetime(["2021-05-04T09:13:55Z"]), "n_likes": [41], "n_posts": [3]}))
    ['at', 'n_likes']
    """
    whole = table.reset_index() if any(name is not None for name in table.index.names) else table
    return [
        str(name)
        for name in whole.columns
        if (pd.api.types.is_datetime64_any_dtype(whole[name]) and _has_hours(whole[name]))
        or _is_exact(whole[name], str(name))
    ]


def _has_hours(column: pd.Series) -> bool:
    known = column.dropna()
    return bool((known != known.dt.floor("D")).any())


def _is_exact(column: pd.Series, name: str) -> bool:
    return bool(_EXACT.search(name)) and pd.api.types.is_numeric_dtype(column)


def _banded(column: pd.Series) -> pd.Series:
    number = column.astype("Float64")
    band = np.select(
        [(number < edge).fillna(False).to_numpy(dtype=bool) for edge in (10, 100, 1000)], _BANDS[:3], _BANDS[3]
    )
    return pd.Series(band, index=column.index, dtype="str").mask(number.isna())
