"""The canvas every plot is drawn on: journal widths, one palette, byte-stable files, required alternative text."""

from __future__ import annotations

import base64
import html
import io
from typing import Any, Literal

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from .._checks import option
from ..errors import OptionError

__all__ = ["GREY", "HATCH", "OKABE_ITO", "Chart", "canvas", "finish"]

OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442")
GREY = "#8A8A8A"
HATCH = "////"  # what is naive, or would be suppressed, is hatched: colour alone never carries a meaning
_WIDTHS_MM = {"single": 90, "wide": 140, "double": 190}
_MM_PER_INCH = 25.4
_SHORTEST_ALT = 40
_SMALL = 7.5  # points: labels and legends at journal width
_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.0,
    "axes.titlesize": 9.0,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "legend.frameon": False,
    "hatch.linewidth": 0.6,
    "svg.fonttype": "path",
    "svg.hashsalt": "socialwork_research",
    "pdf.fonttype": 42,
    "figure.dpi": 110,
    "savefig.dpi": 200,
}


class Chart(Figure):
    """A figure that carries its alternative text and shows itself, with it, in a notebook and in a report."""

    alt: str = ""
    heading: str = ""
    lays_open: tuple[str, ...] = ("unknown",)
    """Why the chart may not be published: ``cells`` (counts of people that passed no gate), ``persons`` (a point each).

    A function of ``plots`` says what it was drawn from; of a chart drawn by hand nobody knows.
    """

    def written(self, kind: Literal["svg", "png", "pdf"]) -> bytes:
        """Return the file's content; the same chart gives the same bytes."""
        option(kind, ("svg", "png", "pdf"), "kind")
        stamp: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {"Software": None}}[kind]
        buffer = io.BytesIO()
        with matplotlib.rc_context(_STYLE):
            self.savefig(buffer, format=kind, metadata=stamp)
        return buffer.getvalue()

    def _repr_html_(self) -> str:
        picture = base64.b64encode(self.written("png")).decode("ascii")
        width = round(self.get_figwidth() * 96)
        return f'<img src="data:image/png;base64,{picture}" alt="{html.escape(self.alt)}" style="width:{width}px;max-width:100%">'


def canvas(
    *, width: Literal["single", "wide", "double"] = "wide", height: float = 80, rows: int = 1, columns: int = 1
) -> tuple[Chart, np.ndarray]:
    """Return an empty chart and its axes (an array of `rows` × `columns`); `height` in millimetres."""
    option(width, _WIDTHS_MM, "width")
    with matplotlib.rc_context(_STYLE):
        chart = Chart(figsize=(_WIDTHS_MM[width] / _MM_PER_INCH, height / _MM_PER_INCH), layout="constrained")
        FigureCanvasAgg(chart)
        axes = chart.subplots(rows, columns, squeeze=False)
    for axis in axes.flat:
        _quiet(axis)
    return chart, axes


def _quiet(axis: Axes) -> None:
    axis.spines[["top", "right"]].set_visible(False)
    axis.set_prop_cycle(color=OKABE_ITO)
    axis.tick_params(labelsize=_SMALL)
    for label in (axis.xaxis.label, axis.yaxis.label):
        label.set_fontsize(_SMALL)


def finish(chart: Chart, *, title: str, alt: str) -> Chart:
    """Give a chart its title and its alternative text: what is to be seen, with the numbers that matter."""
    if len(alt.strip()) < _SHORTEST_ALT:
        raise OptionError(f"alt={alt!r} is too short: say in a sentence what the figure shows, with its main numbers.")
    chart.heading, chart.alt = title, alt.strip()
    for legend in [*chart.legends, *(axis.get_legend() for axis in chart.axes)]:
        if legend is not None:
            legend.set_frame_on(False)
            for text in legend.get_texts():
                text.set_fontsize(_SMALL)
    with matplotlib.rc_context(_STYLE):
        chart.suptitle(title, x=0.01, ha="left", fontsize=_STYLE["axes.titlesize"], wrap=True)
    return chart
