"""Whether one such post draws the next: by hand, planted, and where order is chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Coding, Corpus, papers
from socialwork_research.conversations import pile_ons
from socialwork_research.errors import CodingError, OptionError

from .conftest import corpus_of

CODE = "colleague_disparagement"


def coding(corpus: Corpus, marked: list[str], *, seen: list[str] | None = None, coder: str = "c") -> Coding:
    """One coder's marks on posts of a corpus, all of which were looked at unless told."""
    looked = pd.DataFrame({"post_id": seen or corpus.posts["post_id"].tolist()})
    looked = looked.assign(coder=coder, codebook="boundary_risk", version="1")
    marks = pd.DataFrame({"post_id": marked}).assign(coder=coder, code=CODE, stance="enacted") if marked else None
    return Coding.of(looked, marks)


THREAD = corpus_of(
    ("a", "a", "ann", 0, None), ("b", "a", "ben", 1, "a"), ("c", "a", "cat", 2, "a"), ("d", "a", "ben", 3, "a"),
    ("e", "a", "dan", 4, "a"), ("f", "a", None, 5, "a"), ("g", "a", "eve", 6, "a"), ("h", "a", "ann", 7, "a"),
)  # fmt: skip


def test_a_thread_worked_by_hand():
    """Ben joins second, Eve after him; Ben's next post and the deleted author's are not asked."""
    table = pile_ons(THREAD, coding(THREAD, ["b", "d", "g"]), codes=CODE, seed=7, draws=50)
    # After none: ann no, ben yes. After one: cat no, dan no, eve yes. After two: ann's last post, no.
    assert table["estimate"].tolist()[:3] == [1 / 2, 1 / 3, 0.0]
    assert np.isnan(table.loc["3 or more", "estimate"])
    assert table.loc["1 or more", "estimate"] == 1 / 4
    assert table["n_posts"].tolist() == [2, 3, 1, 0, 4]
    assert table["n_authors"].tolist() == [2, 3, 1, 0, 4]
    dropped = papers(table)["notes"]["dropped"]
    assert dropped["posts of unknown authors"] == 1
    assert dropped["later posts of authors who had joined in"] == 1


def test_the_null_is_what_all_orders_give():
    """Of three posts of three authors with one mark, the share after one is nought in every order, after none 1/2."""
    corpus = corpus_of(*((f"p{n}", "p0", f"a{n}", n, None if n == 0 else "p0") for n in range(3)))
    table = pile_ons(corpus, coding(corpus, ["p1"]), codes=CODE, seed=7, draws=3000)
    # The mark falls first, second or third: asked after none are 1, 2 or 3 posts.
    assert table.loc["0", "null_mean"] == pytest.approx((1 + 1 / 2 + 1 / 3) / 3, abs=0.02)
    assert table.loc["1", "null_mean"] == 0


def followed(n_threads: int, *, draws_others: float, seed: int) -> tuple[Corpus, Coding]:
    """Threads of ten posts by ten authors; each joins in with .1, and more where the post before did."""
    random = np.random.default_rng(seed)
    rows, marked = [], []
    for thread in range(n_threads):
        before = False
        for place in range(10):
            post = f"t{thread:03d}p{place}"
            rows.append(
                (post, f"t{thread:03d}p0", f"a{thread}x{place}", place, None if place == 0 else f"t{thread:03d}p0")
            )
            before = bool(random.random() < 0.1 + draws_others * before)
            if before:
                marked.append(post)
    corpus = corpus_of(*rows)
    return corpus, coding(corpus, marked)


def test_following_is_found_and_its_absence_too():
    """Where a post makes the next more likely the share after one exceeds chance; where it does not, it does not."""
    corpus, marks = followed(150, draws_others=0.5, seed=1)
    assert pile_ons(corpus, marks, codes=CODE, seed=7, draws=300).loc["1 or more", "p_value"] < 0.01
    corpus, marks = followed(150, draws_others=0.0, seed=2)
    row = pile_ons(corpus, marks, codes=CODE, seed=7, draws=300).loc["1 or more"]
    assert row["null_low"] <= row["estimate"] <= row["null_high"]
    assert row["low"] < 0.1 < row["high"]


def test_posts_not_looked_at_are_no_silence():
    """A post that the coder did not look at is asked nothing and counted."""
    marks = coding(THREAD, ["b"], seen=["a", "b", "c"])
    table = pile_ons(THREAD, marks, codes=CODE, seed=7, draws=20)
    assert table["n_posts"].tolist() == [2, 1, 0, 0, 1]
    assert papers(table)["notes"]["dropped"]["posts not looked at"] == 5


def test_names_and_order_do_not_matter():
    """Other names and another order of rows give the same table."""
    corpus, marks = followed(20, draws_others=0.3, seed=4)
    table = pile_ons(corpus, marks, codes=CODE, seed=7, draws=50)
    known = sorted(corpus.posts["author_id"].unique(), reverse=True)
    renamed = corpus.posts["author_id"].map({name: f"n{number}" for number, name in enumerate(known)})
    posts = corpus.posts.assign(author_id=renamed, reply_to_author=None).sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(pile_ons(Corpus.of(posts, name="x"), marks, codes=CODE, seed=7, draws=50), table)


@pytest.mark.parametrize("marked", [[], ["b"]])
def test_other_stances_no_marks_and_no_posts(marked: list[str]):
    """Without a mark in the stance asked for, nobody joins in; without posts every share is undefined."""
    marks = coding(THREAD, marked)
    table = pile_ons(THREAD, marks, codes=CODE, stances="reported", seed=7, draws=20)
    assert table.loc["0", "estimate"] == 0
    assert table["estimate"].drop("0").isna().all()
    none = Corpus.of(THREAD.posts.head(0), name="none")
    assert pile_ons(none, marks, codes=CODE, seed=7, draws=20)["method"].str.startswith("undefined").all()


def test_two_coders_and_no_code_are_refused():
    """Marks of two coders, or no code at all, are refused with the way to mend it."""
    both = Coding.stack([coding(THREAD, ["b"]), coding(THREAD, ["c"], coder="d")])
    with pytest.raises(CodingError, match=r"select\(coder="):
        pile_ons(THREAD, both, codes=CODE, seed=7)
    with pytest.raises(OptionError, match="at least one code"):
        pile_ons(THREAD, coding(THREAD, ["b"]), codes=[], seed=7)
