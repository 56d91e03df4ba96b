"""Files of cases: what is read, what is refused and how, and how the answers are judged."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente
from detente.cases.answers import answers
from detente.cases.expected import EXPECTED
from detente.cases.files import check
from detente.cases.judge import PARTS, judge, run, wrong
from detente.cases.model import Case, Fault, Result, Results
from detente.cli.main import main
from detente.evidence.load import shipped
from detente.law.find import BUNDLED
from detente.law.regime import Regime
from detente.report.cases import lines
from detente.skeleton import write
from detente.validate import problems_of

Added = Callable[[str], list[str]]
GOOD: Final = """\
- name: The ban on timber stands
  measure: tiny-timber
  as_of: 2025-06-30
  findings:
  - {requirement: r-withdraw, extent: progress}
  expect:
    letter: barred
    path:
      rp-tiny-end: {value: unmet}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new regime called tiny, with its one case."""
    monkeypatch.chdir(tmp_path)
    write("tiny", tmp_path / "tiny")
    return tmp_path / "tiny"


@pytest.fixture
def told(folder: Path) -> Added:
    """Return a function that adds a file of cases, and gives what is wrong with the regime."""

    def add(text: str) -> list[str]:
        (folder / "cases" / "more.yaml").write_text(text, encoding="utf-8", newline="")
        return [str(item).removeprefix(str(folder) + "/") for item in problems_of(str(folder))]

    return add


def swap(old: str, new: str) -> str:
    """Return the good case with something else in it."""
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_a_good_case_has_no_problem(told: Added) -> None:
    """The case that the tests below spoil is right."""
    assert told(GOOD) == []


SPOILED: Final[list[tuple[str, str, int, tuple[str, ...]]]] = [
    ("unknown key", swap("findings:", "finding:"), 4, ("'finding'", "did you mean findings")),
    ("no question", swap("  measure: tiny-timber\n", ""), 1, ("asks about nothing", "measure")),
    ("two questions", swap("  as_of", "  row: measures/tiny-timber\n  as_of"), 1,
     ("measure and row", "name one of")),
    ("unknown measure", swap("tiny-timber", "tiny-tinber"), 2, ("did you mean tiny-timber",)),
    ("no measure", swap("tiny-timber", "[]"), 2, ("asks about no measure",)),
    ("unknown offer", swap("measure: tiny-timber", "offer: summit"), 2, ("'summit'",)),
    ("unknown table", swap("measure: tiny-timber", "row: measure/tiny-timber"), 2,
     ("did you mean measures",)),
    ("unknown row", swap("measure: tiny-timber", "row: measures/timber"), 2, ("'timber'",)),
    ("a key of another question", swap("as_of", "path: {term: 1 year}\n  as_of"), 3,
     ("'path' does not belong to a case on a measure",)),
    ("no name", swap("The ban on timber stands", "' '"), 1, ("has no name",)),
    ("no expectation", swap("  expect:", "  expected:"), 1, ("lacks expect",)),
    ("nothing expected", GOOD.partition("  expect:")[0] + "  expect: {}\n", 6, ("nothing",)),
    ("an answer that none has", swap("letter: barred", "leter: barred"), 7,
     ("which no answer has", "did you mean letter")),
    ("a word that no answer has", swap("letter: barred", "letter: bared"), 7,
     ("'bared'", "did you mean barred")),
    ("an answer of paths that none has", swap("{value: unmet}", "{valeu: unmet}"), 9,
     ("did you mean value",)),
    ("a word that no path has", swap("{value: unmet}", "{value: unmett}"), 9,
     ("did you mean unmet",)),
    ("an unknown path", swap("rp-tiny-end", "rp-tiny-ends"), 9, ("did you mean rp-tiny-end",)),
    ("an unknown path in a list", swap("letter: barred", "no_path: [rp-tiny-wave]"), 7,
     ("did you mean rp-tiny-waive",)),
    ("an unknown ground", swap("letter: barred", "grounds: {r-withdrew: met}"), 7,
     ("did you mean r-withdraw",)),
    ("an empty text", swap("letter: barred", "reason: ''"), 7, ("expects nothing of reason",)),
    ("an empty list of parts", swap("letter: barred", "eases: []"), 7, ("expects nothing",)),
    ("an empty block", swap("{value: unmet}", "{}"), 9, ("expects nothing of rp-tiny-end",)),
    ("null", swap("letter: barred", "letter: ~"), 7, ("expects nothing of letter",)),
    ("a text for a truth", swap("letter: barred", "in_force: 'true'"), 7, ("true or false",)),
    ("a number for a text", swap("letter: barred", "reason: 5"), 7, ("a text",)),
    ("a truth for a number", swap("letter: barred", "letter: true"), 7, ("'True'",)),
    ("a list for a mapping", swap("{value: unmet}", "[value]"), 9, ("a mapping",)),
    ("a mapping for a word", swap("letter: barred", "letter: {a: b}"), 7, ("expects letter",)),
    ("numbers in a list of texts", swap("letter: barred", "reason: [1]"), 7, ("a text",)),
    ("no day", swap("2025-06-30", "2025-06-31"), 3, ("as_of: ", "write it as 2019-02-28")),
    ("a year far away", swap("2025-06-30", "9999-12-31"), 3, ("as_of: ", "no year from 1800")),
    ("a year for a day", swap("2025-06-30", "2025"), 3, ("as_of: Expected",)),
    ("an unknown word of revival", swap("as_of", "revival: revives\n  as_of"), 3,
     ("did you mean revive",)),
    ("a reading of a measure", swap("as_of", "reading: theirs\n  as_of"), 3,
     ("unknown reading of contested findings 'theirs'",)),
    ("a day of acting", swap("as_of", "act_date: last week\n  as_of"), 3, ("act_date",)),
    ("an unknown requirement", swap("requirement: r-withdraw", "requirement: r-withdrew"), 5,
     ("did you mean r-withdraw",)),
    ("an unknown extent", swap("extent: progress", "extent: progres"), 5,
     ("did you mean progress",)),
    ("an unknown field of a finding", swap("extent: progress", "extant: progress"), 5,
     ("'extant'",)),
    ("a finding about nothing", swap("requirement: r-withdraw, ", ""), 5, ("about nothing",)),
    ("a finding that says nothing", swap(", extent: progress", ""), 5, ("says nothing of extent",)),
    ("a finding with a hopeless date", swap("extent: progress", "extent: met, happened: soon"), 5,
     ("'soon' is no date",)),
    ("a finding that is a word", swap("{requirement: r-withdraw, extent: progress}", "later"), 5,
     ("'later', not a mapping",)),
    ("findings that are no list", GOOD.replace("  findings:\n  -", "  findings:\n   "), 4,
     ("findings: Expected `array`",)),
    ("a star that fits nothing", swap("r-withdraw,", "x-*,"), 5, ("like 'x-*'",)),
    ("an exception to one", swap("r-withdraw,", "r-withdraw, but: r-withdraw,"), 5, ("but",)),
    ("an exception that is none", swap("r-withdraw,", "'r-*', but: r-withdrew,"), 5,
     ("did you mean r-withdraw",)),
    ("the id of another finding", swap("extent: progress", "extent: met, id: b-withdraw"), 4,
     ("b-withdraw", "own id")),
    ("a name that is taken", GOOD + GOOD, 10, ("has the name of more.yaml:1",)),
    ("a name of another file",
     swap("The ban on timber stands",
          "With one brigade still beyond the border the ban on timber stands"), 1,
     ("has the name of first.yaml:5",)),
    ("a broken condition", "- name: A\n  condition: {al: []}\n  expect: {value: met}\n", 2,
     ("a condition has none of",)),
    ("a condition with a hopeless term",
     "- name: A\n  condition: {finding: f-a}\n  path: {term: soon}\n  expect: {value: met}\n", 3,
     ("'soon' is no term",)),
    ("a condition in an unknown field",
     "- name: A\n  condition: {finding: f-a}\n  path: {terms: 1 year}\n  expect: {value: met}\n", 3,
     ("did you mean term",)),
    ("a condition and facts that it does not name",
     "- name: A\n  condition: {finding: f-a}\n  findings: [{finding: f-b, made: true}]\n"
     "  expect: {value: met}\n", 3, ("'f-b'",)),
    ("an item that is a word", "- hello\n", 1, ("'hello', not a mapping",)),
    ("a mapping", "name: A\n", 1, ("no list of cases",)),
    ("nothing", "", 1, ("no list of cases",)),
    ("an alias", "- &a x\n", 1, ("anchor",)),
    ("depth", "[" * 100 + "]" * 100, 1, ("nested deeper",)),
]  # fmt: skip
"""What is wrong, the file, the line to blame, and what the line of the problem must say."""


@pytest.mark.parametrize(
    ("text", "line", "says"), [item[1:] for item in SPOILED], ids=[item[0] for item in SPOILED]
)
def test_a_spoiled_case_is_refused(
    told: Added, text: str, line: int, says: tuple[str, ...]
) -> None:
    """The problem names the file and the line, says what is wrong and what would be right."""
    problems = told(text)
    assert problems
    assert problems[0].startswith(f"cases/more.yaml:{line}: ")
    assert all("\n" not in problem and problem.isprintable() for problem in problems)
    for part in says:
        assert part in problems[0]


def test_every_fault_of_a_case_is_told(told: Added) -> None:
    """Several slips in one case are several problems."""
    assert len(told(swap("letter: barred", "leter: barred").replace("unmet", "unmett"))) == 2


def test_a_file_that_is_no_text_is_refused(folder: Path, told: Added) -> None:
    """Bytes that are no UTF-8, and a folder with a file's name, are problems and no crash."""
    (folder / "cases" / "bad.yaml").write_bytes(b"- name: \xff\n")
    (folder / "cases" / "worse.yaml").mkdir()
    problems = told(GOOD)
    assert len(problems) == 2
    assert "not UTF-8" in problems[0]
    assert "cannot be read" in problems[1]


def test_an_offer_that_is_broken_is_told_once(folder: Path, told: Added) -> None:
    """A case on an offer that cannot be read repeats none of the offer's problems."""
    (folder / "offers").mkdir()
    (folder / "offers" / "talks.yaml").write_text("id: talks\n", encoding="utf-8")
    problems = told(swap("measure: tiny-timber", "offer: talks").replace("path", "rules"))
    assert len(problems) == len(set(problems))
    assert any("offers/talks.yaml" in problem for problem in problems)


def edited() -> st.SearchStrategy[str]:
    """Return a text of the good case with random edits."""
    words = st.sampled_from(
        ("~", "[]", "{}", "''", "-1", "1e999", "true", "2019-02-30", "9999 years", "{a: [b]}",
         "[[x]]", "r-*", "*", "tiny-timber", "met", "9" * 30, "0x1F", "\u202e")
    )  # fmt: skip

    def edit(text: str, where: int, word: str, key: bool) -> str:
        rows = text.splitlines()
        at = where % len(rows)
        head, _, tail = rows[at].partition(": ")
        rows[at] = f"{word}: {tail}" if key else f"{head}: {word}"
        return "\n".join(rows)

    one = st.builds(edit, st.just(GOOD), st.integers(0, 20), words, st.booleans())
    return st.one_of(
        one, st.builds(edit, one, st.integers(0, 20), words, st.booleans()), st.text(max_size=80)
    )


@settings(
    max_examples=200, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(text=edited())
def test_any_file_of_cases_is_judged_or_refused(folder: Path, text: str) -> None:
    """A file with random edits gives results or problems, never an error."""
    path = folder / "cases" / "more.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    regime = detente.load(str(folder))
    cases, problems = check([path], regime)
    assert [item for item in problems if item.file != str(path) or "\n" in str(item)] == []
    results = [judge(case, regime, shipped(regime)) for case in cases]
    assert all(result.ok == (not result.faults) for result in results)


def test_a_term_beyond_the_calendar_fails_the_case_and_stops_nothing(
    folder: Path, told: Added
) -> None:
    """What an engine cannot count is told as the case's own fault."""
    text = (
        "- name: A\n  condition: {elapsed: {from: {finding: f-a}, term: 9999 years}}\n"
        "  findings: [{finding: f-a, made: true}]\n  expect: {value: unmet}\n"
    )
    assert told(text) == []
    results = run(detente.load(str(folder)))
    assert [result.name for result in results.cases][1] == "A"
    assert results.cases[0].ok


# Judging


@pytest.fixture(scope="module")
def dprk() -> Regime:
    """The bundled regime of North Korea."""
    return detente.load("dprk")


def of(text: str, regime: Regime, path: Path) -> list[Case]:
    """Return the cases of a text."""
    path.write_text(text, encoding="utf-8")
    cases, problems = check([path], regime)
    assert [str(problem) for problem in problems] == []
    return cases


def test_a_failing_case_says_what_was_expected_and_got(tmp_path: Path, dprk: Regime) -> None:
    """Each wrong answer is named, with both values; of several measures, each by its id."""
    text = """\
- name: Two measures of the Council
  measure: [un-1718-luxury, un-2375-textiles]
  as_of: 2019-02-28
  expect:
    letter: barred
    in_force: true
    reason: nobody
    path: {rp-un-lift: {value: met}, rp-us-402-terminate: {value: met}}
    eases: [rp-un-committee-general, rp-us-402-terminate]
"""
    (case,) = of(text, dprk, tmp_path / "a.yaml")
    faults = judge(case, dprk, shipped(dprk)).faults
    told = {fault.of: str(fault) for fault in faults}
    assert told["un-1718-luxury: letter"] == (
        "un-1718-luxury: letter: expected barred, got discretionary"
    )
    assert "expected met, got unmet" in told["un-2375-textiles: path rp-un-lift value"]
    assert "expected nobody, got " in told["un-1718-luxury: reason"]
    assert "no such answer" in told["un-1718-luxury: path rp-us-402-terminate"]
    eases = next(fault for fault in faults if fault.of == "un-1718-luxury: eases")
    assert "rp-us-402-terminate" in eases.expected
    assert "rp-us-402-terminate" not in eases.got
    assert not any("in_force" in fault.of for fault in faults)


def test_an_easing_path_can_be_expected_and_runs_out(tmp_path: Path) -> None:
    """A waiver is met while its term runs, and unmet from the day on which it lapses."""
    write("tiny", tmp_path / "tiny")
    text = """\
- name: It runs
  measure: tiny-freeze
  as_of: 2025-08-28
  expect: {in_force: true, easing: {rp-tiny-waive: {value: met, letter: open, lapses: 2025-08-29}}}
- name: It has run out
  measure: tiny-freeze
  as_of: 2025-08-29
  acts_complete_through: 2025-08-29
  expect: {easing: {rp-tiny-waive: {value: unmet}}}
- name: Nobody knows whether it was given again
  as_of: 2025-08-29
  measure: tiny-freeze
  expect: {easing: {rp-tiny-waive: {value: unknown}}}
"""
    regime = detente.load(str(tmp_path / "tiny"))
    cases = of(text, regime, tmp_path / "a.yaml")
    assert [judge(case, regime, shipped(regime)).faults for case in cases] == [(), (), ()]


@pytest.mark.parametrize(
    ("findings", "letter"),
    [
        ("[{requirement: r-a, extent: met}, {finding: f-b, made: true}]", "open"),
        ("[{requirement: r-a, extent: met}]", "discretionary"),
        ("[]", "undetermined"),
        ("[{requirement: r-a, extent: none}, {finding: f-b, made: true}]", "barred"),
    ],
)
def test_the_letter_by_one_path_alone(
    tmp_path: Path, dprk: Regime, findings: str, letter: str
) -> None:
    """Open where met, discretionary where only decisions lack, undetermined where unknown."""
    text = (
        "- name: A\n  condition: {all: [{requirement: r-a, level: met}, {finding: f-b}]}\n"
        "  path: {self_executing: false}\n"
        f"  findings: {findings}\n  expect: {{letter: {letter}}}\n"
    )
    (case,) = of(text, dprk, tmp_path / "a.yaml")
    assert judge(case, dprk, shipped(dprk)).faults == ()


def test_every_answer_can_be_expected_and_every_expectation_is_an_answer(
    tmp_path: Path, dprk: Regime
) -> None:
    """What may be expected of each kind of question is what the answers to it hold."""
    questions = {
        "measure": "measure: un-1718-luxury",
        "offer": "offer: hanoi-2019",
        "condition": "condition: {finding: f-a}",
        "row": "row: measures/un-1718-luxury",
    }
    words = {"measure": "in_force: true", "offer": "earned: {legal-minimum: 1}",
             "condition": "value: met", "row": "has: id"}  # fmt: skip
    assert set(questions) == set(EXPECTED)
    for kind, question in questions.items():
        text = f"- name: A\n  {question}\n  expect: {{{words[kind]}}}\n"
        (case,) = of(text, dprk, tmp_path / "a.yaml")
        for _, seen in answers(case, dprk, shipped(dprk)):
            assert set(seen) == set(EXPECTED[case.kind])
    assert {*PARTS} <= {name for block in EXPECTED.values() for name in block}


@pytest.mark.parametrize(
    ("expected", "seen", "faults"),
    [
        ({"a": 1}, {"a": 1}, 0),
        ({"a": 1}, {"a": 2}, 1),
        ({"b": 1}, {"a": 1}, 1),
        ({"reason": "may"}, {"reason": "it may be"}, 0),
        ({"reason": "not"}, {"reason": "it may be"}, 1),
        ({"eases": ["x"]}, {"eases": ["y", "x"]}, 0),
        ({"eases": ["x", "z"]}, {"eases": ["y", "x"]}, 1),
        ({"floor": {"m": ["x"]}}, {"floor": {"m": ["x", "y"]}}, 0),
        ({"path": {"p": {"value": "met"}}}, {"path": {"p": {"value": "unmet"}}}, 1),
        ({"missing": []}, {"missing": [["f-a"]]}, 1),
    ],
)
def test_what_is_wrong(expected: dict[str, Any], seen: dict[str, Any], faults: int) -> None:
    """Words must be equal; texts and lists of parts must be contained; a missing name is wrong."""
    assert len(list(wrong(expected, seen))) == faults


# The command


class Answer:
    """What ``regime test`` returned and wrote."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        capsys.readouterr()
        self.code = main(["regime", "test", *arguments])
        self.out, self.err = capsys.readouterr()


def test_cases_that_pass_are_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each case, and the counts last."""
    answer = Answer(capsys, str(folder))
    assert (answer.code, answer.err) == (0, "")
    assert re.fullmatch(r"ok     [^\n]+\n1 case: 1 ok, 0 failed\n", answer.out)


def test_a_case_that_fails_is_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line says where the case stands, what was expected and what was got."""
    (folder / "cases" / "more.yaml").write_text(swap("barred", "open"), encoding="utf-8")
    answer = Answer(capsys, str(folder))
    assert (answer.code, answer.err) == (1, "")
    assert answer.out.splitlines()[1:] == [
        "FAILS  The ban on timber stands (cases/more.yaml:1): letter: expected open, got barred",
        "2 cases: 1 ok, 1 failed",
    ]


def test_no_cases_are_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A regime without cases is told what to add."""
    (folder / "cases" / "first.yaml").unlink()
    answer = Answer(capsys, str(folder))
    assert (answer.code, answer.out) == (1, "no cases: add cases/*.yaml\n")
    (folder / "cases").rmdir()
    assert Answer(capsys, str(folder)).code == 1


def test_results_are_one_json_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--format json`` gives every case with its faults, and the counts."""
    (folder / "cases" / "more.yaml").write_text(swap("barred", "open"), encoding="utf-8")
    answer = Answer(capsys, str(folder), "--format", "json")
    found = json.loads(answer.out)
    assert (answer.code, answer.err) == (1, "")
    assert (found["schema"], found["regime"]) == ("detente.cases/1", "tiny")
    assert (found["ok"], found["fails"]) == (1, 1)
    assert found["cases"][1]["faults"] == [
        {"of": "letter", "expected": "open", "got": "barred", "why": ""}
    ]
    assert found["cases"][1]["file"] == "cases/more.yaml"


@pytest.mark.parametrize("spoiled", [swap("letter: barred", "letter: bared"), "", "- &a b"])
def test_cases_that_cannot_be_read_are_2(
    folder: Path, capsys: pytest.CaptureFixture[str], spoiled: str
) -> None:
    """A file with problems is told in one line, with its name."""
    (folder / "cases" / "more.yaml").write_text(spoiled, encoding="utf-8")
    answer = Answer(capsys, str(folder))
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r"detente: [^\n]*cases/more.yaml:\d+: [^\n]+\n", answer.err)


@pytest.mark.parametrize("ref", ["no-such-regime", "./no-such-folder", ""])
def test_a_regime_that_is_not_there_is_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ref: str
) -> None:
    """It is told in one line."""
    monkeypatch.chdir(tmp_path)
    answer = Answer(capsys, ref)
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r"detente: [^\n]+\n", answer.err)


def test_control_characters_stay_out_of_the_terminal() -> None:
    """What a file puts into a name or an answer cannot reach the terminal as a command."""
    fault = Fault("letter", "\x1b[31m", "\x07")
    case = Result(name="A\x1b[2J", ok=False, faults=(fault,), file="a", line=1)
    text = list(lines(Results(regime="a", ok=0, fails=1, cases=(case,))))
    assert all(line.isprintable() for line in text)


# Cases are no law


def test_cases_do_not_change_the_edition(folder: Path) -> None:
    """A regime is the same edition with other cases, and with none."""
    before = detente.load(str(folder)).edition
    (folder / "cases" / "more.yaml").write_text(GOOD, encoding="utf-8")
    assert detente.load(str(folder)).edition == before
    (folder / "cases" / "more.yaml").unlink()
    (folder / "cases" / "first.yaml").unlink()
    assert detente.load(str(folder)).edition == before


def test_cases_are_answered_by_the_law_that_is_there(folder: Path) -> None:
    """A change of the law or of the evidence changes what becomes of a case, at once."""
    assert run(detente.load(str(folder))).fails == 0
    evidence = folder / "evidence" / "2025-06-30.yaml"
    text = evidence.read_text(encoding="utf-8")
    evidence.write_text(text.replace("extent: progress  ", "extent: met  "), encoding="utf-8")
    assert run(detente.load(str(folder))).fails == 1


def test_the_bundled_regimes_have_no_problem_in_their_cases() -> None:
    """``regime validate`` reads the cases that ship."""
    for path in BUNDLED.glob("*/regime.yaml"):
        assert [str(problem) for problem in problems_of(path.parent.name)] == []
