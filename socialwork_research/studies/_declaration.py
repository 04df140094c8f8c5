"""`study.toml`: what a study asks, of which files, with which parameters."""

from __future__ import annotations

import dataclasses
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

from .. import _files
from .._checks import nearest
from ..errors import StudyError
from ._place import Place

__all__ = ["Input", "Study"]

FILE = "study.toml"
_TOP = {"schema": int, "study": dict, "ethics": dict, "params": dict, "input": list, "notebook": list}
_STUDY = {"id": str, "title": str, "question": str, "authors": list, "licence": str}
_ETHICS = {"basis": str, "review": str, "min_cell": int, "key": str}
_PARAM = {"value": object, "about": str}
_INPUT = {
    "id": str,
    "path": str,
    "kind": str,
    "sha256": str,
    "place": str,
    "zone": str,
    "datasheet": str,
    "columns": dict,
}
_NOTEBOOK = {"path": str}
_INPUT_KINDS = ("posts", "codings")
_LEAST_CELL = 10


@dataclasses.dataclass(frozen=True)
class Input:
    """A file or folder that the study reads: an export of posts, or a folder of coding sheets.

    ``columns`` (corpus column to the file's) and ``place`` (the platform) are for posts in a table of any form.
    """

    id: str
    path: Path
    kind: str = "posts"
    sha256: str | None = None
    place: str | None = None
    zone: str | None = None
    datasheet: str | None = None
    columns: dict[str, Any] | None = None


@dataclasses.dataclass(frozen=True)
class Study:
    """A study as declared in its ``study.toml``.

    Parameters
    ----------
    folder
        Where ``study.toml`` lies; all its paths are relative to it.
    id, title, question, authors, licence
        What it is.
    ethics
        ``basis``, ``review``, ``min_cell`` (threshold of authors, 10 or more), ``key`` (where the key lies).
    params
        Name to value; ``seed`` among them.
    inputs
        The files it reads.
    notebooks
        The notebooks, in their order.
    """

    folder: Path
    id: str
    title: str
    question: str
    authors: tuple[str, ...]
    licence: str
    ethics: dict[str, Any]
    params: dict[str, Any]
    inputs: tuple[Input, ...]
    notebooks: tuple[Path, ...]

    @classmethod
    def read(cls, path: str | Path) -> Study:
        """Read a ``study.toml``, or the one in a folder.

        Parameters
        ----------
        path
            The file or its folder.

        Returns
        -------
        The study.

        Raises
        ------
        StudyError
            If it is absent, not TOML, or a key or value is not in order; the message names the line.

        Examples
        --------
        >>> from socialwork_research import studies
        >>> Study.read(studies.sample_study()).id
        'sample'
        """
        file = Path(path)
        file = file / FILE if file.is_dir() else file
        if not file.is_file():
            raise StudyError(
                f"{file.name}: there is no study here. Mend: start one with 'socialwork-research new EXPORT FOLDER'."
            )
        if file.name != FILE:
            raise StudyError(
                f"{file.name}: a study's file is called {FILE}. Mend: give each study a folder of its own."
            )
        try:
            text = file.read_text("utf-8-sig")
            return _made(tomllib.loads(text), Place(file, text))
        except UnicodeDecodeError:
            raise StudyError(f"{file.name}: not UTF-8. Mend: save it as UTF-8.") from None
        except tomllib.TOMLDecodeError as error:
            raise StudyError(f"{file.name}: not TOML: {error}. Mend: correct that line.") from None

    @property
    def seed(self) -> int:
        """The study's one seed; every draw of random numbers takes it."""
        return int(self.params["seed"])

    @property
    def posts(self) -> Input:
        """The input that holds the posts."""
        return next(each for each in self.inputs if each.kind == "posts")

    @property
    def codings(self) -> Input | None:
        """The input that holds coding sheets, if there is one."""
        return next((each for each in self.inputs if each.kind == "codings"), None)

    @cached_property
    def fingerprint(self) -> str:
        """The sha256 of the file."""
        return _files.sha256(self.folder / FILE)


def _made(content: dict[str, Any], place: Place) -> Study:
    place.check(content, _TOP, "study.toml", needed=("schema", "study", "input", "notebook"))
    if content["schema"] != 1:
        raise StudyError(
            f"{place.of('schema')}: schema {content['schema']!r} is not known; this version reads schema 1."
        )
    about, ethics = content["study"], content.get("ethics", {})
    place.check(about, _STUDY, "[study]", needed=("id", "title", "question"))
    place.check(ethics, _ETHICS, "[ethics]")
    if ethics.get("min_cell", _LEAST_CELL) < _LEAST_CELL:
        raise StudyError(
            f"{place.of('min_cell')}: min_cell is {_LEAST_CELL} authors or more, not {ethics['min_cell']}."
        )
    folder = place.file.resolve().parent
    return Study(
        folder=folder,
        id=about["id"],
        title=about["title"],
        question=about["question"],
        authors=tuple(map(str, about.get("authors", ()))),
        licence=about.get("licence", "not stated"),
        ethics={"min_cell": _LEAST_CELL, **ethics},
        params=_params(content.get("params", {}), place),
        inputs=_inputs(content["input"], folder, place),
        notebooks=_notebooks(content["notebook"], folder, place),
    )


def _params(content: dict[str, Any], place: Place) -> dict[str, Any]:
    place.check(content, None, "[params]")
    params = {}
    for name, about in content.items():
        if not isinstance(about, dict):
            raise StudyError(f'{place.of(name)}: write a parameter as {name} = {{ value = …, about = "…" }}.')
        place.check(about, _PARAM, f"the parameter {name}", needed=("value",), head=name)
        params[name] = about["value"]
    seed = params.get("seed")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise StudyError(
            f"{place.of('seed', otherwise='params')}: [params] needs a seed, a whole number from 0 up. "
            'Mend: seed = { value = 7, about = "…" }.'
        )
    return params


def _inputs(content: Any, folder: Path, place: Place) -> tuple[Input, ...]:
    place.listed(content, "input")
    inputs = []
    for number, each in enumerate(content, start=1):
        place.check(each, _INPUT, "[[input]]", needed=("id", "path"), head="input", nth=number)
        kind = each.get("kind", "posts")
        if kind not in _INPUT_KINDS:
            raise StudyError(
                f"{place.of('kind', kind)}: an input's kind is 'posts' or 'codings'.{nearest(kind, _INPUT_KINDS)}"
            )
        path = folder / Path(each["path"]).expanduser()
        if not path.exists():
            raise StudyError(
                f"{place.of('path', each['path'])}: the input {each['id']!r} is not there. "
                f"Mend: put {path.name} where the path says, or correct the path (it is relative to {FILE})."
            )
        inputs.append(Input(**{**each, "path": path}))
    kinds = [each.kind for each in inputs]
    if kinds.count("posts") != 1:
        raise StudyError(
            f"{place.of('input')}: exactly one [[input]] of kind 'posts' is needed, not {kinds.count('posts')}."
        )
    if kinds.count("codings") > 1:
        raise StudyError(
            f"{place.of('input')}: one [[input]] of kind 'codings' is read, not {kinds.count('codings')}. "
            "Mend: put all sheets into one folder."
        )
    return tuple(inputs)


def _notebooks(content: Any, folder: Path, place: Place) -> tuple[Path, ...]:
    place.listed(content, "notebook")
    notebooks: list[Path] = []
    for number, each in enumerate(content, start=1):
        place.check(each, _NOTEBOOK, "[[notebook]]", needed=("path",), head="notebook", nth=number)
        path = folder / each["path"]
        where = place.of("path", each["path"])
        if not path.is_file():
            raise StudyError(f"{where}: the notebook {path.name} is not there. Mend: correct the path.")
        if path.name in {other.name for other in notebooks}:
            raise StudyError(f"{where}: two notebooks are called {path.name}. Mend: rename one of them.")
        notebooks.append(path)
    return tuple(notebooks)
