"""Names in texts: every rule against its examples and counter-examples, then the table's laws and edges."""

from __future__ import annotations

import re
from importlib import resources
from itertools import pairwise

import pyarrow as pa
import pytest

from socialwork_research.kernels import naming

FOLDER = resources.files("socialwork_research.kernels").joinpath("naming_data")
MARK = re.compile(r"\{([A-Z]+) ([^}]*)\}")
LISTS = ("first_names", "first_names_common", "surnames", "surnames_words", "towns", "villages", "words", "rare")
MOST_BYTES = 2_000_000


def cases() -> list[tuple[str, str]]:
    """Return each example with the rule that it belongs to."""
    rule, read = "", []
    for line in FOLDER.joinpath("examples.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rule = line.strip("[]")
        elif line and not line.startswith("#"):
            read.append((rule, line.replace("\\n", "\n")))
    return read


def unmarked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return an example's text and the names marked in it."""
    text, spans, at = "", [], 0
    for mark in MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return text + line[at:], spans


def spans(text: str) -> list[tuple[int, int, str]]:
    """Return what the recogniser finds in one text."""
    return [(row["start"], row["end"], row["kind"]) for row in naming.found([text]).to_pylist()]


@pytest.mark.parametrize(("rule", "line"), cases(), ids=[f"{rule}: {line[:40]}" for rule, line in cases()])
def test_examples_and_counter_examples(rule: str, line: str) -> None:
    """Each rule finds the names marked in its examples, and nothing in its counter-examples."""
    text, want = unmarked(line)
    assert spans(text) == want, rule


def test_every_rule_has_both() -> None:
    """Every rule has an example, and an unmarked counter-example or is itself a rule of what stays."""
    rules = {rule for rule, _ in cases()}
    marked = {rule for rule, line in cases() if MARK.search(line)}
    unmarked_rules = {rule for rule, line in cases() if not MARK.search(line)}
    staying = {"everyday words", "eponyms and theories", "bodies of the profession, products, nations"}
    assert rules - marked == staying
    assert rules == unmarked_rules


def test_table() -> None:
    """Rows come in the order of texts and places, do not overlap, and missing texts hold nothing."""
    texts = ["Sarah met Pat Mills in Leeds.", None, "", "Nothing here.", "Her son Tyrone is six."]
    table = naming.found(texts)
    assert table.schema == pa.schema(
        [("text", pa.int64()), ("start", pa.int64()), ("end", pa.int64()), ("kind", pa.string())]
    )
    rows = table.to_pylist()
    assert [(row["text"], (texts[row["text"]] or "")[row["start"] : row["end"]], row["kind"]) for row in rows] == [
        (0, "Sarah", "PERSON"),
        (0, "Pat Mills", "PERSON"),
        (0, "Leeds", "PLACE"),
        (4, "Tyrone", "PERSON"),
    ]
    assert naming.found([]).num_rows == 0


def test_neighbours_do_not_matter() -> None:
    """What is found in a text does not depend on the texts beside it."""
    texts = [unmarked(line)[0] for _, line in cases()]
    together = naming.found(texts).to_pylist()
    apart = [row | {"text": number} for number, text in enumerate(texts) for row in naming.found([text]).to_pylist()]
    assert together == apart


def test_characters_not_bytes() -> None:
    """Offsets count characters: accents and pictures before a name do not shift them."""
    text = "\N{GRINNING FACE} été: my client Dana rang."
    assert [text[start:end] for start, end, _ in spans(text)] == ["Dana"]


def test_odd_texts() -> None:
    """Blank, numeric and unspaced texts, and long ones made to be slow, are read without harm."""
    short = (" ", "\n", "123", "O'", "St", "Dr.", "Mr Mr Mr", "'s", "X's", "@", "\x00Sarah")
    slow = (
        "School ",
        "Sarah Okafor, ",
        "A. ",
        "SHARON ",
        "A",
        "Hope ",
        "Okafor, ",
        "my client dana ",
        "Grace's mum ",
        "University of ",
    )
    for text in (*short, *(word * 3_000 for word in slow)):
        found = spans(text)
        assert all(0 <= start < end <= len(text) for start, end, _ in found)
        assert all(one[1] <= two[0] for one, two in pairwise(found))


def test_lists_are_sorted_plain_and_small() -> None:
    """The lists are sorted, without doubles, and weigh less than two megabytes together."""
    weight = 0
    for name in LISTS:
        read = FOLDER.joinpath(f"{name}.txt").read_bytes()
        entries = read.decode("utf-8").split("\n")
        assert entries.pop() == ""
        assert entries == sorted(set(entries))
        weight += len(read)
    assert weight < MOST_BYTES


def test_sources_name_every_file() -> None:
    """The papers beside the lists name each file, the packages' notices and the attribution that GeoNames asks for."""
    papers = FOLDER.joinpath("SOURCES.md").read_text(encoding="utf-8")
    files = [entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".txt")]
    assert all(f"`{name}`" in papers for name in files)
    assert "CC BY 4.0" in papers and "GeoNames" in FOLDER.joinpath("LICENCES.txt").read_text(encoding="utf-8")
