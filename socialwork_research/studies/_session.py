"""What a notebook holds in its hand: the study's corpus, codings and seed, and the place for its tables and figures."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from .. import coders, privacy, reports, storage
from .._checks import nearest
from ..codebook import Codebook
from ..coding import Coding
from ..corpus import Corpus
from ..errors import PrivacyError, StudyError
from ..kernels.quotations import Quote
from ..provenance import fingerprint, papers
from ._declaration import Study
from ._importing import import_corpus
from ._publishing import communities_labelled, ends_coarse, keys_of, made_safe, open_reason, posts_by_author, sealed
from ._wordings import refuse_posts_words, words_in

__all__ = ["PUBLISHED", "Session", "Shown", "open_session", "work_beside"]

PUBLISHED = "socialwork_research"  # marks in a notebook what came through the session; a run publishes nothing else

_PERSONS = {"post_id", "author_id", "thread_id", "source", "target", "text", "title", "mentions"}
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

    @property
    def _threshold(self) -> int:
        return int(self.study.ethics["min_cell"])

    def safe(self, table: pd.DataFrame, *, drop: bool = False, adds_up: bool = True) -> pd.DataFrame:
        """Suppress what rests on too few authors; invented corpora are shown with those cells marked instead.

        Of a table of measures, what is one person's goes. With `drop` the rows go altogether (a word that few used may
        name somebody). Say `adds_up` is not so where the rows are no parts of a whole.
        """
        corpus = self.corpus()
        demonstration = _is_shown_invented(corpus)
        given = table if demonstration else ends_coarse(table)
        safe = made_safe(
            given, corpus, threshold=self._threshold, adds_up=adds_up and not drop, demonstration=demonstration
        )
        if demonstration:
            return safe
        return communities_labelled(safe[~safe["is_suppressed"]] if drop else safe)

    def safe_together(
        self, tables: Mapping[str, pd.DataFrame], *, within: Mapping[str, str] | None = None
    ) -> dict[str, pd.DataFrame]:
        """Suppress small cells in tables by columns of the posts, so that none gives back what another hides.

        With `within`, as ``{"community": "platform"}``, the levels of a key lie each in one level of another.
        """
        corpus = self.corpus()
        demonstration = _is_shown_invented(corpus)
        safe = privacy.suppress_together(
            {name: table if demonstration else ends_coarse(table) for name, table in tables.items()},
            threshold=self._threshold,
            counts=posts_by_author(corpus, keys_of(tables)),
            within=within,
            demonstration=demonstration,
        )
        return safe if demonstration else {name: communities_labelled(table) for name, table in safe.items()}

    def named(self, found: Any) -> pd.DataFrame:
        """Return the sizes of themes, labelled in a real corpus only by words that enough authors used.

        A word that few used may be somebody's name.
        """
        if _is_shown_invented(self.corpus()):
            return found.sizes
        words = found.words[found.words["n_authors"] >= self._threshold]
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
        if reason := open_reason(table):
            raise PrivacyError(f"The table {name!r} {reason}. Mend: pass it through study.safe() first.")
        if fine := privacy.too_fine(table):
            raise PrivacyError(
                f"The table {name!r} has {', '.join(fine)}, finer than the day or exact likes. Mend: privacy.coarsened()."
            )
        self._refuse_words(words_in(table), name)
        shown = table if _is_shown_invented(self.corpus()) else sealed(table)
        storage.save(shown, self.results / "tables" / name)
        return Shown(reports.render(table, caption=caption))

    def figure(self, name: str, chart: Any, *, caption: str) -> Shown:
        """Write a figure (SVG, PNG, alternative text) and show it.

        One that was drawn from cells which passed no gate is refused; one with a point for each person or post is
        withheld where the posts are real.
        """
        is_real = not _is_shown_invented(self.corpus())
        reasons = getattr(chart, "lays_open", ("unknown",))
        if "cells" in reasons or ("unknown" in reasons and is_real):
            raise PrivacyError(
                f"The figure {name!r} is drawn from a table that passed no gate. Mend: draw it by a function of plots from "
                "what study.safe() returned."
            )
        if "persons" in reasons and is_real:
            why = "it has a point for each person or post, and these are real"
            return Shown(f"<p>{html.escape(caption)}: this figure is not published, for {why}.</p>")
        reports.write_figure(chart, self.results / "figures" / name)
        return Shown(f"<figure>{chart._repr_html_()}<figcaption>{html.escape(caption)}</figcaption></figure>")

    def quote(self, quote: Quote) -> Shown:
        """Show a quotation that passed ``privacy.quoting.quote``; words that did not are refused."""
        return Shown(reports.quotation(quote))

    def _refuse_words(self, texts: list[str], name: str) -> None:
        """Refuse texts that hold words of a few posts; of an invented corpus nobody speaks."""
        corpus = self.corpus()
        if not _is_shown_invented(corpus):
            refuse_posts_words(texts, corpus, name=name, threshold=int(self.study.ethics["min_cell"]))

    def network(self, name: str, graph: Any, *, caption: str) -> Shown:
        """Write a network that privacy.publishable_network made, and show how much of it there is, and what risk stays."""
        privacy.write_network(graph, self.results / "networks" / name, threshold=self._threshold)
        told = papers(graph).get("notes", {})
        size = f"{graph.number_of_nodes():,} authors, {graph.number_of_edges():,} edges"
        left = f"{told.get('edges_left_out', 0):,} edges were left out so that nobody is alone. {told.get('risk', '')}"
        return Shown(f"<p>{html.escape(caption)}: {size} ({html.escape(name)}.graphml). {html.escape(left)}</p>")

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
