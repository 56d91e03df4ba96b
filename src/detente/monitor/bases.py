"""On what the listing of a party rests: its tags, read as measures of the law.

A tag is not an authority. What the list says itself is ``stated``; what is concluded from the day
of the listing is ``inferred`` and shown so; a statute that commands the same listing is
``statute``; what no regime at hand explains is ``unmapped`` and never taken to be nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec

from detente.entities.countries import code_of
from detente.entities.model import Listing, Party
from detente.law.model import Designations, Programme
from detente.law.regime import Regime

How = Literal["stated", "inferred", "statute", "unmapped"]
TAGGED = ("ofac-sdn", "ofac-nonsdn")
"""The lists whose tags are those of ``programmes``."""


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on which a listing rests.

    Attributes:
        tag: the tag as the list writes it.
        authority: id of the instrument, or the tag where no regime at hand explains it.
        measures: the measures; of several it cannot be told which one.
        how: how that is known.
        citation: the provision, or what says so.
        confidence: how the row of data is known.
    """

    tag: str
    authority: str
    measures: tuple[str, ...]
    how: How
    citation: str
    confidence: str | None


def belongs(party: Party, regime: Regime) -> bool:
    """Whether a party is listed under this regime, by a tag that is the regime's own."""
    return any(_own(party.source, tag, regime) for tag in party.programmes)


def _own(source: str, tag: str, regime: Regime) -> bool:
    if source in TAGGED and tag in regime.programmes:
        return not regime.programmes[tag].shared
    return _designations(source, tag, regime) is not None


def explains(source: str, regime: Regime) -> bool:
    """Whether a regime says anything of the tags of a list; without, nothing can be told of it."""
    own = any(not row.shared for row in regime.programmes.values())
    if source in TAGGED and own:
        return True
    return any(row.source == source for row in regime.designations.values())


def shared_only(party: Party, regime: Regime) -> bool:
    """Whether a party carries a tag that the regime shares with others, and none of its own.

    Whether such a party has to do with this regime the list does not say.
    """
    known = party.source in TAGGED and any(tag in regime.programmes for tag in party.programmes)
    return known and not belongs(party, regime)


def tied(party: Party, regime: Regime) -> bool:
    """Whether a nationality, an address or a paper of a party is of the regime's target."""
    target = code_of(regime.target)
    told = [*party.nationalities, *(row.country for row in party.addresses)]
    told += [row.country for row in party.identifiers]
    return target is not None and any(code_of(text) == target for text in told if text)


class Apart(msgspec.Struct, frozen=True, kw_only=True):
    """Entries that carry only tags that other regimes use too, and are not counted.

    Attributes:
        entries: how many there are.
        tied: how many of them name the target's country in a nationality, an address or a paper.
    """

    entries: int
    tied: int


def apart(parties: Sequence[Party], regime: Regime) -> Apart:
    """Count entries that are set apart."""
    return Apart(entries=len(parties), tied=sum(tied(party, regime) for party in parties))


def bases_of(party: Party, regime: Regime, on: date | None = None) -> tuple[Basis, ...]:
    """Return everything on which a party's listing rests, its own tags first.

    Args:
        party: the party.
        regime: the regime whose measures explain its tags; the tags of other regimes stay
            unmapped, but hold the party all the same.
        on: the day of the list: statutes that came later command no listing on it, and entries
            may have rested on other measures for a time. None stands for the time after all that.
    """
    found: dict[Basis, None] = {}
    for listing in party.listings:
        for tag in listing.programmes:
            for basis in _bases(party.source, tag, listing, regime, on):
                if not (basis.how == "statute" and on and _is_later(basis, regime, on)):
                    found[basis] = None
    return tuple(found)


def _is_later(basis: Basis, regime: Regime, on: date) -> bool:
    return all(regime.measures[id_].effective > on for id_ in basis.measures)


def _bases(
    source: str, tag: str, listing: Listing, regime: Regime, on: date | None
) -> Iterator[Basis]:
    if source in TAGGED and tag in regime.programmes:
        yield from _of_programme(regime.programmes[tag], regime)
        return
    row = _designations(source, tag, regime)
    if row is None:
        yield Basis(tag=tag, authority=f"tag {tag}", measures=(), how="unmapped",
                    citation="no row of this regime explains the tag", confidence=None)  # fmt: skip
    else:
        yield _of_designations(row, listing, regime, on)


def _of_programme(row: Programme, regime: Regime) -> Iterator[Basis]:
    if row.basis == "marker":  # a mark of risk, no ground by itself
        return
    yield _basis(row.tag, (row.measure,), "stated", regime, row.confidence, row.authority)
    for id_ in row.statute_overlap:
        yield _basis(row.tag, (id_,), "statute", regime, row.confidence)


def _of_designations(row: Designations, listing: Listing, regime: Regime, on: date | None) -> Basis:
    day = listing.listed_on
    measures: tuple[str, ...] = () if row.measure is None else (row.measure,)
    for act in row.acts:
        if day is not None and day.first == day.last == act.on:
            measures = act.measures
    for term in row.terms:
        if on is not None and term.since <= on and (term.until is None or on < term.until):
            measures = term.measures
    if not measures:
        return Basis(tag=row.tag, authority=f"tag {row.tag}", measures=(), how="unmapped",
                     citation=row.text, confidence=row.confidence)  # fmt: skip
    return _basis(row.tag, measures, "inferred", regime, row.confidence)


def _basis(
    tag: str,
    measures: tuple[str, ...],
    how: How,
    regime: Regime,
    confidence: str,
    authority: str | None = None,
) -> Basis:
    return Basis(
        tag=tag,
        authority=authority or regime.measures[measures[0]].instrument,
        measures=measures,
        how=how,
        citation="; ".join(regime.citation_of(id_) for id_ in measures),
        confidence=confidence,
    )


def _designations(source: str, tag: str, regime: Regime) -> Designations | None:
    for row in regime.designations.values():
        if row.source == source and row.tag.casefold() == tag.strip().casefold():
            return row
    return None
