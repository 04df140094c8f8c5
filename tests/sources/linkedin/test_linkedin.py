"""A member's own LinkedIn export."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from socialwork_research import sources
from socialwork_research.errors import OptionError, SchemaError
from socialwork_research.sources import linkedin

ADDRESS = "https://www.linkedin.com/feed/update/urn%3Ali%3A"
SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
COMMENTS = "Date,Link,Message\n"


def told(corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def written(tmp_path, content, name="Comments.csv"):
    """Write a file of the export."""
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path / name


def said(tmp_path, content, name="Comments.csv", **options):
    """Write a file of the export and read it."""
    return linkedin.read(written(tmp_path, content, name), **options)


def test_the_folder_by_hand(place_of_name):
    """Three shares and four comments: who, where, when and what, and what no export of LinkedIn tells."""
    _, path = place_of_name("linkedin")
    posts = linkedin.read(path).posts
    assert posts["kind"].value_counts().to_dict() == {"comment": 4, "post": 3}
    assert set(posts["author_id"]) == {"88017263"}
    assert set(posts["author_state"]) == {"present"}
    assert set(posts["platform"]) == {"linkedin"}
    for column in ("quote_of", "repost_of", "edited_at", "n_edits", "removed_at", "fetched_at", "community", "title",
                   "author_profile", "mentions", "n_likes", "n_shares"):  # fmt: skip
        assert posts[column].isna().all(), column
    assert not posts["is_deleted"].any()
    first = posts[posts["post_id"] == "urn:li:ugcPost:9900110022003301"].iloc[0]
    assert first["text"].startswith('Our team wrote down what a "good ending"')
    assert first["text"].endswith("\nIt took a year. #practice #endings")
    assert first["tags"] == ["practice", "endings"]
    assert first["links"] == ["https://example.org/endings"]
    assert first["media"] == []
    assert first["created_at"] == pd.Timestamp("2023-03-06T08:15:00Z")
    assert first["thread_id"] == first["post_id"]
    assert pd.isna(first["reply_to"])
    second = posts[posts["post_id"] == "urn:li:share:9900110022003302"].iloc[0]
    assert second["links"] == ["www.linkedin.com"]
    assert second["media"] == ["media"]
    bare = posts[posts["post_id"] == "urn:li:share:9900110022003303"].iloc[0]
    assert pd.isna(bare["text"])
    assert bare["created_at"] == pd.Timestamp("2023-04-01T00:00:00Z")


def test_comments_by_hand(place_of_name):
    """A comment stands under its post: one's own, which is there, another's, which is not, or none that is told."""
    _, path = place_of_name("linkedin")
    posts = linkedin.read(path).posts
    comments = posts[posts["kind"] == "comment"].sort_values("created_at", ignore_index=True)
    assert comments.loc[0, "text"] == 'Somebody asked for the "short" list,\n\nso here it is.'
    assert comments.loc[0, ["reply_to", "thread_id"]].tolist() == ["urn:li:ugcPost:9900110022003301"] * 2
    assert comments.loc[0, "reply_to_author"] == "88017263"
    assert comments.loc[1, "reply_to"] == "urn:li:activity:9900110022003305"
    assert pd.isna(comments.loc[1, "reply_to_author"])
    assert pd.isna(comments.loc[2, "reply_to"])
    assert comments.loc[2, "thread_id"] == comments.loc[2, "post_id"]
    assert pd.isna(comments.loc[3, "text"])
    assert comments["links"].isna().all()
    assert comments["media"].isna().all()
    assert comments["post_id"].str.startswith("comment-").all()


def test_the_ledger_by_hand(place_of_name):
    """Nine rows: one has no time and one is there twice; what was made or taken for granted is counted."""
    _, path = place_of_name("linkedin")
    lines = told(linkedin.read(path))
    assert (lines["rows read"], lines["kept"]) == (9, 7)
    assert lines["refused: no time"] == lines["refused: same id, same content"] == 1
    assert lines["from documentation, untested on real exports"] == 1
    assert lines["times taken as UTC"] == 8
    assert lines["times of a day only"] == 1
    assert lines["ids made of date, link and text"] == 5
    assert lines["comments without their post's link"] == 1
    assert lines["parents missing"] == 2
    assert lines["shares by visibility: MEMBER_NETWORK"] == lines["shares by visibility: PUBLIC"] == 1
    assert lines["shares by visibility: not told"] == 1
    assert "author made of the export's bytes" not in lines


def test_the_members_number_is_in_no_line_of_the_ledger(place_of_name):
    """Files whose names carry the member's number are told of without it."""
    _, path = place_of_name("linkedin")
    assert "88017263" not in linkedin.read(path).losses.to_string()
    assert linkedin.read(path / "Shares_88017263.csv").name == "linkedin"


@pytest.mark.parametrize(
    ("name", "holds"),
    [("Comments.csv", True), ("comments_12.csv", True), ("Comments (1).csv", True), ("messages.csv", False)],
)
def test_names_of_files(tmp_path, name, holds):
    """Names with and without a number are known; other files are not claimed, whatever they hold."""
    assert linkedin.detect(written(tmp_path, COMMENTS + "2023-01-01,,x\n", name)) is holds


@pytest.mark.parametrize("cell", [r'"a \"b\", c"', '"a ""b"", c"'])
def test_both_ways_to_write_quotation_marks(tmp_path, cell):
    """Quotation marks that are doubled and ones behind a backslash are read, in comments and in shares."""
    rows = "".join(f"2023-01-0{n} 10:00:00,{ADDRESS}share%3A{n},{cell}{{}}\n" for n in range(1, 5))
    comments = said(tmp_path, COMMENTS + rows.format(*[""] * 4))
    shares = said(tmp_path, SHARES + rows.format(*[",,,PUBLIC"] * 4), "Shares.csv")
    for corpus in (comments, shares):
        assert set(corpus.posts["text"]) == {'a "b", c'}
        assert told(corpus)["kept"] == 4


def test_a_backslash_that_escapes_nothing_stays(tmp_path):
    """A backslash in a text is a letter like any other."""
    corpus = said(tmp_path, COMMENTS + f'2023-01-01 10:00:00,{ADDRESS}share%3A1,"C:\\new, and \\"so\\""\n')
    assert corpus.posts["text"].item() == 'C:\\new, and "so"'


def test_a_row_that_is_astray_is_refused(tmp_path):
    """A row with a cell too many is refused with its number; one that may hold the next is told."""
    corpus = said(tmp_path, COMMENTS + "2023-01-01,a,b,c\n2023-01-02,a,b\n")
    assert told(corpus)["refused: wrong number of cells"] == 1
    assert corpus.losses.set_index("what").loc["refused: wrong number of cells", "where"] == "row 2"
    swallowed = said(tmp_path, COMMENTS + '2023-01-01,a,"b\n2023-01-02,a,"\n2023-01-03,a,d\n')
    assert told(swallowed)["texts that may hold another row"] == 1


def test_a_file_cut_short_is_told(tmp_path):
    """A last row without a line end may be cut; one that lacks cells is refused."""
    lines = told(said(tmp_path, COMMENTS + "2023-01-01,a,b\n2023-01-0"))
    assert lines["file without a last line end"] == 1
    assert lines["refused: wrong number of cells"] == 1
    assert lines["kept"] == 1


def test_a_quotation_mark_that_never_closes_is_named(tmp_path):
    """A field that runs on and on is an error with its row."""
    with pytest.raises(SchemaError, match=r"Comments\.csv, row 3: a field does not end"):
        said(tmp_path, COMMENTS + '2023-01-01,a,b\n2023-01-02,a,"' + "word " * 40_000)


def test_bytes_that_are_no_utf_8_are_marked_and_told(tmp_path):
    """Odd bytes among letters in UTF-8 leave a mark in the text, and the row is counted."""
    good = "2023-01-02,b,ŵŷéèêëíìîï\n".encode()
    corpus = said(tmp_path, COMMENTS.encode() + good + b"2023-01-01,a,caf\xe9\n")
    assert sorted(corpus.posts["text"]) == ["caf\ufffd", "ŵŷéèêëíìîï"]
    assert told(corpus)["texts with bytes that are no UTF-8"] == 1


def test_a_file_that_is_no_utf_8_at_all_is_read_as_windows_text(tmp_path):
    """A file that a sheet program saved in Windows' encoding is read so, and the ledger says it."""
    corpus = said(tmp_path, (COMMENTS + "2023-01-01,a,café “x”\n").encode("cp1252"))
    assert corpus.posts["text"].item() == "café “x”"
    assert told(corpus)["encoding taken as cp1252"] == 1


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    """A file that a sheet program saved again is read alike."""
    content = b"\xef\xbb\xbf" + (COMMENTS + "2023-01-01 10:00:00,a,b\n").replace("\n", "\r\n").encode()
    assert said(tmp_path, content).posts["text"].item() == "b"


def test_a_date_that_is_none_is_refused(tmp_path):
    """A date in another layout is refused, not guessed."""
    lines = told(said(tmp_path, COMMENTS + '2023-01-01 10:00:00,a,b\n"9/5/26, 1:12 AM",a,b\n'))
    assert lines["refused: time unreadable"] == 1


def test_a_zone_that_is_given_counts(tmp_path):
    """With a zone, times are taken to be in it, and nothing is said of UTC."""
    corpus = said(tmp_path, COMMENTS + "2023-07-01 10:00:00,a,b\n", zone="Europe/London")
    assert corpus.posts["created_at"].item() == pd.Timestamp("2023-07-01T09:00:00Z")
    assert "times taken as UTC" not in told(corpus)
    with pytest.raises(OptionError, match="time zone database"):
        said(tmp_path, COMMENTS + "2023-07-01 10:00:00,a,b\n", zone="Atlantis")


def test_whose_export_it_is(tmp_path):
    """A given owner stands for all exports of a member; without one, two exports are two authors, and it is told."""
    one, two = (COMMENTS + f"2023-01-01 10:00:00,a,{word}\n" for word in ("b", "c"))
    authors = [said(tmp_path, content, owner="member 7").posts["author_id"].item() for content in (one, two)]
    assert authors == ["member 7", "member 7"]
    made = [said(tmp_path, content) for content in (one, two)]
    assert len({corpus.posts["author_id"].item() for corpus in made}) == 2
    assert told(made[0])["author made of the export's bytes"] == 1


def test_unknown_columns_are_ignored_by_name_and_known_ones_may_lack(tmp_path):
    """A column more is told; without the columns of links and media nothing is known of them."""
    header = "Date,ShareLink,ShareCommentary,Reach\n"
    corpus = said(tmp_path, header + f"2023-01-01 10:00:00,{ADDRESS}share%3A1,b,12\n", "Shares.csv")
    assert told(corpus)["column ignored: 'Reach'"] == 1
    assert corpus.posts["links"].item() is None
    assert corpus.posts["media"].item() is None


def test_shares_without_a_link_or_with_another_address(tmp_path):
    """A share's id is the number in its address, else the address, else made of the row."""
    rows = "2023-01-01 10:00:00,https://lnkd.in/zz1,a,,,\n2023-01-02 10:00:00,,b,,,\n"
    corpus = said(tmp_path, SHARES + rows, "Shares.csv")
    assert corpus.posts["post_id"].str.split("-").str[0].tolist() == ["https://lnkd.in/zz1", "share"]
    assert told(corpus)["ids made of date, link and text"] == 1


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        (f"{ADDRESS}groupPost%3A12-34", "urn:li:groupPost:12-34"),
        ("https://www.linkedin.com/feed/update/urn:li:activity:56", "urn:li:activity:56"),
        ("https://www.linkedin.com/feed/update/urn%253Ali%253Ashare%253A78", "urn:li:share:78"),
    ],
)
def test_addresses_of_posts(tmp_path, address, meant):
    """The post's kind and number are found however the address is encoded."""
    assert said(tmp_path, COMMENTS + f"2023-01-01 10:00:00,{address},b\n").posts["reply_to"].item() == meant


def test_an_unknown_header_is_refused(tmp_path):
    """A file with other columns is refused with the way to read it as a table, also beside a good one."""
    path = written(tmp_path, "When,Where,What\n2023-01-01,a,b\n")
    assert not linkedin.detect(path)
    with pytest.raises(SchemaError, match=r"sources\.table\.read"):
        linkedin.read(path)
    written(tmp_path, SHARES + "2023-01-01,a,b,,,\n", "Shares.csv")
    with pytest.raises(SchemaError, match="File 1 of 2"):
        linkedin.read(tmp_path)


def test_a_header_alone_is_an_empty_corpus(tmp_path):
    """A member who never commented has an export without posts."""
    corpus = said(tmp_path, COMMENTS)
    assert len(corpus) == 0
    assert told(corpus)["rows read"] == 0


def test_a_folder_without_the_two_files_is_named(tmp_path):
    """Messages and other files of the export are neither asked for nor opened."""
    written(tmp_path, "FROM,TO,DATE,CONTENT\na,b,c,d\n", "messages.csv")
    with pytest.raises(SchemaError, match=r"No Comments\.csv or Shares\.csv"):
        linkedin.read(tmp_path)


def test_the_messages_are_not_opened(place_of_name, tmp_path):
    """The private messages that lie in the same folder change nothing."""
    _, path = place_of_name("linkedin")
    shutil.copytree(path, tmp_path / "linkedin")
    written(tmp_path / "linkedin", COMMENTS + "2023-01-01,a,secret\n", "messages.csv")
    pd.testing.assert_frame_equal(sources.read(tmp_path / "linkedin").posts, sources.read(path).posts)
