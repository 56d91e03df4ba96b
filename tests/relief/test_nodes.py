"""Each node of a condition at its boundaries: the day before, the day, and dates not known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import builders
import pytest
from builders import finding, status
from hypothesis import given
from hypothesis import strategies as st

from detente.days import day_of
from detente.evidence.model import Finding
from detente.law.asof import AsOf
from detente.law.conditions import decisions, filled
from detente.law.vocabulary import Truth
from detente.law.ways import Reimposition
from detente.relief.acts import with_act
from detente.relief.explain import Explanation, explain
from detente.relief.letter import Letters
from detente.relief.paths import PathStatus, status_of

MET, UNMET, UNKNOWN = Truth.MET, Truth.UNMET, Truth.UNKNOWN
LATE: Final = "2030-01-01"
"""A day to which the record of decisions and events is complete."""


def event(day: str, id_: str = "e-a", **fields: Any) -> Finding:
    """Return the record that an event happened."""
    return finding(day, event=id_, **{"made": True, "recorded": "2029", **fields})


def made(day: str, id_: str = "f-a", **fields: Any) -> Finding:
    """Return the record that a finding was made."""
    return finding(day, finding=id_, **{"made": True, "recorded": "2029", **fields})


def seen(text: str, day: str, *findings: Finding, complete: str | None = LATE) -> PathStatus:
    """Return the status of a path that executes itself under this condition."""
    return status(builders.path(text, self_executing=True), day, *findings, complete=complete)


def asked(text: str, day: str, *findings: Finding, complete: str | None = LATE) -> PathStatus:
    """Return the status of a path under this condition that somebody must decide."""
    return status(builders.path(text), day, *findings, complete=complete)


# Not and while


@pytest.mark.parametrize(
    ("text", "met", "unmet"),
    [
        ("{not: {event: e-a}}", None, "2019-03-01"),
        ("{while: {event: e-a}}", "2019-03-01", None),
        ("{not: {not: {event: e-a}}}", "2019-03-01", None),
        ("{not: {while: {event: e-a}}}", None, "2019-03-01"),
    ],
)
def test_not_turns_an_answer_round_and_while_keeps_it(
    text: str, met: str | None, unmet: str | None
) -> None:
    """Unknown stays unknown under both, from the first day that a date may mean to the last."""
    for day, value in ((met, MET), (unmet, UNMET)):
        assert seen(text, "2019-03-01", *([event(day)] if day else [])).value is value
    assert seen(text, "2019-03-01", complete=None).value is UNKNOWN
    perhaps = [seen(text, day, event("2019-03")).value for day in ("2019-03-01", "2019-03-30")]
    assert perhaps == [UNKNOWN, UNKNOWN]
    assert seen(text, "2019-03-31", event("2019-03")).value is (MET if met else UNMET)


def test_relief_under_while_ends_with_its_condition() -> None:
    """It holds for as long as conduct is found, and not a day longer."""
    kept = finding("2019-01-01", requirement="r-a", extent="met")
    broken = finding("2019-06-01", requirement="r-a", extent="none")
    text = "{while: {requirement: r-a, level: met}}"
    values = [seen(text, day, kept, broken).value for day in ("2019-05-31", "2019-06-01")]
    assert values == [MET, UNMET]


def test_what_is_missing_under_not_is_the_absence() -> None:
    """Each thing that must not be is asked for as ``not:``, and no decision gives it."""
    text = "{not: {any: [{event: e-a}, {finding: f-a}]}}"
    path = seen(text, "2019-03-01", complete=None)
    assert path.missing().sets == (("not:event:e-a", "not:f-a"),)
    assert (path.granted, path.discretionary) == (UNKNOWN, False)


def test_nothing_is_asked_for_where_an_event_that_must_not_be_has_happened() -> None:
    """What happened cannot be undone: no set of facts opens the path."""
    assert seen("{not: {event: e-a}}", "2019-03-02", event("2019-03-01")).missing().sets == ()


def test_a_decision_that_must_not_be_made_is_no_decision_of_the_decider() -> None:
    """A path that rests on ``not`` alone still waits for somebody's act."""
    for text in ("{not: {finding: f-a}}", "{not: {any: [{finding: f-a}, {act: rp-y}]}}"):
        assert with_act(builders.path(text)) != builders.condition(text)


@pytest.mark.parametrize(
    ("text", "giving"),
    [
        ("{not: {finding: f-a}}", []),
        ("{reimposed: ri-x}", []),
        ("{while: {finding: f-a}}", ["f-a"]),
        ("{silence: {of: {finding: f-a}, from: {finding: f-b}, term: 1 day}}", ["f-b"]),
        ("{snapback: {notice: {finding: f-a}, term: 1 day, unless: {finding: f-b}}}", ["f-a"]),
        ("{race: {from: {finding: f-a}, term: 1 day, before: {finding: f-b}}}", ["f-a"]),
        ("{deferred: {by: {act: rp-x}, term: 1 day, condition: {finding: f-a}}}",
         ["act:rp-x", "f-a"]),
        ("{at_least: {count: 1, of: [{finding: f-a}, {not: {finding: f-b}}]}}", ["f-a"]),
    ],
)  # fmt: skip
def test_relief_is_given_by_decisions_that_are_made_and_not_by_those_that_are_not(
    text: str, giving: list[str]
) -> None:
    """What must stay away, or brings measures back, opens no term of relief."""
    node = filled(builders.condition(text), {"ri-x": builders.condition("{finding: f-back}")})
    assert [fact.key for fact in decisions(node)] == giving


# After, elapsed, full days


@pytest.mark.parametrize(
    ("term", "last"), [("30 days", "2019-01-30"), ("30 full days", "2019-01-31")]
)
def test_a_term_has_run_on_the_day_it_says_and_not_before(term: str, last: str) -> None:
    """Thirty days from New Year have run on the 31st; thirty full days on 1 February."""
    text = f"{{elapsed: {{from: {{event: e-a}}, term: {term}}}}}"
    start = event("2019-01-01")
    then = date.fromisoformat(last) + timedelta(days=1)
    assert [seen(text, day, start).value for day in (last, str(then))] == [UNMET, MET]
    clock = seen(text, last, start).atoms[f"{term} since event:e-a"]
    assert (clock.due, clock.past) == (then, False)
    assert seen(text, str(then), start).atoms[clock.key].past


@pytest.mark.parametrize(
    ("day", "value"),
    [("2019-03-17", UNMET), ("2019-03-18", UNKNOWN), ("2019-04-13", UNKNOWN), ("2019-04-14", MET)],
)
def test_a_term_from_an_imprecise_day_is_unknown_from_the_first_end_to_the_last(
    day: str, value: Truth
) -> None:
    """Forty-five days from some day of February have run between 18 March and 14 April."""
    text = "{elapsed: {from: {event: e-a}, term: 45 days}}"
    assert seen(text, day, event("2019-02"), complete=None).value is value


def test_a_clock_that_runs_is_nobodys_discretion_and_shows_its_day() -> None:
    """The decision that starts it was made: what is left is to wait."""
    text = "{elapsed: {from: {finding: f-a}, term: 45 days}}"
    before, running = asked(text, "2019-01-01"), asked(text, "2019-01-10", made("2019-01-01"))
    assert (before.discretionary, running.discretionary) == (True, False)
    assert running.missing().sets == (("45 days since f-a",),)
    assert before.missing().sets == (("45 days since f-a", "f-a"),)


def test_conduct_that_is_found_again_restarts_no_clock() -> None:
    """The term runs from the first finding of a row; what interrupts the row starts it anew."""
    text = "{elapsed: {from: {requirement: r-a, level: met}, term: 30 days}}"
    rows = [
        finding(day, requirement="r-a", extent=extent)
        for day, extent in (("2018-12-01", "none"), ("2019-01-01", "met"), ("2019-01-20", "met"))
    ]
    assert [seen(text, day, *rows).value for day in ("2019-01-30", "2019-01-31")] == [UNMET, MET]
    rows.append(finding("2019-01-10", requirement="r-a", extent="none"))
    assert [seen(text, day, *rows).value for day in ("2019-02-18", "2019-02-19")] == [UNMET, MET]


@pytest.mark.parametrize(("join", "day"), [("all", "2019-03-31"), ("any", "2019-01-31")])
def test_a_requirement_of_several_things_holds_since_the_one_that_made_it_so(
    join: str, day: str
) -> None:
    """All of them since the last was done, one of them since the first."""
    text = "{elapsed: {from: {requirement: r-a, level: met}, term: 30 days}}"
    test = {join: ("site", "stock"), "confidence": "analyst"}
    path = builders.path(text, self_executing=True)
    law = builders.regime(path, requirements=[builders.requirement("r-a", components=test)])
    rows = [
        finding(when, component=id_, extent="met")
        for id_, when in (("site", "2019-01-01"), ("stock", "2019-03-01"))
    ]
    before = str(date.fromisoformat(day) - timedelta(days=1))
    values = [
        status_of(law.as_of(when), path, builders.facts(law, when, *rows)).value
        for when in (before, day)
    ]
    assert values == [UNMET, MET]


# Silence and snapback


SILENCE = "{silence: {of: {event: e-b}, from: {event: e-a}, term: 45 days}}"


@pytest.mark.parametrize(
    ("breaker", "value"),
    [
        ("2018-12-31", MET), ("2019-01-01", UNMET), ("2019-02-14", UNMET), ("2019-02-15", MET),
        ("2019-02", UNKNOWN), ("2018-12/2019-01", UNKNOWN), ("2019-01/2019-02", UNKNOWN),
    ],
)  # fmt: skip
def test_only_what_surely_falls_in_the_term_breaks_a_silence(breaker: str, value: Truth) -> None:
    """The first day of the term counts, the day on which it has run does not."""
    rows = (event("2019-01-01"), event(breaker, "e-b"))
    assert seen(SILENCE, "2019-06-01", *rows).value is value


def test_what_happened_within_the_term_and_again_after_it_broke_the_silence() -> None:
    """A second time outside the term does not undo the first."""
    rows = (event("2019-01-01"), event("2019-01-20", "e-b"), event("2019-05-01", "e-b"))
    assert seen(SILENCE, "2019-06-01", *rows).value is UNMET
    assert seen(SILENCE, "2019-06-01", rows[0], rows[2]).value is MET


def test_a_silence_that_was_broken_is_past_though_its_clock_still_runs() -> None:
    """The resolution cannot be undone: nothing is missing that could still come."""
    rows = (event("2019-01-01"), event("2019-01-20", "e-b"))
    for day in ("2019-01-20", "2019-06-01"):
        assert seen(SILENCE, day, *rows).missing().sets == ()


def test_a_silence_that_is_unknown_asks_for_its_absence() -> None:
    """With no record of the resolution, what is missing is that there was none."""
    rows = seen(SILENCE, "2019-06-01", event("2019-01-01"), complete=None)
    assert rows.value is UNKNOWN
    assert rows.missing().sets == (("not:event:e-b within 45 days since event:e-a",),)


SNAPBACK = (
    "{snapback: {notice: {finding: f-notice}, term: 30 full days, unless: {finding: f-keep}}}"
)


@pytest.mark.parametrize(
    ("moment", "value"),
    [
        ("2025-09-27", UNMET), ("2025-09-27T19:59-04:00", UNMET), ("2025-09-27T23:59Z", UNMET),
        ("2025-09-27T20:00-04:00", MET), ("2025-09-28T00:00Z", MET), ("2025-09-28", MET),
    ],
)  # fmt: skip
def test_a_snapback_of_thirty_full_days_takes_effect_at_midnight_of_greenwich(
    moment: str, value: Truth
) -> None:
    """Notice on 28 August: at eight in the evening of 27 September in New York, and no earlier."""
    notice = made("2025-08-28", "f-notice")
    assert seen(SNAPBACK, str(day_of(moment)), notice).value is value


@pytest.mark.parametrize(
    ("vote", "value"), [("2025-09-27", UNMET), ("2025-09-28", MET), ("2025-08-27", MET)]
)
def test_a_vote_to_keep_relief_counts_within_the_thirty_days(vote: str, value: Truth) -> None:
    """On the last of them it stops the snapback; after it, it comes too late."""
    rows = (made("2025-08-28", "f-notice"), made(vote, "f-keep"))
    assert seen(SNAPBACK, "2025-12-01", *rows).value is value


# Race


RACE = "{race: {from: {event: e-a}, term: 30 full days, before: {event: e-b}}}"


@pytest.mark.parametrize(
    ("rival", "value"),
    [
        (None, MET), ("2019-01-31", UNMET), ("2019-02-01", UNMET), ("2019-02-02", MET),
        ("2019-02", UNKNOWN), ("2018-06-01", UNMET), ("2019-03", MET), ("2019-01", UNMET),
    ],
)  # fmt: skip
def test_a_race_is_won_only_if_the_term_ran_out_before_the_rival(
    rival: str | None, value: Truth
) -> None:
    """Thirty full days from New Year run out on 1 February; on that day the rival wins."""
    rows = [event("2019-01-01"), *([event(rival, "e-b")] if rival else [])]
    assert seen(RACE, "2019-06-01", *rows).value is value


def test_a_race_still_runs_while_neither_has_come() -> None:
    """The day before it is unmet and waits; if the rival is unknown, so is the race at its end."""
    start = event("2019-01-01")
    running = seen(RACE, "2019-01-31", start)
    assert (running.value, seen(RACE, "2019-02-01", start).value) == (UNMET, MET)
    assert running.missing().sets == (("30 full days since event:e-a",),)
    assert seen(RACE, "2019-02-01", start, complete=None).value is UNKNOWN


def test_a_race_that_was_lost_can_no_longer_be_won() -> None:
    """Nothing is asked for, however long the clock still runs."""
    lost = (event("2019-01-01"), event("2019-01-10", "e-b"))
    for day in ("2019-01-10", "2019-06-01"):
        assert seen(RACE, day, *lost).missing().sets == ()


def test_a_rival_that_came_first_won_though_it_came_again() -> None:
    """A second termination after the term does not turn the race."""
    rows = (event("2019-01-01"), event("2019-01-10", "e-b"), event("2019-05-01", "e-b"))
    assert seen(RACE, "2019-06-01", *rows).value is UNMET


# Deferred and report


@pytest.mark.parametrize(
    ("day", "extent", "value"),
    [
        ("2019-06-30", "met", UNMET), ("2019-07-01", "met", MET), ("2019-07-01", "none", UNMET),
        ("2019-07-01", None, UNKNOWN),
    ],
)  # fmt: skip
def test_what_is_deferred_needs_its_term_and_its_condition(
    day: str, extent: str | None, value: Truth
) -> None:
    """Drafted on New Year, in effect six months later if the conduct is there."""
    text = (
        "{deferred: {by: {finding: f-a}, term: 6 months, "
        "condition: {requirement: r-a, level: met}}}"
    )
    rows = [finding("2019-02-01", requirement="r-a", extent=extent)] if extent else []
    assert asked(text, day, made("2019-01-01"), *rows).value is value


def test_a_report_is_no_deciders_discretion() -> None:
    """What is missing is a third body's word: nobody can grant it, and the path is barred."""
    text = "{report: {of: {finding: f-a}, by: inspectors}}"
    path = asked(text, "2019-03-01")
    assert (path.value, path.granted, path.discretionary) == (UNMET, UNMET, False)
    assert path.missing().sets == (("f-a",),)
    assert asked(text, "2019-03-01", made("2019-03-01")).value is MET


def test_a_report_with_a_term_is_met_when_the_term_has_run() -> None:
    """Thirty days from the report, and not the day before."""
    text = "{report: {of: {finding: f-a}, by: inspectors, term: 30 days}}"
    said = made("2019-01-01")
    values = [asked(text, day, said).value for day in ("2019-01-30", "2019-01-31")]
    assert values == [UNMET, MET]
    assert not asked(text, "2019-01-15", said).discretionary
    assert not asked(text, "2018-12-31").discretionary


@pytest.mark.parametrize(("day", "value"), [("2019-05-31", UNMET), ("2019-06-01", MET)])
def test_the_earlier_of_a_date_and_a_report_is_either(day: str, value: Truth) -> None:
    """Eight years, or the agency's word if that comes first."""
    text = "{any: [{after: 2019-06-01}, {report: {of: {finding: f-a}, by: inspectors}}]}"
    assert asked(text, day).value is value
    assert asked(text, "2019-01-02", made("2019-01-02")).value is MET


# A clock that is also a finding


NAMED = "{silence: {of: {event: e-b}, from: {event: e-a}, term: 30 days}, finding: f-n}"


@pytest.mark.parametrize(
    ("rows", "day", "value"),
    [
        ((event("2019-01-01"),), "2019-01-30", UNMET),
        ((event("2019-01-01"), event("2019-01-05", "e-b")), "2019-03-01", UNMET),
        ((), "2019-03-01", MET),
        ((event("2019-01-01"),), "2019-03-01", MET),
    ],
)
def test_a_named_finding_speaks_only_where_the_calendar_does_not(
    rows: tuple[Finding, ...], day: str, value: Truth
) -> None:
    """A clock that still runs, or was broken, is no matter of anybody's finding."""
    assert seen(NAMED, day, *rows, made("2019-01-02", "f-n"), complete=None).value is value


def test_a_named_finding_may_say_that_it_is_not_so() -> None:
    """Where the calendar is open, a refused finding closes the node, and silence leaves it."""
    refused = made("2019-02-01", "f-n", made=False)
    assert seen(NAMED, "2019-03-01", refused, complete=None).value is UNMET
    assert seen(NAMED, "2019-03-01", complete=None).value is UNKNOWN
    unsure = made("2019-02-01", "f-n", arguable=True)
    assert seen(NAMED, "2019-03-01", unsure, complete=None).value is UNKNOWN


def test_a_named_finding_on_one_measure_says_nothing_of_another() -> None:
    """The letter of each measure rests on what was found for it."""
    path = builders.path(
        "{after: unknown, finding: f-n}", self_executing=True, applies_to=("m-1", "m-2")
    )
    law = builders.regime(path, measures=[builders.measure("m-1"), builders.measure("m-2")])
    row = made("2019-01-01", "f-n", measures=("m-1",))
    letters = Letters(law.as_of("2019-06-01"), builders.facts(law, "2019-06-01", row))
    found = [letters.measure(id_).letter for id_ in ("m-1", "m-2")]
    assert found == ["open", "undetermined"]


# Imposed


MENU = tuple(f"m-{number}" for number in range(1, 5))
COUNTED = builders.path(
    "{all: [{imposed: {count: 2, of: [m-1, m-2, m-3, m-4]}}, {finding: f-a}]}",
    applies_to=MENU, kind="termination",
)  # fmt: skip


def menu(**changes: dict[str, Any]) -> AsOf:
    """Return the law of a menu of four measures, some of them changed."""
    rows = [builders.measure(id_, **changes.get(id_.replace("-", "_"), {})) for id_ in MENU]
    return builders.regime(COUNTED, measures=rows).as_of("2019-06-01")


def letters_of(view: AsOf, *findings: Finding) -> dict[str, str]:
    """Return the letter of each item of the menu."""
    facts = builders.facts(view.regime, "2019-06-01", *findings, complete=LATE)
    letters = Letters(view, facts)
    return {id_: letters.measure(id_).letter for id_ in MENU}


GONE: dict[str, Any] = {
    "ended": {"on": "2019-06-01", "by": "it", "sources": ("s",), "confidence": "analyst"}
}
PERHAPS: dict[str, Any] = {"effective": "2019-06-01", "effective_by": "2019-06-30"}
NEVER: dict[str, Any] = {"unused": "Nobody chose it."}


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({}, "discretionary"),
        ({"m_4": GONE}, "discretionary"),
        ({"m_4": NEVER}, "discretionary"),
        ({"m_3": GONE, "m_4": GONE}, "barred"),
        ({"m_3": NEVER, "m_4": GONE}, "barred"),
        ({"m_3": PERHAPS, "m_4": GONE}, "undetermined"),
    ],
)
def test_an_item_may_go_while_two_others_bind(
    changes: dict[str, dict[str, Any]], first: str
) -> None:
    """The measure asked about is not counted; one that perhaps binds leaves it open."""
    assert letters_of(menu(**changes))["m-1"] == first


def test_an_item_of_which_no_two_others_bind_opens_by_no_decision() -> None:
    """With the decision made, what stays in the way is the count, which nobody grants."""
    rows = (made("2019-01-01"),)
    assert letters_of(menu(m_3=GONE, m_4=GONE), *rows)["m-1"] == "barred"
    assert letters_of(menu(m_4=GONE), *rows)["m-1"] == "open"


def test_an_item_that_is_named_twice_is_counted_once() -> None:
    """A menu is a set: writing a measure twice makes it no second one."""
    text = "{imposed: {count: 2, of: [m-2, m-2, m-1]}}"
    path = builders.path(text, self_executing=True)
    law = builders.regime(path, measures=[builders.measure("m-1"), builders.measure("m-2")])
    facts = builders.facts(law, "2019-06-01")
    assert status_of(law.as_of("2019-06-01"), path, facts, "m-1").value is UNMET


# Re-impositions


BACK = builders.reimposition(SNAPBACK, applies_to=("m-1", "m-2"))
HOLDS = builders.path(
    "{all: [{finding: f-a}, {not: {reimposed: ri-x}}]}", applies_to=("m-1", "m-2")
)


def standing(day: str, *findings: Finding, back: Reimposition = BACK) -> list[str]:
    """Return whether the two measures bind, on the evidence."""
    rows = [builders.measure("m-1"), builders.measure("m-2")]
    law = builders.regime(HOLDS, measures=rows, reimpositions=[back])
    letters = Letters(law.as_of(day), builders.facts(law, day, *findings, complete=LATE))
    return [letters.measure(id_).state.status for id_ in ("m-1", "m-2")]


RELIEF = (made("2025-01-01"), made("2025-08-28", "f-notice"))


@pytest.mark.parametrize(
    ("day", "status"),
    [("2024-12-31", "in-force"), ("2025-01-01", "suspended"), ("2025-09-27", "suspended"),
     ("2025-09-28", "in-force")],
)  # fmt: skip
def test_a_measure_binds_again_once_it_is_reimposed(day: str, status: str) -> None:
    """Relief that says ``not reimposed`` ends on the day on which the re-imposition works."""
    assert standing(day, *RELIEF) == [status, status]


def test_a_rider_of_a_reimposition_binds_for_its_own_measures() -> None:
    """A later tranche comes back later: until its day the relief of that measure runs on."""
    later = {
        "measures": ("m-2",), "citation": "s. 9",
        "condition": builders.condition("{after: 2025-11-05}"),
    }  # fmt: skip
    back = builders.reimposition(SNAPBACK, applies_to=("m-1", "m-2"), riders=(later,))
    found = [standing(day, *RELIEF, back=back) for day in ("2025-09-28", "2025-11-05")]
    assert found == [["in-force", "suspended"], ["in-force", "in-force"]]


# What an explanation says


def nodes(node: Explanation) -> list[tuple[str, str]]:
    """Return node and text of everything under a path, and of what stands below it."""
    return [
        (node.node, node.text), *(pair for child in node.children for pair in nodes(child)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{not: {event: e-a}}", ("not", "not event:e-a")),
        ("{not: {all: [{event: e-a}]}}", ("not", "not")),
        ("{while: {event: e-a}}", ("while", "for as long as")),
        ("{after: 2019-03-05}", ("after", "from 2019-03-05 on")),
        ("{after: unknown}", ("after", "a fixed period has run")),
        (RACE, ("race", "30 full days have run since event:e-a, before event:e-b")),
        (SILENCE, ("silence", "45 days have run without event:e-b")),
        (SNAPBACK, ("snapback", "30 full days have run since the notice, without f-keep")),
        ("{reimposed: ri-x}", ("reimposed", "re-imposed: It comes back")),
        (
            "{imposed: {count: 1, of: [m-1, m-2]}}",
            ("imposed", "at least 1 others of m-1, m-2 bind"),
        ),
    ],
)
def test_an_explanation_says_each_node_in_words(text: str, expected: tuple[str, str]) -> None:
    """Every node has its name and a sentence, and nothing is left out below it."""
    path = builders.path(text, self_executing=True)
    rows = [builders.measure("m-1"), builders.measure("m-2")]
    gate = builders.gate("{finding: f-b}")
    law = builders.regime(path, measures=rows, reimpositions=[BACK], gates=[gate])
    why = explain(Letters(law.as_of("2019-01-01"), builders.facts(law, "2019-01-01")), "m-1")
    found = nodes(why.children[0])
    assert expected in found
    assert ("gate", "gate: Review") in found


def test_an_explanation_shows_the_named_finding_only_where_it_is_on_record() -> None:
    """Beside the clock stands the row that states the same, once somebody stated it."""
    path = builders.path(NAMED, self_executing=True)
    law = builders.regime(path)
    shown = []
    for rows in ((), (made("2019-01-01", "f-n"),)):
        why = explain(
            Letters(law.as_of("2019-06-01"), builders.facts(law, "2019-06-01", *rows)), "m-1"
        )
        shown.append([item.fact for item in why.children[0].children[0].children])
    assert shown == [["event:e-a", "event:e-b"], ["event:e-a", "event:e-b", "f-n"]]


# Who is asked


def test_a_refusal_bars_what_a_decision_not_on_record_leaves_open() -> None:
    """Conduct unknown and refused: barred. Conduct unknown and undecided: undetermined."""
    text = "{all: [{finding: f-a}, {requirement: r-a, level: met}]}"
    refused, undecided = (
        asked(text, "2019-06-01", made("2019-01-01", made=False)),
        asked(text, "2019-06-01"),
    )
    assert (refused.undetermined, undecided.undetermined) == (False, True)
    known = finding("2019-01-01", requirement="r-a", extent="met")
    again = asked(text, "2019-06-01", made("2019-01-01", made=False), known)
    assert again.discretionary


EITHER = "{any: [{finding: f-a}, {all: [{not: {finding: f-a}}, {requirement: r-a, level: met}]}]}"


@pytest.mark.parametrize(("decided", "left"), [(None, True), (False, True), (True, False)])
def test_a_decision_that_helps_on_one_way_can_be_made_though_it_hinders_on_another(
    decided: bool | None, left: bool
) -> None:
    """With the conduct unmet, the decider can still open the path by deciding."""
    conduct = finding("2019-01-01", requirement="r-a", extent="none")
    rows = [] if decided is None else [made("2019-01-01", made=decided)]
    path = asked(EITHER, "2019-06-01", conduct, *rows)
    assert (path.granted, path.discretionary) == (MET, left)


@given(st.booleans())
def test_a_path_that_executes_itself_is_never_discretionary(unknown: bool) -> None:
    """Whatever decision is missing, nobody is asked."""
    path = seen("{finding: f-a}", "2019-06-01", complete=None if unknown else LATE)
    assert (path.discretionary, path.undetermined) == (False, unknown)
