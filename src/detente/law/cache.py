"""A cache of decoded files, so that a warm command reads no YAML.

A cached value is keyed by the digest of what it was made from, the version of the program and the
type: there is nothing to invalidate. Losing, corrupting or forbidding the cache costs time only.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from detente._version import __version__

T = TypeVar("T")
_KEEP: Final = 64
_MOST: Final = 8 * 1024 * 1024
"""More of a file is never looked at: whatever is larger is refused when it is read."""


def digest(files: Iterable[tuple[str, Path]]) -> str:
    """Return the digest of named files, in the order given; an unreadable one counts as absent."""
    state = hashlib.blake2b(digest_size=16)
    for name, path in files:
        try:
            if not path.is_file():  # a pipe would keep us waiting for ever
                continue
            with path.open("rb") as stream:
                content = stream.read(_MOST)
        except (OSError, ValueError):
            continue
        state.update(f"{name}\0{len(content)}\0".encode())
        state.update(content)
    return state.hexdigest()


def folder() -> Path:
    """Return the folder of the cache: ``DETENTE_CACHE``, or the platform's place for caches."""
    own = os.environ.get("DETENTE_CACHE")
    if own:
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "detente" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "detente"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "detente"


def cached(name: str, key: str, kind: type[T], build: Callable[[], T]) -> T:
    """Return the value of ``build()``, from the cache where it is there.

    Args:
        name: what it is, for the file's name.
        key: digest of everything that the value depends on.
        kind: its type; what does not decode as that type is built again.
        build: makes the value; what it raises is passed on.
    """
    stamp = hashlib.blake2b(f"{key}\0{__version__}\0{kind!r}".encode(), digest_size=12).hexdigest()
    try:
        path = folder() / f"{name}-{stamp}.msgpack"
        return msgspec.msgpack.decode(path.read_bytes(), type=kind)
    except (OSError, RuntimeError, msgspec.MsgspecError):
        value = build()
    with contextlib.suppress(OSError, RuntimeError):
        _write(path, msgspec.msgpack.encode(value))
    return value


def _write(path: Path, content: bytes) -> None:
    """Write ``content`` so that a reader sees all of it or nothing, and drop the oldest files."""
    import tempfile  # only a cold command writes

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    old = sorted(path.parent.glob("*.msgpack"), key=lambda item: item.stat().st_mtime, reverse=True)
    for extra in old[_KEEP:]:
        extra.unlink(missing_ok=True)
