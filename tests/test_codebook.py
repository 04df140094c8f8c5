"""The codebook: read, refused by name, shown."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import socialwork_research as sw
from socialwork_research import Codebook
from socialwork_research.errors import CodebookError

BOOK = """
name = "small"
version = "1"

[signals]
CLIENT = ["client", "service user"]

[gates.G1]
label = "question"
stance = "advice_sought"
cues = ["should i"]

[[codes]]
name = "client_connection"
id = "R06"
definition = "A tie to a client on a platform."
patterns = ["add* <CLIENT>"]
gates = ["G1"]
severity = 2
examples = [{ text = "I added my client.", stance = "enacted" }]

[[codes]]
name = "gift"
definition = "A gift."
"""


def test_a_codebook_is_read_as_it_stands():
    """Codes, gates and signals come as the file has them; what is left out has its plain default."""
    book = Codebook.read(BOOK)
    assert (book.name, book.version, book.title, book.language) == ("small", "1", "small", "en")
    assert book.signals == {"CLIENT": ("client", "service user")}
    assert (book.gates["G1"].stance, book.gates["G1"].scope) == ("advice_sought", "sentence")
    assert [code.name for code in book.codes] == ["client_connection", "gift"]
    assert book["R06"] is book["client_connection"]
    assert book["gift"].patterns == ()
    assert book["gift"].severity is None


def test_the_table_lists_the_codes():
    """The table has a row a code in the order of the book, and missing severities are missing."""
    table = Codebook.read(BOOK).table()
    assert table.index.tolist() == ["client_connection", "gift"]
    assert table["n_patterns"].tolist() == [1, 0]
    assert table["severity"].isna().tolist() == [False, True]
    assert table.loc["client_connection", "gates"] == "G1"


def _shipped() -> list[str]:
    folder = Path(sw.__file__).parent / "codebooks"
    return sorted(path.stem for path in folder.glob("*.toml") if "[[codes]]" in path.read_text("utf-8"))


@pytest.mark.parametrize("name", _shipped())
def test_each_shipped_codebook_opens_by_its_name(name: str):
    """A codebook in the folder opens by its file's name, carries that name, and says what each code means."""
    book = Codebook.open(name)
    assert book.name == name
    assert all(len(code.definition) > 20 for code in book.codes)
    assert len(book.table()) == len(book.codes)


def test_a_file_of_ones_own_opens_by_path(tmp_path: Path):
    """A TOML file is opened by its path, as text or as Path."""
    path = tmp_path / "own.toml"
    path.write_text(BOOK)
    assert Codebook.open(path).fingerprint == Codebook.open(str(path)).fingerprint == Codebook.read(BOOK).fingerprint


def test_comments_and_layout_do_not_count():
    """Two files that say the same have one fingerprint; one word more is another codebook."""
    assert Codebook.read("# a comment\n" + BOOK.replace(" = ", "=")).fingerprint == Codebook.read(BOOK).fingerprint
    assert Codebook.read(BOOK.replace("A gift.", "A gift!")).fingerprint != Codebook.read(BOOK).fingerprint


def test_what_is_saved_is_loaded(tmp_path: Path):
    """A codebook is saved as the TOML it was read from and comes back equal."""
    book = Codebook.read(BOOK)
    found = sw.load(sw.save(book, tmp_path / "book"))
    assert found.fingerprint == book.fingerprint
    assert found.codes == book.codes
    assert (tmp_path / "book" / "codebook.toml").read_text() == BOOK


WRONG = {
    "no TOML": ("name = ", r"own\.toml: not TOML: "),
    "unknown key at the top": (BOOK.replace("version =", "verson ="), "'verson' is not known. Did you mean 'version'"),
    "no version": (BOOK.replace('version = "1"', ""), "the key 'version' is missing"),
    "no codes": ('name = "a"\nversion = "1"', "the key 'codes' is missing"),
    "unknown key of a code": (
        BOOK.replace("patterns =", "patern ="),
        "code client_connection: .*'patern' is not known. Did you mean",
    ),
    "code without definition": (BOOK.replace('definition = "A gift."', ""), "code gift: the definition is missing"),
    "code without a name": (BOOK.replace('name = "gift"', ""), "without a name"),
    "capitals in a name": (BOOK.replace('"gift"', '"Gift"'), "lower case"),
    "twice": (BOOK.replace('"gift"', '"client_connection"'), "'client_connection' stands twice"),
    "unknown gate": (BOOK.replace('["G1"]', '["G2"]'), "the gate 'G2' is not defined. Defined: G1"),
    "gate without stance": (BOOK.replace('stance = "advice_sought"', ""), "gate G1: label and stance are needed"),
    "unknown key of a gate": (BOOK.replace("cues =", "cue ="), "gate G1: .*'cue' is not known. Did you mean 'cues'"),
    "unknown scope": (
        BOOK.replace('label = "question"', 'label = "q"\nscope = "sentense"'),
        "scope is one of .*Did you mean 'sentence'",
    ),
    "severity out of range": (
        BOOK.replace("severity = 2", "severity = 4"),
        "severity is a whole number from 0 to 3, not 4",
    ),
    "severity in words": (BOOK.replace("severity = 2", 'severity = "high"'), "severity is a whole number"),
    "severity yes or no": (BOOK.replace("severity = 2", "severity = true"), "severity is a whole number"),
    "example without text": (BOOK.replace('text = "I added my client."', 'why = "x"'), "an example without a text"),
    "unknown key of an example": (
        BOOK.replace("{ text =", "{ txt ="),
        "example: .*'txt' is not known. Did you mean 'text'",
    ),
    "patterns as one text": (BOOK.replace('["add* <CLIENT>"]', '"add* <CLIENT>"'), "code client_connection.*patterns"),
    "signals as one text": (BOOK.replace('["client", "service user"]', '"client"'), "CLIENT"),
    "cues as one text": (BOOK.replace('["should i"]', '"should i"'), "gate G1.*cues"),
    "codes as a table": (BOOK.split("[[codes]]", maxsplit=1)[0] + '[codes]\nname = "x"', "codes"),
    "unknown stance of a gate": (
        BOOK.replace('"advice_sought"', '"advise_sought"'),
        "gate G1.*'advise_sought'.*Did you mean 'advice_sought'",
    ),
    "unknown stance of an example": (
        BOOK.replace('"enacted"', '"enactd"'),
        "code client_connection.*'enactd'.*Did you mean 'enacted'",
    ),
}


@pytest.mark.parametrize(("text", "told"), WRONG.values(), ids=WRONG)
def test_a_broken_codebook_is_refused_by_file_code_and_key(text: str, told: str, tmp_path: Path):
    """Whatever is wrong in a codebook raises CodebookError with the file, the code, the key and the nearest known."""
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(CodebookError, match=told) as refused:
        Codebook.open(path)
    assert str(refused.value).startswith("own.toml")


def test_a_codebook_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path):
    """A misspelt name tells the nearest and all that are shipped; a missing file tells its name."""
    with pytest.raises(CodebookError, match=r"Did you mean 'boundary_risk'\? Shipped: .*actor_roles"):
        Codebook.open("boundary_risks")
    with pytest.raises(CodebookError, match=r"gone\.toml: there is no such file"):
        Codebook.open(tmp_path / "gone.toml")


def test_a_code_that_is_not_in_the_book_is_refused_with_the_nearest():
    """Asking for an unknown code names the book and the nearest code."""
    with pytest.raises(CodebookError, match=r"'small' has no code 'gifts'\. Did you mean 'gift'"):
        Codebook.read(BOOK)["gifts"]


def test_a_codebook_does_not_change_and_shows_itself_escaped():
    """A codebook is frozen; a notebook shows name, version and codes, with what is no HTML escaped."""
    book = Codebook.read(BOOK.replace("A gift.", "<script>"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        book.name = "other"
    assert repr(book) == "Codebook 'small' 1: 2 codes"
    assert "client_connection" in book._repr_html_()
    assert "<script>" not in book._repr_html_()
