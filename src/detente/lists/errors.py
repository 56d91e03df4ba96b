"""What is wrong with a file of a list, in one line."""

from __future__ import annotations

from typing import Final

from detente.errors import DetenteError


class ListError(DetenteError, ValueError):
    """A file of a list is not what it should be; nothing of it was taken in."""

    def __init__(self, file: str, line: int | None, what: str, advice: str) -> None:
        """Say where, what and what to do.

        Args:
            file: name of the file.
            line: 1-based, None where the file as a whole is meant.
            what: what is wrong.
            advice: what to do.
        """
        where = file if line is None else f"{file}:{line}"
        super().__init__(f"{_plain(where)}: {_plain(what)}; {advice}")


_LONGEST: Final = 240


def _plain(text: str) -> str:
    """What a file says may have lines and signs of its own, or no end."""
    told = text if text.isprintable() else text.encode("unicode_escape").decode()
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST // 2]} .. {told[-_LONGEST // 2 :]}"
