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
@click.option("--allow-service", "services", multiple=True, metavar="URL",
              help="Endpoint that queries may ask by SERVICE. May be given again.")  # fmt: skip
@source_option()
@click.pass_obj
def command(
    invocation: Invocation,
    port: int,
    host: str,
    workers: int,
    timeout: float,
    base: str | None,
    services: tuple[str, ...],
    sources: tuple[str, ...],
) -> None:
    """Serve a SPARQL endpoint, the canned queries and pages until Ctrl-C.

    Nothing outside is asked unless --allow-service says so, and only this machine is answered
    unless --host says otherwise. With copies of the documents passages are shown in their own
    words.
    """
    from stikg.server.running import run
    from stikg.server.settings import Settings
    from stikg.store.services import read_endpoint

    paths, allowed = read_sources(sources), tuple(map(read_endpoint, services))
    settings = Settings(
        host, port, workers, deadline=timeout, base=base, sources=paths, services=allowed
    )
    if not settings.is_local:
        tell(f"open to everyone who reaches {host}; --host 127.0.0.1 is for this machine alone")
    if allowed:
        tell(f"queries may ask {', '.join(allowed)}; so workers keep their network")
    run(invocation.dataset(), settings, ready=lambda url: tell(f"serving {url} (Ctrl-C stops)"))
