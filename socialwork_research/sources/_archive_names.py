"""Which members of an archive are unfolded, under which names, and which are left in it: by their names alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ..errors import SchemaError

RENAMED = "members of the archive renamed"
TWICE = "members of the archive that came twice"
_LEFT = "members not opened: "
MENDS = {
    RENAMED: "their names collide with others or are not allowed on every system; only the names differ",
    TWICE: "the later one was read, as every unpacking program does",
    _LEFT + "archives inside the archive": "unpack them by themselves and read each",
    _LEFT + "links": "an archive of an export needs none; what they point to is read where it lies",
    _LEFT + "devices": "an export holds none: ask where the archive comes from",
    _LEFT + "private messages": "nothing to mend here: no reader opens them, so they were not unfolded",
    _LEFT
    + "other parts of the archive": "nothing to mend here: the reader does not open them, so they were not unfolded",
}
_NOTHING = "nothing to mend here: they hold no posts"

_KINDS = {
    "images": "jpg jpeg jfif png gif webp heic heif bmp tif tiff svg ico avif psd raw dng",
    "videos": "mp4 m4v mov avi mkv webm mpg mpeg 3gp wmv flv ogv",
    "audio": "mp3 m4a aac ogg oga opus wav flac wma amr",
    "fonts": "ttf otf woff woff2 eot",
    "styles": "css map",
    "documents": "pdf doc docx odt rtf ppt pptx odp epub",
}
_BY_SUFFIX = {f".{suffix}": kind for kind, suffixes in _KINDS.items() for suffix in suffixes.split()}
_ARCHIVES = re.compile(r"\.(?:zip|tar|tgz|tbz2?|txz|tzst|tar\.\w{2,4}|7z|rar)$", re.IGNORECASE)
_OF_SYSTEMS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")

_DIRECT = re.compile(r"(?:^|/)direct[-_]messages?(?:[-_.][^/]*)?(?:/|$)", re.IGNORECASE)
_INBOX = re.compile(
    r"(?:^|/)messages/(?:inbox|archived_threads|filtered_threads|message_requests|e2ee_cutover|\w*encrypted\w*)/",
    re.IGNORECASE,
)

_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)")
_ILLEGAL = re.compile(r'[<>:"|?*\x00-\x1f\x7f\ud800-\udfff]')
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 200  # bytes of one name: no system takes more than 255


@dataclass(frozen=True)
class Member:
    """A file in an archive: its name as the archive has it, and what it is if it is no plain file."""

    name: str
    n_bytes: int
    odd: str = ""  # "links" or "devices"


@dataclass(frozen=True)
class Family:
    """A kind of archive that holds far more than posts: told by some members, of which only some are read.

    `mark` matches a member; its group ``root`` is the folder under which `wanted` alone is unfolded.
    """

    mark: re.Pattern[str]
    wanted: re.Pattern[str]
    least: int = 1  # members that must bear the mark
    places: tuple[str, ...] = ()  # whose reading is held to this; empty: everybody's


FAMILIES = (
    Family(  # X: twitter_archive opens these
        re.compile(r"^(?P<root>(?:.*?/)??)(?:data/)?tweets?\.js$", re.IGNORECASE),
        re.compile(
            r"(?:^|/)(?:tweets?|community-tweets?|account|profile|note-tweet|following|follower)(?:-part\d+)?\.js$",
            re.IGNORECASE,
        ),
    ),
    Family(  # LinkedIn
        re.compile(
            r"^(?P<root>(?:.*/)?)(?:(?:Comments|Shares|Reactions|messages|guide_messages|Connections|Profile|Invitations|"
            r"Registration|Positions|Skills|Votes|Logins|Email Addresses|Rich_Media|Member_Follows)(?:_\d+)?)\.csv$",
            re.IGNORECASE,
        ),
        re.compile(r"(?:^|/)(?:comments|shares)(?:_\d+)?(?: ?\(\d+\))?\.csv$", re.IGNORECASE),
        least=2,
    ),
    Family(  # Google Takeout with Google+
        re.compile(r"^(?P<root>(?:.*/)?)Google\+ Stream/Posts/[^/]+\.json$", re.IGNORECASE),
        re.compile(r"(?:^|/)Google\+ Stream/Posts/[^/]+\.json$", re.IGNORECASE),
        places=("", "google_plus"),
    ),
)


@dataclass
class Plan:
    """Where each member goes, by its number in the archive, and what is told of those that stay or change."""

    targets: dict[int, PurePosixPath] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)


def plan(members: Iterable[Member], *, place: str) -> Plan:
    """Say where each member goes when the reader of `place` asks ("" for the one that finds the place out).

    Raises
    ------
    SchemaError
        If a member would lie outside the folder that the archive is unfolded into.
    """
    paths = [_inside(member.name, number=number) for number, member in enumerate(members, start=1)]
    families = [family for family in FAMILIES if not family.places or place in family.places]
    only = {root: family.wanted for family in families for root in _roots(paths, family)}
    result, names = Plan(), _Names()
    numbers: dict[PurePosixPath, int] = {}
    for number, (member, parts) in enumerate(zip(members, paths, strict=True)):
        left = f"{_LEFT}{member.odd}" if member.odd else _left(parts, only)
        if left:
            result.told[left] += 1
            continue
        target = names.of(parts)
        if target in numbers:
            result.told[TWICE] += 1
            del result.targets[numbers[target]]
        elif target.parts != parts:
            result.told[RENAMED] += 1
        numbers[target] = number
        result.targets[number] = target
    return result


def is_archive(name: str) -> bool:
    """Tell whether a file is called as archives are."""
    return _ARCHIVES.search(name) is not None


def nested() -> str:
    """Return what is told of a member that turns out to be an archive by its bytes."""
    return _LEFT + "archives inside the archive"


def mend(what: str) -> str:
    """Return how to mend what a ledger's line tells."""
    return MENDS.get(what, _NOTHING)


def _inside(name: str, *, number: int) -> tuple[str, ...]:
    """Return the parts of a member's path; refuse one that leads outside. Names are not shown: they may be people's."""
    path = name.replace("\\", "/")
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    rule = "its path is absolute" if _OUTSIDE.match(path) else "its path has '..'" if ".." in parts else ""
    if rule:
        raise SchemaError(
            f"member {number:,} would be laid outside the folder it is unfolded into: {rule}. No honest export has such "
            "a member, so nothing was unfolded. Mend: ask where the archive comes from"
        )
    return parts


def _roots(paths: list[tuple[str, ...]], family: Family) -> set[str]:
    found = Counter(match["root"] for parts in paths if (match := family.mark.match("/".join(parts))))
    return {root for root, n in found.items() if n >= family.least}


def _left(parts: tuple[str, ...], only: dict[str, re.Pattern[str]]) -> str:
    """Return what is told of a member that stays in the archive; nothing if it is unfolded."""
    path, name = "/".join(parts), parts[-1] if parts else ""
    if not name or any(part in _OF_SYSTEMS for part in parts) or name.startswith("._"):
        return f"{_LEFT}files of the operating system"
    if _DIRECT.search(path) or _INBOX.search(path):
        return f"{_LEFT}private messages"
    if kind := _BY_SUFFIX.get(PurePosixPath(name).suffix.casefold()):
        return _LEFT + kind
    if is_archive(name):
        return nested()
    ruled = any(path.startswith(root) and not wanted.search(path) for root, wanted in only.items())
    return f"{_LEFT}other parts of the archive" if ruled else ""


class _Names:
    """Names that every system allows, and that stay apart where letters' case or spelling does not count."""

    def __init__(self) -> None:
        self.given: dict[tuple[PurePosixPath, str, bool], str] = {}
        self.taken: set[tuple[PurePosixPath, str]] = set()

    def of(self, parts: tuple[str, ...]) -> PurePosixPath:
        """Return the path under which a member is laid down."""
        above = PurePosixPath()
        for number, part in enumerate(parts):
            above /= self._one(above, part, is_file=number == len(parts) - 1)
        return above

    def _one(self, above: PurePosixPath, part: str, *, is_file: bool) -> str:
        known = self.given.get((above, part, is_file))
        if known is not None:
            return known
        fit = _fitting(part)
        stem, dot, suffix = fit.partition(".") if is_file else (fit, "", "")
        name, n = fit, 1
        while (above, _key(name)) in self.taken:
            n += 1
            name = f"{stem}~{n}{dot}{suffix}"
        self.taken.add((above, _key(name)))
        self.given[above, part, is_file] = name
        return name


def _fitting(part: str) -> str:
    fit = _ILLEGAL.sub("_", part)
    if len(fit.encode("utf-8")) > _LONGEST:
        suffix = PurePosixPath(fit).suffix[:12]
        fit = fit.encode("utf-8")[: _LONGEST - len(suffix.encode())].decode("utf-8", "ignore") + suffix
    fit = fit[:-1] + "_" if fit.endswith((".", " ")) else fit
    return f"_{fit}" if _RESERVED.match(fit) else fit


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
