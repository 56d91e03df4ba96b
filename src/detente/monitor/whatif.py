"""Who would come off the lists if measures were lifted, and who stays on by what (``whatif``).

A party comes off where every measure on which its listing rests is lifted. A statute that commands
the same listing holds it, for the listing would have to be made again; a tag that no regime at
hand explains holds it too. Whether the lifting is lawful is another question: see ``assess``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from detente.entities.model import Party
from detente.law.regime import Regime
from detente.monitor.bases import Apart, Basis, apart, bases_of, belongs, explains, shared_only


class Affected(msgspec.Struct, frozen=True, kw_only=True):
    """A party that is listed under the regime.

    Attributes:
        id: the party.
        name: its primary name.
        kind: what it is.
        outcome: ``released``, ``held`` where some of what it rests on is lifted and something
            stays, ``untouched`` where nothing of it is lifted.
        rests_on: everything on which its listing rests.
        remaining: what of that stays.
    """

    id: str
    name: str
    kind: str
    outcome: Literal["released", "held", "untouched"]
    rests_on: tuple[Basis, ...]
    remaining: tuple[Basis, ...]


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """Who would come off and who would stay (``detente.whatif/1``).

    Attributes:
        regime: the regime.
        lift: the measures that are lifted.
        offer: the offer that asks for them.
        reading: how the ask is read.
        as_of: the day of the lists.
        editions: the edition of each list that holds on that day; None where the oldest that is
            held is younger, so that nothing is known of that list.
        released: parties that come off, by list; None where nothing is known of a list, because
            no edition by that day is held or the regime explains none of its tags.
        still_listed: parties that stay, by list and authority that remains; one that rests on
            several is counted under each.
        still_total: parties that stay, by list, each counted once; None as above.
        shared_only: entries that carry only tags that other regimes use too, by list; whether
            they have to do with this one the list does not say.
        kinds: parties by list, outcome and kind.
        inferred: parties by list whose basis is concluded from the day of their listing.
        readings: for an offer, the parties that come off under every reading, by list; None as
            above.
        parties: every party of the regime.
    """

    regime: str
    lift: tuple[str, ...]
    offer: str | None
    reading: str | None
    as_of: str
    editions: dict[str, str | None]
    released: dict[str, int | None]
    still_listed: dict[str, dict[str, int]]
    still_total: dict[str, int | None]
    shared_only: dict[str, Apart | None]
    kinds: dict[str, dict[str, dict[str, int]]]
    inferred: dict[str, int | None]
    readings: dict[str, dict[str, int | None]]
    parties: tuple[Affected, ...]
    schema: str = "detente.whatif/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each party."""
        return [
            {
                "party": item.id, "name": item.name, "kind": item.kind, "outcome": item.outcome,
                "rests_on": " ".join(_words(basis) for basis in item.rests_on),
                "remaining": " ".join(_words(basis) for basis in item.remaining),
                "inferred": any(basis.how == "inferred" for basis in item.rests_on),
            }
            for item in self.parties
        ]  # fmt: skip


def _words(basis: Basis) -> str:
    return "|".join(basis.measures) or basis.authority.replace(" ", ":")


def whatif(
    regime: Regime,
    lists: Mapping[str, Iterable[Party]],
    lift: Collection[str],
    *,
    as_of: str,
    editions: Mapping[str, str | None],
    offer: str | None = None,
    reading: str | None = None,
    readings: Mapping[str, Collection[str]] | None = None,
) -> WhatIf:
    """Say who would come off which list if measures were lifted.

    Args:
        regime: the regime.
        lists: the entries of each list on the day.
        lift: ids of the measures.
        as_of: the day of the lists, to be shown.
        editions: the edition of each list that holds on the day, to be shown.
        offer: the offer that asks for them, to be shown.
        reading: how its ask is read, to be shown.
        readings: the measures that the offer asks for under every reading, by its name.
    """
    day = date.fromisoformat(as_of[:10])
    asked = frozenset(lift)
    own: dict[str, list[tuple[Party, tuple[Basis, ...]]]] = {}
    shared: dict[str, Apart] = {}
    for source, parties in lists.items():
        every = list(parties)
        own[source] = [(p, bases_of(p, regime, day)) for p in every if belongs(p, regime)]
        shared[source] = apart([p for p in every if shared_only(p, regime)], regime)
    affected = {
        source: [_affected(party, bases, asked) for party, bases in rows]
        for source, rows in own.items()
    }

    def known(source: str, number: int) -> int | None:
        held = source not in editions or editions[source] is not None
        return number if held and explains(source, regime) else None

    def off(source: str, measures: Collection[str]) -> int:
        gone = frozenset(measures)
        return sum(not _remaining(bases, gone) for _, bases in own[source])

    return WhatIf(
        regime=regime.id,
        lift=tuple(lift),
        offer=offer,
        reading=reading,
        as_of=as_of,
        editions=dict(editions),
        released={source: known(source, off(source, lift)) for source in own},
        still_listed={source: _authorities(items) for source, items in affected.items()},
        still_total={source: known(source, len(own[source]) - off(source, lift)) for source in own},
        shared_only={
            source: rest if known(source, 0) is not None else None
            for source, rest in shared.items()
        },
        kinds={source: _kinds(items) for source, items in affected.items()},
        inferred={
            source: known(
                source,
                sum(any(basis.how == "inferred" for basis in item.rests_on) for item in items),
            )
            for source, items in affected.items()
        },
        readings={
            name: {source: known(source, off(source, measures)) for source in own}
            for name, measures in (readings or {}).items()
        },
        parties=tuple(item for items in affected.values() for item in items),
    )


def _affected(party: Party, bases: tuple[Basis, ...], lift: frozenset[str]) -> Affected:
    remaining = _remaining(bases, lift)
    touched = any(lift.intersection(basis.measures) for basis in bases)
    outcome: Literal["released", "held", "untouched"] = "held" if touched else "untouched"
    if not remaining:
        outcome = "released"
    return Affected(
        id=party.id, name=party.name, kind=party.kind, outcome=outcome, rests_on=bases,
        remaining=remaining,
    )  # fmt: skip


def _remaining(bases: tuple[Basis, ...], lift: frozenset[str]) -> tuple[Basis, ...]:
    """What of the bases stays; a party whose tags are mere marks rests on what we do not know."""
    if not bases:
        return (_UNKNOWN,)
    return tuple(basis for basis in bases if not basis.measures or set(basis.measures) - lift)


_UNKNOWN = Basis(
    tag="", authority="unknown", measures=(), how="unmapped", confidence=None,
    citation="its tags are marks of risk, no grounds",
)  # fmt: skip


def _authorities(items: list[Affected]) -> dict[str, int]:
    counts = Counter(
        authority
        for item in items
        for authority in dict.fromkeys(basis.authority for basis in item.remaining)
    )
    return dict(sorted(counts.items()))


def _kinds(items: list[Affected]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for item in items:
        counts.setdefault(item.outcome, Counter())[item.kind] += 1
    return {outcome: dict(sorted(found.items())) for outcome, found in sorted(counts.items())}
