"""What reading may end in: a corpus whose ledger adds up, or an error that names the file and the way to mend it."""

from __future__ import annotations

import contextlib
import re
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from socialwork_research import Corpus
from socialwork_research._posts import COLUMNS
from socialwork_research.errors import SocialworkResearchError

_DTYPES = {"text": "str", "time": "datetime64[us, UTC]", "int": "Int64", "bool": "bool", "list": "object"}
_SECONDS = 60
# Where a file's name begins with what somebody wrote, or is whose it is, errors count the files instead.
_NUMBER = re.compile(r"_\d+(?=\.)")
_UNNAMED = re.compile(
    r"^File \d+ of \d+ by name|^No (?:JSON file with a post|Comments\.csv or Shares\.csv) of .* lies here"
)


class HangError(BaseException):
    """A reader did not come back; no `except Exception` may swallow this."""


def ends_well(
    read: Callable[..., Corpus], path: Path | list[Path], *, barred: Sequence[str] = (), **options: Any
) -> Corpus | None:
    """Read; hold what comes back, or the error's message, to the rules; return the corpus or None."""
    given = [path] if isinstance(path, Path) else path
    names = [each.name for one in given for each in ([one, *one.iterdir()] if one.is_dir() else [one])]
    try:
        with within(_SECONDS):
            corpus = read(path, **options)
    except SocialworkResearchError as error:
        said = str(error)
        shown = [*names, *(_NUMBER.sub("", name) for name in names)]  # a number in a file's name may be a member's
        assert _UNNAMED.search(said) or any(name in said for name in shown), f"names no file: {said[:300]}"
        assert "Mend" in said, f"tells no way to mend: {said[:300]}"
        for name in names:
            said = said.replace(name, "")
        assert [word for word in barred if word and word.casefold() in said.casefold()] == []
        return None
    adds_up(corpus)
    told = " ".join([*corpus.losses["what"], *corpus.losses["mend"]]).casefold()
    assert [word for word in barred if word and word.casefold() in told] == []
    return corpus


def adds_up(corpus: Corpus) -> None:
    """Hold a corpus to its types, and its ledger, or that of each export in it, to ``kept + refused = read``."""
    posts = corpus.posts
    assert {name: str(posts[name].dtype) for name in posts} == {name: _DTYPES[kind] for name, kind in COLUMNS.items()}
    assert posts["post_id"].is_unique
    table = corpus.losses
    parts = table["what"].str.extract(r"^(export \d+ \([a-z_]+\): )?(.*)$")
    for _, lines in table.assign(what=parts[1]).groupby(parts[0].fillna(""), sort=True):
        told = dict(zip(lines["what"], lines["n"], strict=True))
        refused = sum(n for what, n in told.items() if what.startswith("refused: "))
        if "rows read" in told:
            assert told["rows read"] == told["kept"] + refused, told
    assert table.loc[table["what"] == "kept", "n"].tolist() == [len(posts)]
    assert (table["n"] >= 0).all()


@contextlib.contextmanager
def within(seconds: int) -> Iterator[None]:
    """Break off what takes longer, where the system has a signal for it."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
