"""The statutes as they are encoded, read straight from the data: no engine, no evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

import detente
from detente.law.conditions import (
    After,
    All,
    Any,
    Condition,
    Fact,
    Silence,
    leaves,
    walk,
)
from detente.law.regime import Regime
from detente.law.vocabulary import ENDING_KINDS
from detente.offers.load import clauses, load, measures_of

SIX = [
    "r-us-401-1-counterfeiting", "r-us-401-2-financial-transparency",
    "r-us-401-3-unscr-verification", "r-us-401-4-abductees", "r-us-401-5-aid-monitoring",
    "r-us-401-6-camps",
]  # fmt: skip
FIVE = [
    "r-us-402-2a-cvid", "r-us-402-2b-prisoners", "r-us-402-2c-censorship",
    "r-us-402-2d-open-society", "r-us-402-2e-us-citizens",
]  # fmt: skip


@pytest.fixture(name="dprk", scope="module")
def _dprk() -> Regime:
    return detente.load("dprk")


def limbs(node: Condition) -> list[tuple[str, str | None]]:
    """Return the limbs of a flat conjunction of conduct, in the order of the text."""
    assert isinstance(node, All)
    facts = [limb for limb in node.of if isinstance(limb, Fact)]
    assert len(facts) == len(node.of)
    assert {fact.kind for fact in facts} == {"requirement"}
    return [(fact.id, fact.level) for fact in facts]


def un_measures(dprk: Regime) -> Iterator[str]:
    """Yield the ids of the Security Council's measures."""
    for row in dprk.measures.values():
        if dprk.instruments[row.instrument].issuer == "un-security-council":
            yield row.id


def test_section_401_is_six_limbs_joined_by_and_each_at_progress(dprk: Regime) -> None:
    """NKSPEA 401(a) asks for progress on six things, all of them."""
    path = dprk.paths["rp-us-401-suspend"]
    assert limbs(path.condition) == [(limb, "progress") for limb in SIX]
    assert (path.kind, path.decided_by, path.self_executing) == (
        "suspension",
        "us-president",
        False,
    )


def test_section_401_runs_a_year_and_is_renewed_by_180_days_of_continued_progress(
    dprk: Regime,
) -> None:
    """NKSPEA 401(a) and (b): one year, then terms of 180 days on the same six limbs."""
    path = dprk.paths["rp-us-401-suspend"]
    assert path.renewal is not None
    assert (path.term, path.renewal.term) == ("1 year", "180 days")
    assert limbs(path.renewal.condition) == [(limb, "continued") for limb in SIX]


def test_section_402_adds_five_limbs_at_significant_progress(dprk: Regime) -> None:
    """NKSPEA 402: the six limbs of 401 and five more, and then for good."""
    path = dprk.paths["rp-us-402-terminate"]
    five = [(limb, "significant-progress") for limb in FIVE]
    assert limbs(path.condition) == [(limb, "progress") for limb in SIX] + five
    assert (path.kind, path.term, path.renewal) == ("termination", None, None)


def test_no_limb_of_401_and_one_of_402_is_about_dismantlement(dprk: Regime) -> None:
    """Only 402(2)(A) asks that weapons be dismantled; four of its five are about people."""
    rows = [dprk.requirements[limb] for limb in SIX + FIVE]
    assert [row.id for row in rows if "ismantle" in row.text] == ["r-us-402-2a-cvid"]
    people = [row.id for row in rows[6:] if "human-rights-abuses" in row.areas]
    assert people == FIVE[1:]


def test_counterfeiting_and_the_camps_must_be_verified(dprk: Regime) -> None:
    """Limbs (1) and (6) say verifiably and verified; the others do not."""
    verified = [limb for limb in SIX if dprk.requirements[limb].verification_min == "verified"]
    assert verified == [SIX[0], SIX[5]]


def test_the_hanoi_gives_meet_none_of_the_five_and_at_most_one_of_the_six(dprk: Regime) -> None:
    """Yongbyon and a halt of tests touch limb (3) of 401, arguably, and no limb of 402."""
    given = [
        r for clause in clauses(load(dprk, "hanoi-2019"), "target") for r in clause.requirements
    ]
    touched = [(r.requirement, r.arguable) for r in given if r.requirement in SIX + FIVE]
    assert touched == [("r-us-401-3-unscr-verification", True)]


@pytest.mark.parametrize(
    ("reading", "count"),
    [("civilian", 33), ("civilian-mixed", 56), ("all-five", 76), ("entirety", 95)],
)
def test_a_reading_of_the_ask_names_as_many_measures_as_it_says(
    dprk: Regime, reading: str, count: int
) -> None:
    """The four readings of the ask name 33, 56, 76 and 95 measures."""
    row = load(dprk, "hanoi-2019").readings[reading]
    assert len(measures_of(dprk, row)) == row.count == count


def test_the_council_lifts_and_suspends_by_a_finding_and_no_conduct(dprk: Regime) -> None:
    """Both powers of the Council rest on its review alone, and reach every measure of its own."""
    for id_ in ("rp-un-lift", "rp-un-suspend"):
        path = dprk.paths[id_]
        assert path.condition == Fact(kind="finding", id="f-unsc-review")
        assert set(path.applies_to) == set(un_measures(dprk))
        assert path.self_executing is False


def test_nothing_but_the_council_and_spent_periods_ends_a_measure_of_the_council(
    dprk: Regime,
) -> None:
    """No other path ends a UN measure, and the periods for old contracts are over."""
    paths = {id_ for measure in un_measures(dprk) for id_ in dprk.paths_of[measure]}
    ending = {id_ for id_ in paths if dprk.paths[id_].kind in ENDING_KINDS}
    assert ending == {"rp-un-lift", "rp-un-suspend", "rp-un-wind-down"}
    assert "rp-un-wind-down" not in {
        path.id for path in dprk.as_of("2018-01-21").ending_paths("un-2371-coal-iron")
    }


def test_the_grounds_of_a_decision_are_conduct(dprk: Regime) -> None:
    """What the texts name as a reason for a decision is conduct of the target."""
    grounds = {ground for path in dprk.paths.values() for ground in path.grounds}
    assert grounds
    assert {dprk.requirements[ground].kind for ground in grounds} == {"conduct"}


def test_section_7143_asks_for_two_commitments_or_a_vital_interest(dprk: Regime) -> None:
    """Warmbier Act 7143(b): commitments at the level of a commitment, 180 days, from enactment."""
    path = dprk.paths["rp-us-7143-suspend"]
    assert isinstance(path.condition, Any)
    commitments, interest = path.condition.of
    assert limbs(commitments) == [
        ("r-us-7143-commit-test-halt", "commitment"),
        ("r-us-7143-agree-talks", "commitment"),
    ]
    assert isinstance(interest, Fact)
    assert (interest.kind, interest.id) == ("finding", "f-us-natsec-vital")
    assert path.term == "180 days"
    assert path.available is not None
    assert str(path.available.since) == "2019-12-20"
    assert all(id_.startswith("us-warmbier-") for id_ in path.applies_to)


def test_the_terrorism_list_asks_for_six_months_and_assurances_and_no_weapons(dprk: Regime) -> None:
    """AECA 40(f)(1)(B) and its sisters: support and assurances, nothing else."""
    assert limbs(dprk.paths["rp-us-sst-45"].condition) == [
        ("r-us-sst-no-support-6m", "met"),
        ("r-us-sst-assurances", "assurance"),
    ]


def test_the_negative_with_a_deadline_binds_for_munitions_alone(dprk: Regime) -> None:
    """AECA 40(f)(2)(A) is a rider of the munitions bar: 45 days without a joint resolution."""
    riders = [(path.id, rider) for path in dprk.paths.values() for rider in path.riders]
    assert [(id_, rider.measures) for id_, rider in riders] == [("rp-us-sst-45", ("us-sst-arms",))]
    silence = riders[0][1].condition
    assert isinstance(silence, Silence)
    assert (silence.of.id, silence.from_.id, silence.term) == (
        "e-us-joint-resolution-40f", "e-us-40f-report", "45 days",
    )  # fmt: skip


def test_the_texts_on_north_korea_need_all_any_a_date_and_one_negative(dprk: Regime) -> None:
    """No other operator stands in a condition of this regime; the precedents need the rest."""
    roots = [path.condition for path in dprk.paths.values()]
    roots += [path.renewal.condition for path in dprk.paths.values() if path.renewal]
    roots += [rider.condition for path in dprk.paths.values() for rider in path.riders]
    kinds = {type(node) for root in roots for node in walk(root)}
    assert kinds == {All, Any, After, Fact, Silence}


def test_the_chemical_weapons_sanctions_end_on_four_conditions_after_twelve_months(
    dprk: Regime,
) -> None:
    """CBW Act 307(c): assurances, no preparation, inspection, restitution; from 5 March 2019."""
    path = dprk.paths["rp-us-cbw-remove"]
    assert limbs(path.condition) == [
        ("r-us-cbw-assurances", "assurance"),
        ("r-us-cbw-no-preparation", "met"),
        ("r-us-cbw-inspection", "met"),
        ("r-us-cbw-restitution", "met"),
    ]
    assert path.available is not None
    assert str(path.available.since) == "2019-03-05"


def test_the_widest_waiver_reaches_no_order_no_203_and_no_210(dprk: Regime) -> None:
    """NKSPEA 208(c) asks for a finding only, and does not list those sections."""
    path = dprk.paths["rp-us-208c-case"]
    assert not [fact for fact in leaves(path.condition) if fact.kind == "requirement"]
    assert not [id_ for id_ in path.applies_to if "-203-" in id_ or "-210-" in id_ or "-eo" in id_]


def test_a_statutory_floor_lies_under_the_power_to_revoke(dprk: Regime) -> None:
    """Revoking every order leaves 104(a), 104(c) and 210."""
    floor = {"us-nkspea-104a", "us-nkspea-104c", "us-nkspea-210-cyber"}
    assert floor <= set(dprk.paths["rp-us-eo-revoke"].floor)
    orders = dprk.paths["rp-us-eo-revoke"].applies_to
    for id_ in orders:
        assert not {"rp-us-401-suspend", "rp-us-402-terminate"} & set(dprk.paths_of[id_])


def test_most_paths_ask_for_no_conduct(dprk: Regime) -> None:
    """More than half of the paths can be used whatever the target does."""
    asking = [
        path.id
        for path in dprk.paths.values()
        if any(fact.kind == "requirement" for fact in leaves(path.condition))
    ]
    assert len(asking) * 2 < len(dprk.paths)


def test_eighteen_measures_are_tied_to_no_requirement(dprk: Regime) -> None:
    """Orders, appropriations and papers among them."""
    loose = [row.id for row in dprk.measures.values() if not row.requirements]
    assert len(loose) == 18


def test_every_un_row_with_coded_goods_comes_from_the_five_resolutions(dprk: Regime) -> None:
    """Twenty-two rows in force on the day, and none from the other six resolutions."""
    rows = [
        dprk.measures[id_] for id_ in dprk.as_of("2019-02-28").in_force if dprk.measures[id_].hs
    ]
    coded = Counter(row.instrument for row in rows if row.instrument.startswith("unscr-"))
    assert set(coded) == {"unscr-2270", "unscr-2321", "unscr-2371", "unscr-2375", "unscr-2397"}
    assert coded.total() == 22


def test_the_glenn_sanctions_have_no_ending_path_but_a_statute(dprk: Regime) -> None:
    """AECA 102(b) ends on no conduct; its waivers are spent."""
    paths = [dprk.paths[id_] for id_ in dprk.paths_of["us-glenn-102b"]]
    assert [path.id for path in paths if path.kind in ENDING_KINDS] == ["rp-us-new-statute"]
    spent = [path.available.until for path in paths if path.available]
    assert sorted(map(str, spent)) == ["2007-01-06", "2013-07-01"]
