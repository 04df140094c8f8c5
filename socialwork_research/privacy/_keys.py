"""Where a project's key comes from: an environment variable, or a file that only its owner can read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from ..errors import PrivacyError
from ..kernels.hashing import SECRET_BYTES, Key

__all__ = ["key_from_environment", "key_from_file", "new_key"]

VARIABLE = "SOCIALWORK_RESEARCH_KEY"
_EXAMPLE = "~/.config/socialwork_research/my-study.key"
_PROJECT_MARKS = ("study.toml", "pyproject.toml")
_NEW = f"privacy.new_key('{_EXAMPLE}') makes one"


def key_from_environment(name: str = VARIABLE) -> Key:
    """Read the project's key from an environment variable.

    Parameters
    ----------
    name
        The variable; it holds 64 hexadecimal digits.

    Returns
    -------
    The key.

    Raises
    ------
    PrivacyError
        If the variable is not set or is not a key.

    Examples
    --------
    >>> os.environ["A_KEY"] = "07" * 32
    >>> key_from_environment("A_KEY")
    Key(id='sbkf3dwu')
    >>> del os.environ["A_KEY"]
    """
    word = os.environ.get(name)
    if not word:
        raise PrivacyError(
            f"The environment variable {name} is not set. Mend: {_NEW}; set the variable to its content."
        )
    return _parsed(word, f"The environment variable {name}")


def key_from_file(path: str | Path) -> Key:
    """Read the project's key from a file.

    Parameters
    ----------
    path
        A file outside every git work tree and project folder, readable by its owner alone (mode 600). On Windows there are
        no such modes: there only the place is checked, and a folder of your profile, which others cannot open by default,
        is where it belongs; `key_from_keyring` is the better place.

    Returns
    -------
    The key.

    Raises
    ------
    PrivacyError
        If the file is absent, lies where it would be shared, can be read by others, or holds no key.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = new_key(folder + "/study.key")
    ...     key_from_file(folder + "/study.key").id == made.id
    True
    """
    path = Path(path).expanduser()
    _outside_projects(path)
    if not path.is_file():
        raise PrivacyError(f"There is no key file {path.name!r} at this place. Mend: {_NEW}.")
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise PrivacyError(f"The key file {path.name!r} can be read by others. Mend: chmod 600 on it.")
    try:
        word = path.read_text("ascii")
    except UnicodeDecodeError:
        raise _no_key(f"The key file {path.name!r}") from None
    except OSError as error:
        raise PrivacyError(f"The key file {path.name!r} cannot be read: {error.strerror}.") from None
    return _parsed(word, f"The key file {path.name!r}")


def new_key(path: str | Path) -> Key:
    """Make a new key and write it to a file that only you can read.

    Take a new key for each study, so that nobody can be followed from one study into another. Whoever has the key can
    tell which pseudonym is whose: keep it apart from the data, and destroy it when the study ends.

    If the key is lost, what was imported stays as it is and can be analysed. But no further wave can be joined to it, no
    name be looked up in its texts, and nobody who withdraws by name be found: so keep a copy, elsewhere, until the data
    are deleted. If somebody else may have seen it, `rotate` gives the project a new one.

    Parameters
    ----------
    path
        A new file outside every git work tree and project folder; missing folders are made. Nothing is overwritten.

    Returns
    -------
    The key; the file holds it as 64 hexadecimal digits.

    Raises
    ------
    PrivacyError
        If the file exists, or lies where it would be shared.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     new_key(folder + "/study.key") == key_from_file(folder + "/study.key")
    True
    """
    path = Path(path).expanduser()
    _outside_projects(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = secrets.token_bytes(SECRET_BYTES)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secret.hex() + "\n")
        _into_place(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return Key(secret)


def _into_place(beside: Path, path: Path) -> None:
    taken = PrivacyError(f"{path.name!r} is there already and a key is never overwritten. Mend: take a new name.")
    try:
        if os.name == "posix":
            os.link(beside, path)  # unlike a rename, this fails if the name is taken
        else:
            beside.rename(path)
    except FileExistsError:
        raise taken from None
    except OSError:  # a file system without hard links
        if path.exists():
            raise taken from None
        beside.rename(path)


def _outside_projects(path: Path) -> None:
    for place in (path.absolute().parent, path.resolve().parent):
        for folder in (place, *place.parents):
            if (folder / ".git").exists():
                raise PrivacyError(
                    f"The key file {path.name!r} lies inside a git work tree, where one 'git add' would publish it. "
                    f"Mend: keep it elsewhere, e.g. {_EXAMPLE}."
                )
            for mark in _PROJECT_MARKS:
                if (folder / mark).exists():
                    raise PrivacyError(
                        f"The key file {path.name!r} lies inside a project folder (one with {mark}), which is what "
                        f"gets shared. Mend: keep it elsewhere, e.g. {_EXAMPLE}."
                    )


def _parsed(word: str, what: str) -> Key:
    try:
        return Key(bytes.fromhex(word.strip()))
    except (ValueError, PrivacyError):
        raise _no_key(what) from None


def _no_key(what: str) -> PrivacyError:
    return PrivacyError(f"{what} holds no key: 64 hexadecimal digits are needed. Mend: {_NEW}.")
