"""What a notebook or a program calls; the command line is built on the same functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from detente.days import Day, day_of
from detente.errors import UsageError
from detente.evidence.load import Evidence, check_corrections, from_file, merge, shipped
from detente.law.load import load
from detente.law.regime import Regime
from detente.law.vocabulary import Revival
from detente.offers.load import load as _load_offer
from detente.offers.model import Offer

if TYPE_CHECKING:
    from datetime import date

    from detente.evidence.ledger import Entry
    from detente.monitor.results import Audit
    from detente.monitor.snapback import Snapback
    from detente.relief.explain import Why
    from detente.relief.results import Assessment
    from detente.relief.rules import Case, RuleAnswer
    from detente.relief.sweeps import Scenarios, Tally
    from detente.relief.unlock import Unlocked

__all__ = ["assess", "audit", "evidence_of", "load", "offer", "snapback", "sweep", "unlock", "why"]


def evidence_of(
    regime: Regime,
    files: Iterable[str | Path] = (),
    ledger: str | Path | None = None,
    reading: str | None = None,
) -> Evidence:
    """Return the evidence that ships with a regime, merged with files and a ledger.

    Args:
        regime: the regime.
        files: YAML files of findings.
        ledger: a ledger made by ``detente evidence add``.
        reading: the name of a reading of contested findings that ships with the regime.

    Raises:
        UnknownIdError: the regime ships no such reading.
        DataError: a file has problems, or the ledger was tampered with.
    """
    parts = [shipped(regime, reading), *(from_file(Path(path), regime) for path in files)]
    if ledger is not None:
        from detente.evidence.ledger import findings, read

        entries = read(Path(ledger), regime.id)
        parts.append(Evidence(findings(entries), None, (f"ledger, {len(entries)} entries",)))
    merged = merge(parts)
    check_corrections(merged)
    return merged


def record(regime: Regime, ledger: str | Path, given: Mapping[str, object]) -> Entry:
    """Add a finding to a ledger and return its entry, once it is safely on disk.

    Args:
        regime: the regime that the finding is about.
        ledger: the ledger, made where there is none.
        given: the fields of the finding, with the day on which it was recorded; without an id it
            gets one that is free.

    Raises:
        UsageError: the finding makes no sense.
        LedgerError: the ledger is broken, or the finding cannot be added.
    """
    from detente.evidence.durable import LedgerError
    from detente.evidence.entry import finding_of
    from detente.evidence.ledger import append, read

    path = Path(ledger)
    known = frozenset(item.id for item in shipped(regime).findings)
    while True:
        taken = {entry.finding.id for entry in read(path)} | known
        finding = finding_of(given, regime, taken)
        try:
            return append(path, regime.id, finding, known)
        except LedgerError:
            # Another writer may have taken an id that was made up here; then another one is.
            made = not (given.get("id") or given.get("id_")) and finding.id not in taken
            if not made or finding.id not in {entry.finding.id for entry in read(path)}:
                raise


def offer(regime: Regime, ref: str) -> Offer:
    """Return an offer by the name under which it ships with ``regime``, or by its file's path."""
    return _load_offer(regime, ref)


def assess(
    regime: Regime,
    offer: Offer | str,
    evidence: Evidence | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    reading: str | None = None,
    scope: Literal["narrow", "broad"] | None = None,
    revival: Revival | None = None,
    rules: Mapping[str, Callable[[Case], RuleAnswer]] | None = None,
    command: str = "detente.assess",
) -> Assessment:
    """Assess an offer: letter and spirit, now and if kept, and what three rules say of it.

    Args:
        regime: the regime.
        offer: the offer, its name or its file's path.
        evidence: the findings; those that ship with the regime by default.
        as_of: the day of the law and of the facts; the offer's own day by default.
        known_on: only evidence recorded by then counts.
        reading: how the ask is read; the asker's own words by default.
        scope: how disputed gives are read; None keeps the range.
        revival: whether older caps revive when their successor is lifted; None shows both.
        rules: the rules to apply, by name; the three of ``detente.relief.rules`` by default.
        command: what was called, for the receipt.
    """
    from detente.relief.assess import assess as run
    from detente.relief.rules import RULES

    return run(
        regime,
        _load_offer(regime, offer) if isinstance(offer, str) else offer,
        shipped(regime) if evidence is None else evidence,
        as_of=day_of(as_of),
        known_on=day_of(known_on),
        reading=reading,
        scope=scope,
        revival=revival,
        rules=RULES if rules is None else rules,
        command=command,
    )


def why(
    regime: Regime,
    measure: str,
    evidence: Evidence | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    act_date: Day | None = None,
    command: str = "detente.why",
) -> Why:
    """Explain the letter of one measure, with the citation at every node.

    Args:
        regime: the regime.
        measure: id of the measure.
        evidence: the findings; those that ship with the regime by default.
        as_of: the day; the regime's reference date by default.
        known_on: only evidence recorded by then counts.
        act_date: the day on which a dealing was done, where the question is about one: relief
            that came later does not reach back to it.
        command: what was called, for the receipt.

    Raises:
        UnknownIdError: the regime has no such measure.
        UsageError: the dealing was done after the day on which it is asked about.
    """
    from detente.errors import UnknownIdError
    from detente.evidence.facts import facts_of
    from detente.relief.explain import explain
    from detente.relief.letter import Letters
    from detente.relief.receipt import receipt_of

    if measure not in regime.measures:
        raise UnknownIdError("measure", measure, regime.measures)
    day = day_of(as_of) or regime.reference_date
    found = shipped(regime) if evidence is None else evidence
    known = day_of(known_on)
    dealing = day_of(act_date)
    if dealing is not None and dealing > day:
        raise UsageError(f"the dealing of {dealing} lies after {day}; ask --as-of a later day")

    def on(when: date) -> Letters:
        return Letters(regime.as_of(when, known_on=known), facts_of(regime, found, when, known))

    answer = explain(on(day), measure, on(dealing) if dealing else None)
    return msgspec.structs.replace(answer, receipt=receipt_of(regime, found, command))


def unlock(
    regime: Regime,
    measures: Iterable[str],
    evidence: Evidence | None = None,
    *,
    as_of: Day | None = None,
    known_on: Day | None = None,
    search: Literal["cheapest", "all", "pareto"] = "all",
    limit: int = 20,
    costs: str | Path | None = None,
    command: str = "detente.unlock",
) -> Unlocked:
    """Return the smallest sets of conduct, findings and acts that open measures.

    Args:
        regime: the regime.
        measures: ids of measures.
        evidence: the findings; those that ship with the regime by default.
        as_of: the day; the regime's reference date by default.
        known_on: only evidence recorded by then counts.
        search: ``cheapest`` package, ``all`` minimal ones up to ``limit``, or the ``pareto`` set
            over cost and number of measures opened.
        limit: how many sets at most.
        costs: a YAML file of cost ranges by fact.
        command: what was called, for the receipt.
    """
    from detente.evidence.facts import facts_of
    from detente.relief.receipt import receipt_of
    from detente.relief.unlock import read_costs, unlock_measures

    day = day_of(as_of) or regime.reference_date
    found = shipped(regime) if evidence is None else evidence
    known = day_of(known_on)
    facts = facts_of(regime, found, day, known)
    priced = read_costs(Path(costs), regime) if costs is not None else None
    answer = unlock_measures(
        regime.as_of(day, known_on=known), facts, list(measures),
        search=search, limit=limit, costs=priced,
    )  # fmt: skip
    return msgspec.structs.replace(answer, receipt=receipt_of(regime, found, command))


def sweep(
    regime: Regime,
    scenarios: Scenarios,
    evidence: Evidence | None = None,
    *,
    as_of: Day | None = None,
    arrays: bool = False,
) -> dict[str, Tally]:
    """Evaluate every usable relief path of a regime in many scenarios at once.

    Args:
        regime: the regime.
        scenarios: values of facts, a bit for each scenario (see ``detente.relief.sweeps``). A fact
            that no scenario speaks of keeps the value that evidence and calendar give it.
        evidence: the findings; those that ship with the regime by default.
        as_of: the day; the regime's reference date by default.
        arrays: whether to return also in which scenarios each path is met, as bits.

    Returns:
        In how many scenarios each path is met, unmet and unknown, by id.
    """
    from detente.evidence.facts import facts_of
    from detente.relief import sweeps
    from detente.relief.paths import swept

    day = day_of(as_of) or regime.reference_date
    found = shipped(regime) if evidence is None else evidence
    formulas, known = swept(regime.as_of(day), facts_of(regime, found, day))
    return sweeps.sweep(formulas, sweeps.filled(scenarios, known), arrays)


def audit(
    regime: Regime,
    evidence: Evidence | None = None,
    *,
    since: Day | None = None,
    until: Day | None = None,
    reading: str | None = None,
) -> Audit:
    """Hold what in fact happened to a regime against the law and the evidence of its day.

    Args:
        regime: the regime.
        evidence: the findings; those that ship with the regime by default.
        since: only what happened on that day or later.
        until: only what happened by that day.
        reading: the reading of contested findings by which ``evidence`` was made; the verdicts of
            every other reading stand beside where they differ.
    """
    from detente.monitor.audit import audit as run

    first, last = day_of(since), day_of(until)
    if first is not None and last is not None and last < first:
        raise UsageError(f"until {last} lies before since {first}; turn them round")
    found = shipped(regime, reading) if evidence is None else evidence
    return run(regime, found, since=first, until=last, readings=_other_readings(regime, reading))


def snapback(
    regime: Regime,
    evidence: Evidence | None = None,
    *,
    as_of: Day | None = None,
    only: str | None = None,
    reading: str | None = None,
) -> Snapback:
    """Return where the re-impositions of a regime stand: notice, clock, vote, what comes back.

    Args:
        regime: the regime.
        evidence: the findings; those that ship with the regime by default.
        as_of: the day; the regime's reference date by default.
        only: id of one re-imposition; all by default.
        reading: the reading of contested findings by which ``evidence`` was made.

    Raises:
        UnknownIdError: the regime has no such re-imposition.
    """
    from detente.monitor.snapback import snapback as run

    day = day_of(as_of) or regime.reference_date
    found = shipped(regime, reading) if evidence is None else evidence
    return run(regime, found, day, only=only, readings=_other_readings(regime, reading))


def _other_readings(regime: Regime, reading: str | None) -> dict[str, Evidence]:
    """The shipped evidence on every reading but the one that is used, by its name."""
    from detente.evidence.load import readings

    others = {name: shipped(regime, name) for name in readings(regime) if name != reading}
    return others if reading is None else {"those who ship the data": shipped(regime)} | others
