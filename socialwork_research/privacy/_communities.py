"""Names of communities: a board of millions tells of nobody, a closed group of forty tells of its forty."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .._checks import columns, count
from ..provenance import note, traced

__all__ = ["label_communities"]

_COMMUNITY = "community"


@traced
def label_communities(
    table: pd.DataFrame, *, n: str = "n_authors", least: int = 100, keep: Sequence[str] = ()
) -> pd.DataFrame:
    """Put labels in the place of names of small communities, before a table is published.

    The rule. Names of communities (subreddits, boards, groups, pages) stand in a corpus as the export has them: they are
    needed for any comparison, and a corpus is not published. In what is published a community's name stays if so many
    people wrote there that its name tells of none of them, or if it is the page of a public body (an authority, a
    regulator, a union, a university, a newspaper), which you name in `keep`, since no program can tell; all other names
    become labels. A page that bears a person's name is never one to keep. What matters is how many wrote in this corpus,
    which is what a table can tell: it is never more than those who write there.

    Parameters
    ----------
    table
        A finished table with ``community`` as a column or in its index; it stays as it is.
    n
        The column that says on how many people a row rests.
    least
        The smallest number of authors whose community is named.
    keep
        Names that stay whatever their size: pages of public bodies.

    Returns
    -------
    The table with its index and columns. A community of which no row rests on `least` people is called ``[COMMUNITY_1]``
    and so on, the largest first, each by one label in all rows; labelled rows come last, so that no place in the alphabet
    tells a name. The papers note how many were named and labelled.

    Raises
    ------
    SchemaError
        If there is no ``community`` or no column `n`.
    OptionError
        If `least` is not a whole number from 1 up.

    Examples
    --------
    >>> table = pd.DataFrame({"community": ["r/socialwork", "Our street"], "n_authors": [4000, 12]})
    >>> label_communities(table)["community"].tolist()
    ['r/socialwork', '[COMMUNITY_1]']
    """
    count(least, "least")
    names = [name for name in table.index.names if name is not None]
    whole = table.reset_index() if names else table.copy()
    columns(whole, [_COMMUNITY, n], "table")
    people = pd.to_numeric(whole[n]).astype("Float64").fillna(0).groupby(whole[_COMMUNITY]).max()
    small = people[(people < least) & ~people.index.isin(list(keep))].sort_values(ascending=False, kind="stable")
    labels = {name: f"[COMMUNITY_{number}]" for number, name in enumerate(small.index, start=1)}
    number = whole[_COMMUNITY].map({name: place for place, name in enumerate(labels, start=1)}).fillna(0)
    whole[_COMMUNITY] = whole[_COMMUNITY].map(lambda name: labels.get(name, name))
    whole = whole.iloc[number.argsort(kind="stable")]
    result = whole.set_index(names) if names else whole.reset_index(drop=True)
    return note(result, communities_named=len(people) - len(labels), communities_labelled=len(labels), least=int(least))
