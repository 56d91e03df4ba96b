"""A list from edition to edition: who came, who went, and who of those had been there before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import msgspec

from detente.entities.model import Party
from detente.law.regime import Regime
from detente.lists.changes import SameParty, changes
from detente.monitor.bases import belongs
from detente.store.compare import ended_and_begun
from detente.store.read import editions

LAG: Final = timedelta(days=30)
"""How long after a listing an edition may still be published without it."""


class Came(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that an edition has and the one before it has not.

    Attributes:
        party: the entry.
        seen: the day of the last edition that had it before, if any had.
        before: the number under which that edition had it, where it was another one.
        by: what says that it is the same party, where its number was another one.
        says: the day of an earlier listing that the entry itself gives, though it did not stand
            on the edition before.
    """

    party: Party
    seen: str | None
    says: date | None
    before: str | None = None
    by: str | None = None

    @property
    def returned(self) -> bool:
        """Whether it had been listed before."""
        return self.seen is not None or self.says is not None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """From one edition of a list to the next.

    Attributes:
        source: the list.
        before: moment of the first edition.
        after: moment of the second.
        came: the entries that came.
        went: the entries that went.
        changed: the entries that stayed and changed, and those that go on under another number,
            as they were and as they are.
    """

    source: str
    before: str
    after: str
    came: tuple[Came, ...]
    went: tuple[Party, ...]
    changed: tuple[tuple[Party, Party], ...]

    def left(self, regime: Regime) -> list[Party]:
        """Return who left a regime: off the list, or on it under other regimes' tags alone."""
        turned = (old for old, new in self.changed if not belongs(new, regime))
        return [party for party in (*self.went, *turned) if belongs(party, regime)]

    def joined(self, regime: Regime) -> list[Came]:
        """Return who came under a regime: onto the list, or with its tags for the first time."""
        turned = (
            Came(party=new, seen=None, says=None)
            for old, new in self.changed
            if not belongs(old, regime)
        )
        return [item for item in (*self.came, *turned) if belongs(item.party, regime)]


def steps(connection: sqlite3.Connection, source: str) -> Iterator[Step]:
    """Yield the steps of a list, oldest first.

    Args:
        connection: the store.
        source: the list.
    """
    gone = SameParty()
    away: dict[str, tuple[Party, str]] = {}
    for before, after in pairwise(editions(connection, source)):
        old, new = ended_and_begun(connection, source, after.moment)
        found = changes(old, new, fields=False)
        went = [old[number_of(item.id)] for item in found.delisted]
        came = []
        for item in found.listed:
            arrived = _came(new[number_of(item.id)], before.moment, gone, away)
            came.append(arrived)
            for id_ in (arrived.party.id, arrived.before):  # whoever is back is gone no more
                if id_ in away:
                    gone.discard(away.pop(id_)[0])
        for party in went:
            gone.add(party)
            away[party.id] = party, before.moment[:10]
        stayed = [(old[number], new[number]) for number in old.keys() & new.keys()]
        moved = [(number_of(move.before), number_of(move.after)) for move in found.moved]
        yield Step(
            source=source, before=before.moment, after=after.moment, came=tuple(came),
            went=tuple(went),
            changed=(*stayed, *((old[a], new[b]) for a, b in moved if b in new)),
        )  # fmt: skip


def number_of(id_: str) -> str:
    """Return the number of an entry on its list, of its id."""
    return id_.partition(":")[2]


def _came(party: Party, before: str, gone: SameParty, away: dict[str, tuple[Party, str]]) -> Came:
    if party.id in away:
        return Came(party=party, seen=away[party.id][1], says=None)
    same = gone.find(party, ())
    if same is not None:
        old, by = same
        return Came(party=party, seen=away[old.id][1], says=None, before=old.id, by=by)
    days = [row.listed_on.last for row in party.listings if row.listed_on is not None]
    told = min(days, default=None)
    old_day = told is not None and told < date.fromisoformat(before[:10]) - LAG
    return Came(party=party, seen=None, says=told if old_day else None)
