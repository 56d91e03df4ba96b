"""Who may do what: tokens, roles, limits, headers, and the log of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from detente.cli.main import main
from detente.days import day_of
from detente.errors import UnknownIdError, UsageError
from detente.evidence import ledger
from detente.web import access, tokens
from detente.web.app import create_app
from detente.web.rates import Buckets
from detente.web.settings import Settings, is_loopback

DAY: Final = day_of("2026-01-02")

FINDING: Final[dict[str, Any]] = {
    "component": "yongbyon", "extent": "progress", "verification": "claimed",
    "happened": "2026-01-01", "recorded": "2026-01-02", "sources": ["a test"],
}  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def subject() -> None:
    """Let the finding be about a component that the regime has."""
    from detente.law.load import load

    FINDING["component"] = next(iter(load("dprk").components))


def test_without_a_token_one_can_ask_but_not_record(client: TestClient, recorder: Any) -> None:
    """Reading is free on this machine; recording needs the role."""
    assert client.get("/api/v1/regime/list").status_code == 200
    assert client.get("/api/v1/screen", params={"name": "Anna Smith"}).status_code == 200
    refused = client.post("/api/v1/evidence/add", json=FINDING)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert refused.headers["content-type"] == "application/problem+json"
    added = client.post("/api/v1/evidence/add", json=FINDING, headers=recorder)
    assert added.status_code == 200, added.text
    assert added.json()["entries"][0]["finding"]["component"] == FINDING["component"]


@pytest.mark.parametrize(("role", "allowed"), [("read", 1), ("screen", 2), ("record", 3),
                                               ("administer", 4)])  # fmt: skip
def test_each_role_allows_what_stands_before_it(role: Any, allowed: int, store: Path) -> None:
    """Read, screen, record, administer: each more than the one before."""
    token = tokens.new(Settings(store=store).tokens, "x", role, DAY)
    head = {"Authorization": f"Bearer {token}"}
    with TestClient(
        create_app(Settings(store=store, need_token=True)), base_url="http://localhost"
    ) as client:
        got = [
            client.get("/api/v1/regime/list", headers=head).status_code,
            client.get("/api/v1/compare?one=Anna&other=Anna", headers=head).status_code,
            client.post("/api/v1/evidence/add", json=FINDING, headers=head).status_code,
            client.get("/api/v1/access/log", headers=head).status_code,
        ]
        assert got == [200] * allowed + [403] * (4 - allowed)
        assert client.get("/api/v1/regime/list").status_code == 401
        assert client.get("/healthz").status_code == 200


def test_a_new_page_that_changes_something_needs_the_role_to_record() -> None:
    """What is not known to read is not free."""
    assert access.needed("POST", "/some/new/page") == "record"
    assert access.needed("DELETE", "/api/v1/assess/x") == "record"
    assert access.needed("GET", "/some/new/page") == "read"
    assert access.needed("GET", "/healthz") is None


def test_a_secret_is_kept_as_a_digest_alone(tmp_path: Path) -> None:
    """Neither the token nor its secret stands in the file, which only its owner can read."""
    path = tmp_path / "tokens.json"
    token = tokens.new(path, "me", "read", DAY)
    assert token.rpartition("_")[2] not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0
    assert [row.name for row in tokens.listed(path)] == ["me"]
    keeper = tokens.Keeper(path)
    assert keeper.token(token) is not None
    assert keeper.token(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    tokens.revoke(path, token.split("_")[1])
    assert keeper.token(token) is None
    with pytest.raises(UnknownIdError):
        tokens.revoke(path, "00000000")
    with pytest.raises(UsageError):
        tokens.new(path, " ", "read", DAY)


@given(st.text(max_size=80))
def test_no_text_is_a_token_that_was_not_made(text: str) -> None:
    """Whatever somebody sends, it is none."""
    assert tokens.Keeper(Path("/nowhere/tokens.json")).token(text) is None


def test_the_command_line_makes_lists_and_revokes(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A token is shown once, listed without its secret, and gone when revoked."""
    at = ["--store", str(store)]
    assert main(["tokens", "new", "Anna", "--role", "record", *at]) == 0
    token = capsys.readouterr().out.strip()
    assert main(["tokens", "list", "--format", "json", *at]) == 0
    rows = json.loads(capsys.readouterr().out)["tokens"]
    assert [(row["name"], row["role"]) for row in rows] == [("Anna", "record")]
    assert token.split("_")[1] == rows[0]["id"]
    assert main(["tokens", "revoke", rows[0]["id"], *at]) == 0
    assert main(["tokens", "revoke", rows[0]["id"], *at]) == 2


def test_a_server_that_others_reach_asks_for_tokens() -> None:
    """Only addresses of this machine are free."""
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("example.org")


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    """Also problems, and those that the guard itself answers."""
    for path in ("/healthz", "/api/v1/regime/list", "/nowhere", "/api/v1/why/x%00"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in headers


HOSTS: Final = [
    ("127.0.0.1:8000", 200), ("localhost", 200), ("[::1]:8000", 200), ("evil.example", 421),
    ("127.0.0.1.evil.example", 421), ("", 421),
]  # fmt: skip


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_the_server_answers_only_to_its_names(host: str, status: int, client: TestClient) -> None:
    """A page elsewhere cannot reach it under a name of its own."""
    assert client.get("/healthz", headers={"Host": host}).status_code == status


def test_who_asks_too_often_waits(store: Path) -> None:
    """With the time to wait; and attempts with wrong tokens end sooner."""
    app = create_app(Settings(store=store, rate=0.1, burst=3, denials=2))
    with TestClient(app, base_url="http://localhost") as client:
        got = [client.get("/healthz") for _ in range(4)]
        assert [answer.status_code for answer in got] == [200, 200, 200, 429]
        assert int(got[-1].headers["retry-after"]) > 0
    app = create_app(Settings(store=store, denials=2))
    with TestClient(app, base_url="http://localhost") as client:
        head = {"Authorization": "Bearer detente_00000000_" + "x" * 43}
        got = [client.get("/api/v1/access/log", headers=head) for _ in range(3)]
        assert [answer.status_code for answer in got] == [401, 401, 429]
        assert client.get("/healthz").status_code == 200


@given(st.lists(st.floats(0, 5), max_size=40))
def test_a_bucket_gives_no_more_than_its_rate(steps: list[float]) -> None:
    """In any stretch of time: its size, and what flowed in since."""
    buckets, now, taken = Buckets(2, 5), 100.0, 0
    for step in steps:
        now += step
        taken += buckets.take("a", now) == 0
    assert taken <= 5 + 2 * (now - 100) + 1e-9


def test_a_body_that_is_too_large_is_refused(store: Path, recorder: Any) -> None:
    """By what it says of itself, and where it says nothing, while it is read."""
    app = create_app(Settings(store=store, max_body=1000))

    def parts() -> Iterator[bytes]:
        for _ in range(50):
            yield b" " * 100

    with TestClient(app, base_url="http://localhost") as client:
        big = client.post("/api/v1/screen", content=b"x" * 1001)
        assert big.status_code == 413
        head = {"Content-Type": "application/json", **recorder}
        streamed = client.post("/api/v1/evidence/add", content=parts(), headers=head)
        assert streamed.status_code == 413, streamed.text
        assert client.get("/healthz?" + "x" * 9000).status_code == 414


def test_what_was_recorded_and_refused_is_in_the_log(
    client: TestClient, recorder: Any, administrator: Any, store: Path
) -> None:
    """In a chain that shows any change."""
    client.post("/api/v1/evidence/add", json=FINDING)
    client.post("/api/v1/evidence/add", json=FINDING, headers=recorder)
    client.get("/api/v1/access/log", headers=recorder)
    events = client.get("/api/v1/access/log", headers=administrator).json()["events"]
    told = [(row["event"]["what"], row["event"]["status"]) for row in events]
    assert told[-3:] == [("POST /api/v1/evidence/add", 401), ("POST /api/v1/evidence/add", 200),
                         ("GET /api/v1/access/log", 403)]  # fmt: skip
    assert "a test" in events[-2]["event"]["who"]
    log = Settings(store=store).access
    log.write_bytes(log.read_bytes().replace(b"401", b"200"))
    with pytest.raises(access.TamperedError):
        access.read(log)
    assert client.get("/api/v1/access/log", headers=administrator).status_code == 409


def test_fifty_writers_lose_nothing(app: FastAPI, recorder: Any, store: Path) -> None:
    """Everything that was acknowledged is in one valid chain, though no id was given."""
    start = threading.Barrier(50)
    with TestClient(app, base_url="http://localhost") as client:

        def write(number: int) -> str:
            start.wait()
            body = FINDING | {"statement": f"writer {number}"}
            answer = client.post("/api/v1/evidence/add", json=body, headers=recorder)
            assert answer.status_code == 200, answer.text
            return str(answer.json()["entries"][0]["hash"])

        with ThreadPoolExecutor(50) as pool:
            hashes = list(pool.map(write, range(50)))
        path = store.with_name("detente.ledger.jsonl")
        entries = ledger.read(path)
        assert {entry.hash for entry in entries} == set(hashes)
        assert {entry.finding.statement for entry in entries} == {f"writer {n}" for n in range(50)}
        assert client.get("/api/v1/evidence/verify").json()["problems"] == []
        assert len(client.get("/api/v1/evidence/log").json()["entries"]) == 50


def test_a_finding_changes_what_is_remembered(client: TestClient, recorder: Any) -> None:
    """An answer is remembered only while all that it rests on stays as it was."""
    first = client.get("/api/v1/assess/hanoi-2019")
    tag = {"If-None-Match": first.headers["etag"]}
    assert client.get("/api/v1/assess/hanoi-2019", headers=tag).status_code == 304
    client.post("/api/v1/evidence/add", json=FINDING, headers=recorder)
    after = client.get("/api/v1/assess/hanoi-2019", headers=tag)
    assert after.status_code == 200
    digest = [answer.json()["receipt"]["evidence_digest"] for answer in (first, after)]
    assert digest[0] != digest[1]


def test_a_decision_stands_beside_the_hit(client: TestClient, recorder: Any) -> None:
    """Recorded by somebody, shown with the hit, and no match for yente's clients."""
    who = {"name": "Strelsau Bank"}
    made = {**who, "entry": "un-sc:KPe.901", "verdict": "cleared", "by": "me", "why": "checked"}
    assert client.post("/api/v1/decide", json=made).status_code == 401
    answer = client.post("/api/v1/decide", json=made, headers=recorder)
    assert answer.status_code == 200, answer.text
    hits = client.post("/api/v1/screen", json=who).json()["hits"]
    held = {hit["entry"]: hit["decision"] for hit in hits}
    assert held["un-sc:KPe.901"]["verdict"] == "cleared"
    assert held["ofac-sdn:104"] is None
    assert len(client.get("/api/v1/decisions").json()["decisions"]) == 1
