"""What an archive could do harm with is refused by name or counted, and nothing of it is left behind."""

from __future__ import annotations

import io
import lzma
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections import namedtuple
from pathlib import Path

import pytest

from socialwork_research import sources
from socialwork_research.errors import DiskError, OptionError, SchemaError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import _unpacking

from ._archives import LINE, POSTS, left, refused, tarred, told, zipped

KEY = Key(bytes(range(32)))


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test a temporary folder of its own, so that what is left in it shows."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("system")))


@pytest.mark.parametrize(
    "name", ["../out.ndjson", "/out.ndjson", "a/../../out.ndjson", "C:\\out.ndjson", "..\\out.ndjson"]
)
def test_a_path_that_leads_outside_refuses_the_whole(name: str, tmp_path: Path) -> None:
    """An absolute path, two dots or a drive refuse the archive before anything is unfolded, without naming the member."""
    for path in (zipped(tmp_path / "a.zip", {**POSTS, name: b"x"}), tarred(tmp_path / "a.tar", {**POSTS, name: b"x"})):
        assert "out.ndjson" not in refused(path, "member 3 would be laid outside.*Mend")


def test_links_devices_and_nested_archives_are_counted(tmp_path: Path) -> None:
    """Links and devices are never made, and archives in an archive are not opened; all are counted."""
    path = tarred(tmp_path / "a.tar", {**POSTS, "old.zip": b"x", "hidden": tarred(tmp_path / "b", POSTS).read_bytes()})
    with tarfile.open(path, "a") as archive:
        for name, kind in (("l", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("p", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    lines = told(sources.reddit.read(path))
    assert lines["members not opened: links"] == 2
    assert lines["members not opened: devices"] == 1
    assert lines["members not opened: archives inside the archive"] == 2
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(zipped(tmp_path / "a.zip", POSTS), "a") as packed:
        packed.writestr(link, "/etc/passwd")
    assert told(sources.read(tmp_path / "a.zip"))["members not opened: links"] == 1


def test_other_archives_are_refused_with_the_way_to_unpack_them(tmp_path: Path) -> None:
    """7z and rar have no reader here, and the message says what to do."""
    for name, magic in (("dump.7z", b"7z\xbc\xaf\x27\x1c"), ("dump.rar", b"Rar!\x1a\x07\x01")):
        (tmp_path / name).write_bytes(magic + bytes(100))
        refused(tmp_path / name, "archives are not read here.*Mend: unpack it")
    with pytest.raises(SchemaError, match="7z archives are not read"):
        sources.stackexchange.read(tmp_path / "dump.7z")


def test_a_full_disk_is_said_so_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk fills up, or would by what the archive says, the error says how to mend, and nothing stays."""
    path = zipped(tmp_path / "a.zip", POSTS)

    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50, before[1]))  # a file that may not grow is a disk that is full
    try:
        with pytest.raises(DiskError, match=r"a\.zip: the disk has no room") as caught:
            sources.read(path, key=KEY, folder=tmp_path / "made")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "Mend: make room" in str(caught.value)
    monkeypatch.setattr("shutil.disk_usage", lambda _: namedtuple("Usage", "free")(1))
    with pytest.raises(OSError, match="TMPDIR"):
        sources.reddit.read(path)
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]
    assert left() == []


def test_a_folder_that_is_there_is_said_before_unfolding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is taken is refused before a member is unfolded."""
    monkeypatch.setattr("socialwork_research.sources._archive._unfold", None)
    with pytest.raises(OptionError, match="there already"):
        sources.reddit.read(zipped(tmp_path / "a.zip", POSTS), key=KEY, folder=tmp_path)


def test_limits_are_numbers_and_end_with_their_block() -> None:
    """Limits hold inside their `with`, keep what is left out, and must be above nought."""
    with sources.unpacking(max_members=5), sources.unpacking(max_ratio=7):
        assert _unpacking.current() == _unpacking.Limits(members=5, ratio=7)
    assert _unpacking.current() == _unpacking.Limits()
    for wrong in (0, -1, True, "5"):
        with pytest.raises(OptionError, match="max_gigabytes"), sources.unpacking(max_gigabytes=wrong):
            pass


def flat_bomb(path: Path, *, n_files: int, kernel: int) -> Path:
    """A zip whose members lie inside each other: each quotes the header of the next and goes on with its bytes."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, plain = squeeze.compress(bytes(kernel)) + squeeze.flush(), bytes(kernel)
    blob, entries = b"", []
    for number in reversed(range(n_files)):
        name = f"{number:04}.txt".encode()
        told_of = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 33, zlib.crc32(plain), len(packed), len(plain), len(name), 0)
        head = b"PK\x03\x04" + told_of + name
        blob = head + packed
        entries.append((len(blob), told_of, name))
        packed = b"\x00" + struct.pack("<HH", len(head), len(head) ^ 0xFFFF) + blob
        plain = head + plain
    listed = b"".join(
        b"PK\x01\x02\x14\x00" + told_of + struct.pack("<HHHLL", 0, 0, 0, 0, len(blob) - start) + name
        for start, told_of, name in entries
    )
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, n_files, n_files, len(listed), len(blob), 0)
    path.write_bytes(blob + listed + end)
    return path


def test_members_that_lie_inside_each_other_are_counted_as_they_come_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flat bomb, all of whose members share their bytes, is stopped by what comes out, and nothing of it stays."""
    path = flat_bomb(tmp_path / "flat.zip", n_files=60, kernel=1 << 20)
    assert path.stat().st_size < 10_000
    monkeypatch.setattr(_unpacking, "HARMLESS", 1 << 22)
    refused(path, r"2,000 times its size.*max_ratio=20,000|damaged")


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.xz"])
def test_what_unfolds_too_far_is_refused_until_it_is_allowed(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gigabytes, the ratio and the members of an archive are limited; each error names the way to raise its limit."""
    files = {**POSTS, "noughts.txt": bytes(1 << 22)}
    path = tmp_path / f"a.{kind}"
    zipped(path, files) if kind == "zip" else tarred(path, files, pack=lzma.compress if kind == "tar.xz" else bytes)
    with sources.unpacking(max_members=2):
        refused(path, r"more than 2 members\. Mend:.*max_members=20")
    with sources.unpacking(max_gigabytes=0.001):
        refused(path, r"more than 0\.001 gigabytes\. Mend:.*max_gigabytes=0\.01")
    monkeypatch.setattr(_unpacking, "HARMLESS", 1 << 20)
    with sources.unpacking(max_ratio=0.5 if kind == "tar" else 50):
        refused(path, r"times its size.*max_ratio=5")
    with sources.unpacking(max_ratio=1e5):
        assert len(sources.reddit.read(path)) == 2


def test_a_zip_that_lies_about_its_sizes(tmp_path: Path) -> None:
    """Sizes are counted, not believed: a member that says it is small gives no more than it says, and is damaged."""
    path = zipped(tmp_path / "a.zip", {**POSTS, "noughts.txt": bytes(1 << 22)})
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 1 << 22), struct.pack("<L", 100)))
    refused(path, "member 3 is damaged")


def test_damage_in_a_zip_is_named_by_the_members_number(tmp_path: Path) -> None:
    """A wrong checksum, a password and an unknown packing are three errors, each with its own way to mend."""
    stored = tmp_path / "a.zip"
    with zipfile.ZipFile(stored, "w") as archive:
        for name, content in POSTS.items():
            archive.writestr(name, content)
    whole = stored.read_bytes()
    stored.write_bytes(whole.replace(b"demo", b"demi", 1))
    refused(stored, r"member 1 is damaged or cut short\. Mend: export or fetch it again")
    second = whole.rindex(b"PK\x01\x02")
    own = whole.index(b"PK\x03\x04", 9)
    locked, unknown = bytearray(whole), bytearray(whole)
    locked[second + 8] |= 1
    locked[own + 6] |= 1
    stored.write_bytes(locked)
    refused(stored, "member 2 is locked by a password.*Mend")
    unknown[second + 10] = unknown[own + 8] = 9
    stored.write_bytes(unknown)
    refused(stored, "member 2 is packed or locked in a way that is not known here.*Mend")


def test_damage_in_a_tar_is_named_by_the_members_number(tmp_path: Path) -> None:
    """A header with a wrong sum, one that tells a gigabyte of names, and holes in a file are refused."""
    path = tarred(tmp_path / "a.tar", POSTS)
    whole = bytearray(path.read_bytes())
    whole[1024] ^= 1
    path.write_bytes(whole)
    refused(path, "the tar is damaged after member 1")
    for kind in (tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME):
        info = tarfile.TarInfo("x")
        info.type, info.size = kind, 1 << 30
        path.write_bytes(tarred(tmp_path / "b.tar", POSTS).read_bytes()[:2048] + info.tobuf() + bytes(4096))
        refused(path, "the tar is damaged after member 2")
    info = tarfile.TarInfo("RS_holes.ndjson")
    info.type, info.size = tarfile.GNUTYPE_SPARSE, 512
    path.write_bytes(info.tobuf(tarfile.GNU_FORMAT) + bytes(2048))
    refused(path, "member 1 is stored with holes")


def test_long_names_and_records_of_a_tar_are_read(tmp_path: Path) -> None:
    """Names beyond a hundred letters are read in both of their spellings, and records that tell nothing are passed over."""
    name = f"{'deep/' * 30}RS_2023.ndjson"
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        with tarfile.open(tmp_path / "a.tar", "w", format=form, pax_headers={"comment": "made by hand"}) as archive:
            for each in (name, name.replace("2023", "2024")):
                info = tarfile.TarInfo(each)
                info.size, info.pax_headers = len(LINE), {"mtime": "1.5"}
                archive.addfile(info, io.BytesIO((LINE % each[-8]).ljust(len(LINE)).encode()))
        assert len(sources.read(tmp_path / "a.tar")) == 2
