"""What a notebook holds in its hand: the study's corpus, codings and seed, and the place for its tables and figures."""

from __future__ import annotations

import dataclasses
import html
from pathlib import Path
from typing import Any

import pandas as pd

from .. import coders, privacy, reports, storage
from .._checks import nearest
from ..codebook import Codebook
from ..coding import Coding
from ..corpus import Corpus
from ..errors import PrivacyError, StudyError
from ..provenance import fingerprint, papers
from ._declaration import Study
from ._importing import import_corpus

__all__ = ["PUBLISHED", "Session", "Shown", "open_session", "work_beside"]

PUBLISHED = "socialwork_research"  # marks in a notebook what came through the session; a run publishes nothing else

_PERSONS = {"post_id", "author_id", "thread_id", "source", "target", "text", "title", "mentions"}
_COUNTS_AUTHORS = "n_authors"
_LABEL_WORDS = 4


@dataclasses.dataclass(frozen=True)
class Shown:
    """A table or figure as it stands in the report; a notebook shows it, and its file is written."""

    markup: str

    def __repr__(self) -> str:
        return "shown in the report"

    def _repr_html_(self) -> str:
        return self.markup

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        return {"text/plain": repr(self), "text/html": self.markup}, {PUBLISHED: {"shown": True}}


class _Params(dict[str, Any]):
    def __missing__(self, name: str) -> Any:
        raise StudyError(
            f"study.toml has no parameter {name!r}.{nearest(name, self)} Mend: add it to [params] with a value and what it "
            "is about."
        )


@dataclasses.dataclass(frozen=True)
class Session:
    """A study being worked on, with the folders where its results and its working files go."""

    study: Study
    results: Path
    work: Path

    @property
    def seed(self) -> int:
        """The study's seed."""
        return self.study.seed

    @property
    def params(self) -> dict[str, Any]:
        """The study's parameters by name; StudyError names the one that study.toml lacks."""
        return _Params(self.study.params)

    def corpus(self) -> Corpus:
        """Open the study's corpus; it is imported first where that has not been done."""
        folder = self.work / "corpus"
        return Corpus.open(folder) if folder.exists() else import_corpus(self.study, folder=folder)

    def codings(self, book: Codebook) -> Coding | None:
        """Read the study's coding sheets; None where the study has none yet."""
        declared = self.study.codings
        return None if declared is None else coders.sheets.read(declared.path, book=book)

    def safe(self, table: pd.DataFrame, *, drop: bool = False) -> pd.DataFrame:
        """Suppress what rests on too few authors; invented corpora are shown with those cells marked instead.

        With `drop` the rows go altogether (a word that few used may name somebody).
        """
        counting = [str(name) for name in table.columns if str(name).startswith(_COUNTS_AUTHORS)]
        if not counting:
            raise PrivacyError("The table does not say on how many authors its rows rest (no column n_authors).")
        demonstration = _is_shown_invented(self.corpus())
        threshold = int(self.study.ethics["min_cell"])
        flags = [
            privacy.suppress(table, n=name, threshold=threshold, demonstration=True)["is_suppressed"]
            for name in counting
        ]
        marked = table.assign(is_suppressed=pd.concat(flags, axis=1).any(axis=1))
        safe = privacy.suppress(marked, n=counting[0], threshold=threshold, demonstration=demonstration)
        return safe[~safe["is_suppressed"]] if drop and not demonstration else safe

    def named(self, found: Any) -> pd.DataFrame:
        """Return the sizes of themes, labelled in a real corpus only by words that enough authors used.

        A word that few used may be somebody's name.
        """
        if _is_shown_invented(self.corpus()):
            return found.sizes
        words = found.words[found.words["n_authors"] >= int(self.study.ethics["min_cell"])]
        labels = words.groupby(level="theme")["word"].agg(lambda several: ", ".join(several.head(_LABEL_WORDS)))
        return found.sizes.assign(label=labels.reindex(found.sizes.index).fillna("(words that few authors used)"))

    def table(self, name: str, table: pd.DataFrame, *, caption: str) -> Shown:
        """Write a table (CSV with papers) and show it; tables about persons or unsuppressed cells are refused."""
        names = {str(column) for column in table.columns} | {str(level) for level in table.index.names}
        persons = sorted(names & _PERSONS)
        if persons:
            raise PrivacyError(
                f"The table {name!r} has {', '.join(persons)}: one row a person or post is never reported."
            )
        counts = any(str(name).startswith(_COUNTS_AUTHORS) for name in table.columns)
        if counts and "is_suppressed" not in table.columns and table.index.name != "measure":
            raise PrivacyError(f"The table {name!r} counts authors. Mend: pass it through study.safe() first.")
        storage.save(table, self.results / "tables" / name)
        return Shown(reports.render(table, caption=caption))

    def figure(self, name: str, chart: Any, *, caption: str) -> Shown:
        """Write a figure (SVG, PNG, alternative text) and show it."""
        reports.write_figure(chart, self.results / "figures" / name)
        return Shown(f"<figure>{chart._repr_html_()}<figcaption>{html.escape(caption)}</figcaption></figure>")

    def notes(self, result: Any) -> Shown:
        """Show what the papers of a result note: its definition, and what was dropped and why."""
        told = papers(result).get("notes", {})
        rows = "".join(
            f"<dt>{html.escape(name.replace('_', ' '))}</dt><dd>{_note(value)}</dd>" for name, value in told.items()
        )
        return Shown(f"<dl>{rows}</dl>")

    def again(self, name: str, *, caption: str) -> Shown:
        """Show a table that an earlier notebook wrote; say so where it was not written."""
        if not (self.results / "tables" / f"{name}.csv").exists():
            return Shown(f"<p>{html.escape(caption)}: this table was not made in this run.</p>")
        return Shown(reports.render(storage.load(self.results / "tables" / name), caption=caption))

    def sample_size(self, machine: Coding) -> int:
        """Return how many posts are to be coded by hand: the study's parameter ``sample``, or all where there are fewer."""
        return min(int(self.params["sample"]), machine.looked_at["post_id"].nunique())

    def sheets(self, frame: pd.DataFrame, *, book: Codebook) -> Shown:
        """Write a coding sheet with the drawn posts into the working folder, to be filled in by a person.

        A sheet of the same frame that is there already stays as it is: somebody may have begun to fill it in.
        """
        written = self.work / "sheets" / f"to_code_{fingerprint(frame)[:8]}.csv"
        if not written.exists():
            drawn = self.corpus().select(ids=list(frame.index)).posts
            blind = drawn.merge(
                frame[["batch"]], left_on="post_id", right_index=True
            )  # strata would tell what is flagged
            coders.sheets.write(blind, written, book=book, coder="coder_one")
        return Shown(
            f"<p>{len(frame)} posts wait to be coded in {html.escape(written.name)} (working folder, sheets). Save the filled "
            "sheet in a folder of its own, name that folder in study.toml as an [[input]] of kind 'codings', and run again.</p>"
        )

    def freeze(self, name: str, noun: Any) -> None:
        """Keep a noun (themes, a coding) for later notebooks, in the working folder."""
        storage.save(noun, self.work / name)

    def frozen(self, name: str) -> Any:
        """Take up a noun that an earlier notebook kept."""
        if not (self.work / name).exists():
            raise StudyError(f"{name!r} has not been kept yet. Mend: run the earlier notebooks first, in their order.")
        return storage.load(self.work / name)


def _is_shown_invented(corpus: Corpus) -> bool:
    """Tell whether nobody real speaks here; what the corpus says of itself is not enough."""
    return corpus.pseudonyms is None and not corpus.is_open


def _note(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "; ".join(f"{html.escape(str(name))}: {html.escape(str(each))}" for name, each in value.items()) or "none"
        )
    return html.escape(str(value))


def work_beside(results: Path) -> Path:
    """Return the working folder that belongs to a results folder: it holds posts, and is never published."""
    whole = results.resolve()
    return whole.with_name(f"{whole.name}-work")


def open_session(study: str | Path, *, results: str | Path = "results", work: str | Path | None = None) -> Session:
    """Open a study for a notebook.

    Parameters
    ----------
    study
        Its ``study.toml``.
    results
        Where tables and figures go.
    work
        Where the corpus and frozen nouns lie; beside the results where left out.

    Returns
    -------
    The session.

    Raises
    ------
    StudyError
        If the study is not in order.

    Examples
    --------
    >>> open_session("notebooks/study.toml").study.id
    'sample'
    """
    place = Path(results)
    return Session(Study.read(study), place, Path(work) if work is not None else work_beside(place))
