"""Serve the graph over HTTP."""

from __future__ import annotations

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import tell
from stikg.cli.sources import read_sources, source_option


@click.command(short_help="Serve the graph over HTTP.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="Port; 0 takes a free one.")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True,
              help="Address to listen on; 0.0.0.0 is every one, open to the network.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True,
              help="Processes that evaluate queries.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True,
              help="Seconds that a query may take.")  # fmt: skip
@click.option("--base", metavar="URL", help="URL that clients use, behind a proxy.")
@source_option()
@click.pass_obj
def command(
    invocation: Invocation,
    port: int,
    host: str,
    workers: int,
    timeout: float,
    base: str | None,
    sources: tuple[str, ...],
) -> None:
    """Serve a SPARQL endpoint, the canned queries and pages until Ctrl-C.

    Nothing outside is asked, and only this machine is answered unless --host says otherwise. With
    copies of the documents passages are shown in their own words.
    """
    from stikg.server.running import run
    from stikg.server.settings import Settings

    paths = read_sources(sources)
    settings = Settings(host, port, workers, deadline=timeout, base=base, sources=paths)
    if not settings.is_local:
        tell(f"open to everyone who reaches {host}; --host 127.0.0.1 is for this machine alone")
    run(invocation.dataset(), settings, ready=lambda url: tell(f"serving {url} (Ctrl-C stops)"))
