"""What a regime must hold together: every id known, every date in order, no way in circles."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from detente.errors import nearest
from detente.law import dates
from detente.law.conditions import (
    After,
    AtLeast,
    Condition,
    Deferred,
    Elapsed,
    Fact,
    Imposed,
    Named,
    Race,
    Reimposed,
    Report,
    Silence,
    Snapback,
    walk,
)
from detente.law.draft import Draft
from detente.law.history import Change, HistoryEvent
from detente.law.model import Due, Emergency, Instrument, Measure, Requirement, Row
from detente.law.subjects import Component
from detente.law.ways import Gate, Reimposition, ReliefPath, Rider

Say = Callable[[str, str], None]


def check(draft: Draft) -> None:
    """Add to ``draft.problems`` everything that is wrong between the rows of a regime."""
    tables = draft.tables
    areas = {area.id for area in tables["head"][""].areas} if tables["head"][""] else None
    for table in ("instruments", "measures", "requirements", "events", "paths", "reimpositions",
                  "gates", "history", "emergencies", "components", "developments",
                  "precedents", "designations"):  # fmt: skip
        for row in tables.get(table, {}).values():
            say = _teller(draft, row)
            _known(say, "source", row.sources, tables.get("sources", {}))
            if areas is not None:
                named = getattr(row, "areas", ()) or ((row.area,) if table == "components" else ())
                _known(say, "issue area", named, areas)
    _head(draft)
    for instrument in tables.get("instruments", {}).values():
        _instrument(draft, instrument)
    for measure in tables.get("measures", {}).values():
        _measure(draft, measure)
    for requirement in tables.get("requirements", {}).values():
        _requirement(draft, requirement)
    for path in tables.get("paths", {}).values():
        _path(draft, path)
    for reimposition in tables.get("reimpositions", {}).values():
        _reimposition(draft, reimposition)
    for gate in tables.get("gates", {}).values():
        _gate(draft, gate)
    for event in tables.get("history", {}).values():
        _event(draft, event)
    _in_order(draft, tables.get("history", {}).values())
    for emergency in tables.get("emergencies", {}).values():
        _emergency(draft, emergency)
    for row in [*tables.get("developments", {}).values(), *tables.get("precedents", {}).values()]:
        _dated(draft, row)
    for programme in tables.get("programmes", {}).values():
        say = _teller_of(draft, programme.tag)
        _known(
            say,
            "measure",
            (programme.measure, *programme.statute_overlap),
            tables.get("measures", {}),
        )
        _known(say, "instrument", (programme.authority,), tables.get("instruments", {}))
        if programme.emergency is not None:
            _known(say, "emergency", (programme.emergency,), tables.get("emergencies", {}))
    for row in tables.get("designations", {}).values():
        say = _teller_of(draft, row.id)
        wanted = [id_ for part in (*row.acts, *row.terms) for id_ in part.measures]
        wanted += [row.measure] if row.measure is not None else []
        _known(say, "measure", wanted, tables.get("measures", {}))
    _circles(draft)
    _weights(draft, tables.get("components", {}).values())


def _head(draft: Draft) -> None:
    head = draft.tables["head"][""]
    if head and head.known_until < head.reference_date:
        text = f"is known until {head.known_until}, before its reference date {head.reference_date}"
        draft.report(head.id, text, "mend one of the dates")
    if head and not draft.tables.get("measures"):
        draft.report(head.id, "has no measure", "write at least one under an instrument")


def _teller(draft: Draft, row: Row) -> Say:
    return _teller_of(draft, row.id)


def _teller_of(draft: Draft, id_: str) -> Say:
    return lambda problem, suggestion: draft.report(id_, problem, suggestion)


def _known(say: Say, what: str, ids: Iterable[str], known: Iterable[str]) -> None:
    for id_ in ids:
        if id_ not in known:
            say(f"names the unknown {what} {id_!r}", nearest(id_, known))


def _instrument(draft: Draft, instrument: Instrument) -> None:
    say = _teller(draft, instrument)
    _schedule(say, instrument.schedule)
    if instrument.adopted_by is not None and instrument.adopted_by <= instrument.adopted:
        say(f"was adopted by {instrument.adopted_by}, not after {instrument.adopted}", _BY)


_BY = "give the first day it may have been and then the last, or one of them alone"


def _measure(draft: Draft, measure: Measure) -> None:
    say = _teller(draft, measure)
    tables = draft.tables
    _known(say, "requirement", measure.requirements, tables.get("requirements", {}))
    _known(say, "measure", measure.overlaps, tables.get("measures", {}))
    _schedule(say, measure.schedule)
    instrument = tables.get("instruments", {}).get(measure.instrument)
    if instrument and measure.effective < instrument.adopted and measure.carried_from is None:
        text = f"takes effect on {measure.effective}, before {instrument.id} was adopted"
        say(f"{text} ({instrument.adopted})", "mend one of the dates or say carried_from")
    if measure.effective_by is not None and measure.effective_by <= measure.effective:
        say(f"takes effect by {measure.effective_by}, not after {measure.effective}", _BY)
    if measure.superseded_by is not None:
        _known(say, "measure", (measure.superseded_by,), tables.get("measures", {}))
        successor = tables.get("measures", {}).get(measure.superseded_by)
        if successor and successor.effective < measure.effective:
            text = f"is superseded by {successor.id}, which took effect earlier"
            say(text, "mend one of the two dates or the link")
    if measure.ended is not None:
        _known(say, "source", measure.ended.sources, tables.get("sources", {}))
    if measure.ended is not None and measure.ended.on < measure.effective:
        say(f"ended on {measure.ended.on}, before it took effect", "mend one of the dates")
    end = date.min
    for term in measure.terms:
        if term.until <= term.since or term.since < end:
            advice = "write terms oldest first, each ending after it begins and before the next"
            say(f"has the term {term.since} to {term.until} out of order", advice)
        if term.reaches_back != "no" and term.since in (end, measure.terms[0].since):
            text = f"has the term from {term.since}, which reaches back over no break"
            say(text, "remove reaches_back, or mend the dates")
        end = term.until


def _schedule(say: Say, schedule: Iterable[Due]) -> None:
    for due in schedule:
        if due.what not in ("lapses", "refills", "due"):
            say(f"schedules {due.what!r}", nearest(due.what, ("lapses", "refills", "due")))
        if (due.on is None) == (due.month_day is None):
            say("schedules something without one clear date", "give either on or month_day")
        if due.month_day is not None:
            _parsed(say, lambda text: dates.span(f"2000-{text}"), due.month_day)


def _parsed(say: Say, parse: Callable[[str], object], text: str, what: str = "date") -> None:
    try:
        parse(text)
    except ValueError as error:
        say(str(error), f"mend the {what}")


def _requirement(draft: Draft, requirement: Requirement) -> None:
    say = _teller(draft, requirement)
    test = requirement.components
    if test is not None:
        _known(say, "component", (*test.all, *test.any), draft.tables.get("components", {}))
        if bool(test.all) == bool(test.any):
            say("joins its components by both or neither of all and any", "give one of the two")


def _path(draft: Draft, path: ReliefPath) -> None:
    say = _teller(draft, path)
    tables = draft.tables
    measures, paths = tables.get("measures", {}), tables.get("paths", {})
    if not path.applies_to:
        say("applies to no measure", "name the measures it ends or eases, or remove it")
    _known(say, "measure", path.applies_to, measures)
    _known(say, "relief path", path.replaces, paths)
    if path.id in path.replaces:
        say("replaces itself, so that relief under it never counts", "name other paths alone")
    if path.manner is not None and path.kind != "termination":
        say(f"is a {path.kind} by {path.manner}", "manner belongs to a termination")
    _known(say, "requirement", path.grounds, tables.get("requirements", {}))
    for id_ in path.floor:
        if id_ not in measures and id_ not in paths:
            say(f"has the dangling floor {id_!r}", nearest(id_, [*measures, *paths]))
    window = path.available
    if window and window.since and window.until and window.until <= window.since:
        say(f"is available until {window.until}, before it begins", "mend one of the dates")
    parts = [path.term]
    if path.renewal:
        ahead = path.renewal.window
        parts += [path.renewal.term, *((ahead.opens, ahead.closes) if ahead else ())]
        _condition(draft, say, path.renewal.condition, renewal=True)
    for term in filter(None, parts):
        _parsed(say, dates.check_term, term, "term")
    _condition(draft, say, path.condition)
    _riders(draft, say, path.riders, path.applies_to)


def _riders(draft: Draft, say: Say, riders: Iterable[Rider], measures: Iterable[str]) -> None:
    for rider in riders:
        _condition(draft, say, rider.condition)
        _known(say, "measure of this path", rider.measures, measures)


def _reimposition(draft: Draft, row: Reimposition) -> None:
    say = _teller(draft, row)
    if not row.applies_to:
        say("applies to no measure", "name the measures that bind again, or remove it")
    _known(say, "measure", row.applies_to, draft.tables.get("measures", {}))
    _known(say, "relief path", row.ends_paths, draft.tables.get("paths", {}))
    for condition in (row.condition, *(rider.condition for rider in row.riders)):
        if any(isinstance(node, Reimposed) for node in walk(condition)):
            say("rests on a re-imposition", "write that one's condition out")
    _condition(draft, say, row.condition)
    _riders(draft, say, row.riders, row.applies_to)


def _gate(draft: Draft, gate: Gate) -> None:
    say = _teller(draft, gate)
    paths: dict[str, ReliefPath] = draft.tables.get("paths", {})
    if not gate.paths:
        say("stands in the way of no path", "name the paths that it blocks, or remove it")
    _known(say, "relief path", gate.paths, paths)
    reached = {id_ for path in gate.paths if path in paths for id_ in paths[path].applies_to}
    _known(say, "measure of its paths", gate.measures, reached)
    if gate.since and gate.until and gate.until <= gate.since:
        say(f"is law until {gate.until}, before it begins", "mend one of the dates")
    _condition(draft, say, gate.condition)


def _event(draft: Draft, event: HistoryEvent) -> None:
    say = _teller(draft, event)
    _parsed(say, dates.span, event.date)
    for change in event.effects:
        _change(draft, say, event, change)


def _in_order(draft: Draft, events: Iterable[HistoryEvent]) -> None:
    latest: tuple[date, str] | None = None
    for event in events:
        with contextlib.suppress(ValueError):  # a bad date is reported by itself
            day = dates.span(event.date).start
            if latest is not None and day < latest[0]:
                draft.report(event.id, f"stands after {latest[1]}, which happened later",
                             "write the history oldest first")  # fmt: skip
            latest = max(latest or (day, event.id), (day, event.id))


def _change(draft: Draft, say: Say, event: HistoryEvent, change: Change) -> None:
    _known(say, "measure", change.measures, draft.tables.get("measures", {}))
    ways = draft.tables.get("paths", {}) | draft.tables.get("reimpositions", {})
    if change.path is not None:
        _known(say, "relief path or re-imposition", (change.path,), ways)
    path = draft.tables.get("paths", {}).get(change.path or "")
    if path is not None and not path.ends and change.what in ("ends", "suspends"):
        text = f"{change.what} measures by {path.id}, a {path.kind}, which ends nothing"
        say(text, "write eases or waives, or name the path that ended them")
    if change.path in ways:
        strays = [id_ for id_ in change.measures if id_ not in ways[change.path].applies_to]
        if strays:
            text = f"{change.what} {', '.join(strays)} by {change.path}, which does not reach it"
            say(text, "name the way that was used, or add the measure to it")
    with contextlib.suppress(ValueError):  # a bad date is reported by itself
        if change.effective is not None and change.effective < dates.span(event.date).start:
            say(f"worked on {change.effective}, before it happened", "mend one of the dates")


def _condition(draft: Draft, say: Say, root: Condition, *, renewal: bool = False) -> None:
    blank = [node for node in walk(root) if isinstance(node, After) and node.date is None]
    if sum(node.finding is None for node in blank) > 1:
        text = "has several periods of unknown start that nothing tells apart"
        say(text, "name each with a finding")
    for node in walk(root):
        if node.since and node.until and node.until <= node.since:
            say(f"has a limb that is law until {node.until}, before it begins", "mend the dates")
        if isinstance(node, Named) and node.finding is not None:
            _finding(draft, say, node.finding)
        if isinstance(node, Fact):
            _fact(draft, say, node, renewal=renewal)
        elif isinstance(node, (AtLeast, Imposed)) and node.count > len(node.of):
            what = "limbs" if isinstance(node, AtLeast) else "measures"
            say(f"asks for {node.count} of {len(node.of)} {what}", "ask for at most all of them")
        elif isinstance(node, Reimposed) and node.of is None:
            _known(say, "re-imposition", (node.id,), draft.tables.get("reimpositions", {}))
        elif isinstance(node, (Elapsed, Silence, Deferred, Report, Snapback, Race)) and node.term:
            _parsed(say, dates.check_term, node.term, "term")
        if isinstance(node, Imposed):
            _known(say, "measure", node.of, draft.tables.get("measures", {}))
            twice = [id_ for id_ in dict.fromkeys(node.of) if node.of.count(id_) > 1]
            if twice:
                say(f"counts {', '.join(twice)} more than once", "name each measure once")


def _fact(draft: Draft, say: Say, fact: Fact, *, renewal: bool) -> None:
    tables = draft.tables
    if fact.kind == "finding":
        _finding(draft, say, fact.id)
    elif fact.kind == "act":
        _known(say, "relief path", (fact.id,), tables.get("paths", {}))
    elif fact.kind == "event":
        _known(say, "event", (fact.id,), tables.get("events", {}) | tables.get("history", {}))
    else:
        rows: dict[str, Requirement] = tables.get("requirements", {})
        _known(say, "requirement", (fact.id,), rows)
        row = rows.get(fact.id)
        if row and fact.level not in row.levels:
            say(f"asks {fact.id} for the level {fact.level!r}, which it does not know",
                f"its levels are {', '.join(row.levels)}")  # fmt: skip
        if row and row.kind == "finding":
            say(f"asks for {fact.id} as conduct", f"write {{finding: {fact.id}}}")
        if fact.level == "continued" and not renewal:
            say(f"asks {fact.id} to be continued outside a renewal",
                "continued speaks of a running term: use it in renewal")  # fmt: skip


def _finding(draft: Draft, say: Say, id_: str) -> None:
    rows = draft.tables.get("requirements", {})
    findings = [row.id for row in rows.values() if row.kind == "finding"]
    if id_ in rows and rows[id_].kind != "finding":
        say(f"takes {id_} for a decision-maker's finding", f"it is {rows[id_].kind}")
    else:
        _known(say, "finding", (id_,), findings)


def _emergency(draft: Draft, emergency: Emergency) -> None:
    say = _teller(draft, emergency)
    _known(say, "instrument", emergency.instruments, draft.tables.get("instruments", {}))
    _parsed(say, dates.check_term, emergency.notice, "term")
    if emergency.continued_through < emergency.declared:
        say("is continued through a day before it was declared", "mend one of the dates")


def _dated(draft: Draft, row: Any) -> None:
    say = _teller(draft, row)
    texts = (row.date,) if hasattr(row, "date") else (*row.dates, *(e.date for e in row.events))
    for text in texts:
        _parsed(say, dates.span, text)
    components = getattr(row, "components", None) or getattr(row, "touched", {})
    _known(say, "component", components, draft.tables.get("components", {}))
    for id_, how in getattr(row, "touched", {}).items():
        if how not in ("yes", "partly"):
            say(f"says that it touched {id_} {how!r}", nearest(how, ("yes", "partly")))


def _circles(draft: Draft) -> None:
    """Report every chain of supersession that comes back to itself, once."""
    measures: dict[str, Measure] = draft.tables.get("measures", {})
    seen: set[str] = set()
    for start in measures:
        chain = list(_chain(measures, start))
        if chain[-1] == start and len(chain) > 1 and not seen & set(chain):
            seen |= set(chain)
            text = f"is superseded in a circle: {' -> '.join(chain)}"
            draft.report(start, text, "remove the superseded_by that is wrong")


def _chain(measures: dict[str, Measure], start: str) -> Iterator[str]:
    yield start
    seen = {start}
    current = measures[start].superseded_by
    while current is not None and current in measures:
        yield current
        if current in seen:
            return
        seen.add(current)
        current = measures[current].superseded_by


def _weights(draft: Draft, components: Iterable[Component]) -> None:
    total: dict[str, float] = {}
    for component in components:
        weight = component.weight
        total[component.area] = total.get(component.area, 0.0) + weight.central
        if not 0 <= weight.low <= weight.central <= weight.high <= 1:
            text = f"has the weight {weight.low} to {weight.high} around {weight.central}"
            draft.report(component.id, text, "keep 0 <= low <= central <= high <= 1")
    for area, weight_sum in total.items():
        if abs(weight_sum - 1) > 0.01:
            text = f"has components whose central weights sum to {weight_sum:.3f}"
            draft.report(area, text, "make them sum to 1")
