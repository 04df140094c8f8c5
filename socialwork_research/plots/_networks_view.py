"""The page of a network: one file without a server, that loads nothing and names nobody."""

from __future__ import annotations

import html
import json
from pathlib import Path

import numpy as np
import pandas as pd

from .. import _files

__all__ = ["View"]

_TEMPLATE = Path(__file__).with_name("_network_view.html")
_GRID = 10_000  # places are told to a ten-thousandth of the picture
_MOST_COMPONENTS = 50
_WORKING = "A working file with a point for each person: it is not for publication."


class View:
    """A network that can be moved, zoomed and filtered by mouse and keyboard; show it in JupyterLab, or `save` it."""

    is_publishable = False

    def __init__(
        self,
        layout: pd.DataFrame,
        pairs: pd.DataFrame,
        *,
        group: np.ndarray,
        colours: tuple[str, ...],
        title: str,
        alt: str,
    ) -> None:
        self.alt, self.title = alt, title
        self._data = _data(layout, pairs, group, colours)

    def page(self, *, height: int = 560) -> str:
        """Return the page as HTML; `height` of the picture in pixels."""
        note = "" if self.is_publishable else _WORKING
        page = _TEMPLATE.read_text("utf-8")
        data = json.dumps(self._data, separators=(",", ":")).replace("<", "\\u003c")
        filled = {"TITLE": html.escape(self.title), "ALT": html.escape(self.alt), "NOTE": note, "HEIGHT": str(height)}
        for name, text in filled.items():
            page = page.replace(f"__{name}__", text)
        return page.replace("__DATA__", data)

    def save(self, path: str | Path) -> Path:
        """Write the page, in one step; the suffix ``.html`` is added where it is missing."""
        place = Path(path)
        target = place if place.suffix == ".html" else place.with_name(f"{place.name}.html")
        _files.write_text(target, self.page())
        return target

    def _repr_html_(self) -> str:
        return (
            f'<iframe sandbox="allow-scripts" title="{html.escape(self.alt)}" srcdoc="{html.escape(self.page(height=480))}" '
            'style="width:100%;height:640px;border:0"></iframe>'
        )


def _data(layout: pd.DataFrame, pairs: pd.DataFrame, group: np.ndarray, colours: tuple[str, ...]) -> dict[str, object]:
    """Return what the page draws: authors by number, in the order of their places, so that nothing tells of their ids."""
    order = np.lexsort((layout["y"].to_numpy(), layout["x"].to_numpy(), layout["component"].to_numpy()))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    ends = np.sort(np.column_stack([number[pairs["start"]], number[pairs["end"]]]), axis=1)
    lines = np.lexsort((ends[:, 1], ends[:, 0]))
    place = np.rint((layout[["x", "y"]].to_numpy(dtype=float)[order] + 1) / 2 * _GRID).astype(np.int64)
    weight = pairs["weight"].to_numpy()[lines]
    parts = layout["component"].value_counts().sort_index().head(_MOST_COMPONENTS)
    found: dict[str, object] = {
        "x": place[:, 0].tolist(),
        "y": place[:, 1].tolist(),
        "degree": layout["degree"].to_numpy()[order].tolist(),
        "component": layout["component"].to_numpy()[order].tolist(),
        "group": group[order].tolist(),
        "colours": list(colours),
        "start": ends[lines, 0].tolist(),
        "end": ends[lines, 1].tolist(),
        "weight": weight.tolist(),
        "most": float(weight.max(initial=1)),
        "components": [[int(part), int(n)] for part, n in parts.items()],
        "small": float(np.clip(400 / max(len(layout), 1), 0.05, 1)),
    }
    if "community" in layout:
        found["community"] = layout["community"].astype("str").fillna("none").to_numpy()[order].tolist()
    return found
