"""Keys one after the other."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research.errors import PrivacyError
from socialwork_research.kernels.chaining import Chain, rotated
from socialwork_research.kernels.hashing import Key, hashed

OLD, NEW, NEWEST = Key(bytes(32)), Key(bytes(range(32))), Key(bytes(range(32, 64)))
WORDS = st.lists(st.text(max_size=20), max_size=20)


@given(WORDS)
def test_a_chain_is_one_key_after_the_other(words):
    """What a chain makes of raw ids is what the new key makes of the old key's pseudonyms, also with three keys."""
    ids = pa.array([*words, None], type=pa.string())
    chain, longer = Chain(OLD, NEW), Chain(Chain(OLD, NEW), NEWEST)
    once = hashed(ids, key=OLD, namespace="author", platform="x")
    twice = rotated(once, key=NEW)
    assert twice == hashed(ids, key=chain, namespace="author", platform="x")
    assert rotated(twice, key=NEWEST) == hashed(ids, key=longer, namespace="author", platform="x")
    assert len(set(twice.to_pylist())) == len(set(ids.to_pylist()))


def test_a_chain_has_an_id_of_its_own():
    """The id of a chain is neither key's, tells the order, and is the same each time."""
    ids = {OLD.id, NEW.id, Chain(OLD, NEW).id, Chain(NEW, OLD).id, Chain(OLD, NEWEST).id}
    assert len(ids) == 5
    assert Chain(OLD, NEW) == Chain(OLD, NEW)
    assert Chain(OLD, NEW) != NEW
    assert Chain(OLD, NEW).id in repr(Chain(OLD, NEW))


def test_a_key_does_not_follow_itself():
    """Two times the same key is refused."""
    with pytest.raises(PrivacyError, match="the same"):
        Chain(OLD, Key(bytes(32)))


def test_a_chain_is_not_pickled():
    """A chain leaves the process as little as a key."""
    with pytest.raises(PrivacyError, match="not pickled"):
        Chain(OLD, NEW).__reduce_ex__(4)
