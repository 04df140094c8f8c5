"""Comments laid out column by column."""

from __future__ import annotations

import json

import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from socialwork_research.sources import _reddit_cells, _reddit_columns, reddit

WORDS = st.sampled_from(
    ["", " ", "a", "t1_a", "t3_b", "t\n_c", " t1_a", "[deleted]", "[DELETED]", " [removed] ", "[ removed by reddit ]",
     "see u/some_name", "/u/other-name and hu/man", "[x]", "café\u00a0", "[Deleted]\u2003", "\u200b"]
)  # fmt: skip
ODD = st.one_of(WORDS, st.none(), st.booleans(), st.integers(-5, 40), st.just(1e30), st.just([]), st.just({"a": 1}))
META = st.one_of(ODD, st.fixed_dictionaries({}, optional=dict.fromkeys(("was_deleted_later", "removal_type"), ODD)))
TIMES = st.one_of(st.none(), st.integers(10**9, 2 * 10**9), st.floats(1e9, 2e9), st.just("1600000000"))
FIELDS = {
    "id": ODD, "link_id": ODD, "parent_id": ODD, "author": ODD, "author_fullname": ODD, "created_utc": TIMES,
    "created": TIMES, "edited": st.one_of(st.booleans(), TIMES), "retrieved_on": TIMES, "retrieved_utc": TIMES,
    "subreddit": ODD, "author_flair_text": ODD, "score": ODD, "_meta": META, "selftext": ODD, "link_flair_text": ODD,
    "url": ODD, "score_hidden": ODD, "hide_score": ODD,
}  # fmt: skip
COMMENTS = st.fixed_dictionaries({"body": ODD}, optional=FIELDS)
POSTS = st.fixed_dictionaries({"title": ODD}, optional={**FIELDS, "body": ODD})


def plain(rows: pd.DataFrame) -> list[dict]:
    """The cells as Python has them, every way of being missing as None."""
    wanted = rows.reindex(columns=_reddit_cells.COLUMNS).astype(object)
    return [
        {name: None if pd.api.types.is_scalar(value) and pd.isna(value) else value for name, value in row.items()}
        for row in wanted.to_dict("records")
    ]


@settings(deadline=None)
@given(st.lists(st.one_of(COMMENTS, POSTS), max_size=6))
def test_columns_are_the_rows(posts):
    """Whatever is in the fields of comments and posts, laying them out by columns gives what `row` gives one by one."""
    good = list(enumerate(posts, start=3))
    one_by_one = pd.DataFrame([_reddit_cells.row(n, post) for n, post in good], columns=_reddit_cells.COLUMNS)
    for given_as in (good, [(n, _reddit_columns.picked(post)) for n, post in good]):
        assert plain(_reddit_columns.rows(given_as)) == plain(one_by_one)


def test_a_file_of_comments_and_posts_keeps_its_order(tmp_path, key):
    """Comments and posts in one file stay in the order of their lines, and of two doubles the longer is kept."""
    base = {"subreddit": "s", "author": "A", "created_utc": 1600000000}
    lines = [
        {**base, "id": "t3_x", "title": "a post", "selftext": "longer than what the comment says"},
        {**base, "id": "t3_x", "link_id": "t3_x", "body": "a comment with the id of a post"},
        {**base, "id": "y", "link_id": "t3_x", "body": "a comment"},
    ]
    (tmp_path / "RC_2020-01.ndjson").write_text("\n".join(map(json.dumps, lines)))
    corpus = reddit.read(tmp_path / "RC_2020-01.ndjson", key=key)
    assert corpus.posts["title"].dropna().tolist() == ["a post"]
    assert corpus.losses.set_index("what").loc["refused: same id, other content", "where"] == "line 2"


def test_links_in_words_and_hidden_scores_by_hand():
    """Addresses in words are found without their sentence, Reddit's own lose their path, and a hidden score is missing."""
    body = (
        "See [here](https://example.org/a_(b)), https://www.reddit.com/r/x/comments/1. Or <http://example.com/c?d=1>!"
    )
    given = [
        (1, {"id": "x", "body": body, "score": 1, "score_hidden": True}),
        (2, {"id": "y", "body": "No.", "score": 3}),
    ]
    for rows in (
        _reddit_columns.rows(given),
        pd.DataFrame([_reddit_cells.row(*each) for each in given], columns=_reddit_cells.COLUMNS),
    ):
        assert rows["links"].tolist() == [
            ["https://example.org/a_(b)", "www.reddit.com", "http://example.com/c?d=1"],
            [],
        ]
        assert rows["n_likes"].isna().tolist() == [True, False]


def test_no_blank_beyond_ascii_hides_a_removed_text():
    """A removed text is found whatever blanks stand around it, and a text that only ends alike is kept."""
    bodies = ["\u2003[removed]\u00a0", "[removed]", "not [removed]", "ends so]", "", "wörd"]
    found = _reddit_columns._may_be_gone(pa.array([*bodies, None]))
    assert found.tolist() == [True, True, True, True, False, False, False]
