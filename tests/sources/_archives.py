"""Archives made for tests: zips and tars of given members, and what is told of them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import zstandard

from socialwork_research import Corpus, sources
from socialwork_research.errors import SchemaError

LINE = '{"id": "%s", "subreddit": "demo", "author": "x", "created_utc": 1700000000, "title": "Hello"}\n'
POSTS = {"RS_2023-11.ndjson": (LINE % "a1").encode(), "RS_2023-12.ndjson": (LINE % "a2").encode()}
TWEET = '{"tweet": {"id_str": "1", "created_at": "Sat Feb 18 12:33:11 +0000 2023", "full_text": "Hello"}}'
X = {
    "Your archive.html": b"<html>",
    "data/tweets.js": f"window.YTD.tweets.part0 = [ {TWEET} ]".encode(),
    "data/account.js": b'window.YTD.account.part0 = [ {"account": {"accountId": "7", "username": "jo"}} ]',
    "data/direct-messages.js": b"window.YTD.direct_messages.part0 = [ ]",
    "data/direct_messages_media/1-a.jpg": b"\xff\xd8",
    "data/tweets_media/1-b.mp4": b"video",
    "data/like.js": b"window.YTD.like.part0 = [ ]",
    "__MACOSX/data/._tweets.js": b"junk",
}
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".tar": bytes,
    ".tar.gz": gzip.compress,
    ".tar.bz2": bz2.compress,
    ".tar.xz": lzma.compress,
    ".tar.zst": zstandard.compress,
}


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """A zip with these members, in this order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name) if name.endswith("/") else name, content)
    return path


def tarred(path: Path, files: Mapping[str, bytes], *, pack: Callable[[bytes], bytes] = bytes) -> Path:
    """A tar with these members, in this order, packed."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    path.write_bytes(pack(held.getvalue()))
    return path


def told(corpus: Corpus) -> dict[str, int]:
    """The ledger as numbers by what they count."""
    return dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))


def refused(path: Path, match: str) -> str:
    """The message with which both roads refuse an archive; nothing is left in the temporary folder."""
    for read in (sources.read, sources.reddit.read):
        with pytest.raises(SchemaError, match=match) as caught:
            read(path)
        assert str(caught.value).startswith(path.name)
    assert left() == []
    return str(caught.value)


def left() -> list[Path]:
    """What lies in the temporary folder."""
    return [each for each in Path(tempfile.gettempdir()).iterdir() if each.is_dir()]
