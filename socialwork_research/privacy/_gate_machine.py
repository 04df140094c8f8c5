"""What names this machine, its user, and the project's key."""

from __future__ import annotations

import contextlib
import getpass
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import PrivacyError
from ..kernels.hashing import SECRET_BYTES, Key
from ._gate_patterns import Hit
from ._gate_pieces import Gathered, Piece, decoded64
from ._gate_prose import own_words
from ._keys import VARIABLE

__all__ = ["key_hits", "machine_hits"]

_NOBODY = set(
    "root user users admin administrator runner ubuntu debian fedora centos jovyan vagrant docker home student guest test build "
    "builder localhost local localdomain nobody system default host machine laptop desktop server node worker main mac windows "
    "linux python conda research researcher ec2 azureuser vscode codespace circleci jenkins gitlab public data work".split()
)
_SHORTEST = 3
_FEWEST_PARTS = 3  # the root counts
_HEX = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{64}(?![0-9A-Za-z])")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{43}=?(?![A-Za-z0-9+/_=-])")
_SUM = re.compile(
    r"sha-?256|sha|fingerprint|sums?\b|digest|hash|checksum|\block\b|commit|integrity|blake|signature|result",
    re.IGNORECASE,
)
_SUMMED = re.compile(r"[ \t]+[*]?[\w./ -]+\.\w+")  # as sha256sum writes it: the sum, two blanks, the file
_NEAR = 60  # letters
_TOLD = re.compile(r"pseudonyms of key (?P<id>[a-z2-7]{8})")


def machine_hits(pieces: Sequence[Piece]) -> Iterator[Hit]:
    """Look for the names of this machine and its user, and for folders of this machine."""
    words = sorted(_names(), key=len, reverse=True)
    rules = []
    if words:
        either = "|".join(map(re.escape, words))
        rules.append(("machine_name", re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])", re.IGNORECASE)))
    if folders := sorted(_folders(), key=len, reverse=True):
        rules.append(("path", re.compile("|".join(map(re.escape, folders)))))
    for piece in pieces:
        for kind, pattern in rules:
            for found in pattern.finditer(piece.text):
                yield Hit(piece, kind, found.start(), found.end())


def _names() -> set[str]:
    host = platform.node()
    found = {host, host.partition(".")[0], Path.home().name}
    found |= {os.environ.get(name, "") for name in ("USER", "LOGNAME", "USERNAME", "COMPUTERNAME", "HOSTNAME")}
    with contextlib.suppress(KeyError, OSError, ImportError):  # a container's user may have no name
        found.add(getpass.getuser())
    known = own_words() | _NOBODY
    return {each for each in found if len(each) >= _SHORTEST and each.casefold() not in known and not each.isdigit()}


def _folders() -> set[str]:
    places = {Path.home(), Path.cwd(), Path(sys.prefix), Path(tempfile.gettempdir())}
    places |= {place.resolve() for place in places}
    several = {place for place in places if len(place.parts) >= _FEWEST_PARTS}
    return {str(place) for place in several} | {place.as_posix() for place in several}


def key_hits(gathered: Gathered, pieces: Sequence[Piece], key_ids: set[str]) -> Iterator[Hit]:
    """Look for keys: the project's own is known by its id; any other 64 digits are taken for one, unless they are a sum."""
    ids = key_ids | _told_ids(gathered)
    if own := _key_id(os.environ.get(VARIABLE, "").strip()):
        ids.add(own)
    for piece in pieces:
        for found in _HEX.finditer(piece.text):
            if _key_id(found[0]) in ids or not _is_sum(gathered, piece, found):
                yield Hit(piece, "key", found.start(), found.end())
        for found in _BASE64.finditer(piece.text):
            secret = decoded64(found[0])
            if secret is not None and len(secret) == SECRET_BYTES and Key(secret).id in ids:
                yield Hit(piece, "key", found.start(), found.end())


def _told_ids(gathered: Gathered) -> set[str]:
    told = [str(record.get("corpus", {}).get("identities", "")) for record in gathered.records if _has_corpus(record)]
    return {found["id"] for each in told if (found := _TOLD.fullmatch(each))}


def _has_corpus(record: dict[str, object]) -> bool:
    return isinstance(record.get("corpus"), dict)


def _key_id(digits: str) -> str | None:
    try:
        return Key(bytes.fromhex(digits)).id
    except (ValueError, PrivacyError):
        return None


def _is_sum(gathered: Gathered, piece: Piece, found: re.Match[str]) -> bool:
    if found[0].casefold() in gathered.sums:
        return True
    before, after = (
        piece.text[max(0, found.start() - _NEAR) : found.start()],
        piece.text[found.end() : found.end() + _NEAR],
    )
    near = _SUM.search(before.rpartition("\n")[2]) or _SUM.search(piece.place)
    return near is not None or _SUMMED.match(after) is not None
