"""The table of accounts: what exports list of them and what is known of the posts' authors, one row an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ._automation import BY_NAME, BY_PLATFORM
from ._ledger import Loss

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("author_id", "platform", "profile", "is_automated")
_ONE = ["author_id", "platform"]
_YES, _NO = ("true", "1", "1.0", "yes"), ("false", "0", "0.0", "no")
_MEND = "kept, and marked in the corpus' accounts (is_automated)"


def flags(words: pd.Series) -> pd.Series:
    """Read true and false, in words or figures; anything else is not known."""
    plain = words.astype("str").str.strip().str.casefold()
    known = plain.isin(_YES).astype("boolean")
    return known.mask(~plain.isin(_YES + _NO).fillna(False))


def settled(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put tables of accounts together.

    An account is automated if any table says so, and is not if one says that it is not. Of an account that stands with
    a profile and without, the row with the profile stays.
    """
    whole = pd.concat([table.reindex(columns=list(COLUMNS)) for table in tables], ignore_index=True)
    whole = whole.astype({"author_id": "str", "platform": "str", "profile": "str", "is_automated": "boolean"})
    account = whole.groupby(_ONE, dropna=False)
    whole["is_automated"] = account["is_automated"].transform("max").astype("boolean")
    is_bare = whole["profile"].isna() & account["profile"].transform("count").gt(0)
    order = ["author_id", "platform", "profile"]
    return whole[~is_bare].drop_duplicates().sort_values(order, ignore_index=True)


def marked(
    connection: duckdb.DuckDBPyConnection, beside: Mapping[str, pd.DataFrame]
) -> tuple[dict[str, pd.DataFrame], list[Loss]]:
    """Return the tables beside the posts, their accounts with what posts tell of their authors; and the machines' numbers.

    An account is automated if its platform or its name says so in any post or list, is not if the platform denies it and
    the name is silent, and else is not known. Authors of whom nothing is known are not added to the accounts.
    """
    found = connection.execute(
        f"SELECT a.author_id, k.platform, bool_or({BY_PLATFORM}) AS is_automated, bool_or({BY_NAME}) AS is_named "
        f"FROM kept k JOIN authors a ON a.ord = k.ord WHERE a.author_id IS NOT NULL "
        f"AND ({BY_PLATFORM} IS NOT NULL OR {BY_NAME} IS NOT NULL) GROUP BY ALL ORDER BY ALL"
    ).df()
    if found.empty and "accounts" not in beside:
        return dict(beside), []
    listed = [beside["accounts"]] if "accounts" in beside else []
    accounts = settled([*listed, found])
    n_told = _n_accounts(accounts)
    named = pd.MultiIndex.from_frame(found.loc[found["is_named"].astype("boolean").fillna(False), _ONE].astype("str"))
    accounts["is_automated"] = accounts["is_automated"].mask(pd.MultiIndex.from_frame(accounts[_ONE]).isin(named), True)
    numbers = {"platform": n_told, "name": _n_accounts(accounts) - n_told}
    return {**beside, "accounts": accounts}, [
        Loss(f"accounts that post by machine, by their {who}", n, mend=_MEND) for who, n in numbers.items()
    ]


def _n_accounts(accounts: pd.DataFrame) -> int:
    return len(accounts.loc[accounts["is_automated"].fillna(False), _ONE].drop_duplicates())
