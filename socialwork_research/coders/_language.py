"""The pattern language of the codebooks, compiled to RE2.

A pattern is a line of lower-case words separated by blanks:

========== ===================================================================
word       that word, also with a possessive 's, in capitals or small letters
word*      that beginning, with any ending
word?      an optional word; also ``(a|b)?`` and ``<NAME>?``
(a|b c)    one of these alternatives, each of one or more items
<NAME>     a signal set of the codebook; sets may name other sets
``...``    a gap of up to eight words; ``...3`` a gap of up to three
``^``      the beginning of a sentence, first in its pattern or alternative
========== ===================================================================

Words may be parted by blanks, one line break and light punctuation. No pattern crosses the end of a sentence, an
empty line or the end of a post; each text begins after ``END_OF_POST`` and a blank, so that ``^`` is an item like
others. RE2 matches in time linear in the text, so no codebook can hang a run.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._checks import nearest
from ..errors import CodebookError

if TYPE_CHECKING:
    from re2 import _Regexp as Expression

__all__ = ["BETWEEN", "END_OF_PARAGRAPH", "END_OF_POST", "Phrase", "compiled", "phrase", "union"]

END_OF_POST = "\x00"
END_OF_PARAGRAPH = "\x1e"  # stands in the buffer for a line end before an empty line
_GAP = 8
BETWEEN = r" \t\r,:'\"()\[\]/*~#@<>-"  # what may stand between two words, besides a line end
_SEPARATOR = rf"[\n{BETWEEN}]+"
_LETTER = r"[^ \t\r\n,:\"()\[\]/*~#@<>;.!?\x00\x1e-]"
_BEGINNING = r"[.!?;\n\x00\x1e]"
_WORD = rf"(?:{_LETTER}|\.{_LETTER})+"
_ENDING = r"[a-z0-9'\x80-\xff]*"
_TOKEN = re.compile(
    r"(?P<blank>\s+)|(?P<gap>\.\.\.(?P<most>\d*))|(?P<signal><[^<>\s]*>)|(?P<mark>[()|?^])"
    r"|(?P<word>[^\s()|?<>.*^]+(?:\.[^\s()|?<>.*^]+)*)(?P<ending>\*?)|(?P<stray>.)"
)
_COMMON = frozenset(
    "a about all also am an and any are as at be been but by can could did do does don't for from get go got had has have he "
    "her here him his how i i'd i'll i'm i've if in into is it it's just know like make me might more my never no not now of "
    "on one or other our out people said say see she should so some still that the their them then there these they this "
    "those to today up us use was way we we're were what when where which who will with work would you your".split()
)
_MEMORY = 256 << 20


@dataclass(frozen=True)
class Phrase:
    """A translated pattern.

    ``source`` is its expression; ``needed`` an expression without the pattern's gaps that any text with a hit matches
    too, much quicker to look for; ``often`` a rough guess of how often it begins at a word (a common word 1 in 100,
    another 1 in 10,000), which only chooses what is looked for first; ``core``, of words only, is ``source`` in three:
    what stands before, the words, and what stands after, so that alternatives can share both ends.
    """

    source: str
    needed: str
    often: float
    core: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class _Piece:
    """An item in a sequence: whether it may be left out, and the gap allowed before it."""

    item: Phrase
    optional: bool
    gap: int | None


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, signals: Mapping[str, Iterable[str]], where: str, within: tuple[str, ...]) -> None:
        self.pattern, self.signals, self.where, self.within = pattern, signals, where, within
        self.known: dict[str, Phrase] = {}
        self.tokens = [token for token in _TOKEN.finditer(pattern) if not token["blank"]]
        self.at = 0

    def wrong(self, what: str, column: int) -> CodebookError:
        return CodebookError(f"{self.where}: pattern {self.pattern!r}, column {column + 1}: {what}")

    def mark(self) -> str | None:
        return self.tokens[self.at]["mark"] if self.at < len(self.tokens) else None

    def column(self) -> int:
        return self.tokens[self.at].start() if self.at < len(self.tokens) else len(self.pattern)

    def sequence(self) -> Phrase:
        pieces: list[_Piece] = []
        gap: int | None = None
        start = self.column()
        while self.at < len(self.tokens) and self.mark() not in ("|", ")"):
            token = self.tokens[self.at]
            if token["gap"]:
                if not pieces or gap is not None:
                    raise self.wrong(
                        "a gap stands between two items, not at the beginning or beside a gap.", token.start()
                    )
                gap = int(token["most"] or _GAP)
                if not 1 <= gap <= 20:
                    raise self.wrong("a gap spans 1 to 20 words.", token.start())
                self.at += 1
                continue
            if token["mark"] == "^" and pieces:
                raise self.wrong("'^' stands first in its pattern or alternative.", token.start())
            item = self.item()
            optional = self.mark() == "?"
            self.at += optional
            pieces.append(_Piece(item, optional, gap))
            gap = None
        if gap is not None:
            raise self.wrong("a gap stands between two items, not at the end.", self.column())
        if all(piece.optional for piece in pieces):
            raise self.wrong("at least one item that is not optional is needed here.", start)
        return _joined(pieces)

    def item(self) -> Phrase:
        token = self.tokens[self.at]
        self.at += 1
        if token["word"]:
            if not re.search(r"[^\W_]|[&%£€$]", token["word"]):
                raise self.wrong(f"{token['word']!r} is no word; patterns hold no punctuation.", token.start())
            return _literal(token["word"], open_end=bool(token["ending"]))
        if token["signal"]:
            return self.signal(token["signal"][1:-1], token.start())
        if token["mark"] == "^":
            return Phrase(_BEGINNING, _BEGINNING, 0.1)
        if token["mark"] == "(":
            return self.group(token.start())
        if token["mark"] == "?":
            raise self.wrong("'?' follows the item that it makes optional, without another '?'.", token.start())
        raise self.wrong(
            f"{token.group()!r} has no meaning here; write words, (a|b), <NAME>, '...' or '...3'.", token.start()
        )

    def group(self, start: int) -> Phrase:
        choices = [self.sequence()]
        while self.mark() == "|":
            self.at += 1
            choices.append(self.sequence())
        if self.mark() != ")":
            raise self.wrong("this '(' is never closed.", start)
        self.at += 1
        return _choice(choices)

    def signal(self, name: str, column: int) -> Phrase:
        if name not in self.signals:
            raise self.wrong(f"<{name}> is not among the signal sets.{nearest(name, self.signals)}", column)
        if name in self.within:
            raise self.wrong(f"<{name}> names itself: {' > '.join((*self.within, name))}.", column)
        if name not in self.known:
            self.known[name] = _choice(self.inner(line, name).whole() for line in self.signals[name])
        return self.known[name]

    def inner(self, line: str, name: str) -> _Reader:
        reader = _Reader(line, self.signals, f"{self.where}, signal set {name}", (*self.within, name))
        reader.known = self.known
        return reader

    def whole(self) -> Phrase:
        phrase = self.sequence()
        if self.at < len(self.tokens):
            raise self.wrong(f"{self.mark()!r} has no '(' before it.", self.column())
        return phrase


def _literal(word: str, *, open_end: bool) -> Phrase:
    source, often = "", 0.01 if word in _COMMON else 0.0001
    for letter in word.lower():
        if letter == "'":
            source += "'?"
        elif letter == "-":
            source += "[ -]?"
        elif letter.isascii():
            source += re.escape(letter)
        else:
            forms = ["".join(rf"\x{byte:02x}" for byte in form.encode()) for form in sorted({letter, letter.upper()})]
            source += f"(?:{'|'.join(forms)})"
    before = r"\b" if word[0].isascii() and word[0].isalnum() else ""
    if open_end:
        return Phrase(f"{before}{source}{_ENDING}", f"{before}{source}", often)
    possessive = r"(?:'s)?" if len(word) > 2 and word[-1].isalpha() else ""
    after = r"\b" if word[-1].isascii() and word[-1].isalnum() else ""
    return _words((before, source, f"{possessive}{after}"), often)


def _words(core: tuple[str, str, str], often: float) -> Phrase:
    whole = "".join(core)
    return Phrase(whole, whole, often, core)


def _choice(phrases: Iterable[Phrase]) -> Phrase:
    unique = list(dict.fromkeys(phrases))
    ends: dict[tuple[str, str], list[Phrase]] = {}
    for each in unique:
        if each.core:
            ends.setdefault((each.core[0], each.core[2]), []).append(each)
    merged = {
        same[0]: _words(
            (before, f"(?:{'|'.join(dict.fromkeys(each.core[1] for each in same if each.core))})", after),
            sum(each.often for each in same),
        )
        for (before, after), same in ends.items()
        if len(same) > 1
    }
    left_out = {each for same in ends.values() for each in same[1:]}
    unique = [merged.get(each, each) for each in unique if each not in left_out]
    if len(unique) == 1:
        return unique[0]
    sources, needed = (dict.fromkeys(getattr(each, name) for each in unique) for name in ("source", "needed"))
    return Phrase(f"(?:{'|'.join(sources)})", f"(?:{'|'.join(needed)})", sum(each.often for each in unique))


def _joined(pieces: list[_Piece]) -> Phrase:
    """Join items by separators and gaps; an optional item takes its separator with it."""
    first = next(place for place, piece in enumerate(pieces) if not piece.optional)
    source = "".join(f"(?:{piece.item.source}{_SEPARATOR})?" for piece in pieces[:first]) + pieces[first].item.source
    for piece in pieces[first + 1 :]:
        source += "" if piece.gap is None else f"(?:{_SEPARATOR}{_WORD}){{0,{piece.gap}}}?"
        source += f"(?:{_SEPARATOR}{piece.item.source})?" if piece.optional else f"{_SEPARATOR}{piece.item.source}"
    runs: list[list[Phrase]] = [[]]
    for piece in pieces:
        if piece.optional or piece.gap is not None:
            runs.append([])
        if not piece.optional:
            runs[-1].append(piece.item)
    best = min((run for run in runs if run), key=lambda run: math.prod(item.often for item in run))
    needed = _SEPARATOR.join(item.needed if len(best) == 1 else item.source for item in best)
    return Phrase(source, needed, math.prod(item.often for item in best))


def phrase(
    pattern: str, *, signals: Mapping[str, Iterable[str]], where: str, known: dict[str, Phrase] | None = None
) -> Phrase:
    """Translate one pattern to RE2 expressions over UTF-8 bytes in small letters.

    Parameters
    ----------
    pattern
        A line of the pattern language.
    signals
        The signal sets of the codebook.
    where
        Codebook and code, for the message.
    known
        Signal sets translated before, with the same `signals`; those met now are added.

    Raises
    ------
    CodebookError
        With code, pattern and column, if the line is not of the language.
    """
    if not pattern.strip():
        raise CodebookError(f"{where}: an empty pattern matches everything. Remove the line.")
    reader = _Reader(pattern, signals, where, ())
    reader.known = {} if known is None else known
    return reader.whole()


def union(
    patterns: Iterable[str], *, signals: Mapping[str, Iterable[str]], where: str, known: dict[str, Phrase] | None = None
) -> Phrase:
    """Translate patterns to one phrase that matches where any of them does; earlier patterns are tried first."""
    known = {} if known is None else known
    return _choice([phrase(pattern, signals=signals, where=where, known=known) for pattern in patterns])


def compiled(source: str, *, where: str) -> Expression:
    """Compile an expression for bytes."""
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = _MEMORY
    options.never_capture = True
    options.log_errors = False
    try:
        return re2.compile(source.encode("ascii"), options)
    except re2.error as error:
        raise CodebookError(f"{where}: the patterns together are too large for the matcher. Split the code.") from error
