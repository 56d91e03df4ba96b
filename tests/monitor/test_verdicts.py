"""Each verdict, on regimes of a few rows: what was done, held against the law of its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import builders
import msgspec
import pytest

from detente.evidence.load import Evidence
from detente.evidence.model import Finding
from detente.law.history import HistoryEvent
from detente.law.model import Source
from detente.law.regime import Regime
from detente.law.ways import ReliefPath
from detente.monitor.audit import audit
from detente.monitor.results import AuditEntry

LAW = builders.condition("{all: [{requirement: r-stop, level: met}, {finding: f-vote}]}")


def event(day: str, what: str = "ends", id_: str = "ev-x", **fields: Any) -> HistoryEvent:
    """Return an event that did something to the measure m-1 under the path rp-x."""
    effect = {"what": what, "measures": ("m-1",), "path": "rp-x", **fields.pop("effect", {})}
    row = {
        "id": id_, "date": day, "text": "It was done.", "kind": "act", "effects": (effect,),
        "sources": ("a source",), "confidence": "analyst", **fields,
    }  # fmt: skip
    made: HistoryEvent = msgspec.convert(row, HistoryEvent, strict=False)
    return made


def regime(path: ReliefPath, *events: HistoryEvent) -> Regime:
    """Return a regime of one path, with a history."""
    measure = builders.measure(requirements=("r-stop",))
    stop = builders.requirement("r-stop")
    law = builders.regime(path, measures=[measure], requirements=[stop])
    return msgspec.structs.replace(law, history={item.id: item for item in events})


def judged(
    path: ReliefPath, what: HistoryEvent, *findings: Finding, complete: str = "2020-01-01"
) -> AuditEntry:
    """Return the one entry of an audit."""
    law = regime(path, what)
    [entry] = audit(law, Evidence(findings, date.fromisoformat(complete))).entries
    return entry


def conduct(day: str, extent: str = "met", **fields: Any) -> Finding:
    """Return a finding that the target stopped."""
    return builders.finding(day, requirement="r-stop", extent=extent, **fields)


def vote(day: str, **fields: Any) -> Finding:
    """Return the record of the vote."""
    return builders.finding(day, finding="f-vote", made=True, **fields)


def test_relief_on_conduct_that_was_met_is_earned() -> None:
    """The law asks for conduct, it was found before, and the decider decided."""
    entry = judged(builders.path(LAW), event("2005-01-01", "suspends"), conduct("2004-01-01"),
                   vote("2005-01-01"))  # fmt: skip
    assert (entry.verdict, entry.difference) == ("earned", None)
    assert {item.fact: item.value for item in entry.basis} == {
        "r-stop@met": "met",
        "f-vote": "met",
    }
    assert entry.spirit is not None
    assert (entry.spirit.met, entry.spirit.unmet, entry.spirit.unknown) == (1, 0, 0)


def test_a_reading_that_changes_the_verdict_for_one_measure_is_shown_for_that_one() -> None:
    """One event on two measures: the reading denies what only the second asks for."""
    more = builders.condition("{requirement: r-more, level: met}")
    rider = {"measures": ("m-2",), "condition": more, "citation": "s. 2"}
    path = builders.path(LAW, applies_to=("m-1", "m-2"), riders=(rider,))
    law = msgspec.structs.replace(
        builders.regime(path, measures=[builders.measure(), builders.measure("m-2")]),
        history={"ev-x": event("2005-01-01", effect={"measures": ("m-1", "m-2")})},
    )

    def evidence(extent: str) -> Evidence:
        told = builders.finding("2004-01-01", requirement="r-more", extent=extent)
        return Evidence((conduct("2004-01-01"), told, vote("2005-01-01")), date(2020, 1, 1))

    found = audit(law, evidence("met"), readings={"denied": evidence("none")}).entries
    assert {item.measures: (item.verdict, bool(item.beside)) for item in found} == {
        ("m-1",): ("earned", False),
        ("m-2",): ("earned", True),
    }
    assert found[1].beside["denied"].startswith("unearned: ")


def test_the_event_is_itself_the_record_of_the_act() -> None:
    """Where nothing but the decision is missing, the event says that it was taken."""
    entry = judged(builders.path(LAW), event("2005-01-01", "suspends"), conduct("2004-01-01"))
    assert entry.verdict == "earned"
    assert entry.difference is not None  # nobody recorded the vote as a finding


def test_relief_that_asks_for_no_conduct_is_discretionary() -> None:
    """A vote alone may end it, whatever the target did."""
    entry = judged(builders.path("{finding: f-vote}"), event("2005-01-01", "suspends"),
                   conduct("2004-01-01", "none"), vote("2005-01-01"))  # fmt: skip
    assert entry.verdict == "discretionary"
    assert "council may decide" in entry.why
    assert entry.spirit is not None
    assert (entry.spirit.met, entry.spirit.unmet) == (0, 1)


def test_relief_without_its_condition_is_unearned() -> None:
    """The conduct was found not to be met, and never was later."""
    entry = judged(builders.path(LAW), event("2005-01-01", "suspends"),
                   conduct("2004-01-01", "progress"), vote("2005-01-01"))  # fmt: skip
    assert entry.verdict == "unearned"


def test_relief_before_its_condition_is_early() -> None:
    """The conduct was found later: the day on which it was is named."""
    entry = judged(builders.path(LAW), event("2005-01-01", "suspends"),
                   conduct("2004-01-01", "none"), vote("2005-01-01"),
                   conduct("2006-03-01"))  # fmt: skip
    assert entry.verdict == "early"
    assert "2006-03-01" in entry.why


def test_relief_before_a_waiting_period_has_run_is_early() -> None:
    """Thirty days after the report were to run, and relief came after ten."""
    path = builders.path("{elapsed: {from: {finding: f-vote}, term: 30 days}}")
    entry = judged(path, event("2005-01-11", "suspends"), vote("2005-01-01"))
    assert entry.verdict == "early"
    assert "2005-01-31" in entry.why


def test_what_ends_by_itself_and_is_declared_later_is_late() -> None:
    """A path that executes itself had been met for a year before anybody said so."""
    path = builders.path("{requirement: r-stop, level: met}", kind="termination",
                         self_executing=True)  # fmt: skip
    entry = judged(path, event("2005-01-01"), conduct("2004-01-01"))
    assert entry.verdict == "late"
    assert "2004-01-01" in entry.why


def test_what_ends_by_itself_on_its_day_is_earned() -> None:
    """The same, declared on the day of the finding."""
    path = builders.path("{requirement: r-stop, level: met}", kind="termination",
                         self_executing=True)  # fmt: skip
    assert judged(path, event("2004-01-01"), conduct("2004-01-01")).verdict == "earned"


def test_what_time_alone_ends_has_lapsed() -> None:
    """Nobody decided and nobody earned it: the day had come."""
    path = builders.path("{after: 2005-01-01}", kind="expiry", self_executing=True)
    assert judged(path, event("2005-01-01")).verdict == "lapsed"


def test_relief_that_ran_out_has_lapsed() -> None:
    """A measure bites again when the relief is over: the law needs no reason."""
    path = builders.path("{finding: f-vote}", kind="waiver", term="180 days")
    entry = judged(path, event("2005-06-30", "lapses"), vote("2005-01-01"))
    assert (entry.verdict, entry.difference) == ("lapsed", None)


def test_relief_that_is_said_to_have_run_out_and_still_runs_is_a_difference() -> None:
    """The record and the law with the evidence are held against each other."""
    path = builders.path("{finding: f-vote}", kind="waiver", term="180 days")
    entry = judged(path, event("2005-03-01", "lapses"), vote("2005-01-01"))
    assert entry.difference == (
        "recorded as no longer eased; by the law and the evidence m-1: relief runs"
    )


def test_what_is_not_known_gets_no_verdict() -> None:
    """Unknown conduct is never silently called unearned."""
    entry = judged(builders.path(LAW), event("2005-01-01", "suspends"), vote("2005-01-01"))
    assert entry.verdict is None
    assert entry.why.startswith("not known")


def test_only_what_was_recorded_by_the_day_counts() -> None:
    """Conduct that came to light later earns nothing backwards, but it is told."""
    entry = judged(builders.path(LAW), event("2005-01-01", "suspends"), vote("2005-01-01"),
                   conduct("2004-01-01", "none"),
                   conduct("2004-06-01", recorded="2007-01-01"))  # fmt: skip
    assert entry.verdict == "unearned"
    assert entry.why.endswith("what became known later shows that it was met")


@pytest.mark.parametrize(
    ("window", "verdict"),
    [({"since": "2006-01-01", "why": "Not yet law."}, "early"),
     ({"until": "2004-01-01", "why": "No longer law."}, "unearned")],
    ids=["not yet", "no longer"],
)  # fmt: skip
def test_a_path_that_cannot_be_used_gives_no_right(window: dict[str, str], verdict: str) -> None:
    """Relief under a path that is not yet, or no longer, law has no ground in it."""
    path = builders.path("{finding: f-vote}", available=window)
    assert judged(path, event("2005-01-01", "suspends"), vote("2005-01-01")).verdict == verdict


@pytest.mark.parametrize("what", ["imposes", "keeps"])
def test_what_gives_no_relief_gets_no_verdict_and_cites_a_law(what: str) -> None:
    """Impositions and statements that nothing changes are listed, each with its citation."""
    entry = judged(builders.path("{finding: f-vote}"), event("2005-01-01", what))
    assert entry.verdict is None
    assert "no relief was given" in entry.why
    assert entry.citation == "s. 1"


def test_an_event_without_effects_is_listed_with_who_tells_of_it() -> None:
    """Nothing of the history is left out, and every entry cites something."""
    law = regime(builders.path("{finding: f-vote}"), event("2005-01-01", effects=()))
    page = Source(id="a source", title="A page", kind="page")
    law = msgspec.structs.replace(law, sources={page.id: page})
    [entry] = audit(law, Evidence()).entries
    assert (entry.effect, entry.verdict, entry.citation) == (None, None, "A page")


def test_since_and_until_take_events_that_may_have_happened_within() -> None:
    """An imprecise date counts wherever it may lie within the days asked for."""
    path = builders.path("{finding: f-vote}")
    law = regime(path, event("2005-01-01", id_="ev-a"), event("2006", id_="ev-b"),
                 event("2007-01-01", id_="ev-c"))  # fmt: skip
    found = audit(law, Evidence(), since=date(2006, 6, 1), until=date(2006, 12, 31))
    assert [entry.event for entry in found.entries] == ["ev-b"]
