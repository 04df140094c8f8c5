"""The cues of all rules, held against a text at once, say what each says alone."""

from __future__ import annotations

import re2

from socialwork_research.kernels import redacting
from socialwork_research.kernels._redacting_rule import _Cues


def test_together_as_alone() -> None:
    """On every example, and on long texts made to be hard, the set of cues finds the rules that each cue finds alone."""
    texts = [
        example.replace("«", "").replace("»", "") for rule in redacting.RULES for example in rule.finds + rule.leaves
    ]
    texts += [
        word * 2_000 for word in ("at 7 ", "12 Oak ", "a1-", "my baby is ", "é ", "living at ", "1/2/", "0", "(a,1")
    ]
    alone = [re2.compile(rule.cue) for rule in redacting.RULES]
    for has_digit in (False, True):
        together = _Cues.of(redacting.RULES, has_digit=has_digit)
        places = [place for place, rule in enumerate(redacting.RULES) if rule.has_digit == has_digit]
        for text in texts:
            assert sorted(together(text)) == [place for place in places if alone[place].search(text)]
