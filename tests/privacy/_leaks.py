"""An invented corpus that counts as real, and what of it (and of the machine) may not be published."""

from __future__ import annotations

import pandas as pd

from socialwork_research import Corpus
from socialwork_research.kernels.hashing import Key, pseudonyms

SECRET = bytes(range(7, 39))
KEY = Key(SECRET)
QUOTE = "the duty desk forgot the blue folder twice before lunch"
LINK = "https://rota.example.org/leaflets/night-visits-explained"


def _hashed(ids: list[str | None], namespace: str) -> pd.Series:
    return pseudonyms(pd.Series(ids, dtype="str"), key=KEY, namespace=namespace, platform="forum")  # type: ignore[arg-type]


def _posts(n: int = 240) -> pd.DataFrame:
    handles = [f"zz_quillwright{number % 40}" for number in range(n)]
    texts = [
        f"Item {number}. We talked about supervision hours in team {number % 7} and nobody minded. Thank you for the kind reply all"
        for number in range(n)
    ]
    texts[3] = f"Honestly, {QUOTE} and nobody wrote it down."
    texts[5] = "I asked Orla Thistlewood about the rota, and she said no."
    texts[9] = "when wren larkspurlington rang we were out"
    posts = pd.DataFrame({
        "post_id": _hashed([f"p{number}" for number in range(n)], "post"),
        "thread_id": _hashed([f"p{number - number % 6}" for number in range(n)], "post"),
        "author_id": _hashed(handles, "handle"),
        "created_at": pd.date_range("2021-03-01T09:13:27Z", periods=n, freq="7h"),
        "platform": "forum",
        "community": "Duty desks",
        "text": texts,
        "author_profile": [f"Keen gardener, Pellworthy {number}" if number == 11 else None for number in range(n)],
        "mentions": [[_hashed(["zz_marrowfat"], "handle").iloc[0]] if number == 7 else None for number in range(n)],
        "links": [[LINK] if number == 13 else None for number in range(n)],
    })  # fmt: skip
    posts["author_profile"] = posts["author_profile"].astype("str")
    return posts


CORPUS = Corpus.of(_posts(), name="desks", pseudonyms=KEY.id)
COMMON = "thank you for the kind reply all"  # held by every author

LEAKS = [  # kind, text
    ("email", "zz.orla@post.example.org"),
    ("handle", "@zz_quill_wright"),
    ("handle", "u/zz-penfold9"),
    ("telephone", "+44 20 7946 0958"),
    ("telephone", "07700 900123"),
    ("post_url", "https://twitter.com/zz_quill/status/1234567890123456789"),
    ("post_url", "https://www.reddit.com/r/zzdesks/comments/k3x9q2/a_title/"),
    ("profile_url", "https://bsky.app/profile/zz-quill.example.org"),
    ("platform_id", "t1_k3x9q2a"),
    ("platform_id", "1234567890123456789"),
    ("pseudonym", "q7m2xk5w3n6p4rj5t2vb7cd3fa"),
    ("post_id", str(CORPUS.posts["post_id"].iloc[17])),
    ("account", str(CORPUS.posts["author_id"].iloc[17])),
    ("account", "zz_marrowfat"),
    ("account", "ZZ_Quillwright12"),
    ("name", "Thistlewood"),
    ("name", "pellworthy"),
    ("post_words", "the duty desk forgot the blue folder"),
    ("post_words", "DUTY DESK - forgot the “blue” folder twice"),
    ("post_link", LINK),
    ("exact_time", "2021-03-02T11:13:27+00:00"),
    ("exact_time", "2 March 2021 at 11:13"),
    ("path", "/home/zzquill/study/posts.jsonl"),
    ("path", "C:\\Users\\zzquill\\Desktop\\posts.csv"),
    ("path", "file:///srv/raw/posts.jsonl"),
    ("key", SECRET.hex()),
    ("token", "ghp_" + "aB3dE6gH9j" * 4),
    ("identity_number", "QQ 12 34 56 C".replace("QQ", "AB")),
]
