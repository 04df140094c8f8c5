"""Start a study from an export: `study.toml`, the seven notebooks, a key outside the project."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

from .. import _files, privacy
from ..errors import StudyError
from ..sources._invented import recognised
from ..sources._read import place_of
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
        Where the study goes; it must not hold one yet.
    title
        Its title; the folder's name where left out.
    key
        The key file of the project. Where left out and the posts are real, a new one is made in the home folder
        (``~/.config/socialwork_research``), outside the project: keep a copy, its loss cannot be mended.

    Returns
    -------
    The path of the ``study.toml`` written; the notebooks lie beside it.

    Raises
    ------
    SchemaError
        If no source can read the export.
    StudyError
        If there is a study in the folder already.
    PrivacyError
        If the key lies inside a project.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     new("corpora/sample/posts.jsonl", place + "/mine").name
    'study.toml'
    """
    source, target = Path(export), Path(folder)
    if (target / "study.toml").exists():
        raise StudyError(f"{target.name} holds a study already. Mend: choose another folder, or edit its study.toml.")
    place = place_of(source).__name__.rpartition(".")[2]
    name = _slug(target.name)
    where = None if recognised([source]) else _key_place(name, key)
    template = sample_study()
    with _files.folder_in_one_step(target) as beside:
        for notebook in sorted(template.glob("*.ipynb")):
            shutil.copyfile(notebook, beside / notebook.name)
        _files.write_text(beside / ".gitignore", _IGNORED)
        _files.write_text(
            beside / "study.toml",
            _toml(name, title or target.name, export=source, folder=target, place=place, key=where),
        )
    Study.read(target)
    return target / "study.toml"


def _key_place(name: str, key: str | Path | None) -> str:
    """Return where the key lies, as study.toml names it; make a new one where none was given."""
    if key is not None:
        privacy.key_from_file(Path(key).expanduser())
        return str(key)
    place = _KEYS / f"{name}.key"
    whole = place.expanduser()
    if whole.exists():
        raise StudyError(
            f"A key for a study called {name!r} is there already. Mend: give it with key= if the two belong to one project "
            "(their pseudonyms then join), or choose another name for the folder."
        )
    whole.parent.mkdir(parents=True, exist_ok=True)
    privacy.new_key(whole)
    return place.as_posix()


def _slug(name: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return slug or "study"


def _toml(name: str, title: str, *, export: Path, folder: Path, place: str, key: str | None) -> str:
    notebooks = "".join(
        f"\n[[notebook]]\npath = {json.dumps(notebook.name)}\n" for notebook in sorted(sample_study().glob("*.ipynb"))
    )
    held = f"key = {json.dumps(key)}\n" if key is not None else ""
    path = Path(os.path.relpath(export.resolve(), folder.resolve())).as_posix()
    return (
        f"schema = 1\n\n[study]\nid = {json.dumps(name)}\ntitle = {json.dumps(title)}\nquestion = {json.dumps(_QUESTION)}\n"
        f'authors = []\nlicence = "not stated"\n\n[ethics]\nbasis = "to be written by the researcher"\n'
        f'review = "to be written by the researcher"\nmin_cell = 10\n{held}\n[params]\n'
        'seed = { value = 20261121, about = "seed of every draw" }\n'
        'draws = { value = 1000, about = "draws of the null model and of each bootstrap" }\n'
        'sample = { value = 120, about = "posts to be coded by hand" }\n'
        f'\n[[input]]\nid = "posts"\nkind = "posts"\npath = {json.dumps(path)}\n'
        f'sha256 = "{_files.sha256(export)}"  # read as: {place}\n{notebooks}'
    )
