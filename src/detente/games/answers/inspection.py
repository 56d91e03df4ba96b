"""Inspections, asked with ranges (core b)."""

from __future__ import annotations

from typing import Final

import numpy as np

from detente.errors import UsageError
from detente.games import belief
from detente.games import inspection as core
from detente.games.answers.shared import (
    CHANCE,
    INNER,
    MOST,
    NOT_NEGATIVE,
    OWN,
    PATIENCE,
    Bounds,
    Parameters,
    ask,
    decides,
    in_order,
    share_of,
    spread_all,
)
from detente.games.ranges import Draws, Floats, spread, whole
from detente.games.results import Assumption, Clean, InspectionGame

PARAMETERS: Final[Bounds] = {
    "belief": CHANCE, "scope": (0.0, 1.0, "[)"), "detection": PATIENCE,
    "penalty": NOT_NEGATIVE, "inspection_cost": NOT_NEGATIVE, "clean_sincere": INNER,
    "clean_staller": INNER, "accept_wrongly": (0.0, 0.5, "()"), "reject_wrongly": (0.0, 0.5, "()"),
}  # fmt: skip
"""The parameters, and where each must lie."""

ASSUMPTIONS: Final = (
    Assumption("One violation at most; a violation unseen is worth 1 to the violator, one found "
               "-1; it sees which periods were inspected.", "Dresher 1962"),
    Assumption("An inspection that misses, a penalty and a cost of inspecting make a game of two "
               "by two; detection holds only in the observed share.", "Avenhaus and Canty 1996"),
    Assumption("A violation stays where it is: in the observed part or outside it. No clean "
               "inspection speaks for what is not observed.", OWN),
    Assumption("A sincere target is always found clean, but in Wald's test, where it may fail an "
               "inspection too.", OWN),
    Assumption("Wald's numbers leave out the overshoot of the last step; true ones are a few per "
               "cent larger.", "Wald 1945"),
    Assumption("A sample is drawn without replacement, and an item that is falsified and drawn is "
               "recognised.", "hypergeometric sampling"),
)  # fmt: skip

MEANS: Final = {
    "cap": "belief that no number of clean inspections can exceed",
    "after": "belief after the inspections, all of them clean",
    "inspects": "chance with which to inspect, so that violating does not pay",
    "violates": "chance of a violation all the same",
    "violator_value": "what a violator expects over the periods, from -1 to 1",
    "first_inspection": "chance with which to inspect in the first period",
    "sample_detects": "chance that the sample holds a falsified item, in the observed share",
    "number_sincere": "inspections until Wald's test ends, with a sincere target",
    "number_staller": "inspections until Wald's test ends, with a staller",
}


def inspection_game(
    parameters: Parameters, numbers: dict[str, int], draws: int, seed: int
) -> InspectionGame:
    """Return what inspections teach, how often to inspect, and how many a decision takes.

    Args:
        parameters: those of ``PARAMETERS``.
        numbers: ``periods``, ``inspections``, ``items``, ``falsified`` and ``samples``.
        draws: draws, where some parameter is a range.
        seed: seed of the draws.

    Raises:
        UsageError: a parameter or a number makes no sense.
    """
    for name, least in (("periods", 1), ("inspections", 0)):
        whole(name, numbers[name], least, MOST)
    whole("items", numbers["items"], 1, 100_000)
    whole("falsified", numbers["falsified"], 0, numbers["items"])
    whole("samples", numbers["samples"], 0, numbers["items"])
    in_order(parameters, "clean_staller", "clean_sincere")
    if parameters["clean_staller"].high == parameters["clean_sincere"].low:
        raise UsageError(
            "clean staller reaches clean sincere; an inspection that tells them apart finds less "
            "clean with a staller"
        )
    asked = ask("inspection", PARAMETERS, ASSUMPTIONS, parameters, numbers, draws, seed)
    periods, looks = numbers["periods"], numbers["inspections"]
    sample = core.sample_detects(numbers["items"], numbers["falsified"], numbers["samples"])

    def outcomes(drawn: Draws) -> dict[str, Floats]:
        scope, detection, prior = drawn["scope"], drawn["detection"], drawn["belief"]
        game = core.mixed(1 - scope * detection, drawn["penalty"], drawn["inspection_cost"])
        test = belief.wald(*(drawn[name] for name in (
            "clean_sincere", "clean_staller", "accept_wrongly", "reject_wrongly")))  # fmt: skip
        one = np.ones_like(scope)
        return {
            "cap": belief.cap(prior, scope),
            "after": belief.clean(prior, scope, detection, looks),
            "inspects": game.inspects,
            "violates": game.violates,
            "violator_value": one * core.dresher(periods, looks),
            "first_inspection": one * core.first_inspection(periods, looks),
            "sample_detects": scope * sample,
            "number_sincere": test.number_sincere,
            "number_staller": test.number_staller,
        }

    drawn = asked.drawn
    return InspectionGame(
        **asked.fields,
        results=spread_all(outcomes(drawn)),
        meaning=MEANS,
        sensitivity=decides(outcomes, parameters, seed, "cap", "after", "inspects"),
        warnings=tuple(_inspection_warnings(drawn)),
        clean=tuple(
            Clean(
                inspections=number,
                belief=spread(
                    belief.clean(drawn["belief"], drawn["scope"], drawn["detection"], number)
                ),
            )
            for number in range(max(looks, 10) + 1)
        ),
    )


def _inspection_warnings(drawn: Draws) -> list[str]:
    game = core.mixed(
        1 - drawn["scope"] * drawn["detection"], drawn["penalty"], drawn["inspection_cost"]
    )
    said = []
    if not game.deters.all():
        said.append(f"even sure inspection does not deter in {share_of(~game.deters)}: too little "
                    "is observed and found, or the penalty is too small")  # fmt: skip
    if not game.pays.all():
        said.append(f"inspecting costs more than it can spare in {share_of(~game.pays)}")
    said.append("what is not observed is not cleared: the belief stays below its cap however many "
                "inspections are clean")  # fmt: skip
    return said
