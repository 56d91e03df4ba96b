"""A server with made-up lists, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import made
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from detente.cli.main import main
from detente.days import day_of
from detente.web import tokens
from detente.web.app import create_app
from detente.web.settings import Settings

DAY = day_of("2026-01-02")


@pytest.fixture(scope="session")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the made-up editions."""
    folder = tmp_path_factory.mktemp("lists")
    made.write_lists(folder)
    store = folder / "detente.store"
    files = [*sorted(map(str, folder.glob("sdn/*/sdn.csv"))), str(folder / "un/consolidated.xml")]
    assert main(["lists", "import", *files, "--store", str(store), "-o", str(folder / "out")]) == 0
    return store


@pytest.fixture
def store(lists: Path, tmp_path: Path) -> Path:
    """A copy of that store, of which a test may change what lies beside it."""
    copy = tmp_path / "detente.store"
    copy.write_bytes(lists.read_bytes())
    return copy


@pytest.fixture
def app(store: Path) -> FastAPI:
    """An application on that store."""
    return create_app(Settings(store=store))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client on this machine, without a token."""
    with TestClient(app, base_url="http://127.0.0.1:8000") as found:
        yield found


@pytest.fixture(scope="session")
def reader(lists: Path) -> Iterator[TestClient]:
    """A client of one server for all tests that only ask."""
    app = create_app(Settings(store=lists))
    with TestClient(app, base_url="http://127.0.0.1:8000") as found:
        yield found


@pytest.fixture
def recorder(store: Path) -> dict[str, str]:
    """The headers of somebody who may record."""
    token = tokens.new(store.with_name("detente.tokens.json"), "a test", "record", DAY)
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def administrator(store: Path) -> dict[str, str]:
    """The headers of somebody who may do everything."""
    token = tokens.new(store.with_name("detente.tokens.json"), "the chief", "administer", DAY)
    return {"Authorization": f"ApiKey {token}"}
