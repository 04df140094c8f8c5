"""Tables as people read them."""

from __future__ import annotations

import html.parser
import re
import zipfile

import docx
import numpy as np
import pandas as pd
import pytest

from socialwork_research import reports

HOSTILE = '<script>alert("x")</script>&<img src=x onerror=y>'


class Reader(html.parser.HTMLParser):
    """Reads a table back: its tags, and its cells row by row with their attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.rows: list[list[tuple[str, dict[str, str | None], str]]] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        """Begin a row or a cell."""
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append((tag, dict(attrs), ""))

    def handle_data(self, data):
        """Add to the words of a cell."""
        if self.rows and self.rows[-1] and self.tags[-1] in ("td", "th"):
            tag, attrs, text = self.rows[-1][-1]
            self.rows[-1][-1] = (tag, attrs, text + data)

    @property
    def texts(self) -> list[list[str]]:
        """The words of each cell."""
        return [[text for _, _, text in row] for row in self.rows]


def cells(values, **options) -> list[str]:
    """What the cells of one column say."""
    return [row[0] for row in Reader(reports.render(pd.DataFrame({"x": values}), caption="c", **options)).texts[1:]]


@pytest.fixture
def flagged() -> pd.DataFrame:
    """Three rows of which two rest on too few authors."""
    index = pd.Index(["a", "b", "c"], name="platform")
    table = {"share": [0.5, 0.25, 0.125], "n": pd.array([4, 2, 1], dtype="Int64"), "method": ["m", "m", "o"]}
    return pd.DataFrame({**table, "is_suppressed": [False, True, True]}, index=index)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0.12345, "0.123"),
        (0.1235, "0.123"),  # 0.1235 is less than its name in binary
        (0.9996, "1.000"),
        (0.0, "0.000"),
        (-0.5, "-0.500"),
        (1234.5678, "1,234.568"),
        (12.0, "12"),
        (1e6, "1,000,000"),
        (np.inf, "∞"),
        (-np.inf, "−∞"),
        (np.nan, "–"),
    ],
)
def test_decimals(value, told):
    """Decimals are cut to three, whole numbers stay whole, thousands are parted, and what is missing is a dash."""
    assert cells([value]) == [told]


def test_digits_are_asked_for():
    """As many decimals are shown as asked for."""
    assert cells([0.12345], digits=1) == ["0.1"]
    assert cells([0.12345], digits=5) == ["0.12345"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([1234567], ["1,234,567"]),
        (pd.array([3, None], dtype="Int64"), ["3", "–"]),
        ([True, False], ["yes", "no"]),
        (pd.array([True, None], dtype="boolean"), ["yes", "–"]),
        ([None, "word"], ["–", "word"]),
        (pd.to_datetime(["2021-05-04T09:00:00Z", None]), ["2021-05-04", "–"]),
        ([["a", "b"], []], ["a, b", ""]),
    ],
)
def test_other_values(values, told):
    """Counts, truths, words, days and lists are written as people write them; missing, zero and empty stay three things."""
    assert cells(values) == told


def test_rounding_is_for_the_eye_only():
    """The table that was rendered is as it was."""
    table = pd.DataFrame({"share": [1 / 3]})
    before = table.copy(deep=True)
    reports.render(table, caption="c")
    pd.testing.assert_frame_equal(table, before)


def test_headings_and_scope(flagged):
    """The index names rows, columns name columns, each heading has its scope, and underscores are blanks."""
    read = Reader(reports.render(flagged.rename(columns={"n": "n_posts"}), caption="c"))
    assert [(tag, attrs["scope"]) for tag, attrs, _ in read.rows[0]] == [("th", "col")] * 4
    assert read.texts[0] == ["platform", "share", "n posts", "method"]
    assert [row[0][:2] for row in read.rows[1:]] == [("th", {"scope": "row"})] * 3


def test_two_levels_of_rows():
    """Each level of the index is a heading of its row; an index without a name is left out."""
    table = pd.DataFrame({"n": [1]}, index=pd.MultiIndex.from_tuples([("a", "b")], names=["code", "stance"]))
    assert [tag for tag, _, _ in Reader(reports.render(table, caption="c")).rows[1]] == ["th", "th", "td"]
    assert Reader(reports.render(pd.DataFrame({"n": [1]}), caption="c")).texts == [["n"], ["1"]]


def test_the_caption():
    """The caption is the table's own, and escaped."""
    assert "<caption>Kin &amp; kith &lt;b&gt;</caption>" in reports.render(
        pd.DataFrame({"n": [1]}), caption="Kin & kith <b>"
    )


def test_hostile_names_and_values():
    """Mark-up in column names, index names, values, methods and lists comes out as text."""
    table = pd.DataFrame(
        {HOSTILE: [HOSTILE, "x"], "many": [[HOSTILE], ["y"]], "method": HOSTILE},
        index=pd.Index([HOSTILE, "z"], name=f"{HOSTILE}2"),
    )
    markup = reports.render(table, caption=HOSTILE)
    assert set(Reader(markup).tags) == {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
    assert Reader(markup).texts[1][0] == HOSTILE


def test_cells_under_the_threshold_are_hatched(flagged):
    """In marked rows each number is hatched, words are not, and the flag itself is no column."""
    read = Reader(reports.render(flagged, caption="c"))
    assert [[attrs.get("class") for _, attrs, _ in row[1:]] for row in read.rows[1:]] == [
        [None, None, None],
        ["hatched", "hatched", None],
        ["hatched", "hatched", None],
    ]
    assert "is suppressed" not in read.texts[0]


def test_hatched_rows_are_counted(flagged):
    """Below the table stands how many rows rest on too few authors: none, one, or several."""
    assert (
        "2 rows rest on too few authors, or would give away one that does (hatched): in a published"
        in reports.render(flagged, caption="c")
    )
    assert "1 row rests on" in reports.render(flagged.iloc[:2], caption="c")
    assert "No row rests on too few" in reports.render(flagged.iloc[:1], caption="c")
    assert "too few" not in reports.render(flagged.drop(columns="is_suppressed"), caption="c")


def test_suppressed_values_are_told_as_suppressed(flagged):
    """Where the values are gone, the cells are hatched dashes and the note does not say that they are shown."""
    flagged.loc[["b", "c"], ["share", "n"]] = pd.NA
    read = Reader(markup := reports.render(flagged, caption="c"))
    assert read.texts[2][1:3] == ["–", "–"]
    assert [attrs.get("class") for _, attrs, _ in read.rows[2][1:3]] == ["hatched", "hatched"]
    assert (
        "2 rows rest on too few authors, or would give away one that does (hatched): the values are suppressed."
        in markup
    )


def test_a_method_of_all_rows_is_told_once():
    """A method that all rows share stands below the table; one that differs stays a column."""
    table = pd.DataFrame({"n": [1, 2], "method": ["count", "count"]})
    assert Reader(markup := reports.render(table, caption="c")).texts[0] == ["n"]
    assert '<p class="note">Method: count.</p>' in markup
    assert Reader(reports.render(table.assign(method=["a", "b"]), caption="c")).texts[0] == ["n", "method"]


def test_an_empty_table():
    """A table without rows is a heading and nothing more."""
    assert Reader(reports.render(pd.DataFrame({"n": []}), caption="c")).texts == [["n"]]


def test_no_style_script_or_link(flagged):
    """A rendered table has no attribute but scope and class."""
    attributes = set(re.findall(r"\s([a-z-]+)=", reports.render(flagged, caption="c")))
    assert attributes == {"class", "scope"}


def test_a_word_document_holds_the_numbers(tmp_path, flagged):
    """The Word table has the caption above, the headings, and the cells as HTML rounds them; marked numbers bear a dagger."""
    path = reports.write_word(flagged, tmp_path / "table", caption="Shares")
    assert path == tmp_path / "table.docx"
    document = docx.Document(str(path))
    assert document.paragraphs[0].text == "Shares"
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["platform", "share", "n", "method"],
        ["a", "0.500", "4", "m"],
        ["b", "0.250†", "2†", "m"],
        ["c", "0.125†", "1†", "o"],
    ]
    assert document.paragraphs[-1].text.startswith(
        "2 rows rest on too few authors, or would give away one that does (†): in a published report"
    )


def test_a_word_document_without_marks(tmp_path):
    """Without a flag there is no dagger and no note; a suffix that is given is not doubled; the file is whole."""
    path = reports.write_word(pd.DataFrame({"n": [1234]}), tmp_path / "t.docx", caption="Counts")
    assert path == tmp_path / "t.docx"
    document = docx.Document(str(path))
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == ["n", "1,234"]
    assert "†" not in "".join(paragraph.text for paragraph in document.paragraphs)
    assert zipfile.ZipFile(path).testzip() is None
