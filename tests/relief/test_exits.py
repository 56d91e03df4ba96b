"""How hard the way out is: every number counted a second time, by other means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

import builders
import msgspec
import pytest
from builders import finding, measure, path, regime, requirement
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.api import evidence_of
from detente.errors import UsageError
from detente.evidence.facts import facts_of
from detente.evidence.load import Evidence
from detente.law.asof import AsOf
from detente.law.conditions import (
    After,
    All,
    Any,
    AtLeast,
    Condition,
    Deferred,
    Elapsed,
    Fact,
    Not,
    Report,
    Silence,
    in_law,
    leaves,
    walk,
)
from detente.law.model import Emergency
from detente.law.regime import Regime
from detente.law.vocabulary import ENDING_KINDS
from detente.law.ways import ReliefPath
from detente.relief.exit_results import Exits
from detente.relief.exit_times import days_in
from detente.relief.exits import Case, compare_exits, exits_of
from detente.relief.letter import Letters
from detente.relief.lower import truths
from detente.relief.packages import cheapest
from detente.relief.unlock import goal

DPRK: Final = detente.load("dprk")
DAYS: Final = (date(2019, 2, 28), date(2020, 7, 1), date(2008, 1, 1))
EVIDENCE: Final = evidence_of(DPRK)
NOTHING: Final = Evidence((), None)


def counted(law: Regime, day: date | None = None, evidence: Evidence = NOTHING) -> Exits:
    """Return the count of a regime."""
    return exits_of(law, evidence, day)


def limbs(view: AsOf, item: ReliefPath, id_: str) -> list[Condition]:
    """Return the conditions of a path for a measure, riders included."""
    riders = [in_law(r.condition, view.day) for r in item.riders if id_ in r.measures]
    return [view.conditions[item.id], *(limb for limb in riders if limb is not None)]


def free(node: Condition) -> bool:
    """Return whether decisions and dates alone can meet a condition, read off its tree."""
    match node:
        case Fact():
            return node.kind != "requirement"
        case Not(of=Fact() as fact):
            return fact.kind == "requirement"
        case All(of=of):
            return all(map(free, of))
        case Any(of=of):
            return any(map(free, of))
        case AtLeast(count=count, of=of):
            return sum(map(free, of)) >= count
        case Elapsed(from_=start):
            return free(start)
        case Deferred(by=by, condition=condition):
            return free(by) and free(condition)
        case Report():
            return False
        case After() | Silence():
            return True
    raise AssertionError(f"this regime uses no {type(node).__name__}")


def asked(node: Condition) -> Iterator[Fact]:
    """Yield the requirements that a condition asks for, not those that it excludes."""
    excluded = {id(leaf.of) for leaf in walk(node) if isinstance(leaf, Not)}
    for leaf in leaves(node):
        if leaf.kind == "requirement" and id(leaf) not in excluded:
            yield leaf


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_ways_out_are_those_that_the_conditions_show_one_by_one(day: date) -> None:
    """Reading each condition's tree gives the same shares, and they add up to the whole."""
    found, view = counted(DPRK, day, EVIDENCE), DPRK.as_of(day)
    ways: Counter[str] = Counter()
    for id_ in view.in_force:
        paths = [all(map(free, limbs(view, p, id_))) for p in view.ending_paths(id_)]
        ways["no" if not paths else "discretionary" if any(paths) else "conditional"] += 1
    parts = (found.ways.conditional, found.ways.discretionary, found.ways.no_way_out)
    assert [part.measures for part in parts] == [ways[w] for w in ("conditional", "discretionary",
                                                                   "no")]  # fmt: skip
    assert found.in_force == len(view.in_force) == sum(part.measures for part in parts)
    for part in parts:
        assert part.share == part.measures / found.in_force


def test_on_the_day_of_hanoi() -> None:
    """Of 165 measures 21 are conditional, 135 discretionary, and 9 have no way out."""
    ways = counted(DPRK, evidence=EVIDENCE).ways
    assert (ways.conditional.measures, ways.discretionary.measures) == (21, 135)
    assert ways.no_way_out.measures == 9


def test_why_says_of_each_measure_what_is_counted() -> None:
    """A measure whose explanation misses decisions and dates alone is no conditional one."""
    conduct = set(DPRK.requirements)
    bound = {
        id_
        for id_ in DPRK.as_of(DPRK.reference_date).in_force
        if (missing := detente.why(DPRK, id_).missing)
        and all(any(fact.partition("@")[0] in conduct and "@" in fact for fact in set_)
                for set_ in missing)
    }  # fmt: skip
    assert len(bound) == counted(DPRK, evidence=EVIDENCE).ways.conditional.measures


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_conduct_is_counted_by_area_as_the_leaves_show(day: date) -> None:
    """Requirements at a level, measures that ask, and measures imposed, each area by itself."""
    found, view = counted(DPRK, day, EVIDENCE), DPRK.as_of(day)
    facts: dict[str, set[str]] = {}
    for id_ in view.in_force:
        nodes = [n for p in view.ending_paths(id_) for n in limbs(view, p, id_)]
        facts[id_] = {fact.key for node in nodes for fact in asked(node)}
    assert found.conduct == len(set().union(*facts.values()))
    for line in found.areas:
        mine = {
            key
            for key in set().union(*facts.values())
            if (line.area in areas if (areas := DPRK.requirements[key.partition("@")[0]].areas)
                else line.area is None)
        }  # fmt: skip
        imposed = [DPRK.measures[id_].areas for id_ in view.in_force]
        assert line.conduct == len(mine)
        assert line.asking == sum(not mine.isdisjoint(keys) for keys in facts.values())
        assert line.imposed == sum(
            line.area in areas if areas else line.area is None for areas in imposed
        )


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_cheapest_way_out_is_the_one_that_another_engine_finds(day: date) -> None:
    """Answer sets, with conduct at one and all else free, give the same smallest and median."""
    view = DPRK.as_of(day)
    letters = Letters(view, facts_of(DPRK, EVIDENCE, day))
    for missing in (True, False):
        numbers = []
        for id_ in view.in_force:
            status = letters.measure(id_)
            if status.way_out != "conduct-bound":
                continue
            states = {k: s for p in status.paths for k, s in p.atoms.items()}
            price = {key: int(s.kind == "requirement") for key, s in states.items()}
            price |= {f"not:{key}": 0 for key in states}
            best = cheapest([goal(status)], truths(states) if missing else {}, price)
            assert best.proved == "optimal"
            numbers.append(sum(price[literal] for literal in best.sets[0].literals))
        found = counted(DPRK, day, EVIDENCE)
        steps = found.steps_missing if missing else found.steps_asked
        assert steps.capped == 0
        assert (steps.measures, steps.smallest) == (len(numbers), min(numbers, default=None))
        ranked = sorted(numbers)
        middle = ranked[(len(ranked) - 1) // 2 : len(ranked) // 2 + 1]
        assert steps.median == (sum(middle) / len(middle) if middle else None)


def test_who_decides_is_counted_once_for_each_measure() -> None:
    """A decider of two paths of a measure has that measure once, and names come from the regime."""
    found, view = counted(DPRK, evidence=EVIDENCE), DPRK.as_of(DPRK.reference_date)
    pairs = {(p.decided_by, id_) for id_ in view.in_force for p in view.ending_paths(id_)}
    wanted = Counter(who for who, _ in pairs)
    assert {who.decider: who.measures for who in found.deciders} == wanted
    assert found.deciders[0].name == DPRK.deciders[found.deciders[0].decider]
    counts = [who.measures for who in found.deciders]
    assert counts == sorted(counts, reverse=True)
    assert found.self_executing == len(
        {i for i in view.in_force if any(p.self_executing for p in view.ending_paths(i))}
    )


def test_terms_and_waits_are_those_of_the_paths_that_measures_in_force_have() -> None:
    """Each path that can be used counts once, whatever the number of its measures."""
    found, view = counted(DPRK, evidence=EVIDENCE).limits, DPRK.as_of(DPRK.reference_date)
    usable = {p.id: p for i in view.in_force for p in (*view.ending_paths(i),
                                                       *view.easing_paths(i))}  # fmt: skip
    for terms, ending in ((found.ending, True), (found.easing, False)):
        of = [p.term for p in usable.values() if p.term and (p.kind in ENDING_KINDS) is ending]
        assert terms.paths == len(of)
    assert (found.easing.shortest_days, found.easing.longest_days) == (180, 365)
    for kind, count in found.waiting.items():
        word = f"{kind.capitalize()}("
        waits = [
            p
            for p in usable.values()
            if any(word in repr(n) for i in view.in_force for n in limbs(view, p, i))
        ]
        assert count == len(waits)


# What the words mean, on regimes of a line or two


def test_a_way_by_conduct_beside_one_by_decision_is_also_by_conduct() -> None:
    """Discretionary, because a vote suffices; and conduct would end it too."""
    ways = counted(
        regime(path("{any: [{finding: f-vote}, {requirement: r-stop, level: met}]}"))
    ).ways
    assert (ways.discretionary.measures, ways.also_by_conduct) == (1, 1)


def test_conduct_that_changes_nothing_is_no_way_by_conduct() -> None:
    """Where the vote is needed anyway and suffices, the other limb is idle."""
    text = "{any: [{finding: f-vote}, {all: [{finding: f-vote}, {requirement: r-a, level: met}]}]}"
    assert counted(regime(path(text))).ways.also_by_conduct == 0


def test_a_measure_without_a_path_has_no_way_out_and_easing_is_none() -> None:
    """A licence eases and does not end."""
    found = counted(regime(path("{finding: f-a}", kind="licence", term="1 month")))
    assert found.ways.no_way_out.measures == 1
    assert found.deciders == ()
    assert (found.limits.easing.paths, found.limits.easing.shortest_days) == (1, 30)
    assert found.limits.ending.paths == 0


def test_a_requirement_of_two_areas_stands_in_both_and_once_in_all() -> None:
    """Areas are counted apart; the number over all areas is of distinct requirements."""
    law = regime(
        path("{all: [{requirement: r-a, level: met}, {requirement: r-a, level: progress}]}"),
        requirements=[requirement("r-a", areas=("arms", "rights"))],
    )
    areas = {a: builders._made(detente.law.model.IssueArea, {"id": a, "name": a, "short": a,
             "scope": a}) for a in ("arms", "rights", "trade")}  # fmt: skip
    found = counted(msgspec.structs.replace(law, areas=areas))
    assert {line.area: line.conduct for line in found.areas} == {
        "arms": 2, "rights": 2, "trade": 0, None: 0,
    }  # fmt: skip
    assert found.conduct == 2
    assert found.steps_asked.smallest == 1  # met includes progress


def test_what_must_not_be_is_not_asked_for() -> None:
    """A requirement under ``not`` is no conduct that the path asks for."""
    found = counted(regime(path("{all: [{finding: f-a}, {not: {requirement: r-b, level: met}}]}")))
    assert (found.conduct, found.ways.discretionary.measures) == (0, 1)


def test_missing_leaves_out_what_the_evidence_shows() -> None:
    """Of two requirements one is met; the law still asks for both."""
    law = regime(path("{all: [{requirement: r-a, level: met}, {requirement: r-b, level: met}]}"))
    done = finding("2019-01-01", requirement="r-a", extent="met")
    found = counted(law, evidence=Evidence((done,), None))
    assert (found.steps_asked.smallest, found.steps_missing.smallest) == (2, 1)


def test_the_median_of_an_even_number_lies_between() -> None:
    """Two measures that ask for one and for two requirements have the median 1.5."""
    law = regime(
        path("{requirement: r-a, level: met}", id="rp-a", applies_to=("m-1",)),
        path("{all: [{requirement: r-a, level: met}, {requirement: r-b, level: met}]}",
             id="rp-b", applies_to=("m-2",)),
        measures=[measure("m-1"), measure("m-2")],
    )  # fmt: skip
    steps = counted(law).steps_asked
    assert (steps.measures, steps.smallest, steps.median) == (2, 1, 1.5)


def test_a_search_that_is_cut_says_so() -> None:
    """Thirteen choices of two have 8,192 minimal sets, more than are looked at."""
    pairs = ", ".join(
        f"{{any: [{{requirement: r-a{i}, level: met}}, {{requirement: r-b{i}, level: met}}]}}"
        for i in range(13)
    )
    steps = counted(regime(path(f"{{all: [{pairs}]}}"))).steps_asked
    assert (steps.capped, steps.measures) == (1, 1)
    assert steps.smallest is not None
    assert steps.smallest >= 13


@pytest.mark.parametrize(
    ("text", "changes", "sunset"),
    [
        ("{after: 2020-01-01, finding: r-x}", {"self_executing": True}, 1),
        ("{after: 2018-01-01, finding: r-x}", {"self_executing": True}, 0),
        ("{all: [{after: 2020-01-01, finding: r-x}, {finding: f-a}]}", {}, 0),
        ("{elapsed: {from: {event: e-sign}, term: 10 years}}", {"self_executing": True}, 1),
        ("{elapsed: {from: {event: e-never}, term: 10 years}}", {"self_executing": True}, 0),
    ],
)
def test_a_sunset_lacks_nothing_but_a_date(
    text: str, changes: dict[str, bool], sunset: int
) -> None:
    """A date to come that nobody need decide on; not one that is past, or whose clock stands."""
    law = regime(path(text, kind="expiry", **changes))
    signed = finding("2015-01-01", event="e-sign", made=True)
    found = counted(law, evidence=Evidence((signed,), date(2019, 2, 28)))
    assert found.limits.sunset == sunset


def test_a_running_term_is_a_sunset_and_an_emergency_is_counted_apart() -> None:
    """Renewed terms and declared emergencies end on a day unless somebody acts."""
    term = {"since": "2019-01-01", "until": "2020-01-01", "under": "s. 1", "confidence": "analyst"}
    law = regime(measures=[measure("m-1", terms=[term]), measure("m-2")])
    order = builders._made(Emergency, {
        "id": "em-1", "text": "An emergency.", "declared": "2001-01-01", "instruments": ["i-1"],
        "continued_through": "2029-01-01", **builders._CITED,
    })  # fmt: skip
    limits = counted(msgspec.structs.replace(law, emergencies={"em-1": order})).limits
    assert (limits.sunset, limits.emergency) == (1, 2)
    assert counted(law).limits.emergency == 0


@pytest.mark.parametrize(
    ("term", "days"),
    [("1 day", 1), ("180 days", 180), ("5 working days", 7), ("30 working days", 42),
     ("1 month", 30), ("12 months", 360), ("1 year", 365), ("10 years", 3650)],
)  # fmt: skip
def test_terms_in_days(term: str, days: int) -> None:
    """A month counts 30 days and a year 365; a working week is seven days long."""
    assert days_in(term) == days


NODES: Final = {
    "elapsed": "{elapsed: {from: {event: e-a}, term: 45 days}}",
    "silence": "{silence: {of: {event: e-a}, from: {event: e-b}, term: 45 days}}",
    "deferred": "{deferred: {by: {finding: f-a}, term: 1 year, condition: {finding: f-b}}}",
    "after": "{after: 2030-01-01, finding: r-x}",
    "report": "{report: {of: {event: e-a}, by: a committee, term: 90 days}}",
}


@pytest.mark.parametrize("kind", NODES)
def test_each_kind_of_waiting_period_is_counted(kind: str) -> None:
    """A path with two of a kind counts once."""
    law = regime(path(f"{{all: [{NODES[kind]}, {{any: [{NODES[kind]}, {{finding: f-z}}]}}]}}"))
    assert {k: n for k, n in counted(law).limits.waiting.items() if n} == {kind: 1}


def test_a_report_without_a_term_is_no_wait() -> None:
    """It takes effect at once."""
    law = regime(path("{report: {of: {event: e-a}, by: a committee}}"))
    assert set(counted(law).limits.waiting.values()) == {0}


# Properties

LIMBS: Final = st.recursive(
    st.sampled_from(
        ["{finding: f-a}", "{event: e-a}", "{requirement: r-a, level: met}",
         "{requirement: r-a, level: progress}", "{requirement: r-b, level: met}",
         "{after: 2020-01-01, finding: r-x}", *NODES.values()]
    ),
    lambda inner: st.builds(
        lambda word, parts: f"{{{word}: [{', '.join(parts)}]}}",
        st.sampled_from(["all", "any"]), st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)  # fmt: skip


@given(texts=st.lists(st.tuples(LIMBS, st.booleans()), min_size=0, max_size=3))
def test_the_numbers_hold_together(texts: list[tuple[str, bool]]) -> None:
    """Ways are a partition read off the trees; also is a part; missing is no more than asked."""
    paths = [
        path(text, id=f"rp-{i}", applies_to=("m-1", "m-2") if both else ("m-2",))
        for i, (text, both) in enumerate(texts)
    ]
    law = regime(*paths, measures=[measure("m-1"), measure("m-2"), measure("m-3")])
    done = finding("2019-01-01", requirement="r-a", extent="progress")
    found = counted(law, evidence=Evidence((done,), None))
    ways = found.ways
    free_of = {id_: [free(p.condition) for p in paths if id_ in p.applies_to]
               for id_ in law.measures}  # fmt: skip
    assert ways.no_way_out.measures == sum(not mine for mine in free_of.values())
    assert ways.discretionary.measures == sum(map(any, free_of.values()))
    total = ways.conditional.measures + ways.discretionary.measures + ways.no_way_out.measures
    assert total == found.in_force == 3
    assert 0 <= ways.also_by_conduct <= ways.discretionary.measures
    assert found.steps_asked.measures == ways.conditional.measures
    for steps in (found.steps_asked, found.steps_missing):
        assert (steps.smallest or 0) <= (steps.median or 0)
    assert (found.steps_missing.smallest or 0) <= (found.steps_asked.smallest or 0)
    assert max(line.conduct for line in found.areas) <= found.conduct <= 3


# Several regimes


def test_regimes_stand_in_the_order_asked_for_each_on_its_own_day() -> None:
    """The day of one is not the day of the other."""
    tiny = regime(path("{finding: f-a}"))
    result = compare_exits([Case(tiny, NOTHING, date(2010, 1, 1)), Case(DPRK, EVIDENCE)])
    assert [(item.regime, str(item.as_of)) for item in result.regimes] == [
        ("tiny", "2010-01-01"), ("dprk", "2019-02-28"),
    ]  # fmt: skip
    assert result.regimes[1].ways == counted(DPRK, evidence=EVIDENCE).ways


def test_rows_are_flat_and_hold_every_number() -> None:
    """One row for each number: the same fields in each, and no line twice for a regime."""
    result = compare_exits([Case(regime(path("{finding: f-a}")), NOTHING), Case(DPRK, EVIDENCE)])
    rows = result.rows()
    assert {tuple(row) for row in rows} == {("regime", "as_of", "topic", "line", "value")}
    keys = [(row["regime"], row["topic"], row["line"]) for row in rows]
    assert len(set(keys)) == len(keys)
    found = {(row["regime"], row["line"]): row["value"] for row in rows}
    assert found["dprk", "conditional"] == 21
    assert found["dprk", "un-security-council"] == 95
    assert result.to_frame().shape == (len(rows), 5)


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        ([Case(DPRK, EVIDENCE)], "two regimes or more, and there is only dprk"),
        ([], "two regimes or more, and there is none"),
        ([Case(DPRK, EVIDENCE), Case(DPRK, EVIDENCE)], "dprk is named twice"),
        ([Case(DPRK, EVIDENCE, date(2027, 1, 1)), Case(regime(), NOTHING)], "not 2027-01-01"),
        ([Case(regime(), NOTHING, date(1999, 12, 31)), Case(DPRK, EVIDENCE)], "not 1999-12-31"),
    ],
)
def test_what_cannot_be_compared_is_told(cases: list[Case], told: str) -> None:
    """Too few, one twice, or a day that a regime does not cover."""
    with pytest.raises(UsageError, match=told):
        compare_exits(cases)


def test_the_first_and_the_last_day_are_covered() -> None:
    """From the day on which the first measure binds to the last that is known."""
    law = regime(path("{finding: f-a}"))
    assert counted(law, date(2000, 1, 1)).in_force == 1
    assert counted(law, law.known_until).in_force == 1


def test_a_day_on_which_nothing_binds_has_no_shares() -> None:
    """Nothing in force: shares are unknown, not zero."""
    gone = {"on": "2010-01-01", "by": "an act", "sources": ["a source"], "confidence": "analyst"}
    found = counted(regime(measures=[measure(ended=gone)]))
    assert (found.in_force, found.ways.conditional.share) == (0, None)
    assert found.steps_asked.median is None
