"""What holds of every place's archives, of damaged ones, and of what an import that was killed leaves behind."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwork_research import sources
from socialwork_research.errors import SchemaError, SocialworkResearchError
from socialwork_research.kernels.hashing import Key
from socialwork_research.sources import _archive, _invented
from socialwork_research.sources._exports import places

from ._archives import POSTS, left, tarred, zipped

KEY = Key(bytes(range(32)))
HERE = Path(__file__).parent
ROOT = Path(sources.__file__).parents[2]

WAITING = """
import sys, time
from socialwork_research import sources
def wait(path):
    print("unfolded", flush=True)
    time.sleep(600)
sources.reddit.detect = wait
sources.reddit.read(sys.argv[1])
"""


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test a temporary folder of its own, so that what is left in it shows."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("system")))


@pytest.mark.parametrize("name", places())
def test_every_place_reads_its_archive_as_its_folder(name, place_of_name, tmp_path):
    """From a zip and from a packed tar each place reads the corpus and the ledger that it reads from the folder."""
    module, path = place_of_name(name)
    files = {f"data/{file.name}": file.read_bytes() for file in (HERE / name / "data").iterdir()}
    plain = module.read(path, key=KEY)
    memory = module.read(zipped(tmp_path / f"{name}.zip", files), key=KEY)
    tar = tarred(tmp_path / f"{name}.tar.gz", files, pack=gzip.compress)
    disk = sources.read(tar, key=KEY, folder=tmp_path / "made" / "corpus")
    for corpus in (memory, disk):
        assert corpus.fingerprint == plain.fingerprint
        assert corpus.losses.equals(plain.losses)
        assert corpus.name == name
    assert [each.name for each in (tmp_path / "made").iterdir()] == ["corpus"]
    assert left() == []


def test_shipped_inventions_are_recognised_inside_an_archive(tmp_path):
    """Files whose sums are listed as invented need no key inside an archive either."""
    places = [place for place in _invented.PLACES if place.is_dir()]
    listed = {name: place / name for place in places for name in json.loads(_invented.LISTING.read_text("utf-8"))}
    own = [name for name in listed if name.startswith("sample/") and name.count("/") == 1]
    files = {name: listed[name].read_bytes() for name in own if listed[name].is_file()}
    corpus = sources.read(zipped(tmp_path / "anything.zip", files))
    assert corpus.invented is not None
    assert corpus.name == "anything"


def test_an_archive_cut_anywhere_is_refused(tmp_path):
    """A zip or tar that ends early is refused by name wherever it ends; no half of it is read as if it were whole."""
    path = tmp_path / "cut"
    whole = zipped(tmp_path / "a.zip", POSTS).read_bytes()
    for end in range(4, len(whole), 13):
        path.write_bytes(whole[:end])
        with pytest.raises(SchemaError, match=r"^cut: the zip is damaged or cut short.*Mend"):
            sources.reddit.read(path)
    plain = tarred(tmp_path / "a.tar", POSTS).read_bytes()
    end_of_posts = 4 * 512
    assert not any(plain[end_of_posts:])
    for end in [*range(512, end_of_posts + 1, 73), end_of_posts]:
        path.write_bytes(plain[:end])
        with pytest.raises(SchemaError, match=r"^cut: the tar is cut short after member \d"):
            sources.reddit.read(path)
    packed = gzip.compress(os.urandom(2000).hex().encode())
    packed = tarred(tmp_path / "a.tgz", {**POSTS, "noise.json": packed}, pack=gzip.compress).read_bytes()
    for end in range(700, len(packed), 97):
        path.write_bytes(packed[:end])
        with pytest.raises(SchemaError, match=r"^cut: the tar is cut short|cut: .*gzip"):
            sources.reddit.read(path)
    assert left() == []


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_bytes_give_a_corpus_or_a_named_error(data):
    """Archives with bytes changed anywhere, and noise that begins like one, are read or refused, and leave nothing."""
    noise = st.binary(max_size=600)
    with tempfile.TemporaryDirectory() as place:
        whole = data.draw(st.sampled_from([zipped, tarred]))(Path(place, "a"), POSTS).read_bytes()
        if data.draw(st.booleans()):
            start = data.draw(st.integers(0, len(whole) - 1))
            piece = data.draw(st.binary(min_size=1, max_size=8))
            content = whole[:start] + piece + whole[start + len(piece) :]
        else:
            content = data.draw(st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", whole[:512]])) + data.draw(
                noise
            )
        path = Path(place, "given")
        path.write_bytes(data.draw(st.sampled_from([bytes, gzip.compress]))(content))
        for read in (sources.reddit.read, sources.read):
            with contextlib.suppress(SocialworkResearchError):
                assert len(read(path)) <= len(POSTS)
        assert sorted(each.name for each in Path(place).iterdir()) == ["a", "given"]


def test_what_a_killed_import_left_the_next_one_removes(tmp_path):
    """A killed import leaves raw posts; any later import removes them, but never those of one that still runs."""
    path = zipped(tmp_path / "a.zip", POSTS)
    environment = {**os.environ, "TMPDIR": tempfile.gettempdir(), "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        [sys.executable, "-c", WAITING, str(path)], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "unfolded\n"
        (folder,) = left()
        assert len(list(folder.rglob("*.ndjson"))) == 2
        if sys.platform != "win32":
            assert folder.stat().st_mode & 0o777 == 0o700
        sources.table.read(HERE / "table" / "data" / "forum.csv", key=KEY)
        assert left() == [folder]
    finally:
        running.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        running.communicate()
    assert left() == [folder]
    sources.table.read(HERE / "table" / "data" / "forum.csv", key=KEY)
    assert left() == []


def test_whatever_happens_nothing_stays(tmp_path, monkeypatch):
    """An error or a stop while an archive is read removes what was unfolded; a file that stays open is warned of."""
    path = zipped(tmp_path / "a.zip", POSTS)

    def stop(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sources.reddit, "detect", stop)
        with pytest.raises(KeyboardInterrupt):
            sources.reddit.read(path, key=KEY, folder=tmp_path / "made")
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.warns(UserWarning, match="may hold posts"):
            sources.reddit.read(path)
    assert len(left()) == 1
    with pytest.raises(SchemaError):
        sources.reddit.read(tmp_path)
    assert left() == []


def test_what_is_told_of_an_archive_is_told_once():
    """Outside an archive nothing is told."""
    assert _archive.told() == ()


def test_large_and_streamed_zips(tmp_path):
    """Zips in the large form, and those written to a pipe with their sizes after the members, are read."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.held = io.BytesIO()

        def writable(self):
            return True

        def write(self, content):
            return self.held.write(content)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in POSTS.items():
            with archive.open(name, "w", force_zip64=True) as stream:
                stream.write(content)
    (tmp_path / "a.zip").write_bytes(pipe.held.getvalue())
    assert len(sources.read(tmp_path / "a.zip")) == 2
