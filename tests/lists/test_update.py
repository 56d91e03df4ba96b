"""``detente lists update`` fetches what is new, imports it, and goes on where a source fails."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made
import pytest
import trustme
from https_server import Server, remembering, reply, serving

from detente.cli.main import main

FRIDAY = "Fri, 04 Jan 2019 17:00:00 GMT"
LATER = "Mon, 07 Jan 2019 17:00:00 GMT"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "a.store"))
    monkeypatch.setenv("DETENTE_ADDRESSES", str(tmp_path / "addresses.toml"))
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    with serving(ca.issue_cert("127.0.0.1")) as running:
        (tmp_path / "addresses.toml").write_text(_addresses(running))
        yield running


def _addresses(server: Server) -> str:
    return f"""
[ofac-sdn]
issuer = "An issuer"
title = "A list"
default = "csv"
ca_file = "ca.pem"
[ofac-sdn.sets]
csv = [
    {{ name = "sdn.csv", address = "{server.address("/sdn.csv")}" }},
    {{ name = "alt.csv", address = "{server.address("/alt.csv")}" }},
]
[un-sc]
issuer = "Another issuer"
title = "Another list"
default = "xml"
ca_file = "ca.pem"
[un-sc.sets]
xml = [{{ name = "consolidated.xml", address = "{server.address("/un.xml")}" }}]
"""


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    """Run a command and return its code, its JSON and its messages."""
    code = main([*arguments, "--format", "json"])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


EDITION = made.ofac([made.sdn_row("36", "A CO")], alt=[["36", "12", "aka", "A COMPANY", "-0- "]])


def test_an_edition_is_fetched_once_and_dated_by_the_server(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first call imports, the second finds nothing new; the aliases came with the entries."""
    server.tells("/sdn.csv", remembering(EDITION["sdn.csv"], ETag='"1"', Last_Modified=FRIDAY))
    server.tells("/alt.csv", remembering(EDITION["alt.csv"], ETag='"2"', Last_Modified=FRIDAY))
    code, first, _ = call(capsys, "lists", "update", "ofac-sdn")
    assert code == 0
    (taken,) = first["imports"]
    assert (taken["source"], taken["moment"], taken["dated_by"]) == (
        "ofac-sdn", "2019-01-04T17:00:00Z", "server",
    )  # fmt: skip
    assert (taken["entries"], taken["aliases"]) == (1, 1)
    code, second, _ = call(capsys, "lists", "update", "ofac-sdn")
    assert (code, second["imports"], second["unchanged"]) == (0, [], ["ofac-sdn"])


def test_where_a_source_fails_the_others_go_on(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """A web page in place of a list is refused in one line; the other list is imported."""
    server.tells("/sdn.csv", reply(200, b"<html>sorry</html>", Content_Type="text/html"))
    server.tells("/alt.csv", reply(200, EDITION["alt.csv"]))
    entry = made.un_entry("KPe.001", "A CO", "2009-04-24")
    server.tells(
        "/un.xml", reply(200, made.un([entry], "2019-01-04T00:00:00Z")["consolidated.xml"])
    )
    code, result, messages = call(capsys, "lists", "update", "ofac-sdn", "un-sc")
    assert code == 2
    assert [taken["source"] for taken in result["imports"]] == ["un-sc"]
    assert list(result["failed"]) == ["ofac-sdn"]
    (line,) = messages.splitlines()
    assert "web page" in line
    assert "what was imported before stays in force" in line


def test_a_broken_edition_leaves_the_last_good_one_in_force(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page saved as XML comes with a right type; it is no list, and is asked for again."""
    good = made.un([made.un_entry("KPe.001", "A CO", "2009-04-24")], "2019-01-04T00:00:00Z")
    server.tells(
        "/un.xml",
        reply(200, good["consolidated.xml"], ETag='"1"'),
        reply(200, b"<!DOCTYPE html><html></html>", ETag='"2"', Content_Type="application/xml"),
        reply(200, good["consolidated.xml"][:-40], ETag='"3"'),
    )
    assert call(capsys, "lists", "update", "un-sc")[0] == 0
    for what in ("web page", "not whole XML"):
        code, result, messages = call(capsys, "lists", "update", "un-sc")
        assert code == 2
        assert what in messages
        assert result["imports"] == []
    assert server.asked[-1].headers["If-None-Match"] == '"1"'
    _, stats, _ = call(capsys, "lists", "stats")
    assert stats["sources"]["un-sc"]["entries"] == 1


def test_an_edition_of_another_list_is_refused(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """The address of the UN list that gives OFAC's is a mistake in the addresses."""
    server.tells("/un.xml", reply(200, EDITION["sdn.csv"], Last_Modified=LATER))
    code, _, messages = call(capsys, "lists", "update", "un-sc")
    assert code == 2
    assert "this is ofac-nonsdn, not un-sc; mend the addresses" in messages


def test_an_unknown_source_or_set_is_named(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """The nearest known one is offered, and nothing is fetched."""
    assert main(["lists", "update", "ofac-sdm"]) == 2
    assert "did you mean ofac-sdn?" in capsys.readouterr().err
    assert main(["lists", "update", "un-sc", "--files", "cvs"]) == 2
    assert "known are xml" in capsys.readouterr().err
    assert server.asked == []
