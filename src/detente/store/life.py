"""The life of a party on all lists: when it came, how it changed, when it went and returned."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, Final, Literal

import msgspec

from detente.entities.keys import name_key, number_key
from detente.entities.model import Party
from detente.lists.changes import POINTING, FieldChange, Named, changes, contradict, named
from detente.store.compare import lacking
from detente.store.read import (
    Edition,
    Spell,
    editions,
    find_id,
    find_key,
    find_words,
    spells,
)

What = Literal["present", "listed", "amended", "delisted", "returned"]
"""``present``: it stood in the oldest edition that is held, so it was listed by then."""


class LifeEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to an entry.

    Attributes:
        event: what happened.
        date: the day of the edition that shows it.
        after: the day of the edition before; it happened in between. None for the oldest.
        says: the date of listing or of the last change that the entry itself gives.
        programmes: its programme tags afterwards; those it had, where it was delisted.
        fields: what was removed and added, where it was amended.
    """

    event: What
    date: str
    after: str | None
    says: str | None
    programmes: tuple[str, ...]
    fields: dict[str, FieldChange] = {}


class Life(msgspec.Struct, frozen=True, kw_only=True):
    """An entry and what happened to it.

    Attributes:
        id: the entry.
        name: its primary name, as it was last.
        kind: what it is.
        listed: whether the newest edition has it.
        newest: the day of the newest edition of its list.
        matched: why it is shown: what was asked for, or a number or name shared with that.
        events: what happened, oldest first.
    """

    id: str
    name: str
    kind: str
    listed: bool
    newest: str
    matched: str
    events: tuple[LifeEvent, ...]


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the store knows of whom a user means (``detente.log/1``).

    Attributes:
        query: what was asked for.
        parties: the entries that are meant, and those that may be the same party.
        near: other entries of whose names one holds all the words asked for.
    """

    query: str
    parties: tuple[Life, ...]
    near: tuple[Named, ...] = ()
    schema: str = "detente.log/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each event."""
        return [
            {
                "party": life.id, "name": life.name, "event": event.event, "date": event.date,
                "after": event.after or "", "says": event.says or "",
                "programmes": " ".join(event.programmes), "fields": " ".join(event.fields),
            }
            for life in self.parties
            for event in life.events
        ]  # fmt: skip


def log(connection: sqlite3.Connection, query: str) -> Log:
    """Return the lives of the entries that a user means, and of the same party elsewhere.

    Args:
        connection: the store.
        query: an id (``un-sc:KPe.001``), a number, a reference, an identifier or a name.
    """
    held = {name: list(group) for name, group in _by_source(editions(connection))}
    by_id = find_id(connection, query)
    asked = [(*pair, "asked for") for pair in by_id or find_key(connection, query)]
    known = {(source, entry) for source, entry, _ in asked}
    lives = {pair: spells(connection, *pair) for pair in known}
    also = [
        (*pair, why)
        for source, entry, _ in asked
        for pair, why in _elsewhere(connection, lives[source, entry][-1].party)
        if pair not in known
    ]
    shown: dict[tuple[str, str], str] = {}
    for source, entry, why in (*asked, *also):
        shown.setdefault((source, entry), why)
    return Log(
        query=query,
        parties=tuple(
            _life(lives.get(pair) or spells(connection, *pair), held[pair[0]], why)
            for pair, why in shown.items()
        ),
        near=tuple(
            named(spells(connection, *pair)[-1].party)
            for pair in ([] if by_id else find_words(connection, query))
            if pair not in shown
        ),
    )


def _by_source(found: list[Edition]) -> Iterator[tuple[str, list[Edition]]]:
    for source in dict.fromkeys(edition.source for edition in found):
        yield source, [edition for edition in found if edition.source == source]


_NUMBERED: Final = POINTING - {"registration", "tax", "national-id"}
"""What may be compared between lists: numbers of these kinds are written alike everywhere."""


def _elsewhere(
    connection: sqlite3.Connection, party: Party
) -> Iterator[tuple[tuple[str, str], str]]:
    """Other entries that share a number with a party, or its primary name without contradiction."""
    for item in party.identifiers:
        if item.kind in _NUMBERED and item.valid is not False:
            for pair in _holders(connection, number_key(item.value)):
                yield pair, f"{item.kind} {item.value}"
    for pair in _holders(connection, name_key(party.name)):
        other = spells(connection, *pair)[-1].party
        if other.kind == party.kind and not contradict(party.births, other.births):
            yield pair, "same name"


def _holders(connection: sqlite3.Connection, key: str) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT DISTINCT v.source, v.entry FROM key k JOIN version v ON v.id = k.version"
        " WHERE k.key = ? ORDER BY 1, 2", (key,),
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows]


def _life(life: list[Spell], held: list[Edition], matched: str) -> Life:
    last = life[-1]
    return Life(
        id=last.party.id,
        name=last.party.name,
        kind=last.party.kind,
        listed=last.until is None,
        newest=held[-1].moment[:10],
        matched=matched,
        events=tuple(_events(life, held)),
    )


def _events(life: list[Spell], held: list[Edition]) -> Iterator[LifeEvent]:
    moments = [edition.moment for edition in held]
    before: Spell | None = None
    for spell in life:
        place = bisect_left(moments, spell.first)
        after = moments[place - 1][:10] if place else None
        if before is None:
            yield _event("listed" if place else "present", spell.first, after, spell.party)
        elif before.until == spell.first:
            fields = _changed(before.party, spell.party, held[place - 1], held[place])
            if fields:
                yield _event("amended", spell.first, after, spell.party, fields)
        else:
            yield _event("returned", spell.first, after, spell.party)
        following = life[life.index(spell) + 1].first if spell is not life[-1] else None
        if spell.until is not None and spell.until != following:
            gone = bisect_left(moments, spell.until)
            yield _event("delisted", spell.until, moments[gone - 1][:10], spell.party)
        before = spell


def _changed(old: Party, new: Party, before: Edition, after: Edition) -> dict[str, FieldChange]:
    ignored = lacking(before, after)
    found = changes({old.entry: old}, {new.entry: new}, ignore=ignored).amended
    return found[0].fields if found else {}


def _event(
    what: What,
    moment: str,
    after: str | None,
    party: Party,
    fields: dict[str, FieldChange] | None = None,
) -> LifeEvent:
    listing = party.listings[0] if party.listings else None
    says = listing.listed_on if listing else None
    if what == "amended" and listing and listing.amended_on:
        says = listing.amended_on[-1]
    return LifeEvent(
        event=what,
        date=moment[:10],
        after=after,
        says=str(says) if says and what != "delisted" else None,
        programmes=party.programmes,
        fields=fields or {},
    )
