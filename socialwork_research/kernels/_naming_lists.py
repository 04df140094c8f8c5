"""Name lists and the vocabulary of the rules, read once from the package."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from ._naming_glued import glued

# What a capitalised word may be; a word may be several.
FIRST, FIRST_WORD, FIRST_HARD, SURNAME, SURNAME_WORD, SURNAME_HARD = (1 << bit for bit in range(6))
TOWN, VILLAGE, PLACE_WORD, STATE, NATION, STAYS = (1 << bit for bit in range(6, 12))
TITLE, TITLE_WORD, FUNCTION, GENERAL, THEORIST = (1 << bit for bit in range(12, 17))
SCHOOL_HEAD, COURT_HEAD, AGENCY_HEAD, PLACE_HEAD, LONG = (1 << bit for bit in range(17, 22))
WORD, CAPITALS, INITIAL, FOREIGN, UNKNOWN, SAINT, RARE = (1 << bit for bit in range(22, 29))

HEADS = SCHOOL_HEAD | COURT_HEAD | AGENCY_HEAD
PLACES = TOWN | VILLAGE | PLACE_WORD
NAMES = FIRST | FIRST_WORD | SURNAME | SURNAME_WORD | UNKNOWN

_FOLDER = "naming_data"
_PREFIXED = re.compile(r"(?:Mc|Mac|O['’]|D['’]|Fitz|De|Di|La|Le|Van)[A-Z][a-zà-ÿ]+")
_ARTICLES = frozenset(("El", "Al", "Abu", "Ben", "Bin", "Ul"))  # before a hyphen they begin a surname
_CAPITALS = 4  # letters of the shortest name that is known in capitals: shorter ones are abbreviations
_SHORTEST = 3  # letters of an unknown word that may be a name
_CACHE = 1 << 16

_PART = 3  # letters of the shortest word of which two make a maker's name: "Careerbuilder"
_ENDINGS = tuple(
    "tion tions ing ings ness ment ments ology ologist ologists ics osis itis ectomy amine azine pril "
    "olol statin izumab cillin ism ist "
    "ists ity ization isation ware soft tech web net app apps able ible ful fully ally ably ously aaa ooo mmm hhh eee yyy".split()
)
_OF_PLACES = tuple(
    "gate brook hollow field fields ford wood woods ton bridge meadow meadows croft dale moor mere side "
    "beck mouth haven well wells hill "
    "hills bourne burn stone worth wick ham bury cliff cliffe shaw holme thorpe by ley leigh hurst den "
    "dean combe port pool head cross "
    "water waters marsh vale bank land lands park view garth castle church chapel grove mount mead green "
    "heath end ness fell tree lock "
    "lynn more morra glen mill mills acre acres bay cove ridge creek falls springs ville town fort".split()
)

PLACE_ENDINGS = tuple(ending for ending in _OF_PLACES if len(ending) > _SHORTEST)

_HOMOGRAPHS = frozenset("son is an as do no me pan dim bore das sin mas fun mar hay ben sen ho dan gan ache".split())

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
    first names, `small` all that are no everyday words, `rare` terms and proper words that no list of names holds, and
    `small_towns` the towns that are none, all in small letters, `small_long` the first words of places of two words,
    `telling` all three; `long_places` holds the names of
    places of several words; `stays` leads from a first word to the phrases that stay; `said` holds the vocabulary;
    `tongues` holds small words of other tongues that are none of English.
    """

    bits: dict[str, int]
    words: frozenset[str]
    rare: frozenset[str]
    common: frozenset[str]
    small: frozenset[str]
    small_towns: frozenset[str]
    small_long: frozenset[str]
    telling: frozenset[str]
    long_places: frozenset[str]
    stays: dict[str, tuple[str, ...]]
    said: dict[str, frozenset[str]]
    tongues: frozenset[str]


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
    bits |= {word.capitalize(): WORD for word in glued() if not bits.get(word.capitalize(), 0) & STAYS}
    for entry in (
        said["no names"] + said["peoples and languages"]
    ):  # a word that is both is a name only with good reason
        if bits[entry] & (FIRST | FIRST_WORD):
            bits[entry] = (bits[entry] & ~FIRST) | FIRST_WORD | FIRST_HARD
        bits[entry] &= ~(SURNAME | UNKNOWN)
    bits |= dict.fromkeys(("St", "Saint", "SS"), SAINT)
    bits["Ste"] |= SAINT  # "Sainte", and a short form of "Stephen"
    long_places |= set(said["long places"])
    phrases = said["long names that stay"] + said["theorists in full"]
    stays: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        stays.setdefault(re.split(r"[ ,'’.]", phrase, maxsplit=1)[0], []).append(phrase)
    for word in [entry.split(" ", 1)[0] for entry in said["long places"]] + list(stays):
        bits[word] = bits.get(word, WORD if _everyday(word.lower(), words) else 0) | LONG
    barred = words | set(said["small words that are no names"])
    small, towns, long = _small(bits, barred), _small_towns(bits, words), _small_long(long_places, words)
    return Lists(
        bits,
        words,
        frozenset(filter(None, _lines("rare"))) | frozenset(said["terms and makers"]) | glued(),
        _common(bits, words, said["small words that are no names"]),
        small,
        towns,
        long,
        small | towns | long,
        frozenset(long_places),
        {word: tuple(phrases) for word, phrases in stays.items()},
        {section: frozenset(entries) for section, entries in said.items()},
        frozenset(said["words of other tongues"]) - _HOMOGRAPHS,
    )


def _small(bits: dict[str, int], barred: Set[str]) -> frozenset[str]:
    """Return the first names in small letters that are no words."""
    plain = (word.lower() for word, bit in bits.items() if bit & FIRST and not bit & (STAYS | WORD))
    return frozenset(word for word in plain if word not in barred)


def _small_towns(bits: dict[str, int], words: frozenset[str]) -> frozenset[str]:
    """Return the towns in small letters that are no words."""
    plain = (word.lower() for word, bit in bits.items() if bit & TOWN and not bit & (STAYS | NATION | STATE))
    return frozenset(word for word in plain if word not in words)


def _small_long(long_places: set[str], words: frozenset[str]) -> frozenset[str]:
    """Return the first words of places of two words, those that are no words, in small letters."""
    first = (entry.split(" ", 1)[0].lower() for entry in long_places if entry.count(" ") == 1)
    return frozenset(word for word in first if not _everyday(word, words))


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
    if not plain.isascii():
        return WORD if plain.lower() in known.tongues else UNKNOWN | FOREIGN
    return UNKNOWN | RARE if _termlike(plain, known) else UNKNOWN


def _termlike(word: str, known: Lists) -> bool:
    """Say whether a word that no list of names holds is rather a term, a maker or several bearers of a first name."""
    small = word.lower()
    if (
        _everyday(small, known.rare)
        or small.endswith(_ENDINGS)
        or (small[-1] == "s" and known.bits.get(word[:-1], 0) & FIRST)
    ):
        return True
    if small.endswith(_OF_PLACES):
        return False
    parts = ((small[:at], small[at:]) for at in range(_PART, len(small) - _PART + 1))
    return any(_everyday(one, known.words) and _everyday(two, known.words) for one, two in parts)


def _hyphened(parts: list[str]) -> int:
    """Tell what a hyphened word may be, by its parts."""
    if not all(part[:1].isupper() for part in parts):
        return WORD
    if parts[0] in _ARTICLES and len(parts) > 1:
        return SURNAME
    bits = [lists().bits.get(part, 0) or derived(part) for part in parts]
    if any(part & (STAYS | GENERAL | FUNCTION | INITIAL | CAPITALS) for part in bits):
        return WORD
    if bits[0] & FIRST and bits[-1] & NAMES:
        return FIRST
    if all(part & (SURNAME | SURNAME_WORD | FIRST | UNKNOWN) for part in bits):
        return SURNAME
    return WORD
