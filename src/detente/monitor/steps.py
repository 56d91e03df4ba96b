"""A list from edition to edition: who came, who went, and who of those had been there before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import msgspec

from detente.entities.model import Party
from detente.lists.changes import Moved, SameParty
from detente.store.compare import came_and_went
from detente.store.read import editions, spells

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
        moved: the entries that go on under another number.
    """

    source: str
    before: str
    after: str
    came: tuple[Came, ...]
    went: tuple[Party, ...]
    moved: tuple[Moved, ...]


def steps(connection: sqlite3.Connection, source: str) -> Iterator[Step]:
    """Yield the steps of a list, oldest first.

    Args:
        connection: the store.
        source: the list.
    """
    gone = SameParty()
    last: dict[str, str] = {}
    for before, after in pairwise(editions(connection, source)):
        found = came_and_went(connection, before, after)
        went = tuple(
            _standing(connection, source, item.id, before.moment) for item in found.delisted
        )
        claimed: set[str] = set()
        came = tuple(
            _came(connection, source, item.id, before.moment, after.moment, gone, last, claimed)
            for item in found.listed
        )
        for party in went:
            gone.add(party)
            last[party.id] = before.moment[:10]
        yield Step(
            source=source, before=before.moment, after=after.moment, came=came, went=went,
            moved=found.moved,
        )  # fmt: skip


def _came(
    connection: sqlite3.Connection,
    source: str,
    id_: str,
    before: str,
    after: str,
    gone: SameParty,
    last: dict[str, str],
    claimed: set[str],
) -> Came:
    life = spells(connection, source, id_.partition(":")[2])
    party = next(spell.party for spell in life if spell.first == after)
    if party.id in last:
        return Came(party=party, seen=last[party.id], says=None)
    same = gone.find(party, claimed)
    if same is not None:
        old, by = same
        claimed.add(old.id)
        return Came(party=party, seen=last[old.id], says=None, before=old.id, by=by)
    days = [row.listed_on.last for row in party.listings if row.listed_on is not None]
    told = min(days, default=None)
    old_day = told is not None and told < date.fromisoformat(before[:10]) - LAG
    return Came(party=party, seen=None, says=told if old_day else None)


def _standing(connection: sqlite3.Connection, source: str, id_: str, moment: str) -> Party:
    life = spells(connection, source, id_.partition(":")[2])
    return next(
        spell.party
        for spell in life
        if spell.first <= moment and (spell.until is None or spell.until > moment)
    )
