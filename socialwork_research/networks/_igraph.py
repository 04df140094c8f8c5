"""Networks for igraph, where that is installed, and back."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..errors import MissingExtraError, SchemaError
from ..provenance import traced
from ._graph import graph

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["from_igraph", "to_igraph"]

_NAME, _LACKING = "name", "socialwork_research: lacking"
_MEND = "pip install igraph"  # under the GPL: it is no extra of this package, and nothing here needs it


def to_igraph(network: pd.DataFrame | nx.Graph) -> Any:
    """Give a network as a graph of igraph, which must be installed beside this package.

    Parameters
    ----------
    network
        A table of ties, of which the graph is made, or a graph of networkx
        with one edge a pair.

    Returns
    -------
    An ``igraph.Graph`` with nodes and edges in the same order. Vertices
    carry ``name`` (the id), all carry their attributes as they are; where
    one lacks an attribute igraph holds None, and the graph's attribute
    ``socialwork_research: lacking`` tells these from a None that was there.
    ``weight`` is set from a list: igraph reads weights from arrays wrongly.

    Raises
    ------
    MissingExtraError
        If igraph is not installed.
    SchemaError
        If a pair has several edges, or a node has an attribute ``name``.

    Examples
    --------
    >>> from importlib.util import find_spec
    >>> import networkx as nx
    >>> find_spec("igraph") is None or to_igraph(nx.DiGraph([("a", "b")])).vs["name"] == ["a", "b"]
    True
    """
    from ..kernels.network_files import ABSENT, laid

    igraph = _igraph()
    found = laid(graph(network) if isinstance(network, pd.DataFrame) else network)
    if any(column.name == _NAME for column in found.nodes):
        raise SchemaError("A node has an attribute 'name', where igraph keeps its id. Mend: rename the attribute.")
    ends = list(zip(found.source, found.target, strict=True))
    made = igraph.Graph(n=len(found.ids), edges=ends, directed=found.is_directed)
    made.vs[_NAME] = found.ids
    lacking: dict[str, dict[str, list[int]]] = {"nodes": {}, "edges": {}}
    for part, columns, sequence in (("nodes", found.nodes, made.vs), ("edges", found.edges, made.es)):
        for column in columns:
            rows = [row for row, value in enumerate(column.values) if value is ABSENT]
            if rows:
                lacking[part][column.name] = rows
            sequence[column.name] = [None if value is ABSENT else value for value in column.values]
    for name, value in found.told.items():
        made[str(name)] = value
    made[_LACKING] = lacking
    return made


@traced
def from_igraph(network: Any) -> nx.DiGraph | nx.Graph:
    """Take a graph of igraph over to networkx.

    Parameters
    ----------
    network
        An ``igraph.Graph``.

    Returns
    -------
    A graph of networkx; nodes are named by the vertices' ``name``, or
    numbered where they have none. What `to_igraph` gave comes back as it
    was.

    Raises
    ------
    SchemaError
        If a pair has several edges, or two vertices have one name.

    Examples
    --------
    >>> from importlib.util import find_spec
    >>> import networkx as nx
    >>> made = nx.DiGraph([("a", "b", {"weight": 2})])
    >>> find_spec("igraph") is None or from_igraph(to_igraph(made)).edges["a", "b"] == {"weight": 2}
    True
    """
    from ..kernels.network_files import ABSENT, Column, Laid, made

    n = network.vcount()
    has_names = _NAME in network.vs.attributes()
    ids = list(network.vs[_NAME]) if has_names else list(range(n))
    if len(set(ids)) < n:
        raise SchemaError("Two vertices have one name. Mend: give each vertex a name of its own.")
    told = {name: network[name] for name in network.attributes()}
    lacking = told.pop(_LACKING, {"nodes": {}, "edges": {}})

    def columns(sequence: Any, part: str) -> list[Column]:
        found = []
        for name in sequence.attributes():
            if part == "nodes" and name == _NAME:
                continue
            out = set(lacking[part].get(name, ()))
            values = [ABSENT if row in out else value for row, value in enumerate(sequence[name])]
            found.append(Column(name, "json", values, name))
        return found

    ends = network.get_edgelist()
    return made(
        Laid(
            is_directed=network.is_directed(),
            ids=ids,
            id_kind="json",
            nodes=columns(network.vs, "nodes"),
            source=[source for source, _ in ends],
            target=[target for _, target in ends],
            edges=columns(network.es, "edges"),
            told=told,
        )
    )


def _igraph() -> ModuleType:
    """Import igraph, or say how it is had."""
    try:
        return importlib.import_module("igraph")
    except ModuleNotFoundError as error:
        if error.name != "igraph":
            raise
        raise MissingExtraError(
            f"This step needs 'igraph', which is under the GPL and so no part of this package. Mend: {_MEND}",
            name="igraph",
        ) from error
