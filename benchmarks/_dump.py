"""An invented dump of Reddit comments: words drawn from a list, fields that drift with the years, some lines broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from socialwork_research.resampling import generator

SEED = 20261121
LINES = 10_000  # lines that are made at once
N_WORDS = 100  # words of a comment on average: about 594 letters
BEGIN, APART = 1_325_376_000, 330  # 2012, and seconds between two comments
WORDS = (
    "a the and of to in we they you it is was not on for with that this at by from have has will can may must about "
    "after again against before between both case client court day deadline duty each early every family form group "
    "hand help home hour intake late leave letter list little long meeting more morning never new night note office "
    "often only other own page paper part people person phone place plan question reason report review right same "
    "school session shift simple some staff start still story street summer support table team thing think time today "
    "together training tree under until visit voice wait walk water week while winter word work worker write year yet "
    "assessment boundaries caseload colleague confidential disagreement neighbourhood placement practice "
    "responsibilities supervision understanding"
).split()


def lines(n: int) -> Iterator[bytes]:
    """Give `n` comments as lines of JSON, some thousands at a time: the same whenever they are made."""
    for start in range(0, n, LINES):
        yield _some(start, min(start + LINES, n), share=start / n)


def write(path: Path, n: int) -> None:
    """Write `n` comments to `path`, packed where its name ends in ``.zst``."""
    import zstandard

    with path.open("wb") as plain:
        stream = zstandard.ZstdCompressor(level=3).stream_writer(plain) if path.suffix == ".zst" else plain
        with stream:
            for some in lines(n):
                stream.write(some)


def _some(start: int, stop: int, *, share: float) -> bytes:
    """Write the comments from `start` to `stop`, in the fields of the years that `share` stands for."""
    stream = generator(SEED + start)
    number = np.arange(start, stop)
    author = stream.zipf(1.3, len(number)) % 100_000
    thread = np.maximum(number - stream.geometric(0.002, len(number)), 0) // 20
    parent = np.maximum(number - stream.geometric(0.02, len(number)), 0)
    opens = stream.random(len(number)) < 0.3
    odd = stream.random(len(number))
    length = np.maximum(1, stream.gamma(1.2, N_WORDS / 1.2, len(number))).astype(int)
    words = np.array(WORDS, dtype=object)[stream.integers(0, len(WORDS), int(length.sum()))].tolist()
    ends = np.cumsum(length).tolist()
    made, begin = [], 0
    for at, end in enumerate(ends):
        name = int(number[at])
        body = " ".join(words[begin:end])
        begin = end
        if odd[at] < 0.01:
            body += f" ask u/{_handle(int(author[at]) + 1)} \\u2019tis \\ud83d\\ude42\\n\\nmore"
        body = "[removed]" if 0.01 < odd[at] < 0.04 else body
        who = "[deleted]" if odd[at] > 0.93 else _handle(int(author[at]))
        up = f"t3_s{thread[at]:x}" if opens[at] else f"t1_c{int(parent[at]):x}"
        line = (
            f'{{"id":"c{name:x}","link_id":"t3_s{thread[at]:x}","parent_id":"{up}","subreddit":"inventedwork{name % 7}",'
            f'"author":"{who}","body":"{body}",{_dated(name, odd[at], share)},"score":{int(odd[at] * 1e4) % 97 - 5},'
            f'"controversiality":0'
        )
        line += _drifting(int(author[at]), name, who=who, share=share) + "}"
        made.append(line[: len(line) // 2] if name % 20_011 == 20_010 else line)
        if name % 15_013 == 15_012:
            made.append(line)  # an archive that was fetched twice
    return ("\n".join(made) + "\n").encode()


def _handle(author: int) -> str:
    return f"Invented_{author:05d}"


def _dated(name: int, odd: float, share: float) -> str:
    """Times as text in the early years, then as numbers; edits as true, then as the second of the last one."""
    at = BEGIN + name * APART
    edited = "false" if odd < 0.9 else "true" if share < 0.2 else f"{at + 900}.0" if share < 0.6 else f"{at + 900}"
    return f'"created_utc":"{at}","edited":{edited}' if share < 0.4 else f'"created_utc":{at},"edited":{edited}'


def _drifting(author: int, name: int, *, who: str, share: float) -> str:
    """Fields that the early years did not have."""
    more = f',"retrieved_on":{BEGIN + name * APART + 90_000}' if share >= 0.1 else ""
    if share >= 0.4:
        more += "" if who == "[deleted]" else f',"author_fullname":"t2_{author:x}"'
        more += ',"author_flair_text":null'
    if share >= 0.8:
        more += f',"_meta":{{"retrieved_2nd_on":{BEGIN + name * APART + 99_000}'
        more += ',"was_deleted_later":true}' if name % 29 == 0 else "}"
    return more
