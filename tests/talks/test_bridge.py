"""Lawful bridges: what is called lawful is lawful, by the rules themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import api, negotiations
from detente.errors import DataError, UnknownIdError, UsageError
from detente.law.regime import Regime
from detente.law.vocabulary import Truth
from detente.relief.rules import RULES
from detente.talks.bridge import bridges
from detente.talks.bridge_results import Bridges
from detente.talks.setting import Setting, setting


@pytest.fixture(scope="module")
def hanoi_bridge(regime: Regime) -> Bridges:
    return negotiations.bridge(regime, "hanoi-2019")


def test_the_offer_itself_is_lawful_by_a_vote_and_by_no_other_rule(hanoi_bridge: Bridges) -> None:
    """As the assessment says: walk away, counter, accept."""
    first = next(item for item in hanoi_bridge.packages if item.name == "as offered")
    assert first.conduct == ()
    assert first.lawful == {
        "compliance-first": False, "proportional": False, "legal-minimum": True,
    }  # fmt: skip


def test_a_package_of_compliance_earns_exactly_what_its_conduct_completes(
    regime: Regime, hanoi: Setting, hanoi_bridge: Bridges
) -> None:
    """Counted anew from the law: no measure more, no measure less."""
    seen = 0
    for item in hanoi_bridge.packages:
        if item.rule != "compliance-first":
            continue
        facts = hanoi.kept(step.id for step in item.conduct)
        earned = {
            id_ for id_ in hanoi.asked
            if hanoi.conduct_of([id_])
            and all(hanoi.truth(facts, r) is Truth.MET for r in hanoi.conduct_of([id_]))
        }  # fmt: skip
        assert set(item.relief) == earned
        seen += 1
    assert seen == 5


def test_no_step_of_a_compliance_package_can_be_left_out(
    hanoi: Setting, hanoi_bridge: Bridges
) -> None:
    """Without any one of its steps something that it relieves is no longer earned."""
    for item in hanoi_bridge.packages:
        if item.rule != "compliance-first":
            continue
        for step in item.conduct:
            facts = hanoi.kept(s.id for s in item.conduct if s is not step)
            lost = [
                id_ for id_ in item.relief
                if any(hanoi.truth(facts, r) is not Truth.MET for r in hanoi.conduct_of([id_]))
            ]  # fmt: skip
            assert lost


def test_what_is_in_proportion_stays_in_proportion(hanoi: Setting, hanoi_bridge: Bridges) -> None:
    """The rule itself, asked again on the shares that the added components give."""
    for item in hanoi_bridge.packages:
        if item.rule == "proportional":
            shares = hanoi.shares([step.id for step in item.conduct])
            answer = RULES["proportional"](hanoi.case(item.relief, hanoi.kept(), shares))
            assert set(answer.earned) == set(item.relief)
            fewer = hanoi.shares([step.id for step in item.conduct[:-1]])
            if item.conduct:
                less = RULES["proportional"](hanoi.case(item.relief, hanoi.kept(), fewer))
                assert set(less.earned) < set(item.relief)


def test_packages_come_by_how_little_they_add(hanoi_bridge: Bridges) -> None:
    """Lawful ones first, then by what they add."""
    added = [item.cost.central for item in hanoi_bridge.packages if item.cost is not None]
    assert added == sorted(added)


def test_each_side_finds_its_own_order(regime: Regime) -> None:
    """The sender sees pressure kept first, the target relief."""
    sender = negotiations.bridge(regime, "hanoi-2019", side="sender").packages
    kept = [item.pressure_kept.central for item in sender]
    assert kept == sorted(kept, reverse=True)
    target = negotiations.bridge(regime, "hanoi-2019", side="target").packages
    relief = [len(item.relief) for item in target]
    assert relief == sorted(relief, reverse=True)


def test_every_relief_says_who_owes_it_and_who_could_take_it_back(hanoi_bridge: Bridges) -> None:
    """Credibility is two-sided."""
    for item in hanoi_bridge.packages:
        assert sum(act.measures for act in item.owed) == len(item.relief)
        for act in item.owed:
            assert act.decided_by
            assert act.citation
            assert act.taken_back


def test_undominated_packages_are_beaten_by_no_other(hanoi_bridge: Bridges) -> None:
    """In cost, pressure kept and requirements met, among what is lawful and not case by case."""

    def three(item: object) -> tuple[float, float, float]:
        cost = item.cost.central  # type: ignore[attr-defined]
        kept = item.pressure_kept.central  # type: ignore[attr-defined]
        return -cost, kept, item.requirements_met.central  # type: ignore[attr-defined]

    pool = [b for b in hanoi_bridge.packages if b.manner != "ease" and any(b.lawful.values())]
    for item in pool:
        beaten = any(
            all(x >= y for x, y in zip(three(other), three(item), strict=True))
            and three(other) != three(item)
            for other in pool
        )
        assert item.undominated is not beaten


def test_relief_under_conduct_bound_law_needs_the_conduct_of_its_limbs(regime: Regime) -> None:
    """An ask for measures that end only on conduct yields a package that adds that conduct."""
    offer = api.offer(regime, "hanoi-2019")
    bound = ["us-nkspea-104a"]
    reading = offer.readings["civilian"]
    from msgspec.structs import replace

    asked = replace(
        offer, readings={"bound": replace(reading, select=(), measures=tuple(bound), count=1)},
        default_reading="bound",
    )  # fmt: skip
    found = bridges(setting(regime, asked, api.evidence_of(regime)))
    conduct = [item for item in found.packages if item.conduct and item.rule == "legal-minimum"]
    assert conduct
    assert conduct[0].lawful["legal-minimum"]


def test_an_ask_for_nothing_in_force_is_refused(regime: Regime) -> None:
    """On a day before the law there is nothing to bridge, and no gap to measure."""
    with pytest.raises(UsageError, match="asks for no measure in force on 2005-01-01"):
        negotiations.gap(regime, "hanoi-2019", as_of="2005-01-01")
    with pytest.raises(UsageError, match="asks for no measure in force on 2005-01-01"):
        negotiations.bridge(regime, "hanoi-2019", as_of="2005-01-01")


def test_costs_below_nothing_are_refused(regime: Regime, tmp_path: Path) -> None:
    """One clear error, with the file and the line."""
    file = tmp_path / "costs.yaml"
    file.write_text(
        "unit: points\ncosts:\n"
        "  r-us-401-1-counterfeiting@progress: {low: -2, central: 1, high: 3}\n"
    )
    with pytest.raises(DataError, match="0 <= low <= central <= high"):
        negotiations.bridge(regime, "hanoi-2019", costs=file)


def test_a_step_without_a_cost_is_refused(regime: Regime, tmp_path: Path) -> None:
    """As ``unlock`` does; a package that adds components has no cost."""
    file = tmp_path / "costs.yaml"
    file.write_text("unit: points\ncosts: {}\n")
    with pytest.raises(UsageError, match="the costs say nothing of r-un-"):
        negotiations.bridge(regime, "hanoi-2019", costs=file)


def test_an_unknown_reading_is_refused(regime: Regime) -> None:
    """With the nearest real one."""
    with pytest.raises(UnknownIdError, match="civilian"):
        negotiations.gap(regime, "hanoi-2019", reading="civil")


def test_a_grid_file_without_the_offer_is_refused(regime: Regime, tmp_path: Path) -> None:
    """It says which offer was looked for."""
    file = tmp_path / "grid.yaml"
    file.write_text("grids: []\n")
    with pytest.raises(UsageError, match="lays out no bargain of hanoi-2019"):
        negotiations.bridge(regime, "hanoi-2019", grid=file)


def test_all_regimes_with_an_offer_are_bridged() -> None:
    """No row of one regime is written into the code."""
    found = negotiations.bridge(api.load("iran"), "jcpoa-2015")
    assert found.packages
    assert found.bargain is None
    assert found.threshold is None
