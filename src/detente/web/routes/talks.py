"""Questions about offers: assess, gap, bridge, precedents, claims; also of an offer in the body."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Query, Response

from detente import api, negotiations
from detente.errors import UnknownIdError
from detente.evidence.load import Evidence, check_corrections, merge
from detente.law.regime import Regime
from detente.offers.model import Offer
from detente.readings import told_apart
from detente.relief.assess import chosen_rules
from detente.web.asked import (
    DEFAULT,
    AsOf,
    KnownOn,
    OfferBody,
    OffersRegime,
    Readings,
    RegimeName,
    Room,
)
from detente.web.describe import answers
from detente.web.documents import Remembered, Strict, command, document
from detente.web.workspace import Workspace

router = APIRouter(route_class=Remembered, tags=["talks"])
posted = APIRouter(route_class=Strict, tags=["talks"])

Scope = Annotated[
    Literal["narrow", "broad"] | None, Query(description="How disputed gives are read.")
]
Rule = Annotated[str | None, Query(description="One rule's answer only.")]
Revival = Annotated[
    Literal["revive", "lapse"] | None, Query(description="Whether older caps revive.")
]
Side = Annotated[
    Literal["sender", "target"] | None, Query(alias="for", description="For whom they are ordered.")
]


class _Asked(NamedTuple):
    """An offer with all that it is asked about."""

    law: Regime
    offer: Offer | str
    evidence: Evidence
    reading: str | None
    words: tuple[str, dict[str, Any]]


def _named(room: Workspace, offer: str, regime: str | None, names: list[str]) -> _Asked:
    law = room.of_offer(offer, regime)
    reading, contested = told_apart(law, offer, names)
    options = {"regime": regime, "reading": names}
    return _Asked(law, offer, room.evidence(law, contested), reading, (offer, options))


def _sent(room: Workspace, body: OfferBody, regime: str | None, names: list[str]) -> _Asked:
    from detente.evidence.files import from_rows
    from detente.offers.files import from_data

    said = body.offer.get("regime")
    law = room.regime(regime or (said if isinstance(said, str) else DEFAULT))
    offer = from_data(body.offer, law)
    reading, contested = told_apart(law, offer, names)
    evidence = room.evidence(law, contested)
    if body.findings:
        evidence = merge([evidence, from_rows(body.findings, law)])
        check_corrections(evidence)
    options = {"regime": regime, "reading": names}
    if body.findings:
        options["evidence"] = "FINDINGS.yaml"
    return _Asked(law, offer, evidence, reading, (f"{offer.id}.yaml", options))


def _assessed(
    asked: _Asked, scope: Any, rule: Any, revival: Any, as_of: Any, known_on: Any
) -> Response:
    offer, options = asked.words
    words = command("assess", offer, **options, scope=scope, rule=rule, revival=revival,
                    as_of=as_of, known_on=known_on)  # fmt: skip
    return document(
        api.assess(
            asked.law, asked.offer, asked.evidence, as_of=as_of, known_on=known_on,
            reading=asked.reading, scope=scope, revival=revival, rules=chosen_rules(rule),
            command=words,
        )
    )  # fmt: skip


def _gap(asked: _Asked, as_of: Any, known_on: Any) -> Response:
    offer, options = asked.words
    words = command("gap", offer, **options, as_of=as_of, known_on=known_on)
    return document(
        negotiations.gap(asked.law, asked.offer, asked.evidence, as_of=as_of, known_on=known_on,
                         reading=asked.reading, command=words)
    )  # fmt: skip


def _bridge(asked: _Asked, side: Any, as_of: Any, known_on: Any) -> Response:
    offer, options = asked.words
    words = command("bridge", offer, **options, for_=side, as_of=as_of, known_on=known_on)
    return document(
        negotiations.bridge(asked.law, asked.offer, asked.evidence, as_of=as_of, known_on=known_on,
                            reading=asked.reading, side=side, command=words)
    )  # fmt: skip


@router.get("/assess/{offer}", responses=answers("detente.assessment/1"))
def assess(
    room: Room, offer: str, regime: OffersRegime = None, reading: Readings = [],
    scope: Scope = None, rule: Rule = None, revival: Revival = None, as_of: AsOf = None,
    known_on: KnownOn = None,
) -> Response:  # fmt: skip
    """Assess an offer against the law and the evidence."""
    asked = _named(room, offer, regime, reading)
    return _assessed(asked, scope, rule, revival, as_of, known_on)


@posted.post("/assess", responses=answers("detente.assessment/1"))
def assess_sent(
    room: Room, body: OfferBody, regime: OffersRegime = None, reading: Readings = [],
    scope: Scope = None, rule: Rule = None, revival: Revival = None, as_of: AsOf = None,
    known_on: KnownOn = None,
) -> Response:  # fmt: skip
    """Assess the offer in the body: what if it were on the table?"""
    asked = _sent(room, body, regime, reading)
    return _assessed(asked, scope, rule, revival, as_of, known_on)


@router.get("/gap/{offer}", responses=answers("detente.gap/1"))
def gap(
    room: Room, offer: str, regime: OffersRegime = None, reading: Readings = [],
    as_of: AsOf = None, known_on: KnownOn = None,
) -> Response:  # fmt: skip
    """Measure the perception gap of an offer by every ruler, side by side."""
    return _gap(_named(room, offer, regime, reading), as_of, known_on)


@posted.post("/gap", responses=answers("detente.gap/1"))
def gap_sent(
    room: Room, body: OfferBody, regime: OffersRegime = None, reading: Readings = [],
    as_of: AsOf = None, known_on: KnownOn = None,
) -> Response:  # fmt: skip
    """Measure the perception gap of the offer in the body."""
    return _gap(_sent(room, body, regime, reading), as_of, known_on)


@router.get("/bridge/{offer}", responses=answers("detente.bridge/1"))
def bridge(
    room: Room, offer: str, regime: OffersRegime = None, reading: Readings = [],
    side: Side = None, as_of: AsOf = None, known_on: KnownOn = None,
) -> Response:  # fmt: skip
    """Find lawful packages near an offer."""
    return _bridge(_named(room, offer, regime, reading), side, as_of, known_on)


@posted.post("/bridge", responses=answers("detente.bridge/1"))
def bridge_sent(
    room: Room, body: OfferBody, regime: OffersRegime = None, reading: Readings = [],
    side: Side = None, as_of: AsOf = None, known_on: KnownOn = None,
) -> Response:  # fmt: skip
    """Find lawful packages near the offer in the body."""
    return _bridge(_sent(room, body, regime, reading), side, as_of, known_on)


@router.get("/claims/{brief}", responses=answers("detente.claims/1", rows=True))
def claims(room: Room, brief: str, regime: RegimeName = DEFAULT) -> Response:
    """Check the claims of a policy brief that ships with a regime, one by one."""
    from detente.talks.briefs import names

    law = room.regime(regime)
    if brief not in names(law):
        raise UnknownIdError("brief", brief, names(law))
    found = room.evidence(law)
    listed = negotiations.delistings(law, found, room.settings.store)
    words = command("claims", brief, regime=None if regime == DEFAULT else regime)
    return document(negotiations.claims(law, brief, found, listed=listed, command=words).claims)


@router.get("/precedents/list", responses=answers("detente.precedents/1"))
def precedents_list(room: Room, regime: RegimeName = DEFAULT) -> Response:
    """List the deals that a regime knows, oldest first."""
    return document(negotiations.precedents(room.regime(regime)))


@router.get("/precedents/show/{id}", responses=answers("detente.precedent/1"))
def precedents_show(room: Room, id: str, regime: RegimeName = DEFAULT) -> Response:
    """Show a deal: the offer, the relief, how it was observed, and its timeline."""
    from detente.talks.precedents import case_of

    law = room.regime(regime)
    case = case_of(negotiations.precedents(law), id)
    return document({"schema": "detente.precedent/1", "regime": law.id, "case": case})


@router.get("/precedents/similar/{offer}", responses=answers("detente.similar/1"))
def precedents_similar(
    room: Room,
    offer: str,
    regime: OffersRegime = None,
    cases_of: Annotated[str, Query(description="Whose cases to compare with.")] = DEFAULT,
) -> Response:
    """Rank earlier deals by how like an offer they are, by stated features."""
    known = negotiations.precedents(room.regime(cases_of))
    return document(negotiations.similar(room.of_offer(offer, regime), offer, known))


@router.get("/precedents/backtest", responses=answers("detente.backtest/1"))
def precedents_backtest(room: Room, regime: RegimeName = DEFAULT) -> Response:
    """Predict each coded deal from all the others, and publish the misses."""
    return document(negotiations.backtest(room.regime(regime)))


@router.get("/precedents/stalling", responses=answers("detente.stalling/1"))
def precedents_stalling(
    room: Room,
    offer: Annotated[str | None, Query(description="An offer to look at too.")] = None,
    regime: RegimeName = DEFAULT,
) -> Response:
    """Find signals of stalling in the deals with a regime's target, and in an offer."""
    law = room.regime(regime) if offer is None else room.of_offer(offer, None)
    return document(negotiations.stalling(law, offer))
