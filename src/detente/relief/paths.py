"""The status of relief paths: met or not, what is missing, when the relief would lapse.

A path that does not execute itself needs the act of whoever decides. Where a way through its
condition names no decision, ``act:<path>`` stands for it: every limb of NKSPEA 401 met, with no
certification, opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from detente.evidence.facts import Facts, Scope
from detente.evidence.histories import ONE_DAY, FactState, ordered
from detente.law.asof import AsOf
from detente.law.conditions import (
    After,
    All,
    Any,
    AtLeast,
    Condition,
    Deferred,
    Elapsed,
    Fact,
    Report,
    Silence,
    children,
    in_law,
    leaves,
)
from detente.law.dates import add_term, span
from detente.law.model import ReliefPath
from detente.law.vocabulary import Truth
from detente.relief.labels import MinimalSets, minimal_sets
from detente.relief.logic import Formula, Neg, atoms, value
from detente.relief.lower import AtomState, Lowering, truths


class Run(msgspec.Struct, frozen=True):
    """The running term of time-limited relief.

    Attributes:
        since: the day from which conduct must have been found again for a renewal.
        lapses: the first day on which the relief no longer runs.
        renewed: whether the term that runs is a renewal.
    """

    since: date
    lapses: date
    renewed: bool


class PathStatus(msgspec.Struct, frozen=True):
    """A relief path on a day, on the evidence, for one measure or for all of its measures.

    Attributes:
        path: the path.
        value: whether its condition holds, the decider's act included.
        granted: its value if every decision-maker's finding and act were given.
        condition: the condition that was evaluated, acts and riders included.
        formula: the same, lowered.
        atoms: the atoms of the formula, with what is known of each.
        lapses: the day on which the relief lapses, where it runs or would run for a term.
        scope: the path and measure for which facts were asked.
    """

    path: ReliefPath
    value: Truth
    granted: Truth
    condition: Condition
    formula: Formula
    atoms: dict[str, AtomState]
    lapses: date | None
    scope: Scope

    @property
    def discretionary(self) -> bool:
        """Whether nothing is missing but decisions."""
        return self.value is not Truth.MET and self.granted is Truth.MET

    def missing(self, limit: int = 64) -> MinimalSets:
        """Return the minimal sets of facts that are missing, smallest first."""
        return minimal_sets(self.formula, truths(self.atoms), limit)


def with_act(path: ReliefPath, condition: Condition | None = None) -> Condition:
    """Return the condition of ``path`` with the decider's act wherever it names no decision.

    A way through the condition that names a decision-maker's finding or act has its decision; one
    that only waits for a date needs none; every other way needs ``act:<path>``.
    """
    node = path.condition if condition is None else condition
    if path.self_executing:
        return node
    act = Fact(kind="act", id=path.id, citation=path.citation)
    return _with_act(node, act)


def _with_act(node: Condition, act: Fact) -> Condition:
    if isinstance(node, Any):
        return msgspec.structs.replace(node, of=tuple(_with_act(limb, act) for limb in node.of))
    if _only_waits(node) or _decided(node):
        return node
    if isinstance(node, All):
        partly = next((limb for limb in node.of if _sometimes_decided(limb)), None)
        if partly is None:
            return msgspec.structs.replace(node, of=(*node.of, act))
        limbs = (_with_act(limb, act) if limb is partly else limb for limb in node.of)
        return msgspec.structs.replace(node, of=tuple(limbs))
    return All(of=(node, act))


def _decided(node: Condition) -> bool:
    """Whether every way through ``node`` names a decision; one that must not be made is none."""
    match node:
        case Fact():
            return node.kind in ("finding", "act")
        case Any(of=of) | AtLeast(of=of):
            return all(map(_decided, of))
        case All(of=of):
            return any(map(_decided, of))
        case Elapsed(from_=start) | Silence(from_=start):
            return _decided(start)
        case Deferred(by=by, condition=condition):
            return _decided(by) or _decided(condition)
        case Report(of=report):
            return _decided(report)
        case _:
            return False


def _sometimes_decided(node: Condition) -> bool:
    """Whether some way through ``node`` names a decision and another does not."""
    if isinstance(node, Any):
        return any(_decided(limb) or _sometimes_decided(limb) for limb in node.of)
    return isinstance(node, All) and any(map(_sometimes_decided, node.of))


def _only_waits(node: Condition) -> bool:
    below = children(node)
    return isinstance(node, After) or (bool(below) and all(_only_waits(limb) for limb in below))


def status_of(view: AsOf, path: ReliefPath, facts: Facts, measure: str | None = None) -> PathStatus:
    """Return the status of one path.

    Args:
        view: the law of the day.
        path: the path; it must be available on the day.
        facts: the state of every fact on that day.
        measure: the measure it is asked for, where its riders or the decisions on record differ
            between measures.
    """
    scope = Scope(path.id, measure)
    riders = [
        limb
        for rider in path.riders
        if measure is not None
        and measure in rider.measures
        and (limb := in_law(rider.condition, view.day)) is not None
    ]
    runs = [run for run in terms(path, facts, scope) if view.day < run.lapses]
    current = runs[0] if runs else None
    status = _status(view, path, facts, riders, scope, current)
    for run in runs[1:]:  # a renewal that holds makes the relief last longer
        renewed = _status(view, path, facts, riders, scope, run)
        if status.value is Truth.MET and renewed.value is Truth.MET:
            status = msgspec.structs.replace(status, lapses=run.lapses)
    return status


def _status(
    view: AsOf,
    path: ReliefPath,
    facts: Facts,
    riders: Sequence[Condition],
    scope: Scope,
    run: Run | None,
) -> PathStatus:
    """The status of a path under one of its running terms, or under none."""
    renewal = path.renewal if run and run.renewed else None
    base = in_law(renewal.condition if renewal else path.condition, view.day)
    base = base or Any(of=())  # a renewal that is not yet law renews nothing
    condition = with_act(path, base)
    if riders:
        condition = All(of=(condition, *riders))
    scope = msgspec.structs.replace(scope, running_since=run.since if run else None)
    lowering = Lowering(facts, scope, _lapsing(path, run))
    formula = lowering.lower(condition)
    known = truths(lowering.atoms)
    return PathStatus(
        path,
        _exact(formula, known),
        _exact(formula, known | _granted(formula, lowering.atoms)),
        condition,
        formula,
        lowering.atoms,
        run.lapses if run else _would_lapse(path, view.day),
        scope,
    )


def swept(view: AsOf, facts: Facts) -> tuple[dict[str, Formula], dict[str, Truth]]:
    """Return the formula of every usable path by id, and what is known of their atoms.

    Riders, which bind for some measures of a path only, are left out.
    """
    found = {id_: status_of(view, view.regime.paths[id_], facts) for id_ in view.conditions}
    known = {key: truth for item in found.values() for key, truth in truths(item.atoms).items()}
    return {id_: item.formula for id_, item in found.items()}, known


def further(path: ReliefPath) -> list[Condition]:
    """Return the conditions of a path beside its main one: its riders' and its renewal's."""
    renewal = [path.renewal.condition] if path.renewal else []
    return [*(rider.condition for rider in path.riders), *renewal]


def differs_by_measure(path: ReliefPath, facts: Facts) -> bool:
    """Return whether ``path`` must be asked measure by measure."""
    own = Fact(kind="act", id=path.id)
    decisions = [fact for fact in leaves(path.condition) if fact.kind != "requirement"]
    return bool(path.riders) or any(facts.scoped(fact) for fact in (own, *decisions))


def _exact(formula: Formula, known: dict[str, Truth]) -> Truth:
    """Kleene's value; where a fact stands in both polarities, the exact one."""
    simple = value(formula, known)
    if simple is not Truth.UNKNOWN or not mixed(formula):
        return simple
    from detente.relief.diagram import is_tautology_aware_value

    return is_tautology_aware_value(formula, known)


def mixed(formula: Formula) -> bool:
    """Return whether some fact stands in ``formula`` both plainly and negated."""
    positive: set[str] = set()
    negative: set[str] = set()

    def visit(node: Formula) -> None:
        if isinstance(node, Neg):
            negative.add(node.of.scale or node.of.key)
        elif hasattr(node, "of"):
            for child in node.of:
                visit(child)
        else:
            positive.update(atom.scale or atom.key for atom in atoms(node))

    visit(formula)
    return bool(positive & negative)


def _granted(formula: Formula, states: dict[str, AtomState]) -> dict[str, Truth]:
    """The values if every decision-maker decided for relief, and waited where the law says so."""
    negated = {node.of.key for node in _negations(formula)}
    return {
        key: Truth.MET
        for key, atom in states.items()
        if key not in negated and atom.decision and not _runs(atom)
    }


def _runs(atom: AtomState) -> bool:
    """Whether a clock runs already: it then waits for its day, and for nobody's decision."""
    return atom.kind == "time" and atom.due is not None


def _negations(formula: Formula) -> list[Neg]:
    if isinstance(formula, Neg):
        return [formula]
    below = getattr(formula, "of", ())
    return [neg for child in below for neg in _negations(child)] if below else []


def terms(path: ReliefPath, facts: Facts, scope: Scope | None = None) -> list[Run]:
    """Return the terms that the decisions on record opened or renewed, oldest first.

    Args:
        path: the path; one without a term never runs out.
        facts: the decisions on record.
        scope: the path and measure for which they are asked.
    """
    if path.term is None:
        return []
    scope = scope or Scope(path.id)
    own = Fact(kind="act", id=path.id)
    named = [fact for fact in leaves(path.condition) if fact.kind in ("finding", "act")]
    decided = [item for fact in (own, *named) for item in facts.decisions(fact, scope) if item.made]
    runs: list[Run] = []
    begun = date.min
    for finding in ordered(decided):
        day = span(finding.happened).end - ONE_DAY
        last = runs[-1] if runs else None
        if last is None or day >= last.lapses or path.renewal is None:
            runs.append(Run(day, add_term(day, path.term), renewed=False))
        else:
            runs.append(Run(begun, add_term(last.lapses, path.renewal.term), renewed=True))
        begun = day
    return runs


def _would_lapse(path: ReliefPath, day: date) -> date | None:
    """When the relief would lapse, if it were given on ``day``."""
    return add_term(day, path.term) if path.term else None


def _lapsing(path: ReliefPath, run: Run | None) -> Callable[[Fact, FactState], FactState]:
    """Return the rule by which a decision whose term has run out no longer counts."""

    def override(fact: Fact, state: FactState) -> FactState:
        decided = state.truth is Truth.MET and fact.kind in ("finding", "act")
        if path.term is not None and run is None and decided:
            return msgspec.structs.replace(state, truth=Truth.UNMET, why="the relief has lapsed")
        return state

    return override
