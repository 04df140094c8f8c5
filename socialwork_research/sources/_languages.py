"""The language of posts whose export states none, told by a model that ships in its wheel.

The model is CLD2 (bundled by ``pycld2``): naive Bayes over pieces of words, the same answer on every machine, for each
post by itself. Of 137 invented posts of social media in 20 languages, English dialects among them, it tells 136, and of
the 1,823 texts of this package's sample 1,726; it tells none wrongly and leaves the others, mostly a few words long,
untold (``tests/sources/test_languages.py``). A million posts take it some 9 seconds. Others were measured on the same
texts: py3langid is as right and 30 times as slow; fastText's and CLD3's small models are slower and err more often on
short posts; eldc is as fast and knows no Welsh, Irish or Gaelic.

References
----------
Sites, D. (2013). Compact Language Detector 2. https://github.com/CLD2Owners/cld2
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from ._ledger import Loss

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb
    import pyarrow as pa

COLUMN = "lang_told"  # True: told by the model; False: there are words, and none was told; missing: nothing to tell
NOT_STATED = ("", "und", "art", "mis", "mul", "qaa", "qam", "qct", "qht", "qme", "qst", "zxx", "unknown", "none")
LEAST = 20  # bytes of letters and blanks that the model needs: of fewer, more than one in fifty is told wrongly
SHARE = 70  # per cent of the text that must be in the language
_FIRST = 200  # characters that are looked at: of the sample's posts each has the language that it has as a whole
_NO_WORDS = r"(?:https?://|www\.)\S+|\S*@\S+|#\S+|\b[ur]/\S+|[\x00-\x1f\x7f-\x{9f}]"
_CODES = {"iw": "he", "jw": "jv", "zh-Hant": "zh", "sr-ME": "sr", "nn": "no"}
_UNTOLD = frozenset("un xxx tlh zzb zze zzh zzp sco".split())  # no languages; and Scots, see `told`


def told(staged: pa.Table) -> pa.Table:
    """Fill ``lang`` where it is not stated, and ``lang_told``.

    A stated language stays as it is; codes that say "none" or "not known" (`NOT_STATED`) count as not stated. Title and
    text are looked at, less addresses, handles, hashtags and the names of Reddit's users and boards. What has too few
    letters, is in several languages, or leaves the model unsure gets no language; nor does what the model takes for
    Scots, since in a short post that cannot be told from the English of Scotland.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    stated = _stated(staged["lang"])
    rows = np.flatnonzero(pc.is_null(stated).to_numpy())
    words = _words(staged["title"].take(rows), staged["text"].take(rows))
    found = pa.array(_found(pc.cast(words, pa.binary()).to_pylist()), type=pa.string())
    flags = pc.if_else(pc.greater(pc.binary_length(words), 0), pc.is_valid(found), pa.scalar(None, pa.bool_()))
    for name, given, new in (("lang", stated, found), (COLUMN, pa.nulls(len(staged), pa.bool_()), flags)):
        where = np.arange(len(staged))
        where[rows] = len(staged) + np.arange(len(rows))
        both = pa.concat_arrays([_whole(given), _whole(new)])
        staged = staged.set_column(staged.schema.get_field_index(name), staged.schema.field(name), both.take(where))
    return staged


def lines(connection: duckdb.DuckDBPyConnection) -> list[Loss]:
    """Count, file by file, the kept posts whose language the model told, and those with words for which it told none."""
    counted = connection.execute(
        f"SELECT file, {COLUMN}, count(*), min(row, 5) FROM kept WHERE {COLUMN} IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    losses = []
    for file, is_told, n, rows in counted:
        what = f"language told by a model (pycld2 {version('pycld2')})" if is_told else "language not told"
        mend = "the export states none" if is_told else "too few letters, several languages, or the model is unsure"
        losses.append(Loss(what, int(n), () if is_told else tuple(map(int, rows)), mend, str(file)))
    return losses


def _stated(lang: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    if lang.null_count == len(lang):
        return lang
    is_none = pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(lang)), value_set=pa.array(NOT_STATED))
    return pc.if_else(is_none, pa.scalar(None, pa.string()), lang)


def _words(titles: pa.ChunkedArray, texts: pa.ChunkedArray) -> pa.Array:
    """Return title and text without what is no word: as much as is looked at."""
    import pyarrow.compute as pc

    whole = pc.binary_join_element_wise(*(pc.fill_null(each, "") for each in (titles, texts)), " ")
    first = pc.utf8_slice_codeunits(whole, 0, 4 * _FIRST)  # so that a very long post costs no more than others
    words = pc.utf8_trim_whitespace(pc.replace_substring_regex(first, _NO_WORDS, " "))
    return _whole(pc.utf8_slice_codeunits(words, 0, _FIRST))


def _whole(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece."""
    import pyarrow as pa

    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _found(texts: Iterable[bytes]) -> list[str | None]:
    import pycld2

    found: list[str | None] = []
    for text in texts:
        try:
            is_sure, n_bytes, languages = pycld2.detect(text, True)
        except pycld2.error:  # characters that Unicode keeps for no use: no post has them but by damage
            found.append(None)
            continue
        code, share = languages[0][1:3]
        is_told = is_sure and n_bytes >= LEAST and share >= SHARE and code not in _UNTOLD and code[:3] != "xx-"
        found.append(_CODES.get(code, code) if is_told else None)
    return found
