"""Signals of stalling: each by its rule, each cited, none a verdict."""

from __future__ import annotations

import pytest

from detente import negotiations
from detente.cli.main import main
from detente.law.regime import Regime
from detente.talks.stalling import RULES, SMALL, Stalling


@pytest.fixture(scope="module")
def signals(regime: Regime) -> Stalling:
    return negotiations.stalling(regime, "hanoi-2019")


def test_every_signal_names_its_rule_its_deal_and_its_sources(
    regime: Regime, signals: Stalling
) -> None:
    """Says who?"""
    deals = {*(case.id for case in negotiations.precedents(regime).cases), "hanoi-2019"}
    for signal in signals.signals:
        assert signal.rule in RULES
        assert signal.sources
        assert signal.deal in deals


def test_each_rule_finds_what_the_record_holds(signals: Stalling) -> None:
    """Known instances: the protocol of 2008, the satellite of 2012, the written halt of 2019."""
    found = {(s.rule, s.deal, s.date) for s in signals.signals}
    assert ("verification refused", "dprk-2008-sst", "2008-12-11") in found
    assert ("reversal", "dprk-2012-leap", "2012-04-13") in found
    assert ("costless step", "hanoi-2019", "2019-02-28") in found
    assert ("scope left undefined", "hanoi-2019", "2019-02-28") in found


def test_relief_taken_back_is_the_senders_signal(signals: Stalling) -> None:
    """Both sides are looked at."""
    senders = [s for s in signals.signals if s.by == "sender"]
    assert {s.deal for s in senders} >= {"dprk-1994", "dprk-2008-sst"}


def test_a_step_is_costless_only_where_it_reaches_next_to_nothing(
    signals: Stalling,
) -> None:
    """The dismantling of a whole complex is not among them."""
    costless = [s.text for s in signals.signals if s.rule == "costless step"]
    assert not any("dismantle" in text for text in costless)
    assert SMALL == 0.05


def test_signals_stand_in_the_order_of_time(signals: Stalling) -> None:
    """Oldest first; the note says what they are not."""
    dates = [s.date[:4] for s in signals.signals]
    assert dates == sorted(dates)
    assert "no verdict" in signals.note


def test_a_regime_that_is_named_is_the_one_that_is_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An offer of another regime is refused, not looked up elsewhere."""
    assert main(["precedents", "stalling", "hanoi-2019", "--regime", "iran"]) == 2
    assert "hanoi-2019" in capsys.readouterr().err


def test_nothing_is_a_reversal_of_an_offer_that_was_not_agreed(signals: Stalling) -> None:
    """Hanoi ended without a text: what came after broke no deal of Hanoi."""
    assert not [s for s in signals.signals if s.rule == "reversal" and s.deal == "hanoi-2019"]
    later = [s for s in signals.signals if s.rule == "reversal" and s.date >= "2019-03"]
    assert later  # what earlier deals had touched is still told


def test_no_deal_with_agreed_verification_is_said_to_have_none(signals: Stalling) -> None:
    """Terms agreed by word of mouth, or a report, are no refusal by both."""
    refused = {s.deal for s in signals.signals if s.text.startswith("none agreed")}
    assert refused == {"dprk-2005-bda", "dprk-2018-singapore"}


def test_an_announcement_whose_meaning_was_disputed_is_no_breach(signals: Stalling) -> None:
    """Whether the text of 2012 meant satellites stayed open; what it said of tests was broken."""
    assert not [s for s in signals.signals if s.date == "2012-03-16"]
