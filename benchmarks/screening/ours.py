"""Detente's own screening behind the door of its peers; no other module here knows its API."""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

import msgspec

from detente import __version__
from detente.entities.model import Kind, Party
from detente.screening.compare import THRESHOLD, compare
from detente.screening.index import index as indexes
from detente.screening.index import layout
from detente.screening.index.records import records_of
from detente.screening.model import Match, Query
from detente.screening.screener import Screener
from screening.worker import Hits, Wire

LIMIT: Final = 10
KEPT: Final = "detente.index"


class Detente:
    """Detente: a screener over the parties, and ``compare`` for bare names."""

    version = __version__
    threshold: float = THRESHOLD

    def build(self, folder: Path) -> None:
        """Build the index from parties that were read before."""
        parties = msgspec.json.decode((folder / "parties.json").read_bytes(), type=list[Party])
        self.data = indexes.built(records_of(parties))
        self.screener = Screener(indexes.Index(self.data))

    def keep(self, folder: Path) -> bool:
        """Write the index as ``detente screen`` keeps it."""
        layout.write(folder / KEPT, self.data)
        return True

    def open(self, folder: Path) -> None:
        """Map the index into memory."""
        self.screener = Screener(indexes.opened(folder / KEPT))

    def screen(self, queries: list[Wire], threshold: float | None) -> list[Hits]:
        """Screen many in a batch."""
        at = THRESHOLD if threshold is None else threshold
        asked = msgspec.convert(queries, list[Query])
        return [_hits(each) for each in self.screener.screen_many(asked, limit=LIMIT, threshold=at)]

    def exhaustive(self, queries: list[Wire]) -> list[Hits]:
        """Score every entry."""
        asked = msgspec.convert(queries, list[Query])
        return [_hits(self.screener.exhaustive(query, limit=LIMIT)) for query in asked]

    def compare(self, name: str, other: str, kind: str | None) -> float:
        """Score two bare names."""
        return compare(name, other, cast("Kind | None", kind))

    def check(self, query: Wire, candidate: Wire) -> float:
        """Score two parties of whom nothing is told but names: by those that fit best."""
        sides = [[side["name"], *side.get("aliases", ())] for side in (query, candidate)]
        kind = cast("Kind | None", candidate.get("kind"))
        return max(compare(one, other, kind) for one in sides[0] for other in sides[1])


def _hits(matches: list[Match]) -> Hits:
    return [(match.party.id, match.score) for match in matches if match.cleared is None]
