"""What can be told with the corpus alone: its ids, its accounts' names, rare names, links and words in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .. import frames
from ..kernels.hashing import Key
from ..kernels.quoting import shared_runs
from ._gate_look import Look, authors_of, may_be_an_account
from ._gate_patterns import Hit
from ._gate_pieces import Piece
from ._gate_prose import own_texts, own_words

if TYPE_CHECKING:
    from ..corpus import Corpus

__all__ = ["corpus_hits"]

_Stands = dict[str, list[tuple[Piece, int]]]

_LEAST = 5  # words in a row, by which a search finds a post
_LETTERED = 4  # of them made of letters: rows of numbers are no quotation
_TOKEN = re.compile(r"[^\s\"'<>(){}\[\],;|=]+")
_PART = re.compile(r"[A-Za-z0-9_-]+")
_BIT = re.compile(r"[A-Za-z0-9]+")
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:['’][^\W\d_]+)*(?![^\W_])")  # not the letters within a sum
_LINK = re.compile(r"(?:https?:)?//[^\s\"'<>)\]]+")
_TITLED = re.compile(r"\b[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}")
_SHORTEST_ID, _SHORTEST_NAME, _SHORTEST_WORD = 4, 3, 3
_LONGEST_NAME = 60
_MOST_PLACES = 50
_MOSTLY = 0.2  # share of uses without a capital up to which a word counts as a name


def corpus_hits(
    pieces: Sequence[Piece],
    corpus: Corpus,
    *,
    key: Key | None,
    threshold: int,
    declared: Sequence[str],
    is_name: frozenset[str],
) -> Iterator[Hit]:
    """Hold the published words against the corpus, in one pass over its posts."""
    allowed = own_words() | {word.casefold() for text in declared for word in _WORD.findall(text)}
    places = _Places(pieces)
    names = places.names
    look = Look(
        tokens=[each for each in places.tokens if len(each) >= _SHORTEST_ID and each.casefold() not in allowed],
        words=[each for each in places.words if len(each) >= _SHORTEST_WORD and each not in allowed],
        links=places.links,
        names=[each for each in names if each.casefold() not in allowed],
        key=key,
        threshold=threshold,
    )
    texts = [piece for piece in pieces if len(_WORD.findall(piece.text)) >= _LETTERED]
    runs = shared_runs([piece.text for piece in texts], look.texts(corpus), least=_LEAST)
    yield from _id_hits(places, names, look, allowed)
    yield from _name_hits(places, look, threshold=threshold, is_name=is_name, corpus=corpus)
    for link, authors in look.link_authors.items():
        if len(authors) < threshold:
            yield from places.hits(places.links, link, "post_link")
    hits = [Hit(texts[row["text"]], "post_words", row["start"], row["end"]) for row in runs.to_pylist()]
    yield from _rare(hits, runs["n_posts"].to_pylist(), corpus, threshold=threshold, declared=declared)


class _Places:
    """Where each token, word, name and link stands."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.tokens: _Stands = {}
        self.words: _Stands = {}
        self.links: _Stands = {}
        self.titled: _Stands = {}
        seen: set[tuple[str, str]] = set()
        for piece in pieces:
            is_attribute = "attribute " in piece.place
            if is_attribute and (piece.file, piece.text) in seen:
                continue
            if is_attribute:  # a Word file has tens of thousands, of few values
                seen.add((piece.file, piece.text))
            self._take(piece)

    def _take(self, piece: Piece) -> None:
        text = piece.text
        for found in _TOKEN.finditer(text):
            word = found[0].rstrip(".,;:!?")
            _put(self.tokens, word, piece, found.start())
            if not word.isalnum():
                for pattern in (_PART, _BIT):
                    for part in pattern.finditer(word):
                        if part[0] != word:
                            _put(self.tokens, part[0], piece, found.start() + part.start())
        for found in _TITLED.finditer(text):
            _put(self.titled, found[0].rstrip("."), piece, found.start())
        for found in _LINK.finditer(text) if "//" in text else ():
            _put(self.links, found[0].rstrip(".,;:!?"), piece, found.start())
        for found in _WORD.finditer(text) if piece.form != "style" else ():  # fonts are called by names of places
            _put(self.words, found[0].casefold().removesuffix("'s").removesuffix("’s"), piece, found.start())
        whole = text.strip()
        if _SHORTEST_NAME <= len(whole) <= _LONGEST_NAME and "\n" not in whole:
            _put(self.titled, whole, piece, text.index(whole))
            _put(self.tokens, whole, piece, text.index(whole))

    @property
    def names(self) -> _Stands:
        """What may be an account's name."""
        several = self.tokens.keys() | self.titled.keys()
        fitting = [word for word in several if _SHORTEST_NAME <= len(word) <= _LONGEST_NAME]
        return {word: [*self.tokens.get(word, ()), *self.titled.get(word, ())] for word in fitting}

    @staticmethod
    def hits(stands: _Stands, word: str, kind: str) -> Iterator[Hit]:
        """Give each place of a word as a finding of this kind."""
        for piece, start in stands.get(word, ()):
            yield Hit(piece, kind, start, start + len(word))


def _put(stands: _Stands, word: str, piece: Piece, start: int) -> None:
    there = stands.get(word)
    if there is None:
        stands[word] = [(piece, start)]
    elif len(there) < _MOST_PLACES or there[-1][0].file != piece.file:  # each file is told, not each use of a word
        there.append((piece, start))


def _id_hits(places: _Places, names: _Stands, look: Look, allowed: frozenset[str]) -> Iterator[Hit]:
    for word in sorted(look.found_ids):
        if not word.isdigit() or len(word) > _SHORTEST_ID + 2:
            yield from places.hits(places.tokens, word, "post_id")
    for word in sorted(filter(may_be_an_account, look.found_people - look.found_ids)):
        yield from places.hits(places.tokens, word, "account")
    for word in sorted(look.found_names):
        if word.casefold() not in allowed:
            yield from places.hits(names, word, "account")


def _name_hits(
    places: _Places, look: Look, *, threshold: int, is_name: frozenset[str], corpus: Corpus
) -> Iterator[Hit]:
    """Give words that few in the corpus use, and as names."""
    columns = [frames.collect(corpus.scan().select(name).unique(), by=[])[name] for name in ("community", "platform")]
    said = {word.casefold() for column in columns for text in column.dropna() for word in _WORD.findall(str(text))}
    for word, authors in sorted(look.word_authors.items()):
        if len(authors) >= threshold or word in look.common or word in said:
            continue
        is_capital = word in look.capitals and look.small[word] <= _MOSTLY * len(authors)
        if is_capital or word in is_name:
            yield from places.hits(places.words, word, "name")


def _rare(
    hits: list[Hit], n_posts: list[int], corpus: Corpus, *, threshold: int, declared: Sequence[str]
) -> Iterator[Hit]:
    """Give the runs that fewer authors hold than the threshold, and that the package or the study does not say itself."""
    if not hits:
        return
    own = {(row["start"], row["end"], row["text"]) for row in _own_runs(hits, declared)}
    left = []
    for number, hit in enumerate(hits):
        lettered = sum(len(word) > 1 for word in _WORD.findall(hit.found))
        is_own = any(start <= 0 and end >= len(hit.found.rstrip()) for start, end, text in own if text == number)
        if lettered >= _LETTERED and not is_own:
            left.append((hit, n_posts[number]))
    common = sorted({hit.found for hit, n in left if n >= threshold})
    n_authors = dict(zip(common, authors_of(common, corpus, threshold=threshold), strict=True)) if common else {}
    for hit, _ in left:
        if n_authors.get(hit.found, 0) < threshold:
            yield hit


def _own_runs(hits: list[Hit], declared: Sequence[str]) -> list[dict[str, int]]:
    """Return where the found runs stand in the package's own prose or the study's declared words."""
    found = shared_runs([hit.found for hit in hits], [list(own_texts()), list(declared)], least=_LEAST)
    return list(found.select(["text", "start", "end"]).to_pylist())
