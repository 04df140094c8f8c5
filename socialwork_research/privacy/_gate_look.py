"""The one pass over the corpus: which of the published words, tokens and links its posts hold, and how many hold them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..kernels._redacting_accounts import could_be_a_name
from ..kernels.hashing import Key, hashed

if TYPE_CHECKING:
    import pyarrow as pa

    from ..corpus import Corpus

__all__ = ["Look", "may_be_an_account"]

_IDS = ("post_id", "thread_id", "reply_to", "quote_of", "repost_of")
_PEOPLE = ("author_id", "reply_to_author")
_LONG_NAME, _LONG_NUMBER = 5, 7  # letters and figures from which a bare word is taken for an account
_NOT_A_LETTER = r"[^\p{L}\p{M}'’]+"
_MID_SENTENCE = re.compile(r"(?<=[a-z,;:] )[A-Z][^\W\d_]{2,}")
_CALLED = re.compile(r"\W+")


class Look:
    """What the posts say of the published tokens, words, names and links, gathered while they pass by."""

    def __init__(
        self,
        *,
        tokens: Iterable[str],
        words: Iterable[str],
        links: Iterable[str],
        names: Iterable[str],
        key: Key | None,
        threshold: int,
    ) -> None:
        import pyarrow as pa

        self.tokens = pa.array(sorted(set(tokens)), type=pa.string())
        self.links = pa.array(sorted(set(links)), type=pa.string())
        self.words = frozenset(words)
        self.names = sorted(name for name in set(names) if may_be_an_account(name)) if key is not None else []
        self.key, self.threshold = key, threshold
        self.common: set[str] = set()  # words of so many authors that they name nobody
        self.found_ids: set[str] = set()
        self.found_people: set[str] = set()
        self.found_names: set[str] = set()
        self.word_authors: dict[str, set[Any]] = defaultdict(set)
        self.capitals: set[str] = set()  # words that stand with a capital where no sentence begins, or in a profile
        self.small: dict[str, int] = defaultdict(int)  # how often a word stands without a capital
        self.link_authors: dict[str, set[Any]] = defaultdict(set)
        self._accounts: dict[str, dict[str, str]] = {}  # platform → pseudonym → name

    def texts(self, corpus: Corpus) -> Iterator[pa.Array]:
        """Give all texts of the corpus, and look at each chunk of posts as it passes by."""
        import pyarrow as pa

        for posts in corpus._chunks():
            platforms = posts["platform"].dropna().unique()
            self._see_ids(posts, platforms)
            authors = posts["author_id"].fillna("").to_numpy(dtype=object)
            for name in ("title", "text", "author_profile"):
                texts = _arrow(posts[name])
                self._see_words(texts, authors, is_profile=name == "author_profile")
                yield texts
        if corpus.accounts is not None and len(corpus.accounts):
            accounts = corpus.accounts
            self._see_ids(accounts, accounts["platform"].dropna().unique() if "platform" in accounts else [])
            if "profile" in accounts:
                texts = _arrow(accounts["profile"])
                self._see_words(texts, accounts["author_id"].fillna("").to_numpy(dtype=object), is_profile=True)
                yield texts
        yield pa.array([], type=pa.string())

    def _see_ids(self, posts: pd.DataFrame, platforms: Iterable[str]) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        accounts: dict[str, str] = {}
        for platform in map(str, platforms):
            if platform not in self._accounts:
                self._accounts[platform] = self._pseudonyms(platform)
            accounts |= self._accounts[platform]
        hashes = pa.array(list(accounts), type=pa.string())
        for name in (*_IDS, *_PEOPLE, "mentions"):
            if name not in posts:
                continue
            column = _flat(posts[name]) if name == "mentions" else _arrow(posts[name])
            known = pc.unique(column.filter(pc.is_in(column, value_set=self.tokens))).to_pylist()
            (self.found_ids if name in _IDS else self.found_people).update(known)
            if accounts and name not in _IDS:
                theirs = pc.unique(column.filter(pc.is_in(column, value_set=hashes))).to_pylist()
                self.found_names.update(accounts[each] for each in theirs)
        if len(self.links) and "links" in posts:
            self._see_links(posts)

    def _see_links(self, posts: pd.DataFrame) -> None:
        import pyarrow.compute as pc

        given = posts["links"].dropna()
        links = given.explode().dropna()
        is_ours = pc.is_in(_arrow(links), value_set=self.links).to_numpy(zero_copy_only=False)
        for row, link in links[is_ours].items():
            self.link_authors[str(link)].add(posts["author_id"].get(row))

    def _see_words(self, texts: pa.Array, authors: Any, *, is_profile: bool) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        if not self.words or texts.null_count == len(texts):
            return
        apart = pc.split_pattern_regex(texts, _NOT_A_LETTER)
        flat, rows = apart.flatten().dictionary_encode(), pc.list_parent_indices(apart)
        spelt = flat.dictionary.to_pylist()
        folded = [_folded(word) if word else "" for word in spelt]
        is_wanted = np.array([word in self.words and word not in self.common for word in folded], dtype=bool)
        indices = flat.indices.to_numpy(zero_copy_only=False)
        chosen = is_wanted[indices]
        uses, places = indices[chosen], rows.to_numpy(zero_copy_only=False)[chosen]
        if not len(uses):
            return
        codes, people = pd.factorize(authors)
        words, names = pd.factorize(np.array(folded, dtype=object))
        pairs = np.unique(words[uses].astype(np.int64) * len(people) + codes[places])
        of_word = pairs // len(people)
        many = np.bincount(of_word, minlength=len(names)) >= self.threshold
        self.common.update(names[many])
        for word, person in zip(of_word[~many[of_word]], pairs[~many[of_word]] % len(people), strict=True):
            self.word_authors[names[word]].add(people[person])
        n_uses = np.bincount(uses, minlength=len(spelt))
        is_capital = np.array([bool(word) and not word[0].islower() for word in spelt], dtype=bool)
        for number in np.flatnonzero((n_uses > 0) & ~is_capital):
            self.small[folded[number]] += int(n_uses[number])
        if is_profile:
            self.capitals.update(folded[number] for number in np.flatnonzero((n_uses > 0) & is_capital))
            return
        several = np.unique(places[is_capital[uses] & ~many[words[uses]]])
        for text in pc.take(texts, pa.array(several, type=pa.int64())).to_pylist():
            self.capitals.update(self.words.intersection(map(str.casefold, _MID_SENTENCE.findall(text))))

    def _pseudonyms(self, platform: str) -> dict[str, str]:
        """Hash every published word that may be an account's name, in both name spaces."""
        import pyarrow as pa

        if self.key is None or not self.names:
            return {}
        found: dict[str, str] = {}
        folded = [name.removeprefix("@").casefold() for name in self.names]
        for spelt, namespace in ((folded, "handle"), (self.names, "author"), (folded, "author")):
            made = hashed(pa.array(spelt, type=pa.string()), key=self.key, namespace=namespace, platform=platform)  # type: ignore[arg-type]
            found.update(zip(made.to_pylist(), self.names, strict=True))
        return found


def authors_of(runs: list[str], corpus: Corpus, *, threshold: int) -> list[int]:
    """Count the authors who hold each run of words, up to the threshold.

    What many posts hold may be one person's signature: posts alone do not tell.
    """
    import pyarrow.compute as pc

    words = [[word for word in _CALLED.split(run.casefold()) if word] for run in runs]
    patterns = [r"(?i)\b" + r"[\W_]+".join(map(re.escape, several)) + r"\b" for several in words]
    found: list[set[Any]] = [set() for _ in runs]
    for posts in corpus._chunks():
        authors = posts["author_id"].fillna("").to_numpy(dtype=object)
        for name in ("title", "text"):
            texts = _arrow(posts[name])
            for number, pattern in enumerate(patterns):
                if len(found[number]) < threshold:
                    held = (
                        pc.match_substring_regex(texts, _re2(pattern)).fill_null(False).to_numpy(zero_copy_only=False)
                    )
                    found[number].update(authors[held])
        if all(len(each) >= threshold for each in found):
            break
    return [len(each) for each in found]


def _folded(word: str) -> str:
    """Return a word without case, quotation marks and the ending of a possessive."""
    return word.casefold().strip("'’").removesuffix("'s").removesuffix("’s")


def _re2(pattern: str) -> str:
    return pattern.replace("\\'", "'").replace("\\ ", " ")


def _arrow(column: pd.Series) -> pa.Array:
    import pyarrow as pa

    made = pa.array(column, type=pa.string(), from_pandas=True)
    return made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made


def _flat(column: pd.Series) -> pa.Array:
    return _arrow(column.dropna().explode().dropna())


def may_be_an_account(name: str) -> bool:
    """Tell whether these words would name an account where they stand bare, without @ or u/ before them.

    Somebody may call themselves "data", "may" or "ben", and sites number their accounts from 1: as words and numbers of a
    report these say nothing about anybody. Written with @ they are found as handles whatever they are.
    """
    bare = name.removeprefix("@")
    if bare != name or len(bare.split()) > 1:
        return any(could_be_a_name(word) for word in bare.split())
    if bare.isdigit():
        return len(bare) >= _LONG_NUMBER
    return len(bare) >= _LONG_NAME and could_be_a_name(bare)
