"""Accounts that post by machine, by a stated rule: the platform says so, or their own name does.

The platform says so where it has a mark for it (Mastodon's ``bot``, Bluesky's label ``bot`` that an account gives itself,
X's label of automated accounts, ConvoKit's ``is_ai``), and where an account is the platform's own (`SERVICES`). A name
says so if it ends in "bot" and is none of the words and surnames that end so (`_NO_BOTS`), or if it is "auto" and a
machine's task. The raw name is looked at, before it is hashed, and only the answer is kept. Names with blanks are left
out: they are people's, and Bot is a surname. What an account posts, and how often, plays no part; there is no score.

The rule errs: few machines say what they are, and who is called Bot may write it without a blank.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

GIVEN = "author_is_automated"  # a reader's column: what the platform says of the author
BY_PLATFORM, BY_NAME = "automated_by_platform", "automated_by_name"  # columns of staged rows
SERVICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "reddit": ("author_handle", ("automoderator",)),
    "discourse": ("author_handle", ("system", "discobot")),
    "stackexchange": ("author_id", ("-1",)),
}
_TASKS = "mod|moderator|post|poster|reply|replies|responder|tweet|tweeter|tldr|translate|translator"
_BOTS = rf"(?i)(?:[_.\-]|[a-z0-9]{{3}})bot[0-9_]*$|^auto[_.\-]?(?:bot|{_TASKS})[0-9_]*$"
_NO_BOTS = "|".join(
    (
        r"(?:[Aa]b|[Tt]al|[Cc]h?a|[Tt]ur|[Bb]ur|[Bb]ar|[Hh]er|[Ll]am|[Gg]ui|[Tt]hi|[Rr]i|[Ss]a|[Jj]a|[Rr]o)bot[0-9_]*$",
        r"(?:AB|TAL|CH?A|TUR|BUR|BAR|HER|LAM|GUI|THI|RI|SA|JA|RO)BOT[0-9_]*$",
        r"(?i:(?:^|[_.\-])le[_.\-]?bot[0-9_]*$|not[_.\-]?an?[_.\-]?(?:ro)?bot[0-9_]*$)",
        r"[a-z]LeBot[0-9_]*$",
        r"\s",
    )
)


def told(rows: pd.DataFrame, platform: str) -> pd.DataFrame:
    """Add to raw `rows` what their author's platform and name say: true, false (the platform alone) or missing."""
    on = rows["platform"].fillna(platform) if "platform" in rows else pd.Series(platform, index=rows.index, dtype="str")
    by_platform, by_name = (np.full(len(rows), None, dtype=object) for _ in range(2))
    if GIVEN in rows:
        given = rows[GIVEN].notna().to_numpy()
        by_platform[given] = rows[GIVEN].to_numpy(dtype=object)[given]
    for place, (column, own) in SERVICES.items():
        here = on.eq(place).to_numpy(dtype=bool)
        if column in rows and here.any():
            names = rows[column].astype("str").str.strip().str.casefold()
            by_platform[here & names.isin(own).to_numpy(dtype=bool)] = True
    if "author_handle" in rows:
        names = rows["author_handle"].astype("str")
        whole = on.ne("bluesky")  # whose handles are addresses: the name is what stands before the first dot
        labels = names if whole.all() else names.where(whole, names.str.replace(r"\..*", "", regex=True))
        by_name[labels.isin(_machines(labels)).to_numpy(dtype=bool)] = True
    return rows.assign(**{BY_PLATFORM: by_platform, BY_NAME: by_name})


def _machines(names: pd.Series) -> list[str]:
    """Return those of these names that say that a machine posts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    several = pa.array(names.dropna().unique(), type=pa.string())
    own = pc.replace_substring_regex(pc.utf8_trim_whitespace(several), r"^@|([^@])@.*$", r"\1")
    says = pc.and_not(pc.match_substring_regex(own, _BOTS), pc.match_substring_regex(own, _NO_BOTS))
    return list(several.filter(says).to_pylist())
