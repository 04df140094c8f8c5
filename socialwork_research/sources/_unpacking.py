"""How much a packed file or an archive may unfold to: one place for the guards, and the way to raise them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from ..errors import OptionError

__all__ = ["unpacking"]

HARMLESS = 1 << 28  # small results are never refused, however well they were packed
_GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Limits:
    """The bytes and the files that an archive may unfold to, and how many times its size anything packed may grow."""

    gigabytes: float = 50
    ratio: float = 2000  # text is packed to a tenth or a fiftieth; what grows two thousand times is made to fill a disk
    members: int = 200_000

    def are_passed_by(self, n_out: int, n_packed: int) -> bool:
        """Tell whether `n_out` bytes are more than `n_packed` bytes of any text unfold to."""
        return n_out > HARMLESS and n_out > self.ratio * n_packed

    @property
    def too_thick(self) -> str:
        """What to say of a file that passes the ratio."""
        return (
            f"it unfolds to more than {self.ratio:,} times its size, as no text does (if it is meant: "
            f"with sources.unpacking(max_ratio={self.ratio * 10:,}): reads it)"
        )

    @property
    def most_bytes(self) -> int:
        """The bytes that an archive may lay on the disk."""
        return int(self.gigabytes * _GIGABYTE)


_CURRENT: ContextVar[Limits] = ContextVar("_CURRENT", default=Limits())  # noqa: B039 (frozen)


def current() -> Limits:
    """Return the limits that hold here."""
    return _CURRENT.get()


@contextlib.contextmanager
def unpacking(
    *, max_gigabytes: float | None = None, max_ratio: float | None = None, max_members: int | None = None
) -> Iterator[None]:
    """Set how much archives and packed files may unfold to, for what is read inside the ``with``.

    Without it, an archive may lay 50 gigabytes in 200,000 files on the disk, and nothing packed may grow to more than
    2,000 times its size, as text never does. A file made to fill a disk does; so set more only for files whose maker
    is known.

    Parameters
    ----------
    max_gigabytes
        What the files that are unfolded from one archive may come to, in gigabytes (10⁹ bytes). Packed files that are
        no archives are never laid on the disk, so this does not bind them.
    max_ratio
        How many times its size an archive or a packed file may grow.
    max_members
        How many members an archive may have, those that are not unfolded among them.

    Returns
    -------
    Something for ``with``: the limits hold inside it. What is left out stays as it was.

    Raises
    ------
    OptionError
        If a limit is no number above nought.

    Examples
    --------
    >>> with unpacking(max_gigabytes=200):
    ...     current().gigabytes
    200
    """
    given = {"gigabytes": max_gigabytes, "ratio": max_ratio, "members": max_members}
    for name, value in given.items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or not value > 0):
            raise OptionError(f"max_{name}={value!r}: a number above nought is needed.")
    changed: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    token = _CURRENT.set(replace(current(), **changed))
    try:
        yield
    finally:
        _CURRENT.reset(token)
