"""Policies compared, asked with ranges."""

from __future__ import annotations

from typing import Final

from detente.games.answers.shared import (
    CHANCE,
    MOST,
    NOT_NEGATIVE,
    OWN,
    PATIENCE,
    Bounds,
    Parameters,
    ask,
    decides,
    spread_all,
)
from detente.games.policies import OUTCOMES, TYPES, compare
from detente.games.ranges import Draws, Floats, whole
from detente.games.results import Assumption, PolicyGame, PolicyOutcome

PARAMETERS: Final[Bounds] = {
    "belief": CHANCE, "trust": CHANCE, "scope": CHANCE, "detection": CHANCE,
    "snapback": CHANCE, "whim": CHANCE, "bound": CHANCE, "patience": PATIENCE,
    "cost_sincere": NOT_NEGATIVE, "cost_staller": NOT_NEGATIVE,
    "prize": NOT_NEGATIVE, "growth": CHANCE,
}  # fmt: skip
"""The parameters, and where each must lie; a programme at most doubles in a round."""

ASSUMPTIONS: Final = (
    Assumption("The programme has equal steps, one a round; the whole relief is worth 1 to the "
               "target.", OWN),
    Assumption("A sincere target keeps its word with a chance of its own, and else declines openly "
               "what is not worth it; a staller pretends, and is seen through in the observed "
               "share with the chance of detection.", OWN),
    Assumption("Each type takes a step where the rest of the deal is worth it, by backward "
               "induction; no fixed rate of cheating.", "after Kreps and Wilson 1982"),
    Assumption("A sender that does not keep its word takes all relief back in any round with the "
               "same chance; the target learns from each round in which it did not.", OWN),
    Assumption("A snapback takes back a share of the tranche whose step was not taken, never what "
               "was earned.", OWN),
    Assumption("What is left of the programme grows in each round without a real step.", OWN),
    Assumption("Allies, domestic politics, and programmes hidden beyond the steps are left out.",
               OWN),
)  # fmt: skip


def policies_game(
    parameters: Parameters, steps: int, rounds: int, draws: int, seed: int
) -> PolicyGame:
    """Return what each policy leads to, by type of target.

    Args:
        parameters: those of ``PARAMETERS``.
        steps: equal steps of the programme.
        rounds: rounds there are, as many as steps or more.
        draws: draws, where some parameter is a range.
        seed: seed of the draws.

    Raises:
        UsageError: a parameter or a number makes no sense.
    """
    whole("steps", steps, 1, 60)
    whole("rounds", rounds, steps, MOST)
    asked = ask(
        "policies",
        PARAMETERS,
        ASSUMPTIONS,
        parameters,
        {"steps": steps, "rounds": rounds},
        draws,
        seed,
    )
    found = compare(asked.drawn, steps, rounds)

    def outcomes(drawn: Draws) -> dict[str, Floats]:
        return {
            f"{policy}, {name}": by["all"][name]
            for policy, by in compare(drawn, steps, rounds).items()
            for name in ("verified", "for_nothing")
        }

    names = [f"{policy}, {name}" for policy in found for name in ("verified", "for_nothing")]
    return PolicyGame(
        **asked.fields,
        results={},
        meaning=OUTCOMES,
        sensitivity=decides(outcomes, parameters, seed, *names),
        warnings=(
            "the numbers compare policies under these parameters; they forecast nothing",
            "whether relief that comes first is kept for nothing hangs on how far a sincere "
            "target is bound by its word, which is contested: the default is the whole width",
            "relief for nothing and deception are two things: a policy without the first can still "
            "be deceived, where little is observed",
        ),
        policies=tuple(
            PolicyOutcome(policy=policy, target=kind, outcomes=spread_all(by[kind]))
            for policy, by in found.items()
            for kind in (*TYPES, "all")
        ),
    )
