"""Parties that went off a list: the ground that was asked for, and what is on record of it.

A listing may end because the party changed, which the delisting paths of its measures ask for, or
because the measure on which it rested ended. Whether a party changed is a fact about that party:
only a finding that names it (``parties``) tells, and without one it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from detente.entities.model import Party
from detente.evidence.model import Finding
from detente.law.asof import available
from detente.law.conditions import Fact, walk
from detente.law.dates import span
from detente.law.regime import Regime
from detente.law.ways import ReliefPath
from detente.monitor.bases import bases_of
from detente.monitor.bench import Bench
from detente.monitor.results import Audit
from detente.monitor.steps import Step
from detente.monitor.watch_results import Earned, Event

_SOON: Final = timedelta(days=31)
"""Between editions so near to each other, a recorded use of a path tells of those who went."""


class _Ground(NamedTuple):
    """Why a listing could end, and whether that was so."""

    text: str
    earned: Earned
    citation: str
    alarm: bool


def delistings(step: Step, bench: Bench, judged: Audit) -> Iterator[Event]:
    """Yield the delistings of a step, one event for all parties with the same ground.

    Args:
        step: from one edition to the next.
        bench: the regime and its evidence.
        judged: the audit of the regime's history, for measures that had ended.
    """
    groups: dict[_Ground, list[Party]] = {}
    for party in step.left(bench.regime):
        groups.setdefault(_ground(party, step, bench, judged), []).append(party)
    for ground, parties in groups.items():
        yield Event(
            event="delisting",
            regime=bench.regime.id,
            source=step.source,
            date=step.after[:10],
            after=step.before[:10],
            subjects=tuple(party.id for party in parties),
            names=tuple(party.name for party in parties),
            text=_went(step, parties),
            ground=ground.text,
            earned=ground.earned,
            alarm=ground.alarm,
            citation=ground.citation,
            counts={"parties": len(parties)},
        )  # fmt: skip


def _went(step: Step, parties: list[Party]) -> str:
    who = f"{len(parties)} parties" if len(parties) > 1 else parties[0].name
    gone = {party.id for party in step.went}
    stay = sum(party.id not in gone for party in parties)
    rest = f", {stay} of them still on it without a tag of this regime" if stay else ""
    return f"{who} went off {step.source}{rest}"


def _ground(party: Party, step: Step, bench: Bench, judged: Audit) -> _Ground:
    regime = bench.regime
    day = date.fromisoformat(step.after[:10])
    bases = [basis for basis in bases_of(party, regime, day) if basis.how != "statute"]
    measures = dict.fromkeys(id_ for basis in bases for id_ in basis.measures)
    if not measures:
        text = "on what the listing rested is not known here"
        return _Ground(text, "unknown", "none at hand", alarm=True)
    ended = [_ended(id_, day, bench, judged) for id_ in measures]
    over = [ground for ground in ended if ground is not None]
    if len(over) == len(ended):
        others = [basis.tag for basis in bases if not basis.measures]
        return _joined(over, others)
    paths = list(_delisting_paths(measures, day, regime))
    findings = [
        item
        for item in bench.evidence.findings
        if party.id in item.parties and span(item.happened).start <= day
    ]
    citations = "; ".join(dict.fromkeys(path.citation for path in paths))
    if not paths:
        named = ", ".join(measures)
        cited = "; ".join(regime.citation_of(id_) for id_ in measures)
        text = f"{named} bound, and no delisting path was at hand"
        return _Ground(text, "unknown", cited, alarm=True)
    asked = "; ".join(_asks(path, regime) for path in paths)
    known = _recorded(findings, paths)
    free = not any(_conduct(path) for path in paths)
    if known is None:
        text = f"asked for: {asked}; no finding about the party is on record"
        between = _in_between(paths, step, judged)
        short = day - date.fromisoformat(step.before[:10]) <= _SOON
        stated = free and bool(between) and short  # of a long time it cannot be told of whom
        return _Ground(text + between, "unknown", citations, alarm=not stated)
    met, finding = known
    if finding.act is not None:
        word = "the law asks for no conduct" if free else "no conduct is on record"
        text = f"asked for: {asked}; decided on {finding.happened} ({finding.id}); {word}"
        return _Ground(text, "no" if free else "unknown", citations, alarm=not free)
    word = "met" if met else "not met"
    text = f"asked for: {asked}; {word}, as found on {finding.happened} ({finding.id})"
    return _Ground(text, "yes" if met else "no", citations, alarm=not met)


def _joined(grounds: list[_Ground], others: list[str]) -> _Ground:
    """One ground of several measures that had ended: earned only where each was.

    What ended tags that this regime does not explain (``others``) is not known.
    """
    unique = list(dict.fromkeys(grounds))
    words = {ground.earned for ground in unique} | ({"unknown"} if others else set())
    earned: Earned = "unknown" if "unknown" in words else "no" if "no" in words else "yes"
    text = "; ".join(ground.text for ground in unique)
    if others:
        text += f"; it stood under {', '.join(others)} too, which this regime does not explain"
    return _Ground(
        text,
        earned,
        "; ".join(dict.fromkeys(ground.citation for ground in unique)),
        alarm=bool(others) or any(ground.alarm for ground in unique),
    )


def _conduct(path: ReliefPath) -> bool:
    """Whether a path asks for conduct, and not for a decision alone."""
    return any(
        isinstance(node, Fact) and node.kind == "requirement" for node in walk(path.condition)
    )


def _in_between(paths: list[ReliefPath], step: Step, judged: Audit) -> str:
    """What the history tells of names taken off between the two editions, though not of whom."""
    told = [
        f"; {entry.event} of {entry.date} took names off under {entry.path} ({entry.verdict})"
        for entry in judged.entries
        if any(entry.path == path.id for path in paths)
        and step.before[:10] < entry.effective.isoformat() <= step.after[:10]
    ]
    return "".join(dict.fromkeys(told))


def _ended(measure: str, day: date, bench: Bench, judged: Audit) -> _Ground | None:
    """How a measure had stopped to bind, and whether that was earned; None where it bound."""
    status = bench.after(day).measure(measure)
    if status.state.status in ("in-force", "unknown", "not-yet", "unused"):
        return None
    text = f"{measure} no longer bound: {status.state.why}"
    done = [
        entry
        for entry in judged.entries
        if measure in entry.measures
        and entry.effect in ("ends", "suspends")
        and entry.effective <= day
    ]
    citation = bench.regime.citation_of(measure)
    if not done:
        return _Ground(text, "unknown", citation, alarm=True)
    last = done[-1]
    text += f"; {last.event} of {last.date}: {last.verdict or 'no verdict'}, {last.why}"
    alarm = last.verdict in (None, "unearned", "early")
    return _Ground(text, earned_of(last.verdict), last.citation, alarm=alarm)


def earned_of(verdict: str | None) -> Earned:
    """Return whether a verdict of the audit means that conduct that was asked for was met.

    What the law leaves to discretion was lawful and is not earned; ``alarm`` tells the two apart.
    """
    if verdict is None:
        return "unknown"
    return "yes" if verdict in ("earned", "late") else "no"


def _delisting_paths(measures: Iterable[str], day: date, regime: Regime) -> Iterator[ReliefPath]:
    ids = dict.fromkeys(id_ for measure in measures for id_ in regime.paths_of[measure])
    for id_ in ids:
        path = regime.paths[id_]
        if path.kind == "delisting" and available(path, day):
            yield path


def _asks(path: ReliefPath, regime: Regime) -> str:
    """What a delisting path asks for, in the words of the requirement."""
    wanted = [
        regime.requirements[node.id].text.rstrip(".")
        for node in walk(path.condition)
        if isinstance(node, Fact) and node.kind == "requirement"
    ]
    who = regime.deciders.get(path.decided_by, path.decided_by)
    return f"{' / '.join(wanted) or 'a decision alone'} ({path.id}, decided by {who})"


def _recorded(findings: list[Finding], paths: list[ReliefPath]) -> tuple[bool, Finding] | None:
    """What the latest finding about the party says of what a path asks for."""
    wanted = {
        (node.kind, node.id)
        for path in paths
        for node in walk(path.condition)
        if isinstance(node, Fact)
    }
    for finding in sorted(findings, key=lambda item: span(item.happened).start, reverse=True):
        if finding.requirement and ("requirement", finding.requirement) in wanted:
            if finding.arguable or finding.verification in ("none", "claimed"):
                return None
            return finding.extent == "met", finding
        if finding.finding and ("finding", finding.finding) in wanted and finding.made is not None:
            return finding.made, finding
    acts = [item for item in findings if item.made and item.act in {path.id for path in paths}]
    acts.sort(key=lambda item: span(item.happened).start)
    return (True, acts[-1]) if acts else None
