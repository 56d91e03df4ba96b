"""A page fits the terminal it is shown on, also one that does not know its width."""

import os
import sys

import pytest

from detente.report.page import Column, Line, Page, Section, Table
from detente.report.terminal import NARROW, WIDTH, to_terminal

PAGE = Page(
    "A title that is rather long, so that it has to be broken where the terminal is narrow",
    (Line("Label", "what is said, at some length, and more of it, and yet more of it " * 3),),
    (Section("Section", "", Table((Column("a", wrap=True),), (("words " * 40,),))),),
)


@pytest.mark.parametrize(
    ("columns", "widest"), [(0, WIDTH), (1, NARROW), (60, 60), (400, WIDTH), (None, WIDTH)]
)
def test_no_line_is_wider_than_the_terminal(
    columns: int | None,
    widest: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nought columns, or none told, mean the usual width; very few mean forty."""

    def size(_: int) -> os.terminal_size:
        if columns is None:
            raise OSError
        return os.terminal_size((columns, 24))

    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1)
    monkeypatch.setattr(os, "get_terminal_size", size)
    to_terminal(PAGE)
    lines = capsys.readouterr().out.replace("\x1b[1m", "").replace("\x1b[36m", "")
    lines = lines.replace("\x1b[0m", "").replace("\x1b[2m", "")
    assert max(map(len, lines.splitlines())) <= widest
