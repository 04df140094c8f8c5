"""How far an import is."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

from socialwork_research import sources
from socialwork_research.sources import _packed, _progress

LINE = '{"id": "a%d", "subreddit": "demo", "author": "x", "created_utc": 1700000000, "title": "Hello"}\n'


def test_bytes_are_told_where_files_are_read_in_blocks(tmp_path: Path) -> None:
    """The bar counts the bytes of the files as they lie on the disk, and the posts beside them."""
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 40_000))
    shown = io.StringIO()
    with _progress.reading(tmp_path), _progress.Bar(file=shown) as progress:
        for _ in _packed.unpacked(path):
            progress.update(1_000)
        assert progress.total == path.stat().st_size
        assert progress.bar.n == progress.counter.n_bytes == path.stat().st_size
        progress.bar.refresh()
    assert f"{progress.n_posts:,} posts" in shown.getvalue()
    assert "B/s" in shown.getvalue()


def test_posts_are_told_elsewhere() -> None:
    """Where no bytes pass by, the bar counts posts; outside a bar nothing is counted."""
    _progress.count(5)
    shown = io.StringIO()
    with _progress.Bar(file=shown) as progress:
        progress.update(3)
        progress.update(4)
        assert progress.bar.n == 7
        assert progress.bar.unit == " posts"
        _progress.count(5)
        progress.update(1)
        assert (progress.bar.n, progress.bar.unit, progress.n_posts) == (5, "B", 8)


def test_an_import_comes_to_the_end_of_its_bar(tmp_path: Path, monkeypatch) -> None:
    """When a dump has been read, the bar has come to the size of its files, also where they came in an archive."""
    ends = []
    leave = _progress.Bar.__exit__
    begin = _progress.Bar.__init__

    def look(self, *error):
        ends.append((self.bar.n, self.total))
        leave(self, *error)

    monkeypatch.setattr(_progress.Bar, "__init__", lambda self: begin(self, file=io.StringIO()))
    monkeypatch.setattr(_progress.Bar, "__exit__", look)
    path = tmp_path / "RS_2023-11.ndjson"
    path.write_text("".join(LINE % number for number in range(500)))
    sources.reddit.read(path)
    assert ends == [(path.stat().st_size,) * 2]
