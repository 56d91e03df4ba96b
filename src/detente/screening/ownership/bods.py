"""The Beneficial Ownership Data Standard, versions 0.2 to 0.4, as a graph.

0.2 and 0.3 have statements that replace others and point at statements; 0.4 has records of which
statements are versions. Both become records with versions here, and a party is known by its record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from detente.entities.spans import Span
from detente.screening.ownership.bods_parts import (
    newest,
    node_of,
    objects_of,
    share_of,
    span_of,
    text_of,
    texts_of,
)
from detente.screening.ownership.model import (
    Graph,
    Holding,
    LeftOut,
    Node,
    Statement,
)
from detente.screening.ownership.words import interest_of, rank

_OLD_TYPES: Final = {
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
}
Item = tuple[str, dict[str, Any]]
"""Where a statement stands, and the statement."""


class BodsError(ValueError):
    """A statement that cannot be placed; the message says why."""


def from_bods(items: Iterable[Item]) -> Graph:
    """Return the graph that statements describe.

    Args:
        items: each statement with where it stands, in any order.
    """
    reader = _Reader()
    for where, item in items:
        reader.add(where, item)
    return reader.graph()


class _Reader:
    """Statements as they come in; what points at what is known when all are in."""

    def __init__(self) -> None:
        self.parties: dict[str, list[tuple[Span | None, int, Node]]] = {}
        self.relations: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = []
        self.problems: list[LeftOut] = []
        self.seen: set[str] = set()
        self.above: dict[str, str] = {}  # of 0.2 and 0.3: one statement of each record for another

    def add(self, where: str, item: dict[str, Any]) -> None:
        old = item.get("statementType")
        id_ = text_of(item.get("statementID" if old else "statementId"))
        type_ = _OLD_TYPES.get(str(old)) if old else text_of(item.get("recordType"))
        if not id_ or type_ not in ("entity", "person", "relationship"):
            self.problem(where, "is no statement of the standard, versions 0.2 to 0.4")
            return
        if id_ in self.seen:
            self.problem(id_, f"{where} has an id that was there before; the first one counts")
            return
        self.seen.add(id_)
        record = id_ if old else text_of(item.get("recordId"))
        if not record:
            self.problem(id_, "has no recordId")
            return
        for replaced in texts_of(item.get("replacesStatements")) if old else ():
            self.join(replaced, id_)
        detail = item if old else item.get("recordDetails")
        details = detail if isinstance(detail, dict) else {}
        if type_ == "relationship":
            self.relations.append((id_, record, item, details))
        else:
            node = node_of(record, id_, type_, details)
            told = span_of(item.get("statementDate"))
            self.parties.setdefault(record, []).append((told, len(self.seen), node))

    def problem(self, where: str, why: str) -> None:
        self.problems.append(LeftOut(statement=where, why=why))

    def join(self, one: str, other: str) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self.above[first] = second

    def root(self, id_: str) -> str:
        """The statement that stands for all that replace each other."""
        path = []
        while (up := self.above.get(id_)) is not None:
            path.append(id_)
            id_ = up
        for below in path:  # so that a long row of replacements is walked once
            self.above[below] = id_
        return id_

    def graph(self) -> Graph:
        nodes: dict[str, Node] = {}
        self.called: dict[str, str] = {}
        grouped: dict[str, list[tuple[Span | None, int, Node]]] = {}
        for record, versions in self.parties.items():
            grouped.setdefault(self.root(record), []).extend(versions)
        for root, versions in grouped.items():
            node = newest(versions)
            nodes[node.id] = node
            self.called[root] = node.id
            for _, _, version in versions:
                for alias in (version.id, *version.aliases[:1]):
                    self.called.setdefault(alias, node.id)
        statements = tuple(
            self.statement(id_, record, item, details, nodes)
            for id_, record, item, details in self.relations
        )
        return Graph(nodes=nodes, statements=statements, problems=tuple(self.problems))

    def statement(
        self, id_: str, record: str, item: dict[str, Any], details: dict[str, Any],
        nodes: dict[str, Node],
    ) -> Statement:  # fmt: skip
        """A statement of a relationship; one that cannot be placed holds nothing."""
        old = "statementType" in item
        part = details.get("componentStatementIDs" if old else "componentRecords")
        empty = Statement(
            id=id_,
            record=self.root(record),
            told=span_of(item.get("statementDate")),
            closed=item.get("recordStatus") == "closed",
            components=tuple(map(self.root, texts_of(part))),
        )
        try:
            owned = self.party(details.get("subject"), id_, "subject", nodes)
            owner = self.party(details.get("interestedParty"), id_, "interestedParty", nodes)
        except BodsError as error:
            self.problem(id_, str(error))
            return empty
        summary = bool(empty.components)
        holdings = tuple(self.holdings(id_, (owner, owned), details.get("interests"), summary))
        return _with(empty, holdings)

    def party(self, value: Any, id_: str, part: str, nodes: dict[str, Node]) -> str:
        """The node that a reference means; one is made where the source names nobody."""
        if isinstance(value, dict):
            said = value.get("unspecified", value if "reason" in value else None)
            pointed = next(
                (
                    text
                    for key in ("describedByEntityStatement", "describedByPersonStatement")
                    if (text := text_of(value.get(key)))
                ),
                "",
            )
            if pointed:
                value = pointed
            elif isinstance(said, dict) and part == "interestedParty":
                reason = text_of(said.get("reason")) or "no reason given"
                words = text_of(said.get("description")) or reason
                node = Node(
                    id=f"{id_}#unspecified", name="not specified", kind="unspecified", remark=words
                )
                nodes[node.id] = node
                return node.id
        named = text_of(value)
        if not named:
            raise BodsError(f"has no {part}; what it states is not known of anybody")
        found = self.called.get(self.root(named)) or self.called.get(named)
        if found is None:
            self.problem(id_, f"{part} {named} is described by no statement")
            nodes[named] = Node(id=named, name=named, remark="described by no statement")
            self.called[named] = found = named
        return found

    def holdings(
        self, id_: str, ends: tuple[str, str], listed: Any, summary: bool
    ) -> Iterator[Holding]:
        """The interests of one statement; of those that say the same share twice, the first."""
        items = objects_of(listed)
        if not items:
            self.problem(id_, "states no interest; whether it is ownership is not known")
            yield Holding(
                owner=ends[0], owned=ends[1], interest="perhaps-ownership", word="none stated"
            )
            return
        ranks = [rank(text_of(one.get("type"))) for one in items]
        best = min((one for one in ranks if one is not None), default=None)
        for one, place in zip(items, ranks, strict=True):
            word = text_of(one.get("type"))
            if place is not None and place != best:
                self.problem(
                    id_, f"{word} stands beside an interest that counts for the same share"
                )
                continue
            yield self.holding(id_, ends, word, one, summary)

    def holding(
        self, id_: str, ends: tuple[str, str], word: str, one: dict[str, Any], summary: bool
    ) -> Holding:
        """One interest; one that may be indirect is so where the statement sums up others."""
        interest = interest_of(word) if word else "perhaps-ownership"
        if interest is None:
            self.problem(id_, f"{word} is no interest of the standard; it may be ownership")
        share = None
        try:
            share = share_of(one.get("share"))
        except ValueError as error:
            self.problem(id_, f"{error}; the share counts as not known")
        level = one.get("directOrIndirect", one.get("interestLevel"))
        spans = {}
        for key in ("startDate", "endDate"):
            spans[key] = span_of(one.get(key))
            if one.get(key) and spans[key] is None:
                self.problem(
                    id_, f"{key} {text_of(one[key])[:40]!r} is no date; it counts as not given"
                )
        return Holding(
            owner=ends[0],
            owned=ends[1],
            interest=interest or "perhaps-ownership",
            share=share,
            since=spans["startDate"],
            until=spans["endDate"],
            indirect=level == "indirect" or (summary and level != "direct"),
            word=word or "no type",
        )


def _with(statement: Statement, holdings: tuple[Holding, ...]) -> Statement:
    return Statement(
        id=statement.id,
        record=statement.record,
        told=statement.told,
        closed=statement.closed,
        holdings=holdings,
        components=statement.components,
    )
