"""The parts of a statement of the Beneficial Ownership Data Standard: parties, shares, dates.

An unflagged maximum counts as included: 0.2 and 0.3 call it excluded by default, but many
publishers mean "up to and including", and the wider reading hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, cast

from detente.entities.spans import Span, parse_span
from detente.screening.ownership.model import Node, NodeKind
from detente.screening.ownership.shares import Bounds, bounds

_KINDS: Final[dict[str, NodeKind]] = {
    "anonymousEntity": "unspecified", "unknownEntity": "unspecified",
    "anonymousPerson": "unspecified", "unknownPerson": "unspecified",
    "arrangement": "arrangement", "state": "state", "stateBody": "state",
}  # fmt: skip


def node_of(record: str, statement: str, type_: str, details: dict[str, Any]) -> Node:
    """Return a party as one statement describes it."""
    said = details.get(f"{type_}Type")
    code = said.get("type") if isinstance(said, dict) else said
    kind = _KINDS.get(str(code), cast(NodeKind, type_))
    names = list(_names(details))
    numbers = [
        f"{scheme}-{number}" if (scheme := text_of(one.get("scheme"))) else number
        for one in objects_of(details.get("identifiers"))
        if (number := text_of(one.get("id")))
    ]
    for key in ("unspecifiedEntityDetails", "unspecifiedPersonDetails"):
        hidden = details.get(key)
        if isinstance(hidden, dict):
            remark = text_of(hidden.get("description")) or text_of(hidden.get("reason"))
            break
    else:
        remark = ""
    return Node(
        id=record,
        name=names[0] if names else record if kind != "unspecified" else "not specified",
        kind=kind,
        aliases=tuple(dict.fromkeys([statement, *names[1:], *numbers])),
        remark=remark,
    )


def _names(details: dict[str, Any]) -> Iterator[str]:
    if name := text_of(details.get("name")):
        yield name
    for one in objects_of(details.get("names")):
        parts = (text_of(one.get("givenName")), text_of(one.get("familyName")))
        if name := text_of(one.get("fullName")) or " ".join(filter(None, parts)):
            yield name
    yield from texts_of(details.get("alternateNames"))


def newest(versions: list[tuple[Span | None, int, Node]]) -> Node:
    """Return the party as it is described last, with every name that it ever had."""
    ordered = sorted(versions, key=lambda row: (row[0] is not None and row[0].last, row[1]))
    last = ordered[-1][2]
    every = [name for _, _, node in ordered for name in (node.id, node.name, *node.aliases)]
    others = [name for name in dict.fromkeys(every) if name not in (last.id, last.name)]
    return Node(
        id=last.id, name=last.name, kind=last.kind, aliases=tuple(others), remark=last.remark
    )


def share_of(value: Any) -> Bounds | None:
    """Return a share as the standard writes it.

    Raises:
        ValueError: a number is none, or not from 0 to 100, or nothing lies between two.
    """
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ValueError("the share is no object with numbers")
    exact = _number(value, "exact")
    if exact is not None:
        return bounds(exact, exact)
    low, high = _number(value, "minimum"), _number(value, "maximum")
    above, below = value.get("exclusiveMinimum"), value.get("exclusiveMaximum")
    if not isinstance(above, bool) and above is not None:  # a number of its own since 0.4
        end = _number(value, "exclusiveMinimum")
        low, above = (end, True) if low is None or cast(Any, end) >= low else (low, False)
    if not isinstance(below, bool) and below is not None:
        end = _number(value, "exclusiveMaximum")
        high, below = (end, True) if high is None or cast(Any, end) <= high else (high, False)
    if low is None and high is None:
        return None
    low, high = 0 if low is None else low, 100 if high is None else high
    if low == high:  # one number, whatever the flags say
        return bounds(low, high)
    return bounds(low, high, above=bool(above), below=bool(below) and high != 100)


def _number(value: dict[str, Any], key: str) -> Decimal | int | None:
    number = value.get(key)
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, (int, Decimal)):
        raise ValueError(f"share {key} is no number")
    return number


def objects_of(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text_of(value: Any) -> str:
    """Return a text without space around it; empty for anything else."""
    return value.strip() if isinstance(value, str) else ""


def texts_of(value: Any) -> tuple[str, ...]:
    """Return the texts of a list that say something."""
    return tuple(filter(None, map(text_of, value))) if isinstance(value, list) else ()


def span_of(value: Any) -> Span | None:
    """Return a date; None where there is none or it is none."""
    text = text_of(value)
    return parse_span(text) if text else None
