"""The manual page is that of the commands as they are."""

from __future__ import annotations

from pathlib import Path

import click

from stikg.cli.application import COMMANDS, application
from stikg.cli.reference import reference


def test_docs_commands_is_fresh(root: Path) -> None:
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == reference(), "run: python -m stikg.cli.reference > docs/commands.md"


def test_every_command_module_is_a_command_with_help(root: Path) -> None:
    context = click.Context(application)
    for name in COMMANDS:
        command = application.get_command(context, name)
        assert command is not None
        assert command.help, name
        assert f"### stikg {name}\n" in reference()


def test_every_command_is_listed(root: Path) -> None:
    files = (root / "src" / "stikg" / "cli").glob("*.py")
    commands = {path.stem for path in files if "\ndef command(" in path.read_text(encoding="utf-8")}
    assert commands == set(COMMANDS)
