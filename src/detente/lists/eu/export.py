"""The financial sanctions files of the European Union, XML of layouts 1.0 and 1.1.

Known from excerpts of published editions of 2018, 2024 and 2026 and from the readers of
OpenSanctions. Both layouts put what they say into attributes of the same elements.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from detente.entities.model import Party
from detente.lists.errors import ListError
from detente.lists.eu.entity import Entity, Said
from detente.lists.moments import utc
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

_PARTS: Final = {
    "regulation": Entity.act,
    "nameAlias": Entity.name,
    "address": Entity.address,
    "birthdate": Entity.birth,
    "identification": Entity.identification,
    "citizenship": Entity.citizenship,
}
_NUMBER: Final = number_in("logicalId")


def _recognises(files: Files) -> bool:
    head = next(iter(files.values()), b"")[:4096]
    return len(files) == 1 and b"export" in head and b"http://eu.europa.ec/fpi/fsd/export" in head


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    found = outline(name, data, ("sanctionEntity",))
    if found.root != "export":
        raise ListError(name, 1, f"the root is {found.root} and not export", AGAIN)
    entries = numbered(name, data, found.elements, _NUMBER, "logicalId of digits")
    return Cut(
        files=files, format="eu-xml", source="eu-fsf",
        date=utc(found.attributes.get("generationDate", "")),
        pieces=[Piece(name, *ends) for ends in followed(data, found.elements)],
        records=records_of(name, entries),
        context=found.opening,
    )  # fmt: skip


def _read(cut: Cut, record: Record) -> Party:
    node = parse(cut.files, record.parts[0], cut.context)
    entity, head = Entity(), attributes(node)
    for child in node:
        tag = local(child)
        if tag == "subjectType":
            head |= attributes(child)
        elif tag == "remark":
            entity.text("remark", text_of(child))
        elif tag == "contactInfo":
            entity.contact(child.get("key", ""), child.get("value", ""))
        elif tag in _PARTS:
            _part(entity, child, tag)
        else:
            entity.text("unparsed", raw(child))
    entity.head(head)
    return entity.party(record.entry)


def _part(entity: Entity, node: etree._Element, tag: str) -> None:
    said = attributes(node)
    remarks = []
    for child in node:
        inner = local(child)
        if inner == "remark":
            remarks.append(text_of(child))
        elif inner == "regulationSummary":
            entity.act(attributes(child))
        elif inner == "contactInfo":
            entity.contact(child.get("key", ""), child.get("value", ""))
        elif inner != "publicationUrl":
            entity.text("unparsed", raw(child))
    if text := text_of(node):
        remarks.append(text)
    if remarks:
        said["remark"] = "; ".join(filter(None, remarks))
    _PARTS[tag](entity, said)


def attributes(node: etree._Element) -> Said:
    """Return the attributes that say something, white space made single."""
    return {
        str(key): words for key, value in node.items() if (words := " ".join(str(value).split()))
    }


def raw(node: etree._Element) -> str:
    """Return an element as it was written, white space made single."""
    return " ".join(etree.tostring(node, encoding="unicode", with_tail=False).split())


EU_XML: Final = Format(
    id="eu-xml",
    title="EU financial sanctions files, XML 1.0 and 1.1",
    recognises=_recognises,
    cut=_cut,
    read=_read,
)
