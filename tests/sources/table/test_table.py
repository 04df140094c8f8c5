"""Tables of posts."""

from __future__ import annotations

import codecs
import csv
import io

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.errors import SchemaError, SocialworkResearchError
from socialwork_research.sources import table

HEADER = "author_id,created_at,text\n"
ROW = "u1,2021-05-04T09:00:00Z,Morning all\n"
quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def read(tmp_path, content: str | bytes, *, suffix: str = ".csv", **options):
    """Write a file and read it as a table."""
    file = tmp_path / f"x{suffix}"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return table.read(file, **options)


def test_the_forum_by_hand(place_of_name):
    """Five posts of three threads: every cell is where it belongs."""
    _, path = place_of_name("table")
    posts = table.read(path).posts.set_index("post_id")
    assert posts["thread_id"].tolist() == ["zzp-9004"] * 2 + ["zzt-9100"] * 3
    assert posts.loc["zzp-9002", "created_at"] == pd.Timestamp("2021-05-04T09:00Z")
    assert posts.loc["zzp-9002", "text"] == "It gets easier.\nRest today."
    assert posts.loc["zzp-9002", "mentions"] == ["zzu-9501"]
    assert posts.loc["zzp-9003", "mentions"] == ["zzu-9502", "nobody_yet"]
    assert posts.loc["zzp-9003", "reply_to_author"] == "zzu-9502"
    assert posts["n_likes"].fillna(-9).tolist() == [1204, 0, 3, 1, -9]
    assert posts.loc["zzp-9005", "author_state"] == "unknown"
    assert posts["kind"].tolist() == ["post", "comment", "post", "comment", "comment"]


def test_a_mention_is_the_author_if_the_pair_was_met(place_of_name, key):
    """With a key, a mention of a known name is that author's pseudonym, of an unknown name a pseudonym of its own."""
    _, path = place_of_name("table")
    posts = table.read(path, key=key).posts.set_index(["created_at"])
    first, last = posts.loc["2021-05-04T09:00:00Z"], posts.loc["2021-05-04T12:00:00Z"]
    by_text = first.set_index("text")
    author = by_text.loc["First week, and I am tired.", "author_id"]
    assert by_text.loc["It gets easier.\nRest today.", "mentions"] == [author]
    known, unknown = last["mentions"]
    assert known == by_text.loc["It gets easier.\nRest today.", "author_id"]
    assert unknown not in set(posts["author_id"])


def test_none_and_na_are_names(tmp_path):
    """Cells that say None, NA, nan or null are text, an empty one is missing."""
    names = ["None", "NA", "nan", "null", "NULL", "N/A"]
    rows = "".join(f"{name},2021-05-04T09:00:00Z,{name}\n" for name in names)
    posts = read(tmp_path, HEADER + rows + ",2021-05-04T09:00:00Z,\n").posts
    assert sorted(posts["author_id"].dropna()) == sorted(names)
    assert sorted(posts["text"].dropna()) == sorted(names)
    assert posts["author_id"].isna().sum() == posts["text"].isna().sum() == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_usual_ways_to_write_a_table(tmp_path, encoding, delimiter, ending):
    """Encodings, delimiters and line ends give the same posts."""
    rows = [["author_id", "created_at", "text"], ["u1", "2021-05-04T09:00:00Z", "Café, “quoted”; and | more\tor less"]]
    rows.append(["u2", "2021-05-04T10:00:00Z", "x"])
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    corpus = read(tmp_path, out.getvalue().encode(encoding))
    assert corpus.posts["text"].tolist() == [rows[1][2], "x"]
    assert ("encoding taken as cp1252" in told(corpus)) == (encoding == "cp1252")


def test_bytes_that_are_no_cp1252_are_still_read(tmp_path):
    """A byte that cp1252 does not have is read as latin-1, and told."""
    corpus = read(tmp_path, (HEADER + ROW).encode().replace(b"Morning", b"M\x81rning"))
    assert told(corpus)["encoding taken as latin-1"] == 1


def test_jsonl_and_parquet_hold_the_same(tmp_path):
    """The same table as CSV, JSON lines and Parquet gives the same posts."""
    frame = pd.read_csv(io.StringIO(HEADER + ROW + "u2,2021-05-04T10:00:00Z,x\n"))
    frame.to_parquet(tmp_path / "x.parquet")
    frame.to_json(tmp_path / "x.jsonl", orient="records", lines=True)
    frame.to_csv(tmp_path / "x.csv", index=False)
    posts = [table.read(tmp_path / f"x{suffix}").posts.drop(columns=["post_id", "thread_id"]) for suffix in
             (".csv", ".jsonl", ".parquet")]  # fmt: skip
    pd.testing.assert_frame_equal(posts[0], posts[1])
    pd.testing.assert_frame_equal(posts[0], posts[2])


def test_long_numbers_keep_their_last_digits(tmp_path):
    """Ids beyond 2⁵³ with gaps between them stay what they are."""
    big = 2**53 + 1
    frame = pd.DataFrame(
        {"author_id": pd.array([big, None], dtype="Int64"), "created_at": ["2021-05-04T09:00:00Z"] * 2}
    )
    frame.assign(text="x").to_parquet(tmp_path / "x.parquet")
    assert table.read(tmp_path / "x.parquet").posts["author_id"].dropna().tolist() == [str(big)]


def test_used_and_ignored_columns_are_shown(tmp_path):
    """The ledger lists each column that is used, and as what, and each that is not."""
    lines = told(read(tmp_path, "Sender,Timestamp,Body,Colour\nu1,2021-05-04T09:00:00Z,hello,red\n"))
    assert "column used: 'Sender' as author_id" in lines
    assert "column used: 'Timestamp' as created_at" in lines
    assert "column used: 'Body' as text" in lines
    assert "column ignored: 'Colour'" in lines
    assert "post ids made of row numbers" in lines


def test_a_map_of_columns_is_followed_and_nothing_is_guessed(tmp_path):
    """With a map, only what it names and what bears our names is used."""
    content = "who,whom,when,body\n1,2,2021-05-04T09:00:00Z,hello\n"
    said = {"author_id": "who", "reply_to_author": "whom", "created_at": "when"}
    corpus = read(tmp_path, content, columns=said)
    assert corpus.posts[["author_id", "reply_to_author"]].to_numpy().tolist() == [["1", "2"]]
    assert corpus.posts["text"].isna().all()
    assert "column ignored: 'body'" in told(corpus)


def test_recipients_are_authors(tmp_path, key):
    """In a list of who replied to whom, sender and recipient of one number have one pseudonym."""
    content = "Sender,Receiver,Timestamp\n1,2,2021-05-04T09:00:00Z\n2,1,2021-05-04T10:00:00Z\n"
    posts = read(tmp_path, content, key=key).posts
    assert set(posts["author_id"]) == set(posts["reply_to_author"])
    names = read(
        tmp_path, content.replace("Sender", "author_handle").replace("Receiver", "reply_to_handle"), key=key
    ).posts
    assert set(names["author_id"]) == set(names["reply_to_author"])
    assert not set(names["author_id"]) & set(posts["author_id"])


def test_dates_with_slashes_are_read_as_the_column_shows(tmp_path):
    """A thirteenth tells the day from the month; the ledger says how times were read."""
    american = read(tmp_path, "author,time,text\na,4/4/13 16:32,x\nb,4/14/13 9:05,x\n", zone="UTC")
    assert american.posts["created_at"].dt.day.tolist() == [4, 14]
    assert "times read as %m/%d/%y %H:%M" in told(american)
    european = read(tmp_path, "author,time,text\na,4.4.2013,x\nb,14.4.2013,x\n", zone="UTC")
    assert european.posts["created_at"].dt.day.tolist() == [4, 14]


@pytest.mark.parametrize(("first", "second"), [("4/4/13", "5/6/13"), ("14/4/13", "4/14/13")])
def test_dates_that_do_not_show_their_order_are_refused(tmp_path, first, second):
    """If nothing tells day from month, or the column contradicts itself, the user must say; then it is read."""
    content = f"author,time,text\na,{first},x\nb,{second},x\n"
    with pytest.raises(SchemaError, match="Mend: say how it is written"):
        read(tmp_path, content, zone="UTC")
    said = {"author_handle": "author", "created_at": ("time", "%m/%d/%y"), "text": "text"}
    assert len(read(tmp_path, content, zone="UTC", columns=said)) >= 1


def test_a_column_of_naive_times_needs_a_zone(tmp_path):
    """Times that name no zone are refused as a whole, with the way to name it, and read with it."""
    content = HEADER + "u1,2021-05-04 09:00,x\n"
    with pytest.raises(SchemaError, match="zone='Europe/London'"):
        read(tmp_path, content)
    assert read(tmp_path, content, zone="Europe/London").posts["created_at"].item() == pd.Timestamp("2021-05-04T08:00Z")


def test_single_bad_times_are_refused_each_for_its_reason(tmp_path):
    """Among good times, one without zone, one unreadable and an empty one are refused and counted at their rows."""
    content = HEADER + ROW + "u1,2021-05-04 09:00,x\nu1,soon,x\nu1,,x\n"
    corpus = read(tmp_path, content)
    losses = corpus.losses.set_index("what")
    assert losses.loc["refused: time without zone", ["n", "where"]].tolist() == [1, "row 3"]
    assert losses.loc["refused: time unreadable", ["n", "where"]].tolist() == [1, "row 4"]
    assert losses.loc["refused: no time", ["n", "where"]].tolist() == [1, "row 5"]
    assert losses.loc["kept", "n"] == 1


def test_a_column_of_unreadable_times_is_an_error(tmp_path):
    """If no time can be read at all, that is said, not an empty corpus handed back."""
    with pytest.raises(SchemaError, match="no time can be read"):
        read(tmp_path, HEADER + "u1,soon,x\nu2,later,y\n")


def test_rows_of_another_width_are_refused(tmp_path):
    """A row with too many or too few cells is refused at its row."""
    losses = read(tmp_path, HEADER + ROW + "u1,2021-05-04T09:00:00Z,a,b\nu1\n" + ROW).losses.set_index("what")
    assert losses.loc["refused: wrong number of cells", ["n", "where"]].tolist() == [2, "row 3, 4"]
    assert losses.loc["kept", "n"] == 2


def test_a_quotation_mark_that_is_never_closed_is_named(tmp_path, monkeypatch):
    """A field that does not end is an error that names the row."""
    monkeypatch.setattr("socialwork_research.sources._tabular._FIELD_LIMIT", 1000)
    with pytest.raises(SchemaError, match="quotation mark"):
        read(tmp_path, HEADER + ROW * 3 + 'u1,2021-05-04T09:00:00Z,"' + ROW * 100)


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        ("created_at,text\n2021-05-04T09:00:00Z,x\n", "an author"),
        ("author_id,text\nu,x\n", "a time"),
        ("author_id,created_at\nu,2021-05-04T09:00:00Z\n", "what was said"),
    ],
)
def test_what_posts_need_is_named(tmp_path, content, missing):
    """Without an author, a time, or a text or recipient, the missing is named and the columns are listed."""
    with pytest.raises(SchemaError, match=missing) as caught:
        read(tmp_path, content)
    assert "columns={" in str(caught.value)


def test_a_table_without_header_shows_no_post(tmp_path):
    """If the first row is a post, the message does not repeat it."""
    with pytest.raises(SchemaError, match="is it the header") as caught:
        read(tmp_path, "Cicely Brook,2021-05-04T09:00:00Z,I am so tired\n" * 3)
    assert "Cicely" not in str(caught.value)
    assert "tired" not in str(caught.value)
    with pytest.raises(SchemaError) as caught:
        read(tmp_path, "Cicely Brook,2021-05-04T09:00:00Z,I am so tired\n" * 3, columns={"author_id": "Cicely Brooks"})
    assert "Cicely Brook'" not in str(caught.value)


def test_a_misspelt_map_is_answered_with_the_nearest(tmp_path):
    """A column of ours or of the file that does not exist is answered with the nearest."""
    with pytest.raises(SchemaError, match="author_id"):
        read(tmp_path, HEADER + ROW, columns={"autor_id": "author_id"})
    with pytest.raises(SchemaError, match="created_at"):
        read(tmp_path, HEADER + ROW, columns={"created_at": "created"})


def test_two_columns_of_one_name_are_refused(tmp_path):
    """A name that two columns bear cannot be used."""
    with pytest.raises(SchemaError, match="two columns"):
        read(tmp_path, "author_id,created_at,text,text\nu,2021-05-04T09:00:00Z,a,b\n")


def test_cells_that_cannot_be_held_are_emptied_and_counted(tmp_path):
    """Numbers, flags and closed words that are none are empty in the corpus and told at their rows."""
    content = "author_id,created_at,text,n_likes,kind,is_deleted\n"
    content += "u,2021-05-04T09:00:00Z,a,many,pots,perhaps\nu,2021-05-04T09:00:00Z,b,7,post,yes\n"
    corpus = read(tmp_path, content)
    losses = corpus.losses.set_index("what")
    for name in ("n_likes", "kind", "is_deleted"):
        assert losses.loc[f"{name} left empty", ["n", "where"]].tolist() == [1, "row 2"]
    assert corpus.posts["is_deleted"].tolist() == [False, True]
    assert corpus.posts["kind"].tolist() == ["post", "post"]


def test_deleted_authors_are_missing_and_told(tmp_path):
    """The author "[deleted]" is nobody."""
    corpus = read(tmp_path, HEADER + ROW + "[deleted],2021-05-04T09:00:00Z,x\n")
    assert corpus.posts["author_state"].value_counts().to_dict() == {"present": 1, "deleted": 1}
    assert told(corpus)["authors deleted"] == 1


def test_platforms_of_rows_are_apart(tmp_path, key):
    """The same account id on two platforms is two people."""
    content = "author_id,created_at,text,platform\nu,2021-05-04T09:00:00Z,a,one\nu,2021-05-04T09:00:00Z,a,two\n"
    assert read(tmp_path, content, key=key).posts["author_id"].nunique() == 2
    assert read(tmp_path, HEADER + ROW).posts["platform"].tolist() == ["unstated"]
    assert read(tmp_path, HEADER + ROW, platform="forum").posts["platform"].tolist() == ["forum"]


def test_a_damaged_parquet_is_named(tmp_path):
    """A Parquet file that was cut short is an error of ours."""
    pd.DataFrame({"a": range(1000)}).to_parquet(tmp_path / "whole.parquet")
    with pytest.raises(SchemaError, match="Parquet"):
        read(tmp_path, (tmp_path / "whole.parquet").read_bytes()[:-20], suffix=".parquet")


@quiet
@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), max_size=6))
def test_written_cells_come_back(tmp_path, rows):
    """Whatever text was written as CSV comes back, unless it was empty."""
    rows = [[cell.replace("\0", "").replace("\r", " ") for cell in row] for row in rows]
    out = io.StringIO()
    csv.writer(out).writerows([["author_id", "created_at", "text"], ["u", "2021-05-04T09:00:00Z", "x"]])
    csv.writer(out).writerows([[row[0], "2021-05-04T10:00:00Z", row[2]] for row in rows])
    (tmp_path / "x.csv").write_bytes(codecs.BOM_UTF8 + out.getvalue().encode("utf-8", "replace"))
    posts = table.read(tmp_path / "x.csv").posts
    assert len(posts) == len(rows) + 1
    expected = sorted(row[2].encode("utf-8", "replace").decode().replace("\r\n", "\n") for row in rows if row[2])
    assert sorted(posts["text"].dropna()) == sorted([*expected, "x"])


@quiet
@given(
    st.one_of(st.binary(max_size=200), st.text(alphabet='author_id,created_at,text\n";|2021-05T:Z\x00', max_size=200))
)
@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".txt"])
def test_any_file_is_read_or_named(tmp_path, suffix, content):
    """Whatever a file holds, the answer is a corpus whose ledger adds up, or an error of ours."""
    file = tmp_path / f"x{suffix}"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        corpus = sources.read(file)
    except SocialworkResearchError:
        return
    lines = told(corpus)
    assert lines["rows read"] == lines["kept"] + sum(n for what, n in lines.items() if what.startswith("refused: "))
