"""Clients written for yente and OpenRefine are answered as they expect."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

PERSON = {"schema": "Person", "properties": {"name": ["Anna Smith"], "birthDate": ["1962-02-12"]}}
BANK = {"schema": "Company", "properties": {"name": ["Strelsau Bank"]}}


def test_a_batch_is_matched_by_key(reader: TestClient) -> None:
    """Each query is answered under its key, the likeliest first, with its score."""
    body = {"queries": {"a": PERSON, "b": BANK, "c": {**BANK, "properties": {"name": "Nobody X"}}}}
    found = reader.post("/match/default", json=body)
    answers = found.json()["responses"]
    assert found.headers["x-batch-size"] == "3"
    assert set(answers) == {"a", "b", "c"}
    assert answers["c"]["results"] == []
    first = answers["b"]["results"][0]
    assert first["match"] is True
    assert first["score"] > 0.9
    assert first["target"] is True
    assert first["schema"] == "Organization"
    assert {row["datasets"][0] for row in answers["b"]["results"]} == {"ofac_sdn", "un_sc"}


def test_a_dataset_is_one_list(reader: TestClient) -> None:
    """By our name or by that of OpenSanctions; an unknown one is not found."""
    for name in ("un_sc", "un-sc", "un_sc_sanctions"):
        rows = reader.post(f"/match/{name}", json={"queries": {"q": BANK}}).json()
        assert [row["datasets"] for row in rows["responses"]["q"]["results"]] == [["un_sc"]]
    assert reader.post("/match/nowhere", json={"queries": {"q": BANK}}).status_code == 404


def test_what_is_excluded_is_left_out(reader: TestClient) -> None:
    """Datasets, schemata and entities can be left out."""
    whole = reader.post("/match/default", json={"queries": {"q": BANK}}).json()
    ids = [row["id"] for row in whole["responses"]["q"]["results"]]
    for query, left in (
        ({"exclude_entity_ids": ids[0]}, 1), ({"exclude_dataset": "un_sc"}, 1),
        ({"exclude_schema": "Organization"}, 0), ({"limit": 1}, 1),
    ):  # fmt: skip
        rows = reader.post("/match/default", params=query, json={"queries": {"q": BANK}}).json()
        assert len(rows["responses"]["q"]["results"]) == left, query


SENSELESS: Final = [
    {}, {"queries": {}}, {"queries": {"q": {"schema": "Person"}}},
    {"queries": {"q": {"schema": "Cat", "properties": {}}}},
]  # fmt: skip
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("body", SENSELESS)
def test_a_batch_that_makes_no_sense_is_refused(body: Any, reader: TestClient) -> None:
    """With a problem, never with an error of the server."""
    assert 400 <= reader.post("/match/default", json=body).status_code < 500


def test_the_search_finds_words_and_numbers(reader: TestClient) -> None:
    """By a word, by a part of the name spelled otherwise, by a number."""
    for text in ("strelsau", "KPe.901", "Strelsauer Bank"):
        found = reader.get("/search/default", params={"q": text}).json()
        assert any("STRELSAU" in row["caption"] for row in found["results"]), text
    both = reader.get("/search/default", params={"q": "strelsau", "datasets": "un_sc"}).json()
    assert both["total"]["value"] == 1
    assert both["facets"]["datasets"]["values"][0]["name"] == "un_sc"


def test_an_entity_is_shown_with_what_hangs_on_it(reader: TestClient) -> None:
    """By the id of its entity or its own; its sanctions stand inside."""
    id_ = reader.get("/search/default", params={"q": "KPe.901"}).json()["results"][0]["id"]
    for name in (id_, "un-sc:KPe.901"):
        shown = reader.get(f"/entities/{name}").json()
        assert shown["id"] == id_
        assert shown["properties"]["sanctions"][0]["schema"] == "Sanction"
    flat = reader.get(f"/entities/{id_}", params={"nested": "false"}).json()
    assert "sanctions" not in flat["properties"]
    assert reader.get("/entities/nobody").status_code == 404
    assert "sanctions" in reader.get(f"/entities/{id_}/adjacent").json()["adjacent"]


def test_the_public_client_works_unchanged(app: Any) -> None:
    """yente-client, as it is published, understands every answer."""
    module = pytest.importorskip("yente_client")
    httpx = pytest.importorskip("httpx")
    from starlette.testclient import TestClient as Local

    with Local(app, base_url="http://127.0.0.1:8000") as local:

        def through(request: Any) -> Any:
            answer = local.request(
                request.method, str(request.url), content=request.content,
                headers=dict(request.headers), follow_redirects=False,
            )  # fmt: skip
            return httpx.Response(
                answer.status_code, headers={"content-type": answer.headers["content-type"]},
                content=answer.content,
            )  # fmt: skip

        with module.Client(
            base_url="http://127.0.0.1:8000", transport=httpx.MockTransport(through)
        ) as client:
            assert client.healthz().status == client.readyz().status == "ok"
            assert {row.name for row in client.datasets().datasets} >= {"default", "un_sc"}
            assert client.algorithms().best == "detente"
            found = client.match(module.Person(name="Anna Smith", birthDate="1962-02-12"))
            assert found.top is not None
            assert found.top.match
            assert found.top.contributing_explanations
            again = client.match(
                module.Company(name="Strelsau Bank"), datasets=["un_sc", "ofac_sdn"]
            )
            assert len(again.matches) == 2
            assert client.fetch(found.top.id).id == found.top.id
            assert client.adjacent(found.top.id).adjacent["sanctions"].results
            assert client.search("strelsau").results
            pairs = [(str(n), module.Company(name="Strelsau Bank")) for n in range(5)]
            assert len(list(client.match_iter(pairs, workers=2))) == 5
            with pytest.raises(module.NotFoundError, match="no dataset"):
                client.search("x", datasets=["nowhere"])


def test_openrefine_is_told_what_it_can_ask(reader: TestClient) -> None:
    """The manifest of version 0.2, for any page to read."""
    for path in ("/reconcile", "/reconcile/un_sc"):
        found = reader.get(path)
        assert found.json()["versions"] == ["0.2"]
        assert {"name", "identifierSpace", "schemaSpace", "view"} <= set(found.json())
        assert found.headers["access-control-allow-origin"] == "*"


QUERIES = {
    "q0": {"query": "Strelsau Bank", "type": "Organization", "limit": 3},
    "q1": {"query": "Anna Smith", "properties": [{"pid": "birthDate", "v": "1962"},
                                                 {"pid": "nationality", "v": {"id": "xx"}}]},
    "q2": {"query": "nobody at all"},
}  # fmt: skip


def test_queries_are_reconciled_in_the_address_and_in_a_form(reader: TestClient) -> None:
    """Both give the same, by key, with scores out of a hundred."""
    text = json.dumps(QUERIES)
    got = reader.get("/reconcile", params={"queries": text}).json()
    form = urlencode({"queries": text})
    sent = reader.post("/reconcile", content=form, headers=FORM).json()
    assert got == sent
    assert set(got) == {"q0", "q1", "q2"}
    first = got["q0"]["result"][0]
    assert first["match"] is True
    assert 90 < first["score"] <= 100
    assert first["type"] == [{"id": "Organization", "name": "Organization"}]
    assert got["q2"]["result"] == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"q": 1}', '{"q": {"query": 1}}', "[" * 2500])
def test_a_batch_that_is_none_is_refused(text: str, reader: TestClient) -> None:
    """With one line that says so."""
    assert reader.get("/reconcile", params={"queries": text}).status_code == 400


def test_names_are_suggested(reader: TestClient) -> None:
    """By the words of a name."""
    found = reader.get("/reconcile/default/suggest", params={"prefix": "strelsau"}).json()
    assert {row["name"] for row in found["result"]} == {"STRELSAU BANK"}
