"""Lawful bridges: packages of conduct and relief near an offer, and the grid of its bargain.

A bridge keeps what the offer gives, adds the least conduct that a rule asks for, and relieves what
that conduct earns and no more. It says what the deciders then owe and who could take it back:
without that, one side's promise is credible and the other's is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from detente.errors import UsageError
from detente.evidence.facts import Facts
from detente.law.model import Range
from detente.law.vocabulary import Truth
from detente.law.ways import ReliefPath
from detente.relief.letter import Letters, MeasureStatus
from detente.relief.rules import RULES
from detente.relief.spirit import Share, largest_remaining
from detente.relief.standing import letter_by
from detente.relief.unlock import Cost, unlock_measures
from detente.talks.bridge_results import Act, Bridge, Bridges, Conduct, Manner
from detente.talks.setting import Setting

LIMIT: Final = 4096
"""Unions of conduct that are tried at most; beyond them the answer is ``capped``."""

Released = Callable[[Sequence[str]], tuple[Share, str] | None]
"""The share of pressure that lifting measures would release, and the ruler; None where unknown."""


class _Plan(msgspec.Struct, frozen=True):
    """A package before it is judged: what it adds, relieves, and how."""

    name: str
    rule: str
    manner: Manner
    requirements: tuple[str, ...]
    components: tuple[str, ...]
    relief: tuple[str, ...]


def bridges(
    at: Setting,
    *,
    released: Released | None = None,
    costs: Mapping[str, Range] | None = None,
    side: Literal["sender", "target"] | None = None,
) -> Bridges:
    """Return the lawful packages near an offer.

    Args:
        at: the offer on its day.
        released: what lifting measures would release; measures are counted where it is not given.
        costs: cost ranges of conduct, by fact; every step counts one where not given.
        side: for whom to order: the sender looks for pressure kept, the target for relief at
            least cost. By default, by how little a package adds to the offer.

    Raises:
        UsageError: a step of conduct has no cost in the file of costs.
    """
    earned, complete = _compliance(at)
    plans = [_as_offered(at), *_legal_minimum(at), *earned, *_proportional(at)]
    found = [_judged(at, plan, released, costs) for plan in _distinct(plans)]
    found = _marked(found)
    return Bridges(
        regime=at.regime.id,
        offer=at.offer.id,
        reading=at.reading,
        as_of=at.view.day,
        side=side,
        asked=len(at.asked),
        packages=tuple(sorted(found, key=lambda item: _order(item, side))),
        bargain=None,
        threshold=None,
        rules={name: " ".join((rule.__doc__ or "").split()) for name, rule in RULES.items()},
        proved="complete" if complete else "capped",
    )


def _distinct(plans: Iterable[_Plan]) -> list[_Plan]:
    """The plans without those that say the same as an earlier one."""
    kept: dict[tuple[object, ...], _Plan] = {}
    for plan in plans:
        key = (plan.manner, frozenset(plan.requirements), plan.components, plan.relief)
        kept.setdefault(key, plan)
    return list(kept.values())


def _order(item: Bridge, side: str | None) -> tuple[float, ...]:
    lawful = -float(any(item.lawful.values()))
    added = item.cost.central if item.cost else float(len(item.conduct))
    if side == "sender":
        return lawful, -item.pressure_kept.central, -item.requirements_met.central, added
    if side == "target":
        return lawful, -float(len(item.relief)), added
    return lawful, added, -float(len(item.relief))


# What may be put together


def _as_offered(at: Setting) -> _Plan:
    return _Plan("as offered", "as offered", "end", (), (), at.asked)


def _legal_minimum(at: Setting) -> list[_Plan]:
    """What the law lets happen on the offer's conduct: end, suspend, or ease case by case."""
    letters = Letters(at.view, at.kept())
    free = [id_ for id_ in at.asked if letters.measure(id_).letter in ("open", "discretionary")]
    suspended = [
        id_
        for id_ in free
        if any(p.path.kind == "suspension" and _usable(p) for p in letters.measure(id_).paths)
    ]
    eased = [
        id_ for id_ in at.asked if any(_eases(letters, id_, p) for p in at.view.easing_paths(id_))
    ]
    rule, plans = "legal-minimum", []
    for name, manner, ids in (
        ("the law's least: end", "end", free),
        ("the law's least: suspend", "suspend", suspended),
        ("the law's least: ease case by case", "ease", eased),
    ):
        if ids:
            kind: Manner = manner  # type: ignore[assignment]  # the three are its words
            plans.append(_Plan(name, rule, kind, (), (), tuple(ids)))
    stuck = [id_ for id_ in at.asked if id_ not in free and letters.measure(id_).paths]
    if stuck:
        opened = unlock_measures(at.view, at.kept(), stuck, search="cheapest")
        for item in opened.sets:
            steps = tuple(dict.fromkeys(step.requirement for step in item.conduct))
            relief = tuple(id_ for id_ in at.asked if id_ in {*free, *stuck})
            plans.append(_Plan("the law's least: all that conduct opens", rule, "end", steps, (),
                               relief))  # fmt: skip
    return plans


def _eases(letters: Letters, measure: str, path: ReliefPath) -> bool:
    return letter_by(letters.path(path, measure)) in ("open", "discretionary")


def _usable(status: object) -> bool:
    return bool(getattr(status, "discretionary", False)) or (
        getattr(status, "value", Truth.UNMET) is Truth.MET
    )


def _compliance(at: Setting) -> tuple[list[_Plan], bool]:
    """Every package of conduct that earns something more by compliance first.

    Asked measures fall into few groups by the conduct that they still lack; what a package earns
    changes only where it completes a group, so the unions of the groups' lacks are all there is.
    """
    facts = at.kept()
    lacks: dict[frozenset[str], list[str]] = {}
    for id_ in at.asked:
        conduct = at.conduct_of([id_])
        if conduct:
            missing = frozenset(r for r in conduct if at.truth(facts, r) is not Truth.MET)
            lacks.setdefault(missing, []).append(id_)
    unions: set[frozenset[str]] = {frozenset()}
    for missing in sorted(lacks, key=lambda item: (len(item), sorted(item))):
        if len(unions) * 2 > LIMIT:
            break
        unions |= {one | missing for one in unions}
    complete = len(unions) < LIMIT and all(missing in unions for missing in lacks)
    plans = []
    for union in sorted(unions, key=lambda item: (len(item), sorted(item))):
        earned = {id_ for missing, ids in lacks.items() if missing <= union for id_ in ids}
        if earned:
            relief = tuple(id_ for id_ in at.asked if id_ in earned)
            steps = tuple(r for r in at.conduct_of(at.asked) if r in union)
            plans.append(
                _Plan(f"comply first: {len(steps)} steps", "compliance-first", "end", steps, (),
                      relief)
            )  # fmt: skip
    return plans, complete


def _proportional(at: Setting) -> list[_Plan]:
    """For every number of measures, the fewest further components that bear it in proportion.

    Measures come in the rule's own order, so each number asks for a share of each area; taking
    the heaviest components first reaches a share with the fewest.
    """
    measures = at.regime.measures
    in_force: dict[str, int] = {}
    for id_ in at.in_force:
        for area in measures[id_].areas:
            in_force[area] = in_force.get(area, 0) + 1
    given = dict.fromkeys(in_force, 0)
    queue = {area: _heaviest(at, area) for area in at.regime.areas}
    plans, relief = [], []
    added: dict[str, int] = dict.fromkeys(at.regime.areas, 0)
    for id_ in sorted(at.asked, key=lambda item: (len(measures[item].areas), item)):
        areas = measures[id_].areas
        wanted = {area: (given[area] + 1) / in_force[area] for area in areas}
        if not areas or not all(_reach(at, area, wanted[area], queue, added) for area in areas):
            continue
        relief.append(id_)
        for area in areas:
            given[area] += 1
        components = tuple(c for area in queue for c in queue[area][: added[area]])
        kept = tuple(m for m in at.asked if m in set(relief))
        name = f"in proportion: {len(relief)} of {len(at.asked)}"
        plans.append(_Plan(name, "proportional", "end", (), components, kept))
    return _fullest(plans)


def _fullest(plans: Iterable[_Plan]) -> list[_Plan]:
    """Of plans with the same conduct, the one that relieves most."""
    best: dict[tuple[str, ...], _Plan] = {}
    for plan in plans:
        best[plan.components] = plan  # later plans relieve more
    return list(best.values())


def _heaviest(at: Setting, area: str) -> list[str]:
    rows = [c for c in at.regime.components.values() if c.area == area]
    return largest_remaining(rows, at.fractions, len(rows))


def _reach(
    at: Setting, area: str, wanted: float, queue: Mapping[str, list[str]], added: dict[str, int]
) -> bool:
    """Add components of an area until its central share bears ``wanted``; whether it can."""
    count = added[area]
    while count <= len(queue[area]):
        share = at.shares([c for a, n in added.items() for c in queue[a][:n]]
                          + queue[area][:count])[area]  # fmt: skip
        if share is None:
            return False
        if share.central >= wanted:
            added[area] = count
            return True
        count += 1
    return False


# What it comes to


def _judged(
    at: Setting, plan: _Plan, released: Released | None, costs: Mapping[str, Range] | None
) -> Bridge:
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


def _conduct(at: Setting, plan: _Plan) -> tuple[Conduct, ...]:
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


def _cost(at: Setting, plan: _Plan, costs: Mapping[str, Range] | None) -> Cost | None:
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


def _pressure(at: Setting, plan: _Plan, released: Released | None) -> tuple[Share, str]:
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


def _owed(at: Setting, plan: _Plan, letters: Letters) -> Iterable[Act]:
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


def _paths(at: Setting, plan: _Plan, letters: Letters, status: MeasureStatus) -> list[ReliefPath]:
    """The path that a package would use for a measure; nothing where the law has none yet."""
    if plan.manner == "ease":
        found = [p for p in at.view.easing_paths(status.measure)
                 if _eases(letters, status.measure, p)]  # fmt: skip
        return found[:1]
    usable = [p.path for p in status.paths if _usable(p)]
    wanted = [p for p in usable if (p.kind == "suspension") == (plan.manner == "suspend")]
    return (wanted or usable)[:1]


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


def _marked(found: list[Bridge]) -> list[Bridge]:
    """Mark the packages that no other lawful one beats in cost, pressure kept and requirements."""
    import numpy as np

    from detente.talks.bargain import undominated

    candidates = [
        i for i, b in enumerate(found)
        # what easing case by case keeps is not known, so it beats nothing
        if b.cost is not None and b.manner != "ease" and any(b.lawful.values())
    ]  # fmt: skip
    if not candidates:
        return found
    values = np.array([
        [-b.cost.central if b.cost else 0, b.pressure_kept.central, b.requirements_met.central]
        for b in (found[i] for i in candidates)
    ])  # fmt: skip
    best = {candidates[int(i)] for i in undominated(values)}
    return [
        msgspec.structs.replace(item, undominated=number in best)
        for number, item in enumerate(found)
    ]
