"""The index's file: a header that names the arrays, and the arrays, mapped and never copied."""

from __future__ import annotations

import mmap
import os
import tempfile
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.errors import DataError, Problem

MAGIC: Final = b"DETENTEX"
"""The first bytes of an index."""
_ALIGN: Final = 64
Arrays = Mapping[str, NDArray[Any]]


class _Where(msgspec.Struct, frozen=True):
    """Where an array stands in the file, and what its numbers are."""

    name: str
    kind: str
    start: int
    count: int


class _Header(msgspec.Struct, frozen=True):
    """What the file holds."""

    version: str
    digest: str
    arrays: tuple[_Where, ...]


def packed(arrays: Arrays, version: str) -> bytes:
    """Return the file of some one-dimensional arrays; equal arrays make equal bytes."""
    start, places, parts = 0, [], []
    for name, array in arrays.items():
        data = np.ascontiguousarray(array).tobytes()
        places.append(_Where(name, array.dtype.str, start, len(array)))
        parts.append(data + b"\0" * (-len(data) % _ALIGN))
        start += len(parts[-1])
    body = b"".join(parts)
    digest = blake2b(body, digest_size=16).hexdigest()
    head = msgspec.json.encode(_Header(version, digest, tuple(places)))
    head += b" " * (-(len(MAGIC) + 8 + len(head)) % _ALIGN)
    return MAGIC + len(head).to_bytes(8, "little") + head + body


def unpacked(data: bytes | mmap.mmap, version: str, where: str) -> tuple[dict[str, Any], str]:
    """Return the arrays of a file, not copied, and the digest of them all.

    Args:
        data: the file's bytes, or the file mapped.
        version: the version of the layout that is understood.
        where: what to call the file in an error.

    Raises:
        DataError: it is no index, one of another version, or it was cut off.
    """
    try:
        header, size = _header(data)
        if header.version != version:
            raise ValueError(f"it is an index of version {header.version}")
        view = memoryview(data)[16 + size :]
        arrays = {
            row.name: np.frombuffer(view, np.dtype(row.kind), row.count, row.start)
            for row in header.arrays
        }
    except (ValueError, TypeError, msgspec.DecodeError) as error:
        advice = "remove it, and it is built again"
        raise DataError(
            [Problem(where, 0, "", f"the index cannot be read ({error})", advice)]
        ) from None
    return arrays, header.digest


def names(data: bytes | mmap.mmap) -> frozenset[str]:
    """Return the names of a file's arrays.

    Raises:
        ValueError, msgspec.DecodeError: it is no index.
    """
    return frozenset(row.name for row in _header(data)[0].arrays)


def _header(data: bytes | mmap.mmap) -> tuple[_Header, int]:
    """The header of a file, and how long it is."""
    size = int.from_bytes(data[8:16], "little")
    if data[:8] != MAGIC or not 0 < size < 1 << 20:
        raise ValueError("it is no index")
    return msgspec.json.decode(data[16 : 16 + size], type=_Header), size


def mapped(path: Path) -> mmap.mmap:
    """Map a file into memory to be read."""
    with path.open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def write(path: Path, data: bytes) -> None:
    """Write a file so that others see it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
