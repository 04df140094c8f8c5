"""The loss ledger."""

from __future__ import annotations

from socialwork_research.sources._ledger import KEPT, READ, Loss, merged, refused, table


def test_lines_of_one_matter_add_up():
    """Numbers add up and the first five places stay, in their order."""
    first = merged((), [refused("not JSON", [3, 17], mend="look", file="a")])
    both = merged(first, [refused("not JSON", [20, 21, 22, 30], mend="look", file="a")])
    assert both == (Loss("refused: not JSON", 6, (3, 17, 20, 21, 22), "look", "a"),)
    assert first[0].n == 2


def test_nothing_lost_is_no_line():
    """What did not happen is not told, but rows read and kept always are."""
    assert merged((), [Loss("parents missing", 0, file="a")]) == ()
    assert [loss.what for loss in merged((), [Loss(READ, 0, file="a"), Loss(KEPT, 0, file="a")])] == [READ, KEPT]


def test_read_and_kept_come_first_then_refusals():
    """The order is rows read, kept, refusals, the rest; places say line or row."""
    losses = [Loss("authors deleted", 2, (1, 2), file="a"), refused("no time", [9], mend="", file="a")]
    result = table([*losses, Loss(KEPT, 4, file="a"), Loss(READ, 5, file="a")], unit="line")
    assert result["what"].tolist() == ["rows read", "kept", "refused: no time", "authors deleted"]
    assert result["n"].tolist() == [5, 4, 1, 2]
    assert result["where"].tolist() == ["", "", "line 9", "line 1, 2"]


def test_several_files_are_summed_and_told_apart():
    """With several files the sums come first and each file's rows read and kept follow."""
    losses = [Loss(what, n, file=file) for file, n in (("a", 5), ("b", 7)) for what in (READ, KEPT)]
    result = table([*losses, Loss("parents missing", 2, (4, 6), file="b")], unit="row").set_index("what")
    assert result["n"].to_dict() == {
        "rows read": 12,
        "kept": 12,
        "parents missing": 2,
        "a: rows read": 5,
        "a: kept": 5,
        "b: rows read": 7,
        "b: kept": 7,
    }
    assert result.loc["parents missing", "where"] == "b: row 4, 6"


def test_a_line_of_the_ledger_is_one_line():
    """Line ends in the name of a field or a file become blanks, so that no report breaks on them."""
    losses = [
        Loss("fields ignored: o\nbject", 1, (3,), file="a\tb"),
        Loss(READ, 1, file="a\tb"),
        Loss(READ, 1, file="c"),
    ]
    result = table(losses, unit="row")
    assert "fields ignored: o bject" in result["what"].tolist()
    assert "a b: row 3" in result["where"].tolist()
