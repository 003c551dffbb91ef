"""Progress on standard error, on a terminal only."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from stikg.cli.surroundings import is_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from stikg.building import Progress
    from stikg.building.bulk import Progress as Loading


def show_progress(*, quiet: bool = False) -> Progress | None:
    """Return a function that shows the step of a long task, or None where nobody watches."""
    return None if quiet or not is_terminal(sys.stderr) else _show


def _show(step: str, number: int, total: int) -> None:
    click.echo(f"\r\033[K[{number}/{total}] {step}", err=True, nl=number == total)


def show_load(*, quiet: bool = False) -> Callable[[Loading], None] | None:
    """Return a function that shows how far a load is, or None where nobody watches."""
    return None if quiet or not sys.stderr.isatty() else _show_load


def _show_load(loading: Loading) -> None:
    text = loading.step
    if loading.seconds > 0:
        rate = loading.lines / loading.seconds
        text += f": {loading.lines:,} lines, {rate:,.0f} a second"
    if loading.share:
        rest = loading.seconds / loading.share - loading.seconds
        text += f", {loading.share:.0%}, {rest:.0f} s left"
    click.echo(f"\r\033[K{text}", err=True, nl=False)
