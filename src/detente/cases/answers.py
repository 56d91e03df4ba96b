"""Everything that a case may expect of an answer, by name.

What each name means stands in the data format; ``detente.cases.expected`` says what can be
expected of it. Give a new answer the same name in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from detente.cases import alone
from detente.cases.model import Case
from detente.evidence.facts import facts_of
from detente.evidence.load import Evidence, merge, shipped
from detente.law.regime import Regime
from detente.offers.load import load as load_offer
from detente.relief.assess import assess, grounds_line
from detente.relief.dealings import letter_for_dealing
from detente.relief.explain import missing_of
from detente.relief.letter import Letters, MeasureStatus, asks_for_conduct, way_out
from detente.relief.paths import PathStatus, status_of
from detente.relief.standing import letter_by

Answers = dict[str, Any]


def answers(case: Case, regime: Regime, baseline: Evidence) -> Iterator[tuple[str, Answers]]:
    """Yield what a case asks about, and every answer there is on it.

    Args:
        case: the case.
        regime: the regime it was read for.
        baseline: the evidence that ships with the regime.
    """
    found = Evidence(case.findings, case.complete_through, ("the case",))
    if case.kind == "measure" and case.reading is not None:
        baseline = shipped(regime, case.reading)
    evidence = merge([baseline, found]) if case.baseline else found
    if case.kind == "condition":
        yield "", of_condition(case, found)
    elif case.kind == "row":
        yield case.about[0], of_row(regime, case.about[0])
    elif case.kind == "offer":
        yield case.about[0], of_offer(case, regime, evidence)
    else:
        letters = letters_on(case, regime, evidence, case.as_of)
        then = letters_on(case, regime, evidence, case.act_date) if case.act_date else None
        for id_ in case.about:
            status = letter_for_dealing(then, letters, id_) if then else letters.measure(id_)
            yield id_, of_measure(letters, status)


def letters_on(case: Case, regime: Regime, evidence: Evidence, day: date) -> Letters:
    """Return the letters of a day, on the evidence of a case."""
    view = regime.as_of(day, case.revival or "lapse", case.known_on)
    return Letters(view, facts_of(regime, evidence, view.day, case.known_on))


def of_path(status: PathStatus) -> Answers:
    """Return what can be expected of a path; ``waits_for`` are the dates in its condition."""
    return {
        "letter": letter_by(status),
        "value": "blocked" if status.blocked_by else status.value.word,
        "gate": " ".join(status.blocked_by),
        "granted": status.granted.word,
        "discretionary": status.discretionary,
        "asks_for_conduct": asks_for_conduct(status),
        "decided_by": status.path.decided_by,
        "missing": [list(keys) for keys in status.missing().sets],
        "lapses": str(status.lapses),
        "waits_for": [str(atom.due) for atom in status.atoms.values() if atom.due],
    }


def of_condition(case: Case, evidence: Evidence) -> Answers:
    """Return what can be expected of a condition judged by itself."""
    assert case.path is not None
    regime = alone.regime_of(case.path)
    facts = facts_of(regime, evidence, case.as_of, case.known_on)
    return of_path(status_of(regime.as_of(case.as_of), case.path, facts))


def of_row(regime: Regime, named: str) -> Answers:
    """Return what can be expected of a row of the data: its fields, as text."""
    table, _, id_ = named.partition("/")
    row = getattr(regime, table)[id_]
    says = {key: str(item) for key, item in msgspec.to_builtins(row).items()}
    return {
        "says": says,
        "has": list(says),
        "lacks": [name for name in row.__struct_fields__ if name not in says],
    }


def of_measure(letters: Letters, status: MeasureStatus) -> Answers:
    """Return what can be expected of a measure.

    ``path`` are the paths that can be used, ``easing`` those of them that ease it case by case.
    """
    view, facts, id_ = letters.view, letters.facts, status.measure
    ends = {path.path.id: of_path(path) for path in status.paths}
    eases = {path.id: of_path(letters.path(path, id_)) for path in view.easing_paths(id_)}
    grounds = {ground for path in status.paths for ground in path.path.grounds}
    return {
        "letter": status.letter,
        "reason": status.why,
        "in_force": status.state.status == "in-force",
        "status": status.state.status,
        "state": status.state.why,
        "way_out": way_out(status.paths),
        "path": ends | eases,
        "easing": eases,
        "no_path": [path for path in view.regime.paths if path not in {*ends, *eases}],
        "eases": list(eases),
        "grounds": {ground: grounds_line(facts, facts, ground).value for ground in grounds},
        "missing": missing_of(status)[0],
    }


def of_offer(case: Case, regime: Regime, evidence: Evidence) -> Answers:
    """Return what can be expected of an assessment."""
    seen = assess(
        regime,
        load_offer(regime, case.about[0]),
        evidence,
        as_of=case.as_of,
        known_on=case.known_on,
        reading=case.reading,
        revival=case.revival,
    )
    return {
        "counts": {"asked": seen.counts.asked, **msgspec.to_builtins(seen.regime_counts)},
        "letter": seen.counts.letter,
        "letter_if_kept": seen.counts.letter_if_kept,
        "letters": {line.measure: line.letter for line in seen.in_force},
        "rules": {rule.rule: rule.answer for rule in seen.rules},
        "earned": {rule.rule: len(rule.earned) for rule in seen.rules},
        "beside": {rule.rule: str(rule.beside) for rule in seen.rules},
        "reached": seen.requirements_reached,
        "touched": {area.area: area.touched for area in seen.areas},
        "shares": {
            area.area: [round(end, 3) for end in (share.low, share.central, share.high)]
            for area in seen.areas
            if (share := area.if_kept) is not None
        },
        "floor": {item.measure: item.floor for item in seen.asked},
        "revives": {item.measure: item.revives for item in seen.asked},
    }
