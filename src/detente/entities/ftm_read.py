"""Entities of FollowTheMoney that others wrote, as parties.

An entity says less than an entry of a list and says it in other words: what has no place in a party
is kept in ``Party.unparsed`` as ``property: value``, behind the schema where it stood elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from detente.entities.countries import name_of
from detente.entities.ftm_items import KIND, TIES, Entities, Item, gathered, source_of
from detente.entities.ftm_words import DETAILS
from detente.entities.identifiers import KINDS, is_valid
from detente.entities.model import Address, Birth, Identifier, Link, Listing, Name, NameKind, Party
from detente.entities.scripts import script_of
from detente.entities.spans import Span, day_span, month_span, parse_span, year_span

_NAMES: Final[tuple[tuple[str, NameKind, bool], ...]] = (
    ("name", "alias", False), ("alias", "alias", False), ("abbreviation", "alias", False),
    ("weakAlias", "alias", True), ("previousName", "former", False),
)  # fmt: skip
_NUMBERS: Final[dict[str, tuple[str, str | None]]] = {
    "passportNumber": ("passport", None), "socialSecurityNumber": ("national-id", "SSN"),
    "taxNumber": ("tax", None), "vatCode": ("tax", "VAT"), "innCode": ("tax", "INN"),
    "registrationNumber": ("registration", None), "ogrnCode": ("registration", "OGRN"),
    "uscCode": ("registration", "USCC"), "licenseNumber": ("licence", None),
    "leiCode": ("lei", None), "swiftBic": ("bic", None), "dunsCode": ("duns", None),
    "mmsi": ("mmsi", None), "callSign": ("call-sign", None), "serialNumber": ("msn", None),
    "email": ("email", None), "website": ("website", None), "phone": ("phone", None),
}  # fmt: skip
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", re.A)


def parties(items: Iterable[Item], listed_only: bool) -> Iterator[Party]:
    """Put entities together to parties, in the order of the file.

    Args:
        items: the entities of a whole file.
        listed_only: leave out those that no sanction, topic or flag calls listed.
    """
    entities = gathered(items, listed_only)
    for item in entities.chosen:
        yield _Reader(item, entities).party()


class _Reader:
    """An entity while a party is being made of it."""

    def __init__(self, item: Item, entities: Entities) -> None:
        self.item = item
        self.known = entities.known
        self.near = [other.copy() for other in entities.near[item.id]]
        self.numbers = entities.numbers
        self.called = entities.called
        self.kind = KIND[item.schema]
        self.unparsed: list[str] = []
        if item.schema in ("LegalEntity", "Company", "PublicBody"):
            self.unparsed.append(f"schema: {item.schema}")

    def party(self) -> Party:
        item, person = self.item, self.kind == "person"
        source, entry = self.numbers[item.id]
        links = tuple(self._links())
        listings = tuple(self._listings(source, entry))
        item.said["topics"] = [topic for topic in item.take("topics") if topic != "sanction"]
        gender = item.said.get("gender", [])
        return Party(
            source=source,
            entry=entry,
            kind=self.kind,
            names=tuple(self._names()),
            births=self._births() if person else (),
            nationalities=tuple(map(_country, item.take("nationality", "citizenship"))),
            gender=item.one("gender") if gender in (["male"], ["female"]) else None,
            titles=tuple(item.take("title")) if person else (),
            positions=tuple(item.take("position")) if person else (),
            identifiers=tuple(self._identifiers()),
            addresses=tuple(self._addresses()),
            links=links,
            listings=listings,
            details=self._details(),
            remarks=tuple(item.take("notes", "description", "summary")),
            unparsed=(*self.unparsed, *item.rest()),
        )

    def _names(self) -> Iterator[Name]:
        item = self.item
        item.said["name"] = item.names()
        family, given = item.one("lastName"), item.one("firstName")
        found: dict[str, tuple[NameKind, bool]] = {}
        for name, kind, weak in _NAMES:
            for text in item.take(name):
                found.setdefault(text, (kind, weak))
        if not found:
            yield Name(text="?", family=family, given=given)
        for at, (text, (kind, weak)) in enumerate(found.items()):
            script = script_of(text)
            if at == 0:
                yield Name(text=text, script=script, family=family, given=given)
            else:
                yield Name(text=text, kind=kind, script=script, weak=weak)

    def _births(self) -> tuple[Birth, ...]:
        item = self.item
        dates = [Birth(date=span) for span in self._spans("birthDate", item.take("birthDate"))]
        places = item.take("birthPlace")
        countries = [_country(code) for code in item.take("birthCountry")]
        # One of each belong together; of several, nobody says which to which.
        if len(dates) <= 1 and len(places) <= 1 and len(countries) <= 1:
            found = Birth(
                date=dates[0].date if dates else None,
                place=places[0] if places else None,
                country=countries[0] if countries else None,
            )
            return (found,) if found != Birth() else ()
        where = [Birth(place=place) for place in places]
        return (*dates, *where, *(Birth(country=country) for country in countries))

    def _identifiers(self) -> Iterator[Identifier]:
        item, seen = self.item, set()
        for other in self.near:
            if other.schema in ("Passport", "Identification"):
                found = self._document(other)
                if found is not None:
                    seen.add(found.value)
                    yield found
            elif other.schema == "CryptoWallet" and (key := other.one("publicKey")):
                currency = other.one("currency")
                yield Identifier(kind="wallet", value=key, remark=currency)
            else:
                continue
            other.take("holder")
            self.unparsed.extend(other.rest(f"{other.schema}."))
        for name, kind, remark in self._kinds():
            for value in item.take(name):
                bare = re.sub(r"(?i)^imo\W*", "", value) if name == "imoNumber" else value
                if bare not in seen:
                    valid = is_valid(kind, bare)
                    yield Identifier(kind=kind, value=bare, valid=valid, remark=remark)

    def _kinds(self) -> Iterator[tuple[str, str, str | None]]:
        """Each property that holds a number, and of what kind it is for this party."""
        yield "idNumber", "national-id" if self.kind == "person" else "other", None
        yield "imoNumber", "imo" if self.kind == "vessel" else "imo-company", None
        for name, (kind, remark) in _NUMBERS.items():
            aircraft = name == "registrationNumber" and self.kind == "aircraft"
            yield name, "tail" if aircraft else kind, remark

    def _document(self, item: Item) -> Identifier | None:
        value = item.one("number", "passportNumber")
        if value is None:
            return None
        item.said["passportNumber"] = [n for n in item.take("passportNumber") if n != value]
        type_ = item.one("type")
        told = type_ if type_ in KINDS else "passport" if item.schema == "Passport" else "other"
        country = item.one("country")
        words = [] if type_ is None or type_ == told else [type_]
        return Identifier(
            kind=told,
            value=value,
            country=_country(country) if country else None,
            valid=is_valid(told, value),
            issued=self._span(item, "startDate"),
            expires=self._span(item, "endDate"),
            remark="; ".join([*words, *item.take("summary")]) or None,
        )

    def _addresses(self) -> Iterator[Address]:
        item, whole = self.item, set()
        countries = set()
        for id_ in item.take("addressEntity"):
            other = self.known.get(id_)
            if other is None:
                self.unparsed.append(f"addressEntity: {id_}")
                continue
            copy = other.copy()  # several may live there
            whole.update(full := copy.take("full"))
            found = _address(copy)
            if found == Address():
                found = Address(street="; ".join(full) or None)
            if found != Address():
                countries.add(found.country)
                yield found
            self.unparsed.extend(copy.rest("Address."))
        for text in item.take("address"):
            if text not in whole:
                yield Address(street=text)
        for country in map(_country, item.take("country")):
            if country not in countries:
                yield Address(country=country)

    def _links(self) -> Iterator[Link]:
        for tie in self.near:
            if tie.schema not in TIES:
                continue
            source, target, forth, back = TIES[tie.schema]
            firsts, seconds = tie.take(source), tie.take(target)
            ahead = self.item.id in firsts
            roles = tie.take("role", "relationship") if ahead else []
            words = "; ".join(roles).lower() or (forth if ahead else back)
            for other in seconds if ahead else firsts:
                number = self.numbers.get(other)
                same = number is not None and number[0] == self.numbers[self.item.id][0]
                entry = number[1] if number is not None and same else None
                yield Link(relation=words, name=self.called.get(other, other), entry=entry)
            self.unparsed.extend(tie.rest(f"{tie.schema}."))

    def _listings(self, source: str, entry: str) -> Iterator[Listing]:
        sanctions = [other for other in self.near if other.schema == "Sanction"]
        said = self.item.take("program")
        if said and not sanctions:
            yield Listing(programmes=tuple(said))
        else:
            told = {tag for row in sanctions for tag in row.said.get("program", ())}
            self.unparsed.extend(f"program: {tag}" for tag in said if tag not in told)
        for row in sanctions:
            row.take("entity")
            row.said["recordId"] = [id_ for id_ in row.take("recordId") if id_ != entry]
            where = source_of(row.datasets)
            reference = row.one("authorityId", "unscId")
            row.said["unscId"] = [id_ for id_ in row.take("unscId") if id_ != reference]
            listed = "listingDate" if "listingDate" in row.said else "startDate"
            yield Listing(
                programmes=tuple(row.take("program") or row.take("programId")),
                listed_on=self._span(row, listed),
                amended_on=tuple(
                    sorted(self._spans("modifiedAt", row.take("modifiedAt")), key=str)
                ),
                reference=reference,
                reason=" ".join(row.take("reason")) or None,
                list=None if where == source else where,
            )
            self.unparsed.extend(row.rest("Sanction."))

    def _details(self) -> dict[str, str]:
        details = {}
        for key, name in DETAILS.items():
            values = self.item.take(name) if self.kind != "person" else []
            if values:
                plain = [_country(v) if "flag" in key else v for v in values]
                details[key] = "; ".join(plain)
        return details

    def _span(self, item: Item, name: str) -> Span | None:
        value = item.one(name)
        return next(self._spans(name, [value]), None) if value else None

    def _spans(self, name: str, texts: list[str]) -> Iterator[Span]:
        for text in texts:
            span = _date(text)
            if span is None:
                self.unparsed.append(f"{name}: {text}")
            else:
                yield span


def _address(item: Item) -> Address:
    country = item.one("country")
    return Address(
        street=", ".join(item.take("street", "street2")) or None,
        city=item.one("city"),
        region=item.one("region", "state"),
        postcode=item.one("postalCode"),
        country=_country(country) if country else None,
        remark="; ".join(item.take("remarks")) or None,
    )


def _country(code: str) -> str:
    """The name of a country where its code is known, else what stands there."""
    return name_of(code) or code


def _date(text: str) -> Span | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return parse_span(text)
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        if day:
            return day_span(date(year, month, day))
        return month_span(year, month) if month else year_span(year)
    except ValueError:
        return None
