"""Threads of mail: messages that name each other, directly or through messages that the archive lacks."""

from __future__ import annotations

from collections.abc import Iterable


class Threads:
    """Groups ids that stand in one chain of references, and names each group after its first message."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._above: list[int] = []
        self._is_reply: list[bool] = []
        self._first: dict[int, str] | None = None

    def add(self, chain: Iterable[str]) -> None:
        """Take the references of a message from the first to its parent, and then its own id."""
        self._first = None
        last = -1
        for own in chain:
            number = self._numbers.setdefault(own, len(self._above))
            if number == len(self._above):
                self._above.append(number)
                self._is_reply.append(False)
            if last not in (-1, number):
                self._is_reply[number] = True
                self._join(last, number)
            last = number

    def of(self, own: str) -> str:
        """Return the id of the first message of the thread that `own` is in."""
        if self._first is None:
            best: dict[int, tuple[bool, str]] = {}
            for each, number in self._numbers.items():
                top = self._top(number)
                rank = (self._is_reply[number], each)
                best[top] = min(best.get(top, rank), rank)
            self._first = {top: each for top, (_, each) in best.items()}
        return self._first[self._top(self._numbers[own])]

    def _join(self, one: int, other: int) -> None:
        low, high = sorted((self._top(one), self._top(other)))
        self._above[high] = low

    def _top(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number
