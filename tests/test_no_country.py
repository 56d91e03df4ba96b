"""The program knows no country: every name of one stands in data."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import detente
from detente.law.find import BUNDLED

SOURCE: Final = Path(detente.__file__).parent
NAMES: Final = (
    "iran", "iranian", "persian", "tehran", "jcpoa", "syria", "syrian", "assad", "damascus",
    "caesar", "south africa", "south-africa", "south african", "apartheid", "pretoria", "mandela",
    "korea", "korean", "dprk", "pyongyang", "hanoi", "kim", "cuba", "cuban", "russia", "russian",
    "belarus", "venezuela", "venezuelan", "libya", "libyan", "iraq", "iraqi", "sudan", "sudanese",
    "myanmar", "burma", "burmese", "zimbabwe", "china", "chinese", "japan", "japanese", "america",
    "american",
)  # fmt: skip
"""Countries under sanctions, their people, their capitals, and names of deals with them."""

ALLOWED: Final = {
    "__init__.py": {"dprk", "hanoi"},  # the example of the package's docstring
    "cli/main.py": {"hanoi"},  # the example under --help
    "cli/assess.py": {"hanoi"},  # the example under --help
    "cli/options.py": {"dprk"},  # the default of --regime
    "cli/talks.py": {"hanoi"},  # the examples under --help
    "cli/precedents.py": {"dprk"},  # the default of --cases-of
    "lists/ofac/words.py": {"chinese", "russian"},  # numbers, in the words of the list
    "lists/ofac/classic.py": {"russia"},  # a tag of the list, in a docstring
    "law/find.py": {"dprk", "myanmar"},  # what a reference may be; an example in a docstring
    "law/load.py": {"dprk"},
    "law/regime.py": {"dprk"},  # what an id looks like
    "readings.py": {"dprk"},  # the regime that is meant where none is named
    "law/vocabulary.py": {"japan"},  # a kind of instrument
}
"""The words that some modules may use, and what for. A new one fails."""
LANGUAGES: Final = {"korean", "chinese", "japanese", "persian", "russian", "burmese"}
"""Names of languages that are also those of peoples: what a name is in, not who is sanctioned."""

MODULES: Final = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
WORD: Final = re.compile(
    rf"(?<![a-z])(?:{'|'.join(sorted(NAMES, key=len, reverse=True))})(?![a-z])"
)


TABLES: Final = {"entities/countries.py"}
"""The table of all countries there are, which says nothing of any of them."""


def words_of(text: str) -> set[str]:
    """Return the names of countries in a text: code, docstrings and comments."""
    return set(WORD.findall(text.lower()))


@pytest.mark.parametrize("module", [name for name in MODULES if name not in TABLES])
def test_no_module_names_a_country(module: str) -> None:
    """Law, names and readings of one country are data; code serves any regime alike."""
    found = words_of((SOURCE / module).read_text(encoding="utf-8"))
    spoken = LANGUAGES if module.startswith("screening/") else set()
    assert found - spoken <= ALLOWED.get(module, set())


def test_what_is_allowed_is_still_used() -> None:
    """An exception that nobody needs any more is removed from the list."""
    for module, words in ALLOWED.items():
        assert words_of((SOURCE / module).read_text(encoding="utf-8")) == words


def ids() -> Iterator[str]:
    """Yield the ids of every row of every bundled regime that are long enough to be its own."""
    for folder in sorted(path.parent for path in BUNDLED.glob("*/regime.yaml")):
        law = detente.load(folder.name)
        tables = (
            law.instruments, law.measures, law.requirements, law.events, law.paths, law.gates,
            law.reimpositions, law.history, law.emergencies, law.components,
        )  # fmt: skip
        for table in tables:
            yield from (id_ for id_ in table if "-" in id_)


def strings(text: str) -> set[str]:
    """Return the words joined by hyphens in the strings of a module that are no docstrings."""
    told = {
        node.body[0].lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node)
    }
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    said = [t.string for t in tokens if t.type == tokenize.STRING and t.start[0] not in told]
    return {word for item in said for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", item)}


def test_no_module_rests_on_an_id_of_a_regime() -> None:
    """No measure, path or finding of one regime decides what the code does."""
    own = set(ids())
    used = {module: strings((SOURCE / module).read_text(encoding="utf-8")) for module in MODULES}
    assert {module: words & own for module, words in used.items() if words & own} == {}
