"""An adversarial set for screening, made from any list of parties: the same otherwise, and others.

Nothing is copied from a labelled set: every case follows from a rule and from the parties, and a
seed decides which. Each kind has luck of its own, so that a new kind changes no other.
"""

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from distortions import DISTORTIONS
from lookalikes import LOOKALIKES
from name_parts import plain, pool, script

from detente.entities.model import Party
from detente.screening.model import Query


class Case(NamedTuple):
    """Somebody to screen, and whether it is the listed party.

    Attributes:
        kind: the error that the query has, or how the other party looks like the listed one.
        script: the script that the listed party's name comes from.
        query: who is screened.
        party_id: the listed party.
        match: whether the two are the same.
    """

    kind: str
    script: str
    query: Query
    party_id: str
    match: bool


def cases(parties: Sequence[Party], seed: int = 1, most: int | None = None) -> Iterator[Case]:
    """Yield cases of every kind that the parties allow.

    Args:
        parties: the listed parties.
        seed: the same seed gives the same cases.
        most: how many cases of a kind; None for one of each kind for every party.
    """
    yield from _same(parties, seed, most)
    yield from _others(parties, seed, most)


def _same(parties: Sequence[Party], seed: int, most: int | None) -> Iterator[Case]:
    for kind, distortion in DISTORTIONS.items():
        luck, count = Random(f"{seed} {kind}"), 0
        for party in _shuffled(parties, luck):
            query = distortion(party, luck)
            if query is not None and count != most:
                count += 1
                yield Case(kind, script(party), query, party.id, match=True)


def _others(parties: Sequence[Party], seed: int, most: int | None) -> Iterator[Case]:
    names = pool(parties)
    borne = {
        (party.id, _spoken(plain(party, name.text))) for party in parties for name in party.names
    }
    for kind, lookalike in LOOKALIKES.items():
        luck, count = Random(f"{seed} {kind}"), 0
        for party in _shuffled(parties, luck):
            query = lookalike(party, names, luck)
            if query is None or count == most:
                continue
            if (party.id, _spoken(query.name)) in borne and kind not in _MAY_BE_EXACT:
                continue  # it bears that name too, as an alias
            count += 1
            yield Case(kind, script(party), query, party.id, match=False)


_MAY_BE_EXACT = frozenset({"namesake", "other-imo"})
"""Kinds that are told apart by something else than the name."""


def _spoken(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _shuffled(parties: Sequence[Party], luck: Random) -> list[Party]:
    return luck.sample(list(parties), len(parties))
