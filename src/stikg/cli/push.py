"""Publish the dataset to a SPARQL server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

import click

from stikg.cli.invocation import Invocation
from stikg.cli.output import emit, tell
from stikg.cli.progress import show_progress

if TYPE_CHECKING:
    from stikg.store.writing import Protocol, WritableStore

Job = Literal["push", "remove", "status"]


@click.command(short_help="Publish the dataset to a SPARQL server.")
@click.argument("url")
@click.option("--yes", is_flag=True, help="Do it; without this only what would change is told.")
@click.option("--remove", "job", flag_value="remove", help="Take the release off the server again.")
@click.option("--status", "job", flag_value="status", help="Tell which release is there.")
@click.option(
    "--protocol", type=click.Choice(["auto", "update", "gsp"]), default="auto", show_default=True,
    help="SPARQL Update, the Graph Store Protocol, or what the server offers, Update first.",
)  # fmt: skip
@click.option("--query-url", metavar="URL", help="Where the server takes queries.")
@click.option("--update-url", metavar="URL", help="Where it takes updates.")
@click.option("--graph-store-url", metavar="URL", help="Where it takes graphs.")
@click.option("--overwrite", is_flag=True, help="Replace what others put where our graphs go.")
@click.option("--insecure", is_flag=True, help="Send the password unencrypted to another machine.")
@click.option(
    "--timeout", type=click.IntRange(1), default=300, show_default=True,
    help="Seconds that one request may take; the swap of millions of quads takes minutes.",
)  # fmt: skip
@click.pass_obj
def command(
    invocation: Invocation,
    url: str,
    yes: bool,
    job: Job | None,
    overwrite: bool,
    insecure: bool,
    timeout: int,
    protocol: Protocol,
    query_url: str | None,
    update_url: str | None,
    graph_store_url: str | None,
) -> None:
    """Publish the dataset to a SPARQL server.

    URL is the server, such as http://localhost:3030/ds (Fuseki), http://localhost:7878 (oxigraph)
    or http://localhost:8890/sparql (Virtuoso). Without --yes nothing is written: what would change
    is told.

    Graphs that differ are uploaded beside those in use, read back, then swapped, so that readers
    see the old release or the new one. After a broken connection the same command goes on where
    it was. Graphs that no push has put there are never touched. Who writes is taken from
    STIKG_USER and STIKG_PASSWORD, or from netrc.
    """
    from stikg.store.writing import (
        Connection,
        Patience,
        WritableStore,
        find_places,
        find_writer,
    )

    credentials = find_writer(url, os.environ, insecure=insecure)
    given = {"query": query_url, "update": update_url, "graphs": graph_store_url}
    with Connection(url, credentials, Patience(timeout=timeout)) as connection:
        store = WritableStore(connection, find_places(connection, protocol=protocol, **given))
        if job == "status":
            _status(store)
        elif job == "remove":
            _remove(store, yes=yes)
        else:
            _push(invocation, store, yes=yes, overwrite=overwrite)


def _status(store: WritableStore) -> None:
    from stikg.publishing.push import read_published, report_status, staged_lists

    emit(report_status(read_published(store), staged_lists(store)))


def _remove(store: WritableStore, *, yes: bool) -> None:
    from stikg.publishing.push import plan_withdrawal, report_plan, withdraw

    plan = withdraw(store) if yes else plan_withdrawal(store)
    emit(report_plan(plan, store.places))
    tell("removed" if yes else "nothing was written; add --yes to remove it")


def _push(invocation: Invocation, store: WritableStore, *, yes: bool, overwrite: bool) -> None:
    from stikg.publishing.push import make_plan, push, read_release, report_plan

    dataset = invocation.dataset()
    release = read_release(dataset.store, str(dataset.manifest.get("version") or ""))
    if yes:
        plan = push(store, release, overwrite=overwrite, progress=show_progress() or _quiet)
    else:
        plan = make_plan(store, release, overwrite=overwrite)
    emit(report_plan(plan, store.places))
    if plan.idle:
        tell("the server holds this release already")
    else:
        tell("done and verified" if yes else "nothing was written; add --yes to do it")


def _quiet(step: str, number: int, total: int) -> None:
    """Say nothing: nobody watches."""
