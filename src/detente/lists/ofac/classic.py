"""OFAC's lists in the classic XML schema: ``sdn.xml`` and ``consolidated.xml``.

The file does not say which list it is of, and neither do its programmes: ``UKRAINE-EO13662`` and
``RUSSIA-EO14024`` stand on both. The list of those who are *not* blocked tells itself by what it
says of nearly every entry: a programme that only such lists have (``NS-PLC``, ``CMIC-EO13959``,
``FSE-IR``, ``561-Related``) or the directive, menu-based or non-blocking sanction that the entry
is subject to. Of blocked persons few carry such words. So a file in which more than half of the
entries carry one is ``ofac-nonsdn``, any other is ``ofac-sdn``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree

from detente.entities.model import Name, Party
from detente.entities.scripts import script_of
from detente.entities.spans import Span, parse_span
from detente.lists.errors import ListError
from detente.lists.ofac.entry import Entry, Fact, raw, undirected
from detente.lists.ofac.words import ALIASES, is_identifier
from detente.lists.records import Cut, Files, Format, Piece, Record
from detente.lists.xml import (
    AGAIN,
    Element,
    followed,
    numbered,
    outline,
    parse,
    records_of,
    text_of,
)

_ENTRY: Final = "sdnEntry"
_HEAD: Final = "publshInformation"
_UID: Final = re.compile(rb"<[^<>]*>\s*<uid>\s*(\d{1,18})\s*</uid>")
_ISSUED: Final = re.compile(rb"<Publish_Date>([^<]*)</Publish_Date>")
_COUNT: Final = re.compile(rb"<Record_Count>\s*(\d{1,9})\s*</Record_Count>")
_NOT_BLOCKED: Final = re.compile(
    rb"<program>\s*(?:NS-|FSE-|561|CMIC|CAPTA|SSI|MBS)"
    rb"|<idType>[^<]*(?:Directive|\(CMIC\)|CAATSA Section 235|Order 14059 information)"
)


def _recognises(files: Files) -> bool:
    return len(files) == 1 and b"<sdnList" in next(iter(files.values()))[:4096]


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    found = outline(name, data, (_ENTRY, _HEAD))
    own = (item for item in found.elements if item.path == _ENTRY)
    entries = numbered(name, data, own, _UID.match, "uid")
    head = next((data[e.start : e.end] for e in found.elements if e.path == _HEAD), b"")
    count = _COUNT.search(head)
    if count is not None and int(count[1]) != len(entries):
        what = f"it says that it has {int(count[1])} entries, but has {len(entries)}"
        raise ListError(name, None, what, AGAIN)
    issued = _ISSUED.search(head)
    when = issued and parse_span(issued[1].decode(errors="replace"), month_first=True)
    marked = sum(_is_marked(data, item) for item in entries.values())
    return Cut(
        files=files, format="ofac-xml", date=when.first.isoformat() if when else None,
        source="ofac-nonsdn" if 2 * marked > len(entries) else "ofac-sdn",
        pieces=[Piece(name, *ends) for ends in followed(data, found.elements)],
        records=records_of(name, entries),
        context=found.opening,
    )  # fmt: skip


def _is_marked(data: bytes, item: Element) -> bool:
    return _NOT_BLOCKED.search(data, item.start, item.end) is not None


def _read(cut: Cut, record: Record) -> Party:
    entry = Entry()
    said: dict[str, str] = {}
    for child in parse(cut.files, record.parts[0], cut.context):
        action = _ACTIONS.get(str(child.tag))
        if action is not None:
            action(entry, child)
        elif child.tag in _OWN and not len(child):
            said[str(child.tag)] = text_of(child)
        else:
            entry.keep(child)
    entry.kind = said.get("sdnType", "")
    entry.title(said.get("title", ""))
    name = _name(said)
    if name is not None:
        entry.names.append(name)
    if remarks := said.get("remarks"):
        entry.remark(remarks)
    return entry.party(cut, record.entry)


_OWN: Final = frozenset(("uid", "firstName", "lastName", "title", "sdnType", "remarks"))


def _name(said: Mapping[str, str], kind: str = "", category: str = "") -> Name | None:
    """The name as the list orders it: the family name, a comma, the others."""
    family, given = undirected(said.get("lastName", "")), undirected(said.get("firstName", ""))
    text = ", ".join(part for part in (family, given) if part)
    if not text:
        return None
    known = ALIASES.get(kind.lower(), "alias") if kind else "primary"
    return Name(
        text=text, kind=known, script=script_of(text), weak=category.lower() == "weak",
        family=family if family and given else None, given=given if family and given else None,
        remark=kind if kind and kind.lower() not in ALIASES else None,
    )  # fmt: skip


def _fields(entry: Entry, node: etree._Element, *known: str) -> dict[str, str]:
    """The texts of an element's children; those not among ``known`` are kept word for word."""
    said: dict[str, str] = {}
    for child in node:
        tag = str(child.tag)
        if tag in known and tag not in said and not len(child):
            said[tag] = text_of(child)
        elif tag != "uid":
            entry.keep(child)
    return said


def _alias(entry: Entry, node: etree._Element) -> None:
    said = _fields(entry, node, "type", "category", "lastName", "firstName")
    name = _name(said, said.get("type") or "a.k.a.", said.get("category", ""))
    if name is not None:
        entry.names.append(name)


def _programme(entry: Entry, node: etree._Element) -> None:
    if text := text_of(node):
        entry.programmes.append(text)


def _id(entry: Entry, node: etree._Element) -> None:
    said = _fields(
        entry, node, "idType", "idNumber", "idCountry", "issueDate", "expirationDate"
    )  # fmt: skip
    words, value = said.get("idType", ""), said.get("idNumber", "")
    if not value:
        entry.keep(node)
        return
    issued, expires = (_date(entry, said, key) for key in ("issueDate", "expirationDate"))
    country = said.get("idCountry") or None
    fact = Fact(words, value, country=country, issued=issued, expires=expires)
    # Only a paper is issued somewhere or on some day: even one of an unknown type is one.
    if (country or issued or expires) and not is_identifier(words):
        entry.document(fact)
    else:
        entry.fact(fact)


def _date(entry: Entry, said: Mapping[str, str], key: str) -> Span | None:
    text = said.get(key, "")
    found = parse_span(text, month_first=True) if text else None
    if text and found is None:
        entry.unparsed.append(f"{key}: {text}")
    return found


def _address(entry: Entry, node: etree._Element) -> None:
    said = _fields(entry, node, "country", *_PARTS)
    country = said.pop("country", "")
    entry.address({_PARTS[key]: text for key, text in said.items()}, country)


_PARTS: Final = {
    "address1": "ADDRESS1",
    "address2": "ADDRESS2",
    "address3": "ADDRESS3",
    "city": "CITY",
    "stateOrProvince": "STATE/PROVINCE",
    "postalCode": "POSTAL CODE",
}


def _item(words: str, tag: str) -> Callable[[Entry, etree._Element], None]:
    """Read an item of a list of alternatives, of which one is marked as the main one."""

    def action(entry: Entry, node: etree._Element) -> None:
        if value := _fields(entry, node, tag, "mainEntry").get(tag):
            entry.fact(Fact(words, value))

    return action


def _vessel(entry: Entry, node: etree._Element) -> None:
    for tag, value in _fields(entry, node, *_VESSEL).items():
        if value:
            entry.fact(Fact(_VESSEL[tag], value))


_VESSEL: Final = {
    "callSign": "Vessel Call Sign",
    "vesselType": "Vessel Type",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
}


def _each(
    tag: str, action: Callable[[Entry, etree._Element], None]
) -> Callable[[Entry, etree._Element], None]:
    """Read a list of elements of one name."""

    def act(entry: Entry, node: etree._Element) -> None:
        for child in node:
            if child.tag == tag:
                action(entry, child)
            else:
                entry.unparsed.append(raw(child))

    return act


_ACTIONS: Final[dict[str, Callable[[Entry, etree._Element], None]]] = {
    "programList": _each("program", _programme),
    "akaList": _each("aka", _alias),
    "idList": _each("id", _id),
    "addressList": _each("address", _address),
    "nationalityList": _each("nationality", _item("Nationality Country", "country")),
    "citizenshipList": _each("citizenship", _item("Citizenship Country", "country")),
    "dateOfBirthList": _each("dateOfBirthItem", _item("Birthdate", "dateOfBirth")),
    "placeOfBirthList": _each("placeOfBirthItem", _item("Place of Birth", "placeOfBirth")),
    "vesselInfo": _vessel,
}

OFAC_XML: Final = Format(
    id="ofac-xml",
    title="OFAC list, classic XML (sdn.xml, consolidated.xml)",
    recognises=_recognises,
    cut=_cut,
    read=_read,
)
