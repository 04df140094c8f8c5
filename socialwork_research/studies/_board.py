"""The forms for the ethics board, as they lie beside a study: written, refreshed, asked for, published."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .. import _files, storage
from ..corpus import Corpus
from ..errors import StudyError
from ..sources._exports import opened
from ..sources._invented import recognised
from ._board_forms import FORMS, Field, begun, fields, places_in, refreshed
from ._board_values import Facts, counts, step_name, writers
from ._declaration import Study

__all__ = ["STATEMENT", "ask", "forms", "publish", "unfilled", "write_forms"]

FOLDER = "ethics"
STATEMENT = "ethics_statement.md"
_REGISTERS = ("terms.md", "publicness.md")  # the forms with a part for each source
_NAMED = 5


def forms(study: str | Path) -> Path:
    """Write the forms for the ethics board beside a study; a form that is there keeps every answer.

    They are an assessment of data protection (DPIA), an ethics statement, a data-management plan, a datasheet, a register of
    terms, a sheet on how public each source was, and what to do when harm is seen. What the program knows it writes itself,
    between two marks; a run refreshes that.

    Parameters
    ----------
    study
        Its ``study.toml`` or folder.

    Returns
    -------
    The folder ``ethics`` beside ``study.toml``.

    Raises
    ------
    StudyError
        If the study or a form is not in order, or a form cannot be written.

    References
    ----------
    Gebru, T., Morgenstern, J., Vecchione, B., Vaughan, J. W., Wallach, H., Daumé III, H. and Crawford, K. (2021). Datasheets
    for datasets. Communications of the ACM 64(12), 86–92. 10.1145/3458723

    Bender, E. M. and Friedman, B. (2018). Data statements for natural language processing: toward mitigating system bias and
    enabling better science. Transactions of the ACL 6, 587–604. 10.1162/tacl_a_00041

    franzke, a. s., Bechmann, A., Zimmer, M., Ess, C. and the Association of Internet Researchers (2020). Internet research:
    ethical guidelines 3.0.

    Examples
    --------
    >>> import tempfile
    >>> from socialwork_research import studies
    >>> with tempfile.TemporaryDirectory() as place:
    ...     written = studies.new("corpora/sample/posts.jsonl", place + "/mine")
    ...     sorted(each.name for each in forms(written).iterdir())[:3]
    ['data_management.md', 'datasheet.md', 'dpia.md']
    """
    declared = Study.read(study)
    write_forms(declared)
    return declared.folder / FOLDER


def unfilled(study: str | Path) -> pd.DataFrame:
    """List the fields of a study's forms that nobody has filled yet.

    Parameters
    ----------
    study
        Its ``study.toml`` or folder.

    Returns
    -------
    One row a field, in the order of the forms (index ``field``): ``form``, ``question``, ``is_required``. What other fields
    hold is not told. A form that has not been written yet has no rows: `forms` writes it.

    Raises
    ------
    StudyError
        If the study or a form is not in order.

    Examples
    --------
    >>> import tempfile
    >>> from socialwork_research import studies
    >>> with tempfile.TemporaryDirectory() as place:
    ...     written = studies.new("corpora/sample/posts.jsonl", place + "/mine")
    ...     bool(unfilled(written).loc["dpia.lawful_basis", "is_required"])
    True
    """
    folder = Study.read(study).folder / FOLDER
    there = {form: _read(folder / form) for form in FORMS if (folder / form).is_file()}
    empty = [each for form, text in there.items() for each in fields(form, text) if not each.is_filled]
    rows = [(each.form, each.question, each.is_required) for each in empty]
    table = pd.DataFrame(rows, columns=["form", "question", "is_required"])
    return table.astype({"form": "str", "question": "str", "is_required": "bool"}).set_index(
        pd.Index([each.id for each in empty], name="field", dtype="str")
    )


def write_forms(
    study: Study,
    *,
    places: Sequence[str] | None = None,
    corpus: Corpus | None = None,
    summary: pd.DataFrame | None = None,
) -> None:
    """Write the forms that are missing; with a corpus and its summary, write the program's passages of all of them anew.

    Raises
    ------
    StudyError
        If a form is not in order or cannot be written.
    """
    folder = study.folder / FOLDER
    known = _places(study, places)
    facts = Facts(study, known, corpus=corpus, summary=summary)
    changed: dict[Path, bytes] = {}
    for form in FORMS:
        file = folder / form
        if not file.exists():
            changed[file] = begun(form, known, writers=writers(facts)).encode("utf-8")
            continue
        before = _read(file)
        after = _anew(form, before, facts)  # also where nothing is written: a torn form is told of at once
        if corpus is not None and after != before:
            changed[file] = after.encode("utf-8")
    try:
        _files.write_together(changed)
    except OSError as error:
        raise StudyError(
            f"{study.folder.name}/{FOLDER}: the forms cannot be written there ({error.strerror or error}). Mend: see that the "
            "study's folder may be written to."
        ) from None


def ask(study: Study) -> None:
    """Refuse a study of real posts while a required field is empty; forms that are not there yet are written first.

    Raises
    ------
    StudyError
        If a field is empty, or a form not in order. It names files and fields, never what a field holds.
    """
    if recognised([study.posts.path]) is not None:
        return
    write_forms(study)
    _refuse_empty(study)


def publish(study: Study, corpus: Corpus, *, results: Path, withheld: int) -> dict[str, Any]:
    """Refresh the forms, put the ethics statement into the results, and tell the record of both and of the flow of numbers.

    Raises
    ------
    StudyError
        If a field of a study of real posts is empty, or a form not in order.
    """
    blanked, rows = _suppressed(results)
    summary = corpus.summary(by="platform")
    flow = [*_flow(corpus, summary), _line("rows of published tables that count authors", rows)]
    flow += [_line("of these suppressed", blanked), _line("outputs of notebooks that were withheld", withheld)]
    if corpus.pseudonyms is None and not corpus.is_open:
        return {"invented": True, "forms": [], "flow": flow}
    write_forms(study, corpus=corpus, summary=summary)
    _refuse_empty(study)
    folder = study.folder / FOLDER
    statement = _read(folder / STATEMENT)
    facts = Facts(study, _places(study, None), corpus=corpus, summary=summary, suppressed=(blanked, rows))
    _files.write_text(results / STATEMENT, _anew(STATEMENT, statement, facts).replace("\r\n", "\n"))
    told = [
        {
            "form": form,
            "sha256": _files.sha256(folder / form),
            "filled": sum(each.is_filled for each in found),
            "required": sum(each.is_required for each in found),
        }
        for form, found in _all_fields(study).items()
    ]
    return {"invented": False, "forms": told, "flow": flow}


def _refuse_empty(study: Study) -> None:
    empty = {
        form: [each.id for each in found if each.is_required and not each.is_filled]
        for form, found in _all_fields(study).items()
    }
    lines = [
        f"{FOLDER}/{form} ({len(ids)}: {', '.join(ids[:_NAMED])}{' …' * (len(ids) > _NAMED)})"
        for form, ids in empty.items()
        if ids
    ]
    if lines:
        raise StudyError(
            f"{sum(map(len, empty.values()))} required fields of the forms for the ethics board are empty, and a report of real "
            f"posts does not render without them: {'; '.join(lines)}. Mend: write an answer beneath each line 'To be filled', "
            "after an empty line; studies.unfilled() lists them all. Notebooks can be worked on in JupyterLab meanwhile."
        )


def _all_fields(study: Study) -> dict[str, list[Field]]:
    folder = study.folder / FOLDER
    found = {form: fields(form, _read(folder / form)) for form in FORMS}
    for form in _REGISTERS:
        if not places_in(_read(folder / form)):
            raise StudyError(
                f"{FOLDER}/{form}: there is no part for a source. Mend: keep a copy of the form, take the form away, and run "
                "the study again, which writes it anew."
            )
    return found


def _places(study: Study, places: Sequence[str] | None) -> list[str]:
    """Return the sources of a study: as given, as its register has them, or as its export is recognised."""
    if places is not None:
        return list(places)
    register = study.folder / FOLDER / _REGISTERS[0]
    if register.is_file() and (known := places_in(_read(register))):
        return known
    if study.posts.columns is not None or study.posts.place is not None:
        return ["table"]
    with opened(study.posts.path) as (exports, _):
        return sorted({each.place for each in exports})


def _anew(form: str, text: str, facts: Facts) -> str:
    own = places_in(text) or facts.places
    answers = {each.id: each.answer for each in fields(form, text)} if form in _REGISTERS else {}
    return refreshed(form, text, writers=writers(dataclasses.replace(facts, places=own, answers=answers)))


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")  # line ends, and a mark of the encoding, stay as they are
    except UnicodeDecodeError:
        raise StudyError(f"{FOLDER}/{file.name}: not UTF-8. Mend: save it as UTF-8.") from None


def _suppressed(results: Path) -> tuple[int, int]:
    """Count the suppressed rows, and all rows, of the published tables that were looked at for small numbers."""
    blanked = rows = 0
    for file in sorted((results / "tables").glob("*.csv")):
        table = storage.load(file)
        if "is_suppressed" in table.columns:
            blanked += int(table["is_suppressed"].fillna(False).astype(bool).sum())
            rows += len(table)
    return blanked, rows


def _flow(corpus: Corpus, summary: pd.DataFrame) -> list[dict[str, Any]]:
    """Tell how many posts came in, went and stayed, from the import's ledger and the corpus' steps."""
    ledger = dict(zip(corpus.losses["what"][::-1], corpus.losses["n"][::-1], strict=True))  # the first of a name counts
    lines = [_line(name, int(ledger[name])) for name in ("rows read", "kept") if name in ledger]
    for step in corpus.steps:
        name = step_name(step)
        if "n_after" in step:
            lines.append(_line(f"{name}: posts that stay", step["n_after"]))
        else:
            lines += [_line(f"{name}{': ' * bool(what)}{what}", n) for what, n in counts(step).items()]
    lines.append(_line("posts in the corpus", len(corpus)))
    lines.append(_line("of these deleted or removed", summary["n_deleted"].sum()))
    lines.append(_line("of these without a known author", summary["n_without_author"].sum()))
    return lines


def _line(what: str, n: int) -> dict[str, Any]:
    return {"what": what, "n": int(n)}
