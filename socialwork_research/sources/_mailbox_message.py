"""One message of mail: its headers however they are written, and what was said in it."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from . import _encodings
from ._html import plain

UNREADABLE = "unreadable"  # what stands for a time that cannot be read, so that the ledger counts it

_BRACKETED = re.compile(r"<([^<>]*)>")
_BARE_IDS = re.compile(r"[^\s<>,;\"]+@[^\s<>,;\"]+(?:[\s,;]+[^\s<>,;\"]+@[^\s<>,;\"]+)*")
_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:@]+@[\w-]+(?:\.[\w-]+)+")
_HIDDEN_AT = re.compile(r"\s+(?:at|\[at\])\s+(?=[\w.-]+\.\w)|\(a\)|\(at\)", re.IGNORECASE)
_VIA = re.compile(r"(.*?)['\"]?\s+via\s+\S", re.IGNORECASE)
_NO_ZONE = re.compile(r"-0000\b")
_NEXT_PART = re.compile(r"^-{14} next part -{14}[ \t]*\r?\n", re.MULTILINE)
_SCRUBBED = re.compile(
    r"(?:An? .*attachment was scrubbed\.\.\.|Skipped content of type)[^\n]*\n(?:[^\n]*\S[^\n]*(?:\n|$))*"
)
_TYPE = re.compile(r"^Type: *(\w+)/|^Skipped content of type (\w+)/", re.MULTILINE)
_URL = re.compile(r"https?://[^\s<>\"\[\]{}|\\^`]+")
_HOST = re.compile(r"https?://([^/>\s:]+)")
_PHOTO, _FILE = "photo", "file"
_KINDS = {"image": _PHOTO, "video": "video", "audio": "audio"}


@dataclass(frozen=True)
class Said:
    """What a message says, its links and the kinds of what is attached, and whether bytes had to be guessed."""

    text: str | None
    links: list[str]
    media: list[str]
    is_guessed: bool


def parsed(raw: bytes) -> Message:
    """Return a message as the standard library reads it, which takes nearly anything."""
    return message_from_bytes(raw)


def header(message: Message, name: str) -> str:
    """Return a header as text on one line, its encoded words decoded; nothing where it is absent."""
    found = next((value for named, value in message.raw_items() if named.casefold() == name), "")
    return " ".join(_words(found).split())


def ids(message: Message, name: str) -> list[str]:
    """Return the message ids in a header: those in angle brackets, or, where there are none, bare ones."""
    words = header(message, name)
    found = ["".join(each.split()) for each in _BRACKETED.findall(words)]
    if not any(found) and _BARE_IDS.fullmatch(words.strip("<> ")):
        found = re.split(r"[\s,;]+", words.strip("<> "))
    return [each for each in found if each]


def sender(message: Message) -> str | None:
    """Return the address of the writer in lower case, else the name; through a list's rewriting where it shows."""
    words = header(message, "from")
    address, name = _address(words), _name(words)
    via = _VIA.match(name)
    if via:
        others = (_address(header(message, other)) for other in ("x-original-from", "original-from", "reply-to"))
        address = next((other for other in others if other and other != address), None)
        name = via[1]
    name = " ".join(name.casefold().split())
    if address and "...@" in address:
        return f"{address} {name}"  # an archive has cut the address, which many may share
    return address or (f"name:{name}" if name else None)


def time(message: Message) -> str | None:
    """Return when a message says it was written, in ISO 8601 with its zone if it names one."""
    words = header(message, "date")
    if not words:
        return None
    try:
        found: datetime = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        return UNREADABLE
    return found.isoformat() + ("Z" if found.tzinfo is None and _NO_ZONE.search(words) else "")


def own_hosts(message: Message) -> tuple[str, ...]:
    """Return the hosts of the list's archive, whose addresses name messages."""
    told = (header(message, name) for name in ("list-archive", "archived-at", "list-unsubscribe"))
    return tuple({host.casefold() for words in told for host in _HOST.findall(words)})


def said(message: Message) -> Said:
    """Return the text of a message: the plain parts as they stand, quoted lines included, else its HTML as text."""
    texts: list[tuple[str, str]] = []
    media: list[str] = []
    guesses: list[bool] = []
    for part in _parts(message):
        kind = part.get_content_type()
        is_text = kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"
        if is_text or (part is message and part.get_content_maintype() in ("text", "multipart")):
            words, is_guessed = _text(part)
            guesses.append(is_guessed)
            texts.append((kind, words))
        else:
            media.append(_KINDS.get(part.get_content_maintype(), _FILE))
    shown: list[str] = []
    links: list[str] = []
    for kind, words in texts:
        if kind == "text/html":
            page = plain(words)
            shown.append(page.text)
            links += page.links
        else:
            clean, cut = _without_notes(words)
            shown.append(clean)
            media += cut
            links += [each.rstrip(".,;:!?)'*_>") for each in _URL.findall(clean)]
    text = "\n".join(each for each in (each.strip("\r\n") for each in shown) if each)
    return Said(text.replace("\r\n", "\n") if texts else None, links, media, any(guesses))


def _parts(message: Message) -> Iterator[Message]:
    """Give the leaves of a message; of alternatives the plainest that says anything; a forwarded mail is one leaf."""
    if not message.is_multipart() or message.get_content_maintype() != "multipart":
        yield message
        return
    parts = [part for part in message.get_payload() if isinstance(part, Message)]
    if message.get_content_type() == "multipart/alternative":
        ways = [list(_parts(part)) for part in parts]
        plainest = [way for way in ways if any(_says(part) for part in way)]
        in_html = [way for way in ways if any(part.get_content_type() == "text/html" for part in way)]
        yield from next(iter(plainest or in_html or ways), [])
        return
    for part in parts:
        yield from _parts(part)


def _says(part: Message) -> bool:
    return part.get_content_type() == "text/plain" and bool(_text(part)[0].strip())


def _text(part: Message) -> tuple[str, bool]:
    """Return a part decoded, and whether what it says of its bytes is wrong, so that they had to be guessed."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    return _decoded(raw, part.get_content_charset())


def _decoded(raw: bytes, charset: str | None) -> tuple[str, bool]:
    """Return bytes as text, and whether what is said of them is wrong; what is said to be ASCII may be UTF-8."""
    named = None if charset is None else _encodings.wider(charset)
    is_plain = charset is None or charset in ("us-ascii", "ascii")
    text, taken, _ = _encodings.guessed(raw, declared=None if is_plain else charset)
    is_guessed = not raw.isascii() and taken != ("utf-8" if is_plain else named)
    return _clean(text), is_guessed


def _clean(text: str) -> str:
    """Return text without halves of letters, which mark what was lost."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _words(value: object) -> str:
    """Return a header's text: encoded words decoded, bytes that are no ASCII read as UTF-8 or else as Windows'."""
    text = str(value)
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        text = _decoded(text.encode("utf-8", "surrogateescape"), None)[0]
    if "=?" not in text:
        return _clean(text)
    try:
        pieces = decode_header(text)
    except (HeaderParseError, binascii.Error, ValueError):
        return _clean(text)
    words = [_decoded(piece, charset)[0] if isinstance(piece, bytes) else piece for piece, charset in pieces]
    return _clean("".join(words))


def _address(words: str) -> str | None:
    words = _HIDDEN_AT.sub("@", words)
    inside = " ".join(_BRACKETED.findall(words))
    found = _ADDRESS.findall(inside) or _ADDRESS.findall(words)
    return found[-1].casefold() if found else None


def _name(words: str) -> str:
    """Return the name beside an address: in brackets after it, as in text archives, or before it."""
    after = re.search(r"\((.*)\)\s*$", words)
    rest = _ADDRESS.sub(" ", _BRACKETED.sub(" ", _HIDDEN_AT.sub("@", words)))
    return (after[1] if after else rest).strip(" \"'")


def _without_notes(text: str) -> tuple[str, list[str]]:
    """Return a text without an archive's notes on attachments that it cut off, and the kinds of these."""
    first, *others = _NEXT_PART.split(text)
    media = []
    for other in others:
        note = _SCRUBBED.match(other)
        if note:
            kind = _TYPE.search(note[0])
            if kind:
                media.append(_KINDS.get((kind[1] or kind[2]).casefold(), _FILE))
        first += other[note.end() :] if note else other
    return first, media
