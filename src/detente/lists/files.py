"""Taking the files of an edition from disk: the one that is named and those that go with it."""

from __future__ import annotations

import re
from pathlib import Path
from stat import S_ISREG
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
    first = _bytes(path)
    return {path.name: first} | {each.name: _bytes(each) for each in beside(path)}


def beside(path: Path) -> list[Path]:
    """Return the files that lie beside one and belong to it."""
    wanted = _BESIDE.get(path.name.lower(), ())
    around = _around(path) if wanted else {}
    return [around[name] for name in wanted if name in around and around[name].is_file()]


def _around(path: Path) -> dict[str, Path]:
    try:
        return {each.name.lower(): each for each in sorted(path.parent.iterdir())}
    except OSError as error:
        raise _unreadable(path.parent, error) from None


def _bytes(path: Path) -> bytes:
    try:
        about = path.stat()
        is_file = S_ISREG(about.st_mode)  # a pipe would wait for whoever writes into it
        data = _start(path) if is_file and about.st_size <= LIMIT else b""
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if not is_file:
        raise UsageError(f"{path} is no file; name the file of a list")
    if max(about.st_size, len(data)) > LIMIT:
        size = f"it is larger than {LIMIT >> 20} MB, and no list is"
        raise ListError(path.name, None, size, "check what it is")
    if not data:
        raise ListError(path.name, None, "it is empty", "fetch it again")
    return data


def _start(path: Path) -> bytes:
    """The file, or more of it than the limit allows: it may grow while it is read."""
    with path.open("rb") as stream:
        return stream.read(LIMIT + 1)


def _unreadable(path: Path, error: OSError | ValueError) -> UsageError:
    why = getattr(error, "strerror", None) or error
    return UsageError(f"{path} cannot be read ({why}); check the path")


_DAY: Final = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


def day_in_name(path: Path) -> str | None:
    """Return the day that a file's name, or else its folder's, holds; None where none does."""
    for name in (path.name, path.absolute().parent.name):
        for found in _DAY.findall(name):
            if utc(found) is not None:
                return str(found)
    return None
