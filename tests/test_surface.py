"""What is public: names, docstrings, and that a command loads only what it needs."""

from __future__ import annotations

import ast
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import detente
from detente import api
from detente.cli.main import COMMANDS

PACKAGE: Final = Path(detente.__file__).resolve().parent
MODULES: Final = sorted(PACKAGE.rglob("*.py"))
PROMISED: Final = {
    "Assessment", "DataError", "DetenteError", "Evidence", "Finding", "Offer", "Regime",
    "UnknownIdError", "UsageError", "__version__", "assess", "load", "offer", "unlock", "why",
}  # fmt: skip


def test_all_is_complete_and_sorted() -> None:
    """Every public name is listed once, in order, and nothing else is."""
    assert detente.__all__ == sorted(set(detente.__all__))
    assert set(detente.__all__) >= PROMISED
    assert set(detente.__all__) == {"__version__", *detente._HOMES}
    assert set(api.__all__) <= set(detente.__all__)


@pytest.mark.parametrize("name", detente.__all__)
def test_each_public_name_can_be_imported_and_is_documented(name: str) -> None:
    """A listed name is there, and says what it is."""
    found = getattr(detente, name)
    if name == "__version__":
        assert found.count(".") == 2
    else:
        assert found.__doc__
        assert found.__name__ == name
        assert found.__module__.startswith("detente.")


@pytest.mark.parametrize("name", detente.__all__)
def test_no_public_name_is_also_a_module(name: str) -> None:
    """A submodule takes the place of the name in the package as soon as it is imported."""
    assert not (PACKAGE / name).exists()
    assert not (PACKAGE / f"{name}.py").exists()


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that is not public is refused as Python refuses any other."""
    with pytest.raises(AttributeError, match="no attribute 'lift'"):
        detente.lift  # noqa: B018
    assert not hasattr(detente, "__wrapped__")


def undocumented(path: Path) -> Iterator[str]:
    """Yield the public classes, functions and methods of a module that say nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not ast.get_docstring(tree):
        yield "the module"
    waiting: list[tuple[str, ast.AST]] = [("", tree)]
    while waiting:
        inside, node = waiting.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                public = not child.name.startswith("_")
                if public and not ast.get_docstring(child) and not told_elsewhere(child):
                    yield f"{inside}{child.name}"
                if public and isinstance(child, ast.ClassDef):
                    waiting.append((f"{inside}{child.name}.", child))
            elif isinstance(child, (ast.If, ast.Try)):
                waiting.append((inside, child))


def told_elsewhere(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether the docstring stands on the method extended, or on the last overload."""
    names = {item.id for item in node.decorator_list if isinstance(item, ast.Name)}
    return bool(names & {"override", "overload"})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_everything_public_has_a_docstring(path: Path) -> None:
    """Modules, classes, functions and methods without an underscore say what they are for."""
    assert list(undocumented(path)) == []


def test_there_are_modules_to_check() -> None:
    """The test above looks at the whole package."""
    assert len(MODULES) > 40
    assert {path.parent.name for path in MODULES} >= {"law", "evidence", "offers", "relief", "cli"}


def loaded_after(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after running ``code``."""
    tail = "; import json, sys; sys.stderr.write(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code + tail],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(PACKAGE.parent), *_inherited()])},
        check=True,
        timeout=60,
    )
    return set(json.loads(done.stderr))


def _inherited() -> list[str]:
    return [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]


HEAVY: Final = {
    "rich",
    "clingo",
    "yaml",
    "pandas",
    "polars",
    "jsonschema",
    "vl_convert",
    "jinja2",
    "typst",
    "numpy",
    "scipy",
}


def test_the_command_line_starts_light() -> None:
    """Importing ``detente.cli.main`` loads no renderer, solver, YAML reader or engine."""
    found = loaded_after("import detente.cli.main")
    assert found & HEAVY == set()
    assert {name for name in found if name.startswith("detente.relief")} == set()
    assert {name for name in found if name.startswith("detente.law")} == set()


def test_importing_the_package_is_lighter_still() -> None:
    """``import detente`` loads two modules of ours, and no dependency."""
    found = loaded_after("import detente")
    assert {name for name in found if name.startswith("detente")} == {"detente", "detente._version"}
    assert found & {*HEAVY, "msgspec", "click"} == set()


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], [], ["--version"]], ids=str)
def test_help_imports_no_command(arguments: list[str]) -> None:
    """The list of commands is printed from the table alone."""
    found = loaded_after(f"from detente.cli.main import main; main({arguments!r})")
    ours = {name for name in found if name.startswith("detente.cli.")}
    assert ours == {"detente.cli.main"}
    assert found & HEAVY == set()


def test_one_command_imports_no_other() -> None:
    """``regime list`` loads its own module and what the commands share."""
    found = loaded_after("from detente.cli.main import main; main(['regime', 'list'])")
    ours = {name for name in found if name.startswith("detente.cli.")}
    assert ours == {"detente.cli.main", "detente.cli.data", "detente.cli.options"}


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_says_what_it_does(name: str) -> None:
    """Every command exists, has help of its own, and each option of it is explained."""
    import click

    module, _, attribute = COMMANDS[name][0].partition(":")
    command = getattr(importlib.import_module(f"detente.cli.{module}"), attribute)
    assert isinstance(command, click.Command)
    assert command.name == name
    waiting: list[click.Command] = [command]
    while waiting:
        one = waiting.pop()
        assert one.help
        options = [item for item in one.params if isinstance(item, click.Option)]
        assert [item.name for item in options if not item.help] == []
        waiting += one.commands.values() if isinstance(one, click.Group) else ()


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The first page lists all commands, each with a line."""
    from detente.cli.main import main

    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for name, (_, line) in COMMANDS.items():
        assert f"  {name} " in out
        assert line.rstrip(".") in " ".join(out.split())


def test_the_package_is_typed() -> None:
    """``py.typed`` tells type checkers to read our annotations."""
    assert (PACKAGE / "py.typed").is_file()
