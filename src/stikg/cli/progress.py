"""Progress on standard error, on a terminal only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from stikg.cli.surroundings import is_terminal

if TYPE_CHECKING:
    from stikg.building import Progress


def show_progress(*, quiet: bool = False) -> Progress | None:
    """Return a function that shows the step of a long task, or None where nobody watches."""
    return None if quiet or not is_terminal(sys.stderr) else _show


def _show(step: str, number: int, total: int) -> None:
    click.echo(f"\r\033[K[{number}/{total}] {step}", err=True, nl=number == total)
