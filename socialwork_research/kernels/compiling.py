"""Open a compiled kernel: what its file holds is compiled when first called, and kept for the next session."""

from __future__ import annotations

import functools
import importlib
from types import ModuleType

from .._checks import extra

__all__ = ["compiled"]


@functools.cache
def compiled(name: str) -> ModuleType:
    """Return the file of compiled loops that stands beside this one.

    Importing such a file writes nothing; what is compiled is written beside it, or into the user's cache, when it is
    first called. Where neither can be written to, each session compiles anew.

    Parameters
    ----------
    name
        Name of the file, as ``_paths_compiled``.

    Raises
    ------
    MissingExtraError
        If numba is not installed.
    """
    numba = extra("numba", "networks")
    opened = importlib.import_module(f".{name}", __package__)
    for loop in vars(opened).values():
        if numba.extending.is_jitted(loop):
            try:
                loop.enable_caching()
            except RuntimeError:  # no folder to write to: numba's own word for it
                continue
    return opened
