"""The pictures of the long game: all text can be read, whatever the parameters."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Final

import pytest
from test_charts import boxes

from detente.games.answers.bargain import bargain_game
from detente.games.answers.policies import policies_game
from detente.games.answers.trust import trust_game
from detente.games.ranges import Parameter, parameter
from detente.report import pictures
from detente.report.game_charts import bargain_chart, policies_chart, trust_chart

TRUST: Final = {
    "belief": "0.25", "benefit": "1", "loss": "1.5", "gain": "0.8", "patience": "1",
    "step_cost": "0.6", "tranche": "0.5", "plan_patience": "0.9", "snapback": "0.5",
    "prize": "1.5",
}  # fmt: skip
BARGAIN: Final = {
    "rate": "0.05", "target_rate": "0.15", "growth": "0.05:0.25", "delay": "0.25",
    "most_cost": "1", "own_cost": "0.2", "low_cost": "0.3", "high_cost": "0.8", "power": "0.3",
    "later_power": "0.6", "conflict_cost": "0.1", "building": "0.5", "patience": "0.9",
    "prevention_costs": "2", "target_cost": "1", "sender_cost": "0.3", "target_conflict": "0.5",
    "sender_conflict": "0.4",
}  # fmt: skip
POLICIES: Final = {
    "belief": "0.1", "trust": "0.3:0.8", "scope": "0.5", "detection": "0.8", "snapback": "0.7",
    "whim": "0.15", "bound": "0.5", "patience": "0.95", "cost_sincere": "0.6",
    "cost_staller": "1:3",
    "prize": "0.2", "growth": "0.03",
}  # fmt: skip


def read(texts: dict[str, str], **changes: str) -> dict[str, Parameter]:
    """Return parameters as written, some of them changed."""
    return {name: parameter(text) for name, text in (texts | changes).items()}


CASES: Final[dict[str, Callable[[], pictures.Spec]]] = {
    "trust": lambda: trust_chart(trust_game(read(TRUST), 10, 5, 1, 1)),
    "trust, one round": lambda: trust_chart(trust_game(read(TRUST), 1, 5, 1, 1)),
    "trust, 60 rounds": lambda: trust_chart(
        trust_game(read(TRUST, belief="0.01:0.5"), 60, 5, 9, 1)
    ),
    "bargain": lambda: bargain_chart(bargain_game(read(BARGAIN), 50, 1)),
    "bargain, late flip": lambda: bargain_chart(
        bargain_game(read(BARGAIN, rate="0.01:0.05", target_rate="0.3:0.9"), 50, 1)
    ),
    "bargain, no flip": lambda: bargain_chart(bargain_game(read(BARGAIN, rate="0.9"), 50, 1)),
    "policies": lambda: policies_chart(policies_game(read(POLICIES), 5, 8, 50, 1)),
    "policies, growth": lambda: policies_chart(
        policies_game(read(POLICIES, growth="0.4:0.9"), 5, 8, 50, 1)
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_no_text_lies_over_another_or_is_cut_off(name: str) -> None:
    """Every line of text stands apart, and inside the picture."""
    import vl_convert

    scene = vl_convert.vegalite_to_scenegraph(CASES[name](), vl_version=pictures.VEGA_LITE)
    found = list(boxes(scene["scenegraph"], *scene["origin"]))
    assert len(found) > 10
    assert [(a, b) for a, b in itertools.combinations(found, 2) if a.meets(b)] == []
    slack = 6  # widths are estimated
    assert [
        box
        for box in found
        if box.left < -slack or box.top < 0
        or box.right > scene["width"] + slack or box.bottom > scene["height"]
    ] == []  # fmt: skip
