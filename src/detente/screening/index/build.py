"""Building the index from parties, and another one from it where only a few parties changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.screening.index.keys import joined_keys, near_keys
from detente.screening.index.layout import Arrays
from detente.screening.index.records import Record
from detente.screening.names import latin
from detente.screening.score.rarity import telling

Telling = Callable[[str], float]
"""Returns how much a word tells, in nats."""
Taken = tuple[tuple[str, ...], tuple[str, ...], bool]
"""What a reading is beside its words: forms, titles, whether it is bare."""


def arrays(
    records: Iterable[Record], known: Words | None = None, told: Telling | None = None
) -> Arrays:
    """Return the arrays of an index.

    Args:
        records: what is kept of each party, in any order; the same parties make the same arrays.
        known: words of which the keys are known already, from an older index.
        told: how much each word tells, where these parties are part of a larger index.
    """
    rows = sorted(records, key=lambda item: (item.id, item.digest))
    vocabulary = sorted(
        {word for item in rows for _, reading in item.rows for word in reading.words}
    )
    number = {word: at for at, word in enumerate(vocabulary)}
    return {
        **_parties(rows), **_names(rows, vocabulary, number, told), **_words(vocabulary, known),
        **_exact("key", [(key, at, name) for at, item in enumerate(rows)
                         for name, key in item.keys]),
        **_exact("number", [(key, at, 0) for at, item in enumerate(rows)
                            for key in item.numbers]),
    }  # fmt: skip


class Words:
    """The keys of an older index's words, so that they need not be made again."""

    def __init__(
        self, words: Sequence[str], keys: NDArray[Any], starts: NDArray[Any], owners: NDArray[Any]
    ) -> None:
        """Keep the words of an index, and its keys with where the words begin that own each."""
        order = np.argsort(owners, kind="stable")
        self._keys = np.repeat(keys, np.diff(starts))[order]
        self._starts = np.searchsorted(owners[order], np.arange(len(words) + 1))
        self._number = {word: at for at, word in enumerate(words)}

    def keys(self, word: str) -> set[int] | None:
        """Return the keys of a word; None where the older index does not have it."""
        at = self._number.get(word)
        if at is None:
            return None
        return set(self._keys[self._starts[at] : self._starts[at + 1]].tolist())


def _parties(rows: list[Record]) -> dict[str, NDArray[Any]]:
    return {
        "party_body": _bytes(b"".join(item.body for item in rows)),
        "party_at": _starts(len(item.body) for item in rows),
        "party_id": _bytes("\n".join(item.id for item in rows).encode()),
        "party_digest": _bytes(b"".join(item.digest for item in rows)),
    }


def _names(
    rows: list[Record], vocabulary: list[str], number: dict[str, int], told: Telling | None
) -> dict[str, NDArray[Any]]:
    """Every reading as numbers of words, and for every word the readings that hold it."""
    party, name, taken, flat, sizes = [], [], [], [], []
    kinds: dict[Taken, int] = {}
    for at, item in enumerate(rows):
        for place, reading in item.rows:
            party.append(at)
            name.append(place)
            taken.append(kinds.setdefault(reading[1:], len(kinds)))
            flat += [number[word] for word in reading.words]
            sizes.append(len(reading.words))
    words = np.array(flat, np.uint32)
    holders = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
    pairs = np.unique(words.astype(np.uint64) << np.uint64(32) | holders)
    starts = np.searchsorted(
        pairs >> np.uint64(32), np.arange(len(number) + 1, dtype=np.uint64)
    ).astype(np.uint32)
    held = np.diff(starts).tolist()
    info = np.array(
        [
            told(word) if told else telling(word, count, len(sizes))
            for word, count in zip(vocabulary, held, strict=True)
        ],
        np.float32,
    )
    return {
        "row_party": np.array(party, np.uint32),
        "row_name": np.array(name, np.uint32),
        "row_taken": np.array(taken, np.uint32),
        "row_info": np.bincount(
            (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64),
            info[(pairs >> np.uint64(32)).astype(np.int64)],
            minlength=len(sizes),
        ).astype(np.float32),
        "row_at": _starts(sizes),
        "row_word": words,
        "taken": _bytes(msgspec.json.encode(list(kinds))),
        "word_row": (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        "word_at": starts,
        "word_info": info,
        "word_bare": _bare(rows, vocabulary),
        **_joined(rows),
    }


def _bare(rows: list[Record], vocabulary: list[str]) -> NDArray[Any]:
    """Which words come from a script that leaves vowels out."""
    found = {
        word for item in rows for _, reading in item.rows if reading.bare for word in reading.words
    }
    return np.array([word in found for word in vocabulary], np.uint8)


def _joined(rows: list[Record]) -> dict[str, NDArray[Any]]:
    """What two neighbours of a name are as one word, with the row of the name."""
    found: list[tuple[int, int]] = []
    row = 0
    for item in rows:
        for _, reading in item.rows:
            for sound, bones in joined_keys(reading.words):
                found += [(crc32(sound.encode()), row), (crc32(bones.encode()), row)]
            row += 1
    pairs = np.unique(np.array(found, np.uint64).reshape(-1, 2), axis=0)
    return {"pair_key": pairs[:, 0].astype(np.uint32), "pair_row": pairs[:, 1].astype(np.uint32)}


def _words(vocabulary: list[str], known: Words | None) -> dict[str, NDArray[Any]]:
    keys: list[int] = []
    sizes: list[int] = []
    for word in vocabulary:
        found = known.keys(word) if known else None
        found = near_keys(word) if found is None else found
        keys += found
        sizes.append(len(found))
    owners = np.repeat(np.arange(len(vocabulary), dtype=np.uint32), sizes)
    order = np.lexsort((owners, np.array(keys, np.uint32)))
    unique, starts = np.unique(np.array(keys, np.uint32)[order], return_index=True)
    return {
        "word": _bytes("\n".join(vocabulary).encode()),
        "word_sound": _bytes("\n".join(map(latin.sound, vocabulary)).encode()),
        "word_bones": _bytes("\n".join(map(latin.skeleton, vocabulary)).encode()),
        "near_key": np.append(unique, np.uint32(0xFFFFFFFF)),  # a place for every key looked up
        "near_at": np.append(starts, [len(owners)] * 2).astype(np.uint32),
        "near_word": owners[order],
    }


def _exact(name: str, found: list[tuple[int, int, int]]) -> dict[str, NDArray[Any]]:
    """Keys that are looked up whole, with the party and the name that has them."""
    found.sort()
    return {
        f"{name}_hash": np.array([key for key, _, _ in found], np.uint64),
        f"{name}_party": np.array([party for _, party, _ in found], np.uint32),
        f"{name}_name": np.array([place for _, _, place in found], np.uint32),
    }


def _starts(sizes: Iterable[int]) -> NDArray[Any]:
    return np.concatenate(([0], np.cumsum(np.fromiter(sizes, np.int64)))).astype(np.uint32)


def _bytes(data: bytes) -> NDArray[Any]:
    return np.frombuffer(data, np.uint8)
