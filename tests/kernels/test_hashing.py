"""Keyed pseudonyms."""

from __future__ import annotations

import base64
import copy
import hmac

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research.errors import OptionError, PrivacyError
from socialwork_research.kernels.hashing import LENGTH, Key, pseudonyms

SECRET = bytes(range(32))


def by_hand(word: str, *, namespace: str = "post", platform: str = "forum") -> str:
    """A pseudonym by the standard library alone."""
    digest = hmac.digest(SECRET, f"{namespace}\x1f{platform}\x1f{word}".encode(), "sha256")[:16]
    return base64.b32encode(digest).decode().lower().rstrip("=")


def test_a_pseudonym_is_that_of_the_standard_library():
    """A pseudonym is HMAC-SHA-256, cut to 128 bits, in base32: what hmac and base64 give."""
    made = pseudonyms(pd.Series(["a", "b"]), key=Key(SECRET), namespace="post", platform="forum")
    assert made.tolist() == [by_hand("a"), by_hand("b")]
    assert made.str.len().eq(LENGTH).all()


def test_hmac_is_that_of_rfc_4231():
    """The HMAC beneath gives the published digest (RFC 4231, test case 2)."""
    digest = hmac.digest(b"Jefe", b"what do ya want for nothing?", "sha256").hex()
    assert digest == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


@given(st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), min_size=1)), max_size=30))
def test_missing_stays_missing_and_equal_stays_equal(words):
    """Two ids have one pseudonym just if they are one id; what is missing stays missing."""
    ids = pd.Series(words, dtype="str", index=range(10, 10 + len(words)))
    made = pseudonyms(ids, key=Key(SECRET), namespace="author", platform="forum")
    assert made.index.equals(ids.index)
    assert made.isna().tolist() == ids.isna().tolist()
    assert made.nunique() == ids.nunique()
    expected = [None if pd.isna(word) else by_hand(word, namespace="author") for word in ids]
    assert [None if pd.isna(word) else word for word in made] == expected


def test_name_spaces_and_platforms_are_apart():
    """The same letters in two name spaces or on two platforms have nothing in common."""
    made = {
        pseudonyms(pd.Series(["12"]), key=Key(SECRET), namespace=namespace, platform=platform).item()
        for namespace in ("post", "author", "handle")
        for platform in ("forum", "reddit")
    }
    assert len(made) == 6


def test_a_platform_cannot_forge_a_name_space():
    """A platform's name cannot hold the mark between name spaces."""
    with pytest.raises(PrivacyError, match="separator"):
        pseudonyms(pd.Series(["a"]), key=Key(SECRET), namespace="post", platform="a\x1fb")


def test_unknown_name_space_is_refused():
    """A name space that does not exist is named with the nearest."""
    with pytest.raises(OptionError, match="author"):
        pseudonyms(pd.Series(["a"]), key=Key(SECRET), namespace="autor", platform="forum")


def test_a_series_in_pieces_is_hashed_as_a_whole():
    """A series that was put together of pieces gives what the whole gives."""
    pieces = pd.concat([pd.Series(["a", None], dtype="str"), pd.Series(["b", "a"], dtype="str")], ignore_index=True)
    made = pseudonyms(pieces, key=Key(SECRET), namespace="post", platform="forum")
    assert made.dropna().tolist() == [by_hand("a"), by_hand("b"), by_hand("a")]
    assert made.isna().tolist() == [False, True, False, False]


def test_no_ids_give_no_pseudonyms():
    """Nothing in, nothing out."""
    assert pseudonyms(pd.Series([], dtype="str"), key=Key(SECRET), namespace="post", platform="forum").empty


@pytest.mark.parametrize(
    "show", [repr, str, lambda key: f"{key}", lambda key: repr([key]), "{!r}".format, lambda key: str({key: key})]
)
def test_a_key_does_not_show(show):
    """Neither the bytes nor the hexadecimal digits of a secret are in what a key shows of itself."""
    shown = show(Key(SECRET))
    assert SECRET.hex() not in shown
    assert repr(SECRET)[2:-1] not in shown


def test_a_key_is_not_pickled():
    """A key does not travel by accident."""
    with pytest.raises(PrivacyError, match="pickled"):
        Key(SECRET).__reduce_ex__(4)


def test_a_key_does_not_change_and_copies_are_itself():
    """A key is a value: it cannot be changed, and its copies are itself."""
    key = Key(SECRET)
    with pytest.raises(AttributeError):
        key.id = "other"
    assert copy.copy(key) is key
    assert copy.deepcopy(key) is key


def test_key_ids_tell_keys_apart():
    """The published id is the same for one secret, another for another, and 8 letters long."""
    assert Key(SECRET).id == Key(SECRET).id
    assert Key(SECRET) == Key(SECRET)
    assert hash(Key(SECRET)) == hash(Key(SECRET))
    assert Key(SECRET) != Key(bytes(32))
    assert Key(SECRET).id != Key(bytes(32)).id
    assert len(Key(SECRET).id) == 8


@pytest.mark.parametrize("secret", [b"", b"short", bytes(31), bytes(33), "0" * 32, None])
def test_a_key_is_32_bytes(secret):
    """Anything but 32 bytes is no key."""
    with pytest.raises(PrivacyError, match="32 random bytes"):
        Key(secret)


def test_all_bytes_have_their_letters():
    """Base32 is right for every byte at every place."""
    words = pd.Series([f"id {number}" for number in np.arange(500)])
    made = pseudonyms(words, key=Key(SECRET), namespace="post", platform="forum")
    assert made.tolist() == [by_hand(word) for word in words]
