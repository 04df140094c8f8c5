"""Withdrawal and deletion: posts become empty places, what was made of them goes, and a search proves it.

What cannot be done from here: copies that left the project (backups, mails, another's machine), the history of git, and
blocks that a disk has freed but not yet overwritten. Ask whoever keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from .. import _parts
from .._checks import option
from .._withdrawn import NAME, Withdrawn, read
from ..errors import OptionError, PrivacyError, SchemaError
from ..kernels.hashing import Key
from ..provenance import traced
from ._deletion_ids import forms, of_authors, of_posts
from ._deletion_targets import Clear
from ._deletion_work import Places, Removed, carried_out, corpora
from ._deletion_work import listed as listed_posts

__all__ = ["Removed", "record", "resume", "sync", "withdraw"]

Meaning = Literal["present", "gone"]
Exports = Literal["leave", "remove"]


def withdraw(
    folder: str | Path,
    author: str | Sequence[str],
    *,
    key: Key | None = None,
    platform: str | None = None,
    exports: Exports = "leave",
    spans: str | Path | None = None,
) -> Removed:
    """Withdraw an author: their posts become empty places, and everything that was made of them goes.

    In all corpora of the project the author's posts lose text, title, links, media, mentions, tags, counts, profile and
    author; they stay in their threads as deleted, at the time they were posted, under an id of their own, with the day of
    the withdrawal. Mentions of the author, what later posts quote of them (eight words or more) and their name after ``@``
    or ``u/`` go from the posts of others. Rows of accounts, follows, codings, coders' sheets, themes, spans and other
    tables go, with the rows of embeddings that belong to them; notebooks, JSON and texts lose what they show; files that
    cannot be rewritten (pages, figures, documents) go whole if anything is found in them. What was counted before, such as
    tables of results, stays as it is: run the study again.

    Parameters
    ----------
    folder
        The project: the folder that holds the study, its results and its working files.
    author
        The account's id and its names as the platform has them (with `key`), or its pseudonym. Corpora know an account by
        its id where the export gives one, so a name alone may find mentions and no post: give both.
    key
        The project's key; needed for whatever is no pseudonym.
    platform
        The platform of the account; all that the corpora hold, where left out.
    exports
        What becomes of raw exports that lie in the project (named in study.toml, or packed): ``leave`` counts those that
        still hold what was withdrawn, as only you can take a line out of them; ``remove`` removes those. No import brings
        back what is on the list.
    spans
        The file of spans that ``privacy.redact`` wrote for the key-holder, which lies outside the project.

    Returns
    -------
    What was done, by counts alone: see `Removed`.

    Raises
    ------
    PrivacyError
        If nobody of that name wrote in these corpora or is mentioned there, or if anything was found afterwards.
    SchemaError
        If the folder holds no corpus.

    Examples
    --------
    >>> import tempfile
    >>> from socialwork_research import save, sources
    >>> with tempfile.TemporaryDirectory() as project:
    ...     _ = save(sources.read("corpora/sample/posts.jsonl"), project + "/corpus")
    ...     withdraw(project, "placementpanic").table.loc["posts emptied", "files"].item()
    1
    """
    option(exports, get_args(Exports), "exports")
    root, lists = _opened(folder)
    folders = _corpora(root)
    known = of_authors(folders)
    given = [author] if isinstance(author, str) else list(author)
    meant = forms(given, ("author", "handle"), key=key, platforms=_platforms(known, platform))
    found = sorted(set(meant) & set(known["id"]))
    if not found and not lists.gone_authors(meant):
        raise PrivacyError(
            "Nobody of this id or name wrote in these corpora or is mentioned there. Mend: give the id of the account, not "
            "the name that it shows; the key with which the corpus was made; and the right folder."
        )
    posts = of_posts(folders)
    ids = posts.loc[posts["author_id"].isin(found), "post_id"]
    lists.authors |= {lists.of("author", each) for each in found}
    pseudonyms = set(known.loc[known["is_pseudonym"], "id"])
    names = [each.removeprefix("@") for each in given if each not in pseudonyms]
    listed_posts(lists, ids, state="deleted")
    lists.pending = {"reason": "withdrawal", "of": len(posts), "n_posts": ids.nunique()}
    return _done(root, lists, clear=Clear(meant, names), exports=exports, spans=spans)


def sync(
    folder: str | Path,
    listed: Iterable[str],
    *,
    are: Meaning,
    key: Key | None = None,
    platform: str | None = None,
    at_most: float = 0.5,
    exports: Exports = "leave",
    spans: str | Path | None = None,
) -> Removed:
    """Follow a platform's deletions: posts that are no longer there become empty places, as with `withdraw`.

    Parameters
    ----------
    folder
        The project: the folder that holds the study, its results and its working files.
    listed
        Ids of posts, as the platform's own client gives them (with `key`), or pseudonyms.
    are
        Whether these are the posts that are still ``present`` or those that are ``gone``.
    key
        The project's key; needed for whatever is no pseudonym.
    platform
        The platform that was asked; needed where the corpora hold several, as a list of one says nothing of another.
    at_most
        The largest share of that platform's posts that may go: more looks like a list of something else (0-1).
    exports
        What becomes of raw exports in the project: see `withdraw`.
    spans
        The file of spans outside the project: see `withdraw`.

    Returns
    -------
    What was done, by counts alone, with the share of posts that was deleted since the collection: see `Removed`. That share
    is to be reported, since deletion is not random.

    Raises
    ------
    PrivacyError
        If the list fits no post, or if anything was found afterwards.
    OptionError
        If `platform` is needed or unknown, or more would go than `at_most`.
    SchemaError
        If the folder holds no corpus.

    Examples
    --------
    >>> import tempfile
    >>> from socialwork_research import save, sources
    >>> with tempfile.TemporaryDirectory() as project:
    ...     _ = save(sources.read("corpora/sample/posts.jsonl"), project + "/corpus")
    ...     sync(project, ["T01-01", "T01-02"], are="gone", platform="reddit").table.loc["posts emptied", "rows"].item()
    2
    """
    option(are, get_args(Meaning), "are")
    option(exports, get_args(Exports), "exports")
    root, lists = _opened(folder)
    posts = of_posts(_corpora(root))
    places = sorted(posts["platform"].unique())
    if platform is None and len(places) > 1:
        raise OptionError(f"The corpora hold posts of {', '.join(places)}. Mend: say platform= of the list.")
    platform = places[0] if platform is None else _known(platform, places)
    judged = posts[posts["platform"].eq(platform)]
    meant = forms(listed, ("post",), key=key, platforms=[platform])
    is_listed = judged["post_id"].isin(set(meant))
    if not is_listed.any():
        raise PrivacyError(
            "No post of these corpora is on the list. Mend: give ids as the export has them, and the key of the project."
        )
    is_gone = (is_listed if are == "gone" else ~is_listed) & ~judged["is_deleted"]
    if is_gone.mean() > at_most:
        raise OptionError(
            f"{is_gone.mean():.0%} of the posts would go, more than at_most={at_most}. Mend: see that the list is whole; "
            "if it is, say so by at_most=1.0."
        )
    ids = judged.loc[is_gone, "post_id"]
    listed_posts(lists, ids, state="unknown")
    lists.pending = {"reason": "deletion", "of": len(judged), "n_posts": ids.nunique()}
    return _done(root, lists, clear=Clear(meant if are == "gone" else ()), exports=exports, spans=spans)


def resume(folder: str | Path, *, exports: Exports = "leave", spans: str | Path | None = None) -> Removed:
    """Go on with a withdrawal that was interrupted; each file is as it was or as it is to be, so nothing is half done.

    Account names that were handed to `withdraw` are kept nowhere: call that again where they stand in running texts.

    Parameters
    ----------
    folder
        The project.
    exports
        What becomes of raw exports in the project: see `withdraw`.
    spans
        The file of spans outside the project: see `withdraw`.

    Returns
    -------
    What had still to be done, by counts alone: see `Removed`.

    Raises
    ------
    PrivacyError
        If nothing was interrupted, or if anything was found afterwards.
    SchemaError
        If the folder holds no corpus.

    Examples
    --------
    >>> resume("nowhere")
    Traceback (most recent call last):
    ...
    socialwork_research.errors.SchemaError: nowhere: no corpus lies in this folder...
    """
    option(exports, get_args(Exports), "exports")
    root, lists = _opened(folder)
    _corpora(root)
    if lists.pending is None:
        raise PrivacyError("No withdrawal was interrupted here. Mend: withdraw() or sync() begins one.")
    return _done(root, lists, clear=Clear(), exports=exports, spans=spans)


@traced
def record(folder: str | Path) -> pd.DataFrame:
    """Tell which withdrawals a project has gone through, so that a study can be held against the corpus as it now stands.

    Parameters
    ----------
    folder
        The project.

    Returns
    -------
    One row a withdrawal and corpus, in their order (index ``number`` from 1).

    ``day``
        When (UTC).
    ``reason``
        "withdrawal" (of an author) or "deletion" (on the platform).
    ``n_posts``
        Posts that became empty places (0 and up).
    ``share``
        Of how many posts (0-1).
    ``n_files``
        Files that were changed or removed (0 and up).
    ``n_searched``
        Files that were searched afterwards (0 and up); nothing was found in them but in ``n_exports``.
    ``n_exports``
        Raw exports that still held it (0 and up).
    ``corpus``
        The corpus' folder.
    ``before``, ``after``
        Its fingerprints.

    Examples
    --------
    >>> len(record("nowhere"))
    0
    """
    root = Path(folder)
    file = _list_of(root)
    rows = []
    for each in read(file).records if file.exists() else []:
        about = {
            name: each[name] for name in ("day", "reason", "n_posts", "share", "n_files", "n_searched", "n_exports")
        }
        rows += [
            {**about, "corpus": one["name"], "before": one["before"], "after": one["after"]} for one in each["corpora"]
        ]
    kinds = {"day": "str", "reason": "str", "n_posts": "int64", "share": "float64", "n_files": "int64"}
    more = {"n_searched": "int64", "n_exports": "int64", "corpus": "str", "before": "str", "after": "str"}
    table = pd.DataFrame(rows, columns=[*kinds, *more]).astype({**kinds, **more})
    table.index = pd.RangeIndex(1, len(table) + 1, name="number")
    return table


def _list_of(root: Path) -> Path:
    """Return where the list lies: in the project, or beside a corpus that is given by itself."""
    return (root.absolute().parent if (root / _parts.DESCRIPTION).exists() else root) / NAME


def _opened(folder: str | Path) -> tuple[Path, Withdrawn]:
    file = _list_of(Path(folder))
    return Path(folder), read(file) if file.exists() else Withdrawn()


def _corpora(root: Path) -> list[Path]:
    found = corpora(root)
    if not found:
        raise SchemaError(f"{root.name}: no corpus lies in this folder. Mend: give the folder of the whole project.")
    return found


def _platforms(known: pd.DataFrame, platform: str | None) -> list[str]:
    there = sorted(known["platform"].dropna().unique())
    return there if platform is None else [_known(platform, there)]


def _known(platform: str, places: list[str]) -> str:
    return option(platform, places, "platform")


def _done(root: Path, lists: Withdrawn, *, clear: Clear, exports: Exports, spans: str | Path | None) -> Removed:
    if spans is not None and not Path(spans).is_file():
        raise SchemaError(f"{Path(spans).name}: there is no such file of spans. Mend: give its place, or leave it out.")
    further = () if spans is None else (Path(spans),)
    places = Places(root, _list_of(root), further)
    return carried_out(places, lists, clear=clear, remove_exports=exports == "remove")
