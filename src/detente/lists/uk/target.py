"""A party of Britain's lists while it is being read, whichever file it comes from."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

from detente.entities.identifiers import is_valid
from detente.entities.model import (
    Address,
    Birth,
    Identifier,
    Kind,
    Link,
    Listing,
    Name,
    NameKind,
    Party,
)
from detente.entities.scripts import script_of
from detente.entities.spans import Span, parse_span

_KINDS: Final[dict[str, Kind]] = {
    "individual": "person", "entity": "organisation", "ship": "vessel",
}  # fmt: skip
_NAMES: Final[dict[str, NameKind]] = {
    "primary name": "primary", "prime alias": "primary", "primary name variation": "alias",
    "alias": "alias", "aka": "alias", "fka": "former",
}  # fmt: skip
_NUMBERS: Final = {
    "phone": "phone", "email": "email", "website": "website", "registration": "registration",
    "imo": "imo", "mmsi": "mmsi", "hull": "other", "un": "other",
}  # fmt: skip
_REMARKS: Final = {"hull": "hull identification number", "un": "UN reference"}
_TOLD: Final = {
    "source": "source of the designation", "sanctions": "sanctions imposed",
    "status": "status of the group",
}  # fmt: skip
_PREFIX: Final = re.compile(r"IMO(?: number)?[ :.]*(\d{7})\.?", re.I)
_UNKNOWN_PART: Final = re.compile(r"\b(?:dd|mm)\b", re.I)
_MARKER: Final = re.compile(r"(?:^|(?<=\s))\(?([0-9]{1,2}|[a-z])\)\s*", re.I)
_UNITED: Final = re.compile(
    r"\bU[Nn]\s?(?i:ref(?:erence)?)(?:[.:\s]|[Nn]o\b|[Nn]umber\b)*"
    r"([A-Z][A-Za-z]{0,2}(?:\.(?:[A-Z]{1,3}(?![a-z])|\d{1,4}))*\.\d{1,4})"
)
_ACT: Final = re.compile(r".*\bRegulations (?:19|20)\d\d")


class Target:
    """A party while it is being read; equal parts, which rows repeat, are kept once."""

    def __init__(self) -> None:
        self.names: dict[Name, None] = {}
        self.dates: dict[Birth, None] = {}
        self.places: dict[Birth, None] = {}
        self.addresses: dict[Address, None] = {}
        self.identifiers: dict[Identifier, None] = {}
        self.texts: dict[str, dict[str, None]] = {}

    def text(self, field: str, text: str) -> None:
        """Keep a text of a field (``title``, ``regime``, ``unparsed``) once."""
        if text:
            self.texts.setdefault(field, {})[text] = None

    def name(self, parts: list[str], last: str, kind: str, strength: str) -> None:
        """Read a name: its parts in the order said, the family's or whole name last."""
        given = " ".join(filter(None, parts))
        text = f"{given} {last}".strip()
        if not text:
            return
        known = _NAMES.get(kind.lower())
        quality = strength.lower()
        odd = "" if known or not kind else kind
        if quality and not quality.startswith(("low", "good")):
            odd = "; ".join(filter(None, (odd, strength)))
        split = bool(given and last and "individual" in map(str.lower, self.all("kind")))
        name = Name(
            text=text, kind=known or "alias", script=script_of(text),
            weak=quality.startswith("low"), family=last if split else None,
            given=given if split else None, remark=odd or None,
        )  # fmt: skip
        self.names[name] = None

    def original(self, text: str, script: str, language: str) -> None:
        """Read a name in another script; the script is told by the letters."""
        if text:
            words = "; ".join(filter(None, (script, language)))
            kind: NameKind = "original-script"
            name = Name(text=text, kind=kind, script=script_of(text), remark=words or None)
            self.names[name] = None

    def born(self, text: str) -> None:
        """Read a date of birth, unknown parts as ``dd`` and ``mm`` or noughts."""
        if span := self.date(_UNKNOWN_PART.sub("00", text)):
            self.dates[Birth(date=span)] = None

    def birthplace(self, town: str, country: str) -> None:
        """Read places of birth, one or several that are numbered alike."""
        towns, countries = items(town), items(country)
        if len(towns) != len(countries) and min(len(towns), len(countries)) > 0:
            towns, countries = (town,), (country,)
        for at in range(max(len(towns), len(countries))):
            where = towns[at] if towns else None
            self.places[Birth(place=where, country=countries[at] if countries else None)] = None

    def address(self, lines: list[str], postcode: str, country: str) -> None:
        """Read an address of six lines; the last one is the town or what is larger."""
        *smaller, city = lines
        address = Address(
            street=", ".join(filter(None, smaller)) or None, city=city or None,
            postcode=postcode or None, country=country or None,
        )  # fmt: skip
        if address != Address():
            self.addresses[address] = None

    def number(self, kind: str, value: str, remark: str = "") -> None:
        """Keep a number that points at the party."""
        if kind == "imo" and (found := _PREFIX.fullmatch(value)):
            value = found[1]
        row = Identifier(kind=kind, value=value, valid=is_valid(kind, value), remark=remark or None)
        self.identifiers[row] = None

    def date(self, text: str) -> Span | None:
        """Read a date, or keep what is none."""
        found = parse_span(text) if text else None
        if text and found is None:
            self.text("unparsed", f"date: {text}")
        return found

    def all(self, field: str) -> tuple[str, ...]:
        """Return the texts of a field."""
        return tuple(self.texts.get(field, ()))

    def party(self, number: str) -> Party:
        """Return the party, now that all of it is read."""
        kind = next((_KINDS[word.lower()] for word in self.all("kind")
                     if word.lower() in _KINDS), None)  # fmt: skip
        if kind is None:
            self.text("unparsed", f"type: {' '.join(self.all('kind')) or 'none'}")
        for field, known in _NUMBERS.items():
            for value in self.all(field):
                self.number(known, value, _REMARKS.get(field, ""))
        for text in self.all("remark"):
            for reference in _UNITED.findall(text):
                self.number("other", reference, "UN reference")
        genders = [word.lower() for word in self.all("gender")]
        if len(genders) > 1:
            self.text("unparsed", f"gender: {', '.join(genders)}")
        listing = self._listing()
        return Party(
            source="uk-sanctions",
            entry=number,
            kind=kind or "organisation",
            names=self._names(),
            births=paired(list(self.dates), list(self.places)),
            nationalities=self._items("nationality"),
            gender=genders[0] if len(genders) == 1 else None,
            titles=self._items("title"),
            positions=self._items("position"),
            identifiers=tuple(self.identifiers),
            addresses=tuple(self.addresses),
            links=tuple(
                Link(relation=relation, name=name)
                for relation in ("parent company", "subsidiary")
                for name in self.all(relation)
            ),
            listings=(listing,),
            details={key: "; ".join(self.all(key)) for key in DETAILS if self.all(key)},
            remarks=(
                *self.all("remark"),
                *(f"{words}: {text}" for key, words in _TOLD.items() for text in self.all(key)),
            ),
            unparsed=self.all("unparsed"),
        )

    def _names(self) -> tuple[Name, ...]:
        names = list(self.names) or [Name(text="?")]
        order = {"primary": 0, "original-script": 1}
        return tuple(sorted(names, key=lambda name: order.get(name.kind, 2)))

    def _items(self, field: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item for text in self.all(field) for item in items(text)))

    def _listing(self) -> Listing:
        listed = sorted(filter(None, map(self.date, self.all("listed"))), key=_first)
        amended = sorted(filter(None, map(self.date, self.all("amended"))), key=_first)
        regimes = self.all("regime")
        if len(listed) > 1:
            self.text("unparsed", f"listed: {', '.join(map(str, listed))}")
        return Listing(
            programmes=regimes,
            authorities=tuple(text for text in regimes if _ACT.fullmatch(text)),
            listed_on=listed[0] if listed else None,
            amended_on=tuple(amended),
            reference=next(iter(self.all("reference")), None),
            reason=" ".join(self.all("reason")) or None,
        )


DETAILS: Final = (
    "type", "flag", "former flag", "owner", "former owner", "tonnage", "length", "built",
    "entity type",
)  # fmt: skip
"""Facts of a ship or a company."""


@lru_cache(maxsize=4096)
def items(text: str) -> tuple[str, ...]:
    """Return what a text numbers, ``(1) Saudi Arabia (2) Qatar``, or the text itself.

    Numbers or letters have to begin the text and to follow each other; otherwise nothing is cut.
    """
    marks = list(_MARKER.finditer(text))
    signs = [mark[1].lower() for mark in marks]
    counted = [str(n) for n in range(1, len(marks) + 1)]
    lettered = list(ascii_lowercase[: len(marks)])
    if len(marks) < 2 or marks[0].start() or signs not in (counted, lettered):
        return (text,) if text else ()
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    cut = (text[mark.end() : end].strip(" ,;") for mark, end in zip(marks, ends, strict=True))
    return tuple(item for item in cut if item)


def group(target: Target, tag: str, values: list[str]) -> None:
    """Read what belongs together.

    Args:
        target: the party.
        tag: the element that holds it in the XML.
        values: what its children say, in the order of the XML; empty where they say nothing.
    """
    if tag == "Name":
        target.name(values[:5], values[5], values[6], values[7])
    elif tag == "NonLatinName":
        target.original(values[0], values[1], values[2])
    elif tag == "Address":
        target.address(values[:6], values[6], values[7])
    elif tag == "Location":
        target.birthplace(values[0], values[1])
    elif values[0]:
        kind = "passport" if tag == "Passport" else "national-id"
        target.number(kind, values[0], values[1])
    elif values[1]:
        target.text("unparsed", f"{tag} without a number: {values[1]}")


def paired(dates: list[Birth], places: list[Birth]) -> tuple[Birth, ...]:
    """One date and one place belong together; of several, nobody says which to which."""
    if len(dates) == len(places) == 1:
        place = places[0]
        return (Birth(date=dates[0].date, place=place.place, country=place.country),)
    return (*dates, *places)


def _first(span: Span) -> str:
    return span.first.isoformat()
