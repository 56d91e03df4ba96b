"""The rows of the law, as immutable values.

A regime is a set of instruments; an instrument imposes measures; a measure was imposed for issue
areas, is tied to requirements and ends or eases by relief paths. Every row cites its sources and
says how well it is known. Field docs are the reference for the YAML that lawyers edit.
"""

from __future__ import annotations

from datetime import date

import msgspec

from detente.law.vocabulary import (
    Binding,
    Confidence,
    InstrumentKind,
    Level,
    Pin,
    ReachesBack,
    RequirementKind,
    Verification,
)


class Row(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What every cited row carries.

    Attributes:
        id: unique in the regime.
        sources: ids in ``sources.yaml``.
        confidence: how the row is known.
        note: doubts and remarks, shown where the row decides an answer.
    """

    id: str
    sources: tuple[str, ...]
    confidence: Confidence
    note: str | None = None


class Range(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An estimate: low, central and high, in the unit its field names."""

    low: float
    central: float
    high: float


class Source(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Something that can be read: a text, a page, a dataset, a report."""

    id: str
    title: str
    kind: str
    url: str | None = None
    publisher: str | None = None
    year: int | None = None
    confidence: Confidence | None = None
    note: str | None = None


class IssueArea(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A concern for which sanctions were imposed. A regime declares its own.

    Attributes:
        id: unique in the regime.
        name: full name.
        short: a word or two, for lines that must be short.
        scope: what belongs to it.
        outcomes: what the area's own quantities would say, by name.
    """

    id: str
    name: str
    short: str
    scope: str
    outcomes: dict[str, Range | str] = {}


class Event(Row, frozen=True):
    """A kind of public event that a condition may refer to (a resolution of disapproval).

    Attributes:
        text: what happens.
        citation: the provision that speaks of it.
        decision: whether it is itself an act of the path's decider (a report that starts a
            clock), so that discretion may supply it.
    """

    text: str
    citation: str
    decision: bool = False


class Emergency(Row, frozen=True):
    """A declared emergency on which orders rest; it lapses on its anniversary unless continued.

    Attributes:
        text: what it is.
        declared: the day it was declared.
        instruments: ids of the orders that rest on it.
        continued_through: the last anniversary up to which a continuation is on record.
        notice: how long before the anniversary a continuation may be published.
    """

    text: str
    citation: str
    declared: date
    instruments: tuple[str, ...]
    continued_through: date
    notice: str = "90 days"


class Programme(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A list's programme tag and the authority behind it. A tag is not an authority.

    Attributes:
        tag: the tag as the list writes it.
        authority: id of the instrument.
        criteria: who can be listed under it.
        measure: the measure that a listing carries out.
        basis: whether it is about conduct or status.
        statute_overlap: measures of statutes that command the same listing.
        confidence: how the row is known.
        emergency: id of the emergency on which it rests; none, where a statute suffices.
        shared: whether parties that have nothing to do with this regime carry it too: then it
            holds a party, but makes none a party of this regime.
        note: remarks.
    """

    tag: str
    authority: str
    criteria: str
    measure: str
    basis: str
    statute_overlap: tuple[str, ...]
    confidence: Confidence
    emergency: str | None = None
    shared: bool = False
    note: str | None = None


class ListingAct(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """An act that listed parties itself, on the day it was adopted.

    Attributes:
        on: the day; an entry listed on it is taken to rest on the act.
        measures: the measures by which it listed them. Of several it cannot be told which one an
            entry rests on.
    """

    on: date
    measures: tuple[str, ...]


class ListingTerm(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A stretch of time in which all entries rested on other measures: ``[since, until)``."""

    since: date
    measures: tuple[str, ...]
    until: date | None = None


class Designations(Row, frozen=True):
    """On what the entries of a list rest, where the list itself names no authority.

    Attributes:
        source: id of the list, for example ``un-sc``.
        tag: what the list calls this regime.
        text: how the basis of an entry is told.
        measure: the measure on which an entry rests that no act below listed; none where the
            law behind it is not covered by this regime.
        acts: acts that listed parties themselves.
        terms: stretches of time in which all entries rested on other measures, whenever listed.
    """

    source: str
    tag: str
    text: str
    measure: str | None = None
    acts: tuple[ListingAct, ...] = ()
    terms: tuple[ListingTerm, ...] = ()


class Instrument(Row, frozen=True):
    """A legal text: resolution, statute, executive order, regulation, determination.

    Attributes:
        issuer: who made it.
        adopted: the day it was adopted, enacted or signed.
        adopted_by: where that is known as a month or year only, the last day it may have been;
            ``adopted`` is then the first.
        status: what was said of it, by the day on which it was said.
        schedule: dates that the instrument itself sets.
    """

    title: str
    issuer: str
    kind: InstrumentKind
    adopted: date
    citation: str
    adopted_by: date | None = None
    url: str | None = None
    status: dict[str, str] = {}
    schedule: tuple[Due, ...] = ()


class Due(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A date in the calendar of a text: something lapses, refills or falls due.

    Attributes:
        what: ``lapses``, ``refills`` or ``due``.
        text: what happens, in a sentence.
        on: the day, for something that happens once.
        every: ``year`` with ``month_day`` (``01-01``), for something that returns.
        since: first day of the series.
        until: first day on which it no longer runs.
        citation: the provision.
    """

    what: str
    text: str
    citation: str
    on: date | None = None
    month_day: str | None = None
    since: date | None = None
    until: date | None = None


class Term(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """A stretch of time in which a measure binds: ``[since, until)``.

    Attributes:
        under: the act that opened the stretch (a renewal, a re-enactment).
        confidence: how that act is known.
        reaches_back: whether a term that began after a break reaches back over it; where that
            is not settled, the measure is unknown in the break.
    """

    since: date
    until: date
    under: str
    confidence: Confidence
    reaches_back: ReachesBack = "no"


class Ended(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """How a measure ended for good: the first day on which it no longer binds, and by what act."""

    on: date
    by: str
    sources: tuple[str, ...]
    confidence: Confidence


class Measure(Row, frozen=True):
    """One restriction that a provision of an instrument imposes.

    Attributes:
        instrument: id of the instrument (in a file it is the file's own).
        provision: paragraph or section.
        pin: whether that number is certain.
        kind: what sort of restriction.
        restricts: what is restricted, in a sentence.
        binds: who must obey.
        effective: first day on which it binds.
        effective_by: where that is known as a month or year only, the last day it may have been;
            between the two it is unknown whether the measure binds.
        unused: why it does not bind though the law allows it: an item of a menu that was not
            chosen, a power that nobody used.
        carried_from: the earlier text that it continues, where it binds since before its
            instrument was adopted.
        terms: the stretches in which it binds, where it is renewed or was re-enacted; without
            them it binds from ``effective`` until it is superseded or ended.
        ended: how it ended for good.
        superseded_by: the later measure that took its place.
        hs: chapters or headings of the Harmonized System that it names.
        hs_basis: where those codes come from.
        cap: a quantity under which trade stays lawful.
        exemptions: the exemptions in words.
        programme_tag: tag on the issuer's list.
        domain: what part of life it touches.
        livelihood: civilian, mixed, weapons, elite or diplomatic.
        binding: binding or hortatory.
        requirements: what the law asks for before relief.
        areas: the issue areas for which it was imposed.
        overlaps: other measures on the same thing.
        status: what was said of its state, by day.
        schedule: dates that the provision sets.
    """

    instrument: str
    provision: str
    pin: Pin
    kind: str
    restricts: str
    binds: str
    effective: date
    domain: str
    livelihood: str
    binding: Binding
    areas: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    effective_by: date | None = None
    unused: str | None = None
    carried_from: str | None = None
    terms: tuple[Term, ...] = ()
    ended: Ended | None = None
    superseded_by: str | None = None
    hs: tuple[str, ...] = ()
    hs_basis: str | None = None
    cap: str | None = None
    exemptions: str | None = None
    programme_tag: str | None = None
    overlaps: tuple[str, ...] = ()
    status: dict[str, str] = {}
    schedule: tuple[Due, ...] = ()


class ComponentTest(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """The components that a requirement's own text names, joined by all or any."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    confidence: Confidence


class Requirement(Row, frozen=True):
    """Conduct that the law asks for before relief, or a judgement it leaves to somebody.

    Attributes:
        text: what is asked, in a sentence.
        kind: conduct of the target, of a third party, a decision-maker's finding, or a proposal.
        binding: the force of the text.
        areas: issue areas it belongs to.
        citation: the provision that asks for it.
        verified_by: how the text says it is verified.
        determined_by: who decides that it is met.
        levels: the levels that the text knows.
        pin: whether the paragraph number is certain.
        verification_min: the verification from which a finding counts.
        components: the things its own text names.
        public: for findings, whether it would be on public record once made.
    """

    text: str
    kind: RequirementKind
    binding: Binding
    areas: tuple[str, ...]
    citation: str
    determined_by: str
    levels: tuple[Level, ...]
    pin: Pin
    verified_by: str | None = None
    verification_min: Verification = "observed"
    components: ComponentTest | None = None
    public: bool = True
