"""What one coder says of a list of posts, as arrays: which codes count there, and who speaks."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from ..coding import Coding


class Judged(NamedTuple):
    """One coder's judgements in the order of a list of posts."""

    hits: np.ndarray  # codes x posts: the code counts
    role: np.ndarray  # the speaker's role; missing for a post without one
    tells_roles: bool  # whether the coder gives roles at all


def judged(
    coding: Coding, posts: pd.Series, *, marks: pd.DataFrame, names: list[str], roles: tuple[str, ...] | None
) -> Judged:
    """Tell on which `posts` each of the codes `names` counts: by one of these `marks`, said by one of these roles.

    A post whose speaker has no role does not count where roles are asked for. A coder without any roles is not held
    to them.
    """
    marks = marks[marks["code"].isin(names) & marks["post_id"].isin(posts)]
    hits = np.zeros((len(names), len(posts)), dtype=bool)
    place = pd.Index(posts).get_indexer(pd.Index(marks["post_id"]))
    hits[pd.Index(names).get_indexer(pd.Index(marks["code"])), place] = True
    tells_roles = bool(coding.speakers["role"].notna().any())
    role = coding.speakers.set_index("post_id")["role"].reindex(posts).astype(object).to_numpy()
    if roles is not None and tells_roles:
        hits &= pd.Series(role).isin(roles).to_numpy()
    return Judged(hits, role, tells_roles)
