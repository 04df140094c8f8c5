"""Names and places on networks: handles, e-mail addresses, web addresses, addresses of machines."""

from __future__ import annotations

import ipaddress
import re

from ._redacting_rule import Rule

__all__ = ["RULES"]

_NOBODY = frozenset("home work school court uni night everyone everybody here channel all once least most the".split())
_WORDS = "is was has and the for with not but are were had did does how why what when who from about like just".split()
_APPS = r"snap(?:chat)?|insta(?:gram)?|ig|kik|telegram|tik ?tok|twitter|discord|skype|wechat|signal|facebook|fb|paypal"
# Domains without http or www: endings that are no English word and no file's ending, as "so", "it", "is", "me", "pl" are.
_ENDINGS = (
    r"(?:co|org|ac|gov|nhs|sch|police|ltd|me|net)\.uk|(?:com|net|org|edu|gov|asn|id)\.au|(?:co|org|govt|ac|net)\.nz|"
    r"gov\.ie|gc\.ca|on\.ca|com|org|net|edu|gov|info|biz|uk|ie|ca|au|nz|eu|de|fr|nl|es|ch|se|dk|fi|cz|jp|cn|ru|br|za|"
    r"io|xyz"
)
_IN_CAPITALS = r"(?:CO|ORG|AC|GOV|NHS)\.UK|COM|ORG|NET|EDU|GOV|UK|IE"
# Endings that are words: a full stop without a blank behind it reads like them, so something has to follow.
_WORDS_TOO = "app|dev|blog|online|site|website|social|club|chat|tv|wiki|link|page|space|care|health|support|me|ly"
_SHORTENERS = (
    r"t\.co|bit\.ly|youtu\.be|goo\.gl|wa\.me|t\.me|lnkd\.in|discord\.gg|fb\.me|fb\.watch|amzn\.to|"
    r"redd\.it|ow\.ly|is\.gd|buff\.ly|"
    r"linktr\.ee|dlvr\.it|ift\.tt|tinyurl\.com|cutt\.ly|rb\.gy|m\.me|g\.co|v\.redd\.it|i\.redd\.it"
)
_SPOKEN = "com|org|net|edu|gov|uk|ie|ca|au|nz|us|co|io|info|eu|de|fr|me"
_ROOM = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"


def _trimmed(match: re.Match[str]) -> tuple[int, int] | None:
    """Leave the punctuation of the sentence behind an address to the sentence; a bracket stays if it was opened inside."""
    start, end = match.span("it")
    text = match.string
    while end > start and (
        text[end - 1] in ".,;:!?'\"*_~…’”»|]}>"
        or (text[end - 1] == ")" and text.count(")", start, end) > text.count("(", start, end))
    ):
        end -= 1
    return (start, end) if end - start > 3 else None


def _handle(match: re.Match[str]) -> tuple[int, int] | None:
    start, end = match.span("it")
    name = match.string[start:end].lstrip("@").casefold()
    if name in _NOBODY or re.fullmatch(r"\d{1,2}(?:[.:]?\d\d)?(?:am|pm|ish|hrs?|h)?|\d+(?:k|p|c|each|yrs?)?", name):
        return None
    return start, end


def _of_app(match: re.Match[str]) -> tuple[int, int] | None:
    name = match["it"].rstrip(".-")
    is_headline = (
        match["said"] != ":" or re.match(r"(?i)twitter|facebook|fb|signal|paypal|discord", match.group()) is not None
    )
    is_word = name.isalpha() and (is_headline or (match["its"] is None and _is_word(name)))
    return None if is_word or name.isdigit() else (match.start("it"), match.start("it") + len(name))


def _is_word(name: str) -> bool:
    """Say whether letters behind an application's name are a plain word of English, as in "on Instagram: lanyard"."""
    from ._naming_lists import lists

    small, words = name.casefold(), lists().words
    return small in _WORDS or small in words or small.removesuffix("s") in words


def _ip4(match: re.Match[str]) -> tuple[int, int] | None:
    numbers = match["it"].split(".")
    is_outline = all(len(number) == 1 for number in numbers)  # a paragraph or a version: 1.2.3.4
    return None if is_outline or any(int(number) > 255 for number in numbers) else match.span("it")


def _ip6(match: re.Match[str]) -> tuple[int, int] | None:
    try:
        ipaddress.IPv6Address(match["it"])
    except ValueError:
        return None
    is_clock = re.fullmatch(r"[0-9:]{0,8}", match["it"]) is not None
    return None if is_clock else match.span("it")


_EMAIL = Rule(
    kind="EMAIL",
    cue=r"@[A-Za-z0-9]|@\[|@[^\x00-\x7f]",
    pattern=re.compile(
        r"(?<![\w.+%-])(?P<it>\w(?:[\w.+%'’&~=-]{0,63}\w)?[+_-]?@(?:[^\W_](?:[\w-]{0,62}[^\W_])?\.){1,6}[^\W\d_]{2,24}"
        r"|\w[\w.+%-]{0,63}@\[\d{1,3}(?:\.\d{1,3}){3}\])"
    ),
    finds=(
        "write to «jo.example@example.org», please",
        "(«J_O-99+list@mail.example.co.uk»)",
        "mailto:«o'hara@example.com».",
        "to: <«ana@bücher.example»>",
        "Mail me:«x@example.net»;«yz@example.net»",
    ),
    leaves=("meet @ 5, bring 2 @ £3", "@someone on here", "name@server", "3 apples @1.20each"),
    has_digit=False,
)
_EMAIL_SPELT = Rule(
    kind="EMAIL",
    cue=(
        r"(?i)[\[({]\s*at\s*[\])}]|\sat\s+[a-z0-9-]+(?:\s+|\s*[\[({]\s*)dot[\s\])}]|\sat\s+(?:gmail|hotmail|"
        r"outlook|yahoo|icloud|protonmail|aol)\b"
    ),
    pattern=re.compile(
        r"(?<![\w.+-])(?P<it>[a-z0-9][\w.+-]{0,63}(?:(?:\s+dot\s+|\s*[\[({]\s*dot\s*[\])}]\s*)[\w+-]{1,30})?"
        r"(?:\s*[\[({]\s*at\s*[\])}]\s*[a-z0-9-]{2,40}(?:(?:\.|\s+dot\s+|\s*[\[({]\s*(?:dot|"
        r"\.)\s*[\])}]\s*)[a-z0-9-]{2,24}){1,4}"
        rf"|\s+at\s+[a-z0-9-]{{2,40}}(?:(?:\s+dot\s+|\s*[\[({{]\s*dot\s*[\])}}]\s*)[a-z0-9-]{{2,24}}){{0,3}}"
        rf"(?:\s+dot\s+|\s*[\[({{]\s*dot\s*[\])}}]\s*)(?:{_SPOKEN})"
        r"|\s+at\s+(?:gmail|hotmail|outlook|yahoo|icloud|protonmail|aol)(?:\.(?:com|co\.uk|ie|ca))))\b",
        re.IGNORECASE,
    ),
    finds=(
        "I am «jo.example at example dot org» if needed",
        "«jo [at] example [dot] co [dot] uk»",
        "mail «jo(at)example.org».",
        "«jo dot example at example dot com»",
        "it is «jo99 at gmail.com» this term",
    ),
    leaves=(
        "meet me at the dot on the map",
        "look at example.org today",
        "at home at last",
        "she is good at dot to dot",
    ),
    has_digit=False,
)
_URL = Rule(
    kind="URL",
    cue=r"(?i)://|www\.|mailto:|magnet:",
    pattern=re.compile(
        r"(?<![A-Za-z0-9])(?P<it>(?:(?:https?|ftps?|hxxps?|tg|whatsapp|at|magnet|irc)://|"
        r"www\d?\.)[^\s<>\"«»“”\\^`{|}\[\]]{2,})",
        re.IGNORECASE,
    ),
    finds=(
        "see «https://example.org/a/b?c=d#e».",
        "[the page](«http://www.example.org/x_(y)») says",
        "(at «www.example.org/staff»)",
        "at «HTTPS://Example.ORG», they",
        "<«https://example.org»>",
    ),
    leaves=("http is a protocol", "www is short for it", "see: // in the code"),
    where=_trimmed,
    has_digit=False,
)
_DOMAIN = Rule(
    kind="URL",
    cue=rf"(?i)[a-z0-9]\.(?:{_ENDINGS}|(?:{_WORDS_TOO})/)",
    pattern=re.compile(
        rf"(?<![\w@./:'’-])(?P<it>(?:{_ROOM}\.){{1,5}}(?:{_ENDINGS}|{_IN_CAPITALS}|(?:{_WORDS_TOO})(?=/[\w@~]))"
        r"(?![\w-])(?!\.[A-Za-z0-9])(?::\d{2,5})?(?:/[^\s<>\"«»“”\\^`{|}\[\]]*)?)",
    ),
    finds=(
        "on «example.org» today",
        "«EXAMPLE.CO.UK» it was",
        "try «my-blog.example.co.uk/a/b».",
        "«Example.com», as ever",
        "her «someone.example.social/@them» page",
    ),
    leaves=(
        "I was tired.so I left",
        "e.g. this, i.e. that",
        "the file report.doc or notes.pdf",
        "I do social care.health is other.support helps.online too",
        "It was late.No one came.Is it so.it was",
        "at 5.30pm for 3.5 hours",
        "Node.js and script.py",
    ),
    where=_trimmed,
    has_digit=False,
)
_SHORT = Rule(
    kind="URL",
    cue=rf"(?i)\b(?:{_SHORTENERS})/",
    pattern=re.compile(
        rf"(?<![\w@./-])(?P<it>(?:{_SHORTENERS})/[A-Za-z0-9][^\s<>\"«»“”\\^`{{|}}\[\]]*)", re.IGNORECASE
    ),
    finds=("look: «bit.ly/3xYz», ok", "(«t.co/AbCd12»)", "join «discord.gg/abc»"),
    leaves=("bit.ly is a service", "at t.co they"),
    where=_trimmed,
    has_digit=False,
)
_HANDLE = Rule(
    kind="HANDLE",
    cue=r"@[A-Za-z0-9_]|＠",  # noqa: RUF001
    pattern=re.compile(
        r"(?<![\w@/.=+-])(?P<it>[@＠][A-Za-z0-9_](?:[\w.-]{0,62}\w)?(?:@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24})?)"  # noqa: RUF001
    ),
    finds=(
        "thanks «@some_one»!",
        "«@name@server.example» wrote",
        "(«@name.example.social»)",
        "RT «@a_b»: yes",
        "ask «@Jo99», «@Mo_1» and «@Bo»",
    ),
    leaves=("meet @ 5", "see you @5pm, @9.30 or @10ish", "I was @home and @work", "2@3", "jo@example.org", "300@1.5p"),
    where=_handle,
    has_digit=False,
)
_REDDIT = Rule(
    kind="HANDLE",
    cue=r"(?i)\bu(?:ser)?/[a-z0-9_-]",
    pattern=re.compile(r"(?<![\w/.])(?P<it>/?u(?:ser)?/[A-Za-z0-9_-]{3,24})(?![\w/])", re.IGNORECASE),
    finds=("as «u/some-one» said", "«/u/SomeOne_1», hello", "(«u/abc»)", "hi «U/Someone»."),
    leaves=("in r/socialwork and /r/example", "w/u/o", "an a/b/u/c path", "and/or"),
    has_digit=False,
)
_APP_NAME = Rule(
    kind="HANDLE",
    cue=rf"(?i)\b(?:{_APPS})[^\n]{{0,24}}(?::|=|\bis\b|- )",
    pattern=re.compile(
        rf"\b(?:{_APPS})(?:['’]?s)?(?:\s+(?P<its>handle|id|name|username|user|account|me))?\s*(?P<said>:|=|\bis\b|-\s)\s*"
        r"(?P<it>[A-Za-z0-9_](?:[\w.-]{1,30}))(?![\w@])",
        re.IGNORECASE,
    ),
    finds=(
        "snap: «some.one»",
        "my insta is «some_one99»",
        "Discord id = «someone1234»",
        "kik: «jo_bo».",
        "insta handle: «sunshine»",
    ),
    leaves=(
        "facebook is dying",
        "Twitter: the end",
        "insta is down",
        "signal: 5 bars",
        "twitter is 15 years on",
        "twitter: there are many",
        "on Instagram: lanyard, thumbs up",
        "Telegram: tomorrow, same channel",
    ),
    where=_of_app,
    has_digit=False,
)
_IP4 = Rule(
    kind="IP",
    cue=r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}",
    pattern=re.compile(
        r"(?<![\w.])(?<!version )(?<!Version )(?<!section )(?<!paragraph )(?<!para )(?<!release )"
        r"(?P<it>\d{1,3}(?:\.\d{1,3}){3})(?:/\d{1,2})?(?![\w]|\.\d)"
    ),
    finds=("from «192.0.2.17» again", "(«198.51.100.4»:8080)", "«203.0.113.0»/24"),
    leaves=("paragraph 10.12.13.14", "v1.2.3.44", "version 10.0.19.1", "1.2.3.4 of the plan", "299.1.1.1", "1.2.3.4.5"),
    where=_ip4,
)
_IP6 = Rule(
    kind="IP",
    cue=r"(?i)[0-9a-f]{1,4}:[0-9a-f:]*:[0-9a-f]|[0-9a-f]::|::[0-9a-f]",
    pattern=re.compile(
        r"(?<![\w:.])(?P<it>(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?:\d{1,3}(?:\.\d{1,3}){3})?)(?![\w:])"
    ),
    finds=("from «2001:db8::1» and «2001:db8:0:0:0:0:2:1»",),
    leaves=("at 10:30:45", "a ratio of 1:2:3", "std::vector", "12:30::"),
    where=_ip6,
)
RULES = (_EMAIL, _EMAIL_SPELT, _URL, _DOMAIN, _SHORT, _HANDLE, _REDDIT, _APP_NAME, _IP4, _IP6)
