"""A simulated corpus with its truth: drawn block by block, so that any size fits into a small memory."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .. import _files, _fingerprints, _invention, _parts
from .._checks import count, nearest, seeded
from ..corpus import Corpus
from ..errors import OptionError
from ..provenance import note, traced
from ._block import BLOCK, block
from ._population import Population, populate
from ._truth import Truth, TruthParts
from ._world import World

__all__ = ["Simulated", "simulate"]

IN_MEMORY = 200_000
_MAKER = "socialwork_research.simulation.simulate"


class _Pair(NamedTuple):
    corpus: Corpus
    truth: Truth


class Simulated(_Pair):
    """A simulated corpus, and what is true of it: ``corpus, truth = simulate(...)``."""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of both together."""
        return _fingerprints.of_value([self.corpus.fingerprint, self.truth.fingerprint])


@traced
def simulate(
    n_posts: int, *, seed: int, world: World | Mapping[str, Any] | None = None, folder: str | Path | None = None
) -> Simulated:
    """Simulate a corpus whose truth is known, for tests, teaching and the planning of studies.

    Authors join, leave, and are unequally active; threads have a heavy-tailed length, mostly stay within a planted
    community, and grow by recency and the pull of the opening post; replies take log-normal time, deletion competes
    with them, and the end of the collection cuts off what has not come yet. Some threads are scheduled chats. Words show the
    topic. Posts enact a code, or talk of it, with planted frequencies by platform, half and author.

    Posts are drawn in blocks of 50,000, each from a stream of its own, so that only the authors are held in memory.
    What is said is words in a row; whoever needs posts that read as real takes the sample.

    Parameters
    ----------
    n_posts
        How many posts, exactly. The last thread of each block may be cut short to reach the number.
    seed
        Seed of all that is drawn.
    world
        What is planted: a `World`, or a dict of those of its numbers that shall differ from the usual.
    folder
        A new folder: ``corpus`` and ``truth`` are written there part by part. Needed above 200,000 posts.

    Returns
    -------
    ``corpus`` and ``truth``, as a named pair. The corpus has the platforms ``simulated-a`` and ``simulated-b``, and
    declares itself invented by this call. Its papers hold the fingerprint of the generator.

    Raises
    ------
    OptionError
        If a number is out of its range, or many posts are asked for without a folder.

    References
    ----------
    Aragón, Gómez, García & Kaltenbrunner (2017), doi:10.1186/s13174-017-0066-z (how threads grow).

    Examples
    --------
    >>> corpus, truth = simulate(1000, seed=7, world={"reply_back": 0.3})
    >>> len(corpus), truth.world.reply_back
    (1000, 0.3)
    """
    count(n_posts, "n_posts")
    seeded(seed)
    planted = _world(world)
    options = {"n_posts": int(n_posts), "seed": int(seed), "world": dataclasses.asdict(planted)}
    invented = {"by": _MAKER, "options": options, "generator": generator()}
    people = populate(planted, n_posts=n_posts, random=np.random.default_rng(_streams(seed, 0)))
    if folder is None:
        if n_posts > IN_MEMORY:
            raise OptionError(
                f"n_posts={n_posts}: more than {IN_MEMORY:,} posts are written to disk as they are drawn. Mend: give "
                "folder='a new folder'."
            )
        pairs = list(_blocks(planted, people, n_posts, seed))
        posts, told = (pd.concat(several, ignore_index=True) for several in zip(*pairs, strict=True))
        corpus = Corpus.of(posts, name="simulated", invented=invented)
        truth = Truth(planted, int(seed), people.authors, told)
    else:
        place = Path(folder)
        _write(place, planted, people, n_posts=n_posts, seed=seed, invented=invented)
        corpus, truth = Corpus.open(place / "corpus"), Truth.open(place / "truth")
    _invention.witness(invented, corpus.fingerprint)
    return Simulated(note(corpus, generator=generator()), truth)


def _world(given: World | Mapping[str, Any] | None) -> World:
    if isinstance(given, World):
        return given
    fields = [field.name for field in dataclasses.fields(World)]
    for name in given or {}:
        if name not in fields:
            raise OptionError(f"world: {name!r} is nothing that can be planted.{nearest(str(name), fields)}")
    return World(**dict(given or {}))


@cache
def generator() -> str:
    """Return the fingerprint of what generates: the sha256 of this chapter's own files."""
    whole = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        whole.update(f"{file.name}\0".encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()


def _streams(seed: int, number: int) -> np.random.SeedSequence:
    """Return the stream of the authors (0) or of a block (1 and up): it does not matter how many blocks there are."""
    return np.random.SeedSequence(seed, spawn_key=(number,))


def _blocks(world: World, people: Population, n_posts: int, seed: int) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    from tqdm import tqdm

    starts = range(0, n_posts, BLOCK)
    with tqdm(total=n_posts, unit=" posts", disable=None if n_posts > 2 * BLOCK else True, leave=False) as progress:
        for number, first in enumerate(starts, start=1):
            n = min(BLOCK, n_posts - first)
            yield block(world, people, n=n, first=first, random=np.random.default_rng(_streams(seed, number)))
            progress.update(n)


def _write(place: Path, world: World, people: Population, *, n_posts: int, seed: int, invented: dict[str, Any]) -> None:
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise OptionError(f"folder: {place.name} is there already and not empty. Mend: name a new folder.")
    with _files.folder_in_one_step(place) as beside:
        (beside / "corpus").mkdir()
        about: dict[str, Any] = {
            "name": "simulated",
            "steps": [],
            "losses": [],
            "pseudonyms": None,
            "invented": invented,
        }
        with TruthParts(beside / "truth", world, seed, people.authors) as parts:
            _parts.write(beside / "corpus", _told(_blocks(world, people, n_posts, seed), parts), about)


def _told(pairs: Iterator[tuple[pd.DataFrame, pd.DataFrame]], parts: TruthParts) -> Iterator[pd.DataFrame]:
    """Give the posts of each block, once what is true of them is written."""
    for posts, truth in pairs:
        parts.add(truth)
        yield posts
