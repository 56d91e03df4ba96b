"""What a package comes to: lawful by which rules, at what cost, with what pressure kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from detente.errors import UsageError
from detente.evidence.facts import Facts
from detente.law.model import Range
from detente.law.vocabulary import Truth
from detente.law.ways import ReliefPath
from detente.relief.letter import Letters, MeasureStatus
from detente.relief.rules import RULES
from detente.relief.spirit import Share
from detente.relief.unlock import Cost
from detente.talks.bridge_results import Act, Bridge, Conduct
from detente.talks.plans import Plan, eases, usable
from detente.talks.setting import Setting

Released = Callable[[Sequence[str]], tuple[Share, str] | None]
"""The share of pressure that lifting measures would release, and the ruler; None where unknown."""


def judged(
    at: Setting, plan: Plan, released: Released | None, costs: Mapping[str, Range] | None
) -> Bridge:
    """Return what a package comes to.

    Args:
        at: the offer on its day.
        plan: what it adds, relieves, and how.
        released: what lifting measures would release; measures are counted where it is not given.
        costs: cost ranges of conduct, by fact; every step counts one where not given.

    Raises:
        UsageError: a step of conduct has no cost in the file of costs.
    """
    facts = at.kept(plan.requirements)
    done = _areas_done(at, facts)
    shares = at.shares(plan.components, done)
    case = at.case(plan.relief, facts, shares)
    lawful = {name: set(plan.relief) <= set(rule(case).earned) for name, rule in RULES.items()}
    if plan.manner == "ease":
        lawful = dict.fromkeys(RULES, False) | {"legal-minimum": True}
    kept, ruler = _pressure(at, plan, released)
    return Bridge(
        name=plan.name,
        rule=plan.rule,
        manner=plan.manner,
        conduct=_conduct(at, plan),
        relief=plan.relief,
        lawful=lawful,
        cost=_cost(at, plan, costs),
        cost_unit="steps" if costs is None else "the unit of the file of costs",
        pressure_kept=kept,
        pressure_ruler=ruler,
        measures_kept=1 if plan.manner == "ease" else 1 - len(plan.relief) / len(at.in_force),
        requirements_met=_met(at, facts),
        areas=shares,
        owed=tuple(_owed(at, plan, Letters(at.view, facts))),
    )


def _areas_done(at: Setting, facts: Facts) -> list[str]:
    """The areas in which every conduct requirement of the asked measures would be met."""
    by_area: dict[str, list[Truth]] = {}
    for id_ in at.conduct_of(at.asked):
        for area in at.regime.requirements[id_].areas:
            by_area.setdefault(area, []).append(at.truth(facts, id_))
    return [area for area, found in by_area.items() if all(t is Truth.MET for t in found)]


def _conduct(at: Setting, plan: Plan) -> tuple[Conduct, ...]:
    rows = at.regime.requirements
    steps = [
        Conduct(id=id_, what="requirement", level=rows[id_].levels[-1], text=rows[id_].text)
        for id_ in plan.requirements
    ]
    parts = [at.regime.components[id_] for id_ in plan.components]
    steps += [
        Conduct(id=row.id, what="component", level="verified end-state", text=row.end_state)
        for row in parts
    ]
    return tuple(steps)


def _cost(at: Setting, plan: Plan, costs: Mapping[str, Range] | None) -> Cost | None:
    if costs is None:
        count = float(len(plan.requirements) + len(plan.components))
        return Cost(low=count, central=count, high=count)
    keys = [f"{id_}@{at.regime.requirements[id_].levels[-1]}" for id_ in plan.requirements]
    for key in keys:
        if key not in costs:
            raise UsageError(f"the costs say nothing of {key}; add it to the file")
    if plan.components:  # files of costs price facts of the law, not components
        return None
    priced = [costs[key] for key in keys]
    return Cost(
        low=sum(r.low for r in priced),
        central=sum(r.central for r in priced),
        high=sum(r.high for r in priced),
    )


def _pressure(at: Setting, plan: Plan, released: Released | None) -> tuple[Share, str]:
    told = released(plan.relief) if released is not None else None
    if plan.manner == "ease":  # the measures stay; how much single cases free is not known
        low = max(0.0, 1 - told[0].high) if told else 0.0
        return Share(low=low, central=1, high=1), "what stays if no case, or every case, is eased"
    if told is not None:
        share, ruler = told
        low, high = max(0.0, 1 - share.high), max(0.0, 1 - share.low)
        central = max(0.0, 1 - share.central)
        return Share(low=low, central=central, high=high, kind=share.kind), ruler
    kept = 1 - len(plan.relief) / len(at.in_force)
    return Share(low=kept, central=kept, high=kept), "measures in force"


def _met(at: Setting, facts: Facts) -> Share:
    found = [at.truth(facts, id_) for id_ in at.conduct_of(at.asked)]
    if not found:
        return Share(low=0, central=0, high=0)
    sure = sum(t is Truth.MET for t in found) / len(found)
    maybe = sum(t is not Truth.UNMET for t in found) / len(found)
    return Share(low=sure, central=sure, high=maybe)


def _owed(at: Setting, plan: Plan, letters: Letters) -> Iterable[Act]:
    """The acts that the relief takes, by path, each with how it could be taken back."""
    covered: dict[str, list[str]] = {}
    for id_ in plan.relief:
        for path in _paths(at, plan, letters, letters.measure(id_)):
            covered.setdefault(path.id, []).append(id_)
    for path_id, ids in covered.items():
        path = at.regime.paths[path_id]
        yield Act(
            path=path.id,
            kind=path.kind,
            decided_by=at.regime.deciders.get(path.decided_by, path.decided_by),
            measures=len(ids),
            citation=path.citation,
            lasts=path.duration or path.term,
            taken_back=_taken_back(at, path, ids),
        )


def _paths(at: Setting, plan: Plan, letters: Letters, status: MeasureStatus) -> list[ReliefPath]:
    """The path that a package would use for a measure; nothing where the law has none yet."""
    if plan.manner == "ease":
        found = [p for p in at.view.easing_paths(status.measure)
                 if eases(letters, status.measure, p)]  # fmt: skip
        return found[:1]
    ready = [p.path for p in status.paths if usable(p)]
    wanted = [p for p in ready if (p.kind == "suspension") == (plan.manner == "suspend")]
    return (wanted or ready)[:1]


def _taken_back(at: Setting, path: ReliefPath, ids: Sequence[str]) -> str:
    back = [
        item
        for item in at.regime.reimpositions.values()
        if path.id in item.ends_paths or (not item.ends_paths and set(ids) & set(item.applies_to))
    ]
    who = at.regime.deciders.get(path.decided_by, path.decided_by)
    words = [f"{item.title}, by {at.regime.deciders.get(item.decided_by, item.decided_by)}"
             for item in back]  # fmt: skip
    if path.reversal:
        words.insert(0, path.reversal)
    if path.term:
        words.append(f"it lapses by itself after {path.term}")
    return "; ".join(words) or f"only by a new decision of the same kind ({who})"
