"""The words that OFAC uses in every one of its formats, and what they are in our model.

In the CSV files they open a segment of the remarks (``Passport A1234567 (Ruritania)``), in
the XML files they are the type of an id or feature. One table serves all, so that an entry reads
the same whichever file it came in.
"""

from __future__ import annotations

import re
from typing import Final

from detente.entities.identifiers import is_valid
from detente.entities.model import Identifier, Kind, NameKind
from detente.entities.spans import Span

KINDS: Final[dict[str, Kind]] = {
    "individual": "person",
    "entity": "organisation",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
"""Types of entries; the CSV leaves the type of an entity empty."""

ALIASES: Final[dict[str, NameKind]] = {
    "aka": "alias",
    "a.k.a.": "alias",
    "fka": "former",
    "f.k.a.": "former",
    "nka": "alias",
    "n.k.a.": "alias",
}
"""Types of other names."""

IDENTIFIERS: Final[dict[str, str]] = {
    "passport": "passport",
    "stateless person passport": "passport",
    "diplomatic passport": "passport",
    "national id no.": "national-id",
    "national foreign id number": "national-id",
    "cedula no.": "national-id",
    "cedula de ciudadania": "national-id",
    "cedula de residencia": "national-id",
    "cedula de extranjeria": "national-id",
    "c.u.r.p.": "national-id",
    "c.u.i.": "national-id",
    "d.n.i.": "national-id",
    "identification number": "national-id",
    "personal id card": "national-id",
    "bosnian personal id no.": "national-id",
    "turkish identification number": "national-id",
    "kenyan id no.": "national-id",
    "british national overseas passport": "passport",
    "ssn": "national-id",
    "i.f.e.": "national-id",
    "electoral registry no.": "national-id",
    "driver's license no.": "driving-licence",
    "birth certificate number": "birth-certificate",
    "tax id no.": "tax",
    "nit #": "tax",
    "ruc #": "tax",
    "rif #": "tax",
    "r.f.c.": "tax",
    "rfc": "tax",
    "c.u.i.t.": "tax",
    "us fein": "tax",
    "v.a.t. number": "tax",
    "italian fiscal code": "tax",
    "n.i.e.": "national-id",
    "c.i.f.": "tax",
    "fiscal code": "tax",
    "registration number": "registration",
    "registration id": "registration",
    "business registration number": "registration",
    "business registration document #": "registration",
    "commercial registry number": "registration",
    "company number": "registration",
    "uk company number": "registration",
    "matricula mercantil no": "registration",
    "folio mercantil no.": "registration",
    "business number": "registration",
    "c.r. no.": "registration",
    "chamber of commerce number": "registration",
    "central registration system number": "registration",
    "economic register number (cbls)": "registration",
    "enterprise number": "registration",
    "legal entity number": "registration",
    "government gazette number": "registration",
    "public registration number": "registration",
    "istanbul chamber of comm. no.": "registration",
    "unified social credit code (uscc)": "registration",
    "chinese commercial code": "other",
    "certificate of incorporation number": "registration",
    "registration certificate number (dubai)": "registration",
    "romanian c.r.": "registration",
    "united social credit code certificate (usccc)": "registration",
    "msb registration number": "registration",
    "organization code": "registration",
    "branch unit number": "registration",
    "registered charity no.": "registration",
    "dubai chamber of commerce membership no.": "registration",
    "rsin": "registration",
    "russian state individual business registration number pattern (ogrnip)": "registration",
    "le number": "national-id",
    "credencial electoral": "national-id",
    "c.i.n.": "national-id",
    "moroccan personal id no.": "national-id",
    "cnp (personal numerical code)": "national-id",
    "c.u.i.p.": "national-id",
    "numero de identidad": "national-id",
    "tazkira national id card": "national-id",
    "citizen's card number": "national-id",
    "uae identification": "national-id",
    "stateless person id card": "national-id",
    "refugee id card": "national-id",
    "paraguayan tax identification number": "tax",
    "numero unico de identificacao tributaria (nuit)": "tax",
    "romanian tax registration": "tax",
    "n.i.f.": "tax",
    "rtn": "tax",
    "tourism license no.": "licence",
    "pilot license number": "licence",
    "afghan money service provider license number": "licence",
    "permit number": "licence",
    "sre permit no.": "licence",
    "serial no.": "other",
    "public security and immigration no.": "other",
    "immigration no.": "other",
    "travel document number": "other",
    "aircraft serial identification": "msn",
    "cartilla de servicio militar nacional": "other",
    "military registration number": "other",
    "visanumberid": "other",
    "residency number": "other",
    "romanian permanent resident": "other",
    "file number": "other",
    "seafarer's identification document": "other",
    "trademark number": "other",
    "equity ticker": "other",
    "micex code": "other",
    "un/locode": "other",
    "trade license no.": "licence",
    "license": "licence",
    "d-u-n-s number": "duns",
    "vessel registration identification": "imo",
    "mmsi": "mmsi",
    "vessel call sign": "call-sign",
    "other vessel call sign": "call-sign",
    "aircraft tail number": "tail",
    "previous aircraft tail number": "tail",
    "aircraft manufacturer's serial number (msn)": "msn",
    "aircraft construction number (also called l/n or s/n or f/n)": "other",
    "aircraft mode s transponder code": "mode-s",
    "icao code": "icao",
    "swift/bic": "bic",
    "bik (ru)": "other",
    "isin": "isin",
    "digital currency address": "wallet",
    "email address": "email",
    "email": "email",
    "website": "website",
    "phone number": "phone",
    "phone": "phone",
    "telephone": "phone",
    "telephone:": "phone",
    "fax": "fax",
    "fax:": "fax",
    "telex": "telex",
    "telex:": "telex",
}
"""Types of ids and of features that are numbers, in lower case."""

DETAILS: Final[dict[str, str]] = {
    "vessel type": "type",
    "vessel flag": "flag",
    "vessel owner": "owner",
    "vessel gross tonnage": "gross tonnage",
    "vessel gross registered tonnage": "gross tonnage",
    "vessel tonnage": "tonnage",
    "vessel year of build": "built",
    "former vessel flag": "former flag",
    "other vessel type": "other type",
    "other vessel flag": "other flag",
    "aircraft model": "model",
    "aircraft operator": "operator",
    "aircraft manufacture date": "built",
    "organization established date": "established",
    "organization type:": "activity",
    "target type": "target type",
    "issuer name": "issuer",
    "nationality of registration": "nationality of registration",
    "registration country": "registration country",
}
"""Features that are facts of a ship, an aircraft or a company, in lower case."""

SECONDARY: Final = ("secondary sanctions risk", "additional sanctions information")
"""How the types of features begin that warn of secondary sanctions, in lower case."""

NOTES: Final = (
    "executive order ",
    "effective date ",
    "listing date ",
    "purchase/sales ",
    "caatsa ",
    "ifca ",
    "peesa ",
    "transactions prohibited ",
)
"""How the types of features begin that say in words what is forbidden and from when."""

SDN_LIST: Final = "SDN List"
"""The name of the list of Specially Designated Nationals, where a file names its lists."""


def plain(words: str) -> str:
    """Return a type as the tables here write it: lower case, straight apostrophes."""
    return words.strip().lower().replace("\u2019", "'")


def is_identifier(words: str) -> bool:
    """Return whether a type is one of numbers or addresses that point at a party."""
    said = plain(words)
    return said in IDENTIFIERS or said.startswith(_WALLET)


_WALLET: Final = "digital currency address"

_IMO: Final = re.compile(r"(?:IMO|MMSI)[ :]*+(\d++)\s*+(.*)", re.I)


def identifier(
    words: str,
    value: str,
    *,
    country: str | None = None,
    issued: Span | None = None,
    expires: Span | None = None,
    remark: str | None = None,
) -> Identifier:
    """Return an identifier of the type that OFAC names in words.

    Args:
        words: the type as written (``Cedula No.``); a type that is not known is kept as remark.
        value: the number as written.
        country: the issuing country.
        issued: when it was issued.
        expires: when it expires.
        remark: what stands beside it.
    """
    said = plain(words)
    kind = IDENTIFIERS.get(said, "other")
    told = value.strip()
    if said.startswith(_WALLET) and (currency := words.strip()[len(_WALLET) :].lstrip("- ")):
        kind, remark = "wallet", "; ".join(filter(None, (currency, remark)))
    imo = _IMO.fullmatch(told)
    if imo is not None and told.upper().startswith("MMSI"):
        kind, told = "mmsi", imo[1]
    elif imo is not None:
        kind = "imo" if said.startswith("vessel") else "imo-company"
        told, remark = imo[1], "; ".join(filter(None, (imo[2].strip(), remark))) or None
    elif kind == "imo":
        kind = "other"
    if kind == "wallet":
        currency, _, address = told.lstrip("- ").partition(" ")
        if address:
            told = address.strip()
            remark = "; ".join(filter(None, (currency, remark)))
    common = {"passport", "national-id", "tax", "registration", "licence"}
    if kind == "other" or (kind in common and said not in _PLAIN):
        remark = "; ".join(filter(None, (words.strip(), remark)))
    return Identifier(
        kind=kind, value=told, country=country, valid=is_valid(kind, told), issued=issued,
        expires=expires, remark=remark,
    )  # fmt: skip


_PLAIN: Final = {"passport", "national id no.", "tax id no.", "registration number", "license"}
