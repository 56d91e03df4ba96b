"""OFAC's lists in the advanced XML schema, in which an entry is spread over the whole file.

A distinct party has its names and features in one place, its listing, papers, addresses and
relationships in four others, and they point at each other by numbers. All that the reading of a
party depends on becomes part of its record: also the name of a party that a relationship leads
to, and of a location only what it says, not the list of those who point at it. What the numbers
of types mean is the context. The entry's number is ``FixedRef``. A file of which an entry stands
on the SDN List is ``ofac-sdn``, any other is ``ofac-nonsdn``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from detente.lists.errors import ListError
from detente.lists.ofac.codes import Context, context_of, point
from detente.lists.ofac.profile import read_profile
from detente.lists.ofac.words import SDN_LIST
from detente.lists.records import Cut, Files, Format, Piece, Record
from detente.lists.xml import AGAIN, Element, followed, line_of, number_in, numbered, outline, parse

_PARTY: Final = "DistinctParties/DistinctParty"
_ALIAS: Final = _PARTY + "/Profile/Identity/Alias"
_GROUPS: Final = _PARTY + "/Profile/Identity/NamePartGroups"
_LOCATION: Final = "Locations/Location"
_DOCUMENT: Final = "IDRegDocuments/IDRegDocument"
_RELATION: Final = "ProfileRelationships/ProfileRelationship"
_LISTING: Final = "SanctionsEntries/SanctionsEntry"
_ISSUE: Final = "DateOfIssue"
_SETS: Final = "ReferenceValueSets"
_WITHIN: Final = (_ALIAS, _GROUPS)
_REPEATED: Final = 8
"""How often the records may hold the file; those of a list hold it not even twice."""
_PIECE: Final = 64
"""What a piece takes beside its bytes."""
_PATHS: Final = (
    _PARTY, *_WITHIN, _LOCATION, _DOCUMENT, _RELATION, _LISTING, _ISSUE, _SETS,
)  # fmt: skip


def _attribute(name: str, tag: str = "") -> re.Pattern[bytes]:
    """Find an attribute in the first tag of an element, or in every tag of a name."""
    opening = rf"<{tag}\b" if tag else "<"
    return re.compile(rf"{opening}[^<>]*?\s{name}\s*=\s*[\"']([^\"'<>]+)[\"']".encode())


_ROOT: Final = re.compile(rb"<Sanctions[\s>]")
_FIXED: Final = number_in("FixedRef")
_ID: Final = _attribute("ID")
_PROFILES: Final = _attribute("ID", "Profile")
_IDENTITIES: Final = _attribute("ID", "Identity")
_PLACES: Final = _attribute("LocationID", "VersionLocation")
_PRIMARY: Final = _attribute("Primary")
_OF_IDENTITY: Final = _attribute("IdentityID")
_OF_PROFILE: Final = _attribute("ProfileID")
_FROM: Final = _attribute("From-ProfileID")
_TO: Final = _attribute("To-ProfileID")
_ISSUED_IN: Final = _attribute("IssuedIn-LocationID")
_LIST: Final = _attribute("ListID")
_POINTERS: Final = re.compile(
    rb"<(?:FeatureVersion|IDRegDocument|ProfileRelationship)Reference\b"
)  # fmt: skip
_SAYS: Final = re.compile(rb"<Location(?:AreaCode|Country|Part)\b")


def _recognises(files: Files) -> bool:
    return len(files) == 1 and _ROOT.search(next(iter(files.values())), 0, 4096) is not None


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    found = outline(name, data, _PATHS)
    by_path: dict[str, list[Element]] = defaultdict(list)
    for item in found.elements:
        by_path[item.path].append(item)
    parties = numbered(name, data, by_path[_PARTY], _FIXED, "FixedRef")
    sets, issued = (
        parse(files, Piece(name, item.start, item.end), found.opening) if item else None
        for item in (next(iter(by_path[path]), None) for path in (_SETS, _ISSUE))
    )
    context = context_of(found.opening, sets)
    index = _Index(name, data, by_path)
    records = list(index.records(parties))
    day = None if issued is None else point(issued)
    top = [item for item in found.elements if item.path not in _WITHIN]
    return Cut(
        files=files, format="ofac-advanced", source=_source(context, data, by_path[_LISTING]),
        date=day.first.isoformat() if day else None, records=records, context=context,
        pieces=[Piece(name, *ends) for ends in followed(data, top)],
        rejected=list(index.rejected()),
    )  # fmt: skip


def _source(context: Context, data: bytes, listings: Iterable[Element]) -> str:
    numbers = {_first(_LIST, data, item) for item in listings}
    lists = {context.say("List", number) for number in numbers}
    return "ofac-sdn" if SDN_LIST in lists else "ofac-nonsdn"


def _first(pattern: re.Pattern[bytes], data: bytes, item: Element) -> str:
    """The attribute of an element itself, empty without it."""
    told = pattern.match(data, item.start, item.end)
    return "" if told is None else told[1].decode(errors="replace")


def _all(pattern: re.Pattern[bytes], data: bytes, item: Element) -> list[str]:
    """The attribute of every tag of its name within an element, each once."""
    told = pattern.findall(data, item.start, item.end)
    return list(dict.fromkeys(text.decode(errors="replace") for text in told))


class _Index:
    """The elements of a file by the numbers of what they belong to."""

    def __init__(self, name: str, data: bytes, found: dict[str, list[Element]]) -> None:
        self._name, self._data = name, data
        self._locations = {_first(_ID, data, item): item for item in found[_LOCATION]}
        self._documents = self._grouped(_OF_IDENTITY, found[_DOCUMENT])
        self._listings = self._grouped(_OF_PROFILE, found[_LISTING])
        self._relations = self._grouped(_FROM, found[_RELATION])
        self._names = dict(self._named(found))
        self._told: dict[str, Piece] = {}
        self._taken: set[Element] = set()
        self._loose = [*found[_DOCUMENT], *found[_RELATION], *found[_LISTING]]

    def _grouped(
        self, pattern: re.Pattern[bytes], found: Iterable[Element]
    ) -> dict[str, list[Element]]:
        groups: dict[str, list[Element]] = defaultdict(list)
        for item in found:
            groups[_first(pattern, self._data, item)].append(item)
        return groups

    def _named(self, found: dict[str, list[Element]]) -> Iterator[tuple[str, list[Element]]]:
        """For every profile, its primary alias and what the parts of names are."""
        inner = iter(sorted((*found[_ALIAS], *found[_GROUPS]), key=lambda item: item.start))
        item = next(inner, None)
        for party in found[_PARTY]:
            within: list[Element] = []
            while item is not None and item.start < party.end:
                is_alias = item.path == _ALIAS
                if not is_alias or _first(_PRIMARY, self._data, item) == "true":
                    within.append(item)
                item = next(inner, None)
            for profile in _all(_PROFILES, self._data, party):
                yield profile, within

    def records(self, parties: Mapping[str, Element]) -> Iterator[Record]:
        """Yield the records of the parties.

        Raises:
            ListError: they refer to the same parts so often that reading them would not end.
        """
        left = _REPEATED * len(self._data)
        for number, party in parties.items():
            parts: list[Piece] = []
            for piece in self._parts(party):
                left -= piece.end - piece.start + _PIECE
                if left < 0:
                    line = line_of(self._data, party.start)
                    what = f"up to party {number} the same parts are referred to over and over"
                    raise ListError(self._name, line, what, AGAIN)
                parts.append(piece)
            yield Record(number, tuple(parts))

    def _parts(self, party: Element) -> Iterator[Piece]:
        """Yield all that the reading of a party depends on, locations first."""
        profiles = _all(_PROFILES, self._data, party)
        identities = _all(_IDENTITIES, self._data, party)
        documents = [item for key in identities for item in self._documents.get(key, ())]
        places = _all(_PLACES, self._data, party)
        places += [_first(_ISSUED_IN, self._data, item) for item in documents]
        for key in dict.fromkeys(places):
            if key in self._locations:
                if key not in self._told:
                    self._told[key] = self._location(self._locations[key])
                yield self._told[key]
        yield self._piece(party)
        for item in documents:
            yield self._take(item)
        for profile in profiles:
            yield from map(self._take, self._listings.get(profile, ()))
            for item in self._relations.get(profile, ()):
                yield self._take(item)
                other = _first(_TO, self._data, item)
                yield from map(self._piece, self._names.get(other, ()))

    def _take(self, item: Element) -> Piece:
        self._taken.add(item)
        return self._piece(item)

    def _piece(self, item: Element) -> Piece:
        return Piece(self._name, item.start, item.end)

    def _location(self, item: Element) -> Piece:
        """A location without the list of those who point at it, which changes with every edition.

        The piece then leaves the element open.
        """
        pointers = _POINTERS.search(self._data, item.start, item.end)
        if pointers is None or _SAYS.search(self._data, pointers.end(), item.end):
            return self._piece(item)
        said = self._data[item.start : pointers.start()].rstrip()
        return Piece(self._name, item.start, item.start + len(said))

    def rejected(self) -> Iterator[str]:
        """Yield what belongs to no party of the file, once all parts have been asked for."""
        line, at = 1, 0
        for item in sorted(self._loose, key=lambda item: item.start):
            if item not in self._taken:
                line += self._data.count(b"\n", at, item.start)
                at = item.start
                yield f"{self._name}:{line}: {item.path.rpartition('/')[2]} of no party in the file"


OFAC_ADVANCED: Final = Format(
    id="ofac-advanced",
    title="OFAC list, advanced XML (sdn_advanced.xml, cons_advanced.xml)",
    recognises=_recognises,
    cut=_cut,
    read=read_profile,
)
