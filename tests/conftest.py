"""What every test may lean on: no network, the invented sample, corpora made by hand, two Dask workers."""

from __future__ import annotations

import ipaddress
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import settings

import socialwork_research as sw
from socialwork_research import Corpus, sources

ROOT = Path(__file__).resolve().parents[1]
_KEPT = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}
_RESOLVERS = {name: getattr(socket, name) for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex")}
_LOCAL_NAMES = ("", "localhost", "localhost.localdomain", "ip6-localhost")
_PART = 100  # rows a part: the sample is so small that it would lie in one


# Laws are tried on the same examples each time, and nothing is kept between runs.
settings.register_profile("house", derandomize=True, deadline=None, database=None, max_examples=60)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that hold slow tests, then those with most: no worker is left with one of them at the end.

    pytest-xdist would sort by number of tests alone, and end with whole runs of the sample study; ``make test`` tells it
    not to.
    """
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    held = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in slow, -held[item.path]))


class NetworkBarredError(RuntimeError):
    """A test tried to reach another machine."""


def _is_local(host: Any) -> bool:
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name.lower() in _LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _guarded_socket(name: str) -> Callable[..., Any]:
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if self.family != getattr(socket, "AF_UNIX", None) and not _is_local(address[0]):
            raise NetworkBarredError(
                f"socket.{name}: tests run without network; only this machine itself may be reached."
            )
        return _KEPT[name](self, *arguments)

    return guarded


def _guarded_resolver(name: str) -> Callable[..., Any]:
    def guarded(host: Any, *arguments: Any, **options: Any) -> Any:
        if not _is_local(host):
            raise NetworkBarredError(
                f"socket.{name}: tests run without network; only this machine itself may be named."
            )
        return _RESOLVERS[name](host, *arguments, **options)

    return guarded


def pytest_configure() -> None:
    """Bar the network before the first test module is imported."""
    for name in _KEPT:
        setattr(socket.socket, name, _guarded_socket(name))
    for name in _RESOLVERS:
        setattr(socket, name, _guarded_resolver(name))


def pytest_unconfigure() -> None:
    """Leave the interpreter as it was."""
    for name, function in _KEPT.items():
        setattr(socket.socket, name, function)
    for name, function in _RESOLVERS.items():
        setattr(socket, name, function)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sample() -> Corpus:
    """The invented sample in memory: nobody may change it."""
    return sources.read(ROOT / "corpora" / "sample" / "posts.jsonl")


@pytest.fixture(scope="session")
def sample_folder(sample: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as it is saved, without a key, in several parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("socialwork_research.corpus._PART_SIZE", _PART)
        return sw.save(sample, tmp_path_factory.mktemp("saved") / "sample")


@pytest.fixture(scope="session")
def corpus_of() -> Callable[..., Corpus]:
    """A maker of corpora by hand: columns left out get the plainest value (one thread, one forum, a minute apart)."""

    def make(posts: dict[str, list[Any]], *, name: str = "by hand", **about: Any) -> Corpus:
        table = pd.DataFrame(posts)
        n = len(table)
        minutes = pd.to_timedelta(range(n), unit="min")
        plain = {
            "post_id": [f"p{number}" for number in range(n)],
            "thread_id": "t",
            "platform": "forum",
            "created_at": pd.Timestamp("2024-05-01T09:00:00Z") + minutes,
        }
        return Corpus.of(
            table.assign(**{column: value for column, value in plain.items() if column not in table}),
            name=name,
            **about,
        )

    return make


@pytest.fixture(scope="session")
def _workers() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="the extra [cluster] is not installed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # any free port: None would still ask for 8787, which another run may hold
        memory_limit=0,
    ) as cluster:
        yield cluster


@pytest.fixture
def dask_client(_workers: Any) -> Iterator[Any]:
    """A client of two worker processes; what Dask computes during the test runs there."""
    from distributed import Client

    with Client(_workers) as client:
        client.wait_for_workers(2)
        yield client
