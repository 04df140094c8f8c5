"""Walks over the public face: each function that is met there goes through every house test that asks for it."""

from __future__ import annotations

import pytest

from socialwork_research import Corpus

from ._face import FUNCTIONS, PUBLICS, TRACED, Public
from ._stock import Stock, of_corpus

_WALKS: dict[str, list[Public]] = {
    "public": PUBLICS,
    "function": FUNCTIONS,
    "traced": TRACED,
    "of_a_corpus": [public for public in PUBLICS if of_corpus(public)],
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `public`, `function`, `traced` or `of_a_corpus` once for each of them."""
    for name, walked in _WALKS.items():
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, walked, ids=str)


@pytest.fixture(scope="session")
def stock(sample: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Stock:
    """Arguments for every public function, made from the sample in memory."""
    return Stock(tmp_path_factory.mktemp("stock"), corpus=sample)
