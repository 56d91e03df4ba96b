"""Whatever a request says, the answer is one that the description names, and never a 5xx."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from detente.days import day_of
from detente.evidence import ledger
from detente.web import tokens
from detente.web.app import create_app
from detente.web.settings import Settings

DAY: Final = day_of("2026-01-02")

BODIES: Final = [
    b"", b"{", b"[]", b"null", b'"x"', b"1e999", b"NaN", b"[" * 100_000, b'{"a":' * 2000,
    b'{"name": "\\u0000"}', b'{"name": "\\ud800"}', b"\xff\xfe", b'{"name": 1}',
    b'{"name": ["x"]}', b'{"name": "x", "nome": 1}', b'{"offer": {}}', b'{"offer": []}',
    b'{"offer": {"id": "x"}, "findings": [{}]}', b'{"queries": {"q": {"schema": 1}}}',
    b"9" * 5000, b'{"name": "' + b"x" * 300_000 + b'"}',
]  # fmt: skip
EXAMPLES: Final = int(os.environ.get("DETENTE_EXAMPLES", "6"))
"""Requests to each route; more take longer and see more."""

POSTS: Final = ["/api/v1/assess", "/api/v1/gap", "/api/v1/bridge", "/api/v1/screen",
                "/api/v1/ownership?blocked=X", "/match/default"]  # fmt: skip


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("body", BODIES, ids=[repr(body[:20]) for body in BODIES])
def test_a_hostile_body_is_refused_in_one_line(path: str, body: bytes, reader: TestClient) -> None:
    """With a problem that names what is wrong; a name is answered however long."""
    answer = reader.post(path, content=body, headers={"Content-Type": "application/json"})
    long_name = body.endswith(b'xx"}') and path == "/api/v1/screen"
    assert answer.status_code < 500, answer.text
    assert answer.status_code >= 400 or long_name, answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert "\n" not in answer.json()["detail"]


NAMES: Final = [
    "..", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "x.yaml", ".", "%00",
    "a" * 3000, "%ff", "'; DROP TABLE span; --", "<script>", "..\\..\\x", "~", "*",
]  # fmt: skip
PLACES: Final = [
    "assess/{}", "gap/{}", "bridge/{}", "claims/{}", "why/{}", "cite/{}", "regime/show/{}",
    "regime/validate/{}", "audit/{}", "precedents/show/{}", "precedents/similar/{}",
    "lists/under/{}", "assess/hanoi-2019?regime={}", "measures?regime={}", "diff?a={0}&b={0}",
    "lists/whatif?offer={}", "pressure/exposure?offer={}", "precedents/stalling?offer={}",
    "assess/hanoi-2019?reading={}", "snapback?id={}", "regime/compare?name={}",
    "precedents/similar/hanoi-2019?cases_of={}",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_name_leads_to_a_file(place: str, reader: TestClient) -> None:
    """A name is looked up among those that are served, and nowhere else."""
    for name in NAMES:
        answer = reader.get("/api/v1/" + place.format(name))
        assert 400 <= answer.status_code < 500, (name, answer.text)
        assert "root:" not in answer.text


def test_a_regime_in_the_working_folder_is_not_served(
    reader: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line may find it there; the server does not."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "regime.yaml").write_text("id: mine\n")
    monkeypatch.chdir(tmp_path)
    assert reader.get("/api/v1/regime/show/mine").status_code == 404


def test_a_parameter_that_is_not_known_is_refused(reader: TestClient) -> None:
    """What is misspelled is told, and not passed over."""
    answer = reader.get("/api/v1/assess/hanoi-2019?readin=entirety")
    assert answer.status_code == 422
    assert "did you mean reading" in answer.json()["detail"]


def test_without_lists_what_needs_them_is_not_found(tmp_path: Path) -> None:
    """And says how to get some, not where they would lie."""
    app = create_app(Settings(store=tmp_path / "no.store"))
    with TestClient(app, base_url="http://localhost") as client:
        assert client.get("/readyz").status_code == 503
        for path in ("lists/stats", "screen?name=Anna", "lists/under/us-nkspea-104a"):
            answer = client.get(f"/api/v1/{path}")
            assert answer.status_code == 404
            assert "detente lists import" in answer.json()["detail"]
            assert str(tmp_path) not in answer.text
        assert client.get("/api/v1/claims/hanoi-brief-2019").status_code == 200


def test_an_error_of_ours_shows_nothing_of_the_server(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault is a problem too, and its trace stays in the server's own log."""
    from detente import rows

    def fails(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(rows, "cite", fails)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/cite/x")
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert answer.json()["status"] == 500


def routes(app: FastAPI) -> set[tuple[str, str]]:
    """Every path and method that is described."""
    return {
        (path, method) for path, methods in app.openapi()["paths"].items() for method in methods
    }


def test_the_description_names_every_route_and_status(app: FastAPI) -> None:
    """OpenAPI 3.1, with a summary, a document and every problem at each route."""
    made = app.openapi()
    assert made["openapi"].startswith("3.1")
    assert len(routes(app)) > 60
    for path, method in routes(app):
        route = made["paths"][path][method]
        assert route["description"], path
        assert {"200", "400", "401", "403", "404", "413", "414", "421", "422", "429"} <= set(
            route["responses"]
        ), path
        for parameter in route.get("parameters", ()):
            known = parameter.get("description") or parameter["in"] == "path"
            assert known or not path.startswith("/api/v1"), (path, parameter["name"])


def test_every_command_has_its_route(app: FastAPI) -> None:
    """What the command line does, but for what writes files, fetches, or runs the server."""
    from detente.cli.main import COMMANDS

    served = {path.split("/")[3] for path, _ in routes(app) if path.startswith("/api/v1/")}
    assert set(COMMANDS) - served == {"serve", "tokens"}


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_the_whole_api_holds_to_its_description(mode: str, store: Path) -> None:
    """Schemathesis sends what fits and what does not: no 5xx, no answer that is not described."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis.errors import InvalidArgument, Unsatisfiable
    from schemathesis.checks import CHECKS

    @schemathesis.serializer("application/x-ndjson")  # type: ignore[untyped-decorator]
    def lines(_: object, value: object) -> bytes:
        return value.encode() if isinstance(value, str) else json.dumps(value).encode()

    app = create_app(Settings(store=store, rate=1e9, burst=10**9, denials=10**9))
    token = tokens.new(Settings(store=store).tokens, "x", "administer", DAY)
    head = {"Host": "localhost", "Authorization": f"Bearer {token}"}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=head)
    chosen = CHECKS.get_by_names([
        "not_a_server_error", "status_code_conformance", "content_type_conformance",
        "response_schema_conformance", "response_headers_conformance",
    ])  # fmt: skip
    seen = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        seen += 1

        @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode[mode]))
        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                  suppress_health_check=list(HealthCheck), phases=[Phase.generate])  # fmt: skip
        def holds(case: Any) -> None:
            case.call_and_validate(checks=chosen, headers=head)

        try:
            holds()
        except (Unsatisfiable, InvalidArgument):  # there is nothing that would not fit
            assert mode == "NEGATIVE"
    assert seen > 60


def test_a_kill_loses_no_write_that_was_acknowledged(store: Path) -> None:
    """A real server under evidence writes is killed; what it acknowledged is in a valid chain."""
    token = tokens.new(Settings(store=store).tokens, "x", "record", DAY)
    head = {"Authorization": f"Bearer {token}"}
    port, server = started(store)
    known = next(iter(_components()))
    acknowledged: list[str] = []

    def write(number: int) -> None:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers=head) as client:
            for turn in range(10_000):
                body = {"component": known, "extent": "progress", "verification": "claimed",
                        "happened": "2026-01-01", "sources": ["x"],
                        "id": f"w{number}-{turn}"}  # fmt: skip
                try:
                    answer = client.post("/api/v1/evidence/add", json=body)
                except httpx2.TransportError:
                    return
                if answer.status_code == 200:
                    acknowledged.append(answer.json()["entries"][0]["hash"])

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    while len(acknowledged) < 20:
        time.sleep(0.01)
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    for writer in writers:
        writer.join()
    path = store.with_name("detente.ledger.jsonl")
    held = {entry.hash for entry in ledger.read(path)}
    assert set(acknowledged) <= held
    assert ledger.problems(path) == []


def test_the_server_stops_when_it_is_told_to(store: Path) -> None:
    """It answers what is under way, and its code is that of a clean end."""
    port, server = started(store)
    answer = httpx2.get(f"http://127.0.0.1:{port}/api/v1/regime/list")
    assert answer.status_code == 200
    server.send_signal(signal.SIGTERM)
    assert server.wait(20) in (0, -signal.SIGTERM)


def test_an_address_that_is_taken_is_told_in_one_line(store: Path) -> None:
    """And not as a trace."""
    port, server = started(store)
    try:
        again = subprocess.run(
            [sys.executable, "-m", "detente", "serve", "--port", str(port), "--store", str(store)],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert again.returncode == 2
        assert again.stderr.count("\n") == 1
    finally:
        server.kill()
        server.wait()


def started(store: Path) -> tuple[int, subprocess.Popen[bytes]]:
    """Start a real server on a free port, and wait until it answers."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "detente", "serve", "--port", str(port), "--store", str(store)],
        stderr=subprocess.DEVNULL,
    )
    for _ in range(600):
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/healthz").status_code == 200:
                return port, server
        except httpx2.TransportError:
            time.sleep(0.05)
    server.kill()
    raise AssertionError("the server does not answer")


def _components() -> Any:
    from detente.law.load import load

    return load("dprk").components


def test_the_routes_are_those_of_the_application(app: FastAPI) -> None:
    """No page of the framework that would ask an outside address is served."""
    paths = {route.path for route in app.routes if isinstance(route, APIRoute)}
    assert "/docs" not in paths
    with TestClient(app, base_url="http://localhost") as client:
        assert client.get("/docs").status_code == client.get("/redoc").status_code == 404
        assert json.loads(client.get("/api/v1/openapi.json").text)["info"]["title"] == "Detente"


def test_more_draws_than_the_server_makes_are_refused(reader: TestClient) -> None:
    """And not quietly replaced by fewer."""
    answer = reader.get("/api/v1/simulate/trust?belief=0.1:0.3&draws=20001")
    assert answer.status_code == 400
    assert "20000 at most" in answer.json()["detail"]
