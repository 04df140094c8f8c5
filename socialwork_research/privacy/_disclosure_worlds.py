"""Which further cells must be blank so that nobody can subtract: worlds that differ, and tables that look the same.

A world is an amount in each atom, the finest cell there is. A move shifts an amount between the corners of a line, a
rectangle or a box of atoms, and leaves each margin that is not blank as it was. A cell is protected when moves lead from
the true world, through worlds without a negative amount, to one in which it holds nobody and to one in which it holds as
many people as stay hidden. What is found is a proof by example: it needs no solver, and holds for whole numbers.
"""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import numpy.typing as npt

__all__ = ["Grid", "protect"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_MOST_DIMENSIONS = 3  # corners of a box double with each
_MOST_KEPT = 1000  # atoms: beyond, their boxes would fill the memory


@dataclasses.dataclass(frozen=True)
class Grid:
    """Atoms, what lies in them, and the tables that are sums over them."""

    levels: Ints  # atoms x dimensions
    amounts: Ints  # kinds of amounts x atoms; the first is that of people
    labels: list[Ints]  # for each table the cell in which each atom lies
    people: list[Ints]  # for each table the people of each cell: at most the sum of its atoms'
    whole: int | None = None  # all people; None where each is in one atom only


def protect(grid: Grid, *, blank: list[Flags], wanted: list[Flags], hidden: int) -> bool:
    """Blank further cells until each wanted one could hold any number of people from 0 to `hidden`.

    `blank` is changed in place. Returns whether the cells could be protected; where they could not, all are blank.
    """
    own = _Corners(grid.levels)
    order = [(number, cell) for number, cells in enumerate(wanted) for cell in np.flatnonzero(cells)]
    order.sort(key=lambda each: (-len(np.flatnonzero(grid.labels[each[0]] == each[1])), each[0], int(each[1])))
    for number, cell in order:
        if not _protected(grid, own, blank, table=number, cell=int(cell), hidden=hidden):
            for cells in blank:
                cells[:] = True
            return False
    return True


class _Corners:
    """The boxes of atoms, found when first asked for: the corners by atom, and the sign of each corner."""

    def __init__(self, levels: Ints) -> None:
        self.levels = levels
        self.place = {tuple(row): number for number, row in enumerate(levels.tolist())}
        self.known: dict[int, list[tuple[Ints, Ints]]] = {}

    def of(self, atom: int) -> list[tuple[Ints, Ints]]:
        """Return the lines from an atom to all others, and the boxes with those that differ in 2 or 3 ways."""
        n_atoms, n_dimensions = self.levels.shape
        if atom in self.known:
            return self.known[atom]
        others = np.delete(np.arange(n_atoms), atom)
        lines = np.column_stack([np.full(len(others), atom), others]).astype(np.int64)
        kinds = [(lines, np.array([1, -1], dtype=np.int64))]
        differs = self.levels != self.levels[atom]
        for size in range(2, min(n_dimensions, _MOST_DIMENSIONS) + 1):
            boxes = _boxes(self.levels, atom, differs, place=self.place, size=size)
            signs = np.array([(-1) ** sum(corner) for corner in itertools.product((0, 1), repeat=size)], dtype=np.int64)
            if len(boxes):
                kinds.append((boxes, signs))
        if n_atoms <= _MOST_KEPT:
            self.known[atom] = kinds
        return kinds


def _boxes(levels: Ints, atom: int, differs: Flags, *, place: dict[tuple[int, ...], int], size: int) -> Ints:
    rows = []
    for other in np.flatnonzero(differs.sum(axis=1) == size):
        ways = np.flatnonzero(differs[other])
        corners = []
        for turned in itertools.product((0, 1), repeat=size):
            corner = levels[atom].copy()
            corner[ways[np.array(turned, dtype=bool)]] = levels[other][ways[np.array(turned, dtype=bool)]]
            corners.append(place.get(tuple(corner.tolist()), -1))
        if min(corners) >= 0:
            rows.append(corners)
    return np.array(rows, dtype=np.int64).reshape(len(rows), 2**size)


def _protected(grid: Grid, own: _Corners, blank: list[Flags], *, table: int, cell: int, hidden: int) -> bool:
    atoms = np.flatnonzero(grid.labels[table] == cell)
    missing = hidden - int(grid.people[table][cell])
    world = grid.amounts.copy()
    aim = _Aim(table, cell, sign=1)
    if missing > 0 and not _shifted(grid, own, blank, world=world[0], atoms=atoms, aim=aim, amount=missing):
        return False
    shared = np.zeros(grid.amounts.shape[1], dtype=np.int64)
    for kind in range(len(grid.amounts)):
        aim = _Aim(table, cell, sign=-1, kind=kind)
        emptied = grid.amounts[kind].copy()
        if kind == 0:
            shared = _elsewhere(grid, blank, atoms)
            emptied -= shared
        if kind == 1:  # who is elsewhere anyway leaves posts here, which others there must have written
            emptied += shared
        for atom in atoms[emptied[atoms] > 0]:
            one = np.array([atom])
            if not _shifted(grid, own, blank, world=emptied, atoms=one, aim=aim, amount=int(emptied[atom])):
                return False
    return True


def _elsewhere(grid: Grid, blank: list[Flags], atoms: Ints) -> Ints:
    """Return how many people of each atom could be taken out though nobody comes in elsewhere, as they are there too."""
    world, taken = grid.amounts[0].copy(), np.zeros(grid.amounts.shape[1], dtype=np.int64)
    if grid.whole is None:
        return taken
    for atom in atoms:
        slack = [int(world.sum()) - grid.whole]
        for labels, people, cells in zip(grid.labels, grid.people, blank, strict=True):
            at = labels[atom]
            if not cells[at]:
                slack.append(int(world[labels == at].sum() - people[at]))
        taken[atom] = max(0, min(int(world[atom]), *slack))
        world[atom] -= taken[atom]
    return taken


@dataclasses.dataclass(frozen=True)
class _Aim:
    """Which cell of which table is to hold more (sign 1) or less (sign -1) of which kind."""

    table: int
    cell: int
    sign: int
    kind: int = 0


def _shifted(
    grid: Grid, own: _Corners, blank: list[Flags], *, world: Ints, atoms: Ints, aim: _Aim, amount: int
) -> bool:
    """Shift an amount into or out of a cell by the moves that cost least; blank what they change."""
    while amount > 0:
        best: tuple[float, int, Ints, Ints] | None = None
        for atom in atoms:
            for boxes, signs in own.of(int(atom)):
                price, room = _priced(grid, blank, boxes, aim.sign * signs, world=world, aim=aim)
                step = np.minimum(room, amount)
                rate = np.where(step > 0, price / np.maximum(step, 1), np.inf)
                at = int(np.argmin(rate)) if len(rate) else 0
                if len(rate) and np.isfinite(rate[at]) and (best is None or (rate[at], -int(step[at])) < best[:2]):
                    best = float(rate[at]), -int(step[at]), boxes[at], aim.sign * signs
        if best is None:
            return False
        _, step_taken, corners, signs = best
        world[corners] += signs * -step_taken
        amount += step_taken
        for labels, cells in zip(grid.labels, blank, strict=True):
            net = np.bincount(labels[corners], weights=signs, minlength=len(cells))
            cells[net != 0] = True
    return True


def _priced(
    grid: Grid, blank: list[Flags], boxes: Ints, signs: Ints, *, world: Ints, aim: _Aim
) -> tuple[npt.NDArray[np.float64], Ints]:
    """Return for each box the people in cells that it would newly blank, and how much it can shift."""
    price = np.full(len(boxes), 1e-6)
    room = world[boxes[:, signs < 0]].min(axis=1)
    for number, (labels, people) in enumerate(zip(grid.labels, grid.people, strict=True)):
        at = labels[boxes]
        same = at[:, :, None] == at[:, None, :]
        net = (same * signs).sum(axis=2)
        changed = net != 0
        price += np.where(changed & ~blank[number][at], (people[at] + 1) / same.sum(axis=2), 0.0).sum(axis=1)
        if number == aim.table:
            moved = np.where(at == aim.cell, signs, 0).sum(axis=1)
            room = np.where(moved == aim.sign, room, 0)
        if aim.kind == 0 and _overlaps(grid, number):
            room = np.minimum(room, _headroom(grid, number, boxes, grows=(net == 0) & (signs > 0), world=world))
    return price, room


def _headroom(grid: Grid, number: int, boxes: Ints, *, grows: Flags, world: Ints) -> Ints:
    """Return how far atoms may grow that share their people with others: none outgrows a margin that stays as it is."""
    at = grid.labels[number][boxes]
    free = grid.people[number][at] - world[boxes]
    largest = np.iinfo(np.int64).max
    return np.where(grows, np.maximum(free, 0), largest).min(axis=1)


def _overlaps(grid: Grid, number: int) -> bool:
    people = grid.people[number]
    summed = np.bincount(grid.labels[number], weights=grid.amounts[0], minlength=len(people))
    return bool((summed > people).any())
