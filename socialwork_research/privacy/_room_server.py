"""The door of the reading room: a server on this machine alone, opened by an address that works once.

What it serves is stored nowhere: not in the notebook (which keeps the spent address), not in a cache, not in a log.
"""

from __future__ import annotations

import secrets
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from ..errors import SocialworkResearchError
from ._room_page import STYLE_SUM, shut

__all__ = ["Answer", "Door", "NoPageError"]

_HOST = "127.0.0.1"
_OPEN_FOR = 120  # seconds for which an address that nobody used can be used
_LARGEST = 200_000  # bytes of what a form may send
_MOST_FIELDS = 50
_GLANCE = 0.1  # seconds between two looks whether the room was closed
_PATIENCE = 30  # seconds to wait for a browser that began to speak
_FRAMES = "http://localhost:* http://127.0.0.1:* https://localhost:* https://127.0.0.1:*"
_SPENT = "This address was used, or waited too long. Mend: run the notebook's cell again, which gives a new one."

# From method, rest of the path and fields to a page, or (with a leading ``?``) to where the browser is sent.
Answer = Callable[[str, str, dict[str, str]], str]


class NoPageError(LookupError):
    """A browser asked for a page that the room does not have."""


class Door:
    """Serves a room until it is closed or the process ends."""

    def __init__(self, answer: Answer) -> None:
        self._session = secrets.token_urlsafe(32)
        self._tickets: dict[str, float] = {}
        self._lock = threading.Lock()
        self.failures: list[str] = []  # the kinds of errors that pages ended in, never their words
        self._server = _Server(self, answer)
        self.port = self._server.server_port
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_GLANCE,), daemon=True, name="reading room"
        )
        self._thread.start()

    @property
    def is_open(self) -> bool:
        """Whether anybody can come in."""
        return self._thread.is_alive()

    def address(self) -> str:
        """Return a new address, which lets one browser in, once, within two minutes."""
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            self._tickets = {each: until for each, until in self._tickets.items() if until > time.monotonic()}
            self._tickets[ticket] = time.monotonic() + _OPEN_FOR
        return f"http://{_HOST}:{self.port}/{ticket}"

    def close(self) -> None:
        """Close the room: every address is dead from now on."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def goes_to(self, path: str) -> str | None:
        """Return where a used address leads, and use it up; None if it is no address that works."""
        with self._lock:
            until = self._tickets.pop(path.removeprefix("/"), 0.0)
        return f"/{self._session}/" if until > time.monotonic() else None

    def within(self, path: str) -> str | None:
        """Return what follows the secret part of a path; None where that is not this room's."""
        _, session, rest = [*path.split("/", 2), "", ""][:3]
        known = secrets.compare_digest(session.encode("utf-8", "replace"), self._session.encode())
        return rest if known and path.count("/") == 2 else None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, door: Door, answer: Answer) -> None:
        self.door, self.answer = door, answer
        super().__init__((_HOST, 0), _Handler)

    def handle_error(self, *_: object) -> None:
        """Keep the error's kind alone: its words, which would be printed into the notebook, may be a post's."""
        kind = sys.exc_info()[0]
        self.door.failures.append(kind.__name__ if kind is not None else "unknown")

    def server_bind(self) -> None:
        """Bind without looking this machine's name up, which could ask another machine."""
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = _HOST, int(self.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    timeout = _PATIENCE
    server: _Server

    def do_GET(self) -> None:
        """Let a browser in, or show it a page."""
        parts = urlsplit(self.path)
        leads_to = self.server.door.goes_to(parts.path) if self._is_meant() else None
        if leads_to is not None:
            self._say(303, "", location=leads_to)
        else:
            self._answered("GET", parts.path, parts.query)

    def do_POST(self) -> None:
        """Take a memo."""
        told = self.headers.get("Content-Length", "")
        size = int(told) if told.isascii() and told.isdigit() else _LARGEST + 1
        if size > _LARGEST:
            self._say(413, shut("This is too long to be a memo."))
        else:
            self._answered("POST", urlsplit(self.path).path, self.rfile.read(size).decode("utf-8", "replace"))

    def _answered(self, method: str, path: str, query: str) -> None:
        rest = self.server.door.within(path) if self._is_meant() else None
        if rest is None:
            return self._say(403, shut(_SPENT))
        try:
            shown = self.server.answer(method, rest, _fields(query))
        except NoPageError:
            return self._say(404, shut("There is no such page in this room. Mend: go back."))
        except SocialworkResearchError as error:  # these never hold the words of a post
            return self._say(500, shut(str(error)))
        if shown.startswith("?"):
            return self._say(303, "", location=f"{path.rpartition('/')[0]}/{shown}")
        return self._say(200, shown)

    def _is_meant(self) -> bool:
        """Tell whether the browser means this machine: a name that somebody let point here is refused."""
        return self.headers.get("Host") == f"{_HOST}:{self.server.server_port}"

    def _say(self, status: int, content: str, *, location: str | None = None) -> None:
        body = content.encode("utf-8", "replace")
        self.send_response(status)
        if location is not None:
            self.send_header("Location", location)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header(
            "Content-Security-Policy",
            f"default-src 'none'; style-src 'sha256-{STYLE_SUM}'; form-action http://{_HOST}:{self.server.server_port}; "
            f"base-uri 'none'; frame-ancestors {_FRAMES}; sandbox allow-forms",
        )
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        """Tell no version."""
        return "reading-room"

    def log_message(self, *_: object) -> None:
        """Log nothing: addresses are secrets."""


def _fields(query: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise NoPageError from None
