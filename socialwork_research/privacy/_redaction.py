"""Redaction: what names or points to somebody in a text gives way to a label."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .. import _files, _parts
from .._checks import option
from .._posts import COLUMNS
from ..corpus import Corpus
from ..errors import OptionError, PrivacyError
from ..kernels.hashing import Key
from ..provenance import traced
from ._redaction_accounts import accounts
from ._redaction_find import Finder
from ._redaction_labels import KINDS, Kind
from ._redaction_order import in_order
from ._redaction_posts import Redactor, profiles
from ._redaction_spans import spans_file

__all__ = ["redact", "redactions"]

STEP = "redacted"


@traced
def redact(
    corpus: Corpus,
    *,
    key: Key | None = None,
    leave: Sequence[Kind] = (),
    folder: str | Path | None = None,
    spans: str | Path | None = None,
) -> Corpus:
    """Put labels in the place of identifiers: ``[PERSON_1]``, ``[PHONE_1]``, numbered within a thread.

    Titles, texts, tags, links, media and authors' profiles are treated. Within a thread the same words get the same label,
    so that who speaks of whom can still be read; between threads numbers mean nothing. Profiles are numbered each on its
    own. What overlaps is redacted as one. A person whose name is no everyday word and is found in one post of a thread is found
    in its other titles and texts too, however the name is written there.

    By default everything that is found goes, days as well: the day of a hearing or a death leads to a family, a month or
    a year hardly does, and stays. So do ages of groups, times of day, statutes, scores, prices, free helplines, and names
    of communities (``r/…``).

    Parameters
    ----------
    corpus
        Any corpus; it stays as it is.
    key
        The key that made its pseudonyms: words in the texts are then looked up among its accounts' names. Without it such
        names are found only where they are written as ``@name`` or ``u/name``; the step says which it was.
    leave
        Kinds that stay in the text, e.g. ``("DATE", "AGE")``.
    folder
        A new folder to write the corpus to, part after part; None keeps it in memory.
    spans
        A new file for whoever holds the key, outside of every project, git work tree and corpus, readable by its owner
        alone: where something was redacted (post_id, column, item, start, end, kind, number), without the words.

    Returns
    -------
    The corpus; its last step tells how many posts and spans of each kind there were.

    Raises
    ------
    OptionError
        If a kind is unknown, or the folder is there already.
    PrivacyError
        If the key is another's, the file of spans would lie where it would be shared, or a corpus with open identities
        would be written to a folder.

    References
    ----------
    45 CFR 164.514(b)(2), the identifiers that are removed from health records in the United States.

    Examples
    --------
    >>> from socialwork_research import sources
    >>> corpus = redact(sources.read("corpora/sample/posts.jsonl"))
    >>> corpus.steps[-1]["what"]
    'redacted'
    """
    several = sorted({option(kind, KINDS, "leave") for kind in ([leave] if isinstance(leave, str) else leave)})
    _check(corpus, folder)
    known = accounts(corpus, key)
    finder = Finder(several, known)
    redactor = Redactor(finder, several)
    told = {"leave": several, "account_names": "looked for" if known else "not looked for: no key was given"}
    beside = corpus.accounts if corpus.accounts is None else _accounts(corpus.accounts, finder)
    with spans_file(None if spans is None else Path(spans)) as add:
        chunks = _redacted(corpus, redactor, add)
        if folder is None:
            whole = [each for each in chunks if len(each)]
            posts = pd.concat(whole, ignore_index=True) if whole else pd.DataFrame(columns=list(COLUMNS))
            made = dataclasses.replace(
                Corpus.of(posts, name=corpus.name), losses=corpus.losses, pseudonyms=corpus.pseudonyms, accounts=beside,
                invented=corpus.invented, follows=corpus.follows, steps=(*corpus.steps, _step(redactor, told, len(posts))),
            )  # fmt: skip
        else:
            _write(corpus, Path(folder), chunks, redactor=redactor, told=told, beside=beside)
    return made if folder is None else Corpus.open(folder)


@traced
def redactions(corpus: Corpus) -> pd.DataFrame:
    """Count what was redacted in a corpus, kind by kind.

    Parameters
    ----------
    corpus
        A corpus that `redact` gave, or that was made of one.

    Returns
    -------
    One row a kind that was found (index: ``kind``), none where nothing was redacted; profiles are not counted here.

    ``n_posts``
        Posts that held it (int64).
    ``n_spans``
        How often it stood in them (int64).

    Examples
    --------
    >>> from socialwork_research import sources
    >>> redactions(sources.read("corpora/sample/posts.jsonl"))
    Empty DataFrame
    Columns: [n_posts, n_spans]
    Index: []
    """
    n_posts: Counter[str] = Counter()
    n_spans: Counter[str] = Counter()
    for step in corpus.steps:
        if step.get("what") == STEP:
            for kind, (posts, spans) in step["kinds"].items():
                n_posts[kind] += posts
                n_spans[kind] += spans
    kinds = sorted(n_posts)
    index = pd.Index(kinds, dtype="str", name="kind")
    columns = {"n_posts": [n_posts[kind] for kind in kinds], "n_spans": [n_spans[kind] for kind in kinds]}
    return pd.DataFrame(columns, index=index, dtype="int64")


def _check(corpus: Corpus, folder: str | Path | None) -> None:
    if folder is None:
        return
    if corpus.is_open:
        raise PrivacyError(
            f"Corpus {corpus.name!r} is not pseudonymised and is not written to a folder. Mend: read the export again with "
            "key=privacy.key_from_environment(), or leave folder= out."
        )
    if Path(folder).exists():
        raise OptionError(f"folder={Path(folder).name!r} is there already. Mend: take a new name, or remove it.")


def _redacted(corpus: Corpus, redactor: Redactor, add: Any) -> Iterator[pd.DataFrame]:
    from tqdm import tqdm

    with tqdm(total=len(corpus), unit=" posts", disable=None, leave=False) as bar:
        for chunk in in_order(corpus):
            posts, spans = redactor(chunk)
            add(spans)
            yield posts
            bar.update(len(chunk))


def _step(redactor: Redactor, told: dict[str, Any], n: int) -> dict[str, Any]:
    """Tell what was done by numbers and kinds alone."""
    kinds = {kind: [redactor.n_with[kind], redactor.n_spans[kind]] for kind in sorted(redactor.n_spans)}
    counts = {"n_before": n, "n_after": n, "n_posts": redactor.n_posts, "n_profiles": redactor.n_profiles}
    return {"what": STEP, **counts, "kinds": kinds, **told}


def _write(
    corpus: Corpus,
    folder: Path,
    chunks: Iterator[pd.DataFrame],
    *,
    redactor: Redactor,
    told: dict[str, Any],
    beside: pd.DataFrame | None,
) -> None:
    about: dict[str, Any] = {
        "name": corpus.name,
        "steps": [],
        "losses": corpus.losses.to_dict("records"),
        "pseudonyms": corpus.pseudonyms,
        "invented": corpus.invented,
    }
    with _files.folder_in_one_step(folder) as place:
        written = _parts.write(place, chunks, about, follows=corpus.follows, accounts=beside)
        steps = [*corpus.steps, _step(redactor, told, int(written["n_posts"]))]
        _files.write_json(place / _parts.DESCRIPTION, {**written, "steps": steps})
        _files.write_text(place / "datasheet.md", _parts.datasheet({**written, "steps": steps}))


def _accounts(table: pd.DataFrame, finder: Finder) -> pd.DataFrame:
    """Redact the profiles in the table of accounts."""
    if "profile" not in table or "platform" not in table:
        return table
    return table.assign(profile=profiles(table["profile"], platforms=table["platform"].tolist(), finder=finder))
