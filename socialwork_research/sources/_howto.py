"""How an export of each place is come by, on what terms, and what it will lack."""

from __future__ import annotations

import dataclasses

import pandas as pd

from .._checks import nearest
from ..errors import OptionError
from ..provenance import traced
from . import _exports
from ._about import About

__all__ = ["howto"]

MATTERS = ("how", "terms", "read_on", "lacks", "tested_on")


def told_by(place: str) -> dict[str, str]:
    """Return what a place tells of its exports, in the order of `MATTERS`."""
    about: About = _exports.module(place).ABOUT
    told = dataclasses.asdict(about)
    return {matter: told[matter] for matter in MATTERS}


@traced
def howto(place: str | None = None) -> pd.DataFrame:
    """Tell how an export of a place is come by, on what terms, what it will lack, and what its reader was tested on.

    Parameters
    ----------
    place
        The place, as in ``sources.<place>``, e.g. ``"reddit"``; None tells of all places.

    Returns
    -------
    One row a place (index ``place``); columns ``how`` (the way to a lawful export), ``terms`` (their address),
    ``read_on`` (the day on which they were read), ``lacks`` (what is not in the export), ``tested_on`` (the files that
    the reader was tried on). "not read here" means that nobody has read the terms for this table: read them, and note
    the day.

    Raises
    ------
    OptionError
        If nothing can be read of such a place.

    Examples
    --------
    >>> howto("linkedin").loc["linkedin", "tested_on"]
    'untested on real exports: from documentation'
    """
    known = sorted(_exports.places())
    if place is not None and place not in known:
        raise OptionError(f"place={place!r} cannot be read; it can be {', '.join(known)}.{nearest(place, known)}")
    wanted = known if place is None else [place]
    rows = pd.DataFrame([told_by(each) for each in wanted], columns=list(MATTERS), dtype="str")
    return rows.set_index(pd.Index(wanted, name="place", dtype="str"))
