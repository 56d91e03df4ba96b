"""A table of pairs of names, each with its score: for evaluation."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, Final

from detente.entities.model import Kind
from detente.errors import UsageError, nearest
from detente.screening.compare import THRESHOLD, compare

KINDS: Final[dict[str, Kind | None]] = {
    "person": "person", "company": "organisation", "organization": "organisation",
    "organisation": "organisation", "publicbody": "organisation", "legalentity": "organisation",
    "vessel": "vessel", "airplane": "aircraft", "aircraft": "aircraft", "thing": None, "": None,
}  # fmt: skip
"""What the ``schema`` of a pair says of the two: FollowTheMoney's words, and ours."""


def compared(path: str) -> list[list[str]]:
    """Return a table of pairs, its header first, with two columns more, ``score`` and ``match``.

    Args:
        path: a CSV file with the columns ``schema``, ``name1`` and ``name2``; others are kept.

    Raises:
        UsageError: it cannot be read, lacks a column, or a schema is not known.
    """
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} cannot be read ({why}); give a CSV file in UTF-8") from None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise UsageError(f"{path} is no CSV ({error}); mend its quoting") from None
    if not rows:
        raise UsageError(f"{path} is empty; give it the columns schema, name1 and name2")
    header, *rest = rows
    missing = [name for name in ("schema", "name1", "name2") if name not in header]
    if missing:
        raise UsageError(
            f"{path}:1: there is no column {missing[0]}; {nearest(missing[0], header)}"
        )
    places = [header.index(name) for name in ("schema", "name1", "name2")]
    found = [[*header, "score", "match"]]
    for line, row in enumerate(rest, 2):
        if not row:
            continue
        if len(row) != len(header):
            raise UsageError(f"{path}:{line}: {len(row)} cells where the header has {len(header)}")
        schema, one, other = (row[at] for at in places)
        if schema.strip().lower() not in KINDS:
            advice = nearest(schema, ("Person", "Company", "Organization", "LegalEntity", "Vessel"))
            raise UsageError(f"{path}:{line}: no schema is called {schema!r}; {advice}")
        score = compare(one, other, KINDS[schema.strip().lower()])
        found.append([*row, f"{score:.4f}", "true" if score >= THRESHOLD else "false"])
    return found


def as_csv(rows: list[list[str]]) -> str:
    """Return a table as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def document(rows: list[list[str]]) -> dict[str, Any]:
    """Return what ``compared`` found as one document (``detente.comparisons/1``)."""
    header, *rest = rows
    pairs = [
        {**dict(zip(header, row, strict=True)), "score": float(row[-2]), "match": row[-1] == "true"}
        for row in rest
    ]
    return {"schema": "detente.comparisons/1", "pairs": pairs}
