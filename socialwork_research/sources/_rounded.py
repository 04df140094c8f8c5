"""Ids that a sheet program took for numbers: beyond fifteen digits it writes noughts, and nothing brings the rest back.

Two posts may share what is left of their ids, and a reply may seem to answer the wrong one. So these are ids no more:
a post is then named by its row, an author by the name beside it or not at all, and who is answered is missing.
"""

from __future__ import annotations

import pandas as pd

from ._ledger import Loss
from ._staging import ACCOUNT_IDS, HANDLES, POST_IDS

_ROUNDED = r"\s*(?:t[1-6]_)?-?\d(?:[.,]\d+)?[eE]\+\d+\s*"
_MEND = "a sheet program has rounded them (as 1.23E+18): export again with the ids as text, and do not save it in one"


def taken_out(rows: pd.DataFrame, *, file: str) -> tuple[pd.DataFrame, list[Loss]]:
    """Empty the rounded ids among a reader's rows and count them; a post without an id of its own bears its row's number."""
    losses = []
    for name in (*POST_IDS, *ACCOUNT_IDS, *HANDLES):
        if name not in rows:
            continue
        lost = rows[name].astype("str").str.fullmatch(_ROUNDED).fillna(False).astype("bool")
        if not lost.any():
            continue
        where = tuple(int(row) for row in rows["row"][lost][:5])
        losses.append(Loss(f"{name} lost its last digits", int(lost.sum()), where, _MEND, file))
        instead = "row-" + rows["row"].astype("str") if name == "post_id" else None
        rows[name] = rows[name].mask(lost, instead)
        if name == "reply_to" and "kind" not in rows:
            rows["kind"] = pd.Series(None, index=rows.index, dtype="str").mask(lost, "comment")
        elif name == "reply_to":
            rows["kind"] = rows["kind"].mask(lost & rows["kind"].isna(), "comment")
    return rows, losses
