"""Run a study: every notebook in a fresh kernel, in order; a results folder that is whole or absent."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from .. import _files, reports
from ..errors import DiskError, StudyError
from ._board import ask, publish
from ._board_section import HEADING, section
from ._checking import pass_gate
from ._declaration import Study
from ._importing import import_corpus
from ._kernel import execute
from ._record import record, refuse_exposure
from ._session import work_beside
from ._shipped import sample_study

__all__ = ["rebind", "run"]


def run(study: str | Path | None = None, *, results: str | Path | None = None, progress: bool = False) -> Path:
    """Run a study to an HTML report.

    Parameters
    ----------
    study
        Its ``study.toml`` or folder; the sample study where left out. Of a study of real posts the forms for the ethics board
        (folder ``ethics``) have to be filled: those that are missing are written there, blank, and the run is refused.
    results
        Where the results go; ``results`` beside ``study.toml`` where left out (in the working folder for the sample study).
        A run that stood there is replaced once the new one is whole; a folder of other files is refused. Working files
        (the corpus, frozen themes) go to a folder of the same name with ``-work`` after it: it holds posts and is never
        published.
    progress
        Show a progress bar.

    Returns
    -------
    The path of the report; beside it lie ``notebooks/`` (executed), ``tables/``, ``figures/``, ``run.json`` and the ethics
    statement.

    Raises
    ------
    StudyError
        If the study is not in order, a notebook fails, the results cannot be written, or, where posts are real, a required
        field of the forms for the ethics board is empty; results that were there stay.
    PrivacyError
        If the publication gate finds what could lay somebody open; results that were there stay. What was refused lies in
        the working folder, with the list of all places (``gate.txt``).
    MissingExtraError
        If the extra ``notebooks`` is not installed.

    Examples
    --------
    >>> run("nowhere")
    Traceback (most recent call last):
    ...
    socialwork_research.errors.StudyError: nowhere: there is no study here...
    """
    declared = Study.read(study if study is not None else sample_study())
    target = Path(results) if results is not None else _default(declared, shipped=study is None)
    _refuse_taken(target)
    try:
        _run(declared, target, progress=progress)
    except OSError as error:
        raise _unwritable(target, error) from None
    return target / "report.html"


def _run(study: Study, target: Path, *, progress: bool) -> None:
    ask(study)
    work = work_beside(target)
    corpus = import_corpus(study, folder=work / "corpus")
    with _files.folder_in_one_step(target) as place:
        notebooks = _bar(study.notebooks, progress=progress)
        steps = [execute(notebook, study, place=place, work=work) for notebook in notebooks]
        told = record(study, corpus, results=place, steps=steps)
        withheld = sum(step["withheld"] for step in steps)
        told["ethics"] = publish(study, corpus, results=place, withheld=withheld)
        refuse_exposure(told)
        _files.write_json(place / "run.json", told)
        _bind(place, told)
        told["gate"] = pass_gate(study, place, corpus=corpus, work=work)
        _files.write_json(place / "run.json", told)


def rebind(results: str | Path) -> Path:
    """Bind the report of a run anew from its executed notebooks and its record.

    Parameters
    ----------
    results
        The results folder of a run.

    Returns
    -------
    The path of the report.

    Raises
    ------
    StudyError
        If no whole run lies there, or the report cannot be written.

    Examples
    --------
    >>> rebind("nowhere")
    Traceback (most recent call last):
    ...
    socialwork_research.errors.StudyError: nowhere: no run lies here (run.json is missing). Mend: run the study first.
    """
    place = Path(results)
    if not (place / "run.json").exists():
        raise StudyError(f"{place.resolve().name}: no run lies here (run.json is missing). Mend: run the study first.")
    try:
        return _bind(place, json.loads((place / "run.json").read_text("utf-8")))
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, StudyError):
            raise
        raise StudyError(f"{place.resolve().name}: run.json is damaged. Mend: run the study again.") from None
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).name
        raise StudyError(f"{place.resolve().name}: {missing} is missing. Mend: run the study again.") from None
    except OSError as error:
        raise _unwritable(place, error) from None


def _bind(place: Path, told: dict[str, Any]) -> Path:
    """Bind the report; what was measured, and what the gate said of it, stay in run.json: equal runs give equal reports."""
    executed = [place / "notebooks" / step["notebook"] for step in told["notebooks"]]
    equal = {name: part for name, part in told.items() if name not in ("measured", "gate")}
    ethics = [(HEADING, section(place, told["ethics"]))]
    return reports.bind(executed, place / "report.html", title=told["study"]["title"], record=equal, appendix=ethics)


def _refuse_taken(target: Path) -> None:
    """Only a run may be replaced by a run: a folder of anything else would be lost."""
    if not target.exists() or (target / "run.json").exists():
        return
    if not target.is_dir() or any(target.iterdir()):
        raise StudyError(
            f"{target.resolve().name} is there already and holds no run. Mend: name a new folder for the results."
        )


def _unwritable(target: Path, error: OSError) -> StudyError:
    if isinstance(error, DiskError):
        return StudyError(str(error))
    return StudyError(
        f"{target.resolve().name}: {error.strerror} ({Path(str(error.filename or target)).name}). "
        "Mend: see that the folders of the study and of its results can be read and written, and that the disk is not full."
    )


def _default(study: Study, *, shipped: bool) -> Path:
    return Path("results") / study.id if shipped else study.folder / "results"


def _bar(notebooks: tuple[Path, ...], *, progress: bool) -> Any:
    from tqdm import tqdm

    return tqdm(notebooks, desc="notebooks", unit="notebook", disable=not progress, file=sys.stderr)
