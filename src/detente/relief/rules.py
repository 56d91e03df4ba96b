"""Three rules for judging an ask. None is the tool's opinion; the first is the brief's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from detente.evidence.facts import Facts
from detente.law.asof import AsOf
from detente.law.conditions import Fact
from detente.law.regime import Regime
from detente.law.vocabulary import Truth
from detente.relief.letter import MeasureStatus
from detente.relief.spirit import Share

Answer = Literal["accept", "counter", "walk-away"]


class RuleAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule says to an ask.

    Attributes:
        rule: its name.
        definition: what it asks, in a sentence.
        answer: nothing unearned, ``accept``; nothing earned, ``walk-away``; else ``counter``.
        earned: the asked measures that are earned.
        unearned: the others.
        why: the answer in a sentence.
        beside: what the rule says under another reading that changes its answer, by reading.
    """

    rule: str
    definition: str
    answer: Answer
    earned: tuple[str, ...]
    unearned: tuple[str, ...]
    why: str
    beside: dict[str, str] = {}


class Case(msgspec.Struct, frozen=True):
    """Everything a rule may look at.

    Attributes:
        view: the law of the day.
        asked: the asked measures that bind on the day.
        in_force: every measure that does.
        facts: the state of every fact now.
        facts_kept_met: the same, where a prohibition kept so far counts as met.
        statuses: the letter of each asked measure now.
        if_kept: the share of each area with the gives carried out in full; None for an area of
            which no component is listed.
    """

    view: AsOf
    asked: tuple[str, ...]
    in_force: tuple[str, ...]
    facts: Facts
    facts_kept_met: Facts
    statuses: Mapping[str, MeasureStatus]
    if_kept: Mapping[str, Share | None]


def compliance_first(case: Case) -> RuleAnswer:
    """An asked measure is earned when every conduct requirement that it is tied to is met now."""
    regime = case.view.regime
    earned = [id_ for id_ in case.asked if _complied(regime, id_, case.facts)]
    other = [id_ for id_ in case.asked if _complied(regime, id_, case.facts_kept_met)]
    beside = {}
    if other != earned:
        extra = [id_ for id_ in other if id_ not in earned]
        beside["kept prohibitions read as met"] = (
            f"{len(other)} of {len(case.asked)} earned, with {', '.join(extra)}"
        )
    why = (
        f"of {len(case.asked)} measures asked for, {len(earned)} have every conduct requirement met"
    )
    return _answer(compliance_first, case, earned, why, beside)


def _complied(regime: Regime, measure: str, facts: Facts) -> bool:
    """Whether conduct earns the measure; one that is tied to no conduct cannot be earned by any."""
    rows = [regime.requirements[id_] for id_ in regime.measures[measure].requirements]
    conduct = [row for row in rows if row.kind == "conduct"]
    return bool(conduct) and all(
        facts.state(Fact(kind="requirement", id=row.id, level=row.levels[-1])).truth is Truth.MET
        for row in conduct
    )


def proportional(case: Case) -> RuleAnswer:
    """Earned while, in each of its areas, asked over in force stays within the share if kept.

    Measures with the fewest areas come first, then by id.
    """
    sets = {end: _proportional(case, end) for end in ("low", "central", "high")}
    beside = {
        f"at the {end} share": f"{len(sets[end])} of {len(case.asked)} earned"
        for end in ("low", "high")
    }
    why = f"{len(sets['central'])} of {len(case.asked)} fit within the central shares if kept"
    unknown = [area for area, share in case.if_kept.items() if share is None]
    if unknown:
        beside["share not known"] = (
            f"no component is listed of {', '.join(unknown)}: nothing can be earned there"
        )
    return _answer(proportional, case, sets["central"], why, beside)


def _proportional(case: Case, end: str) -> list[str]:
    measures = case.view.regime.measures
    in_force: dict[str, int] = {}
    for id_ in case.in_force:
        for area in measures[id_].areas:
            in_force[area] = in_force.get(area, 0) + 1
    given = dict.fromkeys(in_force, 0)
    earned = []
    for id_ in sorted(case.asked, key=lambda item: (len(measures[item].areas), item)):
        areas = measures[id_].areas
        if areas and all(_fits(case, end, area, given[area] + 1, in_force[area]) for area in areas):
            earned.append(id_)
            for area in areas:
                given[area] += 1
    return earned


def _fits(case: Case, end: str, area: str, asked: int, in_force: int) -> bool:
    share = case.if_kept[area]
    return share is not None and asked <= getattr(share, end) * in_force


def legal_minimum(case: Case) -> RuleAnswer:
    """Earned when the letter of the law is open or discretionary."""
    earned = [id_ for id_ in case.asked if case.statuses[id_].letter in ("open", "discretionary")]
    deciders = dict.fromkeys(
        case.view.regime.deciders.get(path.path.decided_by, path.path.decided_by)
        for id_ in earned
        for path in case.statuses[id_].paths
        if path.discretionary or path.value is Truth.MET
    )
    whose = f"; the decision is with {', '.join(deciders)}" if deciders else ""
    why = f"the law lets {len(earned)} of {len(case.asked)} end{whose}"
    return _answer(legal_minimum, case, earned, why, {})


RULES: Final[dict[str, Callable[[Case], RuleAnswer]]] = {
    "compliance-first": compliance_first,
    "proportional": proportional,
    "legal-minimum": legal_minimum,
}
"""The rules by name; a caller may pass others of the same shape."""


def _answer(
    rule: Callable[[Case], RuleAnswer],
    case: Case,
    earned: Sequence[str],
    why: str,
    beside: dict[str, str],
) -> RuleAnswer:
    """Wrap a rule's earned set; the definition that users read is the rule's own docstring."""
    kept = set(earned)
    unearned = tuple(id_ for id_ in case.asked if id_ not in kept)
    answer: Answer = "accept" if not unearned else "counter" if earned else "walk-away"
    definition = " ".join((rule.__doc__ or "").split())
    return RuleAnswer(
        rule=rule.__name__.replace("_", "-"),
        definition=definition,
        answer=answer,
        earned=tuple(id_ for id_ in case.asked if id_ in kept),
        unearned=unearned,
        why=why,
        beside=beside,
    )
