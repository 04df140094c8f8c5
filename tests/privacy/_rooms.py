"""A browser of few words for the reading room, which keeps to this machine."""

from __future__ import annotations

import http.client
import re
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

KEPT_APART = ("img", "script", "iframe", "link", "object", "embed", "base", "meta http-equiv")


class Browser:
    """Follows the address of a room, and asks for pages within it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.port = parts.port
        status, headers, _ = self.ask("GET", parts.path)
        self.status = status
        self.place = headers.get("Location", "")

    def ask(self, method: str, path: str, *, body: str | None = None, host: str | None = None, headers=None):
        """Send one request; return status, headers, page."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            named = {"Host": host or f"127.0.0.1:{self.port}", **(headers or {})}
            link.request(method, path, body=body, headers=named)
            answer = link.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8")
        finally:
            link.close()

    def page(self, **fields: object) -> str:
        """Return the page for a filter and a number."""
        status, _, page = self.ask("GET", f"{self.place}?{urlencode(fields)}")
        assert status == 200, page
        return page

    def note(self, memo: str, **fields: object) -> str:
        """Write a memo on a post; return where the browser is sent."""
        status, headers, page = self.ask("POST", f"{self.place}memo", body=urlencode({**fields, "memo": memo}))
        assert status == 303, page
        return headers["Location"]


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *tags: str) -> list[dict[str, str]]:
        """The attributes of each element of these kinds."""
        return [attrs for tag, attrs in self.found if tag in tags]


def headings(page: str) -> list[str]:
    """The headings of the posts on a page."""
    return re.findall(r"<h3 id=\"p\d+\">(.*?)</h3>", page)
