"""Files that are broken, huge or meant to hurt: one line, or an answer that says what is open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from owned_made import holdings, statuses, table

from detente.errors import DataError, DetenteError, UnknownIdError, UsageError
from detente.screening.ownership.assess import assess
from detente.screening.ownership.blocked import words_in
from detente.screening.ownership.model import Graph, Holding, Node, Statement
from detente.screening.ownership.read import graph_of, read
from detente.screening.ownership.rule import rule_of
from detente.screening.ownership.shares import bounds

BROKEN = {
    "empty": b"",
    "blank": b"  \n",
    "cut off": b'[{"statementId": "a"',
    "deep": b"[" * 200_000,
    "deep inside": b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
    "no number": b'[{"a": NaN}]',
    "no object": b"[1, 2]",
    "nothing of the standard": b'[{"hello": "world"}]',
    "an empty array": b"[]",
    "a broken second line": b'{"statementId": "a"}\n{"b',
    "no text": b"\xff\xfe\x00owner",
    "no columns": b"a,b,c\n1,2,3\n",
    "two columns of a name": b"owner,owned,owner_id,share\n1,2,3,4\n",
    "an open quote": b'owner,owned,share\n"X,A,25\n',
    "a huge exponent": b'[{"a": 1e99999999999999999999}]',
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_in_one_line(name: str) -> None:
    """What it is and what to do; never a trace, never an empty answer."""
    with pytest.raises(DataError) as caught:
        graph_of(BROKEN[name], file="made.json")
    assert "\n" not in str(caught.value)
    assert "made.json" in str(caught.value)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    """A folder, and a name that nothing bears."""
    for path in (tmp_path, tmp_path / "absent.json"):
        with pytest.raises(UsageError, match=r"is no file"):
            read(path)


def test_statements_may_stand_in_an_array_on_lines_or_alone(tmp_path: Path) -> None:
    """All three are the same graph."""
    one = {"statementId": "s", "recordId": "A", "recordType": "entity",
           "recordDetails": {"name": "A Ltd"}}  # fmt: skip
    for text in (json.dumps([one]), json.dumps(one) + "\n\n", json.dumps(one, indent=2)):
        path = tmp_path / "made.json"
        path.write_text("\ufeff" + text, encoding="utf-8")
        assert [node.name for node in read(path).nodes.values()] == ["A Ltd"]


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["statementId", "statementID", "statementType", "recordId", "recordType",
                         "recordDetails", "subject", "interestedParty", "interests", "share",
                         "exact", "minimum", "names", "identifiers", "unspecified", "entityType",
                         "replacesStatements", "componentRecords", "type", "startDate"]),
        inner, max_size=6),
    max_leaves=30,
))  # fmt: skip
def test_any_json_is_an_answer_or_one_line(value: object) -> None:
    """Whatever stands where, nothing but our own errors comes out."""
    base = {"statementId": "s1", "recordId": "r1", "recordType": "relationship",
            "recordDetails": {"subject": "A", "interestedParty": "B", "interests": value},
            "statementDate": value}  # fmt: skip
    old = {"statementID": "s2", "statementType": "ownershipOrControlStatement", "subject": value,
           "interestedParty": value, "interests": [value], "replacesStatements": value}  # fmt: skip
    party = {"statementId": "s3", "recordId": "A", "recordType": "entity", "recordDetails": value}
    try:
        graph = graph_of(json.dumps([value, base, old, party]).encode(), file="made.json")
        assess(graph, {"B": "listed"} if "B" in graph.nodes else {}, rule=rule_of("uk"))
    except DetenteError as error:
        assert "\n" not in str(error)  # noqa: PT017 - nothing else may come out


@given(st.text(max_size=200))
def test_any_table_is_an_answer_or_one_line(text: str) -> None:
    """Rows that cannot be read are told; the others count."""
    try:
        graph = table("owner,owned,share\nX,A,60\n" + text)
    except DataError as error:
        assert "\n" not in str(error)  # noqa: PT017 - nothing else may come out
        return
    assert statuses(assess(graph, {"X": "listed"}, rule=rule_of("ofac")))["A"] != "not-blocked"


def test_rows_that_cannot_be_read_are_told_with_their_line() -> None:
    """The share, the kind, the dates and who is owned."""
    graph = table(
        "owner;owned;share;from;kind\nX;A;1O %;;\nX;B;60;soon;\nX;C;60;;stake\nX;;60;;\n\n"
        "X;D;60;;\n"
    )
    assert [(item.statement, item.why.split(";")[0]) for item in graph.problems] == [
        ("made.csv:2", "'1o %' is no share"),
        ("made.csv:3", "from 'soon' is no date"),
        ("made.csv:4", "'stake' is no kind of interest that is known"),
        ("made.csv:5", "names nobody who is owned"),
    ]
    found = statuses(assess(graph, {"X": "listed"}, rule=rule_of("ofac")))
    assert found == {"X": "blocked", "B": "blocked", "D": "blocked", "A": "unknown", "C": "unknown"}


def test_a_table_may_carry_ids_and_names() -> None:
    """The first name counts, others are kept for whoever asks by them."""
    graph = table(
        "owner_id,owner_name,owned_id,owned_name,percentage\n1,Xa,2,Ab,60\n1,Xb,3,,60\n2,,3,Cd,1\n"
    )
    assert {node.id: node.name for node in graph.nodes.values()} == {
        "1": "Xa",
        "2": "Ab",
        "3": "Cd",
    }
    assert graph.nodes["1"].aliases == ("Xb",)


def test_shares_above_the_whole_are_told_with_where_they_stand() -> None:
    """Who holds how much by which statement."""
    result = assess(holdings("X 60 A\nZ 70 A"), {"X": "listed"}, rule=rule_of("ofac"))
    assert [(item.statement, item.why) for item in result.problems] == [
        ("A", "the owners of A hold 130 % together: Z 70 % (made.csv:3), X 60 % (made.csv:2); one "
              "of them is wrong"),
    ]  # fmt: skip


def test_somebody_blocked_who_is_not_in_the_file_is_refused() -> None:
    """With what is nearest."""
    with pytest.raises(UnknownIdError, match=r"no party of the file has the id 'Alfa'; .*Alpha"):
        assess(holdings("Alpha 60 Beta"), {"Alfa": "listed"}, rule=rule_of("ofac"))


def test_a_file_of_the_blocked_holds_one_a_line() -> None:
    """Empty lines and remarks are left out; a line too long is refused."""
    assert words_in("\ufeffX\n\n# remark\n  Y Ltd  \n") == ["X", "Y Ltd"]
    with pytest.raises(UsageError, match="longer than 400"):
        words_in("x" * 401)


def line(count: int, share: int) -> Graph:
    """A chain of so many links."""
    held = bounds(share, share)
    return Graph(
        nodes={f"n{i}": Node(id=f"n{i}", name=f"n{i}") for i in range(count + 1)},
        statements=tuple(
            Statement(
                id=str(i),
                record=str(i),
                holdings=(
                    Holding(owner=f"n{i}", owned=f"n{i + 1}", interest="ownership", share=held),
                ),
            )
            for i in range(count)
        ),
    )


def test_a_chain_of_a_hundred_thousand_links_is_followed_to_its_end() -> None:
    """Nothing recurses on the depth of the graph; a chain asked for is whole."""
    graph = line(100_000, 50)
    result = assess(graph, {"n0": "listed"}, rule=rule_of("ofac"), of=["n100000"])
    assert result.nodes[0].status == "blocked"
    assert len(result.nodes[0].chain[0]) == 100_000
    assert not result.nodes[0].shortened


def test_where_all_are_shown_long_chains_are_shortened_and_say_so() -> None:
    """The links nearest to the node are kept."""
    result = assess(line(1000, 60), {"n0": "listed"}, rule=rule_of("ofac"))
    last = next(node for node in result.nodes if node.id == "n1000")
    assert last.shortened
    assert last.chain[0][-1].owned == "n1000"
    assert len(last.chain[0]) == 12


def test_a_circle_of_thirty_thousand_is_answered() -> None:
    """Its effective shares are closed in on, as far as the work allowed for it goes."""
    size = 30_000
    ring = line(size, 100)
    close = Statement(id="c", record="c", holdings=(
        Holding(owner=f"n{size}", owned="n0", interest="ownership", share=bounds(40, 40)),
        Holding(owner="X", owned="n0", interest="ownership", share=bounds(60, 60)),
    ))  # fmt: skip
    graph = Graph(
        nodes={**ring.nodes, "X": Node(id="X", name="X")}, statements=(*ring.statements, close)
    )
    result = assess(graph, {"X": "listed"}, rule=rule_of("ofac"))
    assert result.counts == {"blocked": size + 2, "unknown": 0, "not-blocked": 0}
    shares = {node.look_through for node in result.nodes if node.look_through}
    assert all(share.low > 0.99999 and share.high == 1.0 for share in shares)
