"""Parties become FollowTheMoney entities and come back; others' entities become parties."""

from __future__ import annotations

import importlib
import importlib.util
import json
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from parties import parties
from real import un

from detente.entities.ftm import from_ftm, from_lines, to_ftm, to_lines
from detente.entities.ftm_words import PROPERTIES
from detente.entities.model import Address, Birth, Identifier, Link, Name, Party
from detente.entities.spans import day_span, month_span, year_span
from detente.errors import DataError
from detente.lists.un.consolidated import UN_XML

# Of followthemoney 4.11.2: the properties that are written, each schema's and its parents'.
THING = {
    "name", "alias", "weakAlias", "previousName", "country", "address", "addressEntity", "program",
    "topics", "notes",
}  # fmt: skip
LEGAL_ENTITY = THING | {
    "idNumber", "taxNumber", "registrationNumber", "licenseNumber", "dunsCode", "leiCode",
    "swiftBic", "email", "website",
}  # fmt: skip
MODEL = {
    "Person": LEGAL_ENTITY | {
        "firstName", "lastName", "birthDate", "birthPlace", "birthCountry", "nationality",
        "gender", "title", "position", "passportNumber",
    },
    "Organization": LEGAL_ENTITY | {"imoNumber", "incorporationDate", "sector"},
    "Vessel": THING | {
        "imoNumber", "mmsi", "callSign", "registrationNumber", "flag", "pastFlags", "type",
        "model", "buildDate", "tonnage", "grossRegisteredTonnage",
    },
    "Airplane": THING | {"registrationNumber", "serialNumber", "type", "model", "buildDate"},
    "Sanction": {
        "entity", "program", "authority", "recordId", "authorityId", "unscId", "listingDate",
        "modifiedAt", "reason", "description", "startDate", "endDate", "summary",
    },
    "Address": {"full", "street", "city", "region", "postalCode", "country", "remarks"},
    "Passport": {"holder", "number", "type", "country", "startDate", "endDate", "summary"},
    "Identification": {"holder", "number", "type", "country", "startDate", "endDate", "summary"},
    "CryptoWallet": {"holder", "publicKey", "currency"},
    "UnknownLink": {"subject", "object", "role", "startDate", "endDate", "summary"},
}  # fmt: skip

KIM = Party(
    source="ofac-sdn",
    entry="12345",
    kind="person",
    names=(
        Name(text="PAK, Chol Su", family="PAK", given="Chol Su"),
        Name(text="\ubc15\ucca0\uc218", kind="original-script", script="Hang"),
        Name(text="Little Pak", kind="alias", weak=True),
    ),
    births=(Birth(date=year_span(1961, circa=True), place="Haeju", country="Korea, North"),),
    nationalities=("Korea, North", "somewhere"),
    gender="male",
    identifiers=(
        Identifier(kind="passport", value="123456789", country="Korea, North"),
        Identifier(kind="phone", value="02 1234"),
    ),
    addresses=(Address(city="Pyongyang", country="Korea, North"),),
    links=(Link(relation="acting for or on behalf of", name="INVENTED TRADING", entry="777"),),
)


def by_schema(entities: list[dict[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """The properties of the one entity of each schema."""
    return {entity["schema"]: entity["properties"] for entity in entities}


def without_key(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entities as another program would have written them."""
    return [{key: entity[key] for key in entity if key != "detente"} for entity in entities]


@given(parties())
def test_a_party_comes_back_as_it_was(party: Party) -> None:
    """Whatever a property cannot hold is held all the same, through a file too."""
    assert list(from_ftm(to_ftm(party))) == [party]
    assert list(from_lines(to_lines([party]), file="x")) == [party]


@given(parties())
def test_only_what_the_model_knows_is_written(party: Party) -> None:
    """Every schema and property stands in the table, every value is a text that says something."""
    for entity in to_ftm(party):
        assert set(entity["properties"]) <= MODEL[entity["schema"]]
        assert all(text.strip() for row in entity["properties"].values() for text in row)


def test_the_table_of_properties_is_the_models() -> None:
    """The frozen table is that of the code, and where followthemoney is installed the model's."""
    assert {schema: set(rows) for schema, rows in PROPERTIES.items()} == MODEL
    if importlib.util.find_spec("followthemoney") is not None:
        model = importlib.import_module("followthemoney").model
        for schema, rows in MODEL.items():
            assert rows <= {p.name for p in model.get(schema).properties.values() if not p.stub}


@given(parties())
def test_what_is_written_validates_where_followthemoney_is_installed(party: Party) -> None:
    """Ids point at something, and the real model accepts each entity and changes no value."""
    entities = to_ftm(party)
    assert len({entity["id"] for entity in entities}) == len(entities)
    if importlib.util.find_spec("followthemoney") is not None:
        ftm = importlib.import_module("followthemoney")
        for entity in entities:
            schema = ftm.model.get(entity["schema"])
            schema.validate(entity)
            proxy = ftm.EntityProxy.from_dict(entity, cleaned=False)
            assert {name: proxy.get(name) for name in proxy.properties} == entity["properties"]
            assert all(proxy.get(name) for name in schema.required)
            assert proxy.to_dict().get("detente") == entity.get("detente")


def test_a_person_is_written_as_other_programs_read_one() -> None:
    """Codes for countries, properties for what has one, notes for the rest."""
    entities = to_ftm(KIM)
    found = by_schema(entities)
    assert entities[0]["id"] == "detente-ofac-sdn-12345"
    assert found["Person"] == {
        "name": ["PAK, Chol Su", "\ubc15\ucca0\uc218"],
        "weakAlias": ["Little Pak"],
        "lastName": ["PAK"],
        "firstName": ["Chol Su"],
        "topics": ["sanction"],
        "birthDate": ["1961"],
        "birthPlace": ["Haeju"],
        "birthCountry": ["kp"],
        "nationality": ["kp"],
        "gender": ["male"],
        "passportNumber": ["123456789"],
        "country": ["kp"],
        "address": ["Pyongyang, Korea, North"],
        "addressEntity": ["detente-ofac-sdn-12345-address-1"],
        "notes": [
            "born: c. 1961, Haeju, Korea, North",
            "nationality: somewhere",
            "phone: 02 1234",
            "acting for or on behalf of: INVENTED TRADING",
        ],
    }
    assert found["Passport"]["country"] == ["kp"]
    assert found["UnknownLink"]["object"] == ["detente-ofac-sdn-777"]


def test_ids_keep_entries_apart_whose_numbers_no_id_may_hold() -> None:
    """Signs are replaced, and a digest tells what was replaced."""
    ids = [
        to_ftm(Party(source="uk-sanctions", entry=entry, kind="vessel", names=KIM.names))[0]["id"]
        for entry in ("DPR 0001", "DPR/0001", "DPR0001")
    ]
    assert len(set(ids)) == 3
    assert ids[2] == "detente-uk-sanctions-DPR0001"


def test_changed_properties_count_and_not_the_key() -> None:
    """A name that somebody took out does not come back."""
    entities = to_ftm(KIM)
    del entities[0]["properties"]["weakAlias"]
    (found,) = from_ftm(entities)
    assert [name.text for name in found.names] == ["PAK, Chol Su", "\ubc15\ucca0\uc218"]
    assert (found.source, found.births[0].date) == ("ofac-sdn", year_span(1961))


def test_the_order_of_values_is_no_change() -> None:
    """Other programs write values in their own order."""
    entities = to_ftm(KIM)
    entities[0]["properties"]["name"].reverse()
    assert list(from_ftm(entities)) == [KIM]


def test_without_the_key_the_properties_are_read() -> None:
    """What the properties say is found in its place; a code becomes a country's name."""
    (found,) = from_ftm(without_key(to_ftm(KIM)))
    assert found.names[0] == KIM.names[0]
    assert found.nationalities == ("North Korea",)
    assert found.addresses == (Address(city="Pyongyang", country="North Korea"),)
    assert found.identifiers[0].kind == "passport"


PERSON: dict[str, Any] = {
    "id": "NK-invented1", "caption": "Invented Person", "schema": "Person", "target": True,
    "referents": ["ofac-999"], "datasets": ["xx_other", "us_ofac_sdn", "gb_hmt_sanctions"],
    "properties": {
        "name": ["\u0418\u043d\u0432\u0435\u043d\u0442", "Invented Person"],
        "weakAlias": ["Ghost"], "birthDate": ["1970-05", "1971"], "birthPlace": ["Minsk"],
        "nationality": ["by"], "topics": ["sanction", "crime.terror"], "idNumber": ["4711"],
        "addressEntity": ["addr-1"], "wikidataId": ["Q42"], "passportNumber": ["P1"],
    },
}  # fmt: skip
SANCTION: dict[str, Any] = {
    "id": "s-1", "schema": "Sanction", "datasets": ["us_ofac_sdn"],
    "properties": {
        "entity": ["NK-invented1"], "program": ["NPWMD"], "listingDate": ["2019-01-04"],
        "recordId": ["999"], "authority": ["Office of Foreign Assets Control"],
    },
}  # fmt: skip
COMPANY: dict[str, Any] = {
    "id": "ofac-5", "caption": "Invented Bank", "schema": "Company",
    "datasets": ["us_ofac_sdn"],
    "properties": {
        "name": ["Invented Bank"], "topics": ["sanction"], "registrationNumber": ["HRB 1"],
        "country": ["kp"], "phone": ["+85021234567"],
    },
}  # fmt: skip
OTHERS: list[dict[str, Any]] = [
    SANCTION, PERSON, COMPANY,
    {"id": "addr-1", "schema": "Address", "properties": {
        "full": ["Street 1, Minsk"], "street": ["Street 1"], "city": ["Minsk"], "country": ["by"],
    }},
    {"id": "p-1", "schema": "Passport", "properties": {
        "holder": ["NK-invented1"], "number": ["P1"], "country": ["by"], "endDate": ["2030-01-01"],
    }},
    {"id": "own-1", "schema": "Ownership", "properties": {
        "owner": ["NK-invented1"], "asset": ["ofac-5"], "percentage": ["60"],
    }},
    {"id": "rel-1", "schema": "Person", "datasets": ["us_ofac_sdn"],
     "properties": {"name": ["A Relative"], "topics": ["role.rca"]}},
]  # fmt: skip


def test_a_published_person_is_read_with_all_that_hangs_on_it() -> None:
    """Names, alternatives of birth, documents, address, listing and tie each find their place."""
    person, _ = from_ftm(OTHERS)
    assert person.id == "ofac-sdn:999"
    assert person.names == (
        Name(text="Invented Person"),
        Name(text="\u0418\u043d\u0432\u0435\u043d\u0442", kind="alias", script="Cyrl"),
        Name(text="Ghost", kind="alias", weak=True),
    )
    assert person.births == (
        Birth(date=month_span(1970, 5)), Birth(date=year_span(1971)), Birth(place="Minsk"),
    )  # fmt: skip
    assert [(n.kind, n.value, n.country) for n in person.identifiers] == [
        ("passport", "P1", "Belarus"), ("national-id", "4711", None),
    ]  # fmt: skip
    assert person.addresses == (Address(street="Street 1", city="Minsk", country="Belarus"),)
    assert person.links == (Link(relation="owner of", name="Invented Bank", entry="ofac-5"),)
    assert person.listings[0].programmes == ("NPWMD",)
    assert str(person.listings[0].listed_on) == "2019-01-04"


def test_what_is_not_understood_is_kept_word_for_word() -> None:
    """Each property that has no place stands beside the party with its value."""
    person, company = from_ftm(OTHERS)
    assert person.unparsed == (
        "Ownership.percentage: 60", "Sanction.authority: Office of Foreign Assets Control",
        "wikidataId: Q42", "topics: crime.terror",
    )  # fmt: skip
    assert company.unparsed == ("schema: Company", "Ownership.percentage: 60")
    assert company.addresses == (Address(country="North Korea"),)


def test_nothing_that_others_said_is_lost() -> None:
    """Every value of an odd entity and of its sanction stands somewhere in the party."""
    odd: dict[str, Any] = {
        "id": "o", "schema": "Person", "target": True,
        "properties": {
            "name": ["A", "B"], "lastName": ["X1", "X2"], "birthDate": ["unknown"],
            "gender": ["other"], "program": ["P-own"], "country": ["zz"], "title": ["Dr"],
            "imoNumber": ["IMO1"], "nobodyKnows": ["this"], "phone": ["+1"],
        },
    }  # fmt: skip
    sanction: dict[str, Any] = {
        "id": "s", "schema": "Sanction",
        "properties": {
            "entity": ["o"], "recordId": ["R1", "R2"], "program": ["P-1"], "programId": ["PID"],
            "listingDate": ["soon"], "reason": ["because"], "provisions": ["freeze"],
        },
    }  # fmt: skip
    (found,) = from_ftm([odd, sanction])
    told = json.dumps(msgspec.to_builtins(found))
    values = [v for e in (odd, sanction) for row in e["properties"].values() for v in row]
    assert [value for value in values if value.removeprefix("IMO") not in told] == []


def test_only_the_listed_become_parties_unless_all_are_asked_for() -> None:
    """An owner or relative who is not sanctioned is no entry of the list."""
    assert [party.entry for party in from_ftm(OTHERS)] == ["999", "ofac-5"]
    everyone = from_ftm(OTHERS, listed_only=False)
    assert [party.entry for party in everyone] == ["999", "ofac-5", "rel-1"]


def test_nested_entities_are_taken_apart() -> None:
    """The nested form, with what hangs on a party inside it, says the same as the lines."""
    inside = {**PERSON, "properties": {**PERSON["properties"], "sanctions": [SANCTION]}}
    nested, lines = from_ftm([inside]), from_ftm([PERSON, SANCTION])
    assert list(nested) == list(lines)


@pytest.mark.parametrize(
    ("dataset", "source"),
    [
        ("us_ofac_sdn", "ofac-sdn"), ("us_ofac_cons", "ofac-nonsdn"),
        ("un_sc_sanctions", "un-sc"), ("eu_fsf", "eu-fsf"),
        ("gb_fcdo_sanctions", "uk-sanctions"), ("gb_hmt_sanctions", "uk-sanctions"),
        ("jp_mof_sanctions", "jp-mof-sanctions"),
    ],
)  # fmt: skip
def test_lists_have_the_names_that_they_have_here(dataset: str, source: str) -> None:
    """A list that is unknown here keeps its name."""
    (found,) = from_ftm([{**COMPANY, "datasets": [dataset]}])
    assert found.source == source


def test_pieces_of_one_entity_are_put_together() -> None:
    """Aleph writes what it learned of an entity in several lines."""
    more = {"id": "ofac-5", "schema": "Company", "properties": {"alias": ["IB"]}}
    (found,) = from_ftm([COMPANY, more])
    assert [name.text for name in found.names] == ["Invented Bank", "IB"]


def test_an_ended_sanction_lists_nobody() -> None:
    """A relative with a sanction that has an end is left out; an open one brings them in."""
    relative = OTHERS[-1]
    said = {"entity": ["rel-1"], "startDate": ["2001-02-03"]}
    ended = {"id": "s-2", "schema": "Sanction", "properties": {**said, "endDate": ["2010"]}}
    still = {"id": "s-2", "schema": "Sanction", "properties": said}
    assert list(from_ftm([relative, ended])) == []
    (found,) = from_ftm([relative, still])
    assert found.listings[0].listed_on == day_span(date(2001, 2, 3))


@pytest.mark.parametrize(
    "line",
    [
        b"{", b"[]", b'"x"', b"\xff", b'{"id": 1, "schema": "Person", "properties": {}}',
        b'{"id": "a", "schema": "Person", "properties": []}',
        b'{"id": "a", "schema": "Person", "properties": {"name": [1]}}',
        b'{"id": "a", "schema": "Person", "properties": {}, "datasets": [1]}',
        b'{"id": "a", "schema": "Person", "properties": {}, "detente": "{}"}',
        b'{"id": "a", "schema": "Person", "properties": {}, "detente": "\\u0000"}',
    ],
)  # fmt: skip
def test_a_line_that_is_no_entity_is_refused(line: bytes) -> None:
    """The message says the file, the line and what an entity looks like."""
    with pytest.raises(DataError, match=r"others\.json:2: .*write one entity a line"):
        list(from_lines([b"\n", line], file="others.json"))


def test_entities_nested_without_end_are_refused() -> None:
    """A file from outside cannot make the reader climb for ever."""
    inner: dict[str, Any] = {"id": "a", "schema": "Person", "properties": {}}
    for _ in range(50):
        inner = {"id": "a", "schema": "Person", "properties": {"x": [inner]}}
    with pytest.raises(DataError, match="nested"):
        list(from_ftm([inner]))


def test_a_line_of_a_file_is_one_json_object() -> None:
    """Other programs read the file line by line."""
    lines = b"".join(to_lines([KIM])).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [row["id"] for row in to_ftm(KIM)]


@pytest.mark.real
def test_a_real_edition_goes_out_and_comes_back() -> None:
    """Every party of a UN edition is the same again, and all but its key says who it is."""
    cut = UN_XML.cut(un("2024-09-26"))
    listed = [UN_XML.read(cut, record) for record in cut.records]
    assert list(from_lines(to_lines(listed), file="un")) == listed
    entities = [entity for party in listed for entity in to_ftm(party)]
    read = list(from_ftm(without_key(entities)))
    assert [(party.id, party.name, party.kind) for party in read] == [
        (party.id, party.name, party.kind) for party in listed
    ]
