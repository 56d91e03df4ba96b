"""Cases as a lawyer would put them: holdings, who is blocked, and what follows by each rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from owned_made import holdings, statuses

from detente.errors import UsageError
from detente.screening.ownership.assess import assess
from detente.screening.ownership.model import Graph, Node
from detente.screening.ownership.rule import NAMES, RULES, rule_of

CASES: Final[list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8")
)
ASKED: Final = [(case, name) for case in CASES for name in NAMES if name in case or "all" in case]


@pytest.mark.parametrize(
    ("case", "name"), ASKED, ids=[f"{case['case']} ({name})" for case, name in ASKED]
)
def test_a_case_comes_out_as_the_law_says(case: dict[str, Any], name: str) -> None:
    """Whoever the case names has the status it gives, everybody else is not blocked."""
    as_of = case.get("as_of")
    graph = holdings(case["holdings"])
    blocked = dict.fromkeys(case["blocked"].split(), "listed")
    blocked = {id_: why for id_, why in blocked.items() if id_ in graph.nodes}
    result = assess(graph, blocked, rule=rule_of(name, as_of), as_of=as_of)
    expected = dict.fromkeys(graph.nodes, "not-blocked") | dict.fromkeys(blocked, "blocked")
    for status, ids in (case[name] if name in case else case["all"]).items():
        expected |= dict.fromkeys(ids.split(), status)
    assert statuses(result) == expected


def test_there_are_cases_for_every_rule() -> None:
    """The file was read, and no rule is left without a case."""
    assert {name for _, name in ASKED} == set(NAMES)
    assert len(ASKED) > 80


def test_every_rule_is_printed_with_its_words_and_where_they_stand() -> None:
    """A verdict without its rule and source is worth nothing."""
    graph = holdings("X 60 A")
    for name in NAMES:
        result = assess(graph, {"X": "listed"}, rule=rule_of(name))
        assert (result.rule, result.schema) == (name, "detente.ownership/1")
        assert "50" in result.definition
        assert result.source


def test_a_rule_is_the_one_of_the_day() -> None:
    """The EU's threshold changed on 3 July 2024; before what is known a rule is refused."""
    assert not rule_of("eu", date(2024, 7, 2)).half_is_enough
    assert rule_of("eu", date(2024, 7, 3)).half_is_enough
    assert rule_of("eu") is [rule for rule in RULES if rule.name == "eu"][-1]
    with pytest.raises(UsageError, match="known from 2014-08-13"):
        rule_of("ofac", date(2010, 1, 1))
    with pytest.raises(UsageError, match="no rule 'ofca'; did you mean ofac"):
        rule_of("ofca")


@pytest.mark.parametrize("name", NAMES)
def test_what_nobody_is_said_to_hold_may_make_up_the_half(name: str) -> None:
    """Thirty of a blocked party and forty-five of another: who holds the rest decides."""
    graph = holdings("X 30 A\nX 30 B\nZ 45 A\nZ 51 B")
    graph = Graph(  # a person is nobody's; an entity might be somebody's whom nobody states
        nodes={**graph.nodes, "Z": Node(id="Z", name="Z", kind="person")},
        statements=graph.statements,
    )
    few = statuses(assess(graph, {"X": "listed"}, rule=rule_of(name)))
    many = statuses(assess(graph, {"X": "listed"}, rule=rule_of(name), rest="unknown"))
    assert (few["A"], many["A"]) == ("not-blocked", "unknown")
    assert few["B"] == many["B"] == "not-blocked"
