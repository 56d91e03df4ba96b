"""Graphs made up for tests: holdings in a line each, and statements of the standard."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from detente.screening.ownership.model import Graph, Ownership
from detente.screening.ownership.read import graph_of


def holdings(lines: str) -> Graph:
    """Return the graph of lines such as ``X 25-60 A`` or ``X 60 A votes``."""
    rows = ["owner,owned,share,kind"]
    for line in filter(None, map(str.strip, lines.splitlines())):
        owner, share, owned, *kind = line.split()
        rows.append(f"{owner},{owned},{share},{' '.join(kind)}")
    return graph_of("\n".join(rows).encode(), file="made.csv")


def table(text: str) -> Graph:
    """Return the graph of a table."""
    return graph_of(text.encode(), file="made.csv")


def bods(*statements: dict[str, Any]) -> Graph:
    """Return the graph of statements of the standard."""
    return graph_of(json.dumps(statements).encode(), file="made.json")


def entity(id_: str, type_: str = "registeredEntity", **more: Any) -> dict[str, Any]:
    """Return a statement of version 0.4 that describes an entity."""
    return {
        "statementId": f"s-{id_}", "recordId": id_, "recordType": "entity", "recordStatus": "new",
        "statementDate": "2020-01-01",
        "recordDetails": {"isComponent": False, "name": f"Name of {id_}",
                          "entityType": {"type": type_}},
        **more,
    }  # fmt: skip


def person(id_: str, type_: str = "knownPerson", **more: Any) -> dict[str, Any]:
    """Return a statement of version 0.4 that describes a person."""
    return {
        "statementId": f"s-{id_}", "recordId": id_, "recordType": "person", "recordStatus": "new",
        "statementDate": "2020-01-01",
        "recordDetails": {"isComponent": False, "personType": type_,
                          "names": [{"fullName": f"Name of {id_}"}]},
        **more,
    }  # fmt: skip


def relation(
    id_: str, owner: Any, owned: str, *interests: dict[str, Any],
    components: Iterable[str] = (), **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """Return a statement of version 0.4 that one party holds something in another."""
    details: dict[str, Any] = {
        "isComponent": False, "subject": owned, "interestedParty": owner,
        "interests": list(interests),
    }  # fmt: skip
    if components:
        details["componentRecords"] = list(components)
    return {
        "statementId": f"s-{id_}", "recordId": id_, "recordType": "relationship",
        "recordStatus": "new", "statementDate": "2020-01-01", "recordDetails": details, **more,
    }  # fmt: skip


def shares(share: Any = None, type_: str = "shareholding", **more: Any) -> dict[str, Any]:
    """Return an interest; a number as share is an exact one."""
    found: dict[str, Any] = {"type": type_, "directOrIndirect": "direct", **more}
    if share is not None:
        found["share"] = share if isinstance(share, dict) else {"exact": share}
    return found


def statuses(result: Ownership) -> dict[str, str]:
    """Return the status of every node."""
    return {node.id: node.status for node in result.nodes}


def why_left(result: Ownership) -> dict[str, str]:
    """Return why statements do not count, the last reason of each."""
    return {item.statement: item.why for item in result.left_out}
