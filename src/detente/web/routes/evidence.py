"""The ledger of findings, and the access log."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from detente import api
from detente.web import access
from detente.web.asked import DEFAULT, Body, KnownOn, RegimeName, Room
from detente.web.describe import answers
from detente.web.documents import Remembered, Strict, document

router = APIRouter(route_class=Remembered, tags=["evidence"])
writing = APIRouter(route_class=Strict, tags=["evidence"])


class Found(Body):
    """A finding that is recorded; the fields are those of ``detente evidence add``."""

    verification: str = Field(description="How well it is known: claimed, observed, ...")
    happened: str = Field(description="When it was so.")
    sources: list[str] = Field(min_length=1, description="Source ids, addresses or titles.")
    recorded: date | None = Field(default=None, description="Today by default.")
    requirement: str | None = None
    component: str | None = None
    finding: str | None = None
    act: str | None = None
    event: str | None = None
    extent: str | None = None
    made: bool | None = None
    confidence: str = "verified-secondary"
    statement: str | None = None
    path: str | None = None
    measures: list[str] = []
    parties: list[str] = []
    fraction: str | None = Field(default=None, description="LOW,CENTRAL,HIGH.")
    probability: str | None = Field(default=None, description="LOW,CENTRAL,HIGH.")
    arguable: bool = False
    corrects: str | None = None
    id: str | None = None
    note: str | None = None


@router.get("/evidence/log", responses=answers("detente.ledger/1", more=(409,)))
def log(room: Room, known_on: KnownOn = None) -> Response:
    """List the ledger's entries, oldest first."""
    from detente.report.ledger import log_json

    return document(_bare(log_json(room.ledger, known_on)))


@writing.get("/evidence/verify", responses=answers("detente.ledger/1"))
def verify(
    room: Room, head: Annotated[str | None, Query(description="A head noted elsewhere.")] = None
) -> Response:
    """Check every entry, the chain and the end of the ledger."""
    from detente.report.ledger import verified_json

    return document(_bare(verified_json(room.ledger, head)))


@writing.post("/evidence/add", responses=answers("detente.ledger/1", more=(409,)))
def add(room: Room, found: Found, regime: RegimeName = DEFAULT) -> Response:
    """Add a finding to the ledger; it is on disk before the answer is sent."""
    from detente.report.ledger import added_json

    law = room.regime(regime)
    given: dict[str, Any] = found.model_dump(exclude_none=True)
    given |= {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    day = found.recorded or datetime.now(UTC).date()  # the clock, at the edge
    given["recorded"] = day.isoformat()
    with room.writing:
        entry = api.record(law, room.ledger, given)
    return document(_bare(added_json(room.ledger, entry)))


@writing.get("/access/log", responses=answers("detente.access/1", more=(409,)))
def access_log(room: Room) -> Response:
    """List what was recorded, refused and administered, with the chain that vouches for it."""
    lines = access.read(room.settings.access)
    return document({"schema": "detente.access/1", "events": lines})


def _bare(told: dict[str, Any]) -> dict[str, Any]:
    """A document in which a file is called by its name; where it lies is nobody's business."""
    from pathlib import Path

    told = told | {"ledger": Path(told["ledger"]).name}
    if told.get("problems"):
        told["problems"] = [row | {"file": Path(row["file"]).name} for row in told["problems"]]
    return told
