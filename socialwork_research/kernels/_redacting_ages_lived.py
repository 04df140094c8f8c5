"""Ages of persons by what they lived through: "she'd be seventy now", "taken into care at four", "nine." for an answer."""

from __future__ import annotations

import re

from ._redacting_rule import Rule

__all__ = ["RULES"]

_SMALL = "three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TEENS = "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_SPELT = rf"(?:(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS}|{_SMALL})"
_N = rf"(?:1[01]\d|[1-9]\d?|{_SPELT})"
_GROWN = rf"(?:1[3-9]|[2-9]\d|(?:{_TENS})(?:[- ](?:{_ONES}))?|{_TEENS})"
_YOUNG = rf"(?:1\d|[2-9]|{_TEENS}|{_SMALL})"
_KIN = (
    "mum|mom|mam|mother|dad|father|nan|nana|gran|granny|grandma|grandmother|grandad|grandpa|grandfather|son|daughter|"
    "brother|sister|"
    "nephew|niece|cousin|aunt|auntie|uncle|wife|husband|partner|baby|boy|girl|kid|child|twin|friend"
)
# What stands behind a time of day or an amount, never behind an age.
_NO_TIME = (
    r"(?!['’:]|[.,]\d|-|\s?(?:%|[£$€/+]|a\.?m\b|p\.?m\b|o['’]?clock|sharp|ish\b)|\s(?:in\sthe\s(?:morning|evening|"
    r"afternoon|night)|tonight|"
    r"this\s(?:morning|evening|afternoon)|tomorrow|today|yesterday|last\snight|on\s(?:mon|tue|wed|thu|fri|sat|sun)\w*|"
    r"every|each|and\s(?:again|got|"
    r"back)|or\s(?:so|half)|to\s(?:pick|get|catch|see|meet|drop|start)|thirty|fifteen|forty|past|different|of|out|more|"
    r"other|or\s\d|days?|weeks?|"
    r"months?|years?|hours?|minutes?|people|homes?|placements?|schools?|percent|times)\b|\s[a-z]+s['’]\s)"
)
_EVENT = (
    r"(?:(?:took|taken|removed|sent|moved|placed)\s(?:me|us|him|her|them|away|from)\s[^.!?\n]{0,24}?|"
    r"(?:moved|move|moving)\s(?:in|into|out|to|away)\s[^.!?\n]{0,24}?|(?:went|sent|came|go|gone)\sto\slive\s[^.!?\n]{0,24}?|"
    r"(?:taken|went|go|going|came|come|put|placed|brought|moved|landed|ended\sup)\s(?:in|into)\s(?:foster\s|"
    r"residential\s)?care|in\s(?:foster\s)?"
    r"care|left\s(?:home|school|care)|ran\saway|run\saway|kicked\sout|thrown\sout|moved\sout|fostered|adopted|orphaned|"
    r"removed|rehomed|placed|"
    r"diagnosed|sectioned|bereaved|groomed|abused|assaulted|raped|hospitalised|hospitalized|excluded|expelled|homeless|"
    r"pregnant|widowed|divorced|"
    r"married|parentified|became\s(?:\w+\s)?(?:\w+\s)?(?:carer|mum|mom|dad|mother|father|parent)|(?:lost|lose|losing|"
    r"buried|bury)\s(?:a|my|your|her|"
    rf"his|their|both|the)\s(?:\w+\s)?(?:parents?|{_KIN})|(?:{_KIN}|parents)\s(?:died|left|walked\sout|went\sto\s(?:prison|jail)|disappeared|passed|passed\saway|"
    rf"was\staken|killed\s\w+self)|"
    r"(?:started|began|start|begin)\s(?:drinking|smoking|using|self[- ]harming|stealing|running\saway|caring|working)|"
    r"orphan|young\scarer|"
    r"went\sinto\sa\s(?:home|unit|placement|refuge|hostel)|(?:had|having)\s(?:me|us|my\s(?:brother|sister))|gave\sbirth|"
    r"was\sa\s(?:mum|mom|"
    r"mother|dad|father|carer|parent|widow|refugee)|diagnosis|"
    r"seizure|cancer|leukaemia|leukemia|diabetes|stroke)"
)
_FELT = (
    r"(?:(?:so\s|very\s|really\s)?sorry|can['’]?t\simagine|no\s(?:child|kid|one|wonder)|nobody\sshould|heartbreaking|"
    r"breaks\smy\sheart|awful|"
    r"(?:so|very)\s(?:brave|strong|young|small|little|alone|lonely|scared|frightened)|what\sa\sthing|too\smuch|terrible|must\shave\sbeen|can(?:no|['’])t\shave\sbeen\seasy|should(?:n['’]t|\snot|"
    r"\snever)\shave|(?:went|gone|going|been)\sthrough|"
    r"(?:translating|interpreting|caring|cooking|cleaning|parenting|shoplifting|sofa[- ]surfing|rough\ssleeping|"
    r"self[- ]harming)|you\s(?:carried|survived|endured|went\sthrough|lived\sthrough|coped\swith|dealt\swith|saw|"
    r"had\sto|were\sdealing|were\scarrying)|"
    r"happened\sto\s(?:you|me|her|him|us|them)|i\s(?:carried|survived|endured|went\sthrough|lived\sthrough))"
)
_OF_A_DAY = re.compile(
    r"\b(?:meet|meeting|rang|ring|call|calls|finish|start|begins?|shift|bus|train|opens?|closes?|tonight|phone|email|text|arrive|"
    r"arrived|clock|post|posting|up|awake|traffic|home|work|hearing|appointment|visit)\b",
    re.IGNORECASE,
)
_SPANNING = re.compile(r"\s(?:to|till|until|and)\s|\s?[-–]\s?")
_VALUES = {word: place for place, word in enumerate(["", "one", "two", *_SMALL.split("|"), *_TEENS.split("|")])}


def _grows(match: re.Match[str]) -> tuple[int, int] | None:
    """Take a span of years whose end is later than its start: "from 9 to 5" is a day's work."""
    group = next(name for name in ("it", "b", "c") if match[name])
    ends = _SPANNING.split(match[group])
    first, last = (int(word) if word.isdigit() else _VALUES.get(word.lower(), 99) for word in ends)
    return match.span(group) if first < last <= 30 else None


def _felt(match: re.Match[str]) -> tuple[int, int] | None:
    """Refuse a time of day in a sentence on meetings, calls and ways."""
    return None if _OF_A_DAY.search(match.group()) else match.span("it")


_WOULD_BE = Rule(
    kind="AGE",
    cue=(
        rf"(?i)(?:['’]d|would|should|['’]ll|will) (?:be|have been|have turned) (?:(?:about|around|nearly|almost|only|just|over) )?"
        rf"(?:[0-9]|{_GROWN}|{_SMALL})"
    ),
    pattern=re.compile(
        rf"\b(?:s?he|i|they|who|(?:{_KIN}))(?:['’]d|\swould|\sshould|['’]ll|\swill)\s(?:be|have\sbeen|"
        rf"have\sturned)\s(?:(?:about|around|nearly|almost|"
        rf"only|just|over)\s)?(?P<it>{_GROWN}|1[0-2]|1\d\d|[1-9]|{_SMALL})"
        r"(?=\s*(?:[,;!?)\n]|\.(?!\d)|$)|\s(?:now|today|tomorrow|this|next|last|in|on|soon|by|if|had|when|already|"
        r"years\sold|come)\b)"
        r"(?!\s(?:this|in|on|by|next)\s(?:total|the\s(?:team|room|group|class|queue|line)|all|time|case|office))",
        re.IGNORECASE,
    ),
    finds=(
        "she'd be «seventy» now",
        "He'd have been «forty» this week.",
        "Gran would be «98» today",
        "she would have turned «twenty-one» in May",
        "Mum'd be «61» if she had lived",
    ),
    leaves=(
        "she would be on time",
        "they'd be ten minutes late",
        "it'd be 20 quid",
        "I'd be one of them",
        "they would be 12 in total",
        "she'd be 40% off",
    ),
    has_digit=False,
)
_ANSWER = Rule(
    kind="AGE",
    cue=rf"(?i)^\s*{_N}(?:!|[.…]*)\s*$",
    pattern=re.compile(rf"\A\s*(?P<it>(?!1\.)(?:[2-9]|[1-9]\d|{_SPELT}))(?:!|[.…]*)\s*\Z", re.IGNORECASE),
    finds=("«nine».", "«34»", "«Eleven»"),
    leaves=("10/10", "eleven!!", "nine of us", "5%", "1.", "100", "£20", "9am"),
    has_digit=False,
)
_ANSWERED = Rule(
    kind="AGE",
    cue=rf"(?i)\b(?:how (?:old|young)|age)\b[^\n]{{0,80}}[.?!…]\s+{_N}\b",
    pattern=re.compile(
        rf"\b(?:how\s(?:old|young)\b[^.!?\n]{{0,12}}\b(?:s?he|they|you|i|we|(?:{_KIN}))|(?:s?he|they|you|i|who)\s(?:is|are|am|was|"
        rf"were)\show\s(?:old|young)|(?:my|your|her|his|their|what)\s(?:\w+\s)?age)\b[^.!?\n]{{0,60}}[.?!…]+\s+"
        rf"(?P<it>{_N})(?=[.!?…]+(?:\s|\Z)|\s*(?:\Z|\n))",
        re.IGNORECASE,
    ),
    finds=(
        "Do you know how old he is? «Eleven»!!",
        "She told me her age. «Nine»!",
        "He is how old? «14»!",
        "How old is your son? «six»",
    ),
    leaves=(
        "How many calls is that? Eleven!!",
        "How old is this laptop? Nine!",
        "At my age. Nine hours of it!",
        "Seven visits today. SEVEN!!",
    ),
    has_digit=False,
)
_AND_STILL = Rule(
    kind="AGE",
    cue=rf"(?i)(?:^|[\n.!?] ?)(?:{_GROWN}|{_SMALL}),? (?:and|but|with|here|years young)\b",
    pattern=re.compile(
        rf"(?:\A|(?<=\n)|(?<=[.!?]\s))(?:(?P<it>{_GROWN})|(?P<b>{_SMALL})(?=,))(?:,?\s(?:and|but)\s(?:still|nobody|"
        rf"no\sone|already|never|just|single|living|only|i|i['’]m|in\smy|no|not|"
        rf"exhausted|tired|burnt|back|starting|feel(?:ing)?|about|finally|have|scared|terrified|married|divorced|"
        rf"pregnant|broke|studying)\b|\shere\b|"
        rf"\syears\syoung\b|,?\swith\s(?:no|two|three|a)\s(?:kids|children|savings|baby|mortgage|degree))",
        re.IGNORECASE,
    ),
    finds=("«23» and still at my mum's", "I am new. «Forty-one» and never felt so old.", "«19» here, is it normal?"),
    where=lambda match: match.span("it") if match["it"] else match.span("b"),
    leaves=(
        "23 cases and still no lead",
        "Nine of us and still no room",
        "in 23 and still",
        "and 30 there are too many",
    ),
    has_digit=False,
)
_LIVED_AT = Rule(
    kind="AGE",
    cue=rf"(?i)\bat (?:only |just |barely |around |about |the age of )?(?:{_N}|two|one)\b",
    pattern=re.compile(
        rf"\b{_EVENT}(?:\s(?:again|first|too|myself|themselves|for\sgood|suddenly|by\s\w+))?\s(?:when\s)?at\s(?:only\s|"
        rf"just\s|barely\s|around\s|"
        rf"about\s)?(?P<it>(?:\d{{1,2}}|{_SMALL}|two)\s(?:days|weeks|months)(?=\s?(?:[.,;!?)\n]|$|and\b|old\b))|"
        rf"(?:{_N}|two|one)\b{_NO_TIME})",
        re.IGNORECASE,
    ),
    finds=(
        "taken into care at «nine»",
        "I left home at «16» with nothing",
        "fostered at «eight».",
        "he lost his mum at «six»",
        "my dad left at «four» and",
        "she became his carer at «twelve».",
        "started drinking at «eleven» and",
    ),
    leaves=(
        "I left home at seven this morning",
        "left home at 7 to catch the bus",
        "placed at 2 schools",
        "left school at nine o'clock",
        "in care at 3 different homes",
        "contact is at six",
        "left home at six and got back at ten",
    ),
    has_digit=False,
)
_FELT_AT = Rule(
    kind="AGE",
    cue=rf"(?i)\bat (?:only |just |barely )?{_YOUNG}\b",
    pattern=re.compile(
        rf"\b{_FELT}\b[^.!?\n]{{0,60}}?\bat\s(?:only\s|just\s|barely\s)?(?P<it>{_YOUNG})\b{_NO_TIME}(?!\s(?:i|"
        rf"we)\s(?:had|have|start|finish)\b)",
        re.IGNORECASE,
    ),
    finds=(
        "so sorry you had that at «seven»",
        "No child should see that at «ten».",
        "you carried all that at «nine», no wonder",
        "it happened to me at «12» and",
    ),
    leaves=(
        "sorry, the meeting is at seven tonight",
        "see you at seven",
        "sorry I rang at 9 this morning",
        "sorry, I finish at 5pm",
        "awful traffic at eight o'clock",
    ),
    where=_felt,
    has_digit=False,
)
_AT_FIRST = Rule(
    kind="AGE",
    cue=rf"(?i)\bat (?:only |just |barely )?{_YOUNG},? (?:i|s?he|they|my|we)\b",
    pattern=re.compile(
        rf"(?:\A|(?<=\n)|(?<=[.!?,;]\s)|(?<=\band\s)|(?<=\bbut\s))at\s(?:only\s|just\s|"
        rf"barely\s)?(?P<it>{_YOUNG}),?\s(?:i|s?he|they|we)"
        r"(?:['’]d|\shad|\swas|\swere)?\s(?:already\s|being\s|basically\s|the\s)?(?:cooking|caring|looking\safter|"
        r"raising|fostered|adopted|removed|in\s"
        r"(?:care|foster|hospital)|taken|put|moved\s(?:in|to|from)|went\s(?:to\slive|into)|lived|sent\s(?:to|away)|"
        r"abused|groomed|homeless|drinking|"
        r"smoking|making\s(?:dinner|tea)|parent|carer|one\swho|feeding|running\saway|living|knew\s(?:how|what|i)|"
        r"learned|learnt|lost)\b",
        re.IGNORECASE,
    ),
    finds=(
        "At «seven» I was cooking for us",
        "and at «nine» she went into care",
        "At «6» I was already looking after him",
    ),
    leaves=("At seven I get up", "at nine I had a meeting", "At 9 we went home", "and at six she rang"),
    has_digit=False,
)
_SPAN = Rule(
    kind="AGE",
    cue=rf"(?i)\b(?:from|between|care,?) (?:about |around |age |ages |the ages of )?{_YOUNG}(?: to | and | till | until | ?[-–] ?)",
    pattern=re.compile(
        r"(?:\b(?:care|fostered|homeless|abused|groomed|bullied|lived\s[^.!?\n]{0,30}?|living\s[^.!?\n]{0,30}?|homes|"
        r"placements|hospital|schools?|carer|"
        rf"caring\s[^.!?\n]{{0,20}}?|childhood|raised\s[^.!?\n]{{0,20}}?),?\s(?:from|between)\s(?:about\s|around\s|"
        rf"ages?\s|the\sages\sof\s)?"
        rf"(?P<it>{_YOUNG}(?:\s(?:to|and|till|until)\s|\s?[-–]\s?){_YOUNG})\b"
        rf"|\bin\s(?:foster\s)?care,?\s(?P<c>{_YOUNG}(?:\s(?:to|till|until)\s|\s?[-–]\s?){_YOUNG})\b"
        rf"|\b(?:from|between)\s(?:about\s|around\s|ages?\s|the\sages\sof\s)?(?P<b>{_YOUNG}(?:\s(?:to|and|till|until)\s|"
        rf"\s?[-–]\s?){_YOUNG}),?\s"
        r"(?:i|s?he|we)\s(?:was\s(?:in|a|my|the|bullied|abused|homeless|fostered|moved|raised|placed|looking|caring)|"
        r"were\sin|lived|moved|had\s(?:no\s)?(?:\w+\s)?"
        r"(?:homes|placements|schools?|contact|social|different)|grew|cared|went\sto\s\w+\s(?:schools|different)|"
        r"stayed\swith|self[- ]harmed|didn['’]t\s"
        rf"(?:speak|see|live)))(?!\s?(?:%|a\.?m\b|p\.?m\b|o['’]clock|weeks|months|days|hours|people|cases|in\smeetings))",
        re.IGNORECASE,
    ),
    finds=(
        "I was in care from «5 to 13», eleven homes",
        "Between «8 and 14» I lived in four homes",
        "from «nine to eleven» I was in a unit",
        "bullied from «11-16»",
    ),
    leaves=(
        "I work from 9 to 5",
        "between 8 and 10 I do notes",
        "in care from 9 to 5",
        "children in care between 5 and 5",
        "between the ages of 5 and 11 most children",
        "open from 8 to 10",
    ),
    where=_grows,
    has_digit=False,
)
RULES = (_WOULD_BE, _ANSWER, _ANSWERED, _AND_STILL, _LIVED_AT, _FELT_AT, _AT_FIRST, _SPAN)
