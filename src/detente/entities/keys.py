"""Keys under which a party is found: its names and numbers, each in one plain form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from detente.entities.model import Party

_WORD: Final = re.compile(r"[^\W_]+")
_NUMBERS: Final = re.compile(r"[^0-9a-z]")


def name_key(text: str) -> str:
    """Return a name without case, accents, punctuation and order: ``anna de smith``."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(sorted(_WORD.findall(text.casefold())))


def number_key(text: str) -> str:
    """Return a number without case, spaces and punctuation: ``#381420754``."""
    return "#" + _NUMBERS.sub("", text.casefold())


def keys_of(party: Party) -> Iterator[str]:
    """Yield every key of a party, some perhaps twice; a name also without what is in brackets."""
    found = [name_key(text) for name in party.names for text in readings_of(name.text)]
    found += [number_key(item.value) for item in party.identifiers]
    found += [number_key(row.reference) for row in party.listings if row.reference]
    yield from (key for key in found if key.strip("#"))


_BRACKETS: Final = re.compile(r"\(([^()]*)\)")


def readings_of(text: str) -> Iterator[str]:
    """Yield a name, and where it has brackets the name without them and what stands in them."""
    yield text
    inside = _BRACKETS.findall(text)
    if inside:
        yield _BRACKETS.sub("", text)
        yield from inside
