"""Bargaining, asked with ranges (core c)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from detente.games import bargaining as core
from detente.games.answers.shared import (
    CHANCE,
    INNER,
    NOT_NEGATIVE,
    OWN,
    POSITIVE,
    Bounds,
    Parameters,
    ask,
    decides,
    in_order,
    share_of,
    spread_all,
)
from detente.games.ranges import Bools, Draws, Floats, spread
from detente.games.results import Assumption, BargainGame, Share

PARAMETERS: Final[Bounds] = {
    "rate": POSITIVE, "target_rate": POSITIVE, "growth": NOT_NEGATIVE, "delay": NOT_NEGATIVE,
    "most_cost": POSITIVE, "own_cost": NOT_NEGATIVE, "low_cost": NOT_NEGATIVE,
    "high_cost": POSITIVE, "power": CHANCE, "later_power": CHANCE,
    "conflict_cost": NOT_NEGATIVE, "building": NOT_NEGATIVE, "patience": INNER,
    "prevention_costs": NOT_NEGATIVE, "target_cost": POSITIVE, "sender_cost": NOT_NEGATIVE,
    "target_conflict": NOT_NEGATIVE, "sender_conflict": NOT_NEGATIVE,
}  # fmt: skip
"""The parameters, and where each must lie."""

ASSUMPTIONS: Final = (
    Assumption("Offers alternate without end and the sender makes the first; growth of the threat "
               "adds to what waiting costs it.", "Rubinstein 1982"),
    Assumption("A target's cost of refusing is anything from 0 to the most alike, or one of two; "
               "the sender makes one demand.", "Fearon 1995, Powell 1999"),
    Assumption("The target can build once, openly, at a cost, and is stronger from the next period "
               "on.", "Spaniel 2019"),
    Assumption("Each side values its own payoff less its expectation of conflict times the "
               "other's.", "Drezner 1999"),
    Assumption("The four bargains share no state: each answers its own question.", OWN),
)  # fmt: skip

MEANS: Final = {
    "sender_share": "the sender's share of what is bargained over",
    "share_without_growth": "the same, if the threat did not grow",
    "share_limit": "the same with growth, as offers follow without delay",
    "growth_at_half": "growth of the threat a year at which the sender's share falls to one half",
    "demand": "best demand where the target's cost of refusing may be anything to the most",
    "demand_refused": "chance that this demand is refused",
    "cutoff": "belief from which the larger of two demands is best",
    "stay_out": "least share for which the target leaves the programme unbuilt",
    "shift": "what the programme would move from one side to the other",
    "prevention_margin": "by how much that exceeds the costs of preventing it; above 0, credible",
    "drezner_demand": "largest demand that the target grants",
    "conflict_needed": "conflict that a sender must expect for its threat to be credible",
    "threat_margin": "by how much it expects more than that; above 0, credible",
}


def bargain_game(parameters: Parameters, draws: int, seed: int) -> BargainGame:
    """Return who is in a hurry, what to demand, and what a programme or a threat is worth.

    Args:
        parameters: those of ``PARAMETERS``.
        draws: draws, where some parameter is a range.
        seed: seed of the draws.

    Raises:
        UsageError: a parameter makes no sense.
    """
    asked = ask("bargain", PARAMETERS, ASSUMPTIONS, parameters, {}, draws, seed)
    in_order(parameters, "low_cost", "high_cost")
    in_order(parameters, "power", "later_power")

    def outcomes(d: Draws) -> dict[str, Floats]:
        rates = d["rate"], d["target_rate"]
        screening = core.risk_return(d["most_cost"], d["own_cost"])
        moved = core.shift(d["power"], d["later_power"], d["patience"])
        needed = core.conflict_needed(d["target_cost"], d["sender_cost"])
        return {
            "sender_share": core.sender_share(*rates, d["growth"], d["delay"]),
            "share_without_growth": core.sender_share(*rates, 0.0, d["delay"]),
            "share_limit": core.nash_limit(d["rate"] + d["growth"], d["target_rate"]),
            "growth_at_half": core.growth_at_half(*rates, d["delay"]),
            "demand": screening.demand,
            "demand_refused": screening.refused,
            "cutoff": core.cutoff(d["low_cost"], d["high_cost"], d["own_cost"]),
            "stay_out": core.stay_out(
                d["power"], d["later_power"], d["conflict_cost"], d["building"], d["patience"]
            ),
            "shift": moved,
            "prevention_margin": moved - d["prevention_costs"],
            "drezner_demand": core.drezner(
                d["target_cost"], d["sender_cost"], d["target_conflict"]
            ),
            "conflict_needed": needed,
            "threat_margin": d["sender_conflict"] - needed,
        }

    values = outcomes(asked.drawn)
    endless = np.isinf(values["growth_at_half"])

    return BargainGame(
        **asked.fields,
        results=spread_all(values),
        meaning=MEANS,
        sensitivity=decides(outcomes, parameters, seed, "sender_share", "stay_out"),
        warnings=tuple(_bargain_warnings(values, endless)),
        shares=tuple(_shares(asked.drawn, parameters)),
    )


def _shares(drawn: Draws, parameters: Parameters) -> list[Share]:
    """The sender's share over a fan of growths that holds the flip and what was asked."""
    flip = parameters["target_rate"].high - parameters["rate"].low
    most = max(2 * flip, 2 * parameters["growth"].high, 0.1)
    rates = drawn["rate"], drawn["target_rate"]
    return [
        Share(
            growth=float(growth),
            share=spread(core.sender_share(*rates, growth, drawn["delay"])),
        )
        for growth in np.linspace(0, most, 41)
    ]


def _bargain_warnings(values: Mapping[str, Floats], endless: Bools) -> list[str]:
    said = []
    if endless.any():
        said.append(
            f"in {share_of(endless)} the target is in so much haste that no growth takes the "
            "sender's share to one half; growth at half is left out"
        )
    lost = values["share_without_growth"] < 0.5
    if lost.any():
        said.append(f"the sender has less than half without any growth in {share_of(lost)}")
    flips = (values["share_without_growth"] >= 0.5) & (values["sender_share"] < 0.5)
    if flips.any():
        said.append(f"growth of the threat turns the sender's larger share into the smaller in "
                    f"{share_of(flips)}")  # fmt: skip
    return said
