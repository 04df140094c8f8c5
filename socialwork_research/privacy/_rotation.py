"""A new key for a project: its pseudonyms are hashed again, everywhere, so that what was joined stays joined."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .. import _files, _parts
from .._posts import COLUMNS
from .._withdrawn import NAME, Withdrawn, read
from ..errors import PrivacyError, SchemaError
from ..kernels.chaining import Chain, rotated
from ..kernels.hashing import LENGTH, Key
from ._deletion_files import decoded, is_export
from ._deletion_rewrite import NOUNS, Change, rewritten
from ._deletion_work import Places, corpora

__all__ = ["key_chain", "rotate"]

_IDS = ("post_id", "thread_id", "reply_to", "reply_to_author", "quote_of", "repost_of", "author_id")
_PSEUDONYM = re.compile(rf"(?<![A-Za-z0-9])[a-z2-7]{{{LENGTH}}}(?![A-Za-z0-9])")
_AS_TEXT = ".csv .tsv .json .jsonl .ndjson .ipynb .txt .md .log .html .htm .svg .xml .graphml .gexf .toml .py".split()


def key_chain(old: Key, new: Key, *, folder: str | Path | None) -> Key:
    """Make of the old and the new key the one by which further waves of a rotated project are read.

    After `rotate`, pseudonyms are those of the old key, hashed again under the new one; raw ids are gone. Only with both
    keys can a raw id be brought to such a pseudonym: so the old key has to be kept, apart from the new one, for as long as
    further waves are to be joined or withdrawals by name to be carried out, and is then destroyed.

    Parameters
    ----------
    old
        The key with which the corpus was made, or an earlier chain.
    new
        The key under which it was rotated.
    folder
        The project, whose list of withdrawals is honoured; None where nobody has withdrawn.

    Returns
    -------
    A key, to be handed to ``sources.read`` and ``privacy.deletion``.

    Raises
    ------
    PrivacyError
        If both are the same.

    Examples
    --------
    >>> import tempfile
    >>> from socialwork_research.privacy import new_key
    >>> with tempfile.TemporaryDirectory() as place:
    ...     old, new = new_key(place + "/old.key"), new_key(place + "/new.key")
    >>> key_chain(old, new, folder=None) == key_chain(old, new, folder=None)
    True
    """
    return Chain(old, new, lists=() if folder is None else _lists(Path(folder)))


def rotate(folder: str | Path, *, old: Key, new: Key, spans: str | Path | None = None) -> dict[str, int]:
    """Give a project a new key: each pseudonym is hashed again, in its corpora and in all that was derived from them.

    To be done when somebody may have seen the old key who should not have. The raw ids are gone, so a pseudonym's new form
    is made of its old one. Whoever has the old key alone can then no longer tell who is who; copies of the corpus that left
    the project before stay as they were. Further waves are read with `key_chain`. Networks, threads and waves stay joined,
    and no figure changes but those that rest on the order of ids.

    If it is interrupted, call it again: each file is as it was or as it is to be.

    Parameters
    ----------
    folder
        The project, or a corpus.
    old
        The key with which its corpora were made, or the chain of keys.
    new
        Another key.
    spans
        The file of spans that `redact` wrote for the key-holder, which lies outside the project.

    Returns
    -------
    Numbers of ``corpora`` and their ``posts``, of ``files`` derived from them and the ``places`` in those where a pseudonym
    was changed; and of ``closed`` files, which hold old pseudonyms and cannot be rewritten (documents, pictures, archives):
    make those again.

    Raises
    ------
    PrivacyError
        If the corpora were not made with `old`, or the keys are the same.
    SchemaError
        If the folder holds no corpus.

    Examples
    --------
    >>> from socialwork_research.kernels.hashing import Key
    >>> rotate("nowhere", old=Key(bytes(32)), new=Key(bytes(range(32))))
    Traceback (most recent call last):
    ...
    socialwork_research.errors.SchemaError: nowhere: no corpus lies in this folder...
    """
    root, chain = Path(folder), Chain(old, new)
    folders = corpora(root)
    if not folders:
        raise SchemaError(f"{root.name}: no corpus lies in this folder. Mend: give the project's folder, or a corpus.")
    made_with = {each: _parts.read_description(each)["pseudonyms"] for each in folders}
    wanted = [each for each, key in made_with.items() if key != chain.id]
    if any(made_with[each] != old.id for each in wanted):
        raise PrivacyError(
            "These corpora were not made with the old key that is given. Mend: give that key, or the chain."
        )
    lists = _lists(root)
    swap = _swap(wanted, new, lists)
    further = () if spans is None else (Path(spans),)
    counts = _derived(Places(root, root / NAME, further), folders, swap)
    _relist(root, lists, swap)
    posts = [_corpus(each, swap, chain) for each in wanted]
    return {"corpora": len(wanted), "posts": sum(posts), **counts}


def _lists(root: Path) -> tuple[Withdrawn, ...]:
    places = (root, root.absolute().parent) if (root / _parts.DESCRIPTION).exists() else (root,)
    return tuple(read(place / NAME) for place in places if (place / NAME).exists())


def _swap(folders: list[Path], new: Key, lists: tuple[Withdrawn, ...]) -> dict[str, str]:
    """Return the new form of each pseudonym in these corpora; the ids of empty places are nobody's and stay."""
    import pyarrow as pa
    from pyarrow import parquet

    known: set[str] = set()
    for folder in folders:
        for part in _parts.read_description(folder)["parts"]:
            table = parquet.read_table(folder / "parts" / part["name"], columns=[*_IDS, "mentions"])
            for name in table.column_names:
                column = table[name].combine_chunks()
                known.update((column.flatten() if name == "mentions" else column).unique().to_pylist())
        for name, columns in (("accounts", ["author_id"]), ("follows", ["source", "target"])):
            if (folder / f"{name}.parquet").exists():
                beside = pd.read_parquet(folder / f"{name}.parquet", columns=columns)
                known.update(each for column in columns for each in beside[column])
    places = {each for listed in lists for each in listed.posts}
    old = sorted(each for each in known if isinstance(each, str) and each not in places)
    return dict(zip(old, rotated(pa.array(old, type=pa.string()), key=new).to_pylist(), strict=True))


def _relist(root: Path, lists: tuple[Withdrawn, ...], swap: dict[str, str]) -> None:
    """Let quotations in posts that stay be known by the posts' new ids; what was withdrawn is known by the chain."""
    for listed, place in zip(
        lists, [at for at in (root, root.absolute().parent) if (at / NAME).exists()], strict=False
    ):
        known = {listed.of("post", old): listed.of("post", made) for old, made in swap.items()}
        listed.quotes = {known.get(post, post): quotes for post, quotes in listed.quotes.items()}
        listed.write(place / NAME)


def _derived(places: Places, folders: list[Path], swap: dict[str, str]) -> dict[str, int]:
    counts = {"files": 0, "places": 0, "closed": 0}
    plans: dict[Path, dict[Path, Change]] = {}
    for file in places.files():
        if file.name == NAME or any(folder in file.parents for folder in folders) or is_export(file, set()):
            continue
        change = _changed(file, swap)
        if change is not None and change.is_removal:
            counts["closed"] += 1
        elif change is not None:
            counts["files"] += 1
            counts["places"] += change.n
            if any((file.parent / mark).exists() for mark in NOUNS):
                plans.setdefault(file.parent, {})[file] = change
            else:
                _files.write_bytes(file, change.content)
    for folder, plan in plans.items():
        rewritten(folder, plan)
    return counts


def _changed(file: Path, swap: dict[str, str]) -> Change | None:
    suffix = file.suffix.casefold()
    if suffix == ".parquet":
        return _table(file, swap)
    if suffix in _AS_TEXT:
        text = file.read_bytes().decode("latin-1")  # pseudonyms are ASCII: all other bytes stay what they are
        made, n = _in_text(text, swap)
        return Change("files", made.encode("latin-1"), n) if n else None
    is_met = any(_in_text(text, swap)[1] for texts in decoded(file) for text in texts)
    return Change("closed", b"", 1) if is_met else None


def _in_text(text: str, swap: dict[str, str]) -> tuple[str, int]:
    n = 0

    def new(match: re.Match[str]) -> str:
        nonlocal n
        made = swap.get(match[0], match[0])
        n += made != match[0]
        return made

    return _PSEUDONYM.sub(new, text), n


def _table(file: Path, swap: dict[str, str]) -> Change | None:
    import pyarrow as pa
    from pyarrow import parquet

    table = parquet.read_table(file)
    made, met = table, np.zeros(len(table), dtype=bool)
    for place, field in enumerate(table.schema):
        column = table[field.name]
        is_list = pa.types.is_list(field.type) and pa.types.is_string(field.type.value_type)
        if not (is_list or pa.types.is_string(field.type) or pa.types.is_large_string(field.type)):
            continue
        before = column.to_pylist()
        after = [_in_lists(each, swap) if is_list else _in_cell(each, swap) for each in before]
        is_changed = np.array([a != b for a, b in zip(before, after, strict=True)], dtype=bool)
        if is_changed.any():
            met |= is_changed
            made = made.set_column(place, field, pa.array(after, type=field.type))
    if not met.any():
        return None
    content = io.BytesIO()
    parquet.write_table(made, content, compression="zstd")
    return Change("files", content.getvalue(), int(met.sum()))


def _in_cell(value: Any, swap: dict[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    return swap[value] if value in swap else _in_text(value, swap)[0] if len(value) > LENGTH else value


def _in_lists(value: Any, swap: dict[str, str]) -> Any:
    return None if value is None else [_in_cell(each, swap) for each in value]


def _corpus(folder: Path, swap: dict[str, str], chain: Chain) -> int:
    """Write a corpus anew under the new key, in one step; return the number of its posts."""
    before = _parts.read_description(folder)

    def chunks() -> Iterator[pd.DataFrame]:
        for part in before["parts"]:
            posts = _parts.read_part(folder / "parts" / part["name"])
            for name in COLUMNS:
                if name == "mentions":
                    posts[name] = [_in_lists(each, swap) for each in posts[name]]
                elif COLUMNS[name] == "text":
                    posts[name] = posts[name].map(lambda value: _in_cell(value, swap)).astype("str")
            yield posts

    with _files.folder_in_one_step(folder) as place:
        beside = {}
        for name in ("accounts", "follows"):
            if (folder / f"{name}.parquet").exists():
                table = pd.read_parquet(folder / f"{name}.parquet")
                beside[name] = table.map(lambda value: _in_cell(value, swap)).astype(table.dtypes)
        about = {name: before.get(name) for name in ("name", "steps", "losses", "invented")}
        step = {"what": "pseudonyms hashed again under a new key", "n": len(swap)}
        about |= {"pseudonyms": chain.id, "steps": [*(before.get("steps") or []), step]}
        after = _parts.write(place, chunks(), about, **beside)
        if (folder / "papers.json").exists():
            (place / "papers.json").write_bytes((folder / "papers.json").read_bytes())
    return int(after["n_posts"])
