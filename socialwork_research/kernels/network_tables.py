"""A network as two tables, of nodes and of edges, with the column names that Gephi knows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from .. import _csv
from ..errors import SchemaError
from .network_files import Column, Laid, from_parts, texts_of_ids
from .network_values import Kind

__all__ = ["read_tables", "tables"]

_WAYS = {True: "Directed", False: "Undirected"}
_NODES, _EDGES = ("Id", "Label"), ("Source", "Target", "Type", "Weight")


def tables(network: Laid) -> tuple[bytes, bytes]:
    """Write nodes (Id, Label, attributes) and edges (Source, Target, Type, Weight, attributes) as CSV."""
    names = texts_of_ids(network)
    nodes = {"Id": names, "Label": names} | _cells(network.nodes, len(names))
    edges: dict[str, list[Any]] = {
        "Source": [names[each] for each in network.source],
        "Target": [names[each] for each in network.target],
        "Type": [_WAYS[network.is_directed]] * len(network.source),
    } | _cells(network.edges, len(network.source))
    made = [
        pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in each.items()}) for each in (nodes, edges)
    ]
    first, second = (_csv.written(table).encode("utf-8") for table in made)
    return first, second


def _cells(columns: list[Column], n: int) -> dict[str, list[str | None]]:
    return {
        "Weight" if column.is_weight else column.title: [column.text(row) for row in range(n)] for column in columns
    }


def read_tables(nodes: Path, edges: Path, told: dict[str, Any] | None) -> Laid:
    """Read the two tables, ours or those that Gephi exported.

    Raises
    ------
    SchemaError
        If a column is missing, or a row has no id.
    """
    first, second = _read(nodes, ["Id"]), _read(edges, ["Source", "Target"])
    own: dict[str, list[str]] = {
        "nodes": [name for name in first if name not in _NODES],
        "edges": [name for name in second if name not in _EDGES or name == "Weight"],
    }
    kinds: dict[str, dict[str, tuple[str, Kind]]] = {
        part: {name: ("weight", "float") if name == "Weight" else (name, "str") for name in names}
        for part, names in own.items()
    }
    ids = first["Id"].tolist()
    if len(set(ids)) < len(ids):
        raise SchemaError(f"{nodes.name}: two nodes have one id. Mend: give each node an id of its own.")
    ways = set(second["Type"].dropna().str.casefold()) if "Type" in second else set()
    rows = [_given(row, own["edges"]) for row in second.to_dict("records")]
    return from_parts(
        told,
        dict(zip(ids, (_given(row, own["nodes"]) for row in first.to_dict("records")), strict=True)),
        list(zip(second["Source"], second["Target"], rows, strict=True)),
        kinds=kinds,
        is_directed=bool(told["directed"]) if told else ways != {"undirected"},
    )


def _read(path: Path, required: list[str]) -> pd.DataFrame:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        heads = next(csv.reader(lines), [])
    missing = [name for name in required if name not in heads]
    if missing:
        raise SchemaError(
            f"{path.name}: the column {missing[0]!r} is missing. Mend: export it with Gephi's column names."
        )
    table = _csv.read(path, dict.fromkeys(heads, "text"))
    if table[required].isna().to_numpy().any():
        raise SchemaError(f"{path.name}: a row has no {' or '.join(required)}. Mend: fill it in.")
    return table


def _given(row: dict[Any, Any], names: list[str]) -> dict[str, str]:
    return {name: row[name] for name in names if not pd.isna(row[name])}
