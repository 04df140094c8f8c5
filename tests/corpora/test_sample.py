"""The invented sample is what its datasheet says: large, varied, true to the field's rarity, and marked throughout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd
import pytest

from socialwork_research import Codebook, Coding, Corpus, coders, sources
from socialwork_research.coding import ROLES, STANCES

from .conftest import BOOKS, SAMPLE


def told(truth: pd.DataFrame) -> pd.DataFrame:
    """Marks only."""
    return truth[truth["code"].notna()]


def of_risk(truth: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Marks of risk codes, R01 to R14."""
    return truth[truth["code"].isin([code.name for code in book.codes if code.id.startswith("R")])]


def test_it_is_as_large_as_promised(sample: Corpus) -> None:
    """At least 1,200 posts in 180 threads by 320 accounts, most of them within three years, on six platforms."""
    posts = sample.posts
    assert len(posts) >= 1200
    assert posts["thread_id"].nunique() >= 180
    assert posts["author_id"].nunique() >= 320
    assert set(posts["platform"]) == {"reddit", "x", "mastodon", "forum", "blog", "facebook"}
    within = posts["created_at"].between("2018-07-01", "2021-06-30 23:59:59+00:00")
    assert within.mean() > 0.75
    assert posts.loc[within, "created_at"].dt.strftime("%Y-%m").nunique() == 36


def sentences(text: str) -> Iterator[str]:
    """Give the sentences of a post that are its own: lines that begin with > are quotations."""
    own = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))
    for sentence in re.split(r"(?<=[.!?…])\s+|\n+", own):
        words = re.findall(r"[a-z0-9']+", sentence.casefold().replace("’", "'"))
        if len(words) >= 8:
            yield " ".join(words)


def test_no_long_sentence_stands_twice(sample: Corpus) -> None:
    """No sentence of eight words or more is in two posts, but for the one cross-post and what is quoted with its source."""
    where: dict[str, set[str]] = {}
    for post in sample.posts.dropna(subset=["text"]).itertuples():
        for sentence in sentences(post.text):
            where.setdefault(sentence, set()).add(post.post_id)
    twice = {frozenset(posts) for posts in where.values() if len(posts) > 1}
    assert twice <= CROSS_POSTED, twice


CROSS_POSTED = {frozenset({"T42-01", "T43-07"})}  # a call for participants, put on two boards


def test_no_two_posts_are_cast_in_one_mould(sample: Corpus) -> None:
    """Hardly any run of seven words is shared between posts: there is no template behind them."""
    runs: Counter[tuple[str, ...]] = Counter()
    n = 0
    for text in sample.posts["text"].dropna():
        own = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))
        words = re.findall(r"[a-z0-9']+", own.casefold())
        grams = {tuple(words[place : place + 7]) for place in range(len(words) - 6)}
        runs.update(grams)
        n += len(grams)
    shared = sum(count for count in runs.values() if count > 1)
    assert shared / n < 0.004


def test_every_post_has_a_truth_in_each_codebook(sample: Corpus, truth: pd.DataFrame) -> None:
    """Role and marks are told for every post and codebook; no mark stands twice; codes are those of their codebook."""
    for name, book in BOOKS.items():
        own = truth[truth["codebook"] == name]
        assert set(own["post_id"]) == set(sample.posts["post_id"])
        assert set(own["code"].dropna()) <= {code.name for code in book.codes}
        assert not own.duplicated(["post_id", "code", "stance", "direction"]).any()
    assert truth["role"].isin(ROLES).all()
    assert (truth.groupby("post_id")["role"].nunique() == 1).all()


def test_every_span_is_inside_its_text(sample: Corpus, truth: pd.DataFrame) -> None:
    """A mark's span is a part of the post's text that says something; only marks that rest on the title have none."""
    posts = sample.posts.set_index("post_id")
    for mark in told(truth).itertuples():
        text, title = posts.loc[mark.post_id, ["text", "title"]]
        if pd.isna(mark.span_start):
            assert pd.notna(title), mark.post_id
            continue
        assert 0 <= mark.span_start < mark.span_end <= len(text), mark.post_id
        assert text[mark.span_start : mark.span_end].strip(), mark.post_id
    assert told(truth)["span_start"].isna().mean() < 0.02


def test_marks_have_what_their_codebook_asks_for(truth: pd.DataFrame) -> None:
    """Risk codes have stance and severity, confidentiality codes identifiability, support codes a direction; others none."""
    book = BOOKS["boundary_risk"]
    risk = of_risk(truth, book)
    assert risk[["stance", "severity"]].notna().all(axis=None)
    assert risk["stance"].isin(STANCES).all()
    named = risk["code"].isin(
        ["case_detail_disclosure", "identifiable_service_user", "live_practice_posting", "client_image_or_record"]
    )
    assert (risk["identifiability"].notna() == named).all()
    support = told(truth[truth["codebook"] == "social_support"])
    assert support["direction"].isin(["seek", "give"]).all()
    others = told(truth).drop(index=risk.index)
    assert others[["stance", "severity", "identifiability"]].isna().all(axis=None)


def test_enacted_risk_is_as_rare_as_in_the_field(sample: Corpus, truth: pd.DataFrame) -> None:
    """Between 0.2 and 3 % of posts enact a risk, by professionals or students; talk is far more common."""
    risk = of_risk(truth, BOOKS["boundary_risk"])
    enacted = risk[risk["stance"] == "enacted"]
    assert 0.002 <= enacted["post_id"].nunique() / len(sample.posts) <= 0.03
    assert enacted["role"].isin(["professional", "student"]).all()
    talk = risk.loc[risk["stance"] != "enacted", "post_id"].nunique()
    assert talk > 5 * enacted["post_id"].nunique()


def test_everything_is_met_often_enough(sample: Corpus, truth: pd.DataFrame) -> None:
    """Every platform, role, stance and code five times at least, every risk code enacted twice at least."""
    first = truth.drop_duplicates("post_id")
    risk = of_risk(truth, BOOKS["boundary_risk"])
    met = {
        "platform": sample.posts["platform"].value_counts(),
        "role": first["role"].value_counts().reindex(ROLES, fill_value=0),
        "stance": risk["stance"].value_counts().reindex(STANCES, fill_value=0),
    }
    for name, book in BOOKS.items():
        codes = [code.name for code in book.codes]
        met[name] = told(truth)["code"].value_counts().reindex(codes, fill_value=0)
    for name, counts in met.items():
        assert counts.min() >= 5, f"{name}: {counts.idxmin()}"
    enacted = risk[risk["stance"] == "enacted"].groupby("code")["post_id"].nunique()
    codes = [code.name for code in BOOKS["boundary_risk"].codes if code.id.startswith("R")]
    assert enacted.reindex(codes, fill_value=0).min() >= 2, enacted.to_dict()


def test_the_oddities_of_real_exports_are_there(sample: Corpus) -> None:
    """Deleted posts and authors, missing parents, edits, other languages, unanswered threads, chats with numbered answers."""
    posts = sample.posts
    assert posts["is_deleted"].sum() >= 10
    assert posts["author_state"].eq("deleted").sum() >= 10
    assert (posts["reply_to"].notna() & ~posts["reply_to"].isin(posts["post_id"])).sum() >= 10
    assert posts["edited_at"].notna().sum() >= 5
    assert posts["lang"].value_counts().reindex(["cy", "es"]).ge(3).all()
    assert (posts.groupby("thread_id").size() == 1).sum() >= 20
    assert posts.groupby("thread_id").size().max() >= 18
    chats = posts[posts["text"].str.contains(r"^(?:@\w+ )*A\d\b", na=False)]
    assert chats["thread_id"].nunique() >= 2
    assert len(chats) >= 20


def test_every_author_has_an_account(sample: Corpus) -> None:
    """Accounts are those of the authors, with profiles for most; follows join accounts of one platform."""
    accounts, follows = sample.accounts, sample.follows
    assert set(accounts["author_id"]) == set(sample.posts["author_id"].dropna())
    assert accounts["author_id"].is_unique
    assert 0.5 < accounts["profile"].notna().mean() < 0.95
    platform = accounts.set_index("author_id")["platform"]
    for end in ("source", "target"):
        assert (platform.reindex(follows[end]).to_numpy() == follows["platform"].to_numpy()).all()
    assert not follows.duplicated().any()
    assert (follows["source"] != follows["target"]).all()
    profile = (
        sample.posts.dropna(subset=["author_id"]).drop_duplicates("author_id").set_index("author_id")["author_profile"]
    )
    assert profile.fillna("").to_dict() == accounts.set_index("author_id")["profile"].fillna("").to_dict()


def test_the_shipped_truth_is_a_coding(truth: pd.DataFrame) -> None:
    """`coders.sheets.read` gives the truth as a coding, for each codebook."""
    for name, book in BOOKS.items():
        coding = coders.sheets.read(SAMPLE / "truth.parquet", book=book)
        assert isinstance(coding, Coding)
        assert len(coding.marks) == len(told(truth[truth["codebook"] == name]))
        assert coding.looked_at["post_id"].nunique() == truth["post_id"].nunique()


@pytest.mark.parametrize("name", ["posts.jsonl", "accounts.jsonl", "follows.jsonl"])
def test_what_is_shipped_is_what_was_written(name: str) -> None:
    """The sums in the package are those of the files."""
    import hashlib

    from socialwork_research.sources import _invented

    assert _invented.shipped()[f"sample/{name}"] == hashlib.sha256((SAMPLE / name).read_bytes()).hexdigest()
    assert sources.read(SAMPLE / "posts.jsonl").invented["options"]["sha256"].count("+") == 2
