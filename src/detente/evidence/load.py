"""Evidence from files: what ships with a regime, what a user adds, and how they merge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from detente.errors import DataError, Problem, nearest
from detente.evidence.model import EvidenceFile, Finding
from detente.law.cache import cached, digest
from detente.law.dates import span
from detente.law.decode import decode
from detente.law.model import Regime
from detente.law.read import Document, read

SUBJECTS = ("requirement", "component", "finding", "act", "event")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A body of findings.

    Attributes:
        findings: all of them, in the order in which they were given.
        complete_through: up to this day every public act and vote is among them.
        names: where they came from.
    """

    findings: tuple[Finding, ...] = ()
    complete_through: date | None = None
    names: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A digest of every finding and of the day of completeness."""
        import hashlib

        content = msgspec.json.encode((self.findings, self.complete_through))
        return hashlib.blake2b(content, digest_size=16).hexdigest()


def merge(parts: Iterable[Evidence]) -> Evidence:
    """Return all findings together; the latest day of completeness holds for the whole.

    Raises:
        DataError: two findings share an id.
    """
    findings: dict[str, Finding] = {}
    complete: list[date] = []
    names: list[str] = []
    for part in parts:
        for finding in part.findings:
            if findings.setdefault(finding.id, finding) != finding:
                text = f"the finding {finding.id!r} is also in {', '.join(names)}, differently"
                advice = "give it its own id, and corrects where it replaces the other"
                raise DataError([Problem(", ".join(part.names), None, finding.id, text, advice)])
        names += part.names
        if part.complete_through is not None:
            complete.append(part.complete_through)
    return Evidence(tuple(findings.values()), max(complete, default=None), tuple(names))


def shipped(regime: Regime) -> Evidence:
    """Return the evidence that comes with a regime, all its reference dates together."""
    folder = Path(regime.folder) / "evidence"
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    key = f"{regime.edition}"
    files = cached(
        f"evidence-{regime.id}",
        key,
        tuple[EvidenceFile, ...],
        lambda: tuple(load_file(path, regime) for path in paths),
    )
    return merge(_evidence(file, f"{regime.id}/{file.id}") for file in files)


def from_file(path: Path, regime: Regime) -> Evidence:
    """Return the evidence of one YAML file.

    Raises:
        DataError: the file has problems, all of them listed.
    """
    key = digest([(str(path), path)]) + regime.edition
    file = cached("evidence-file", key, EvidenceFile, lambda: load_file(path, regime))
    return _evidence(file, str(path))


def _evidence(file: EvidenceFile, name: str) -> Evidence:
    return Evidence(file.findings, file.acts_complete_through, (name,))


def load_file(path: Path, regime: Regime) -> EvidenceFile:
    """Read and check one evidence file. Raises ``DataError`` with every problem."""
    file, problems = check_file(path, regime)
    if file is None or problems:
        raise DataError(problems)
    return file


def check_file(path: Path, regime: Regime) -> tuple[EvidenceFile | None, list[Problem]]:
    """Return an evidence file and everything that is wrong in it."""
    problems: list[Problem] = []
    try:
        doc = read(path)
    except DataError as error:
        return None, list(error.problems)
    raw = doc.data if isinstance(doc.data, dict) else {}
    rows = raw.get("findings")
    rows = rows if isinstance(rows, list) else []
    findings = [decode(Finding, row, doc, problems) for row in rows]
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
        "event": regime.events,
    }[subject]
    if id_ not in known:
        yield f"is about the unknown {subject} {id_!r}", nearest(id_, known)
    field = "extent" if subject in ("requirement", "component") else "made"
    if getattr(finding, field) is None:
        yield f"says nothing of {field}", f"a finding on a {subject} needs {field}"
    for name, rows in (("path", regime.paths), ("measures", regime.measures)):
        value = getattr(finding, name)
        for item in (value,) if isinstance(value, str) else value or ():
            if item not in rows:
                yield f"names the unknown {name} {item!r}", nearest(item, rows)
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
    if recorded.end <= happened.start:
        yield (
            f"was recorded on {finding.recorded}, before it happened ({finding.happened})",
            "mend one of the dates; what is still to come is no finding",
        )


