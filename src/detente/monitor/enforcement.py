"""The state of enforcement: how much the law for listing parties is used, and how fast.

What stands in force and lists nobody is law that lies unused; a pace that falls is enforcement
that fades. Without lists only the law is told, and every count is unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final

import msgspec

from detente.entities.model import Party
from detente.law.model import Source
from detente.law.regime import Regime
from detente.monitor.bases import TAGGED, bases_of, belongs, explains
from detente.monitor.watch_results import Event
from detente.pressure.cited import RowUsed, rows_used, sources_of
from detente.pressure.harm import Humanitarian, humanitarian
from detente.pressure.model import Pressure
from detente.pressure.reach import Found, found_in

LISTING: Final = "listing"
"""The domain of measures that list parties."""

TOPIC: Final = "enforcement"
"""The topic of the estimates that are told here."""


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """A measure in force under which parties can be listed.

    Attributes:
        measure: its id.
        citation: the provision.
        tags: the programme tags that stand for it, where a list has any.
        counts: entries of the regime that rest on it, by list; None where a list that is held
            says nothing of it.
        entries: their sum over the lists that tell; None where none does.
        levers: levers that would use it.
    """

    measure: str
    citation: str
    tags: tuple[str, ...]
    counts: dict[str, int | None]
    entries: int | None
    levers: tuple[str, ...]


class OnList(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on one list.

    Attributes:
        source: the list.
        edition: the edition looked at; None where none is held for the day.
        entries: entries of the regime; None where nothing is known.
        kinds: the same by kind: persons, organisations, vessels, aircraft.
        networks: groups of two or more entries that name each other.
        largest: entries in the largest of them.
    """

    source: str
    edition: str | None
    entries: int | None
    kinds: dict[str, int]
    networks: int | None
    largest: int | None


class Enforcement(msgspec.Struct, frozen=True, kw_only=True):
    """The state of enforcement (``detente.enforcement/1``).

    Attributes:
        regime: id of the regime.
        as_of: the day of the law.
        lists: what stands on each list that is held.
        authorities: measures in force under which parties can be listed.
        unused: those of them that list nobody, on lists that would tell.
        untold: those of which no list that is held tells anything.
        pace: how the pace of listings and delistings went, list by list.
        record: what is on record of enforcement at sea and elsewhere.
        humanitarian: the humanitarian side.
        rows_used: the rows of pressure that a number rests on; counts rest on the lists.
        sources: what these rows cite, by id.
    """

    regime: str
    as_of: date
    lists: tuple[OnList, ...]
    authorities: tuple[Authority, ...]
    unused: tuple[str, ...]
    untold: tuple[str, ...]
    pace: tuple[Event, ...]
    record: tuple[Found, ...]
    humanitarian: Humanitarian
    rows_used: tuple[RowUsed, ...]
    sources: dict[str, Source]
    schema: str = "detente.enforcement/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each authority."""
        return [
            {
                "measure": item.measure, "citation": item.citation, "tags": " ".join(item.tags),
                "entries": "" if item.entries is None else item.entries,
                "levers": " ".join(item.levers),
            }
            for item in self.authorities
        ]  # fmt: skip


def enforcement(
    regime: Regime,
    pressure: Pressure,
    lists: Mapping[str, Iterable[Party]],
    *,
    as_of: date,
    editions: Mapping[str, str | None],
    pace: Iterable[Event] = (),
) -> Enforcement:
    """Return the state of enforcement.

    Args:
        regime: the regime.
        pressure: its rows.
        lists: the entries of each list that is held.
        as_of: the day of the law.
        editions: the edition of each list that holds on the day.
        pace: what the pace of each list says.
    """
    own = {
        source: [party for party in parties if belongs(party, regime)]
        for source, parties in lists.items()
    }
    told = [source for source in own if explains(source, regime) and editions.get(source)]
    counts = {source: _by_measure(own[source], regime, as_of) for source in told}
    in_force = regime.as_of(as_of).in_force
    authorities = tuple(
        _authority(regime, pressure, id_, own, counts) for id_ in in_force if _lists(regime, id_)
    )
    measures = [item.measure for item in authorities]
    human = humanitarian(regime, pressure, measures)
    record = tuple(found_in(pressure, TOPIC))
    used = rows_used(pressure, (item.row for item in (*record, *human.record)))
    return Enforcement(
        regime=regime.id,
        as_of=as_of,
        lists=tuple(
            _on_list(source, own[source], editions.get(source), source in told) for source in own
        ),
        authorities=authorities,
        unused=tuple(item.measure for item in authorities if item.entries == 0),
        untold=tuple(item.measure for item in authorities if item.entries is None),
        pace=tuple(pace),
        record=record,
        humanitarian=human,
        rows_used=used,
        sources=sources_of(regime, pressure, used),
    )


def _lists(regime: Regime, measure: str) -> bool:
    """Whether parties can be listed under a measure."""
    return regime.measures[measure].domain == LISTING or bool(_tags(regime, measure))


def _tags(regime: Regime, measure: str) -> tuple[str, ...]:
    """The tags that stand for a measure, its own or by a statute that commands the same."""
    return tuple(
        row.tag for row in regime.programmes.values()
        if measure == row.measure or measure in row.statute_overlap
    )  # fmt: skip


def _sources(regime: Regime, measure: str, told: Collection[str]) -> list[str]:
    """The lists that would show an entry that rests on a measure."""
    found = set()
    if _tags(regime, measure):
        found |= {source for source in told if source in TAGGED}
    for row in regime.designations.values():
        acts = {id_ for act in row.acts for id_ in act.measures}
        terms = {id_ for term in row.terms for id_ in term.measures}
        if measure in {row.measure, *acts, *terms}:
            found.add(row.source)
    return [source for source in told if source in found]


def _by_measure(parties: Iterable[Party], regime: Regime, day: date) -> Counter[str]:
    found: Counter[str] = Counter()
    for party in parties:
        found.update({id_ for basis in bases_of(party, regime, day) for id_ in basis.measures})
    return found


def _authority(
    regime: Regime,
    pressure: Pressure,
    measure: str,
    own: Mapping[str, object],
    counts: Mapping[str, Counter[str]],
) -> Authority:
    telling = _sources(regime, measure, list(counts))
    by_list = {source: counts[source][measure] if source in telling else None for source in own}
    known = [count for count in by_list.values() if count is not None]
    return Authority(
        measure=measure,
        citation=regime.citation_of(measure),
        tags=_tags(regime, measure),
        counts=by_list,
        entries=sum(known) if known else None,
        levers=tuple(row.id for row in pressure.levers.values() if measure in row.measures),
    )


def _on_list(source: str, parties: list[Party], edition: str | None, told: bool) -> OnList:
    sizes = _networks(parties)
    return OnList(
        source=source,
        edition=edition,
        entries=len(parties) if told else None,
        kinds=dict(sorted(Counter(str(party.kind) for party in parties).items())) if told else {},
        networks=len(sizes) if told else None,
        largest=max(sizes, default=0) if told else None,
    )


def _networks(parties: Iterable[Party]) -> list[int]:
    """The sizes of groups of entries that name each other, directly or through others."""
    every = list(parties)
    by_name = {party.name.casefold(): party.entry for party in every}
    parent = {party.entry: party.entry for party in every}

    def root(entry: str) -> str:
        while parent[entry] != entry:
            parent[entry] = parent[parent[entry]]
            entry = parent[entry]
        return entry

    for party in every:
        for link in party.links:
            other = link.entry or by_name.get(link.name.casefold())
            if other in parent:
                parent[root(party.entry)] = root(str(other))
    return [size for size in Counter(map(root, parent)).values() if size > 1]
