"""Every format that is read, and recognising one by what the files hold."""

from __future__ import annotations

from typing import Final

from detente.lists.errors import ListError
from detente.lists.eu.export import EU_XML
from detente.lists.eu.tables import EU_CSV
from detente.lists.eu.whole import EU_OLD_XML
from detente.lists.ftm import FTM_JSON
from detente.lists.ofac.advanced import OFAC_ADVANCED
from detente.lists.ofac.classic import OFAC_XML
from detente.lists.ofac.enhanced import OFAC_ENHANCED
from detente.lists.ofac.legacy import OFAC_CSV
from detente.lists.records import Files, Format
from detente.lists.uk.consolidated import UK_CONSOLIDATED
from detente.lists.uk.sanctions import UK_SANCTIONS_XML
from detente.lists.uk.sanctions_table import UK_SANCTIONS_CSV
from detente.lists.un.consolidated import UN_XML

FORMATS: Final[dict[str, Format]] = {
    form.id: form
    for form in (
        UN_XML, OFAC_CSV, OFAC_XML, OFAC_ENHANCED, OFAC_ADVANCED, EU_XML, EU_OLD_XML, EU_CSV,
        UK_CONSOLIDATED, UK_SANCTIONS_XML, UK_SANCTIONS_CSV, FTM_JSON,
    )
}  # fmt: skip
"""The formats by id."""


def recognise(files: Files) -> Format:
    """Return the format of an edition's files.

    Raises:
        ListError: no format is theirs; the message says what they seem to be.
    """
    for form in FORMATS.values():
        if form.recognises(files):
            return form
    name, data = next(iter(files.items()))
    raise ListError(name, None, _guess(data), _ADVICE)


_ADVICE: Final = "give a list of OFAC, the UN, the EU or the UK as its issuer publishes it"


def _guess(data: bytes) -> str:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head:
        return "this is a web page, no list"
    if head.startswith(b"%pdf"):
        return "this is a PDF, which no list can be read from"
    if head.startswith(b"pk\x03\x04"):
        return "this is a ZIP archive or a spreadsheet; unpack it or save it as CSV"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0<" in head or b"<\0" in head:
        return "this is in UTF-16; save it as UTF-8"
    if b"\0" in head:
        return "this is no text"
    return "this is in no format of a list that is known"
