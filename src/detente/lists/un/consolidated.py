"""The consolidated list of the UN Security Council, in the XML that the Secretariat publishes.

One file; individuals and entities. The permanent reference number (``KPi.033``) is the entry's
number: it stays with a party that is delisted and returns. The list names no resolution, so
authorities stay empty here.
"""

from __future__ import annotations

import re
from typing import Final

from detente.entities.model import Party
from detente.lists.moments import utc
from detente.lists.records import Cut, Files, Format, Piece, Record
from detente.lists.un.entry import ACTIONS, Entry, raw
from detente.lists.xml import followed, local, numbered, outline, parse, records_of, text_of

_PATHS: Final = ("INDIVIDUALS/INDIVIDUAL", "ENTITIES/ENTITY")
_REFERENCE: Final = re.compile(rb"<REFERENCE_NUMBER>\s*+([!-%'-;=?-~]{1,40})\s*</REFERENCE_NUMBER>")


def _recognises(files: Files) -> bool:
    return len(files) == 1 and b"<CONSOLIDATED_LIST" in next(iter(files.values()))[:4096]


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    found = outline(name, data, _PATHS)
    stated = found.attributes.get("dateGenerated", "")
    entries = numbered(name, data, found.elements, _REFERENCE.search, "REFERENCE_NUMBER")
    return Cut(
        files=files, format="un-xml", source="un-sc", date=utc(stated),
        pieces=[Piece(name, *ends) for ends in followed(data, found.elements)],
        records=records_of(name, entries),
        context=found.opening,
    )  # fmt: skip


def _read(cut: Cut, record: Record) -> Party:
    node = parse(cut.files, record.parts[0], cut.context)
    prefix = "INDIVIDUAL" if local(node) == "INDIVIDUAL" else "ENTITY"
    entry = Entry()
    for child in node:
        tag = str(child.tag)
        action = ACTIONS.get(tag.removeprefix(prefix + "_") if "_" in tag else tag)
        if action is not None:
            action(entry, child)
        elif text_of(child) or len(child):
            entry.unparsed.append(raw(child))
    return entry.party(record.entry, person=prefix == "INDIVIDUAL")


UN_XML: Final = Format(
    id="un-xml",
    title="UN Security Council consolidated list, XML",
    recognises=_recognises,
    cut=_cut,
    read=_read,
)
