"""How far an import is: told in bytes of the files where a reader takes them block by block, else in posts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any


@dataclass
class _Counter:
    n_bytes: int = 0


_GIVEN: ContextVar[Path | None] = ContextVar("_GIVEN", default=None)
_COUNTER: ContextVar[_Counter | None] = ContextVar("_COUNTER", default=None)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say what is being read, so that a bar can tell how much of it is left."""
    token = _GIVEN.set(path)
    try:
        yield
    finally:
        _GIVEN.reset(token)


def count(n_bytes: int) -> None:
    """Count bytes that were taken from a file, as they lie on the disk."""
    counter = _COUNTER.get()
    if counter is not None:
        counter.n_bytes += n_bytes


class Bar:
    """A bar while chunks come in; it shows itself on a terminal only, and goes when it is done."""

    def __init__(self, *, file: IO[str] | None = None) -> None:
        self.file, self.n_posts, self.total = file, 0, 0

    def __enter__(self) -> Bar:
        from tqdm import tqdm

        self.counter = _Counter()
        self.token = _COUNTER.set(self.counter)
        is_hidden = None if self.file is None else False  # None asks tqdm to look for a terminal
        self.bar: Any = tqdm(unit=" posts", disable=is_hidden, leave=False, file=self.file)
        return self

    def update(self, n_posts: int) -> None:
        """Tell of one more chunk."""
        self.n_posts += n_posts
        if self.bar.disable:
            return
        if not self.counter.n_bytes:
            self.bar.update(n_posts)
            return
        if not self.total:
            self.total = _n_bytes(_GIVEN.get())
            self.bar.reset(total=self.total or None)
            self.bar.unit, self.bar.unit_scale, self.bar.unit_divisor = "B", True, 1000
        n_bytes = self.counter.n_bytes
        self.bar.set_postfix_str(f"{self.n_posts:,} posts", refresh=False)
        self.bar.update((min(n_bytes, self.total) if self.total else n_bytes) - self.bar.n)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _COUNTER.reset(self.token)
        self.bar.close()


def _n_bytes(path: Path | None) -> int:
    """Return the size of a file, or of all files in a folder."""
    if path is None:
        return 0
    files = path.rglob("*") if path.is_dir() else iter([path])
    return sum(file.stat().st_size for file in files if file.is_file())
