"""How common is a code? The machine's count, corrected by what people found in a sample of known probabilities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import pandas as pd

from .._checks import count, option, seeded
from ..coding import ROLES, STANCES, Coding, Stance
from ..errors import CodingError
from ..kernels.stances import bare_codes, of_stance
from ..kernels.strata import population
from ..provenance import note, traced
from ._gold import checked
from ._groups import Sample, groups, row
from ._judged import judged

_BY = ("platform", "community", "role")
_COUNTS = ("n_posts", "n_authors", "n_gold", "n_found", "n_missed", "n_authors_found", "n_authors_naive")
_COLUMNS = (
    "estimate",
    "low",
    "high",
    "n_posts",
    "n_authors",
    "naive",
    "n_gold",
    "n_found",
    "n_missed",
    "n_authors_found",
    "n_authors_naive",
    "method",
)


@traced
def prevalence(
    machine: Coding,
    *,
    gold: Coding,
    seed: int,
    by: Literal["platform", "community", "role"] | None = None,
    stance: Stance | None = "enacted",
    roles: tuple[str, ...] | None = ("professional", "student"),
    codes: Iterable[str] | None = None,
    draws: int = 4000,
) -> pd.DataFrame:
    """Estimate the share of posts that hold a code, from hand coding drawn by the machine's bands.

    The estimate is the stratified one: in each band (flagged, near miss, rest) the rate that people found, weighted
    by the band's size. It is unbiased whatever the machine's errors are; the machine only makes the sample
    efficient. Groups get their own rates, since one pooled correction repairs the level and spoils the comparison.
    The interval draws the posts that nobody coded from a neutral-Beta posterior a band, so that no miss found is
    not taken for no miss; it is widened where the estimate would lie outside. Authors who post often are not yet
    allowed for.

    Parameters
    ----------
    machine
        The machine's coding: one pass over the whole population. It tells the bands, and the naive share.
    gold
        One person's coding, or the adjudicated one, of a frame that ``reliability.draw`` drew from `machine`.
    seed
        Seed of the draws behind the interval. Each row uses its own stream, so rows do not depend on each other.
    by
        Split by platform or community as recorded, or by the speaker's role. The role is the one that people saw,
        for the machine's may be wrong: size and share of each role are both estimated.
    stance
        What counts: marks of this stance. Any stance if None. A code to which the machine gives no stance (a protective
        code) counts by any mark that has none.
    roles
        What counts: posts whose speaker has one of these roles. Any speaker if None.
    codes
        The codes to report, as those of a codebook. Those that either coder marked, if None.
    draws
        How many draws make the interval.

    Returns
    -------
    One row for each code (index ``code``, with `by` also the group): ``estimate``, ``low``, ``high`` (shares of the
    group's posts, 0 to 1, 95 %), ``n_posts``, ``n_authors`` (of the population; missing where unknown, as by role),
    ``naive`` (share that the machine counts, uncorrected; NaN where it gives no roles), ``n_gold`` (posts coded by
    hand), ``n_found`` (of them with the code), ``n_missed`` (of these, not marked by the machine and not flagged),
    ``n_authors_found`` (known authors of the posts found), ``n_authors_naive`` (of those that the machine counts),
    ``method`` (and why a figure is missing).

    Raises
    ------
    CodingError
        If `gold` has no probabilities, several coders, posts unknown to the machine or bands of other marks, or no
        roles.
    OptionError
        If `by`, `stance` or `roles` is not known.

    References
    ----------
    Kerman (2011), doi:10.1214/11-EJS648. Cassel, Särndal & Wretman (1976), doi:10.1093/biomet/63.3.615.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialwork_research as sw
    >>> ids = [f"p{i:02d}" for i in range(40)]
    >>> day = pd.Timestamp("2024-05-01", tz="UTC")
    >>> posts = pd.DataFrame({"post_id": ids, "thread_id": ids, "created_at": day, "platform": "forum"})
    >>> corpus = sw.Corpus.of(posts, name="invented")
    >>> looked_at = pd.DataFrame({"post_id": ids, "coder": "machine", "codebook": "boundary_risk", "version": "1"})
    >>> marks = pd.DataFrame({"post_id": ids[:10], "coder": "machine", "code": "client_contact", "stance": "enacted"})
    >>> machine = sw.Coding.of(looked_at, marks)
    >>> frame = sw.reliability.draw(corpus, machine, n=40, seed=7).reset_index()
    >>> person = frame[["post_id", "stratum", "probability"]].assign(coder="a", codebook="boundary_risk", version="1")
    >>> gold = sw.Coding.of(person, marks[:8].assign(coder="a"))
    >>> prevalence(machine, gold=gold, seed=7, roles=None)[["estimate", "low", "high", "naive"]].to_dict("records")
    [{'estimate': 0.2, 'low': 0.2, 'high': 0.2, 'naive': 0.25}]
    """
    count(draws, "draws")
    seeded(seed)
    _options(by=by, stance=stance, roles=roles)
    posts = population(machine.looked_at, machine.marks)
    coded, numbers = checked(gold, posts)
    names = _names(pd.concat([machine.marks["code"], gold.marks["code"]]) if codes is None else codes)
    bare = bare_codes(machine.marks) | (bare_codes(gold.marks) - set(machine.marks["code"]))
    found, marked = (of_stance(each.marks, stance, bare=bare) for each in (gold, machine))
    people = judged(gold, coded["post_id"], marks=found, names=names, roles=roles)
    counted = judged(machine, posts["post_id"], marks=marked, names=names, roles=roles)
    if not people.tells_roles and (roles is not None or by == "role"):
        raise CodingError(
            "The gold coding tells no speaker's role. Mend: code the roles too, or count every speaker by roles=None."
        )
    places = pd.Index(posts["post_id"]).get_indexer(coded["post_id"])
    sample = Sample(posts, counted, coded, people, places, is_naive=roles is None or counted.tells_roles)
    rows = [
        {"code": name, **row((people.hits[place], counted.hits[place]), group, sample, draws=draws, seed=seed)}
        for group in groups(by, roles, sample)
        for place, name in enumerate(names)
    ]
    drawn, done = (sum(each[place] for each in numbers.values()) for place in (1, 2))
    return note(
        _table(rows, by, open_=f"; {drawn - done} of {drawn} drawn posts not coded yet" if done < drawn else ""),
        counts=f"code with {'any stance' if stance is None else f'stance {stance}'}",
        speakers="any" if roles is None else sorted(roles),
        strata={band: dict(zip(("population", "drawn", "coded"), each, strict=True)) for band, each in numbers.items()},
        hand_coder=gold.coders,
        codes_without_stance=sorted(bare & set(names)),
        hand_coded_marks_lacking_a_stance=int((gold.marks["stance"].isna() & ~gold.marks["code"].isin(bare)).sum()),
        hand_coded_posts_without_role=int(pd.isna(people.role).sum()) if people.tells_roles else None,
        posts_without_group=None if by in (None, "role") else int(posts[by].isna().sum()),
        versions={"machine": _versions(machine), "gold": _versions(gold)},
    )


def _options(*, by: str | None, stance: str | None, roles: tuple[str, ...] | None) -> None:
    if by is not None:
        option(by, _BY, "by")
    if stance is not None:
        option(stance, STANCES, "stance")
    for role in roles or ():
        option(role, ROLES, "roles")


def _names(codes: Iterable[str]) -> list[str]:
    return sorted({codes} if isinstance(codes, str) else set(codes))


def _table(rows: list[dict[str, Any]], by: str | None, *, open_: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["code", "group", *_COLUMNS])
    types = dict.fromkeys(_COUNTS, "Int64") | {"code": "str", "method": "str"}
    table = table.astype(types | dict.fromkeys(("estimate", "low", "high", "naive"), "float64"))
    table["method"] += open_
    if by is None:
        return table.drop(columns="group").set_index("code")
    named = table.astype({"group": "str"}).rename(columns={"group": by})
    return named.sort_values(["code", by], kind="stable").set_index(["code", by])


def _versions(coding: Coding) -> list[str]:
    return sorted(coding.looked_at["version"].dropna().unique())
