"""An entry of the European Union's list while it is being read, whichever file it comes from.

All files of the list say the same under the names that the attributes of the XML have. The list
marks no primary name: the first strong one is taken. Day and address of a legal act are facts of
the act, which its number names; only the days of amending acts are kept.
"""

from __future__ import annotations

import re
from typing import Final

from detente.entities.identifiers import is_valid
from detente.entities.model import Address, Birth, Identifier, Kind, Listing, Name, Party
from detente.entities.scripts import script_of
from detente.entities.spans import Span, parse_span, year_span
from detente.lists.moments import is_stretch

_KINDS: Final[dict[str, Kind]] = {
    "p": "person", "person": "person", "e": "organisation", "enterprise": "organisation",
}  # fmt: skip
_GENDERS: Final = {"m": "male", "f": "female"}
_DOCUMENTS: Final = {
    "passport": "passport", "id": "national-id", "ssn": "national-id", "nrn": "national-id",
    "fiscalcode": "tax", "taxid": "tax", "regnumber": "registration", "swiftbic": "bic",
    "imo": "imo", "tradelic": "licence", "birthcert": "birth-certificate",
    "drivinglicence": "driving-licence",
}  # fmt: skip
_PLAIN: Final = {"passport", "id", "fiscalcode", "regnumber", "swiftbic", "imo"}
_FLAGS: Final = {
    "diplomatic": "diplomatic",
    "knownExpired": "known to be expired",
    "knownFalse": "known to be false",
    "reportedLost": "reported lost",
    "revokedByIssuer": "revoked by the issuer",
}
_CONTACTS: Final = {"phone": "phone", "fax": "fax", "email": "email", "web": "website"}
_CONTACT: Final = re.compile(r"(?<![A-Z])([A-Z]++)\[([^\[\]]*+)\]")
_IMO: Final = re.compile(r"IMO[ :.]*(\d{7})", re.I)
_IGNORED: Final = ("logicalId", "regulationLanguage")

Said = dict[str, str]
"""What a part says, by the names of the attributes in the XML."""


class Entity:
    """An entry while it is being read; each part takes what it understands of ``Said``.

    What a part leaves is kept as unparsed. Equal parts, which stand there once for every legal
    act, are kept once.
    """

    def __init__(self) -> None:
        self.names: dict[Name, None] = {}
        self.births: dict[Birth, None] = {}
        self.addresses: dict[Address, None] = {}
        self.identifiers: dict[Identifier, None] = {}
        self.texts: dict[str, dict[str, None]] = {}
        self.blank = 0

    def text(self, kind: str, text: str | None) -> None:
        """Keep a text of a kind (``title``, ``remark``, ``unparsed``) once."""
        if text:
            self.texts.setdefault(kind, {})[text] = None

    def date(self, text: str) -> Span | None:
        """Read a date, or keep what is none."""
        found = parse_span(text) if text else None
        if text and found is None:
            self.text("unparsed", f"date: {text}")
        return found

    def head(self, said: Said) -> None:
        """Read what an entry says of itself."""
        for key in ("code", "classificationCode"):
            self.text("subject", said.pop(key, "").lower())
        if united := said.pop("unitedNationId", ""):
            self._number("other", united, remark="UN reference")
        self.text("reference", said.pop("euReferenceNumber", ""))
        self.text("listed", said.pop("designationDate", ""))
        self.text("remark", said.pop("designationDetails", ""))
        self.text("remark", said.pop("remark", ""))
        self._rest("entity", said)

    def act(self, said: Said) -> None:
        """Read a legal act."""
        self.text("act", said.pop("numberTitle", ""))
        self.text("programme", said.pop("programme", ""))
        if said.pop("regulationType", "") == "amendment":
            self.text("amended", said.get("publicationDate", ""))
        for key in ("organisationType", "publicationDate", "entryIntoForceDate", "publicationUrl"):
            said.pop(key, None)
        self.text("remark", said.pop("remark", ""))
        self._rest("regulation", said)

    def name(self, said: Said) -> None:
        """Read a name, with the function, title and gender beside it."""
        family = said.pop("lastName", "")
        given = " ".join(filter(None, (said.pop("firstName", ""), said.pop("middleName", ""))))
        text = said.pop("wholeName", "") or f"{given} {family}".strip()
        remark = said.pop("remark", "")
        weak = said.pop("strong", "true") == "false" or "low quality" in remark.lower()
        self.text("title", said.pop("title", ""))
        self.text("function", said.pop("function", ""))
        self.text("gender", said.pop("gender", "").lower())
        language = said.pop("nameLanguage", "").lower()
        self._rest("nameAlias", said)
        if not text:
            self.text("remark", remark)
            return
        name = Name(
            text=text, kind="alias", script=script_of(text), weak=weak, family=family or None,
            given=given or None, language=language or None, remark=remark or None,
        )  # fmt: skip
        self.names[name] = None

    def address(self, said: Said) -> None:
        """Read an address, with the telephones and the like that stand beside it."""
        box = said.pop("poBox", "")
        parts = (
            " ".join(filter(None, (said.pop("number", ""), said.pop("street", "")))),
            f"PO Box {box}" if box.isdigit() else box,
            said.pop("place", ""),
        )
        remarks = [self.contacts(said.pop("contactInfo", "")), said.pop("remark", "")]
        if said.pop("asAtListingTime", "") == "true":
            remarks.append("as at the time of listing")
        address = Address(
            street=", ".join(filter(None, parts)) or None,
            city=said.pop("city", "") or None,
            region=said.pop("region", "") or None,
            postcode=said.pop("zipCode", "") or None,
            country=_country(said),
            remark="; ".join(filter(None, remarks)) or None,
        )
        self._rest("address", said)
        if address == Address():
            self.blank += 1
        else:
            self.addresses[address] = None

    def contacts(self, text: str) -> str:
        """Take ``PHONE[..]`` and its like out of a text and return what is left."""
        for key, value in _CONTACT.findall(text):
            self.contact(key, value)
        return " ".join(_CONTACT.sub(" ", text).split())

    def contact(self, key: str, value: str) -> None:
        """Read a telephone, mail or web address."""
        kind = _CONTACTS.get(key.lower(), "other")
        if value.strip():
            self._number(kind, value.strip(), remark=key if kind == "other" else None)

    def birth(self, said: Said) -> None:
        """Read a statement of birth."""
        date = said.pop("birthdate", "").removeprefix("N/A")
        year, month, day = (said.pop(key, "") for key in ("year", "monthOfYear", "dayOfMonth"))
        first, last = said.pop("yearRangeFrom", ""), said.pop("yearRangeTo", "")
        calendar = said.pop("calendarType", "") or "GREGORIAN"
        remarks = [said.pop("remark", "")]
        words = date or "-".join((year, month or "0", day or "0")) if date or year else ""
        span: Span | None = None
        if calendar != "GREGORIAN":
            remarks.append(f"{words or f'{first} to {last}'} in the calendar {calendar}")
        elif words:
            span = self.date(words.replace("(approximative)", "").strip())
        elif is_stretch(first, last):
            span = year_span(int(first), int(last))
        elif first or last:
            self.text("unparsed", f"birth: {first} to {last}")
        about = said.pop("circa", "") == "true" or "(approximative)" in words
        parts = [said.pop(key, "") for key in ("place", "city", "zipCode", "region")]
        birth = Birth(
            date=Span(span.first, span.last, about or span.circa) if span else None,
            place=", ".join(filter(None, parts)) or None,
            country=_country(said),
            remark="; ".join(filter(None, remarks)) or None,
        )
        self._rest("birthdate", said)
        if birth != Birth():
            self.births[birth] = None

    def identification(self, said: Said) -> None:
        """Read a document or number."""
        code = said.pop("identificationTypeCode", "").lower()
        words = said.pop("identificationTypeDescription", "") or code
        latin, number = said.pop("latinNumber", ""), said.pop("number", "")
        on, by = said.pop("nameOnDocument", ""), said.pop("issuedBy", "")
        since, region = said.pop("validFrom", ""), said.pop("region", "")
        remarks = ["" if code in _PLAIN else words]
        remarks += [text for key, text in _FLAGS.items() if said.pop(key, "") == "true"]
        remarks += [f"in the name of {on}" if on else "", f"issued by {by}" if by else ""]
        remarks += [f"valid from {since}" if since else "", region, said.pop("remark", "")]
        if number and latin and latin != number:
            remarks.append(f"in Latin letters {latin}")
        remark = "; ".join(dict.fromkeys(filter(None, remarks))) or None
        country = _country(said)
        issued = self.date(said.pop("issuedDate", "") or said.pop("issueDate", ""))
        expires = self.date(said.pop("validTo", ""))
        for key in _FLAGS:
            said.pop(key, None)
        self._rest("identification", said)
        if number.strip(" -").removeprefix("UNKNOWN") or latin:
            kind = _DOCUMENTS.get(code, "other")
            self._number(kind, number or latin, country, issued, expires, remark)
        elif kept := "; ".join(filter(None, (number, remark, country))):
            self.text("unparsed", f"identification without a number: {kept}")

    def citizenship(self, said: Said) -> None:
        """Read a citizenship."""
        country, region = _country(said), said.pop("region", "")
        words = f"{country} ({region})" if country and region else country or region
        self.text("nationality", words)
        if remark := said.pop("remark", ""):
            self.text("remark", f"citizenship of {words}: {remark}" if words else remark)
        self._rest("citizenship", said)

    def party(self, number: str) -> Party:
        """Return the entry, now that all of it is read."""
        kind = next((_KINDS[word] for word in self._all("subject") if word in _KINDS), None)
        genders = {_GENDERS.get(word, word) for word in self._all("gender")}
        if kind is None:
            self.text("unparsed", f"type: {' '.join(self._all('subject')) or 'none'}")
        if len(genders) > 1:
            self.text("unparsed", f"gender: {', '.join(sorted(genders))}")
        functions = self._all("function")
        remarks = self._all("remark")
        return Party(
            source="eu-fsf",
            entry=number,
            kind=kind or "organisation",
            names=self._names(),
            births=tuple(self.births),
            nationalities=self._all("nationality"),
            gender=genders.pop() if len(genders) == 1 else None,
            titles=self._all("title"),
            positions=functions if kind == "person" else (),
            identifiers=tuple(self.identifiers),
            addresses=tuple(self.addresses),
            listings=(self._listing(),),
            remarks=remarks if kind == "person" else tuple(dict.fromkeys(functions + remarks)),
            unparsed=self._all("unparsed"),
            blank_addresses=self.blank,
        )

    def _names(self) -> tuple[Name, ...]:
        names = list(self.names) or [Name(text="?")]
        at = next((i for i, name in enumerate(names) if not name.weak), 0)
        first = names.pop(at)
        primary = Name(
            text=first.text, script=first.script, weak=first.weak, family=first.family,
            given=first.given, language=first.language, remark=first.remark,
        )  # fmt: skip
        return (primary, *names)

    def _listing(self) -> Listing:
        listed = [self.date(text) for text in self._all("listed")]
        amended = {self.date(text) for text in self._all("amended")} - {None}
        return Listing(
            programmes=self._all("programme"),
            authorities=self._all("act"),
            listed_on=next(iter(listed), None),
            amended_on=tuple(sorted(filter(None, amended), key=lambda span: span.first)),
            reference=next(iter(self._all("reference")), None),
        )

    def _number(
        self, kind: str, value: str, country: str | None = None, issued: Span | None = None,
        expires: Span | None = None, remark: str | None = None,
    ) -> None:  # fmt: skip
        if kind == "imo" and (found := _IMO.fullmatch(value)):
            value = found[1]
        row = Identifier(
            kind=kind, value=value, country=country, valid=is_valid(kind, value), issued=issued,
            expires=expires, remark=remark,
        )  # fmt: skip
        self.identifiers[row] = None

    def _rest(self, part: str, said: Said) -> None:
        for key, value in said.items():
            if value and key not in _IGNORED:
                self.text("unparsed", f"{part}/{key}: {value}")

    def _all(self, kind: str) -> tuple[str, ...]:
        return tuple(self.texts.get(kind, ()))


def _country(said: Said) -> str | None:
    """The country as written; two letters where nothing else stands there."""
    country, code = said.pop("countryDescription", ""), said.pop("countryIso2Code", "")
    known = (word for word in (country, code) if word and word not in ("UNKNOWN", "00"))
    return next(known, None)
