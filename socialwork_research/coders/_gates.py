"""Stance gates: what a hit means in its context (after ConText, Harkema et al. 2009, 10.1016/j.jbi.2009.05.002).

A gate never deletes a hit; it sets the hit's stance. Where several gates fire on one hit, the one that stands first in
the codebook decides. A cue counts within its gate's scope:

- ``sentence``: in the same clause as the hit. A clause ends with its sentence, at a semicolon, and before *but*,
  *however*, *although*, *though* and *yet* ("I know it is a breach, but I added him" is not condemned);
- ``post``: anywhere in the title or text of the post;
- ``speaker``: the writer is a service user or carer (see `coders.roles`), or a cue stands anywhere in the post.

A gate marked ``talk`` is tried only on hits of a code's ``talk_patterns``.

After the gates of the codebook one more is tried, for every code that has gates: a hit inside inline quotation
marks is somebody else's wording, stance ``reported``. A hit on which no gate fires is ``enacted`` if a pattern of the
code found it; if a talk pattern did, it is ``advice_sought`` where its sentence ends in a question mark, and else
``reported``: something is told of others or in general, nothing of what the writer did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from . import _language
from ._matching import Buffer, Places, hits

if TYPE_CHECKING:
    from re2 import _Regexp as Expression

    from ..codebook import Codebook

__all__ = ["Context", "Gates", "context", "gates_of", "stances"]

Flags = npt.NDArray[np.bool_]
QUOTATION = "inline quotation"
_CLAUSE_END = r"[.!?]+[ \t\n\"')*\x1e\x00]|;|\x1e|\x00|\b(?:but|however|although|though|yet)\b"
_ASKING = ord("?")
_ENDING = np.frombuffer(b".!?\x1e\x00", dtype=np.uint8)
_QUOTED = r"\"[^\"\x00]{3,400}\""


@dataclass(frozen=True)
class Gates:
    """The gates of a codebook, compiled, in their order."""

    names: tuple[str, ...]
    stances: tuple[str, ...]
    scopes: tuple[str, ...]
    talk: tuple[bool, ...]
    cues: tuple[Expression | None, ...]
    clause_end: Expression
    quoted: Expression


@dataclass(frozen=True)
class Context:
    """What surrounds the hits of one buffer: clauses, sentences, quotations, cues by gate."""

    clause_ends: Places
    sentence_ends: Places
    questions: Flags
    quoted_from: Places
    quoted_to: Places
    cues: tuple[Places, ...]
    cue_posts: tuple[Places, ...]


def gates_of(book: Codebook) -> Gates:
    """Compile the gates of a codebook."""
    cues = []
    known: dict[str, _language.Phrase] = {}
    for name, gate in book.gates.items():
        where = f"codebook {book.name!r}, gate {name!r}"
        told = _language.union(gate.cues, signals=book.signals, where=where, known=known) if gate.cues else None
        source = None if told is None else told.source
        cues.append(None if source is None else _language.compiled(source, where=where))
    return Gates(
        names=tuple(book.gates),
        stances=tuple(gate.stance for gate in book.gates.values()),
        scopes=tuple(gate.scope for gate in book.gates.values()),
        talk=tuple(gate.talk for gate in book.gates.values()),
        cues=tuple(cues),
        clause_end=_language.compiled(_CLAUSE_END, where="clauses"),
        quoted=_language.compiled(_QUOTED, where="quotations"),
    )


def context(buffer: Buffer, gates: Gates, *, post_of_text: Places) -> Context:
    """Find clauses, quotations and cues in a buffer of posts."""
    quoted_from, quoted_to = hits(buffer, gates.quoted)
    begin, end = hits(buffer, gates.clause_end)
    data = np.frombuffer(buffer.data, dtype=np.uint8)
    asking = (data[begin - 1] == _ASKING) | (data[begin] == _ASKING) | (data[end - 2] == _ASKING)
    ending = np.isin(data[begin], _ENDING) if len(begin) else np.empty(0, bool)
    cues = tuple(np.empty(0, np.int64) if cue is None else hits(buffer, cue)[0] for cue in gates.cues)
    return Context(
        clause_ends=begin,
        sentence_ends=begin[ending],
        questions=asking[ending],
        quoted_from=quoted_from,
        quoted_to=quoted_to,
        cues=cues,
        cue_posts=tuple(post_of_text[buffer.text_at(places)] for places in cues),
    )


def stances(
    places: tuple[Places, Places],
    *,
    posts: Places,
    surroundings: Context,
    gates: Gates,
    applying: Iterable[str],
    talk: bool,
    by_service_user: Flags,
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
    """Return the stance of each hit and the gate that set it (None where no gate fired).

    Parameters
    ----------
    places
        Where the hits start and end, in bytes.
    posts
        The post of each hit.
    surroundings
        Clauses, quotations and cues of the buffer.
    gates
        The gates.
    applying
        The gates that the code of the hits lists.
    talk
        Whether talk patterns found the hits.
    by_service_user
        For each hit, whether its post was written by a service user or carer.
    """
    start, end = places
    stance = np.full(len(start), None, dtype=object)
    fired = np.full(len(start), None, dtype=object)
    open_still = np.ones(len(start), dtype=bool)
    listed = frozenset(applying)
    if not listed:
        return stance, fired
    for number, name in enumerate(gates.names):
        if name not in listed or (gates.talk[number] and not talk):
            continue
        if gates.scopes[number] == "sentence":
            found = _in_clause(start, end, surroundings.cues[number], surroundings.clause_ends)
        else:
            found = np.isin(posts, surroundings.cue_posts[number])
            found |= by_service_user & (gates.scopes[number] == "speaker")
        decides = open_still & found
        stance[decides], fired[decides] = gates.stances[number], name
        open_still &= ~found
    decides = open_still & _within(start, end, surroundings)
    stance[decides], fired[decides] = "reported", QUOTATION
    open_still &= ~decides
    stance[open_still] = "reported" if talk else "enacted"
    if talk:
        stance[open_still & _asked(end, surroundings)] = "advice_sought"
    return stance, fired


def _asked(end: Places, surroundings: Context) -> Flags:
    """Tell for each hit whether its sentence ends in a question mark."""
    return surroundings.questions[np.searchsorted(surroundings.sentence_ends, end, side="left")]


def _in_clause(start: Places, end: Places, cues: Places, clause_ends: Places) -> Flags:
    """Tell for each hit whether a cue begins in one of the clauses that the hit touches."""
    of_cues = np.searchsorted(clause_ends, cues, side="right")
    first = np.searchsorted(clause_ends, start, side="right")
    last = np.searchsorted(clause_ends, np.maximum(end - 1, start), side="right")
    return np.searchsorted(of_cues, first, side="left") < np.searchsorted(of_cues, last, side="right")


def _within(start: Places, end: Places, surroundings: Context) -> Flags:
    """Tell for each hit whether it lies inside quotation marks."""
    before = np.searchsorted(surroundings.quoted_from, start, side="right") - 1
    inside = before >= 0
    inside[inside] = end[inside] <= surroundings.quoted_to[before[inside]]
    return inside
