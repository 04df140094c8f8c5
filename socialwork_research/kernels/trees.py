"""Threads as trees: depths, branches and distances, from the place of each post's parent."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

UNKNOWN = -1


def depths(parent: Ints, is_root: Mask) -> Ints:
    """Return how many replies each post is away from its root; −1 where no way leads there.

    Every post jumps to its parent, then to its parent's parent, then four up, until all rest.

    Parameters
    ----------
    parent
        Place of the post that was answered; −1 where there is none. Rings are allowed: their posts have no depth.
    is_root
        Whether a post opens its thread; what it answers is of no account.
    """
    n = len(parent)
    above = np.append(np.where(parent < 0, n, parent), n)  # place n: no parent to be found
    rooted = np.append(is_root, False)
    above[rooted] = np.flatnonzero(rooted)
    steps = (above != np.arange(n + 1)).astype(np.int64)
    for _ in range(n.bit_length()):  # whoever has not come to rest after so many doublings goes round in a ring
        further = above[above]
        if np.array_equal(further, above):
            break
        steps, above = steps + steps[above], further
    return np.where(rooted[above], steps, UNKNOWN)[:n]


def branches(parent: Ints, depth: Ints) -> Ints:
    """Return how many posts hang on each post, itself included; 0 where its depth is unknown.

    Parameters
    ----------
    parent
        As in ``depths``.
    depth
        What ``depths`` returned.
    """
    size = (depth >= 0).astype(np.int64)
    order = np.argsort(-depth, kind="stable")
    order = order[depth[order] > 0]
    for level in np.split(order, np.flatnonzero(np.diff(depth[order])) + 1):
        np.add.at(size, parent[level], size[level])
    return size


def mean_distance(parent: Ints, depth: Ints, tree: Ints, *, n_trees: int) -> Floats:
    """Return for each tree the mean distance between two of its posts: structural virality.

    An edge lies on the way between each post below it and each post not below it, so the distances add up to
    Σ s (n − s) over the edges, s being the size of the branch below: one pass over the posts.

    Parameters
    ----------
    parent, depth
        As in ``branches``; posts of unknown depth are left out.
    tree
        Number of the tree of each post, from 0 to `n_trees` − 1.
    n_trees
        Number of trees.

    Returns
    -------
    One value a tree; NaN where fewer than two posts are left.

    References
    ----------
    Goel, Anderson, Hofman & Watts (2016), The structural virality of online diffusion, *Management Science* 62(1),
    https://doi.org/10.1287/mnsc.2015.2158
    """
    size = branches(parent, depth)
    n = np.bincount(tree[depth >= 0], minlength=n_trees).astype(np.float64)
    below = depth > 0
    crossed = size[below] * (n[tree[below]] - size[below])
    total = np.bincount(tree[below], weights=crossed, minlength=n_trees)
    return np.divide(2 * total, n * (n - 1), out=np.full(n_trees, np.nan), where=n > 1)


def widths(depth: Ints, tree: Ints, *, n_trees: int) -> tuple[Ints, Ints]:
    """Return for each tree the most posts that stand at one depth, and the h-index of the discussion.

    h + 1 is the first depth, counted from 1, at which fewer posts stand than its number: a long quarrel of two has a
    depth but no width, an opening post with a hundred answers a width but no depth, and neither has a high h.

    Parameters
    ----------
    depth, tree, n_trees
        As in ``mean_distance``.

    References
    ----------
    Gómez, Kaltenbrunner & López (2008), Statistical analysis of the social network and discussion threads in
    Slashdot, WWW '08, https://doi.org/10.1145/1367497.1367585
    """
    widest, index = np.zeros(n_trees, dtype=np.int64), np.zeros(n_trees, dtype=np.int64)
    met, at = tree[depth >= 0], depth[depth >= 0]
    if not len(met):
        return widest, index
    deepest = int(at.max()) + 1
    cell, n = np.unique(met.astype(np.int64) * deepest + at, return_counts=True)
    np.maximum.at(widest, cell // deepest, n)
    holds = (cell % deepest > 0) & (n >= cell % deepest)
    # Depths that hold count as long as they follow each other from 1 on.
    for level in range(1, deepest):
        here = cell[holds & (cell % deepest == level)] // deepest
        reached = here[index[here] == level - 1]
        if not len(reached):
            break
        index[reached] = level
    return widest, index
