"""A small invented edition in every format, and its parties."""

from pathlib import Path
from typing import Final

import european
import made

from detente.entities.model import Party
from detente.lists.formats import recognise
from detente.lists.records import Files

DATA: Final = Path(__file__).parent / "data"


def _ofac_xml(name: str) -> bytes:
    return (DATA / f"ofac_{name}.xml").read_bytes()


UN: Final = made.un(
    [
        made.un_entry(
            "KPi.901", "TEST", "2031-01-02", SECOND_NAME="HAN", COMMENTS1="Likes tests.",
            LAST_DAY_UPDATED="<VALUE>2031-02-03</VALUE>", NATIONALITY="<VALUE>Ruritania</VALUE>",
            INDIVIDUAL_ALIAS="<QUALITY>Good</QUALITY><ALIAS_NAME>The Tester; Han</ALIAS_NAME>",
            INDIVIDUAL_DATE_OF_BIRTH="<TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE>"
            "<FROM_YEAR>1961</FROM_YEAR><TO_YEAR>1963</TO_YEAR>",
            INDIVIDUAL_PLACE_OF_BIRTH="<CITY>Zenda</CITY><COUNTRY>Ruritania</COUNTRY>",
            INDIVIDUAL_DOCUMENT="<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>"
            "<NUMBER>T0001</NUMBER><DATE_OF_ISSUE>2001-02-03</DATE_OF_ISSUE>",
        ),
        made.un_entry(
            "KPe.902", "PAPER SHIP", "2031-01-02", NOVELTY="unheard of",
            ENTITY_ADDRESS="<STREET>1 High Street</STREET><COUNTRY>Ruritania</COUNTRY>",
        ),
    ],
    "2031-03-07T10:00:00.000-05:00",
)  # fmt: skip

OFAC: Final = made.ofac(
    [
        made.sdn_row(
            "901", "HAN, Test", kind="individual", title="Colonel",
            remarks="DOB 17 Jul 1961; POB Zenda, Ruritania; Passport T0001 (Ruritania) expires "
            "05 Mar 2030; a.k.a. 'TESTER'; Linked To: PAPER CO.; unheard of.",
        ),
        made.sdn_row(
            "902", "PAPER SHIP", kind="vessel", call="P5XX9", flag="Ruritania",
            remarks="Vessel Registration Identification IMO 9074729 (vessel)",
        ),
    ],
    [["901", "11", "aka", "HANN, Test", "-0- "], ["902", "12", "fka", "CARD SHIP", "-0- "]],
    [["901", "21", "1 High Street", "Strelsau", "Ruritania", "-0- "],
     ["902", "22", "-0- ", "-0- ", "-0- ", "-0- "]],
    [["901", "Gender Male."]],
)  # fmt: skip

EDITIONS: Final[dict[str, dict[str, bytes]]] = {
    "un-xml": UN,
    "ofac-csv": OFAC,
    "ofac-xml": {"sdn.xml": _ofac_xml("classic")},
    "ofac-enhanced": {"sdn_enhanced.xml": _ofac_xml("enhanced")},
    "ofac-advanced": {"sdn_advanced.xml": _ofac_xml("advanced")},
    "eu-xml": {"eu.xml": european.EU_XML},
    "eu-old-xml": {"global.xml": european.EU_OLD_XML},
    "eu-csv": {"eu.csv": european.EU_CSV},
    "eu-csv of 2018": {"eu.csv": european.EU_OLD_CSV},
    "uk-consolidated": {"conlist.csv": european.UK_2022},
    "uk-consolidated of 2018": {"conlist.csv": european.UK_2018},
    "uk-sanctions-xml": {"uk.xml": european.UK_XML},
    "uk-sanctions-csv": {"uk.csv": european.UK_CSV},
}
"""Editions by the id of their format, some with the year of a layout behind it."""
ENTRY: Final = {
    "un-xml": b"INDIVIDUAL",
    "ofac-xml": b"sdnEntry",
    "ofac-enhanced": b"entity",
    "ofac-advanced": b"DistinctParty",
    "eu-xml": b"sanctionEntity",
    "eu-old-xml": b"ENTITY",
    "uk-sanctions-xml": b"Designation",
}
"""The element of an entry, by the formats that are XML."""
TABLES: Final = tuple(name for name in EDITIONS if name not in ENTRY)
"""The formats that are CSV."""


def only(files: Files) -> bytes:
    """Return the file that people name, of an edition that may have others beside it."""
    return next(iter(files.values()))


def parties(files: Files) -> list[Party]:
    """Return the parties of an edition, as an import reads them."""
    form = recognise(files)
    cut = form.cut(files)
    return [form.read(cut, record) for record in cut.records]
