"""Cross-posts: linked to the first and counted, whoever answered; nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwork_research import sources

CALL = "Looking for newly qualified workers to talk about supervision, please pass it on"
SEVEN = "Only seven words stand in this post"
ANSWERED, UNANSWERED = "cross-posts that were answered", "cross-posts that nobody answered"


def posts(*rows: tuple) -> pd.DataFrame:
    """Posts by id, author, day, text, and whom they answer."""
    table = pd.DataFrame(
        [(*row, None)[:5] for row in rows], columns=["post_id", "author_id", "day", "text", "reply_to"]
    )
    start = pd.Timestamp("2021-05-04T09:00Z")
    times = [(start + pd.Timedelta(days=day)).isoformat() for day in table.pop("day")]
    return table.assign(created_at=times, platform="forum")


def read(place: Path, table: pd.DataFrame, **options):
    """A table of posts as a corpus."""
    table.to_json(place / "x.jsonl", orient="records", lines=True)
    return sources.read(place / "x.jsonl", **options)


def links(corpus) -> dict[str, str]:
    """From a copy to the first."""
    return corpus.posts.dropna(subset=["repost_of"]).set_index("post_id")["repost_of"].to_dict()


def numbers(corpus) -> list[int]:
    """How many copies were answered, and how many were not."""
    return corpus.losses.set_index("what")["n"].reindex([ANSWERED, UNANSWERED], fill_value=0).tolist()


def test_a_copy_names_the_first_and_nothing_is_dropped(tmp_path):
    """The later of two is the copy, in any case and with any blanks; answered or not, both are kept and counted apart."""
    table = posts(
        ("p1", "ann", 0, CALL),
        ("p2", "ann", 1, f"  {CALL.upper()}\n"),
        ("p3", "ann", 2, CALL.replace(" ", "\n\n")),
        ("p4", "bo", 3, "Count me in", "p3"),
    )
    corpus = read(tmp_path, table)
    assert links(corpus) == {"p2": "p1", "p3": "p1"}
    assert numbers(corpus) == [1, 1]
    lines = corpus.losses.set_index("what")
    assert lines.loc["kept", "n"] == lines.loc["rows read", "n"] == 4
    assert lines.loc[[ANSWERED, UNANSWERED], "where"].tolist() == ["row 3", "row 2"]


@pytest.mark.parametrize(
    "changed",
    [
        {"author_id": "bo"},
        {"platform": "x"},
        {"text": CALL + " !"},
        {"created_at": "2021-05-12T09:00:00Z"},
        {"thread_id": "p1"},
        {"reply_to": "elsewhere"},
        {"reply_to_author": "bo"},
        {"author_id": None},
        {"is_deleted": True},
        {"repost_of": "elsewhere"},
        {"kind": "comment"},
    ],
)
def test_what_is_no_copy(tmp_path, changed):
    """Another author, place, text, a later week, the same thread, an answer, a stated repost: each alone is enough."""
    table = posts(("p1", "ann", 0, CALL), ("p2", "ann", 1, CALL))
    for column, value in changed.items():
        table[column] = table[column].astype(object) if column in table else None
        table[column] = [table[column].iloc[0], value]
    table["thread_id"] = table.get("thread_id", pd.Series([None, None])).fillna(table["post_id"])
    corpus = read(tmp_path, table)
    assert numbers(corpus) == [0, 0]
    assert set(links(corpus).values()) <= {"elsewhere"}


def test_a_few_words_are_no_copy(tmp_path):
    """Seven words may be said twice; eight are a copy."""
    table = posts(
        ("a", "x", 0, SEVEN), ("b", "x", 1, SEVEN), ("c", "x", 0, SEVEN + " now"), ("d", "x", 1, SEVEN + " now")
    )
    assert links(read(tmp_path, table)) == {"d": "c"}


def test_a_week_counts_from_the_one_before(tmp_path):
    """Whoever posts the same again within seven days goes on copying; after a longer while it is a first post again."""
    table = posts(*((f"p{day}", "ann", day, CALL) for day in (0, 6, 13, 20.5, 22)))
    assert links(read(tmp_path, table)) == {"p6": "p0", "p13": "p0", "p22": "p20.5"}


def test_of_posts_without_text_the_title_is_compared(tmp_path):
    """A link with one title on two boards is a copy; with a text, the text decides and not the title."""
    table = posts(("a", "x", 0, None), ("b", "x", 1, ""), ("c", "x", 0, CALL), ("d", "x", 1, CALL))
    table["title"] = [CALL[:-3], CALL[:-3], "One title", "Another title"]
    assert links(read(tmp_path, table)) == {"b": "a", "d": "c"}


PARTS = st.lists(
    st.tuples(st.sampled_from("xyz"), st.integers(0, 20), st.sampled_from([CALL, SEVEN, CALL.upper(), CALL + " now"])),
    max_size=12,
    unique_by=lambda part: part[1],
)


@settings(max_examples=15)
@given(PARTS, st.randoms(use_true_random=False))
def test_law_order_and_names_do_not_matter(tmp_path_factory, parts, random):
    """The links are those of a plain loop, in whatever order the rows are and however ids are hashed."""
    rows = [(f"p{day}", author, day, text) for author, day, text in parts]
    expected: dict[str, str] = {}
    last: dict[tuple[str, str], tuple[int, str]] = {}
    for own, author, day, text in sorted(rows, key=lambda row: row[2]):
        if len(text.split()) >= 8:
            before, first = last.get((author, text.casefold()), (-99, own))
            first = first if day - before <= 7 else own
            last[author, text.casefold()] = (day, first)
            expected |= {} if first == own else {own: first}
    if rows:
        random.shuffle(rows)
        corpus = read(tmp_path_factory.mktemp("law"), posts(*rows))
        assert links(corpus) == expected
        assert numbers(corpus) == [0, len(expected)]


def test_with_a_key_and_on_disk(tmp_path, key):
    """Links are pseudonyms of posts that are there, the same on the disk."""
    table = posts(("p1", "ann", 0, CALL), ("p2", "ann", 1, CALL), ("p3", "bo", 2, "Me", "p2"))
    corpus = read(tmp_path, table, key=key, folder=tmp_path / "corpus")
    told = links(corpus)
    assert len(told) == 1
    assert set(told) | set(told.values()) < set(corpus.posts["post_id"])
    assert "p1" not in told.values()
    assert numbers(corpus) == [1, 0]


def test_the_sample_has_no_copy():
    """No account of the sample opens two threads with one text, so that its truth holds for every post."""
    corpus = sources.read("corpora/sample/posts.jsonl")
    assert links(corpus) == {}
    assert numbers(corpus) == [0, 0]
