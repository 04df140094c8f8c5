"""The truth of a simulated corpus: what was planted, who is who, and what each post is."""

from __future__ import annotations

import dataclasses
import html
import json
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from .. import _files, _fingerprints
from ..coding import Coding
from ..errors import SchemaError
from ..provenance import traced
from ._block import CODE
from ._population import PLATFORMS
from ._world import World

__all__ = ["Truth"]

_DESCRIPTION = "truth.json"
CODEBOOK, VERSION = "boundary_risk", "simulated"


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Truth:
    """What is true of a simulated corpus; `simulate` makes it, and puts it on disk beside the corpus.

    Parameters
    ----------
    world
        What was planted.
    seed
        The seed of all that was drawn.
    authors
        One row an author: ``author_id, platform, community`` (from 1 up), ``role, activity`` (weight), ``attraction,
        inclination`` (standard normal), ``joined_at, left_at``.
    source
        The table of posts, or the folder where its parts lie.
    """

    world: World
    seed: int
    authors: pd.DataFrame
    source: pd.DataFrame | Path
    kind: ClassVar[str] = "truth"

    @classmethod
    @traced
    def open(cls, path: str | Path) -> Truth:
        """Open the truth that `simulate` wrote.

        Parameters
        ----------
        path
            The folder ``truth`` beside the corpus.

        Returns
        -------
        The truth; its posts are read when they are asked for.

        Raises
        ------
        SchemaError
            If no truth lies there.

        Examples
        --------
        >>> Truth.open("nowhere")
        Traceback (most recent call last):
        ...
        socialwork_research.errors.SchemaError: nowhere: no truth lies here ...
        """
        folder = Path(path)
        if not (folder / _DESCRIPTION).exists():
            raise SchemaError(
                f"{folder.name}: no truth lies here ({_DESCRIPTION} is missing). Mend: give the folder that simulate() "
                "wrote."
            )
        about = json.loads((folder / _DESCRIPTION).read_text("utf-8"))
        authors = pd.read_parquet(folder / "authors.parquet")
        return cls(World(**about["world"]), int(about["seed"]), authors, folder)

    @cached_property
    def posts(self) -> pd.DataFrame:
        """What is true of each post.

        ``post_id, thread_id, author_id, platform``, ``period`` (first, second half), ``role``, ``community`` (the
        author's, planted), ``topic``, ``is_chat`` (of a scheduled chat), ``is_enacted`` and ``is_talk`` (the code).
        """
        if isinstance(self.source, pd.DataFrame):
            return self.source
        return pd.concat(
            [pd.read_parquet(part) for part in sorted(self.source.glob("part-*.parquet"))], ignore_index=True
        )

    @traced
    def planted(self) -> pd.DataFrame:
        """Tell the planted values that an estimator should find again.

        Returns
        -------
        One row a quantity (index ``measure``): ``value``, and ``about`` (what it is, and its unit). Probabilities and shares
        lie between 0 and 1; effects are log odds or log weights.

        Examples
        --------
        >>> from socialwork_research.simulation import simulate
        >>> corpus, truth = simulate(500, seed=7, world={"reply_back": 0.25})
        >>> truth.planted().loc["reply_back", "value"].item()
        0.25
        """
        world = self.world
        rows = [
            ("reply_back", world.reply_back, "probability of answering back where that is due"),
            ("root_bias", world.root_bias, "log weight of the opening post as something to answer"),
            ("recency", world.recency, "power with which attention falls by posts since"),
            ("role_mixing", world.role_mixing, "log odds of answering somebody of one's own role"),
            ("attention", world.attention, "standard deviation of the authors' log attraction"),
            ("leader_pull", world.leader_pull, "log attraction of leaders"),
            ("own_community", world.within + (1 - world.within) / world.communities,
             "share of participants who are of the community of who opened the thread"),
            ("answered", world.answered, "share of threads that would be answered, were there no end and no deletion"),
            *((f"answered_{hours}h", world.answered_by(hours), f"share of threads answered within {hours} hours; deletion competes")
              for hours in (1, 24, 168)),
            ("deleted", world.deleted, "share of posts that their authors delete sooner or later"),
            ("chats", world.chats, "share of threads that are scheduled chats"),
            ("topic_words", world.topic_words, "share of words that are the topic's own"),
            ("talk", world.talk, "share of posts that talk of the code, of those that do not enact it"),
            *((f"enacted/{platform}/{half}",
               world.enacts(second_platform=platform == PLATFORMS[1], second_half=half == "second"),
               "share of posts by professionals and students that enact the code")
              for platform in PLATFORMS for half in ("first", "second")),
        ]  # fmt: skip
        table = pd.DataFrame(rows, columns=["measure", "value", "about"]).set_index("measure")
        return table.astype({"value": "float64", "about": "str"})

    @traced
    def coding(self, *, coder: str = "truth") -> Coding:
        """Give the truth as a coding: every post looked at, every mark right, every speaker known.

        Parameters
        ----------
        coder
            What to call the coder.

        Returns
        -------
        A coding of all posts in memory: enacted marks, and marks with the stance advice_sought where the post only talks.

        Examples
        --------
        >>> from socialwork_research.simulation import simulate
        >>> corpus, truth = simulate(500, seed=7)
        >>> truth.coding().looked_at["post_id"].nunique()
        500
        """
        return coded(self.posts, enacted=self.posts["is_enacted"].to_numpy(), coder=coder)

    @cached_property
    def fingerprint(self) -> str:
        """The content's fingerprint: equal truths have equal ones, in memory and on disk."""
        sums = [self._sums, list(_fingerprints.sum_of_rows(self.authors))]
        return _fingerprints.of_value([dataclasses.asdict(self.world), self.seed, sums])

    @cached_property
    def _sums(self) -> list[int]:
        if isinstance(self.source, pd.DataFrame):
            return list(_fingerprints.sum_of_rows(self.source))
        return [int(each) for each in json.loads((self.source / _DESCRIPTION).read_text("utf-8"))["sums"]]

    def __len__(self) -> int:
        return self._sums[0]

    def __repr__(self) -> str:
        return f"Truth of {len(self):,} simulated posts by {len(self.authors):,} authors (seed {self.seed})"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>{self.planted().to_html(border=0)}"

    def _save(self, folder: Path, *, raw: bool) -> None:
        del raw  # nobody real is in it
        with TruthParts(folder, self.world, self.seed, self.authors) as parts:
            parts.add(self.posts)

    @classmethod
    def _load(cls, folder: Path) -> Truth:
        return cls.open(folder)


class TruthParts:
    """Writes a truth part by part, and at last what holds for all of it."""

    def __init__(self, folder: Path, world: World, seed: int, authors: pd.DataFrame) -> None:
        self.folder, self.world, self.seed, self.authors = folder, world, seed, authors
        self.sums = [0, 0, 0]
        self.number = 0

    def __enter__(self) -> TruthParts:
        self.folder.mkdir(exist_ok=True)
        return self

    def add(self, posts: pd.DataFrame) -> None:
        """Write one part."""
        posts.to_parquet(self.folder / f"part-{self.number:05d}.parquet", index=False)
        new = _fingerprints.sum_of_rows(posts)
        self.sums = [(old + more) % 2**64 for old, more in zip(self.sums, new, strict=True)]
        self.number += 1

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.authors.to_parquet(self.folder / "authors.parquet", index=False)
            about = {"world": dataclasses.asdict(self.world), "seed": self.seed, "sums": list(map(str, self.sums))}
            _files.write_json(self.folder / _DESCRIPTION, about)


def coded(posts: pd.DataFrame, *, enacted: np.ndarray, coder: str) -> Coding:
    """Make a coding of simulated posts in which these are marked as enacted, and talk is marked as talk."""
    talk = posts["is_talk"].to_numpy() & ~enacted
    base: dict[str, Any] = {"coder": coder}
    seen = posts[["post_id", "thread_id", "author_id", "platform"]].assign(**base, codebook=CODEBOOK, version=VERSION)
    marks = pd.concat(
        [
            posts.loc[which, ["post_id"]].assign(**base, code=CODE, stance=stance, severity=severity)
            for which, stance, severity in ((enacted, "enacted", 1), (talk, "advice_sought", 0))
        ]
    )
    speakers = posts[["post_id", "role"]].assign(**base, profession="social_work", certainty="known")
    return Coding.of(seen, marks, speakers)
