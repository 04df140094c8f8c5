"""Links of posts: outside ones are kept, a platform's own lose their path, which names posts and people."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit


def without_ids(urls: Iterable[str], *, own: tuple[str, ...]) -> list[str]:
    """Return `urls`, each of a host in `own` (or under it) cut down to its host, without repeats, in their order."""
    kept: dict[str, None] = {}
    for url in urls:
        try:
            host = (urlsplit(url).hostname or "").casefold()
        except ValueError:
            continue  # no address: a bracket or a port that cannot be
        if not host:
            continue  # a link within the site names a post or a person
        is_own = any(host == name or host.endswith(f".{name}") for name in own)
        kept[host if is_own else url] = None
    return list(kept)
