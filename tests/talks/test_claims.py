"""The claims of the brief: each with a verdict, a computation and a citation, failures included."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import api, negotiations
from detente.errors import DataError, UnknownIdError, UsageError
from detente.law.find import BUNDLED
from detente.law.regime import Regime
from detente.talks.checks import CHECKS
from detente.talks.claims import Claims

BRIEF = BUNDLED / "dprk" / "briefs" / "hanoi-brief-2019.yaml"


@pytest.fixture(scope="module")
def checked(regime: Regime) -> Claims:
    return negotiations.claims(regime, "hanoi-brief-2019")


def verdicts(claims: Claims) -> dict[str, str]:
    return {item.claim: item.verdict for item in claims.claims}


def test_all_eighteen_claims_are_answered_with_reason_and_citation(checked: Claims) -> None:
    """None without a why, none without something that it rests on."""
    assert len(checked.claims) == 18
    for item in checked.claims:
        assert item.why
        assert item.citation
        assert item.confidence


def test_the_verdicts_of_the_brief(checked: Claims) -> None:
    """What holds, what holds in part, and what nothing decides."""
    assert verdicts(checked) == {
        "ended-no-statement": "holds",
        "sanctions-in-entirety": "partly",
        "only-yongbyon": "partly",
        "left-out-other-facilities": "holds",
        "left-out-missiles": "partly",
        "left-out-warheads": "holds",
        "perception-gap": "holds",
        "requirements-seven-areas": "holds",
        "lift-only-on-compliance": "partly",
        "chips-violate-letter": "partly",
        "chips-undermine-spirit": "holds",
        "dangerous-precedent": "partly",
        "dragging-out": "partly",
        "no-rush": "partly",
        "enforce-without-backsliding": "not-checkable",
        "calibrate-pressure": "partly",
        "relief-undermines-credibility-of-sender": "not-checkable",
        "brighter-future": "not-checkable",
    }


def test_the_letter_fails_for_votes_and_holds_for_conduct(checked: Claims) -> None:
    """33 asked measures may end by a decision; what 401 and 402 hold is barred."""
    found = next(item for item in checked.claims if item.claim == "chips-violate-letter")
    assert "fails for 33 of the 33" in found.why
    assert found.numbers["bound to conduct and barred"] > 0
    assert "401" in found.citation or "402" in found.citation


def test_what_most_texts_say_is_counted(checked: Claims) -> None:
    """21 of 165 end on conduct alone, 135 leave it to a decision, 9 have no path."""
    found = next(item for item in checked.claims if item.claim == "lift-only-on-compliance")
    assert list(found.numbers.values()) == [165, 21, 135, 9]


def test_every_check_is_used_by_the_brief_that_ships(checked: Claims) -> None:
    """No check that nothing asks for."""
    text = BRIEF.read_text(encoding="utf-8")
    assert all(f"check: {name}\n" in text for name in CHECKS)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("check: not-agreed", "check: not-agred", "did you mean not-agreed"),
        ("areas: [ballistic-missiles]", "areas: [ballistic-misiles]", "unknown area"),
        ("at_least: 0.9", "at_least: 1.9", "keep from 0 to 1"),
        ("regime: dprk", "regime: iran", "is about the regime 'iran'"),
        ("kind: fact", "kind: rumour", "rumour"),
        ("id: only-yongbyon", "id: ended-no-statement", "earlier claim"),
        ("  place: Yongbyon\n", "", "needs place for gives-confined"),
        ("groups: [existing-stocks,", "groups: [existing-stoks,", "unknown group"),
        ("kinds: [facility,", "kinds: [facilty,", "unknown kind"),
        ("families: [enforcement,", "families: [enforcment,", "unknown family"),
        ("show: credibility", "show: credibilty", "did you mean credibility"),
        (
            "check: patience",
            "check: patience\n  parameters: {growth: {low: 2, central: 1, high: 3}}",
            "out of order",
        ),
    ],
)
def test_bad_briefs_are_refused_in_one_line(
    regime: Regime, tmp_path: Path, old: str, new: str, said: str
) -> None:
    """File, line, claim, what is wrong, what to do."""
    text = BRIEF.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "brief.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        negotiations.claims(regime, str(file))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_parameter_that_the_model_does_not_know_is_refused(
    regime: Regime, tmp_path: Path
) -> None:
    """It names those that it does."""
    new = "check: patience\n  parameters: {grwth: {low: 0, central: 1, high: 3}}"
    file = tmp_path / "brief.yaml"
    file.write_text(BRIEF.read_text(encoding="utf-8").replace("check: patience", new))
    with pytest.raises(UsageError, match="unknown parameter 'grwth'"):
        negotiations.claims(regime, str(file))


def test_an_unknown_brief_names_the_nearest(regime: Regime) -> None:
    """As everywhere."""
    with pytest.raises(UnknownIdError, match="hanoi-brief-2019"):
        negotiations.claims(regime, "hanoi-brief-2018")


def test_a_brief_in_ones_own_words_is_answered_by_the_same_checks(
    regime: Regime, tmp_path: Path
) -> None:
    """A claim that fails is told to fail."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        "id: mine\ntitle: Mine\npublisher: Me\ndate: 2019-03-01\nregime: dprk\noffer: hanoi-2019\n"
        "claims:\n- {id: all-of-it, kind: estimate, check: components-untouched, text: Yongbyon's "
        "own plants were left out., areas: [nuclear-programme], groups: "
        "[fissile-material-production]}\n"
    )
    found = negotiations.claims(regime, str(file)).claims[0]
    assert found.verdict == "fails"
    assert found.numbers["share"] > 0.5


@pytest.mark.parametrize(
    ("check", "parameters"),
    [
        ("waiver-price", "{tough: {low: 0, central: 2, high: 3}}"),
        ("waiver-price", "{targets: {low: 1, central: 2, high: 1000000000.0}}"),
        ("stalling-pays", "{rounds: {low: -4, central: 2, high: 3}}"),
        ("stalling-pays", "{rounds: {low: 4, central: 20, high: 1000000000000.0}}"),
        ("patience", "{rate: {low: -4, central: -2, high: 3}}"),
    ],
)
def test_a_parameter_that_the_model_cannot_take_is_refused(
    regime: Regime, tmp_path: Path, check: str, parameters: str
) -> None:
    """A chance above one, no round, a million million rounds: one clear error each."""
    new = f"check: {check}\n  parameters: {parameters}"
    file = tmp_path / "brief.yaml"
    file.write_text(BRIEF.read_text(encoding="utf-8").replace(f"check: {check}", new))
    with pytest.raises(UsageError, match="it must be"):
        negotiations.claims(regime, str(file))


def test_every_range_of_a_model_moves_its_answer(regime: Regime, tmp_path: Path) -> None:
    """A range that a brief gives stays one, whichever parameter it is."""
    rates = "{rate: {low: 0.01, central: 0.05, high: 0.3}, growth: {low: 0, central: 0, high: 0}}"
    beliefs = "{belief: {low: 0.3, central: 0.3, high: 0.3}, gain: {low: 0.1, central: 1, high: 2}}"
    text = BRIEF.read_text(encoding="utf-8")
    text = text.replace("check: patience", f"check: patience\n  parameters: {rates}")
    text = text.replace("check: stalling-pays", f"check: stalling-pays\n  parameters: {beliefs}")
    file = tmp_path / "brief.yaml"
    file.write_text(text, encoding="utf-8")
    found = {item.claim: item for item in negotiations.claims(regime, str(file)).claims}
    assert found["no-rush"].numbers["share"].low == pytest.approx(0.25)
    assert found["no-rush"].numbers["share"].high == pytest.approx(10 / 11)
    worth = found["dragging-out"].numbers["worth"]
    assert 0 < worth.low < worth.central < worth.high
    assert "nothing where belief" not in found["dragging-out"].why


def test_what_is_not_known_of_a_regime_is_not_checkable_and_never_fails(tmp_path: Path) -> None:
    """Where no component and no lever is listed, nothing is said to differ or to be missing."""
    text = (
        "id: mine\ntitle: Mine\npublisher: Me\ndate: 2015-08-01\nregime: iran\n"
        "offer: jcpoa-2015\nclaims:\n"
    )
    for check, more in {
        "visions-differ": "", "spirit-short": "", "judgement": "show: credibility",
        "lever-families": "families: [cyber]", "gives-confined": "place: Natanz",
    }.items():  # fmt: skip
        text += f"- {{id: {check}, kind: model, check: {check}, text: A claim., {more}}}\n"
    file = tmp_path / "mine.yaml"
    file.write_text(text.replace(", }", "}"), encoding="utf-8")
    for item in negotiations.claims(api.load("iran"), str(file)).claims:
        assert item.verdict == "not-checkable"
        assert not item.why.endswith((": ", ":"))
        assert item.citation


def test_a_brief_without_a_claim_is_refused(regime: Regime, tmp_path: Path) -> None:
    """There is nothing to check."""
    file = tmp_path / "brief.yaml"
    head = BRIEF.read_text(encoding="utf-8").split("claims:", maxsplit=1)[0]
    file.write_text(f"{head}claims: []\n", encoding="utf-8")
    with pytest.raises(DataError, match="makes no claim"):
        negotiations.claims(regime, str(file))


def test_no_answer_cites_the_same_thing_twice(checked: Claims) -> None:
    """Once is enough."""
    found = next(item for item in checked.claims if item.claim == "sanctions-in-entirety")
    parts = found.citation.split("; ")
    assert len(parts) == len(set(parts))
