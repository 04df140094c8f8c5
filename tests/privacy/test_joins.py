"""Redaction takes names out of texts and leaves every tie: mentions stand in a column of their own."""

from __future__ import annotations

import pytest

from socialwork_research import networks, privacy

from ._project import STAYING, Project, made


@pytest.fixture
def project(tmp_path) -> Project:
    """A project by hand whose posts name each other as @name."""
    return made(tmp_path)


def test_networks_survive_redaction(project):
    """Names after @ go from the texts, and the ties of each kind are what they were, pair by pair."""
    before = project.corpus
    after = privacy.redact(before, key=project.key)
    assert any("@ada_k" in text for text in before.posts["text"].dropna())
    assert not any("ada_k" in text for text in after.posts["text"].dropna())
    assert STAYING[2] not in set(after.posts["text"])
    for name in ("mentions", "reply_to", "reply_to_author", "author_id", "thread_id"):
        assert after.posts[name].equals(before.posts[name])
    for kind in ("reply", "mention"):
        one, two = (networks.ties(corpus, kind=kind) for corpus in (before, after))
        assert one.equals(two)
        assert len(one) > 0
