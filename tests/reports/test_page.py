"""The page that binds executed notebooks."""

from __future__ import annotations

import html.parser
import itertools
import re
from collections import Counter

import nbformat
import pandas as pd
import pytest

from socialwork_research import reports
from socialwork_research.errors import StudyError

PIXEL = "data:image/png;base64,iVBORw0KGgo="
ALT = "A picture of one point, drawn for a test."
RECORD = {"study": {"id": "small", "title": "Small"}, "toolkit": {"version": "9.8.7"}}
v4 = nbformat.v4


class Page(html.parser.HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.found.append((tag, dict(attrs)))

    def count(self, *tags: str) -> int:
        """How many elements of these kinds there are."""
        return sum(tag in tags for tag, _ in self.found)


def shown(markup: str):
    """A cell's output that shows this HTML."""
    return v4.new_output("display_data", data={"text/html": markup, "text/plain": "plain"})


@pytest.fixture
def bound(tmp_path):
    """From the cells of one or several notebooks to the page."""

    def bind(*notebooks, title="Small", record=RECORD) -> str:
        files = []
        for number, notebook_cells in enumerate(notebooks):
            files.append(tmp_path / f"{number}.ipynb")
            notebook = v4.new_notebook(cells=list(notebook_cells))
            for n, cell in enumerate(notebook.cells):
                cell["id"] = f"c{n}"
            files[-1].write_text(nbformat.writes(notebook), "utf-8")
        return reports.bind(files, tmp_path / "report.html", title=title, record=record).read_text("utf-8")

    return bind


def code(source: str, *outputs, **metadata):
    """A code cell with outputs."""
    return v4.new_code_cell(source, outputs=list(outputs), metadata=metadata)


def text(source: str):
    """A cell of prose."""
    return v4.new_markdown_cell(source)


def test_one_heading_of_the_first_rank(bound):
    """The title is the only h1; headings of notebooks go one rank down and skip none."""
    page = bound([text("# One\n\n## In one\n\n### Deeper")], [text("# Two\n\n## In two")], title="The title")
    ranks = [int(rank) for rank in re.findall(r"<h([1-6])", page)]
    assert ranks == [1, 2, 3, 4, 2, 3, 2]
    assert "<h1>The title</h1>" in page
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(ranks))


def test_the_contents_lead_to_each_part(bound):
    """The table of contents has a link to each notebook, by its first heading, and each link leads somewhere."""
    page = Page(markup := bound([text("# One & all")], [text("# Two")]))
    ids = {about["id"] for _, about in page.found if "id" in about}
    links = [about["href"] for tag, about in page.found if tag == "a"]
    assert links == ["#part-1", "#part-2", "#provenance"]
    assert {link[1:] for link in links} <= ids
    assert ">One &amp; all</a>" in markup


def test_an_id_stands_once(bound):
    """Two notebooks with headings of one name do not make two elements of one id."""
    page = Page(bound([text("# One\n\n## Limits")], [text("# Two\n\n## Limits")]))
    assert max(Counter(about["id"] for _, about in page.found if "id" in about).values()) == 1


def test_language_and_letters(bound):
    """The page says its language and its encoding."""
    page = bound([text("# Ünï 中 😀")])
    assert '<html lang="en-GB">' in page
    assert '<meta charset="utf-8">' in page
    assert "Ünï 中 😀" in page


def test_code_is_folded_and_there(bound):
    """Code stands in closed details; cells that show nothing are folded with the next that does; all of it is there."""
    page = bound([text("# One"), code("a = 1 < 2"), code("b = 2"), code("a", shown("<p>out</p>"))])
    assert Page(page).count("details") == 2  # the code, and the run record
    assert "a = 1 &lt; 2\n\nb = 2\n\na</code>" in page
    assert "<details open" not in page


def test_an_empty_cell_leaves_no_trace(bound):
    """An empty code cell makes no empty fold."""
    assert Page(bound([text("# One"), code("")])).count("details") == 1


def test_tables_go_in_with_their_captions(bound):
    """A rendered table comes out as it went in."""
    table = reports.render(pd.DataFrame({"n": [3]}), caption="Counts")
    page = bound([text("# One"), code("t", shown(table))])
    assert table in page
    assert Page(page).count("table") == Page(page).count("caption") == 1


def test_plain_output_is_escaped(bound):
    """What a cell prints or shows as plain text is text, whatever is in it."""
    page = bound(
        [
            text("# One"),
            code("p", v4.new_output("stream", name="stdout", text="<script>1</script>")),
            code("q", v4.new_output("execute_result", data={"text/plain": "<img src=x>"}, execution_count=1)),
            code("r", v4.new_output("error", ename="<b>", evalue="<i>", traceback=[])),
        ]
    )
    assert Page(page).count("script", "img", "b", "i") == 0
    assert "&lt;script&gt;1&lt;/script&gt;" in page


def test_title_and_record_are_escaped(bound):
    """Mark-up in the title or in the run record is text."""
    page = bound([text("# One")], title="<script>t</script>", record={"study": {"title": "<script>r</script>"}})
    assert Page(page).count("script") == 0
    assert "<title>&lt;script&gt;t" in page


def test_the_record_and_the_way_back(bound):
    """The page ends with the run record and how to run the study again."""
    page = bound([text("# One")])
    assert "How to run this again" in page
    assert "9.8.7" in page
    assert "&quot;id&quot;: &quot;small&quot;" in page


def test_a_picture_with_words(bound):
    """A picture inside the page with alternative text goes in, also where the text holds a sign of mark-up."""
    page = Page(bound([text("# One"), code("f", shown(f'<img src="{PIXEL}" alt="{ALT} a &gt; b">'))]))
    assert [about["alt"] for tag, about in page.found if tag == "img"] == [f"{ALT} a > b"]


@pytest.mark.parametrize(
    "markup", [f'<img src="{PIXEL}">', f'<img src="{PIXEL}" alt="">', f'<IMG SRC="{PIXEL}" alt="short">']
)
def test_a_picture_without_words(bound, markup):
    """A picture without alternative text, or with too little, is refused."""
    with pytest.raises(StudyError, match="1 pictures have no alternative text"):
        bound([text("# One"), code("f", shown(markup))])


@pytest.mark.parametrize(
    "markup",
    [
        "<script>1</script>",
        "<SCRIPT src='https://example.org/x.js'></SCRIPT>",
        '<link rel="stylesheet" href="https://example.org/x.css">',
        f'<img src="https://example.org/x.png" alt="{ALT}">',
        f'<img alt="{ALT}" src=//example.org/x.png>',
        f'<img src="{PIXEL}" srcset="https://example.org/x.png 2x" alt="{ALT}">',
        f'<img src="{PIXEL}" onerror="x()" alt="{ALT}">',
        '<iframe src="https://example.org"></iframe>',
        '<object data="https://example.org/x.svg"></object>',
        '<embed src="https://example.org/x.svg">',
        '<video src="x.mp4"></video>',
        '<svg><image href="https://example.org/x.png"></image></svg>',
        "<style>@import 'https://example.org/x.css';</style>",
        "<style>p { background: url(https://example.org/x.png) }</style>",
        "<p style=\"background: url('//example.org/x.png')\">x</p>",
        '<meta http-equiv="refresh" content="0; url=https://example.org">',
        '<base href="https://example.org/">',
        '<form action="https://example.org/"></form>',
        '<a href="javascript:x()">x</a>',
        '<p onclick="x()">x</p>',
    ],
)
def test_what_would_be_loaded_or_run(bound, tmp_path, markup):
    """Whatever would be loaded from elsewhere or run is refused, and no page is written."""
    with pytest.raises(StudyError, match="would be loaded from elsewhere, or run"):
        bound([text("# One"), code("f", shown(markup))])
    assert not (tmp_path / "report.html").exists()


def test_a_link_that_a_reader_follows(bound):
    """A link in the prose is no loading: references may be linked."""
    assert "https://doi.org/10.1214/11-EJS648" in bound([text("# One\n\n[Kerman](https://doi.org/10.1214/11-EJS648)")])


def test_mark_up_in_prose_and_code(bound):
    """Prose and code that speak of scripts are neither refused nor run."""
    page = bound([text("# One\n\nThe tag `<script>` is refused."), code("x = '<script src=1>'")])
    assert Page(page).count("script") == 0


def test_a_picture_from_the_web_in_prose(bound):
    """A picture that the prose would load from the web is refused."""
    with pytest.raises(StudyError, match="img"):
        bound([text(f"# One\n\n![{ALT}](https://example.org/x.png)")])


def test_the_same_bytes_each_time(bound):
    """One binding twice gives the same bytes."""
    cells = [text("# One"), code("t", shown(reports.render(pd.DataFrame({"n": [3]}), caption="c")))]
    assert bound(cells) == bound(cells)
