"""Entities of FollowTheMoney as they stand in a file, and which of them belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from detente.entities.ftm_words import DATASETS
from detente.entities.model import Kind
from detente.entities.scripts import script_of

Number = tuple[str, str]
"""A party's source and entry."""

KIND: Final[dict[str, Kind]] = {
    "Person": "person",
    "Organization": "organisation", "Company": "organisation", "PublicBody": "organisation",
    "LegalEntity": "organisation",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}  # fmt: skip
"""Schemata of parties. A ``LegalEntity`` may be a person; that it is not known stays beside it."""

TIES: Final[dict[str, tuple[str, str, str, str]]] = {
    "UnknownLink": ("subject", "object", "linked to", "linked to"),
    "Ownership": ("owner", "asset", "owner of", "owned by"),
    "Directorship": ("director", "organization", "director of", "directed by"),
    "Membership": ("member", "organization", "member of", "has as member"),
    "Employment": ("employee", "employer", "employed by", "employer of"),
    "Representation": ("agent", "client", "represents", "represented by"),
    "Family": ("person", "relative", "related to", "related to"),
    "Associate": ("person", "associate", "associated with", "associated with"),
    "Succession": ("predecessor", "successor", "succeeded by", "successor of"),
}
"""Schemata that tie two entities: their ends, and what the first and the second is to the other."""


class Item:
    """An entity of a file, its properties taken out one after the other."""

    def __init__(
        self, id_: str, schema: str, said: dict[str, list[str]], datasets: list[str], caption: str,
        target: bool,
    ) -> None:  # fmt: skip
        """Keep what the entity says."""
        self.id = id_
        self.schema = schema
        self.said = said
        self.datasets = datasets
        self.caption = caption
        self.target = target

    def copy(self) -> Item:
        """Return the entity anew, to be taken apart by one of several that it belongs to."""
        said = {name: list(values) for name, values in self.said.items()}
        return Item(self.id, self.schema, said, self.datasets, self.caption, self.target)

    def join(self, other: Item) -> None:
        """Take in another piece of the same entity."""
        for name, values in other.said.items():
            self.said[name] = [*self.said.get(name, ()), *values]
        self.datasets = [*self.datasets, *other.datasets]
        self.caption = self.caption or other.caption
        self.target = self.target or other.target

    def take(self, *names: str) -> list[str]:
        """Take out the values of properties, each once."""
        return list(dict.fromkeys(v for name in names for v in self.said.pop(name, ())))

    def one(self, *names: str) -> str | None:
        """Take out a property with one value; with several, leave them to ``rest``."""
        for name in names:
            if len(self.said.get(name, ())) == 1:
                return self.said.pop(name)[0]
        return None

    def rest(self, behind: str = "") -> list[str]:
        """Take out what nobody asked for, as ``property: value``."""
        left = [f"{behind}{name}: {v}" for name, values in self.said.items() for v in values]
        self.said = {}
        return left

    def names(self) -> list[str]:
        """Return the values of ``name``, the one that it is called by first."""
        found = list(self.said.get("name", ()))
        first = self.caption if self.caption in found else None
        first = first or next((name for name in found if script_of(name) == "Latn"), None)
        return sorted(found, key=lambda name: name != first)


Near = Mapping[str, list[Item]]
"""The entities that point at each entity."""


class Entities(NamedTuple):
    """The entities of a whole file.

    Attributes:
        known: every one by its id.
        near: those that point at each: sanctions, documents, ties.
        chosen: those that become parties, in the order of the file.
        numbers: the source and entry of each of these.
        called: a name of each entity, for those that are tied to it.
    """

    known: Mapping[str, Item]
    near: Near
    chosen: list[Item]
    numbers: Mapping[str, Number]
    called: Mapping[str, str]


def gathered(items: Iterable[Item], listed_only: bool) -> Entities:
    """Find what belongs together.

    Args:
        items: the entities of a whole file, for what belongs together may stand far apart.
        listed_only: leave out those that no sanction, topic or flag calls listed.
    """
    known: dict[str, Item] = {}
    for item in items:
        first = known.setdefault(item.id, item)
        if first is not item:
            first.join(item)
    near: defaultdict[str, list[Item]] = defaultdict(list)
    for item in known.values():
        for name in _points(item.schema):
            for other in item.said.get(name, ()):
                near[other].append(item)
    chosen = [
        item
        for item in known.values()
        if item.schema in KIND and (not listed_only or _listed(item, near[item.id]))
    ]
    numbers = _numbered(chosen, near)
    called = {item.id: next(iter(item.names()), item.id) for item in known.values()}
    return Entities(known, near, chosen, numbers, called)


def _points(schema: str) -> tuple[str, ...]:
    """The properties through which an entity of a schema points at parties."""
    ends = TIES.get(schema)
    return ends[:2] if ends else {"Sanction": ("entity",)}.get(schema, ("holder",))


def _listed(item: Item, near: list[Item]) -> bool:
    return (
        item.target
        or "sanction" in item.said.get("topics", ())
        or any(other.schema == "Sanction" and "endDate" not in other.said for other in near)
    )


def source_of(datasets: list[str]) -> str:
    """Return the list on which an entity stands: the first that is known, or the first at all."""
    known = next((DATASETS[name] for name in datasets if name in DATASETS), None)
    return known or (datasets[0].replace("_", "-") if datasets else "ftm")


def _numbered(items: list[Item], near: Near) -> dict[str, Number]:
    """The source and entry of each party: the list's own number where there is just one."""
    taken: set[Number] = set()
    numbers = {}
    for item in items:
        source = source_of(item.datasets)
        own = [s for s in near[item.id] if s.schema == "Sanction"]
        found = _own_numbers(source, [s for s in own if source_of(s.datasets) == source])
        number = (source, found.pop() if len(found) == 1 else item.id)
        number = (source, item.id) if number in taken else number
        taken.add(number)
        numbers[item.id] = number
    return numbers


def _own_numbers(source: str, sanctions: list[Item]) -> set[str]:
    """The numbers that a list gives an entry, from the first property that has any."""
    names = ("unscId", "authorityId", "recordId") if source == "un-sc" else ("recordId",)
    for name in names:
        if found := {value for row in sanctions for value in row.said.get(name, ())}:
            return found
    return set()
