"""What differs between two days of the law, two bodies of evidence, or two offers."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from detente.evidence.facts import facts_of
from detente.evidence.histories import ordered
from detente.evidence.load import Evidence
from detente.law.regime import Regime
from detente.law.vocabulary import EXTENTS
from detente.offers.load import clauses, measures_of
from detente.offers.model import Offer
from detente.relief.assess import promises, shares_of
from detente.relief.frames import Framed
from detente.relief.letter import Letters
from detente.relief.spirit import fractions_if_kept
from detente.relief.standing import easings


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference: what it is about, and what each side says (None where it is silent)."""

    what: str
    id: str
    a: str | None
    b: str | None


class Comparison(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The answer of ``diff`` (``detente.comparison/1``).

    Attributes:
        regime: id of the regime.
        kind: what was compared.
        a: the first.
        b: the second.
        changes: what differs.
    """

    regime: str
    kind: Literal["dates", "evidence", "offers"]
    a: str
    b: str
    changes: tuple[Change, ...]
    schema: str = "detente.comparison/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each difference."""
        return [msgspec.to_builtins(change) for change in self.changes]


def compare_dates(regime: Regime, evidence: Evidence, a: date, b: date) -> Comparison:
    """Compare the law and the letters of two days."""
    sides = [_day(regime, evidence, day) for day in (a, b)]
    return Comparison(regime=regime.id, kind="dates", a=str(a), b=str(b), changes=_changes(*sides))


def compare_evidence(
    regime: Regime, a: Evidence, b: Evidence, day: date, names: tuple[str, str]
) -> Comparison:
    """Compare what two bodies of evidence say of facts, and the letters that follow."""
    sides = [_findings(item) | _letters(_on(regime, item, day)) for item in (a, b)]
    return Comparison(
        regime=regime.id, kind="evidence", a=names[0], b=names[1], changes=_changes(*sides)
    )


def compare_offers(regime: Regime, a: Offer, b: Offer) -> Comparison:
    """Compare what two offers give, ask and reach."""
    sides = [_offer(regime, item) for item in (a, b)]
    return Comparison(regime=regime.id, kind="offers", a=a.id, b=b.id, changes=_changes(*sides))


Side = dict[tuple[str, str], str]


def _changes(a: Side, b: Side) -> tuple[Change, ...]:
    keys = sorted(key for key in a.keys() | b.keys() if a.get(key) != b.get(key))
    return tuple(
        Change(what=what, id=id_, a=a.get((what, id_)), b=b.get((what, id_))) for what, id_ in keys
    )


def _day(regime: Regime, evidence: Evidence, day: date) -> Side:
    letters = _on(regime, evidence, day)
    statuses = {id_: letters.measure(id_) for id_ in letters.view.states}
    side: Side = {("measure", id_): status.state.status for id_, status in statuses.items()}
    side |= {("path", id_): "available" for id_ in letters.view.conditions}
    side |= {
        ("relief", id_): runs for id_ in letters.in_force if (runs := _relief(letters, id_)) != ""
    }
    return side | _letters(letters)


def _on(regime: Regime, evidence: Evidence, day: date) -> Letters:
    return Letters(regime.as_of(day), facts_of(regime, evidence, day))


def _letters(letters: Letters) -> Side:
    binding = (id_ for id_, state in letters.view.states.items() if state.status == "in-force")
    return {("letter", id_): letters.measure(id_).letter for id_ in binding}


def _relief(letters: Letters, measure: str) -> str:
    """The relief that runs for a measure, each with the day on which it would lapse."""
    return "; ".join(
        f"{item.kind} {item.path}" + (f" until {item.lapses}" if item.lapses else "")
        for item in easings(letters, measure)
        if item.value == "met"
    )


def _findings(evidence: Evidence) -> Side:
    side: Side = {}
    for item in ordered(evidence.findings):  # the latest on a subject is the one compared
        subject = item.requirement or item.component or item.finding or item.act or item.event
        said = item.extent or ("done" if item.made else "not done")
        side["finding", str(subject)] = f"{said}, {item.verification}, {item.happened}"
    return side


def _offer(regime: Regime, offer: Offer) -> Side:
    side: Side = {
        ("asked", id_): name
        for name in (offer.default_reading,)
        for id_ in measures_of(regime, offer.readings[name])
    }
    for clause in clauses(offer, "target"):
        for given in clause.components:
            fraction = given.fraction
            range_ = f" {fraction.low:g}-{fraction.high:g}" if fraction else ""
            side["given component", given.component] = f"{given.touched}{range_}"
    for id_, promise in promises(offer).items():
        side["given requirement", id_] = f"{EXTENTS[promise.rank]}{', arguable' * promise.arguable}"
    for area, share in shares_of(regime, fractions_if_kept({}, offer)).items():
        if share is not None:
            side["share if kept", area] = f"{share.low:.3f} {share.central:.3f} {share.high:.3f}"
    return side
