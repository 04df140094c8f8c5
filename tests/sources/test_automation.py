"""Accounts that post by machine: the platform says so, or their name does; nothing else counts."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialwork_research import Corpus, sources
from socialwork_research.sources import _accounts, _automation

BY_PLATFORM, BY_NAME = (f"accounts that post by machine, by their {who}" for who in ("platform", "name"))
MACHINES = (
    "news_bot WeatherBot quotebot RemindMeBot rss-bot tldr.bot NEWSBOT helper_Bot reminderbot2 AutoReply auto_post "
    "autotldr AutoModerator @duty_bot@example.org AmericaBot socialworkbot"
).split()
PEOPLE = (
    "abbot talbot robotham JohnTalbot sarah_abbot TALBOT cabot_lane chabot turbot anneLeBot le_bot mrrobot iamarobot "
    "definitely_not_a_bot notabot bottomley botanist auto autoimmune_amy automatic_andy autumn Autobahn automation_anna "
    "bot Abbott botwin both"
).split()


def says(handles: list[str | None], platform: str = "forum") -> list[bool | None]:
    """What names say."""
    rows = _automation.told(pd.DataFrame({"author_handle": pd.Series(handles, dtype="str")}), platform)
    return [None if pd.isna(value) else bool(value) for value in rows[_automation.BY_NAME]]


@pytest.mark.parametrize("name", MACHINES)
def test_names_that_say_so(name):
    """A name that ends in bot, or is auto and a machine's task, says that a machine posts."""
    assert says([name]) == [True]


@pytest.mark.parametrize("name", [*PEOPLE, "Lydia Bot", "Chat Bot"])
def test_names_that_only_look_so(name):
    """Words and surnames that end in bot, jokes about it, names with blanks and other beginnings with auto say nothing."""
    assert says([name]) == [None]


def test_a_domain_is_no_name():
    """Where handles are domains, their first label is the name."""
    assert says(["tides-bot.example.org", "ann.bot"], "bluesky") == [True, None]
    assert says(["ann.bot"], "forum") == [True]


@given(st.lists(st.sampled_from([*MACHINES, *PEOPLE]) | st.text(max_size=12) | st.none(), max_size=12))
def test_law_each_name_by_itself(names):
    """What a name says is the same alone and among others, in any order, for any characters."""
    names = [name.encode("utf-8", "ignore").decode() if name is not None else None for name in names]
    together = says(names)
    assert says(names[::-1]) == together[::-1]
    assert [says([name])[0] for name in names] == together


@pytest.mark.parametrize(
    ("platform", "row", "said"),
    [
        ("reddit", {"author_handle": "AutoModerator"}, True),
        ("reddit", {"author_handle": "system"}, None),
        ("discourse", {"author_handle": "system"}, True),
        ("discourse", {"author_handle": "discobot"}, True),
        ("stackexchange", {"author_id": "-1"}, True),
        ("stackexchange", {"author_id": "1"}, None),
        ("forum", {"author_is_automated": False}, False),
        ("forum", {"author_is_automated": True}, True),
        ("forum", {"author_is_automated": None}, None),
    ],
)
def test_what_the_platform_says(platform, row, said):
    """Service accounts are known by their place, marks are taken as given, and silence is no word against it."""
    told = _automation.told(pd.DataFrame([row]), platform)[_automation.BY_PLATFORM].item()
    assert said is (None if pd.isna(told) else bool(told))


def statuses(folder: Path, people: list[tuple[str, bool | None]]) -> Path:
    """A file of Mastodon statuses by accounts with their mark."""
    values = []
    for number, (name, mark) in enumerate(people):
        account = {"id": str(len(name)), "acct": name, "username": name, "url": f"https://example.org/@{name}"}
        account |= {} if mark is None else {"bot": mark}
        values.append(
            {"id": str(900 + number), "account": account, "content": "<p>Tea</p>", "visibility": "public",
             "created_at": f"2021-05-04T09:{number:02}:00.000Z", "in_reply_to_id": None}
        )  # fmt: skip
    path = folder / "statuses.json"
    path.write_text(json.dumps(values), "utf-8")
    return path


def test_marks_become_accounts_and_are_counted(tmp_path, key):
    """True, false and missing stay three things; an account counts once, under the platform where both say it."""
    people = [
        ("ann", False),
        ("tidings", True),
        ("tidings", True),
        ("tide_bot", False),
        ("rain_bot2", True),
        ("beatrice", None),
    ]
    corpus = sources.read(statuses(tmp_path, people))
    flags = corpus.accounts.set_index("author_id")["is_automated"]
    assert flags.to_dict() == {
        "example.org/3": False,
        "example.org/7": True,
        "example.org/8": True,
        "example.org/9": True,
    }
    assert flags.dtype == "boolean"
    lines = corpus.losses.set_index("what")["n"]
    assert lines[[BY_PLATFORM, BY_NAME]].tolist() == [2, 1]
    saved = sources.read(tmp_path / "statuses.json", key=key, folder=tmp_path / "corpus")
    again = Corpus.open(tmp_path / "corpus").accounts
    pd.testing.assert_frame_equal(saved.accounts, again)
    assert sorted(again["is_automated"].tolist()) == sorted(flags.tolist())
    assert set(again["author_id"]) <= set(saved.posts["author_id"])
    assert not again["author_id"].str.contains("bot|example").any()


def test_a_list_of_accounts_may_say_so(tmp_path):
    """A column is_automated beside a table of posts is read, words that mean neither are not known, and names add to it."""
    (tmp_path / "posts.csv").write_text(
        "post_id,author_id,author_handle,platform,created_at,text\n"
        "1,a,ann,forum,2021-05-04T09:00:00Z,Tea\n2,b,bobbot,forum,2021-05-04T09:00:00Z,Tea\n"
        "3,c,cy,forum,2021-05-04T09:00:00Z,Tea\n4,d,dew_bot,forum,2021-05-04T09:00:00Z,Tea\n",
        "utf-8",
    )
    (tmp_path / "accounts.csv").write_text(
        "author_id,platform,profile,is_automated\na,forum,,no\nb,forum,Bob,\nc,forum,Cy,TRUE\ne,forum,,perhaps\n",
        "utf-8",
    )
    corpus = sources.read(tmp_path / "posts.csv")
    accounts = corpus.accounts.set_index("author_id")
    known = accounts["is_automated"].dropna().to_dict()
    assert known == {"a": False, "b": True, "c": True, "d": True}
    assert accounts.index.tolist() == ["a", "b", "c", "d", "e"]
    assert accounts.loc["b", "profile"] == "Bob"
    assert corpus.losses.set_index("what")["n"][[BY_PLATFORM, BY_NAME]].tolist() == [1, 2]


def test_tables_of_accounts_are_put_together():
    """Yes goes before no, no before not known, and a row without a profile yields to one with it."""
    rows = [("a", None, None), ("a", "Tea", False), ("b", None, False), ("b", None, True), ("c", None, None)]
    tables = [
        pd.DataFrame([row], columns=["author_id", "profile", "is_automated"]).assign(platform="x") for row in rows
    ]
    for order in (tables, tables[::-1]):
        whole = _accounts.settled(order).set_index("author_id")
        assert whole["is_automated"].dropna().to_dict() == {"a": False, "b": True}
        assert whole["profile"].dropna().to_dict() == {"a": "Tea"}
        assert whole.index.tolist() == ["a", "b", "c"]


def test_without_marks_there_are_no_accounts(tmp_path):
    """Where nothing is known of anybody, no table of accounts is made."""
    (tmp_path / "x.csv").write_text("author,created_at,text\nann,2021-05-04T09:00:00Z,Tea\n", "utf-8")
    assert sources.read(tmp_path / "x.csv").accounts is None
