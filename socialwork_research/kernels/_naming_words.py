"""The capitalised words of one text, what each may be, and what stands around it."""

from __future__ import annotations

import bisect
import functools
import operator
import re
import sys
import unicodedata

from . import _naming_lists as lists
from ._naming_lists import CAPITALS, FUNCTION, GENERAL, INITIAL, SAINT, STAYS, WORD, derived
from ._naming_tongue import Tongue

_UPPER = "".join(
    chr(code) for code in range(0x41, 0x590) if unicodedata.category(chr(code)) == "Lu"
)  # Latin, Greek, Cyrillic, Armenian
UPPER = "".join(sign if not sign.isascii() else "" for sign in _UPPER) + "A-Z"
WORDS = re.compile(rf"[{UPPER}](?<![\w@#/\\_&~$][{UPPER}])(?<!\w-[{UPPER}])\w*(?:['’\-]\w+)*(?![\w@])")
_BEFORE = re.compile(r"([\w'’&@-]+)[ ]+$")
_AFTER = re.compile(r"[ ]+([\w'’-]+)")
_BLANKS = " \t\"“”'‘(*_[>–—-"
_STARTS = ".!?\n:;…•|~"
_OWN = frozenset(("'s", "’s"))
_EMOJI = 0x2000
_LEAD = 8  # letters at a text's start in which a handle begins
_REACH = 32  # letters before a name in which its reason may stand
_HEADING = 0.7  # share of capitalised words from which on a line is a heading, in which a capital says nothing
_FEWEST = 5  # capitalised words of a heading
_SENTENCE = 0.85  # the same for a line that ends in a full stop, as headings seldom do
_PARTICLE = re.compile(
    r" (?:de|van|von|der|den|ten|da|du|di|del|della|bin|binti|ibn|dos|das|ní|ni|ó|ua|al|ap|ab)(?: (?:der|den|la|de|los|las))? "
)
_HANDLES = re.compile(r"(?:\s*@[\w.-]+[,:]?(?=\s))+\s*")  # whom a post speaks to
_TELLING = ~(WORD | FUNCTION | STAYS | GENERAL | CAPITALS | INITIAL | lists.NATION | lists.STATE | lists.THEORIST)
_NOTABLE = lists.NAMES | lists.PLACES | lists.HEADS | lists.PLACE_HEAD | lists.LONG | lists.SAINT | lists.THEORIST
_NOTABLE |= lists.TITLE | lists.TITLE_WORD | INITIAL
_NOTHING = FUNCTION | STAYS | WORD | GENERAL


class Text:
    """One text and its capitalised words.

    `starts`, `ends` and `bits` have an entry a word; a word's end is that of its base, without a possessive ending,
    and `stops` is that with it. `notable` are the words that may be
    part of a name, `telling` says whether any may be one, `capitals` whether any word is
    written with one capital. `taken` marks words that are decided; `spans` collects what was found, `persons`
    the words in it that are persons'.
    """

    __slots__ = (
        "_begins",
        "_headings",
        "_lead",
        "_tongue",
        "bases",
        "bits",
        "capitals",
        "ends",
        "notable",
        "persons",
        "spans",
        "starts",
        "stops",
        "taken",
        "telling",
        "text",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.stops: list[int] = []
        self.bases: list[str] = []
        matches = list(WORDS.finditer(text))
        words = [match[0] for match in matches]
        known = lists.lists().bits
        self.bits = [known[word] if word in known else derived(word) for word in words]
        every = functools.reduce(operator.or_, set(self.bits), 0)
        self.telling = bool(every & _TELLING)
        self.capitals = bool(every & ~(INITIAL | CAPITALS)) or 0 in self.bits
        if self.telling:
            self._read(matches, words)
        self.notable = [i for i, bits in enumerate(self.bits) if bits & _NOTABLE] if self.telling else []
        self.taken = [False] * len(self.starts)
        self.spans: list[tuple[int, int, str]] = []
        self.persons: set[int] = set()
        self._headings: dict[int, bool] = {}
        self._begins: dict[int, bool] = {}
        self._tongue = Tongue(text)
        handles = _HANDLES.match(text) if "@" in text[:_LEAD] else None
        self._lead = handles.end() if handles else 0

    def _read(self, matches: list[re.Match[str]], words: list[str]) -> None:
        spans = [match.span() for match in matches]
        self.starts = [start for start, _ in spans]
        self.stops = [stop for _, stop in spans]
        self.bases = [word[:-2] if word[-2:] in _OWN else word for word in words]
        self.ends = [start + len(base) for start, base in zip(self.starts, self.bases, strict=True)]

    def possessive(self, i: int) -> bool:
        """Say whether word `i` ends in 's."""
        return self.stops[i] != self.ends[i]

    def begins(self, i: int) -> bool:
        """Say whether word `i` stands at a sentence's, line's or quotation's start, or in a heading."""
        if i not in self._begins:
            text, at = self.text, self.starts[i] - 1
            while at >= self._lead and text[at] in _BLANKS:
                at -= 1
            self._begins[i] = at < self._lead or text[at] in _STARTS or ord(text[at]) > _EMOJI or self.heading(i)
        return self._begins[i]

    def opens(self, i: int) -> bool:
        """Say whether nothing but handles stands before word `i`."""
        return not self.text[self._lead : self.starts[i]].strip()

    @property
    def answers(self) -> bool:
        """Say whether the text begins with the handles of those whom it speaks to."""
        return self._lead > 0

    def foreign(self, at: int) -> bool:
        """Say whether the sentence that holds place `at` is in another tongue than English."""
        return self._tongue.foreign(at)

    def heading(self, i: int) -> bool:
        """Say whether the line of word `i` is written in capitals, or nearly so."""
        begin = self.text.rfind("\n", 0, self.starts[i]) + 1
        if begin not in self._headings:
            self._headings[begin] = self._capitalised(begin, i)
        return self._headings[begin]

    def _capitalised(self, begin: int, i: int) -> bool:
        end = self.text.find("\n", self.starts[i])
        end = end if end >= 0 else sys.maxsize
        if bisect.bisect_left(self.starts, end) - bisect.bisect_left(self.starts, begin) < _FEWEST:
            return False
        line = self.text[begin:end].rstrip()
        long = [word for word in line.split() if len(word) > 3]
        share = _SENTENCE if line.endswith(".") else _HEADING
        return len(long) > 5 and sum(word[0].isupper() for word in long) > share * len(long)

    def before(self, i: int) -> str:
        """Return the word before word `i` in small letters, or nothing where a mark stands between."""
        start = self.starts[i]
        found = _BEFORE.search(self.text[max(0, start - _REACH) : start])
        return found[1].lower().replace("’", "'") if found else ""

    def phrase(self, i: int, reach: int = _REACH) -> str:
        """Return what stands before word `i`, in small letters and with plain apostrophes."""
        start = self.starts[i]
        return self.text[max(0, start - reach) : start].lower().replace("’", "'")

    def after(self, i: int) -> str:
        """Return the word after word `i`, as written, or nothing where a mark stands between."""
        found = _AFTER.match(self.text, self.stops[i])
        return found[1].replace("’", "'") if found else ""

    def gap(self, i: int) -> str:
        """Return what stands between word `i` and the next one."""
        return self.text[self.stops[i] : self.starts[i + 1]] if i + 1 < len(self.starts) else "\n"

    def linked(self, i: int) -> bool:
        """Say whether word `i` and the next may be parts of one person's name."""
        if i + 1 >= len(self.starts) or self.possessive(i) or self.taken[i + 1]:
            return False
        gap = self.gap(i)
        if gap == " ":
            return True
        if self.bits[i] & (INITIAL | SAINT) or self.bases[i] in lists.lists().said["titles"]:
            return gap in {". ", ".", ".  "}
        return len(gap) > 3 and _PARTICLE.fullmatch(gap) is not None

    def take(self, first: int, last: int, kind: str | None) -> None:
        """Decide the words from `first` to `last`; without a kind they stay."""
        for i in range(first, last + 1):
            self.taken[i] = True
        if kind is not None:
            self.spans.append((self.starts[first], self.ends[last], kind))
        if kind == "PERSON":
            self.persons.update(range(first, last + 1))

    def nothing(self, i: int) -> bool:
        """Say whether word `i` cannot be a part of a name that stands apart."""
        return bool(self.bits[i] & _NOTHING) or (
            bool(self.bits[i] & CAPITALS) and not self.bits[i] & (lists.FIRST | lists.TOWN)
        )
