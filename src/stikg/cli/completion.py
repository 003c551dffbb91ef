"""Complete commands, query names and values in the shell."""

from __future__ import annotations

from typing import Final

import click

from stikg.cli.output import emit

HELP: Final = """Print the script that completes commands, query names and values in a shell.

\b
bash: eval "$(stikg completion bash)"      in ~/.bashrc
zsh:  eval "$(stikg completion zsh)"       in ~/.zshrc
fish: stikg completion fish | source       in ~/.config/fish/config.fish
"""


@click.command(help=HELP, short_help="Complete names in the shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script of a shell."""
    from click.shell_completion import get_completion_class

    completion = get_completion_class(shell)
    if completion is not None:
        root = context.find_root()
        emit(completion(root.command, {}, "stikg", "_STIKG_COMPLETE").source())
