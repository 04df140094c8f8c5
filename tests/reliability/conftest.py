"""Codings made of a few strings: one character a post."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from socialwork_research import Coding

Maker = Callable[..., Coding]


@pytest.fixture
def coded() -> Maker:
    """Give a maker: coded(a="01-1", b="0111") marks code `c` where 1 stands; `-` was not looked at."""

    def make(
        *, threads: list[str | None] | None = None, code: str = "c", stance: str = "enacted", **coders: str
    ) -> Coding:
        looked_at, marks = [], []
        for coder, judgements in coders.items():
            for place, judgement in enumerate(judgements):
                post = {"post_id": f"p{place:03d}", "coder": coder}
                if judgement == "-":
                    continue
                thread = threads[place] if threads else None
                looked_at.append({**post, "codebook": "boundary_risk", "version": "1", "thread_id": thread})
                if judgement == "1":
                    marks.append({**post, "code": code, "stance": stance})
        return Coding.of(pd.DataFrame(looked_at), pd.DataFrame(marks, columns=["post_id", "coder", "code", "stance"]))

    return make
