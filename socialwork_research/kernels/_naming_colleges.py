"""Universities and colleges by their capitals, where somebody studies, teaches or applies there: "second year in UCC"."""

from __future__ import annotations

import re
from functools import cache

__all__ = ["HINT", "colleges"]

# As the universities write themselves. Those that hardly mean anything else stand first.
_OWN = (
    "UCC UCD UCLA UCL UEA TCD DCU QUB MMU LJMU NYU ARU UWE UCLan USW UWTSD UWS LSBU QMUL SOAS NUIG UNSW UBC SFU UIUC UNLV "
    "UNM UNC UCSF UCSB UCSD UCI UCR VCU FIU SDSU SFSU CSUN CSULB CSUF CUNY SUNY BYU WVU UMass UConn UMBC UMich UPenn GWU QMU "
    "RMIT QUT UWA UQ ANU UofT UofG UofC UoB UoM UoN UEL UWL DMU BCU RGU GCU UHI GMIT LYIT SETU UKZN UCT YorkU UVic UVM "
    "UNH URI FSU NCSU UTSA UNT VUW USyd UniSA UniMelb UTas UNCG ECU JCU USQ RHUL ULaw LSU TAMU"
).split()
_SHARED = (
    "KCL LSE AUT UTS UTK UGA PSU TUS MTU ATU OSU MSU GSU UIC CQU TMU TUD "
    "UL UU BU ASU WSU SMU TCU ACU CSU SHU NTU OU UH UT USC UF UVA UB UD LMU MIC TU UC NUI SLU NIU"
).split()
_ALL = "|".join(sorted({*_OWN, *_SHARED}, key=lambda name: (-len(name), name)))
HINT = rf"\b(?:{_ALL})\b"  # what texts without any of them are passed over by
_STUDY = re.compile(
    r"\b(?:year|stud(?:y|ied|ying|ies)|degree|masters?|master's|msw|bsw|dsw|phd|mres|ma|ba|bsc|msc|course|grad(?:uate|"
    r"uated|uating)?|lecturers?|"
    r"prof|professor|tutor|module|dissertation|thesis|placement|campus|undergrad|postgrad|student|students|semester|"
    r"term|offer|applied|"
    r"accepted|got in(?:to)?|enrolled|alum\w*|programme|program|uni|university|college|lectures?|interview|practicum|internship|"
    r"admissions?|exams?|qualified|trained|transferred|started|doctorate|apprenticeship|supervisor|cohort|freshers)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:in|at|from|to|with|through|via|into|joined|attend(?:ed|ing|s)?|left|by)(?: the)? $", re.IGNORECASE
)
_FOLLOWED = re.compile(
    r" (?:(?:[Ss]ocial [Ww]ork|MSW|BSW|[Mm]asters?) )?(?:students?|grads?|graduates?|alum\w*|lecturers?|supervisor|"
    r"tutor|offers|teaches|campus|course|cohort|MSW|BSW|program(?:me)?)\b"
)
_KNOWN = frozenset(_OWN)
_REACH = 60  # characters on either side in which a word of studying may stand


def colleges(text: str, spans: list[tuple[int, int, str]]) -> None:
    """Add the universities in capitals: behind "at" or before "students", and a word of studying near by."""
    last = -1  # where the one before it ended: "UCD or UL"
    for match in _names().finditer(text):
        start, end = match.span()
        before = text[max(0, start - _REACH) : start]
        placed = _PLACED.search(before) is not None or (start - last < len(" and the ") and last > 0)
        followed = _FOLLOWED.match(text, end) is not None
        studied = _STUDY.search(f"{before}\n{text[end : end + _REACH]}") is not None
        if followed or (studied and (placed or match[0] in _KNOWN)) or (placed and match[0] in _KNOWN):
            spans.append((start, end, "SCHOOL"))
            last = end


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@#/&.-])(?:{_ALL})(?![\w@/&-]|\.\w)")
