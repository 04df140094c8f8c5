"""Keys one after the other: a pseudonym that was hashed again under a new key, and the way to it from a raw id."""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING

from .._withdrawn import Withdrawn
from ..errors import PrivacyError
from .hashing import LENGTH, Key

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Chain", "rotated"]

_PREFIX = b"rotation\x1f\x1f"
_DIGEST = 16  # bytes of a pseudonym
_ID_LENGTH = 8


class Chain(Key):
    """Two keys as one: ids are hashed under the first, and their pseudonyms again under the second.

    What a project's list of withdrawals names is told by the first pseudonym, as it was when the list was written: such a
    post gets the id of its empty place, and such an account the one by which the list knows it.
    """

    __slots__ = ("_first", "_lists", "_then")

    _first: Key
    _then: Key
    _lists: tuple[Withdrawn, ...]

    def __init__(self, first: Key, then: Key, *, lists: tuple[Withdrawn, ...] = ()) -> None:
        if first.id == then.id:
            raise PrivacyError("The old and the new key are the same. Mend: privacy.new_key(path) makes a new one.")
        secret = hmac.digest(then._secret, b"chain\x1f" + first._secret, "sha256")
        super().__init__(secret)
        told = hmac.digest(then._secret, f"chain id\x1f{first.id}".encode(), "sha256")
        object.__setattr__(self, "id", base64.b32encode(told).decode("ascii").lower()[:_ID_LENGTH])
        for name, value in (("_first", first), ("_then", then), ("_lists", lists)):
            object.__setattr__(self, name, value)

    def _digests(self, prefix: bytes, words: list[bytes]) -> bytes:
        """Return the digests of each word under both keys."""
        once = [_letters(digest) for digest in _cut(self._first._digests(prefix, words))]
        twice = _cut(self._then._digests(_PREFIX, [word.encode("ascii") for word in once]))
        if self._lists:
            is_post = prefix.startswith(b"post")
            twice = [self._listed(word, is_post=is_post) or digest for word, digest in zip(once, twice, strict=True)]
        return b"".join(twice)

    def _listed(self, word: str, *, is_post: bool) -> bytes | None:
        for each in self._lists:
            known = each.place_of(word) if is_post else each.of("author", word)
            if known is not None and (is_post or known in each.authors):
                return base64.b32decode(known.upper() + "=" * 6)
        return None


def rotated(ids: pa.Array, *, key: Key) -> pa.Array:
    """Hash pseudonyms again under a new key; those of a chain of both keys are equal to them.

    Parameters
    ----------
    ids
        Pseudonyms; missing ones stay missing.
    key
        The new key.

    Returns
    -------
    An array of strings, each of 26 lower-case letters and digits, or null.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from socialwork_research.kernels.hashing import hashed
    >>> old, new = Key(bytes(32)), Key(bytes(range(32)))
    >>> once = hashed(pa.array(["a"]), key=old, namespace="post", platform="forum")
    >>> rotated(once, key=new) == hashed(pa.array(["a"]), key=Chain(old, new), namespace="post", platform="forum")
    True
    """
    import pyarrow as pa

    words = ids.dictionary_encode()
    plain = [word.encode("utf-8") for word in words.dictionary.to_pylist()]
    made = [_letters(digest) for digest in _cut(key._digests(_PREFIX, plain))]
    return pa.array(made, type=pa.string()).take(words.indices)


def _cut(digests: bytes) -> list[bytes]:
    return [digests[start : start + _DIGEST] for start in range(0, len(digests), _DIGEST)]


def _letters(digest: bytes) -> str:
    return base64.b32encode(digest).decode("ascii").lower()[:LENGTH]
