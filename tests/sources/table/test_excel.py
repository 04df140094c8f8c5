"""Tables of posts in workbooks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.sources import _sheets, table

from .. import _workbooks

NINE = dt.datetime(2021, 5, 4, 9, 0)  # noqa: DTZ001 - sheets have no zones
HEADER = ["post_id", "author_id", "created_at", "text", "n_likes", "is_deleted"]
ROWS = [
    [123.0, "u1", NINE, "Morning all 🌱", 3.0, False],
    ["p2", 77.0, NINE + dt.timedelta(hours=1, seconds=5), "“Llŷn” & 2 < 3", 0.0, True],
    ["p3", "u1", NINE + dt.timedelta(days=1), "third", None, None],
]


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def where(corpus, what: str) -> str:
    """The places of one line of the ledger."""
    return corpus.losses.set_index("what").loc[what, "where"]


def workbook(path: Path, *, date1904: bool = False, **sheets: list[list[object]]) -> Path:
    """Write an .xlsx of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    if date1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"])
def test_every_kind_of_workbook_is_the_table_that_a_csv_is(tmp_path, suffix):
    """A table is the same corpus from .xlsx, .xls, .xlsb and .ods as from CSV."""
    path = tmp_path / f"posts{suffix}"
    if suffix in {".xlsx", ".xlsm"}:
        workbook(path, Posts=[HEADER, *ROWS])
    else:
        _workbooks.write(path, [HEADER, *ROWS])
    plain = [[_sheets.written("" if cell is None else cell) for cell in row] for row in ROWS]
    pd.DataFrame(plain, columns=HEADER).to_csv(tmp_path / "posts.csv", index=False)
    posts = [table.read(file, zone="Europe/London").posts for file in (path, tmp_path / "posts.csv")]
    pd.testing.assert_frame_equal(posts[0], posts[1])
    assert sorted(posts[0]["post_id"]) == ["123", "p2", "p3"]
    assert posts[0]["created_at"].min() == pd.Timestamp("2021-05-04T08:00Z")
    assert posts[0]["is_deleted"].sum() == 1
    assert sources.read(path, zone="Europe/London").fingerprint == table.read(path, zone="Europe/London").fingerprint


def test_a_name_may_lie_about_the_kind(tmp_path):
    """What a file holds counts, not what it is called: an .xlsx under the name of an .xls, a CSV under that of an .xlsx."""
    made = workbook(tmp_path / "a.xlsx", Posts=[HEADER, *ROWS])
    made.rename(tmp_path / "a.xls")
    (tmp_path / "b.xlsx").write_text("author_id,created_at,text\nu1,2021-05-04T09:00:00Z,x\n")
    assert len(table.read(tmp_path / "a.xls", zone="UTC")) == 3
    assert len(table.read(tmp_path / "b.xlsx")) == 1


def test_times_of_sheets_need_a_zone(tmp_path):
    """A time in a sheet names no zone, so without one the file is refused."""
    with pytest.raises(SchemaError, match="no time names its zone"):
        table.read(workbook(tmp_path / "x.xlsx", Posts=[HEADER, *ROWS]))


@pytest.mark.parametrize("date1904", [False, True])
def test_both_calendars_of_excel(tmp_path, date1904):
    """Days counted from 1900 and from 1904 give the same times."""
    path = workbook(tmp_path / "x.xlsx", date1904=date1904, Posts=[HEADER, *ROWS])
    posts = table.read(path, zone="UTC").posts
    assert posts["created_at"].tolist() == [pd.Timestamp(row[2], tz="UTC") for row in ROWS]


def test_the_sheet_of_posts_is_found(tmp_path):
    """Of several sheets, the one whose columns are those of posts is read, and the ledger says which."""
    about = [["Collected by", "the desk"], ["Rows", 3]]
    path = workbook(tmp_path / "x.xlsx", About=about, Empty=[], Posts=[HEADER, *ROWS])
    corpus = table.read(path, zone="UTC")
    assert len(corpus) == 3
    assert told(corpus)["sheet 3 of 3 read"] == 1


def test_several_sheets_of_posts_are_for_the_user_to_choose(tmp_path):
    """Two sheets of posts are an error that names them; by name or number either is read."""
    path = workbook(tmp_path / "x.xlsx", May=[HEADER, *ROWS], June=[HEADER, ROWS[0]])
    with pytest.raises(SchemaError, match=r"'May', 'June'.*sheet="):
        table.read(path, zone="UTC")
    with pytest.raises(SchemaError, match=r"'May', 'June'.*sheet="):
        sources.read(path, zone="UTC")
    assert len(table.read(path, zone="UTC", sheet="June")) == len(table.read(path, zone="UTC", sheet=2)) == 1
    assert len(table.read(path, zone="UTC", sheet="May")) == 3
    for odd in ("July", 0, 3):
        with pytest.raises(SchemaError, match="no sheet"):
            table.read(path, zone="UTC", sheet=odd)


def test_no_sheet_of_posts_among_several_is_an_error_that_names_them(tmp_path):
    """Where no sheet names the columns of posts, the error lists the sheets and how to say what they are."""
    said = {"author_id": "Who", "created_at": "When", "text": "What"}
    rows = [["Who", "When", "What"], ["u1", NINE, "x"]]
    path = workbook(tmp_path / "x.xlsx", One=rows, Two=[["a", "b"], [1, 2]])
    with pytest.raises(SchemaError, match="'One', 'Two'"):
        table.read(path, zone="UTC")
    assert len(table.read(path, zone="UTC", columns=said)) == 1


def test_sheet_has_no_use_for_a_csv(tmp_path):
    """A sheet of a file that has none is refused."""
    (tmp_path / "x.csv").write_text("author_id,created_at,text\nu1,2021-05-04T09:00:00Z,x\n")
    with pytest.raises(OptionError, match="no use here"):
        table.read(tmp_path / "x.csv", sheet=1)


@pytest.mark.parametrize("n", [1, 4, 10])
def test_titles_above_the_header(tmp_path, n):
    """Up to ten lines above the header are passed over and told; rows keep the numbers that the sheet gives them."""
    titles = [["Export of the forum"], [], ["Made by", "the desk"], ["On", NINE]]
    titles = (titles * 3)[:n]
    bad = ["p9", "u1", "yesterday", "x", None, None]
    corpus = table.read(workbook(tmp_path / "x.xlsx", Posts=[*titles, HEADER, *ROWS, [], bad]), zone="UTC")
    assert told(corpus)[f"header found in row {n + 1}"] == 1
    assert told(corpus)["rows read"] == 4
    assert where(corpus, "refused: time unreadable") == f"row {n + 6}"


def test_eleven_titles_are_too_many(tmp_path):
    """A header further down is not looked for."""
    with pytest.raises(SchemaError):
        table.read(workbook(tmp_path / "x.xlsx", Posts=[["Title"]] * 11 + [HEADER, *ROWS]), zone="UTC")


def test_a_table_that_begins_elsewhere(tmp_path):
    """Empty rows above and columns before the table, and columns without a name, do no harm."""
    rows = [[None, None, *row, None, "note"] for row in [HEADER, *ROWS]]
    rows[0][-1] = None
    corpus = table.read(workbook(tmp_path / "x.xlsx", Posts=[[], [], *rows]), zone="UTC")
    assert sorted(corpus.posts["text"]) == sorted(row[3] for row in ROWS)
    assert told(corpus)["columns without a name left out"] == 1


def test_rounded_ids_are_ids_no_more(tmp_path):
    """Ids that a sheet has rounded are missing and counted: the post is named by its row, and a reply stays a reply."""
    header = ["post_id", "reply_to", "author_id", "created_at", "text"]
    long = 1234567890123456789
    rows = [[long, None, "u1", NINE, "a"], [long + 1, long, long, NINE, "b"], ["77", 123, 5.0, NINE, "c"]]
    corpus = table.read(workbook(tmp_path / "x.xlsx", Posts=[header, *rows]), zone="UTC")
    posts = corpus.posts.set_index("text")
    assert posts["post_id"].to_dict() == {"a": "row-2", "b": "row-3", "c": "77"}
    assert posts["kind"].to_dict() == {"a": "post", "b": "comment", "c": "comment"}
    assert posts.loc["c", ["reply_to", "author_id"]].tolist() == ["123", "5"]
    assert posts["author_state"].to_dict() == {"a": "present", "b": "unknown", "c": "present"}
    assert told(corpus)["post_id lost its last digits"] == 2
    assert told(corpus)["reply_to lost its last digits"] == told(corpus)["author_id lost its last digits"] == 1


def test_rounded_ids_in_text_are_found_too(tmp_path):
    """A CSV that a sheet program has saved holds the same damage, and base-36 ids that look alike do not."""
    rows = "1.23457E+18,u1,2021-05-04T09:00:00Z,a\n1e10,u2,2021-05-04T09:00:00Z,b\n12345E4,u2,2021-05-04T09:00:00Z,c\n"
    (tmp_path / "x.csv").write_text("post_id,author_id,created_at,text\n" + rows)
    corpus = table.read(tmp_path / "x.csv")
    assert sorted(corpus.posts["post_id"]) == ["12345E4", "1e10", "row-2"]
    frame = pd.DataFrame({"post_id": [1.2345678901234567e18, 5.0], "author_id": "u", "text": "x"})
    frame.assign(created_at="2021-05-04T09:00:00Z").to_parquet(tmp_path / "x.parquet")
    assert sorted(table.read(tmp_path / "x.parquet").posts["post_id"]) == ["5", "row-1"]


def test_dates_in_two_ways_are_told(tmp_path):
    """Dates that a sheet program could read beside dates as text, where days may have become months, are counted."""
    rows = [["u1", NINE, "a"], ["u1", "25/05/2021 10:00", "b"], ["u1", "26/05/2021 10:00", "c"]]
    corpus = table.read(workbook(tmp_path / "x.xlsx", Posts=[["author_id", "created_at", "text"], *rows]), zone="UTC")
    assert len(corpus) == 3
    assert where(corpus, "times written in two ways") == "row 2"


def test_what_a_sheet_does_not_show_is_told(tmp_path):
    """Merged cells, hidden rows, errors and formulas without a value are counted; saved values of formulas are read."""
    path = tmp_path / "x.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    for row in [HEADER, *ROWS]:
        page.append(row)
    page["D3"].value, page["D3"].data_type = "#NAME?", "e"
    page["E4"] = "=1+1"
    page.row_dimensions[4].hidden = True
    page.merge_cells("B2:B3")
    page.sheet_state = "hidden"
    book.create_sheet("Other")
    book.save(path)
    corpus = table.read(path, zone="UTC")
    lines = told(corpus)
    assert lines["cells with an error of the sheet"] == lines["hidden rows read"] == lines["merged cells"] == 1
    assert lines["formulas without a value"] == lines["sheet 1 of 2, which is hidden, read"] == 1
    assert where(corpus, "hidden rows read") == "row 4"
    assert lines["authors unknown"] == 1
    sheet = "xl/worksheets/sheet1.xml"
    worked = _workbooks.edited(path, tmp_path / "y.xlsx", {sheet: (b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")})
    again = table.read(worked, zone="UTC")
    assert "formulas without a value" not in told(again)
    assert again.posts.set_index("post_id").loc["p3", "n_likes"] == 2


def test_chunks_give_all_rows(tmp_path, monkeypatch):
    """A sheet longer than a chunk is read whole."""
    monkeypatch.setattr(_sheets, "_ROWS", 7)
    rows = [[f"p{n}", "u1", NINE, "x", n, False] for n in range(30)]
    corpus = table.read(workbook(tmp_path / "x.xlsx", Posts=[HEADER, *rows]), zone="UTC")
    assert len(corpus) == told(corpus)["rows read"] == 30


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("x", "x"),
        (True, "TRUE"),
        (123.0, "123"),
        (1.5, "1.5"),
        (999999999999999.0, "999999999999999"),
        (1234567890123456.0, "1.23456789012346E+15"),
        (-2e20, "-2.00000000000000E+20"),
        (float("nan"), ""),
        (NINE, "2021-05-04T09:00:00"),
        (NINE.date(), "2021-05-04"),
        (dt.time(9), "09:00:00"),
        (dt.timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_cells_as_text(cell, text):
    """Each kind of cell has one spelling."""
    assert _sheets.written(cell) == text


CROWDTANGLE = ["Page Name", "Facebook Id", "Post Created", "Total Interactions", "Likes", "URL", "Message"]
FOURCAT = ["thread_id", "id", "timestamp", "body", "subject", "author", "subreddit", "parent", "score"]
TAGS = ["id_str", "from_user", "text", "created_at", "entities_str", "status_url"]


@pytest.mark.parametrize(
    ("place", "rows"),
    [
        (
            "facebook",
            [CROWDTANGLE, ["Fern", 77, "2021-03-04 09:00:00 EST", "1,204", 1100, "https://x.example/77/posts/9", "Hi"]],
        ),
        ("fourcat", [FOURCAT, ["a1", "a1", "2021-05-04 09:00:00", "Words", "Title", "x", "demo", None, 3]]),
        ("twitter", [TAGS, ["81", "fern", "Hi #all", "Tue May 04 09:00:00 +0000 2021", "{}", None]]),
    ],
)
def test_other_tables_are_read_from_sheets_too(tmp_path, place, rows):
    """What Facebook, 4CAT and TAGS tables are in a CSV they are in a sheet, beside another and under a title."""
    path = workbook(tmp_path / "x.xlsx", Notes=[["a", "b"], [1, 2]], Data=[["Title"], *rows])
    plain = [[_sheets.written("" if cell is None else cell) for cell in row] for row in rows]
    pd.DataFrame(plain[1:], columns=plain[0]).to_csv(tmp_path / "x.csv", index=False)
    module = getattr(sources, place)
    assert module.detect(path)
    corpora = [sources.read(file) for file in (path, tmp_path / "x.csv")]
    pd.testing.assert_frame_equal(corpora[0].posts, corpora[1].posts)
    assert len(corpora[0]) == 1
    assert told(corpora[0])["sheet 2 of 2 read"] == told(corpora[0])["header found in row 2"] == 1


def test_rounded_ids_of_facebook_and_fourcat(tmp_path):
    """A page's id that a sheet has rounded is no author, and a post's id is its row."""
    row = ["Fern", 1234567890123456, "2021-03-04 09:00:00 EST", 1, 1, "https://x.example/77/posts/9", "Hi"]
    page = sources.read(workbook(tmp_path / "x.xlsx", Data=[CROWDTANGLE, row]))
    assert told(page)["author_id lost its last digits"] == 1
    assert page.posts["author_id"].isna().all()
    row = [1234567890123456, 1234567890123456, "2021-05-04 09:00:00", "Words", "Title", "x", "demo", None, 3]
    thread = sources.read(workbook(tmp_path / "y.xlsx", Data=[FOURCAT, row]))
    assert thread.posts["post_id"].item() == "row-2"
