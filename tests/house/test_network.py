"""Tests run without network: other machines are barred, this one is not."""

from __future__ import annotations

import socket
import urllib.request

import pytest

ELSEWHERE = "192.0.2.1"  # RFC 5737: an address for documentation, nobody's


def test_another_machine_cannot_be_reached():
    """A connection to another machine raises before a packet leaves, whatever way it is made."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as stream:
        for call in (stream.connect, stream.connect_ex):
            with pytest.raises(RuntimeError, match="without network"):
                call((ELSEWHERE, 80))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        with pytest.raises(RuntimeError, match="without network"):
            datagrams.connect((ELSEWHERE, 53))
        with pytest.raises(RuntimeError, match="without network"):
            datagrams.sendto(b"", (ELSEWHERE, 53))


def test_no_name_is_looked_up():
    """The name of another machine is not looked up, by sockets or through a library."""
    with pytest.raises(RuntimeError, match="without network"):
        socket.getaddrinfo("example.org", 443)
    with pytest.raises(RuntimeError, match="without network"):
        urllib.request.urlopen("http://example.org", timeout=1)


def test_this_machine_can_be_reached():
    """Loopback stays open, by name and by address, for workers and kernels."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port), timeout=5) as client:
            assert client.getpeername()[1] == port
