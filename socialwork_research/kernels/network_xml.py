"""Networks as GraphML and GEXF 1.3, written in one way and read whoever wrote them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ..errors import SchemaError
from .network_files import Laid, about, from_parts, read_about, texts_of_ids
from .network_values import Kind

__all__ = ["gexf", "graphml", "read_gexf", "read_graphml"]

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://gexf.net/1.3"
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_GRAPHML_TYPES: dict[Kind, str] = {"bool": "boolean", "int": "long", "float": "double"}
_GEXF_TYPES: dict[Kind, str] = {"bool": "boolean", "int": "long", "float": "double"}
_READ_TYPES: dict[str, Kind] = {
    "boolean": "bool", "int": "int", "long": "int", "integer": "int", "short": "int", "byte": "int",
    "biginteger": "int", "float": "float", "double": "float", "bigdecimal": "float",
}  # fmt: skip
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def graphml(network: Laid, *, statement: str = "", is_bare: bool = False) -> bytes:
    """Write GraphML; `is_bare` leaves out what is told of the columns and of the graph."""
    lines = [f'{_HEAD}<graphml xmlns="{_GRAPHML}" {_XSI} xsi:schemaLocation="{_GRAPHML} {_GRAPHML}/1.0/graphml.xsd">']
    if not is_bare:
        lines.append(f"<desc>{_escaped(about(network, statement=statement))}</desc>")
    for part, letter, columns in (("node", "n", network.nodes), ("edge", "e", network.edges)):
        lines += [
            f'<key id="{letter}{number}" for="{part}" attr.name="{_escaped(column.title)}" '
            f'attr.type="{_GRAPHML_TYPES.get(column.kind, "string")}"/>'
            for number, column in enumerate(columns)
        ]
    lines.append(f'<graph edgedefault="{_way(network)}">')
    names = [_escaped(text) for text in texts_of_ids(network)]

    def filled(opened: str, tag: str, columns: list[Any], row: int) -> str:
        texts = ((number, column.text(row)) for number, column in enumerate(columns))
        data = "".join(
            f'<data key="{tag[0]}{number}">{_escaped(text)}</data>' for number, text in texts if text is not None
        )
        return f"{opened}>{data}</{tag}>" if data else f"{opened}/>"

    lines += [filled(f'<node id="{name}"', "node", network.nodes, row) for row, name in enumerate(names)]
    lines += [
        filled(f'<edge source="{names[source]}" target="{names[target]}"', "edge", network.edges, row)
        for row, (source, target) in enumerate(zip(network.source, network.target, strict=True))
    ]
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode("utf-8")


def gexf(network: Laid, *, statement: str = "", is_bare: bool = False) -> bytes:
    """Write GEXF 1.3; a weight that every edge has stands where the format has a place for it."""
    lines = [f'{_HEAD}<gexf xmlns="{_GEXF}" {_XSI} xsi:schemaLocation="{_GEXF} {_GEXF}/gexf.xsd" version="1.3">']
    told = "" if is_bare else f"<description>{_escaped(about(network, statement=statement))}</description>"
    lines.append(f"<meta><creator>socialwork_research</creator>{told}</meta>")
    lines.append(f'<graph defaultedgetype="{_way(network)}" mode="static">')
    for part, columns in (("node", network.nodes), ("edge", network.edges)):
        own = [
            f'<attribute id="{number}" title="{_escaped(column.title)}" type="{_GEXF_TYPES.get(column.kind, "string")}"/>'
            for number, column in enumerate(columns)
            if not (part == "edge" and column.is_weight)
        ]
        if own:
            lines += [f'<attributes class="{part}" mode="static">', *own, "</attributes>"]
    names = [_escaped(text) for text in texts_of_ids(network)]
    is_weight = [column.is_weight for column in network.edges]

    def filled(opened: str, tag: str, columns: list[Any], row: int) -> str:
        texts = ((number, column.text(row)) for number, column in enumerate(columns))
        kept = [(n, text) for n, text in texts if text is not None and not (tag == "edge" and is_weight[n])]
        if not kept:
            return f"{opened}/>"
        data = "".join(f'<attvalue for="{n}" value="{_escaped(text)}"/>' for n, text in kept)
        return f"{opened}><attvalues>{data}</attvalues></{tag}>"

    lines.append("<nodes>")
    lines += [filled(f'<node id="{name}" label="{name}"', "node", network.nodes, row) for row, name in enumerate(names)]
    lines += ["</nodes>", "<edges>"]
    weights = next((column for column in network.edges if column.is_weight), None)
    for row, (source, target) in enumerate(zip(network.source, network.target, strict=True)):
        weight = "" if weights is None else f' weight="{weights.text(row)}"'
        opened = f'<edge id="{row}" source="{names[source]}" target="{names[target]}"{weight}'
        lines.append(filled(opened, "edge", network.edges, row))
    return "\n".join([*lines, "</edges>", "</graph>", "</gexf>", ""]).encode("utf-8")


def _way(network: Laid) -> str:
    return "directed" if network.is_directed else "undirected"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def read_graphml(content: bytes) -> Laid:
    """Read GraphML.

    Raises
    ------
    SchemaError
        If it is none, declares entities, or holds what a network of one edge a pair cannot.
    """
    nodes: dict[str, dict[str, str]] = {}
    edges: list[tuple[str, str, dict[str, str]]] = []
    kinds: dict[str, dict[str, tuple[str, Kind]]] = {"nodes": {}, "edges": {}}
    defaults: dict[str, dict[str, str]] = {"nodes": {}, "edges": {}}
    told, is_directed, n_graphs = None, True, 0
    for tag, element in _elements(content, "graphml", ("key", "desc", "graph", "node", "edge")):
        given = {_local(child.tag): child for child in element}
        if tag == "key":
            for part in ("nodes", "edges"):
                if element.get("for", "all") in (part[:-1], "all"):
                    name, kind = element.get("attr.name", element.get("id")), element.get("attr.type", "string")
                    kinds[part][element.get("id")] = (name, _READ_TYPES.get(kind, "str"))
                    if "default" in given:
                        defaults[part][element.get("id")] = given["default"].text or ""
        elif tag == "desc" and _local(element.getparent().tag) == "graphml":
            told = read_about(element.text)
        elif tag == "graph":
            n_graphs += 1
            is_directed = element.get("edgedefault", "directed") != "undirected"
        elif tag in ("node", "edge"):
            part = f"{tag}s"
            data = {child.get("key"): child.text or "" for child in element if _local(child.tag) == "data"}
            whole = defaults[part] | {key: text for key, text in data.items() if key in kinds[part]}
            if tag == "node":
                nodes[_new(element, nodes)] = whole
            else:
                edges.append((_needed(element, "source"), _needed(element, "target"), whole))
    if n_graphs != 1:
        raise SchemaError(f"The file holds {n_graphs} graphs. Mend: give a file that holds one.")
    return from_parts(told, nodes, edges, kinds=kinds, is_directed=is_directed)


def read_gexf(content: bytes) -> Laid:
    """Read GEXF of any version; what changes over time in it is read as it stands last.

    Raises
    ------
    SchemaError
        If it is none, declares entities, or holds what a network of one edge a pair cannot.
    """
    nodes: dict[str, dict[str, str]] = {}
    edges: list[tuple[str, str, dict[str, str]]] = []
    kinds: dict[str, dict[str, tuple[str, Kind]]] = {"nodes": {}, "edges": {}}
    told, is_directed, types = None, False, set()
    for tag, element in _elements(content, "gexf", ("description", "attribute", "node", "edge", "graph")):
        if tag == "description":
            told = read_about(element.text)
        elif tag == "attribute":
            part = f"{element.getparent().get('class')}s"
            kind = _READ_TYPES.get(element.get("type", "string"), "str")
            kinds[part][_needed(element, "id")] = (element.get("title", element.get("id")), kind)
        elif tag == "graph":
            is_directed = element.get("defaultedgetype", "undirected") == "directed"
        else:
            values = (each for child in element if _local(child.tag) == "attvalues" for each in child)
            given = {each.get("for", each.get("id")): each.get("value", "") for each in values}
            if tag == "node":
                nodes[_new(element, nodes)] = given | _shown(element, "label")
            else:
                types.add(element.get("type"))
                ends = _needed(element, "source"), _needed(element, "target")
                edges.append((*ends, given | _shown(element, "weight")))
    if len(types - {None}) == 1 and None not in types:
        is_directed = types.pop() == "directed"
    _declare(kinds, told, nodes, edges)
    return from_parts(told, nodes, edges, kinds=kinds, is_directed=is_directed)


def _shown(element: Any, name: str) -> dict[str, str]:
    """Return a label or weight that stands in a place of its own, under a key that no column has."""
    return {} if element.get(name) is None else {f" {name}": element.get(name)}


def _declare(
    kinds: dict[str, dict[str, tuple[str, Kind]]],
    told: dict[str, Any] | None,
    nodes: dict[str, dict[str, str]],
    edges: list[tuple[str, str, dict[str, str]]],
) -> None:
    """Put labels and weights that stand in places of their own among the columns."""
    if told is None:
        if any(given.get(" label", name) != name for name, given in nodes.items()):
            kinds["nodes"][" label"] = ("label", "str")
        if any(" weight" in given for _, _, given in edges):
            kinds["edges"][" weight"] = ("weight", "float")
        return
    order = [str(name) for name, _ in told["edges"]]
    if len(order) == len(kinds["edges"]) + 1 and "weight" in order:
        keys = list(kinds["edges"].items())
        keys.insert(order.index("weight"), (" weight", ("weight", "float")))
        kinds["edges"] = dict(keys)


def _elements(content: bytes, root: str, wanted: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Give the wanted elements of an XML file as they end (of the graph: as it begins), and forget them."""
    from lxml import etree

    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise SchemaError("The file declares entities, which can hide what it holds. Mend: take the declaration out.")
    events = etree.iterparse(
        io.BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=True
    )
    try:
        for number, (event, element) in enumerate(events):
            tag = _local(element.tag)
            if number == 0 and tag != root:
                raise SchemaError(f"The file is no {root}: it begins with another element.")
            if tag in wanted and (event == "start") == (tag == "graph"):
                yield tag, element
                if tag in ("node", "edge"):
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise SchemaError(
            f"The file is no whole {root}: it breaks off or is damaged in line {error.lineno}."
        ) from error


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _needed(element: Any, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise SchemaError(f"A {_local(element.tag)} of the file has no {name}. Mend: write the network again.")
    return str(value)


def _new(element: Any, known: dict[str, dict[str, str]]) -> str:
    name = _needed(element, "id")
    if name in known:
        raise SchemaError("Two nodes of the file have one id. Mend: give each node an id of its own.")
    return name
