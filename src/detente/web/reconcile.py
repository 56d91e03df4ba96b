"""The reconciliation API 0.2 of the W3C's community group, as OpenRefine speaks it."""

from __future__ import annotations

from typing import Annotated, Any, Final
from urllib.parse import parse_qs

import msgspec
from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from detente.errors import UsageError
from detente.web.asked import Room
from detente.web.describe import answers
from detente.web.documents import MEDIA, Strict
from detente.web.ftm import KINDS, entity_of, query_of, schema_of, sources_of
from detente.web.workspace import Workspace
from detente.web.yente import THRESHOLD, matched

SPACE: Final = "https://followthemoney.tech/explorer/schemata/"
"""What ids of types and properties are names in; it is never asked for anything."""

router = APIRouter(route_class=Strict, prefix="/reconcile", tags=["reconciliation"])

_FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["queries"],
                    "properties": {"queries": {"type": "string", "description": "JSON"}},
                }
            }
        },
    }
}
Key = Annotated[str | None, Query(description="A token, where headers cannot be set.")]


class _Property(msgspec.Struct):
    """A further thing that is known of somebody."""

    pid: str
    v: Any = None


class _Asked(msgspec.Struct):
    """One query of a batch."""

    query: str = ""
    type: str | list[str] | None = None
    limit: int = 10
    properties: list[_Property] = []


_BATCH: Final = msgspec.json.Decoder(dict[str, _Asked])


@router.get("", responses=answers("manifest, or results"))
@router.get("/{dataset}", responses=answers("manifest, or results"))
def reconcile(
    room: Room,
    request: Request,
    dataset: str = "default",
    queries: Annotated[str | None, Query(description="A batch of queries in JSON.")] = None,
    api_key: Key = None,
) -> Response:
    """Tell what can be reconciled here, or answer a batch of queries."""
    if queries is not None:
        return _said(_answers(room, dataset, queries))
    sources_of(room, room.desk(), dataset)
    base = str(request.base_url).rstrip("/")
    key = "" if api_key is None else f"?api_key={api_key}"
    return _said({
        "versions": ["0.2"], "name": "Detente: listed parties", "identifierSpace": f"{base}/",
        "schemaSpace": SPACE, "defaultTypes": [_type(name) for name in KINDS],
        "view": {"url": f"{base}/entities/{{{{id}}}}"}, "batchSize": 50,
        "suggest": {"entity": {"service_url": base,
                               "service_path": f"/reconcile/{dataset}/suggest{key}"}},
    })  # fmt: skip


@router.post("", responses=answers("results", more=(415,)), openapi_extra=_FORM)
@router.post("/{dataset}", responses=answers("results", more=(415,)), openapi_extra=_FORM)
async def reconcile_sent(
    room: Room, request: Request, dataset: str = "default", api_key: Key = None
) -> Response:
    """Answer a batch of queries, sent as a form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "send a form with the field queries")
    try:
        form = parse_qs((await request.body()).decode(), max_num_fields=10)
    except ValueError as error:
        raise HTTPException(400, f"the form cannot be read ({error})") from None
    if "queries" not in form:
        raise HTTPException(400, "the form has no field queries")
    return _said(await run_in_threadpool(_answers, room, dataset, form["queries"][0]))


@router.get("/{dataset}/suggest", responses=answers("suggestions"))
def suggest(
    room: Room,
    dataset: str,
    prefix: Annotated[str, Query(description="The beginning of a name.")],
    api_key: Key = None,
) -> Response:
    """Suggest listed parties for a name that is being typed."""
    from detente.store.read import find_words, party_at
    from detente.store.schema import opened

    desk = room.desk()
    wanted = sources_of(room, desk, dataset)
    rows = []
    with opened(room.store) as connection:
        for source, entry in find_words(connection, prefix):
            party = party_at(connection, source, entry)
            if party is not None and source in wanted:
                shown = entity_of(party, desk.opened.listed.digest)
                rows.append({"id": shown["id"], "name": party.name, "description": party.id,
                             "notable": [_type(shown["schema"])]})  # fmt: skip
    return _said({"result": rows})


def _said(value: object) -> Response:
    return Response(msgspec.json.encode(value), 200, {"Access-Control-Allow-Origin": "*"}, MEDIA)


def _type(name: str) -> dict[str, str]:
    return {"id": name, "name": name}


def _answers(room: Workspace, dataset: str, text: str) -> dict[str, Any]:
    """Answer a batch of queries in JSON."""
    try:
        batch = _BATCH.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise UsageError(f"the queries are no batch ({error}); see the specification") from None
    if len(batch) > room.settings.max_batch:
        raise UsageError(f"more than {room.settings.max_batch} queries; send several batches")
    return {key: {"result": _results(room, dataset, asked)} for key, asked in batch.items()}


def _results(room: Workspace, dataset: str, asked: _Asked) -> list[dict[str, Any]]:
    desk = room.desk()
    types = [asked.type] if isinstance(asked.type, str) else asked.type or []
    known = next((name for name in types if name in KINDS), "Thing")
    properties: dict[str, Any] = {"name": [asked.query] if asked.query.strip() else []}
    for item in asked.properties:
        value = item.v.get("id") if isinstance(item.v, dict) else item.v
        several = value if isinstance(value, list) else [value]
        properties.setdefault(item.pid.rpartition(":")[2], []).extend(several)
    query = query_of(known, properties)
    found = matched(
        room, desk, query, sources_of(room, desk, dataset), min(max(asked.limit, 1), 100)
    )
    rows = []
    for one in found:
        shown = entity_of(one.party, desk.opened.listed.digest)
        weights = [{"id": reason.part, "name": reason.text, "value": round(reason.weight, 4)}
                   for reason in one.reasons]  # fmt: skip
        rows.append({
            "id": shown["id"], "name": one.name, "description": one.party.id,
            "type": [_type(schema_of(one.party.kind))], "score": round(one.score * 100, 2),
            "match": one.score >= THRESHOLD, "features": weights,
        })  # fmt: skip
    return rows
