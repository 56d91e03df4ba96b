"""A listed party as one immutable value, whichever list it stands on.

A list says the same things in a dozen layouts; this is what they say. Nothing here is inferred
from outside the entry: what the source leaves open is None or empty, and what a reader did not
understand is kept word for word in ``Party.unparsed``.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from detente.entities.spans import Span

Kind = Literal["person", "organisation", "vessel", "aircraft"]
NameKind = Literal["primary", "alias", "former", "original-script"]


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every part of a party is: immutable, compared by content, short when written."""


class Name(Value, frozen=True):
    """One name of a party.

    Attributes:
        text: the name in full as the source writes it (``SMITH, Anna``).
        kind: the ``primary`` name; an ``alias``; a ``former`` name; the primary name in its
            ``original-script``.
        script: ISO 15924 code of the script of most of its letters (``Latn``, ``Hang``).
        weak: the source calls the alias weak or of low quality.
        family: the family name, where the source tells the parts apart.
        given: all other parts, likewise.
        language: ISO 639 code, where the source gives one.
        remark: what the source says beside this name.
        in_remarks: found in running remarks and not in the list of names.
    """

    text: str
    kind: NameKind = "primary"
    script: str = "Latn"
    weak: bool = False
    family: str | None = None
    given: str | None = None
    language: str | None = None
    remark: str | None = None
    in_remarks: bool = False


class Birth(Value, frozen=True):
    """One statement of when or where a person was born; several are alternatives.

    Attributes:
        date: the day, month, year or stretch of years.
        place: the place as written.
        country: the country as written, where the source sets it apart.
        remark: what the source says beside it.
    """

    date: Span | None = None
    place: str | None = None
    country: str | None = None
    remark: str | None = None


class Identifier(Value, frozen=True):
    """A number or address that points at one party.

    Attributes:
        kind: one of ``detente.entities.identifiers.KINDS``, for example ``imo`` or ``passport``.
        value: as a register writes it: without the kind's own prefix.
        country: the issuing country as written.
        valid: whether its check digit or form holds; None where the kind has none.
        issued: when it was issued.
        expires: when it expires or expired.
        remark: what the source says beside it.
    """

    kind: str
    value: str
    country: str | None = None
    valid: bool | None = None
    issued: Span | None = None
    expires: Span | None = None
    remark: str | None = None


class Address(Value, frozen=True):
    """Where a party is or was; at least one field is set.

    Attributes:
        street: everything smaller than the city, lines joined by commas.
        city: the city as written, with region and code where the source joins them.
        region: state or province.
        postcode: the postal code.
        country: the country as written.
        remark: what the source says beside it.
    """

    street: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None
    remark: str | None = None


class Link(Value, frozen=True):
    """A tie to another party that the entry itself names.

    Attributes:
        relation: in the source's words, lower case (``linked to``, ``owned or controlled by``).
        name: the other party's name as written.
        entry: the other party's number on the same list, where the source gives it.
    """

    relation: str
    name: str
    entry: str | None = None


class Listing(Value, frozen=True):
    """That a party stands on a list, under which programme and by what authority.

    Attributes:
        programmes: the tags as the list writes them. A tag is not an authority.
        authorities: legal acts that the entry itself names (``Executive Order 13382``).
        listed_on: when the entry says that it was listed.
        amended_on: the days on which the entry says that it was changed, oldest first.
        reference: the list's own permanent reference (``KPi.033``), where it has one beside
            the number of the entry.
        reason: the statement of reasons.
        list: the part of the source it stands on, where a source joins several lists.
    """

    programmes: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    listed_on: Span | None = None
    amended_on: tuple[Span, ...] = ()
    reference: str | None = None
    reason: str | None = None
    list: str | None = None


class Party(Value, frozen=True):
    """One entry of one list: a person, an organisation, a vessel or an aircraft.

    Attributes:
        source: id of the list, for example ``un-sc``.
        entry: the entry's own number on that list.
        kind: what it is.
        names: the primary name first.
        births: alternatives of when and where a person was born.
        nationalities: countries of nationality or citizenship as written.
        gender: ``male`` or ``female``.
        titles: forms of address (``Mullah``).
        positions: offices held, as written.
        identifiers: numbers that point at it.
        addresses: where it is or was.
        links: other parties that the entry names.
        listings: under what it is listed; more than one where the list itself keeps them apart.
        details: facts of a ship or an aircraft by name (``type``, ``flag``, ``owner``, ...).
        secondary_sanctions: the remark of secondary-sanctions risk, one for each legal basis.
        remarks: other text that the source gives, meant for people.
        unparsed: what was not understood, word for word.
        blank_addresses: address rows of the source that say nothing.
    """

    source: str
    entry: str
    kind: Kind
    names: tuple[Name, ...]
    births: tuple[Birth, ...] = ()
    nationalities: tuple[str, ...] = ()
    gender: str | None = None
    titles: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
    links: tuple[Link, ...] = ()
    listings: tuple[Listing, ...] = ()
    details: dict[str, str] = {}
    secondary_sanctions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    unparsed: tuple[str, ...] = ()
    blank_addresses: int = 0

    @property
    def id(self) -> str:
        """The party's id in Detente: source and entry, ``ofac-sdn:12211``."""
        return f"{self.source}:{self.entry}"

    @property
    def name(self) -> str:
        """The primary name."""
        return self.names[0].text

    @property
    def programmes(self) -> tuple[str, ...]:
        """Every programme tag of every listing, once, in the order of the list."""
        return tuple(dict.fromkeys(tag for row in self.listings for tag in row.programmes))
