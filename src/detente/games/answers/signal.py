"""The crisis-signalling game, asked with ranges (core d): all equilibria of every draw."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np

from detente.errors import UsageError
from detente.games.answers.shared import OWN, Bounds, Parameters, ask
from detente.games.ranges import Range, whole
from detente.games.results import Assumption, Count, Equilibrium, SignalGame
from detente.games.signalling import RESOLUTION, Payoffs, equilibria

_ANY: Final = (-50.0, 50.0, "[]")
PARAMETERS: Final[Bounds] = dict.fromkeys(Payoffs._fields, _ANY)
"""The payoffs, in standard deviations of the shocks."""

MOST_DRAWS: Final = 20_000
"""Each draw is a scan of its own, of some milliseconds."""

ASSUMPTIONS: Final = (
    Assumption("Each side knows the payoffs but for a normal shock of variance 1 that only the "
               "other sees.", "Lewis and Schultz 2003"),
    Assumption("One threat, one answer, one last move; no second round.", "Whang 2010"),
    Assumption("Beliefs are those of the equilibrium; where there are several, nothing in the game "
               "chooses among them.", "Crisman-Cox and Gibilisco 2021"),
    Assumption("An equilibrium returns if expectations that miss it a little come back to it, each "
               "side answering the other in turn.", OWN),
)  # fmt: skip
MEANS: Final = {
    "threat": "chance of a threat, over all equilibria",
    "resist": "chance that a threat is resisted, over all equilibria",
    "stand_firm": "chance that the sender stands firm once resisted, over all equilibria",
}


def signal_game(parameters: Parameters, draws: int, seed: int) -> SignalGame:
    """Return all equilibria, and over draws how many there are and how far apart they lie.

    Args:
        parameters: the fields of ``Payoffs``.
        draws: draws, where some parameter is a range, 20,000 at most.
        seed: seed of the draws.

    Returns:
        The equilibria at the central parameters. Each result runs from the 5th percentile of the
        lowest equilibrium of each draw to the 95th of the highest; for points, from the lowest
        to the highest. Its centre is the median of all equilibria and prefers none.

    Raises:
        UsageError: a parameter makes no sense, or no crisis is possible in some draw.
    """
    whole("draws", draws, 1, MOST_DRAWS)
    asked = ask("signal", PARAMETERS, ASSUMPTIONS, parameters, {}, draws, seed)
    if parameters["status_quo"].high >= parameters["victory"].low:
        raise UsageError(
            f"status quo reaches {parameters['status_quo'].high:g} and victory falls to "
            f"{parameters['victory'].low:g}; a sender threatens only for a victory worth more"
        )
    middle = equilibria(Payoffs(*(parameters[name].central for name in Payoffs._fields)))
    columns = [asked.drawn[name].tolist() for name in Payoffs._fields]
    each = [middle]
    if asked.fields["draws"] > 1:
        each = [equilibria(Payoffs(*row)) for row in zip(*columns, strict=True)]
    counts = Counter(map(len, each))
    return SignalGame(
        **asked.fields,
        results={name: _over(each, name) for name in MEANS},
        meaning=MEANS,
        sensitivity=(),
        warnings=tuple(_warnings(middle, counts)),
        equilibria=middle,
        counts=tuple(
            Count(equilibria=number, share=found / len(each))
            for number, found in sorted(counts.items())
        ),
        resolution=RESOLUTION,
    )


def _over(each: list[tuple[Equilibrium, ...]], name: str) -> Range:
    values = [[getattr(one, name) for one in found] for found in each]
    central = float(np.median([value for found in values for value in found]))
    if len(each) == 1:
        return Range(low=min(values[0]), central=central, high=max(values[0]), kind="bounds")
    low = float(np.quantile([min(found) for found in values], 0.05))
    high = float(np.quantile([max(found) for found in values], 0.95))
    return Range(low=low, central=central, high=high, kind="p05-p95")


def _warnings(middle: tuple[Equilibrium, ...], counts: Counter[int]) -> list[str]:
    words = {2: "two", 3: "three", 4: "four", 5: "five"}
    said = []
    if len(middle) > 1:
        number = words.get(len(middle), str(len(middle)))
        said.append(f"{number} equilibria: no single number is right")
    several = sum(found for number, found in counts.items() if number > 1)
    if counts.total() > 1 and several:
        said.append(f"there are several equilibria in {100 * several / counts.total():.0f} % of "
                    "the draws")  # fmt: skip
    if any(number % 2 == 0 for number in counts):
        said.append("an even number was found in some game: two may lie within one cell of the "
                    "scan, or one touches without crossing")  # fmt: skip
    return said
