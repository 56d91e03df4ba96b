"""Evidence from files: what ships with a regime, what a user adds, and how they merge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from detente.errors import DataError, Problem
from detente.evidence.model import EvidenceFile, Finding
from detente.law.cache import cached, digest
from detente.law.regime import Regime


class Evidence(msgspec.Struct, frozen=True):
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
        lambda: tuple(_read(path, regime) for path in paths),
    )
    return merge(_evidence(file, f"{regime.id}/{file.id}") for file in files)


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
