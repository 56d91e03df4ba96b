"""Parties as FollowTheMoney entities, the format that OpenSanctions, yente and Aleph share.

A party becomes a handful of entities that those programs read as any others. Beside its properties
the party's own entity carries the whole party in a key that they pass on unread; whoever reads the
lines back with ``from_ftm`` gets the party again as it was. If somebody changed the properties in
between, the key no longer fits them, and it is the properties that count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, Final

import msgspec

from detente.entities.ftm_items import Item
from detente.entities.ftm_read import parties
from detente.entities.ftm_words import KEY
from detente.entities.ftm_write import Entity, entities
from detente.entities.model import Party, Value
from detente.errors import DataError, Problem

_DEPTH: Final = 4
_ADVICE: Final = 'write one entity a line: {"id": ..., "schema": ..., "properties": {...}}'
_Properties = dict[str, list[str]]


class _Held(Value, frozen=True):
    """What stands in the key: the party, and of which properties it is the whole."""

    of: str
    party: Party


def to_ftm(party: Party) -> list[Entity]:
    """Return a party as entities: its own first, then its sanctions, addresses, documents, ties.

    Args:
        party: what is written. Countries are written as codes where their words are known;
            what no property takes stands in ``notes``.

    Returns:
        Entities as plain data; one JSON object a line makes a file of them (``to_lines``).
    """
    main, *others = entities(party)
    held = _Held(of=_digest(main["schema"], main["properties"]), party=party)
    # Text and not an object: programs that merge two entities want values that can be hashed.
    main |= {"caption": main["properties"]["name"][0], KEY: msgspec.json.encode(held).decode()}
    return [main, *others]


def to_lines(several: Iterable[Party]) -> Iterator[bytes]:
    """Return the lines of a file of parties, each with its line break."""
    for party in several:
        for entity in to_ftm(party):
            yield msgspec.json.encode(entity) + b"\n"


def from_lines(lines: Iterable[bytes], *, file: str, listed_only: bool = True) -> Iterator[Party]:
    """Read a file of entities, one JSON object a line; blank lines are passed over.

    Args:
        lines: the lines.
        file: the file's name, for messages.
        listed_only: as for ``from_ftm``.

    Raises:
        DataError: a line is no JSON object, or as for ``from_ftm``.
    """

    def decoded() -> Iterator[Any]:
        for number, line in enumerate(lines, 1):
            try:
                yield msgspec.json.decode(line) if line.strip() else None
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise _refused(file, number, None, f"it is no JSON ({error})") from None

    return _read(decoded(), file, listed_only)


def from_ftm(
    several: Iterable[Mapping[str, Any]], *, file: str = "entities", listed_only: bool = True
) -> Iterator[Party]:
    """Read entities as parties, ours and others'.

    Ours come back as they were. Others', such as the lines that OpenSanctions publishes, are put
    together from their properties when all have been read; their lists get the names that they
    have here (``us_ofac_sdn`` is ``ofac-sdn``), and a merged entity stands on the first of its
    lists that is known here.

    Args:
        several: entities in any order; nested ones are taken apart.
        file: the file's name, for messages.
        listed_only: leave out others' entities that nothing calls sanctioned: owners, relatives.

    Raises:
        DataError: an entity has no id, schema or properties, or its key is damaged.
    """
    return _read(several, file, listed_only)


def _read(several: Iterable[Any], file: str, listed_only: bool) -> Iterator[Party]:
    items: list[Item] = []
    ours: set[str] = set()
    for line, entity in enumerate(several, 1):
        if entity is None:
            continue
        for part in _parts(entity, file, line):
            party = _held(part, file, line)
            if party is None:
                items.append(_item(part, file, line))
            else:
                ours.add(part["id"])
                yield party
    yield from parties((item for item in items if not _belongs(item, ours)), listed_only)


def _held(entity: Mapping[str, Any], file: str, line: int) -> Party | None:
    """The party in an entity's key, where its properties are still those that were written."""
    held = entity.get(KEY)
    if not isinstance(held, str):
        return None
    try:
        found = msgspec.json.decode(held, type=_Held)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise _refused(file, line, entity["id"], f"its key {KEY!r} is damaged ({error})") from None
    fits = found.of == _digest(entity["schema"], entity["properties"])
    return found.party if fits and found.party.names else None


def _belongs(item: Item, ours: set[str]) -> bool:
    """Whether an entity only hangs on a party that has been read whole."""
    return item.id.rsplit("-", 2)[0] in ours


def _digest(schema: str, properties: Mapping[str, Iterable[str]]) -> str:
    """What tells properties apart; the order of values, which other programs change, does not."""
    ordered = {name: sorted(values) for name, values in sorted(properties.items())}
    return blake2b(msgspec.json.encode((schema, ordered)), digest_size=16).hexdigest()


def _parts(entity: Any, file: str, line: int, depth: int = 0) -> list[dict[str, Any]]:
    """An entity and those nested in it, each with plain texts as values and ids in their place."""
    if not isinstance(entity, Mapping):
        raise _refused(file, line, None, "it is no entity")
    id_, schema, said = (entity.get(name) for name in ("id", "schema", "properties"))
    if not (isinstance(id_, str) and id_ and isinstance(schema, str) and isinstance(said, Mapping)):
        raise _refused(file, line, id_, "an entity has no id, schema or properties")
    if depth > _DEPTH:
        raise _refused(file, line, id_, f"entities are nested more than {_DEPTH} deep")
    properties: _Properties = {}
    found = []
    for name, values in said.items():
        plain = properties.setdefault(str(name), [])
        for value in values if isinstance(values, list | tuple) else [values]:
            if isinstance(value, Mapping):
                nested = _parts(value, file, line, depth + 1)
                found += nested
                if not any(id_ in ids for ids in nested[0]["properties"].values()):
                    plain.append(nested[0]["id"])
            elif isinstance(value, str):
                plain.append(value)
            else:
                raise _refused(file, line, id_, f"a value of {name!r} is no text")
    return [{**entity, "properties": properties}, *found]


def _item(entity: Mapping[str, Any], file: str, line: int) -> Item:
    datasets = entity.get("datasets") or []
    if not (isinstance(datasets, list | tuple) and all(isinstance(d, str) for d in datasets)):
        raise _refused(file, line, entity["id"], "its datasets are no list of names")
    return Item(
        entity["id"], entity["schema"], entity["properties"], list(datasets),
        str(entity.get("caption") or ""), entity.get("target") is True,
    )  # fmt: skip


def _refused(file: str, line: int, id_: object, problem: str) -> DataError:
    row = id_ if isinstance(id_, str) else None
    return DataError([Problem(file, line, row, problem, _ADVICE)])
