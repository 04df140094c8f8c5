"""The door of the reading room: this machine alone, addresses that work once, pages that load and send nothing."""

from __future__ import annotations

import re

import pytest

from socialwork_research.errors import SchemaError
from socialwork_research.privacy import _room_server
from socialwork_research.privacy._room_server import Door, NoPageError

from ._rooms import Browser


def answer(method: str, rest: str, fields: dict[str, str]) -> str:
    """Give back what was asked, or fail in the way that is asked for."""
    if rest == "memo":
        return "?n=1"
    if rest == "refused":
        raise SchemaError("c: 1 parts are gone. Mend: import again.")
    if rest == "broken":
        raise RuntimeError("zz the words of a post")
    if rest:
        raise NoPageError
    return f"<p>{method} {sorted(fields.items())}</p>"


@pytest.fixture
def door():
    """A door that is shut in the end."""
    made = Door(answer)
    yield made
    made.close()


def test_an_address_works_once(door):
    """The first who follows an address is let in, and whoever follows it again is not."""
    address = door.address()
    first, second = Browser(address), Browser(address)
    assert (first.status, second.status) == (303, 403)
    assert second.place == ""
    assert first.page(n=3) == "<p>GET [('n', '3')]</p>"


def test_an_address_waits_two_minutes(door, monkeypatch):
    """An address that nobody used in time lets nobody in."""
    address = door.address()
    late = _room_server.time.monotonic() + 121
    monkeypatch.setattr(_room_server.time, "monotonic", lambda: late)
    assert Browser(address).status == 403


def test_the_address_is_no_part_of_the_room(door):
    """The way into the room cannot be told from the address, nor one address from another."""
    one, two = door.address(), door.address()
    place = Browser(one).place
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{43}", one)
    assert re.fullmatch(r"/[\w-]{43}/", place)
    assert len({one.rpartition("/")[2], two.rpartition("/")[2], place.strip("/")}) == 3


@pytest.mark.parametrize("path", ["/", "//", "/x/", "/favicon.ico", "/%00/", "/%C3%A9/", "*"])
def test_strangers_see_nothing(door, path):
    """Any other path is refused by a page that tells nothing of the room."""
    status, _, page = Browser(door.address()).ask("GET", path)
    assert status == 403
    assert "run the notebook's cell again" in page.replace("&#x27;", "'") and "GET [" not in page


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1"])
def test_a_name_that_points_here(door, host):
    """A browser that was led here under another name is refused, and does not use an address up."""
    address = door.address()
    browser = Browser(door.address())
    assert browser.ask("GET", browser.place, host=host)[0] == 403
    assert browser.ask("GET", f"/{address.rpartition('/')[2]}", host=host)[0] == 403
    assert Browser(address).status == 303


def test_pages_keep_to_themselves(door):
    """Each answer forbids scripts, loading, sending elsewhere, storing and telling where one comes from."""
    browser = Browser(door.address())
    for path in (browser.place, "/x"):
        _, headers, _ = browser.ask("GET", path)
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert f"form-action http://127.0.0.1:{door.port}; base-uri 'none'" in policy
        assert policy.endswith("sandbox allow-forms") and "script" not in policy
        assert "frame-ancestors http://localhost:*" in policy
        assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Server"] == "reading-room"


def test_a_memo_sends_the_browser_back(door):
    """What a form sends is answered by the way back to the posts."""
    browser = Browser(door.address())
    assert browser.note("x") == f"{browser.place}?n=1"


@pytest.mark.parametrize("length", ["200001", "-1", "many", "", "٣"])
def test_what_is_no_memo(door, length):
    """A form without a length, or with one that is too large, is not read."""
    browser = Browser(door.address())
    headers = {"Content-Length": length.encode("utf-8").decode("latin-1")}
    assert browser.ask("POST", f"{browser.place}memo", headers=headers)[0] == 413


def test_a_page_that_is_not_there(door):
    """What the room does not have, and a query of too many parts, is told as that."""
    browser = Browser(door.address())
    assert browser.ask("GET", f"{browser.place}other")[0] == 404
    assert browser.ask("GET", f"{browser.place}?{'a=1&' * 60}")[0] == 404


def test_refusals_of_the_package_are_told(door):
    """An error of the package, which never holds words of a post, is shown."""
    browser = Browser(door.address())
    status, _, page = browser.ask("GET", f"{browser.place}refused")
    assert status == 500 and "1 parts are gone" in page


def test_other_errors_are_kept_silent(door, capfd):
    """Of any other error the kind is kept and no word is printed, neither here nor into the notebook."""
    browser = Browser(door.address())
    with pytest.raises(ConnectionError):
        browser.ask("GET", f"{browser.place}broken")
    assert browser.page() == "<p>GET []</p>"
    assert door.failures == ["RuntimeError"]
    assert capfd.readouterr() == ("", "")


def test_a_door_that_is_shut(door):
    """Nobody gets into a room that was closed, and closing twice does no harm."""
    browser = Browser(door.address())
    door.close()
    door.close()
    assert not door.is_open
    with pytest.raises(ConnectionRefusedError):
        browser.ask("GET", browser.place)


def test_only_this_machine_is_let_in(door):
    """The server listens on the loopback and on no other address."""
    assert door._server.socket.getsockname()[0] == "127.0.0.1"
