"""The command line: commands are imported when they are called, errors are one line."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import Final

import click

from detente._version import __version__
from detente.errors import DetenteError

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "assess": ("assess:assess", "Assess an offer against the law and the evidence."),
    "why": ("assess:why", "Explain the letter of one measure, with every citation."),
    "unlock": ("unlock:unlock", "Find the smallest sets of steps that open measures."),
    "probability": ("unlock:probability", "Give the chance that a measure can be lifted."),
    "diff": ("look:diff", "Compare two dates, offers or evidence files."),
    "calendar": ("look:calendar", "List what lapses, refills or falls due."),
    "gap": ("talks:gap", "Measure the perception gap of an offer by every ruler."),
    "bridge": ("talks:bridge", "Find lawful packages near an offer."),
    "precedents": ("precedents:precedents", "Show earlier deals and what they teach."),
    "claims": ("talks:claims", "Check the claims of a policy brief, one by one."),
    "audit": ("monitor:audit", "Hold what happened to a regime against the law of its day."),
    "snapback": ("monitor:snapback", "Show what re-imposes measures, and what comes back."),
    "watch": ("watch:watch", "Watch for backsliding: delistings, relief, what was undone."),
    "measures": ("look:measures", "List measures by goods, kind, area or date."),
    "cite": ("look:cite", "Show any row with its source and confidence."),
    "offer": ("data:offer", "Write a new offer, or list those that ship."),
    "lists": ("lists:lists", "Keep official lists, compare them, and ask the law of them."),
    "screen": ("screen:screen", "Show whether a name or a table of names is listed."),
    "decide": ("decide:decide", "Record a decision on a hit of screening."),
    "decisions": ("decide:decisions", "List the decisions on hits, and verify them."),
    "ownership": ("ownership:ownership", "Say who is blocked because of who owns it."),
    "pressure": ("pressure:pressure", "Show what pressure blocks, and plan what comes next."),
    "compare": ("pairs:compare", "Hold two names against each other."),
    "simulate": (
        "simulate:simulate",
        "Play the long game: trust, inspection, bargaining, signals, precedent.",
    ),
    "serve": ("serve:serve", "Serve the HTTP API on this machine."),
    "tokens": ("serve:tokens", "Make and revoke tokens for the server."),
    "regime": ("data:regime", "List, show, validate, test or begin regimes."),
    "evidence": ("evidence:evidence", "Keep a ledger of findings that shows any change."),
}
"""Every command: where it lives in this package, and its line in the help."""


MESSAGE: Final = 2000
"""Characters of a message at most, whatever a file put into it."""


class _Commands(click.Group):
    """A group whose help needs no command to be imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(f"detente.cli.{module}"), attribute)
        assert isinstance(command, click.Command)
        _accept_store(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from detente.errors import nearest

            ctx.fail(f"no command {args[0]!r}; {nearest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)


def _accept_store(command: click.Command) -> None:
    """Let every command take ``--store``, so that a script can pass it to all of them alike."""
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        _accept_store(inner)
    if not isinstance(command, click.Group) and not any(p.name == "store" for p in command.params):
        command.params.append(
            click.Option(
                ["--store"], expose_value=False, hidden=True, help="The store; not needed here."
            )
        )


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="detente")
def cli() -> None:
    """Decide sanctions relief by the law and the evidence.

    Start with: detente assess hanoi-2019
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0 done; 1 a check found something; 2 bad input, told in one line on standard error.
    """
    typed = list(sys.argv[1:] if arguments is None else arguments)
    if any("\0" in word for word in typed):
        return _fail("an argument holds the character NUL; remove it", 2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.encoding.lower().startswith("utf"):
            stream.reconfigure(errors="backslashreplace")  # an old terminal still gets an answer
    try:
        result = cli.main(args=typed, prog_name="detente", standalone_mode=False, obj=typed)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 0
    except click.Abort:
        return _fail("interrupted", 130)
    except click.ClickException as error:
        return _fail(error.format_message(), 2)
    except DetenteError as error:
        return _fail(str(error), 2)
    except (BrokenPipeError, SystemExit):  # the reader went away; click turns that into an exit
        _give_up_output()
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _give_up_output()
        why = error.strerror or error
        return _fail(f"{where}cannot be read or written ({why}); check path, rights and space", 2)
    return result if isinstance(result, int) else 0


def _give_up_output() -> None:
    """Keep what could not be printed from being tried again, and failing again, at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        with contextlib.suppress(OSError, ValueError):
            os.dup2(descriptor, sys.stdout.fileno())
        os.close(descriptor)


def _fail(message: str, code: int) -> int:
    line = " ".join(message.split())
    safe = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in line)
    if len(safe) > MESSAGE:
        safe = f"{safe[: MESSAGE // 2]} ... {safe[-MESSAGE // 2 :]}"
    click.echo(f"detente: {safe}", err=True)
    return code


def run() -> None:
    """Run as a program."""
    gc.set_threshold(100_000)  # a command lives too short to be worth collecting for
    sys.exit(main())
