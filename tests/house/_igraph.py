"""A stand-in for igraph, which is under the GPL and is installed nowhere here: only what the exchange asks of it.

``tests/interop/igraph_roundtrip.py`` holds the exchange against igraph itself.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
import types
from typing import Any


class _Sequence:
    """Vertices or edges: attributes by name, a value each."""

    def __init__(self) -> None:
        self._values: dict[str, list[Any]] = {}

    def __getitem__(self, name: str) -> list[Any]:
        return list(self._values[name])

    def __setitem__(self, name: str, values: list[Any]) -> None:
        self._values[name] = list(values)

    def attributes(self) -> list[str]:
        """Return the names of the attributes."""
        return list(self._values)


class Graph:
    """A graph of numbered vertices."""

    def __init__(self, n: int, edges: list[tuple[int, int]], *, directed: bool) -> None:
        self.n, self._edges, self.directed = n, list(edges), directed
        self.vs, self.es = _Sequence(), _Sequence()
        self._told: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        return self._told[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._told[name] = value

    def attributes(self) -> list[str]:
        """Return the names of the graph's own attributes."""
        return list(self._told)

    def vcount(self) -> int:
        """Return the number of vertices."""
        return self.n

    def get_edgelist(self) -> list[tuple[int, int]]:
        """Return the ends of the edges."""
        return list(self._edges)

    def is_directed(self) -> bool:
        """Say whether edges point somewhere."""
        return self.directed


def stand_in() -> None:
    """Let ``import igraph`` find the stand-in, unless igraph itself is there."""
    if "igraph" in sys.modules or importlib.util.find_spec("igraph") is not None:
        return
    module = types.ModuleType("igraph")
    module.__spec__ = importlib.machinery.ModuleSpec("igraph", loader=None)
    module.Graph = Graph  # type: ignore[attr-defined]
    sys.modules["igraph"] = module
