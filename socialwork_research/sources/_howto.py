"""How an export of each place is come by, on what terms, and what it will lack."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import pandas as pd

from .. import _checks
from ..provenance import traced

__all__ = ["howto"]

_LISTING = Path(__file__).resolve().with_name("howto.toml")
Place = Literal[
    "bluesky", "convokit", "discourse", "facebook", "forum_html", "fourcat", "google_plus", "linkedin", "mailbox",
    "mastodon", "reddit", "stackexchange", "table", "twitter", "twitter_archive", "wordpress", "youtube", "zeeschuimer",
]  # fmt: skip
MATTERS = ("how", "terms", "read_on", "lacks", "tested_on")


def listed() -> dict[str, dict[str, str]]:
    """Return what is told of each place, by its name."""
    return tomllib.loads(_LISTING.read_text("utf-8"))


@traced
def howto(place: Place) -> pd.DataFrame:
    """Tell how an export of a place is come by, on what terms, what it will lack, and what its reader was tested on.

    Parameters
    ----------
    place
        The place, as in ``sources.<place>``, e.g. ``"reddit"``.

    Returns
    -------
    Index ``matter``: ``how`` (the way to a lawful export), ``terms`` (their address), ``read_on`` (the day on which
    they were read), ``lacks`` (what is not in the export), ``tested_on`` (the files that the reader was tried on).
    Column ``told``. "not read here" means that nobody has read the terms for this table: read them, and note the day.

    Raises
    ------
    OptionError
        If nothing is told of such a place.

    Examples
    --------
    >>> howto("linkedin").loc["tested_on", "told"]
    'untested on real exports: from documentation'
    """
    known = listed()
    told = known[_checks.option(place, sorted(known), "place")]
    index = pd.Index(MATTERS, name="matter", dtype="str")
    return pd.DataFrame({"told": pd.Series([told[matter] for matter in MATTERS], index=index, dtype="str")})
