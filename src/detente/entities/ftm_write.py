"""A party as entities of FollowTheMoney: the party itself, and what hangs on it.

What a property cannot hold is told in words in ``notes``, so that people who read the entity in
another program miss nothing; how it is put together again is said in ``ftm``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final

from detente.entities.ftm_words import (
    AUTHORITIES,
    DETAILS,
    DOCUMENTS,
    LONGEST,
    NUMBERS,
    PROPERTIES,
    SCHEMA,
    accepted,
    tidy,
)  # fmt: skip
from detente.entities.model import Address, Birth, Identifier, Link, Listing, Name, Party
from detente.entities.spans import Span

Entity = dict[str, Any]
_UNSAFE: Final = re.compile(r"[^0-9a-zA-Z.-]+")
_SAFE: Final = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.-]*[0-9a-zA-Z])?")
_ID_SIZE: Final = 150
_YEARS: Final = 10
"""Years of a stretch that are written one by one; a longer one is told in notes."""


def entity_id(source: str, entry: str) -> str:
    """Return the id of an entry's entity, the same in every edition.

    Signs that ids may not hold are replaced; a short digest then keeps two entries apart.
    """
    plain = f"{source}-{entry}"
    if _SAFE.fullmatch(plain) and len(plain) <= _ID_SIZE:
        return f"detente-{plain}"
    digest = blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return f"detente-{_UNSAFE.sub('-', plain)[:_ID_SIZE].strip('-.')}-{digest}"


def entities(party: Party) -> list[Entity]:
    """Return a party's entity, and behind it those that it or that point at it."""
    return _Writer(party).written()


class Draft:
    """An entity while it is being written; it takes only what its schema takes."""

    def __init__(self, id_: str, schema: str, source: str) -> None:
        """Begin an entity without properties."""
        self.id = id_
        self.schema = schema
        self.source = source
        self.properties: dict[str, list[str]] = {}

    def add(self, name: str, text: str | None) -> bool:
        """Add a value where the schema has the property and the type takes it."""
        type_ = PROPERTIES[self.schema].get(name)
        value = None if type_ is None or not text else accepted(type_, text)
        if value is None:
            return False
        values = self.properties.setdefault(name, [])
        if value not in values:
            values.append(value)
        return True

    def note(self, text: str) -> None:
        """Tell in words what no property takes."""
        whole = tidy(text)
        for at in range(0, len(whole), LONGEST):
            self.add("notes", whole[at : at + LONGEST])

    def entity(self) -> Entity:
        """Return the entity as FollowTheMoney writes it."""
        return {
            "id": self.id,
            "schema": self.schema,
            "properties": self.properties,
            "datasets": [self.source.replace("-", "_")],
        }


class _Writer:
    """A party while its entities are being written."""

    def __init__(self, party: Party) -> None:
        self.party = party
        self.main = Draft(
            entity_id(party.source, party.entry), SCHEMA[party.kind], party.source
        )  # fmt: skip
        self.others: list[Draft] = []

    def written(self) -> list[Entity]:
        party, main = self.party, self.main
        for name in party.names:
            self._name(name)
        if "name" not in main.properties:
            main.add("name", main.id)
        main.add("topics", "sanction")
        for birth in party.births:
            self._birth(birth)
        self._each("nationality", party.nationalities)
        self._each("gender", (party.gender,) if party.gender else ())
        self._each("title", party.titles)
        self._each("position", party.positions)
        for key, value in party.details.items():
            if not main.add(DETAILS.get(key, ""), value):
                main.note(f"{key}: {value}")
        for identifier in party.identifiers:
            self._identifier(identifier)
        for address in party.addresses:
            self._address(address)
        for link in party.links:
            self._link(link)
        for listing in party.listings:
            self._listing(listing)
        for text in (*party.secondary_sanctions, *party.remarks, *party.unparsed):
            main.note(text)
        return [draft.entity() for draft in (main, *self.others)]

    def _another(self, schema: str, holder: str) -> Draft:
        """A further entity that points at the party."""
        number = 1 + sum(draft.schema == schema for draft in self.others)
        draft = Draft(f"{self.main.id}-{schema.lower()}-{number}", schema, self.party.source)
        if holder:
            draft.add(holder, self.main.id)
        self.others.append(draft)
        return draft

    def _each(self, name: str, texts: Iterable[str]) -> None:
        for text in texts:
            if not self.main.add(name, text):
                self.main.note(f"{name}: {text}")

    def _name(self, name: Name) -> None:
        if not self.main.add(
            _NAMES.get(name.kind, "weakAlias" if name.weak else "alias"), name.text
        ):
            self.main.note(f"{name.kind} name: {name.text}")
        if name.kind == "primary":
            self.main.add("lastName", name.family)
            self.main.add("firstName", name.given)
        if name.remark:
            self.main.note(f"{name.text}: {name.remark}")

    def _birth(self, birth: Birth) -> None:
        dates = _prefixes(birth.date) if birth.date else []
        told = [
            *[self.main.add("birthDate", date) for date in dates],
            not birth.date or _exact(birth.date, dates),
            not birth.place or self.main.add("birthPlace", birth.place),
            not birth.country or self.main.add("birthCountry", birth.country),
            not birth.remark,
        ]
        if not all(told):
            when = str(birth.date) if birth.date else None
            self.main.note("born: " + _joined(when, birth.place, birth.country, birth.remark))

    def _identifier(self, number: Identifier) -> None:
        schema = self.main.schema
        placed = self.main.add(NUMBERS[schema].get(number.kind, ""), number.value)
        legal = schema in ("Person", "Organization")
        if number.kind == "wallet" and legal and self._wallet(number):
            return
        if number.kind == "passport" and schema == "Person":
            whole = self._document("Passport", number)
        elif number.kind in DOCUMENTS and legal:
            whole = self._document("Identification", number)
        else:
            whole = placed and not (number.country or number.issued or number.expires)
            whole = whole and not number.remark
        if not whole:
            dates = [f"{word} {span}" for word, span in (("issued", number.issued),
                     ("expires", number.expires)) if span]  # fmt: skip
            self.main.note(
                f"{number.kind}: " + _joined(number.value, number.country, *dates, number.remark)
            )

    def _wallet(self, number: Identifier) -> bool:
        if accepted("identifier", number.value) is None:
            return False
        wallet = self._another("CryptoWallet", "holder")
        wallet.add("publicKey", number.value)
        return not number.remark or wallet.add("currency", number.remark)

    def _document(self, schema: str, number: Identifier) -> bool:
        """Write a document; whether it could hold all there is to say of it."""
        if accepted("identifier", number.value) is None:
            return False
        document = self._another(schema, "holder")
        document.add("number", number.value)
        document.add("type", number.kind)
        dates = (("startDate", number.issued), ("endDate", number.expires))
        told = [
            not number.country or document.add("country", number.country),
            not number.remark or document.add("summary", number.remark),
            *[not span or document.add(name, str(span)) for name, span in dates],
        ]
        return all(told)

    def _address(self, address: Address) -> None:
        placed = address.country is not None and self.main.add("country", address.country)
        if placed and address == Address(country=address.country):
            return
        full = _joined(
            address.street, address.city, address.region, address.postcode, address.country
        )
        whole = not full or self.main.add("address", full)
        draft = self._another("Address", "")
        draft.add("full", full)
        told = [
            not text or draft.add(name, text)
            for name, text in (
                ("street", address.street), ("city", address.city), ("region", address.region),
                ("postalCode", address.postcode), ("remarks", address.remark),
            )
        ]  # fmt: skip
        draft.add("country", address.country)
        if draft.properties:
            self.main.add("addressEntity", draft.id)
        else:
            self.others.remove(draft)
        if not (whole and all(told)):
            self.main.note(f"address: {_joined(full, address.remark)}")

    def _link(self, link: Link) -> None:
        other = entity_id(self.party.source, link.entry) if link.entry else self.main.id
        if other != self.main.id:
            tie = self._another("UnknownLink", "subject")
            tie.add("object", other)
            tie.add("role", link.relation)
        self.main.note(f"{link.relation}: {link.name}")

    def _listing(self, listing: Listing) -> None:
        party = self.party
        sanction = self._another("Sanction", "entity")
        for tag in listing.programmes:
            sanction.add("program", tag)
            self.main.add("program", tag)
        sanction.add("authority", AUTHORITIES.get(party.source))
        sanction.add("recordId", party.entry)
        sanction.add("authorityId", listing.reference)
        if party.source == "un-sc":
            sanction.add("unscId", listing.reference)
        for name, spans in (
            ("listingDate", (listing.listed_on,)), ("modifiedAt", listing.amended_on),
        ):  # fmt: skip
            for date in (date for span in spans if span for date in _prefixes(span)):
                sanction.add(name, date)
        for act in listing.authorities:
            sanction.add("description", act)
        sanction.add("summary", listing.list)
        if listing.reason:
            for at in range(0, len(listing.reason), LONGEST):
                sanction.add("reason", listing.reason[at : at + LONGEST])


_NAMES: Final = {"primary": "name", "original-script": "name", "former": "previousName"}


def _prefixes(span: Span) -> list[str]:
    """The dates that cover a span: a day, a month, a year, or each year of a short stretch."""
    whole = str(Span(span.first, span.last))
    if accepted("date", whole):
        return [whole]
    first, last = span.first.year, span.last.year
    if first < 1000 or last - first >= _YEARS:
        return []
    return [str(year) for year in range(first, last + 1)]


def _exact(span: Span, prefixes: list[str]) -> bool:
    """Whether dates that cover a span say no more and no less than it."""
    return bool(prefixes) and str(span) in (prefixes[0], f"{prefixes[0]}..{prefixes[-1]}")


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
