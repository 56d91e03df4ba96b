"""Reading files of findings, with every problem and its line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import msgspec

from detente.errors import DataError, Problem, nearest
from detente.evidence.load import Evidence
from detente.evidence.model import EvidenceFile, Finding
from detente.law.dates import span
from detente.law.decode import decode
from detente.law.read import Document, read
from detente.law.regime import Regime

SUBJECTS: Final = ("requirement", "component", "finding", "act", "event")
"""What a finding can be about."""


def load_file(path: Path, regime: Regime) -> EvidenceFile:
    """Read and check one evidence file. Raises ``DataError`` with every problem."""
    file, problems = check_file(path, regime)
    if file is None or problems:
        raise DataError(problems)
    return file


def from_rows(rows: list[dict[str, Any]], regime: Regime) -> Evidence:
    """Return findings from plain data, such as the body of a request.

    Args:
        rows: the findings, with the fields of an evidence file's.
        regime: the regime that they are about.

    Raises:
        DataError: they have problems, all of them listed.
    """
    problems: list[Problem] = []
    doc = Document("findings", rows, {})
    seen: dict[str, int | None] = {}
    found: list[Finding] = []
    for number, row in enumerate(rows, 1):
        finding = decode(Finding, row, doc, problems, number)
        if finding is not None:
            _check(finding, regime, doc, number, seen, problems)
            found.append(finding)
    if problems:
        raise DataError(problems)
    return Evidence(tuple(found), None, ("findings",))


def check_file(path: Path, regime: Regime) -> tuple[EvidenceFile | None, list[Problem]]:
    """Return an evidence file and everything that is wrong in it."""
    problems: list[Problem] = []
    try:
        doc = read(path)
    except DataError as error:
        return None, list(error.problems)
    raw = doc.data if isinstance(doc.data, dict) else {}
    rows = raw.get("findings")
    if raw and not isinstance(rows, list):
        text, advice = "findings is no list", "write the findings as - items"
        problems.append(Problem(doc.file, doc.line(doc.data, "findings"), None, text, advice))
    rows = rows if isinstance(rows, list) else []
    findings = [
        decode(Finding, row, doc, problems, doc.line(rows, number))
        for number, row in enumerate(rows)
    ]
    head = decode(EvidenceFile, raw | {"findings": ()}, doc, problems) if raw else None
    if head is None:
        if not problems:
            text, advice = "holds no findings", "see docs/data-format.md"
            problems.append(Problem(doc.file, 1, None, text, advice))
        return None, problems
    if head.regime != regime.id:
        text = f"speaks of the regime {head.regime!r}"
        line = doc.line(doc.data, "regime")
        problems.append(Problem(doc.file, line, head.id, text, f"it is read for {regime.id!r}"))
    seen: dict[str, int | None] = {}
    for finding, row in zip(findings, rows, strict=True):
        if finding is not None:
            _check(finding, regime, doc, doc.line(row), seen, problems)
    kept = tuple(item for item in findings if item is not None)
    return msgspec.structs.replace(head, findings=kept), problems


def _check(
    finding: Finding,
    regime: Regime,
    doc: Document,
    line: int | None,
    seen: dict[str, int | None],
    problems: list[Problem],
) -> None:
    faults = list(problems_of(finding, regime))
    if finding.id in seen:
        faults.append((f"the id is taken by line {seen[finding.id]}", "give it its own id"))
    seen[finding.id] = line
    problems.extend(Problem(doc.file, line, finding.id, *fault) for fault in faults)


def problems_of(finding: Finding, regime: Regime) -> Iterable[tuple[str, str]]:
    """Yield what is wrong with a finding, and what would be right.

    Sources may be ids of the regime or words (an address, a title), so they are not checked here.
    """
    subjects = [name for name in SUBJECTS if getattr(finding, name) is not None]
    if len(subjects) != 1:
        listed = " and ".join(subjects) or "nothing"
        yield f"is about {listed}", f"name exactly one of {', '.join(SUBJECTS)}"
        return
    subject = subjects[0]
    id_: str = getattr(finding, subject)
    known = {
        "requirement": [r.id for r in regime.requirements.values() if r.kind != "finding"],
        "component": regime.components,
        "finding": [r.id for r in regime.requirements.values() if r.kind == "finding"],
        "act": regime.paths,
        "event": regime.events | regime.history,
    }[subject]
    if id_ not in known:
        yield f"is about the unknown {subject} {id_!r}", nearest(id_, known)
    field = "extent" if subject in ("requirement", "component") else "made"
    if getattr(finding, field) is None:
        yield f"says nothing of {field}", f"a finding on a {subject} needs {field}"
    for name, rows in (
        ("path", regime.paths | regime.reimpositions),
        ("measures", regime.measures),
    ):
        value = getattr(finding, name)
        for item in (value,) if isinstance(value, str) else value or ():
            if item not in rows:
                yield f"names the unknown {name} {item!r}", nearest(item, rows)
    if finding.effective is not None and subject in ("requirement", "component"):
        yield f"gives a {subject} a day on which it takes effect", "effective is for decisions"
    yield from _date_problems(finding)
    for name in ("fraction", "probability"):
        range_ = getattr(finding, name)
        if range_ and not 0 <= range_.low <= range_.central <= range_.high <= 1:
            yield f"has a {name} out of order", "keep 0 <= low <= central <= high <= 1"


def _date_problems(finding: Finding) -> Iterable[tuple[str, str]]:
    try:
        happened, recorded = span(finding.happened), span(finding.recorded)
    except ValueError as error:
        yield str(error), "mend the date"
        return
    if finding.effective is not None and finding.effective < happened.start:
        yield f"takes effect on {finding.effective}, before it was made", "mend one of the dates"
    if recorded.end <= happened.start:
        yield (
            f"was recorded on {finding.recorded}, before it happened ({finding.happened})",
            "mend one of the dates; what is still to come is no finding",
        )
