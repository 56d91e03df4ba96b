"""A report: a page with its brief, its pictures, what it cites, and what replays it.

``detente.report.html`` and ``detente.report.pdf`` set the same report; neither knows a result.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from detente._version import __version__
from detente.law.regime import Regime
from detente.relief.receipt import Receipt
from detente.report.named import named_rows, row_sections
from detente.report.page import Line, Page, Section
from detente.report.pictures import Spec


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of a report.

    Attributes:
        title: what it shows, in a line.
        text: what it says, for those who do not see it; the tables have every number.
        spec: the picture, as a Vega-Lite specification.
    """

    title: str
    text: str
    spec: Spec


def described(spec: Spec) -> Figure:
    """Return a picture as a figure that its own title and description tell."""
    title = str(spec["title"]["text"])
    return Figure(
        title=title, text=f"{spec['description']}. The tables have its numbers.", spec=spec
    )


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What people read on paper or on a screen.

    Attributes:
        page: the answer and the tables, as the command line shows them.
        brief: the story in short, before the tables.
        figures: the pictures, most telling first.
        cited: the rows that the page names, with their citations, and their sources.
        rows: ids of those rows, so that a renderer can lead to them.
        colophon: edition, evidence, version and command: what replays the report.
    """

    page: Page
    brief: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    cited: tuple[Section, ...] = ()
    rows: tuple[str, ...] = ()
    colophon: tuple[Line, ...] = ()


def report_of(
    page: Page,
    command: str,
    *,
    regimes: Sequence[Regime] = (),
    receipt: Receipt | None = None,
    evidence: Sequence[tuple[str, str]] = (),
    brief: Iterable[Section] = (),
    figures: Iterable[Figure] = (),
) -> Report:
    """Return the report of a page.

    Args:
        page: what the command shows.
        command: the command as it can be typed again.
        regimes: the regimes whose rows the page may name; each row named is cited.
        receipt: what replays the answer, where its result has one.
        evidence: digest of the evidence by regime, where there is no receipt.
        brief: the story in short.
        figures: the pictures.
    """
    parts = tuple(brief)
    found = named_rows(Page(page.title, page.answer, (*parts, *page.sections)), regimes)
    return Report(
        page=page,
        brief=parts,
        figures=tuple(figures),
        cited=tuple(row_sections(found, regimes)),
        rows=tuple(row.id for row in found),
        colophon=tuple(_colophon(command, regimes, receipt, evidence)),
    )


def _colophon(
    command: str,
    regimes: Sequence[Regime],
    receipt: Receipt | None,
    evidence: Sequence[tuple[str, str]],
) -> Iterator[Line]:
    for regime in regimes:
        edition = receipt.regime_edition if receipt else regime.edition
        yield Line("Law", f"{regime.id}, edition {edition}, known until {regime.known_until}")
    if receipt is not None:
        files = ", ".join(receipt.evidence)
        yield Line("Evidence", f"digest {receipt.evidence_digest} ({files})")
    for regime_id, digest in evidence:
        yield Line("Evidence", f"{regime_id}, digest {digest}")
    yield Line("Program", f"Detente {receipt.version if receipt else __version__}")
    yield Line("Command", command)
