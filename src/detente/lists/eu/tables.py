"""The financial sanctions files of the European Union as CSV, in both layouts.

The older one (``Date_file;Entity_logical_id;..``) is known from an extract of 2018, the full CSV
1.1 (``fileGenerationDate;Entity_LogicalId;..``) from its header as public code quotes it. A row
says one part of an entry, and what the entry says of itself again.

An extract of the older layout was saved by a spreadsheet: each line in quotation marks with tabs
at its end, in windows-1252. Those are taken off. The newer layout is UTF-8 alone.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Final

from detente.entities.model import Party
from detente.entities.spans import parse_span
from detente.lists.errors import ListError
from detente.lists.eu.entity import Entity, Said
from detente.lists.eu.whole import ADDRESSES, BIRTHS, CITIZENS, DOCUMENTS, NAMES, document
from detente.lists.records import Cut, Files, Format, Record
from detente.lists.rows import Row, Table, by_entry, columns_of, encoding_of, rows, said
from detente.lists.xml import AGAIN, line_of

_HEADS: Final = ("fileGenerationDate;Entity_LogicalId;", "Date_file")
_OLD_PARTS: Final = {
    "Naal": ("NameAlias", NAMES),
    "Addr": ("Address", ADDRESSES),
    "Birt": ("BirthDate", BIRTHS),
    "Iden": ("Identification", DOCUMENTS),
    "Citi": ("Citizenship", CITIZENS),
}
_ACTS: Final = {"leba_numtitle": "Regulation_numberTitle", "programme": "Regulation_programme"}
_PLACES: Final = {
    f"{prefix}_{key}": (part, name)
    for prefix, (part, keys) in _OLD_PARTS.items()
    for key, name in (keys | _ACTS).items()
} | {
    "Subject_type": ("Entity", "code"),
    "Leba_numtitle": ("Entity", "Regulation_numberTitle"),
    "Programme": ("Entity", "Regulation_programme"),
    "Entity_remark": ("Entity", "remark"),
    "EU_ref_num": ("Entity", "euReferenceNumber"),
    "Entity_EU_ReferenceNumber": ("Entity", "euReferenceNumber"),
    "Entity_SubjectType": ("Entity", "code"),
    "Entity_SubjectType_ClassificationCode": ("Entity", "classificationCode"),
    "BirthDate_BirthDate": ("BirthDate", "birthdate"),
    "BirthDate_Day": ("BirthDate", "dayOfMonth"),
    "BirthDate_Month": ("BirthDate", "monthOfYear"),
    "Identification_TypeCode": ("Identification", "identificationTypeCode"),
    "Identification_TypeDescription": ("Identification", "identificationTypeDescription"),
}
"""The part and the attribute of today's XML that a column says; the newer layout's other columns
say the attributes of their own names."""
_SILENT: Final = frozenset(
    f"{prefix}_{key}"
    for prefix in _OLD_PARTS
    for key in ("logical_id", "leba_publication_date", "leba_url")
) | {"Date_file", "Date_filexxxx", "Leba_publication_date", "Leba_url", "fileGenerationDate"}
"""Columns that say nothing of the entry: numbers of rows, and facts of legal acts."""
_READERS: Final = {
    "Entity": Entity.head,
    "NameAlias": Entity.name,
    "Address": Entity.address,
    "BirthDate": Entity.birth,
    "Identification": document,
    "Citizenship": Entity.citizenship,
}


def _recognises(files: Files) -> bool:
    head = next(iter(files.values()), b"")[:200].removeprefix(b"\xef\xbb\xbf").lstrip(b'"')
    return len(files) == 1 and head.decode("ascii", "replace").startswith(_HEADS)


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    new = data.removeprefix(b"\xef\xbb\xbf").startswith(b"fileGenerationDate")
    encoding = encoding_of(name, data, "utf-8" if new else "windows-1252")
    found = [_inner(name, data, row) for row in rows(name, data, ";", encoding)]
    header = found[0].values if found else []
    columns = columns_of(name, header, 1, ("NameAlias_WholeName" if new else "Naal_wholename",))
    key = next(iter(columns[1:2]), "")
    if key not in ("Entity_LogicalId", "Entity_logical_id"):
        raise ListError(name, 1, "the second column is not the entity's logical id", AGAIN)
    body = found[1:]
    parts = by_entry(name, data, body, columns, key)
    stated = parse_span(body[0].values[0]) if body and body[0].values else None
    return Cut(
        files=files, format="eu-csv", source="eu-fsf",
        date=stated.first.isoformat() if stated and stated.first == stated.last else None,
        pieces=parts.pieces, records=parts.records, rejected=parts.rejected,
        context=Table(";", encoding, tuple(columns)),
    )  # fmt: skip


def _inner(name: str, data: bytes, row: Row) -> Row:
    try:
        return row._replace(values=_unwrapped(row.values))
    except csv.Error as error:
        what = f"a line in quotation marks is not whole CSV ({error})"
        raise ListError(name, line_of(data, row.start), what, AGAIN) from None


def _unwrapped(values: list[str]) -> list[str]:
    """The fields of a line that stands whole in quotation marks, tabs at its end taken off."""
    if len(values) != 1 or ";" not in values[0]:
        return values
    return next(csv.reader([values[0].rstrip("\t")], delimiter=";", strict=True))


def _read(cut: Cut, record: Record) -> Party:
    entity = Entity()
    before: Said = {}
    for row in said(cut, record, _unwrapped):
        parts: dict[str, Said] = {"Entity": {}}
        for column, value in row.items():
            part, key = _place(column)
            if part:
                parts.setdefault(part, {})[key] = _one_line(value)
            elif key:
                entity.text("unparsed", f"{column}: {value}")
        head = parts.pop("Entity")
        if head != before:
            before = dict(head)
            parts = {"Entity": head} | parts
        for part, words in parts.items():
            acts = [key for key in words if key.startswith("Regulation_")]
            entity.act({key.removeprefix("Regulation_"): words.pop(key) for key in acts})
            _READERS[part](entity, words)
    return entity.party(record.entry)


def _one_line(value: str) -> str:
    """The older files write a line break as a backslash and a letter."""
    return " ".join(value.replace("\\n", " ").split()) if "\\n" in value else value


@lru_cache(maxsize=512)
def _place(column: str) -> tuple[str, str]:
    """The part and attribute that a column says; no part where it is not known."""
    if column in _PLACES:
        return _PLACES[column]
    if column in _SILENT or column.lower().startswith(("entity_logicalid", "entity_logical_id")):
        return "", ""
    part, _, key = column.partition("_")
    if part not in _READERS:
        return "", column
    act, key = ("Regulation_", key[11:]) if key.startswith("Regulation_") else ("", key)
    if act and key == "Type":
        return part, "Regulation_regulationType"
    return part, act + key[:1].lower() + key[1:]


EU_CSV: Final = Format(
    id="eu-csv",
    title="EU financial sanctions files, CSV",
    recognises=_recognises,
    cut=_cut,
    read=_read,
)
