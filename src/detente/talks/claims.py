"""The claims of a brief, each with a verdict, the computation behind it and its citation.

A verdict is about the sentence, not about whoever wrote it: ``holds``, ``partly``, ``fails``, or
``not-checkable`` where nothing that is known here decides it. Where a claim is about what should
be done, only what it rests on is checked.
"""

from __future__ import annotations

from typing import Any

import msgspec

from detente.monitor.results import Audit
from detente.pressure.model import Pressure
from detente.relief.frames import Framed
from detente.relief.receipt import Receipt
from detente.talks.bridge_results import Bridges
from detente.talks.briefs import Brief, Claim, Kind
from detente.talks.gap_results import Gap
from detente.talks.precedents import Precedents
from detente.talks.setting import Setting
from detente.talks.verdicts import Found, Verdict


class Known(msgspec.Struct, frozen=True):
    """Everything that a check may look at.

    Attributes:
        at: the offer on its day.
        gap: its rulers.
        bridges: its lawful packages.
        audit: what happened to the regime up to the day of the brief, with verdicts.
        listed: how many delistings a monitor of lists found without a stated ground, and how many
            editions it held; None where no list is kept.
        cases: earlier deals.
        pressure: levers, trade and estimates.
    """

    at: Setting
    gap: Gap
    bridges: Bridges
    audit: Audit
    listed: tuple[int, int] | None
    cases: Precedents
    pressure: Pressure


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """One claim, checked.

    Attributes:
        claim: its id.
        text: the sentence.
        kind: what sort of claim it is.
        verdict: ``holds``, ``partly``, ``fails`` or ``not-checkable``.
        why: why, in a sentence or two.
        numbers: the numbers behind it, by name.
        citation: what the answer rests on.
        confidence: how that is known.
        note: doubts.
    """

    claim: str
    text: str
    kind: Kind
    verdict: Verdict
    why: str
    numbers: dict[str, Any]
    citation: str
    confidence: str
    note: str | None


class Claims(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """A brief, checked (``detente.claims/1``)."""

    brief: str
    title: str
    publisher: str
    regime: str
    offer: str
    claims: tuple[Checked, ...]
    receipt: Receipt | None = None
    schema: str = "detente.claims/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each claim."""
        return [
            {
                "claim": item.claim, "text": item.text, "kind": item.kind,
                "verdict": item.verdict, "why": item.why, "citation": item.citation,
            }
            for item in self.claims
        ]  # fmt: skip


def checked(brief: Brief, known: Known) -> Claims:
    """Return every claim of a brief with its verdict."""
    return Claims(
        brief=brief.id,
        title=brief.title,
        publisher=brief.publisher,
        regime=brief.regime,
        offer=brief.offer,
        claims=tuple(_checked(claim, known) for claim in brief.claims),
    )


def _checked(claim: Claim, known: Known) -> Checked:
    from detente.talks.checks import CHECKS

    found: Found = CHECKS[claim.check](claim, known)
    return Checked(
        claim=claim.id,
        text=claim.text,
        kind=claim.kind,
        verdict=found.verdict,
        why=found.why,
        numbers=found.numbers,
        citation=found.citation,
        confidence=found.confidence,
        note=claim.note,
    )
