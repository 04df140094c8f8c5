"""What can be told without the corpus: addresses, numbers, ids, secrets, paths, exact times."""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence

from ._gate_pieces import Piece
from ._gate_posts import POST_URLS, PROFILE_URLS
from ._gate_prose import own_words

__all__ = ["Hit", "pattern_hits"]

_GAP = "\n\x1e\n"  # between two pieces, so that nothing is found across them

_AT_RULES = set(
    "media import font face keyframes page supports charset namespace layer container property counter style apply tailwind "
    "id type context graph value language vocab set list reverse base index none json version direction "
    "article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings "
    "techreport unpublished online string preamble comment software dataset "
    "param params return returns raises throws see since deprecated example todo author override staticmethod classmethod "
    "property dataclass dataclasses functools pytest abstractmethod overload cache lru contextmanager wraps traced jit njit "
    "babel types jupyter mui vue angular".split()
)
_NO_PERSON_AT = {"git", "svg", "logo"}
_FILES = set("png svg jpg jpeg gif webp pdf py js css html htm json csv md txt ipynb toml zip".split())
_SECRET = (
    r"gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|A(?:KIA|SIA)[0-9A-Z]{16}|AIza[\w-]{35}|ya29\.[\w-]{20,}"
    r"|xox[abprs]-[\w-]{10,}|sk-[A-Za-z0-9_-]{20,}|[rs]k_(?:live|test)_\w{10,}|hf_[A-Za-z0-9]{30,}|EAA[A-Za-z0-9]{50,}"
    r"|AAAAAAAAAA[A-Za-z0-9%+/]{60,}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}|npm_[A-Za-z0-9]{36}|pypi-AgE[\w-]{20,}"
    r"|SG\.[\w-]{16,}\.[\w-]{16,}|dop_v1_[0-9a-f]{32,}|shpat_[0-9a-f]{32}|SK[0-9a-f]{32}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|\b[a-z][a-z0-9+]*://[^\s/:@\"']+:[^\s/@\"']+@[^\s/]+"
    r"|\b(?i:bearer)\s+[\w.~+/-]{20,}=*"
    r"|(?i:\b[\w-]*(?:password|passwd|api_?key|apikey|access_?token|auth_?token|client_?secret|secret_?key|private_?key)"
    r"[\"']?\s*[:=]\s*[\"']?)(?!(?i:none|null|true|false|withheld|key|str|environment)\b)[A-Za-z0-9+/_.~-]{8,}"
)
_ROOTS = (
    "home Users root tmp var opt mnt media srv etc usr private Volumes scratch nfs data work workspace workspaces content "
    "kaggle proc export exports project projects gpfs lustre cluster shared cygdrive Library System Applications"
)
_PATH = (
    rf"(?<![\w.:/~<-])/(?:{'|'.join(_ROOTS.split())})/[^\s\"'<>,;:)\]]+"
    r"|(?<![\w/])[A-Za-z]:(?:\\{1,2}|/)(?:[\w .$-]+(?:\\{1,2}|/))*[\w.$-]+"
    r"|\\\\[\w.$-]+\\[\w.$ -]+|\bfile:/{1,3}[^\s\"'<>]+|(?<![\w/~.-])~[\w.-]*/[\w./-]+"
)
_DAY = r"(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])"
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_TIME = (
    rf"{_DAY}[T ,_]{{1,2}}(?:at )?{_CLOCK}|\b\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d,? (?:at )?{_CLOCK}"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? (?:19|20)\d\d,? (?:at )?{_CLOCK}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d,? (?:at )?{_CLOCK}"
    rf"|\b{_CLOCK}(?: ?[ap]m)?,? (?:on )?(?:{_DAY}|\d{{1,2}} {_MONTH} (?:19|20)\d\d|{_MONTH} \d{{1,2}},? (?:19|20)\d\d)"
    rf"|\b{_MONTH} +\d{{1,2}} {_CLOCK} (?:[A-Z]{{3,4}} )?(?:19|20)\d\d|\b(?:19|20)\d{{6}}T\d{{4,6}}Z?"
)
_MIDNIGHT = re.compile(r"(?<!\d)(?:00:00(?::00(?:[.,]0+)?)?|0:00)(?!:?\d)|T0000(?:00)?Z?$")
_PHONE = (
    r"(?<![\w.,/+-])(?:\+|00)[1-9]\d{0,2}[ .()-]{0,3}(?:\(0\)[ ]?)?(?:\d[ .()-]{0,2}){6,12}\d(?![\w]|[.,]\d)"
    r"|(?<![\w.,/+-])\(?0(?:\d{2}\)?[ .-]?\d{4}[ .-]?\d{4}|\d{3}\)?[ .-]?\d{3}[ .-]?\d{3,4}|\d{4}\)?[ .-]?\d{5,6}"
    r"|\d{4}\)?[ .-]?\d{3}[ .-]?\d{3}|\d\)?[ .-]\d{3,4}[ .-]\d{4}|8\d[ .-]?\d{3}[ .-]?\d{4})(?![\w]|[.,]\d)"
    r"|(?<![\w.,/+-])(?:1[ .-])?\(?[2-9]\d{2}(?:\)[ .-]?|[ .-])[2-9]\d{2}[.-]\d{4}(?![\w]|[.,-]\d)"
    r"|(?<![\w.,/+-])04\d{2} ?\d{3} ?\d{3}(?![\w]|[.,]\d)|\btel:[+\d][\d().-]{6,}"
)
_PLATFORM_ID = (
    r"\bt[1-6]_[a-z0-9]{4,8}\b|(?<![\w.+-])[1-9]\d{17,18}(?![\w.])|\bdid:(?:plc:[a-z2-7]{24}|web:[\w.-]+)|\bat://\S+"
    r"|\bUg[xwyz][\w-]{15,}|\bUC[\w-]{22}\b|\burn:li:\w+:\d{6,}|(?<![\w.])\d{15,17}_\d{10,17}(?!\w)|\bz1[23][a-z0-9]{28,}\b"
    r"|<[^\s<>@]{6,}@[^\s<>@]+\.[a-z]{2,}>"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    """Something that a piece holds, by the letters where it begins and ends."""

    piece: Piece
    kind: str
    start: int
    end: int

    @property
    def found(self) -> str:
        """The letters found: for comparing, never for telling."""
        return self.piece.text[self.start : self.end]


def pattern_hits(pieces: Sequence[Piece]) -> Iterator[Hit]:
    """Look through all pieces for what needs no corpus to be known."""
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece.text) + len(_GAP)
    joined = _GAP.join(piece.text for piece in pieces)
    for kind, pattern, accept in _RULES:
        if _CUES.get(kind, "") not in joined:
            continue
        for found in pattern.finditer(joined):
            number = bisect.bisect_right(starts, found.start()) - 1
            piece, start = pieces[number], found.start() - starts[number]
            hit = Hit(piece, kind, start, start + len(found[0]))
            if accept(hit):
                yield hit


def _any(_: Hit) -> bool:
    return True


def _email(hit: Hit) -> bool:
    name, _, host = hit.found.rpartition("@")
    return host.rpartition(".")[2].casefold() not in _FILES and name.casefold() not in _NO_PERSON_AT


def _handle(hit: Hit) -> bool:
    if hit.piece.form == "style":
        return False
    word = hit.found.lstrip("@").partition("@")[0].partition(".")[0].casefold()
    before = hit.piece.text[: hit.start].rpartition("\n")[2]
    is_decorator = hit.piece.form == "code" and not before.strip()
    return not is_decorator and re.split(r"[-_]", word)[0] not in _AT_RULES


def _reddit_user(hit: Hit) -> bool:
    return hit.found.rpartition("/")[2].casefold() not in {"name", "user", "username", "me"}


def _platform_id(hit: Hit) -> bool:
    if found := re.fullmatch(r"t[1-6]_([a-z0-9]+)", hit.found):
        return any(map(str.isdigit, found[1])) or (len(found[1]) > 4 and found[1] not in own_words())
    return True


def _pseudonym(hit: Hit) -> bool:
    return sum(map(str.isdigit, hit.found)) > 0


def _time(hit: Hit) -> bool:
    return _MIDNIGHT.search(hit.found) is None


def _phone(hit: Hit) -> bool:
    digits = re.sub(r"\D", "", hit.found)
    years = re.findall(r"\b(?:1[89]|20)\d\d\b", hit.found)
    return 8 <= len(digits) <= 15 and len(set(digits)) > 2 and len(years) < 2 and hit.piece.form != "style"


def _epoch(hit: Hit) -> bool:
    """Tell whether seconds since 1970 stand where a time is told; the number alone could be anything."""
    number = int(hit.found[:10])
    where = f"{hit.piece.place} {hit.piece.text[max(0, hit.start - 30) : hit.start]}".casefold()
    named = re.search(r"created|posted|time|stamp|utc|date|edited|fetched|epoch|seen|_at\b", where)
    return named is not None and number % 86_400 != 0


_CUES = {"post_url": "//", "profile_url": "//"}  # without which there is none
_Rule = tuple[str, re.Pattern[str], Callable[[Hit], bool]]
_RULES: tuple[_Rule, ...] = tuple(
    (kind, re.compile(pattern), accept)
    for kind, pattern, accept in (
        ("email", r"(?<![\w.+-])[\w.+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}\b", _email),
        ("email", r"(?i)\b[\w.+-]+ ?[\[(] ?at ?[\])] ?[\w-]+ ?(?:[\[(] ?dot ?[\])]|\.) ?[a-z]{2,}\b", _any),
        ("handle", r"(?<![\w@./=+-])@[A-Za-z0-9_][\w.-]*\w(?:@[\w.-]+\w)?", _handle),
        ("handle", r"(?<![\w/.])/?(?:u|user)/[A-Za-z0-9_-]{3,30}\b", _reddit_user),
        ("handle", r"\b[a-z0-9][a-z0-9-]{2,}\.bsky\.social\b", _any),
        ("telephone", _PHONE, _phone),
        ("post_url", POST_URLS, _any),
        ("profile_url", PROFILE_URLS, _any),
        ("platform_id", _PLATFORM_ID, _platform_id),
        ("pseudonym", r"(?<![A-Za-z0-9+/=])[a-z2-7]{26}(?![A-Za-z0-9+/=])", _pseudonym),
        ("token", _SECRET, _any),
        ("path", _PATH, _any),
        ("exact_time", _TIME, _time),
        ("exact_time", r"(?<![\w.+-])1[0-9]\d{8}(?:\d{3}){0,3}(?:\.0)?(?![\w.])", _epoch),
    )
)
