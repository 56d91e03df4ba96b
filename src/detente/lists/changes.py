"""What changed between two states of a list: listed, delisted, amended, renumbered, merged.

An issuer renumbers a party or folds two entries into one; that is no delisting and no listing. Two
entries are the same party where a number that points at one party says so, or where their names
agree and nothing contradicts it. The reason is always given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from detente.entities.keys import name_key
from detente.entities.model import Birth, Party

POINTING: Final = frozenset(
    ("imo", "imo-company", "mmsi", "msn", "lei", "bic", "passport", "national-id", "registration",
     "tax", "wallet")
)  # fmt: skip
"""Kinds of identifiers that two parties do not share."""


class Amended(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that changed.

    Attributes:
        id: the party.
        name: its primary name, as it is now.
        fields: what was removed and what was added, by field.
    """

    id: str
    name: str
    fields: dict[str, FieldChange]


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """What left a field and what came into it."""

    removed: tuple[Any, ...] = ()
    added: tuple[Any, ...] = ()


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that goes on under another number.

    Attributes:
        before: the entry that is gone.
        after: the entry that is the same party.
        name: the name of the latter.
        how: ``renumbered``, or ``merged`` into an entry that had been there.
        by: what says so.
    """

    before: str
    after: str
    name: str
    how: str
    by: str


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that came or went, for lists of them."""

    id: str
    name: str
    kind: str
    programmes: tuple[str, ...]


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What changed on one list.

    Attributes:
        listed: entries that came.
        delisted: entries that went.
        amended: entries that changed.
        moved: entries that go on under another number; neither listed nor delisted.
    """

    listed: tuple[Named, ...]
    delisted: tuple[Named, ...]
    amended: tuple[Amended, ...]
    moved: tuple[Moved, ...]


def changes(
    before: Mapping[str, Party],
    after: Mapping[str, Party],
    *,
    ignore: Collection[str] = (),
    fields: bool = True,
) -> Changes:
    """Compare two states of a list.

    Args:
        before: the entries by number; those that did not change may be left out of both.
        after: likewise.
        ignore: fields that are not compared, because one of the two came without them.
        fields: whether to compare the fields of entries that stayed; without, none is amended.
    """
    gone = {number: before[number] for number in before.keys() - after.keys()}
    come = {number: after[number] for number in after.keys() - before.keys()}
    kept = [(before[number], after[number]) for number in sorted(before.keys() & after.keys())]
    moved = list(_moves(gone, come, kept))
    for item in moved:
        gone.pop(item.before.partition(":")[2], None)
        come.pop(item.after.partition(":")[2], None)
    changed = (_amended(old, new, ignore) for old, new in (kept if fields else ()))
    return Changes(
        listed=tuple(map(named, _ordered(come))),
        delisted=tuple(map(named, _ordered(gone))),
        amended=tuple(item for item in changed if item is not None),
        moved=tuple(sorted(moved, key=lambda item: item.before)),
    )


def named(party: Party) -> Named:
    """Return what a list of entries shows of a party."""
    return Named(id=party.id, name=party.name, kind=party.kind, programmes=party.programmes)


def _ordered(parties: Mapping[str, Party]) -> list[Party]:
    return [parties[number] for number in sorted(parties)]


_SAME: Final = ("source", "entry")


def _amended(old: Party, new: Party, ignore: Collection[str]) -> Amended | None:
    fields: dict[str, FieldChange] = {}
    for name in Party.__struct_fields__:
        if name in _SAME or name in ignore:
            continue
        left, right = _items(getattr(old, name)), _items(getattr(new, name))
        old_items, new_items = set(left), set(right)
        removed = tuple(item for item in left if item not in new_items)
        added = tuple(item for item in right if item not in old_items)
        if removed or added:
            fields[name] = FieldChange(removed=removed, added=added)
    return Amended(id=new.id, name=new.name, fields=fields) if fields else None


def _items(value: object) -> tuple[Any, ...]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, dict):
        return tuple(f"{key}: {text}" for key, text in value.items())
    return () if value is None else (value,)


def _moves(
    gone: Mapping[str, Party], come: Mapping[str, Party], kept: Iterable[tuple[Party, Party]]
) -> Iterator[Moved]:
    """Find each entry that is gone among those that came, or that took its name in."""
    fresh = SameParty(come.values())
    taken: set[str] = set()
    left: list[Party] = []
    for old in _ordered(gone):
        match = fresh.find(old, taken)
        if match is None:
            left.append(old)
            continue
        new, by = match
        taken.add(new.id)
        yield Moved(before=old.id, after=new.id, name=new.name, how="renumbered", by=by)
    grown = SameParty()
    for before, now in kept:
        grown.add(now, set(_keys(now)) - set(_keys(before)))
    for old in left:
        match = grown.find(old, set())
        if match is not None:
            new, by = match
            yield Moved(before=old.id, after=new.id, name=new.name, how="merged", by=by)


def _keys(party: Party) -> Iterator[tuple[str, ...]]:
    yield from _numbers(party)
    yield from _names(party)


_COMMON: Final = 40
"""Parties of one name at most among which one is sought; more are too many to tell apart."""


class SameParty:
    """Finds among parties the one that another entry is, by its numbers or its primary name."""

    def __init__(self, parties: Iterable[Party] = ()) -> None:
        self._by: defaultdict[tuple[str, ...], dict[str, Party]] = defaultdict(dict)
        for party in parties:
            self.add(party)

    def add(self, party: Party, keys: Collection[tuple[str, ...]] | None = None) -> None:
        """Take a party in, to be found by some of its keys or by all of them."""
        for key in set(_keys(party)) if keys is None else keys:
            self._by[key][party.id] = party

    def discard(self, party: Party) -> None:
        """Let a party go."""
        for key in set(_keys(party)):
            self._by[key].pop(party.id, None)

    def find(self, old: Party, taken: Collection[str]) -> tuple[Party, str] | None:
        """Return the one party that is the same as ``old``, and why; None where none or several."""
        for keys, by_name in ((_numbers(old), False), (_primary(old), True)):
            found: dict[str, tuple[Party, str]] = {}
            for key in keys:
                held = self._by.get(key, {})
                for party in held.values() if len(held) <= _COMMON else ():
                    same = party.kind == old.kind and party.id not in taken
                    if same and not _apart(old, party, by_name):
                        found.setdefault(party.id, (party, " ".join(filter(None, key))))
            if len(found) == 1:
                return next(iter(found.values()))
        return None


_ONE_EACH: Final = ("imo", "imo-company", "msn", "lei")
"""Numbers of which a party has one: where two differ, they are two parties."""


def _apart(old: Party, new: Party, by_name: bool) -> bool:
    """Whether something says that two parties are not the same."""
    for kind in _ONE_EACH:
        left, right = (
            {item.value for item in party.identifiers if item.kind == kind} for party in (old, new)
        )
        if left and right and not left & right:
            return True
    return by_name and contradict(old.births, new.births)


def _numbers(party: Party) -> Iterator[tuple[str, ...]]:
    for item in party.identifiers:
        if item.kind in POINTING and item.valid is not False:
            yield item.kind, item.value, item.country or ""


def _names(party: Party) -> Iterator[tuple[str, ...]]:
    for name in party.names:
        yield "name", name_key(name.text)


def _primary(party: Party) -> list[tuple[str, ...]]:
    return [("name", name_key(party.name))]


def contradict(left: Iterable[Birth], right: Iterable[Birth]) -> bool:
    """Whether two parties surely were not born on the same day; unknown is no contradiction."""
    ours = [birth.date for birth in left if birth.date is not None]
    theirs = [birth.date for birth in right if birth.date is not None]
    if not ours or not theirs:
        return False
    return not any(a.first <= b.last and b.first <= a.last for a in ours for b in theirs)
