"""The status of relief paths: met or not, what is missing, when the relief would lapse.

A path is evaluated with its riders and the gates in its way, under the term that runs; a decision
whose term is over, or whose place was taken, no longer counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from detente.evidence.facts import Facts, Scope
from detente.evidence.histories import FactState
from detente.law.asof import AsOf
from detente.law.conditions import (
    All,
    Any,
    Condition,
    Fact,
    Gated,
    Imposed,
    Named,
    Reimposed,
    decisions,
    in_law,
    walk,
)
from detente.law.dates import add_term
from detente.law.regime import Regime
from detente.law.vocabulary import Truth
from detente.law.ways import Gate, ReliefPath
from detente.relief.acts import with_act
from detente.relief.granting import at_best, decisions_of, exact_value
from detente.relief.labels import MinimalSets, minimal_sets
from detente.relief.logic import Formula, value
from detente.relief.lower import AtomState, Lowering, truths
from detente.relief.residual import residual
from detente.relief.terms import Run, given_on, replaced_on, terms


class PathStatus(msgspec.Struct, frozen=True):
    """A relief path on a day, on the evidence, for one measure or for all of its measures.

    Attributes:
        path: the path.
        value: whether its condition holds, the decider's act included.
        granted: its value if every decision-maker's finding and act were given.
        unrefused: the same, if only those were given that nobody is on record as refusing.
        condition: the condition that was evaluated, acts and riders included.
        formula: the same, lowered.
        atoms: the atoms of the formula, with what is known of each.
        lapses: the day on which the relief lapses, where it runs or would run for a term.
        scope: the path and measure for which facts were asked.
        blocked_by: ids of the gates in its way that are not open.
    """

    path: ReliefPath
    value: Truth
    granted: Truth
    unrefused: Truth
    condition: Condition
    formula: Formula
    atoms: dict[str, AtomState]
    lapses: date | None
    scope: Scope
    blocked_by: tuple[str, ...] = ()

    @property
    def discretionary(self) -> bool:
        """Whether nothing is missing but decisions; a path that executes itself asks for none."""
        decided = self.granted is Truth.MET and not self.path.self_executing
        return decided and self.value is not Truth.MET

    @property
    def undetermined(self) -> bool:
        """Whether it turns on what is not known, and no decision it needs was refused."""
        if self.path.self_executing:
            return self.value is Truth.UNKNOWN
        return not self.discretionary and self.unrefused is Truth.UNKNOWN

    @property
    def in_doubt(self) -> bool:
        """Whether all that was to be decided is on record, and the rest may hold or may not."""
        if self.value is not Truth.UNKNOWN:
            return False
        open_ = {key for key, atom in self.atoms.items() if _in_doubt(atom, self.path)}
        return at_best(self.formula, truths(self.atoms), open_) is Truth.MET

    @property
    def reachable(self) -> Formula:
        """The formula with the past put in that nothing can change: what may still be done."""
        return residual(self.formula, {k: a.truth for k, a in self.atoms.items() if a.past})

    def missing(self, limit: int = 64) -> MinimalSets:
        """Return the minimal sets of facts that are missing, smallest first."""
        return minimal_sets(self.reachable, truths(self.atoms), limit)


def status_of(
    view: AsOf,
    path: ReliefPath,
    facts: Facts,
    measure: str | None = None,
    replacing: frozenset[str] = frozenset(),
) -> PathStatus:
    """Return the status of one path.

    Args:
        view: the law of the day.
        path: the path; it must be available on the day.
        facts: the state of every fact on that day.
        measure: the measure it is asked for, where its riders or the decisions on record differ
            between measures.
        replacing: ids of the paths whose place this one took, where it is asked for their sake.
    """
    scope = Scope(path.id, measure)
    riders = [
        limb
        for rider in path.riders
        if measure is not None
        and measure in rider.measures
        and (limb := in_law(rider.condition, view.day)) is not None
    ]
    gates = _gates(view, path, measure)
    further = (*riders, *gates)
    runs = [run for run in terms(path, facts, scope) if view.day < run.lapses]
    current = runs[0] if runs else None
    status = _status(view, path, facts, further, scope, current, replacing)
    for run in runs[1:]:  # a renewal that holds makes the relief last longer
        renewed = _status(view, path, facts, further, scope, run, replacing)
        if status.value is Truth.MET and renewed.value is Truth.MET:
            status = msgspec.structs.replace(status, lapses=run.lapses)
    return status


def gates_of(regime: Regime, path: str, day: date) -> tuple[Gate, ...]:
    """Return the gates in the way of a path that are law on ``day``."""
    rows = (regime.gates[id_] for id_ in regime.gates_of.get(path, ()))
    return tuple(
        gate
        for gate in rows
        if (gate.since is None or day >= gate.since) and (gate.until is None or day < gate.until)
    )


def _gates(view: AsOf, path: ReliefPath, measure: str | None) -> list[Gated]:
    """The gates in the way of a path for a measure, as limbs of its condition."""
    return [
        Gated(id=gate.id, of=condition, citation=gate.citation, note=gate.note)
        for gate in gates_of(view.regime, path.id, view.day)
        if not gate.measures or measure in gate.measures
        if (condition := in_law(gate.condition, view.day)) is not None
    ]


def _status(
    view: AsOf,
    path: ReliefPath,
    facts: Facts,
    further: Sequence[Condition],
    scope: Scope,
    run: Run | None,
    replacing: frozenset[str],
) -> PathStatus:
    """The status of a path under one of its running terms, or under none.

    ``further`` are its riders and the gates in its way.
    """
    renewal = path.renewal if run and run.renewed else None
    base = in_law(renewal.condition if renewal else path.condition, view.day)
    base = base or Any(of=())  # a renewal that is not yet law renews nothing
    condition = with_act(path, base)
    if further:
        condition = All(of=(condition, *further))
    scope = msgspec.structs.replace(scope, running_since=run.since if run else None)
    lowering = Lowering(facts, scope, view, _lapsing(view, path, facts, scope, run, replacing))
    formula = lowering.lower(condition)
    known = truths(lowering.atoms)
    granted = decisions_of(lowering.atoms)
    unrefused = {key for key in granted if not lowering.atoms[key].refused}
    return PathStatus(
        path,
        exact_value(formula, known),
        at_best(formula, known, granted),
        at_best(formula, known, unrefused),
        condition,
        formula,
        lowering.atoms,
        run.lapses if run else _would_lapse(path, view.day),
        scope,
        tuple(
            limb.id
            for limb in further
            if isinstance(limb, Gated) and value(lowering.lower(limb), known) is not Truth.MET
        ),
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
    gates = gates_of(facts.regime, path.id, facts.as_of)
    others = [facts.regime.paths[id_] for id_ in facts.regime.replaced_by.get(path.id, ())]
    roots = [item.condition for item in (path, *others)] + [gate.condition for gate in gates]
    roots += [path.renewal.condition] if path.renewal else []
    if path.riders or any(gate.measures for gate in gates):
        return True
    limbs = [limb for root in roots for limb in walk(root)]
    if any(_counts_measures(limb, facts.regime) for limb in limbs):
        return True
    own = [Fact(kind="act", id=item.id) for item in (path, *others)]
    plain = [limb for limb in limbs if isinstance(limb, Fact) and limb.kind != "requirement"]
    stated = [Fact(kind="finding", id=limb.finding) for limb in limbs
              if isinstance(limb, Named) and limb.finding is not None]  # fmt: skip
    return any(facts.scoped(fact) for fact in (*own, *plain, *stated))


def _counts_measures(node: Condition, regime: Regime) -> bool:
    """Whether a node looks at other measures than the one asked about, or asks more of some."""
    if isinstance(node, Reimposed) and node.id in regime.reimpositions:
        return bool(regime.reimpositions[node.id].riders)
    return isinstance(node, Imposed)


def _in_doubt(atom: AtomState, path: ReliefPath) -> bool:
    """Whether an unknown fact is more than a blank: something is on record, or was acted upon."""
    if atom.truth is not Truth.UNKNOWN:
        return False
    on_record = atom.state is not None and atom.state.finding is not None
    return on_record or (atom.kind == "requirement" and not path.self_executing)


def _would_lapse(path: ReliefPath, day: date) -> date | None:
    """When the relief would lapse, if it were given on ``day``."""
    return add_term(day, path.term) if path.term else None


def _lapsing(
    view: AsOf,
    path: ReliefPath,
    facts: Facts,
    scope: Scope,
    run: Run | None,
    replacing: frozenset[str],
) -> Callable[[Fact, FactState], FactState]:
    """Return the rule by which a decision no longer counts: its term is over, or it is replaced.

    Beyond the end of the record of acts nobody knows whether a term was renewed; and relief whose
    place was taken by relief that may not hold may itself hold still.
    """
    giving = {fact.key for fact in decisions(path.condition)} | {f"act:{path.id}"}
    replaced = replaced_on(path, facts, scope)
    doubted = replaced is not None and _replaced_in_doubt(
        view, path, facts, scope, replacing | {path.id}
    )
    still = doubted and (
        path.term is None
        or any(view.day < run.lapses for run in terms(path, facts, scope, replaced_too=True))
    )

    def override(fact: Fact, state: FactState) -> FactState:
        if state.truth is not Truth.MET or fact.key not in giving:
            return state
        if replaced and state.when and state.when <= replaced and (still or not doubted):
            why = f"replaced by later relief on {replaced}"
            why += ", of which it is not known whether it holds" if doubted else ""
            truth = Truth.UNKNOWN if doubted else Truth.UNMET
            return msgspec.structs.replace(state, truth=truth, why=why)
        if path.term is not None and run is None:
            known = facts.recorded_completely(fact)
            why = "the relief has lapsed" if known else "no renewal on record after its term"
            truth = Truth.UNMET if known else Truth.UNKNOWN
            return msgspec.structs.replace(state, truth=truth, why=why)
        return state

    return override


def _replaced_in_doubt(
    view: AsOf, path: ReliefPath, facts: Facts, scope: Scope, replacing: frozenset[str]
) -> bool:
    """Whether it is not known that any of the relief that took a path's place holds."""
    ids = {*view.regime.replaced_by.get(path.id, ())} - replacing
    others = [view.regime.paths[id_] for id_ in sorted(ids) if id_ in view.conditions]
    values = [
        status_of(view, other, facts, scope.measure, replacing).value
        for other in others
        if given_on(other, facts, scope)
    ]
    return bool(values) and max(values) is Truth.UNKNOWN
