"""OFAC's lists in the enhanced XML schema, in which every value is written out in its entry.

The entry's number is the entity's ``id``: it is the ``ent_num`` of the CSV files, which
``identityId`` is not. A file may hold entries of several lists; an edition has one source. It is
``ofac-sdn`` if an entity stands on the SDN List and the file's filters, where it names any, ask
for that list; otherwise ``ofac-nonsdn``. Entries of other lists are kept in either, and their
listings name the list. An entry on several lists does not say which of them its programmes belong
to: programmes and authorities then have a listing of their own.
"""

from __future__ import annotations

import re
from typing import Final

from detente.lists.moments import utc
from detente.lists.ofac.entity import read_entity
from detente.lists.ofac.words import SDN_LIST
from detente.lists.records import Cut, Files, Format, Piece
from detente.lists.xml import followed, number_in, numbered, outline, parse, records_of, text_of

_ENTITY: Final = "entities/entity"
_HEAD: Final = "publicationInfo"
_ID: Final = number_in("id")
_ON_SDN: Final = re.compile(rb"<sanctionsList\b[^<>]*>\s*" + SDN_LIST.encode() + rb"\s*<")


def _recognises(files: Files) -> bool:
    return len(files) == 1 and b"<sanctionsData" in next(iter(files.values()))[:4096]


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    found = outline(name, data, (_ENTITY, _HEAD))
    own = (item for item in found.elements if item.path == _ENTITY)
    entries = numbered(name, data, own, _ID, "id")
    heads = (Piece(name, e.start, e.end) for e in found.elements if e.path == _HEAD)
    stated, asked = _head(files, found.opening, next(heads, None))
    on_sdn = (SDN_LIST in asked or not asked) and any(
        _ON_SDN.search(data, item.start, item.end) for item in entries.values()
    )
    return Cut(
        files=files, format="ofac-enhanced", source="ofac-sdn" if on_sdn else "ofac-nonsdn",
        date=utc(stated),
        pieces=[Piece(name, *ends) for ends in followed(data, found.elements)],
        records=records_of(name, entries),
        context=found.opening,
    )  # fmt: skip


def _head(files: Files, opening: bytes, head: Piece | None) -> tuple[str, list[str]]:
    """When the file says that it was made, and the lists that it was asked for."""
    if head is None:
        return "", []
    node = parse(files, head, opening)
    asked = node.iterfind("filters/sanctionsLists/sanctionsList")
    return text_of(node.find("dataAsOf")), [text_of(each) for each in asked]


OFAC_ENHANCED: Final = Format(
    id="ofac-enhanced",
    title="OFAC list, enhanced XML",
    recognises=_recognises,
    cut=_cut,
    read=read_entity,
)
