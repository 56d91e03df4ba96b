"""Statements of the Beneficial Ownership Data Standard, in its versions, and over time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from owned_made import bods, entity, person, relation, shares, statuses, why_left

from detente.screening.ownership.assess import assess
from detente.screening.ownership.blocked import find
from detente.screening.ownership.model import Graph, Ownership
from detente.screening.ownership.rule import rule_of


def by(graph: Graph, *blocked: str, rule: str = "ofac", day: date | None = None) -> Ownership:
    """Return what a rule makes of a graph in which some are blocked."""
    return assess(graph, dict.fromkeys(blocked, "listed"), rule=rule_of(rule, day), as_of=day)


OLD: list[dict[str, Any]] = [
    {"statementID": "e1", "statementType": "entityStatement", "name": "Old Ltd",
     "entityType": "registeredEntity", "statementDate": "2019-01-01"},
    {"statementID": "p1", "statementType": "personStatement", "personType": "knownPerson",
     "names": [{"fullName": "Olga Old"}]},
    {"statementID": "o1", "statementType": "ownershipOrControlStatement",
     "statementDate": "2019-01-01",
     "subject": {"describedByEntityStatement": "e1"},
     "interestedParty": {"describedByPersonStatement": "p1"},
     "interests": [{"type": "shareholding", "interestLevel": "direct",
                    "share": {"minimum": 75, "maximum": 100}}]},
]  # fmt: skip


def test_versions_02_and_03_are_read() -> None:
    """Statements point at statements, and a band counts as one."""
    result = by(bods(*OLD), "p1")
    assert statuses(result) == {"p1": "blocked", "e1": "blocked"}
    assert {node.id: node.name for node in result.nodes} == {"e1": "Old Ltd", "p1": "Olga Old"}


def test_a_statement_that_replaces_others_takes_their_place() -> None:
    """Parties and relationships alike; what pointed at the old statement means the new one."""
    newer = [
        {**OLD[0], "statementID": "e2", "name": "New Ltd", "replacesStatements": ["e1"],
         "statementDate": "2020-01-01"},
        {**OLD[2], "statementID": "o2", "replacesStatements": ["o1"],
         "statementDate": "2020-01-01", "interests": [
             {"type": "shareholding", "share": {"exact": 10}}]},
    ]  # fmt: skip
    graph = bods(*newer, *OLD)
    result = by(graph, "p1")
    assert statuses(result) == {"p1": "blocked", "e2": "not-blocked"}
    assert why_left(result) == {"o1": "superseded by o2"}
    assert list(find(graph, ["e1", "old ltd"])) == ["e2"]
    assert statuses(by(graph, "p1", day=date(2019, 6, 1)))["e2"] == "blocked"


def test_an_interested_party_that_is_not_specified_may_be_blocked() -> None:
    """In version 0.2 as an object, in 0.4 as an object or as an anonymous person."""
    hidden = {"unspecified": {"reason": "unknown", "description": "nobody would say"}}
    result = by(bods(OLD[0], {**OLD[2], "interestedParty": hidden}))
    assert statuses(result) == {"e1": "unknown", "o1#unspecified": "unknown"}
    assert "nobody would say" in result.nodes[1].why
    newer = bods(entity("A"), relation("r", {"reason": "unknown"}, "A", shares(60)))
    assert statuses(by(newer))["A"] == "unknown"
    anonymous = bods(entity("A"), person("H", "anonymousPerson"),
                     relation("r", "H", "A", shares(60)))  # fmt: skip
    assert statuses(by(anonymous)) == {"A": "unknown", "H": "unknown"}


def test_somebody_not_specified_with_too_little_leaves_nothing_open() -> None:
    """Forty per cent of an unknown owner is not half."""
    graph = bods(entity("A"), relation("r", {"reason": "unknown"}, "A", shares(40)))
    assert statuses(by(graph))["A"] == "not-blocked"


@pytest.mark.parametrize(
    ("share", "ofac", "uk"),
    [
        ({"exact": 50}, "blocked", "not-blocked"),
        ({"minimum": 50, "maximum": 75}, "blocked", "unknown"),
        ({"exclusiveMinimum": 50, "maximum": 75}, "blocked", "blocked"),
        ({"minimum": 25, "exclusiveMaximum": 50}, "not-blocked", "not-blocked"),
        ({"minimum": 25, "maximum": 50}, "unknown", "not-blocked"),
        ({"minimum": 50, "maximum": 75, "exclusiveMinimum": True}, "blocked", "blocked"),
        ({"minimum": 25, "maximum": 50, "exclusiveMaximum": True}, "not-blocked", "not-blocked"),
        ({"minimum": 75}, "blocked", "blocked"),
        ({"maximum": 25}, "not-blocked", "not-blocked"),
        ({}, "unknown", "unknown"),
        (None, "unknown", "unknown"),
        ({"exact": 120}, "unknown", "unknown"),
        ({"exact": -1}, "unknown", "unknown"),
        ({"exact": "60"}, "unknown", "unknown"),
        ({"exact": True}, "unknown", "unknown"),
        ({"minimum": 60, "maximum": 40}, "unknown", "unknown"),
        ({"exclusiveMinimum": "50"}, "unknown", "unknown"),
        ("most", "unknown", "unknown"),
    ],
    ids=str,
)
def test_a_share_may_be_exact_a_band_or_not_known(share: Any, ofac: str, uk: str) -> None:
    """What is no share counts as not known, and is told."""
    interest = {"type": "shareholding", "directOrIndirect": "direct", "share": share}
    graph = bods(entity("A"), person("X"), relation("r", "X", "A", interest))
    assert statuses(by(graph, "X"))["A"] == ofac
    assert statuses(by(graph, "X", rule="uk"))["A"] == uk


def test_what_is_wrong_with_a_share_is_told_with_its_statement() -> None:
    """The number, the statement, and what is made of it."""
    graph = bods(entity("A"), person("X"), relation("r", "X", "A", shares(120)))
    assert [(item.statement, item.why) for item in by(graph, "X").problems] == [
        ("s-r", "120 is no share from 0 to 100 per cent; the share counts as not known")
    ]


def test_an_indirect_share_whose_links_are_stated_is_not_counted_twice() -> None:
    """Sixty per cent through B, of which the links say that B is not blocked."""
    links = [
        relation("r1", "X", "B", shares(40)),
        relation("r2", "B", "A", shares(60)),
    ]
    whole = relation("r3", "X", "A", shares(60, directOrIndirect="indirect"),
                     components=["B", "r1", "r2"])  # fmt: skip
    result = by(bods(entity("A"), entity("B"), person("X"), *links, whole), "X")
    assert statuses(result)["A"] == "not-blocked"
    assert why_left(result)["s-r3"].startswith("shareholding: a sum of links")


def test_an_indirect_share_whose_links_do_not_lead_there_stays_open() -> None:
    """Control in between is no link of ownership: the links do not show what the sum says."""
    control = {"type": "otherInfluenceOrControl", "directOrIndirect": "direct"}
    links = [relation("r1", "X", "B", control), relation("r2", "B", "A", shares(60))]
    whole = relation("r3", "X", "A", shares(60, directOrIndirect="indirect"),
                     components=["B", "r1", "r2"])  # fmt: skip
    result = by(bods(entity("A"), entity("B"), person("X"), *links, whole), "X")
    assert statuses(result) == {"X": "blocked", "A": "unknown", "B": "not-blocked"}
    node = next(node for node in result.nodes if node.id == "A")
    assert node.settles[0].startswith("through which entities Name of X holds a share of Name of A")
    assert next(n for n in result.nodes if n.id == "B").controlled_by == ("X",)


def test_components_that_are_missing_leave_the_sum_in() -> None:
    """A sum of links that the file does not hold is all there is."""
    whole = relation("r3", "X", "A", shares(60, directOrIndirect="indirect"), components=["r1"])
    assert statuses(by(bods(entity("A"), person("X"), whole), "X"))["A"] == "unknown"


def test_interests_that_stand_for_the_same_share_count_once() -> None:
    """Shares, profits and surplus of one holder are one economic share."""
    graph = bods(
        entity("A"), person("X"),
        relation("r", "X", "A", shares(30, "rightsToProfitOrIncome"), shares(30),
                 shares(30, "votingRights")),
    )  # fmt: skip
    result = by(graph, "X")
    assert statuses(result)["A"] == "not-blocked"
    assert [item.why for item in result.problems] == [
        "rightsToProfitOrIncome stands beside an interest that counts for the same share"
    ]
    surplus = shares(60, "rights-to-surplus-assets-on-dissolution")
    partner = bods(entity("A"), person("X"), relation("r", "X", "A", surplus))
    assert statuses(by(partner, "X"))["A"] == "blocked"


def test_a_nominee_does_not_own_and_the_nominator_may() -> None:
    """What a nominee holds is the nominator's; how much, a nomination does not say."""
    graph = bods(
        entity("N", "arrangement"), entity("A"), person("X"), person("Y"),
        relation("r1", "X", "N", shares(None, "nominator")),
        relation("r2", "Y", "N", shares(None, "nominee")),
        relation("r3", "N", "A", shares(70)),
    )  # fmt: skip
    nominator, nominee = by(graph, "X"), by(graph, "Y")
    assert statuses(nominator)["A"] == "unknown"
    assert statuses(nominee)["A"] == "not-blocked"
    assert why_left(nominee)["s-r2"].startswith("nominee: a nominee holds for the nominator")


def test_whoever_holds_jointly_may_be_treated_as_holding_it_all() -> None:
    """A quarter of a joint holding of everything: it depends on how they hold."""
    graph = bods(
        entity("J", "arrangement"), entity("A"), person("X"), person("Y"),
        relation("r1", "X", "J", shares(25)), relation("r2", "Y", "J", shares(75)),
        relation("r3", "J", "A", shares(100)),
    )  # fmt: skip
    result = by(graph, "X", rule="uk")
    assert statuses(result)["A"] == "unknown"
    assert any("jointly" in text for node in result.nodes for text in node.settles)


HISTORY = [
    entity("A"), person("X"), person("Y"),
    relation("r1", "X", "A", shares(50, startDate="2019-09-11"), statementDate="2019-09-12"),
    {**relation("r1", "X", "A", shares(50, startDate="2019-09-11", endDate="2021-04-03"),
                statementDate="2021-09-11", recordStatus="closed"), "statementId": "s-r1-b"},
    relation("r2", "Y", "A", shares(50, startDate="2021-04-03"), statementDate="2021-09-11"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "owner"),
    [
        ("2019-09-10", None),
        ("2019-09-11", "X"),
        ("2021-04-02", "X"),
        ("2021-04-03", "Y"),
        ("2021-08-01", "Y"),
        ("2024-01-01", "Y"),
    ],
)
def test_a_holding_counts_from_its_first_day_to_the_day_before_its_last(
    day: str, owner: str | None
) -> None:
    """Told only later, the change still counts from when it was; nobody holds twice."""
    as_of = date.fromisoformat(day)
    for who in ("X", "Y"):
        found = statuses(by(bods(*HISTORY), who, day=as_of))["A"]
        assert found == ("blocked" if who == owner else "not-blocked")


def test_without_a_day_the_newest_statements_count() -> None:
    """What is closed or ended is over."""
    assert statuses(by(bods(*HISTORY), "X"))["A"] == "not-blocked"
    assert statuses(by(bods(*HISTORY), "Y"))["A"] == "blocked"


def test_a_beginning_known_to_the_year_leaves_that_year_open() -> None:
    """Whether it was held in March of the year is not known."""
    graph = bods(entity("A"), person("X"), relation("r", "X", "A", shares(60, startDate="2021")))
    for day, status in (("2020-12-31", "not-blocked"), ("2021-03-01", "unknown"),
                        ("2021-12-31", "blocked")):  # fmt: skip
        assert statuses(by(graph, "X", day=date.fromisoformat(day)))["A"] == status


def test_what_points_at_nothing_is_told_and_kept() -> None:
    """A missing description is a node without a name; a missing subject is no holding at all."""
    lost = relation("r", "X", "A", shares(60))
    empty = relation("q", "X", "", shares(60))
    result = by(bods(entity("A"), lost, empty), "X")
    assert statuses(result) == {"X": "blocked", "A": "blocked"}
    assert [item.why for item in result.problems] == [
        "interestedParty X is described by no statement",
        "has no subject; what it states is not known of anybody",
    ]


def test_an_id_that_comes_twice_counts_once() -> None:
    """The first is kept and the second told, so that nothing is added up twice."""
    again = relation("r", "X", "A", shares(30))
    result = by(bods(entity("A"), person("X"), again, again), "X")
    assert statuses(result)["A"] == "not-blocked"
    assert "has an id that was there before" in result.problems[0].why


def test_an_interest_without_a_type_or_none_at_all_may_be_ownership() -> None:
    """Not stated is not known."""
    bare = relation("r", "X", "A", {"directOrIndirect": "unknown"})
    none = relation("r", "X", "A")
    for statement in (bare, none):
        assert statuses(by(bods(entity("A"), person("X"), statement), "X"))["A"] == "unknown"


def test_a_party_is_found_by_id_number_and_any_name() -> None:
    """In any case; a name that several bear means all of them."""
    named = entity("A")
    named["recordDetails"] |= {
        "alternateNames": ["The Other Name"], "identifiers": [{"scheme": "GB-COH", "id": "0123"}],
    }  # fmt: skip
    twin = entity("B")
    twin["recordDetails"]["name"] = "Name of A"
    graph = bods(named, twin)
    assert list(find(graph, ["gb-coh-0123"])) == list(find(graph, ["the other  NAME"])) == ["A"]
    assert list(find(graph, ["name of a"])) == ["A", "B"]
    assert "2 parties bear" in find(graph, ["name of a"])["B"]


def test_parts_of_the_wrong_kind_are_passed_over() -> None:
    """A number where names should stand leaves the party without a name, not the file unread."""
    odd = entity("A")
    odd["recordDetails"] = {"names": 5, "identifiers": "x", "entityType": 7, "name": ["A"]}
    graph = bods(odd, person("X"), relation("r", "X", "A", shares(60)))
    assert graph.nodes["A"].name == "A"
    assert statuses(by(graph, "X"))["A"] == "blocked"
