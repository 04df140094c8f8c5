"""How many quotations are found again, as Reagle (2022) tried it with search engines: in the invented sample, in silico.

Two hundred posts are quoted word for word, cut, and reworded by fixed rules from lightly to thoroughly; the table says of
how many the near-duplicate search finds the post, and how many the gate refuses. Texts that have nothing to do with any
post tell how many it refuses for nothing. The rules and lists were fixed before the first run.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus
from socialwork_research.privacy.quoting import Limits, risks
from socialwork_research.resampling import generator

pytestmark = pytest.mark.simulate

SEED, N, FEWEST = 20261121, 200, 12
KEPT = 0.6
NEAR = "likeness to the nearest post"
SYNONYMS = dict(
    pair.split("=")
    for pair in (
        "said=told said_to=told_to want=wish wanted=wished need=require needed=required get=receive got=received "
        "think=believe thought=believed know=understand knew=understood see=notice saw=noticed ask=question asked=questioned "
        "help=support helped=supported start=begin started=began stop=end stopped=ended big=large small=little bad=awful "
        "good=decent really=truly very=extremely just=simply maybe=perhaps because=since but=yet also=too people=folk "
        "kids=children kid=child job=post work=labour worker=practitioner workers=practitioners manager=boss boss=manager "
        "team=group office=workplace day=shift week=fortnight today=now always=constantly never=not_once often=frequently "
        "sometimes=occasionally everyone=everybody someone=somebody anyone=anybody nobody=no_one tell=inform talk=speak "
        "talked=spoke feel=sense felt=sensed tired=exhausted angry=furious sad=unhappy happy=glad hard=tough easy=simple "
        "home=house family=household families=households call=ring called=rang meeting=session visit=call letter=note "
        "keep=hold kept=held leave=depart left=departed make=create made=created give=hand gave=handed take=grab took=grabbed "
        "long=lengthy short=brief new=recent old=former first=initial last=final whole=entire thing=matter things=matters "
        "question=query problem=trouble idea=notion way=manner point=issue case=file cases=files support=help advice=guidance "
        "about=regarding before=prior_to after=following while=whilst until=till again=anew enough=sufficient many=numerous "
        "much=plenty few=hardly_any still=even_now though=although so=thus then=afterwards here=at_this_place there=over_there"
    ).split()
)
UNRELATED = (
    "The {a} on the {b} was painted {c} by a neighbour who {d}, and the {e} {f}.",
    "Nobody in the {b} remembers why the {a} {f} when the {e} was {c}.",
    "A {c} {a} and two {e}s stood behind the {b} until a gardener {d}.",
)
PARTS = {
    "a": "kettle lantern bicycle wardrobe violin tractor ladder".split(),
    "b": "harbour orchard balcony museum allotment tram bakery".split(),
    "c": "green crooked enormous wooden silent striped ancient".split(),
    "d": "hums opera;repairs clocks;grows leeks;collects stamps;sails at dawn".split(";"),
    "e": "goose barrel chimney compass saddle trumpet".split(),
    "f": "rattled all night;smelled of cinnamon;rolled downhill;froze solid;turned to the east".split(";"),
}


def light(text: str) -> str:
    """Put a word of the list in place of each word that it knows."""
    return re.sub(r"[a-z]+", lambda word: SYNONYMS.get(word.group(), word.group()).replace("_", " "), text.lower())


def turned(text: str) -> str:
    """Do that, and put the second half of each sentence first."""
    halves = []
    for sentence in re.split(r"(?<=[.!?])\s+", light(text)):
        words = sentence.rstrip(".!? ").split()
        halves.append(" ".join([*words[len(words) // 2 :], *words[: len(words) // 2]]))
    return ". ".join(halves) + "."


def thinned(text: str) -> str:
    """Do that, and leave out each third word: little more than the content words is left of a sentence."""
    return " ".join(word for number, word in enumerate(turned(text).split()) if number % 3 != 1)


def unrelated(n: int) -> list[str]:
    """Return sentences that have nothing to do with any post."""
    stream = generator(SEED)
    return [
        UNRELATED[number % len(UNRELATED)].format(**{name: stream.choice(words) for name, words in PARTS.items()})
        for number in range(n)
    ]


@pytest.fixture(scope="module")
def quoted(sample: Corpus) -> dict[str, list[str]]:
    """The texts, by how they were made."""
    whole = sample.posts["text"].dropna()
    whole = whole[whole.str.split().str.len() >= FEWEST].tolist()
    drawn = [whole[number] for number in np.sort(generator(SEED).choice(len(whole), size=N, replace=False))]
    cut = [" ".join(text.split()[: int(np.ceil(len(text.split()) * KEPT))]) for text in drawn]
    made = {"word for word": drawn, "first 60 per cent": cut, "synonyms": [light(text) for text in drawn]}
    made["synonyms, halves turned"] = [turned(text) for text in drawn]
    made["synonyms, turned, each third word left out"] = [thinned(text) for text in drawn]
    return {**made, "unrelated": unrelated(N)}


@pytest.fixture(scope="module")
def figures(quoted: dict[str, list[str]], sample: Corpus) -> pd.DataFrame:
    """Shares of texts of which a post is found, and which are refused, by how they were made and test."""
    rows = {}
    for how, texts in quoted.items():
        found = risks(texts, sample, limits=Limits())
        failed = ~found["passes"].unstack("test")
        rows[how] = {
            "refused": failed.any(axis=1).mean(),
            "run": failed["words shared in a row"].mean(),
            "phrases": failed["rare phrases of one post"].mean(),
            "near": failed[NEAR].mean(),
            "likeness": found["value"].unstack("test")[NEAR].median(),
        }
    table = pd.DataFrame(rows).T
    print(f"\n{N} texts each, {len(sample)} posts\n{table.round(3).to_string()}")
    return table


def test_the_words_themselves_are_refused(figures: pd.DataFrame):
    """Every quotation word for word, and every one that is merely cut, is refused."""
    assert figures.loc["word for word", "refused"] == 1
    assert figures.loc["first 60 per cent", "refused"] == 1


def test_light_rewording_is_found(figures: pd.DataFrame):
    """Of lightly reworded posts the gate refuses more than search engines found of reworded ones (11 of 19)."""
    assert figures.loc["synonyms", "refused"] > 11 / 19


def test_what_has_nothing_to_do_with_a_post_is_not_refused(figures: pd.DataFrame):
    """Of texts that have nothing to do with any post at most one in twenty is refused."""
    assert figures.loc["unrelated", "refused"] <= 0.05


def test_the_farther_the_words_the_fewer_are_found(figures: pd.DataFrame):
    """From the words themselves to the thorough rewording, likeness to the nearest post falls with each step."""
    steps = ["word for word", "synonyms", "synonyms, halves turned", "synonyms, turned, each third word left out"]
    assert figures.loc[steps, "likeness"].is_monotonic_decreasing
