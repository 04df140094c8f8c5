"""The closed vocabularies of codings."""

from __future__ import annotations

from typing import get_args

import pytest

from socialwork_research import _vocabulary, coding

KINDS = ["Stance", "Role", "Profession", "Certainty", "Direction", "Confidence"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_type_offers_what_is_checked(kind: str):
    """Each Literal and the tuple that values are checked against hold the same words, each once."""
    values = get_args(getattr(_vocabulary, kind))
    plural = {"Certainty": "CERTAINTIES"}.get(kind, f"{kind.upper()}S")
    assert values == getattr(_vocabulary, plural)
    assert len(set(values)) == len(values)


def test_the_coding_shows_the_vocabulary_it_keeps():
    """What a coding refuses is decided by the one vocabulary, under the names that the coding offers."""
    for name in ("STANCES", "ROLES", "PROFESSIONS", "CERTAINTIES", "DIRECTIONS"):
        assert getattr(coding, name) is getattr(_vocabulary, name)
