"""ConvoKit: the folder of a corpus, read in its present and older forms, and written for ConvoKit's own loader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from .. import _files
from ..corpus import Corpus
from ..errors import OptionError, PrivacyError, SchemaError
from ..kernels.hashing import Key
from ..provenance import papers, traced
from . import _assemble, _convokit_json, _convokit_rows, _convokit_write, _invented, _paths
from ._about import About
from ._archive import unfolded
from ._ledger import Chunk, Loss

__all__ = ["detect", "read", "write"]

ABOUT = About(
    how="The folder of a ConvoKit corpus. Ready corpora of Reddit reach to October 2018.",
    terms="each corpus' own: not read here",
    lacks=(
        "What a corpus' maker left out of its meta fields. Reddit's small corpus begins conversations at the top "
        "comment, the others at the post. Pickled fields are not opened. Parents that were deleted are absent."
    ),
    tested_on="untested on a published corpus: from ConvoKit's source and what its own code writes",
)

CANNOT_CARRY: Mapping[str, Mapping[str, str]] = {
    "subreddit": {
        "edited_at": "edits are not told",
        "lang": "no language is told",
        "links": "links are not told apart from words",
        "mentions": "names are not told apart from words",
        "tags": "flairs of posts are not told",
        "accounts": "speakers without a profile",
        "follows": "who follows whom is not told",
    }
}

_UTTERANCES = ("utterances.jsonl", "utterances.json")  # the first that is there is read, as ConvoKit does
_SPEAKERS = ("speakers.json", "users.json")
_CONVERSATIONS, _OVERALL, _INDEX = "conversations.json", "corpus.json", "index.json"
_ACCOUNTS = ["author_id", "platform", "profile", "is_automated"]
_SPEAKER_META = frozenset(("platform", "profile", "follows", "author_state", "is_ai"))
_CONVERSATION_META = frozenset(("title", "community", "subreddit", "platform"))
_OVERALL_META = frozenset(("platform", "community", "subreddit"))
_ROWS = 50_000
_MEND_PICKLE = "a pickle runs code when it is opened, so none is; what lies in them is missing here"
_MEND_UNTRIED = (
    "read after ConvoKit's documentation and source; compare the counts with those that come with the corpus"
)


def detect(path: str | Path) -> bool:
    """Tell whether a folder is a corpus of ConvoKit, or a file its utterances.

    Parameters
    ----------
    path
        The folder or file.

    Returns
    -------
    Whether it is.

    Examples
    --------
    >>> detect("nowhere")
    False
    """
    return _utterances(Path(path)) is not None


@traced
@unfolded
def read(
    path: str | Path,
    *,
    key: Key | None = None,
    name: str | None = None,
    folder: str | Path | None = None,
    zone: str | None = None,
) -> Corpus:
    """Read a corpus of ConvoKit: ``utterances.jsonl``, or ``utterances.json`` of old versions, and what lies beside it.

    Parameters
    ----------
    path
        The folder of the corpus, or its file of utterances, which is then read alone.
    key
        The project's key; without one the corpus lives in memory and is capped at 100,000 posts.
    name
        What to call the corpus; else the folder's name.
    folder
        A new folder to write the corpus to; None keeps it in memory.
    zone
        The zone of times that are written out and name none; seconds since 1970 need none.

    Returns
    -------
    The corpus. Threads are the corpus' own conversations, which may begin at a post or at a comment below it, as
    whoever made the corpus chose. ``platform`` is what the metadata name, Reddit where they name a subreddit, else
    "convokit". Speakers are accounts; the speakers ``[deleted]``, ``[suspended]`` and ``[unknown]`` are nobody.
    Understood are metadata under the names of our columns, and those of ConvoKit's subreddit corpora: ``score,
    subreddit, title, top_level_comment, retrieved_on, author_flair_text``; all others are counted by name. An
    utterance whose timestamp is missing, or only an order (below 100,000,000), is refused. Pickles (``.p``, ``.bin``)
    are never opened.

    Raises
    ------
    SchemaError
        If there are no utterances of ConvoKit, a file beside them is damaged, or no utterance has a date.
    PrivacyError
        If there are too many posts to go without a key.

    Notes
    -----
    From documentation and source; untested on published corpora. ConvoKit 5.0.0 itself loads what `write` writes, and
    what it then dumps is read here without loss.

    References
    ----------
    Chang, J. P., Chiam, C., Fu, L., Wang, A., Zhang, J. and Danescu-Niculescu-Mizil, C. (2020). ConvoKit: a toolkit
    for the analysis of conversations. SIGDIAL 21, 57–60. https://doi.org/10.18653/v1/2020.sigdial-1.8

    ConvoKit, ``docs/source/data_format.rst`` and ``convokit/model`` at commit 5dabba5a (June 2026).
    https://github.com/CornellNLP/ConvoKit

    Examples
    --------
    >>> import tempfile
    >>> line = (
    ...     '{"id": "a", "conversation_id": "a", "speaker": "x", "text": "Hello", "reply-to": null, "timestamp": 1.7e9}'
    ... )
    >>> with tempfile.TemporaryDirectory() as place:
    ...     file = Path(place, "utterances.jsonl")
    ...     _ = file.write_text(line)
    ...     read(file).posts[["text", "platform"]].values.tolist()
    [['Hello', 'convokit']]
    """
    given = _paths.existing(path)
    file = _utterances(given)
    if file is None:
        raise SchemaError(
            f"{given.name}: no utterances of ConvoKit lie here (utterances.jsonl, each with id, speaker, text, "
            "conversation_id and reply-to). Mend: give the folder of the corpus; any other lines of JSON are read by "
            "sources.table.read(path, columns={...})."
        )
    inside = [file]
    if given.is_dir():
        inside += [given / each for each in (*_SPEAKERS, _CONVERSATIONS, _OVERALL, _INDEX) if (given / each).is_file()]
    return _assemble.assemble(
        _chunks(file, {each.name: each for each in inside[1:]}, is_alone=not given.is_dir()),
        platform=_convokit_rows.PLATFORM,
        name=name or _paths.stem(path),
        key=key,
        folder=folder,
        zone=zone,
        invented=_invented.recognised(inside),
        unit="line" if file.suffix == ".jsonl" else "row",
    )


def write(corpus: Corpus, folder: str | Path, *, raw: bool = False) -> Path:
    """Write a corpus as a folder that ConvoKit's own loader reads, in one step; all its files are ASCII.

    Parameters
    ----------
    corpus
        The corpus. Posts become utterances, threads conversations, accounts speakers; what ConvoKit has no field for
        goes into the metadata under the names of our columns, so that `read` gives the same posts again.
    folder
        A new folder.
    raw
        Write also a corpus that is not pseudonymised.

    Returns
    -------
    The folder. It holds the posts' text, as a saved corpus does. Posts without an author have the speaker
    ``[deleted]``, ``[suspended]`` or ``[unknown]``, which ConvoKit takes for one person each: leave those speakers out
    before measuring who talks with whom. Replies keep the id of a parent that is not in the corpus; ConvoKit loads
    such a conversation and cannot traverse it. ``corpus.json`` tells how many there are.

    Raises
    ------
    PrivacyError
        If the corpus is not pseudonymised and `raw` is not set.
    OptionError
        If the folder is there already.
    SchemaError
        If one author id stands for accounts of several platforms.

    References
    ----------
    ConvoKit, ``convokit/model/corpus_helpers.py`` at commit 5dabba5a (June 2026).
    https://github.com/CornellNLP/ConvoKit

    Examples
    --------
    >>> import tempfile
    >>> from socialwork_research import sources
    >>> corpus = sources.read("corpora/sample/posts.jsonl")
    >>> with tempfile.TemporaryDirectory() as place:
    ...     read(write(corpus, Path(place, "talk"))).fingerprint == corpus.fingerprint
    True
    """
    folder = Path(folder)
    if corpus.is_open and not raw:
        raise PrivacyError(
            f"Corpus {corpus.name!r} is not pseudonymised and is not written. Mend: read the export again with "
            "key=privacy.key_from_environment(); or write raw=True and keep the folder where the raw data are."
        )
    if folder.exists():
        raise OptionError(f"folder={folder.name!r} is there already. Mend: take a new name, or remove it.")
    with _files.folder_in_one_step(folder) as place:
        _convokit_write.written(corpus, place)
        if told := papers(corpus):
            _files.write_json(place / "papers.json", told)
    return folder


def _utterances(path: Path) -> Path | None:
    """Return the file of utterances that a path is or holds."""
    if path.is_dir():
        beside = any((path / each).is_file() for each in (*_SPEAKERS, _CONVERSATIONS))
        here = next((path / each for each in _UTTERANCES if (path / each).is_file()), None)
        return here if here is not None and _is_utterance(here, is_strict=not beside) else None
    is_json = path.is_file() and path.suffix.casefold() in (".jsonl", ".json")
    return path if is_json and _is_utterance(path, is_strict=True) else None


def _is_utterance(file: Path, *, is_strict: bool) -> bool:
    first = _convokit_json.first_object(file)
    if "id" not in first or not ("speaker" in first or "user" in first):
        return False
    is_placed = ("conversation_id" in first or "root" in first) and ("reply-to" in first or "reply_to" in first)
    return not is_strict or (is_placed and "text" in first)


def _chunks(file: Path, beside: dict[str, Path], *, is_alone: bool) -> Iterator[Chunk]:
    yield Chunk(pd.DataFrame(), tuple(_told(file, beside, is_alone=is_alone)))
    overall = dict(_convokit_json.items(beside[_OVERALL], opening="{")) if _OVERALL in beside else {}
    conversations = {}
    ignored: Counter[str] = Counter()
    if _CONVERSATIONS in beside:
        for name, value in _convokit_json.items(beside[_CONVERSATIONS], opening="{"):
            meta = _convokit_rows.metadata(value)
            ignored.update(meta.keys() - _CONVERSATION_META)
            told = _convokit_rows.of_conversation(meta)
            if any(told):
                conversations[name] = told
    platform, community = _convokit_rows.of_corpus(overall)
    setting, met = _convokit_rows.Setting(platform, community, conversations), _convokit_rows.Met()
    batches = _convokit_json.lines(file) if file.suffix == ".jsonl" else _convokit_json.listed(file)
    for objects, losses in batches:
        yield Chunk(pd.DataFrame(), tuple(losses))
        yield _convokit_rows.chunk(objects, met, setting=setting, file=file.name)
    if met.n and not met.n_dated:
        raise SchemaError(
            f"{file.name}: no utterance has a date as its timestamp; ConvoKit asks for an order only. Mend: write the "
            "date into timestamp as seconds since 1970 or ISO 8601, or name the field that holds it in "
            "sources.table.read(path, columns={'created_at': ...})."
        )
    yield from _accounts(beside, met, platform=platform)
    unread = {"utterance": met.ignored, "conversation": ignored, "corpus": Counter(overall.keys() - _OVERALL_META)}
    for of, names in unread.items():
        place = {"conversation": _CONVERSATIONS, "corpus": _OVERALL}.get(of, file.name)
        yield Chunk(pd.DataFrame(), tuple(_convokit_rows.ignored(+names, of, file=place)))


def _told(file: Path, beside: dict[str, Path], *, is_alone: bool) -> Iterator[Loss]:
    """Tell what lies in the folder and is not read, and what is missing there."""
    yield Loss("form untested on published corpora", 1, mend=_MEND_UNTRIED, file=file.name)
    if is_alone:
        yield Loss(
            "utterances read alone", 1, mend="give the folder to read speakers and conversations", file=file.name
        )
        return
    names = sorted(each.name for each in file.parent.iterdir() if each.is_file())
    pickles = [each for each in names if each.endswith((".p", ".bin", ".pkl", ".pickle"))]
    yield Loss("files not read: pickles", len(pickles), mend=_MEND_PICKLE, file=file.name)
    apart = [each for each in names if each.startswith("info.") and each.endswith(".jsonl")]
    yield Loss("files not read: info.*.jsonl", len(apart), mend="fields kept apart from the corpus", file=file.name)
    both = sum(each in names for each in _UTTERANCES) > 1
    yield Loss("files not read: utterances.json", int(both), mend="utterances.jsonl goes before it", file=file.name)
    for what in (_SPEAKERS, (_CONVERSATIONS,), (_OVERALL,), (_INDEX,)):
        if not any(each in beside for each in what):
            mend = "read without it; ConvoKit itself would not load this folder"
            yield Loss(f"files missing: {what[0]}", 1, mend=mend, file=file.name)


def _accounts(beside: dict[str, Path], met: _convokit_rows.Met, *, platform: str) -> Iterator[Chunk]:
    """Give the speakers that are listed as accounts, with whom they follow."""
    file = next((beside[each] for each in _SPEAKERS if each in beside), None)
    if file is None:
        return
    ignored: Counter[str] = Counter()
    accounts, follows, n_machines = [], [], 0
    for given, value in _convokit_json.items(file, opening="{"):
        name, meta = _convokit_rows.identity(given), _convokit_rows.metadata(value)
        if name is None or name.casefold() in _convokit_rows.NOBODY:
            continue
        place = _convokit_rows.word(meta.get("platform")) or met.platforms.get(name, platform)
        is_machine = meta["is_ai"] if type(meta.get("is_ai")) is bool else None
        accounts.append((name, place, _convokit_rows.word(meta.get("profile")), is_machine))
        if isinstance(meta.get("follows"), list):
            follows += [(name, each, place) for each in meta["follows"] if type(each) is str]
        n_machines += meta.get("is_ai") is True
        ignored.update(meta.keys() - _SPEAKER_META)
        if len(accounts) == _ROWS:
            yield _listed(accounts, follows, file=file.name)
            accounts, follows = [], []
    yield _listed(accounts, follows, file=file.name)
    mend = "kept: ConvoKit marks these speakers as programs (is_ai); leave them out where people are meant"
    losses = [Loss("speakers that are programs", n_machines, mend=mend, file=file.name)]
    yield Chunk(pd.DataFrame(), (*losses, *_convokit_rows.ignored(+ignored, "speaker", file=file.name)))


def _listed(
    accounts: Sequence[tuple[str | bool | None, ...]], follows: Sequence[tuple[str, ...]], *, file: str
) -> Chunk:
    tables = {"accounts": pd.DataFrame(accounts, columns=_ACCOUNTS, dtype="str")}
    if follows:
        tables["follows"] = pd.DataFrame(follows, columns=["source", "target", "platform"], dtype="str")
    return Chunk(pd.DataFrame(), (Loss("accounts listed", len(accounts), file=file),), beside=tables)
