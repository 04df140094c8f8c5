"""Sheets of codings: what is read, what is refused and how it is told."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from socialwork_research import Codebook, coders, papers
from socialwork_research.errors import CodingError, SchemaError

HEADER = (
    "post_id,thread_id,coder,codebook,version,stratum,probability,batch,role,profession,certainty,code,stance,"
    "direction,severity,identifiability,confidence,span_start,span_end,note"
)
GOOD = [
    "p1,t1,first,boundary_risk,0.1.0,flagged,0.5,b1,professional,social_work,known,client_connection,enacted,,2,,high,0,12,",
    "p1,t1,first,boundary_risk,0.1.0,flagged,0.5,b1,,,,client_online_search,negated,,1,,low,,,two acts",
    "p2,t1,first,boundary_risk,0.1.0,rest,0.1,b1,student,,,,,,,,,,,",
]


def _sheet(folder: Path, *rows: str, header: str = HEADER, name: str = "sheet.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join([header, *rows, ""]).encode(encoding))
    return path


def _row(**cells: str) -> str:
    start = {"post_id": "secret-id-9", "coder": "first", "codebook": "boundary_risk"}
    return ",".join({**start, **cells}.get(column, "") for column in HEADER.split(","))


def test_a_sheet_by_hand(tmp_path: Path, book: Codebook) -> None:
    """Two marks on one post and none on another: two posts looked at, two marks, two speakers."""
    coding = coders.sheets.read(_sheet(tmp_path, *GOOD), book=book)
    assert coding.looked_at["post_id"].tolist() == ["p1", "p2"]
    assert coding.looked_at["probability"].tolist() == [0.5, 0.1]
    assert coding.marks["code"].tolist() == ["client_connection", "client_online_search"]
    assert coding.marks["severity"].tolist() == [2, 1]
    assert coding.marks["span_end"].isna().tolist() == [False, True]
    assert coding.speakers[["role", "profession", "certainty"]].to_numpy().tolist() == [
        ["professional", "social_work", "known"],
        ["student", "unclear", "unclear"],
    ]


def test_the_word_na_is_a_word(tmp_path: Path) -> None:
    """Cells that say NA or null are kept as they are; only empty cells are missing."""
    coding = coders.sheets.read(_sheet(tmp_path, _row(post_id="NA", code="c", note="null")))
    assert coding.looked_at["post_id"].tolist() == ["NA"]
    assert coding.marks["note"].tolist() == ["null"]


def test_ids_keep_their_zeros(tmp_path: Path) -> None:
    """Ids are text: leading zeros stay."""
    assert coders.sheets.read(_sheet(tmp_path, _row(post_id="007"))).looked_at["post_id"].tolist() == ["007"]


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [("utf-8", ",", "UTF-8"), ("utf-8-sig", ";", "UTF-8"), ("cp1252", ";", "Windows-1252"), ("utf-8", "\t", "UTF-8")],
)
def test_spreadsheet_dialects_are_understood(
    tmp_path: Path, book: Codebook, encoding: str, mark: str, told: str
) -> None:
    """Comma, semicolon and tab, BOM and Windows-1252 give the same coding; the papers tell what was met."""
    rows = [*GOOD, _row(post_id="p3", code="R08", note="café")]
    plain = coders.sheets.read(_sheet(tmp_path, *rows), book=book)
    path = _sheet(
        tmp_path,
        *[row.replace(",", mark) for row in rows],
        header=HEADER.replace(",", mark),
        name="o.csv",
        encoding=encoding,
    )
    other = coders.sheets.read(path, book=book)
    assert other.fingerprint == plain.fingerprint
    assert papers(other)["notes"]["encodings"] == {"o.csv": told}


def test_a_decimal_comma_is_a_decimal(tmp_path: Path) -> None:
    """A probability of 0,25 in a sheet with semicolons is a quarter."""
    row = _row(probability="0.25").replace(",", ";").replace("0.25", "0,25")
    coding = coders.sheets.read(_sheet(tmp_path, row, header=HEADER.replace(",", ";")))
    assert coding.looked_at["probability"].tolist() == [0.25]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [_row(code="client_conection")],
            r"sheet.csv, row 2: the code 'client_conection' is not known. Did you mean 'client_connection'",
        ),
        (
            [_row(), _row(post_id="q", code="R06", stance="enactd")],
            r"row 3: the stance 'enactd' is not known. Did you mean 'enacted'",
        ),
        ([_row(role="profesional")], r"row 2: the role 'profesional' is not known. Did you mean 'professional'"),
        ([_row(codebook="boundary")], r"row 2: the codebook 'boundary' is not known"),
        ([_row(stance="enacted")], r"row 2: the row has a stance or another value of a mark, and no code"),
        ([_row(code="R06", severity="4")], r"row 2: severity goes from 0 to 3"),
        ([_row(code="R06", severity="high")], r"row 2: severity is a whole number"),
        ([_row(code="R06", span_start="9", span_end="4")], r"row 2: span_end is not after span_start"),
        ([_row(probability="1.5")], r"row 2: probability lies above 0"),
        ([_row(coder="")], r"row 2: post_id and coder are needed"),
        ([_row(code="R06", role="student"), _row(code="R08", role="leader")], r"rows 2, 3: .*different values of role"),
        ([_row(code="R06"), _row()], r"row 3: a row without a code stands beside other rows"),
        ([_row(code="x")] * 7, r"rows 2, 3, 4, 5, 6 and 2 more"),
        ([_row() + ",one,two"], r"row 2 has 22 cells where the header has 20"),
        ([_row(note='"never closed')], r"quotation"),
    ],
)
def test_faulty_rows_are_named_without_ids(tmp_path: Path, book: Codebook, rows: list[str], told: str) -> None:
    """What is not in order is told by file, row and nearest known value, and no id stands in the message."""
    with pytest.raises(CodingError, match=told) as error:
        coders.sheets.read(_sheet(tmp_path, *rows), book=book)
    assert "secret-id-9" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b"\r\n\r\n", "the file is empty"),
        (b"post_id,coder,stanc\np,c,x\n", "'stanc' is no column of a sheet. Did you mean 'stance'"),
        (b"post_id,code\np,c\n", "the column 'coder' is missing"),
        ("post_id,coder\n".encode("utf-16"), "saved as UTF-16"),
        (b"post_id,coder\n\xe9,\x81\n", "line 2: neither UTF-8 nor Windows-1252"),
        (b"post_id|coder\np|c\n", "is no column of a sheet"),
    ],
)
def test_faulty_files_are_refused(tmp_path: Path, content: bytes, told: str) -> None:
    """An empty file, an unknown column, a missing one, an unknown encoding or delimiter: each is told as such."""
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)
    with pytest.raises(CodingError, match=told):
        coders.sheets.read(path)


def test_a_folder_of_sheets(tmp_path: Path, book: Codebook) -> None:
    """All sheets of a folder are read; one coder's post in two files, an empty folder and a missing file are refused."""
    _sheet(tmp_path, *GOOD, name="a.csv")
    _sheet(tmp_path, *[row.replace(",first,", ",second,") for row in GOOD], name="b.csv")
    assert coders.sheets.read(tmp_path, book=book).coders == ("first", "second")
    _sheet(tmp_path, GOOD[2], name="c.csv")
    with pytest.raises(CodingError, match=r"a.csv, c.csv: 1 posts were coded by one coder in two files"):
        coders.sheets.read(tmp_path, book=book)
    (tmp_path / "empty").mkdir()
    with pytest.raises(CodingError, match=r"no \.csv sheet"):
        coders.sheets.read(tmp_path / "empty")
    with pytest.raises(CodingError, match="no such file"):
        coders.sheets.read(tmp_path / "nowhere.csv")


def test_the_order_of_rows_does_not_matter(tmp_path: Path, book: Codebook) -> None:
    """Rows in another order give the same coding, as long as the role stands in one of them."""
    first = coders.sheets.read(_sheet(tmp_path, *GOOD), book=book)
    assert coders.sheets.read(_sheet(tmp_path, *reversed(GOOD)), book=book).fingerprint == first.fingerprint


def test_a_written_sheet_can_be_read_again(tmp_path: Path, book: Codebook) -> None:
    """A fresh sheet holds each post once, uncoded, with its probability; an existing file is never overwritten."""
    posts = pd.DataFrame(
        {
            "post_id": ["p1", "p2"],
            "text": ["Hello; you, there", 'A "quote"'],
            "probability": [0.5, 1.0],
            "stratum": "rest",
        }
    )
    path = coders.sheets.write(posts, tmp_path / "first.csv", book=book, coder="first")
    coding = coders.sheets.read(path, book=book)
    assert coding.looked_at["probability"].tolist() == [0.5, 1.0]
    assert len(coding.marks) == 0
    with pytest.raises(CodingError, match="already"):
        coders.sheets.write(posts, path, book=book, coder="first")
    with pytest.raises(CodingError, match="1 posts stand twice"):
        coders.sheets.write(posts.iloc[[0, 0]], tmp_path / "second.csv", book=book, coder="first")
    with pytest.raises(SchemaError, match="post_id"):
        coders.sheets.write(posts.drop(columns="post_id"), tmp_path / "second.csv", book=book, coder="first")


def test_without_a_book_any_code_is_taken(tmp_path: Path) -> None:
    """Sheets of another codebook can be read without it."""
    assert coders.sheets.read(_sheet(tmp_path, _row(code="own_code"))).marks["code"].tolist() == ["own_code"]


def test_a_stored_sheet_is_the_same_sheet(tmp_path: Path, book: Codebook) -> None:
    """A sheet kept as Parquet, with numbers as numbers, gives the same coding as its CSV."""
    path = _sheet(tmp_path, *GOOD)
    table = pd.read_csv(path).astype({"severity": "Int64", "span_start": "Int64", "span_end": "Int64"})
    table.to_parquet(tmp_path / "sheet.parquet", index=False)
    stored = coders.sheets.read(tmp_path / "sheet.parquet", book=book)
    assert stored.fingerprint == coders.sheets.read(path, book=book).fingerprint
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(CodingError, match=r"broken\.parquet: damaged"):
        coders.sheets.read(tmp_path / "broken.parquet")
    table.assign(mood="fine").to_parquet(tmp_path / "odd.parquet", index=False)
    with pytest.raises(CodingError, match="'mood' is no column"):
        coders.sheets.read(tmp_path / "odd.parquet")


def test_rows_of_other_codebooks_are_left_out_and_counted(tmp_path: Path, book: Codebook) -> None:
    """A sheet with marks of two codebooks is read for one of them; a sheet without any of it is refused."""
    other = _row(post_id="p1", codebook="social_support", code="emotional", direction="give")
    coding = coders.sheets.read(_sheet(tmp_path, *GOOD, other), book=book)
    assert coding.looked_at["codebook"].unique().tolist() == ["boundary_risk"]
    assert papers(coding)["notes"]["n_rows_of_other_codebooks"] == 1
    assert len(coders.sheets.read(_sheet(tmp_path, *GOOD, other)).looked_at) == 3
    with pytest.raises(CodingError, match="no row is of the codebook"):
        coders.sheets.read(_sheet(tmp_path, other), book=book)
