"""The perception gap: every ruler of Hanoi, and ratios that never divide by what is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import negotiations
from detente.api import load
from detente.law.regime import Regime
from detente.relief.spirit import Share
from detente.report.gap import gap_page
from detente.talks.gap import ratio
from detente.talks.gap_results import Gap


@pytest.fixture(scope="module")
def hanoi_gap(regime: Regime) -> Gap:
    return negotiations.gap(regime, "hanoi-2019")


def asked(gap: Gap, ruler: str) -> Share:
    found = next(r.asked for r in gap.rulers if r.ruler == ruler)
    assert found is not None
    return found


def test_the_rulers_of_hanoi_stand_side_by_side(hanoi_gap: Gap) -> None:
    """45 per cent of resolutions, all sectoral bans, about 95 per cent [93, 96] of exports."""
    assert asked(hanoi_gap, "instruments counted").central == pytest.approx(5 / 11, abs=1e-6)
    assert asked(hanoi_gap, "sectoral export bans").central == 1
    exports = asked(hanoi_gap, "export earnings")
    assert (round(exports.low, 2), round(exports.high, 2)) == (0.93, 0.96)
    assert exports.central == pytest.approx(0.946, abs=0.003)
    assert exports.kind == "p05-p95"
    money = asked(hanoi_gap, "hard currency")
    assert (round(money.low, 2), round(money.high, 2)) == (0.92, 0.98)
    assert asked(hanoi_gap, "measures of all issuers").central == pytest.approx(33 / 165)


def test_what_hanoi_gave_is_a_range_in_two_areas_and_nothing_in_five(hanoi_gap: Gap) -> None:
    """5 to 64 per cent of the nuclear area, 0 to 14 of missiles; no ratio for nothing."""
    given_ = {area.area: area.given for area in hanoi_gap.areas}
    nuclear, missiles = given_.pop("nuclear-programme"), given_.pop("ballistic-missiles")
    assert nuclear is not None
    assert missiles is not None
    assert (round(nuclear.low, 2), round(nuclear.high, 2)) == (0.05, 0.64)
    assert (round(missiles.low, 2), round(missiles.high, 2)) == (0.0, 0.14)
    assert all(share is not None and share.high == 0 for share in given_.values())
    assert len(given_) == 5
    assert {area for area, r in hanoi_gap.exchange_ratio.items() if r is not None} == {
        "nuclear-programme", "ballistic-missiles",
    }  # fmt: skip


def test_both_ideas_of_the_deal_are_told_with_what_they_leave_out(hanoi_gap: Gap) -> None:
    """The same shares as the regime's own table of what each offer touches."""
    by_role = {v.role: {s.area: s for s in v.covers} for v in hanoi_gap.visions}
    assert by_role["target"]["nuclear-programme"].count_share == pytest.approx(0.22, abs=0.001)
    assert by_role["sender"]["nuclear-programme"].count_share == pytest.approx(0.927, abs=0.001)
    assert by_role["sender"]["nuclear-programme"].weight_share == pytest.approx(0.967, abs=0.001)
    assert by_role["sender"]["human-rights-abuses"].touched == 0
    assert hanoi_gap.order.target != hanoi_gap.order.sender


def test_where_no_component_is_listed_nothing_is_said_of_what_was_given() -> None:
    """A regime without components: the share is unknown, not zero, and there is no ratio."""
    gap = negotiations.gap(load("iran"), "jcpoa-2015")
    assert all(area.given is None and area.ratio is None for area in gap.areas)
    assert next(r for r in gap.rulers if r.ruler == "issue areas").given is None


def test_no_ruler_stands_without_its_origin(hanoi_gap: Gap) -> None:
    """Says who: every ruler cites something and says how it is known."""
    for ruler in hanoi_gap.rulers:
        assert ruler.citation
        assert ruler.confidence


shares = (
    st.tuples(*[st.floats(0, 1)] * 3)
    .map(sorted)
    .map(lambda ends: Share(low=ends[0], central=ends[1], high=ends[2]))
)


@given(shares, shares)
def test_a_ratio_is_a_range_or_nothing(one: Share, two: Share) -> None:
    """Its ends are in order, and nothing is divided by nothing."""
    found = ratio(one, two)
    if two.central <= 0:
        assert found is None
        return
    assert found is not None
    assert found.low <= found.central + 1e-6
    assert found.high is None or found.central <= found.high + 1e-6
    assert (found.high is None) == (two.low <= 0)


def test_nothing_known_gives_no_ratio() -> None:
    """Neither of relief nor of conduct."""
    some = Share(low=0.1, central=0.2, high=0.3)
    assert ratio(None, some) is None
    assert ratio(some, None) is None


def test_a_ratio_of_ends_that_bound_nothing_is_no_bound(hanoi_gap: Gap) -> None:
    """Relief by export earnings is known from p05 to p95; by measures it is counted."""
    area = next(a for a in hanoi_gap.areas if a.area == "nuclear-programme")
    assert area.ratio is not None
    assert area.ratio_by_measures is not None
    assert (area.ratio.kind, area.ratio_by_measures.kind) == ("p05-p95", "bounds")


def test_a_page_says_that_what_is_not_known_is_not_known() -> None:
    """Not that nothing was given."""
    iran = load("iran")
    page = gap_page(negotiations.gap(iran, "jcpoa-2015"), iran)
    said = " ".join(line.text for line in page.answer)
    assert "what is given is not known" in said
    assert "not known in 6 areas" in said
    assert "nothing" not in said
