"""The kinds of things that the gate finds, and how each is mended."""

from __future__ import annotations

__all__ = ["KINDS", "NEVER_EXCUSED", "OF_CORPUS"]

KINDS = {
    "account": "take the account's name out; no account is named",
    "email": "take the address out, or give it in study.toml if it is the study's own",
    "exact_time": "give times no finer than the day",
    "handle": "take the handle out; no account is named",
    "identity_number": "take the number out",
    "key": "take the key out at once, make a new one, and pseudonymise anew: whoever saw it can tell whose pseudonym is whose",
    "machine_name": "take the name of the machine or its user out",
    "name": "take the name out, or declare it in study.toml if the study itself must say it",
    "path": "give a path relative to the study, or the file's name alone",
    "person_row": "give counts of groups; no row of one person or one post is published",
    "platform_id": "take the id out; it leads to the post or the account",
    "post_id": "take the id out; whoever has the key or the export finds the post by it",
    "post_link": "take the link out; few gave it, and a search finds their posts by it",
    "post_url": "take the address out; it leads to the post",
    "post_words": "tell it in words of your own; a search finds the post by five words in a row",
    "profile_url": "take the address out; it leads to the account",
    "pseudonym": "take the pseudonym out; whoever has the key finds the person by it",
    "small_cell": "pass the table through study.safe() or privacy.suppress() before it is written or drawn",
    "telephone": "take the number out",
    "token": "take the secret out, and have it withdrawn where it was given",
    "unreadable": "publish it in a form that the gate reads, or not at all",
}
NEVER_EXCUSED = ("key", "token")
OF_CORPUS = (
    "account",
    "name",
    "person_row",
    "post_id",
    "post_link",
    "post_words",
    "small_cell",
)  # nobody's, if invented
