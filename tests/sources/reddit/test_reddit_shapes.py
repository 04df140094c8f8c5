"""Whatever stands in the place of an answer of Reddit: a corpus with its ledger, or an error that names the file."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialwork_research.errors import SchemaError
from socialwork_research.sources import reddit

WORDS = st.sampled_from(
    ["kind", "data", "children", "replies", "json", "things", "errors", "id", "name", "author", "body", "title", "after",
     "selftext", "subreddit", "created_utc", "parent_id", "link_id", "count", "edited", "score", "error", "usage", "schema"]
)  # fmt: skip
SAID = st.sampled_from(["Listing", "t1", "t3", "more", "t1_a", "t3_p", "a", "_", "", "t5"]) | st.text(max_size=5)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | SAID
SHAPES = st.recursive(
    LEAVES, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(WORDS, inside, max_size=6), max_leaves=25
)
FIELDS = {
    "id": SHAPES, "name": SHAPES, "author": SHAPES, "body": SHAPES, "title": SHAPES, "selftext": SHAPES, "edited": SHAPES,
    "parent_id": SHAPES, "link_id": SHAPES, "score": SHAPES, "created_utc": st.just(1.6e9) | SHAPES, "count": SHAPES,
    "children": st.lists(SHAPES, max_size=3), "subreddit": SHAPES, "author_fullname": SHAPES, "url": SHAPES,
}  # fmt: skip
PAGES = st.recursive(
    SHAPES,
    lambda inside: st.one_of(
        st.fixed_dictionaries(
            {"kind": st.just("Listing"), "data": st.fixed_dictionaries({"children": st.lists(inside, max_size=4)})}
        ),
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(["t1", "t3", "more"]),
                "data": st.fixed_dictionaries({}, optional={**FIELDS, "replies": inside}),
            }
        ),
        st.fixed_dictionaries(
            {"json": st.fixed_dictionaries({"data": st.fixed_dictionaries({"things": st.lists(inside, max_size=4)})})}
        ),
        st.lists(inside, max_size=3),
    ),
    max_leaves=8,
)
SLOW = settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


def holds(file):
    """Read a file: its ledger adds up, or the error names it."""
    try:
        corpus = reddit.read(file)
    except SchemaError as error:
        return file.name in str(error)
    lines = dict(zip(corpus.losses["what"], corpus.losses["n"], strict=True))
    refused = sum(n for what, n in lines.items() if what.startswith("refused: "))
    adds_up = lines.get("rows read", 0) == lines.get("kept", 0) + refused
    return adds_up and lines.get("kept", 0) == len(corpus)


@SLOW
@given(pages=st.lists(PAGES, min_size=1, max_size=3), is_lined=st.booleans())
def test_any_shape_is_a_corpus_or_a_named_error(tmp_path, pages, is_lined):
    """Any JSON in the place of a page is read with a ledger that adds up, or refused with the file's name."""
    file = tmp_path / "page.json"
    file.write_text("\n".join(map(json.dumps, pages)) if is_lined else json.dumps(pages), "utf-8")
    reddit.detect(file)
    assert holds(file)


@SLOW
@given(data=st.data())
def test_a_page_cut_anywhere_is_a_corpus_or_a_named_error(tmp_path, place_of_name, data):
    """A page of any kind that was cut, or of which a piece is odd bytes, is read or refused, never more."""
    _, path = place_of_name("reddit")
    name = data.draw(st.sampled_from(["thread.json", "morechildren.json", "user.json"]))
    content = (path / name).read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(0, len(content)))
    file = tmp_path / "page.json"
    file.write_bytes(content[:start] + data.draw(st.binary(max_size=3)) + content[max(start, end) :])
    reddit.detect(file)
    assert holds(file)
