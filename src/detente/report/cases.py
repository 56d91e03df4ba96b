"""What became of cases, in lines."""

from __future__ import annotations

from collections.abc import Iterator

from detente.cases.model import Result, Results
from detente.report.page import counted

NONE = "no cases: add cases/*.yaml"


def lines(results: Results) -> Iterator[str]:
    """Yield a line for each case, with what was expected and got where it fails, and the counts."""
    yield from map(_line, results.cases)
    if results.cases:
        yield f"{counted(len(results.cases), 'case')}: {results.ok} ok, {results.fails} failed"
    else:
        yield NONE


def _line(result: Result) -> str:
    if result.ok:
        return _clean(f"ok     {result.name}")
    told = "; ".join(map(str, result.faults))
    return _clean(f"FAILS  {result.name} ({result.file}:{result.line}): {told}")


def _clean(text: str) -> str:
    """Keep control characters, which data may hold, from reaching a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
