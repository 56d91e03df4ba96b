"""Plans from the shipped levers: what they say, and what they refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from detente.errors import UnknownIdError, UsageError
from detente.law.load import load as load_regime
from detente.law.regime import Regime
from detente.pressure.cards import cards
from detente.pressure.files import load
from detente.pressure.model import Bounds, Lever, Planning, Pressure
from detente.pressure.planning.draws import outlook
from detente.pressure.planning.milp import solve
from detente.pressure.planning.plan import plan, problem_of
from detente.pressure.planning.problem import value_of
from detente.pressure.planning.results import Asked, Plan
from detente.pressure.planning.scenario import (
    Scenario,
    objectives,
    pick,
    quarters,
    stake,
    triangle,
)

QUICK = Asked(
    budget=500, humanitarian_max=4, escalation_max=6, switches=False, next_best=1,
    scenario=Scenario(name="worst"),
)  # fmt: skip


@pytest.fixture(scope="module")
def regime() -> Regime:
    return load_regime("dprk")


@pytest.fixture(scope="module")
def pressure(regime: Regime) -> Pressure:
    return load(regime)


@pytest.fixture(scope="module")
def found(regime: Regime, pressure: Pressure) -> Plan:
    return plan(regime, pressure, QUICK)


def test_a_plan_keeps_its_limits_in_every_quarter(found: Plan) -> None:
    """Budget, harm and escalation, at the worst end of every range."""
    assert found.status == "optimal"
    for quarter in found.quarters:
        assert quarter.cost <= 500
        assert quarter.harm <= 4
        assert quarter.escalation <= 6
    assert sum(quarter.value for quarter in found.quarters) == pytest.approx(found.value)


def test_draws_lie_within_the_bounds(found: Plan) -> None:
    """Worst and best stand round nine draws in ten; the worst is what the plan counts on."""
    for item in (found.portfolio, *found.next_best):
        assert item.bounds.low == pytest.approx(item.value)
        assert item.bounds.low <= item.outlook.value.low <= item.outlook.value.central
        assert item.outlook.value.high <= item.bounds.high


def test_every_plan_shows_what_pressure_has_bought(found: Plan) -> None:
    """The fall of exports, and that the programme went on, stand in it with their rows."""
    assert "91.4 %" in found.upper_bound.text
    assert "The weapons programme went on" in found.upper_bound.text
    used = {row.row: row for row in found.rows_used}
    assert "effect-exports-fall" in used
    assert "plan-E1" in used
    assert all(set(row.sources) <= found.sources.keys() for row in used.values())
    assert all(row.sources for row in used.values())


def test_the_humanitarian_side_stands_in_it(found: Plan) -> None:
    """Every lever of the plan that may harm is named, and what is on record."""
    harmful = {item.lever for item in found.levers if item.harm}
    assert harmful <= {item.lever for item in found.humanitarian.levers}
    assert {item.row for item in found.humanitarian.record} == {
        "harm-deaths-2018", "harm-deaths-under-five-2018",
    }  # fmt: skip
    assert found.humanitarian.exemptions


def test_the_full_problem_and_the_slim_one_have_the_same_optimum(
    found: Plan, pressure: Pressure
) -> None:
    """To leave out levers that do nothing for the aim changes nothing."""
    whole = solve(problem_of(pressure, QUICK, pressure.levers))
    assert whole.value == pytest.approx(found.value)
    assert len(pressure.levers) == 39


def with_relief(pressure: Pressure) -> Pressure:
    """Return pressure with a made-up lever that gives relief and pays handsomely."""
    lever = Lever(
        id="R1", sources=("S-ANALYST",), family="enforcement", name="Ease something",
        cost=Bounds(low=0, high=0), effect=Bounds(low=900, high=900), effect_is="Made up",
        lead=Bounds(low=0, high=0), humanitarian_harm=0, reversibility="days", authority="None",
        needs=(), risk="None.", evidence="analyst", confidence="low",
    )  # fmt: skip
    row = Planning(
        id="plan-R1", sources=("S-ANALYST",), lever="R1", escalation=0, law="none-needed",
        why="Made up.", evidence="analyst", relief=True,
    )  # fmt: skip
    return replace(
        pressure,
        levers={**pressure.levers, "R1": lever},
        planning={**pressure.planning, "plan-R1": row},
    )


def test_no_relief_without_an_entry_of_the_ledger(regime: Regime, pressure: Pressure) -> None:
    """A lever that gives relief is left out, unless it names an entry that the ledger holds."""
    eased = with_relief(pressure)
    without = plan(regime, eased, QUICK)
    assert "R1" not in without.portfolio.levers
    assert any(item.lever == "R1" and "ledger" in item.why for item in without.left_out)
    with pytest.raises(UnknownIdError, match="no entry of the ledger has the id 'e-9'"):
        plan(regime, eased, QUICK, entries={"R1": "e-9"}, known_entries=["e-1"])
    with_entry = plan(regime, eased, QUICK, entries={"R1": "e-1"}, known_entries=["e-1"])
    assert with_entry.portfolio.levers[-1] == "R1"
    assert with_entry.levers[-1].ledger_entry == "e-1"
    with pytest.raises(UsageError, match="R1 cannot be included: it gives relief"):
        plan(regime, eased, replace(QUICK, include=("R1",)))


def test_the_shipped_levers_give_no_relief(pressure: Pressure) -> None:
    """None of the 39 is marked as relief."""
    assert not any(row.relief for row in pressure.planning.values())


def test_only_lawful_levers_are_taken_where_that_is_asked(
    regime: Regime, pressure: Pressure
) -> None:
    """What needs a new act is left out, and said to be."""
    found = plan(regime, pressure, replace(QUICK, lawful=True))
    assert {item.lever for item in found.left_out if "law" in item.why} == {"S3", "S4", "M6"}
    assert all(item.has_law for item in found.levers)


def test_limits_that_cannot_all_hold_are_named(regime: Regime, pressure: Pressure) -> None:
    """Two levers that exclude each other; and a sum beyond reach."""
    both = plan(regime, pressure, replace(QUICK, include=("S1", "E2"), budget=None))
    assert both.conflict is not None
    assert set(both.conflict.limits) == {"include:S1", "include:E2", "conflicts"}
    assert both.conflict.smallest
    much = plan(regime, pressure, replace(QUICK, at_least=700, escalation_max=None))
    assert much.conflict is not None
    assert "at_least" in much.conflict.limits
    assert len(much.conflict.limits) >= 2


def test_a_mistake_is_told(regime: Regime, pressure: Pressure) -> None:
    """An unknown lever, objective or party gets the nearest one; nonsense numbers are refused."""
    with pytest.raises(UnknownIdError, match="no lever has the id 'E99'"):
        plan(regime, pressure, replace(QUICK, include=("E99",)))
    with pytest.raises(UnknownIdError, match="did you mean revenue"):
        plan(regime, pressure, replace(QUICK, objective="revenues"))
    with pytest.raises(UnknownIdError, match="no party has the id"):
        plan(regime, pressure, replace(QUICK, coalition={"Atlantis": 1}))
    with pytest.raises(UsageError, match="E1 is both included and excluded"):
        plan(regime, pressure, replace(QUICK, include=("E1",), exclude=("E1",)))
    with pytest.raises(UsageError, match="a plan of 0 quarters"):
        Asked(quarters=0)
    with pytest.raises(UsageError, match="budget is -1"):
        Asked(budget=-1)
    with pytest.raises(UsageError, match="the quantile 1"):
        Asked(scenario=Scenario(name="quantile", quantile=1))
    with pytest.raises(UsageError, match="this regime holds no levers"):
        plan(regime, Pressure(), QUICK)


def test_other_objectives_count_points(regime: Regime, pressure: Pressure) -> None:
    """Each of them has a best plan of levers that serve it, and a floor holds beside another."""
    assert objectives(pressure) == ("revenue", "information", "integrity", "readiness", "rights")
    for name in objectives(pressure)[1:]:
        found = plan(regime, pressure, replace(QUICK, objective=name))
        assert found.status == "optimal"
        assert found.value > 0
        assert found.unit == "points times years"
    both = plan(regime, pressure, replace(QUICK, floors={"rights": 4}))
    points = {row.lever: row.serves.get("rights", 0) for row in pressure.planning.values()}
    assert sum(points[id_] for id_ in both.portfolio.levers) >= 4


def test_scenarios_stand_in_order(pressure: Pressure) -> None:
    """The optimum rises from worst over quantile and central to best."""
    values = [
        solve(problem_of(pressure, replace(QUICK, scenario=Scenario(name=name)), pressure.levers))
        for name in ("worst", "quantile", "central", "best")
    ]
    assert [item.value for item in values] == sorted(item.value for item in values)


def test_a_quantile_is_that_of_the_triangle() -> None:
    """The middle of a symmetric range at one half, the ends at the ends, monotone between."""
    value = triangle(Bounds(low=10, high=30))
    picked = [
        pick(value, Scenario(name="quantile", quantile=q / 20), good=True) for q in range(1, 20)
    ]
    assert picked == sorted(picked)
    assert picked[9] == pytest.approx(20)
    assert pick(value, Scenario(name="quantile", quantile=0.125), good=True) == pytest.approx(15)
    assert (quarters(0), quarters(1), quarters(3), quarters(3.1)) == (0, 1, 1, 2)


def test_draws_without_ranges_give_the_plain_value(pressure: Pressure) -> None:
    """Where every range is a point the draws are what the problem says."""

    def point(bounds: Bounds) -> Bounds:
        middle = (bounds.low + bounds.high) / 2
        return Bounds(low=middle, high=middle)

    levers = {
        id_: replace(row, cost=point(row.cost), effect=point(row.effect), lead=point(row.lead))
        for id_, row in pressure.levers.items()
    }
    flat = replace(pressure, levers=levers)
    starts = {"C1": 0, "S8": 1, "E4": 0, "H4": 2}
    drawn = outlook(flat, starts, 8, draws=50)
    asked = replace(QUICK, scenario=Scenario(name="central"))
    expected = value_of(problem_of(flat, asked, flat.levers), starts)
    assert drawn.value.central == pytest.approx(expected, rel=0.02)
    assert stake(pressure, pressure.streams["crude"]).central == 310


def test_a_card_says_whether_its_law_stands(regime: Regime, pressure: Pressure) -> None:
    """By the analyst's reading and by the measures that bind on the day."""
    in_force = regime.as_of("2019-02-28").in_force
    found = {item.lever.id: item for item in cards(regime, pressure, in_force=in_force).cards}
    assert len(found) == 39
    assert found["E1"].standing.has_law
    assert not found["S4"].standing.has_law
    assert found["S2"].unlocks == ("S1",)
    assert found["E2"].conflicts == ("S1",)
    early = regime.as_of("2010-01-01").in_force
    then = cards(regime, pressure, ["E1"], in_force=early).cards[0]
    assert not then.standing.has_law
    assert then.standing.not_in_force == pressure.levers["E1"].measures
    with pytest.raises(UnknownIdError, match="no lever has the id 'E88'"):
        cards(regime, pressure, ["E88"])


def test_an_instrument_that_is_not_yet_made_is_no_law(regime: Regime, pressure: Pressure) -> None:
    """Levers that name whole acts have no law before these: in 2010 there was no order of 2017."""

    def lawful(day: date) -> set[str]:
        found = cards(regime, pressure, in_force=regime.as_of(day).in_force)
        return {card.lever.id for card in found.cards if card.standing.has_law}

    named = {"E6", "S5", "H6", "I5"}
    assert named <= lawful(date(2019, 2, 28))
    assert not named & lawful(date(2010, 1, 1))


def test_a_plan_is_the_same_every_time(regime: Regime, pressure: Pressure, found: Plan) -> None:
    """Seeds are fixed, so the same question gets the same answer to the last digit."""
    again = plan(regime, pressure, QUICK)
    assert msgspec.json.encode(again) == msgspec.json.encode(found)


def test_no_machine_path_is_in_a_plan(found: Plan) -> None:
    """Rows say where they stand relative to the regime's folder."""
    assert not any(Path(row.where).is_absolute() for row in found.rows_used)
