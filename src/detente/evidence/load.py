"""Evidence from files: what ships with a regime, what a user adds, and how they merge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from detente.errors import DataError, Problem, UnknownIdError, nearest
from detente.evidence.model import EvidenceFile, Finding
from detente.law.cache import cached, digest
from detente.law.history import HistoryEvent
from detente.law.regime import Regime


class Evidence(msgspec.Struct, frozen=True):
    """A body of findings.

    Attributes:
        findings: all of them, in the order in which they were given.
        complete_through: up to this day every public act and vote is among them.
        names: where they came from.
        complete_days: every day up to which some part of them was complete.
    """

    findings: tuple[Finding, ...] = ()
    complete_through: date | None = None
    names: tuple[str, ...] = ()
    complete_days: tuple[date, ...] = ()

    def complete_on(self, known_on: date | None) -> date | None:
        """Return up to which day the record of acts was known to be complete.

        That it is complete to a day is itself known only from that day on.
        """
        if known_on is None:
            return self.complete_through
        days = {*self.complete_days, self.complete_through} - {None}
        return max((day for day in days if day is not None and day <= known_on), default=None)

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
            complete += [*part.complete_days, part.complete_through]
    through = max(complete, default=None)
    days = tuple(sorted(set(complete)))
    return Evidence(tuple(findings.values()), through, tuple(names), days)


def check_corrections(evidence: Evidence) -> None:
    """Refuse a correction of nothing: it would leave what it meant to mend as it was.

    Raises:
        DataError: a finding corrects itself, or one that is not there.
    """
    known = {item.id for item in evidence.findings}
    for finding in evidence.findings:
        named = finding.corrects
        if named is not None and (named not in known or named == finding.id):
            said = "itself" if named == finding.id else f"the unknown finding {named!r}"
            advice = nearest(named, known - {finding.id})
            names = ", ".join(evidence.names)
            raise DataError([Problem(names, None, finding.id, f"corrects {said}", advice)])


def shipped(regime: Regime, reading: str | None = None) -> Evidence:
    """Return the evidence that comes with a regime, all its reference dates together.

    Every event of the regime's history is in it: what happened is on the record.

    Args:
        regime: the regime.
        reading: the name of a reading of contested findings, which then takes their place.

    Raises:
        UnknownIdError: the regime ships no such reading.
    """
    files = _files(regime, "evidence")
    parts = [_evidence(file, f"{regime.id}/{file.id}") for file in files]
    if regime.history:
        parts.append(Evidence(tuple(map(_happened, regime.history.values()))))
    if reading is not None:
        found = readings(regime)
        if reading not in found:
            raise UnknownIdError(f"reading of contested findings in {regime.id}", reading, found)
        parts.append(_evidence(found[reading], f"{regime.id}/{reading}"))
    return merge(parts)


def readings(regime: Regime) -> dict[str, EvidenceFile]:
    """Return the readings of contested findings that come with a regime, by name."""
    return {file.id: file for file in _files(regime, "readings")}


def _files(regime: Regime, part: str) -> tuple[EvidenceFile, ...]:
    folder = Path(regime.folder) / part
    paths = sorted(folder.glob("*.yaml")) if regime.folder and folder.is_dir() else []
    if not paths:
        return ()
    return cached(
        f"{part}-{regime.id}",
        regime.edition,
        tuple[EvidenceFile, ...],
        lambda: tuple(_read(path, regime) for path in paths),
    )


def _happened(event: HistoryEvent) -> Finding:
    """The finding that an event of the history happened."""
    return Finding(
        id=event.id, event=event.id, made=True, verification="verified", happened=event.date,
        recorded=event.date, sources=event.sources, confidence=event.confidence,
        statement=event.text,
    )  # fmt: skip


def from_file(path: Path, regime: Regime) -> Evidence:
    """Return the evidence of one YAML file.

    Raises:
        DataError: the file has problems, all of them listed.
    """
    key = digest([(str(path), path)]) + regime.edition
    file = cached("evidence-file", key, EvidenceFile, lambda: _read(path, regime))
    return _evidence(file, str(path))


def _read(path: Path, regime: Regime) -> EvidenceFile:
    from detente.evidence.files import load_file  # reads YAML: only a cold command does

    return load_file(path, regime)


def _evidence(file: EvidenceFile, name: str) -> Evidence:
    return Evidence(file.findings, file.acts_complete_through, (name,))
