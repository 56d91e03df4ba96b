"""The screening endpoints of yente, so that clients written for it work unchanged.

Scores are ours, whatever algorithm is asked for: the probability that two are the same party.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from detente.entities.model import Party
from detente.errors import DetenteError, UsageError
from detente.parties import Desk
from detente.screening.decisions import entry_digest, query_digest, standing
from detente.screening.model import Match
from detente.screening.model import Query as Screened
from detente.store.read import find, find_words, party_at
from detente.store.schema import opened
from detente.web.asked import Room
from detente.web.describe import answers
from detente.web.documents import MEDIA, Strict, check_body
from detente.web.ftm import (
    Entity,
    entity_of,
    nested,
    party_of,
    query_of,
    sources_of,
)
from detente.web.problems import MissingError, problem
from detente.web.workspace import Workspace

THRESHOLD: Final = 0.7
"""The score from which yente calls a result a match."""
CUTOFF: Final = 0.5
"""The score from which it shows one."""

_FEATURES: Final = {
    "name": "how alike the names are, in any script and order",
    "rarity": "how rare the words are that they share",
    "kind": "whether they are the same kind of party",
    "birth": "dates of birth", "gender": "gender", "country": "countries",
    "place": "places of birth and cities", "identifier": "numbers that point at one party",
}  # fmt: skip


class _Loose(Strict):
    """A route that passes over parameters that it does not know, as yente does."""

    def get_route_handler(self) -> Any:
        """Return the handler, behind the check of the body alone."""
        inner = super(Strict, self).get_route_handler()

        async def handler(request: Request) -> Response:
            await check_body(request)
            return await inner(request)

        return handler


router = APIRouter(route_class=_Loose, tags=["yente"])

Names = Annotated[list[str], Query(max_length=100)]


class Example(BaseModel):
    """Somebody by the properties of FollowTheMoney."""

    model_config = ConfigDict(populate_by_name=True)

    id: str | None = None
    schema_: str = Field(alias="schema", description="Person, Company, Vessel, ...")
    properties: dict[str, Any] = Field(description="Lists of texts by name: name, birthDate, ...")


class Examples(BaseModel):
    """A batch of examples."""

    queries: dict[str, Example] = Field(description="Examples by a key of the caller's.")
    weights: dict[str, float] = {}
    config: dict[str, Any] = {}


def _said(value: object, **headers: str) -> Response:
    return Response(msgspec.json.encode(value), 200, headers, MEDIA)


@router.get("/healthz", responses=answers("status"))
async def healthz() -> Response:
    """Tell that the server runs."""
    return _said({"status": "ok"})


@router.get("/readyz", responses=answers("status", more=(503,)))
def readyz(room: Room) -> Response:
    """Tell whether names can be screened."""
    try:
        room.desk()
    except DetenteError as error:
        return problem(503, "no lists are held" if isinstance(error, MissingError) else str(error))
    return _said({"status": "ok"})


@router.get("/catalog", responses=answers("catalog"))
def catalog(room: Room) -> Response:
    """List the lists that are held, as datasets."""
    held = {
        source.replace("-", "_"): moment
        for source, moment in room.desk().opened.editions.items()
        if moment is not None
    }
    rows = [
        {"name": name, "title": name, "version": moment, "load": True, "index_version": moment,
         "index_current": True, "children": []}
        for name, moment in held.items()
    ]  # fmt: skip
    newest = max(held.values(), default="")
    rows.insert(0, {"name": "default", "title": "All lists that are held", "version": newest,
                    "load": True, "index_version": newest, "index_current": True,
                    "children": list(held)})  # fmt: skip
    return _said({"datasets": rows, "current": [row["name"] for row in rows], "outdated": [],
                  "index_stale": False})  # fmt: skip


@router.get("/algorithms", responses=answers("algorithms"))
async def algorithms() -> Response:
    """Tell how results are scored."""
    ours = {"name": "detente", "description": "the probability that two are the same party",
            "features": _docs(), "docs": _docs()}  # fmt: skip
    return _said({"algorithms": [ours], "default": "detente", "best": "detente"})


def _docs() -> dict[str, dict[str, Any]]:
    return {name: {"description": text, "coefficient": 1.0, "url": None}
            for name, text in _FEATURES.items()}  # fmt: skip


@router.post("/match/{dataset}", responses=answers("matches"))
def match(
    room: Room,
    dataset: str,
    body: Examples,
    limit: Annotated[int, Query(ge=1, le=500)] = 5,
    threshold: Annotated[float, Query(ge=0, le=1)] = THRESHOLD,
    cutoff: Annotated[float, Query(ge=0, le=1)] = CUTOFF,
    algorithm: Annotated[str, Query(description="Any; the scores are ours.")] = "best",
    include_dataset: Names = [],
    exclude_dataset: Names = [],
    exclude_schema: Names = [],
    exclude_entity_ids: Names = [],
) -> Response:
    """Match examples against the lists, as yente does."""
    if not body.queries:
        raise UsageError("no queries are given; name somebody under queries")
    if len(body.queries) > room.settings.max_batch:
        raise UsageError(f"more than {room.settings.max_batch} queries; send several batches")
    desk = room.desk()
    wanted = sources_of(room, desk, dataset)
    for name in include_dataset:
        wanted |= sources_of(room, desk, name)
    for name in exclude_dataset:
        wanted -= sources_of(room, desk, name)
    keep = _Keep(wanted, frozenset(exclude_schema), frozenset(exclude_entity_ids))
    responses = {}
    for key, example in body.queries.items():
        query = query_of(example.schema_, example.properties)
        found = _matched(room, desk, query, min(cutoff, threshold), limit, keep)
        results = [_scored(desk, query, one, threshold) for one in found]
        responses[key] = {
            "status": 200, "results": results, "total": {"value": len(found), "relation": "eq"},
            "query": example.model_dump(by_alias=True),
        }  # fmt: skip
    return _said({"responses": responses, "matcher": _docs(), "limit": limit},
                 **{"x-batch-size": str(len(responses))})  # fmt: skip


class _Keep(msgspec.Struct, frozen=True):
    """Which results are wanted."""

    sources: frozenset[str]
    schemata: frozenset[str]
    ids: frozenset[str]

    def takes(self, party: Party, entity: Entity) -> bool:
        """Whether a party is wanted."""
        return (
            party.source in self.sources
            and entity["schema"] not in self.schemata
            and not self.ids & {party.id, entity["id"]}
        )


def _matched(
    room: Workspace, desk: Desk, query: Screened, cutoff: float, limit: int, keep: _Keep
) -> list[Match]:
    whole = len(keep.sources) == len(desk.opened.editions) and not (keep.schemata or keep.ids)
    most = limit if whole else max(100, limit * 4)
    digest = desk.opened.listed.digest
    with room.screening:
        found = desk.screener.answer(query, limit=most, threshold=cutoff).hits
        return [one for one in found if keep.takes(one.party, entity_of(one.party, digest))][:limit]


def matched(
    room: Workspace, desk: Desk, query: Screened, sources: frozenset[str], limit: int
) -> list[Match]:
    """Return who of some lists a query may be, the likeliest first."""
    return _matched(room, desk, query, CUTOFF, limit, _Keep(sources, frozenset(), frozenset()))


def _scored(desk: Desk, query: Screened, one: Match, threshold: float) -> dict[str, Any]:
    """A match as a scored entity; one that somebody has cleared is no match."""
    cleared = False
    if desk.decisions:
        held = standing(
            desk.decisions, query_digest(query), one.party.id, entry_digest(one.party)
        )  # fmt: skip
        cleared = getattr(held, "verdict", None) == "cleared"
    features: dict[str, float] = {}
    for reason in one.reasons:
        features[reason.part] = round(features.get(reason.part, 0.0) + reason.weight, 4)
    told = {reason.part: {"score": features[reason.part], "detail": reason.text}
            for reason in one.reasons}  # fmt: skip
    return entity_of(one.party, desk.opened.listed.digest) | {
        "score": round(one.score, 4), "match": one.score >= threshold and not cleared,
        "features": features, "explanations": told,
    }  # fmt: skip


@router.get("/search/{dataset}", responses=answers("search"))
def search(
    room: Room,
    dataset: str,
    q: Annotated[str, Query(description="Words of a name, or a number.")] = "",
    schema: Annotated[str | None, Query(description="Only this schema.")] = None,
    countries: Names = [],
    topics: Names = [],
    datasets: Names = [],
    include_dataset: Names = [],
    limit: Annotated[int, Query(ge=0, le=500)] = 10,
    offset: Annotated[int, Query(ge=0, le=9499)] = 0,
) -> Response:
    """Search the lists by words or numbers; for proper matching there is /match."""
    desk = room.desk()
    wanted = sources_of(room, desk, dataset)
    for name in include_dataset:
        wanted |= sources_of(room, desk, name)
    if datasets:
        wanted &= frozenset().union(*(sources_of(room, desk, name) for name in datasets))
    digest = desk.opened.listed.digest
    found: list[Entity] = []
    for party in _found(room, desk, q, offset + limit):
        shown = entity_of(party, digest)
        if party.source in wanted and _fits(shown, schema, countries, topics):
            found.append(shown)
    facets = {
        name: _facet(name, [value for one in found for value in _values(one, name)])
        for name in ("countries", "topics", "datasets")
    }
    return _said({
        "results": found[offset : offset + limit], "facets": facets,
        "total": {"value": len(found), "relation": "eq"}, "limit": limit, "offset": offset,
    })  # fmt: skip


def _found(room: Workspace, desk: Desk, text: str, most: int) -> Sequence[Party]:
    """Who is listed and carries a number or words, then whose names are alike."""
    found: dict[str, Party] = {}
    if not text.strip():
        return ()
    with opened(room.store) as connection:
        for source, entry in [*find(connection, text), *find_words(connection, text, most + 40)]:
            party = party_at(connection, source, entry)
            if party is not None:
                found.setdefault(party.id, party)
    with room.screening:
        alike = desk.screener.answer(Screened(name=text), limit=most + 1, threshold=0.1).hits
    for one in alike:
        found.setdefault(one.party.id, one.party)
    return list(found.values())


def _fits(one: Entity, schema: str | None, countries: list[str], topics: list[str]) -> bool:
    loose = schema in (None, "Thing", "LegalEntity") or one["schema"] == schema
    return (
        loose
        and (not countries or bool(set(countries) & set(_values(one, "countries"))))
        and (not topics or bool(set(topics) & set(_values(one, "topics"))))
    )


def _values(one: Entity, facet: str) -> list[str]:
    if facet == "datasets":
        return list(one["datasets"])
    names = ("topics",) if facet == "topics" else ("country", "nationality", "flag")
    return [text for name in names for text in one["properties"].get(name, ())]


def _facet(name: str, values: list[str]) -> dict[str, Any]:
    rows = [{"name": key, "label": key, "count": count}
            for key, count in Counter(values).most_common(50)]  # fmt: skip
    return {"label": name.capitalize(), "values": rows}


@router.get("/entities/{id}", responses=answers("entity"))
def entity(
    room: Room,
    id: str,
    nested_: Annotated[bool, Query(alias="nested", description="With what hangs on it.")] = True,
) -> Response:
    """Show a party as an entity."""
    desk = room.desk()
    party = party_of(desk, id)
    return _said(nested(party) if nested_ else entity_of(party, desk.opened.listed.digest))


@router.get("/entities/{id}/adjacent", responses=answers("adjacent"))
def adjacent(room: Room, id: str) -> Response:
    """Show what hangs on a party, by property."""
    desk = room.desk()
    party = party_of(desk, id)
    found = {}
    for name, values in nested(party)["properties"].items():
        inner = [value for value in values if isinstance(value, dict)]
        if inner:
            found[name] = {"results": inner, "total": {"value": len(inner), "relation": "eq"},
                           "limit": len(inner), "offset": 0}  # fmt: skip
    shown = entity_of(party, desk.opened.listed.digest)
    return _said({"entity": shown, "adjacent": found})
