"""The pattern language: what matches, what does not, and what is refused."""

from __future__ import annotations

import time

import pytest

from socialwork_research.coders import _language
from socialwork_research.coders._matching import characters, hits, joined
from socialwork_research.errors import CodebookError

SIGNALS = {"WHO": ["client", "young person", "<KIN>"], "KIN": ["mum", "nan"], "LOOP": ["<POOL>"], "POOL": ["<LOOP>"]}


def _found(pattern: str, *texts: str) -> list[str]:
    """Return the words of each hit."""
    phrase = _language.phrase(pattern, signals=SIGNALS, where="test")
    buffer = joined(list(texts))
    start, end = hits(buffer, _language.compiled(phrase.source, where="test"))
    return [buffer.data[begin:until].decode() for begin, until in zip(start, end, strict=True)]


@pytest.mark.parametrize(
    ("pattern", "text", "hit"),
    [
        ("my client", "So MY  Client rang", "my  client"),
        ("my client", "my client's dog", "my client's"),
        ("my client", "my clientele", None),
        ("don't add", "I dont add", "dont add"),
        ("don't add", "I don’t add", "don't add"),
        ("ex client", "an ex-client of mine", "ex-client"),
        ("client*", "all clients", "clients"),
        ("my old? client", "my client", "my client"),
        ("my old? client", "my old client", "my old client"),
        ("(my|one of my) client*", "one of my clients", "one of my clients"),
        ("my (poor|lovely)? <WHO>", "my lovely young person", "my lovely young person"),
        ("my <WHO>", "my nan", "my nan"),
        ("i ... <WHO>", "I texted, in the end, her mum", "i texted, in the end, her mum"),
        ("i ... <WHO>", "I a b c d e f g h i j mum", "i j mum"),
        ("i texted ...2 <WHO>", "I texted one two mum", "i texted one two mum"),
        ("i texted ...2 <WHO>", "I texted one two three mum", None),
        ("i ... <WHO>", "I stopped. My mum rang", None),
        ("i ... <WHO>", "I stopped; my mum rang", None),
        ("i ... <WHO>", "I stopped\n\nmy mum rang", None),
        ("i ... <WHO>", "I texted\nmy mum", "i texted\nmy mum"),
        ("i ... <WHO>", "I paid 3.50 to mum", "i paid 3.50 to mum"),
        ("^ texted", "Texted him", " texted"),
        ("^ texted", "He texted him", None),
        ("naïve", "so NAÏVE", "naÏve"),
        ("£50", "gave £50", "£50"),
    ],
)
def test_patterns_match_what_they_say(pattern: str, text: str, hit: str | None) -> None:
    """A pattern matches words, endings, options, sets and gaps within one sentence, whatever the capitals and quotes."""
    found = [words.lstrip("\x00") for words in _found(pattern, text)]
    assert found == ([] if hit is None else [hit])


def test_no_pattern_crosses_from_one_post_to_the_next() -> None:
    """A gap cannot reach into the next text of the buffer, whatever the texts hold."""
    assert _found("i ... client", "I met", "a client") == []
    assert _found("i ... client", "I met\x00", "\x00a client") == []
    assert _found("i met a client", "I met", "a client") == []


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("", "empty pattern"),
        ("... client", "column 1: a gap"),
        ("client ...", "column 11: a gap"),
        ("a ... ...2 b", "column 7: a gap"),
        ("a ...99 b", "column 3: a gap spans 1 to 20"),
        ("my (client|mum", "column 4: this '('"),
        ("my client)", "column 10: ')'"),
        ("my <WHOM>", "column 4: <WHOM> is not among the signal sets. Did you mean 'WHO'?"),
        ("my <LOOP>", "names itself: LOOP > POOL > LOOP"),
        ("my? (a)?", "column 1: at least one item"),
        ("my ?? client", "'?' follows"),
        ("my . client", "column 4: '.'"),
        ("my , client", "column 4: ',' is no word"),
        ("my ^ client", "column 4: '^' stands first"),
        ("(|a)", "column 2: at least one item"),
    ],
)
def test_broken_patterns_are_named_with_code_and_column(pattern: str, told: str) -> None:
    """A line that is not of the language is refused: the code, the pattern, the column and the fault are told."""
    with pytest.raises(CodebookError) as error:
        _language.phrase(pattern, signals=SIGNALS, where="codebook 'mine', code 'first'")
    assert told in str(error.value)
    assert "codebook 'mine', code 'first'" in str(error.value)


def test_offsets_count_characters_not_bytes() -> None:
    """A hit's place is told in characters of the text as written, with emoji, accents and curly quotes before it."""
    texts = ["", "😀 “señor” … my client", "e\u0301\u200b my client’s"]
    buffer = joined(texts)
    phrase = _language.phrase("my client", signals={}, where="test")
    start, end = hits(buffer, _language.compiled(phrase.source, where="test"))
    assert buffer.text_at(start).tolist() == [1, 2]
    spans = zip(characters(buffer, start), characters(buffer, end), (1, 2), strict=True)
    assert [texts[number][begin:until] for begin, until, number in spans] == ["my client", "my client’s"]


def test_what_is_needed_holds_wherever_the_pattern_does() -> None:
    """The quick expression of a pattern matches every text that the pattern matches."""
    cases = [
        ("i ... <WHO>", "I rang the mum"),
        ("^ just? texted ...3 (my)? <WHO>", "Just texted a young person"),
        ("a b* c?", "a bee"),
    ]
    for pattern, text in cases:
        phrase = _language.phrase(pattern, signals=SIGNALS, where="test")
        assert len(hits(joined([text]), _language.compiled(phrase.source, where="test"))[0]) == 1
        assert len(hits(joined([text]), _language.compiled(phrase.needed, where="test"))[0]) >= 1


def test_hostile_texts_take_linear_time() -> None:
    """A text made to make matchers backtrack takes about as long, letter for letter, when it is eight times as long."""
    phrase = _language.phrase("(a|aa|a a) ... (a|aa) ... (a|aa) ... b", signals={}, where="test")
    matcher = _language.compiled(phrase.source, where="test")

    def seconds(n: int) -> float:
        buffer = joined(["a " * n])
        began = time.process_time()
        assert len(hits(buffer, matcher)[0]) == 0
        return time.process_time() - began

    seconds(1_000)
    assert seconds(80_000) < 40 * max(seconds(10_000), 0.002)
