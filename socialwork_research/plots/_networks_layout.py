"""A network as a picture: still, for print, and as a page that can be moved, zoomed and filtered. Neither names anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection

from .._checks import columns
from ..errors import SchemaError
from ..provenance import fingerprint, papers
from ._canvas import GREY, OKABE_ITO, Chart, canvas, finish
from ._drawn import drawn
from ._networks_view import View

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Picture", "layout"]

_MOST_EDGES = 200_000
_MARKERS = "os^DvhpX"
_COLOURS = (*OKABE_ITO[:6], "#000000", GREY)  # the last for all smaller communities
_PUBLISHABLE = "privacy.publishable_network"


class Picture(Chart):
    """A drawn network: the still picture, and with ``view`` the page that can be moved, zoomed and filtered."""

    view: View


def layout(layout: pd.DataFrame, *, ties: pd.DataFrame | nx.Graph) -> Picture:
    """Draw a network: a point for each author, a line for each pair with a tie.

    A picture of people who can be found by the shape around them: where the
    posts are real, reports take it only of a network that
    ``privacy.publishable_network`` made, drawn unchanged.

    Parameters
    ----------
    layout
        The table of ``networks.layout``; a column ``community``, joined to
        it, is shown by colour and shape.
    ties
        The ties or the graph that it was made of.

    Returns
    -------
    The chart, points larger with degree. Its ``view`` is the same as a page
    for JupyterLab (``chart.view``) or a browser (``chart.view.save(path)``):
    mouse and keyboard move and zoom it, least weight and component filter
    it, and what is under the mouse is told by degree and community. Neither
    holds an id. Of more than 200,000 pairs those with most ties are drawn.

    Raises
    ------
    SchemaError
        If a column is missing, or a tie's author has no place.

    Examples
    --------
    >>> places = pd.DataFrame(
    ...     {"x": [-1.0, 1.0], "y": [0.0, 0.0], "component": [1, 1], "degree": [1, 1]},
    ...     index=pd.Index(["a", "b"], name="author_id"),
    ... )
    >>> layout(places, ties=pd.DataFrame({"source": ["a"], "target": ["b"]})).alt
    'A network of 2 authors and 1 pair with ties, in 1 component; the largest has 100.0 % of the authors, and the most ...'
    """
    columns(layout, ["x", "y", "component", "degree"], "layout")
    table = ties if isinstance(ties, pd.DataFrame) else _listed(ties)
    columns(table, ["source", "target"], "ties")
    chart = cast(Picture, _drawn(layout, _pairs(layout, table)))
    if _is_publishable(layout, ties):
        chart.lays_open = ()
        chart.view.is_publishable = True
    return chart


@drawn
def _drawn(layout: pd.DataFrame, pairs: pd.DataFrame) -> Picture:
    plain, axes = canvas(width="wide", height=140)
    plain.__class__ = Picture  # the canvas as it is, with a page beside it
    chart = cast(Picture, plain)
    axis = axes[0, 0]
    kept = pairs.nlargest(_MOST_EDGES, "weight", keep="first").sort_index() if len(pairs) > _MOST_EDGES else pairs
    place = layout[["x", "y"]].to_numpy(dtype=float)
    lines = np.stack([place[kept["start"]], place[kept["end"]]], axis=1)
    fade = float(np.clip(400 / max(len(kept), 1), 0.05, 0.6))
    axis.add_collection(
        LineCollection(list(lines), colors=GREY, linewidths=0.4, alpha=fade, zorder=1, rasterized=len(kept) > 5000)
    )
    group, names = _groups(layout)
    size = np.clip(120 / np.sqrt(max(len(layout), 1)), 0.4, 9) * np.sqrt(1 + layout["degree"].to_numpy(dtype=float))
    for number, name in enumerate(names):
        own = group == number
        axis.scatter(
            place[own, 0], place[own, 1], s=size[own], marker=_MARKERS[number], color=_COLOURS[number], linewidths=0,
            zorder=2, label=name, rasterized=len(layout) > 5000,
        )  # fmt: skip
    axis.set_aspect("equal")
    axis.set_axis_off()
    axis.margins(0.03)
    if len(names) > 1:
        axis.legend(title="community", title_fontsize="small", loc="upper left", bbox_to_anchor=(1, 1))
    n_left = len(pairs) - len(kept)
    alt = _alt(layout, pairs, names, n_left)
    title = f"A network of {len(layout):,} authors"
    finish(chart, title=title, alt=alt)
    chart.view = View(layout, kept, group=group, colours=_COLOURS, title=title, alt=alt)
    return chart


def _alt(layout: pd.DataFrame, pairs: pd.DataFrame, names: list[str], n_left: int) -> str:
    part = layout["component"].value_counts()
    told = f"A network of {len(layout):,} authors and {len(pairs):,} pair{'s' * (len(pairs) != 1)} with ties, in {len(part):,}"
    told += f" component{'s' * (len(part) != 1)}"
    if len(layout):
        share, most = 100 * part.iloc[0] / len(layout), int(layout["degree"].max())
        told += f"; the largest has {share:.1f} % of the authors, and the most that one author is tied to is {most:,} others"
    if len(names) > 1:
        told += f"; colours and shapes tell {len(names)} groups of communities apart"
    return f"{told}; {n_left:,} pairs with fewest ties are not drawn." if n_left else f"{told}."


def _groups(layout: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    """Number the communities by size, so that the largest have a colour and shape of their own."""
    if "community" not in layout or not len(layout):
        return np.zeros(len(layout), dtype=np.int64), [""]
    told = layout["community"].astype("str").fillna("none")
    counted = told.value_counts().rename_axis("community").reset_index(name="n")
    order = counted.sort_values(["n", "community"], ascending=[False, True])["community"].tolist()
    own = order[: len(_COLOURS) - 1]
    group = told.map({name: number for number, name in enumerate(own)}).fillna(len(own)).to_numpy(dtype=np.int64)
    return group, [*own, "others"] if len(order) > len(own) else own


def _listed(graph: nx.Graph) -> pd.DataFrame:
    rows = [(str(source), str(target), n) for source, target, n in graph.edges(data="weight", default=1)]
    return pd.DataFrame(rows, columns=["source", "target", "weight"]).astype({"source": "str", "target": "str"})


def _pairs(layout: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Put the ties of each pair together, by the rows of its authors in the layout; ties with oneself are no line."""
    places = pd.Index(layout.index.astype("str"))
    start, end = (places.get_indexer(table[name].astype("str")) for name in ("source", "target"))
    strays = int(((start < 0) | (end < 0)).sum())
    if strays:
        raise SchemaError(
            f"{strays} ties have an author without a place. Mend: draw the ties that the layout was made of."
        )
    weight = table["weight"].to_numpy() if "weight" in table else np.ones(len(table), dtype=np.int64)
    rows = pd.DataFrame({"start": np.minimum(start, end), "end": np.maximum(start, end), "weight": weight})
    return rows[rows["start"] != rows["end"]].groupby(["start", "end"], as_index=False)["weight"].sum()


def _is_publishable(layout: pd.DataFrame, ties: pd.DataFrame | nx.Graph) -> bool:
    """Say whether both are, unchanged, of a network in which nobody stands alone."""
    told, made = papers(layout), papers(ties)
    if told.get("function") != "networks.layout" or made.get("function") != _PUBLISHABLE:
        return False
    given = told.get("inputs", {}).get("ties", {}).get("fingerprint")
    return bool(told["result"] == fingerprint(layout) and made["result"] == fingerprint(ties) == given)
