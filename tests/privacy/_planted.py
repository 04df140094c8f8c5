"""An invented export of a forum, with 600 identifiers of 20 kinds planted in texts, titles, names, profiles and links."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np

EACH = 30  # of each kind
_SOUNDS = "bra cle dro fen gri hul jas kel lor mip nur ost pell quo rith sko tarn ulv wex yor zan".split()
_TALK = (
    "I start on the {a} desk on Monday and nobody told me which {b} we use",
    "We print the {b} on Friday so that the {a} team is calm",
    "My manager asked for more {b} in supervision and I could not say no",
    "How long do you keep {b} after a visit with the {a} team",
    "The {a} rota is full again and the {b} are late every week",
    "Ask for the {b} first and then for a quiet room with the {a} worker",
    "Thank you all for the kind words about the {a} placement and the {b}",
    "Our policy says four weeks for {b} but the {a} panel takes six",
)
_THINGS = "duty court hospital school housing night family youth adult fostering".split()
_PAPERS = "forms notes reports plans letters files calls visits budgets referrals".split()


def planted(place: Path, *, seed: int) -> list[str]:
    """Write the export into a folder; return the identifiers that were planted."""
    rng = np.random.default_rng(seed)
    kinds = _identifiers(rng)
    accounts = kinds.pop("account")
    posts, comments = [], []
    left = [f"{_said(kind)} {each}" for kind, several in kinds.items() if kind != "post" for each in several]
    rng.shuffle(left)
    ids = kinds["post"] + [f"zz{number:05d}" for number in range(900 - EACH)]
    for number, id_ in enumerate(ids):
        author = accounts[number // 3 % EACH] if number % 3 == 0 else f"zz_plain_{number % 120}"
        talk = str(rng.choice(_TALK)).format(a=rng.choice(_THINGS), b=rng.choice(_PAPERS))
        more = f". {left[number % len(left)]}. " if number < len(left) else ". "
        text = f"{talk}{more}{str(rng.choice(_TALK)).format(a=rng.choice(_THINGS), b=rng.choice(_PAPERS))}."
        common = {
            "id": id_,
            "author": author,
            "author_flair_text": left[-1 - number % len(left)] if number % 40 == 7 else None,
        }
        common |= {"created_utc": 1700000000 + 5003 * number, "score": int(rng.integers(0, 90))}
        common["subreddit"] = ("zzcasework", "zzstudents", "zzdutydesk")[number // 300]
        root = ids[number - number % 6]
        if number % 6 == 0:
            posts.append({**common, "title": f"About {rng.choice(_THINGS)} {rng.choice(_PAPERS)}", "selftext": text})
        else:
            parent = f"t3_{root}" if number % 6 < 3 else f"t1_{ids[number - 1]}"
            comments.append({**common, "link_id": f"t3_{root}", "parent_id": parent, "body": text})
    place.mkdir(parents=True)
    for name, several in (("RS_2023-11.ndjson", posts), ("RC_2023-11.ndjson", comments)):
        (place / name).write_text("".join(json.dumps(each) + "\n" for each in several), "utf-8")
    return sorted({each for several in (*kinds.values(), accounts) for each in several})


def _said(kind: str) -> str:
    return {
        "person": "I rang", "address": "They moved to", "postcode": "The flat is in", "handle": "Ask", "reddit": "So said",
        "birth": "She was born on", "case": "The case number is", "school": "He goes to",
    }.get(kind, f"My {re.sub('_', ' ', kind)} is")  # fmt: skip


def _identifiers(rng: np.random.Generator) -> dict[str, list[str]]:
    """Make thirty of each kind; none is a word, and no two are alike."""

    def digits(n: int) -> str:
        return "".join(map(str, rng.integers(1, 10, n)))

    def sound(n: int = 3) -> str:
        return "".join(rng.choice(_SOUNDS, n))

    made = {
        "email": lambda: f"{sound()}.{sound()}@{sound()}.example.org",
        "handle": lambda: f"@{sound()}_{digits(3)}",
        "reddit": lambda: f"u/{sound()}-{digits(3)}",
        "telephone": lambda: f"07{digits(3)} {digits(6)}",
        "mobile": lambda: f"({digits(3)}) 555-{digits(4)}",
        "NI_number": lambda: f"AB{digits(6)}C",
        "SSN": lambda: f"2{digits(2)}-{digits(2)}-{digits(4)}",
        "NHS_number": lambda: f"{digits(3)} {digits(3)} {digits(4)}",
        "postcode": lambda: f"SW{digits(1)} {digits(1)}{''.join(rng.choice(list('ABDEFGH'), 2))}, {sound(4).title()}",
        "address": lambda: f"{digits(2)} {sound().title()} Road",
        "birth": lambda: f"{rng.integers(1, 29)}/0{digits(1)}/19{digits(2)} ({sound(2)})",
        "case": lambda: f"CW/{digits(6)}/{digits(2)}",
        "card": lambda: f"4{digits(3)} {digits(4)} {digits(4)} {digits(4)}",
        "IBAN": lambda: f"GB{digits(2)}NWBK{digits(14)}",
        "IP": lambda: f"10.{digits(2)}.{digits(2)}.1{digits(2)}",
        "link": lambda: f"https://www.{sound()}.example.org/{sound()}/{digits(5)}",
        "person": lambda: f"{sound(2).title()} {sound(3).title()}",
        "school": lambda: f"{sound(3).title()} Primary School",
        "account": lambda: f"zz_{sound()}_{digits(2)}",
        "post": lambda: f"k{sound(1)[:2]}{digits(4)}",
    }
    found: dict[str, list[str]] = {}
    for kind, make in made.items():
        several: list[str] = []
        while len(several) < EACH:
            one = make()
            if one not in several:
                several.append(one)
        found[kind] = several
    return found
