"""The price of a waiver, asked with ranges (core e)."""

from __future__ import annotations

from typing import Final

from detente.games import reputation as core
from detente.games.answers.shared import (
    CHANCE,
    INNER,
    KREPS,
    MOST,
    NOT_NEGATIVE,
    PATIENCE,
    Bounds,
    Parameters,
    ask,
    decides,
    share_of,
    spread_all,
)
from detente.games.ranges import Draws, Floats, whole
from detente.games.results import Assumption, Game

PARAMETERS: Final[Bounds] = {
    "tough": PATIENCE, "entrant_gain": INNER, "quiet": NOT_NEGATIVE, "transfer": CHANCE,
    "refusing": NOT_NEGATIVE,
}  # fmt: skip
"""The parameters, and where each must lie."""

ASSUMPTIONS: Final = (
    Assumption("Further targets come one after the other, see what came before, and are alike.",
               KREPS),
    Assumption("One unprincipled waiver shows that the sender is not tough, and the belief falls "
               "to nothing.", KREPS),
    Assumption("How much of a reputation holds with other targets and leaders is contested; the "
               "whole width stands as default.",
               "Press 2005, Wolford 2007, Weisiger and Yarhi-Milo 2015"),
    Assumption("Refusing a weak sender's way costs it 1 in the model; later targets are not "
               "discounted.", KREPS),
)  # fmt: skip

MEANS: Final = {
    "horizon": "remaining targets from which on the others still stay quiet",
    "kept": "what refusing once keeps of the future",
    "price": "what one unprincipled waiver forfeits",
    "break_even": "what a waiver must bring to be worth it, beyond the cost of refusing",
}


def precedent_game(parameters: Parameters, targets: int, draws: int, seed: int) -> Game:
    """Return the price of one unprincipled waiver over the targets to come.

    Args:
        parameters: those of ``PARAMETERS``.
        targets: how many further targets there will be.
        draws: draws, where some parameter is a range.
        seed: seed of the draws.

    Raises:
        UsageError: a parameter or a number makes no sense.
    """
    whole("targets", targets, 1, MOST)
    asked = ask("precedent", PARAMETERS, ASSUMPTIONS, parameters, {"targets": targets}, draws, seed)

    def outcomes(d: Draws) -> dict[str, Floats]:
        chain = d["tough"], d["entrant_gain"]
        price = core.waiver_price(targets, *chain, d["quiet"], d["transfer"])
        return {
            "horizon": core.horizon(*chain),
            "kept": core.kept(targets, *chain, d["quiet"]),
            "price": price,
            "break_even": core.break_even(price, d["refusing"]),
        }

    values = outcomes(asked.drawn)
    said = []
    if (values["kept"] == 0).any():
        said.append(
            f"in {share_of(values['kept'] == 0)} there is nothing to lose: the belief is too low "
            "for so few targets"
        )
    if parameters["transfer"].low < parameters["transfer"].high:
        said.append("whether a reputation holds with other targets is contested; the width of the "
                    "price is mostly that")  # fmt: skip
    return Game(
        **asked.fields,
        results=spread_all(values),
        meaning=MEANS,
        sensitivity=decides(outcomes, parameters, seed, "price"),
        warnings=tuple(said),
    )
