"""Each post's place in the tree of its thread."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..kernels.trees import UNKNOWN, depths

__all__ = ["Placed", "placed"]

Ints = npt.NDArray[np.int64]


class Placed(NamedTuple):
    """One entry a post, in the order of the table."""

    thread: Ints
    """Number of the thread, in the order in which threads first stand in the table."""
    parent: Ints
    """Row of the post answered, in the same thread; −1 where there is none."""
    depth: Ints
    """Replies from the opening post; −1 where unknown."""


def placed(said: pd.DataFrame, opener_ids: pd.Series) -> Placed:
    """Find each post's thread, parent and depth; `said` has ``thread_id``, ``post_id`` and ``reply_to``."""
    thread = pd.factorize(said["thread_id"])[0].astype("int64")
    parent = pd.Index(said["post_id"]).get_indexer(said["reply_to"]).astype("int64")
    parent[said["reply_to"].isna().to_numpy()] = UNKNOWN
    parent[(parent != UNKNOWN) & (thread[parent] != thread)] = UNKNOWN
    return Placed(thread, parent, depths(parent, said["post_id"].isin(opener_ids).to_numpy()))
