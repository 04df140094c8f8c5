"""Facebook: CrowdTangle's tables and answer, the Meta Content Library's table, Facepager's nodes, saved pages.

Columns of CrowdTangle's table are those of datasources/custom/import_formats.py of 4CAT
(https://github.com/digitalmethodsinitiative/4cat, commit 1ce34241); fields of its answer those of the answer kept by
the tests of phoenix (https://github.com/danielkingori/phoenix, tests/unit/scrape/crowdtangle_mock_data.json, commit
832834a059fa94c4d431e41d4e1dbff8f4afcf2b); columns of the library those of src/types/index.ts of
https://github.com/fabiogiglietto/csds-preprocessor, commit e3a2eaec; Facepager's those of src/dialogs/export.py of
https://github.com/strohne/Facepager, commit 15a14f14, with the columns that its presets for Facebook fetch.

CrowdTangle has posts of pages and groups and no comments; of groups it tells no author. The library holds posts. A node
of Facepager hangs under the node that it was fetched for, so what answers a comment that is gone was never fetched, and
answers to answers hang under the first comment.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ._facebook_page import write_pages
from ._form import Form, Row, always, by_id, number, put, rows, time

PAGES = (
    "Pellow Head Families Together",
    "Northmoor Care Register",
    "Social Work Matters Together",
    "Murrandilla Human Services",
)
_NEW_YORK = ZoneInfo("America/New_York")
_CROWDTANGLE = (
    "User Name,Facebook Id,Page Category,Page Admin Top Country,Page Description,Page Created,Likes at Posting,Followers at "
    "Posting,Post Created,Post Created Date,Post Created Time,Type,Total Interactions,Likes,Comments,Shares,Love,Wow,Haha,"
    "Sad,Angry,Care,Video Share Status,Is Video Owner?,Post Views,Total Views,Total Views For All Crossposts,Video Length,"
    "URL,Message,Link,Final Link,Image Text,Link Text,Description,Sponsor Id,Sponsor Name,Sponsor Category,"
    '"Overperforming Score (weighted  —  Likes 1x Shares 1x Comments 1x Love 1x Wow 1x Haha 1x Sad 1x Angry 1x Care 1x )"'
)
_LIBRARY = (
    "id mcl_url text creation_time modified_time lang content_type post_owner.type post_owner.id post_owner.name "
    "post_owner.username surface.type surface.id surface.name surface.username statistics.like_count statistics.love_count "
    "statistics.wow_count statistics.haha_count statistics.sad_count statistics.angry_count statistics.care_count "
    "statistics.reaction_count statistics.comment_count statistics.share_count statistics.views "
    "statistics.views_date_last_refreshed link_attachment.link link_attachment.name link_attachment.caption "
    "link_attachment.description multimedia shared_post_id is_branded_content match_type"
).split()
_NODES = (
    "level id parent_id object_id object_type object_key query_status query_time query_type message created_time from.name "
    "from.id likes.summary.total_count like_count comments.summary.total_count shares.count link type"
).split()


def account_id(author: str) -> str:
    """Return the number of a page or person."""
    return str(number(f"facebook {author}", low=10**14, high=10**15))


def post_number(post_id: str) -> str:
    """Return the number of a post or comment."""
    return str(number(f"facebook post {post_id}", low=10**14, high=10**15))


def _squeezed(name: str) -> str:
    return name.replace(" ", "")


def _of_a_page(row: Row) -> bool:
    return row["reply_to"] is None and row["community"] in PAGES and row["author_id"] == _squeezed(row["community"])


def _of_a_group(row: Row) -> bool:
    return row["reply_to"] is None and row["community"] not in PAGES


def _is_first(row: Row) -> bool:
    return row["reply_to"] is None


def _sheet(header: Iterable[str], lines: Iterable[Row], *, mark: str = "", **how: Any) -> str:
    text = io.StringIO(newline="")
    sheet = csv.DictWriter(text, list(header), restval="", lineterminator="\r\n", **how)
    sheet.writeheader()
    sheet.writerows(lines)
    return mark + text.getvalue()


def _crowdtangle(post: Row, name: str) -> Row:
    local = time(post["created_at"]).astimezone(_NEW_YORK)
    owner = account_id(post["author_id"] if name == "Page Name" else post["community"])
    kind = "Link" if post["links"] else "Status"
    is_page = name == "Page Name"
    return {
        name: post["community"],
        "User Name": post["author_id"] if is_page else _squeezed(post["community"]).casefold(),
        "Facebook Id": owner,
        "Page Category": "NON_PROFIT" if is_page else "",
        "Page Admin Top Country": "GB" if is_page else "",
        "Page Description": post["author_profile"] if is_page else "A place to talk",
        "Page Created": "2011-05-04 10:12:13" if is_page else "",
        "Likes at Posting": "1,204" if is_page else "",
        "Followers at Posting": "1,310" if is_page else "2,077",
        "Post Created": f"{local:%Y-%m-%d %H:%M:%S} {local:%Z}",
        "Post Created Date": f"{local:%Y-%m-%d}",
        "Post Created Time": f"{local:%H:%M:%S}",
        "Type": kind,
        "Total Interactions": f"{post['n_likes'] + 1002:,}",
        "Likes": post["n_likes"],
        "Comments": 999,
        "Shares": 0,
        "Love": 3,
        **dict.fromkeys(("Wow", "Haha", "Sad", "Angry", "Care", "Post Views", "Total Views"), 0),
        "Total Views For All Crossposts": 0,
        "Is Video Owner?": "-",
        "URL": f"https://www.facebook.com/{owner}/posts/{post_number(post['post_id'])}",
        "Message": post["text"],
        "Link": next(iter(post["links"]), ""),
        "Final Link": "",
        "Sponsor Id": "",
        "Overperforming Score (weighted  —  Likes 1x Shares 1x Comments 1x Love 1x Wow 1x Haha 1x Sad 1x Angry 1x Care 1x )": -1.25,
    }


def _crowdtangle_sheet(posts: list[Row], folder: Path, name: str) -> None:
    header = next(csv.reader([f"{name},{_CROWDTANGLE}"]))
    lines = [_crowdtangle(post, name) for post in sorted(posts, key=lambda post: post["created_at"], reverse=True)]
    put(folder / "historical-report.csv", _sheet(header, lines, mark="\ufeff"))


def write_crowdtangle(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a historical report on pages."""
    del accounts, follows
    _crowdtangle_sheet(posts, folder, "Page Name")


def write_crowdtangle_groups(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a historical report on groups."""
    del accounts, follows
    _crowdtangle_sheet(posts, folder, "Group Name")


def _answer(post: Row) -> Row:
    owner, own = account_id(post["author_id"]), post_number(post["post_id"])
    kinds = "like share comment love wow haha sad angry thankful care".split()
    counts = {f"{kind}Count": 0 for kind in kinds}
    link = next(iter(post["links"]), f"https://www.facebook.com/{owner}/posts/{own}")
    expanded = [{"original": url, "expanded": url} for url in post["links"]]
    made = f"{time(post['created_at']):%Y-%m-%d %H:%M:%S}"
    return {
        "platformId": f"{owner}_{own}",
        "platform": "Facebook",
        "date": made,
        "updated": f"{time(post['created_at']) + timedelta(days=3):%Y-%m-%d %H:%M:%S}",
        "type": "link" if expanded else "status",
        "message": post["text"],
        **({"expandedLinks": expanded, "link": link} if expanded else {}),
        "postUrl": f"https://www.facebook.com/{owner}/posts/{own}",
        "subscriberCount": 1310,
        "score": -1.25,
        "media": [],
        "languageCode": post["lang"],
        "statistics": {
            "actual": {**counts, "likeCount": post["n_likes"], "loveCount": 3},
            "expected": {**counts, "likeCount": 21},
        },
        "account": {
            "id": int(owner) % 10**7,
            "name": post["community"],
            "handle": post["author_id"],
            "profileImage": f"https://files.social.example/{owner}.png",
            "subscriberCount": 1310,
            "url": f"https://www.facebook.com/{owner}",
            "platform": "Facebook",
            "platformId": owner,
            "accountType": "facebook_page",
            "pageAdminTopCountry": "GB",
            "pageDescription": post["author_profile"],
            "verified": False,
        },
        "Id": f"{int(owner) % 10**7}|{own}",
        "legacyid": int(own) % 10**9,
    }


def write_crowdtangle_json(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write an answer of the API on pages."""
    del accounts, follows
    answer = {"status": 200, "result": {"posts": [_answer(post) for post in posts], "pagination": {"nextPage": ""}}}
    put(folder / "posts.json", json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n")


def _library_row(post: Row) -> Row:
    own = str(number(f"library {post['post_id']}", low=10**16, high=10**17))
    is_page = post["community"] in PAGES
    counts = {name: 0 for name in _LIBRARY if name.startswith("statistics.") and name.endswith("_count")}
    made, changed = (
        stamp.replace("Z", "+00:00") for stamp in (post["created_at"], post["edited_at"] or post["created_at"])
    )
    return {
        **counts,
        "id": own,
        "mcl_url": f"https://www.facebook.com/transparency-tools/content-library/{own}",
        "text": post["text"],
        "creation_time": made,
        "modified_time": changed,
        "lang": post["lang"],
        "content_type": "links" if post["links"] else "status",
        "post_owner.type": "page" if _of_a_page(post) else "profile",
        "post_owner.id": account_id(post["author_id"]),
        "post_owner.name": post["author_id"].replace(".", " ").title(),
        "post_owner.username": post["author_id"],
        "surface.type": "page" if is_page else "group",
        "surface.id": account_id(post["community"]),
        "surface.name": post["community"],
        "surface.username": _squeezed(post["community"]).casefold(),
        "statistics.like_count": post["n_likes"],
        "statistics.reaction_count": post["n_likes"] + 3,
        "statistics.love_count": 3,
        "statistics.views_date_last_refreshed": "2024-11-30",
        "link_attachment.link": next(iter(post["links"]), ""),
        "is_branded_content": "false",
        "match_type": "text",
    }


def write_library(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write a table of posts; views are missing as they are under one hundred."""
    del accounts, follows
    put(folder / "posts.csv", _sheet(_LIBRARY, map(_library_row, posts)))


@cache
def _every() -> dict[str, Row]:
    return by_id(rows("posts"))


def _is_fetched(row: Row) -> bool:
    """Tell whether the comments above a post are all there, as each was fetched for the one above it."""
    every = _every()
    while row["reply_to"] is not None:
        if row["reply_to"] not in every:
            return False
        row = every[row["reply_to"]]
    return True


def _above(row: Row) -> Row | None:
    """Return what a post hangs under: a post, or the first comment of the answers to it."""
    every = _every()
    while row["reply_to"] is not None:
        parent = every[row["reply_to"]]
        if parent["reply_to"] is None or every[parent["reply_to"]]["reply_to"] is None:
            return parent
        row = parent
    return None


def object_id(row: Row) -> str:
    """Return the id of a post (with its page's in front) or of a comment (with its post's in front)."""
    if row["reply_to"] is None:
        return f"{account_id(row['community'])}_{post_number(row['post_id'])}"
    return f"{post_number(row['thread_id'] + '-01')}_{post_number(row['post_id'])}"


def write_facepager(posts: list[Row], accounts: list[Row], follows: list[Row], folder: Path) -> None:
    """Write all nodes: pages and groups, posts, comments, answers to them; line ends are blanks."""
    del accounts, follows
    nodes: list[Row] = []
    numbers: dict[str, int] = {}

    def node(level: int, above: str | None, name: str, **told: Any) -> None:
        numbers[name] = len(numbers) + 1
        first = {"level": level, "id": numbers[name], "parent_id": numbers[above] if above else "None"}
        nodes.append({**first, "query_status": "fetched (200)" if level else "", **told})

    for community in sorted({post["community"] for post in posts}):
        node(0, None, community, object_id=account_id(community), object_type="seed")
        for post in (each for each in posts if each["community"] == community and not each["is_deleted"]):
            over = _above(post)
            level = 1 if over is None else 2 if over["reply_to"] is None else 3
            count = "likes.summary.total_count" if level == 1 else "like_count"
            told = {
                "message": post["text"].replace("\n", " "),
                "created_time": post["created_at"].replace("Z", "+0000"),
                "from.name": post["author_id"].replace(".", " ").title() if post["author_id"] else "",
                "from.id": account_id(post["author_id"]) if post["author_id"] else "",
                count: post["n_likes"],
                "link": next(iter(post["links"]), ""),
                "type": ("link" if post["links"] else "status") if level == 1 else "",
            }
            query = {"query_time": "2024-12-02 09:30:00", "query_type": "Facebook:/<Object ID>/" + _QUERIES[level]}
            name = over["post_id"] if over else community
            node(level, name, post["post_id"], object_id=object_id(post), object_type="data", **query, **told)
    put(folder / "nodes.csv", _sheet(_NODES, nodes, mark="\ufeff", delimiter=";", quoting=csv.QUOTE_ALL))


_QUERIES = {1: "posts", 2: "comments", 3: "comments"}


def _shown_above(make: Callable[[Row], str | None]) -> Callable[[Row], str | None]:
    def shown(row: Row) -> str | None:
        over = _above(_every()[row["post_id"]])
        return make(over) if over else None

    return shown


def _is_said_to_its_post(row: Row) -> bool:
    return row["reply_to"] in (None, f"{row['thread_id']}-01")


_ALL = ("facebook",)
FORMS = {
    "crowdtangle": Form(write_crowdtangle, platforms=_ALL, holds=_of_a_page),
    "crowdtangle_groups": Form(write_crowdtangle_groups, platforms=_ALL, holds=_of_a_group),
    "crowdtangle_json": Form(write_crowdtangle_json, platforms=_ALL, holds=_of_a_page),
    "content_library": Form(write_library, platforms=_ALL, holds=_is_first),
    "facepager": Form(
        write_facepager,
        platforms=_ALL,
        holds=_is_fetched,
        shown={
            "text": lambda row: row["text"].replace("\n", " "),
            "author_state": always("unknown"),
            "reply_to": _shown_above(object_id),
            "reply_to_author": _shown_above(lambda over: over["author_id"] and account_id(over["author_id"])),
        },
    ),
    "page": Form(
        write_pages,
        platforms=_ALL,
        threads=("T27", "T35", "T45", "T177", "T183", "T186", "T188", "T193", "T194"),
        holds=_is_said_to_its_post,
        options={"zone": "Europe/London"},
    ),
}
