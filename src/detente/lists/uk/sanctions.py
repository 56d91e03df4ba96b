"""The UK Sanctions List of the Foreign, Commonwealth and Development Office, XML.

Since January 2026 the only list of the United Kingdom. Known from excerpts of editions of 2026 and
from the elements that public readers name. The Unique ID (``AFG0001``) is the entry's number; the
OFSI Group ID, by which the consolidated list of the Treasury knew the same party, is the listing's
reference.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from detente.entities.model import Party
from detente.entities.spans import parse_span
from detente.lists.errors import ListError
from detente.lists.records import Cut, Files, Format, Piece, Record
from detente.lists.uk.target import Target, group
from detente.lists.xml import AGAIN, followed, numbered, outline, parse, records_of, text_of

_LEAVES: Final = {
    "LastUpdated": "amended", "DateDesignated": "listed", "OFSIGroupID": "reference",
    "UNReferenceNumber": "un", "RegimeName": "regime", "DesignationSource": "source",
    "IndividualEntityShip": "kind", "SanctionsImposed": "sanctions",
    "OtherInformation": "remark", "UKStatementofReasons": "reason", "Title": "title",
    "Nationality": "nationality", "Position": "position", "Gender": "gender",
    "PhoneNumber": "phone", "EmailAddress": "email", "Website": "website",
    "TypeOfEntity": "entity type", "ParentCompany": "parent company", "Subsidiary": "subsidiary",
    "BusinessRegistrationNumber": "registration", "IMONumber": "imo",
    "CurrentOwnerOperator": "owner", "PreviousOwnerOperator": "former owner",
    "CurrentBelievedFlagOfShip": "flag", "PreviousFlag": "former flag", "TypeOfShip": "type",
    "TonnageOfShip": "tonnage", "LengthOfShip": "length", "YearBuilt": "built",
    "HullIdentificationNumber": "hull", "UniqueID": "entry",
}  # fmt: skip
_GROUPS: Final = {
    "Name": (*(f"Name{n}" for n in range(1, 7)), "NameType", "AliasStrength"),
    "NonLatinName": ("NameNonLatinScript", "NonLatinScriptType", "NonLatinScriptLanguage"),
    "Address": (*(f"AddressLine{n}" for n in range(1, 7)), "AddressPostalCode", "AddressCountry"),
    "Location": ("TownOfBirth", "CountryOfBirth"),
    "Passport": ("PassportNumber", "PassportAdditionalInformation"),
    "NationalIdentifier": ("NationalIdentifierNumber", "NationalIdentifierAdditionalInformation"),
}
"""Elements whose children belong together, and the children."""
_ID: Final = re.compile(rb"<UniqueID>\s*([\w./-]{1,40})\s*</UniqueID>")


def _recognises(files: Files) -> bool:
    return len(files) == 1 and b"<Designations" in next(iter(files.values()))[:4096]


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    found = outline(name, data, ("Designation", "DateGenerated"))
    if found.root != "Designations":
        raise ListError(name, 1, f"the root is {found.root} and not Designations", AGAIN)
    own = (item for item in found.elements if item.path == "Designation")
    entries = numbered(name, data, own, _ID.search, "UniqueID")
    stated = (Piece(name, e.start, e.end) for e in found.elements if e.path == "DateGenerated")
    day = next((parse_span(text_of(parse(files, each, found.opening))) for each in stated), None)
    return Cut(
        files=files, format="uk-sanctions-xml", source="uk-sanctions",
        date=day.first.isoformat() if day and day.first == day.last else None,
        pieces=[Piece(name, *ends) for ends in followed(data, found.elements)],
        records=records_of(name, entries),
        context=found.opening,
    )  # fmt: skip


def _read(cut: Cut, record: Record) -> Party:
    node = parse(cut.files, record.parts[0], cut.context)
    target = Target()
    target.text("kind", text_of(node.find("IndividualEntityShip")))
    _walk(target, node)
    if not target.all("sanctions"):
        for text in target.all("indicator"):
            target.text("sanctions", text)
    return target.party(record.entry)


def _walk(target: Target, node: etree._Element) -> None:
    for child in node:
        tag, text = str(child.tag), text_of(child)
        if tag in _GROUPS:
            _group(target, child, tag)
        elif node.tag == "SanctionsImposedIndicators":
            if text.lower() == "true":
                target.text("indicator", tag)
        elif len(child):
            _walk(target, child)
        elif tag == "DOB":
            target.born(text)
        elif tag in _LEAVES:
            target.text(_LEAVES[tag], text)
        elif text:
            target.text("unparsed", f"{tag}: {text}")


def _group(target: Target, node: etree._Element, tag: str) -> None:
    said: dict[str, str] = {}
    for child in node:
        key, text = str(child.tag), text_of(child)
        if key in said or key not in _GROUPS[tag]:
            target.text("unparsed", f"{tag}/{key}: {text}" if text else "")
        else:
            said[key] = text
    group(target, tag, [said.get(key, "") for key in _GROUPS[tag]])


UK_SANCTIONS_XML: Final = Format(
    id="uk-sanctions-xml",
    title="UK Sanctions List, XML",
    recognises=_recognises,
    cut=_cut,
    read=_read,
)
