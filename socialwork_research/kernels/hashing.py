"""Keyed pseudonyms: HMAC-SHA-256 of an id, cut to 128 bits, written in base32.

A plain hash of a user name is no pseudonym, as names can be guessed and hashed again; without the key these cannot.
Posts (and threads, so that a thread id which is its root's id still joins), accounts and handles have name spaces of
their own, and so has each platform: the same letters in two of them give two unrelated pseudonyms.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import numpy as np
import pandas as pd

from .._checks import option
from ..errors import PrivacyError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["LENGTH", "Key", "hashed", "pseudonyms"]

Namespace = Literal["post", "author", "handle"]
NAMESPACES: tuple[Namespace, ...] = ("post", "author", "handle")
LENGTH = 26  # letters of a pseudonym: 128 bits at five a letter
SECRET_BYTES = 32

_SEPARATOR = "\x1f"
_KEY_ID = "key id"
_KEY_ID_LENGTH = 8
_LETTERS = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
_PAIRS = np.stack([_LETTERS.repeat(32), np.tile(_LETTERS, 32)], axis=1).ravel().view(np.uint16)  # of ten bits at once
_BLOCK_BYTES = 64  # of SHA-256


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

    def _digests(self, prefix: bytes, words: list[bytes]) -> bytes:
        """Return the first 16 bytes of the HMAC-SHA-256 (RFC 2104) of each word behind `prefix`, one after the other.

        The key and the prefix are taken in once, not with each word.
        """
        key = self._secret.ljust(_BLOCK_BYTES, b"\0")
        inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key) + prefix).copy
        outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in key)).copy
        digests = []
        for word in words:
            within = inner()
            within.update(word)
            around = outer()
            around.update(within.digest())
            digests.append(around.digest()[:16])
        return b"".join(digests)


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
    import pyarrow as pa

    plain = pa.array(ids, type=pa.string(), from_pandas=True)
    words = plain.combine_chunks() if isinstance(plain, pa.ChunkedArray) else plain
    found = hashed(words, key=key, namespace=namespace, platform=platform)
    return pd.Series(pd.array(found, dtype="str"), index=ids.index, name=ids.name)


def hashed(ids: pa.Array, *, key: Key, namespace: Namespace, platform: str) -> pa.Array:
    """Do what `pseudonyms` does with an Arrow array of strings.

    Parameters
    ----------
    ids
        Ids as strings; missing ones stay missing. Each different id is hashed once.
    key, namespace, platform
        As with `pseudonyms`.

    Returns
    -------
    An array of strings, each of 26 lower-case letters and digits, or null.

    Raises
    ------
    OptionError
        If there is no such name space.
    PrivacyError
        If `platform` holds the separator of the name spaces.

    Examples
    --------
    >>> import pyarrow as pa
    >>> hashed(pa.array(["a", None]), key=Key(bytes(32)), namespace="post", platform="forum").null_count
    1
    """
    option(namespace, NAMESPACES, "namespace")
    if _SEPARATOR in platform:
        raise PrivacyError("The name of a platform cannot hold the unit separator (U+001F). Mend: take it out.")
    import pyarrow as pa

    words = ids.dictionary_encode()
    prefix = f"{namespace}{_SEPARATOR}{platform}{_SEPARATOR}".encode()
    letters = _base32(key._digests(prefix, words.dictionary.cast(pa.binary()).to_pylist()))
    ends = np.arange(0, letters.size + 1, LENGTH, dtype=np.int32)
    unique = pa.StringArray.from_buffers(len(letters), pa.py_buffer(ends), pa.py_buffer(letters))
    return unique.take(words.indices)


def _base32(digests: bytes) -> np.ndarray:
    """Write each 16 bytes as a row of 26 letters (RFC 4648, lower case, without padding)."""
    halves = np.frombuffer(digests, dtype=">u8").reshape(-1, 2).astype(np.uint64)
    first, second = halves[:, 0], halves[:, 1]
    pairs = np.empty((len(halves), LENGTH // 2), dtype=np.uint16)
    for place in range(6):
        pairs[:, place] = _PAIRS[(first >> np.uint64(54 - 10 * place)) & np.uint64(1023)]
    across = ((first & np.uint64(15)) << np.uint64(6)) | (second >> np.uint64(58))
    pairs[:, 6] = _PAIRS[across]
    for place in range(5):
        pairs[:, 7 + place] = _PAIRS[(second >> np.uint64(48 - 10 * place)) & np.uint64(1023)]
    pairs[:, 12] = _PAIRS[(second << np.uint64(2)) & np.uint64(1023)]
    return pairs.view(np.uint8)
