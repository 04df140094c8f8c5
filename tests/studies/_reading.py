"""Reading what a run published: sums of files, the elements of a page, plain words."""

from __future__ import annotations

import hashlib
import html
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any


class Page(HTMLParser):
    """The elements of a page with their attributes and, of some, their words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.within: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of each element of these kinds."""
        return [attrs for tag, attrs in self.found if tag in tags]


def sums(place: Path) -> dict[str, str]:
    """The sha256 of each file in a folder."""
    files = sorted(each for each in place.rglob("*") if each.is_file())
    return {each.relative_to(place).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def plain(text: str) -> str:
    """Words in small letters with single blanks between them, whatever mark-up or escapes stood there."""
    text = re.sub(r"base64,[A-Za-z0-9+/=\\n]+", " ", text)
    text = html.unescape(html.unescape(re.sub(r"<[^>]+>", " ", text)))
    return " ".join(re.findall(r"[\w'’@#-]+", text.casefold().replace("’", "'")))


def strings(value: Any) -> list[str]:
    """Every text in a JSON value; the lines of a cell are one text."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        if value and all(isinstance(each, str) for each in value):
            return ["".join(value)]
        return [text for each in value for text in strings(each)]
    if isinstance(value, dict):
        return [text for name, each in value.items() for text in (name, *strings(each))]
    return []


def part_folders(place: Path) -> list[str]:
    """Half-written folders that were left behind."""
    return [each.name for each in place.iterdir() if each.name.endswith((".part", ".old"))]
