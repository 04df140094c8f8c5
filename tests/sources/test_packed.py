"""Packed files are unfolded block by block; damage, early ends and bombs are told."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from socialwork_research import sources
from socialwork_research.errors import SchemaError
from socialwork_research.sources import _packed, _unpacking

TEXT = b"".join(b'{"line": %d, "text": "words that nobody said"}\n' % number for number in range(20_000))
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".zst": zstandard.compress,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    "": bytes,
}


def unfolded(path: Path) -> bytes:
    """All blocks together."""
    return b"".join(_packed.unpacked(path))


@pytest.mark.parametrize("suffix", PACK)
def test_content_comes_out_as_it_went_in(suffix: str, tmp_path: Path) -> None:
    """Each packing gives the content back, under any name, also as several frames one after the other."""
    pack = PACK[suffix]
    for name in (f"export.jsonl{suffix}", "export"):
        path = tmp_path / name
        path.write_bytes(pack(TEXT[:1000]) + pack(TEXT[1000:]))
        assert unfolded(path) == TEXT


@pytest.mark.parametrize("suffix", [suffix for suffix in PACK if suffix])
def test_an_early_end_and_damage_are_two_things(suffix: str, tmp_path: Path) -> None:
    """A file that ends early is cut short; one with other bytes in it is damaged, and its packing is named."""
    whole = PACK[suffix](TEXT)
    path = tmp_path / f"export{suffix}"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(_packed.CutShortError):
        unfolded(path)
    path.write_bytes(whole[:20] + bytes(200) + whole[220:])
    with pytest.raises(SchemaError, match=r"no longer, a (zstandard|gzip|bzip2|xz) file"):
        unfolded(path)
    path.write_bytes(b"plain words under a packed name")
    with pytest.raises(SchemaError, match="not, or no longer"):
        unfolded(path)


def test_a_padded_gzip_is_whole(tmp_path: Path) -> None:
    """Nought bytes after the end, as tapes leave them, do no harm."""
    path = tmp_path / "export.gz"
    path.write_bytes(gzip.compress(TEXT) + bytes(512))
    assert unfolded(path) == TEXT


def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unfolds far beyond any text is refused; a small file of one letter is not."""
    path = tmp_path / "bomb.bz2"
    path.write_bytes(bz2.compress(bytes(1 << 24)))
    assert len(unfolded(path)) == 1 << 24
    monkeypatch.setattr(_unpacking, "HARMLESS", 1 << 20)
    with pytest.raises(SchemaError, match=r"2,000 times its size.*max_ratio=20,000"):
        unfolded(path)
    with sources.unpacking(max_ratio=1e6):
        assert len(unfolded(path)) == 1 << 24


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz"])
def test_packed_exports_are_read_as_plain_ones(suffix: str, tmp_path: Path) -> None:
    """A Reddit dump packed otherwise than Reddit's own gives the same corpus."""
    line = b'{"id": "a1", "subreddit": "demo", "author": "x", "created_utc": 1700000000, "title": "Hello"}\n'
    plain, packed = tmp_path / "RS_2023-11.ndjson", tmp_path / f"RS_2023-11.ndjson{suffix}"
    plain.write_bytes(line)
    packed.write_bytes(PACK[suffix](line))
    assert sources.reddit.read(packed).fingerprint == sources.reddit.read(plain).fingerprint
    assert sources.read(packed).fingerprint == sources.read(plain).fingerprint
