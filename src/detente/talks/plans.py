"""Which packages may be put together near an offer: conduct to add, relief, and by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from detente.law.vocabulary import Truth
from detente.law.ways import ReliefPath
from detente.relief.letter import Letters
from detente.relief.paths import PathStatus
from detente.relief.spirit import largest_remaining
from detente.relief.standing import letter_by
from detente.relief.unlock import unlock_measures
from detente.talks.bridge_results import Manner
from detente.talks.setting import Setting

LIMIT: Final = 4096
"""Unions of conduct that are tried at most; beyond them the answer is ``capped``."""


class Plan(msgspec.Struct, frozen=True):
    """A package before it is judged: what it adds, relieves, and how."""

    name: str
    rule: str
    manner: Manner
    requirements: tuple[str, ...]
    components: tuple[str, ...]
    relief: tuple[str, ...]


def as_offered(at: Setting) -> Plan:
    """The offer as it stands: everything asked for what is given."""
    return Plan("as offered", "as offered", "end", (), (), at.asked)


def legal_minimum(at: Setting) -> list[Plan]:
    """What the law lets happen on the offer's conduct: end, suspend, or ease case by case."""
    letters = Letters(at.view, at.kept())
    free = [id_ for id_ in at.asked if letters.measure(id_).letter in ("open", "discretionary")]
    suspended = [
        id_
        for id_ in free
        if any(p.path.kind == "suspension" and usable(p) for p in letters.measure(id_).paths)
    ]
    eased = [
        id_ for id_ in at.asked if any(eases(letters, id_, p) for p in at.view.easing_paths(id_))
    ]
    rule, plans = "legal-minimum", []
    for name, manner, ids in (
        ("the law's least: end", "end", free),
        ("the law's least: suspend", "suspend", suspended),
        ("the law's least: ease case by case", "ease", eased),
    ):
        if ids:
            kind: Manner = manner  # type: ignore[assignment]  # the three are its words
            plans.append(Plan(name, rule, kind, (), (), tuple(ids)))
    stuck = [id_ for id_ in at.asked if id_ not in free and letters.measure(id_).paths]
    if stuck:
        opened = unlock_measures(at.view, at.kept(), stuck, search="cheapest")
        for item in opened.sets:
            steps = tuple(dict.fromkeys(step.requirement for step in item.conduct))
            relief = tuple(id_ for id_ in at.asked if id_ in {*free, *stuck})
            plans.append(Plan("the law's least: all that conduct opens", rule, "end", steps, (),
                               relief))  # fmt: skip
    return plans


def eases(letters: Letters, measure: str, path: ReliefPath) -> bool:
    """Return whether a path could ease a measure now, by itself or by a decision."""
    return letter_by(letters.path(path, measure)) in ("open", "discretionary")


def usable(status: PathStatus) -> bool:
    """Return whether a path could end its measures now, by itself or by a decision."""
    return status.discretionary or status.value is Truth.MET


def compliance(at: Setting) -> tuple[list[Plan], bool]:
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
            name = f"comply first: {len(steps)} for {len(relief)} of {len(at.asked)}"
            plans.append(Plan(name, "compliance-first", "end", steps, (), relief))
    return plans, complete


def proportional(at: Setting) -> list[Plan]:
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
        plans.append(Plan(name, "proportional", "end", (), components, kept))
    return _fullest(plans)


def _fullest(plans: Iterable[Plan]) -> list[Plan]:
    """Of plans with the same conduct, the one that relieves most."""
    best: dict[tuple[str, ...], Plan] = {}
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
