"""The words of themes: class-based TF-IDF over cleaned documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .. import _checks
from ..errors import SchemaError

if TYPE_CHECKING:
    from scipy import sparse

TOP = 10
PATTERN = r"(?u)\b[^\W\d_]{2,30}\b"
_NO_WORDS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+|(?<!\w)@\w+|(?<!\w)/?[ur]/\w+|\[[^\]\n]{1,40}\](?!\()|&\w+;|'(?:s|t|d|m|re|ve|ll)\b"
)
_STUMPS = "ain aren couldn didn doesn don hadn hasn haven isn mustn needn shouldn wasn weren wouldn".split()


def cleaned(texts: pd.Series) -> list[str]:
    """Return texts in lower case without what is no word of the language.

    Addresses, handles, names of subforums, what stands in square brackets (marks of redaction) and contracted endings go.
    """
    return texts.str.lower().str.replace(_NO_WORDS, " ", regex=True).tolist()


def counted(documents: list[str]) -> tuple[sparse.csr_array, np.ndarray]:
    """Count words of 2 to 30 letters that are no English stop words and occur in enough documents.

    Enough is 2 documents, 3 from 100 documents on, 5 from 1,000 on.

    Returns
    -------
    Counts (documents × words) and the words, in alphabetical order.

    Raises
    ------
    SchemaError
        No word is left.
    """
    from scipy import sparse

    _checks.extra("sklearn", "themes")
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

    least = 5 if len(documents) >= 1000 else 3 if len(documents) >= 100 else 2
    stop = sorted(ENGLISH_STOP_WORDS.union(_STUMPS))
    counter = CountVectorizer(lowercase=False, token_pattern=PATTERN, stop_words=stop, min_df=least)
    try:
        counts = counter.fit_transform(documents)
    except ValueError as reason:  # scikit-learn's word for an empty vocabulary
        raise SchemaError(
            f"no word but stop words occurs in {least} of the {len(documents)} different texts: there is nothing to name "
            "themes by. Mend: give more posts, or posts of one language"
        ) from reason
    return sparse.csr_array(counts), counter.get_feature_names_out()


def c_tf_idf(counts: sparse.csr_array, label: np.ndarray) -> tuple[np.ndarray, sparse.csr_array]:
    """Weigh words by theme: share of the theme's words, times log(1 + A / f).

    A is the mean number of words a class (whole part), f the word's count in all classes; documents in no theme (−1) are a
    class of their own, as BERTopic has it.

    Returns
    -------
    The classes in ascending order, and the weights (classes × words).

    References
    ----------
    Grootendorst, M. (2022). BERTopic: neural topic modeling with a class-based TF-IDF procedure.
    https://arxiv.org/abs/2203.05794
    """
    from scipy import sparse

    classes, number = np.unique(label, return_inverse=True)
    members = sparse.csr_array((np.ones(len(label)), (number, np.arange(len(label)))), shape=(len(classes), len(label)))
    within = members @ counts
    total, frequency = within.sum(axis=1), within.sum(axis=0)
    average = int(total.mean())
    inverse = np.log(average / np.where(frequency > 0, frequency, 1) + 1)
    shares = sparse.diags_array(1 / np.where(total > 0, total, 1)) @ within
    return classes, (shares @ sparse.diags_array(inverse)).tocsr()


def top(weights: sparse.csr_array, *, count: int = TOP) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return for each row the columns of its `count` greatest weights above 0 and the weights (ties: by column)."""
    found = []
    for row in range(weights.shape[0]):
        part = slice(weights.indptr[row], weights.indptr[row + 1])
        columns, values = weights.indices[part], weights.data[part]
        order = np.lexsort((columns, -np.round(values, 12)))[:count]
        order = order[values[order] > 0]
        found.append((columns[order], values[order]))
    return found
