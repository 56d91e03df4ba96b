"""Relief paths on regimes of a few rows: the decider's act, terms, renewals, riders, letters."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import builders
import pytest
from builders import finding, status
from hypothesis import given
from hypothesis import strategies as st

from detente.evidence.model import Finding
from detente.law.conditions import All, Condition, Fact, leaves
from detente.law.conditions import Any as AnyOf
from detente.law.dates import add_term
from detente.law.model import Range
from detente.law.vocabulary import Truth
from detente.relief.acts import with_act
from detente.relief.granting import mixed
from detente.relief.letter import Letters, way_out
from detente.relief.logic import Atom, Conj, Disj, Neg
from detente.relief.paths import differs_by_measure, status_of

MET, UNMET, UNKNOWN = Truth.MET, Truth.UNMET, Truth.UNKNOWN
ACT: Final = Fact(kind="act", id="rp-x", citation="s. 1")
LATE: Final = "2030-01-01"
"""A day to which the record of acts is complete in these tests."""


def acted(day: str, **fields: Any) -> Finding:
    """Return the record that the decider of ``rp-x`` acted."""
    return finding(day, act="rp-x", made=True, **fields)


def done(day: str, id_: str = "r-a", extent: str = "progress") -> Finding:
    """Return a verified finding of conduct."""
    return finding(day, requirement=id_, extent=extent)


# The decider's act


@pytest.mark.parametrize(
    "text",
    [
        "{finding: f-a}",
        "{act: rp-x}",
        "{after: 2019-03-05}",
        "{all: [{finding: f-a}, {requirement: r-a, level: met}]}",
        "{any: [{finding: f-a}, {finding: f-b}]}",
        "{at_least: {count: 1, of: [{finding: f-a}, {finding: f-b}]}}",
        "{any: [{finding: f-a}, {after: 2019-03-05}]}",
    ],
)
def test_a_condition_that_names_its_decision_or_only_waits_needs_no_further_act(text: str) -> None:
    """The implicit act stands in only where nothing else is a decision."""
    assert with_act(builders.path(text)) == builders.condition(text)


@pytest.mark.parametrize(
    "text",
    [
        "{requirement: r-a, level: met}",
        "{event: e-a}",
        "{all: [{requirement: r-a, level: met}, {after: 2019-03-05}]}",
        "{report: {of: {event: e-a}, by: the Secretary-General}}",
        "{elapsed: {from: {event: e-a}, term: 10 days}}",
    ],
)
def test_conduct_or_an_event_alone_needs_the_act_of_whoever_decides(text: str) -> None:
    """Where a condition names no decision, the decider's act is asked for as well."""
    node = with_act(builders.path(text))
    assert ACT in list(leaves(node))
    assert isinstance(node, All)


def test_a_path_that_executes_itself_needs_no_act() -> None:
    """What the law does by itself waits for nobody."""
    path = builders.path("{requirement: r-a, level: met}", self_executing=True)
    assert with_act(path) == path.condition


def test_each_alternative_is_asked_for_its_own_decision() -> None:
    """Of two ways, one through conduct and one through a finding, only the first needs the act."""
    node = with_act(builders.path("{any: [{requirement: r-a, level: met}, {finding: f-a}]}"))
    assert isinstance(node, AnyOf)
    conduct, judged = node.of
    assert ACT in list(leaves(conduct))
    assert judged == Fact(kind="finding", id="f-a")


def test_a_way_that_names_its_decision_needs_no_act_though_another_way_does() -> None:
    """With the finding made and the common limb met, nothing is left to decide."""
    either = "{any: [{finding: f-a}, {requirement: r-a, level: met}]}"
    text = f"{{all: [{either}, {{requirement: r-b, level: met}}]}}"
    made = (finding("2019-01-01", finding="f-a", made=True), done("2019-01-01", "r-b", "met"))
    assert status(builders.path(text), "2019-02-01", *made, complete=LATE).value is MET


def test_that_somebody_did_not_object_is_no_decision_of_the_decider() -> None:
    """A finding that must be absent cannot stand for the act that must be there."""
    path = builders.path("{all: [{requirement: r-a, level: met}, {not: {finding: f-objection}}]}")
    assert ACT in list(leaves(with_act(path)))


def test_conduct_without_the_act_is_discretionary_and_says_what_is_missing() -> None:
    """Every limb met, no act: the decider may act, and nothing else is missing."""
    path = builders.path("{requirement: r-a, level: progress}")
    seen = status(path, "2019-02-01", done("2019-01-01"), complete=LATE)
    assert (seen.value, seen.granted, seen.discretionary) == (UNMET, MET, True)
    assert seen.missing().sets == (("act:rp-x",),)


def test_the_act_without_the_conduct_is_not_discretionary() -> None:
    """A certification of what is not so opens nothing."""
    path = builders.path("{requirement: r-a, level: progress}")
    seen = status(path, "2019-02-01", done("2019-01-01", extent="none"), acted("2019-01-15"))
    assert (seen.value, seen.granted, seen.discretionary) == (UNMET, UNMET, False)
    assert seen.missing().sets == (("r-a@progress",),)


def test_a_path_that_only_waits_is_nobodys_discretion_and_shows_its_date() -> None:
    """Before the day it is unmet, on the day it is met."""
    path = builders.path("{after: 2019-03-05}", kind="expiry")
    before, on = status(path, "2019-03-04"), status(path, "2019-03-05")
    assert (before.value, before.discretionary, on.value) == (UNMET, False, MET)
    assert [atom.due for atom in before.atoms.values()] == [date(2019, 3, 5)]


def test_a_period_whose_start_is_not_on_record_is_unknown() -> None:
    """``after: unknown`` never comes true by itself."""
    assert status(builders.path("{after: unknown}"), "2029-01-01").value is UNKNOWN


# Terms


@given(
    st.dates(date(2015, 1, 1), date(2020, 12, 31)),
    st.sampled_from(["30 days", "180 days", "6 months", "1 year", "5 working days"]),
    st.integers(0, 500),
)
def test_relief_for_a_term_runs_from_the_act_to_the_day_before_it_lapses(
    begun: date, term: str, later: int
) -> None:
    """The term is half-open: relief runs on its last day and not on the next."""
    path = builders.path("{finding: f-a}", term=term)
    lapses = add_term(begun, term)
    day = min(date.fromordinal(begun.toordinal() + later), date(2021, 12, 31))
    given = finding(str(begun), finding="f-a", made=True)
    seen = status(path, str(day), given, complete=LATE)
    assert seen.value is (MET if day < lapses else UNMET)
    blind = status(path, str(day), given)
    assert blind.value is (MET if day < lapses else UNKNOWN)
    assert seen.lapses == (lapses if day < lapses else add_term(day, term))


def test_relief_that_was_never_given_shows_when_it_would_lapse() -> None:
    """The date that a decider weighs: a year from the day of the question."""
    path = builders.path("{finding: f-a}", term="1 year")
    seen = status(path, "2019-02-28", complete=LATE)
    assert (seen.value, seen.lapses) == (UNMET, date(2020, 2, 28))


def test_relief_with_no_term_does_not_lapse() -> None:
    """What is given for good has no last day."""
    made = finding("2001-01-01", finding="f-a", made=True)
    seen = status(builders.path("{finding: f-a}"), "2029-01-01", made)
    assert (seen.value, seen.lapses) == (MET, None)


def test_without_a_rule_on_renewal_every_decision_begins_a_term_of_its_own() -> None:
    """A second decision inside the first term runs from its own day."""
    path = builders.path("{finding: f-a}", term="180 days")
    twice = [finding(day, finding="f-a", made=True) for day in ("2019-01-01", "2019-05-01")]
    assert status(path, "2019-06-01", *twice).lapses == add_term(date(2019, 5, 1), "180 days")


def test_an_act_of_a_month_is_taken_to_its_last_day() -> None:
    """An imprecise date runs from the last day that it may mean."""
    path = builders.path("{finding: f-a}", term="30 days")
    made = finding("2019-01", finding="f-a", made=True)
    assert status(path, "2019-02-01", made).lapses == date(2019, 3, 2)


def test_a_forecast_of_an_act_opens_no_term() -> None:
    """A guess that the decider will act is not the act."""
    path = builders.path("{requirement: r-a, level: progress}", term="1 year")
    guess = acted("2018-01-01", probability=Range(low=0.1, central=0.5, high=0.9))
    seen = status(path, "2019-02-01", done("2017-12-01"), acted("2019-01-01"), guess)
    alone = status(path, "2018-02-01", done("2017-12-01"), guess)
    assert seen.value is MET
    assert (alone.value, alone.lapses) == (UNKNOWN, date(2019, 2, 1))


# Renewals

RENEWED = builders.path(
    "{requirement: r-a, level: progress}",
    term="1 year",
    renewal={
        "term": "180 days",
        "citation": "s. 2",
        "condition": Fact(kind="requirement", id="r-a", level="continued"),
    },
)
FOUND, CERTIFIED = done("2018-12-20"), acted("2019-01-01")
AGAIN, RENEWAL = done("2019-11-01"), acted("2019-12-01")
END_OF_RENEWAL = add_term(date(2020, 1, 1), "180 days")


def test_the_first_term_runs_from_the_certification() -> None:
    """One year, whatever was found before it."""
    assert status(RENEWED, "2019-12-31", FOUND, CERTIFIED).value is MET
    assert status(RENEWED, "2020-01-01", FOUND, CERTIFIED, complete=LATE).value is UNMET


def test_a_renewal_adds_its_term_to_the_end_of_the_one_that_runs() -> None:
    """180 days from the end of the year, not from the day of the renewal."""
    seen = status(RENEWED, "2020-03-01", FOUND, CERTIFIED, AGAIN, RENEWAL)
    assert (seen.value, seen.lapses) == (MET, END_OF_RENEWAL)
    made = (FOUND, CERTIFIED, AGAIN, RENEWAL)
    assert status(RENEWED, str(END_OF_RENEWAL), *made, complete=LATE).value is UNMET


def test_a_renewal_without_a_new_finding_adds_nothing() -> None:
    """Progress that was not found again in the term has not continued."""
    assert status(RENEWED, "2020-03-01", FOUND, CERTIFIED, RENEWAL).value is UNMET


def test_a_second_renewal_wants_a_finding_since_the_first() -> None:
    """Each term is renewed on what was found in it."""
    second = acted("2020-05-01")
    day = "2020-08-01"
    assert status(RENEWED, day, FOUND, CERTIFIED, AGAIN, RENEWAL, second).value is UNMET
    found = done("2020-04-01")
    seen = status(RENEWED, day, FOUND, CERTIFIED, AGAIN, RENEWAL, found, second)
    assert (seen.value, seen.lapses) == (MET, add_term(END_OF_RENEWAL, "180 days"))


def test_a_renewal_that_fails_leaves_the_term_that_runs_as_it_was() -> None:
    """The year that was certified runs to its end."""
    seen = status(RENEWED, "2019-12-15", FOUND, CERTIFIED, RENEWAL)
    assert (seen.value, seen.lapses) == (MET, date(2020, 1, 1))


def test_what_the_certification_rests_on_does_not_show_that_progress_continued() -> None:
    """A finding of the day of the certification is no finding inside the term it opened."""
    same_day = done("2019-01-01")
    assert status(RENEWED, "2020-03-01", same_day, CERTIFIED, RENEWAL).value is UNMET


def test_an_act_on_the_day_of_the_lapse_begins_a_new_term() -> None:
    """There is nothing left to renew; the first condition is asked again."""
    seen = status(RENEWED, "2020-03-01", FOUND, CERTIFIED, acted("2020-01-01"))
    assert (seen.value, seen.lapses) == (MET, date(2021, 1, 1))


def test_when_a_renewed_term_has_lapsed_the_first_condition_is_asked_again() -> None:
    """A new certification rests on progress, not on progress continued."""
    seen = status(RENEWED, "2021-06-01", FOUND, CERTIFIED, AGAIN, RENEWAL, acted("2020-05-01"))
    assert seen.discretionary
    assert seen.missing().sets == (("act:rp-x",),)


# Measures: riders and scoped decisions

RIDER = {
    "measures": ("m-2",),
    "citation": "s. 3",
    "condition": builders.condition(
        "{silence: {of: {event: e-veto}, from: {event: e-report}, term: 45 days}}"
    ),
}
RIDDEN = builders.path("{finding: f-a}", applies_to=("m-1", "m-2"), riders=(RIDER,))
MADE = finding("2019-01-01", finding="f-a", made=True)
REPORT = finding("2019-01-01", event="e-report", made=True)


def ridden(day: str, *findings: Finding, measure: str = "m-2") -> Truth:
    """Return the value of the ridden path for one of its measures."""
    return status(RIDDEN, day, MADE, *findings, complete=LATE, for_measure=measure).value


def test_a_rider_binds_for_its_own_measures_alone() -> None:
    """The path is met at once where no rider binds, and after 45 days of silence where one does."""
    assert ridden("2019-01-02", REPORT, measure="m-1") is MET
    assert ridden("2019-01-02", REPORT) is UNMET
    assert ridden("2019-02-15", REPORT) is MET


@pytest.mark.parametrize(
    ("veto", "expected"),
    [("2018-12-31", MET), ("2019-01-01", UNMET), ("2019-02-13", UNMET), ("2019-03-01", MET)],
)
def test_only_what_happens_within_the_term_breaks_a_silence(veto: str, expected: Truth) -> None:
    """Before the report and after the 45 days a resolution is without effect."""
    assert ridden("2019-06-01", REPORT, finding(veto, event="e-veto", made=True)) is expected


@pytest.mark.parametrize("veto", ["2019-02", "2019", "2018/2019"])
def test_a_breaker_that_may_lie_within_the_term_leaves_a_silence_unknown(veto: str) -> None:
    """An imprecise date that reaches into the 45 days decides nothing."""
    breaker = finding(veto, event="e-veto", made=True, recorded="2020")
    assert ridden("2020-06-01", REPORT, breaker) is UNKNOWN


def test_a_path_with_riders_or_scoped_decisions_is_asked_measure_by_measure() -> None:
    """Where all measures fare alike, one answer serves them all."""
    plain = builders.path("{finding: f-a}")
    scoped = finding("2019-01-01", finding="f-a", made=True, measures=("m-1",))
    regime = builders.regime(plain)
    assert differs_by_measure(RIDDEN, builders.facts(builders.regime(plain), "2019-02-01", MADE))
    assert differs_by_measure(plain, builders.facts(regime, "2019-02-01", scoped))
    assert not differs_by_measure(plain, builders.facts(regime, "2019-02-01", MADE))


def test_decisions_on_single_measures_run_and_lapse_each_for_itself() -> None:
    """Two waivers of one power, given on two days for two measures, end on two days."""
    path = builders.path("{finding: f-a}", term="180 days", applies_to=("m-1", "m-2"))
    given_ = [
        finding("2019-01-01", finding="f-a", made=True, measures=("m-1",)),
        finding("2019-03-01", finding="f-a", made=True, measures=("m-2",)),
    ]
    lapses = [
        status(path, "2019-04-01", *given_, for_measure=id_).lapses for id_ in path.applies_to
    ]
    assert lapses == [add_term(date(2019, month, 1), "180 days") for month in (1, 3)]


# The letter of a measure


def letter(*paths: tuple[str, dict[str, Any]], findings: tuple[Finding, ...] = ()) -> str:
    """Return the letter of a measure that ends by these paths."""
    rows = [
        builders.path(text, id=f"rp-{number}", **changes)
        for number, (text, changes) in enumerate(paths)
    ]
    regime = builders.regime(*rows)
    facts = builders.facts(regime, "2019-02-28", *findings, complete="2019-02-28")
    return Letters(regime.as_of("2019-02-28"), facts).measure("m-1").letter


CONDUCT = ("{requirement: r-a, level: met}", dict[str, Any]())
VOTE = ("{finding: f-a}", dict[str, Any]())
NO = (done("2019-01-01", extent="none"),)


def test_the_letter_is_the_best_that_any_ending_path_allows() -> None:
    """Open before discretionary, discretionary before undetermined, undetermined before barred."""
    vote = finding("2019-01-01", finding="f-a", made=True)
    assert letter(CONDUCT, findings=NO) == "barred"
    assert letter(CONDUCT) == "undetermined"
    assert letter(CONDUCT, VOTE) == "discretionary"
    assert letter(CONDUCT, VOTE, findings=(*NO, vote)) == "open"
    assert letter() == "barred"


@pytest.mark.parametrize("kind", ["waiver", "exemption", "exception", "licence", "delisting"])
def test_what_eases_case_by_case_decides_no_letter(kind: str) -> None:
    """A licence that was given leaves the measure where it was."""
    vote = finding("2019-01-01", finding="f-a", made=True)
    assert letter(CONDUCT, (VOTE[0], {"kind": kind}), findings=(*NO, vote)) == "barred"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{finding: f-a}", "findings-only"),
        ("{after: 2029-01-01}", "findings-only"),
        ("{any: [{finding: f-a}, {requirement: r-a, level: met}]}", "findings-only"),
        ("{requirement: r-a, level: met}", "conduct-bound"),
        ("{all: [{finding: f-a}, {requirement: r-a, level: met}]}", "conduct-bound"),
    ],
)
def test_the_way_out_says_whether_conduct_is_needed_whatever_was_found(
    text: str, expected: str
) -> None:
    """It is read from the law and not from the evidence."""
    for findings in ((), NO, (done("2019-01-01", extent="met"),)):
        assert way_out((status(builders.path(text), "2019-02-28", *findings),)) == expected


@given(st.dates(date(2018, 1, 1), date(2022, 12, 31)), st.sampled_from([RENEWED, RIDDEN]))
def test_with_no_evidence_at_all_no_path_is_met_and_none_is_unmet(day: date, path: Any) -> None:
    """Unknown is never silently true, and never silently false."""
    own = builders.regime(path, measures=[builders.measure(id_) for id_ in path.applies_to])
    seen = status_of(own.as_of(day), path, builders.facts(own, str(day)), path.applies_to[-1])
    assert seen.value is UNKNOWN


def test_a_fact_in_both_polarities_is_judged_exactly() -> None:
    """Done or not done is certain, though which of the two is not known."""
    node: Condition = builders.condition("{any: [{event: e-a}, {not: {event: e-a}}]}")
    seen = status(builders.path(node, self_executing=True), "2019-02-28")
    assert seen.value is MET
    assert mixed(Disj((Atom("a"), Neg(Atom("a")))))
    assert not mixed(Conj((Atom("a"), Neg(Atom("b")))))
