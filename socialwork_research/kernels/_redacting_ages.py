"""Ages of persons.

An exact age in a person goes; ranges ("aged 5 to 11"), thresholds ("under 18", "18+"), groups ("16 year olds") and lengths of
time ("20 years in practice") are about nobody and stay.
"""

from __future__ import annotations

import re

from ._redacting_rule import Rule

__all__ = ["RULES"]

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELT = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_NUMBERS[:9])}))?|{'|'.join(reversed(_NUMBERS))})"
_N = rf"(?:1[01]\d|\d{{1,2}}(?:\.5|½)?|{_SPELT})"
_PEOPLE = (
    "boy|girl|man|woman|male|female|son|daughter|child|kid|lad|teen(?:ager)?|brother|sister|mother|mum|"
    "mom|father|dad|client|patient|person|"
    "baby|toddler|niece|nephew|grandson|granddaughter|lady|guy|student|grandmother|grandfather|nan|gran|"
    "white|black|asian|hispanic|cousin|twin"
)
_RANGE_AFTER = r"(?!\s?(?:[-–]|to|and|or)\s?\d|\s?\+|\s?%)"
_NO_PERSON = re.compile(
    r"(?:\b(?:under|over|until|till|least|most|below|above|from|between|before|after|than|law|policy|"
    r"scheme|building|house|for)\s+(?:the\s+)?(?:age\s+of\s+)?)$",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"\s*(?:%|percent|minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?(?!\s+old)|years?\s+(?!old|"
    r"of\s+age)|years?$|miles?|cases?|people|clients?|kids|children|posts|times|"
    r"am\b|pm\b|o['’]clock|of\s+(?:them|us)|pounds|dollars|quid|grand|k\b|stone|kg|lbs?|"
    r"weeks\s+(?:pregnant|gone)|[:.,]\d|/\d|into|another)|(?:th|st|nd|rd)\b",
    re.IGNORECASE,
)


_KIN = (
    "wife|husband|partner|fianc[ée]e?|friend|boyfriend|girlfriend|ex|mil|fil|twins|grandsons|"
    "granddaughters|sons|daughters|kids|boys|"
    r"girls|children|brothers|sisters|care\s(?:leaver|experienced)|single|widow|widower|widowed|married|divorced"
)
_NO_NAMES = (
    "Section|Chapter|Part|Page|Table|Figure|Note|Step|Rule|Article|Act|Schedule|Regulation|Form|Level|"
    "Band|Grade|Year|Week|Day|Class|"
    "Room|Question|Unit|Module|Item|Key|Stage|This|That|There|Here|What|Which|Where|It|The|Today|Tomorrow|Yesterday|Monday|Tuesday|"
    "Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|"
    "September|October|November|December|"
    "All|Mine|One|Two|Three|Limit|Cost|Price|Score|Total|Number|Minimum|Maximum|Average|Standard|And|But|In|For|With"
)
_ABOUT = "only|now|nearly|almost|just|about|around|like|maybe|already|currently|probably|barely|turning|nearing"
# What makes a figure an amount: a unit, a plural, a sign. "As", "was" and the like end in s and are no plurals.
_NO_AMOUNT = (
    r"(?![\w'’\"”:%+/]|[.,]\d|-|\s?(?:%|\+|/|['’\"”])|\s(?:of|per|out|more|other|different|part|hour|"
    r"minute|day|week|month|year|foot|feet|ft|"
    r"inch|stone|pound|dollar|mile|kg|km|cm|percent|time|and\s\d|or\s\d|deep|down|in\s(?:total|the\s(?:team|group|class|room)))\b|"
    r"\s(?!(?:as|was|is|has|this|plus|always|its|his|hers|us|yes|sometimes|years\sold|unless|besides|perhaps)\b)[a-z]+s\b)"
)


def _either(match: re.Match[str]) -> tuple[int, int] | None:
    """Take whichever group of the pattern has matched."""
    return next(match.span(name) for name in "abc" if name in match.re.groupindex and match[name] is not None)


def _age(match: re.Match[str]) -> tuple[int, int] | None:
    """Take the number where it is somebody's: not behind "under" or "over", and not before a unit of anything else."""
    start, end = match.span("it")
    text = match.string
    if _NO_PERSON.search(text[max(0, match.start() - 30) : match.start()]):
        return None
    return None if _THINGS.match(text, end) else (start, end)


def _is(match: re.Match[str]) -> tuple[int, int] | None:
    """Refuse "explain it like I'm five"."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    return None if re.search(r"(?i)\b(?:like|as\sif)\s$", before) else _age(match)


def _years_old(match: re.Match[str]) -> tuple[int, int] | None:
    if _NO_PERSON.search(match.string[max(0, match.start() - 30) : match.start()]):
        return None
    return match.span("it")


_AGE_OLD = Rule(
    kind="AGE",
    cue=r"(?i)(?:year|yr|month|mth|week|day)s?[ -]?olds?\b|[0-9 ]y\.?/?o\b|years?\s+of\s+age",
    pattern=re.compile(
        rf"(?<![\w£$€./-])(?P<it>{_N}(?:\s?(?:and\s(?:a\s)?half|½))?)[\s-]?"
        r"(?:(?:years?|yrs?|months?|mths?|mos?|weeks?|wks?|days?)[\s-]?(?:old(?!s|\s(?:building|house|law|"
        r"policy|system|laptop|car|phone|case|post|thread))|of\sage)|y\.?/?o\.?(?!\w))",
        re.IGNORECASE,
    ),
    finds=(
        "a «14» year old girl",
        "my «seven»-year-old",
        "I'm «31» y/o.",
        "he is «69» years old",
        "a «6» month old baby",
        "«twenty-two» years of age",
        "«16»yo here",
    ),
    leaves=(
        "a 30 year old building",
        "20 years in practice",
        "with 16 and 17 year olds",
        "over 65 years old",
        "years old habits",
        "5 to 11 weeks",
    ),
    where=_years_old,
    has_digit=False,
)
_AGE_SAID = Rule(
    kind="AGE",
    cue=rf"(?i)\b(?:aged|age|age\s+of|age\s+is|turn(?:s|ed)?)\s*[:=]?\s*(?:[0-9]|{_SPELT})",
    pattern=re.compile(
        rf"\b(?:aged|age\s+of|at\s+age|by\s+age|age(?:\s+is)?\s*[:=]?|(?:just|recently|has|had|have|'ve|'s|I|"
        rf"I['’]?ll|he|she|they|who|will|about\s+to|we)\s+turn(?:s|ed)?|turn(?:ed|s))\s+"
        rf"(?P<it>{_N})(?![\w£$€]){_RANGE_AFTER}",
        re.IGNORECASE,
    ),
    finds=(
        "a boy aged «12» who",
        "at the age of «61»",
        "she just turned «47»",
        "age: «34»",
        "I'll turn «23».",
        "he turned «sixteen» then",
    ),
    leaves=(
        "children aged 5-11",
        "aged 5 to 11",
        "ages 16 and over",
        "under the age of 18",
        "turned 180 degrees",
        "it turned 5 minutes into an hour",
        "aged 18+",
        "turned one into the other",
    ),
    where=_age,
    has_digit=False,
)
_AGE_IS = Rule(
    kind="AGE",
    cue=rf"(?i)(?:\b(?:i|s?he|who|they)['’]?(?:[ms]|re)|am|is|are|was|were)\s+(?:(?:{_ABOUT})\s+)?(?:[0-9]{{1,3}}\b|{_SPELT})",
    pattern=re.compile(
        r"\b(?:I['’]?m|I\s+am|s?he['’]?s|s?he\s+is|s?he\s+was|I\s+was|who['’]?s|who\s+(?:is|was)|they(?:['’]re|\s+are|\s+were)|"
        rf"(?:my|her|his|their|our|the)\s+(?:\w+\s+)?(?:{_PEOPLE})s?\s+(?:is|was|are|were|who\s+is))\s+(?:(?:{_ABOUT})\s+)?"
        rf"(?P<it>(?:1[01]\d|[1-9]\d?)(?:\s?(?:-|to|or|and)\s?[1-9]\d?(?!\s?[ap]\.?m))?|(?!(?:one|two)\b){_SPELT}\b){_NO_AMOUNT}",
        re.IGNORECASE,
    ),
    finds=(
        "when I was «fifteen» I left",
        "I'm «34» and tired",
        "she's «15».",
        "when he was «78».",
        "my son is «7», and",
        "I am «29», and",
        "when I was «11» she left",
        "I was about «17» at the time",
        "they're «9 and 12»",
        "when he was «15-16» it went",
    ),
    leaves=(
        "explain it like I'm five",
        "I am 10 deep in emails",
        "I'm 100% sure",
        "he is 2 hours late",
        "I'm 1 of 3",
        "she's 5 minutes away",
        "I was 20 minutes late",
        "he's 6'4 and I'm 5 foot 2",
        "I was 8 weeks pregnant",
        "they were 12 strangers",
        "I'm 45% done, he is 3rd",
        "she was 2 feet in front",
        "we are 5 in the team",
        "I was ten minutes late",
        "they were two friends",
        "she was one of seven",
        "he is seven foot tall",
        "I was sixth in line",
    ),
    where=_is,
    has_digit=False,
)
_AGE_CALLED = Rule(
    kind="AGE",
    cue=r"\b[A-Z][a-z]+\s(?:is|was)\s[0-9]{1,2}\b",
    pattern=re.compile(
        rf"\b(?!(?:{_NO_NAMES})\b)[A-Z][a-z]{{2,}}\s(?:is|was)\s(?:(?:{_ABOUT})\s)?(?P<it>[1-9]\d?)"
        r"(?=$|[.,;!?)\n]\D|[.]$|\sand\s[a-z]|\snow\b|\swho\b|\sbut\b|\swith\b)"
    ),
    finds=("Somebody is «34» and makes pots", "Anyone was «15», I think"),
    leaves=("The answer is 8.", "Level is 3.", "Today is 12.", "Friday is 5, isn't it", "Page is 12 of 13"),
    where=_age,
)
_AGE_AT = Rule(
    kind="AGE",
    cue=r"(?i)\bat\s+(?:only\s+|just\s+|about\s+|around\s+)?[0-9]{1,2}\b",
    pattern=re.compile(
        r"\b(?:aged\s+out|left\s+(?:home|care|school)|(?:got\s+)?(?:married|pregnant|adopted|fostered|diagnosed|sober)|removed|"
        r"taken\s+into\s+care|placed|died|retired|ran\s+away|moved\s+out|widowed|divorced|orphaned|"
        r"(?:had|have|having)\s+(?:her|his|my|their|a|our)\s+(?:\w+\s+)?(?:child|kid|son|daughter|baby|oldest|"
        r"eldest|first|twins|mum|mom)|"
        r"(?:began|started)\s+(?:college|school|uni|university|drinking|smoking|using|therapy))"
        rf"\s+at\s+(?:only\s+|just\s+|about\s+|around\s+)?(?P<it>[1-9]\d?){_NO_AMOUNT}(?!\s?(?:a\.?m|p\.?m|"
        rf"o['’]clock|tonight|today|sharp)\b)",
        re.IGNORECASE,
    ),
    finds=("aged out at «18».", "I had my first baby at «17»", "she was removed at only «3»", "he died at «61»"),
    leaves=(
        "the kitchen closed at 11",
        "placed at 2 schools",
        "retired at 5pm",
        "started school at 9 am",
        "removed at 25%",
    ),
    where=_age,
)
_AGE_OF = Rule(
    kind="AGE",
    cue=r"(?i)\bof\s+[0-9]{1,2}\b",
    pattern=re.compile(
        rf"\b(?:{_PEOPLE}|gentleman|lass|fella|bloke)\s+of\s+(?P<it>[1-9]\d?){_NO_AMOUNT}", re.IGNORECASE
    ),
    finds=("a gentleman of «91», retired", "a boy of «9»"),
    leaves=("a child of 3 parents", "the mother of 4 children", "a mother of 4", "a father of 3"),
    where=lambda match: (
        None if re.match(r"(?i)(?:mother|father|mum|mom|dad|gran|nan|grand)", match.group()) else match.span("it")
    ),
)
_AGE_BESIDE = Rule(
    kind="AGE",
    cue=r"\b[0-9]{1,2} ?/?[FMfm]\b|\b[FMfm] ?/?[0-9]{1,2}\b",
    pattern=re.compile(
        r"(?<![\w£$€./-])(?:[(\[]\s?(?:(?P<a>[1-9]\d?)\s?/?\s?[FM](?:TM|TF)?|[FM]\s?/?\s?(?P<b>[1-9]\d?))\s?[)\]]|"
        r"\b(?:I|me|my\s\w+|I['’]m|am)\s\(?(?P<c>[1-9]\d)\s?[FMfm]\b)"
    ),
    finds=("I («34»F) and my ex («36»M)", "my brother (M«19»)", "I'm «27»f and"),
    leaves=("5 m away", "12F on the bus", "M25 traffic", "the M1", "(4m)", "24 F is cold"),
    where=_either,
)
_AGE_NAMED = Rule(
    kind="AGE",
    cue=r"\b[A-Z][A-Za-z]*,? \(?[0-9]{1,2}[,)]",
    pattern=re.compile(
        rf"\b(?!(?:{_NO_NAMES})\b)(?:[A-Z][a-z]{{2,}}|(?:Mr|Mrs|Ms|Miss|Dr)\.?\s[A-Z])"
        r"(?:,\s(?P<a>[1-9]\d?),\s(?=[a-z])|\s\((?P<b>[1-9]\d?)\)\s(?=(?:who|was|is|has|had|from|my|her|his|lives|lived)\b)|"
        r"\s\((?P<c>[1-9]\d),\s(?=[a-z]))"
    ),
    finds=(
        "Somebody, «14», was placed",
        "Anyone («9») has",
        "Mr X, «79», living alone",
        "Anybody («54», likes angling)",
    ),
    leaves=(
        "in Section (9) and",
        "Chapter, 14, was",
        "in July, 14, was",
        "Journal of Xs, 65, 449",
        "In (2) who",
        "Item (12, see below)",
    ),
    where=_either,
)
_AGE_KIN = Rule(
    kind="AGE",
    cue=r"(?i)[a-z]s?(?:,? |,? ?\()[0-9]{1,2}(?:[,.\n)]| ?[fm]\)| and | & |$)",
    pattern=re.compile(
        rf"\b(?:{_PEOPLE}|{_KIN})(?:,\s(?P<a>[1-9]\d?(?:\s?(?:,|and|&)\s?[1-9]\d?)*)(?=,\s\D|\.(?:\s|$)|\n|$)|"
        r"\s?\((?P<b>[1-9]\d?)\s?[FM]?(?:\)|,\s\D))",
        re.IGNORECASE,
    ),
    finds=(
        "my client («15») ran off",
        "her daughter, «7», came",
        "son («12»M)",
        "my wife(«42»f) and",
        "for my grandsons, «7 and 4».",
        "care leaver, «29».",
        "twins («13»)",
    ),
    leaves=("the patients of (15) came", "my client, 2 of them", "your client, 3, 4, 5 hours past"),
    where=_either,
)
RULES = (
    _AGE_OLD, _AGE_SAID, _AGE_IS, _AGE_CALLED, _AGE_AT, _AGE_OF, _AGE_BESIDE, _AGE_NAMED, _AGE_KIN,
)  # fmt: skip
