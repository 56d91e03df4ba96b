"""What the index keeps of one party: its names word by word, its keys and its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from detente.entities.keys import number_key
from detente.entities.model import Identifier, Party
from detente.screening.index.keys import wide
from detente.screening.names.reading import Reading, read, spellings
from detente.store.codec import content_digest, encoded


class Record(NamedTuple):
    """One party of the index.

    Attributes:
        id: the party's id, ``ofac-sdn:12211``.
        digest: digest of its content.
        body: the party as stored.
        rows: every reading of every name, each with the place of the name.
        keys: Korean and Chinese keys as 64-bit numbers, likewise.
        numbers: keys of its identifiers, likewise numbers.
    """

    id: str
    digest: bytes
    body: bytes
    rows: tuple[tuple[int, Reading], ...]
    keys: tuple[tuple[int, int], ...]
    numbers: tuple[int, ...]


def record(party: Party, body: bytes, digest: bytes) -> Record:
    """Return what the index keeps of a party.

    Args:
        party: the party.
        body: the party as MessagePack.
        digest: digest of ``body``.
    """
    rows: dict[Reading, int] = {}
    keys: dict[int, int] = {}
    for at, name in enumerate(party.names):
        for text in spellings(name.text):
            found = read(text, party.kind)
            for reading in found.readings:
                rows.setdefault(reading, at)
            for key in sorted(found.keys):
                keys.setdefault(wide(key), at)
    return Record(
        party.id, digest, body,
        tuple((at, reading) for reading, at in rows.items()),
        tuple(sorted((at, key) for key, at in keys.items())),
        tuple(sorted({wide(identity(item)) for item in party.identifiers})),
    )  # fmt: skip


def identity(item: Identifier) -> str:
    """Return a key of an identifier: its kind, and its value without case and punctuation."""
    return f"{item.kind} {number_key(item.value)}"


def records_of(parties: Iterable[Party]) -> Iterator[Record]:
    """Yield what the index keeps of each of some parties."""
    for party in parties:
        body = encoded(party)
        yield record(party, body, content_digest(body))
