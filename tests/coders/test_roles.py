"""Who speaks."""

from __future__ import annotations

import pytest

from socialwork_research import Codebook, coders

from .conftest import Make

CODES = [(code.name, place) for code in Codebook.open("actor_roles").codes for place in [code.id.split("/")[2]]]


@pytest.mark.parametrize(("name", "place"), CODES)
def test_examples_of_a_role_give_that_role(make: Make, name: str, place: str) -> None:
    """Each example, as profile or as text, gives its role and profession, with the certainty of its place."""
    code = Codebook.open("actor_roles")[name]
    texts = [case.text for case in code.examples]
    corpus = make(*["Morning"] * len(texts), author_profile=texts) if place == "profile" else make(*texts)
    speakers = coders.roles.mark(corpus).speakers
    role, profession, _ = code.id.split("/")
    assert set(speakers["role"]) == {role}
    assert set(speakers["profession"]) == {profession}
    assert set(speakers["certainty"]) == {"known" if place == "profile" else "probable"}


def test_the_profile_goes_before_the_text(make: Make) -> None:
    """A profile that names a role decides, whatever the post says; an empty or silent one leaves it to the post."""
    texts = ["As a care leaver I know.", "As a care leaver I know.", "As a care leaver I know.", "Hello"]
    corpus = make(*texts, author_profile=["Social worker", "Tea drinker", None, None])
    speakers = coders.roles.mark(corpus).speakers
    assert speakers["role"].tolist() == ["professional", "service_user", "service_user", "unclear"]
    assert speakers["certainty"].tolist() == ["known", "probable", "probable", "unclear"]


def test_what_others_are_is_not_what_the_writer_is(make: Make) -> None:
    """A role told of somebody else, denied or quoted gives no role."""
    texts = ["I met a social worker.", "I'm not a social worker.", "> I'm a social worker\n\nReally?"]
    assert set(coders.roles.mark(make(*texts)).speakers["role"]) == {"unclear"}


def test_roles_mark_nothing_and_look_at_all_that_can_be_read(make: Make) -> None:
    """The coding of roles has speakers for each readable post, and no marks."""
    coding = coders.roles.mark(make("I'm a social worker.", None))
    assert len(coding.marks) == 0
    assert coding.looked_at["post_id"].tolist() == coding.speakers["post_id"].tolist() == ["p000"]
