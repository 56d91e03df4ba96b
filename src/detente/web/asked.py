"""The parameters that questions share, and how they are read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from detente.days import day_of
from detente.errors import UsageError
from detente.readings import DEFAULT
from detente.web.workspace import Workspace


async def workspace_of(request: Request) -> Workspace:
    """Return what the server holds open."""
    room: Workspace = request.app.state.workspace
    return room


def _day(text: object) -> object:
    """A date written as 2019-02-28, and in no other way."""
    return day_of(text) if isinstance(text, str) else text


Room = Annotated[Workspace, Depends(workspace_of)]
Day = Annotated[date, BeforeValidator(_day)]
AsOf = Annotated[Day | None, Query(description="The day of the law and of the facts.")]
KnownOn = Annotated[Day | None, Query(description="Only evidence recorded by then counts.")]
RegimeName = Annotated[str, Query(description="The regime.")]
OffersRegime = Annotated[
    str | None, Query(alias="regime", description="The regime; the offer's own by default.")
]
Reading = Annotated[
    str | None, Query(description="A reading of contested findings that the regime ships.")
]
Readings = Annotated[
    list[str],
    Query(alias="reading", description="How the ask is read, or contested findings; one of each."),
]
Measures = Annotated[list[str], Query(alias="measure", description="A measure; may be repeated.")]
Moment = Annotated[
    str | None, Query(description="The lists of that day or moment; the newest by default.")
]
Sources = Annotated[list[str], Query(alias="source", description="Only this list.")]
Kind = Literal["person", "organisation", "vessel", "aircraft"]
Gender = Literal["male", "female"]

__all__ = [
    "DEFAULT", "AsOf", "Day", "Gender", "Kind", "KnownOn", "Measures", "Moment", "OfferBody",
    "OffersRegime", "Reading", "Readings", "RegimeName", "Room", "Sources", "Who", "pairs",
]  # fmt: skip


class Body(BaseModel):
    """A body in JSON, which may hold nothing that is not known."""

    model_config = ConfigDict(extra="forbid")


class OfferBody(Body):
    """An offer that is asked about as it stands here, as in the data format's ``offers``."""

    offer: dict[str, Any] = Field(description="The offer, with the fields of an offer's file.")
    findings: list[dict[str, Any]] = Field(
        default=[], description="Further findings, with the fields of a finding."
    )


class Who(Body):
    """Somebody who is to be screened."""

    name: str = Field(description="The name in full, in any script.")
    aliases: list[str] = Field(default=[], description="Other names.")
    kind: Kind | None = Field(default=None, description="What it is.")
    dob: str | None = Field(default=None, description="Date of birth: 1984-01-08, 1984, c. 1984.")
    gender: Gender | None = None
    countries: list[str] = Field(default=[], description="ISO codes or English names.")
    places: list[str] = Field(default=[], description="Birth place or cities.")
    numbers: dict[str, str] = Field(default={}, description="Numbers by kind: imo, passport, ...")


def pairs(name: str, texts: list[str], kind: type[Any]) -> dict[str, Any]:
    """Return what is written ``NAME=VALUE``.

    Args:
        name: the parameter, for the message.
        texts: its values.
        kind: what a value is.

    Raises:
        UsageError: a text is none.
    """
    found: dict[str, Any] = {}
    for text in texts:
        key, sign, value = text.rpartition("=")
        try:
            if not (sign and key):
                raise ValueError
            found[key] = kind(value)
        except ValueError:
            raise UsageError(f"{name} {text!r} makes no sense; write NAME=VALUE") from None
    return found
