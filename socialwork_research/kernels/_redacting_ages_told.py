"""Ages of persons as they are told: by decades, birthdays, lists of children, and what somebody did "at 16"."""

from __future__ import annotations

import re

from ._redacting_rule import Rule

__all__ = ["RULES"]

_ONES = "three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SPELT = rf"(?:(?:{_TENS})(?:[- ](?:one|two|{_ONES}))?|{_TEENS}|{_ONES})"
_N = rf"(?:1[01]\d|[1-9]\d?|{_SPELT})"
_GROWN = rf"(?:1[3-9]|[2-9]\d|(?:{_TENS})(?:[- ](?:one|two|{_ONES}))?|(?:thir|four|fif|six|seven|eigh|nine)teen)"
_DECADE = "teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
_KIN = (
    "mum|mom|mam|mother|dad|father|nan|nana|nanny|gran|granny|grandma|grandmother|grandad|grandpa|"
    "grandfather|stepdad|stepmum|stepmom|"
    "son|daughter|brother|sister|nephew|niece|cousin|aunt|auntie|uncle|wife|husband|partner|boyfriend|girlfriend|ex|client|patient|"
    "grandson|granddaughter|baby|toddler|child|kid|boy|girl|lad|lass|teen|teenager|eldest|oldest|youngest|middle one|little one|"
    "young person|yp|sibling|twin|husband|carer|student|gentleman|lady|man|woman|tenant|resident"
)
_YOUNG = (
    "baby|newborn|infant|son|daughter|boy|girl|little one|grandson|granddaughter|niece|nephew|toddler|twins|child|bub|bubba|"
    "youngest|eldest|oldest|kid|brother|sister"
)
_SEVERAL = (
    "kids|children|boys|girls|siblings|sons|daughters|brothers|sisters|twins|grandkids|grandchildren|nieces|nephews|grandsons|"
    "granddaughters|lads|cousins|grandparents|parents|clients|carers|both|all|they"
)
_ABOUT = "only|now|nearly|almost|just|about|around|maybe|already|currently|probably|barely|roughly|all of"
_ENDS = (
    r"(?=\s*(?:[,;!?)\n]|\.(?!\d)|$)|\s(?:and|but|so|now|in|next|this|when|with|going|who|or|at|already|"
    r"years|today|tomorrow|too|on|then|"
    r"doing|living|because|which|as|has|is|still|they|we|he|she|I|you)\b)(?!\s?(?:and|or|to|"
    r"in)\s(?:a\shalf|\d+\s(?:hours|minutes|days|weeks|miles)))"
)
_AMOUNT = re.compile(
    r"\s?(?:%|[£$€:/]|[.,]\d|percent|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|miles?|cases?|people|"
    r"clients?|posts|times|am\b|pm\b|"
    r"o['’]clock|of\b|out\b|more\b|deep\b|down\b|visits|years\s(?:in|of|on|later|ago|since|post|qualified|into|sober|clean))"
)


def _age(match: re.Match[str]) -> tuple[int, int] | None:
    """Take the figure unless a unit of anything else follows."""
    return None if _AMOUNT.match(match.string, match.end("it")) else match.span("it")


def _birthday(match: re.Match[str]) -> tuple[int, int] | None:
    """Refuse thresholds: "support until their 25th birthday"."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    return (
        None
        if re.search(r"(?i)\b(?:until|till|up to|before|past)\s(?:\w+\s)?(?:\w+['’]s\s)?$", before)
        else match.span("it")
    )


_DECADES = Rule(
    kind="AGE",
    cue=(
        rf"(?i)\b(?:my|her|his|their|our)\s(?:(?:early|mid|late|very)[- ]){{0,2}}(?:[2-9]0['’]?s|{_DECADE})\b|"
        rf"(?:early|mid|late)[- ](?:{_DECADE})|(?:[2-9]0|{_TENS})[- ]?(?:something|ish)\b"
    ),
    pattern=re.compile(
        rf"(?:\b(?:my|her|his|their|our)\s(?P<it>(?:(?:very\s)?(?:early|mid|late)[- ](?:to[- ]late[- "
        rf"])?)?(?:[2-9]0['’]?s|{_DECADE}))\b"
        rf"|(?<!\bthe\s)\b(?P<b>(?:early|mid|late)[- ](?:{_DECADE}))|\b(?P<c>(?:[2-9]0|{_TENS})[- ]?something))\b",
        re.IGNORECASE,
    ),
    finds=(
        "a man in his «late 50s» came",
        "in her «early forties»",
        "they are in their «80's» now",
        "a «mid-thirties» mother",
        "a «thirty something» dad",
    ),
    leaves=("in the late 80s", "in the late twenties", "their 30 cases", "her 5s"),
    where=lambda match: match.span(next(name for name in ("it", "b", "c") if match[name])),
    has_digit=False,
)
_BIRTHDAY = Rule(
    kind="AGE",
    cue=(
        r"(?i)(?:[0-9](?:st|nd|rd|th)|eenth|ieth|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
        r"tenth|twelfth)\s(?:b-?day|birthday)"
    ),
    pattern=re.compile(
        r"\b(?P<it>\d{1,3}(?:st|nd|rd|th)|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twent|thirt|fort|"
        r"fift|sixt|sevent|eight|ninet)"
        r"(?:ieth|y[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))|first|second|third|"
        r"fourth|fifth|sixth|seventh|"
        r"eighth|ninth|tenth|eleventh|twelfth)\s(?:b-?day|birthday)",
        re.IGNORECASE,
    ),
    finds=("her «18th» birthday", "on his «sixteenth» birthday he", "my «50th» bday"),
    leaves=("until their 25th birthday", "the 3rd visit", "up to her 18th birthday"),
    where=_birthday,
    has_digit=False,
)
_TURNING = Rule(
    kind="AGE",
    cue=rf"(?i)\b(?:turning|turns|gone|hit|turn|hitting|pushing|nearing|approaching)\s(?:[0-9]|{_SPELT})",
    pattern=re.compile(
        rf"\b(?:(?<!\bof\s)turning|(?:he|she|they|I|who|when\s\w+)\s(?:just\s)?turns|(?:he|she|['’]s|is|are|"
        rf"has)\s(?:just\s)?(?:only\s)?(?:just\s)?gone|"
        rf"(?:about|going|due)\sto\s(?:hit|turn)|just\shit|(?:I['’]?m|he['’]?s|she['’]?s|is|am|"
        rf"are)\s(?:now\s)?(?:pushing|nearing|approaching|hitting))\s"
        rf"(?P<it>{_N})\b{_ENDS}",
        re.IGNORECASE,
    ),
    finds=(
        "turning «18» next month",
        "he's just gone «12».",
        "about to hit «60» and",
        "she is pushing «forty»,",
        "When he turns «16» they stop",
    ),
    leaves=("turning 180 degrees", "it has gone 12 weeks", "about to hit 20 cases", "is approaching 5 pm"),
    where=_age,
    has_digit=False,
)
_WILL_BE = Rule(
    kind="AGE",
    cue=rf"(?i)(?:['’]ll|['’]d|will|would) be\s(?:(?:{_ABOUT})\s)?(?:[0-9]|{_TENS}|{_TEENS})",
    pattern=re.compile(
        rf"\b(?:I|s?he|they|who|(?:my|her|his|their|our|the)\s(?:{_KIN}))(?:['’]ll|['’]d|\swill|\swould)\sbe\s(?:(?:{_ABOUT})\s)?"
        rf"(?P<it>1[01]\d|[1-9]\d?|(?:{_TENS}|{_TEENS})(?:[- ](?:one|two|{_ONES}))?)"
        r"(?=\s*(?:[,;!?)\n]|\.(?!\d)|$)|\s(?:in|on|next|this|soon|tomorrow|by|when|and|at)\b)",
        re.IGNORECASE,
    ),
    finds=("She'll be «90» in June", "he will be «sixteen» next week", "my daughter will be «30» soon"),
    leaves=("I'll be 5 minutes", "she will be 2 hours late", "it will be 10 in total", "I'll be one of them"),
    where=_age,
    has_digit=False,
)
_KIN_IS = Rule(
    kind="AGE",
    cue=rf"(?i)(?:{_KIN})(?:['’]s|\s(?:is|was|who['’]s|who is))\s(?:(?:{_ABOUT})\s)?(?:[0-9]|{_SPELT})",
    pattern=re.compile(
        rf"\b(?:{_KIN})(?:['’]s|\s(?:is|was|who['’]s|who\sis))\s(?:(?:{_ABOUT})\s)?(?P<it>{_N})\b{_ENDS}",
        re.IGNORECASE,
    ),
    finds=(
        "my daughter's «3» and",
        "Dad's «45», mum's «22».",
        "Grandma is «seventy-three» and",
        "Kid's about «10», won't",
        "The eldest is «twelve» and",
    ),
    leaves=(
        "mum's 2 jobs",
        "client's 3 priorities",
        "client is 2 of 3",
        "the child is 20 minutes late",
        "dad's 4 previous partners",
        "client is 3rd",
    ),
    where=_age,
    has_digit=False,
)
_MONTHS = Rule(
    kind="AGE",
    cue=rf"(?i)\b(?:{_YOUNG})(?:['’]s|,|\s(?:is|was|aged|at|of)|\s\().{{0,20}}(?:days?|weeks?|months?|wks?|mths?)\b",
    pattern=re.compile(
        rf"\b(?:{_YOUNG})(?:['’]s|,|\s(?:is|was|aged|at|of)|\s\()\s?(?:(?:{_ABOUT})\s)?(?P<it>(?:\d{{1,2}}|"
        rf"{_SPELT}|one|two)\s(?:days?|weeks?|wks?|months?|mths?))\b"
        r"(?!\s(?:away|late|behind|pregnant|into|in|sober|clean|ago|gone|off|post|older|younger|left|overdue|"
        r"early|premature|premmie|later|before|after|since|on|from))",
        re.IGNORECASE,
    ),
    finds=("the baby is «8 months» now", "baby girl, «5 weeks», no name", "a newborn («3 days») alone"),
    leaves=(
        "the baby is 3 weeks early",
        "for 6 weeks and 4 days",
        "the child is 2 weeks overdue",
        "my daughter is 6 months pregnant",
    ),
    has_digit=False,
)
_SEVERAL_ARE = Rule(
    kind="AGE",
    cue=rf"(?i)\b(?:[0-9]{{1,3}}|{_SPELT})(?:, |,? and |,? & )(?:[0-9]|{_SPELT})",
    pattern=re.compile(
        rf"(?:\b(?:{_SEVERAL})(?:['’]re|,|:|\s\(|(?:\s(?:who\s)?(?:are|were))?(?:\s(?:{_ABOUT}))?(?:\saged)?)"
        rf"|(?<!young people )(?<!those )(?<!\bpeople )(?<!anyone )(?<!pupils )\baged?)\s?"
        rf"(?:(?:{_ABOUT}|aged)\s)?(?P<it>{_N}(?:,\s{_N})*(?:,?\s(?:and|&)\s{_N}))\b(?![-–]|\s?(?:%|year\solds)|/\d)",
        re.IGNORECASE,
    ),
    finds=(
        "Siblings aged «4 and 6», same",
        "They're «5, 7 and 10».",
        "three kids, «2, 4 and 9», all",
        "The boys are «eight and eleven» now",
        "twins and a boy aged «3 and 5»",
    ),
    leaves=(
        "between the ages of 5 and 11",
        "young people aged 16 and 17",
        "they are 5 to 11",
        "children, 3 and 4 bed houses",
        "with 16 and 17 year olds",
    ),
    where=lambda match: (
        None
        if _AMOUNT.match(match.string, match.end("it"))
        or re.match(r"(?i)\s(?:bed|of|more)", match.string[match.end("it") :])
        else match.span("it")
    ),
    has_digit=False,
)
_DID_AT = Rule(
    kind="AGE",
    cue=rf"(?i)\bat\s(?:only\s|just\s|barely\s|age\s)?(?:1[3-9]|[2-9][0-9]|{_TENS}|[a-z]+teen)\b",
    pattern=re.compile(
        rf"(?:(?:^|(?<=[.!?,;\n]\s)|(?<=\band\s)|(?<=\bbut\s)|(?<=^)|(?<=\n))at\s(?:only\s|just\s|"
        rf"barely\s)?(?P<a>{_GROWN})\s(?=(?:I|s?he|they|we|my|his|her|you)\b)"
        r"|\b(?:(?:got|had|have|did|lost|met|passed|finished)\s(?:my|her|his|their)\s\w+(?:\s\w+)?|qualified|"
        r"graduated|retrained|trained|started|left|became|returned|joined|quit|moved|mum|mom|mother|dad|"
        r"father|parent|pregnant|homeless|"
        r"care|school|home|out|again|alone|fostered|adopted|sectioned|widowed|diagnosed|sober|married|"
        r"divorced|died|retired|removed|uni|college|university)"
        rf"\sat\s(?:only\s|just\s|barely\s)?(?P<b>{_GROWN})\b(?!['’]?s\b|\s?(?:%|[£$€:/]|[.,]\d|a\.?m|p\.?m|"
        rf"o['’]clock|percent|(?-i:[A-Z])|hours|days|weeks|months|years\sof)))",
        re.IGNORECASE,
    ),
    finds=(
        "I qualified at «41».",
        "Got my licence at «26».",
        "At «16» she was already a mum.",
        "pregnant at «seventeen» and",
        "left care at «17» with",
        "and at «29» I burnt out",
    ),
    leaves=(
        "At 9 I start",
        "left at 5",
        "looked at 20 files",
        "started at 13:30",
        "school at 15 Oak",
        "at 30% of it they ring",
    ),
    where=lambda match: match.span("a") if match["a"] else match.span("b"),
    has_digit=False,
)
_LAD_OF = Rule(
    kind="AGE",
    cue=(
        rf"(?i)\b(?:boy|girl|lad|lass|woman|man|gentleman|lady|child|baby|teenager|kid|client|patient|person|"
        rf"fella|bloke)\sof\s{_SPELT}"
    ),
    pattern=re.compile(
        rf"\b(?:boy|girl|lad|lass|woman|man|gentleman|lady|child|baby|teenager|kid|client|patient|person|fella|"
        rf"bloke)\sof\s(?:(?:{_ABOUT})\s)?"
        rf"(?P<it>{_SPELT})\b(?!\s(?:parents|children|kids|minds|them|us|faiths))",
        re.IGNORECASE,
    ),
    finds=("A lad of «fifteen», in a cell", "a girl of «six»"),
    leaves=("a child of three parents", "a mother of four", "a family of five"),
    has_digit=False,
)
_LETTERED = Rule(
    kind="AGE",
    cue=r"\b[1-9][0-9]\s?[MFmf]\b",
    pattern=re.compile(
        r"(?<![\w£$€./-])(?P<it>[1-9]\d)\s?[MFmf](?:\s(?=here\b|looking\b|UK\b|US\b)|(?=\s?[/,]\s?(?:UK|US|"
        r"here|he/|she/|they/|social)))"
    ),
    finds=("«31»F here, is it mad", "«45»m, UK"),
    leaves=("12F on the bus", "a door 25m from here, 30 m away", "20 m, then left"),
)
RULES = (
    _DECADES, _BIRTHDAY, _TURNING, _WILL_BE, _KIN_IS, _MONTHS, _SEVERAL_ARE, _DID_AT, _LAD_OF, _LETTERED,
)  # fmt: skip
