"""Editions of lists made up for tests, in the official layouts."""

from collections.abc import Iterable, Mapping
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
