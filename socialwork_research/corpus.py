"""The corpus: what was said."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, get_args

import pandas as pd

from . import _fingerprints, _parts, frames
from ._checks import option
from ._invention import shown_invented
from ._posts import COLUMNS, ORDER, typed
from ._selection import by_machine, counts_after, criteria, selected_part, told
from ._summary import Grouping, summary
from .errors import PrivacyError, SchemaError
from .provenance import traced

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["Corpus"]

_PART_SIZE = 100_000


@dataclasses.dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """Posts with threads, authors, times and places; the steps they went through; the losses of their import.

    Make one with ``sources.read`` (an export), ``Corpus.open`` (a saved corpus) or ``Corpus.of`` (a table).

    Parameters
    ----------
    name
        What the researcher calls it.
    source
        The posts: a table in memory, or the folder of a saved corpus.
    engine
        What runs the relational work: ``pandas``, ``duckdb`` or ``dask``.
    steps
        What was done so far, each step a dict with at least ``what``.
    losses
        The loss ledger of the import: columns what, n, where, mend.
    follows
        Who follows whom (columns source, target), if delivered.
    accounts
        One row an account (columns author_id, platform, profile, is_automated …), if delivered.
    pseudonyms
        The id of the key that made the ids; None where they are as the export had them.
    invented
        How it is known that nobody real speaks here (shipped by hash, or made by a generator); None for real posts.
    waiting
        Selections that are applied whenever the parts of a saved corpus are read.
    """

    name: str
    source: pd.DataFrame | Path
    engine: frames.Engine = "pandas"
    steps: tuple[dict[str, Any], ...] = ()
    losses: pd.DataFrame = dataclasses.field(default_factory=_parts.ledger)
    follows: pd.DataFrame | None = None
    accounts: pd.DataFrame | None = None
    pseudonyms: str | None = None
    invented: dict[str, Any] | None = None
    waiting: tuple[dict[str, Any], ...] = ()
    kind: ClassVar[str] = "corpus"

    @classmethod
    def of(cls, posts: pd.DataFrame, *, name: str, **about: Any) -> Corpus:
        """Make a corpus in memory from a table of posts.

        Parameters
        ----------
        posts
            At least ``post_id, thread_id, created_at`` (with a zone), ``platform``; columns left out are missing.
        name
            What to call it.
        about
            Further fields of a corpus: steps, losses, follows, accounts, pseudonyms, invented.

        Returns
        -------
        The corpus; posts are in the order of thread, time and id.

        Raises
        ------
        SchemaError
            If a column is unknown or of a wrong type, or if two posts have one id.

        Examples
        --------
        >>> import pandas as pd
        >>> post = {"post_id": ["a"], "thread_id": ["a"], "platform": ["forum"], "created_at": ["2021-05-04T09:00:00Z"]}
        >>> len(Corpus.of(pd.DataFrame(post), name="one post"))
        1
        """
        whole = typed(posts)
        twice = int(whole["post_id"].duplicated().sum())
        if twice:
            raise SchemaError(f"{twice} posts have the id of another post. Mend: keep one of each and count the rest.")
        return cls(name=name, source=whole.sort_values(ORDER, kind="stable", ignore_index=True), **about)

    @classmethod
    @traced
    def open(cls, path: str | Path, *, engine: frames.Engine = "duckdb") -> Corpus:
        """Open a corpus that was saved; nothing is read until it is asked for.

        Parameters
        ----------
        path
            The folder.
        engine
            What runs the relational work: ``duckdb`` (out of core), ``dask`` (many processes or machines), ``pandas``.

        Returns
        -------
        The corpus.

        Raises
        ------
        SchemaError
            If no corpus lies there.
        OptionError
            If the engine is unknown.

        Examples
        --------
        >>> Corpus.open("nowhere")
        Traceback (most recent call last):
        ...
        socialwork_research.errors.SchemaError: nowhere: no corpus lies here ...
        """
        option(engine, frames.ENGINES, "engine")
        folder = Path(path)
        about = _parts.read_description(folder)
        beside = {name: folder / f"{name}.parquet" for name in ("follows", "accounts")}
        return cls(
            name=about["name"],
            source=folder,
            engine=engine,
            steps=tuple(about["steps"]),
            losses=_parts.ledger(about["losses"]),
            pseudonyms=about["pseudonyms"],
            invented=about["invented"],
            **{name: pd.read_parquet(file) for name, file in beside.items() if file.exists()},
        )

    @cached_property
    def posts(self) -> pd.DataFrame:
        """All posts as pandas, in the order of thread, time and id (make a copy before changing it).

        Text: ``post_id, kind, thread_id, reply_to, reply_to_author, quote_of, repost_of, author_id`` (missing: deleted or
        unknown), ``platform, community, title, text, lang, author_state, author_profile``. Times, in UTC: ``created_at,
        edited_at, removed_at, fetched_at``. Numbers: ``n_edits, n_likes, n_shares``. True or false: ``is_deleted``. Lists
        (missing: not delivered): ``tags, mentions, links, media``.
        """
        return self.map(pd.DataFrame.copy).sort_values(ORDER, kind="stable", ignore_index=True)

    def scan(self) -> nw.LazyFrame[Any]:
        """Return a lazy view of the posts on the engine of this corpus."""
        if isinstance(self.source, pd.DataFrame):
            return frames.scan_table(self.source)
        lazy = frames.scan_parts(self._part_files, self.engine)
        for waiting in self.waiting:
            for _, test in criteria(waiting):
                lazy = lazy.filter(test)
        return lazy

    def map(self, function: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
        """Apply a pandas → pandas function to each part, in process or on Dask workers; results are concatenated.

        Parameters
        ----------
        function
            Takes posts, gives a table. It must be importable (no lambda), so that workers can be sent it.

        Returns
        -------
        The concatenated tables.

        Examples
        --------
        >>> from socialwork_research import sources
        >>> corpus = sources.read("corpora/sample/posts.jsonl")
        >>> corpus.map(pd.DataFrame.dropna).empty
        True
        """
        if isinstance(self.source, pd.DataFrame):
            return function(self.source.copy(deep=False))
        return frames.map_parts(function, partial(selected_part, self.waiting), self._part_files, self.engine)

    @traced
    def select(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        platform: str | Sequence[str] | None = None,
        community: str | Sequence[str] | None = None,
        words: str | Sequence[str] | None = None,
        lang: str | Sequence[str] | None = None,
        ids: Sequence[str] | None = None,
        automated: bool | None = None,
    ) -> Corpus:
        """Keep the posts that meet all criteria; each criterion is a step with the numbers before and after.

        Parameters
        ----------
        since, until
            First and last day (UTC), or times.
        platform, community, lang
            One value, or several any of which will do; posts where it is missing are left out.
        words
            A word or phrase, or several: posts whose text or title has any of them, as whole words.
        ids
            Post ids.
        automated
            False leaves out posts of accounts that are known to post by machine (``accounts``); True keeps them alone.

        Returns
        -------
        A corpus; its ``steps`` tell each criterion with ``n_before`` and ``n_after``.

        Raises
        ------
        OptionError
            If a date cannot be read or a list is empty.

        Examples
        --------
        >>> from socialwork_research import sources
        >>> corpus = sources.read("corpora/sample/posts.jsonl")
        >>> corpus.select(platform="mastodon").steps[-1]["n_after"]
        101
        """
        given: dict[str, Any] = {"since": since, "until": until, "platform": platform, "community": community}
        given |= {"words": words, "lang": lang, "ids": ids, "automated": by_machine(self.accounts, is_wanted=automated)}
        wanted = {name: value for name, value in given.items() if value is not None}
        tests = criteria(wanted)
        if not tests:
            return self
        counts = [len(self), *counts_after(self.scan(), tests)]
        steps = tuple(
            {"what": "select", "by": name, "value": told(wanted[name]), "n_before": before, "n_after": after}
            for (name, _), before, after in zip(tests, counts[:-1], counts[1:], strict=True)
        )
        if isinstance(self.source, Path):
            return dataclasses.replace(self, steps=self.steps + steps, waiting=(*self.waiting, wanted))
        lazy = self.scan()
        for _, test in tests:
            lazy = lazy.filter(test)
        kept = lazy.collect("pandas").to_native().reset_index(drop=True)
        return dataclasses.replace(self, source=kept, steps=self.steps + steps)

    @traced
    def summary(self, *, by: Grouping = "platform") -> pd.DataFrame:
        """Count what the corpus holds, group by group.

        Parameters
        ----------
        by
            The column whose values make the groups.

        Returns
        -------
        One row a group (index: the column's name; ``not stated`` where it is missing): ``n_posts``, ``n_authors``,
        ``n_threads``, ``n_deleted`` (posts), ``n_without_author`` (posts), ``first_at`` and ``last_at`` (days, UTC).

        Examples
        --------
        >>> from socialwork_research import sources
        >>> corpus = sources.read("corpora/sample/posts.jsonl")
        >>> corpus.summary().loc["mastodon", "n_posts"].item()
        101
        """
        option(by, get_args(Grouping), "by")
        return summary(self.scan(), by)

    @cached_property
    def fingerprint(self) -> str:
        """The content's fingerprint: equal posts give equal fingerprints, in any order and however parted."""
        if isinstance(self.source, Path) and not self.waiting:
            return str(_parts.read_description(self.source)["fingerprint"])
        return _fingerprints.of_sums([_fingerprints.sum_of_rows(self.posts)], list(COLUMNS))

    @cached_property
    def is_open(self) -> bool:
        """Whether real people could be read off its ids: neither pseudonymised nor shown to be invented."""
        if self.pseudonyms is not None or not self.invented:
            return self.pseudonyms is None
        return not shown_invented(self)

    def __len__(self) -> int:
        if isinstance(self.source, pd.DataFrame):
            return len(self.source)
        if not self.waiting:
            return int(_parts.read_description(self.source)["n_posts"])
        import narwhals as nw

        return int(frames.collect(self.scan().select(n=nw.col("post_id").count()), by=[])["n"].iloc[0])

    def __repr__(self) -> str:
        identity = "invented" if self.invented else "pseudonymised" if self.pseudonyms else "not pseudonymised"
        return f"Corpus {self.name!r}: {len(self):,} posts ({self.engine}, {identity}, {len(self.steps)} steps)"

    def _repr_html_(self) -> str:
        losses = self.losses.to_html(index=False, border=0) if len(self.losses) else "<p>No losses are recorded.</p>"
        flow = "".join(
            f"<li>{html.escape(str(step.get('what')))} {html.escape(str(step.get('by', '')))}: "
            f"{step.get('n_before', '')} → {step.get('n_after', '')}</li>"
            for step in self.steps
        )
        ledger = f"<details><summary>The loss ledger of the import</summary>{losses}</details>"
        return f"<p>{html.escape(repr(self))}</p><ol>{flow}</ol>{ledger}"

    @cached_property
    def _part_files(self) -> list[Path]:
        folder = Path(str(self.source))
        return [folder / "parts" / part["name"] for part in _parts.read_description(folder)["parts"]]

    def _save(self, folder: Path, *, raw: bool) -> None:
        if self.is_open and not raw:
            raise PrivacyError(
                f"Corpus {self.name!r} is not pseudonymised and cannot be saved. Mend: read the export again with "
                "key=privacy.key_from_environment(); or write raw=True and keep the folder where the raw data are."
            )
        about = {
            "name": self.name,
            "steps": list(self.steps),
            "losses": self.losses.to_dict("records"),
            "pseudonyms": self.pseudonyms,
            "invented": self.invented,
        }
        _parts.write(folder, self._chunks(), about, follows=self.follows, accounts=self.accounts)

    def _chunks(self) -> Iterator[pd.DataFrame]:
        if isinstance(self.source, Path):
            yield from (selected_part(self.waiting, part) for part in self._part_files)
            return
        for start in range(0, len(self.source), _PART_SIZE):
            yield self.source.iloc[start : start + _PART_SIZE]

    @classmethod
    def _load(cls, folder: Path) -> Corpus:
        return cls.open(folder)
