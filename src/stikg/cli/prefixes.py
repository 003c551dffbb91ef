"""List the prefixes."""

from __future__ import annotations

import click

from stikg.cli.output import emit


@click.command(short_help="List the prefixes.")
def command() -> None:
    """List the prefixes of IRIs, as SPARQL and Turtle declare them."""
    from stikg.terms import PREFIXES

    emit("".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items()))
