"""Talk patterns: what is spoken of, and by nobody enacted."""

from __future__ import annotations

import pytest

from socialwork_research import Codebook, coders
from socialwork_research.errors import CodebookError

from .conftest import Make

SOURCE = """
name = "mine"
version = "1"
[gates.TAKEN]
label = "taken up"
stance = "enacted"
scope = "post"
cues = ["i accepted"]
[gates.WEAK]
label = "judged"
stance = "condemned"
talk = true
cues = ["wrong"]
[[codes]]
name = "friending"
definition = "Friends a client."
patterns = ["i added a client"]
talk_patterns = ["clients? ... online", "add* ... client*"]
gates = ["TAKEN", "WEAK"]
"""


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("Clients find us online.", ["reported"]),
        ("Do clients find you online?", ["advice_sought"]),
        ("Do clients find you online, and (really) who cares?!\n\nI do.", ["advice_sought"]),
        ("Clients find us online. Do you?", ["reported"]),
        ("Adding clients is wrong.", ["condemned"]),
        ("I added a client, which is wrong.", ["enacted"]),  # a weak cue excuses no act
        ('He said "adding clients is fine" to me.', ["reported"]),
        ("Clients ask online. I accepted.", ["enacted"]),  # a gate finds the act
        ("I added a client. Do clients find you online?", ["enacted"]),  # talk counts where no act is found
        ("Hello", []),
    ],
)
def test_talk_is_a_question_or_a_report_unless_a_gate_says_more(make: Make, text: str, stances: list[str]) -> None:
    """A hit of a talk pattern is advice sought in a question, else reported; gates go before, and acts before talk."""
    marks = coders.patterns.mark(make(text), Codebook.read(SOURCE)).marks
    assert marks["stance"].tolist() == stances


def test_a_mark_tells_that_a_talk_pattern_found_it(make: Make) -> None:
    """The rule of a mark names the kind of pattern."""
    marks = coders.patterns.mark(make("Clients find us online.", "I added a client"), Codebook.read(SOURCE)).marks
    assert marks["rule"].tolist() == ["talk pattern: clients? ... online", "pattern: i added a client"]


def test_the_table_counts_both_kinds() -> None:
    """Patterns and talk patterns are counted apart."""
    row = Codebook.read(SOURCE).table().loc["friending"]
    assert (row["n_patterns"], row["n_talk_patterns"]) == (1, 2)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('gates = ["TAKEN", "WEAK"]', "", "talk_patterns need gates"),
        ("talk = true", 'talk = "yes"', "talk is true or false"),
        ("talk_patterns", "talk_pattern", "Did you mean 'talk_patterns'?"),
    ],
)
def test_what_is_not_in_order_is_told(old: str, new: str, told: str) -> None:
    """Talk patterns without gates, a talk that is no truth value and a misspelt key are refused by name."""
    with pytest.raises(CodebookError) as error:
        Codebook.read(SOURCE.replace(old, new))
    assert told in str(error.value)
