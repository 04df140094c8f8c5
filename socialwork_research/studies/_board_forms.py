"""The forms for the ethics board as text: fields that a person fills, passages that the program writes.

A field is one line, ``> **To be filled** `form.field` (required): the question``; the answer stands beneath it, after an
empty line, and ends at the next field, passage or heading of the template. A passage of the program stands between two
marks, of which the first holds a sum of what the program wrote: where somebody wrote between the marks, it is refused to
write over that.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ..errors import StudyError

__all__ = ["FORMS", "Field", "begun", "fields", "places_in", "refreshed", "template"]

FORMS = ("dpia.md", "ethics_statement.md", "data_management.md", "datasheet.md", "terms.md", "publicness.md", "harm.md")

_TEMPLATES = Path(__file__).resolve().parent / "board"
_FIELD = re.compile(r"^>[ \t]*\*\*To be filled\*\*[ \t]*`([a-z0-9_.-]+)`[ \t]*\((required|optional)\):[ \t]*(.*)$")
_BLOCK = re.compile(r"^<!-- program: ([a-z_]+) -->$", re.MULTILINE)
_EACH = re.compile(r"^<!-- each source -->\n(.*?)^<!-- end of source -->\n", re.MULTILINE | re.DOTALL)
_SOURCE = "SOURCE"  # stands in a template for the name of a source
_BEGIN = re.compile(r"^<!-- written by the program, anew at each run: ([a-z_]+) ([0-9a-f]{12}) -->$")
_END = "<!-- end of what the program writes: beneath it is yours -->"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NO_ANSWERS = {"tobefilled", "tobewritten", "tobewrittenbytheresearcher", "tbd", "todo", "tba", "xxx"}

Writers = Mapping[str, Callable[[], str]]


@dataclasses.dataclass(frozen=True)
class Field:
    """A field of a form: its id, its question, whether it has to be filled, and what stands there (empty: nothing)."""

    form: str
    id: str
    question: str
    is_required: bool
    answer: str = dataclasses.field(repr=False)

    @property
    def is_filled(self) -> bool:
        """Whether a person wrote an answer: a stand-in for one is none."""
        return bool(self.answer) and re.sub(r"[\W_]+", "", self.answer.casefold()) not in _NO_ANSWERS


def template(form: str, places: Sequence[str]) -> str:
    """Return the template of a form, its part for a source repeated for each of these places."""
    text = (_TEMPLATES / form).read_text("utf-8")
    return _EACH.sub(lambda each: "".join(each[1].replace(_SOURCE, place) for place in places), text)


def begun(form: str, places: Sequence[str], *, writers: Writers) -> str:
    """Return a form with no answers yet, the passages of the program written."""
    return _BLOCK.sub(lambda found: _passage(found[1], writers[found[1]]()), template(form, places))


def refreshed(form: str, text: str, *, writers: Writers) -> str:
    """Return a form with the program's passages written anew; all else stays letter by letter.

    Raises
    ------
    StudyError
        If a mark is gone, stands twice, or somebody wrote between two of them.
    """
    wanted = _BLOCK.findall(template(form, ()))
    lines, written, seen, number = text.split("\n"), [], [], 0
    while number < len(lines):
        found = _BEGIN.match(lines[number].rstrip())
        if found is None:
            if lines[number].rstrip() == _END:
                raise _torn(form, number)
            written.append(lines[number])
            number += 1
            continue
        ends = [at for at in range(number + 1, len(lines)) if lines[at].rstrip() == _END]
        if not ends or found[1] not in wanted or found[1] in seen:
            raise _torn(form, number)
        held = "\n".join(lines[number + 1 : ends[0]])
        if held.strip() and _sum(held) != found[2]:
            raise StudyError(
                f"ethics/{form}, line {number + 1}: somebody wrote between the marks of what the program writes, and would "
                "lose it. Mend: move what was written beneath the second mark, and leave nothing between the two."
            )
        seen.append(found[1])
        return_sign = "\r" if lines[number].endswith("\r") else ""  # as editors of Windows end a line
        passage = _passage(found[1], writers[found[1]]()).split("\n")
        written += [f"{line}{return_sign}" for line in passage]
        number = ends[0] + 1
    gone = [name for name in wanted if name not in seen]
    if gone:
        raise StudyError(
            f"ethics/{form}: what the program writes has no place there any more ({', '.join(gone)}). Mend: {_ANEW}"
        )
    return "\n".join(written)


def fields(form: str, text: str) -> list[Field]:
    """Read the fields of a form; the ones that its template has and the form has not come with no answer.

    Raises
    ------
    StudyError
        If a field stands twice.
    """
    places = places_in(text)
    blank = template(form, places)
    headings = {line.rstrip() for line in blank.split("\n") if line.startswith("#")}
    found: dict[str, Field] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines):
        head = _FIELD.match(line.rstrip())
        if head is None:
            continue
        if head[1] in found:
            raise StudyError(f"ethics/{form}, line {number + 1}: the field {head[1]} stands twice. Mend: keep one.")
        answer = _answer(_beneath(lines[number + 1 :], headings))
        found[head[1]] = Field(form, head[1], head[3], is_required=head[2] == "required", answer=answer)
    asked = [_FIELD.match(line) for line in blank.split("\n")]
    return [
        # what has to be filled is the template's word, not the form's: a form may have been edited
        dataclasses.replace(found[head[1]], question=head[3], is_required=head[2] == "required")
        if head[1] in found
        else Field(form, head[1], head[3], is_required=head[2] == "required", answer="")
        for head in asked
        if head is not None
    ]


def places_in(text: str) -> list[str]:
    """Return the sources that a form has a part for, in their order."""
    return list(dict.fromkeys(re.findall(r"^## Source: ([a-z0-9_]+)[ \t\r]*$", text, re.MULTILINE)))


_ANEW = (
    "keep a copy of the form, take the form away, let the next run write it anew, and bring your answers back into it."
)


def _torn(form: str, number: int) -> StudyError:
    return StudyError(
        f"ethics/{form}, line {number + 1}: a mark of what the program writes is without its partner, or stands twice. "
        f"Mend: {_ANEW}"
    )


def _passage(name: str, content: str) -> str:
    content = content.strip("\n")
    return f"<!-- written by the program, anew at each run: {name} {_sum(content)} -->\n{content}\n{_END}"


def _sum(content: str) -> str:
    """Sum up words: an editor may have wrapped lines or taken blanks away."""
    return hashlib.sha256(" ".join(content.split()).encode("utf-8")).hexdigest()[:12]


def _beneath(lines: Sequence[str], headings: set[str]) -> list[str]:
    """Return the lines of an answer; what is quoted straight beneath the question is the question, wrapped."""
    start = next((at for at, line in enumerate(lines) if not line.startswith(">")), len(lines))
    own = []
    for line in lines[start:]:
        if _FIELD.match(line.rstrip()) or _BEGIN.match(line.rstrip()) or line.rstrip() in headings:
            break
        own.append(line)
    return own


def _answer(lines: Sequence[str]) -> str:
    """Return what a person wrote; nothing where no letter or number stands."""
    text = _COMMENT.sub("", "\n".join(lines)).strip()
    return text if any(letter.isalnum() for letter in text) else ""
