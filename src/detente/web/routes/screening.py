"""Screening: one name, many, two against each other; decisions on hits; ownership."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from detente import parties
from detente.errors import DetenteError, UsageError
from detente.lists.moments import asked
from detente.monitor.hits import Hits
from detente.screening.model import Query as Screened
from detente.screening.who import numbers_of, query
from detente.web.asked import Day, Gender, Kind, Moment, Room, Who
from detente.web.describe import answers
from detente.web.documents import Remembered, Strict, command, document
from detente.web.problems import one_line, status_of
from detente.web.workspace import Workspace

router = APIRouter(route_class=Strict, tags=["screening"])
batches = APIRouter(route_class=Remembered, tags=["screening"])

Threshold = Annotated[
    float | None, Query(ge=0, le=1, description="The score from which somebody is a hit.")
]
Limit = Annotated[int | None, Query(ge=1, le=500, description="Hits of one name at most.")]
LINES = "application/x-ndjson"


class Decided(Who):
    """A decision on a hit; the other fields are those with which it was screened."""

    entry: str = Field(description="The listed party, ofac-sdn:12211.")
    verdict: Literal["cleared", "confirmed", "withdrawn"]
    by: str = Field(description="Who decided.")
    why: str = Field(description="The reasons, in words.")
    on: date | None = Field(default=None, description="The day; today by default.")


def asked_of(who: Who) -> Screened:
    """Return what somebody in a body is screened as.

    Raises:
        UsageError: a name, date, country or kind of number makes no sense.
    """
    numbers = list(numbers_of(f"{kind}={value}" for kind, value in who.numbers.items()))
    return query(
        who.name, aliases=who.aliases, kind=who.kind, dob=who.dob, gender=who.gender,
        countries=who.countries, places=who.places, numbers=numbers,
    )  # fmt: skip


def screened(
    room: Workspace, who: Screened, as_of: str | None, threshold: float | None, limit: int | None
) -> Hits:
    """Return the answer of screening; the command in its receipt asks the same again."""
    desk = room.desk(asked(as_of) if as_of else None, threshold=threshold, limit=limit)
    words = command(
        "screen", who.name, alias=who.aliases, kind=who.kind,
        dob=str(who.births[0]) if who.births else None, gender=who.gender, country=who.countries,
        place=who.places, id=[f"{item.kind}={item.value}" for item in who.identifiers],
        as_of=as_of, threshold=threshold, limit=limit,
    )  # fmt: skip
    with room.screening:
        return parties.screen(desk, who, words)


@batches.get("/screen", responses=answers("detente.hits/1"))
def screen(
    room: Room,
    name: Annotated[str, Query(description="The name in full, in any script.")],
    alias: Annotated[list[str], Query(description="Another name.")] = [],
    kind: Annotated[Kind | None, Query(description="What it is.")] = None,
    dob: Annotated[str | None, Query(description="Date of birth: 1984-01-08 or 1984.")] = None,
    gender: Annotated[Gender | None, Query(description="Gender.")] = None,
    country: Annotated[list[str], Query(description="A code or an English name.")] = [],
    place: Annotated[list[str], Query(description="Birth place or city.")] = [],
    id: Annotated[list[str], Query(description="A number, KIND=NUMBER.")] = [],
    as_of: Moment = None,
    threshold: Threshold = None,
    limit: Limit = None,
) -> Response:
    """Show whether a name is that of a listed party, by what law, and until when."""
    who = query(
        name, aliases=alias, kind=kind, dob=dob, gender=gender, countries=country, places=place,
        numbers=list(numbers_of(id)),
    )  # fmt: skip
    return document(screened(room, who, as_of, threshold, limit))


@router.post("/screen", responses=answers("detente.hits/1"))
def screen_sent(
    room: Room, who: Who, as_of: Moment = None, threshold: Threshold = None, limit: Limit = None
) -> Response:
    """Show whether somebody is a listed party; their name stands in no address and no log."""
    return document(screened(room, asked_of(who), as_of, threshold, limit))


_SENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {LINES: {"schema": {"type": "string", "title": "One Who a line"}}},
    }
}


@router.post(
    "/screen/batch", responses=answers("detente.hits/1 a line", media=LINES, more=(415,)),
    openapi_extra=_SENT,
)  # fmt: skip
async def screen_batch(
    room: Room, request: Request, as_of: Moment = None, threshold: Threshold = None,
    limit: Limit = None,
) -> Response:  # fmt: skip
    """Screen many: a JSON object a line in, an answer a line out as soon as it is there.

    A line that makes no sense is answered with a problem in its place; the others go on.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != LINES:
        raise HTTPException(415, f"send one JSON object a line, as {LINES}")
    lines = (await request.body()).splitlines()
    room.store  # noqa: B018 - without lists nothing is begun
    return StreamingResponse(
        _answers(room, lines, as_of, threshold, limit), media_type=LINES
    )  # fmt: skip


def _answers(
    room: Workspace, lines: list[bytes], as_of: str | None, threshold: Any, limit: Any
) -> Iterator[bytes]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        answer: dict[str, Any] = {"row": number}
        try:
            who = asked_of(Who.model_validate_json(line))
            answer["answer"] = screened(room, who, as_of, threshold, limit)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            answer["problem"] = {"status": 422, "detail": one_line(f"{where}: {first['msg']}")}
        except DetenteError as error:
            answer["problem"] = {"status": status_of(error), "detail": one_line(str(error))}
        yield msgspec.json.encode(answer) + b"\n"


@batches.get("/compare", responses=answers("detente.comparison/1"))
def compare(
    one: Annotated[str, Query(description="A name.")],
    other: Annotated[str, Query(description="Another.")],
    kind: Annotated[Kind | None, Query(description="What bears the two.")] = None,
) -> Response:
    """Hold two names against each other, without a list: how likely are they one party's?"""
    from detente.screening.compare import THRESHOLD
    from detente.screening.compare import compare as run

    score = run(one, other, kind)
    return document({"schema": "detente.comparison/1", "name1": one, "name2": other,
                     "score": score, "match": score >= THRESHOLD})  # fmt: skip


@router.get("/decisions", responses=answers("detente.decisions/1"))
def decisions(
    room: Room, head: Annotated[str | None, Query(description="A digest noted elsewhere.")] = None
) -> Response:
    """List the decisions on hits, and verify that none was changed since it was recorded."""
    from detente.report.hits import decisions_json, tampered_json
    from detente.screening.decisions import TamperedError, kept

    try:
        return document(decisions_json(kept(room.decisions, head)))
    except TamperedError as error:
        return document(tampered_json(error))


@router.post("/decide", responses=answers("detente.decision/1", more=(409,)))
def decide(room: Room, made: Decided) -> Response:
    """Record whether somebody is a listed party: cleared, confirmed, or withdrawn."""
    from detente.report.hits import decision_json

    who = asked_of(made)
    day = made.on or datetime.now(UTC).date()  # the clock, at the edge
    with room.writing:
        line = parties.decide(
            room.store, made.entry, who, made.verdict, by=made.by, why=made.why, when=day
        )
    return document(decision_json(line))


_HOLDINGS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
        },
    }
}


@router.post("/ownership", responses=answers("detente.ownership/1"), openapi_extra=_HOLDINGS)
async def ownership(
    request: Request,
    blocked: Annotated[list[str], Query(description="A party that is blocked by name.")],
    rule: Annotated[Literal["ofac", "eu", "uk"], Query(description="Whose rule.")] = "ofac",
    as_of: Annotated[Day | None, Query(description="The day; today by default.")] = None,
    of: Annotated[list[str], Query(description="Only this party.")] = [],
    rest: Annotated[
        Literal["others", "unknown"], Query(description="Who holds what nobody speaks of.")
    ] = "others",
) -> Response:
    """Show who among the holdings in the body is blocked because of who owns it."""
    data = await request.body()
    day = as_of or datetime.now(UTC).date()  # the clock, at the edge
    return await run_in_threadpool(_owned, data, blocked, rule, day, of, rest)


def _owned(
    data: bytes, blocked: list[str], rule: str, day: date, of: list[str], rest: Any
) -> Response:
    from detente.screening.ownership.assess import assess
    from detente.screening.ownership.blocked import find
    from detente.screening.ownership.read import graph_of
    from detente.screening.ownership.rule import rule_of

    if not blocked:
        raise UsageError("nobody is named as blocked; give blocked=ID")
    graph = graph_of(data, file="body")
    return document(
        assess(
            graph, find(graph, blocked), rule=rule_of(rule, day), as_of=day, rest=rest,
            of=list(find(graph, of)) if of else None,
        )
    )  # fmt: skip
