"""Where somebody lives: postcodes and postal addresses."""

from __future__ import annotations

import re

from ._redacting_rule import Rule

__all__ = ["RULES"]

# Areas of British postcodes (Royal Mail), routing keys of Eircodes (Eircode Ltd), states.
_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH "
    "EN EX FK FY G GL GU GY "
    "HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP "
    "NR NW OL OX PA PE PH PL "
    "PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
).split()
_KEYS = (
    "A41 A42 A45 A63 A67 A75 A81 A82 A83 A84 A85 A86 A91 A92 A94 A96 A98 C15 D01 D02 D03 D04 D05 D06 D6W "
    "D07 D08 D09 D10 D11 D12 "
    "D13 D14 D15 D16 D17 D18 D20 D22 D24 E21 E25 E32 E34 E41 E45 E53 E91 F12 F23 F26 F28 F31 F35 F42 F45 "
    "F52 F56 F91 F92 F93 F94 "
    "H12 H14 H16 H18 H23 H53 H54 H62 H65 H71 H91 K32 K34 K36 K45 K56 K67 K78 N37 N39 N41 N91 P12 P14 P17 "
    "P24 P25 P31 P32 P36 P43 "
    "P47 P51 P56 P61 P67 P72 P75 P81 P85 R14 R21 R32 R35 R42 R45 R51 R56 R93 R95 T12 T23 T34 T45 T56 V14 "
    "V15 V23 V31 V35 V42 V92 "
    "V93 V94 V95 W12 W23 W34 W91 X35 X42 X91 Y14 Y21 Y25 Y34 Y35"
).split()
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|"
    "PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|A[AEP]"
)
_AUSTRALIAN = "NSW|VIC|QLD|TAS|ACT|WA|SA|NT|Vic|Qld|Tas"
_ORDINALS = ("1ST", "2ND", "3RD")
_STREETS = (
    "Street|Str|St|Road|Rd|Avenue|Ave|Av|Lane|Ln|Drive|Drv|Dr|Close|Crescent|Cres|Court|Ct|Place|Pl|"
    "Terrace|Terr|Tce|Way|Gardens|Gdns|"
    "Garden|Grove|Grv|Gr|Square|Sq|Hill|Row|Mews|Walk|Boulevard|Blvd|Highway|Hwy|Parade|Pde|Circuit|Cct|"
    "Parkway|Pkwy|Trail|Trl|Circle|"
    "Cir|Quay|Wharf|Green|Rise|View|Park|Heights|Estate|Bridge|Pass|Path|Track|Turnpike|Alley|Embankment|Vale|Mount|Broadway|"
    "Plaza|Loop|Bend|Crossing|Ridge|Meadows?|Fields?|Villas|Cottages"
)
_PLAIN = "street|road|avenue|lane|crescent|terrace|boulevard|gardens|grove"
_NO_NAMES = frozenset(
    "way the a an up down along more other miles mile our my his her their this that one each every per "
    "same off by in on and or "
    "metres yards minutes houses people to for from very different social family youth care case google until".split()
)
_NO_SMALL_NAMES = frozenset(
    "new old busy open long short lane side cross main wide quiet single dual country wheel fast slow".split()
)
_NAME = r"(?:[dlL]['’])?[^\W\d_a-z](?:[\w.'’-]*\w)?\.?"
_LAST = _NAME.removesuffix(r"\.?")
_LINK = r"(?:de|du|da|do|la|le|of|the|van|der|den|am|an|st\.|l['’]|d['’])"
_FLAT = r"(?:Flat|Apt|Apartment|Suite|Unit|Room|Rm|Ste|Floor|Fl|Block|Bldg|Building|Lot|Space)\.?\s?#?\d{1,5}[A-Za-z]?"
_HOUSE = r"\d{1,5}(?:\s?[A-Za-z]|\s?[-–/]\s?\d{1,5}[A-Za-z]?)?"
_POST_CODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_TAIL = rf"(?:,?\s{{1,2}}{_FLAT}|,?\s#\s?\d{{1,5}})?"
_BOX = (
    r"(?:P\.?\s?O\.?\s?Box|Post(?:al)?\s?(?:Office\s)?Box|PSC\s\d{1,5},?\s?Box|(?:GPO|Locked|"
    r"Private)\s(?:Box|Bag)|(?:CMR|Unit)\s\d+,?\s?Box)"
)


def _british(match: re.Match[str]) -> tuple[int, int] | None:
    """Refuse areas that do not exist, and small letters that are rather words ("b4 2nd")."""
    written = match["it"]
    area = re.match(r"[A-Za-z]+", written)
    if area is None or area.group().upper() not in _AREAS:
        return None
    if written != written.upper() and (
        written[-3:].upper() in (*_ORDINALS, "2WD", "4WD", *(f"{n}TH" for n in range(10)))
        or (" " not in written and len(written) < 6)
    ):
        return None
    return match.span("it")


def _eircode(match: re.Match[str]) -> tuple[int, int] | None:
    return match.span("it") if match["it"][:3].upper() in _KEYS and re.search(r"\d", match["it"][3:]) else None


def _street(match: re.Match[str]) -> tuple[int, int] | None:
    """Refuse what only looks like a street: "12 Way forward", "2019 Park", "the 3 Close"."""
    names = match["names"].replace("\n", " ").split()
    if any(name.casefold().strip(",.") in _NO_NAMES for name in names):
        return None
    is_small = match["kind"].islower() or names[0].islower()
    is_phrase = is_small and (len(names) > 2 or names[0] in _NO_SMALL_NAMES)
    return None if is_phrase else match.span("it")


def _said(match: re.Match[str]) -> tuple[int, int] | None:
    """Refuse grades, years and days: "moved to Band 6", "moved to Leeds 2019", "moved to 5 Mondays"."""
    written = match["it"]
    is_year = re.search(r"\s(?:19|20)\d\d$", written) is not None and not written[0].isdigit()
    is_grade = re.match(
        r"(?:Band|Level|Grade|Year|Tier|Stage|Step|Class|Week|Day|Ward|Phase|Group|Section|Part|Chapter|Form|Team)\s",
        written,
    )
    is_time = re.search(
        r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|\b(?:January|February|March|April|May|June|July|August|"
        r"September|October|"
        r"November|December|AM|PM|GMT|UTC)\b",
        written,
    )
    return None if is_year or is_grade or is_time else match.span("it")


_UK = Rule(
    kind="POSTCODE",
    cue=r"(?i)\b[a-z]{1,2}[0-9][a-z0-9]? {0,2}[0-9][abd-hjlnp-uw-z]{2}\b",
    pattern=re.compile(
        r"(?<![\w/#@-])(?P<it>(?:[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])|GIR)"
        r" {0,2}\d[ABD-HJLNP-UW-Z]{2})(?![\w/-])",
        re.IGNORECASE,
    ),
    finds=("lives at «SW1A 1AA», she", "«m1 1ae» is near", "(«EC1A1BB»)", "«CR2 6XH»."),
    leaves=("b4 2nd time", "see Q1 2AB", "Z9 9ZZ", "in s47 3rd review", "form C1 1AA-2", "at SW1 and E17"),
    where=_british,
)
_IE = Rule(
    kind="POSTCODE",
    cue=r"(?i)\b[ac-fhknprtv-y][0-9][0-9w] ?[0-9ac-fhknprtv-y]{4}\b",
    pattern=re.compile(
        r"(?<![\w/#@-])(?P<it>(?:[AC-FHKNPRTV-Y]\d{2}|D6W)[ ]?[0-9AC-FHKNPRTV-Y]{4}|"
        r"(?:[ac-fhknprtv-y]\d{2}|d6w) [0-9ac-fhknprtv-y]{4})(?![\w/-])"
    ),
    finds=("Eircode «D02 X285».", "not A65F4E2 but «A96 F4E2»", "«d6w xy00» it is"),
    leaves=("B12 3456", "D02 DEAR", "A99 X285"),
    where=_eircode,
)
_CA = Rule(
    kind="POSTCODE",
    cue=r"(?i)\b[a-z][0-9][a-z][ -]?[0-9][a-z][0-9]\b",
    pattern=re.compile(
        r"(?<![\w/#@-])(?P<it>[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d|"
        r"[abceghj-nprstvxy]\d[abceghj-nprstv-z] \d[abceghj-nprstv-z]\d)(?![\w/-])"
    ),
    finds=("Ottawa «K1A 0B1»", "«k1a 0b1»"),
    leaves=("D1A 0B1", "K1A 0O1"),
)
_ZIP = Rule(
    kind="POSTCODE",
    cue=rf"\b(?:{_STATES})[,.]?\s+[0-9]{{5}}",
    pattern=re.compile(rf"\b(?:{_STATES})[,.]?\s{{1,4}}(?P<it>\d{{5}}(?:-\d{{4}})?)(?![\w]|[.,-]\d)"),
    finds=("Boulder, CO «80301».", "Springfield IL «62701-1234»"),
    leaves=("IN 2019", "OR 100000 people", "co 80301"),
)
_AU = Rule(
    kind="POSTCODE",
    cue=rf"\b(?:{_AUSTRALIAN})[,.]?\s+[0-9]{{4}}\b",
    pattern=re.compile(rf"\b(?:{_AUSTRALIAN})[,.]?\s{{1,2}}(?!20[012]\d\b|19\d\d\b)(?P<it>[0-9]{{4}})(?![\w]|[.,-]\d)"),
    finds=("Carlton VIC «3053»", "Mudgee, NSW «2850»"),
    leaves=("ACT 1989", "in WA 2019"),
)
_CODE_SAID = Rule(
    kind="POSTCODE",
    cue=r"(?i)\bzip|post\s?code|postal\s+code|eircode",
    pattern=re.compile(
        r"\b(?:zip(?:\s?code)?|post\s?code|postal\s+code|eircode)s?\s*(?:is|was|are|:|=|-)?\s*"
        r"(?P<it>(?=[A-Z]{0,2}\d)[A-Z0-9]{2,5}(?:[ -][A-Z0-9]{2,4}(?=[A-Z]*\d|\b)(?<![a-z]{3}))?)(?![\w])",
        re.IGNORECASE,
    ),
    finds=("my zip code is «80301»", "ZIP: «80301-1234»", "postcode «2000».", "zip «80301» please"),
    leaves=("the postcode lottery of 2019", "zip it", "a zip file of 12 pages"),
)
_ADDRESS = Rule(
    kind="ADDRESS",
    cue=rf"[0-9][A-Za-z]?,?\s+[\s\S]{{1,60}}\b(?:{_STREETS}|{_PLAIN})\b",
    pattern=re.compile(
        rf"(?<![\w£$€.:/-])(?P<it>(?:{_FLAT},?\s)?{_HOUSE},?\s"
        rf"(?P<names>(?:(?:[A-Z][\w.'’-]*|\d{{1,3}}(?:st|nd|rd|th)|de|la|of|the|St\.?)\s){{1,4}})(?P<kind>{_STREETS})\b\.?"
        rf"(?:\s(?:North|South|East|West|[NSEW]{{1,2}})\b)?{_TAIL}(?:,\s{_POST_CODE})?)(?!['’]s|\sof\b|-)"
    ),
    finds=(
        "at «12 Acacia Avenue», she",
        "«14b Invented Road»",
        "to «221 N. Example St., Apt 4».",
        "«Flat 3, 27 Long Lane» and",
        "«5 Saint Mary's Close»",
        "«1200 42nd Street»",
        "(«33-35 High Street, SW1A 1AA»)",
    ),
    leaves=(
        "in 2019 Park told me",
        "12 Angry Men",
        "2 Way Street",
        "the 3 Close friends",
        "I have 5 Social Work Court reports",
        "at 5 Mary Drives off",
        "aged 12 The Road was hard",
    ),
    where=_street,
)
_ADDRESS_SMALL = Rule(
    kind="ADDRESS",
    cue=rf"[0-9][a-z]?,? [A-Za-z'’]+ (?:{_PLAIN})\b",
    pattern=re.compile(
        rf"(?<![\w£$€.:/-])(?P<it>\d{{1,4}}[A-Za-z]?,? (?P<names>[A-Za-z][a-z'’]{{2,20}} )(?P<kind>{_PLAIN})\b)"
        r"(?!['’]?s\b|\s(?:friends?|famil|case|work|call|down|up|to|of|report|away|from|ing)\b|-)"
    ),
    finds=("they live at «12 acacia avenue» now", "«7 church lane»"),
    leaves=("2 way street", "a 3 lane road", "the 4 wheel drive", "15 until close"),
    where=_street,
)
_FLAT_ALONE = Rule(
    kind="ADDRESS",
    cue=r"\b(?:Flat|Apt|Apartment|Suite)\b\.? ?#?[0-9]|(?:Box|Bag)\b",
    pattern=re.compile(
        rf"(?<![\w-])(?P<it>(?:Flat|Apt|Apartment|Suite)\.?\s?#?\d{{1,5}}[A-Za-z]?(?!\w)|{_BOX}\s?#?\d{{1,6}}(?!\w))"
    ),
    finds=("in «Flat 12B» again", "«Apt. 864»", "«PO Box 1234», please", "«P.O. Box 99»", "«Suite 501»"),
    leaves=("flat 2 the contract", "a suite of 3 rooms", "Box 3 on the form"),
)
_ADDRESS_SAID = Rule(
    kind="ADDRESS",
    cue=(
        r"(?i)\b(?:liv(?:es?|ed|ing)|resid(?:es?|ed|ing)|mov(?:ed|ing)|stay(?:s|ed|ing)|located|"
        r"address(?:es)?|return|deliver(?:ed)?)\b[^0-9]{1,60}[0-9]"
    ),
    pattern=re.compile(
        r"\b(?:(?i:lives?|lived|living|resides?|resided|residing|stays?|stayed|staying|located|moved|moving|"
        r"return|delivered|deliver)\s+(?i:at|in|to|on)"
        r"|(?i:address)(?:\s(?i:is|was|of\s\S+(?:\s\S+)?\sis))?\s?:?)\s{1,8}(?i:the\s)?"
        rf"(?P<it>\d{{1,5}}[A-Za-z]?,?\s(?:(?:{_NAME}|{_LINK})\s){{0,4}}{_LAST}(?:\s\d{{1,5}}[A-Za-z]?\b(?!\.\d))?{_TAIL}"
        rf"|(?:(?:{_NAME}|{_LINK})\s){{0,4}}{_LAST}\s\d{{1,5}}[A-Za-z]?\b(?![.:]\d){_TAIL})"
    ),
    finds=(
        "she lives at «12 Rosebank», with",
        "my address is «4 The Larches».",
        "Address: «Erfundene Gasse 12a»",
        "moved to «27 Rue de l'Exemple, Apt 3»",
    ),
    leaves=(
        "lives in 3 different homes",
        "address is 192.0.2.1",
        "moved to 5 Mondays",
        "moved to Band 6",
        "lived in London in 2019",
        "address: jo@example.org",
        "moved to Leeds 2019",
        "live in Borduria. 18 homes",
    ),
    where=_said,
)
RULES = (_ADDRESS_SAID, _UK, _IE, _CA, _ZIP, _AU, _CODE_SAID, _ADDRESS, _ADDRESS_SMALL, _FLAT_ALONE)
