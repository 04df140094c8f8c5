"""Which posts and accounts the corpora of a project know, and the forms that a given id can have in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from .. import _parts
from ..kernels.hashing import Key, Namespace, pseudonyms

__all__ = ["forms", "of_authors", "of_posts"]

_COLUMNS = ["post_id", "author_id", "reply_to_author", "mentions", "platform", "is_deleted"]


def of_posts(folders: Sequence[Path]) -> pd.DataFrame:
    """Return post_id, author_id, platform and is_deleted of all posts, each once."""
    whole = pd.concat([_read(folder) for folder in folders], ignore_index=True)
    return whole[["post_id", "author_id", "platform", "is_deleted"]].drop_duplicates("post_id", ignore_index=True)


def of_authors(folders: Sequence[Path]) -> pd.DataFrame:
    """Return each account that a corpus names (id, platform), and whether its corpus is pseudonymised."""
    found = []
    for folder in folders:
        posts = _read(folder)
        named = posts[["mentions", "platform"]].explode("mentions").rename(columns={"mentions": "id"})
        for name in ("author_id", "reply_to_author"):
            found.append(posts[[name, "platform"]].rename(columns={name: "id"}))
        found.append(named)
        for file, columns in (("accounts", ["author_id"]), ("follows", ["source", "target"])):
            if (folder / f"{file}.parquet").exists():
                table = pd.read_parquet(folder / f"{file}.parquet")
                found += [table[[name, "platform"]].rename(columns={name: "id"}) for name in columns]
        is_pseudonym = _parts.read_description(folder)["pseudonyms"] is not None
        found = [each.assign(is_pseudonym=is_pseudonym) if "is_pseudonym" not in each else each for each in found]
    return pd.concat(found, ignore_index=True).dropna(subset=["id"]).drop_duplicates(ignore_index=True)


def forms(
    ids: str | Iterable[str], namespaces: Sequence[Namespace], *, key: Key | None, platforms: Sequence[str]
) -> list[str]:
    """Return the ids as they are and, with a key, as each name space of each platform would hash them."""
    several = [ids] if isinstance(ids, str) else [str(each) for each in ids]
    found = list(several)
    for namespace in namespaces if key is not None else ():
        given = [each.strip() for each in several]
        if namespace == "handle":
            given = [each.removeprefix("@").casefold() for each in given]
        for platform in platforms:
            made = pseudonyms(pd.Series(given, dtype="str"), key=key, namespace=namespace, platform=platform)  # type: ignore[arg-type]
            found += made.dropna().tolist()
    return found


def _read(folder: Path) -> pd.DataFrame:
    from pyarrow import parquet

    parts = _parts.read_description(folder)["parts"]
    return pd.concat(
        [parquet.read_table(folder / "parts" / part["name"], columns=_COLUMNS).to_pandas() for part in parts],
        ignore_index=True,
    )
