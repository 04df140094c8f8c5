"""Themes: which posts belong together, by which words, and how far that holds."""

from __future__ import annotations

import dataclasses
import html
import json
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import numpy as np
import pandas as pd

from .. import _files, _fingerprints
from ..errors import PrivacyError, SchemaError
from ._stability import STABLE

__all__ = ["Themes"]

_TABLES = ("assigned", "words", "sizes", "places", "stability")
_INDEXES = {
    "assigned": ["post_id"],
    "words": ["theme", "rank"],
    "sizes": ["theme"],
    "places": ["post_id"],
    "stability": ["theme"],
}
_SHOWN = 8  # words of a theme that are shown in a notebook


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Themes:
    """Themes of a corpus, as ``themes.find`` returns them. Themes are numbered from 0 by size.

    Parameters
    ----------
    assigned
        Index ``post_id``, posts that were looked at, sorted. ``theme`` (Int64, ``<NA>``: in none); ``strength``, share of
        the post's nearest neighbours, weighted by cosine, that are in its theme (0-1); ``nearest`` (Int64), the theme it
        would be in if strength did not matter.
    words
        Index ``theme, rank`` (from 1). ``word``; ``weight`` (class-based TF-IDF); ``n_posts`` and ``n_authors`` of the theme
        that use it; ``stability``, share of refits whose matching theme has it among its own ten words (0-1).
    sizes
        Index ``theme``. ``label``, its first words; ``n_posts``; ``n_authors`` (known ones); ``share`` of the posts looked at
        (0-1), with the bounds ``low`` and ``high`` of its 95 % interval; ``method``, which says how they were had.
    places
        Index ``post_id``. ``x, y``: first two principal components of the smoothed vectors, for drawing only.
    stability
        Index ``theme``. ``jaccard``, mean Jaccard index of the theme's documents with those of the matching theme over refits
        on nine tenths of the documents (0-1); ``replication``, share of refits in which it is at least .5; ``n_refits``;
        ``is_stable``, whether ``jaccard`` is at least .75.
    embeddings
        float32, one row of unit length for each row of ``assigned``.
    is_open
        Whether the post ids are those of a corpus that is not pseudonymised.
    """

    assigned: pd.DataFrame
    words: pd.DataFrame
    sizes: pd.DataFrame
    places: pd.DataFrame
    stability: pd.DataFrame
    embeddings: np.ndarray
    is_open: bool = True
    kind: ClassVar[str] = "themes"

    @cached_property
    def fingerprint(self) -> str:
        """The content's fingerprint: all tables and the embeddings."""
        tables = [_fingerprints.of_table(getattr(self, name)) for name in _TABLES]
        return _fingerprints.of_value([*tables, _fingerprints.of_array(self.embeddings)])

    @property
    def _papers(self) -> str | None:
        return self.__dict__.get("_pinned")

    @_papers.setter
    def _papers(self, text: str) -> None:
        """Keep the papers, and give each table its own copy, so that a table saved by itself has them too."""
        self.__dict__["_pinned"] = text
        for name in _TABLES:
            table = getattr(self, name)
            own = {**json.loads(text), "result": _fingerprints.of_table(table)}
            table.attrs = {"papers": json.dumps(own, sort_keys=True)}

    def __repr__(self) -> str:
        posts, none = len(self.assigned), int(self.assigned["theme"].isna().sum())
        stable = int(self.stability["is_stable"].sum())
        return f"Themes: {len(self.sizes)} ({stable} stable) in {posts:,} posts, {none:,} of them in none"

    def _repr_html_(self) -> str:
        shown = self.words[self.words.index.get_level_values("rank") <= _SHOWN]
        table = self.sizes[["n_posts", "n_authors", "share", "low", "high"]].round(3)
        table.insert(0, "words", shown.groupby(level="theme")["word"].agg(", ".join))
        table["jaccard"] = self.stability["jaccard"].round(2)
        table["stable"] = self.stability["is_stable"].map({True: "yes", False: "no"})
        note = (
            f"Stable: mean Jaccard index of at least {STABLE} over refits on nine tenths of the documents. Read themes that "
            "are not stable as one way among several to cut these posts."
        )
        return f"<p>{html.escape(repr(self))}</p>{table.to_html(border=0)}<p>{note}</p>"

    def _save(self, folder: Path, *, raw: bool) -> None:
        if self.is_open and not raw:
            raise PrivacyError(
                "Themes hold the post ids of a corpus that is not pseudonymised. Mend: read the export with key=, or write "
                "raw=True and keep the folder where the raw data are."
            )
        for name in _TABLES:
            plain = getattr(self, name).reset_index()
            plain.attrs = {}
            plain.to_parquet(folder / f"{name}.parquet", index=False)
        np.save(folder / "embeddings.npy", self.embeddings, allow_pickle=False)
        written = [*(f"{name}.parquet" for name in _TABLES), "embeddings.npy"]
        about = {
            "kind": self.kind,
            "is_open": self.is_open,
            "files": {name: _files.sha256(folder / name) for name in written},
        }
        _files.write_json(folder / "themes.json", about)

    @classmethod
    def _load(cls, folder: Path) -> Themes:
        about = json.loads((folder / "themes.json").read_text("utf-8"))
        for name, wanted in about["files"].items():
            if not (folder / name).exists() or _files.sha256(folder / name) != wanted:
                raise SchemaError(
                    f"{folder.name}/{name} is missing or was changed after it was saved. Mend: find the themes again."
                )
        tables = {name: pd.read_parquet(folder / f"{name}.parquet").set_index(_INDEXES[name]) for name in _TABLES}
        return cls(
            **tables, embeddings=np.load(folder / "embeddings.npy", allow_pickle=False), is_open=bool(about["is_open"])
        )
