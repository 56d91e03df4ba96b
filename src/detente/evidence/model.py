"""Findings: dated, sourced statements of how far something has come and how well that is known."""

from __future__ import annotations

from datetime import date

import msgspec

from detente.law.model import Range
from detente.law.vocabulary import Confidence, Extent, Verification


class Finding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One statement about one subject. Exactly one of the five subject fields is set.

    Attributes:
        id: unique among the findings of a regime.
        requirement: the requirement it is about.
        component: the component it is about.
        finding: the decision-maker's finding it records.
        act: the relief path whose decider acted (a certification, an order, a vote).
        event: the public event it records.
        extent: how far a requirement or component has come.
        made: for findings, acts and events: done, or known not to have been done.
        verification: how well it is known.
        happened: when it was so: a date, an imprecise date, or two joined by ``/``.
        recorded: when it became known.
        sources: ids of the regime's sources, or addresses or titles in words.
        confidence: how the statement itself is known.
        path: for decisions, the relief path they were taken under; any path, where not given.
        measures: for decisions, the measures they cover; all of the path's, where not given.
        parties: the listed parties it is about (``un-sc:KPe.001``), where it is about these alone;
            it then says nothing of any measure as a whole.
        effective: for decisions, the day from which they work, where later than they were made.
        statement: what is found, in a sentence.
        fraction: for components, the share of the verified end-state that is reached.
        probability: for forecasts, the chance that the extent (or ``made``) is true.
        arguable: a reading that reasonable people dispute; counts as unknown.
        kept_since: an open-ended prohibition kept since this day stands at progress, not met;
            answers that the other reading would change say so.
        status: a short code of the component's state.
        corrects: id of the finding that this one replaces, without erasing it.
        note: remarks.
    """

    id: str
    verification: Verification
    happened: str
    recorded: str
    sources: tuple[str, ...]
    confidence: Confidence
    requirement: str | None = None
    component: str | None = None
    finding: str | None = None
    act: str | None = None
    event: str | None = None
    extent: Extent | None = None
    made: bool | None = None
    path: str | None = None
    measures: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    effective: date | None = None
    statement: str | None = None
    fraction: Range | None = None
    probability: Range | None = None
    arguable: bool = False
    kept_since: date | None = None
    status: str | None = None
    corrects: str | None = None
    note: str | None = None


class EvidenceFile(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A set of findings in one YAML file.

    Attributes:
        id: the file's name.
        regime: the regime it is about.
        title: what it is.
        acts_complete_through: up to this day every public act and vote is recorded here, so one
            that is not recorded was not done; after it, it is unknown.
        findings: the findings.
        whose: of a reading of contested findings: who holds it.
    """

    id: str
    regime: str
    title: str
    findings: tuple[Finding, ...]
    acts_complete_through: date | None = None
    whose: str | None = None
    note: str | None = None
