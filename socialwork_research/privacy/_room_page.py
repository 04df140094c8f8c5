"""The page of the reading room: plain HTML without scripts, in which whatever a post holds is text and nothing else."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from ._room_threads import Seen, Wanted

__all__ = ["PER_PAGE", "STYLE_SUM", "Shelf", "page", "shut"]

PER_PAGE = 100  # posts of a thread on one page
_DEEPEST = 8  # steps to the right; what lies deeper says what it answers

_STYLE = """
body { font: 17px/1.5 Georgia, 'Times New Roman', serif; color: #1b1b1b; background: #fff; margin: 0 auto; max-width: 54rem;
  padding: 1rem; overflow-wrap: anywhere; }
h1, h2, h3, nav, form, .about { font-family: 'Helvetica Neue', Arial, sans-serif; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.15rem; } h3 { font-size: 1rem; margin: 0; }
a, button { color: #0b4f8a; } a:focus, button:focus, input:focus, select:focus, textarea:focus { outline: 3px solid #b35900; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
form p { display: inline-block; margin: .2rem 1rem .4rem 0; } label { display: block; font-size: .85rem; }
input, select, button, textarea { font: inherit; font-size: .95rem; padding: .25rem .4rem; }
textarea { width: 100%; box-sizing: border-box; min-height: 4rem; }
nav ul { list-style: none; padding: 0; display: flex; gap: 1.2rem; flex-wrap: wrap; }
article { border-left: 3px solid #767676; padding: .2rem .8rem; margin: 1rem 0; }
.words { white-space: pre-wrap; unicode-bidi: isolate; margin: .4rem 0; }
.about { font-size: .85rem; color: #444; margin: .2rem 0; }
.gone { font-style: italic; } .told { border: 2px solid #8a1c1c; padding: .5rem .8rem; }
.d1 { margin-left: 1.2rem; } .d2 { margin-left: 2.4rem; } .d3 { margin-left: 3.6rem; } .d4 { margin-left: 4.8rem; }
.d5 { margin-left: 6rem; } .d6 { margin-left: 7.2rem; } .d7 { margin-left: 8.4rem; } .d8 { margin-left: 9.6rem; }
"""
STYLE_SUM = base64.b64encode(hashlib.sha256(_STYLE.encode("utf-8")).digest()).decode("ascii")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LABELS = {"platform": "Platform", "theme": "Theme", "code": "Mark", "stance": "Stance", "since": "From", "until": "To"}


@dataclasses.dataclass(frozen=True)
class Shelf:
    """What a page shows: the filter and its choices, the thread that is open, and what is noted of its posts."""

    wanted: Wanted
    choices: Mapping[str, Sequence[tuple[str, str]]]  # value and label of each choice of a filter
    n_threads: int
    at: int  # number of the open thread, from 1
    part: int  # which hundred of its posts, from 1
    posts: Sequence[Seen] = ()
    marks: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    memos: Mapping[str, str] = dataclasses.field(default_factory=dict, repr=False)
    n_unsaved: int = 0
    told: str = ""  # what could not be done


def page(shelf: Shelf, *, name: str) -> str:
    """Return the page for a shelf."""
    body = [f"<h1>Reading room: {_text(name)}</h1>", _filters(shelf)]
    if shelf.told:
        body.append(f'<p class="told" role="alert">{_text(shelf.told)}</p>')
    elif not shelf.n_threads:
        body.append('<main id="posts"><p>No thread has a post that meets all of this.</p></main>')
    else:
        body += [_steps(shelf), f'<main id="posts">{_thread(shelf)}</main>', _steps(shelf)]
    left = f"Memos on {shelf.n_unsaved} posts are not saved yet. " if shelf.n_unsaved else ""
    body.append(f'<p class="about">{left}In the notebook, room.save("a folder") saves the memos.</p>')
    return _whole("Reading room", "".join(body))


def shut(told: str) -> str:
    """Return the page for whoever may not come in: it tells nothing of the room."""
    return _whole("Shut", f'<main><p class="told">{_text(told)}</p></main>')


def _whole(title: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f'<body><a class="skip" href="#posts">To the posts</a>{body}</body></html>\n'
    )


def _filters(shelf: Shelf) -> str:
    given = dataclasses.asdict(shelf.wanted)
    fields = []
    for name, label in _LABELS.items():
        if name in ("since", "until"):
            field = f'<input type="date" id="f-{name}" name="{name}" value="{_text(given[name])}">'
        elif shelf.choices.get(name):
            options = "".join(
                f'<option value="{_text(value)}"{" selected" * (value == given[name])}>{_text(shown)}</option>'
                for value, shown in [("", "any"), *shelf.choices[name]]
            )
            field = f'<select id="f-{name}" name="{name}">{options}</select>'
        else:
            continue
        fields.append(f'<p><label for="f-{name}">{label}</label>{field}</p>')
    return (
        f'<form method="get" action="./" role="search" aria-label="Which threads">{"".join(fields)}'
        '<p><button type="submit" accesskey="f">Show threads</button></p></form>'
    )


def _steps(shelf: Shelf) -> str:
    """Return the links to the threads, and to the parts of a long thread, before and after."""
    n_parts = _n_parts(shelf)
    links = []
    for text, key, at, part, is_there in (
        ("Previous thread", "p", shelf.at - 1, 1, shelf.at > 1),
        ("Earlier posts", "e", shelf.at, shelf.part - 1, shelf.part > 1),
        ("Later posts", "l", shelf.at, shelf.part + 1, shelf.part < n_parts),
        ("Next thread", "n", shelf.at + 1, 1, shelf.at < shelf.n_threads),
    ):
        if is_there:
            query = _text(urlencode({**_given(shelf), "n": at, "part": part}))
            links.append(f'<li><a href="./?{query}" accesskey="{key}">{text}</a></li>')
    parts = f", part {shelf.part} of {n_parts}" if n_parts > 1 else ""
    return f'<nav aria-label="Threads"><ul><li>Thread {shelf.at:,} of {shelf.n_threads:,}{parts}</li>{"".join(links)}</ul></nav>'


def _n_parts(shelf: Shelf) -> int:
    return max(1, -(-len(shelf.posts) // PER_PAGE))


def _given(shelf: Shelf) -> dict[str, str]:
    return {name: value for name, value in dataclasses.asdict(shelf.wanted).items() if value}


def _thread(shelf: Shelf) -> str:
    shown = shelf.posts[(shelf.part - 1) * PER_PAGE : shelf.part * PER_PAGE]
    titles = [each.row["title"] for each in shelf.posts[:1] if isinstance(each.row["title"], str)]
    heading = f'<h2 dir="auto">{_text(titles[0])}</h2>' if titles else "<h2>A thread without a title</h2>"
    return heading + "".join(_post(each, shelf) for each in shown)


def _post(post: Seen, shelf: Shelf) -> str:
    row = post.row
    answers = f", answers {post.parent}" if post.parent is not None else ""
    if post.is_adrift:
        answers = ", answers a post that is not in this thread, or in a circle"
    where = " · ".join(_text(row[name]) for name in ("platform", "community", "kind") if isinstance(row[name], str))
    marks = "".join(f"<li>{_text(each)}</li>" for each in shelf.marks.get(row["post_id"], ()))
    return (
        f'<article class="d{min(post.depth, _DEEPEST)}" aria-labelledby="p{post.number}">'
        f'<h3 id="p{post.number}">{post.number}. {_text(post.speaker)}{answers}</h3>'
        f'<p class="about">{row["created_at"]:%Y-%m-%d %H:%M} UTC · {where}</p>{_words(row)}'
        f"{f'<ul class=about>{marks}</ul>' if marks else ''}{_memo(post, shelf)}</article>"
    )


def _words(row: Mapping[str, Any]) -> str:
    if row["is_deleted"]:
        return '<p class="gone">This post was deleted or removed; its words are not here.</p>'
    if not isinstance(row["text"], str):
        return '<p class="gone">The export gives no words for this post.</p>'
    return f'<div class="words" dir="auto">{_text(row["text"])}</div>'


def _memo(post: Seen, shelf: Shelf) -> str:
    memo = shelf.memos.get(post.row["post_id"], "")
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{_text(value)}">'
        for name, value in {**_given(shelf), "n": shelf.at, "part": shelf.part, "post": post.number}.items()
    )
    return (
        f"<details{' open' if memo else ''}><summary>Memo on {post.number}</summary>"
        f'<form method="post" action="memo">{hidden}<label for="m{post.number}">Your memo on post {post.number}</label>'
        f'<textarea id="m{post.number}" name="memo" maxlength="20000" dir="auto">\n{_text(memo)}</textarea>'
        '<button type="submit">Keep memo</button></form></details>'
    )


def _text(value: Any) -> str:
    """Escape what is not ours; signs that cannot be shown, and halves of letters, become a replacement sign."""
    return html.escape(_UNSEEN.sub("\ufffd", str(value)))
