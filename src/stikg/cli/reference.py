"""The manual page of the commands, made of their own help.

``python -m stikg.cli.reference`` prints docs/commands.md; a test fails when the page is stale.
"""

from __future__ import annotations

import click

from stikg.cli.application import Application, application
from stikg.cli.output import emit
from stikg.cli.parameters import QueryFiles

WIDTH = 100
_HEAD = """# Commands

Made from the help of each command, not written by hand: `python -m stikg.cli.reference > docs/commands.md`.

"""  # noqa: E501


def reference() -> str:
    """Return docs/commands.md: the usage and help of every command."""
    settings = {**application.context_settings, "terminal_width": WIDTH}
    root = click.Context(application, info_name="stikg", **settings)
    parts = [_section(application, root)]
    for name in application.list_commands(root):
        command = application.get_command(root, name)
        if command is not None:
            context = click.Context(command, root, name, **settings)
            parts.append(_section(command, context))
    return _HEAD + "\n".join(parts)


def _section(command: click.Command, context: click.Context) -> str:
    """Return the help of a command; the queries, which differ from graph to graph, left out."""
    formatter = context.make_formatter()
    command.format_usage(context, formatter)
    command.format_help_text(context, formatter)
    if isinstance(command, Application):
        command.format_options(context, formatter)
    else:
        click.Command.format_options(command, context, formatter)
        if isinstance(command, QueryFiles):
            command.format_shared(context, formatter)
    level = "##" if context.parent is None else "###"
    return f"{level} {context.command_path}\n\n```text\n{formatter.getvalue()}```\n"


if __name__ == "__main__":
    emit(reference())
