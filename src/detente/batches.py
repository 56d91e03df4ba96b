"""What is answered to each row of a table that is screened: its hits, or what changed of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from detente.errors import UsageError
from detente.lists.moments import asked, end_of
from detente.monitor.hits import row_of
from detente.parties import Desk, decided, desk
from detente.screening.bulk.run import Row
from detente.screening.model import Query

if TYPE_CHECKING:
    from detente.screening.bulk.run import Answer
    from detente.screening.rescreen import Rescreener


def answers(desk: Desk, queries: Sequence[Query]) -> list[list[Row]]:
    """Return the rows of a batch: the hits of each query that no standing decision has cleared.

    Beside them stand those whom a number for life rules out, marked, to be counted.
    """
    found: list[list[Row]] = []
    for query in queries:
        answer = desk.screener.answer(query, limit=desk.limit, threshold=desk.threshold)
        hits = [decided(desk, query, desk.hit(match)) for match in answer.hits]
        rows = [Row(**row_of(hit)) for hit in hits if not hit.is_cleared]
        rows += [
            Row(score=match.score, entry=match.party.id, name=match.name, ruled_out=True)
            for match in answer.cleared
        ]
        found.append(rows)
    return found


def changer(
    store: str | None, since: str, as_of: str | None, states: Sequence[dict[str, str]], **how: Any
) -> Answer:
    """Return the answer of a batch that tells only what changed since a day; see ``answerer``."""
    from detente.screening.rescreen import Rescreener

    old, new = (desk(store, as_of=day, **how) for day in (since, as_of))
    _unchanged([old.state, new.state], states)
    again = Rescreener(old.screener.index, new.screener.index, threshold=new.threshold)
    return partial(_changes, old, new, again)


def _changes(old: Desk, new: Desk, again: Rescreener, queries: Sequence[Query]) -> list[list[Row]]:
    found: list[list[Row]] = []
    for query in queries:
        rows = []
        for kind, match in again.changes(query):
            side = old if kind == "gone" else new
            hit = decided(side, query, side.hit(match))
            if not hit.is_cleared:
                row = row_of(hit)
                rows.append(Row(**{**row, "why": f"{kind}: {row['why']}"}))
        found.append(rows)
    return found


def since_before(since: str, as_of: str | None) -> str:
    """Return the moment since which changes are asked for.

    Raises:
        UsageError: it is no day, or later than the lists that are asked for.
    """
    moment = asked(since)
    if as_of is not None and end_of(moment) > end_of(asked(as_of)):
        raise UsageError(f"--since {since} is later than --as-of {as_of}; change them over")
    return moment


def answerer(
    store: str | None, as_of: str | None, states: Sequence[dict[str, str]], **how: Any
) -> Answer:
    """Return the answer of a batch; called once in each process, which maps the same index.

    Args:
        store: as in ``desk``.
        as_of: likewise.
        states: ``Desk.state`` as it was when the batch began.
        how: the other arguments of ``desk``.

    Raises:
        UsageError: lists, law or decisions have changed since the batch began.
    """
    opened = desk(store, as_of=as_of, **how)
    _unchanged([opened.state], states)
    return partial(answers, opened)


def _unchanged(now: Sequence[dict[str, str]], before: Sequence[dict[str, str]]) -> None:
    """See to it that no process answers from another state than the rest."""
    for one, other in zip(now, before, strict=True):
        changed = [what for what in one if one[what] != other[what]]
        if changed:
            raise UsageError(
                f"{' and '.join(changed)} changed while the table was screened; "
                "give the same command again"
            )
