"""The peers: nomenklatura with its index and logic-v2, and rapidfuzz over all pairs.

They get what Detente gets: every name, date of birth, country and number of each entry, and of a
query all that it says. Kinds are held apart for them too, as nomenklatura does by itself.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path
from typing import Any, Final

from screening.worker import Engine, Hits, Wire

LIMIT: Final = 10
SCHEMA: Final = {
    "person": "Person", "organisation": "Organization", "vessel": "Vessel", "aircraft": "Airplane",
    None: "LegalEntity",
}  # fmt: skip
NUMBERS: Final = {
    "imo": "imoNumber", "mmsi": "mmsi", "passport": "passportNumber", "national-id": "idNumber",
    "tax": "taxNumber", "registration": "registrationNumber", "lei": "leiCode", "bic": "swiftBic",
}  # fmt: skip


def entity(query: Wire, id_: str) -> Wire:
    """Return a query as an entity of FollowTheMoney."""
    schema = SCHEMA[query.get("kind")]
    if "as told" in query:
        return {"id": id_, **query["as told"]}
    held: dict[str, list[str]] = {
        "name": [query["name"]],
        "alias": list(query.get("aliases", ())),
        "lastName": [query["family"]] if query.get("family") else [],
        "firstName": [query["given"]] if query.get("given") else [],
        "birthDate": [_date(span) for span in query.get("births", ())],
        "nationality" if schema == "Person" else "country": list(query.get("countries", ())),
        "gender": [query["gender"]] if query.get("gender") else [],
        "birthPlace": list(query.get("places", ())),
    }
    for number in query.get("identifiers", ()):
        held.setdefault(NUMBERS.get(number["kind"], "idNumber"), []).append(number["value"])
    return {"id": id_, "schema": schema, "properties": held}


def _date(span: Wire) -> str:
    """The longest prefix of a date that both ends of a span share."""
    first, last = str(span["first"]), str(span["last"])
    return next((first[:n] for n in (10, 7, 4) if first[:n] == last[:n]), first[:4])


class Nomenklatura:
    """nomenklatura: the 75 best candidates of its index, scored by logic-v2.

    It remembers what it read of an entity's names by the entity's id, so that no two entities
    may ever have the same one.
    """

    threshold: float = 0.7

    def __init__(self) -> None:
        self.version = version("nomenklatura")
        self.ftm = import_module("followthemoney")
        self.dataset = self.ftm.Dataset.make({"name": "lists", "title": "lists"})
        self.logic = import_module("nomenklatura.matching").get_algorithm("logic-v2")
        self.config = self.logic.default_config()
        self.parties: dict[str, Any] = {}
        self.numbers = count()

    def _asked(self, query: Wire) -> Any:
        """A query as an entity under an id that no other has."""
        return self._proxy(entity(query, f"asked-{next(self.numbers)}"))

    def _proxy(self, data: Wire) -> Any:
        known = self.ftm.model.get(data["schema"]).properties
        data["properties"] = {k: v for k, v in data["properties"].items() if k in known}
        return self.ftm.StatementEntity.from_data(self.dataset, data, cleaned=False)

    def build(self, folder: Path) -> None:
        """Load the entities into memory and index them."""
        linker = import_module("nomenklatura.resolver").Linker({})
        store = import_module("nomenklatura.store").MemoryStore(self.dataset, linker)
        with store.writer() as writer, (folder / "ftm.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                proxy = self._proxy(json.loads(line))
                self.parties[proxy.id] = proxy
                writer.add_entity(proxy)
        index = import_module("nomenklatura.blocker").Index
        self.index = index(store.view(self.dataset), Path(tempfile.mkdtemp()))
        self.index.build()

    def keep(self, folder: Path) -> bool:
        """Keep nothing: its index does without the entities, which must be loaded all the same."""
        return False

    open = build

    def screen(self, queries: list[Wire], threshold: float | None) -> list[Hits]:
        """Block a batch at a time, then score the candidates."""
        low = self.threshold if threshold is None else threshold
        asked = {proxy.id: proxy for proxy in map(self._asked, queries)}
        found: dict[str, Hits] = {}
        for left, candidates in self.index.match_entities(asked.values()):
            scored = [(key.id, self._score(asked[left.id], key.id)) for key, _ in candidates]
            found[left.id] = _best(scored, low)
        return [found.get(key, []) for key in asked]

    def exhaustive(self, queries: list[Wire]) -> list[Hits]:
        """Score every entry."""
        asked = [self._asked(query) for query in queries]
        return [
            _best([(key, self._score(query, key)) for key in self.parties], self.threshold)
            for query in asked
        ]

    def _score(self, query: Any, key: str) -> float:
        return float(self.logic.compare(query, self.parties[key], self.config).score)

    def compare(self, name: str, other: str, kind: str | None) -> float:
        """Score two entities of which nothing but a name is known."""
        kinds = {"kind": kind}
        return self.check({"name": name, **kinds}, {"name": other, **kinds})

    def check(self, query: Wire, candidate: Wire) -> float:
        """Score two entities."""
        sides = (self._asked(query), self._asked(candidate))
        return float(self.logic.compare(*sides, self.config).score)


def _best(scored: Hits, low: float) -> Hits:
    kept = [hit for hit in scored if hit[1] >= low and hit[1] > 0]
    return sorted(kept, key=lambda hit: (-hit[1], hit[0]))[:LIMIT]


class AllPairs:
    """rapidfuzz: one of its scorers over every pair of names of the same kind."""

    def __init__(self, scorer: str, threshold: float) -> None:
        from rapidfuzz import fuzz, utils

        self.version = version("rapidfuzz")
        self.threshold = threshold
        self.scorer: Any = getattr(fuzz, scorer)
        self.plain = utils.default_process

    def build(self, folder: Path) -> None:
        """Bring every name into the library's own plain form."""
        import numpy as np

        names: list[str] = []
        self.ids: list[str] = []
        starts: list[int] = []
        schemas: list[str] = []
        with (folder / "ftm.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                data = json.loads(line)
                held = data["properties"]
                keys = ("name", "alias", "weakAlias", "previousName")
                own = [name for key in keys for name in held.get(key, ())]
                starts.append(len(names))
                self.ids.append(data["id"])
                schemas.append(data["schema"])
                names += [self.plain(name) for name in own or [""]]
        self.names, self.starts = names, np.array(starts)
        self.schemas = np.array(schemas)

    def keep(self, folder: Path) -> bool:
        """Keep nothing: it has no index."""
        return False

    open = build

    def screen(self, queries: list[Wire], threshold: float | None) -> list[Hits]:
        """Score all names, fifty queries at a time, and keep the best name of each entry."""
        import numpy as np
        from rapidfuzz.process import cdist

        low = (self.threshold if threshold is None else threshold) * 100
        found: list[Hits] = []
        rest = iter(queries)
        while batch := list(islice(rest, 50)):
            asked = [self.plain(query["name"]) for query in batch]
            scores = cdist(asked, self.names, scorer=self.scorer, score_cutoff=low or None)
            whole = np.maximum.reduceat(scores, self.starts, axis=1)
            for query, row in zip(batch, whole, strict=True):
                if query.get("kind"):
                    row[self.schemas != SCHEMA[query["kind"]]] = 0
                fits = np.flatnonzero(row >= max(low, 1e-9))
                if len(fits) > LIMIT:
                    least = np.partition(row[fits], -LIMIT)[-LIMIT]
                    fits = fits[row[fits] >= least]
                top = fits[np.argsort(-row[fits], kind="stable")][:LIMIT]
                found.append([(self.ids[n], float(row[n]) / 100) for n in top])
        return found

    def exhaustive(self, queries: list[Wire]) -> list[Hits]:
        """Do the same: it knows no other way."""
        return self.screen(queries, None)

    def compare(self, name: str, other: str, kind: str | None) -> float:
        """Score two names."""
        return float(self.scorer(name, other, processor=self.plain)) / 100

    def check(self, query: Wire, candidate: Wire) -> float:
        """Score the two of their names that fit best: it knows nothing else."""
        sides = [(side["name"], *side.get("aliases", ())) for side in (query, candidate)]
        return max(self.compare(one, other, None) for one in sides[0] for other in sides[1])


ENGINES: Final[dict[str, Callable[[], Engine]]] = {
    "nomenklatura": Nomenklatura,
    "token_sort_ratio": lambda: AllPairs("token_sort_ratio", 0.85),
    "WRatio": lambda: AllPairs("WRatio", 0.9),
}
"""How each peer is begun, by name."""
