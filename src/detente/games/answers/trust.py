"""The trust game and the plan in tranches, asked with ranges (core a)."""

from __future__ import annotations

from typing import Final

import numpy as np

from detente.games import tranches
from detente.games import trust as core
from detente.games.answers.shared import (
    CHANCE,
    KREPS,
    MOST,
    NOT_NEGATIVE,
    OWN,
    PATIENCE,
    POSITIVE,
    Bounds,
    Parameters,
    ask,
    decides,
    share_of,
    spread_all,
)
from detente.games.plays import play
from detente.games.ranges import Draws, Floats, spread, whole
from detente.games.results import Assumption, TrustGame, TrustRound

PARAMETERS: Final[Bounds] = {
    "belief": CHANCE, "benefit": POSITIVE, "loss": POSITIVE, "gain": POSITIVE,
    "patience": PATIENCE, "step_cost": NOT_NEGATIVE, "tranche": NOT_NEGATIVE,
    "plan_patience": PATIENCE, "snapback": CHANCE, "prize": NOT_NEGATIVE,
}  # fmt: skip
"""The parameters, and where each must lie."""

ASSUMPTIONS: Final = (
    Assumption("The target is one of two types: sincere and always complying, or a staller that "
               "does what pays.", KREPS),
    Assumption("Both sides know all payoffs, the number of rounds and the belief at the start; a "
               "cheat is seen before the next round.", KREPS),
    Assumption("The staller's compliance is that of the equilibrium: where it complies for sure, "
               "compliance teaches nothing.", KREPS),
    Assumption("A sender that is indifferent after a mixed round gives relief just so often that "
               "the staller is indifferent too.", KREPS),
    Assumption("A target without the patience to build a reputation cheats at the first relief; "
               "the sender then weighs all rounds alike.", OWN),
    Assumption("The plan of tranches is solved apart: backward induction, no belief, and what is "
               "snapped back is the tranche of the step not taken.", OWN),
)  # fmt: skip

MEANS: Final = {
    "belief_needed": "belief from which relief begins at all",
    "relief_rounds": "rounds with relief, expected",
    "relief_to_staller": "rounds with relief that a staller gets, expected",
    "cheats": "chance that the target is a staller and cheats while it has relief",
    "looks_honest": "rounds from the first in which a staller complies for certain",
    "staller_value": "what the game is worth to a staller, in reliefs of a round",
    "largest_exposure": "most that a first relief may put at risk, in benefits of a round",
    "least_prize": "least prize at the end for which every step of the plan is worth taking",
    "plan_holds": "whether every step is worth taking for the prize that is offered; a share",
    "first_step": "most that the first step may cost the target for that prize",
}


def trust_game(
    parameters: Parameters, rounds: int, steps: int, draws: int, seed: int, plays: int = 0
) -> TrustGame:
    """Return how long a staller looks honest, and what a plan in tranches needs at its end.

    Args:
        parameters: those of ``PARAMETERS``.
        rounds: rounds of the trust game.
        steps: steps of the plan in tranches.
        draws: draws, where some parameter is a range.
        seed: seed of the draws.
        plays: how many games to play by chance beside the solution, at the central parameters.

    Raises:
        UsageError: a parameter or a number makes no sense.
    """
    whole("rounds", rounds, 1, MOST)
    whole("steps", steps, 1, MOST)
    whole("plays", plays, 0, 1_000_000_000)
    asked = ask(
        "trust",
        PARAMETERS,
        ASSUMPTIONS,
        parameters,
        {"rounds": rounds, "steps": steps},
        draws,
        seed,
    )

    def solved(drawn: Draws) -> core.Trust:
        q = core.critical(drawn["benefit"], drawn["loss"])
        return core.solve(drawn["belief"], q, drawn["gain"], drawn["patience"], rounds)

    def outcomes(drawn: Draws) -> dict[str, Floats]:
        found = solved(drawn)
        plan = [drawn["step_cost"]] * steps, [drawn["tranche"]] * steps
        side = drawn["plan_patience"], drawn["snapback"]
        q = core.critical(drawn["benefit"], drawn["loss"])
        return {
            "belief_needed": np.where(
                found.at_once, q / (q + rounds * (1 - q)), core.belief_needed(q, rounds)
            ),
            "relief_rounds": core.relief_rounds(found),
            "relief_to_staller": found.relief_staller.sum(axis=0),
            "cheats": found.caught.sum(axis=0),
            "looks_honest": core.looks_honest(found),
            "staller_value": core.staller_value(found),
            "largest_exposure": core.largest_exposure(drawn["belief"], rounds),
            "least_prize": tranches.least_prize(*plan, *side),
            "plan_holds": np.all(tranches.honest(drawn["prize"], *plan, *side), axis=0) * 1.0,
            "first_step": tranches.largest_first_step(drawn["prize"], *plan, *side),
        }

    found = solved(asked.drawn)
    values = outcomes(asked.drawn)
    means = dict(MEANS)
    if plays:
        middle = {name: np.array([item.central]) for name, item in parameters.items()}
        played = play(solved(middle), plays, seed)
        values |= {"played_relief_rounds": np.array([played.relief_rounds]),
                   "played_cheats": np.array([played.cheats])}  # fmt: skip
        means |= {"played_relief_rounds": f"rounds with relief in the mean of {plays:,} plays",
                  "played_cheats": "share of the plays in which the target cheated"}  # fmt: skip
    relief = (
        found.prior * found.relief_sincere + (1 - found.prior) * found.relief_staller
    )  # by round
    return TrustGame(
        **asked.fields,
        results=spread_all(values),
        meaning=means,
        sensitivity=decides(outcomes, parameters, seed, "relief_to_staller", "cheats"),
        warnings=tuple(_trust_warnings(found)),
        rounds=tuple(
            TrustRound(
                round=i + 1,
                belief=spread(found.belief[i]),
                relief=spread(relief[i]),
                complies=spread(found.complies[i]),
                caught=spread(found.caught[i]),
            )
            for i in range(rounds)
        ),
    )


def _trust_warnings(found: core.Trust) -> list[str]:
    said = []
    none = found.gives[0] == 0
    if none.any():
        said.append(f"no relief is given at all in {share_of(none)}: the belief is too low for it")
    if found.at_once.any():
        said.append(
            f"in {share_of(found.at_once)} a staller has not the patience to build a reputation: "
            "it cheats at the first relief, and the types part at once"
        )
    sure = np.median(core.looks_honest(found))
    if sure:
        said.append(
            f"the first {sure:.0f} rounds of compliance teach nothing: a staller complies in them "
            "for certain"
        )
    return said
