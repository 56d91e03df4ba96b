"""What FollowTheMoney calls the parts of a party, and what it takes as a value of each.

The schemata and properties here are those that are written, with the type of each property, as in
followthemoney 4.11. A test holds them against the real model wherever that is installed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from detente.entities.countries import code_of
from detente.entities.identifiers import is_valid
from detente.entities.model import Kind

KEY: Final = "detente"
"""The key beside ``properties`` that holds the whole party; FollowTheMoney passes it on unread."""

SCHEMA: Final[dict[Kind, str]] = {
    "person": "Person",
    "organisation": "Organization",
    "vessel": "Vessel",
    "aircraft": "Airplane",
}
"""The schema of each kind of party."""

_THING: Final = {
    "name": "name", "alias": "name", "weakAlias": "name", "previousName": "name",
    "country": "country", "address": "address", "addressEntity": "entity", "program": "string",
    "topics": "topic", "notes": "text",
}  # fmt: skip
_LEGAL_ENTITY: Final = {
    **_THING,
    "idNumber": "identifier", "taxNumber": "identifier", "registrationNumber": "identifier",
    "licenseNumber": "identifier", "dunsCode": "identifier", "leiCode": "lei", "swiftBic": "bic",
    "email": "email", "website": "url",
}  # fmt: skip
_INTERVAL: Final = {"startDate": "date", "endDate": "date", "summary": "text"}
_DOCUMENT: Final = {
    **_INTERVAL, "holder": "entity", "number": "identifier", "type": "string",
    "country": "country",
}  # fmt: skip

PROPERTIES: Final[dict[str, dict[str, str]]] = {
    "Person": {
        **_LEGAL_ENTITY,
        "firstName": "string", "lastName": "string", "birthDate": "date", "birthPlace": "string",
        "birthCountry": "country", "nationality": "country", "gender": "gender",
        "title": "string", "position": "string", "passportNumber": "identifier",
    },
    "Organization": {
        **_LEGAL_ENTITY, "imoNumber": "imo-company", "incorporationDate": "date",
        "sector": "string",
    },
    "Vessel": {
        **_THING,
        "imoNumber": "imo", "mmsi": "identifier", "callSign": "identifier",
        "registrationNumber": "identifier", "flag": "country", "pastFlags": "country",
        "type": "string", "model": "string", "buildDate": "date", "tonnage": "number",
        "grossRegisteredTonnage": "number",
    },
    "Airplane": {
        **_THING,
        "registrationNumber": "identifier", "serialNumber": "identifier", "type": "string",
        "model": "string", "buildDate": "date",
    },
    "Sanction": {
        **_INTERVAL,
        "entity": "entity", "program": "string", "authority": "string", "recordId": "string",
        "authorityId": "identifier", "unscId": "unsc", "listingDate": "date",
        "modifiedAt": "date", "reason": "text", "description": "text",
    },
    "Address": {
        "full": "address", "street": "string", "city": "string", "region": "string",
        "postalCode": "string", "country": "country", "remarks": "string",
    },
    "Passport": _DOCUMENT,
    "Identification": _DOCUMENT,
    "CryptoWallet": {"holder": "entity", "publicKey": "identifier", "currency": "string"},
    "UnknownLink": {**_INTERVAL, "subject": "entity", "object": "entity", "role": "string"},
}  # fmt: skip
"""Every property that is written, with the type of its values: the model's, or a kind of number."""

NUMBERS: Final[dict[str, dict[str, str]]] = {
    "Person": {
        "passport": "passportNumber", "national-id": "idNumber", "driving-licence": "idNumber",
        "birth-certificate": "idNumber", "tax": "taxNumber", "email": "email",
        "registration": "registrationNumber", "licence": "licenseNumber", "website": "website",
    },
    "Organization": {
        "national-id": "idNumber", "tax": "taxNumber", "registration": "registrationNumber",
        "licence": "licenseNumber", "lei": "leiCode", "bic": "swiftBic", "duns": "dunsCode",
        "imo-company": "imoNumber", "email": "email", "website": "website",
    },
    "Vessel": {
        "imo": "imoNumber", "mmsi": "mmsi", "call-sign": "callSign",
        "registration": "registrationNumber",
    },
    "Airplane": {
        "tail": "registrationNumber", "msn": "serialNumber",
        "registration": "registrationNumber",
    },
}  # fmt: skip
"""The property of each kind of identifier, by schema."""

DOCUMENTS: Final = frozenset({
    "national-id", "driving-licence", "birth-certificate", "tax", "registration", "licence",
    "other",
})  # fmt: skip
"""Identifiers that are also written as an ``Identification``, with country and dates."""

DETAILS: Final[dict[str, str]] = {
    "flag": "flag", "former flag": "pastFlags", "type": "type", "model": "model",
    "built": "buildDate", "tonnage": "tonnage", "gross tonnage": "grossRegisteredTonnage",
    "established": "incorporationDate", "activity": "sector",
}  # fmt: skip
"""The property of each detail; all others are told in notes."""

DATASETS: Final[dict[str, str]] = {
    "us_ofac_sdn": "ofac-sdn",
    "us_ofac_cons": "ofac-nonsdn",
    "un_sc_sanctions": "un-sc",
    "eu_fsf": "eu-fsf",
    "gb_fcdo_sanctions": "uk-sanctions",
    "gb_hmt_sanctions": "uk-sanctions",
}
"""The lists that OpenSanctions republishes, by its names for them."""

AUTHORITIES: Final[dict[str, str]] = {
    "ofac-sdn": "Office of Foreign Assets Control",
    "ofac-nonsdn": "Office of Foreign Assets Control",
    "un-sc": "United Nations Security Council",
    "eu-fsf": "Council of the European Union",
    "uk-sanctions": "Foreign, Commonwealth and Development Office",
}
"""Who keeps each list."""

LONGEST: Final = 60_000
"""Characters of a text that FollowTheMoney surely takes; a longer one is cut into several."""

_SIZES: Final = {
    "name": 384, "identifier": 64, "unsc": 16, "address": 250, "string": 1024, "text": LONGEST,
}  # fmt: skip
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_LABEL: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_HOST: Final = rf"(?=.{{1,150}}(?:[/:]|$))(?:{_LABEL}\.)+[a-z]{{2,20}}"
_EMAIL: Final = re.compile(rf"([A-Za-z0-9._%+-]{{1,64}})@({_HOST})", re.I | re.A)
_WEB: Final = re.compile(rf"(https?://)?({_HOST})(/[A-Za-z0-9/_.~-]{{0,200}})?", re.I | re.A)
_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,15}", re.A)
_DATE: Final = re.compile(r"[12]\d{3}(?:-\d\d(?:-\d\d)?)?", re.A)
_QUOTES: Final = "\"'"
_BREAKS: Final = re.compile(r";|<BR/?>|ESQ\.?,")
_COMMAS: Final = re.compile(r",\s?[,.]")
_CODES: Final = {"imo": "IMO", "imo-company": "IMO", "lei": "", "bic": ""}


def tidy(text: str) -> str:
    """Return a text as FollowTheMoney would clean it: composed, unseen letters gone, one line."""
    if not text.isprintable():  # which few texts are not, and no printable letter is unseen
        seen = (" " if c.isspace() else c for c in text)
        text = "".join(c for c in seen if unicodedata.category(c) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFC", text).split())


def accepted(type_: str, text: str) -> str | None:
    """Return a text as a value of a type of property, or None where it can be none.

    Args:
        type_: as in ``PROPERTIES``.
        text: what is to be written.
    """
    value = tidy(text)
    if type_ == "country":
        return code_of(value)
    if type_ in _CODES:
        return f"{_CODES[type_]}{value}" if is_valid(type_, value) else None
    if type_ == "email":
        found = _EMAIL.fullmatch(value)
        return f"{found[1]}@{found[2].lower()}" if found else None
    if type_ == "url":
        found = _WEB.fullmatch(value)
        return f"{found[1] or 'http://'}{found[2].lower()}{found[3] or '/'}" if found else None
    if type_ == "number":
        return value.replace(",", "") if _NUMBER.fullmatch(value) else None
    if type_ == "date":
        return value if _DATE.fullmatch(value) else None
    if type_ == "gender":
        return value if value in ("male", "female") else None
    return _sized(type_, value)


def _sized(type_: str, value: str) -> str | None:
    """A value of a type that takes any words, but not too many."""
    if type_ == "address":
        value = _one_line(value)
    if type_ == "name":
        while len(value) > 1 and value[0] in _QUOTES and value[-1] in _QUOTES:
            value = value[1:-1].strip()
        value = value if any(map(str.isalnum, value)) else ""
    return value if 0 < len(value) <= _SIZES.get(type_, 200) else None


def _one_line(address: str) -> str:
    """An address with what parts its lines as commas, and no comma behind another."""
    found, before = _BREAKS.sub(", ", address), ""
    while found != before:
        before, found = found, " ".join(_COMMAS.sub(", ", found).split())
    return found
