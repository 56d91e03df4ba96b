"""What both renderers of a report read out of text: shapes of words, ids, lists, widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from detente.report.page import Line, Table

SHAPES: Final = {
    "open": "ring", "met": "ring", "ended": "dash", "discretionary": "half",
    "undetermined": "query", "unknown": "query", "barred": "block", "unmet": "block",
}  # fmt: skip
"""Words of a table that carry a shape beside them, so that grey and colour say the same."""

_ID: Final = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_LEAD: Final = re.compile(r"^( *)(?:- |> )?")


class Item(NamedTuple):
    """A line of a section: how deep it stands, and its text without the mark of a list."""

    depth: int
    text: str


class Group(NamedTuple):
    """Lines of an answer under one label."""

    label: str
    lines: tuple[Line, ...]


def item(line: str) -> Item:
    """Return a line of a section without its indent and its mark."""
    lead = _LEAD.match(line)
    assert lead is not None  # it matches the empty text too
    return Item(min(len(lead[1]) // 2, 3), line[lead.end() :])


def groups(answer: tuple[Line, ...]) -> list[Group]:
    """Join the lines of an answer that follow under one label."""
    found: list[Group] = []
    for line in answer:
        if found and (not line.label or line.label == found[-1].label):
            last = found.pop()
            found.append(Group(last.label, (*last.lines, line)))
        else:
            found.append(Group(line.label, (line,)))
    return found


def printable(text: str) -> str:
    """Keep control characters, and those that turn the direction of text, out of a report."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text)


def pieces(text: str, rows: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text, and of each whether it is the id of a row in ``rows``."""
    end = 0
    for match in _ID.finditer(text):
        if match[0] in rows and ("-" in match[0] or match[0] == text.strip()):
            if match.start() > end:
                yield text[end : match.start()], False
            yield match[0], True
            end = match.end()
    if end < len(text):
        yield text[end:], False


def shares(table: Table, room: int) -> list[float] | None:
    """Return what share of a row each column gets; None where all fit as they are.

    Args:
        table: the table.
        room: characters of a line.
    """
    texts = [
        [column.name, *(_shown(row[i]) for row in table.rows)]
        for i, column in enumerate(table.columns)
    ]
    longest = [max(map(len, cells)) for cells in texts]
    if sum(longest) + 2 * len(longest) <= room:
        return None
    words = [
        max(len(word) for cell in cells for word in re.split(r"[\s-]", cell)) for cells in texts
    ]
    needs = [
        max(word, min(need, 12 if column.wrap else 18), 4)
        for word, need, column in zip(words, longest, table.columns, strict=True)
    ]
    means = [sum(map(len, cells)) / len(cells) for cells in texts]
    spare = max(room - sum(needs) - 2 * len(needs), 0)
    wants = [max(mean - need, 0) for mean, need in zip(means, needs, strict=True)]
    total = sum(wants) or 1
    return [need + 2 + spare * want / total for need, want in zip(needs, wants, strict=True)]


def _shown(text: str) -> str:
    """A text with the room of the shape that stands before it."""
    return f"xxx{text}" if text in SHAPES else text
