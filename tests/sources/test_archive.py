"""Archives are read as the folder or file inside them, whatever they are called and however they are packed."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import tempfile
from pathlib import Path

import pytest

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import _archive_kinds

from ._archives import LINE, PACK, POSTS, X, left, refused, tarred, told, zipped

KEY = Key(bytes(range(32)))


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test a temporary folder of its own, so that what is left in it shows."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("system")))


@pytest.mark.parametrize("suffix", [*PACK, ".zip", "", ".json"])
def test_each_kind_is_told_by_its_content(suffix: str, tmp_path: Path) -> None:
    """Zips and tars, however packed and whatever they are called, give the corpus of the folder inside."""
    folder = tmp_path / "plain"
    folder.mkdir()
    for name, content in POSTS.items():
        (folder / name).write_bytes(content)
    path = tmp_path / f"dump{suffix}"
    if suffix in PACK:
        tarred(path, POSTS, pack=PACK[suffix])
    else:
        zipped(path, {f"inside/{name}": content for name, content in POSTS.items()})
    plain = sources.reddit.read(folder)
    for read in (sources.read, sources.reddit.read):
        corpus = read(path)
        assert corpus.fingerprint == plain.fingerprint
        assert corpus.losses.equals(plain.losses)
        assert corpus.name == "dump"
    assert left() == []


def test_a_tar_that_a_browser_unpacked_keeps_its_name(tmp_path: Path) -> None:
    """A plain tar is read though its name says that it is packed; old tars without their word are known by their sum."""
    path = tarred(tmp_path / "archive.tar.gz", POSTS)
    assert len(sources.read(path)) == 2
    old = bytearray(path.read_bytes())
    for start in (0, 1024):
        old[start + 257 : start + 265] = bytes(8)
        head = old[start : start + 148] + b" " * 8 + old[start + 156 : start + 512]
        old[start + 148 : start + 156] = b"%06o\0 " % sum(head)
    path.write_bytes(old)
    assert len(sources.read(path)) == 2


def test_what_only_looks_like_an_archive_is_none(tmp_path: Path) -> None:
    """Packed text, spreadsheets and other documents that are zips inside, and any text are no archives."""
    texts = {
        "a.csv.gz": gzip.compress(b"a,b\n" * 99),
        "b.csv": b"x" * 257 + b"ustar," * 9,
        "c.zip": b"PK, said the text",
    }
    sheets = {
        "d.xlsx": {"[Content_Types].xml": b"", "xl/workbook.xml": b""},
        "e.xlsx": {"xl/workbook.xml": b"", "[Content_Types].xml": b""},
        "f.ods": {"mimetype": b"application/vnd.oasis", "content.xml": b""},
    }
    for name, content in texts.items():
        (tmp_path / name).write_bytes(content)
        assert _archive_kinds.kind(tmp_path / name) is None
    for name, members in sheets.items():
        assert _archive_kinds.kind(zipped(tmp_path / name, members)) is None
    assert _archive_kinds.kind(tmp_path) is _archive_kinds.kind(tmp_path / "nowhere") is None


def test_an_archive_of_x_is_read_and_its_private_parts_stay_shut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an archive of X only what the reader opens is unfolded; the rest is counted by what it is."""
    seen: list[str] = []
    detect = sources.twitter_archive.detect

    def spy(path: Path) -> bool:
        seen.extend(file.name for file in path.rglob("*") if file.is_file())
        return detect(path)

    monkeypatch.setattr(sources.twitter_archive, "detect", spy)
    path = zipped(tmp_path / "twitter-2023.zip", X)
    for read in (sources.read, sources.twitter_archive.read):
        corpus = read(path, key=KEY)
        lines = {what: n for what, n in told(corpus).items() if what.startswith("members")}
        assert lines == {
            "members not opened: files of the operating system": 1,
            "members not opened: other parts of the archive": 2,
            "members not opened: private messages": 2,
            "members not opened: videos": 1,
        }
        assert len(corpus) == 1
        assert corpus.posts["author_id"].notna().all()
        assert corpus.name == "twitter-2023"
    assert set(seen) == {"tweets.js", "account.js"}


def test_messages_of_linkedin_and_facebook_stay_shut(tmp_path: Path) -> None:
    """A member's messages are not unfolded, nor is whatever else the reader of LinkedIn does not open."""
    share = "2021-05-04 09:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A12,Morning all"
    files = {
        "Shares.csv": f"Date,ShareLink,ShareCommentary\n{share}\n".encode(),
        "messages.csv": b"FROM,TO\n",
        "Profile.csv": b"a\n",
    }
    corpus = sources.linkedin.read(zipped(tmp_path / "li.zip", files))
    assert told(corpus)["members not opened: other parts of the archive"] == 2
    inbox = {"your_activity/messages/inbox/jo_1/message_1.json": b"{}"}
    refused(zipped(tmp_path / "fb.zip", inbox), "holds no file that could hold posts.*private messages: 1")


def test_a_takeout_in_parts_is_one_export(tmp_path: Path) -> None:
    """Parts of one Takeout given together, or their folder, are read as one; a part that is missing is told."""
    post = '{"resourceName": "users/1/posts/%s", "creationTime": "2018-12-01 10:00:00+0000", "content": "Hello"}'
    parts = tmp_path / "parts"
    parts.mkdir()
    for number in (1, 3):
        inside = {
            f"Takeout/Google+ Stream/Posts/2018 - {number}.json": (post % number).encode(),
            "Takeout/Mail/all.mbox": b"x",
        }
        zipped(parts / f"takeout-20181201T100000Z-00{number}.zip", inside)
    zipped(parts / "takeout-20181201T100000Z-002.zip", {"Takeout/Photos/a.jpg": b"x"})
    whole = [parts / f"takeout-20181201T100000Z-00{number}.zip" for number in (1, 2, 3)]
    for corpus in (
        sources.read(whole[::-1]),
        sources.read(parts),
        sources.google_plus.read(parts, only_public=False),
    ):
        assert told(corpus)["members not opened: images"] == 1
        assert told(corpus)["members not opened: other parts of the archive"] == 2
        assert told(corpus)["rows read"] == 2
        assert "parts of the archive missing" not in told(corpus)
    (parts / "RS_2023-11.ndjson").write_bytes(POSTS["RS_2023-11.ndjson"])
    mixed = told(sources.read(sorted(parts.iterdir()), key=KEY))
    assert mixed["export 1 (reddit): kept"] == 1
    assert mixed["export 2 (google_plus): rows read"] == 2
    beside = "archives not opened: they lie beside the files that were read"
    assert told(sources.reddit.read(parts))[beside] == 3
    assert told(sources.read(parts, key=KEY))["export 2 (google_plus): rows read"] == 2
    alone = sources.google_plus.read(whole[2], only_public=False)
    assert told(alone)["parts of the archive missing"] == 2
    assert alone.name == "takeout-20181201T100000Z"


def test_one_file_in_an_archive_is_that_file(tmp_path: Path) -> None:
    """A zipped table is read as the table, under the archive's name, whatever lies about it that is no table."""
    rows = b"author_id,created_at,text\nx,2021-05-04T09:00:00Z,Morning all\n"
    for files in (
        {"deep/down/t.csv": rows},
        {"t.csv": rows, "README.txt": b"Read me."},
        {"t.csv": rows, "a.png": b"x"},
    ):
        for read in (sources.read, sources.table.read):
            corpus = read(zipped(tmp_path / "forum.zip", files))
            assert (len(corpus), corpus.name) == (1, "forum")
    assert told(corpus)["members not opened: images"] == 1
    accounts = b"author_id,platform,profile\nx,unstated,\n"
    posts = {"s/posts.csv": rows, "s/accounts.csv": accounts, "s/extra.csv": rows}
    corpus = sources.table.read(zipped(tmp_path / "sample.zip", posts))
    assert len(corpus.accounts) == 1
    assert told(corpus)["members not read: outside the export that was found"] == 1


def test_several_exports_in_one_archive(tmp_path: Path) -> None:
    """A place's own reader asks for one of several folders; `sources.read` puts them together, the ledger told once."""
    files = {
        "jan/RS_1.ndjson": POSTS["RS_2023-11.ndjson"],
        "feb/RS_2.ndjson": POSTS["RS_2023-12.ndjson"],
        "a.gif": b"x",
    }
    path = zipped(tmp_path / "waves.zip", files)
    with pytest.raises(SchemaError, match=r"2 folders or files in the archive can be read\. Mend: sources\.read"):
        sources.reddit.read(path)
    corpus = sources.read(path, key=KEY, folder=tmp_path / "made")
    assert len(corpus) == 2
    assert [what for what in told(corpus) if "images" in what] == ["members not opened: images"]
    folder = tmp_path / "several"
    folder.mkdir()
    path.rename(folder / path.name)
    tarred(folder / "more.tar.xz", {"RS_3.ndjson": (LINE % "a3").encode()}, pack=lzma.compress)
    assert len(sources.read(folder)) == len(sources.read(sorted(folder.iterdir()))) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "several"]


def test_names_that_clash_are_told_apart(tmp_path: Path) -> None:
    """Names that some systems do not allow or cannot tell apart are changed and counted; of one name the last is read."""
    lines = [(LINE % f"b{number}").encode() for number in range(6)]
    names = [
        "d/RS_a.ndjson",
        "d/RS_A.ndjson",
        "d/RS_?.ndjson",
        "d/con.ndjson",
        f"d/{'R' * 240}.ndjson",
        "d/RS_a.ndjson",
    ]
    path = tmp_path / "names.tar"
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, line in zip(names, lines, strict=True):
            info = tarfile.TarInfo(name)
            info.size = len(line)
            archive.addfile(info, io.BytesIO(line))
    path.write_bytes(held.getvalue())
    corpus = sources.reddit.read(path)
    assert sorted(corpus.posts["post_id"]) == [f"t3_b{number}" for number in range(1, 6)]
    assert told(corpus)["members of the archive renamed"] == 4
    assert told(corpus)["members of the archive that came twice"] == 1
