"""Taking the files of an edition from disk: the one that is named and those that go with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from detente.errors import UsageError
from detente.lists.errors import ListError
from detente.lists.moments import utc

LIMIT: Final = 512 << 20
"""The largest file that is read, in bytes: five times the largest that an issuer publishes."""

_BESIDE: Final = {
    "sdn.csv": ("alt.csv", "add.csv", "sdn_comments.csv"),
    "cons_prim.csv": ("cons_alt.csv", "cons_add.csv", "cons_comments.csv"),
}
"""OFAC publishes an edition as four files; the first is the one that people name."""


def gather(path: Path) -> dict[str, bytes]:
    """Return the file and those that belong to it, by name.

    Raises:
        UsageError: it cannot be read.
        ListError: it is empty or larger than any list.
    """
    files = {path.name: _bytes(path)}
    wanted = _BESIDE.get(path.name.lower(), ())
    if wanted:
        around = {each.name.lower(): each for each in sorted(path.parent.iterdir())}
        for name in wanted:
            beside = around.get(name)
            if beside is not None and beside.is_file():
                files[beside.name] = _bytes(beside)
    return files


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is no file; name the file of a list")
        with path.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{path} cannot be read ({why}); check the path") from None
    if len(data) > LIMIT:
        size = f"it is larger than {LIMIT >> 20} MB, and no list is"
        raise ListError(path.name, None, size, "check what it is")
    if not data:
        raise ListError(path.name, None, "it is empty", "fetch it again")
    return data


_DAY: Final = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


def day_in_name(path: Path) -> str | None:
    """Return the day that a file's name, or else its folder's, holds; None where none does."""
    for name in (path.name, path.absolute().parent.name):
        for found in _DAY.findall(name):
            if utc(found) is not None:
                return str(found)
    return None
