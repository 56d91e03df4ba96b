"""What a rule makes of one node, in a status, numbers and words."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from detente.screening.ownership.cascade import Run, Sums
from detente.screening.ownership.chains import Chain, Chains, settling
from detente.screening.ownership.model import (
    Graph,
    Node,
    Range,
    Status,
    Verdict,
    as_range,
    range_of,
)
from detente.screening.ownership.net import NO, Net, Owned
from detente.screening.ownership.rule import Rule
from detente.screening.ownership.shares import Bounds, words_of
from detente.screening.ownership.through import Share

_SETTLES: Final = 8
"""Things that would settle a verdict, at most."""


class Case(msgspec.Struct):
    """All that the verdicts are drawn from."""

    graph: Graph
    net: Net
    rule: Rule
    blocked: Mapping[str, str]
    least: dict[str, Run]
    most: dict[str, Run]
    sure: set[str]
    may: set[str]
    direct: Mapping[str, Sums]
    shares: Mapping[str, Share | None]
    open_rest: Collection[str]
    longest: int | None
    chains: dict[int, Chains]


def verdict_of(case: Case, node: Node) -> Verdict:
    """Return what the rule makes of one node."""
    id_ = node.id
    status: Status = "not-blocked"
    if id_ in case.sure:
        status = "blocked"
    elif id_ in case.may:
        status = "unknown"
    here = case.net.owned.get(id_, Owned())
    run = case.least.get(id_) if status == "blocked" else case.most.get(id_)
    chains, shortened = _chains(case, id_, run)
    aggregate = _aggregate(case, id_, here)
    return Verdict(
        id=id_,
        name=node.name,
        kind=node.kind,
        status=status,
        why=_why(case, node, status, aggregate),
        direct=as_range(case.direct.get(id_, Sums()).share(here)),
        aggregate=as_range(aggregate),
        look_through=_shown(case.shares.get(id_, (0.0, 0.0))),
        undisclosed=as_range(here.rest if node.kind != "person" else Bounds(0, 0)),
        chain=chains,
        shortened=shortened,
        settles=_settles(case, node, status, here, run, aggregate),
        controlled_by=_controllers(case, here),
    )


def _chains(case: Case, id_: str, run: Run | None) -> tuple[tuple[Chain, ...], bool]:
    if run is None:
        return (), False
    chains = case.chains.get(id(run))
    if chains is None:
        chains = case.chains[id(run)] = Chains(case.net, run, case.rule, case.longest)
    return chains.of(id_)


def _aggregate(case: Case, id_: str, here: Owned) -> Bounds:
    """The share that counts, from the least in one run to the most in another."""
    least, most = case.least.get(id_), case.most.get(id_)
    low = least.sums.get(id_, Sums()).least(here) if least is not None else 0
    rest = id_ in case.open_rest
    if most is None:
        return Bounds(low, max(low, Sums().most(here, rest) if rest else 0))
    return Bounds(low, max(low, most.sums.get(id_, Sums()).most(here, rest)))


def _why(case: Case, node: Node, status: Status, aggregate: Bounds) -> str:
    if node.id in case.blocked:
        return f"blocked by name: {case.blocked[node.id]}"
    if node.kind == "unspecified":
        remark = f" ({node.remark})" if node.remark else ""
        return f"the source does not say who this is{remark}"
    whose = "blocked parties own" if case.rule.adds_up else "one blocked party owns"
    share = words_of(aggregate)
    if status == "unknown":
        if aggregate == Bounds(0, 0):
            return "a blocked party may control it"
        return f"{whose} {'a share that is not known' if share == 'not known' else share} of it"
    if status == "blocked" and not case.rule.reached(aggregate.low):
        return f"a blocked party controls it; {whose} {share} of it"
    if aggregate.high:
        return f"{whose} {share} of it"
    if node.id not in case.net.owned:
        return "no statement says who owns it" if node.kind != "person" else "nobody owns a person"
    return "no blocked party is stated to own any of it"


def _settles(
    case: Case, node: Node, status: Status, here: Owned, run: Run | None, aggregate: Bounds
) -> tuple[str, ...]:
    """What would settle a verdict, or may change one that rests on who is not stated."""
    if node.id in case.blocked or status == "blocked":
        return ()
    if node.kind == "unspecified":
        return ("who this is",)
    found: list[str] = []
    if status == "unknown" and run is not None:
        found += settling(node.id, case.net, run, case.sure, case.rule, case.graph.nodes)
    tips = case.rule.reached(aggregate.high + here.rest.high) and aggregate.high
    if here.rest.high and (tips or node.id in case.open_rest):
        share = words_of(Bounds(here.rest.high, here.rest.high))
        found.append(f"who holds up to {share} of {node.name} of which no statement speaks")
    return tuple(dict.fromkeys(found))[:_SETTLES]


def _controllers(case: Case, here: Owned) -> tuple[str, ...]:
    """Blocked parties that control or may, where the rule does not ask who controls."""
    if case.rule.control:
        return ()
    return tuple(
        edge.owner
        for edge in here.edges
        if edge.owner in case.sure and (edge.control > NO or edge.votes_high)
    )


def _shown(share: Share | None) -> Range | None:
    """An effective share with six places, rounded outwards past the error of reckoning."""
    if share is None:
        return None
    low, high = (round(end * 10**6, 3) for end in share)
    return range_of(math.floor(low) / 10**6, math.ceil(high) / 10**6)
