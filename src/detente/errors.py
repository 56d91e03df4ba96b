"""The errors that Detente raises.

    DetenteError
    ├── DataError (ValueError)      a file says something it should not
    ├── UnknownIdError (LookupError)   no row has that id
    └── UsageError (ValueError)     an argument makes no sense

Every message is one line: what, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class DetenteError(Exception):
    """Base of all errors that are the input's fault, not the program's."""


class UsageError(DetenteError, ValueError):
    """An argument makes no sense; the message says what would."""


class Problem(NamedTuple):
    """One thing that is wrong in a file.

    Attributes:
        file: path as given.
        line: 1-based, None where the file as a whole is meant.
        id: id of the row, where known.
        problem: what is wrong.
        suggestion: what would be right.
    """

    file: str
    line: int | None
    id: str | None
    problem: str
    suggestion: str

    def __str__(self) -> str:
        """The problem in one line."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        row = f"{self.id}: " if self.id else ""
        return f"{where}: {row}{self.problem}; {self.suggestion}"


class DataError(DetenteError, ValueError):
    """A file says something it should not.

    Attributes:
        problems: everything that was found wrong.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the message is the first one and how many follow."""
        self.problems = tuple(problems)
        more = len(self.problems) - 1
        tail = f" (and {more} more; detente regime validate lists a regime's)" if more else ""
        super().__init__(f"{self.problems[0]}{tail}")


class UnknownIdError(DetenteError, LookupError):
    """No row has that id; the message names the nearest real one."""

    def __init__(self, what: str, id_: str, known: Iterable[str]) -> None:
        """Say what was looked for and what is nearest to it."""
        super().__init__(f"no {what} has the id {id_!r}; {nearest(id_, known)}")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the advice that goes with an unknown word: the closest known ones."""
    import difflib  # only a mistake needs it

    pool = sorted(known)
    close = difflib.get_close_matches(word, pool, n=1, cutoff=0.85)  # a slip of the hand
    close = close or difflib.get_close_matches(word, pool, n=3, cutoff=0.5)
    if close:
        return "did you mean " + " or ".join(close) + "?"
    if not pool:
        return "none is known here"
    some = ", ".join(pool[:4])
    return f"known are {some}" + (f" and {len(pool) - 4} more" if len(pool) > 4 else "")
