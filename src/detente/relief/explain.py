"""Why: the tree of an answer, with the citation at every node and the nodes that decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from detente.evidence.facts import Facts
from detente.evidence.histories import FactState
from detente.evidence.model import Finding
from detente.law.asof import AsOf, State
from detente.law.conditions import (
    After,
    All,
    Any,
    AtLeast,
    Condition,
    Deferred,
    Elapsed,
    Fact,
    Gated,
    Imposed,
    Named,
    Not,
    Race,
    Reimposed,
    Report,
    Silence,
    Snapback,
    While,
    children,
)
from detente.law.regime import Regime
from detente.law.vocabulary import Truth
from detente.relief.dealings import letter_for_dealing
from detente.relief.labels import minimal_sets
from detente.relief.letter import Letters, MeasureStatus, decisive
from detente.relief.logic import Disj, polarities, value
from detente.relief.lower import Lowering, riders_of, truths
from detente.relief.paths import PathStatus
from detente.relief.receipt import Receipt
from detente.relief.residual import residual, text_of
from detente.relief.standing import Easing, easings


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """One node of an explanation.

    Attributes:
        node: what sort of node: ``measure``, ``path``, ``all``, ``any``, ``fact`` and so on.
        text: what it says.
        citation: the provision that makes it law.
        value: ``met``, ``unmet`` or ``unknown``; for a measure, its letter.
        deciding: whether the answer turns on it.
        children: what it is made of.
        fact: the fact as one word, at the leaves.
        evidence: what the evidence says, with verification and date.
        sources: ids of the sources of the row and of the finding.
        confidence: how the row is known.
        note: doubts.
        lapses: when relief under a path would lapse.
        residual: for a path, what is still needed, simplified.
    """

    node: str
    text: str
    citation: str
    value: str
    deciding: bool
    children: tuple[Explanation, ...] = ()
    fact: str | None = None
    evidence: str | None = None
    sources: tuple[str, ...] = ()
    confidence: str | None = None
    note: str | None = None
    lapses: str | None = None
    residual: str | None = None


class Why(Explanation, frozen=True, kw_only=True):
    """Why a measure has its letter (``detente.explanation/1``): the root of the tree, and more.

    Attributes:
        regime: id of the regime.
        measure: id of the measure.
        as_of: the day.
        act_date: the day on which a dealing was done, where it is asked about one.
        known_on: evidence recorded by then; None for all.
        missing: the minimal sets of missing facts over all ending paths, smallest first.
        capped: whether there are more sets than are listed.
        rests_on: the facts on which the answer turns.
        state: whether it binds, and what made it so.
        eases: the paths that ease it, with what each comes to on the day.
        receipt: what is needed to replay the answer.
    """

    regime: str
    measure: str
    as_of: date
    act_date: date | None
    known_on: date | None
    missing: list[list[str]]
    capped: bool
    rests_on: tuple[str, ...]
    state: State
    eases: list[Easing]
    receipt: Receipt | None = None
    schema: str = "detente.explanation/1"


def explain(letters: Letters, measure: str, then: Letters | None = None) -> Why:
    """Return why a measure is open, discretionary, undetermined, barred or ended.

    Args:
        letters: the letters of the day.
        measure: id of the measure.
        then: the letters of the day on which a dealing was done, where it is asked about one.
    """
    view, facts = letters.view, letters.facts
    regime = view.regime
    status = letter_for_dealing(then, letters, measure) if then else letters.measure(measure)
    row = regime.measures[measure]
    deciding = {path.path.id for path in decisive(status)}
    missing, capped = missing_of(status)
    tree = tuple(
        explain_path(path, view, facts, deciding=path.path.id in deciding) for path in status.paths
    )
    return Why(
        rests_on=tuple(dict.fromkeys(fact for node in tree for fact in _deciding_facts(node))),
        state=status.state,
        eases=easings(letters, measure, missing=True),
        regime=regime.id,
        measure=measure,
        as_of=view.day,
        act_date=then.view.day if then else None,
        known_on=facts.known_on,
        missing=missing,
        capped=capped,
        node="measure",
        text=f"{row.restricts} ({status.why})",
        citation=regime.citation_of(measure),
        value=status.letter,
        deciding=True,
        children=tree,
        sources=row.sources,
        confidence=row.confidence,
        note=row.note,
    )


def _deciding_facts(node: Explanation) -> Iterator[str]:
    if node.deciding and node.fact and not node.children:
        yield node.fact
    for child in node.children:
        yield from _deciding_facts(child)


def missing_of(status: MeasureStatus, limit: int = 64) -> tuple[list[list[str]], bool]:
    """Return the minimal sets of missing facts over all ending paths, and if there are more."""
    formula = Disj(tuple(path.reachable for path in status.paths))
    known = {key: truth for path in status.paths for key, truth in truths(path.atoms).items()}
    found = minimal_sets(formula, known, limit)
    return [list(item) for item in found.sets], found.capped


def explain_path(status: PathStatus, view: AsOf, facts: Facts, *, deciding: bool) -> Explanation:
    """Return why a path is met, unmet or unknown, as a tree."""
    path = status.path
    rest = text_of(residual(status.reachable, _settled(status)))
    tell = _Teller(status, view, facts)
    return Explanation(
        node="path",
        text=f"{path.title} ({path.kind}, decided by {path.decided_by})",
        residual=rest,
        citation=path.citation,
        value=status.value.word,
        deciding=deciding,
        children=(tell.node(status.condition, deciding=deciding, citation=path.citation),),
        fact=path.id,
        sources=path.sources,
        confidence=path.confidence,
        note=path.note,
        lapses=status.lapses.isoformat() if status.lapses else None,
    )


def _settled(status: PathStatus) -> dict[str, Truth]:
    """What need not be asked for any more: what must hold and does, what must not and does not."""
    sides: dict[str, set[bool]] = {}
    for atom, negated in polarities(status.formula):
        sides.setdefault(atom.key, set()).add(negated)
    wanted = {key: Truth.UNMET if True in side else Truth.MET
              for key, side in sides.items() if len(side) == 1}  # fmt: skip
    return {key: atom.truth for key, atom in status.atoms.items() if atom.truth is wanted.get(key)}


class _Teller:
    """Explains the nodes of one path's condition."""

    def __init__(self, status: PathStatus, view: AsOf, facts: Facts) -> None:
        self.regime = facts.regime
        self.known = truths(status.atoms)
        self.states = status.atoms
        self.lowering = Lowering(facts, status.scope, view, self._counted)

    def _counted(self, fact: Fact, state: FactState) -> FactState:
        """The state of a fact as the path counted it: a decision may have lapsed."""
        atom = self.states.get(fact.key)
        return atom.state if atom is not None and atom.state is not None else state

    def node(self, node: Condition, *, deciding: bool, citation: str) -> Explanation:
        """Return the explanation of ``node``; ``citation`` is that of the nearest node above."""
        if isinstance(node, Fact):
            return self._fact(node, deciding=deciding, citation=citation)
        truth = self._truth(node)
        own = node.citation or _citation_of(self.regime, node) or citation
        below = children(node)
        if isinstance(node, Reimposed):
            below = (*below, *riders_of(self.regime, node.id, self.lowering.scope.measure))
        if isinstance(node, Named) and node.finding and self.lowering.stated(node.finding):
            below = (*below, Fact(kind="finding", id=node.finding))
        values = [self._truth(child) for child in below]
        return Explanation(
            node=node.__struct_config__.tag if isinstance(node.__struct_config__.tag, str) else "",
            text=_text(self.regime, node),
            citation=own,
            value=truth.word,
            deciding=deciding,
            children=tuple(
                self.node(child, deciding=deciding and _decides(node, truth, v), citation=own)
                for child, v in zip(below, values, strict=True)
            ),
            note=node.note,
        )

    def _truth(self, node: Condition) -> Truth:
        return value(self.lowering.lower(node), self.known)

    def _fact(self, fact: Fact, *, deciding: bool, citation: str) -> Explanation:
        state = self.states[fact.key].state if fact.key in self.states else None
        state = state or self.lowering.state(fact)
        text, own, sources, confidence, note = _row_of(self.regime, fact)
        if state.finding is not None:
            sources = (*sources, *state.finding.sources)
        return Explanation(
            node=fact.kind,
            text=text,
            citation=fact.citation or own or citation,
            value=state.truth.word,
            deciding=deciding,
            fact=fact.key,
            evidence=_evidence(state),
            sources=tuple(dict.fromkeys(sources)),
            confidence=confidence,
            note=fact.note or note,
        )


def _row_of(
    regime: Regime, fact: Fact
) -> tuple[str, str | None, tuple[str, ...], str | None, str | None]:
    """Return text, citation, sources, confidence and note of the row behind a fact."""
    if fact.kind == "act":
        path = regime.paths[fact.id]
        text = f"{path.decided_by} acts: {path.procedure or path.title}"
        return text, path.citation, path.sources, path.confidence, None
    if fact.kind == "event":
        event = regime.event(fact.id)
        return event.text, event.citation, event.sources, event.confidence, event.note
    row = regime.requirements[fact.id]
    at = f" (at {fact.level})" if fact.level not in (None, "met") else ""
    text = f"{row.text}{at}"
    return text, row.citation, row.sources, row.confidence, row.note


def _evidence(state: FactState) -> str | None:
    parts = [state.why] if state.why else []
    if state.finding is not None:
        parts.append(_finding(state.finding))
    return "; ".join(parts) or None


def _finding(finding: Finding) -> str:
    said = finding.extent or ("done" if finding.made else "not done")
    kept = f", kept since {finding.kept_since}" if finding.kept_since else ""
    told = f": {finding.statement}" if finding.statement else ""
    return f"{said}, {finding.verification}, {finding.happened}{kept} [{finding.id}]{told}"


def _decides(node: Condition, truth: Truth, child: Truth) -> bool:
    """Whether a child's value is among those that settle the value of ``node``."""
    if isinstance(node, All) and truth is not Truth.MET:
        return child is truth
    if isinstance(node, Any) and truth is not Truth.UNMET:
        return child is truth
    if isinstance(node, AtLeast):
        return child is truth
    return True


_TEXTS: dict[type, Callable[..., str]] = {
    All: lambda node: f"all {len(node.of)} of",
    Any: lambda node: f"any of {len(node.of)}",
    AtLeast: lambda node: f"at least {node.count} of {len(node.of)}",
    Not: lambda node: f"not {node.of.key}" if isinstance(node.of, Fact) else "not",
    While: lambda _: "for as long as",
    After: lambda node: f"from {node.date} on" if node.date else "a fixed period has run",
    Elapsed: lambda node: f"{node.term} have run",
    Silence: lambda node: f"{node.term} have run without {node.of.key}",
    Deferred: lambda node: f"takes effect after {node.term}, if this holds",
    Report: lambda node: f"on the report of {node.by}",
    Snapback: lambda node: f"{node.term} have run since the notice, without {node.unless.key}",
    Race: lambda node: f"{node.term} have run since {node.from_.key}, before {node.before.key}",
    Imposed: lambda node: f"at least {node.count} others of {', '.join(node.of)} bind",
}


def _text(regime: Regime, node: Condition) -> str:
    if isinstance(node, Reimposed):
        return f"re-imposed: {regime.reimpositions[node.id].title}"
    if isinstance(node, Gated):
        return f"gate: {regime.gates[node.id].title}"
    return _TEXTS[type(node)](node)


def _citation_of(regime: Regime, node: Condition) -> str | None:
    return regime.reimpositions[node.id].citation if isinstance(node, Reimposed) else None
