"""A network on disk, for other programs: looked through before it is written, and without what could give it back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from .. import _files
from .._checks import count
from ..errors import PrivacyError
from ..provenance import papers

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write_network"]

_MEND = "Mend: make it by privacy.publishable_network(ties, seed=...), and change nothing in it."


def write_network(graph: nx.DiGraph, path: str | Path, *, threshold: int = 10) -> Path:
    """Write a network as GraphML or GEXF, if nobody in it is alone.

    What counts is what the graph holds, not where it comes from: nodes must be bare numbers, edges must carry nothing,
    and each combination of attributes, in-degree and out-degree must be shared.

    Parameters
    ----------
    graph
        What ``publishable_network`` returned.
    path
        Where to; the suffix ``.graphml`` is added, unless it is ``.gexf``. Beside it lie its papers, without the seed of
        the new order and the sums of what the network was made of.
    threshold
        The smallest number of authors that may be alike.

    Returns
    -------
    The path of the file.

    Raises
    ------
    PrivacyError
        If nodes have names, edges carry something, or too few authors are alike.
    OptionError
        If `threshold` is not a whole number from 1 up.

    Examples
    --------
    >>> import networkx as nx
    >>> write_network(nx.DiGraph([("anna", "ben")]), "ties")
    Traceback (most recent call last):
    ...
    socialwork_research.errors.PrivacyError: The network's nodes are no bare numbers. Mend: ...
    """
    import networkx as nx

    from ..kernels import network_files, network_xml

    count(threshold, "threshold")
    if sorted(graph, key=str) != sorted(range(len(graph)), key=str):
        raise PrivacyError(f"The network's nodes are no bare numbers. {_MEND}")
    if any(carried for *_, carried in graph.edges(data=True)):
        raise PrivacyError(f"The network's edges carry something: times and weights find people. {_MEND}")
    alike = Counter(
        (
            tuple(sorted((str(name), str(value)) for name, value in told.items())),
            graph.in_degree(node),
            graph.out_degree(node),
        )
        for node, told in graph.nodes(data=True)
    )
    alone = [n for n in alike.values() if n < threshold]
    if alone:
        raise PrivacyError(
            f"{sum(alone)} authors of the network share their attributes and degrees with fewer than {threshold}. {_MEND}"
        )
    bare = nx.DiGraph()
    bare.add_nodes_from(graph.nodes(data=True))
    bare.add_edges_from(graph.edges)
    stem = Path(path)
    target = stem if stem.suffix in (".graphml", ".gexf") else stem.with_name(f"{stem.name}.graphml")
    how = network_xml.gexf if target.suffix == ".gexf" else network_xml.graphml
    written = how(network_files.laid(bare), is_bare=True)
    told = papers(graph)
    kept = {name: told[name] for name in ("function", "versions", "notes") if name in told}
    _files.write_together({target: written, target.with_suffix(".papers.json"): _files.as_json(kept)})
    return target
