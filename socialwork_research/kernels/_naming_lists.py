"""Name lists and the vocabulary of the rules, read once from the package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

# What a capitalised word may be; a word may be several.
FIRST, FIRST_WORD, FIRST_HARD, SURNAME, SURNAME_WORD, SURNAME_HARD = (1 << bit for bit in range(6))
TOWN, VILLAGE, PLACE_WORD, STATE, NATION, STAYS = (1 << bit for bit in range(6, 12))
TITLE, TITLE_WORD, FUNCTION, GENERAL, THEORIST = (1 << bit for bit in range(12, 17))
SCHOOL_HEAD, COURT_HEAD, AGENCY_HEAD, PLACE_HEAD, LONG = (1 << bit for bit in range(17, 22))
WORD, CAPITALS, INITIAL, FOREIGN, UNKNOWN, SAINT = (1 << bit for bit in range(22, 28))

HEADS = SCHOOL_HEAD | COURT_HEAD | AGENCY_HEAD
PLACES = TOWN | VILLAGE | PLACE_WORD
NAMES = FIRST | FIRST_WORD | SURNAME | SURNAME_WORD | UNKNOWN

_FOLDER = "naming_data"
_PREFIXED = re.compile(r"(?:Mc|Mac|O['’]|D['’]|Fitz|De|Di|La|Le|Van)[A-Z][a-zà-ÿ]+")
_CAPITALS = 4  # letters of the shortest name that is known in capitals: shorter ones are abbreviations
_SHORTEST = 3  # letters of an unknown word that may be a name
_CACHE = 1 << 16

_SECTIONS = {
    "further first names": FIRST,
    "first names that are words": FIRST_WORD,
    "first names that are words, only with good reason": FIRST_WORD | FIRST_HARD,
    "first names that are words but mostly names": FIRST,
    "surnames that are words, only after a sure first name": SURNAME_HARD,
    "no names": STAYS,
    "countries and nations": NATION,
    "peoples and languages": STAYS,
    "states": STATE,
    "theorists": THEORIST,
    "titles": TITLE,
    "titles that are words": TITLE_WORD,
    "places": TOWN,
    "places that are words": PLACE_WORD,
    "heads of places": PLACE_HEAD,
    "heads of schools": SCHOOL_HEAD,
    "heads of courts": COURT_HEAD,
    "heads of agencies": AGENCY_HEAD,
    "general words of bodies": GENERAL,
    "function words": FUNCTION,
}
_FILES = {
    "first_names": FIRST,
    "surnames": SURNAME,
    "surnames_words": SURNAME_WORD,
    "towns": TOWN,
    "villages": VILLAGE,
}


@dataclass(frozen=True)
class Lists:
    """What the rules look up.

    `bits` tells what a word may be; `words` holds everyday words and `common` the most frequent
    first names, `small` all that are no everyday words, and
    `small_towns` the towns that are none, all in small letters; `long_places` holds the names of
    places of several words; `stays` leads from a first word to the phrases that stay; `said` holds the vocabulary.
    """

    bits: dict[str, int]
    words: frozenset[str]
    common: frozenset[str]
    small: frozenset[str]
    small_towns: frozenset[str]
    long_places: frozenset[str]
    stays: dict[str, tuple[str, ...]]
    said: dict[str, frozenset[str]]


def _lines(name: str) -> list[str]:
    return resources.files(__package__ or "").joinpath(_FOLDER, f"{name}.txt").read_text(encoding="utf-8").split("\n")


def _vocabulary() -> dict[str, list[str]]:
    """Read the sections of the vocabulary."""
    sections: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in _lines("vocabulary"):
        if line.startswith("["):
            entries = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            parts = line.split(";") if ";" in line else line.split()
            entries.extend(part.strip() for part in parts if part.strip())
    return sections


@cache
def lists() -> Lists:
    """Return the lists, read when first asked for."""
    bits: dict[str, int] = {}
    long_places: set[str] = set()
    for name, bit in _FILES.items():
        for entry in filter(None, _lines(name)):
            if " " in entry:
                long_places.add(entry)
                bits[entry.split(" ", 1)[0]] = bits.get(entry.split(" ", 1)[0], 0) | LONG
            else:
                bits[entry] = bits.get(entry, 0) | bit
    words = frozenset(filter(None, _lines("words")))
    said = _vocabulary()
    for word in [word for word in bits if _everyday(word.lower(), words)]:
        bits[word] |= WORD
    for section, bit in _SECTIONS.items():
        for entry in said[section]:
            known = bits.get(entry, WORD if _everyday(entry.lower(), words) else 0)
            known &= ~WORD if bit in {FIRST, TOWN} else ~0
            bits[entry] = (known & ~FIRST if bit == TOWN else known) | bit
    for entry in (
        said["no names"] + said["peoples and languages"]
    ):  # a word that is both is a name only with good reason
        if bits[entry] & (FIRST | FIRST_WORD):
            bits[entry] = (bits[entry] & ~FIRST) | FIRST_WORD | FIRST_HARD
        bits[entry] &= ~(SURNAME | UNKNOWN)
    bits |= dict.fromkeys(("St", "Saint", "Ste", "SS"), SAINT)
    long_places |= set(said["long places"])
    phrases = said["long names that stay"] + said["theorists in full"]
    stays: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        stays.setdefault(re.split(r"[ ,'’.]", phrase, maxsplit=1)[0], []).append(phrase)
    for word in [entry.split(" ", 1)[0] for entry in said["long places"]] + list(stays):
        bits[word] = bits.get(word, WORD if _everyday(word.lower(), words) else 0) | LONG
    return Lists(
        bits,
        words,
        _common(bits, words, said["small words that are no names"]),
        frozenset(
            word.lower()
            for word, bit in bits.items()
            if bit & FIRST and not bit & (STAYS | WORD) and word.lower() not in words
        ),
        frozenset(
            word.lower()
            for word, bit in bits.items()
            if bit & TOWN and not bit & (STAYS | NATION | STATE) and word.lower() not in words
        ),
        frozenset(long_places),
        {word: tuple(phrases) for word, phrases in stays.items()},
        {section: frozenset(entries) for section, entries in said.items()},
    )


def _common(bits: dict[str, int], words: frozenset[str], but: list[str]) -> frozenset[str]:
    """Return the most frequent first names in small letters, without words, nations, months and idioms."""
    names = set(filter(None, _lines("first_names_common"))) - words - set(but)
    return frozenset(name for name in names if not bits.get(name.title(), 0) & (STAYS | NATION | STATE))


def _everyday(word: str, words: frozenset[str]) -> bool:
    """Say whether a word in small letters is an everyday word, or made of one by -s or -ly."""
    return word in words or (word.endswith("s") and word[:-1] in words) or (word.endswith("ly") and word[:-2] in words)


@lru_cache(maxsize=_CACHE)
def derived(word: str) -> int:
    """Tell what a capitalised word may be that no list holds as it stands."""
    known = lists()
    if word[-2:] in {"'s", "’s"}:
        base = word[:-2]
        return known.bits[base] if base in known.bits else derived(base)
    if len(word) == 1:
        return INITIAL
    word = word.replace("’", "'")
    if word in known.bits:
        return known.bits[word]
    if word.isupper():
        bits = known.bits.get(word.title(), 0) if len(word) >= _CAPITALS else 0
        named = bits & (FIRST | TOWN | SURNAME) if not bits & (STAYS | FIRST_HARD | WORD) else 0
        return named | CAPITALS
    if "-" in word:
        return _hyphened(word.split("-"))
    if _PREFIXED.fullmatch(word):
        return SURNAME
    if _everyday(word.lower(), known.words) or _everyday(word.lower().replace("'", ""), known.words):
        return WORD
    plain = word.replace("'", "")
    if not plain.isalpha() or plain[1:] != plain[1:].lower() or len(plain) < _SHORTEST or "'" in word:
        return 0
    return UNKNOWN if plain.isascii() else UNKNOWN | FOREIGN


def _hyphened(parts: list[str]) -> int:
    """Tell what a hyphened word may be, by its parts."""
    if not all(part[:1].isupper() for part in parts):
        return WORD
    bits = [lists().bits.get(part, 0) or derived(part) for part in parts]
    if any(part & (STAYS | GENERAL | FUNCTION | INITIAL | CAPITALS) for part in bits):
        return WORD
    if bits[0] & FIRST and bits[-1] & NAMES:
        return FIRST
    if all(part & (SURNAME | SURNAME_WORD | FIRST | UNKNOWN) for part in bits):
        return SURNAME
    return WORD
