"""Editions of lists made up for tests, in the official layouts."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

Rows = Iterable[Iterable[str]]


def _csv(rows: Rows) -> bytes:
    text = "".join(
        ",".join(cell if cell == "-0- " or cell.isdigit() else f'"{cell}"' for cell in row) + "\r\n"
        for row in rows
    )
    return text.encode() + b"\x1a"


def sdn_row(
    entry: str,
    name: str,
    programmes: str = "DPRK4",
    kind: str = "-0- ",
    remarks: str = "-0- ",
    **columns: str,
) -> list[str]:
    """Return a row of sdn.csv; ``columns`` are title, call, vessel, tonnage, gross, flag, owner."""
    middle = [
        columns.get(key, "-0- ")
        for key in ("title", "call", "vessel", "tonnage", "gross", "flag", "owner")
    ]
    return [entry, name, kind, programmes, *middle, remarks]


def ofac(
    rows: Rows, alt: Rows | None = None, add: Rows | None = None, comments: Rows | None = None
) -> dict[str, bytes]:
    """Return the files of an edition in OFAC's CSV."""
    files = {"sdn.csv": _csv(rows)}
    for name, more in (("alt.csv", alt), ("add.csv", add), ("sdn_comments.csv", comments)):
        if more is not None:
            files[name] = _csv(more)
    return files


def un(entries: Iterable[Mapping[str, str]], generated: str) -> dict[str, bytes]:
    """Return the file of an edition of the UN list.

    Args:
        entries: elements by name; ``REFERENCE_NUMBER`` decides whether it is an individual.
        generated: the moment at which the list was made.
    """
    people: list[str] = []
    others: list[str] = []
    for entry in entries:
        person = entry["REFERENCE_NUMBER"][2] == "i"
        tag = "INDIVIDUAL" if person else "ENTITY"
        inner = "".join(
            f"<{key}>{value if value.startswith('<') else escape(value)}</{key}>"
            for key, value in entry.items()
        )
        (people if person else others).append(f"    <{tag}>{inner}</{tag}>\n")
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'dateGenerated="{generated}">\n  <INDIVIDUALS>\n{"".join(people)}  </INDIVIDUALS>\n'
        f"  <ENTITIES>\n{''.join(others)}  </ENTITIES>\n</CONSOLIDATED_LIST>"
    )
    return {"consolidated.xml": text.encode()}


def un_entry(
    reference: str, name: str, listed_on: str, tag: str = "DPRK", **more: str
) -> dict[str, str]:
    """Return an entry of the UN list."""
    return {
        "DATAID": "1", "FIRST_NAME": name, "UN_LIST_TYPE": tag, "REFERENCE_NUMBER": reference,
        "LISTED_ON": listed_on, **more,
    }  # fmt: skip


def write_lists(folder: Path) -> None:
    """Write the editions on which the guide's answers are: two of OFAC's list, one of the UN's."""
    imo = "Vessel Registration Identification IMO 9999993."
    born = "DOB 12 Feb 1962; POB Zenda; Linked To: RURITANIA TRADING COMPANY."
    bank = sdn_row("104", "STRELSAU BANK", "DPRK")
    ship = {"kind": "vessel", "remarks": imo, "flag": "Ruritania"}
    editions = {
        "2018-01-26": [
            sdn_row("101", "RURITANIA TRADING COMPANY", "DPRK4"),
            sdn_row("102", "SMITH, Anna", "DPRK2", "individual", born),
            sdn_row("103", "GOOD HOPE", "DPRK4", **ship),
            bank,
        ],
        "2019-01-04": [
            sdn_row("101", "RURITANIA TRADING COMPANY", "DPRK3] [DPRK4"),
            bank,
            sdn_row("105", "HENTZAU SHIPPING", "DPRK4] [NPWMD"),
            sdn_row("203", "BETTER HOPE", "DPRK4", **ship),
        ],
    }
    for day, rows in editions.items():
        alt = [["104", "1", "aka", "BANK OF STRELSAU", "-0- "]]
        for name, data in ofac(rows, alt=alt).items():
            path = folder / "sdn" / day / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    entries = [
        un_entry("KPe.901", "STRELSAU BANK", "2016-03-02"),
        un_entry("KPe.902", "HENTZAU SHIPPING", "2017-12-22"),
        un_entry("KPi.903", "ANNA SMITH", "2009-07-16"),
    ]
    (folder / "un").mkdir()
    name, data = next(iter(un(entries, "2018-10-29T23:09:49Z").items()))
    (folder / "un" / name).write_bytes(data)
