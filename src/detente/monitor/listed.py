"""Who is listed under a measure (``lists under``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from detente.entities.model import Party
from detente.errors import UnknownIdError
from detente.law.regime import Regime
from detente.monitor.bases import Apart, Basis, apart, bases_of, belongs, explains, shared_only


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A party whose listing rests on a measure.

    Attributes:
        id: the party.
        name: its primary name.
        kind: what it is.
        listed_on: when the entry says that it was listed.
        basis: how its listing rests on the measure.
        others: authorities on which it rests besides.
    """

    id: str
    name: str
    kind: str
    listed_on: str | None
    basis: Basis
    others: tuple[str, ...]


class Under(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody listed under a measure on a day (``detente.under/1``).

    Attributes:
        regime: the regime.
        measure: the measure.
        citation: its citation.
        as_of: the day of the lists; None for the newest editions.
        editions: the edition of each list that holds on that day, None where nothing is known.
        counts: parties by list; None where nothing is known of a list, because no edition by that
            day is held or the regime explains none of its tags.
        shared_only: entries that carry a tag of the measure but none of the regime's own, by list;
            whether they have to do with this regime the list does not say.
        parties: the parties.
    """

    regime: str
    measure: str
    citation: str
    as_of: str | None
    editions: dict[str, str | None]
    counts: dict[str, int | None]
    shared_only: dict[str, Apart | None]
    parties: tuple[Listed, ...]
    schema: str = "detente.under/1"

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each party."""
        return [
            {
                "party": item.id, "name": item.name, "kind": item.kind,
                "listed_on": item.listed_on or "", "tag": item.basis.tag, "how": item.basis.how,
                "others": " ".join(item.others),
            }
            for item in self.parties
        ]  # fmt: skip


def under(
    regime: Regime,
    lists: Mapping[str, Iterable[Party]],
    measure: str,
    *,
    as_of: str | None,
    editions: Mapping[str, str | None],
) -> Under:
    """Return who is listed under a measure, by what its tags mean.

    Raises:
        UnknownIdError: the regime has no such measure.
    """
    if measure not in regime.measures:
        raise UnknownIdError("measure", measure, regime.measures)
    found: dict[str, list[Listed]] = {}
    shared: dict[str, Apart] = {}
    for source, parties in lists.items():
        every = list(parties)
        when = as_of or editions.get(source)
        day = date.fromisoformat(when[:10]) if when else None
        found[source] = [item for party in every for item in _listed(party, measure, regime, day)]
        others = [
            party
            for party in every
            if shared_only(party, regime)
            and any(measure in basis.measures for basis in bases_of(party, regime, day))
        ]
        shared[source] = apart(others, regime)

    def known(source: str) -> int | None:
        held = source not in editions or editions[source] is not None
        return len(found[source]) if held and explains(source, regime) else None

    return Under(
        regime=regime.id,
        measure=measure,
        citation=regime.citation_of(measure),
        as_of=as_of,
        editions=dict(editions),
        counts={source: known(source) for source in found},
        shared_only={s: rest if known(s) is not None else None for s, rest in shared.items()},
        parties=tuple(item for items in found.values() for item in items),
    )


def _listed(party: Party, measure: str, regime: Regime, day: date | None) -> Iterable[Listed]:
    if not belongs(party, regime):
        return
    bases = bases_of(party, regime, day)
    own = [basis for basis in bases if measure in basis.measures]
    if own:
        days = [str(row.listed_on) for row in party.listings if row.listed_on is not None]
        others = dict.fromkeys(b.authority for b in bases if b.authority != own[0].authority)
        yield Listed(
            id=party.id, name=party.name, kind=party.kind, listed_on=min(days, default=None),
            basis=own[0], others=tuple(others),
        )  # fmt: skip
