"""A corpus as ConvoKit's folder: utterances line by line; speakers, conversations, corpus and index at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from .._posts import COLUMNS
from ..corpus import Corpus
from ..errors import SchemaError
from ..provenance import versions
from ._convokit_rows import NO_TEXT, NOBODY

_FIELDS = ("post_id", "thread_id", "reply_to", "author_id", "created_at", "text")  # these have their own in ConvoKit
_META = tuple(name for name in COLUMNS if name not in _FIELDS)
_STANDS_FOR = {state: speaker for speaker, state in NOBODY.items()}
_SECOND = 10**6
_SLICE = 50_000


class _Index:
    """What ``index.json`` says: each field of metadata with the types of its values."""

    def __init__(self) -> None:
        self._kinds: dict[str, dict[str, list[str]]] = {
            of: {} for of in ("utterances", "speakers", "conversations", "overall")
        }

    def met(self, of: str, meta: Mapping[str, Any]) -> None:
        """Take note of some metadata; a field that is always empty has no type."""
        fields = self._kinds[of]
        for name, value in meta.items():
            known = fields.setdefault(name, [])
            if value is not None and (kind := str(type(value))) not in known:
                known.append(kind)

    def told(self) -> dict[str, Any]:
        """Return the content of the file."""
        return {**{f"{of}-index": fields for of, fields in self._kinds.items()}, "version": 1, "vectors": []}


def written(corpus: Corpus, place: Path) -> None:
    """Write the five files of a corpus into the folder `place`, posts in the order of thread, time and id.

    Raises
    ------
    SchemaError
        If one author id stands for accounts of several platforms.
    """
    index = _Index()
    speakers: dict[str, dict[str, Any]] = {}
    conversations: dict[str, dict[str, Any]] = {}
    with (place / "utterances.jsonl").open("w", encoding="ascii", newline="\n") as stream:
        for start in range(0, len(corpus), _SLICE):
            posts = corpus.posts.iloc[start : start + _SLICE]
            _meet_speakers(posts[["author_id", "platform"]].dropna(), speakers)
            _meet_conversations(posts, conversations)
            for utterance in _utterances(posts):
                index.met("utterances", utterance["meta"])
                if utterance["speaker"] in NOBODY:
                    speakers.setdefault(utterance["speaker"], {"author_state": NOBODY[utterance["speaker"]]})
                stream.write(json.dumps(utterance) + "\n")
    _meet_listed(corpus, speakers)
    for of, metas in (("speakers", speakers), ("conversations", conversations)):
        for meta in metas.values():
            index.met(of, meta)
        nested = {name: {"meta": metas[name], "vectors": []} for name in sorted(metas)}
        _write(place / f"{of}.json", nested)
    overall = _overall(corpus, speakers)
    index.met("overall", overall)
    _write(place / "corpus.json", overall)
    _write(place / "index.json", index.told())


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content) + "\n", encoding="ascii", newline="\n")


def _utterances(posts: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Give posts as ConvoKit's utterances, its fields in its order."""
    metas = zip(*(_plain(posts, name) for name in _META), strict=True)
    moments = [at // _SECOND if at % _SECOND == 0 else at / _SECOND for at in posts["created_at"].astype("int64")]
    fields = zip(*(_plain(posts, name) for name in _FIELDS if name != "created_at"), moments, metas, strict=True)
    for own, thread, parent, author, text, moment, values in fields:
        meta = {name: value for name, value in zip(_META, values, strict=True) if value is not None}
        meta.setdefault("community", None)  # said to be missing: the conversation's own is not to be taken instead
        if own == thread:
            meta.pop("title", None)  # it stands in the conversation
        if not meta["is_deleted"]:
            del meta["is_deleted"]
        if text is None:
            meta[NO_TEXT] = True
        state = meta["author_state"]
        if state == "present" if author is not None else state in _STANDS_FOR:
            del meta["author_state"]  # the speaker says it
        yield {
            "id": own,
            "conversation_id": thread,
            "text": text or "",
            "speaker": author if author is not None else _STANDS_FOR.get(state, "[unknown]"),
            "meta": meta,
            "reply-to": parent,
            "timestamp": moment,
            "vectors": [],
        }


def _plain(posts: pd.DataFrame, name: str) -> list[Any]:
    """Return a column as what JSON can hold; what is missing is None."""
    column = posts[name]
    if COLUMNS[name] == "time":
        column = column.dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return _values(column)


def _values(column: pd.Series) -> list[Any]:
    values: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return values


def _meet_speakers(accounts: pd.DataFrame, speakers: dict[str, dict[str, Any]]) -> None:
    once = accounts.drop_duplicates()
    for author, platform in zip(*(_values(once[name]) for name in once.columns), strict=True):
        known = speakers.setdefault(author, {"platform": platform})
        known["platform"] = known["platform"] or platform
        if platform not in (None, known["platform"]):
            raise SchemaError(
                "An author id stands for accounts of several platforms, which ConvoKit would take for one person. Mend: "
                "read the exports with key=, which tells them apart; or write corpus.select(platform=...) one by one."
            )


def _meet_conversations(posts: pd.DataFrame, conversations: dict[str, dict[str, Any]]) -> None:
    """Let a conversation have the title of its root, else of its first post; community and platform of its first."""
    firsts = posts.drop_duplicates("thread_id")
    told = [_plain(firsts, name) for name in ("thread_id", "title", "community", "platform")]
    for thread, title, community, platform in zip(*told, strict=True):
        conversations.setdefault(thread, {"title": title, "community": community, "platform": platform})
    begun = posts[posts["post_id"].eq(posts["thread_id"])]
    for thread, title in zip(_plain(begun, "thread_id"), _plain(begun, "title"), strict=True):
        conversations[thread]["title"] = title


def _meet_listed(corpus: Corpus, speakers: dict[str, dict[str, Any]]) -> None:
    """Add what stands in the tables of accounts and follows."""
    if corpus.accounts is not None:
        listed = corpus.accounts.reindex(columns=["author_id", "platform", "profile", "is_automated"])
        listed = listed.dropna(subset="author_id")
        _meet_speakers(listed[["author_id", "platform"]], speakers)
        known = listed.dropna(subset="profile")
        for author, profile in zip(known["author_id"], known["profile"], strict=True):
            speakers[author].setdefault("profile", profile)
        told = listed.dropna(subset="is_automated")
        for author, is_automated in zip(told["author_id"], told["is_automated"], strict=True):
            speakers[author]["is_ai"] = bool(is_automated)
    if corpus.follows is not None:
        follows = corpus.follows.reindex(columns=["source", "target", "platform"]).dropna(subset=["source", "target"])
        follows = follows.sort_values(["source", "target"])
        _meet_speakers(follows[["source", "platform"]], speakers)
        for source, target in zip(follows["source"], follows["target"], strict=True):
            speakers[source].setdefault("follows", []).append(target)


def _overall(corpus: Corpus, speakers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    replies = corpus.posts["reply_to"].dropna()
    n_lost = int((~replies.isin(corpus.posts["post_id"])).sum())
    platforms = sorted({meta["platform"] for meta in speakers.values() if meta.get("platform")})
    return {
        "name": corpus.name,
        "n_posts": len(corpus),
        "n_replies_without_parent": n_lost,
        "platforms": platforms,
        "pseudonyms": corpus.pseudonyms,
        "written_by": f"socialwork_research {versions().get('socialwork_research', '')}".strip(),
    }
