"""The detector bands: into which of three strata a machine's marks put each post.

One rule for the sampling frame, which draws within the bands, and for the estimates, which weight by them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..errors import CodingError

BANDS = ("flagged", "near miss", "rest")
_ONE = ["coder", "codebook", "version"]


def population(looked_at: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Return the posts that one machine has looked at, sorted by post, each with its `stratum`."""
    passes = looked_at[_ONE].drop_duplicates()
    if len(passes) != 1:
        raise CodingError(
            f"The machine's coding holds {len(passes)} passes (coder, codebook, version); one is needed, for a frame "
            "belongs to one detector. Mend: machine.select(coder=...), or code again with one codebook."
        )
    posts = looked_at.sort_values("post_id", ignore_index=True)
    return posts.assign(stratum=pd.Series(bands(posts["post_id"], marks), dtype="str"))


def bands(posts: pd.Series, marks: pd.DataFrame) -> np.ndarray:
    """Return the band of each post, in the order of `posts`.

    *flagged*: a mark with the stance ``enacted``, unless its severity is 0 ("not risk"). *near miss*: marks only of
    another stance (a gate has fired), or only of codes that carry no stance (protective codes). *rest*: no mark.
    Where no mark at all has a stance, as with a codebook without gates, each mark flags.
    """
    if marks["stance"].isna().all():
        marks = marks.assign(stance="enacted")
    is_risk = (marks["severity"].isna() | (marks["severity"] > 0)).fillna(True).astype(bool)
    is_enacted = marks["stance"].eq("enacted").fillna(False).astype(bool)
    flagged = posts.isin(marks.loc[is_enacted & is_risk, "post_id"]).to_numpy()
    marked = posts.isin(marks["post_id"]).to_numpy()
    return np.select([flagged, marked], BANDS[:2], default=BANDS[2]).astype(object)


def sizes(band: pd.Series) -> np.ndarray:
    """Count the posts of each band, in the order of `BANDS`."""
    return np.array([int((band == name).sum()) for name in BANDS], dtype=np.int64)
