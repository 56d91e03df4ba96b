"""What outside programs rely on: commands, exit codes, JSON fields and the numbers of Hanoi."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn
from xml.etree import ElementTree

import made
import pytest

import detente
from detente.cli.main import COMMANDS, main
from detente.offers.files import check_file

Json = dict[str, Any]
GOLDEN: Final = Path(__file__).parent / "golden" / "hanoi-first-screen.txt"
READINGS: Final = {"civilian": 33, "civilian-mixed": 56, "all-five": 76, "entirety": 95}
LETTERS: Final = {"open", "barred", "discretionary", "undetermined", "ended"}
TRUTHS: Final = {"met", "unmet", "unknown"}
UNTOUCHED: Final = {
    "weapons-proliferation", "global-illicit-activities", "human-rights-abuses",
    "overseas-labour", "cyber-operations",
}  # fmt: skip
NOT_A_MEASURE: Final = "us-nkspea-104z"
CONDUCT_BOUND: Final = "us-nkspea-104a"
VOTE: Final = (
    "evidence", "add", "--finding", "f-unsc-review", "--made", "--verification", "verified",
    "--happened", "2019-02-28", "--recorded", "2019-03-01", "--source", "A page",
    "--path", "rp-un-lift", "--id", "the-vote",
)  # fmt: skip
"""A vote that was never taken, for the ledger."""


class Answer(NamedTuple):
    """What a command returned and wrote."""

    code: int
    out: str
    err: str


class Shell:
    """Runs commands in a folder of their own and captures what they write."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> Answer:
        """Run a command."""
        self.capsys.readouterr()
        code = main(list(arguments))
        return Answer(code, *self.capsys.readouterr())

    def json(self, *arguments: str, code: int = 0) -> Json:
        """Run a command with ``--format json`` and return its one document."""
        answer = self(*arguments, "--format", "json")
        assert (answer.code, answer.err) == (code, "")
        found = json.loads(answer.out, parse_constant=_no_constant)
        assert isinstance(found, dict)
        return found


def _no_constant(word: str) -> NoReturn:
    raise AssertionError(f"{word} is no JSON")


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    """A shell in an empty folder, with an empty ledger and nothing set by the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("DETENTE_REGIME", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "user.store"))
    return Shell(capsys)


# What each command answers

ANSWERS: Final[list[tuple[tuple[str, ...], str, set[str]]]] = [
    (
        ("assess", "hanoi-2019"),
        "assessment",
        {"regime", "offer", "reading", "as_of", "known_on", "asked", "regime_counts", "counts",
         "areas", "rules", "receipt"},
    ),
    (("why", CONDUCT_BOUND), "explanation",
     {"node", "text", "citation", "value", "deciding", "children", "missing"}),
    (("unlock", CONDUCT_BOUND), "unlock",
     {"measures", "sets", "without_conduct", "grounds", "proved"}),
    (("probability", CONDUCT_BOUND), "probability", set()),
    (("diff", "2019-02-28", "2020-01-01"), "comparison", {"a", "b", "changes"}),
    (("diff", "hanoi-2019", "hanoi-2019"), "comparison", {"a", "b", "changes"}),
    (("calendar", "--from", "2019-03-01", "--to", "2019-12-31"), "calendar", {"entries"}),
    (("measures", "--hs", "2701"), "measures", {"measures"}),
    (("snapback",), "snapback", {"regime", "as_of", "returns"}),
    (("pressure", "exposure", "--offer", "hanoi-2019"), "exposure",
     {"base_year", "total", "by_instrument", "cumulative", "sources", "release", "humanitarian"}),
    (("pressure", "levers"), "levers", {"cards", "humanitarian", "upper_bound", "sources"}),
    (("pressure", "plan", "--no-switches"), "plan",
     {"asked", "status", "value", "levers", "quarters", "next_best", "switches", "conflict",
      "humanitarian", "upper_bound", "judged", "relief_rule", "sources"}),
    (("pressure", "state"), "enforcement",
     {"lists", "authorities", "unused", "pace", "humanitarian"}),
    (("pressure", "humanitarian"), "humanitarian", {"humanitarian", "sources"}),
    (("cite", CONDUCT_BOUND), "citation", {"text", "citation", "sources", "confidence"}),
    (("gap", "hanoi-2019"), "gap", {"rulers", "exchange_ratio", "order", "definitions"}),
    (("bridge", "hanoi-2019"), "bridge", {"packages", "threshold", "proved"}),
    (("precedents", "list"), "precedents", {"cases"}),
    (("precedents", "show", "dprk-1994"), "precedent", {"case"}),
    (("precedents", "similar", "hanoi-2019"), "similar", {"cases"}),
    (("precedents", "backtest"), "backtest", {"cases", "brier", "base_rate_brier", "misses"}),
    (("precedents", "stalling", "hanoi-2019"), "stalling", {"rules", "signals"}),
    *(
        (("simulate", core), "game",
         {"core", "parameters", "draws", "seed", "results", "sensitivity", "assumptions",
          "warnings"})
        for core in ("trust", "inspection", "bargain", "signal", "precedent", "policies")
    ),
    (("regime", "list"), "regimes", {"regimes"}),
    (("regime", "show", "dprk"), "regime", {"id", "counts"}),
    (("offer", "list"), "offers", {"offers"}),
    (VOTE, "ledger", {"entries"}),
    (("evidence", "log"), "ledger", {"entries"}),
    (("evidence", "verify"), "ledger", {"problems", "entries", "head"}),
]  # fmt: skip
"""Commands, the name of what they answer, and the fields that others rely on."""


IDS: Final = [" ".join(command)[:36] for command, _, _ in ANSWERS]


@pytest.mark.parametrize(("command", "name", "fields"), ANSWERS, ids=IDS)
def test_json_is_one_document_and_nothing_else(
    shell: Shell, command: tuple[str, ...], name: str, fields: set[str]
) -> None:
    """Standard output is one JSON document with a schema number; standard error is silent."""
    found = shell.json(*command)
    assert re.fullmatch(rf"detente\.{name}/1", found["schema"])
    assert fields <= found.keys()


def test_a_new_offer_can_be_answered_as_json(shell: Shell) -> None:
    """``--format json`` prints one document for every command, ``offer new`` too."""
    assert isinstance(shell.json("offer", "new", "mine"), dict)


@pytest.mark.parametrize("command", [item[0] for item in ANSWERS], ids=IDS)
def test_a_file_takes_all_the_output(
    shell: Shell, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """``-o`` writes the whole document to a file and nothing to standard output."""
    before = shell(*command, "--format", "json").out
    store = ("--store", str(tmp_path / "other.store")) if command == VOTE else ()
    answer = shell(*command, *store, "--format", "json", "-o", "answer.json")
    assert answer == Answer(0, "", "")
    written = (tmp_path / "answer.json").read_text(encoding="utf-8")
    drop = re.compile(r'"(?:command|ledger)": ".*"')
    assert drop.sub("", written) == drop.sub("", before)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_file_that_exists_is_replaced_whole(shell: Shell, tmp_path: Path) -> None:
    """``-o`` replaces a longer file, and leaves none of its text."""
    target = tmp_path / "answer.txt"
    target.write_text("old " * 100_000, encoding="utf-8")
    assert shell("regime", "list", "-o", str(target)) == Answer(0, "", "")
    assert "old" not in target.read_text(encoding="utf-8")


def test_the_store_can_be_named_either_way(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--store`` names the store, and wins over ``DETENTE_STORE``; the ledger lies beside it."""
    assert shell(*VOTE, "--store", str(tmp_path / "a" / "mine.store")).code == 0
    assert (tmp_path / "a" / "mine.ledger.jsonl").is_file()
    assert shell.json("evidence", "log")["entries"] == []
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "a" / "mine.store"))
    assert len(shell.json("evidence", "log")["entries"]) == 1


# Lists and the watch


@pytest.fixture
def held(shell: Shell, tmp_path: Path) -> Shell:
    """A shell whose store holds two editions of OFAC's list and one of the UN's."""
    for day, names in (("2018-01-26", ("A CO", "B CO")), ("2019-01-04", ("A CO", "C CO"))):
        folder = tmp_path / day
        folder.mkdir()
        rows = [made.sdn_row(str(ord(name[0])), name, "DPRK4") for name in names]
        alt = [[str(ord(names[0][0])), "1", "aka", "A COMPANY", "-0- "]]
        for name, data in made.ofac(rows, alt=alt).items():
            (folder / name).write_bytes(data)
        shell("lists", "import", str(folder / "sdn.csv"), "--date", day)
    entry = made.un_entry("KPe.001", "A CO", "2016-03-02")
    (tmp_path / "un.xml").write_bytes(made.un([entry], "2018-10-29T23:09:49Z")["consolidated.xml"])
    shell("lists", "import", str(tmp_path / "un.xml"))
    return shell


def test_an_import_counts_what_it_took_in(shell: Shell, tmp_path: Path) -> None:
    """Every field of ``detente.import/1``, and the aliases from beside the file."""
    for name, data in made.ofac(
        [made.sdn_row("36", "A CO", "DPRK] [NPWMD")], alt=[["36", "1", "aka", "B CO", "-0- "]]
    ).items():
        (tmp_path / name).write_bytes(data)
    found = shell.json("lists", "import", "sdn.csv", "--date", "2019-01-04")
    wanted = {
        "schema": "detente.import/1", "source": "ofac-sdn", "edition_date": "2019-01-04",
        "entries": 1, "aliases": 1, "addresses": 0, "programmes": {"DPRK": 1, "NPWMD": 1},
        "kinds": {"organisation": 1}, "rejected": 0, "unparsed": 0,
    }  # fmt: skip
    assert {key: found[key] for key in wanted} == wanted


LISTS: Final[list[tuple[tuple[str, ...], str, set[str]]]] = [
    (("lists", "stats"), "stats", {"as_of", "sources"}),
    (("lists", "log", "A CO"), "log", {"query", "parties"}),
    (("lists", "diff", "2018-12-01", "2019-02-28"), "diff", {"listed", "delisted", "amended"}),
    (("lists", "under", "us-eo13810-persons"), "under", {"measure", "counts", "parties"}),
    (("lists", "whatif", "--offer", "hanoi-2019"), "whatif",
     {"released", "still_listed", "parties", "readings", "editions"}),
    (("lists", "whatif", "--lift", "us-eo13551 us-eo13687"), "whatif", {"released"}),
    (("lists", "export"), "parties", {"parties"}),
    (("lists", "restore", "un-sc", "out"), "restored", {"edition"}),
    (("lists", "verify"), "verified", {"editions", "faults"}),
    (("lists", "forget", "un-sc", "2018-10-29T23:09:49Z"), "forgotten", {"source", "moment"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "name", "fields"), LISTS, ids=[" ".join(item[0])[:30] for item in LISTS]
)
def test_lists_answer_in_one_document(
    held: Shell, command: tuple[str, ...], name: str, fields: set[str]
) -> None:
    """Each command of lists prints one JSON document with a schema number."""
    found = held.json(*command)
    assert found["schema"] == f"detente.{name}/1"
    assert fields <= found.keys()


def test_where_one_of_several_files_fails_the_others_go_on(held: Shell, tmp_path: Path) -> None:
    """The code is 2, the message names the file, and what was taken in is told."""
    (tmp_path / "page.xml").write_text("<html>sorry</html>", encoding="utf-8")
    entry = made.un_entry("KPe.001", "A CO", "2016-03-02")
    good = made.un([entry], "2020-03-20T23:09:21Z")["consolidated.xml"]
    (tmp_path / "good.xml").write_bytes(good)
    answer = held("lists", "import", "page.xml", "good.xml", "--format", "json")
    assert answer.code == 2
    assert re.fullmatch(r"detente: page\.xml: .*this is a web page.*\n", answer.err)
    assert [item["edition_date"] for item in json.loads(answer.out)] == ["2020-03-20"]


def test_csv_neither_speaks_to_a_terminal_nor_calculates(held: Shell, tmp_path: Path) -> None:
    """Names from outside reach a spreadsheet as text."""
    names = ("=cmd|calc!A1", "EVIL\x1b[31m NAME")
    rows = [made.sdn_row(str(n), name, "DPRK4") for n, name in enumerate(names, 1)]
    (tmp_path / "sdn.csv").write_bytes(made.ofac(rows)["sdn.csv"])
    held("lists", "import", "sdn.csv", "--date", "2020-01-04", "--force")
    out = held("lists", "under", "us-eo13810-persons", "--format", "csv").out
    assert "'=cmd|calc!A1" in out
    assert "\x1b" not in out


def test_maps_by_source_hold_every_source(held: Shell) -> None:
    """Zero is said, not left out."""
    found = held.json("lists", "whatif", "--offer", "hanoi-2019", "--reading", "all-five")
    assert found["released"] == {"ofac-sdn": 0, "un-sc": 1}
    assert found["still_listed"] == {"ofac-sdn": {"eo-13810": 2, "us-nkspea": 2}, "un-sc": {}}
    assert found["readings"]["civilian"] == {"ofac-sdn": 0, "un-sc": 0}


def test_a_diff_of_lists_names_entries_and_fields(held: Shell) -> None:
    """Listed and delisted carry ids; nothing else changed."""
    found = held.json("lists", "diff", "2018-01-26", "2019-01-04", "--source", "ofac-sdn")
    assert [item["id"] for item in found["listed"]] == ["ofac-sdn:67"]
    assert [item["id"] for item in found["delisted"]] == ["ofac-sdn:66"]
    assert found["amended"] == []


def test_the_watch_is_a_bare_list(held: Shell) -> None:
    """Each event has the fields that others rely on; ``--fail`` returns 1 on an alarm."""
    answer = held("watch", "--regime", "dprk", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    events = json.loads(answer.out)
    fields = {"event", "date", "subjects", "ground", "earned"}
    assert all(fields <= event.keys() for event in events)
    assert "delisting" in {event["event"] for event in events}
    assert {event["earned"] for event in events} <= {"yes", "no", "unknown"}
    assert held("watch", "--regime", "dprk", "--fail").code == 1
    assert held("watch", "--regime", "dprk", "--since", "2030-01-01", "--fail").code == 0


def test_the_watch_is_a_feed_and_a_picture(held: Shell, tmp_path: Path) -> None:
    """Atom and SVG are XML, PNG is a picture."""
    feed = held("watch", "--regime", "dprk", "--format", "atom").out
    assert ElementTree.fromstring(feed.encode()).tag == "{http://www.w3.org/2005/Atom}feed"
    picture = held("watch", "--regime", "dprk", "--format", "svg").out
    assert ElementTree.fromstring(picture.encode()).tag == "{http://www.w3.org/2000/svg}svg"
    assert held("watch", "--regime", "dprk", "--format", "png", "-o", "watch.png").code == 0
    assert (tmp_path / "watch.png").read_bytes().startswith(b"\x89PNG")


# Screening

OWNERS: Final = "owner,owned,share\nX,Alpha,50\nAlpha,Beta,60\nX,Gamma,25-60\nX,Delta,30\n"
PAIRS: Final = "schema,name1,name2\nPerson,Anna Smith,SMITH Anna\nCompany,Zenda Ltd,Strelsau AG\n"
CUSTOMERS: Final = 'name,dob\nNobody At All,\nAnna Smith,1962-02-12\n"Rupert Hope,\n'
DECIDE: Final = (
    "decide", "un-sc:KPi.903", "Anna Smith", "cleared", "--by", "A. Clerk", "--why", "A passport",
    "--on", "2019-03-01",
)  # fmt: skip
HIT: Final = {
    "score", "entry", "name", "source", "programmes", "authority", "measures", "since", "grounds",
    "reasons", "settles", "cleared", "content", "decision", "decision_stands",
}  # fmt: skip
BATCH: Final = "row,query,score,entry,name,source,programmes,authority,measures,since,why"


@pytest.fixture
def screening(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell whose store holds made up lists, with a table to screen, of pairs, of owners."""
    monkeypatch.setenv("DETENTE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("DETENTE_REGIMES", raising=False)
    made.write_lists(tmp_path)
    files = [str(path) for path in sorted(tmp_path.glob("sdn/*/sdn.csv"))]
    assert shell("lists", "import", *files, "un/consolidated.xml").code == 0
    for name, text in (("owners", OWNERS), ("pairs", PAIRS), ("customers", CUSTOMERS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return shell


SCREENED: Final[list[tuple[tuple[str, ...], str, set[str]]]] = [
    (("screen", "Strelsau Bank"), "hits",
     {"query", "as_of", "editions", "threshold", "hits", "cleared", "receipt"}),
    (("screen", "--file", "customers.csv", "-o", "hits.csv", "--workers", "1"), "batch",
     {"rows", "screened", "broken", "hits", "output", "errors"}),
    (("compare", "Anna Smith", "Smith, Ana"), "comparison", {"name1", "name2", "score", "match"}),
    (DECIDE, "decision", {"decision", "hash"}),
    (("decisions",), "decisions", {"decisions"}),
    (("ownership", "owners.csv", "--blocked", "X", "--as-of", "2024-12-01"), "ownership",
     {"rule", "definition", "source", "as_of", "counts", "nodes", "left_out", "problems"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "name", "fields"), SCREENED, ids=[" ".join(item[0])[:30] for item in SCREENED]
)
def test_screening_answers_in_one_document(
    screening: Shell, command: tuple[str, ...], name: str, fields: set[str]
) -> None:
    """Each command of screening prints one JSON document with a schema number."""
    found = screening.json(*command)
    assert found["schema"] == f"detente.{name}/1"
    assert fields <= found.keys()


def test_every_command_is_checked_above() -> None:
    """A command that is added must be added to a list; some have tests of their own."""
    told = {command[0] for command, _, _ in (*ANSWERS, *SCREENED)}
    assert told | {"audit", "claims", "lists", "serve", "tokens", "watch"} == set(COMMANDS)


def test_a_hit_has_its_list_its_law_and_its_ways_out(screening: Shell) -> None:
    """``detente.hits/1``: each hit, each ground and each way out has what others read."""
    found = screening.json("screen", "Strelsau Bank")
    assert found["editions"].keys() == {"ofac-sdn", "un-sc"}
    assert [hit["entry"] for hit in found["hits"]] == ["ofac-sdn:104", "un-sc:KPe.901"]
    assert {"editions", "index", "configuration", "query", "version", "command"} <= (
        found["receipt"].keys()
    )
    for hit in found["hits"]:
        assert hit.keys() >= HIT
        assert 0.5 <= hit["score"] <= 1
        assert all({"part", "text", "weight"} <= reason.keys() for reason in hit["reasons"])
        for ground in hit["grounds"]:
            assert {"regime", "tag", "authority", "measures", "how", "citation", "ways"} <= (
                ground.keys()
            )
            for way in ground["ways"]:
                assert {"path", "kind", "ends", "decided_by", "citation"} <= way.keys()


def test_a_number_for_life_clears_with_the_reason(screening: Shell) -> None:
    """The ship of that name is told apart from the hits, with why it is ruled out."""
    found = screening.json("screen", "Better Hope", "--imo", "9074729")
    assert found["hits"] == []
    assert [(hit["entry"], "9074729" in hit["cleared"]) for hit in found["cleared"]] == [
        ("ofac-sdn:203", True)
    ]


def test_a_batch_has_the_columns_that_scripts_read(screening: Shell, tmp_path: Path) -> None:
    """Hits in the order of the rows; broken rows beside them; the summary on standard error."""
    answer = screening(
        "screen", "--file", "customers.csv", "--as-of", "2018-06-01", "-o", "hits.csv",
        "--workers", "1",
    )  # fmt: skip
    assert (answer.code, answer.out) == (0, "")
    head, *rows = (tmp_path / "hits.csv").read_text(encoding="utf-8").splitlines()
    assert head == BATCH
    assert [next(csv.reader([row]))[:2] for row in rows] == [["2", "Anna Smith"]]
    broken = (tmp_path / "hits.errors.csv").read_text(encoding="utf-8").splitlines()
    assert (broken[0], broken[1][:2]) == ("row,line,why", "3,")


def test_a_name_has_the_columns_of_a_batch_as_csv(screening: Shell) -> None:
    """``--format csv`` gives a row for each hit."""
    answer = screening("screen", "Strelsau Bank", "--format", "csv")
    head, *rows = csv.reader(io.StringIO(answer.out))
    assert ",".join(head) == BATCH
    assert [row[3] for row in rows] == ["ofac-sdn:104", "un-sc:KPe.901"]


def test_pairs_get_score_and_match(screening: Shell, tmp_path: Path) -> None:
    """The columns of the table, and two more."""
    assert screening("compare", "--file", "pairs.csv", "-o", "out.csv") == Answer(0, "", "")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["schema", "name1", "name2", "score", "match"]
    assert [row["match"] for row in rows] == ["true", "false"]
    assert all(0 <= float(row["score"]) <= 1 for row in rows)


def test_a_decision_is_listed_and_shown_on_the_hit(screening: Shell) -> None:
    """Who cleared whom, when and why; the hit has it too, and a table leaves the hit out."""
    made_ = screening.json(*DECIDE)["decision"]
    assert {"query", "entry", "entry_digest", "verdict", "by", "why", "when"} <= made_.keys()
    found = screening.json("decisions")
    assert (found["decisions"], found["problems"]) == ([made_], [])
    assert screening("decisions", "--head", found["head"]).code == 0
    (hit,) = screening.json("screen", "Anna Smith")["hits"]
    assert (hit["decision"], hit["decision_stands"]) == (made_, True)


def test_decisions_that_were_changed_are_1_with_the_problem(
    screening: Shell, tmp_path: Path
) -> None:
    """As for every check; to a question they are bad input."""
    assert screening(*DECIDE).code == 0
    assert screening("decisions", "--head", "f" * 64).code == 1
    (path,) = tmp_path.glob("*.decisions.jsonl")
    path.write_text(path.read_text(encoding="utf-8").replace("A. Clerk", "B. Clerk"), "utf-8")
    (problem,) = screening.json("decisions", code=1)["problems"]
    assert {"file", "line", "id", "problem", "suggestion"} == problem.keys()
    assert "restore the decisions" in problem["suggestion"]
    assert screening("screen", "Anna Smith").code == 2


def test_who_owns_is_ranges_and_chains(screening: Shell) -> None:
    """``detente.ownership/1``: three statuses, shares as ranges, links with their statements."""
    found = screening.json("ownership", "owners.csv", "--blocked", "X", "--as-of", "2024-12-01")
    assert found["counts"] == {"blocked": 3, "unknown": 1, "not-blocked": 1}
    assert {node["status"] for node in found["nodes"]} == found["counts"].keys()
    for item in ranges(found):
        assert item.keys() == {"low", "central", "high", "kind"}
    nodes_ = {node["id"]: node for node in found["nodes"]}
    assert [link["owner"] for link in nodes_["Beta"]["chain"][0]] == ["X", "Alpha"]
    assert nodes_["Gamma"]["settles"] != []


@pytest.mark.parametrize(
    "command",
    [
        ("screen",),
        ("screen", "X", "--dob", "yesterday"),
        ("screen", "--file", "customers.csv"),
        ("screen", "--file", "customers.csv", "-o", "hits.pdf"),
        ("screen", "X", "--threshold", "2"),
        ("screen", "X", "--as-of", "1990-01-01"),
        ("screen", "--replay", "pairs.csv"),
        ("compare", "Anna Smith"),
        ("compare", "--file", "owners.csv"),
        ("decide", "un-sc:KPi.999", "X", "cleared", "--by", "A", "--why", "B"),
        ("decide", "un-sc:KPi.903", "X", "perhaps", "--by", "A", "--why", "B"),
        ("ownership", "owners.csv"),
        ("ownership", "owners.csv", "--blocked", "Nobody"),
        ("ownership", "owners.csv", "--blocked", "X", "--as-of", "1990-01-01"),
        ("ownership", "pairs.csv", "--blocked", "X"),
    ],
)
def test_bad_input_to_screening_is_2_and_one_line(
    screening: Shell, command: tuple[str, ...]
) -> None:
    """As for every command: nothing on standard output, and one line that says what to do."""
    answer = screening(*command)
    assert (answer.code, answer.out) == (2, "")
    assert re.fullmatch(r"detente: .+\n", answer.err)


def test_a_hit_is_1_where_it_is_asked_to_fail(screening: Shell) -> None:
    """``--fail`` lets a script stop at a hit; without one the code is 0."""
    assert screening("screen", "Strelsau Bank", "--fail").code == 1
    assert screening("screen", "Nobody At All", "--fail").code == 0


SESSION: Final = re.compile(r"^```text\n((?:#|\$ cat) .*?)^```$", re.MULTILINE | re.DOTALL)
"""A block of the guide with several commands: it begins with a remark, or shows a table."""
NUMBERS: Final = re.compile(r"\b[01]\.\d{3,4}\b|[+-]\d+\.\d\b")
"""Scores and weights, which change whenever the weights are fitted again."""


def test_the_guide_shows_what_tables_give(screening: Shell, tmp_path: Path) -> None:
    """Tables of the guide are written, its commands run, and what they write is what it shows.

    After ``...`` anything may follow; scores and weights are left out.
    """
    guide = Path(__file__).parent.parent / "docs" / "guide.md"
    for name in ("customers", "pairs", "owners"):
        (tmp_path / f"{name}.csv").unlink()
    sessions = SESSION.findall(guide.read_text(encoding="utf-8"))
    wrong = []
    for step in (step for text in sessions for step in text.split("$ ")[1:]):
        typed, _, shown = step.partition("\n")
        word, *rest = shlex.split(typed)
        path = tmp_path / rest[0]
        if word == "cat" and not path.exists():
            path.write_text(shown, encoding="utf-8")
            continue
        answer = screening(*rest) if word == "detente" else None
        got = answer.out + answer.err if answer else path.read_text(encoding="utf-8")
        wanted = NUMBERS.sub("N", shown.partition("...\n")[0]).splitlines()
        lines = [line.rstrip() for line in NUMBERS.sub("N", got).splitlines()]
        if wanted != (lines[: len(wanted)] if "...\n" in shown else lines):
            wrong.append((typed, wanted, lines))
    assert len(sessions) >= 5
    assert wrong == []


# Exit codes


def test_done_is_0(shell: Shell) -> None:
    """A command that did what was asked returns 0."""
    assert shell("regime", "validate", "dprk").code == 0
    assert json.loads(shell("regime", "validate", "dprk", "--format", "json").out) == []


def test_a_check_that_finds_something_is_1(shell: Shell, tmp_path: Path) -> None:
    """``validate`` and ``verify`` return 1 where they find a problem, with every one as JSON."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "regime.yaml").write_text("id: broken\n", encoding="utf-8")
    answer = shell("regime", "validate", "./broken", "--format", "json")
    assert answer.code == 1
    problems = json.loads(answer.out)
    assert problems
    for problem in problems:
        assert problem.keys() == {"file", "line", "id", "problem", "suggestion"}
    shell(*VOTE)
    ledger = tmp_path / "user.ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"made":true', b'"made":false'))
    found = shell.json("evidence", "verify", code=1)
    assert found["problems"][0]["line"] == 1


@pytest.mark.parametrize(
    "command",
    [
        ("assess", "no-such-offer"),
        ("why", NOT_A_MEASURE),
        ("unlock", NOT_A_MEASURE),
        ("unlock",),
        ("diff", "2019-02-28"),
        ("calendar", "--from", "2020-01-01", "--to", "2019-01-01"),
        ("cite", NOT_A_MEASURE),
        ("measures", "--kind", "no-such-kind"),
        ("regime", "show", "no-such-regime"),
        ("regime", "validate", "./no-such-folder"),
        ("offer", "new", "Not An Id"),
        ("evidence", "add"),
        ("lists", "import", "no-such-file.csv"),
        ("lists", "stats"),
        ("lists", "log", "A CO"),
        ("lists", "under", "us-eo13551"),
        ("lists", "whatif"),
        ("lists", "whatif", "--lift", NOT_A_MEASURE),
        ("lists", "whatif", "--offer", "hanoi-2019", "--reading", "no-such-reading"),
        ("lists", "diff", "yesterday", "today"),
        ("lists", "forget", "un-sc", "2018-10-29"),
        ("lists", "import", "no-such-file.csv", "--date", "3000-01-01"),
        ("watch", "--since", "2020-01-01", "--until", "2019-01-01"),
        ("lists", "update", "no-such-list"),
        ("watch", "--source", "un-sc"),
        ("watch", "--regime", "no-such-regime"),
        ("simulate", "trust", "--belief", "1.2"),
        ("simulate", "no-such-game"),
        ("asess", "hanoi-2019"),
        ("assess", "hanoi-2019", "--raeding", "entirety"),
    ],
)
def test_bad_input_is_2_and_one_line(shell: Shell, command: tuple[str, ...]) -> None:
    """Input that makes no sense returns 2, with one line on standard error and nothing else."""
    answer = shell(*command)
    assert answer.code == 2
    assert answer.out == ""
    assert re.fullmatch(r"detente: .+\n", answer.err)


# assess


@pytest.fixture(scope="module")
def hanoi() -> Json:
    """The assessment of Hanoi as JSON: what the command prints, without the printing."""
    import msgspec

    result = detente.assess(detente.load("dprk"), "hanoi-2019")
    found = json.loads(msgspec.json.encode(result))
    assert isinstance(found, dict)
    return found


def ranges(node: object) -> Iterator[Json]:
    """Yield every range anywhere in a document."""
    if isinstance(node, dict):
        if "low" in node:
            yield node
        for item in node.values():
            yield from ranges(item)
    elif isinstance(node, list):
        for item in node:
            yield from ranges(item)


def test_every_range_has_three_numbers_and_a_kind(hanoi: Json) -> None:
    """A range says low, central, high, in that order, and what its ends mean."""
    found = list(ranges(hanoi))
    assert len(found) > 33 * 2
    for item in found:
        assert item.keys() == {"low", "central", "high", "kind"}
        assert 0 <= item["low"] <= item["central"] <= item["high"] <= 1
        assert item["kind"] in ("bounds", "p05-p95")


def test_hanoi_is_assessed_on_its_own_day(hanoi: Json) -> None:
    """The default day is the offer's own, the default reading the asker's."""
    assert hanoi["as_of"] == "2019-02-28"
    assert hanoi["known_on"] is None
    assert (hanoi["regime"], hanoi["offer"], hanoi["reading"]) == ("dprk", "hanoi-2019", "civilian")


@pytest.mark.parametrize(("reading", "count"), READINGS.items())
def test_what_hanoi_asked_for(shell: Shell, reading: str, count: int) -> None:
    """The four readings name 33, 56, 76 and 95 measures, and every one is discretionary."""
    found = shell.json("assess", "hanoi-2019", "--reading", reading)
    assert found["reading"] == reading
    assert found["counts"]["asked"] == count == len(found["asked"])
    letters = dict.fromkeys(("open", "barred", "undetermined"), 0) | {"discretionary": count}
    assert letters.items() <= found["counts"]["letter"].items()
    assert sum(found["counts"]["letter"].values()) == count
    for item in found["asked"]:
        assert item["letter"] == "discretionary"
        assert item["grounds"] != []
        assert [path["missing"] for path in item["paths"]] == [
            [["f-unsc-review"]] for path in item["paths"]
        ]


def test_hanoi_among_all_measures_in_force(hanoi: Json) -> None:
    """Of 165 measures in force 135 end by decision alone, 21 by conduct, 9 not at all."""
    wanted = {"in_force": 165, "findings_only": 135, "conduct_bound": 21, "no_ending_path": 9}
    assert wanted.items() <= hanoi["regime_counts"].items()


def test_each_asked_measure_has_the_fields_that_others_read(hanoi: Json) -> None:
    """An asked measure says its letters, spirit, paths, grounds, easings and floor."""
    for item in hanoi["asked"]:
        assert {"measure", "citation", "floor", "confidence"} <= item.keys()
        assert {item["letter"], item["letter_if_kept"]} <= LETTERS
        assert item["spirit"]["now"].keys() == item["spirit"]["if_kept"].keys() != set()
        for path in item["paths"]:
            assert {"path", "kind", "decided_by", "citation", "missing", "lapses"} <= path.keys()
            assert path["value"] in TRUTHS
        for ground in item["grounds"]:
            assert {"requirement", "value", "citation"} <= ground.keys()
            assert ground["value"] in TRUTHS
        for easing in item["eases"]:
            assert {"path", "kind", "decided_by"} <= easing.keys()


def test_what_hanoi_would_have_reached(hanoi: Json) -> None:
    """Kept in full, it reaches a share of two of seven areas and nothing of the others."""
    shares = {
        area["area"]: [area["if_kept"][end] for end in ("low", "central", "high")]
        for area in hanoi["areas"]
    }
    assert shares["nuclear-programme"] == pytest.approx([0.054, 0.239, 0.639], abs=0.0005)
    assert shares["ballistic-missiles"] == pytest.approx([0.004, 0.029, 0.141], abs=0.0005)
    assert {area for area, share in shares.items() if share == [0, 0, 0]} == UNTOUCHED
    for area in hanoi["areas"]:
        assert area["components"] > 0
        assert area["largest_remaining"] != []
        assert area["now"]["high"] == 0


def test_the_three_rules_and_the_receipt(hanoi: Json) -> None:
    """Compliance-first walks away; each rule splits the ask in two; the receipt replays it."""
    answers = {rule["rule"]: rule["answer"] for rule in hanoi["rules"]}
    assert list(answers) == ["compliance-first", "proportional", "legal-minimum"]
    assert answers["compliance-first"] == "walk-away"
    asked = {item["measure"] for item in hanoi["asked"]}
    for rule in hanoi["rules"]:
        assert rule["answer"] in ("accept", "counter", "walk-away")
        assert set(rule["earned"]) | set(rule["unearned"]) == asked
        assert not set(rule["earned"]) & set(rule["unearned"])
        assert rule["why"]
    assert {"regime_edition", "evidence_digest", "version", "command"} <= hanoi["receipt"].keys()


def test_the_receipt_names_the_command(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command on the receipt can be typed again."""
    typed = ["assess", "hanoi-2019", "--format", "json"]
    monkeypatch.setattr("sys.argv", ["/somewhere/detente", *typed])
    receipt = shell.json("assess", "hanoi-2019")["receipt"]
    assert receipt["command"] == "detente assess hanoi-2019 --format json"
    assert receipt["version"] == detente.__version__


def test_options_reach_the_answer(shell: Shell) -> None:
    """Scope, rule, day, knowledge and revival are taken from the command line."""
    found = shell.json(
        "assess", "hanoi-2019", "--scope", "narrow", "--rule", "legal-minimum",
        "--as-of", "2020-01-01", "--known-on", "2019-06-30", "--revival", "revive",
    )  # fmt: skip
    assert (found["as_of"], found["known_on"]) == ("2020-01-01", "2019-06-30")
    assert [rule["rule"] for rule in found["rules"]] == ["legal-minimum"]
    assert found["regime_counts"]["in_force"] == 167
    assert (found["scope"], found["revival"]) == ("narrow", "revive")


def test_the_goods_of_the_un_are_all_asked_for(shell: Shell) -> None:
    """22 UN measures in force name goods by code, and all of them are among all-five's 76."""
    rows = shell.json("measures", "--in-force", "2019-02-28")["measures"]
    goods = {row["measure"] for row in rows if row["hs"] and row["measure"].startswith("un-")}
    asked = shell.json("assess", "hanoi-2019", "--reading", "all-five")["asked"]
    assert len(rows) == 165
    assert len(goods) == 22
    assert goods <= {item["measure"] for item in asked}


# The other commands


def nodes(tree: Json) -> Iterator[Json]:
    """Yield every node of an explanation."""
    yield tree
    for child in tree["children"]:
        yield from nodes(child)


def test_every_node_of_an_explanation_is_whole(shell: Shell) -> None:
    """Each node has text, a citation and a value, and some of them decide."""
    tree = shell.json("why", CONDUCT_BOUND)
    assert tree["value"] == "barred"
    assert tree["missing"] != []
    for node in nodes(tree):
        assert {"node", "text", "citation", "value", "deciding", "children"} <= node.keys()
        assert node["text"]
        assert node["citation"]
        assert node["value"] in TRUTHS | LETTERS
    assert any(node["deciding"] for node in nodes(tree) if not node["children"])


def test_unlock_names_conduct_findings_and_acts(shell: Shell) -> None:
    """Each set says what is to be done, by whom, and what it opens."""
    found = shell.json("unlock", CONDUCT_BOUND)
    assert found["measures"] == [CONDUCT_BOUND]
    assert found["proved"] in ("optimal", "complete", "capped", "not-proved")
    assert found["sets"] != []
    for item in found["sets"]:
        assert {"conduct", "findings", "acts", "cost", "opens"} <= item.keys()
        assert item["opens"] == [CONDUCT_BOUND]
        assert item["cost"] is None
        for step in item["conduct"]:
            assert step.keys() == {"requirement", "level"}


def test_unlock_of_a_measure_that_rests_on_judgement(shell: Shell) -> None:
    """For a UN measure the act is named and, apart from it, the conduct that gives grounds."""
    found = shell.json("unlock", "un-2371-coal-iron")
    assert {"path": "rp-un-lift", "decided_by": "un-security-council"}.items() <= (
        found["without_conduct"][0].items()
    )
    assert found["grounds"] != []
    for ground in found["grounds"]:
        assert {"requirement", "value", "citation"} <= ground.keys()
    assert all(item["conduct"] == [] for item in found["sets"])


def test_costs_are_ranges(shell: Shell, tmp_path: Path) -> None:
    """With a file of costs, the cheapest set has a cost, as a range that says its kind."""
    steps = shell.json("unlock", CONDUCT_BOUND)["sets"]
    keys = {f"{s['requirement']}@{s['level']}" for item in steps for s in item["conduct"]}
    lines = [f"  {key}: {{low: 1, central: 2, high: 4}}" for key in sorted(keys)]
    (tmp_path / "costs.yaml").write_text("\n".join(["unit: points", "costs:", *lines]))
    found = shell.json("unlock", CONDUCT_BOUND, "--cheapest", "--costs", "costs.yaml")
    cost = found["sets"][0]["cost"]
    assert found["proved"] == "optimal"
    assert 0 < cost["low"] < cost["central"] < cost["high"]
    assert cost["kind"] in ("bounds", "p05-p95")


def test_the_calendar_says_what_and_when(shell: Shell) -> None:
    """Each entry has a day within the days asked for, and says what lapses, refills or is due."""
    entries = shell.json("calendar", "--from", "2019-03-01", "--to", "2020-02-28")["entries"]
    days = [entry["date"] for entry in entries]
    assert days == sorted(days)
    assert "2019-03-01" <= days[0] <= days[-1] <= "2020-02-28"
    assert {"lapses", "refills", "due"} <= {entry["what"] for entry in entries}


def test_diff_of_two_evidence_files(shell: Shell, tmp_path: Path) -> None:
    """Two files of findings differ in the facts that they state and in the letters that follow."""
    for name, word in (("before", "false"), ("after", "true")):
        (tmp_path / f"{name}.yaml").write_text(
            f"{{id: {name}, regime: dprk, title: A test, findings: [{{id: vote-{name}, "
            f"finding: f-unsc-review, made: {word}, verification: verified, "
            "happened: 2019-02-28, recorded: 2019-02-28, sources: [A page], "
            "confidence: analyst}]}\n",
            encoding="utf-8",
        )
    changes = shell.json("diff", "before.yaml", "after.yaml")["changes"]
    letters = [item for item in changes if item["what"] == "letter"]
    assert {"what": "finding", "id": "f-unsc-review"}.items() <= changes[0].items()
    assert len(letters) > 33
    assert {(item["a"], item["b"]) for item in letters} == {("discretionary", "open")}


@pytest.mark.parametrize(
    "id_",
    [CONDUCT_BOUND, "rp-un-lift", "r-un-cvid-nuclear", "unscr-2371", "kangson", "em-13466",
     "dprk-1994", "nuclear-programme", "S-K", "DPRK2"],
)  # fmt: skip
def test_any_row_can_be_cited(shell: Shell, id_: str) -> None:
    """Measures, paths, requirements, instruments, components, precedents and sources have ids."""
    found = shell.json("cite", id_)
    assert found["id"] == id_
    assert found["text"]
    assert found["where"]


def test_measures_are_filtered(shell: Shell) -> None:
    """Goods, kind, area and day each narrow the list down."""
    coal = shell.json("measures", "--hs", "2701")["measures"]
    kind = shell.json("measures", "--hs", "2701", "--kind", "export-ban-coal")["measures"]
    area = shell.json("measures", "--area", "cyber-operations")["measures"]
    assert (
        {"un-2371-coal-iron"}
        <= {row["measure"] for row in kind}
        <= {row["measure"] for row in coal}
    )
    assert area
    assert all("cyber-operations" in row["areas"].split() for row in area)


def test_an_audit_is_a_bare_list_of_events_with_verdict_and_citation(shell: Shell) -> None:
    """``detente.audit/1``: one row for each thing that an event did, verdicts in six words."""
    answer = shell("audit", "iran", "--since", "2016-01-01", "--format", "json")
    rows = json.loads(answer.out)
    words = {"earned", "discretionary", "unearned", "early", "late", "lapsed", None}
    assert (answer.code, answer.err) == (0, "")
    assert isinstance(rows, list)
    assert {"event", "date", "measures", "verdict", "citation"} <= set(rows[0])
    assert {row["verdict"] for row in rows} <= words
    assert all(row["citation"] for row in rows)
    assert shell("audit", "ruritania").code == 2


def test_claims_are_a_bare_list_of_verdicts_with_reason_and_citation(shell: Shell) -> None:
    """``detente.claims/1``: one row for each sentence, verdicts in four words."""
    answer = shell("claims", "hanoi-brief-2019", "--format", "json")
    rows = json.loads(answer.out)
    assert (answer.code, answer.err) == (0, "")
    assert len(rows) == 18
    assert {row["verdict"] for row in rows} <= {"holds", "partly", "fails", "not-checkable"}
    assert all(row["claim"] and row["why"] and row["citation"] for row in rows)
    assert shell("claims", "no-such-brief").code == 2


def test_rulers_and_ratios_are_ranges_or_nothing(shell: Shell) -> None:
    """Each ruler has what was asked and given as a range or null; so has each area's ratio."""
    found = shell.json("gap", "hanoi-2019")
    for ruler in found["rulers"]:
        assert ruler["unit"] == "share"
        for range_ in (ruler["asked"], ruler["given"]):
            assert range_ is None or {"low", "central", "high", "kind"} <= range_.keys()
    ratios = found["exchange_ratio"]
    assert ratios["nuclear-programme"]["low"] < ratios["nuclear-programme"]["high"]
    assert {area for area, ratio in ratios.items() if ratio is None} == UNTOUCHED


def test_packages_say_under_which_rule_they_are_lawful(shell: Shell) -> None:
    """``detente.bridge/1``: conduct, relief, lawful by rule, cost, pressure, requirements."""
    found = shell.json("bridge", "hanoi-2019", "--for", "target")
    rules = {"compliance-first", "proportional", "legal-minimum"}
    for package in found["packages"]:
        assert {"conduct", "relief", "cost", "pressure_kept", "requirements_met"} <= package.keys()
        assert set(package["lawful"]) == rules
    assert round(found["threshold"]["value"]["central"], 2) == 0.98
    assert "0.98 of full relief" in found["threshold"]["text"]
    assert found["bargain"]["weights"]["target"]
    assert found["proved"] == "complete"


@pytest.mark.parametrize("command", ["gap", "bridge"])
def test_talks_are_pictures_too(shell: Shell, tmp_path: Path, command: str) -> None:
    """As PNG and as SVG with text that can be read."""
    assert shell(command, "hanoi-2019", "--format", "png", "-o", "talk.png").code == 0
    assert (tmp_path / "talk.png").read_bytes().startswith(b"\x89PNG")
    ElementTree.fromstring(shell(command, "hanoi-2019", "--format", "svg").out)


def test_a_reading_of_contested_findings_changes_every_answer(shell: Shell) -> None:
    """What is in force, why, and what comes back follow the side whose reading is asked for."""
    day = ("--regime", "iran", "--as-of", "2025-10-01")
    theirs = ("--reading", "russia-china-iran")
    assert shell.json("why", "un-1737-freeze", *day)["value"] == "discretionary"
    assert shell.json("why", "un-1737-freeze", *day, *theirs)["value"] == "ended"
    for reading, count in (((), 115), (theirs, 80)):
        listed = shell.json("measures", "--regime", "iran", "--in-force", "2025-10-01", *reading)
        shown = shell.json("regime", "show", "iran", "--as-of", "2025-10-01", *reading)
        assert len(listed["measures"]) == shown["in_force"] == count
    assert shell("why", "un-1737-freeze", *day, "--reading", "theirs").code == 2


def test_assess_tells_readings_of_the_ask_from_those_of_findings(shell: Shell) -> None:
    """One of each may be named, in any order; two of one kind are one line of advice."""
    both = ("--reading", "russia-china-iran", "--reading", "with-annex-b")
    found = shell.json("assess", "jcpoa-2015", *both)
    assert (found["reading"], found["counts"]["asked"]) == ("with-annex-b", 76)
    assert len(found["not_yet"]) == 6
    twice = shell("assess", "jcpoa-2015", "--reading", "with-annex-b", "--reading", "all-phases")
    assert (twice.code, "name one" in twice.err) == (2, True)
    unknown = shell("assess", "jcpoa-2015", "--reading", "with-annex-c")
    assert (unknown.code, "with-annex-b" in unknown.err) == (2, True)


def test_why_shows_what_eases_a_measure_and_until_when(shell: Shell) -> None:
    """A measure under waiver still stands; the day on which the waiver lapses is named."""
    asked = ("why", "us-caesar-7412-support", "--regime", "syria", "--as-of", "2025-07-01")
    found = shell.json(*asked)
    eased = {item["path"]: item for item in found["eases"]}
    assert found["state"]["status"] == "in-force"
    assert (eased["rp-caesar-waive"]["value"], eased["rp-caesar-waive"]["lapses"]) == (
        "met", "2025-11-19",
    )  # fmt: skip
    assert "until 2025-11-19" in shell(*asked).out


def test_a_dealing_done_before_relief_stays_what_it_was(shell: Shell) -> None:
    """The order is revoked from July 2025; a service given in June 2024 is not made lawful."""
    asked = ("why", "us-eo13582-services", "--regime", "syria", "--as-of", "2025-07-02")
    assert shell.json(*asked)["value"] == "open"
    found = shell.json(*asked, "--act-date", "2024-06-01")
    assert (found["value"], found["act_date"]) == ("barred", "2024-06-01")
    late = shell(*asked, "--act-date", "2025-08-01")
    assert (late.code, "ask --as-of a later day" in late.err) == (2, True)


def test_a_new_offer_validates_and_can_be_assessed(shell: Shell, tmp_path: Path) -> None:
    """``offer new`` writes a template that has no problem as it stands, and keeps what exists."""
    answer = shell("offer", "new", "spring-talks")
    assert answer.code == 0
    path = tmp_path / "spring-talks.yaml"
    assert check_file(path, detente.load("dprk"))[1] == []
    assert shell.json("assess", "spring-talks.yaml")["offer"] == "spring-talks"
    assert shell.json("assess", str(path))["counts"]["asked"] == 1
    before = path.read_bytes()
    assert shell("offer", "new", "spring-talks").code == 2
    assert path.read_bytes() == before


def test_a_finding_goes_from_the_ledger_into_the_answer(shell: Shell) -> None:
    """What ``evidence add`` records is logged, verified, and used by ``assess`` in its time."""
    added = shell.json(*VOTE)
    assert [entry["finding"]["id"] for entry in added["entries"]] == ["the-vote"]
    assert shell.json("evidence", "log")["entries"] == added["entries"]
    checked = shell.json("evidence", "verify")
    assert (checked["problems"], checked["entries"]) == ([], 1)
    assert checked["head"] == added["entries"][0]["hash"]
    found = shell.json("assess", "hanoi-2019")
    assert found["counts"]["letter"]["open"] == 33
    earlier = shell.json("assess", "hanoi-2019", "--known-on", "2019-02-28")
    assert earlier["counts"]["letter"]["discretionary"] == 33
    assert shell.json("evidence", "log", "--known-on", "2019-02-28")["entries"] == []
    noted = shell("evidence", "verify", "--head", checked["head"])
    assert noted.code == 0
    assert shell("evidence", "verify", "--head", "f" * 64).code == 1


def test_the_log_numbers_its_entries(shell: Shell) -> None:
    """The table of the log shows the number of the first entry too."""
    shell(*VOTE)
    row = next(line for line in shell("evidence", "log").out.splitlines() if "the-vote" in line)
    assert re.match(r"\d+ ", row)


# What people read

TABLES: Final = [
    ("assess", "hanoi-2019"),
    ("why", CONDUCT_BOUND),
    ("unlock", CONDUCT_BOUND),
    ("diff", "2019-02-28", "2020-01-01"),
    ("calendar",),
    ("measures", "--hs", "27"),
    ("evidence", "log"),
    ("cite", CONDUCT_BOUND),
    ("regime", "show", "dprk"),
    ("gap", "hanoi-2019"),
    ("bridge", "hanoi-2019"),
    ("claims", "hanoi-brief-2019"),
    ("precedents", "list"),
    ("precedents", "show", "dprk-1994"),
    ("precedents", "similar", "hanoi-2019"),
    ("precedents", "backtest"),
    ("precedents", "stalling", "hanoi-2019"),
    ("simulate", "trust"),
    ("simulate", "signal"),
    ("simulate", "policies"),
]
SCREENED_TABLES: Final = [
    ("screen", "Strelsau Bank", "--explain"),
    ("screen", "Anna Smith", "--as-of", "2018-06-01"),
    ("decisions",),
    ("ownership", "owners.csv", "--blocked", "X", "--as-of", "2024-12-01"),
]


@pytest.mark.parametrize("command", SCREENED_TABLES, ids=lambda item: " ".join(item)[:24])
def test_pages_of_screening_fit_and_are_markdown(
    screening: Shell, command: tuple[str, ...]
) -> None:
    """At most 100 columns of plain text; as Markdown, one title and rows as wide as their head."""
    screening(*DECIDE)
    answer = screening(*command)
    assert answer.code == 0
    assert [line for line in answer.out.splitlines() if len(line) > 100] == []
    assert "\x1b" not in answer.out
    lines = screening(*command, "--format", "md").out.splitlines()
    assert [line for line in lines if line.startswith("# ")] == lines[:1]
    assert "****" not in "\n".join(lines)
    width = 0
    for line in lines:
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert cells in (width, 0) or width == 0
        width = cells


@pytest.mark.parametrize("command", TABLES, ids=lambda item: item[0])
def test_tables_fit_100_columns_and_have_no_colour(shell: Shell, command: tuple[str, ...]) -> None:
    """Where standard output is no terminal, lines are at most 100 columns and plain text.

    An address is one word, and is kept whole to be copied.
    """
    answer = shell(*command)
    assert answer.code == 0
    long = [line for line in answer.out.splitlines() if len(line) > 100]
    assert [line for line in long if not re.fullmatch(r"\s*https?://\S+", line)] == []
    assert "\x1b" not in answer.out


def test_a_file_has_no_colour_even_where_a_terminal_is_forced(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table written with ``-o`` is plain text whatever the environment says of terminals."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert shell("assess", "hanoi-2019", "-o", "answer.txt").code == 0
    assert "\x1b" not in (tmp_path / "answer.txt").read_text(encoding="utf-8")


def test_the_first_screen_of_hanoi(shell: Shell) -> None:
    """The title and the ten lines that a minister reads stay as they are in the golden file."""
    lines = shell("assess", "hanoi-2019").out.splitlines()[:11]
    assert [line.rstrip() for line in lines] == GOLDEN.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("command", TABLES, ids=lambda item: item[0])
def test_markdown_parses(shell: Shell, command: tuple[str, ...]) -> None:
    """A page has one title, and each table's rows have as many cells as its head."""
    lines = shell(*command, "--format", "md").out.splitlines()
    assert [line for line in lines if line.startswith("# ")] == lines[:1]
    width = 0
    for line in lines:
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert cells in (width, 0) or width == 0
        width = cells


@pytest.mark.parametrize("command", TABLES, ids=lambda item: item[0])
def test_markdown_has_no_empty_label_and_no_list_in_a_list(
    shell: Shell, command: tuple[str, ...]
) -> None:
    """A terminal's blank label and its own bullets become Markdown, not stray marks."""
    out = shell(*command, "--format", "md").out
    assert "****" not in out
    assert "\n- - " not in out


CSVS: Final = [
    (("assess", "hanoi-2019"), 33),
    (("unlock", CONDUCT_BOUND), None),
    (("diff", "2019-02-28", "2020-01-01"), None),
    (("calendar",), None),
    (("measures", "--in-force", "2019-02-28"), 165),
    (("gap", "hanoi-2019"), 15),
    (("bridge", "hanoi-2019"), None),
    (("claims", "hanoi-brief-2019"), 18),
    (("precedents", "list"), 27),
    (("precedents", "backtest"), 17),
    (("simulate", "trust"), 10 + 4 * 10),
    (("simulate", "policies", "--draws", "50"), 5 * 3 * 8),
]


@pytest.mark.parametrize(("command", "count"), CSVS, ids=[item[0][0] for item in CSVS])
def test_csv_parses(shell: Shell, command: tuple[str, ...], count: int | None) -> None:
    """Every row has as many cells as the header, and there are as many rows as answers."""
    answer = shell(*command, "--format", "csv")
    head, *rows = csv.reader(io.StringIO(answer.out))
    assert answer.code == 0
    assert rows
    assert len(set(head)) == len(head)
    assert {len(row) for row in rows} == {len(head)}
    assert count in (None, len(rows))


RANGE: Final = {"low", "central", "high", "kind"}


def test_exposure_has_its_ranges_and_its_sources(shell: Shell) -> None:
    """``detente.exposure/1``: every instrument has ranges of a kind, every row reaches a source."""
    found = shell.json("pressure", "exposure", "--base-year", "2016")
    assert found["total"]["central"] == 2820
    for item in found["by_instrument"]:
        for name in ("nominal", "binding", "share"):
            assert item[name].keys() >= RANGE
            assert item[name]["kind"] in ("bounds", "p05-p95")
    assert found["cumulative"]["central"] == pytest.approx(0.946, abs=0.001)
    for row in found["rows_used"]:
        assert set(row["sources"]) <= found["sources"].keys()


def test_a_plan_says_what_is_judged_and_what_pressure_has_bought(shell: Shell) -> None:
    """``detente.plan/1``: proved, with the upper bound, the judgement and the rule on relief."""
    found = shell.json("pressure", "plan", "--no-switches")
    assert found["status"] == "optimal"
    assert "91.4" in found["upper_bound"]["text"]
    assert "ledger" in found["relief_rule"]
    assert "analyst" in found["judged"]
    none = shell.json("pressure", "plan", "--at-least", "99999")
    assert (none["status"], none["conflict"]["limits"]) == ("infeasible", ["at_least"])
