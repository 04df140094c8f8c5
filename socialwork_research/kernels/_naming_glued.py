"""English contractions as they are written without their apostrophe: "doesnt", "hes", "shouldve"."""

from __future__ import annotations

from functools import cache

__all__ = ["glued"]

_WHO = (
    "i he she it we they you who that there what where how here this someone somebody everyone everybody nobody anyone when why"
).split()
_NOT = "do does did is was are were has have had ca wo could would should must need might ai dare".split()
_HAVE = "could would should might must".split()
_WORDS = frozenset(
    "its were well ill wed shed shell hell id cant wont theres".split()
)  # are everyday words as they stand


@cache
def glued() -> frozenset[str]:
    """Return them in small letters.

    >>> sorted(word for word in glued() if word.startswith("would"))
    ['woulda', 'wouldnt', 'wouldntve', 'wouldve']
    """
    who = {word + ending for word in _WHO for ending in ("s", "d", "ll", "ve", "re", "dve")} | {
        "im",
        "ima",
        "youse",
        "yall",
    }
    negated = {f"{word}nt" for word in _NOT}
    have = {word + ending for word in _HAVE for ending in ("ve", "a", "ntve")}
    return frozenset(who | negated | have) - _WORDS
