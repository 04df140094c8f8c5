"""Keys in the keyring of the operating system: Keychain, Windows Credential Locker, Secret Service, KWallet."""

from __future__ import annotations

import secrets
from typing import Any

from .._checks import extra
from ..errors import OptionError, PrivacyError
from ..kernels.hashing import SECRET_BYTES, Key
from ._keys import _parsed

__all__ = ["key_from_keyring", "new_key_in_keyring"]

_SERVICE = "socialwork_research"
_NOT_SAFE = ("keyrings.alt", "keyring.backends.null", "keyring.backends.fail")  # plain files, nothing, none


def key_from_keyring(name: str) -> Key:
    """Read a project's key from the keyring of the operating system.

    Whoever is logged in as you can read it, and so can programs that you start; a file of mode 600 gives the same, but lies
    on the disk as it is. A keyring stays with its machine: keep a copy of the key where you keep such things.

    Parameters
    ----------
    name
        What the key was called, e.g. the study's id.

    Returns
    -------
    The key.

    Raises
    ------
    PrivacyError
        If there is no such key, the keyring is locked, or it keeps its entries in a plain file.
    MissingExtraError
        If the extra ``keyring`` is not installed.
    OptionError
        If the name is empty.

    Examples
    --------
    >>> key_from_keyring("")
    Traceback (most recent call last):
    ...
    socialwork_research.errors.OptionError: A key in the keyring has a name...
    """
    word = _asked(name, "read")
    if word is None:
        raise PrivacyError(
            f"The keyring holds no key {name!r} of this package. Mend: privacy.new_key_in_keyring({name!r}) makes one; a key "
            "that you have is brought back with its file or variable."
        )
    return _parsed(word, f"The keyring's entry {name!r}")


def new_key_in_keyring(name: str) -> Key:
    """Make a new key and keep it in the keyring of the operating system.

    Parameters
    ----------
    name
        What to call it, e.g. the study's id. Nothing is overwritten.

    Returns
    -------
    The key.

    Raises
    ------
    PrivacyError
        If the name is taken, the keyring is locked, or it keeps its entries in a plain file.
    MissingExtraError
        If the extra ``keyring`` is not installed.
    OptionError
        If the name is empty.

    Examples
    --------
    >>> new_key_in_keyring(" ")
    Traceback (most recent call last):
    ...
    socialwork_research.errors.OptionError: A key in the keyring has a name...
    """
    if _asked(name, "read") is not None:
        raise PrivacyError(f"The keyring holds a key {name!r} already, and none is overwritten. Mend: take a new name.")
    secret = secrets.token_bytes(SECRET_BYTES)
    _asked(name, "write", secret.hex())
    if _asked(name, "read") != secret.hex():
        raise PrivacyError("The keyring did not keep the key. Mend: privacy.new_key(path) keeps one in a file.")
    return Key(secret)


def _asked(name: str, what: str, word: str = "") -> str | None:
    if not name.strip():
        raise OptionError("A key in the keyring has a name. Mend: give one, e.g. the study's id.")
    keyring: Any = extra("keyring", "keyring")
    backend = keyring.get_keyring()
    several = [backend, *getattr(backend, "backends", ())]  # a chainer asks several, one after the other
    if any(type(each).__module__.startswith(_NOT_SAFE) for each in several):
        raise PrivacyError(
            "There is no keyring here that keeps a secret (none, or one that is a plain file). Mend: privacy.new_key(path) "
            "keeps the key in a file that only you can read."
        )
    try:
        if what == "write":
            keyring.set_password(_SERVICE, name, word)
            return None
        found: str | None = keyring.get_password(_SERVICE, name)
        return found
    except keyring.errors.KeyringError as error:
        raise PrivacyError(
            f"The keyring could not be asked ({type(error).__name__}): it may be locked. Mend: unlock it and try again."
        ) from None
