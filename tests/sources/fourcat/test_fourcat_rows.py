"""Cells of 4CAT's tables as rows of a reader."""

from __future__ import annotations

from pathlib import Path

from socialwork_research.sources import fourcat

HEADER = "thread_id,id,timestamp,body,subject,author,domain,url,subreddit,parent,score,unix_timestamp"


def test_the_own_address_of_a_post_of_words_is_no_link(tmp_path: Path) -> None:
    """A post on Reddit that links nowhere has no links, though the table gives it the address of its own page."""
    own = "a1,a1,2020-06-01 08:00:00,Hello,Rooms,zoe,self.zz,https://www.reddit.com/r/zz/comments/a1/rooms/,zz,,1,1590998400"
    outside = "a2,a2,2020-06-01 08:10:00,,Talk,zoe,example.org,https://example.org/talk,zz,,1,1590999000"
    file = tmp_path / "export.csv"
    file.write_text(f"{HEADER}\n{own}\n{outside}\n", "utf-8")
    posts = fourcat.read(file).posts.set_index("post_id")
    assert posts["links"].to_dict() == {"t3_a1": [], "t3_a2": ["https://example.org/talk"]}
