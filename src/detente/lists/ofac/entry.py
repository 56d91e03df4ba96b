"""An entry of OFAC's lists while it is being read, whichever of its XML files it comes from.

The three schemas arrange the same facts differently: a type in OFAC's words and what it says. Here
a fact finds its place in the party by its type alone, so that an entry reads the same whichever
file it came in. A type that no table knows is kept word for word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Final, NamedTuple

from lxml import etree

from detente.entities.model import Address, Birth, Identifier, Kind, Link, Listing, Name, Party
from detente.entities.spans import Span, parse_span
from detente.lists.errors import ListError
from detente.lists.ofac.remarks import parse_remarks
from detente.lists.ofac.words import (
    DETAILS,
    KINDS,
    NOTES,
    SDN_LIST,
    SECONDARY,
    identifier,
    is_identifier,
    plain,
)
from detente.lists.records import Cut

# Marks that turn the direction of text; they belong to the page, not to the name.
_DIRECTIONS: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NOWHERE: Final = Address()
_RANKS: Final = {"primary": 0, "original-script": 1}
_ADDRESS: Final = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "REGION",
                   "POSTAL CODE", "UNKNOWN")  # fmt: skip


class Fact(NamedTuple):
    """What a feature or an id says.

    Attributes:
        words: its type in OFAC's words.
        value: what it says.
        when: the same as days, where the file gives them apart.
        country: the issuing country of an id.
        issued: when an id was issued.
        expires: when an id expires.
        remark: what stands beside it.
    """

    words: str
    value: str
    when: Span | None = None
    country: str | None = None
    issued: Span | None = None
    expires: Span | None = None
    remark: str | None = None

    def __str__(self) -> str:
        """The fact as a line of text."""
        about = [part for part in (self.country, self.remark) if part]
        return " ".join((self.words, self.value, *(f"({part})" for part in about)))


class Entry:
    """What has been read of an entry so far."""

    def __init__(self) -> None:
        self.kind = ""
        self.names: list[Name] = []
        self.births: list[Birth] = []
        self.places: list[Birth] = []
        self.nationalities: list[str] = []
        self.gender: str | None = None
        self.positions: list[str] = []
        self.identifiers: list[Identifier] = []
        self.addresses: list[Address] = []
        self.blank = 0
        self.links: list[Link] = []
        self.lists: list[tuple[str, Span | None]] = []
        self.programmes: list[str] = []
        self.authorities: list[str] = []
        self.listings: list[Listing] = []
        self.details: dict[str, list[str]] = {}
        self.secondary: list[str] = []
        self.remarks: list[str] = []
        self.unparsed: list[str] = []

    def fact(self, fact: Fact) -> None:
        """Put a fact where it belongs."""
        said = plain(fact.words)
        if is_identifier(said):
            self.document(fact)
        elif said in DETAILS:
            beside = f" ({fact.remark})" if fact.remark else ""
            self.details.setdefault(DETAILS[said], []).append(fact.value + beside)
        elif said.startswith(SECONDARY):
            warns = "secondary sanctions" in f"{said} {fact.value}".lower()
            (self.secondary if warns else self.remarks).append(fact.value if warns else str(fact))
        elif said.startswith(NOTES):
            self.remarks.append(str(fact))
        elif not self._personal(said, fact):
            self.unparsed.append(str(fact))

    def document(self, fact: Fact) -> None:
        """Take in a number, even of a type that no table knows."""
        self.identifiers.append(
            identifier(
                fact.words, fact.value, country=fact.country, issued=fact.issued,
                expires=fact.expires, remark=fact.remark,
            )
        )  # fmt: skip

    def _personal(self, said: str, fact: Fact) -> bool:
        """Take in what is said of a person; False where it is none of that."""
        if said == "birthdate":
            when = fact.when or parse_span(fact.value, month_first=True)
            if when is not None:
                self.births.append(Birth(date=when, remark=fact.remark))
            return when is not None
        if said == "place of birth":
            self.places.append(Birth(place=fact.value, remark=fact.remark))
        elif said in ("nationality country", "citizenship country") and not fact.remark:
            if fact.value not in self.nationalities:
                self.nationalities.append(fact.value)
        elif said == "gender" and fact.value.lower() in ("male", "female") and not fact.remark:
            self.gender = fact.value.lower()
        elif said == "title":
            self.title(fact.value)
        else:
            return False
        return True

    def title(self, text: str) -> None:
        """Take in the offices that OFAC calls a title; semicolons divide them."""
        self.positions.extend(part.strip() for part in text.split(";") if part.strip())

    def remark(self, text: str) -> None:
        """Take in running remarks, which say what the file has no element for."""
        told = parse_remarks(text, KINDS.get(self.kind.lower(), "organisation"))
        self.names.extend(told.names)
        self.births.extend(told.births)
        self.nationalities.extend(c for c in told.nationalities if c not in self.nationalities)
        self.gender = self.gender or told.gender
        self.identifiers.extend(told.identifiers)
        self.links.extend(told.links)
        self.authorities.extend(told.authorities)
        self.secondary.extend(told.secondary_sanctions)
        self.remarks.extend(told.remarks)
        self.unparsed.extend(told.unparsed)
        for key, value in told.details.items():
            self.details.setdefault(key, []).append(value)

    def address(self, parts: Mapping[str, str], country: str) -> None:
        """Take in an address.

        Args:
            parts: its parts by OFAC's names of them (``ADDRESS1``, ``STATE/PROVINCE``).
            country: the country as written.
        """
        street, region = (
            ", ".join(parts[key] for key in keys if parts.get(key)) or None
            for keys in (_ADDRESS[:3], _ADDRESS[4:6])
        )
        address = Address(
            street=street, city=parts.get("CITY") or None, region=region,
            postcode=parts.get("POSTAL CODE") or None,
            country=country if country.lower() not in ("", "undetermined") else None,
            remark=parts.get("UNKNOWN") or None,
        )  # fmt: skip
        if address == _NOWHERE:
            self.blank += 1
        else:
            self.addresses.append(address)
        others = (key for key in parts if key not in _ADDRESS)
        self.unparsed.extend(f"address {key}: {parts[key]}" for key in others)

    @property
    def name(self) -> str:
        """The primary name, so far; empty without one."""
        return next((name.text for name in self.names if name.kind == "primary"), "")

    def keep(self, node: etree._Element) -> None:
        """Keep an element word for word that is not known, if it says anything."""
        if len(node) or node.attrib or (node.text or "").strip():
            self.unparsed.append(raw(node))

    def party(self, cut: Cut, number: str) -> Party:
        """Return the party.

        Raises:
            ListError: the type of the entry is none that is known.
        """
        return Party(
            source=cut.source,
            entry=number,
            kind=self._kind(cut, number),
            names=tuple(self._ordered()),
            births=_paired(self.births, self.places),
            nationalities=tuple(self.nationalities),
            gender=self.gender,
            positions=tuple(dict.fromkeys(self.positions)),
            identifiers=tuple(self.identifiers),
            addresses=tuple(self.addresses),
            links=tuple(self.links),
            listings=tuple(self.listings or self._listings(cut)),
            details={key: "; ".join(values) for key, values in self.details.items()},
            secondary_sanctions=tuple(dict.fromkeys(self.secondary)),
            remarks=tuple(self.remarks),
            unparsed=tuple(self.unparsed),
            blank_addresses=self.blank,
        )

    def _ordered(self) -> list[Name]:
        """The primary name first; an alias does not stand in for one that is missing."""
        names = self.names if self.name else [Name(text="?"), *self.names]
        return sorted(names, key=lambda name: _RANKS.get(name.kind, 2))

    def _listings(self, cut: Cut) -> list[Listing]:
        """The lists it stands on; of several, nobody says to which the programmes belong."""
        programmes, authorities = tuple(self.programmes), tuple(self.authorities)
        name, day = self.lists[0] if len(self.lists) == 1 else ("", None)
        under = Listing(
            programmes=programmes, authorities=authorities, listed_on=day,
            list=listing_name(cut, name),
        )  # fmt: skip
        several = self.lists if len(self.lists) > 1 else ()
        return [
            under, *(Listing(list=listing_name(cut, name), listed_on=day) for name, day in several)
        ]  # fmt: skip

    def _kind(self, cut: Cut, number: str) -> Kind:
        kind = KINDS.get(self.kind.lower())
        if kind is None:
            what = f"entry {number} is of the type {self.kind!r}, which is not known"
            raise ListError(next(iter(cut.files)), None, what, "update Detente")
        return kind


def _paired(dates: list[Birth], places: list[Birth]) -> tuple[Birth, ...]:
    """One date and one place belong together; of several, nobody says which to which."""
    if len(dates) != 1 or len(places) != 1:
        return (*dates, *places)
    (born,), (where,) = dates, places
    remark = "; ".join(filter(None, (born.remark, where.remark))) or None
    return (Birth(date=born.date, place=where.place, remark=remark),)


def undirected(text: str) -> str:
    """Return a name without the marks that only turn the direction of writing."""
    return text if text.isascii() else _DIRECTIONS.sub("", text).strip()


def raw(node: etree._Element) -> str:
    """Return an element word for word, white space made single."""
    alone = deepcopy(node)
    etree.cleanup_namespaces(alone)
    return " ".join(etree.tostring(alone, encoding="unicode", with_tail=False).split())


def listing_name(cut: Cut, name: str) -> str | None:
    """Return what to call the list beside the source; None for the list that is the source."""
    return None if cut.source == "ofac-sdn" and name == SDN_LIST else name or None
