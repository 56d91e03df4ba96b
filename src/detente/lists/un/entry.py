"""An entry of the UN list, element by element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lxml import etree

from detente.entities.identifiers import is_valid
from detente.entities.model import Address, Birth, Identifier, Listing, Name, Party
from detente.entities.scripts import script_of
from detente.entities.spans import Span, parse_span, year_span
from detente.lists.moments import is_stretch
from detente.lists.xml import text_of


class Entry:
    """An entry while it is being read; every action below fills in what its element says."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.original: list[Name] = []
        self.aliases: list[Name] = []
        self.births: list[Birth] = []
        self.places: list[Birth] = []
        self.addresses: list[Address] = []
        self.blank = 0
        self.identifiers: list[Identifier] = []
        self.values: dict[str, list[str]] = {}
        self.remarks: list[str] = []
        self.unparsed: list[str] = []

    def party(self, number: str, *, person: bool) -> Party:
        """Return the entry, now that all of it is read."""

        def first(key: str) -> str | None:
            return next(iter(self.values.get(key, ())), None)

        def many(key: str) -> tuple[str, ...]:
            return tuple(self.values.get(key, ()))

        amended = [self.date(text) for text in many("LAST_DAY_UPDATED")]
        return Party(
            source="un-sc",
            entry=number,
            kind="person" if person else "organisation",
            names=(self._primary(), *self.original, *self.aliases),
            births=_paired(self.births, self.places),
            nationalities=many("NATIONALITY"),
            gender=(first("GENDER") or "").lower() or None,
            titles=many("TITLE"),
            positions=many("DESIGNATION"),
            identifiers=tuple(self.identifiers),
            addresses=tuple(self.addresses),
            listings=(
                Listing(
                    programmes=many("UN_LIST_TYPE"),
                    listed_on=self.date(first("LISTED_ON")),
                    amended_on=tuple(sorted((d for d in amended if d), key=lambda d: d.first)),
                    reference=number,
                ),
            ),
            remarks=tuple(self.remarks),
            unparsed=tuple(self.unparsed),
            blank_addresses=self.blank,
        )

    def _primary(self) -> Name:
        text = " ".join(self.parts)
        # Names of every language are written alike here: no part is told to be the family's.
        return Name(text=text or "?", script=script_of(text))

    def date(self, text: str | None) -> Span | None:
        """Read a date, or keep what is none."""
        if not text:
            return None
        found = parse_span(text)
        if found is None:
            self.unparsed.append(f"date: {text}")
        return found


def _said(entry: Entry, node: etree._Element) -> dict[str, str]:
    """What an element's children say by their names; what one says again is kept as it is."""
    said: dict[str, str] = {}
    for child in node:
        tag, text = str(child.tag), text_of(child)
        if said.get(tag) and text:
            entry.unparsed.append(f"{node.tag}/{tag}: {text}")
        elif text:
            said[tag] = text
    return said


def _part(entry: Entry, node: etree._Element) -> None:
    if text := text_of(node):
        entry.parts.append(text)


def _original(entry: Entry, node: etree._Element) -> None:
    if text := text_of(node):
        entry.original.append(Name(text=text, kind="original-script", script=script_of(text)))


def _values(entry: Entry, node: etree._Element) -> None:
    texts = [text_of(child) for child in node] if len(node) else [text_of(node)]
    kept = entry.values.setdefault(str(node.tag), [])
    kept.extend(text for text in texts if text and text not in kept)


def _comments(entry: Entry, node: etree._Element) -> None:
    if text := text_of(node):
        entry.remarks.append(text)


def _alias(entry: Entry, node: etree._Element) -> None:
    said = _said(entry, node)
    quality, text = said.pop("QUALITY", ""), said.pop("ALIAS_NAME", "")
    note = said.pop("NOTE", "") or None
    born = Birth(
        date=entry.date(said.pop("DATE_OF_BIRTH", "")),
        place=said.pop("CITY_OF_BIRTH", "") or None,
        country=said.pop("COUNTRY_OF_BIRTH", "") or None,
        remark=f"as {text}" if text else None,
    )
    if born.date or born.place or born.country:
        entry.births.append(born)
    entry.unparsed.extend(f"{node.tag}/{key}: {value}" for key, value in said.items() if value)
    former = quality.lower().startswith("f")
    # One element may hold several spellings that semicolons divide.
    for each in text.split(";"):
        if alias := each.strip():
            entry.aliases.append(
                Name(
                    text=alias,
                    kind="former" if former else "alias",
                    script=script_of(alias),
                    weak=quality.lower() == "low",
                    remark=note,
                )
            )


def _address(entry: Entry, node: etree._Element) -> None:
    said = _said(entry, node)
    address = Address(
        street=said.pop("STREET", "") or None,
        city=said.pop("CITY", "") or None,
        region=said.pop("STATE_PROVINCE", "") or None,
        postcode=said.pop("ZIP_CODE", "") or None,
        country=said.pop("COUNTRY", "") or None,
        remark=said.pop("NOTE", "") or None,
    )
    if address == _NOWHERE:
        entry.blank += 1
    else:
        entry.addresses.append(address)
    entry.unparsed.extend(f"{node.tag}/{key}: {value}" for key, value in said.items() if value)


_NOWHERE: Final = Address()


def _born(entry: Entry, node: etree._Element) -> None:
    said = _said(entry, node)
    about = said.pop("TYPE_OF_DATE", "").upper() == "APPROXIMATELY"
    note = said.pop("NOTE", "") or None
    first, last = said.pop("FROM_YEAR", ""), said.pop("TO_YEAR", "")
    day, year = said.pop("DATE", ""), said.pop("YEAR", "")
    when: Span | None = None
    if is_stretch(first, last):
        when = year_span(int(first), int(last), about)
    elif found := parse_span(day or year):
        when = Span(found.first, found.last, about or found.circa)
    elif day or year or first or last:
        entry.unparsed.append(raw(node))
    if when or note:
        entry.births.append(Birth(date=when, remark=note))
    entry.unparsed.extend(f"{node.tag}/{key}: {value}" for key, value in said.items() if value)


def _birthplace(entry: Entry, node: etree._Element) -> None:
    said = _said(entry, node)
    parts = (said.pop("STREET", ""), said.pop("CITY", ""), said.pop("STATE_PROVINCE", ""))
    place = Birth(
        place=", ".join(part for part in parts if part) or None,
        country=said.pop("COUNTRY", "") or None,
        remark=said.pop("NOTE", "") or None,
    )
    if place.place or place.country or place.remark:
        entry.places.append(place)
    entry.unparsed.extend(f"{node.tag}/{key}: {value}" for key, value in said.items() if value)


_DOCUMENTS: Final = {
    "passport": "passport",
    "national identification number": "national-id",
    "ssn": "national-id",
}


def _document(entry: Entry, node: etree._Element) -> None:
    said = _said(entry, node)
    kind, more = said.pop("TYPE_OF_DOCUMENT", ""), said.pop("TYPE_OF_DOCUMENT2", "")
    number, note = said.pop("NUMBER", ""), said.pop("NOTE", "")
    country = said.pop("ISSUING_COUNTRY", "") or said.pop("COUNTRY_OF_ISSUE", "")
    city, issued = said.pop("CITY_OF_ISSUE", ""), said.pop("DATE_OF_ISSUE", "")
    said.pop("COUNTRY_OF_ISSUE", "")
    entry.unparsed.extend(f"{node.tag}/{key}: {value}" for key, value in said.items() if value)
    if not number:
        if any((kind, more, note, country, city, issued)):
            entry.unparsed.append(raw(node))
        return
    known = _DOCUMENTS.get(kind.lower(), "other")
    words = [more, note, f"issued in {city}" if city else "", "" if known != "other" else kind]
    entry.identifiers.append(
        Identifier(
            kind=known,
            value=number,
            country=country or None,
            valid=is_valid(known, number),
            issued=entry.date(issued),
            remark="; ".join(word for word in words if word) or None,
        )
    )


def _ignored(entry: Entry, node: etree._Element) -> None:
    """What repeats another element or serves the Secretariat's own sorting."""


ACTIONS: Final[dict[str, Callable[[Entry, etree._Element], None]]] = {
    **dict.fromkeys(("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"), _part),
    "NAME_ORIGINAL_SCRIPT": _original,
    **dict.fromkeys(
        ("UN_LIST_TYPE", "LISTED_ON", "LAST_DAY_UPDATED", "GENDER", "TITLE", "DESIGNATION",
         "NATIONALITY"), _values,
    ),
    "COMMENTS1": _comments,
    "ALIAS": _alias,
    "ADDRESS": _address,
    "DATE_OF_BIRTH": _born,
    "PLACE_OF_BIRTH": _birthplace,
    "DOCUMENT": _document,
    **dict.fromkeys(
        ("DATAID", "VERSIONNUM", "REFERENCE_NUMBER", "SORT_KEY", "SORT_KEY_LAST_MOD", "LIST_TYPE"),
        _ignored,
    ),
}  # fmt: skip
"""What reads an element, by its name without ``INDIVIDUAL_`` or ``ENTITY_``."""


def _paired(dates: list[Birth], places: list[Birth]) -> tuple[Birth, ...]:
    """One date and one place belong together; of several, nobody says which to which."""
    if len(dates) == len(places) == 1 and dates[0].place is None and dates[0].country is None:
        only, place = dates[0], places[0]
        remarks = [text for text in (only.remark, place.remark) if text]
        return (
            Birth(
                date=only.date, place=place.place, country=place.country,
                remark="; ".join(remarks) or None,
            ),
        )  # fmt: skip
    return (*dates, *places)


def raw(node: etree._Element) -> str:
    """Return an element as it was written, white space made single."""
    return " ".join(etree.tostring(node, encoding="unicode", with_tail=False).split())
