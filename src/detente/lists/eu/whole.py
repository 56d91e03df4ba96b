"""The consolidated list of the European Union as one XML file, as published until 2018.

Known from an edition of 2016. Every part names its own legal act; countries are three letters;
a document's type stands behind its number: ``AD001 (passport-National passport) (note)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from detente.entities.model import Party
from detente.entities.spans import parse_span
from detente.lists.errors import ListError
from detente.lists.eu.entity import Entity, Said
from detente.lists.eu.export import attributes, raw
from detente.lists.records import Cut, Files, Format, Piece, Record
from detente.lists.xml import (
    AGAIN,
    followed,
    local,
    number_in,
    numbered,
    outline,
    parse,
    records_of,
    text_of,
)

NAMES: Final[dict[str, str]] = {
    "lastname": "lastName", "firstname": "firstName", "middlename": "middleName",
    "wholename": "wholeName", "gender": "gender", "title": "title", "function": "function",
    "language": "nameLanguage",
}  # fmt: skip
ADDRESSES: Final[dict[str, str]] = {
    "number": "number", "street": "street", "zipcode": "zipCode", "city": "city",
    "country": "countryDescription", "other": "contactInfo",
}  # fmt: skip
BIRTHS: Final[dict[str, str]] = {
    "date": "birthdate", "place": "place", "country": "countryDescription",
}  # fmt: skip
DOCUMENTS: Final[dict[str, str]] = {"number": "number", "country": "countryDescription"}
CITIZENS: Final[dict[str, str]] = {"country": "countryDescription"}
_ID: Final = number_in("Id")
_TYPED: Final = re.compile(r"(.*?) ?\(([A-Za-z]+)-([^()]*)\) ?(.*)")
_UNTIL: Final = re.compile(r"\(valid to (\d{4}-\d\d-\d\d)\)")


def document(entity: Entity, said: Said) -> None:
    """Read a document whose type, validity and remarks stand behind its number."""
    found = _TYPED.fullmatch(said.get("number", ""))
    if found and "identificationTypeCode" not in said:
        number, code, words, rest = found.groups()
        said |= {"number": number, "identificationTypeCode": code, "remark": rest}
        said["identificationTypeDescription"] = words
        if until := _UNTIL.search(rest):
            said["validTo"] = until[1]
    entity.identification(said)


_PARTS: Final[dict[str, tuple[dict[str, str], Callable[[Entity, Said], None]]]] = {
    "NAME": (NAMES, Entity.name),
    "ADDRESS": (ADDRESSES, Entity.address),
    "BIRTH": (BIRTHS, Entity.birth),
    "PASSPORT": (DOCUMENTS, document),
    "CITIZEN": (CITIZENS, Entity.citizenship),
}


def _act(said: Said) -> Said:
    """A legal act by the names of today's XML."""
    return {"numberTitle": said.get("legal_basis", ""), "programme": said.get("programme", "")}


def _recognises(files: Files) -> bool:
    return len(files) == 1 and b"<WHOLE Date=" in next(iter(files.values()))[:4096]


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    found = outline(name, data, ("ENTITY",))
    if found.root != "WHOLE":
        raise ListError(name, 1, f"the root is {found.root} and not WHOLE", AGAIN)
    entries = numbered(name, data, found.elements, _ID, "Id of digits")
    stated = parse_span(found.attributes.get("Date", ""))
    return Cut(
        files=files, format="eu-old-xml", source="eu-fsf",
        date=stated.first.isoformat() if stated and stated.first == stated.last else None,
        pieces=[Piece(name, *ends) for ends in followed(data, found.elements)],
        records=records_of(name, entries),
        context=found.opening,
    )  # fmt: skip


def _read(cut: Cut, record: Record) -> Party:
    node = parse(cut.files, record.parts[0], cut.context)
    entity, head = Entity(), attributes(node)
    entity.act(_act(head))
    for key in ("Id", "legal_basis", "reg_date", "pdf_link", "programme"):
        head.pop(key, None)
    head["code"] = head.pop("Type", "")
    for child in node:
        _part(entity, child, local(child))
    entity.head(head)
    return entity.party(record.entry)


def _part(entity: Entity, node: etree._Element, tag: str) -> None:
    if tag not in _PARTS:
        entity.text("unparsed", raw(node))
        return
    keys, read = _PARTS[tag]
    entity.act(_act(attributes(node)))
    said: Said = {}
    for child in node:
        key = keys.get(local(child).lower())
        if key is None or key in said:
            entity.text("unparsed", f"{tag}/{local(child)}: {text_of(child)}")
        elif text := text_of(child):
            said[key] = text
    read(entity, said)


EU_OLD_XML: Final = Format(
    id="eu-old-xml",
    title="EU consolidated list, XML until 2018",
    recognises=_recognises,
    cut=_cut,
    read=_read,
)
