"""Whether parties are blocked because of who owns them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final, Literal

from detente.errors import UnknownIdError
from detente.screening.ownership.cascade import Run, Sums, runs_of
from detente.screening.ownership.chains import LENGTH
from detente.screening.ownership.current import Held, current
from detente.screening.ownership.model import (
    Graph,
    LeftOut,
    Ownership,
    Status,
)
from detente.screening.ownership.net import Net, net_of
from detente.screening.ownership.rule import Rule
from detente.screening.ownership.through import look_through
from detente.screening.ownership.verdicts import Case, verdict_of
from detente.screening.ownership.words import why_not

Rest = Literal["others", "unknown"]
"""What becomes of a share of which no statement says who holds it."""

_ORDER: Final[dict[Status, int]] = {"blocked": 0, "unknown": 1, "not-blocked": 2}


def assess(
    graph: Graph,
    blocked: Mapping[str, str],
    *,
    rule: Rule,
    as_of: date | None = None,
    rest: Rest = "others",
    of: Collection[str] | None = None,
) -> Ownership:
    """Say who is blocked because of who owns it.

    Args:
        graph: who holds what in whom, as stated.
        blocked: the nodes that are blocked by name, and why.
        rule: the rule, as ``rule.rule_of`` gives it.
        as_of: the day; with None the newest that is stated.
        rest: who holds what no statement speaks of: ``others`` that are not blocked, or
            ``unknown``, perhaps blocked parties.
        of: the nodes that the answer is about, with their chains whole; all by default, with
            chains of bounded length.

    Raises:
        UnknownIdError: ``blocked`` or ``of`` names a node that is not in the graph.
    """
    for id_ in (*blocked, *(of or ())):
        if id_ not in graph.nodes:
            raise UnknownIdError("party of the file", id_, list(graph.nodes)[:2_000])
    helds, left = current(graph, as_of)
    if not rule.control:
        left += _uncounted(helds)
    net, problems = net_of(graph, helds)
    case = _case(graph, net, rule, blocked, rest, None if of is not None else LENGTH)
    wanted = graph.nodes if of is None else dict.fromkeys(of)
    verdicts = [verdict_of(case, graph.nodes[id_]) for id_ in wanted]
    counts = Counter(verdict.status for verdict in verdicts)
    return Ownership(
        rule=rule.name,
        definition=rule.definition,
        source=rule.source,
        as_of=as_of,
        counts={status: counts[status] for status in _ORDER},
        nodes=tuple(sorted(verdicts, key=lambda verdict: _ORDER[verdict.status])),
        left_out=tuple(dict.fromkeys(left)),
        problems=(*graph.problems, *problems),
    )


def _uncounted(helds: Iterable[Held]) -> list[LeftOut]:
    """What is held and does not count where only ownership does."""
    return [
        LeftOut(statement=held.statement, why=why_not(held.holding.word, held.holding.interest))
        for held in helds
        if held.holding.interest not in ("ownership", "perhaps-ownership")
    ]


def _case(
    graph: Graph, net: Net, rule: Rule, blocked: Mapping[str, str], rest: Rest, longest: int | None
) -> Case:
    hidden = [
        node.id
        for node in graph.nodes.values()
        if node.kind == "unspecified" and node.id not in blocked
    ]
    open_rest = (
        [node.id for node in graph.nodes.values() if node.kind == "entity"]
        if rest == "unknown"
        else []
    )
    least, sure = _joined(runs_of(net, blocked, rule, surely=True), net, True)
    roots = [*blocked, *hidden]
    widest = runs_of(net, roots, rule, surely=False, open_rest=open_rest)
    most, may = _joined(widest, net, False)
    return Case(
        graph=graph,
        net=net,
        rule=rule,
        blocked=blocked,
        least=least,
        most=most,
        sure=sure,
        may=may,
        direct=_direct(net, blocked),
        shares=look_through(net, blocked, hidden),
        open_rest=frozenset(open_rest),
        longest=longest,
        chains={},
    )


def _joined(runs: Iterable[Run], net: Net, surely: bool) -> tuple[dict[str, Run], set[str]]:
    """The run that matters for each node: one that blocks it, or in which it is owned most."""
    chosen: dict[str, Run] = {}
    members: set[str] = set()

    def weight(id_: str, run: Run) -> tuple[bool, bool, int]:
        sums, here = run.sums.get(id_), net.owned.get(id_)
        if sums is None or here is None:
            return id_ in run.roots, id_ in run.order, 0
        share = sums.least(here) if surely else sums.most(here)
        return id_ in run.roots, id_ in run.order, share

    for run in runs:
        members.update(run.order)
        for id_ in {**run.order, **run.sums}:
            known = chosen.get(id_)
            if known is None or weight(id_, run) > weight(id_, known):
                chosen[id_] = run
    return chosen, members


def _direct(net: Net, blocked: Collection[str]) -> dict[str, Sums]:
    """What parties blocked by name hold themselves."""
    direct: dict[str, Sums] = {}
    for owner in blocked:
        for edge in net.holds.get(owner, ()):
            if edge.owned != owner:
                direct.setdefault(edge.owned, Sums()).add(edge)
    return direct
