"""Whether the pace of designations or delistings changed, against its own history.

The question is asked of counts in periods that may be of any length, such as those between two
editions of a list. Of all days on which the pace may have changed the likeliest is sought, and the
likelihood ratio there is held against those of the same periods in random orders: had nothing
changed, every order would be as likely as the one that happened. Since the likeliest day is sought
anew in each order, the chance of a false alarm over all days together is at most ``alpha``.

Names are listed in batches. A period keeps its whole batches wherever it is moved, so they raise no
alarm; what would raise one are batches that call forth others in the periods after them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from detente.errors import UsageError
from detente.monitor.changepoint import Scan
from detente.monitor.poisson import Rate, rate

ALPHA: Final = 0.05
PERMUTATIONS: Final = 999
SEED: Final = 20190228
LEAST_PERIODS: Final = 10
"""Periods without which no answer is given."""

LEAST_BUSY: Final = 4
"""Periods in which anything happened without which no answer is given."""

_SHORTEST: Final = 8
"""How many times longer the longest period may be; shorter ones are joined before."""

_ROUNDING: Final = 1e-9


class Period(NamedTuple):
    """How much happened in a stretch of days.

    Attributes:
        start: its first day.
        days: how many days it was looked at.
        events: how many names, or batches of names, came in it.
    """

    start: date
    days: int
    events: int


class Between(msgspec.Struct, frozen=True):
    """Days between which something happened, both included."""

    first: date
    last: date


class Stretch(NamedTuple):
    """One or several periods after each other, as they are compared.

    Attributes:
        first: the first day.
        last: the last day; between them lie gaps that nobody looked at.
        days: how many days were looked at.
        events: how much happened on them.
    """

    first: date
    last: date
    days: int
    events: int


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """What the history of a pace says.

    Attributes:
        change: whether the pace changed; ``unknown`` where there is too little to tell.
        split: the change lies between the periods that meet here: from the first day of the last
            one before it to the last day of the first one after it. None without a change.
        before: names a year before the change.
        after: names a year after it.
        overall: names a year in the whole history; None without any day. Where names come in
            batches, intervals are as many times wider as the dispersion says.
        p_value: how often a history without a change looks at least as changed; None if unknown.
        alpha: the most that false alarms may be, over all days on which a change was sought.
        permutations: random orders that were drawn: all, or those after which it was settled that
            chance explains the history.
        seed: with which they were drawn; the same seed gives the same answer.
        periods: periods that were compared, short ones joined.
        dispersion: how much more counts vary within each pace than names coming singly would; 1
            where they do not, more where they come in batches.
        words: all of this in a sentence.
    """

    change: Literal["yes", "no", "unknown"]
    split: Between | None = None
    before: Rate | None = None
    after: Rate | None = None
    overall: Rate | None = None
    p_value: float | None = None
    alpha: float
    permutations: int
    seed: int
    periods: int
    dispersion: float | None = None
    words: str


def periods_of(events: Iterable[date], first: date, last: date, days: int = 91) -> list[Period]:
    """Cut dated events into periods of equal length; what is left at the end is left out.

    Args:
        events: the day of each name; or each day once, to count batches instead of names.
        first: the first day that was looked at.
        last: the last day that was looked at.
        days: the length of a period.

    Raises:
        UsageError: the length is not positive.
    """
    if days < 1:
        raise UsageError(f"a period of {days} days has no length; give one of a day or more")
    whole = max(0, ((last - first).days + 1) // days)
    found = Counter((day - first).days // days for day in events if first <= day <= last)
    return [Period(first + timedelta(i * days), days, found[i]) for i in range(whole)]


def pace(
    periods: Sequence[Period],
    *,
    alpha: float = ALPHA,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Pace:
    """Return whether and when the pace of a history changed.

    Args:
        periods: the history, oldest first; periods may differ in length and leave gaps. Those
            that are much shorter than the longest are joined with their neighbours.
        alpha: the most that false alarms may be.
        permutations: random orders to draw at most; ``1 / alpha - 1`` are the least that can
            raise an alarm.
        seed: what fixes the random orders.

    Raises:
        UsageError: periods overlap, have no day or a negative count, or ``alpha`` and
            ``permutations`` cannot go together.
    """
    _check(periods, alpha, permutations)
    joined = _joined(periods)
    overall = _rate(joined) if joined else None
    busy = sum(one.events > 0 for one in joined)
    few = Pace(
        change="unknown", overall=overall, alpha=alpha, permutations=0, seed=seed,
        periods=len(joined),
        words=f"too few periods to tell: {len(joined)}, with something in {busy} of them",
    )  # fmt: skip
    if len(joined) < LEAST_PERIODS or busy < LEAST_BUSY:
        return few
    scan = Scan([one.days for one in joined], [one.events for one in joined])
    likeliest = scan.likeliest()
    if likeliest is None:
        return replace(few, words="too few periods to tell: some are nearly as long as the rest")
    at, ratio = likeliest
    # That many orders as changed settle that it is chance, and the p-value stays a valid one
    # (Besag and Clifford, 1991).
    enough = int(alpha * (permutations + 1) + _ROUNDING)
    found, drawn = scan.as_changed(ratio, permutations, seed, enough)
    p_value = found / drawn if found >= enough else (1 + found) / (1 + drawn)
    return _answer(replace(few, p_value=p_value, permutations=drawn), joined, at)


def _answer(told: Pace, stretches: list[Stretch], at: int) -> Pace:
    """Say what a p-value means for the likeliest split."""
    chance = f"p = {told.p_value:.3f}, false alarms at most {told.alpha:g}"
    if told.p_value is None or told.p_value > told.alpha or told.overall is None:
        spread = _dispersion([stretches])
        overall = _widened(told.overall, spread) if told.overall else None
        words = f"no change that chance would not explain ({chance}): {overall} a year"
        return replace(told, change="no", overall=overall, dispersion=spread, words=words)
    halves = stretches[:at], stretches[at:]
    spread = _dispersion(halves)
    before, after = (_widened(_rate(half), spread) for half in halves)
    split = Between(stretches[at - 1].first, stretches[at].last)
    verb = "rose" if after.central > before.central else "fell"
    words = f"the pace {verb} between {split.first} and {split.last}"
    return replace(
        told, change="yes", split=split, before=before, after=after,
        overall=_widened(told.overall, spread), dispersion=spread,
        words=f"{words}, from {before} to {after} a year ({chance})",
    )  # fmt: skip


def _widened(found: Rate, dispersion: float) -> Rate:
    """A rate whose interval allows for batches: wider by the root of the dispersion."""
    times = max(dispersion, 1.0) ** 0.5
    low = max(0.0, found.central - (found.central - found.low) * times)
    return Rate(low, found.central, found.central + (found.high - found.central) * times)


def _check(periods: Sequence[Period], alpha: float, permutations: int) -> None:
    for period in periods:
        if period.days < 1 or period.events < 0:
            raise UsageError(f"{period} is no period; give a day or more and a count from 0 on")
    for one, next_ in pairwise(periods):
        if next_.start <= _last(one):
            raise UsageError(f"the period from {next_.start} begins before that from {one.start} "
                             "has ended; give periods in order, none over another")  # fmt: skip
    if not 0 < alpha < 1 or permutations < 1 / alpha - 1:
        raise UsageError(f"{permutations} orders cannot show {alpha:g}; give 1 / alpha - 1 or more")


def _joined(periods: Sequence[Period]) -> list[Stretch]:
    """Stretches of like length: short periods are joined with those after them.

    In orders of periods that are years and days long the days could never stand together as they
    do in a history that was looked at ever more closely.
    """
    least = max((period.days for period in periods), default=0) / _SHORTEST
    found: list[Stretch] = []
    for period in periods:
        one = Stretch(period.start, _last(period), period.days, period.events)
        if found and found[-1].days < least:
            one = _both(found.pop(), one)
        found.append(one)
    if len(found) > 1 and found[-1].days < least:
        found[-2:] = [_both(found[-2], found[-1])]
    return found


def _both(one: Stretch, two: Stretch) -> Stretch:
    return Stretch(one.first, two.last, one.days + two.days, one.events + two.events)


def _rate(stretches: Sequence[Stretch]) -> Rate:
    return rate(sum(one.events for one in stretches), sum(one.days for one in stretches))


def _dispersion(paces: Sequence[Sequence[Stretch]]) -> float:
    """Pearson's statistic over its degrees of freedom, each pace with a rate of its own."""
    total = 0.0
    for stretches in paces:
        daily = sum(one.events for one in stretches) / sum(one.days for one in stretches)
        if daily:
            total += sum((o.events - daily * o.days) ** 2 / (daily * o.days) for o in stretches)
    return total / (sum(map(len, paces)) - len(paces))


def _last(period: Period) -> date:
    return period.start + timedelta(period.days - 1)
