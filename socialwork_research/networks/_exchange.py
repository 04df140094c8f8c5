"""Networks for other programs, and back: GraphML, GEXF 1.3, tables of nodes and edges."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from .. import _files, provenance
from .._checks import nearest
from ..errors import OptionError, PrivacyError, SchemaError
from ..provenance import papers, traced
from ..storage import _open_inputs
from ._graph import graph

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["read", "write"]

_SUFFIXES = (".graphml", ".gexf", ".csv")
_STATEMENT = "A working file with a row for each person: it is not for publication."
_PUBLISHABLE = "privacy.publishable_network"


def write(network: pd.DataFrame | nx.Graph, path: str | Path, *, raw: bool = False) -> Path:
    """Write a network for Gephi, igraph, networkx or a spreadsheet; what is read back is equal to it.

    A working file: it has a row for each author, under the pseudonyms of
    the corpus, and says so. To publish a network, make it by
    ``privacy.publishable_network`` and write it by
    ``privacy.write_network``; the publication gate finds the pseudonyms
    that a working file holds.

    Parameters
    ----------
    network
        A table of ties, of which the graph is written, or a graph of
        networkx with one edge a pair. Nodes, edges and the graph itself may
        carry numbers of any size, texts of any letters, None, NaN, times,
        days and lists.
    path
        Where to. The suffix says how: ``.graphml``; ``.gexf`` (GEXF 1.3);
        ``.csv``, which is two tables with Gephi's column names,
        ``<name>.nodes.csv`` and ``<name>.edges.csv``, and
        ``<name>.network.json`` with what else is told.
    raw
        Write also ids of a corpus that is not pseudonymised.

    Returns
    -------
    The path; of tables, that of the edges.

    Raises
    ------
    PrivacyError
        If ids of a corpus that is not pseudonymised would be written, or
        the network was made to be published.
    SchemaError
        If a pair has several edges, or a value is of another kind.
    OptionError
        If the suffix is none of these.

    Examples
    --------
    >>> import tempfile
    >>> import socialwork_research as sw
    >>> ties = sw.networks.ties(sw.simulation.threads(n_threads=3, n_authors=4, seed=7))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = write(ties, folder + "/replies.gexf")
    ...     again = read(file)
    >>> again.edges == sw.networks.graph(ties).edges
    True
    """
    from ..kernels import network_files, network_tables, network_xml
    from ..kernels.network_values import is_clean

    place = _suffixed(path)
    told = papers(network)
    if _open_inputs(told) and not raw:
        raise PrivacyError(
            "The network holds ids of a corpus that is not pseudonymised. Mend: read the export with key=, or write "
            "raw=True and keep the file where the raw data are."
        )
    if told.get("function") == _PUBLISHABLE:
        raise PrivacyError(
            "This network was made to be published, and its papers hold the seed of its order. Mend: write it by "
            "privacy.write_network()."
        )
    found = network_files.laid(graph(network) if isinstance(network, pd.DataFrame) else network)
    definition = str(found.told.get("definition") or "")
    statement = f"{_STATEMENT} A tie is: {definition}." if definition and is_clean(definition) else _STATEMENT
    if place.suffix != ".csv":
        how = network_xml.graphml if place.suffix == ".graphml" else network_xml.gexf
        _files.write_bytes(place, how(found, statement=statement))
        return place
    nodes, edges, beside = _tables(place)
    first, second = network_tables.tables(found)
    about = _files.as_json({"about": network_files.about(found, statement=statement)})
    _files.write_together({nodes: first, edges: second, beside: about})
    return edges


@traced
def read(path: str | Path) -> nx.DiGraph | nx.Graph:
    """Read a network that `write` or another program wrote.

    Parameters
    ----------
    path
        A ``.graphml`` or ``.gexf`` file; of tables, either of the two, or
        the name they share.

    Returns
    -------
    A graph of networkx, equal to the one written: nodes, edges, their order
    and all that they carry. Files of other programs are read by the types
    that they declare; a weight of theirs is a float. ``graph.graph`` holds
    what the graph carried.

    Raises
    ------
    SchemaError
        If there is no such file, it is damaged, or it holds several edges a pair.
    OptionError
        If the suffix is none of those that `write` knows.

    Examples
    --------
    >>> import tempfile
    >>> import networkx as nx
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = nx.DiGraph([("a", "b", {"seen": None, "days": [1, 2]})])
    ...     read(write(made, folder + "/small.graphml")).edges["a", "b"]
    {'seen': None, 'days': [1, 2]}
    """
    from ..kernels import network_files, network_tables, network_xml

    place = _suffixed(path)
    nodes, edges, beside = _tables(place)
    needed = (nodes, edges) if place.suffix == ".csv" else (place,)
    for file in needed:
        if not file.is_file():
            raise SchemaError(
                f"{file.name}: there is no such file. Mend: give the path that networks.write() returned."
            )
    if place.suffix == ".csv":
        told = network_files.read_about(_told_beside(beside))
        found = network_tables.read_tables(nodes, edges, told)
    else:
        how = network_xml.read_graphml if place.suffix == ".graphml" else network_xml.read_gexf
        found = how(place.read_bytes())
    made = network_files.made(found)
    if before := made.graph.pop("papers", None):
        provenance.note(made, papers_of_the_network=json.loads(before) if isinstance(before, str) else None)
    return made


def _suffixed(path: str | Path) -> Path:
    place = Path(path)
    if place.suffix not in _SUFFIXES:
        raise OptionError(
            f"The suffix {place.suffix!r} is not known here; it can be {', '.join(_SUFFIXES)}.{nearest(place.suffix, _SUFFIXES)}"
        )
    return place


def _tables(path: Path) -> tuple[Path, Path, Path]:
    stem = path.name.removesuffix(".csv").removesuffix(".nodes").removesuffix(".edges")
    nodes, edges, beside = (path.with_name(f"{stem}.{what}") for what in ("nodes.csv", "edges.csv", "network.json"))
    return nodes, edges, beside


def _told_beside(file: Path) -> str | None:
    """Return what the file beside two tables tells of them; None where there is none, as beside those of Gephi."""
    if not file.is_file():
        return None
    try:
        return str(json.loads(file.read_text("utf-8"))["about"])
    except (KeyError, TypeError, ValueError) as error:
        raise SchemaError(f"{file.name} was changed. Mend: write the network again.") from error
