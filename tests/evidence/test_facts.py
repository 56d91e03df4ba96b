"""What evidence makes of a fact: levels, verification, two times, imprecise dates, doubt."""

from __future__ import annotations

import random
from datetime import date, timedelta

import builders
import msgspec
import pytest
from builders import finding
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.evidence.facts import Facts, Promise, Scope
from detente.evidence.model import Finding
from detente.law.conditions import Fact
from detente.law.dates import span
from detente.law.model import Range
from detente.law.vocabulary import (
    EXTENTS,
    VERIFICATIONS,
    Level,
    Truth,
    Verification,
    extent_rank,
    verification_rank,
)

LEVELS: tuple[Level, ...] = ("assurance", "commitment", "progress", "significant-progress", "met")
PATH = builders.path("{all: [{requirement: r-a, level: met}, {requirement: r-b, level: met}]}")
PLAIN = builders.regime(PATH)
START, TODAY = date(2018, 1, 1), date(2019, 6, 15)
MET, UNMET, UNKNOWN = Truth.MET, Truth.UNMET, Truth.UNKNOWN


def on(level: Level = "progress", id_: str = "r-a") -> Fact:
    """Return a fact of conduct."""
    return Fact(kind="requirement", id=id_, level=level)


def truth(*findings: Finding, level: Level = "progress", day: str = str(TODAY)) -> Truth:
    """Return what findings on ``r-a`` make of it."""
    return builders.facts(PLAIN, day, *findings).state(on(level)).truth


def deciding(minimum: Verification) -> Facts:
    """Return the facts of a regime whose requirement asks for a verification."""
    row = builders.requirement("r-a", verification_min=minimum)
    return builders.facts(builders.regime(PATH, requirements=[row]), str(TODAY))


@st.composite
def rows(draw: st.DrawFn, about: str = "r-a") -> Finding:
    """Findings on one requirement, each on a day of its own choosing."""
    happened = draw(st.dates(START, TODAY))
    return finding(
        str(happened),
        requirement=about,
        extent=draw(st.sampled_from(EXTENTS)),
        verification=draw(st.sampled_from(VERIFICATIONS[1:])),
        recorded=str(happened + timedelta(days=draw(st.integers(0, 400)))),
        arguable=draw(st.booleans()),
    )


many = st.lists(rows(), max_size=5)


# Levels and verification


@given(st.sampled_from(EXTENTS), st.sampled_from(LEVELS))
def test_a_verified_extent_meets_the_levels_up_to_it_and_no_other(
    extent: str, level: Level
) -> None:
    """A level includes the lower ones, and what is verified to fall short is unmet."""
    expected = MET if extent_rank(extent) >= extent_rank(level) else UNMET
    assert truth(finding("2019-01-01", requirement="r-a", extent=extent), level=level) is expected


@given(many)
def test_a_higher_level_is_never_better_met_than_a_lower_one(findings: list[Finding]) -> None:
    """Whatever was found, going up the scale the answer does not improve."""
    found = [truth(*findings, level=level) for level in LEVELS]
    assert found == sorted(found, reverse=True)


@given(st.sampled_from(VERIFICATIONS), st.sampled_from(VERIFICATIONS[1:]), st.booleans())
def test_a_finding_counts_from_the_verification_that_is_asked_for(
    given_: Verification, asked: Verification, good: bool
) -> None:
    """Below it the fact is unknown, whether the finding says yes or no."""
    row = builders.requirement("r-a", verification_min=asked)
    regime = builders.regime(PATH, requirements=[row])
    extent = "met" if good else "none"
    said = finding("2019-01-01", requirement="r-a", extent=extent, verification=given_)
    seen = builders.facts(regime, str(TODAY), said).state(on("met")).truth
    enough = verification_rank(given_) >= verification_rank(asked)
    assert seen is ((MET if good else UNMET) if enough else UNKNOWN)


@given(st.lists(rows().map(lambda row: msgspec.structs.replace(row, arguable=True)), max_size=4))
def test_arguable_findings_alone_leave_a_fact_unknown(findings: list[Finding]) -> None:
    """Arguable counts as unknown, however many say it and however well."""
    assert truth(*findings) is UNKNOWN


@given(many, rows())
def test_a_mere_claim_never_settles_a_fact_by_itself(findings: list[Finding], row: Finding) -> None:
    """A claim can raise a doubt; it never turns met into unmet or unmet into met."""
    claim = msgspec.structs.replace(row, verification="claimed", arguable=False)
    assert {truth(*findings), truth(*findings, claim)} != {MET, UNMET}


# More knowledge


@given(st.lists(rows("r-b"), max_size=4), many)
def test_a_finding_on_a_fact_with_none_changes_no_other_fact(
    before: list[Finding], added: list[Finding]
) -> None:
    """What is found of one requirement says nothing of another."""
    alone = builders.facts(PLAIN, str(TODAY), *before)
    both = builders.facts(PLAIN, str(TODAY), *before, *added)
    for level in LEVELS:
        assert alone.state(on(level, "r-b")).truth is both.state(on(level, "r-b")).truth


CONDITIONS = [
    "{all: [{requirement: r-a, level: met}, {finding: f-a}]}",
    "{any: [{requirement: r-a, level: progress}, {all: [{finding: f-a}, {event: e-a}]}]}",
    "{at_least: {count: 2, of: [{requirement: r-a, level: met}, {finding: f-a}, {event: e-a}]}}",
    "{all: [{finding: f-a}, {not: {event: e-a}}]}",
    "{silence: {of: {event: e-a}, from: {finding: f-a}, term: 45 days}}",
    "{snapback: {notice: {finding: f-a}, term: 30 days, unless: {event: e-a}}}",
    "{deferred: {by: {finding: f-a}, term: 6 months, condition: {requirement: r-a, level: met}}}",
]  # fmt: skip

subjects = st.sampled_from(["requirement", "finding", "event"])


@given(st.sampled_from(CONDITIONS), st.data())
def test_more_knowledge_never_turns_met_into_unmet_or_unmet_into_met(
    text: str, data: st.DataObject
) -> None:
    """A finding on a fact with none turns unknown into an answer, and no answer into another."""
    path = builders.path(text, self_executing=True)
    found: dict[str, Finding] = {}
    for subject in data.draw(st.permutations(["requirement", "finding", "event"])):
        before = builders.status(path, str(TODAY), *found.values()).value
        happened = str(data.draw(st.dates(START, TODAY)))
        said = (
            {"requirement": "r-a", "extent": data.draw(st.sampled_from(EXTENTS))}
            if subject == "requirement"
            else {subject: f"{subject[0]}-a", "made": data.draw(st.booleans())}
        )
        found[subject] = finding(happened, **said)
        after = builders.status(path, str(TODAY), *found.values()).value
        assert before is UNKNOWN or after is before


def test_a_breaker_on_record_decides_no_silence_whose_start_is_unknown() -> None:
    """A resolution of last year breaks no term that may have begun after it."""
    text = "{silence: {of: {event: e-a}, from: {finding: f-a}, term: 45 days}}"
    breaker = finding("2018-01-01", event="e-a", made=True)
    path = builders.path(text, self_executing=True)
    assert builders.status(path, str(TODAY), breaker).value is UNKNOWN


# Two times


@given(many, st.dates(START, TODAY))
def test_what_happens_later_does_not_change_a_day(findings: list[Finding], day: date) -> None:
    """Findings on what happened after a day have no say on that day."""
    seen = [row for row in findings if row.happened <= str(day)]
    assert truth(*findings, day=str(day)) is truth(*seen, day=str(day))


@given(many, st.dates(START, TODAY + timedelta(days=400)))
def test_a_replay_sees_what_was_recorded_by_then_and_no_more(
    findings: list[Finding], known_on: date
) -> None:
    """Asking as it was known on a day equals asking with what was recorded by that day."""
    seen = [row for row in findings if row.recorded <= str(known_on)]
    replayed = builders.facts(PLAIN, str(TODAY), *findings, known_on=str(known_on))
    assert replayed.state(on()).truth is truth(*seen)


@given(st.lists(rows(), max_size=5, unique_by=lambda row: row.happened), st.randoms())
def test_the_order_of_findings_makes_no_difference(
    findings: list[Finding], shuffler: random.Random
) -> None:
    """Findings of different days may come in any order."""
    shuffled = list(findings)
    shuffler.shuffle(shuffled)
    assert truth(*findings) is truth(*shuffled)


def test_a_correction_replaces_without_erasing() -> None:
    """Before it was recorded the first finding stands, after it the second."""
    first = finding("2019-01-10", requirement="r-a", extent="met")
    second = finding(
        "2019-01-10", requirement="r-a", extent="none", recorded="2019-02-01", corrects=first.id
    )
    before = builders.facts(PLAIN, str(TODAY), first, second, known_on="2019-01-31")
    after = builders.facts(PLAIN, str(TODAY), first, second)
    assert [facts.state(on("met")).truth for facts in (before, after)] == [MET, UNMET]


# Imprecise dates


periods = st.sampled_from(["2019", "2019-06", "2019-05", "2018", "2018-12", "2019/2020"])


def days_of(period: str) -> list[str]:
    """Return days that a period may mean: its ends, its middle, and those around today."""
    start, end = span(period)
    last = end - timedelta(days=1)
    days = {start, last, start + (last - start) // 2, TODAY, TODAY + timedelta(days=1)}
    return [str(day) for day in sorted(days) if start <= day <= last]


@given(periods, st.sampled_from(EXTENTS), st.sampled_from(EXTENTS))
def test_an_answer_from_one_imprecise_date_holds_for_every_day_that_it_may_mean(
    period: str, first: str, then: str
) -> None:
    """After an older certain finding, an imprecise one gives an answer only if all its days do."""
    older = finding("2017-05-01", requirement="r-a", extent=first)
    row = finding(period, requirement="r-a", extent=then, recorded="2020")
    exact = {
        truth(older, finding(day, requirement="r-a", extent=then, recorded="2020"))
        for day in days_of(period)
    }
    assert truth(older, row) is (exact.pop() if len(exact) == 1 else UNKNOWN)


def test_two_imprecise_findings_that_may_have_come_in_any_order_leave_a_fact_unknown() -> None:
    """Progress in June and its undoing some time in the year: on 15 June either may stand."""
    findings = (
        finding("2019-01-10", requirement="r-a", extent="none"),
        finding("2019-06", requirement="r-a", extent="progress"),
        finding("2019", requirement="r-a", extent="none"),
    )
    assert truth(*findings) is UNKNOWN


def test_an_imprecise_finding_is_not_taken_to_be_later_than_an_exact_one_of_its_period() -> None:
    """Progress some time in 2018, none on 1 June 2018: which came last is not known."""
    findings = (
        finding("2018", requirement="r-a", extent="progress"),
        finding("2018-06-01", requirement="r-a", extent="none"),
    )
    assert truth(*findings) is UNKNOWN


def test_a_decision_taken_for_certain_stays_taken_when_it_was_perhaps_taken_again() -> None:
    """An imprecise date matters only where it would make a difference."""
    sure = finding("2019-03-01", finding="f-a", made=True)
    perhaps = finding("2019", finding="f-a", made=True)
    assert decision(sure, perhaps) is MET


# Moments


@pytest.mark.parametrize("late", ["2019-03-01", "2019-03-09"])
def test_of_one_day_the_later_hour_counts_whenever_it_was_recorded(late: str) -> None:
    """A vote at ten and its undoing at noon: the noon stands, though ten was recorded later."""
    taken = finding("2019-03-01T10:00Z", finding="f-a", made=True, recorded=late)
    undone = finding("2019-03-01T12:00Z", finding="f-a", made=False, recorded="2019-03-01")
    assert decision(taken, undone) is decision(undone, taken) is UNMET


def test_of_a_day_and_an_hour_in_it_nobody_knows_which_came_last() -> None:
    """They settle a fact only where they agree."""
    hour = finding("2019-03-01T10:00Z", finding="f-a", made=True)
    day = finding("2019-03-01", finding="f-a", made=False, recorded="2019-03-02")
    same = finding("2019-03-01", finding="f-a", made=True)
    assert [decision(hour, day), decision(hour, same)] == [UNKNOWN, MET]


def test_hours_of_different_zones_are_ordered_by_greenwich() -> None:
    """Half past eight in New York is later than midnight at Greenwich."""
    first = finding("2025-09-28T00:00Z", finding="f-a", made=True)
    then = finding("2025-09-27T20:30-04:00", finding="f-a", made=False)
    row = builders.requirement("f-a", "finding")
    regime = builders.regime(builders.path("{finding: f-a}"), requirements=[row])
    facts = builders.facts(regime, "2025-09-28", then, first)
    assert facts.state(Fact(kind="finding", id="f-a")).truth is UNMET


# Days on which decisions take effect


@given(st.dates(START, TODAY), st.integers(0, 60), st.dates(START, TODAY + timedelta(days=60)))
def test_a_decision_works_from_the_day_on_which_it_takes_effect(
    made: date, later: int, day: date
) -> None:
    """Signed, it works only from its day; the day it came true is that day."""
    works = made + timedelta(days=later)
    row = finding(str(made), finding="f-a", made=True, effective=str(works))
    regime = builders.regime(builders.path("{finding: f-a}"))
    state = builders.facts(regime, str(day), row, complete="2030-01-01").state(
        Fact(kind="finding", id="f-a")
    )
    assert state.truth is (MET if works <= day else UNMET)
    assert state.truth is UNMET or state.when == works


def test_a_decision_taken_back_with_effect_later_stands_until_then() -> None:
    """A revocation that is announced takes nothing yet."""
    rows = (
        finding("2019-01-01", finding="f-a", made=True),
        finding("2019-06-01", finding="f-a", made=False, effective="2019-06-30"),
    )
    assert decision(*rows) is MET


# Decisions


def decision(*findings: Finding, complete: str | None = None, public: bool = True) -> Truth:
    """Return what findings make of the decision ``f-a``."""
    row = builders.requirement("f-a", "finding", public=public)
    regime = builders.regime(builders.path("{finding: f-a}"), requirements=[row])
    facts = builders.facts(regime, str(TODAY), *findings, complete=complete)
    return facts.state(Fact(kind="finding", id="f-a")).truth


@pytest.mark.parametrize(
    ("complete", "public", "expected"),
    [
        (None, True, UNKNOWN), ("2019-06-14", True, UNKNOWN), ("2019-06-15", True, UNMET),
        ("2019-06-15", False, UNKNOWN),
    ],
)  # fmt: skip
def test_an_unrecorded_decision_was_not_taken_only_where_the_record_is_complete_and_public(
    complete: str | None, public: bool, expected: Truth
) -> None:
    """Acts and votes are public; what a national authority finds for itself is not."""
    assert decision(complete=complete, public=public) is expected


@pytest.mark.parametrize(("last", "expected"), [(True, MET), (False, UNMET)])
def test_the_latest_decision_stands(last: bool, expected: Truth) -> None:
    """A decision may be taken back, and taken again."""
    findings = (
        finding("2019-01-01", finding="f-a", made=not last),
        finding("2019-02-01", finding="f-a", made=last),
    )
    assert decision(*findings) is expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope("rp-x", "m-1"), MET), (Scope("rp-x", "m-2"), UNMET),
        (Scope("rp-y", "m-1"), UNMET),
    ],
)  # fmt: skip
def test_a_decision_covers_the_path_and_the_measures_that_it_names(
    scope: Scope, expected: Truth
) -> None:
    """A vote on one measure, under one power, says nothing of others."""
    path = builders.path("{finding: f-a}", applies_to=("m-1", "m-2"))
    regime = builders.regime(path, measures=[builders.measure("m-1"), builders.measure("m-2")])
    vote = finding("2019-01-01", finding="f-a", made=True, path="rp-x", measures=("m-1",))
    facts = builders.facts(regime, str(TODAY), vote, complete=str(TODAY))
    assert facts.state(Fact(kind="finding", id="f-a"), scope).truth is expected


def test_a_replay_does_not_take_a_record_for_complete_before_it_was() -> None:
    """On 10 February nobody could say that the record to the end of the month was complete."""
    regime = builders.regime(builders.path("{finding: f-a}"))
    vote = finding("2019-02-01", finding="f-a", made=True, recorded="2019-02-20")
    facts = builders.facts(regime, "2019-02-28", vote, complete="2019-02-28", known_on="2019-02-10")
    assert facts.state(Fact(kind="finding", id="f-a")).truth is UNKNOWN


# Forecasts and doubts

HALF = Range(low=0.4, central=0.5, high=0.6)


def test_a_forecast_of_conduct_is_no_knowledge() -> None:
    """A chance leaves a fact unknown, and leaves what was found before as it was."""
    forecast = finding("2019-05-01", requirement="r-a", extent="met", probability=HALF)
    found = finding("2019-01-01", requirement="r-a", extent="progress")
    assert truth(forecast) is UNKNOWN
    assert truth(found, forecast) is MET


def test_a_forecast_of_a_decision_does_not_hide_the_decision_before_it() -> None:
    """A vote that was taken stays taken when somebody guesses at the next one."""
    vote = finding("2019-01-01", finding="f-a", made=True)
    guess = finding("2019-05-01", finding="f-a", made=True, probability=HALF)
    assert decision(vote, guess) is MET


# Components

BY_THINGS = builders.regime(
    PATH,
    requirements=[builders.requirement("r-a", components=builders.of_components("site", "stock"))],
)


def by_things(*findings: Finding) -> Truth:
    """Return what findings on components make of a requirement whose text names them."""
    return builders.facts(BY_THINGS, str(TODAY), *findings).state(on()).truth


def test_a_requirement_that_names_things_is_met_by_all_of_them() -> None:
    """One thing that is done and one of which nothing is known are not enough."""
    site = finding("2019-01-01", component="site", extent="met")
    stock = finding("2019-01-01", component="stock", extent="progress")
    left = finding("2019-01-01", component="stock", extent="none")
    assert [by_things(site), by_things(site, stock), by_things(site, left)] == [UNKNOWN, MET, UNMET]


def test_a_finding_on_the_requirement_itself_goes_before_its_things() -> None:
    """Where somebody judged the requirement, its components are not asked."""
    things = [finding("2019-01-01", component=c, extent="met") for c in ("site", "stock")]
    assert by_things(*things, finding("2018-06-01", requirement="r-a", extent="none")) is UNMET


def test_a_forecast_of_a_thing_is_no_knowledge() -> None:
    """A chance that a site is closed does not close it."""
    stock = finding("2019-01-01", component="stock", extent="met")
    guess = finding("2019-01-01", component="site", extent="met", probability=HALF)
    assert by_things(stock, guess) is UNKNOWN


def test_a_thing_undone_on_a_day_not_known_leaves_the_requirement_unknown() -> None:
    """Imprecise dates matter for components as they do for requirements."""
    done = [finding("2018-06-01", component=c, extent="met") for c in ("site", "stock")]
    undone = finding("2019", component="site", extent="none")
    assert by_things(*done, undone) is UNKNOWN


@pytest.mark.parametrize("doubt", ["arguable", "probability"])
def test_what_is_disputed_or_guessed_is_no_share_of_an_end_state(doubt: str) -> None:
    """Arguable counts as unknown, and a forecast is no finding: neither speaks to spirit."""
    half = {"arguable": True} if doubt == "arguable" else {"probability": HALF}
    row = finding("2019-01-01", component="site", extent="progress", fraction=HALF, **half)
    assert builders.facts(BY_THINGS, str(TODAY), row).fraction("site") is None


@pytest.mark.parametrize("verification", VERIFICATIONS)
def test_a_share_counts_from_inspection_on(verification: Verification) -> None:
    """What was only claimed or observed is no share of the end-state."""
    row = finding(
        "2019-01-01", component="site", extent="progress", fraction=HALF, verification=verification
    )
    seen = builders.facts(BY_THINGS, str(TODAY), row).fraction("site")
    assert seen == (HALF if verification in ("inspected", "verified") else None)


# Readings and offers


def test_a_prohibition_kept_so_far_is_met_only_on_the_other_reading() -> None:
    """Waiting alone proves no end, unless the reader says that it does."""
    kept = finding("2019-01-01", requirement="r-a", extent="progress", kept_since="2017-09-03")
    usual = builders.facts(PLAIN, str(TODAY), kept)
    other = builders.facts(PLAIN, str(TODAY), kept, kept_as="met")
    assert [facts.state(on("met")).truth for facts in (usual, other)] == [UNMET, MET]


@pytest.mark.parametrize(("arguable", "expected"), [(False, MET), (True, UNKNOWN)])
def test_an_offer_if_kept_adds_what_it_promises(arguable: bool, expected: Truth) -> None:
    """A promise counts if kept; an arguable one leaves the fact unknown."""
    promise = {"r-a": Promise(extent_rank("progress"), arguable)}
    facts = builders.facts(PLAIN, str(TODAY), promises=promise)
    assert facts.state(on("progress")).truth is expected
    assert facts.state(on("met")).truth is UNKNOWN


def test_an_offer_takes_nothing_away() -> None:
    """What is met already stays met when an offer promises less."""
    found = finding("2019-01-01", requirement="r-a", extent="met")
    promise = {"r-a": Promise(extent_rank("commitment"), arguable=True)}
    assert builders.facts(PLAIN, str(TODAY), found, promises=promise).state(on("met")).truth is MET


@given(many)
def test_progress_continues_only_while_a_term_runs_and_only_if_found_in_it(
    findings: list[Finding],
) -> None:
    """``continued`` is progress, and a finding dated inside the running term."""
    facts = builders.facts(PLAIN, str(TODAY), *findings)
    continued = on("continued")
    assert facts.state(continued).truth is not MET
    running = facts.state(continued, Scope(running_since=date(2019, 3, 1))).truth
    later = [row for row in findings if row.happened >= "2019-03-01"]
    assert running is not MET or (truth(*findings) is MET and later)


def test_evidence_can_be_merged_after_a_regime_was_loaded() -> None:
    """``detente.evidence_of`` is a function, whatever was imported before."""
    evidence = detente.evidence_of(detente.load("dprk"))
    assert evidence.findings
