"""The documentation says what the program does: commands, options, fields, words, examples."""

from __future__ import annotations

import doctest
import inspect
import re
import shlex
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

import click
import made
import msgspec
import pytest

import detente
from detente.cases.expected import EXPECTED
from detente.cases.judge import run
from detente.cases.model import Written
from detente.cli.main import COMMANDS, cli, main
from detente.evidence import model as evidence_model
from detente.evidence.load import from_file
from detente.law import clauses, history, model, subjects, vocabulary, ways
from detente.law.draft import _TABLES, _Head
from detente.law.find import BUNDLED, locate
from detente.law.load import FOLDERS
from detente.law.read import parse
from detente.offers import model as offers_model
from detente.relief.unlock import read_costs
from detente.validate import problems_of

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
PAGES: Final = (*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md")))
GUIDE: Final = (DOCS / "guide.md").read_text(encoding="utf-8")
FORMAT: Final = (DOCS / "data-format.md").read_text(encoding="utf-8")

MODELS: Final = (model, ways, history, subjects, evidence_model, offers_model)
HEX: Final = re.compile(r"\b[0-9a-f]{32,}\b")
PLACE: Final = re.compile(r"(?<=\.yaml):\d+$")


class Block(NamedTuple):
    """A fenced block of a page: its language, its text, and where it starts."""

    language: str
    text: str
    line: int


def blocks(page: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page, in order."""
    for match in re.finditer(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        yield Block(match[1], match[2], page[: match.start()].count("\n") + 1)


def commands(
    command: click.Command = cli, name: str = "detente"
) -> Iterator[tuple[str, click.Command]]:
    """Yield every command that does something, by what is typed."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for word in command.list_commands(context):
        inner = command.get_command(context, word)
        assert inner is not None
        yield from commands(inner, f"{name} {word}")


def rows(module: ModuleType) -> Iterator[type[msgspec.Struct]]:
    """Yield the row types that a module defines."""
    for _, kind in inspect.getmembers(module, inspect.isclass):
        if issubclass(kind, msgspec.Struct) and kind.__module__ == module.__name__:
            yield kind


def quoted(word: str) -> bool:
    """Return whether the data format names a word as a word."""
    return re.search(rf"`{re.escape(word)}(`|: )", FORMAT) is not None


EVERY_COMMAND: Final = dict(commands())


def test_the_walk_finds_the_commands() -> None:
    """Every name of the command line leads to a command, and the groups to several."""
    assert {name.split()[1] for name in EVERY_COMMAND} == set(COMMANDS)
    assert len(EVERY_COMMAND) > len(COMMANDS)


@pytest.mark.parametrize("name", EVERY_COMMAND)
def test_a_command_is_documented_with_every_option(name: str) -> None:
    """The guide has a section for each command, and each option stands in it."""
    _, found, section = GUIDE.partition(f"### {name}\n")
    section = section.partition("\n### ")[0]
    options = [
        option
        for parameter in EVERY_COMMAND[name].params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in (*parameter.opts, *parameter.secondary_opts)
    ]
    assert found
    assert [option for option in options if not re.search(rf"{option}\b", section)] == []


EXAMPLES: Final = [
    (path.name, path.read_text(encoding="utf-8")) for path in sorted(DOCS.glob("*.md"))
] + [("detente", detente.__doc__ or "")]


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_the_examples_answer_as_they_say(name: str, text: str) -> None:
    """Every Python example gives the answer below it."""
    test = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=said.append)
    assert "".join(said) == ""


def test_there_are_examples_to_run() -> None:
    """The collector has found them: it does not pass because it saw nothing."""
    counts = {name: len(doctest.DocTestParser().get_examples(text)) for name, text in EXAMPLES}
    assert counts["guide.md"] >= 12
    assert counts["detente"] >= 5


def shown() -> Iterator[tuple[str, list[str]]]:
    """Yield every command that the guide shows, and the lines of its answer."""
    for block in blocks(GUIDE):
        first, _, rest = block.text.partition("\n")
        if first.startswith("$ detente "):
            yield first.removeprefix("$ detente "), rest.splitlines()


def test_the_guide_shows_what_the_commands_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each line shown is printed, in this order; after ``...`` anything may follow.

    Digests and line numbers change with every edit of the data and are left out. Forecasts are
    a file of the reader's own; the lists are made up, and no issuer is asked for new ones.
    """
    monkeypatch.chdir(tmp_path)
    made.write_lists(tmp_path)
    monkeypatch.setenv("DETENTE_STORE", "my.store")
    wrong: list[str] = []
    count = 0
    for typed, lines in shown():
        if "forecast.yaml" in typed:
            continue
        count += 1
        main(shlex.split(typed))
        printed = capsys.readouterr()
        got = [settled(line) for line in (printed.out + printed.err).splitlines()]
        wanted = [settled(line) for line in lines]
        if "..." in wanted:
            wanted = wanted[: wanted.index("...")]
            got = got[: len(wanted)]
        if wanted != got:
            differ = [f"  - {a}\n  + {b}" for a, b in zip(wanted, got, strict=False) if a != b]
            wrong.append("\n".join([typed, *differ[:3], f"  {len(wanted)} and {len(got)} lines"]))
    assert count >= 15
    assert not wrong, "\n".join(wrong)


def settled(line: str) -> str:
    """Return a line without what changes with every edit of the data."""
    return PLACE.sub("", HEX.sub("DIGEST", line)).rstrip()


ROWS: Final[list[type[msgspec.Struct]]] = [
    _Head,
    *(kind for mod in MODELS for kind in rows(mod) if kind is not history.Recorded),
]
FIELDS: Final = [
    (kind.__name__, field.encode_name) for kind in ROWS for field in msgspec.structs.fields(kind)
]


def test_every_field_is_in_the_data_format() -> None:
    """Each field of each row type is named there."""
    assert len(FIELDS) > 200
    assert [f"{kind}.{name}" for kind, name in FIELDS if not quoted(name)] == []


def test_everything_that_a_case_can_say_is_in_the_data_format() -> None:
    """Each field of a case, and each answer that one can expect, is named there."""
    fields = {field.encode_name for field in msgspec.structs.fields(Written)}
    names = fields.union(*EXPECTED.values())
    assert len(names) > 40
    assert sorted(name for name in names if not quoted(name)) == []


def words() -> Iterator[str]:
    """Yield every word of the closed vocabularies, and of the nodes of conditions."""
    for value in vars(vocabulary).values():
        if typing.get_origin(value) is typing.Literal:
            yield from typing.get_args(value)
    yield from clauses._HEADS
    for parts in clauses._PARTS.values():
        yield from parts


def test_every_word_of_the_vocabularies_is_in_the_data_format() -> None:
    """Each word that a file may use is named there."""
    found = set(words())
    assert {"verified-in-text", "continued", "snapback", "notice"} <= found
    assert sorted(word for word in found if not quoted(word)) == []


def test_every_file_and_folder_of_a_regime_is_in_the_data_format() -> None:
    """Each file that is read is named there."""
    names = ["regime.yaml", *_TABLES, *(f"{folder}/*.yaml" for folder in FOLDERS)]
    assert [name for name in names if not quoted(name)] == []


YAML: Final = [block for block in blocks(FORMAT) if block.language == "yaml"]


def first_line(block: Block) -> str:
    """Return what a block says it is."""
    return block.text.partition("\n")[0].removeprefix("# ")


def place(block: Block) -> Path:
    """Return the file of a regime that a block names; one of another regime begins with its id."""
    name = first_line(block)
    return BUNDLED / name if (BUNDLED / name).is_file() else locate("dprk") / name


OURS: Final = [block for block in YAML if place(block).is_file()]
NODES: Final = [block for block in YAML if first_line(block) == "a condition"]


def test_every_example_is_either_taken_from_the_regime_or_used_here() -> None:
    """No example of the data format goes unchecked."""
    others = {first_line(block) for block in YAML if block not in (*OURS, *NODES)}
    mine = {name for name in others if name.startswith("my-regime/")}
    assert len(OURS) >= 20
    assert len(NODES) >= 6
    assert mine
    assert others - mine == {"forecast.yaml", "costs.yaml"}


@pytest.mark.parametrize("block", OURS, ids=lambda block: f"line {block.line}")
def test_an_example_is_taken_from_the_regime(block: Block) -> None:
    """Its lines stand in the file that it names, in this order; ``...`` leaves some out."""
    rest = iter(place(block).read_text(encoding="utf-8").splitlines())
    wanted = [line for line in block.text.splitlines()[1:] if line != "..."]
    assert [line for line in wanted if line not in rest] == []


@pytest.mark.parametrize("block", NODES, ids=lambda block: f"line {block.line}")
def test_a_condition_that_is_made_up_can_be_read(block: Block) -> None:
    """The nodes that the regime does not use are written as they are read."""
    faults: list[Any] = []
    form = clauses.tagged(parse(block.text, "condition").data, lambda *fault: faults.append(fault))
    assert faults == []
    assert form is not None


def written(folder: Path) -> None:
    """Write the examples that are whole files of a reader's own into a folder."""
    for block in YAML:
        if block not in (*OURS, *NODES):
            path = folder / first_line(block)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")


def test_the_regime_that_is_made_up_validates_and_answers(tmp_path: Path) -> None:
    """The smallest regime of the page has no problems, and bars what it says it bars."""
    written(tmp_path)
    folder = str(tmp_path / "my-regime")
    assert problems_of(folder) == []
    assert [case.ok for case in run(detente.load(folder)).cases] == [True]
    why = detente.why(detente.load(folder), "act-1-coal")
    assert (why.value, why.missing) == ("undetermined", [["act:rp-act-1", "r-withdraw@met"]])


def test_the_files_that_are_made_up_are_accepted(tmp_path: Path) -> None:
    """The forecast and the costs of the page are read for the regime they are about."""
    written(tmp_path)
    dprk = detente.load("dprk")
    assert len(from_file(tmp_path / "forecast.yaml", dprk).findings) == 1
    assert len(read_costs(tmp_path / "costs.yaml", dprk)) == 2


def test_the_readme_starts_in_two_commands() -> None:
    """One line shows the program and one runs the tests, each from nothing."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.startswith("python3 -m venv")]) == 2


def slug(heading: str) -> str:
    """Return the anchor of a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    return {slug(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_resolves(page: Path) -> None:
    """A link leads to a file that is there, and to a heading in it."""
    broken = []
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_is_in_an_index() -> None:
    """Each page is linked from the index of its folder."""
    for index in (DOCS / "README.md", DOCS / "decisions" / "README.md"):
        text = index.read_text(encoding="utf-8")
        pages = {path.name for path in index.parent.glob("*.md")} - {"README.md"}
        assert {name for name in pages if f"({name})" not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_no_place_of_one_machine(page: Path) -> None:
    """No absolute path of somebody's machine stands in a page."""
    assert re.findall(r"(?<![\w.])/(?:home|tmp|root|work|Users)/\S*", page.read_text("utf-8")) == []
