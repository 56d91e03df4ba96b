"""Holdings as a table: ``owner,owned,share[,from,until,kind]``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from detente.entities.spans import parse_span
from detente.errors import DataError, Problem
from detente.screening.ownership.model import Graph, Holding, LeftOut, Node, Statement
from detente.screening.ownership.shares import UNKNOWN, parse_share
from detente.screening.ownership.words import interest_of

_COLUMNS: Final[dict[str, str]] = {
    "owner": "owner", "owner_id": "owner", "owner id": "owner", "shareholder": "owner",
    "owned": "owned", "owned_id": "owned", "owned id": "owned", "company": "owned",
    "share": "share", "percent": "share", "percentage": "share",
    "from": "from", "since": "from", "start": "from",
    "until": "until", "to": "until", "end": "until",
    "kind": "kind", "type": "kind", "interest": "kind",
    "owner_name": "owner_name", "owner name": "owner_name",
    "owned_name": "owned_name", "owned name": "owned_name",
}  # fmt: skip
_ADVICE: Final = "write owner,owned,share and perhaps from,until,kind,owner_name,owned_name"
_UNSPECIFIED: Final = frozenset({"", "?", "unknown", "undisclosed", "not known", "anonymous"})
_LONGEST: Final = 1_000_000
"""Characters of a cell at most."""


def from_table(text: str, *, file: str) -> Graph:
    """Return the graph that a table of holdings describes.

    Args:
        text: the table as comma- or semicolon-separated values with a header.
        file: its name, for messages.

    Raises:
        DataError: a column that is needed is missing, or it is no table.
    """
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head = [_COLUMNS.get(name.strip().lower(), "") for name in next(rows, [])]
        missing = [name for name in ("owner", "owned", "share") if name not in head]
        if missing:
            problem = f"has no column {missing[0]!r}"
            raise DataError([Problem(file, 1, None, problem, _ADVICE)])
        twice = next((name for name in head if name and head.count(name) > 1), None)
        if twice:
            raise DataError([Problem(file, 1, None, f"has two columns for {twice!r}", _ADVICE)])
        return _graph(
            (
                (rows.line_num, dict(zip(head, (cell.strip() for cell in row), strict=False)))
                for row in rows
                if any(map(str.strip, row))
            ),
            file,
        )
    except csv.Error as error:
        raise DataError(
            [Problem(file, rows.line_num, None, f"is no table ({error})", _ADVICE)]
        ) from None


def _graph(rows: Iterator[tuple[int, dict[str, str]]], file: str) -> Graph:
    nodes: dict[str, Node] = {}
    statements: list[Statement] = []
    problems: list[LeftOut] = []
    for line, row in rows:
        where = f"{file}:{line}"
        owned = row.get("owned", "")
        if not owned:
            problems.append(LeftOut(statement=where, why="names nobody who is owned"))
            continue
        owner = row.get("owner", "")
        hidden = owner.lower() in _UNSPECIFIED
        if hidden:
            owner = f"{where}#unspecified"
            nodes[owner] = Node(id=owner, name="not specified", kind="unspecified")
        for id_, name in ((owner, row.get("owner_name")), (owned, row.get("owned_name"))):
            if not hidden or id_ == owned:
                _name(nodes, id_, name or "")
        held = _holding(row, owner, owned, where, problems)
        statements.append(Statement(id=where, record=where, holdings=(held,)))
    return Graph(nodes=nodes, statements=tuple(statements), problems=tuple(problems))


def _name(nodes: dict[str, Node], id_: str, name: str) -> None:
    """Take a party in; its first name is what it is called, others are kept."""
    known = nodes.get(id_)
    if known is None:
        nodes[id_] = Node(id=id_, name=name or id_)
    elif name and known.name == id_ != name:
        nodes[id_] = Node(id=id_, name=name, aliases=known.aliases)
    elif name and name not in (known.name, *known.aliases):
        nodes[id_] = Node(id=id_, name=known.name, aliases=(*known.aliases, name))


def _holding(
    row: dict[str, str], owner: str, owned: str, where: str, problems: list[LeftOut]
) -> Holding:
    """What a row says; what in it cannot be read counts as not known and is told."""
    share = None
    try:
        share = parse_share(row.get("share", ""))
        share = None if share == UNKNOWN else share
    except ValueError as error:
        problems.append(LeftOut(statement=where, why=f"{error}; the share counts as not known"))
    word = row.get("kind", "")
    indirect = word.lower().startswith("indirect")
    bare = word[len("indirect") :].strip(" -") if indirect else word
    interest = interest_of(bare)
    if interest is None:
        why = f"{word[:40]!r} is no kind of interest that is known; it may be ownership"
        problems.append(LeftOut(statement=where, why=why))
    spans = {}
    for key in ("from", "until"):
        told = row.get(key, "")
        spans[key] = parse_span(told) if told else None
        if told and spans[key] is None:
            why = f"{key} {told[:40]!r} is no date; it counts as not given"
            problems.append(LeftOut(statement=where, why=why))
    return Holding(
        owner=owner,
        owned=owned,
        interest=interest or "perhaps-ownership",
        share=share,
        since=spans["from"],
        until=spans["until"],
        indirect=indirect,
        word=word or "share",
    )
