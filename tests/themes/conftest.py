"""An invented corpus of three planted themes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialwork_research import Corpus
from socialwork_research.themes import Themes, find

_WORDS = {
    "rota": "shift rota overtime nights weekend cover handover swap".split(),
    "court": "judge court evidence hearing solicitor order report barrister".split(),
    "exam": "essay tutor exam grade lecture resit dissertation placement".split(),
}
_BEGUN = ("Has anyone had", "What about", "There is nothing like", "I was never for")


def invented_posts() -> pd.DataFrame:
    """Return 240 posts in 48 threads by 30 authors, the planted theme in `community`."""
    random = np.random.default_rng(5)
    said: dict[str, str] = {}
    while len(said) < 240:
        theme = str(random.choice(list(_WORDS)))
        first, second, third = random.permutation(_WORDS[theme])[:3]
        said[f"{random.choice(_BEGUN)} {first}, {second} and {third}?"] = theme
    posts = pd.DataFrame(said.items(), columns=["text", "community"])
    number = np.arange(len(posts))
    posts["post_id"] = [f"p{place:03d}" for place in number]
    posts["thread_id"] = [f"t{place % 48:02d}" for place in number]
    posts["author_id"] = [f"a{place % 30:02d}" for place in number]
    posts.loc[posts.index[:5], "author_id"] = None
    posts["created_at"] = pd.Timestamp("2021-05-04T09:00:00Z") + pd.to_timedelta(number, unit="min")
    posts["platform"] = "forum"
    return posts


@pytest.fixture(scope="session")
def posts() -> pd.DataFrame:
    """The invented posts."""
    return invented_posts()


@pytest.fixture(scope="session")
def corpus(posts) -> Corpus:
    """The invented posts as a corpus whose ids count as pseudonyms."""
    return Corpus.of(posts, name="three themes", pseudonyms="test")


@pytest.fixture(scope="session")
def found(corpus) -> Themes:
    """Themes found by their words alone."""
    return find(corpus, seed=7, n_themes=3, embedding="tfidf-svd", refits=5)
