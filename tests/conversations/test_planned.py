"""Announced chats beside improvised talk."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus, papers
from socialwork_research.conversations import planned
from socialwork_research.conversations._sessions import marked

START = pd.Timestamp("2024-03-05T19:00Z")


def corpus(*rows: tuple[float, str, str, str | None]) -> Corpus:
    """Posts of (minutes since the start, author, text, number of the post answered)."""
    posts = pd.DataFrame(rows, columns=["minutes", "author_id", "text", "reply_to"])
    posts["created_at"] = START + pd.to_timedelta(posts.pop("minutes"), unit="min")
    posts["post_id"] = [f"p{n}" for n in range(len(posts))]
    return Corpus.of(posts.assign(thread_id=posts["post_id"], platform="x", community="#chat"), name="chat")


CHAT = (
    (0.0, "host", "Welcome all, five questions tonight", None),
    (2.0, "host", "Q1: what keeps you going?", None),
    (5.0, "ann", "A1 a good team", "p1"),
    (6.0, "ben", "@host A1. Walking home", "p1"),
    (30.0, "host", "Q2 and what does not?", None),
    (3000.0, "ann", "Anyone read the new guidance?", None),
    (3100.0, "cat", "Not yet", "p5"),
)


def test_a_chat_worked_by_hand():
    """From the first numbered post to the last four posts are planned; of three improvised, one is answered."""
    table = planned(corpus(*CHAT), seed=7, draws=50)
    expected = {
        ("share_of_posts", "planned"): 4 / 7, ("share_of_posts", "improvised"): 3 / 7,
        ("share_replied", "planned"): 1 / 4, ("share_replied", "improvised"): 1 / 3,
        ("share_replies", "planned"): 2 / 4, ("share_replies", "improvised"): 1 / 3,
        ("share_first_posts", "planned"): 2 / 4, ("share_first_posts", "improvised"): 2 / 3,
    }  # fmt: skip
    assert table["estimate"].to_dict() == pytest.approx(expected)
    assert table.loc[("share_replied", "planned"), ["n", "n_posts", "n_authors"]].tolist() == [1, 4, 3]
    assert papers(table)["notes"]["chats"] == 1


@pytest.mark.parametrize(
    ("text", "is_numbered"),
    [
        ("Q1 What helps?", True), ("@host A3: time", True), ("T2. Our topic", True), ("thoughts on Q 4?", True),
        ("the A1 motorway", True),  # a road alone makes no chat: three by two authors within half an hour are needed
        ("Q&A tonight", False), ("IQ1 scores", False), ("form A1/2", False), ("q1 results", False), ("A100", False),
        ("#Q1 chat", False), ("Plan A", False), ("$A1", False), ("", False),
    ],
)  # fmt: skip
def test_numbers_of_questions_and_answers(text: str, is_numbered: bool):
    """A capital Q, A or T with a number of one or two figures is a chat's; parts of other words are not."""
    assert marked(pd.Series([text])).tolist() == [is_numbered]


def test_one_author_alone_or_scattered_numbers_make_no_chat():
    """Three numbered posts of one author, or of two on three days, are improvised."""
    alone = [(float(n), "ann", f"Q{n} and so on", None) for n in range(1, 4)]
    apart = [(float(1500 * n), name, f"A{n} well", None) for n, name in enumerate(("ann", "ben", "ann"), start=1)]
    for rows in (alone, apart):
        table = planned(corpus(*rows), seed=7, draws=20)
        assert table.loc[("share_of_posts", "planned"), "estimate"] == 0
        assert papers(table)["notes"]["numbered_posts_outside_of_chats"] == 3


def test_order_and_names_do_not_matter():
    """Shuffled rows and other names give the same table."""
    posts = corpus(*CHAT).posts
    names = {"host": "a", "ann": "d", "ben": "c", "cat": "b"}
    again = posts.assign(author_id=posts["author_id"].map(names), reply_to_author=None).sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(
        planned(Corpus.of(again, name="again"), seed=7, draws=20), planned(corpus(*CHAT), seed=7, draws=20)
    )


def test_no_posts_and_one_post():
    """Without posts every share is undefined; one post has shares and no interval."""
    none = planned(Corpus.of(corpus(*CHAT).posts.head(0), name="none"), seed=7, draws=5)
    assert none["estimate"].isna().all()
    assert none["method"].str.contains("undefined").all()
    one = planned(corpus(CHAT[0]), seed=7, draws=5)
    assert one.loc[("share_of_posts", "improvised"), "estimate"] == 1
    assert np.isnan(one.loc[("share_of_posts", "improvised"), "low"])
