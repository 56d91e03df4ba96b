"""The comparison of policies: every assumption has a consequence that can be checked."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.games.policies import OUTCOMES, POLICIES, compare
from detente.games.ranges import Draws, draw, parameter
from detente.games.tranches import honest

RANGES = {
    "belief": "0:1", "trust": "0:1", "scope": "0:1", "detection": "0:1", "snapback": "0:1",
    "whim": "0:1", "bound": "0:1", "patience": "0.5:1", "cost_sincere": "0:1.5",
    "cost_staller": "0:4",
    "prize": "0:2", "growth": "0:0.2",
}  # fmt: skip
SHAPES = st.tuples(st.integers(1, 6), st.integers(0, 4), st.integers(0, 10_000))


def drawn(seed: int, number: int = 60) -> Draws:
    """Return draws from the whole of the parameters' space."""
    return draw({name: parameter(text) for name, text in RANGES.items()}, number, seed)


@settings(max_examples=40)
@given(SHAPES)
def test_the_order_of_policies(shape: tuple[int, int, int]) -> None:
    """Compliance-first gives nothing for nothing; a tranche risks no more than a grand bargain."""
    steps, more, seed = shape
    found = compare(drawn(seed), steps, steps + more)
    for kind in ("sincere", "staller", "all"):
        side = {policy: by[kind] for policy, by in found.items()}
        assert (side["compliance-first"]["for_nothing"] == 0).all()
        assert (side["walk-away"]["relief"] == 0).all()
        tranche, actions = side["tranche-snapback"], side["action-for-action"]
        assert (tranche["for_nothing"] <= actions["for_nothing"] + 1e-12).all()
        assert (actions["for_nothing"] <= side["grand-bargain"]["for_nothing"] + 1e-12).all()
        assert (tranche["verified"] >= actions["verified"] - 1e-12).all()
        assert (actions["verified"] >= side["grand-bargain"]["verified"] - 1e-12).all()


@settings(max_examples=40)
@given(SHAPES, st.floats(0, 0.5))
def test_more_snapback_is_never_worse(shape: tuple[int, int, int], more: float) -> None:
    """With a larger share snapped back no more stands for nothing, and no less is verified."""
    steps, extra, seed = shape
    values = drawn(seed)
    harder = {**values, "snapback": np.minimum(values["snapback"] + more, 1)}
    before = compare(values, steps, steps + extra)["tranche-snapback"]
    after = compare(harder, steps, steps + extra)["tranche-snapback"]
    for kind in ("sincere", "staller"):
        assert (after[kind]["for_nothing"] <= before[kind]["for_nothing"] + 1e-12).all()
        assert (after[kind]["verified"] >= before[kind]["verified"] - 1e-12).all()


@settings(max_examples=40)
@given(SHAPES)
def test_outcomes_stay_within_their_bounds(shape: tuple[int, int, int]) -> None:
    """Shares from 0 to 1, relief that is earned or not, time within the rounds."""
    steps, more, seed = shape
    rounds = steps + more
    for by in compare(drawn(seed), steps, rounds).values():
        for side in by.values():
            assert side.keys() == OUTCOMES.keys()
            for name in ("verified", "for_nothing", "deceived", "relief", "belief", "trust"):
                assert (side[name] >= -1e-12).all()
                assert (side[name] <= 1 + 1e-12).all()
            unearned = side["for_nothing"] + side["deceived"]
            assert (unearned <= side["relief"] + 1e-12).all()
            assert (side["time"] <= rounds + 1e-9).all()
            assert (side["programme"] >= -1e-12).all()


@settings(max_examples=40)
@given(SHAPES)
def test_beliefs_are_martingales_and_trust_is_bayes(shape: tuple[int, int, int]) -> None:
    """The mean belief at the end is the prior; trust grows by the rounds in which relief stood."""
    steps, more, seed = shape
    values = drawn(seed)
    found = compare(values, steps, steps + more)
    for by in found.values():
        assert by["all"]["belief"] == pytest.approx(values["belief"], abs=1e-9)
        assert (by["sincere"]["belief"] >= by["staller"]["belief"] - 1e-9).all()
        assert (by["all"]["trust"] >= values["trust"] - 1e-12).all()
    most = values["trust"] / (
        values["trust"] + (1 - values["trust"]) * (1 - values["whim"]) ** steps
    )
    assert (found["tranche-snapback"]["all"]["trust"] <= most + 1e-9).all()


def test_a_sender_that_keeps_its_word_and_sees_all_is_the_plan_of_tranches() -> None:
    """With full trust and detection a step is taken exactly where core a says it is honest."""
    steps = 5
    values = drawn(7, 400)
    one = np.ones_like(values["belief"])
    values |= {"trust": one, "scope": one, "detection": one, "whim": 0 * one}
    found = compare(values, steps, steps)["tranche-snapback"]["staller"]
    cost, tranche = [values["cost_staller"] / steps] * steps, [one / steps] * steps
    kept = honest(values["prize"], cost, tranche, values["patience"], values["snapback"])
    # a step is honest given that all later ones are; the plan is kept where all of them are
    assert ((found["verified"] > 1 - 1e-12) == np.all(kept, axis=0)).all()


def test_a_sincere_target_may_refuse_compliance_first_of_a_sender_it_does_not_trust() -> None:
    """Where relief is not believed tranches verify more; where it is, compliance-first does."""
    values = {name: np.array([0.5, 0.5]) for name in RANGES}
    values |= {
        "trust": np.array([0.05, 1.0]), "whim": np.array([0.9, 0.9]),
        "cost_sincere": np.array([0.6, 0.6]), "patience": np.array([0.95, 0.95]),
        "bound": np.array([0.0, 0.0]), "prize": np.array([0.0, 0.0]),
        "growth": np.array([0.05, 0.05]),
        "snapback": np.array([0.9, 0.9]),
    }  # fmt: skip
    found = {policy: by["sincere"]["verified"] for policy, by in compare(values, 5, 8).items()}
    assert found["compliance-first"][0] < found["tranche-snapback"][0]
    assert found["compliance-first"][1] == 1


def test_a_target_that_is_bound_by_its_word_takes_every_step_it_was_paid_for() -> None:
    """As the sincere type of the game of trust; one that is free keeps a grand bargain's relief."""
    values = {name: np.array([0.5, 0.5]) for name in RANGES}
    values |= {
        "bound": np.array([1.0, 0.0]), "cost_sincere": np.array([0.6, 0.6]),
        "trust": np.array([1.0, 1.0]), "prize": np.array([0.0, 0.0]),
    }  # fmt: skip
    side = compare(values, 5, 8)["grand-bargain"]["sincere"]
    assert side["verified"].tolist() == [1, 0]
    assert side["for_nothing"].tolist() == [0, 1]


def test_waiting_lets_the_programme_grow() -> None:
    """Nothing is lost and nothing gained; the programme is what its growth makes of it."""
    values = drawn(3)
    side = compare(values, 2, 6)["walk-away"]["all"]
    assert side["programme"] == pytest.approx((1 + values["growth"]) ** 6)
    assert (side["verified"] == 0).all()
    assert (side["time"] == 6).all()


def played(
    values: dict[str, float], steps: int, policy: str, takes: list[bool], chance: random.Random
) -> tuple[float, float, float]:
    """Play one deal with a staller by dice: verified, relief for nothing, and deceived."""
    faithful = chance.random() < values["trust"]
    given_, real = 0.0, 0
    for past in range(steps):
        tranche = {"grand-bargain": float(past == 0), "compliance-first": 0.0}.get(
            policy, 1 / steps
        )
        given_ += tranche
        if takes[past]:
            real += 1
        elif chance.random() < values["scope"] * values["detection"]:
            back = values["snapback"] * tranche if policy == "tranche-snapback" else 0.0
            earned = min(given_, past / steps)
            return real / steps, given_ - earned - back, min(past - real, given_ * steps) / steps
        due = given_ > 0 or past == steps - 1
        if due and not faithful and chance.random() < values["whim"]:
            return real / steps, 0.0, 0.0
    return real / steps, 0.0, 1 - real / steps


@pytest.mark.parametrize("policy", [name for name in POLICIES if name != "walk-away"])
@pytest.mark.parametrize("cost", [0.6, 12.0])
def test_expectations_are_those_of_deals_played_by_dice(policy: str, cost: float) -> None:
    """A staller that takes all steps, and one that takes none, played twenty thousand times."""
    values = {
        "belief": 0.2, "trust": 0.6, "scope": 0.6, "detection": 0.8, "snapback": 0.7, "whim": 0.2,
        "patience": 0.95, "cost_sincere": 0.3, "bound": 0.5, "cost_staller": cost,
        "prize": 3.0, "growth": 0.02,
    }  # fmt: skip
    side = compare({name: np.array([x]) for name, x in values.items()}, 4, 6)[policy]["staller"]
    chance, number = random.Random(11), 20_000
    takes = [cost < 1] * 4
    deals = [played(values, 4, policy, takes, chance) for _ in range(number)]
    for place, name in enumerate(("verified", "for_nothing", "deceived")):
        mean = sum(deal[place] for deal in deals) / number
        assert float(side[name][0]) == pytest.approx(mean, abs=4 * 0.5 / number**0.5)
