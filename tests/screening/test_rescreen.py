"""Screening again after a new edition finds just the hits that a full run would have changed."""

import random
from datetime import date

from adversarial import cases
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import PARTIES
from msgspec.structs import replace

from detente.entities.model import Birth, Name, Party
from detente.entities.spans import day_span
from detente.screening.index.index import Index, built
from detente.screening.index.records import records_of
from detente.screening.model import Query
from detente.screening.rescreen import Rescreener
from detente.screening.screener import Screener

QUERIES = [case.query for case in cases(PARTIES, seed=3, most=4)]
QUERIES += [Query(name=party.name) for party in PARTIES]


def index(parties: list[Party]) -> Index:
    """Return an index of parties."""
    return Index(built(records_of(parties)))


def changed(party: Party) -> Party:
    """Return a party as an edition may amend it."""
    birth = Birth(date=day_span(date(1950, 1, 1)))
    return replace(party, births=(birth,), names=(*party.names, Name(text="NEWNAME, Alias")))


def by_hand(old: Index, new: Index, query: Query) -> set[tuple[str, str]]:
    """Return what changed between two full runs."""
    before, after = (
        {hit.party.id: (hit.score, hit.name, hit.party)
         for hit in Screener(side).screen(query, limit=1000)}
        for side in (old, new)
    )  # fmt: skip
    return (
        {("new", id_) for id_ in after.keys() - before.keys()}
        | {("gone", id_) for id_ in before.keys() - after.keys()}
        | {("changed", id_) for id_ in after.keys() & before.keys() if after[id_] != before[id_]}
    )


@given(st.integers(0, 10_000))
@settings(max_examples=12, deadline=None)
def test_what_changes_is_what_changes_between_two_full_runs(seed: int) -> None:
    """Parties come, go and change at random; every query is asked both ways."""
    luck = random.Random(seed)
    old = luck.sample(PARTIES, len(PARTIES) - 6)
    new = [changed(party) if luck.random() < 0.08 else party for party in luck.sample(old, 48)]
    new += [party for party in PARTIES if party not in old]
    first, second = index(old), index(new)
    again = Rescreener(first, second)
    for query in luck.sample(QUERIES, 40):
        told = {(item.kind, item.match.party.id) for item in again.changes(query)}
        assert told == by_hand(first, second, query), query


def test_an_edition_that_changes_nothing_touches_nothing() -> None:
    """The same parties: no party and no word is looked at again."""
    again = Rescreener(index(list(PARTIES)), index(list(PARTIES)))
    assert again.reach == ((), (), frozenset())
    assert again.changes(Query(name=PARTIES[0].name)) == []


def test_one_changed_party_touches_little() -> None:
    """Only the party, and those that share a word of new rarity."""
    parties = list(PARTIES)
    again = Rescreener(index(parties), index([changed(parties[0]), *parties[1:]]))
    assert len(again.reach.new) < len(parties) / 4
    found = again.changes(Query(name=parties[0].name))
    assert [(item.kind, item.match.party.id) for item in found] == [("changed", parties[0].id)]
