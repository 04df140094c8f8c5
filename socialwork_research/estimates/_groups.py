"""Population and sample, split into groups: by what is recorded of each post, or by the role that people saw."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..coding import ROLES
from ..kernels.strata import BANDS, sizes
from ..resampling import generator
from ._judged import Judged
from ._posterior import Interval, of_domain, of_population

METHOD = "stratified by detector band; 95 % by neutral Beta(k + 1/3, n - k + 1/3)"
_UNDEFINED = Interval(*[np.array(np.nan)] * 3)


class Sample(NamedTuple):
    """The posts of the population and those coded by hand, each with its stratum and what its coder says."""

    posts: pd.DataFrame
    counted: Judged  # by the machine, in the order of `posts`
    coded: pd.DataFrame
    people: Judged  # in the order of `coded`
    places: np.ndarray  # where in `posts` each of `coded` stands
    is_naive: bool  # whether the machine can be asked the same question, roles included


class Group(NamedTuple):
    """A group of posts: in the population, among those coded by hand, and as the machine sees it."""

    name: str | None
    n_posts: int | None  # None where only people can tell
    n_authors: int | None
    size: np.ndarray  # posts of each stratum: of the group, or of the whole population where only people can tell
    of_coded: np.ndarray
    of_counted: np.ndarray | None  # None where the machine does not tell


def groups(by: str | None, roles: tuple[str, ...] | None, sample: Sample) -> list[Group]:
    """Return the groups of `by`, sorted by name; one that holds every post if `by` is None."""
    if by is None:
        return [_known(None, np.ones(len(sample.posts), dtype=bool), sample)]
    if by == "role":
        names = sorted(set(sample.people.role) & set(ROLES)) if roles is None else sorted(set(roles))
        return [_seen(name, sample) for name in names]
    column = sample.posts[by].astype(object).to_numpy()
    return [_known(name, column == name, sample) for name in sorted(sample.posts[by].dropna().unique())]


def row(hits: tuple[np.ndarray, np.ndarray], group: Group, sample: Sample, *, draws: int, seed: int) -> dict[str, Any]:
    """Return the figures of one code in one group; `hits` are those of the people and of the machine."""
    people, machine = hits
    found = people & group.of_coded
    share, method = _estimated(people, group, sample, draws=draws, seed=seed)
    asked = sample.is_naive and group.of_counted is not None and group.of_counted.any()
    return {
        "group": group.name,
        "estimate": float(share.estimate),
        "low": float(share.low),
        "high": float(share.high),
        "n_posts": group.n_posts,
        "n_authors": group.n_authors,
        "naive": float(machine[group.of_counted].mean()) if asked else np.nan,
        "n_gold": int(group.of_coded.sum()),
        "n_found": int(found.sum()),
        "n_missed": int((found & ~machine[sample.places] & (sample.coded["stratum"] != BANDS[0]).to_numpy()).sum()),
        "n_authors_found": int(sample.posts["author_id"].iloc[sample.places[found]].nunique()),
        "n_authors_naive": int(sample.posts["author_id"][machine & group.of_counted].nunique()) if asked else None,
        "method": method,
    }


def _known(name: str | None, inside: np.ndarray, sample: Sample) -> Group:
    posts = sample.posts[inside]
    n_authors = posts["author_id"].nunique() or None
    return Group(name, len(posts), n_authors, sizes(posts["stratum"]), inside[sample.places], inside)


def _seen(name: str, sample: Sample) -> Group:
    told = np.asarray(sample.counted.role == name) if sample.counted.tells_roles else None
    return Group(name, None, None, sizes(sample.posts["stratum"]), np.asarray(sample.people.role == name), told)


def _estimated(people: np.ndarray, group: Group, sample: Sample, *, draws: int, seed: int) -> tuple[Interval, str]:
    if not group.of_coded.any():
        return _UNDEFINED, "undefined: no post of this group was coded by hand"
    stratum, random = sample.coded["stratum"], generator(seed)
    found, inside = sizes(stratum[people & group.of_coded]), sizes(stratum[group.of_coded])
    coded = sizes(stratum)
    if group.n_posts is None:
        return of_domain(found, inside, coded=coded, size=group.size, draws=draws, random=random), METHOD
    blank = [band for band, n, size in zip(BANDS, inside, group.size, strict=True) if size and not n]
    method = f"{METHOD}; nothing of the group coded in: {', '.join(blank)}" if blank else METHOD
    elsewhere = sizes(stratum[people]) / np.maximum(coded, 1)
    return of_population(found, inside, group.size, draws=draws, random=random, elsewhere=elsewhere), method
