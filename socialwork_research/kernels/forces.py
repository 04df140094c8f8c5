"""Forces between nodes on a plane: all pairs where there are few, cells of a pyramid of grids where there are many."""

from __future__ import annotations

import numpy as np

__all__ = ["EXACT", "relaxed", "repulsion"]

EXACT = 700
"""Up to so many nodes every pair is looked at."""
_ROUNDS = ((2_000, 120), (20_000, 60), (np.inf, 40))
_LEAST = 1e-9  # squared distance under which two nodes push each other as if they stood so far apart
_DEEPEST = 9


def relaxed(place: np.ndarray, start: np.ndarray, end: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """Let edges pull and nodes push until they come to rest: ForceAtlas2's forces under a falling temperature.

    Parameters
    ----------
    place
        Where each node starts: a row a node, two columns; no two alike.
    start, end, strength
        Each undirected edge once, and how strongly it pulls.

    Returns
    -------
    Where each node ends, its own centre at the origin.
    """
    from tqdm import tqdm

    n = len(place)
    mass = 1.0 + np.bincount(start, minlength=n) + np.bincount(end, minlength=n)
    place = place - place.mean(axis=0)
    pull = float((strength * ((place[start] - place[end]) ** 2).sum(axis=1)).sum())
    push = float(mass.sum() ** 2 - (mass**2).sum()) / 2
    if pull > 0:
        place = place * np.sqrt(push / pull)  # the scale at which both are in balance
    rounds = next(each for most, each in _ROUNDS if n <= most)
    reach = np.sqrt((place**2).sum(axis=1).mean())
    for step in tqdm(range(rounds), desc="layout", unit=" rounds", disable=True if n <= EXACT else None, leave=False):
        force = repulsion(place, mass) * mass[:, None]
        drawn = (place[start] - place[end]) * strength[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(end, weights=drawn[:, axis], minlength=n)
            force[:, axis] -= np.bincount(start, weights=drawn[:, axis], minlength=n)
        force /= mass[:, None]
        length = np.sqrt((force**2).sum(axis=1))
        most = 0.1 * reach * (1 - step / rounds) ** 1.5
        place = place + force * np.minimum(1.0, most / np.maximum(length, _LEAST))[:, None]
    return np.asarray(place - place.mean(axis=0))


def repulsion(place: np.ndarray, mass: np.ndarray) -> np.ndarray:
    """Return what pushes each node: the sum over all others of mass / distance, away from them."""
    return _of_pairs(place, mass) if len(place) <= EXACT else _of_cells(place, mass)


def _of_pairs(place: np.ndarray, mass: np.ndarray) -> np.ndarray:
    gap = place[:, None, :] - place[None, :, :]
    squared = np.maximum((gap**2).sum(axis=2), _LEAST)
    return np.asarray(((mass[None, :] / squared)[:, :, None] * gap).sum(axis=1))


def _of_cells(place: np.ndarray, mass: np.ndarray) -> np.ndarray:
    """Sum over cells: near ones of the finest grid, and on each coarser grid those that no finer one has covered."""
    n = len(place)
    depth = int(np.clip(np.ceil(np.log2(max(2 * n, 16)) / 2), 2, _DEEPEST))
    low = place.min(axis=0)
    side = float((place.max(axis=0) - low).max()) * (1 + 1e-9) or 1.0
    cell = np.minimum(((place - low) / side * 2**depth).astype(np.int64), 2**depth - 1)
    sums = _summed(place, mass, cell, 2**depth)
    total = np.zeros_like(place)
    for level in range(depth, 1, -1):
        width = 2**level
        padded = np.pad(sums, ((0, 0), (3, 3), (3, 3)))
        flat = padded.reshape(3, -1)
        here = (cell[:, 0] + 3) * (width + 6) + cell[:, 1] + 3
        corner = -2 - (cell & 1)  # from here, six by six cells lie beside what the parent's own neighbours cover
        for along in range(6):
            for across in range(6):
                step = corner + np.array([along, across])
                is_near = (np.abs(step) <= 1).all(axis=1)
                index = here + step[:, 0] * (width + 6) + step[:, 1]
                _push(total, place, flat, index, weight=~is_near)
        if level == depth:
            for along in (-1, 0, 1):
                for across in (-1, 0, 1):
                    own = mass if along == across == 0 else None
                    _push(total, place, flat, here + along * (width + 6) + across, own=own)
        cell = cell >> 1
        sums = sums.reshape(3, width // 2, 2, width // 2, 2).sum(axis=(2, 4))
    return total


def _summed(place: np.ndarray, mass: np.ndarray, cell: np.ndarray, width: int) -> np.ndarray:
    """Sum mass, and mass times place, over each cell."""
    key = cell[:, 0] * width + cell[:, 1]
    parts = [mass, mass * place[:, 0], mass * place[:, 1]]
    return np.stack([np.bincount(key, weights=part, minlength=width**2).reshape(width, width) for part in parts])


def _push(
    total: np.ndarray,
    place: np.ndarray,
    flat: np.ndarray,
    index: np.ndarray,
    *,
    weight: np.ndarray | None = None,
    own: np.ndarray | None = None,
) -> None:
    """Add what the cells at `index` push; `own` takes each node's own mass out of its own cell."""
    held, along, across = flat[0, index], flat[1, index], flat[2, index]
    if own is not None:
        held, along, across = held - own, along - own * place[:, 0], across - own * place[:, 1]
    is_there = held > 0.5  # masses are whole numbers from 1 up
    if weight is not None:
        is_there &= weight
    safe = np.where(is_there, held, 1.0)
    x, y = place[:, 0] - along / safe, place[:, 1] - across / safe
    factor = np.where(is_there, held, 0.0) / np.maximum(x * x + y * y, _LEAST)
    total[:, 0] += factor * x
    total[:, 1] += factor * y
