"""Networks as files: one layout of nodes, edges and what is told of them; `graphml`, `gexf` and tables write it.

A file tells beside the network how its columns are spelt (``network_values``), so that what is read back is equal to what
was written; files that other programs wrote are read by the types that they declare.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import SchemaError
from .network_values import KINDS, Kind, decode, encode, is_clean, kind_of, pack, unpack

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["ABSENT", "Column", "Laid", "about", "from_parts", "laid", "made", "read_about", "texts_of_ids"]

ABSENT = object()  # a node or edge that lacks an attribute: not the same as one whose attribute is None
_MARK = "How its columns are spelt: "
_TAKEN = {"id", "label", "weight", "source", "target", "type", "kind", "timeset", "interval"}  # Gephi's own columns


@dataclass(frozen=True)
class Column:
    """An attribute of all nodes or edges; `ABSENT` where one lacks it."""

    name: str
    kind: Kind
    values: list[Any]
    title: str
    """Its name in the file, which no other column bears."""

    @property
    def is_weight(self) -> bool:
        """Say whether formats with a place of their own for weights can hold it there."""
        return self.name == "weight" and self.kind in ("int", "float") and ABSENT not in self.values

    def text(self, row: int) -> str | None:
        """Write the value of one row; None where it is absent."""
        value = self.values[row]
        return None if value is ABSENT else encode(self.kind, value)


@dataclass(frozen=True)
class Laid:
    """A network laid out for writing."""

    is_directed: bool
    ids: list[Hashable]
    id_kind: Kind
    nodes: list[Column]
    source: list[int]
    target: list[int]
    edges: list[Column]
    told: dict[str, Any] = field(default_factory=dict)
    """What the graph itself carries."""


def laid(graph: nx.Graph) -> Laid:
    """Lay out a graph of networkx in the order of its nodes and edges.

    Raises
    ------
    SchemaError
        If pairs may have several edges, or a value is of a kind that no format gives back.
    """
    if graph.is_multigraph():
        raise SchemaError(
            "A graph with several edges a pair cannot be written. Mend: put them together, with a weight."
        )
    ids = list(graph.nodes)
    place = {node: row for row, node in enumerate(ids)}
    edges = list(graph.edges(data=True))
    return Laid(
        is_directed=graph.is_directed(),
        ids=ids,
        id_kind=kind_of(ids) if ids else "str",
        nodes=_columns([told for _, told in graph.nodes(data=True)]),
        source=[place[source] for source, _, _ in edges],
        target=[place[target] for _, target, _ in edges],
        edges=_columns([told for _, _, told in edges]),
        told=dict(graph.graph),
    )


def _columns(rows: list[dict[Any, Any]]) -> list[Column]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    odd = [name for name in names if not isinstance(name, str)]
    if odd:
        raise SchemaError(f"{len(odd)} attributes are not named by a text. Mend: name each attribute by a word.")
    found, taken = [], set(_TAKEN)
    for name in names:
        values = [row.get(name, ABSENT) for row in rows]
        kind = kind_of(value for value in values if value is not ABSENT)
        whole = all(value is not ABSENT for value in values)
        title = name if name == "weight" and kind in ("int", "float") and whole else _title(name, taken)
        found.append(Column(name, kind, values, title))
    return found


def _title(name: str, taken: set[str]) -> str:
    """Return a name that a file can hold, and that no other column bears in whatever case."""
    clean = " ".join(name.split()) if is_clean(name) else ""
    title, number = clean or "attribute", 1
    while title.casefold() in taken:
        number += 1
        title = f"{clean or 'attribute'} ({number})"
    taken.add(title.casefold())
    return title


def texts_of_ids(network: Laid) -> list[str]:
    """Write the ids of the nodes, each unlike the others."""
    return [encode(network.id_kind, each) for each in network.ids]


def about(network: Laid, *, statement: str) -> str:
    """Tell what a reader needs to know to give the network back, after a sentence for people."""
    told = {
        "directed": network.is_directed,
        "ids": network.id_kind,
        "nodes": [[column.name, column.kind] for column in network.nodes],
        "edges": [[column.name, column.kind] for column in network.edges],
        "graph": pack(network.told),
    }
    return f"{statement}\n{_MARK}{json.dumps(told)}".strip()


def read_about(text: str | None) -> dict[str, Any] | None:
    """Return what `about` told; None for a file that this package did not write.

    Raises
    ------
    SchemaError
        If it was changed so that it cannot be read.
    """
    _, mark, told = (text or "").rpartition(_MARK)
    if not mark:
        return None
    try:
        found: dict[str, Any] = json.loads(told)
        known = {kind for part in ("nodes", "edges") for _, kind in found[part]} | {found["ids"]}
        found["graph"] = unpack(found["graph"])
    except (KeyError, TypeError, ValueError) as error:
        raise SchemaError("What the file tells of its columns was changed. Mend: write the network again.") from error
    if not known <= set(KINDS):
        raise SchemaError("The file has columns of a kind that is not known here: a newer version wrote it.")
    return found


def made(network: Laid) -> nx.Graph:
    """Make a graph of networkx; nodes and edges are added in the order of the file."""
    import networkx as nx

    graph = nx.DiGraph() if network.is_directed else nx.Graph()
    graph.graph.update(network.told)
    for row, node in enumerate(network.ids):
        graph.add_node(node)
        graph.nodes[node].update(_given(network.nodes, row))
    for row, (source, target) in enumerate(zip(network.source, network.target, strict=True)):
        ends = network.ids[source], network.ids[target]
        if graph.has_edge(*ends):
            raise SchemaError("The file has several edges between two nodes. Mend: put them together, with a weight.")
        graph.add_edge(*ends)
        graph.edges[ends].update(_given(network.edges, row))
    return graph


def _given(columns: list[Column], row: int) -> dict[str, Any]:
    return {column.name: column.values[row] for column in columns if column.values[row] is not ABSENT}


def from_parts(
    told: dict[str, Any] | None,
    nodes: Mapping[str, dict[str, str]],
    edges: list[tuple[str, str, dict[str, str]]],
    *,
    kinds: Mapping[str, Mapping[str, tuple[str, Kind]]],
    is_directed: bool,
) -> Laid:
    """Put together what a reader found: the texts of each node and edge by the key of their column.

    `kinds` says for ``nodes`` and ``edges`` which name and kind each key has by the file's own declarations; what `told`
    says goes before it, key by key in the same order.

    Raises
    ------
    SchemaError
        If an edge has an end that is no node, or a text is none of its column's kind.
    """
    names = list(nodes)
    place = {name: row for row, name in enumerate(names)}
    strays = sum(source not in place or target not in place for source, target, _ in edges)
    if strays:
        raise SchemaError(f"{strays} edges have an end that is none of the nodes. Mend: write the whole network again.")
    spelt = {part: _spelt(kinds[part], told[part] if told else None) for part in ("nodes", "edges")}
    return Laid(
        is_directed=is_directed,
        ids=[decode(told["ids"], name) if told else name for name in names],
        id_kind=told["ids"] if told else "str",
        nodes=_read_columns(spelt["nodes"], list(nodes.values())),
        source=[place[source] for source, _, _ in edges],
        target=[place[target] for _, target, _ in edges],
        edges=_read_columns(spelt["edges"], [each for _, _, each in edges]),
        told=told["graph"] if told else {},
    )


def _spelt(
    declared: Mapping[str, tuple[str, Kind]], told: list[tuple[str, Kind]] | None
) -> dict[str, tuple[str, Kind]]:
    if told is None:
        return dict(declared)
    if len(told) != len(declared):
        raise SchemaError("The file has other columns than it tells of. Mend: write the network again.")
    return {key: (str(name), kind) for key, (name, kind) in zip(declared, told, strict=True)}


def _read_columns(spelt: dict[str, tuple[str, Kind]], rows: list[dict[str, str]]) -> list[Column]:
    return [
        Column(name, kind, [decode(kind, row[key]) if key in row else ABSENT for row in rows], name)
        for key, (name, kind) in spelt.items()
    ]
