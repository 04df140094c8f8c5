"""Keyed pseudonyms: HMAC-SHA-256 of an id, cut to 128 bits, written in base32.

A plain hash of a user name is no pseudonym, as names can be guessed and hashed again; without the key these cannot.
Posts (and threads, so that a thread id which is its root's id still joins), accounts and handles have name spaces of
their own, and so has each platform: the same letters in two of them give two unrelated pseudonyms.
"""

from __future__ import annotations

import base64
import hmac
from typing import Any, Literal, NoReturn

import numpy as np
import pandas as pd

from .._checks import option
from ..errors import PrivacyError

__all__ = ["LENGTH", "Key", "pseudonyms"]

Namespace = Literal["post", "author", "handle"]
NAMESPACES: tuple[Namespace, ...] = ("post", "author", "handle")
LENGTH = 26  # letters of a pseudonym: 128 bits at five a letter
SECRET_BYTES = 32

_SEPARATOR = "\x1f"
_KEY_ID = "key id"
_KEY_ID_LENGTH = 8
_LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)


class Key:
    """A project's secret: 32 random bytes that never show.

    The secret is in no repr, no papers, no pickle. `id` is a short fingerprint of it, which may be published: it tells
    whether two corpora were hashed with the same key.
    """

    __slots__ = ("_secret", "id")

    id: str
    _secret: bytes

    def __init__(self, secret: bytes) -> None:
        if not isinstance(secret, bytes) or len(secret) != SECRET_BYTES:
            raise PrivacyError(
                f"A key is {SECRET_BYTES} random bytes. Mend: privacy.new_key(path) makes one outside the project."
            )
        object.__setattr__(self, "_secret", secret)
        digest = hmac.digest(secret, _KEY_ID.encode(), "sha256")
        object.__setattr__(self, "id", base64.b32encode(digest).decode("ascii").lower()[:_KEY_ID_LENGTH])

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError("a key does not change")

    def __repr__(self) -> str:
        return f"Key(id={self.id!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and hmac.compare_digest(self._secret, other._secret)

    def __hash__(self) -> int:
        return hash(("Key", self.id))

    def __copy__(self) -> Key:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Key:
        return self

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise PrivacyError("A key is not pickled. Mend: hand over its name or path and open it where it is needed.")

    def _digests(self, prefix: bytes, words: list[str]) -> bytes:
        secret, digest = self._secret, hmac.digest
        return b"".join([digest(secret, prefix + word.encode("utf-8"), "sha256")[:16] for word in words])


def pseudonyms(ids: pd.Series, *, key: Key, namespace: Namespace, platform: str) -> pd.Series:
    """Replace each id by its keyed pseudonym.

    Parameters
    ----------
    ids
        Ids as strings; missing ones stay missing. Each different id is hashed once.
    key
        The project's key.
    namespace
        ``"post"`` for posts and threads, ``"author"`` for a platform's account ids, ``"handle"`` for names.
    platform
        The platform on which the ids count.

    Returns
    -------
    A series with the index of `ids`: 26 lower-case letters and digits, or NA.

    Raises
    ------
    OptionError
        If there is no such name space.
    PrivacyError
        If `platform` holds the separator of the name spaces.

    Examples
    --------
    >>> key = Key(bytes(32))
    >>> pseudonyms(pd.Series(["a", None, "a"]), key=key, namespace="post", platform="forum").nunique()
    1
    """
    option(namespace, NAMESPACES, "namespace")
    if _SEPARATOR in platform:
        raise PrivacyError("The name of a platform cannot hold the unit separator (U+001F). Mend: take it out.")
    import pyarrow as pa

    plain = pa.array(ids, type=pa.string(), from_pandas=True)
    words = (plain.combine_chunks() if isinstance(plain, pa.ChunkedArray) else plain).dictionary_encode()
    prefix = f"{namespace}{_SEPARATOR}{platform}{_SEPARATOR}".encode()
    hashed = pa.array(_base32(key._digests(prefix, words.dictionary.to_pylist())), type=pa.string())
    return pd.Series(pd.array(hashed.take(words.indices), dtype="str"), index=ids.index, name=ids.name)


def _base32(digests: bytes) -> np.ndarray:
    """Write each 16 bytes as 26 letters (RFC 4648, lower case, without padding)."""
    rows = np.frombuffer(digests, dtype=np.uint8).reshape(-1, 16)
    bits = np.zeros((len(rows), LENGTH * 5), dtype=np.uint8)
    bits[:, :128] = np.unpackbits(rows, axis=1)
    weights = np.array([16, 8, 4, 2, 1], dtype=np.uint8)
    letters = _LETTERS[bits.reshape(len(rows), LENGTH, 5) @ weights]
    return letters.view(f"S{LENGTH}").ravel().astype(f"U{LENGTH}")
