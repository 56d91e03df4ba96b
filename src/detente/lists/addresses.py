"""Where the issuers publish their lists: the addresses that come along, and a user's own.

The file is TOML: a table for each source, in it named sets of files, of which one is the default.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from detente.errors import UnknownIdError
from detente.lists.errors import ListError

BUNDLED: Final = Path(__file__).with_name("addresses.toml")
"""The addresses that come along."""

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LAYOUT: Final = f"write it as {BUNDLED.name} does, which comes with detente"


class File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of a list on its issuer's server.

    Attributes:
        name: what the file is called in the edition.
        address: where it is; https only.
        optional: the server may not have it.
    """

    name: str
    address: str
    optional: bool = False


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list and where it is published.

    Attributes:
        issuer: who publishes it.
        title: what it is called.
        default: the set that is fetched unless another is asked for.
        sets: files that together make an edition, by the set's name.
        ca_file: certificates of an authority of one's own, for a mirror; trusted beside those
            that the system trusts. In a file it is relative to that file.
    """

    issuer: str
    title: str
    default: str
    sets: dict[str, tuple[File, ...]]
    ca_file: str | None = None

    def files(self, name: str | None = None) -> tuple[File, ...]:
        """Return the files of a set.

        Args:
            name: the set; None for the default.

        Raises:
            UnknownIdError: the source has no such set.
        """
        name = self.default if name is None else name
        if name not in self.sets:
            raise UnknownIdError("set of files", name, self.sets)
        return self.sets[name]


def sources(own: Path | None = None) -> dict[str, Source]:
    """Return the sources by id: those that come along, then the user's own over them.

    Args:
        own: a file of the same layout as the one that comes along.

    Raises:
        ListError: the file cannot be read or says something it should not.
    """
    found = _read(BUNDLED)
    return found if own is None else found | _read(own)


def shown(address: str) -> str:
    """Return an address for messages: what may be secret, its query and any user, is left out."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _read(path: Path) -> dict[str, Source]:
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        why = error.strerror or error
        raise ListError(str(path), None, f"cannot be read ({why})", "check the path") from None
    except ValueError as error:  # not UTF-8, or not TOML: the message names the line
        raise ListError(str(path), None, f"is not TOML ({error})", _LAYOUT) from None
    return {id_: _source(path, id_, table) for id_, table in tables.items()}


def _source(path: Path, id_: str, table: Any) -> Source:
    def wrong(what: str, advice: str) -> ListError:
        return ListError(str(path), None, f"{id_}: {what}", advice)

    if _ID.fullmatch(id_) is None:
        raise wrong("is no id for a source", "write it in small letters, as ofac-sdn")
    try:
        source = msgspec.convert(table, Source)
    except msgspec.ValidationError as error:
        raise wrong(str(error), _LAYOUT) from None
    if source.default not in source.sets:
        known = ", ".join(source.sets) or "none"
        raise wrong(f"has no set {source.default!r}", f"name a set as the default; known: {known}")
    for name, files in source.sets.items():
        for what, advice in _problems(files):
            raise wrong(f"set {name}: {what}", advice)
    if source.ca_file is None:
        return source
    return msgspec.structs.replace(source, ca_file=str(path.parent / source.ca_file))


def _problems(files: tuple[File, ...]) -> list[tuple[str, str]]:
    """Return what is wrong with a set of files, each with what to do."""
    found = [
        (f"two files have the same {key}", "give each its own")
        for key in ("name", "address")
        if len({getattr(file, key) for file in files}) < len(files)
    ]
    if all(file.optional for file in files):
        found.append(("has no file that must be there", "add files with name and address"))
    for file in files:
        if _NAME.fullmatch(file.name) is None:
            found.append((f"{file.name!r} is no name for a file", "write it as sdn.csv"))
        if (why := _not_usable(file.address)) is not None:
            found.append((f"the address of {file.name} {why}", "write it as https://host/path"))
    return found


def _not_usable(address: str) -> str | None:
    """Say what is wrong with an address; the address itself may hold a secret."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is malformed"
    if parts.scheme != "https":
        return "is not https"
    if not host or not address.isascii() or re.search(r"[\s\x00-\x1f\x7f]", address):
        return "is malformed"
    if parts.username is not None or parts.fragment:
        return "holds a user or a fragment"
    return None
