"""The first step of a run: the study's export becomes a corpus, hashed at the door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .. import _files, _withdrawn, privacy, sources, storage
from ..corpus import Corpus
from ..errors import PrivacyError, StudyError
from ..kernels.hashing import Key
from ..sources._invented import recognised
from ._declaration import Study

__all__ = ["import_corpus", "key_of"]

_ENVIRONMENT = "environment"


def import_corpus(study: Study, *, folder: str | Path) -> Corpus:
    """Read the study's posts into a corpus folder.

    Parameters
    ----------
    study
        The study.
    folder
        Where the corpus goes; what stood there is replaced in one step, once the import is whole.

    Returns
    -------
    The corpus, opened from the folder.

    Raises
    ------
    PrivacyError
        If the posts are real and no key is at hand.
    StudyError
        If the input is not the file that the study names (its sha256 differs).

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     len(import_corpus(Study.read("notebooks"), folder=place + "/corpus")) > 250
    True
    """
    posts = study.posts
    if posts.sha256 is not None and _files.sha256(posts.path) != posts.sha256:
        raise StudyError(
            f"The input {posts.id!r} ({posts.path.name}) is not the file that study.toml names: its sha256 differs. "
            "Mend: put the right file there, or take the new sum into study.toml and say why in the CHANGELOG of the study."
        )
    target = Path(folder)
    key = key_of(study)
    given: dict[str, Any] = {"key": key, "name": study.id, "zone": posts.zone}
    if posts.columns is not None or posts.place is not None:
        read = sources.table.read(posts.path, columns=_columns(posts.columns), platform=posts.place, **given)
    else:
        read = sources.read(posts.path, **given)
    read = _withdrawn.emptied_corpus(read, study.folder / "study.toml")  # results may lie outside the study's folder
    storage.save(read, target)
    return Corpus.open(target)


def key_of(study: Study) -> Key | None:
    """Return the key of a study's pseudonyms; None where its posts are known to be invented.

    Raises
    ------
    PrivacyError
        If the posts are real and no key is at hand.
    """
    return None if recognised([study.posts.path]) else _key(study)


def _columns(declared: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the map of columns as the reader takes it: TOML has lists where a column and its layout are a pair."""
    if declared is None:
        return None
    return {name: tuple(column) if isinstance(column, list) else column for name, column in declared.items()}


def _key(study: Study) -> Key:
    where = study.ethics.get("key", _ENVIRONMENT)
    if where == _ENVIRONMENT:
        return privacy.key_from_environment()
    path = study.folder / Path(where).expanduser()
    if not path.exists():
        raise PrivacyError(
            f"The key file {path.name} of the study is not there. Without it its pseudonyms cannot be made again. "
            "Mend: bring it back from where you keep it, or start the study anew with a new key."
        )
    return privacy.key_from_file(path)
