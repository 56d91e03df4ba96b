"""The index opened: its words, rows and parties, and what stands near a word in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from detente.entities.model import Party
from detente.screening.index import layout
from detente.screening.index.build import Taken, Telling, Words, arrays
from detente.screening.index.keys import MIXED, joined_key, mixed, near_keys, wide
from detente.screening.index.records import Record
from detente.screening.names import latin
from detente.screening.names.reading import Reading
from detente.screening.score.rarity import telling

VERSION: Final = "3"
"""Version of layout and keys; an index of another one is built again."""
_PARTY: Final = msgspec.msgpack.Decoder(Party)
_TAKEN: Final = msgspec.json.Decoder(list[Taken])


class Index:
    """Listed names and numbers, mapped from a file or held in memory; never changed."""

    def __init__(self, data: Any, where: str = "index", *, telling: Telling | None = None) -> None:
        """Read a file's bytes, or a file that is mapped.

        Args:
            data: the bytes.
            where: what to call them in an error.
            telling: how much a word tells, where this is part of a larger index.

        Raises:
            DataError: it is no index, or one of another version.
        """
        self._arrays, self.digest = layout.unpacked(data, VERSION, where)
        self.words: list[str] = _text(self._arrays["word"]).split("\n")
        self.number: dict[str, int] = {word: at for at, word in enumerate(self.words)}
        self.row_info: NDArray[np.float32] = self._arrays["row_info"]
        self.row_party: NDArray[np.uint32] = self._arrays["row_party"]
        self.row_name: NDArray[np.uint32] = self._arrays["row_name"]
        self.infos: list[float] = self._arrays["word_info"].tolist()
        self._starts: list[int] = self._arrays["word_at"].tolist()
        self._word_rows: NDArray[np.uint32] = self._arrays["word_row"]
        self.sounds: list[str] = _text(self._arrays["word_sound"]).split("\n")
        self.bones: list[str] = _text(self._arrays["word_bones"]).split("\n")
        self.bares: list[bool] = (self._arrays["word_bare"] > 0).tolist()
        self._told = telling
        self._near = self._arrays["near_key"], self._arrays["near_at"], self._arrays["near_word"]
        self._taken = _TAKEN.decode(self._arrays["taken"].tobytes())
        self._party = lru_cache(maxsize=4096)(self._read_party)
        self.telling = lru_cache(maxsize=1 << 15)(self._telling)
        self.reading = lru_cache(maxsize=1 << 15)(self._read_row)

    @property
    def parties(self) -> int:
        """How many parties it holds."""
        return len(self._arrays["party_at"]) - 1

    @property
    def rows(self) -> int:
        """How many readings of names it holds."""
        return len(self.row_party)

    def party(self, at: int) -> Party:
        """Return a party by its place."""
        return self._party(at)

    def party_digest(self, at: int) -> bytes:
        """Return the digest of a party's content."""
        digest: bytes = self._arrays["party_digest"][16 * at : 16 * at + 16].tobytes()
        return digest

    def near(self, word: str) -> list[int]:
        """Return the words that share a key with a word, by their number."""
        wanted = near_keys(word)
        keys = np.fromiter(wanted, np.uint32, len(wanted))
        keys.sort()  # neighbours are looked up faster
        hashes, starts, owners = self._near
        places = hashes.searchsorted(keys)
        places = places[hashes[places] == keys]
        found: set[int] = set()
        for start, stop in zip(starts[places].tolist(), starts[places + 1].tolist(), strict=True):
            found.update(owners[start:stop].tolist())
        return sorted(found)

    @cached_property
    def mixed(self) -> dict[str, list[int]]:
        """Its words by their letters in alphabetical order."""
        found: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            if len(word) >= MIXED:
                found.setdefault(mixed(word), []).append(at)
        return found

    def sounding(self, word: str) -> list[int]:
        """Return the words that sound as one does or have all of its consonants."""
        by_sound, by_bones = self._heard
        return [*dict.fromkeys((*by_sound.get(latin.sound(word), ()),
                                *by_bones.get(latin.skeleton(word), ())))]  # fmt: skip

    @cached_property
    def _heard(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        by_sound: dict[str, list[int]] = {}
        by_bones: dict[str, list[int]] = {}
        for at, (sound, bones) in enumerate(zip(self.sounds, self.bones, strict=True)):
            by_sound.setdefault(sound, []).append(at)
            if len(bones) >= MIXED:
                by_bones.setdefault(bones, []).append(at)
        return by_sound, by_bones

    def joining(self, word: str) -> list[int]:
        """Return the rows of which two neighbours, written as one word, sound as a word does."""
        keys, rows = self._arrays["pair_key"], self._arrays["pair_row"]
        found: set[int] = set()
        for text in joined_key(word):
            key = np.uint32(crc32(text.encode()))
            start, stop = keys.searchsorted(key, "left"), keys.searchsorted(key, "right")
            found.update(rows[start:stop].tolist())
        return sorted(found)

    def rows_of(self, word: int) -> NDArray[np.uint32]:
        """Return the rows that hold a word, by its number."""
        rows: NDArray[np.uint32] = self._word_rows[self._starts[word] : self._starts[word + 1]]
        return rows

    def _telling(self, word: str) -> float:
        """Return how much a word tells, in nats (``detente.screening.score.rarity``)."""
        if self._told is not None:
            return self._told(word)
        at = self.number.get(word)
        return telling(word, 0, self.rows) if at is None else self.infos[at]

    def sharing(self, kind: str, texts: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Yield the parties, and the place of the name, that have one of some keys.

        Args:
            kind: ``key`` for Korean and Chinese names, ``number`` for identifiers.
            texts: the keys.
        """
        hashes = self._arrays[f"{kind}_hash"]
        for text in texts:
            key = np.uint64(wide(text))
            start, stop = (
                np.searchsorted(hashes, key, "left"),
                np.searchsorted(hashes, key, "right"),
            )
            yield from zip(
                self._arrays[f"{kind}_party"][start:stop].tolist(),
                self._arrays[f"{kind}_name"][start:stop].tolist(),
                strict=True,
            )

    @property
    def ids(self) -> list[str]:
        """The ids of the parties, in their order."""
        text = _text(self._arrays["party_id"])
        return text.split("\n") if text else []

    def records(self, places: Iterable[int]) -> Iterator[Record]:
        """Yield what is kept of some parties, as it was put in."""
        ids, held = self.ids, self._arrays
        rows = np.searchsorted(self.row_party, np.arange(self.parties + 1)).tolist()
        keys, numbers = _by_party(held, "key"), _by_party(held, "number")
        for at in places:
            start, stop = held["party_at"][at : at + 2].tolist()
            yield Record(
                ids[at], self.party_digest(at), held["party_body"][start:stop].tobytes(),
                tuple(
                    (int(self.row_name[row]), self.reading(row))
                    for row in range(rows[at], rows[at + 1])
                ),
                tuple(keys.get(at, ())), tuple(key for _, key in numbers.get(at, ())),
            )  # fmt: skip

    def known(self) -> Words:
        """Return the keys of its words."""
        return Words(self.words, *self._near)

    def _read_row(self, row: int) -> Reading:
        start, stop = self._arrays["row_at"][row : row + 2].tolist()
        words = tuple([self.words[at] for at in self._arrays["row_word"][start:stop].tolist()])
        return Reading(words, *self._taken[self._arrays["row_taken"][row]])

    def _read_party(self, at: int) -> Party:
        start, stop = self._arrays["party_at"][at : at + 2].tolist()
        return _PARTY.decode(self._arrays["party_body"][start:stop].tobytes())


def _by_party(held: layout.Arrays, kind: str) -> dict[int, list[tuple[int, int]]]:
    """The exact keys of each party, each with the place of the name."""
    found: dict[int, list[tuple[int, int]]] = {}
    parts = (
        held[f"{kind}_party"].tolist(),
        held[f"{kind}_name"].tolist(),
        held[f"{kind}_hash"].tolist(),
    )
    for party, name, key in zip(*parts, strict=True):
        found.setdefault(party, []).append((name, key))
    return {party: sorted(rows) for party, rows in found.items()}


def _text(array: NDArray[Any]) -> str:
    return array.tobytes().decode()


def built(
    records: Iterable[Record], known: Words | None = None, told: Telling | None = None
) -> bytes:
    """Return the file of an index of some parties; see ``arrays`` for the arguments."""
    return layout.packed(arrays(records, known, told), VERSION)


def opened(path: Path) -> Index:
    """Map an index into memory."""
    return Index(layout.mapped(path), str(path))
