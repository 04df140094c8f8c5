"""Start a study from an export: `study.toml`, the notebooks, the forms for the board, a key outside the project."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

from .. import _files, privacy
from ..errors import StudyError
from ..sources._exports import opened
from ..sources._invented import recognised
from ..sources._paths import existing
from ._board import write_forms
from ._declaration import Study
from ._shipped import sample_study

__all__ = ["new"]

_KEYS = Path("~/.config/socialwork_research")
_IGNORED = "# raw data, keys and working files stay here\nresults/\nresults-work/\nraw/\n*.key\n"
_QUESTION = "How is the support network built, what are the themes, and how is boundary-related risk talked about?"


def new(export: str | Path, folder: str | Path, *, title: str | None = None, key: str | Path | None = None) -> Path:
    """Start a study from any export that a source can read.

    Parameters
    ----------
    export
        The file or folder that the platform or collector gave.
    folder
        Where the study goes: a new folder, or an empty one.
    title
        Its title; the folder's name where left out.
    key
        The key file of the project. Where left out and the posts are real, a new one is made in the home folder
        (``~/.config/socialwork_research``), outside the project: keep a copy, its loss cannot be mended.

    Returns
    -------
    The path of the ``study.toml`` written; beside it lie the notebooks and, in ``ethics``, the forms for the board. The report
    of a study of real posts does not render while one of their required fields is empty.

    Raises
    ------
    SchemaError
        If no source can read the export.
    StudyError
        If there is anything in the folder already, or it cannot be written.
    PrivacyError
        If the key lies inside a project.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     new("corpora/sample/posts.jsonl", place + "/mine").name
    'study.toml'
    """
    source, target = existing(export), Path(folder).expanduser().resolve()
    _refuse_taken(target)
    with opened(source) as (exports, _):
        places = sorted({each.place for each in exports})
    name = _slug(target.name)
    where = None if recognised([source]) else _key_place(name, key)
    try:
        with _files.folder_in_one_step(target) as beside:
            for notebook in sorted(sample_study().glob("*.ipynb")):
                shutil.copyfile(notebook, beside / notebook.name)
            _files.write_text(beside / ".gitignore", _IGNORED)
            _files.write_text(
                beside / "study.toml",
                _toml(name, title or target.name, export=source, folder=target, place=" and ".join(places), key=where),
            )
            write_forms(Study.read(beside), places=places)
            if where is not None and key is None:  # last, so that a folder which cannot be written leaves no key behind
                privacy.new_key(where)
    except OSError as error:
        raise StudyError(
            f"{target.name}: the study cannot be written there ({error.strerror or error}). Mend: choose another folder."
        ) from None
    Study.read(target)
    return Path(folder).expanduser() / "study.toml"


def _refuse_taken(target: Path) -> None:
    if (target / "study.toml").exists():
        raise StudyError(f"{target.name} holds a study already. Mend: choose another folder, or edit its study.toml.")
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise StudyError(f"{target.name} is there already and holds files. Mend: name a new folder for the study.")


def _key_place(name: str, key: str | Path | None) -> str:
    """Return where the key lies or will lie, as study.toml names it."""
    if key is not None:
        privacy.key_from_file(key)
        return _from_home(Path(key).expanduser().resolve())
    place = _KEYS / f"{name}.key"
    if place.expanduser().exists():
        raise StudyError(
            f"A key for a study called {name!r} is there already. Mend: name it as the key ({place.as_posix()}) if the two "
            "belong to one project (their pseudonyms then join), or choose another name for the folder."
        )
    return place.as_posix()


def _from_home(path: Path) -> str:
    """Write a path from the home folder where it lies in it: it then holds on another machine and names nobody."""
    home = Path.home().resolve()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else path.as_posix()


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return slug or "study"


def _quoted(text: str) -> str:
    """Write a TOML string: JSON's escapes, except that letters beyond ASCII stay and the delete sign does not."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _toml(name: str, title: str, *, export: Path, folder: Path, place: str, key: str | None) -> str:
    notebooks = "".join(
        f"\n[[notebook]]\npath = {_quoted(notebook.name)}\n" for notebook in sorted(sample_study().glob("*.ipynb"))
    )
    held = f"key = {_quoted(key)}\n" if key is not None else ""
    path = Path(os.path.relpath(export.resolve(), folder.resolve())).as_posix()
    return (
        f"schema = 1\n\n[study]\nid = {_quoted(name)}\ntitle = {_quoted(title)}\nquestion = {_quoted(_QUESTION)}\n"
        f'authors = []\nlicence = "not stated"\n\n[ethics]\nbasis = "see ethics/dpia.md"\n'
        f'review = "see ethics/ethics_statement.md"\nmin_cell = 10\n{held}\n[params]\n'
        'seed = { value = 20261121, about = "seed of every draw" }\n'
        'draws = { value = 1000, about = "draws of the null model and of each bootstrap" }\n'
        'sample = { value = 120, about = "posts to be coded by hand" }\n'
        f'\n[[input]]\nid = "posts"\nkind = "posts"\npath = {_quoted(path)}\n'
        f'sha256 = "{_files.sha256(export)}"  # read as: {place}\n{notebooks}'
    )
