"""What an audit says (``detente.audit/1``)."""

from __future__ import annotations

import datetime
from typing import Any, Literal

import msgspec

from detente.relief.frames import Framed

Verdict = Literal["earned", "discretionary", "unearned", "early", "late", "lapsed"]
"""``earned``: the law asks for conduct, and it was met. ``discretionary``: it asks for none, or
relief with no end of its own was taken back. ``unearned``: the condition was not met. ``early``: it
was met only later. ``late``: it had been met before. ``lapsed``: time alone ended it, the measure
or the relief."""


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """One fact on which a verdict turns.

    Attributes:
        fact: the fact as one word.
        value: ``met``, ``unmet`` or ``unknown``, on the evidence then known.
        citation: the provision that asks for it.
        evidence: what the evidence says.
    """

    fact: str
    value: str
    citation: str
    evidence: str | None


class Spirit(msgspec.Struct, frozen=True, kw_only=True):
    """The conduct to which the measures are tied, on the evidence then known.

    Attributes:
        met: requirements met in full.
        unmet: requirements found unmet.
        unknown: requirements of which nothing sufficient is known.
    """

    met: int
    unmet: int
    unknown: int


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One event held against the law and the evidence known on its day.

    Attributes:
        event: id of the event.
        date: when it happened, as recorded.
        effective: the first day on which it surely worked.
        text: what happened.
        effect: what it did to the measures; None where it changed none.
        measures: the measures that it changed.
        path: the relief path or re-imposition that was used.
        decided_by: whose decision that is.
        verdict: the verdict on the letter; None where there is none.
        why: the verdict in a sentence, or why there is none.
        citation: the provision, or the act, on which that rests.
        basis: the facts on which it turns.
        spirit: the conduct to which the measures are tied.
        beside: the verdict on other readings of contested findings, where it differs.
        difference: where the record and the law with the evidence differ afterwards, how.
        disputed: whether the event's validity or meaning is contested.
        sources: sources of the event.
        confidence: how the event is known.
        note: doubts.
    """

    event: str
    date: str
    effective: datetime.date
    text: str
    effect: str | None
    measures: tuple[str, ...]
    path: str | None
    decided_by: str | None
    verdict: Verdict | None
    why: str
    citation: str
    basis: tuple[Basis, ...]
    spirit: Spirit | None
    beside: dict[str, str]
    difference: str | None
    disputed: bool
    sources: tuple[str, ...]
    confidence: str
    note: str | None


class Audit(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """Every event of a regime's history, oldest first."""

    regime: str
    entries: tuple[AuditEntry, ...]
    schema: str = "detente.audit/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each entry."""
        return [
            {
                "event": item.event,
                "date": item.date,
                "effect": item.effect or "",
                "measures": " ".join(item.measures),
                "path": item.path or "",
                "verdict": item.verdict or "",
                "why": item.why,
                "citation": item.citation,
                "difference": item.difference or "",
                "confidence": item.confidence,
            }
            for item in self.entries
        ]
