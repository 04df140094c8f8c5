"""`study.toml`: what a study asks, of which files, with which parameters."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any

from .. import _files
from .._checks import nearest
from ..errors import StudyError

__all__ = ["Input", "Study"]

FILE = "study.toml"
_TOP = ("schema", "study", "ethics", "params", "input", "notebook")
_STUDY = ("id", "title", "question", "authors", "licence")
_ETHICS = ("basis", "review", "min_cell", "key")
_PARAM = ("value", "about")
_INPUT = ("id", "path", "kind", "sha256", "place", "zone", "datasheet", "columns")
_NOTEBOOK = ("path",)
_INPUT_KINDS = ("posts", "codings")
_LEAST_CELL = 10


@dataclasses.dataclass(frozen=True)
class Input:
    """A file or folder that the study reads: an export of posts, or a folder of coding sheets."""

    id: str
    path: Path
    kind: str = "posts"
    sha256: str | None = None
    place: str | None = None
    zone: str | None = None
    datasheet: str | None = None
    columns: dict[str, str] | None = None


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
        if not file.exists():
            raise StudyError(
                f"{file.name}: there is no study here. Mend: start one with 'socialwork-research new EXPORT'."
            )
        text = file.read_text("utf-8")
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise StudyError(f"{file.name}: not TOML: {error}. Mend: correct that line.") from error
        return _made(content, _Place(file, text))

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


class _Place:
    """Finds the line of a key, so that a message can name it."""

    def __init__(self, file: Path, text: str) -> None:
        self.file, self.lines = file, text.splitlines()

    def of(self, key: str) -> str:
        pattern = re.compile(rf"^\s*(?:\[+)?\s*[\"']?{re.escape(key)}[\"']?\s*(?:=|\]|\.)")
        for number, line in enumerate(self.lines, start=1):
            if pattern.match(line):
                return f"{self.file.name}, line {number}"
        return self.file.name

    def known(self, table: dict[str, Any], valid: tuple[str, ...], within: str) -> None:
        for key in table:
            if key not in valid:
                raise StudyError(
                    f"{self.of(key)}: {key!r} is no key of {within}.{nearest(key, valid)} Known: {', '.join(valid)}."
                )

    def needed(self, table: dict[str, Any], keys: tuple[str, ...], within: str) -> None:
        for key in keys:
            if key not in table:
                raise StudyError(f"{self.of(within.strip('[]'))}: {key!r} is missing in {within}. Mend: add it.")


def _made(content: dict[str, Any], place: _Place) -> Study:
    place.known(content, _TOP, "study.toml")
    place.needed(content, ("schema", "study", "input", "notebook"), "study.toml")
    if content["schema"] != 1:
        raise StudyError(
            f"{place.of('schema')}: schema {content['schema']!r} is not known; this version reads schema 1."
        )
    about, ethics = content["study"], content.get("ethics", {})
    place.known(about, _STUDY, "[study]")
    place.needed(about, ("id", "title", "question"), "[study]")
    place.known(ethics, _ETHICS, "[ethics]")
    if ethics.get("min_cell", _LEAST_CELL) < _LEAST_CELL:
        raise StudyError(
            f"{place.of('min_cell')}: min_cell is {_LEAST_CELL} authors or more, not {ethics['min_cell']}."
        )
    folder = place.file.resolve().parent
    inputs = tuple(_input(each, folder, place) for each in content["input"])
    if sum(each.kind == "posts" for each in inputs) != 1:
        raise StudyError(f"{place.of('input')}: exactly one [[input]] of kind 'posts' is needed.")
    return Study(
        folder=folder,
        id=str(about["id"]),
        title=str(about["title"]),
        question=str(about["question"]),
        authors=tuple(map(str, about.get("authors", ()))),
        licence=str(about.get("licence", "not stated")),
        ethics={"min_cell": _LEAST_CELL, **ethics},
        params=_params(content.get("params", {}), place),
        inputs=inputs,
        notebooks=tuple(_notebook(each, folder, place) for each in content["notebook"]),
    )


def _params(content: dict[str, Any], place: _Place) -> dict[str, Any]:
    params = {}
    for name, about in content.items():
        if not isinstance(about, dict):
            raise StudyError(f'{place.of(name)}: write a parameter as {name} = {{ value = …, about = "…" }}.')
        place.known(about, _PARAM, f"the parameter {name}")
        place.needed(about, ("value",), name)
        params[name] = about["value"]
    seed = params.get("seed")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise StudyError(f'{place.of("params")}: [params] needs a seed: seed = {{ value = 7, about = "…" }}.')
    return params


def _input(content: dict[str, Any], folder: Path, place: _Place) -> Input:
    place.known(content, _INPUT, "[[input]]")
    place.needed(content, ("id", "path"), "[[input]]")
    kind = content.get("kind", "posts")
    if kind not in _INPUT_KINDS:
        raise StudyError(f"{place.of('kind')}: an input's kind is 'posts' or 'codings'.{nearest(kind, _INPUT_KINDS)}")
    path = Path(content["path"])
    whole = path if path.is_absolute() else folder / path
    if not whole.exists():
        raise StudyError(
            f"{place.of('path')}: the input {content['id']!r} is not there. Mend: put {path.name} where it says."
        )
    return Input(**{**content, "path": whole})


def _notebook(content: dict[str, Any], folder: Path, place: _Place) -> Path:
    place.known(content, _NOTEBOOK, "[[notebook]]")
    place.needed(content, ("path",), "[[notebook]]")
    path = folder / str(content["path"])
    if not path.exists():
        raise StudyError(f"{place.of('path')}: the notebook {path.name} is not there. Mend: correct the path.")
    return path
