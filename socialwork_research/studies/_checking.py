"""The publication gate, held against a study: its corpus, its key, its threshold, its exceptions."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from .. import _files, privacy
from ..corpus import Corpus
from ..errors import PrivacyError
from ..kernels.hashing import Key
from ..privacy import GateResult
from ._declaration import FILE, Study
from ._importing import key_of
from ._session import work_beside

__all__ = ["check", "pass_gate"]

_EXCEPTIONS = "gate-exceptions.toml"
_LIST, _REFUSED = "gate.txt", "refused"
_LEAST_CELL = 10


def check(
    folder: str | Path,
    *,
    study: str | Path | None = None,
    corpus: str | Path | None = None,
    key: str | Path | None = None,
) -> GateResult:
    """Hold a folder that is to be published against the publication gate.

    Parameters
    ----------
    folder
        The results of a run, or any other folder.
    study
        Its ``study.toml`` or folder: what it says of itself, its threshold, its key, and its ``gate-exceptions.toml``. The
        one that the folder lies in where left out.
    corpus
        Folder of the corpus that it was made of; the one in the working folder beside it where left out.
    key
        Key file of the project; the one that the study names where left out.

    Returns
    -------
    The result: `passed`, and the findings by file and place.

    Raises
    ------
    PrivacyError
        If the folder is not there, or the exceptions or the key file are not in order.
    StudyError
        If the study is not in order.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     check(place).passed
    True
    """
    place = Path(folder)
    around = place.resolve().parent
    declared = Study.read(study) if study is not None else Study.read(around) if (around / FILE).is_file() else None
    held = Path(corpus) if corpus is not None else work_beside(place) / "corpus"
    opened = Corpus.open(held) if corpus is not None or (held / "corpus.json").is_file() else None
    return _held(place, declared, corpus=opened, key=_key(key, declared, opened))


def pass_gate(study: Study, place: Path, *, corpus: Corpus, work: Path) -> dict[str, Any]:
    """Return what the record says of the gate; keep what was refused in the working folder.

    Raises
    ------
    PrivacyError
        If something stands open.
    """
    result = _held(place, study, corpus=corpus, key=key_of(study))
    shutil.rmtree(work / _REFUSED, ignore_errors=True)
    _files.write_text(work / _LIST, f"{result}\n".replace(place.resolve().name, "results"))
    if not result.passed:
        shutil.copytree(place, work / _REFUSED)
        try:
            result.raise_if_failed()
        except PrivacyError as error:
            told = str(error).replace(place.resolve().name, "results")
            raise PrivacyError(
                f"{told} The whole list: {work.name}/{_LIST}; what was refused: {work.name}/{_REFUSED}."
            ) from None
    return result.record()


def _held(place: Path, study: Study | None, *, corpus: Corpus | None, key: Key | None) -> GateResult:
    if study is None:
        return privacy.gate(place, corpus=corpus, key=key)
    ethics = [str(study.ethics.get(name, "")) for name in ("basis", "review")]
    return privacy.gate(
        place,
        corpus=corpus,
        key=key,
        threshold=int(study.ethics.get("min_cell", _LEAST_CELL)),
        declared=[study.id, study.title, study.question, study.licence, *study.authors, *ethics],
        exceptions=study.folder / _EXCEPTIONS,
    )


def _key(given: str | Path | None, study: Study | None, corpus: Corpus | None) -> Key | None:
    """Return the key to test names of accounts with; none where there is nothing to test, or none is at hand."""
    if given is not None:
        return privacy.key_from_file(given)
    if study is None or corpus is None or corpus.pseudonyms is None:
        return None
    try:
        return key_of(study)
    except PrivacyError:  # the result says that names of accounts were not tested
        return None
