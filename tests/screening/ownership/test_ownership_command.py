"""The command: its four forms, what it asks for, and what it says in one line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from detente.cli.ownership import ownership
from detente.errors import UnknownIdError, UsageError

TABLE = """owner,owned,share,from,until,kind
X,Alpha,50,,,
Alpha,Beta,60,,,
X,Gamma,25-60,,,
Y,Gamma,30,,,
X,Delta,30,,,
X,Epsilon,,,,votes
X,Zeta,60,2019-01-01,2020-01-01,
"""


@pytest.fixture
def made(tmp_path: Path) -> str:
    path = tmp_path / "made.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    """Run the command; what it raises is raised here."""
    return CliRunner().invoke(
        ownership, [*arguments, "--as-of", "2024-12-01"], catch_exceptions=False
    )


def answered(*arguments: str) -> dict[str, Any]:
    """Return the answer in JSON."""
    found: dict[str, Any] = json.loads(run(*arguments, "--format", "json").stdout)
    return found


def test_the_json_says_everything(made: str) -> None:
    """Rule, day, verdicts with ranges and chains, what is left out and why."""
    answer = answered(made, "--blocked", "X")
    assert answer["schema"] == "detente.ownership/1"
    assert (answer["rule"], answer["as_of"]) == ("ofac", "2024-12-01")
    assert answer["counts"] == {"blocked": 3, "unknown": 1, "not-blocked": 4}
    nodes = {node["id"]: node for node in answer["nodes"]}
    beta = nodes["Beta"]
    assert beta["aggregate"] == {"low": 0.6, "central": 0.6, "high": 0.6, "kind": "bounds"}
    assert beta["direct"]["high"] == 0
    assert beta["look_through"]["low"] == 0.3
    assert [(link["owner"], link["owned"], link["statement"]) for link in beta["chain"][0]] == [
        ("X", "Alpha", "made.csv:2"), ("Alpha", "Beta", "made.csv:3"),
    ]  # fmt: skip
    assert nodes["Gamma"]["settles"][0] == (
        "what share of Gamma X owns (stated: 25 to 60 %): 50 % or more blocks it"
    )
    assert nodes["Delta"]["settles"] == [
        "who holds up to 70 % of Delta of which no statement speaks"
    ]
    assert nodes["Epsilon"]["controlled_by"] == ["X"]
    assert nodes["Zeta"]["settles"] == []
    assert {item["statement"]: item["why"] for item in answer["left_out"]} == {
        "made.csv:7": "votes: control and influence do not count under this rule",
        "made.csv:8": "share: ended 2020-01-01",
    }


def test_the_table_shows_verdicts_chains_and_what_would_settle_them(made: str) -> None:
    """What a person reads, in this order."""
    text = run(made, "--blocked", "X").stdout
    places = [
        text.index(part)
        for part in (
            "Ownership by the rule ofac on 2024-12-01: 3 blocked, 1 unknown, 4 not blocked",
            "Rule", "Source", "Beware", "Blocked (3)", "Unknown", "Not blocked (4)",
            "X > 50 % > Alpha > 60 % > Beta", "What would settle it", "do not count",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert max(map(len, text.splitlines())) <= 100


def test_markdown_and_csv_say_the_same(made: str) -> None:
    """A row for each party."""
    assert "| Alpha |" in run(made, "--blocked", "X", "--format", "md").stdout
    rows = list(csv.DictReader(io.StringIO(run(made, "--blocked", "X", "--format", "csv").stdout)))
    assert {row["id"]: row["status"] for row in rows}["Gamma"] == "unknown"
    assert len(rows) == 8


def test_one_party_may_be_asked_for(made: str) -> None:
    """By any name it has."""
    assert [node["id"] for node in answered(made, "--blocked", "x", "--of", "beta")["nodes"]] == [
        "Beta"
    ]


def test_what_no_statement_speaks_of_may_be_held_by_nobody_knows_whom(made: str) -> None:
    """Then whatever is not surely in other hands is unknown."""
    counts = answered(made, "--blocked", "X", "--rest", "unknown")["counts"]
    assert counts == {"blocked": 3, "unknown": 5, "not-blocked": 0}


def test_the_blocked_may_stand_in_a_file(made: str, tmp_path: Path) -> None:
    """Those that are not among the parties are counted, and never stop the rest."""
    path = tmp_path / "blocked.txt"
    path.write_text("# ours\nX\nSomebody Else\n", encoding="utf-8")
    result = run(made, "--blocked-file", str(path), "--format", "csv")
    assert "blocked by name" in result.stdout
    assert f"1 of {path} are not in {made}, for example Somebody Else" in result.stderr


def test_what_makes_no_sense_is_refused_in_one_line(made: str, tmp_path: Path) -> None:
    """Nobody blocked, a party that is not there, a rule that is none, a file that is no text."""
    with pytest.raises(UsageError, match="nobody is named as blocked"):
        run(made)
    with pytest.raises(UnknownIdError, match="'Alfa'"):
        run(made, "--blocked", "Alfa")
    with pytest.raises(UsageError, match="no rule 'oafc'"):
        run(made, "--blocked", "X", "--rule", "oafc")
    path = tmp_path / "blocked.bin"
    path.write_bytes(b"\xff\xff")
    with pytest.raises(UsageError, match="no text in UTF-8"):
        run(made, "--blocked-file", str(path))
