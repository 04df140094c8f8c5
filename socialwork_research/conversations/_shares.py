"""The share answered by each time, group by group: estimate, interval, and the range over what cannot be seen."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd

from . import _survival as survival
from ._clocks import Clock, Waits, waits_of

__all__ = ["MICROSECONDS", "groups_of", "indexed", "named", "shares"]

MICROSECONDS = 3_600_000_000  # an hour, in the unit of a corpus's times
_NOBODY = "undefined: nobody was followed for so long"
_UNDEFINED = dict.fromkeys(("estimate", "low", "high", "least", "most"), np.nan)
_BOUNDS = (0.025, 0.975)
_ANSWERS: tuple[Literal["seen", "likely"], ...] = ("seen", "likely")
_GONE: tuple[Literal["never", "at once"], ...] = ("never", "at once")


def named(known: Clock) -> str:
    """Name the estimator, and what competes with an answer or ends the observation."""
    told = ["Aalen–Johansen" if known.competing else "Kaplan–Meier"]
    told += [f"what competes: {_listed(known.competing)}"] if known.competing else []
    told += [f"what ends the observation: {_listed(known.censoring)}"] if known.censoring else []
    return "; ".join(told)


def _listed(ways: tuple[str, ...]) -> str:
    return " and ".join({"removal": "removal", "off_platform": "a move off the platform"}[way] for way in ways)


def groups_of(known: Clock) -> list[str]:
    """Return the groups in their order; where none are to be told apart, the one."""
    return ["all"] if known.by is None else sorted(known.threads["group"].unique())


def shares(known: Clock, hours: Mapping[str, float], *, draws: int, seed: int) -> list[dict[str, Any]]:
    """Return one row a group and time, in the order of groups and of `hours`; none where there is no thread."""
    groups = groups_of(known)
    horizons = np.round(np.array(list(hours.values()), dtype="float64") * MICROSECONDS).astype("int64")
    waits = waits_of(known)
    places = {group: waits.group == group for group in groups}

    def told(weights: np.ndarray) -> survival.Floats:
        return np.concatenate([_incidence(waits, places[group], weights, horizons) for group in groups], axis=1)

    if not len(waits.waited):
        return [_row(group, label, hours[label], known) for group in groups for label in hours]
    estimates = told(np.ones((1, len(waits.waited))))[0].reshape(len(groups), -1)
    drawn = survival.each_draw(waits.author, told=told, draws=draws, seed=seed)
    bounds = np.nanquantile(drawn, _BOUNDS, axis=0).reshape(2, len(groups), -1)
    ranges = _ranges(known, groups, horizons)
    rows = []
    for number, group in enumerate(groups):
        own = _Group(waits, places[group], horizons)
        for place, (label, length) in enumerate(hours.items()):
            row = _row(group, label, length, known) | own.counts(place)
            if own.is_followed(place) or estimates[number, place] == 1:
                interval = (float(bounds[0, number, place]), float(bounds[1, number, place]))
                row |= own.estimate(place, float(estimates[number, place]), interval=interval, name=named(known))
                row |= {"least": ranges[0, number, place], "most": ranges[1, number, place]}
            rows.append(row)
    return rows


def _row(group: str, label: str, length: float, known: Clock) -> dict[str, Any]:
    counts = dict.fromkeys(("n_posts", "n_authors", "n_answered", "n_at_risk"), 0)
    method = _NOBODY if known.is_followed.any() else "undefined: no opening post"
    return {"group": group, "within": label, "hours": length, **_UNDEFINED, **counts, "method": method}


def _incidence(waits: Waits, own: np.ndarray, weights: np.ndarray, horizons: np.ndarray) -> survival.Floats:
    part = weights[:, own]
    found = survival.incidence(part, waited=waits.waited[own], cause=waits.cause[own], horizons=horizons)
    found[part.sum(axis=1) == 0] = np.nan  # nobody of this group was drawn
    return found


def _ranges(known: Clock, groups: list[str], horizons: np.ndarray) -> np.ndarray:
    """Return the least and the most that the estimate could be, whatever is true of what cannot be seen."""
    found = []
    for answered, gone in itertools.product(_ANSWERS, _GONE):
        waits = waits_of(known, answered=answered, gone=gone, whole=True)
        weights = np.ones((1, len(waits.waited)))
        found.append(
            np.concatenate([_incidence(waits, waits.group == group, weights, horizons) for group in groups], axis=0)
        )
    return np.stack([np.min(found, axis=0), np.max(found, axis=0)])


class _Group:
    """The waits of one group, and what is told of them at each horizon."""

    def __init__(self, waits: Waits, own: np.ndarray, horizons: np.ndarray) -> None:
        self.waited, self.cause, self.author = waits.waited[own], waits.cause[own], waits.author[own]
        self.horizons = horizons
        self.n_authors = len(np.unique(self.author))

    def is_followed(self, place: int) -> bool:
        """Say whether anybody was waiting at this horizon, or the last who waited does so no longer, for good."""
        return bool((self.waited >= self.horizons[place]).any() or (self.cause[-1:] > survival.CENSORED).any())

    def counts(self, place: int) -> dict[str, int]:
        by_then = (self.cause == survival.ANSWERED) & (self.waited <= self.horizons[place])
        at_risk = self.waited >= self.horizons[place]
        return {
            "n_posts": len(self.waited), "n_authors": self.n_authors, "n_answered": int(by_then.sum()),
            "n_at_risk": int(at_risk.sum()),
        }  # fmt: skip

    def estimate(
        self, place: int, estimate: float, *, interval: tuple[float, float], name: str
    ) -> dict[str, float | str]:
        """Give the interval, or another one, or none, where draws that do not differ would feign certainty."""
        low, high = interval
        method = f"{name}; 95 % percentile interval, opening authors drawn anew"
        if estimate in {0.0, 1.0}:
            is_known = (self.cause > survival.CENSORED) & (self.waited <= self.horizons[place])
            n_trials = len(np.unique(self.author[is_known | (self.waited >= self.horizons[place])]))
            low, high = survival.exact_bounds(n_trials, is_all=estimate == 1)
            method = f"{name}; 95 % exact interval, {n_trials} authors as trials (all alike)"
        elif self.n_authors == 1 or np.isclose(low, high, rtol=0, atol=1e-9):
            low = high = np.nan
            method = f"{name}; no interval: {'one author' if self.n_authors == 1 else 'the authors do not differ'}"
        return {"estimate": estimate, "low": low, "high": high, "method": method}


def indexed(rows: list[dict[str, Any]], *, by: str | None, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return rows as a table, indexed by time, or by group and time."""
    table = pd.DataFrame(rows, columns=["group", "within", *columns])
    table = table.astype({"within": "str", "method": "str", "group": "str"})
    table = table.drop(columns="group") if by is None else table.rename(columns={"group": by})
    return table.set_index("within" if by is None else [by, "within"])
