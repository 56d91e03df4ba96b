"""Between FollowTheMoney, which the field's clients speak, and what is screened here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from detente.entities.countries import code_of, name_of
from detente.entities.ftm import to_ftm
from detente.entities.ftm_words import DATASETS, KEY, NUMBERS, SCHEMA
from detente.entities.ftm_write import entity_id
from detente.entities.identifiers import is_valid
from detente.entities.model import Identifier, Kind, Party
from detente.entities.spans import Span, parse_span
from detente.errors import UnknownIdError
from detente.parties import Desk
from detente.screening.model import Query
from detente.web.workspace import Workspace

KINDS: Final[dict[str, Kind | None]] = {
    "Person": "person", "Organization": "organisation", "Company": "organisation",
    "PublicBody": "organisation", "LegalEntity": None, "Thing": None, "Vessel": "vessel",
    "Vehicle": None, "Airplane": "aircraft", "Asset": None,
}  # fmt: skip
"""The schemata of which somebody can be screened, and what each is here."""

ALL: Final = frozenset({"default", "sanctions", "all"})
"""Names of a dataset that stand for every list that is held."""

_NAMES: Final = ("name", "alias", "weakAlias", "previousName", "abbreviation")
_COUNTRIES: Final = ("nationality", "citizenship", "country", "jurisdiction", "mainCountry", "flag")
_LINKS: Final = {
    "Sanction": "sanctions", "Passport": "passport", "Identification": "identification",
    "CryptoWallet": "cryptoWallets", "UnknownLink": "unknownLinkTo", "Address": "addressEntity",
}  # fmt: skip
"""Under which property of the party each entity that hangs on it is shown."""

Entity = dict[str, Any]
_KEPT: Final = 20_000
_ENTITIES: Final[OrderedDict[tuple[str, str], Entity]] = OrderedDict()


def query_of(schema: str, properties: Mapping[str, Any]) -> Query:
    """Return what an example is screened as; properties that say nothing here are passed over.

    Raises:
        UnknownIdError: nobody of that schema is listed.
    """
    if schema not in KINDS:
        raise UnknownIdError("schema that can be matched", schema, KINDS)
    said = {name: _texts(value) for name, value in properties.items()}
    names = [text for key in _NAMES for text in said.get(key, ())]
    whole = " ".join(t for key in ("firstName", "lastName") for t in said.get(key, ())[:1])
    names += [whole] if whole and not names else []
    gender = next((text for text in said.get("gender", ()) if text in ("male", "female")), None)
    return Query(
        name=names[0] if names else "", aliases=tuple(names[1:]), kind=KINDS[schema],
        gender=gender, births=tuple(_spans(said.get("birthDate", ()))),
        countries=tuple(dict.fromkeys(
            code for key in _COUNTRIES for text in said.get(key, ()) if (code := _country(text))
        )),
        places=tuple(said.get("birthPlace", ())), identifiers=tuple(_numbers(said)),
    )  # fmt: skip


def _texts(value: Any) -> list[str]:
    several = value if isinstance(value, list) else [value]
    return [text for item in several if isinstance(item, str | int) and (text := str(item).strip())]


def _spans(texts: Iterable[str]) -> Iterable[Span]:
    for text in texts:
        found = parse_span(text)
        if found is not None:
            yield found


def _country(text: str) -> str | None:
    return text.lower() if name_of(text) else code_of(text)


def _numbers(said: Mapping[str, list[str]]) -> Iterable[Identifier]:
    """The numbers of an example, whichever schema names their property."""
    kinds: dict[str, str] = {}
    for table in NUMBERS.values():
        for kind, name in table.items():
            kinds.setdefault(name, kind)
    for name, kind in kinds.items():
        for text in said.get(name, ()):
            yield Identifier(kind=kind, value=text, valid=is_valid(kind, text))


def sources_of(room: Workspace, desk: Desk, dataset: str) -> frozenset[str]:
    """Return the lists that a dataset stands for.

    Raises:
        UnknownIdError: none of its editions is held.
    """
    held = {source for source, moment in desk.opened.editions.items() if moment is not None}
    if dataset in ALL:
        return frozenset(held)
    source = DATASETS.get(dataset, dataset.replace("_", "-"))
    if source not in held:
        raise UnknownIdError("dataset", dataset, [*ALL, *(name.replace("-", "_") for name in held)])
    return frozenset({source})


def entity_of(party: Party, digest: str) -> Entity:
    """Return a party as yente shows it, without what hangs on it.

    Args:
        party: the party.
        digest: of the index that it was found in.
    """
    key = digest, party.id
    found = _ENTITIES.get(key)
    if found is None:
        main = to_ftm(party)[0]
        found = _shown(main, party)
        _ENTITIES[key] = found
        if len(_ENTITIES) > _KEPT:
            _ENTITIES.popitem(last=False)
    return found


def nested(party: Party) -> Entity:
    """Return a party as yente shows it, with what hangs on it inside."""
    main, *others = to_ftm(party)
    shown = _shown(main, party)
    properties: dict[str, list[Any]] = {
        name: list(values) for name, values in shown["properties"].items()
    }
    properties.pop("addressEntity", None)
    for other in others:
        inner = {"caption": _caption(other), "referents": [], "target": False, **other}
        properties.setdefault(_LINKS[other["schema"]], []).append(inner)
    return shown | {"properties": properties}


def _shown(main: Entity, party: Party) -> Entity:
    listed = [str(row.listed_on) for row in party.listings if row.listed_on is not None]
    rest = {key: value for key, value in main.items() if key != KEY}
    day = min(listed, default=None)
    exact = f"{day}T00:00:00" if day is not None and len(day) == 10 else None
    return rest | {"referents": [party.id], "target": True, "first_seen": exact}


def _caption(entity: Entity) -> str:
    for name in ("name", "full", "number", "publicKey", "program", "role"):
        for text in entity["properties"].get(name, ()):
            return str(text)
    return str(entity["schema"])


def party_of(desk: Desk, text: str) -> Party:
    """Return the party that an id of its entity, or its own, names.

    Raises:
        UnknownIdError: nobody on the lists has it.
    """
    index = desk.opened.listed
    for at, id_ in enumerate(index.ids):
        source, _, entry = id_.partition(":")
        if id_ == text or entity_id(source, entry) == text:
            return index.party(at)
    raise UnknownIdError("entity", text, ())


def schema_of(kind: Kind) -> str:
    """Return the schema of a kind of party."""
    return SCHEMA[kind]
