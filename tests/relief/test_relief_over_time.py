"""Relief through time: what replaces it, when it is renewed, from when it works, what blocks it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import builders
import pytest
from builders import finding
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.evidence.model import Finding
from detente.law.conditions import Fact
from detente.law.dates import add_term, take_term
from detente.law.regime import Regime
from detente.law.vocabulary import Truth
from detente.law.ways import ReliefPath
from detente.relief.dealings import letter_for_dealing
from detente.relief.explain import explain
from detente.relief.letter import Letters
from detente.relief.paths import PathStatus, status_of
from detente.relief.standing import Easing, easings

MET, UNMET, UNKNOWN = Truth.MET, Truth.UNMET, Truth.UNKNOWN
LATE: Final = "2030-01-01"
DAY: Final = timedelta(days=1)
days = st.dates(date(2018, 1, 1), date(2021, 12, 31))


def made(day: str, id_: str, **fields: Any) -> Finding:
    """Return the record that a finding was made."""
    return finding(day, finding=id_, **{"made": True, **fields})


def asked(law: Regime, path: str, day: str, *findings: Finding) -> PathStatus:
    """Return the status of one of a regime's paths."""
    facts = builders.facts(law, day, *findings, complete=LATE)
    return status_of(law.as_of(day), law.paths[path], facts)


def letters(law: Regime, day: str, *findings: Finding) -> Letters:
    """Return the letters of a regime on a day."""
    return Letters(law.as_of(day), builders.facts(law, day, *findings, complete=LATE))


# Replacement

OLD: Final = builders.path("{finding: f-old}", id="rp-old", term="180 days")
NEW: Final = builders.path("{finding: f-new}", id="rp-new", replaces=("rp-old",))
ALONE: Final = builders.path("{finding: f-new}", id="rp-new")


@given(days, days, days)
def test_relief_that_takes_the_place_of_other_relief_never_makes_it_last_longer(
    old: date, new: date, day: date
) -> None:
    """With replacement the older relief holds on no day on which it did not hold without."""
    rows = (made(str(old), "f-old"), made(str(new), "f-new"))
    with_, without = (
        asked(builders.regime(OLD, path), "rp-old", str(day), *rows) for path in (NEW, ALONE)
    )
    assert with_.value <= without.value
    if with_.value is MET:
        assert with_.lapses is not None
        assert without.lapses is not None
        assert with_.lapses <= without.lapses
    assert with_.value is (UNMET if old <= new <= day else without.value)


def test_relief_given_on_the_day_on_which_it_is_replaced_is_replaced() -> None:
    """Both on one day: the path that replaces stands, with or without a term."""
    law = builders.regime(OLD, NEW)
    rows = (made("2019-02-01", "f-old"), made("2019-02-01", "f-new"))
    assert [asked(law, id_, "2019-03-01", *rows).value for id_ in ("rp-old", "rp-new")] == [
        UNMET,
        MET,
    ]
    plain = builders.path("{finding: f-old}", id="rp-old")
    assert asked(builders.regime(plain, NEW), "rp-old", "2019-03-01", *rows).value is UNMET


def test_relief_given_after_what_replaced_it_counts_again() -> None:
    """The older power may be used anew; what was decided under it before stays replaced."""
    law = builders.regime(OLD, NEW)
    rows = (made("2019-01-01", "f-old"), made("2019-02-01", "f-new"), made("2019-03-01", "f-old"))
    values = [asked(law, "rp-old", day, *rows).value for day in ("2019-02-15", "2019-03-01")]
    assert values == [UNMET, MET]
    assert asked(law, "rp-old", "2019-03-01", *rows).lapses == date(2019, 8, 28)


def test_of_two_paths_that_replace_each_other_the_later_relief_stands() -> None:
    """A circle does no harm: whichever was given last took the place of the other."""
    there = builders.path("{finding: f-old}", id="rp-old", replaces=("rp-new",))
    law = builders.regime(there, NEW)
    for last, first in (("old", "new"), ("new", "old")):
        rows = (made("2019-01-01", f"f-{first}"), made("2019-02-01", f"f-{last}"))
        values = [asked(law, f"rp-{id_}", "2019-03-01", *rows).value for id_ in (last, first)]
        assert values == [MET, UNMET]


def test_three_paths_that_replace_each_other_in_a_circle_leave_the_last() -> None:
    """Each asks only when relief under the next was given, so no chain is followed for ever."""
    ring = [
        builders.path(f"{{finding: f-{i}}}", id=f"rp-{i}", replaces=(f"rp-{(i + 1) % 3}",))
        for i in range(3)
    ]
    rows = [made(f"2019-0{3 - i}-01", f"f-{i}") for i in range(3)]
    values = [asked(builders.regime(*ring), f"rp-{i}", "2019-06-01", *rows).value for i in range(3)]
    assert values == [MET, UNMET, UNMET]


def test_an_explanation_counts_a_replaced_decision_as_the_path_does() -> None:
    """A named clock that started with it shows no other value inside the tree than at its root."""
    clock = "{elapsed: {from: {finding: f-old}, term: 10 days}, finding: f-n}"
    law = builders.regime(
        builders.path(clock, id="rp-old", self_executing=True),
        builders.path("{finding: f-new}", id="rp-new", replaces=("rp-old",), kind="waiver"),
    )
    rows = (
        made("2019-01-20/2019-02-01", "f-old", recorded="2019-02-01"),
        made("2019-02-02", "f-new"), made("2019-02-02", "f-n"),
    )  # fmt: skip
    facts = builders.facts(law, "2019-02-05", *rows)
    (path,) = explain(Letters(law.as_of("2019-02-05"), facts), "m-1").children
    assert (path.value, path.children[0].value) == ("unmet", "unmet")


# Renewal and its window

WINDOWS: Final = [
    {"closes": "30 days"}, {"opens": "60 days"}, {"opens": "60 days", "closes": "15 full days"},
    {"opens": "9999 years"}, {},
]  # fmt: skip


def renewed(window: dict[str, str]) -> ReliefPath:
    """Return relief of 180 days, renewed for 90 within a window."""
    condition = Fact(kind="finding", id="f-a")
    renewal = {"term": "90 days", "citation": "s. 2", "condition": condition}
    if window:
        renewal["window"] = window
    return builders.path("{finding: f-a}", term="180 days", renewal=renewal)


@given(st.sampled_from(WINDOWS), st.integers(0, 200))
def test_a_decision_renews_within_the_window_and_begins_anew_outside_it(
    window: dict[str, str], later: int
) -> None:
    """Inside, the running term grows by the renewal's; outside, a first term begins that day."""
    begun = date(2019, 1, 1)
    lapses = begun + timedelta(days=180)
    again = begun + timedelta(days=later)
    assume(later > 0)
    opens = take_term(lapses, window["opens"]) if "opens" in window else date.min
    closes = take_term(lapses, window["closes"]) if "closes" in window else lapses
    inside = opens <= again <= closes and again < lapses
    rows = (made(str(begun), "f-a"), made(str(again), "f-a"))
    seen = asked(builders.regime(renewed(window)), "rp-x", str(again), *rows)
    expected = add_term(lapses, "90 days") if inside else add_term(again, "180 days")
    assert (seen.value, seen.lapses) == (MET, expected)


@pytest.mark.parametrize(
    ("again", "lapses"), [("2019-05-31", "2019-09-28"), ("2019-06-01", "2019-11-28")]
)
def test_a_window_that_closes_thirty_days_before_the_end_takes_the_day_itself(
    again: str, lapses: str
) -> None:
    """A term to 30 June can be renewed on 31 May, and no longer on 1 June."""
    law = builders.regime(renewed({"closes": "30 days"}))
    rows = (made("2019-01-01", "f-a"), made(again, "f-a"))
    assert str(asked(law, "rp-x", again, *rows).lapses) == lapses


@pytest.mark.parametrize(
    ("again", "lapses"), [("2019-04-30", "2019-10-27"), ("2019-05-01", "2019-09-28")]
)
def test_a_window_that_opens_sixty_days_before_the_end_opens_on_that_day(
    again: str, lapses: str
) -> None:
    """A term to 30 June can be renewed from 1 May on; the day before, a new term begins."""
    law = builders.regime(renewed({"opens": "60 days"}))
    rows = (made("2019-01-01", "f-a"), made(again, "f-a"))
    assert str(asked(law, "rp-x", again, *rows).lapses) == lapses


# The day from which a decision works


@given(days, st.integers(0, 90), days, st.sampled_from(["1 year", "30 days", None]))
def test_relief_that_runs_on_a_day_took_effect_by_then(
    signed: date, later: int, day: date, term: str | None
) -> None:
    """No relief runs before its effective day, and its term is counted from it."""
    works = signed + timedelta(days=later)
    law = builders.regime(builders.path("{finding: f-a}", term=term))
    row = made(str(signed), "f-a", effective=str(works))
    seen = asked(law, "rp-x", str(day), row)
    runs = works <= day and (term is None or day < add_term(works, term))
    assert (seen.value is MET) == runs
    if runs and term:
        assert seen.lapses == add_term(works, term)
    assert seen.value is not MET or works <= day


def test_terms_run_in_the_order_in_which_decisions_took_effect() -> None:
    """Signed first and effective last: the other decision's term is not renewed by it early."""
    law = builders.regime(renewed({}))
    rows = (
        made("2019-01-01", "f-a", effective="2019-05-01"),
        made("2019-02-01", "f-a"),
    )
    first, then = (asked(law, "rp-x", day, *rows).lapses for day in ("2019-04-30", "2019-05-01"))
    assert first == date(2019, 7, 31)
    assert then == add_term(date(2019, 7, 31), "90 days")


@given(days, st.integers(1, 60), st.integers(0, 120))
def test_a_decision_said_to_work_before_it_was_made_gives_no_relief_before_it_was_made(
    signed: date, before: int, later: int
) -> None:
    """Files that say so are refused; a finding made in code opens nothing in the past."""
    row = made(str(signed), "f-a", effective=str(signed - timedelta(days=before)))
    law = builders.regime(builders.path("{finding: f-a}"))
    for day in (signed - DAY, signed, signed + timedelta(days=later)):
        assert (asked(law, "rp-x", str(day), row).value is MET) == (day >= signed)


@given(st.sampled_from(["9999 years", "9999 months", "9999 working days", "9999 full days"]))
def test_relief_of_the_longest_term_runs_and_crashes_nothing(term: str) -> None:
    """A term beyond the calendar lapses on no day that can be asked about."""
    renewal = {"term": term, "citation": "s. 2", "condition": Fact(kind="finding", id="f-a")}
    law = builders.regime(builders.path("{finding: f-a}", term=term, renewal=renewal))
    rows = [made(f"20{year}-01-01", "f-a") for year in range(10, 20)]
    seen = asked(law, "rp-x", "2021-01-01", *rows)
    assert seen.value is MET
    assert seen.lapses is not None
    assert seen.lapses > date(2040, 1, 1)
    assert asked(law, "rp-x", "2021-01-01").value is UNMET


# What stands in the way of easing, and what was done on an earlier day

WAIVER: Final = builders.path("{finding: f-a}", kind="waiver", term="180 days")
REVIEW: Final = builders.gate(
    "{silence: {of: {event: e-no}, from: {event: e-sent}, term: 60 full days}}",
    since="2018-06-01", until="2020-01-01",
)  # fmt: skip
GATED: Final = builders.regime(WAIVER, gates=[REVIEW])
SENT: Final = finding("2019-01-01", event="e-sent", made=True)
GRANTED: Final = made("2019-01-15", "f-a")


def easing(law: Regime, day: str, *findings: Finding) -> Easing:
    """Return what the one easing path comes to."""
    (found,) = easings(letters(law, day, *findings), "m-1")
    return found


@pytest.mark.parametrize(
    ("day", "value", "gate"),
    [
        ("2019-03-02", "blocked", "gate-x"), ("2019-03-03", "met", None),
        ("2019-07-14", "unmet", None),
    ],
)  # fmt: skip
def test_a_gate_blocks_an_easing_until_it_opens(day: str, value: str, gate: str | None) -> None:
    """Sixty full days from New Year have run on 3 March; then the waiver runs, and lapses."""
    found = easing(GATED, day, SENT, GRANTED)
    assert (found.value, found.gate) == (value, gate)
    assert (found.lapses is not None) == (value == "met")


def test_an_easing_says_what_it_lacks_and_whose_choice_it_is() -> None:
    """Asked for, the missing sets come with the letter that the path would give by itself."""
    law = builders.regime(builders.path("{all: [{requirement: r-a, level: met}, {finding: f-a}]}",
                                        kind="waiver"))  # fmt: skip
    found = finding("2019-01-01", requirement="r-a", extent="met")

    def asked_(*rows: Finding) -> Easing:
        (seen,) = easings(letters(law, "2019-02-01", *rows), "m-1", missing=True)
        return seen

    assert (asked_(found).letter, asked_(found).missing) == ("discretionary", [["f-a"]])
    assert (asked_().letter, asked_().missing) == ("undetermined", [["f-a", "r-a@met"]])
    given_ = asked_(found, GRANTED)
    assert (given_.letter, given_.missing) == ("open", None)
    assert easing(law, "2019-02-01", found).missing is None


def test_what_stands_in_the_way_and_may_go_is_still_needed_gone() -> None:
    """A decision that blocks can be taken back: what is missing and what is needed say the same."""
    law = builders.regime(builders.path("{all: [{finding: f-a}, {not: {finding: f-no}}]}"))
    seen = letters(law, "2019-02-01", GRANTED, made("2019-01-20", "f-no"))
    told = explain(seen, "m-1")
    assert told.children[0].residual == "not f-no"
    assert told.missing == [["not:f-no"]]


# What was decided, and whether rightly

RESTS: Final = builders.path(
    "{all: [{requirement: r-a, level: met}, {finding: f-a}]}", kind="suspension"
)


@pytest.mark.parametrize(
    ("conduct", "decided", "state"),
    [
        (None, True, "unknown"), (None, False, "in-force"), ("met", True, "suspended"),
        ("met", False, "in-force"), ("none", True, "in-force"),
    ],
)  # fmt: skip
def test_a_measure_whose_relief_rests_on_the_unknown_is_not_called_binding(
    conduct: str | None, decided: bool, state: str
) -> None:
    """Decided on, with conduct of which nobody found anything: it may bind, or may not."""
    rows = [finding("2018-12-01", requirement="r-a", extent=conduct)] if conduct else []
    rows += [GRANTED] if decided else []
    found = letters(builders.regime(RESTS), "2019-02-01", *rows).measure("m-1")
    assert found.state.status == state
    assert ("not known" in found.state.why) == (state == "unknown")


@pytest.mark.parametrize(
    ("conduct", "value"), [("met", "unmet"), (None, "unknown"), ("none", "unmet")]
)
def test_relief_whose_place_was_taken_is_as_doubtful_as_what_took_it(
    conduct: str | None, value: str
) -> None:
    """Replaced by relief that may not hold, it may run still, until its own term is over."""
    later = builders.path(
        "{all: [{requirement: r-a, level: met}, {finding: f-b}]}", id="rp-y", kind="suspension",
        replaces=["rp-x"],
    )  # fmt: skip
    law = builders.regime(WAIVER, later)
    rows = [finding("2018-12-01", requirement="r-a", extent=conduct)] if conduct else []
    rows += [GRANTED, made("2019-02-01", "f-b")]
    assert easing(law, "2019-03-01", *rows).value == value
    assert easing(law, "2019-01-31", *rows[:-1]).value == "met"


def test_a_gate_that_is_shut_is_named_whether_or_not_relief_was_given() -> None:
    """Without the waiver, and without the submission, the gate still stands in the way."""
    for rows in ((), (GRANTED,), (SENT,)):
        assert easing(GATED, "2019-02-01", *rows).gate == "gate-x"


@pytest.mark.parametrize("day", ["2018-05-31", "2020-01-01"])
def test_a_gate_blocks_nothing_on_a_day_on_which_it_is_no_law(day: str) -> None:
    """Before it and after it, the waiver runs as if there were none."""
    given_ = made(day, "f-a")
    assert easing(GATED, day, given_).value == "met"


def test_a_gate_on_a_path_that_is_not_there_on_the_day_changes_nothing() -> None:
    """The path is no easing of that day, and the letter is what it would be without."""
    window = {"since": "2025-01-01", "why": "not yet law"}
    later = builders.path("{finding: f-a}", kind="waiver", available=window)
    law = builders.regime(later, gates=[REVIEW])
    assert easings(letters(law, "2019-02-01"), "m-1") == []
    assert letters(law, "2019-02-01").measure("m-1").letter == "barred"
    assert asked(law, "rp-x", "2019-02-01").blocked_by == ("gate-x",)


def test_a_gate_for_some_measures_blocks_for_them_alone() -> None:
    """The same waiver runs for one measure and is blocked for the other."""
    waiver = builders.path("{finding: f-a}", kind="waiver", applies_to=("m-1", "m-2"))
    gate = builders.gate("{finding: f-open}", measures=("m-2",))
    rows = [builders.measure("m-1"), builders.measure("m-2")]
    law = builders.regime(waiver, measures=rows, gates=[gate])
    found = letters(law, "2019-02-01", GRANTED)
    values = [easings(found, id_)[0].value for id_ in ("m-1", "m-2")]
    assert values == ["met", "blocked"]


ENDS: Final = builders.path("{finding: f-end}", id="rp-end", kind="termination")


@pytest.mark.parametrize(
    ("then", "letter"),
    [
        ("1999-12-31", "open"), ("2019-01-14", "barred"), ("2019-01-15", "open"),
        ("2019-07-13", "open"), ("2019-07-14", "barred"), ("2019-12-31", "barred"),
        ("2020-01-01", "ended"),
    ],
)  # fmt: skip
def test_relief_does_not_reach_back_to_a_dealing_done_before(then: str, letter: str) -> None:
    """What was done while the measure bound and was not waived stays barred."""
    law = builders.regime(WAIVER, ENDS)
    rows = (GRANTED, made("2020-01-01", "f-end"))
    now = letters(law, "2021-01-01", *rows)
    assert now.measure("m-1").state.status == "ended"
    found = letter_for_dealing(letters(law, then, *rows), now, "m-1")
    assert (found.letter, found.measure) == (letter, "m-1")


def test_a_dealing_of_a_day_on_which_nobody_knows_what_bound_is_undetermined() -> None:
    """Unknown then stays unknown now."""
    row = builders.measure("m-1", effective="2019-01-01", effective_by="2019-01-31")
    law = builders.regime(ENDS, measures=[row])
    now = letters(law, "2020-01-01", made("2020-01-01", "f-end"))
    then = letters(law, "2019-01-15", made("2020-01-01", "f-end"))
    assert letter_for_dealing(then, now, "m-1").letter == "undetermined"


@pytest.mark.parametrize(
    ("scope", "letter"), [("measure", "open"), ("transaction", "barred"), ("person", "barred")]
)
def test_a_dealing_was_lawful_then_only_by_relief_that_reached_the_whole_measure(
    scope: str, letter: str
) -> None:
    """A licence for one kind of dealing says nothing of others."""
    law = builders.regime(builders.path("{finding: f-a}", kind="licence", scope=scope))
    then, now = (letters(law, day, GRANTED) for day in ("2019-02-01", "2020-01-01"))
    assert letter_for_dealing(then, now, "m-1").letter == letter


# Scope and what binds on the evidence


@pytest.mark.parametrize(
    ("kind", "scope", "status"),
    [
        ("termination", None, "ended"), ("suspension", None, "suspended"),
        ("expiry", None, "ended"),
        ("delisting", "measure", "ended"), ("delisting", None, "in-force"),
        ("termination", "person", "in-force"), ("termination", "transaction", "in-force"),
        ("suspension", "transaction", "in-force"), ("waiver", None, "in-force"),
        ("waiver", "measure", "in-force"), ("licence", None, "in-force"),
    ],
)  # fmt: skip
def test_only_a_path_that_reaches_the_measure_ends_it(
    kind: str, scope: str | None, status: str
) -> None:
    """What reaches one person or a kind of dealing eases, whatever it is called."""
    path = builders.path("{finding: f-a}", kind=kind, scope=scope)
    found = letters(builders.regime(path), "2019-06-01", GRANTED)
    assert found.measure("m-1").state.status == status
    assert found.in_force == (("m-1",) if status == "in-force" else ())
    assert len(easings(found, "m-1")) == (status == "in-force")


def test_a_measure_that_is_both_suspended_and_ended_is_ended() -> None:
    """The end is for good; how it was done is said in the law's own word."""
    stays = builders.path("{finding: f-a}", id="rp-stay")
    ends = builders.path("{finding: f-end}", id="rp-end", kind="termination", manner="repeal")
    law = builders.regime(stays, ends)
    found = letters(law, "2020-06-01", GRANTED, made("2020-01-01", "f-end")).measure("m-1")
    assert (found.state.status, found.state.why) == ("ended", "repeal by rp-end")
    assert letters(law, "2019-12-31", GRANTED).measure("m-1").state.status == "suspended"


@pytest.mark.parametrize(
    ("kind", "letter", "status"),
    [("termination", "open", "ended"), ("expiry", "undetermined", "unknown")],
)
def test_where_no_renewal_is_on_record_a_decision_ends_a_measure_and_a_date_does_not(
    kind: str, letter: str, status: str
) -> None:
    """An expiry is one of the dates that leave it open; a repeal is not."""
    term = {"since": "2015-01-01", "until": "2019-01-01", "under": "it", "confidence": "analyst"}
    row = builders.measure("m-1", effective="2015-01-01", terms=(term,))
    path = builders.path("{any: [{finding: f-a}, {after: 2019-01-01}]}", kind=kind)
    found = letters(builders.regime(path, measures=[row]), "2019-06-01", GRANTED).measure("m-1")
    assert (found.letter, found.state.status) == (letter, status)


def test_a_condition_as_deep_as_a_file_may_hold_is_answered() -> None:
    """Seventeen nots in each other, over a count of clocks, are judged like any other."""
    deep = "{at_least: {count: 1, of: [{elapsed: {from: {event: e-a}, term: 1 day}}]}}"
    for _ in range(17):
        deep = f"{{not: {{while: {deep}}}}}"
    path = builders.path(builders.condition(deep), self_executing=True)
    law = builders.regime(path)
    happened = finding("2019-01-01", event="e-a", made=True)
    assert asked(law, "rp-x", "2019-01-02", happened).value is UNMET
    assert explain(
        Letters(law.as_of("2019-01-02"), builders.facts(law, "2019-01-02")), "m-1"
    ).children
