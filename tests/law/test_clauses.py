"""The grammar of conditions: every node that can be written, and every way to get it wrong."""

from __future__ import annotations

from datetime import date

import builders
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.law import conditions as c
from detente.law.clauses import tagged
from detente.law.read import parse

VOTE = c.Fact(kind="finding", id="f-vote")
ACT = c.Fact(kind="act", id="rp-x")
EVENT = c.Fact(kind="event", id="e-x")
CONDUCT = c.Fact(kind="requirement", id="r-x", level="progress")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("{requirement: r-x, level: progress}", CONDUCT),
        ("{finding: f-vote}", VOTE),
        ("{act: rp-x}", ACT),
        ("{event: e-x}", EVENT),
        ("{all: [{finding: f-vote}]}", c.All(of=(VOTE,))),
        ("{all: [{finding: f-vote}, {act: rp-x}]}", c.All(of=(VOTE, ACT))),
        ("{any: [{event: e-x}, {all: [{act: rp-x}]}]}", c.Any(of=(EVENT, c.All(of=(ACT,))))),
        ("{at_least: {count: 2, of: [{act: rp-x}, {event: e-x}]}}",
         c.AtLeast(count=2, of=(ACT, EVENT))),
        ("{not: {event: e-x}}", c.Not(of=EVENT)),
        ("{after: 2019-03-05}", c.After(date=date(2019, 3, 5))),
        ("{after: 2019-03-05, finding: f-vote}",
         c.After(date=date(2019, 3, 5), finding="f-vote")),
        ("{after: unknown, finding: f-vote}", c.After(finding="f-vote")),
        ("{elapsed: {from: {event: e-x}, term: 45 days}}",
         c.Elapsed(from_=EVENT, term="45 days")),
        ("{silence: {of: {event: e-x}, from: {act: rp-x}, term: 5 working days}}",
         c.Silence(of=EVENT, from_=ACT, term="5 working days")),
        ("{deferred: {by: {act: rp-x}, term: 6 months, condition: {not: {event: e-x}}}}",
         c.Deferred(by=ACT, term="6 months", condition=c.Not(of=EVENT))),
        ("{report: {of: {event: e-x}, by: the agency}}", c.Report(of=EVENT, by="the agency")),
        ("{report: {of: {event: e-x}, by: the agency, term: 30 days}}",
         c.Report(of=EVENT, by="the agency", term="30 days")),
        ("{snapback: {notice: {event: e-x}, term: 30 days, unless: {finding: f-vote}}}",
         c.Snapback(notice=EVENT, term="30 days", unless=VOTE)),
    ],
)  # fmt: skip
def test_what_is_written_becomes_the_tree(text: str, node: c.Condition) -> None:
    """Each form of the grammar gives the node that evaluators know."""
    assert builders.condition(text) == node


COMMON = "citation: s. 3, note: A doubt., since: 2010-01-01, until: 2020-01-01"


@pytest.mark.parametrize(
    "text",
    [
        "{finding: f-vote, COMMON}",
        "{requirement: r-x, level: met, COMMON}",
        "{all: [{act: rp-x}], COMMON}",
        "{any: [{act: rp-x}], COMMON}",
        "{not: {act: rp-x}, COMMON}",
        "{after: 2019-03-05, COMMON}",
        "{at_least: {count: 1, of: [{act: rp-x}]}, COMMON}",
        "{elapsed: {from: {event: e-x}, term: 45 days}, COMMON}",
        "{silence: {of: {event: e-x}, from: {act: rp-x}, term: 45 days}, COMMON}",
        "{deferred: {by: {act: rp-x}, term: 1 year, condition: {act: rp-x}}, COMMON}",
        "{report: {of: {event: e-x}, by: the agency}, COMMON}",
        "{snapback: {notice: {event: e-x}, term: 30 days, unless: {act: rp-x}}, COMMON}",
    ],
)
def test_any_node_may_say_its_provision_doubt_and_days(text: str) -> None:
    """``citation``, ``note``, ``since`` and ``until`` belong to every node."""
    node = builders.condition(text.replace("COMMON", COMMON))
    assert (node.citation, node.note) == ("s. 3", "A doubt.")
    assert (node.since, node.until) == (date(2010, 1, 1), date(2020, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "{not: {event: e-x, citation: s. 3, note: A doubt.}}",
        "{elapsed: {from: {event: e-x, citation: s. 3, note: A doubt.}, term: 45 days}}",
        "{report: {of: {event: e-x, citation: s. 3, note: A doubt.}, by: the agency}}",
    ],
)
def test_a_fact_within_a_node_keeps_its_provision_and_doubt(text: str) -> None:
    """A fact is a node wherever it stands: its citation and note are not lost."""
    facts = list(c.leaves(builders.condition(text)))
    assert [(fact.citation, fact.note) for fact in facts] == [("s. 3", "A doubt.")]


def faults(text: str) -> list[tuple[int | None, str]]:
    """Return the line and the text of everything that is wrong with a condition."""
    doc = parse(text, "a.yaml")
    found: list[tuple[int | None, str]] = []

    def report(container: object, key: object, problem: str, suggestion: str) -> None:
        found.append((doc.line(container, key), f"{problem}; {suggestion}"))

    node = tagged(doc.data, report)
    assert (node is None) == bool(found)
    return found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("f-vote", "a condition cannot be 'f-vote'; write for example {finding: f-x}"),
        ("[{finding: f-vote}]", "a condition cannot be [{'finding': 'f-vote'}]; write"),
        ("~", "a condition cannot be None; write for example"),
        ("{}", "a condition has none of after, all, any, not, while, reimposed"),
        ("{findings: f-vote}", "a condition has none of after, all, any, not, while, reimposed"),
        ("{finding: f-vote, act: rp-x}", "a condition names finding and act; give each node"),
        ("{all: [{act: rp-x}], any: [{act: rp-x}]}", "a condition names all and any; give each"),
        ("{after: 2019-03-05, act: rp-x}", "a condition names after and act; give each node"),
        ("{finding: f-vote, level: met}", "'level' does not belong to a node of 'finding'"),
        ("{finding: f-vote, citaton: x}", "'citaton' does not belong to a node of 'finding'; did "
         "you mean citation"),
        ("{requirement: r-x}", "a requirement needs a level; add the level"),
        ("{finding: 7}", "a single fact is wanted here; name one of requirement, finding"),
        ("{finding: [f-vote]}", "a single fact is wanted here; name one of"),
        ("{all: []}", "'all' has no limbs; list at least one condition"),
        ("{any: {finding: f-vote}}", "'any' has no limbs; list at least one condition"),
        ("{all: ~}", "'all' has no limbs; list at least one condition"),
        ("{not: {all: []}}", "'all' has no limbs; list at least one condition"),
        ("{not: e-x}", "'not' wants a condition; write for example {finding: f-x}"),
        ("{while: [{act: rp-x}]}", "'while' wants a condition; write for example"),
        ("{reimposed: ri-x, finding: f-vote}", "a condition names reimposed and finding"),
        ("{all: [{act: rp-x}], finding: f-vote}", "a condition names all and finding"),
        ("{race: {from: {event: e-x}, term: 1 day}}", "'race' lacks 'before'; add before"),
        ("{imposed: {count: 2, of: []}}", "'of' is no list of ids; name the measures"),
        ("{imposed: {count: 2, of: [7]}}", "'of' is no list of ids; name the measures"),
        ("{imposed: {count: 0, of: [m-1]}}", "'count' cannot be 0; write a whole number"),
        ("{at_least: 2}", "'at_least' wants count, of; write them as a mapping"),
        ("{at_least: {of: [{act: rp-x}]}}", "'at_least' lacks 'count'; add count"),
        ("{at_least: {count: 0, of: [{act: rp-x}]}}", "'count' cannot be 0; write a whole number"),
        ("{at_least: {count: true, of: [{act: rp-x}]}}", "'count' cannot be True; write a whole"),
        ("{at_least: {count: 1.5, of: [{act: rp-x}]}}", "'count' cannot be 1.5; write a whole"),
        ("{at_least: {count: '1', of: [{act: rp-x}]}}", "'count' cannot be '1'; write a whole"),
        ("{at_least: {count: 1, of: []}}", "'of' has no limbs; list at least one condition"),
        ("{elapsed: {from: {event: e-x}}}", "'elapsed' lacks 'term'; add term"),
        ("{elapsed: {from: {event: e-x}, term: 45}}", "'term' cannot be 45; write it in words"),
        ("{elapsed: {from: {event: e-x}, term: a while}}", "'a while' is no term: write a number"),
        ("{elapsed: {from: {all: [{act: rp-x}]}, term: 1 day}}", "a single fact is wanted here"),
        ("{elapsed: {from: {event: e-x}, trm: 1 day}}", "'trm' does not belong to 'elapsed'; did "
         "you mean term?"),
        ("{silence: {of: {event: e-x}, term: 1 day}}", "'silence' lacks 'from'; add from"),
        ("{deferred: {by: {act: rp-x}, term: 1 day}}", "'deferred' lacks 'condition'; add"),
        ("{deferred: {by: {act: rp-x}, term: 1 day, condition: f-vote}}",
         "a condition cannot be 'f-vote'; write"),
        ("{report: {of: {event: e-x}}}", "'report' lacks 'by'; add by"),
        ("{report: {of: {event: e-x}, by: [x]}}", "'by' cannot be ['x']; write it in words"),
        ("{report: {of: {event: e-x}, by: x, term: soon}}", "'soon' is no term: write a number"),
        ("{snapback: {notice: {event: e-x}, term: 1 day}}", "'snapback' lacks 'unless'; add"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_what_would_be_right(text: str, problem: str) -> None:
    """Each way to leave the grammar has one message, with advice."""
    assert faults(text)[0][1].startswith(problem)


def test_every_limb_that_is_wrong_is_told_at_its_line() -> None:
    """Translation goes on after a problem, so that all are mended at once."""
    text = """\
all:
- {finding: f-vote}
- {findin: f-vote}
- any:
  - {requirement: r-x}
  - {not: e-x}
- elapsed: {from: {event: e-x}, term: soon}
- {act: rp-x, levl: met}
"""
    assert [line for line, _ in faults(text)] == [3, 5, 6, 7, 8]


def test_every_part_that_is_wrong_is_told() -> None:
    """Two wrong parts of one node are both told."""
    told = [text for _, text in faults("{silence: {of: e-x, from: {event: e-x}, term: soon}}")]
    assert len(told) == 2


def test_two_unknown_parts_are_both_told() -> None:
    """Parts that do not belong are told together, in the order of the file."""
    told = [text for _, text in faults("{elapsed: {frm: {event: e-x}, trm: 1 day}}")]
    assert [text.split()[0] for text in told][:2] == ["'frm'", "'trm'"]


LEAVES = st.sampled_from(
    [{"finding": "f-x"}, {"act": "rp-x"}, {"event": "e-x"}, {"requirement": "r-x", "level": "met"},
     {"after": "2019-01-01"}, {"elapsed": {"from": {"event": "e-x"}, "term": "1 day"}}]
)  # fmt: skip
TREES: st.SearchStrategy[object] = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda head, limbs: {head: limbs},
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=20,
)


@given(TREES)
def test_any_tree_of_the_grammar_is_read(tree: object) -> None:
    """Whatever is built from the grammar is translated, limb by limb."""
    node = builders.condition_of(tree)
    assert str(tree).count("-x") == len(list(c.leaves(node)))
    assert msgspec.convert(msgspec.to_builtins(node), c.Condition) == node


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["f-x", "met", "1 day", ""]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["all", "any", "not", "after", "at_least", "count", "of", "from", "term",
                         "finding", "requirement", "level", "elapsed", "note", "x"]),
        inner, max_size=3,
    ),
    max_leaves=12,
)  # fmt: skip


@given(JUNK)
def test_anything_else_is_translated_or_told(raw: object) -> None:
    """Whatever a file says, the answer is a tagged form or at least one problem."""
    told: list[str] = []
    node = tagged(raw, lambda container, key, problem, advice: told.append(problem))
    assert (node is None) == bool(told)
