"""The HTTP API answers with the bytes that the command line prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from starlette.testclient import TestClient

from detente.cli.main import main

COMMAND: Final = re.compile(rb'"command": "[^\n]*"')

PAIRS: Final[list[tuple[str, list[str]]]] = [
    ("regime/list", ["regime", "list"]),
    ("regime/show/dprk", ["regime", "show", "dprk"]),
    ("regime/show/iran?as_of=2016-02-01", ["regime", "show", "iran", "--as-of", "2016-02-01"]),
    ("regime/validate/syria", ["regime", "validate", "syria"]),
    ("regime/compare?name=iran&name=syria&as_of=iran%3D2016-02-01",
     ["regime", "compare", "iran", "syria", "--as-of", "iran=2016-02-01"]),
    ("offer/list?regime=iran", ["offer", "list", "--regime", "iran"]),
    ("assess/hanoi-2019", ["assess", "hanoi-2019"]),
    ("assess/hanoi-2019?reading=entirety&scope=narrow&rule=proportional&revival=lapse",
     ["assess", "hanoi-2019", "--reading", "entirety", "--scope", "narrow", "--rule",
      "proportional", "--revival", "lapse"]),
    ("assess/jcpoa-2015?known_on=2016-01-01", ["assess", "jcpoa-2015", "--known-on", "2016-01-01"]),
    ("why/us-nkspea-104a", ["why", "us-nkspea-104a"]),
    ("unlock?measure=us-nkspea-104a&measure=us-sst-arms",
     ["unlock", "us-nkspea-104a", "us-sst-arms"]),
    ("unlock?measure=us-nkspea-104a&search=cheapest", ["unlock", "us-nkspea-104a", "--cheapest"]),
    ("probability?measure=us-nkspea-104a", ["probability", "us-nkspea-104a"]),
    ("diff?a=2018-01-01&b=2019-02-28", ["diff", "2018-01-01", "2019-02-28"]),
    ("diff?a=hanoi-2019&b=hanoi-2019", ["diff", "hanoi-2019", "hanoi-2019"]),
    ("calendar?from=2019-01-01&to=2020-01-01",
     ["calendar", "--from", "2019-01-01", "--to", "2020-01-01"]),
    ("measures?hs=27&in_force=2019-02-28", ["measures", "--hs", "27", "--in-force", "2019-02-28"]),
    ("cite/us-nkspea-104a", ["cite", "us-nkspea-104a"]),
    ("audit/iran?since=2018-01-01", ["audit", "iran", "--since", "2018-01-01"]),
    ("snapback?regime=iran&as_of=2025-10-01",
     ["snapback", "--regime", "iran", "--as-of", "2025-10-01"]),
    ("gap/hanoi-2019", ["gap", "hanoi-2019"]),
    ("bridge/hanoi-2019?for=target", ["bridge", "hanoi-2019", "--for", "target"]),
    ("claims/hanoi-brief-2019", ["claims", "hanoi-brief-2019"]),
    ("precedents/list", ["precedents", "list"]),
    ("precedents/backtest", ["precedents", "backtest"]),
    ("precedents/stalling", ["precedents", "stalling"]),
    ("precedents/similar/hanoi-2019", ["precedents", "similar", "hanoi-2019"]),
    ("pressure/exposure?measures=unscr-2371", ["pressure", "exposure", "-m", "unscr-2371"]),
    ("pressure/levers?family=cyber", ["pressure", "levers", "--family", "cyber"]),
    ("pressure/plan?switches=false&next=1&quarters=4",
     ["pressure", "plan", "--no-switches", "--next", "1", "--quarters", "4"]),
    ("pressure/state", ["pressure", "state"]),
    ("pressure/humanitarian", ["pressure", "humanitarian"]),
    ("simulate/trust?belief=0.1:0.3&rounds=6",
     ["simulate", "trust", "--belief", "0.1:0.3", "--rounds", "6"]),
    ("simulate/inspection", ["simulate", "inspection"]),
    ("simulate/bargain", ["simulate", "bargain"]),
    ("simulate/signal?draws=20", ["simulate", "signal", "--draws", "20"]),
    ("simulate/precedent", ["simulate", "precedent"]),
    ("simulate/policies?draws=200", ["simulate", "policies", "--draws", "200"]),
    ("lists/stats", ["lists", "stats"]),
    ("lists/log/un-sc%3AKPe.901", ["lists", "log", "un-sc:KPe.901"]),
    ("lists/diff?a=2018-06-01&b=2019-02-28&source=ofac-sdn",
     ["lists", "diff", "2018-06-01", "2019-02-28", "--source", "ofac-sdn"]),
    ("lists/under/us-eo13551", ["lists", "under", "us-eo13551"]),
    ("lists/whatif?offer=hanoi-2019", ["lists", "whatif", "--offer", "hanoi-2019"]),
    ("watch?regime=dprk&event=delisting", ["watch", "--regime", "dprk", "--event", "delisting"]),
    ("screen?name=Strelsau%20Bank", ["screen", "Strelsau Bank"]),
    ("screen?name=Smith%20Anna&kind=person&dob=1962&limit=2",
     ["screen", "Smith Anna", "--kind", "person", "--dob", "1962", "--limit", "2"]),
    ("compare?one=Anna%20Smith&other=Smith%2C%20Anna", ["compare", "Anna Smith", "Smith, Anna"]),
    ("decisions", ["decisions"]),
]  # fmt: skip


def printed(arguments: list[str], store: Path, folder: Path) -> bytes:
    """Return what a command prints as JSON."""
    out = folder / "out.json"
    code = main([*arguments, "--format", "json", "--store", str(store), "-o", str(out)])
    assert code == 0
    return out.read_bytes()


@pytest.mark.parametrize(("path", "arguments"), PAIRS, ids=[path for path, _ in PAIRS])
def test_the_answer_is_what_the_command_prints(
    path: str, arguments: list[str], reader: TestClient, lists: Path, tmp_path: Path
) -> None:
    """Byte for byte, but for the command in the receipt."""
    answer = reader.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    expected = printed(arguments, lists, tmp_path)
    assert COMMAND.sub(b"", answer.content) == COMMAND.sub(b"", expected)


@pytest.mark.parametrize("path", ["assess/hanoi-2019?reading=entirety", "gap/hanoi-2019",
                                  "why/us-nkspea-104a?as_of=2019-02-28",
                                  "screen?name=Strelsau%20Bank&limit=3"])  # fmt: skip
def test_the_command_in_the_receipt_gives_the_answer(
    path: str, reader: TestClient, lists: Path, tmp_path: Path
) -> None:
    """Whoever types the command of a receipt gets the same answer."""
    import shlex

    answer = reader.get(f"/api/v1/{path}")
    words = shlex.split(answer.json()["receipt"]["command"])
    assert words[0] == "detente"
    again = printed(words[1:], lists, tmp_path)
    assert COMMAND.sub(b"", answer.content) == COMMAND.sub(b"", again)


@pytest.mark.parametrize("what", ["assess", "gap", "bridge"])
def test_an_offer_in_the_body_is_answered_as_the_one_that_ships(
    what: str, reader: TestClient
) -> None:
    """The same offer, sent as data, gives the same numbers."""
    import msgspec

    from detente.api import load, offer

    data: Any = msgspec.json.decode(msgspec.json.encode(offer(load("dprk"), "hanoi-2019")))
    sent = reader.post(f"/api/v1/{what}", json={"offer": data})
    named = reader.get(f"/api/v1/{what}/hanoi-2019")
    assert sent.status_code == named.status_code == 200, sent.text
    assert COMMAND.sub(b"", sent.content) == COMMAND.sub(b"", named.content)


def test_a_finding_in_the_body_counts(reader: TestClient) -> None:
    """What is sent beside an offer changes its evidence, and nobody else's."""
    import msgspec

    from detente.api import load, offer

    data: Any = msgspec.json.decode(msgspec.json.encode(offer(load("dprk"), "hanoi-2019")))
    known = next(r.id for r in load("dprk").requirements.values() if r.kind != "finding")
    finding = {
        "id": "f-1", "requirement": known, "extent": "progress", "happened": "2019-02-01",
        "verification": "verified", "recorded": "2019-02-01", "sources": ["a test"],
        "confidence": "verified-secondary",
    }  # fmt: skip
    with_it = reader.post("/api/v1/assess", json={"offer": data, "findings": [finding]})
    assert with_it.status_code == 200, with_it.text
    digest = with_it.json()["receipt"]["evidence_digest"]
    assert digest != reader.get("/api/v1/assess/hanoi-2019").json()["receipt"]["evidence_digest"]


def test_every_line_of_a_batch_is_answered(reader: TestClient) -> None:
    """Good lines get the answer of screening one; a bad one a problem, and the others go on."""
    lines = [{"name": "Strelsau Bank"}, {"name": ""}, {"nome": "x"}, {"name": "Anna Smith"}]
    body = "\n".join(map(json.dumps, lines)).encode()
    answer = reader.post("/api/v1/screen/batch", content=body,
                         headers={"Content-Type": "application/x-ndjson"})  # fmt: skip
    found = [json.loads(line) for line in answer.text.splitlines()]
    assert [row["row"] for row in found] == [1, 2, 3, 4]
    assert [row.get("problem", {}).get("status") for row in found] == [None, 400, 422, None]
    one = reader.post("/api/v1/screen", json=lines[0]).json()
    assert found[0]["answer"] == one
    assert one["hits"]
