"""The accounts of a corpus: whether a word in a text is the name of one of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import PrivacyError
from ..kernels.hashing import Key, hashed

if TYPE_CHECKING:
    import pyarrow as pa

    from ..corpus import Corpus

__all__ = ["Accounts", "accounts"]

_COLUMNS = ("author_id", "reply_to_author", "mentions")


class Accounts:
    """The ids of all accounts that write, are answered, mentioned or listed.

    With a key words are hashed and looked up; a corpus without pseudonyms bears the names themselves. Where the export
    had ids of accounts beside their names, only the ids were kept, and a name can be told from them no more.
    """

    def __init__(self, ids: pa.Array, key: Key | None) -> None:
        self._ids, self._key = ids, key

    def __call__(self, platform: str) -> Callable[[list[str]], Collection[str]]:
        """Return what tells which of some words are names of accounts on a platform."""
        return partial(self._names, platform=platform)

    def _names(self, words: list[str], *, platform: str) -> Collection[str]:
        import pyarrow as pa
        import pyarrow.compute as pc

        written = pa.array(words, pa.string())
        spelt = pa.array([word.casefold() for word in words], pa.string())
        if self._key is None:
            sought = (written, spelt)
        else:  # forums and lists have names for ids
            sought = (
                hashed(spelt, key=self._key, namespace="handle", platform=platform),
                hashed(written, key=self._key, namespace="author", platform=platform),
            )
        is_known = pc.or_(*(pc.is_in(each, value_set=self._ids) for each in sought))
        return written.filter(is_known).to_pylist()


def accounts(corpus: Corpus, key: Key | None) -> Accounts | None:
    """Return the accounts of a corpus; None if it bears pseudonyms and there is no key.

    Raises
    ------
    PrivacyError
        If the corpus' pseudonyms were made by another key.
    """
    if corpus.pseudonyms is not None:
        if key is None:
            return None
        if key.id != corpus.pseudonyms:
            raise PrivacyError(
                f"The pseudonyms of corpus {corpus.name!r} were made by another key. Mend: give the key that it was read "
                "with, or none; names of its accounts are then found only where they are written as @name or u/name."
            )
    return Accounts(_ids(corpus), key if corpus.pseudonyms is not None else None)


def _ids(corpus: Corpus) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import parquet

    several: list[pa.Array] = []
    if isinstance(corpus.source, Path):
        for part in corpus._part_files:
            table = parquet.read_table(part, columns=list(_COLUMNS))
            several += [pc.unique(_flat(table[name])) for name in _COLUMNS]
    else:
        types = {"mentions": pa.list_(pa.string())}
        several = [
            _flat(pa.array(corpus.source[name], types.get(name, pa.string()), from_pandas=True)) for name in _COLUMNS
        ]
    if corpus.accounts is not None:
        several.append(pa.array(corpus.accounts["author_id"], pa.string(), from_pandas=True))
    return pc.drop_null(pc.unique(pa.concat_arrays([each.cast(pa.string()) for each in several])))


def _flat(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pc.list_flatten(whole) if pa.types.is_list(whole.type) else whole
