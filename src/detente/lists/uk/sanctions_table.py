"""The UK Sanctions List of the Foreign, Commonwealth and Development Office, CSV.

Known from the header and rows of 2026 that public tests quote: 58 columns below a line with the
day of the report. A party has a row for each of its names, each repeating all the rest, or giving
another address or document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from detente.entities.model import Party
from detente.entities.spans import parse_span
from detente.lists.errors import ListError
from detente.lists.records import Cut, Files, Format, Record
from detente.lists.rows import Table, by_entry, columns_of, encoding_of, rows, said
from detente.lists.uk.target import Target, group
from detente.lists.xml import AGAIN, line_of

_ENTRY: Final = "Unique ID"
_FIELDS: Final = {
    "Last Updated": "amended", "Date Designated": "listed", "OFSI Group ID": "reference",
    "UN Reference Number": "un", "Regime Name": "regime", "Designation source": "source",
    "Designation Type": "kind", "Sanctions Imposed": "sanctions", "Other Information": "remark",
    "UK Statement of Reasons": "reason", "Title": "title", "Nationality(/ies)": "nationality",
    "Position": "position", "Gender": "gender", "Phone number": "phone", "Website": "website",
    "Email address": "email", "Type of entity": "entity type", "Subsidiaries": "subsidiary",
    "Parent company": "parent company", "Business registration number (s)": "registration",
    "IMO number": "imo", "Current owner/operator (s)": "owner",
    "Previous owner/operator (s)": "former owner", "Current believed flag of ship": "flag",
    "Previous flags": "former flag", "Type of ship": "type", "Tonnage of ship": "tonnage",
    "Length of ship": "length", "Year Built": "built",
    "Hull identification number (HIN)": "hull",
}  # fmt: skip
_GROUPS: Final = {
    "Name": (*(f"Name {n}" for n in range(1, 7)), "Name type", "Alias strength"),
    "NonLatinName": (
        "Name non-latin script", "Non-latin script type", "Non-latin script language",
    ),
    "Address": (
        *(f"Address Line {n}" for n in range(1, 7)), "Address Postal Code", "Address Country",
    ),
    "Location": ("Town of birth", "Country of birth"),
    "Passport": ("Passport number", "Passport additional information"),
    "NationalIdentifier": (
        "National Identifier number", "National Identifier additional information",
    ),
}  # fmt: skip
_KNOWN: Final = frozenset(key for keys in _GROUPS.values() for key in keys) | {_ENTRY, "D.O.B"}
_DAY: Final = re.compile(r"Report Date: *(.+)", re.I)


def _recognises(files: Files) -> bool:
    head = next(iter(files.values()), b"")[:4096]
    return len(files) == 1 and b"<" not in head[:200] and b"Unique ID,OFSI Group ID," in head


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    encoding = encoding_of(name, data)
    found = rows(name, data, ",", encoding)
    at = next((at for at, row in enumerate(found[:4]) if _ENTRY in row.values), None)
    if at is None:
        raise ListError(name, 1, f"no row of the first four has the column {_ENTRY}", AGAIN)
    line = line_of(data, found[at].start)
    columns = columns_of(name, found[at].values, line, (_ENTRY, "Name 6", "Name type"))
    parts = by_entry(name, data, found[at + 1 :], columns, _ENTRY)
    stated = next((match for row in found[:at] for text in row.values
                   if (match := _DAY.fullmatch(text.strip()))), None)  # fmt: skip
    day = parse_span(stated[1]) if stated else None
    return Cut(
        files=files, format="uk-sanctions-csv", source="uk-sanctions",
        date=day.first.isoformat() if day and day.first == day.last else None,
        pieces=parts.pieces, records=parts.records, rejected=parts.rejected,
        context=Table(",", encoding, tuple(columns)),
    )  # fmt: skip


def _read(cut: Cut, record: Record) -> Party:
    target = Target()
    for row in said(cut, record):
        flat(target, row, _FIELDS, _GROUPS)
        target.born(row.get("D.O.B", ""))
        for column, value in row.items():
            if column not in _FIELDS and column not in _KNOWN:
                target.text("unparsed", f"{column}: {value}")
    return target.party(record.entry)


def flat(
    target: Target,
    row: Mapping[str, str],
    fields: Mapping[str, str],
    groups: Mapping[str, tuple[str, ...]],
) -> None:
    """Read a row.

    Args:
        target: the party.
        row: what each column says.
        fields: the field of the party that a column fills.
        groups: columns that belong together, by the element that holds them in the XML.
    """
    for column, field in fields.items():
        if column in row:
            target.text(field, row[column])
    for tag, columns in groups.items():
        values = [row.get(column, "") for column in columns]
        if any(values):
            group(target, tag, values)


UK_SANCTIONS_CSV: Final = Format(
    id="uk-sanctions-csv",
    title="UK Sanctions List, CSV",
    recognises=_recognises,
    cut=_cut,
    read=_read,
)
