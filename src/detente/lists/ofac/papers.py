"""The papers and the listings of a party in OFAC's advanced XML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from detente.entities.model import Listing
from detente.entities.spans import Span
from detente.lists.ofac.codes import period, point
from detente.lists.ofac.entry import Fact, listing_name, raw
from detente.lists.ofac.reading import Reading, keep_others
from detente.lists.xml import text_of


def document(reading: Reading, node: etree._Element) -> None:
    """Read a paper or number."""
    number = text_of(node.find("IDRegistrationNo"))
    if not number:
        reading.entry.keep(node)
        return
    dates: dict[str, Span] = {}
    remarks = [text_of(node.find("Comment"))]
    for child in node:
        if child.tag == "DocumentDate":
            kind = reading.say("IDRegDocDateType", child.get("IDRegDocDateTypeID"))
            days = child.find("DatePeriod")
            when = None if days is None else period(days)
            if when is None or kind in dates or kind not in _DATES:
                reading.entry.unparsed.append(raw(child))
            else:
                dates[kind] = when
        elif child.tag not in _DOCUMENT_KNOWN:
            reading.entry.keep(child)
    remarks += _beside(reading, node)
    reading.entry.document(
        Fact(
            reading.say("IDRegDocType", node.get("IDRegDocTypeID")), number,
            country=reading.say("Country", node.get("IssuedBy-CountryID")) or None,
            issued=dates.get(_DATES[0]), expires=dates.get(_DATES[1]),
            remark="; ".join(filter(None, remarks)) or None,
        )
    )  # fmt: skip


_DATES: Final = ("Issue Date", "Expiration Date")
_DOCUMENT_KNOWN: Final = (
    "Comment", "IDRegistrationNo", "IssuingAuthority", "DocumentedNameReference",
)  # fmt: skip


def _beside(reading: Reading, node: etree._Element) -> Iterable[str]:
    """What a document says beside its number, where that says more than the party."""
    holders = (
        reading.documented.get(each.get("DocumentedNameID", ""), "")
        for each in node.iterfind("DocumentedNameReference")
    )
    known = ("", reading.entry.name)
    yield from (f"in the name of {name}" for name in holders if name not in known)
    if place := reading.places.get(node.get("IssuedIn-LocationID", "")):
        yield f"issued in {place.text}"
    if authority := text_of(node.find("IssuingAuthority")):
        yield f"issued by {authority}"
    validity = reading.say("Validity", node.get("ValidityID"))
    if validity.lower() in ("invalid", "fraudulent", "false"):
        yield "said to be invalid"


def listing(reading: Reading, node: etree._Element) -> None:
    """Read that the party stands on a list, since when and under which programmes."""
    programmes: list[str] = []
    authorities: list[str] = []
    listed: list[Span] = []
    for child in node:
        if child.tag == "EntryEvent":
            basis = reading.say("LegalBasis", child.get("LegalBasisID"))
            authorities += [basis] if basis not in ("", "Unknown") else []
            listed += filter(None, [_event(reading, child)])
        elif child.tag == "SanctionsMeasure":
            _measure(reading, child, programmes)
        else:
            reading.entry.keep(child)
    # A party listed under several authorities at once has an event of the same day for each.
    days = list(dict.fromkeys(sorted(listed, key=lambda span: span.first)))
    reading.entry.listings.append(
        Listing(
            programmes=tuple(programmes), authorities=tuple(dict.fromkeys(authorities)),
            listed_on=days[0] if days else None, amended_on=tuple(days[1:]),
            list=listing_name(reading.cut, reading.say("List", node.get("ListID"))),
        )
    )  # fmt: skip


def _event(reading: Reading, node: etree._Element) -> Span | None:
    """The day of an event; its comment is a remark."""
    found = node.find("Date")
    day = None if found is None else point(found)
    reading.entry.remarks.extend(filter(None, [text_of(node.find("Comment"))]))
    if found is not None and day is None:
        reading.entry.unparsed.append(raw(found))
    keep_others(reading, node, ("Comment", "Date"))
    return day


def _measure(reading: Reading, node: etree._Element, programmes: list[str]) -> None:
    """A programme, whose tag is the comment, or a kind of sanction."""
    kind = reading.say("SanctionsType", node.get("SanctionsTypeID"))
    comment = text_of(node.find("Comment"))
    if kind == "Program" and comment:
        programmes.append(comment)
    else:
        beside = f" ({comment})" if comment else ""
        reading.entry.details.setdefault("sanctions type", []).append(kind + beside)
    for child in node:
        # A measure without a term has a period that says nothing.
        if child.tag != "Comment" and (child.tag != "DatePeriod" or len(child)):
            reading.entry.keep(child)
