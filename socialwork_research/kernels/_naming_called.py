"""Names that what is done to a person gives away: addressed at a text's start, rung or texted, gone off sick."""

from __future__ import annotations

import re

from ._naming_around import MONTHS
from ._naming_lists import (
    CAPITALS,
    FIRST,
    FIRST_HARD,
    FIRST_WORD,
    FUNCTION,
    HEADS,
    INITIAL,
    NATION,
    STATE,
    STAYS,
    SURNAME,
    UNKNOWN,
    WORD,
    lists,
)
from ._naming_words import Text

__all__ = ["called"]

_NEVER = STAYS | FUNCTION | NATION | STATE | HEADS | INITIAL
_COUNTED = "first names that are things one can count"
_DETERMINERS = frozenset(
    "a an the this that these those my your our his her its their no every each any some old new little big of mount lake river st "
    "near around through in".split()
)
_DRAWN = re.compile(r"(.)\1\1")  # a letter drawn out: "Uhhh"
_PLURALS = ("ly", "ors", "ers", "ists", "ing", "wise", "ies", "mates", "folk", "folks", "ians")
_SHORTEST = 4  # letters of an addressed name that no list holds
_SHORT_CAPITALS = 3  # letters of a name in capitals behind "by"
_ANY_YOU = re.compile(
    r", [^.!?\n]{0,80}\b(?:you|your|you're|you’re|you've|you’ve)\b|, (?:please|thank|thanks|it gets|sending|i'm so|i am so)",
    re.IGNORECASE,
)
_TO_YOU = re.compile(
    r", (?:(?:could|can|would|will|do|did|have|are|were|may|might) (?:you|i|we)\b|you(?:r|'re|’re|'ve|’ve)?\b"
    r"|(?:please|thank|thanks|sorry|well done|so sorry|how are)\b)"
)
_ASIDE = 96  # letters behind an addressed name in which a clause shows itself
_STARTED = (
    r"i|i['’](?:m|ve|d|ll)|it|it['’]s|that|that['’]s|there|there['’]s|this|we|we['’](?:re|ve|d|ll)|they|they['’](?:re|ve|d|ll)|"
    r"he|he['’]s|she|she['’]s|you|you['’](?:re|ve|d|ll)|"
    r"nobody|no one|someone|somebody|everyone|some (?:of|people|folk|children|\w{3,}s)|"
    r"most of|none of|nope|yes|yep|yeah|same|so|ok|okay|exactly|agreed|what|how|why|where|who|is|are|does|did|do|don['’]t|can|"
    r"could|have you|let['’]s|let me|if|as (?:a|an|someone|somebody)|maybe|try|ask|ring|email|never|no[.,!]"
)
_CLAUSE = re.compile(rf", (?:{_STARTED})(?![\w'’-])", re.IGNORECASE)
_FURTHER_CLAUSE = re.compile(rf", (?:{_STARTED}|not|when|at least)(?![\w'’-])", re.IGNORECASE)
_ANY_CLAUSE = re.compile(rf", (?:{_STARTED}|the|a|an|my|our|your|not|when|in|at|on)(?![\w'’-])", re.IGNORECASE)
_WITHIN = re.compile(  # an aside, behind which the sentence goes on: "Autumn, some say, is quieter"
    r", [^,.!?\n]{1,60}, (?:is|was|are|were|has|had|have|will|would|can|"
    r"keeps|makes|means|gets|comes|goes|matters|helps|never|always)\b"
    r"|, (?:they|some|i|we|you|he|she|people|it) (?:say|said|says|think|guess|call(?:ed)? it|turns out|seems), ",
    re.IGNORECASE,
)
_NOW = r"(?:just |already |never |also |always |only |really |finally |actually |still |even |not |now |both ){0,2}"
_SAID = (
    "rung|rang|phoned|texted|emailed|messaged|told|said|asked|replied|answered|agreed|refused|apologised|apologized|promised|"
    "complained|confided|disclosed|decided|insisted|admitted|resigned|retired|quit|forgotten|cried|moaned|begged|"
    "been (?:off|told|asked|moved|sacked|suspended|in touch|so kind|rude|sectioned|arrested|placed|crying)|"
    "gone (?:off|quiet|missing|home|sick|on leave|back to)|stopped (?:answering|coming|engaging|taking|speaking)|had (?:a|the) baby"
)
_STATE = (
    r"off (?:sick|today|work|this|on|until|again|for)|on (?:leave|annual leave|holiday|maternity|sick|call|duty)|"
    r"back (?:on|in|at|from|"
    r"next|tomorrow|today)|my (?:\w+ )?(?:manager|supervisor|client|friend|colleague|boss|line manager|"
    r"practice educator|tutor|mentor|"
    r"partner|brother|sister|son|daughter|cousin|worker)|in (?:care|court|hospital|prison|custody|tears|supervision)|"
    r"pregnant|crying|"
    r"upset|angry|furious|lovely and|refusing|being (?:moved|assessed|discharged|difficult|so|very)|leaving|"
    r"going to (?:ring|call|ask|speak)|"
    r"convinced|retiring|worried|poorly|unwell|fuming|missing|asking|ringing|saying|telling|doing (?:well|better|so|ok|okay)"
)
_ACTED = re.compile(
    rf"(?:['’]s|s)? {_NOW}(?:(?:has|had) {_NOW}(?:{_SAID})\b|(?:is|was) {_NOW}(?:{_STATE})\b|(?:says|thinks|reckons|"
    rf"wants me|wants to|"
    r"wants us|wants contact|told|asked|rang|texted|emailed|phoned|refuses|cries|cried|apologised|messaged|replied)\b"
    r"|never (?:answers|answered|came|rang|rings|turned up|turns up|told|tells|asked|asks|replies|replied|listens|"
    r"listened|said|says|"
    r"wanted|forgave|knew|got (?:the|his|her|my|over)|showed)\b|broke down\b|(?:hasn|wasn|isn|won|didn|doesn|couldn|wouldn|"
    r"can)['’]t (?:been seen|answer|ring|"
    r"want|talk|speak|come|turn up|engage|listen|reply|say|tell|let|know|allowed|coping|eating|sleeping)\b)"
)
_WITH_ME = re.compile(r" and (?:I|me|myself)\b(?! (?:quote|mean|guess|think it))")
_HINT = re.compile(
    r"\b(?:ring|call|text|email|message|contact|see|dm|phone|chase|ping|tell|ask|rang|called|texted|emailed|messaged|saw|by) $"
)
_REACHED = re.compile(
    r"\b(?:(?:(?:will|to|should|must|could|can|please|you|somebody|someone|just|would|may|might|let me|i'll|i|we|and|then) )?"
    r"(?:ring|text|email|e-mail|message|dm|phone|chase|ping|ask|tell)|(?:to|can|could|should|will|please|must|i'll|"
    r"gonna) (?:call|contact|see)"
    r"|(?:^|[.!?\n] ?)(?:call|contact)|(?:i|we|she|he|they|had|have) (?:rang|texted|emailed|messaged|phoned|saw|contacted)) $"
)
_THEN = re.compile(
    r"(?:['’]s (?:mum|mom|dad|mother|father|worker|school|manager|carer)\b|[,.!?;\n)]|$| (?:before|about|again|all|when|"
    r"if|first|today|tomorrow|"
    r"yesterday|now|and|to|at|on|for|that|straight|directly|instead|back|last|this|later|for|in|every|but|so|tonight|because|with|"
    r"who|what|how|why|he|she|or|i|i'm|i'll|we|since|my|our)\b)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r" (?:is|was|has|had|isn['’]t|wasn['’]t|hasn['’]t|hadn['’]t|won['’]t|didn['’]t|doesn['’]t|couldn['’]t|can['’]t|"
    r"wouldn['’]t|keeps|kept|came|"
    r"comes|got|gets|goes|went|will|would|never|always|still|just|turned|looks|looked|seems|seemed|made|did|does|needs|"
    r"needed|left|started|took|"
    r"gave|found|lives|lived|works|worked|also|really|might|should|ran|sat|stood|won|wrote|broke|told|spoke|said|rang|"
    r"thought|knew|felt|met|lost|sent|bought|brought|drove|hid|woke|slept|paid|swore|[a-z]{3,}(?<!ne)ed)\b"
)
_PRONOUN = re.compile(r" [^.!?\n]{0,90}?\b(?:he|she|his|her|him|himself|herself|hers)\b")
_AND_OWN = re.compile(
    r" and (?:his|her|their) (?:\w+ )?(?:partner|wife|husband|mum|mom|dad|kids|children|family|brother|sister|son|"
    r"daughter|girlfriend|boyfriend)\b"
)
_THING = re.compile(
    r" (?:is|was) (?:such |quite |really |just )?(?:a|an|the) (?:\w+ )?(?:place|walk|spot|bird|word|colour|color|stone|"
    r"plant|flower|tree|stream)\b"
)
_BY = re.compile(r"[a-z]{3,} by $")
_PLAIN_BY = frozenset(
    "signed written led funded approved run backed owned recommended stuck made done used said seen given".split()
)


def called(text: Text) -> None:
    """Take names, mostly ones that are rare words as well, that what is said of them or to them makes a person's."""
    for i, bits in enumerate(text.bits):
        if not bits & (FIRST | FIRST_WORD) and i:
            continue
        if text.taken[i] or text.bases[i] in MONTHS:
            continue
        if bits & _NEVER:
            if (
                not i and bits & FUNCTION and bits & FIRST_WORD and text.opens(i) and _spoken_to(text, i)
            ):  # "Will, I ..."
                text.take(i, i, "PERSON")
            continue
        if bits & CAPITALS:
            if bits & FIRST and _maker(text, i):
                text.take(i, i, "PERSON")
        elif (
            (bits & (FIRST_WORD | FIRST) or not i)
            and _alone(text, i)
            and (_reached(text, i) or _counted(text, i) or _subject(text, i))
        ):
            text.take(i, i, "PERSON")


def _alone(text: Text, i: int) -> bool:
    """Say whether no further capitalised word stands right beside."""
    right = i + 1 < len(text.starts) and text.gap(i) == " " and not text.taken[i + 1]
    if right and text.bases[i + 1] in {"I", "A"}:
        right = False
    return not right


def _subject(text: Text, i: int) -> bool:
    """Say whether a name stands at a start: addressed there, or as the one who did what only persons do."""
    if not text.begins(i) or text.heading(i):
        return False
    bits, stop = text.bits[i], text.stops[i]
    first = not i and text.opens(i)
    if bits & (FIRST_WORD | FIRST):
        if _ACTED.match(text.text, stop) or _WITH_ME.match(text.text, stop) or _AND_OWN.match(text.text, stop):
            return True
        if _FINITE.match(text.text, stop) and not _THING.match(text.text, stop):
            return text.bases[i] in lists().said[_COUNTED] or _PRONOUN.match(text.text, stop) is not None
        return first and (_TO_YOU.match(text.text, stop) is not None or _spoken_to(text, i))
    return first and _strange(text, i) and _ANY_YOU.match(text.text, stop) is not None


def _spoken_to(text: Text, i: int) -> bool:
    """Say whether a sentence of its own follows a name and a comma: "Ray, some children ...", not "Grace, patience and"."""
    if text.possessive(i) or text.bases[i] in lists().said["names that open a sentence as words"]:
        return False
    rest = text.text[text.stops[i] : text.stops[i] + _ASIDE]
    opener = _CLAUSE if text.bits[i] & FIRST_HARD else _FURTHER_CLAUSE
    if text.answers:
        opener = _ANY_CLAUSE
    return opener.match(rest) is not None and _WITHIN.match(rest) is None


def _strange(text: Text, i: int) -> bool:
    """Say whether a word at a text's start is none of English, so that it can only be whom the text speaks to."""
    small, known = text.bases[i].lower(), lists()
    if text.possessive(i) or len(small) < _SHORTEST or small.endswith(_PLURALS) or _DRAWN.search(small):
        return False
    parts = text.bases[i].split("-")
    if len(parts) > 1:
        return all(part[:1].isupper() and part.lower() not in known.words for part in parts)
    return bool(text.bits[i] & (UNKNOWN | SURNAME)) and not text.bits[i] & WORD and small not in known.rare


def _counted(text: Text, i: int) -> bool:
    """Say whether a name within a sentence would, as a word, have an article before it: "a meeting with Brook"."""
    if (
        text.begins(i)
        or text.bases[i] not in lists().said[_COUNTED]
        or (i and text.gap(i - 1) == " " and not text.taken[i - 1])
    ):
        return False
    before = text.before(i)
    return bool(before) and before not in _DETERMINERS and not text.foreign(text.starts[i])


def _reached(text: Text, i: int) -> bool:
    """Say whether somebody rings, texts or asks the name's bearer: "ask Amber, she knows"."""
    if not text.bits[i] & FIRST_WORD or _THEN.match(text.text, text.stops[i]) is None:
        return False
    phrase = text.phrase(i)
    return _HINT.search(phrase) is not None and _REACHED.search(phrase) is not None


def _maker(text: Text, i: int) -> bool:
    """Say whether a name in capitals is a maker's: "cakes by SANDRA"."""
    phrase = text.phrase(i)
    if len(text.bases[i]) < _SHORT_CAPITALS or _BY.search(phrase) is None or text.heading(i):
        return False
    return phrase.split()[-2] not in _PLAIN_BY
