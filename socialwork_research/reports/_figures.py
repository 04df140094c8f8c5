"""Figures on disk: SVG and PNG, the same bytes each time, with their alternative text beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from .. import _files
from ..errors import SchemaError

__all__ = ["write_figure"]


class Drawn(Protocol):
    """What a plot returns: a figure that knows its alternative text."""

    alt: str

    def written(self, kind: str) -> bytes:
        """Return the file's content."""
        ...


def write_figure(chart: Drawn, path: str | Path) -> list[Path]:
    """Write a chart as SVG, PNG and the text that stands for it.

    Parameters
    ----------
    chart
        What a function of ``plots`` returned.
    path
        Where to, without a suffix.

    Returns
    -------
    The three paths: ``.svg``, ``.png``, ``.alt.txt``.

    Raises
    ------
    SchemaError
        If the chart has no alternative text.

    Examples
    --------
    >>> import tempfile
    >>> from socialwork_research.plots._canvas import canvas, finish
    >>> chart = finish(
    ...     canvas()[0], title="Nothing", alt="An empty pair of axes, drawn to show how a figure is written."
    ... )
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [file.name for file in write_figure(chart, folder + "/empty")]
    ['empty.svg', 'empty.png', 'empty.alt.txt']
    """
    if not getattr(chart, "alt", ""):
        raise SchemaError(
            "The figure has no alternative text. Mend: draw it with a function of plots, or call finish()."
        )
    stem = Path(path)
    files = [stem.with_name(f"{stem.name}{suffix}") for suffix in (".svg", ".png", ".alt.txt")]
    _files.write_bytes(files[0], chart.written("svg"))
    _files.write_bytes(files[1], chart.written("png"))
    _files.write_text(files[2], f"{chart.alt}\n")
    return files
