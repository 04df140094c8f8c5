"""The hand coding must be a sample of the machine's posts, with the probabilities that a frame recorded."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..coding import Coding
from ..errors import CodingError
from ..kernels.strata import BANDS, sizes

_ROUNDING = 0.05  # how far N times the probability may lie from a whole number of drawn posts


def checked(gold: Coding, posts: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, list[int]]]:
    """Return the hand-coded posts (post_id, stratum) and for each stratum the numbers [population, drawn, coded]."""
    _one_coder(gold, posts)
    coded = gold.looked_at.sort_values("post_id", ignore_index=True)
    _probable(coded)
    _known(coded, posts)
    size, drawn, n = sizes(posts["stratum"]), _drawn(coded, posts), sizes(coded["stratum"])
    if ((n == 0) & (size > 0)).any():
        empty = ", ".join(band for band, number, whole in zip(BANDS, n, size, strict=True) if whole and not number)
        raise CodingError(
            f"No post of this stratum has been coded by hand yet: {empty}. What the machine misses or invents there "
            "cannot be told. Mend: code at least one whole batch of the frame."
        )
    return coded[["post_id", "stratum"]], {
        band: [int(whole), int(taken), int(number)]
        for band, whole, taken, number in zip(BANDS, size, drawn, n, strict=True)
    }


def _one_coder(gold: Coding, posts: pd.DataFrame) -> None:
    if len(gold.coders) != 1:
        raise CodingError(
            f"The gold coding holds {len(gold.coders)} coders; an estimate needs one judgement a post. Mend: "
            "settle the differences and take that coder, gold.select(coder=...)."
        )
    ours, theirs = set(gold.looked_at["codebook"].dropna()), set(posts["codebook"].dropna())
    if ours != theirs:
        raise CodingError(
            f"The hand coding uses {', '.join(sorted(ours)) or 'no codebook'}, the machine "
            f"{', '.join(sorted(theirs)) or 'none'}. Mend: code both with one codebook."
        )


def _probable(coded: pd.DataFrame) -> None:
    bare = int((coded["probability"].isna() | coded["stratum"].isna()).sum())
    if bare or coded.empty:
        raise CodingError(
            f"{bare} of the {len(coded)} hand-coded posts have no stratum and probability, so nobody knows what they "
            "stand for. Mend: draw the posts by reliability.draw, code these, and leave others out."
        )


def _known(coded: pd.DataFrame, posts: pd.DataFrame) -> None:
    own = posts.set_index("post_id")["stratum"].reindex(coded["post_id"])
    strange = int(own.isna().sum())
    if strange:
        raise CodingError(
            f"{strange} of the {len(coded)} hand-coded posts are not among those that the machine looked at. Mend: "
            "give the machine's coding that the frame was drawn from."
        )
    moved = int((own.to_numpy() != coded["stratum"].to_numpy()).sum())
    if moved:
        raise CodingError(
            f"{moved} of the {len(coded)} hand-coded posts lie in another stratum than the frame recorded, so the "
            "frame was drawn from other marks. Mend: give the machine's coding that the frame was drawn from."
        )


def _drawn(coded: pd.DataFrame, posts: pd.DataFrame) -> np.ndarray:
    """Return how many posts of each stratum the frame held: population times probability, a whole number."""
    size = sizes(posts["stratum"])
    drawn = np.zeros(len(BANDS), dtype=np.int64)
    for place, band in enumerate(BANDS):
        probability = coded.loc[coded["stratum"] == band, "probability"].astype(float).unique()
        if not len(probability):
            continue
        number = size[place] * probability
        fits = len(probability) == 1 and abs(number[0] - round(number[0])) < _ROUNDING
        if not fits or round(number[0]) < (coded["stratum"] == band).sum():
            raise CodingError(
                f"Stratum {band!r}: {size[place]} posts and the recorded probability do not give the number of posts "
                f"drawn ({len(probability)} probabilities). Mend: give one frame, and the coding it was drawn from."
            )
        drawn[place] = round(number[0])
    return drawn
