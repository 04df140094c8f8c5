"""How the boundary patterns and the roles do on invented wordings.

Three sets, all by the author of the patterns: ``development`` was used to write them; ``held_out`` was written before
them and not looked at while they were written, but its author remembered it; ``later`` was written when they were
finished, and nothing was changed after it. What the patterns reach on ``later`` is the figure to believe: they find
about a third of fresh wordings, nearly never call talk enacted, and leave most of everyday chat unmarked.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from socialwork_research import Codebook, Corpus, coders
from socialwork_research.coding import ROLES, STANCES

SETS = ("development", "held_out", "later")
DATA = Path(__file__).parent / "data"


@cache
def _coded(name: str) -> pd.DataFrame:
    """Return a set with what the machine said: codes with stances (``found``) and role (``told``)."""
    rows = pd.read_csv(DATA / f"{name}.csv", dtype="str", keep_default_na=False)
    posts = pd.DataFrame(
        {
            "post_id": [f"{number:04d}" for number in range(len(rows))],
            "thread_id": "t",
            "platform": "forum",
            "created_at": pd.Timestamp("2021-03-01", tz="UTC"),
            "text": rows["text"],
            "author_profile": rows["profile"].replace("", None),
        }
    )
    book = Codebook.open("boundary_risk")
    coding = coders.patterns.mark(Corpus.of(posts, name=name), book)
    ids = {code.name: code.id for code in book.codes}
    found: dict[str, set[tuple[str, str]]] = {post: set() for post in posts["post_id"]}
    for post, code, stance in coding.marks[["post_id", "code", "stance"]].itertuples(index=False):
        found[post].add((ids[code], "" if pd.isna(stance) else stance))
    roles = coding.speakers.set_index("post_id")["role"]
    return rows.assign(found=list(found.values()), told=roles.loc[posts["post_id"]].to_numpy())


def _hit(row: pd.Series) -> bool:
    return row["code"] in {code for code, _ in row["found"]}


def _enacted(row: pd.Series) -> bool:
    return "enacted" in {stance for _, stance in row["found"]}


@pytest.mark.parametrize("name", SETS)
def test_the_sets_are_in_order(name: str) -> None:
    """Texts differ, and codes, stances and roles are those of the codebook and of a coding."""
    rows = _coded(name)
    book = Codebook.open("boundary_risk")
    assert rows["text"].is_unique
    assert set(rows["code"]) - {""} <= {code.id for code in book.codes}
    assert set(rows["stance"]) - {""} <= set(STANCES)
    assert set(rows["role"]) <= set(ROLES)


def test_the_sets_share_no_text() -> None:
    """No text stands in two sets."""
    assert pd.concat([_coded(name)["text"] for name in SETS]).is_unique


@pytest.mark.parametrize(
    ("name", "codes", "stances", "roles"),
    [("development", 0.90, 0.90, 0.75), ("held_out", 0.80, 0.75, 0.60), ("later", 0.28, 0.45, 0.25)],
)
def test_the_machine_reaches_its_floors(name: str, codes: float, stances: float, roles: float) -> None:
    """Shares found of codes, of stances among them, and of roles that are not unclear, stay above their floors."""
    rows = _coded(name)
    coded = rows[rows["code"] != ""]
    hit = coded[coded.apply(_hit, axis=1)]
    right = [
        (code, stance) in found for code, stance, found in zip(hit["code"], hit["stance"], hit["found"], strict=True)
    ]
    speaking = rows[rows["role"] != "unclear"]
    assert len(hit) / len(coded) >= codes
    assert sum(right) / len(right) >= stances
    assert (speaking["told"] == speaking["role"]).mean() >= roles


@pytest.mark.parametrize("name", SETS)
def test_talk_and_chat_are_not_called_enacted(name: str) -> None:
    """At most one text in thirty that tells of no act of the writer's is called enacted, and no everyday chat is."""
    rows = _coded(name)
    chat = rows[rows["code"] == ""]
    talk = rows[~rows["stance"].isin(["enacted", ""])]
    assert not chat.apply(_enacted, axis=1).any()
    assert talk.apply(_enacted, axis=1).mean() <= 1 / 30


@pytest.mark.parametrize("name", SETS)
def test_everyday_chat_is_mostly_left_unmarked(name: str) -> None:
    """Of texts without a code, at most one in seven gets any mark; a role that is told is nearly always right."""
    rows = _coded(name)
    assert (rows.loc[rows["code"] == "", "found"].map(len) > 0).mean() <= 1 / 7
    told = rows[(rows["told"] != "unclear") & (rows["role"] != "unclear")]
    assert (told["told"] == told["role"]).mean() >= 0.9
