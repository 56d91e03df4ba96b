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
    """Yield every key of a party, some perhaps twice."""
    for name in party.names:
        yield name_key(name.text)
    for item in party.identifiers:
        yield number_key(item.value)
    for listing in party.listings:
        if listing.reference:
            yield number_key(listing.reference)
