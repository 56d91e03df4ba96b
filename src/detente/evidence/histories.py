"""The orders in which imprecisely dated findings may have happened.

A finding dated ``2019`` may lie before or after one of June 2019, and may not have happened yet in
May. A fact is known only where every history that the dates allow agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, combinations
from typing import Final

import msgspec

from detente.evidence.model import Finding
from detente.law.dates import exact, moment, span
from detente.law.vocabulary import Truth

ONE_DAY: Final = timedelta(days=1)
_SUBSETS: Final = 4
"""Up to so many findings that may not have happened yet, every combination is tried; beyond,
none, each one, and all."""


class FactState(msgspec.Struct, frozen=True):
    """What is known of a fact.

    Attributes:
        truth: met, unmet or unknown.
        finding: the finding that decides, where one does.
        when: the day on which it came true; the last day it may mean, where imprecise.
        earliest: the first day it may mean.
        why: why so, in words, where no finding decides.
    """

    truth: Truth
    finding: Finding | None = None
    when: date | None = None
    earliest: date | None = None
    why: str | None = None


def told(truth: Truth, finding: Finding, why: str | None = None) -> FactState:
    """Return the state that ``finding`` decides, from the day on which it takes effect."""
    if finding.effective is not None:
        return FactState(truth, finding, finding.effective, finding.effective, why)
    days = span(finding.happened)
    return FactState(truth, finding, days.end - ONE_DAY, days.start, why)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings oldest first: by the day they happened, by the hour, and by record."""
    return tuple(sorted(findings, key=_order))


def _order(finding: Finding) -> tuple[date, str, date]:
    exactly = moment(finding.happened)
    hour = exactly.isoformat() if exactly else ""
    return span(finding.happened).end, hour, span(finding.recorded).end


def settle(
    sure: Sequence[Finding],
    maybe: Sequence[Finding],
    judge: Callable[[Sequence[Finding]], FactState],
) -> FactState:
    """Return what ``judge`` says of every history, or unknown where histories disagree.

    Args:
        sure: findings that had happened, oldest first.
        maybe: findings that may or may not have happened by the day.
        judge: what one history, oldest first, says of the fact.
    """
    first = judge(sure)
    if not maybe and (len(sure) < 2 or _one_order(sure)):
        return first
    for history in _histories(sure, maybe):
        if judge(history).truth is not first.truth:
            doubtful = maybe[-1] if maybe else sure[-1]
            why = f"the date {doubtful.happened} leaves open whether or in what order it was so"
            return FactState(Truth.UNKNOWN, doubtful, why=why)
    return first


def _one_order(findings: Sequence[Finding]) -> bool:
    """Whether exact dates leave one order; of a day and an hour in it either may come first."""
    hourly = {span(f.happened).start for f in findings if moment(f.happened)}
    return all(
        exact(f.happened) and (moment(f.happened) or span(f.happened).start not in hourly)
        for f in findings
    )


def _histories(sure: Sequence[Finding], maybe: Sequence[Finding]) -> Iterator[Sequence[Finding]]:
    sizes = range(len(maybe) + 1) if len(maybe) <= _SUBSETS else (0, 1, len(maybe))
    for happened in chain.from_iterable(combinations(maybe, size) for size in sizes):
        history = ordered((*sure, *happened))
        yield history
        for finding in history[:-1]:
            if _may_follow(finding, history[-1]):
                yield (*(item for item in history if item is not finding), finding)


def _may_follow(finding: Finding, last: Finding) -> bool:
    """Whether ``finding``, which ends first, may still have happened later than ``last``."""
    if finding.happened == last.happened:
        return False  # the same date: the one recorded last counts
    if span(finding.happened) == span(last.happened) and exact(finding.happened):
        return (moment(finding.happened) is None) != (moment(last.happened) is None)
    return span(finding.happened).end - ONE_DAY > span(last.happened).start
