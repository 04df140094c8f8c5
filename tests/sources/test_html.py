"""HTML of posts to text."""

from __future__ import annotations

import html as escape

from hypothesis import given
from hypothesis import strategies as st

from socialwork_research.sources._html import plain


def test_blocks_are_lines():
    """Each block is a line, an empty one stands between paragraphs, blanks collapse, entities are letters."""
    assert plain("<p>One  &amp;\n two</p>\n\n<p>Three<br>four</p>").text == "One & two\n\nThree\nfour"


def test_a_line_that_is_left_empty_stays_one():
    """Two line ends are an empty line, however many there are; items of a list are not set apart."""
    assert plain("One<br>Two<br>\n<br>Three<br><br><br>Four<br>").text == "One\nTwo\n\nThree\n\nFour"
    assert plain("<ul><li>One</li><br><li>Two</li></ul>").text == "One\nTwo"


def test_quotations_are_marked():
    """Quoted lines begin with the mark that quotation stripping knows, once for each depth."""
    quoted = "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote><p>c</p>"
    assert plain(quoted).text == "> a\n\n> > b\n\nc"


def test_code_keeps_its_lines():
    """Code blocks are text and keep line ends and indentation; inline code stays in its line."""
    assert plain("<p>Use <code>x</code>:</p><pre><code>if a:\n    b\n</code></pre>").text == "Use x:\n\nif a:\n    b"


def test_links_and_images_are_listed():
    """Addresses are listed, not said; scripts are neither."""
    page = plain(
        '<p><a href="https://example.org/a">here</a><img src="https://example.org/b.png"></p><script>x()</script>'
    )
    assert page.text == "here"
    assert page.links == ("https://example.org/a",)
    assert page.images == ("https://example.org/b.png",)


def test_a_broken_declaration_is_text():
    """A declaration that the standard library cannot read is taken as text, not as an error."""
    assert "after" in plain("<p>before</p><![x[ y ]]><p>after</p>").text


@given(st.text())
def test_any_text_comes_back_whole(words):
    """Escaped text comes back word by word."""
    kept = "".join(letter for letter in words if letter.isprintable())
    assert plain(f"<p>{escape.escape(kept)}</p>").text.split() == kept.split()


@given(st.text(alphabet='<>!/&;[]-?abp"= \n', max_size=60))
def test_no_html_is_an_error(words):
    """Whatever is in a body, it is read."""
    assert isinstance(plain(words).text, str)
