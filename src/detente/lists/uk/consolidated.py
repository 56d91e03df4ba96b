"""The consolidated list of the Treasury's OFSI, CSV, as published until January 2026.

The layout of 2018 is known from an edition; that of 2022 from its header and from texts that
public code quotes. A Group ID is an entry; its rows, one for each name, date of birth and address
and often for each combination of them, may lie anywhere in the file. The layout of 2022 writes
what has no column into one text with labels: ``(UK Sanctions List Ref):DPR0001 (IMO number):..``.
"""

from __future__ import annotations

import re
from typing import Final

from detente.entities.model import Party
from detente.entities.spans import parse_span
from detente.lists.errors import ListError
from detente.lists.records import Cut, Files, Format, Record
from detente.lists.rows import Table, by_entry, columns_of, encoding_of, rows, said
from detente.lists.uk.sanctions_table import flat
from detente.lists.uk.target import Target, items
from detente.lists.xml import AGAIN

_NEEDED: Final = ("Group ID", "Name 6", "Group Type", "Alias Type", "Regime", "Other Information")
_FIELDS: Final = {
    "Group Type": "kind", "Title": "title", "Nationality": "nationality", "Position": "position",
    "Regime": "regime", "Listed On": "listed", "Last Updated": "amended",
    "UK Statement of Reasons": "reason", "Grp Status": "status", "Gender": "gender",
}  # fmt: skip
_GROUPS: Final = {
    "Name": (*(f"Name {n}" for n in range(1, 7)), "Alias Type", "Alias Quality"),
    "NonLatinName": (
        "Name Non-Latin Script", "Non-Latin Script Type", "Non-Latin Script Language",
    ),
    "Address": (*(f"Address {n}" for n in range(1, 7)), "Post/Zip Code", "Country"),
    "Location": ("Town of Birth", "Country of Birth"),
}  # fmt: skip
_NUMBERS: Final = (
    ("Passport Number", "Passport Details", "passport"),
    ("National Identification Number", "National Identification Details", "national-id"),
    ("", "NI Number", "national-id"),
)
_DESIGNATED: Final = "UK Sanctions List Date Designated"
_KNOWN: Final = (
    frozenset(key for keys in _GROUPS.values() for key in keys)
    | frozenset(key for keys in _NUMBERS for key in keys)
    | {"Group ID", "DOB", "Other Information", _DESIGNATED}
    | _FIELDS.keys()
)
_LABELS: Final = {
    "UK Sanctions List Ref": "reference", "UN Ref": "un", "UK Statement of Reasons": "reason",
    "Phone number": "phone", "Email address": "email", "Website": "website",
    "Type of entity": "entity type", "Subsidiaries": "subsidiary",
    "Parent company": "parent company", "Business Reg No": "registration", "Gender": "gender",
    "IMO number": "imo", "Current owners": "owner", "Previous owners": "former owner",
    "Current believed flag": "flag", "Flag of ship": "flag", "Previous flags": "former flag",
    "Type of ship": "type", "Tonnage": "tonnage", "Tonnage of ship": "tonnage",
    "Length": "length", "Length of ship": "length", "Year Built": "built",
    "Hull identification number": "hull",
}  # fmt: skip
_BY_LABEL: Final = {label.lower(): field for label, field in _LABELS.items()}
_FORMS: Final = {
    "reference": re.compile(r"[A-Z]{3}\d{4}(?:(?:,|;| /| and)? ?[A-Z]{3}\d{4})*"),
    "un": re.compile(r"[A-Z][A-Za-z]{0,2}(?:\.[A-Z]{1,3}(?![a-z])|\.\d{1,4})+"),
    "imo": re.compile(r"(?:IMO ?)?\d{7}(?!\d)"),
    "gender": re.compile(r"(?:Male|Female)\b", re.I),
}
"""Fields whose text ends before the text that has no label goes on."""
_LABEL: Final = re.compile(r"\(([A-Z][A-Za-z/ ]{2,40})\):")
_WRITTEN: Final = re.compile(
    r"(?i:[A-Za-z' ]*?\b(?:no|number|num)\b[.: ]*|passport[: ]+)?"
    r"([A-Z]{0,5}[ -]?/?[0-9][0-9A-Z/-]*)(?![0-9A-Za-z]).*"
)
_SHIP: Final = re.compile(r"(?:^|[.;] )(IMO|MMSI)(?: number)?:? ?(\d{7,9})\b")


def _recognises(files: Files) -> bool:
    head = next(iter(files.values()), b"")[:400].removeprefix(b"\xef\xbb\xbf")
    start = head.replace(b'"', b"")
    return len(files) == 1 and start.startswith(b"Last Updated,") and b"Name 6,Name 1," in start


def _cut(files: Files) -> Cut:
    ((name, data),) = files.items()
    encoding = encoding_of(name, data, "windows-1252")
    found = rows(name, data, ",", encoding)
    if len(found) < 2 or not found[0].values:
        raise ListError(name, 1, "there is no header below the day of the list", AGAIN)
    columns = columns_of(name, found[1].values, 2, _NEEDED)
    parts = by_entry(name, data, found[2:], columns, "Group ID")
    day = parse_span(found[0].values[1].strip()) if len(found[0].values) > 1 else None
    return Cut(
        files=files, format="uk-consolidated", source="uk-sanctions",
        date=day.first.isoformat() if day and day.first == day.last else None,
        pieces=parts.pieces, records=parts.records, rejected=parts.rejected,
        context=Table(",", encoding, tuple(columns)),
    )  # fmt: skip


def _read(cut: Cut, record: Record) -> Party:
    target = Target()
    found = said(cut, record)
    for row in found:
        flat(target, row, _FIELDS, _GROUPS)
        target.born(row.get("DOB", ""))
        if (day := row.get(_DESIGNATED)) and day != row.get("Listed On"):
            target.text("remark", f"{_DESIGNATED}: {day}")
        for column, value in row.items():
            if column not in _KNOWN:
                target.text("unparsed", f"{column}: {value}")
    for number, details, kind in _NUMBERS:
        for value, words in dict.fromkeys((r.get(number, ""), r.get(details, "")) for r in found):
            _numbers(target, kind, value, words)
    for text in dict.fromkeys(row.get("Other Information", "") for row in found):
        _information(target, text)
    return target.party(record.entry)


def _numbers(target: Target, kind: str, value: str, words: str) -> None:
    values, details = items(value), items(words)
    for text in () if values else details:
        # In 2018 one text says the number and all the rest.
        _written(target, text, kind)
    for at, number in enumerate(values):
        target.number(kind, number, details[at] if len(details) == len(values) else words)


def _written(target: Target, text: str, kind: str) -> None:
    """Read a number out of a text that says more, which is kept beside it."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        target.text("unparsed", f"{kind}: {text}")
    else:
        target.number(kind, found[1].strip(), text if found[1] != text else "")


def _information(target: Target, text: str) -> None:
    """Read the text of what has no column: labelled since 2022, running before."""
    free, *labelled = _LABEL.split(text)
    if words := free.strip():
        target.text("remark", words)
        for kind, value in _SHIP.findall(words):
            target.number(kind.lower(), value)
    for label, value in zip(labelled[::2], labelled[1::2], strict=True):
        for item in items(value.strip()):
            _labelled(target, label, item)


def _labelled(target: Target, label: str, text: str) -> None:
    field = _BY_LABEL.get(label.lower())
    if field in _FORMS:
        found = _FORMS[field].match(text)
        if found is None:
            field = None
        else:
            target.text("remark", text[found.end() :].lstrip(" .,;"))
            text = found[0]
    target.text(field or "remark", text if field else f"{label}: {text}")


UK_CONSOLIDATED: Final = Format(
    id="uk-consolidated",
    title="UK consolidated list of financial sanctions targets (OFSI), CSV",
    recognises=_recognises,
    cut=_cut,
    read=_read,
)
