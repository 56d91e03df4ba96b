"""The findings of a case: verified and on its day, unless it says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

from detente.errors import Problem, nearest
from detente.evidence.files import problems_of
from detente.evidence.model import Finding
from detente.law.decode import decode
from detente.law.read import Document
from detente.law.regime import Regime


def findings_of(
    rows: list[Any], day: str, doc: Document, regime: Regime, problems: list[Problem]
) -> tuple[Finding, ...]:
    """Return the findings of a case.

    ``requirement: r-us-401-*`` speaks of every such requirement, save the one named as ``but``.

    Args:
        rows: the findings as written.
        day: when they happened, where they do not say.
        doc: the document they stand in, for lines.
        regime: the regime they are about.
        problems: every problem found is added here.
    """
    found: list[Finding] = []
    for number, raw in enumerate(rows):
        line = doc.line(rows, number)
        if not isinstance(raw, dict):
            decode(Finding, raw, doc, problems, line)
            continue
        own: list[Problem] = []
        for id_ in _spoken_of(raw, doc, regime, own):
            finding = decode(Finding, _filled(raw, number, id_, day, doc, line), doc, own)
            if finding is not None:
                faults = problems_of(finding, regime)
                own += [Problem(doc.file, doc.line(raw), finding.id, *fault) for fault in faults]
                found.append(finding)
        shown = raw["id"] if isinstance(raw.get("id"), str) else None
        problems += dict.fromkeys(problem._replace(id=shown) for problem in own)
    return tuple(found)


def _spoken_of(
    raw: dict[str, Any], doc: Document, regime: Regime, problems: list[Problem]
) -> Iterator[str | None]:
    """Yield the requirements that a finding speaks of; None where it is about something else."""

    def report(key: str, text: str, advice: str) -> None:
        problems.append(Problem(doc.file, doc.line(raw, key), None, text, advice))

    pattern, but = raw.get("requirement"), raw.get("but")
    if not isinstance(pattern, str) or "*" not in pattern:
        if "but" in raw:
            report("but", "excepts something from one finding", "write but beside r-some-*")
        yield pattern if isinstance(pattern, str) else None
        return
    conduct = [row.id for row in regime.requirements.values() if row.kind != "finding"]
    named = [id_ for id_ in conduct if fnmatchcase(id_, pattern)]
    if not named:
        report("requirement", f"names no requirement like {pattern!r}", nearest(pattern, conduct))
    if "but" in raw and but not in named:
        report("but", f"excepts {str(but)[:80]!r}, which is not among them",
               nearest(str(but)[:80], named))  # fmt: skip
    yield from (id_ for id_ in named if id_ != but)


def _filled(
    raw: dict[str, Any], number: int, id_: str | None, day: str, doc: Document, line: int | None
) -> dict[str, Any]:
    """Return a finding with what it left unsaid, at the line where it stands."""
    said = {key: item for key, item in raw.items() if key != "but"}
    if id_ is not None:
        said["requirement"] = id_
    for key in ("happened", "recorded"):
        if type(said.get(key)) is int:  # a year alone needs no quotes here
            said[key] = str(said[key])
    given = {
        "id": f"case-{number + 1}" + (f"-{id_}" if id_ else ""), "sources": ["case"],
        "confidence": "analyst", "verification": "verified", "happened": day,
    }  # fmt: skip
    filled = given | {"recorded": said.get("happened", day)} | said
    for key in (*filled, None):
        doc.lines[id(filled), key] = doc.lines.get((id(raw), key)) or line or 1
    return filled
