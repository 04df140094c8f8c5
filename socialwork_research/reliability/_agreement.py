"""How far coders agree, beyond chance, code by code."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .._checks import count, option, seeded
from ..codebook import Codebook
from ..coding import STANCES, Coding, Stance
from ..errors import CodingError
from ..kernels.stances import bare_codes, of_stance
from ..provenance import note, traced
from ..resampling import cluster_counts
from ._coefficients import coefficients, contributions

_METHOD = "Krippendorff's alpha, nominal; 95 % by resampling threads, expected disagreement recomputed"


@traced
def agreement(
    coding: Coding,
    *,
    seed: int,
    draws: int = 1000,
    stance: Stance | None = None,
    codes: Iterable[str] | None = None,
    groups: Codebook | None = None,
) -> pd.DataFrame:
    """Measure how far coders agree on each code, beyond chance.

    Each code is taken by itself: present or absent on each post that two coders or more have looked at. Look at the
    table before any count of a code is reported: a code below .67 wants a better definition, not a table. Alpha and
    AC1 stand beside each other because rare codes depress alpha; AC1 is no way out of a low one. In a sample that
    was enriched by strata the figures tell of that sample.

    Parameters
    ----------
    coding
        Two coders or more who looked at some of the same posts, with one codebook. A machine is a coder.
    seed
        Seed of the resampling behind the interval.
    draws
        How often whole threads are drawn anew. A post of no known thread stands for itself.
    stance
        Count a code as present only with this stance (``"enacted"``, ...). Any stance if None. A code to which a coder
        never gives a stance, as a machine to protective codes, counts by any mark that has none.
    codes
        The codes to report, as those of a codebook. Those that were marked, if None.
    groups
        A codebook whose groups take the place of its codes: coders who marked two codes of one group then agree. For
        codes that are too rare to be judged alone.

    Returns
    -------
    One row for each code, or group (index ``code``): ``alpha`` (1 is perfect, 0 is chance, below 0 is worse), ``low`` and
    ``high`` (its 95 % interval), ``ac1`` (Gwet; -1 to 1), ``positive_agreement`` and ``negative_agreement``
    (specific agreement on presence and on absence, 0 to 1), ``share`` (of judgements in which the code is present,
    0 to 1), ``n_posts``, ``n_coders``, ``n_threads`` (counts), ``n_authors`` (known authors of the posts on which some
    coder marked it), ``method`` (and why a figure is missing). NaN where
    a code was never used or used everywhere: then there is nothing that chance could have done otherwise. A
    resample without the code says nothing about alpha, so it counts as -1 for ``low`` and as 1 for ``high``.

    Raises
    ------
    CodingError
        If no two coders share a post, the coders used several codebooks, or a code has no group.
    OptionError
        If `stance` is not known.

    References
    ----------
    Krippendorff (2004), doi:10.1111/j.1468-2958.2004.tb00738.x. Gwet (2008), doi:10.1348/000711006X126600.
    Feinstein & Cicchetti (1990), doi:10.1016/0895-4356(90)90158-L. Hayes & Krippendorff (2007),
    doi:10.1080/19312450709336664 (their bootstrap holds the expected disagreement fixed; here it is recomputed).

    Examples
    --------
    >>> import pandas as pd
    >>> import socialwork_research as sw
    >>> posts = [f"p{i}" for i in range(10)]
    >>> looked_at = pd.DataFrame(
    ...     {"post_id": posts * 2, "coder": ["a"] * 10 + ["b"] * 10, "codebook": "boundary_risk", "version": "1"}
    ... )
    >>> marks = pd.DataFrame(
    ...     {
    ...         "post_id": ["p1", "p8", "p0", "p1", "p2", "p5"],
    ...         "coder": ["a", "a", "b", "b", "b", "b"],
    ...         "code": "dual_relationship",
    ...         "stance": "enacted",
    ...     }
    ... )
    >>> agreement(sw.Coding.of(looked_at, marks), seed=7, draws=200)[["alpha", "ac1"]].round(3).to_dict("records")
    [{'alpha': 0.095, 'ac1': 0.31}]
    """
    seeded(seed)
    count(draws, "draws")
    if stance is not None:
        option(stance, STANCES, "stance")
    posts, n_coders = _shared(coding)
    bare = bare_codes(coding.marks)
    marked = of_stance(coding.marks, stance, bare=bare)
    if groups is not None:
        marked = _grouped(marked, groups)
    met = coding.marks["code"] if groups is None else marked["code"]
    names = _names(met if codes is None else codes)
    present = _present(marked, posts, names)
    parts = contributions(np.stack([present, posts["raters"].to_numpy() - present], axis=-1))
    by_thread = _by_thread(parts, posts["thread_id"])
    n_threads = len(by_thread)
    found = coefficients(by_thread.sum(axis=0))
    low, high = _interval(by_thread, draws=draws, seed=seed)
    share = present.sum(axis=1) / posts["raters"].sum()
    table = pd.DataFrame(
        {
            "alpha": found.alpha,
            "low": np.where(np.isnan(found.alpha), np.nan, low),
            "high": np.where(np.isnan(found.alpha), np.nan, high),
            "ac1": found.ac1,
            "positive_agreement": found.specific[:, 0],
            "negative_agreement": found.specific[:, 1],
            "share": share,
            "n_posts": _same(len(posts), names),
            "n_coders": _same(n_coders, names),
            "n_threads": _same(n_threads, names),
            "n_authors": _authors(present, posts["author_id"]),
            "method": pd.array([_method(each, n_threads) for each in share], dtype="str"),
        },
        index=pd.Index(names, name="code", dtype="str"),
    )
    return note(
        table,
        present="marked with any stance" if stance is None else f"marked as {stance}",
        codes_without_stance=sorted(bare & set(names)),
        coders=coding.coders,
        versions=sorted(coding.looked_at["version"].dropna().unique()),
        posts_looked_at_by_one_coder_only=int(coding.looked_at["post_id"].nunique()) - len(posts),
    )


def _shared(coding: Coding) -> tuple[pd.DataFrame, int]:
    """Return the posts that two coders or more have looked at (raters, thread), and how many coders these are."""
    looked_at = coding.looked_at
    books = looked_at["codebook"].dropna().unique()
    if len(books) > 1:
        raise CodingError(
            f"The coders used {len(books)} codebooks ({', '.join(sorted(books))}); a code of one cannot be absent from "
            "another. Mend: stack the codings of one codebook only."
        )
    posts = looked_at.groupby("post_id").agg(
        raters=("coder", "nunique"), thread_id=("thread_id", "first"), author_id=("author_id", "first")
    )
    posts = posts[posts["raters"] >= 2].sort_index()
    if posts.empty:
        raise CodingError(
            f"No post was looked at by two coders (coders: {len(coding.coders)}, posts: {len(looked_at)}), so nothing "
            "can agree. Mend: let two people code the same posts, and bring them together by Coding.stack([...])."
        )
    return posts, int(looked_at.loc[looked_at["post_id"].isin(posts.index), "coder"].nunique())


def _grouped(marks: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Put groups in the place of codes."""
    group = marks["code"].map({code.name: code.group for code in book.codes})
    lost = sorted(marks.loc[group.isna(), "code"].unique())
    if lost:
        raise CodingError(
            f"{', '.join(lost[:5])}: no group in {book.name!r}. Mend: give the codebook that was coded with."
        )
    return marks.assign(code=group)


def _names(codes: Iterable[str]) -> list[str]:
    return sorted({codes} if isinstance(codes, str) else set(codes))


def _present(marks: pd.DataFrame, posts: pd.DataFrame, names: list[str]) -> np.ndarray:
    """Count for each code (rows) how many coders marked it on each post (columns)."""
    once = marks[["post_id", "coder", "code"]].drop_duplicates()
    once = once[once["post_id"].isin(posts.index) & once["code"].isin(names)]
    present = np.zeros((len(names), len(posts)), dtype=np.int64)
    row, column = (
        pd.Index(names).get_indexer(pd.Index(once["code"])),
        posts.index.get_indexer(pd.Index(once["post_id"])),
    )
    np.add.at(present, (row, column), 1)
    return present


def _by_thread(parts: np.ndarray, thread_id: pd.Series) -> np.ndarray:
    """Sum over threads: codes x posts x parts to threads x codes x parts. A post of no known thread stands alone."""
    thread, known = pd.factorize(thread_id, sort=True)
    alone = thread < 0
    thread[alone] = len(known) + np.arange(alone.sum())
    by_thread = np.zeros((len(known) + int(alone.sum()), parts.shape[0], parts.shape[2]))
    np.add.at(by_thread, thread, parts.transpose(1, 0, 2))
    return by_thread


def _interval(by_thread: np.ndarray, *, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    n_threads, *shape = by_thread.shape
    flat = by_thread.reshape(n_threads, -1)
    sums = np.stack([counts @ flat for counts in cluster_counts(n_threads, draws=draws, seed=seed)])
    alpha = coefficients(sums.reshape(draws, *shape)).alpha
    if n_threads == 1:
        return np.full(shape[0], np.nan), np.full(shape[0], np.nan)
    low = np.quantile(np.where(np.isnan(alpha), -1.0, alpha), 0.025, axis=0)
    high = np.quantile(np.where(np.isnan(alpha), 1.0, alpha), 0.975, axis=0)
    return low, high


def _authors(present: np.ndarray, author_id: pd.Series) -> pd.api.extensions.ExtensionArray:
    """Count the known authors of the posts on which each code is present."""
    return pd.array([author_id[row > 0].nunique() for row in present], dtype="Int64")


def _same(value: int, names: list[str]) -> pd.api.extensions.ExtensionArray:
    return pd.array([value] * len(names), dtype="Int64")


def _method(share: float, n_threads: int) -> str:
    if share == 0:
        return "undefined: nobody marked the code on a post that two coders share"
    if share == 1:
        return "undefined: each coder marked the code on each post"
    return _METHOD if n_threads > 1 else "Krippendorff's alpha, nominal; no interval: all posts stand in one thread"
