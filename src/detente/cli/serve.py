"""``detente serve`` and ``detente tokens``: the web server, and who may use it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from detente.cli.options import as_json, emit, output_options
from detente.errors import UsageError

_store = click.option(
    "--store", metavar="PATH", help="The store; ledger and tokens lie beside it (DETENTE_STORE)."
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="The address to listen on.")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True,
              metavar="N", help="The port.")  # fmt: skip
@click.option("--name", "names", multiple=True, metavar="HOST",
              help="A name under which the server is reached too; may be repeated.")  # fmt: skip
@click.option("--need-token", is_flag=True,
              help="Ask for a token for reading too; always so beyond this machine.")  # fmt: skip
@click.option("--rate", type=click.FloatRange(min=0.1), default=500, show_default=True,
              metavar="N", help="Requests a second of one client.")  # fmt: skip
@_store
def serve(
    host: str, port: int, names: tuple[str, ...], need_token: bool, rate: float, store: str | None
) -> None:
    """Serve the HTTP API, read-only but for those who bring a token.

    The API is under /api/v1, described by /api/v1/openapi.json; screening also answers as yente
    does, and OpenRefine reconciles at /reconcile.

        detente serve --port 8000
    """
    import socket

    from detente import places
    from detente.web import access
    from detente.web.serve import run
    from detente.web.settings import Settings, is_loopback

    outside = not is_loopback(host)
    if host in ("0.0.0.0", "::"):  # noqa: S104 - the user named it
        names = (*names, socket.gethostname())
    settings = Settings(
        store=places.store(store), host=host, hosts=names, need_token=need_token or outside,
        rate=rate, burst=max(1, int(rate * 2)),
    )  # fmt: skip
    if outside:
        click.echo("detente: the server is reached from elsewhere: every request needs a token, "
                   "and TLS is for a proxy before it", err=True)  # fmt: skip
    access.read(settings.access)  # a log that was tampered with is told before anything is served
    _bindable(host, port)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"detente: serving http://{shown}:{port}/api/v1/openapi.json; Ctrl+C ends it",
               err=True)  # fmt: skip
    run(settings, port)


def _bindable(host: str, port: int) -> None:
    """Say in one line where an address cannot be listened on."""
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            advice = "name another --host or --port"
            raise UsageError(f"{host}:{port} cannot be used ({error.strerror}); {advice}") from None


@click.group()
def tokens() -> None:
    """Make, list and revoke the tokens with which a server is used."""


@tokens.command()
@click.argument("name")
@click.option("--role", type=click.Choice(("read", "screen", "record", "administer")),
              default="read", show_default=True,
              help="What it allows; each allows what stands before it too.")  # fmt: skip
@_store
@output_options("table", "json")
def new(name: str, role: Any, store: str | None, form: str, output: str | None) -> None:
    """Make a token for NAME and print it. It is shown this once; only its digest is kept."""
    from detente.web import tokens as keeping

    today = datetime.now().astimezone().date()  # the clock, at the edge
    token = keeping.new(_place(store), name, role, today)
    if form == "json":
        emit(as_json({"schema": "detente.token/1", "name": name, "role": role, "token": token}),
             output)  # fmt: skip
    else:
        emit(token, output)


@tokens.command("list")
@_store
@output_options("table", "json")
def list_(store: str | None, form: str, output: str | None) -> None:
    """List the tokens that are valid, without what is secret."""
    from detente.web import tokens as keeping

    found = keeping.listed(_place(store))
    if form == "json":
        rows = [{"id": t.id, "name": t.name, "role": t.role, "made": t.made} for t in found]
        emit(as_json({"schema": "detente.tokens/1", "tokens": rows}), output)
    else:
        lines = [f"{t.id}  {t.role:<11}{t.made}  {t.name}" for t in found]
        emit("\n".join(lines or ["there are no tokens"]), output)


@tokens.command()
@click.argument("id_", metavar="ID")
@_store
@output_options("table", "json")
def revoke(id_: str, store: str | None, form: str, output: str | None) -> None:
    """Make the token ID invalid, also for a server that runs."""
    from detente.web import tokens as keeping

    gone = keeping.revoke(_place(store), id_)
    if form == "json":
        emit(as_json({"schema": "detente.token/1", "id": gone.id, "revoked": True}), output)
    else:
        emit(f"{gone.id} ({gone.name}) is revoked", output)


def _place(store: str | None) -> Any:
    from detente import places
    from detente.web.settings import Settings

    return Settings(store=places.store(store)).tokens
