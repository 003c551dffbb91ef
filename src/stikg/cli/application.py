"""The group of all commands, and what happens to errors on their way out."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

import stikg
from stikg.cli.invocation import Invocation
from stikg.cli.surroundings import EXPECTED, drop_output, flush_output, hold_streams, problem_of
from stikg.errors import StikgError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS: Final = (
    "query", "queries", "search", "show", "sparql", "documents", "prefixes",
    "draw", "network", "complexity", "nestedness", "suggest", "brief", "export", "parquet", "push",
    "serve",
    "build", "load", "validate", "format", "passages", "verify",
    "mcp", "endpoints", "completion",
)  # fmt: skip
"""Every command, in the order of the help; each is the module of that name in stikg.cli."""

INTERRUPTED: Final = 130
"""Exit code after Ctrl-C: 128 + SIGINT, as shells have it."""


class Problem(click.ClickException):
    """An error of stikg as click shows it: our message on stderr, our exit code."""

    def __init__(self, error: StikgError) -> None:
        super().__init__(f"{error}\n  see: docs/errors.md#{error.anchor}")
        self.exit_code = error.exit_code  # type: ignore[misc]

    def show(self, file: Any = None) -> None:
        """Print the message on stderr."""
        with suppress(OSError):  # nobody hears it, but the exit code
            click.echo(f"stikg: {self.message}", err=True, file=file)


class Application(click.Group):
    """The commands by name; each is imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"stikg.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant, or say which one may be."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing and args[0][:1] != "-":
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of stikg becomes a message and an exit code."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except (StikgError, *EXPECTED) as error:
            if ctx.params.get("debug"):
                import traceback

                traceback.print_exc()
            known = error if isinstance(error, StikgError) else problem_of(error)
            raise Problem(known) from error


def _suggest_endpoints(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from stikg.cli.suggestions import suggest_endpoints

    return suggest_endpoints(context, parameter, incomplete)


@click.group(cls=Application, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="Folder with ontology, graph and queries; otherwise the nearest one above the working "
    "folder, or the installed graph.",
)
@click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="Ask the dataset in this folder: a compiled version, a folder that holds versions, or a "
    "pyoxigraph store.",
)
@click.option(
    "--endpoint",
    metavar="URL|NAME",
    shell_complete=_suggest_endpoints,
    help="Ask this SPARQL endpoint, by its URL or the name of a profile (stikg endpoints).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="Seconds that the endpoint may take for an answer.  [default: the profile's, or 30]",
)
@click.option("--default-graph", metavar="IRI", help="Graph of the endpoint to ask by default.")
@click.option(
    "--server",
    metavar="NAME",
    help="Kind of server: virtuoso, standard, or auto, as it says itself.",
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(stikg.__version__, prog_name="stikg")
@click.pass_context
def application(context: click.Context, /, debug: bool, **options: Any) -> None:
    """Ask, check and publish a knowledge graph of science, technology and innovation policy.

    Every statement is bound to the passage of the document that makes it. Results go to standard
    output, everything else to standard error.

    Exit codes: 0 fine · 1 findings · 2 wrong use or bad input · 3 endpoint not reachable
    """
    context.obj = Invocation(**options)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    hold_streams()
    atexit.register(gc.freeze)  # the end of the process frees all, unsearched
    if "_STIKG_COMPLETE" in os.environ:
        application.main(prog_name="stikg")
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        flush_output()
    except BrokenPipeError:  # the reader, such as head, has all it wants
        drop_output()
        code = 0
    except OSError as error:  # the help, on a disk that is full
        drop_output()
        code = _say(Problem(problem_of(error)))
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    try:
        with application.make_context("stikg", arguments) as context:
            application.invoke(context)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as problem:
        return _say(problem)
    return 0


def _say(problem: click.ClickException) -> int:
    problem.show()
    return problem.exit_code
