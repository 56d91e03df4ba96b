"""Would what is known of a deal have told how it ends? Each case predicted from all the others.

With this few cases nothing more than a ranking can be claimed. The predictors were written down
before they were scored, the first of them being the share of the programme under observation, and
every miss is published.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

import msgspec

from detente.errors import UsageError
from detente.relief.frames import Framed
from detente.talks.precedents import Case, Precedents
from detente.talks.similar import differences

OBSERVED: Final = 0.8
"""The share of the programme under observation from which a deal counts as observed."""

_BEFOREHAND: Final = ("observed_share", "relief_first", "snapback")
"""The features that can be known before a deal has ended; the others would tell the outcome."""

Predictor = Callable[[Case, Sequence[Case]], float]


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """One case, predicted from the others.

    Attributes:
        case: id of the case.
        name: its name.
        chance: the chance of success that was predicted.
        success: what happened.
    """

    case: str
    name: str
    chance: float
    success: bool


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """How one predictor did.

    Attributes:
        predictor: its name.
        text: what it does.
        brier: mean squared error of the chances; less is better.
        ranking: the share of pairs of a success and a failure that it puts in the right order,
            ties counting half; 0.5 is a coin.
        misses: cases that it called wrong: half or more for a failure, less for a success.
        predictions: every case.
    """

    predictor: str
    text: str
    brier: float
    ranking: float
    misses: tuple[Prediction, ...]
    predictions: tuple[Prediction, ...]


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """Successes on both sides of a line, and how sure the difference is.

    Attributes:
        text: what divides them.
        above: successes and cases on one side.
        below: the same on the other.
        difference: difference of the shares, with Newcombe's 95 per cent interval.
        chance: how likely so great a difference is if the line meant nothing (Fisher's exact
            test, one side).
    """

    text: str
    above: tuple[int, int]
    below: tuple[int, int]
    difference: Interval
    chance: float


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """A difference with its interval."""

    low: float
    central: float
    high: float
    kind: Literal["95%"] = "95%"


class Backtest(msgspec.Struct, Framed, frozen=True, kw_only=True):
    """The back-test (``detente.backtest/1``).

    Attributes:
        regime: id of the regime whose cases they are.
        cases: how many cases are coded.
        successes: how many of them are counted as successes.
        brier: of the first predictor, each case left out in turn.
        base_rate_brier: of the share of successes among the other cases.
        in_sample_brier: of the share of successes among all cases; too kind to itself.
        misses: the first predictor's misses.
        scores: every predictor.
        splits: what divides successes from failures, with its uncertainty.
        counter_examples: cases against the rule that conduct must come first, and against its
            opposite.
        claim: what may be claimed.
    """

    regime: str
    cases: int
    successes: int
    brier: float
    base_rate_brier: float
    in_sample_brier: float
    misses: tuple[Prediction, ...]
    scores: tuple[Score, ...]
    splits: tuple[Split, ...]
    counter_examples: dict[str, tuple[str, ...]]
    claim: str
    schema: str = "detente.backtest/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each case, with what every predictor said."""
        rows: dict[str, dict[str, Any]] = {}
        for score in self.scores:
            for item in score.predictions:
                row = rows.setdefault(
                    item.case, {"case": item.case, "name": item.name, "success": item.success}
                )
                row[score.predictor] = item.chance
        return list(rows.values())


def backtest(known: Precedents) -> Backtest:
    """Predict each coded case from all the others.

    Raises:
        UsageError: fewer than three cases are coded, or all ended alike.
    """
    coded = [case for case in known.cases if case.success is not None]
    wins = sum(bool(case.success) for case in coded)
    if len(coded) < 3 or wins in (0, len(coded)):
        raise UsageError(
            f"{known.regime} has {len(coded)} coded cases with {wins} successes; "
            "a back-test needs three, of both kinds"
        )
    scores = tuple(_score(name, coded) for name in PREDICTORS)
    first, base = scores[0], _brier([_rate(_others(coded, c)) for c in coded], coded)
    rate = wins / len(coded)
    return Backtest(
        regime=known.regime,
        cases=len(coded),
        successes=wins,
        brier=first.brier,
        base_rate_brier=base,
        in_sample_brier=round(rate * (1 - rate), 6),
        misses=first.misses,
        scores=scores,
        splits=(
            _split(f"observed: {OBSERVED:.0%} of the programme or more", coded, _observed),
            _split("conduct first: compliance first, unilateral or under threat", coded, _first),
        ),
        counter_examples={
            "action for action that held": _named(coded, "action-for-action", success=True),
            "compliance first that failed": _named(coded, "compliance-first", success=False),
        },
        claim=f"with {len(coded)} cases, a ranking and no more",
    )


def _others(coded: Sequence[Case], left_out: Case) -> list[Case]:
    return [case for case in coded if case.id != left_out.id]


def _rate(cases: Sequence[Case]) -> float:
    return sum(bool(case.success) for case in cases) / len(cases)


def _succession(cases: Sequence[Case]) -> float:
    """Laplace's rule: one success and one failure are added to what was seen."""
    return (sum(bool(case.success) for case in cases) + 1) / (len(cases) + 2)


def _observed(case: Case) -> bool:
    return (case.features.observed_share or 0) >= OBSERVED


def _first(case: Case) -> bool:
    return case.order in ("compliance-first", "unilateral", "threat")


def by_observation(case: Case, others: Sequence[Case]) -> float:
    """The rate among cases on the same side of 80 per cent observed, by Laplace's rule."""
    return _succession([c for c in others if _observed(c) == _observed(case)])


def by_order(case: Case, others: Sequence[Case]) -> float:
    """The rate among cases of the same order, conduct first or not, by Laplace's rule."""
    return _succession([c for c in others if _first(c) == _first(case)])


def by_likeness(case: Case, others: Sequence[Case]) -> float:
    """The rate among all cases, each weighing by its likeness in what is known beforehand."""
    weights = []
    for other in others:
        parts = differences(case.features, other.features, _BEFOREHAND)
        mean = sum(parts.values()) / len(parts) if parts else 1.0
        weights.append((1 - mean) ** 2)
    total = sum(weights)
    wins = sum(w for w, c in zip(weights, others, strict=True) if c.success)
    return (wins + 1) / (total + 2)


PREDICTORS: Final[dict[str, Predictor]] = {
    "observation": by_observation,
    "order of moves": by_order,
    "likeness": by_likeness,
}
"""What is scored; the first was named before any was."""


def _score(name: str, coded: Sequence[Case]) -> Score:
    predictor = PREDICTORS[name]
    chances = [predictor(case, _others(coded, case)) for case in coded]
    told = tuple(
        Prediction(case=c.id, name=c.name, chance=round(p, 6), success=bool(c.success))
        for c, p in zip(coded, chances, strict=True)
    )
    return Score(
        predictor=name,
        text=" ".join((predictor.__doc__ or "").split()),
        brier=_brier(chances, coded),
        ranking=round(_ranking(told), 6),
        misses=tuple(item for item in told if (item.chance >= 0.5) != item.success),
        predictions=told,
    )


def _brier(chances: Sequence[float], coded: Sequence[Case]) -> float:
    errors = [(p - bool(c.success)) ** 2 for p, c in zip(chances, coded, strict=True)]
    return round(sum(errors) / len(errors), 6)


def _ranking(told: Sequence[Prediction]) -> float:
    good = [item.chance for item in told if item.success]
    bad = [item.chance for item in told if not item.success]
    pairs = [(g > b) + (g == b) / 2 for g in good for b in bad]
    return sum(pairs) / len(pairs)


def _split(text: str, coded: Sequence[Case], side: Callable[[Case], bool]) -> Split:
    above, below = [c for c in coded if side(c)], [c for c in coded if not side(c)]
    one = (sum(bool(c.success) for c in above), len(above))
    other = (sum(bool(c.success) for c in below), len(below))
    return Split(
        text=text,
        above=one,
        below=other,
        difference=newcombe(one, other),
        chance=round(fisher(one, other), 6),
    )


def fisher(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return the chance of at least so many successes on the first side, if sides meant nothing.

    Source: Fisher (1922), the hypergeometric tail.
    """
    wins, cases = one[0] + other[0], one[1] + other[1]
    ways = sum(
        math.comb(one[1], k) * math.comb(other[1], wins - k)
        for k in range(one[0], min(wins, one[1]) + 1)
    )
    return ways / math.comb(cases, wins)


def newcombe(one: tuple[int, int], other: tuple[int, int]) -> Interval:
    """Return the difference of two shares with its 95 per cent interval.

    Source: Newcombe (1998), method 10, from Wilson's intervals.
    """
    shares = [wins / cases if cases else 0.0 for wins, cases in (one, other)]
    (low1, high1), (low2, high2) = _wilson(*one), _wilson(*other)
    gap = shares[0] - shares[1]
    down = math.hypot(shares[0] - low1, high2 - shares[1])
    up = math.hypot(high1 - shares[0], shares[1] - low2)
    return Interval(low=round(gap - down, 6), central=round(gap, 6), high=round(gap + up, 6))


def _wilson(wins: int, cases: int, z: float = 1.959963984540054) -> tuple[float, float]:
    if not cases:
        return 0.0, 1.0
    share, spread = wins / cases, z * z / cases
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / cases + spread / (4 * cases))
    return middle - half, middle + half


def _named(coded: Sequence[Case], order: str, *, success: bool) -> tuple[str, ...]:
    return tuple(c.id for c in coded if c.order == order and bool(c.success) is success)
