"""Chapters and headings of the Harmonized System (HS), and in which revisions each exists.

No library that can be installed carries the nomenclature with its revisions, so a table of
chapters and headings made by hand stands beside this module. Subheadings (six digits) are checked
as far as their heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from detente.errors import nearest

REVISIONS: Final = (1988, 1996, 2002, 2007, 2012, 2017, 2022)
"""The years from which the revisions hold."""

CLASSIFICATIONS: Final = {f"H{n}": year for n, year in enumerate(REVISIONS)} | {
    f"HS{year}": year for year in REVISIONS
} | {"HS92": 1988, "HS1992": 1988, "HS96": 1996, "HS02": 2002, "HS07": 2007, "HS12": 2012,
     "HS17": 2017, "HS22": 2022}  # fmt: skip
"""What extracts call the revisions."""


class Heading(msgspec.Struct, frozen=True):
    """A heading: the first revision that has it and the last one, as years; None: no end."""

    since: int
    last: int | None


class Chapter(msgspec.Struct, frozen=True):
    """A chapter with its headings, by their four digits."""

    name: str
    headings: dict[str, Heading]


@cache
def chapters() -> dict[str, Chapter]:
    """Return every chapter by its two digits."""
    found = {}
    text = files("detente.pressure").joinpath("hs.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, name, spans = line.split("|")
            found[code] = Chapter(name, dict(_headings(code, spans)))
    return found


def _headings(chapter: str, spans: str) -> Iterator[tuple[str, Heading]]:
    for span in spans.split():
        numbers, _, when = span.partition("@")
        first, _, last = numbers.partition("-")
        since, _, until = when.partition("-")
        heading = Heading(int(since or REVISIONS[0]), int(until) if until else None)
        for number in range(int(first), int(last or first) + 1):
            yield f"{chapter}{number:02}", heading


def problem_of(code: str, revision: int | None = None) -> str | None:
    """Return what is wrong with a code, and what would be right; None where nothing is.

    Args:
        code: 2, 4 or 6 digits, or more: national digits after the sixth say nothing here.
        revision: the revision that the code is written in, as its year; any by default.
    """
    if not code.isascii() or not code.isdigit() or len(code) < 2 or len(code) in (3, 5):
        return f"{code!r} is no HS code; write 2, 4 or 6 digits, leading zeros included"
    chapter = chapters().get(code[:2])
    if chapter is None:
        return f"no chapter {code[:2]!r} of the HS (in {code!r}); {nearest(code[:2], chapters())}"
    if len(code) < 4 or code[2:4] == "00":
        return None if len(code) < 4 else f"{code!r} names no heading; write {code[:2]!r}"
    heading = chapter.headings.get(code[:4])
    if heading is None:
        advice = nearest(code[:4], chapter.headings)
        return f"no heading {code[:4]!r} of the HS (in {code!r}); {advice}"
    if revision is not None and not exists(heading, revision):
        ends = f"from {heading.since}" + (f" to {heading.last}" if heading.last else "")
        return f"heading {code[:4]} is not in the HS of {revision} but {ends}; mend the revision"
    return None


def exists(heading: Heading, revision: int) -> bool:
    """Whether a revision has a heading."""
    return heading.since <= revision and (heading.last is None or revision <= heading.last)


def name_of(code: str) -> str:
    """Return the name of a code's chapter."""
    return chapters()[code[:2]].name
