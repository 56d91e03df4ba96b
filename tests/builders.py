"""Regimes of a few rows, built in code: what a rule of the engine does, with no law in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeVar, get_origin

import msgspec

from detente.evidence.facts import Facts, KeptAs, Promise, facts_of
from detente.evidence.load import Evidence
from detente.evidence.model import Finding
from detente.law.clauses import tagged
from detente.law.conditions import Condition, Named, filled, walk
from detente.law.conditions import Fact as Leaf
from detente.law.history import HistoryEvent
from detente.law.model import ComponentTest, Event, Instrument, Measure, Requirement
from detente.law.read import parse
from detente.law.regime import Regime
from detente.law.ways import Gate, Reimposition, ReliefPath
from detente.relief.paths import PathStatus, status_of

T = TypeVar("T")
EVERY_LEVEL: Final = (
    "assurance", "commitment", "progress", "continued", "significant-progress", "met",
)  # fmt: skip
_CITED: Final = {"sources": ("a source",), "confidence": "analyst", "citation": "s. 1"}


def _made(kind: type[T], fields: Mapping[str, Any]) -> T:
    """Return a row of ``kind``; fields that it does not know are an error, as in the data."""
    return msgspec.convert(fields, kind, strict=False)


def condition_of(raw: object) -> Condition:
    """Return a condition that was read from YAML, in the data format's own words."""
    faults: list[str] = []
    form = tagged(raw, lambda _, key, what, advice: faults.append(f"{key}: {what}; {advice}"))
    if faults or form is None:
        raise ValueError("; ".join(faults) or "no condition")
    node: Condition = msgspec.convert(form, Condition, strict=False)
    return node


def condition(text: str) -> Condition:
    """Return a condition as lawyers write it: ``{all: [{finding: f-a}, {event: e-b}]}``."""
    return condition_of(parse(text, "condition").data)


def path(text: str | Condition, **changes: Any) -> ReliefPath:
    """Return a suspension ``rp-x`` of the measure ``m-1``, decided by a council."""
    node = condition(text) if isinstance(text, str) else text
    fields: dict[str, Any] = {
        "id": "rp-x", "kind": "suspension", "title": "Relief", "applies_to": ("m-1",),
        "decided_by": "council", "pin": "sure", "condition": node, **_CITED, **changes,
    }  # fmt: skip
    return _made(ReliefPath, {key: msgspec.to_builtins(item) for key, item in fields.items()})


def measure(id_: str = "m-1", effective: str = "2000-01-01", **changes: Any) -> Measure:
    """Return a measure that binds from ``effective`` on."""
    fields = {
        "id": id_, "instrument": "i-1", "provision": "s. 1", "pin": "sure", "kind": "ban",
        "restricts": "Trade.", "binds": "all", "effective": effective, "domain": "trade",
        "livelihood": "civilian", "binding": "binding", "sources": ("a source",),
        "confidence": "analyst", **changes,
    }  # fmt: skip
    return _made(Measure, fields)


def requirement(id_: str, kind: str = "conduct", **changes: Any) -> Requirement:
    """Return a requirement that knows every level."""
    fields = {
        "id": id_, "text": "It is done.", "kind": kind, "binding": "binding", "areas": (),
        "determined_by": "council", "levels": EVERY_LEVEL, "pin": "sure", **_CITED, **changes,
    }  # fmt: skip
    return _made(Requirement, fields)


def of_components(*ids: str) -> ComponentTest:
    """Return the test that all the components named have come as far as is asked."""
    return ComponentTest(all=ids, confidence="analyst")


def reimposition(text: str | Condition, **changes: Any) -> Reimposition:
    """Return a re-imposition ``ri-x`` of the measure ``m-1``."""
    node = condition(text) if isinstance(text, str) else text
    fields: dict[str, Any] = {
        "id": "ri-x", "title": "It comes back", "applies_to": ("m-1",), "decided_by": "council",
        "pin": "sure", "condition": node, **_CITED, **changes,
    }  # fmt: skip
    return _made(Reimposition, {key: msgspec.to_builtins(item) for key, item in fields.items()})


def gate(text: str, **changes: Any) -> Gate:
    """Return a gate ``gate-x`` in the way of ``rp-x``, open when the condition holds."""
    fields: dict[str, Any] = {
        "id": "gate-x", "title": "Review", "pin": "sure", "blocks": "No relief.",
        "paths": ("rp-x",), "condition": msgspec.to_builtins(condition(text)), **_CITED, **changes,
    }  # fmt: skip
    return _made(Gate, fields)


def event(id_: str, day: str, *effects: Mapping[str, Any], **changes: Any) -> HistoryEvent:
    """Return an event of the history."""
    fields: dict[str, Any] = {
        "id": id_, "date": day, "text": "It happened.", "kind": "act", "effects": effects,
        **_CITED, **changes,
    }  # fmt: skip
    return _made(HistoryEvent, fields)


def regime(
    *paths: ReliefPath,
    measures: Iterable[Measure] = (),
    requirements: Iterable[Requirement] = (),
    reimpositions: Iterable[Reimposition] = (),
    gates: Iterable[Gate] = (),
    history: Iterable[HistoryEvent] = (),
) -> Regime:
    """Return a regime of these rows, and of every other row that the paths' conditions name."""
    rows = {row.id: row for row in measures} or {"m-1": measure()}
    named = {row.id: row for row in requirements}
    happened = {row.id: row for row in history}
    back = {row.id: row for row in reimpositions}
    texts = {id_: row.condition for id_, row in back.items()}
    paths = tuple(
        msgspec.structs.replace(item, condition=filled(item.condition, texts)) for item in paths
    )
    standing = {row.id: row for row in gates}
    events: dict[str, Event] = {}
    roots = [root for item in paths for root in _roots(item)]
    roots += texts.values()
    roots += [row.condition for row in standing.values()]
    nodes = [limb for root in roots for limb in walk(root)]
    for node in nodes:
        if isinstance(node, Named) and node.finding is not None:
            named.setdefault(node.finding, requirement(node.finding, "finding"))
    for leaf in (node for node in nodes if isinstance(node, Leaf)):
        if leaf.kind == "event":
            if leaf.id not in happened:
                events[leaf.id] = _made(Event, {"id": leaf.id, "text": "It happens.", **_CITED})
        elif leaf.kind != "act":
            kind = "conduct" if leaf.kind == "requirement" else "finding"
            named.setdefault(leaf.id, requirement(leaf.id, kind))
    law = {
        "id": "i-1", "title": "Law", "issuer": "council", "kind": "us-statute",
        "adopted": "2000-01-01", **_CITED,
    }  # fmt: skip
    tables: dict[str, Any] = {
        f.name: {} for f in msgspec.structs.fields(Regime) if get_origin(f.type) is dict
    }
    given: dict[str, Any] = {
        "instruments": {"i-1": _made(Instrument, law)},
        "measures": rows,
        "requirements": named,
        "events": events,
        "paths": {item.id: item for item in paths},
        "reimpositions": back,
        "gates": standing,
        "history": happened,
        "paths_of": {id_: tuple(p.id for p in paths if id_ in p.applies_to) for id_ in rows},
        "gates_of": _holders(standing.values(), "paths"),
        "replaced_by": _holders(paths, "replaces"),
    }
    return Regime(
        id="tiny", name="Tiny", target="nobody", summary="A regime for tests.", edition="1",
        reference_date=date(2019, 2, 28), known_until=date(2030, 1, 1), **(tables | given),
    )  # fmt: skip


def _holders(rows: Iterable[Gate | ReliefPath], field: str) -> dict[str, tuple[str, ...]]:
    """Return, for each id that a field of some rows names, the ids of those rows."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for id_ in getattr(row, field):
            found[id_] = (*found.get(id_, ()), row.id)
    return found


def _roots(item: ReliefPath) -> Iterable[Condition]:
    """Yield every condition that a path carries."""
    yield item.condition
    if item.renewal is not None:
        yield item.renewal.condition
    for rider in item.riders:
        yield rider.condition


_numbers = iter(range(1, 1_000_000))


def finding(happened: str, **fields: Any) -> Finding:
    """Return a finding, verified and recorded on the day unless said otherwise."""
    given = {
        "id": f"n-{next(_numbers)}", "verification": "verified", "happened": happened,
        "recorded": happened, "sources": ("a source",), "confidence": "analyst", **fields,
    }  # fmt: skip
    return _made(Finding, given)


def facts(
    of: Regime,
    day: str,
    *findings: Finding,
    complete: str | None = None,
    known_on: str | None = None,
    kept_as: KeptAs = "progress",
    promises: Mapping[str, Promise] | None = None,
) -> Facts:
    """Return the state of every fact on ``day``; acts are on record up to ``complete``."""
    through = date.fromisoformat(complete) if complete else None
    known = date.fromisoformat(known_on) if known_on else None
    evidence = Evidence(findings, through)
    when = date.fromisoformat(day)
    return facts_of(of, evidence, when, known, kept_as=kept_as, promises=promises)


def status(
    item: ReliefPath,
    day: str,
    *findings: Finding,
    complete: str | None = None,
    for_measure: str | None = None,
) -> PathStatus:
    """Return the status of a path that stands alone in its regime, on ``day``."""
    own = regime(item, measures=[measure(id_) for id_ in item.applies_to])
    return status_of(
        own.as_of(day), item, facts(own, day, *findings, complete=complete), for_measure
    )
